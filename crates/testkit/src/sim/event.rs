//! What can happen among several states, and how a seed becomes a list of it: as `op` for a pair, but links and nodes have numbers.

use super::op::Rng;
use super::shrink::Happens;
use super::world::{Failure, Tally};

/// One thing that happens. `at` and `to` are nodes, `way` a link: numbers that are resolved when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A node opens a dossier with one other state.
    Open {
        /// Who.
        at: u8,
        /// With whom.
        to: u8,
        /// Which kind, modulo the kinds there are.
        kind: u8,
        /// Chooses the values.
        detail: u32,
    },
    /// A node opens a joint investigation of all.
    Gather {
        /// Who.
        at: u8,
    },
    /// A node writes an entry that acts on no obligation.
    Write {
        /// Who.
        at: u8,
        /// Which dossier.
        dossier: u16,
        /// Which type of its kind.
        entry: u8,
        /// Chooses the values; one in eight is for its own node only, and of the others one in four is meant for one state.
        detail: u32,
    },
    /// A node acts on an obligation, as far as it knows it.
    Act {
        /// Who.
        at: u8,
        /// Which obligation; mostly an open one.
        pick: u16,
        /// Which type.
        entry: u8,
        /// Chooses the values.
        detail: u32,
    },
    /// A node writes a note with a file.
    Attach {
        /// Who.
        at: u8,
        /// Which dossier.
        dossier: u16,
        /// Size in bytes.
        size: u32,
    },
    /// A node raises or lifts its suspension flag towards another.
    Flag {
        /// Who.
        at: u8,
        /// Towards whom.
        to: u8,
        /// Raised.
        up: bool,
    },
    /// A node looks at its pages.
    Look {
        /// Who.
        at: u8,
    },
    /// A node gives itself a new signing key.
    Rotate {
        /// Who.
        at: u8,
    },
    /// A node gives its TLS end a new key.
    RotateTls {
        /// Who.
        at: u8,
        /// Shown at once, since the old one is known to others; else when every partner confirmed it.
        at_once: bool,
    },
    /// Time passes; all see their clocks at its end.
    Pass {
        /// Milliseconds.
        ms: u32,
    },
    /// A node's clock is wrong from now on, or right again.
    Skew {
        /// Whose.
        at: u8,
        /// Milliseconds ahead.
        ms: i32,
    },
    /// A link is cut; what is under way is lost.
    Cut {
        /// Which.
        way: u8,
    },
    /// A cut ends.
    Mend {
        /// Which.
        way: u8,
    },
    /// One end of a link dials, or both at once.
    Dial {
        /// Which.
        way: u8,
        /// 0 the lower, 1 the higher, else both.
        who: u8,
    },
    /// So many bytes arrive at an end of a link.
    Deliver {
        /// Which.
        way: u8,
        /// At its higher end.
        high: bool,
        /// How many at most.
        bytes: u32,
    },
    /// Everything under way on a link arrives, with all that follows.
    DeliverAll {
        /// Which.
        way: u8,
    },
    /// A round of all links: time passes, all dial, everything arrives.
    Round,
    /// A connection breaks; what is under way is lost, or still read first.
    Tear {
        /// Which.
        way: u8,
        /// Lost.
        lose: bool,
    },
    /// One end of a connection vanishes without a word.
    HalfOpen {
        /// Which.
        way: u8,
        /// Its higher end.
        high: bool,
    },
    /// A process dies.
    Crash {
        /// Whose.
        at: u8,
        /// Its partners' machines are told at once.
        told: bool,
    },
    /// A process that died starts again.
    Restart {
        /// Whose.
        at: u8,
    },
    /// A coming write breaks.
    Break {
        /// Whose.
        at: u8,
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
        at: u8,
        /// How many go well before.
        after: u8,
        /// It fails, fails and persists, or keeps other bytes than it was given.
        how: u8,
    },
    /// A node takes a backup, in place of the one before.
    Backup {
        /// Who.
        at: u8,
    },
    /// A node's disk is lost; it is put back to its backup and starts.
    Restore {
        /// Who.
        at: u8,
    },
    /// A node's program is put back to an older version, or brought to the newest.
    Version {
        /// Whose.
        at: u8,
        /// The older one.
        older: bool,
    },
    /// A node packs a courier bundle; it joins those on their way.
    Pack {
        /// Who.
        at: u8,
        /// For whom.
        to: u8,
    },
    /// A bundle arrives: any of those on their way.
    Hand {
        /// Which.
        pick: u8,
        /// It stays on its way too, and can come again.
        again: bool,
    },
    /// A node's disk is lost; put back to its backup, it is opened without hearing its partners, writes and packs for one of them.
    Alone {
        /// Who.
        at: u8,
        /// For whom.
        to: u8,
    },
    /// Somebody with a node's key tells one of its partners what the node never wrote.
    Steal {
        /// Whose key.
        at: u8,
        /// Told to whom.
        to: u8,
    },
    /// The secret of a node's signing key is lost: it begins with another one that nothing leads to.
    LoseKey {
        /// Whose.
        at: u8,
    },
    /// A node proposes that its register begins again.
    Propose {
        /// Who.
        at: u8,
        /// Its register towards whom.
        to: u8,
    },
    /// A node takes its proposal back.
    Withdraw {
        /// Who.
        at: u8,
        /// Its register towards whom.
        to: u8,
    },
    /// People take a proposal or an answer at whom it is for: any of those on their way.
    Sign {
        /// Which.
        pick: u8,
        /// It stays on its way too, and can come again.
        again: bool,
    },
}

impl Happens for Event {
    fn run(seed: u64, list: &[Self]) -> Result<Tally, Failure> {
        super::run_among(seed, list, true)
    }
    const REPRODUCE: &'static str = "reproduce_among";
    fn as_rust(&self) -> String {
        format!("Event::{self:?}")
    }
}

/// What a seed is about, so that rare faults get whole runs of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Work over good links: concurrency only.
    Calm,
    /// Links are cut one by one, connections break, bytes arrive in pieces.
    Weather,
    /// Processes die, disks fail.
    Crashes,
    /// Clocks are wrong by hours and put right.
    Clocks,
    /// Nodes are put back to their backups.
    Restores,
    /// Some program is older than the others', and is upgraded.
    Versions,
    /// Links are cut more often than not, and people carry bundles.
    Couriers,
    /// Restored nodes do not wait for their partners, and registers begin again.
    Forks,
    /// Keys change, of registers and of TLS ends, and are lost.
    Keys,
}

impl Theme {
    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Calm,
            Self::Weather,
            Self::Crashes,
            Self::Clocks,
            Self::Restores,
            Self::Versions,
            Self::Couriers,
            Self::Forks,
            Self::Keys,
        ];
        let called = |theme: &Self| format!("{theme:?}").eq_ignore_ascii_case(name);
        all.into_iter().find(called)
    }
}

/// The theme of a seed.
#[must_use]
pub fn theme(seed: u64) -> Theme {
    match Rng::new(seed ^ 0x0007_4865_6d65).below(20) {
        0 | 1 => Theme::Calm,
        2..=4 => Theme::Weather,
        5..=7 => Theme::Crashes,
        8 | 9 => Theme::Clocks,
        10 | 11 => Theme::Restores,
        12 | 13 => Theme::Versions,
        14 | 15 => Theme::Couriers,
        16 | 17 => Theme::Keys,
        _ => Theme::Forks,
    }
}

/// The list of a seed.
#[must_use]
pub fn events(seed: u64) -> Vec<Event> {
    let rng = &mut Rng::new(seed);
    let theme = theme(seed);
    let count = usize::try_from(50 + rng.below(51)).unwrap_or(80);
    let mut list = Vec::new();
    if theme == Theme::Versions {
        list.push(Event::Version {
            at: rng.byte(),
            older: true,
        });
    }
    // A few dossiers first, known to all, so that there is something to act on.
    list.push(Event::Gather { at: rng.byte() });
    for kind in 0..2 {
        list.push(Event::Open {
            at: rng.byte(),
            to: rng.byte(),
            kind,
            detail: rng.word(),
        });
    }
    list.extend([Event::Round, Event::Round]);
    if theme == Theme::Couriers {
        list.extend([0, 1].map(|way| Event::Cut { way }));
        list.push(Event::Pass { ms: 30_000 });
    }
    while list.len() < count {
        let event = match rng.below(100) {
            0..=49 => work(rng),
            50..=74 => flow(rng),
            _ => fault(rng, theme),
        };
        list.push(event);
    }
    list
}

fn fault(rng: &mut Rng, theme: Theme) -> Event {
    match theme {
        Theme::Calm => work(rng),
        Theme::Weather => weather(rng),
        Theme::Crashes => crash(rng),
        Theme::Clocks if rng.below(3) == 0 => weather(rng),
        Theme::Clocks => clock(rng),
        Theme::Restores => match rng.below(8) {
            0 | 1 => Event::Backup { at: rng.byte() },
            2 => Event::Restore { at: rng.byte() },
            3 => crash(rng),
            _ => weather(rng),
        },
        Theme::Versions if rng.below(4) == 0 => Event::Version {
            at: rng.byte(),
            older: rng.below(2) == 0,
        },
        Theme::Versions => weather(rng),
        Theme::Couriers if rng.below(8) == 0 => crash(rng),
        Theme::Couriers => courier(rng),
        Theme::Forks if rng.below(6) == 0 => weather(rng),
        Theme::Forks if rng.below(12) == 0 => crash(rng),
        Theme::Forks => fork(rng),
        Theme::Keys if rng.below(4) == 0 => weather(rng),
        Theme::Keys if rng.below(12) == 0 => crash(rng),
        Theme::Keys => key(rng),
    }
}

fn work(rng: &mut Rng) -> Event {
    let at = rng.byte();
    match rng.below(100) {
        0..=3 => Event::Gather { at },
        4..=10 => Event::Open {
            at,
            to: rng.byte(),
            kind: rng.byte(),
            detail: rng.word(),
        },
        11..=37 => Event::Write {
            at,
            dossier: rng.short(),
            entry: rng.byte(),
            detail: rng.word(),
        },
        38..=85 => Event::Act {
            at,
            pick: rng.short(),
            entry: rng.byte(),
            detail: rng.word(),
        },
        86..=88 => Event::Attach {
            at,
            dossier: rng.short(),
            size: rng.pick(&[0, 1, 900, 262_144, 300_000]),
        },
        89..=94 => Event::Flag {
            at,
            to: rng.byte(),
            up: rng.below(5) < 2,
        },
        95 => Event::Rotate { at },
        96 => Event::RotateTls {
            at,
            at_once: rng.below(4) == 0,
        },
        _ => Event::Look { at },
    }
}

fn flow(rng: &mut Rng) -> Event {
    let way = rng.byte();
    match rng.below(12) {
        0..=3 => Event::Round,
        4 | 5 => Event::DeliverAll { way },
        6 | 7 => Event::Deliver {
            way,
            high: rng.below(2) == 0,
            bytes: rng.pick(&[1, 7, 100, 1_000, 4_000, 100_000]),
        },
        8 => Event::Pass { ms: 1_000 },
        9 => Event::Pass {
            ms: rng.pick(&[30_000, 1_200_000, 36_000_000, 259_200_000, 1_728_000_000]),
        },
        _ => Event::Dial {
            way,
            who: rng.byte() % 2,
        },
    }
}

fn weather(rng: &mut Rng) -> Event {
    let way = rng.byte();
    match rng.below(12) {
        0 | 1 => Event::Tear {
            way,
            lose: rng.below(2) == 0,
        },
        2 => Event::HalfOpen {
            way,
            high: rng.below(2) == 0,
        },
        3 => Event::Dial { way, who: 2 },
        4..=6 => Event::Cut { way },
        7..=9 => Event::Mend { way },
        10 => Event::Skew {
            at: rng.byte(),
            ms: signed(rng, &[0, 0, 2_000, 90_000]),
        },
        _ => Event::Deliver {
            way,
            high: rng.below(2) == 0,
            bytes: rng.below(3_000),
        },
    }
}

fn clock(rng: &mut Rng) -> Event {
    let at = rng.byte();
    match rng.below(8) {
        // Put right as often as not, so that what was dated wrongly stays behind.
        0..=2 => Event::Skew { at, ms: 0 },
        3..=5 => Event::Skew {
            at,
            ms: signed(
                rng,
                &[3_600_000, 7_200_000, 21_600_000, 86_400_000, 172_800_000],
            ),
        },
        6 => Event::Restart { at },
        _ => Event::Crash { at, told: true },
    }
}

fn signed(rng: &mut Rng, among: &[u32]) -> i32 {
    let ms = i32::try_from(rng.pick(among)).unwrap_or(0);
    if rng.below(2) == 0 { ms } else { -ms }
}

fn courier(rng: &mut Rng) -> Event {
    match rng.below(20) {
        0..=5 => Event::Pack {
            at: rng.byte(),
            to: rng.byte(),
        },
        6..=13 => Event::Hand {
            pick: rng.byte(),
            again: rng.below(3) == 0,
        },
        14..=17 => Event::Cut { way: rng.byte() },
        18 => Event::Mend { way: rng.byte() },
        // Longer than a lease, so that whoever drove a link no longer does.
        _ => Event::Pass { ms: 30_000 },
    }
}

fn fork(rng: &mut Rng) -> Event {
    let (at, to) = (rng.byte(), rng.byte());
    let again = rng.below(4) == 0;
    match rng.below(22) {
        0..=3 => Event::Backup { at },
        4 => Event::Restore { at },
        5 | 6 => Event::Alone { at, to },
        7..=9 => Event::Hand { pick: at, again },
        10..=12 => Event::Propose { at, to },
        13 => Event::Withdraw { at, to },
        // Longer than a lease, so that whoever drove a link no longer does.
        14 => Event::Pass { ms: 30_000 },
        15 => Event::Steal { at, to },
        16 => Event::LoseKey { at },
        17 => Event::RotateTls { at, at_once: again },
        _ => Event::Sign { pick: at, again },
    }
}

fn key(rng: &mut Rng) -> Event {
    let (at, to) = (rng.byte(), rng.byte());
    let again = rng.below(4) == 0;
    match rng.below(24) {
        0..=2 => Event::Rotate { at },
        3..=7 => Event::RotateTls { at, at_once: again },
        8 => Event::LoseKey { at },
        9 | 10 => Event::Propose { at, to },
        11..=13 => Event::Sign { pick: at, again },
        14 | 15 => Event::Backup { at },
        16 => Event::Restore { at },
        17 | 18 => Event::Pack { at, to },
        19 | 20 => Event::Hand { pick: at, again },
        21 => Event::Cut { way: at },
        // Longer than a lease, and in the end longer than a key is shown beside the next.
        22 => Event::Pass { ms: 30_000 },
        _ => Event::Pass { ms: 1_728_000_000 },
    }
}

fn crash(rng: &mut Rng) -> Event {
    let at = rng.byte();
    if rng.below(60) == 0 {
        return Event::LoseKey { at };
    }
    match rng.below(12) {
        0 | 1 => Event::Crash {
            at,
            told: rng.below(3) > 0,
        },
        2..=4 => Event::Restart { at },
        5..=8 => Event::Break {
            at,
            after: rng.byte() % 6,
            persisted: rng.below(2) == 0,
            crash: rng.below(2) == 0,
        },
        9 => Event::Tear {
            way: rng.byte(),
            lose: true,
        },
        _ => Event::BreakBlobs {
            at,
            after: rng.byte() % 8,
            how: rng.byte() % 3,
        },
    }
}
