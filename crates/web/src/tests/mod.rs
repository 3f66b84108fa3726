//! The whole router over a node of samples: every page in every language, forms, refusals, headers, the API.

mod absence;
mod account;
mod agreement;
mod balance;
mod chart;
mod charter;
mod closing;
mod commitments;
mod compromise;
mod conditions;
mod courier;
mod court;
mod custody;
mod door;
mod drafts;
mod duties;
mod faults;
mod feed;
mod html;
mod lessons;
mod meetings;
mod never;
mod notice;
mod notices;
mod officers;
mod oversight;
mod persons;
mod plan;
mod programme;
mod provider;
mod real;
mod refusals;
mod release;
mod restart;
mod reviews;
mod said;
mod sample;
mod statistics;
mod things;
mod tour;
mod upload;
mod walls;
mod weigh;
mod words;

use crate::demo::{DemoControl, DemoError, DemoFault, DemoState, TamperReport};
use crate::state::Inner;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use entente_app::AppError;
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Urgency};
use entente_core::ids::ObligationId;
use entente_core::instant::Span;
use entente_core::kinds;
use entente_core::label::Lang;
use sample::{CSRF, HOSTILE, Sample, TOKEN, dossier_id, entry_id};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

struct Tour;

impl DemoControl for Tour {
    fn state(&self) -> DemoState {
        DemoState {
            link_cut: true,
            clock_offset_ms: 28_800_000,
            partner_url: "http://fr.test".into(),
            own_url: "http://ma.test".into(),
        }
    }
    fn cut(&self, _: bool) -> Result<(), DemoError> {
        Ok(())
    }
    fn jump(&self, _: i64) -> Result<(), DemoError> {
        Err(DemoFault::FarAhead.into())
    }
    fn tamper(&self) -> Result<TamperReport, DemoError> {
        Ok(TamperReport {
            entry: HOSTILE.into(),
            byte: 7,
            bytes: 900,
            caught_by: Some("inclusion"),
        })
    }
}

fn world() -> (Router, Arc<Sample>) {
    let sample = Arc::new(Sample::new());
    let mut inner = Inner::over(sample.clone());
    inner.demo = Some(Arc::new(Tour));
    inner.max_upload = 1 << 20;
    (crate::over(inner), sample)
}

/// A node outside any demonstration.
fn plain_world() -> (Router, Arc<Sample>) {
    let sample = Arc::new(Sample::plain());
    (crate::over(Inner::over(sample.clone())), sample)
}

async fn ask(router: &Router, request: Request<Body>) -> Response<Body> {
    router.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(
        to_bytes(response.into_body(), 8 << 20)
            .await
            .unwrap()
            .to_vec(),
    )
    .unwrap()
}

fn get(path: &str, lang: &str) -> Request<Body> {
    let cookie = format!("entente-ma={TOKEN}; entente-ma-lang={lang}; entente-ma-digits=arab");
    Request::get(path)
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap()
}

fn post(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header(
            header::COOKIE,
            format!("entente-ma={TOKEN}; entente-ma-lang=en"),
        )
        .header(header::HOST, "ma.test")
        .header(header::ORIGIN, "https://ma.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

fn location(response: &Response<Body>) -> &str {
    response
        .headers()
        .get(header::LOCATION)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

fn pages() -> Vec<String> {
    let (d, e) = (dossier_id(7), entry_id(2));
    let mut out: Vec<String> = [
        "/",
        "/dossiers?q=x&kind=request",
        "/ledger?side=debtor&overdue=yes",
        "/ledger/meeting",
        "/reviews",
        "/balance/fr?period=quarter",
        "/balance/fr/paper?with=en",
        "/commitments",
        "/commitments/report",
        "/statistics",
        "/statistics/2015-10",
        "/partners",
        "/partners/fr",
        "/import/declaration",
        "/account",
        "/officers",
        "/officers/agent",
        "/officers/own",
        "/officers/oneself",
        "/welcome/x",
        "/tour",
        "/admission",
    ]
    .map(str::to_owned)
    .to_vec();
    out.push(format!("/dossiers/{d}?page=2"));
    out.push(format!("/dossiers/{d}/release"));
    out.push(format!("/dossiers/{d}/letter"));
    out.extend(
        ["", "?q=x", "?link="].map(|query| match query.ends_with('=') {
            true => format!("/dossiers/{d}/things{query}{e}"),
            false => format!("/dossiers/{d}/things{query}"),
        }),
    );
    out.push(format!("/dossiers/{d}/things?same={e}"));
    out.extend((1..=2).map(|n| format!("/things/{}", entry_id(n))));
    let (one, other) = (entry_id(1), entry_id(2));
    for asked in [
        String::new(),
        format!("thing={one}&groups=yes&cut=yes&marks=between&alone=yes"),
        format!("thing={one}&to={other}"),
        format!("thing={one}&around=1&marks=links&what=person&least=B2"),
        "from=2014-01-01&until=2014-12-31&from2=2015-01-01&until2=2015-12-31&step=year".to_owned(),
        "relation=owns&origin=fr".to_owned(),
        "what=vessel".to_owned(),
    ] {
        out.push(format!("/dossiers/{d}/chart?{asked}"));
    }
    out.push(format!("/dossiers/{d}/review"));
    out.push(format!("/dossiers/{d}/review/file"));
    out.push(format!("/dossiers/{d}/agreement"));
    out.push(format!("/dossiers/{d}/agreement?version={}", entry_id(1)));
    out.push(format!("/dossiers/{d}/evaluation"));
    out.push(format!("/dossiers/{d}/plan"));
    out.push(format!("/dossiers/{d}/days/{}", entry_id(1)));
    out.push(format!("/dossiers/{d}/court"));
    out.push(format!("/dossiers/{d}/meetings"));
    out.push(format!("/dossiers/{d}/lessons"));
    out.push(format!("/entries/{}/observe", entry_id(1)));
    out.push("/open/request?near=feedback".to_owned());
    out.push(format!("/dossiers/{d}/meetings/agenda"));
    out.push(format!("/dossiers/{d}/meetings/minutes/{}", entry_id(3)));
    out.push(format!("/dossiers/{d}/programme"));
    let drafts =
        (0..4).flat_map(|state| [false, true].map(|mine| sample::drafts::draft_id(state, mine)));
    out.extend(drafts.map(|draft| format!("/drafts/{draft}")));
    out.push(format!("/open/investigation?continues={}", dossier_id(6)));
    out.push(format!("/tour?d={d}"));
    out.extend((1..=6).map(|n| format!("/entries/{}", entry_id(n))));
    out.push(format!("/entries/{e}"));
    for kind in kinds::ALL {
        if kind.name != "declaration" {
            out.push(format!("/open/{}?partner=fr", kind.name));
        }
        for entry in kind.entries.iter().filter(|t| !t.opens()) {
            let on = ObligationId {
                entry: entry_id(1),
                index: 1,
            }
            .to_string()
            .replace('#', "%23");
            out.push(format!("/dossiers/{d}/write/{}?on={on}", entry.name));
        }
    }
    out
}

#[tokio::test]
async fn every_page_in_every_language_is_well_formed_and_escaped() {
    let (router, _) = world();
    for lang in Lang::ALL {
        for path in pages() {
            let response = ask(&router, get(&path, lang.as_str())).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let page = text(response).await;
            let problems = html::problems(&page);
            assert!(problems.is_empty(), "{path} in {lang}: {problems:?}");
            // What is taken out is in the language of its matter.
            let own = path.ends_with("/review/file");
            assert!(
                own || page.contains(&format!("<html lang=\"{lang}\" dir=\"{}\">", lang.dir())),
                "{path}"
            );
            assert!(
                !page.contains("<script>"),
                "{path}: hostile text came through"
            );
            assert!(!page.contains(" style="), "{path}");
        }
    }
}

#[tokio::test]
async fn both_capitals_clocks_and_both_numerals() {
    let (router, _) = world();
    let french = text(ask(&router, get("/", "fr")).await).await;
    assert!(
        french.contains(
            "<span class=\"clock\">24 nov. 14:05 Rabat ·</span> <span class=\"clock\">Paris</span>"
        ),
        "one hour, both cities, and lines break between them only"
    );
    let arabic = text(ask(&router, get("/", "ar")).await).await;
    assert!(arabic.contains("٢٤ نونبر ١٤:٠٥ الرباط ·"));
}

#[tokio::test]
async fn free_text_says_its_language_and_direction() {
    let (router, _) = world();
    let page = text(ask(&router, get(&format!("/dossiers/{}", dossier_id(7)), "en")).await).await;
    assert!(page.contains("<div class=\"prose\" lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<div class=\"prose\" lang=\"fr\" dir=\"ltr\">"));
    assert!(page.contains("<mark>ont convenu de</mark>"));
    for state in ["claimed", "agreed", "open"] {
        assert!(
            page.contains(&format!("data-status=\"{state}\"")),
            "{state}"
        );
    }
}

#[tokio::test]
async fn security_headers_everywhere() {
    let (router, _) = world();
    for path in [
        "/",
        "/sign-in",
        "/nothing",
        "/api/v1/nothing",
        "/healthz",
        "/api/openapi.json",
    ] {
        let response = ask(&router, get(path, "en")).await;
        let headers = response.headers();
        assert_eq!(
            headers["content-security-policy"],
            crate::headers::CSP,
            "{path}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin");
    }
    let asset = ask(&router, get(crate::assets::style(), "en")).await;
    assert!(
        asset.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(
        ask(&router, get("/assets/style-0.css", "en"))
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_file_is_never_shown_inside_our_pages() {
    let (router, _) = world();
    let response = ask(
        &router,
        get(&format!("/entries/{}/files/0", entry_id(2)), "en"),
    )
    .await;
    let headers = response.headers().clone();
    assert_eq!(
        headers["content-security-policy"],
        "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
    );
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        disposition,
        "attachment; filename*=UTF-8''pi%C3%A8ce%20%221%22%0D%0A.html"
    );
    assert_eq!(text(response).await, "abcdef");
}

#[tokio::test]
async fn nobody_sees_nothing() {
    let (router, _) = world();
    let bare = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    for path in ["/dossiers", "/ledger", "/partners", "/events"] {
        let response = ask(&router, bare(path)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
        assert!(location(&response).starts_with("/sign-in"), "{path}");
    }
    for path in ["/api/v1/today", "/api/v1/ledger", "/api/v1/me"] {
        let response = ask(&router, bare(path)).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
    }
    let unseen = ask(&router, get(&format!("/dossiers/{}", dossier_id(1)), "en")).await;
    let malformed = ask(&router, get("/dossiers/xyz", "en")).await;
    assert_eq!(
        (unseen.status(), malformed.status()),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(
        text(unseen).await,
        text(malformed).await,
        "not yours and not there read alike"
    );
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/note", dossier_id(7));
    let good = format!("_csrf={CSRF}&text=hello");
    for wrong in ["text=hello", "_csrf=&text=hello", "_csrf=guess&text=hello"] {
        assert_eq!(
            ask(&router, post(&path, wrong)).await.status(),
            StatusCode::FORBIDDEN,
            "{wrong}"
        );
    }
    let mut foreign = post(&path, &good);
    foreign
        .headers_mut()
        .insert(header::ORIGIN, "https://elsewhere.test".parse().unwrap());
    assert_eq!(ask(&router, foreign).await.status(), StatusCode::FORBIDDEN);
    assert!(sample.recorded.lock().unwrap().is_empty());
    assert_eq!(
        ask(&router, post(&path, &good)).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn signing_in_needs_its_own_secret_and_sets_a_guarded_cookie() {
    let (router, _) = world();
    let first = ask(
        &router,
        Request::get("/sign-in").body(Body::empty()).unwrap(),
    )
    .await;
    let cookie = first.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let secret = cookie.split_once('=').unwrap().1.to_owned();
    let page = text(first).await;
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
    let enter = |body: String| {
        Request::post("/sign-in")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let forged = ask(
        &router,
        enter("_csrf=00000000000000000000000000000000&id=agent&password=a+long+password".into()),
    )
    .await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let wrong = ask(
        &router,
        enter(format!("_csrf={secret}&id=agent&password=nope")),
    )
    .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = ask(
        &router,
        enter(format!(
            "_csrf={secret}&id=agent&password=a+long+password&_next=//elsewhere.test"
        )),
    )
    .await;
    assert_eq!(
        (right.status(), location(&right)),
        (StatusCode::SEE_OTHER, "/"),
        "never a way out"
    );
    let sets = right.headers().get_all("set-cookie");
    let sets: Vec<&str> = sets.iter().map(|set| set.to_str().unwrap()).collect();
    let names = ["entente-ma=token", "entente-ma-known=mark-of-a-desk"];
    assert_eq!(sets.len(), names.len());
    for (set, name) in sets.iter().zip(names) {
        for part in [name, "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(set.contains(part), "{set}");
        }
    }
}

#[tokio::test]
async fn whoever_guessed_too_often_is_told_how_long_to_wait() {
    let (router, _) = world();
    let body = json!({"id": "guessed", "password": "no"});
    let refused = ask(&router, call("/api/v1/session", &body, true)).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "128");
    let problem: Value = serde_json::from_str(&text(refused).await).unwrap();
    assert_eq!(problem["type"], "urn:entente:problem:wait");
    assert_eq!(problem["retry_after"], 128);
    let document = text(ask(&router, get("/api/openapi.json", "en")).await).await;
    let document: Value = serde_json::from_str(&document).unwrap();
    let described = &document["paths"]["/api/v1/session"]["post"]["responses"]["429"];
    assert!(described["headers"]["Retry-After"].is_object());
    let known = json!({"id": "guessed", "password": "no", "known": "mark-of-a-desk"});
    let read = ask(&router, call("/api/v1/session", &known, true)).await;
    assert_eq!(read.status(), StatusCode::UNAUTHORIZED);

    let secret = "0123456789abcdef0123456789abcdef";
    let enter = |lang: &str, mark: &str| {
        let cookies =
            format!("entente-ma-form={secret}; entente-ma-lang={lang}; entente-ma-known={mark}");
        Request::post("/sign-in")
            .header(header::COOKIE, cookies)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("_csrf={secret}&id=guessed&password=no")))
            .unwrap()
    };
    for (lang, says) in [
        ("fr", "réessayez dans 3 minutes"),
        ("ar", "دقائق"),
        ("en", "try again in 3 minutes"),
    ] {
        let page = ask(&router, enter(lang, "")).await;
        assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(page.headers()["retry-after"], "128");
        let page = text(page).await;
        assert!(
            page.contains(says) && page.contains("role=\"alert\""),
            "{page}"
        );
        assert!(html::problems(&page).is_empty(), "{page}");
    }
    let read = ask(&router, enter("en", "mark-of-a-desk")).await;
    assert_eq!(read.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_form_in_error_keeps_what_was_typed_and_names_the_field() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/extend", dossier_id(7));
    let on = format!("{}%231", entry_id(1));
    let response = ask(
        &router,
        post(
            &path,
            &format!("_csrf={CSRF}&_on={on}&until=tomorrow&delay=workload&reason=kept+words"),
        ),
    )
    .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(
        page.contains("kept words")
            && page.contains("id=\"f-until-e\"")
            && page.contains("aria-invalid=\"true\"")
    );
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
    assert!(sample.recorded.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_stale_form_is_refused_with_the_news() {
    let (router, sample) = world();
    *sample.refuse.lock().unwrap() = Some(AppError::Stale);
    let path = format!("/dossiers/{}/write/note", dossier_id(7));
    let response = ask(
        &router,
        post(&path, &format!("_csrf={CSRF}&_seen=old&text=my+words")),
    )
    .await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let page = text(response).await;
    assert!(
        page.contains("my words")
            && page.contains("Something came in between")
            && page.contains("<article class=\"entry")
    );
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
}

/// Proposed clocks name their model, and say that it does not require them.
#[tokio::test]
async fn clocks_name_their_models_in_three_languages() {
    let (router, _) = world();
    let charter = format!("/dossiers/{}", dossier_id(7));
    for (lang, modelled, directive, required) in [
        (
            "fr",
            "Sur le modèle de",
            "directive (UE) 2023/977",
            "n’exige",
        ),
        ("ar", "على غرار", "(الاتحاد الأوروبي) 2023/977", "لا يفرض"),
        (
            "en",
            "Modelled on",
            "Directive (EU) 2023/977",
            "requires these",
        ),
    ] {
        let page = text(ask(&router, get(&charter, lang)).await).await;
        let line = page.split_once("<p class=\"quiet models\">").unwrap().1;
        let line = line.split("</p>").next().unwrap();
        for part in [modelled, directive, required] {
            assert!(line.contains(part), "{lang}: {line}");
        }
    }
}

/// One click carries the state that the page showed, so that a stale one is refused.
#[tokio::test]
async fn one_click_sends_back_what_was_seen() {
    let (router, _) = world();
    let path = format!("/dossiers/{}", dossier_id(7));
    let page = text(ask(&router, get(&path, "en")).await).await;
    let forms: Vec<&str> = page
        .split("<form class=\"inline\"")
        .skip(1)
        .filter_map(|form| form.split("</form>").next())
        .filter(|form| form.contains("name=\"_on\""))
        .collect();
    assert!(!forms.is_empty(), "the sample offers one-click acts");
    for form in forms {
        assert!(form.contains("name=\"_seen\" value=\"seen-"), "{form}");
    }
}

#[tokio::test]
async fn one_click_says_why_it_was_no_use() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/feedback", dossier_id(7));
    let on = format!("{}%231", entry_id(1));
    let form = text(ask(&router, get(&format!("{path}?on={on}"), "en")).await).await;
    assert!(
        form.contains(
            "<button type=\"submit\" name=\"_no_use\" value=\"too_late\">too late</button>"
        )
    );
    let place = |what: &str| form.find(what).unwrap();
    assert!(
        place("class=\"default\"") < place("class=\"no-use\"")
            && place("class=\"no-use\"") < place("type=\"radio\""),
        "reasons come first, and Enter presses none of them"
    );
    // Whatever the list says, the button pressed counts.
    let body = format!(
        "_csrf={CSRF}&_on={on}&outcome=arrest&text=arrested+today&timely=5&until=2031-01-01&_no_use=too_late&covers={}&_necessity=joint_inquiry&_lang=ar",
        entry_id(2)
    );
    assert_eq!(
        ask(&router, post(&path, &body)).await.status(),
        StatusCode::SEE_OTHER
    );
    let recorded = sample.recorded.lock().unwrap();
    let values = &recorded[0].values;
    assert_eq!(values.text("outcome"), Some("too_late"));
    for beside in ["text", "timely", "until"] {
        assert!(!values.values.contains_key(beside), "{beside} was sent too");
    }
    assert_eq!(
        (values.list("covers").len(), values.lang),
        (1, Some(Lang::Ar))
    );
    assert_eq!(
        recorded[0].necessity,
        Some(entente_core::codes::Necessity::JointInquiry)
    );
}

/// A request that carries fields and a file, by the name of its field and its own.
pub fn multipart(
    mut request: Request<Body>,
    fields: &[(&str, &str)],
    (field, name, bytes): (&str, &str, Vec<u8>),
) -> Request<Body> {
    let part = |(name, value): &(&str, &str)| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = fields.iter().map(part).collect::<String>().into_bytes();
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(&bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let media = "multipart/form-data; boundary=x".parse().unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, media);
    *request.body_mut() = Body::from(body);
    request
}

#[tokio::test]
async fn files_come_by_multipart_within_a_limit() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/note", dossier_id(7));
    let send = |bytes: usize| {
        let file = ("_files", "a.pdf", "z".repeat(bytes).into_bytes());
        multipart(post(&path, ""), &[("_csrf", CSRF), ("text", "hello")], file)
    };
    assert_eq!(ask(&router, send(5)).await.status(), StatusCode::SEE_OTHER);
    {
        let recorded = sample.recorded.lock().unwrap();
        let file = &recorded[0].files[0];
        assert_eq!(
            (file.name.as_str(), file.media.as_str(), file.content.size()),
            ("a.pdf", "application/pdf", 5)
        );
    }
    assert_eq!(
        ask(&router, send(2 << 20)).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let huge = ask(
        &router,
        post(&path, &format!("_csrf={CSRF}&text={}", "a".repeat(5 << 20))),
    )
    .await;
    assert_eq!(huge.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_declaration_is_read_before_it_is_stored() {
    let (router, _) = world();
    let preview = ask(
        &router,
        post(
            "/import/declaration",
            &format!("_csrf={CSRF}&title=T&paste1=Some+text&_step=preview"),
        ),
    )
    .await;
    let page = text(preview).await;
    assert!(page.contains("<mark>ont convenu de</mark>") && page.contains("value=\"store\""));
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
    let binds = |page: &str| {
        page.contains("la Partie &lt;s&gt;")
            && page.contains("avant 2017")
            && page.contains("2016-12-31")
    };
    assert!(binds(&page), "who would be bound, and by when");
    let store = ask(
        &router,
        post(
            "/import/declaration",
            &format!("_csrf={CSRF}&title=T&paste1=Some+text&_step=store"),
        ),
    )
    .await;
    assert_eq!(location(&store), format!("/dossiers/{}", dossier_id(7)));
    let unreadable = ask(
        &router,
        post(
            "/import/declaration",
            &format!("_csrf={CSRF}&title=T&paste1=%C3%A9&_step=preview"),
        ),
    )
    .await;
    assert_eq!(unreadable.status(), StatusCode::BAD_REQUEST);
    assert!(
        text(unreadable)
            .await
            .contains("is not UTF-8: the first wrong byte is at position 3")
    );
    let confirm = ask(
        &router,
        post(
            &format!("/dossiers/{}/confirm", dossier_id(7)),
            &format!("_csrf={CSRF}&_index=0"),
        ),
    )
    .await;
    assert_eq!(confirm.status(), StatusCode::SEE_OTHER);
    let path = format!("/dossiers/{}/confirm", dossier_id(7));
    let form = text(ask(&router, get(&format!("{path}?index=0"), "en")).await).await;
    assert!(binds(&form) && form.contains("ont convenu de multiplier leurs rencontres. &lt;b&gt;"));
    let dismiss = format!("_csrf={CSRF}&_index=0&_step=dismiss");
    let aside = ask(&router, post(&path, &dismiss)).await;
    assert!(location(&aside).ends_with(&entry_id(10).short()));
}

#[tokio::test]
async fn the_tour_turns_its_knobs() {
    let (router, _) = world();
    let d = dossier_id(7);
    let cut = ask(
        &router,
        post("/tour/cut", &format!("_csrf={CSRF}&_d={d}&_value=yes")),
    )
    .await;
    assert_eq!(location(&cut), format!("/tour?d={d}#step-3"));
    assert_eq!(
        ask(&router, post("/tour/jump", &format!("_csrf={CSRF}")))
            .await
            .status(),
        StatusCode::BAD_REQUEST
    );
    let page = text(
        ask(
            &router,
            post("/tour/tamper", &format!("_csrf={CSRF}&_d={d}")),
        )
        .await,
    )
    .await;
    assert!(page.contains("Caught.") && html::problems(&page).is_empty());
    assert!(page.contains("the entry is not in the register at the place named"));
    let asked = ask(&router, post("/tour/ask", &format!("_csrf={CSRF}"))).await;
    assert_eq!(location(&asked), format!("/tour?d={d}#step-2"));
}

#[tokio::test]
async fn language_and_numerals_are_remembered() {
    let (router, _) = world();
    let response = ask(
        &router,
        post("/lang/ar", &format!("_csrf={CSRF}&_back=/ledger")),
    )
    .await;
    assert_eq!(location(&response), "/ledger");
    assert!(
        response.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .starts_with("entente-ma-lang=ar;")
    );
    assert_eq!(
        ask(&router, post("/lang/xx", &format!("_csrf={CSRF}")))
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        ask(&router, post("/digits/arab", &format!("_csrf={CSRF}")))
            .await
            .status(),
        StatusCode::SEE_OTHER
    );
}

fn call(path: &str, body: &Value, bearer: bool) -> Request<Body> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    let request = if bearer {
        request.header(header::AUTHORIZATION, format!("Bearer {TOKEN}"))
    } else {
        request.header(header::COOKIE, format!("entente-ma={TOKEN}"))
    };
    request.body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn the_api_reads_what_the_pages_show() {
    let (router, _) = world();
    let (d, e) = (dossier_id(7), entry_id(2));
    for path in [
        "me".into(),
        "today".into(),
        "dossiers".into(),
        format!("dossiers/{d}"),
        format!("entries/{e}"),
        format!("obligations/{e}%231"),
        format!("forms/feedback?dossier={d}&lang=ar"),
        "ledger?open=yes".into(),
        "balance/fr?period=month".into(),
        "statistics".into(),
        "statistics/2015-10".into(),
        format!("dossiers/{d}/chart?thing={}&groups=yes", entry_id(1)),
        "links".into(),
        "partners/fr".into(),
    ] {
        let response = ask(&router, get(&format!("/api/v1/{path}"), "en")).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let value: Value = serde_json::from_str(&text(response).await).unwrap();
        assert!(value.is_object(), "{path}");
    }
    let today: Value =
        serde_json::from_str(&text(ask(&router, get("/api/v1/today", "en")).await).await).unwrap();
    assert_eq!(
        (
            today["we_owe"][0]["number"].as_str(),
            today["we_owe_total"].as_u64()
        ),
        (Some("MA-1"), Some(40))
    );
    assert_eq!(today["we_owe"][0]["asked"], "2025-11-21T13:05:00Z");
}

#[tokio::test]
async fn the_api_writes_with_a_token_and_needs_a_secret_with_a_cookie() {
    let (router, sample) = world();
    let body = json!({"type": "note", "dossier": dossier_id(7).to_string(), "values": {"text": "hello", "needs_answer": true}, "lang": "fr",
        "files": [{"name": "a.txt", "media": "text/plain", "base64": "aGk="}]});
    let by_cookie = ask(&router, call("/api/v1/entries", &body, false)).await;
    assert_eq!(by_cookie.status(), StatusCode::FORBIDDEN);
    let mut with_secret = call("/api/v1/entries", &body, false);
    with_secret
        .headers_mut()
        .insert("x-entente-csrf", CSRF.parse().unwrap());
    assert_eq!(
        ask(&router, with_secret).await.status(),
        StatusCode::CREATED
    );
    assert_eq!(
        ask(&router, call("/api/v1/entries", &body, true))
            .await
            .status(),
        StatusCode::CREATED
    );
    {
        let recorded = sample.recorded.lock().unwrap();
        assert_eq!(recorded.len(), 2);
        assert!(
            recorded[1].values.flag("needs_answer")
                && matches!(&recorded[1].files[0].content, entente_app::Content::Bytes(b) if b == b"hi")
        );
    }
    let wrong = ask(&router, call("/api/v1/entries", &json!({"type": "extend", "dossier": dossier_id(7).to_string(), "values": {"until": "x"}}), true)).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = serde_json::from_str(&text(wrong).await).unwrap();
    assert_eq!(
        (
            problem["status"].as_u64(),
            problem["errors"][0]["field"].as_str()
        ),
        (Some(422), Some("until"))
    );
    for hostile in ["", "{", "[1,2", "\u{0}", "{\"type\":5}"] {
        let mut request = call("/api/v1/entries", &json!({}), true);
        *request.body_mut() = Body::from(hostile);
        assert_eq!(
            ask(&router, request).await.status(),
            StatusCode::BAD_REQUEST,
            "{hostile:?}"
        );
    }
}

#[tokio::test]
async fn the_api_signs_in_and_answers_every_documented_route() {
    let (router, _) = world();
    let signed = ask(
        &router,
        call(
            "/api/v1/session",
            &json!({"id": "agent", "password": "a long password"}),
            true,
        ),
    )
    .await;
    let signed: Value = serde_json::from_str(&text(signed).await).unwrap();
    assert_eq!(signed["token"], TOKEN);
    let wrong = ask(
        &router,
        call(
            "/api/v1/session",
            &json!({"id": "agent", "password": "no"}),
            true,
        ),
    )
    .await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let document: Value =
        serde_json::from_str(&text(ask(&router, get("/api/openapi.json", "en")).await).await)
            .unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let path = path
                .replace("{id}", "x")
                .replace("{n}", "0")
                .replace("{type}", "x")
                .replace("{partner}", "fr")
                .replace("{node}", "fr");
            let request = Request::builder()
                .method(method.to_uppercase().as_str())
                .uri(&path)
                .body(Body::empty())
                .unwrap();
            let status = ask(&router, request).await.status();
            assert!(
                !matches!(
                    status,
                    StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND
                ),
                "{method} {path}: {status}"
            );
        }
    }
}

#[tokio::test]
async fn probes_answer() {
    let (router, _) = world();
    assert_eq!(
        text(ask(&router, get("/healthz", "en")).await).await,
        "ok\n"
    );
    assert_eq!(
        ask(&router, get("/readyz", "en")).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        ask(&router, get("/metrics", "en")).await.status(),
        StatusCode::NOT_FOUND,
        "only if published"
    );
}

/// The link between two states is not suspended by a slip of the hand.
#[tokio::test]
async fn suspending_asks_for_a_reason_and_a_ticked_box() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/charter.suspend", dossier_id(7));
    let partner = text(ask(&router, get("/partners/fr", "en")).await).await;
    assert!(
        !partner.contains("action=\"/dossiers/"),
        "the partner's page only leads to the form"
    );
    let form = text(ask(&router, get(&path, "en")).await).await;
    assert!(form.contains("name=\"_sure\"") && form.contains("for both states"));
    for lacking in ["", "&text=why", "&_sure=yes", "&_sure=yes&text=+"] {
        let body = format!("_csrf={CSRF}{lacking}");
        let answer = ask(&router, post(&path, &body)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html::problems(&text(answer).await).is_empty());
    }
    assert!(sample.recorded.lock().unwrap().is_empty());
    let body = format!("_csrf={CSRF}&_sure=yes&text=why");
    assert_eq!(
        ask(&router, post(&path, &body)).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);
}

/// Every control of a form as a browser would send it, untouched.
fn untouched(page: &str) -> String {
    let of = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    let mut pairs = Vec::new();
    let mut select = None;
    for tag in page.split('<').skip(1) {
        let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
        if tag.starts_with("select") {
            select = of(tag, " name");
        } else if tag.starts_with("option") && tag.ends_with(" selected") {
            pairs.extend(select.clone().zip(of(tag, " value")));
        } else if tag.starts_with("input") {
            let box_off = tag.contains("type=\"checkbox\"") && !tag.ends_with(" checked");
            let named = of(tag, " name").zip(of(tag, " value"));
            pairs.extend(named.filter(|(name, _)| !box_off && name.starts_with("_terms.")));
        }
    }
    let terms = pairs.iter().filter(|(name, _)| name.starts_with("_terms."));
    terms
        .map(|(name, value)| format!("&{name}={value}"))
        .collect()
}

#[tokio::test]
async fn terms_are_changed_on_the_form_of_a_charter() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/charter.propose", dossier_id(7));
    let page = text(ask(&router, get(&path, "en")).await).await;
    assert!(html::problems(&page).is_empty());
    let as_drawn = untouched(&page);
    assert!(
        as_drawn.contains("&_terms.given=yes")
            && as_drawn.contains("&_terms.clock.answer.normal=7"),
        "{as_drawn}"
    );
    let changed = as_drawn.replace(
        "&_terms.clock.answer.normal=7",
        "&_terms.clock.answer.normal=5",
    );
    for body in [&as_drawn, &changed] {
        let answer = ask(&router, post(&path, &format!("_csrf={CSRF}{body}"))).await;
        assert_eq!(
            answer.status(),
            StatusCode::SEE_OTHER,
            "{}",
            text(answer).await
        );
    }
    let base = sample::terms();
    let amended = |n: usize| {
        let draft = sample.recorded.lock().unwrap()[n].terms.clone().unwrap();
        draft.amend(&base).unwrap()
    };
    let allowed = |terms: &Terms| terms.allowed(Ask::Answer, Urgency::Normal);
    let mut same = amended(0);
    same.clocks.sort_by_key(|c| (c.ask, c.urgency));
    let mut expected = base.clone();
    expected.clocks.sort_by_key(|c| (c.ask, c.urgency));
    assert_eq!(same, expected, "what nobody touched stays");
    assert_eq!(allowed(&amended(1)), Some(Span::days(5)));

    let wrong = as_drawn.replace("&_terms.transit=", "&_terms.transit=soon+");
    let answer = ask(&router, post(&path, &format!("_csrf={CSRF}{wrong}"))).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(html::problems(&page).is_empty());
    assert!(page.contains("a length of time, from a minute to ten years"));
    assert_eq!(
        untouched(&page),
        wrong.replace('+', " "),
        "what was typed stays"
    );
    assert_eq!(sample.recorded.lock().unwrap().len(), 2);
}

/// What the partner is asked to sign is shown as what it changes.
#[tokio::test]
async fn a_proposal_shows_what_it_changes() {
    let (router, _) = world();
    for lang in ["fr", "ar", "en"] {
        let path = format!("/dossiers/{}", dossier_id(7));
        let page = text(ask(&router, get(&path, lang)).await).await;
        let (_, changes) = page.split_once("<dl class=\"facts changes\">").unwrap();
        let (changes, _) = changes.split_once("</dl>").unwrap();
        assert_eq!(changes.matches("<dt>").count(), 1, "{changes}");
        assert_eq!(
            (
                changes.matches("<del>").count(),
                changes.matches("<ins>").count()
            ),
            (1, 1)
        );
    }
}

#[tokio::test]
async fn the_api_takes_terms_whole_or_not_at_all() {
    let (router, sample) = world();
    let propose = |terms: Value| {
        let body = json!({"type": "charter.propose", "dossier": dossier_id(7).to_string(), "values": {}, "terms": terms});
        call("/api/v1/entries", &body, true)
    };
    let done = ask(&router, propose(json!({"transit": "2h"}))).await;
    assert_eq!(done.status(), StatusCode::CREATED);
    let draft = sample.recorded.lock().unwrap()[0].terms.clone();
    assert_eq!(draft.unwrap().transit, Some(Span::hours(2)));
    for wrong in [
        json!({"transits": "2h"}),
        json!({"transit": "x"}),
        json!([]),
        json!("2h"),
    ] {
        let refused = ask(&router, propose(wrong)).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
        assert!(text(refused).await.contains("terms: "));
    }
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);
}

/// While suspended, whoever writes towards the partner is told that it waits.
#[tokio::test]
async fn forms_say_that_a_suspended_partner_gets_it_later() {
    let (router, _) = world();
    let d = dossier_id(7);
    for path in [
        "/open/request?partner=fr".to_owned(),
        format!("/dossiers/{d}/write/note"),
        format!("/dossiers/{d}"),
    ] {
        let page = text(ask(&router, get(&path, "en")).await).await;
        assert!(page.contains("waits until it resumes"), "{path}");
    }
}

/// Rule 16: among several states a form says who is asked, and what is chosen is what is recorded.
#[tokio::test]
async fn a_form_among_several_states_names_who_is_asked() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/note", dossier_id(7));
    for (lang, words) in [
        ("en", "each state that takes part"),
        ("fr", "de chaque État qui participe"),
        ("ar", "من كل دولة مشاركة"),
    ] {
        let page = text(ask(&router, get(&path, lang)).await).await;
        assert!(page.contains(words), "{lang}");
        assert!(page.contains("<option value=\"es\">"), "{lang}");
    }
    for (chosen, named) in [("es", Some("es")), ("", None)] {
        let body = format!("_csrf={CSRF}&_partner={chosen}&text=x&needs_answer=on");
        let done = ask(&router, post(&path, &body)).await;
        assert!(done.status().is_redirection());
        let recorded = sample.recorded.lock().unwrap().pop().unwrap();
        assert_eq!(recorded.partner.map(|n| n.to_string()).as_deref(), named);
    }
    let body = format!("_csrf={CSRF}&_partner=no/node&text=x");
    let refused = ask(&router, post(&path, &body)).await;
    assert!(refused.status().is_client_error());
    assert!(sample.recorded.lock().unwrap().is_empty());
}

/// A field to mend hides no news: the form keeps the state that it was drawn from.
#[tokio::test]
async fn a_form_in_error_is_still_as_old_as_it_was() {
    let (router, _) = world();
    let path = format!("/dossiers/{}/write/extend", dossier_id(7));
    let body = format!("_csrf={CSRF}&_on={}%231&_seen=old&until=x", entry_id(1));
    let page = text(ask(&router, post(&path, &body)).await).await;
    assert!(page.contains("name=\"_seen\" value=\"old\""));
}
