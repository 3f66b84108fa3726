//! The door of the pages: what https adds, sessions that end and what the browser forgets then, and what somebody who is nobody yet can take.

use super::account::Browser;
use super::real::{PASSWORD, Person};
use super::sample::{Sample, TOKEN};
use super::{ask, location, text};
use crate::state::Inner;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_core::instant::Span;
use entente_testkit::desk::two_of_a_desk;
use entente_testkit::node::{SharedTime, TestNode};
use std::sync::Arc;

fn secure() -> Router {
    let mut inner = Inner::over(Arc::new(Sample::plain()));
    inner.secure = true;
    crate::over(inner)
}

/// Behind https every cookie has the prefix that nobody else can set, and a cookie without it is not read.
#[tokio::test]
async fn cookies_behind_https_are_of_this_host_alone() {
    let router = secure();
    let page = Request::get("/sign-in").body(Body::empty()).unwrap();
    let first = ask(&router, page).await;
    let form = first.headers()["set-cookie"].to_str().unwrap().to_owned();
    let (pair, guards) = form.split_once(';').unwrap();
    let secret = pair.strip_prefix("__Host-entente-ma-form=").expect(pair);
    let body = format!("_csrf={secret}&id=agent&password=a+long+password");
    let request = Request::post("/sign-in")
        .header(header::COOKIE, pair)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let entered = ask(&router, request.body(Body::from(body)).unwrap()).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    let set = entered.headers().get_all("set-cookie").iter();
    let set: Vec<&str> = set.map(|value| value.to_str().unwrap()).collect();
    assert!(set[0].starts_with("__Host-entente-ma=token"), "{set:?}");
    assert!(set[1].starts_with("__Host-entente-ma-known="), "{set:?}");
    for guarded in set.iter().copied().chain([guards]) {
        assert!(!guarded.contains("Domain"), "{guarded}");
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(guarded.contains(part), "{guarded}");
        }
    }
    for (name, opens) in [("__Host-entente-ma", true), ("entente-ma", false)] {
        let request = Request::get("/ledger").header(header::COOKIE, format!("{name}={TOKEN}"));
        let page = ask(&router, request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status() == StatusCode::OK, opens, "{name}");
    }
}

/// Behind https the browser is told never to come by http again: on pages, refusals, the API and assets; on plain http nothing is said.
#[tokio::test]
async fn browsers_are_told_to_come_by_https_only() {
    let plain = crate::over(Inner::over(Arc::new(Sample::plain())));
    for path in [
        "/sign-in",
        "/nothing",
        "/api/v1/me",
        "/healthz",
        crate::assets::style(),
    ] {
        let get = || Request::get(path).body(Body::empty()).unwrap();
        let answer = ask(&secure(), get()).await;
        assert_eq!(
            answer.headers()["strict-transport-security"],
            "max-age=31536000; includeSubDomains",
            "{path}"
        );
        let answer = ask(&plain, get()).await;
        assert!(!answer.headers().contains_key("strict-transport-security"));
    }
}

/// Signing out ends the session at the node, and tells the browser to forget the pages too.
#[tokio::test]
async fn after_signing_out_the_browser_keeps_no_page() {
    let node = TestNode::build("ma").open().unwrap();
    let agent = Person::of(&node, "agent", "liaison").await;
    let left = agent.request("/sign-out", &[]).await;
    assert_eq!(location(&left), "/sign-in");
    assert_eq!(left.headers()["clear-site-data"], "\"cache\", \"storage\"");
    let (status, _) = agent.fetch("/ledger", "en").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

/// Who is nobody yet sends little, no files, and waits behind nobody's upload: with all places of uploads taken, signing in goes on, by form
/// and by the API.
///
/// Take out: in `post.rs::fields`, what is asked of `known`; in `api/write.rs::sign_in`, `guest_body`.
#[tokio::test]
async fn who_is_nobody_yet_takes_no_memory_and_no_place() {
    let inner = Inner::over(Arc::new(Sample::plain()));
    let (places, held) = (inner.uploads.clone(), inner.held.clone());
    let router = crate::over(inner);
    let secret = "0123456789abcdef0123456789abcdef";
    let post = |kind: &str, body: String| {
        Request::post("/sign-in")
            .header(header::COOKIE, format!("entente-ma-form={secret}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap()
    };
    let _all = places.all.try_acquire_many(4).unwrap();
    let _held = held.all.try_acquire_many(4).unwrap();
    let form = "application/x-www-form-urlencoded";
    let right = format!("_csrf={secret}&id=agent&password=a+long+password");
    let entered = ask(&router, post(form, right.clone())).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    let long = format!("{right}&more={}", "x".repeat(300 << 10));
    let refused = ask(&router, post(form, long)).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let files = ask(
        &router,
        post("multipart/form-data; boundary=b", "--b".into()),
    )
    .await;
    assert_eq!(files.status(), StatusCode::UNAUTHORIZED);
    let session = |password: String| {
        let body = serde_json::json!({"id": "agent", "password": password}).to_string();
        Request::post("/api/v1/session")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap()
    };
    let signed = ask(&router, session("a long password".into())).await;
    assert_eq!(signed.status(), StatusCode::OK);
    let refused = ask(&router, session("x".repeat(300 << 10))).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

/// Where somebody wanted to go is on this site, whatever a link says: browsers read over tabs and ends of lines, and take `\` for `/`.
///
/// Take out: in `context.rs::local`, what is asked of control characters.
#[tokio::test]
async fn no_next_leads_off_this_site() {
    let node = TestNode::build("ma").open().unwrap();
    two_of_a_desk(&node).unwrap();
    for (next, leads) in [
        ("/ledger?open=yes", "/ledger?open=yes"),
        ("/\t/elsewhere.test", "/"),
        ("/\t\\elsewhere.test", "/"),
        ("/\n/elsewhere.test", "/"),
        ("/\u{b}/elsewhere.test", "/"),
        ("/\\elsewhere.test", "/"),
        ("//elsewhere.test", "/"),
        ("https://elsewhere.test", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let mut browser = Browser::of(&node);
        let fields = [("id", "agent"), ("password", PASSWORD), ("_next", next)];
        let entered = browser.post("/sign-in", "/sign-in", &fields).await;
        assert_eq!(entered.status(), StatusCode::SEE_OTHER, "{next:?}");
        assert_eq!(location(&entered), leads, "{next:?}");
    }
}

/// Only the methods that an address has, TRACE nowhere.
#[tokio::test]
async fn nothing_is_traced() {
    for path in ["/", "/sign-in", "/api/v1/me", "/nothing"] {
        let trace = Request::builder().method("TRACE").uri(path);
        let answer = ask(&secure(), trace.body(Body::empty()).unwrap()).await;
        let status = answer.status();
        let refused = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND];
        assert!(refused.contains(&status), "{path}: {status}");
    }
}

/// A page that stands open and looks again by itself keeps no session alive; somebody who reads does.
#[tokio::test]
async fn a_page_left_open_does_not_keep_its_session() {
    let time = SharedTime::default();
    let node = TestNode::build("ma").time(&time).open().unwrap();
    two_of_a_desk(&node).unwrap();
    let mut browser = Browser::of(&node);
    let fields = [("id", "agent"), ("password", PASSWORD)];
    browser.post("/sign-in", "/sign-in", &fields).await;
    for _ in 0..4 {
        time.advance(Span::minutes(40).0);
        browser.read("/ledger").await;
    }
    for _ in 0..4 {
        time.advance(Span::minutes(14).0);
        let live = Request::get("/ledger").header("x-entente-part", "live");
        let looked = browser.send(live, String::new()).await;
        assert_eq!(looked.status(), StatusCode::OK);
        text(looked).await;
    }
    time.advance(Span::minutes(4).0);
    let over = browser.get("/ledger").await;
    assert!(location(&over).starts_with("/sign-in"));
}
