//! Sessions: begun, read with every request, listed and ended. They are rows of the store, so that all replicas know the same ones.

use crate::access::{AccessRecord, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::people::{actor_of, acts_on};
use crate::provider::{ByProvider, shown_strong};
use crate::reasons::Kept;
use crate::views::SessionView;
use crate::{Actor, App, Session, SignedIn};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_core::instant::{Instant, Span};
use entente_proof::digest::tagged;
use entente_store::{FactorSort, Read, SessionRow, SessionSort, StoreExt, Write};
use serde::{Deserialize, Serialize};

/// How long a session lasts without signing in again.
const SESSION: Span = Span::hours(12);
/// How long a session lasts that nobody uses. Use is noted every few minutes only: it may end that much earlier, and never later.
const IDLE: Span = Span::hours(1);
/// How long a session lasts in a demonstration, whose clock jumps; none ends there for idleness.
const DEMO_SESSION: Span = Span::days(365);
/// How long a code may be typed after the password.
const CODE: Span = Span::minutes(5);
/// How old the time of last use may grow before it is written again.
const SEEN: Span = Span::minutes(5);
/// Most letters kept of a device's description.
const DEVICE: usize = 80;
/// Hexadecimal digits of a token's digest that name a session to its own officer.
const NAME: usize = 16;

/// What a session keeps beside its token.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct SessionState {
    /// In whose absence its officer acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) acts_for: Option<String>,
    /// Reasons given for looks, for as long as they last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) reasons: Vec<Kept>,
    /// What the OpenID provider showed that began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<ByProvider>,
    /// When the provider or a passkey showed its officer again, UTC ms; 0 if none did, or this was used.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) proved_ms: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(ms: &i64) -> bool {
    *ms == 0
}

impl SessionState {
    /// As it stands in the row; nothing, where nothing was kept.
    pub(crate) fn read(state: &[u8]) -> Self {
        serde_json::from_slice(state).unwrap_or_default()
    }

    pub(crate) fn written(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl App {
    /// Begins a session of somebody who showed all that is asked.
    pub(crate) fn begin_session(&self, officer: &str, known: &str) -> Result<SignedIn> {
        self.begin_session_with(officer, known, Vec::new())
    }

    /// The same of a session that keeps something from its beginning.
    pub(crate) fn begin_session_with(
        &self,
        officer: &str,
        known: &str,
        state: Vec<u8>,
    ) -> Result<SignedIn> {
        let lasts = match self.inner.settings.demo {
            true => DEMO_SESSION,
            false => SESSION,
        };
        let (token, row) = self.fresh_token(officer, SessionSort::SignedIn, lasts);
        let row = SessionRow { state, ..row };
        let csrf = row.csrf.clone();
        let app = self.clone();
        self.inner.store.update("sign_in", move |tx| {
            app.record_access(tx, &signs(&row.officer, "sign_in"))?;
            Ok::<_, AppError>(tx.insert_session(&row)?)
        })?;
        Ok(SignedIn {
            token,
            csrf,
            known: self.marks_after(officer, known),
            code_next: false,
        })
    }

    /// The first of two steps: the password fitted, and a code is awaited.
    pub(crate) fn await_code(&self, officer: &str, known: &str) -> Result<SignedIn> {
        self.await_code_with(officer, known, Vec::new())
    }

    /// The same where the session keeps something from its beginning.
    pub(crate) fn await_code_with(
        &self,
        officer: &str,
        known: &str,
        state: Vec<u8>,
    ) -> Result<SignedIn> {
        let (token, row) = self.fresh_token(officer, SessionSort::Code, CODE);
        let row = SessionRow { state, ..row };
        let csrf = row.csrf.clone();
        self.inner.store.update("await_code", move |tx| {
            Ok::<_, AppError>(tx.insert_session(&row)?)
        })?;
        Ok(SignedIn {
            token,
            csrf,
            known: known.to_owned(),
            code_next: true,
        })
    }

    /// A fresh token, and its row.
    pub(crate) fn fresh_token(
        &self,
        officer: &str,
        sort: SessionSort,
        lasts: Span,
    ) -> (String, SessionRow) {
        let token = URL_SAFE_NO_PAD.encode(random::<32>(&*self.inner.random));
        let now = self.now();
        let row = SessionRow {
            digest: token_digest(&token),
            officer: officer.to_owned(),
            csrf: URL_SAFE_NO_PAD.encode(random::<24>(&*self.inner.random)),
            begun_ms: now.0,
            ends_ms: (now + lasts).0,
            sort,
            seen_ms: 0,
            device: String::new(),
            state: Vec::new(),
        };
        (token, row)
    }

    /// The row of a token of a sort, if it lasts still and its officer is here.
    pub(crate) fn awaited(
        &self,
        tx: &dyn Read,
        token: &str,
        sort: SessionSort,
    ) -> Result<Option<SessionRow>> {
        let row = tx.session(&token_digest(token))?;
        let Some(row) = row.filter(|row| row.sort == sort && self.lasts(row)) else {
            return Ok(None);
        };
        let officer = tx.officer(&row.officer)?;
        Ok(officer.filter(|o| o.active).map(|_| row))
    }

    /// Whether a token lasts still: its time is not over, and a session was used of late.
    fn lasts(&self, row: &SessionRow) -> bool {
        let now = self.now();
        let unused = now - Instant(row.seen_ms.max(row.begun_ms));
        let idles = row.sort == SessionSort::SignedIn && !self.inner.settings.demo;
        row.ends_ms > now.0 && !(idles && unused >= IDLE)
    }

    /// Whose session it is, and the secret that its forms send back. `device` is what uses it, in a few words; nothing is noted of it
    /// if it is empty.
    ///
    /// # Errors
    /// [`AppError::SignIn`] if there is no such session any more.
    pub fn signed_in(&self, token: &str, device: &str) -> Result<Session> {
        let found = self.inner.store.view("session", |tx| {
            self.refuse_closed(tx)?;
            let Some(row) = self.awaited(tx, token, SessionSort::SignedIn)? else {
                return Ok::<_, AppError>(None);
            };
            let officer = tx.officer(&row.officer)?.ok_or(AppError::SignIn)?;
            let must_enrol =
                self.requires_factor() && !shown_strong(&row) && !has_factor(tx, &officer.id)?;
            let actor = self.acting(tx, &row, actor_of(&officer)?)?;
            Ok(Some((row, actor, must_enrol)))
        })?;
        let (row, actor, must_enrol) = found.ok_or(AppError::SignIn)?;
        self.see(&row, device)?;
        let reasons = self.reasons_of(&SessionState::read(&row.state));
        Ok(Session {
            actor: Actor { reasons, ..actor },
            csrf: row.csrf,
            must_enrol,
        })
    }

    /// Notes when and from where a session was used, no more often than every few minutes.
    fn see(&self, row: &SessionRow, device: &str) -> Result<()> {
        let device: String = device.chars().take(DEVICE).collect();
        let now = self.now();
        let fresh = now - Instant(row.seen_ms) < SEEN && row.device == device;
        if device.is_empty() || fresh {
            return Ok(());
        }
        let digest = row.digest.clone();
        self.inner.store.update("see_session", move |tx| {
            // What it keeps may have changed since it was read.
            match tx.session(&digest)? {
                Some(row) => Ok(tx.see_session(&digest, now.0, &device, &row.state)?),
                None => Ok(()),
            }
        })
    }

    /// Whether officers of this node need a second factor. In a demonstration one click is enough.
    pub(crate) fn requires_factor(&self) -> bool {
        self.inner.settings.second_factor && !self.inner.settings.demo
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Storage only; an unknown session is ended already.
    pub fn sign_out(&self, token: &str) -> Result<()> {
        let (app, digest) = (self.clone(), token_digest(token));
        self.inner.store.update("sign_out", move |tx| {
            if let Some(row) = tx.session(&digest)? {
                app.record_access(tx, &signs(&row.officer, "sign_out"))?;
            }
            Ok(tx.end_session(&digest)?)
        })
    }

    /// Ends sessions whose time is over.
    ///
    /// # Errors
    /// Storage only.
    pub fn end_expired_sessions(&self) -> Result<()> {
        let now = self.now();
        self.inner.store.update(
            "end_sessions",
            move |tx| Ok(tx.end_expired_sessions(now.0)?),
        )
    }

    /// Ends one session of an officer's own, by its name in [`SessionView`].
    ///
    /// # Errors
    /// [`AppError::NotFound`] if the officer has no such session.
    pub fn end_own_session(&self, actor: &Actor, name: &str) -> Result<()> {
        let (app, id, name) = (self.clone(), actor.id.clone(), name.to_owned());
        self.inner.store.update("end_session", move |tx| {
            let own = tx.sessions(&id)?;
            // What else has a row here, such as a request for access, does not end with this.
            let mut open = own.iter().filter(|row| row.sort == SessionSort::SignedIn);
            let found = open.find(|row| session_name(row) == name);
            let digest = &found.ok_or(AppError::NotFound)?.digest;
            app.record_access(tx, &signs(&id, "end_session"))?;
            Ok(tx.end_session(digest)?)
        })
    }

    /// Ends every session of an officer's own but the one of this token.
    ///
    /// # Errors
    /// Storage only.
    pub fn end_other_sessions(&self, actor: &Actor, token: &str) -> Result<()> {
        let (app, id, keep) = (self.clone(), actor.id.clone(), token_digest(token));
        self.inner.store.update("end_session", move |tx| {
            app.record_access(tx, &signs(&id, "end_other_sessions"))?;
            end_sessions(tx, &id, Some(&keep))
        })
    }

    /// The sessions of an officer, the newest first; `token` is the one that asks.
    pub(crate) fn session_views(
        &self,
        tx: &dyn Read,
        officer: &str,
        token: &str,
    ) -> Result<Vec<SessionView>> {
        let own = token_digest(token);
        let rows = tx.sessions(officer)?.into_iter().rev();
        let rows = rows.filter(|r| r.sort == SessionSort::SignedIn && self.lasts(r));
        Ok(rows
            .map(|row| SessionView {
                name: session_name(&row),
                begun: Instant(row.begun_ms),
                seen: Instant(row.seen_ms.max(row.begun_ms)),
                this: row.digest == own,
                device: row.device,
            })
            .collect())
    }
}

/// Whether an officer has a second factor, confirmed.
pub(crate) fn has_factor(tx: &dyn Read, officer: &str) -> Result<bool> {
    let factors = tx.factors(officer)?;
    let opens = |sort| matches!(sort, FactorSort::App | FactorSort::Passkey);
    Ok(factors.iter().any(|factor| opens(factor.sort)))
}

/// Ends every token of an officer, of whatever sort, but one. Who stands in for them is no token, and neither is an answer that was taken,
/// nor how far they read the news: these stay.
pub(crate) fn end_sessions(tx: &mut dyn Write, officer: &str, but: Option<&[u8]>) -> Result<()> {
    for row in tx.sessions(officer)? {
        let stays = matches!(
            row.sort,
            SessionSort::StandIn | SessionSort::Asks | SessionSort::Provider | SessionSort::News
        );
        if but != Some(&row.digest[..]) && !stays {
            tx.end_session(&row.digest)?;
        }
    }
    Ok(())
}

/// Notes in a session that its officer was shown again, by the provider or a passkey: it stands in for a password, once.
pub(crate) fn note_proved(tx: &mut dyn Write, digest: &[u8], now: Instant) -> Result<()> {
    let row = tx.session(digest)?.ok_or(AppError::SignIn)?;
    let state = SessionState {
        proved_ms: now.0,
        ..SessionState::read(&row.state)
    };
    Ok(tx.see_session(digest, row.seen_ms, &row.device, &state.written())?)
}

/// What names a session, or an absence, to its officer: the beginning of its token's digest, from which no token follows.
pub(crate) fn session_name(row: &SessionRow) -> String {
    hex::encode(&row.digest).chars().take(NAME).collect()
}

/// Signing in and out, for the inspector.
pub(crate) fn signs(officer: &str, verb: &str) -> AccessRecord {
    AccessRecord {
        operation: Operation::Session,
        ..acts_on(officer, verb, officer)
    }
}

pub(crate) fn token_digest(token: &str) -> Vec<u8> {
    tagged("entente/session/1", &[token.as_bytes()]).0.to_vec()
}
