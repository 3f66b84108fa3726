//! An investigation looked back upon: figures from headers and the ledger, the same at both nodes, and what each side says of them.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::views::{CaseFigures, EvaluationView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName};
use entente_core::kinds;
use entente_core::kinds::investigation::links::LINK;
use entente_core::kinds::investigation::phases::{EVALUATE, evaluates};
use entente_core::kinds::investigation::things::ThingSort;
use entente_core::obligation::State;
use entente_store::{ObligationFilter, Read, StoreExt};
use std::collections::BTreeMap;

/// Most entries and obligations of a dossier that are counted.
const MOST: u32 = 10_000;

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
        let mut rows = tx.entries(dossier, false, MOST, 0)?;
        rows.retain(|row| evaluates(&row.kind) && regular(row).is_some());
        let offered = kind.in_phase(row.phase).filter(|e| evaluates(e.name));
        Ok(EvaluationView {
            dossier: line.ok_or(AppError::NotFound)?,
            figures: self.case_figures(tx, actor, dossier)?.into_iter().collect(),
            evaluations: self.entry_views(tx, actor, rows)?,
            forms: offered
                .filter(|e| self.may_in(actor, Action::of(e), &row))
                .collect(),
        })
    }

    /// The figures of every side, from headers and the ledger alone.
    pub(crate) fn case_figures(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Figures> {
        let row = self.visible(tx, actor, dossier)?;
        let nodes: Vec<NodeName> = crate::codec::names(&row.nodes);
        let none = |node: NodeName| (node, CaseFigures::default());
        let mut figures: Figures = nodes.into_iter().map(none).collect();
        for row in tx.entries(dossier, false, MOST, 0)? {
            let header = regular(&row).filter(|header| header.audience.len() > 1);
            let of = header.and_then(|header| figures.get_mut(&header.node()));
            if let Some(of) = of {
                count_entry(of, &row.kind);
            }
        }
        let filter = ObligationFilter {
            dossier: Some(dossier),
            limit: MOST,
            ..ObligationFilter::default()
        };
        for ob in Showing::new(self, tx).obligations(actor, &filter)? {
            if let Some(of) = figures.get_mut(&ob.owing.node()) {
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
        }
        Ok(figures)
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

/// What one entry adds. What stays at its own node is no part of what both sides read.
fn count_entry(of: &mut CaseFigures, entry_type: &str) {
    of.contributions += u64::from(entry_type == "investigation.contribute");
    of.things += u64::from(ThingSort::of(entry_type).is_some());
    of.links += u64::from(entry_type == LINK.name);
}
