//! How alike two points of declarations are in words: what is said of an earlier promise is proposed to people, who decide. Nothing is tied by it.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters by which words are compared: endings differ from one sentence to the next.
const STEM: usize = 5;
/// Words that every declaration holds.
const COMMON: [&str; 24] = [
    "deux",
    "pays",
    "parti",
    "entre",
    "leurs",
    "leur",
    "avec",
    "pour",
    "dans",
    "both",
    "count",
    "their",
    "between",
    "with",
    "from",
    "that",
    "their",
    "coope",
    "coopé",
    "البلد",
    "الطرف",
    "التعا",
    "بين",
    "الجان",
];

/// The stems of a text.
#[must_use]
pub fn stems(text: &str) -> BTreeSet<String> {
    let folded: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(|word| word.chars().take(STEM).collect::<String>())
        .filter(|stem| !COMMON.contains(&stem.as_str()))
        .collect()
}

/// How many of a hundred of the shorter one's stems both hold; none where one has fewer than three.
#[must_use]
pub fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let shorter = one.len().min(other.len());
    if shorter < 3 {
        return 0;
    }
    one.intersection(other).count().saturating_mul(100) / shorter
}

#[cfg(test)]
mod tests {
    use super::{likeness, stems};
    use proptest::prelude::*;

    /// Take out: in `stems`, the cut to a stem.
    #[test]
    fn what_is_said_again_is_alike_and_what_is_not_is_not() {
        let (a, b) = (
            "Étudier la formation d’imams en vue d’un accord",
            "Un accord sur la formation des imams est étudié",
        );
        assert!(likeness(&stems(a), &stems(b)) >= 60);
        let other = "Multiplier les rencontres des responsables de la sécurité";
        assert!(likeness(&stems(a), &stems(other)) < 30);
    }

    proptest! {
        /// Alike is alike from either side, and never beyond the whole. Take out: in `likeness`, the shorter of both.
        #[test]
        fn likeness_is_mutual_and_bounded(a in "\\PC{0,80}", b in "\\PC{0,80}") {
            let (a, b) = (stems(&a), stems(&b));
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
            prop_assert!(likeness(&a, &b) <= 100);
        }
    }
}
