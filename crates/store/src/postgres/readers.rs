//! The readers: a few connections, each reading one consistent snapshot at a time.

use super::cells::{Notes, Tx};
use super::connection::{Conn, Target};
use crate::{Read, Result, StoreError};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A snapshot that nothing can be written into, taken by its first query.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The pool. Connections are opened when first needed and kept.
pub(super) struct Readers {
    target: Target,
    most: usize,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Conn>,
    opened: usize,
}

impl Readers {
    pub(super) fn new(most: usize, target: Target) -> Self {
        Self {
            target,
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
        conn.script_later(SNAPSHOT);
        let notes = Notes::default();
        job(&Tx {
            conn,
            notes: &notes,
        })
    }

    /// An open connection. One that ended while it was idle (a restarted server, say) is replaced.
    fn take(&self) -> Result<Conn> {
        let mut state = self.lock();
        loop {
            if let Some(conn) = state.idle.pop() {
                drop(state);
                if !conn.is_over() {
                    return Ok(conn);
                }
                state = self.lock();
                state.opened -= 1;
                continue;
            }
            if state.opened < self.most {
                state.opened += 1;
                drop(state);
                return Conn::open(&self.target).inspect_err(|_| {
                    self.lock().opened -= 1;
                    self.returned.notify_one();
                });
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
    conn: Option<Conn>,
    pool: &'p Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else {
            return;
        };
        let _what_failed_was_told = conn.settle();
        let ended = conn.script("ROLLBACK").is_ok();
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
