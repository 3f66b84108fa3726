//! The balance with one partner: read in a minute, the same figures on both sides, both in the same order and drawn alike wherever one looks.

mod definitions;
pub mod paper;
pub mod plain;
mod plots;
mod tables;
mod themes;

pub use tables::rows;

use super::{Query, id};
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::time::{start_of_day, utc_day};
use axum::extract::Path;
use entente_app::views::BalanceView;
use entente_core::balance::{Account, Figures, Promises, year_begins, year_of};
use entente_core::ids::NodeName;
use entente_core::instant::{Instant, Span};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Periods offered, by their days.
const PERIODS: [(&str, i64); 3] = [("month", 30), ("quarter", 91), ("year", 365)];
/// Calendar years that a period may be.
const CALENDAR: std::ops::RangeInclusive<i32> = 1970..=9_998;

/// From and to of a query: a calendar year, a named period, or days; a year unless told. Kept to whole days in UTC, so that both sides name
/// the same.
///
/// # Errors
/// Days or a year that cannot be read.
pub fn period(query: &BTreeMap<String, String>, now: Instant) -> Result<(Instant, Instant), Fail> {
    let day = |name: &str| match query.get(name).filter(|d| !d.is_empty()) {
        Some(text) => start_of_day(text)
            .map(Some)
            .ok_or_else(|| Fail::input_key("input-day")),
        None => Ok(None),
    };
    if let Some(text) = query.get("year").filter(|year| !year.is_empty()) {
        let year = text.parse().ok().filter(|year| CALENDAR.contains(year));
        let year: i32 = year.ok_or_else(|| Fail::input_key("input-day"))?;
        return Ok((year_begins(year), year_begins(year + 1)));
    }
    let today = start_of_day(&utc_day(now)).unwrap_or(now);
    let to = day("to")?.unwrap_or(today) + Span::days(1);
    let named = query
        .get("period")
        .and_then(|p| PERIODS.iter().find(|(name, _)| name == p))
        .map_or(365, |(_, days)| *days);
    let from = day("from")?.unwrap_or(to - Span::days(named));
    if from >= to {
        return Err(Fail::input_key("input-day"));
    }
    Ok((from, to))
}

/// The balance's page.
pub async fn show(cx: Cx, Path(partner): Path<String>, query: Query) -> Reply {
    let partner: NodeName = id(&partner)?;
    let (from, to) = period(&query, cx.now)?;
    let view = cx
        .run(move |app, me| app.balance(me, &partner, from, to))
        .await?;
    let words = cx.words;
    let title = words.s("balance-with", view.partner.as_str());
    let main = html! {
        div.title-row {
            h1 { (title) }
            a.button href=(address(&view, "/paper")) { (words.t("balance-paper")) }
        }
        (periods(&cx, &view))
        section.panel #said { h2 { (named(&cx, words, &view)) } (said(words, &view)) }
        (plots::all(words, &view))
        (rights(words, &cx, &view))
        section.panel #figures {
            details { summary { (words.t("balance-all")) }
                (tables::figures_table(words, &tables::sides(words, &view)))
                (themes::tables(words, &view))
                @if !view.by_service.is_empty() { h3 { (words.t("balance-by-service")) } (tables::figures_table(words, &tables::services(&view))) }
            }
        }
        (definitions::all(words))
    };
    cx.page(&title, &main)
}

/// The same period elsewhere.
fn address(view: &BalanceView, under: &str) -> String {
    let last = view.to - Span::days(1);
    let (from, to) = (utc_day(view.from), utc_day(last));
    format!("/balance/{}{under}?from={from}&to={to}", view.partner)
}

/// The calendar year that a period is, if it is one.
fn calendar_year(view: &BalanceView) -> Option<i32> {
    let year = year_of(view.from);
    let whole = view.from == year_begins(year) && view.to == year_begins(year + 1);
    whole.then_some(year)
}

/// A year as it is written.
fn year_words(words: Words, year: i32) -> String {
    words.digits(&year.to_string())
}

/// The period in words.
fn named(cx: &Cx, words: Words, view: &BalanceView) -> Markup {
    let last = view.to - Span::days(1);
    match calendar_year(view) {
        Some(year) if year == year_of(cx.now) => {
            html! { (words.s("balance-year-running", &year_words(words, year))) }
        }
        Some(year) => html! { (words.s("balance-year", &year_words(words, year))) },
        None => {
            let day = |at| cx.shared.clocks.day(words, at);
            html! { (day(view.from)) " – " (day(last)) }
        }
    }
}

/// The ways to other periods.
fn periods(cx: &Cx, view: &BalanceView) -> Markup {
    let words = cx.words;
    let chosen = calendar_year(view);
    let last = view.to - Span::days(1);
    let today = utc_day(last) == utc_day(cx.now);
    let named = |days: i64| today && view.to - view.from == Span::days(days);
    html! {
        form.filters method="get" {
            @for year in view.years.iter().rev() {
                button type="submit" name="year" value=(year.year) aria-pressed=[(chosen == Some(year.year)).then_some("true")] { (year_words(words, year.year)) }
            }
            @for (name, days) in PERIODS { button type="submit" name="period" value=(name) aria-pressed=[named(days).then_some("true")] { (period_words(words, name)) } }
        }
        form.filters method="get" {
            label { (words.t("balance-from")) " " input type="date" name="from" value=(utc_day(view.from)); }
            label { (words.t("balance-to")) " " input type="date" name="to" value=(utc_day(last)); }
            button type="submit" { (words.t("filter")) }
        }
    }
}

fn period_words(words: Words, name: &str) -> String {
    match name {
        "month" => words.t("period-month"),
        "quarter" => words.t("period-quarter"),
        _ => words.t("period-year"),
    }
}

/// What matters, in sentences: of each side the same, in the order of their names.
fn said(words: Words, view: &BalanceView) -> Markup {
    html! {
        div.balance-said { @for (side, account) in &view.reading.sides { (said_of(words, side, account)) } }
        p { (met(words, view)) }
        p.quiet { (words.t("balance-same")) }
    }
}

fn said_of(words: Words, side: &NodeName, account: &Account) -> Markup {
    let (side, f) = (side.as_str(), &account.figures);
    let asked = [("asked", f.asked), ("answered", f.answered)];
    let promised = &account.commitments;
    html! {
        div {
            p.lead { (words.figures("balance-said", side, &asked)) }
            ul {
                @if f.on_time + f.late > 0 { li { (words.s("balance-said-on-time", &on_time(words, f))) } }
                @if f.overdue > 0 { li { strong { (words.count("balance-said-overdue", f.overdue)) } } }
                @if f.refused > 0 { li { (words.count("balance-said-refused", f.refused)) } }
                @if f.feedback_asked > 0 { li { (words.s("balance-said-feedback", &feedback(words, f))) } }
                @if promised.made > 0 {
                    li { (kept(words, promised)) }
                }
            }
        }
    }
}

/// What was promised and how it stands.
fn kept(words: Words, promised: &Promises) -> String {
    let parts = [
        ("made", promised.made),
        ("agreed", promised.agreed),
        ("claimed", promised.claimed),
        ("late", promised.late),
    ];
    words.figures("balance-said-kept", "", &parts)
}

/// How often both met, and how often they mean to.
fn met(words: Words, view: &BalanceView) -> String {
    let met = words.count("balance-met", view.reading.held);
    match view.target {
        Some(target) => format!("{met} {}", words.count("balance-met-target", target.a_year)),
        None => met,
    }
}

/// How many persons who exercised a right were answered by the date, on each side.
fn rights(words: Words, cx: &Cx, view: &BalanceView) -> Markup {
    let Some((ours, theirs)) = &view.rights else {
        return html! {};
    };
    let mut sides = [(cx.me(), ours), (&view.partner, theirs)];
    sides.sort_by_key(|(node, _)| *node);
    html! {
        @if ours.asked + theirs.asked > 0 {
            section.panel #rights {
                h2 { (words.t("balance-rights")) }
                div.scroll tabindex="0" role="region" aria-label=(words.t("balance-rights")) {
                    table.list.figures {
                        thead { tr {
                            th scope="col" {} th scope="col" { (words.t("fig-asked")) } th scope="col" { (words.t("fig-on-time")) }
                            th scope="col" { (words.t("fig-open")) } th scope="col" { (words.t("fig-overdue")) }
                        } }
                        tbody { @for (node, f) in sides { tr {
                            th scope="row" { bdi { (node) } }
                            td.num { (words.number(f.asked)) } td.num { (on_time(words, f)) }
                            td.num { (words.number(f.open)) } td.num { (words.number(f.overdue)) }
                        } } }
                    }
                }
            }
        }
    }
}

/// "5 of 6 (83 %)"; a dash where there is nothing to share out.
fn share(words: Words, part: u64, whole: u64, percent: Option<u64>) -> String {
    let Some(percent) = percent else {
        return "—".to_owned();
    };
    let of = words.two("fig-of", &words.number(part), &words.number(whole));
    format!("{of} ({})", words.count("percent", percent))
}

fn on_time(words: Words, f: &Figures) -> String {
    share(words, f.on_time, f.on_time + f.late, f.on_time_percent())
}

fn feedback(words: Words, f: &Figures) -> String {
    share(
        words,
        f.feedback_given,
        f.feedback_asked,
        f.feedback_percent(),
    )
}
