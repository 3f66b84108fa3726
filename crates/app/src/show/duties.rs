//! Duties to inform, shown: what waits for a magistrate, how a file stands, and all of it for judicial review.
//!
//! A review draws on the magistrate's file and on the dossier between the two authorities, each only as far as the reader may see it and read
//! what is in it. Nothing is left out that they may see, corrections and what was erased included: who wrote it, in which function, when, and
//! what was on file at that moment.

use super::Showing;
use super::entry::{Proved, Which};
use crate::access::{AccessRecord, Operation, Taken};
use crate::charter::regular;
use crate::codec::{all_dossiers, all_of, by_pages};
use crate::error::{AppError, Result};
use crate::reasons::Why;
use crate::views::{
    DutyFile, DutyHead, DutyState, DutyTask, EntryView, ObligationView, ReviewEntry, ReviewView,
    decides,
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
use std::ops::ControlFlow;

/// Most entries of a dossier that a review has: what each decision had on file is kept for all of them.
const PAPERS: usize = 5_000;
/// Most files that the front page looks at.
const FILES: u32 = 50;

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
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "review").within(dossier, why))?;
        self.inner
            .store
            .view("review", |tx| self.review_of(tx, actor, dossier))
    }

    /// The same to take out, with the offline proof of each entry that the other side holds and that may be taken out: one export, recorded once
    /// all of it is there to be given out. Where a reason is asked nothing is recorded, since nothing is given.
    ///
    /// # Errors
    /// As [`App::review`].
    pub fn review_file(&self, actor: &Actor, dossier: DossierId) -> Result<ReviewView> {
        let entered = self.looks_into(actor, dossier)?;
        let (view, taking) = self.inner.store.view("review_file", |tx| {
            let mut view = self.review_of(tx, actor, dossier)?;
            let mut taking = Taking::of(&view, entered);
            for one in &mut view.entries {
                if let Some(proved) = self.proved_for_review(tx, actor, &one.entry)? {
                    one.proof = Some(proved.bundle.armour());
                    taking.add(proved, dossier);
                }
            }
            Ok::<_, AppError>((view, taking))
        })?;
        // By which permissions it goes out is on record before it does.
        for (by, within, why) in taking.permitted {
            self.noted_permission(actor, by, (within, why))?;
        }
        let record = AccessRecord {
            taken: Some(taking.taken),
            dossiers: taking.others,
            ..AccessRecord::by(actor, Operation::Export, "review_file")
        };
        self.noted(record.within(dossier, taking.why))?;
        Ok(view)
    }

    /// The proof of an entry; none of what nobody received, and of what is held back.
    fn proved_for_review(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry: &EntryView,
    ) -> Result<Option<Proved>> {
        if !entry.rights.export {
            return Ok(None);
        }
        match self.proof_in(tx, actor, (entry.id, Which::First)) {
            Ok(proved) => Ok(Some(proved)),
            Err(AppError::Link(_) | AppError::Condition(_) | AppError::Forbidden) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn review_of(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<ReviewView> {
        let row = self.visible(tx, actor, dossier)?;
        if !kinds::is_of_duties(&row.kind) {
            return Err(AppError::NotFound);
        }
        let (file, between) = self.both_parts(tx, actor, &row)?;
        let mut showing = Showing::new(self, tx);
        let rows: Vec<&DossierRow> = file.iter().chain(&between).collect();
        let (mut entries, mut drawn, mut left_out) = (Vec::new(), Vec::new(), 0);
        for row in &rows {
            drawn.extend(showing.line(row)?);
            let (of_row, beyond) = self.review_entries(tx, actor, row.id)?;
            entries.extend(of_row);
            left_out += beyond;
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
            left_out,
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

    /// The first entries of a dossier, and how many there are beyond.
    fn review_entries(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<(Vec<ReviewEntry>, u64)> {
        let (mut rows, mut views, mut beyond) = (Vec::new(), Vec::new(), 0_u64);
        let mut printed = BTreeMap::new();
        let ended: Option<()> = by_pages(tx, dossier, |mut page| {
            let rest = page.split_off(page.len().min(PAPERS.saturating_sub(rows.len())));
            beyond += rest.iter().map(|_| 1).sum::<u64>();
            rows.extend(page.iter().cloned());
            for row in &page {
                printed.insert(row.id, self.prints(tx, actor, row)?);
            }
            views.extend(self.entry_views(tx, actor, page)?);
            tx.let_go()?;
            Ok(ControlFlow::Continue(()))
        })?;
        debug_assert!(ended.is_none());
        let decisions = views.iter().filter(|view| decides(view.entry_type));
        let mut pasts = pasts(&rows, &decisions.map(|view| view.id).collect());
        let review = |entry: EntryView| ReviewEntry {
            printed: printed.get(&entry.id).copied().unwrap_or(false),
            on_file: pasts.remove(&entry.id).unwrap_or_default(),
            role: entry.role,
            proof: None,
            entry,
        };
        Ok((views.into_iter().map(review).collect(), beyond))
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

/// What an export of a review leaves on record.
struct Taking {
    /// Every entry of it.
    taken: Taken,
    /// The dossiers that it draws on beside the one that was asked for.
    others: Vec<String>,
    /// Why it may be taken out.
    why: Why,
    /// The permissions by which proofs go out.
    permitted: Vec<(EntryId, DossierId, Why)>,
}

impl Taking {
    fn of(view: &ReviewView, why: Why) -> Self {
        let drawn = view.drawn.iter().map(|line| line.id);
        let others = drawn.filter(|id| *id != view.dossier.id);
        Self {
            taken: Taken::of(&view.entries.iter().map(|one| one.entry.id).collect()),
            others: others.map(|id| id.to_string()).collect(),
            why,
            permitted: Vec::new(),
        }
    }

    fn add(&mut self, proved: Proved, asked: DossierId) {
        let (dossier, why) = (proved.dossier, proved.why);
        let by = proved.permitted.into_iter();
        self.permitted.extend(by.map(|by| (by, dossier, why)));
        if dossier == asked {
            self.why = why;
        }
    }
}

/// Of each of these entries all that stands before it in causal order, in the order of the rows.
fn pasts(rows: &[EntryRow], of: &BTreeSet<EntryId>) -> BTreeMap<EntryId, Vec<EntryId>> {
    let places: BTreeMap<EntryId, usize> = rows.iter().map(|row| row.id).zip(0..).collect();
    // One bit for each row: rows stand after all that they follow, so that what a parent follows is known by then.
    let mut past: Vec<Vec<u64>> = Vec::with_capacity(rows.len());
    for row in rows {
        let header = Header::from_bytes(&row.header);
        let after = header.map(|header| header.after).unwrap_or_default();
        let mut bits = vec![0_u64; past.len().div_ceil(64)];
        for parent in after.iter().filter_map(|id| places.get(id)) {
            let known = past.get(*parent).map_or(&[][..], Vec::as_slice);
            for (to, from) in bits.iter_mut().zip(known) {
                *to |= from;
            }
            if let Some(word) = bits.get_mut(parent / 64) {
                *word |= 1 << (parent % 64);
            }
        }
        past.push(bits);
    }
    let named = |bits: &Vec<u64>| {
        let known = rows.iter().zip(0_usize..);
        let known = known.take(bits.len() * 64);
        let in_it = |at: usize| {
            bits.get(at / 64)
                .is_some_and(|word| word >> (at % 64) & 1 == 1)
        };
        known
            .filter(|(_, at)| in_it(*at))
            .map(|(row, _)| row.id)
            .collect()
    };
    let all = rows.iter().map(|row| row.id).zip(&past);
    all.filter(|(id, _)| of.contains(id))
        .map(|(id, bits)| (id, named(bits)))
        .collect()
}
