//! Backup and restore. Object keys never touch the main copy: they go to a file of their own, whose copies expire (rule 6).
//!
//! The copy is made table by table inside one read transaction: consistent, as compact as after a vacuum, and what is left out
//! was never on the target medium, not even in freed pages. Left out of both files: the search index (rebuilt) and sessions
//! (nobody is signed in after a restore).

use super::cells::failed;
use super::dossiers::key;
use super::schema;
use crate::blobs::{private_file, sync_folder};
use crate::{NEVER_COPIED, Result, SIGNING_KEYS, StoreError};
use entente_core::ids::EntryId;
use rusqlite::{Connection, OpenFlags, params};
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

/// Setting that a restore leaves behind: the search index is empty and must be rebuilt; whoever did so sets it to nothing.
pub const REINDEX: &str = "store.reindex";

/// Setting that a restore leaves behind: what happened since the backup must be heard from the partners before anything is shown.
pub const RESTORED: &str = "store.restored";

/// Tables that the main copy does not hold.
const LEFT_OUT: &[&str] = &[
    "schema_version",
    "object_key",
    "object_key_body",
    "notice",
    "session",
    "token",
    "token_of",
    "token_pending",
];

const KEYS_SCHEMA: &str = "CREATE TABLE object_key (
  dossier BLOB NOT NULL, object BLOB NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (dossier, object)
) STRICT, WITHOUT ROWID";

const COPY_KEYS: &str = "INSERT INTO keys.object_key
  SELECT d.id, k.object, k.wrapped FROM main.object_key k JOIN main.dossier_no d ON d.n = k.dossier
  WHERE d.id <> ?1 UNION ALL SELECT d.id, e.id, k.wrapped FROM main.object_key_body k
  JOIN main.entry e ON e.position = k.position JOIN main.dossier_no d ON d.n = e.dossier";

/// Copies everything but the keys to `target` and the keys to `keys`; leaves neither file behind on failure.
pub(super) fn backup(conn: &Connection, target: &Path, keys: &Path) -> Result<()> {
    make_new(target)?;
    if let Err(error) = make_new(keys) {
        let _ours_and_empty = fs::remove_file(target);
        return Err(error);
    }
    let done = copy(conn, target, keys);
    if done.is_err() {
        let _best_effort = fs::remove_file(target);
        let _best_effort = fs::remove_file(keys);
    }
    done
}

fn copy(conn: &Connection, target: &Path, keys: &Path) -> Result<()> {
    schema::migrate(&plain(target)?)?;
    plain(keys)?.execute_batch(KEYS_SCHEMA).map_err(failed)?;
    attach(conn, target, "copy")?;
    let copied = attach(conn, keys, "keys").and_then(|()| {
        let copied = in_transaction(conn, || {
            for table in tables(conn)? {
                let sql = format!("INSERT INTO copy.{table} SELECT * FROM main.{table}");
                conn.execute(&sql, ()).map_err(failed)?;
            }
            conn.execute(COPY_KEYS, params![NEVER_COPIED.0])
                .map_err(failed)?;
            Ok(())
        });
        conn.execute_batch("DETACH keys").map_err(failed)?;
        copied
    });
    conn.execute_batch("DETACH copy").map_err(failed)?;
    copied?;
    for file in [target, keys] {
        OpenOptions::new().write(true).open(file)?.sync_all()?;
        sync_folder(file.parent().unwrap_or(Path::new(".")))?;
    }
    Ok(())
}

/// Tables to copy. `sqlite_sequence` last: it says that no outbox number is given twice.
fn tables(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = conn.prepare(sql).map_err(failed)?;
    let names = statement
        .query_map((), |row| row.get::<_, String>(0))
        .map_err(failed)?;
    let mut names: Vec<String> = names.collect::<rusqlite::Result<_>>().map_err(failed)?;
    names.retain(|name| !LEFT_OUT.contains(&name.as_str()));
    Ok(names)
}

/// Makes a database from a backup and its keys; see `SqliteStore::restore`.
pub(super) fn restore(target: &Path, backup: &Path, keys: &Path) -> Result<()> {
    if target.try_exists()? || beside(target, "-wal").try_exists()? {
        return Err(StoreError::Failed(
            "a database is there already: not overwritten".to_owned(),
        ));
    }
    if !(backup.is_file() && keys.is_file()) {
        return Err(StoreError::Failed("no such backup".to_owned()));
    }
    let temp = beside(target, ".restoring");
    make_new(&temp)?;
    let done = fill(&temp, backup, keys).and_then(|()| {
        OpenOptions::new().write(true).open(&temp)?.sync_all()?;
        // A hard link refuses to replace what appeared meanwhile, unlike a rename.
        fs::hard_link(&temp, target)?;
        Ok(())
    });
    fs::remove_file(&temp)?;
    done?;
    sync_folder(target.parent().unwrap_or(Path::new(".")))
}

fn fill(temp: &Path, backup: &Path, keys: &Path) -> Result<()> {
    fs::copy(backup, temp)?;
    let conn = plain(temp)?;
    // Not any file: a database that our migrations made.
    let ours: bool = conn
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
            (),
            |row| row.get(0),
        )
        .map_err(failed)?;
    if !ours {
        return Err(StoreError::Failed("not a backup of a store".to_owned()));
    }
    schema::migrate(&conn)?;
    attach(&conn, keys, "keys")?;
    in_transaction(&conn, || {
        put_keys_back(&conn)?;
        for mark in [REINDEX, RESTORED] {
            conn.execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, x'01')",
                params![mark],
            )
            .map_err(failed)?;
        }
        Ok(())
    })?;
    conn.execute_batch("DETACH keys").map_err(failed)
}

/// A body that the main backup knows as erased does not get its key back, whatever the age of the keys' file; nor does what an older
/// version copied and must never come back.
fn put_keys_back(conn: &Connection) -> Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO main.dossier_no (id)
         SELECT ?1 WHERE EXISTS (SELECT 1 FROM keys.object_key WHERE dossier = ?1)",
        params![SIGNING_KEYS.0],
    )
    .map_err(failed)?;
    let mut rows = conn
        .prepare(
            "SELECT d.n, k.object, k.wrapped FROM keys.object_key k JOIN main.dossier_no d ON d.id = k.dossier
             WHERE k.dossier <> ?1",
        )
        .map_err(failed)?;
    let mut rows = rows.query(params![NEVER_COPIED.0]).map_err(failed)?;
    let mut place = conn
        .prepare(
            "SELECT position, body = 2 FROM main.entry WHERE key = ?1 AND id = ?2 AND +dossier = ?3",
        )
        .map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let (dossier, object, wrapped): (i64, Vec<u8>, Vec<u8>) = row.try_into().map_err(failed)?;
        // A file's key is named after its entry, and then its place in it.
        let here = match object.first_chunk::<32>().copied() {
            Some(id) => {
                let mut found = place
                    .query(params![key(&EntryId(id)), id, dossier])
                    .map_err(failed)?;
                let row = found.next().map_err(failed)?;
                row.map(|r| Ok((r.get::<_, i64>(0)?, r.get::<_, bool>(1)?)))
                    .transpose()
                    .map_err(failed)?
            }
            None => None,
        };
        let done = match here {
            Some((_, true)) => Ok(0),
            Some((position, false)) if object.len() == 32 => conn.execute(
                "INSERT INTO main.object_key_body (position, wrapped) VALUES (?1, ?2)",
                params![position, wrapped],
            ),
            _ => conn.execute(
                "INSERT INTO main.object_key (dossier, object, wrapped) VALUES (?1, ?2, ?3)",
                params![dossier, object, wrapped],
            ),
        };
        done.map_err(failed)?;
    }
    Ok(())
}

fn in_transaction(conn: &Connection, job: impl FnOnce() -> Result<()>) -> Result<()> {
    conn.execute_batch("BEGIN").map_err(failed)?;
    let done = job();
    let ended = conn.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
    done.and(ended.map_err(failed))
}

/// A connection to a file that exists, without a write-ahead log of its own.
fn plain(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(failed)
}

fn attach(conn: &Connection, path: &Path, name: &str) -> Result<()> {
    let path = path
        .to_str()
        .ok_or_else(|| StoreError::Failed("a path that is not Unicode".to_owned()))?;
    conn.execute(&format!("ATTACH DATABASE ?1 AS {name}"), params![path])
        .map_err(failed)?;
    Ok(())
}

/// Makes an empty file that only this account reads; fails if anything is there.
fn make_new(path: &Path) -> Result<()> {
    if path.try_exists()? {
        return Err(StoreError::Failed(
            "a file is there already: not overwritten".to_owned(),
        ));
    }
    private_file(path)?;
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
