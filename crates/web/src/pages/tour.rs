//! The tour of the demonstration: six steps with live buttons, from an ask to a falsified copy that is caught.

use super::Query;
use crate::context::{Cx, go, percent};
use crate::demo::{DemoControl, DemoState};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, nothing, obligations};
use crate::post::Post;
use entente_app::Recording;
use entente_app::views::ObligationView;
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
pub async fn show(cx: Cx, query: Query) -> Reply {
    draw(&cx, &query, None).await
}

async fn draw(cx: &Cx, query: &BTreeMap<String, String>, said: Option<Markup>) -> Reply {
    let state = cx.demo.clone().ok_or_else(Fail::not_found)?;
    let dossier = query.get("d").and_then(|d| d.parse::<DossierId>().ok());
    let owed: Vec<ObligationView> = match dossier {
        Some(id) => cx
            .run(move |app, me| app.dossier(me, id, None))
            .await
            .map(|d| d.obligations)
            .unwrap_or_default(),
        None => Vec::new(),
    };
    let words = cx.words;
    let me = cx.me().as_str();
    let main = html! {
        h1 { (words.t("nav-tour")) }
        p { (words.s("tour-intro", me)) }
        (side_by_side(cx, &state))
        ol.tour {
            li #step-1 { h2 { (words.t("tour-1")) } p { (words.t("tour-1-how")) } (button(cx, "/tour/ask", dossier, &words.t("tour-ask"), None)) }
            li #step-2 {
                h2 { (words.t("tour-2")) } p { (words.t("tour-2-how")) }
                p { a.button href=(other(&state, dossier)) { (words.t("demo-other-side")) } }
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
                p { a.button href=(other(&state, dossier)) { (words.t("demo-other-side")) } }
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
            a.button href=(format!("{}/", state.own_url)) { (cx.words.t("tour-here")) }
            a.button href=(format!("{}/", state.partner_url)) { (cx.words.t("demo-other-side")) }
        }
    }
}

/// The same dossier on the other node: identifiers are the same on both.
fn other(state: &DemoState, dossier: Option<DossierId>) -> String {
    match dossier {
        Some(id) => format!("{}/dossiers/{id}", state.partner_url),
        None => format!("{}/", state.partner_url),
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

fn back(post: &Post, step: u8) -> String {
    match post.form.last("_d") {
        "" => format!("/tour#step-{step}"),
        id => format!("/tour?d={}#step-{step}", percent(id)),
    }
}

/// Asks the partner something fictional, urgently.
pub async fn ask(Post { cx, .. }: Post) -> Reply {
    control(&cx)?;
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
    Ok(go(&format!("/tour?d={}#step-2", recorded.dossier)))
}

async fn turn<T: Send + 'static>(
    cx: &Cx,
    f: impl FnOnce(&dyn DemoControl) -> Result<T, String> + Send + 'static,
) -> Result<T, Fail> {
    let control = control(cx)?;
    let done = tokio::task::spawn_blocking(move || f(control.as_ref()))
        .await
        .map_err(|_| Fail::bug())?;
    done.map_err(Fail::input)
}

/// Cuts the link, or mends it.
pub async fn cut(post: Post) -> Reply {
    let cut = post.form.last("_value") == "yes";
    turn(&post.cx, move |c| c.cut(cut)).await?;
    Ok(go(&back(&post, if cut { 3 } else { 5 })))
}

/// Moves both clocks eight hours on.
pub async fn jump(post: Post) -> Reply {
    turn(&post.cx, |c| c.jump(8)).await?;
    Ok(go(&back(&post, 4)))
}

/// Falsifies a copy, and shows who caught it.
pub async fn tamper(post: Post) -> Reply {
    let report = turn(&post.cx, |c| c.tamper()).await?;
    let words = post.cx.words;
    let said = html! {
        p { strong { (if report.caught_by.is_some() { words.t("tour-caught") } else { words.t("tour-not-caught") }) } }
        p { (words.s("tour-tampered", &report.entry)) (dot()) (words.two("tour-tampered-at", &report.byte.to_string(), &report.bytes.to_string())) }
        @if let Some(check) = report.caught_by { p { (proof_check(words, check)) } }
    };
    let query = [("d".to_owned(), post.form.last("_d").to_owned())].into();
    draw(&post.cx, &query, Some(said)).await
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
        "history" => words.t("proof-history"),
        "inclusion" => words.t("proof-inclusion"),
        "key-change" => words.t("proof-key-change"),
        "parties" => words.t("proof-parties"),
        "too-large" => words.t("proof-too-large"),
        "version" => words.t("proof-version"),
        other => other.to_owned(),
    }
}
