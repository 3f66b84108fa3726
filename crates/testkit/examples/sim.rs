//! `sim [SEEDS] [SEED] [--nodes N] [--theme NAME] [--jobs N]`: runs so many seeds from a first one, those of so many states or of a theme
//! (`forks`, `restores`...) if named, on so many threads; says how far it is, and stops at the first failure, printed as a short test. Run by `make sim`.

use entente_testkit::sim::event::Theme;
use entente_testkit::sim::{Plan, run_seed, shrunk};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Seconds between two lines of progress.
const EVERY: u64 = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let word = |name: &str| {
        let place = arguments.iter().position(|a| a == name)?;
        arguments.get(place + 1)
    };
    let named = |name: &str| word(name)?.parse::<usize>().ok();
    let plain = arguments
        .iter()
        .take_while(|a| !a.starts_with("--"))
        .filter_map(|a| a.parse::<u64>().ok());
    let numbers: Vec<u64> = plain.collect();
    let count = numbers.first().copied().unwrap_or(100);
    let from = numbers.get(1).copied().unwrap_or(1);
    let begun = Instant::now();
    let told = AtomicU64::new(0);
    let speed = |done: u64| {
        format!(
            "{done} of {count}, {:.1} a second",
            per_second(done, begun.elapsed())
        )
    };
    let plan = Plan {
        only: named("--nodes"),
        theme: word("--theme").and_then(|name| Theme::named(name)),
        progress: &|done, _| {
            let due = begun.elapsed().as_secs() / EVERY;
            if told.fetch_max(due, Ordering::Relaxed) < due {
                println!("{}", speed(done));
            }
        },
        ..Plan::of(from, count)
    };
    let plan = match named("--jobs") {
        Some(jobs) => Plan { jobs, ..plan },
        None => plan,
    };
    std::panic::set_hook(Box::new(|_| {}));
    match plan.run() {
        Ok(tally) => {
            println!("{}; from {from}: {tally:?}", speed(count));
            ExitCode::SUCCESS
        }
        Err((seed, failure)) => {
            println!("seed {seed}, step {}: {}", failure.step, failure.what);
            let again = run_seed(seed).err();
            if again.as_ref() != Some(&failure) {
                println!("not the same a second time: {again:?}");
            }
            println!("{}", shrunk(seed, &failure));
            ExitCode::FAILURE
        }
    }
}

fn per_second(done: u64, took: Duration) -> f64 {
    f64::from(u32::try_from(done).unwrap_or(u32::MAX)) / took.as_secs_f64().max(0.001)
}
