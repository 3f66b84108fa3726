//! What must hold of each node's own state, whatever the other does: looked at when it is first seen, so that it costs little.
//!
//! Which invariant is checked where:
//! - 1 to 4: `check`, after every step or every eighth, and at the end.
//! - 5, 7 and 8: here, of every leaf as it is written and as it arrives. What a partner signs in another's name, without a decision
//!   or for another purpose is in `tests/invariants.rs`, `tests/rules.rs` and `tests/verdicts.rs`: here partners are honest, or
//!   forge whole histories.
//! - 10: here, of every body as it goes; that it never comes back is in `check`, that both sides destroyed it at the end. Bytes on
//!   disk, files and backups: `store`'s tests of both backends, `tests/blobs.rs`, `tests/restore.rs`.
//! - 11: here, that no entry of ours is without a record of its writing. What each look leaves: `tests/invariants.rs`.
//! - 12: a panic fails the run, and so does an error of our own that a person hears (`world`). Limits: `link`'s tests and `fuzzing`.
//! - 13: writing is never refused because of the link (`world`), and at the end everything is through (`check`).
//! - 14: no node here is newer than the other: `tests/invariants.rs`. That no byte of a header changes is in `check`.
//! - 6 and 9 are about people at a page: `tests/invariants.rs`, `tests/translation.rs`.

use crate::node::TestNode;
use entente_core::act::Act;
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_core::judge::Verdict;
use entente_store::{AttachmentState, BodyState, Direction, EntryRow, WAITING};
use std::collections::{BTreeMap, BTreeSet};

/// An error in words.
pub(super) fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// An entry that its node put into its register for a partner: its own, released, for this partner, and for the dossier's purpose. What
/// was `shown` to a node as its own, or is told again after a restore, may wait for what it follows.
///
/// # Errors
/// The invariant that is broken, by its number.
pub fn may_leave(
    owner: &TestNode,
    partner: &TestNode,
    id: EntryId,
    shown: bool,
) -> Result<(), String> {
    let name = &owner.name;
    let row = owner.entry(id).map_err(text)?;
    let row = row.ok_or_else(|| format!("invariant 3: {name} sends {id} and does not have it"))?;
    let header = Header::from_bytes(&row.header).map_err(text)?;
    let judged = row.verdict == Verdict::Regular.number() || shown && row.verdict == WAITING;
    if header.node() != *name || !judged {
        return Err(format!(
            "invariant 5: {name} sends {id} ({}, verdict {}), which is not its own or not regular",
            row.kind, row.verdict
        ));
    }
    if !header.audience.contains(&partner.name) || !header.handling.sendable() {
        return Err(format!(
            "invariant 5: {name} sends {id} beyond its audience"
        ));
    }
    if header.release.is_none() {
        return Err(format!("invariant 8: {name} sends {id} without a decision"));
    }
    one_purpose(owner, &row, &header)
}

/// An entry that came with its partner's register counts only if the partner wrote it, for us, and for the dossier's purpose.
///
/// # Errors
/// The invariant that is broken, by its number.
pub fn may_count(holder: &TestNode, author: &TestNode, row: &EntryRow) -> Result<(), String> {
    if row.verdict != Verdict::Regular.number() {
        return Ok(());
    }
    let header = Header::from_bytes(&row.header).map_err(text)?;
    let (name, id) = (&holder.name, row.id);
    if header.node() != author.name || !header.audience.contains(name) {
        return Err(format!(
            "invariant 5: {id} counts at {name} and was relayed, or is not for it"
        ));
    }
    if header.release.is_none() {
        return Err(format!(
            "invariant 8: {id} counts at {name} without a decision"
        ));
    }
    one_purpose(holder, row, &header)
}

fn one_purpose(node: &TestNode, row: &EntryRow, header: &Header) -> Result<(), String> {
    let dossier = node.look(|tx| tx.dossier(row.dossier)).map_err(text)?;
    if dossier.is_some_and(|d| d.purpose == header.purpose) {
        Ok(())
    } else {
        Err(format!(
            "invariant 7: {} has another purpose than its dossier at {}",
            row.id, node.name
        ))
    }
}

/// Of an erased body nothing is left that could be read: neither bytes nor a key, nor its files, nor what was copied from it.
///
/// # Errors
/// The invariant that is broken, by its number.
pub fn is_gone(node: &TestNode, row: &EntryRow) -> Result<(), String> {
    let (dossier, id) = (row.dossier, row.id);
    let (body, key, files, of) = node
        .look(|tx| {
            Ok((
                tx.body(dossier, id)?,
                tx.object_key(dossier, &id.0)?,
                tx.attachments(id)?,
                tx.dossier(dossier)?,
            ))
        })
        .map_err(text)?;
    let bytes = body.is_some_and(|b| b.state != BodyState::Erased || !b.sealed.is_empty());
    let kept = key.is_some_and(|key| !key.is_empty());
    let file = files.iter().any(|f| f.state != AttachmentState::Erased);
    let title = of.is_some_and(|d| d.id.opening() == id && !d.title.is_empty());
    if bytes || kept || file || title {
        return Err(format!(
            "invariant 10: of {id} {} still has bytes: {bytes}, a key: {kept}, a file: {file}, a title: {title}",
            node.name
        ));
    }
    Ok(())
}

/// An entry as two nodes have it.
pub type Two<'a> = [(&'a TestNode, &'a EntryRow); 2];

/// Whether a body may be gone at one of two nodes alone: whoever has it no more said so of the whole dossier, or gave its copy back.
///
/// # Errors
/// Storage, in words.
pub fn may_part(two: Two<'_>) -> Result<bool, String> {
    Ok(is_given_back(two)? || is_expired(two)?)
}

/// Whether one of them said that it destroyed what it held of the dossier.
fn is_expired(two: Two<'_>) -> Result<bool, String> {
    for (node, row) in two {
        let own = format!("{}/", node.name);
        let says = |said: &EntryRow| {
            said.dossier == row.dossier && said.kind == "expired" && said.service.starts_with(&own)
        };
        if row.body == BodyState::Erased && node.entries().map_err(text)?.iter().any(says) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Files erased at either node, alone or with their entry, are erased at both, and no key of them is left.
///
/// # Errors
/// The invariant that is broken, by its number.
pub fn same_erased_files(nodes: [&TestNode; 2]) -> Result<(), String> {
    let [one, other] = [erased_files(nodes[0])?, erased_files(nodes[1])?];
    // Whoever destroyed its copy of the whole entry, at the end of its term, has no file of it either.
    let held = |entry: EntryId| {
        nodes.iter().all(|node| {
            let row = node.entry(entry).ok().flatten();
            row.is_some_and(|row| row.body == BodyState::Here)
        })
    };
    let mut apart = one.symmetric_difference(&other);
    match apart.find(|(entry, _)| held(*entry)) {
        Some((entry, index)) => Err(format!(
            "invariant 10: file {index} of {entry} is erased at one node only"
        )),
        None => Ok(()),
    }
}

/// Those of entries that both nodes may hold.
fn erased_files(node: &TestNode) -> Result<BTreeSet<(EntryId, u32)>, String> {
    let mut all = BTreeSet::new();
    for row in node.entries().map_err(text)? {
        let files = node.look(|tx| tx.attachments(row.id)).map_err(text)?;
        let shared = Header::from_bytes(&row.header).is_ok_and(|h| h.audience.len() > 1);
        for file in files.iter().filter(|f| f.state == AttachmentState::Erased) {
            let mut name = row.id.0.to_vec();
            name.extend_from_slice(&file.index.to_be_bytes());
            let key = node.look(|tx| tx.object_key(row.dossier, &name));
            if key.map_err(text)?.is_some_and(|key| !key.is_empty()) {
                return Err(format!(
                    "invariant 10: {} keeps the key of erased file {} of {}",
                    node.name, file.index, row.id
                ));
            }
            if shared && row.body == BodyState::Here {
                all.insert((row.id, file.index));
            }
        }
    }
    Ok(all)
}

/// Whether a node found the digest equal that its partner told by itself at the register's present size; none if it was never told.
///
/// # Errors
/// Storage, in words.
pub fn told_equal(node: &TestNode, partner: &TestNode) -> Result<Option<bool>, String> {
    let told = node.look(|tx| {
        let out = tx.register(&partner.name, Direction::Out)?.size;
        let rows = tx.digests(&partner.name, 50)?;
        let mut here = rows.iter().filter(|r| r.out_size == out);
        Ok(here.find_map(|r| r.theirs.map(|t| t == r.ours)))
    });
    told.map_err(text)
}

/// Access lanes as they were seen.
#[derive(Default)]
pub struct Lanes(BTreeMap<String, u64>);

impl Lanes {
    /// Lanes only grow, and hold at least one record for every entry that was written here.
    ///
    /// # Errors
    /// The invariant that is broken, by its number.
    pub fn look(&mut self, node: &TestNode, written: u64) -> Result<(), String> {
        let heads = node.look(|tx| tx.lane_heads()).map_err(text)?;
        let now: BTreeMap<String, u64> = heads.into_iter().map(|h| (h.lane, h.seq)).collect();
        for (lane, seq) in &self.0 {
            if now.get(lane).is_none_or(|n| n < seq) {
                return Err(format!(
                    "invariant 11: an access lane of {} shrank",
                    node.name
                ));
            }
        }
        self.0 = now;
        let records: u64 = self.0.values().sum();
        if records < written {
            return Err(format!(
                "invariant 11: {} wrote {written} entries and has {records} access records",
                node.name
            ));
        }
        Ok(())
    }
}

/// Whether of two bodies one is with whoever keeps it and the other is gone since its holder gave it back.
fn is_given_back(two: Two<'_>) -> Result<bool, String> {
    let state = |is: BodyState| two.iter().find(move |(_, row)| row.body == is);
    let (Some(_), Some((holder, row))) = (state(BodyState::Here), state(BodyState::Erased)) else {
        return Ok(false);
    };
    let mut queue = given_back(holder)?;
    while let Some(next) = queue.pop() {
        if next.id == row.id {
            return Ok(true);
        }
        // With a copy goes what translates it, and what its author released of it elsewhere.
        let follows = holder.look(|tx| tx.translations(next.dossier, next.id));
        let relations = holder.look(|tx| tx.relations(next.id)).map_err(text)?;
        let released = relations
            .iter()
            .filter(|r| r.to == next.id)
            .map(|r| r.entry);
        for id in follows.map_err(text)?.into_iter().chain(released) {
            queue.extend(holder.entry(id).map_err(text)?);
        }
    }
    Ok(false)
}

/// The entries that a node gave back: their author set an end to them, and the node's people attested that their copies are gone
/// (docs/conditions.md). The author keeps its own.
fn given_back(node: &TestNode) -> Result<Vec<EntryRow>, String> {
    let mut ends = Vec::new();
    let mut attested = Vec::new();
    for row in node.entries().map_err(text)? {
        let Ok(header) = Header::from_bytes(&row.header) else {
            continue;
        };
        if header.node() == node.name {
            attested.extend(header.acts.on().map(|(ob, _)| ob.entry));
        } else {
            ends.extend(
                header
                    .acts
                    .known
                    .iter()
                    .filter_map(|act| ended(act).map(|id| (row.id, id))),
            );
        }
    }
    let back = ends.into_iter().filter(|(end, _)| attested.contains(end));
    let rows = back.map(|(_, id)| node.entry(id).map_err(text));
    Ok(rows
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

fn ended(act: &Act) -> Option<EntryId> {
    match act {
        Act::Tighten {
            entry,
            until: Some(_),
            ..
        } => Some(*entry),
        _ => None,
    }
}
