//! Officers, and signing in by password.

use crate::access::{AccessRecord, NOBODY, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::factors::Reauthenticating;
use crate::fault::{InputFault, PeopleFault};
use crate::guessable::{self, is_guessable};
use crate::sessions::{end_sessions, signs, token_digest};
use crate::views::Persona;
use crate::{Actor, App, SignedIn, password};
use entente_core::codes::Role;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName, Pseudonym, ServiceName};
use entente_core::instant::Span;
use entente_core::label::Lang;
use entente_store::{OfficerRow, StoreExt, Write};

/// An officer to add.
#[derive(Clone)]
pub struct NewOfficer {
    /// Identifier to sign in with: `[a-z0-9.-]{1,64}`.
    pub id: String,
    /// Name, shown inside the node only; or function in several languages: see [`called`].
    pub name: String,
    /// Services; the first is the usual one.
    pub services: Vec<ServiceName>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Password; without one the officer cannot sign in by password.
    pub password: Option<String>,
    /// Preferred language.
    pub lang: Lang,
}

impl std::fmt::Debug for NewOfficer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewOfficer(hidden)")
    }
}

impl App {
    /// Adds an officer.
    ///
    /// # Errors
    /// [`AppError::Input`] when the identifier, the services or the password do not have the form they must have, or the
    /// identifier is taken.
    pub fn add_officer(&self, officer: NewOfficer) -> Result<()> {
        let row = self.officer_row(&officer)?;
        let app = self.clone();
        self.inner.store.update("add_officer", move |tx| {
            if tx.officer(&row.id)?.is_some() {
                return Err(InputFault::OfficerTaken.into());
            }
            app.refuse_among_trainers(tx.as_read(), (None, &row))?;
            tx.put_officer(&row)?;
            app.record_access(tx, &administers("add_officer", &row.id))
        })
    }

    /// The row of an officer, if all is of the form that it must have.
    pub(crate) fn officer_row(&self, officer: &NewOfficer) -> Result<OfficerRow> {
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
        if officer.id.is_empty() || officer.id.len() > 64 || !officer.id.chars().all(valid) {
            return Err(InputFault::OfficerId.into());
        }
        if officer.services.is_empty() || officer.services.iter().any(|s| s.node() != self.inner.me)
        {
            return Err(InputFault::OfficerServices.into());
        }
        let password = match &officer.password {
            Some(password) => self.hash_password(&officer.id, password)?,
            None => String::new(),
        };
        Ok(OfficerRow {
            id: officer.id.clone(),
            name: officer.name.clone(),
            services: officer
                .services
                .iter()
                .map(ServiceName::as_str)
                .collect::<Vec<_>>()
                .join(","),
            roles: officer.roles.iter().map(|r| r.number()).collect(),
            password,
            lang: officer.lang.as_str().to_owned(),
            active: true,
        })
    }

    /// What is kept of a password that an officer sets, if it is one that holds.
    pub(crate) fn hash_password(&self, officer: &str, password: &str) -> Result<String> {
        check_password(
            password,
            officer,
            &self.inner.me,
            &self.inner.settings.title,
        )?;
        password::hash(password, &random::<16>(&*self.inner.random))
    }

    /// Signs in with a password, or takes the first of two steps where the officer has a second factor. `known` is what signing in gave to this browser or program before, by whichever officer, or
    /// empty: wrong passwords from elsewhere never make it wait.
    ///
    /// # Errors
    /// [`AppError::SignIn`], whatever did not fit; it takes as long for an unknown officer as for a wrong password.
    /// [`AppError::Wait`] after many wrong ones, whether this one fits or not.
    pub fn sign_in(&self, id: &str, password: &str, known: &str) -> Result<SignedIn> {
        let who = self.who(id, known);
        let next = self.inner.attempts.take(who, self.now());
        let next = next.map_err(AppError::Wait)?;
        let row = self
            .inner
            .store
            .view("officer", |tx| Ok::<_, AppError>(tx.officer(id)?))?;
        let named = row.as_ref().map(|r| r.id.clone());
        let found = row.filter(|r| r.active && !r.password.is_empty());
        let hash = found.as_ref().map(|row| row.password.clone());
        let fits = password::fits(password, &hash.map_or_else(password::decoy, Ok)?)?;
        match found {
            Some(row) if fits && self.has_factor(&row.id)? => {
                self.inner.attempts.passed(who);
                self.await_code(&row.id, known)
            }
            Some(row) if fits => {
                self.inner.attempts.fitted(who);
                self.begin_session(&row.id, known)
            }
            _ => {
                warn_of_guesses(next);
                self.refused("sign_in_refused", named)?;
                Err(AppError::SignIn)
            }
        }
    }

    /// Checks the password of somebody who is signed in already, before something that a borrowed session must not do.
    ///
    /// # Errors
    /// [`PeopleFault::PasswordWrong`], also for an officer without one; [`AppError::Wait`].
    pub(crate) fn check_password(&self, id: &str, password: &str, known: &str) -> Result<()> {
        let who = self.who(id, known);
        let next = self.inner.attempts.take(who, self.now());
        let next = next.map_err(AppError::Wait)?;
        let row = self
            .inner
            .store
            .view("officer", |tx| Ok::<_, AppError>(tx.officer(id)?))?;
        let hash = row.map(|row| row.password).filter(|hash| !hash.is_empty());
        if !password::fits(password, &hash.map_or_else(password::decoy, Ok)?)? {
            warn_of_guesses(next);
            self.refused("password_refused", Some(id.to_owned()))?;
            return Err(PeopleFault::PasswordWrong.into());
        }
        self.inner.attempts.fitted(who);
        Ok(())
    }

    /// Leaves a trace, for the inspector, of a password or a code that was read and did not fit. Whoever typed it is nobody yet. What
    /// names no officer is not kept: people type passwords there. Attempts are let through so seldom that this fills no disk.
    pub(crate) fn refused(&self, verb: &'static str, officer: Option<String>) -> Result<()> {
        let record = AccessRecord {
            actor: NOBODY.to_owned(),
            object: officer,
            ..signs("", verb)
        };
        let app = self.clone();
        self.inner
            .store
            .update(verb, move |tx| app.record_access(tx, &record))
    }

    /// Changes an officer's own password, who shows the present one, and a code where there is an app; every other session of theirs ends.
    ///
    /// # Errors
    /// [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`], [`InputFault::Password`], [`InputFault::PasswordGuessable`],
    /// [`AppError::Wait`].
    pub fn change_password(
        &self,
        actor: &Actor,
        by: &Reauthenticating<'_>,
        fresh: &str,
    ) -> Result<()> {
        let password = self.hash_password(&actor.id, fresh)?;
        // Last: a code that was shown is used up, also where nothing came of it.
        self.check_again(actor, by)?;
        let (app, id, keep) = (self.clone(), actor.id.clone(), token_digest(by.token));
        self.inner.store.update("change_password", move |tx| {
            app.record_access(tx, &acts_on(&id, "change_password", &id))?;
            let row = tx.officer(&id)?.ok_or(AppError::NotFound)?;
            tx.put_officer(&OfficerRow {
                password: password.clone(),
                ..row
            })?;
            end_sessions(tx, &id, Some(&keep))
        })
    }

    /// Signs in a person of the demonstration in one click.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless this node is a demonstration.
    pub fn sign_in_persona(&self, id: &str) -> Result<SignedIn> {
        if !self.inner.settings.demo {
            return Err(AppError::Forbidden);
        }
        let row = self
            .inner
            .store
            .view("officer", |tx| Ok::<_, AppError>(tx.officer(id)?))?;
        row.filter(|r| r.active)
            .map_or(Err(AppError::SignIn), |row| self.begin_session(&row.id, ""))
    }

    /// The personas of the demonstration; nobody elsewhere.
    ///
    /// # Errors
    /// Storage only.
    pub fn personas(&self) -> Result<Vec<Persona>> {
        if self.inner.settings.demo {
            self.officers()
        } else {
            Ok(Vec::new())
        }
    }

    /// All officers, for the command line.
    ///
    /// # Errors
    /// Storage only.
    pub fn officers(&self) -> Result<Vec<Persona>> {
        let rows = self
            .inner
            .store
            .view("officers", |tx| Ok::<_, AppError>(tx.officers()?))?;
        rows.iter()
            .filter(|r| r.active)
            .map(|r| {
                actor_of(r).map(|a| Persona {
                    id: a.id,
                    name: a.name,
                    service: a.service,
                    roles: a.roles,
                })
            })
            .collect()
    }

    /// An officer as actor, for whoever holds the machine (the command line).
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such officer.
    pub fn actor(&self, id: &str) -> Result<Actor> {
        let row = self.inner.store.view("officer", |tx| {
            self.refuse_closed(tx)?;
            Ok::<_, AppError>(tx.officer(id)?)
        })?;
        active(row)
    }

    /// A coordinator as actor also while the node is closed after a restore: who agrees with the partner that a register begins again may
    /// have to do so before any partner can be heard. Everything else stays closed to them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such officer, [`AppError::Forbidden`] if they do not coordinate.
    pub fn coordinator(&self, id: &str) -> Result<Actor> {
        let row = self
            .inner
            .store
            .view("officer", |tx| Ok::<_, AppError>(tx.officer(id)?))?;
        let actor = active(row)?;
        self.authorise(&actor, Action::Restart)?;
        Ok(actor)
    }

    /// The officer's pseudonym in a dossier, made on first use: another in every dossier (rule 7).
    pub(crate) fn pseudonym(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        officer: &str,
    ) -> Result<Pseudonym> {
        if let Some(known) = tx.pseudonym(dossier, officer)? {
            return Ok(Pseudonym(known));
        }
        let fresh = random::<8>(&*self.inner.random);
        tx.put_pseudonym(dossier, officer, fresh)?;
        Ok(Pseudonym(fresh))
    }
}

/// Whether an officer of a node of this name and title may set a password: it is long enough, and not among those that are guessed first.
///
/// # Errors
/// [`InputFault::Password`], [`InputFault::PasswordGuessable`].
pub fn check_password(password: &str, officer: &str, node: &NodeName, title: &str) -> Result<()> {
    let least = guessable::LEAST;
    if password.chars().count() < least {
        return Err(InputFault::Password { least }.into());
    }
    if is_guessable(password, [officer, node.as_str(), title]) {
        return Err(InputFault::PasswordGuessable.into());
    }
    Ok(())
}

/// What an officer is called by a reader of a language. A name is said as it is written; a function in place of a name may be given in
/// French, Arabic and English, in this order, with ` | ` between them.
#[must_use]
pub fn called(name: &str, reader: Lang) -> &str {
    let mut parts = name.split(" | ");
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(fr), Some(ar), Some(en), None) => match reader {
            Lang::Fr => fr,
            Lang::Ar => ar,
            Lang::En => en,
        },
        _ => name,
    }
}

/// No more often than attempts are let through: refusals do not fill the log.
pub(crate) fn warn_of_guesses(next: Span) {
    if next > Span(0) {
        let seconds = next.0 / 1_000;
        tracing::warn!(
            seconds,
            "many wrong passwords or codes: the next ones have to wait"
        );
    }
}

/// An act of an officer on an officer, which may be the same one.
pub(crate) fn acts_on(officer: &str, verb: &str, object: &str) -> AccessRecord {
    AccessRecord::of(officer, Operation::Permit, verb).on(object)
}

pub(crate) fn administers(verb: &str, object: &str) -> AccessRecord {
    AccessRecord::of("administration", Operation::Administer, verb).on(object)
}

/// An officer who is here and has not left, as actor.
fn active(row: Option<OfficerRow>) -> Result<Actor> {
    actor_of(&row.filter(|r| r.active).ok_or(AppError::NotFound)?)
}

/// The roles of an officer that this version knows.
pub(crate) fn roles_of(row: &OfficerRow) -> Vec<Role> {
    let numbers = row.roles.iter();
    numbers.filter_map(|n| Role::from_number(*n)).collect()
}

pub(crate) fn actor_of(row: &OfficerRow) -> Result<Actor> {
    let services: Vec<ServiceName> = crate::codec::names(&row.services);
    let service = services
        .first()
        .cloned()
        .ok_or(AppError::Bug("officer without service"))?;
    Ok(Actor {
        id: row.id.clone(),
        name: row.name.clone(),
        service,
        services,
        roles: roles_of(row),
        lang: Lang::parse(&row.lang).unwrap_or(Lang::Fr),
        acts_for: None,
        reasons: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_said_in_the_readers_language_and_a_name_as_it_is_written() {
        let function = "Officier de liaison | ضابط الاتصال | Liaison officer";
        let said = Lang::ALL.map(|lang| called(function, lang));
        assert_eq!(said.join(" | "), function);
        for name in ["Personne | Exemple", "ⴰⵎⵣⵢⴰⵏ", "", "a | b | c | d"] {
            assert_eq!(called(name, Lang::Ar), name);
        }
    }
}
