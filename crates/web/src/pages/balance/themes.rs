//! Commitments by theme as tables and lines: of each side in the period, and how many were kept of those of each year.

use super::year_words;
use crate::i18n::Words;
use crate::pages::declaration::topic_words;
use entente_app::views::BalanceView;
use entente_core::balance::{Promises, Themes};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// "2 of 5": agreed as kept, of all that was promised.
fn kept(words: Words, promised: &Promises) -> String {
    words.two(
        "fig-of",
        &words.number(promised.agreed),
        &words.number(promised.made),
    )
}

/// Both tables; nothing where it is not told, or nothing was promised.
pub fn tables(words: Words, view: &BalanceView) -> Markup {
    let Some(told) = &view.themes else {
        return html! {};
    };
    html! {
        @if !told.by.period.0.is_empty() { (of_period(words, view, &told.by.period)) }
        @if !told.by.years.is_empty() { (of_years(words, &told.by.years)) }
    }
}

/// What each side promised in the period and where it stands.
fn of_period(words: Words, view: &BalanceView, themes: &Themes) -> Markup {
    let title = words.t("balance-by-theme");
    let figures = |p: &Promises| [p.made, p.agreed, p.claimed, p.ended, p.open, p.late];
    let heads = [
        "commitments-promised",
        "commitments-agreed",
        "commitments-claimed",
        "commitments-ended",
        "commitments-open",
        "commitments-late",
    ];
    html! {
        h3 { (title) }
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.list.figures {
                thead { tr {
                    th scope="col" { (words.t("commitments-theme")) } th scope="col" { (words.t("commitments-side")) }
                    @for head in heads { th scope="col" { (words.t(head)) } }
                } }
                tbody {
                    @for (theme, sides) in &themes.0 {
                        @for side in view.reading.sides.keys() {
                            @if let Some(promised) = sides.get(side).filter(|promised| promised.made > 0) {
                                tr {
                                    th scope="row" { (topic_words(words, theme)) } td { bdi { (side) } }
                                    @for figure in figures(promised) { td.num { (words.number(figure)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many of the promises of each year both agree were kept.
fn of_years(words: Words, years: &BTreeMap<i32, Themes>) -> Markup {
    let title = words.t("balance-theme-years");
    let together: Vec<(i32, BTreeMap<&'static str, Promises>)> = years
        .iter()
        .map(|(year, themes)| (*year, themes.together().collect()))
        .collect();
    let named: BTreeSet<&'static str> = together
        .iter()
        .flat_map(|(_, themes)| themes.keys().copied())
        .collect();
    let cell = |of: Option<&Promises>| of.map_or_else(|| "—".to_owned(), |p| kept(words, p));
    html! {
        h3 { (title) }
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table.list.figures {
                thead { tr {
                    th scope="col" { (words.t("commitments-theme")) }
                    @for (year, _) in &together { th scope="col" { (year_words(words, *year)) } }
                } }
                tbody { @for theme in named { tr {
                    th scope="row" { (topic_words(words, theme)) }
                    @for (_, of) in &together { td.num { (cell(of.get(theme))) } }
                } } }
            }
        }
    }
}

/// The same of the period for the command line.
pub fn lines(words: Words, view: &BalanceView, out: &mut Vec<String>) {
    let Some(told) = view.themes.as_ref() else {
        return;
    };
    if told.by.period.0.is_empty() {
        return;
    }
    out.push(words.t("balance-by-theme"));
    for (theme, sides) in &told.by.period.0 {
        let made = sides.iter().filter(|(_, promised)| promised.made > 0);
        let each: Vec<String> = made
            .map(|(side, promised)| format!("{side} {}", super::kept(words, promised)))
            .collect();
        let each = each.join(words.comma());
        out.push(format!("  {}: {each}", topic_words(words, theme)));
    }
}
