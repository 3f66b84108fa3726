//! A small pattern language over tokens, in which the word lists of the three languages are written.
//!
//! A pattern is a row of elements separated by spaces: `a|b|c*` (one of these words, `*` for any ending), `~` (adverbs, clitics
//! and short parentheses may stand here), `<3>` (up to three words may stand here), `?x` (x may be missing). A word `@stem` of a
//! French list stands for the finite and participle forms of a verb in -er. Words are folded when a list is loaded, so that the
//! lists can be written with accents.

use super::token::{Token, TokenKind, fold};
use std::collections::BTreeMap;

/// One word of an element.
#[derive(Debug, Clone)]
enum Word {
    Exact(String),
    Prefix(String),
}

/// One element of a pattern.
#[derive(Debug, Clone)]
enum Element {
    Words(Vec<Word>),
    Optional(Vec<Word>),
    Adverbs,
    Any(usize),
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    elements: Vec<Element>,
}

/// What is skipped by `~`.
#[derive(Debug)]
pub(super) struct Fillers {
    /// Adverbs and clitics.
    pub words: &'static [&'static str],
    /// Endings of adverbs.
    pub endings: &'static [&'static str],
    /// Words with such an ending that are no adverbs.
    pub nouns: &'static [&'static str],
}

const ER_FORMS: &[&str] = &[
    "e", "es", "ee", "ees", "ent", "ons", "eons", "erent", "ait", "aient", "ant", "a",
];
/// Longest parenthesis that `~` skips, in tokens.
const PARENTHESIS: usize = 14;
/// Most words that `~` skips.
const ADVERBS: usize = 5;

fn word_list(element: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for alternative in element.split('|').filter(|a| !a.is_empty()) {
        if let Some(stem) = alternative.strip_prefix('@') {
            let stem = fold(stem);
            out.extend(ER_FORMS.iter().map(|f| Word::Exact(format!("{stem}{f}"))));
        } else if let Some(prefix) = alternative.strip_suffix('*') {
            out.push(Word::Prefix(fold(prefix)));
        } else if alternative == "à" {
            out.push(Word::Exact(alternative.to_owned()));
        } else {
            out.push(Word::Exact(fold(alternative)));
        }
    }
    out
}

impl Word {
    fn matches(&self, token: &Token) -> bool {
        match self {
            Self::Exact(w) => token.is(w),
            Self::Prefix(p) => token.kind == TokenKind::Word && token.begins(p),
        }
    }
}

impl Pattern {
    /// Compiles a pattern.
    pub(super) fn new(source: &str) -> Self {
        let elements = source
            .split_whitespace()
            .map(|e| {
                if e == "~" {
                    Element::Adverbs
                } else if let Some(n) = e.strip_prefix('<').and_then(|r| r.strip_suffix('>')) {
                    Element::Any(n.parse().unwrap_or(1))
                } else if let Some(rest) = e.strip_prefix('?') {
                    Element::Optional(word_list(rest))
                } else {
                    Element::Words(word_list(e))
                }
            })
            .collect();
        Self { elements }
    }

    /// Matches at a token; gives the tokens that matched words (not those skipped), the last one ending the match.
    pub(super) fn at(
        &self,
        tokens: &[Token],
        start: usize,
        fillers: &Fillers,
    ) -> Option<Vec<usize>> {
        let mut matched = Vec::new();
        step(&self.elements, tokens, start, fillers, &mut matched).then_some(matched)
    }

    fn first_words(&self) -> Vec<&Word> {
        let mut out = Vec::new();
        for element in &self.elements {
            match element {
                Element::Words(words) => {
                    out.extend(words);
                    break;
                }
                Element::Optional(words) => out.extend(words),
                Element::Adverbs | Element::Any(_) => {}
            }
        }
        out
    }
}

fn step(
    elements: &[Element],
    tokens: &[Token],
    at: usize,
    fillers: &Fillers,
    matched: &mut Vec<usize>,
) -> bool {
    let Some((element, rest)) = elements.split_first() else {
        return true;
    };
    match element {
        Element::Words(words) => {
            if !tokens
                .get(at)
                .is_some_and(|t| words.iter().any(|w| w.matches(t)))
            {
                return false;
            }
            matched.push(at);
            if step(rest, tokens, at + 1, fillers, matched) {
                return true;
            }
            matched.pop();
            false
        }
        Element::Optional(words) => {
            if tokens
                .get(at)
                .is_some_and(|t| words.iter().any(|w| w.matches(t)))
            {
                matched.push(at);
                if step(rest, tokens, at + 1, fillers, matched) {
                    return true;
                }
                matched.pop();
            }
            step(rest, tokens, at, fillers, matched)
        }
        Element::Adverbs => {
            let mut here = at;
            for _ in 0..=ADVERBS {
                if step(rest, tokens, here, fillers, matched) {
                    return true;
                }
                match skip_filler(tokens, here, fillers) {
                    Some(next) => here = next,
                    None => return false,
                }
            }
            false
        }
        Element::Any(n) => {
            for skipped in 0..=*n {
                let here = at + skipped;
                if step(rest, tokens, here, fillers, matched) {
                    return true;
                }
                if tokens
                    .get(here)
                    .is_none_or(|t| t.is_mark() && t.norm != ",")
                {
                    return false;
                }
            }
            false
        }
    }
}

/// True for an adverb, a clitic or an auxiliary of the list.
pub(super) fn is_filler(token: &Token, fillers: &Fillers) -> bool {
    token.kind == TokenKind::Word
        && (token.any(fillers.words)
            || fillers
                .endings
                .iter()
                .any(|e| token.norm.len() > e.len() + 2 && token.norm.ends_with(e))
                && !token.any(fillers.nouns))
}

/// The token after one adverb or one parenthesis at `at`.
pub(super) fn skip_filler(tokens: &[Token], at: usize, fillers: &Fillers) -> Option<usize> {
    let token = tokens.get(at)?;
    if is_filler(token, fillers) {
        return Some(at + 1);
    }
    let close = match token.norm.as_str() {
        "," | "،" => &[",", "،"][..],
        "(" => &[")"][..],
        "–" | "—" => &["–", "—"][..],
        _ => return None,
    };
    let end = (at + 1..=at + PARENTHESIS).find(|i| {
        tokens
            .get(*i)
            .is_some_and(|t| close.contains(&t.norm.as_str()))
    })?;
    Some(end + 1)
}

/// Patterns found by the first word, so that a long text costs one look per token.
#[derive(Debug)]
pub(super) struct Index {
    patterns: Vec<Pattern>,
    exact: BTreeMap<String, Vec<usize>>,
    prefix: BTreeMap<String, Vec<usize>>,
}

/// Letters of a prefix that the index looks at.
const PREFIX_LETTERS: usize = 2;

fn head(word: &str) -> String {
    word.chars().take(PREFIX_LETTERS).collect()
}

impl Index {
    /// Builds the index over patterns; results name their position in the list.
    pub(super) fn new(patterns: Vec<Pattern>) -> Self {
        let mut exact: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut prefix: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (id, pattern) in patterns.iter().enumerate() {
            for word in pattern.first_words() {
                let list = match word {
                    Word::Exact(w) => exact.entry(w.clone()).or_default(),
                    Word::Prefix(p) => prefix.entry(head(p)).or_default(),
                };
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        Self {
            patterns,
            exact,
            prefix,
        }
    }

    /// All matches that start at a token: position of the pattern in the list and the matched tokens.
    pub(super) fn at(
        &self,
        tokens: &[Token],
        start: usize,
        fillers: &Fillers,
    ) -> Vec<(usize, Vec<usize>)> {
        let Some(token) = tokens.get(start) else {
            return Vec::new();
        };
        let mut ids: Vec<usize> = Vec::new();
        for form in std::iter::once(&token.norm).chain(token.bare.iter()) {
            ids.extend(self.exact.get(form).into_iter().flatten());
            ids.extend(self.prefix.get(&head(form)).into_iter().flatten());
        }
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .filter_map(|id| {
                self.patterns
                    .get(id)?
                    .at(tokens, start, fillers)
                    .map(|m| (id, m))
            })
            .filter(|(_, m)| m.first() == Some(&start))
            .collect()
    }
}
