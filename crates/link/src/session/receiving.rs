//! The partner's register towards us: batches verified as they come, delivered one at a time, receipted when stored.

use super::keys::KeyHistory;
use super::sending::end_of;
use super::{AgainBatch, HeldRegister, InBatch, Output, Stop, Terms};
use crate::error::{Bug, Deviation};
use crate::evidence::{Evidence, TamperCause};
use crate::frame::{Batch, Body, Cosignature, Frame, Item};
use crate::limits;
use entente_proof::checkpoint::{Checkpoint, verify_checkpoint};
use entente_proof::cosign::verify_cosignature_line;
use entente_proof::digest::{Digest, entry_id};
use entente_proof::merkle::{Frontier, leaf_hash};
use entente_proof::sign::VerifyingKey;
use std::collections::VecDeque;

/// The end of a verified batch.
#[derive(Debug, Clone)]
struct Mark {
    frontier: Frontier,
    note: Option<String>,
}

/// A resent batch that waits for the driver to say what is held at `ask`.
#[derive(Debug)]
struct Waiting {
    batch: Batch,
    checkpoint: Checkpoint,
    digest: Digest,
    ask: u64,
}

/// State of the receiving half.
#[derive(Debug)]
pub(super) struct Receiving {
    /// What is durably stored.
    held: Mark,
    cosignature: Option<String>,
    /// Ends of batches verified and not stored yet, the delivered one first.
    marks: VecDeque<Mark>,
    /// Batches verified and not delivered yet.
    queue: VecDeque<InBatch>,
    waiting: Option<Waiting>,
    /// Whether leaves below our tip were asked for again.
    asked_again: bool,
    /// Checkpoints at or below our tip that came again and agree, until the driver has cosigned them.
    known: VecDeque<(u64, String)>,
}

impl Receiving {
    pub(super) fn new(held: HeldRegister, asked_again: bool) -> Self {
        Self {
            held: Mark {
                frontier: held.frontier,
                note: held.note,
            },
            cosignature: held.cosignature,
            marks: VecDeque::new(),
            queue: VecDeque::new(),
            waiting: None,
            asked_again,
            known: VecDeque::new(),
        }
    }

    pub(super) fn held_size(&self) -> u64 {
        self.held.frontier.size()
    }

    /// Size of what was verified, stored or not.
    pub(super) fn tip_size(&self) -> u64 {
        self.tip().frontier.size()
    }

    pub(super) fn held_root(&self) -> Digest {
        self.held.frontier.root()
    }

    pub(super) fn held_note(&self) -> Option<&String> {
        self.held.note.as_ref()
    }

    pub(super) fn cosignature(&self) -> Option<&String> {
        self.cosignature.as_ref()
    }

    /// Whether frames must wait for an answer of the driver.
    pub(super) fn blocked(&self) -> bool {
        self.waiting.is_some()
    }

    /// A batch arrived; `digest` is that of its payload, computed only for evidence.
    pub(super) fn on_batch(
        &mut self,
        batch: Batch,
        digest: impl FnOnce() -> Digest,
        terms: &mut Terms,
    ) -> Result<Vec<Output>, Stop> {
        if batch.items.is_empty() {
            return Err(Deviation::EmptyBatch.into());
        }
        let end = end_of(batch.from, &batch.items).ok_or(Deviation::SizeMismatch)?;
        let (checkpoint, keys) = signed_by(&batch, end, terms).ok_or(Deviation::BadCheckpoint)?;
        if checkpoint.size != end {
            return Err(Deviation::SizeMismatch.into());
        }
        let tip = self.tip().frontier.size();
        if batch.from > tip {
            return Err(Deviation::Gap.into());
        }
        if end > tip
            && terms
                .peer_refused
                .contains(&signer(&batch, end, &keys, &terms.peer))
        {
            return Err(Deviation::CompromisedKey.into());
        }
        if batch.from < tip {
            return self.resent(batch, checkpoint, digest(), terms);
        }
        if batch.from == 0 {
            // The leaves say it, once they are found to lead to the signed root.
            terms.peer_keys = keys;
        }
        self.extend(batch, checkpoint, digest, terms)?;
        Ok(self.deliver().into_iter().collect())
    }

    /// The driver's answer about a size it holds.
    pub(super) fn on_held(
        &mut self,
        size: u64,
        frontier: Option<Frontier>,
        terms: &mut Terms,
    ) -> Result<Vec<Output>, Stop> {
        let waiting = self.waiting.take().ok_or(Bug::NotAsked)?;
        if waiting.ask != size {
            return Err(Bug::NotAsked.into());
        }
        let frontier = frontier.ok_or(Bug::HeldUnavailable)?;
        if frontier.size() != size {
            return Err(Bug::NotAsked.into());
        }
        self.compare(waiting, frontier, terms)
    }

    /// The driver stored the delivered batch and its cosignature.
    pub(super) fn stored(
        &mut self,
        size: u64,
        line: &str,
        terms: &Terms,
    ) -> Result<(Frame, Option<Output>), Bug> {
        let cosignature = self.take_mark(size, |mark| {
            let note = mark.note.as_deref().unwrap_or_default();
            own_cosignature(size, line, note, terms)
        })?;
        self.cosignature = Some(cosignature.line.clone());
        Ok((Frame::Cosignature(cosignature), self.deliver()))
    }

    /// The driver looked at the delivered batch and stored nothing.
    pub(super) fn passed(&mut self, size: u64) -> Result<Option<Output>, Bug> {
        self.take_mark(size, |_| Ok(()))?;
        self.cosignature = None;
        Ok(self.deliver())
    }

    /// The driver is done with the delivered batch, which ends at `size`: once `check` agrees, that end is what we hold.
    fn take_mark<T>(
        &mut self,
        size: u64,
        check: impl FnOnce(&Mark) -> Result<T, Bug>,
    ) -> Result<T, Bug> {
        let delivered = self.marks.len() > self.queue.len();
        let fits = |mark: &&Mark| delivered && mark.frontier.size() == size;
        let mark = self.marks.front().filter(fits).ok_or(Bug::NotAsked)?;
        let checked = check(mark)?;
        if let Some(mark) = self.marks.pop_front() {
            self.held = mark;
        }
        Ok(checked)
    }

    /// The last verified end, stored or not.
    fn tip(&self) -> &Mark {
        self.marks.back().unwrap_or(&self.held)
    }

    /// Hands the next batch to the driver unless it still has one.
    fn deliver(&mut self) -> Option<Output> {
        if self.marks.len() > self.queue.len() {
            return None;
        }
        let batch = self.queue.pop_front()?;
        Some(Output::Deliver(Box::new(batch)))
    }

    /// A batch that begins exactly at the tip: append, compare with the signed root, queue.
    fn extend(
        &mut self,
        batch: Batch,
        checkpoint: Checkpoint,
        digest: impl FnOnce() -> Digest,
        terms: &mut Terms,
    ) -> Result<(), Stop> {
        if self.marks.len() >= limits::WINDOW {
            return Err(Deviation::WindowExceeded.into());
        }
        let hashed = hashed(self.tip().frontier.clone(), &batch, checkpoint.root);
        let hashed = hashed.map_err(|cause| self.tampered(&batch, cause, digest(), terms))?;
        let began = (batch.from == 0).then(|| *terms.peer_keys.first());
        if let Some(longer) = longer_keys(&batch, terms) {
            terms.peer_keys = longer;
        }
        let mut batch = in_batch(batch, checkpoint, hashed);
        batch.first_key = began;
        self.marks.push_back(Mark {
            frontier: batch.frontier_after.clone(),
            note: Some(batch.note.clone()),
        });
        self.queue.push_back(batch);
        Ok(())
    }

    /// A batch that begins below the tip. If it ends at or below it, its signed root must be ours at that size; if it goes
    /// on, its leaves must lead through our root at the tip. Either needs the frontier at one size.
    fn resent(
        &mut self,
        batch: Batch,
        checkpoint: Checkpoint,
        digest: Digest,
        terms: &mut Terms,
    ) -> Result<Vec<Output>, Stop> {
        let tip = self.tip().frontier.size();
        let ask = if checkpoint.size <= tip {
            checkpoint.size
        } else {
            batch.from
        };
        let waiting = Waiting {
            batch,
            checkpoint,
            digest,
            ask,
        };
        let known = std::iter::once(&self.held)
            .chain(&self.marks)
            .find(|mark| mark.frontier.size() == ask)
            .map(|mark| mark.frontier.clone());
        if let Some(frontier) = known {
            return self.compare(waiting, frontier, terms);
        }
        if ask == 0 {
            return self.compare(waiting, Frontier::new(), terms);
        }
        if ask > self.held_size() {
            return Err(Deviation::MisalignedOverlap.into());
        }
        self.waiting = Some(waiting);
        Ok(vec![Output::WantHeldFrontier { size: ask }])
    }

    fn compare(
        &mut self,
        waiting: Waiting,
        mut frontier: Frontier,
        terms: &mut Terms,
    ) -> Result<Vec<Output>, Stop> {
        let Waiting {
            mut batch,
            checkpoint,
            digest,
            ..
        } = waiting;
        let tip = self.tip().frontier.size();
        if checkpoint.size <= tip {
            let (size, offered) = (checkpoint.size, checkpoint.root);
            return match frontier.root() == offered {
                true => Ok(self.came_again(batch).into_iter().collect()),
                false => Err(self.fork(&batch, size, [frontier.root(), offered], terms)),
            };
        }
        let hashes = match hash_items(batch.from, &batch.items) {
            Ok(hashes) => hashes,
            Err(cause) => return Err(self.tampered(&batch, cause, digest, terms)),
        };
        let mut at_tip = frontier.root();
        for hash in hashes {
            frontier.append(hash);
            if frontier.size() == tip {
                at_tip = frontier.root();
            }
        }
        if frontier.root() != checkpoint.root {
            let computed = frontier.root();
            return Err(self.tampered(&batch, TamperCause::Root { computed }, digest, terms));
        }
        let held_root = self.tip().frontier.root();
        if at_tip != held_root {
            return Err(self.fork(&batch, tip, [held_root, at_tip], terms));
        }
        let known = usize::try_from(tip.saturating_sub(batch.from)).unwrap_or(usize::MAX);
        let items = batch.items.drain(..known.min(batch.items.len())).collect();
        let again = Output::Again(Box::new(AgainBatch {
            from: batch.from,
            items,
            note: None,
        }));
        batch.from = tip;
        self.extend(batch, checkpoint, || digest, terms)?;
        let again = self.asked_again.then_some(again);
        Ok(again.into_iter().chain(self.deliver()).collect())
    }

    /// A batch that we hold already came once more and agrees: if we asked for it, the driver sees it and cosigns it again, or the
    /// partner's window would fill with what we never deliver.
    fn came_again(&mut self, batch: Batch) -> Option<Output> {
        if !self.asked_again {
            return None;
        }
        let size = end_of(batch.from, &batch.items)?;
        self.known.push_back((size, batch.note.clone()));
        Some(Output::Again(Box::new(AgainBatch {
            from: batch.from,
            items: batch.items,
            note: Some(batch.note),
        })))
    }

    /// The driver cosigned a checkpoint that came again.
    pub(super) fn held_already(
        &mut self,
        size: u64,
        line: &str,
        terms: &Terms,
    ) -> Result<Frame, Bug> {
        let (expected, note) = self.known.pop_front().ok_or(Bug::NotAsked)?;
        if expected != size {
            return Err(Bug::NotAsked);
        }
        own_cosignature(size, line, &note, terms).map(Frame::Cosignature)
    }

    fn tampered(&self, batch: &Batch, cause: TamperCause, digest: Digest, terms: &Terms) -> Stop {
        Stop::Alarm(Box::new(Evidence::Tampered {
            register: terms.peer_origin.clone(),
            held_note: self.tip().note.clone(),
            offered_note: batch.note.clone(),
            from: batch.from,
            cause,
            batch_digest: digest,
        }))
    }

    fn fork(&self, batch: &Batch, at_size: u64, roots: [Digest; 2], terms: &Terms) -> Stop {
        let [held_root, offered_root] = roots;
        // At the end of a batch that we verified, its own checkpoint makes the two notes a proof by themselves.
        let same_size = std::iter::once(&self.held)
            .chain(&self.marks)
            .find(|mark| mark.frontier.size() == at_size);
        let held = same_size.unwrap_or_else(|| self.tip());
        Stop::Alarm(Box::new(Evidence::Fork {
            register: terms.peer_origin.clone(),
            held_note: held.note.clone().unwrap_or_default(),
            offered_note: batch.note.clone(),
            at_size,
            held_root,
            offered_root,
        }))
    }
}

/// Our cosignature of the partner's checkpoint, checked, so that a bug of ours never reaches the partner.
fn own_cosignature(size: u64, line: &str, note: &str, terms: &Terms) -> Result<Cosignature, Bug> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let by = |key| verify_cosignature_line(note, line, &terms.own_cosigner, key).is_ok();
    if line.len() > limits::MAX_LINE || !terms.own_keys.all().any(by) {
        return Err(Bug::BadOwnCosignature);
    }
    Ok(Cosignature {
        size,
        line: line.to_owned(),
    })
}

/// The partner's key history with the key changes of this batch, if it has any.
fn longer_keys(batch: &Batch, terms: &Terms) -> Option<KeyHistory> {
    terms
        .peer_keys
        .extended(&terms.peer, batch.from, &batch.items)
}

/// The checkpoint of a batch, and the history without this batch under which its signature holds: of a register that begins here, the
/// pinned card may leave open which.
fn signed_by(batch: &Batch, end: u64, terms: &Terms) -> Option<(Checkpoint, KeyHistory)> {
    terms.peer_keys.beginnings().find_map(|keys| {
        let (checkpoint, _) = signed_under(&keys, batch, end, (&terms.peer, &terms.peer_origin))?;
        Some((checkpoint, keys))
    })
}

/// The key that signed the checkpoint of a batch under this history.
fn signer(batch: &Batch, end: u64, keys: &KeyHistory, peer: &str) -> VerifyingKey {
    let longer = keys.extended(peer, batch.from, &batch.items);
    *longer.as_ref().unwrap_or(keys).at(end)
}

/// The checkpoint of a batch, if the history with the changes in the batch names who signed it, and that longer history, if there are
/// any: both hold or neither does.
pub(super) fn signed_under(
    keys: &KeyHistory,
    batch: &Batch,
    end: u64,
    (node, origin): (&str, &str),
) -> Option<(Checkpoint, Option<KeyHistory>)> {
    let longer = keys.extended(node, batch.from, &batch.items);
    let key = longer.as_ref().unwrap_or(keys).at(end);
    let checkpoint = verify_checkpoint(&batch.note, origin, key).ok()?;
    Some((checkpoint, longer))
}

/// Leaf hashes in order; each header must be the one its leaf names.
fn hash_items(from: u64, items: &[Item]) -> Result<Vec<Digest>, TamperCause> {
    let mut hashes = Vec::with_capacity(items.len());
    for (index, item) in (from..).zip(items) {
        if let (Some(header), Some(id)) = (&item.header, item.entry())
            && entry_id(header) != id
        {
            return Err(TamperCause::Header { index });
        }
        hashes.push(leaf_hash(&item.leaf));
    }
    Ok(hashes)
}

/// The tree after a batch that begins at its end, and the leaves' hashes: the tree's root must be the one that was signed.
pub(super) fn hashed(
    mut frontier: Frontier,
    batch: &Batch,
    signed: Digest,
) -> Result<(Frontier, Vec<Digest>), TamperCause> {
    let hashes = hash_items(batch.from, &batch.items)?;
    hashes.iter().for_each(|hash| frontier.append(*hash));
    let computed = frontier.root();
    match computed == signed {
        true => Ok((frontier, hashes)),
        false => Err(TamperCause::Root { computed }),
    }
}

/// A batch that fits its checkpoint, for the driver, without what nothing signed binds.
pub(super) fn in_batch(
    mut batch: Batch,
    checkpoint: Checkpoint,
    (frontier_after, leaf_hashes): (Frontier, Vec<Digest>),
) -> InBatch {
    batch.items.iter_mut().for_each(drop_unbound);
    InBatch {
        from: batch.from,
        items: batch.items,
        checkpoint,
        note: batch.note,
        frontier_after,
        leaf_hashes,
        first_key: None,
    }
}

/// Drops what nothing signed binds: a header beside a leaf that names no entry, a body without its header.
fn drop_unbound(item: &mut Item) {
    if !item.names_entry() {
        item.header = None;
        item.body = Body::Absent;
    } else if item.header.is_none() && matches!(item.body, Body::Present { .. }) {
        item.body = Body::Absent;
    }
}
