//! Absences on pages, over a real node: provided for on one's account, taken up from the front page, told on every page.

use super::real::Person;
use axum::http::StatusCode;
use entente_core::codes::Role;
use entente_testkit::node::TestNode;

#[tokio::test]
async fn a_colleague_acts_for_whoever_is_absent_and_every_page_says_so() {
    let node = TestNode::build("ma").open().unwrap();
    let away = Person::with_role(&node, "away", "coordination", Role::Coordinator).await;
    let near = Person::of(&node, "near", "archives").await;
    let page = away.get("/account").await;
    assert!(page.contains("<option value=\"near\">"), "offered");
    assert!(!page.contains("<option value=\"inspector\">"));
    let today = node.app.now().to_civil();
    let today = today.split('T').next().unwrap();
    let wrong = [
        ("_do", "appoint"),
        ("colleague", "near"),
        ("from", "x"),
        ("until", "y"),
    ];
    let (status, page) = away.send("/account/absence", &wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("three months are the most"), "{page}");
    let fields = [
        ("_do", "appoint"),
        ("colleague", "near"),
        ("from", today),
        ("until", today),
    ];
    assert_eq!(away.post("/account/absence", &fields).await, "/account");
    assert!(away.get("/account").await.contains("name=\"_absence\""));

    assert!(
        near.get("/")
            .await
            .contains("You may act in the absence of")
    );
    let chosen = [("_officer", "away")];
    assert_eq!(near.post("/account/act-for", &chosen).await, "/");
    for path in ["/", "/dossiers", "/account"] {
        let page = near.get(path).await;
        assert!(page.contains("id=\"acts-for\""), "{path}");
        assert!(page.contains("ma/coordination"), "{path}");
    }
    assert_eq!(near.post("/account/act-for", &[]).await, "/");
    assert!(!near.get("/").await.contains("id=\"acts-for\""));
    let strange = near.send("/account/act-for", &[("_officer", "liaison")]);
    assert_eq!(strange.await.0, StatusCode::NOT_FOUND);
}
