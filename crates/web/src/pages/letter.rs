//! The letter to a person who exercised a right: a page to print, in the person's language, from codes and the officer's paragraphs.
//!
//! Neither name nor address of the person is in it: they are written on paper, since no node needs them.

use super::id;
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::{Digits, Words};
use crate::layout::dot;
use crate::parts::prose;
use crate::time::civil_day;
use axum::extract::Path;
use entente_app::views::{LetterView, Told};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::kinds::rights;
use entente_core::label::Label;
use maud::{Markup, html};

/// The letter's page.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let letter = cx.run(move |app, me| app.letter(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        @match &letter {
            None => section.calm { h1 { (words.t("letter")) } p { (words.t("letter-none")) } },
            Some(letter) => {
                (above(&cx, letter))
                (paper(Words::new(letter.lang, words.numerals()), letter))
            }
        }
    };
    cx.page(&words.t("letter"), &main)
}

/// What the officer reads before printing; it is not on paper.
fn above(cx: &Cx, letter: &LetterView) -> Markup {
    let words = cx.words;
    html! {
        aside.note {
            p { (words.t("letter-print")) " " (words.t("letter-recorded")) (dot()) a href=(format!("/entries/{}", letter.entry)) { (words.t("letter-from")) } }
            @if letter.untranslated() {
                p.alert { strong { (words.t("letter-untranslated")) } " "
                    a href=(format!("/dossiers/{}/write/translation?of={}", letter.dossier.id, letter.entry)) { (words.t("translate")) } }
            }
        }
    }
}

fn paper(words: Words, letter: &LetterView) -> Markup {
    let lang = letter.lang;
    html! {
        article.letter lang=(lang) dir=(lang.dir()) {
            header {
                p { bdi { (letter.service) } }
                p { (words.t("letter-ref")) " " bdi.number { (letter.dossier.number) } (dot()) (day(words, letter.at)) }
            }
            p.addressee { (words.t("letter-to")) " " span.blank {} }
            h1 { (words.t("letter-subject")) " " (right(words, letter)) }
            p { (words.t("letter-salutation")) }
            p { (words.s("letter-received", &civil_day(words, &letter.received))) }
            p.said { strong { (said(words, &letter.told)) } }
            @if let Some((written, text)) = &letter.words { (prose(*written, text)) }
            (remedies(words, &letter.told))
            footer { p { (words.t("letter-sign")) " " bdi { (letter.service) } } p.blank {} }
        }
    }
}

fn right(words: Words, letter: &LetterView) -> String {
    let known = rights::rights().into_iter();
    let label = known.into_iter().find(|(code, _)| *code == letter.right);
    label.map_or_else(
        || format!("\u{2068}{}\u{2069}", letter.right),
        |(_, label)| words.label(label).to_owned(),
    )
}

/// The day of an instant, in UTC.
fn day(words: Words, at: Instant) -> String {
    let civil = at.to_civil();
    civil_day(words, civil.get(..10).unwrap_or_default())
}

/// What was decided, in sentences of the person's language; what was typed is isolated, whichever way it runs.
fn said(words: Words, told: &Told) -> String {
    let decided = |code: &str| match code {
        "granted" => words.t("letter-granted"),
        "in_part" => words.t("letter-in-part"),
        "no_data" => words.t("letter-no-data"),
        "desisted" => words.t("letter-desisted"),
        _ => words.t("letter-transferred"),
    };
    match told {
        Told::Decided(code, None) => decided(code),
        Told::Decided(code, Some(authority)) => format!(
            "{} {} \u{2068}{authority}\u{2069}.",
            decided(code),
            words.t("letter-competent")
        ),
        Told::Refused(ground) => format!(
            "{} {} {}.",
            words.t("letter-refused"),
            words.t("letter-ground"),
            words.label(ground_label(ground.as_str(), ground.label()))
        ),
        Told::Neither => words.t("letter-neither"),
        Told::Extended(until, reason) => format!(
            "{} {} {}.",
            words.s("letter-extended", &day(words, *until)),
            words.t("letter-reason"),
            words.label(reason.label())
        ),
    }
}

/// The letter as plain text, for a command line: the same sentences as on paper, in the person's language.
#[must_use]
pub fn plain(letter: &LetterView) -> String {
    let words = Words::new(letter.lang, Digits::Latin);
    let (number, received) = (&letter.dossier.number, civil_day(words, &letter.received));
    let mut lines = vec![
        letter.service.to_string(),
        format!(
            "{} {number} · {}",
            words.t("letter-ref"),
            day(words, letter.at)
        ),
        words.t("letter-to"),
        format!("{} {}", words.t("letter-subject"), right(words, letter)),
        words.t("letter-salutation"),
        words.s("letter-received", &received),
        said(words, &letter.told),
    ];
    lines.extend(letter.words.iter().map(|(_, text)| text.clone()));
    lines.push(words.t("letter-remedies"));
    let remedies = remedies_said(words, &letter.told).into_iter();
    lines.extend(remedies.map(|remedy| format!("- {remedy}")));
    lines.push(format!("{} {}", words.t("letter-sign"), letter.service));
    lines.join("\n\n") + "\n"
}

/// A ground in the words that the law of data protection has for it.
fn ground_label(code: &str, otherwise: Label) -> Label {
    let known = rights::grounds()
        .into_iter()
        .find(|(name, _)| *name == code);
    known.map_or(otherwise, |(_, label)| label)
}

/// To whom the person may turn: authorities by function. Where nothing is confirmed, the supervisory authority checks in their place.
fn remedies_said(words: Words, told: &Told) -> [String; 3] {
    let authority = match told {
        Told::Neither => words.t("letter-remedy-indirect"),
        _ => words.t("letter-remedy-authority"),
    };
    let court = words.t("letter-remedy-court");
    [authority, court, words.t("letter-remedy-both")]
}

fn remedies(words: Words, told: &Told) -> Markup {
    html! {
        section.remedies {
            h2 { (words.t("letter-remedies")) }
            ul { @for remedy in remedies_said(words, told) { li { (remedy) } } }
        }
    }
}

/// The way to the letter, on the page of its dossier.
pub fn way(words: Words, dossier: DossierId, kind: &str) -> Markup {
    html! { @if kind == rights::NAME { p.ways { a.button href=(format!("/dossiers/{dossier}/letter")) { (words.t("letter")) } } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::codes::Ground;
    use entente_core::label::Lang;

    /// Neither the sentence nor the remedies tell on which ground nothing is said, or that there are data.
    #[test]
    fn what_is_neither_confirmed_nor_denied_is_not_told_by_other_words() {
        for lang in Lang::ALL {
            let words = Words::new(lang, Digits::Latin);
            let paper = html! { (said(words, &Told::Neither)) (remedies(words, &Told::Neither)) };
            let paper = paper.into_string();
            for ground in Ground::ALL {
                let label = ground_label(ground.as_str(), ground.label());
                assert!(!paper.contains(words.label(label)), "{lang} {ground}");
                assert!(
                    !paper.contains(words.label(ground.label())),
                    "{lang} {ground}"
                );
            }
            let refused = said(words, &Told::Refused(Ground::Jeopardises));
            let label = ground_label("jeopardises", Ground::Jeopardises.label());
            assert!(refused.contains(words.label(label)), "{lang}");
            assert!(!refused.contains(&words.t("letter-neither")), "{lang}");
        }
    }
}
