//! Officers on pages, over a real node: invited by a link, let in no more, reset by two administrators.

use super::account::Browser;
use super::real::PASSWORD;
use super::{location, text};
use axum::http::StatusCode;
use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_testkit::desk::person;
use entente_testkit::node::TestNode;

fn node() -> TestNode {
    let node = TestNode::build("ma").open().unwrap();
    for (id, role) in [
        ("one", Role::Administrator),
        ("two", Role::Administrator),
        ("writer", Role::Liaison),
    ] {
        let officer = NewOfficer {
            lang: Lang::En,
            ..person(&node, id, "machines", role)
        };
        node.app.add_officer(officer).unwrap();
    }
    node
}

async fn signed_in(node: &TestNode, id: &str) -> Browser {
    let mut browser = Browser::of(node);
    let fields = [("id", id), ("password", PASSWORD)];
    let signed = browser.post("/sign-in", "/sign-in", &fields).await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER, "{id}");
    browser
}

/// The path of the link that a page shows.
fn link(page: &str) -> String {
    let shown = page.split("/welcome/").nth(1).expect("a link");
    format!("/welcome/{}", shown.split('<').next().unwrap())
}

const NEW: [(&str, &str); 5] = [
    ("id", "agent"),
    ("name", "Personne inventée"),
    ("services", "ma/liaison, ma/police"),
    ("role", "analyst"),
    ("lang", "fr"),
];

#[tokio::test]
async fn a_person_is_invited_by_a_link_and_let_in_no_more() {
    let node = node();
    let mut one = signed_in(&node, "one").await;
    assert!(one.read("/").await.contains("href=\"/officers\""));
    let wrong = [("id", "Agent 1"), ("name", "x"), ("services", "ma/liaison")];
    let refused = one.post("/officers", "/officers", &wrong).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(text(refused).await.contains("role=\"alert\""));
    let invited = one.post("/officers", "/officers", &NEW).await;
    assert_eq!(invited.status(), StatusCode::OK);
    let link = link(&text(invited).await);

    let mut person = Browser::of(&node);
    let form = person.read(&link).await;
    assert!(form.contains("Personne inventée"));
    for (new, again, said) in [
        ("too short", "too short", "at least 12 characters"),
        ("1qaz2wsx3edc", "1qaz2wsx3edc", "guessed first"),
        (PASSWORD, "something else", "The two passwords differ."),
    ] {
        let fields = [("_new", new), ("_again", again)];
        let refused = person.post(&link, &link, &fields).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
        assert!(text(refused).await.contains(said), "{said}");
    }
    let fields = [("_new", PASSWORD), ("_again", PASSWORD)];
    let entered = person.post(&link, &link, &fields).await;
    assert_eq!(location(&entered), "/account");
    let account = person.read("/account").await;
    assert!(account.contains("ma/police") && account.contains("analyst"));
    assert_eq!(person.get(&link).await.status(), StatusCode::NOT_FOUND);
    // To whoever does not administer, officers do not exist.
    for path in ["/officers", "/officers/writer", "/officers/nobody"] {
        assert_eq!(
            person.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let forged = person.post("/account", "/officers", &NEW).await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);
    let forged = person
        .post("/account", "/officers/writer", &[("_do", "deactivate")])
        .await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);
    assert!(!person.read("/").await.contains("href=\"/officers\""));

    let change = [
        ("_do", "change"),
        ("name", "Personne inventée"),
        ("services", "ma/liaison"),
        ("role", "liaison"),
        ("lang", "en"),
    ];
    let changed = one
        .post("/officers/agent", "/officers/agent", &change)
        .await;
    assert_eq!(location(&changed), "/officers/agent");
    let account = person.read("/account").await;
    assert!(account.contains("liaison officer") && !account.contains("ma/police"));
    one.post(
        "/officers/agent",
        "/officers/agent",
        &[("_do", "deactivate")],
    )
    .await;
    assert!(location(&person.get("/account").await).starts_with("/sign-in"));
    assert!(one.read("/officers").await.contains("deactivated"));
    let own = one
        .post("/officers/agent", "/officers/one", &[("_do", "deactivate")])
        .await;
    assert_eq!(own.status(), StatusCode::BAD_REQUEST);
    assert!(text(own).await.contains("Nobody changes their own"));
}

#[tokio::test]
async fn what_is_lost_is_reset_when_a_second_administrator_confirms() {
    let node = node();
    let (mut one, mut two) = (signed_in(&node, "one").await, signed_in(&node, "two").await);
    let mut writer = signed_in(&node, "writer").await;
    let page = "/officers/writer";
    let asked = one.post(page, page, &[("_do", "ask-reset")]).await;
    assert_eq!(location(&asked), page);
    let own = one.read(page).await;
    assert!(
        own.contains("Another administrator must confirm it.") && !own.contains("confirm-reset")
    );
    let early = one.post(page, page, &[("_do", "confirm-reset")]).await;
    assert_eq!(early.status(), StatusCode::BAD_REQUEST);
    assert_eq!(writer.get("/account").await.status(), StatusCode::OK);
    assert!(two.read("/officers").await.contains("reset to confirm"));
    let confirmed = two.post(page, page, &[("_do", "confirm-reset")]).await;
    assert_eq!(confirmed.status(), StatusCode::OK);
    let link = link(&text(confirmed).await);
    assert!(location(&writer.get("/account").await).starts_with("/sign-in"));
    let mut person = Browser::of(&node);
    let fresh = "another fictional one";
    let fields = [("_new", fresh), ("_again", fresh)];
    let entered = person.post(&link, &link, &fields).await;
    assert_eq!(location(&entered), "/account");
    let gone = two
        .post("/officers", page, &[("_do", "nothing-known")])
        .await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}
