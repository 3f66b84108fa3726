//! What must hold, after every step and at the end.

use crate::pair::{Side, TestPair};
use entente_core::header::Header;
use entente_store::{BodyState, Direction, EntryRow, WAITING};

/// At rest: registers, entries, verdicts, bodies, dossiers and obligations are the same on both sides.
///
/// # Errors
/// The first difference, in words without contents.
pub fn same_everything(pair: &TestPair) -> Result<(), String> {
    for side in Side::BOTH {
        same_register(pair, side)?;
        same_entries(pair, side)?;
    }
    same_dossiers(pair)?;
    same_obligations(pair)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn same_register(pair: &TestPair, side: Side) -> Result<(), String> {
    let (owner, holder) = (pair.node(side), pair.node(side.other()));
    let ours = owner
        .look(|tx| tx.leaves(&holder.name, Direction::Out, 0, u32::MAX))
        .map_err(text)?;
    let theirs = holder
        .look(|tx| tx.leaves(&owner.name, Direction::In, 0, u32::MAX))
        .map_err(text)?;
    if ours != theirs {
        return Err(format!(
            "register of {}: {} leaves here, {} held, not the same",
            owner.name,
            ours.len(),
            theirs.len()
        ));
    }
    Ok(())
}

fn shared(row: &EntryRow) -> Option<Header> {
    Header::from_bytes(&row.header)
        .ok()
        .filter(|h| h.audience.len() > 1)
}

fn same_entries(pair: &TestPair, side: Side) -> Result<(), String> {
    let (author, reader) = (pair.node(side), pair.node(side.other()));
    for row in author.entries().map_err(text)? {
        let Some(header) = shared(&row) else { continue };
        let id = row.id;
        let Some(there) = reader.entry(id).map_err(text)? else {
            return Err(format!(
                "entry {id} of {} is missing at {}",
                header.node(),
                reader.name
            ));
        };
        if there.header != row.header {
            return Err(format!("entry {id} has other bytes at {}", reader.name));
        }
        if (there.verdict, there.depth) != (row.verdict, row.depth) {
            return Err(format!(
                "entry {id} ({}): verdict {}/{} here, {}/{} there",
                row.kind, row.verdict, row.depth, there.verdict, there.depth
            ));
        }
        if row.verdict == WAITING {
            return Err(format!("entry {id} still waits"));
        }
        if there.body != row.body {
            return Err(format!(
                "body of {id} ({}) is {:?} at {} and {:?} at {}",
                row.kind, row.body, author.name, there.body, reader.name
            ));
        }
        if row.body == BodyState::Owed {
            return Err(format!("body of {id} is owed"));
        }
    }
    Ok(())
}

fn same_dossiers(pair: &TestPair) -> Result<(), String> {
    let filter = entente_store::DossierFilter {
        limit: 100_000,
        ..Default::default()
    };
    let of = |side: Side| {
        let node = pair.node(side);
        let mut rows = node.look(|tx| tx.dossiers(&filter)).map_err(text)?;
        rows.sort_by_key(|r| r.id);
        let mut plain = Vec::new();
        for row in rows {
            let config = node.look(|tx| tx.latest_config(row.id)).map_err(text)?;
            plain.push((
                row.id,
                row.kind,
                row.purpose,
                row.phase,
                row.convenor,
                row.number,
                row.nodes,
                config.map(|c| (c.number, c.config)),
            ));
        }
        Ok::<_, String>(plain)
    };
    let (ma, fr) = (of(Side::Ma)?, of(Side::Fr)?);
    if ma == fr {
        Ok(())
    } else {
        Err(format!(
            "dossiers differ: {} at ma, {} at fr",
            ma.len(),
            fr.len()
        ))
    }
}

fn same_obligations(pair: &TestPair) -> Result<(), String> {
    let (ma, fr) = (
        pair.ma().obligations(None).map_err(text)?,
        pair.fr().obligations(None).map_err(text)?,
    );
    for (a, b) in ma.iter().zip(&fr) {
        if a != b {
            return Err(format!(
                "obligation {} is {:?}/{:?} due {:?} at ma, {:?}/{:?} due {:?} at fr",
                a.id, a.state, a.turn, a.due_ms, b.state, b.turn, b.due_ms
            ));
        }
    }
    if ma.len() == fr.len() {
        Ok(())
    } else {
        Err(format!(
            "{} obligations at ma, {} at fr",
            ma.len(),
            fr.len()
        ))
    }
}
