//! Meetings of a series: who comes, minutes and decisions, the agenda as the ledger fills it. When a meeting is and what was said are in
//! bodies; who owes what follows from obligations.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{
    AgendaItem, DatesAnswer, Decision, Meeting, MeetingsView, Minutes, ObligationView, OnAgenda,
    ProposedDates, Standing,
};
use crate::{Actor, App};
use entente_core::cadence::Cadence;
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::meeting::{
    AMEND, APPROVE, AT, CADENCE, CANCEL, CONVENE, DATES, DECISION, HELD, INTERPRETERS, KIND,
    LANGUAGES, MINUTES, MOVES, OF, OPEN, PROPOSED, SUITS, minutes_like,
};
use entente_core::obligation::{Chase, State};
use entente_store::{DossierRow, EntryRow, ObligationFilter, Read, StoreExt};
use std::collections::BTreeMap;

/// The types that meetings are told from.
const TOLD: [&str; 9] = [
    OPEN.name,
    CONVENE.name,
    CANCEL.name,
    DATES.name,
    SUITS.name,
    MINUTES.name,
    AMEND.name,
    APPROVE.name,
    DECISION.name,
];
/// The types that are offered on their page: what answers is offered where it was asked.
const BEGINNING: [&str; 5] = [
    CONVENE.name,
    DATES.name,
    MINUTES.name,
    DECISION.name,
    CANCEL.name,
];
/// Obligations that are looked through for an agenda, of each side.
const LOOKED_AT: u32 = 200;

/// An entry of a meeting dossier with what it says, where that may be read.
struct Said {
    row: EntryRow,
    header: Header,
    values: Option<Values>,
    printed: bool,
    asks: Vec<ObligationView>,
}

impl Said {
    fn names(&self, field: &str) -> Option<EntryId> {
        named(self.values.as_ref()?, field)
    }

    fn moment(&self, field: &str) -> Option<Instant> {
        self.values.as_ref()?.moment(field)
    }

    fn by(&self) -> ServiceName {
        self.header.author.service.clone()
    }
}

impl App {
    /// The meetings of a dossier of that kind.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of another kind.
    pub fn meetings(&self, actor: &Actor, dossier: DossierId) -> Result<MeetingsView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "meetings").within(dossier, why))?;
        self.inner
            .store
            .view("meetings", |tx| self.meetings_of(tx, actor, dossier))
    }

    /// The same for paper, which leaves the house: on record as taken out.
    ///
    /// # Errors
    /// As [`App::meetings`].
    pub fn meetings_on_paper(&self, actor: &Actor, dossier: DossierId) -> Result<MeetingsView> {
        let why = self.looks_into(actor, dossier)?;
        let record = AccessRecord::by(actor, Operation::Export, "meetings_on_paper");
        self.noted(record.within(dossier, why))?;
        let of = |tx: &dyn Read| self.meetings_of(tx, actor, dossier);
        self.inner.store.view("meetings", of)
    }

    /// The meetings of a dossier alone; none where it is of another kind.
    pub(crate) fn called(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<Meeting>> {
        self.visible(tx, actor, dossier)?;
        let said = self.said_in(tx, actor, &mut Showing::new(self, tx), dossier)?;
        Ok(meetings(&said, self.now()))
    }

    fn meetings_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<MeetingsView> {
        let row = self.visible(tx, actor, dossier)?;
        if row.kind != KIND.name {
            return Err(AppError::NotFound);
        }
        let mut showing = Showing::new(self, tx);
        let view = self.series(tx, actor, &mut showing, &row)?;
        let next = view.next().and_then(|meeting| meeting.at);
        Ok(MeetingsView {
            agenda: self.agenda(tx, actor, &mut showing, next)?,
            forms: self.writable(actor, &row, |entry| BEGINNING.contains(&entry.name)),
            ..view
        })
    }

    /// A series without its agenda, which is of the whole ledger, and without what may be written.
    pub(super) fn series(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        row: &DossierRow,
    ) -> Result<MeetingsView> {
        let line = showing.line(row)?.ok_or(AppError::NotFound)?;
        let said = self.said_in(tx, actor, showing, row.id)?;
        let now = self.now();
        let meetings = meetings(&said, now);
        let opened = said.iter().find(|one| one.row.kind == OPEN.name);
        let opened = opened.and_then(|one| one.values.clone());
        let held: Vec<Instant> = meetings
            .iter()
            .filter(|meeting| matches!(meeting.standing, Standing::Minuted | Standing::Approved))
            .filter_map(held_at)
            .filter(|held| *held <= now)
            .collect();
        let target = opened.as_ref().and_then(|values| values.number(CADENCE));
        Ok(MeetingsView {
            dossier: line,
            cadence: Cadence::of(&held, target, now),
            opened,
            proposals: proposals(&said),
            decisions: decisions(&said),
            agenda: Vec::new(),
            meetings,
            forms: Vec::new(),
        })
    }

    fn said_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Vec<Said>> {
        let rows = all_with_words(tx, dossier, &TOLD)?;
        let mut out = Vec::new();
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            out.push(Said {
                asks: showing.asked_by(actor, (row.id, &header))?,
                values: self.read_by(tx, actor, &row)?,
                printed: self.prints(tx, actor, &row)?,
                row,
                header,
            });
        }
        Ok(out)
    }

    /// What the next meeting has to look at, of all that the reader may see in the ledger.
    fn agenda(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        next: Option<Instant>,
    ) -> Result<Vec<AgendaItem>> {
        let sees = self.sees(actor);
        let me = Some(self.inner.me.clone());
        let open = ObligationFilter {
            open: Some(true),
            due_before_ms: Some(next.unwrap_or_else(|| self.now()).max(self.now()).0),
            visible_to: sees.services,
            among: sees.among,
            limit: LOOKED_AT,
            ..ObligationFilter::default()
        };
        let contested = ObligationFilter {
            open: None,
            due_before_ms: None,
            contested: true,
            ..open.clone()
        };
        let mut found = BTreeMap::new();
        for base in [open, contested] {
            let owe = ObligationFilter {
                debtor_node: me.clone(),
                ..base.clone()
            };
            let owed = ObligationFilter {
                creditor_node: me.clone(),
                ..base
            };
            for filter in [owe, owed] {
                for obligation in showing.obligations(actor, &filter)? {
                    if let Some(because) = because(&obligation, next) {
                        found.insert(
                            obligation.id,
                            AgendaItem {
                                because,
                                obligation,
                                printed: false,
                            },
                        );
                    }
                }
            }
        }
        let mut agenda: Vec<AgendaItem> = found.into_values().collect();
        let mut printed = BTreeMap::new();
        for item in &mut agenda {
            let dossier = item.obligation.dossier;
            item.printed = match printed.get(&dossier) {
                Some(known) => *known,
                None => {
                    let opening = tx.entry(dossier.opening())?;
                    let may = opening
                        .map(|row| self.prints(tx, actor, &row))
                        .transpose()?;
                    *printed.entry(dossier).or_insert(may.unwrap_or_default())
                }
            };
        }
        agenda.sort_by_key(|item| (item.because, item.obligation.due, item.obligation.id));
        Ok(agenda)
    }
}

impl App {
    /// What the form of an invitation starts from: the one whose place it takes, else the languages of the series.
    pub(super) fn meeting_to_move(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[EntryId]),
    ) -> Result<Values> {
        let row = chosen.first().map(|id| tx.entry(*id)).transpose()?;
        let moved = row
            .flatten()
            .filter(|row| row.dossier == dossier && row.kind == CONVENE.name);
        if let Some(row) = moved {
            let mut values = self.read_by(tx, actor, &row)?.unwrap_or_default();
            values.values.remove(crate::files::FILES);
            values.values.remove("reply_by");
            let moves = Value::Text(row.id.to_string());
            values.values.insert(MOVES.to_owned(), moves);
            return Ok(values);
        }
        let opening = all_with_words(tx, dossier, &[OPEN.name])?
            .into_iter()
            .next();
        let said = match opening {
            Some(row) => self.read_by(tx, actor, &row)?,
            None => None,
        };
        let mut values = Values::default();
        for (name, value) in said.unwrap_or_default().values {
            if [LANGUAGES, INTERPRETERS].contains(&name.as_str()) {
                values.values.insert(name, value);
            }
        }
        Ok(values)
    }

    /// What other minutes start from: those that they are to stand in the place of.
    pub(super) fn minutes_to_amend(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        on: Option<ObligationId>,
    ) -> Result<Values> {
        let row = on.map(|on| tx.entry(on.entry)).transpose()?.flatten();
        let Some(row) = row.filter(|row| minutes_like(&row.kind)) else {
            return Ok(Values::default());
        };
        let mut values = self.read_by(tx, actor, &row)?.unwrap_or_default();
        values.values.remove(crate::files::FILES);
        Ok(values)
    }

    /// The dates that boxes of an answer stand for, by the names of the boxes.
    pub(super) fn dates_asked(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        on: Option<ObligationId>,
    ) -> Result<Vec<(String, Instant)>> {
        let asked = on.filter(|_| entry_type.name == SUITS.name);
        let row = asked.map(|on| tx.entry(on.entry)).transpose()?.flatten();
        let Some(row) = row.filter(|row| row.kind == DATES.name) else {
            return Ok(Vec::new());
        };
        let values = self.read_by(tx, actor, &row)?.unwrap_or_default();
        let date = |name: &&str| values.moment(name).map(|at| ((*name).to_owned(), at));
        Ok(PROPOSED.iter().filter_map(date).collect())
    }
}

/// Why an obligation is on the agenda, if it is.
fn because(obligation: &ObligationView, next: Option<Instant>) -> Option<OnAgenda> {
    if obligation.contested.is_some() {
        return Some(OnAgenda::Contested);
    }
    if !obligation.state.is_open() {
        return None;
    }
    if obligation.chase == Chase::Meeting {
        return Some(OnAgenda::Escalated);
    }
    if obligation.overdue {
        return Some(OnAgenda::Overdue);
    }
    let before = obligation
        .due
        .zip(next)
        .is_some_and(|(due, next)| due <= next);
    before.then_some(OnAgenda::DueBefore)
}

/// When a meeting was held, by the last minutes that say so.
fn held_at(meeting: &Meeting) -> Option<Instant> {
    meeting
        .minutes
        .iter()
        .rev()
        .find_map(|minutes| minutes.held)
}

fn meetings(said: &[Said], now: Instant) -> Vec<Meeting> {
    let calls = said.iter().filter(|one| one.row.kind == CONVENE.name);
    let mut out: Vec<Meeting> = calls.map(|call| meeting(said, call, now)).collect();
    out.sort_by_key(|meeting| (meeting.at.is_none(), meeting.at, meeting.entry));
    out
}

fn meeting(said: &[Said], call: &Said, now: Instant) -> Meeting {
    let minutes: Vec<Minutes> = said
        .iter()
        .filter(|one| minutes_like(&one.row.kind) && one.names(OF) == Some(call.row.id))
        .map(|one| minutes(said, one))
        .collect();
    let after = |name: &str, field: &str| {
        let found = said
            .iter()
            .find(|one| one.row.kind == name && one.names(field) == Some(call.row.id));
        found.map(|one| one.row.id)
    };
    let at = call.moment(AT);
    let standing = match (after(CANCEL.name, OF), after(CONVENE.name, MOVES), at) {
        (Some(by), _, _) => Standing::Cancelled(by),
        (_, Some(by), _) => Standing::Moved(by),
        _ if minutes.iter().any(|one| one.approved) => Standing::Approved,
        _ if !minutes.is_empty() => Standing::Minuted,
        (_, _, None) => Standing::Unknown,
        (_, _, Some(at)) if at > now => Standing::Ahead,
        _ => Standing::Unminuted,
    };
    let before = moved_before(said, call);
    Meeting {
        entry: call.row.id,
        by: call.by(),
        written: call.header.at,
        values: call.values.clone(),
        at,
        standing,
        sequence: u32::try_from(before.len()).unwrap_or(u32::MAX),
        first: before.last().copied().unwrap_or(call.row.id),
        asks: call.asks.clone(),
        printed: call.printed,
        minutes,
    }
}

/// The invitations that this one took the place of, one after the other, the first of all last.
fn moved_before(said: &[Said], call: &Said) -> Vec<EntryId> {
    let mut before = Vec::new();
    let mut here = call.names(MOVES);
    while let Some(earlier) = here.filter(|id| *id != call.row.id && !before.contains(id)) {
        let Some(one) = said.iter().find(|one| one.row.id == earlier) else {
            break;
        };
        before.push(earlier);
        here = one.names(MOVES);
    }
    before
}

fn minutes(said: &[Said], one: &Said) -> Minutes {
    let approval =
        |ask: &ObligationView| answer(said, ask).filter(|one| one.row.kind == APPROVE.name);
    let approvals: Vec<_> = one.asks.iter().filter_map(approval).collect();
    Minutes {
        entry: one.row.id,
        by: one.by(),
        held: one.moment(HELD),
        values: one.values.clone(),
        printed: one.printed,
        approved: !one.asks.is_empty() && approvals.len() == one.asks.len(),
        approvals: approvals.iter().map(|by| (by.by(), by.header.at)).collect(),
        asks: one.asks.clone(),
    }
}

fn proposals(said: &[Said]) -> Vec<ProposedDates> {
    let proposed = said.iter().rev().filter(|one| one.row.kind == DATES.name);
    let of = |one: &Said| {
        let date = |name: &&'static str| one.moment(name).map(|at| (*name, at));
        let answer = |ask: &ObligationView| {
            let answer = answer(said, ask).filter(|one| one.row.kind == SUITS.name)?;
            let ticked = answer.values.as_ref()?.list("suit").iter();
            Some(DatesAnswer {
                by: answer.by(),
                suit: ticked.map(ToString::to_string).collect(),
                remark: answer.values.as_ref()?.text("text").map(str::to_owned),
                lang: answer.values.as_ref()?.lang,
            })
        };
        ProposedDates {
            entry: one.row.id,
            by: one.by(),
            dates: PROPOSED.iter().filter_map(date).collect(),
            answers: one.asks.iter().filter_map(answer).collect(),
            values: one.values.clone(),
            asks: one.asks.clone(),
        }
    };
    proposed.map(of).collect()
}

/// The entry that answered an ask, if it is answered.
fn answer<'s>(said: &'s [Said], ask: &ObligationView) -> Option<&'s Said> {
    let by = ask.answered_by.filter(|_| ask.state == State::Answered)?;
    said.iter().find(|one| one.row.id == by)
}

fn decisions(said: &[Said]) -> Vec<Decision> {
    let made = said.iter().filter(|one| one.row.kind == DECISION.name);
    let mut out: Vec<Decision> = made
        .map(|one| Decision {
            entry: one.row.id,
            values: one.values.clone(),
            of: one.names(OF),
            printed: one.printed,
            asks: one.asks.clone(),
        })
        .collect();
    let open = |decision: &Decision| decision.asks.iter().any(|ask| ask.state.is_open());
    let due = |decision: &Decision| decision.asks.iter().filter_map(|ask| ask.due).min();
    out.sort_by_key(|decision| (!open(decision), due(decision), decision.entry));
    out
}
