//! Copies of a PostgreSQL store: backup and restore, and the move from SQLite.

use super::server::Server;
use super::tests::{connect, seed, write};
use super::{PostgresStore, carry};
use crate::conformance::{self, dossier_id, dossier_row, entry_id, entry_row, obligation_row};
use crate::sqlite::{REINDEX, SqliteStore};
use crate::{Direction, ObligationFilter, OutboxItem, Store, StoreError, StoreExt};
use std::path::Path;
use tempfile::tempdir;

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes
        .windows(what.len())
        .any(|window| window == what.as_bytes())
}

#[test]
fn a_backup_holds_no_keys_and_is_restored_with_them() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, seed);
    store.backup(&at("main"), &at("keys")).unwrap();
    let (main, keys) = (
        std::fs::read(at("main")).unwrap(),
        std::fs::read(at("keys")).unwrap(),
    );
    assert!(holds(&main, "SEALED-BODY-003") && !holds(&keys, "SEALED-BODY"));
    for secret in ["WRAPPED-KEY-003", "KEY-OF-THE-DOSSIER"] {
        assert!(holds(&keys, secret) && !holds(&main, secret), "{secret}");
    }
    assert!(!holds(&main, "TOKENTOK") && !holds(&keys, "TOKENTOK"));
    assert!(store.backup(&at("main"), &at("other")).is_err() && !at("other").exists());
    write(&store, |tx| tx.set_setting("after", b"the backup"));

    let fresh = server.database();
    PostgresStore::restore(&fresh, &at("main"), &at("keys")).unwrap();
    assert!(
        PostgresStore::restore(&fresh, &at("main"), &at("keys")).is_err(),
        "not twice"
    );
    let again = PostgresStore::open(&fresh).unwrap();
    check_restored(&again);
    let ma = conformance::node("ma");
    let numbers: Vec<u64> = again
        .view("outbox", |tx| tx.outbox(&ma, 99))
        .unwrap()
        .iter()
        .map(|r| r.number)
        .collect();
    let last = numbers.last().copied().unwrap();
    write(&again, move |tx| {
        tx.clear_outbox(&conformance::node("ma"), &numbers)?;
        tx.push_outbox(&conformance::node("ma"), &OutboxItem::Leaf(vec![1]), 1)?;
        tx.insert_entry(&entry_row(1, 99))?;
        Ok(())
    });
    let next = again.view("next", |tx| tx.outbox(&ma, 1)).unwrap()[0].number;
    assert!(next > last, "outbox numbers go on after a restore");
}

fn check_restored(again: &PostgresStore) {
    let d = dossier_id(1);
    again
        .view("test", |tx| {
            assert_eq!(
                tx.object_key(d, b"dossier")?,
                Some(b"KEY-OF-THE-DOSSIER".to_vec())
            );
            let key = tx.object_key(d, &entry_id(3).0)?;
            assert_eq!(key, Some(b"WRAPPED-KEY-003-OF-A-BODY".to_vec()));
            assert_eq!(
                (tx.setting("a")?, tx.setting("after")?),
                (Some(b"1".to_vec()), None)
            );
            assert_eq!(tx.setting(REINDEX)?, Some(vec![1]));
            assert_eq!(tx.dossier(d)?, Some(dossier_row(1)));
            assert_eq!(
                (
                    tx.count_entries(d)?,
                    tx.search(&[vec![[1; 8]]], &[d], 9)?.len()
                ),
                (20, 0)
            );
            assert_eq!(tx.session(&[1; 32])?, None);
            assert_eq!(
                tx.register(&conformance::node("ma"), Direction::Out)?.size,
                20
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn an_erased_body_stays_erased_when_older_keys_are_restored() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, seed);
    let file = |n| [&entry_id(n).0[..], &[0, 0, 0, 1]].concat();
    write(&store, move |tx| {
        tx.put_object_key(dossier_id(1), &file(3), b"WRAPPED-FILE-003")?;
        tx.put_object_key(dossier_id(1), &file(4), b"WRAPPED-FILE-004")
    });
    store.backup(&at("old-main"), &at("old-keys")).unwrap();
    write(&store, move |tx| {
        tx.put_object_key(dossier_id(1), &file(3), &[])?;
        tx.erase_body(dossier_id(1), entry_id(3))
    });
    store.backup(&at("new-main"), &at("new-keys")).unwrap();
    let fresh = server.database();
    PostgresStore::restore(&fresh, &at("new-main"), &at("old-keys")).unwrap();
    let again = PostgresStore::open(&fresh).unwrap();
    let key = |n| {
        again
            .view("key", |tx| tx.object_key(dossier_id(1), &entry_id(n).0))
            .unwrap()
    };
    let key_of_file = |n| {
        again
            .view("key", |tx| tx.object_key(dossier_id(1), &file(n)))
            .unwrap()
    };
    assert_eq!((key(3), key_of_file(3)), (None, None));
    assert!(key(4).is_some() && key_of_file(4).is_some());
}

/// Rule 6: a secret with a term of its own is in no copy, since a copy may be thirty days older than its end; one that an older version
/// copied is not given back.
#[test]
fn rule_06_keys_that_are_never_copied_are_in_no_backup_and_come_back_from_none() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let bytes = |name: &str| std::fs::read(at(name)).unwrap();
    let holds = |name: &str, what: &[u8]| bytes(name).windows(what.len()).any(|w| w == what);
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, seed);
    let named = b"sealing-1";
    write(&store, |tx| {
        tx.put_object_key(crate::NEVER_COPIED, named, b"SEALING-SECRET")
    });
    store.backup(&at("main"), &at("keys")).unwrap();
    assert!(!holds("main", b"SEALING-SECRET") && !holds("keys", b"SEALING-SECRET"));
    // As an older version copied it: another key's place is bent to the one that must not come back.
    let mut older = bytes("keys");
    let (from, to) = (dossier_id(1).0, crate::NEVER_COPIED.0);
    let mut bent = 0;
    for place in 0..older.len() - 32 {
        if older[place..place + 32] == from {
            older[place..place + 32].copy_from_slice(&to);
            bent += 1;
        }
    }
    assert!(bent > 0);
    std::fs::write(at("older"), older).unwrap();
    let fresh = server.database();
    PostgresStore::restore(&fresh, &at("main"), &at("older")).unwrap();
    let again = PostgresStore::open(&fresh).unwrap();
    for n in [3, 4] {
        let key = again.view("key", |tx| {
            tx.object_key(crate::NEVER_COPIED, &entry_id(n).0)
        });
        assert_eq!(key.unwrap(), None);
    }
}

/// Rules 6 and 15: whoever opens a restored database knows it for one, and has the newest signing key whatever the age of the data.
#[test]
fn a_restored_database_says_so_and_has_the_newest_signing_keys() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, seed);
    store.backup(&at("main"), &at("old-keys")).unwrap();
    write(&store, |tx| {
        tx.put_object_key(crate::SIGNING_KEYS, b"ring", b"SIGNING-SECRET")
    });
    store.backup(&at("newer"), &at("keys")).unwrap();
    let fresh = server.database();
    PostgresStore::restore(&fresh, &at("main"), &at("keys")).unwrap();
    let again = PostgresStore::open(&fresh).unwrap();
    let found = again.view("restored", |tx| {
        Ok::<_, StoreError>((
            tx.setting(crate::sqlite::RESTORED)?,
            tx.object_key(crate::SIGNING_KEYS, b"ring")?,
        ))
    });
    let (mark, ring) = found.unwrap();
    assert_eq!(mark.as_deref(), Some(&[1][..]));
    assert_eq!(ring.as_deref(), Some(&b"SIGNING-SECRET"[..]));
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, seed);
    store.backup(&at("main"), &at("keys")).unwrap();
    std::fs::write(at("junk"), vec![0x5a; 9_000]).unwrap();
    let whole = std::fs::read(at("main")).unwrap();
    std::fs::write(at("cut"), &whole[..whole.len() - 40]).unwrap();
    let fresh = server.database();
    for (main, keys) in [
        ("junk", "keys"),
        ("keys", "main"),
        ("main", "junk"),
        ("none", "keys"),
        ("main", "none"),
        ("cut", "keys"),
    ] {
        let refused = PostgresStore::restore(&fresh, &at(main), &at(keys));
        assert!(refused.is_err(), "{main} {keys}");
    }
    // Nothing of the attempts is there: the right files still fit.
    PostgresStore::restore(&fresh, &at("main"), &at("keys")).unwrap();
}

/// A SQLite database with some of everything, seeded by the same verbs.
fn embedded(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    write(&store, seed);
    write(&store, |tx| {
        // Named before its entry is here, and one more outbox number given than there are rows.
        tx.put_obligation(&obligation_row(2, 900))?;
        tx.push_outbox(&conformance::node("ma"), &OutboxItem::Leaf(vec![9]), 7)?;
        let numbers: Vec<u64> = tx
            .outbox(&conformance::node("ma"), 99)?
            .iter()
            .map(|r| r.number)
            .collect();
        tx.clear_outbox(&conformance::node("ma"), &numbers[20..])?;
        tx.take_lease("link/ma", "serve", 0, 9)?;
        tx.erase_body(dossier_id(1), entry_id(5))?;
        Ok(())
    });
}

#[test]
fn a_node_moves_from_sqlite_row_by_row() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let path = folder.path().join("entente.db");
    embedded(&path);
    let options = server.database();
    let (mut carried, mut compared) = (0, 0);
    let counts = carry(&path, &options, &mut |step| {
        if step.done == step.total {
            *(if step.comparing {
                &mut compared
            } else {
                &mut carried
            }) += step.total;
        }
    });
    let total: u64 = counts.unwrap().iter().map(|(_, rows)| rows).sum();
    assert!(
        total >= 130 && carried == total && compared == total,
        "{carried} {compared} {total}"
    );
    let (old, new) = (
        SqliteStore::open(&path).unwrap(),
        PostgresStore::open(&options).unwrap(),
    );
    let stores: [&dyn Store; 2] = [&old, &new];
    let [before, after] = stores.map(|store| {
        store
            .view("all", |tx| {
                let ma = conformance::node("ma");
                let d = dossier_id(1);
                Ok::<_, StoreError>((
                    (
                        tx.entries_since(0, 99)?,
                        tx.dossier(d)?,
                        tx.obligations(&ObligationFilter::default())?,
                    ),
                    (
                        tx.leaves(&ma, Direction::Out, 0, 99)?,
                        tx.register(&ma, Direction::Out)?,
                        tx.lease("link/ma")?,
                    ),
                    (
                        tx.body(d, entry_id(3))?,
                        tx.object_key(d, &entry_id(3).0)?,
                        tx.object_key(d, b"dossier")?,
                    ),
                    (
                        tx.body(d, entry_id(5))?,
                        tx.object_key(d, &entry_id(5).0)?,
                        tx.session(&[1; 32])?,
                    ),
                ))
            })
            .unwrap()
    });
    assert_eq!(before, after);
    assert_eq!(
        new.view("index", |tx| tx.setting(REINDEX)).unwrap(),
        Some(vec![1])
    );
    write(&new, |tx| {
        tx.push_outbox(&conformance::node("ma"), &OutboxItem::Leaf(vec![1]), 1)
    });
    let last = new
        .view("outbox", |tx| tx.outbox(&conformance::node("ma"), 99))
        .unwrap();
    assert_eq!(
        last.last().unwrap().number,
        22,
        "21 was given and cleared in the source"
    );
    drop(new);
    let again = carry(&path, &options, &mut |_| ());
    assert!(again.is_err(), "the target went on by itself");
}

#[test]
fn an_interrupted_move_stays_closed_and_goes_on() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let path = folder.path().join("entente.db");
    embedded(&path);
    for table in ["setting", "entry", "leaf", "access"] {
        let options = server.database();
        // Ends in the middle as a killed process would: what is committed stays.
        let cut = std::panic::catch_unwind(|| {
            carry(&path, &options, &mut |step| {
                if step.table == table || step.comparing {
                    std::panic::panic_any("cut, expected by this test");
                }
            })
        });
        assert!(cut.is_err());
        let closed = PostgresStore::open(&options).err().unwrap();
        assert!(closed.to_string().contains("not finished"), "{closed}");
        // Rows that are there already are not carried again: an insert of one would fail.
        carry(&path, &options, &mut |_| ()).unwrap();
        carry(&path, &options, &mut |_| ()).unwrap();
        let store = PostgresStore::open(&options).unwrap();
        assert_eq!(
            store
                .view("count", |tx| tx.count_entries(dossier_id(1)))
                .unwrap(),
            20
        );
    }
}

#[test]
fn a_move_refuses_a_source_in_use_a_changed_one_and_a_taken_target() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempdir().unwrap();
    let path = folder.path().join("entente.db");
    embedded(&path);
    let options = server.database();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let used = carry(&path, &options, &mut |_| ()).unwrap_err();
    assert!(used.to_string().contains("database"), "{used}");
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    // Changed between two runs: begun again, and right.
    let cut = std::panic::catch_unwind(|| {
        carry(&path, &options, &mut |step| {
            if step.table == "leaf" {
                std::panic::panic_any("cut, expected by this test");
            }
        })
    });
    assert!(cut.is_err());
    write(&SqliteStore::open(&path).unwrap(), |tx| {
        tx.insert_entry(&entry_row(1, 77))
    });
    carry(&path, &options, &mut |_| ()).unwrap();
    let store = PostgresStore::open(&options).unwrap();
    assert_eq!(
        store
            .view("count", |tx| tx.count_entries(dossier_id(1)))
            .unwrap(),
        21
    );
    // A database with one cell altered is not the same.
    let conn = connect(&options);
    conn.script("UPDATE leaf SET leaf = set_byte(leaf, 0, 7) WHERE position = 3")
        .unwrap();
    let differs = carry(&path, &options, &mut |_| ()).unwrap_err();
    assert!(
        differs.to_string().starts_with("storage failed: leaf"),
        "{differs}"
    );
    let taken = server.database();
    write(&PostgresStore::open(&taken).unwrap(), |tx| {
        tx.set_setting("card", b"another")
    });
    assert!(carry(&path, &taken, &mut |_| ()).is_err());
    assert!(carry(&folder.path().join("none.db"), &taken, &mut |_| ()).is_err());
}
