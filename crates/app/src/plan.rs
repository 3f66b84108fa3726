//! What recording holds an action plan to: times in their order, a step that exists and is of one's own side, and decisions that decide a
//! day and nothing else.

use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::{Actor, App};
use entente_core::field::{Problem, Values};
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::day::{DAY, DAY_OF, STEP, STEPS, is_about_step};
use entente_core::kinds::investigation::plan::{ENDS, STARTS, TASK};
use entente_core::kinds::investigation::steps::{self, Step};
use entente_store::Read;

/// A step of a body, by its number from 1.
pub(crate) fn numbered(values: &Values, number: i64) -> Option<Step> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    let text = values.text(STEPS)?;
    steps::steps(text).into_iter().nth(place)
}

impl App {
    /// Refuses a task that ends before it begins, and word of a step that is not there or that another side does.
    pub(crate) fn refuse_strange_plan(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        values: &Values,
    ) -> Result<()> {
        if entry_type.name == TASK.name
            && let (Some(starts), Some(ends)) = (values.moment(STARTS), values.moment(ENDS))
            && ends < starts
        {
            return Err(AppError::field(entry_type, ENDS, Problem::BeforeBeginning));
        }
        if is_about_step(entry_type.name) && !self.is_our_step(tx, actor, dossier, values)? {
            return Err(AppError::field(entry_type, STEP, Problem::NotOurStep));
        }
        Ok(())
    }

    fn is_our_step(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        values: &Values,
    ) -> Result<bool> {
        let row = named(values, DAY_OF).map(|day| tx.entry(day)).transpose()?;
        let row = row.flatten().filter(|row| row.dossier == dossier);
        let day = row.filter(|row| row.kind == DAY.name && regular(row).is_some());
        let Some((row, number)) = day.zip(values.number(STEP)) else {
            return Ok(false);
        };
        // Who may not see the day learns nothing of its steps by trying numbers.
        if !self.may_with(tx, actor, Action::Read, &row)? {
            return Ok(false);
        }
        let step = self
            .read_by(tx, actor, &row)?
            .and_then(|day| numbered(&day, number));
        Ok(step.is_some_and(|step| step.service.node() == self.inner.me))
    }
}
