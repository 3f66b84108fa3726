//! What waits for a signature: the oldest first, replaced whole, gone when it is dropped.

use super::{Make, view, write};
use crate::{DraftRow, DraftSort};

fn draft(n: u8, sort: DraftSort, at_ms: i64) -> DraftRow {
    DraftRow {
        id: [n; 16],
        sort,
        dossier: vec![n; 32],
        entry: Vec::new(),
        officer: "a".to_owned(),
        service: "ma/liaison".to_owned(),
        at_ms,
        due_ms: at_ms + 9,
        about: vec![1, 2],
        sealed: vec![n; 48],
    }
}

/// Drafts by age, then by identifier.
///
/// # Panics
/// On a difference.
pub fn drafts(make: Make<'_>) {
    let store = make();
    let all = |limit| view(&*store, |tx| tx.drafts(limit));
    assert_eq!(all(9), []);
    write(&*store, |tx| {
        for (n, at_ms) in [(3, 5), (1, 7), (2, 5)] {
            tx.put_draft(&draft(n, DraftSort::Waits, at_ms))?;
        }
        Ok(())
    });
    let ids = |rows: &[DraftRow]| rows.iter().map(|row| row.id[0]).collect::<Vec<_>>();
    assert_eq!(ids(&all(9)), [2, 3, 1]);
    assert_eq!(ids(&all(2)), [2, 3]);
    let mut left = draft(3, DraftSort::Unsigned, 4);
    (left.entry, left.dossier) = (vec![7; 32], Vec::new());
    let put = left.clone();
    write(&*store, move |tx| {
        tx.put_draft(&put)?;
        tx.drop_draft(&[2; 16])?;
        tx.drop_draft(&[9; 16])
    });
    assert_eq!(view(&*store, |tx| tx.draft(&[3; 16])), Some(left.clone()));
    assert_eq!(view(&*store, |tx| tx.draft(&[2; 16])), None);
    assert_eq!(all(9), [left, draft(1, DraftSort::Waits, 7)]);
    for n in 0..4 {
        assert_eq!(DraftSort::from_number(n).map(DraftSort::number), Some(n));
    }
    assert_eq!(DraftSort::from_number(4), None);
}
