//! Recall and precision of proposed commitments against a count per paragraph made by hand (numbers only, no text copied).

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
