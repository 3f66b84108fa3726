//! Lessons found again: those of dossiers that an officer works in whose words are near to what they write, ranked by how many words are
//! shared by their stems in French, Arabic and English. All in memory and bounded: nothing is stored, and what the officer may not read is
//! neither found nor counted.

use crate::access::{AccessRecord, Operation};
use crate::codec::all_dossiers;
use crate::error::{AppError, Result};
use crate::search::stems;
use crate::views::{DossierLine, LessonView, NearLesson, ObservingView};
use crate::{Actor, App};
use entente_core::codes::Purpose;
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Span;
use entente_core::kinds::declaration::evidence;
use entente_core::kinds::lesson::{NAME, OBSERVATION, OBSERVED, SOURCE, TITLE};
use entente_store::{DossierFilter, DossierRow, Read, StoreExt};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How long after its opening a dossier shows lessons near to it.
pub const YOUNG: Span = Span::days(30);
/// Most dossiers of lessons that are looked through, the latest first.
const MOST_DOSSIERS: usize = 100;
/// Most lessons shown.
const MOST_SHOWN: usize = 5;
/// Most words of what is written, and of a lesson.
const MOST_WORDS: (usize, usize) = (60, 600);
/// Fewest words shared: one alone is chance.
const FEWEST: usize = 2;
/// Shorter words say nothing of a subject.
const SHORTEST: usize = 4;

impl App {
    /// Lessons near to words.
    ///
    /// # Errors
    /// Of the store.
    pub fn lessons_near(&self, actor: &Actor, words: &str) -> Result<Vec<NearLesson>> {
        let wanted = telling(words, MOST_WORDS.0);
        self.nearest(actor, &wanted, None)
    }

    /// Lessons near to what the opening of a dossier says.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to.
    pub fn lessons_near_dossier(
        &self,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<NearLesson>> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(
            AccessRecord::by(actor, Operation::Consult, "lessons_near").within(dossier, why),
        )?;
        let said = self.inner.store.view("near_opening", |tx| {
            let rows = crate::codec::all_with_words(tx, dossier, &opening_of(tx, dossier)?)?;
            let row = rows.first();
            let read = row.map(|row| self.read_by(tx, actor, row)).transpose()?;
            Ok::<_, AppError>(read.flatten().map(|values| said(&values)))
        })?;
        let wanted = telling(&said.unwrap_or_default(), MOST_WORDS.0);
        self.nearest(actor, &wanted, Some(dossier))
    }

    /// What is nearest, recorded before it is given out.
    fn nearest(
        &self,
        actor: &Actor,
        wanted: &[BTreeSet<String>],
        but: Option<DossierId>,
    ) -> Result<Vec<NearLesson>> {
        if wanted.len() < FEWEST {
            return Ok(Vec::new());
        }
        let found = self
            .inner
            .store
            .view("lessons_near", |tx| self.near_in(tx, actor, wanted, but))?;
        let shown: BTreeSet<DossierId> = found.iter().map(|one| one.dossier).collect();
        for dossier in shown {
            let why = self.looks_into(actor, dossier)?;
            self.noted(
                AccessRecord::by(actor, Operation::Consult, "lessons_near").within(dossier, why),
            )?;
        }
        Ok(found)
    }

    fn near_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        wanted: &[BTreeSet<String>],
        but: Option<DossierId>,
    ) -> Result<Vec<NearLesson>> {
        let mut found: Vec<(usize, NearLesson)> = Vec::new();
        for row in self.worked_in(tx, actor)? {
            if Some(row.id) == but {
                continue;
            }
            let view = self.lessons_of(tx, actor, row.id)?;
            for lesson in view.lessons {
                let shared = shared(wanted, &lesson);
                if shared >= FEWEST {
                    let near = NearLesson {
                        dossier: row.id,
                        number: view.dossier.number.clone(),
                        lesson,
                    };
                    found.push((shared, near));
                }
            }
        }
        found.sort_by_key(|(shared, _)| Reverse(*shared));
        found.truncate(MOST_SHOWN);
        Ok(found.into_iter().map(|(_, near)| near).collect())
    }

    /// The dossiers of lessons that an officer works in: for what is outside a reason would be asked.
    fn worked_in(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let sees = self.sees(actor);
        let filter = DossierFilter {
            kind: Some(NAME.to_owned()),
            services: sees.services,
            among: sees.among,
            ..DossierFilter::default()
        };
        let mut out = Vec::new();
        for row in all_dossiers(tx, filter)? {
            if out.len() == MOST_DOSSIERS {
                break;
            }
            let seen = self.seen_by(tx, actor, row.id)?.is_some();
            if seen && !self.standing(tx, actor, &row)?.outside {
                out.push(row);
            }
        }
        Ok(out)
    }

    /// Where an evaluation, a review or feedback may be submitted as an observation, and what its form is filled with: words and source only
    /// within governance; what was written for another purpose is written anew.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry that the actor may read.
    pub fn observing(&self, actor: &Actor, entry: EntryId) -> Result<ObservingView> {
        let missing = || AppError::NotFound;
        let dossier = self.inner.store.view("observing", |tx| {
            Ok::<_, AppError>(tx.entry(entry)?.ok_or_else(missing)?.dossier)
        })?;
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "lessons").within(dossier, why))?;
        self.inner.store.view("observing", |tx| {
            let from = self.visible(tx, actor, dossier)?;
            let row = tx.entry(entry)?.ok_or_else(missing)?;
            let read = self.read_by(tx, actor, &row)?.ok_or_else(missing)?;
            let within = from.purpose == Purpose::Governance;
            Ok(ObservingView {
                dossier,
                fields: within.then(|| filled(&read, (dossier, entry))),
                into: self.observed_in(tx, actor)?,
            })
        })
    }

    /// The dossiers of lessons in which the actor may write an observation.
    fn observed_in(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierLine>> {
        let mut out = Vec::new();
        for row in self.worked_in(tx, actor)? {
            let may = self.writable(actor, &row, |form| form.name == OBSERVATION.name);
            if !may.is_empty() {
                out.extend(crate::show::Showing::new(self, tx).line(&row)?);
            }
        }
        Ok(out)
    }
}

/// The type that opened a dossier.
fn opening_of(tx: &dyn Read, dossier: DossierId) -> Result<Vec<&'static str>> {
    let row = tx.dossier(dossier)?;
    let kind = row.and_then(|row| entente_core::kinds::find(&row.kind));
    let opening = kind.and_then(entente_core::kind::Kind::opening);
    Ok(opening.map(|entry| entry.name).into_iter().collect())
}

/// What an entry says, as one text.
fn said(values: &Values) -> String {
    let texts = values.values.values().map(|value| value.display());
    texts.collect::<Vec<String>>().join("\n")
}

/// The fields of an observation that an entry of governance fills.
fn filled(read: &Values, (dossier, entry): (DossierId, EntryId)) -> BTreeMap<&'static str, String> {
    let mut out = BTreeMap::from([(SOURCE, evidence::written((dossier, entry)))]);
    for (field, from) in [(OBSERVED, "text"), (TITLE, TITLE)] {
        out.extend(read.text(from).map(|text| (field, text.to_owned())));
    }
    out
}

/// The words of a text that tell its subject, each with its stems.
fn telling(text: &str, most: usize) -> Vec<BTreeSet<String>> {
    let long = crate::search::words_in(text).filter(|word| word.chars().count() >= SHORTEST);
    let long: Vec<&str> = long.filter(|word| !is_common(word)).collect();
    stems(&long.join(" "), most)
}

/// How many of the words wanted a lesson has.
fn shared(wanted: &[BTreeSet<String>], lesson: &LessonView) -> usize {
    let read = lesson.steps.iter().filter_map(|said| said.values.as_ref());
    let text: Vec<String> = read.map(said).collect();
    let held = telling(&text.join("\n"), MOST_WORDS.1);
    let held: BTreeSet<String> = held.into_iter().flatten().collect();
    wanted
        .iter()
        .filter(|word| !word.is_disjoint(&held))
        .count()
}

/// Words of four letters and more that tell nothing of a subject.
fn is_common(word: &str) -> bool {
    const COMMON: [&str; 40] = [
        "dans", "avec", "pour", "plus", "sans", "sous", "cette", "leur", "leurs", "nous", "vous",
        "elle", "elles", "entre", "être", "sont", "quand", "comme", "aussi", "mais", "with",
        "from", "that", "this", "their", "they", "have", "been", "were", "which", "when", "into",
        "هذا", "هذه", "التي", "الذي", "على", "إلى", "بين", "عند",
    ];
    COMMON.contains(&word.to_lowercase().as_str())
}
