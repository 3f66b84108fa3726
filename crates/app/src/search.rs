//! Full text: keyed tokens instead of words, the same on every database, erased row by row (DESIGN section 7).
//!
//! It hides words from a thief of the disk, not from a holder of the key. French, Arabic and English are stemmed; any other
//! script is searched as written. The stemmers are light: they take off endings and what is joined to a word, so that an Arabic
//! broken plural, whose letters change inside the word, is not found by its singular. Searching finds entries of dossiers one
//! belongs to, never a list of persons.

use crate::App;
use crate::error::Result;
use crate::files::FILES;
use crate::lexicon::words;
use entente_core::field::Values;
use entente_core::ids::NodeName;
use entente_core::kinds::investigation::compare::WORDLESS;
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
/// The Arabic article, which is written together with its noun.
const ARTICLE: &str = "ال";

impl App {
    /// Tokens of an entry's free text, ascending. Costs more than everything else about an entry: call it outside a transaction.
    pub(crate) fn tokens(&self, values: &Values) -> Vec<[u8; 8]> {
        let texts = values
            .values
            .iter()
            .filter(|(name, _)| *name != FILES && !WORDLESS.contains(&name.as_str()));
        let texts: Vec<_> = texts.map(|(_, value)| value.display()).collect();
        let words = words(texts.iter().map(String::as_str), MAX_TOKENS);
        let lexicon = &self.inner.lexicon;
        let mut tokens = lexicon.tokens(&words, values.lang, |stem| self.token(stem));
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// The words of a query, each as the tokens of its stems under every stemmer, so that the language of the text need not be
    /// known, nor be that of the reader's pages.
    pub(crate) fn query_words(&self, text: &str) -> Vec<Vec<[u8; 8]>> {
        let words = stems(text, MAX_QUERY).into_iter();
        words
            .map(|stems| stems.iter().map(|stem| self.token(stem)).collect())
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

/// The stems under every stemmer of each of the first so many words of a text, words of the same stems once.
pub(crate) fn stems(text: &str, most: usize) -> Vec<BTreeSet<String>> {
    let all = Latin::ALL.map(Stemmers::of);
    let mut out: Vec<BTreeSet<String>> = Vec::new();
    for word in words_in(text) {
        if out.len() == most {
            break;
        }
        let forms = with_and_without_article(word);
        let each = forms
            .iter()
            .flat_map(|form| all.iter().filter_map(|s| s.stem(form)));
        let stems: BTreeSet<String> = each.collect();
        if !stems.is_empty() && !out.contains(&stems) {
            out.push(stems);
        }
    }
    out
}

/// An Arabic word as written and with its article put on or taken off: the stemmer reads a noun as a verb where it has none, so
/// that the two do not always meet. Any other word as it is.
fn with_and_without_article(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if word.chars().any(is_arabic) {
        let bare: String = word.chars().filter(|c| !is_mark(*c)).collect();
        let other = bare
            .strip_prefix(ARTICLE)
            .map_or_else(|| format!("{ARTICLE}{bare}"), str::to_owned);
        forms.push(other);
    }
    forms
}

/// The words of a text as written.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
}

/// How words in Latin script are stemmed; those in Arabic script always are as Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Latin {
    French,
    English,
}

impl Latin {
    pub(crate) const ALL: [Self; 2] = [Self::French, Self::English];

    /// The ways that fit a text of this language: both, where it is not said or is another.
    pub(crate) fn of(lang: Option<Lang>) -> &'static [Self] {
        match lang {
            Some(Lang::Fr) => &[Self::French],
            Some(Lang::En) => &[Self::English],
            Some(Lang::Ar) | None => &Self::ALL,
        }
    }
}

/// Stems words.
pub(crate) struct Stemmers {
    latin: Stemmer,
    arabic: Stemmer,
}

impl Stemmers {
    pub(crate) fn of(latin: Latin) -> Self {
        let latin = match latin {
            Latin::French => Algorithm::French,
            Latin::English => Algorithm::English,
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

    /// The same of a number that names its node: alone it is of several dossiers.
    pub(crate) fn whole(text: &str) -> Option<Self> {
        Self::read(text).filter(|wanted| wanted.node.is_some())
    }

    /// The node that it names, if it names one.
    pub(crate) fn node(&self) -> Option<&NodeName> {
        self.node.as_ref()
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

    /// Whether a query finds a text of this language, by its words alone.
    fn finds(query: &str, text: &str, lang: Option<Lang>) -> bool {
        let held = Latin::of(lang).iter().flat_map(|latin| {
            let stemmers = Stemmers::of(*latin);
            words_in(text).filter_map(move |w| stemmers.stem(w))
        });
        let held: BTreeSet<String> = held.collect();
        let words = stems(query, MAX_QUERY);
        !words.is_empty() && words.iter().all(|word| !word.is_disjoint(&held))
    }

    #[test]
    fn words_meet_across_forms_in_three_languages() {
        for (query, text, lang) in [
            ("enquete", "les enquêtes", Some(Lang::Fr)),
            ("enquêtes", "enquete", Some(Lang::Fr)),
            ("plate", "Origin of a printing plate", Some(Lang::En)),
            (
                "printed plates",
                "Origin of a printing plate",
                Some(Lang::En),
            ),
            ("rescues", "rescue", Some(Lang::En)),
            ("الارهاب", "الإرهاب", Some(Lang::Ar)),
            ("والتعاون", "التعاون", Some(Lang::Ar)),
            ("تعاون", "التعاون", Some(Lang::Ar)),
            ("التعاون", "تعاون", Some(Lang::Ar)),
            ("تعاون", "بالتعاون", None),
            ("تقرير", "التقرير", Some(Lang::Ar)),
            ("plates", "plate رقم", Some(Lang::Ar)),
            ("plaques الإرهاب", "الارهاب plaque", Some(Lang::Ar)),
            ("plaques", "plaque", None),
            ("container", "containers", None),
        ] {
            assert!(finds(query, text, lang), "{query} in {text}");
        }
        for (query, text, lang) in [
            (
                "plate engraved",
                "Origin of a printing plate",
                Some(Lang::En),
            ),
            ("plateau", "Origin of a printing plate", Some(Lang::En)),
            // Letters inside the word change with its number: no light stemmer meets them.
            ("تقرير", "تقارير", Some(Lang::Ar)),
            ("! ? , .", "! ? , .", None),
            ("", "", None),
        ] {
            assert!(!finds(query, text, lang), "{query} in {text}");
        }
    }

    #[test]
    fn of_a_long_query_the_first_words_count_each_once() {
        let long =
            "plate plates ".repeat(1_000) + "a b un deux trois quatre cinq six sept huit neuf";
        let words = stems(&long, MAX_QUERY);
        assert_eq!(words.len(), MAX_QUERY);
        assert!(words.iter().all(|word| (1..=2).contains(&word.len())));
    }
}
