//! A store that breaks on demand: at the k-th write, before it or after it, once or as a crash that only a restart ends.

use crate::pair::Side;
use entente_store::{Read, Result, Store, StoreError, WriteJob};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How the chosen write breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// It never happened.
    Failed,
    /// It is durable, but the caller hears that it failed: a response lost after the act.
    FailedButPersisted,
}

impl Break {
    /// Durable all the same, or not.
    #[must_use]
    pub fn of(persisted: bool) -> Self {
        match persisted {
            true => Self::FailedButPersisted,
            false => Self::Failed,
        }
    }
}

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many writes go well before: 0 breaks the next one.
    pub after: u64,
    /// How it breaks.
    pub how: Break,
    /// Whether the process dies with it: every call fails until [`FaultyStore::restart`].
    pub crash: bool,
}

/// Runs a test once for each of the first writes of either side that can break, in both ways, with and without a crash; gives how often it
/// came to something.
pub fn at_every_write(writes: u64, run: impl Fn(Plan, Side) -> bool) -> usize {
    let mut came = 0;
    for after in 0..writes {
        for how in [Break::Failed, Break::FailedButPersisted] {
            for crash in [false, true] {
                for broken in Side::BOTH {
                    came += usize::from(run(Plan { after, how, crash }, broken));
                }
            }
        }
    }
    came
}

#[derive(Default)]
struct State {
    plan: Option<Plan>,
    dead: bool,
    full: bool,
    writes: u64,
    broke: Vec<&'static str>,
}

/// A store over another one, with planned faults.
pub struct FaultyStore {
    inner: Arc<dyn Store>,
    state: Mutex<State>,
}

impl FaultyStore {
    /// A store that does not break until told to.
    #[must_use]
    pub fn new(inner: Arc<dyn Store>) -> Self {
        Self {
            inner,
            state: Mutex::new(State::default()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plans the next fault, in place of one that has not happened yet.
    pub fn plan(&self, plan: Plan) {
        self.state().plan = Some(plan);
    }

    /// Forgets what was planned.
    pub fn spare(&self) {
        self.state().plan = None;
    }

    /// Whether a planned crash happened and no restart since.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// The process dies now: every call fails until [`FaultyStore::restart`].
    pub fn kill(&self) {
        self.state().dead = true;
    }

    /// The disk has no room left: every write fails until [`FaultyStore::restart`], and reading goes on.
    pub fn fill_up(&self) {
        self.state().full = true;
    }

    /// The process is started again over the same disk, on which there is room.
    pub fn restart(&self) {
        let mut state = self.state();
        state.dead = false;
        state.full = false;
        state.plan = None;
    }

    /// Writes asked for so far, broken ones included.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.state().writes
    }

    /// Names of the transactions that were broken, in order.
    #[must_use]
    pub fn broke(&self) -> Vec<&'static str> {
        self.state().broke.clone()
    }

    /// How the write that comes now is to break.
    fn verdict(&self, name: &'static str) -> Result<Option<Break>> {
        let mut state = self.state();
        if state.dead {
            return Err(failed());
        }
        state.writes += 1;
        if state.full {
            return Err(failed());
        }
        let Some(plan) = &mut state.plan else {
            return Ok(None);
        };
        if plan.after > 0 {
            plan.after -= 1;
            return Ok(None);
        }
        let plan = *plan;
        state.plan = None;
        state.dead = plan.crash;
        state.broke.push(name);
        Ok(Some(plan.how))
    }
}

impl Store for FaultyStore {
    fn read(&self, name: &'static str, job: &mut dyn FnMut(&dyn Read) -> Result<()>) -> Result<()> {
        if self.state().dead {
            return Err(failed());
        }
        self.inner.read(name, job)
    }

    fn write(&self, name: &'static str, job: WriteJob) -> Result<()> {
        match self.verdict(name)? {
            None => self.inner.write(name, job),
            Some(Break::Failed) => Err(failed()),
            Some(Break::FailedButPersisted) => {
                self.inner.write(name, job)?;
                Err(failed())
            }
        }
    }

    fn backup(&self, target: &Path, keys: &Path) -> Result<()> {
        self.inner.backup(target, keys)
    }
}

fn failed() -> StoreError {
    StoreError::Failed("planned by the test".to_owned())
}
