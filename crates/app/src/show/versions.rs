//! Steps of an action day across its versions. A change is another day that names the one it replaces: a step that stands in both (the same
//! service, place and words, [`entente_core::kinds::investigation::steps::carried`]) keeps what was said of it, one that is new begins anew,
//! and one that is gone is shown as it stood. The last word in causal order counts, under whichever version it was said, so that both nodes
//! show the same.

use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::Result;
use crate::things::named;
use crate::views::{DayLine, DroppedStep, SaidOfStep, StepView};
use crate::{Actor, App};
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kinds::investigation::day::{
    AT, DAY_OF, ON_STEPS, STATE, STEP, STEP_RESULT, STEP_STATE, STEPS, StepState,
};
use entente_core::kinds::investigation::steps::{self, Step};
use entente_store::{EntryRow, Read};
use std::collections::{BTreeMap, BTreeSet};

/// A version of a day, as far as it may be read.
pub(super) struct Version {
    day: EntryId,
    zero: Instant,
    steps: Vec<Step>,
    /// Of each step, its place in the version that this one replaces.
    before: Vec<Option<usize>>,
}

/// The steps of a day, and those that it has no more.
pub(super) struct Steps {
    pub(super) now: Vec<StepView>,
    pub(super) dropped: Vec<DroppedStep>,
}

/// What was said of a step: the day and its number, and the entry with its words.
struct Word {
    of: (EntryId, i64),
    row: EntryRow,
    header: Header,
    said: Values,
}

/// A day and what it replaces, the latest first; each once, whatever days name each other.
pub(super) fn versions(days: &[DayLine], day: EntryId) -> Vec<Version> {
    let by_entry: BTreeMap<EntryId, &DayLine> = days.iter().map(|day| (day.entry, day)).collect();
    let mut seen = BTreeSet::new();
    let mut out: Vec<Version> = Vec::new();
    let mut next = Some(day);
    while let Some(line) = next
        .filter(|id| seen.insert(*id))
        .and_then(|id| by_entry.get(&id))
    {
        let text = line.values.as_ref().and_then(|values| values.text(STEPS));
        let steps = match line.zero {
            Some(_) => steps::steps(text.unwrap_or_default()),
            None => Vec::new(),
        };
        if let Some(later) = out.last_mut() {
            later.before = steps::carried(&steps, &later.steps);
        }
        out.push(Version {
            day: line.entry,
            zero: line.zero.unwrap_or_default(),
            before: vec![None; steps.len()],
            steps,
        });
        next = line.replaces;
    }
    out
}

/// Every day and number under which a step of the first of these versions was known.
fn known_as(versions: &[Version], place: usize) -> BTreeSet<(EntryId, i64)> {
    let mut out = BTreeSet::new();
    let mut at = Some(place);
    for version in versions {
        let Some(place) = at else { break };
        out.insert((version.day, number(place)));
        at = version.before.get(place).copied().flatten();
    }
    out
}

/// The number of a step by its place: from 1.
fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1)
}

impl App {
    /// The steps of the first of these versions and what each has come to, and those that a later version dropped.
    pub(super) fn steps_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, versions): (DossierId, &[Version]),
    ) -> Result<Steps> {
        let words = self.words_on_steps(tx, actor, (dossier, versions))?;
        let mut out = Steps {
            now: Vec::new(),
            dropped: Vec::new(),
        };
        let mut kept: Option<BTreeSet<usize>> = None;
        for (at, version) in versions.iter().enumerate() {
            let from = versions.get(at..).unwrap_or_default();
            for (place, step) in version.steps.iter().enumerate() {
                if kept.as_ref().is_some_and(|kept| kept.contains(&place)) {
                    continue;
                }
                let of = known_as(from, place);
                let view =
                    self.step_view(tx, actor, (version, number(place), step), (&words, &of))?;
                match kept {
                    None => out.now.push(view),
                    Some(_) => out.dropped.push(DroppedStep {
                        day: version.day,
                        step: view,
                    }),
                }
            }
            kept = Some(version.before.iter().flatten().copied().collect());
        }
        Ok(out)
    }

    /// A step and what it has come to: the last word of its own side.
    fn step_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (version, number, step): (&Version, i64, &Step),
        (words, of): (&[Word], &BTreeSet<(EntryId, i64)>),
    ) -> Result<StepView> {
        let own = |word: &&Word| of.contains(&word.of) && word.header.node() == step.service.node();
        let own: Vec<&Word> = words.iter().filter(own).collect();
        let states = own.iter().filter(|word| word.row.kind == STEP_STATE.name);
        let last = states.max_by_key(|word| (word.row.depth, word.row.id));
        let mut results = Vec::new();
        for word in own.iter().filter(|word| word.row.kind == STEP_RESULT.name) {
            results.extend(self.result(tx, actor, &word.row)?);
        }
        Ok(StepView {
            number,
            at: step.at.after(version.zero),
            state: last.map_or(StepState::Planned, |word| state_of(&word.said)),
            said: last.map(|word| said_of(word)),
            step: step.clone(),
            results,
        })
    }

    /// Everything said of the steps of these days that may be read, in causal order, the same at both nodes.
    fn words_on_steps(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, versions): (DossierId, &[Version]),
    ) -> Result<Vec<Word>> {
        let days: BTreeSet<EntryId> = versions.iter().map(|version| version.day).collect();
        let rows = all_with_words(tx, dossier, &ON_STEPS)?;
        let mut out = Vec::new();
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            let Some(said) = self.read_by(tx, actor, &row)? else {
                continue;
            };
            let day = named(&said, DAY_OF).filter(|day| days.contains(day));
            if let Some(of) = day.zip(said.number(STEP)) {
                out.push(Word {
                    of,
                    row,
                    header,
                    said,
                });
            }
        }
        Ok(out)
    }
}

fn state_of(said: &Values) -> StepState {
    let state = said.text(STATE).and_then(StepState::parse);
    state.unwrap_or(StepState::Planned)
}

fn said_of(word: &Word) -> SaidOfStep {
    SaidOfStep {
        entry: word.row.id,
        day: word.of.0,
        service: word.header.author.service.clone(),
        at: word.said.moment(AT).unwrap_or(word.header.at),
        text: word.said.text("text").unwrap_or_default().to_owned(),
    }
}
