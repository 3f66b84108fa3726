//! How fast a page of access records is found among very many: by no filter, by one, by several, and by two that hardly ever meet.
//!
//! `cargo run --release -p entente-store --example access_pages -- [records] [folder, or postgres://... of an empty database]`
#![expect(clippy::unwrap_used, reason = "a measuring tool: any failure ends it")]

use entente_store::postgres::{Options, PostgresStore};
use entente_store::sqlite::SqliteStore;
use entente_store::{AccessMark, AccessPlace, AccessRow, Store, StoreError, StoreExt};
use std::path::PathBuf;
use std::time::Instant;

/// Records written in one transaction.
const BATCH: u64 = 2_000;
/// Lines of a page.
const PAGE: u32 = 50;
/// Pages read of each sort.
const PAGES: usize = 60;

fn main() {
    let mut args = std::env::args().skip(1);
    let records = args.next().map_or(1_000_000, |arg| arg.parse().unwrap());
    let place = args.next();
    if let Some(url) = place
        .as_deref()
        .filter(|place| place.starts_with("postgres"))
    {
        return measure(&PostgresStore::open(&Options::new(url)).unwrap(), records);
    }
    let folder = place.map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join(format!("access-pages-{}.db", std::process::id()));
    measure(&SqliteStore::open(&path).unwrap(), records);
    println!(
        "{} MB on disk",
        std::fs::metadata(&path).unwrap().len() >> 20
    );
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        drop(std::fs::remove_file(name));
    }
}

fn measure(store: &dyn Store, records: u64) {
    let begun = Instant::now();
    for first in (0..records).step_by(usize::try_from(BATCH).unwrap()) {
        fill(store, first, BATCH.min(records - first));
    }
    let seconds = begun.elapsed().as_secs().max(1);
    println!(
        "{records} records, {} a second with their marks",
        records / seconds
    );
    let actor = |n| mark("actor", n);
    for (name, marks) in [
        ("all", vec![]),
        ("an officer", vec![actor(7)]),
        ("an operation", vec![mark("operation", 0)]),
        ("a dossier", vec![mark("dossier", 11)]),
        ("outside", vec![mark("outside", 0)]),
        ("an officer's views", vec![actor(7), mark("operation", 0)]),
        (
            "an officer in a dossier",
            vec![mark("dossier", 11), actor(7)],
        ),
        (
            "an officer who never exports",
            vec![actor(1), mark("operation", 5)],
        ),
        (
            "two that never meet",
            vec![mark("operation", 0), mark("operation", 1)],
        ),
    ] {
        let (mut took, mut before, mut lines) = (Vec::new(), AccessPlace::NEWEST, 0);
        for _ in 0..PAGES {
            let begun = Instant::now();
            let page = store.view("page", |tx| tx.access_by(&marks, before, 0, PAGE));
            let page = page.unwrap();
            took.push(begun.elapsed());
            lines += page.len();
            before = page.last().map_or(AccessPlace::NEWEST, |last| AccessPlace {
                at_ms: last.row.at_ms,
                n: last.n,
            });
        }
        took.sort();
        println!(
            "{name}: {lines} lines, p50 {:.2} ms, worst {:.2} ms",
            took[PAGES / 2].as_secs_f64() * 1_000.0,
            took[PAGES - 1].as_secs_f64() * 1_000.0
        );
    }
}

fn mark(what: &str, n: u64) -> AccessMark {
    let seed = what.bytes().fold(n.wrapping_add(1), |sum, byte| {
        sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
    });
    seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()
}

/// What record `n` is found by: 200 officers of 20 services, most of it looking, 2,000 dossiers.
fn marks_of(n: u64) -> Vec<AccessMark> {
    let spread = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let actor = spread % 200;
    let operation = match spread % 100 {
        0..70 => 0,
        70..85 => 1,
        85..95 => 2,
        // Some officers never export.
        _ if actor < 50 => 0,
        _ => 5,
    };
    let mut marks = vec![
        mark("actor", actor),
        mark("service", actor % 20),
        mark("operation", operation),
        mark("dossier", (spread / 7) % 2_000),
    ];
    if spread.is_multiple_of(50) {
        marks.push(mark("outside", 0));
        marks.push(mark("reason", spread % 8));
    }
    marks
}

fn fill(store: &dyn Store, first: u64, count: u64) {
    let filled = store.update("fill", move |tx| {
        let through = tx.lane_head("lane")?.map_or(0, |head| head.seq);
        for n in first..first + count {
            tx.append_access(&AccessRow {
                lane: "lane".to_owned(),
                seq: through + n - first + 1,
                at_ms: i64::try_from(n).unwrap() * 1_000,
                hash: [7; 32],
                sealed: vec![1; 260],
            })?;
        }
        let mut marks = Vec::new();
        for placed in tx.access_after(first, u32::MAX)? {
            let of = marks_of(placed.n).into_iter();
            marks.extend(of.map(|mark| (mark, placed.row.at_ms, placed.n)));
        }
        tx.mark_access(&marks)?;
        Ok::<_, StoreError>(())
    });
    filled.unwrap();
}
