//! Passwords that whoever guesses tries first, refused where one is set: those known from breaches, those made of our own words, and
//! those of a few signs over and over. What is long and odd is left alone: there is no rule about capitals, digits or signs.
//!
//! The breached ones are here as beginnings of their digests (`scripts/passwords.sh` makes them), so that this repository carries
//! neither people's passwords nor the words that people make them of.

use entente_proof::digest::sha256;
use std::collections::BTreeSet;

/// Some 44,000 passwords of [`LEAST`] characters or more among the million most frequent of breaches: the first [`LENGTH`] bytes of the
/// SHA-256 of each in lower case, in order. A password that is not among them is taken for one of them once in 25 million.
static BREACHED: &[u8] = include_bytes!("passwords.bin");
/// Bytes kept of a digest.
const LENGTH: usize = 5;
/// Shortest password, in characters.
pub(crate) const LEAST: usize = 12;
/// Fewest different characters.
const DIFFERENT: usize = 5;
/// Fewest letters beside our own words, or else more than so many digits.
const LETTERS: usize = 5;
const DIGITS: usize = 8;
/// Stands for a word of ours that was found.
const TAKEN: char = '*';

/// Words that a guesser of this product tries: see docs/people.md. In lower case, without accents.
const OURS: [&str; 29] = [
    "administrateur",
    "administration",
    "administrator",
    "coordination",
    "coordonnateur",
    "investigation",
    "inspecteur",
    "motdepasse",
    "password",
    "passwort",
    "magistrat",
    "inspector",
    "analyste",
    "analyst",
    "declaration",
    "dossier",
    "entente",
    "enquete",
    "liaison",
    "officier",
    "officer",
    "service",
    "charter",
    "charte",
    "azerty",
    "qwerty",
    "admin",
    "وفاق",
    "كلمةالسر",
];

/// Whether a guesser comes upon it soon. `own` is what they know of whose it is: the identifier, the node and its services.
pub(crate) fn is_guessable<'a>(password: &str, own: impl IntoIterator<Item = &'a str>) -> bool {
    let lower = password.to_lowercase();
    is_breached(&lower) || is_monotonous(&lower) || is_of_our_words(&lower, own)
}

fn is_breached(lower: &str) -> bool {
    let digest = sha256(lower.as_bytes()).0;
    let (known, _) = BREACHED.as_chunks::<LENGTH>();
    digest
        .first_chunk::<LENGTH>()
        .is_some_and(|wanted| known.binary_search(wanted).is_ok())
}

fn is_monotonous(lower: &str) -> bool {
    lower.chars().collect::<BTreeSet<_>>().len() < DIFFERENT
}

/// Whether it is words of ours with little beside them: a few letters, the digits of a day.
fn is_of_our_words<'a>(lower: &str, own: impl IntoIterator<Item = &'a str>) -> bool {
    let mut words: Vec<Vec<char>> = own
        .into_iter()
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
        .chain(OURS)
        .map(|word| word.to_lowercase().chars().map(read_as).collect())
        .filter(|word: &Vec<char>| word.len() > 1)
        .collect();
    // The longest first: a short one inside it would leave its other letters behind.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut signs: Vec<char> = lower.chars().filter(|c| !is_between(*c)).collect();
    let all = signs.len();
    for word in &words {
        while let Some(at) = place(word, &signs) {
            // One sign stays in its place, so that what stood on both sides of it makes no word.
            signs.splice(at..at + word.len(), [TAKEN]);
        }
    }
    let count = |is: fn(char) -> bool| signs.iter().filter(|c| is(**c)).count();
    let (letters, digits) = (count(char::is_alphabetic), count(char::is_numeric));
    signs.len() < all && letters < LETTERS && digits <= DIGITS
}

fn place(word: &[char], signs: &[char]) -> Option<usize> {
    let fits = |part: &[char]| {
        part.iter()
            .zip(word)
            .all(|(c, wanted)| read_as(*c) == *wanted)
    };
    signs.windows(word.len()).position(fits)
}

/// What people put between words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '.' | ',' | '/' | '\'' | '’')
}

/// The letter that a sign stands for where it stands in a word.
fn read_as(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' => 'a',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 3] = ["agent.karim", "ma", "ma/liaison"];

    fn guessable(password: &str) -> bool {
        is_guessable(password, OWN)
    }

    #[test]
    fn the_list_is_whole_in_order_and_holds_what_breaches_hold_most() {
        let (digests, rest) = BREACHED.as_chunks::<LENGTH>();
        assert!(rest.is_empty());
        assert!(digests.len() > 40_000, "{}", digests.len());
        assert!(digests.is_sorted_by(|a, b| a < b));
        for common in [
            "123qweasdzxc",
            "1qaz2wsx3edc",
            "qwertyqwerty",
            "123456654321",
            "Unbelievable",
            "leavemealone",
            "FINALFANTASY",
        ] {
            assert!(is_breached(&common.to_lowercase()), "{common}");
        }
    }

    #[test]
    fn our_own_words_with_a_year_are_no_password() {
        for ours in [
            "entente-2026!",
            "Entente123456",
            "EntenteLiaison",
            "P@ssw0rd-2026",
            "motdepasse2026",
            "agent.karim-ma",
            "Karim-liaison-1",
            "liaison liaison",
            "Enquête-2026-ma",
            "كلمة السر 12345",
        ] {
            assert!(guessable(ours), "{ours}");
        }
    }

    #[test]
    fn our_own_words_are_those_of_the_document() {
        let people = include_str!("../../../docs/people.md");
        for word in OURS {
            assert!(people.contains(word), "{word}");
        }
    }

    #[test]
    fn a_few_signs_over_and_over_are_no_password() {
        for few in [
            "aaaaaaaaaaaa",
            "xyzxyzxyzxyz",
            "ababababababab",
            "ضضضضضضضضضضضض",
        ] {
            assert!(guessable(few), "{few}");
        }
    }

    #[test]
    fn what_is_long_and_odd_is_left_alone_whatever_it_is_made_of() {
        for odd in [
            "staple correct horse",
            "a fictional password",
            "vent rouge sur table",
            "ريح حمراء على الطاولة",
            "kd8s-02mf-q7vx",
            "840299173351",
            "admin 84029917335160",
            "ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ ⴰⵢⵜⵎⴰ",
            "mon dossier mange la lune",
            "🜁🜂🜃🜄 four elements",
        ] {
            assert!(!guessable(odd), "{odd}");
        }
    }
}
