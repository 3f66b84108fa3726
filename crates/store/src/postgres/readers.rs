//! The readers: a few connections, each reading one consistent snapshot at a time.

use super::cells::{Notes, Tx};
use super::connection::{Conn, Target};
use crate::pool::{Lendable, Pool};
use crate::{Read, Result};

/// A snapshot that nothing can be written into, taken by its first query.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The reading connections of one store.
pub(super) type Readers = Pool<Conn>;

impl Lendable for Conn {
    fn is_over(&self) -> bool {
        Self::is_over(self)
    }
    fn leave(&self) -> bool {
        let _what_failed_was_told = self.settle();
        self.script("ROLLBACK").is_ok()
    }
}

/// Connections to one database, opened when first needed.
pub(super) fn pool(most: usize, target: Target) -> Readers {
    Pool::new(most, Box::new(move || Conn::open(&target)))
}

/// Runs a closure on one snapshot; waits while every connection is in use.
pub(super) fn read(readers: &Readers, job: &mut dyn FnMut(&dyn Read) -> Result<()>) -> Result<()> {
    readers.with(|conn| {
        conn.script_later(SNAPSHOT);
        let notes = Notes::default();
        job(&Tx::new(conn, &notes))
    })
}
