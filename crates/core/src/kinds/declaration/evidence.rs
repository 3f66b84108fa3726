//! What a claim names as evidence: entries of other dossiers, each as `dossier:entry`, in a line that may hold words beside them.

use crate::ids::{DossierId, EntryId};

/// The dossier and entry that a word names as `dossier:entry`.
#[must_use]
pub fn reference(word: &str) -> Option<(DossierId, EntryId)> {
    let (dossier, entry) = word.split_once(':')?;
    Some((dossier.parse().ok()?, entry.parse().ok()?))
}

/// A reference as it is written.
#[must_use]
pub fn written((dossier, entry): (DossierId, EntryId)) -> String {
    format!("{dossier}:{entry}")
}

/// A line in pieces: words as they stand, and the references among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A reference.
    Named(DossierId, EntryId),
}

/// The pieces of a line, in their order: references stand between spaces, commas or semicolons.
#[must_use]
pub fn pieces(line: &str) -> Vec<Piece<'_>> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '،' | '؛');
    let mut out: Vec<Piece<'_>> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for word in line.split_inclusive(parts) {
        let bare = word.trim_end_matches(parts);
        if let Some((dossier, entry)) = reference(bare) {
            out.extend(words(line, from, at));
            out.push(Piece::Named(dossier, entry));
            from = at.saturating_add(bare.len());
        }
        at = at.saturating_add(word.len());
    }
    out.extend(words(line, from, at));
    out
}

fn words(line: &str, from: usize, to: usize) -> Option<Piece<'_>> {
    let words = line.get(from..to)?;
    (!words.is_empty()).then_some(Piece::Words(words))
}

/// The entries that a line names, each once, in their order.
#[must_use]
pub fn named(line: &str) -> Vec<(DossierId, EntryId)> {
    let mut out = Vec::new();
    for piece in pieces(line) {
        if let Piece::Named(dossier, entry) = piece
            && !out.contains(&(dossier, entry))
        {
            out.push((dossier, entry));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Piece, named, pieces, written};
    use crate::ids::{DossierId, EntryId};
    use proptest::prelude::*;

    fn one(dossier: u8, entry: u8) -> (DossierId, EntryId) {
        (DossierId([dossier; 32]), EntryId([entry; 32]))
    }

    /// Take out: in `pieces`, the Arabic comma.
    #[test]
    fn references_are_found_among_words_in_every_script() {
        let (a, b) = (one(1, 2), one(3, 4));
        let line = format!("الاتفاق {}، ثم {};", written(a), written(b));
        assert_eq!(named(&line), [a, b]);
        assert!(matches!(
            pieces(&line).first(),
            Some(Piece::Words("الاتفاق "))
        ));
        assert_eq!(named("comptes rendus joints, R12/7: voir 12:30"), []);
    }

    proptest! {
        /// No letter of a line is lost, whatever it holds, and what was written is read again. Take out: in `pieces`, the words after
        /// the last reference.
        #[test]
        fn pieces_put_together_are_the_line(before in "\\PC{0,40}", after in "\\PC{0,40}", d in any::<u8>(), e in any::<u8>()) {
            let named = one(d, e);
            let line = format!("{before} {} {after}", written(named));
            let whole: String = pieces(&line).iter().map(|piece| match piece {
                Piece::Words(words) => (*words).to_owned(),
                Piece::Named(dossier, entry) => written((*dossier, *entry)),
            }).collect();
            prop_assert_eq!(&whole, &line);
            prop_assert!(super::named(&line).contains(&named));
        }
    }
}
