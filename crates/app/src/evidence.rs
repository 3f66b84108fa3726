//! Evidence kept against a partner: what contradicts itself under its own signature, or could not be verified (invariant 4).
//!
//! What comes from a partner must not fill the disk: the newest of each are kept, the first of each sort, and always what stopped
//! the link.

use crate::App;
use crate::apply::Judged;
use crate::codec::{encode, number};
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::people::administers;
use crate::restart::RESTARTED;
use entente_core::ids::NodeName;
use entente_core::instant::Span;
use entente_link::Evidence;
use entente_store::{EntryRow, EvidenceRow, Read, StoreExt, Write};
use minicbor::bytes::ByteVec;

/// Pieces of evidence kept against one partner, besides the first of each sort and what stopped the link.
const KEEP: u32 = 200;
/// Entries looked through for the other of two that contradict each other, newest first; beyond it the newer one is kept alone.
const LOOK_THROUGH: u32 = 2_000;
/// So often a day, against one partner: whoever forks again and again does not make us look again and again.
const LOOKS_A_DAY: usize = 8;
/// Pieces of evidence among which the same one is not kept again.
const LATELY: u32 = 20;
/// Pieces of evidence looked at to count them.
const KEPT_LATELY: u32 = 16;
/// Entries read in one go while looking.
const PAGE: u32 = 500;

/// So often a partner may fork its lanes: each fork costs every later entry of ours a line of its past for ever.
const FORKS: u64 = 64;
/// The name of the evidence that lanes were forked more often.
const LANES_FORKED: &str = "lanes-forked";

/// The name of a node's two entries with one number.
pub(crate) const EQUIVOCATION: &str = "equivocation";

/// The name of people's word that a link may go on.
pub(crate) const ALARM_LIFTED: &str = "alarm-lifted";
/// What stops a link, and people's word that it may go on: kept for ever.
const LASTING: [&str; 6] = [
    "fork",
    "rollback",
    "own-register-behind",
    LANES_FORKED,
    ALARM_LIFTED,
    RESTARTED,
];
/// Characters of the reason for it.
const LONGEST_REASON: usize = 300;

impl App {
    /// Keeps evidence; contradicting signatures stop the link until people decide, an unverifiable connection may be a passing
    /// fault of the way.
    pub(crate) fn keep_evidence(
        &self,
        partner: &NodeName,
        what: &str,
        evidence: Vec<u8>,
    ) -> Result<()> {
        let (app, partner, what) = (self.clone(), partner.clone(), what.to_owned());
        self.inner.store.update("evidence", move |tx| {
            app.keep_evidence_in(tx, &partner, &what, &evidence)
        })?;
        self.told();
        Ok(())
    }

    /// Keeps what a partner shows on every connection once.
    pub(crate) fn keep_once(&self, partner: &NodeName, what: &str, bytes: Vec<u8>) -> Result<()> {
        let known = self.inner.store.view("evidence", |tx| {
            let newest = tx.evidence(partner, LATELY)?;
            let mut same = newest.iter().filter(|e| e.what == what);
            Ok::<_, AppError>(same.any(|e| e.evidence == bytes))
        })?;
        match known {
            true => Ok(()),
            false => self.keep_evidence(partner, what, bytes),
        }
    }

    /// The same within a transaction.
    pub(crate) fn keep_evidence_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        what: &str,
        evidence: &[u8],
    ) -> Result<()> {
        let row = self.evidence_row(partner, what, evidence);
        tx.insert_evidence(&row)?;
        tx.prune_evidence(partner, KEEP)?;
        if let Some(mut partner) = tx.partner(partner)?.filter(|_| row.stops) {
            partner.stopped = true;
            tx.put_partner(&partner)?;
        }
        Ok(())
    }

    /// Stops the link with a partner that forked its lanes too often; nothing of the batch that did so was stored.
    pub(crate) fn stop_for_forks(&self, partner: &NodeName) -> Result<()> {
        self.keep_evidence(partner, LANES_FORKED, too_many())
    }

    fn evidence_row(&self, partner: &NodeName, what: &str, evidence: &[u8]) -> EvidenceRow {
        EvidenceRow {
            partner: partner.clone(),
            at_ms: self.now().0,
            what: what.to_owned(),
            evidence: evidence.to_vec(),
            stops: LASTING.contains(&what),
        }
    }

    /// Whether a partner forked its lanes too often: then nothing of it is stored or judged any more.
    pub(crate) fn forked_too_often(&self, tx: &dyn Read, partner: &NodeName) -> Result<bool> {
        Ok(forks(tx, partner)? > FORKS)
    }

    /// A link may go on, by a word of people that is kept under this name: forks are counted anew.
    pub(crate) fn lift_alarm(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (what, word): (&str, &[u8]),
    ) -> Result<()> {
        let mut row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
        row.stopped = false;
        tx.put_partner(&row)?;
        tx.set_setting(&forks_key(partner), &0u64.to_be_bytes())?;
        Ok(tx.insert_evidence(&self.evidence_row(partner, what, word))?)
    }

    /// Lifts the alarm that stopped a link, once people spoke. The reason is kept for ever beside what stopped it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner, [`AppError::Input`] without a reason, [`AppError::Link`] if no alarm stopped the
    /// link.
    pub fn resume_link(&self, partner: &NodeName, reason: &str) -> Result<()> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Err(InputFault::Reason {
                most: LONGEST_REASON,
            }
            .into());
        }
        let (app, node) = (self.clone(), partner.clone());
        self.inner.store.update("resume_link", move |tx| {
            if !tx.partner(&node)?.ok_or(AppError::NotFound)?.stopped {
                return Err(LinkFault::NotStopped.into());
            }
            app.lift_alarm(tx, &node, (ALARM_LIFTED, reason.as_bytes()))?;
            app.record_access(tx, &administers("resume_link", node.as_str()))
        })?;
        self.told();
        self.wake(partner);
        Ok(())
    }

    /// Notes how far a lane goes. An entry that began a branch has a number that another entry of its author has as well:
    /// both headers are kept as evidence. The exchange goes on, since each of them is judged from its own past all the same; but
    /// every branch makes what follows heavier, so that too many of them stop the link like a forked register.
    pub(crate) fn watch_lane(&self, tx: &mut dyn Write, entry: &Judged<'_>) -> Result<()> {
        let (row, header) = (entry.row, entry.header);
        if !entry.causal.counts(header) {
            return Ok(());
        }
        let lane = encode(&entry.causal.lane(header));
        tx.set_lane_top(row.dossier, &lane, header.seq)?;
        if entry.causal.branch != Some(row.id) || header.node() == self.inner.me {
            return Ok(());
        }
        let forks = forks(tx.as_read(), &header.node())? + 1;
        if forks == FORKS + 1 {
            self.keep_evidence_in(tx, &header.node(), LANES_FORKED, &too_many())?;
        }
        tx.set_setting(&forks_key(&header.node()), &forks.to_be_bytes())?;
        let mut headers = vec![ByteVec::from(row.header.clone())];
        if self.may_look(tx.as_read(), &header.node())? {
            headers.extend(twin(tx, row)?.map(ByteVec::from));
        }
        self.keep_evidence_in(tx, &header.node(), EQUIVOCATION, &encode(&headers))
    }

    /// Whether the other of two entries may be looked for: by what was kept lately, which counts also what was looked for in vain.
    fn may_look(&self, tx: &dyn Read, partner: &NodeName) -> Result<bool> {
        let since = (self.now() - Span::hours(24)).0;
        let lately = tx.evidence(partner, KEPT_LATELY)?;
        let looks = lately
            .iter()
            .filter(|e| e.what == EQUIVOCATION && e.at_ms > since);
        Ok(looks.count() < LOOKS_A_DAY)
    }
}

fn forks_key(partner: &NodeName) -> String {
    format!("forked-lanes/{partner}")
}

fn forks(tx: &dyn Read, partner: &NodeName) -> Result<u64> {
    Ok(number(tx, &forks_key(partner))?.unwrap_or(0))
}

/// What is kept of lanes forked too often.
fn too_many() -> Vec<u8> {
    (FORKS + 1).to_be_bytes().to_vec()
}

/// The header of the other entry with the same author, audience and number.
fn twin(tx: &mut dyn Write, row: &EntryRow) -> Result<Option<Vec<u8>>> {
    let place = |header: &[u8]| {
        let header = entente_core::header::Header::from_bytes(header).ok()?;
        Some((header.node(), header.audience, header.seq))
    };
    let wanted = place(&row.header);
    let mut offset = 0;
    while offset < LOOK_THROUGH {
        let page = tx.entries(row.dossier, true, PAGE, offset)?;
        let other = |e: &&EntryRow| e.id != row.id && place(&e.header) == wanted;
        if let Some(found) = page.iter().find(other) {
            return Ok(Some(found.header.clone()));
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            break;
        }
        offset += PAGE;
    }
    Ok(None)
}

/// The name under which a contradiction that the session found is kept.
pub(crate) fn evidence_name(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Fork { .. } => "fork",
        Evidence::Rollback { .. } => "rollback",
        Evidence::Tampered { .. } => "tampered",
    }
}
