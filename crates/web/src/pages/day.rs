//! A joint action day: who decided what, and its steps on one line of time, a column for each service, with what each has come to.

use super::id;
use super::plan::{compared, name_of, near, result, standing};
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, obligations, party, prose};
use axum::extract::Path;
use entente_app::views::{DayStanding, DayView, StepView};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::investigation::day::{
    ASK_RESULTS, CALL_OFF, DAY, DAY_OF, REPLACES, STATE, STEP, STEP_RESULT, STEP_STATE, StepState,
};
use entente_core::kinds::investigation::steps::FromZero;
use maud::{Markup, html};

/// The page.
pub async fn show(cx: Cx, Path((dossier, entry)): Path<(String, String)>) -> Reply {
    let (dossier, entry): (DossierId, EntryId) = (id(&dossier)?, id(&entry)?);
    let view = cx.run(move |app, me| app.day(me, dossier, entry)).await?;
    let words = cx.words;
    let name = name_of(words, &view.day);
    let printed = view.day.printed;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}/plan")) { (words.t("day-to-plan")) } }
        @if !printed { p.instead-of-print { (words.t("print-barred")) } }
        div.unprinted[!printed] {
            div #head data-live-part { (head(&cx, &view, &name)) }
            section.panel #decisions data-live-part {
                h2 { (words.t("day-decisions")) }
                (obligations(&cx, &view.day.decisions, Place::Under))
            }
            section.panel #line data-live-part {
                h2 { (words.t("day-line")) }
                (timeline(&cx, &view))
            }
            (dropped(&cx, &view))
            (compared(&cx, dossier, &view.compared, &|_| name.clone()))
            (results(&cx, &view))
        }
    };
    cx.page(&name, &main)
}

fn head(cx: &Cx, view: &DayView, name: &str) -> Markup {
    let words = cx.words;
    let day = &view.day;
    html! {
        h1 { bdi { (name) } " " (standing(words, day.standing)) }
        @if let Some(zero) = day.zero { p.zero { strong { bdi { "T0" } } " " (cx.time(zero)) (dot()) (away(words, zero, cx.now)) } }
        (troubles(cx, view))
        (near(words, &view.near, None))
        (near(words, &view.near, Some(day.entry)))
        @if let Some(values) = &day.values {
            @if let Some(text) = values.text("text") { (prose(values.lang, text)) }
        }
        (actions(cx, view))
    }
}

/// What stands in the way: it is off, it was replaced, or the partner is not heard.
fn troubles(cx: &Cx, view: &DayView) -> Markup {
    let words = cx.words;
    html! {
        @for stop in &view.day.called_off {
            p.alert { strong { (words.t("day-called-off-by")) } " " a href=(format!("/entries/{stop}")) { bdi { (stop.short()) } } }
        }
        @if let Some(other) = view.replaced_by {
            p.alert { a href=(format!("/dossiers/{}/days/{other}", view.dossier.id)) { (words.t("day-replaced-by")) } }
        }
        @for (node, since) in &view.unheard {
            p.alert.unheard role="status" {
                (words.s("day-unheard", node.as_str())) " "
                @if let Some(since) = since { (words.t("day-unheard-since")) " " (cx.time(*since)) ". " }
                (words.t("day-known-here"))
            }
        }
    }
}

/// How far away T0 is: before it, or since.
fn away(words: Words, zero: Instant, now: Instant) -> String {
    match now < zero {
        true => words.s("day-to-zero", &crate::time::span(words, zero - now)),
        false => words.s("day-since-zero", &crate::time::span(words, now - zero)),
    }
}

fn actions(cx: &Cx, view: &DayView) -> Markup {
    let (words, day) = (cx.words, view.day.entry);
    let write = |name: &str, field: &str| {
        format!("/dossiers/{}/write/{name}?{field}={day}", view.dossier.id)
    };
    let offered = |name: &str| view.forms.iter().any(|form| form.name == name);
    html! {
        div.actions {
            @if offered(DAY.name) { a.button href=(write(DAY.name, REPLACES)) { (words.t("day-change")) } }
            @if offered(ASK_RESULTS.name) { a.button href=(write(ASK_RESULTS.name, DAY_OF)) { (words.label(ASK_RESULTS.verb)) } }
            @if offered(CALL_OFF.name) { a.button.danger href=(write(CALL_OFF.name, DAY_OF)) { (words.label(CALL_OFF.verb)) } }
        }
    }
}

/// Steps by time, those of one time in one row, a column for each service; and where now is.
fn timeline(cx: &Cx, view: &DayView) -> Markup {
    let words = cx.words;
    let services = view.services();
    let mut times: Vec<FromZero> = view.steps.iter().map(|one| one.step.at).collect();
    times.dedup();
    let zero = view.day.zero.unwrap_or_default();
    let passed = times.iter().filter(|at| at.after(zero) <= cx.now).count();
    let columns = services.len().saturating_add(1);
    html! {
        @if view.steps.is_empty() { p.gone { (words.t("plan-not-readable")) } } @else {
            div.scroll {
                table.steps {
                    thead { tr { th scope="col" { (words.t("day-when")) } @for name in &services { th scope="col" { (party(cx, name)) } } } }
                    tbody {
                        @for (place, at) in times.iter().enumerate() {
                            @if place == passed { (now_line(cx, columns)) }
                            (row(cx, view, &services, (*at, zero)))
                        }
                        @if passed == times.len() { (now_line(cx, columns)) }
                    }
                }
            }
        }
    }
}

fn now_line(cx: &Cx, columns: usize) -> Markup {
    html! { tr.now { td colspan=(columns) { span { (cx.words.t("day-now")) " " (cx.time(cx.now)) } } } }
}

fn row(
    cx: &Cx,
    view: &DayView,
    services: &[&ServiceName],
    (at, zero): (FromZero, Instant),
) -> Markup {
    let of = |name: &ServiceName| {
        let here = view.steps.iter();
        let here = here.filter(move |one| one.step.at == at && one.step.service == *name);
        here.collect::<Vec<_>>()
    };
    html! {
        tr {
            th scope="row" { bdi.t { "T" (cx.words.digits(&at.to_string())) } small { (cx.time(at.after(zero))) } }
            @for name in services {
                @let here = of(name);
                td.none[here.is_empty()] { @for one in here { (step(cx, view, one)) } }
            }
        }
    }
}

/// One step: what and where, what it has come to, and, for one's own side once the day is on, what to say next.
fn step(cx: &Cx, view: &DayView, one: &StepView) -> Markup {
    let words = cx.words;
    let late =
        one.state < StepState::Started && cx.now > one.at && view.day.standing == DayStanding::Go;
    html! {
        div.step id=(format!("step-{}", one.number)) data-state=(one.state.as_str()) {
            p.what { span.count { (words.digits(&one.number.to_string())) } " " span dir="auto" { (one.step.what) } }
            @if !one.step.place.is_empty() { p.ob-facts { bdi.place dir="auto" { (one.step.place) } } }
            p.of-whom { (party(cx, &one.step.service)) }
            p.state {
                strong { (words.label(one.state.label())) }
                @if let Some(said) = &one.said { (dot()) a href=(format!("/entries/{}", said.entry)) { (cx.time(said.at)) } }
                @if one.said.as_ref().is_some_and(|said| said.day != view.day.entry) { (dot()) span.quiet { (words.t("day-said-before")) } }
                @if late { (dot()) strong.late { (words.t("day-late")) } }
            }
            @if let Some(said) = one.said.as_ref().filter(|said| !said.text.is_empty()) { p.quiet dir="auto" { (said.text) } }
            (says(cx, view, one))
        }
    }
}

/// Steps that the day has no more, as they stood: what was begun and then dropped from the plan stays in sight.
fn dropped(cx: &Cx, view: &DayView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.dropped.is_empty() {
            section.panel #dropped data-live-part {
                h2 { (words.t("day-dropped")) }
                p.quiet { (words.t("day-dropped-why")) }
                ul.lines { @for one in &view.dropped {
                    @let step = &one.step;
                    li data-state=(step.state.as_str()) {
                        a href=(format!("/dossiers/{}/days/{}#step-{}", view.dossier.id, one.day, step.number)) { bdi.t { "T" (words.digits(&step.step.at.to_string())) } }
                        " " (party(cx, &step.step.service)) (dot()) span dir="auto" { (step.step.what) }
                        @if !step.step.place.is_empty() { (dot()) bdi.place dir="auto" { (step.step.place) } }
                        (dot()) strong { (words.label(step.state.label())) }
                        @if let Some(said) = &step.said { (dot()) a href=(format!("/entries/{}", said.entry)) { (cx.time(said.at)) } }
                        @for given in &step.results { (result(cx, given)) }
                    }
                } }
            }
        }
    }
}

/// What may be said of a step next, the likeliest first.
fn next(state: StepState) -> &'static [StepState] {
    use StepState::{Done, NotReady, Planned, Ready, Started, Stopped};
    match state {
        Planned => &[Ready, NotReady, Started],
        NotReady => &[Ready, Stopped],
        Ready => &[Started, NotReady],
        Started => &[Done, Stopped],
        Done | Stopped => &[],
    }
}

/// Whether saying so means that the day has begun.
fn begins(state: StepState) -> bool {
    !matches!(state, StepState::Ready | StepState::NotReady)
}

fn says(cx: &Cx, view: &DayView, one: &StepView) -> Markup {
    let words = cx.words;
    let ours = one.step.service.node() == *cx.me();
    let on = view.day.standing == DayStanding::Go;
    let offered = |name: &str| ours && view.forms.iter().any(|form| form.name == name);
    let path = |name: &str| format!("/dossiers/{}/write/{name}", view.dossier.id);
    html! {
        @if offered(STEP_STATE.name) || offered(STEP_RESULT.name) {
            div.row.says {
                @if offered(STEP_STATE.name) {
                    @for state in next(one.state).iter().filter(|state| on || !begins(**state)) {
                        form.inline method="post" action=(path(STEP_STATE.name)) {
                            (csrf(cx))
                            input type="hidden" name="_back" value=(cx.path);
                            input type="hidden" name=(DAY_OF) value=(view.day.entry);
                            input type="hidden" name=(STEP) value=(one.number);
                            input type="hidden" name=(STATE) value=(state.as_str());
                            button.small type="submit" { (words.label(state.label())) }
                        }
                    }
                }
                @if offered(STEP_RESULT.name) && (one.state.is_over() || view.day.standing == DayStanding::CalledOff) {
                    a.button.small href=(format!("{}?{DAY_OF}={}&{STEP}={}", path(STEP_RESULT.name), view.day.entry, one.number)) { (words.t("plan-give-result")) }
                }
            }
        }
    }
}

/// What the steps gave, side by side with what was asked for in general.
fn results(cx: &Cx, view: &DayView) -> Markup {
    let words = cx.words;
    let given: Vec<&StepView> = view
        .steps
        .iter()
        .filter(|one| !one.results.is_empty())
        .collect();
    let without = view
        .steps
        .iter()
        .filter(|one| one.state.is_over() && one.results.is_empty());
    let without: Vec<String> = without
        .map(|one| words.digits(&one.number.to_string()))
        .collect();
    html! {
        @if !given.is_empty() || !without.is_empty() || !view.asks.is_empty() {
            section.panel #results data-live-part {
                h2 { (words.t("day-results")) }
                @for one in given {
                    h3 { span.count { (words.digits(&one.number.to_string())) } " " span dir="auto" { (one.step.what) } " " (party(cx, &one.step.service)) }
                    @for given in &one.results { (result(cx, given)) }
                }
                @if !without.is_empty() { p.quiet { (words.s("day-without-result", &without.join(words.comma()))) } }
                (obligations(cx, &view.asks, Place::Under))
            }
        }
    }
}
