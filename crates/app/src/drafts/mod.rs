//! What leaves only with a second signature: kept sealed at our own node until another officer releases it or gives it back, or its
//! author takes it back (DESIGN section 7, invariant 8). Where life is in danger one officer releases alone, and the second signature
//! is owed afterwards.
//!
//! - `gate.rs`: which signatures an entry needs; asked again in the transaction that records it.
//! - `kept.rs`: a draft as it is kept, and destroyed.
//! - `decide.rs`: what a second officer or the author does with it.
//! - `alone.rs`: released by one signature, and what is owed then.
//! - `preview.rs`: an entry recorded and undone, to be read before it leaves.

mod alone;
mod decide;
mod gate;
mod kept;
mod preview;

pub(crate) use decide::{Stands, author_of};
pub(crate) use gate::{ByPasskey, Content, Gate, Signing};
pub(crate) use kept::{GROUND, Kept, KeptFile, about_of, dossier_of, entry_of, leaving_of};

use crate::error::{AppError, Result};
use crate::weight::{Rest, SignatureAsked};
use crate::{Actor, App, Recorded, Recording};
use entente_core::instant::Span;
use entente_store::StoreExt;

/// So long after it was written a signature is overdue.
pub(crate) const SIGNED_WITHIN: Span = Span::hours(24);

/// Names what waits for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftId(pub [u8; 16]);

impl std::fmt::Display for DraftId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::str::FromStr for DraftId {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let bytes = hex::decode(text).map_err(|_| ())?;
        bytes.try_into().map(Self).map_err(|_| ())
    }
}

/// What became of an entry that somebody wrote.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// It is recorded, and leaves if it is for others.
    Recorded(Recorded),
    /// It waits for a second officer.
    Waits(DraftId),
    /// An act of weight: nothing is recorded before the officer's passkey has signed it.
    Signs(Box<SignatureAsked>),
}

impl Submitted {
    /// The entry, if it is one already.
    #[must_use]
    pub fn recorded(&self) -> Option<Recorded> {
        match self {
            Self::Recorded(recorded) => Some(*recorded),
            Self::Waits(_) | Self::Signs(_) => None,
        }
    }
}

impl App {
    /// Records an entry or, where it leaves only with a second signature, keeps it as a draft. With `alone`, a line that says why
    /// there is no time for one, it leaves by one signature and the second is owed within a day.
    ///
    /// # Errors
    /// As [`App::record`]; [`crate::SigningFault::Nobody`] where no other officer may sign.
    pub fn submit(
        &self,
        actor: &Actor,
        recording: Recording,
        alone: Option<&str>,
    ) -> Result<Submitted> {
        self.submit_first(actor, (recording, Rest::default()), alone)
    }

    /// The same of the first of several releases: the rest is asked for again once a passkey signed it.
    pub(crate) fn submit_first(
        &self,
        actor: &Actor,
        (recording, rest): (Recording, Rest),
        alone: Option<&str>,
    ) -> Result<Submitted> {
        self.inner.store.view("authorise", |tx| {
            self.refuse_closed(tx)?;
            self.authorise_recording(tx, actor, &recording)
        })?;
        let recording = self.completed(actor, recording)?;
        let (gate, signs) = self.inner.store.view("signatures", |tx| {
            let scene = self.scene(tx, actor, &recording)?;
            let files = !recording.files.is_empty();
            let gate = self.gate(tx, actor, (&recording, &scene), files)?;
            Ok::<_, AppError>((gate, self.signs_by_passkey(tx, actor, scene.entry_type)?))
        })?;
        match (gate, alone) {
            (Gate::Open, _) if signs => {
                let asked = self.ask_signature(actor, recording, rest)?;
                Ok(Submitted::Signs(Box::new(asked)))
            }
            (Gate::Open, _) => self.record(actor, recording).map(Submitted::Recorded),
            (Gate::Second, Some(why)) => {
                let recorded = self.record_alone(actor, recording, why)?;
                Ok(Submitted::Recorded(recorded))
            }
            (Gate::Second, None) => self.keep_draft(actor, recording).map(Submitted::Waits),
        }
    }
}
