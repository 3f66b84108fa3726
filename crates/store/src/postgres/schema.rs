//! Migrations: numbered, immutable SQL texts, each applied in one transaction and remembered with its checksum.
//!
//! Start-up refuses a database of a newer version, and one whose applied steps differ from the texts of this program. One process
//! migrates at a time: the others wait for the advisory lock and then find the work done.

use super::cells::{Cells, Notes, Tx, values};
use super::connection::Conn;
use crate::cells::{CellReader as _, Shape};
use crate::{Result, StoreError};

/// A step: its text. Its version is its place in [`STEPS`], counted from 1.
pub(super) type Step = &'static str;

/// All steps, in order. Append; never change one that was released.
pub(super) const STEPS: &[Step] = &[
    include_str!("migrations/0001_initial.sql"),
    include_str!("migrations/0002_freeing.sql"),
    include_str!("migrations/0003_people.sql"),
    include_str!("migrations/0004_stand_in.sql"),
    include_str!("migrations/0005_oversight.sql"),
    include_str!("migrations/0006_draft.sql"),
    include_str!("migrations/0007_asks.sql"),
    include_str!("migrations/0008_review.sql"),
    include_str!("migrations/0009_provider.sql"),
    include_str!("migrations/0010_waits.sql"),
    include_str!("migrations/0015_entry_by_kind.sql"),
    include_str!("migrations/0016_notice.sql"),
    include_str!("migrations/0017_feed.sql"),
];

/// Held by whoever migrates: "entente" as a number.
const LOCK: i64 = 0x65_6e74_656e_7465;

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, checksum bigint NOT NULL)";
const APPLIED: &str = "SELECT version, checksum FROM schema_version ORDER BY version";
const SHAPE: Shape = ("schema_version", &["version", "checksum"]);

/// Brings a database to the newest version.
pub(super) fn migrate(conn: &Conn) -> Result<()> {
    migrate_by(conn, STEPS)
}

/// Brings an empty database to an older version, for a backup of it.
pub(super) fn migrate_to(conn: &Conn, version: u32) -> Result<()> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let steps = usize::try_from(version).unwrap_or(usize::MAX);
    let steps = STEPS.get(..steps).ok_or(StoreError::UnknownVersion {
        found: version,
        known,
    })?;
    migrate_by(conn, steps)
}

/// Version that a database is at.
pub(super) fn version(conn: &Conn) -> Result<u32> {
    Ok(applied(conn)?.last().map_or(0, |(version, _)| *version))
}

/// Brings a database through these steps.
pub(super) fn migrate_by(conn: &Conn, steps: &[Step]) -> Result<()> {
    fits(conn)?;
    conn.script("BEGIN")?;
    let done = under_lock(conn, steps);
    conn.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    for (version, step) in (1u32..).zip(steps).skip(done?) {
        conn.script("BEGIN")?;
        let done = apply(conn, version, step);
        conn.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done?;
    }
    Ok(())
}

/// A database in another encoding would change texts.
fn fits(conn: &Conn) -> Result<()> {
    let rows = conn.query("SELECT pg_encoding_to_char(encoding) = 'UTF8' FROM pg_database WHERE datname = current_database()", &[])?;
    match rows.first().map(|row| row.try_get::<_, bool>(0)) {
        Some(Ok(true)) => Ok(()),
        _ => Err(StoreError::Failed(
            "the database must be in the encoding UTF8".to_owned(),
        )),
    }
}

fn under_lock(conn: &Conn, steps: &[Step]) -> Result<usize> {
    lock(conn)?;
    conn.script(VERSIONS)?;
    let applied = applied(conn)?;
    check(&applied, steps)?;
    Ok(applied.len())
}

fn lock(conn: &Conn) -> Result<()> {
    conn.query("SELECT pg_advisory_xact_lock($1)", &values![LOCK])?;
    Ok(())
}

fn applied(conn: &Conn) -> Result<Vec<(u32, i64)>> {
    let notes = Notes::default();
    let tx = Tx::new(conn, &notes);
    tx.many(APPLIED, Vec::new(), SHAPE, |c: &Cells<'_>| {
        Ok((c.int()?, c.int()?))
    })
}

/// Whether the applied steps are the ones we know.
fn check(applied: &[(u32, i64)], steps: &[Step]) -> Result<()> {
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if let Some((found, _)) = applied.last().filter(|(found, _)| *found > known) {
        return Err(StoreError::UnknownVersion {
            found: *found,
            known,
        });
    }
    for (expected, ((version, sum), step)) in (1u32..).zip(applied.iter().zip(steps)) {
        if *version != expected || *sum != checksum(step) {
            return Err(StoreError::Failed(format!(
                "migration {expected} in the database is not the one of this program"
            )));
        }
    }
    Ok(())
}

fn apply(conn: &Conn, version: u32, step: Step) -> Result<()> {
    lock(conn)?;
    if applied(conn)?.iter().any(|(here, _)| *here >= version) {
        return Ok(());
    }
    conn.script(step)?;
    conn.execute(
        "INSERT INTO schema_version (version, checksum) VALUES ($1, $2)",
        &values![version, checksum(step)],
    )?;
    Ok(())
}

/// FNV-1a, 64 bits: against accidents, not against adversaries.
fn checksum(step: &str) -> i64 {
    let sum = step.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum.cast_signed()
}
