//! Evaluations that two sides do not share: the recipient of a report gives its own, the provider answers, and both stay on record beside the
//! report. Nobody overwrites the other's (FIELD B2; Regulation (EU) 2016/794, article 29).
//!
//! A disagreement speaks of what the report says: it goes no further than the report may, and does not outlive it.

use crate::codec::header_of;
use crate::error::{AppError, Result};
use crate::translation::Original;
use crate::views::{OtherwiseView, SettledView};
use crate::{Actor, App, Recording};
use entente_core::codes::{Accuracy, Source};
use entente_core::field::{FieldError, Problem, Values};
use entente_core::handling::Evaluation;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kind::EntryType;
use entente_core::kinds::intelligence::{
    ACCURACY, CHANGED, DECIDES, DISAGREE, KEPT, OF, PARAGRAPH, PARAGRAPHS, SETTLE, SOURCE,
};
use entente_core::paragraphs;
use entente_store::{BodyState, EntryRow, Read};

impl App {
    /// What a disagreement is about, or an answer to one; nothing for entries of other types.
    pub(crate) fn evaluated(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&'static EntryType, DossierId),
        (recording, asked): (&Recording, Option<ObligationId>),
    ) -> Result<Option<Original>> {
        let about = match entry_type.name {
            name if name == DISAGREE.name => {
                let named = recording.values.text(OF).and_then(|id| id.parse().ok());
                let row = named.map(|id| tx.entry(id)).transpose()?.flatten();
                let row = row.filter(|row| row.dossier == dossier && self.is_report(row));
                let row = row.ok_or_else(|| wrong(OF, Problem::NothingHere))?;
                self.refuse_no_paragraph(tx, actor, &row, &recording.values)?;
                row.id
            }
            name if name == SETTLE.name => {
                let asking = asked.map(|id| tx.entry(id.entry)).transpose()?.flatten();
                let asking = asking.filter(|row| row.kind == DISAGREE.name);
                asking.ok_or(entente_core::kind::ComposeError::Target)?.id
            }
            _ => return Ok(None),
        };
        let header = header_of(tx, about)?.ok_or(AppError::NotFound)?;
        let stays = recording.own_only || header.audience.len() < 2;
        let mut handling = header.handling;
        handling.evaluation = None;
        Ok(Some(Original {
            audience: match stays {
                true => vec![self.inner.me.clone()],
                false => header.audience,
            },
            handling,
            found: None,
        }))
    }

    /// Whether an entry is a report of another node that can be evaluated otherwise here: whoever provides corrects its own.
    pub(crate) fn is_report(&self, row: &EntryRow) -> bool {
        let own = format!("{}/", self.inner.me);
        reports(&row.kind)
            && row.verdict == Verdict::Regular.number()
            && row.body == BodyState::Here
            && !row.service.starts_with(&own)
    }

    fn refuse_no_paragraph(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        report: &EntryRow,
        values: &Values,
    ) -> Result<()> {
        let read = self.read_by(tx, actor, report)?;
        let read = read.ok_or_else(|| wrong(OF, Problem::NothingHere))?;
        let there = paragraphs::read(read.text(PARAGRAPHS).unwrap_or_default());
        let there = there.map_or(0, |all| i64::try_from(all.len()).unwrap_or(i64::MAX));
        match values.number(PARAGRAPH) {
            Some(number) if number > there => Err(wrong(PARAGRAPH, Problem::NothingHere)),
            _ => Ok(()),
        }
    }

    /// How others evaluate a report, oldest first, as far as an actor may read it.
    pub(crate) fn evaluations(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        report: &EntryRow,
    ) -> Result<Vec<OtherwiseView>> {
        let mut views = Vec::new();
        if !reports(&report.kind) {
            return Ok(views);
        }
        for id in tx.translations(report.dossier, report.id)? {
            let row = tx.entry(id)?;
            let row = row.filter(|r| r.kind == DISAGREE.name && is_regular(r));
            if let Some(row) = row {
                views.extend(self.evaluation_view(tx, actor, &row)?);
            }
        }
        views.sort_by_key(|view| (view.at, view.entry));
        Ok(views)
    }

    fn evaluation_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<Option<OtherwiseView>> {
        let Some(values) = self.read_by(tx, actor, row)? else {
            return Ok(None);
        };
        let (Some(evaluation), Ok(service)) = (evaluation(&values), row.service.parse()) else {
            return Ok(None);
        };
        Ok(Some(OtherwiseView {
            entry: row.id,
            service,
            at: Instant(row.at_ms),
            paragraph: values.number(PARAGRAPH),
            evaluation,
            lang: values.lang,
            text: values.text("text").unwrap_or_default().to_owned(),
            settled: self.settled(tx, actor, (row.dossier, row.id))?,
        }))
    }

    /// What was answered to a disagreement: it speaks of the report too, and goes with it.
    pub(crate) fn answers_on_evaluation(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        (asking, header): (EntryId, &Header),
    ) -> Result<Vec<EntryId>> {
        let mut found = Vec::new();
        if header.kind != DISAGREE.name {
            return Ok(found);
        }
        for id in header.asked(asking) {
            for act in tx.acts(id)? {
                let row = tx.entry(act.entry)?.filter(|row| row.dossier == dossier);
                found.extend(row.filter(|row| row.kind == SETTLE.name).map(|row| row.id));
            }
        }
        Ok(found)
    }

    /// What the provider answered, if it did.
    fn settled(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, asking): (DossierId, EntryId),
    ) -> Result<Option<SettledView>> {
        let header = header_of(tx, asking)?;
        for id in header.iter().flat_map(|header| header.asked(asking)) {
            let answer = self.target(tx, dossier, id)?.answered_by;
            let row = answer.map(|id| tx.entry(id)).transpose()?.flatten();
            let Some(row) = row.filter(|row| row.kind == SETTLE.name && is_regular(row)) else {
                continue;
            };
            let (Some(values), Ok(service)) = (self.read_by(tx, actor, &row)?, row.service.parse())
            else {
                continue;
            };
            return Ok(Some(SettledView {
                entry: row.id,
                service,
                at: Instant(row.at_ms),
                agreed: (values.text(DECIDES) == Some(CHANGED))
                    .then(|| evaluation(&values))
                    .flatten(),
                lang: values.lang,
                text: values.text("text").unwrap_or_default().to_owned(),
            }));
        }
        Ok(None)
    }
}

/// Whether entries of this type are reports.
pub(crate) fn reports(kind: &str) -> bool {
    let entry = entente_core::kinds::intelligence::KIND.entry(kind);
    entry.is_some_and(|entry| entry.fields.iter().any(|f| f.name == PARAGRAPHS))
}

/// What an answer on an evaluation leaves unsaid, or says too much: another evaluation is named whole, and none where one's own is kept.
pub(crate) fn unsaid(entry_type: &'static EntryType, values: &Values) -> Option<FieldError> {
    if entry_type.name != SETTLE.name {
        return None;
    }
    let given = |name: &str| values.text(name).is_some();
    let decides = values.text(DECIDES);
    let problem = |name: &str| match decides {
        Some(CHANGED) if !given(name) => Some(Problem::Missing),
        Some(KEPT) if given(name) => Some(Problem::NotBoth),
        _ => None,
    };
    let found = [SOURCE, ACCURACY]
        .into_iter()
        .find_map(|name| Some((name, problem(name)?)));
    let (name, problem) = found?;
    entry_type.wrong(name, problem)
}

fn evaluation(values: &Values) -> Option<Evaluation> {
    Some(Evaluation {
        source: Source::parse(values.text(SOURCE)?)?,
        accuracy: Accuracy::parse(values.text(ACCURACY)?)?,
    })
}

fn is_regular(row: &EntryRow) -> bool {
    row.verdict == Verdict::Regular.number()
}

fn wrong(name: &str, problem: Problem) -> AppError {
    AppError::field(&DISAGREE, name, problem)
}
