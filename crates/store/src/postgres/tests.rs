//! What only PostgreSQL shows: conformance, migrations, processes beside each other, lost connections.

use super::cells::{Notes, Tx};
use super::connection::Conn;
use super::schema::{STEPS, migrate, migrate_by};
use super::server::Server;
use super::{
    Options, PostgresStore, access, ahead, blobs, dossiers, drafts, notices, obligations, reviews,
};
use super::{pending, people, registers, search};
use crate::conformance::{self, dossier_id, dossier_row, entry_id, entry_row, obligation_row};
use crate::{
    AccessRow, Append, BodyRow, BodyState, Direction, LeafRow, OutboxItem, Store, StoreError,
    StoreExt, Write,
};

pub(super) fn write<T: Send + 'static>(
    store: &dyn Store,
    job: impl FnMut(&mut dyn Write) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.update("test", job).unwrap()
}

pub(super) fn connect(options: &Options) -> Conn {
    Conn::open(&options.target().unwrap()).unwrap()
}

#[test]
fn the_store_conforms() {
    let Some(server) = Server::shared() else {
        return;
    };
    conformance::all(&|| Box::new(PostgresStore::open(&server.database()).unwrap()));
}

#[test]
fn every_statement_fits_the_schema() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = connect(&server.database());
    migrate(&conn).unwrap();
    let files = [
        ahead::ALL,
        dossiers::ALL,
        drafts::ALL,
        notices::ALL,
        reviews::ALL,
        obligations::ALL,
        pending::ALL,
        registers::ALL,
        people::ALL,
        blobs::ALL,
        access::ALL,
        search::ALL,
    ];
    let searches = [[1, 8].map(search::hits_sql), [0, 8].map(access::marked_sql)];
    let searches = searches
        .iter()
        .flatten()
        .map(|sql| ("a search", sql.as_str()));
    let all = files.into_iter().flatten().copied().chain(searches);
    for (n, (name, sql)) in all.enumerate() {
        if let Err(error) = conn.script(&format!("PREPARE statement{n} AS {sql}")) {
            panic!("{name}: {error}");
        }
    }
}

/// Every table and index of the schema, as PostgreSQL describes it.
fn schema_of(conn: &Conn) -> Vec<String> {
    let sql = "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
        coalesce(collation_name, '') || ' ' || is_identity FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";
    let rows = conn.query(sql, &[]).unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[test]
fn all_steps_give_the_full_schema_one_by_one_or_at_once() {
    let Some(server) = Server::shared() else {
        return;
    };
    let (at_once, stepwise) = (connect(&server.database()), connect(&server.database()));
    migrate(&at_once).unwrap();
    for steps in 1..=STEPS.len() {
        migrate_by(&stepwise, &STEPS[..steps]).unwrap();
    }
    migrate(&stepwise).unwrap();
    let full = schema_of(&at_once);
    assert_eq!(full, schema_of(&stepwise));
    assert!(full.len() > 200, "{} lines", full.len());
}

#[test]
fn every_table_begins_with_its_place() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = connect(&server.database());
    migrate(&conn).unwrap();
    let sql = "SELECT c.relname::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace ORDER BY 1";
    // Small, or spread by another key of their own.
    let others = [
        "schema_version",
        "carrying",
        "turn",
        "setting",
        "series",
        "lease",
        "officer",
        "draft",
        "factor",
        "session",
        "notice",
        "partner",
        "access",
        // Of the node, and of no dossier.
        "access_mark",
        "journal",
        "finding",
        "waiting",
        "relation",
    ];
    for row in conn.query(sql, &[]).unwrap() {
        let (table, first): (String, String) = (row.get(0), row.get(1));
        let placed = ["dossier", "partner"].contains(&first.as_str());
        let own = table == "dossier" && first == "id";
        assert!(
            placed || own || others.contains(&table.as_str()),
            "{table} begins with {first}"
        );
    }
}

/// Whoever was signed in before sessions had a sort is signed in afterwards.
#[test]
fn sessions_of_before_stay_open() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = connect(&server.database());
    migrate_by(&conn, &STEPS[..2]).unwrap();
    let old = "INSERT INTO session (digest, officer, csrf, begun_ms, ends_ms) VALUES ('\\x01', 'a', 'c', 5, 9)";
    conn.script(old).unwrap();
    migrate(&conn).unwrap();
    let notes = Notes::default();
    let tx = Tx::new(&conn, &notes);
    let row = tx.session(&[1]).unwrap().unwrap();
    assert_eq!((row.sort, row.seen_ms), (crate::SessionSort::SignedIn, 0));
    assert_eq!((row.begun_ms, row.ends_ms, row.device.as_str()), (5, 9, ""));
    assert_eq!(tx.factors("a").unwrap(), []);
}

/// What waited before waits since its entry came.
#[test]
fn what_waited_before_waits_since_it_came() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = connect(&server.database());
    migrate_by(&conn, &STEPS[..9]).unwrap();
    let old = "INSERT INTO entry (dossier, id, kind, service, at_ms, here_ms, verdict, depth, body, causal, header)
        VALUES ('\\x0d', '\\x01', 'note', 'ma/liaison', 5, 70, 254, 0, 0, '', ''), ('\\x0d', '\\x02', 'note', 'ma/liaison', 5, 60, 254, 0, 0, '', '');
        INSERT INTO waiting (missing, entry) VALUES ('\\x0a', '\\x01'), ('\\x0b', '\\x02'), ('\\x0c', '\\x03')";
    conn.script(old).unwrap();
    migrate(&conn).unwrap();
    let sql = "SELECT entry, since_ms FROM waiting ORDER BY since_ms";
    let rows = conn.query(sql, &[]).unwrap();
    let rows: Vec<(Vec<u8>, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(rows, [(vec![3], 0), (vec![2], 60), (vec![1], 70)]);
}

/// What officers signed in with before there were accounts at a provider stays, and opens no such account.
#[test]
fn factors_of_before_stay_what_they_were() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = connect(&server.database());
    migrate_by(&conn, &STEPS[..6]).unwrap();
    let old = "INSERT INTO factor (officer, sort, id, label, since_ms, last, sealed)
        VALUES ('a', 3, '\\x01', 'key', 5, 6, '\\x02'), ('b', 3, '\\x01', 'key', 5, 6, '\\x02')";
    conn.script(old).unwrap();
    migrate(&conn).unwrap();
    let notes = Notes::default();
    let tx = Tx::new(&conn, &notes);
    for officer in ["a", "b"] {
        let rows = tx.factors(officer).unwrap();
        assert_eq!((rows.len(), rows[0].sort), (1, crate::FactorSort::Passkey));
    }
    assert_eq!(tx.bound(&[1]).unwrap(), None);
}

#[test]
fn a_later_step_keeps_what_is_there() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = seeded(&server.database());
    let step = "ALTER TABLE setting ADD COLUMN note text NOT NULL DEFAULT 'none'; CREATE TABLE later (n bigint PRIMARY KEY);";
    let steps = [STEPS, &[step]].concat();
    migrate_by(&conn, &steps).unwrap();
    migrate_by(&conn, &steps).unwrap();
    let note: String = conn.query("SELECT note FROM setting", &[]).unwrap()[0].get(0);
    assert_eq!(note, "none");
    let notes = Notes::default();
    let tx = Tx::new(&conn, &notes);
    assert_eq!(tx.count_entries(dossier_id(1)).unwrap(), 20);
    let obligation = tx.obligation(conformance::obligation_id(3)).unwrap();
    assert_eq!(obligation, Some(obligation_row(1, 3)));
    let found = tx.search(&[vec![[1; 8]]], &[dossier_id(1)], 50).unwrap();
    assert_eq!(found.len(), 20);
    assert!(
        matches!(migrate(&conn), Err(StoreError::UnknownVersion { found, known }) if found == known + 1)
    );
}

#[test]
fn a_failing_step_leaves_the_version_before_it() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = seeded(&server.database());
    let failing = "CREATE TABLE later (n bigint); INSERT INTO nowhere VALUES (1);";
    let steps = [STEPS, &[failing]].concat();
    let before = schema_of(&conn);
    assert!(migrate_by(&conn, &steps).is_err());
    assert_eq!(schema_of(&conn), before);
    migrate(&conn).unwrap();
}

#[test]
fn a_changed_step_is_refused() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = seeded(&server.database());
    let changed = format!("{} -- changed", STEPS[0]);
    let changed: &'static str = Box::leak(changed.into_boxed_str());
    let steps = [&[changed], &STEPS[1..]].concat();
    let error = migrate_by(&conn, &steps).unwrap_err();
    assert!(matches!(error, StoreError::Failed(_)));
    migrate(&conn).unwrap();
}

#[test]
fn many_may_migrate_at_once() {
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| PostgresStore::open(&options).unwrap());
        }
    });
}

fn seeded(options: &Options) -> Conn {
    let conn = connect(options);
    migrate(&conn).unwrap();
    conn.script("BEGIN").unwrap();
    seed(&mut Tx::new(&conn, &Notes::default())).unwrap();
    conn.script("COMMIT").unwrap();
    conn
}

/// Some of everything that a backup and a migration must keep.
pub(super) fn seed(tx: &mut dyn Write) -> Result<(), StoreError> {
    tx.set_setting("a", b"1")?;
    tx.put_dossier(&dossier_row(1))?;
    tx.put_object_key(dossier_id(1), b"dossier", b"KEY-OF-THE-DOSSIER")?;
    for n in 0..20 {
        tx.insert_entry(&entry_row(1, n))?;
        let sealed = format!("SEALED-BODY-{n:03}").repeat(200).into_bytes();
        let key = format!("WRAPPED-KEY-{n:03}-OF-A-BODY");
        tx.put_object_key(dossier_id(1), &entry_id(n).0, key.as_bytes())?;
        let body = BodyRow {
            state: BodyState::Here,
            sealed,
        };
        tx.put_body(dossier_id(1), entry_id(n), &body)?;
        tx.put_tokens(dossier_id(1), entry_id(n), &[[1; 8], *b"TOKENTOK"])?;
        tx.put_obligation(&obligation_row(1, n))?;
        tx.push_outbox(&conformance::node("ma"), &OutboxItem::Entry(entry_id(n)), 5)?;
    }
    let leaf = |n| LeafRow {
        position: n,
        leaf: vec![1; 33],
        entry: Some(entry_id(n)),
    };
    let append = Append {
        from: 0,
        leaves: (0..20).map(leaf).collect(),
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

/// What several processes do at once is as exact as in one: each store here stands for a process.
#[test]
fn writers_of_many_processes_take_turns() {
    const STORES: u64 = 3;
    const THREADS: u64 = 3;
    const ROUNDS: u64 = 25;
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    let stores: Vec<PostgresStore> = (0..STORES)
        .map(|_| PostgresStore::open(&options).unwrap())
        .collect();
    std::thread::scope(|scope| {
        for worker in 0..STORES * THREADS {
            let store = &stores[usize::try_from(worker % STORES).unwrap()];
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    write(store, move |tx| at_once(tx, worker * 1_000 + round));
                }
            });
        }
    });
    let total = STORES * THREADS * ROUNDS;
    stores[0]
        .view("check", |tx| {
            let rows = tx.entries_since(0, 10_000)?;
            assert_eq!(rows.len() as u64, total);
            assert_eq!(u64::from(tx.last_number("ask")?), total);
            let ma = conformance::node("ma");
            let register = tx.register(&ma, Direction::Out)?;
            assert_eq!(register.size, total);
            let leaves = tx.leaves(&ma, Direction::Out, 0, 10_000)?;
            let order: Vec<_> = leaves.iter().map(|leaf| leaf.entry.unwrap()).collect();
            let arrived: Vec<_> = rows.iter().map(|row| row.id).collect();
            assert_eq!(order, arrived, "positions grow in the order of commits");
            assert_eq!(
                tx.heads(dossier_id(1), "fr,ma", 99)?,
                [*order.last().unwrap()]
            );
            assert_eq!(tx.lane_head("serve")?.unwrap().seq, total);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

/// One job of everything that must be exact: it reads what is there and writes what follows from it.
fn at_once(tx: &mut dyn Write, n: u64) -> Result<(), StoreError> {
    let ma = conformance::node("ma");
    tx.insert_entry(&entry_row(1, n))?;
    let number = tx.next_number("ask")?;
    let size = tx.register(&ma, Direction::Out)?.size;
    assert_eq!(u64::from(number), size + 1, "nobody came in between");
    let append = Append {
        from: size,
        leaves: vec![LeafRow {
            position: size,
            leaf: vec![1; 33],
            entry: Some(entry_id(n)),
        }],
        nodes: Vec::new(),
        frontier: Vec::new(),
        note: format!("note {size}"),
    };
    tx.append_register(&ma, Direction::Out, &append)?;
    let heads = tx.heads(dossier_id(1), "fr,ma", 99)?;
    assert!(heads.len() <= 1, "the one before is the only head");
    tx.advance_heads(dossier_id(1), "fr,ma", &heads, entry_id(n))?;
    let seq = tx.lane_head("serve")?.map_or(0, |head| head.seq);
    tx.append_access(&AccessRow {
        lane: "serve".to_owned(),
        seq: seq + 1,
        at_ms: 1,
        hash: [0; 32],
        sealed: vec![1],
    })
}

#[test]
fn a_reader_of_new_entries_misses_none() {
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    let stores = [
        PostgresStore::open(&options).unwrap(),
        PostgresStore::open(&options).unwrap(),
    ];
    let reader = PostgresStore::open(&options).unwrap();
    std::thread::scope(|scope| {
        for (worker, store) in (0u64..).zip(&stores) {
            scope.spawn(move || {
                for round in 0..150 {
                    write(store, move |tx| {
                        tx.insert_entry(&entry_row(1, worker * 1_000 + round))
                    });
                }
            });
        }
        let (mut position, mut seen) = (0, 0);
        while seen < 300 {
            let rows = reader
                .view("new", |tx| tx.entries_since(position, 50))
                .unwrap();
            seen += rows.len();
            position = rows.last().map_or(position, |row| row.position);
        }
    });
    let rest = reader
        .view("rest", |tx| tx.count_entries(dossier_id(1)))
        .unwrap();
    assert_eq!(rest, 300);
}

#[test]
fn leases_pass_between_processes_and_fence_the_one_before() {
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    let (a, b) = (
        PostgresStore::open(&options).unwrap(),
        PostgresStore::open(&options).unwrap(),
    );
    assert_eq!(
        write(&a, |tx| tx.take_lease("link/ma", "a", 0, 100)),
        Some(1)
    );
    assert_eq!(write(&b, |tx| tx.take_lease("link/ma", "b", 50, 150)), None);
    assert_eq!(
        write(&b, |tx| tx.take_lease("link/ma", "b", 100, 200)),
        Some(2)
    );
    let fenced = a.update("fenced", |tx| {
        tx.set_setting("after", b"x")?;
        tx.check_lease("link/ma", 1)
    });
    assert!(matches!(fenced, Err(StoreError::LeaseLost)));
    assert_eq!(b.view("after", |tx| tx.setting("after")).unwrap(), None);
    // Many at once for a free one: one gets it.
    let got = std::thread::scope(|scope| {
        let tries: Vec<_> = ["c", "d", "e", "f"]
            .into_iter()
            .zip([&a, &b, &a, &b])
            .map(|(holder, store)| {
                scope.spawn(move || write(store, move |tx| tx.take_lease("link/es", holder, 0, 9)))
            })
            .collect();
        let got = tries.into_iter().map(|each| each.join().unwrap());
        got.flatten().collect::<Vec<u64>>()
    });
    assert_eq!(got, [1]);
}

/// Whoever dies or hangs in its turn does not keep it.
#[test]
fn a_turn_ends_with_the_connection_that_holds_it() {
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    let store = PostgresStore::open(&options).unwrap();
    let holder = connect(&options);
    holder
        .script("SET idle_in_transaction_session_timeout = 300; BEGIN")
        .unwrap();
    holder
        .query("SELECT one FROM turn FOR UPDATE", &[])
        .unwrap();
    write(&store, |tx| {
        tx.set_setting("a", b"after the holder was ended")
    });
    assert!(holder.script("COMMIT").is_err(), "its transaction is gone");
}

#[test]
fn a_restarted_server_costs_nothing_that_was_promised() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let store = PostgresStore::open(&server.database()).unwrap();
    write(&store, |tx| tx.set_setting("a", b"kept"));
    assert_eq!(
        store.view("a", |tx| tx.setting("a")).unwrap(),
        Some(b"kept".to_vec())
    );
    server.stop();
    let away = store.view("a", |tx| tx.setting("a")).unwrap_err();
    assert!(
        matches!(&away, StoreError::Failed(why) if !why.is_empty()),
        "{away:?}"
    );
    std::thread::scope(|scope| {
        // Asked while the server is away: it is waited for.
        let waiting = scope.spawn(|| store.update("b", |tx| tx.set_setting("b", b"waited")));
        assert!(server.resume());
        waiting.join().unwrap().unwrap();
    });
    let both = store.view("both", |tx| {
        Ok::<_, StoreError>((tx.setting("a")?, tx.setting("b")?))
    });
    assert_eq!(
        both.unwrap(),
        (Some(b"kept".to_vec()), Some(b"waited".to_vec()))
    );
    // Cut in the middle of a job: told as failed, nothing of it stays, and the next one goes well.
    let server = &server;
    let cut = std::thread::scope(|scope| {
        let (inside, told) = std::sync::mpsc::channel();
        let (go, on) = std::sync::mpsc::channel();
        let store = &store;
        let job = scope.spawn(move || {
            store.update("cut", move |tx| {
                tx.set_setting("c", b"half")?;
                inside.send(()).unwrap();
                on.recv().unwrap();
                tx.set_setting("d", b"half")
            })
        });
        told.recv().unwrap();
        server.stop();
        assert!(server.resume());
        go.send(()).unwrap();
        job.join().unwrap()
    });
    assert!(matches!(cut, Err(StoreError::Failed(_))), "{cut:?}");
    write(&store, |tx| tx.set_setting("e", b"again"));
    let left = store.view("left", |tx| {
        Ok::<_, StoreError>((tx.setting("c")?, tx.setting("d")?))
    });
    assert_eq!(left.unwrap(), (None, None));
}

#[test]
fn a_full_disk_is_said_to_be_full_and_loses_nothing() {
    let Some(server) = Server::shared() else {
        return;
    };
    let options = server.database();
    let store = PostgresStore::open(&options).unwrap();
    // The server's own answer when the disk is full, from a trigger.
    let other = connect(&options);
    other
        .script(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
             CREATE TRIGGER full_disk BEFORE INSERT ON body FOR EACH ROW EXECUTE FUNCTION full_disk()",
        )
        .unwrap();
    let body = BodyRow {
        state: BodyState::Here,
        sealed: vec![1; 200],
    };
    let failed = store.update("fill", move |tx| {
        tx.insert_entry(&entry_row(1, 1))?;
        tx.put_body(dossier_id(1), entry_id(1), &body)
    });
    assert!(matches!(failed, Err(StoreError::Full)), "{failed:?}");
    write(&store, |tx| tx.set_setting("small", b"still fits"));
    let count = store
        .view("count", |tx| tx.count_entries(dossier_id(1)))
        .unwrap();
    assert_eq!(count, 0);
    other.script("DROP TRIGGER full_disk ON body").unwrap();
    write(&store, |tx| tx.insert_entry(&entry_row(1, 1)));
}

#[test]
fn errors_hold_no_values() {
    let Some(server) = Server::shared() else {
        return;
    };
    let store = PostgresStore::open(&server.database()).unwrap();
    let session = crate::SessionRow {
        digest: b"SECRET-DIGEST".to_vec(),
        officer: "SECRET-OFFICER".to_owned(),
        csrf: "c".to_owned(),
        begun_ms: 0,
        ends_ms: 9,
        sort: crate::SessionSort::SignedIn,
        seen_ms: 0,
        device: String::new(),
        state: Vec::new(),
    };
    let again = session.clone();
    write(&store, move |tx| tx.insert_session(&session));
    let twice = store
        .update("twice", move |tx| tx.insert_session(&again))
        .unwrap_err();
    assert!(
        !twice.to_string().contains("SECRET") && twice.to_string().contains("23505"),
        "{twice}"
    );
    let mut options = Options::new("postgres://user:SECRET@127.0.0.1:1/none");
    let away = PostgresStore::open(&options).err().unwrap();
    assert!(!away.to_string().contains("SECRET"), "{away}");
    options.url = "postgres://user:SECRET@127.0.0.1/none?nonsense=1".to_owned();
    let wrong = PostgresStore::open(&options).err().unwrap();
    assert!(wrong.to_string().contains("not of the form") && !wrong.to_string().contains("SECRET"));
    options.url = "postgres://user@db.example/none".to_owned();
    let clear = PostgresStore::open(&options).err().unwrap();
    assert!(
        clear.to_string().contains("sslmode=require"),
        "never in clear to another machine: {clear}"
    );
}

#[test]
fn connections_are_encrypted_where_the_address_says_so() {
    let Some(server) = Server::encrypted() else {
        return;
    };
    let plain = server.database();
    let tls = |url: &str, authorities: Option<&str>| Options {
        authorities: authorities.map(|name| server.data().join(name)),
        ..Options::new(&format!("{url}?sslmode=verify-full"))
    };
    assert!(!PostgresStore::about(&plain).unwrap().encrypted);
    let right = tls(&plain.url, Some("ca.pem"));
    let about = PostgresStore::about(&right).unwrap();
    assert!(
        about.encrypted && about.durable && !about.standby,
        "{about:?}"
    );
    write(&PostgresStore::open(&right).unwrap(), |tx| {
        tx.set_setting("a", b"1")
    });
    let other_name = plain.url.replace("127.0.0.1", "localhost");
    for wrong in [
        tls(&plain.url, None),
        tls(&plain.url, Some("none.pem")),
        tls(&plain.url, Some("other-ca.pem")),
        tls(&other_name, Some("ca.pem")),
    ] {
        assert!(PostgresStore::open(&wrong).is_err(), "{}", wrong.url);
    }
}

#[test]
fn erased_keys_bodies_and_tokens_are_swept_from_the_tables() {
    let Some(server) = Server::start(&["autovacuum = off"]) else {
        return;
    };
    let options = server.database();
    let store = PostgresStore::open(&options).unwrap();
    write(&store, seed);
    for n in 0..20 {
        write(&store, move |tx| tx.erase_body(dossier_id(1), entry_id(n)));
    }
    let conn = connect(&options);
    let swept = "SELECT min(vacuum_count) FROM pg_stat_user_tables WHERE relname IN ('object_key', 'body', 'token')";
    loop {
        let count: Option<i64> = conn.query(swept, &[]).unwrap()[0].get(0);
        if count.is_some_and(|count| count > 0) {
            break;
        }
        std::thread::yield_now();
    }
    let left = "SELECT count(*) FROM object_key";
    assert_eq!(
        conn.query(left, &[]).unwrap()[0].get::<_, i64>(0),
        1,
        "the dossier's own"
    );
}

#[test]
fn a_damaged_cell_is_named() {
    let Some(server) = Server::shared() else {
        return;
    };
    let conn = seeded(&server.database());
    let notes = Notes::default();
    let tx = Tx::new(&conn, &notes);
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
        conn.script(sql).unwrap();
        let error = tx.dossier(dossier_id(1)).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { table: t, column: c } if (t, c) == (table, column)),
            "{error:?}"
        );
    }
}
