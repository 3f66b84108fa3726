//! What recording holds a lesson to: an observation names as its source only what walls let through.

mod near;

use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::field::{Problem, Values};
use entente_core::kind::EntryType;
use entente_core::kinds::declaration::evidence;
use entente_core::kinds::lesson::{SOURCE, observes};
use entente_store::Read;
pub use near::YOUNG;

impl App {
    /// Refuses an observation that names as its source what is no entry of a dossier of governance which its author belongs to, or what the
    /// other side does not hold: nothing else may be known to exist.
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
            Some(entry) => self.held_by_all(tx, actor, entry, config)?,
            None => false,
        };
        match shared {
            true => Ok(()),
            false => Err(AppError::field(entry_type, SOURCE, Problem::NotInList)),
        }
    }
}
