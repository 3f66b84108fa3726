//! A programme: how each clause stands, what was signed, its cohorts in numbers. Who accepted and signed follows from obligations and the types of
//! the entries that answered them; the words, the numbers and what took another's place are in bodies, so that both nodes compute the same where
//! they read the same, and where one cannot it says so and signs nothing.

use super::Showing;
use super::declaration::status;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::{AppError, Result};
use crate::evidenced::{TAKES_PLACE, commitment_of};
use crate::programme::{digest, heard, held};
use crate::things::named;
use crate::views::{
    AgreementSignature, AgreementState, ClauseView, CohortView, CommitmentView, FollowUpView,
    JudgedLater, ObligationView, ProgrammeVersion, ProgrammeView, Said,
};
use crate::{Actor, App};
use entente_core::field::{Problem, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::{Instant, Span};
use entente_core::kinds::programme::clauses::{
    Answer, Clause, Standing, agreed, followed, holds_only_accepted, standing, twice_numbered,
};
use entente_core::kinds::programme::{
    ACCEPT, ATTENDANCE, CERTIFIED, CLAUSE, COHORT, COST, COUNTER, ENDS, EVALUATION, FIGURES,
    FOLLOW_UP, FOLLOWED, IMAMS, LATER, NUMBER, OF, OPEN, OPEN_IMAMS, PARTICIPANT, PLACEMENT,
    PRESENT, REPLACES, RESULT, REVIEW, SELECTION, SESSION, SIGN, STUDIED, TO_FORCE, UNIVERSITY,
    VERSION, WHEN, WITHDREW, is_of_programme, is_programme, proposes_clause,
};
use entente_core::obligation::State;
use entente_store::{EntryRow, Read, StoreExt};
use std::collections::BTreeSet;

/// The types that a programme is told from.
const TOLD: [&str; 22] = [
    STUDIED.name,
    OPEN.name,
    OPEN_IMAMS.name,
    CLAUSE.name,
    COUNTER.name,
    VERSION.name,
    COHORT.name,
    SESSION.name,
    PARTICIPANT.name,
    ATTENDANCE.name,
    CERTIFIED.name,
    WITHDREW.name,
    FIGURES.name,
    EVALUATION.name,
    COST.name,
    RESULT.name,
    REVIEW.name,
    SELECTION.name,
    UNIVERSITY.name,
    PLACEMENT.name,
    FOLLOW_UP.name,
    FOLLOWED.name,
];

/// Days after the end of a cohort from which and until which those who took part are asked again.
const AFTER: [i64; 2] = [91, 183];

/// An entry of a programme with what it says and asks.
struct Told {
    said: Said,
    header: Header,
    asks: Vec<ObligationView>,
}

impl Told {
    fn is(&self, name: &str) -> bool {
        self.said.kind == name
    }
    fn names(&self, field: &str) -> Option<EntryId> {
        named(self.said.values.as_ref()?, field)
    }
    fn is_of(&self, name: &str, of: EntryId) -> bool {
        self.is(name) && self.names(OF) == Some(of)
    }
}

impl App {
    /// What the form of another text of a clause starts from: the clause whose place it takes, as far as one may read it.
    pub(super) fn clause_to_change(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[EntryId]),
    ) -> Result<Values> {
        let row = chosen.first().map(|id| tx.entry(*id)).transpose()?;
        let of = |row: &EntryRow| row.dossier == dossier && proposes_clause(&row.kind);
        let Some(row) = row.flatten().filter(of) else {
            return Ok(Values::default());
        };
        let mut values = self.read_by(tx, actor, &row)?.unwrap_or_default();
        values.values.remove(crate::files::FILES);
        let replaces = Value::Text(row.id.to_string());
        values.values.insert(REPLACES.to_owned(), replaces);
        Ok(values)
    }

    /// A programme.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of another kind.
    pub fn programme(&self, actor: &Actor, dossier: DossierId) -> Result<ProgrammeView> {
        let why = self.looks_into(actor, dossier)?;
        let read = |tx: &dyn Read| self.programme_of(tx, actor, dossier);
        let view = self.inner.store.view("programme", read)?;
        let declarations = view.commitments.iter().map(|one| one.dossier);
        let record = AccessRecord::by(actor, Operation::Consult, "programme");
        self.noted(record.within(dossier, why).drawing_on(declarations))?;
        Ok(view)
    }

    pub(crate) fn programme_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<ProgrammeView> {
        let row = self.visible(tx, actor, dossier)?;
        if !is_programme(&row.kind) {
            return Err(AppError::NotFound);
        }
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let told = self.told_in(tx, actor, &mut showing, dossier)?;
        let clauses = clauses(tx, &told)?;
        let facts: Vec<Clause> = clauses.iter().map(|(fact, _)| fact.clone()).collect();
        let opened = told.iter().find(|one| one.said.kind.ends_with(".open"));
        let all = |types: &[&str]| -> Vec<Said> {
            let found = told
                .iter()
                .filter(|one| types.contains(&one.said.kind.as_str()));
            found.map(|one| one.said.clone()).collect()
        };
        let versions = versions(tx, &told, &facts)?;
        let signed = versions
            .iter()
            .any(|one| one.state == AgreementState::Signed);
        Ok(ProgrammeView {
            dossier: line,
            study: opened.map(|one| one.asks.clone()).unwrap_or_default(),
            opened: opened.map(|one| one.said.clone()),
            commitments: self.commitments(tx, actor, &mut showing, &told)?,
            agreed: agreed(&facts),
            unclear: unclear(tx, &clauses, &facts)?,
            versions,
            studies: all(&[STUDIED.name]),
            clauses: clauses.into_iter().map(|(_, view)| view).collect(),
            cohorts: cohorts(&told, self.now()),
            follow_ups: follow_ups(tx, &told)?,
            costs: all(&[COST.name]),
            results: all(&[RESULT.name, REVIEW.name]),
            forms: self.writable(actor, &row, |entry| {
                let forced = entry.name != TO_FORCE.name || signed;
                is_of_programme(entry.name) && !entry.on_obligation() && forced
            }),
        })
    }

    fn told_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Vec<Told>> {
        let imams = tx.dossier(dossier)?.is_some_and(|row| row.kind == IMAMS);
        let rows = all_with_words(tx, dossier, &TOLD)?;
        let mut out = Vec::new();
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            let mut said = self.told_by(tx, actor, (&row, &header))?;
            if let Some(values) = &mut said.values {
                heard(imams, &row.kind, values);
            }
            out.push(Told {
                asks: showing.asked_by(actor, (row.id, &header))?,
                said,
                header,
            });
        }
        Ok(out)
    }

    /// What an entry says and who said it, as far as the reader may read it.
    pub(super) fn told_by(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Said> {
        Ok(Said {
            entry: row.id,
            kind: row.kind.clone(),
            by: header.author.service.clone(),
            at: header.at,
            values: self.read_by(tx, actor, row)?,
            printed: self.prints(tx, actor, row)?,
        })
    }

    /// The commitments that the opening and the results name, as far as the reader belongs to their declarations.
    fn commitments(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        told: &[Told],
    ) -> Result<Vec<CommitmentView>> {
        let named = |one: &Told| commitment_of(one.said.values.as_ref()?);
        let named: BTreeSet<(DossierId, EntryId)> = told.iter().filter_map(named).collect();
        let mut out = Vec::new();
        for (dossier, entry) in named {
            if self.unasked(tx, actor, dossier)?.is_none() {
                continue;
            }
            let row = tx.entry(entry)?.filter(|row| row.dossier == dossier);
            let Some((row, header)) = row
                .and_then(|row| Some((regular(&row)?, row)))
                .map(|(h, r)| (r, h))
            else {
                continue;
            };
            let asks = showing.asked_by(actor, (entry, &header))?;
            out.push(CommitmentView {
                dossier,
                entry,
                words: self.promise(tx, actor, &row)?,
                status: status(&asks),
                asks,
            });
        }
        Ok(out)
    }
}

/// What an ask came to, by the type of the entry that answered it.
fn answer(tx: &dyn Read, ask: &ObligationView, agrees: &str) -> Result<Answer> {
    if ask.state.is_open() {
        return Ok(Answer::Open);
    }
    let by = ask.answered_by.filter(|_| ask.state == State::Answered);
    let row = by.map(|id| tx.entry(id)).transpose()?.flatten();
    Ok(match row.filter(|row| regular(row).is_some()) {
        Some(row) if row.kind == agrees => Answer::Agreed,
        Some(row) if row.kind == COUNTER.name => Answer::Countered,
        _ => Answer::Otherwise,
    })
}

fn clauses(tx: &dyn Read, told: &[Told]) -> Result<Vec<(Clause, ClauseView)>> {
    let mut out = Vec::new();
    for one in told.iter().filter(|one| proposes_clause(&one.said.kind)) {
        let answers = one.asks.iter().map(|ask| answer(tx, ask, ACCEPT.name));
        let answers: Vec<Answer> = answers.collect::<Result<_>>()?;
        let view = ClauseView {
            said: one.said.clone(),
            standing: standing(&answers),
            asks: one.asks.clone(),
        };
        let fact = Clause {
            entry: one.said.entry,
            number: one.said.values.as_ref().and_then(|v| v.number(NUMBER)),
            replaces: match one.said.values {
                Some(_) => one.names(REPLACES),
                None => replaced_by(tx, one.said.entry)?.flatten(),
            },
            answers,
        };
        out.push((fact, view));
    }
    Ok(out)
}

/// Whose place a clause took, as it was noted when it came: none, or that it was never read here.
fn replaced_by(tx: &dyn Read, clause: EntryId) -> Result<Option<Option<EntryId>>> {
    let noted = tx.relations(clause)?.into_iter();
    let mut own = noted.filter(|tie| tie.relation == TAKES_PLACE && tie.entry == clause);
    Ok(own
        .next()
        .map(|tie| Some(tie.to).filter(|to| *to != clause)))
}

/// What bars saying which clauses stand: one whose place it took is not known while an accepted clause cannot be read.
fn unclear(
    tx: &dyn Read,
    clauses: &[(Clause, ClauseView)],
    facts: &[Clause],
) -> Result<Option<Problem>> {
    // Whose place another accepted clause took says nothing any more, so both go on after one was erased; but whose place it took itself must be
    // known from when it could be read.
    let followed = followed(facts);
    let unread = clauses.iter().map(|(_, view)| view);
    let unread =
        unread.filter(|one| one.standing == Standing::Accepted && one.said.values.is_none());
    for one in unread {
        let entry = one.said.entry;
        if !followed.contains(&entry) || replaced_by(tx, entry)?.is_none() {
            return Ok(Some(Problem::UnreadClause));
        }
    }
    Ok(twice_numbered(facts).then_some(Problem::TwiceNumbered))
}

fn versions(tx: &dyn Read, told: &[Told], clauses: &[Clause]) -> Result<Vec<ProgrammeVersion>> {
    let proposed = told.iter().filter(|one| one.is(VERSION.name));
    proposed.map(|one| version(tx, one, clauses)).collect()
}

fn version(tx: &dyn Read, one: &Told, known: &[Clause]) -> Result<ProgrammeVersion> {
    let mut signatures = vec![AgreementSignature {
        entry: one.said.entry,
        service: one.said.by.clone(),
        at: one.said.at,
    }];
    for ask in &one.asks {
        let signs = answer(tx, ask, SIGN.name)? == Answer::Agreed;
        let row = ask.answered_by.filter(|_| signs).map(|id| tx.entry(id));
        let row = row.transpose()?.flatten();
        if let Some((row, header)) = row.and_then(|row| regular(&row).map(|header| (row, header))) {
            signatures.push(AgreementSignature {
                entry: row.id,
                service: header.author.service,
                at: header.at,
            });
        }
    }
    let clauses = one.said.values.as_ref().and_then(held).unwrap_or_default();
    let sound = holds_only_accepted(&clauses, known);
    let signed_by = |node: &NodeName| signatures.iter().any(|s| s.service.node() == *node);
    let all = one.header.audience.len() > 1 && one.header.audience.iter().all(signed_by);
    let open = one.asks.iter().any(|ask| ask.state.is_open());
    Ok(ProgrammeVersion {
        said: one.said.clone(),
        state: match (sound && all, sound && open) {
            (true, _) => AgreementState::Signed,
            (_, true) => AgreementState::Proposed,
            _ if one.said.values.is_none() => AgreementState::Unread,
            _ => AgreementState::NotAgreed,
        },
        digest: sound.then(|| digest(&clauses)),
        clauses,
        sound,
        signatures,
        asks: one.asks.clone(),
    })
}

/// What was asked to be followed up, the last first, each with what was reported. What answered it otherwise is no report.
fn follow_ups(tx: &dyn Read, told: &[Told]) -> Result<Vec<FollowUpView>> {
    let mut out = Vec::new();
    for one in told.iter().rev().filter(|one| one.is(FOLLOW_UP.name)) {
        let mut reports = Vec::new();
        for ask in &one.asks {
            if answer(tx, ask, FOLLOWED.name)? == Answer::Agreed {
                let by = |other: &&Told| Some(other.said.entry) == ask.answered_by;
                reports.extend(told.iter().find(by).map(|other| other.said.clone()));
            }
        }
        out.push(FollowUpView {
            said: one.said.clone(),
            asks: one.asks.clone(),
            reports,
        });
    }
    Ok(out)
}

fn cohorts(told: &[Told], now: Instant) -> Vec<CohortView> {
    let opened = told.iter().filter(|one| one.is(COHORT.name));
    opened.map(|one| cohort(told, one, now)).collect()
}

/// A cohort with what was said of it. Whoever opened it counts: figures and evaluations that the other side writes of it are not its.
fn cohort(told: &[Told], one: &Told, now: Instant) -> CohortView {
    let side = one.said.by.node();
    let of = |name: &'static str| {
        let found = told
            .iter()
            .filter(move |other| other.is_of(name, one.said.entry));
        found.map(|other| other.said.clone())
    };
    let counted = |name: &'static str| of(name).filter(|said| said.by.node() == side);
    let arranged = |name: &'static str| of(name).collect::<Vec<_>>();
    let evaluations: Vec<Said> = counted(EVALUATION.name).collect();
    let sessions: Vec<Said> = of(SESSION.name).collect();
    CohortView {
        said: one.said.clone(),
        here: here(told, one.said.entry, &sessions),
        sessions,
        selections: arranged(SELECTION.name),
        universities: arranged(UNIVERSITY.name),
        placements: arranged(PLACEMENT.name),
        figures: counted(FIGURES.name).next_back(),
        later: judged_later(one, &evaluations, now),
        evaluations,
    }
}

/// When those who took part are asked again: three to six months after the end, until that was done.
fn judged_later(one: &Told, evaluations: &[Said], now: Instant) -> Option<JudgedLater> {
    let is_later = |said: &&Said| {
        let values = said.values.as_ref();
        values.and_then(|values| values.text(WHEN)) == Some(LATER)
    };
    if evaluations.iter().any(|said| is_later(&said)) {
        return None;
    }
    let ends = one.said.values.as_ref()?.text(ENDS)?;
    let ends = Instant::parse(&format!("{ends}T00:00:00Z"))?;
    let (from, until) = (ends + Span::days(AFTER[0]), ends + Span::days(AFTER[1]));
    (now >= ends).then_some(JudgedLater {
        from,
        until,
        late: now > until,
    })
}

/// What our own records of single participants count.
fn here(told: &[Told], cohort: EntryId, sessions: &[Said]) -> Option<[usize; 4]> {
    let enrolled = told
        .iter()
        .filter(|one| one.is_of(PARTICIPANT.name, cohort));
    let enrolled: BTreeSet<EntryId> = enrolled.map(|one| one.said.entry).collect();
    let ticked = |of: &dyn Fn(&Told) -> bool| -> usize {
        let lists = told.iter().filter(|one| of(one));
        let lists = lists.filter_map(|one| one.said.values.as_ref());
        let ids = lists.flat_map(|values| values.list(PRESENT).to_vec());
        let ids: BTreeSet<EntryId> = ids.filter_map(|id| id.parse().ok()).collect();
        ids.intersection(&enrolled).count()
    };
    let at_session = |one: &Told| {
        let of = one.names(OF);
        one.is(ATTENDANCE.name) && sessions.iter().any(|session| Some(session.entry) == of)
    };
    let left = |id: &&EntryId| told.iter().any(|one| one.is_of(WITHDREW.name, **id));
    (!enrolled.is_empty()).then(|| {
        [
            enrolled.len(),
            ticked(&at_session),
            ticked(&|one| one.is_of(CERTIFIED.name, cohort)),
            enrolled.iter().filter(left).count(),
        ]
    })
}
