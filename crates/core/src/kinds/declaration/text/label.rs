//! The numbering that a paragraph brings along: "Article 2", "3.", "1)", "II.", "a)", "المادة 1", "٣-", bullets.

use super::cut;
use super::token::{digit, fold};

/// What kind of numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelKind {
    /// "Article 2", "Point 3", "المادة 1".
    Article,
    /// "3.", "1.2", "٣-".
    Number,
    /// "IV."
    Roman,
    /// "a)".
    Letter,
    /// A dash or a dot: no number.
    Bullet,
}

/// A label at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Kind.
    pub kind: LabelKind,
    /// As written.
    pub text: String,
    /// The same in every language; empty for bullets.
    pub key: String,
    /// First byte of what follows.
    pub rest: usize,
}

const HEADS: &[&str] = &[
    "article",
    "art",
    "point",
    "المادة",
    "الماده",
    "مادة",
    "ماده",
    "الفصل",
    "النقطة",
    "النقطه",
    "البند",
    "paragraphe",
    "paragraph",
    "commitment",
    "engagement",
];
const FIRST: &[&str] = &["premier", "first", "one", "الأولى", "الاولي", "الاول"];
const BULLETS: &[char] = &[
    '-', '–', '—', '•', '·', '*', '▪', '‣', '●', '◦', '○', '■', '►', '➢', '✓', '\u{F0B7}',
];

/// The label at the start of a line, if there is one.
pub(super) fn label(line: &str) -> Option<Label> {
    article(line)
        .or_else(|| bullet(line))
        .or_else(|| number(line))
        .or_else(|| roman(line))
        .or_else(|| letter(line))
}

fn article(line: &str) -> Option<Label> {
    let word_end = line
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(line.len());
    let head = fold(cut(line, 0, word_end));
    if !HEADS.iter().any(|h| fold(h) == head) {
        return None;
    }
    let after = cut(line, word_end, line.len());
    let gap: usize = after
        .chars()
        .take_while(|c| matches!(c, '.' | ' ' | '\u{a0}' | 'n' | 'º' | '°'))
        .map(char::len_utf8)
        .sum();
    let at = word_end + gap;
    let tail = cut(line, at, line.len());
    let (key, len) = digits(tail).or_else(|| {
        let end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let word = fold(cut(tail, 0, end));
        FIRST
            .iter()
            .any(|f| fold(f) == word)
            .then(|| ("1".to_owned(), end))
            .or_else(|| roman_value(cut(tail, 0, end)).map(|v| (v.to_string(), end)))
    })?;
    // "Article 23 bis"
    let mut end = at + len;
    let mut key = key;
    for suffix in [" bis", " ter", " quater"] {
        if cut(line, end, line.len()).starts_with(suffix) {
            end += suffix.len();
            key.push_str(suffix.trim_start());
        }
    }
    let rest = end + separators(cut(line, end, line.len()));
    let bounded = line
        .get(end..)
        .and_then(|r| r.chars().next())
        .is_none_or(|c| !c.is_alphanumeric());
    bounded.then(|| Label {
        kind: LabelKind::Article,
        text: cut(line, 0, end).trim().to_owned(),
        key,
        rest,
    })
}

fn separators(text: &str) -> usize {
    text.chars()
        .take_while(|c| matches!(c, '.' | ':' | ')' | '-' | '–' | '—' | ' ' | '\u{a0}'))
        .map(char::len_utf8)
        .sum()
}

/// Digits with inner dots ("1.2"), as ASCII, and their length in bytes. At most four digits a part.
fn digits(text: &str) -> Option<(String, usize)> {
    let mut key = String::new();
    let mut len = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(d) = digit(c) {
            key.push(d);
            len += c.len_utf8();
        } else if c == '.' && !key.is_empty() && chars.peek().copied().and_then(digit).is_some() {
            key.push('.');
            len += 1;
        } else {
            break;
        }
    }
    let fits = !key.is_empty() && key.len() <= 12 && key.split('.').all(|p| p.len() <= 3);
    fits.then_some((key, len))
}

fn bullet(line: &str) -> Option<Label> {
    let c = line.chars().next().filter(|c| BULLETS.contains(c))?;
    let after = cut(line, c.len_utf8(), line.len());
    let spaces: usize = after
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(char::len_utf8)
        .sum();
    (spaces > 0 || !matches!(c, '-' | '*')).then(|| Label {
        kind: LabelKind::Bullet,
        text: c.to_string(),
        key: String::new(),
        rest: c.len_utf8() + spaces,
    })
}

/// A label needs a closing mark and a space after it: "12 mars" and "3,5" are no labels.
fn closed(line: &str, end: usize, marks: &[char], open: bool) -> Option<usize> {
    let after = cut(line, end, line.len());
    let mark = after.chars().next().filter(|c| marks.contains(c))?;
    let mut len = mark.len_utf8();
    // ".-", ".)" and the like.
    if let Some(second) = cut(after, len, after.len())
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | ')' | '–' | '°'))
    {
        len += second.len_utf8();
    }
    let spaces: usize = cut(after, len, after.len())
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(char::len_utf8)
        .sum();
    (spaces > 0 || end + len == line.len() || open).then_some(end + len + spaces)
}

fn number(line: &str) -> Option<Label> {
    let open = line.starts_with('(') || line.starts_with('§');
    let at = if open {
        line.chars().next()?.len_utf8()
            + usize::from(cut(line, 0, line.len()).chars().nth(1) == Some(' '))
    } else {
        0
    };
    let (key, len) = digits(cut(line, at, line.len()))?;
    let rest = if line.starts_with('§') {
        at + len + separators(cut(line, at + len, line.len()))
    } else if key.contains('.') && cut(line, at + len, line.len()).starts_with(' ') {
        at + len + 1
    } else {
        closed(line, at + len, &['.', ')', '-', '–', ':', '°', '/'], false)?
    };
    // A year is no label.
    (key.len() < 4 || key.contains('.')).then(|| Label {
        kind: LabelKind::Number,
        text: cut(line, 0, rest).trim().to_owned(),
        key,
        rest,
    })
}

fn roman_value(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in text.chars().rev() {
        let v = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        };
        if v < last {
            total -= i32::from(v != 0) * v
        } else {
            total += v
        }
        last = v.max(last);
    }
    u32::try_from(total).ok().filter(|t| (1..=60).contains(t))
}

fn roman(line: &str) -> Option<Label> {
    let end = line
        .find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L'))
        .unwrap_or(line.len());
    if end > 8 {
        return None;
    }
    let value = roman_value(cut(line, 0, end))?;
    let rest = closed(line, end, &['.', ')', '-', '–', ':'], false).or_else(|| {
        closed(
            line,
            end + usize::from(cut(line, end, line.len()).starts_with(' ')),
            &['-', '–', '.'],
            false,
        )
    })?;
    Some(Label {
        kind: LabelKind::Roman,
        text: cut(line, 0, rest).trim().to_owned(),
        key: value.to_string(),
        rest,
    })
}

fn letter(line: &str) -> Option<Label> {
    const ARABIC: &str = "أابتثجحخده";
    let open = line.starts_with('(');
    let at = usize::from(open);
    let c = cut(line, at, line.len()).chars().next()?;
    let latin = c.is_ascii_lowercase();
    if !latin && !ARABIC.contains(c) {
        return None;
    }
    let marks: &[char] = if latin {
        &[')']
    } else {
        &[')', '-', '.', '–']
    };
    let rest = closed(line, at + c.len_utf8(), marks, false).or_else(|| {
        latin
            .then(|| closed(line, at + c.len_utf8(), &['.'], false))
            .flatten()
            .filter(|_| c != 'a' || !open)
    })?;
    let key = if latin {
        c.to_string()
    } else {
        arabic_letter(c)
    };
    Some(Label {
        kind: LabelKind::Letter,
        text: cut(line, 0, rest).trim().to_owned(),
        key,
        rest,
    })
}

/// أ is a, ب is b, ج is c, د is d, ه is e: the order of the letters used for numbering.
fn arabic_letter(c: char) -> String {
    match c {
        'أ' | 'ا' => "a",
        'ب' => "b",
        'ج' | 'ت' => "c",
        'د' | 'ث' => "d",
        'ه' => "e",
        _ => "f",
    }
    .to_owned()
}
