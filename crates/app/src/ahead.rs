//! What a page or a batch reads ahead. A database that is a journey away answers a list as fast as one row: the rows that follow from
//! those that are here are asked for together, and then read one by one where they are needed.
//!
//! Where rows cost no journey, nothing is done here.

use crate::App;
use crate::codec::{header_of, place_cell};
use crate::error::Result;
use crate::show::declaration::OBLIGATIONS;
use crate::vault::DOSSIER_KEY;
use entente_core::codes::Ask;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_link::{InBatch, Item};
use entente_proof::leaf::Leaf;
use entente_store::{
    Ahead, Direction, EntryRow, LeafRow, ObligationRow, OutboxItem, OutboxRow, Read, RelationRow,
};
use std::collections::BTreeSet;

impl App {
    /// What asking for the ancestors of entries of ours reads, of those that they name themselves.
    pub(crate) fn ahead_of_ancestors(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        entries: Vec<EntryId>,
    ) -> Result<()> {
        if !tx.far()? {
            return Ok(());
        }
        of_entries(tx, entries.clone())?;
        let mut ancestors = BTreeSet::new();
        for id in entries {
            if let Some(header) = header_of(tx, id)? {
                ancestors.extend(header.ancestors());
            }
        }
        of_entries(tx, ancestors.iter().copied().collect())?;
        of_places(tx, partner, &[Direction::Out], ancestors.into_iter())
    }

    /// What asking whether rows of the outbox flow while a link is suspended reads.
    pub(crate) fn ahead_of_flowing(&self, tx: &dyn Read, rows: &[OutboxRow]) -> Result<()> {
        if !tx.far()? {
            return Ok(());
        }
        of_outbox(tx, rows)?;
        let mut wanted = Ahead::default();
        for row in rows {
            let OutboxItem::Entry(id) = row.item else {
                continue;
            };
            let Some(row) = tx.entry(id)? else { continue };
            wanted.dossiers.push(row.dossier);
            let header = Header::from_bytes(&row.header).ok();
            let acts = header.iter().flat_map(|header| header.acts.on());
            wanted.obligations.extend(acts.map(|(id, _)| id));
        }
        Ok(tx.ahead(&wanted)?)
    }

    /// What showing entries of one dossier reads: bodies, files, authors, how far each came, translations.
    pub(crate) fn ahead_of_views(&self, tx: &dyn Read, rows: &[(EntryRow, Header)]) -> Result<()> {
        if !tx.far()? {
            return Ok(());
        }
        let mut wanted = Ahead::default();
        for (row, header) in rows {
            let here = (row.dossier, row.id);
            wanted.dossiers.push(row.dossier);
            wanted.keys.push((row.dossier, DOSSIER_KEY.to_vec()));
            wanted.bodies.push(here);
            wanted.files.push(row.id);
            wanted.translations.push(here);
            wanted.relations.push(row.id);
            if header.node() == self.inner.me {
                wanted
                    .pseudonyms
                    .push((row.dossier, header.author.officer.0));
                let others = header.audience.iter().filter(|n| **n != self.inner.me);
                let place = |node: &NodeName| (node.clone(), Direction::Out, row.id);
                wanted.places.extend(others.map(place));
            }
            wanted.obligations.extend(header.asked(row.id));
        }
        tx.ahead(&wanted)?;
        let mut translated = Ahead::default();
        for (row, _) in rows {
            for relation in tx.relations(row.id)? {
                translated.entries.push(relation.entry);
                translated.bodies.push((row.dossier, relation.entry));
                translated.relations.push(relation.entry);
            }
            for id in tx.translations(row.dossier, row.id)? {
                translated.entries.push(id);
                translated.bodies.push((row.dossier, id));
                translated.relations.push(id);
            }
        }
        Ok(tx.ahead(&translated)?)
    }

    /// What is read of decisions that put an obligation on the agenda: their words, and the obligations asked for beside it.
    pub(crate) fn ahead_of_agenda(&self, tx: &dyn Read, put: &[RelationRow]) -> Result<()> {
        if !tx.far()? || put.is_empty() {
            return Ok(());
        }
        let decisions: Vec<_> = put.iter().map(|r| (r.to_dossier, r.entry)).collect();
        of_words(tx, &decisions)?;
        of_entries(tx, put.iter().flat_map(|r| [r.entry, r.from]).collect())?;
        let mut wanted = Ahead::default();
        for relation in put {
            wanted.dossiers.push(relation.to_dossier);
            let header = header_of(tx, relation.from)?;
            let asked = header.iter().flat_map(|h| h.asked(relation.from));
            wanted.obligations.extend(asked);
        }
        Ok(tx.ahead(&wanted)?)
    }

    /// What the points of a declaration read: their words, their obligations and what they are tied to.
    pub(crate) fn ahead_of_points(&self, tx: &dyn Read, rows: &[EntryRow]) -> Result<()> {
        if !tx.far()? {
            return Ok(());
        }
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (row.dossier, row.id)).collect();
        of_words(tx, &ids)?;
        let of = |row: &EntryRow| {
            let entry = row.id;
            (0..OBLIGATIONS).map(move |index| ObligationId { entry, index })
        };
        let obligations: Vec<ObligationId> = rows.iter().flat_map(of).collect();
        tx.ahead(&Ahead {
            obligations: obligations.clone(),
            relations: rows.iter().map(|row| row.id).collect(),
            ..Ahead::default()
        })?;
        let mut here = Vec::new();
        for id in obligations {
            here.extend(tx.obligation(id)?);
        }
        self.ahead_of_obligations(tx, &here)
    }

    /// What folding obligations reads: acts, and where asks and acts stand in the registers; with it what showing them reads.
    pub(crate) fn ahead_of_obligations(&self, tx: &dyn Read, rows: &[ObligationRow]) -> Result<()> {
        if !tx.far()? {
            return Ok(());
        }
        let mut wanted = Ahead::default();
        for row in rows {
            wanted.acts.push(row.id);
            wanted.dossiers.push(row.dossier);
            wanted.keys.push((row.dossier, DOSSIER_KEY.to_vec()));
            if row.ask == Ask::Decide {
                wanted.entries.push(row.id.entry);
            }
            if row.kind == "declaration" {
                wanted.entries.push(row.id.entry);
                wanted.bodies.push((row.dossier, row.id.entry));
            }
            let (lane, _) = place_cell(&row.asked_in, "obligation")?;
            wanted
                .places
                .extend(self.place(row, row.id.entry, &lane.node));
        }
        tx.ahead(&wanted)?;
        let mut acted = Ahead::default();
        for row in rows {
            for act in tx.acts(row.id)? {
                acted.places.extend(self.place(row, act.entry, &act.node));
            }
        }
        Ok(tx.ahead(&acted)?)
    }

    /// Where folding looks for an entry of an obligation: nowhere, if others owe it to each other.
    fn place(
        &self,
        row: &ObligationRow,
        entry: EntryId,
        author: &NodeName,
    ) -> Option<(NodeName, Direction, EntryId)> {
        let direction = match *author == self.inner.me {
            true => Direction::Out,
            false => Direction::In,
        };
        self.is_party(row)
            .then(|| (self.other_side(row), direction, entry))
    }
}

/// What the lines of dossiers read: the row and the key of its title.
pub(crate) fn of_lines(tx: &dyn Read, dossiers: &[DossierId]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    let keys = dossiers.iter().map(|id| (*id, DOSSIER_KEY.to_vec()));
    Ok(tx.ahead(&Ahead {
        dossiers: dossiers.to_vec(),
        keys: keys.collect(),
        ..Ahead::default()
    })?)
}

/// What reading the openings of dossiers reads: the dossiers, the keys of their titles, the openings and their words.
pub(crate) fn of_series(tx: &dyn Read, dossiers: &[DossierId]) -> Result<()> {
    of_lines(tx, dossiers)?;
    let openings: Vec<_> = dossiers.iter().map(|id| (*id, id.opening())).collect();
    of_words(tx, &openings)
}

/// What asking whether dossiers crossed to a partner reads.
pub(crate) fn of_openings(
    tx: &dyn Read,
    partner: &NodeName,
    dossiers: impl Iterator<Item = DossierId>,
) -> Result<()> {
    let dossiers: BTreeSet<DossierId> = dossiers.collect();
    let openings = dossiers.iter().map(|id| id.opening());
    Ok(tx.ahead(&Ahead {
        places: openings
            .map(|id| (partner.clone(), Direction::Out, id))
            .collect(),
        dossiers: dossiers.into_iter().collect(),
        ..Ahead::default()
    })?)
}

/// What asking where entries stand in the registers of a link reads.
pub(crate) fn of_places(
    tx: &dyn Read,
    partner: &NodeName,
    registers: &[Direction],
    entries: impl Iterator<Item = EntryId>,
) -> Result<()> {
    let entries: BTreeSet<EntryId> = entries.collect();
    let of = |id: EntryId| {
        registers
            .iter()
            .map(move |side| (partner.clone(), *side, id))
    };
    Ok(tx.ahead(&Ahead {
        places: entries.into_iter().flat_map(of).collect(),
        ..Ahead::default()
    })?)
}

/// What a look through the outbox reads.
pub(crate) fn of_outbox(tx: &dyn Read, rows: &[OutboxRow]) -> Result<()> {
    let entry = |row: &OutboxRow| match &row.item {
        OutboxItem::Entry(id) => Some(*id),
        OutboxItem::Leaf(_) => None,
    };
    of_entries(tx, rows.iter().filter_map(entry).collect())
}

/// What storing a batch reads: whether its entries are here already.
pub(crate) fn of_batch(tx: &dyn Read, batch: &InBatch) -> Result<()> {
    let entry = |item: &Item| match Leaf::decode(&item.leaf) {
        Ok(Leaf::Entry(id)) => Some(EntryId(id.0)),
        _ => None,
    };
    of_entries(tx, batch.items.iter().filter_map(entry).collect())
}

/// What sending leaves reads: their entries, then the bodies of these.
pub(crate) fn of_leaves(tx: &dyn Read, leaves: &[LeafRow]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    let ids: Vec<EntryId> = leaves.iter().filter_map(|leaf| leaf.entry).collect();
    of_entries(tx, ids.clone())?;
    let mut here = Vec::with_capacity(ids.len());
    for id in ids {
        here.extend(tx.entry(id)?.map(|row| (row.dossier, id)));
    }
    of_words(tx, &here)
}

/// What reading headers reads.
pub(crate) fn of_entries(tx: &dyn Read, entries: Vec<EntryId>) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    Ok(tx.ahead(&Ahead {
        entries,
        ..Ahead::default()
    })?)
}

/// What the words of entries read: the entries with their bodies.
pub(crate) fn of_words(tx: &dyn Read, entries: &[(DossierId, EntryId)]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    let keys = entries.iter().map(|(id, _)| (*id, DOSSIER_KEY.to_vec()));
    Ok(tx.ahead(&Ahead {
        entries: entries.iter().map(|(_, entry)| *entry).collect(),
        bodies: entries.to_vec(),
        relations: entries.iter().map(|(_, entry)| *entry).collect(),
        keys: keys.collect(),
        ..Ahead::default()
    })?)
}

/// What telling asking entries apart reads, and what answered them: the entries, their words and the acts.
pub(crate) fn of_asking(tx: &dyn Read, rows: &[ObligationRow]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    let asking: Vec<(DossierId, EntryId)> =
        rows.iter().map(|row| (row.dossier, row.id.entry)).collect();
    of_words(tx, &asking)?;
    tx.ahead(&Ahead {
        acts: rows.iter().map(|row| row.id).collect(),
        ..Ahead::default()
    })?;
    let mut acted = Vec::new();
    for row in rows {
        acted.extend(
            tx.acts(row.id)?
                .into_iter()
                .map(|act| (row.dossier, act.entry)),
        );
    }
    of_words(tx, &acted)
}

/// What asking whether entries were corrected reads: what stands beside them.
pub(crate) fn of_corrections(tx: &dyn Read, entries: &[(DossierId, EntryId)]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    tx.ahead(&Ahead {
        translations: entries.to_vec(),
        ..Ahead::default()
    })?;
    let mut beside = Vec::new();
    for (dossier, entry) in entries {
        beside.extend(tx.translations(*dossier, *entry)?);
    }
    of_entries(tx, beside)
}
