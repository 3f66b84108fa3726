//! Officers and their accounts at the provider: bound, used, cut. One account opens one officer, and an officer has one.

use super::flow::{FLOW, Flow};
use super::{ByProvider, Entering, PROOF};
use crate::error::{AppError, Result};
use crate::factors::{Reauthenticating, factor};
use crate::fault::PeopleFault;
use crate::officers::{By, here};
use crate::people::acts_on;
use crate::sessions::{SessionState, end_sessions, has_factor, note_proved, token_digest};
use crate::{Actor, App, SignedIn};
use entente_core::instant::{Instant, Span};
use entente_proof::digest::tagged;
use entente_store::{FactorRow, FactorSort, Read, SessionRow, SessionSort, StoreExt, Write};

impl App {
    /// Signs in whoever an account opens: with a code of their own next, where they have one and the provider showed no two factors.
    pub(super) fn enter_by_provider(
        &self,
        flow: &Flow,
        account: &[u8],
        entering: Entering,
        known: &str,
    ) -> Result<SignedIn> {
        let (app, used, key) = (self.clone(), self.used(flow), account.to_vec());
        let entered = self.inner.store.update("provider", move |tx| {
            let Some(bound) = tx.bound(&key)? else {
                return Ok::<_, AppError>(Err(None));
            };
            let active = tx.officer(&bound.officer)?.is_some_and(|row| row.active);
            if !active {
                return Ok(Err(Some(bound.officer)));
            }
            take_once(tx, &used, &bound.officer)?;
            let officer = bound.officer.clone();
            tx.put_factor(&FactorRow {
                last: app.now().0,
                ..bound
            })?;
            let next = has_factor(tx.as_read(), &officer)?;
            Ok(Ok((officer, next)))
        });
        let entered = entered.map_err(|error| self.not_taken_of(error, account))?;
        match entered {
            Ok((officer, true)) if !entering.by.strong => {
                let state = self.keeping_provider(&officer, entering)?;
                self.await_code_with(&officer, known, state)
            }
            Ok((officer, _)) => self.begin_session_by(&officer, known, entering),
            // Nobody's, or somebody's who is let in no more: the same answer.
            Err(officer) => {
                self.trace_provider(officer.as_deref())?;
                Err(PeopleFault::ProviderUnknown.into())
            }
        }
    }

    /// See [`App::not_taken`]: of whomever this account opens.
    fn not_taken_of(&self, error: AppError, account: &[u8]) -> AppError {
        let bound = |tx: &dyn Read| Ok::<_, AppError>(tx.bound(account)?);
        match self.inner.store.view("bound", bound) {
            Ok(bound) => self.not_taken(error, bound.as_ref().map(|row| row.officer.as_str())),
            Err(failed) => failed,
        }
    }

    /// Takes up an invitation: from now on the account opens the officer.
    pub(super) fn accept_by_provider(
        &self,
        token: &str,
        flow: &Flow,
        account: &[u8],
    ) -> Result<String> {
        let asked = |tx: &dyn Read| self.awaited(tx, token, SessionSort::Invitation);
        let row = self.inner.store.view("invited", asked)?;
        let id = row.ok_or(AppError::NotFound)?.officer;
        let (app, officer, digest) = (self.clone(), id.clone(), token_digest(token));
        let (used, row) = (self.used(flow), self.account_row(&id, account));
        let taken = self.inner.store.update("accept_invitation", move |tx| {
            // Taken up twice at once: the second finds it gone.
            tx.session(&digest)?.ok_or(AppError::NotFound)?;
            here(tx.as_read(), &officer)?;
            app.record_access(tx, &acts_on(&officer, "accept_invitation", &officer))?;
            put_account(tx, &row)?;
            end_sessions(tx, &officer, None)?;
            take_once(tx, &used, &officer)
        });
        taken.map_err(|error| self.not_taken(error, Some(&id)))?;
        Ok(id)
    }

    /// Binds an account to somebody signed in. Every other session of theirs ends, as with every new way in.
    pub(super) fn bind(
        &self,
        officer: &str,
        flow: &Flow,
        account: &[u8],
        keep: &[u8],
    ) -> Result<()> {
        let (app, used, keep) = (self.clone(), self.used(flow), keep.to_vec());
        let row = self.account_row(officer, account);
        let bound = self.inner.store.update("bind_provider", move |tx| {
            app.record_access(tx, &acts_on(&row.officer, "bind_provider", &row.officer))?;
            put_account(tx, &row)?;
            end_sessions(tx, &row.officer, Some(&keep))?;
            take_once(tx, &used, &row.officer)
        });
        bound.map_err(|error| self.not_taken(error, Some(officer)))
    }

    /// Notes in a session that its officer was shown again, by the account that is theirs.
    pub(super) fn note_proof(
        &self,
        officer: &str,
        flow: &Flow,
        account: &[u8],
        session: &[u8],
    ) -> Result<()> {
        let (used, id, now) = (self.used(flow), officer.to_owned(), self.now());
        let (key, digest) = (account.to_vec(), session.to_vec());
        let own = self.inner.store.update("prove", move |tx| {
            if tx.bound(&key)?.is_none_or(|bound| bound.officer != id) {
                return Ok::<_, AppError>(false);
            }
            take_once(tx, &used, &id)?;
            note_proved(tx, &digest, now)?;
            Ok(true)
        });
        let own = own.map_err(|error| self.not_taken(error, Some(officer)))?;
        match own {
            true => Ok(()),
            // Somebody else's account, at the desk of an officer who stepped away.
            false => Err(self.not_believed("account".into(), Some(officer))),
        }
    }

    /// Takes fresh proof by the provider or a passkey in the place of a password: once, and within minutes.
    pub(crate) fn take_proof(&self, officer: &str, token: &str) -> Result<bool> {
        let (id, digest, now) = (officer.to_owned(), token_digest(token), self.now());
        self.inner.store.update("take_proof", move |tx| {
            let row = tx.session(&digest)?;
            let own = |row: &SessionRow| row.sort == SessionSort::SignedIn && row.officer == id;
            let Some(row) = row.filter(own) else {
                return Ok(false);
            };
            let mut state = SessionState::read(&row.state);
            let proved = std::mem::take(&mut state.proved_ms);
            if proved == 0 {
                return Ok(false);
            }
            tx.see_session(&digest, row.seen_ms, &row.device, &state.written())?;
            Ok(super::proof_lasts(proved, now))
        })
    }

    /// Until when proof stands in for a password in a session, if it does.
    pub(crate) fn proved_until(&self, tx: &dyn Read, token: &str) -> Result<Option<Instant>> {
        let row = tx.session(&token_digest(token))?;
        let proved = row.map_or(0, |row| SessionState::read(&row.state).proved_ms);
        let lasts = super::proof_lasts(proved, self.now());
        Ok(lasts.then(|| Instant(proved) + PROOF))
    }

    /// Cuts one's own account at the provider off: it opens nothing here any more, and the sessions that it began end, but for the one of
    /// this token.
    ///
    /// # Errors
    /// [`PeopleFault::ProviderLast`] where nothing else would open the account here; those of showing again what one signs in with.
    pub fn cut_own_provider(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<()> {
        self.check_again(actor, by)?;
        let (app, id, keep) = (self.clone(), actor.id.clone(), token_digest(by.token));
        self.inner.store.update("cut_provider", move |tx| {
            let row = tx.officer(&id)?.ok_or(AppError::NotFound)?;
            let mut factors = tx.factors(&id)?.into_iter();
            if row.password.is_empty() && !factors.any(|f| f.sort == FactorSort::Passkey) {
                return Err(PeopleFault::ProviderLast.into());
            }
            app.record_access(tx, &acts_on(&id, "cut_provider", &id))?;
            cut(tx, &id, Some(&keep))
        })
    }

    /// Cuts an officer's account at the provider off, as an administrator.
    ///
    /// # Errors
    /// [`AppError::NotFound`] to whoever does not administer, and where there is none; [`PeopleFault::ProviderLast`] where nothing else opens
    /// the account.
    pub fn cut_provider(&self, by: By<'_>, id: &str) -> Result<()> {
        by.check(self)?;
        by.check_on(id, &[], &[])?;
        let at_machine = matches!(by, By::Machine);
        let (app, id, record) = (self.clone(), id.to_owned(), by.record("cut_provider", id));
        self.inner.store.update("cut_provider", move |tx| {
            let factors = tx.factors(&id)?;
            bound_since(&factors).ok_or(AppError::NotFound)?;
            // An invitation would let one administrator in as this officer: that is a reset, which two give.
            let row = tx.officer(&id)?.ok_or(AppError::NotFound)?;
            let passkey = factors.iter().any(|f| f.sort == FactorSort::Passkey);
            if !(at_machine || passkey) && row.password.is_empty() {
                return Err(PeopleFault::ProviderLast.into());
            }
            app.record_access(tx, &record)?;
            cut(tx, &id, None)
        })
    }

    fn account_row(&self, officer: &str, account: &[u8]) -> FactorRow {
        let now = self.now();
        FactorRow {
            id: account.to_vec(),
            last: now.0,
            ..factor(officer, FactorSort::Provider, now)
        }
    }

    /// A row that says that the answer to this way was taken, for as long as it could be brought again.
    fn used(&self, flow: &Flow) -> SessionRow {
        let digest = tagged("entente/provider-used/1", &[flow.nonce.as_bytes()]).0;
        let (_, row) = self.fresh_token("", SessionSort::Provider, Span(2 * FLOW.0));
        SessionRow {
            digest: digest.to_vec(),
            csrf: String::new(),
            ..row
        }
    }
}

/// Since when an account at the provider opens an officer, and when it last did.
pub(crate) fn bound_since(factors: &[FactorRow]) -> Option<(Instant, Instant)> {
    let mut all = factors.iter().filter(|f| f.sort == FactorSort::Provider);
    all.next().map(|f| (Instant(f.since_ms), Instant(f.last)))
}

/// Keeps an account, if it opens nobody yet and the officer has none.
fn put_account(tx: &mut dyn Write, row: &FactorRow) -> Result<()> {
    if tx.bound(&row.id)?.is_some() || bound_since(&tx.factors(&row.officer)?).is_some() {
        return Err(PeopleFault::ProviderTaken.into());
    }
    Ok(tx.put_factor(row)?)
}

/// An answer is taken once, also if two bring it at once.
fn take_once(tx: &mut dyn Write, used: &SessionRow, officer: &str) -> Result<()> {
    if tx.session(&used.digest)?.is_some() {
        return Err(PeopleFault::ProviderWrong.into());
    }
    Ok(tx.insert_session(&SessionRow {
        officer: officer.to_owned(),
        ..used.clone()
    })?)
}

fn cut(tx: &mut dyn Write, officer: &str, keep: Option<&[u8]>) -> Result<()> {
    for row in tx.factors(officer)? {
        if row.sort == FactorSort::Provider {
            tx.drop_factor(officer, row.sort, &row.id)?;
        }
    }
    for row in tx.sessions(officer)? {
        if begun_by_provider(&row).is_some() && keep != Some(&row.digest[..]) {
            tx.end_session(&row.digest)?;
        }
    }
    Ok(())
}

/// What a session, or a code awaited, keeps of the provider that began it.
pub(super) fn begun_by_provider(row: &SessionRow) -> Option<ByProvider> {
    match row.sort {
        SessionSort::SignedIn | SessionSort::Code => SessionState::read(&row.state).provider,
        _ => None,
    }
}

/// Whether the provider showed both factors of whoever is in this session: none of ours is asked for then.
pub(crate) fn shown_strong(row: &SessionRow) -> bool {
    begun_by_provider(row).is_some_and(|by| by.strong)
}
