//! Migrations: numbered, immutable SQL texts, each applied in one transaction and remembered with its checksum.
//!
//! Start-up refuses a database of a newer version, and one whose applied steps differ from the texts of this program: either is
//! a sign of a wrong file or of a changed step, which nobody could reason about later.

use super::cells::failed;
use crate::{Result, StoreError};
use rusqlite::{Connection, params};

/// A step: its text. Its version is its place in [`STEPS`], counted from 1.
pub(super) type Step = &'static str;

/// All steps, in order. Append; never change one that was released.
pub(super) const STEPS: &[Step] = &[
    include_str!("migrations/0001_initial.sql"),
    include_str!("migrations/0002_receipt_arrival.sql"),
    include_str!("migrations/0003_evidence.sql"),
    include_str!("migrations/0004_left.sql"),
    include_str!("migrations/0005_lists.sql"),
    include_str!("migrations/0006_freeing.sql"),
    include_str!("migrations/0007_people.sql"),
    include_str!("migrations/0008_stand_in.sql"),
    include_str!("migrations/0009_oversight.sql"),
    include_str!("migrations/0010_draft.sql"),
    include_str!("migrations/0011_asks.sql"),
    include_str!("migrations/0012_review.sql"),
    include_str!("migrations/0013_provider.sql"),
    include_str!("migrations/0014_waits.sql"),
    include_str!("migrations/0019_entry_by_kind.sql"),
    include_str!("migrations/0020_notice.sql"),
    include_str!("migrations/0021_feed.sql"),
];

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (
  version INTEGER PRIMARY KEY, checksum INTEGER NOT NULL
) STRICT";

/// Brings a database to the newest version.
pub(super) fn migrate(conn: &Connection) -> Result<()> {
    migrate_by(conn, STEPS)
}

/// Brings a database through these steps.
pub(super) fn migrate_by(conn: &Connection, steps: &[Step]) -> Result<()> {
    // One process migrates at a time: the others wait for the lock and then find the work done.
    conn.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
    let done = applied(conn, steps);
    let ended = conn.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
    let done = done?;
    ended.map_err(failed)?;
    for (version, step) in (1u32..).zip(steps).skip(done) {
        conn.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        let result = apply(conn, version, step);
        let ended = conn.execute_batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" });
        result?;
        ended.map_err(failed)?;
    }
    Ok(())
}

/// How many steps are applied; checks that they are the ones we know.
fn applied(conn: &Connection, steps: &[Step]) -> Result<usize> {
    conn.execute_batch(VERSIONS).map_err(failed)?;
    let mut statement = conn
        .prepare("SELECT version, checksum FROM schema_version ORDER BY version")
        .map_err(failed)?;
    let rows = statement
        .query_map((), |row| Ok((row.get::<_, u32>(0)?, row.get::<_, i64>(1)?)))
        .map_err(failed)?;
    let rows: Vec<(u32, i64)> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if let Some((found, _)) = rows.last().filter(|(found, _)| *found > known) {
        return Err(StoreError::UnknownVersion {
            found: *found,
            known,
        });
    }
    for (expected, ((version, sum), step)) in (1u32..).zip(rows.iter().zip(steps)) {
        if *version != expected || *sum != checksum(step) {
            return Err(StoreError::Failed(format!(
                "migration {expected} in the database is not the one of this program"
            )));
        }
    }
    Ok(rows.len())
}

fn apply(conn: &Connection, version: u32, step: Step) -> Result<()> {
    let here: Option<u32> = conn
        .query_row("SELECT max(version) FROM schema_version", (), |row| {
            row.get(0)
        })
        .map_err(failed)?;
    if here >= Some(version) {
        return Ok(());
    }
    conn.execute_batch(step).map_err(failed)?;
    conn.execute(
        "INSERT INTO schema_version (version, checksum) VALUES (?1, ?2)",
        params![version, checksum(step)],
    )
    .map_err(failed)?;
    Ok(())
}

/// FNV-1a, 64 bits: against accidents, not against adversaries.
fn checksum(step: &str) -> i64 {
    let sum = step.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum.cast_signed()
}
