//! Oversight on pages: every address that shows something leaves its record, a reason is asked by a form and remembered, and the
//! inspector's desk finds both. A new address without a case here fails.

use super::real::Person;
use super::{html, text};
use axum::http::StatusCode;
use entente_core::codes::Role;
use entente_testkit::node::{TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};
use serde_json::Value;

/// What looking at an address leaves.
enum Look {
    /// A record, of whoever has this role, at a path of the test's own.
    Leaves(Role, String),
    /// Nothing, because it shows nothing of anybody's.
    Nothing,
    /// Something in a state of the node that other tests bring about.
    Elsewhere,
}
use Look::{Elsewhere, Leaves, Nothing};

/// Identifiers of what there is to look at.
struct Place {
    dossier: String,
    entry: String,
    filed: String,
    obligation: String,
}

/// What a GET of an address leaves.
fn look(path: &str, at: &Place) -> Look {
    let Place {
        dossier,
        entry,
        filed,
        obligation,
    } = at;
    let agent = |path: String| Leaves(Role::Liaison, path);
    match path {
        "/" | "/account" | "/dossiers" | "/ledger" | "/ledger/meeting" | "/partners" => {
            agent(path.to_owned())
        }
        "/dossiers/{id}" => agent(format!("/dossiers/{dossier}")),
        "/dossiers/{id}/write/{kind}" => agent(format!("/dossiers/{dossier}/write/note")),
        "/dossiers/{id}/confirm" => agent(format!("/dossiers/{dossier}/confirm?index=0")),
        "/dossiers/{id}/release" => agent(format!("/dossiers/{dossier}/release")),
        "/open/{kind}" => agent("/open/request".to_owned()),
        "/entries/{id}" => agent(format!("/entries/{entry}")),
        "/entries/{id}/proof" => agent(format!("/entries/{entry}/proof")),
        "/entries/{id}/files/{n}" => agent(format!("/entries/{filed}/files/0")),
        "/balance/{partner}" => agent("/balance/fr".to_owned()),
        "/partners/{node}" => agent("/partners/fr".to_owned()),
        "/officers" => Leaves(Role::Administrator, path.to_owned()),
        "/officers/{id}" => Leaves(Role::Administrator, "/officers/liaison".to_owned()),
        "/oversight" | "/oversight/check" | "/oversight/export" => {
            Leaves(Role::Inspector, path.to_owned())
        }
        "/oversight/records/{n}" => Leaves(Role::Inspector, "/oversight/records/1".to_owned()),
        "/partners/{node}/restart/propose"
        | "/partners/{node}/restart/proposal"
        | "/partners/{node}/restart/answer/{generation}"
        | "/partners/{node}/restart/agreed/{generation}" => Elsewhere,
        // Before anybody is signed in; an empty form; machinery; a stream of positions.
        "/sign-in"
        | "/sign-in/code"
        | "/welcome/{token}"
        | "/sign-in/provider/back"
        | "/import/declaration"
        | "/events"
        | "/assets/{name}"
        | "/healthz"
        | "/readyz"
        | "/metrics" => Nothing,
        // Drafts (testkit/tests/second.rs), letters of rights dossiers (testkit/tests/persons.rs), forms of coordinators.
        "/drafts/{id}"
        | "/drafts/{id}/files/{n}"
        | "/api/v1/drafts/{id}"
        | "/api/v1/drafts/{id}/files/{n}"
        | "/dossiers/{id}/letter"
        | "/api/v1/dossiers/{id}/letter"
        | "/partners/{node}/compromised"
        | "/keys/compromised" => Elsewhere,
        "/api/v1/today" | "/api/v1/dossiers" | "/api/v1/ledger" | "/api/v1/links"
        | "/api/v1/drafts" | "/api/v1/absences" => agent(path.to_owned()),
        "/api/v1/dossiers/{id}" => agent(format!("/api/v1/dossiers/{dossier}")),
        "/api/v1/dossiers/{id}/release" => agent(format!("/api/v1/dossiers/{dossier}/release")),
        "/api/v1/entries/{id}" => agent(format!("/api/v1/entries/{entry}")),
        "/api/v1/entries/{id}/proof" => agent(format!("/api/v1/entries/{entry}/proof")),
        "/api/v1/entries/{id}/files/{n}" => agent(format!("/api/v1/entries/{filed}/files/0")),
        "/api/v1/obligations/{id}" => agent(format!("/api/v1/obligations/{obligation}")),
        "/api/v1/forms/{type}" => agent(format!("/api/v1/forms/note?dossier={dossier}")),
        "/api/v1/balance/{partner}" => agent("/api/v1/balance/fr".to_owned()),
        "/api/v1/partners/{node}" => agent("/api/v1/partners/fr".to_owned()),
        "/api/v1/partners/{node}/courier" => agent("/api/v1/partners/fr/courier".to_owned()),
        "/api/v1/access"
        | "/api/v1/access/findings"
        | "/api/v1/access/check"
        | "/api/v1/access/export" => Leaves(Role::Inspector, path.to_owned()),
        "/api/v1/access/records/{n}" => {
            Leaves(Role::Inspector, "/api/v1/access/records/1".to_owned())
        }
        "/api/v1/me" | "/api/openapi.json" | "/api/v1/card" => Nothing,
        other => panic!("{other}: a new address needs a case here"),
    }
}

fn count(node: &TestNode) -> usize {
    node.look(|tx| tx.access(100_000, 0)).unwrap().len()
}

/// Every address of pages and API that is read.
async fn addresses(agent: &Person) -> Vec<String> {
    let pages = crate::addresses().into_iter();
    let pages = pages.filter(|a| !a.demo && a.methods.contains(&"get"));
    let mut all: Vec<String> = pages.map(|a| a.path.to_owned()).collect();
    let (_, document) = agent.fetch("/api/openapi.json", "en").await;
    let document: Value = serde_json::from_str(&document).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    all.extend(
        paths
            .filter(|(_, methods)| methods["get"].is_object())
            .map(|(path, _)| path.clone()),
    );
    all
}

#[tokio::test]
async fn invariant_11_every_address_that_shows_something_leaves_its_record_first() {
    let mut pair = TestPair::linked(4201);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let note = Writing::on(dossier, &[("text", "Avec une pièce.")]);
    let note = note.file("piece.txt", vec![7; 900]);
    let filed = pair.write(Side::Ma, "note", &note).entry.to_string();
    pair.settle();
    let ma = pair.ma();
    let place = Place {
        dossier: dossier.to_string(),
        entry: asked.entry.to_string(),
        filed,
        obligation: asked.to_string().replace('#', "%23"),
    };
    let agent = Person::of(ma, "agent", "liaison").await;
    let inspects = Person::with_role(ma, "inspects", "inspection", Role::Inspector).await;
    let administers = Person::with_role(ma, "administers", "machines", Role::Administrator).await;
    let mut shown = 0;
    for address in addresses(&agent).await {
        let Leaves(role, path) = look(&address, &place) else {
            continue;
        };
        let who = match role {
            Role::Inspector => &inspects,
            Role::Administrator => &administers,
            _ => &agent,
        };
        let before = count(ma);
        let (status, page) = who.fetch(&path, "en").await;
        // This dossier has no declaration to confirm: the look is on record all the same.
        let nothing = address == "/dossiers/{id}/confirm" && status == StatusCode::NOT_FOUND;
        assert!(
            nothing || status == StatusCode::OK,
            "{path}: {status} {page}"
        );
        assert!(count(ma) > before, "{path} leaves no record");
        shown += 1;
        // Where its record cannot be written, it is not shown.
        ma.disk.fill_up();
        let (status, _) = who.fetch(&path, "en").await;
        ma.disk.restart();
        assert!(!status.is_success(), "{path} is shown without a record");
    }
    assert!(shown > 30, "{shown} addresses");
}

#[tokio::test]
async fn invariant_11_a_reason_is_asked_by_a_form_and_then_remembered() {
    let mut pair = TestPair::linked(4202);
    pair.nodes[0].set_asks_reasons(true);
    pair.restart(Side::Ma);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let agent = Person::with_role(ma, "agent", "liaison", Role::Investigator).await;
    let page = format!("/dossiers/{dossier}");
    for lang in ["fr", "ar", "en"] {
        let (status, form) = agent.fetch(&page, lang).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(
            html::problems(&form).is_empty(),
            "{:?}",
            html::problems(&form)
        );
        assert!(
            !form.contains("Véhicule utilitaire"),
            "nothing of it is shown"
        );
    }
    let (_, form) = agent.fetch(&page, "en").await;
    assert!(form.contains(&format!("name=\"_back\" value=\"{page}\"")));
    let id = dossier.to_string();
    let fields = [
        ("wanted", "enter"),
        ("dossier", id.as_str()),
        ("_back", page.as_str()),
    ];
    let other = [&fields[..], &[("reason", "other"), ("why", "")]].concat();
    let (status, refused) = agent.send("/reason", &other).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(refused.contains("at most 200 characters"));
    let reason = [
        &fields[..],
        &[("reason", "stand_in"), ("why", "Congé d’un collègue")],
    ]
    .concat();
    assert_eq!(agent.post("/reason", &reason).await, page);
    assert!(agent.get(&page).await.contains("Véhicule utilitaire"));
    agent.get(&format!("/entries/{}", asked.entry)).await;
    // The search of that page is for its dossier, and needs no other reason; one from elsewhere does.
    let found = agent.get(&format!("/dossiers?for={id}&q=utilitaire")).await;
    assert!(found.contains("Véhicule utilitaire"));
    let (status, _) = agent.fetch("/dossiers?q=utilitaire", "en").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    // A way out of our own pages is none.
    let out = [
        &reason[..2],
        &[("reason", "court"), ("_back", "https://example.org/")],
    ]
    .concat();
    assert_eq!(agent.post("/reason", &out).await, "/");

    // Programs are told what is needed, and may give it with the request.
    let search = "/api/v1/dossiers?q=utilitaire";
    let (status, problem) = agent.fetch(search, "en").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let problem: Value = serde_json::from_str(&problem).unwrap();
    assert_eq!(problem["type"], "urn:entente:problem:reason");
    assert_eq!(problem["needed"]["wanted"], "search");
    let (status, _) = agent
        .fetch(&format!("{search}&reason=assigned"), "en")
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        agent.fetch(search, "en").await.0,
        StatusCode::OK,
        "remembered"
    );

    let inspects = Person::with_role(ma, "inspects", "inspection", Role::Inspector).await;
    let desk = inspects.get("/oversight?officer=agent&outside=yes").await;
    assert!(desk.contains("standing in for a colleague"));
    assert!(!desk.contains("Véhicule utilitaire"), "no contents");
    let reasons = inspects
        .get("/oversight?officer=agent&operation=explain")
        .await;
    assert!(reasons.contains("Congé d’un collègue"));
    let checked = inspects.get("/oversight/check").await;
    assert!(checked.contains("Every record is whole."));
    let (status, _) = agent.fetch("/oversight", "en").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

/// The desk of a node whose records hold hostile text in every field.
#[tokio::test]
async fn the_desk_escapes_what_records_say() {
    let sample = super::sample::Sample::plain();
    let router = crate::over(crate::state::Inner::over(std::sync::Arc::new(sample)));
    for path in ["/oversight", "/oversight/records/3", "/oversight/check"] {
        for lang in ["fr", "ar", "en"] {
            let cookie = format!(
                "entente-ma={}; entente-ma-lang={lang}",
                super::sample::TOKEN
            );
            let request = axum::http::Request::get(path)
                .header("cookie", cookie)
                .body(axum::body::Body::empty())
                .unwrap();
            let response = super::ask(&router, request).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let page = text(response).await;
            assert!(!page.contains("<script>alert"), "{path}");
            assert!(
                html::problems(&page).is_empty(),
                "{path} {lang}: {:?}",
                html::problems(&page)
            );
        }
    }
}
