//! Which language a text is in: by script, then by the commonest words.

use super::Lang;
use super::token::fold;

const FR: &[&str] = &[
    "le", "la", "les", "des", "du", "et", "est", "une", "dans", "pour", "sur", "que", "qui", "ont",
    "sont", "aux", "leur", "leurs", "avec", "nous", "de", "en", "au", "par", "ou", "un", "se",
    "sa", "son", "ses", "ce", "cette", "sera", "seront", "ils", "elles", "il", "elle", "ete", "d",
    "l",
];
const EN: &[&str] = &[
    "the", "and", "of", "to", "in", "is", "are", "for", "that", "with", "on", "by", "we", "have",
    "our", "their", "will", "from", "as", "or", "an", "be", "this", "its", "they", "was", "were",
    "not", "which", "it", "each", "at", "has", "shall", "all", "both", "but",
];

/// Letters looked at; the rest of a long text says nothing new.
const SAMPLE: usize = 40_000;

/// The language, if it is one of the three.
pub(super) fn detect(text: &str) -> Option<Lang> {
    let (mut arabic, mut latin) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE) {
        match c {
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => arabic += 1,
            c if c.is_ascii() || ('\u{00C0}'..='\u{024F}').contains(&c) => latin += 1,
            _ => {}
        }
    }
    if arabic > 0 && arabic * 2 >= latin {
        return Some(Lang::Ar);
    }
    let (mut fr, mut en) = (0_usize, 0_usize);
    let end = text
        .char_indices()
        .nth(SAMPLE)
        .map_or(text.len(), |(i, _)| i);
    for word in text
        .get(..end)
        .unwrap_or(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
    {
        let word = fold(word);
        fr += usize::from(FR.contains(&word.as_str()));
        en += usize::from(EN.contains(&word.as_str()));
    }
    match fr.cmp(&en) {
        _ if fr + en == 0 => None,
        std::cmp::Ordering::Greater => Some(Lang::Fr),
        _ => Some(Lang::En),
    }
}
