//! "My account" over a real node: a second factor taken and asked, required by the node, sessions listed and ended.

use super::real::{PASSWORD, Person};
use super::{ask, html, location, text};
use crate::state::Inner;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_testkit::authenticator::Authenticator;
use entente_testkit::desk::person;
use entente_testkit::node::{SharedTime, TestNode};
use serde_json::{Value, json};
use std::sync::Arc;

/// A browser that keeps its cookies.
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub fn of(node: &TestNode) -> Self {
        Self {
            router: crate::over(Inner::over(Arc::new(node.app.clone()))),
            cookies: Vec::new(),
        }
    }

    pub async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: String,
    ) -> Response<Body> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux) Firefox/150.0")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = ask(&self.router, request.body(Body::from(body)).unwrap()).await;
        for value in response.headers().get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        response
    }

    pub async fn get(&mut self, path: &str) -> Response<Body> {
        self.send(Request::get(path), String::new()).await
    }

    /// A page that is there and well formed, in English.
    pub async fn read(&mut self, path: &str) -> String {
        self.cookies.retain(|(name, _)| !name.ends_with("-lang"));
        self.cookies.push(("entente-ma-lang".into(), "en".into()));
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let page = text(response).await;
        assert!(
            html::problems(&page).is_empty(),
            "{path}: {:?}",
            html::problems(&page)
        );
        page
    }

    /// Sends a form of a page with its secret.
    pub async fn post(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> Response<Body> {
        let page = self.read(from).await;
        let secret = page.split("name=\"_csrf\" value=\"").nth(1).unwrap();
        let secret = secret.split('"').next().unwrap().to_owned();
        let pairs: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{n}={}", crate::context::percent(v)))
            .collect();
        let body = format!("_csrf={secret}&{}", pairs.join("&"));
        self.send(Request::post(to), body).await
    }

    async fn password(&mut self) -> Response<Body> {
        let fields = [
            ("id", "agent"),
            ("password", PASSWORD),
            ("_next", "/ledger"),
        ];
        self.post("/sign-in", "/sign-in", &fields).await
    }
}

fn node(time: &SharedTime, required: bool) -> TestNode {
    let builder = TestNode::build("ma").time(time);
    let node = match required {
        true => builder.second_factor().open().unwrap(),
        false => builder.open().unwrap(),
    };
    let officer = NewOfficer {
        lang: Lang::En,
        ..person(&node, "agent", "liaison", Role::Liaison)
    };
    node.app.add_officer(officer).unwrap();
    node
}

/// An app that scanned the picture of the page, as the link beside it gives the secret.
fn app_of(page: &str) -> Authenticator {
    assert!(page.contains("<svg class=\"qr\""), "a picture to scan");
    let link = page.split("otpauth://totp/").nth(1).unwrap();
    assert!(link.starts_with("Entente%20ma:agent?secret="));
    let secret = link.split("secret=").nth(1).unwrap();
    Authenticator::with(secret.split('&').next().unwrap())
}

#[tokio::test]
async fn a_second_factor_is_taken_on_the_page_and_asked_at_the_next_sign_in() {
    let time = SharedTime::default();
    let node = node(&time, false);
    let mut browser = Browser::of(&node);
    assert_eq!(location(&browser.password().await), "/ledger");
    let wrong = [("password", "not the password")];
    let refused = browser.post("/account", "/account/factor", &wrong).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let refused = text(refused).await;
    assert!(refused.contains("This is not your present password."));
    let right = [("password", PASSWORD)];
    let offered = browser.post("/account", "/account/factor", &right).await;
    assert_eq!(location(&offered), "/account");
    let app = app_of(&browser.read("/account").await);
    let typed = app.code(time.now());
    let done = browser
        .post("/account", "/account/factor/confirm", &[("code", &typed)])
        .await;
    assert_eq!(done.status(), StatusCode::OK);
    let codes = text(done).await;
    assert!(
        html::problems(&codes).is_empty(),
        "{:?}",
        html::problems(&codes)
    );
    assert_eq!(codes.matches("<li><code").count(), 10);
    let account = browser.read("/account").await;
    assert!(account.contains("10 recovery codes are left"));
    assert!(
        !account.contains("otpauth://"),
        "shown until it was confirmed only"
    );

    let mut other = Browser::of(&node);
    let first = other.password().await;
    assert_eq!(location(&first), "/sign-in/code?next=%2Fledger");
    let half = other.get("/ledger").await;
    assert!(
        location(&half).starts_with("/sign-in"),
        "the password alone opens nothing"
    );
    let used = other
        .post("/sign-in/code", "/sign-in/code", &[("code", &typed)])
        .await;
    assert_eq!(used.status(), StatusCode::BAD_REQUEST);
    assert!(text(used).await.contains("was used already"));
    time.advance(30_000);
    let fresh = app.code(time.now());
    let fields = [("code", fresh.as_str()), ("_next", "/ledger")];
    let entered = other.post("/sign-in/code", "/sign-in/code", &fields).await;
    assert_eq!(location(&entered), "/ledger");
    let account = other.read("/account").await;
    assert_eq!(
        account.matches("Firefox, Linux").count(),
        2,
        "both sessions"
    );
    let ended = other
        .post("/account", "/account/sessions", &[("_others", "yes")])
        .await;
    assert_eq!(location(&ended), "/account");
    assert!(location(&browser.get("/account").await).starts_with("/sign-in"));
    assert_eq!(other.get("/account").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_officer_without_the_factor_required_reaches_nothing_but_the_account() {
    let time = SharedTime::default();
    let node = node(&time, true);
    let mut browser = Browser::of(&node);
    browser.password().await;
    for path in [
        "/",
        "/ledger",
        "/dossiers",
        "/partners",
        "/open/note",
        "/events",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(
            (answer.status(), location(&answer)),
            (StatusCode::SEE_OTHER, "/account"),
            "{path}"
        );
    }
    let sent = browser
        .post("/account", "/import/register", &[("_register", "{}")])
        .await;
    assert_eq!(sent.status(), StatusCode::FORBIDDEN);
    let token = browser
        .cookies
        .iter()
        .find(|(n, _)| n == "entente-ma")
        .unwrap();
    let bearer = format!("Bearer {}", token.1);
    let api = Request::get("/api/v1/today").header(header::AUTHORIZATION, bearer);
    let answer = ask(&browser.router, api.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let problem: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(problem["title"], "second-factor");
    let page = browser.read("/account").await;
    assert!(page.contains("nothing else is open before") && !page.contains("<nav"));
    let right = [("password", PASSWORD)];
    browser.post("/account", "/account/factor", &right).await;
    let app = app_of(&browser.read("/account").await);
    let typed = app.code(time.now());
    browser
        .post("/account", "/account/factor/confirm", &[("code", &typed)])
        .await;
    browser.read("/ledger").await;
    let page = browser.read("/account").await;
    assert!(!page.contains("/account/factor/remove"), "it is required");
}

#[tokio::test]
async fn a_program_sends_the_code_with_the_password() {
    let time = SharedTime::default();
    let node = node(&time, false);
    let mut browser = Browser::of(&node);
    browser.password().await;
    browser
        .post("/account", "/account/factor", &[("password", PASSWORD)])
        .await;
    let app = app_of(&browser.read("/account").await);
    let typed = app.code(time.now());
    browser
        .post("/account", "/account/factor/confirm", &[("code", &typed)])
        .await;
    time.advance(30_000);
    let router = browser.router.clone();
    let sign_in = async |body: Value| {
        let request =
            Request::post("/api/v1/session").header(header::CONTENT_TYPE, "application/json");
        let answer = ask(&router, request.body(Body::from(body.to_string())).unwrap()).await;
        let status = answer.status();
        (
            status,
            serde_json::from_str::<Value>(&text(answer).await).unwrap(),
        )
    };
    let (status, problem) = sign_in(json!({"id": "agent", "password": PASSWORD})).await;
    assert_eq!(
        (status, problem["title"].as_str()),
        (StatusCode::UNAUTHORIZED, Some("code-needed"))
    );
    assert!(problem.get("token").is_none());
    let (status, problem) =
        sign_in(json!({"id": "agent", "password": PASSWORD, "code": "000000"})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .starts_with("code-wrong: ")
    );
    let good = app.code(time.now());
    let (status, signed) =
        sign_in(json!({"id": "agent", "password": PASSWORD, "code": good})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(signed["token"].as_str().is_some_and(|t| t.len() > 40));
}

/// The page that asks the authenticator brings a script that is there, and is asked for alike whoever is named.
#[tokio::test]
async fn the_page_of_a_passkey_brings_its_script() {
    let node = TestNode::build("ma").public_url("https://ma.example");
    let mut browser = Browser::of(&node.open().unwrap());
    let fields = [("id", "nobody"), ("_next", "/ledger")];
    let asked = browser.post("/sign-in", "/sign-in/passkey", &fields).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let page = text(asked).await;
    assert!(
        html::problems(&page).is_empty(),
        "{:?}",
        html::problems(&page)
    );
    assert!(page.contains("data-passkey=\"{&quot;publicKey&quot;:"));
    let script = page.split("/assets/passkey-").nth(1).unwrap();
    let script = format!("/assets/passkey-{}", script.split('"').next().unwrap());
    let served = browser.get(&script).await;
    assert_eq!(served.status(), StatusCode::OK, "{script}");
    assert!(text(served).await.contains("navigator.credentials"));
    let fields = [("_token", "x"), ("_answer", "{}")];
    let wrong = browser
        .post("/sign-in", "/sign-in/passkey/answer", &fields)
        .await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    assert!(text(wrong).await.contains("This passkey does not fit"));
    let none = Browser::of(&self::node(&SharedTime::default(), false))
        .read("/sign-in")
        .await;
    assert!(!none.contains("/sign-in/passkey"), "no name, no passkeys");
}

/// One's own session only, whatever name is sent.
#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let time = SharedTime::default();
    let node = node(&time, false);
    let other = Person::of(&node, "colleague", "liaison").await;
    let mut browser = Browser::of(&node);
    browser.password().await;
    let token = node.app.sign_in("agent", PASSWORD, "").unwrap().token;
    let actor = node.app.signed_in(&token, "").unwrap().actor;
    let sessions = node.app.account(&actor, &token).unwrap().sessions;
    for session in sessions {
        let (status, _) = other
            .send("/account/sessions", &[("_session", &session.name)])
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    assert!(node.app.signed_in(&token, "").is_ok());
}
