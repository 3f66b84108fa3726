//! What inspectors ask of access records: finding them, the journal of the lanes, patterns found.

use super::{Make, dossier_id, refused, view, write};
use crate::*;

fn record(seq: u64, at_ms: i64) -> AccessRow {
    AccessRow {
        lane: "web".to_owned(),
        seq,
        at_ms,
        hash: [6; 32],
        sealed: vec![1; 30],
    }
}

/// Access records are found by all of their marks, newest first, page by page; and one by one in the order of commits.
///
/// # Panics
/// On a difference.
pub fn access_found(make: Make<'_>) {
    let store = make();
    assert_eq!(view(&*store, |tx| tx.oldest_access()), None);
    let (one, other) = ([1; 8], [2; 8]);
    // The third is of the same time as the second, the fifth of an earlier one than the fourth.
    let times = [10, 20, 20, 50, 40];
    write(&*store, move |tx| {
        for (seq, at_ms) in (1..).zip(times) {
            tx.append_access(&record(seq, at_ms))?;
        }
        Ok(())
    });
    let placed = view(&*store, |tx| tx.access_after(0, 9));
    let seqs = |rows: &[PlacedAccess]| rows.iter().map(|p| p.row.seq).collect::<Vec<_>>();
    assert_eq!(seqs(&placed), [1, 2, 3, 4, 5]);
    assert!(placed.is_sorted_by_key(|p| p.n));
    assert_eq!(placed[1].row, record(2, 20));
    let n: Vec<u64> = placed.iter().map(|p| p.n).collect();
    assert_eq!(
        view(&*store, |tx| tx.access_after(n[1], 2)),
        placed[2..4].to_vec()
    );
    assert_eq!(
        view(&*store, |tx| tx.access_numbered(n[3])),
        Some(placed[3].clone())
    );
    assert_eq!(view(&*store, |tx| tx.access_numbered(n[4] + 1)), None);
    assert_eq!(view(&*store, |tx| tx.oldest_access()), Some(10));
    let marks: Vec<(AccessMark, i64, u64)> = vec![
        (one, 10, n[0]),
        (one, 20, n[1]),
        (one, 20, n[2]),
        (one, 40, n[4]),
        (other, 20, n[2]),
        (other, 50, n[3]),
        (other, 40, n[4]),
    ];
    let again = marks.clone();
    write(&*store, move |tx| tx.mark_access(&marks));
    // Marked once more after a crash: nothing is found twice.
    write(&*store, move |tx| tx.mark_access(&again));
    let found = |marks: &[AccessMark], before: AccessPlace, since: i64, limit: u32| {
        seqs(&view(&*store, |tx| {
            tx.access_by(marks, before, since, limit)
        }))
    };
    let newest = AccessPlace::NEWEST;
    assert_eq!(found(&[], newest, 0, 9), [4, 5, 3, 2, 1]);
    assert_eq!(found(&[one], newest, 0, 9), [5, 3, 2, 1]);
    assert_eq!(found(&[one], newest, 20, 9), [5, 3, 2]);
    assert_eq!(found(&[one, other], newest, 0, 9), [5, 3]);
    assert_eq!(found(&[other, one], newest, 0, 1), [5]);
    assert!(found(&[one, [3; 8]], newest, 0, 9).is_empty());
    let after_third = AccessPlace { at_ms: 20, n: n[2] };
    assert_eq!(found(&[one], after_third, 0, 9), [2, 1]);
    assert_eq!(found(&[], after_third, 0, 1), [2]);
    let count = |mark, since, until| view(&*store, |tx| tx.count_access(&mark, since, until));
    assert_eq!((count(one, 0, 99), count(one, 20, 40)), (4, 2));
    write(&*store, |tx| tx.drop_marks(40));
    assert_eq!(found(&[one], newest, 0, 9), [5]);
    assert_eq!(found(&[], newest, 0, 9).len(), 5, "the records stay");
    assert_eq!(
        view(&*store, |tx| tx.lane("web", 4, 9)),
        [record(4, 50), record(5, 40)]
    );
    assert_eq!(view(&*store, |tx| tx.lane("web", 1, 1)), [record(1, 10)]);
}

/// The journal: lines in their order, none twice, and the first that covers a record.
///
/// # Panics
/// On a difference.
pub fn journal(make: Make<'_>) {
    let store = make();
    assert_eq!(view(&*store, |tx| tx.journal_last()), None);
    let line = |n, through| JournalRow {
        n,
        at_ms: 7,
        through,
        heads: "web 3 06\n".to_owned(),
        hash: [9; 32],
    };
    write(&*store, move |tx| {
        tx.append_journal(&line(1, 4))?;
        tx.append_journal(&line(2, 9))
    });
    refused(&*store, move |tx| tx.append_journal(&line(2, 12)));
    assert_eq!(view(&*store, |tx| tx.journal_last()), Some(line(2, 9)));
    assert_eq!(view(&*store, |tx| tx.journal(2, 5)), [line(2, 9)]);
    assert_eq!(view(&*store, |tx| tx.journal(0, 1)), [line(1, 4)]);
    let covering = |record| view(&*store, |tx| tx.journal_covering(record));
    assert_eq!(covering(4), Some(line(1, 4)));
    assert_eq!(covering(5), Some(line(2, 9)));
    assert_eq!(covering(10), None);
}

/// Patterns found are kept once; and whether others work in a dossier.
///
/// # Panics
/// On a difference.
pub fn findings(make: Make<'_>) {
    let store = make();
    let finding = |name: u8| FindingRow {
        n: 0,
        at_ms: i64::from(name),
        name: [name; 32],
        sealed: vec![name; 3],
    };
    write(&*store, move |tx| {
        tx.put_finding(&finding(1))?;
        tx.put_finding(&finding(2))
    });
    let again = FindingRow {
        sealed: vec![9],
        ..finding(1)
    };
    write(&*store, move |tx| tx.put_finding(&again));
    let kept = view(&*store, |tx| tx.findings(0, 9));
    let said: Vec<&[u8]> = kept.iter().map(|row| row.sealed.as_slice()).collect();
    assert_eq!(said, [[2; 3], [1; 3]]);
    let older = view(&*store, |tx| tx.findings(kept[0].n, 9));
    assert_eq!(older, kept[1..].to_vec());

    let (d, e) = (dossier_id(1), dossier_id(2));
    write(&*store, move |tx| {
        tx.put_pseudonym(d, "a", [4; 8])?;
        tx.put_pseudonym(e, "b", [5; 8])
    });
    let others = |dossier, officer: &str| view(&*store, |tx| tx.worked_by_others(dossier, officer));
    assert_eq!((others(d, "a"), others(d, "b")), (false, true));
    assert!(!others(dossier_id(3), "a"));
}
