//! The action plan of an investigation: tasks from the ledger with what they say and what came of them, and its days.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::views::{ObligationView, PlanView, ResultView, TaskView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::kinds;
use entente_core::kinds::investigation::day::DAY;
use entente_core::kinds::investigation::plan::{TASK, TASK_DONE};
use entente_store::{EntryRow, ObligationFilter, ObligationRow, Read, StoreExt};
use std::collections::BTreeMap;

/// Most obligations of one ask that are read of a dossier.
pub(super) const MOST: u32 = 2_000;

impl App {
    /// The action plan of an investigation.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or its kind has no plan.
    pub fn plan_of(&self, actor: &Actor, dossier: DossierId) -> Result<PlanView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "plan").within(dossier, why))?;
        let (mut view, found) = self.inner.store.view("plan", |tx| {
            let view = self.plan_in(tx, actor, dossier)?;
            let found = self.near(tx, actor, dossier, None)?;
            Ok::<_, AppError>((view, found))
        })?;
        view.near = self.told_near(actor, (dossier, why), &found)?;
        Ok(view)
    }

    /// The same without what is planned nearby, for whoever asks for the comparisons alone.
    ///
    /// # Errors
    /// As [`App::plan_of`].
    pub fn comparisons_of(&self, actor: &Actor, dossier: DossierId) -> Result<PlanView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "plan").within(dossier, why))?;
        let store = &self.inner.store;
        store.view("plan", |tx| self.plan_in(tx, actor, dossier))
    }

    fn plan_in(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<PlanView> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(TASK.name).ok_or(AppError::NotFound)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let asked = asked_by(tx, dossier, Ask::Act, TASK.name)?;
        let ids: Vec<(DossierId, EntryId)> = asked.iter().map(|(e, _)| (dossier, e.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        let mut tasks = Vec::new();
        for (entry, ob) in &asked {
            if let Some(ask) = showing.obligation(actor, ob)? {
                tasks.push(self.task(tx, actor, entry, ask)?);
            }
        }
        tasks.sort_by_key(|task| (!task.ask.state.is_open(), task.ask.due, task.ask.id));
        let mut days = self.days_of(tx, actor, &mut showing, dossier)?;
        days.sort_by_key(|day| (day.zero, day.entry));
        Ok(PlanView {
            dossier: line,
            tasks,
            days,
            forms: self.writable(actor, &row, |entry| {
                [TASK.name, DAY.name].contains(&entry.name)
            }),
            near: Vec::new(),
            compared: self.comparisons(tx, actor, &row, None)?,
        })
    }

    fn task(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
        ask: ObligationView,
    ) -> Result<TaskView> {
        Ok(TaskView {
            entry: row.id,
            values: self.read_by(tx, actor, row)?,
            printed: self.prints(tx, actor, row)?,
            results: self.results(tx, actor, ask.id)?,
            ask,
        })
    }

    /// What answered a task, in the order in which it came.
    fn results(&self, tx: &dyn Read, actor: &Actor, id: ObligationId) -> Result<Vec<ResultView>> {
        let mut out: Vec<ResultView> = Vec::new();
        for act in tx.acts(id)? {
            let row = tx
                .entry(act.entry)?
                .filter(|row| row.kind == TASK_DONE.name);
            let known = |row: &EntryRow| out.iter().any(|one| one.entry == row.id);
            if let Some(row) = row.filter(|row| !known(row)) {
                out.extend(self.result(tx, actor, &row)?);
            }
        }
        Ok(out)
    }

    /// A regular entry as a result that was given.
    pub(super) fn result(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<Option<ResultView>> {
        let Some(header) = regular(row) else {
            return Ok(None);
        };
        Ok(Some(ResultView {
            entry: row.id,
            service: header.author.service,
            at: Instant(row.at_ms),
            values: self.read_by(tx, actor, row)?,
            printed: self.prints(tx, actor, row)?,
        }))
    }
}

/// The entries of a type that asked something of a dossier, each once, with the first obligation that it made.
pub(super) fn asked_by(
    tx: &dyn Read,
    dossier: DossierId,
    ask: Ask,
    entry_type: &str,
) -> Result<Vec<(EntryRow, ObligationRow)>> {
    let filter = ObligationFilter {
        dossier: Some(dossier),
        ask: Some(ask),
        limit: MOST,
        ..ObligationFilter::default()
    };
    let mut out: BTreeMap<EntryId, (EntryRow, ObligationRow)> = BTreeMap::new();
    let asked = tx.obligations(&filter)?;
    crate::ahead::of_asking(tx, &asked)?;
    for ob in asked {
        if out.contains_key(&ob.id.entry) {
            continue;
        }
        let row = tx.entry(ob.id.entry)?.filter(|row| row.kind == entry_type);
        if let Some(row) = row.filter(|row| regular(row).is_some()) {
            out.insert(row.id, (row, ob));
        }
    }
    Ok(out.into_values().collect())
}

/// The obligations that an entry made.
pub(super) fn made_by(tx: &dyn Read, id: EntryId, header: &Header) -> Result<Vec<ObligationRow>> {
    let mut out = Vec::new();
    for id in header.asked(id) {
        out.extend(tx.obligation(id)?);
    }
    Ok(out)
}
