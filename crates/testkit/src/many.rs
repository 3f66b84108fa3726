//! Three nodes and more, with a way between each two and a charter in force on each (rule 16).

use crate::backup::Backup;
use crate::node::{Said, SharedTime, TestNode, Writing, recording};
use crate::sim::among_check::follows_gone;
use crate::wire::Wire;
use entente_app::{Recorded, Recording};
use entente_core::codes::Ask;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_store::{Direction, EntryRow, ObligationRow};
use std::collections::{BTreeMap, BTreeSet};

/// Milliseconds that pass in one round of settling.
const ROUND_MS: i64 = 1_000;
/// Rounds after which a world that does not settle never will.
const ROUNDS: usize = 240;

/// Two nodes by their places, the lower first.
pub type Link = (usize, usize);

/// A world of several nodes.
pub struct TestMany {
    /// The nodes.
    pub nodes: Vec<TestNode>,
    /// The way between each two.
    pub wires: BTreeMap<Link, Wire>,
    /// Ways that are cut.
    pub cut: BTreeSet<Link>,
    /// True time.
    pub time: SharedTime,
    /// A disk was lost: its own files come from a backup of their own, and partners go on asking for them.
    pub files_lost: bool,
}

impl TestMany {
    /// Nodes of these names, each two known to each other, with a charter in force that the first of them convenes.
    ///
    /// # Panics
    /// If they do not come that far: a test has nothing to test then.
    #[must_use]
    pub fn linked(seed: u64, names: &[&str]) -> Self {
        let time = SharedTime::default();
        let open = |name: &&str| {
            let node = TestNode::build(name).seed(seed).time(&time);
            node.officers(&["liaison", "inspector", "investigator"])
                .open()
                .unwrap_or_else(|e| panic!("{name}: {e}"))
        };
        let nodes: Vec<TestNode> = names.iter().map(open).collect();
        let mut wires = BTreeMap::new();
        for low in 0..nodes.len() {
            for high in low + 1..nodes.len() {
                for (one, other) in [(low, high), (high, low)] {
                    let pinned = nodes[one].pin(&nodes[other]);
                    pinned.unwrap_or_else(|e| panic!("pin: {e}"));
                }
                wires.insert((low, high), Wire::default());
            }
        }
        let cut = BTreeSet::new();
        let mut world = Self {
            nodes,
            wires,
            cut,
            time,
            files_lost: false,
        };
        let links: Vec<Link> = world.wires.keys().copied().collect();
        for link in links {
            world.charter(link);
        }
        world
    }

    /// Brings a charter on the modelled terms into force.
    fn charter(&mut self, (low, high): Link) {
        let partner = self.nodes[high].name.clone();
        let opened = self.write_to(
            low,
            "charter.open",
            &Writing::new(&[("title", "Charte")]),
            Some(&partner),
        );
        let dossier = opened.unwrap_or_else(|e| panic!("charter: {e}")).dossier;
        self.settle();
        self.write(high, "charter.sign", &Writing::on(dossier, &[]));
        self.settle();
        self.write(low, "charter.enact", &Writing::on(dossier, &[]));
        self.settle();
    }

    /// The place of a node.
    ///
    /// # Panics
    /// If there is none of this name.
    #[must_use]
    pub fn at(&self, name: &str) -> usize {
        let found = self.nodes.iter().position(|n| n.name.as_str() == name);
        found.unwrap_or_else(|| panic!("no node {name}"))
    }

    /// Records an entry that must be accepted.
    ///
    /// # Panics
    /// If it is not.
    pub fn write(&mut self, at: usize, entry_type: &str, wanted: &Writing<'_>) -> Recorded {
        let name = self.nodes[at].name.clone();
        self.write_to(at, entry_type, wanted, None)
            .unwrap_or_else(|e| panic!("{name} writes {entry_type}: {e:?}"))
    }

    /// Records an entry, naming the state that it is meant for.
    ///
    /// # Errors
    /// What the app says.
    pub fn write_to(
        &mut self,
        at: usize,
        entry_type: &str,
        wanted: &Writing<'_>,
        partner: Option<&NodeName>,
    ) -> Said<Recorded> {
        let node = &self.nodes[at];
        let actor = node.officer(wanted.officer)?;
        let recording = Recording {
            partner: partner.cloned(),
            ..recording(entry_type, wanted)?
        };
        let recorded = node.app.record(&actor, recording);
        self.wake(at);
        recorded
    }

    /// Opens a joint investigation of all nodes, convened by one of them.
    ///
    /// # Panics
    /// If it is not accepted.
    pub fn investigation(&mut self, convenor: usize) -> DossierId {
        let others: Vec<NodeName> = (0..self.nodes.len())
            .filter(|at| *at != convenor)
            .map(|at| self.nodes[at].name.clone())
            .collect();
        let invited: Vec<String> = others.iter().map(|n| format!("{n}/police")).collect();
        let fields = [
            ("title", "Estuaire"),
            ("aim", "Comprendre une filière de faux titres de transport."),
            ("others", &invited.join(",")),
        ];
        let opened = self.write_to(
            convenor,
            "investigation.open",
            &Writing::new(&fields),
            others.first(),
        );
        opened
            .unwrap_or_else(|e| panic!("investigation: {e:?}"))
            .dossier
    }

    /// Opens a joint investigation among some of the nodes, which may continue an earlier dossier; all of them join.
    ///
    /// # Panics
    /// If it is not accepted.
    pub fn joined(
        &mut self,
        convenor: usize,
        others: &[usize],
        continues: Option<DossierId>,
    ) -> DossierId {
        let names: Vec<_> = others
            .iter()
            .map(|at| self.nodes[*at].name.clone())
            .collect();
        let invited: Vec<String> = names.iter().map(|n| format!("{n}/liaison")).collect();
        let mut fields = vec![
            ("title", "Estuaire".to_owned()),
            ("aim", "Comprendre une filière de faux titres.".to_owned()),
            ("others", invited.join(",")),
        ];
        fields.extend(continues.map(|id| ("continues", id.to_string())));
        let wanted = Writing {
            fields,
            ..Writing::default()
        };
        let opened = self.write_to(convenor, "investigation.open", &wanted, names.first());
        let dossier = opened.unwrap_or_else(|e| panic!("open: {e:?}")).dossier;
        self.settle();
        for at in others {
            self.join(*at, dossier);
        }
        self.settle();
        dossier
    }

    /// A node joins.
    ///
    /// # Panics
    /// If it is not asked to, or it is not accepted.
    pub fn join(&mut self, at: usize, dossier: DossierId) -> Recorded {
        let target = self.owed(at, dossier, Ask::Decide);
        let text = Writing::on(dossier, &[("text", "Nous participons.")]);
        self.write(at, "investigation.join", &text.target(target))
    }

    /// What a node owes of one sort in a dossier.
    ///
    /// # Panics
    /// If that is not exactly one.
    #[must_use]
    pub fn owed(&self, at: usize, dossier: DossierId, ask: Ask) -> ObligationId {
        let name = &self.nodes[at].name;
        let rows = self.obligations(at, dossier);
        let owed: Vec<&ObligationRow> = rows
            .iter()
            .filter(|r| r.ask == ask && r.debtor.node() == *name && r.state.is_open())
            .collect();
        assert_eq!(owed.len(), 1, "{name} owes one {ask}");
        owed[0].id
    }

    /// Obligations of a dossier as a node sees them.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn obligations(&self, at: usize, dossier: DossierId) -> Vec<ObligationRow> {
        let rows = self.nodes[at].obligations(Some(dossier));
        rows.unwrap_or_else(|e| panic!("obligations: {e}"))
    }

    /// Entries of a dossier as a node has them, by identifier.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn entries(&self, at: usize, dossier: DossierId) -> BTreeMap<EntryId, EntryRow> {
        let rows = self.nodes[at].entries();
        let rows = rows.unwrap_or_else(|e| panic!("entries: {e}"));
        let here = rows.into_iter().filter(|row| row.dossier == dossier);
        here.map(|row| (row.id, row)).collect()
    }

    /// Cuts the way between two nodes, or mends it. What was under way is lost.
    pub fn set_cut(&mut self, link: Link, on: bool) {
        if !on {
            self.cut.remove(&link);
        } else if self.cut.insert(link)
            && let Some(wire) = self.wires.get_mut(&link)
        {
            wire.tear(true);
        }
    }

    /// The process of a node dies and starts again; its partners find out by themselves.
    ///
    /// # Panics
    /// If it does not start.
    pub fn restart(&mut self, at: usize) {
        self.die(at, true);
        let started = self.nodes[at].restart();
        started.unwrap_or_else(|e| panic!("restart: {e}"));
    }

    /// A node is restored from a backup and starts again.
    ///
    /// # Panics
    /// If it does not start.
    pub fn restore(&mut self, at: usize, backup: &Backup) {
        self.die(at, true);
        let started = backup.in_place_of(backup, &mut self.nodes[at]);
        started.unwrap_or_else(|e| panic!("restore: {e}"));
    }

    /// The process of a node dies: its ends vanish. Its partners' machines are told at once only if `told`.
    pub fn die(&mut self, at: usize, told: bool) {
        for ((low, high), wire) in &mut self.wires {
            if *low == at || *high == at {
                wire.die(usize::from(*high == at), told);
            }
        }
    }

    /// Tells the ends of a node that something was queued.
    pub fn wake(&mut self, at: usize) {
        for ((low, high), wire) in &mut self.wires {
            if *low == at {
                wire.wake(0);
            } else if *high == at {
                wire.wake(1);
            }
        }
    }

    /// Time passes, and all see their clocks at its end.
    pub fn pass(&mut self, ms: i64) {
        self.time.advance(ms);
        for (link, wire) in &mut self.wires {
            let ends = [&self.nodes[link.0], &self.nodes[link.1]];
            (0..2).for_each(|side| wire.tick(side));
            wire.accept(&ends);
        }
    }

    /// Does something on the way between two nodes.
    ///
    /// # Panics
    /// If there is no such way.
    pub fn on_way<T>(
        &mut self,
        link: Link,
        job: impl FnOnce(&mut Wire, &[&TestNode; 2]) -> T,
    ) -> T {
        let ends = [&self.nodes[link.0], &self.nodes[link.1]];
        let wire = self.wires.get_mut(&link);
        job(wire.unwrap_or_else(|| panic!("no way {link:?}")), &ends)
    }

    /// Whether a driver runs at either end of a way.
    #[must_use]
    pub fn has_driver(&self, link: Link) -> bool {
        let wire = self.wires.get(&link);
        wire.is_some_and(|wire| wire.has_driver(0) || wire.has_driver(1))
    }

    /// One round: time passes, all that may dial, and everything under way arrives.
    pub fn round(&mut self) {
        self.time.advance(ROUND_MS);
        for (link, wire) in &mut self.wires {
            if self.cut.contains(link) {
                continue;
            }
            let ends = [&self.nodes[link.0], &self.nodes[link.1]];
            for side in 0..2 {
                wire.tick(side);
            }
            if !wire.has_driver(0) && !wire.has_driver(1) {
                // Busy or failing: a later round tries again.
                let _later = wire.dial(&ends, 0);
            }
            wire.accept(&ends);
            wire.deliver(&ends);
        }
    }

    /// Runs until, over every way that is not cut, both hold everything of each other by the other's word.
    ///
    /// # Panics
    /// If they never do.
    pub fn settle(&mut self) {
        self.try_settle(false).unwrap_or_else(|e| panic!("{e}"));
    }

    /// [`TestMany::settle`] without panic. With `flagged`, what a suspension holds back may go on waiting.
    ///
    /// # Errors
    /// What is still missing.
    pub fn try_settle(&mut self, flagged: bool) -> Result<(), String> {
        let mut missing = String::new();
        for _ in 0..ROUNDS {
            self.round();
            match self.rest(flagged) {
                Ok(()) => {
                    // Digests travel on the ticks after everything rests.
                    for _ in 0..4 {
                        self.round();
                    }
                    return Ok(());
                }
                Err(what) => missing = what,
            }
        }
        Err(format!("the world does not settle: {missing}"))
    }

    /// Entries of a node for a partner that have no place in its register for it, and follow what nobody has.
    fn held_back(&self, node: &TestNode, partner: &NodeName) -> u64 {
        let entries = node.entries().unwrap_or_default().into_iter();
        let kept = entries.filter(|row| {
            let header = Header::from_bytes(&row.header);
            let placed = node.look(|tx| tx.leaf_place(partner, Direction::Out, row.id));
            header.is_ok_and(|h| {
                h.node() == node.name
                    && h.audience.contains(partner)
                    && follows_gone(self, node, &h)
            }) && placed.is_ok_and(|place| place.is_none())
        });
        kept.count() as u64
    }

    fn rest(&self, flagged: bool) -> Result<(), String> {
        for (link, wire) in &self.wires {
            if self.cut.contains(link) {
                continue;
            }
            for (side, at, other) in [(0, link.0, link.1), (1, link.1, link.0)] {
                let (node, partner) = (&self.nodes[at], &self.nodes[other]);
                if !wire.is_up(side) {
                    // That the other side hung up says nothing of why.
                    let told = |why: &&(usize, String)| why.1 != "disconnected";
                    let why = wire.reasons.iter().rev().find(told);
                    return Err(format!("{} has no session: {why:?}", node.name));
                }
                let (held, size, waiting) =
                    (node.app.receipted(&partner.name)).map_err(|e| e.to_string())?;
                let there = partner.look(|tx| Ok(tx.register(&node.name, Direction::In)?.size));
                // What follows an entry that nobody has any more cannot leave: by what dossier it would be judged is unknown.
                let held_back = || self.held_back(node, &partner.name);
                let waiting = match waiting {
                    _ if flagged => 0,
                    0 => 0,
                    some => some.saturating_sub(held_back()),
                };
                if waiting > 0 || held != size || there.map_err(|e| e.to_string())? != size {
                    return Err(format!("{}: {held} of {size}, {waiting} wait", node.name));
                }
            }
            if !wire.is_quiet() {
                return Err("bytes are under way".into());
            }
            for (at, other) in [(link.0, link.1), (link.1, link.0)] {
                let partner = &self.nodes[other].name;
                let wanted = self.nodes[at].look(|tx| Ok(tx.wanted(partner, 1)?.len()));
                if !flagged && !self.files_lost && wanted.map_err(|e| e.to_string())? > 0 {
                    return Err(format!("{} still fetches a file", self.nodes[at].name));
                }
            }
        }
        Ok(())
    }

    /// All nodes have the same entries of a dossier with the same verdicts, and the same state of every obligation; creditor and
    /// debtor have the same due time, and nobody else has any.
    ///
    /// # Errors
    /// The first difference, in words.
    pub fn same(&self, dossier: DossierId) -> Result<(), String> {
        let shared = |at: usize| -> Vec<(EntryId, u8, Vec<u8>)> {
            let rows = self.entries(at, dossier).into_values();
            rows.map(|r| (r.id, r.verdict, r.causal)).collect()
        };
        let first = shared(0);
        for at in 1..self.nodes.len() {
            if shared(at) != first {
                return Err(format!(
                    "{} has other entries or verdicts",
                    self.nodes[at].name
                ));
            }
        }
        for row in self.obligations(0, dossier) {
            self.same_obligation(dossier, row.id)?;
        }
        Ok(())
    }

    /// [`TestMany::same`], and nobody has anything against anybody.
    ///
    /// # Panics
    /// If they are not, or somebody has.
    pub fn assert_same(&self, dossier: DossierId) {
        self.same(dossier).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(self.evidence(), [], "nobody has anything against anybody");
    }

    fn same_obligation(&self, dossier: DossierId, id: ObligationId) -> Result<(), String> {
        let mut seen = Vec::new();
        for at in 0..self.nodes.len() {
            let found = self
                .obligations(at, dossier)
                .into_iter()
                .find(|r| r.id == id);
            let row = found.ok_or_else(|| format!("{} lacks {id}", self.nodes[at].name))?;
            let name = &self.nodes[at].name;
            let party = [row.debtor.node(), row.creditor.node()].contains(name);
            if !party && (row.due_ms.is_some() || row.received_ms.is_some()) {
                return Err(format!("{name} has times of {id}, which is not its own"));
            }
            seen.push((
                party.then_some((row.due_ms, row.received_ms, row.ended_ms)),
                row,
            ));
        }
        let times: Vec<_> = seen.iter().filter_map(|(times, _)| *times).collect();
        if times.len() != 2 || times[0] != times[1] {
            return Err(format!(
                "creditor and debtor of {id} have other times: {times:?}"
            ));
        }
        let state = |r: &ObligationRow| {
            let sides = (r.creditor.clone(), r.debtor.clone(), r.owing.clone());
            (
                sides,
                r.ask,
                r.number,
                r.state,
                r.turn,
                r.outcome,
                r.contested,
            )
        };
        let first = state(&seen[0].1);
        match seen.iter().all(|(_, row)| state(row) == first) {
            true => Ok(()),
            false => Err(format!("{id} stands differently")),
        }
    }

    /// Evidence kept anywhere, against whomever.
    ///
    /// # Panics
    /// If a disk cannot be read.
    #[must_use]
    pub fn evidence(&self) -> Vec<(NodeName, NodeName, String)> {
        let mut out = Vec::new();
        for node in &self.nodes {
            for partner in self.nodes.iter().filter(|n| n.name != node.name) {
                let rows = node.look(|tx| tx.evidence(&partner.name, 100));
                for row in rows.unwrap_or_else(|e| panic!("evidence: {e}")) {
                    out.push((node.name.clone(), partner.name.clone(), row.what));
                }
            }
        }
        out
    }
}
