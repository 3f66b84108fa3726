//! `recovery`: a node restored from a backup that is older than nearly all of its register gets that register back from its partner,
//! entries and bodies, over loopback TLS; and how long writing and reading stay closed meanwhile.

use crate::exchange::flood;
use crate::pair::{Base, Net, Pair, Side, restored, wait, write};
use crate::{Figures, round, size, text};
use entente_core::ids::NodeName;
use entente_store::sqlite::SqliteStore;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Runs it.
pub fn run() -> Result<Figures, String> {
    let entries = size("ENTRIES", 1_000_000);
    let pair = Pair::start(&Base::Sqlite)?;
    let desk = write(&pair.a, None, "desk.open", &[("title", "Bench")])?;
    pair.received(Duration::from_secs(30))?;
    let folder = pair.folder.path().join("ma-restored");
    std::fs::create_dir_all(&folder).map_err(text)?;
    let (rows, keys, database) = (
        folder.join("rows"),
        folder.join("keys"),
        folder.join("entente.db"),
    );
    pair.a.store.backup(&rows, &keys).map_err(text)?;
    let partner: NodeName = "fr".parse().map_err(|_| "name")?;
    let backed_up = pair.a.app.receipted(&partner).map_err(text)?;

    let rate = flood(&pair, desk, entries)?;
    println!("written and receipted at {rate:.0} entries/s");
    let before = pair.a.app.receipted(&partner).map_err(text)?;
    let Pair {
        a,
        b,
        net,
        folder: _kept,
    } = pair;
    drop(net);

    SqliteStore::restore(&database, &rows, &keys).map_err(text)?;
    let store = Arc::new(SqliteStore::open(&database).map_err(text)?);
    let again = restored(&folder, "ma", store, &a)?;
    drop(a);
    if !closed(&again)? {
        return Err("a restored node must be closed until its partner was heard".into());
    }
    let begun = Instant::now();
    // Closed, it pins nobody; the partner dials it, as it would after a node moved.
    let net = Net::dialling(&b, &again, |address| {
        let print = again.app.own_fingerprint().map_err(text)?;
        let card = again.app.own_card();
        let pinned = b.app.pin_partner(&card, address, &print);
        pinned.map(|_| ()).map_err(text)
    })?;
    wait(Duration::from_secs(3_600), || Ok(!closed(&again)?))?;
    let took = begun.elapsed().as_secs_f64();
    let after = again.app.receipted(&partner).map_err(text)?;
    drop(net);
    if after.1 < before.1 {
        return Err(format!("of {} leaves {} came back", before.1, after.1));
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for reading")]
    let recovered = (before.1 - backed_up.1) as f64 / took;
    Ok(vec![
        ("closed_s", round(took)),
        ("recovered_per_s", round(recovered)),
        ("share_of_exchange_percent", round(100.0 * recovered / rate)),
        ("leaves", (before.1 - backed_up.1).to_string()),
    ])
}

/// Whether the node still waits for its partner.
fn closed(side: &Side) -> Result<bool, String> {
    let waits = side.app.reopening().map_err(text)?;
    Ok(waits.is_some_and(|state| state.is_closed()))
}
