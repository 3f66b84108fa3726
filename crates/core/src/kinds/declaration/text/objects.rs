//! What a statement promises: one commitment, or several when one verb of promising has objects of different topics.

use super::classify::{Scope, infinitive};
use super::due;
use super::propose::Classified;
use super::split::{is_pause, trim_end};
use super::topic::{self, Topic};
use super::{Act, Actor, Class, Commitment, Lang, ObligationType, Paragraph, cut};

/// Longest title in characters.
const TITLE: usize = 120;
/// A title is not cut at a comma before so many characters.
const CLAUSE: usize = 30;
/// Words that open a clause which a long title can do without.
const OPENERS: &[&str] = &[
    "afin ",
    "ainsi que ",
    "dans le cadre ",
    "en vue ",
    "lorsqu",
    "notamment ",
    "pour ",
    "qui ",
    "tout en ",
    "and to ",
    "as well as ",
    "in order to ",
    "including ",
    "so as to ",
    "that ",
    "which ",
    "while ",
    "with a view ",
    "التي ",
    "الذي ",
    "بما في ذلك ",
    "في إطار ",
    "قصد ",
    "من أجل ",
];
/// Characters of the longest of them.
const LONGEST_OPENER: usize = 14;

/// The commitments proposed for a statement: none for a position.
pub(super) fn commitments(
    scope: &Scope,
    paragraph: &Paragraph,
    index: usize,
    c: &Classified,
    date: Option<&str>,
) -> Vec<Commitment> {
    let class = match c.statement.act {
        Act::Commits if !c.introduces => Class::Commitment,
        Act::Reaffirms if c.restates => Class::Reaffirmation,
        Act::StudiesTowards => Class::StudiesTowards,
        Act::CallsOn => Class::Appeal,
        _ => return Vec::new(),
    };
    let parts = if class == Class::Commitment && !c.inherited {
        parts(scope, c)
    } else {
        Vec::new()
    };
    if parts.len() < 2 {
        return vec![one(
            scope,
            paragraph,
            (index, class),
            c,
            (c.range, title_start(scope, class, c)),
            date,
        )];
    }
    parts
        .into_iter()
        .map(|p| one(scope, paragraph, (index, class), c, (p, p.0), date))
        .collect()
}

fn one(
    scope: &Scope,
    paragraph: &Paragraph,
    what: (usize, Class),
    c: &Classified,
    place: ((usize, usize), usize),
    date: Option<&str>,
) -> Commitment {
    let ((from, to), title_from) = place;
    let start = scope.tokens.get(from).map_or(0, |t| t.start);
    let end = to
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .map_or(start, |t| t.end);
    let text = cut(&paragraph.text, start, end).to_owned();
    let title_at = scope
        .tokens
        .get(title_from)
        .map_or(start, |t| t.start)
        .clamp(start, end);
    let owners = match &c.statement.speaker {
        Actor::Unknown => Actor::Both,
        known => known.clone(),
    };
    Commitment {
        paragraph: paragraph.number,
        statement: what.0,
        class: what.1,
        obligation: if what.1 == Class::Appeal {
            ObligationType::Report
        } else {
            ObligationType::Act
        },
        title: title(cut(&paragraph.text, title_at, end)),
        text,
        start,
        end,
        topic: topic::of(
            scope.lang,
            scope.tokens.get(title_from.max(from)..to).unwrap_or(&[]),
        ),
        because: c.statement.because.clone(),
        owners,
        due: due::find(scope.lang, &paragraph.text, scope.tokens, (from, to), date),
    }
}

/// Where the title starts: at the object of a promise, at the verb of anything else.
fn title_start(scope: &Scope, class: Class, c: &Classified) -> usize {
    let words = scope.lex.words;
    match class {
        Class::Commitment => c.object.min(c.range.1.saturating_sub(1)),
        Class::Reaffirmation => (c.object..c.object + 4)
            .find(|i| {
                scope
                    .tokens
                    .get(*i)
                    .is_some_and(|t| words.object_marks.contains(&t.norm.as_str()))
            })
            .map_or(c.object, |i| i + 1)
            .min(c.range.1.saturating_sub(1)),
        Class::StudiesTowards | Class::Appeal => {
            let first = c.statement.because.first().map_or(0, |b| b.start);
            scope.tokens.partition_point(|t| t.start < first)
        }
    }
}

/// Coordinated objects under one verb, as token ranges: joined again where neighbours are of one family of topics or of none.
fn parts(scope: &Scope, c: &Classified) -> Vec<(usize, usize)> {
    let (from, to) = (c.object, c.range.1);
    let mut starts = vec![from];
    starts.extend(
        (from + 3..to)
            .filter(|i| coordinated(scope, *i))
            .map(|i| object_start(scope, i)),
    );
    let mut joined: Vec<(usize, usize, Topic)> = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(to, |n| mark_before(scope, *n));
        let topic = topic::of(scope.lang, scope.tokens.get(*start..end).unwrap_or(&[]));
        match joined.last_mut() {
            Some(last)
                if topic == Topic::Other
                    || last.2 == Topic::Other
                    || last.2.family() == topic.family() =>
            {
                last.1 = end;
                if last.2 == Topic::Other {
                    last.2 = topic;
                }
            }
            _ => joined.push((*start, end, topic)),
        }
    }
    joined
        .into_iter()
        .map(|(s, e, _)| (s, trim_end(scope.tokens, s, e, scope.lex.words.actors.and)))
        .collect()
}

/// True at a mark ("de", "to") after "and" or a comma, with a verb after it.
fn coordinated(scope: &Scope, at: usize) -> bool {
    let (Some(mark), Some(before)) = (
        scope.tokens.get(at),
        at.checked_sub(1).and_then(|i| scope.tokens.get(i)),
    ) else {
        return false;
    };
    let words = scope.lex.words;
    if scope.lang == Lang::Ar {
        return matches!(mark.norm.as_str(), "وعلي" | "والي");
    }
    let linked = words.actors.and.contains(&before.norm.as_str()) || is_pause(before);
    let marked = words.object_marks.contains(&mark.norm.as_str());
    linked
        && marked
        && (at + 1..at + 4)
            .filter_map(|i| scope.tokens.get(i))
            .take(3)
            .any(|t| verb(scope.lang, scope.lex.words.imperatives, t))
        && scope
            .tokens
            .get(at + 1)
            .is_some_and(|t| !words.not_finite.contains(&t.norm.as_str()))
}

fn verb(lang: Lang, imperatives: &[&str], token: &super::token::Token) -> bool {
    match lang {
        Lang::Fr => infinitive(token),
        Lang::En => imperatives.contains(&token.norm.as_str()),
        Lang::Ar => true,
    }
}

fn object_start(scope: &Scope, mark: usize) -> usize {
    if scope.lang == Lang::Ar {
        mark
    } else {
        mark + 1
    }
}

fn mark_before(scope: &Scope, start: usize) -> usize {
    if scope.lang == Lang::Ar {
        start
    } else {
        start.saturating_sub(1)
    }
}

/// A title for a promise: the first clause of its text, at most 120 characters, beginning with a capital. What is longer ends where
/// a clause does, if one does.
pub fn title(text: &str) -> String {
    title_of(&without_marks(&without_date(text)))
}

/// A date between two commas bounds a promise and is no part of its title: "France will provide, before 30 June, twenty places".
fn without_date(text: &str) -> String {
    const DATES: &[&str] = &[
        "avant ",
        "d'ici ",
        "d’ici ",
        "au plus tard ",
        "dans un délai ",
        "dans les ",
        "before ",
        "by ",
        "within ",
        "no later ",
        "قبل ",
        "في أجل ",
        "داخل أجل ",
    ];
    let comma = |c: char| matches!(c, ',' | '،');
    let Some((head, rest)) = text.split_once(comma) else {
        return text.to_owned();
    };
    let dated = DATES.iter().any(|date| rest.trim_start().starts_with(date));
    match rest.split_once(comma).filter(|_| dated) {
        Some((_, tail)) if tail.trim().chars().count() > 3 => {
            format!("{} {}", head.trim_end(), tail.trim_start())
        }
        _ => text.to_owned(),
    }
}

/// "Prévenir la fraude et à démanteler": the preposition belonged to the verb that the title leaves out.
fn without_marks(text: &str) -> String {
    let verb = |word: &str| ["er", "ir", "re"].iter().any(|end| word.ends_with(end));
    let first = text.split_whitespace().next().unwrap_or_default();
    if !first.is_ascii() && !first.chars().any(char::is_alphabetic) || !verb(first) {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let mark = matches!(out.as_slice(), [.., and, mark] if and == "et" && (mark == "à" || mark == "de"));
        if mark && verb(word) {
            out.pop();
        }
        let elided = ["d'", "d’"].iter().find_map(|d| word.strip_prefix(d));
        let after = out.last().is_some_and(|last| last == "et");
        match elided.filter(|bare| after && verb(bare)) {
            Some(bare) => out.push(bare.to_owned()),
            None => out.push(word.to_owned()),
        }
    }
    out.join(" ")
}

fn title_of(text: &str) -> String {
    let mut out = String::new();
    let mut count = 0;
    let (mut space, mut clause) = (0, 0);
    let mut chars = text.trim_start().chars().peekable();
    while let Some(c) = chars.next() {
        let number = chars.peek().is_some_and(char::is_ascii_digit);
        let c = if c == '\n' { ' ' } else { c };
        if matches!(c, ';' | '؛') && count > 0
            || matches!(c, ',' | '،' | ':') && count >= CLAUSE && !number
        {
            return finish(&out);
        }
        if count == TITLE - 1 {
            let end = [clause, space].into_iter().find(|end| *end > 0);
            out.truncate(end.unwrap_or(out.len()));
            return format!("{}…", finish(&out));
        }
        if c == ' ' {
            space = out.len();
            let rest: String = chars.clone().take(LONGEST_OPENER).collect();
            if count >= CLAUSE && OPENERS.iter().any(|o| rest.starts_with(o)) {
                clause = space;
            }
        }
        if count == 0 {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        count = out.chars().count();
    }
    finish(&out)
}

fn finish(text: &str) -> String {
    let text = [" et", " and", " و", " de", " to"]
        .iter()
        .fold(text.trim_end(), |t, w| t.strip_suffix(w).unwrap_or(t));
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '،' | ':' | ';'))
        .to_owned()
}
