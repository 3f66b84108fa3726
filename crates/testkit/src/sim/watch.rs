//! What of each node and each register must never change again, whatever the number of nodes.

use super::state::{Lanes, is_gone, may_count, may_leave, text};
use crate::node::TestNode;
use entente_core::ids::EntryId;
use entente_core::judge::Verdict;
use entente_core::kind::{Effect, On};
use entente_core::kinds;
use entente_core::obligation::{Side as Owed, State};
use entente_store::{BodyState, Direction, LeafRow, ObligationRow, WAITING};
use std::collections::{BTreeMap, BTreeSet};

/// What was seen so far: what must never change again.
#[derive(Default)]
pub struct Watch {
    registers: BTreeMap<(usize, usize), Seen>,
    nodes: BTreeMap<usize, Own>,
    /// Whoever may be shown, as its own, what it did not know: a thief with its key wrote it, or it wrote it alone after a restore. What
    /// comes back to it so may follow what is still on its way.
    pub shown: BTreeSet<usize>,
}

/// What one node had when it was looked at last.
#[derive(Default)]
struct Own {
    entries: BTreeMap<EntryId, Kept>,
    /// Headers that it had before it was restored.
    before: BTreeMap<EntryId, Vec<u8>>,
    position: u64,
    written: u64,
    lanes: Lanes,
}

/// One register as both sides saw it, by its owner.
#[derive(Default)]
struct Seen {
    owned: Vec<LeafRow>,
    held: u64,
    entries: BTreeSet<EntryId>,
    /// What the owner had before it was restored, as far as its partner held it: exactly that must come back.
    before: Vec<LeafRow>,
    /// What the owner ever had before a restore, as far as nothing else took its place: some of it may still be on its way.
    gone: Vec<LeafRow>,
    /// First looked at after an end was restored: what the holder has beyond was written before, and must come back.
    unseen: bool,
    /// The holder was restored and has not everything back for which it gave its word.
    behind: bool,
}

/// What of an entry never changes.
struct Kept {
    header: Vec<u8>,
    verdict: u8,
    body: BodyState,
}

impl Watch {
    /// The register of one node towards another: it only grows, each entry stands in it once, and what its partner said to hold is
    /// there.
    ///
    /// # Errors
    /// The invariant that is broken, by its number.
    pub fn register(
        &mut self,
        (at, owner): (usize, &TestNode),
        (to, holder): (usize, &TestNode),
    ) -> Result<(), String> {
        let seen = self.registers.entry((at, to)).or_default();
        let known = seen.owned.len() as u64;
        let fresh = owner
            .look(|tx| tx.leaves(&holder.name, Direction::Out, known, u32::MAX))
            .map_err(text)?;
        for leaf in &fresh {
            let place = usize::try_from(leaf.position).unwrap_or(usize::MAX);
            if seen.gone.get(place).is_some_and(|gone| gone != leaf) {
                seen.gone.truncate(place);
            }
            let back = seen.before.get(place);
            if back.is_some_and(|before| before != leaf) {
                return Err(format!(
                    "invariant 4: {} wrote another leaf {} after a restore",
                    owner.name, leaf.position
                ));
            }
            let Some(id) = leaf.entry else { continue };
            if !seen.entries.insert(id) {
                return Err(format!(
                    "invariant 3: an entry stands twice in the register of {}",
                    owner.name
                ));
            }
            if back.is_none() {
                // Of what it had told before a restore it may wait for what it follows, when its register begins again and that is told again.
                let own = self.nodes.get(&at);
                let told = own.is_some_and(|own| own.before.contains_key(&id));
                may_leave(owner, holder, id, told || self.shown.contains(&at))?;
            }
        }
        seen.owned.extend(fresh);
        let arrived = holder
            .look(|tx| tx.leaves(&owner.name, Direction::In, seen.held, u32::MAX))
            .map_err(text)?;
        for leaf in arrived {
            let place = usize::try_from(leaf.position).unwrap_or(usize::MAX);
            if seen.owned.len() <= place && seen.gone.get(place) == Some(&leaf) {
                // Sent before the restore: it must come back.
                seen.before.clone_from(&seen.gone);
                seen.before.truncate(place + 1);
            } else if seen.owned.len() <= place && seen.unseen {
                if seen.before.len() < place {
                    seen.before.clone_from(&seen.owned);
                }
                seen.before.push(leaf.clone());
            } else if seen.owned.get(place) != Some(&leaf) {
                return Err(format!(
                    "invariant 4: {} holds another leaf {} than {} wrote",
                    holder.name, leaf.position, owner.name
                ));
            }
            if let Some(id) = leaf.entry {
                let here = holder.entry(id).map_err(text)?;
                let here = here.ok_or_else(|| {
                    format!(
                        "invariant 3: {} took leaf {} without its entry",
                        holder.name, leaf.position
                    )
                })?;
                may_count(holder, owner, &here)?;
            }
            seen.held = leaf.position + 1;
        }
        let ours = owner
            .look(|tx| tx.register(&holder.name, Direction::Out))
            .map_err(text)?;
        let said = ours.cosigned;
        seen.unseen &= seen.held > seen.owned.len() as u64;
        seen.behind &= said > seen.held;
        if said > seen.held && !seen.behind {
            return Err(format!(
                "invariant 3: {} gave its word for {said} leaves and holds {}",
                holder.name, seen.held
            ));
        }
        if ours.size != seen.owned.len() as u64 {
            return Err(format!(
                "invariant 4: the register of {} shrank",
                owner.name
            ));
        }
        Ok(())
    }

    /// A register is in another generation: of that everything is seen from the beginning. Its holder may have been restored since.
    pub fn begin_again(&mut self, (at, to): (usize, usize), restored: bool) {
        let unseen = Seen {
            behind: true,
            unseen: restored,
            ..Seen::default()
        };
        self.registers.insert((at, to), unseen);
    }

    /// A node was put back to a backup: what its partners hold of it, and what it held of them, has to come back as it was.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn restored(&mut self, at: usize, nodes: &[&TestNode]) -> Result<(), String> {
        let own = self.nodes.entry(at).or_default();
        let mut before = std::mem::take(&mut own.before);
        before.extend(
            std::mem::take(&mut own.entries)
                .into_iter()
                .map(|(id, kept)| (id, kept.header)),
        );
        *own = Own {
            before,
            ..Own::default()
        };
        let size = |of: &TestNode, partner: &TestNode, way| {
            let row = of.look(|tx| tx.register(&partner.name, way));
            row.map(|r| usize::try_from(r.size).unwrap_or(usize::MAX))
                .map_err(text)
        };
        for (to, other) in nodes.iter().enumerate().filter(|(to, _)| *to != at) {
            let ours = self.registers.entry((at, to)).or_default();
            let held = usize::try_from(ours.held).unwrap_or(usize::MAX);
            if ours.before.len() < held {
                ours.before = ours.owned.get(..held).unwrap_or_default().to_vec();
            }
            if ours.gone.len() < ours.owned.len() {
                ours.gone.clone_from(&ours.owned);
            }
            ours.owned.truncate(size(nodes[at], other, Direction::Out)?);
            ours.entries = ours.owned.iter().filter_map(|leaf| leaf.entry).collect();
            let theirs = self.registers.entry((to, at)).or_default();
            theirs.held = size(nodes[at], other, Direction::In)? as u64;
            theirs.behind = true;
            // What both lost with their disks is nobody's promise any more.
            let left = theirs
                .owned
                .len()
                .max(usize::try_from(theirs.held).unwrap_or(usize::MAX));
            theirs.before.truncate(left);
        }
        Ok(())
    }

    /// No entry changes its bytes or its verdict; bodies only ever go, or come where they were owed. Where programs changed
    /// (`versions`), what could not be evaluated is judged later.
    ///
    /// # Errors
    /// The invariant that is broken, by its number.
    pub fn node(&mut self, at: usize, node: &TestNode, versions: bool) -> Result<(), String> {
        let own = self.nodes.entry(at).or_default();
        let rows = node.entries().map_err(text)?;
        let (count, kept) = (rows.len(), &mut own.entries);
        let first = kept.is_empty();
        for row in rows {
            match kept.get_mut(&row.id) {
                None => {
                    if own
                        .before
                        .get(&row.id)
                        .is_some_and(|header| *header != row.header)
                    {
                        return Err(format!(
                            "invariant 4: entry {} came back changed to {}",
                            row.id, node.name
                        ));
                    }
                    if row.position <= own.position {
                        return Err(format!(
                            "invariant 4: entry {} came before what was there",
                            row.id
                        ));
                    }
                    own.position = row.position;
                    if row.body == BodyState::Erased {
                        is_gone(node, &row)?;
                    }
                    let ours = row.service.split('/').next() == Some(node.name.as_str());
                    // What comes back after a restore was recorded in lanes that went with the disk.
                    let back = !first && own.before.contains_key(&row.id);
                    own.written += u64::from(ours && !back);
                    kept.insert(
                        row.id,
                        Kept {
                            header: row.header,
                            verdict: row.verdict,
                            body: row.body,
                        },
                    );
                }
                Some(before) => {
                    let later = before.verdict == WAITING
                        || (versions && before.verdict == Verdict::NotEvaluated.number());
                    let judged = later || before.verdict == row.verdict;
                    let came = before.body == BodyState::Owed && row.body == BodyState::Here;
                    let body = before.body == row.body || row.body == BodyState::Erased || came;
                    if before.header != row.header || !judged || !body {
                        return Err(format!(
                            "invariant 4: entry {} changed at {}",
                            row.id, node.name
                        ));
                    }
                    if row.body == BodyState::Erased && before.body != row.body {
                        is_gone(node, &row)?;
                    }
                    before.verdict = row.verdict;
                    before.body = row.body;
                }
            }
        }
        own.lanes.look(node, own.written)?;
        if count == kept.len() {
            Ok(())
        } else {
            Err(format!(
                "invariant 3: {} lost {} entries",
                node.name,
                kept.len() - count
            ))
        }
    }
}

/// An open obligation says whose turn it is and has an act that ends it; an ended one is nobody's turn.
///
/// # Errors
/// The invariant that is broken, by its number.
pub fn coherent(node: &TestNode) -> Result<(), String> {
    for row in node.obligations(None).map_err(text)? {
        let open = row.state.is_open();
        if open != row.turn.is_some() {
            return Err(format!(
                "invariant 1: obligation {} is {:?} and the turn is {:?}",
                row.id, row.state, row.turn
            ));
        }
        if row.state == State::Claimed && row.turn != Some(Owed::Creditor) {
            return Err(format!("invariant 1: a claim waits for {:?}", row.turn));
        }
        if open && !ends(node, &row)? {
            return Err(format!(
                "invariant 1: nothing can end obligation {} ({}, {:?})",
                row.id, row.ask, row.state
            ));
        }
    }
    Ok(())
}

/// Whether the debtor has an entry type that answers or refuses, in the dossier's phase, or the creditor one that agrees.
fn ends(node: &TestNode, row: &ObligationRow) -> Result<bool, String> {
    let Some(dossier) = node.look(|tx| tx.dossier(row.dossier)).map_err(text)? else {
        return Ok(false);
    };
    let Some(kind) = kinds::find(&row.kind) else {
        return Ok(false);
    };
    let wanted: &[On] = if row.state == State::Claimed {
        &[On::Accept]
    } else {
        &[On::Answer, On::Refuse]
    };
    let ending = kind
        .entries
        .iter()
        .filter(|e| e.phases.contains(&dossier.phase))
        .any(|entry| {
            entry.effects.iter().any(|effect| match effect {
                Effect::On(on, asks) => {
                    wanted.contains(on) && (asks.is_empty() || asks.contains(&row.ask))
                }
                _ => false,
            })
        });
    Ok(ending)
}
