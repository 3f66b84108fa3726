//! What is given to show of an investigation's action plan: its tasks, its joint action days with their live state, and what is planned
//! nearby.

use super::{DossierLine, ObligationView};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::day::StepState;
use entente_core::kinds::investigation::steps::Step;

/// The action plan of an investigation.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// The dossier.
    pub dossier: DossierLine,
    /// Its tasks: open ones first, by date.
    pub tasks: Vec<TaskView>,
    /// Its days, by T0.
    pub days: Vec<DayLine>,
    /// Types of entries by which the reader may add to it now.
    pub forms: Vec<&'static EntryType>,
    /// What is planned near what.
    pub near: Vec<NearView>,
    /// Comparisons with the other states, newest first.
    pub compared: Comparisons,
}

/// A task with what came of it.
#[derive(Clone, Debug)]
pub struct TaskView {
    /// The entry that asks it.
    pub entry: EntryId,
    /// What it says; nothing where the reader may not read it, or it is gone.
    pub values: Option<Values>,
    /// Whether it may be printed, by its originator's conditions.
    pub printed: bool,
    /// The obligation.
    pub ask: ObligationView,
    /// What was answered, in order.
    pub results: Vec<ResultView>,
}

/// A result that was given.
#[derive(Clone, Debug)]
pub struct ResultView {
    /// The entry.
    pub entry: EntryId,
    /// Whose.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// What it says; nothing where the reader may not read it, or it is gone.
    pub values: Option<Values>,
    /// Whether it may be printed.
    pub printed: bool,
}

/// How a day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStanding {
    /// It waits for a decision.
    Proposed,
    /// Everybody who was asked said go.
    Go,
    /// Somebody who was asked said otherwise.
    NoGo,
    /// It was called off.
    CalledOff,
    /// Another day that replaces it is on.
    Replaced,
}

impl DayStanding {
    /// Name in files and interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Go => "go",
            Self::NoGo => "no-go",
            Self::CalledOff => "called-off",
            Self::Replaced => "replaced",
        }
    }
}

/// A day as a list shows it.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// The entry that proposes it.
    pub entry: EntryId,
    /// Who proposed it.
    pub service: ServiceName,
    /// What it says; nothing where the reader may not read it, or it is gone.
    pub values: Option<Values>,
    /// Whether it may be printed.
    pub printed: bool,
    /// T0, UTC, where it may be read.
    pub zero: Option<Instant>,
    /// The day that it replaces.
    pub replaces: Option<EntryId>,
    /// How it stands.
    pub standing: DayStanding,
    /// The decision of each side, with what may be done about it.
    pub decisions: Vec<ObligationView>,
    /// The entries that called it off.
    pub called_off: Vec<EntryId>,
}

/// A joint action day with its live state.
#[derive(Clone, Debug)]
pub struct DayView {
    /// The dossier.
    pub dossier: DossierLine,
    /// The day.
    pub day: DayLine,
    /// The day that is on in its place.
    pub replaced_by: Option<EntryId>,
    /// Its steps in the order of their times.
    pub steps: Vec<StepView>,
    /// Steps of the days that it replaces which it has no more, the latest version first, as they stood.
    pub dropped: Vec<DroppedStep>,
    /// What was said in general: reports asked for, with what may be done about them.
    pub asks: Vec<ObligationView>,
    /// Types of entries that the reader may write about it now.
    pub forms: Vec<&'static EntryType>,
    /// Partners of the dossier that are not connected, and since when as far as it is known.
    pub unheard: Vec<(NodeName, Option<Instant>)>,
    /// What is planned near a step.
    pub near: Vec<NearView>,
    /// Comparisons of this day with the other states, newest first.
    pub compared: Comparisons,
}

impl DayView {
    /// The services that act, in the order of their first step: the columns.
    #[must_use]
    pub fn services(&self) -> Vec<&ServiceName> {
        let mut out: Vec<&ServiceName> = Vec::new();
        for one in &self.steps {
            if !out.contains(&&one.step.service) {
                out.push(&one.step.service);
            }
        }
        out
    }
}

/// A step and what it has come to.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Its number, from 1.
    pub number: i64,
    /// The step.
    pub step: Step,
    /// When it is to begin, UTC.
    pub at: Instant,
    /// What it has come to.
    pub state: StepState,
    /// What was said last of it.
    pub said: Option<SaidOfStep>,
    /// Its results.
    pub results: Vec<ResultView>,
}

/// A step that a later version of its day has no more.
#[derive(Clone, Debug)]
pub struct DroppedStep {
    /// The day that had it.
    pub day: EntryId,
    /// The step as it stood.
    pub step: StepView,
}

/// The last word on a step.
#[derive(Clone, Debug)]
pub struct SaidOfStep {
    /// The entry.
    pub entry: EntryId,
    /// The day of which it was said: this one, or one that it replaces.
    pub day: EntryId,
    /// By whom.
    pub service: ServiceName,
    /// When it came to that, UTC.
    pub at: Instant,
    /// In a few words.
    pub text: String,
}

/// Something planned that is near something else in place and time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NearView {
    /// The entry of this dossier.
    pub entry: EntryId,
    /// The step, where it is one.
    pub step: Option<i64>,
    /// Whether it is another state that plans something near, by a comparison that says no more.
    pub abroad: bool,
    /// What it is near; nothing where the reader may not know more than that there is something.
    pub other: Option<NearOther>,
}

/// What something is near, where the reader may read it anyway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NearOther {
    /// Its dossier.
    pub dossier: DossierId,
    /// Its entry.
    pub entry: EntryId,
    /// The service that acts.
    pub service: ServiceName,
}

/// A plan of the reader's service near which something is planned, as the front page says it.
#[derive(Clone, Debug)]
pub struct NearbyLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// The task, the day, or the comparison of what was typed.
    pub entry: EntryId,
    /// Whether it is an action day.
    pub day: bool,
    /// Whether it is a place and a time that were typed, and compared.
    pub typed: bool,
    /// What it is called, where it has a name.
    pub name: Option<String>,
}

/// Comparisons between states that are shown on a page.
#[derive(Clone, Debug, Default)]
pub struct Comparisons {
    /// What may be compared now: tasks and days of one's own with a place and a time; none where the charter does not allow it.
    pub offered: Vec<EntryId>,
    /// Whether the reader may compare a place and a time that they type.
    pub typed: bool,
    /// Partners whose programs do not know comparing: while there is one, nothing is offered.
    pub older: Vec<NodeName>,
    /// Comparisons that were asked, by either side.
    pub asked: Vec<ComparisonView>,
}

/// A comparison: who asked whom, how it stands, what is owed.
#[derive(Clone, Debug)]
pub struct ComparisonView {
    /// The entry that asked it.
    pub entry: EntryId,
    /// Whether one's own side asked it.
    pub own: bool,
    /// The plan of one's own that was compared; nothing where the other side asked, or a place was typed.
    pub plan: Option<EntryId>,
    /// The place and time that one's own side typed.
    pub typed: Option<TypedView>,
    /// Whether a place of one's own that was compared has no coordinates: the same place under another name is not met.
    pub by_name: bool,
    /// Whether it was found near, and for how many of one's own steps; nothing while that is not known, or where the other side asked.
    pub found: Option<Found>,
    /// What is asked by it: the comparison, then the word of what came of it.
    pub asks: Vec<ObligationView>,
}

/// A place and a time that were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedView {
    /// Where, as it was typed.
    pub place: String,
    /// From when, UTC.
    pub from: Instant,
    /// Until when, UTC.
    pub until: Instant,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing near.
    Nothing,
    /// Something near, for so many of one's own steps.
    Near(usize),
    /// What was answered cannot be compared.
    Unreadable,
}
