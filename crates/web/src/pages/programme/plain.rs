//! A programme as text, for the command line: how it stands, or its agreement article by article.

use super::paper::said;
use super::{standing, state};
use crate::i18n::Words;
use entente_app::views::{ClauseView, CohortView, ProgrammeVersion, ProgrammeView};
use entente_core::kinds::programme::{
    FIGURES, HEADING, NUMBER, OTHER_LANG, PLACE, PLACES, TALLY, called,
};
use entente_core::label::Lang;
use std::fmt::Write as _;

/// How a programme stands: its phase, each clause, each version with who signed, cohorts in numbers.
#[must_use]
pub fn programme(words: Words, view: &ProgrammeView) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        let _infallible = writeln!(out, "{text}");
    };
    let phase = words.label(called(view.dossier.phase));
    line(format!(
        "{}  {}  [{phase}]",
        view.dossier.number, view.dossier.title
    ));
    for commitment in &view.commitments {
        line(format!("→ {}", commitment.words));
    }
    for clause in &view.clauses {
        line(format!("  {}", clause_line(words, view, clause)));
    }
    for version in &view.versions {
        line(format!("  {}", version_line(words, view, version)));
    }
    for cohort in &view.cohorts {
        line(format!("  {}", cohort_line(words, cohort)));
    }
    out
}

fn clause_line(words: Words, view: &ProgrammeView, clause: &ClauseView) -> String {
    let values = clause.said.values.as_ref();
    let number = values.and_then(|values| values.number(NUMBER));
    let article = number.map_or_else(String::new, |n| words.n("programme-article", n));
    let heading = values.and_then(|values| values.text(HEADING));
    let heading = heading.map_or_else(|| words.t("programme-not-readable"), str::to_owned);
    let stands = words.t(standing(view, clause));
    format!("{article} · {heading}: {stands} ({})", clause.said.by)
}

fn version_line(words: Words, view: &ProgrammeView, version: &ProgrammeVersion) -> String {
    let signed = version.signatures.iter().map(|by| by.service.to_string());
    let signed: Vec<String> = signed.collect();
    let articles = u64::try_from(version.clauses.len()).unwrap_or_default();
    format!(
        "{} {} ({}): {}; {} {}",
        words.t("programme-version"),
        version.said.entry.short(),
        words.number(articles),
        words.t(state(view.standing(version))),
        words.t("programme-signed-by"),
        signed.join(words.comma()),
    )
}

fn cohort_line(words: Words, cohort: &CohortView) -> String {
    let values = cohort.said.values.as_ref();
    let text = |field| {
        values
            .and_then(|values| values.text(field))
            .unwrap_or_default()
    };
    let places = values.and_then(|values| values.number(PLACES));
    let places = places.map_or_else(String::new, |n| words.n("programme-places", n));
    let given = cohort
        .figures
        .as_ref()
        .and_then(|said| said.values.as_ref());
    let figure = |name: &str| {
        let field = FIGURES.fields.iter().find(|field| field.name == name)?;
        let count = u64::try_from(given?.number(name)?).ok()?;
        Some(format!(
            "{} {}",
            words.label(field.label),
            words.number(count)
        ))
    };
    let figures: Vec<String> = TALLY.iter().filter_map(|name| figure(name)).collect();
    format!(
        "{} · {places} · {}: {}",
        text("title"),
        text(PLACE),
        figures.join(words.comma())
    )
}

/// The agreement in force, else the clauses that are agreed so far: every article in each of its languages.
#[must_use]
pub fn agreement(words: Words, view: &ProgrammeView) -> String {
    let held = view.in_force();
    let clauses = held.map_or(&view.agreed, |version| &version.clauses);
    let stands = held.map_or("programme-draft", |_| "programme-version-signed");
    let mut out = format!("{}  {}\n", view.dossier.number, words.t(stands));
    if let Some(why) = super::unclear(words, view).filter(|_| held.is_none()) {
        let _infallible = writeln!(out, "{why}");
    }
    for clause in clauses.iter().filter_map(|id| view.clause(*id)) {
        let _infallible = writeln!(out, "\n{}", article(words, clause));
    }
    if let Some(digest) = held.and_then(|version| version.digest.as_deref()) {
        let _infallible = writeln!(out, "\n{} {digest}", words.t("programme-digest"));
    }
    out
}

fn article(words: Words, clause: &ClauseView) -> String {
    let Some(values) = clause.said.values.as_ref() else {
        return words.t("programme-not-readable");
    };
    let number = values.number(NUMBER).unwrap_or_default();
    let other = values.text(OTHER_LANG).and_then(Lang::parse);
    let both = values
        .lang
        .into_iter()
        .chain(other.filter(|other| values.lang != Some(*other)));
    let in_one = both.map(|lang| {
        let (heading, text) = said(values, lang);
        let article = Words::new(lang, words.numerals()).n("programme-article", number);
        let heading = heading.map_or_else(String::new, |heading| format!(" · {heading}"));
        format!("{article}{heading}\n{}", text.unwrap_or_default())
    });
    in_one.collect::<Vec<String>>().join("\n\n")
}
