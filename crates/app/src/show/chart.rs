//! The things of a dossier for a chart: what the reader may read of them, and of that what its use allows. Figures are computed where it is
//! shown and kept nowhere.

use crate::access::{AccessRecord, Operation, Taken};
use crate::error::{AppError, Result};
use crate::views::{ChartUse, ChartView, Things};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId};
use entente_store::{Read, StoreExt};
use std::collections::BTreeSet;

impl App {
    /// The things of a dossier and their links as a network. What is printed or taken out is recorded as an export before it is given.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of a kind without things;
    /// [`AppError::Forbidden`] if nothing of it may be used so.
    pub fn chart(&self, actor: &Actor, dossier: DossierId, wanted: ChartUse) -> Result<ChartView> {
        let why = self.inner.store.view("visible", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            let opening = tx
                .entry(dossier.opening())?
                .filter(|_| wanted == ChartUse::File);
            match opening {
                Some(opening) => self.exporting(tx, actor, (&row, &opening)),
                None => self.entering(tx, actor, &row),
            }
        })?;
        let view = self.inner.store.view("chart", |tx| {
            let mut all = self.things_of(tx, actor, dossier)?;
            let before = all.things.len() + all.links.len();
            self.keep_allowed(tx, actor, &mut all, wanted)?;
            let left_out = before - all.things.len() - all.links.len();
            if all.things.is_empty() && left_out > 0 {
                return Err(AppError::Forbidden);
            }
            ChartView::of(all, u64::try_from(left_out).unwrap_or(u64::MAX))
        })?;
        let operation = match wanted {
            ChartUse::Look => Operation::Consult,
            ChartUse::Print | ChartUse::File => Operation::Export,
        };
        let record = AccessRecord {
            taken: (operation == Operation::Export).then(|| taken(&view.things)),
            ..AccessRecord::by(actor, operation, "chart")
        };
        self.noted(record.within(dossier, why))?;
        Ok(view)
    }

    /// Leaves what may be used so and was not corrected since, and the links whose ends are left.
    fn keep_allowed(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        all: &mut Things,
        wanted: ChartUse,
    ) -> Result<()> {
        if wanted == ChartUse::Look {
            return Ok(());
        }
        let things = all
            .things
            .iter()
            .filter(|thing| !thing.brought.corrected)
            .map(|thing| (thing.entry, thing.brought.printed));
        let links = all
            .links
            .iter()
            .filter(|link| !link.brought.corrected)
            .map(|link| (link.entry, link.brought.printed));
        let mut allowed: BTreeSet<EntryId> = BTreeSet::new();
        for (entry, printed) in things.chain(links) {
            let may = match wanted {
                ChartUse::File => match tx.entry(entry)? {
                    Some(row) => self.may_with(tx, actor, Action::Export, &row)?,
                    None => false,
                },
                ChartUse::Look | ChartUse::Print => printed,
            };
            if may {
                allowed.insert(entry);
            }
        }
        let holds = |entry: &EntryId| allowed.contains(entry);
        all.things.retain(|thing| holds(&thing.entry));
        all.links
            .retain(|link| holds(&link.entry) && holds(&link.from) && holds(&link.to));
        all.joins
            .retain(|join| holds(&join.one) && holds(&join.other));
        Ok(())
    }
}

/// The entries that an export holds: records, links, and the decisions by which records count as one.
fn taken(things: &Things) -> Taken {
    let records = things.things.iter().map(|thing| thing.entry);
    let links = things.links.iter().map(|link| link.entry);
    let joins = things.joins.iter().filter(|join| join.stands());
    let joins = joins.map(|join| join.entry);
    Taken::of(&records.chain(links).chain(joins).collect())
}
