//! What recording holds an investigation's own entries to: a signature and a counter-proposal answer a version of the agreement and nothing
//! else does, a period ends after it began, and an evaluation carries the figures of the record.

use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::{Actor, App, Recording};
use entente_core::codes::Ask;
use entente_core::field::{FieldError, Problem, Value, Values};
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::kind::{ComposeError, EntryType};
use entente_core::kinds::declaration::figures;
use entente_core::kinds::investigation::agreement::{
    BEGINS, CHANGES, CLAUSES, COUNTER, ENDS, OTHER_LANG, SIGN, proposes,
};
use entente_core::kinds::investigation::compare::{COMPARE, COMPARED, OUTCOME};
use entente_core::kinds::investigation::court::{VENUE_AGREE, VENUE_COUNTER, proposes_venue};
use entente_core::kinds::investigation::day::{DAY, GO, NO_GO};
use entente_core::kinds::investigation::phases::{FIGURES, evaluates};
use entente_core::kinds::lesson;
use entente_core::kinds::programme::{self, proposes_clause};
use entente_core::label::Lang;
use entente_core::obligation::Obligation;
use entente_store::Read;

/// Whether entries of a type ask for a decision, and the types that alone answer it.
type Decision = (fn(&str) -> bool, [&'static str; 2]);

/// What asks for something that types of its own alone answer: versions of the agreement, venues, joint action days, comparisons and what came of
/// them, clauses and versions of a programme's agreement, its study and points of follow-up, figures of a commitment, the steps of a lesson; and those
/// types.
const DECIDED: [Decision; 15] = [
    (proposes, [SIGN.name, COUNTER.name]),
    (proposes_venue, [VENUE_AGREE.name, VENUE_COUNTER.name]),
    (is_day, [GO.name, NO_GO.name]),
    (|asking| asking == COMPARE.name, [COMPARED.name; 2]),
    (|asking| asking == COMPARED.name, [OUTCOME.name; 2]),
    (
        proposes_clause,
        [programme::ACCEPT.name, programme::COUNTER.name],
    ),
    (
        is_programme_version,
        [programme::SIGN.name, programme::SIGN.name],
    ),
    (programme::opens, [programme::STUDIED.name; 2]),
    (
        |asking| asking == programme::FOLLOW_UP.name,
        [programme::FOLLOWED.name; 2],
    ),
    (
        figures::states_figure,
        [figures::AGREE_FIGURE.name, figures::OWN_FIGURE.name],
    ),
    (
        lesson::observes,
        [lesson::IDENTIFIED.name, lesson::REJECTED.name],
    ),
    (
        |asking| asking == lesson::IDENTIFIED.name,
        [lesson::ENDORSE.name, lesson::NOT_ENDORSED.name],
    ),
    (
        |asking| asking == lesson::ENDORSE.name,
        [lesson::ACTION.name, lesson::ENTRUST.name],
    ),
    (lesson::tries, [lesson::REPORT.name; 2]),
    (
        |asking| asking == lesson::REPORT.name,
        [lesson::LEARNED.name, lesson::NOTED.name],
    ),
];

fn is_day(entry_type: &str) -> bool {
    entry_type == DAY.name
}

fn is_programme_version(entry_type: &str) -> bool {
    entry_type == programme::VERSION.name
}

/// The types that alone answer what an entry of a type asked to decide; none where the common ones do.
pub(crate) fn decided_by(asking: &str) -> Option<[&'static str; 2]> {
    let mut known = DECIDED.into_iter();
    known.find_map(|(asks, types)| asks(asking).then_some(types))
}

/// Whether entries of a type answer a decision of their own sort and no other.
pub(crate) fn decides(entry_type: &str) -> bool {
    DECIDED.iter().any(|(_, types)| types.contains(&entry_type))
}

/// What a version lacks of its two languages: each clause in both, and two languages that are not the same. What was signed before this was asked
/// stays as it was signed: nothing but the writing of a version is held to it.
fn half_written(entry_type: &EntryType, values: &Values) -> Vec<FieldError> {
    let empty = CLAUSES.iter().filter_map(|clause| clause.unwritten(values));
    let mut errors: Vec<FieldError> = empty
        .filter_map(|name| entry_type.wrong(name, Problem::OneColumn))
        .collect();
    let other = values.text(OTHER_LANG).and_then(Lang::parse);
    if other.is_some() && other == values.lang {
        errors.extend(entry_type.wrong(OTHER_LANG, Problem::OneLanguage));
    }
    errors
}

impl App {
    /// Refuses an answer that is none to what it acts on: a decision about the agreement, about a venue or about a joint action day is
    /// agreed, answered by a type of its own or refused; nothing else is signed or agreed so.
    pub(crate) fn refuse_strange_answer(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        target: Option<&Obligation>,
    ) -> Result<()> {
        let own = decides(entry_type.name);
        let otherwise = ["reply", "investigation.join"].contains(&entry_type.name);
        if !own && !otherwise {
            return Ok(());
        }
        let asked = target.filter(|target| matches!(target.ask.ask, Ask::Decide | Ask::Report));
        let row = asked.map(|target| tx.entry(target.ask.id.entry));
        let row = row.transpose()?.flatten();
        let wanted = row.and_then(|row| decided_by(&row.kind));
        let fits = match wanted {
            Some(types) => types.contains(&entry_type.name),
            None => !own,
        };
        match fits {
            true => Ok(()),
            false => Err(ComposeError::Target.into()),
        }
    }

    /// Refuses a version whose period is none, that has a clause in one language only, or that changes what is no version of this dossier.
    pub(crate) fn refuse_strange_version(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        values: &Values,
    ) -> Result<()> {
        if !proposes(entry_type.name) {
            return Ok(());
        }
        let mut errors: Vec<FieldError> = Vec::new();
        // Days written alike are ordered as they are written.
        if let (Some(begins), Some(ends)) = (values.text(BEGINS), values.text(ENDS))
            && ends < begins
        {
            errors.extend(entry_type.wrong(ENDS, Problem::BeforeBeginning));
        }
        errors.extend(half_written(entry_type, values));
        if let Some(changes) = named(values, CHANGES) {
            let row = tx.entry(changes)?.filter(|row| row.dossier == dossier);
            let row = row.filter(|row| proposes(&row.kind) && regular(row).is_some());
            let read = match row {
                Some(row) => self.may_with(tx, actor, Action::Read, &row)?,
                None => false,
            };
            if !read {
                errors.extend(entry_type.wrong(CHANGES, Problem::NotInList));
            }
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(AppError::Fields(errors)),
        }
    }

    /// An entry with what nobody types: what it requires of the recipient as its condition, the Party of a duty, the figures of an evaluation,
    /// the points of a comparison.
    pub(crate) fn completed(&self, actor: &Actor, recording: Recording) -> Result<Recording> {
        let recording = self.with_party(self.oblige(recording)?)?;
        let recording = self.with_figures(actor, recording)?;
        self.with_clauses(actor, self.with_points(actor, recording)?)
    }

    /// An evaluation with the figures of the record as they are now: nobody types them.
    fn with_figures(&self, actor: &Actor, mut recording: Recording) -> Result<Recording> {
        let Some(dossier) = recording
            .dossier
            .filter(|_| evaluates(&recording.entry_type))
        else {
            return Ok(recording);
        };
        let figures = Value::Text(self.figures_now(actor, dossier)?);
        recording.values.values.insert(FIGURES.to_owned(), figures);
        Ok(recording)
    }
}
