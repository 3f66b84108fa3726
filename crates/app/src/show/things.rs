//! Things of an investigation: every record that the reader may read with who brought it, the links between them, and what people decided
//! about two of them. The list is of one dossier, in the order in which it was brought; nothing ranks it.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::by_types;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{
    BroughtBy, Join, Thing, ThingLink, ThingName, ThingPages, ThingView, Things, Undone, page_of,
};
use crate::{Actor, App};
use entente_core::conditions::{Answer, Use};
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::handling::Handling;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds;
use entente_core::kinds::investigation::links::{self, decides, is_about_things};
use entente_core::kinds::investigation::lists::link_sort;
use entente_core::kinds::investigation::things::{self as fields, ThingSort};
use entente_core::partial::PartialDate;
use entente_store::{BodyState, EntryRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Every type of entries about things.
fn types() -> Vec<&'static str> {
    let things = ThingSort::ALL.iter().map(|sort| sort.entry_type().name);
    things
        .chain([
            links::LINK.name,
            links::SAME.name,
            links::NOT_SAME.name,
            links::UNDO.name,
        ])
        .collect()
}

/// An entry that may be read, with what it says: held while its page is read.
pub(super) struct Said {
    row: EntryRow,
    header: Header,
    ours: bool,
    pub(super) values: Values,
    /// With what its originator tightened since.
    handling: Handling,
    pub(super) corrected: bool,
    pub(super) printed: bool,
}

/// What is kept of entries about things, without the words that a list does not show.
#[derive(Default)]
struct Kept {
    things: Vec<Thing>,
    links: Vec<ThingLink>,
    joins: Vec<Join>,
    /// Of several undoings the first counts, since the others changed nothing.
    undone: BTreeMap<EntryId, Undone>,
    withheld: u64,
}

impl App {
    /// The things of a dossier with their links; with a text, with the things whose names hold it or whose words full text finds.
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
                all.found = Some(self.found_of(tx, &all, text)?);
            }
            Ok(all)
        })
    }

    /// One thing with the records joined to it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may read.
    pub fn thing(&self, actor: &Actor, entry: EntryId, at: ThingPages) -> Result<ThingView> {
        let left = self.thing_or_erased(actor, entry, at)?;
        left.ok_or(AppError::NotFound)
    }

    /// The same; nothing of a thing that was erased: what is left of it is its entry.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there never was one that the actor may read.
    pub fn thing_or_erased(
        &self,
        actor: &Actor,
        entry: EntryId,
        at: ThingPages,
    ) -> Result<Option<ThingView>> {
        let (dossier, why) = self.inner.store.view("visible", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let row = self.visible(tx, actor, row.dossier)?;
            Ok::<_, AppError>((row.id, self.entering(tx, actor, &row)?))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "thing").on(entry);
        self.noted(record.within(dossier, why))?;
        self.inner.store.view("thing", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            if ThingSort::of(&row.kind).is_some() && row.body == BodyState::Erased {
                return Ok(None);
            }
            let all = self.things_of(tx, actor, dossier)?;
            all.thing(entry).ok_or(AppError::NotFound)?;
            self.thing_view(tx, actor, (all, entry, at)).map(Some)
        })
    }

    fn thing_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (all, entry, at): (Things, EntryId, ThingPages),
    ) -> Result<ThingView> {
        let joined = all.joined(entry);
        let own: BTreeSet<EntryId> = joined.iter().copied().collect();
        let (shown, _) = page_of(joined.iter().copied(), at.records, ThingPages::RECORDS);
        let rows = shown.into_iter().map(|id| Ok(tx.entry(id)?));
        let rows: Vec<Option<EntryRow>> = rows.collect::<Result<_>>()?;
        let links = all.links.iter();
        let links = links.filter(|link| own.contains(&link.from) || own.contains(&link.to));
        let (mut links, all_links) = page_of(links.cloned(), at.links, ThingPages::LINES);
        let decisions = all.joins.iter();
        let decisions =
            decisions.filter(|join| own.contains(&join.one) || own.contains(&join.other));
        let (mut decisions, all_decisions) =
            page_of(decisions.cloned(), at.decisions, ThingPages::LINES);
        self.with_their_words(tx, actor, (all.dossier.id, &mut links, &mut decisions))?;
        let mut records = self.entry_views(tx, actor, rows.into_iter().flatten().collect())?;
        let named = self.names_in(tx, actor, (all.dossier.id, &records))?;
        for record in &mut records {
            record.named = Arc::clone(&named);
        }
        Ok(ThingView {
            records,
            entry,
            at,
            joined,
            links,
            all_links,
            decisions,
            all_decisions,
            all,
        })
    }

    /// Puts in the words of links and decisions that are shown.
    fn with_their_words(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, links, decisions): (DossierId, &mut [ThingLink], &mut [Join]),
    ) -> Result<()> {
        let undone = |join: &Join| join.undone.as_ref().map(|undone| undone.entry);
        let decided = decisions
            .iter()
            .flat_map(|join| [Some(join.entry), undone(join)]);
        let all = links.iter().map(|link| link.entry).chain(decided.flatten());
        let all: Vec<(DossierId, EntryId)> = all.map(|entry| (dossier, entry)).collect();
        crate::ahead::of_words(tx, &all)?;
        let words = |entry: EntryId| -> Result<String> {
            let Some(row) = tx.entry(entry)? else {
                return Ok(String::new());
            };
            let values = self.read_by(tx, actor, &row)?;
            let text = values.as_ref().and_then(|values| values.text("text"));
            Ok(text.unwrap_or_default().to_owned())
        };
        for link in links {
            link.text = words(link.entry)?;
        }
        for join in decisions {
            join.reason = words(join.entry)?;
            if let Some(undone) = &mut join.undone {
                undone.reason = words(undone.entry)?;
            }
        }
        Ok(())
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
        let mut kept = Kept::default();
        by_types(tx, dossier, &types(), |rows| {
            self.keep_of(tx, actor, (dossier, rows, &mut kept))?;
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        let here: BTreeSet<EntryId> = kept.things.iter().map(|thing| thing.entry).collect();
        let both = |one: &EntryId, other: &EntryId| here.contains(one) && here.contains(other);
        kept.links.retain(|link| both(&link.from, &link.to));
        kept.joins.retain(|join| both(&join.one, &join.other));
        for join in &mut kept.joins {
            join.undone = kept.undone.remove(&join.entry);
        }
        Ok(Things {
            dossier: line.ok_or(AppError::NotFound)?,
            things: kept.things,
            links: kept.links,
            joins: kept.joins,
            withheld: kept.withheld,
            forms: self.writable(actor, &row, |entry| is_about_things(entry.name)),
            found: None,
        })
    }

    /// Of a page of entries about things, keeps what may be read, and counts the others.
    fn keep_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, rows, kept): (DossierId, Vec<EntryRow>, &mut Kept),
    ) -> Result<()> {
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        crate::ahead::of_corrections(tx, &ids)?;
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            match self.read_thing(tx, actor, (row, header))? {
                Some(said) => kept.add(&said),
                None => kept.withheld += 1,
            }
        }
        Ok(())
    }

    /// What an entry says, as far as the actor may read it, with the conditions that it has by now.
    pub(super) fn read_thing(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (EntryRow, Header),
    ) -> Result<Option<Said>> {
        let found = self.said_of(tx, actor, (&row, &header))?;
        let may = self.may_under(tx, actor, Action::Read, (&row, &header, &found))?;
        let values = match may {
            Some(Answer::Allowed) => self.values_of(tx, &row)?,
            _ => None,
        };
        let Some(values) = values else {
            return Ok(None);
        };
        let binding = found.binding(&self.inner.me);
        let mut handling = header.handling;
        handling.codes = handling.codes.union(found.codes());
        Ok(Some(Said {
            corrected: self.is_corrected(tx, &row)?,
            printed: binding.answer(Use::Print, self.now()).allowed(),
            ours: header.node() == self.inner.me,
            handling,
            row,
            header,
            values,
        }))
    }

    /// The things that a search within the dossier finds.
    fn found_of(&self, tx: &dyn Read, all: &Things, text: &str) -> Result<BTreeSet<EntryId>> {
        let most = u32::try_from(all.things.len()).unwrap_or(u32::MAX);
        let words = tx.search(&self.query_words(text), &[all.dossier.id], most.max(1))?;
        let words: BTreeSet<EntryId> = words.into_iter().map(|(_, id)| id).collect();
        let wanted = text.trim().to_lowercase();
        let called = |thing: &Thing| {
            let mut names = thing.names.iter();
            names.any(|name| name.text.to_lowercase().contains(&wanted))
        };
        let found = all.things.iter();
        let found = found.filter(|thing| called(thing) || words.contains(&thing.entry));
        Ok(found.map(|thing| thing.entry).collect())
    }

    /// The things of a dossier that a form may name, as people read them: those that were chosen already, and the newest. Any other is
    /// chosen on the list of all, which is searched and shown by pages.
    pub(super) fn thing_choices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[EntryId]),
    ) -> Result<Vec<(EntryId, String)>> {
        let all = self.things_of(tx, actor, dossier)?;
        let newest = all.things.iter().rev().take(CHOICES);
        let mut shown: BTreeSet<EntryId> = newest.map(|thing| thing.entry).collect();
        shown.extend(chosen);
        let listed = all.listed().into_iter();
        let listed = listed.filter(|thing| shown.contains(&thing.entry));
        Ok(listed
            .map(|thing| (thing.entry, read_as(thing, actor)))
            .collect())
    }

    /// The newest decisions of a dossier that stand, as people read them.
    pub(super) fn decision_choices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<(EntryId, String)>> {
        let all = self.things_of(tx, actor, dossier)?;
        let label = |id| all.thing(id).map_or("", Thing::label);
        let read = |join: &Join| {
            let sign = if join.same { '=' } else { '≠' };
            let said = format!("{} {sign} {}", label(join.one), label(join.other));
            (join.entry, format!("{said} · {}", join.service))
        };
        let standing = all.joins.iter().rev().filter(|join| join.stands());
        let mut shown: Vec<_> = standing.take(CHOICES).map(read).collect();
        shown.reverse();
        Ok(shown)
    }
}

/// Most things, or decisions, that a form lists.
const CHOICES: usize = 300;

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
        handling: said.handling,
        lang: said.values.lang,
        rests_on: named(&said.values, fields::RESTS_ON),
        corrected: said.corrected,
        printed: said.printed,
    }
}

impl Kept {
    fn add(&mut self, said: &Said) {
        self.things.extend(thing_of(said));
        self.links.extend(link_of(said));
        self.joins.extend(join_of(said));
        let undoes = said.row.kind == links::UNDO.name;
        if let Some(decision) = named(&said.values, links::DECISION).filter(|_| undoes) {
            self.undone.entry(decision).or_insert_with(|| Undone {
                entry: said.row.id,
                reason: String::new(),
                lang: said.values.lang,
                service: said.header.author.service.clone(),
                at: said.header.at,
            });
        }
    }
}

fn link_of(said: &Said) -> Option<ThingLink> {
    if said.row.kind != links::LINK.name {
        return None;
    }
    let text = |name: &str| said.values.text(name);
    let code = text(links::HOW)?.to_owned();
    Some(ThingLink {
        entry: said.row.id,
        sort: link_sort(&code),
        code,
        from: named(&said.values, links::FROM)?,
        to: named(&said.values, links::TO)?,
        since: text(fields::FROM_DATE).and_then(PartialDate::parse),
        until: text(fields::TO_DATE).and_then(PartialDate::parse),
        text: String::new(),
        brought: brought(said),
    })
}

fn join_of(said: &Said) -> Option<Join> {
    if !decides(&said.row.kind) {
        return None;
    }
    Some(Join {
        entry: said.row.id,
        one: named(&said.values, links::ONE)?,
        other: named(&said.values, links::OTHER)?,
        same: said.row.kind == links::SAME.name,
        reason: String::new(),
        lang: said.values.lang,
        service: said.header.author.service.clone(),
        at: said.header.at,
        undone: None,
    })
}
