//! `exchange`: entries per second from one node to the other over loopback TLS, both durable, receipted, 1 KiB bodies, in steady
//! state; and how long a single entry takes to its receipt when nothing else runs.

use crate::pair::{Base, Pair, Side, record, write};
use crate::{Figures, machine, percentile, round, size, text};
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, NodeName};
use entente_core::label::Lang;
use std::time::{Duration, Instant};

/// Threads that record at once, as officers and their programs do: enough to keep both nodes busy.
const WRITERS: u64 = 128;
/// Bytes of text in a body.
const TEXT: usize = 960;

/// On SQLite.
pub fn sqlite() -> Result<Figures, String> {
    run(&Base::Sqlite)
}

/// On PostgreSQL, both nodes on one server of this machine.
pub fn postgres() -> Result<Figures, String> {
    run(&Base::postgres()?)
}

fn run(base: &Base) -> Result<Figures, String> {
    let entries = size("ENTRIES", 40_000);
    let pair = Pair::start(base)?;
    let dossier = write(&pair.a, None, "desk.open", &[("title", "Bench")])?;
    pair.received(Duration::from_secs(30))?;

    let idle = idle_latency(&pair, dossier)?;
    println!(
        "idle: a single entry is receipted in {:.2} ms at the median",
        percentile(&idle, 0.5)
    );

    let warm = flood(&pair, dossier, entries / 8)?;
    let before = machine::cpu_seconds();
    let steady = flood(&pair, dossier, entries)?;
    #[expect(clippy::cast_precision_loss, reason = "a figure for reading")]
    let cpu_us = (machine::cpu_seconds() - before) * 1e6 / entries as f64;
    println!("warm-up {warm:.0} entries/s, steady {steady:.0} entries/s");

    let (fsync, hash, net) = (machine::fsyncs()?, machine::hashes(), machine::loopback()?);
    println!(
        "this machine: {fsync:.0} durable appends/s, {hash:.0} SHA-256 of 1 KiB/s, loopback {:.2} GB/s",
        net / 1e9
    );
    Ok(vec![
        ("entries_per_s", round(steady)),
        ("idle_ms_p50", round(percentile(&idle, 0.5))),
        ("idle_ms_p99", round(percentile(&idle, 0.99))),
        ("entries_per_fsync", round(steady / fsync)),
        ("share_of_hashing_percent", round(100.0 * steady / hash)),
        (
            "share_of_loopback_percent",
            round(100.0 * steady * 1400.0 / net),
        ),
        ("cpu_us_per_entry", round(cpu_us)),
        ("entries", entries.to_string()),
        ("writers", size("WRITERS", WRITERS).to_string()),
    ])
}

fn note(number: u64) -> Values {
    let mut text = format!("entry {number} ");
    while text.len() < TEXT {
        text.push_str("steady exchange between two nodes ");
    }
    let values = std::iter::once(("text".to_owned(), Value::Text(text))).collect();
    Values {
        lang: Some(Lang::En),
        values,
    }
}

/// Times from recording to the partner's receipt, one at a time, in milliseconds, sorted.
fn idle_latency(pair: &Pair, dossier: DossierId) -> Result<Vec<f64>, String> {
    let partner: NodeName = "fr".parse().map_err(|_| "name")?;
    let mut times = Vec::new();
    for number in 0..60 {
        std::thread::sleep(Duration::from_millis(20));
        let begun = Instant::now();
        record(&pair.a, Some(dossier), "note", note(number))?;
        loop {
            let (held, size, waiting) = pair.a.app.receipted(&partner).map_err(text)?;
            if waiting == 0 && held == size {
                break;
            }
            if begun.elapsed() > Duration::from_secs(5) {
                return Err("no receipt within five seconds".into());
            }
            std::thread::sleep(Duration::from_micros(100));
        }
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// Records so many entries from many threads and waits until the last is receipted; entries per second.
pub fn flood(pair: &Pair, dossier: DossierId, entries: u64) -> Result<f64, String> {
    let begun = Instant::now();
    let writers = size("WRITERS", WRITERS);
    let each = entries / writers;
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..writers)
            .map(|w| scope.spawn(move || write_many(&pair.a, dossier, w * each, each)))
            .collect();
        writers.into_iter().try_for_each(|w| {
            w.join()
                .unwrap_or_else(|_| Err("a writer ended abnormally".into()))
        })
    })?;
    pair.received(Duration::from_secs(300))?;
    #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
    Ok((each * writers) as f64 / begun.elapsed().as_secs_f64())
}

fn write_many(side: &Side, dossier: DossierId, from: u64, count: u64) -> Result<(), String> {
    (from..from + count)
        .try_for_each(|number| record(side, Some(dossier), "note", note(number)).map(|_| ()))
}
