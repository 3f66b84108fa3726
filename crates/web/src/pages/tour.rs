//! The tour of the demonstration: six steps with live buttons, from an ask to a falsified copy that is caught.
//!
//! It is the first page of whoever is not signed in. Steps that need a person sign in the liaison officer by themselves, an invented
//! one; whoever is signed in already stays who they are.

use super::Query;
use super::sign_in;
use crate::context::{Cx, Guest, blocking, go_with};
use crate::demo::{DemoControl, DemoError, DemoState};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, nothing, obligations};
use crate::post::{Fields, GuestPost};
use crate::thread::{Thread, name, place, visit};
use axum::response::Response;
use entente_app::views::ObligationView;
use entente_app::{Recording, SignedIn};
use entente_core::codes::Role;
use entente_core::field::Values;
use entente_core::ids::DossierId;
use entente_core::kinds;
use entente_core::label::Lang;
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

/// The dossier of the tour as whoever is signed in sees it.
struct Asked {
    id: DossierId,
    /// Whether it was opened here: then the partner owes the answer.
    ours: bool,
    obligations: Vec<ObligationView>,
}

async fn asked(cx: &Cx, query: &BTreeMap<String, String>) -> Option<Asked> {
    let named = query.get("d").and_then(|d| d.parse::<DossierId>().ok());
    let id = named.or(cx.thread.and_then(|t| t.dossier))?;
    let view = cx.run(move |app, me| app.dossier(me, id, None)).await;
    Some(match view {
        Ok(view) => Asked {
            id,
            ours: view.config.convenor == *cx.me(),
            obligations: view.obligations,
        },
        // It may not have come yet, or nobody may be signed in.
        Err(_) => Asked {
            id,
            ours: true,
            obligations: Vec::new(),
        },
    })
}

async fn draw(cx: &Cx, query: &BTreeMap<String, String>, said: Option<Markup>) -> Reply {
    let state = cx.demo.clone().ok_or_else(Fail::not_found)?;
    let asked = asked(cx, query).await;
    let dossier = asked.as_ref().map(|a| a.id);
    let words = cx.words;
    let me = cx.me().as_str();
    let main = html! {
        h1 { (words.t("nav-tour")) }
        p { (words.s("tour-intro", me)) }
        @if cx.actor.is_none() { p.quiet { (words.t("tour-guest")) " " a href="/sign-in" { (words.t("tour-guest-other")) } } }
        (side_by_side(cx, &state))
        ol.tour {
            (step(cx, 1, &words.t("tour-1-how"), &button(cx, "/tour/ask", dossier, &words.t("tour-ask"), None)))
            (step(cx, 2, &words.t("tour-2-how"), &there(cx, &state, asked.as_ref(), 2)))
            (step(cx, 3, &words.t("tour-3-how"), &cutting(cx, &state, dossier)))
            (step(cx, 4, &words.t("tour-4-how"), &button(cx, "/tour/jump", dossier, &words.t("tour-jump"), None)))
            (step(cx, 5, &words.t("tour-5-how"), &answering(cx, &state, asked.as_ref())))
            (step(cx, 6, &words.t("tour-6-how"), &html! {
                (button(cx, "/tour/tamper", dossier, &words.t("tour-tamper"), None))
                @if let Some(said) = said { div.alert role="status" { (said) } }
            }))
        }
    };
    cx.page(&words.t("nav-tour"), &main)
}

fn step(cx: &Cx, number: u8, how: &str, inside: &Markup) -> Markup {
    let here = cx.thread.is_some_and(|t| t.is_at(number));
    html! {
        li id=(format!("step-{number}")) aria-current=[here.then_some("step")] {
            h2 { (name(cx.words, number)) }
            p { (how) }
            (inside)
        }
    }
}

fn cutting(cx: &Cx, state: &DemoState, dossier: Option<DossierId>) -> Markup {
    let (label, value) = match state.link_cut {
        true => (cx.words.t("tour-mend"), "no"),
        false => (cx.words.t("tour-cut"), "yes"),
    };
    button(cx, "/tour/cut", dossier, &label, Some(value))
}

/// The way to the node that was asked, with the thread.
fn there(cx: &Cx, state: &DemoState, asked: Option<&Asked>, step: u8) -> Markup {
    let ours = asked.is_none_or(|a| a.ours);
    let (node, label) = match ours {
        true => (&state.partner_url, cx.words.t("demo-other-side")),
        false => (&state.own_url, cx.words.t("tour-dossier")),
    };
    let thread = Thread::at(step, asked.map(|a| a.id));
    html! { p { a.button href=(visit(node, thread, cx.words.lang)) { (label) } } }
}

/// What is owed, with what may be done about it here; and the way to where it is answered.
fn answering(cx: &Cx, state: &DemoState, asked: Option<&Asked>) -> Markup {
    let owed = asked.map_or(&[][..], |a| a.obligations.as_slice());
    html! {
        div #tour-owed data-live-part { (nothing(cx.words, owed.is_empty())) (obligations(cx, owed, Place::List)) }
        (there(cx, state, asked, 5))
    }
}

fn side_by_side(cx: &Cx, state: &DemoState) -> Markup {
    let lang = cx.words.lang;
    html! {
        p.row {
            a.button href=(visit(&state.own_url, None, lang)) { (cx.words.t("tour-here")) }
            a.button href=(visit(&state.partner_url, None, lang)) { (cx.words.t("demo-other-side")) }
        }
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

/// Back on the tour's page at a step, which the browser remembers.
fn back(cx: &Cx, form: &Fields, step: u8) -> Response {
    let dossier = form.last("_d").parse().ok();
    go_with(&place(step, dossier), kept(cx, step, dossier))
}

/// The cookie of a step that exists.
fn kept(cx: &Cx, step: u8, dossier: Option<DossierId>) -> Option<String> {
    Thread::at(step, dossier).map(|thread| thread.kept(&cx.shared))
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
        let session = verbs.signed_in(&token, "")?;
        Ok((token, session.actor))
    })
    .await?;
    cx.actor = Some(actor);
    let cookie = cx.shared.set_cookie("", &token, None, true);
    Ok((cx, Some(cookie)))
}

/// Leads to the dossier of the tour, or to the front page, as somebody who may see it; keeps the step and the language that the
/// other node handed on. Step 0 ends the tour.
pub async fn see(Guest(cx): Guest, query: Query) -> Reply {
    let dossier = query.get("d").and_then(|d| d.parse::<DossierId>().ok());
    let step: Option<u8> = query.get("step").and_then(|s| s.parse().ok());
    let lang = query.get("lang").and_then(|l| Lang::parse(l));
    let (cx, cookie) = somebody(cx).await?;
    let path = dossier.map_or_else(|| "/".to_owned(), |id| format!("/dossiers/{id}"));
    let thread = step.and_then(|step| match step {
        0 => Some(Thread::dropped(&cx.shared)),
        step => kept(&cx, step, dossier),
    });
    let speaks = lang.map(|lang| sign_in::speaks(&cx, lang));
    Ok(go_with(
        &path,
        [cookie, thread, speaks].into_iter().flatten(),
    ))
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
    let dossier = Some(recorded.dossier);
    let cookies = [cookie, kept(&cx, 2, dossier)].into_iter().flatten();
    Ok(go_with(&place(2, dossier), cookies))
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
    Ok(back(&cx, &form, if cut { 3 } else { 5 }))
}

/// Moves both clocks eight hours on.
pub async fn jump(GuestPost { cx, form }: GuestPost) -> Reply {
    turn(&cx, |c| c.jump(8)).await?;
    Ok(back(&cx, &form, 4))
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
        "declaration" => words.t("proof-declaration"),
        "officer" => words.t("proof-officer"),
        "officer-other" => words.t("proof-officer-other"),
        "parties" => words.t("proof-parties"),
        "too-large" => words.t("proof-too-large"),
        "version" => words.t("proof-version"),
        other => other.to_owned(),
    }
}
