//! What speaks of an entry that is to be erased: the entries of its dossier that name it, so that one act erases all that is chosen of them.
//!
//! Named is what a field of a body names: links and decisions, lines of custody, tasks about it, exhibits derived from it, productions in
//! court, whatever a kind's definitions have. Links, decisions and custody are followed further: an undoing goes with its decision.
//! Translations and corrections go with their original anyway and are not listed. What the other side wrote is counted: it is theirs to erase.

use crate::access::{AccessRecord, Operation};
use crate::codec::by_types;
use crate::error::{AppError, Result};
use crate::keeping::is_evidence;
use crate::keyless::untold;
use crate::views::{SpeakingLine, SpeaksOf};
use crate::{Actor, App};
use entente_core::field::{FieldType, Value, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kind::{EntryType, Kind};
use entente_core::kinds;
use entente_core::kinds::investigation::custody::is_of_custody;
use entente_core::kinds::investigation::links::is_about_things;
use entente_store::{EntryRow, Read, StoreExt};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// An entry and those that it names.
struct Naming {
    row: EntryRow,
    header: Header,
    names: BTreeSet<EntryId>,
}

impl App {
    /// What of a dossier speaks of an entry, for whoever is about to erase it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry that the actor may read.
    pub fn speaks_of(&self, actor: &Actor, entry: EntryId) -> Result<SpeaksOf> {
        let (dossier, why) = self.inner.store.view("visible", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let row = self.visible(tx, actor, row.dossier)?;
            Ok::<_, AppError>((row.id, self.entering(tx, actor, &row)?))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "speaks_of").on(entry);
        self.noted(record.within(dossier, why))?;
        let store = &self.inner.store;
        store.view("speaks_of", |tx| self.speaking(tx, actor, (dossier, entry)))
    }

    /// The same, of one of the actor's dossiers.
    pub(crate) fn speaking(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, entry): (DossierId, EntryId),
    ) -> Result<SpeaksOf> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        let about = tx.entry(entry)?.filter(|row| row.dossier == dossier);
        let about = about.ok_or(AppError::NotFound)?;
        if !self.may_with(tx, actor, Action::Read, &about)? {
            return Err(AppError::NotFound);
        }
        // Whatever was judged of an entry, its body lies where it was sent.
        let audience = header(&about)
            .map(|header| header.audience)
            .unwrap_or_default();
        let goes: BTreeSet<EntryId> = self
            .goes_with(tx, (dossier, entry))?
            .into_iter()
            .map(|(_, id)| id)
            .collect();
        let all = self.naming(tx, actor, (dossier, kind))?;
        let untold = untold(tx)?;
        let mut out = SpeaksOf {
            here: audience.len() < 2,
            ..SpeaksOf::default()
        };
        for one in speaking_of(&all, entry)
            .into_iter()
            .filter(|one| !goes.contains(&one.row.id))
        {
            let Some(held) = self.erasable(&one.row, &untold) else {
                out.theirs += u64::from(one.header.node() != self.inner.me);
                continue;
            };
            let here = held.len() == 1;
            out.ours.push(SpeakingLine {
                entry: one.row.id,
                entry_type: kind.entry(&one.row.kind),
                type_name: one.row.kind.clone(),
                service: one.header.author.service.clone(),
                at: Instant(one.row.at_ms),
                here,
                // What only some of its states hold is erased among them.
                apart: !here && held != audience,
                chosen: goes_along(&one.row.kind),
            });
        }
        Ok(out)
    }

    /// The entries of a dossier whose bodies may be read and name others.
    fn naming(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, kind): (DossierId, &'static Kind),
    ) -> Result<Vec<Naming>> {
        let names = |entry: &&&EntryType| {
            entry.fields.iter().any(|field| names(field.holds)) && !is_evidence(entry.name)
        };
        let types: Vec<&str> = kind
            .entries
            .iter()
            .filter(names)
            .map(|entry| entry.name)
            .collect();
        let mut out = Vec::new();
        by_types(tx, dossier, &types, |rows| {
            let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
            crate::ahead::of_words(tx, &ids)?;
            for row in rows {
                let (Some(header), Some(entry_type)) = (header(&row), kind.entry(&row.kind)) else {
                    continue;
                };
                if let Some(values) = self.read_by(tx, actor, &row)? {
                    out.push(Naming {
                        names: named(entry_type, &values),
                        row,
                        header,
                    });
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        Ok(out)
    }
}

fn header(row: &EntryRow) -> Option<Header> {
    Header::from_bytes(&row.header).ok()
}

/// Those that name an entry, and those that name a link, decision or line of custody among them.
fn speaking_of(all: &[Naming], entry: EntryId) -> Vec<&Naming> {
    let mut of = BTreeSet::from([entry]);
    let mut found = BTreeSet::new();
    loop {
        let more: Vec<&Naming> = all
            .iter()
            .filter(|one| {
                one.row.id != entry && !found.contains(&one.row.id) && !one.names.is_disjoint(&of)
            })
            .collect();
        if more.is_empty() {
            return all
                .iter()
                .filter(|one| found.contains(&one.row.id))
                .collect();
        }
        for one in more {
            found.insert(one.row.id);
            if goes_along(&one.row.kind) {
                of.insert(one.row.id);
            }
        }
    }
}

/// Whether entries of a type say nothing but what they say of what they name.
fn goes_along(entry_type: &str) -> bool {
    is_about_things(entry_type) || is_of_custody(entry_type)
}

fn names(holds: FieldType) -> bool {
    matches!(
        holds,
        FieldType::Thing | FieldType::Entry | FieldType::Entries
    )
}

fn named(entry_type: &EntryType, values: &Values) -> BTreeSet<EntryId> {
    let fields = entry_type.fields.iter().filter(|field| names(field.holds));
    let texts = fields.flat_map(|field| match values.values.get(field.name) {
        Some(Value::Text(text)) => vec![text.as_str()],
        Some(Value::List(list)) => list.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    });
    texts.filter_map(|text| text.parse().ok()).collect()
}
