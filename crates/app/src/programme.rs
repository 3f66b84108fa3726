//! What recording holds a programme to: a version holds exactly the accepted clauses and a signature is of those that stand, nothing comes into
//! force unsigned, figures are many or none, and no service that works in justice and security is a member of a training of imams.

use crate::charter::regular;
use crate::codec::{all_dossiers, by_pages, names};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::things::named;
use crate::views::{AgreementState, ProgrammeView};
use crate::{Actor, App, Recording};
use entente_core::codes::Phase;
use entente_core::field::{Bind, FieldError, Problem, Value, Values};
use entente_core::floor::{Roles, is_of_security};
use entente_core::ids::{EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::{ComposeError, EntryType, Kind};
use entente_core::kinds::programme::clauses::Standing;
use entente_core::kinds::programme::{
    BEGINS, COHORT, CONTENT, EVALUATION, FIGURES, IMAMS, OF, PLACED, PLACEMENT, ProgrammeProblem,
    QUESTIONS, REPLACES, SELECTED, SIGN, TALLY, TO_FORCE, VERSION, keeps_security_out,
    proposes_clause,
};
use entente_core::obligation::Obligation;
use entente_core::statistics::FLOOR;
use entente_proof::digest::sha256;
use entente_store::{DossierFilter, DossierRow, OfficerRow, Read, StoreExt};
use serde_json::json;
use std::ops::ControlFlow;

/// What the digest of an agreement's clauses begins with.
const DOMAIN: &[u8] = b"entente/programme/agreement/1\n";

/// The digest of clauses in their order. An entry's id commits to what it says.
pub(crate) fn digest(clauses: &[EntryId]) -> String {
    let bytes: Vec<u8> = DOMAIN
        .iter()
        .copied()
        .chain(clauses.iter().flat_map(|id| id.0))
        .collect();
    hex::encode(sha256(&bytes).0)
}

/// The clauses that a version holds, if their digest is right.
pub(crate) fn held(values: &Values) -> Option<Vec<EntryId>> {
    let content: serde_json::Value = serde_json::from_str(values.text(CONTENT)?).ok()?;
    let listed = content.get("clauses")?.as_array()?.iter();
    let clauses: Option<Vec<EntryId>> = listed.map(|id| id.as_str()?.parse().ok()).collect();
    let clauses = clauses?;
    (content.get("digest")?.as_str()? == digest(&clauses)).then_some(clauses)
}

/// Figures that would be about few: of a cohort or placements each, of an evaluation all answers to one question.
pub(crate) fn unsaid(entry_type: &'static EntryType, values: &Values) -> Vec<FieldError> {
    let floor = i64::try_from(FLOOR).unwrap_or(i64::MAX);
    let few = |count: i64| (1..floor).contains(&count);
    let wrong = |name: &str, why: ProgrammeProblem| entry_type.wrong(name, why.into());
    let error = |name: &str| wrong(name, ProgrammeProblem::Few);
    let number = |name: &str| values.number(name).unwrap_or_default();
    match entry_type.name {
        name if name == FIGURES.name => {
            let found = TALLY.iter().filter(|name| few(number(name)));
            let mut errors: Vec<FieldError> = found.filter_map(|name| error(name)).collect();
            if let Some(selected) = values.number(SELECTED) {
                let more = TALLY.iter().filter(|name| number(name) > selected);
                errors.extend(
                    more.filter_map(|name| wrong(name, ProgrammeProblem::MoreThanSelected)),
                );
            }
            errors
        }
        name if name == PLACEMENT.name && few(number(PLACED)) => {
            error(PLACED).into_iter().collect()
        }
        name if name == EVALUATION.name => {
            let asked = QUESTIONS.iter();
            let found =
                asked.filter(|question| few(question.counts.iter().map(|n| number(n)).sum()));
            found
                .filter_map(|question| wrong(question.counts[0], ProgrammeProblem::FewAnswers))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The services that an entry asks, invites or hands something over to.
pub(crate) fn brought_in(entry_type: &EntryType, values: &Values) -> Vec<ServiceName> {
    let brings = |bind: Bind| matches!(bind, Bind::AskOf | Bind::Invite | Bind::HandOver);
    let named = entry_type.fields.iter().filter(|field| brings(field.bind));
    let named = named.filter_map(|field| values.values.get(field.name));
    let texts = named.flat_map(|value| match value {
        Value::Text(text) => vec![text.as_str()],
        Value::List(all) => all.iter().map(String::as_str).collect(),
        Value::Number(_) | Value::Flag(_) => Vec::new(),
    });
    texts.filter_map(|text| text.parse().ok()).collect()
}

impl App {
    /// A version with the clauses that both sides agree on now, which nobody types; figures and evaluations of a training of imams in whole
    /// tens.
    pub(crate) fn with_clauses(
        &self,
        actor: &Actor,
        mut recording: Recording,
    ) -> Result<Recording> {
        let Some(dossier) = recording.dossier else {
            return Ok(recording);
        };
        if recording.entry_type == VERSION.name {
            let read = |tx: &dyn Read| self.programme_of(tx, actor, dossier);
            let view = self.inner.store.view("programme", read)?;
            refuse_unclear(&VERSION, &view)?;
            if view.agreed.is_empty() {
                let error = VERSION.wrong("text", ProgrammeProblem::NoClause.into());
                return Err(AppError::Fields(error.into_iter().collect()));
            }
            let ids: Vec<String> = view.agreed.iter().map(ToString::to_string).collect();
            let content = json!({"clauses": ids, "digest": digest(&view.agreed)});
            let content = Value::Text(content.to_string());
            recording.values.values.insert(CONTENT.to_owned(), content);
        }
        if [FIGURES.name, EVALUATION.name, PLACEMENT.name].contains(&recording.entry_type.as_str())
        {
            let row = self.inner.store.view("kind", |tx| tx.dossier(dossier))?;
            if row.is_some_and(|row| row.kind == IMAMS) {
                // As they were typed: rounded down, more than were selected would look like as many.
                let entry_type = self.entry_type_of(&recording)?;
                let wrong = unsaid(entry_type, &recording.values);
                if !wrong.is_empty() {
                    return Err(AppError::Fields(wrong));
                }
                in_tens(&mut recording.values);
            }
        }
        Ok(recording)
    }

    /// Refuses a clause that takes the place of none that was accepted here, a signature of other clauses than those that stand, and to bring into force what not everybody signed.
    pub(crate) fn refuse_strange_programme(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
        (entry_type, target): (&EntryType, Option<&Obligation>),
        values: &Values,
    ) -> Result<()> {
        self.refuse_too_early(tx, actor, entry_type, values)?;
        if let Some(replaced) = named(values, REPLACES).filter(|_| proposes_clause(entry_type.name))
        {
            let view = self.programme_of(tx, actor, row.id)?;
            let clause = view.clause(replaced);
            return match clause.is_some_and(|one| one.standing == Standing::Accepted) {
                true => Ok(()),
                false => Err(AppError::field(entry_type, REPLACES, Problem::NotInList)),
            };
        }
        if entry_type.name == SIGN.name {
            let view = self.programme_of(tx, actor, row.id)?;
            refuse_unclear(entry_type, &view)?;
            let asked = target.map(|target| target.ask.id.entry);
            let version = view.versions.iter().find(|v| Some(v.said.entry) == asked);
            let stands = version.is_some_and(|v| v.sound && v.clauses == view.agreed);
            return match stands {
                true => Ok(()),
                false => Err(ComposeError::Target.into()),
            };
        }
        if entry_type.name == TO_FORCE.name {
            let view = self.programme_of(tx, actor, row.id)?;
            let signed = view
                .versions
                .iter()
                .any(|v| v.state == AgreementState::Signed);
            if !signed {
                let error = entry_type.wrong("text", ProgrammeProblem::NotSigned.into());
                return Err(AppError::Fields(error.into_iter().collect()));
            }
        }
        Ok(())
    }

    /// Refuses figures and an evaluation of a cohort of the other side, which counts it itself, and of one that has not begun; how many are selected is known before.
    fn refuse_too_early(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        values: &Values,
    ) -> Result<()> {
        let counted = TALLY.iter().filter(|name| **name != SELECTED);
        let told = counted
            .into_iter()
            .any(|name| values.number(name).is_some_and(|n| n > 0));
        if ![FIGURES.name, EVALUATION.name].contains(&entry_type.name) {
            return Ok(());
        }
        let awaits = told || entry_type.name == EVALUATION.name;
        let row = named(values, OF)
            .map(|id| tx.entry(id))
            .transpose()?
            .flatten();
        let Some(row) = row.filter(|row| row.kind == COHORT.name) else {
            return Ok(());
        };
        let ours = regular(&row).is_some_and(|header| header.node() == self.inner.me);
        if !ours {
            return Err(AppError::field(
                entry_type,
                OF,
                ProgrammeProblem::NotOurs.into(),
            ));
        }
        let cohort = self.read_by(tx, actor, &row)?;
        let begins = cohort.as_ref().and_then(|values| values.text(BEGINS));
        let begins = begins.and_then(|day| Instant::parse(&format!("{day}T00:00:00Z")));
        match awaits && begins.is_some_and(|begins| begins > self.now()) {
            true => Err(AppError::field(
                entry_type,
                OF,
                ProgrammeProblem::NotBegun.into(),
            )),
            false => Ok(()),
        }
    }

    /// Refuses to make a service of ours a member of a training of imams if any of its officers works in justice and security, whatever
    /// policies say. What the services of others do is theirs to know: their own floor bars them.
    pub(crate) fn refuse_security(
        &self,
        tx: &dyn Read,
        kind: &Kind,
        members: &[ServiceName],
    ) -> Result<()> {
        if !keeps_security_out(kind.name) {
            return Ok(());
        }
        for officer in tx.officers()?.iter().filter(|officer| officer.active) {
            let roles: Roles = crate::people::roles_of(officer).into_iter().collect();
            let services = names::<ServiceName>(&officer.services);
            if is_of_security(roles) && services.iter().any(|own| members.contains(own)) {
                return Err(InputFault::TrainsImams.into());
            }
        }
        Ok(())
    }

    /// Refuses to make an officer one who investigates or analyses in a service of ours that takes part in a training of imams by an act of our
    /// own: whoever administers gives neither the role nor the service. What was so before stays, and what another node brings us into by itself
    /// hinders nobody: there the floor alone bars.
    pub(crate) fn refuse_among_trainers(
        &self,
        tx: &dyn Read,
        (before, after): (Option<&OfficerRow>, &OfficerRow),
    ) -> Result<()> {
        let had = before.map(works_in_security).unwrap_or_default();
        let services: Vec<ServiceName> = works_in_security(after)
            .into_iter()
            .filter(|service| !had.contains(service))
            .collect();
        if services.is_empty() {
            return Ok(());
        }
        let trains = all_dossiers(
            tx,
            DossierFilter {
                kind: Some(IMAMS.to_owned()),
                services,
                ..DossierFilter::default()
            },
        )?;
        for row in trains.iter().filter(|row| row.phase != Phase::Closed) {
            if self.took_part(tx, row)? {
                return Err(InputFault::TrainsImams.into());
            }
        }
        Ok(())
    }

    /// Whether our side wrote in a dossier.
    fn took_part(&self, tx: &dyn Read, row: &DossierRow) -> Result<bool> {
        let own = row.convenor == self.inner.me;
        if own {
            return Ok(true);
        }
        let found = by_pages(tx, row.id, |rows| {
            let mut headers = rows.iter().filter_map(regular);
            Ok(match headers.any(|header| header.node() == self.inner.me) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        })?;
        Ok(found.is_some())
    }
}

/// The services in which an officer investigates or analyses.
fn works_in_security(officer: &OfficerRow) -> Vec<ServiceName> {
    let roles: Roles = crate::people::roles_of(officer).into_iter().collect();
    match officer.active && is_of_security(roles) {
        true => names::<ServiceName>(&officer.services),
        false => Vec::new(),
    }
}

/// Refuses to compose or sign a version while what stands cannot be told.
fn refuse_unclear(entry_type: &EntryType, view: &ProgrammeView) -> Result<()> {
    match view.unclear {
        Some(problem) => Err(AppError::field(entry_type, "text", problem)),
        None => Ok(()),
    }
}

/// Counts as they may be shown, whatever program wrote them: of few nothing, of imams whole tens.
pub(crate) fn heard(imams: bool, entry_type: &str, values: &mut Values) {
    let floor = i64::try_from(FLOOR).unwrap_or(1);
    let few =
        |values: &Values, name: &str| values.number(name).is_some_and(|n| (1..floor).contains(&n));
    if [FIGURES.name, PLACEMENT.name].contains(&entry_type) {
        for name in TALLY.into_iter().chain([PLACED]) {
            if few(values, name) {
                values.values.remove(name);
            }
        }
    } else if entry_type == EVALUATION.name {
        for question in QUESTIONS {
            let counts = question.counts.iter();
            let all: i64 = counts.clone().filter_map(|name| values.number(name)).sum();
            if all < floor {
                counts.for_each(|name| drop(values.values.remove(*name)));
            }
        }
    } else {
        return;
    }
    if imams {
        in_tens(values);
    }
}

/// Figures rounded down to whole tens, and counts of answers too, of which few are left blank: which cohort lost one or two is nobody else's
/// to see, and neither is it by how many answered.
fn in_tens(values: &mut Values) {
    let floor = i64::try_from(FLOOR).unwrap_or(1);
    for name in TALLY.into_iter().chain([PLACED]) {
        if let Some(count) = values.number(name).filter(|count| *count >= floor) {
            let whole = Value::Number(count - count % floor);
            values.values.insert(name.to_owned(), whole);
        }
    }
    for question in QUESTIONS {
        let counts = question.counts.map(|name| values.number(name));
        // Answers of few are refused as such.
        if counts.iter().flatten().sum::<i64>() < floor {
            continue;
        }
        for (name, count) in question.counts.into_iter().zip(counts) {
            match count.filter(|count| *count >= floor) {
                Some(count) => {
                    let whole = Value::Number(count - count % floor);
                    values.values.insert(name.to_owned(), whole)
                }
                None => values.values.remove(name),
            };
        }
    }
}
