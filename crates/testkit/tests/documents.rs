//! The threat model and the table of OWASP's ASVS name tests and files: each is there, and the table is whole.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 2] = ["threats.md", "asvs.md"];
const VERDICTS: [&str; 4] = ["met", "partly", "not met", "does not apply"];
/// How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has, from V1 on: 253.
const CHAPTERS: [usize; 17] = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
/// How many of all are of level 1.
const FIRST_LEVEL: usize = 70;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document(name: &str) -> String {
    std::fs::read_to_string(top().join("docs").join(name)).unwrap()
}

/// What stands between backquotes and names a file of Rust below `crates/`, with the function named in it.
fn named(text: &str) -> Vec<(&str, Option<&str>)> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|quoted| !quoted.contains([' ', '*', '<']))
        .filter_map(|quoted| match quoted.split_once(".rs::") {
            Some((path, function)) => {
                let end = path.len() + ".rs".len();
                Some((&quoted[..end], Some(function)))
            }
            None => quoted.ends_with(".rs").then_some((quoted, None)),
        })
        .collect()
}

/// Whether a text has a test of this name: a function under an attribute that says so.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let head = format!("fn {name}(");
    let above = |at: usize| {
        let before = lines[..at].iter().rev();
        before
            .take_while(|line| !line.is_empty() && **line != "}")
            .any(|line| line.starts_with("#[test") || line.starts_with("#[tokio::test"))
    };
    lines.iter().enumerate().any(|(at, line)| {
        let signature = line.strip_prefix("async ").unwrap_or(line);
        signature.starts_with(&head) && above(at)
    })
}

#[test]
fn every_test_and_file_that_a_document_names_is_there() {
    let mut gone = Vec::new();
    let mut tests = BTreeSet::new();
    for name in DOCUMENTS {
        let text = document(name);
        for (path, function) in named(&text) {
            let source = std::fs::read_to_string(top().join("crates").join(path));
            let there = match (&source, function) {
                (Ok(source), Some(function)) => has_test(source, function),
                (Ok(_), None) => true,
                (Err(_), _) => false,
            };
            if !there {
                gone.push(format!("{name}: {path}::{}", function.unwrap_or_default()));
            }
            tests.extend(function.map(|function| format!("{path}::{function}")));
        }
    }
    assert!(gone.is_empty(), "{gone:#?}");
    assert!(tests.len() > 100, "only {} tests are read", tests.len());
}

#[test]
fn a_test_is_told_from_a_mention_of_it() {
    let source = "#[tokio::test]\nasync fn one() {}\n\n/// Of one.\n#[test]\n#[ignore]\nfn two() {}\n\nfn three() {}\n// fn four()";
    let found = ["one", "two", "three", "four", "tw"].map(|name| has_test(source, name));
    assert_eq!(found, [true, true, false, false, false]);
    let read = named("`a/b.rs::c` and `d/e.rs`, `f g.rs`, `<h>.rs` `i.toml`");
    assert_eq!(read, [("a/b.rs", Some("c")), ("d/e.rs", None)]);
}

/// A row of the table of requirements.
struct Row<'a> {
    id: [usize; 3],
    level: &'a str,
    verdict: &'a str,
    shown: &'a str,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            let numbers = cells.first()?.strip_prefix("| ")?.split('.');
            let id: Vec<usize> = numbers.map_while(|n| n.parse().ok()).collect();
            let id = id.try_into().ok()?;
            assert_eq!(cells.len(), 5, "{line}");
            Some(Row {
                id,
                level: cells[1],
                verdict: cells[3],
                shown: cells[4].trim_end_matches(" |"),
            })
        })
        .collect()
}

#[test]
fn the_table_of_requirements_is_whole_and_its_counts_are_right() {
    let text = document("asvs.md");
    let rows = rows(&text);
    let order: Vec<[usize; 3]> = rows.iter().map(|row| row.id).collect();
    assert!(
        order.is_sorted_by(|a, b| a < b),
        "in order, and each named once"
    );
    let of = |chapter: usize| rows.iter().filter(move |row| row.id[0] == chapter);
    for (n, wanted) in CHAPTERS.iter().enumerate() {
        assert_eq!(of(n + 1).count(), *wanted, "V{}", n + 1);
    }
    assert_eq!(rows.len(), CHAPTERS.iter().sum::<usize>());
    let levels = rows.iter().filter(|row| row.level == "1").count();
    assert_eq!(levels, FIRST_LEVEL);
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for row in &rows {
        let place = VERDICTS.iter().position(|v| *v == row.verdict);
        let place = place.unwrap_or_else(|| panic!("{:?}: {}", row.id, row.verdict));
        let chapter = format!("| V{} ", row.id[0]);
        let line = text.lines().find(|line| line.starts_with(&chapter));
        counts.entry(line.unwrap()).or_default()[place] += 1;
        counts.entry("| **all** ").or_default()[place] += 1;
        assert!(row.shown.len() > 3, "{:?} says why", row.id);
        if row.verdict == "met" {
            let shown = ["`", "](", "By the language", "By reading"];
            assert!(
                shown.iter().any(|sign| row.shown.contains(sign)),
                "{:?}: nothing shows it",
                row.id
            );
        }
    }
    for (line, counted) in counts {
        let whole = text.lines().find(|l| l.starts_with(line)).unwrap();
        let said: Vec<usize> = whole
            .split('|')
            .filter_map(|cell| cell.trim().parse().ok())
            .collect();
        assert_eq!(said, counted, "{whole}");
    }
}
