//! PostgreSQL: the backend for a node that has outgrown one machine. Any number of processes on one database.
//!
//! - `schema.rs` and `migrations/`: the tables.
//! - `dossiers.rs`, `drafts.rs`, `reviews.rs`, `notices.rs`, `obligations.rs`, `registers.rs`, `people.rs`, `blobs.rs`, `search.rs`, `access.rs`: the verbs by concern.
//! - `verbs.rs`: the verbs behind the traits; `cells.rs`: statements, values and cells.
//! - `memo.rs`: what a transaction knows already; `ahead.rs`: what it reads ahead; `pending.rs`: what it has still to write.
//! - `connection.rs`, `tls.rs`: one connection; `writer.rs`, `readers.rs`: who uses it, and how writers take turns.
//! - `backup.rs`: copies; `carry.rs`: the move from SQLite; `server.rs`: a server of the tests' own.
//!
//! A job must not call the store again: it would wait for itself.

mod access;
mod ahead;
mod backup;
mod blobs;
mod carry;
mod cells;
mod connection;
mod dossiers;
mod drafts;
mod memo;
mod notices;
mod obligations;
mod pending;
mod people;
mod readers;
mod registers;
mod reviews;
mod schema;
mod search;
#[cfg(any(test, feature = "conformance"))]
pub mod server;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_copies;
mod tls;
mod verbs;
mod writer;

pub use carry::{Progress, carry};

use crate::queue::Queue;
use crate::{Read, Result, Store, StoreError, WriteJob};
use connection::{Conn, Target};
use readers::Readers;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tls::Tls;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;

/// How long reaching the server may take.
const CONNECT: Duration = Duration::from_secs(3);

/// How a store reaches its database, and how many connections it uses.
#[derive(Clone)]
pub struct Options {
    /// `postgres://user@host:port/database?sslmode=...`; may name several hosts.
    pub url: String,
    /// Password, if the server asks for one. Never part of an error.
    pub password: Option<String>,
    /// PEM file of the authorities that the server's certificate must come from.
    pub authorities: Option<PathBuf>,
    /// Most reading connections; opened when needed.
    pub readers: usize,
    /// Most jobs committed together. Above 60, savepoints cost the server more than they save.
    pub group_max: usize,
    /// Jobs that may wait before writers have to.
    pub queue: usize,
}

impl Options {
    /// Usual options for an address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            password: None,
            authorities: None,
            readers: 6,
            group_max: 60,
            queue: 1024,
        }
    }

    fn target(&self) -> Result<Target> {
        // libpq's name for what `require` always means here.
        let url = self.url.replace("sslmode=verify-full", "sslmode=require");
        // The parser's own words would repeat parts of the address.
        let mut config: Config = url.parse().map_err(|_| {
            StoreError::Failed(
                "the address of the database is not of the form postgres://user@host:port/database"
                    .to_owned(),
            )
        })?;
        let tls = Tls::of(&mut config, self.authorities.as_deref())?;
        config.ssl_mode(match tls {
            Tls::Never => SslMode::Disable,
            Tls::Always(_) => SslMode::Require,
        });
        if let Some(password) = &self.password {
            config.password(password);
        }
        if config.get_application_name().is_none() {
            config.application_name("entente");
        }
        config.connect_timeout(CONNECT);
        Ok(Target {
            config,
            tls,
            sent: Arc::default(),
        })
    }
}

/// What a database says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Version of the server.
    pub version: String,
    /// Whether our connections to it are encrypted.
    pub encrypted: bool,
    /// Whether it keeps what it promised when its machine fails.
    pub durable: bool,
    /// Whether it can only be read: a standby.
    pub standby: bool,
}

const ABOUT: &str = "SELECT current_setting('server_version'),
    coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
    current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on', pg_is_in_recovery()";

/// A store in a PostgreSQL database.
pub struct PostgresStore {
    // Dropped in this order: the writer finishes what was queued.
    readers: Readers,
    writer: Queue,
    target: Target,
}

impl PostgresStore {
    /// Opens a database, migrating it as needed. The database itself must exist.
    ///
    /// # Errors
    /// [`StoreError::UnknownVersion`] for a newer schema, [`StoreError::Failed`] for a changed one or a database out of reach.
    pub fn open(options: &Options) -> Result<Self> {
        let target = options.target()?;
        let conn = Conn::open(&target)?;
        schema::migrate(&conn)?;
        carry::refuse_unfinished(&conn)?;
        let readers = readers::pool(options.readers, target.clone());
        let group_max = options.group_max.max(1);
        let writer = writer::start(conn, target.clone(), options.queue, group_max)?;
        Ok(Self {
            readers,
            writer,
            target,
        })
    }

    /// Statements sent to the server so far, over all connections.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.target.sent.load(Ordering::Relaxed)
    }

    /// Asks a database about itself.
    ///
    /// # Errors
    /// [`StoreError::Failed`] for a database out of reach.
    pub fn about(options: &Options) -> Result<About> {
        let conn = Conn::open(&options.target()?)?;
        let rows = conn.query(ABOUT, &[])?;
        let row = rows.first().ok_or(StoreError::Closed)?;
        let cell = |_| StoreError::Failed("the server does not describe itself".to_owned());
        Ok(About {
            version: row.try_get(0).map_err(cell)?,
            encrypted: row.try_get(1).map_err(cell)?,
            durable: row.try_get(2).map_err(cell)?,
            standby: row.try_get(3).map_err(cell)?,
        })
    }

    /// Fills an empty database from a backup and the keys that belong to it. Sets [`crate::sqlite::REINDEX`].
    ///
    /// # Errors
    /// [`StoreError::Failed`] when the database holds anything already (it is not touched) or the backup is none.
    pub fn restore(options: &Options, backup: &Path, keys: &Path) -> Result<()> {
        let conn = Conn::open(&options.target()?)?;
        backup::restore(&conn, backup, keys)
    }
}

impl Store for PostgresStore {
    fn read(
        &self,
        _name: &'static str,
        job: &mut dyn FnMut(&dyn Read) -> Result<()>,
    ) -> Result<()> {
        readers::read(&self.readers, job)
    }

    fn write(&self, _name: &'static str, job: WriteJob) -> Result<()> {
        self.writer.write(job)
    }

    fn backup(&self, target: &Path, keys: &Path) -> Result<()> {
        backup::backup(&Conn::open(&self.target)?, target, keys)
    }
}
