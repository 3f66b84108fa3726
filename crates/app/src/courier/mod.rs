//! The courier: the exchange with a partner in files that people carry, for links that are cut or air-gapped.
//!
//! It is the session's exchange without a live session: the same batches, receipts, cosignatures, files and ledger digests, verified
//! by the same `link::Session`, stored by the same code as the driver's. Packing appends the outbox and signs, so it needs the
//! link's lease like the driver (rule 5): while a session holds it, nothing is packed or unpacked. A bundle begins where the partner
//! last said it is, so one that is lost costs nothing, and one that comes twice changes nothing.
//! `docs/courier.md` is for officers, `docs/wire/courier.md` has the bytes.

mod fault;
mod files;
mod keys;
mod pack;
mod parcel;
mod state;
mod unpack;

pub use entente_link::courier::CourierError;
pub use fault::{CourierFault, Fault};
pub(crate) use parcel::Parcel;

pub use keys::{KEY_LIFE_MS, SealingKeyView};
pub use state::{CourierReport, CourierView};

use crate::App;
use crate::driver::LEASE_MS;
use crate::env::random;
use crate::error::Result;
use crate::fault::LinkFault;
use entente_core::ids::NodeName;
use entente_proof::digest::Digest;

/// Bytes done so far, and of how many. While packing, the total grows with what is known to come.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// A file that can be read twice.
pub trait Source: std::io::Read + std::io::Seek {}
impl<T: std::io::Read + std::io::Seek> Source for T {}

/// A bundle for the access records: the partner, its name, and the SHA-256 of its file, by which the file itself is known again.
fn carried(partner: &NodeName, bundle: [u8; 16], file: Digest) -> String {
    format!("{partner} {} sha256:{file}", hex::encode(bundle))
}

/// Between the process and the run, in the name under which a courier holds a lease.
const RUN: &str = "/courier/";

/// Whether the holder of a lease is a courier.
pub(crate) fn holds(holder: &str) -> bool {
    holder.contains(RUN)
}

/// The lease on a link, in the courier's own name: neither a session nor another process drives it meanwhile.
pub(crate) struct Lease {
    app: App,
    partner: NodeName,
    holder: String,
    pub(crate) epoch: u64,
    until: i64,
}

impl Lease {
    pub(crate) fn take(app: &App, partner: &NodeName) -> Result<Self> {
        // One holder per run: two runs in one process must not share an epoch, nor the first to end release it under the second.
        let run: [u8; 8] = random(&*app.inner.random);
        let mut lease = Self {
            app: app.clone(),
            partner: partner.clone(),
            holder: format!("{}{RUN}{}", app.inner.process, hex::encode(run)),
            epoch: 0,
            until: 0,
        };
        lease.epoch = lease.claim(LEASE_MS)?;
        Ok(lease)
    }

    /// Renews the lease when half of it is over. Every transaction checks the epoch, so a lease that was lost all the same stops us.
    fn hold(&mut self) -> Result<()> {
        if self.app.now().0 > self.until - LEASE_MS / 2 && self.claim(LEASE_MS)? != self.epoch {
            return Err(LinkFault::TakenOver.into());
        }
        Ok(())
    }

    fn claim(&mut self, ms: i64) -> Result<u64> {
        // By a clock read before the lease's own: it ends no sooner than this.
        let until = self.app.now().0 + ms;
        let epoch = self.app.lease_for(&self.partner, &self.holder, ms)?;
        self.until = until;
        epoch.ok_or(LinkFault::SessionUp.into())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Best effort: it ends by itself soon after.
        let _ended = self.claim(0);
    }
}
