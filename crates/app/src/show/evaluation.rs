//! An investigation looked back upon: figures from headers and the ledger, the same at both nodes, and what each side says of them.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::{all_of, by_types, names, scope};
use crate::error::{AppError, Result};
use crate::views::{CaseFigures, EvaluationView, ObligationView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, NodeName};
use entente_core::kinds;
use entente_core::kinds::investigation::links::LINK;
use entente_core::kinds::investigation::phases::{EVALUATE, MIDTERM, evaluates};
use entente_core::kinds::investigation::things::ThingSort;
use entente_core::obligation::State;
use entente_store::{ObligationFilter, ObligationRow, Read, StoreExt};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Obligations that are read at once.
const PAGE: u32 = 500;
/// Types of entries that are counted, things aside.
const CONTRIBUTION: &str = "investigation.contribute";

/// Figures by node.
type Figures = BTreeMap<NodeName, CaseFigures>;

impl App {
    /// The evaluation of an investigation.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or its kind is not evaluated.
    pub fn evaluation(&self, actor: &Actor, dossier: DossierId) -> Result<EvaluationView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "evaluation").within(dossier, why))?;
        self.inner
            .store
            .view("evaluation", |tx| self.evaluation_of(tx, actor, dossier))
    }

    fn evaluation_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<EvaluationView> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(EVALUATE.name).ok_or(AppError::NotFound)?;
        let line = Showing::new(self, tx).line(&row)?;
        let mut rows = all_of(tx, dossier, &[MIDTERM.name, EVALUATE.name])?;
        rows.retain(|row| regular(row).is_some());
        Ok(EvaluationView {
            dossier: line.ok_or(AppError::NotFound)?,
            figures: self.case_figures(tx, actor, dossier)?.into_iter().collect(),
            evaluations: self.entry_views(tx, actor, rows)?,
            forms: self.writable(actor, &row, |entry| evaluates(entry.name)),
        })
    }

    /// The figures of every side, from headers and the ledger alone. Counted is what went to every state that takes part: what some of them
    /// share among themselves the others do not hold, and all must compute the same (invariant 2).
    pub(crate) fn case_figures(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Figures> {
        let row = self.visible(tx, actor, dossier)?;
        let nodes: Vec<NodeName> = names(&row.nodes);
        let none = |node: &NodeName| (node.clone(), CaseFigures::default());
        let mut figures: Figures = nodes.iter().map(none).collect();
        count_entries(tx, (dossier, &nodes), &mut figures)?;
        self.count_obligations(tx, actor, (dossier, &nodes), &mut figures)?;
        Ok(figures)
    }

    fn count_obligations(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, nodes): (DossierId, &[NodeName]),
        figures: &mut Figures,
    ) -> Result<()> {
        let all = scope(nodes);
        let mut filter = ObligationFilter {
            dossier: Some(dossier),
            limit: PAGE,
            ..ObligationFilter::default()
        };
        loop {
            let rows = tx.obligations(&filter)?;
            let more = rows.len() == PAGE as usize;
            let mut showing = Showing::new(self, tx);
            let rows: Vec<ObligationRow> =
                rows.into_iter().filter(|row| row.audience == all).collect();
            self.ahead_of_obligations(tx, &rows)?;
            for row in &rows {
                if let Some(ob) = showing.obligation(actor, row)?
                    && let Some(of) = figures.get_mut(&ob.owing.node())
                {
                    count_obligation(of, &ob);
                }
            }
            if !more {
                return Ok(());
            }
            filter.offset += PAGE;
            tx.let_go()?;
        }
    }

    /// The same as they are kept in an evaluation: JSON, by node.
    pub(crate) fn figures_now(&self, actor: &Actor, dossier: DossierId) -> Result<String> {
        let figures = self
            .inner
            .store
            .view("case_figures", |tx| self.case_figures(tx, actor, dossier))?;
        let named: BTreeMap<String, CaseFigures> = figures
            .into_iter()
            .map(|(node, figures)| (node.to_string(), figures))
            .collect();
        serde_json::to_string(&named).map_err(|_| AppError::Bug("figures as JSON"))
    }
}

/// Counts what each side brought for all.
fn count_entries(
    tx: &dyn Read,
    (dossier, nodes): (DossierId, &[NodeName]),
    figures: &mut Figures,
) -> Result<()> {
    let things = ThingSort::ALL.iter().map(|sort| sort.entry_type().name);
    let counted: Vec<&str> = things.chain([CONTRIBUTION, LINK.name]).collect();
    by_types(tx, dossier, &counted, |rows| {
        for row in rows {
            let header = regular(&row).filter(|header| {
                let holds = |node| header.audience.contains(node);
                nodes.len() > 1 && nodes.iter().all(holds)
            });
            if let Some(of) = header.and_then(|header| figures.get_mut(&header.node())) {
                count_entry(of, &row.kind);
            }
        }
        Ok(ControlFlow::<()>::Continue(()))
    })?;
    Ok(())
}

/// What one entry adds.
fn count_entry(of: &mut CaseFigures, entry_type: &str) {
    of.contributions += u64::from(entry_type == CONTRIBUTION);
    of.things += u64::from(ThingSort::of(entry_type).is_some());
    of.links += u64::from(entry_type == LINK.name);
}

/// What one obligation adds to the side that owes it.
fn count_obligation(of: &mut CaseFigures, ob: &ObligationView) {
    of.asked += 1;
    of.open += u64::from(ob.state.is_open());
    of.ended += u64::from(!ob.state.is_open());
    of.overdue += u64::from(ob.overdue);
    of.on_time += u64::from(ob.on_time == Some(true));
    of.late += u64::from(ob.on_time == Some(false));
    let feedback = ob.ask == Ask::Feedback;
    let given = matches!(ob.state, State::Answered | State::PartlyAnswered);
    of.feedback_asked += u64::from(feedback);
    of.feedback_given += u64::from(feedback && given);
}
