//! Two nodes `ma` and `fr`, known to each other, with a way between them and a charter in force.

use crate::node::{Said, SharedTime, TestNode, Writing, recording};
use crate::wire::Wire;
use entente_app::views::ObligationView;
use entente_app::{Recorded, Recording};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::terms::TermsDraft;
use entente_store::{AttachmentState, Direction, EvidenceRow, ObligationRow};
use serde_json::json;

/// Which node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Node `ma`.
    Ma,
    /// Node `fr`.
    Fr,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Ma, Self::Fr];

    /// Its place.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Ma => 0,
            Self::Fr => 1,
        }
    }
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Ma => Self::Fr,
            Self::Fr => Self::Ma,
        }
    }
}

/// Milliseconds that pass in one round of settling.
const ROUND_MS: i64 = 1_000;
/// Rounds after which a pair that does not settle never will: beyond a silence, a lease and a hello.
const ROUNDS: usize = 240;

/// A linked pair.
pub struct TestPair {
    /// `ma`, then `fr`.
    pub nodes: [TestNode; 2],
    /// The way between them.
    pub wire: Wire,
    /// True time.
    pub time: SharedTime,
    /// The charter, once it is in force.
    pub charter: Option<DossierId>,
}

impl TestPair {
    /// Two nodes that know each other and have no charter yet, with these officers in each.
    ///
    /// # Errors
    /// Whatever the app says.
    pub fn strangers(seed: u64, officers: &[&'static str]) -> Said<Self> {
        let time = SharedTime::default();
        let open = |name: &str| {
            TestNode::build(name)
                .seed(seed)
                .time(&time)
                .officers(officers)
                .open()
        };
        let nodes = [open("ma")?, open("fr")?];
        nodes[0].pin(&nodes[1])?;
        nodes[1].pin(&nodes[0])?;
        Ok(Self {
            nodes,
            wire: Wire::default(),
            time,
            charter: None,
        })
    }

    /// Two nodes with a charter in force and every officer.
    ///
    /// # Panics
    /// If they do not come that far: a test has nothing to test then.
    #[must_use]
    pub fn linked(seed: u64) -> Self {
        let ids: Vec<&'static str> = crate::node::OFFICERS.iter().map(|(id, ..)| *id).collect();
        let mut pair = Self::strangers(seed, &ids).unwrap_or_else(|e| panic!("two nodes: {e}"));
        pair.charter();
        pair
    }

    /// A node.
    #[must_use]
    pub fn node(&self, side: Side) -> &TestNode {
        &self.nodes[side.index()]
    }
    /// `ma`.
    #[must_use]
    pub fn ma(&self) -> &TestNode {
        &self.nodes[0]
    }
    /// `fr`.
    #[must_use]
    pub fn fr(&self) -> &TestNode {
        &self.nodes[1]
    }

    /// Opens, signs and enacts a charter on the modelled terms.
    ///
    /// # Panics
    /// If any step fails.
    pub fn charter(&mut self) -> DossierId {
        let open = Writing::new(&[("title", "Charte")]);
        let charter = self.write(Side::Ma, "charter.open", &open).dossier;
        self.charter = Some(charter);
        self.agree(Side::Fr);
        charter
    }

    /// What the charter's dossier proposes is signed by a side and brought into force by the convenor, which is `ma`.
    ///
    /// # Panics
    /// If any step fails, or there is no such dossier.
    pub fn agree(&mut self, signer: Side) {
        self.settle();
        self.in_charter(signer, "charter.sign", &[]);
        self.settle();
        self.in_charter(Side::Ma, "charter.enact", &[]);
        self.settle();
    }

    /// Puts "by two signatures" into the charter.
    ///
    /// # Panics
    /// If any step fails, or there is no such dossier.
    pub fn by_two(&mut self) {
        let charter = self.charter.unwrap_or_else(|| panic!("no charter"));
        let terms: Option<TermsDraft> = serde_json::from_value(json!({"four_eyes": true})).ok();
        let done = recording("charter.propose", &Writing::on(charter, &[])).and_then(|proposal| {
            let liaison = self.ma().officer("liaison")?;
            let proposal = Recording { terms, ..proposal };
            self.ma().app.record(&liaison, proposal)
        });
        done.unwrap_or_else(|e| panic!("terms: {e}"));
        self.wire.wake(0);
        self.agree(Side::Fr);
    }

    /// Writes a note into the charter's dossier.
    ///
    /// # Panics
    /// If it is not accepted, or there is no such dossier.
    pub fn note(&mut self, side: Side, text: &str) -> EntryId {
        self.in_charter(side, "note", &[("text", text)]).entry
    }

    fn in_charter(&mut self, side: Side, entry_type: &str, fields: &[(&str, &str)]) -> Recorded {
        let charter = self.charter.unwrap_or_else(|| panic!("no charter"));
        self.write(side, entry_type, &Writing::on(charter, fields))
    }

    /// The process of a side dies, its partner's machine is told, and it starts again.
    ///
    /// # Panics
    /// If it does not start.
    pub fn restart(&mut self, side: Side) {
        self.wire.die(side.index(), true);
        let started = self.nodes[side.index()].restart();
        started.unwrap_or_else(|e| panic!("restart of {side:?}: {e}"));
    }

    /// A side gives itself a new signing key.
    ///
    /// # Panics
    /// If it cannot.
    pub fn rotate(&mut self, side: Side) {
        let rotated = self.node(side).app.rotate_signing_key();
        rotated.unwrap_or_else(|e| panic!("a new key for {side:?}: {e}"));
        self.wire.wake(side.index());
    }

    /// A side gives its TLS end a new key, at once or in turn.
    ///
    /// # Panics
    /// If it cannot.
    pub fn rotate_tls(&mut self, side: Side, at_once: bool) {
        let rotated = self.node(side).app.rotate_tls_key(at_once);
        rotated.unwrap_or_else(|e| panic!("a new TLS key for {side:?}: {e}"));
        self.wire.wake(side.index());
    }

    /// Records an entry that must be accepted.
    ///
    /// # Panics
    /// If it is not.
    pub fn write(&mut self, side: Side, entry_type: &str, wanted: &Writing<'_>) -> Recorded {
        self.try_write(side, entry_type, wanted)
            .unwrap_or_else(|e| panic!("{side:?} writes {entry_type}: {e:?}"))
    }

    /// Records an entry.
    ///
    /// # Errors
    /// What the app says.
    pub fn try_write(
        &mut self,
        side: Side,
        entry_type: &str,
        wanted: &Writing<'_>,
    ) -> Said<Recorded> {
        let recorded = self.node(side).write(entry_type, wanted);
        self.wire.wake(side.index());
        recorded
    }

    /// Asks for information: opens a request. Gives the dossier and what is owed.
    ///
    /// # Panics
    /// If it is not accepted.
    pub fn ask(&mut self, side: Side, urgency: &str) -> (DossierId, ObligationId) {
        let fields = [
            ("title", "Véhicule utilitaire"),
            ("question", "À qui était-il loué ?"),
            ("facts", "Vu sur trois lieux."),
            ("country_link", "Immatriculé chez vous."),
            ("offence", "property"),
            ("urgency", urgency),
        ];
        let opened = self.write(side, "request.open", &Writing::new(&fields));
        (
            opened.dossier,
            ObligationId {
                entry: opened.entry,
                index: 1,
            },
        )
    }

    /// Answers in full.
    ///
    /// # Panics
    /// If it is not accepted.
    pub fn answer(&mut self, side: Side, dossier: DossierId, target: ObligationId) -> Recorded {
        self.write(
            side,
            "request.answer",
            &Writing::on(dossier, &[("text", "Loué à une société de transport.")]).target(target),
        )
    }

    /// Gives feedback: what became of it.
    ///
    /// # Panics
    /// If it is not accepted.
    pub fn feedback(
        &mut self,
        side: Side,
        dossier: DossierId,
        target: ObligationId,
        outcome: &str,
    ) -> Recorded {
        self.write(
            side,
            "feedback",
            &Writing::on(dossier, &[("outcome", outcome)]).target(target),
        )
    }

    /// The one open obligation of this sort in a dossier, as a side sees it.
    ///
    /// # Panics
    /// If there is none or several.
    #[must_use]
    pub fn open_one(&self, side: Side, dossier: DossierId, ask: Ask) -> ObligationRow {
        let rows = self
            .node(side)
            .obligations(Some(dossier))
            .unwrap_or_default();
        let mut open: Vec<ObligationRow> = rows
            .into_iter()
            .filter(|r| r.ask == ask && r.state.is_open())
            .collect();
        assert_eq!(open.len(), 1, "one open {ask} was expected at {side:?}");
        open.remove(0)
    }

    /// What a side keeps against its partner, newest first.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn evidence(&self, side: Side) -> Vec<EvidenceRow> {
        let partner = &self.node(side.other()).name;
        let kept = self.node(side).look(|tx| tx.evidence(partner, 1_000));
        kept.unwrap_or_else(|e| panic!("evidence at {side:?}: {e}"))
    }

    /// Whether an alarm stopped the link at a side.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn stopped(&self, side: Side) -> bool {
        let partner = &self.node(side.other()).name;
        let stopped = self.node(side).app.is_stopped(partner);
        stopped.unwrap_or_else(|e| panic!("link at {side:?}: {e:?}"))
    }

    /// Cuts the link at both ends, or lets both dial again; what is connected stays so.
    pub fn cut(&self, on: bool) {
        for side in Side::BOTH {
            self.node(side)
                .app
                .set_cut(&self.node(side.other()).name, on);
        }
    }

    /// An obligation as a side sees it.
    ///
    /// # Panics
    /// If it is not there.
    #[must_use]
    pub fn obligation(&self, side: Side, id: ObligationId) -> ObligationRow {
        let found = self.node(side).look(|tx| tx.obligation(id)).ok().flatten();
        found.unwrap_or_else(|| panic!("{side:?} has no obligation {id}"))
    }

    /// An obligation as the liaison officer of a side is shown it.
    ///
    /// # Panics
    /// If it is not shown.
    #[must_use]
    pub fn shown(&self, side: Side, dossier: DossierId, id: ObligationId) -> ObligationView {
        let node = self.node(side);
        let actor = node.officer("liaison").unwrap_or_else(|e| panic!("{e:?}"));
        let view = node.app.dossier(&actor, dossier, None);
        let view = view.unwrap_or_else(|e| panic!("{side:?} shows the dossier: {e:?}"));
        let found = view.obligations.into_iter().find(|o| o.id == id);
        found.unwrap_or_else(|| panic!("{side:?} does not show {id}"))
    }

    /// One round: time passes, both sides see their clocks, dial if they may, and everything under way arrives.
    pub fn round(&mut self) {
        self.time.advance(ROUND_MS);
        for side in 0..2 {
            // As a serving process does every second; a disk that fails lets a later round try again.
            let _later = self.nodes[side].app.show_newest_tls_key();
            self.wire.tick(side);
        }
        for side in 0..2 {
            let cut = self.nodes[side].app.is_cut(&self.nodes[1 - side].name);
            // `ma` dials first; `fr` only where `ma` cannot.
            let busy = self.wire.has_driver(side) || (side == 1 && self.wire.has_driver(0));
            if !cut && !busy {
                // Busy, stopped or failing: a later round tries again.
                let _later = self.wire.dial(&self.nodes, side);
            }
            self.wire.accept(&self.nodes);
        }
        self.wire.deliver(&self.nodes);
    }

    /// Runs until both hold everything of each other by the other's word.
    ///
    /// # Panics
    /// If they never do.
    pub fn settle(&mut self) {
        self.try_settle().unwrap_or_else(|e| panic!("{e}"));
    }

    /// [`TestPair::settle`] without panic.
    ///
    /// # Errors
    /// What is still missing.
    pub fn try_settle(&mut self) -> Result<(), String> {
        let mut missing = String::new();
        for _ in 0..ROUNDS {
            self.round();
            match self.rest() {
                Ok(()) => {
                    // Digests travel on the tick after everything rests.
                    for _ in 0..4 {
                        self.round();
                    }
                    return self
                        .rest()
                        .map_err(|e| format!("did not stay at rest: {e}"));
                }
                Err(what) => missing = what,
            }
        }
        let reasons: Vec<&(usize, String)> = self.wire.reasons.iter().rev().take(4).collect();
        Err(format!(
            "the pair does not settle: {missing}; last closes {reasons:?}"
        ))
    }

    /// Whether nothing is left to do on the way.
    fn rest(&self) -> Result<(), String> {
        for side in Side::BOTH {
            let (node, partner) = (self.node(side), &self.node(side.other()).name);
            if !self.wire.is_up(side.index()) {
                return Err(format!("{} has no session", node.name));
            }
            let (held, size, waiting) = node.app.receipted(partner).map_err(|e| e.to_string())?;
            let suspended = self.suspended(side)?;
            if waiting > 0 && !suspended {
                return Err(format!("{}: {waiting} wait to be appended", node.name));
            }
            if held != size || self.held(side.other())? != size {
                return Err(format!("{}: {held} of {size} held there", node.name));
            }
            let wanted = node
                .look(|tx| Ok(tx.wanted(partner, 1)?.len()))
                .map_err(|e| e.to_string())?;
            if wanted > 0 && !suspended {
                return Err(format!("{} still fetches a file", node.name));
            }
        }
        if self.wire.is_quiet() {
            Ok(())
        } else {
            Err("bytes are under way".into())
        }
    }

    /// Whether a side sees the link suspended by either flag.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn suspended(&self, side: Side) -> Result<bool, String> {
        let node = self.node(side);
        let partner = &self.node(side.other()).name;
        if node
            .look(|tx| tx.flags(partner))
            .map_err(|e| e.to_string())?
            .is_empty()
        {
            return Ok(false);
        }
        let actor = node.officer("liaison").map_err(|e| e.to_string())?;
        let links = node.app.links(&actor).map_err(|e| e.to_string())?;
        Ok(links.iter().any(|l| l.suspended.0 || l.suspended.1))
    }

    /// How much of its partner's register a side holds.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn held(&self, side: Side) -> Result<u64, String> {
        let partner = self.node(side.other()).name.clone();
        self.node(side)
            .look(|tx| Ok(tx.register(&partner, Direction::In)?.size))
            .map_err(|e| e.to_string())
    }

    /// Sizes of both registers as each side knows them, if both know the same.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn equal_cut(&self) -> Result<Option<(u64, u64)>, String> {
        let sizes = |side: Side| {
            let partner = &self.node(side.other()).name;
            let both = self.node(side).look(|tx| {
                Ok((
                    tx.register(partner, Direction::Out)?.size,
                    tx.register(partner, Direction::In)?.size,
                ))
            });
            both.map_err(|e| e.to_string())
        };
        let (ma, fr) = (sizes(Side::Ma)?, sizes(Side::Fr)?);
        Ok((ma == (fr.1, fr.0)).then_some(ma))
    }

    /// Both ledgers at this instant, if both registers are equally known; their digests must be equal then.
    ///
    /// # Errors
    /// In words, if they differ.
    pub fn compare(&self, at: Instant) -> Result<bool, String> {
        let digest = |side: Side| {
            let partner = &self.node(side.other()).name;
            self.node(side)
                .app
                .ledger_digest_at(partner, at)
                .map_err(|e| e.to_string())
        };
        let (ma, fr) = (digest(Side::Ma)?, digest(Side::Fr)?);
        if (ma.0, ma.1) != (fr.1, fr.0) {
            return Ok(false);
        }
        if ma.2 == fr.2 {
            Ok(true)
        } else {
            Err(format!("ledgers differ at the cut {}/{}", ma.0, ma.1))
        }
    }

    /// Both sides hold the same, to the byte.
    ///
    /// # Panics
    /// If they do not.
    pub fn assert_same(&self) {
        let same = self
            .compare(self.time.now())
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(same, "the registers are not equally known");
        crate::sim::check::same_everything(self).unwrap_or_else(|e| panic!("{e}"));
    }

    /// Files that a side still wants or gave up, by state.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn files(&self, side: Side, state: AttachmentState) -> Result<usize, String> {
        let node = self.node(side);
        let mut found = 0;
        for entry in node.entries().map_err(|e| e.to_string())? {
            let files = node
                .look(|tx| tx.attachments(entry.id))
                .map_err(|e| e.to_string())?;
            found += files.iter().filter(|f| f.state == state).count();
        }
        Ok(found)
    }
}
