//! Oversight on pages: every address that shows something leaves its record, a reason is asked by a form and remembered, and the
//! inspector's desk finds both. A new address without a case here fails.

use super::real::Person;
use super::{html, text};
use axum::http::StatusCode;
use entente_app::access::Operation;
use entente_app::views::AccessQuery;
use entente_core::access::Refusal;
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

/// What is of one kind of dossier and tried where such a dossier is: things, their charts, agreements, plans, evaluations and courts of
/// investigations in testkit/tests/{things,chart,agreement,plan,court}.rs, exhibits and what is looked at in place in testkit/tests/custody.rs
/// and beside this, reviews of duties to inform in testkit/tests/inform.rs, meetings, lessons and programmes beside this.
const OF_CASES: [&str; 34] = [
    "/dossiers/{id}/things",
    "/dossiers/{id}/chart",
    "/dossiers/{id}/chart/{name}",
    "/api/v1/dossiers/{id}/chart",
    "/api/v1/dossiers/{id}/chart/{name}",
    "/dossiers/{id}/review",
    "/dossiers/{id}/review/file",
    "/dossiers/{id}/agreement",
    "/dossiers/{id}/meetings",
    "/dossiers/{id}/lessons",
    "/api/v1/dossiers/{id}/lessons",
    "/dossiers/{id}/meetings/agenda",
    "/dossiers/{id}/meetings/minutes/{entry}",
    "/dossiers/{id}/programme",
    "/dossiers/{id}/programme/agreement",
    "/api/v1/dossiers/{id}/programme",
    "/api/v1/dossiers/{id}/meetings",
    "/entries/{id}/calendar",
    "/dossiers/{id}/evaluation",
    "/dossiers/{id}/plan",
    "/dossiers/{id}/days/{entry}",
    "/dossiers/{id}/court",
    "/dossiers/{id}/court/{entry}/bundle",
    "/things/{id}",
    "/dossiers/{id}/exhibits",
    "/exhibits/{id}",
    "/api/v1/dossiers/{id}/exhibits",
    "/api/v1/dossiers/{id}/evidence",
    "/api/v1/dossiers/{id}/plan",
    "/api/v1/dossiers/{id}/court",
    "/api/v1/dossiers/{id}/court/{entry}/bundle",
    "/api/v1/dossiers/{id}/review",
    "/api/v1/dossiers/{id}/review/file",
    "/entries/{id}/files/{n}/picture",
];

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
        path if OF_CASES.contains(&path) => Elsewhere,
        "/" | "/account" | "/account/notices" | "/account/calendar" | "/dossiers" | "/ledger" | "/ledger/meeting"
        | "/partners" | "/admission" | "/statistics" | "/reviews" => agent(path.to_owned()),
        "/statistics/{month}" => agent("/statistics/2015-04".to_owned()),
        "/statistics/{month}/csv" => agent("/statistics/2015-04/csv".to_owned()),
        "/dossiers/{id}" => agent(format!("/dossiers/{dossier}")),
        "/dossiers/{id}/write/{kind}" => agent(format!("/dossiers/{dossier}/write/note")),
        "/dossiers/{id}/confirm" => agent(format!("/dossiers/{dossier}/confirm?index=0")),
        "/dossiers/{id}/release" => agent(format!("/dossiers/{dossier}/release")),
        "/open/{kind}" => agent("/open/request".to_owned()),
        "/entries/{id}" => agent(format!("/entries/{entry}")),
        "/entries/{id}/observe" => agent(format!("/entries/{entry}/observe")),
        "/entries/{id}/proof" => agent(format!("/entries/{entry}/proof")),
        "/entries/{id}/files/{n}" => agent(format!("/entries/{filed}/files/0")),
        "/entries/{id}/package" => agent(format!("/entries/{filed}/package")),
        "/entries/{id}/files/{n}/view" => agent(format!("/entries/{filed}/files/0/view")),
        "/meetings" => agent("/meetings?q=salle".to_owned()),
        "/commitments" | "/commitments/report" | "/api/v1/commitments" => agent(path.to_owned()),
        "/balance/{partner}" => agent("/balance/fr".to_owned()),
        "/balance/{partner}/paper" => agent("/balance/fr/paper".to_owned()),
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
        // At an address that there is: testkit/tests/feed.rs.
        | "/calendar/{file}"
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
        | "/api/v1/drafts" | "/api/v1/absences" | "/api/v1/admissions" | "/api/v1/statistics"
        | "/api/v1/reviews" | "/api/v1/duties" => agent(path.to_owned()),
        "/api/v1/statistics/{month}" => agent("/api/v1/statistics/2015-04".to_owned()),
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
    assert!(ma.app.publish_statistics().unwrap());
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
        // This dossier has no declaration to confirm, and its request looks back on nothing: the look is on record all the same.
        let nothing = ["/dossiers/{id}/confirm", "/entries/{id}/observe"]
            .contains(&address.as_str())
            && status == StatusCode::NOT_FOUND;
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

/// An inspector's own looks stand in one line that opens, unless they are what is sought; other inspectors see them one by one.
#[tokio::test]
async fn an_inspectors_own_looks_are_one_line_that_opens() {
    let pair = TestPair::linked(4203);
    let ma = pair.ma();
    let inspects = Person::with_role(ma, "inspects", "inspection", Role::Inspector).await;
    let other = Person::with_role(ma, "other", "inspection", Role::Inspector).await;
    for _ in 0..3 {
        inspects.get("/oversight").await;
    }
    let rows = |page: &str| {
        let (_, records) = page.split_once("id=\"records\"").unwrap();
        let (_, rows) = records.split_once("<tbody>").unwrap();
        rows.split_once("</tbody>").unwrap().0.to_owned()
    };
    let of_inspector = "/oversight?officer=inspects\"";
    let own = rows(&inspects.fetch("/oversight", "en").await.1);
    assert_eq!(own.matches("<details class=\"own-looks\">").count(), 1);
    // Three pages in three languages and in one again, and this one, each with its patterns and figures: all are in the line, none is lost.
    let (_, folded) = own.split_once("<details").unwrap();
    let (folded, _) = folded.split_once("</details>").unwrap();
    assert!(folded.contains("looks of yours"), "{folded}");
    assert_eq!(folded.matches("<li>").count(), 3 * 4 * 3 + 1, "{folded}");
    // What is not a look of theirs, such as signing in, stays a line of its own.
    let rest = own.replace(folded, "");
    assert!(
        rest.contains(of_inspector) && !rest.contains(">inspection <code"),
        "{rest}"
    );
    for path in [
        "/oversight?operation=inspect",
        "/oversight?officer=inspects",
    ] {
        let sought = rows(&inspects.fetch(path, "en").await.1);
        assert!(!sought.contains("own-looks"), "{path}");
        assert!(sought.matches(of_inspector).count() > 10, "{path}");
    }
    let seen = rows(&other.fetch("/oversight", "en").await.1);
    assert!(seen.matches(of_inspector).count() > 10, "{seen}");
}

/// The refusals on record: verb, numbers, why, and how many times more.
fn refusals(ma: &TestNode) -> Vec<(String, Vec<String>, Refusal, Option<u32>)> {
    let inspector = ma.officer("inspector").unwrap();
    let query = AccessQuery {
        operation: Some(Operation::Refused),
        limit: AccessQuery::MOST,
        ..AccessQuery::default()
    };
    let found = ma.app.access_list(&inspector, &query).unwrap();
    let lines = found.lines.into_iter().map(|line| {
        let record = line.record;
        (
            record.verb,
            line.numbers,
            record.refused.unwrap(),
            record.times,
        )
    });
    lines.collect()
}

/// Whoever tries what is not theirs is on record with the dossier and why, before they are answered; what pages do not offer is tried by
/// nobody. Take out: the note in `Cx::run`.
#[tokio::test]
async fn invariant_11_what_was_tried_and_refused_is_on_record() {
    let mut pair = TestPair::linked(4204);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let ma = pair.ma();
    let agent = Person::of(ma, "agent", "liaison").await;
    for path in ["/", "/dossiers", "/ledger", "/partners/fr", "/account"] {
        agent.get(path).await;
    }
    agent.get(&format!("/dossiers/{dossier}")).await;
    agent.get(&format!("/entries/{}", asked.entry)).await;
    agent.fetch("/dossiers/Zanzibarite", "en").await;
    assert!(refusals(ma).is_empty(), "nothing was refused");
    let stranger = Person::of(ma, "stranger", "elsewhere").await;
    let entry = asked.entry;
    let number = ma
        .app
        .dossier_number(&ma.officer("liaison").unwrap(), dossier);
    let number = vec![number.unwrap()];
    for (path, verb, numbers, why) in [
        (
            format!("/dossiers/{dossier}"),
            "/dossiers/{id}",
            &number,
            Refusal::NotFound,
        ),
        (
            format!("/api/v1/entries/{entry}"),
            "/api/v1/entries/{id}",
            &number,
            Refusal::NotFound,
        ),
        (
            format!("/entries/{}", "5f".repeat(32)),
            "/entries/{id}",
            &vec![],
            Refusal::NotFound,
        ),
        (
            "/oversight".to_owned(),
            "/oversight",
            &vec![],
            Refusal::Forbidden,
        ),
        (
            "/keys/compromised".to_owned(),
            "/keys/compromised",
            &vec![],
            Refusal::Forbidden,
        ),
    ] {
        let before = refusals(ma).len();
        let (status, _) = stranger.fetch(&path, "en").await;
        assert!(matches!(status.as_u16(), 403 | 404), "{path}: {status}");
        let now = refusals(ma);
        assert_eq!(now.len(), before + 1, "{path}");
        assert_eq!(now[0], (verb.to_owned(), numbers.clone(), why, None));
        // Where that cannot be written, it is not even refused.
        ma.disk.fill_up();
        let other = path.replace(&dossier.to_string(), &"6e".repeat(32));
        let (status, _) = stranger.fetch(&other, "en").await;
        ma.disk.restart();
        assert!(
            other == path || status.is_server_error(),
            "{other}: {status}"
        );
    }
    let inspects = Person::with_role(ma, "inspects", "inspection", Role::Inspector).await;
    let desk = inspects.get("/oversight?operation=refused").await;
    assert!(desk.contains(&number[0]) && desk.contains("not to be seen by them"));
}

/// A flood is counted: a record before the first answer, one more for the rest of the minute, and few records however many things are
/// tried; and it is a pattern.
#[tokio::test]
async fn invariant_11_a_flood_of_refusals_is_counted_and_told() {
    let mut pair = TestPair::linked(4205);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let stranger = Person::of(pair.ma(), "stranger", "elsewhere").await;
    for _ in 0..50 {
        stranger.fetch(&format!("/dossiers/{dossier}"), "en").await;
    }
    assert_eq!(refusals(pair.ma()).len(), 1);
    pair.time.advance(61_000);
    let counted = refusals(pair.ma());
    assert_eq!(counted.len(), 2);
    assert_eq!((counted[0].3, counted[1].3), (Some(49), None));
    for n in 0..60 {
        stranger.fetch(&format!("/entries/{n:064x}"), "en").await;
    }
    let many = refusals(pair.ma()).len() - counted.len();
    assert_eq!(many, 31, "thirty things, and the rest as one");
    let inspects = Person::with_role(pair.ma(), "inspects", "inspection", Role::Inspector).await;
    let desk = inspects.get("/oversight").await;
    assert!(desk.contains("trying what is refused"), "{desk}");
}
