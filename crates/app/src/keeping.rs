//! How long contents are kept here (FIELD B5, `core::keeping`): when each dossier is due for review, announced long before; what is erased
//! when the day passes and nobody decided; what stops that.
//!
//! A review is an overlay of our own node: the row of table `review` is worked out from headers by a job, an hour after the facts changed at
//! the latest, and can be thrown away. Reminders are read from it, never stored. What decides is signed: prolongations, holds, erasures.

mod again;
mod beside;
mod clock;
mod expire;
mod told;

pub(crate) use expire::{KEEPER, keeper_called};

use crate::App;
use crate::codec::{by_pages, config_of, names};
use crate::error::{AppError, Result};
use crate::relations::Tie;
use entente_core::act::Act;
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Phase};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::Verdict;
use entente_core::keeping::{Because, Facts, Prolongation, Said, began, due, due_because};
use entente_core::kind::Kind;
use entente_core::kinds;
use entente_core::kinds::erasure::{ASK_ERASURE, ATTEST_ERASURE, ERASE};
use entente_core::kinds::keeping::EXPIRED;
use entente_core::kinds::weight::OFFICER_SIGNATURE;
use entente_store::{
    BodyState, DossierRow, EntryRow, ObligationFilter, Read, RelationRow, ReviewFilter, ReviewRow,
    StoreExt, WAITING, Write,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

/// How entries that say something about keeping stand to the opening of their dossier, among the relations of entries.
const KEEPS: u8 = Tie::Keeps.number();
/// Rows looked at in one go.
const PAGE: u32 = 500;
/// Dossiers whose review is worked out in one transaction.
const PORTION: u32 = 400;
/// So many of these in one run: after an upgrade, a large node needs some days, which no review is away.
const PORTIONS: u32 = 50;
/// A day in UTC: reviews fall on whole ones.
const DAY_MS: i64 = 86_400_000;
/// Where each entry has a day of its own, they go together once in so many days.
const TOGETHER_MS: i64 = 28 * DAY_MS;

/// When people are told of a review, and how long after it the node waits before it erases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepingSettings {
    /// So long before the day it is announced to the services that work on the dossier.
    pub remind: Span,
    /// So long before the day it is pressing.
    pub press: Span,
    /// So long after the day, and after it was announced, it is erased.
    pub grace: Span,
}

impl Default for KeepingSettings {
    fn default() -> Self {
        Self {
            remind: Span::days(30),
            press: Span::days(7),
            grace: Span::days(14),
        }
    }
}

/// Why contents that are due stay for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stays {
    /// Something is owed that needs them: nothing asked goes unanswered.
    Owed,
    /// They are held.
    Held,
    /// They were released into a dossier that goes on.
    Released,
}

/// A dossier as its keeping sees it.
pub(crate) struct Kept {
    pub(crate) row: DossierRow,
    pub(crate) kind: &'static Kind,
    pub(crate) terms: Option<Arc<Terms>>,
    pub(crate) said: Said,
    pub(crate) facts: Facts,
}

impl Kept {
    /// The day of the review.
    fn due(&self) -> Instant {
        self.due_because().0
    }

    /// The same, with what sets it.
    pub(crate) fn due_because(&self) -> (Instant, Because) {
        self.day_of(&self.facts)
    }

    /// The day that follows from facts: the end of a whole one, in UTC.
    fn day_of(&self, facts: &Facts) -> (Instant, Because) {
        let (due, because) = due_because(&self.kind.keeps, self.terms.as_deref(), facts);
        let whole = match self.kind.keeps.each {
            true => TOGETHER_MS,
            false => DAY_MS,
        };
        let end = due.0.saturating_add(whole - 1).div_euclid(whole) * whole;
        (Instant(end), because)
    }

    /// Whether what it held was erased before: what came since has a term from then on, and no day that follows from headers.
    pub(crate) fn was_erased(&self, me: &NodeName) -> bool {
        let mut words = self.said.expired.iter();
        !self.kind.keeps.each && words.any(|(_, node, _)| node == me)
    }

    /// The day of the next review, as seen now.
    fn next(&self, me: &NodeName, now: Instant) -> Instant {
        match self.due() {
            passed if passed <= now && self.was_erased(me) => self.a_term_from(now),
            due => due,
        }
    }

    /// The end of the day a term from now.
    fn a_term_from(&self, now: Instant) -> Instant {
        let facts = Facts {
            began: now,
            ..Facts::default()
        };
        self.day_of(&facts).0
    }

    /// Whether an entry's own day has passed by `now`: in most kinds, the dossier's.
    fn passed(&self, row: &EntryRow, now: Instant) -> bool {
        if !self.kind.keeps.each {
            return true;
        }
        self.passed_of(began_of(row), now)
    }

    /// Whether the day of what began then has passed by `now`, where each entry has its own.
    fn passed_of(&self, began: Instant, now: Instant) -> bool {
        let facts = Facts {
            began,
            ..self.facts.clone()
        };
        due(&self.kind.keeps, self.terms.as_deref(), &facts) <= now
    }
}

pub(crate) fn began_of(row: &EntryRow) -> Instant {
    began(Instant(row.at_ms), Instant(row.here_ms))
}

/// Whether an entry is evidence of an erasure and stays. What a partner only calls so, and has no effect, is content like any other.
pub(crate) fn is_evidence_of(row: &EntryRow) -> bool {
    is_evidence(&row.kind) && row.verdict == Verdict::Regular.number()
}

/// Whether an entry is here to be read, and to go at the end of its term.
fn is_content(row: &EntryRow) -> bool {
    row.body == BodyState::Here && row.verdict != WAITING && !is_evidence_of(row)
}

/// Whether entries of this type are evidence of erasures.
pub(crate) fn is_evidence(kind: &str) -> bool {
    let evidence = [
        &ERASE,
        &ASK_ERASURE,
        &ATTEST_ERASURE,
        &EXPIRED,
        &OFFICER_SIGNATURE,
    ];
    evidence.iter().any(|entry| entry.name == kind)
}

impl App {
    /// Notes what a regular entry says of keeping its dossier. What changes the day here lets it be worked out and announced again.
    pub(crate) fn note_keeping(
        &self,
        tx: &mut dyn Write,
        (row, header): (&EntryRow, &Header),
        act: &Act,
    ) -> Result<()> {
        tx.insert_relation(&RelationRow {
            entry: row.id,
            from: row.id,
            to: row.dossier.opening(),
            to_dossier: row.dossier,
            relation: KEEPS,
        })?;
        let changes = match act {
            // Each state reviews for itself.
            Act::Keep { .. } => header.node() == self.inner.me,
            Act::Expired { .. } => false,
            _ => true,
        };
        match changes {
            true => Ok(tx.drop_review(row.dossier)?),
            false => Ok(()),
        }
    }

    /// What the entries of a dossier say of keeping it.
    pub(crate) fn said_of_keeping(&self, tx: &dyn Read, dossier: DossierId) -> Result<Said> {
        self.said_by(tx, dossier, &self.inner.me)
    }

    /// The same, with the prolongations of one node.
    fn said_by(&self, tx: &dyn Read, dossier: DossierId, node: &NodeName) -> Result<Said> {
        let mut found = Vec::new();
        for relation in tx.relations(dossier.opening())? {
            if relation.relation != KEEPS || relation.to != dossier.opening() {
                continue;
            }
            let row = tx.entry(relation.entry)?;
            let regular = row.filter(|row| row.verdict == Verdict::Regular.number());
            found.extend(regular.and_then(|row| {
                let header = Header::from_bytes(&row.header).ok()?;
                Some((row.id, Instant(row.here_ms), header))
            }));
        }
        let entries = found.iter().map(|(id, here, header)| (*id, *here, header));
        Ok(Said::of(node, entries))
    }

    /// A dossier as its keeping sees it; none of a kind that this program does not know.
    pub(crate) fn kept_of(&self, tx: &dyn Read, dossier: DossierId) -> Result<Option<Kept>> {
        let Some(row) = tx.dossier(dossier)? else {
            return Ok(None);
        };
        let Some(kind) = kinds::find(&row.kind) else {
            return Ok(None);
        };
        let config = config_of(tx, dossier)?.ok_or(AppError::NotFound)?;
        let terms = self.terms_of_dossier(tx, dossier, &config)?;
        let said = self.said_of_keeping(tx, dossier)?;
        let first = match kind.keeps.each {
            true => self.first_readable(tx, dossier)?,
            false => tx.entry(dossier.opening())?,
        };
        let facts = Facts {
            began: first.as_ref().map_or(self.now(), began_of),
            closed: closed(tx, &row)?,
            prolonged: said.prolonged.clone(),
        };
        Ok(Some(Kept {
            row,
            kind,
            terms: terms.map(|(_, terms)| terms),
            said,
            facts,
        }))
    }

    /// The day of the review that a prolongation leaves as it stood, since it names an earlier one; none of one that moves it.
    pub(crate) fn left_standing(
        &self,
        tx: &dyn Read,
        row: &EntryRow,
        header: &Header,
    ) -> Result<Option<Instant>> {
        let prolongs = |act: &&Act| matches!(act, Act::Keep { .. });
        let Some(Act::Keep { until, reason }) = header.acts.known.iter().find(prolongs) else {
            return Ok(None);
        };
        let Some(kept) = self.kept_of(tx, row.dossier)? else {
            return Ok(None);
        };
        // As it was when it was written: what came later changes nothing of what it did.
        let at = began_of(row);
        let mut prolonged = self.said_by(tx, row.dossier, &header.node())?.prolonged;
        prolonged.retain(|said| said.at < at);
        let mut facts = Facts {
            closed: kept.facts.closed.filter(|closed| *closed < at),
            prolonged,
            ..kept.facts
        };
        let stood = kept.day_of(&facts).0;
        facts.prolonged.push(Prolongation {
            at,
            until: *until,
            reason: *reason,
        });
        Ok((kept.day_of(&facts).0 == stood).then_some(stood))
    }

    /// The first entry that can still be read, in the order of the dossier.
    pub(crate) fn first_readable(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<Option<EntryRow>> {
        by_pages(tx, dossier, |rows| {
            let found = rows.into_iter().find(is_content);
            Ok(found.map_or(ControlFlow::Continue(()), ControlFlow::Break))
        })
    }

    /// Works out when dossiers are due whose facts changed, or the terms of their link; how many of the former.
    ///
    /// # Errors
    /// Storage only.
    pub fn work_out_reviews(&self) -> Result<u64> {
        self.review_some_again(PORTIONS)?;
        let mut count = 0;
        for _ in 0..PORTIONS {
            let app = self.clone();
            let done = self.inner.store.update("work_out_reviews", move |tx| {
                let dossiers = tx.unreviewed(PORTION)?;
                for dossier in &dossiers {
                    let due = match app.kept_of(tx.as_read(), *dossier)? {
                        Some(kept) => kept.next(&app.inner.me, app.now()),
                        // Of a kind that a later program knows: that one will review it.
                        None => app.now() + Span::days(28),
                    };
                    tx.put_review(&ReviewRow {
                        dossier: *dossier,
                        due_ms: due.0,
                        told_ms: 0,
                    })?;
                }
                Ok::<_, AppError>(dossiers.len())
            })?;
            count += u64::try_from(done).unwrap_or(u64::MAX);
            if done < PORTION as usize {
                break;
            }
        }
        Ok(count)
    }

    /// Notes of reviews that come near that people can see them from now on. Of a dossier that has nothing left to read nobody is told.
    fn announce_reviews(&self, now: Instant) -> Result<()> {
        let before_ms = (now + self.inner.oversight.keeping.remind).0;
        let mut after = None;
        loop {
            let filter = ReviewFilter {
                before_ms,
                after,
                limit: PORTION,
                ..ReviewFilter::default()
            };
            let (last, fresh) = self.inner.store.view("reviews_to_announce", |tx| {
                let rows = tx.reviews(&filter)?;
                let mut fresh = Vec::new();
                for row in rows.iter().filter(|row| row.told_ms == 0) {
                    fresh.extend(
                        self.announced_as(tx, row, now)?
                            .map(|next| (row.clone(), next)),
                    );
                }
                Ok::<_, AppError>((rows.last().map(|row| (row.due_ms, row.dossier)), fresh))
            })?;
            let Some(last) = last else {
                return Ok(());
            };
            after = Some(last);
            if fresh.is_empty() {
                continue;
            }
            self.inner.store.update("announce_reviews", move |tx| {
                for (row, next) in &fresh {
                    // Unless its facts changed meanwhile.
                    if tx.review(row.dossier)?.as_ref() == Some(row) {
                        tx.put_review(next)?;
                    }
                }
                Ok::<_, AppError>(())
            })?;
        }
    }

    /// A review that comes near, announced; where all was erased and told before, moved on to when what came since would be due. None
    /// where only our node's word is left to say, which nobody needs to be told of, or of a kind that a later program knows.
    fn announced_as(
        &self,
        tx: &dyn Read,
        row: &ReviewRow,
        now: Instant,
    ) -> Result<Option<ReviewRow>> {
        let Some(kept) = self.kept_of(tx, row.dossier)? else {
            return Ok(None);
        };
        let next = if self.first_readable(tx, row.dossier)?.is_some() {
            Some((row.due_ms, now.0))
        } else if self.has_untold(tx, &kept, now)? {
            None
        } else {
            Some((kept.a_term_from(now).0, 0))
        };
        Ok(next.map(|(due_ms, told_ms)| ReviewRow {
            dossier: row.dossier,
            due_ms,
            told_ms,
        }))
    }

    /// What of a dossier stays although its day has passed, and why.
    pub(crate) fn stays(&self, tx: &dyn Read, kept: &Kept, by_silence: bool) -> Result<Staying> {
        let mut staying = Staying::default();
        let open = ObligationFilter {
            dossier: Some(kept.row.id),
            open: Some(true),
            limit: PAGE,
            ..ObligationFilter::default()
        };
        let owed = tx.obligations(&open)?;
        // More than is looked through: then all of it stays.
        if owed.len() >= PAGE as usize {
            staying.all.insert(Stays::Owed);
        }
        for ob in owed {
            // What is asked is that it goes: that needs nothing of it.
            if ob.ask != Ask::Erase {
                match kept.kind.keeps.each {
                    true => self.stays_with(tx, kept, (ob.id.entry, Stays::Owed), &mut staying)?,
                    false => drop(staying.all.insert(Stays::Owed)),
                }
            }
        }
        for hold in kept.said.holding(self.now()) {
            // A decision of our own people passes over what another node holds: it holds its copy by its own law.
            if !by_silence && hold.node != self.inner.me {
                continue;
            }
            match hold.entry {
                Some(entry) => {
                    self.stays_with(tx, kept, (entry, Stays::Held), &mut staying)?;
                }
                None => drop(staying.all.insert(Stays::Held)),
            }
        }
        Ok(staying)
    }

    /// What stays takes along what stands beside it.
    fn stays_with(
        &self,
        tx: &dyn Read,
        kept: &Kept,
        (entry, why): (EntryId, Stays),
        staying: &mut Staying,
    ) -> Result<()> {
        let all = self.together(tx, kept.row.id, entry)?.into_iter();
        staying.entries.extend(all.map(|id| (id, why)));
        Ok(())
    }
}

/// What stays of a dossier whose day has passed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Staying {
    /// Why all of it does.
    pub(crate) all: BTreeSet<Stays>,
    /// Which entries do, and why.
    pub(crate) entries: BTreeSet<(EntryId, Stays)>,
}

impl Staying {
    /// Whether any of it stays for this reason.
    pub(crate) fn has(&self, why: Stays) -> bool {
        self.all.contains(&why) || self.entries.iter().any(|(_, its)| *its == why)
    }
    fn keeps(&self, entry: EntryId) -> bool {
        self.entries.iter().any(|(id, _)| *id == entry)
    }
}

/// When a dossier was closed, if it is.
fn closed(tx: &dyn Read, row: &DossierRow) -> Result<Option<Instant>> {
    if row.phase != Phase::Closed {
        return Ok(None);
    }
    let config = tx.latest_config(row.id)?;
    let closing = config.map(|config| tx.entry(config.entry)).transpose()?;
    Ok(closing.flatten().as_ref().map(began_of))
}

/// The service of ours that the node speaks for in a dossier: one that works on it, the first by name.
pub(crate) fn keeping_service(app: &App, row: &DossierRow) -> ServiceName {
    let working = names::<ServiceName>(&row.services);
    let ours = working.into_iter().find(|s| s.node() == app.inner.me);
    ours.unwrap_or_else(|| crate::record::liaison_of(&app.inner.me))
}
