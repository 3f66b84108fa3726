//! Files carried from one place to another, for a backup, a restore, or a move to a bucket and back: each is read back where it came to
//! and must have the digest that is its name.

use crate::App;
use crate::attach::running_digest;
use entente_proof::digest::Digest;
use entente_store::blobs::{Blobs, is_temporary};
use entente_store::{Result, StoreExt as _};

/// How many files were carried, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Carried now.
    pub carried: u64,
    /// There already.
    pub there: u64,
    /// Left out: what was read back is not what its name says.
    pub damaged: u64,
}

impl Carried {
    /// All that are there now.
    #[must_use]
    pub fn whole(self) -> u64 {
        self.carried + self.there
    }
}

impl App {
    /// Carries the files that this node's entries name.
    ///
    /// # Errors
    /// [`entente_store::StoreError`] of any of the three stores; doing it again goes on from there.
    pub fn carry_files(&self, from: &dyn Blobs, to: &dyn Blobs) -> Result<Carried> {
        carry(from, to, |name| {
            self.inner
                .store
                .view("names_blob", |tx| tx.names_blob(name))
        })
    }

    /// This node's files.
    #[must_use]
    pub fn blobs(&self) -> &dyn Blobs {
        &*self.inner.blobs
    }
}

/// Carries all whole files.
///
/// # Errors
/// [`entente_store::StoreError`] of either; doing it again goes on from there.
pub fn carry_all(from: &dyn Blobs, to: &dyn Blobs) -> Result<Carried> {
    carry(from, to, |_| Ok(true))
}

fn carry(
    from: &dyn Blobs,
    to: &dyn Blobs,
    wanted: impl Fn(&str) -> Result<bool>,
) -> Result<Carried> {
    let mut count = Carried::default();
    for name in from.list()? {
        if is_temporary(&name) || !wanted(&name)? {
            continue;
        }
        if to.exists(&name)? {
            // What an attempt that was cut after giving the name left behind; the name keeps its chunks.
            to.remove(&format!("tmp-{name}"))?;
            count.there += 1;
        } else if carry_one(from, to, &name)? {
            count.carried += 1;
        } else {
            count.damaged += 1;
        }
    }
    Ok(count)
}

/// Whether it came through whole. Its temporary name is always the same, so that an attempt that was cut leaves nothing behind.
fn carry_one(from: &dyn Blobs, to: &dyn Blobs, name: &str) -> Result<bool> {
    let temporary = format!("tmp-{name}");
    to.remove(&temporary)?;
    to.begin(&temporary)?;
    let mut count = 0;
    while let Some(sealed) = from.read(name, count)? {
        to.write(&temporary, count, &sealed)?;
        count += 1;
    }
    to.sync(&temporary)?;
    let mut digest = Digest([0; 32]);
    for index in 0..count {
        let Some(sealed) = to.read(&temporary, index)? else {
            break;
        };
        digest = running_digest(&digest, &sealed);
    }
    if digest.to_string() != name {
        to.remove(&temporary)?;
        return Ok(false);
    }
    to.finish(&temporary, name)?;
    Ok(true)
}
