//! Words with their place: tokens in a form that is compared (no case, no accents, no Arabic marks), spans in the original.

use super::{Lang, cut};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    Mark,
}

/// A word, a number or a mark.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Compared form.
    pub norm: String,
    /// Arabic: the form without joined particles and article, nearest first.
    pub bare: Vec<String>,
    /// Kind.
    pub kind: TokenKind,
    /// True if the first letter is a capital.
    pub capital: bool,
    /// True for a regular French participle, by its accent: folding takes it away ("créée", "élaborés").
    pub acute: bool,
}

impl Token {
    /// True if one of the token's forms is `word`.
    pub(super) fn is(&self, word: &str) -> bool {
        self.norm == word || self.bare.iter().any(|b| b == word)
    }

    /// True if one of the token's forms is in the list.
    pub(super) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.is(w))
    }

    /// True if one of the token's forms begins so.
    pub(super) fn begins(&self, prefix: &str) -> bool {
        self.norm.starts_with(prefix) || self.bare.iter().any(|b| b.starts_with(prefix))
    }

    /// True for a punctuation mark.
    pub(super) fn is_mark(&self) -> bool {
        self.kind == TokenKind::Mark
    }
}

const ELIDED: &[&str] = &[
    "l", "d", "s", "n", "c", "j", "m", "t", "qu", "lorsqu", "puisqu", "jusqu",
];

/// True for letters and for the marks written on or between Arabic letters.
fn in_word(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || c == '\u{0640}'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Invisible formatting characters that may stand inside words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{00AD}' | '\u{FEFF}')
}

/// The digit's value in ASCII or Arabic-Indic writing.
pub(super) fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// The compared form of a word: lower case, without accents, Arabic letters of one sound made one.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => out.push('\u{0627}'),
            '\u{0649}' | '\u{0626}' => out.push('\u{064A}'),
            '\u{0629}' => out.push('\u{0647}'),
            '\u{0624}' => out.push('\u{0648}'),
            '\u{0640}' => {}
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            c if is_combining_mark(c) || is_invisible(c) => {}
            c if is_apostrophe(c) => out.push('\''),
            c if is_hyphen(c) => out.push('-'),
            c => out.push(digit(c).unwrap_or(c)),
        }
    }
    out
}

/// Forms of an Arabic word without the joined particles (and, then, with, for, as) and without the article.
fn bare_forms(norm: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let mut add = |s: &str| {
        if s.chars().count() >= 2 && s != norm && !forms.iter().any(|f| f == s) {
            forms.push(s.to_owned());
        }
    };
    let mut stems = vec![norm.to_owned()];
    if norm.chars().count() >= 4
        && let Some(rest) = norm.strip_prefix(['و', 'ف'])
    {
        stems.push(rest.to_owned());
    }
    for stem in stems {
        add(&stem);
        if let Some(rest) = stem.strip_prefix("ال") {
            add(rest);
        }
        if let Some(rest) = stem.strip_prefix("لل") {
            add(rest);
        }
        if stem.chars().count() >= 4
            && let Some(rest) = stem.strip_prefix(['ب', 'ل', 'ك'])
        {
            add(rest);
            if let Some(rest) = rest.strip_prefix("ال") {
                add(rest);
            }
        }
    }
    forms
}

/// Splits a text into tokens.
pub(super) fn tokens(text: &str, lang: Lang) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        if c.is_whitespace() || is_invisible(c) {
            at += c.len_utf8();
            continue;
        }
        let (len, kind) = if digit(c).is_some() {
            (
                rest.chars()
                    .take_while(|c| digit(*c).is_some())
                    .map(char::len_utf8)
                    .sum(),
                TokenKind::Number,
            )
        } else if in_word(c) {
            (word_len(rest), TokenKind::Word)
        } else if is_apostrophe(c)
            && rest.chars().nth(1).is_some_and(in_word)
            && follows_word(&out, at)
        {
            let tail: usize = rest
                .chars()
                .skip(1)
                .take_while(|c| in_word(*c))
                .map(char::len_utf8)
                .sum();
            (c.len_utf8() + tail, TokenKind::Word)
        } else {
            (c.len_utf8(), TokenKind::Mark)
        };
        out.push(make(text, at, at + len, kind, lang));
        at += len;
    }
    out
}

fn follows_word(out: &[Token], at: usize) -> bool {
    out.last()
        .is_some_and(|t| t.end == at && t.kind == TokenKind::Word)
}

fn make(text: &str, start: usize, end: usize, kind: TokenKind, lang: Lang) -> Token {
    let raw = cut(text, start, end);
    // "à" the preposition must stay apart from "a" the auxiliary; a capital A alone is read as the preposition before a noun.
    let norm = if matches!(raw, "à" | "À") {
        "à".to_owned()
    } else {
        fold(raw)
    };
    let bare = if lang == Lang::Ar && kind == TokenKind::Word {
        bare_forms(&norm)
    } else {
        Vec::new()
    };
    Token {
        start,
        end,
        norm,
        bare,
        kind,
        capital: raw.chars().next().is_some_and(char::is_uppercase),
        acute: acute(raw),
    }
}

fn acute(raw: &str) -> bool {
    let stem = raw.strip_suffix('s').unwrap_or(raw);
    [stem, stem.strip_suffix('e').unwrap_or(stem)]
        .iter()
        .any(|end| end.ends_with('é') || end.ends_with("e\u{301}"))
}

/// Length in bytes of the word at the start of `rest`: elisions end after their apostrophe, abbreviations keep their dots,
/// hyphens join.
fn word_len(rest: &str) -> usize {
    if let Some(len) = abbreviation_len(rest) {
        return len;
    }
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = is_hyphen(c) && chars.peek().is_some_and(|n| in_word(*n));
        if in_word(c) || is_invisible(c) || joins {
            len += c.len_utf8();
        } else if is_apostrophe(c) && ELIDED.contains(&fold(cut(rest, 0, len)).as_str()) {
            return len + c.len_utf8();
        } else {
            break;
        }
    }
    len
}

/// "U.S.", "U.N.", "E.U.-": at least two single capitals each followed by a dot.
fn abbreviation_len(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut pairs = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_uppercase() && c.is_ascii() && chars.peek() == Some(&'.') {
            chars.next();
            len += 2;
            pairs += 1;
        } else if pairs >= 2 && is_hyphen(c) && chars.peek().is_some_and(|n| in_word(*n)) {
            return Some(len);
        } else {
            break;
        }
    }
    (pairs >= 2).then_some(len)
}
