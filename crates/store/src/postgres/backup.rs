//! Backup and restore by the database's own COPY. Object keys never touch the main copy: they go to a file of their own, whose
//! copies expire (rule 6).
//!
//! A copy is one file: a line that names its form and schema version, then for each table a line with its name and columns and
//! its rows in chunks, each after its length, the last of length 0. All tables are read in one snapshot. Left out of both files:
//! the search index (rebuilt) and sessions (nobody is signed in after a restore). `pg_dump` and archived write-ahead logs hold
//! the keys too, unless `docs/postgresql.md` is followed.

use super::cells::values;
use super::connection::Conn;
use super::schema;
use crate::blobs::{private_file, sync_folder};
use crate::sqlite::{REINDEX, RESTORED};
use crate::{NEVER_COPIED, Result, StoreError};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;

const FORM: &str = "entente-postgres-backup/1";
/// Tables that the main copy does not hold.
const LEFT_OUT: &[&str] = &[
    "schema_version",
    "turn",
    "carrying",
    "object_key",
    "notice",
    "session",
    "token",
];
const KEYS: &str = "object_key";
/// Most bytes of a chunk that a restore believes.
const CHUNK_MAX: u32 = 64 << 20;

const TABLES: &str = "SELECT c.table_name::text, string_agg(c.column_name::text, ',' ORDER BY c.ordinal_position)
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1";
/// Identity columns: table, column, and the last number given.
const NUMBERS: &str = "SELECT c.table_name::text, c.column_name::text,
    coalesce(pg_sequence_last_value(pg_get_serial_sequence(c.table_name::text, c.column_name::text)::regclass), 0)
    FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.is_identity = 'YES' ORDER BY 1, 2";

/// Copies everything but the keys to `target` and the keys to `keys`; leaves neither file behind on failure.
pub(super) fn backup(conn: &Conn, target: &Path, keys: &Path) -> Result<()> {
    let mut main = make_new(target)?;
    let done = match make_new(keys) {
        Ok(mut key_file) => {
            let done = copy(conn, &mut main, &mut key_file);
            if done.is_err() {
                let _best_effort = fs::remove_file(keys);
            }
            done
        }
        Err(error) => Err(error),
    };
    if done.is_err() {
        let _best_effort = fs::remove_file(target);
        return done;
    }
    for file in [target, keys] {
        sync_folder(file.parent().unwrap_or(Path::new(".")))?;
    }
    Ok(())
}

fn copy(conn: &Conn, main: &mut File, keys: &mut File) -> Result<()> {
    conn.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
    let version = schema::version(conn)?;
    let (mut main, mut keys) = (BufWriter::new(main), BufWriter::new(keys));
    writeln!(main, "{FORM} main {version}")?;
    writeln!(keys, "{FORM} keys {version}")?;
    for (table, columns) in tables(conn)? {
        if table == KEYS {
            let rows =
                format!("(SELECT {columns} FROM {table} WHERE dossier <> '\\x{NEVER_COPIED}')");
            copy_table(conn, &mut keys, (&table, &columns), &rows)?;
        } else if !LEFT_OUT.contains(&table.as_str()) {
            let rows = format!("{table} ({columns})");
            copy_table(conn, &mut main, (&table, &columns), &rows)?;
        }
    }
    for row in conn.query(NUMBERS, &[])? {
        let damaged = |_| not_a_backup();
        let table: String = row.try_get(0).map_err(damaged)?;
        let column: String = row.try_get(1).map_err(damaged)?;
        let last: i64 = row.try_get(2).map_err(damaged)?;
        writeln!(main, "number {table} {column} {last}")?;
    }
    conn.script("ROLLBACK")?;
    for mut file in [main, keys] {
        writeln!(file, "end")?;
        file.flush()?;
        file.get_ref().sync_all()?;
    }
    Ok(())
}

fn copy_table(
    conn: &Conn,
    out: &mut BufWriter<&mut File>,
    (table, columns): (&str, &str),
    rows: &str,
) -> Result<()> {
    writeln!(out, "table {table} {columns}")?;
    let sql = format!("COPY {rows} TO STDOUT (FORMAT binary)");
    conn.copy_out(&sql, &mut |bytes| {
        for chunk in bytes.chunks(1 << 20) {
            let length = u32::try_from(chunk.len()).map_err(|_| not_a_backup())?;
            out.write_all(&length.to_be_bytes())?;
            out.write_all(chunk)?;
        }
        Ok(())
    })?;
    out.write_all(&0u32.to_be_bytes())?;
    Ok(())
}

/// Tables with their columns, comma-joined.
fn tables(conn: &Conn) -> Result<Vec<(String, String)>> {
    let rows = conn.query(TABLES, &[])?;
    rows.iter()
        .map(|row| {
            let cell = |n: usize| row.try_get(n).map_err(|_| not_a_backup());
            Ok((cell(0)?, cell(1)?))
        })
        .collect()
}

/// Fills an empty database from a backup and its keys; see `PostgresStore::restore`.
pub(super) fn restore(conn: &Conn, backup: &Path, keys: &Path) -> Result<()> {
    if !(backup.is_file() && keys.is_file()) {
        return Err(StoreError::Failed("no such backup".to_owned()));
    }
    let (mut main, version) = open(backup, "main")?;
    let (mut keys, of_keys) = open(keys, "keys")?;
    schema::migrate_to(conn, version)?;
    if of_keys > version {
        return Err(StoreError::Failed(
            "the keys are of a newer schema than the backup".to_owned(),
        ));
    }
    conn.script("BEGIN")?;
    let done = fill(conn, &mut main, &mut keys);
    conn.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    done?;
    schema::migrate(conn)
}

fn fill(conn: &Conn, main: &mut BufReader<File>, keys: &mut BufReader<File>) -> Result<()> {
    let tables = tables(conn)?;
    for (table, _) in &tables {
        let sql = format!("SELECT 1 FROM {table} LIMIT 1");
        let ours = ["schema_version", "turn"].contains(&table.as_str());
        if !ours && !conn.query(&sql, &[])?.is_empty() {
            return Err(StoreError::Failed(
                "the database holds a node already: not overwritten".to_owned(),
            ));
        }
    }
    read_parts(conn, main, &tables, "")?;
    // Not logged, and gone with the transaction: a key that is not taken over leaves no trace.
    conn.script("CREATE TEMPORARY TABLE restored (LIKE object_key) ON COMMIT DROP")?;
    read_parts(conn, keys, &tables, "restored")?;
    // A body that the main backup knows as erased does not get its key back, nor do its files, whose keys begin with its name, whatever the age of the keys' file; nor does what an
    // older version copied and must never come back.
    conn.execute(
        "INSERT INTO object_key SELECT k.* FROM restored k WHERE NOT EXISTS
         (SELECT 1 FROM entry e WHERE e.dossier = k.dossier AND e.id = substring(k.object for 32) AND e.body = 2) AND k.dossier <> $1",
        &values![NEVER_COPIED.0],
    )?;
    for mark in [REINDEX, RESTORED] {
        conn.execute(
            "INSERT INTO setting (key, value) VALUES ($1, '\\x01') ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            &values![mark],
        )?;
    }
    Ok(())
}

/// Reads tables and numbers up to the end; `into` names another table for the rows, if not empty.
fn read_parts(
    conn: &Conn,
    file: &mut BufReader<File>,
    tables: &[(String, String)],
    into: &str,
) -> Result<()> {
    loop {
        let line = read_line(file)?;
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["end"] => return Ok(()),
            ["table", table, columns] => {
                // Only names that are ours become part of a statement.
                if !tables.iter().any(|(t, c)| t == table && c == columns) {
                    return Err(not_a_backup());
                }
                let target = if into.is_empty() { table } else { into };
                let sql = format!("COPY {target} ({columns}) FROM STDIN (FORMAT binary)");
                conn.copy_in(&sql, &mut || next_chunk(file))?;
            }
            ["number", table, column, last] if into.is_empty() => {
                let last: i64 = last.parse().map_err(|_| not_a_backup())?;
                if last > 0 {
                    conn.query(
                        "SELECT setval(pg_get_serial_sequence($1, $2), $3)",
                        &values![*table, *column, last],
                    )?;
                }
            }
            _ => return Err(not_a_backup()),
        }
    }
}

fn next_chunk(file: &mut BufReader<File>) -> Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    match u32::from_be_bytes(length) {
        0 => Ok(None),
        length if length <= CHUNK_MAX => {
            let mut chunk = vec![0; usize::try_from(length).map_err(|_| not_a_backup())?];
            file.read_exact(&mut chunk)?;
            Ok(Some(chunk))
        }
        _ => Err(not_a_backup()),
    }
}

/// Opens a copy of the right sort; its schema version.
fn open(path: &Path, sort: &str) -> Result<(BufReader<File>, u32)> {
    let mut file = BufReader::new(File::open(path)?);
    let line = read_line(&mut file)?;
    let version = line
        .strip_prefix(&format!("{FORM} {sort} "))
        .and_then(|version| version.parse().ok())
        .ok_or_else(not_a_backup)?;
    Ok((file, version))
}

fn read_line(file: &mut BufReader<File>) -> Result<String> {
    let mut line = Vec::new();
    file.by_ref().take(8_192).read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\n").ok_or_else(not_a_backup)?;
    String::from_utf8(line.to_vec()).map_err(|_| not_a_backup())
}

fn not_a_backup() -> StoreError {
    StoreError::Failed("not a backup of a PostgreSQL store".to_owned())
}

/// Makes an empty file that only this account reads; fails if anything is there.
fn make_new(path: &Path) -> Result<File> {
    if path.try_exists()? {
        return Err(StoreError::Failed(
            "a file is there already: not overwritten".to_owned(),
        ));
    }
    private_file(path)?;
    Ok(OpenOptions::new().write(true).open(path)?)
}
