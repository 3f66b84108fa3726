//! A node gives itself another storage key (rule 6): everything that the old one wrapped is under the new one, whatever breaks in between,
//! while processes that have the old one alone go on.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use entente_app::{App, AppError, InputFault};
use entente_core::ids::{DossierId, EntryId};
use entente_store::{SIGNING_KEYS, Store, StoreExt as _};
use entente_testkit::backup::Backup;
use entente_testkit::fault::{Break, Plan};
use entente_testkit::node::{TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};

const MINUTE: i64 = 60_000;

/// Every cell that the storage key wraps, as it is stored.
fn wrapped(store: &dyn Store) -> BTreeMap<(DossierId, Vec<u8>), Vec<u8>> {
    let found = store.view("wrapped", |tx| {
        let mut cells = BTreeMap::new();
        let dossiers = tx.with_key(b"dossier", None, 1_000)?;
        let dossiers = dossiers.into_iter().map(|d| (d, b"dossier".to_vec()));
        let rings = [b"signing-keys".to_vec(), b"tls-keys".to_vec()];
        for (dossier, name) in dossiers.chain(rings.map(|ring| (SIGNING_KEYS, ring))) {
            if let Some(cell) = tx.object_key(dossier, &name)? {
                cells.insert((dossier, name), cell);
            }
        }
        Ok::<_, AppError>(cells)
    });
    found.unwrap()
}

/// Two nodes, `ma` with a body, a file and later keys of both sorts, all of which its storage key wraps.
fn pair(seed: u64) -> (TestPair, EntryId) {
    let mut pair = TestPair::linked(seed);
    let desk = pair.charter.unwrap();
    let note = Writing::on(desk, &[("text", "Sous la première clé.")]);
    let note = note.file("notes.txt", b"Une feuille.".to_vec());
    let entry = pair.ma().write("note", &note).unwrap().entry;
    pair.rotate(Side::Ma);
    pair.settle();
    pair.ma().app.rotate_tls_key(false).unwrap();
    pair.settle();
    (pair, entry)
}

/// What the node can do only with all of its keys.
fn works(node: &TestNode, entry: EntryId) {
    node.check().unwrap();
    assert_eq!(node.file(entry, 0), Some(b"Une feuille.".to_vec()));
    let actor = node.officer("liaison").unwrap();
    let proof = node.app.proof(&actor, entry);
    assert!(proof.is_ok(), "{proof:?}");
    assert!(node.app.tls_secrets().unwrap().len() > 1);
}

fn changed(app: &App) {
    app.begin_storage_key().unwrap();
    while !app.rewrap_some().unwrap() {}
}

fn is(fault: InputFault, said: Result<(), AppError>) -> bool {
    matches!(said, Err(AppError::Input(found)) if found == fault)
}

#[test]
fn rule_06_everything_is_under_the_new_storage_key_and_the_old_one_opens_nothing() {
    let (mut pair, entry) = pair(611);
    let (old, before) = (pair.ma().key_file(), wrapped(&*pair.ma().store));
    assert!(before.len() > 4, "{} cells", before.len());
    let backup = Backup::of(pair.ma());
    changed(&pair.ma().app);
    let after = wrapped(&*pair.ma().store);
    assert!(before.keys().all(|cell| after.contains_key(cell)));
    let same = before
        .iter()
        .filter(|(cell, bytes)| after[*cell] == **bytes);
    let same: Vec<_> = same.map(|(cell, _)| cell).collect();
    assert!(same.is_empty(), "still under the old key: {same:?}");
    works(pair.ma(), entry);

    // Started with the old key alone, as another machine of the node is, it learns the new one.
    pair.restart(Side::Ma);
    works(pair.ma(), entry);
    assert_ne!(*pair.ma().app.key_file(), old);
    // Not before every process that runs had time to learn it.
    let early = pair.ma().app.end_storage_key(false);
    assert!(is(InputFault::StorageKeyUnderWay, early));
    pair.time.advance(11 * MINUTE);
    pair.ma().app.end_storage_key(false).unwrap();
    pair.nodes[0].keep_keys();
    let new = pair.ma().key_file();
    assert_eq!(new.len(), old.len(), "the old key is forgotten");
    pair.restart(Side::Ma);
    works(pair.ma(), entry);

    // The old one is refused, in words, and nothing is written under it.
    let stored = wrapped(&*pair.ma().store);
    pair.nodes[0].set_key_file(&old);
    let refused = pair.nodes[0].restart();
    let refused = refused.map_err(|error| error.to_string());
    assert!(
        refused
            .unwrap_err()
            .contains("node.keys here has only the one of before")
    );
    assert_eq!(wrapped(&*pair.ma().store), stored);

    // A backup of before opens with the `node.keys` of before, which is beside its keys.
    backup.restore(&mut pair, Side::Ma);
    pair.settle();
    works(pair.ma(), entry);
    // Another change of the restored node is a change like any.
    changed(&pair.ma().app);
    pair.ma().app.end_storage_key(true).unwrap();
    pair.nodes[0].keep_keys();
    pair.restart(Side::Ma);
    works(pair.ma(), entry);
    pair.settle();
    pair.assert_same();
}

/// A process that runs with the old key reads on, and wraps nothing under it any more.
#[test]
fn rule_06_a_process_with_the_old_storage_key_learns_the_new_one_when_it_needs_it() {
    let (mut pair, entry) = pair(612);
    let running = pair.ma().app.clone();
    let old = running.key_file();
    pair.nodes[0].restart().unwrap();
    changed(&pair.ma().app);
    // What it has in memory hides nothing: a dossier that it opens now gets its key under the new one.
    let actor = pair.ma().officer("liaison").unwrap();
    assert!(running.proof(&actor, entry).is_ok());
    running.learn_storage_key().unwrap();
    assert_ne!(running.key_file(), old);
    assert_eq!(running.key_file(), pair.ma().app.key_file());
    running.rotate_signing_key().unwrap();
    pair.time.advance(11 * MINUTE);
    pair.ma().app.end_storage_key(false).unwrap();
    pair.nodes[0].keep_keys();
    pair.restart(Side::Ma);
    works(pair.ma(), entry);
}

/// One that looked for nothing until the old key was given up says so and writes nothing.
#[test]
fn rule_06_a_process_that_missed_the_change_wraps_nothing_under_the_old_storage_key() {
    let (mut pair, entry) = pair(613);
    let running = pair.ma().app.clone();
    pair.nodes[0].restart().unwrap();
    changed(&pair.ma().app);
    pair.ma().app.end_storage_key(true).unwrap();
    pair.nodes[0].keep_keys();
    let before = wrapped(&*pair.ma().store);
    assert!(is(InputFault::StorageKeyGone, running.learn_storage_key()));
    let refused = running.rotate_signing_key();
    assert!(is(InputFault::StorageKeyGone, refused));
    assert_eq!(wrapped(&*pair.ma().store), before);
    works(pair.ma(), entry);
}

/// A backup in the middle of a change is restored, and the change goes on.
#[test]
fn rule_06_a_change_of_the_storage_key_goes_on_after_a_restore() {
    let (mut pair, entry) = pair(614);
    pair.ma().app.begin_storage_key().unwrap();
    pair.nodes[0].keep_keys();
    assert!(!pair.ma().app.rewrap_some().unwrap(), "the rings come last");
    let half = Backup::of(pair.ma());
    let keys = pair.ma().key_file();
    while !pair.ma().app.rewrap_some().unwrap() {}
    pair.ma().app.end_storage_key(true).unwrap();
    pair.nodes[0].set_key_file(&keys);
    half.restore(&mut pair, Side::Ma);
    pair.settle();
    works(pair.ma(), entry);
    let change = pair.ma().app.storage_change().unwrap().unwrap();
    assert!(!change.complete && change.ended.is_none(), "{change:?}");
    changed(&pair.ma().app);
    pair.ma().app.end_storage_key(true).unwrap();
    pair.nodes[0].keep_keys();
    pair.restart(Side::Ma);
    works(pair.ma(), entry);
}

/// Every write of a change breaks once, in both ways, with and without a crash: it goes on from there, with the `node.keys` of then.
///
/// Take out: the transaction of `rewrap_some` (a cell and how far it is, in two).
#[test]
fn rule_06_a_fault_at_any_write_of_a_change_loses_no_key() {
    let mut broken = 0;
    for after in 0..6 {
        for how in [Break::Failed, Break::FailedButPersisted] {
            for crash in [false, true] {
                broken += usize::from(changed_with_a_fault(Plan { after, how, crash }));
            }
        }
    }
    assert!(broken >= 12, "only {broken} changes were broken off");
}

/// Whether the fault broke something off.
fn changed_with_a_fault(plan: Plan) -> bool {
    let (mut pair, entry) = pair(615);
    pair.ma().disk.plan(plan);
    let first = stepwise(&mut pair.nodes[0]);
    if pair.ma().disk.is_dead() {
        pair.restart(Side::Ma);
    }
    pair.ma().disk.spare();
    works(pair.ma(), entry);
    if first.is_err() {
        stepwise(&mut pair.nodes[0]).unwrap();
    }
    pair.restart(Side::Ma);
    works(pair.ma(), entry);
    let change = pair.ma().app.storage_change().unwrap().unwrap();
    assert!(change.ended.is_some(), "{plan:?}");
    first.is_err()
}

/// As the command does it: the file holds the new key before anything is under it, and the old one until it ended.
fn stepwise(node: &mut TestNode) -> Result<(), AppError> {
    let ended = |node: &TestNode| {
        let change = node.app.storage_change();
        change.map(|change| change.is_some_and(|change| change.ended.is_some()))
    };
    if !ended(node)? {
        node.app.begin_storage_key()?;
        node.keep_keys();
        while !node.app.rewrap_some()? {}
        node.app.end_storage_key(true)?;
    }
    node.keep_keys();
    Ok(())
}
