//! Duties to inform, shown: what waits for a magistrate, how a file stands, and all of it for judicial review.
//!
//! A review draws on the magistrate's file and on the dossier between the two authorities, each only as far as the reader may see it and read
//! what is in it. Nothing is left out that they may see, corrections and what was erased included: who wrote it, in which function, when, and
//! what was on file at that moment.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::{all_dossiers, all_of};
use crate::error::{AppError, Result};
use crate::views::{
    DutyFile, DutyHead, DutyState, DutyTask, ObligationView, ReviewEntry, ReviewView,
};
use crate::{Actor, App};
use entente_core::charter::Inform;
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kinds::{self, duty, proceedings};
use entente_core::obligation::Side;
use entente_store::{DossierFilter, DossierRow, EntryRow, ObligationFilter, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most files that the front page looks at.
const FILES: u32 = 50;
/// Most entries of a dossier that a review draws on.
const MOST: u32 = 2_000;

impl App {
    /// The magistrates' files that the actor sees, newest first: all of them, closed ones too.
    ///
    /// # Errors
    /// Storage only.
    pub fn duty_files(&self, actor: &Actor) -> Result<Vec<DutyFile>> {
        self.looked(actor, Operation::Consult, "duties", None, None)?;
        self.inner.store.view("duties", |tx| {
            let mut showing = Showing::new(self, tx);
            let mut out = Vec::new();
            for row in self.files_of_duties(tx, actor)? {
                let state = self.duty_state(tx, actor, row.id)?;
                if let Some(dossier) = showing.line(&row)? {
                    out.push(DutyFile { dossier, state });
                }
            }
            Ok(out)
        })
    }

    fn files_of_duties(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let mine = self.sees(actor);
        let filter = DossierFilter {
            kind: Some(duty::NAME.to_owned()),
            services: mine.services,
            among: mine.among,
            ..DossierFilter::default()
        };
        all_dossiers(tx, filter)
    }

    /// All that concerns a duty to inform, for a court, in the order of time.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is about no such duty.
    pub fn review(&self, actor: &Actor, dossier: DossierId) -> Result<ReviewView> {
        self.reviewed(actor, dossier, Operation::Consult, "review")
    }

    /// The same to take out, with the offline proof of each entry that the other side holds and that may be taken out: an export.
    ///
    /// # Errors
    /// As [`App::review`].
    pub fn review_file(&self, actor: &Actor, dossier: DossierId) -> Result<ReviewView> {
        let mut view = self.reviewed(actor, dossier, Operation::Export, "review_file")?;
        for one in &mut view.entries {
            if !one.entry.rights.export {
                continue;
            }
            one.proof = match self.proof(actor, one.entry.id) {
                Ok(proof) => Some(proof),
                // What nobody received has none, and what is held back stays.
                Err(AppError::Link(_) | AppError::Condition(_) | AppError::Forbidden) => None,
                Err(other) => return Err(other),
            };
        }
        Ok(view)
    }

    fn reviewed(
        &self,
        actor: &Actor,
        dossier: DossierId,
        operation: Operation,
        verb: &str,
    ) -> Result<ReviewView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, operation, verb).within(dossier, why))?;
        self.inner
            .store
            .view("review", |tx| self.review_of(tx, actor, dossier))
    }

    fn review_of(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<ReviewView> {
        let row = self.visible(tx, actor, dossier)?;
        if !kinds::is_of_duties(&row.kind) {
            return Err(AppError::NotFound);
        }
        let (file, between) = self.both_parts(tx, actor, &row)?;
        let mut showing = Showing::new(self, tx);
        let rows: Vec<&DossierRow> = file.iter().chain(&between).collect();
        let (mut entries, mut drawn) = (Vec::new(), Vec::new());
        for row in &rows {
            drawn.extend(showing.line(row)?);
            entries.extend(self.review_entries(tx, actor, row.id)?);
        }
        entries.sort_by_key(|one| (one.entry.at, one.entry.here, one.entry.id));
        let obligations = match &between {
            Some(row) => self.dossier_obligations(actor, &mut showing, row.id)?,
            None => Vec::new(),
        };
        let state = file.as_ref().map(|row| self.duty_state(tx, actor, row.id));
        let party = self.other_party(tx, actor, (file.as_ref(), between.as_ref()))?;
        Ok(ReviewView {
            dossier: showing.line(&row)?.ok_or(AppError::NotFound)?,
            drawn,
            state: state.transpose()?,
            entries,
            obligations,
            terms: self.duties_with(tx, party.as_ref())?,
            at: self.now(),
        })
    }

    /// The magistrate's file and the dossier between the authorities that belong together, as far as they are here and seen.
    fn both_parts(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
    ) -> Result<(Option<DossierRow>, Option<DossierRow>)> {
        let seen = |id: Option<DossierId>| match id {
            Some(id) => self.seen_by(tx, actor, id),
            None => Ok(None),
        };
        if row.kind == proceedings::NAME {
            let file = self.ordered_by(tx, row.id)?;
            return Ok((seen(file)?, Some(row.clone())));
        }
        let sent = match self.duty_state(tx, actor, row.id)? {
            DutyState::Sent { dossier, .. } => Some(dossier),
            _ => self.sent_before(tx, row.id)?,
        };
        Ok((Some(row.clone()), seen(sent)?))
    }

    /// What an earlier decision of a file sent, where a later one stands.
    fn sent_before(&self, tx: &dyn Read, file: DossierId) -> Result<Option<DossierId>> {
        for row in all_of(tx, file, &[duty::TRANSMIT.name])?.into_iter().rev() {
            if regular(&row).is_some()
                && let Some(dossier) = self.carried_out(tx, row.id)?
            {
                return Ok(Some(dossier));
            }
        }
        Ok(None)
    }

    fn review_entries(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<ReviewEntry>> {
        let rows = tx.entries(dossier, false, MOST, 0)?;
        let mut pasts = pasts(&rows);
        let mut printed = BTreeMap::new();
        for row in &rows {
            printed.insert(row.id, self.prints(tx, actor, row)?);
        }
        let views = self.entry_views(tx, actor, rows)?;
        let review = |entry: crate::views::EntryView| ReviewEntry {
            printed: printed.get(&entry.id).copied().unwrap_or(false),
            on_file: pasts.remove(&entry.id).unwrap_or_default(),
            role: entry.role,
            proof: None,
            entry,
        };
        Ok(views.into_iter().map(review).collect())
    }

    fn other_party(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (file, between): (Option<&DossierRow>, Option<&DossierRow>),
    ) -> Result<Option<NodeName>> {
        if let Some(row) = between {
            let nodes: Vec<NodeName> = crate::codec::names(&row.nodes);
            return Ok(nodes.into_iter().find(|node| *node != self.inner.me));
        }
        match file {
            Some(row) => Ok(self.reported(tx, actor, row.id)?.party),
            None => Ok(None),
        }
    }

    fn duties_with(&self, tx: &dyn Read, party: Option<&NodeName>) -> Result<Option<Inform>> {
        let terms = self.terms_with(tx, party)?;
        Ok(terms.and_then(|(_, terms)| terms.inform.clone()))
    }

    /// Whether the charter with any partner has the duties.
    pub(crate) fn informs(&self, tx: &dyn Read) -> Result<bool> {
        for partner in tx.partners()? {
            if self.duties_with(tx, Some(&partner.node))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How a file stands, for the page of its dossier; nothing for other dossiers.
    pub(crate) fn duty_head(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
    ) -> Result<Option<DutyHead>> {
        if row.kind != duty::NAME {
            return Ok(None);
        }
        let party = self.reported(tx, actor, row.id)?.party;
        Ok(Some(DutyHead {
            state: self.duty_state(tx, actor, row.id)?,
            in_charter: self.duties_with(tx, party.as_ref())?.is_some(),
            decides: self.may_in(actor, Action::Decide, row),
            party,
        }))
    }

    /// What waits for a magistrate: decisions owed, decisions to carry out, days that have come, and observations whose time is over.
    pub(crate) fn duty_tasks(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
    ) -> Result<Vec<DutyTask>> {
        let mut tasks = Vec::new();
        for row in self.open_files(tx, actor)? {
            let state = self.duty_state(tx, actor, row.id)?;
            if state.waits()
                && let Some(dossier) = showing.line(&row)?
            {
                tasks.push(DutyTask {
                    since: Instant(row.opened_ms),
                    dossier,
                    state: Some(state),
                    over: None,
                });
            }
        }
        for over in self.times_over(actor, showing)? {
            let row = tx.dossier(over.dossier)?.ok_or(AppError::NotFound)?;
            if let Some(dossier) = showing.line(&row)? {
                tasks.push(DutyTask {
                    since: over.due.unwrap_or(over.asked),
                    dossier,
                    state: None,
                    over: Some(over),
                });
            }
        }
        Ok(tasks)
    }

    fn open_files(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let mine = self.sees(actor);
        let filter = DossierFilter {
            kind: Some(duty::NAME.to_owned()),
            phase: Some(entente_core::codes::Phase::Open),
            services: mine.services,
            among: mine.among,
            limit: FILES,
            ..DossierFilter::default()
        };
        Ok(tx.dossiers(&filter)?)
    }

    /// Observations that we await and whose time is over: to carry on is offered, and nothing more.
    fn times_over(&self, actor: &Actor, showing: &mut Showing<'_>) -> Result<Vec<ObligationView>> {
        if !self.sees_kind(actor, proceedings::NAME) {
            return Ok(Vec::new());
        }
        let purpose = entente_core::codes::Purpose::Justice;
        let filter = ObligationFilter {
            creditor_node: Some(self.inner.me.clone()),
            open: Some(true),
            turn: Some(Side::Debtor),
            ask: Some(Ask::Answer),
            due_before_ms: Some(self.now().0),
            visible_to: actor.services.clone(),
            among: Some(vec![(proceedings::NAME.to_owned(), purpose)]),
            limit: FILES,
            ..ObligationFilter::default()
        };
        let mut out = showing.obligations(actor, &filter)?;
        let carries_on = |ob: &ObligationView| {
            ob.offers
                .iter()
                .any(|e| e.name == proceedings::CARRY_ON.name)
        };
        out.retain(carries_on);
        Ok(out)
    }
}

/// Of each entry all that stands before it in causal order, in the order of the rows.
fn pasts(rows: &[EntryRow]) -> BTreeMap<EntryId, Vec<EntryId>> {
    let after = |row: &EntryRow| {
        let header = Header::from_bytes(&row.header);
        header.map(|header| header.after).unwrap_or_default()
    };
    let parents: BTreeMap<EntryId, Vec<EntryId>> =
        rows.iter().map(|row| (row.id, after(row))).collect();
    let past = |row: &EntryRow| {
        let mut seen: BTreeSet<EntryId> = BTreeSet::new();
        let mut next = parents.get(&row.id).cloned().unwrap_or_default();
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(parents.get(&id).into_iter().flatten().copied());
            }
        }
        let known = rows.iter().map(|other| other.id);
        (row.id, known.filter(|id| seen.contains(id)).collect())
    };
    rows.iter().map(past).collect()
}
