//! All figures as tables, for whoever wants each of them, on the page and for the command line.

use super::{feedback, on_time};
use crate::i18n::Words;
use crate::time::span;
use entente_app::views::BalanceView;
use entente_core::balance::Figures;
use entente_core::instant::Span;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The two sides as columns, in the order of their names.
pub fn sides(words: Words, view: &BalanceView) -> Vec<(String, &Figures)> {
    let all = view.reading.sides.iter();
    all.map(|(side, account)| {
        let name = words.s("balance-asked-of", side.as_str());
        (name, &account.figures)
    })
    .collect()
}

/// The services that owe as columns, in the order of their names.
pub fn services(view: &BalanceView) -> Vec<(String, &Figures)> {
    let all = view.by_service.iter();
    all.map(|(service, f)| (service.to_string(), f)).collect()
}

/// The figures of one direction by name, in the order in which they are read.
pub fn rows(words: Words, f: &Figures) -> Vec<(String, String)> {
    let number = |n: u64| words.number(n);
    let time = |s: Option<Span>| s.map_or_else(|| "—".to_owned(), |s| span(words, s));
    vec![
        (words.t("fig-asked"), number(f.asked)),
        (words.t("fig-answered"), number(f.answered)),
        (words.t("fig-claimed"), number(f.claimed)),
        (words.t("fig-refused"), number(f.refused)),
        (words.t("fig-dropped"), number(f.dropped)),
        (words.t("fig-open"), number(f.open)),
        (words.t("fig-partly"), number(f.partly)),
        (words.t("fig-overdue"), number(f.overdue)),
        (words.t("fig-contested"), number(f.contested)),
        (words.t("fig-on-time"), on_time(words, f)),
        (words.t("fig-median"), time(f.median)),
        (words.t("fig-gap"), time(f.median_gap)),
        (words.t("fig-unreceived"), number(f.unreceived)),
        (words.t("fig-feedback"), feedback(words, f)),
        (words.t("fig-no-use"), number(f.feedback_no_use)),
    ]
}

/// Figures by name, a column for each who owes.
pub fn figures_table(words: Words, columns: &[(String, &Figures)]) -> Markup {
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
    let used: BTreeSet<_> = columns.iter().flat_map(|(_, f)| f.grounds.keys()).collect();
    html! {
        @for ground in used {
            tr {
                th.sub scope="row" { (words.t("fig-ground")) " " (words.label(ground.label())) }
                @for (_, f) in columns { td.num { (words.number(f.grounds.get(ground).copied().unwrap_or(0))) } }
            }
        }
    }
}
