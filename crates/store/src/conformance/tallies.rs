//! What both backends count for the balance.

use super::{Make, dossier_row, obligation_id, service, varied_obligations, view, write};
use crate::{Asked, ObligationRow};
use entente_core::balance::Tally;
use entente_core::instant::Instant;
use entente_core::obligation::State;

/// What is counted in groups is what the rows say one by one.
///
/// # Panics
/// On a difference.
pub fn tallies(make: Make<'_>) {
    let store = make();
    // New Year's Eve of 2025, on both sides of midnight UTC.
    const MIDNIGHT: i64 = 1_767_225_600_000;
    let mut rows = varied_obligations();
    for (n, row) in (0_i64..).zip(&mut rows) {
        row.asked_ms = MIDNIGHT + (n % 5 - 2) * 1_000;
        row.ended_ms = (!row.state.is_open()).then_some(500 + n * 10);
        row.ground = (row.state == State::Refused).then_some(3);
        row.about = (n % 4 == 1).then(|| obligation_id(1_000));
    }
    // What ended at the very instant of its date was on time.
    let ended = rows.iter().position(|row| row.ended_ms.is_some());
    let at_the_instant = ended.expect("a closed row");
    rows[at_the_instant].due_ms = rows[at_the_instant].ended_ms;
    let closed = rows[at_the_instant].line(Instant(900)).tally;
    assert_eq!(closed.on_time, Some(true), "{closed:?}");
    // Another partner's is in none.
    rows[7].creditor = service("es/liaison");
    let stored = rows.clone();
    write(&*store, move |tx| {
        (1..=4).try_for_each(|n| tx.put_dossier(&dossier_row(n)))?;
        stored.iter().try_for_each(|row| tx.put_obligation(row))
    });
    let nodes = [rows[0].creditor.node(), rows[0].debtor.node()];
    let [one, other] = nodes.clone();
    for (from, to, between) in [
        (
            MIDNIGHT - 5_000,
            MIDNIGHT + 5_000,
            [one.clone(), other.clone()],
        ),
        (MIDNIGHT, MIDNIGHT + 1_000, [other.clone(), one.clone()]),
        (MIDNIGHT + 9_000, MIDNIGHT + 10_000, [one, other]),
    ] {
        let asked = Asked {
            between,
            from_ms: from,
            to_ms: to,
            now_ms: 900,
        };
        let counted = |row: &&ObligationRow| {
            let both = [row.creditor.node(), row.debtor.node()];
            nodes.iter().all(|node| both.contains(node)) && (from..to).contains(&row.asked_ms)
        };
        let mut groups: Vec<Tally> = Vec::new();
        for row in rows.iter().filter(counted) {
            let line = row.line(Instant(900)).tally;
            let alike = |t: &&mut Tally| {
                Tally {
                    many: 1,
                    ..(**t).clone()
                } == line
            };
            match groups.iter_mut().find(alike) {
                Some(group) => group.many += 1,
                None => groups.push(line),
            }
        }
        let found = view(&*store, |tx| tx.tallies(&asked));
        assert_eq!(found.len(), groups.len(), "{asked:?}");
        for group in groups {
            assert!(found.contains(&group), "{group:?} of {found:?}");
        }
    }
}
