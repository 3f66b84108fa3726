//! Full text: keyed tokens instead of words, the same on every database, erased row by row (DESIGN section 7).
//!
//! It hides words from a thief of the disk, not from a holder of the key. French, Arabic and English are stemmed; any other
//! script is searched as written. Searching finds entries of dossiers one belongs to, never a list of persons.

use crate::App;
use crate::error::Result;
use crate::files::FILES;
use crate::lexicon::words;
use entente_core::field::Values;
use entente_core::ids::NodeName;
use entente_core::label::Lang;
use entente_store::sqlite::REINDEX;
use entente_store::{StoreExt, Write};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Most tokens kept of one entry.
const MAX_TOKENS: usize = 4_000;
/// Most words of a query.
const MAX_QUERY: usize = 8;

impl App {
    /// Tokens of an entry's free text, ascending. Costs more than everything else about an entry: call it outside a transaction.
    pub(crate) fn tokens(&self, values: &Values) -> Vec<[u8; 8]> {
        let texts = values.values.iter().filter(|(n, _)| *n != FILES);
        let texts: Vec<_> = texts.map(|(_, value)| value.display()).collect();
        let mut tokens = self.inner.lexicon.tokens(
            words(texts.iter().map(String::as_str), MAX_TOKENS).into_iter(),
            values.lang,
            |stem| self.token(stem),
        );
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// Tokens of a query: each word under every stemmer, so that the language of the text need not be known.
    pub(crate) fn query_tokens(&self, text: &str, lang: Lang) -> Vec<[u8; 8]> {
        stems(text, Some(lang))
            .into_iter()
            .take(MAX_QUERY)
            .map(|stem| self.token(&stem))
            .collect()
    }

    /// Rebuilds the index after a restore: backups hold no tokens (rule 6).
    pub(crate) fn rebuild_index(&self) -> Result<()> {
        let wanted = self.inner.store.view("reindex", |tx| {
            Ok::<_, crate::AppError>(tx.setting(REINDEX)?.as_deref() == Some(&[1][..]))
        })?;
        if !wanted {
            return Ok(());
        }
        let mut position = 0;
        loop {
            let app = self.clone();
            let last = self
                .inner
                .store
                .update("reindex", move |tx| app.reindex_some(tx, position))?;
            match last {
                Some(reached) => position = reached,
                None => break,
            }
        }
        self.inner.store.update("reindexed", |tx| {
            Ok::<_, crate::AppError>(tx.set_setting(REINDEX, &[])?)
        })
    }

    /// Indexes a stretch of entries after a position; where it ended, or nothing when all are done.
    fn reindex_some(&self, tx: &mut dyn Write, after: u64) -> Result<Option<u64>> {
        let rows = tx.entries_since(after, 500)?;
        for row in rows.iter().filter(|r| r.verdict == 0) {
            if let Some(values) = self.values_of(tx.as_read(), row)? {
                tx.put_tokens(row.dossier, row.id, &self.tokens(&values))?;
            }
        }
        Ok(rows.last().map(|r| r.position))
    }

    fn token(&self, stem: &str) -> [u8; 8] {
        let digest = entente_proof::digest::tagged(
            "entente/token/1",
            &[&self.inner.keys.index, stem.as_bytes()],
        );
        digest.0.first_chunk().copied().unwrap_or_default()
    }
}

/// Stems of a text in order, each once.
pub(crate) fn stems(text: &str, lang: Option<Lang>) -> Vec<String> {
    let stemmers = Stemmers::of(lang);
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for stem in words_in(text).filter_map(|word| stemmers.stem(word)) {
        if seen.insert(stem.clone()) {
            out.push(stem);
        }
    }
    out
}

/// The words of a text as written.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
}

/// Arabic script is always stemmed as Arabic; Latin script by the language stated, French if none is.
pub(crate) struct Stemmers {
    latin: Stemmer,
    arabic: Stemmer,
}

impl Stemmers {
    pub(crate) fn of(lang: Option<Lang>) -> Self {
        let latin = if lang == Some(Lang::En) {
            Algorithm::English
        } else {
            Algorithm::French
        };
        Self {
            latin: Stemmer::create(latin),
            arabic: Stemmer::create(Algorithm::Arabic),
        }
    }

    /// The stem of a word; none of a single letter.
    pub(crate) fn stem(&self, word: &str) -> Option<String> {
        let word: String = word.to_lowercase();
        if word.chars().count() < 2 {
            return None;
        }
        Some(if word.chars().any(is_arabic) {
            self.arabic.stem(&fold_arabic(&word)).into_owned()
        } else {
            fold_latin(&self.latin.stem(&word))
        })
    }
}

/// A number as people type it: `MA-12`, `ma 12`, `ma12`, `12`, in either habit of writing digits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    node: Option<NodeName>,
    pub number: u32,
}

impl Wanted {
    /// Reads a query; nothing unless the whole of it is a number.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let latin: String = text.trim().chars().map(latin_digit).collect();
        let head = latin.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = latin.get(head.len()..)?.parse().ok()?;
        let name = head.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let node = match name {
            "" => None,
            name => Some(name.to_lowercase().parse().ok()?),
        };
        Some(Self { node, number })
    }

    /// Whether this is the number meant, such as `MA-12`.
    pub(crate) fn fits(&self, number: &str) -> bool {
        let wanted = self.number.to_string();
        match &self.node {
            Some(node) => number.eq_ignore_ascii_case(&format!("{node}-{wanted}")),
            None => number.rsplit('-').next() == Some(&wanted),
        }
    }
}

fn latin_digit(c: char) -> char {
    let digit = ['\u{0660}', '\u{06f0}'].into_iter().find_map(|zero| {
        u32::from(c)
            .checked_sub(u32::from(zero))
            .filter(|d| *d < 10)
    });
    digit.and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
}

fn is_mark(c: char) -> bool {
    ('\u{064b}'..='\u{0652}').contains(&c) || c == '\u{0640}'
}

fn is_arabic(c: char) -> bool {
    ('\u{0600}'..='\u{06ff}').contains(&c)
}

/// One form for letters that writers exchange, no vowel signs, no tatweel, no joined "and".
fn fold_arabic(word: &str) -> String {
    let folded: String = word
        .nfkc()
        .filter(|c| !is_mark(*c))
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            other => other,
        })
        .collect();
    match folded.strip_prefix('و') {
        Some(rest) if rest.chars().count() > 3 => rest.to_owned(),
        _ => folded,
    }
}

fn fold_latin(word: &str) -> String {
    word.nfd()
        .filter(|c| !('\u{0300}'..='\u{036f}').contains(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text: &str| Wanted::read(text);
        for text in ["MA-12", "ma 12", "ma12", " ma-١٢ ", "ma ۱۲"] {
            let wanted = read(text).expect(text);
            assert!(wanted.fits("MA-12") && !wanted.fits("FR-12"), "{text}");
            assert!(!wanted.fits("MA-112"), "{text}");
        }
        let bare = read("12").unwrap();
        assert!(bare.fits("MA-12") && bare.fits("FR-12") && !bare.fits("FR-2"));
        for text in ["", "ma", "ma 12 b", "12 ma", "é 12", "99999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn words_meet_across_forms_in_three_languages() {
        assert_eq!(
            stems("enquêtes", Some(Lang::Fr)),
            stems("enquete", Some(Lang::Fr))
        );
        assert_eq!(
            stems("rescues", Some(Lang::En)),
            stems("rescue", Some(Lang::En))
        );
        assert_eq!(stems("الارهاب", None), stems("الإرهاب", None));
        assert_eq!(stems("والتعاون", None), stems("التعاون", None));
        assert!(stems("! ? , .", None).is_empty());
    }
}
