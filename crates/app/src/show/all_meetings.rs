//! The meetings of every series at once, for whoever coordinates them: what is ahead, how often each level meets beside what it aims at, which
//! decisions are open, and a search by word among decisions.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::ahead;
use crate::error::Result;
use crate::views::{AllMeetings, Decision, SeriesLine};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::meeting::{CADENCE, DECISION, KIND};
use entente_store::{DossierFilter, DossierRow, Read, StoreExt};
use std::collections::BTreeSet;

/// Most series that are looked at, those in which something came last: as many dossiers as a record is found by.
const MOST: u32 = 64;
/// Most entries of a series that a search finds, the newest.
const HITS: u32 = 200;

impl App {
    /// The meetings of all series that the actor works in; of decisions, those in whose words all the words of `text` are, or with nothing sought
    /// those that are open.
    ///
    /// # Errors
    /// Storage only.
    pub fn all_meetings(&self, actor: &Actor, text: &str) -> Result<AllMeetings> {
        let text = text.trim();
        if !text.is_empty() {
            self.note_search(actor, (text, None), "all_meetings")?;
        }
        let view = self.all_meetings_of(actor, text)?;
        let of = view.series.iter().map(|line| line.dossier.id.to_string());
        self.noted(AccessRecord {
            dossiers: of.collect(),
            ..AccessRecord::by(actor, Operation::Consult, "all_meetings")
        })?;
        Ok(view)
    }

    fn all_meetings_of(&self, actor: &Actor, text: &str) -> Result<AllMeetings> {
        self.inner.store.view("all_meetings", |tx| {
            let rows = self.series_of(tx, actor)?;
            let mut showing = Showing::new(self, tx);
            let mut out = AllMeetings::default();
            let found = self.decisions_found(tx, actor, &rows, text)?;
            for row in &rows {
                let view = self.series(tx, actor, &mut showing, row)?;
                let taken = |one: &Decision| match &found {
                    Some(found) => found.contains(&one.entry),
                    None => one.asks.iter().any(|ask| ask.state.is_open()),
                };
                let decisions = view.decisions.iter().filter(|one| taken(one));
                let decisions = decisions.map(|one| (view.dossier.clone(), one.clone()));
                out.decisions.extend(decisions);
                let target = view.opened.as_ref().and_then(|v| v.number(CADENCE));
                out.series.push(SeriesLine {
                    next: view.next().cloned(),
                    dossier: view.dossier,
                    opened: view.opened,
                    target,
                    cadence: view.cadence,
                });
            }
            let due = |one: &Decision| one.asks.iter().filter_map(|ask| ask.due).min();
            let open = |one: &Decision| one.asks.iter().any(|ask| ask.state.is_open());
            out.decisions
                .sort_by_key(|(_, one)| (!open(one), due(one).is_none(), due(one), one.entry));
            Ok(out)
        })
    }

    /// The series that the actor may look into without being asked why.
    fn series_of(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let sees = self.sees(actor);
        let rows = tx.dossiers(&DossierFilter {
            kind: Some(KIND.name.to_owned()),
            services: sees.services,
            among: sees.among,
            limit: MOST,
            ..DossierFilter::default()
        })?;
        let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
        ahead::of_lines(tx, &ids)?;
        let mut out = Vec::new();
        for row in rows {
            out.extend(self.unasked(tx, actor, row.id)?);
        }
        Ok(out)
    }

    /// Decisions in whose words those sought are; none where nothing is sought.
    fn decisions_found(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        rows: &[DossierRow],
        text: &str,
    ) -> Result<Option<BTreeSet<EntryId>>> {
        if text.is_empty() {
            return Ok(None);
        }
        let words = self.query_words(text);
        let mut out = BTreeSet::new();
        for series in rows {
            let found = tx.search(&words, &[series.id], HITS)?;
            ahead::of_words(tx, &found)?;
            for (_, entry) in found {
                let row = tx.entry(entry)?.filter(|row| row.kind == DECISION.name);
                let Some(row) = row else { continue };
                // Whose words one may not read, one does not find by them either.
                if self.may_with(tx, actor, Action::Read, &row)? {
                    out.insert(entry);
                }
            }
        }
        Ok(Some(out))
    }
}
