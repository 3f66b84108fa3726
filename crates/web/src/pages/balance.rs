//! The balance with one partner over a period: the same figures on both sides.

use super::{Query, id};
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::time::{span, start_of_day, utc_day};
use axum::extract::Path;
use entente_core::balance::Figures;
use entente_core::ids::NodeName;
use entente_core::instant::{Instant, Span};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Periods offered, by their days.
const PERIODS: [(&str, i64); 3] = [("month", 30), ("quarter", 91), ("year", 365)];

/// From and to of a query: a named period, or days; a year unless told. Kept to whole days, so that both sides name the same.
///
/// # Errors
/// Days that cannot be read.
pub fn period(query: &BTreeMap<String, String>, now: Instant) -> Result<(Instant, Instant), Fail> {
    let day = |name: &str| match query.get(name).filter(|d| !d.is_empty()) {
        Some(text) => start_of_day(text)
            .map(Some)
            .ok_or_else(|| Fail::input_key("input-day")),
        None => Ok(None),
    };
    let today = start_of_day(&utc_day(now)).unwrap_or(now);
    let to = day("to")?.unwrap_or(today) + Span::days(1);
    let named = query
        .get("period")
        .and_then(|p| PERIODS.iter().find(|(name, _)| name == p))
        .map_or(365, |(_, days)| *days);
    let from = day("from")?.unwrap_or(to - Span::days(named));
    if from >= to {
        Err(Fail::input_key("input-day"))
    } else {
        Ok((from, to))
    }
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
    let last = view.to - Span::days(1);
    let main = html! {
        h1 { (title) }
        p { (cx.shared.clocks.day(words, view.from)) " – " (cx.shared.clocks.day(words, last)) }
        form.filters method="get" {
            @for (name, _) in PERIODS { button type="submit" name="period" value=(name) { (period_words(words, name)) } }
            label { (words.t("balance-from")) " " input type="date" name="from" value=(utc_day(view.from)); }
            label { (words.t("balance-to")) " " input type="date" name="to" value=(utc_day(last)); }
            button type="submit" name="period" value="" { (words.t("filter")) }
        }
        p.quiet { (words.t("balance-same")) }
        section.panel {
            (figures_table(words, &[(words.s("balance-asked-of", cx.me().as_str()), &view.ours), (words.s("balance-asked-of", view.partner.as_str()), &view.theirs)]))
        }
        @if let Some((ours, theirs)) = view.rights.as_ref().filter(|(o, t)| o.asked + t.asked > 0) { (rights(&cx, &view.partner, [ours, theirs])) }
        @if !view.by_service.is_empty() {
            section.panel {
                h2 { (words.t("balance-by-service")) }
                @let columns: Vec<(String, &Figures)> = view.by_service.iter().map(|(s, f)| (s.to_string(), f)).collect();
                (figures_table(words, &columns))
            }
        }
    };
    cx.page(&title, &main)
}

/// How many persons who exercised a right were answered by the date, on each side.
fn rights(cx: &Cx, partner: &NodeName, [ours, theirs]: [&Figures; 2]) -> Markup {
    let words = cx.words;
    let on_time = |f: &Figures| share(words, f.on_time, f.on_time + f.late, f.on_time_percent());
    let sides = [(cx.me(), ours), (partner, theirs)];
    html! {
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
                        td.num { (words.number(f.asked)) } td.num { (on_time(f)) }
                        td.num { (words.number(f.open)) } td.num { (words.number(f.overdue)) }
                    } } }
                }
            }
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

/// "5 of 6 (83 %)"; a dash where there is nothing to share out.
fn share(words: Words, part: u64, whole: u64, percent: Option<u64>) -> String {
    let Some(percent) = percent else {
        return "—".to_owned();
    };
    let of = words.two("fig-of", &words.number(part), &words.number(whole));
    format!("{of} ({})", words.count("percent", percent))
}

/// The figures of one direction by name, in the order in which they are read.
pub fn rows(words: Words, f: &Figures) -> Vec<(String, String)> {
    let number = |n: u64| words.number(n);
    let time = |s: Option<Span>| s.map_or_else(|| "—".to_owned(), |s| span(words, s));
    let on_time = share(words, f.on_time, f.on_time + f.late, f.on_time_percent());
    let feedback = share(
        words,
        f.feedback_given,
        f.feedback_asked,
        f.feedback_percent(),
    );
    vec![
        (words.t("fig-asked"), number(f.asked)),
        (words.t("fig-answered"), number(f.answered)),
        (words.t("fig-refused"), number(f.refused)),
        (words.t("fig-dropped"), number(f.dropped)),
        (words.t("fig-open"), number(f.open)),
        (words.t("fig-overdue"), number(f.overdue)),
        (words.t("fig-on-time"), on_time),
        (words.t("fig-median"), time(f.median)),
        (words.t("fig-gap"), time(f.median_gap)),
        (words.t("fig-unreceived"), number(f.unreceived)),
        (words.t("fig-feedback"), feedback),
        (words.t("fig-no-use"), number(f.feedback_no_use)),
    ]
}

fn figures_table(words: Words, columns: &[(String, &Figures)]) -> Markup {
    let each: Vec<Vec<(String, String)>> = columns.iter().map(|(_, f)| rows(words, f)).collect();
    let names = rows(words, &Figures::default());
    let value = |column: &[(String, String)], row: usize| {
        column.get(row).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("fig")) {
            table.list.figures {
                thead { tr { th scope="col" { (words.t("fig")) } @for (name, _) in columns { th scope="col" { bdi { (name) } } } } }
                tbody {
                    @for (row, (name, _)) in names.iter().enumerate() { tr { th scope="row" { (name) } @for column in &each { td.num { (value(column, row)) } } } }
                    (grounds(words, columns))
                    @if columns.iter().any(|(_, f)| f.mostly_no_use()) { tr { td.quiet colspan=(columns.len() + 1) { (words.t("fig-mostly-no-use")) } } }
                }
            }
        }
    }
}

fn grounds(words: Words, columns: &[(String, &Figures)]) -> Markup {
    let used: std::collections::BTreeSet<_> =
        columns.iter().flat_map(|(_, f)| f.grounds.keys()).collect();
    html! {
        @for ground in used {
            tr {
                th.sub scope="row" { (words.t("fig-ground")) " " (words.label(ground.label())) }
                @for (_, f) in columns { td.num { (words.number(f.grounds.get(ground).copied().unwrap_or(0))) } }
            }
        }
    }
}
