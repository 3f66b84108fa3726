//! What still flows while cooperation is suspended (rule 11): charter entries, erasures, and acts where life is in danger.
//!
//! No entry is appended before its ancestors: the partner could not judge it, and at that cut both ledgers would differ. What life
//! depends on therefore takes its own ancestors along. An erasure alone goes ahead of what it was written after: it has no part in
//! the ledger, and the partner destroys at once what the author of both wants destroyed, judging the erasure later.

use crate::App;
use crate::codec::header_of;
use crate::error::{AppError, Result};
use entente_core::act::Act;
use entente_core::codes::Urgency;
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_store::{Direction, OutboxItem, Read};
use std::collections::BTreeSet;

/// Why an entry of ours may leave now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Life is in danger.
    Life,
    /// It belongs to the charter, or destroys something and does more.
    Formal,
    /// It destroys and does nothing else.
    Erasure,
    /// It is content.
    None,
}

/// Rows looked at in one go.
const PORTION: u32 = 1_024;

/// What flows of the outbox although the link is suspended.
pub(crate) struct Flowing {
    /// Entries; any other leaf flows.
    pub entries: BTreeSet<EntryId>,
    /// Some of them may stand in front of what was looked at.
    pub from_the_first: bool,
    /// The last number looked at.
    pub reached: u64,
}

impl App {
    /// What flows to this partner although the link is suspended, of what stands behind a number of the outbox. What is in front of it
    /// was looked at before: it flows only if what life depends on takes it along.
    pub(crate) fn flowing(&self, tx: &dyn Read, partner: &NodeName, after: u64) -> Result<Flowing> {
        let (mut passing, mut reached) = (Vec::new(), after);
        loop {
            let rows = tx.outbox_after(partner, reached, PORTION)?;
            let Some(last) = rows.last() else { break };
            reached = last.number;
            self.ahead_of_flowing(tx, &rows)?;
            for row in rows {
                let OutboxItem::Entry(id) = row.item else {
                    continue;
                };
                match self.pass(tx, id)? {
                    Pass::None => {}
                    pass => passing.push((id, pass)),
                }
            }
        }
        let building = passing.iter().filter(|(_, pass)| *pass != Pass::Erasure);
        self.ahead_of_ancestors(tx, partner, building.map(|(id, _)| *id).collect())?;
        let entries = choose(&passing, |id| self.waiting_ancestors(tx, partner, id))?;
        Ok(Flowing {
            from_the_first: passing.iter().any(|(_, pass)| *pass == Pass::Life),
            entries,
            reached,
        })
    }

    fn pass(&self, tx: &dyn Read, id: EntryId) -> Result<Pass> {
        let row = tx
            .entry(id)?
            .ok_or(AppError::Bug("outbox names no entry"))?;
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::Bug("own header"))?;
        let mut life = header.acts.known.iter().any(|a| {
            matches!(
                a,
                Act::Ask {
                    urgency: Urgency::Life,
                    ..
                }
            )
        });
        for (obligation, _) in header.acts.on() {
            life |= tx
                .obligation(obligation)?
                .is_some_and(|o| o.urgency == Urgency::Life);
        }
        let erases = header.acts.known.iter().any(|a| a.erased().is_some());
        let charter = tx
            .dossier(row.dossier)?
            .is_some_and(|d| d.kind == "charter");
        Ok(match (life, erases || charter) {
            (true, _) => Pass::Life,
            (false, true) if only_erases(&header) => Pass::Erasure,
            (false, true) => Pass::Formal,
            (false, false) => Pass::None,
        })
    }

    /// What of ours an entry builds on that did not leave for this partner yet. An erasure that may have gone ahead is no ground to
    /// stand on: what it builds on counts too.
    pub(crate) fn waiting_ancestors(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        id: EntryId,
    ) -> Result<Vec<EntryId>> {
        let row = tx
            .entry(id)?
            .ok_or(AppError::Bug("outbox names no entry"))?;
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::Bug("own header"))?;
        let mut next: Vec<EntryId> = header.ancestors().collect();
        let (mut seen, mut waiting) = (BTreeSet::new(), Vec::new());
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let header = header_of(tx, id)?.filter(|h| h.node() == self.inner.me);
            let Some(header) = header else { continue };
            if header.audience.contains(partner)
                && tx.leaf_place(partner, Direction::Out, id)?.is_none()
            {
                waiting.push(id);
            }
            if only_erases(&header) {
                next.extend(header.ancestors());
            }
        }
        Ok(waiting)
    }
}

/// Whether an entry destroys and does nothing else.
pub(crate) fn only_erases(header: &Header) -> bool {
    let acts = &header.acts;
    !acts.known.is_empty() && !acts.has_unknown() && acts.known.iter().all(|a| a.erased().is_some())
}

/// Which flow, of those that may: they are in causal order, ancestors first. `waiting` tells what an entry builds on that waits too.
fn choose<E>(
    passing: &[(EntryId, Pass)],
    waiting: impl Fn(EntryId) -> std::result::Result<Vec<EntryId>, E>,
) -> std::result::Result<BTreeSet<EntryId>, E> {
    let of = |wanted: Pass| {
        let fits = move |(_, pass): &&(EntryId, Pass)| *pass == wanted;
        passing.iter().filter(fits).map(|(id, _)| *id)
    };
    let mut chosen = BTreeSet::new();
    let mut next: Vec<EntryId> = of(Pass::Life).collect();
    while let Some(id) = next.pop() {
        if chosen.insert(id) {
            next.extend(waiting(id)?);
        }
    }
    for id in of(Pass::Formal) {
        if waiting(id)?
            .iter()
            .all(|ancestor| chosen.contains(ancestor))
        {
            chosen.insert(id);
        }
    }
    chosen.extend(of(Pass::Erasure));
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    type Entry = (u8, &'static [u8], Pass);

    /// What flows of a list of waiting entries, each with what it builds on, waiting or not.
    fn flows(list: &[Entry]) -> Vec<u8> {
        let id = |n: u8| EntryId([n; 32]);
        let passing: Vec<(EntryId, Pass)> = list
            .iter()
            .filter(|(_, _, pass)| *pass != Pass::None)
            .map(|(n, _, pass)| (id(*n), *pass))
            .collect();
        let waiting = |of: EntryId| -> std::result::Result<Vec<EntryId>, Infallible> {
            let found = list.iter().find(|(n, ..)| id(*n) == of);
            let ancestors = found.map_or(&[][..], |(_, ancestors, _)| ancestors);
            let waits = |n: &&u8| list.iter().any(|(other, ..)| other == *n);
            Ok(ancestors.iter().filter(waits).map(|n| id(*n)).collect())
        };
        let chosen = choose(&passing, waiting).unwrap();
        chosen.into_iter().map(|id| id.0[0]).collect()
    }

    #[test]
    fn rule_11_life_takes_its_ancestors_along_and_an_erasure_goes_ahead() {
        let list: [Entry; 9] = [
            (1, &[90], Pass::None),
            (2, &[1], Pass::None),
            (3, &[2], Pass::Life),
            (4, &[90], Pass::None),
            (5, &[4], Pass::Formal),
            (6, &[3], Pass::Formal),
            (7, &[91], Pass::Formal),
            (8, &[4], Pass::Erasure),
            (9, &[8, 4], Pass::Formal),
        ];
        assert_eq!(flows(&list), [1, 2, 3, 6, 7, 8]);
        assert_eq!(flows(&list[3..5]), Vec::<u8>::new());
    }
}
