//! Sentences of a line, and where the pieces of a sentence begin and end.

use super::token::{Token, TokenKind};

/// Words that end in a dot without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "m", "mm", "mme", "mmes", "mlle", "dr", "pr", "mr", "mrs", "ms", "st", "no", "nos", "art",
    "al", "vs", "cf", "etc", "mgr", "me", "h", "gen", "col", "sen", "gov", "dept", "inc", "vol",
    "p", "pp", "par", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "e.g", "i.e", "s.e", "jr",
];

/// Longest sentence in tokens; what is longer is no sentence, and is cut so that the work stays in proportion.
const LONGEST: usize = 2_000;

/// Token ranges of the sentences of `tokens[from..to]`.
pub(super) fn sentences(tokens: &[Token], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = from;
    for at in from..to {
        let Some(token) = tokens.get(at) else { break };
        let stop = match token.norm.as_str() {
            _ if at.saturating_sub(start) >= LONGEST => true,
            "." | "…" => ends_sentence(tokens, at, to),
            "!" | "?" | "؟" => true,
            _ => false,
        };
        if stop {
            let end = closing_quotes(tokens, at + 1, to);
            if end > start {
                out.push((start, end));
            }
            start = start.max(end);
        }
    }
    if start < to {
        out.push((start, to));
    }
    out
}

fn closing_quotes(tokens: &[Token], at: usize, to: usize) -> usize {
    let mut end = at;
    while end < to
        && tokens
            .get(end)
            .is_some_and(|t| matches!(t.norm.as_str(), "”" | "»" | "\"" | ")" | "’"))
    {
        end += 1;
    }
    end
}

fn ends_sentence(tokens: &[Token], at: usize, to: usize) -> bool {
    let (Some(dot), Some(before)) = (
        tokens.get(at),
        at.checked_sub(1).and_then(|i| tokens.get(i)),
    ) else {
        return true;
    };
    let Some(next) = tokens.get(at + 1).filter(|_| at + 1 < to) else {
        return true;
    };
    let touching = next.start == dot.end;
    if touching && next.kind != TokenKind::Mark {
        return false;
    }
    let initial =
        before.capital && before.end - before.start == 1 && before.kind == TokenKind::Word;
    let abbreviation =
        before.kind == TokenKind::Word && ABBREVIATIONS.contains(&before.norm.as_str());
    if (initial || abbreviation) && before.end == dot.start {
        return false;
    }
    // A small Latin letter continues the sentence; Arabic has no capitals.
    !(next.kind == TokenKind::Word && next.bare.is_empty() && !next.capital && next.norm.is_ascii())
}

/// True for the marks that part clauses.
pub(super) fn is_pause(token: &Token) -> bool {
    matches!(
        token.norm.as_str(),
        "," | ";" | ":" | "،" | "؛" | "–" | "—" | "(" | ")"
    )
}

/// Moves the end of a token range back over marks and conjunctions.
pub(super) fn trim_end(tokens: &[Token], start: usize, mut end: usize, and: &[&str]) -> usize {
    while end > start + 1 {
        let Some(last) = tokens.get(end - 1) else {
            break;
        };
        let loose = is_pause(last) && last.norm != ")"
            || (last.kind == TokenKind::Word
                && last.bare.is_empty()
                && and.contains(&last.norm.as_str()));
        if !loose {
            break;
        }
        end -= 1;
    }
    end
}
