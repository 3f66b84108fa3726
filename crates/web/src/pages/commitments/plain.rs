//! Commitments as text, for the command line: the matrix, the list, the report.

use super::super::declaration::{stands_as, topic_words};
use super::report::said;
use super::{Filter, Line, lines, number, state_words};
use crate::i18n::Words;
use entente_app::views::{CommitmentsView, FollowUp};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How many stand where, by theme.
#[must_use]
pub fn matrix(words: Words, view: &CommitmentsView, filter: &Filter) -> String {
    let all = lines(view, filter);
    let mut out = String::new();
    for theme in themes(&all) {
        let of = |state| {
            let of = all.iter().filter(|l| l.theme == theme && l.state == state);
            (state, of.count())
        };
        let each = FollowUp::ALL.map(of).into_iter();
        let each = each.filter(|(_, many)| *many > 0);
        let each =
            each.map(|(s, many)| format!("{} {}", state_words(words, s), number(words, many)));
        let each: Vec<String> = each.collect();
        let _infallible = writeln!(
            out,
            "{}: {}",
            topic_words(words, theme),
            each.join(words.comma())
        );
    }
    out
}

/// The pledges that are chosen.
#[must_use]
pub fn list(words: Words, view: &CommitmentsView, filter: &Filter) -> String {
    let mut out = String::new();
    for line in lines(view, filter) {
        let p = &line.of.point;
        let _infallible = writeln!(
            out,
            "{} {} · {} · {}",
            p.point,
            p.heading,
            line.side,
            state_words(words, line.state)
        );
    }
    out
}

/// The report, in the words' language.
#[must_use]
pub fn report(words: Words, view: &CommitmentsView, filter: &Filter) -> String {
    let all = lines(view, filter);
    let mut out = format!("{}\n", words.t("commitments-report"));
    let figures = super::figures::chosen(view, filter);
    if !figures.is_empty() {
        let _infallible = writeln!(out, "\n{}", words.t("figures-title"));
        out.push_str(&super::figures::plain_report(words, &figures));
    }
    for theme in themes(&all) {
        let _infallible = writeln!(out, "\n{}", topic_words(words, theme));
        for line in all.iter().filter(|line| line.theme == theme) {
            let p = &line.of.point;
            let (_, text) = said(p, words.lang);
            let mut stands = state_words(words, line.state);
            if line.owed.contested.is_some() {
                stands = format!("{stands} · {}", words.t("commitments-contested"));
            }
            let _infallible = writeln!(out, "  {} {text}\n    {}: {stands}", p.point, line.side);
            for shown in &p.evidence {
                let evidence = words.t("commitments-evidence");
                let stands = stands_as(words, shown);
                let number = &shown.dossier.number;
                let _infallible = writeln!(out, "    {evidence}: {stands} {number}");
            }
        }
    }
    out
}

fn themes(all: &[Line<'_>]) -> BTreeSet<&'static str> {
    all.iter().map(|line| line.theme).collect()
}
