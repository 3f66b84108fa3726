//! Officers as administrators see and change them: invited, given other roles, deactivated, recovered by two. Of what officers write,
//! nothing.
//!
//! Each act is recorded for the inspector in the transaction that does it, before it. Whoever holds the machine may do the same by the
//! command line, and alone what two administrators do on pages.

use crate::absence::drop_absences;
use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::fault::{InputFault, PeopleFault};
use crate::people::{acts_on, called, roles_of};
use crate::provider::bound_since;
use crate::sessions::{end_sessions, has_factor, token_digest};
use crate::views::{OfficerLine, OfficerView, ResetView};
use crate::{Actor, App, NewOfficer, SignedIn};
use entente_core::codes::Role;
use entente_core::floor::Action;
use entente_core::ids::ServiceName;
use entente_core::instant::{Instant, Span};
use entente_core::label::Lang;
use entente_store::{OfficerRow, Read, SessionRow, SessionSort, StoreExt, Write};

/// How long an invitation may be taken up, and a reset confirmed.
pub const INVITATION: Span = Span::hours(72);

/// Who administers.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// An officer, on pages: must be an administrator.
    Officer(&'a Actor),
    /// Whoever holds the machine.
    Machine,
}

impl By<'_> {
    /// What is not open to somebody does not exist.
    pub(crate) fn check(self, app: &App) -> Result<()> {
        match self {
            Self::Officer(actor) if !app.may(actor, Action::Administer) => Err(AppError::NotFound),
            _ => Ok(()),
        }
    }

    pub(crate) fn id(self) -> String {
        match self {
            Self::Officer(actor) => actor.id.clone(),
            Self::Machine => "administration".to_owned(),
        }
    }

    /// Nobody changes their own standing; and who administers is decided at the machine, so that no administrator makes the second one
    /// that a reset needs.
    pub(crate) fn check_on(self, id: &str, before: &[Role], after: &[Role]) -> Result<()> {
        let Self::Officer(actor) = self else {
            return Ok(());
        };
        if actor.id == id {
            return Err(PeopleFault::Oneself.into());
        }
        let administers = |roles: &[Role]| roles.contains(&Role::Administrator);
        if administers(before) != administers(after) {
            return Err(PeopleFault::AdministratorAtMachine.into());
        }
        Ok(())
    }

    pub(crate) fn record(self, verb: &str, object: &str) -> AccessRecord {
        acts_on(&self.id(), verb, object)
    }

    fn looks(self, verb: &str) -> AccessRecord {
        AccessRecord::of(&self.id(), Operation::Consult, verb)
    }
}

/// What may be changed of an officer.
#[derive(Clone, Debug)]
pub struct OfficerChange {
    /// Name: see [`NewOfficer::name`].
    pub name: String,
    /// Services, the usual one first.
    pub services: Vec<ServiceName>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Preferred language.
    pub lang: Lang,
}

impl App {
    /// Every officer, also those deactivated, and what waits for a second administrator.
    ///
    /// # Errors
    /// [`AppError::NotFound`] to whoever does not administer.
    pub fn all_officers(&self, by: By<'_>) -> Result<Vec<OfficerLine>> {
        by.check(self)?;
        self.noted(by.looks("officers"))?;
        let now = self.now();
        self.inner.store.view("officers", |tx| {
            let resets = tx.resets()?;
            let waits = |id: &str| resets.iter().any(|r| r.officer == id && r.ends_ms > now.0);
            let rows = tx.officers()?.into_iter();
            Ok(rows.map(|row| line(&row, waits(&row.id))).collect())
        })
    }

    /// One officer.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none, and to whoever does not administer.
    pub fn one_officer(&self, by: By<'_>, id: &str) -> Result<OfficerView> {
        by.check(self)?;
        self.noted(by.looks("officer").on(id))?;
        let (now, reader) = (self.now(), by.id());
        self.inner.store.view("officer", |tx| {
            let row = tx.officer(id)?.ok_or(AppError::NotFound)?;
            let tokens = tx.sessions(id)?.into_iter();
            let tokens: Vec<SessionRow> = tokens.filter(|t| t.ends_ms > now.0).collect();
            let of = |sort| tokens.iter().filter(move |t| t.sort == sort);
            let reset = of(SessionSort::Reset).next();
            Ok(OfficerView {
                line: line(&row, reset.is_some()),
                lang: Lang::parse(&row.lang).unwrap_or(Lang::Fr),
                has_password: !row.password.is_empty(),
                has_factor: has_factor(tx, id)?,
                bound_since: bound_since(&tx.factors(id)?).map(|(since, _)| since),
                invited_until: of(SessionSort::Invitation)
                    .next()
                    .map(|t| Instant(t.ends_ms)),
                sessions: of(SessionSort::SignedIn).count() as u64,
                reset: reset.map(|t| ResetView {
                    by: asker(t),
                    until: Instant(t.ends_ms),
                    own: asker(t) == reader,
                }),
                oneself: reader == id,
            })
        })
    }

    /// Adds an officer who sets a password of their own by a link: gives the link's token, which is stored nowhere.
    ///
    /// # Errors
    /// [`AppError::Input`] as of [`App::add_officer`], and [`PeopleFault::AdministratorAtMachine`].
    pub fn invite_officer(&self, by: By<'_>, officer: &NewOfficer) -> Result<String> {
        by.check(self)?;
        by.check_on(&officer.id, &[], &officer.roles)?;
        let row = self.officer_row(officer)?;
        let (token, invitation) = self.invitation(&row.id);
        let record = by.record("invite_officer", &described(&row));
        let app = self.clone();
        self.inner.store.update("invite_officer", move |tx| {
            if tx.officer(&row.id)?.is_some() {
                return Err(AppError::from(InputFault::OfficerTaken));
            }
            app.refuse_among_trainers(tx.as_read(), (None, &row))?;
            app.record_access(tx, &record)?;
            tx.put_officer(&row)?;
            Ok(tx.insert_session(&invitation)?)
        })?;
        Ok(token)
    }

    /// A fresh invitation for somebody who did not take up the last one; that one ends.
    ///
    /// # Errors
    /// [`PeopleFault::NotInvited`] for somebody who can sign in already: that is a reset.
    pub fn invite_again(&self, by: By<'_>, id: &str) -> Result<String> {
        by.check(self)?;
        let (token, invitation) = self.invitation(id);
        let (app, id, record) = (self.clone(), id.to_owned(), by.record("invite_again", id));
        self.inner.store.update("invite_again", move |tx| {
            let row = here(tx.as_read(), &id)?;
            let bound = bound_since(&tx.factors(&id)?).is_some();
            if !row.password.is_empty() || bound || has_factor(tx.as_read(), &id)? {
                return Err(AppError::from(PeopleFault::NotInvited));
            }
            app.record_access(tx, &record)?;
            end_sessions(tx, &id, None)?;
            Ok(tx.insert_session(&invitation)?)
        })?;
        Ok(token)
    }

    /// What an officer is called to whom an invitation was given, while it lasts.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn invited(&self, token: &str, reader: Lang) -> Result<String> {
        self.inner.store.view("invited", |tx| {
            let row = self.awaited(tx, token, SessionSort::Invitation)?;
            let row = here(tx, &row.ok_or(AppError::NotFound)?.officer)?;
            Ok(called(&row.name, reader).to_owned())
        })
    }

    /// Takes up an invitation: sets the password, and signs in.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if it is over or was taken up; [`InputFault::Password`].
    pub fn accept_invitation(&self, token: &str, password: &str, known: &str) -> Result<SignedIn> {
        let asked = |tx: &dyn Read| self.awaited(tx, token, SessionSort::Invitation);
        // Hashing is slow on purpose: not before the token is known.
        let row = self.inner.store.view("invited", asked)?;
        let id = row.ok_or(AppError::NotFound)?.officer;
        let password = self.hash_password(&id, password)?;
        let (app, officer, digest) = (self.clone(), id.clone(), token_digest(token));
        self.inner.store.update("accept_invitation", move |tx| {
            // Taken up twice at once: the second finds it gone.
            tx.session(&digest)?.ok_or(AppError::NotFound)?;
            let row = here(tx.as_read(), &officer)?;
            app.record_access(tx, &acts_on(&officer, "accept_invitation", &officer))?;
            tx.put_officer(&OfficerRow {
                password: password.clone(),
                ..row
            })?;
            end_sessions(tx, &officer, None)
        })?;
        self.begin_session(&id, known)
    }

    /// Changes an officer's name, services, roles and language: with their next click.
    ///
    /// # Errors
    /// [`InputFault::OfficerServices`], [`InputFault::TrainsImams`], [`PeopleFault`], [`AppError::NotFound`].
    pub fn change_officer(&self, by: By<'_>, id: &str, change: &OfficerChange) -> Result<()> {
        let change = change.clone();
        self.alter(by, "change_officer", id, move |app, row| {
            app.officer_row(&NewOfficer {
                id: row.id.clone(),
                name: change.name.clone(),
                services: change.services.clone(),
                roles: change.roles.clone(),
                password: None,
                lang: change.lang,
            })
            .map(|fresh| OfficerRow {
                password: row.password.clone(),
                active: row.active,
                ..fresh
            })
        })
    }

    /// Lets an officer in no more, from now on; or again. What they wrote stays.
    ///
    /// # Errors
    /// [`PeopleFault`], [`InputFault::TrainsImams`], [`AppError::NotFound`].
    pub fn set_active(&self, by: By<'_>, id: &str, active: bool) -> Result<()> {
        let verb = if active { "reactivate" } else { "deactivate" };
        self.alter(by, verb, id, move |_, row| {
            Ok(OfficerRow {
                active,
                ..row.clone()
            })
        })
    }

    /// Changes an officer's row. Who is no longer let in has no token left.
    fn alter(
        &self,
        by: By<'_>,
        verb: &'static str,
        id: &str,
        change: impl Fn(&Self, &OfficerRow) -> Result<OfficerRow>,
    ) -> Result<()> {
        by.check(self)?;
        let read = |tx: &dyn Read| tx.officer(id)?.ok_or(AppError::NotFound);
        let before = self.inner.store.view("officer", read)?;
        let after = change(self, &before)?;
        by.check_on(id, &roles_of(&before), &roles_of(&after))?;
        let record = by.record(verb, &described(&after));
        let app = self.clone();
        self.inner.store.update(verb, move |tx| {
            // Somebody else changed it in between.
            if tx.officer(&before.id)?.as_ref() != Some(&before) {
                return Err(AppError::Stale);
            }
            app.refuse_among_trainers(tx.as_read(), (Some(&before), &after))?;
            app.record_access(tx, &record)?;
            tx.put_officer(&after)?;
            match after.active {
                true => Ok(()),
                false => {
                    drop_absences(tx, &after.id)?;
                    tx.drop_notice(&after.id)?;
                    end_sessions(tx, &after.id, None)
                }
            }
        })
    }

    /// Ends every session of an officer.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn end_sessions_of(&self, by: By<'_>, id: &str) -> Result<()> {
        by.check(self)?;
        let (app, id, record) = (self.clone(), id.to_owned(), by.record("end_sessions", id));
        self.inner.store.update("end_sessions", move |tx| {
            tx.officer(&id)?.ok_or(AppError::NotFound)?;
            app.record_access(tx, &record)?;
            for row in tx.sessions(&id)? {
                // A telephone that is lost fetches no calendar any more either.
                if matches!(
                    row.sort,
                    SessionSort::SignedIn | SessionSort::Code | SessionSort::Feed
                ) {
                    tx.end_session(&row.digest)?;
                }
            }
            Ok(())
        })
    }

    /// Asks that all an officer signs in with be reset, since it is lost: another administrator must confirm it.
    ///
    /// # Errors
    /// [`PeopleFault::Oneself`], [`AppError::NotFound`].
    pub fn ask_reset(&self, by: By<'_>, id: &str) -> Result<()> {
        by.check(self)?;
        by.check_on(id, &[], &[])?;
        let (_, row) = self.fresh_token(id, SessionSort::Reset, INVITATION);
        let row = SessionRow {
            state: by.id().into_bytes(),
            ..row
        };
        let (app, record) = (self.clone(), by.record("ask_reset", id));
        self.inner.store.update("ask_reset", move |tx| {
            here(tx.as_read(), &row.officer)?;
            app.record_access(tx, &record)?;
            drop_resets(tx, &row.officer)?;
            Ok(tx.insert_session(&row)?)
        })
    }

    /// Takes a reset back that waits.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn withdraw_reset(&self, by: By<'_>, id: &str) -> Result<()> {
        by.check(self)?;
        let (app, id, record) = (self.clone(), id.to_owned(), by.record("withdraw_reset", id));
        self.inner.store.update("withdraw_reset", move |tx| {
            app.record_access(tx, &record)?;
            drop_resets(tx, &id)
        })
    }

    /// Confirms a reset that another administrator asked for: password, factors and sessions of the officer are gone, and a fresh
    /// invitation is given. Whoever holds the machine needs nobody.
    ///
    /// # Errors
    /// [`PeopleFault::SecondAdministrator`] to whoever asked; [`PeopleFault::Oneself`]; [`PeopleFault::NoReset`].
    pub fn confirm_reset(&self, by: By<'_>, id: &str) -> Result<String> {
        by.check(self)?;
        by.check_on(id, &[], &[])?;
        let (token, invitation) = self.invitation(id);
        let (app, now, record) = (self.clone(), self.now(), by.record("confirm_reset", id));
        let confirms = match by {
            By::Officer(actor) => Some(actor.id.clone()),
            By::Machine => None,
        };
        self.inner.store.update("confirm_reset", move |tx| {
            let row = here(tx.as_read(), &invitation.officer)?;
            if let Some(confirms) = &confirms {
                may_confirm(tx.as_read(), &row.id, confirms, now)?;
            }
            app.record_access(tx, &record)?;
            for factor in tx.factors(&row.id)? {
                tx.drop_factor(&row.id, factor.sort, &factor.id)?;
            }
            // Whoever had got in may have named a mailbox of theirs.
            tx.drop_notice(&row.id)?;
            end_sessions(tx, &row.id, None)?;
            tx.put_officer(&OfficerRow {
                password: String::new(),
                ..row
            })?;
            Ok::<_, AppError>(tx.insert_session(&invitation)?)
        })?;
        Ok(token)
    }

    fn invitation(&self, id: &str) -> (String, SessionRow) {
        self.fresh_token(id, SessionSort::Invitation, INVITATION)
    }
}

/// Whether a reset waits that somebody else asked for.
fn may_confirm(tx: &dyn Read, id: &str, confirms: &str, now: Instant) -> Result<()> {
    let tokens = tx.sessions(id)?.into_iter();
    let mut waiting = tokens.filter(|t| t.sort == SessionSort::Reset && t.ends_ms > now.0);
    let reset = waiting.next().ok_or(PeopleFault::NoReset)?;
    if asker(&reset) == confirms {
        return Err(PeopleFault::SecondAdministrator.into());
    }
    Ok(())
}

fn drop_resets(tx: &mut dyn Write, id: &str) -> Result<()> {
    for row in tx.sessions(id)? {
        if row.sort == SessionSort::Reset {
            tx.end_session(&row.digest)?;
        }
    }
    Ok(())
}

/// Who asked for a reset.
fn asker(reset: &SessionRow) -> String {
    String::from_utf8_lossy(&reset.state).into_owned()
}

/// An officer who was not deactivated.
pub(crate) fn here(tx: &dyn Read, id: &str) -> Result<OfficerRow> {
    let row = tx.officer(id)?.filter(|row| row.active);
    row.ok_or(AppError::NotFound)
}

fn line(row: &OfficerRow, reset_waits: bool) -> OfficerLine {
    OfficerLine {
        id: row.id.clone(),
        name: row.name.clone(),
        services: crate::codec::names(&row.services),
        roles: roles_of(row),
        active: row.active,
        reset_waits,
    }
}

/// An officer as the inspector reads what was done: identifier, roles and services, never the name.
fn described(row: &OfficerRow) -> String {
    let roles: Vec<&str> = roles_of(row).into_iter().map(Role::as_str).collect();
    format!("{} {} {}", row.id, roles.join(","), row.services)
}
