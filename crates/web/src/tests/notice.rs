//! A demonstration says on every page that it is one, and another node on none. The pages are those of the table of routes: a new
//! one is asked without anybody thinking of it.

use super::sample::drafts::draft_id;
use super::sample::{TOKEN, dossier_id, entry_id};
use super::{ask, get, html, plain_world, text, world};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_core::ids::ObligationId;
use entente_core::label::Lang;

/// What stands on top, per language: fictional, endorsed by nobody.
const NOTICE: [(Lang, &str, &str); 3] = [
    (
        Lang::Fr,
        "Démonstration\u{a0}: tout est fictif.",
        "Aucun gouvernement ne l’a approuvée.",
    ),
    (Lang::Ar, "عرض توضيحي: كل شيء خيالي.", "لم تعتمده أي حكومة."),
    (
        Lang::En,
        "Demonstration: everything here is fictional.",
        "No government has endorsed it.",
    ),
];

/// Answers that are no pages: for machines, files, ways elsewhere.
const NO_PAGE: [&str; 21] = [
    "/calendar/{file}",
    "/dossiers/{id}/court/{entry}/bundle",
    "/dossiers/{id}/review/file",
    "/entries/{id}/calendar",
    "/dossiers/{id}/chart/{name}",
    "/events",
    "/assets/{name}",
    "/healthz",
    "/readyz",
    "/metrics",
    "/entries/{id}/proof",
    "/partners/{node}/restart/proposal",
    "/partners/{node}/restart/answer/{generation}",
    "/partners/{node}/restart/agreed/{generation}",
    "/entries/{id}/files/{n}",
    "/entries/{id}/files/{n}/picture",
    "/drafts/{id}/files/{n}",
    "/tour/see",
    "/oversight/export",
    "/statistics/{month}/csv",
    "/sign-in/provider/back",
];

/// Every address that answers GET with a page, with something to show at it.
fn addresses() -> Vec<String> {
    let on = ObligationId {
        entry: entry_id(1),
        index: 1,
    };
    let mut out = Vec::new();
    for address in crate::addresses() {
        if !address.methods.contains(&"get") || NO_PAGE.contains(&address.path) {
            continue;
        }
        let path = match address.path {
            "/dossiers/{id}/write/{kind}" => format!(
                "/dossiers/{}/write/acknowledge?on={}",
                dossier_id(7),
                on.to_string().replace('#', "%23")
            ),
            "/dossiers/{id}/confirm" => format!("/dossiers/{}/confirm?index=0", dossier_id(7)),
            path if path.starts_with("/dossiers/{id}") => {
                let path = path.replace("{id}", &dossier_id(7).to_string());
                path.replace("{entry}", &entry_id(2).to_string())
            }
            "/drafts/{id}" => format!("/drafts/{}", draft_id(0, false)),
            path if path.starts_with("/entries/{id}")
                || path == "/things/{id}"
                || path == "/exhibits/{id}" =>
            {
                let path = path.replace("{id}", &entry_id(2).to_string());
                path.replace("{n}", "0")
            }
            path => path
                .replace("{kind}", "request")
                .replace("{partner}", "fr")
                .replace("{node}", "fr")
                .replace("{token}", "x")
                .replace("{month}", "2015-10")
                .replace("{n}", "3")
                .replace("{id}", "agent"),
        };
        assert!(!path.contains('{'), "{path} needs something to show");
        out.push(path);
    }
    assert!(out.len() > 12, "only {} pages", out.len());
    out
}

/// As nobody.
fn guest(path: &str, lang: &str) -> Request<Body> {
    Request::get(path)
        .header(header::COOKIE, format!("entente-ma-lang={lang}"))
        .body(Body::empty())
        .unwrap()
}

/// A form without its secret.
fn forged(path: &str, lang: &str) -> Request<Body> {
    Request::post(path)
        .header(
            header::COOKIE,
            format!("entente-ma={TOKEN}; entente-ma-lang={lang}"),
        )
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("text=x"))
        .unwrap()
}

/// Refusals that are pages, with the status each must have.
fn refusals(lang: &str) -> Vec<(Request<Body>, StatusCode)> {
    let write = format!("/dossiers/{}/write/note", dossier_id(7));
    vec![
        (get("/nothing-here", lang), StatusCode::NOT_FOUND),
        (guest("/nothing-here", lang), StatusCode::NOT_FOUND),
        (
            get(&format!("/dossiers/{}", dossier_id(1)), lang),
            StatusCode::NOT_FOUND,
        ),
        (forged(&write, lang), StatusCode::FORBIDDEN),
        (forged("/sign-in", lang), StatusCode::FORBIDDEN),
        (get("/sign-out", lang), StatusCode::METHOD_NOT_ALLOWED),
        (get("/dossiers/%FF", lang), StatusCode::BAD_REQUEST),
    ]
}

/// The page that an answer is, well formed.
async fn page(router: &Router, request: Request<Body>, status: StatusCode) -> String {
    let path = request.uri().to_string();
    let response = ask(router, request).await;
    assert_eq!(response.status(), status, "{path}");
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let kind = kind.unwrap_or_else(|| panic!("{path} answers nothing at all"));
    assert_eq!(kind, "text/html; charset=utf-8", "{path}");
    let page = text(response).await;
    let problems = html::problems(&page);
    assert!(problems.is_empty(), "{path}: {problems:?}");
    page
}

/// Every page of a world in a language, with its address: signed in, as a guest, refused.
async fn all_pages(router: &Router, demo: bool, lang: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for path in addresses() {
        let request = match path.as_str() {
            "/sign-in" | "/sign-in/code" => guest(&path, lang),
            "/tour" if !demo => continue,
            _ => get(&path, lang),
        };
        // Only for coordinators, or administrators; the refusal is a page as well.
        let office = ["/restart/propose", "/compromised"];
        let status = match office.iter().any(|end| path.ends_with(end)) {
            true => StatusCode::FORBIDDEN,
            false => StatusCode::OK,
        };
        out.push((path, page(router, request, status).await));
    }
    if demo {
        let tour = guest("/tour", lang);
        out.push((
            "/tour to nobody".into(),
            page(router, tour, StatusCode::OK).await,
        ));
    }
    for (request, status) in refusals(lang) {
        let path = format!("{} {}", request.method(), request.uri());
        out.push((path, page(router, request, status).await));
    }
    out
}

#[tokio::test]
async fn every_page_of_a_demonstration_says_that_it_is_fictional_and_unendorsed() {
    let (router, _) = world();
    for (lang, fictional, unendorsed) in NOTICE {
        for (path, page) in all_pages(&router, true, lang.as_str()).await {
            let notice = page
                .split_once("<aside class=\"demo\"")
                .and_then(|(_, rest)| rest.split_once("</aside>"))
                .map(|(notice, _)| notice)
                .unwrap_or_else(|| panic!("{path} in {lang} has no notice"));
            assert!(
                notice.contains(fictional) && notice.contains(unendorsed),
                "{path} in {lang}: {notice}"
            );
            let (before, _) = page.split_once("<main").expect("a main part");
            assert!(before.contains(fictional), "{path}: before all else");
        }
    }
}

#[tokio::test]
async fn no_page_of_another_node_says_so() {
    let (router, _) = plain_world();
    for (lang, fictional, unendorsed) in NOTICE {
        for (path, page) in all_pages(&router, false, lang.as_str()).await {
            assert!(
                !page.contains("class=\"demo\"")
                    && !page.contains(fictional)
                    && !page.contains(unendorsed),
                "{path} in {lang}"
            );
        }
        let tour = page(&router, get("/tour", lang.as_str()), StatusCode::NOT_FOUND).await;
        assert!(!tour.contains(fictional));
    }
}

/// A refused method says once which there are, in a page and in the API alike.
#[tokio::test]
async fn a_refused_method_names_the_others_once() {
    let (router, _) = world();
    for (request, others) in [
        (get("/sign-out", "en"), "POST"),
        (get("/api/v1/propose", "en"), "POST"),
    ] {
        let path = request.uri().to_string();
        let response = ask(&router, request).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let named = response.headers().get_all(header::ALLOW).iter();
        assert_eq!(named.collect::<Vec<_>>(), [others], "{path}");
    }
}
