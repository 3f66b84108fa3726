//! Signing in at an OpenID provider: the way there and back, and the account there that is bound to the one here. It works without script.
//!
//! A browser is sent on by a page of ours and not by the answer to a form: where forms may lead (`form-action 'self'`) stays as narrow as
//! everywhere else.

use super::Query;
use super::account::{Typed, again, back, code_field, first};
use super::sign_in::{draw, onward};
use super::welcome;
use crate::context::{Cx, Guest, blocking, cookie, go_with, local};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::post::{GuestPost, OwnPost};
use crate::state::Shared;
use axum::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use entente_app::views::AccountView;
use entente_app::{Brought, Came, Errand, Going};
use maud::{Markup, html};

/// Ends the name of the cookie that a browser keeps on its way.
const KEPT: &str = "-provider";
/// How long it keeps it, in seconds.
const WAY: u32 = 600;
/// Most bytes of what the provider sends to end sessions.
const MOST: usize = 64 << 10;

/// At the door: the button, where there is a provider.
pub fn form(cx: &Cx, next: &str) -> Markup {
    let words = cx.words;
    html! {
        @if let Some(name) = cx.shared.verbs.provider_name(words.lang) {
            form method="post" action="/sign-in/provider" {
                (csrf(cx))
                input type="hidden" name="_next" value=(local(next));
                p { button type="submit" { (words.s("provider-sign-in", &name)) } }
            }
        }
        (off(cx))
    }
}

/// That nobody signs in there just now, where what this node needs for it could not be read.
fn off(cx: &Cx) -> Markup {
    let words = cx.words;
    let off = cx.shared.verbs.provider_off(words.lang);
    html! { @if let Some(name) = off { p.notice role="status" { (words.s("provider-off", &name)) } } }
}

/// On the page of an invitation: the account there in the place of a password.
pub fn accepting(cx: &Cx, token: &str) -> Markup {
    let words = cx.words;
    html! {
        @if let Some(name) = cx.shared.verbs.provider_name(words.lang) {
            form method="post" action=(format!("/welcome/{token}/provider")) {
                (csrf(cx))
                p { (words.s("provider-accept-how", &name)) }
                p { button type="submit" { (words.s("provider-accept", &name)) } }
            }
        }
        (off(cx))
    }
}

/// On one's own account: what is bound, and what can be done about it.
pub fn panel(cx: &Cx, view: &AccountView) -> Markup {
    let words = cx.words;
    let Some(name) = cx.shared.verbs.provider_name(words.lang) else {
        return off(cx);
    };
    html! {
        section.panel #provider {
            h2 { bdi { (name) } }
            p.quiet { (words.t("provider-why")) }
            @match &view.provider {
                None => form method="post" action="/account/provider" {
                    (csrf(cx))
                    (first(cx, view, "bind-password"))
                    @if view.app_since.is_some() { (code_field(words, "bind-code", "code")) }
                    p { button type="submit" { (words.s("provider-bind", &name)) } }
                },
                Some(bound) => {
                    p { (words.t("session-since")) " " (cx.time(bound.since)) (dot()) (words.t("session-seen")) " " (cx.time(bound.used)) }
                    @if !view.has_password { (proving(cx, view, &name)) }
                    details {
                        summary { (words.t("provider-cut")) }
                        form method="post" action="/account/provider/cut" {
                            (csrf(cx))
                            (first(cx, view, "cut-password"))
                            @if view.app_since.is_some() { (code_field(words, "cut-code", "code")) }
                            p { button type="submit" { (words.t("provider-cut")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whoever has no password shows by the provider that they are there still.
fn proving(cx: &Cx, view: &AccountView, name: &str) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/account/provider/prove" {
            (csrf(cx))
            p { (words.t("provider-prove-why")) }
            @if let Some(until) = view.proved_until { p.good { (words.t("provider-proved-until")) " " (cx.time(until)) } }
            p { button type="submit" { (words.s("provider-prove", name)) } }
        }
    }
}

/// The page that leads on.
fn away(cx: &mut Cx, going: &Going) -> Reply {
    let kept = cx.shared.set_cookie(KEPT, &going.kept, Some(WAY), true);
    cx.cookies.push(kept);
    leading(cx, &going.address, "provider-away", "provider-away-how")
}

/// A page that leads elsewhere by itself, with a link for whoever it does not.
fn leading(cx: &Cx, address: &str, title: &str, how: &str) -> Reply {
    let words = cx.words;
    let name = cx.shared.verbs.provider_name(words.lang);
    let name = name.unwrap_or_default();
    let main = html! {
        section.sign-in {
            h1 { (words.s(title, &name)) }
            p { (words.t(how)) }
            p { a.button href=(address) { (words.t("provider-on")) } }
        }
    };
    let mut response = cx.page(&words.s(title, &name), &main)?;
    if let Ok(value) = HeaderValue::try_from(format!("0; url={address}")) {
        response.headers_mut().insert("refresh", value);
    }
    Ok(response)
}

/// Goes there to sign in.
pub async fn begin(GuestPost { mut cx, form }: GuestPost) -> Reply {
    let (verbs, next) = (
        cx.shared.verbs.clone(),
        local(form.last("_next")).to_owned(),
    );
    let asked = next.clone();
    match blocking(move || verbs.begin_provider(Errand::SignIn, &asked)).await {
        Ok(going) => away(&mut cx, &going),
        Err(fail) => refused(cx, &next, fail).await,
    }
}

/// Goes there to take up an invitation.
pub async fn accept(Path(token): Path<String>, GuestPost { mut cx, .. }: GuestPost) -> Reply {
    let (verbs, words, asked) = (cx.shared.verbs.clone(), cx.words, token.clone());
    let begun = blocking(move || {
        // Whether there is such an invitation is asked before anybody goes anywhere.
        verbs.invited(&asked, words.lang)?;
        verbs.begin_provider(Errand::Invitation(&asked), "/account")
    });
    match begun.await {
        Ok(going) => away(&mut cx, &going),
        Err(fail) if fail.code == "input" => {
            cx.path = format!("/welcome/{token}");
            welcome::again(&cx, &token, &fail).await
        }
        Err(fail) => Err(fail),
    }
}

/// Goes there to bind the account there to one's own.
pub async fn bind(OwnPost { mut cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let begun =
        cx.run(move |app, me| app.begin_provider(Errand::Bind(me, &typed.by()), "/account"));
    match begun.await {
        Ok(going) => away(&mut cx, &going),
        Err(fail) => again(&cx, fail).await,
    }
}

/// Goes there to be shown again.
pub async fn prove(OwnPost { mut cx, .. }: OwnPost) -> Reply {
    let token = cx.token.clone();
    let begun = cx.run(move |app, me| app.begin_provider(Errand::Prove(me, &token), "/account"));
    match begun.await {
        Ok(going) => away(&mut cx, &going),
        Err(fail) => again(&cx, fail).await,
    }
}

/// Cuts one's own account there off.
pub async fn cut(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let done = cx.run(move |app, me| app.cut_own_provider(me, &typed.by()));
    back(&cx, done.await).await
}

/// Comes back. Everything in the address may be anybody's: it counts with what this browser kept, and once.
pub async fn finish(headers: HeaderMap, Guest(mut cx): Guest, query: Query) -> Reply {
    if cx.shared.verbs.provider_name(cx.words.lang).is_none() {
        return Err(Fail::not_found());
    }
    let kept = cookie(&headers, &format!("{}{KEPT}", cx.shared.cookie()));
    let kept = kept.unwrap_or_default().to_owned();
    let (verbs, session, known) = (cx.shared.verbs.clone(), cx.token.clone(), cx.known.clone());
    let came = blocking(move || {
        let of = |name: &str| query.get(name).map_or("", String::as_str);
        let brought = Brought {
            kept: &kept,
            state: of("state"),
            code: of("code"),
            issuer: query.get("iss").map(String::as_str),
            error: query.contains_key("error"),
        };
        verbs.finish_provider(&brought, &session, &known)
    });
    let gone = cx.shared.set_cookie(KEPT, "", Some(0), true);
    match came.await {
        Ok(Came::SignedIn(signed, next)) => {
            let mut response = onward(&cx, &next, &signed);
            if let Ok(gone) = HeaderValue::try_from(gone) {
                response.headers_mut().append("set-cookie", gone);
            }
            Ok(response)
        }
        Ok(Came::Bound | Came::Proved) => Ok(go_with("/account", [gone])),
        Err(fail) => {
            cx.cookies.push(gone);
            refused(cx, "/", fail).await
        }
    }
}

/// What went wrong, where it was begun: on one's own account, or at the door, where all other ways in stand beside it.
async fn refused(mut cx: Cx, next: &str, fail: Fail) -> Reply {
    if !matches!(fail.code, "input" | "wait") {
        return Err(fail);
    }
    if cx.actor.is_some() || cx.enrolling.is_some() {
        "/account".clone_into(&mut cx.path);
        return again(&cx.let_home()?, fail).await;
    }
    // No page says again what the address held: a code may be good still.
    "/sign-in".clone_into(&mut cx.path);
    let wrong = fail.sentences(cx.words).join(" ");
    let mut response = draw(&cx, next, Some(wrong)).await?;
    *response.status_mut() = fail.status;
    fail.say_when(&mut response);
    Ok(response)
}

/// The provider ends sessions (OpenID Connect Back-Channel Logout 1.0 section 2.5): its token says whose, and nothing else of the request
/// counts.
pub async fn logout(State(shared): State<Shared>, mut request: Request) -> Response {
    DefaultBodyLimit::max(MOST).apply(&mut request);
    let read = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let pairs = read.map_or_else(|_| Vec::new(), |Form(pairs)| pairs);
    let token = pairs.into_iter().find(|(name, _)| name == "logout_token");
    let Some((_, token)) = token else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let verbs = shared.verbs.clone();
    match blocking(move || verbs.provider_logout(&token)).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(fail) => fail.status.into_response(),
    }
}

/// Signed out here: on to be signed out there too.
pub fn farewell(cx: &Cx, address: &str) -> Reply {
    leading(cx, address, "provider-farewell", "provider-farewell-how")
}
