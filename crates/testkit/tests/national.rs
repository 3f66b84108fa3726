//! Invariant 5: what is for national eyes only leaves by no way there is. A node is worked at random, with entries of its own among the
//! others, while everything that could carry one out is tried by force: the outbox, the partner's request for a file, couriers, a proof,
//! a translation, restarts, a new key. Nothing of it is ever in the partner's store, nor a byte of it on the wire.
//!
//! The argument that this test does not need to be believed alone: whatever leaves of an entry is read where a `Crossing` is at hand,
//! which `app/src/sendable.rs` alone makes; the test there tries every header there can be.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, LinkFault};
use entente_core::ids::{DossierId, EntryId};
use entente_link::frame::FrameType;
use entente_store::{AttachmentRow, AttachmentState, OutboxItem, StoreError, StoreExt, Write};
use entente_testkit::node::{Writing, node_name, recording};
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::sim::op::Rng;

/// What only entries for `ma` alone hold, in their words and files.
const SECRET: &str = "ZanzibaritePourNousSeuls";

/// So many worlds, each of so many steps.
const SEEDS: u64 = 12;
const STEPS: usize = 60;

struct World {
    pair: TestPair,
    rng: Rng,
    dossier: DossierId,
    /// What is for `ma` alone.
    own: Vec<EntryId>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(1_300 + seed);
        let (dossier, _) = pair.ask(Side::Ma, "normal");
        pair.settle();
        Self {
            pair,
            rng: Rng::new(seed),
            dossier,
            own: Vec::new(),
        }
    }

    fn step(&mut self) {
        match self.rng.below(12) {
            0 | 1 => self.write_own(),
            2 | 3 => self.write_shared(),
            4 => self.force_out(),
            5 => self.ask_for_its_file(),
            6 => self.carry(),
            7 => {
                let side = Side::BOTH[self.pick(2)];
                self.pair.restart(side);
            }
            8 => self.pair.wire.tear(true),
            9 => self.translate_own(),
            10 => self.prove_own(),
            _ => self.pair.rotate(Side::Ma),
        }
        for _ in 0..self.rng.below(6) {
            self.pair.round();
        }
    }

    fn pick(&mut self, among: usize) -> usize {
        usize::try_from(self.rng.below(u32::try_from(among).unwrap())).unwrap()
    }

    fn write_own(&mut self) {
        let note = Writing::on(self.dossier, &[("text", SECRET)])
            .own_only()
            .file("piece.txt", SECRET.repeat(40).into_bytes());
        self.own
            .push(self.pair.write(Side::Ma, "note", &note).entry);
    }

    fn write_shared(&mut self) {
        let side = Side::BOTH[self.pick(2)];
        let note = Writing::on(self.dossier, &[("text", "Pour les deux.")])
            .file("plan.txt", vec![b'p'; 900]);
        self.pair.write(side, "note", &note);
    }

    fn one(&mut self) -> Option<EntryId> {
        match self.own.len() {
            0 => None,
            several => {
                let place = self.pick(several);
                Some(self.own[place])
            }
        }
    }

    /// A mistake of ours puts it into the outbox.
    fn force_out(&mut self) {
        let Some(entry) = self.one() else { return };
        let (fr, now) = (node_name("fr"), self.pair.time.now().0);
        let push = move |tx: &mut dyn Write| tx.push_outbox(&fr, &OutboxItem::Entry(entry), now);
        let store = &self.pair.ma().store;
        store.update::<(), StoreError>("force", push).unwrap();
        self.pair.wire.wake(0);
    }

    /// The partner learned its identifier and asks for its file.
    fn ask_for_its_file(&mut self) {
        let Some(entry) = self.one() else { return };
        let row = AttachmentRow {
            dossier: self.dossier,
            entry,
            index: 0,
            partner: Some(node_name("ma")),
            size: 960,
            state: AttachmentState::Wanted,
            next_chunk: 0,
            blob: String::new(),
        };
        let want = move |tx: &mut dyn Write| tx.put_attachment(&row);
        let store = &self.pair.fr().store;
        store.update::<(), StoreError>("want", want).unwrap();
        self.pair.wire.wake(1);
    }

    /// A bundle, while no session is up.
    fn carry(&mut self) {
        self.pair.cut(true);
        self.pair.wire.tear(true);
        if let Ok(file) = self.pair.pack(Side::Ma) {
            let _busy = self.pair.unpack(Side::Fr, &file);
        }
        self.pair.cut(false);
    }

    /// A translation goes no further than its original, whatever its form says.
    fn translate_own(&mut self) {
        let Some(entry) = self.one() else { return };
        let id = entry.to_string();
        let fields = [
            ("of", id.as_str()),
            ("into", "ar"),
            ("text", SECRET),
            ("origin", "human"),
        ];
        let Ok(wanted) = recording("translation", &Writing::on(self.dossier, &fields)) else {
            panic!("a translation has other fields");
        };
        let liaison = self.pair.ma().officer("liaison").unwrap();
        if let Ok(done) = self.pair.ma().app.record(&liaison, wanted) {
            assert_eq!(
                self.pair.ma().header(done.entry).audience,
                [node_name("ma")]
            );
            self.own.push(done.entry);
        }
    }

    /// There is nothing to prove of what never left.
    fn prove_own(&mut self) {
        let Some(entry) = self.one() else { return };
        let liaison = self.pair.ma().officer("liaison").unwrap();
        let app = &self.pair.ma().app;
        for proof in [
            app.proof(&liaison, entry),
            app.newest_proof(&liaison, entry),
        ] {
            let left = !matches!(proof, Err(AppError::Link(LinkFault::NeverLeft)));
            assert!(!left, "{proof:?}");
        }
    }

    fn check(&self, after: &str) {
        for id in &self.own {
            let there = self.pair.fr().entry(*id).unwrap();
            assert!(there.is_none(), "{after}: {id} is at the partner");
        }
        let within = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes());
        for of in [
            FrameType::BATCH,
            FrameType::BLOB_CHUNK,
            FrameType::RECOVERED,
        ] {
            for frame in self.pair.wire.frames(1, of) {
                assert!(!within(&frame), "{after}: its words are on the wire");
                for id in &self.own {
                    assert!(
                        !frame.windows(32).any(|w| w == id.0),
                        "{after}: {id} is on the wire"
                    );
                }
            }
        }
    }
}

#[test]
fn invariant_05_national_eyes_only_leaves_by_no_way() {
    for seed in 0..SEEDS {
        let mut world = World::new(seed);
        for step in 0..STEPS {
            world.step();
            world.check(&format!("seed {seed}, step {step}"));
        }
        assert!(!world.own.is_empty(), "seed {seed} wrote nothing");
    }
}
