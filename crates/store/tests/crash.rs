//! A process killed at any moment keeps every write that it was told is durable, and no half of any other.
//!
//! The test runs itself again as a child, which writes from several threads and says on its standard output what was
//! acknowledged, and kills it without warning.

#![expect(clippy::unwrap_used, reason = "a test: any failure ends it")]

use entente_store::conformance::{dossier_id, entry_id, entry_row};
use entente_store::sqlite::SqliteStore;
use entente_store::{BodyRow, BodyState, StoreError, StoreExt};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the child finds its database; absent in an ordinary run.
const DATABASE: &str = "ENTENTE_STORE_CRASH_DATABASE";
/// The first number that the child writes.
const FIRST: &str = "ENTENTE_STORE_CRASH_FIRST";
const THREADS: usize = 4;
const ROUNDS: usize = 12;

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.db");
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture", "--ignored"])
            .env(DATABASE, &path)
            .env(FIRST, (round * 1_000_000).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut heard = lines.map_while(Result::ok).filter_map(|line| number(&line));
        acknowledged.extend(heard.by_ref().take(3 + round * 17));
        child.kill().unwrap();
        child.wait().unwrap();
        // Acknowledged before the kill, read after it.
        acknowledged.extend(heard);
        check(&path, &acknowledged, (round + 1) * THREADS);
    }
    assert!(acknowledged.len() > 500);
}

/// The number of a whole line only: the last may be cut.
fn number(line: &str) -> Option<u64> {
    line.strip_prefix("kept ")?
        .strip_suffix(" whole")?
        .parse()
        .ok()
}

fn check(path: &Path, acknowledged: &BTreeSet<u64>, in_flight: usize) {
    let store = SqliteStore::open(path).unwrap();
    let read = store.view("check", |tx| {
        for n in acknowledged {
            let here = tx.entry(entry_id(*n))?.is_some();
            assert!(here, "{n} was acknowledged and is lost");
        }
        let kept = tx.entries_since(0, u32::MAX)?;
        for row in &kept {
            let whole = tx.body(dossier_id(1), row.id)?.is_some();
            assert!(whole, "half of a job was kept");
        }
        let written = usize::try_from(tx.last_number("written")?).unwrap();
        assert_eq!(written, kept.len(), "numbers and rows are of the same jobs");
        let more = kept.len() - acknowledged.len();
        assert!(more <= in_flight, "{more} kept, more than were in flight");
        Ok::<_, StoreError>(())
    });
    read.unwrap();
}

/// The child's part: writes until it is killed.
#[test]
#[ignore = "run by what_was_acknowledged_survives_a_kill"]
fn child() {
    let (path, first) = (std::env::var_os(DATABASE), std::env::var_os(FIRST));
    let Some((path, first)) = path.zip(first) else {
        return;
    };
    let first: u64 = first.to_str().unwrap().parse().unwrap();
    let store = SqliteStore::open(Path::new(&path)).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || {
                for n in (first..).skip(thread).step_by(THREADS) {
                    write(store, n);
                    // One write of a whole line, past the test harness's own buffer.
                    let line = format!("\nkept {n} whole\n");
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

fn write(store: &SqliteStore, n: u64) {
    let job = store.update("job", move |tx| {
        tx.insert_entry(&entry_row(1, n))?;
        tx.next_number("written")?;
        let body = BodyRow {
            state: BodyState::Here,
            sealed: vec![1; 700],
        };
        tx.put_body(dossier_id(1), entry_id(n), &body)
    });
    job.unwrap();
}
