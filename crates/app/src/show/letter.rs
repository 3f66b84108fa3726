//! The letter to a person who exercised a right: what they are told, from codes and from the officer's paragraphs.

use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::views::{LetterView, Told};
use crate::{Actor, App};
use entente_core::act::OnAct;
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kinds::rights;
use entente_core::label::Lang;
use entente_store::{DossierRow, EntryRow, Read, StoreExt};

/// Rows looked through, newest first: a rights dossier is short.
const ROWS: u32 = 500;

impl App {
    /// The newest letter to the person whose rights a dossier is about; none while our node has told them nothing, or where it is the
    /// other side that answers. Taking it out is recorded as an export.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to.
    pub fn letter(&self, actor: &Actor, dossier: DossierId) -> Result<Option<LetterView>> {
        let view = self.inner.store.view("letter", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            match row.kind == rights::NAME {
                true => self.letter_of(tx, actor, &row),
                false => Ok(None),
            }
        })?;
        let entry = view.as_ref().map(|letter| letter.entry);
        let operation = match entry {
            Some(_) => Operation::Export,
            None => Operation::Consult,
        };
        self.looked(actor, operation, "letter", Some(dossier), entry)?;
        Ok(view)
    }

    fn letter_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: &DossierRow,
    ) -> Result<Option<LetterView>> {
        let opening = tx.entry(dossier.id.opening())?;
        let opening = opening.ok_or(AppError::Bug("dossier without opening"))?;
        let Some(asked) = self.read_by(tx, actor, &opening)? else {
            return Ok(None);
        };
        let text = |name: &str| asked.text(name).unwrap_or_default().to_owned();
        let lang = asked.text(rights::LANGUAGE).and_then(Lang::parse);
        let Some((row, act)) = self.told_last(tx, dossier.id)? else {
            return Ok(None);
        };
        let Some(values) = self.read_by(tx, actor, &row)? else {
            return Ok(None);
        };
        let Some(told) = told(&act, &values) else {
            return Ok(None);
        };
        let lang = lang.unwrap_or(actor.lang);
        let line = super::Showing::new(self, tx).line(dossier)?;
        Ok(Some(LetterView {
            dossier: line.ok_or(AppError::NotFound)?,
            lang,
            right: text(rights::RIGHT),
            received: text(rights::RECEIVED),
            entry: row.id,
            service: row.service.parse().map_err(|_| AppError::Bug("service"))?,
            at: Instant(row.at_ms),
            words: self.to_person(tx, actor, &row, (&values, lang))?,
            told,
        }))
    }

    /// The newest of our entries by which the person was told something, with what it did to the duty to answer them.
    fn told_last(&self, tx: &dyn Read, dossier: DossierId) -> Result<Option<(EntryRow, OnAct)>> {
        let rows = tx.entries(dossier, true, ROWS, 0)?;
        let regular = |row: &EntryRow| row.verdict == Verdict::Regular.number();
        for row in rows.into_iter().filter(regular) {
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            if header.node() != self.inner.me {
                continue;
            }
            for (id, act) in header.acts.on() {
                let tells = matches!(
                    act,
                    OnAct::Answer { .. } | OnAct::Refuse { .. } | OnAct::Extend { .. }
                );
                let duty = tx.obligation(id)?.filter(|_| tells);
                let duty = duty.filter(|o| o.ask == Ask::Decide);
                if duty.is_some_and(|o| o.debtor.node() == self.inner.me) {
                    return Ok(Some((row, act.clone())));
                }
            }
        }
        Ok(None)
    }

    /// The officer's paragraphs; in the person's language where they were translated into it.
    fn to_person(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
        (values, lang): (&Values, Lang),
    ) -> Result<Option<(Option<Lang>, String)>> {
        let written = values.text(rights::TO_PERSON);
        let Some(text) = written.filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        if values.lang == Some(lang) {
            return Ok(Some((values.lang, text.to_owned())));
        }
        let translations = self.translations(tx, actor, row)?;
        let into = translations
            .into_iter()
            .rev()
            .find(|t| t.lang == Some(lang));
        Ok(Some(match into {
            Some(translated) => (translated.lang, translated.text),
            None => (values.lang, text.to_owned()),
        }))
    }
}

/// What an act on the duty to answer a person tells them.
fn told(act: &OnAct, values: &Values) -> Option<Told> {
    let text = |name: &str| values.text(name).map(str::to_owned);
    match act {
        OnAct::Answer { .. } => Some(Told::Decided(
            text(rights::RESULT)?,
            text(rights::COMPETENT),
        )),
        OnAct::Refuse { withheld: true, .. } => Some(Told::Neither),
        OnAct::Refuse { ground, .. } => Some(Told::Refused(*ground)),
        OnAct::Extend { until, reason } => Some(Told::Extended(*until, *reason)),
        _ => None,
    }
}
