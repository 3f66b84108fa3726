//! The suite that every backend must pass: each function takes a maker of fresh, empty stores and panics on the first difference.
//!
//! A backend's own tests call [`all`]; what only its files show (erasure, crashes, backups) is tested beside the backend.
#![expect(
    clippy::unwrap_used,
    reason = "a suite of tests, offered to other crates"
)]

mod ahead;
mod drafts;
mod factors;
mod notices;
mod oversight;
mod reviews;
mod tallies;

pub use ahead::{open_in_dossiers, reading_ahead};
pub use drafts::drafts;
pub use factors::{bound, factors, tokens};
pub use notices::notices;
pub use oversight::{access_found, findings, journal};
pub use reviews::reviews;
pub use tallies::tallies;

use crate::*;
use entente_core::codes::{Ask, Phase, Purpose, Urgency};
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::obligation::{Side, State};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes a fresh, empty store.
pub type Make<'m> = &'m dyn Fn() -> Box<dyn Store>;

/// Every test of the suite.
///
/// # Panics
/// When the backend differs from the contract.
pub fn all(make: Make<'_>) {
    settings_and_series(make);
    dossiers(make);
    entries(make);
    translations(make);
    waiting_and_heads(make);
    lanes(make);
    leaving(make);
    limits_of_evidence_and_digests(make);
    bodies_and_keys(make);
    configurations_and_terms(make);
    obligations(make);
    obligation_filters(make);
    tallies(make);
    acts_and_touched(make);
    reading_ahead(make);
    open_in_dossiers(make);
    registers(make);
    generations(make);
    later_generations(make);
    reopened(make);
    cut_off(make);
    wrong_appends(make);
    checkpoints_and_receipts(make);
    outbox_and_digests(make);
    leases(make);
    attachments(make);
    people(make);
    tokens(make);
    factors(make);
    bound(make);
    drafts(make);
    notices(make);
    reviews(make);
    access_lanes(make);
    access_found(make);
    journal(make);
    findings(make);
    search(make);
    an_error_undoes_its_own_work_only(make);
    a_job_is_gone_when_its_caller_is_told(make);
    numbers_have_no_gaps(make);
    readers_see_whole_jobs(make);
    backup_refuses_existing_files(make);
}

/// Dossiers that have a key of one name are walked through in portions, whatever else they have; also in the job that writes them.
fn walked_by_key(store: &dyn Store) {
    let walked = |after: Option<u64>, limit| {
        let after = after.map(dossier_id);
        view(store, |tx| tx.with_key(b"dossier", after, limit))
    };
    assert_eq!(walked(None, 9), [dossier_id(1)]);
    let inside = write(store, move |tx| {
        for n in [5, 3, 4] {
            tx.put_object_key(dossier_id(n), b"dossier", b"kek")?;
            tx.put_object_key(dossier_id(n), b"another", b"kek")?;
        }
        tx.put_object_key(dossier_id(4), b"dossier", b"")?;
        tx.put_object_key(dossier_id(6), b"another", b"kek")?;
        tx.as_read().with_key(b"dossier", Some(dossier_id(1)), 9)
    });
    assert_eq!(inside, [dossier_id(3), dossier_id(5)]);
    assert_eq!(walked(None, 2), [dossier_id(1), dossier_id(3)]);
    assert_eq!(walked(Some(3), 2), [dossier_id(5)]);
    assert_eq!(walked(Some(5), 2), []);
    write(store, move |tx| {
        for n in 3..=6 {
            tx.put_object_key(dossier_id(n), b"dossier", b"")?;
            tx.put_object_key(dossier_id(n), b"another", b"")?;
        }
        Ok(())
    });
}

/// An entry's identifier from a number; neighbours lie far apart.
#[must_use]
pub fn entry_id(n: u64) -> EntryId {
    let mut id = [0; 32];
    let spread = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for (chunk, salt) in id.chunks_exact_mut(8).zip(0u64..) {
        chunk.copy_from_slice(&(spread ^ salt.wrapping_mul(n)).to_be_bytes());
    }
    EntryId(id)
}

/// A dossier's identifier from a number.
#[must_use]
pub fn dossier_id(n: u64) -> DossierId {
    DossierId::of(entry_id(n.wrapping_add(1 << 40)))
}

/// A node of a valid name.
///
/// # Panics
/// When the name is not valid.
#[must_use]
pub fn node(name: &str) -> NodeName {
    name.parse().unwrap()
}

/// A service of a valid name.
///
/// # Panics
/// When the name is not valid.
#[must_use]
pub fn service(name: &str) -> ServiceName {
    name.parse().unwrap()
}

/// A plausible dossier.
#[must_use]
pub fn dossier_row(n: u64) -> DossierRow {
    DossierRow {
        id: dossier_id(n),
        kind: "request".to_owned(),
        purpose: Purpose::Justice,
        phase: Phase::Open,
        convenor: node("fr"),
        number: u32::try_from(n).unwrap_or(u32::MAX),
        nodes: "fr,ma".to_owned(),
        services: "fr/liaison,ma/desk".to_owned(),
        title: vec![7; 40],
        opened_ms: 1_000,
        updated_ms: 1_000,
    }
}

/// A plausible entry.
#[must_use]
pub fn entry_row(dossier: u64, n: u64) -> EntryRow {
    EntryRow {
        position: 0,
        dossier: dossier_id(dossier),
        id: entry_id(n),
        kind: "request.answer".to_owned(),
        service: "fr/liaison".to_owned(),
        at_ms: 1_700_000_000_000,
        here_ms: 1_700_000_000_500,
        verdict: 0,
        depth: n,
        causal: vec![3; 24],
        header: vec![5; 320],
        body: BodyState::None,
    }
}

/// A plausible open obligation, owed by `ma/desk` to `fr/liaison`.
#[must_use]
pub fn obligation_row(dossier: u64, n: u64) -> ObligationRow {
    ObligationRow {
        id: obligation_id(n),
        dossier: dossier_id(dossier),
        kind: "request".to_owned(),
        audience: "fr,ma".to_owned(),
        ask: Ask::Answer,
        creditor: service("fr/liaison"),
        debtor: service("ma/desk"),
        owing: service("ma/desk"),
        urgency: Urgency::Normal,
        number: 1,
        asked_ms: 100,
        by_ms: None,
        about: None,
        charter: Some(entry_id(1)),
        asked_in: vec![1, 2],
        received_ms: Some(150),
        state: State::Open,
        turn: Some(Side::Debtor),
        due_ms: Some(1_000),
        ended_ms: None,
        outcome: 0,
        ground: None,
        contested: false,
    }
}

/// The first obligation of an entry.
#[must_use]
pub fn obligation_id(n: u64) -> ObligationId {
    ObligationId {
        entry: entry_id(n),
        index: 0,
    }
}

fn write<T: Send + 'static>(
    store: &dyn Store,
    job: impl FnMut(&mut dyn Write) -> Result<T> + Send + 'static,
) -> T {
    store.update("test", job).unwrap()
}
fn view<T>(store: &dyn Store, job: impl FnMut(&dyn Read) -> Result<T>) -> T {
    store.view("test", job).unwrap()
}
fn refused(
    store: &dyn Store,
    job: impl FnMut(&mut dyn Write) -> Result<()> + Send + 'static,
) -> StoreError {
    store.update("test", job).unwrap_err()
}

/// Small named values and numbers.
///
/// # Panics
/// On a difference.
pub fn settings_and_series(make: Make<'_>) {
    let store = make();
    assert_eq!(view(&*store, |tx| tx.setting("a")), None);
    assert_eq!(view(&*store, |tx| tx.last_number("ask")), 0);
    write(&*store, |tx| {
        tx.set_setting("a", b"1")?;
        tx.set_setting("a", b"22")?;
        tx.set_setting("b", b"")?;
        assert_eq!(tx.as_read().setting("a")?, Some(b"22".to_vec()));
        assert_eq!((tx.next_number("ask")?, tx.next_number("ask")?), (1, 2));
        assert_eq!(tx.next_number("dossier")?, 1);
        Ok(())
    });
    assert_eq!(view(&*store, |tx| tx.setting("a")), Some(b"22".to_vec()));
    assert_eq!(view(&*store, |tx| tx.setting("b")), Some(Vec::new()));
    assert_eq!(view(&*store, |tx| tx.last_number("ask")), 2);
}

/// Dossiers and their filters.
///
/// # Panics
/// On a difference.
pub fn dossiers(make: Make<'_>) {
    let store = make();
    let mut rows: Vec<DossierRow> = (1..=4).map(dossier_row).collect();
    for (row, updated) in rows.iter_mut().zip([10, 40, 20, 30]) {
        row.updated_ms = updated;
    }
    rows[1].services = "fr/police".to_owned();
    rows[2].kind = "alert".to_owned();
    rows[2].phase = Phase::Closed;
    rows[2].nodes = "fr,ma-south".to_owned();
    rows[3].purpose = Purpose::Rescue;
    let stored = rows.clone();
    write(&*store, move |tx| {
        stored.iter().try_for_each(|row| tx.put_dossier(row))
    });
    // The part of a filter that a test varies, by a change to one that finds all.
    let find = |change: &dyn Fn(&mut DossierFilter)| {
        let mut filter = DossierFilter::default();
        change(&mut filter);
        let found = view(&*store, |tx| tx.dossiers(&filter));
        if filter.limit == 0 {
            let count = view(&*store, |tx| tx.count_dossiers(&filter));
            assert_eq!(count, found.len() as u64, "{filter:?}");
        }
        found.iter().map(|row| row.number).collect::<Vec<u32>>()
    };
    let none = Vec::<u32>::new();
    let (police, liaison) = (service("fr/police"), service("fr/liaison"));
    assert_eq!(find(&|_| ()), [2, 4, 3, 1]);
    assert_eq!(find(&|f| (f.limit, f.offset) = (2, 1)), [4, 3]);
    assert_eq!(find(&|f| f.kind = Some("alert".to_owned())), [3]);
    assert_eq!(find(&|f| f.phase = Some(Phase::Closed)), [3]);
    assert_eq!(find(&|f| f.purpose = Some(Purpose::Rescue)), [4]);
    assert_eq!(find(&|f| f.number = Some(3)), [3]);
    assert_eq!(find(&|f| f.number = Some(9)), none);
    let third_of_ma = |f: &mut DossierFilter| (f.number, f.node) = (Some(3), Some(node("ma")));
    assert_eq!(find(&third_of_ma), none);
    assert_eq!(find(&|f| f.node = Some(node("ma"))), [2, 4, 1]);
    assert_eq!(find(&|f| f.node = Some(node("south"))), none);
    let both = vec![police.clone(), liaison];
    assert_eq!(find(&|f| f.services.clone_from(&both)), [2, 4, 3, 1]);
    assert_eq!(find(&|f| f.services = vec![police.clone()]), [2]);
    assert_eq!(find(&|f| f.services = vec![service("fr/liais")]), none);
    let pair = |kind: &str, purpose| (kind.to_owned(), purpose);
    let some = [
        pair("alert", Purpose::Justice),
        pair("request", Purpose::Rescue),
    ];
    assert_eq!(find(&|f| f.among = Some(some.to_vec())), [4, 3]);
    assert_eq!(find(&|f| f.among = Some(Vec::new())), none);

    rows[0].services = "fr/police".to_owned();
    rows[0].updated_ms = 50;
    let changed = rows[0].clone();
    write(&*store, move |tx| tx.put_dossier(&changed));
    assert_eq!(find(&|f| f.services = vec![police.clone()]), [1, 2]);
    // Two nodes give the same number: the one that changed last is first.
    let other = DossierRow {
        id: dossier_id(5),
        convenor: node("fr"),
        number: 3,
        updated_ms: 60,
        ..rows[3].clone()
    };
    write(&*store, move |tx| tx.put_dossier(&other));
    let third = DossierFilter {
        number: Some(3),
        ..DossierFilter::default()
    };
    let found = view(&*store, |tx| tx.dossiers(&third));
    let ids: Vec<DossierId> = found.iter().map(|row| row.id).collect();
    assert_eq!(ids, [dossier_id(5), dossier_id(3)]);
    let first = view(&*store, |tx| tx.dossier(dossier_id(1)));
    assert_eq!(first.as_ref(), Some(&rows[0]));
    assert_eq!(view(&*store, |tx| tx.dossier(dossier_id(9))), None);
}

/// Entries by their types, a page after the other, in the order of all.
fn of_types(store: &dyn Store, rows: &[EntryRow], ordered: &[EntryId]) {
    let dossier = dossier_id(1);
    let wanted: [&[&str]; 4] = [
        &["request.answer", "note"],
        &["note", "request.ask", "request.answer"],
        &["request.ask"],
        &[],
    ];
    for types in wanted {
        let of = |id: &&EntryId| {
            let mut rows = rows.iter();
            rows.any(|row| row.id == **id && types.contains(&row.kind.as_str()))
        };
        let expected: Vec<EntryId> = ordered.iter().filter(of).copied().collect();
        for limit in 1..=6 {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = view(store, |tx| tx.entries_of(dossier, types, after, limit));
                assert!(page.len() <= limit as usize);
                let Some(last) = page.last() else { break };
                after = Some((last.depth, last.id));
                found.extend(page.into_iter().map(|row| row.id));
            }
            assert_eq!(found, expected, "{types:?} by {limit}");
        }
    }
    let none = view(store, |tx| tx.entries_of(dossier_id(9), &["note"], None, 9));
    assert_eq!(none, []);
}

/// What came lately, of so many of the newest, but for what a node wrote.
fn lately(store: &dyn Store, rows: &[EntryRow], newest: &[EntryId]) {
    let dossier = dossier_id(1);
    for (but, since, look) in [("ma", 0, 9), ("xx", 0, 9), ("xx", rows[2].here_ms, 3)] {
        let look_at = newest.iter().take(look as usize);
        let expected: Vec<EntryId> = look_at
            .filter_map(|id| rows.iter().find(|row| row.id == *id))
            .filter(|row| row.here_ms >= since && !row.service.starts_with(&format!("{but}/")))
            .map(|row| row.id)
            .collect();
        let found = view(store, |tx| {
            tx.lately(&[dossier_id(9), dossier], &node(but), since, look)
        });
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), expected);
        for line in found {
            let row = rows.iter().find(|row| row.id == line.id).unwrap();
            assert_eq!(
                (line.dossier, line.kind, line.service, line.here_ms),
                (dossier, row.kind.clone(), row.service.clone(), row.here_ms)
            );
        }
    }
    let of_none = view(store, |tx| tx.lately(&[dossier_id(9)], &node("ma"), 0, 9));
    assert_eq!(of_none, []);
}

/// Translations of an entry, each once, in its dossier only.
///
/// # Panics
/// On a difference.
pub fn translations(make: Make<'_>) {
    let store = make();
    write(&*store, |tx| {
        for (dossier, original, translation) in
            [(1, 1, 3), (1, 1, 2), (1, 1, 3), (2, 1, 4), (1, 5, 6)]
        {
            tx.put_translation(
                dossier_id(dossier),
                entry_id(original),
                entry_id(translation),
            )?;
        }
        Ok(())
    });
    let of = |dossier, original| {
        let mut found = view(&*store, |tx| {
            tx.translations(dossier_id(dossier), entry_id(original))
        });
        found.sort();
        found
    };
    let mut both = vec![entry_id(2), entry_id(3)];
    both.sort();
    assert_eq!(of(1, 1), both);
    assert_eq!(of(2, 1), [entry_id(4)]);
    assert_eq!((of(1, 2), of(9, 1)), (vec![], vec![]));
}

/// Entries, their order and their verdicts.
///
/// # Panics
/// On a difference.
pub fn entries(make: Make<'_>) {
    let store = make();
    let mut rows: Vec<EntryRow> = (0..6).map(|n| entry_row(1, n)).collect();
    for (row, depth) in rows.iter_mut().zip([3, 1, 1, 2, 1, 0]) {
        row.depth = depth;
    }
    rows[5].dossier = dossier_id(2);
    rows[4].verdict = 7;
    rows[3].verdict = WAITING;
    rows[1].kind = "request.ask".to_owned();
    rows[2].kind = "note".to_owned();
    let stored = rows.clone();
    write(&*store, move |tx| {
        for row in &stored {
            assert!(tx.insert_entry(row)?);
        }
        let mut again = stored[0].clone();
        again.header = b"another".to_vec();
        assert!(!tx.insert_entry(&again)?, "nothing is applied twice");
        Ok(())
    });
    let all = view(&*store, |tx| tx.entries_since(0, 100));
    assert!(
        all.windows(2)
            .all(|pair| pair[0].position < pair[1].position)
    );
    for (row, found) in rows.iter_mut().zip(&all) {
        row.position = found.position;
        assert_eq!(row, found);
    }
    let ids = |rows: Vec<EntryRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let mut expected: Vec<EntryRow> = rows[..5].to_vec();
    expected.sort_by_key(|row| (row.depth, row.id));
    let expected = ids(expected);
    let reversed: Vec<EntryId> = expected.iter().rev().copied().collect();
    let dossier = dossier_id(1);
    assert_eq!(
        ids(view(&*store, |tx| tx.entries(dossier, false, 100, 0))),
        expected
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.entries(dossier, true, 100, 0))),
        reversed
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.entries(dossier, false, 2, 1))),
        expected[1..3]
    );
    of_types(&*store, &rows, &expected);
    lately(&*store, &rows, &reversed);
    assert_eq!(view(&*store, |tx| tx.count_entries(dossier)), 5);
    assert_eq!(view(&*store, |tx| tx.count_entries(dossier_id(9))), 0);
    assert_eq!(
        ids(view(&*store, |tx| tx.entries(dossier_id(9), false, 9, 0))),
        []
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.irregular_entries(10))),
        [entry_id(4)]
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.entries_since(rows[3].position, 1))),
        [entry_id(4)]
    );
    write(&*store, |tx| tx.judge_entry(entry_id(3), 255, 9, b"causal"));
    let judged = view(&*store, |tx| tx.entry(entry_id(3))).unwrap();
    assert_eq!(
        (judged.verdict, judged.depth, judged.causal),
        (255, 9, b"causal".to_vec())
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.irregular_entries(10))),
        [entry_id(4), entry_id(3)]
    );
    assert_eq!(
        ids(view(&*store, |tx| tx.entries(dossier, true, 1, 0))),
        [entry_id(3)]
    );
    assert!(matches!(
        refused(&*store, |tx| tx.judge_entry(entry_id(99), 0, 0, b"")),
        StoreError::Failed(_)
    ));
    assert_eq!(view(&*store, |tx| tx.entry(entry_id(99))), None);
}

/// Entries that wait, and heads per scope.
///
/// # Panics
/// On a difference.
pub fn waiting_and_heads(make: Make<'_>) {
    let store = make();
    let d = dossier_id(1);
    write(&*store, move |tx| {
        tx.wait_for(entry_id(9), entry_id(1), 30)?;
        tx.wait_for(entry_id(9), entry_id(2), 20)?;
        // Noted once more, it waits since the first time.
        tx.wait_for(entry_id(9), entry_id(2), 5)?;
        tx.wait_for(entry_id(8), entry_id(2), 10)?;
        tx.wait_for(entry_id(7), entry_id(3), 20)?;
        for n in 1..=3 {
            tx.advance_heads(d, "fr,ma", &[], entry_id(n))?;
        }
        tx.advance_heads(d, "fr", &[], entry_id(1))
    });
    let waiting = |n| {
        view(&*store, |tx| tx.waiting_for(entry_id(n), 10))
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(waiting(9), BTreeSet::from([entry_id(1), entry_id(2)]));
    assert_eq!(view(&*store, |tx| tx.waiting_for(entry_id(9), 1)).len(), 1);
    // What is awaited longest is first, each once, with the one that waits for it longest.
    let mut alike = vec![(entry_id(7), entry_id(3)), (entry_id(9), entry_id(2))];
    alike.sort_unstable();
    let awaited = [vec![(entry_id(8), entry_id(2))], alike].concat();
    assert_eq!(view(&*store, |tx| tx.awaited(9)), awaited);
    assert_eq!(view(&*store, |tx| tx.awaited(1)), awaited[..1]);
    write(&*store, |tx| tx.wait_for(EntryId([0; 32]), entry_id(3), 1));
    assert_eq!(
        view(&*store, |tx| tx.awaited(9)),
        awaited,
        "zeros are no entry"
    );
    write(&*store, |tx| tx.stop_waiting(entry_id(9), entry_id(2)));
    assert_eq!(waiting(9), BTreeSet::from([entry_id(1)]));
    let left =
        [(8, 2), (7, 3), (9, 1)].map(|(missing, entry)| (entry_id(missing), entry_id(entry)));
    assert_eq!(
        view(&*store, |tx| tx.awaited(9)),
        left,
        "the next that waits"
    );
    assert_eq!(waiting(8).len(), 1, "it still waits for the other");

    let heads = |d, scope: &str| {
        view(&*store, |tx| tx.heads(d, scope, 99))
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(heads(d, "fr,ma").len(), 3);
    let first = view(&*store, |tx| tx.heads(d, "fr,ma", 2));
    let lowest: Vec<EntryId> = heads(d, "fr,ma").into_iter().take(2).collect();
    assert_eq!(first, lowest, "no more than were asked for");
    write(&*store, move |tx| {
        tx.advance_heads(
            d,
            "fr,ma",
            &[entry_id(1), entry_id(3), entry_id(77)],
            entry_id(4),
        )
    });
    assert_eq!(
        heads(d, "fr,ma"),
        BTreeSet::from([entry_id(2), entry_id(4)])
    );
    assert_eq!(heads(d, "fr"), BTreeSet::from([entry_id(1)]));
    assert!(heads(d, "ma").is_empty() && heads(dossier_id(2), "fr").is_empty());
}

/// Bodies, keys and their end.
///
/// # Panics
/// On a difference.
pub fn bodies_and_keys(make: Make<'_>) {
    let store = make();
    let d = dossier_id(1);
    let here = BodyRow {
        state: BodyState::Here,
        sealed: vec![9; 9_000],
    };
    let (kept, owed) = (
        here.clone(),
        BodyRow {
            state: BodyState::Owed,
            sealed: Vec::new(),
        },
    );
    let first = owed.clone();
    write(&*store, move |tx| {
        // A key may come before its entry.
        tx.put_object_key(d, &entry_id(2).0, b"early")?;
        for n in 1..=3 {
            tx.insert_entry(&entry_row(1, n))?;
        }
        tx.put_object_key(d, b"dossier", b"kek")?;
        tx.put_object_key(d, &entry_id(1).0, b"wrapped")?;
        tx.put_body(d, entry_id(1), &kept)?;
        tx.put_body(d, entry_id(2), &first)?;
        tx.put_tokens(d, entry_id(1), &[[1; 8]])
    });
    let body = |n| view(&*store, |tx| tx.body(d, entry_id(n)));
    let state = |n| view(&*store, |tx| tx.entry(entry_id(n))).unwrap().body;
    let key = |object: &[u8]| view(&*store, |tx| tx.object_key(d, object));
    assert_eq!(
        (body(1), body(2), body(3)),
        (Some(here.clone()), Some(owed), None)
    );
    assert_eq!(
        (state(1), state(2), state(3)),
        (BodyState::Here, BodyState::Owed, BodyState::None)
    );
    assert_eq!(
        view(&*store, |tx| tx.body(dossier_id(2), entry_id(1))),
        None,
        "another dossier"
    );
    assert_eq!(key(&entry_id(1).0), Some(b"wrapped".to_vec()));
    assert_eq!(key(&entry_id(2).0), Some(b"early".to_vec()));
    assert_eq!(key(b"dossier"), Some(b"kek".to_vec()));
    assert_eq!(
        view(&*store, |tx| tx.object_key(dossier_id(2), &entry_id(1).0)),
        None
    );

    write(&*store, move |tx| {
        tx.put_body(d, entry_id(2), &here)?;
        tx.put_object_key(d, &entry_id(2).0, b"late")
    });
    assert_eq!(
        (state(2), key(&entry_id(2).0)),
        (BodyState::Here, Some(b"late".to_vec()))
    );

    write(&*store, move |tx| {
        tx.erase_body(d, entry_id(1))?;
        tx.erase_body(d, entry_id(2))?;
        tx.erase_body(d, entry_id(3))?;
        tx.erase_body(d, entry_id(50))?;
        tx.erase_body(dossier_id(7), entry_id(1))
    });
    let erased = Some(BodyRow {
        state: BodyState::Erased,
        sealed: Vec::new(),
    });
    assert_eq!((body(1), body(2), body(3)), (erased.clone(), erased, None));
    assert_eq!((state(1), state(3)), (BodyState::Erased, BodyState::None));
    assert_eq!((key(&entry_id(1).0), key(&entry_id(2).0)), (None, None));
    assert_eq!(view(&*store, |tx| tx.search(&[vec![[1; 8]]], &[d], 9)), []);
    assert_eq!(key(b"dossier"), Some(b"kek".to_vec()));
    walked_by_key(&*store);
    write(&*store, move |tx| tx.put_object_key(d, b"dossier", b""));
    assert_eq!(key(b"dossier"), None, "an empty key destroys");
    let foreign = refused(&*store, move |tx| {
        tx.put_body(
            dossier_id(2),
            entry_id(1),
            &BodyRow {
                state: BodyState::Here,
                sealed: vec![1],
            },
        )
    });
    assert!(matches!(foreign, StoreError::Failed(_)));
}

/// Configurations, terms, flags, relations.
///
/// # Panics
/// On a difference.
pub fn configurations_and_terms(make: Make<'_>) {
    let store = make();
    let config = |n: u64, number| ConfigRow {
        entry: entry_id(n),
        dossier: dossier_id(1),
        number,
        kind: "request".to_owned(),
        set_by: vec![1],
        config: vec![2; 10],
    };
    let terms = |n: u64, version| TermsRow {
        entry: entry_id(n),
        dossier: dossier_id(2),
        partner: node("ma"),
        version,
        terms: vec![4; 10],
    };
    let flag = |n: u64, set| FlagRow {
        partner: node("ma"),
        entry: entry_id(n),
        node: node("fr"),
        set,
        at_ms: 5,
    };
    let relation = |n: u64, from, to| RelationRow {
        entry: entry_id(n),
        from: entry_id(from),
        to: entry_id(to),
        to_dossier: dossier_id(3),
        relation: 2,
    };
    let (c1, c2, t1, t2) = (config(1, 1), config(2, 2), terms(3, 1), terms(4, 2));
    let (f1, f2, r1, r2) = (
        flag(5, true),
        flag(6, false),
        relation(7, 20, 10),
        relation(8, 30, 20),
    );
    let rows = (
        c1.clone(),
        c2.clone(),
        t1.clone(),
        t2.clone(),
        f1.clone(),
        f2.clone(),
        r1.clone(),
        r2.clone(),
    );
    write(&*store, move |tx| {
        tx.insert_config(&rows.1)?;
        tx.insert_config(&rows.0)?;
        tx.insert_terms(&rows.3)?;
        tx.insert_terms(&rows.2)?;
        tx.insert_flag(&rows.4)?;
        tx.insert_flag(&rows.5)?;
        tx.insert_relation(&rows.6)?;
        tx.insert_relation(&rows.7)
    });
    assert_eq!(view(&*store, |tx| tx.config(entry_id(1))), Some(c1));
    assert_eq!(
        view(&*store, |tx| tx.latest_config(dossier_id(1))),
        Some(c2)
    );
    assert_eq!(view(&*store, |tx| tx.latest_config(dossier_id(9))), None);
    assert_eq!(view(&*store, |tx| tx.terms(entry_id(3))), Some(t1));
    assert_eq!(view(&*store, |tx| tx.terms_with(&node("ma"))), Some(t2));
    assert_eq!(view(&*store, |tx| tx.terms_with(&node("es"))), None);
    let flags = view(&*store, |tx| tx.flags(&node("ma")));
    assert!(flags.len() == 2 && flags.contains(&f1) && flags.contains(&f2));
    assert_eq!(view(&*store, |tx| tx.flags(&node("es"))), []);
    let related = view(&*store, |tx| tx.relations(entry_id(20)));
    assert!(related.len() == 2 && related.contains(&r1) && related.contains(&r2));
    assert_eq!(view(&*store, |tx| tx.relations(entry_id(10))), [r1]);
    assert_eq!(view(&*store, |tx| tx.relations(entry_id(77))), []);
}

/// One obligation: every column comes back, and the fold replaces what it folds.
///
/// # Panics
/// On a difference.
pub fn obligations(make: Make<'_>) {
    let store = make();
    let mut row = obligation_row(1, 5);
    let get = |n| view(&*store, |tx| tx.obligation(obligation_id(n)));
    assert_eq!(get(5), None);
    let first = row.clone();
    // Before its entry is known, and again afterwards: it stays one obligation.
    write(&*store, move |tx| tx.put_obligation(&first));
    assert_eq!(get(5).as_ref(), Some(&row));
    write(&*store, |tx| tx.insert_entry(&entry_row(1, 5)));
    assert_eq!(get(5).as_ref(), Some(&row));
    for state in State::ALL {
        row.state = state;
        row.turn =
            [None, Some(Side::Creditor), Some(Side::Debtor)][usize::from(state.number() % 3)];
        row.due_ms = state.is_open().then_some(77);
        row.ended_ms = (!state.is_open()).then_some(88);
        row.received_ms = None;
        row.owing = service("ma/police");
        row.outcome = 4;
        row.ground = Some(3);
        row.contested = true;
        let folded = row.clone();
        write(&*store, move |tx| tx.put_obligation(&folded));
        assert_eq!(get(5).as_ref(), Some(&row));
    }
    row.by_ms = Some(-4);
    row.about = Some(obligation_id(44));
    row.charter = None;
    row.ask = Ask::Attend;
    row.urgency = Urgency::Life;
    let changed = row.clone();
    write(&*store, move |tx| tx.put_obligation(&changed));
    assert_eq!(get(5).as_ref(), Some(&row));
    assert_eq!(
        view(&*store, |tx| tx
            .count_obligations(&ObligationFilter::default())),
        1
    );
    let listed = view(&*store, |tx| tx.obligations(&ObligationFilter::default()));
    assert_eq!(listed, [row]);
}

/// Every filter against the plain definition, alone and with others.
///
/// # Panics
/// On a difference.
pub fn obligation_filters(make: Make<'_>) {
    let store = make();
    let rows = varied_obligations();
    let stored = rows.clone();
    write(&*store, move |tx| {
        for n in 1..=4 {
            let mut dossier = dossier_row(n);
            if n % 2 == 0 {
                dossier.services = "ma/police".to_owned();
            }
            dossier.purpose = purpose_of(dossier.id);
            tx.put_dossier(&dossier)?;
        }
        stored.iter().try_for_each(|row| tx.put_obligation(row))
    });
    let singles = single_filters();
    for (i, a) in singles.iter().enumerate() {
        for b in &singles[i..] {
            for c in &singles {
                let filter = both(&both(a, b), c);
                let mut expected: Vec<&ObligationRow> =
                    rows.iter().filter(|row| matches(&filter, row)).collect();
                expected.sort_by_key(|row| row.due_ms.unwrap_or(i64::MAX));
                let found = view(&*store, |tx| tx.obligations(&filter));
                let due = |row: &ObligationRow| row.due_ms;
                assert_eq!(
                    found.iter().map(due).collect::<Vec<_>>(),
                    expected.iter().map(|row| due(row)).collect::<Vec<_>>(),
                    "{filter:?}"
                );
                let ids: BTreeSet<_> = found.iter().map(|row| row.id).collect();
                assert_eq!(
                    ids,
                    expected.iter().map(|row| row.id).collect(),
                    "{filter:?}"
                );
                let count = view(&*store, |tx| tx.count_obligations(&filter));
                assert_eq!(count, expected.len() as u64, "{filter:?}");
                let some = ObligationFilter {
                    count_most: 3,
                    ..filter.clone()
                };
                let count = view(&*store, |tx| tx.count_obligations(&some));
                assert_eq!(count, expected.len().min(3) as u64, "{some:?}");
                let paged: Vec<ObligationId> = (0..3u32)
                    .flat_map(|page| {
                        let filter = ObligationFilter {
                            limit: 5,
                            offset: page * 5,
                            ..filter.clone()
                        };
                        view(&*store, move |tx| tx.obligations(&filter))
                    })
                    .map(|row| row.id)
                    .collect();
                assert_eq!(
                    paged,
                    found.iter().take(15).map(|row| row.id).collect::<Vec<_>>(),
                    "{filter:?}"
                );
            }
        }
    }
}

/// One of the four dossiers is of another purpose.
fn purpose_of(dossier: DossierId) -> Purpose {
    if dossier == dossier_id(4) {
        Purpose::Rescue
    } else {
        Purpose::Justice
    }
}

fn varied_obligations() -> Vec<ObligationRow> {
    let states = [
        State::Open,
        State::Answered,
        State::InProgress,
        State::Refused,
    ];
    (0..48u64)
        .map(|n| {
            let pick = |k: u64| usize::try_from(n / k).unwrap();
            let mut row = obligation_row(n % 4 + 1, n);
            if pick(3) % 2 == 1 {
                std::mem::swap(&mut row.creditor, &mut row.debtor);
            }
            row.owing = if pick(5) % 2 == 0 {
                row.debtor.clone()
            } else {
                service(&format!("{}/police", row.debtor.node()))
            };
            row.state = states[pick(2) % 4];
            row.turn = [Some(Side::Debtor), Some(Side::Creditor), None][pick(1) % 3];
            row.due_ms = [Some(500), Some(900), None, Some(1_500)][pick(7) % 4];
            row.received_ms = (pick(4) % 3 != 0).then_some(5);
            row.ask = [Ask::Answer, Ask::Feedback][pick(6) % 2];
            row.asked_ms = i64::try_from(n % 10).unwrap();
            row.contested = n % 9 == 2;
            row
        })
        .collect()
}

fn single_filters() -> Vec<ObligationFilter> {
    let any = ObligationFilter::default;
    vec![
        any(),
        ObligationFilter {
            dossier: Some(dossier_id(2)),
            ..any()
        },
        ObligationFilter {
            dossier: Some(dossier_id(99)),
            ..any()
        },
        ObligationFilter {
            debtor_node: Some(node("ma")),
            ..any()
        },
        ObligationFilter {
            creditor_node: Some(node("ma")),
            ..any()
        },
        ObligationFilter {
            owing: vec![service("ma/police"), service("fr/police")],
            ..any()
        },
        ObligationFilter {
            asking: vec![service("ma/desk")],
            ..any()
        },
        ObligationFilter {
            open: Some(true),
            ..any()
        },
        ObligationFilter {
            open: Some(false),
            ..any()
        },
        ObligationFilter {
            turn: Some(Side::Debtor),
            ..any()
        },
        ObligationFilter {
            due_before_ms: Some(1_000),
            ..any()
        },
        ObligationFilter {
            ask: Some(Ask::Feedback),
            ..any()
        },
        ObligationFilter {
            contested: true,
            ..any()
        },
        ObligationFilter {
            asked_from_ms: Some(4),
            ..any()
        },
        ObligationFilter {
            asked_to_ms: Some(6),
            ..any()
        },
        ObligationFilter {
            visible_to: vec![service("ma/police"), service("x/y")],
            ..any()
        },
        ObligationFilter {
            among: Some(vec![("request".into(), Purpose::Justice)]),
            ..any()
        },
        ObligationFilter {
            among: Some(Vec::new()),
            ..any()
        },
        ObligationFilter {
            unreceived: true,
            ..any()
        },
        ObligationFilter {
            number: Some(7),
            ..any()
        },
    ]
}

/// Both conditions; where both name the same, the second.
fn both(a: &ObligationFilter, b: &ObligationFilter) -> ObligationFilter {
    let list = |a: &Vec<ServiceName>, b: &Vec<ServiceName>| {
        if b.is_empty() { a.clone() } else { b.clone() }
    };
    ObligationFilter {
        dossier: b.dossier.or(a.dossier),
        debtor_node: b.debtor_node.clone().or_else(|| a.debtor_node.clone()),
        creditor_node: b.creditor_node.clone().or_else(|| a.creditor_node.clone()),
        owing: list(&a.owing, &b.owing),
        asking: list(&a.asking, &b.asking),
        open: b.open.or(a.open),
        turn: b.turn.or(a.turn),
        due_before_ms: b.due_before_ms.or(a.due_before_ms),
        ask: b.ask.or(a.ask),
        asked_from_ms: b.asked_from_ms.or(a.asked_from_ms),
        asked_to_ms: b.asked_to_ms.or(a.asked_to_ms),
        visible_to: list(&a.visible_to, &b.visible_to),
        among: b.among.clone().or_else(|| a.among.clone()),
        unreceived: a.unreceived || b.unreceived,
        number: b.number.or(a.number),
        contested: a.contested || b.contested,
        limit: 0,
        offset: 0,
        count_most: 0,
    }
}

/// The definition of the filter, row by row.
fn matches(filter: &ObligationFilter, row: &ObligationRow) -> bool {
    let even = [2, 4].map(dossier_id).contains(&row.dossier);
    let services = if even {
        vec!["ma/police"]
    } else {
        vec!["fr/liaison", "ma/desk"]
    };
    let is = |set: &[ServiceName], of: &ServiceName| set.is_empty() || set.contains(of);
    filter.dossier.is_none_or(|d| d == row.dossier)
        && filter
            .debtor_node
            .as_ref()
            .is_none_or(|n| *n == row.debtor.node())
        && filter
            .creditor_node
            .as_ref()
            .is_none_or(|n| *n == row.creditor.node())
        && is(&filter.owing, &row.owing)
        && is(&filter.asking, &row.creditor)
        && filter.open.is_none_or(|open| open == row.state.is_open())
        && filter.turn.is_none_or(|turn| row.turn == Some(turn))
        && filter
            .due_before_ms
            .is_none_or(|before| row.due_ms.is_some_and(|due| due < before))
        && filter.ask.is_none_or(|ask| ask == row.ask)
        && filter.asked_from_ms.is_none_or(|from| row.asked_ms >= from)
        && filter.asked_to_ms.is_none_or(|to| row.asked_ms < to)
        && (!filter.unreceived || row.received_ms.is_none())
        && filter.number.is_none_or(|n| n == row.number)
        && (!filter.contested || row.contested)
        && (filter.visible_to.is_empty()
            || filter
                .visible_to
                .iter()
                .any(|s| services.contains(&s.as_str())))
        && filter
            .among
            .as_ref()
            .is_none_or(|among| among.contains(&("request".to_owned(), purpose_of(row.dossier))))
}

/// Acts, and what a stretch of a register touched.
///
/// # Panics
/// On a difference.
pub fn acts_and_touched(make: Make<'_>) {
    let store = make();
    let act = |on: u64, n: u64, index| ActRow {
        dossier: dossier_id(1),
        obligation: obligation_id(on),
        entry: entry_id(n),
        index,
        node: node("ma"),
        at_ms: 9,
        depth: 4,
        seq: 2,
        lane: vec![1],
        act: vec![2, 3],
    };
    let acts = [act(1, 2, 0), act(1, 3, 0), act(1, 3, 1), act(5, 3, 2)];
    let stored = acts.clone();
    write(&*store, move |tx| {
        // Entry 1 is here before everything, 2 after its leaf, 3 never.
        tx.insert_entry(&entry_row(1, 1))?;
        let leaf = |position, n: Option<u64>| LeafRow {
            position,
            leaf: vec![0; 33],
            entry: n.map(entry_id),
        };
        let leaves = vec![
            leaf(0, Some(1)),
            leaf(1, None),
            leaf(2, Some(2)),
            leaf(3, Some(3)),
        ];
        tx.append_register(
            &node("ma"),
            Direction::In,
            &Append {
                leaves,
                ..append(0, 0)
            },
        )?;
        tx.insert_entry(&entry_row(1, 2))?;
        for n in [1, 5] {
            tx.put_obligation(&obligation_row(1, n))?;
        }
        stored.iter().try_for_each(|act| tx.insert_act(act))
    });
    let mut found = view(&*store, |tx| tx.acts(obligation_id(1)));
    found.sort_by_key(|act| (act.entry != entry_id(2), act.index));
    assert_eq!(found, acts[..3]);
    assert_eq!(view(&*store, |tx| tx.acts(obligation_id(2))), []);
    let set = |n: &[u64]| n.iter().map(|n| obligation_id(*n)).collect::<BTreeSet<_>>();
    let acted = |n| {
        view(&*store, |tx| tx.acted_on(entry_id(n)))
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        (acted(1), acted(2), acted(3)),
        (set(&[]), set(&[1]), set(&[1, 5]))
    );
    obligations_in_a_lasting_order(&*store);
    let touched = |from, to| {
        let list = view(&*store, |tx| {
            tx.touched(&node("ma"), Direction::In, from, to)
        });
        let found: BTreeSet<_> = list.iter().copied().collect();
        assert_eq!(list.len(), found.len(), "each once");
        found
    };
    assert_eq!(
        (touched(0, 1), touched(1, 2), touched(2, 3)),
        (set(&[1]), set(&[]), set(&[1]))
    );
    assert_eq!(
        (touched(3, u64::MAX), touched(4, 2)),
        (set(&[1, 5]), set(&[]))
    );
    assert_eq!(
        view(&*store, |tx| tx.touched(&node("ma"), Direction::Out, 0, 9)),
        []
    );
}

fn obligations_in_a_lasting_order(store: &dyn Store) {
    let after = |partner: &str, place, limit| {
        view(store, |tx| {
            tx.obligations_after(&node(partner), place, limit)
        })
    };
    let all = after("ma", 0, 10);
    assert!(all.is_sorted_by(|a, b| a.0 < b.0) && all.first().is_some_and(|(n, _)| *n > 0));
    assert_eq!(
        all.len(),
        view(store, |tx| tx.obligations(&ObligationFilter::default())).len()
    );
    for pair in all.windows(2) {
        assert_eq!(after("ma", pair[0].0, 1), [pair[1]]);
    }
    assert_eq!(after("zz", 0, 10), []);
}

fn append(from: u64, leaves: u64) -> Append {
    Append {
        from,
        leaves: (from..from + leaves)
            .map(|position| LeafRow {
                position,
                leaf: position.to_be_bytes().to_vec(),
                entry: Some(entry_id(position)),
            })
            .collect(),
        nodes: (from..from + leaves)
            .map(|index| (1, index, [3; 32]))
            .collect(),
        frontier: (from + leaves).to_be_bytes().to_vec(),
        note: format!("note of {}", from + leaves),
    }
}

/// Registers grow by what is appended, each by itself.
///
/// # Panics
/// On a difference.
pub fn registers(make: Make<'_>) {
    let store = make();
    let ma = node("ma");
    let register =
        |partner: &str, direction| view(&*store, |tx| tx.register(&node(partner), direction));
    assert_eq!(register("ma", Direction::Out), RegisterRow::default());
    let partner = ma.clone();
    write(&*store, move |tx| {
        tx.insert_entry(&entry_row(1, 1))?;
        tx.append_register(&partner, Direction::Out, &append(0, 3))?;
        tx.append_register(&partner, Direction::In, &append(0, 1))?;
        tx.append_register(&partner, Direction::Out, &append(3, 2))
    });
    let out = register("ma", Direction::Out);
    assert_eq!((out.size, out.generation, out.cosigned), (5, 0, 0));
    assert_eq!(
        (out.frontier, out.note),
        (5u64.to_be_bytes().to_vec(), "note of 5".to_owned())
    );
    assert_eq!(
        (
            register("ma", Direction::In).size,
            register("es", Direction::Out).size
        ),
        (1, 0)
    );
    let leaves = view(&*store, |tx| tx.leaves(&ma, Direction::Out, 1, 3));
    assert_eq!(leaves, append(1, 3).leaves);
    assert_eq!(view(&*store, |tx| tx.leaves(&ma, Direction::Out, 5, 3)), []);
    let node_at = |level, index| {
        view(&*store, |tx| {
            tx.tree_node(&node("ma"), Direction::Out, level, index)
        })
    };
    assert_eq!(
        (node_at(1, 4), node_at(1, 5), node_at(2, 0)),
        (Some([3; 32]), None, None)
    );
    let position = |side, n| {
        let place = view(&*store, |tx| tx.leaf_place(&node("ma"), side, entry_id(n)));
        place.map(|place| (place.register, place.position))
    };
    assert_eq!(
        (position(Direction::Out, 1), position(Direction::Out, 4)),
        (Some((Direction::Out, 1)), Some((Direction::Out, 4)))
    );
    assert_eq!(
        (position(Direction::In, 1), position(Direction::Out, 9)),
        (None, None)
    );
}

/// A closed generation keeps what was agreed and answers for it; what lies beyond counts no more, and the next begins with nothing.
///
/// # Panics
/// On a difference.
pub fn generations(make: Make<'_>) {
    let store = with_receipts(make);
    let ma = node("ma");
    for wrong in [closing(9), closing(7)] {
        let error = refused(&*store, move |tx| {
            tx.close_register(&node("ma"), Direction::Out, &wrong)
                .map(drop)
        });
        assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
    }
    close(&*store, "ma", Direction::Out, (4, 2));
    let head = |register| view(&*store, |tx| tx.register(&ma, register));
    let closed = Direction::Out.closed(0);
    assert_eq!(
        (
            head(closed).size,
            head(closed).cosigned,
            &*head(closed).note
        ),
        (4, 4, "note of 4")
    );
    assert_eq!(
        (head(Direction::Out).generation, head(Direction::Out).size),
        (1, 0)
    );
    assert_eq!(head(Direction::In).size, 5);
    assert_eq!(placed(&*store, 3), Some((closed, 3)));
    assert_eq!(placed(&*store, 4), None, "beyond what was agreed");
    let receipt = |register, position| {
        let row = view(&*store, |tx| tx.receipt(&ma, register, position));
        row.map(|row| (row.size, row.leaf))
    };
    assert_eq!(receipt(closed, 3), Some((4, 2)));
    assert_eq!(receipt(closed, 4), None);
    assert_eq!(receipt(Direction::In, 1), Some((2, EARLIER)));
    assert_eq!(receipt(Direction::In, 2), None);
    assert_eq!(
        view(&*store, |tx| tx.leaves(&ma, closed, 4, 9)).len(),
        2,
        "what was signed is kept"
    );
}

/// Generations follow each other, also of a register that nothing was ever written in.
///
/// # Panics
/// On a difference.
pub fn later_generations(make: Make<'_>) {
    let store = with_receipts(make);
    close(&*store, "ma", Direction::Out, (4, 2));
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(0, 6))
    });
    close(&*store, "ma", Direction::Out, (0, 2));
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(0, 5))
    });
    let head = |partner: &str, register| view(&*store, |tx| tx.register(&node(partner), register));
    assert_eq!(head("ma", Direction::Out).generation, 2);
    assert_eq!(head("ma", Direction::Out.closed(1)).size, 0);
    assert_eq!(placed(&*store, 3), Some((Direction::Out.closed(0), 3)));
    assert_eq!(placed(&*store, 4), Some((Direction::Out, 4)));
    let receipt = view(&*store, |tx| tx.receipt(&node("ma"), Direction::In, 1));
    assert_eq!(receipt.map(|row| row.leaf), Some(EARLIER));
    close(&*store, "es", Direction::In, (0, 0));
    let es = head("es", Direction::In);
    assert_eq!((es.generation, es.size), (1, 0));
}

/// A closing is taken back as long as nothing follows it: the generation is written again with all that was ever in it.
///
/// # Panics
/// On a difference.
pub fn reopened(make: Make<'_>) {
    fn again(tx: &mut dyn Write, size: u64) -> Result<()> {
        tx.reopen_register(&node("ma"), Direction::Out, &closing(size))
    }
    let store = with_receipts(make);
    let ma = node("ma");
    let never = refused(&*store, |tx| again(tx, 6));
    assert!(matches!(never, StoreError::Failed(_)), "{never:?}");
    close(&*store, "ma", Direction::Out, (4, 2));
    write(&*store, |tx| {
        // Recovered, on leaves that are still to come again: they go with their generation.
        tx.insert_receipt(&node("ma"), Direction::Out, &receipt_row(3, 3))?;
        again(tx, 6)
    });
    let head = view(&*store, |tx| tx.register(&ma, Direction::Out));
    assert_eq!((head.generation, head.size, head.cosigned), (0, 6, 6));
    assert_eq!(
        (&*head.note, head.frontier),
        ("note of 6", closing(6).frontier)
    );
    let closed = Direction::Out.closed(0);
    assert_eq!(view(&*store, |tx| tx.leaves(&ma, closed, 0, 9)), []);
    assert_eq!(
        (placed(&*store, 3), placed(&*store, 5)),
        (Some((Direction::Out, 3)), Some((Direction::Out, 5)))
    );
    let receipt = view(&*store, |tx| tx.receipt(&node("ma"), Direction::Out, 3));
    assert_eq!(
        receipt.map(|row| (row.size, row.leaf)),
        Some((4, 2)),
        "what stayed, of that generation"
    );
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(6, 2))
    });
    close(&*store, "ma", Direction::Out, (8, 2));
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(0, 1))
    });
    let late = refused(&*store, |tx| again(tx, 8));
    assert!(matches!(late, StoreError::Failed(_)), "{late:?}");
}

/// What was cut off a register is gone, with all that was said of it and in it, and another end takes its place.
///
/// # Panics
/// On a difference.
pub fn cut_off(make: Make<'_>) {
    let store = with_receipts(make);
    let ma = node("ma");
    let beyond = refused(&*store, |tx| {
        tx.cut_register(&node("ma"), Direction::Out, &closing(7))
    });
    assert!(matches!(beyond, StoreError::Failed(_)), "{beyond:?}");
    write(&*store, |tx| {
        let tree = Append {
            nodes: vec![(2, 1, [2; 32]), (3, 0, [3; 32])],
            ..append(6, 2)
        };
        tx.append_register(&node("ma"), Direction::Out, &tree)?;
        tx.cut_register(&node("ma"), Direction::Out, &closing(4))
    });
    let head = view(&*store, |tx| tx.register(&ma, Direction::Out));
    assert_eq!((head.generation, head.size, head.cosigned), (0, 4, 4));
    assert_eq!(
        (&*head.note, head.frontier),
        ("note of 4", closing(4).frontier)
    );
    assert_eq!(
        view(&*store, |tx| tx.leaves(&ma, Direction::Out, 0, 9)).len(),
        4
    );
    assert_eq!(
        (placed(&*store, 3), placed(&*store, 4)),
        (Some((Direction::Out, 3)), None)
    );
    for gone in [(1, 2), (1, 3), (2, 1), (3, 0)] {
        let node = view(&*store, |tx| {
            tx.tree_node(&ma, Direction::Out, gone.0, gone.1)
        });
        assert_eq!(node, None, "{gone:?}");
    }
    let kept = view(&*store, |tx| tx.tree_node(&ma, Direction::Out, 1, 1));
    assert_eq!(kept, Some([3; 32]));
    let signed = |size| {
        view(&*store, |tx| {
            tx.checkpoint(&node("ma"), Direction::Out, size)
        })
    };
    assert_eq!((signed(6), signed(8)), (None, None));
    let receipt = |side, position| {
        let row = view(&*store, |tx| tx.receipt(&node("ma"), side, position));
        row.map(|row| (row.size, row.leaf))
    };
    assert_eq!(
        receipt(Direction::Out, 3),
        Some((4, 2)),
        "of the other side, on what stays"
    );
    assert_eq!(receipt(Direction::Out, 4), None);
    assert_eq!(
        receipt(Direction::In, 1),
        Some((2, 2)),
        "said in what stays"
    );
    assert_eq!(receipt(Direction::In, 2), None);
    write(&*store, |tx| {
        let other = Append {
            nodes: vec![(2, 1, [7; 32])],
            ..append(4, 4)
        };
        tx.append_register(&node("ma"), Direction::Out, &other)
    });
    assert_eq!(placed(&*store, 7), Some((Direction::Out, 7)));
    let again = view(&*store, |tx| tx.tree_node(&ma, Direction::Out, 2, 1));
    assert_eq!(again, Some([7; 32]));
}

fn with_receipts(make: Make<'_>) -> Box<dyn Store> {
    let store = make();
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(0, 6))?;
        tx.append_register(&node("ma"), Direction::In, &append(0, 5))?;
        tx.put_cosignature(&node("ma"), Direction::Out, 6, "held")?;
        for (side, size, leaf) in [
            (Direction::Out, 3, 1),
            (Direction::Out, 4, 2),
            (Direction::Out, 6, 4),
            (Direction::In, 2, 2),
            (Direction::In, 2, 3),
            (Direction::In, 4, 4),
            (Direction::In, 5, 5),
        ] {
            tx.insert_receipt(&node("ma"), side, &receipt_row(size, leaf))?;
        }
        Ok(())
    });
    store
}

fn closing(size: u64) -> Closing {
    Closing {
        size,
        frontier: size.to_be_bytes().to_vec(),
        note: format!("note of {size}"),
    }
}

/// Closes a register at a size; what of the other side's is receipted afterwards must be as named.
fn close(store: &dyn Store, partner: &'static str, side: Direction, (size, receipted): (u64, u64)) {
    let left = write(store, move |tx| {
        tx.close_register(&node(partner), side, &closing(size))
    });
    assert_eq!(left, receipted, "what was said beyond the end was not said");
}

fn placed(store: &dyn Store, n: u64) -> Option<(Direction, u64)> {
    let place = view(store, |tx| {
        tx.leaf_place(&node("ma"), Direction::Out, entry_id(n))
    });
    place.map(|place| (place.register, place.position))
}

fn receipt_row(size: u64, leaf: u64) -> ReceiptRow {
    ReceiptRow {
        size,
        root: [9; 32],
        time_ms: 1,
        leaf,
        arrived_ms: None,
    }
}

/// An append that does not start at the register's size leaves nothing, not even its leaves.
///
/// # Panics
/// On a difference.
pub fn wrong_appends(make: Make<'_>) {
    let store = make();
    write(&*store, |tx| {
        tx.append_register(&node("ma"), Direction::Out, &append(0, 2))
    });
    let mut gap = append(2, 2);
    gap.leaves[1].position = 7;
    for (partner, wrong) in [
        ("ma", append(1, 1)),
        ("ma", append(3, 1)),
        ("es", append(1, 1)),
        ("ma", gap),
    ] {
        let error = refused(&*store, move |tx| {
            tx.append_register(&node(partner), Direction::Out, &wrong)
        });
        assert!(matches!(error, StoreError::Failed(_)), "{error:?}");
    }
    let register = view(&*store, |tx| tx.register(&node("ma"), Direction::Out));
    assert_eq!((register.size, register.note.as_str()), (2, "note of 2"));
    assert_eq!(
        view(&*store, |tx| tx.leaves(&node("ma"), Direction::Out, 0, 9)).len(),
        2
    );
    assert_eq!(
        view(&*store, |tx| tx.checkpoint(&node("ma"), Direction::Out, 4)),
        None
    );
    assert_eq!(
        view(&*store, |tx| tx.register(&node("es"), Direction::Out)),
        RegisterRow::default()
    );
}

/// Of evidence stay the newest, the first of each sort, and whatever stopped the link; of digests the newest. Other partners' are
/// left alone.
///
/// # Panics
/// On a difference.
pub fn limits_of_evidence_and_digests(make: Make<'_>) {
    let store = make();
    let evidence = |partner: &str, at_ms, what: &str| EvidenceRow {
        partner: node(partner),
        at_ms,
        what: what.to_owned(),
        evidence: vec![1],
        stops: what == "fork",
    };
    let digest = |partner: &str, at_ms| DigestRow {
        partner: node(partner),
        out_size: 1,
        in_size: 1,
        at_ms,
        ours: [1; 32],
        theirs: None,
    };
    write(&*store, move |tx| {
        tx.insert_evidence(&evidence("es", 1, "tampered"))?;
        tx.put_digest(&digest("es", 1))?;
        for at in 1..=20 {
            tx.insert_evidence(&evidence("ma", at, "tampered"))?;
            tx.put_digest(&digest("ma", at))?;
            if at == 3 || at == 7 {
                tx.insert_evidence(&evidence("ma", at, "fork"))?;
            }
        }
        tx.prune_evidence(&node("ma"), 4)?;
        tx.prune_digests(&node("ma"), 4)
    });
    let kept: Vec<(i64, String)> = view(&*store, |tx| tx.evidence(&node("ma"), 100))
        .into_iter()
        .map(|e| (e.at_ms, e.what))
        .collect();
    let expected = [
        (20, "tampered"),
        (19, "tampered"),
        (18, "tampered"),
        (17, "tampered"),
        (7, "fork"),
        (3, "fork"),
        (1, "tampered"),
    ];
    assert_eq!(kept, expected.map(|(at, what)| (at, what.to_owned())));
    let instants = |partner: &str| -> Vec<i64> {
        let rows = view(&*store, |tx| tx.digests(&node(partner), 100));
        rows.into_iter().map(|d| d.at_ms).collect()
    };
    assert_eq!(instants("ma"), [20, 19, 18, 17]);
    assert_eq!(instants("es"), [1]);
    assert_eq!(view(&*store, |tx| tx.evidence(&node("es"), 9)).len(), 1);
}

/// Who left, dossier by dossier, and who came back.
///
/// # Panics
/// On a difference.
pub fn leaving(make: Make<'_>) {
    let store = make();
    let (a, b) = (dossier_id(1), dossier_id(2));
    let service = |name: &str| -> ServiceName { name.parse().expect("a service") };
    write(&*store, move |tx| {
        for name in ["fr/police", "fr/justice", "fr/police"] {
            tx.put_left(a, &service(name))?;
        }
        tx.put_left(b, &service("fr/police"))?;
        tx.drop_left(a, &service("fr/police"))
    });
    let left = |d| view(&*store, |tx| tx.left(d));
    assert_eq!(left(a), [service("fr/justice")]);
    assert_eq!(left(b), [service("fr/police")]);
    assert!(left(dossier_id(3)).is_empty());
}

/// Lanes go up only, dossier by dossier.
///
/// # Panics
/// On a difference.
pub fn lanes(make: Make<'_>) {
    let store = make();
    let (a, b) = (dossier_id(1), dossier_id(2));
    write(&*store, move |tx| {
        tx.set_lane_top(a, b"lane", 3)?;
        tx.set_lane_top(a, b"lane", 2)?;
        tx.set_lane_top(b, b"lane", 1)
    });
    let top = |d, lane: &[u8]| view(&*store, |tx| tx.lane_top(d, lane));
    assert_eq!((top(a, b"lane"), top(b, b"lane")), (Some(3), Some(1)));
    assert_eq!(
        (top(a, b"other"), top(dossier_id(3), b"lane")),
        (None, None)
    );
}

/// Checkpoints are kept while newest or cosigned; receipts cover positions.
///
/// # Panics
/// On a difference.
pub fn checkpoints_and_receipts(make: Make<'_>) {
    let store = make();
    let ma = || node("ma");
    let receipt = |size, leaf| ReceiptRow {
        size,
        root: [8; 32],
        time_ms: 50,
        leaf,
        arrived_ms: (leaf == 1).then_some(70),
    };
    write(&*store, move |tx| {
        for from in [0, 2, 4, 6] {
            tx.append_register(&ma(), Direction::Out, &append(from, 2))?;
        }
        tx.put_checkpoint(&ma(), Direction::Out, 5, "between")?;
        tx.put_checkpoint(&ma(), Direction::Out, 4, "not this")?;
        tx.put_cosignature(&ma(), Direction::Out, 4, "line 4")?;
        tx.put_cosignature(&ma(), Direction::Out, 4, "a second line")?;
        tx.insert_receipt(&ma(), Direction::Out, &receipt(3, 0))?;
        tx.insert_receipt(&ma(), Direction::Out, &receipt(3, 2))?;
        tx.insert_receipt(&ma(), Direction::Out, &receipt(6, 1))
    });
    let at = |size| view(&*store, |tx| tx.checkpoint(&ma(), Direction::Out, size));
    let cosigned = |size| view(&*store, |tx| tx.cosigned(&ma(), Direction::Out, size));
    let four = CheckpointRow {
        size: 4,
        note: "note of 4".to_owned(),
        cosignature: "line 4".to_owned(),
    };
    assert_eq!(at(2), None, "superseded");
    assert_eq!(
        at(4).as_ref(),
        Some(&four),
        "the first note and the first cosignature stay"
    );
    assert_eq!(
        (
            at(5).unwrap().note.as_str(),
            at(8).unwrap().cosignature.as_str()
        ),
        ("between", "")
    );
    assert_eq!(
        (cosigned(1).as_ref(), cosigned(4).as_ref(), cosigned(5)),
        (Some(&four), Some(&four), None)
    );
    write(&*store, move |tx| {
        tx.put_cosignature(&ma(), Direction::Out, 8, "line 8")
    });
    assert_eq!((at(5), at(6)), (None, None));
    assert_eq!(
        (cosigned(4).unwrap().size, cosigned(5).unwrap().size),
        (4, 8)
    );
    assert_eq!(
        view(&*store, |tx| tx.register(&ma(), Direction::Out)).cosigned,
        8
    );
    let unknown = refused(&*store, move |tx| {
        tx.put_cosignature(&ma(), Direction::Out, 3, "line")
    });
    assert!(matches!(unknown, StoreError::Failed(_)));

    let covers = |position| view(&*store, |tx| tx.receipt(&ma(), Direction::Out, position));
    assert_eq!(
        (covers(0), covers(2)),
        (Some(receipt(3, 0)), Some(receipt(3, 0)))
    );
    assert_eq!(
        (covers(3), covers(5), covers(6)),
        (Some(receipt(6, 1)), Some(receipt(6, 1)), None)
    );
    assert_eq!(
        view(&*store, |tx| tx.receipt(&ma(), Direction::In, 0)),
        None
    );
    write(&*store, move |tx| {
        tx.drop_receipt(&ma(), Direction::In, &receipt(6, 1))?;
        tx.drop_receipt(&node("es"), Direction::Out, &receipt(6, 1))?;
        tx.drop_receipt(&ma(), Direction::Out, &receipt(3, 0))
    });
    let dropped = "one of two of a size, and none of another register";
    assert_eq!(covers(0), Some(receipt(3, 2)), "{dropped}");
    assert_eq!(covers(3), Some(receipt(6, 1)), "{dropped}");
    write(&*store, move |tx| {
        tx.drop_receipt(&ma(), Direction::Out, &receipt(6, 1))
    });
    assert_eq!((covers(0), covers(3)), (Some(receipt(3, 2)), None));
}

/// The outbox keeps its order and never gives a number twice; digests come newest first.
///
/// # Panics
/// On a difference.
pub fn outbox_and_digests(make: Make<'_>) {
    let store = make();
    let ma = || node("ma");
    write(&*store, move |tx| {
        tx.push_outbox(&ma(), &OutboxItem::Entry(entry_id(1)), 10)?;
        tx.push_outbox(&node("es"), &OutboxItem::Leaf(vec![9]), 5)?;
        tx.push_outbox(&ma(), &OutboxItem::Leaf(vec![1, 2]), 20)
    });
    let outbox = |max| view(&*store, |tx| tx.outbox(&ma(), max));
    let rows = outbox(10);
    assert_eq!(
        rows.iter().map(|row| row.item.clone()).collect::<Vec<_>>(),
        [OutboxItem::Entry(entry_id(1)), OutboxItem::Leaf(vec![1, 2])]
    );
    assert!(rows[0].number < rows[1].number && rows[0].queued_ms == 10);
    assert_eq!(outbox(1).len(), 1);
    let behind = |after, max| view(&*store, |tx| tx.outbox_after(&ma(), after, max));
    assert_eq!(behind(0, 10), rows);
    assert_eq!(behind(rows[0].number, 10), rows[1..]);
    assert_eq!(behind(0, 1), rows[..1]);
    assert_eq!(behind(rows[1].number, 10), []);
    assert_eq!(view(&*store, |tx| tx.outbox_size(&ma())), (2, Some(10)));
    assert_eq!(view(&*store, |tx| tx.outbox_size(&node("xx"))), (0, None));
    let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
    let (foreign, ours) = (numbers.clone(), numbers.clone());
    refused(&*store, move |tx| tx.clear_outbox(&node("es"), &foreign));
    write(&*store, move |tx| tx.clear_outbox(&ma(), &ours));
    assert_eq!(
        (
            outbox(10).len(),
            view(&*store, |tx| tx.outbox_size(&node("es"))).0
        ),
        (0, 1)
    );
    write(&*store, move |tx| {
        tx.push_outbox(&ma(), &OutboxItem::Leaf(vec![7]), 30)
    });
    assert!(outbox(1)[0].number > numbers[1]);

    let digest = |at_ms, theirs| DigestRow {
        partner: node("ma"),
        out_size: 4,
        in_size: 5,
        at_ms,
        ours: [1; 32],
        theirs,
    };
    let (old, new) = (digest(1, None), digest(2, None));
    write(&*store, move |tx| {
        tx.put_digest(&new)?;
        tx.put_digest(&old)?;
        tx.put_digest(&digest(1, Some([2; 32])))
    });
    assert_eq!(
        view(&*store, |tx| tx.digests(&ma(), 9)),
        [digest(2, None), digest(1, Some([2; 32]))]
    );
    assert_eq!(view(&*store, |tx| tx.digests(&ma(), 1)).len(), 1);
}

/// A lease has one holder; its epoch fences whoever lost it.
///
/// # Panics
/// On a difference.
pub fn leases(make: Make<'_>) {
    let store = make();
    let take = |holder: &'static str, now, until| {
        write(&*store, move |tx| tx.take_lease("ma", holder, now, until))
    };
    let check = |epoch| store.update("test", move |tx| tx.check_lease("ma", epoch));
    assert!(matches!(check(0), Err(StoreError::LeaseLost)));
    let seen = || view(&*store, |tx| tx.lease("ma"));
    assert_eq!(seen(), None);
    assert_eq!(take("a", 0, 100), Some(1));
    let first = LeaseRow {
        holder: "a".to_owned(),
        epoch: 1,
        until_ms: 100,
    };
    assert_eq!(seen(), Some(first));
    assert_eq!(take("a", 50, 150), Some(1), "renewing keeps the epoch");
    assert_eq!(take("b", 149, 300), None, "held by another");
    assert!(check(1).is_ok());
    assert_eq!(take("b", 150, 300), Some(2), "expired");
    assert!(
        matches!(check(1), Err(StoreError::LeaseLost)),
        "the first holder is fenced"
    );
    assert_eq!(take("a", 200, 400), None);
    assert!(check(2).is_ok());
    assert_eq!(
        take("b", 300, 400),
        Some(3),
        "its own lapse raises the epoch too"
    );
    assert!(matches!(check(2), Err(StoreError::LeaseLost)));
    assert_eq!(
        write(&*store, |tx| tx.take_lease("es", "b", 0, 9)),
        Some(1),
        "another link"
    );
    let fenced = refused(&*store, |tx| {
        tx.set_setting("after", b"x")?;
        tx.check_lease("ma", 2)
    });
    assert!(matches!(fenced, StoreError::LeaseLost));
    assert_eq!(
        view(&*store, |tx| tx.setting("after")),
        None,
        "nothing of a fenced job stays"
    );
}

/// Attachments.
///
/// # Panics
/// On a difference.
pub fn attachments(make: Make<'_>) {
    let store = make();
    let row = |n: u64, index, partner: Option<&str>| AttachmentRow {
        dossier: dossier_id(1),
        entry: entry_id(n),
        index,
        partner: partner.map(node),
        size: 1 << 40,
        state: AttachmentState::Wanted,
        next_chunk: 3,
        blob: "tmp-0011".to_owned(),
    };
    let rows = [
        row(1, 1, Some("ma")),
        row(1, 0, Some("ma")),
        row(2, 0, None),
        row(3, 0, Some("es")),
    ];
    let stored = rows.clone();
    write(&*store, move |tx| {
        stored.iter().try_for_each(|row| tx.put_attachment(row))
    });
    assert_eq!(
        view(&*store, |tx| tx.attachments(entry_id(1))),
        [rows[1].clone(), rows[0].clone()]
    );
    let wanted = |limit| view(&*store, |tx| tx.wanted(&node("ma"), limit));
    assert_eq!((wanted(9).len(), wanted(1).len()), (2, 1));
    let held = AttachmentRow {
        state: AttachmentState::Held,
        blob: "abcd".to_owned(),
        next_chunk: 9,
        ..rows[0].clone()
    };
    let changed = held.clone();
    write(&*store, move |tx| tx.put_attachment(&changed));
    assert_eq!(wanted(9), [rows[1].clone()]);
    assert_eq!(view(&*store, |tx| tx.attachments(entry_id(1)))[1], held);
    assert_eq!(view(&*store, |tx| tx.attachments(entry_id(9))), []);
    blobs_that_may_go(&*store, &rows);
}

/// Only what was erased or given up lets go of its blob, until it no longer names one.
fn blobs_that_may_go(store: &dyn Store, rows: &[AttachmentRow]) {
    let put = |n: usize, state, blob: &str| {
        let row = AttachmentRow {
            state,
            blob: blob.to_owned(),
            ..rows[n].clone()
        };
        let stored = row.clone();
        write(store, move |tx| tx.put_attachment(&stored));
        row
    };
    let to_free = |limit| view(store, |tx| tx.blobs_to_free(limit));
    let named = |name: &str| view(store, |tx| tx.names_blob(name));
    assert_eq!(to_free(9), []);
    let erased = put(1, AttachmentState::Erased, "aa01");
    let failed = put(2, AttachmentState::Failed, "tmp-aa02");
    put(3, AttachmentState::Failed, "");
    assert_eq!((to_free(9).len(), to_free(1).len()), (2, 1));
    assert!(to_free(9).contains(&erased) && to_free(9).contains(&failed));
    assert!(named("abcd") && named("aa01") && named("tmp-aa02"));
    assert!(!named("aa02") && !named(""), "the whole name, and a name");
    put(1, AttachmentState::Erased, "");
    put(2, AttachmentState::Failed, "");
    assert_eq!(to_free(9), []);
    assert!(!named("aa01"));

    // What is above the charter's limit is wanted by nobody and has no blob to let go.
    let above = [0, 1].map(|n| put(n, AttachmentState::Above, ""));
    let page = |partner: &str, limit, offset| {
        view(store, |tx| tx.above_limit(&node(partner), limit, offset))
    };
    assert_eq!(page("ma", 9, 0), above);
    assert_eq!(page("ma", 1, 1), above[1..]);
    assert_eq!((page("ma", 9, 2), page("es", 9, 0)), (vec![], vec![]));
    assert_eq!(view(store, |tx| tx.wanted(&node("ma"), 9)), []);
    assert_eq!(to_free(9), []);
}

/// Officers, sessions, partners, evidence and pseudonyms.
///
/// # Panics
/// On a difference.
pub fn people(make: Make<'_>) {
    let store = make();
    let officer = |id: &str, active| OfficerRow {
        id: id.to_owned(),
        name: "Example".to_owned(),
        services: "fr/liaison".to_owned(),
        roles: vec![0, 3],
        password: String::new(),
        lang: "fr".to_owned(),
        active,
    };
    let session = |digest: u8, ends_ms| SessionRow {
        digest: vec![digest; 32],
        officer: "b".to_owned(),
        csrf: "c".to_owned(),
        begun_ms: 1,
        ends_ms,
        sort: SessionSort::SignedIn,
        seen_ms: 0,
        device: String::new(),
        state: Vec::new(),
    };
    let partner = |name: &str, stopped| PartnerRow {
        node: node(name),
        card: vec![1; 50],
        address: "host:1".to_owned(),
        pinned_ms: 3,
        stopped,
    };
    let evidence = |at_ms, what: &str| EvidenceRow {
        partner: node("ma"),
        at_ms,
        what: what.to_owned(),
        evidence: vec![0; 20],
        stops: what == "fork",
    };
    let d = dossier_id(1);
    write(&*store, move |tx| {
        tx.put_officer(&officer("b", true))?;
        tx.put_officer(&officer("a", true))?;
        tx.put_officer(&officer("a", false))?;
        tx.insert_session(&session(1, 100))?;
        tx.insert_session(&session(2, 200))?;
        tx.insert_session(&session(3, 300))?;
        tx.put_partner(&partner("ma", false))?;
        tx.put_partner(&partner("es", false))?;
        tx.put_partner(&partner("ma", true))?;
        tx.insert_evidence(&evidence(1, "fork"))?;
        tx.insert_evidence(&evidence(9, "digest"))?;
        tx.put_pseudonym(d, "a", [4; 8])?;
        tx.put_pseudonym(dossier_id(2), "b", [4; 8])
    });
    assert_eq!(
        view(&*store, |tx| tx.officer("a")),
        Some(officer("a", false))
    );
    assert_eq!(view(&*store, |tx| tx.officer("z")), None);
    assert_eq!(
        view(&*store, |tx| tx.officers()),
        [officer("a", false), officer("b", true)]
    );
    let signed_in = |digest: u8| view(&*store, |tx| tx.session(&[digest; 32]));
    assert_eq!(signed_in(1), Some(session(1, 100)));
    write(&*store, |tx| tx.end_expired_sessions(200));
    assert_eq!((signed_in(1), signed_in(2).is_some()), (None, true));
    write(&*store, |tx| tx.end_session(&[2; 32]));
    assert_eq!((signed_in(2), signed_in(3).is_some()), (None, true));
    assert_eq!(
        view(&*store, |tx| tx.partner(&node("ma"))),
        Some(partner("ma", true))
    );
    assert_eq!(
        view(&*store, |tx| tx.partners()),
        [partner("es", false), partner("ma", true)]
    );
    assert_eq!(
        view(&*store, |tx| tx.evidence(&node("ma"), 9)),
        [evidence(9, "digest"), evidence(1, "fork")]
    );
    assert_eq!(view(&*store, |tx| tx.evidence(&node("ma"), 1)).len(), 1);
    assert_eq!(view(&*store, |tx| tx.pseudonym(d, "a")), Some([4; 8]));
    assert_eq!(view(&*store, |tx| tx.pseudonym(d, "b")), None);
    assert_eq!(
        view(&*store, |tx| tx.officer_behind(d, [4; 8])),
        Some("a".to_owned())
    );
    assert_eq!(view(&*store, |tx| tx.officer_behind(d, [5; 8])), None);
    refused(&*store, move |tx| tx.put_pseudonym(d, "c", [4; 8]));
    refused(&*store, move |tx| tx.put_pseudonym(d, "a", [6; 8]));
}

/// Access lanes: each without gaps, all together newest first.
///
/// # Panics
/// On a difference.
pub fn access_lanes(make: Make<'_>) {
    let store = make();
    let record = |lane: &str, seq, at_ms| AccessRow {
        lane: lane.to_owned(),
        seq,
        at_ms,
        hash: [6; 32],
        sealed: vec![1; 30],
    };
    write(&*store, move |tx| {
        tx.append_access(&record("web", 1, 10))?;
        tx.append_access(&record("cli", 1, 40))?;
        tx.append_access(&record("web", 2, 30))?;
        tx.append_access(&record("web", 3, 50))
    });
    assert_eq!(
        view(&*store, |tx| tx.lane_head("web")),
        Some(record("web", 3, 50))
    );
    assert_eq!(view(&*store, |tx| tx.lane_head("x")), None);
    assert_eq!(
        view(&*store, |tx| tx.lane_heads()),
        [record("cli", 1, 40), record("web", 3, 50)]
    );
    let times = |limit, offset| {
        view(&*store, |tx| tx.access(limit, offset))
            .iter()
            .map(|row| row.at_ms)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (times(9, 0), times(2, 1)),
        (vec![50, 40, 30, 10], vec![40, 30])
    );
    refused(&*store, move |tx| tx.append_access(&record("web", 3, 60)));
    refused(&*store, move |tx| tx.append_access(&record("web", 5, 60)));
    assert_eq!(times(9, 0).len(), 4);
    assert_eq!(view(&*make(), |tx| tx.lane_heads()), []);
}

/// Search finds entries with every word, by any token of it, in the dossiers named, newest first; before and after tokens are
/// merged.
///
/// # Panics
/// On a difference.
pub fn search(make: Make<'_>) {
    let store = make();
    let (d1, d2) = (dossier_id(1), dossier_id(2));
    write(&*store, move |tx| {
        for (dossier, n) in [(1, 1), (1, 2), (2, 3), (2, 4)] {
            tx.insert_entry(&entry_row(dossier, n))?;
        }
        tx.put_tokens(d1, entry_id(1), &[[1; 8], [2; 8], [0xff; 8]])?;
        tx.put_tokens(d1, entry_id(2), &[[1; 8], [1; 8]])?;
        tx.put_tokens(d2, entry_id(3), &[[2; 8]])?;
        tx.put_tokens(d2, entry_id(3), &[[1; 8]])?;
        tx.put_tokens(d2, entry_id(4), &[])
    });
    let any = |words: &[&[[u8; 8]]], dossiers: &[DossierId], limit| {
        let words: Vec<Vec<[u8; 8]>> = words.iter().map(|word| word.to_vec()).collect();
        view(&*store, |tx| tx.search(&words, dossiers, limit))
    };
    // Words of one token each.
    let find = |tokens: &[[u8; 8]], dossiers: &[DossierId], limit| {
        let words: Vec<&[[u8; 8]]> = tokens.iter().map(std::slice::from_ref).collect();
        any(&words, dossiers, limit)
    };
    let hit = |dossier, n| (dossier, entry_id(n));
    assert_eq!(
        find(&[[1; 8]], &[d1, d2], 9),
        [hit(d2, 3), hit(d1, 2), hit(d1, 1)]
    );
    assert_eq!(find(&[[1; 8]], &[d1, d2], 2), [hit(d2, 3), hit(d1, 2)]);
    assert_eq!(
        find(&[[1; 8], [2; 8]], &[d1, d2, d1], 9),
        [hit(d2, 3), hit(d1, 1)]
    );
    assert_eq!(
        find(&[[2; 8], [0xff; 8], [1; 8]], &[d1, d2], 9),
        [hit(d1, 1)]
    );
    assert_eq!(find(&[[1; 8]], &[d2], 9), [hit(d2, 3)]);
    assert_eq!(find(&[[1; 8]], &[], 9), []);
    assert_eq!(find(&[], &[d1], 9), []);
    assert_eq!(find(&[[3; 8]], &[d1, dossier_id(9)], 9), []);
    refused(&*store, move |tx| tx.put_tokens(d1, entry_id(3), &[[5; 8]]));
    refused(&*store, move |tx| {
        tx.put_tokens(d1, entry_id(99), &[[5; 8]])
    });
    // Enough to make a backend that merges do so; what was found is found again.
    write(&*store, move |tx| {
        for n in 100..17_000u64 {
            tx.insert_entry(&entry_row(3, n))?;
            tx.put_tokens(dossier_id(3), entry_id(n), &[[7; 8], n.to_be_bytes()])?;
        }
        Ok(())
    });
    write(&*store, |tx| tx.set_setting("one more", b"job"));
    assert_eq!(
        find(&[[1; 8], [2; 8]], &[d1, d2], 9),
        [hit(d2, 3), hit(d1, 1)]
    );
    assert_eq!(
        find(&[[7; 8], 16_999u64.to_be_bytes()], &[dossier_id(3)], 9),
        [hit(dossier_id(3), 16_999)]
    );
    assert_eq!(
        find(&[[7; 8], 200u64.to_be_bytes()], &[dossier_id(3)], 9),
        [hit(dossier_id(3), 200)]
    );
    assert_eq!(
        find(&[[7; 8]], &[dossier_id(3)], 2),
        [hit(dossier_id(3), 16_999), hit(dossier_id(3), 16_998)]
    );
    // Whoever belongs to many dossiers finds the same: a rare word, a common one, both.
    let many: Vec<DossierId> = (1..200).map(dossier_id).collect();
    let rare = 200u64.to_be_bytes();
    assert_eq!(find(&[[1; 8], [2; 8]], &many, 9), [hit(d2, 3), hit(d1, 1)]);
    assert_eq!(find(&[[7; 8], rare], &many, 9), [hit(dossier_id(3), 200)]);
    assert_eq!(find(&[[7; 8]], &many, 1), [hit(dossier_id(3), 16_999)]);
    assert_eq!(find(&[rare], &many[5..], 9), []);
    any_token_of_a_word_is_enough(&any, &many);
    write(&*store, move |tx| {
        tx.erase_body(d1, entry_id(1))?;
        tx.put_tokens(d1, entry_id(2), &[[2; 8]])
    });
    assert_eq!(
        find(&[[1; 8], [2; 8]], &[d1, d2], 9),
        [hit(d2, 3), hit(d1, 2)]
    );
}

/// Finds by words, which are tokens, within dossiers, so many.
type Find<'a> = &'a dyn Fn(&[&[[u8; 8]]], &[DossierId], u32) -> Vec<(DossierId, EntryId)>;

/// In few dossiers and in many; a word without any token is held by nobody.
fn any_token_of_a_word_is_enough(any: Find<'_>, many: &[DossierId]) {
    let (d1, d2) = (dossier_id(1), dossier_id(2));
    let hit = |dossier, n| (dossier, entry_id(n));
    let rare = 200u64.to_be_bytes();
    for within in [&[d1, d2][..], many] {
        let (one, absent) = ([1; 8], [9; 8]);
        assert_eq!(
            any(&[&[one, absent], &[absent, [0xff; 8]]], within, 9),
            [hit(d1, 1)]
        );
        assert_eq!(
            any(&[&[absent, [2; 8]], &[[2; 8]]], within, 9),
            [hit(d2, 3), hit(d1, 1)]
        );
        assert_eq!(
            any(&[&[one, [2; 8], absent]], within, 2),
            [hit(d2, 3), hit(d1, 2)]
        );
        assert_eq!(any(&[&[one], &[absent]], within, 9), []);
        assert_eq!(any(&[&[one], &[]], within, 9), []);
    }
    let newest = 16_999u64.to_be_bytes();
    assert_eq!(
        any(&[&[newest, rare], &[[7; 8]]], &[dossier_id(3)], 9),
        [hit(dossier_id(3), 16_999), hit(dossier_id(3), 200)]
    );
    assert_eq!(
        any(&[&[newest, rare], &[[7; 8]]], many, 1),
        [hit(dossier_id(3), 16_999)]
    );
}

/// Jobs committed together fail apart: by an error, by the caller's own error, by a panic.
///
/// # Panics
/// On a difference.
pub fn an_error_undoes_its_own_work_only(make: Make<'_>) {
    let store = make();
    let failed = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..8u64 {
            let (store, failed) = (&store, &failed);
            scope.spawn(move || {
                for round in 0..25 {
                    let n = worker * 100 + round;
                    let outcome = store.update("test", move |tx| {
                        tx.insert_entry(&entry_row(n, n))?;
                        tx.put_dossier(&dossier_row(n))?;
                        match n % 5 {
                            1 => Err(StoreError::Undone),
                            2 => tx.judge_entry(entry_id(9_999), 0, 0, b""),
                            3 => std::panic::panic_any("a job's own panic, expected by this test"),
                            _ => Ok(()),
                        }
                    });
                    assert_eq!(
                        outcome.is_err(),
                        (1..=3).contains(&(n % 5)),
                        "{n}: {outcome:?}"
                    );
                    failed.fetch_add(usize::from(outcome.is_err()), Ordering::Relaxed);
                }
            });
        }
    });
    let kept = view(&*store, |tx| tx.entries_since(0, 1_000));
    assert_eq!(kept.len() + failed.into_inner(), 200);
    for worker in 0..8u64 {
        for n in (0..25).map(|round| worker * 100 + round) {
            let here = view(&*store, |tx| {
                Ok((
                    tx.entry(entry_id(n))?.is_some(),
                    tx.dossier(dossier_id(n))?.is_some(),
                ))
            });
            assert_eq!(
                here,
                [(true, true), (false, false)][usize::from((1..=3).contains(&(n % 5)))],
                "{n}"
            );
        }
    }
}

/// What a write job held is dropped before its caller goes on: it may hold the store, which must not end on its own writer.
///
/// # Panics
/// When the backend differs from the contract.
pub fn a_job_is_gone_when_its_caller_is_told(make: Make<'_>) {
    /// Takes its time to go, so that a caller who is told too early looks too early.
    struct Held(std::sync::Arc<AtomicUsize>);
    impl Drop for Held {
        fn drop(&mut self) {
            std::thread::sleep(std::time::Duration::from_millis(50));
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let store = make();
    let gone = std::sync::Arc::new(AtomicUsize::new(0));
    for fails in [false, true] {
        let held = Held(gone.clone());
        let before = gone.load(Ordering::SeqCst);
        let outcome = store.write(
            "held",
            Box::new(move |_| {
                let _kept = &held;
                if fails {
                    Err(StoreError::Failed("on purpose".to_owned()))
                } else {
                    Ok(())
                }
            }),
        );
        assert_eq!(outcome.is_err(), fails);
        assert_eq!(gone.load(Ordering::SeqCst), before + 1);
    }
}

/// Numbers of a series are given without gaps, whatever is undone, whoever asks at the same time.
///
/// # Panics
/// On a difference.
pub fn numbers_have_no_gaps(make: Make<'_>) {
    let store = make();
    let mut numbers: Vec<u32> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8u32)
            .map(|worker| {
                let store = &store;
                scope.spawn(move || {
                    let rounds = (0..40u32).filter_map(|round| {
                        let undone = (worker + round) % 3 == 0;
                        let number = store.update("test", move |tx| {
                            let number = tx.next_number("ask")?;
                            if undone {
                                Err(StoreError::Undone)
                            } else {
                                Ok(number)
                            }
                        });
                        assert_eq!(number.is_err(), undone);
                        number.ok()
                    });
                    rounds.collect::<Vec<u32>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    numbers.sort_unstable();
    let last = u32::try_from(numbers.len()).unwrap();
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
    assert_eq!(view(&*store, |tx| tx.last_number("ask")), last);
}

/// A reader sees all of a job or nothing of it, and the same for as long as it reads.
///
/// # Panics
/// On a difference.
pub fn readers_see_whole_jobs(make: Make<'_>) {
    let store = make();
    std::thread::scope(|scope| {
        let store = &store;
        scope.spawn(move || {
            for _ in 0..300 {
                write(&**store, |tx| {
                    let n = tx.next_number("a")?;
                    assert_eq!(n, tx.next_number("b")?);
                    Ok(())
                });
            }
        });
        for _ in 0..2 {
            scope.spawn(move || {
                loop {
                    let (a, b, again) = view(&**store, |tx| {
                        let (a, b) = (tx.last_number("a")?, tx.last_number("b")?);
                        std::thread::yield_now();
                        Ok((a, b, tx.last_number("a")?))
                    });
                    assert!(a == b && a == again);
                    if a == 300 {
                        return;
                    }
                }
            });
        }
    });
    let error = store.view("test", |_| Err::<(), _>(StoreError::LeaseLost));
    assert!(matches!(error, Err(StoreError::LeaseLost)));
    assert_eq!(
        view(&*store, |tx| tx.last_number("a")),
        300,
        "a failed read leaves the store usable"
    );
}

/// A backup never overwrites, and leaves nothing of a failed attempt.
///
/// # Panics
/// On a difference.
pub fn backup_refuses_existing_files(make: Make<'_>) {
    let store = make();
    write(&*store, |tx| tx.set_setting("a", b"1"));
    // Any file that is certainly there.
    let there = std::env::current_exe().unwrap();
    let folder = std::env::temp_dir().join(format!("entente-conformance-{}", std::process::id()));
    let free: &Path = &folder.join("free");
    std::fs::create_dir_all(&folder).unwrap();
    let size = std::fs::metadata(&there).unwrap().len();
    assert!(store.backup(&there, free).is_err());
    assert!(store.backup(free, &there).is_err());
    assert!(!free.exists());
    assert_eq!(std::fs::metadata(&there).unwrap().len(), size);
    std::fs::remove_dir_all(&folder).unwrap();
}
