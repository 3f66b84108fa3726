//! Notices by mail on their page, over a real node: the address and its code, the hours, the preview, and the address gone.

use super::real::Person;
use axum::http::StatusCode;
use entente_app::{Mail, MailOutcome, NoticeSettings};
use entente_core::codes::Class;
use entente_testkit::desk::PASSWORD;
use entente_testkit::node::TestNode;

const PAGE: &str = "/account/notices";

fn node() -> TestNode {
    let mail = Some(Class::Open);
    let settings = NoticeSettings {
        mail,
        ..NoticeSettings::default()
    };
    TestNode::build("ma").notices(settings).open().unwrap()
}

/// The code that the one mail on its way holds; the mail is sent.
fn code(node: &TestNode) -> String {
    let out = node.app.take_mails(10).unwrap().remove(0);
    node.app.settle_mail(&out, MailOutcome::Taken).unwrap();
    match out.mail {
        Mail::Code(code) => code,
        Mail::Digest(_) => panic!("no code"),
    }
}

/// Take out: a branch of `act`, `check_again` in `ask_mail_address`, or the confirmation.
#[tokio::test]
async fn an_address_is_confirmed_and_removed_on_the_page() {
    let node = node();
    let me = Person::of(&node, "agent", "archives").await;
    assert!(
        me.get("/account")
            .await
            .contains("href=\"/account/notices\"")
    );
    let page = me.get(PAGE).await;
    assert!(
        page.contains("No address is confirmed") && page.contains("class “open”"),
        "{page}"
    );
    let wrong = [("_do", "address"), ("address", "a@b\nc@d")];
    let (status, page) = me.send(PAGE, &wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("This is no mail address"), "{page}");
    // A desk that was left open is not enough.
    let left = [
        ("_do", "address"),
        ("address", "agent@mail.example"),
        ("password", "another password"),
    ];
    let (status, _) = me.send(PAGE, &left).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(node.app.take_mails(10).unwrap(), []);
    let asked = [
        ("_do", "address"),
        ("address", "agent@mail.example"),
        ("password", PASSWORD),
    ];
    assert_eq!(me.post(PAGE, &asked).await, PAGE);
    let page = me.get(PAGE).await;
    assert!(page.contains("A code was sent to") && page.contains("agent@mail.example"));
    assert!(page.contains("No address is confirmed"));
    let (status, _) = me.send(PAGE, &[("_do", "confirm"), ("code", "AAAA")]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let code = code(&node);
    assert_eq!(
        me.post(PAGE, &[("_do", "confirm"), ("code", &code)]).await,
        PAGE
    );
    let page = me.get(PAGE).await;
    assert!(
        page.contains("<em class=\"good\">confirmed</em>") && page.contains("Next mail:"),
        "{page}"
    );
    assert_eq!(me.post(PAGE, &[("_do", "remove")]).await, PAGE);
    assert!(me.get(PAGE).await.contains("No address is confirmed"));
}

/// Take out: a field of `read`.
#[tokio::test]
async fn hours_are_kept_and_wrong_ones_refused() {
    let node = node();
    let me = Person::of(&node, "agent", "archives").await;
    let form = [
        ("_do", "wishes"),
        ("frequency", "weekly"),
        ("hour", "9"),
        ("at_once", "yes"),
        ("quiet_from", "21"),
        ("quiet_to", "6"),
        ("urgent", "yes"),
        ("zone", "UTC"),
    ];
    assert_eq!(me.post(PAGE, &form).await, PAGE);
    let page = me.get(PAGE).await;
    for kept in [
        "value=\"weekly\" selected",
        "value=\"9\" selected",
        "name=\"at_once\" value=\"yes\" checked",
        "value=\"21\" selected",
        "value=\"6\" selected",
        "name=\"urgent\" value=\"yes\" checked",
    ] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    for (field, value) in [
        ("hour", "24"),
        ("quiet_to", ""),
        ("zone", "Mars/Olympus"),
        ("frequency", "hourly"),
    ] {
        let with = form.map(|(name, said)| {
            if name == field {
                (name, value)
            } else {
                (name, said)
            }
        });
        let (status, page) = me.send(PAGE, &with).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{field}");
        assert!(page.contains("cannot be chosen"), "{page}");
    }
}

/// Take out: the notice for a node without mail.
#[tokio::test]
async fn a_node_without_mail_says_so() {
    let node = TestNode::build("ma").open().unwrap();
    let me = Person::of(&node, "agent", "archives").await;
    let page = me.get(PAGE).await;
    assert!(
        page.contains("This node sends no mail")
            && !page.contains("<form method=\"post\" action=\"/account/notices\"")
    );
    let asked = [
        ("_do", "address"),
        ("address", "agent@mail.example"),
        ("password", PASSWORD),
    ];
    let (status, _) = me.send(PAGE, &asked).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
