//! The tour of the demonstration: six steps with live buttons, from an ask to a falsified copy that is caught.
//!
//! It is the first page of whoever is not signed in. Steps that need a person sign in the liaison officer by themselves, an invented
//! one; whoever is signed in already stays who they are.

use super::Query;
use super::sign_in;
use crate::context::{Cx, Guest, blocking, go, percent};
use crate::demo::{DemoControl, DemoError, DemoState};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, nothing, obligations};
use crate::post::{Fields, GuestPost};
use axum::response::Response;
use entente_app::views::ObligationView;
use entente_app::{Recording, SignedIn};
use entente_core::codes::Role;
use entente_core::field::Values;
use entente_core::ids::DossierId;
use entente_core::kinds;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

fn control(cx: &Cx) -> Result<Arc<dyn DemoControl>, Fail> {
    cx.shared.demo.clone().ok_or_else(Fail::not_found)
}

/// The six steps.
pub async fn show(Guest(cx): Guest, query: Query) -> Reply {
    draw(&cx, &query, None).await
}

async fn draw(cx: &Cx, query: &BTreeMap<String, String>, said: Option<Markup>) -> Reply {
    let state = cx.demo.clone().ok_or_else(Fail::not_found)?;
    let dossier = query.get("d").and_then(|d| d.parse::<DossierId>().ok());
    let owed: Vec<ObligationView> = match dossier {
        None => Vec::new(),
        Some(_) if cx.actor.is_none() => Vec::new(),
        Some(id) => cx
            .run(move |app, me| app.dossier(me, id, None))
            .await
            .map(|d| d.obligations)
            .unwrap_or_default(),
    };
    let words = cx.words;
    let me = cx.me().as_str();
    let main = html! {
        h1 { (words.t("nav-tour")) }
        p { (words.s("tour-intro", me)) }
        @if cx.actor.is_none() { p.quiet { (words.t("tour-guest")) " " a href="/sign-in" { (words.t("tour-guest-other")) } } }
        (side_by_side(cx, &state))
        ol.tour {
            li #step-1 { h2 { (words.t("tour-1")) } p { (words.t("tour-1-how")) } (button(cx, "/tour/ask", dossier, &words.t("tour-ask"), None)) }
            li #step-2 {
                h2 { (words.t("tour-2")) } p { (words.t("tour-2-how")) }
                p { a.button href=(visit(&state.partner_url, dossier)) { (words.t("demo-other-side")) } }
            }
            li #step-3 {
                h2 { (words.t("tour-3")) } p { (words.t("tour-3-how")) }
                @if state.link_cut { (button(cx, "/tour/cut", dossier, &words.t("tour-mend"), Some("no"))) }
                @else { (button(cx, "/tour/cut", dossier, &words.t("tour-cut"), Some("yes"))) }
            }
            li #step-4 { h2 { (words.t("tour-4")) } p { (words.t("tour-4-how")) } (button(cx, "/tour/jump", dossier, &words.t("tour-jump"), None)) }
            li #step-5 {
                h2 { (words.t("tour-5")) } p { (words.t("tour-5-how")) }
                div #tour-owed data-live-part { (nothing(words, owed.is_empty())) (obligations(cx, &owed, Place::List)) }
                p { a.button href=(visit(&state.partner_url, dossier)) { (words.t("demo-other-side")) } }
            }
            li #step-6 {
                h2 { (words.t("tour-6")) } p { (words.t("tour-6-how")) }
                (button(cx, "/tour/tamper", dossier, &words.t("tour-tamper"), None))
                @if let Some(said) = said { div.alert role="status" { (said) } }
            }
        }
    };
    cx.page(&words.t("nav-tour"), &main)
}

fn side_by_side(cx: &Cx, state: &DemoState) -> Markup {
    html! {
        p.row {
            a.button href=(visit(&state.own_url, None)) { (cx.words.t("tour-here")) }
            a.button href=(visit(&state.partner_url, None)) { (cx.words.t("demo-other-side")) }
        }
    }
}

/// A node's pages as somebody who may see them: the dossier, whose identifier is the same on both, or the front page.
fn visit(node: &str, dossier: Option<DossierId>) -> String {
    match dossier {
        Some(id) => format!("{node}/tour/see?d={id}"),
        None => format!("{node}/tour/see"),
    }
}

fn button(
    cx: &Cx,
    action: &str,
    dossier: Option<DossierId>,
    label: &str,
    value: Option<&str>,
) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            (csrf(cx))
            @if let Some(id) = dossier { input type="hidden" name="_d" value=(id); }
            @if let Some(value) = value { input type="hidden" name="_value" value=(value); }
            button.main type="submit" { (label) }
        }
    }
}

fn back(form: &Fields, step: u8) -> String {
    match form.last("_d") {
        "" => format!("/tour#step-{step}"),
        id => format!("/tour?d={}#step-{step}", percent(id)),
    }
}

/// The reader as somebody who may act here: who is signed in already, or else the liaison officer, with the cookie that says so.
async fn somebody(mut cx: Cx) -> Result<(Cx, Option<String>), Fail> {
    control(&cx)?;
    if cx.actor.is_some() {
        return Ok((cx, None));
    }
    let verbs = cx.shared.verbs.clone();
    let (token, actor) = blocking(move || {
        let personas = verbs.personas()?;
        let liaison = personas.iter().find(|p| p.roles.contains(&Role::Liaison));
        let liaison = liaison.ok_or(entente_app::AppError::NotFound)?;
        let SignedIn { token, .. } = verbs.sign_in_persona(&liaison.id)?;
        let (actor, _) = verbs.signed_in(&token)?;
        Ok((token, actor))
    })
    .await?;
    cx.actor = Some(actor);
    let cookie = cx.shared.set_cookie("", &token, None, true);
    Ok((cx, Some(cookie)))
}

fn onward(path: &str, cookie: Option<String>) -> Response {
    let mut response = go(path);
    if let Some(cookie) = cookie {
        sign_in::add_cookie(&mut response, &cookie);
    }
    response
}

/// Leads to the dossier of the tour, or to the front page, as somebody who may see it.
pub async fn see(Guest(cx): Guest, query: Query) -> Reply {
    let dossier = query.get("d").and_then(|d| d.parse::<DossierId>().ok());
    let (_, cookie) = somebody(cx).await?;
    let path = dossier.map_or_else(|| "/".to_owned(), |id| format!("/dossiers/{id}"));
    Ok(onward(&path, cookie))
}

/// Asks the partner something fictional, urgently.
pub async fn ask(GuestPost { cx, .. }: GuestPost) -> Reply {
    let (cx, cookie) = somebody(cx).await?;
    let opening = kinds::find("request")
        .and_then(|k| k.opening())
        .ok_or_else(Fail::bug)?;
    let words = cx.words;
    let raw: BTreeMap<String, Vec<String>> = [
        ("title", words.t("tour-sample-title")),
        ("question", words.t("tour-sample-question")),
        ("facts", words.t("tour-sample-facts")),
        ("country_link", words.t("tour-sample-link")),
        ("offence", "property".to_owned()),
        ("urgency", "urgent_direct".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), vec![value]))
    .collect();
    let values = Values::parse(opening.fields, &raw, Some(words.lang)).map_err(|_| Fail::bug())?;
    let recorded = cx
        .run(move |app, me| {
            let partner = app.links(me)?.first().map(|l| l.partner.clone());
            app.record(
                me,
                Recording {
                    partner,
                    entry_type: opening.name.to_owned(),
                    values,
                    ..Recording::default()
                },
            )
        })
        .await?;
    let path = format!("/tour?d={}#step-2", recorded.dossier);
    Ok(onward(&path, cookie))
}

async fn turn<T: Send + 'static>(
    cx: &Cx,
    f: impl FnOnce(&dyn DemoControl) -> Result<T, DemoError> + Send + 'static,
) -> Result<T, Fail> {
    let control = control(cx)?;
    let done = tokio::task::spawn_blocking(move || f(control.as_ref()))
        .await
        .map_err(|_| Fail::bug())?;
    done.map_err(Fail::from)
}

/// Cuts the link, or mends it.
pub async fn cut(GuestPost { cx, form }: GuestPost) -> Reply {
    let cut = form.last("_value") == "yes";
    turn(&cx, move |c| c.cut(cut)).await?;
    Ok(go(&back(&form, if cut { 3 } else { 5 })))
}

/// Moves both clocks eight hours on.
pub async fn jump(GuestPost { cx, form }: GuestPost) -> Reply {
    turn(&cx, |c| c.jump(8)).await?;
    Ok(go(&back(&form, 4)))
}

/// Falsifies a copy, and shows who caught it.
pub async fn tamper(GuestPost { cx, form }: GuestPost) -> Reply {
    let report = turn(&cx, |c| c.tamper()).await?;
    let words = cx.words;
    let said = html! {
        p { strong { (if report.caught_by.is_some() { words.t("tour-caught") } else { words.t("tour-not-caught") }) } }
        p { (words.s("tour-tampered", &report.entry)) (dot()) (words.two("tour-tampered-at", &report.byte.to_string(), &report.bytes.to_string())) }
        @if let Some(check) = report.caught_by { p { (proof_check(words, check)) } }
    };
    let query = [("d".to_owned(), form.last("_d").to_owned())].into();
    draw(&cx, &query, Some(said)).await
}

/// Which check of a proof failed, in the reader's words; the codes are those of the proof itself.
#[must_use]
pub fn proof_check(words: Words, check: &str) -> String {
    match check {
        "armour" => words.t("proof-armour"),
        "body" => words.t("proof-body"),
        "card" => words.t("proof-card"),
        "bytes" => words.t("proof-bytes"),
        "checkpoint" => words.t("proof-checkpoint"),
        "cosignature" => words.t("proof-cosignature"),
        "header-version" => words.t("proof-header-version"),
        "generations" => words.t("proof-generations"),
        "history" => words.t("proof-history"),
        "inclusion" => words.t("proof-inclusion"),
        "key-change" => words.t("proof-key-change"),
        "parties" => words.t("proof-parties"),
        "too-large" => words.t("proof-too-large"),
        "version" => words.t("proof-version"),
        other => other.to_owned(),
    }
}
