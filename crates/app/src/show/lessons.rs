//! Lessons: how far each has come follows from headers and obligations ([`path`](entente_core::kinds::lesson::path)); the words are read
//! where their reader may read them, and found again from what another dossier says.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::{AppError, Result};
use crate::views::{LessonView, LessonsView, ObligationView, Said};
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kinds::lesson::path::{Came, Path, State, Step, owes, paths};
use entente_core::kinds::lesson::{
    ACTION, ENDORSE, ENTRUST, IDENTIFIED, LEARNED, NAME, NOT_ENDORSED, NOTED, OBSERVATION, OPEN,
    OWN_OBSERVATION, REJECTED, REPORT, observes,
};
use entente_core::obligation::Obligation;
use entente_store::{Read, StoreExt};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The types that lessons are told from.
const TOLD: [&str; 12] = [
    OPEN.name,
    OBSERVATION.name,
    OWN_OBSERVATION.name,
    IDENTIFIED.name,
    REJECTED.name,
    ENDORSE.name,
    NOT_ENDORSED.name,
    ACTION.name,
    ENTRUST.name,
    REPORT.name,
    LEARNED.name,
    NOTED.name,
];

/// A step with what it says and asks.
struct Told {
    said: Said,
    came: Came,
    asks: Vec<ObligationView>,
}

impl App {
    /// The lessons of a dossier.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of another kind.
    pub fn lessons(&self, actor: &Actor, dossier: DossierId) -> Result<LessonsView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "lessons").within(dossier, why))?;
        self.inner
            .store
            .view("lessons", |tx| self.lessons_of(tx, actor, dossier))
    }

    pub(crate) fn lessons_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<LessonsView> {
        let row = self.visible(tx, actor, dossier)?;
        if row.kind != NAME {
            return Err(AppError::NotFound);
        }
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let (opened, told) = self.lesson_steps_of(tx, actor, &mut showing, dossier)?;
        Ok(LessonsView {
            dossier: line,
            opened,
            lessons: lessons(told),
            forms: self.writable(actor, &row, |entry| observes(entry.name)),
        })
    }

    /// The lessons of a record as its first entries tell them, and how many were read. Of what is asked only how it ended: nobody answers
    /// from here.
    pub(crate) fn lessons_told(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        most: u32,
    ) -> Result<(Vec<LessonView>, u32)> {
        let rows = tx.entries_of(dossier, &TOLD, None, most)?;
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        let read = u32::try_from(rows.len()).unwrap_or(most);
        let mut showing = Showing::new(self, tx);
        let mut out = Vec::new();
        for row in rows.iter().filter(|row| row.kind != OPEN.name) {
            let Some(header) = regular(row) else {
                continue;
            };
            let said = self.told_by(tx, actor, (row, &header))?;
            let mut asks = Vec::new();
            for id in header.asked(row.id) {
                let row = tx.obligation(id)?;
                let folded = row.map(|row| showing.fold(&row)).transpose()?.flatten();
                asks.extend(folded.map(|(ob, _)| Asked::of(&ob)));
            }
            let came = came(&said, &asks);
            out.push(Told {
                said,
                came,
                asks: Vec::new(),
            });
        }
        let mut lessons = lessons(out);
        // Cut short, a path may lack the answer that is in the record: what it came to is not told.
        if read == most {
            lessons.retain(|lesson| lesson.state != State::Noted);
        }
        Ok((lessons, read))
    }

    /// The opening of a dossier of lessons, and its steps in causal order.
    fn lesson_steps_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<(Option<Said>, Vec<Told>)> {
        let (mut opened, mut out) = (None, Vec::new());
        for row in all_with_words(tx, dossier, &TOLD)? {
            let Some(header) = regular(&row) else {
                continue;
            };
            let said = self.told_by(tx, actor, (&row, &header))?;
            if row.kind == OPEN.name {
                opened = Some(said);
                continue;
            }
            let asks = showing.asked_by(actor, (row.id, &header))?;
            let seen: Vec<Asked> = asks.iter().map(Asked::seen).collect();
            let came = came(&said, &seen);
            out.push(Told { said, came, asks });
        }
        Ok((opened, out))
    }
}

/// Of what a step asked: who owes it, and how it ended.
struct Asked {
    owing: NodeName,
    open: bool,
    answered_by: Option<EntryId>,
}

impl Asked {
    fn of(ob: &Obligation) -> Self {
        Self {
            owing: ob.owing.node(),
            open: ob.state.is_open(),
            answered_by: ob.answered_by,
        }
    }

    fn seen(ob: &ObligationView) -> Self {
        Self {
            owing: ob.owing.node(),
            open: ob.state.is_open(),
            answered_by: ob.answered_by,
        }
    }
}

/// What came of what a step asked: one ask of the side that its type asks. Several, or one of another side alone, are no step of a lesson
/// and end the path, so that no second answer changes what a first one said.
fn came(said: &Said, asks: &[Asked]) -> Came {
    let by = said.by.node();
    let of_type = |ask: &&Asked| owes(&said.kind, &by, &ask.owing);
    let expected: Vec<&Asked> = asks.iter().filter(of_type).collect();
    match expected.as_slice() {
        [] if asks.is_empty() => Came::NothingAsked,
        [ask] if ask.open => Came::Open,
        [ask] => ask.answered_by.map_or(Came::Ended, Came::Answered),
        _ => Came::Ended,
    }
}

/// Every lesson: what waits first, then by how far it has come, the latest first.
fn lessons(told: Vec<Told>) -> Vec<LessonView> {
    let steps: Vec<Step> = told
        .iter()
        .map(|one| Step {
            entry: one.said.entry,
            kind: one.said.kind.clone(),
            by: one.said.by.node(),
            came: one.came.clone(),
        })
        .collect();
    let told: BTreeMap<EntryId, Told> = told.into_iter().map(|one| (one.said.entry, one)).collect();
    let all = paths(&steps);
    let mut out: Vec<LessonView> = all.iter().map(|path| lesson(path, &told)).collect();
    out.sort_by_key(|one| (one.state, Reverse(one.steps.last().map(|said| said.at))));
    out
}

fn lesson(path: &Path, told: &BTreeMap<EntryId, Told>) -> LessonView {
    let steps = path.steps.iter().filter_map(|entry| told.get(entry));
    LessonView {
        state: path.state,
        asks: steps
            .clone()
            .next_back()
            .map(|one| one.asks.clone())
            .unwrap_or_default(),
        steps: steps.map(|one| one.said.clone()).collect(),
    }
}
