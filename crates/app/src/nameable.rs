//! Which entries a field may name where its definition lists their types: those that its form offers, each with its day, and what recording refuses.
//! What is in bodies no judge can look at: our own program keeps to it.

use crate::charter::regular;
use crate::codec::{all_with_words, header_of};
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{Meeting, Standing};
use crate::{Actor, App, Recording};
use entente_core::field::{Field, Problem, Values};
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_core::kinds::common::WITHDRAW;
use entente_core::kinds::meeting::{AT, CANCEL, CONVENE, HELD, MOVES, OF, minutes_like};
use entente_store::{EntryRow, Read, StoreExt};

/// Most entries that are offered: the newest.
const MOST: usize = 200;

/// What a form offers to be named.
#[derive(Default)]
pub(crate) struct Offered {
    /// Identifier and words.
    pub(crate) entries: Vec<(EntryId, String)>,
    /// When what they say takes place, by identifier.
    pub(crate) moments: Vec<(String, Instant)>,
}

/// The types that the fields of a form list.
fn listed(entry_type: &EntryType) -> Vec<&'static str> {
    let fields = entry_type.fields.iter();
    fields.flat_map(|field| field.of.iter().copied()).collect()
}

impl App {
    /// The entries of a dossier that a form may name, newest first, where its fields list types; nothing where they list none.
    pub(crate) fn of_listed_types(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
    ) -> Result<Option<Offered>> {
        let types = listed(entry_type);
        if types.is_empty() {
            return Ok(None);
        }
        let barred = self.not_to_name(tx, actor, (entry_type, dossier))?;
        let mut rows = all_with_words(tx, dossier, &types)?;
        rows.retain(|row| regular(row).is_some() && !barred.contains(&row.id));
        rows.sort_by_key(|row| std::cmp::Reverse(row.here_ms));
        rows.truncate(MOST);
        let mut out = Offered::default();
        for row in rows {
            let Some(values) = self.read_by(tx, actor, &row)? else {
                continue;
            };
            let words = self.first_words(tx, actor, &row)?;
            let moment = values.moment(AT).or_else(|| values.moment(HELD));
            out.moments
                .extend(moment.map(|at| (row.id.to_string(), at)));
            out.entries
                .push((row.id, self.called_by(actor, (&row, &types), words)));
        }
        Ok(Some(out))
    }

    /// Words of an entry in a list, with its type where there are several.
    fn called_by(
        &self,
        actor: &Actor,
        (row, types): (&EntryRow, &[&str]),
        words: String,
    ) -> String {
        let words = match words.is_empty() {
            true => row.id.short(),
            false => words,
        };
        match kinds::entry(&row.kind).filter(|_| types.len() > 1) {
            Some(of) => format!("{} · {words}", of.label.get(actor.lang)),
            None => words,
        }
    }

    /// Of the meetings of a dossier those that an entry of this type cannot be about: what is over is not moved or called off, and no minutes are
    /// of a meeting that did not take place.
    fn not_to_name(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
    ) -> Result<Vec<EntryId>> {
        let ends = [CANCEL.name, CONVENE.name].contains(&entry_type.name);
        if !ends && !minutes_like(entry_type.name) {
            return Ok(Vec::new());
        }
        let fits = |one: &Meeting| match one.standing {
            Standing::Ahead | Standing::Unminuted | Standing::Unknown => true,
            Standing::Minuted | Standing::Approved => !ends,
            Standing::Moved(_) | Standing::Cancelled(_) => false,
        };
        let called = self.called(tx, actor, dossier)?;
        let other = called.iter().filter(|one| !fits(one));
        Ok(other.map(|one| one.entry).collect())
    }

    /// Refuses what names an entry of another type or dossier than its field lists, a meeting that is over where one ahead is meant, and minutes of
    /// a time to come.
    pub(crate) fn refuse_other_types(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        values: &Values,
    ) -> Result<()> {
        let fields = entry_type.fields.iter();
        let fields = fields.filter(|field| !field.of.is_empty());
        let named = fields.flat_map(|field| field.names_in(values).map(move |id| (field, id)));
        let named: Vec<(&Field, EntryId)> = named.collect();
        // What names nothing need not know how each meeting of the series stands.
        let barred = match named.is_empty() {
            true => Vec::new(),
            false => self.not_to_name(tx, actor, (entry_type, dossier))?,
        };
        let mut errors = Vec::new();
        for (field, id) in named {
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier);
            let of = |row: &EntryRow| field.of.contains(&row.kind.as_str());
            let fits = row.is_some_and(|row| of(&row) && regular(&row).is_some());
            if !fits || barred.contains(&id) {
                errors.push(field.error(Problem::NotInList));
            }
        }
        let held = values
            .moment(HELD)
            .filter(|_| minutes_like(entry_type.name));
        if held.is_some_and(|held| held > self.now()) {
            errors.extend(entry_type.wrong(HELD, Problem::ToCome));
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(AppError::Fields(errors)),
        }
    }
}

impl App {
    /// What follows of itself where a meeting is moved or called off by the side that asked for it: its ask is withdrawn, so that nobody owes an
    /// answer to a meeting that does not take place. Where several states were asked, the first that still owes one; the others are withdrawn on
    /// the page.
    pub(crate) fn calls_off(&self, recording: &Recording) -> Result<Option<Recording>> {
        let field = match recording.entry_type.as_str() {
            name if name == CANCEL.name => OF,
            name if name == CONVENE.name => MOVES,
            _ => return Ok(None),
        };
        let Some(over) = named(&recording.values, field) else {
            return Ok(None);
        };
        let asked = self.inner.store.view("calls_off", |tx| {
            let Some(header) = header_of(tx, over)? else {
                return Ok(None);
            };
            for id in header.asked(over) {
                let row = tx.obligation(id)?;
                let open = row
                    .filter(|row| row.ended_ms.is_none() && Some(row.dossier) == recording.dossier);
                let ours = open.filter(|row| row.creditor.node() == self.inner.me);
                if ours.is_some() {
                    return Ok(Some(id));
                }
            }
            Ok::<_, AppError>(None)
        })?;
        Ok(asked.map(|id| Recording {
            dossier: recording.dossier,
            target: Some(id),
            entry_type: WITHDRAW.name.to_owned(),
            ..Recording::default()
        }))
    }
}
