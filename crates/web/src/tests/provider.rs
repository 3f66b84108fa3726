//! Signing in at an OpenID provider on the pages of a real node: the way there, back, out, and what an officer and an administrator do about
//! the account. The provider is `testkit/src/provider.rs`.

use super::account::Browser;
use super::real::{PASSWORD, Person};
use super::{html, location, text};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use entente_app::{By, NewOfficer};
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_testkit::desk::person;
use entente_testkit::node::{SharedTime, TestNode};
use entente_testkit::passkey::SoftPasskey;
use entente_testkit::provider::{FakeProvider, ISSUER};
use serde_json::json;
use std::sync::Arc;

const URL: &str = "https://ma.example";

fn world() -> (Arc<FakeProvider>, TestNode) {
    let time = SharedTime::default();
    let provider = FakeProvider::new(&time);
    let builder = TestNode::build("ma").time(&time).public_url(URL);
    let node = builder.provider(&provider.for_node(&[])).open().unwrap();
    let officer = NewOfficer {
        lang: Lang::En,
        ..person(&node, "agent", "liaison", Role::Liaison)
    };
    node.app.add_officer(officer).unwrap();
    (provider, node)
}

/// Where a page leads by itself: the same as its link says.
async fn leads(response: Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::OK);
    let refresh = response.headers()["refresh"].to_str().unwrap().to_owned();
    let address = refresh.strip_prefix("0; url=").unwrap().to_owned();
    let csp = response.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(
        csp.contains("form-action 'self'"),
        "as narrow as everywhere"
    );
    let page = text(response).await;
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
    let link = format!("href=\"{}\"", address.replace('&', "&amp;"));
    assert!(page.contains(&link), "{page}");
    address
}

/// Goes there by a form, signs in there as a subject, and comes back.
async fn goes(
    browser: &mut Browser,
    provider: &FakeProvider,
    (from, to): (&str, &str),
    subject: &str,
) -> Response<Body> {
    let fields = [("_next", "/ledger"), ("password", PASSWORD)];
    let address = leads(browser.post(from, to, &fields).await).await;
    let back = provider.visit(&address, "", subject);
    let path = format!(
        "/sign-in/provider/back?state={}&code={}",
        back.state, back.code
    );
    browser
        .get(&format!("{path}&iss={}", crate::context::percent(ISSUER)))
        .await
}

/// The browser of an officer whose account at the provider is bound.
async fn bound(provider: &FakeProvider, node: &TestNode) -> Browser {
    let mut browser = Browser::of(node);
    let fields = [("id", "agent"), ("password", PASSWORD)];
    browser.post("/sign-in", "/sign-in", &fields).await;
    let account = ("/account", "/account/provider");
    goes(&mut browser, provider, account, "subject-a").await;
    browser
}

#[tokio::test]
async fn an_account_is_bound_signs_in_and_is_cut_off_on_pages() {
    let (provider, node) = world();
    let mut browser = Browser::of(&node);
    let door = ("/sign-in", "/sign-in/provider");
    let unknown = goes(&mut browser, &provider, door, "subject-a").await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
    let page = text(unknown).await;
    assert!(page.contains("This account at the provider opens none here."));
    assert!(
        page.contains("id=\"password\""),
        "every other way in stands beside it"
    );

    let fields = [("id", "agent"), ("password", PASSWORD)];
    browser.post("/sign-in", "/sign-in", &fields).await;
    let bind = ("/account", "/account/provider");
    let bound = goes(&mut browser, &provider, bind, "subject-a").await;
    assert_eq!(location(&bound), "/account");
    let account = browser.read("/account").await;
    assert!(
        account.contains("/account/provider/cut") && !account.contains("/account/provider/prove")
    );
    let out = browser.post("/account", "/sign-out", &[]).await;
    assert_eq!(
        location(&out),
        "/sign-in",
        "a password began it: nothing to end elsewhere"
    );

    let signed = goes(&mut browser, &provider, door, "subject-a").await;
    assert_eq!(location(&signed), "/ledger");
    browser.read("/ledger").await;
    let cut = [("password", "not the password")];
    let refused = browser
        .post("/account", "/account/provider/cut", &cut)
        .await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let out = browser.post("/account", "/sign-out", &[]).await;
    assert_eq!(out.headers()["clear-site-data"], "\"cache\", \"storage\"");
    let there = leads(out).await;
    assert!(there.starts_with(&format!("{ISSUER}/end?")));
    assert_eq!(
        location(&browser.get("/ledger").await),
        "/sign-in?next=%2Fledger"
    );

    browser.post("/sign-in", "/sign-in", &fields).await;
    let cut = [("password", PASSWORD)];
    let done = browser
        .post("/account", "/account/provider/cut", &cut)
        .await;
    assert_eq!(location(&done), "/account");
    assert!(
        browser
            .read("/account")
            .await
            .contains("Bind my account at Directory")
    );
}

/// What a browser brings back counts only with what it kept itself, and is gone from it then.
#[tokio::test]
async fn a_browser_that_did_not_go_brings_nothing_back() {
    let (provider, node) = world();
    let mut browser = Browser::of(&node);
    let going = leads(browser.post("/sign-in", "/sign-in/provider", &[]).await).await;
    let back = provider.visit(&going, "", "subject-a");
    let path = format!(
        "/sign-in/provider/back?state={}&code={}&iss={}",
        back.state,
        back.code,
        crate::context::percent(ISSUER)
    );
    let mut other = Browser::of(&node);
    for path in [
        path.as_str(),
        "/sign-in/provider/back",
        "/sign-in/provider/back?error=x&state=x",
    ] {
        let answer = other.get(path).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        let cookies = answer.headers().get_all("set-cookie").iter();
        let gone = cookies.filter(|c| c.to_str().unwrap().starts_with("entente-ma-provider=;"));
        assert_eq!(gone.count(), 1);
        let page = text(answer).await;
        assert!(
            html::problems(&page).is_empty(),
            "{:?}",
            html::problems(&page)
        );
        assert!(!page.contains(&back.code));
    }
    // A form of another site begins nothing.
    let forged = browser
        .send(Request::post("/sign-in/provider"), "_next=/".to_owned())
        .await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_invitation_is_taken_up_and_the_account_changed_without_a_password() {
    let (provider, node) = world();
    let newcomer = NewOfficer {
        password: None,
        lang: Lang::En,
        ..person(&node, "newcomer", "liaison", Role::Liaison)
    };
    let link = node.app.invite_officer(By::Machine, &newcomer).unwrap();
    let mut browser = Browser::of(&node);
    let link = format!("/welcome/{link}");
    let accept = format!("{link}/provider");
    let signed = goes(&mut browser, &provider, (&link, &accept), "subject-n").await;
    assert_eq!(location(&signed), "/account");
    let account = browser.read("/account").await;
    assert!(account.contains("First sign in again at the provider."));
    let taken = browser.post("/account", "/account/factor", &[]).await;
    assert_eq!(taken.status(), StatusCode::BAD_REQUEST);
    let prove = ("/account", "/account/provider/prove");
    let proved = goes(&mut browser, &provider, prove, "subject-n").await;
    assert_eq!(location(&proved), "/account");
    assert!(
        browser
            .read("/account")
            .await
            .contains("Confirmed; counts until")
    );
    let taken = browser.post("/account", "/account/factor", &[]).await;
    assert_eq!(location(&taken), "/account");
    assert!(browser.read("/account").await.contains("otpauth://totp/"));
    // Refused where it was begun: on one's own account.
    let prove = goes(&mut browser, &provider, prove, "subject-other").await;
    assert_eq!(prove.status(), StatusCode::BAD_REQUEST);
    assert!(text(prove).await.contains("id=\"provider\""));
    let over = browser.get(&link).await;
    assert_eq!(over.status(), StatusCode::NOT_FOUND);
}

/// What a page asks an authenticator for, and the token that its answer is sent with.
async fn asked(response: Response<Body>) -> (String, String) {
    assert_eq!(response.status(), StatusCode::OK);
    let page = text(response).await;
    let problems = html::problems(&page);
    assert!(problems.is_empty(), "{problems:?}");
    let of = |name: &str| {
        let value = page.split(name).nth(1).unwrap();
        value.split('"').next().unwrap().replace("&quot;", "\"")
    };
    (of("data-passkey=\""), of("name=\"_token\" value=\""))
}

/// Whoever has a passkey alone, neither password nor provider, changes their account by it; and the last way in is not taken away.
#[tokio::test]
async fn an_account_with_a_passkey_alone_is_changed_by_it() {
    let (provider, node) = world();
    let newcomer = NewOfficer {
        password: None,
        lang: Lang::En,
        ..person(&node, "newcomer", "liaison", Role::Liaison)
    };
    let link = node.app.invite_officer(By::Machine, &newcomer).unwrap();
    let mut browser = Browser::of(&node);
    let (link, accept) = (
        format!("/welcome/{link}"),
        format!("/welcome/{link}/provider"),
    );
    goes(&mut browser, &provider, (&link, &accept), "subject-n").await;
    let prove = ("/account", "/account/provider/prove");
    goes(&mut browser, &provider, prove, "subject-n").await;
    let mut passkey = SoftPasskey::of(URL);
    let label = ("label", "invented");
    let begun = browser.post("/account", "/account/passkey", &[label]).await;
    let (options, token) = asked(begun).await;
    let answer = passkey.register(&options);
    let fields = [("_token", token.as_str()), ("_answer", &answer), label];
    let added = browser
        .post("/account", "/account/passkey/add", &fields)
        .await;
    assert!(text(added).await.contains("<ol class=\"recovery\">"));
    goes(&mut browser, &provider, prove, "subject-n").await;
    let cut = browser.post("/account", "/account/provider/cut", &[]).await;
    assert_eq!(location(&cut), "/account");
    let account = browser.read("/account").await;
    assert!(account.contains("First confirm by a passkey that it is you."));
    assert!(account.contains("action=\"/account/passkey/prove\""));
    assert!(!account.contains("First sign in again at the provider."));
    let fresh = [("_new", "another fictional password")];
    let refused = browser.post("/account", "/account/password", &fresh).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let begun = browser
        .post("/account", "/account/passkey/prove", &[])
        .await;
    let (options, token) = asked(begun).await;
    let answer = passkey.sign(&options);
    let fields = [("_token", token.as_str()), ("_answer", &answer)];
    let to = "/account/passkey/prove/answer";
    let proved = browser.post("/account", to, &fields).await;
    assert_eq!(location(&proved), "/account");
    let account = browser.read("/account").await;
    assert!(account.contains("Confirmed; counts until"));
    let again = browser.post("/account", to, &fields).await;
    assert_eq!(again.status(), StatusCode::BAD_REQUEST, "once");
    let done = browser.post("/account", "/account/password", &fresh).await;
    assert_eq!(location(&done), "/account");
    let account = browser.read("/account").await;
    let shows = "action=\"/account/passkey/prove\"";
    assert!(
        !account.contains(shows),
        "from now on the password is typed"
    );
}

/// Where what signing in there needs could not be read, the door says so and stays open by all else.
#[tokio::test]
async fn the_door_says_that_signing_in_at_the_provider_is_off() {
    let (_provider, mut node) = world();
    node.set_provider_off(true);
    node.restart().unwrap();
    let mut browser = Browser::of(&node);
    let door = browser.read("/sign-in").await;
    assert!(door.contains("Signing in at Directory is off at this node just now."));
    assert!(!door.contains("action=\"/sign-in/provider\""));
    let tried = browser.post("/sign-in", "/sign-in/provider", &[]).await;
    assert_eq!(tried.status(), StatusCode::BAD_REQUEST);
    let fields = [("id", "agent"), ("password", PASSWORD)];
    let entered = browser.post("/sign-in", "/sign-in", &fields).await;
    assert_eq!(location(&entered), "/");
    assert!(
        browser
            .read("/account")
            .await
            .contains("is off at this node")
    );
}

#[tokio::test]
async fn an_administrator_sees_an_account_and_cuts_it_off() {
    let (provider, node) = world();
    let _bound = bound(&provider, &node).await;
    let chief = Person::with_role(&node, "chief", "machines", Role::Administrator).await;
    let page = chief.get("/officers/agent").await;
    assert!(page.contains("Account at the provider") && page.contains("value=\"cut-provider\""));
    assert!(!page.contains("subject-a"));
    let mut desk = Browser::of(&node);
    desk.post(
        "/sign-in",
        "/sign-in",
        &[("id", "chief"), ("password", PASSWORD)],
    )
    .await;
    let fields = [("_do", "cut-provider")];
    let cut = desk
        .post("/officers/agent", "/officers/agent", &fields)
        .await;
    assert_eq!(location(&cut), "/officers/agent");
    assert!(
        !desk
            .read("/officers/agent")
            .await
            .contains("value=\"cut-provider\"")
    );
}

/// The provider speaks to the node without a session, a cookie or a form of ours: its token alone counts.
#[tokio::test]
async fn the_provider_ends_a_session_without_a_form_of_ours() {
    let (provider, node) = world();
    let mut browser = bound(&provider, &node).await;
    browser.post("/account", "/sign-out", &[]).await;
    goes(
        &mut browser,
        &provider,
        ("/sign-in", "/sign-in/provider"),
        "subject-a",
    )
    .await;
    browser.read("/ledger").await;
    let mut line = Browser::of(&node);
    let place = || Request::post("/sign-in/provider/logout");
    let token = provider.ending(&json!({"sub": "subject-a"}));
    for wrong in [
        String::new(),
        "logout_token=x.y.z".to_owned(),
        format!("token={token}"),
        "x".repeat(100_000),
    ] {
        let answer = line.send(place(), wrong).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
    browser.read("/ledger").await;
    let done = line.send(place(), format!("logout_token={token}")).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(done.headers()["cache-control"], "no-store");
    assert_eq!(
        location(&browser.get("/ledger").await),
        "/sign-in?next=%2Fledger"
    );
}

/// Invariant 13: at the door, a provider that is away is told in a line, and all other ways in stand beside it.
#[tokio::test]
async fn invariant_13_the_door_opens_while_the_provider_is_away() {
    let (provider, node) = world();
    provider.be_silent(true);
    let mut browser = Browser::of(&node);
    let answer = browser.post("/sign-in", "/sign-in/provider", &[]).await;
    let page = text(answer).await;
    assert!(page.contains("The provider does not answer just now."));
    let fields = [
        ("id", "agent"),
        ("password", PASSWORD),
        ("_next", "/ledger"),
    ];
    let signed = browser.post("/sign-in", "/sign-in", &fields).await;
    assert_eq!(location(&signed), "/ledger");
}

#[tokio::test]
async fn without_a_provider_there_is_no_trace_of_one() {
    let node = TestNode::build("ma").open().unwrap();
    let mut browser = Browser::of(&node);
    assert!(!browser.read("/sign-in").await.contains("/sign-in/provider"));
    let back = browser.get("/sign-in/provider/back").await;
    assert_eq!(back.status(), StatusCode::NOT_FOUND);
    let mut line = Browser::of(&node);
    let token = "logout_token=x.y.z".to_owned();
    let ended = line
        .send(Request::post("/sign-in/provider/logout"), token)
        .await;
    assert_eq!(ended.status(), StatusCode::BAD_REQUEST);
}
