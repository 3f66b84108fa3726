//! What officers are told of by mail: found when it is time, each officer's apart, gone when dropped.

use super::*;

/// Rows by the time at which to look after them.
///
/// # Panics
/// On a difference.
pub fn notices(make: Make<'_>) {
    let store = make();
    let row = |officer: &str, next_ms: i64| NoticeRow {
        officer: officer.to_owned(),
        next_ms,
        sealed: officer.as_bytes().to_vec(),
    };
    for (officer, next_ms) in [("c", 30), ("a", 10), ("b", 10), ("d", i64::MAX)] {
        let row = row(officer, next_ms);
        write(&*store, move |tx| tx.put_notice(&row));
    }
    let until = |until, limit| view(&*store, |tx| tx.notices(until, limit));
    assert_eq!(until(9, 10), []);
    assert_eq!(until(10, 10), [row("a", 10), row("b", 10)]);
    assert_eq!(until(30, 2), [row("a", 10), row("b", 10)]);
    assert_eq!(until(i64::MAX, 10).len(), 4);
    let later = NoticeRow {
        sealed: vec![7; 9],
        ..row("a", 31)
    };
    let put = later.clone();
    write(&*store, move |tx| tx.put_notice(&put));
    assert_eq!(view(&*store, |tx| tx.notice("a")), Some(later.clone()));
    assert_eq!(until(31, 10), [row("b", 10), row("c", 30), later]);
    write(&*store, |tx| {
        tx.drop_notice("b")?;
        tx.drop_notice("nobody")
    });
    assert_eq!(view(&*store, |tx| tx.notice("b")), None);
    assert_eq!(until(i64::MAX, 10).len(), 3);
}
