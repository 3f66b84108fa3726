//! Signing in at an OpenID provider: the authorisation code flow with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636).
//!
//! An officer is bound to an account at the provider, which is issuer and subject and never an e-mail address: by the link of an
//! invitation, or on "My account". Nobody is made from what a provider says, and whoever is deactivated here stays out whatever it says.
//! What a browser keeps between going there and coming back is sealed (`flow.rs`): until an answer was verified, nothing of a stranger is
//! written here. Which tokens are believed is decided in `token.rs`, how the provider is reached in `known.rs`, and what it may end in
//! `farewell.rs`.

mod bound;
mod farewell;
mod flow;
mod known;
mod token;

use crate::env::random;
use crate::error::{AppError, Result};
use crate::factors::Reauthenticating;
use crate::fault::{InputFault, PeopleFault};
use crate::people::called;
use crate::sessions::{SessionState, session_name, token_digest};
use crate::{Actor, App, SignedIn};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
pub(crate) use bound::{bound_since, shown_strong};
use entente_core::instant::{Instant, Span};
use entente_core::label::Lang;
use entente_proof::digest::sha256;
use entente_store::{SessionSort, StoreExt};
use flow::{Flow, Purpose};
pub use known::{Asked, Line, LineFault, Provider};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use token::Shown;
use zeroize::Zeroizing;

/// How long fresh proof by the provider stands in for a password: for one act.
const PROOF: Span = Span::minutes(5);

/// What the provider is and what is asked of it.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// Who signs identity tokens, to the letter: `https://host/...`.
    pub issuer: String,
    /// Who this node is to it.
    pub client: String,
    /// What this node shows to it.
    pub secret: Zeroizing<String>,
    /// Further hosts at which its endpoints may be, as `host` or `host:port`; the issuer's own always may.
    pub hosts: Vec<String>,
    /// Classes of authentication of which it must name one (`acr`); none: any.
    pub acr: Vec<String>,
    /// Methods of authentication of which it must name one (`amr`); none: any.
    pub amr: Vec<String>,
    /// What officers call it, in one language or in French, Arabic and English: see [`called`].
    pub name: String,
}

impl ProviderSettings {
    /// Whether what it is asked to show counts as both factors.
    fn strong(&self) -> bool {
        !self.acr.is_empty() || !self.amr.is_empty()
    }
}

/// Whether officers sign in at a provider too.
#[derive(Clone, Debug, Default)]
pub enum AtProvider {
    /// There is none.
    #[default]
    None,
    /// There is one of this name, and what this node needs to speak to it cannot be read: nobody signs in there, and all other ways in go on.
    Off(String),
    /// At this one.
    On(Arc<Provider>),
}

/// What somebody goes to the provider for.
#[derive(Clone, Copy, Debug)]
pub enum Errand<'a> {
    /// To sign in.
    SignIn,
    /// To take up the invitation of this token.
    Invitation(&'a str),
    /// To bind the account there to the one here, after showing again what one signs in with here.
    Bind(&'a Actor, &'a Reauthenticating<'a>),
    /// To show, in the session of this token, that one is there still.
    Prove(&'a Actor, &'a str),
}

/// On the way to the provider.
#[derive(Clone, Debug)]
pub struct Going {
    /// Where the browser goes.
    pub address: String,
    /// What it keeps, sealed, and brings back.
    pub kept: String,
}

/// What a browser brought back from the provider. All of it may be anybody's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Brought<'a> {
    /// What it kept.
    pub kept: &'a str,
    /// `state` of the address.
    pub state: &'a str,
    /// `code`, or empty.
    pub code: &'a str,
    /// `iss` (RFC 9207), where there is one.
    pub issuer: Option<&'a str>,
    /// Whether there is an `error` in the place of a code.
    pub error: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Came {
    /// Somebody is signed in, or a code is asked next; and wants to go on there.
    SignedIn(SignedIn, String),
    /// The account there opens the one here from now on.
    Bound,
    /// Shown again: see [`App::begin_provider`].
    Proved,
}

/// What a session keeps of the provider that began it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct ByProvider {
    /// Its own name of the session there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// Whether it showed what counts as both factors.
    pub(crate) strong: bool,
    /// The identity token, to be shown when the session ends there too: sealed, in base64 (`farewell.rs`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
}

/// What the provider showed of whoever came back, before a session keeps it.
pub(crate) struct Entering {
    by: ByProvider,
    /// The identity token.
    token: Zeroizing<String>,
}

impl App {
    /// What the provider is called, if there is one and the node knows under which name browsers reach it.
    #[must_use]
    pub fn provider_name(&self, reader: Lang) -> Option<String> {
        let provider = self.provider().ok()?;
        Some(called(&provider.settings.name, reader).to_owned())
    }

    /// Whether the provider answers as it must, for the check-up: its description and its keys are asked for.
    ///
    /// # Errors
    /// [`PeopleFault::NoProvider`], [`PeopleFault::ProviderSilent`], [`PeopleFault::ProviderWrong`].
    pub fn look_at_provider(&self) -> Result<()> {
        let provider = self.provider()?;
        Ok(provider.look(self.now())?)
    }

    /// What the provider is called where signing in at it is off: what this node needs for it could not be read at its start.
    #[must_use]
    pub fn provider_off(&self, reader: Lang) -> Option<String> {
        match &self.inner.provider {
            AtProvider::Off(name) => Some(called(name, reader).to_owned()),
            AtProvider::None | AtProvider::On(_) => None,
        }
    }

    fn provider(&self) -> Result<&Provider> {
        match &self.inner.provider {
            AtProvider::On(provider) if self.inner.settings.public_url.is_some() => Ok(provider),
            AtProvider::Off(_) => Err(PeopleFault::ProviderSilent.into()),
            AtProvider::None | AtProvider::On(_) => Err(PeopleFault::NoProvider.into()),
        }
    }

    /// Where the provider sends browsers back to, to the letter.
    fn back(&self) -> String {
        let url = self.inner.settings.public_url.as_deref();
        format!("{}/sign-in/provider/back", url.unwrap_or_default())
    }

    /// Sends a browser to the provider; `next` is where to go on here afterwards. Where it is asked for more than to sign in, the provider is
    /// to ask for everything anew; where its word stands in for a password, it must say when it did.
    ///
    /// # Errors
    /// [`PeopleFault::NoProvider`], [`PeopleFault::ProviderSilent`]; those of showing again what one signs in with.
    pub fn begin_provider(&self, errand: Errand<'_>, next: &str) -> Result<Going> {
        let provider = self.provider()?;
        let purpose = match errand {
            Errand::SignIn => Purpose::SignIn,
            Errand::Invitation(token) => Purpose::Invitation {
                token: token.to_owned(),
            },
            Errand::Bind(actor, by) => {
                self.check_again(actor, by)?;
                Purpose::Bind(self.of_session(&actor.id, by.token)?)
            }
            Errand::Prove(actor, token) => Purpose::Prove(self.of_session(&actor.id, token)?),
        };
        let text = || URL_SAFE_NO_PAD.encode(random::<32>(&*self.inner.random));
        let flow = Flow {
            state: text(),
            nonce: text(),
            verifier: text(),
            begun_ms: self.now().0,
            next: flow::short(next),
            purpose,
        };
        let address = provider.address(self.now(), &self.asking(provider, &flow))?;
        let kept = self.seal_flow(&flow)?;
        Ok(Going { address, kept })
    }

    /// The parameters of the way there.
    fn asking(&self, provider: &Provider, flow: &Flow) -> Vec<(&'static str, String)> {
        let settings = &provider.settings;
        let challenge = URL_SAFE_NO_PAD.encode(sha256(flow.verifier.as_bytes()).0);
        let mut asking = vec![
            ("response_type", "code".to_owned()),
            ("client_id", settings.client.clone()),
            ("redirect_uri", self.back()),
            ("scope", "openid".to_owned()),
            ("state", flow.state.clone()),
            ("nonce", flow.nonce.clone()),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256".to_owned()),
        ];
        if !settings.acr.is_empty() {
            asking.push(("acr_values", settings.acr.join(" ")));
        }
        if flow.purpose.anew() {
            asking.push(("prompt", "login".to_owned()));
        }
        if flow.purpose.proves() {
            asking.push(("max_age", "1".to_owned()));
        }
        asking
    }

    /// Takes what a browser brought back. `session` is the token that it has here, if any; `known` see [`App::sign_in`].
    ///
    /// # Errors
    /// [`PeopleFault`]: whatever did not fit, in few words, and never why; the log names it by a closed word.
    pub fn finish_provider(
        &self,
        brought: &Brought<'_>,
        session: &str,
        known: &str,
    ) -> Result<Came> {
        let provider = self.provider()?;
        let begun = self.open_flow(brought.kept, brought.state);
        let flow = begun.map_err(|wrong| self.not_believed(wrong.into(), None))?;
        let shown = self.shown(provider, brought, &flow);
        let shown = shown.map_err(|refused| self.not_believed(refused, None))?;
        let by = ByProvider {
            sid: shown.claims.sid.clone(),
            strong: provider.settings.strong(),
            sealed: None,
        };
        let entering = Entering {
            by,
            token: shown.text.into(),
        };
        let account = self.account_of(&provider.settings.issuer, &shown.subject);
        match &flow.purpose {
            Purpose::SignIn => {
                let signed = self.enter_by_provider(&flow, &account, entering, known)?;
                Ok(Came::SignedIn(signed, flow.next.clone()))
            }
            Purpose::Invitation { token } => {
                let officer = self.accept_by_provider(token, &flow, &account)?;
                let signed = self.begin_session_by(&officer, known, entering)?;
                Ok(Came::SignedIn(signed, flow.next.clone()))
            }
            Purpose::Bind(asked) => {
                let officer = self.still_in(asked, session)?;
                self.bind(&officer, &flow, &account, &token_digest(session))?;
                Ok(Came::Bound)
            }
            Purpose::Prove(asked) => {
                let officer = self.still_in(asked, session)?;
                self.note_proof(&officer, &flow, &account, &token_digest(session))?;
                Ok(Came::Proved)
            }
        }
    }

    /// What the provider shows of whoever came back: the code is exchanged, and the identity token held against what was asked.
    fn shown(
        &self,
        provider: &Provider,
        brought: &Brought<'_>,
        flow: &Flow,
    ) -> std::result::Result<Shown, Refused> {
        let now = self.now();
        provider.is_from(now, brought.issuer)?;
        if brought.error {
            return Err(Refused::Denied);
        }
        let text = provider.exchange(now, brought.code, &flow.verifier, &self.back())?;
        // The provider may have taken its time: what it says is read by the clock of now.
        provider.identity(self.now(), &text, flow)
    }

    /// Somebody's account as a row keeps it: neither issuer nor subject can be read from it.
    fn account_of(&self, issuer: &str, subject: &str) -> Vec<u8> {
        let parts = [
            &self.inner.keys.index[..],
            issuer.as_bytes(),
            subject.as_bytes(),
        ];
        entente_proof::digest::tagged("entente/provider/1", &parts)
            .0
            .to_vec()
    }

    /// The officer whose session asked, if it is the very session of the browser that came back.
    fn still_in(&self, asked: &flow::OfSession, session: &str) -> Result<String> {
        let found = self.inner.store.view("provider", |tx| {
            self.awaited(tx, session, SessionSort::SignedIn)
        })?;
        let same =
            found.filter(|row| row.officer == asked.officer && session_name(row) == asked.session);
        let row = same.ok_or_else(|| self.not_believed("session".into(), Some(&asked.officer)))?;
        Ok(row.officer)
    }

    fn of_session(&self, officer: &str, token: &str) -> Result<flow::OfSession> {
        let row = self.inner.store.view("provider", |tx| {
            self.awaited(tx, token, SessionSort::SignedIn)
        })?;
        Ok(flow::OfSession {
            officer: officer.to_owned(),
            session: session_name(&row.ok_or(AppError::SignIn)?),
        })
    }

    /// Begins the session of somebody whom the provider showed.
    pub(crate) fn begin_session_by(
        &self,
        officer: &str,
        known: &str,
        entering: Entering,
    ) -> Result<SignedIn> {
        let state = self.keeping_provider(officer, entering)?;
        self.begin_session_with(officer, known, state)
    }

    /// What a session that the provider begins keeps of it.
    fn keeping_provider(&self, officer: &str, entering: Entering) -> Result<Vec<u8>> {
        let provider = self.with_hint(officer, entering)?;
        let state = SessionState {
            provider: Some(provider),
            ..SessionState::default()
        };
        Ok(state.written())
    }

    /// Why somebody is not let in, for them; the log gets the closed word, and the inspector a trace as often as wrong passwords are read.
    fn not_believed(&self, refused: Refused, officer: Option<&str>) -> AppError {
        let fault = match refused {
            Refused::Silent => return PeopleFault::ProviderSilent.into(),
            Refused::Denied => PeopleFault::ProviderDenied,
            Refused::Weak => PeopleFault::ProviderWeak,
            Refused::Wrong(why) => {
                tracing::warn!(
                    why,
                    "an answer by way of the OpenID provider is not believed"
                );
                PeopleFault::ProviderWrong
            }
        };
        match self.trace_provider(officer) {
            Ok(()) => fault.into(),
            Err(error) => error,
        }
    }

    /// Leaves the same trace of an answer that was found taken, or to be of an account that is somebody's, where it was to be kept: that
    /// transaction is undone, with all that it wrote.
    fn not_taken(&self, error: AppError, officer: Option<&str>) -> AppError {
        let why = match &error {
            AppError::Input(InputFault::People(PeopleFault::ProviderWrong)) => "again",
            AppError::Input(InputFault::People(PeopleFault::ProviderTaken)) => "taken",
            _ => return error,
        };
        tracing::warn!(why, "an answer by way of the OpenID provider is not taken");
        self.trace_provider(officer).err().unwrap_or(error)
    }

    fn trace_provider(&self, officer: Option<&str>) -> Result<()> {
        let who = crate::attempts::Who::Provider;
        match self.inner.attempts.take(who, self.now()) {
            Ok(_) => self.refused("provider_refused", officer.map(str::to_owned)),
            Err(_) => Ok(()),
        }
    }
}

/// Why the provider's word is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It does not answer, or too much is asked of it just now.
    Silent,
    /// It says itself that nobody was signed in.
    Denied,
    /// It shows less than what is asked of it.
    Weak,
    /// What was said does not fit, named by a closed word.
    Wrong(&'static str),
}

impl From<&'static str> for Refused {
    fn from(why: &'static str) -> Self {
        Self::Wrong(why)
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Silent => PeopleFault::ProviderSilent,
            Refused::Denied => PeopleFault::ProviderDenied,
            Refused::Weak => PeopleFault::ProviderWeak,
            Refused::Wrong(_) => PeopleFault::ProviderWrong,
        }
        .into()
    }
}

/// Whether proof of then still stands in for a password.
pub(crate) fn proof_lasts(proved_ms: i64, now: Instant) -> bool {
    let age = now - Instant(proved_ms);
    proved_ms > 0 && age >= Span(0) && age < PROOF
}
