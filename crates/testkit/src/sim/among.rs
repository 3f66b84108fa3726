//! Two to four states to which events happen: each with a way to each other, cut one by one.

use super::among_check::AmongWatch;
use super::event::Event;
use super::fill::Detail;
use super::work::{self, act_on, broken, exchange_cards, look_at_everything};
use super::work::{note_with_file, opening};
use super::world::{Failure, Tally};
use crate::backup::Backup;
use crate::blobs::Bad;
use crate::fault::{Break, Plan};
use crate::many::{Link, TestMany};
use crate::node::{Said, TestNode, Writing};
use entente_app::courier::CourierFault;
use entente_app::{AppError, Recorded};
use entente_core::able;
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_core::instant::Instant;
use entente_core::kind::RULES_OF_TWO;
use entente_link::courier::CourierError;
use entente_store::WAITING;
use registers::Paper;
use std::collections::{BTreeMap, BTreeSet};

mod keys;
mod registers;

/// Names of the states, in their order.
const NAMES: [&str; 4] = ["ma", "fr", "es", "pt"];

type Step = Result<(), String>;

/// The world of one run.
pub struct Among {
    /// Nodes and ways.
    pub many: TestMany,
    /// What was done.
    pub tally: Tally,
    down: Vec<bool>,
    broke: Vec<u64>,
    /// Nodes that were put back to a backup: closed until their partners were heard.
    restored: Vec<bool>,
    backups: BTreeMap<usize, Backup>,
    confirmed: Vec<(usize, EntryId)>,
    pouch: Vec<(usize, usize, Vec<u8>)>,
    /// Proposals and answers on their way.
    desk: Vec<Paper>,
    /// When each node last lost its signing key, and registers, by owner and partner, that have still to begin with the new one.
    lost_keys: BTreeMap<usize, Instant>,
    keyless: BTreeSet<(usize, usize)>,
    furthest_skew: i64,
    watch: AmongWatch,
}

impl Among {
    /// So many states, each two with a charter in force.
    ///
    /// # Panics
    /// If they do not come that far.
    #[must_use]
    pub fn new(seed: u64, states: usize) -> Self {
        let many = TestMany::linked(seed, NAMES.get(..states).unwrap_or(&NAMES));
        let states = many.nodes.len();
        Self {
            many,
            tally: Tally::default(),
            down: vec![false; states],
            broke: vec![0; states],
            restored: vec![false; states],
            backups: BTreeMap::new(),
            confirmed: Vec::new(),
            pouch: Vec::new(),
            desk: Vec::new(),
            lost_keys: BTreeMap::new(),
            keyless: BTreeSet::new(),
            furthest_skew: 0,
            watch: AmongWatch::default(),
        }
    }

    /// Checks everything after every step.
    #[must_use]
    pub fn strict(mut self, on: bool) -> Self {
        self.watch.strict = on;
        self
    }

    /// Runs a list and heals at the end.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn run(&mut self, list: &[Event]) -> Result<(), Failure> {
        for (step, event) in list.iter().enumerate() {
            let done = self.happen(*event).and_then(|()| self.after(step));
            done.map_err(|what| Failure {
                step,
                what: format!("{what} (after {event:?})"),
            })?;
        }
        self.heal().map_err(|what| Failure {
            step: list.len(),
            what,
        })
    }

    fn after(&mut self, step: usize) -> Step {
        for at in 0..self.many.nodes.len() {
            if self.many.nodes[at].disk.is_dead() && !self.down[at] {
                self.many.die(at, !step.is_multiple_of(3));
                self.down[at] = true;
            }
            let broke = broken(&self.many.nodes[at]);
            self.tally.broken += broke.saturating_sub(self.broke[at]);
            self.broke[at] = broke;
        }
        self.show_tls_keys()?;
        self.tally.compared += self.watch.step(&self.many, step)?;
        Ok(())
    }

    fn node_of(&self, number: u8) -> usize {
        usize::from(number) % self.many.nodes.len()
    }

    /// Another node than `at`.
    fn other_of(&self, at: usize, number: u8) -> usize {
        let others = self.many.nodes.len() - 1;
        (at + 1 + usize::from(number) % others) % self.many.nodes.len()
    }

    fn way_of(&self, number: u8) -> Link {
        let ways: Vec<Link> = self.many.wires.keys().copied().collect();
        ways[usize::from(number) % ways.len()]
    }

    fn is_running(&self, at: usize) -> bool {
        !self.down[at] && !self.many.nodes[at].disk.is_dead()
    }

    fn just_broke(&self, at: usize) -> bool {
        let node = &self.many.nodes[at];
        node.disk.is_dead() || broken(node) > self.broke[at]
    }

    fn happen(&mut self, event: Event) -> Step {
        match event {
            Event::Open { .. }
            | Event::Gather { .. }
            | Event::Write { .. }
            | Event::Act { .. }
            | Event::Attach { .. }
            | Event::Flag { .. }
            | Event::Look { .. }
            | Event::Rotate { .. }
            | Event::RotateTls { .. } => self.people(event),
            Event::Crash { .. }
            | Event::Restart { .. }
            | Event::Break { .. }
            | Event::BreakBlobs { .. }
            | Event::Backup { .. }
            | Event::Restore { .. }
            | Event::Version { .. }
            | Event::Skew { .. } => self.machine(event),
            Event::Pack { at, to } => {
                let at = self.node_of(at);
                self.pack(at, self.other_of(at, to))
            }
            Event::Hand { pick, again } => self.hand(pick, again),
            Event::Alone { at, to } => {
                let at = self.node_of(at);
                self.alone(at, self.other_of(at, to))
            }
            Event::Steal { at, to } => {
                let at = self.node_of(at);
                self.steal(at, self.other_of(at, to))
            }
            Event::LoseKey { at } => self.lose_key(self.node_of(at)),
            Event::Propose { at, to } => {
                let at = self.node_of(at);
                self.propose(at, self.other_of(at, to))
            }
            Event::Withdraw { at, to } => {
                let at = self.node_of(at);
                self.withdraw(at, self.other_of(at, to))
            }
            Event::Sign { pick, again } => self.sign(pick, again),
            _ => self.travel(event),
        }
    }

    /// What people do at a node, if its process runs.
    fn people(&mut self, event: Event) -> Step {
        let (Event::Open { at, .. }
        | Event::Gather { at }
        | Event::Write { at, .. }
        | Event::Act { at, .. }
        | Event::Attach { at, .. }
        | Event::Flag { at, .. }
        | Event::Look { at }
        | Event::Rotate { at }
        | Event::RotateTls { at, .. }) = event
        else {
            return Ok(());
        };
        let at = self.node_of(at);
        if !self.is_running(at) {
            return Ok(());
        }
        match event {
            Event::Open {
                to, kind, detail, ..
            } => self.open(at, self.other_of(at, to), kind, detail),
            Event::Gather { .. } => self.gather(at),
            Event::Write {
                dossier,
                entry,
                detail,
                ..
            } => self.write(at, dossier, entry, detail),
            Event::Act {
                pick,
                entry,
                detail,
                ..
            } => self.act(at, pick, entry, detail),
            Event::Attach { dossier, size, .. } => self.attach(at, dossier, size),
            Event::Flag { to, up, .. } => self.flag(at, self.other_of(at, to), up),
            Event::Look { .. } => self.look(at),
            Event::RotateTls { at_once, .. } => self.rotate_tls(at, at_once),
            _ => self.rotate(at),
        }
    }

    /// What an author hears: refusals by rule are fine, faults only where they were planned, bugs never.
    fn heard(&mut self, at: usize, what: &str, said: Said<Recorded>) -> Step {
        let name = &self.many.nodes[at].name;
        match said {
            Ok(recorded) => {
                self.tally.accepted += 1;
                self.confirmed.push((at, recorded.entry));
                Ok(())
            }
            Err(AppError::Store(_)) if self.just_broke(at) => Ok(()),
            Err(AppError::Closed) if self.restored[at] => Ok(()),
            // A partner whose program lacks what is asked of it: said, and nothing is sent.
            Err(AppError::Link(fault)) if fault.is_of_version() && self.tally.versions > 0 => {
                self.tally.refused += 1;
                Ok(())
            }
            Err(error @ (AppError::Bug(_) | AppError::Store(_))) => {
                Err(format!("{what} by {name}: {error}"))
            }
            Err(AppError::Link(fault)) if fault.is_of_charter() => {
                self.tally.refused += 1;
                Ok(())
            }
            // Whatever is wrong with a link, people go on writing.
            Err(error @ (AppError::Link(_) | AppError::Closed)) => {
                Err(format!("invariant 13: {what} by {name}: {error}"))
            }
            Err(_) => {
                self.tally.refused += 1;
                Ok(())
            }
        }
    }

    fn record(
        &mut self,
        at: usize,
        entry_type: &str,
        wanted: &Writing<'_>,
        to: Option<usize>,
    ) -> Step {
        let partner = to.map(|to| self.many.nodes[to].name.clone());
        let said = self.many.write_to(at, entry_type, wanted, partner.as_ref());
        self.heard(at, entry_type, said)
    }

    fn open(&mut self, at: usize, to: usize, kind: u8, detail: u32) -> Step {
        let Some((entry_type, mut wanted)) = opening(&self.many.nodes[at], kind, detail) else {
            return Ok(());
        };
        // Between two; of more there is `Gather`.
        wanted.fields.retain(|(name, _)| *name != "others");
        self.record(at, entry_type, &wanted, Some(to))
    }

    fn gather(&mut self, at: usize) -> Step {
        let others = self.many.nodes.iter().enumerate();
        let invited: Vec<String> = others
            .filter(|(other, _)| *other != at)
            .map(|(_, node)| format!("{}/police", node.name))
            .collect();
        let invited = invited.join(",");
        let fields = [
            ("title", "Estuaire"),
            ("aim", "Comprendre."),
            ("others", &invited),
        ];
        let to = self.other_of(at, 0);
        self.record(at, "investigation.open", &Writing::new(&fields), Some(to))
    }

    fn write(&mut self, at: usize, dossier: u16, entry: u8, detail: u32) -> Step {
        let mut detail = Detail::new(detail);
        let chosen = work::entry(&self.many.nodes[at], dossier, entry, &mut detail);
        let Some((entry_type, wanted)) = chosen else {
            return Ok(());
        };
        let piece = u8::try_from(detail.below(200)).unwrap_or(0);
        let to = (detail.below(4) == 0).then(|| self.other_of(at, piece));
        self.record(at, entry_type, &wanted, to)
    }

    fn act(&mut self, at: usize, pick: u16, entry: u8, detail: u32) -> Step {
        let mut detail = Detail::new(detail);
        let node = &self.many.nodes[at];
        let all = node.obligations(None).map_err(|e| e.to_string())?;
        let mine = |r: &&_| {
            let r: &entente_store::ObligationRow = r;
            [r.debtor.node(), r.creditor.node()].contains(&node.name)
        };
        let mut among: Vec<_> = all.iter().filter(|r| r.state.is_open()).collect();
        if among.is_empty() || detail.below(6) == 0 {
            among = all.iter().collect();
        }
        // What two others owe each other is mostly not ours to act on.
        if detail.below(6) > 0 {
            among.retain(mine);
        }
        let Some(row) = among.get(usize::from(pick) % among.len().max(1)) else {
            return Ok(());
        };
        match act_on(node, row, entry, &mut detail) {
            Some((entry_type, wanted)) => self.record(at, entry_type, &wanted, None),
            None => Ok(()),
        }
    }

    fn attach(&mut self, at: usize, dossier: u16, size: u32) -> Step {
        match note_with_file(&self.many.nodes[at], dossier, size) {
            Some((entry_type, wanted)) => self.record(at, entry_type, &wanted, None),
            None => Ok(()),
        }
    }

    fn flag(&mut self, at: usize, to: usize, up: bool) -> Step {
        let partner = &self.many.nodes[to].name;
        let terms = self.many.nodes[at].look(|tx| tx.terms_with(partner));
        let Some(terms) = terms.map_err(|e| e.to_string())? else {
            return Ok(());
        };
        let what = if up {
            "charter.suspend"
        } else {
            "charter.resume"
        };
        let wanted = Writing::on(terms.dossier, &[("text", "simulated")]);
        self.record(at, what, &wanted, None)
    }

    fn look(&mut self, at: usize) -> Step {
        let node = &self.many.nodes[at];
        match look_at_everything(node) {
            Ok(()) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(at) => Ok(()),
            Err(AppError::Closed) if self.restored[at] => Ok(()),
            Err(error) => Err(format!("looking at {}: {error}", node.name)),
        }
    }

    fn machine(&mut self, event: Event) -> Step {
        match event {
            Event::Crash { at, told } => {
                let at = self.node_of(at);
                self.kill(at, told);
                Ok(())
            }
            Event::Restart { at } => self.start(self.node_of(at)),
            Event::Break {
                at,
                after,
                persisted,
                crash,
            } => {
                let how = Break::of(persisted);
                let after = u64::from(after);
                let disk = &self.many.nodes[self.node_of(at)].disk;
                disk.plan(Plan { after, how, crash });
                Ok(())
            }
            Event::BreakBlobs { at, after, how } => {
                let blobs = &self.many.nodes[self.node_of(at)].blobs;
                blobs.plan(u64::from(after), Bad::of(how));
                Ok(())
            }
            Event::Skew { at, ms } => {
                let ms = i64::from(ms);
                self.furthest_skew = self.furthest_skew.max(ms.abs());
                self.many.nodes[self.node_of(at)].clock.set_skew(ms);
                self.tally.skewed += u64::from(ms.abs() >= 3_600_000);
                Ok(())
            }
            Event::Backup { at } => {
                let at = self.node_of(at);
                // One that is still closed has nothing of its own to save.
                if self.is_running(at) && !self.restored[at] {
                    let taken = Backup::of(&self.many.nodes[at]);
                    self.backups.insert(at, taken);
                }
                Ok(())
            }
            Event::Restore { at } => self.restore(self.node_of(at)),
            Event::Version { at, older } => {
                let at = self.node_of(at);
                match older && self.news_comes(at)? {
                    true => Ok(()),
                    false => self.version(at, older),
                }
            }
            _ => Ok(()),
        }
    }

    fn kill(&mut self, at: usize, told: bool) {
        self.many.nodes[at].disk.kill();
        self.many.die(at, told);
        self.down[at] = true;
    }

    fn start(&mut self, at: usize) -> Step {
        if self.is_running(at) {
            return Ok(());
        }
        self.tally.restarts += 1;
        self.down[at] = false;
        let name = self.many.nodes[at].name.clone();
        let started = self.many.nodes[at].restart();
        started.map_err(|e| format!("restart of {name}: {e}"))
    }

    /// The disk is lost with everything since the backup; the copies of the keys are newer, as everywhere.
    fn restore(&mut self, at: usize) -> Step {
        let Some(backup) = self.backups.remove(&at) else {
            return Ok(());
        };
        self.without_key(at);
        let newest = Backup::of(&self.many.nodes[at]);
        self.kill(at, true);
        let name = self.many.nodes[at].name.clone();
        let moved = backup.in_place_of(&newest, &mut self.many.nodes[at]);
        moved.map_err(|e| format!("restore of {name}: {e}"))?;
        self.down[at] = false;
        self.broke[at] = 0;
        self.restored[at] = true;
        self.many.files_lost = true;
        self.tally.restored += 1;
        // What no partner ever had is gone with the disk: that is what backups are for.
        let nodes = &self.many.nodes;
        let has = |node: &TestNode, id: EntryId| node.entry(id).ok().flatten().is_some();
        self.confirmed
            .retain(|(_, id)| nodes.iter().any(|node| has(node, *id)));
        let nodes: Vec<&TestNode> = nodes.iter().collect();
        self.watch.kept.restored(at, &nodes)?;
        self.watch.forget(at, &self.many);
        Ok(())
    }

    /// Whether others wrote something for this node that it has not judged and that only the newest program knows: nobody puts a
    /// program back then. What it never heard of would have no effect there for good, and no card could have told its author.
    fn news_comes(&self, at: usize) -> Result<bool, String> {
        let node = &self.many.nodes[at];
        let judged = |id: EntryId| {
            let row = node.entry(id)?;
            Ok::<_, AppError>(row.is_some_and(|row| row.verdict != WAITING))
        };
        for author in self
            .many
            .nodes
            .iter()
            .filter(|other| other.name != node.name)
        {
            let rows = author.look(|tx| tx.entries_since(0, u32::MAX));
            for row in rows.map_err(|e| e.to_string())? {
                let Ok(header) = Header::from_bytes(&row.header) else {
                    continue;
                };
                let new = able::came_with(&header) > RULES_OF_TWO;
                let for_it = header.node() == author.name && header.audience.contains(&node.name);
                if new && for_it && !judged(row.id).map_err(|e| e.to_string())? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The program is another one from the next start on, which is now.
    fn version(&mut self, at: usize, older: bool) -> Step {
        self.tally.versions += 1;
        self.kill(at, true);
        self.many.nodes[at].set_older(older);
        self.watch.versions = true;
        self.start(at)?;
        if older {
            // It speaks an older version of the wire than its card said: its people show the others the card of now.
            for (other, node) in self.many.nodes.iter().enumerate() {
                // Where that fails, the link waits for the upgrade.
                if other != at {
                    drop(node.pin(&self.many.nodes[at]));
                }
            }
        }
        Ok(())
    }

    fn travel(&mut self, event: Event) -> Step {
        match event {
            Event::Round => {
                self.many.round();
                Ok(())
            }
            Event::Pass { ms } => {
                self.many.pass(i64::from(ms));
                Ok(())
            }
            Event::Cut { way } => {
                self.many.set_cut(self.way_of(way), true);
                Ok(())
            }
            Event::Mend { way } => {
                self.many.set_cut(self.way_of(way), false);
                Ok(())
            }
            Event::Dial { way, who } => self.dial(self.way_of(way), who),
            Event::DeliverAll { way } => {
                let way = self.way_of(way);
                if !self.many.has_driver(way) {
                    self.dial(way, 0)?;
                }
                match self.many.on_way(way, |wire, ends| wire.deliver(ends)) {
                    false => Err(format!("the two of {way:?} never stop talking")),
                    true => Ok(()),
                }
            }
            Event::Deliver { way, high, bytes } => {
                let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
                self.many.on_way(self.way_of(way), |wire, ends| {
                    wire.accept(ends);
                    wire.read(usize::from(high), bytes);
                });
                Ok(())
            }
            Event::Tear { way, lose } => {
                self.many
                    .on_way(self.way_of(way), |wire, _| wire.tear(lose));
                Ok(())
            }
            Event::HalfOpen { way, high } => {
                let end = usize::from(high);
                self.many
                    .on_way(self.way_of(way), |wire, _| wire.die(end, false));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Dialling may fail by lease, alarm or disk; none of these is a bug.
    fn dial(&mut self, way: Link, who: u8) -> Step {
        if self.many.cut.contains(&way) {
            return Ok(());
        }
        let dialled = self.many.on_way(way, |wire, ends| {
            let sides: &[usize] = match who {
                0 => &[0],
                1 => &[1],
                _ => {
                    wire.tear(true);
                    &[0, 1]
                }
            };
            sides
                .iter()
                .map(|side| wire.dial(ends, *side))
                .collect::<Vec<_>>()
        });
        for said in dialled {
            if let Err(error @ AppError::Bug(_)) = said {
                return Err(format!("dialling on {way:?}: {error}"));
            }
        }
        Ok(())
    }

    /// A bundle is packed unless a session drives the link, or the partner's key is past its term: then people exchange cards again.
    fn pack(&mut self, at: usize, to: usize) -> Step {
        if !self.is_running(at) {
            return Ok(());
        }
        let (node, partner) = (&self.many.nodes[at], &self.many.nodes[to].name);
        match node.pack(partner) {
            Ok(file) => {
                self.tally.packed += 1;
                self.pouch.push((at, to, file));
                Ok(())
            }
            Err(AppError::Link(_)) => Ok(()),
            Err(AppError::Courier(CourierFault::KeyPast(_))) if self.is_running(to) => {
                match self.keyless.contains(&(to, at)) {
                    // Its people show the card when they agree on its register.
                    true => Ok(()),
                    false => exchange_cards(node, &self.many.nodes[to]),
                }
            }
            Err(AppError::Courier(CourierFault::KeyPast(_))) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(at) => Ok(()),
            Err(AppError::Closed) if self.restored[at] => Ok(()),
            // Nothing is signed while its register is to begin again.
            Err(AppError::Restart(_)) => Ok(()),
            Err(error) => Err(format!("packing by {}: {error}", node.name)),
        }
    }

    fn hand(&mut self, pick: u8, again: bool) -> Step {
        if self.pouch.is_empty() {
            return Ok(());
        }
        let place = usize::from(pick) % self.pouch.len();
        let (_, to, file) = match again {
            true => self.pouch[place].clone(),
            false => self.pouch.swap_remove(place),
        };
        if !self.is_running(to) {
            return Ok(());
        }
        let node = &self.many.nodes[to];
        match node.unpack(&file) {
            Ok(_) => {
                self.tally.carried += 1;
                Ok(())
            }
            Err(AppError::Link(_)) => Ok(()),
            Err(AppError::Courier(CourierFault::KeyDestroyed | CourierFault::OverQuota)) => Ok(()),
            // Packed before its sender changed its key, and the change came another way.
            Err(AppError::Courier(CourierFault::File(CourierError::FormerKey))) => Ok(()),
            Err(AppError::Courier(fault)) if self.is_explained(&fault) => Ok(()),
            Err(AppError::Closed) if self.restored[to] => Ok(()),
            Err(AppError::Restart(_)) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(to) => Ok(()),
            Err(error) => Err(format!("unpacking at {}: {error}", node.name)),
        }
    }

    /// What restored nodes, forked registers and their generations explain.
    fn is_explained(&self, fault: &CourierFault) -> bool {
        let lost = self.tally.lost_keys > 0;
        let parted = lost || self.tally.alone + self.tally.stolen + self.tally.proposed > 0;
        match fault {
            CourierFault::KeyUnknown if lost => true,
            // Told by whoever has its key, a partner holds more of its register than it wrote.
            CourierFault::OwnBehind if self.tally.stolen > 0 => true,
            CourierFault::Gap { .. } | CourierFault::KeyUnknown | CourierFault::OwnBehind => {
                self.tally.restored > 0
            }
            CourierFault::Contradiction | CourierFault::Deviates(_) => parted,
            CourierFault::Interrupted(why) => self.is_explained(why),
            _ => false,
        }
    }

    /// Erasures that a disk took with it before anybody else had them: people are told, and do them once more.
    fn erase_again(&mut self) -> Step {
        for at in 0..self.many.nodes.len() {
            let untold = self.many.nodes[at].app.untold_erasures(None);
            for (dossier, entry) in untold.map_err(|e| e.to_string())? {
                let entry = entry.to_string();
                self.record(
                    at,
                    "erase",
                    &Writing::on(dossier, &[("entry", &entry)]),
                    None,
                )?;
            }
        }
        Ok(())
    }

    /// Everything that can be mended is mended; then all must come to rest with the same.
    fn heal(&mut self) -> Step {
        let skew = self.furthest_skew.saturating_mul(2);
        self.many.time.advance(skew + 60_000);
        for at in 0..self.many.nodes.len() {
            self.many.nodes[at].clock.set_skew(0);
            if self.many.nodes[at].is_older() {
                self.version(at, false)?;
            }
            self.start(at)?;
            self.many.nodes[at].disk.spare();
            self.many.nodes[at].blobs.heal();
        }
        self.many.cut.clear();
        let agreeing = [
            self.tally.alone,
            self.tally.stolen,
            self.tally.proposed,
            self.tally.lost_keys,
        ];
        if agreeing.iter().any(|times| *times > 0) {
            self.agree_on_registers()?;
        }
        // A restored node is closed until it heard its partners.
        self.many.try_settle(true)?;
        self.restored.fill(false);
        let ways: Vec<Link> = self.many.wires.keys().copied().collect();
        for (low, high) in ways {
            self.flag(low, high, false)?;
            self.flag(high, low, false)?;
        }
        self.many.try_settle(false)?;
        if self.tally.restored > 0 {
            self.erase_again()?;
            // Bodies that a restored node misses are asked for again at most once an hour.
            self.many.pass(3_700_000);
            self.many.try_settle(false)?;
        }
        self.newest_tls_keys()?;
        self.watch.at_the_end(&self.many, self.tally.restored > 0)?;
        for (at, id) in &self.confirmed {
            let here = self.many.nodes[*at].entry(*id);
            let here = here.map_err(|e| e.to_string())?;
            here.ok_or_else(|| format!("invariant 3: entry {id} was confirmed and is gone"))?;
        }
        for at in 0..self.many.nodes.len() {
            self.look(at)?;
        }
        self.watch.strict = true;
        self.watch.step(&self.many, 0).map(|_| ())
    }
}
