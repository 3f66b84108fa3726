//! The simulation: one seed, two nodes or more, everything that can go wrong.
//!
//! Every other seed is of a pair: it becomes a list of [`op::Op`]s, which happen to a [`world::World`]; bytes are bent there, and
//! partners lie. The others are of two to four honest states ([`states`]): a list of [`event::Event`]s, which happen to an
//! [`among::Among`]; there links are cut one by one, disks are put back to backups, clocks are wrong by hours, programs are of
//! different versions, and registers fork and begin again. After each step everything that can be checked is checked (`check`, `among_check`, `watch`, `state`); at the
//! end all is mended, and all must come to rest with the same. A failure is shrunk and printed as a test (`shrink`).

pub mod among;
pub mod among_check;
pub mod check;
pub mod event;
pub mod fill;
pub mod op;
pub mod shrink;
pub mod state;
pub mod watch;
mod work;
pub mod world;

use among::Among;
use event::{Event, Theme, events, theme};
use op::{Op, generate};
use shrink::{as_test, shrink};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use world::{Failure, Tally, World};

/// Runs ops in the world of a seed.
///
/// # Errors
/// The first thing that does not hold; a panic counts as one.
pub fn run(seed: u64, ops: &[Op]) -> Result<Tally, Failure> {
    guarded(ops, || World::new(seed))
}

/// [`run`] with every check after every step.
///
/// # Errors
/// As [`run`].
pub fn run_strict(seed: u64, ops: &[Op]) -> Result<Tally, Failure> {
    guarded(ops, || World::new(seed).strict())
}

fn guarded(ops: &[Op], world: impl FnOnce() -> World) -> Result<Tally, Failure> {
    caught(ops.len(), || {
        let mut world = world();
        world.run(ops).map(|()| world.tally)
    })
}

/// How many states a seed is of, in the world of several; none for a seed of the pair.
#[must_use]
pub fn states(seed: u64) -> Option<usize> {
    let several = [2, 3, 3, 3, 3, 3, 3, 4];
    let which = usize::try_from(seed / 2 % 8).unwrap_or(0);
    several
        .get(which)
        .copied()
        .filter(|_| seed.is_multiple_of(2))
}

/// Runs events among the states of a seed; with `strict`, with every check after every step.
///
/// # Errors
/// The first thing that does not hold; a panic counts as one.
pub fn run_among(seed: u64, list: &[Event], strict: bool) -> Result<Tally, Failure> {
    caught(list.len(), || {
        let states = states(seed).unwrap_or(3);
        let mut world = Among::new(seed, states).strict(strict);
        world.run(list)?;
        Ok(Tally {
            of_many: u64::from(states > 2),
            ..world.tally
        })
    })
}

fn caught(steps: usize, run: impl FnOnce() -> Result<Tally, Failure>) -> Result<Tally, Failure> {
    let ran = catch_unwind(AssertUnwindSafe(run));
    ran.unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(Failure {
            step: steps,
            what: format!("panic: {}", words.unwrap_or_default()),
        })
    })
}

/// Runs one seed.
///
/// # Errors
/// As [`run`].
pub fn run_seed(seed: u64) -> Result<Tally, Failure> {
    match states(seed) {
        None => run(seed, &generate(seed)),
        Some(_) => run_among(seed, &events(seed), false),
    }
}

/// A failing seed as a short test that can be pasted into `tests/reproductions.rs`.
#[must_use]
pub fn shrunk(seed: u64, failure: &Failure) -> String {
    match states(seed) {
        None => {
            let (ops, found) = shrink(seed, &generate(seed), failure);
            as_test(seed, &ops, &found)
        }
        Some(_) => {
            let (list, found) = shrink(seed, &events(seed), failure);
            as_test(seed, &list, &found)
        }
    }
}

/// Which seeds to run, and how.
pub struct Plan<'a> {
    /// The first one.
    pub from: u64,
    /// How many.
    pub count: u64,
    /// Only those of so many states, if any: 2 stands for the pair too.
    pub only: Option<usize>,
    /// Only those of several states with this theme, if any.
    pub theme: Option<Theme>,
    /// Threads.
    pub jobs: usize,
    /// Told now and then how many are done.
    pub progress: &'a (dyn Fn(u64, &Tally) + Sync),
}

impl Plan<'_> {
    /// So many seeds from a first one on every core, in silence.
    #[must_use]
    pub fn of(from: u64, count: u64) -> Self {
        Self {
            from,
            count,
            only: None,
            theme: None,
            jobs: std::thread::available_parallelism().map_or(2, usize::from),
            progress: &|_, _| {},
        }
    }

    fn takes(&self, seed: u64) -> bool {
        let themed = |wanted| states(seed).is_some() && theme(seed) == wanted;
        self.only.is_none_or(|n| states(seed).unwrap_or(2) == n) && self.theme.is_none_or(themed)
    }

    /// Runs them until one fails; of several that fail, the lowest counts.
    ///
    /// # Errors
    /// The seed that failed, with its failure.
    ///
    /// # Panics
    /// If a thread dies.
    pub fn run(&self) -> Result<Tally, (u64, Failure)> {
        let next = AtomicU64::new(self.from);
        let found: Mutex<Found> = Mutex::default();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(|| self.work(&next, &found));
            }
        });
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.failed.map_or(Ok(found.tally), Err)
    }

    fn work(&self, next: &AtomicU64, found: &Mutex<Found>) {
        let found = || found.lock().unwrap_or_else(PoisonError::into_inner);
        while found().failed.is_none() && found().taken < self.count {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if !self.takes(seed) {
                continue;
            }
            found().taken += 1;
            let ran = run_seed(seed);
            let mut found = found();
            match ran {
                Ok(tally) => found.tally.add(tally),
                Err(failure) => {
                    let lower = found.failed.as_ref().is_none_or(|(first, _)| seed < *first);
                    if lower {
                        found.failed = Some((seed, failure));
                    }
                }
            }
            found.done += 1;
            (self.progress)(found.done, &found.tally);
        }
    }
}

#[derive(Default)]
struct Found {
    taken: u64,
    done: u64,
    tally: Tally,
    failed: Option<(u64, Failure)>,
}

/// Runs seeds on every core.
///
/// # Errors
/// As [`Plan::run`].
pub fn run_seeds(from: u64, count: u64) -> Result<Tally, (u64, Failure)> {
    Plan::of(from, count).run()
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.broken += other.broken;
        self.restarts += other.restarts;
        self.compared += other.compared;
        self.packed += other.packed;
        self.carried += other.carried;
        self.spoiled += other.spoiled;
        self.rotated += other.rotated;
        self.of_many += other.of_many;
        self.restored += other.restored;
        self.versions += other.versions;
        self.skewed += other.skewed;
        self.alone += other.alone;
        self.stolen += other.stolen;
        self.proposed += other.proposed;
        self.begun += other.begun;
        self.lost_keys += other.lost_keys;
        self.tls += other.tls;
    }
}
