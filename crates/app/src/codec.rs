//! Joins the types of `core` with the bytes of `proof` and the rows of `store`.

use crate::error::{AppError, Result};
use entente_core::act::Config;
use entente_core::header::Header;
use entente_core::ids::{Commitment, DossierId, EntryId, NodeName};
use entente_core::judge::Lane;
use entente_proof::digest::{self, Digest};
use entente_store::{DossierFilter, DossierRow, EntryRow, Read, StoreError};
use std::ops::ControlFlow;

/// Identifier of an entry from its header bytes.
pub(crate) fn entry_id(header: &[u8]) -> EntryId {
    EntryId(digest::entry_id(header).0)
}

/// An entry's identifier as a digest.
pub(crate) fn digest_of(id: EntryId) -> Digest {
    Digest(id.0)
}

/// Commitment to a body under its salt.
pub(crate) fn body_commitment(salt: &[u8; 16], body: &[u8]) -> Commitment {
    Commitment(entente_proof::commit::body_commitment(salt, body).0)
}

/// Encodes a value of ours; encoding into memory cannot fail.
pub(crate) fn encode<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).unwrap_or_default()
}

/// Decodes a cell of ours, naming it if it is damaged.
pub(crate) fn cell<'b, T: minicbor::Decode<'b, ()>>(
    bytes: &'b [u8],
    table: &'static str,
    column: &'static str,
) -> Result<T> {
    minicbor::decode(bytes).map_err(|_| AppError::Store(StoreError::Damaged { table, column }))
}

/// The header of an entry that is here; none of one that cannot be read.
pub(crate) fn header_of(tx: &dyn Read, id: EntryId) -> Result<Option<Header>> {
    let row = tx.entry(id)?;
    Ok(row.and_then(|row| Header::from_bytes(&row.header).ok()))
}

/// Rows that are read at once.
const PAGE: u32 = 500;

/// The dossiers of a filter, a page after the other to the last; its limit and offset do not matter.
pub(crate) fn all_dossiers(tx: &dyn Read, filter: DossierFilter) -> Result<Vec<DossierRow>> {
    let mut filter = DossierFilter {
        limit: PAGE,
        offset: 0,
        ..filter
    };
    let mut out = Vec::new();
    loop {
        let rows = tx.dossiers(&filter)?;
        let more = rows.len() == PAGE as usize;
        out.extend(rows);
        if !more {
            return Ok(out);
        }
        filter.offset += PAGE;
    }
}

/// Gives the entries of a dossier in its order, a page at a time, to `look`, until it breaks off; what it broke off with.
pub(crate) fn by_pages<T>(
    tx: &dyn Read,
    dossier: DossierId,
    mut look: impl FnMut(Vec<EntryRow>) -> Result<ControlFlow<T>>,
) -> Result<Option<T>> {
    let mut offset = 0;
    loop {
        let rows = tx.entries(dossier, false, PAGE, offset)?;
        let more = rows.len() == PAGE as usize;
        if let ControlFlow::Break(found) = look(rows)? {
            return Ok(Some(found));
        }
        if !more {
            return Ok(None);
        }
        offset += PAGE;
    }
}

/// The same of the entries of some types, and what was read ahead for a page is let go of after it: a look through a long dossier holds
/// one page at a time, besides what it keeps itself.
pub(crate) fn by_types<T>(
    tx: &dyn Read,
    dossier: DossierId,
    types: &[&str],
    mut look: impl FnMut(Vec<EntryRow>) -> Result<ControlFlow<T>>,
) -> Result<Option<T>> {
    let mut after = None;
    loop {
        let rows = tx.entries_of(dossier, types, after, PAGE)?;
        let more = rows.len() == PAGE as usize;
        after = rows.last().map(|row| (row.depth, row.id));
        if let ControlFlow::Break(found) = look(rows)? {
            return Ok(Some(found));
        }
        if !more {
            return Ok(None);
        }
        tx.let_go()?;
    }
}

/// All entries of some types in a dossier: for types of which there are few.
pub(crate) fn all_of(tx: &dyn Read, dossier: DossierId, types: &[&str]) -> Result<Vec<EntryRow>> {
    let mut all = Vec::new();
    let ended: Option<()> = by_types(tx, dossier, types, |rows| {
        all.extend(rows);
        Ok(ControlFlow::Continue(()))
    })?;
    debug_assert!(ended.is_none());
    Ok(all)
}

/// The same, with their words read ahead: for what is read of every one of them.
pub(crate) fn all_with_words(
    tx: &dyn Read,
    dossier: DossierId,
    types: &[&str],
) -> Result<Vec<EntryRow>> {
    let rows = all_of(tx, dossier, types)?;
    let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
    crate::ahead::of_words(tx, &ids)?;
    Ok(rows)
}

/// The configuration of a dossier that is here, as it is now.
pub(crate) fn config_of(tx: &dyn Read, dossier: DossierId) -> Result<Option<Config>> {
    let row = tx.latest_config(dossier)?;
    row.map(|row| cell(&row.config, "config", "config"))
        .transpose()
}

/// A setting of ours; what it is where it was never set or was emptied.
pub(crate) fn kept<T: for<'b> minicbor::Decode<'b, ()> + Default>(
    tx: &dyn Read,
    key: &str,
    column: &'static str,
) -> Result<T> {
    match tx.setting(key)?.filter(|bytes| !bytes.is_empty()) {
        Some(bytes) => cell(&bytes, "setting", column),
        None => Ok(T::default()),
    }
}

/// A setting that is a number, eight bytes, the most significant first; none where it was never set or was emptied.
pub(crate) fn number(tx: &dyn Read, key: &str) -> Result<Option<u64>> {
    let stored = tx.setting(key)?.and_then(|b| b.try_into().ok());
    Ok(stored.map(u64::from_be_bytes))
}

/// Where an entry stands: its lane and number in it.
pub(crate) fn place_bytes(lane: &Lane, seq: u64) -> Vec<u8> {
    encode(&(lane, seq))
}

/// Reads what [`place_bytes`] wrote.
pub(crate) fn place_cell(bytes: &[u8], table: &'static str) -> Result<(Lane, u64)> {
    cell(bytes, table, "place")
}

/// A node set as the store writes it: comma-joined, ascending.
pub(crate) fn scope(nodes: &[NodeName]) -> String {
    nodes
        .iter()
        .map(NodeName::as_str)
        .collect::<Vec<_>>()
        .join(",")
}

/// The scope under which the store keeps what is last of our own within a scope: no partner moves these heads.
pub(crate) fn own_heads(scope: &str) -> String {
    format!("own:{scope}")
}

/// Reads a comma-joined list of names; names that are none are left out.
pub(crate) fn names<T: std::str::FromStr>(joined: &str) -> Vec<T> {
    joined.split(',').filter_map(|n| n.parse().ok()).collect()
}

/// Every scope of an audience that contains `me`: the states in which an entry of this audience is a head for us.
pub(crate) fn scopes_with(me: &NodeName, audience: &[NodeName]) -> Vec<String> {
    let others: Vec<&NodeName> = audience.iter().filter(|n| *n != me).take(4).collect();
    (0u32..1 << others.len())
        .map(|mask| {
            let chosen = others
                .iter()
                .enumerate()
                .filter(|(i, _)| mask >> i & 1 == 1)
                .map(|(_, n)| (*n).clone());
            let mut nodes: Vec<NodeName> = chosen.chain(std::iter::once(me.clone())).collect();
            nodes.sort();
            scope(&nodes)
        })
        .collect()
}

/// The dossier that a header belongs to, as a key for its rows.
pub(crate) fn dossier_key(id: EntryId) -> DossierId {
    DossierId::of(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_of_a_pair_are_the_pair_and_oneself() {
        let (fr, ma): (NodeName, NodeName) = ("fr".parse().unwrap(), "ma".parse().unwrap());
        let mut scopes = scopes_with(&ma, &[fr, ma.clone()]);
        scopes.sort();
        assert_eq!(scopes, ["fr,ma", "ma"]);
    }
}
