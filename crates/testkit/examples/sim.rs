//! `sim [SEEDS] [SEED]`: runs so many seeds from a first one; prints a failure as a short test. Run by `make sim SEEDS=n [SEED=x]`.

use entente_testkit::sim::op::generate;
use entente_testkit::sim::shrink::{as_test, shrink};
use entente_testkit::sim::{run_seed, run_seeds};
use std::process::ExitCode;

fn main() -> ExitCode {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse().ok())
        .collect();
    let (count, from) = (
        numbers.first().copied().unwrap_or(100),
        numbers.get(1).copied().unwrap_or(1),
    );
    std::panic::set_hook(Box::new(|_| {}));
    match run_seeds(from, count) {
        Ok(tally) => {
            println!("{count} seeds from {from}: {tally:?}");
            ExitCode::SUCCESS
        }
        Err((seed, failure)) => {
            println!("seed {seed}, step {}: {}", failure.step, failure.what);
            let again = run_seed(seed).err();
            if again.as_ref() != Some(&failure) {
                println!("not the same a second time: {again:?}");
            }
            let (ops, found) = shrink(seed, &generate(seed), &failure);
            println!("{}", as_test(seed, &ops, &found));
            ExitCode::FAILURE
        }
    }
}
