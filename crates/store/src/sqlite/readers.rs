//! The readers: a few read-only connections, each reading one consistent snapshot at a time.

use super::cells::{Notes, Tx, execute};
use crate::pool::{Lendable, Pool};
use crate::{Read, Result};
use rusqlite::Connection;

/// The reading connections of one store.
pub(super) type Readers = Pool<Connection>;

impl Lendable for Connection {
    fn is_over(&self) -> bool {
        false
    }
    fn leave(&self) -> bool {
        self.is_autocommit() || execute(self, "ROLLBACK").is_ok()
    }
}

/// Runs a closure on one snapshot; waits while every connection is in use.
pub(super) fn read(readers: &Readers, job: &mut dyn FnMut(&dyn Read) -> Result<()>) -> Result<()> {
    readers.with(|conn| {
        execute(conn, "BEGIN DEFERRED")?;
        let notes = Notes::default();
        job(&Tx {
            conn,
            notes: &notes,
        })
    })
}
