//! The agreement of an investigation: every version, who signed it, and what is in force. All of that follows from obligations and the types
//! of the entries that answered them; the clauses themselves are in bodies.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{
    AgreementSignature, AgreementState, AgreementVersion, AgreementView, ObligationView,
};
use crate::{Actor, App};
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, NodeName, ObligationId};
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_core::kinds::investigation::agreement::{AGREEMENT, CHANGES, COUNTER, SIGN, proposes};
use entente_core::obligation::State;
use entente_store::{EntryRow, Read, StoreExt};

impl App {
    /// The agreement of an investigation by versions.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or its kind has no agreement.
    pub fn agreement(&self, actor: &Actor, dossier: DossierId) -> Result<AgreementView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "agreement").within(dossier, why))?;
        self.inner
            .store
            .view("agreement", |tx| self.agreement_of(tx, actor, dossier))
    }

    fn agreement_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<AgreementView> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(AGREEMENT.name).ok_or(AppError::NotFound)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let versions = self.versions(tx, actor, &mut showing, dossier)?;
        Ok(AgreementView {
            dossier: line,
            versions,
            forms: self.writable(actor, &row, |entry| entry.name == AGREEMENT.name),
        })
    }

    fn versions(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Vec<AgreementVersion>> {
        let rows = all_with_words(tx, dossier, &[AGREEMENT.name, COUNTER.name])?;
        let mut out: Vec<AgreementVersion> = Vec::new();
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            let number = u32::try_from(out.len() + 1).unwrap_or(u32::MAX);
            out.push(self.version(tx, actor, showing, (number, &row, &header))?);
        }
        Ok(out)
    }

    fn version(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (number, row, header): (u32, &EntryRow, &Header),
    ) -> Result<AgreementVersion> {
        let asks = showing.asked_by(actor, (row.id, header))?;
        let mut signatures = vec![AgreementSignature {
            entry: row.id,
            service: header.author.service.clone(),
            at: header.at,
        }];
        for ask in &asks {
            signatures.extend(signed(tx, ask)?);
        }
        let values = self.read_by(tx, actor, row)?;
        Ok(AgreementVersion {
            entry: row.id,
            number,
            changes: values.as_ref().and_then(|v| named(v, CHANGES)),
            values,
            printed: self.prints(tx, actor, row)?,
            state: state(&asks, signed_by_all(header, &signatures)),
            signatures,
            asks,
        })
    }

    /// What the form of a version starts from: the version that it answers, else the newest that may be read.
    pub(super) fn agreement_to_amend(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, target): (&EntryType, DossierId, Option<ObligationId>),
    ) -> Result<Values> {
        if !proposes(entry_type.name) {
            return Ok(Values::default());
        }
        let view = self.agreement_of(tx, actor, dossier)?;
        let answered = target.and_then(|on| view.version(on.entry));
        let newest = || view.in_force().or(view.versions.last());
        let Some(base) = answered.or_else(newest) else {
            return Ok(Values::default());
        };
        let mut values = base.values.clone().unwrap_or_default();
        values.values.remove(crate::files::FILES);
        let changes = Value::Text(base.entry.to_string());
        values.values.insert(CHANGES.to_owned(), changes);
        Ok(values)
    }
}

/// The signature that answered what a version asked, if it was one.
fn signed(tx: &dyn Read, ask: &ObligationView) -> Result<Option<AgreementSignature>> {
    let answer = ask.answered_by.filter(|_| ask.state == State::Answered);
    let Some(row) = answer.map(|id| tx.entry(id)).transpose()?.flatten() else {
        return Ok(None);
    };
    let header = regular(&row).filter(|_| row.kind == SIGN.name);
    Ok(header.map(|header| AgreementSignature {
        entry: row.id,
        service: header.author.service,
        at: header.at,
    }))
}

/// Whether every state that a version is for has signed it, whoever was asked.
fn signed_by_all(header: &Header, signatures: &[AgreementSignature]) -> bool {
    let has = |node: &NodeName| signatures.iter().any(|one| one.service.node() == *node);
    header.audience.len() > 1 && header.audience.iter().all(has)
}

/// How a version stands by itself: signed by all, open, or ended otherwise.
fn state(asks: &[ObligationView], signed: bool) -> AgreementState {
    let open = asks.iter().any(|ask| ask.state.is_open());
    match (signed, open) {
        (true, _) => AgreementState::Signed,
        (_, true) => AgreementState::Proposed,
        _ => AgreementState::NotAgreed,
    }
}
