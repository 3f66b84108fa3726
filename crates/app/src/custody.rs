//! What recording holds entries on exhibits to: hashes and dates that fit, receipts and returns that answer what asked for them, and copies
//! in transit that our node really destroys when its officer attests it.

use crate::App;
use crate::codec::header_of;
use crate::error::{AppError, Result};
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::{ComposeError, Effect, EntryType, On};
use entente_core::kinds::erasure::ATTEST_ERASURE;
use entente_core::kinds::investigation::custody::{
    RECEIVED, RETURNED, TRANSFER, answered_by, wrong,
};
use entente_core::obligation::Obligation;
use entente_store::{AttachmentState, Read, Write};

impl App {
    /// Refuses a form on an exhibit whose fields do not fit together, an answer that is none to what was asked, and the attestation that a
    /// copy in transit is erased while it is held.
    pub(crate) fn refuse_strange_custody(
        &self,
        tx: &dyn Read,
        (entry_type, dossier): (&EntryType, DossierId),
        values: &Values,
        target: Option<&Obligation>,
    ) -> Result<()> {
        let errors = wrong(entry_type, values);
        if !errors.is_empty() {
            return Err(AppError::Fields(errors));
        }
        let Some(target) = target.filter(|_| answers(entry_type)) else {
            return Ok(());
        };
        let asking = tx.entry(target.ask.id.entry)?;
        let asking = asking.as_ref().map_or("", |row| row.kind.as_str());
        if !fits(entry_type, asking, target.ask.ask) {
            return Err(ComposeError::Target.into());
        }
        match entry_type.name == ATTEST_ERASURE.name && asking == TRANSFER.name {
            true => self.refuse_held(tx, dossier, Some(&[target.ask.id.entry])),
            false => Ok(()),
        }
    }

    /// Destroys here what was received as a copy in transit, once our own node attests that it is gone. Its sender keeps the original.
    pub(crate) fn erase_transit_copy(
        &self,
        tx: &mut dyn Write,
        attestation: EntryId,
        asked_by: EntryId,
    ) -> Result<()> {
        let Some(asking) = header_of(tx.as_read(), asked_by)? else {
            return Ok(());
        };
        if asking.kind != TRANSFER.name || asking.node() == self.inner.me {
            return Ok(());
        }
        let Some(dossier) = asking.dossier else {
            return Ok(());
        };
        for index in places(&asking) {
            let rows = tx.attachments(asked_by)?;
            let gone = |row: &&entente_store::AttachmentRow| row.state == AttachmentState::Erased;
            let gone = rows.iter().filter(gone).any(|row| row.index == index);
            if !gone {
                self.erase_file_here(tx, (dossier, asked_by, index), attestation)?;
            }
        }
        Ok(())
    }
}

/// Whether an answer of this type is one to what an entry asked: a transfer takes a receipt, a request for return the return, and these
/// answer nothing else.
pub(crate) fn fits(answer: &EntryType, asking: &str, ask: Ask) -> bool {
    let own = [RECEIVED.name, RETURNED.name].contains(&answer.name);
    match answered_by(asking, ask) {
        Some(wanted) => answer.name == wanted.name || !answers(answer),
        None => !own,
    }
}

fn answers(entry_type: &EntryType) -> bool {
    let answers = |effect: &Effect| matches!(effect, Effect::On(On::Answer, _));
    entry_type.effects.iter().any(answers)
}

fn places(header: &Header) -> impl Iterator<Item = u32> + use<> {
    (0u32..).take(header.attachments.len())
}
