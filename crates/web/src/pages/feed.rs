//! The calendar address of an officer: made, shown once, revoked on a page of the account; and the calendar that a program fetches there, without
//! signing in. No answer says whether an address was ever one, and none is kept by anybody between.

use super::account::{Typed, code_field, first};
use crate::context::{Cx, blocking, go};
use crate::device;
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::post::Post;
use crate::state::Shared;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use entente_app::views::{AccountView, FeedView};
use maud::{Markup, html};

/// How an address ends: some programs take nothing for a calendar that does not.
const ENDING: &str = ".ics";

/// The page.
pub async fn show(cx: Cx) -> Reply {
    draw(&cx, None).await
}

async fn draw(cx: &Cx, wrong: Option<&Fail>) -> Reply {
    let view = cx.run(|app, me| app.calendar_address(me)).await?;
    let token = cx.token.clone();
    let account = cx.run(move |app, me| app.account(me, &token)).await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("feed")) }
        @if let Some(fail) = wrong { div.alert role="alert" { (fail.says(words)) } }
        p.quiet { (words.t("feed-why")) }
        @match view.class {
            None => p.notice { (words.t("feed-off")) },
            Some(class) => {
                p { (words.s("feed-class", words.label(class.label()))) " " (words.t("feed-persons")) }
                section.panel #address { h2 { (words.t("feed-address")) } (address(cx, &view, &account)) }
            }
        }
        p { a href="/account" { (words.t("notices-back")) } }
    };
    cx.page(&words.t("feed"), &main)
}

fn address(cx: &Cx, view: &FeedView, account: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        @if let (Some(made), Some(ends)) = (view.made, view.ends) {
            dl.facts {
                dt { (words.t("feed-made")) } dd { (cx.time(made)) }
                dt { (words.t("feed-ends")) } dd { (cx.time(ends)) }
                dt { (words.t("feed-fetched")) }
                dd { @match &view.fetched {
                    Some((at, program)) => { (cx.time(*at)) @if program != "?" { (dot()) bdi dir="ltr" { (program) } } },
                    None => (words.t("feed-never")),
                } }
                @if view.programs.len() > 1 {
                    dt { (words.t("feed-programs")) }
                    dd { ul.lines { @for (at, program) in &view.programs { li { bdi dir="ltr" { (program) } (dot()) (cx.time(*at)) } } } }
                }
            }
            form method="post" action="/account/calendar" {
                (csrf(cx))
                input type="hidden" name="_do" value="revoke";
                p { button type="submit" { (words.t("feed-revoke")) } " " small.quiet { (words.t("feed-revoke-how")) } }
            }
            details { summary { (words.t("feed-other")) } p.quiet { (words.t("feed-other-how")) } (make(cx, account)) }
        } @else {
            p { (words.t("feed-none")) }
            (make(cx, account))
        }
    }
}

fn make(cx: &Cx, account: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/account/calendar" {
            (csrf(cx))
            input type="hidden" name="_do" value="make";
            (first(cx, account, "feed-password"))
            @if account.app_since.is_some() { (code_field(words, "feed-code", "code")) }
            p { button.main type="submit" { (words.t("feed-make")) } }
        }
    }
}

/// What a form of the page says to do.
pub async fn act(Post { cx, form }: Post) -> Reply {
    let done = match form.last("_do") {
        "make" => {
            let typed = Typed::of(&cx, &form);
            let gate = cx.shared.passwords.clone();
            let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
            let made = cx.run(move |app, me| app.make_calendar_address(me, &typed.by()));
            made.await.map(Some)
        }
        "revoke" => {
            let revoked = cx.run(|app, me| app.revoke_calendar_address(me));
            revoked.await.map(|()| None)
        }
        _ => Err(Fail::input("make or revoke")),
    };
    match done {
        Ok(Some(secret)) => shown(&cx, &secret),
        Ok(None) => Ok(go("/account/calendar")),
        Err(fail) if matches!(fail.code, "input" | "wait") => {
            let mut response = draw(&cx, Some(&fail)).await?;
            *response.status_mut() = fail.status;
            fail.say_when(&mut response);
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}

/// The address, this once.
fn shown(cx: &Cx, secret: &str) -> Reply {
    let words = cx.words;
    let node = cx.shared.verbs.settings().public_url.clone();
    let link = format!("{}/calendar/{secret}{ENDING}", node.unwrap_or_default());
    let main = html! {
        section.panel {
            h1 { (words.t("feed-address")) }
            p { (words.t("feed-give")) }
            pre.armour dir="ltr" tabindex="0" role="region" aria-label=(words.t("feed-address")) { (link) }
            p.alert { (words.t("feed-once")) }
            p { a.button href="/account/calendar" { (words.t("feed-back")) } }
        }
    };
    cx.page(&words.t("feed-address"), &main)
}

/// The calendar, for whatever program has the address.
pub async fn fetch(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Reply {
    let secret = name.strip_suffix(ENDING).ok_or_else(Fail::not_found)?;
    let (verbs, secret) = (shared.verbs.clone(), secret.to_owned());
    let program = device::of(&headers);
    let file = blocking(move || verbs.calendar_feed(&secret, &program)).await?;
    let tag = format!("\"{}\"", file.tag);
    let held = headers.get(IF_NONE_MATCH);
    let has = held.is_some_and(|held| held.as_bytes() == tag.as_bytes());
    let always = [
        (CACHE_CONTROL, "private, no-store"),
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"entente.ics\""),
        (ETAG, tag.as_str()),
    ];
    Ok(match has {
        true => (StatusCode::NOT_MODIFIED, always).into_response(),
        false => (always, file.text).into_response(),
    })
}
