//! A pair to which ops happen.

use super::check::{self, PairWatch};
use super::fill::Detail;
use super::op::Op;
use super::work::{self, Chosen, act_on, broken, exchange_cards, look_at_everything};
use super::work::{note_with_file, opening};
use crate::blobs::Bad;
use crate::fault::{Break, Plan};
use crate::liar::Liar;
use crate::node::{Said, TestNode, Writing};
use crate::pair::{Side, TestPair};
use entente_app::courier::CourierFault;
use entente_app::{AppError, Recorded};
use entente_core::ids::EntryId;
use entente_link::courier::CourierError;
use entente_proof::digest::Digest;

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// After which op; the number of ops when it was found at the end.
    pub step: usize,
    /// What does not hold.
    pub what: String,
}

/// What lies were told so far: they excuse what honest partners never cause.
#[derive(Clone, Debug, Default)]
pub struct Lies {
    /// Bytes were bent, repeated or invented on the way.
    pub on_the_way: bool,
    /// A signed lie: its name as evidence, and whom it was told.
    pub signed: Option<(&'static str, Side)>,
}

/// What a run did, to see that it does something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries accepted.
    pub accepted: u64,
    /// Entries refused by rule.
    pub refused: u64,
    /// Writes broken on purpose.
    pub broken: u64,
    /// Restarts.
    pub restarts: u64,
    /// Times that both ledgers were compared at equal cuts.
    pub compared: u64,
    /// Courier bundles packed.
    pub packed: u64,
    /// Courier bundles taken.
    pub carried: u64,
    /// Spoiled courier bundles refused.
    pub spoiled: u64,
    /// Signing keys changed.
    pub rotated: u64,
    /// TLS keys changed.
    pub tls: u64,
    /// Runs of three states or more.
    pub of_many: u64,
    /// Nodes put back to a backup.
    pub restored: u64,
    /// Programs changed for an older or the newest one.
    pub versions: u64,
    /// Clocks set wrong by an hour or more.
    pub skewed: u64,
    /// Restored nodes opened without hearing their partners.
    pub alone: u64,
    /// Keys that somebody used in their owner's name.
    pub stolen: u64,
    /// Signing keys that were lost.
    pub lost_keys: u64,
    /// Proposals that a register begins again.
    pub proposed: u64,
    /// Registers that began again.
    pub begun: u64,
}

/// The world of one run.
pub struct World {
    /// The pair.
    pub pair: TestPair,
    /// Lies told.
    pub lies: Lies,
    /// What was done.
    pub tally: Tally,
    /// Entries whose recording was confirmed.
    pub confirmed: Vec<(Side, EntryId)>,
    down: [bool; 2],
    watch: PairWatch,
    broke: [u64; 2],
    furthest_skew: i64,
    /// Courier bundles on their way: who packed them, and their bytes.
    pouch: Vec<(Side, Vec<u8>)>,
}

type Step = Result<(), String>;

impl World {
    /// A linked pair with a charter in force and a standing desk.
    ///
    /// # Panics
    /// If the pair does not come that far.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut pair = TestPair::strangers(seed, &["liaison", "investigator"])
            .unwrap_or_else(|e| panic!("two nodes: {e}"));
        pair.charter();
        Self {
            pair,
            lies: Lies::default(),
            tally: Tally::default(),
            confirmed: Vec::new(),
            down: [false; 2],
            watch: PairWatch::default(),
            broke: [0; 2],
            furthest_skew: 0,
            pouch: Vec::new(),
        }
    }

    /// Checks everything after every step.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.watch.strict = true;
        self
    }

    /// Whether a side's process is running.
    #[must_use]
    pub fn is_running(&self, side: Side) -> bool {
        !self.down[side.index()] && !self.pair.node(side).disk.is_dead()
    }

    /// Runs a list and heals at the end.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn run(&mut self, ops: &[Op]) -> Result<(), Failure> {
        for (step, op) in ops.iter().enumerate() {
            let done = self.apply(*op).and_then(|()| self.after(step));
            done.map_err(|what| Failure {
                step,
                what: format!("{what} (after {op:?})"),
            })?;
        }
        self.heal().map_err(|what| Failure {
            step: ops.len(),
            what,
        })
    }

    fn after(&mut self, step: usize) -> Step {
        for side in Side::BOTH {
            if self.pair.node(side).disk.is_dead() && !self.down[side.index()] {
                self.pair.wire.die(side.index(), !step.is_multiple_of(3));
                self.down[side.index()] = true;
            }
            let broke = broken(self.pair.node(side));
            self.tally.broken += broke - self.broke[side.index()];
            self.broke[side.index()] = broke;
        }
        self.tally.compared += u64::from(self.watch.step(&self.pair, &self.lies, step)?);
        Ok(())
    }

    fn apply(&mut self, op: Op) -> Step {
        match op {
            Op::Open { by, kind, detail } => self.choose(by, |node| opening(node, kind, detail)),
            Op::Write {
                by,
                dossier,
                entry,
                detail,
            } => self.choose(by, |node| {
                work::entry(node, dossier, entry, &mut Detail::new(detail))
            }),
            Op::Act {
                by,
                pick,
                entry,
                detail,
            } => self.act(by, pick, entry, detail),
            Op::Attach { by, dossier, size } => {
                self.choose(by, |node| note_with_file(node, dossier, size))
            }
            Op::Suspend { by } => self.flag(by, "charter.suspend"),
            Op::Lift { by } => self.flag(by, "charter.resume"),
            Op::Look { by } => self.look(by),
            Op::Rotate { by } => self.rotate(by),
            Op::Tick => self.pass(1_000),
            Op::Advance { ms } => self.pass(i64::from(ms)),
            Op::Skew { by, ms } => {
                self.furthest_skew = self.furthest_skew.max(i64::from(ms).abs());
                self.pair.node(by).clock.set_skew(i64::from(ms));
                Ok(())
            }
            Op::Cut { by } => self.cut(by, true),
            Op::Mend { by } => self.cut(by, false),
            Op::Dial { by } => self.dial(by),
            Op::DialBoth => {
                self.pair.wire.tear(true);
                self.dial(Side::Ma)?;
                self.dial(Side::Fr)
            }
            Op::Deliver { to, bytes } => {
                self.pair.wire.accept(&self.pair.nodes);
                self.pair
                    .wire
                    .read(to.index(), usize::try_from(bytes).unwrap_or(usize::MAX));
                Ok(())
            }
            Op::DeliverAll => self.deliver_all(),
            Op::Tear { lose } => {
                self.pair.wire.tear(lose);
                Ok(())
            }
            Op::HalfOpen { by } => {
                self.pair.wire.die(by.index(), false);
                Ok(())
            }
            Op::Crash { by, told } => {
                self.kill(by, told);
                Ok(())
            }
            Op::Restart { by } => self.restart(by),
            Op::Break {
                by,
                after,
                persisted,
                crash,
            } => {
                self.pair.node(by).disk.plan(Plan {
                    after: u64::from(after),
                    how: Break::of(persisted),
                    crash,
                });
                Ok(())
            }
            Op::BreakBlobs { by, after, how } => {
                let blobs = &self.pair.node(by).blobs;
                blobs.plan(u64::from(after), Bad::of(how));
                Ok(())
            }
            Op::Bend { .. } | Op::Replay { .. } | Op::Garbage { .. } => {
                self.bend(op);
                Ok(())
            }
            Op::Pack { by } => self.pack(by),
            Op::Hand { pick, again } => self.hand(pick, again),
            Op::Spoil { pick, at, with } => self.spoil(pick, at, with),
            Op::Fork { by } => self.signed_lie(by, "fork"),
            Op::Rollback { by } => self.signed_lie(by, "rollback"),
        }
    }

    /// What happens to bytes on the way, but never between honest nodes: TLS sees to that.
    fn bend(&mut self, op: Op) {
        let wire = &mut self.pair.wire;
        self.lies.on_the_way |= match op {
            Op::Bend { to, at, with } => wire.bend(to.index(), usize::from(at), with),
            Op::Replay { to, pick } => match wire.old_frame(to.index(), usize::from(pick)) {
                Some(frame) => wire.inject(to.index(), &frame),
                None => false,
            },
            Op::Garbage { to, len } => {
                let bytes: Vec<u8> = (0..len)
                    .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1])
                    .collect();
                wire.inject(to.index(), &bytes)
            }
            _ => false,
        };
    }

    /// What an author hears: refusals by rule are fine, faults only where they were planned, bugs never.
    fn heard(&mut self, by: Side, what: &str, said: Said<Recorded>) -> Step {
        let planned = self.just_broke(by);
        match said {
            Ok(recorded) => {
                self.tally.accepted += 1;
                self.confirmed.push((by, recorded.entry));
                self.pair.wire.wake(by.index());
                Ok(())
            }
            Err(AppError::Store(_)) if planned => Ok(()),
            Err(error @ (AppError::Bug(_) | AppError::Store(_))) => {
                Err(format!("{what} by {by:?}: {error}"))
            }
            Err(AppError::Link(fault)) if fault.is_of_charter() => {
                self.tally.refused += 1;
                Ok(())
            }
            // Whatever is wrong with the link, people go on writing.
            Err(error @ (AppError::Link(_) | AppError::Closed)) => {
                Err(format!("invariant 13: {what} by {by:?}: {error}"))
            }
            Err(_) => {
                self.tally.refused += 1;
                Ok(())
            }
        }
    }

    /// Whether the disk of a side is dead, or its store or blob store broke as planned during this op.
    fn just_broke(&self, by: Side) -> bool {
        let node = self.pair.node(by);
        node.disk.is_dead() || broken(node) > self.broke[by.index()]
    }

    fn record(&mut self, by: Side, entry_type: &str, wanted: &Writing<'_>) -> Step {
        let said = self.pair.node(by).write(entry_type, wanted);
        self.heard(by, entry_type, said)
    }

    /// Records what was chosen, if there is anything to choose and the process runs.
    fn choose(&mut self, by: Side, choice: impl FnOnce(&TestNode) -> Option<Chosen>) -> Step {
        if !self.is_running(by) {
            return Ok(());
        }
        match choice(self.pair.node(by)) {
            Some((entry_type, wanted)) => self.record(by, entry_type, &wanted),
            None => Ok(()),
        }
    }

    fn act(&mut self, by: Side, pick: u16, entry: u8, detail: u32) -> Step {
        if !self.is_running(by) {
            return Ok(());
        }
        let mut detail = Detail::new(detail);
        let node = self.pair.node(by);
        let all = node.obligations(None).map_err(|e| e.to_string())?;
        let mut among: Vec<_> = all.iter().filter(|r| r.state.is_open()).collect();
        if among.is_empty() || detail.below(6) == 0 {
            among = all.iter().collect();
        }
        let Some(row) = among.get(usize::from(pick) % among.len().max(1)) else {
            return Ok(());
        };
        self.choose(by, |node| act_on(node, row, entry, &mut detail))
    }

    fn flag(&mut self, by: Side, entry_type: &str) -> Step {
        let Some(charter) = self.pair.charter.filter(|_| self.is_running(by)) else {
            return Ok(());
        };
        self.record(
            by,
            entry_type,
            &Writing::on(charter, &[("text", "simulated")]),
        )
    }

    fn look(&mut self, by: Side) -> Step {
        if !self.is_running(by) {
            return Ok(());
        }
        let node = self.pair.node(by);
        let looked = look_at_everything(node);
        match looked {
            Err(AppError::Store(_)) if self.just_broke(by) => Ok(()),
            Err(error) => Err(format!("looking at {}: {error}", node.name)),
            Ok(()) => Ok(()),
        }
    }

    /// A new signing key, unless the node had as many as a proof can carry.
    fn rotate(&mut self, by: Side) -> Step {
        if !self.is_running(by) {
            return Ok(());
        }
        match self.pair.node(by).app.rotate_signing_key() {
            Ok(()) => {
                self.tally.rotated += 1;
                self.pair.wire.wake(by.index());
                Ok(())
            }
            Err(AppError::Input(_)) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(by) => Ok(()),
            Err(error) => Err(format!("a new key for {by:?}: {error}")),
        }
    }

    fn pass(&mut self, ms: i64) -> Step {
        self.pair.time.advance(ms);
        for side in 0..2 {
            self.pair.wire.tick(side);
        }
        self.pair.wire.accept(&self.pair.nodes);
        Ok(())
    }

    fn cut(&mut self, by: Side, cut: bool) -> Step {
        let partner = self.pair.node(by.other()).name.clone();
        self.pair.node(by).app.set_cut(&partner, cut);
        Ok(())
    }

    /// Dialling may fail by lease, alarm or disk; none of these is a bug.
    fn dial(&mut self, by: Side) -> Step {
        let cut = self
            .pair
            .node(by)
            .app
            .is_cut(&self.pair.node(by.other()).name);
        if !self.is_running(by) || cut {
            return Ok(());
        }
        match self.pair.wire.dial(&self.pair.nodes, by.index()) {
            Err(error @ AppError::Bug(_)) => Err(format!("dialling by {by:?}: {error}")),
            _ => Ok(()),
        }
    }

    fn deliver_all(&mut self) -> Step {
        if !self.pair.wire.has_driver(0) && !self.pair.wire.has_driver(1) {
            self.dial(Side::Ma)?;
        }
        if self.pair.wire.deliver(&self.pair.nodes) {
            Ok(())
        } else {
            Err("the two never stop talking".into())
        }
    }

    fn kill(&mut self, by: Side, told: bool) {
        self.pair.node(by).disk.kill();
        self.pair.wire.die(by.index(), told);
        self.down[by.index()] = true;
    }

    fn restart(&mut self, by: Side) -> Step {
        if self.is_running(by) {
            return Ok(());
        }
        self.tally.restarts += 1;
        self.down[by.index()] = false;
        self.pair.nodes[by.index()]
            .restart()
            .map_err(|e| format!("restart of {by:?}: {e}"))
    }

    /// A bundle is packed unless a session drives the link, or the partner's key is past its term: then people exchange cards again.
    fn pack(&mut self, by: Side) -> Step {
        if !self.is_running(by) {
            return Ok(());
        }
        match self.pair.pack(by) {
            Ok(file) => {
                self.tally.packed += 1;
                self.pouch.push((by, file));
                Ok(())
            }
            Err(AppError::Link(_)) => Ok(()),
            Err(AppError::Courier(CourierFault::KeyPast(_))) if self.is_running(by.other()) => {
                exchange_cards(self.pair.node(by), self.pair.node(by.other()))
            }
            Err(AppError::Courier(CourierFault::KeyPast(_))) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(by) => Ok(()),
            Err(error) => Err(format!("packing by {by:?}: {error}")),
        }
    }

    fn hand(&mut self, pick: u8, again: bool) -> Step {
        if self.pouch.is_empty() {
            return Ok(());
        }
        let place = usize::from(pick) % self.pouch.len();
        let (from, file) = match again {
            true => self.pouch[place].clone(),
            false => self.pouch.swap_remove(place),
        };
        let to = from.other();
        if !self.is_running(to) {
            return Ok(());
        }
        match self.pair.unpack(to, &file) {
            Ok(_) => {
                self.tally.carried += 1;
                Ok(())
            }
            Err(AppError::Link(_)) => Ok(()),
            Err(AppError::Courier(CourierFault::KeyDestroyed | CourierFault::OverQuota)) => Ok(()),
            // Packed before its sender changed its key, and the change came another way.
            Err(AppError::Courier(CourierFault::File(CourierError::FormerKey))) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(to) => Ok(()),
            Err(error) => Err(format!("unpacking at {to:?}: {error}")),
        }
    }

    /// A spoiled bundle is refused and changes nothing, whatever was done to it.
    fn spoil(&mut self, pick: u8, at: u32, with: u8) -> Step {
        if self.pouch.is_empty() {
            return Ok(());
        }
        let (from, mut file) = self.pouch[usize::from(pick) % self.pouch.len()].clone();
        let to = from.other();
        if !self.is_running(to) {
            return Ok(());
        }
        let place = usize::try_from(at).unwrap_or(0) % file.len();
        match with {
            0 => file.truncate(place),
            bent => file[place] ^= bent,
        }
        let before = self.pair.holdings(to);
        match self.pair.unpack(to, &file) {
            Ok(_) => return Err(format!("{to:?} took a bundle that was spoiled at {place}")),
            Err(AppError::Courier(_)) => self.tally.spoiled += 1,
            Err(AppError::Link(_)) => {}
            Err(AppError::Store(_)) if self.just_broke(to) => {}
            Err(error) => return Err(format!("a spoiled bundle at {to:?}: {error}")),
        }
        match self.pair.holdings(to) == before {
            true => Ok(()),
            false => Err(format!("a refused bundle changed {to:?}")),
        }
    }

    /// Somebody who has the key of `by` shows the other side another history. From then on the link is stopped there.
    fn signed_lie(&mut self, by: Side, what: &'static str) -> Step {
        let victim = by.other();
        let held = self.pair.held(victim)?;
        if self.lies.signed.is_some() || !self.is_running(victim) || held == 0 {
            return Ok(());
        }
        self.pair.node(victim).disk.spare();
        self.pair.wire.tear(true);
        let liar = Liar::of(&self.pair, by);
        let size = if what == "fork" { held } else { held - 1 };
        // The last leaf may be a change of key: a shorter history is signed by the key before it.
        let liar = liar.with_key_at(self.pair.node(by), size);
        let note = match what {
            "fork" => Some(liar.sign(held, Digest([7; 32]))),
            _ => liar.note(size),
        };
        match liar.visit_with(self.pair.node(victim), size, note) {
            // The lease of a process that died, or a lie told before.
            Err(AppError::Link(_)) => return Ok(()),
            Err(error) => return Err(format!("the liar's visit: {error}")),
            Ok(visit) if visit.closed.is_none() => return Err(format!("a {what} was not noticed")),
            Ok(_) => {}
        }
        self.lies.signed = Some((what, victim));
        Ok(())
    }

    /// Everything that can be mended is mended; then both must come to rest with the same.
    fn heal(&mut self) -> Step {
        self.pair
            .time
            .advance(self.furthest_skew.saturating_mul(2) + 60_000);
        for side in Side::BOTH {
            self.restart(side)?;
            let node = self.pair.node(side);
            node.disk.spare();
            node.blobs.heal();
            node.clock.set_skew(0);
            let partner = self.pair.node(side.other()).name.clone();
            node.app.set_cut(&partner, false);
        }
        for side in Side::BOTH {
            self.flag(side, "charter.resume")?;
        }
        if let Some((what, victim)) = self.lies.signed {
            return check::after_signed_lie(&self.pair, what, victim, &self.confirmed);
        }
        self.pair.try_settle()?;
        check::at_the_end(&self.pair, &self.lies, &self.confirmed)?;
        self.watch.step(&self.pair, &self.lies, 0).map(|_| ())
    }
}
