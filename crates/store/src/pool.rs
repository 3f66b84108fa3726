//! Reading connections on loan: opened when first needed, kept, at most so many at a time.

use crate::{Result, StoreError};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A connection that a pool keeps.
pub(crate) trait Lendable {
    /// Whether it ended while it was idle (a restarted server, say): then another one is opened.
    fn is_over(&self) -> bool;
    /// Leaves whatever transaction it is in; `false` if it cannot be used again.
    fn leave(&self) -> bool;
}

/// The pool.
pub(crate) struct Pool<C: Lendable> {
    open: Box<dyn Fn() -> Result<C> + Send + Sync>,
    most: usize,
    state: Mutex<State<C>>,
    returned: Condvar,
}

struct State<C> {
    idle: Vec<C>,
    opened: usize,
}

impl<C: Lendable> Pool<C> {
    pub(crate) fn new(most: usize, open: Box<dyn Fn() -> Result<C> + Send + Sync>) -> Self {
        Self {
            open,
            most: most.max(1),
            state: Mutex::new(State {
                idle: Vec::new(),
                opened: 0,
            }),
            returned: Condvar::new(),
        }
    }

    /// Runs a closure with a connection; waits while every one is in use.
    pub(crate) fn with<T>(&self, run: impl FnOnce(&C) -> Result<T>) -> Result<T> {
        let lent = Lent {
            conn: Some(self.take()?),
            pool: self,
        };
        run(lent.conn.as_ref().ok_or(StoreError::Closed)?)
    }

    fn take(&self) -> Result<C> {
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
                return (self.open)().inspect_err(|_| {
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

    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan: comes back outside any transaction, even when the closure panics.
struct Lent<'p, C: Lendable> {
    conn: Option<C>,
    pool: &'p Pool<C>,
}

impl<C: Lendable> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else {
            return;
        };
        let left = conn.leave();
        let mut state = self.pool.lock();
        if left {
            state.idle.push(conn);
        } else {
            // A connection that cannot even roll back is replaced by a new one.
            state.opened -= 1;
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
