//! Words met before with their search tokens: stemming and hashing a word costs more than storing an entry, and words repeat.
//!
//! Held in memory only, bounded, forgotten with the process: whoever reads this memory holds the key of the index anyway.

use crate::search::{Latin, Stemmers, words_in};
use entente_core::label::Lang;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Most words kept for each way of stemming; beyond, all are forgotten and met anew.
const MAX_WORDS: usize = 16_384;
/// Longer words are not worth keeping: they are names and codes.
const MAX_LENGTH: usize = 24;

type Known = BTreeMap<Box<str>, Option<[u8; 8]>>;

/// The words of one node.
#[derive(Default)]
pub(crate) struct Lexicon {
    english: Mutex<Known>,
    french: Mutex<Known>,
}

impl Lexicon {
    /// A token for each word that has a stem, under each way of stemming that fits the language. `make` gives the token of a stem.
    pub(crate) fn tokens(
        &self,
        words: &[&str],
        lang: Option<Lang>,
        make: impl Fn(&str) -> [u8; 8],
    ) -> Vec<[u8; 8]> {
        let mut tokens = Vec::new();
        for latin in Latin::of(lang) {
            let stemmers = Stemmers::of(*latin);
            let known = match latin {
                Latin::English => &self.english,
                Latin::French => &self.french,
            };
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            for word in words {
                tokens.extend(known.get(*word).copied().unwrap_or_else(|| {
                    let token = stemmers.stem(word).map(|stem| make(&stem));
                    keep(&mut known, word, token);
                    token
                }));
            }
        }
        tokens
    }
}

fn keep(known: &mut Known, word: &str, token: Option<[u8; 8]>) {
    if word.len() > MAX_LENGTH {
        return;
    }
    if known.len() >= MAX_WORDS {
        known.clear();
    }
    known.insert(word.into(), token);
}

/// The first so many different words of some texts, in an order of no meaning.
pub(crate) fn words<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> Vec<&'t str> {
    let all = texts.flat_map(words_in).filter(|w| !w.is_empty());
    let mut words: Vec<(&str, usize)> = all.zip(0..).collect();
    words.sort_unstable();
    words.dedup_by_key(|(word, _)| *word);
    if words.len() > most {
        words.sort_unstable_by_key(|(_, place)| *place);
        words.truncate(most);
    }
    words.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands for the keyed digest.
    fn letters(stem: &str) -> [u8; 8] {
        let mut token = [0; 8];
        for (at, byte) in token.iter_mut().zip(stem.bytes()) {
            *at = byte;
        }
        token
    }

    fn tokens(lexicon: &Lexicon, text: &str, lang: Lang) -> Vec<[u8; 8]> {
        lexicon.tokens(&words([text].into_iter(), 9), Some(lang), letters)
    }

    #[test]
    fn a_word_met_again_has_the_same_token_in_its_language() {
        let lexicon = Lexicon::default();
        let first = tokens(&lexicon, "rescues, enquêtes; a rescues", Lang::En);
        assert_eq!(first, tokens(&lexicon, "rescues enquêtes", Lang::En));
        assert_eq!(
            tokens(&lexicon, "enquêtes", Lang::Fr),
            tokens(&lexicon, "enquete", Lang::Fr)
        );
        let [french, english, either] =
            [Lang::Fr, Lang::En, Lang::Ar].map(|lang| tokens(&lexicon, "running", lang));
        assert_ne!(french, english);
        assert_eq!(either, [french, english].concat());
    }

    #[test]
    fn of_a_long_text_the_first_words_count() {
        let mut found = words(["zebra yak zebra", "ape bee"].into_iter(), 3);
        found.sort_unstable();
        assert_eq!(found, ["ape", "yak", "zebra"]);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let lexicon = Lexicon::default();
        for n in 0..MAX_WORDS + 10 {
            tokens(&lexicon, &format!("word{n}"), Lang::En);
        }
        tokens(&lexicon, &"long".repeat(MAX_LENGTH), Lang::En);
        assert_eq!(lexicon.english.lock().unwrap().len(), 10);
    }
}
