//! Entries about things: what they name must be a thing of the same dossier that their author may read, and they go no further than what
//! they name. Everything else about them is in their bodies and changes no state.

use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::field::{Field, FieldError, FieldType, Problem, Values};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::custody::{EXHIBIT, is_of_custody, names_exhibit};
use entente_core::kinds::investigation::day::{DAY, DAY_OF, REPLACES, is_of_day};
use entente_core::kinds::investigation::links::{self, decides, is_about_things};
use entente_core::kinds::investigation::plan::plans;
use entente_core::kinds::investigation::things::ThingSort;
use entente_store::{EntryRow, Read};

/// The entry that a field of a body names.
pub(crate) fn named(values: &Values, field: &str) -> Option<EntryId> {
    values.text(field)?.parse().ok()
}

impl App {
    /// Whom an entry of a dossier is for that is not kept at home: everybody who takes part; one about things, no more than hold all that
    /// it names.
    ///
    /// # Errors
    /// [`AppError::Fields`] where it names what is no such thing of this dossier, or what its author may not read.
    pub(crate) fn meant_for(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, config): (&EntryType, DossierId, &Config),
        values: &Values,
    ) -> Result<Vec<NodeName>> {
        let mut audience = config.nodes();
        let of_plan = plans(entry_type.name) || is_of_day(entry_type.name);
        let of_things = is_about_things(entry_type.name) || is_of_custody(entry_type.name);
        if !of_things && !of_plan {
            return Ok(audience);
        }
        let mut errors: Vec<FieldError> = Vec::new();
        for field in entry_type.fields.iter().filter(|field| names(field)) {
            let Some(id) = named(values, field.name) else {
                continue;
            };
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier);
            match row.filter(|row| fits(field, row)) {
                Some(row) if self.may_with(tx, actor, Action::Read, &row)? => {
                    let known = regular(&row).map(|header| header.audience);
                    audience.retain(|node| known.iter().flatten().any(|knows| knows == node));
                }
                _ => errors.push(field.error(Problem::NotInList)),
            }
        }
        errors.extend(with_itself(entry_type, values));
        match errors.is_empty() {
            true => Ok(audience),
            false => Err(AppError::Fields(errors)),
        }
    }
}

fn names(field: &Field) -> bool {
    matches!(field.holds, FieldType::Thing | FieldType::Entry)
}

/// Whether a field may name this entry.
fn fits(field: &Field, row: &EntryRow) -> bool {
    let fits = match field.holds {
        FieldType::Thing => ThingSort::of(&row.kind).is_some(),
        _ if field.name == links::DECISION => decides(&row.kind),
        _ if names_exhibit(field.name) => row.kind == EXHIBIT.name,
        _ if [DAY_OF, REPLACES].contains(&field.name) => row.kind == DAY.name,
        _ => !is_about_things(&row.kind),
    };
    fits && regular(row).is_some()
}

/// A link or a decision between a record and itself says nothing.
fn with_itself(entry_type: &EntryType, values: &Values) -> Option<FieldError> {
    let mut things = entry_type
        .fields
        .iter()
        .filter(|field| matches!(field.holds, FieldType::Thing));
    let (one, other) = (things.next()?, things.next()?);
    let same = named(values, one.name) == named(values, other.name);
    same.then(|| other.error(Problem::WithItself))
}
