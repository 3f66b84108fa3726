//! Where statements begin and end in a sentence, and their spans in the paragraph.

use super::classify::{Hit, Scope, infinitive};
use super::clause::{ATTRIBUTION, REPORTS};
use super::split::{is_pause, trim_end};
use super::{Act, Actor, Because, Lang, Paragraph, Statement, cut};

/// Where each deciding verb's statement begins and ends.
pub(super) fn pieces<'h>(
    scope: &Scope,
    found: &'h [Hit],
    range: (usize, usize),
) -> Vec<(&'h Hit, (usize, usize))> {
    let words = scope.lex.words;
    let mut out: Vec<(&Hit, (usize, usize))> = Vec::new();
    let mut start = range.0;
    for (i, hit) in found.iter().enumerate() {
        let next = found.get(i + 1);
        let end = next.map_or(range.1, |n| boundary(scope, n, hit.end));
        let end = end.max(hit.end).min(range.1);
        let mut first = start.max(range.0);
        if i > 0 {
            first = hit.clause.min(hit.start).max(start);
        }
        start = end;
        // A bare report ("they confirmed that ...") is part of what it reports.
        let reported = next.is_some_and(|n| {
            hit.flags & REPORTS != 0
                && n.flags & ATTRIBUTION == 0
                && n.clause <= hit.end + 1
                && end <= hit.end + 1
        });
        if reported {
            start = first;
            continue;
        }
        let end = trim_end(
            scope.tokens,
            hit.end.saturating_sub(1).max(first),
            end,
            words.actors.and,
        );
        let previous_reported = i > 0 && first > range.0 && out.is_empty();
        out.push((hit, (if previous_reported { range.0 } else { first }, end)));
    }
    out
}

/// Where the statement before a verb ends: at its clause, before "and", "while", "noting that".
fn boundary(scope: &Scope, hit: &Hit, floor: usize) -> usize {
    let words = scope.lex.words;
    let mut at = if hit.clause < floor {
        hit.start
    } else {
        hit.clause.min(hit.start)
    };
    while at > floor {
        let Some(t) = scope.tokens.get(at - 1) else {
            break;
        };
        let opener =
            words.openers.contains(&t.norm.as_str()) || words.that.contains(&t.norm.as_str());
        if !(opener
            || is_pause(t)
            || words.actors.and.contains(&t.norm.as_str())
            || words.actors.articles.contains(&t.norm.as_str()) && t.norm.len() > 2)
        {
            break;
        }
        at -= 1;
    }
    at
}

/// The first word of an item after its own short title ("Public health – prevent ...").
pub(super) fn body_start(scope: &Scope, range: (usize, usize)) -> usize {
    let dash = (range.0 + 1..range.1.min(range.0 + 22)).find(|i| {
        scope
            .tokens
            .get(*i)
            .is_some_and(|t| matches!(t.norm.as_str(), "–" | "—" | ":"))
    });
    let mut at = dash.map_or(range.0, |d| d + 1);
    while at + 1 < range.1 && scope.tokens.get(at).is_some_and(|t| t.is_mark()) {
        at += 1;
    }
    at.min(range.1.saturating_sub(1))
}

/// True for an imperative, an infinitive or a noun of action at the start of an item.
pub(super) fn imperative(scope: &Scope, at: usize) -> bool {
    const NOUNS: &[&str] = &["dossier", "atelier", "calendrier"];
    let Some(token) = scope.tokens.get(at) else {
        return false;
    };
    let adverb = token.norm.ends_with("ly") && scope.lang == Lang::En;
    match scope.lang {
        _ if adverb => imperative(scope, at + 1),
        Lang::En => scope.lex.words.imperatives.contains(&token.norm.as_str()),
        Lang::Fr => {
            infinitive(token) && !NOUNS.contains(&token.norm.as_str())
                || matches!(token.norm.as_str(), "se" | "s'" | "mieux")
                    && scope.tokens.get(at + 1).is_some_and(infinitive)
        }
        Lang::Ar => scope
            .lex
            .words
            .imperatives
            .iter()
            .any(|w| token.is(&super::token::fold(w))),
    }
}

/// No words.
pub(super) fn nothing(paragraph: &Paragraph) -> Because {
    Because {
        paragraph: paragraph.number,
        start: 0,
        end: 0,
        text: String::new(),
    }
}

/// A statement of a token range, without an act yet.
pub(super) fn span(scope: &Scope, paragraph: &Paragraph, range: (usize, usize)) -> Statement {
    let start = scope.tokens.get(range.0).map_or(0, |t| t.start);
    let end = range
        .1
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .map_or(start, |t| t.end);
    Statement {
        act: Act::Notes,
        speaker: Actor::Unknown,
        addressee: None,
        text: cut(&paragraph.text, start, end).to_owned(),
        start,
        end,
        because: Vec::new(),
    }
}

/// The first of [`spans`].
pub(super) fn word_span(scope: &Scope, paragraph: &Paragraph, words: &[usize]) -> Option<Because> {
    spans(scope, paragraph, words).into_iter().next()
}

/// Deciding words as spans, neighbours joined.
pub(super) fn spans(scope: &Scope, paragraph: &Paragraph, words: &[usize]) -> Vec<Because> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for &at in words {
        let Some(t) = scope.tokens.get(at) else {
            continue;
        };
        match out.last_mut() {
            Some(last) if last.2 + 1 == at => (last.1, last.2) = (t.end, at),
            _ => out.push((t.start, t.end, at)),
        }
    }
    out.into_iter()
        .map(|(start, end, _)| Because {
            paragraph: paragraph.number,
            start,
            end,
            text: cut(&paragraph.text, start, end).to_owned(),
        })
        .collect()
}
