//! Makes a failing list of ops short, and prints it as a test.

use super::op::Op;
use super::run_strict as run;
use super::world::Failure;
use std::fmt::Write;

/// Most runs spent on shrinking.
const TRIES: usize = 300;

/// The shortest list found that still fails in the same way, by delta debugging.
#[must_use]
pub fn shrink(seed: u64, ops: &[Op], failure: &Failure) -> (Vec<Op>, Failure) {
    let (mut best, mut found) = (ops.to_vec(), failure.clone());
    if let Err(first) = run(seed, &best) {
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
            let candidate: Vec<Op> = best
                .iter()
                .enumerate()
                .filter(|(i, _)| *i < from || *i >= from + chunk)
                .map(|(_, op)| *op)
                .collect();
            tries += 1;
            match run(seed, &candidate) {
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
pub fn as_test(seed: u64, ops: &[Op], failure: &Failure) -> String {
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
    line("    reproduce(");
    line(&format!("        {seed},"));
    line("        &[");
    for op in ops {
        let text = format!("{op:?}")
            .replace("by: ", "by: Side::")
            .replace("to: ", "to: Side::");
        line(&format!("            Op::{text},"));
    }
    line("        ],");
    line("    );");
    line("}");
    out
}
