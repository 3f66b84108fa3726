//! Lines that are no paragraphs: dates, sources, preambles.

use super::clause::lexicon;
use super::day::{Day, whole_date};
use super::{Lang, actors, cut, token};

/// The first `chars` characters.
pub(super) fn cut_at(text: &str, chars: usize) -> &str {
    text.char_indices()
        .nth(chars)
        .map_or(text, |(i, _)| cut(text, 0, i))
}

/// A preamble ends where the articles begin.
pub(super) fn is_preamble(title: &str) -> bool {
    ["preambule", "preamble", "الديباجة", "ديباجة"]
        .iter()
        .any(|w| token::fold(title) == token::fold(w))
}

/// A line that names who published the text.
pub(super) fn is_source(text: &str) -> bool {
    const HEADS: &[&str] = &["source", "sources", "المصدر", "©"];
    let head = text
        .split([':', ' ', '\u{a0}'])
        .next()
        .map(token::fold)
        .unwrap_or_default();
    text.split(' ').count() <= 12
        && HEADS.iter().any(|h| token::fold(h) == head)
        && (text.contains(':') || text.starts_with('©'))
}

/// The date of a line that is nothing but a date.
pub(super) fn date_line(text: &str, language: Lang) -> Option<Day> {
    if text.len() > 200 {
        return None;
    }
    let tokens = token::tokens(text, language);
    let closing = tokens
        .first()
        .is_some_and(|t| t.any(&["fait", "done", "حرر"]))
        && tokens.len() <= 30;
    let day = whole_date(language, &tokens).filter(|_| closing || tokens.len() <= 14)?;
    (closing || only_date(&tokens, language)).then_some(day)
}

/// True when nothing but a date, its place and the words of a closing line are there.
fn only_date(tokens: &[token::Token], language: Lang) -> bool {
    const VERBS: &[&str] = &[
        "fait",
        "done",
        "signe",
        "signed",
        "حرر",
        "issued",
        "adopted",
        "le",
        "at",
        "on",
        "à",
        "in",
        "this",
        "day",
        "of",
        "the",
        "er",
        "st",
        "nd",
        "rd",
        "th",
        "par",
        "publie",
        "published",
        "en",
        "ب",
        "يوم",
        "في",
        "بتاريخ",
        "updated",
        "date",
        "president",
        "minister",
        "ministre",
    ];
    let mentions = actors::mentions(tokens, language, &lexicon(language).words.actors);
    let lower = tokens.iter().enumerate().filter(|(i, t)| {
        let named = mentions.iter().any(|m| m.start <= *i && *i < m.end);
        t.kind == token::TokenKind::Word
            && !t.capital
            && !named
            && !t.any(VERBS)
            && t.norm.is_ascii()
    });
    // What is left in small letters: the name of the month in French and at most a weekday.
    let most = match language {
        Lang::Fr => 2,
        _ => 0,
    };
    let words = tokens
        .iter()
        .filter(|t| t.kind == token::TokenKind::Word)
        .count();
    lower.count() <= most && words <= if language == Lang::Ar { 5 } else { 9 }
}
