//! Where each entry has a day of its own, as on the standing desk: what goes is told and attested month by month, and no backup brings it
//! back. Nothing that was erased comes back to the list either.

use super::{
    DAY, EVIDENCE, SIDES, Side, TERM, answered, day_of, days, entries, readable, review, written,
};
use entente_core::act::Act;
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_store::{BodyState, DossierFilter};
use entente_testkit::backup::Backup;
use entente_testkit::node::Writing;
use entente_testkit::pair::TestPair;

fn desk(pair: &TestPair) -> DossierId {
    let filter = DossierFilter {
        kind: Some("desk".into()),
        ..DossierFilter::default()
    };
    let found = pair.ma().look(|tx| tx.dossiers(&filter)).unwrap();
    found[0].id
}

/// Notes of both sides, then a hundred days.
fn months(pair: &mut TestPair, desk: DossierId, times: usize) -> Vec<[EntryId; 2]> {
    let mut notes = Vec::new();
    for _ in 0..times {
        let note = Writing::on(desk, &[("text", "Une note.")]);
        notes.push(SIDES.map(|side| pair.write(side, "note", &note).entry));
        pair.settle();
        days(pair, 100);
    }
    notes
}

fn erased(pair: &TestPair, side: Side, entry: EntryId) -> bool {
    pair.node(side).entry(entry).unwrap().unwrap().body == BodyState::Erased
}

/// Until when a side says that all is destroyed.
fn told_until(pair: &TestPair, side: Side, desk: DossierId) -> i64 {
    let name = ["ma", "fr"][side.index()];
    let words = written(pair, side, desk, "expired", name).into_iter();
    let acts = words.flat_map(|id| pair.node(side).header(id).acts.known);
    let before = acts.filter_map(|act| match act {
        Act::Expired { before } => Some(before.0),
        _ => None,
    });
    before.max().unwrap_or(i64::MIN)
}

#[test]
fn what_goes_month_by_month_is_told_and_attested_month_by_month() {
    let mut pair = TestPair::linked(931);
    let desk = desk(&pair);
    let notes = months(&mut pair, desk, 3);
    let mut steps = Vec::new();
    for _ in 0..24 {
        days(&mut pair, 14);
        for side in SIDES {
            let gone = entries(&pair, side, desk).into_iter();
            let gone = gone.filter(|row| {
                row.body == BodyState::Erased && !EVIDENCE.contains(&row.kind.as_str())
            });
            let last = gone.map(|row| row.at_ms).max().unwrap_or(i64::MIN);
            assert!(
                told_until(&pair, side, desk) >= last,
                "{side:?}: what is gone is told"
            );
            let rows = pair.node(side).obligations(Some(desk)).unwrap();
            let open =
                |row: &&entente_store::ObligationRow| row.ask == Ask::Erase && row.state.is_open();
            assert_eq!(rows.iter().filter(open).count(), 0, "{side:?}: answered");
        }
        let both = |pair_of: &[EntryId; 2]| pair_of.iter().all(|id| erased(&pair, Side::Fr, *id));
        steps.push(notes.iter().filter(|two| both(two)).count());
    }
    assert!(steps.contains(&1) && steps.contains(&2), "{steps:?}");
    assert_eq!(steps.last(), Some(&3), "{steps:?}");
    for by in ["ma", "fr"] {
        let asked = written(&pair, Side::Ma, desk, "ask_erasure", by).len();
        assert_eq!(asked, 3, "{by}: once for each month");
    }
    let before = SIDES.map(|side| entries(&pair, side, desk).len());
    for _ in 0..10 {
        days(&mut pair, 20);
    }
    assert_eq!(before, SIDES.map(|side| entries(&pair, side, desk).len()));
    pair.assert_same();
}

/// A node that is put back to a backup of between two months hears its own later word, and shows nothing that had gone since.
#[test]
fn rule_06_a_backup_of_before_a_later_month_brings_nothing_back() {
    let mut pair = TestPair::linked(932);
    let desk = desk(&pair);
    let notes = months(&mut pair, desk, 2);
    let mut backup = None;
    for _ in 0..30 {
        days(&mut pair, 14);
        if erased(&pair, Side::Fr, notes[0][0]) && !erased(&pair, Side::Fr, notes[1][0]) {
            backup = Some(Backup::of(pair.fr()));
        }
    }
    assert!(erased(&pair, Side::Fr, notes[1][0]));
    backup
        .expect("taken between two months")
        .restore(&mut pair, Side::Fr);
    pair.settle();
    for note in notes.iter().flatten() {
        assert!(erased(&pair, Side::Fr, *note), "before any look");
    }
    pair.node(Side::Fr).check().unwrap();
    pair.assert_same();
}

/// The dossiers that stand on a side's list.
fn listed(pair: &TestPair, side: Side) -> (Vec<DossierId>, u64) {
    let node = pair.node(side);
    let list = node.app.reviews(&node.officer("liaison").unwrap()).unwrap();
    let ids = list.lines.iter().map(|line| line.dossier.id).collect();
    (ids, list.due.soon)
}

/// What was erased, by the rule or by people, is not announced again; what is written into it afterwards is.
#[test]
fn an_erased_dossier_does_not_come_back_to_the_list() {
    let mut pair = TestPair::linked(933);
    let expired = answered(&mut pair);
    let by_hand = answered(&mut pair);
    for side in SIDES {
        pair.write(side, "erase", &Writing::on(by_hand, &[("all", "on")]));
    }
    pair.settle();
    for side in SIDES {
        let rows = pair.node(side).obligations(Some(by_hand)).unwrap();
        let name = &pair.node(side).name;
        let owed = rows
            .iter()
            .find(|row| row.ask == Ask::Erase && row.debtor.node() == *name);
        let attest = Writing::on(by_hand, &[("copies", "none")]).target(owed.unwrap().id);
        pair.write(side, "attest_erasure", &attest);
    }
    days(&mut pair, TERM / DAY - 20);
    for side in SIDES {
        let (ids, _) = listed(&pair, side);
        assert!(ids.contains(&expired), "{side:?}: it is due");
        assert!(!ids.contains(&by_hand), "{side:?}: nothing is left of it");
    }
    for after in [21, 15, 1] {
        days(&mut pair, after);
    }
    for side in SIDES {
        assert_eq!(readable(&pair, side, expired), 0, "{side:?}");
    }
    let before = [expired, by_hand].map(|dossier| entries(&pair, Side::Ma, dossier).len());
    for _ in 0..90 {
        days(&mut pair, 14);
        for side in SIDES {
            let (ids, soon) = listed(&pair, side);
            let back = [expired, by_hand].iter().any(|id| ids.contains(id));
            let day = day_of(pair.node(side).app.now().0);
            assert!(!back && soon == ids.len() as u64, "{side:?} {day}");
        }
    }
    let after = [expired, by_hand].map(|dossier| entries(&pair, Side::Ma, dossier).len());
    assert_eq!(before, after, "and nothing more is said of it");
    // What comes later has a day of its own, and is announced and erased as ever.
    let head = |pair: &TestPair| {
        let liaison = pair.ma().officer("liaison").unwrap();
        let view = pair.ma().app.dossier(&liaison, expired, None).unwrap();
        view.review
    };
    assert_eq!(head(&pair), None, "nothing to review");
    let late = Writing::on(expired, &[("text", "Une suite.")]);
    pair.write(Side::Ma, "note", &late);
    pair.settle();
    let since = head(&pair).unwrap();
    let row = review(&pair, Side::Ma, expired);
    assert!(since.again && since.due > pair.ma().app.now());
    assert_eq!(since.due.0, row.due_ms, "a term since, not the old day");
    let mut seen = false;
    for _ in 0..85 {
        days(&mut pair, 14);
        seen |= listed(&pair, Side::Ma).0.contains(&expired);
    }
    assert!(seen, "announced");
    assert_eq!(readable(&pair, Side::Ma, expired), 0);
}
