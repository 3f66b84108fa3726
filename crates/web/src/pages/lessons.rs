//! Lessons: by how far each has come, with its path step by step and who owes the next; where an evaluation is submitted as an observation;
//! and lessons found again beside what another dossier says.

pub mod plain;

use super::id;
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::form::Filled;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, instead, obligations, prose, service, type_label};
use axum::extract::Path;
use entente_app::views::{
    DossierLine, DossierView, FormView, LessonView, LessonsView, NearLesson, ObservingView, Said,
};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds::lesson::path::State;
use entente_core::kinds::lesson::{
    CHANGED, KIND, NAME, OBSERVATION, OBSERVED, OWNER, REMEDY, RESULT, ROOT_CAUSE, TITLE, observes,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The words by which lessons are looked for before a dossier is opened.
const NEAR: &str = "near";
/// The entry that an observation is filled from, in an address.
pub const LEARNED_FROM: &str = "learned_from";

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.lessons(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("lessons-title")) }
        div.actions { @for form in &view.forms { (write(words, dossier, form)) } }
        (head(words, &view))
        div #lessons data-live-part {
            (instead(view.lessons.is_empty(), &words.t("lessons-none")))
            @for state in State::ALL { (of_state(&cx, &view, state)) }
        }
    };
    cx.page(&words.t("lessons-title"), &main)
}

fn write(words: Words, dossier: DossierId, form: &EntryType) -> Markup {
    html! { a.button href=(format!("/dossiers/{dossier}/write/{}", form.name)) { (words.label(form.verb)) } }
}

/// The subject, and how many lessons wait, are learned or closed.
fn head(words: Words, view: &LessonsView) -> Markup {
    let opened = view.opened.as_ref().and_then(|said| said.values.as_ref());
    let subject = opened.and_then(|values| Some((values.lang, values.text("subject")?)));
    let count = |of: fn(State) -> bool| {
        let all = view.lessons.iter().filter(|one| of(one.state));
        u64::try_from(all.count()).unwrap_or_default()
    };
    html! {
        section.panel {
            h2 { bdi.title { (view.dossier.title) } }
            @if let Some((lang, text)) = subject { (prose(lang, text)) }
            dl.facts {
                dt { (words.t("lessons-waiting")) } dd { (words.number(count(State::waits))) }
                dt { (words.t("lessons-learned")) } dd { (words.number(count(|state| state == State::Learned))) }
                dt { (words.t("lessons-closed")) } dd { (words.number(count(|state| !state.waits() && state != State::Learned))) }
            }
        }
    }
}

fn of_state(cx: &Cx, view: &LessonsView, state: State) -> Markup {
    let words = cx.words;
    let of: Vec<&LessonView> = view
        .lessons
        .iter()
        .filter(|one| one.state == state)
        .collect();
    let many = u64::try_from(of.len()).unwrap_or_default();
    html! {
        @if !of.is_empty() {
            section.panel {
                h2 { (words.label(state.label())) " " span.count { (words.number(many)) } }
                ul.things { @for lesson in of { (lesson_of(cx, lesson)) } }
            }
        }
    }
}

/// A lesson: what it says now, its path, and what its last step asks.
fn lesson_of(cx: &Cx, lesson: &LessonView) -> Markup {
    let words = cx.words;
    let first = lesson.steps.first();
    let ours = first.is_some_and(|said| said.by.node() == *cx.me());
    html! {
        li.ours[ours].theirs[!ours] id=[first.map(|said| format!("l-{}", said.entry.short()))] {
            h3 { (titled(words, lesson)) }
            ol.path { @for said in &lesson.steps { (step(cx, said)) } }
            (obligations(cx, &lesson.asks, Place::Under))
        }
    }
}

/// The title of a lesson, or that it cannot be read any more.
fn titled(words: Words, lesson: &LessonView) -> Markup {
    match lesson.text(TITLE) {
        Some(title) => html! { bdi { (title) } },
        None => html! { em.gone { (words.t("programme-not-readable")) } },
    }
}

/// A step: what it is, by whom and when, and what it says in its own language.
fn step(cx: &Cx, said: &Said) -> Markup {
    let words = cx.words;
    let kind = KIND.entry(&said.kind);
    html! {
        li {
            p.ob-facts {
                a href=(format!("/entries/{}", said.entry)) { (type_label(words, kind, &said.kind)) }
                (dot()) (service(&said.by)) (dot()) (cx.time(said.at))
            }
            @match &said.values {
                Some(values) => (says(words, kind, values)),
                None => p { em.gone { (words.t("programme-not-readable")) } },
            }
        }
    }
}

/// What a step says: what matters of it first, the rest is one click away on its entry.
fn says(words: Words, kind: Option<&'static EntryType>, values: &Values) -> Markup {
    const SHOWN: [&str; 8] = [
        OBSERVED, ROOT_CAUSE, REMEDY, OWNER, RESULT, CHANGED, "ground", "text",
    ];
    let field = |name: &&str| {
        let field = kind?.fields.iter().find(|field| field.name == *name)?;
        let text = values.text(name)?;
        let coded = match &field.holds {
            entente_core::field::FieldType::Code(choices) => {
                let found = choices().into_iter().find(|(code, _)| *code == text);
                found.map(|(_, label)| words.label(label))
            }
            _ => None,
        };
        Some((words.label(field.label), coded, text))
    };
    let shown: Vec<_> = SHOWN.iter().filter_map(field).collect();
    html! {
        @if !shown.is_empty() {
            dl.facts {
                @for (label, coded, text) in shown {
                    dt { (label) }
                    dd { @match coded { Some(coded) => (coded), None => (prose(values.lang, text)) } }
                }
            }
        }
    }
}

/// Where an entry is submitted as an observation: the record of lessons is chosen, and its ordinary form opened. Nothing is written by that.
pub async fn observe(cx: Cx, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    let view = cx.run(move |app, me| app.observing(me, entry)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/entries/{entry}")) { (words.t("lessons-to-entry")) } }
        h1 { (words.t("lessons-observe")) }
        p { (words.t(if view.fields.is_some() { "lessons-observe-filled" } else { "lessons-observe-anew" })) }
        section.panel {
            h2 { (words.t("lessons-observe-where")) }
            (instead(view.into.is_empty(), &words.t("lessons-observe-nowhere")))
            ul.lines { @for line in &view.into { li { a.button href=(form_of(entry, &view, line)) { bdi { (line.number) } " " bdi { (line.title) } } } } }
            p { a.button href=(format!("/open/{NAME}")) { (words.label(entente_core::kinds::lesson::OPEN.verb)) } }
        }
    };
    cx.page(&words.t("lessons-observe"), &main)
}

/// The form of an observation. Its address names the entry alone: words stand in no address, which histories and logs keep.
fn form_of(entry: EntryId, view: &ObservingView, line: &DossierLine) -> String {
    let form = format!("/dossiers/{}/write/{}", line.id, OBSERVATION.name);
    match view.fields {
        None => form,
        Some(_) => format!("{form}?{LEARNED_FROM}={entry}"),
    }
}

/// Fills the form of an observation with what walls let through of the entry that its address names.
///
/// # Errors
/// As looking at the entry.
pub async fn fill(cx: &Cx, form: &FormView, filled: &mut Filled, from: &str) -> Result<(), Fail> {
    if !observes(form.entry_type.name) {
        return Ok(());
    }
    let from: EntryId = id(from)?;
    let view = cx.run(move |app, me| app.observing(me, from)).await?;
    if let Some(values) = &view.fields {
        *filled = Filled::proposed(form, values);
    }
    Ok(())
}

/// The way from an entry to submitting it as an observation.
pub fn way(words: Words, entry: EntryId) -> Markup {
    html! { a.button.small href=(format!("/entries/{entry}/observe")) { (words.t("lessons-observe")) } }
}

/// Lessons near to what a young dossier says; nothing on others, and on records of lessons.
///
/// # Errors
/// As looking into the dossier.
pub async fn beside(cx: &Cx, view: &DossierView) -> Result<Markup, Fail> {
    let young = cx.now.0 - view.line.opened.0 <= entente_app::YOUNG.0;
    if !young || view.line.kind.name == NAME {
        return Ok(html! {});
    }
    let dossier = view.line.id;
    let found = cx
        .run(move |app, me| app.lessons_near_dossier(me, dossier))
        .await;
    // What is found again is an aid: where that fails, the dossier opens without it.
    Ok(found.map_or_else(|_| html! {}, |found| near(cx.words, &found)))
}

/// Lessons near to words, with the box to ask for others: above the form that opens a dossier.
///
/// # Errors
/// As searching.
pub async fn above(cx: &Cx, kind: &str, query: &BTreeMap<String, String>) -> Result<Markup, Fail> {
    if kind == NAME {
        return Ok(html! {});
    }
    let words = cx.words;
    let asked = query.get(NEAR).map(|text| text.trim()).unwrap_or_default();
    let text = asked.to_owned();
    let found = match text.is_empty() {
        true => Vec::new(),
        false => cx.run(move |app, me| app.lessons_near(me, &text)).await?,
    };
    Ok(html! {
        details.panel open[!asked.is_empty()] {
            summary { (words.t("lessons-before")) }
            form.filters method="get" {
                // What the form below is filled with stays.
                @for (name, value) in query.iter().filter(|(name, _)| *name != NEAR) { input type="hidden" name=(name) value=(value); }
                label { (words.t("lessons-words")) " " input type="search" name=(NEAR) value=(asked) maxlength="400" dir="auto"; }
                button type="submit" { (words.t("lessons-find")) }
            }
            @if !asked.is_empty() { (instead(found.is_empty(), &words.t("lessons-none-near"))) }
            (near(words, &found))
        }
    })
}

fn near(words: Words, found: &[NearLesson]) -> Markup {
    html! {
        @if !found.is_empty() {
            section.panel #near-lessons {
                h2 { (words.t("lessons-near")) }
                ul.things { @for one in found { (near_line(words, one)) } }
            }
        }
    }
}

fn near_line(words: Words, one: &NearLesson) -> Markup {
    let place = one.lesson.steps.first().map(|said| said.entry.short());
    let remedy = one.lesson.steps.iter().rev().find_map(|said| {
        let values = said.values.as_ref()?;
        let text = values.text(CHANGED).or_else(|| values.text(REMEDY))?;
        Some((values.lang, text))
    });
    html! {
        li {
            p {
                a href=(format!("/dossiers/{}/lessons#l-{}", one.dossier, place.unwrap_or_default())) { (titled(words, &one.lesson)) }
                " " strong.tag { (words.label(one.lesson.state.label())) } (dot()) bdi { (one.number) }
            }
            @if let Some((lang, text)) = remedy { (prose(lang, text)) }
        }
    }
}
