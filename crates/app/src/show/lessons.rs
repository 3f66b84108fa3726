//! Lessons: how far each has come follows from headers and obligations ([`path`](entente_core::kinds::lesson::path)); the words are read
//! where their reader may read them, and found again from what another dossier says.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::{AppError, Result};
use crate::views::{LessonView, LessonsView, ObligationView, Said};
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::lesson::path::{Came, Path, Step, paths};
use entente_core::kinds::lesson::{
    ACTION, ENDORSE, ENTRUST, IDENTIFIED, LEARNED, NAME, NOT_ENDORSED, NOTED, OBSERVATION, OPEN,
    OWN_OBSERVATION, REJECTED, REPORT, observes,
};
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
            let said = Said {
                entry: row.id,
                kind: row.kind.clone(),
                by: header.author.service.clone(),
                at: header.at,
                values: self.read_by(tx, actor, &row)?,
                printed: self.prints(tx, actor, &row)?,
            };
            if row.kind == OPEN.name {
                opened = Some(said);
                continue;
            }
            let asks = showing.asked_by(actor, (row.id, &header))?;
            out.push(Told { said, asks });
        }
        Ok((opened, out))
    }
}

/// What came of what a step asked. Of several states that were asked, the first that answered leads on.
fn came(asks: &[ObligationView]) -> Came {
    let answered = |ask: &ObligationView| ask.answered_by.filter(|_| !ask.state.is_open());
    if let Some(by) = asks.iter().find_map(answered) {
        return Came::Answered(by);
    }
    match asks {
        [] => Came::NothingAsked,
        asks if asks.iter().any(|ask| ask.state.is_open()) => Came::Open,
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
            came: came(&one.asks),
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
