//! Our register towards the partner: batches out, cosignatures in, a window of unreceipted batches between.

use super::{InBatch, OutBatch, Output, Stop, Terms};
use crate::error::{Bug, Deviation};
use crate::frame::{Batch, Cosignature, Frame, HeldClaim, Item};
use crate::limits;
use entente_proof::checkpoint::verify_checkpoint;
use entente_proof::cosign::{CosignError, verify_cosignature_line};
use entente_proof::digest::Digest;
use entente_proof::note::NoteError;
use std::collections::VecDeque;

/// A batch on the way, or what the partner's hello says it holds without a cosignature yet.
#[derive(Debug)]
struct InFlight {
    end: u64,
    root: Digest,
    note: String,
}

/// State of the sending half.
#[derive(Debug)]
pub(super) struct Sending {
    open: bool,
    size: u64,
    sent: u64,
    cosigned: u64,
    wanted: Option<u64>,
    in_flight: VecDeque<InFlight>,
    /// The newest cosignature by a key that we do not know yet.
    unproved: Option<Cosignature>,
}

impl Sending {
    pub(super) fn new(size: u64) -> Self {
        Self {
            open: false,
            size,
            sent: 0,
            cosigned: 0,
            wanted: None,
            in_flight: VecDeque::new(),
            unproved: None,
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Our register grew to `size` leaves.
    pub(super) fn grown(&mut self, size: u64) -> Result<(), Bug> {
        if size < self.size {
            return Err(Bug::OwnShrank);
        }
        self.size = size;
        Ok(())
    }

    /// The partner's claim agrees with our register: sending goes on after it.
    pub(super) fn resume(
        &mut self,
        claim: HeldClaim,
        terms: &Terms,
        may_come: bool,
    ) -> Result<Option<Output>, Stop> {
        self.open = true;
        self.sent = claim.size;
        let Some(note) = claim.note else {
            return Ok(None);
        };
        self.in_flight.push_back(InFlight {
            end: claim.size,
            root: claim.root,
            note,
        });
        match claim.cosignature {
            Some(line) => self.on_cosignature(
                Cosignature {
                    size: claim.size,
                    line,
                },
                terms,
                may_come,
            ),
            None => Ok(None),
        }
    }

    /// Asks for the next batch if there is something to send and room in the window.
    pub(super) fn want(&mut self) -> Option<Output> {
        let room = self.in_flight.len() < limits::WINDOW;
        if !self.open || self.wanted.is_some() || self.sent >= self.size || !room {
            return None;
        }
        self.wanted = Some(self.sent);
        Some(Output::WantBatch {
            from: self.sent,
            max_items: limits::MAX_BATCH_ITEMS,
            max_bytes: limits::MAX_BATCH_WEIGHT,
        })
    }

    /// The driver's answer: checked, so that a bug of ours never reaches the partner, and framed.
    pub(super) fn batch(&mut self, batch: OutBatch, terms: &mut Terms) -> Result<Frame, Bug> {
        if self.wanted != Some(batch.from) || batch.items.is_empty() {
            return Err(Bug::NotAsked);
        }
        if !within_limits(&batch) {
            return Err(Bug::AboveLimit);
        }
        let end = end_of(batch.from, &batch.items).ok_or(Bug::AboveLimit)?;
        if let Some(longer) = terms
            .own_keys
            .extended(&terms.node, batch.from, &batch.items)
        {
            terms.own_keys = longer;
        }
        let checkpoint = verify_checkpoint(
            &batch.checkpoint_note,
            &terms.own_origin,
            terms.own_keys.at(end),
        )
        .or(Err(Bug::BadOwnCheckpoint))?;
        if checkpoint.size != end {
            return Err(Bug::BadOwnCheckpoint);
        }
        self.wanted = None;
        self.sent = end;
        self.size = self.size.max(end);
        self.in_flight.push_back(InFlight {
            end,
            root: checkpoint.root,
            note: batch.checkpoint_note.clone(),
        });
        Ok(Frame::Batch(batch.into()))
    }

    /// The partner says that it durably holds our register up to a size. Under a key that we do not know, its word waits for the leaf
    /// that brings the key, if one `may_come`: we may have lost that leaf to a restore.
    pub(super) fn on_cosignature(
        &mut self,
        cosignature: Cosignature,
        terms: &Terms,
        may_come: bool,
    ) -> Result<Option<Output>, Stop> {
        let size = cosignature.size;
        if size <= self.cosigned {
            // Said before: a cosignature is resent unchanged, and says nothing new.
            return Ok(None);
        }
        let covered = self.in_flight.iter().find(|batch| batch.end == size);
        let batch = covered.ok_or(Deviation::CosignedUnsent)?;
        let time_s = match cosigned_at(&batch.note, &cosignature.line, terms) {
            Ok(time_s) => time_s,
            Err(CosignError::Note(NoteError::UnknownKey)) if may_come => {
                self.unproved = Some(cosignature);
                return Ok(None);
            }
            Err(_) => return Err(Deviation::BadCosignature.into()),
        };
        let root = batch.root;
        self.cosigned = size;
        self.in_flight.retain(|batch| batch.end > size);
        Ok(Some(Output::Cosigned {
            size,
            root,
            time_s,
            line: cosignature.line,
        }))
    }

    /// A batch of the partner came: perhaps with the key of what waits.
    pub(super) fn prove_again(&mut self, terms: &Terms) -> Result<Option<Output>, Stop> {
        match self.unproved.take() {
            Some(cosignature) => self.on_cosignature(cosignature, terms, true),
            None => Ok(None),
        }
    }
}

/// When one of the partner's keys cosigned a note of ours.
fn cosigned_at(note: &str, line: &str, terms: &Terms) -> Result<u64, CosignError> {
    let mut found = Err(CosignError::Note(NoteError::UnknownKey));
    for key in terms.peer_keys.all() {
        found = verify_cosignature_line(note, line, &terms.peer_cosigner, key);
        if !matches!(found, Err(CosignError::Note(NoteError::UnknownKey))) {
            break;
        }
    }
    found
}

/// Index after the last leaf of a batch.
pub(super) fn end_of(from: u64, items: &[Item]) -> Option<u64> {
    let length = u64::try_from(items.len()).ok()?;
    from.checked_add(length)
}

pub(super) fn within_limits(batch: &OutBatch) -> bool {
    let weight = batch
        .items
        .iter()
        .map(Item::weight)
        .fold(0_usize, usize::saturating_add);
    batch.items.len() <= limits::MAX_BATCH_ITEMS
        && weight <= limits::MAX_BATCH_WEIGHT
        && batch.checkpoint_note.len() <= limits::MAX_NOTE
        && batch.items.iter().all(Item::within_limits)
}

impl From<OutBatch> for Batch {
    fn from(batch: OutBatch) -> Self {
        Self {
            from: batch.from,
            items: batch.items,
            note: batch.checkpoint_note,
        }
    }
}

impl InBatch {
    /// Index after the last leaf.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.checkpoint.size
    }
}
