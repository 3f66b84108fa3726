//! What people do at a node of either world, chosen from the numbers of an op or an event.

use super::fill::{Detail, fill};
use super::state::text;
use crate::node::{Said, TestNode, Writing};
use entente_app::AppError;
use entente_app::views::{DossierQuery, LedgerQuery};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_store::{DossierFilter, DossierRow, ObligationRow};

/// The type of an entry, and what is filled in.
pub(super) type Chosen = (&'static str, Writing<'static>);

/// The opening of a kind, by an investigator now and then.
pub(super) fn opening(node: &TestNode, kind: u8, detail: u32) -> Option<Chosen> {
    let kinds: Vec<_> = kinds::ALL
        .iter()
        .filter(|k| k.needs_charter && !kinds::is_of_duties(k.name))
        .collect();
    let opening = kinds[usize::from(kind) % kinds.len()].opening()?;
    let mut detail = Detail::new(detail);
    let officer = ["investigator", "liaison", "liaison"][detail.below(3)];
    let wanted = Writing {
        fields: fill(node, opening, None, &[], &mut detail),
        officer,
        ..Writing::default()
    };
    Some((opening.name, wanted))
}

/// An entry that acts on no obligation, in a dossier of the node; one in eight is for the node only.
pub(super) fn entry(
    node: &TestNode,
    dossier: u16,
    entry: u8,
    detail: &mut Detail,
) -> Option<Chosen> {
    let row = dossier_of(node, dossier)?;
    let rare = detail.below(4) == 0;
    let fits = |e: &&EntryType| {
        !e.opens()
            && !e.on_obligation()
            && !e.is_written_beside()
            && (rare || e.name != "close")
            && !["charter.suspend", "charter.resume"].contains(&e.name)
    };
    let types = kinds::find(&row.kind)?.entries.iter().copied();
    let types: Vec<&EntryType> = types.filter(fits).collect();
    let chosen = types[usize::from(entry) % types.len()];
    let entries = entries_of(node, row.id);
    let wanted = Writing {
        dossier: Some(row.id),
        fields: fill(node, chosen, Some(row.id), &entries, detail),
        own_only: detail.below(8) == 0,
        ..Writing::default()
    };
    Some((chosen.name, wanted))
}

/// An entry that acts on this obligation.
pub(super) fn act_on(
    node: &TestNode,
    row: &ObligationRow,
    entry: u8,
    detail: &mut Detail,
) -> Option<Chosen> {
    let types = kinds::find(&row.kind)?.entries.iter().copied();
    let types: Vec<&EntryType> = types.filter(|e| e.on_obligation()).collect();
    let chosen = types.get(usize::from(entry) % types.len().max(1))?;
    let entries = entries_of(node, row.dossier);
    let wanted = Writing {
        dossier: Some(row.dossier),
        target: Some(row.id),
        fields: fill(node, chosen, Some(row.dossier), &entries, detail),
        ..Writing::default()
    };
    Some((chosen.name, wanted))
}

/// A note with a file of this size, in a dossier of the node.
pub(super) fn note_with_file(node: &TestNode, dossier: u16, size: u32) -> Option<Chosen> {
    let row = dossier_of(node, dossier)?;
    let bytes: Vec<u8> = (0..size).map(|n| n.to_le_bytes()[0]).collect();
    let wanted = Writing::on(row.id, &[("text", "pièce jointe")]).file("piece.bin", bytes);
    Some(("note", wanted))
}

fn dossier_of(node: &TestNode, number: u16) -> Option<DossierRow> {
    let filter = DossierFilter {
        limit: 100_000,
        ..DossierFilter::default()
    };
    let mut rows = node.look(|tx| tx.dossiers(&filter)).unwrap_or_default();
    rows.sort_by_key(|r| (r.opened_ms, r.id));
    let place = usize::from(number) % rows.len().max(1);
    rows.into_iter().nth(place)
}

fn entries_of(node: &TestNode, dossier: DossierId) -> Vec<EntryId> {
    let rows = node.look(|tx| tx.entries(dossier, false, 10_000, 0));
    rows.unwrap_or_default().into_iter().map(|r| r.id).collect()
}

/// Looks at the pages of a node.
pub(super) fn look_at_everything(node: &TestNode) -> Said<()> {
    let actor = node.officer("liaison")?;
    node.app.today(&actor)?;
    node.app.links(&actor)?;
    let list = node.app.dossiers(&actor, &DossierQuery::default())?;
    for line in list.lines.iter().take(3) {
        let view = node.app.dossier(&actor, line.id, None)?;
        for entry in view.entries.iter().rev().take(2) {
            node.app.entry(&actor, entry.id)?;
        }
    }
    node.app.ledger(&actor, &LedgerQuery::default())?;
    Ok(())
}

/// People compare a partner's card anew, which names its sealing key of now.
pub(super) fn exchange_cards(node: &TestNode, partner: &TestNode) -> Result<(), String> {
    let renewed = partner.app.keep_sealing_keys();
    match renewed.and_then(|()| node.pin(partner)) {
        Err(AppError::Store(_)) => Ok(()),
        other => other.map_err(|e| format!("cards for {}: {}", node.name, text(e))),
    }
}

/// Changes of a node's store and blob store that broke so far.
pub(super) fn broken(node: &TestNode) -> u64 {
    node.disk.broke().len() as u64 + node.blobs.changes().1
}
