//! What stays and goes together: an entry with the translations and corrections beside it, and what its author released of it elsewhere.

use super::{Kept, Staying, Stays, is_content};
use crate::App;
use crate::codec::{by_pages, header_of};
use crate::error::Result;
use crate::fault::InputFault;
use crate::rectify::stands_beside;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_store::{BodyState, EntryRow, Read};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

impl App {
    /// An entry with all that stands beside it; of a translation or a correction, its original and all that stands beside that. Of these
    /// none can be read without the original, so that they are held together, whichever of them is named.
    pub(crate) fn together(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        entry: EntryId,
    ) -> Result<BTreeSet<EntryId>> {
        let (mut found, mut first) = (BTreeSet::from([entry]), entry);
        while let Some(original) = self.stands_beside_of(tx, dossier, first)? {
            // What a body names is what it commits to, so that there is no circle; whatever somebody wrote, this ends.
            if !found.insert(original) {
                break;
            }
            first = original;
        }
        let mut queue = vec![first];
        while let Some(next) = queue.pop() {
            found.insert(next);
            let beside = tx.translations(dossier, next)?.into_iter();
            queue.extend(beside.filter(|id| !found.contains(id)));
        }
        Ok(found)
    }

    /// What a translation or a correction stands beside; none of anything else, or where that is not here.
    fn stands_beside_of(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        entry: EntryId,
    ) -> Result<Option<EntryId>> {
        let row = tx.entry(entry)?.filter(|row| {
            row.dossier == dossier && row.body == BodyState::Here && stands_beside(&row.kind)
        });
        let values = row.map(|row| self.values_of(tx, &row)).transpose()?;
        let named = values
            .flatten()
            .and_then(|v| v.text("of")?.parse::<EntryId>().ok());
        let original = named.map(|id| tx.entry(id)).transpose()?.flatten();
        Ok(original
            .filter(|row| row.dossier == dossier)
            .map(|row| row.id))
    }

    /// All that is destroyed here with an entry, itself first: what stands beside it, and what its author released of it in other
    /// dossiers, whether that counts or not (invariant 10).
    pub(crate) fn goes_with(
        &self,
        tx: &dyn Read,
        (dossier, entry): (DossierId, EntryId),
    ) -> Result<Vec<(DossierId, EntryId)>> {
        let mut found = Vec::new();
        // A translation commits to what it translates and a release to what it releases, so that there is no circle.
        let mut queue = vec![(dossier, entry)];
        while let Some((dossier, next)) = queue.pop() {
            let beside = tx.translations(dossier, next)?.into_iter();
            queue.extend(beside.map(|id| (dossier, id)));
            if let Some(header) = header_of(tx, next)? {
                queue.extend(self.releases_of(tx, next, &header)?);
                let answers = self.answers_on_evaluation(tx, dossier, (next, &header))?;
                queue.extend(answers.into_iter().map(|id| (dossier, id)));
            }
            found.push((dossier, next));
        }
        Ok(found)
    }

    /// Refuses to erase what our own node holds, itself or as what was released of it elsewhere: whoever set the hold lifts it first. Of
    /// all of a dossier if no entry is named.
    pub(crate) fn refuse_held(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        entries: Option<&[EntryId]>,
    ) -> Result<()> {
        let Some(entries) = entries else {
            return match self.own_holds(tx, dossier)?.is_empty() {
                true => Ok(()),
                false => Err(InputFault::Held.into()),
            };
        };
        let mut going: BTreeMap<DossierId, BTreeSet<EntryId>> = BTreeMap::new();
        for entry in entries {
            // What is of another dossier is not erased by this one.
            if tx.entry(*entry)?.is_some_and(|row| row.dossier == dossier) {
                for (of, id) in self.goes_with(tx, (dossier, *entry))? {
                    going.entry(of).or_default().insert(id);
                }
            }
        }
        for (of, entries) in going {
            self.refuse_holding(tx, of, &entries)?;
        }
        Ok(())
    }

    fn refuse_holding(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        entries: &BTreeSet<EntryId>,
    ) -> Result<()> {
        for held in self.own_holds(tx, dossier)? {
            let covers = match held {
                Some(entry) => !self.together(tx, dossier, entry)?.is_disjoint(entries),
                None => true,
            };
            if covers {
                return Err(InputFault::Held.into());
            }
        }
        Ok(())
    }

    /// What our own node holds of a dossier now: entries, or none for all of it.
    fn own_holds(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<Option<EntryId>>> {
        let said = self.said_of_keeping(tx, dossier)?;
        let holding = said.holding(self.now());
        let own = holding.filter(|hold| hold.node == self.inner.me);
        Ok(own.map(|hold| hold.entry).collect())
    }

    /// Why the entries stay that can still be read.
    pub(crate) fn stays_behind(
        &self,
        tx: &dyn Read,
        kept: &Kept,
        staying: &Staying,
    ) -> Result<BTreeSet<Stays>> {
        let mut why = BTreeSet::new();
        by_pages(tx, kept.row.id, |rows| {
            for row in rows.iter().filter(|row| is_content(row)) {
                let of_it = staying.entries.iter().filter(|(id, _)| *id == row.id);
                why.extend(of_it.map(|(_, why)| *why));
                if !staying.keeps(row.id) && self.is_released_on(tx, kept, row)? {
                    why.insert(Stays::Released);
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        Ok(why)
    }

    /// Whether an entry, or what stands and falls with it, was released into a dossier where it can be read: then it goes with that one.
    pub(super) fn is_released_on(
        &self,
        tx: &dyn Read,
        kept: &Kept,
        row: &EntryRow,
    ) -> Result<bool> {
        for id in self.together(tx, kept.row.id, row.id)? {
            if self.is_released(tx, id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an entry was released into a dossier where that can be read.
    pub(super) fn is_released(&self, tx: &dyn Read, entry: EntryId) -> Result<bool> {
        let header: Option<Header> = header_of(tx, entry)?;
        match header {
            Some(header) => Ok(!self.releases_of(tx, entry, &header)?.is_empty()),
            None => Ok(false),
        }
    }
}
