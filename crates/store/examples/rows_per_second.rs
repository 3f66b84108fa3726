//! How fast the store is on this machine: entries written as the app writes them, through group commit, with every tenth an ask;
//! then the lists of the front page over a large store.
//!
//! `cargo run --release -p entente-store --example rows_per_second -- [entries] [clients] [folder, or postgres://... of an empty database]`
#![expect(clippy::unwrap_used, reason = "a measuring tool: any failure ends it")]

use entente_core::ids::ServiceName;
use entente_core::obligation::{Side, State};
use entente_store::conformance::{
    dossier_id, dossier_row, entry_id, entry_row, node, obligation_row, service,
};
use entente_store::postgres::{Options, PostgresStore};
use entente_store::sqlite::SqliteStore;
use entente_store::{
    AccessRow, ActRow, Append, BodyRow, BodyState, Direction, LeafRow, ObligationFilter,
    OutboxItem, Read, Result, Store, StoreError, StoreExt, Write,
};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const DOSSIERS: u64 = 2_000;
const TOKENS: u64 = 12;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = |default: u64| args.next().map_or(default, |arg| arg.parse().unwrap());
    let (entries, clients) = (next(100_000), next(64));
    let place = args.next();
    if let Some(url) = place
        .as_deref()
        .filter(|place| place.starts_with("postgres"))
    {
        let store = PostgresStore::open(&Options::new(url)).unwrap();
        write_entries(&store, entries, clients);
        return time_lists(&store);
    }
    let folder = place.map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join(format!("rows-per-second-{}.db", std::process::id()));
    let store = SqliteStore::open(&path).unwrap();
    write_entries(&store, entries, clients);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!(
        "{} MB on disk, {} bytes per entry",
        bytes >> 20,
        bytes / entries
    );
    time_lists(&store);
    drop(store);
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        drop(std::fs::remove_file(name));
    }
}

fn write_entries(store: &dyn Store, entries: u64, clients: u64) {
    let (next, rows, done) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let driver = scope.spawn(|| drive(store, &done, &rows));
        let workers: Vec<_> = (0..clients)
            .map(|client| {
                let (next, rows) = (&next, &rows);
                scope.spawn(move || {
                    let mut seq = 0;
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= entries {
                            return;
                        }
                        seq += 1;
                        let written = store.update("record", move |tx| record(tx, n, client, seq));
                        rows.fetch_add(written.unwrap(), Ordering::Relaxed);
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        report("recorded", entries, &rows, begun);
        done.store(true, Ordering::Relaxed);
        driver.join().unwrap();
    });
    report("recorded and in the register", entries, &rows, begun);
}

fn report(what: &str, entries: u64, rows: &AtomicU64, begun: Instant) {
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap().max(1);
    let rows = rows.load(Ordering::Relaxed);
    println!(
        "{what}: {} entries/s, {} rows/s",
        entries * 1_000 / ms,
        rows * 1_000 / ms
    );
}

/// One entry as the app records it; the number of rows written.
fn record(tx: &mut dyn Write, n: u64, client: u64, seq: u64) -> Result<u64> {
    let d = n % DOSSIERS;
    let (dossier, id) = (dossier_id(d), entry_id(n));
    let mut row = tx.dossier(dossier)?.unwrap_or_else(|| dossier_row(d));
    let parents = tx.heads(dossier, "fr,ma", 64)?;
    let depth = match parents.first() {
        Some(parent) => tx.entry(*parent)?.map_or(0, |p| p.depth + 1),
        None => 0,
    };
    tx.insert_entry(&entry_row_at(d, n, depth))?;
    tx.put_object_key(dossier, &id.0, &[7; 60])?;
    let body = BodyRow {
        state: BodyState::Here,
        sealed: vec![1; 700],
    };
    tx.put_body(dossier, id, &body)?;
    for scope in ["fr", "fr,ma"] {
        tx.advance_heads(dossier, scope, &parents, id)?;
    }
    let tokens: Vec<[u8; 8]> = (0..TOKENS)
        .map(|t| word(n.wrapping_mul(31).wrapping_add(t * 977)))
        .collect();
    tx.put_tokens(dossier, id, &tokens)?;
    row.updated_ms = i64::try_from(n).unwrap();
    tx.put_dossier(&row)?;
    tx.push_outbox(&node("ma"), &OutboxItem::Entry(id), 5)?;
    tx.append_access(&AccessRow {
        lane: format!("client-{client}"),
        seq,
        at_ms: 9,
        hash: [3; 32],
        sealed: vec![4; 150],
    })?;
    let asked = if n.is_multiple_of(10) {
        ask(tx, d, n)?
    } else {
        0
    };
    Ok(9 + TOKENS + asked)
}

/// Every tenth entry asks; two thirds of the asks are answered by an act and end.
fn ask(tx: &mut dyn Write, d: u64, n: u64) -> Result<u64> {
    let mut obligation = obligation_row(d, n);
    obligation.due_ms = (!n.is_multiple_of(70)).then(|| i64::try_from(n).unwrap());
    if n.is_multiple_of(4) {
        std::mem::swap(&mut obligation.creditor, &mut obligation.debtor);
        obligation.owing = obligation.debtor.clone();
    }
    obligation.received_ms = (!n.is_multiple_of(500)).then_some(1);
    tx.put_obligation(&obligation)?;
    if (n / 10).is_multiple_of(3) {
        return Ok(1);
    }
    tx.insert_act(&ActRow {
        dossier: dossier_id(d),
        obligation: obligation.id,
        entry: entry_id(n),
        index: 1,
        node: node("ma"),
        at_ms: 1,
        depth: 1,
        seq: 1,
        lane: vec![1; 12],
        act: vec![2; 20],
    })?;
    obligation.state = State::Answered;
    obligation.turn = None;
    tx.put_obligation(&obligation)?;
    Ok(3)
}

fn entry_row_at(d: u64, n: u64, depth: u64) -> entente_store::EntryRow {
    let mut row = entry_row(d, n);
    row.depth = depth;
    row.body = BodyState::Here;
    row
}

/// Words as in texts: few common, many rare.
fn word(n: u64) -> [u8; 8] {
    let spread = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let rank = (spread >> 40) % (1 << (1 + (spread >> 32) % 16));
    rank.wrapping_mul(0xd6e8_feb8_6659_fd93).to_be_bytes()
}

/// Appends what is queued to the register, as the link's driver does.
fn drive(store: &dyn Store, done: &AtomicBool, rows: &AtomicU64) {
    loop {
        let last = done.load(Ordering::Relaxed);
        let appended = store.update("append", append_outbox).unwrap();
        rows.fetch_add(appended * 3, Ordering::Relaxed);
        if appended == 0 {
            if last {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn append_outbox(tx: &mut dyn Write) -> Result<u64> {
    let ma = node("ma");
    let queued = tx.outbox(&ma, 1_024)?;
    if queued.is_empty() {
        return Ok(0);
    }
    let from = tx.register(&ma, Direction::Out)?.size;
    let entries = queued.iter().map(|row| match &row.item {
        OutboxItem::Entry(id) => Some(*id),
        OutboxItem::Leaf(_) => None,
    });
    let leaves: Vec<LeafRow> = (from..)
        .zip(entries)
        .map(|(position, entry)| LeafRow {
            position,
            leaf: vec![0; 33],
            entry,
        })
        .collect();
    let nodes = leaves
        .iter()
        .map(|leaf| (1, leaf.position, [9; 32]))
        .collect();
    tx.append_register(
        &ma,
        Direction::Out,
        &Append {
            from,
            leaves,
            nodes,
            frontier: vec![1; 300],
            note: "n".repeat(250),
        },
    )?;
    let numbers: Vec<u64> = queued.iter().map(|row| row.number).collect();
    tx.clear_outbox(&ma, &numbers)?;
    Ok(queued.len() as u64)
}

fn time_lists(store: &dyn Store) {
    let desk: Vec<ServiceName> = vec![service("ma/desk")];
    let owed = ObligationFilter {
        debtor_node: Some(node("ma")),
        open: Some(true),
        turn: Some(Side::Debtor),
        limit: 20,
        ..ObligationFilter::default()
    };
    let ours = ObligationFilter {
        owing: desk.clone(),
        ..owed.clone()
    };
    let seen = ObligationFilter {
        visible_to: desk.clone(),
        ..owed.clone()
    };
    let due = ObligationFilter {
        creditor_node: Some(node("ma")),
        debtor_node: None,
        ..owed.clone()
    };
    let unreceived = ObligationFilter {
        unreceived: true,
        turn: None,
        ..due.clone()
    };
    let chase = ObligationFilter {
        open: Some(true),
        due_before_ms: Some(5_000),
        ..ObligationFilter::default()
    };
    let filters = [
        ("we owe", owed),
        ("we owe, our services", ours),
        ("we owe, visible to us", seen),
        ("owed to us", due),
        ("not received", unreceived),
        ("chase", chase),
    ];
    for (name, filter) in &filters {
        time(store, &format!("list: {name}"), &|tx| {
            tx.obligations(filter).map(|rows| rows.len() as u64)
        });
        time(store, &format!("count: {name}"), &|tx| {
            tx.count_obligations(filter)
        });
    }
    let mine = entente_store::DossierFilter {
        services: desk,
        limit: 50,
        ..entente_store::DossierFilter::default()
    };
    time(store, "list: dossiers", &|tx| {
        tx.dossiers(&mine).map(|rows| rows.len() as u64)
    });
    time(store, "count: dossiers", &|tx| tx.count_dossiers(&mine));
    time(store, "dossier page", &|tx| {
        tx.entries(dossier_id(7), false, 100, 0)
            .map(|rows| rows.len() as u64)
    });
    let all: Vec<_> = (0..DOSSIERS).map(dossier_id).collect();
    let words = [vec![word(31)], vec![word(31 + 977)]];
    time(store, "search two words, all dossiers", &|tx| {
        tx.search(&words, &all, 50).map(|hits| hits.len() as u64)
    });
}

fn time(store: &dyn Store, what: &str, job: &dyn Fn(&dyn Read) -> Result<u64>) {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for _ in 0..100 {
        let begun = Instant::now();
        found = store
            .view("time", |tx| Ok::<_, StoreError>(job(tx)))
            .unwrap()
            .unwrap();
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!(
        "{what}: {found} found, p50 {:?}, p99 {:?}",
        times[50], times[98]
    );
}
