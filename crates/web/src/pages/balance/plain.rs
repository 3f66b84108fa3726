//! The balance as text, for the command line: what both promised and met, year by year, by kind.

use super::{feedback, kept, met, on_time, themes, year_words};
use crate::i18n::Words;
use crate::pages::charter::kind_name;
use entente_app::views::BalanceView;
use entente_core::balance::{Figures, Year};

/// Line by line, after the figures of both sides.
#[must_use]
pub fn text(words: Words, view: &BalanceView) -> Vec<String> {
    let mut out = vec![met(words, view)];
    for (side, account) in &view.reading.sides {
        let promised = &account.commitments;
        if promised.made > 0 {
            out.push(format!("{side}: {}", kept(words, promised)));
        }
    }
    if view.by_kind.is_some() {
        out.push(words.t("balance-by-kind"));
    }
    for (kind, sides) in view.by_kind.iter().flatten() {
        let each: Vec<String> = sides
            .iter()
            .map(|(side, f)| format!("{side} {}", words.number(f.asked)))
            .collect();
        out.push(format!(
            "  {}: {}",
            kind_name(words, kind),
            each.join(words.comma())
        ));
    }
    themes::lines(words, view, &mut out);
    out.push(words.t("balance-by-year"));
    view.years
        .iter()
        .for_each(|year| year_lines(words, year, &mut out));
    out
}

fn year_lines(words: Words, year: &Year, out: &mut Vec<String>) {
    let mark = if year.running { "*" } else { "" };
    out.push(format!("  {}{mark}", year_words(words, year.year)));
    for (side, account) in &year.reading.sides {
        let f: &Figures = &account.figures;
        let asked = format!("{} {}", words.t("fig-asked"), words.number(f.asked));
        let parts = [
            asked,
            words.s("balance-said-on-time", &on_time(words, f)),
            words.s("balance-said-feedback", &feedback(words, f)),
        ];
        out.push(format!("    {side}: {}", parts.join(" · ")));
    }
}
