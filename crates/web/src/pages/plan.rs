//! The action plan of an investigation: its tasks by state and date, whose turn it is, what came of them, and its joint action days.

mod compared;
mod plain;

pub use compared::section as compared;
pub use plain::{comparisons_json, comparisons_text, json, text};

use super::id;
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, instead, obligations, party, prose, service, title};
use axum::extract::Path;
use entente_app::views::{DayLine, DayStanding, NearView, PlanView, ResultView, TaskView};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::day::NAME;
use entente_core::kinds::investigation::plan::{ABOUT, ENDS, PLACE, STARTS, TITLE};
use maud::{Markup, html};

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.plan_of(me, dossier)).await?;
    let words = cx.words;
    let (open, ended): (Vec<&TaskView>, Vec<&TaskView>) =
        view.tasks.iter().partition(|task| task.ask.state.is_open());
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("plan-title")) }
        (near(words, &view.near, None))
        @if !view.forms.is_empty() {
            div.actions {
                @for form in &view.forms { a.button href=(format!("/dossiers/{dossier}/write/{}", form.name)) { (words.label(form.verb)) } }
            }
        }
        section.panel #days data-live-part {
            h2 { (words.t("plan-days")) }
            (instead(view.days.is_empty(), &words.t("plan-no-day")))
            ul.tasks { @for day in &view.days { (day_line(&cx, &view, day)) } }
        }
        section.panel #tasks data-live-part {
            h2 { (words.t("plan-open")) " " span.count { (words.number(u64::try_from(open.len()).unwrap_or_default())) } }
            (instead(open.is_empty(), &words.t("plan-no-task")))
            ul.tasks { @for task in &open { (self::task(&cx, &view, task)) } }
        }
        (compared(&cx, dossier, &view.compared, &|entry| called(words, &view, entry)))
        @if !ended.is_empty() {
            section.panel #ended data-live-part {
                h2 { (words.t("plan-ended")) " " span.count { (words.number(u64::try_from(ended.len()).unwrap_or_default())) } }
                ul.tasks { @for task in &ended { (self::task(&cx, &view, task)) } }
            }
        }
    };
    cx.page(&words.t("plan-title"), &main)
}

/// What a task or a day of the plan is called.
fn called(words: Words, view: &PlanView, entry: EntryId) -> String {
    if let Some(day) = view.days.iter().find(|day| day.entry == entry) {
        return name_of(words, day);
    }
    let task = view.tasks.iter().find(|task| task.entry == entry);
    let title = task.and_then(|task| task.values.as_ref()?.text(TITLE));
    // What stays at home asks nothing and stands on no plan.
    title.map_or_else(|| entry.short(), str::to_owned)
}

/// One task: what is asked of whom, where and when, how it stands, and what came of it.
fn task(cx: &Cx, view: &PlanView, task: &TaskView) -> Markup {
    let words = cx.words;
    let ours = task.ask.owing.node() == *cx.me();
    html! {
        li.ours[ours].theirs[!ours] id=(format!("task-{}", task.entry.short())) {
            h3.unprinted[!task.printed] {
                a href=(format!("/entries/{}", task.entry)) {
                    @match &task.values {
                        Some(values) => (title(words, values.text(TITLE).unwrap_or_default())),
                        None => em.quiet { (words.t("plan-not-readable")) },
                    }
                }
            }
            @if let Some(values) = &task.values { div.unprinted[!task.printed] { (what(cx, values)) } }
            (obligations(cx, std::slice::from_ref(&task.ask), Place::Under))
            (near(words, &view.near, Some(task.entry)))
            @for result in &task.results { (self::result(cx, result)) }
        }
    }
}

fn what(cx: &Cx, values: &Values) -> Markup {
    let words = cx.words;
    let said = |name: &str| values.text(name).filter(|text| !text.trim().is_empty());
    html! {
        @if let Some(text) = said("text") { (prose(values.lang, text)) }
        p.ob-facts {
            @if let Some(place) = said(PLACE) { bdi.place dir="auto" { (place) } }
            @if let Some(from) = values.moment(STARTS) { (dot()) (words.t("plan-from")) " " (cx.time(from)) }
            @if let Some(until) = values.moment(ENDS) { (dot()) (words.t("plan-until")) " " (cx.time(until)) }
            @if let Some(thing) = said(ABOUT) { (dot()) a href=(format!("/things/{thing}")) { (words.t("plan-about")) } }
        }
    }
}

/// A result that was given, with who gave it.
pub fn result(cx: &Cx, result: &ResultView) -> Markup {
    let words = cx.words;
    let text = result
        .values
        .as_ref()
        .and_then(|values| values.text("text"));
    html! {
        div.result {
            p.ob-facts {
                a href=(format!("/entries/{}", result.entry)) { (words.t("plan-result")) } (dot()) (party(cx, &result.service)) (dot()) (cx.time(result.at))
            }
            div.unprinted[!result.printed] {
                @match (text, &result.values) {
                    (Some(text), Some(values)) => (prose(values.lang, text)),
                    _ => p.quiet { (words.t("plan-not-readable")) },
                }
            }
        }
    }
}

/// How a day stands, as a word on its own.
pub fn standing(words: Words, standing: DayStanding) -> Markup {
    html! { strong.standing data-standing=(standing.as_str()) { (said(words, standing)) } }
}

/// How a day stands, in words.
fn said(words: Words, standing: DayStanding) -> String {
    match standing {
        DayStanding::Proposed => words.t("day-proposed"),
        DayStanding::Go => words.t("day-go"),
        DayStanding::NoGo => words.t("day-no-go"),
        DayStanding::CalledOff => words.t("day-called-off"),
        DayStanding::Replaced => words.t("day-replaced"),
    }
}

/// What a day is called.
pub fn name_of(words: Words, day: &DayLine) -> String {
    let name = day.values.as_ref().and_then(|values| values.text(NAME));
    name.map_or_else(|| words.t("plan-not-readable"), str::to_owned)
}

fn day_line(cx: &Cx, view: &PlanView, day: &DayLine) -> Markup {
    let words = cx.words;
    let path = format!("/dossiers/{}/days/{}", view.dossier.id, day.entry);
    html! {
        li {
            h3.unprinted[!day.printed] { a href=(path) { bdi { (name_of(words, day)) } } " " (standing(words, day.standing)) }
            p.ob-facts {
                @if let Some(zero) = day.zero { span.unprinted[!day.printed] { bdi { "T0" } " " (cx.time(zero)) (dot()) } }
                (words.t("day-proposed-by")) " " (service(&day.service))
            }
            (near(words, &view.near, Some(day.entry)))
        }
    }
}

/// What is planned nearby: of one entry, or said once above all. Who may not read the other plan learns that there is one.
pub fn near(words: Words, all: &[NearView], of: Option<EntryId>) -> Markup {
    let Some(entry) = of else {
        return html! { @if !all.is_empty() { p.alert role="status" { (words.t("near-here")) } } };
    };
    let mut of: Vec<&NearView> = all.iter().filter(|near| near.entry == entry).collect();
    // Whatever cannot be told apart is said once.
    of.dedup_by_key(|near| (near.step, near.abroad, near.other.clone()));
    html! {
        @for near in of {
            p.near {
                @if let Some(step) = near.step { (words.n("near-step", step)) " " }
                @match &near.other {
                    Some(other) => {
                        (words.t("near-known")) " " (service(&other.service)) " "
                        a href=(format!("/entries/{}", other.entry)) { bdi { (other.entry.short()) } }
                    },
                    None if near.abroad => strong { (words.t("near-abroad")) },
                    None => strong { (words.t("near-unknown")) },
                }
            }
        }
    }
}
