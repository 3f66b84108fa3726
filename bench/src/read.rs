//! `read`: Today and a dossier page with 100,000 obligations and 1,000,000 entries in the store.

use crate::pair::{Base, Side, pin, record, side, write};
use crate::{Figures, percentile, policy, round, size, text};
use entente_app::views::DossierQuery;
use entente_core::field::{Value, Values};
use entente_core::ids::DossierId;
use entente_core::label::Lang;
use std::time::Instant;

/// Threads that fill the store.
const WRITERS: u64 = 16;
/// Entries of one dossier.
const PER_DOSSIER: u64 = 1_000;
/// Times that each page is read.
const READS: u64 = 200;

/// On SQLite.
pub fn sqlite() -> Result<Figures, String> {
    run(&Base::Sqlite)
}

/// On PostgreSQL.
pub fn postgres() -> Result<Figures, String> {
    run(&Base::postgres()?)
}

fn run(base: &Base) -> Result<Figures, String> {
    let entries = size("ENTRIES", 1_000_000);
    let obligations = size("OBLIGATIONS", entries / 10);
    let folder = tempfile::tempdir().map_err(text)?;
    let node = filled(folder.path(), (entries, obligations), base)?;
    let some = node
        .app
        .dossiers(&node.officer, &DossierQuery::default())
        .map_err(text)?;
    let dossier = some.lines.first().map(|l| l.id).ok_or("no dossier")?;
    let today = || node.app.today(&node.officer).map(|_| ()).map_err(text);
    let dossier_page = || {
        let page = node.app.dossier(&node.officer, dossier, None);
        page.map(|_| ()).map_err(text)
    };
    let asked = [decisions(today)?, decisions(dossier_page)?];
    let (today, page) = (timed(today)?, timed(dossier_page)?);
    let each = policy::each_ms()?;
    let [today_asks, page_asks] = asked;
    let share = |asks, times: &[f64]| asks * each * 100.0 / percentile(times, 0.5);
    let search = DossierQuery {
        text: "exchange".into(),
        within: Some(dossier),
        ..DossierQuery::default()
    };
    let found = timed(|| {
        node.app
            .dossiers(&node.officer, &search)
            .map(|_| ())
            .map_err(text)
    })?;
    Ok(vec![
        ("today_ms_p50", round(percentile(&today, 0.5))),
        ("today_ms_p99", round(percentile(&today, 0.99))),
        ("dossier_ms_p50", round(percentile(&page, 0.5))),
        ("dossier_ms_p99", round(percentile(&page, 0.99))),
        ("search_ms_p50", round(percentile(&found, 0.5))),
        ("today_decisions", round(today_asks)),
        ("today_decisions_percent", round(share(today_asks, &today))),
        ("dossier_decisions", round(page_asks)),
        ("dossier_decisions_percent", round(share(page_asks, &page))),
        ("entries", entries.to_string()),
        ("obligations", obligations.to_string()),
    ])
}

/// A node alone: what it asks waits in its outbox, which changes nothing for reading.
fn filled(
    folder: &std::path::Path,
    (entries, obligations): (u64, u64),
    base: &Base,
) -> Result<Side, String> {
    let a = side(&folder.join("ma"), "ma", base)?;
    let b = side(&folder.join("fr"), "fr", base)?;
    pin(&a, &b, "")?;
    crate::read::charter_alone(&a, &b)?;
    let dossiers = (entries / PER_DOSSIER).max(1);
    let every = (entries / obligations.max(1)).max(1);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|w| {
                let a = &a;
                scope.spawn(move || {
                    for number in (w..dossiers).step_by(usize::try_from(WRITERS).unwrap_or(1)) {
                        fill_dossier(a, number, PER_DOSSIER.min(entries), every)?;
                    }
                    Ok::<(), String>(())
                })
            })
            .collect();
        writers.into_iter().try_for_each(|w| {
            w.join()
                .unwrap_or_else(|_| Err("a writer ended abnormally".into()))
        })
    })?;
    println!(
        "filled {entries} entries in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    Ok(a)
}

fn fill_dossier(a: &Side, number: u64, entries: u64, every: u64) -> Result<DossierId, String> {
    let dossier = write(
        a,
        None,
        "desk.open",
        &[("title", &format!("Desk {number}"))],
    )?;
    for n in 1..entries {
        let mut values = Values {
            lang: Some(Lang::En),
            ..Values::default()
        };
        values.values.insert(
            "text".into(),
            Value::Text(format!("note {n} on the steady exchange of experience")),
        );
        if n % every == 0 {
            values
                .values
                .insert("needs_answer".into(), Value::Flag(true));
        }
        record(a, Some(dossier), "note", values)?;
    }
    Ok(dossier)
}

/// A charter in force on both nodes, carried by two drivers in this thread.
pub fn charter_alone(a: &Side, b: &Side) -> Result<(), String> {
    let opened = write(a, None, "charter.open", &[("title", "Charter")])?;
    crate::read::carry(a, b)?;
    write(b, Some(opened), "charter.sign", &[])?;
    crate::read::carry(a, b)?;
    write(a, Some(opened), "charter.enact", &[])?;
    Ok(())
}

/// Carries everything between two nodes without a socket, then closes.
pub fn carry(a: &Side, b: &Side) -> Result<(), String> {
    use entente_app::{Action, Event, LinkDriver};
    use entente_link::Role;
    let binding = entente_proof::presence::Binding([1; 32]);
    let dialled = (Role::Dialled, binding);
    let accepted = (Role::Accepted, binding);
    let (mut da, mut to_b) = LinkDriver::start(&a.app, b.app.me(), dialled).map_err(text)?;
    let (mut db, mut to_a) = LinkDriver::start(&b.app, a.app.me(), accepted).map_err(text)?;
    for _ in 0..200 {
        let (mut next_a, mut next_b) = (Vec::new(), Vec::new());
        for action in to_b.drain(..) {
            if let Action::Send(bytes) = action {
                next_a.extend(db.handle(Event::Bytes(bytes)));
            }
        }
        for action in to_a.drain(..) {
            if let Action::Send(bytes) = action {
                next_b.extend(da.handle(Event::Bytes(bytes)));
            }
        }
        next_b.extend(da.handle(Event::Tick));
        next_a.extend(db.handle(Event::Tick));
        (to_a, to_b) = (next_a, next_b);
    }
    Ok(())
}

/// Milliseconds of so many runs, sorted.
/// Decisions that one page asks for, once nothing of it is new.
#[expect(clippy::cast_precision_loss, reason = "a count of decisions")]
fn decisions(mut run: impl FnMut() -> Result<(), String>) -> Result<f64, String> {
    let policies = entente_policy::Policies::embedded().map_err(text)?;
    run()?;
    let before = policies.asked();
    run()?;
    Ok((policies.asked() - before) as f64)
}

fn timed(mut run: impl FnMut() -> Result<(), String>) -> Result<Vec<f64>, String> {
    run()?;
    let mut times = Vec::new();
    for _ in 0..size("READS", READS) {
        let begun = Instant::now();
        run()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}
