//! The meetings of every series on one page: what is ahead, how often each level meets beside what it aims at, and what was decided and is open.

use super::super::Query;
use super::{named, place};
use crate::context::Cx;
use crate::fail::Reply;
use crate::layout::dot;
use crate::parts::{Place, instead, obligations, title};
use entente_app::views::{AllMeetings, Decision, DossierLine, Meeting, SeriesLine};
use entente_core::kinds::meeting::{LEVEL, OPEN};
use entente_core::label::Label;
use maud::{Markup, html};

/// The page.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let text = query.get("q").cloned().unwrap_or_default();
    let sought = text.clone();
    let view = cx.run(move |app, me| app.all_meetings(me, &sought)).await?;
    let words = cx.words;
    let (said, none) = match text.trim().is_empty() {
        true => ("all-meetings-open", "all-meetings-no-open"),
        false => ("all-meetings-found", "all-meetings-no-hit"),
    };
    let mut ahead: Vec<(&SeriesLine, &Meeting)> = view
        .series
        .iter()
        .filter_map(|line| line.next.as_ref().map(|next| (line, next)))
        .collect();
    ahead.sort_by_key(|(_, meeting)| (meeting.at, meeting.entry));
    let main = html! {
        h1 { (words.t("all-meetings")) }
        section.panel #ahead {
            h2 { (words.t("all-meetings-ahead")) }
            (instead(ahead.is_empty(), &words.t("all-meetings-no-next")))
            ul.things { @for (line, meeting) in &ahead { (next(&cx, line, meeting)) } }
        }
        section.panel #cadence {
            h2 { (words.t("meetings-cadence")) }
            (instead(view.series.is_empty(), &words.t("all-meetings-none")))
            @for (code, level) in levels() { (of_level(&cx, &view, code, Some(level))) }
            // Whatever cannot be read any more.
            (of_level(&cx, &view, "", None))
        }
        section.panel #decisions {
            h2 { (words.t("meetings-decisions")) }
            form.filters method="get" action="/meetings#decisions" role="search" {
                input type="search" name="q" value=(text) maxlength="200" dir="auto" aria-label=(words.t("all-meetings-search")) placeholder=(words.t("all-meetings-search"));
                button type="submit" { (words.t("search")) }
            }
            p.quiet { (words.t(said)) }
            (instead(view.decisions.is_empty(), &words.t(none)))
            ul.things { @for (dossier, decision) in &view.decisions { (of_series(&cx, dossier, decision)) } }
        }
    };
    cx.page(&words.t("all-meetings"), &main)
}

fn levels() -> Vec<(&'static str, Label)> {
    let field = OPEN.fields.iter().find(|field| field.name == LEVEL);
    field.and_then(|field| field.choices()).unwrap_or_default()
}

fn series_link(cx: &Cx, dossier: &DossierLine) -> Markup {
    html! { a href=(format!("/dossiers/{}/meetings", dossier.id)) { bdi { (dossier.number) } " " (title(cx.words, &dossier.title)) } }
}

fn next(cx: &Cx, line: &SeriesLine, meeting: &Meeting) -> Markup {
    html! {
        li {
            p { a href=(format!("/entries/{}", meeting.entry)) { (named(cx.words, meeting.values.as_ref(), "title")) } (dot()) (series_link(cx, &line.dossier)) }
            p.ob-facts { @if let Some(at) = meeting.at { (cx.time(at)) } (place(cx, meeting)) }
        }
    }
}

/// The series of a level: what each aims at beside what it keeps.
fn of_level(cx: &Cx, view: &AllMeetings, code: &str, level: Option<Label>) -> Markup {
    let words = cx.words;
    let own = |line: &&SeriesLine| {
        let said = line.opened.as_ref().and_then(|values| values.text(LEVEL));
        said.unwrap_or_default() == code
    };
    let lines: Vec<&SeriesLine> = view.series.iter().filter(own).collect();
    let days = |days: Option<i64>| match days {
        Some(days) => words.n("meetings-days", days),
        None => words.t("meetings-no-figure"),
    };
    html! {
        @if !lines.is_empty() {
            h3 { @match level { Some(level) => (words.label(level)), None => (words.t("agreement-not-readable")) } }
            div.scroll tabindex="0" role="region" aria-label=(words.t("meetings-cadence")) {
                table.list {
                    thead { tr {
                        th scope="col" { (words.t("all-meetings-series")) }
                        th scope="col" { (words.t("meetings-target")) }
                        th scope="col" { (words.t("meetings-mean")) }
                        th scope="col" { (words.t("meetings-last")) }
                        th scope="col" { (words.t("meetings-due")) }
                    } }
                    tbody { @for line in lines {
                        tr {
                            th scope="row" { (series_link(cx, &line.dossier)) }
                            td { (days(line.target)) }
                            td { (days(line.cadence.mean_days)) }
                            td { @if let Some(last) = line.cadence.last { (cx.day(last)) } }
                            td { @if let Some(due) = line.cadence.due { (cx.day(due)) @if line.next.is_none() && due < cx.now { " " strong.tag { (words.t("meetings-late")) } } } }
                        }
                    } }
                }
            }
        }
    }
}

fn of_series(cx: &Cx, dossier: &DossierLine, decision: &Decision) -> Markup {
    html! {
        li {
            p.unprinted[!decision.printed] {
                a href=(format!("/entries/{}", decision.entry)) { (named(cx.words, decision.values.as_ref(), "title")) }
                (dot()) (series_link(cx, dossier))
            }
            (obligations(cx, &decision.asks, Place::Under))
        }
    }
}
