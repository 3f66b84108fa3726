//! Benchmarks: `make bench` runs every one, `make bench BENCH=exchange` one.
//!
//! Each prints what it did and ends with one line of `key=value` figures. Speed is told as a share of what this machine can do,
//! measured in the same run: no timing decides a test.

mod chart;
mod evidence;
mod exchange;
mod investigation;
mod machine;
mod memory;
mod pair;
mod policy;
mod read;
mod recovery;

/// What a benchmark gives back: figures by name, in the order in which they are printed.
type Figures = Vec<(&'static str, String)>;

/// A benchmark: its name and what runs it.
type Bench = (&'static str, fn() -> Result<Figures, String>);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let all: [Bench; 10] = [
        ("exchange", exchange::sqlite),
        ("exchange-postgres", exchange::postgres),
        ("read", read::sqlite),
        ("read-postgres", read::postgres),
        ("recovery", recovery::run),
        ("memory", memory::run),
        ("policy", policy::run),
        ("chart", chart::run),
        ("evidence", evidence::run),
        ("investigation", investigation::run),
    ];
    let mut failed = false;
    for (name, run) in all {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        match run() {
            Ok(figures) => {
                let line: Vec<String> = figures
                    .iter()
                    .map(|(key, value)| format!("{key}={value}"))
                    .collect();
                println!("bench={name} {}", line.join(" "));
            }
            Err(error) => {
                failed = true;
                println!("bench={name} failed: {error}");
            }
        }
    }
    if failed {
        std::process::exit(1);
    }
}

/// A number from the environment, for longer or shorter runs.
#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark's size is set on its command line"
)]
fn size(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

/// An error as the line that says why a benchmark failed.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Rounds a figure for reading.
fn round(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// The value at a share of a sorted list, 0.0 to 1.0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "an index into a list of timings"
)]
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * (sorted.len().saturating_sub(1)) as f64).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}
