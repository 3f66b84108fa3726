//! Who reads, in which language, and how a handler reaches the verbs: the extractor of every page.

use crate::demo::DemoState;
use crate::device;
use crate::fail::{Fail, Reply};
use crate::i18n::{Digits, Words};
use crate::layout;
use crate::pages::sign_in::KNOWN;
use crate::state::Shared;
use crate::thread::Thread;
use crate::tried;
use crate::upload::MAX_HELD;
use crate::verbs::Verbs;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use entente_app::{Actor, AppError, Giving};
use entente_core::access::Reason;
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_core::kind::Kind;
use entente_core::kinds;
use entente_core::label::Lang;
use maud::Markup;
use std::fmt::Write as _;

/// The header of a page that fetches itself again (`assets/entente.js`).
const LIVE: &str = "x-entente-part";

/// A reader who is signed in, and everything a page needs to be drawn for them.
pub struct Cx {
    pub shared: Shared,
    pub words: Words,
    /// The node's clock, UTC.
    pub now: Instant,
    /// Path and query asked for.
    pub path: String,
    /// Who; none before sign-in.
    pub actor: Option<Actor>,
    /// Who is signed in and has to take a second factor before anything else is open; none else. Only [`Own`] takes them for the actor.
    pub enrolling: Option<Actor>,
    /// Whether the actor is somebody of that sort.
    pub must_enrol: bool,
    /// Secret of forms.
    pub csrf: String,
    /// Session token.
    pub token: String,
    /// Mark of a browser in which somebody signed in before, or empty.
    pub known: String,
    /// Cookies to set with the page.
    pub cookies: Vec<String>,
    /// How the demonstration stands, if this is one.
    pub demo: Option<DemoState>,
    /// Where the reader is in its tour.
    pub thread: Option<Thread>,
    /// The reason that a request of the API brings with it.
    pub why: Option<(Reason, String)>,
}

/// A reader who may or may not be signed in.
pub struct Guest(pub Cx);

/// A reader at what is theirs alone: also open to whoever has to take a second factor first.
pub struct Own(pub Cx);

impl Cx {
    /// Calls a verb as this reader, on a blocking thread. What it refuses is on record before it is said.
    ///
    /// # Errors
    /// The verb's failure; signed out; or a panic of ours.
    pub async fn run<T, F>(&self, f: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Verbs, &Actor) -> entente_app::Result<T> + Send + 'static,
    {
        let actor = self.actor.clone().ok_or_else(Fail::sign_in)?;
        let verbs = self.shared.verbs.clone();
        let tried = tried::at(&self.path);
        blocking(move || {
            let answer = f(verbs.as_ref(), &actor);
            let refused = answer.as_ref().err();
            if let Some(why) = refused.and_then(|error| tried::why(error, &tried)) {
                verbs.note_refused(&actor, &tried, why)?;
            }
            answer
        })
        .await
    }

    /// That this address is not open to the reader, for a handler that finds it out by itself.
    pub async fn refuse(&self) -> Fail {
        let refused = self.run(|_, _| Err::<(), _>(AppError::Forbidden)).await;
        refused.err().unwrap_or_else(Fail::bug)
    }

    /// The same for a look that may need a reason: the one that came with the request is given, recorded and remembered.
    ///
    /// # Errors
    /// As [`Cx::run`]; that a reason is needed, where none came.
    pub async fn run_why<T, F>(&self, f: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: Fn(&dyn Verbs, &Actor) -> entente_app::Result<T> + Send + 'static,
    {
        let (why, token) = (self.why.clone(), self.token.clone());
        self.run(move |verbs, actor| {
            let mut actor = actor.clone();
            loop {
                let needed = match (f(verbs, &actor), &why) {
                    (Err(AppError::ReasonNeeded(on)), Some(why)) => (on, why),
                    (answer, _) => return answer,
                };
                let (on, (reason, text)) = needed;
                let (reason, text) = (*reason, text.clone());
                // Given and still needed: nothing that the caller could do.
                if actor.reasons.iter().any(|given| given.on == on) {
                    return Err(AppError::ReasonNeeded(on));
                }
                let giving = Giving { on, reason, text };
                actor
                    .reasons
                    .push(verbs.give_reason(&actor, &token, &giving)?);
            }
        })
        .await
    }

    /// The same, if somebody is signed in to whom everything is open that their role opens.
    ///
    /// # Errors
    /// Signed out; or a second factor is to be taken first.
    pub fn let_in(self) -> Result<Self, Fail> {
        match (&self.actor, &self.enrolling) {
            (Some(_), _) => Ok(self),
            (None, Some(_)) => Err(Fail::enrol()),
            (None, None) => Err(Fail::sign_in()),
        }
    }

    /// The same, also for somebody who has to take a second factor first.
    ///
    /// # Errors
    /// Signed out.
    pub fn let_home(mut self) -> Result<Self, Fail> {
        if let Some(enrolling) = self.enrolling.take() {
            (self.actor, self.must_enrol) = (Some(enrolling), true);
        }
        self.let_in()
    }

    /// Whoever was signed in is so no more: what is drawn from now on is a guest's.
    pub fn leave(&mut self, headers: &HeaderMap) {
        (self.actor, self.enrolling) = (None, None);
        self.csrf = guest_token(headers, &self.shared, &mut self.cookies);
    }

    /// Whether the reader has the menu: somebody is signed in who may go elsewhere.
    pub fn has_menu(&self) -> bool {
        self.actor.is_some() && !self.must_enrol
    }

    /// Our node.
    pub fn me(&self) -> &NodeName {
        self.shared.verbs.me()
    }

    /// Whether this reader may write in dossiers at all: administrators and inspectors have no content rights.
    pub fn writes(&self) -> bool {
        self.actor.as_ref().is_some_and(Actor::writes)
    }

    /// Whether this reader may open a dossier of a kind: what a form would only refuse is not offered.
    pub fn may_open(&self, kind: &Kind) -> bool {
        let verbs = &self.shared.verbs;
        let may = |actor| verbs.may_open(actor, kind);
        self.actor.as_ref().is_some_and(may)
    }

    /// The same by the kind's name.
    pub fn may_open_named(&self, kind: &str) -> bool {
        kinds::find(kind).is_some_and(|kind| self.may_open(kind))
    }

    /// Whether this reader may do something that is about the node, and about no dossier.
    pub fn may(&self, action: Action) -> bool {
        let may = |actor| self.shared.verbs.may(actor, action);
        self.actor.as_ref().is_some_and(may)
    }

    /// Most bytes that may be uploaded at once, in words.
    pub fn upload_limit(&self) -> String {
        self.words.size(self.shared.max_upload)
    }

    /// The same of what is held in memory.
    pub fn held_limit(&self) -> String {
        self.words.size(self.shared.max_upload.min(MAX_HELD))
    }

    /// A page with this title and main part.
    #[expect(clippy::unnecessary_wraps, reason = "handlers end with it")]
    pub fn page(&self, title: &str, main: &Markup) -> Reply {
        let mut response = layout::html_response(layout::page(self, title, main));
        set_cookies(&mut response, &self.cookies);
        Ok(response)
    }

    /// A day in UTC, where no clock matters.
    pub fn day(&self, at: Instant) -> Markup {
        crate::time::whole_day(self.words, at, self.now)
    }

    /// An instant by both capitals' clocks.
    pub fn time(&self, at: Instant) -> Markup {
        self.shared.clocks.show(self.words, at, self.now)
    }
}

/// Runs a blocking verb off the async threads.
///
/// # Errors
/// The verb's failure, or a panic of ours.
pub async fn blocking<T, F>(f: F) -> Result<T, Fail>
where
    T: Send + 'static,
    F: FnOnce() -> entente_app::Result<T> + Send + 'static,
{
    match tokio::task::spawn_blocking(f).await {
        Ok(result) => result.map_err(Fail::from),
        Err(error) => {
            tracing::error!(%error, "a verb did not come back");
            Err(Fail::bug())
        }
    }
}

impl FromRequestParts<Shared> for Cx {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Fail> {
        let Guest(cx) = read(&parts.headers, &parts.uri, shared).await?;
        cx.let_in()
    }
}

impl FromRequestParts<Shared> for Own {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Fail> {
        let Guest(cx) = read(&parts.headers, &parts.uri, shared).await?;
        cx.let_home().map(Self)
    }
}

impl FromRequestParts<Shared> for Guest {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Fail> {
        read(&parts.headers, &parts.uri, shared).await
    }
}

/// Reads who asks from cookies alone.
///
/// # Errors
/// Storage.
pub async fn read(headers: &HeaderMap, uri: &Uri, shared: &Shared) -> Result<Guest, Fail> {
    let token = cookie(headers, &shared.cookie())
        .unwrap_or_default()
        .to_owned();
    signed_with(token, headers, uri, shared).await
}

/// The same with a session token from elsewhere (the API's bearer).
///
/// # Errors
/// Storage.
pub async fn signed_with(
    token: String,
    headers: &HeaderMap,
    uri: &Uri,
    shared: &Shared,
) -> Result<Guest, Fail> {
    let mut signed = None;
    if !token.is_empty() {
        let (verbs, token) = (shared.verbs.clone(), token.clone());
        // A page that looks again by itself is not somebody who uses it: nothing is noted of that.
        let device = match headers.contains_key(LIVE) {
            true => String::new(),
            false => device::of(headers),
        };
        match blocking(move || verbs.signed_in(&token, &device)).await {
            Ok(found) => signed = Some(found),
            Err(fail) if fail.code == "sign-in" => {}
            Err(fail) => return Err(fail),
        }
    }
    let mut cookies = Vec::new();
    let lang = signed.as_ref().map(|session| session.actor.lang);
    let words = words_of(shared, headers, lang);
    // What has several languages is shown in the one chosen.
    let chosen = |actor| Actor {
        lang: words.lang,
        ..actor
    };
    let (actor, enrolling, csrf) = match signed {
        Some(session) if session.must_enrol => (None, Some(chosen(session.actor)), session.csrf),
        Some(session) => (Some(chosen(session.actor)), None, session.csrf),
        None => (None, None, guest_token(headers, shared, &mut cookies)),
    };
    let now = shared.verbs.now();
    let known = cookie(headers, &format!("{}{KNOWN}", shared.cookie()));
    let known = known.unwrap_or_default().to_owned();
    let demo = demo_state(shared).await?;
    Ok(Guest(Cx {
        shared: shared.clone(),
        words,
        now,
        path: path_of(uri),
        actor,
        enrolling,
        must_enrol: false,
        csrf,
        token,
        known,
        cookies,
        demo,
        thread: Thread::of(headers, shared),
        why: None,
    }))
}

/// Asks the demonstration's controls, which may look into the store.
///
/// # Errors
/// A panic of ours.
pub async fn demo_state(shared: &Shared) -> Result<Option<DemoState>, Fail> {
    match shared.demo.clone() {
        Some(control) => blocking(move || Ok(Some(control.state()))).await,
        None => Ok(None),
    }
}

/// Before sign-in, forms carry a token that is also in a cookie.
fn guest_token(headers: &HeaderMap, shared: &Shared, cookies: &mut Vec<String>) -> String {
    let name = format!("{}-form", shared.cookie());
    if let Some(token) = cookie(headers, &name).filter(|t| t.len() == 32) {
        return token.to_owned();
    }
    let token = shared.fresh_token();
    cookies.push(shared.set_cookie("-form", &token, None, true));
    token
}

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'));
    pairs
        .filter_map(|p| p.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

/// The reader's words: by cookie, then the officer's own, then the browser's, then the node's. In a demonstration the officers are
/// invented and the reader is not: whoever takes one up goes on reading in the browser's language.
pub fn words_of(shared: &Shared, headers: &HeaderMap, officer: Option<Lang>) -> Words {
    let chosen = cookie(headers, &format!("{}-lang", shared.cookie())).and_then(Lang::parse);
    let lang = chosen
        .or(officer.filter(|_| shared.demo.is_none()))
        .or_else(|| browser(headers))
        .or(officer)
        .unwrap_or(shared.verbs.settings().lang);
    let arabic = cookie(headers, &format!("{}-digits", shared.cookie())) == Some("arab");
    Words::new(
        lang,
        if arabic {
            Digits::Arabic
        } else {
            Digits::Latin
        },
    )
}

fn browser(headers: &HeaderMap) -> Option<Lang> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    wanted
        .split(',')
        .find_map(|part| Lang::parse(part.trim().get(..2)?))
}

/// Path and query.
pub fn path_of(uri: &Uri) -> String {
    uri.path_and_query()
        .map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// A path on this very site, or the front page: never a way out. Browsers read over tabs and ends of lines (WHATWG URL section 4.4), so that
/// `/`, a tab and `/elsewhere` would lead away: nothing that is no plain sign has a place in a path of ours.
pub fn local(path: &str) -> &str {
    let odd = |c: char| c == '\\' || c.is_control();
    let inside = path.starts_with('/') && !path.starts_with("//") && !path.contains(odd);
    if inside { path } else { "/" }
}

/// Percent-encoding of everything but unreserved characters (RFC 3986).
pub fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Sends the reader on with GET.
pub fn go(path: &str) -> Response {
    Redirect::to(local(path)).into_response()
}

/// The same with cookies for the browser to keep.
pub fn go_with(path: &str, cookies: impl IntoIterator<Item = String>) -> Response {
    let mut response = go(path);
    set_cookies(&mut response, cookies);
    response
}

fn set_cookies(response: &mut Response, cookies: impl IntoIterator<Item = impl AsRef<str>>) {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::try_from(cookie.as_ref()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
