//! How far a lesson has come: from which entry asked, by the type and the side of the entry that answered it, and nothing that bodies say. Both nodes
//! compute the same from the same headers, whatever the order in which they came.

use super::{
    ACTION, ENDORSE, IDENTIFIED, LEARNED, OWN_OBSERVATION, REJECTED, REPORT, observes, tries,
};
use crate::ids::{EntryId, NodeName};
use crate::label::{Label, label};
use std::collections::BTreeMap;

/// How what a step asked ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The step asked nothing.
    NothingAsked,
    /// Nobody has answered yet.
    Open,
    /// This entry answered it.
    Answered(EntryId),
    /// Refused, waived or withdrawn: nobody will.
    Ended,
}

/// A step as its header tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The entry.
    pub entry: EntryId,
    /// Its type.
    pub kind: String,
    /// Whose node wrote it.
    pub by: NodeName,
    /// What came of what it asked.
    pub came: Came,
}

/// How far a lesson has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Observed: an analysis is owed.
    Observed,
    /// Identified: an endorsement is owed.
    Identified,
    /// Endorsed: somebody is to try it.
    Endorsed,
    /// Being tried: a report is owed.
    Tried,
    /// Something changed, as the report says: the other side is to say whether it is learned.
    Reported,
    /// Learned.
    Learned,
    /// Tried, and nothing changed.
    Unchanged,
    /// The observation was rejected.
    Rejected,
    /// Noted and closed: not endorsed, waived, withdrawn, refused or said so.
    Noted,
}

impl State {
    /// Every state, in the order in which a list shows them: what waits first, by how far it has come.
    pub const ALL: [Self; 9] = [
        Self::Observed,
        Self::Identified,
        Self::Endorsed,
        Self::Tried,
        Self::Reported,
        Self::Learned,
        Self::Unchanged,
        Self::Noted,
        Self::Rejected,
    ];

    /// Its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Identified => "identified",
            Self::Endorsed => "endorsed",
            Self::Tried => "tried",
            Self::Reported => "reported",
            Self::Learned => "learned",
            Self::Unchanged => "unchanged",
            Self::Rejected => "rejected",
            Self::Noted => "noted",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Observed => label(
                "observation à analyser",
                "ملاحظة قيد التحليل",
                "observation to be analysed",
            ),
            Self::Identified => label(
                "enseignement à approuver",
                "درس ينتظر الاعتماد",
                "lesson to be endorsed",
            ),
            Self::Endorsed => label(
                "approuvé, à essayer",
                "معتمد وينتظر التجريب",
                "endorsed, to be tried",
            ),
            Self::Tried => label("à l’essai", "قيد التجريب", "being tried"),
            Self::Reported => label(
                "changement à constater",
                "تغيير ينتظر الإقرار",
                "change to be confirmed",
            ),
            Self::Learned => label("enseignement acquis", "درس مستفاد", "lesson learned"),
            Self::Unchanged => label(
                "essayé, rien n’a changé",
                "جرب ولم يتغير شيء",
                "tried, nothing changed",
            ),
            Self::Rejected => label(
                "observation écartée",
                "ملاحظة مستبعدة",
                "observation rejected",
            ),
            Self::Noted => label("noté et clos", "تم تسجيله وإغلاقه", "noted and closed"),
        }
    }

    /// Whether somebody owes a step.
    #[must_use]
    pub fn waits(self) -> bool {
        self <= Self::Reported
    }
}

/// The path of one lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Its entries, from the observation on.
    pub steps: Vec<EntryId>,
    /// How far it has come.
    pub state: State,
}

/// The paths of all lessons of a dossier, in the order of their observations.
#[must_use]
pub fn paths(steps: &[Step]) -> Vec<Path> {
    let known: BTreeMap<EntryId, &Step> = steps.iter().map(|step| (step.entry, step)).collect();
    let begun = steps.iter().filter(|step| observes(&step.kind));
    begun.map(|first| path(first, &known)).collect()
}

fn path(first: &Step, known: &BTreeMap<EntryId, &Step>) -> Path {
    let mut step = first;
    let mut out = vec![step.entry];
    while let Came::Answered(by) = step.came {
        // What answers without being a step of a lesson, or comes round again, leads nowhere.
        let Some(next) = known
            .get(&by)
            .filter(|next| follows(&step.kind, &next.kind))
            .filter(|next| owes(&step.kind, &step.by, &next.by))
        else {
            return Path {
                steps: out,
                state: State::Noted,
            };
        };
        step = next;
        out.push(step.entry);
    }
    Path {
        state: state(step),
        steps: out,
    }
}

/// How far the last step of a path took it.
fn state(last: &Step) -> State {
    let asks = match last.kind.as_str() {
        kind if observes(kind) => State::Observed,
        kind if kind == IDENTIFIED.name => State::Identified,
        kind if kind == ENDORSE.name => State::Endorsed,
        kind if tries(kind) => State::Tried,
        kind if kind == REPORT.name => State::Reported,
        kind if kind == LEARNED.name => return State::Learned,
        kind if kind == REJECTED.name => return State::Rejected,
        _ => return State::Noted,
    };
    match last.came {
        Came::Open => asks,
        // Only a report asks nothing where nothing changed.
        Came::NothingAsked if asks == State::Reported => State::Unchanged,
        _ => State::Noted,
    }
}

/// Whether a node owes the step after one that another node wrote. Nobody judges what they wrote themselves: only whoever analyses their own
/// observation or tries their own action goes on alone, and then the other side is asked.
#[must_use]
pub fn owes(kind: &str, by: &NodeName, node: &NodeName) -> bool {
    let alone = [OWN_OBSERVATION.name, ACTION.name].contains(&kind);
    alone == (by == node)
}

/// Whether a type is a step after another: each leads further, so that a path ends.
fn follows(asking: &str, answering: &str) -> bool {
    use super::{NOT_ENDORSED, NOTED};
    match asking {
        kind if observes(kind) => [IDENTIFIED.name, REJECTED.name].contains(&answering),
        kind if kind == IDENTIFIED.name => [ENDORSE.name, NOT_ENDORSED.name].contains(&answering),
        kind if kind == ENDORSE.name => tries(answering),
        kind if tries(kind) => answering == REPORT.name,
        kind if kind == REPORT.name => [LEARNED.name, NOTED.name].contains(&answering),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
