//! Who acts for an officer in their absence: a colleague, appointed for some days by the officer, or by an administrator where the
//! officer is away already.
//!
//! Whoever stands in signs in as themselves and then chooses for whom they act. They write under their own pseudonym, with the services
//! and roles of the absent officer and none of their own meanwhile; every access record names both. What nobody may hand on is in
//! [`floor::stands_in`], and is looked at again with each click: roles change.

use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::fault::PeopleFault;
use crate::officers::here;
use crate::people::{actor_of, acts_on, roles_of};
use crate::sessions::{SessionState, session_name, token_digest};
use crate::views::{AbsenceView, Absences, Colleague};
use crate::{Actor, ActsFor, App, By};
use entente_core::floor::{self, Action, NoStandIn};
use entente_core::instant::{Instant, Span};
use entente_store::{OfficerRow, Read, SessionRow, SessionSort, StoreExt, Write};

/// The longest absence that is provided for at once.
const LONGEST: Span = Span::days(92);
/// How long before now an absence may begin: the day of whoever appoints began somewhere up to a day ago.
const TODAY: Span = Span::days(1);
/// Most colleagues that stand in for one officer.
const MOST: usize = 8;

/// A colleague to stand in for an officer.
#[derive(Clone, Debug)]
pub struct Absence {
    /// Who is absent.
    pub officer: String,
    /// Who acts for them.
    pub colleague: String,
    /// From then on.
    pub from: Instant,
    /// Until then.
    pub until: Instant,
}

impl App {
    /// Appoints a colleague to act for an officer who is absent. The same colleague appointed again: the days given last count.
    ///
    /// # Errors
    /// [`PeopleFault`] where the two or the days do not fit; [`AppError::NotFound`] for officers who are not here, and to whoever is
    /// neither the officer nor an administrator.
    pub fn appoint(&self, by: By<'_>, absence: &Absence) -> Result<()> {
        self.check_absence(by, &absence.officer)?;
        let now = self.now();
        let lasts = absence.until - absence.from;
        let past = absence.from < now - TODAY || absence.until <= now;
        if past || lasts <= Span(0) || lasts > LONGEST {
            return Err(PeopleFault::StandInPeriod.into());
        }
        let row = self.absence_row(absence);
        let (app, colleague) = (self.clone(), absence.colleague.clone());
        let record = by.record("appoint_stand_in", &described(absence));
        self.inner.store.update("appoint", move |tx| {
            let absent = here(tx.as_read(), &row.officer)?;
            let other = here(tx.as_read(), &colleague)?;
            if other.id == absent.id {
                return Err(AppError::NotFound);
            }
            fit(&other, &absent)?;
            let before = absences(tx.as_read(), &absent.id)?;
            let (same, others): (Vec<_>, Vec<_>) =
                before.into_iter().partition(|r| stands_in(r) == colleague);
            if others.len() >= MOST {
                return Err(PeopleFault::StandInMost.into());
            }
            app.record_access(tx, &record)?;
            for row in same {
                tx.end_session(&row.digest)?;
            }
            Ok(tx.insert_session(&row)?)
        })
    }

    fn absence_row(&self, absence: &Absence) -> SessionRow {
        let (_, row) = self.fresh_token(&absence.officer, SessionSort::StandIn, LONGEST);
        SessionRow {
            begun_ms: absence.from.0,
            ends_ms: absence.until.0,
            csrf: String::new(),
            state: absence.colleague.clone().into_bytes(),
            ..row
        }
    }

    /// Ends what was provided for an absence: by the officer, the colleague, or an administrator. `name` as in [`AbsenceView`].
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn end_absence(&self, by: By<'_>, officer: &str, name: &str) -> Result<()> {
        let find = |tx: &dyn Read| {
            let all = absences(tx, officer)?;
            let found = all.into_iter().find(|row| session_name(row) == name);
            found.ok_or(AppError::NotFound)
        };
        let row = self.inner.store.view("absence", find)?;
        match by {
            By::Officer(actor) if stands_in(&row) == actor.id => {}
            _ => self.check_absence(by, officer)?,
        }
        let object = format!("{officer} {}", stands_in(&row));
        let (app, record) = (self.clone(), by.record("end_stand_in", &object));
        self.inner.store.update("end_absence", move |tx| {
            app.record_access(tx, &record)?;
            Ok(tx.end_session(&row.digest)?)
        })
    }

    /// What is provided for the absence of an officer, in whose absence they may act, and whom they could appoint.
    ///
    /// # Errors
    /// [`AppError::NotFound`] to whoever is neither the officer nor an administrator.
    pub fn absences(&self, by: By<'_>, officer: &str) -> Result<Absences> {
        self.check_absence(by, officer)?;
        if let By::Officer(actor) = by {
            let of = Some(officer.to_owned());
            self.did(actor, Operation::Consult, "absences", of)?;
        }
        self.absences_of(officer)
    }

    /// All that is provided, for whoever holds the machine: by officer, and by when it begins.
    ///
    /// # Errors
    /// Storage only.
    pub fn every_absence(&self) -> Result<Vec<AbsenceView>> {
        let now = self.now();
        self.inner.store.view("absences", |tx| {
            let (officers, rows) = (tx.officers()?, tx.stand_ins()?);
            let lasting = rows.iter().filter(|row| row.ends_ms > now.0);
            Ok(lasting.map(|row| shown(row, &officers, now)).collect())
        })
    }

    fn absences_of(&self, officer: &str) -> Result<Absences> {
        let now = self.now();
        self.inner.store.view("absences", |tx| {
            let officers = tx.officers()?;
            let absent = officers.iter().find(|row| row.id == officer);
            let absent = absent.ok_or(AppError::NotFound)?;
            let could =
                |row: &&OfficerRow| row.active && row.id != absent.id && fit(row, absent).is_ok();
            let all = tx.stand_ins()?;
            let seen = |of: &dyn Fn(&SessionRow) -> bool| {
                let lasting = all.iter().filter(|row| of(row) && row.ends_ms > now.0);
                lasting.map(|row| shown(row, &officers, now)).collect()
            };
            Ok(Absences {
                own: seen(&|row| row.officer == officer),
                others: seen(&|row| stands_in(row) == officer),
                colleagues: officers.iter().filter(could).map(colleague).collect(),
            })
        })
    }

    /// In whose absence an officer may act now: beside what the front page shows, and recorded with it.
    ///
    /// # Errors
    /// Storage only.
    pub fn may_act_for(&self, actor: &Actor) -> Result<Vec<AbsenceView>> {
        if actor.acts_for.is_some() {
            return Ok(Vec::new());
        }
        let now = self.now();
        self.inner.store.view("may_act_for", |tx| {
            let mut rows = tx.stand_ins()?;
            let lasts = |row: &SessionRow| row.begun_ms <= now.0 && row.ends_ms > now.0;
            rows.retain(|row| lasts(row) && stands_in(row) == actor.id);
            // On most days there are none, and nobody's name is asked for.
            let officers = match rows.is_empty() {
                true => Vec::new(),
                false => tx.officers()?,
            };
            let shown = |row: &SessionRow| shown(row, &officers, now);
            Ok(rows.iter().map(shown).collect())
        })
    }

    /// From now on, in this session, an officer acts for another who is absent; or again for themselves.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if they were not appointed, not for now, or may not any more.
    pub fn act_for(&self, actor: &Actor, token: &str, absent: Option<&str>) -> Result<()> {
        let (app, id, digest) = (self.clone(), actor.id.clone(), token_digest(token));
        let (absent, returns) = (absent.map(str::to_owned), absent.is_none());
        self.inner.store.update("act_for", move |tx| {
            let session = tx.session(&digest)?.ok_or(AppError::SignIn)?;
            // Reasons are given at a desk: at another they are given anew. Who began the session stays.
            let state = SessionState {
                acts_for: absent.clone(),
                provider: SessionState::read(&session.state).provider,
                ..SessionState::default()
            };
            let now_for = SessionRow {
                state: state.written(),
                ..session
            };
            let officer = here(tx.as_read(), &id)?;
            let acting = app.acting(tx.as_read(), &now_for, actor_of(&officer)?)?;
            if acting.acts_for.is_none() && !returns {
                return Err(AppError::NotFound);
            }
            let whom = acting.acts_for.map_or_else(|| id.clone(), |of| of.id);
            app.record_access(tx, &acts_on(&id, "act_for", &whom))?;
            let (seen, device) = (now_for.seen_ms, now_for.device.as_str());
            Ok(tx.see_session(&digest, seen, device, &now_for.state)?)
        })
    }

    /// Who acts in a session: its officer, in the absence of whom it says, as long as that holds.
    pub(crate) fn acting(&self, tx: &dyn Read, session: &SessionRow, own: Actor) -> Result<Actor> {
        let Some(id) = SessionState::read(&session.state).acts_for else {
            return Ok(own);
        };
        let now = self.now().0;
        let absent = tx.officer(&id)?.filter(|row| row.active);
        let rows = absences(tx, &id)?.into_iter();
        let mut lasting = rows.filter(|row| row.begun_ms <= now && row.ends_ms > now);
        let provided = lasting.find(|row| stands_in(row) == own.id);
        let (Some(absent), Some(provided)) = (absent, provided) else {
            return Ok(own);
        };
        let theirs = actor_of(&absent)?;
        if floor::stands_in(own.who().roles, theirs.who().roles).is_err() {
            return Ok(own);
        }
        Ok(Actor {
            service: theirs.service,
            services: theirs.services,
            roles: theirs.roles,
            acts_for: Some(ActsFor {
                id: theirs.id,
                name: theirs.name,
                until: Instant(provided.ends_ms),
            }),
            ..own
        })
    }

    /// The officer, at their own desk and not while acting for somebody; or an administrator.
    fn check_absence(&self, by: By<'_>, officer: &str) -> Result<()> {
        match by {
            By::Officer(actor) if actor.id == officer && actor.acts_for.is_none() => Ok(()),
            By::Officer(actor) if !self.may(actor, Action::Administer) => Err(AppError::NotFound),
            _ => Ok(()),
        }
    }
}

/// Nobody stands in any more for an officer who left.
pub(crate) fn drop_absences(tx: &mut dyn Write, officer: &str) -> Result<()> {
    for row in absences(tx.as_read(), officer)? {
        tx.end_session(&row.digest)?;
    }
    Ok(())
}

/// What is provided for the absence of an officer.
fn absences(tx: &dyn Read, officer: &str) -> Result<Vec<SessionRow>> {
    let mut rows = tx.sessions(officer)?;
    rows.retain(|row| row.sort == SessionSort::StandIn);
    Ok(rows)
}

/// Who stands in.
fn stands_in(row: &SessionRow) -> String {
    String::from_utf8_lossy(&row.state).into_owned()
}

fn fit(colleague: &OfficerRow, absent: &OfficerRow) -> Result<()> {
    let roles = |row: &OfficerRow| roles_of(row).into_iter().collect();
    let fault = match floor::stands_in(roles(colleague), roles(absent)) {
        Ok(()) => return Ok(()),
        Err(NoStandIn::Contents) => PeopleFault::StandInContents,
        Err(NoStandIn::Walled) => PeopleFault::StandInWalled,
        Err(NoStandIn::Magistrate) => PeopleFault::StandInMagistrate,
    };
    Err(fault.into())
}

fn colleague(row: &OfficerRow) -> Colleague {
    Colleague {
        id: row.id.clone(),
        name: row.name.clone(),
    }
}

fn shown(row: &SessionRow, officers: &[OfficerRow], now: Instant) -> AbsenceView {
    let named = |id: &str| {
        let known = officers.iter().find(|officer| officer.id == id);
        known.map_or_else(
            || Colleague {
                id: id.to_owned(),
                name: id.to_owned(),
            },
            colleague,
        )
    };
    AbsenceView {
        name: session_name(row),
        officer: named(&row.officer),
        colleague: named(&stands_in(row)),
        from: Instant(row.begun_ms),
        until: Instant(row.ends_ms),
        now: row.begun_ms <= now.0,
    }
}

/// An absence as the inspector reads it: identifiers and days.
fn described(absence: &Absence) -> String {
    let (from, until) = (absence.from.to_civil(), absence.until.to_civil());
    format!("{} {} {from} {until}", absence.officer, absence.colleague)
}
