//! What can happen to a pair, and how a seed becomes a list of it.
//!
//! An op names what it is about by a number that is resolved when it runs, so that any part of a list still runs: that is what
//! makes shrinking possible. `Debug` of a list is Rust that can be pasted into a test.

use crate::pair::Side;

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A side opens a dossier of some kind.
    Open {
        /// Who.
        by: Side,
        /// Which kind, modulo the kinds there are.
        kind: u8,
        /// Chooses the values.
        detail: u32,
    },
    /// A side writes an entry that acts on no obligation.
    Write {
        /// Who.
        by: Side,
        /// Which dossier.
        dossier: u16,
        /// Which type of its kind.
        entry: u8,
        /// Chooses the values; one in eight is for its own node only.
        detail: u32,
    },
    /// A side acts on an obligation, as far as it knows it.
    Act {
        /// Who.
        by: Side,
        /// Which obligation; mostly an open one.
        pick: u16,
        /// Which type.
        entry: u8,
        /// Chooses the values.
        detail: u32,
    },
    /// A side writes a note with a file.
    Attach {
        /// Who.
        by: Side,
        /// Which dossier.
        dossier: u16,
        /// Size in bytes.
        size: u32,
    },
    /// A side raises its suspension flag.
    Suspend {
        /// Who.
        by: Side,
    },
    /// A side lifts its flag.
    Lift {
        /// Who.
        by: Side,
    },
    /// A side looks at its pages.
    Look {
        /// Who.
        by: Side,
    },
    /// A side gives itself a new signing key.
    Rotate {
        /// Who.
        by: Side,
    },
    /// A second passes and both sides see their clocks.
    Tick,
    /// Time passes; both sides see their clocks at its end.
    Advance {
        /// Milliseconds.
        ms: u32,
    },
    /// A side's clock is wrong from now on.
    Skew {
        /// Whose.
        by: Side,
        /// Milliseconds ahead.
        ms: i32,
    },
    /// A side cuts the link on purpose.
    Cut {
        /// Who.
        by: Side,
    },
    /// A side ends its cut.
    Mend {
        /// Who.
        by: Side,
    },
    /// A side dials, if it has no connection.
    Dial {
        /// Who.
        by: Side,
    },
    /// Both dial at the same time.
    DialBoth,
    /// So many bytes arrive at a side.
    Deliver {
        /// At whom.
        to: Side,
        /// How many at most.
        bytes: u32,
    },
    /// Everything under way arrives, with all that follows.
    DeliverAll,
    /// The connection breaks; what is under way is lost, or still read first.
    Tear {
        /// Lost.
        lose: bool,
    },
    /// One end vanishes without a word; the other talks into the void.
    HalfOpen {
        /// Whose end vanishes.
        by: Side,
    },
    /// A process dies.
    Crash {
        /// Whose.
        by: Side,
        /// The other side's machine is told at once.
        told: bool,
    },
    /// A process that died starts again.
    Restart {
        /// Whose.
        by: Side,
    },
    /// A coming write breaks.
    Break {
        /// Whose.
        by: Side,
        /// How many go well before.
        after: u8,
        /// It is durable all the same.
        persisted: bool,
        /// The process dies of it.
        crash: bool,
    },
    /// A coming change of the blob store breaks.
    BreakBlobs {
        /// Whose.
        by: Side,
        /// How many go well before.
        after: u8,
        /// It fails, fails and persists, or keeps other bytes than it was given.
        how: u8,
    },
    /// A byte is bent on its way.
    Bend {
        /// To whom.
        to: Side,
        /// Which.
        at: u16,
        /// How.
        with: u8,
    },
    /// A frame of before comes again.
    Replay {
        /// To whom.
        to: Side,
        /// Which.
        pick: u8,
    },
    /// Rubbish comes.
    Garbage {
        /// To whom.
        to: Side,
        /// How many bytes.
        len: u32,
    },
    /// A side packs a courier bundle, if no session drives its link; it joins those on their way.
    Pack {
        /// Who.
        by: Side,
    },
    /// A bundle arrives where it is for: any of those on their way, so that they come late, in any order, or never.
    Hand {
        /// Which.
        pick: u8,
        /// It stays on its way too, and can come again.
        again: bool,
    },
    /// A spoiled copy of a bundle arrives.
    Spoil {
        /// Which.
        pick: u8,
        /// Where.
        at: u32,
        /// Cut off there if 0, else how that byte is bent.
        with: u8,
    },
    /// Somebody with a side's key shows the other another history of the same size.
    Fork {
        /// In whose name.
        by: Side,
    },
    /// Somebody with a side's key shows the other a shorter history.
    Rollback {
        /// In whose name.
        by: Side,
    },
}

/// A small generator (SplitMix64): the same everywhere, for ever.
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Below a bound.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.draw() % u64::from(bound.max(1))).unwrap_or(0)
    }
    fn side(&mut self) -> Side {
        if self.below(2) == 0 {
            Side::Ma
        } else {
            Side::Fr
        }
    }
    pub(super) fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap_or(0)
    }
    pub(super) fn short(&mut self) -> u16 {
        u16::try_from(self.below(65_536)).unwrap_or(0)
    }
    pub(super) fn word(&mut self) -> u32 {
        self.below(u32::MAX)
    }
    pub(super) fn pick(&mut self, among: &[u32]) -> u32 {
        let place =
            usize::try_from(self.below(u32::try_from(among.len()).unwrap_or(1))).unwrap_or(0);
        among.get(place).copied().unwrap_or(0)
    }
}

/// What a seed is about, so that rare faults get whole runs of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Work over a good link: concurrency only.
    Calm,
    /// Connections break, bytes arrive in pieces, clocks are wrong.
    Weather,
    /// Processes die, disks fail.
    Crashes,
    /// The partner misbehaves.
    Lies,
    /// The link is cut more often than not, and people carry bundles.
    Couriers,
}

impl Theme {
    /// The theme of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        // Of any two seeds one is of two states alone: see `super::states`.
        match (seed / 2) % 8 {
            0 => Self::Calm,
            1 => Self::Couriers,
            2..=4 => Self::Weather,
            5 | 6 => Self::Crashes,
            _ => Self::Lies,
        }
    }
}

/// The ops of a seed.
#[must_use]
pub fn generate(seed: u64) -> Vec<Op> {
    let rng = &mut Rng::new(seed);
    let theme = Theme::of(seed);
    let count = 60 + rng.below(61);
    // A few dossiers first, known to both, so that there is something to act on.
    let mut ops: Vec<Op> = (0..3)
        .map(|kind| Op::Open {
            by: rng.side(),
            kind,
            detail: rng.word(),
        })
        .collect();
    ops.push(Op::DeliverAll);
    if theme == Theme::Couriers {
        ops.extend([Side::Ma, Side::Fr].map(|by| Op::Cut { by }));
        ops.push(Op::Advance { ms: 30_000 });
    }
    while ops.len() < usize::try_from(count).unwrap_or(100) {
        let op = match rng.below(100) {
            0..=51 => work(rng),
            52..=71 => flow(rng),
            _ => match theme {
                Theme::Calm => work(rng),
                Theme::Weather => weather(rng),
                Theme::Crashes => crash(rng),
                Theme::Couriers if rng.below(8) == 0 => crash(rng),
                Theme::Couriers => courier(rng),
                Theme::Lies if rng.below(3) == 0 => lie(rng),
                Theme::Lies => weather(rng),
            },
        };
        ops.push(op);
    }
    ops
}

fn work(rng: &mut Rng) -> Op {
    let by = rng.side();
    match rng.below(100) {
        0..=9 => Op::Open {
            by,
            kind: rng.byte(),
            detail: rng.word(),
        },
        10..=34 => Op::Write {
            by,
            dossier: rng.short(),
            entry: rng.byte(),
            detail: rng.word(),
        },
        35..=83 => Op::Act {
            by,
            pick: rng.short(),
            entry: rng.byte(),
            detail: rng.word(),
        },
        84..=87 => Op::Attach {
            by,
            dossier: rng.short(),
            size: rng.pick(&[0, 1, 900, 262_144, 300_000, 600_000]),
        },
        88..=90 => Op::Suspend { by },
        91..=94 => Op::Lift { by },
        95 | 96 => Op::Rotate { by },
        _ => Op::Look { by },
    }
}

fn flow(rng: &mut Rng) -> Op {
    match rng.below(10) {
        0..=2 => Op::DeliverAll,
        3 | 4 => Op::Deliver {
            to: rng.side(),
            bytes: rng.pick(&[1, 7, 100, 1_000, 4_000, 100_000]),
        },
        5 | 6 => Op::Tick,
        7 => Op::Advance {
            ms: rng.pick(&[30_000, 1_200_000, 36_000_000, 259_200_000, 1_728_000_000]),
        },
        _ => Op::Dial { by: rng.side() },
    }
}

fn weather(rng: &mut Rng) -> Op {
    let by = rng.side();
    match rng.below(12) {
        0..=2 => Op::Tear {
            lose: rng.below(2) == 0,
        },
        3 => Op::HalfOpen { by },
        4 => Op::DialBoth,
        5 => Op::Cut { by },
        6 | 7 => Op::Mend { by },
        8 => {
            let ms = rng.pick(&[0, 0, 2_000, 90_000, 7_200_000]);
            let ms = i32::try_from(ms).unwrap_or(0);
            Op::Skew {
                by,
                ms: if rng.below(2) == 0 { ms } else { -ms },
            }
        }
        9 => Op::Tick,
        10 => Op::Deliver {
            to: by,
            bytes: rng.below(3_000),
        },
        _ => Op::Dial { by },
    }
}

fn courier(rng: &mut Rng) -> Op {
    let by = rng.side();
    match rng.below(20) {
        0..=5 => Op::Pack { by },
        6..=12 => Op::Hand {
            pick: rng.byte(),
            again: rng.below(3) == 0,
        },
        13 | 14 => Op::Spoil {
            pick: rng.byte(),
            at: rng.below(400_000),
            with: if rng.below(2) == 0 { 0 } else { rng.byte() },
        },
        15 => Op::Tear { lose: true },
        16 | 17 => Op::Cut { by },
        18 => Op::Mend { by },
        // Longer than a lease, so that whoever drove the link no longer does.
        _ => Op::Advance { ms: 30_000 },
    }
}

fn crash(rng: &mut Rng) -> Op {
    let by = rng.side();
    match rng.below(12) {
        0 | 1 => Op::Crash {
            by,
            told: rng.below(3) > 0,
        },
        2..=4 => Op::Restart { by },
        5..=7 => Op::Break {
            by,
            after: rng.byte() % 6,
            persisted: rng.below(2) == 0,
            crash: rng.below(2) == 0,
        },
        8 => Op::Tear { lose: true },
        9 | 10 => Op::BreakBlobs {
            by,
            after: rng.byte() % 8,
            how: rng.byte() % 3,
        },
        _ => Op::Tick,
    }
}

fn lie(rng: &mut Rng) -> Op {
    let to = rng.side();
    match rng.below(14) {
        0..=4 => Op::Bend {
            to,
            at: rng.short(),
            with: rng.byte(),
        },
        5..=9 => Op::Replay {
            to,
            pick: rng.byte(),
        },
        10..=12 => Op::Garbage {
            to,
            len: rng.pick(&[1, 5, 64, 5_000, 300_000]),
        },
        _ if rng.below(2) == 0 => Op::Fork { by: to },
        _ => Op::Rollback { by: to },
    }
}
