//! What is given to show of lessons: each with its path and how far it has come.

use super::{DossierLine, ObligationView, Said};
use entente_core::field::Values;
use entente_core::ids::DossierId;
use entente_core::kind::EntryType;
use entente_core::kinds::lesson::path::State;

/// The lessons of a dossier.
#[derive(Clone, Debug)]
pub struct LessonsView {
    /// The dossier.
    pub dossier: DossierLine,
    /// The opening.
    pub opened: Option<Said>,
    /// Every lesson, what waits first, then by how far it has come, the latest first among equals.
    pub lessons: Vec<LessonView>,
    /// Types of entries that begin a lesson and that the reader may write now.
    pub forms: Vec<&'static EntryType>,
}

/// One lesson.
#[derive(Clone, Debug)]
pub struct LessonView {
    /// How far it has come.
    pub state: State,
    /// Its steps, from the observation on.
    pub steps: Vec<Said>,
    /// What its last step asks.
    pub asks: Vec<ObligationView>,
}

impl LessonView {
    /// A text of the last step that has it and can be read.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        let read = self
            .steps
            .iter()
            .rev()
            .filter_map(|said| said.values.as_ref());
        let mut texts = read.filter_map(|values| values.text(field));
        texts.next()
    }
}

/// A lesson of another dossier that is near to what is being written.
#[derive(Clone, Debug)]
pub struct NearLesson {
    /// Its dossier.
    pub dossier: DossierId,
    /// That dossier's number.
    pub number: String,
    /// The lesson.
    pub lesson: LessonView,
}

/// Where an entry may be submitted as an observation.
#[derive(Clone, Debug)]
pub struct ObservingView {
    /// Its dossier.
    pub dossier: DossierId,
    /// What the form is filled with, in its language; none where walls keep its words, and the author writes anew.
    pub fields: Option<Values>,
    /// The dossiers of lessons in which the reader may write.
    pub into: Vec<DossierLine>,
}
