//! The second factor: one-time codes of an authenticator app (RFC 6238), and recovery codes for the day when it is lost.
//!
//! The app's secret is sealed like all secrets here, under a key of its own in the key store. A step's code opens once, on all replicas:
//! the step is noted in the transaction that takes it. A recovery code is kept as a keyed digest and goes with its use.

use crate::access::Operation;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, PeopleFault};
use crate::passkeys::passkey_name;
use crate::people::{acts_on, warn_of_guesses};
use crate::provider::bound_since;
use crate::sessions::{end_sessions, has_factor, signs, token_digest};
use crate::views::{AccountView, BoundLine, OfferedView, PasskeyLine};
use crate::{Actor, App, SignedIn};
use entente_core::ids::DossierId;
use entente_core::instant::{Instant, Span};
use entente_proof::digest::tagged;
use entente_proof::{seal, totp};
use entente_store::{FactorRow, FactorSort, Read, SessionSort, StoreError, StoreExt, Write};
use zeroize::Zeroizing;

/// How long a secret is offered before it must be confirmed.
const OFFER: Span = Span::hours(1);
/// Recovery codes given at a time.
const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: 50 random bits.
const RECOVERY_LETTERS: usize = 10;

/// What somebody signed in shows again before something that a borrowed session must not do.
#[derive(Clone, Copy)]
pub struct Reauthenticating<'a> {
    /// The session's token: it goes on when others end.
    pub token: &'a str,
    /// Marks of the browser: see [`App::sign_in`].
    pub known: &'a str,
    /// The password.
    pub password: &'a str,
    /// A code of the second factor, or a recovery code.
    pub code: &'a str,
}

impl std::fmt::Debug for Reauthenticating<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reauthenticating(hidden)")
    }
}

/// Pseudo-dossier under whose key factors are sealed, and where officers are told by mail.
pub(crate) fn vault() -> DossierId {
    DossierId([0xfa; 32])
}

impl App {
    /// What an officer's own page shows. `token` is the session that asks.
    ///
    /// # Errors
    /// Storage only.
    pub fn account(&self, actor: &Actor, token: &str) -> Result<AccountView> {
        self.looked(actor, Operation::Consult, "account", None, None)?;
        self.inner.store.view("account", |tx| {
            let officer = tx.officer(&actor.id)?.ok_or(AppError::NotFound)?;
            let factors = tx.factors(&actor.id)?;
            let app = factors.iter().find(|f| f.sort == FactorSort::App);
            let left = factors.iter().filter(|f| f.sort == FactorSort::Recovery);
            Ok(AccountView {
                has_password: !officer.password.is_empty(),
                app_since: app.map(|f| Instant(f.since_ms)),
                recovery_left: left.count() as u64,
                offered: self.offered(tx, &actor.id)?.map(|(view, _)| view),
                required: self.requires_factor(),
                passkeys: passkey_lines(&factors),
                has_passkeys: self.has_passkeys(),
                provider: bound_since(&factors).map(|(since, used)| BoundLine { since, used }),
                proved_until: self.proved_until(tx, token)?,
                sessions: self.session_views(tx, &actor.id, token)?,
            })
        })
    }

    /// Offers a fresh secret for an authenticator app: it opens nothing before a code of it was typed. Who has an app already shows a
    /// code of that one too.
    ///
    /// # Errors
    /// [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`], [`AppError::Wait`].
    pub fn offer_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()> {
        self.check_again(actor, by)?;
        let secret = Zeroizing::new(random::<{ totp::SECRET }>(&*self.inner.random));
        let (app, id, now) = (self.clone(), actor.id.clone(), self.now());
        self.inner.store.update("offer_factor", move |tx| {
            app.record_access(tx, &acts_on(&id, "offer_factor", &id))?;
            let row = FactorRow {
                sealed: app.seal_factor(tx, &id, &secret[..])?,
                ..factor(&id, FactorSort::Offered, now)
            };
            Ok::<_, AppError>(tx.put_factor(&row)?)
        })
    }

    /// Checks the password of somebody signed in, and a code of the app if there is one.
    pub(crate) fn check_again(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()> {
        self.check_first(actor, by)?;
        let factors = |tx: &dyn Read| Ok::<_, AppError>(tx.factors(&actor.id)?);
        let mut factors = self.inner.store.view("factors", factors)?.into_iter();
        match factors.any(|f| f.sort == FactorSort::App) {
            true => self.check_code(&actor.id, by, |_| Ok(())),
            false => Ok(()),
        }
    }

    /// Checks the first of what somebody signed in with: the password or, where none was typed, that the OpenID provider or a passkey showed
    /// them again a moment ago.
    fn check_first(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()> {
        if !by.password.is_empty() {
            return self.check_password(&actor.id, by.password, by.known);
        }
        if self.take_proof(&actor.id, by.token)? {
            return Ok(());
        }
        let has_none = |tx: &dyn Read| {
            let row = tx.officer(&actor.id)?.ok_or(AppError::NotFound)?;
            let proves =
                |f: &FactorRow| matches!(f.sort, FactorSort::Provider | FactorSort::Passkey);
            Ok::<_, AppError>(row.password.is_empty() && tx.factors(&actor.id)?.iter().any(proves))
        };
        match self.inner.store.view("check_first", has_none)? {
            true => Err(PeopleFault::ProofNeeded.into()),
            false => self.check_password(&actor.id, by.password, by.known),
        }
    }

    /// Takes the offered secret as the officer's, once a code of it was typed: gives the recovery codes, in the clear this once. Every
    /// other session of the officer ends.
    ///
    /// # Errors
    /// [`PeopleFault::OfferOver`], [`PeopleFault::CodeWrong`], [`AppError::Wait`].
    pub fn confirm_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<Vec<String>> {
        let (app, id) = (self.clone(), actor.id.clone());
        let (typed, keep) = (normal(by.code), token_digest(by.token));
        self.counted(&actor.id, by.known, move |tx| {
            let offered = app.offered(tx.as_read(), &id)?;
            let (_, secret) = offered.ok_or(PeopleFault::OfferOver)?;
            let now = app.now();
            let Some(step) = totp::fitting(&secret, &typed, now.0, i64::MIN) else {
                return Ok(None);
            };
            app.record_access(tx, &acts_on(&id, "confirm_factor", &id))?;
            tx.drop_factor(&id, FactorSort::Offered, &[])?;
            let row = FactorRow {
                last: step,
                sealed: app.seal_factor(tx, &id, &secret)?,
                ..factor(&id, FactorSort::App, now)
            };
            tx.put_factor(&row)?;
            end_sessions(tx, &id, Some(&keep))?;
            app.fresh_recovery_codes(tx, &id).map(Some)
        })
    }

    /// Takes the app away, and the recovery codes with it.
    ///
    /// # Errors
    /// [`PeopleFault::FactorRequired`], [`PeopleFault::FactorNone`], [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`],
    /// [`AppError::Wait`].
    pub fn remove_factor(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()> {
        self.check_first(actor, by)?;
        let (app, id) = (self.clone(), actor.id.clone());
        self.check_code(&actor.id, by, move |tx| {
            app.record_access(tx, &acts_on(&id, "remove_factor", &id))?;
            tx.drop_factor(&id, FactorSort::App, &[])?;
            app.left_without(tx, &id)
        })
    }

    /// Fresh recovery codes in the place of those given before.
    ///
    /// # Errors
    /// [`PeopleFault::FactorNone`], [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`], [`AppError::Wait`].
    pub fn renew_recovery_codes(
        &self,
        actor: &Actor,
        by: &Reauthenticating<'_>,
    ) -> Result<Vec<String>> {
        self.check_first(actor, by)?;
        let (app, id) = (self.clone(), actor.id.clone());
        self.check_code(&actor.id, by, move |tx| {
            app.record_access(tx, &acts_on(&id, "renew_recovery_codes", &id))?;
            app.fresh_recovery_codes(tx, &id)
        })
    }

    /// The second of two steps of signing in: `token` is what the first gave.
    ///
    /// # Errors
    /// [`AppError::SignIn`] if the first step was too long ago; [`PeopleFault::CodeWrong`]; [`AppError::Wait`].
    pub fn second_step(&self, token: &str, code: &str, known: &str) -> Result<SignedIn> {
        let row = self.inner.store.view("await_code", |tx| {
            self.awaited(tx, token, SessionSort::Code)
        })?;
        let row = row.ok_or(AppError::SignIn)?;
        let (officer, state) = (row.officer, row.state);
        let (app, id) = (self.clone(), officer.clone());
        let (typed, digest) = (normal(code), token_digest(token));
        self.counted(&officer, known, move |tx| {
            // Two answers to one question at once: the second finds it gone.
            if tx.session(&digest)?.is_none() || !app.take_code(tx, &id, &typed)? {
                return Ok(None);
            }
            Ok(Some(tx.end_session(&digest)?))
        })?;
        self.inner.attempts.fitted(self.who(&officer, known));
        self.begin_session_with(&officer, known, state)
    }

    /// Whether an officer has a second factor.
    pub(crate) fn has_factor(&self, officer: &str) -> Result<bool> {
        self.inner
            .store
            .view("factors", |tx| has_factor(tx, officer))
    }

    /// Takes a code of somebody signed in, and does something in the same transaction.
    fn check_code<T: Send + 'static>(
        &self,
        officer: &str,
        by: &Reauthenticating<'_>,
        then: impl Fn(&mut dyn Write) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (app, id, typed) = (self.clone(), officer.to_owned(), normal(by.code));
        self.counted(officer, by.known, move |tx| {
            if !has_factor(tx.as_read(), &id)? {
                return Err(PeopleFault::FactorNone.into());
            }
            if !app.take_code(tx, &id, &typed)? {
                return Ok(None);
            }
            then(tx).map(Some)
        })
    }

    /// Runs an attempt with a code, counted like one with a password: none of it stays if the code does not fit.
    fn counted<T: Send + 'static>(
        &self,
        officer: &str,
        known: &str,
        attempt: impl Fn(&mut dyn Write) -> Result<Option<T>> + Send + 'static,
    ) -> Result<T> {
        let who = self.who_types(officer, known);
        let next = self.inner.attempts.take(who, self.now());
        let next = next.map_err(AppError::Wait)?;
        let done = self.inner.store.update("code", move |tx| {
            attempt(tx)?.ok_or(AppError::from(PeopleFault::CodeWrong))
        });
        match &done {
            Ok(_) => self.inner.attempts.fitted(who),
            Err(_) => warn_of_guesses(next),
        }
        if let Err(AppError::Input(InputFault::People(PeopleFault::CodeWrong))) = &done {
            self.refused("code_refused", Some(officer.to_owned()))?;
        }
        done
    }

    /// Takes a code, so that it opens nothing any more: of the app, or a recovery code.
    fn take_code(&self, tx: &mut dyn Write, officer: &str, typed: &str) -> Result<bool> {
        let factors = tx.factors(officer)?;
        if typed.len() == totp::DIGITS {
            let mut apps = factors.into_iter().filter(|f| f.sort == FactorSort::App);
            let Some(app) = apps.next() else {
                return Ok(false);
            };
            let secret = self.open_factor(tx.as_read(), &app)?;
            let Some(step) = totp::fitting(&secret, typed, self.now().0, app.last) else {
                return Ok(false);
            };
            tx.put_factor(&FactorRow { last: step, ..app })?;
            return Ok(true);
        }
        let id = self.recovery_id(officer, typed);
        let is = |f: &FactorRow| f.sort == FactorSort::Recovery && f.id == id;
        if !factors.iter().any(is) {
            return Ok(false);
        }
        self.record_access(tx, &signs(officer, "recovery_code"))?;
        tx.drop_factor(officer, FactorSort::Recovery, &id)?;
        Ok(true)
    }

    pub(crate) fn fresh_recovery_codes(
        &self,
        tx: &mut dyn Write,
        officer: &str,
    ) -> Result<Vec<String>> {
        drop_recovery_codes(tx, officer)?;
        let now = self.now();
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let letters = totp::base32(&random::<7>(&*self.inner.random));
            let code: String = letters.chars().take(RECOVERY_LETTERS).collect();
            tx.put_factor(&FactorRow {
                id: self.recovery_id(officer, &code),
                ..factor(officer, FactorSort::Recovery, now)
            })?;
            let (first, second) = code.split_at(RECOVERY_LETTERS / 2);
            codes.push(format!("{first}-{second}"));
        }
        Ok(codes)
    }

    /// A recovery code as it is kept: with the node's key, so that a thief of the database cannot try them all.
    fn recovery_id(&self, officer: &str, code: &str) -> Vec<u8> {
        let code: String = code.chars().map(letter).collect();
        let parts = [
            &self.inner.keys.index[..],
            officer.as_bytes(),
            code.as_bytes(),
        ];
        tagged("entente/recovery/1", &parts).0.to_vec()
    }

    /// The secret offered last, while it is.
    fn offered(
        &self,
        tx: &dyn Read,
        officer: &str,
    ) -> Result<Option<(OfferedView, Zeroizing<Vec<u8>>)>> {
        let factors = tx.factors(officer)?.into_iter();
        let mut offered = factors.filter(|f| f.sort == FactorSort::Offered);
        let since = self.now() - OFFER;
        let Some(row) = offered.next().filter(|f| f.since_ms > since.0) else {
            return Ok(None);
        };
        let secret = self.open_factor(tx, &row)?;
        let view = OfferedView {
            secret: totp::base32(&secret),
            until: Instant(row.since_ms) + OFFER,
        };
        Ok(Some((view, secret)))
    }

    pub(crate) fn seal_factor(
        &self,
        tx: &mut dyn Write,
        officer: &str,
        secret: &[u8],
    ) -> Result<Vec<u8>> {
        let key = self.dossier_key(tx, vault())?;
        let nonce = random(&*self.inner.random);
        seal::seal(&key, nonce, &cell(officer), secret).map_err(|_| AppError::Bug("seal"))
    }

    pub(crate) fn open_factor(&self, tx: &dyn Read, row: &FactorRow) -> Result<Zeroizing<Vec<u8>>> {
        let damaged = StoreError::Damaged {
            table: "factor",
            column: "sealed",
        };
        let key = self.find_dossier_key(tx, vault())?;
        let opened = key.and_then(|key| seal::open(&key, &cell(&row.officer), &row.sealed).ok());
        Ok(Zeroizing::new(opened.ok_or(damaged)?))
    }
}

pub(crate) fn drop_recovery_codes(tx: &mut dyn Write, officer: &str) -> Result<()> {
    for row in tx.factors(officer)? {
        if row.sort == FactorSort::Recovery {
            tx.drop_factor(officer, row.sort, &row.id)?;
        }
    }
    Ok(())
}

/// A factor without its secret.
pub(crate) fn factor(officer: &str, sort: FactorSort, now: Instant) -> FactorRow {
    FactorRow {
        officer: officer.to_owned(),
        sort,
        id: Vec::new(),
        label: String::new(),
        since_ms: now.0,
        last: 0,
        sealed: Vec::new(),
    }
}

fn passkey_lines(factors: &[FactorRow]) -> Vec<PasskeyLine> {
    let keys = factors.iter().filter(|f| f.sort == FactorSort::Passkey);
    let line = |f: &FactorRow| PasskeyLine {
        name: passkey_name(f),
        label: f.label.clone(),
        since: Instant(f.since_ms),
        used: Instant(f.last),
    };
    keys.map(line).collect()
}

/// Binds a sealed secret to its officer.
fn cell(officer: &str) -> Vec<u8> {
    seal::cell("factor", officer.as_bytes(), &[], 0)
}

/// A code without what people put between its signs, in capitals, its digits as the app writes them.
fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(64)
        .map(digit)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A digit of an Arabic or Persian keyboard as the Latin one.
fn digit(c: char) -> char {
    let n = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        _ => return c,
    };
    char::from_digit(n, 10).unwrap_or(c)
}

/// A digit that base32 does not have as the letter that it was read for.
fn letter(c: char) -> char {
    match c {
        '0' => 'O',
        '1' => 'I',
        '8' => 'B',
        other => other,
    }
}
