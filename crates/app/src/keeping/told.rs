//! What our node said, by the entry `expired`, to be destroyed: whether that is about an entry, what it answers of a partner's request, and
//! what it destroys again where it is heard after a restore.

use super::{Kept, began_of, is_evidence_of};
use crate::App;
use crate::codec::{by_pages, cell, header_of};
use crate::error::{AppError, Result};
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, ObligationId};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Causal, Seen};
use entente_core::kinds;
use entente_core::kinds::erasure::ASK_ERASURE;
use entente_core::kinds::keeping::EXPIRED;
use entente_store::{BodyState, EntryRow, ObligationFilter, Read, StoreExt, WAITING, Write};
use std::ops::ControlFlow;

/// So far apart may be what two nodes say of one month: each looks once an hour, and may be away for a while.
const APART: Span = Span::days(7);

/// What our node said to be destroyed: by each word what it knew then, until some moment.
pub(super) struct Told {
    words: Vec<(Seen, Instant)>,
    each: bool,
}

impl Told {
    /// Whether an entry goes, or went, and no word says so.
    pub(super) fn lacks(&self, row: &EntryRow, header: Option<&Header>) -> Result<bool> {
        let read = matches!(row.body, BodyState::Here | BodyState::Erased);
        let content = read && row.verdict != WAITING && !is_evidence_of(row);
        Ok(content && !self.covers(row, header)?)
    }

    /// Whether one of the words is about an entry. Where each has a day of its own, a word is about those that began before its moment:
    /// what it knew of and was not due yet stayed, and is told when it goes.
    fn covers(&self, row: &EntryRow, header: Option<&Header>) -> Result<bool> {
        let Some(header) = header else {
            return Ok(!self.words.is_empty());
        };
        let causal: Causal = cell(&row.causal, "entry", "causal")?;
        let lane = causal.lane(header);
        let began = began_of(row);
        let mut words = self.words.iter();
        Ok(words.any(|(seen, before)| {
            seen.contains(&lane, header.seq) && (!self.each || began <= *before)
        }))
    }
}

impl App {
    /// What our node said to be destroyed.
    pub(super) fn told_of(&self, tx: &dyn Read, kept: &Kept) -> Result<Told> {
        let mut words = Vec::new();
        for (id, node, before) in &kept.said.expired {
            if let Some(row) = tx.entry(*id)?.filter(|_| *node == self.inner.me) {
                let causal: Causal = cell(&row.causal, "entry", "causal")?;
                words.push((causal.seen, *before));
            }
        }
        let each = kept.kind.keeps.each;
        Ok(Told { words, each })
    }

    /// Whether something went, or came, that our node has not said yet to be destroyed.
    pub(super) fn has_untold(&self, tx: &dyn Read, kept: &Kept, now: Instant) -> Result<bool> {
        let told = self.told_of(tx, kept)?;
        let untold = by_pages(tx, kept.row.id, |rows| {
            for row in rows.iter().filter(|row| kept.passed(row, now)) {
                let header = Header::from_bytes(&row.header).ok();
                if told.lacks(row, header.as_ref())? {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        Ok(untold?.is_some())
    }

    /// Answers what partners' nodes asked by the same rule, where ours destroyed what it held too. What an officer asked, an officer
    /// attests: only they know of copies outside the node.
    pub(super) fn answer_expired(&self) -> Result<()> {
        let filter = ObligationFilter {
            debtor_node: Some(self.inner.me.clone()),
            ask: Some(Ask::Erase),
            open: Some(true),
            ..ObligationFilter::default()
        };
        let asked = self.inner.store.view("asked_by_rule", |tx| {
            let mut asked = Vec::new();
            for ob in tx.obligations(&filter)? {
                asked.extend(self.answers(tx, ob.dossier, ob.id)?);
            }
            Ok::<_, AppError>(asked)
        })?;
        for (dossier, target) in asked {
            let app = self.clone();
            let queued = self.inner.store.update("answer_expired", move |tx| {
                let still = app.answers(tx.as_read(), dossier, target)?;
                let open = tx.obligation(target)?.is_some_and(|ob| ob.state.is_open());
                let kept = app.kept_of(tx.as_read(), dossier)?;
                let (Some(kept), true) = (kept, still.is_some() && open) else {
                    return Ok::<_, AppError>(Vec::new());
                };
                let words = kept.said.expired.iter();
                let own = words.filter(|(_, node, _)| *node == app.inner.me);
                let before = own.map(|(_, _, before)| *before).max();
                let said = (Values::default(), before.unwrap_or(app.now()));
                let by = app.keeper(&kept);
                let recorded = app.record_expired(tx, (&by, dossier), said, Some(target))?;
                Ok(recorded.1)
            })?;
            self.announce_in(dossier, &queued);
        }
        Ok(())
    }

    /// Whether our node's word answers a request: the node that asked says the same of itself, by the same hand, and so does ours.
    fn answers(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        target: ObligationId,
    ) -> Result<Option<(DossierId, ObligationId)>> {
        let said = self.said_of_keeping(tx, dossier)?;
        let Some(asking) = header_of(tx, target.entry)?.filter(|h| h.kind == ASK_ERASURE.name)
        else {
            return Ok(None);
        };
        let (mut ours, mut theirs) = (None, None);
        for (id, node, before) in &said.expired {
            if *node == self.inner.me {
                ours = ours.max(Some(*before));
            }
            let by = header_of(tx, *id)?.map(|header| header.author);
            let same = by.is_some_and(|by| {
                by.node() == asking.node() && by.officer == asking.author.officer
            });
            if same {
                theirs = theirs.max(Some(*before));
            }
        }
        let kind = tx.dossier(dossier)?.and_then(|row| kinds::find(&row.kind));
        let each = kind.is_some_and(|kind| kind.keeps.each);
        let both = match (ours, theirs) {
            // Each month has its words: that of an earlier one answers nothing.
            (Some(ours), Some(theirs)) => !each || ours + APART >= theirs,
            _ => false,
        };
        let able = !self.unknown_to_others(tx, &EXPIRED, dossier)?;
        Ok((both && able).then_some((dossier, target)))
    }

    /// Our node's word that it destroyed what it held destroys what is here of that: a node that was put back to a backup hears it from
    /// its partner, and holds again what it had destroyed.
    pub(crate) fn expired(
        &self,
        tx: &mut dyn Write,
        entry: &crate::apply::Judged<'_>,
        before: Instant,
    ) -> Result<()> {
        if entry.header.node() != self.inner.me {
            return Ok(());
        }
        let dossier = entry.row.dossier;
        let mut gone = Vec::new();
        let here = |row: &&EntryRow| {
            row.body == BodyState::Here && row.id != entry.row.id && !is_evidence_of(row)
        };
        by_pages(tx.as_read(), dossier, |rows| {
            for row in rows.iter().filter(here) {
                // Its author's time: a node that was put back to a backup received it anew, and what was destroyed is not to come back.
                let dated = Instant(row.at_ms) <= before;
                if dated && self.is_foreign_in(row, &entry.causal.seen)? {
                    gone.push(row.id);
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        for id in gone {
            self.erase_here(tx, dossier, id)?;
        }
        Ok(())
    }

    /// Whether another node wrote an entry, within a past; what cannot be read is of nobody's.
    fn is_foreign_in(&self, row: &EntryRow, past: &Seen) -> Result<bool> {
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(true);
        };
        let causal: Causal = cell(&row.causal, "entry", "causal")?;
        let known = past.contains(&causal.lane(&header), header.seq);
        Ok(known && header.node() != self.inner.me)
    }
}
