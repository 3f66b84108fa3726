//! What recording holds a lesson to: an observation names as its source only what walls let through.

mod near;

use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::field::{Problem, Values};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::{ComposeError, EntryType};
use entente_core::kinds;
use entente_core::kinds::declaration::evidence;
use entente_core::kinds::lesson::{LEARNED, REPORT, RESULT, SOURCE, observes, teaches};
use entente_core::obligation::Obligation;
use entente_store::Read;
pub use near::YOUNG;

impl App {
    /// Refuses an observation that names as its source what walls do not let through: nothing else may be known to exist.
    pub(crate) fn refuse_strange_lesson(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, config): (&EntryType, &Config),
        values: &Values,
    ) -> Result<()> {
        let named = values
            .text(SOURCE)
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let Some(named) = named.filter(|_| observes(entry_type.name)) else {
            return Ok(());
        };
        let shared = match evidence::reference(named) {
            Some(entry) => self.may_teach(tx, actor, entry, config)?,
            None => false,
        };
        match shared {
            true => Ok(()),
            false => Err(AppError::field(entry_type, SOURCE, Problem::NotInList)),
        }
    }

    /// Whether an observation may come from an entry: one that looks back on what was done, of a dossier of governance which the actor
    /// belongs to and which is closed to no role, held by every state here. Rights of persons and the training of imams stay where they are.
    pub(crate) fn may_teach(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, entry): (DossierId, EntryId),
        config: &Config,
    ) -> Result<bool> {
        let kind = tx.dossier(dossier)?.and_then(|row| kinds::find(&row.kind));
        let open = kind.is_some_and(|kind| kind.closed_to.is_empty());
        let looks_back = tx.entry(entry)?.is_some_and(|row| teaches(&row.kind));
        Ok(open && looks_back && self.held_by_all(tx, actor, (dossier, entry), config)?)
    }

    /// Refuses to call learned what its report does not say changed anything, or what cannot be read any more: a partner's program may ask
    /// whatever its report says.
    pub(crate) fn refuse_unchanged(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        target: Option<&Obligation>,
    ) -> Result<()> {
        let Some(target) = target.filter(|_| entry_type.name == LEARNED.name) else {
            return Ok(());
        };
        let row = tx.entry(target.ask.id.entry)?;
        let row = row.filter(|row| row.kind == REPORT.name);
        let read = match row {
            Some(row) => self.read_by(tx, actor, &row)?,
            None => None,
        };
        let result = read.as_ref().and_then(|values| values.text(RESULT));
        match result {
            Some("worked" | "partly") => Ok(()),
            _ => Err(ComposeError::Target.into()),
        }
    }
}
