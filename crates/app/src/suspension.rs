//! What still flows while cooperation is suspended (rule 11): charter entries, erasures, and acts where life is in danger.
//!
//! No entry is appended before its ancestors: the partner could not judge it, and at that cut both ledgers would differ. What life
//! depends on therefore takes its own ancestors along. An erasure alone goes ahead of what it was written after: it has no part in
//! the ledger, and the partner destroys at once what the author of both wants destroyed, judging the erasure later.

use crate::App;
use crate::error::{AppError, Result};
use entente_core::act::Act;
use entente_core::codes::Urgency;
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_store::{OutboxItem, OutboxRow, Read};
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

/// A waiting entry with what it builds on.
struct Waiting {
    id: EntryId,
    ancestors: Vec<EntryId>,
    pass: Pass,
}

impl App {
    /// Those of the waiting rows that flow although the link is suspended, in their order.
    pub(crate) fn flowing(&self, tx: &dyn Read, rows: Vec<OutboxRow>) -> Result<Vec<OutboxRow>> {
        let mut passes = Vec::new();
        for row in &rows {
            if let OutboxItem::Entry(id) = row.item {
                passes.push((id, self.pass(tx, id)?));
            }
        }
        // What an entry builds on decides only beside one that may take it along: mostly none of those that wait.
        let asks =
            |(_, (pass, _)): &(EntryId, (Pass, Header))| matches!(pass, Pass::Life | Pass::Formal);
        let asked = passes.iter().any(asks);
        let mut waiting = Vec::with_capacity(passes.len());
        for (id, (pass, header)) in passes {
            let ancestors = match asked {
                true => self.ancestors(tx, &header)?,
                false => Vec::new(),
            };
            waiting.push(Waiting {
                id,
                ancestors,
                pass,
            });
        }
        let chosen = choose(&waiting);
        let flows = |row: &OutboxRow| match row.item {
            OutboxItem::Entry(id) => chosen.contains(&id),
            OutboxItem::Leaf(_) => true,
        };
        Ok(rows.into_iter().filter(flows).collect())
    }

    fn pass(&self, tx: &dyn Read, id: EntryId) -> Result<(Pass, Header)> {
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
        let pass = match (life, erases || charter) {
            (true, _) => Pass::Life,
            (false, true) if only_erases(&header) => Pass::Erasure,
            (false, true) => Pass::Formal,
            (false, false) => Pass::None,
        };
        Ok((pass, header))
    }

    /// What an entry builds on. An erasure that may have gone ahead is no ground to stand on: what it builds on counts too.
    fn ancestors(&self, tx: &dyn Read, header: &Header) -> Result<Vec<EntryId>> {
        let mut next: Vec<EntryId> = header.ancestors().collect();
        let mut found = BTreeSet::new();
        while let Some(id) = next.pop() {
            if !found.insert(id) {
                continue;
            }
            let row = tx.entry(id)?;
            let ahead = row
                .and_then(|row| Header::from_bytes(&row.header).ok())
                .filter(|h| h.node() == self.inner.me && only_erases(h));
            next.extend(ahead.iter().flat_map(Header::ancestors));
        }
        Ok(found.into_iter().collect())
    }
}

/// Whether an entry destroys and does nothing else.
pub(crate) fn only_erases(header: &Header) -> bool {
    let acts = &header.acts;
    !acts.known.is_empty() && !acts.has_unknown() && acts.known.iter().all(|a| a.erased().is_some())
}

/// Which flow: rows are in causal order, ancestors first.
fn choose(waiting: &[Waiting]) -> BTreeSet<EntryId> {
    let all: BTreeSet<EntryId> = waiting.iter().map(|w| w.id).collect();
    let mut chosen: BTreeSet<EntryId> = BTreeSet::new();
    for entry in waiting.iter().rev() {
        if entry.pass == Pass::Life || chosen.contains(&entry.id) {
            chosen.insert(entry.id);
            chosen.extend(entry.ancestors.iter().filter(|a| all.contains(a)));
        }
    }
    for entry in waiting.iter().filter(|w| w.pass == Pass::Formal) {
        if entry
            .ancestors
            .iter()
            .all(|a| !all.contains(a) || chosen.contains(a))
        {
            chosen.insert(entry.id);
        }
    }
    let erasures = waiting.iter().filter(|w| w.pass == Pass::Erasure);
    chosen.extend(erasures.map(|w| w.id));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: u8, ancestors: &[u8], pass: Pass) -> Waiting {
        Waiting {
            id: EntryId([n; 32]),
            ancestors: ancestors.iter().map(|a| EntryId([*a; 32])).collect(),
            pass,
        }
    }

    fn flows(waiting: &[Waiting]) -> Vec<u8> {
        choose(waiting).into_iter().map(|id| id.0[0]).collect()
    }

    #[test]
    fn rule_11_life_takes_its_ancestors_along_and_an_erasure_goes_ahead() {
        let list = [
            entry(1, &[90], Pass::None),
            entry(2, &[1], Pass::None),
            entry(3, &[2], Pass::Life),
            entry(4, &[90], Pass::None),
            entry(5, &[4], Pass::Formal),
            entry(6, &[3], Pass::Formal),
            entry(7, &[91], Pass::Formal),
            entry(8, &[4], Pass::Erasure),
            entry(9, &[8, 4], Pass::Formal),
        ];
        assert_eq!(flows(&list), [1, 2, 3, 6, 7, 8]);
        assert_eq!(flows(&list[3..5]), Vec::<u8>::new());
    }
}
