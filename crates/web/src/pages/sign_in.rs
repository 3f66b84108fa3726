//! Signing in and out, and the reader's language and numerals.

use super::{Query, passkey, provider};
use crate::context::{Cx, Guest, blocking, go, go_with, local, percent};
use crate::fail::{Fail, Reply, Says, wait_text};
use crate::layout::csrf;
use crate::post::{GuestPost, Post};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use entente_app::SignedIn;
use entente_app::views::Persona;
use maud::{Markup, html};

const YEAR: u32 = 31_536_000;
/// Ends the name of the cookie that marks a browser in which somebody signed in before.
pub const KNOWN: &str = "-known";

/// The form; in the demonstration also its persons, one click each.
pub async fn show(Guest(cx): Guest, query: Query) -> Reply {
    if cx.actor.is_some() {
        return Ok(go("/"));
    }
    draw(&cx, query.get("next").map_or("/", String::as_str), None).await
}

pub async fn draw(cx: &Cx, next: &str, wrong: Option<String>) -> Reply {
    let words = cx.words;
    let verbs = cx.shared.verbs.clone();
    let personas = blocking(move || verbs.personas()).await?;
    let main = html! {
        section.sign-in {
            h1 { (words.t("sign-in")) }
            @if let Some(wrong) = wrong { p.alert role="alert" { (wrong) } }
            form method="post" action="/sign-in" {
                (csrf(cx))
                input type="hidden" name="_next" value=(local(next));
                div.field { label for="id" { (words.t("sign-in-id")) } input #id type="text" name="id" autocomplete="username" dir="ltr" required autofocus; }
                div.field {
                    label for="password" { (words.t("sign-in-password")) }
                    input #password type="password" name="password" autocomplete="current-password" dir="ltr" required;
                }
                p { button.main type="submit" { (words.t("sign-in")) } }
            }
            @if cx.shared.verbs.has_passkeys() { (passkey::form(cx, next)) }
            (provider::form(cx, next))
            @if !personas.is_empty() { (persons(cx, next, &personas)) }
        }
    };
    cx.page(&words.t("sign-in"), &main)
}

fn persons(cx: &Cx, next: &str, personas: &[Persona]) -> Markup {
    let words = cx.words;
    html! {
        form.personas method="post" action="/sign-in" {
            (csrf(cx))
            input type="hidden" name="_next" value=(local(next));
            h2 { (words.t("sign-in-personas")) }
            p.quiet { (words.t("sign-in-fictional")) }
            @for p in personas {
                button type="submit" name="_persona" value=(p.id) {
                    strong { bdi { (p.called(words.lang)) } } " "
                    small { bdi { (p.service) } @for role in &p.roles { " · " (words.label(role.label())) } }
                }
            }
        }
    }
}

/// Checks a password, or takes up a person of the demonstration.
pub async fn enter(GuestPost { cx, form }: GuestPost) -> Reply {
    let (verbs, persona) = (cx.shared.verbs.clone(), form.last("_persona").to_owned());
    let (id, password) = (form.last("id").to_owned(), form.last("password").to_owned());
    let known = cx.known.clone();
    let _held = cx
        .shared
        .passwords
        .acquire()
        .await
        .map_err(|_| Fail::bug())?;
    let signed = blocking(move || {
        if persona.is_empty() {
            verbs.sign_in(&id, &password, &known)
        } else {
            verbs.sign_in_persona(&persona)
        }
    })
    .await;
    match signed {
        Ok(signed) => Ok(onward(&cx, form.last("_next"), &signed)),
        Err(fail) => refused(&cx, form.last("_next"), fail).await,
    }
}

/// On to the second step, where a code is asked next; or to where the reader wanted to go.
pub fn onward(cx: &Cx, next: &str, signed: &SignedIn) -> Response {
    if !signed.code_next {
        return entered(cx, next, signed);
    }
    let first = cx.shared.set_cookie("", &signed.token, None, true);
    let next = percent(local(next));
    go_with(&format!("/sign-in/code?next={next}"), [first])
}

/// On to where the reader wanted to go, signed in.
pub fn entered(cx: &Cx, next: &str, signed: &SignedIn) -> Response {
    let session = cx.shared.set_cookie("", &signed.token, None, true);
    // Kept longer than the session: see `App::sign_in`.
    let known = cx.shared.set_cookie(KNOWN, &signed.known, Some(YEAR), true);
    go_with(next, [session, known])
}

/// The second step: a code of the second factor.
pub async fn show_code(Guest(cx): Guest, query: Query) -> Reply {
    if cx.actor.is_some() {
        return Ok(go("/"));
    }
    let next = query.get("next").map_or("/", String::as_str);
    draw_code(&cx, next, None)
}

fn draw_code(cx: &Cx, next: &str, wrong: Option<String>) -> Reply {
    let words = cx.words;
    let main = html! {
        section.sign-in {
            h1 { (words.t("code-title")) }
            @if let Some(wrong) = wrong { p.alert role="alert" { (wrong) } }
            form method="post" action="/sign-in/code" {
                (csrf(cx))
                input type="hidden" name="_next" value=(local(next));
                div.field {
                    label for="code" { (words.t("code")) }
                    input #code type="text" name="code" autocomplete="one-time-code" inputmode="text" maxlength="40" dir="ltr" required autofocus;
                    small.help { (words.t("code-or-recovery")) }
                }
                p { button.main type="submit" { (words.t("sign-in")) } }
            }
            p { a href="/sign-in" { (words.t("code-begin-again")) } }
        }
    };
    cx.page(&words.t("code-title"), &main)
}

/// Takes the code.
pub async fn enter_code(GuestPost { cx, form }: GuestPost) -> Reply {
    let (verbs, token, known) = (cx.shared.verbs.clone(), cx.token.clone(), cx.known.clone());
    let code = form.last("code").to_owned();
    let next = form.last("_next");
    match blocking(move || verbs.second_step(&token, &code, &known)).await {
        Ok(signed) => Ok(entered(&cx, next, &signed)),
        Err(fail) if fail.code == "sign-in" => {
            let late = cx.words.t("code-late");
            let mut response = draw(&cx, next, Some(late)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(fail) if matches!(fail.code, "input" | "wait") => {
            let wrong = fail.sentences(cx.words).join(" ");
            let mut response = draw_code(&cx, next, Some(wrong))?;
            *response.status_mut() = fail.status;
            fail.say_when(&mut response);
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}

/// The form again, with what was wrong.
async fn refused(cx: &Cx, next: &str, fail: Fail) -> Reply {
    let (wrong, status) = match &fail.says {
        Says::Wait(seconds) => (wait_text(cx.words, *seconds), fail.status),
        _ if fail.code == "sign-in" => (
            cx.words.t("sign-in-wrong"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        _ => return Err(fail),
    };
    let mut response = draw(cx, next, Some(wrong)).await?;
    *response.status_mut() = status;
    fail.say_when(&mut response);
    Ok(response)
}

/// Ends the session, and leads on to the OpenID provider that began it. What the browser keeps of the pages goes with it, what Back would
/// show too.
pub async fn leave(headers: HeaderMap, Post { mut cx, .. }: Post) -> Reply {
    let (verbs, token) = (cx.shared.verbs.clone(), cx.token.clone());
    let farewell = blocking(move || {
        let farewell = verbs.provider_farewell(&token)?;
        verbs.sign_out(&token)?;
        Ok(farewell)
    });
    let farewell = farewell.await?;
    let ended = cx.shared.set_cookie("", "", Some(0), true);
    let mut response = match farewell {
        None => go_with("/sign-in", [ended]),
        Some(address) => {
            cx.leave(&headers);
            cx.cookies.push(ended);
            provider::farewell(&cx, &address)?
        }
    };
    let all = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert("clear-site-data", all);
    Ok(response)
}

/// Chooses the language of the pages.
pub async fn language(Path(code): Path<String>, GuestPost { cx, form }: GuestPost) -> Reply {
    let lang = entente_core::label::Lang::parse(&code).ok_or_else(Fail::not_found)?;
    Ok(go_with(form.last("_back"), [speaks(&cx, lang)]))
}

/// The cookie of the language chosen.
pub fn speaks(cx: &Cx, lang: entente_core::label::Lang) -> String {
    cx.shared
        .set_cookie("-lang", lang.as_str(), Some(YEAR), true)
}

/// Chooses the numerals of Arabic pages.
pub async fn digits(Path(code): Path<String>, GuestPost { cx, form }: GuestPost) -> Reply {
    if !matches!(code.as_str(), "latn" | "arab") {
        return Err(Fail::not_found());
    }
    let chosen = cx.shared.set_cookie("-digits", &code, Some(YEAR), true);
    Ok(go_with(form.last("_back"), [chosen]))
}
