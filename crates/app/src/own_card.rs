//! Our card: the one place that issues it again, whatever changed.

use crate::App;
use crate::env::NodeKeys;
use crate::error::{AppError, Result};
use crate::keys::{changes_of, newest_secret, onto_card};
use crate::node::CARD_SETTING;
use entente_link::PRESENCE;
use entente_proof::card::{Card, sign_card, verify_card};
use entente_proof::sign::SigningKey;
use entente_store::{Read, Write};

/// Under our newest key, with the changes that led to it and the TLS keys; the secret half of that key.
fn of_newest_key(keys: &NodeKeys, tx: &dyn Read, card: &mut Card) -> Result<SigningKey> {
    let changes = changes_of(tx)?;
    let secret = newest_secret(keys, tx)?;
    card.signing_key = secret.verifying_key();
    card.changes = (!changes.is_empty()).then_some(changes);
    onto_card(keys, tx, card)?;
    // Whoever proves no presence on its connections follows no key of their ends either.
    if !card.versions.contains(&PRESENCE) {
        card.tls_changes = None;
    }
    Ok(secret)
}

impl App {
    /// What this program speaks and knows, on a card.
    fn of_this_program(&self, card: &mut Card) {
        card.versions.clone_from(&self.inner.wire);
        card.rules.clone_from(&self.inner.able.rules);
        card.kinds.clone_from(&self.inner.able.kinds);
    }

    /// Our card as it is now.
    pub(crate) fn stored_card(&self, tx: &dyn Read) -> Result<Card> {
        verify_card(&self.card_in(tx)?).map_err(|_| AppError::Bug("own card"))
    }

    /// Issues our card again, altered, under our newest key, with what this program speaks and knows.
    pub(crate) fn reissue_card(
        &self,
        tx: &mut dyn Write,
        alter: impl FnOnce(&mut Card),
    ) -> Result<()> {
        let mut card = self.stored_card(tx.as_read())?;
        alter(&mut card);
        self.of_this_program(&mut card);
        let secret = of_newest_key(&self.inner.keys, tx.as_read(), &mut card)?;
        // Strictly later, so that partners tell it from the one before whatever our clock does.
        card.issued_ms = self.now().0.max(card.issued_ms.saturating_add(1));
        let signed = sign_card(&card, &secret).map_err(|_| AppError::Bug("card"))?;
        Ok(tx.set_setting(CARD_SETTING, &signed)?)
    }

    /// Whether our card says something else than our keys and this program: after a change elsewhere, or an upgrade.
    pub(crate) fn is_old(&self, tx: &dyn Read, stored: &Card) -> Result<bool> {
        let mut now = stored.clone();
        self.of_this_program(&mut now);
        of_newest_key(&self.inner.keys, tx, &mut now)?;
        Ok(now != *stored)
    }
}
