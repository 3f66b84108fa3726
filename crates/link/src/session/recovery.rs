//! Recovery of a register by its own author, from the partner who holds more of it (DESIGN section 5 rule 5; wire version 2).
//!
//! A node restored from an old backup says hello with a register that is shorter than what its partner holds of it. From version
//! 2 on that is no alarm by itself: the partner checks that what is said is the beginning of what it holds, and lends the rest
//! back. Nothing else is exchanged on such a connection: nobody sends or cosigns a batch. When the author has stored all of it,
//! it closes, and the next connection begins like any other.

use super::receiving::{hashed, in_batch, signed_under};
use super::sending::{end_of, within_limits};
use super::{Input, OutBatch, Output, Phase, Reason, Session, Stop, Terms, hello};
use crate::error::{Bug, Deviation};
use crate::evidence::Evidence;
use crate::frame::{Batch, Frame, HeldClaim, Hello, Item};
use crate::limits;
use entente_proof::checkpoint::Checkpoint;
use entente_proof::merkle::Frontier;

/// First wire version in which a register can be recovered over the session.
pub const RECOVERY: u16 = 2;

/// What a connection on which a register is recovered still has to do.
#[derive(Debug)]
pub(super) struct Recovery {
    taking: Option<Taking>,
    lending: Option<Lending>,
}

/// Our register, as far as it is recovered.
#[derive(Debug)]
struct Taking {
    /// What the partner showed to hold, under a checkpoint of ours.
    target: HeldClaim,
    /// Our tree so far; `None` while the driver was asked for it.
    frontier: Option<Frontier>,
    /// The end of the batch that the driver is storing, and the tree there.
    storing: Option<Frontier>,
}

/// Theirs, of which they have only the beginning.
#[derive(Debug)]
struct Lending {
    /// What we hold.
    held: u64,
    /// Next leaf that they may ask for.
    next: u64,
    /// Asked of the driver.
    wanted: Option<u64>,
    /// What their hello showed, until they ask and so confirm it.
    lost: Option<Box<Evidence>>,
}

impl Recovery {
    /// Who has to recover: we, if the hello shows more of ours than `own`; they, if it shows less of theirs than `held`, which `lost` says.
    fn new(hello: &Hello, own: u64, held: u64, lost: impl FnOnce() -> Evidence) -> Self {
        let taking = (hello.held.size > own).then(|| Taking {
            target: hello.held.clone(),
            frontier: None,
            storing: None,
        });
        let lending = (hello.size < held).then(|| Lending {
            held,
            next: hello.size,
            wanted: None,
            lost: Some(Box::new(lost())),
        });
        Self { taking, lending }
    }

    /// How much of our register the partner holds, if we must recover it.
    pub(super) fn target(&self) -> Option<u64> {
        self.taking.as_ref().map(|taking| taking.target.size)
    }

    /// The driver gave our tree as it stands: ask for what follows.
    pub(super) fn on_own(&mut self, size: u64, frontier: Option<Frontier>) -> Result<Frame, Bug> {
        let taking = self.taking.as_mut().ok_or(Bug::NotAsked)?;
        if taking.frontier.is_some() {
            return Err(Bug::NotAsked);
        }
        let frontier = frontier.ok_or(Bug::HeldUnavailable)?;
        if frontier.size() != size || size >= taking.target.size {
            return Err(Bug::NotAsked);
        }
        taking.frontier = Some(frontier);
        Ok(Frame::Recover { from: size })
    }

    /// Leaves of our own register came back: they must be what we signed, and no more than the partner showed.
    pub(super) fn on_recovered(&mut self, batch: Batch, terms: &mut Terms) -> Result<Output, Stop> {
        let taking = self.taking.as_mut().ok_or(Deviation::DuringRecovery)?;
        let asked = taking
            .frontier
            .as_ref()
            .filter(|_| taking.storing.is_none());
        let frontier = asked.ok_or(Deviation::DuringRecovery)?.clone();
        let end = end_of(batch.from, &batch.items).ok_or(Deviation::BadRecovery)?;
        let fits = batch.from == frontier.size() && end > batch.from && end <= taking.target.size;
        // Without the header of an entry there would be a hole in our own dossiers.
        if !fits || batch.items.iter().any(Item::lacks_header) {
            return Err(Deviation::BadRecovery.into());
        }
        let ours = (terms.node.as_str(), terms.own_origin.as_str());
        let signed = signed_under(&terms.own_keys, &batch, end, ours);
        let (checkpoint, longer) = signed.ok_or(Deviation::BadRecovery)?;
        if checkpoint.size != end {
            return Err(Deviation::BadRecovery.into());
        }
        if end == taking.target.size && checkpoint.root != taking.target.root {
            return Err(signed_twice(
                &taking.target,
                &batch.note,
                &checkpoint,
                terms,
            ));
        }
        // Our checkpoint must follow from our tree and these leaves; then nothing in them can be invented.
        let hashed = hashed(frontier, &batch, checkpoint.root).or(Err(Deviation::BadRecovery))?;
        let batch = in_batch(batch, checkpoint, hashed);
        taking.storing = Some(batch.frontier_after.clone());
        if let Some(longer) = longer {
            terms.own_keys = longer;
        }
        Ok(Output::Recover(Box::new(batch)))
    }

    /// The driver stored what came back. The next request, or `None` once we have everything.
    pub(super) fn stored(&mut self, size: u64) -> Result<Option<Frame>, Bug> {
        let taking = self.taking.as_mut().ok_or(Bug::NotAsked)?;
        let stored = taking.storing.take().ok_or(Bug::NotAsked)?;
        if stored.size() != size {
            return Err(Bug::NotAsked);
        }
        taking.frontier = Some(stored);
        Ok((size < taking.target.size).then_some(Frame::Recover { from: size }))
    }

    /// The partner asks for its own leaves. Only now is it certain that it has not got them.
    pub(super) fn on_request(&mut self, from: u64) -> Result<Vec<Output>, Deviation> {
        let lending = self.lending.as_mut().ok_or(Deviation::DuringRecovery)?;
        if lending.wanted.is_some() || from < lending.next || from >= lending.held {
            return Err(Deviation::BadRecovery);
        }
        lending.wanted = Some(from);
        let lost = lending.lost.take().map(Output::PartnerLost);
        let want = Output::WantLent {
            from,
            max_items: limits::MAX_BATCH_ITEMS,
            max_bytes: limits::MAX_BATCH_WEIGHT,
        };
        Ok(lost.into_iter().chain([want]).collect())
    }

    /// The driver's answer to it.
    pub(super) fn lend(&mut self, batch: OutBatch) -> Result<Frame, Bug> {
        let lending = self.lending.as_mut().ok_or(Bug::NotAsked)?;
        if lending.wanted != Some(batch.from) || batch.items.is_empty() {
            return Err(Bug::NotAsked);
        }
        if !within_limits(&batch) {
            return Err(Bug::AboveLimit);
        }
        lending.wanted = None;
        lending.next = end_of(batch.from, &batch.items).ok_or(Bug::AboveLimit)?;
        Ok(Frame::Recovered(batch.into()))
    }
}

impl Session {
    /// One of the two registers went back: nothing else is done on this connection. Of theirs, the beginning must be what we hold.
    pub(super) fn begin_recovery(
        &mut self,
        hello: Box<Hello>,
        went_back: bool,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        if went_back && hello.size > 0 {
            out.push(Output::WantHeldFrontier { size: hello.size });
            self.phase = Phase::CheckTheirs(hello);
            return Ok(());
        }
        self.recover(&hello, out)
    }

    pub(super) fn their_beginning(
        &mut self,
        size: u64,
        frontier: Option<Frontier>,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let phase = std::mem::replace(&mut self.phase, Phase::AwaitHello);
        let Phase::CheckTheirs(hello) = phase else {
            return Err(Bug::NotAsked.into());
        };
        let frontier = frontier.ok_or(Bug::HeldUnavailable)?;
        if hello.size != size || frontier.size() != size {
            return Err(Bug::NotAsked.into());
        }
        if hello::signed_root(&hello) != Some(frontier.root()) {
            return Err(hello::their_fork(
                &hello,
                &frontier,
                &self.receiving,
                &self.terms,
            ));
        }
        self.recover(&hello, out)?;
        self.read_frames(out)
    }

    fn recover(&mut self, hello: &Hello, out: &mut Vec<Output>) -> Result<(), Stop> {
        let own = self.config.own.size;
        let lost = || hello::rollback(hello, &self.receiving, &self.terms);
        let recovery = Recovery::new(hello, own, self.receiving.held_size(), lost);
        self.peer_flags = hello.flags;
        out.push(Output::Recovering {
            partner_holds: recovery.target(),
        });
        if recovery.target().is_some() {
            out.push(Output::WantOwnFrontier { size: own });
        }
        self.phase = Phase::Recover(recovery);
        self.tell_flags(out)
    }

    /// The driver's part of a recovery.
    pub(super) fn recovery_input(
        &mut self,
        input: Input,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let Phase::Recover(recovery) = &mut self.phase else {
            return Err(Bug::NotAsked.into());
        };
        let frame = match input {
            Input::OwnFrontier { size, frontier } => recovery.on_own(size, frontier)?,
            Input::Lent(batch) => recovery.lend(batch)?,
            Input::Recovered { size } => match recovery.stored(size)? {
                Some(frame) => frame,
                None => return Err(Stop::Close(Reason::Recovered)),
            },
            _ => return Err(Bug::NotAsked.into()),
        };
        self.send(&frame, out)
    }

    /// The partner's part of it. What belongs to an open session has no place here.
    pub(super) fn recovery_frame(
        &mut self,
        frame: Frame,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let Phase::Recover(recovery) = &mut self.phase else {
            return Err(Deviation::DuringRecovery.into());
        };
        match frame {
            Frame::Recover { from } => out.extend(recovery.on_request(from)?),
            Frame::Recovered(batch) => out.push(recovery.on_recovered(batch, &mut self.terms)?),
            Frame::Flags(flags) => self.peer_flags = flags,
            Frame::Ping => self.send(&Frame::Pong, out)?,
            Frame::Pong | Frame::Card(_) => {}
            _ => return Err(Deviation::DuringRecovery.into()),
        }
        Ok(())
    }
}

/// Two checkpoints of one size under our own signature: whoever holds our key told two histories.
fn signed_twice(shown: &HeldClaim, note: &str, other: &Checkpoint, terms: &Terms) -> Stop {
    Stop::Alarm(Box::new(Evidence::Fork {
        register: terms.own_origin.clone(),
        held_note: shown.note.clone().unwrap_or_default(),
        offered_note: note.to_owned(),
        at_size: other.size,
        held_root: shown.root,
        offered_root: other.root,
    }))
}
