//! Ends of sessions: the provider ends them here (OpenID Connect Back-Channel Logout 1.0), and signing out here leads there
//! (OpenID Connect RP-Initiated Logout 1.0).

use super::bound::{begun_by_provider, bound_since};
use super::token::Ended;
use crate::App;
use crate::error::{AppError, Result};
use crate::sessions::{signs, token_digest};
use entente_store::{Read, SessionRow, StoreExt};

impl App {
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
        let row = self
            .inner
            .store
            .view("farewell", |tx| Ok::<_, AppError>(tx.session(&digest)?))?;
        let Some(by) = row.as_ref().and_then(begun_by_provider) else {
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
            .extend_pairs(by.hint.map(|hint| ("id_token_hint", hint)));
        Ok(Some(url.into()))
    }
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
