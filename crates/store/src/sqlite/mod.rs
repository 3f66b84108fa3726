//! SQLite: the embedded backend. WAL, `synchronous = FULL`, one writer with group commit, a few readers.
//!
//! - `schema.rs` and `migrations/`: the tables.
//! - `dossiers.rs`, `drafts.rs`, `reviews.rs`, `notices.rs`, `obligations.rs`, `registers.rs`, `people.rs`, `blobs.rs`, `search.rs`, `access.rs`: the verbs by concern.
//! - `verbs.rs`: the verbs behind the traits; `cells.rs`: statements and cells.
//! - `writer.rs`, `readers.rs`: threads and connections; `backup.rs`: copies.
//!
//! A job must not call the store again: it would wait for itself.

mod access;
mod ahead;
mod backup;
mod blobs;
mod cells;
mod dossiers;
mod drafts;
mod notices;
mod obligations;
mod people;
mod readers;
mod registers;
mod reviews;
mod schema;
mod search;
#[cfg(test)]
mod tests;
mod verbs;
mod writer;

pub use backup::{REINDEX, RESTORED};

use crate::blobs::private_file;
use crate::queue::Queue;
use crate::{Read, Result, Store, StoreError, WriteJob};
use cells::{Notes, Tx, failed};
use readers::Readers;
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Statements kept prepared per connection: more than there are.
const STATEMENTS: usize = 256;

/// How a file-backed store uses threads and memory.
#[derive(Clone, Debug)]
pub struct Options {
    /// Most reading connections; opened when needed.
    pub readers: usize,
    /// Most jobs committed together.
    pub group_max: usize,
    /// Jobs that may wait before writers have to.
    pub queue: usize,
    /// Page cache of the writer in KiB; given back when idle.
    pub writer_cache_kib: u32,
    /// Page cache of each reader in KiB.
    pub reader_cache_kib: u32,
    /// Bytes of the file that readers map.
    pub mmap_bytes: u64,
    /// How long to wait for another process's lock.
    pub busy: Duration,
    /// Most pages of 4 KiB that the database may have; beyond, writes fail with [`StoreError::Full`].
    pub max_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            group_max: 256,
            queue: 1024,
            writer_cache_kib: 32 * 1024,
            reader_cache_kib: 2 * 1024,
            mmap_bytes: 8 * 1024 * 1024,
            busy: Duration::from_secs(5),
            max_pages: None,
        }
    }
}

/// A store in one SQLite database.
pub struct SqliteStore {
    backend: Backend,
}

enum Backend {
    File {
        // Dropped in this order: the writer after the readers, so that its closing checkpoint finds none in the way.
        readers: Readers,
        writer: Queue,
        path: PathBuf,
    },
    Memory(Box<Mutex<(Connection, Notes)>>),
}

impl SqliteStore {
    /// Opens a database file, making and migrating it as needed.
    ///
    /// # Errors
    /// [`StoreError::UnknownVersion`] for a newer schema, [`StoreError::Failed`] for a changed one or a file that is no database.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, &Options::default())
    }

    /// [`SqliteStore::open`] with options.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open_with(path: &Path, options: &Options) -> Result<Self> {
        // SQLite gives its log files the mode of the database.
        private_file(path)?;
        let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, options)?;
        schema::migrate(&conn)?;
        set(&conn, "cache_size", -i64::from(options.writer_cache_kib))?;
        if let Some(pages) = options.max_pages {
            set(&conn, "max_page_count", i64::from(pages))?;
        }
        let reader_options = options.clone();
        let reader_path = path.to_path_buf();
        let readers = Readers::new(
            options.readers,
            Box::new(move || {
                let conn = connect(
                    &reader_path,
                    OpenFlags::SQLITE_OPEN_READ_ONLY,
                    &reader_options,
                )?;
                set(&conn, "query_only", 1)?;
                set(
                    &conn,
                    "cache_size",
                    -i64::from(reader_options.reader_cache_kib),
                )?;
                let mapped = i64::try_from(reader_options.mmap_bytes).unwrap_or(0);
                set(&conn, "mmap_size", mapped)?;
                Ok(conn)
            }),
        );
        let writer = writer::start(conn, options.queue, options.group_max.max(1), options.busy)?;
        Ok(Self {
            backend: Backend::File {
                readers,
                writer,
                path: path.to_path_buf(),
            },
        })
    }

    /// A store in memory with the same schema. Closures run on the calling thread, one at a time: the same calls give the same
    /// rows, always.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses.
    pub fn open_in_memory() -> Result<Self> {
        let mut conn = blank_in_memory()?;
        keep_statements(&conn)?;
        set(&conn, "secure_delete", 1)?;
        set(&conn, "temp_store", 2)?;
        copy_migrated(&mut conn)?;
        schema::migrate(&conn)?;
        Ok(Self {
            backend: Backend::Memory(Box::new(Mutex::new((conn, Notes::default())))),
        })
    }

    /// Makes a database at `target` from a backup and the keys that belong to it. Sets [`REINDEX`].
    ///
    /// # Errors
    /// [`StoreError::Failed`] when a database is there already (it is not touched) or the backup is none; of the disk.
    pub fn restore(target: &Path, backup: &Path, keys: &Path) -> Result<()> {
        backup::restore(target, backup, keys)
    }
}

impl Store for SqliteStore {
    fn read(
        &self,
        _name: &'static str,
        job: &mut dyn FnMut(&dyn Read) -> Result<()>,
    ) -> Result<()> {
        match &self.backend {
            Backend::File { readers, .. } => readers::read(readers, job),
            Backend::Memory(memory) => {
                let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                let (conn, notes) = &*memory;
                job(&Tx { conn, notes })
            }
        }
    }

    fn write(&self, _name: &'static str, job: WriteJob) -> Result<()> {
        match &self.backend {
            Backend::File { writer, .. } => writer.write(job),
            Backend::Memory(memory) => {
                let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                let (conn, notes) = &*memory;
                writer::write_inline(conn, notes, job)
            }
        }
    }

    fn backup(&self, target: &Path, keys: &Path) -> Result<()> {
        match &self.backend {
            Backend::File { path, .. } => {
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
                let conn = connect(path, flags, &Options::default())?;
                backup::backup(&conn, target, keys)
            }
            Backend::Memory(memory) => {
                let memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                backup::backup(&memory.0, target, keys)
            }
        }
    }
}

/// Whoever has the store has its lock, so that SQLite needs none of its own.
fn blank_in_memory() -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_in_memory_with_flags(flags).map_err(failed)
}

/// Copies the pages of a database that this process migrated once: a simulation opens thousands of stores, and parsing the whole
/// schema again cost a tenth of its time.
fn copy_migrated(conn: &mut Connection) -> Result<()> {
    static MIGRATED: Mutex<Option<Connection>> = Mutex::new(None);
    let mut kept = MIGRATED.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.is_none() {
        let first = blank_in_memory()?;
        schema::migrate(&first)?;
        *kept = Some(first);
    }
    if let Some(first) = &*kept {
        let copy = Backup::new(first, conn).map_err(failed)?;
        // All pages in one step: nobody writes to either database.
        copy.step(-1).map_err(failed)?;
    }
    Ok(())
}

/// A connection with what all of them share. No URI names: a path is only ever a path.
fn connect(path: &Path, mode: OpenFlags, options: &Options) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(failed)?;
    keep_statements(&conn)?;
    conn.busy_timeout(options.busy).map_err(failed)?;
    if mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
        let journal: String = conn
            .query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0))
            .map_err(failed)?;
        if journal != "wal" {
            return Err(StoreError::Failed(
                "this file system does not support the write-ahead log".to_owned(),
            ));
        }
        // FULL: an answered write survives a power cut.
        set(&conn, "synchronous", 2)?;
        set(&conn, "secure_delete", 1)?;
        set(&conn, "temp_store", 2)?;
        // 16 MiB between checkpoints: large enough to write a busy page once for many commits.
        set(&conn, "wal_autocheckpoint", 4096)?;
        set(&conn, "journal_size_limit", 32 * 1024 * 1024)?;
    }
    Ok(conn)
}

/// Statements stay prepared as they are: without the stability guarantee, SQLite parses and plans a statement again whenever
/// values are bound to it that might change its plan, which costs several times as much as running it.
fn keep_statements(conn: &Connection) -> Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(failed)?;
    Ok(())
}

fn set(conn: &Connection, pragma: &str, value: i64) -> Result<()> {
    conn.pragma_update(None, pragma, value).map_err(failed)
}
