//! `investigation`: what people wait for in a long joint investigation. A dossier of 100,000 entries, of which a fifth are things, is written
//! through the app; then its page is opened, an entry added, its things listed. Each beside the same in a dossier of a hundred entries, in the
//! same run. With it the layout of 500 things and the reading of a package of 10,000 nodes, as `chart` and `evidence` measure them.

use crate::pair::{Base, Side, pin, side, write};
use crate::{Figures, chart, evidence, machine, percentile, round, size, text};
use entente_app::Recording;
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId};
use entente_core::label::Lang;
use std::sync::Mutex;
use std::time::Instant;

/// Threads that fill the dossier.
const WRITERS: u64 = 16;
/// Entries of the dossier that the long one is held against.
const SMALL: u64 = 100;
/// Times that each page is read, and that an entry is added.
const TIMES: u64 = 60;

pub(crate) fn run() -> Result<Figures, String> {
    let entries = size("ENTRIES", 100_000);
    let folder = tempfile::tempdir().map_err(text)?;
    let a = side(&folder.path().join("ma"), "ma", &Base::Sqlite)?;
    let b = side(&folder.path().join("fr"), "fr", &Base::Sqlite)?;
    pin(&a, &b, "")?;
    crate::read::charter_alone(&a, &b)?;
    let small = filled(&a, SMALL)?;
    let begun = Instant::now();
    let long = filled(&a, entries)?;
    let filling = begun.elapsed().as_secs_f64();
    println!("filled {entries} entries in {filling:.0} s");
    let mut figures = vec![
        ("entries", entries.to_string()),
        ("filled_per_s", round(rate(entries, filling))),
    ];
    for (name, against, what) in PAGES {
        let (of_long, of_small) = (timed(|| what(&a, long))?, timed(|| what(&a, small))?);
        let median = round(percentile(&of_long, 0.5));
        println!("{name}={median}");
        figures.push((name, median));
        let share = percentile(&of_long, 0.5) / percentile(&of_small, 0.5);
        figures.push((against, round(share)));
    }
    let fsync = 1_000.0 / machine::fsyncs()?;
    figures.push(("fsync_ms", round(fsync)));
    figures.extend(chart::layout()?);
    figures.extend(evidence::importing()?);
    Ok(figures)
}

/// A figure in milliseconds, its share of the same in a short dossier, and what is done.
type Page = (
    &'static str,
    &'static str,
    fn(&Side, DossierId) -> Result<(), String>,
);

const PAGES: [Page; 6] = [
    ("open_ms", "open_to_short", |a, dossier| {
        let page = a.app.dossier(&a.officer, dossier, None);
        page.map(drop).map_err(text)
    }),
    ("add_ms", "add_to_short", |a, dossier| {
        let number = [("name", "+212 5 00 00 00 00"), ("nature", "fact")];
        record(a, dossier, ("investigation.phone", &number)).map(drop)
    }),
    ("contribute_ms", "contribute_to_short", |a, dossier| {
        let said = [("title", "Steady exchange"), ("text", "One more.")];
        record(a, dossier, ("investigation.contribute", &said)).map(drop)
    }),
    ("form_ms", "form_to_short", |a, dossier| {
        let query = entente_app::FormQuery {
            dossier: Some(dossier),
            entry_type: "investigation.link".into(),
            ..entente_app::FormQuery::default()
        };
        a.app.form(&a.officer, &query).map(drop).map_err(text)
    }),
    ("things_ms", "things_to_short", |a, dossier| {
        let things = a.app.things(&a.officer, dossier, "");
        things.map(drop).map_err(text)
    }),
    ("evaluation_ms", "evaluation_to_short", |a, dossier| {
        let view = a.app.evaluation(&a.officer, dossier);
        view.map(drop).map_err(text)
    }),
];

/// An investigation of so many entries, written through the app by many at once: of every ten, two things, a link between two of them, a
/// contribution, and notes.
fn filled(a: &Side, entries: u64) -> Result<DossierId, String> {
    let opening = [("title", "Estuary"), ("aim", "Understand a network.")];
    let dossier = write(a, None, "investigation.open", &opening)?;
    let things = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|w| {
                let things = &things;
                scope.spawn(move || {
                    let mut own = (w..entries).step_by(usize::try_from(WRITERS).unwrap_or(1));
                    own.try_for_each(|n| fill(a, dossier, n, things))
                })
            })
            .collect();
        let ended = |w: std::thread::ScopedJoinHandle<'_, Result<(), String>>| {
            w.join()
                .unwrap_or_else(|_| Err("a writer ended abnormally".into()))
        };
        writers.into_iter().try_for_each(ended)
    })?;
    Ok(dossier)
}

fn fill(a: &Side, dossier: DossierId, n: u64, things: &Mutex<Vec<EntryId>>) -> Result<(), String> {
    let numbered = format!("number {n} of a steady exchange");
    let known = || {
        let things = things
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = |n: u64| {
            things
                .get(usize::try_from(n).unwrap_or(0) % things.len().max(1))
                .copied()
        };
        at(n).zip(at(n / 3 + 1)).filter(|(one, other)| one != other)
    };
    match (n / WRITERS) % 10 {
        0 | 1 => {
            let fields = [("name", numbered.as_str()), ("nature", "fact")];
            let entry = record(a, dossier, ("investigation.phone", &fields))?;
            let mut things = things
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            things.push(entry);
        }
        2 => {
            if let Some((from, to)) = known() {
                let (from, to) = (from.to_string(), to.to_string());
                let ends = [("from_thing", from.as_str()), ("to_thing", to.as_str())];
                let fields = [&ends[..], &[("how", "called"), ("nature", "fact")]].concat();
                record(a, dossier, ("investigation.link", &fields))?;
            }
        }
        3 => {
            let fields = [("title", "Steady exchange"), ("text", numbered.as_str())];
            record(a, dossier, ("investigation.contribute", &fields))?;
        }
        _ => {
            record(a, dossier, ("note", &[("text", numbered.as_str())]))?;
        }
    }
    Ok(())
}

/// Records an entry from its fields.
fn record(
    a: &Side,
    dossier: DossierId,
    (entry_type, fields): (&str, &[(&str, &str)]),
) -> Result<EntryId, String> {
    let value = |(name, text): &(&str, &str)| ((*name).to_owned(), Value::Text((*text).to_owned()));
    let recording = Recording {
        dossier: Some(dossier),
        entry_type: entry_type.to_owned(),
        values: Values {
            lang: Some(Lang::En),
            values: fields.iter().map(value).collect(),
        },
        ..Recording::default()
    };
    let recorded = a.app.record(&a.officer, recording);
    recorded.map(|r| r.entry).map_err(text)
}

/// Milliseconds of so many runs, sorted; the first is not counted.
fn timed(mut run: impl FnMut() -> Result<(), String>) -> Result<Vec<f64>, String> {
    run()?;
    let mut times = Vec::new();
    for _ in 0..size("READS", TIMES) {
        let begun = Instant::now();
        run()?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

#[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
fn rate(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds
}
