//! Things of an investigation: every record that the reader may read with who brought it, the links between them, and what people decided
//! about two of them. The list is of one dossier, in the order in which it was brought; nothing ranks it.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{BroughtBy, Join, Thing, ThingLink, ThingName, ThingView, Things, Undone};
use crate::{Actor, App};
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_core::kinds::investigation::links::{self, decides, is_about_things};
use entente_core::kinds::investigation::lists::link_sort;
use entente_core::kinds::investigation::things::{self as fields, ThingSort};
use entente_core::partial::PartialDate;
use entente_store::{DossierRow, EntryRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries of a dossier that are read for its things.
const MOST: u32 = 10_000;

/// An entry that may be read, with what it says.
struct Said {
    row: EntryRow,
    header: Header,
    ours: bool,
    values: Values,
    corrected: bool,
    printed: bool,
}

impl App {
    /// The things of a dossier with their links; with a text, the things whose names hold it or whose words full text finds.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of a kind without things.
    pub fn things(&self, actor: &Actor, dossier: DossierId, text: &str) -> Result<Things> {
        let why = self.looks_into(actor, dossier)?;
        let record = match text.trim() {
            "" => AccessRecord::by(actor, Operation::Consult, "things"),
            text => AccessRecord {
                words: self.searched(text),
                ..AccessRecord::by(actor, Operation::Search, "things")
            },
        };
        self.noted(record.within(dossier, why))?;
        self.inner.store.view("things", |tx| {
            let mut all = self.things_of(tx, actor, dossier)?;
            if !text.trim().is_empty() {
                self.keep_found(tx, &mut all, text)?;
            }
            Ok(all)
        })
    }

    /// One thing with the records joined to it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may read.
    pub fn thing(&self, actor: &Actor, entry: EntryId) -> Result<ThingView> {
        let (dossier, why) = self.inner.store.view("visible", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let row = self.visible(tx, actor, row.dossier)?;
            Ok::<_, AppError>((row.id, self.entering(tx, actor, &row)?))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "thing").on(entry);
        self.noted(record.within(dossier, why))?;
        self.inner.store.view("thing", |tx| {
            let all = self.things_of(tx, actor, dossier)?;
            all.thing(entry).ok_or(AppError::NotFound)?;
            let mut rows = Vec::new();
            for id in all.joined(entry) {
                rows.extend(tx.entry(id)?);
            }
            Ok(ThingView {
                records: self.entry_views(tx, actor, rows)?,
                entry,
                all,
            })
        })
    }

    pub(super) fn things_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Things> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(links::LINK.name).ok_or(AppError::NotFound)?;
        let line = Showing::new(self, tx).line(&row)?;
        let (said, withheld) = self.said_of_things(tx, actor, dossier)?;
        let mut all = Things {
            dossier: line.ok_or(AppError::NotFound)?,
            things: said.iter().filter_map(thing_of).collect(),
            links: Vec::new(),
            joins: Vec::new(),
            withheld,
            forms: self.forms_of_things(actor, &row),
        };
        let here: BTreeSet<EntryId> = all.things.iter().map(|thing| thing.entry).collect();
        all.links = said.iter().filter_map(|one| link_of(&here, one)).collect();
        all.joins = said.iter().filter_map(|one| join_of(&here, one)).collect();
        undo(&mut all.joins, &said);
        Ok(all)
    }

    /// Every entry about things that may be read, in the order of the dossier, and how many there are besides.
    fn said_of_things(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<(Vec<Said>, u64)> {
        let mut rows = tx.entries(dossier, false, MOST, 0)?;
        rows.retain(|row| is_about_things(&row.kind));
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        crate::ahead::of_corrections(tx, &ids)?;
        let (mut said, mut withheld) = (Vec::new(), 0);
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            match self.read_by(tx, actor, &row)? {
                Some(values) => said.push(Said {
                    corrected: self.is_corrected(tx, &row)?,
                    printed: self.prints(tx, actor, &row)?,
                    ours: header.node() == self.inner.me,
                    row,
                    header,
                    values,
                }),
                None => withheld += 1,
            }
        }
        Ok((said, withheld))
    }

    fn forms_of_things(&self, actor: &Actor, row: &DossierRow) -> Vec<&'static EntryType> {
        let kind = kinds::find(&row.kind);
        let offered = kind.into_iter().flat_map(|kind| kind.in_phase(row.phase));
        offered
            .filter(|entry| is_about_things(entry.name))
            .filter(|entry| self.may_in(actor, Action::of(entry), row))
            .collect()
    }

    /// Leaves the things that a search within the dossier finds, with the links and decisions between them.
    fn keep_found(&self, tx: &dyn Read, all: &mut Things, text: &str) -> Result<()> {
        let most = u32::try_from(all.things.len()).unwrap_or(u32::MAX);
        let found = tx.search(&self.query_words(text), &[all.dossier.id], most.max(1))?;
        let wanted = text.trim().to_lowercase();
        let called = |thing: &Thing| {
            let mut names = thing.names.iter();
            names.any(|name| name.text.to_lowercase().contains(&wanted))
        };
        let found: BTreeSet<EntryId> = found.into_iter().map(|(_, id)| id).collect();
        all.things
            .retain(|thing| called(thing) || found.contains(&thing.entry));
        let here: BTreeSet<EntryId> = all.things.iter().map(|thing| thing.entry).collect();
        let both = |one: &EntryId, other: &EntryId| here.contains(one) && here.contains(other);
        all.links.retain(|link| both(&link.from, &link.to));
        all.joins.retain(|join| both(&join.one, &join.other));
        Ok(())
    }

    /// The things of a dossier that a form may name, as people read them.
    pub(super) fn thing_choices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<(EntryId, String)>> {
        let all = self.things_of(tx, actor, dossier)?;
        let read = |thing: &Thing| (thing.entry, read_as(thing, actor));
        let of = |sort: ThingSort| all.things.iter().filter(move |thing| thing.sort == sort);
        Ok(ThingSort::ALL.into_iter().flat_map(of).map(read).collect())
    }

    /// The decisions of a dossier that stand, as people read them.
    pub(super) fn decision_choices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<(EntryId, String)>> {
        let all = self.things_of(tx, actor, dossier)?;
        let label = |id| {
            all.thing(id)
                .map_or_else(String::new, |t| t.label().to_owned())
        };
        let read = |join: &Join| {
            let sign = if join.same { '=' } else { '≠' };
            let said = format!("{} {sign} {}", label(join.one), label(join.other));
            (join.entry, format!("{said} · {}", join.service))
        };
        let standing = all.joins.iter().filter(|join| join.stands());
        Ok(standing.map(read).collect())
    }
}

/// A thing as a list of choices names it: sort, name, who brought it.
fn read_as(thing: &Thing, actor: &Actor) -> String {
    let sort = thing.sort.entry_type().label.get(actor.lang);
    format!("{sort} · {} · {}", thing.label(), thing.brought.origin)
}

fn thing_of(said: &Said) -> Option<Thing> {
    let text = |name: &str| said.values.text(name).filter(|text| !text.is_empty());
    let name = |(name, script): &(&str, &str)| {
        Some(ThingName {
            text: text(name)?.to_owned(),
            script: text(script).unwrap_or_default().to_owned(),
        })
    };
    let names: Vec<ThingName> = fields::NAMES.iter().filter_map(name).collect();
    let sort = ThingSort::of(&said.row.kind).filter(|_| !names.is_empty())?;
    Some(Thing {
        entry: said.row.id,
        sort,
        names,
        from: text(fields::FROM_DATE).and_then(PartialDate::parse),
        to: text(fields::TO_DATE).and_then(PartialDate::parse),
        category: text(fields::CATEGORY).map(str::to_owned),
        brought: brought(said),
    })
}

fn brought(said: &Said) -> BroughtBy {
    BroughtBy {
        origin: said.header.node(),
        ours: said.ours,
        service: said.header.author.service.clone(),
        at: said.header.at,
        assessment: said.values.text(fields::NATURE) == Some("assessment"),
        handling: said.header.handling,
        lang: said.values.lang,
        rests_on: named(&said.values, fields::RESTS_ON),
        corrected: said.corrected,
        printed: said.printed,
    }
}

fn link_of(here: &BTreeSet<EntryId>, said: &Said) -> Option<ThingLink> {
    if said.row.kind != links::LINK.name {
        return None;
    }
    let end = |name| named(&said.values, name).filter(|id| here.contains(id));
    let text = |name: &str| said.values.text(name);
    let code = text(links::HOW)?.to_owned();
    Some(ThingLink {
        entry: said.row.id,
        sort: link_sort(&code),
        code,
        from: end(links::FROM)?,
        to: end(links::TO)?,
        since: text(fields::FROM_DATE).and_then(PartialDate::parse),
        until: text(fields::TO_DATE).and_then(PartialDate::parse),
        text: text("text").unwrap_or_default().to_owned(),
        brought: brought(said),
    })
}

fn join_of(here: &BTreeSet<EntryId>, said: &Said) -> Option<Join> {
    if !decides(&said.row.kind) {
        return None;
    }
    let record = |name| named(&said.values, name).filter(|id| here.contains(id));
    Some(Join {
        entry: said.row.id,
        one: record(links::ONE)?,
        other: record(links::OTHER)?,
        same: said.row.kind == links::SAME.name,
        reason: said.values.text("text").unwrap_or_default().to_owned(),
        lang: said.values.lang,
        service: said.header.author.service.clone(),
        at: said.header.at,
        undone: None,
    })
}

/// Marks the decisions that were undone: of several undoings the first counts, since the others changed nothing.
fn undo(joins: &mut [Join], said: &[Said]) {
    let mut undone: BTreeMap<EntryId, Undone> = BTreeMap::new();
    for one in said.iter().filter(|one| one.row.kind == links::UNDO.name) {
        let Some(decision) = named(&one.values, links::DECISION) else {
            continue;
        };
        undone.entry(decision).or_insert_with(|| Undone {
            entry: one.row.id,
            reason: one.values.text("text").unwrap_or_default().to_owned(),
            lang: one.values.lang,
            service: one.header.author.service.clone(),
            at: one.header.at,
        });
    }
    for join in joins {
        join.undone = undone.remove(&join.entry);
    }
}
