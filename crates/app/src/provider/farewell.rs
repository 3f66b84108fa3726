//! Ends of sessions: the provider ends them here (OpenID Connect Back-Channel Logout 1.0), and signing out here leads there
//! (OpenID Connect RP-Initiated Logout 1.0).

use super::bound::{begun_by_provider, bound_since};
use super::token::Ended;
use super::{ByProvider, Entering};
use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::sessions::{signs, token_digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_core::ids::DossierId;
use entente_proof::seal;
use entente_store::{Read, SessionRow, StoreExt};

/// Most bytes of an identity token that is kept, to be shown to the provider at the end.
const HINT: usize = 4 << 10;
/// Pseudo-dossier under whose key identity tokens are sealed.
const TOKENS: DossierId = DossierId([0xfb; 32]);

impl App {
    /// Keeps an identity token with what a session keeps of the provider, sealed: what a provider writes into it, some a name or an
    /// address, is read by nobody who has the database alone.
    pub(super) fn with_hint(&self, officer: &str, entering: Entering) -> Result<ByProvider> {
        let Entering { by, token } = entering;
        if token.len() > HINT {
            return Ok(by);
        }
        let (app, cell) = (self.clone(), cell(officer));
        let sealed = self.inner.store.update("keep_hint", move |tx| {
            let key = app.dossier_key(tx, TOKENS)?;
            let nonce = random(&*app.inner.random);
            let sealed = seal::seal(&key, nonce, &cell, token.as_bytes());
            sealed.map_err(|_| AppError::Bug("seal"))
        })?;
        Ok(ByProvider {
            sealed: Some(URL_SAFE_NO_PAD.encode(sealed)),
            ..by
        })
    }

    /// The identity token that began a session; nothing where none was kept, or what is kept does not open.
    fn hint(&self, tx: &dyn Read, officer: &str, by: &ByProvider) -> Result<Option<String>> {
        let sealed = by.sealed.as_ref();
        let sealed = sealed.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let (Some(sealed), Some(key)) = (sealed, self.find_dossier_key(tx, TOKENS)?) else {
            return Ok(None);
        };
        let plain = seal::open(&key, &cell(officer), &sealed).ok();
        Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
    }

    /// Ends the sessions that the provider says are over: those that it began of that subject, or of that session of its own. What a
    /// password or a passkey opened stays.
    ///
    /// # Errors
    /// [`crate::PeopleFault::ProviderWrong`] for a token that is not believed; [`crate::PeopleFault::ProviderSilent`] where its keys
    /// cannot be had.
    pub fn provider_logout(&self, token: &str) -> Result<()> {
        let provider = self.provider()?;
        let ended = provider.ending(self.now(), token);
        let ended = ended.map_err(|refused| self.not_believed(refused, None))?;
        let subject = ended.subject.as_deref();
        let account = subject.map(|sub| self.account_of(&provider.settings.issuer, sub));
        let app = self.clone();
        self.inner.store.update("provider_logout", move |tx| {
            for officer in officers(tx.as_read(), account.as_deref())? {
                let rows = tx.sessions(&officer)?;
                let over: Vec<SessionRow> =
                    rows.into_iter().filter(|r| is_over(r, &ended)).collect();
                if !over.is_empty() {
                    app.record_access(tx, &signs(&officer, "provider_logout"))?;
                }
                for row in over {
                    tx.end_session(&row.digest)?;
                }
            }
            Ok(())
        })
    }

    /// Where a browser goes to be signed out at the provider too, if it began this session and has such a place. Asks nothing of it.
    ///
    /// # Errors
    /// Storage only.
    pub fn provider_farewell(&self, token: &str) -> Result<Option<String>> {
        let Ok(provider) = self.provider() else {
            return Ok(None);
        };
        let digest = token_digest(token);
        let begun = self.inner.store.view("farewell", |tx| {
            let Some(row) = tx.session(&digest)? else {
                return Ok::<_, AppError>(None);
            };
            let by = begun_by_provider(&row);
            by.map(|by| self.hint(tx, &row.officer, &by)).transpose()
        })?;
        let Some(hint) = begun else {
            return Ok(None);
        };
        let described = provider.described_already();
        let place = described.and_then(|d| d.end_session_endpoint.clone());
        let Some(mut url) = place.and_then(|place| provider.inside(&place).ok()) else {
            return Ok(None);
        };
        let back = self.inner.settings.public_url.as_deref();
        let back = format!("{}/sign-in", back.unwrap_or_default());
        url.query_pairs_mut()
            .append_pair("client_id", &provider.settings.client)
            .append_pair("post_logout_redirect_uri", &back)
            .extend_pairs(hint.map(|hint| ("id_token_hint", hint)));
        Ok(Some(url.into()))
    }
}

/// Binds a sealed token to whose session keeps it.
fn cell(officer: &str) -> Vec<u8> {
    seal::cell("session", officer.as_bytes(), b"provider", 0)
}

/// Whose sessions may be meant: the officer's whom the account opens, or, where the provider names its own session only, everybody's who is
/// bound.
fn officers(tx: &dyn Read, account: Option<&[u8]>) -> Result<Vec<String>> {
    if let Some(account) = account {
        return Ok(tx
            .bound(account)?
            .map(|row| row.officer)
            .into_iter()
            .collect());
    }
    let mut bound = Vec::new();
    for officer in tx.officers()? {
        if bound_since(&tx.factors(&officer.id)?).is_some() {
            bound.push(officer.id);
        }
    }
    Ok(bound)
}

/// Whether a session is over: where the provider names a session of its own, that one only; one of which it gave no name, with its subject.
fn is_over(row: &SessionRow, ended: &Ended) -> bool {
    let Some(by) = begun_by_provider(row) else {
        return false;
    };
    match (&ended.sid, &by.sid) {
        (Some(ended), Some(own)) => ended == own,
        (Some(_), None) => ended.subject.is_some(),
        (None, _) => true,
    }
}
