//! Acts of weight: signed by the officer's own passkey over the entry's id, where the officer has one (docs/weight.md).
//!
//! - `ask.rs`: an entry is composed and undone again; its header is held, and the browser gets the challenge that follows from it.
//! - `held.rs`: what is held meanwhile, sealed under the token that the browser alone has.
//! - `finish.rs`: the answer is verified, exactly that header is recorded, and the signature beside it.
//! - `shown.rs`: what is known of an entry's signature, ours or a partner's.

mod ask;
mod finish;
mod held;
mod shown;

pub(crate) use finish::PasskeySigned;
pub(crate) use held::HeldWeighty;
pub use shown::{OfficerSigned, SignedState};

use crate::drafts::{ByPasskey, Content, Signing};
use crate::error::Result;
use crate::fault::SigningFault;
use crate::passkeys::Challenge;
use crate::record::Scene;
use crate::views::PreviewView;
use crate::{Actor, App, DraftId, Recorded, Recording};
use entente_core::floor::Action;
use entente_core::ids::EntryId;
use entente_core::kind::EntryType;
use entente_core::kinds::erasure::ERASE;
use entente_store::{FactorSort, Read};

/// An entry that waits for its officer's passkey: nothing of it is recorded.
#[derive(Clone, Debug)]
pub struct SignatureAsked {
    /// For the browser.
    pub challenge: Challenge,
    /// The entry that it will be: what is signed.
    pub entry: EntryId,
    /// What it says, exactly.
    pub preview: PreviewView,
    /// How many more are to be signed after it, as far as that is known.
    pub rest: usize,
    /// What of the same decision waits for a second officer by now.
    pub waits: Vec<DraftId>,
    /// Why it is asked once more, if it is.
    pub again: Option<AskedAgain>,
}

/// Why a signature is asked once more: nothing was recorded, and nothing typed is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedAgain {
    /// The dossier moved while it waited: the act was composed anew.
    Moved,
    /// The answer did not fit.
    Wrong,
}

/// What a passkey's answer came to.
#[derive(Clone, Debug)]
pub enum Weighed {
    /// The entry is recorded, with the signature beside it.
    Recorded(Recorded),
    /// The same, and what is left of the decision waits for a second officer: nothing of that was signed, and nothing of it left.
    Waits(Recorded, Vec<DraftId>),
    /// Another is to be signed: the same act composed anew, or the next of several.
    Again(Box<SignatureAsked>),
    /// What it acts on changed: the form is to be filled again, from this, with the news.
    Stale(Box<Recording>),
}

/// What the same decision does beside one entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rest {
    /// Entries that are released after it.
    pub(crate) entries: Vec<EntryId>,
    /// What waits for a second officer already.
    pub(crate) drafts: Vec<DraftId>,
}

/// What comes after an entry that a passkey signed.
pub(crate) enum Next {
    /// Another is to be signed.
    Signs(Box<SignatureAsked>),
    /// Nothing more; this waits for a second officer.
    Done(Vec<DraftId>),
}

impl App {
    /// Whether an officer signs entries of this type by their passkey: they have one, and browsers can use it here.
    pub(crate) fn signs_by_passkey(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
    ) -> Result<bool> {
        if !entry_type.is_of_weight() || !self.has_passkeys() {
            return Ok(false);
        }
        let factors = tx.factors(&actor.id)?;
        Ok(factors.iter().any(|f| f.sort == FactorSort::Passkey))
    }

    /// Refuses what destroys by erasures, each of which the officer's passkey has to sign.
    pub(crate) fn refuse_without_passkey(&self, tx: &dyn Read, actor: &Actor) -> Result<()> {
        match self.signs_by_passkey(tx, actor, &ERASE)? {
            true => Err(SigningFault::NeedsPasskey.into()),
            false => Ok(()),
        }
    }

    /// Refuses an act of weight that its officer's passkey did not sign: of whoever has one; of whoever has none, where no policy
    /// permits it. Asked in the transaction that records, so that no way of recording leads around it.
    pub(crate) fn refuse_unweighed(
        &self,
        tx: &dyn Read,
        author: &Actor,
        (recording, scene): (&Recording, &Scene),
        content: Content<'_>,
    ) -> Result<()> {
        if !scene.entry_type.is_of_weight() || !matches!(content.passkey, ByPasskey::No) {
            return Ok(());
        }
        let signer = match content.signing {
            Signing::Second(other) => other,
            Signing::Own | Signing::Alone => author,
            Signing::Rule | Signing::Rehearsal | Signing::Beside => return Ok(()),
        };
        if self.signs_by_passkey(tx, signer, scene.entry_type)? {
            return Err(SigningFault::NeedsPasskey.into());
        }
        let without = Action::WeighWithoutPasskey;
        match self.may_sign(tx, signer, (recording, scene), without)? {
            true => Ok(()),
            false => Err(SigningFault::NoPasskey.into()),
        }
    }
}
