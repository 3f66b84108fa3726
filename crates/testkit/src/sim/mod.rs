//! The simulation: one seed, two nodes, everything that can go wrong.
//!
//! A seed becomes a list of [`op::Op`]s (`op`), which happen to a [`world::World`]; after each, everything that can be checked is
//! checked (`check`); at the end all is mended, and both sides must come to rest with the same. A failure is shrunk and printed as a
//! test (`shrink`).

pub mod check;
pub mod fill;
pub mod op;
pub mod shrink;
pub mod state;
pub mod world;

use op::{Op, generate};
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
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let mut world = world();
        world.run(ops).map(|()| world.tally)
    }));
    ran.unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(Failure {
            step: ops.len(),
            what: format!("panic: {}", words.unwrap_or_default()),
        })
    })
}

/// Runs one seed.
///
/// # Errors
/// As [`run`].
pub fn run_seed(seed: u64) -> Result<Tally, Failure> {
    run(seed, &generate(seed))
}

/// Runs seeds on every core.
///
/// # Errors
/// The lowest seed that failed, with its failure.
///
/// # Panics
/// If a thread dies.
pub fn run_seeds(from: u64, count: u64) -> Result<Tally, (u64, Failure)> {
    let next = AtomicU64::new(from);
    let found: Mutex<(Tally, Option<(u64, Failure)>)> = Mutex::default();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= from + count
                        || found
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .1
                            .is_some()
                    {
                        return;
                    }
                    let ran = run_seed(seed);
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    match ran {
                        Ok(tally) => found.0.add(tally),
                        Err(failure)
                            if found.1.as_ref().is_none_or(|(before, _)| seed < *before) =>
                        {
                            found.1 = Some((seed, failure))
                        }
                        Err(_) => {}
                    }
                }
            });
        }
    });
    let (tally, failed) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.map_or(Ok(tally), Err)
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
    }
}
