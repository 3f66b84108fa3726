//! A few frames sealed to a partner, for a file that is no bundle: what one side gives back to the other when a register begins again.

use super::keys::Found;
use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::restart::RestartFault;
use entente_proof::sealing::{KeyId, Opener, Sealer, SealingPublic};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// What the sealing is bound to.
const INFO: &[u8] = b"entente/register-answer/1";

/// Sealed frames, in order.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Parcel {
    #[cbor(n(0), with = "minicbor::bytes")]
    key: [u8; 16],
    #[n(1)]
    encapped: ByteVec,
    #[n(2)]
    sealed: Vec<ByteVec>,
}

impl App {
    /// Seals frames to a partner's key.
    pub(crate) fn seal_parcel(&self, to: &SealingPublic, frames: &[Vec<u8>]) -> Result<Parcel> {
        let failed = || AppError::Bug("sealing");
        let sealer = Sealer::new(to, INFO, random(&*self.inner.random));
        let (mut sealer, encapped) = sealer.map_err(|_| failed())?;
        let sealed = frames.iter().map(|frame| sealer.seal(&[], frame));
        let sealed: std::result::Result<Vec<_>, _> = sealed.collect();
        let sealed = sealed.map_err(|_| failed())?;
        Ok(Parcel {
            key: to.id().0,
            encapped: ByteVec::from(encapped),
            sealed: sealed.into_iter().map(ByteVec::from).collect(),
        })
    }

    /// Opens what was sealed to one of our keys.
    pub(crate) fn open_parcel(&self, parcel: &Parcel) -> Result<Vec<Vec<u8>>> {
        let Found::Here(key) = self.sealing_secret(KeyId(parcel.key))? else {
            return Err(RestartFault::Unopened.into());
        };
        let opener = Opener::new(&key, &parcel.encapped, INFO);
        let mut opener = opener.map_err(|_| RestartFault::Unopened)?;
        let opened = parcel.sealed.iter().map(|part| opener.open(&[], part));
        let opened: std::result::Result<Vec<_>, _> = opened.collect();
        Ok(opened.map_err(|_| RestartFault::Unopened)?)
    }
}
