//! A blob store that breaks on demand: a write, a sync or a last step that fails, fails and persists all the same, or damages the
//! chunk; and chunks that go bad on the disk later.

use crate::fault::Break;
use entente_store::blobs::{Blobs, MemoryBlobs};
use entente_store::{Result, StoreError};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What happens to a change of the blob store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// It fails.
    Fails(Break),
    /// It says that all is well and keeps other bytes: a change that carries no bytes is done.
    Damages,
}

impl Bad {
    /// By number: failed, failed but persisted, and from there on damaged.
    #[must_use]
    pub fn of(how: u8) -> Self {
        match how {
            0 | 1 => Self::Fails(Break::of(how == 1)),
            _ => Self::Damages,
        }
    }
}

#[derive(Default)]
struct State {
    /// How many changes go well before the next bad one, and what that is.
    plan: Option<(u64, Bad)>,
    changes: u64,
    broke: u64,
    /// What another process does after so many changes here, just before the next one.
    meanwhile: Option<(u64, Box<dyn FnOnce() + Send>)>,
}

/// Blobs in memory, with planned faults.
#[derive(Default)]
pub struct FaultyBlobs {
    inner: MemoryBlobs,
    state: Mutex<State>,
}

impl FaultyBlobs {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plans the next fault, in place of one that has not happened yet.
    pub fn plan(&self, after: u64, bad: Bad) {
        self.state().plan = Some((after, bad));
    }

    /// Forgets what was planned.
    pub fn heal(&self) {
        self.state().plan = None;
    }

    /// After so many changes, does something just before the next one, as another process might.
    pub fn meanwhile(&self, after: u64, act: impl FnOnce() + Send + 'static) {
        self.state().meanwhile = Some((after, Box::new(act)));
    }

    /// What is to be done now, if its time has come.
    fn due(&self) -> Option<Box<dyn FnOnce() + Send>> {
        let mut state = self.state();
        match state.meanwhile.take() {
            Some((0, act)) => Some(act),
            Some((after, act)) => {
                state.meanwhile = Some((after - 1, act));
                None
            }
            None => None,
        }
    }

    /// Changes so far, and how many of them broke.
    pub fn changes(&self) -> (u64, u64) {
        let state = self.state();
        (state.changes, state.broke)
    }

    /// Damages one chunk of a stored blob where it lies; false if it is not there.
    ///
    /// # Panics
    /// Never: blobs in memory do not fail.
    pub fn rot(&self, name: &str, index: u32) -> bool {
        let chunk = self.inner.read(name, index).ok().flatten();
        let Some(mut chunk) = chunk else { return false };
        bend(&mut chunk);
        let mut lasting = Vec::new();
        while let Ok(Some(bytes)) = self.inner.read(name, at(&lasting)) {
            lasting.push(bytes);
        }
        self.inner.remove(name).unwrap_or_else(|e| panic!("{e}"));
        let temp = format!("tmp-{}", "0".repeat(32));
        let put = |temp: &str| -> Result<()> {
            self.inner.begin(temp)?;
            for (at, bytes) in (0u32..).zip(&lasting) {
                let bytes = if at == index { &chunk } else { bytes };
                self.inner.write(temp, at, bytes)?;
            }
            self.inner.finish(temp, name)
        };
        put(&temp).unwrap_or_else(|e| panic!("{e}"));
        true
    }

    fn change(&self, act: impl Fn() -> Result<()>, damaged: impl Fn() -> Result<()>) -> Result<()> {
        if let Some(act) = self.due() {
            act();
        }
        let bad = {
            let mut state = self.state();
            state.changes += 1;
            match state.plan {
                Some((0, bad)) => {
                    state.plan = None;
                    state.broke += 1;
                    Some(bad)
                }
                Some((after, bad)) => {
                    state.plan = Some((after - 1, bad));
                    None
                }
                None => None,
            }
        };
        let failed = || StoreError::Failed("planned fault".into());
        match bad {
            None => act(),
            Some(Bad::Damages) => damaged(),
            Some(Bad::Fails(Break::Failed)) => Err(failed()),
            Some(Bad::Fails(Break::FailedButPersisted)) => act().and(Err(failed())),
        }
    }
}

fn at(chunks: &[Vec<u8>]) -> u32 {
    u32::try_from(chunks.len()).unwrap_or(u32::MAX)
}

fn bend(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
}

impl Blobs for FaultyBlobs {
    fn begin(&self, temp: &str) -> Result<()> {
        let act = || self.inner.begin(temp);
        self.change(act, act)
    }

    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()> {
        let mut bent = sealed.to_vec();
        bend(&mut bent);
        self.change(
            || self.inner.write(temp, index, sealed),
            || self.inner.write(temp, index, &bent),
        )
    }

    fn sync(&self, temp: &str) -> Result<()> {
        let act = || self.inner.sync(temp);
        self.change(act, act)
    }

    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>> {
        self.inner.read(name, index)
    }

    fn finish(&self, temp: &str, name: &str) -> Result<()> {
        let act = || self.inner.finish(temp, name);
        self.change(act, act)
    }

    fn remove(&self, name: &str) -> Result<()> {
        self.inner.remove(name)
    }

    fn exists(&self, name: &str) -> Result<bool> {
        self.inner.exists(name)
    }

    fn list(&self) -> Result<Vec<String>> {
        self.inner.list()
    }
}
