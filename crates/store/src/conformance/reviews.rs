//! Reviews: the earliest due first, of those who may see them, and which are not worked out.

use super::{Make, dossier_id, dossier_row, service, view, write};
use crate::{ReviewFilter, ReviewRow};
use entente_core::codes::Purpose;

fn row(n: u64, due_ms: i64) -> ReviewRow {
    ReviewRow {
        dossier: dossier_id(n),
        due_ms,
        told_ms: 0,
    }
}

/// Reviews by day, by service, by kind and purpose, from a place on; dossiers without one.
///
/// # Panics
/// On a difference.
pub fn reviews(make: Make<'_>) {
    let store = make();
    write(&*store, |tx| {
        for n in 1..=4 {
            let mut dossier = dossier_row(n);
            if n == 4 {
                dossier.services = "ma/support".to_owned();
                dossier.purpose = Purpose::Support;
            }
            tx.put_dossier(&dossier)?;
        }
        Ok(())
    });
    let unreviewed = |limit| view(&*store, |tx| tx.unreviewed(limit));
    assert_eq!((unreviewed(9).len(), unreviewed(3).len()), (4, 3));
    write(&*store, |tx| {
        for (n, due_ms) in [(1, 700), (2, 500), (3, 700), (4, 600)] {
            tx.put_review(&row(n, due_ms))?;
        }
        // A dossier that is not here: nothing is shown of it.
        tx.put_review(&row(8, 1))
    });
    assert_eq!(unreviewed(9), []);
    let before = |before_ms| ReviewFilter {
        before_ms,
        ..ReviewFilter::default()
    };
    let list = |filter: &ReviewFilter| view(&*store, |tx| tx.reviews(filter));
    let mut same = [row(1, 700), row(3, 700)];
    same.sort_by_key(|row| row.dossier);
    let [first, second] = same;
    let all = [row(2, 500), row(4, 600), first.clone(), second.clone()];
    assert_eq!(list(&before(701)), all);
    assert_eq!(list(&before(700)), all[..2]);
    let page = |limit, after: Option<&ReviewRow>| ReviewFilter {
        limit,
        after: after.map(|row| (row.due_ms, row.dossier)),
        ..before(701)
    };
    assert_eq!(list(&page(3, None)), all[..3]);
    assert_eq!(list(&page(9, Some(&first))), [second]);
    let of = |name| ReviewFilter {
        services: vec![service(name)],
        ..before(701)
    };
    assert_eq!(list(&of("ma/support")), [row(4, 600)]);
    assert_eq!(list(&of("ma/desk")).len(), 3);
    let among = |purpose| ReviewFilter {
        among: Some(vec![("request".to_owned(), purpose)]),
        ..before(701)
    };
    assert_eq!(list(&among(Purpose::Support)), [row(4, 600)]);
    let none = ReviewFilter {
        among: Some(Vec::new()),
        ..before(701)
    };
    assert_eq!(list(&none), []);
    let count = |filter: &ReviewFilter| view(&*store, |tx| tx.count_reviews(filter));
    let limited = ReviewFilter {
        limit: 1,
        ..among(Purpose::Justice)
    };
    assert_eq!(
        (count(&before(701)), count(&limited), count(&none)),
        (4, 3, 0)
    );
    let told = ReviewRow {
        told_ms: 9,
        ..row(2, 900)
    };
    let put = told.clone();
    write(&*store, move |tx| {
        tx.put_review(&put)?;
        tx.drop_review(dossier_id(4))?;
        tx.drop_review(dossier_id(9))
    });
    let announced = ReviewFilter {
        told: true,
        ..before(1_000)
    };
    assert_eq!(list(&announced), std::slice::from_ref(&told));
    assert_eq!((count(&announced), count(&before(1_000))), (1, 3));
    assert_eq!(view(&*store, |tx| tx.review(dossier_id(2))), Some(told));
    assert_eq!(view(&*store, |tx| tx.review(dossier_id(4))), None);
    assert_eq!(unreviewed(9), [dossier_id(4)]);
}
