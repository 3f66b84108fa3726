//! Makes a failing list of ops short, and prints it as a test.

use super::op::Op;
use super::run_strict;
use super::world::{Failure, Tally};
use std::fmt::{Debug, Write};

/// What a list that can be shrunk is made of.
pub trait Happens: Copy + Debug {
    /// Runs a list in the world of a seed, with every check after every step.
    ///
    /// # Errors
    /// The first thing that does not hold.
    fn run(seed: u64, list: &[Self]) -> Result<Tally, Failure>;
    /// The function of `tests/reproductions.rs` that runs such a list.
    const REPRODUCE: &'static str;
    /// One of them as Rust.
    fn as_rust(&self) -> String;
}

impl Happens for Op {
    fn run(seed: u64, list: &[Self]) -> Result<Tally, Failure> {
        run_strict(seed, list)
    }
    const REPRODUCE: &'static str = "reproduce";
    fn as_rust(&self) -> String {
        let text = format!("{self:?}")
            .replace("by: ", "by: Side::")
            .replace("to: ", "to: Side::");
        format!("Op::{text}")
    }
}

/// Most runs spent on shrinking.
const TRIES: usize = 300;

/// The shortest list found that still fails in the same way, by delta debugging.
#[must_use]
pub fn shrink<O: Happens>(seed: u64, ops: &[O], failure: &Failure) -> (Vec<O>, Failure) {
    let (mut best, mut found) = (ops.to_vec(), failure.clone());
    if let Err(first) = O::run(seed, &best) {
        best.truncate(first.step + 1);
        found = first;
    }
    let failure = &found.clone();
    let mut tries = 0;
    let mut chunk = best.len() / 2;
    while chunk > 0 && tries < TRIES {
        let mut from = 0;
        let mut shorter = false;
        while from < best.len() && tries < TRIES {
            let candidate: Vec<O> = best
                .iter()
                .enumerate()
                .filter(|(i, _)| *i < from || *i >= from + chunk)
                .map(|(_, op)| *op)
                .collect();
            tries += 1;
            match O::run(seed, &candidate) {
                Err(again) if sort_of(&again) == sort_of(failure) => {
                    best = candidate;
                    found = again;
                    shorter = true;
                }
                _ => from += chunk,
            }
        }
        if !shorter || chunk > 1 {
            chunk /= 2;
        }
    }
    (best, found)
}

/// What sort of failure: its first words, without identifiers.
fn sort_of(failure: &Failure) -> String {
    let words = failure
        .what
        .split([' ', ':'])
        .filter(|w| w.len() < 20 && !w.chars().any(|c| c.is_ascii_digit() || c == '{'));
    words.take(4).collect::<Vec<_>>().join(" ")
}

/// A named test that can be pasted into `tests/reproductions.rs`.
#[must_use]
pub fn as_test<O: Happens>(seed: u64, ops: &[O], failure: &Failure) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        let _infallible = writeln!(out, "{text}");
    };
    line(&format!(
        "/// Seed {seed}: {}",
        failure.what.replace('\n', " ")
    ));
    line("#[test]");
    line(&format!("fn seed_{seed}() {{"));
    line(&format!("    {}(", O::REPRODUCE));
    line(&format!("        {seed},"));
    line("        &[");
    for op in ops {
        line(&format!("            {},", op.as_rust()));
    }
    line("        ],");
    line("    );");
    line("}");
    out
}
