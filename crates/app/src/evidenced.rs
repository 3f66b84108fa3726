//! What answers a commitment of a declaration, and what is named as evidence that it was kept: ties between dossiers of governance, noted when
//! a body comes, so that both are found from the commitment. Whoever does not belong to a dossier that is named finds nothing of it.

use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::relations::Tie;
use crate::show::Showing;
use crate::things::named;
use crate::views::{AgreementState, DossierLine, Evidence, EvidenceView, ProgrammeView};
use crate::{Actor, App};
use entente_core::act::{Act, Config};
use entente_core::codes::Purpose;
use entente_core::field::{Bind, Problem, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::Verdict;
use entente_core::kind::EntryType;
use entente_core::kinds::declaration::{self, CLAIM, EVIDENCE, evidence};
use entente_core::kinds::programme::{
    COHORT, COMMITMENT, OPEN, OPEN_IMAMS, REPLACES, RESULT, VERSION, is_programme, proposes_clause,
};
use entente_store::{DossierRow, EntryRow, Read, RelationRow, Write};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

const ANSWERS: u8 = Tie::Answers.number();
const PROVES: u8 = Tie::Proves.number();
/// See [`Tie::TakesPlace`].
pub(crate) const TAKES_PLACE: u8 = Tie::TakesPlace.number();
/// Most ties that are noted of one end: what is claimed of a commitment is one side's word each, of which few are needed.
const MOST_NOTED: usize = 2_000;
/// Most ties of one commitment that are looked at.
const MOST_SEEN: usize = 500;
/// Most programmes, and most pieces of evidence, that are told of one commitment: a partner could write without end.
const MOST_TOLD: usize = 50;

/// The types of a programme that may name a commitment.
const NAMING: [&str; 3] = [OPEN.name, OPEN_IMAMS.name, RESULT.name];

/// The commitment that an opening or a result names.
pub(crate) fn commitment_of(values: &Values) -> Option<(DossierId, EntryId)> {
    evidence::reference(values.text(COMMITMENT)?.trim())
}

/// The commitments that a claim says were kept.
fn claimed(header: &Header) -> BTreeSet<EntryId> {
    let acts = header.acts.known.iter();
    let on = acts.filter_map(|act| match act {
        Act::On { obligation, .. } => Some(obligation.entry),
        _ => None,
    });
    on.collect()
}

/// Programmes that were read to tell how evidence stands; none for who does not belong to them.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<DossierId, Option<ProgrammeView>>);

impl App {
    /// Notes which commitment an opening or a result of a programme answers, and what a claim names as evidence.
    pub(crate) fn came_of_commitment(
        &self,
        tx: &mut dyn Write,
        (row, header): (&EntryRow, &Header),
        values: Option<&Values>,
    ) -> Result<()> {
        let Some(values) = values else {
            return Ok(());
        };
        // What breaks the rules ties nothing. What waits may turn out to: it is asked again where it is told.
        let verdict = Verdict::from_number(row.verdict);
        if matches!(verdict, Verdict::Irregular(_)) {
            return Ok(());
        }
        if proposes_clause(&row.kind) {
            // Which clauses stand must be told alike after this one is erased.
            let replaced = named(values, REPLACES).unwrap_or(row.id);
            return tied(tx, row.id, (row.id, replaced, row.dossier), TAKES_PLACE);
        }
        if NAMING.contains(&row.kind.as_str()) {
            let Some((dossier, commitment)) = commitment_of(values) else {
                return Ok(());
            };
            // Once for a programme, however often it names the commitment.
            let opening = row.dossier.opening();
            let known = tx.relations(opening)?;
            let twice = |tie: &RelationRow| (tie.relation, tie.to) == (ANSWERS, commitment);
            return match known.iter().any(twice) {
                true => Ok(()),
                false => tied(tx, row.id, (opening, commitment, dossier), ANSWERS),
            };
        }
        if row.kind != CLAIM.name {
            return Ok(());
        }
        let named = evidence::named(values.text(EVIDENCE).unwrap_or_default());
        for commitment in claimed(header) {
            for (dossier, entry) in &named {
                tied(tx, row.id, (commitment, *entry, *dossier), PROVES)?;
            }
        }
        Ok(())
    }

    /// The programmes that answer a commitment, as far as the actor belongs to them.
    pub(crate) fn answering(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (commitment, relations): (EntryId, &[RelationRow]),
    ) -> Result<(Vec<DossierLine>, bool)> {
        let mut out: Vec<DossierLine> = Vec::new();
        let ties = relations.iter();
        let ties = ties.filter(|tie| tie.relation == ANSWERS && tie.to == commitment);
        for (seen, tie) in ties.enumerate() {
            if seen == MOST_SEEN {
                return Ok((out, true));
            }
            let row = tx.entry(tie.entry)?;
            let row =
                row.filter(|row| NAMING.contains(&row.kind.as_str()) && regular(row).is_some());
            let Some(row) = row.filter(|row| out.iter().all(|line| line.id != row.dossier)) else {
                continue;
            };
            if let Some(dossier) = self.draws_on(tx, actor, row.dossier)? {
                if out.len() == MOST_TOLD {
                    return Ok((out, true));
                }
                out.extend(showing.line(&dossier)?);
            }
        }
        Ok((out, false))
    }

    /// What claims name as evidence that a commitment of a declaration was kept, and how it stands now.
    pub(crate) fn evidence_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (declaration, commitment, relations): (DossierId, EntryId, &[RelationRow]),
        known: &mut Known,
    ) -> Result<(Vec<EvidenceView>, bool)> {
        let mut out = Vec::new();
        let ties = relations.iter();
        let ties = ties.filter(|tie| tie.relation == PROVES && tie.from == commitment);
        for (seen, tie) in ties.enumerate() {
            if seen == MOST_SEEN {
                return Ok((out, true));
            }
            let claim = tx.entry(tie.entry)?;
            let claim = claim.filter(|row| row.dossier == declaration && row.kind == CLAIM.name);
            let Some(header) = claim.as_ref().and_then(regular) else {
                continue;
            };
            let named = (tie.to_dossier, tie.to);
            if let Some((dossier, what)) = self.stands_as(tx, actor, named, known)? {
                if out.len() == MOST_TOLD {
                    return Ok((out, true));
                }
                out.push(EvidenceView {
                    claim: tie.entry,
                    by: header.author.service,
                    dossier,
                    entry: tie.to,
                    what,
                });
            }
        }
        Ok((out, false))
    }

    /// A dossier from which something of a commitment may be told: one of governance that the actor belongs to and is asked no reason for. What a
    /// partner names is not taken at its word.
    fn draws_on(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Option<DossierRow>> {
        let row = self.unasked(tx, actor, dossier)?;
        Ok(row.filter(|row| row.purpose == Purpose::Governance))
    }

    /// How an entry that is named as evidence stands: nothing for who does not belong to its dossier, and for what is not there.
    fn stands_as(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, entry): (DossierId, EntryId),
        known: &mut Known,
    ) -> Result<Option<(DossierLine, Evidence)>> {
        let Some(row) = self.draws_on(tx, actor, dossier)? else {
            return Ok(None);
        };
        let here = tx.entry(entry)?.filter(|row| row.dossier == dossier);
        let Some(named) = here.filter(|row| regular(row).is_some()) else {
            return Ok(None);
        };
        if is_programme(&row.kind) {
            let view = self.known_programme(tx, actor, dossier, known)?;
            let what = view.map(|view| (view.dossier.clone(), said_by(view, &named)));
            return Ok(what);
        }
        let line = Showing::new(self, tx).line(&row)?;
        Ok(line.map(|line| (line, Evidence::Other(named.kind))))
    }

    fn known_programme<'k>(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        known: &'k mut Known,
    ) -> Result<Option<&'k ProgrammeView>> {
        if let Entry::Vacant(vacant) = known.0.entry(dossier) {
            vacant.insert(match self.programme_of(tx, actor, dossier) {
                Ok(view) => Some(view),
                Err(AppError::NotFound) => None,
                Err(other) => return Err(other),
            });
        }
        Ok(known.0.get(&dossier).and_then(Option::as_ref))
    }

    /// Refuses a claim that names as evidence what the other side does not hold, what is of no dossier of governance, or an agreement that
    /// not everybody signed.
    pub(crate) fn refuse_strange_evidence(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, config): (&EntryType, &Config),
        values: &Values,
    ) -> Result<()> {
        if entry_type.name != CLAIM.name {
            return Ok(());
        }
        let mut known = Known::default();
        for named in evidence::named(values.text(EVIDENCE).unwrap_or_default()) {
            let shared = self.held_by_all(tx, actor, named, config)?;
            let stands = match shared {
                true => self.stands_as(tx, actor, named, &mut known)?,
                false => None,
            };
            let holds = stands.is_some_and(|(_, what)| what.holds());
            if !holds {
                return Err(AppError::field(entry_type, EVIDENCE, Problem::NotInList));
            }
        }
        Ok(())
    }

    /// Refuses to tie a point to one of another dossier that not every state here holds, or that is no point: its identifiers would tell them of it.
    pub(crate) fn refuse_strange_tie(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, own, config): (&EntryType, DossierId, &Config),
        values: &Values,
    ) -> Result<()> {
        let field = entry_type.field(Bind::RelateTo);
        let Some((field, text)) = field.and_then(|f| Some((f.name, values.text(f.name)?))) else {
            return Ok(());
        };
        let refused = || AppError::field(entry_type, field, Problem::NotInList);
        let named = evidence::reference(text.trim()).ok_or_else(refused)?;
        if named.0 == own {
            return Ok(());
        }
        let point = tx.entry(named.1)?;
        let point = point.is_some_and(|row| declaration::is_point(&row.kind));
        match point && self.held_by_all(tx, actor, named, config)? {
            true => Ok(()),
            false => Err(refused()),
        }
    }

    /// Whether an entry is of a dossier of governance that the actor belongs to, may be read by them, and is held by every state here.
    pub(crate) fn held_by_all(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, entry): (DossierId, EntryId),
        config: &Config,
    ) -> Result<bool> {
        let row = self.seen_by(tx, actor, dossier)?;
        if row.is_none_or(|row| row.purpose != Purpose::Governance) {
            return Ok(false);
        }
        let Some(row) = tx.entry(entry)?.filter(|row| row.dossier == dossier) else {
            return Ok(false);
        };
        let Some(header) = regular(&row) else {
            return Ok(false);
        };
        let all = config.nodes();
        Ok(all.iter().all(|node| header.audience.contains(node))
            && self.may_with(tx, actor, Action::Read, &row)?)
    }

    /// Refuses an opening or a result of a programme that names what is no point of a declaration which its author belongs to.
    pub(crate) fn refuse_strange_commitment(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        values: &Values,
    ) -> Result<()> {
        let named = NAMING.contains(&entry_type.name) && values.text(COMMITMENT).is_some();
        if !named {
            return Ok(());
        }
        let found = match commitment_of(values) {
            Some((dossier, entry)) => {
                let seen = self.seen_by(tx, actor, dossier)?.is_some();
                let row = tx
                    .entry(entry)?
                    .filter(|row| seen && row.dossier == dossier);
                row.filter(|row| declaration::is_point(&row.kind) && regular(row).is_some())
            }
            None => None,
        };
        match found {
            Some(_) => Ok(()),
            None => Err(AppError::field(entry_type, COMMITMENT, Problem::NotInList)),
        }
    }
}

/// Notes a tie once.
fn tied(
    tx: &mut dyn Write,
    entry: EntryId,
    (from, to, to_dossier): (EntryId, EntryId, DossierId),
    relation: u8,
) -> Result<()> {
    let all = tx.relations(from)?;
    let twice = |tie: &RelationRow| (tie.entry, tie.from, tie.to) == (entry, from, to);
    if all.len() >= MOST_NOTED || all.iter().any(twice) {
        return Ok(());
    }
    tx.insert_relation(&RelationRow {
        entry,
        from,
        to,
        to_dossier,
        relation,
    })?;
    Ok(())
}

/// How an entry of a programme stands.
fn said_by(view: &ProgrammeView, named: &EntryRow) -> Evidence {
    let version = view.versions.iter().find(|one| one.said.entry == named.id);
    match version {
        Some(version) => Evidence::Agreement(version.state),
        None if named.kind == VERSION.name => Evidence::Agreement(AgreementState::NotAgreed),
        None if named.kind == COHORT.name => Evidence::Cohort,
        None => Evidence::Other(named.kind.clone()),
    }
}
