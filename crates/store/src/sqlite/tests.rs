//! What only SQLite's files and statements show: conformance of both forms, migrations, erasure, backups, limits.

use super::cells::{Notes, Tx};
use super::schema::{STEPS, migrate, migrate_by};
use super::{
    Options, REINDEX, SqliteStore, access, blobs, dossiers, drafts, notices, obligations, reviews,
};
use super::{people, registers, search};
use crate::conformance::{self, dossier_id, dossier_row, entry_id, entry_row, obligation_row};
use crate::{Append, BodyRow, BodyState, Direction, LeafRow, Store, StoreError, StoreExt, Write};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use tempfile::tempdir;

fn write<T: Send + 'static>(
    store: &dyn Store,
    job: impl FnMut(&mut dyn Write) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.update("test", job).unwrap()
}

#[test]
fn the_memory_store_conforms() {
    conformance::all(&|| Box::new(SqliteStore::open_in_memory().unwrap()));
}

#[test]
fn the_file_store_conforms() {
    let folder = tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    conformance::all(&|| {
        count.set(count.get() + 1);
        let path = folder.path().join(format!("{}.db", count.get()));
        Box::new(SqliteStore::open(&path).unwrap())
    });
}

#[test]
fn every_statement_fits_the_schema() {
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn).unwrap();
    let files = [
        dossiers::ALL,
        drafts::ALL,
        notices::ALL,
        reviews::ALL,
        obligations::ALL,
        registers::ALL,
        people::ALL,
        blobs::ALL,
        access::ALL,
        search::ALL,
    ];
    for (name, sql) in files.into_iter().flatten() {
        if let Err(error) = conn.prepare(sql) {
            panic!("{name}: {error}");
        }
    }
}

/// Lists and lookups must not read whole tables; those that may are named here.
#[test]
fn no_statement_scans_a_table_that_grows() {
    let small = [
        "OFFICERS",
        "PARTNERS",
        "PENDING",
        "COUNT_PENDING",
        "LANES",
        "IRREGULAR",
        "ACCESS",
        // What waits for signatures, cut off by a limit.
        "DRAFTS",
        // Once an hour, cut off by a limit.
        "UNREVIEWED",
        // What it scans is cut off by a limit.
        "OUTBOX_SIZE",
        // An index of nothing but what is to be freed.
        "TO_FREE",
        // An index of nothing but what waits for a second administrator.
        "RESETS",
        // The same of what says who acts for whom.
        "STAND_INS",
        // The same of who asks for access by number.
        "ACCESS_ASKS",
        // One step of an index in its order.
        "OLDEST",
        "JOURNAL_LAST",
        // A whole month ends at once, and only then.
        "DROP_MARKS",
        // Found by the index of when it was asked; what it groups are counts, by kind, ask and state.
        "TALLIES",
        // Looked through once when a charter is enacted, and never else.
        "ABOVE_LIMIT",
    ];
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn).unwrap();
    let files = [
        dossiers::ALL,
        drafts::ALL,
        notices::ALL,
        reviews::ALL,
        obligations::ALL,
        registers::ALL,
        people::ALL,
        blobs::ALL,
        access::ALL,
        search::ALL,
    ];
    let searches: Vec<String> = [&[][..], &[1], &[2, 1, 8]].map(search::hits_sql).into();
    let marked: Vec<String> = [0, 1, 3].map(access::marked_sql).into();
    // By its number a dossier is found without a look at any other.
    let numbered = crate::DossierFilter {
        number: Some(1),
        node: "ma".parse().ok(),
        services: vec!["ma/liaison".parse().unwrap()],
        ..crate::DossierFilter::default()
    };
    let numbered = vec![dossiers::dossiers_sql(&numbered).0];
    let searches = searches.iter().chain(&marked).chain(&numbered);
    let searches = searches.map(|sql| ("a search", sql.as_str()));
    for (name, sql) in files.into_iter().flatten().copied().chain(searches) {
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        for index in 1..=plan.parameter_count() {
            plan.raw_bind_parameter(index, 1).unwrap();
        }
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            let scan = step.starts_with("SCAN") && !step.contains("CONSTANT ROW");
            assert!(!scan || small.contains(&name), "{name}: {step}");
            let sorts = step.contains("TEMP B-TREE") && !step.contains("DISTINCT");
            assert!(
                // Of PLACES_OF only entries of one depth whose identifiers begin with the same eight bytes are sorted.
                !sorts || ["FLAGS", "RELATIONS", "PLACES_OF", "TALLIES"].contains(&name),
                "{name}: {step}"
            );
            // The other index walks the whole dossier for every type: some 200 times as long in one of 100,000 entries.
            let by_kind = name != "PLACES_OF" || sorts || step.contains("entry_by_kind");
            assert!(by_kind, "{name}: {step}");
        }
    }
}

#[test]
fn statements_are_planned_once() {
    let conn = Connection::open_in_memory().unwrap();
    super::keep_statements(&conn).unwrap();
    migrate(&conn).unwrap();
    let files = [
        dossiers::ALL,
        drafts::ALL,
        notices::ALL,
        reviews::ALL,
        obligations::ALL,
        registers::ALL,
        people::ALL,
        blobs::ALL,
        access::ALL,
        search::ALL,
    ];
    for (name, sql) in files
        .into_iter()
        .flatten()
        .filter(|(_, sql)| sql.starts_with("SELECT"))
    {
        let mut statement = conn.prepare_cached(sql).unwrap();
        for value in [5, 0, 1, 700] {
            for index in 1..=statement.parameter_count() {
                statement.raw_bind_parameter(index, value).unwrap();
            }
            let mut rows = statement.raw_query();
            while rows.next().unwrap().is_some() {}
            drop(rows);
            statement.clear_bindings();
        }
        let again = statement.get_status(rusqlite::StatementStatus::RePrepare);
        assert_eq!(again, 0, "{name} was planned again {again} times");
    }
}

fn schema_of(conn: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn all_steps_give_the_full_schema_one_by_one_or_at_once() {
    let at_once = Connection::open_in_memory().unwrap();
    migrate(&at_once).unwrap();
    let stepwise = Connection::open_in_memory().unwrap();
    for steps in 1..=STEPS.len() {
        migrate_by(&stepwise, &STEPS[..steps]).unwrap();
    }
    migrate(&stepwise).unwrap();
    assert_eq!(schema_of(&at_once), schema_of(&stepwise));
    let full: String = schema_of(&at_once)
        .into_iter()
        .map(|(_, sql)| sql + ";\n")
        .collect();
    if full != include_str!("schema.sql") {
        let new = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sqlite/schema.new.txt");
        std::fs::write(new, full).unwrap();
        panic!("the steps do not give schema.sql; compare it with schema.new.txt");
    }
}

/// Whoever was signed in before sessions had a sort is signed in afterwards.
#[test]
fn sessions_of_before_stay_open() {
    let conn = Connection::open_in_memory().unwrap();
    migrate_by(&conn, &STEPS[..6]).unwrap();
    let old = "INSERT INTO session (digest, officer, csrf, begun_ms, ends_ms) VALUES (x'01', 'a', 'c', 5, 9)";
    conn.execute_batch(old).unwrap();
    migrate(&conn).unwrap();
    let notes = Notes::default();
    let tx = Tx {
        conn: &conn,
        notes: &notes,
    };
    let row = tx.session(&[1]).unwrap().unwrap();
    assert_eq!((row.sort, row.seen_ms), (crate::SessionSort::SignedIn, 0));
    assert_eq!((row.begun_ms, row.ends_ms, row.device.as_str()), (5, 9, ""));
    assert_eq!(tx.factors("a").unwrap(), []);
}

/// What waited before waits since its entry came.
#[test]
fn what_waited_before_waits_since_it_came() {
    let conn = Connection::open_in_memory().unwrap();
    migrate_by(&conn, &STEPS[..13]).unwrap();
    let old = "INSERT INTO entry (dossier, key, id, kind, service, at_ms, here_ms, verdict, depth, body, causal, header)
        VALUES (1, 1, x'01', 'note', 'ma/liaison', 5, 70, 254, 0, 0, x'', x''), (1, 2, x'02', 'note', 'ma/liaison', 5, 60, 254, 0, 0, x'', x'');
        INSERT INTO waiting (missing, entry) VALUES (x'0a', x'01'), (x'0b', x'02'), (x'0c', x'03')";
    conn.execute_batch(old).unwrap();
    migrate(&conn).unwrap();
    let sql = "SELECT entry, since_ms FROM waiting ORDER BY since_ms";
    let mut read = conn.prepare(sql).unwrap();
    let rows = read.query_map((), |row| Ok((row.get(0)?, row.get(1)?)));
    let rows: Vec<(Vec<u8>, i64)> = rows.unwrap().map(Result::unwrap).collect();
    assert_eq!(rows, [(vec![3], 0), (vec![2], 60), (vec![1], 70)]);
}

/// What officers signed in with before there were accounts at a provider stays, and opens no such account.
#[test]
fn factors_of_before_stay_what_they_were() {
    let conn = Connection::open_in_memory().unwrap();
    migrate_by(&conn, &STEPS[..10]).unwrap();
    let old = "INSERT INTO factor (officer, sort, id, label, since_ms, last, sealed)
        VALUES ('a', 3, x'01', 'key', 5, 6, x'02'), ('b', 3, x'01', 'key', 5, 6, x'02')";
    conn.execute_batch(old).unwrap();
    migrate(&conn).unwrap();
    let notes = Notes::default();
    let tx = Tx {
        conn: &conn,
        notes: &notes,
    };
    for officer in ["a", "b"] {
        let rows = tx.factors(officer).unwrap();
        assert_eq!((rows.len(), rows[0].sort), (1, crate::FactorSort::Passkey));
    }
    assert_eq!(tx.bound(&[1]).unwrap(), None);
}

#[test]
fn a_later_step_keeps_what_is_there() {
    let conn = seeded();
    let step = "ALTER TABLE setting ADD COLUMN note TEXT NOT NULL DEFAULT 'none'; CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT;";
    let steps = [STEPS, &[step]].concat();
    migrate_by(&conn, &steps).unwrap();
    migrate_by(&conn, &steps).unwrap();
    let whole: String = conn
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .unwrap();
    assert_eq!(whole, "ok");
    let note: String = conn
        .query_row("SELECT note FROM setting", (), |row| row.get(0))
        .unwrap();
    assert_eq!(note, "none");
    let notes = Notes::default();
    let tx = Tx {
        conn: &conn,
        notes: &notes,
    };
    assert_eq!(tx.count_entries(dossier_id(1)).unwrap(), 20);
    assert_eq!(
        tx.obligation(conformance::obligation_id(3)).unwrap(),
        Some(obligation_row(1, 3))
    );
    assert_eq!(
        tx.search(&[vec![[1; 8]]], &[dossier_id(1)], 50)
            .unwrap()
            .len(),
        20
    );
    assert!(
        matches!(migrate(&conn), Err(StoreError::UnknownVersion { found, known }) if found == known + 1)
    );
}

#[test]
fn a_failing_step_leaves_the_version_before_it() {
    let conn = seeded();
    let steps = [
        STEPS,
        &["CREATE TABLE later (n INTEGER); INSERT INTO nowhere VALUES (1);"],
    ]
    .concat();
    let before = schema_of(&conn);
    assert!(migrate_by(&conn, &steps).is_err());
    assert_eq!(schema_of(&conn), before);
    migrate(&conn).unwrap();
}

#[test]
fn a_changed_step_is_refused() {
    let conn = seeded();
    let changed = format!("{} -- changed", STEPS[0]);
    let changed: &'static str = Box::leak(changed.into_boxed_str());
    assert!(matches!(
        migrate_by(&conn, &[&[changed], &STEPS[1..]].concat()),
        Err(StoreError::Failed(_))
    ));
    migrate(&conn).unwrap();
}

fn seeded() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    migrate(&conn).unwrap();
    seed(&mut Tx {
        conn: &conn,
        notes: &Notes::default(),
    })
    .unwrap();
    conn
}

/// Some of everything that a backup and a migration must keep.
fn seed(tx: &mut dyn Write) -> Result<(), StoreError> {
    tx.set_setting("a", b"1")?;
    tx.put_dossier(&dossier_row(1))?;
    tx.put_object_key(dossier_id(1), b"dossier", b"KEY-OF-THE-DOSSIER")?;
    for n in 0..20 {
        tx.insert_entry(&entry_row(1, n))?;
        let sealed = format!("SEALED-BODY-{n:03}").repeat(200).into_bytes();
        tx.put_object_key(
            dossier_id(1),
            &entry_id(n).0,
            format!("WRAPPED-KEY-{n:03}-OF-A-BODY").as_bytes(),
        )?;
        tx.put_body(
            dossier_id(1),
            entry_id(n),
            &BodyRow {
                state: BodyState::Here,
                sealed,
            },
        )?;
        tx.put_tokens(dossier_id(1), entry_id(n), &[[1; 8], *b"TOKENTOK"])?;
        tx.put_obligation(&obligation_row(1, n))?;
        tx.push_outbox(
            &conformance::node("ma"),
            &crate::OutboxItem::Entry(entry_id(n)),
            5,
        )?;
    }
    let leaves = (0..20)
        .map(|n| LeafRow {
            position: n,
            leaf: vec![1; 33],
            entry: Some(entry_id(n)),
        })
        .collect();
    let append = Append {
        from: 0,
        leaves,
        nodes: vec![(1, 0, [2; 32])],
        frontier: vec![3],
        note: "note".to_owned(),
    };
    tx.append_register(&conformance::node("ma"), Direction::Out, &append)?;
    let session = crate::SessionRow {
        digest: vec![1; 32],
        officer: "a".to_owned(),
        csrf: "c".to_owned(),
        begun_ms: 0,
        ends_ms: 9,
        sort: crate::SessionSort::SignedIn,
        seen_ms: 0,
        device: String::new(),
        state: Vec::new(),
    };
    tx.insert_session(&session)
}

/// Every byte of the database and its logs.
fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}
fn holds(bytes: &[u8], what: &str) -> bool {
    bytes
        .windows(what.len())
        .any(|window| window == what.as_bytes())
}

#[test]
fn erased_bodies_keys_and_tokens_leave_the_files() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("node.db");
    let store = SqliteStore::open(&path).unwrap();
    write(&store, seed);
    assert!(holds(&bytes_on_disk(folder.path()), "SEALED-BODY-007"));
    assert!(holds(&bytes_on_disk(folder.path()), "WRAPPED-KEY-007"));
    write(&store, |tx| tx.erase_body(dossier_id(1), entry_id(7)));
    let bytes = bytes_on_disk(folder.path());
    for gone in ["SEALED-BODY-007", "WRAPPED-KEY-007"] {
        assert!(!holds(&bytes, gone), "{gone} is still in the files");
    }
    assert!(holds(&bytes, "SEALED-BODY-008") && holds(&bytes, "WRAPPED-KEY-008"));
    for n in (0..20).filter(|n| *n != 7) {
        write(&store, move |tx| tx.erase_body(dossier_id(1), entry_id(n)));
    }
    write(&store, |tx| {
        tx.put_object_key(dossier_id(1), b"dossier", b"")
    });
    let bytes = bytes_on_disk(folder.path());
    for gone in [
        "SEALED-BODY",
        "WRAPPED-KEY",
        "TOKENTOK",
        "KEY-OF-THE-DOSSIER",
    ] {
        assert!(!holds(&bytes, gone), "{gone} is still in the files");
    }
}

#[test]
fn a_reader_in_the_way_only_delays_forgetting() {
    let folder = tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("node.db")).unwrap());
    write(&*store, seed);
    store
        .view("test", |tx| {
            assert_eq!(tx.count_entries(dossier_id(1))?, 20);
            let other = Arc::clone(&store);
            std::thread::spawn(move || {
                write(&*other, |tx| tx.erase_body(dossier_id(1), entry_id(7)))
            })
            .join()
            .unwrap();
            assert!(
                tx.body(dossier_id(1), entry_id(7))?.unwrap().state == BodyState::Here,
                "its own snapshot"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    write(&*store, |tx| tx.set_setting("next", b"group"));
    assert!(!holds(&bytes_on_disk(folder.path()), "SEALED-BODY-007"));
}

fn backed_up(store: &SqliteStore, folder: &Path) {
    store
        .backup(&folder.join("main.bak"), &folder.join("keys.bak"))
        .unwrap();
    let main = std::fs::read(folder.join("main.bak")).unwrap();
    let keys = std::fs::read(folder.join("keys.bak")).unwrap();
    assert!(holds(&main, "SEALED-BODY-003") && !holds(&keys, "SEALED-BODY"));
    for secret in ["WRAPPED-KEY-003", "KEY-OF-THE-DOSSIER"] {
        assert!(holds(&keys, secret) && !holds(&main, secret), "{secret}");
    }
    assert!(!holds(&main, "TOKENTOK") && !holds(&keys, "TOKENTOK"));
}

#[test]
fn a_backup_holds_no_keys_and_is_restored_with_them() {
    for file_backed in [true, false] {
        let folder = tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let store = if file_backed {
            SqliteStore::open(&at("node.db"))
        } else {
            SqliteStore::open_in_memory()
        }
        .unwrap();
        write(&store, seed);
        backed_up(&store, folder.path());
        assert!(store.backup(&at("main.bak"), &at("other")).is_err() && !at("other").exists());
        write(&store, |tx| tx.set_setting("after", b"the backup"));

        SqliteStore::restore(&at("again.db"), &at("main.bak"), &at("keys.bak")).unwrap();
        assert!(SqliteStore::restore(&at("again.db"), &at("main.bak"), &at("keys.bak")).is_err());
        assert!(!at("again.db.restoring").exists());
        let again = SqliteStore::open(&at("again.db")).unwrap();
        let d = dossier_id(1);
        again
            .view("test", |tx| {
                assert_eq!(
                    tx.object_key(d, b"dossier")?,
                    Some(b"KEY-OF-THE-DOSSIER".to_vec())
                );
                assert_eq!(
                    tx.object_key(d, &entry_id(3).0)?,
                    Some(b"WRAPPED-KEY-003-OF-A-BODY".to_vec())
                );
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
        let numbers: Vec<u64> = again
            .view("test", |tx| tx.outbox(&conformance::node("ma"), 99))
            .unwrap()
            .iter()
            .map(|r| r.number)
            .collect();
        let last = numbers.last().copied().unwrap();
        write(&again, move |tx| {
            tx.clear_outbox(&conformance::node("ma"), &numbers)?;
            tx.push_outbox(
                &conformance::node("ma"),
                &crate::OutboxItem::Leaf(vec![1]),
                1,
            )
        });
        let next = again
            .view("test", |tx| tx.outbox(&conformance::node("ma"), 1))
            .unwrap()[0]
            .number;
        assert!(next > last, "outbox numbers go on after a restore");
    }
}

#[test]
fn an_erased_body_stays_erased_when_older_keys_are_restored() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = SqliteStore::open(&at("node.db")).unwrap();
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
    SqliteStore::restore(&at("again.db"), &at("new-main"), &at("old-keys")).unwrap();
    let again = std::fs::read(at("again.db")).unwrap();
    for gone in ["WRAPPED-KEY-003", "WRAPPED-FILE-003"] {
        assert!(!holds(&again, gone), "{gone}");
    }
    for kept in ["WRAPPED-KEY-004", "WRAPPED-FILE-004"] {
        assert!(holds(&again, kept), "{kept}");
    }
}

/// Rule 6: a secret with a term of its own is in no copy, since a copy may be thirty days older than its end; one that an older version
/// copied is not given back.
#[test]
fn rule_06_keys_that_are_never_copied_are_in_no_backup_and_come_back_from_none() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let bytes = |name: &str| std::fs::read(at(name)).unwrap();
    let store = SqliteStore::open(&at("node.db")).unwrap();
    write(&store, seed);
    write(&store, |tx| {
        tx.put_object_key(crate::NEVER_COPIED, b"sealing-1", b"SEALING-SECRET")
    });
    store.backup(&at("main"), &at("keys")).unwrap();
    assert!(!holds(&bytes("main"), "SEALING-SECRET") && !holds(&bytes("keys"), "SEALING-SECRET"));
    assert!(holds(&bytes("keys"), "WRAPPED-KEY-004"));
    let older = rusqlite::Connection::open(at("keys")).unwrap();
    older
        .execute(
            "INSERT INTO object_key
             VALUES (?1, CAST('sealing-1' AS BLOB), CAST('SEALING-SECRET' AS BLOB))",
            rusqlite::params![crate::NEVER_COPIED.0],
        )
        .unwrap();
    drop(older);
    assert!(holds(&bytes("keys"), "SEALING-SECRET"));
    SqliteStore::restore(&at("again.db"), &at("main"), &at("keys")).unwrap();
    assert!(!holds(&bytes("again.db"), "SEALING-SECRET"));
}

/// Rule 15: the keys of a newer backup bring the node's newest signing key to data that never heard of it.
#[test]
fn rule_15_signing_keys_come_back_beside_older_data() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = SqliteStore::open(&at("node.db")).unwrap();
    write(&store, seed);
    store.backup(&at("main"), &at("old-keys")).unwrap();
    write(&store, |tx| {
        tx.put_object_key(crate::SIGNING_KEYS, b"ring", b"SIGNING-SECRET")
    });
    store.backup(&at("newer"), &at("keys")).unwrap();
    assert!(
        !holds(&std::fs::read(at("newer")).unwrap(), "SIGNING-SECRET"),
        "apart from the data"
    );
    SqliteStore::restore(&at("again.db"), &at("main"), &at("keys")).unwrap();
    let again = SqliteStore::open(&at("again.db")).unwrap();
    let ring = again.view("ring", |tx| tx.object_key(crate::SIGNING_KEYS, b"ring"));
    assert_eq!(ring.unwrap().as_deref(), Some(&b"SIGNING-SECRET"[..]));
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let store = SqliteStore::open(&at("node.db")).unwrap();
    store.backup(&at("main"), &at("keys")).unwrap();
    std::fs::write(at("junk"), vec![0x5a; 9_000]).unwrap();
    for (main, keys) in [
        ("junk", "keys"),
        ("keys", "main"),
        ("main", "junk"),
        ("none", "keys"),
        ("main", "none"),
    ] {
        assert!(
            SqliteStore::restore(&at("again.db"), &at(main), &at(keys)).is_err(),
            "{main} {keys}"
        );
        assert!(!at("again.db").exists() && !at("again.db.restoring").exists());
    }
    std::fs::write(at("other.db"), vec![0x5a; 9_000]).unwrap();
    assert!(
        matches!(
            SqliteStore::open(&at("other.db")),
            Err(StoreError::Failed(_))
        ),
        "not a database"
    );
}

#[test]
fn a_full_disk_is_said_to_be_full_and_loses_nothing() {
    let folder = tempdir().unwrap();
    let options = Options {
        max_pages: Some(160),
        ..Options::default()
    };
    let store = SqliteStore::open_with(&folder.path().join("node.db"), &options).unwrap();
    let mut kept = 0;
    let error = loop {
        let n = kept;
        let result = store.update("fill", move |tx| {
            tx.insert_entry(&entry_row(1, n))?;
            tx.put_body(
                dossier_id(1),
                entry_id(n),
                &BodyRow {
                    state: BodyState::Here,
                    sealed: vec![1; 20_000],
                },
            )
        });
        match result {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000, "the limit holds");
    };
    assert!(matches!(error, StoreError::Full), "{error:?}");
    assert_eq!(
        store
            .view("count", |tx| tx.count_entries(dossier_id(1)))
            .unwrap(),
        kept
    );
    write(&store, |tx| tx.erase_body(dossier_id(1), entry_id(0)));
    write(&store, |tx| tx.set_setting("small", b"still fits"));
}

#[test]
fn a_damaged_cell_is_named() {
    let conn = seeded();
    let notes = Notes::default();
    let tx = Tx {
        conn: &conn,
        notes: &notes,
    };
    for (sql, table, column) in [
        ("UPDATE dossier SET purpose = 99", "dossier", "purpose"),
        (
            "UPDATE dossier SET purpose = 0, convenor = 'NOT A NODE'",
            "dossier",
            "convenor",
        ),
        (
            "UPDATE dossier SET convenor = 'fr', number = -1",
            "dossier",
            "number",
        ),
    ] {
        conn.execute(sql, ()).unwrap();
        let error = tx.dossier(dossier_id(1)).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { table: t, column: c } if (t, c) == (table, column)),
            "{error:?}"
        );
    }
    for (sql, table, column) in [
        ("UPDATE entry SET body = 9", "entry", "body"),
        ("UPDATE entry SET id = x'00', body = 0", "entry", "id"),
    ] {
        conn.execute(sql, ()).unwrap();
        let error = tx.entries(dossier_id(1), false, 1, 0).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { table: t, column: c } if (t, c) == (table, column)),
            "{error:?}"
        );
    }
}

#[test]
fn jobs_from_many_threads_share_commits_and_survive_reopening() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("node.db");
    {
        let store = SqliteStore::open_with(
            &path,
            &Options {
                queue: 4,
                group_max: 3,
                readers: 1,
                ..Options::default()
            },
        )
        .unwrap();
        std::thread::scope(|scope| {
            for worker in 0..6u64 {
                let store = &store;
                scope.spawn(move || {
                    for n in 0..20 {
                        write(store, move |tx| {
                            tx.insert_entry(&entry_row(worker, worker * 1_000 + n))
                        });
                    }
                });
            }
        });
    }
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(
        store
            .view("all", |tx| tx.entries_since(0, 999))
            .unwrap()
            .len(),
        120
    );
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(&path).unwrap().permissions(),
        );
        assert_eq!(mode & 0o077, 0, "only this account reads the database");
    }
}
