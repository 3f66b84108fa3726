//! The readers: a few read-only connections, each reading one consistent snapshot at a time.

use super::cells::{Notes, Tx, execute};
use crate::{Read, Result, StoreError};
use rusqlite::Connection;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

type Open = Box<dyn Fn() -> Result<Connection> + Send + Sync>;

/// The pool. Connections are opened when first needed and kept.
pub(super) struct Readers {
    open: Open,
    most: usize,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    opened: usize,
}

impl Readers {
    pub(super) fn new(most: usize, open: Open) -> Self {
        Self {
            open,
            most: most.max(1),
            state: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    /// Runs a closure on one snapshot; waits while every connection is in use.
    pub(super) fn read(&self, job: &mut dyn FnMut(&dyn Read) -> Result<()>) -> Result<()> {
        let lent = Lent {
            conn: Some(self.take()?),
            pool: self,
        };
        let Some(conn) = &lent.conn else {
            return Err(StoreError::Closed);
        };
        execute(conn, "BEGIN DEFERRED")?;
        let notes = Notes::default();
        job(&Tx {
            conn,
            notes: &notes,
        })
    }

    fn take(&self) -> Result<Connection> {
        let mut state = self.lock();
        loop {
            if let Some(conn) = state.idle.pop() {
                return Ok(conn);
            }
            if state.opened < self.most {
                state.opened += 1;
                drop(state);
                return (self.open)().inspect_err(|_| self.lock().opened -= 1);
            }
            state = self
                .returned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan: comes back outside any transaction, even when the reading closure panics.
struct Lent<'p> {
    conn: Option<Connection>,
    pool: &'p Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else {
            return;
        };
        let ended = conn.is_autocommit() || execute(&conn, "ROLLBACK").is_ok();
        let mut state = self.pool.lock();
        if ended {
            state.idle.push(conn);
        } else {
            // A connection that cannot even roll back is replaced by a new one.
            state.opened -= 1;
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
