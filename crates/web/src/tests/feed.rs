//! The calendar address on its page, over a real node, and what a program is answered at it.

use super::real::Person;
use super::{ask, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_app::NoticeSettings;
use entente_core::codes::Class;
use entente_testkit::desk::PASSWORD;
use entente_testkit::node::TestNode;

const PAGE: &str = "/account/calendar";

fn node() -> TestNode {
    let settings = NoticeSettings {
        feed: Some(Class::Open),
        ..NoticeSettings::default()
    };
    TestNode::build("ma").notices(settings).open().unwrap()
}

/// The path of the address that a page shows.
fn shown(page: &str) -> String {
    let from = page.find("/calendar/").expect("an address");
    let rest = &page[from..];
    let to = rest.find(".ics").expect("its ending");
    rest[..to + 4].to_owned()
}

fn fetch(path: &str, tag: &str) -> Request<Body> {
    let request = Request::get(path).header(
        header::USER_AGENT,
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
    );
    match tag {
        "" => request,
        tag => request.header(header::IF_NONE_MATCH, tag),
    }
    .body(Body::empty())
    .unwrap()
}

/// Take out: a branch of `act`, the ending, a header of `fetch`, or `check_again`.
#[tokio::test]
async fn an_address_is_made_fetched_and_revoked() {
    let node = node();
    let me = Person::of(&node, "agent", "archives").await;
    assert!(
        me.get("/account")
            .await
            .contains("href=\"/account/calendar\"")
    );
    let page = me.get(PAGE).await;
    assert!(
        page.contains("You have no address") && page.contains("class “open”"),
        "{page}"
    );
    let make = |password| [("_do", "make"), ("password", password)];
    let (status, page) = me.send(PAGE, &make("another password")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("You have no address"), "{page}");
    let (status, page) = me.send(PAGE, &make(PASSWORD)).await;
    assert_eq!(status, StatusCode::OK);
    let path = shown(&page);
    assert!(!me.get(PAGE).await.contains(&path), "shown this once");
    // Nobody is signed in there.
    let answer = ask(&me.router, fetch(&path, "")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let head = |name| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(head(header::CONTENT_TYPE), "text/calendar; charset=utf-8");
    assert_eq!(head(header::CACHE_CONTROL), "private, no-store");
    assert!(answer.headers().get(header::SET_COOKIE).is_none());
    let tag = head(header::ETAG);
    let file = text(answer).await;
    for line in [
        "METHOD:PUBLISH\r\n",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
        "X-PUBLISHED-TTL:PT1H\r\n",
        "X-WR-CALNAME:Entente ma\r\n",
    ] {
        assert!(file.contains(line), "{line} {file}");
    }
    let again = ask(&me.router, fetch(&path, &tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(text(again).await.is_empty());
    let page = me.get(PAGE).await;
    assert!(
        page.contains("Thunderbird, Linux") && page.contains("Revoke the address"),
        "{page}"
    );
    // Another program that has the address shows beside one's own.
    let curl = Request::get(&path).header(header::USER_AGENT, "curl/8.0");
    let curl = ask(&me.router, curl.body(Body::empty()).unwrap()).await;
    assert_eq!(curl.status(), StatusCode::OK);
    let page = me.get(PAGE).await;
    assert!(
        page.contains("Thunderbird, Linux") && page.contains("curl"),
        "{page}"
    );
    // A form that says nothing does nothing.
    assert_eq!(
        me.send(PAGE, &[("_do", "")]).await.0,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        ask(&me.router, fetch(&path, "")).await.status(),
        StatusCode::OK
    );
    assert_eq!(me.post(PAGE, &[("_do", "revoke")]).await, PAGE);
    assert!(me.get(PAGE).await.contains("You have no address"));
}

/// What an answer says, in full.
async fn whole(me: &Person, path: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let answer = ask(&me.router, fetch(path, "")).await;
    let heads = answer.headers().iter();
    let heads = heads.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let heads = heads.collect();
    (answer.status(), heads, text(answer).await)
}

/// Take out: `suffix`, or the failure that is the same for all.
#[tokio::test]
async fn an_address_that_is_over_answers_as_one_that_never_was() {
    let node = node();
    let me = Person::of(&node, "agent", "archives").await;
    let make = [("_do", "make"), ("password", PASSWORD)];
    let revoked = shown(&me.send(PAGE, &make).await.1);
    me.post(PAGE, &[("_do", "revoke")]).await;
    let never = whole(&me, &format!("/calendar/{}.ics", "A".repeat(43))).await;
    assert_eq!(never.0, StatusCode::NOT_FOUND);
    let standing = shown(&me.send(PAGE, &make).await.1);
    for path in [
        revoked.as_str(),
        "/calendar/x.ics",
        "/calendar/.ics",
        standing.trim_end_matches(".ics"),
    ] {
        assert_eq!(whole(&me, path).await, never, "{path}");
    }
    let off = TestNode::build("ma").open().unwrap();
    let other = Person::of(&off, "agent", "archives").await;
    assert_eq!(whole(&other, &standing).await, never);
    let page = other.get(PAGE).await;
    assert!(
        page.contains("gives out no calendar") && !page.contains("value=\"make\""),
        "{page}"
    );
    assert_eq!(other.send(PAGE, &make).await.0, StatusCode::BAD_REQUEST);
}
