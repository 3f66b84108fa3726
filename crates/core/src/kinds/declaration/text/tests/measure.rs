//! Recall and precision of proposed commitments against counts made by hand: per paragraph, and per sentence in `truth.rs` (numbers and digests only,
//! no text copied).

use super::super::{Class, Lang, propose};
use super::shared_text;

/// File, language, and (paragraph, promises that a reader counts there).
type Truth = (&'static str, Lang, &'static [(u32, usize)]);

const TRUTH: &[Truth] = &[
    (
        "us-fr_2021-10-29_joint-statement.en.md",
        Lang::En,
        &[
            (1, 1),
            (2, 3),
            (3, 5),
            (4, 1),
            (5, 1),
            (8, 2),
            (9, 2),
            (10, 4),
            (11, 1),
        ],
    ),
    (
        "us-mx_2021-10-08_high-level-security-dialogue.en.md",
        Lang::En,
        &[
            (1, 1),
            (2, 1),
            (3, 7),
            (6, 1),
            (7, 1),
            (8, 1),
            (10, 3),
            (11, 2),
            (12, 1),
            (13, 2),
            (14, 2),
            (15, 1),
            (16, 2),
            (17, 2),
        ],
    ),
    (
        "us-mx_2021-10-08_fact-sheet.en.md",
        Lang::En,
        &[
            (3, 1),
            (4, 1),
            (5, 1),
            (6, 1),
            (7, 1),
            (8, 1),
            (9, 1),
            (10, 1),
            (11, 1),
            (12, 1),
            (13, 1),
            (14, 1),
            (15, 1),
            (16, 1),
            (17, 1),
            (18, 1),
        ],
    ),
    (
        "los-angeles_2022-06-10_migration-protection.en.md",
        Lang::En,
        &[
            (3, 2),
            (7, 1),
            (8, 2),
            (9, 7),
            (10, 5),
            (11, 2),
            (13, 1),
            (14, 1),
            (15, 1),
            (16, 1),
            (17, 1),
        ],
    ),
    (
        "los-angeles_2022-06-10_migration-protection.fr.md",
        Lang::Fr,
        &[
            (3, 2),
            (7, 1),
            (8, 2),
            (9, 7),
            (10, 6),
            (11, 2),
            (13, 1),
            (14, 1),
            (15, 1),
            (16, 1),
            (17, 1),
        ],
    ),
];

#[test]
fn recall_and_precision_on_real_declarations() {
    let (mut hit, mut expected, mut found) = (0, 0, 0);
    for (name, lang, truth) in TRUTH {
        let Some(text) = shared_text(name, *lang) else {
            return;
        };
        let p = propose(&text);
        let count = |n: u32| {
            p.commitments
                .iter()
                .filter(|c| c.class == Class::Commitment && c.paragraph == n)
                .count()
        };
        let (mut h, mut e, mut f) = (0, 0, 0);
        for q in &p.paragraphs {
            let want = truth
                .iter()
                .find(|(n, _)| *n == q.number)
                .map_or(0, |(_, n)| *n);
            h += want.min(count(q.number));
            e += want;
            f += count(q.number);
        }
        println!("{name}: recall {h}/{e}, precision {h}/{f}");
        assert!(h * 10 >= e * 9 && h * 10 >= f * 8, "{name}");
        (hit, expected, found) = (hit + h, expected + e, found + f);
    }
    println!("all: recall {hit}/{expected}, precision {hit}/{found}");
}

use super::truth::SENTENCES;

/// Commitments that were found, that a reader counts, and that were proposed.
#[derive(Default)]
struct Sum {
    hit: usize,
    wanted: usize,
    found: usize,
}

/// Recall at least 0.9 at precision at least 0.8, in each language for itself. Take out: in `lexicon_fr.rs`, the first rule of commitments.
#[test]
fn recall_and_precision_of_sentences_hold_in_each_language() {
    let mut sums = [(Lang::Fr, Sum::default()), (Lang::En, Sum::default())];
    for (name, lang, truth) in SENTENCES {
        let Some(text) = shared_text(name, *lang) else {
            return;
        };
        let sum = sums.iter_mut().find(|(of, _)| of == lang);
        let sum = &mut sum.expect("a language that is measured").1;
        let p = propose(&text);
        let mut met = 0;
        for q in &p.paragraphs {
            for (index, (from, to)) in sentences(&q.text).into_iter().enumerate() {
                let known = truth.iter().find(|t| (t.0, t.1) == (q.number, index));
                if let Some(known) = known {
                    let words = q.text.get(from..to).expect("a sentence");
                    assert_eq!(digest(words), known.2, "{name} {} {index}", q.number);
                    met += 1;
                }
                let wanted = known.map_or(0, |known| known.3);
                let here = p.commitments.iter().filter(|c| {
                    c.class == Class::Commitment
                        && c.paragraph == q.number
                        && (from..to).contains(&c.start)
                });
                let found = here.count();
                sum.hit += found.min(wanted);
                sum.wanted += wanted;
                sum.found += found;
            }
        }
        assert_eq!(met, truth.len(), "{name}");
    }
    for (lang, sum) in &sums {
        println!(
            "{lang:?}: recall {}/{}, precision {}/{}",
            sum.hit, sum.wanted, sum.hit, sum.found
        );
        assert!(sum.hit * 10 >= sum.wanted * 9, "{lang:?}");
        assert!(sum.hit * 10 >= sum.found * 8, "{lang:?}");
    }
}

/// FNV-1a of a sentence's first forty letters: says that the truth is of this sentence, and not what it says.
fn digest(words: &str) -> u32 {
    let bytes: String = words.chars().take(40).collect();
    bytes.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Sentences by their full stops alone, apart from what the engine takes for one.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (at, _) in text.match_indices(". ") {
        let next = text
            .get(at + 2..)
            .and_then(|rest| rest.chars().find(|c| !c.is_whitespace()));
        if next.is_some_and(char::is_uppercase) && at > from + 12 {
            out.push((from, at + 1));
            from = at + 2;
        }
    }
    out.push((from, text.len()));
    out
}
