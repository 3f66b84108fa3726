//! Paragraphs of a report, each under its own evaluation: what is certain and what was only heard do not stand under one code (FIELD B2, B5).
//!
//! A report is text as people write it: paragraphs with an empty line between them, each beginning with its evaluation in brackets,
//! `[B2] ...`, or `[B2 port register] ...` with what the source is. It stays text on the way and at rest, so that a program that does not
//! know paragraphs still shows every word of it.

use crate::codes::{Accuracy, Source};
use crate::handling::Evaluation;

/// Most paragraphs of a report.
pub const MOST: usize = 200;
/// Most characters that say what the source is.
pub const MAX_SOURCE: usize = 80;

/// One paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// The provider's evaluation.
    pub evaluation: Evaluation,
    /// What the source is, as far as it is told; may be empty.
    pub source: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// Reads the paragraphs of a report.
///
/// # Errors
/// The number, from 1, of the first paragraph that begins with no evaluation, says nothing after it, or is one too many.
pub fn read(text: &str) -> Result<Vec<Paragraph<'_>>, usize> {
    let mut paragraphs = Vec::new();
    for block in blocks(text) {
        let number = paragraphs.len() + 1;
        let paragraph = one(block).filter(|_| number <= MOST).ok_or(number)?;
        paragraphs.push(paragraph);
    }
    Ok(paragraphs)
}

/// The blocks between empty lines.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (block, after) = rest.split_at_checked(end_of_block(rest))?;
        rest = after.trim_start();
        Some(block.trim_end())
    })
}

/// Where the first line begins that is empty but for spaces.
fn end_of_block(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            return at;
        }
        at += line.len();
    }
    at
}

fn one(block: &str) -> Option<Paragraph<'_>> {
    let (mark, text) = block.strip_prefix('[')?.split_once(']')?;
    if mark.contains('\n') {
        return None;
    }
    let (code, source) = mark.split_once(char::is_whitespace).unwrap_or((mark, ""));
    let (source, text) = (source.trim(), text.trim());
    let fits = !text.is_empty() && source.chars().count() <= MAX_SOURCE;
    Some(Paragraph {
        evaluation: evaluation(code)?,
        source,
        text,
    })
    .filter(|_| fits)
}

/// An evaluation of a code such as `B2`.
#[must_use]
pub fn evaluation(code: &str) -> Option<Evaluation> {
    let (at, _) = code.char_indices().nth(1)?;
    let (source, accuracy) = code.split_at_checked(at)?;
    Some(Evaluation {
        source: Source::parse(&source.to_ascii_uppercase())?,
        accuracy: Accuracy::parse(accuracy)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_paragraph_has_its_own_evaluation_and_source() {
        let text = "[B2 registre du port] Le camion est entré à 6 h 10.\nIl en est sorti vide.\n\n  \n[x4] On le dit repeint.\n";
        let read = read(text).unwrap();
        let codes: Vec<String> = read.iter().map(|p| p.evaluation.code()).collect();
        assert_eq!(codes, ["B2", "X4"]);
        assert_eq!(read[0].source, "registre du port");
        assert!(read[0].text.ends_with("vide."));
        assert_eq!((read[1].source, read[1].text), ("", "On le dit repeint."));
    }

    #[test]
    fn a_paragraph_without_evaluation_is_named_by_its_number() {
        assert_eq!(read("[A1] un\n\ndeux"), Err(2));
        for wrong in [
            "[E2] a",
            "[A5] a",
            "[A] a",
            "[] a",
            "[A1]",
            "A1 a",
            "[é1] a",
            "[A1\nb] a",
            "[A12] a",
        ] {
            assert_eq!(read(wrong), Err(1), "{wrong}");
        }
        let long = format!("[A1 {}] a", "s".repeat(MAX_SOURCE + 1));
        assert_eq!(read(&long), Err(1));
    }

    #[test]
    fn a_report_has_a_most_of_paragraphs() {
        let many = |count: usize| "[A1] a\n\n".repeat(count);
        assert_eq!(read(&many(MOST + 1)), Err(MOST + 1));
        assert_eq!(read(&many(MOST)).map(|p| p.len()), Ok(MOST));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}|[\\[\\]AB12 \n]{0,60}") {
            if let Ok(paragraphs) = read(&text) {
                let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                for p in &paragraphs {
                    prop_assert!(!p.text.is_empty());
                    prop_assert!(words(&text).join(" ").contains(&words(p.text).join(" ")));
                }
            }
        }
    }
}
