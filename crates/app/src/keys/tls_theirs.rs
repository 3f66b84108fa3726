//! A partner's TLS keys, as far as we know them (rule 15): those that its card names, and those that its register brought.
//!
//! A change is followed from a leaf under a signing key that we know of the partner, or from a card under its newest. From then on both
//! keys open a connection, until the partner shows the new one, on a connection or on its card, or the term of the old one ends; at once if
//! the partner says so. Nothing is ever taken back: a key that was replaced opens nothing again.

use super::their_keys;
use super::tls::{TlsChangeView, change_in, tls_view};
use crate::App;
use crate::codec::{encode, kept};
use crate::error::{AppError, Result};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_proof::card::{Card, Fingerprint, MAX_CHANGES, verify_card};
use entente_proof::sign::VerifyingKey;
use entente_proof::tls_change::TlsChange;
use entente_store::{LeafRow, Read, StoreExt, Write};
use minicbor::{Decode, Encode};

/// How much longer than its term a key is taken: the partner stops showing it by its own clock.
const SLACK_MS: i64 = 24 * 3_600 * 1_000;

/// What is kept of a partner beside its card.
#[derive(Clone, Default, Encode, Decode)]
#[cbor(map)]
struct Theirs {
    #[n(0)]
    followed: Vec<Followed>,
    /// The newest key that it showed on a connection.
    #[n(1)]
    seen: Option<VerifyingKey>,
}

/// A change that its register brought.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct Followed {
    #[n(0)]
    change: TlsChange,
    #[n(1)]
    here_ms: i64,
}

/// Every TLS key that is known of a partner.
pub(crate) struct TheirTls {
    /// Oldest first.
    pub(crate) keys: Vec<VerifyingKey>,
    /// The change after each but the last.
    changes: Vec<TlsChange>,
    /// The place of the newest that it showed.
    shown: usize,
}

/// How the TLS keys of a card are related to those that are known of its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Related {
    /// They lead on from them, or are the same.
    Fits,
    /// They are those of before: what is known is newer.
    Behind,
    /// Nothing leads from the one to the other.
    Other,
}

impl TheirTls {
    fn of(card: &Card, kept: &Theirs) -> Self {
        let (mut keys, mut changes) = match card.tls_keys() {
            Ok(keys) => (keys, card.tls_changes.clone().unwrap_or_default()),
            Err(_) => (vec![card.tls_key], Vec::new()),
        };
        for Followed { change, .. } in &kept.followed {
            if keys.last() == Some(&change.old_key) && !keys.contains(&change.new_key) {
                keys.push(change.new_key);
                changes.push(change.clone());
            }
        }
        let place = |key: &VerifyingKey| keys.iter().position(|known| known == key);
        let shown = place(&card.tls_key).max(kept.seen.as_ref().and_then(place));
        Self {
            shown: shown.unwrap_or(0),
            keys,
            changes,
        }
    }

    /// Those that open a connection at this time, oldest first: the one that is shown, and those that will take its place.
    fn accepted(&self, now: Instant) -> &[VerifyingKey] {
        let over = |change: &TlsChange| {
            change.is_at_once() || change.until_ms.saturating_add(SLACK_MS) <= now.0
        };
        let ended = self.changes.iter().rposition(over).map_or(0, |at| at + 1);
        let from = self.shown.max(ended);
        self.keys.get(from..).unwrap_or_default()
    }
}

fn name_of(partner: &NodeName) -> String {
    format!("tls-keys/theirs/{partner}")
}

fn theirs(tx: &dyn Read, partner: &NodeName) -> Result<Theirs> {
    kept(tx, &name_of(partner), "tls-keys")
}

/// Every TLS key that we know of a partner with this card.
pub(crate) fn their_tls(tx: &dyn Read, partner: &NodeName, card: &Card) -> Result<TheirTls> {
    Ok(TheirTls::of(card, &theirs(tx, partner)?))
}

/// How the TLS keys of a card offered are related to those of a partner with this card.
pub(crate) fn related(
    tx: &dyn Read,
    partner: &NodeName,
    (pinned, offered): (&Card, &Card),
) -> Result<Related> {
    let known = their_tls(tx, partner, pinned)?.keys;
    let (Ok(named), Ok(before)) = (offered.tls_keys(), pinned.tls_keys()) else {
        return Ok(Related::Other);
    };
    let part = named.iter().all(|key| known.contains(key));
    Ok(
        match known.starts_with(&named) || named.starts_with(&known) {
            true if named.len() >= before.len() => Related::Fits,
            _ if part => Related::Behind,
            _ => Related::Other,
        },
    )
}

/// Changes of a partner's TLS key, newest first, and the fingerprint of its card once the newest is shown, if it is not yet.
pub(crate) fn tls_changes(
    tx: &dyn Read,
    partner: &NodeName,
    card: &Card,
) -> Result<(Vec<TlsChangeView>, Option<String>)> {
    let kept = theirs(tx, partner)?;
    let known = TheirTls::of(card, &kept);
    let here = |change: &TlsChange| {
        let mut followed = kept.followed.iter();
        followed.find(|f| f.change == *change).map(|f| f.here_ms)
    };
    let view = |(place, change): (usize, &TlsChange)| {
        tls_view(
            change,
            &card.signing_key,
            (here(change), place < known.shown),
        )
    };
    let views = known.changes.iter().enumerate().map(view).rev().collect();
    let next = known
        .keys
        .last()
        .filter(|_| known.shown + 1 < known.keys.len());
    let next = next.map(|key| Fingerprint::of(&card.signing_key, key).to_string());
    Ok((views, next))
}

fn pinned(tx: &dyn Read, partner: &NodeName) -> Result<Card> {
    let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
    verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))
}

impl App {
    /// The TLS keys with which a partner is let in, or must answer.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; storage.
    pub fn tls_accepted(&self, partner: &NodeName) -> Result<Vec<VerifyingKey>> {
        self.inner.store.view("tls_accepted", |tx| {
            let known = their_tls(tx, partner, &pinned(tx, partner)?)?;
            Ok(known.accepted(self.now()).to_vec())
        })
    }

    /// Changes of the partners' TLS keys that are known, by partner, newest first.
    ///
    /// # Errors
    /// Storage only.
    pub fn partners_tls_changes(&self) -> Result<Vec<(NodeName, TlsChangeView)>> {
        let partners = self.partners()?;
        self.inner.store.view("partners_tls_changes", |tx| {
            let mut known = Vec::new();
            for (node, card, ..) in &partners {
                let (changes, _) = tls_changes(tx, node, card)?;
                known.extend(changes.into_iter().map(|change| (node.clone(), change)));
            }
            Ok(known)
        })
    }

    /// The fingerprints that order two connections to a partner (rule 14): ours, then the partner's, each of the key with which the
    /// register began and the node's first TLS key, so that both sides order alike while a key changes.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; storage.
    pub fn link_order(
        &self,
        partner: &NodeName,
        card: &Card,
    ) -> Result<(Fingerprint, Fingerprint)> {
        self.inner.store.view("link_order", |tx| {
            let ours = self.our_keys(tx, partner)?.first;
            let theirs = their_keys(tx, partner)?.first;
            let tls = their_tls(tx, partner, card)?.keys.first().copied();
            Ok((
                Fingerprint::of(&ours, &self.inner.keys.tls.verifying_key()),
                Fingerprint::of(&theirs, &tls.unwrap_or(card.tls_key)),
            ))
        })
    }

    /// A partner showed this key on a connection: those before it open nothing any more.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; storage.
    pub fn saw_tls_key(&self, partner: &NodeName, key: &VerifyingKey) -> Result<()> {
        let newer = |tx: &dyn Read, partner: &NodeName, key: &VerifyingKey| {
            let known = their_tls(tx, partner, &pinned(tx, partner)?)?;
            let place = known.keys.iter().position(|one| one == key);
            Ok::<_, AppError>(place.is_some_and(|place| place > known.shown))
        };
        let is_new = |tx: &dyn Read| newer(tx, partner, key);
        // Shown on every connection: nearly always known.
        if !self.inner.store.view("saw_tls_key", is_new)? {
            return Ok(());
        }
        let (partner, key) = (partner.clone(), *key);
        self.inner.store.update("saw_tls_key", move |tx| {
            if newer(tx.as_read(), &partner, &key)? {
                let mut kept = theirs(tx.as_read(), &partner)?;
                kept.seen = Some(key);
                tx.set_setting(&name_of(&partner), &encode(&kept))?;
            }
            Ok::<_, AppError>(())
        })
    }

    /// Leaves of a partner's register came: takes the changes of its TLS key that follow from what is known of it.
    pub(super) fn note_their_tls(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        rows: &[LeafRow],
    ) -> Result<()> {
        let changes: Vec<TlsChange> = rows.iter().filter_map(change_in).collect();
        if changes.is_empty() {
            return Ok(());
        }
        let card = pinned(tx.as_read(), partner)?;
        let mut signers = their_keys(tx.as_read(), partner)?.oldest_first();
        signers.extend(card.keys().unwrap_or_default());
        let mut kept = theirs(tx.as_read(), partner)?;
        for change in changes {
            let signed = signers.contains(&change.signer) && change.verify().is_ok();
            if signed && change.node == partner.as_str() && leads_on(&card, &kept, &change) {
                kept.followed.push(Followed {
                    change,
                    here_ms: self.now().0,
                });
            }
        }
        Ok(tx.set_setting(&name_of(partner), &encode(&kept))?)
    }
}

/// Whether a change leads on from the newest key that is known, or is one that the card names too; each counts once.
fn leads_on(card: &Card, kept: &Theirs, change: &TlsChange) -> bool {
    let known = TheirTls::of(card, kept);
    let onwards = known.keys.last() == Some(&change.old_key)
        && !known.keys.contains(&change.new_key)
        && known.changes.len() < MAX_CHANGES;
    let named = card.tls_changes.iter().flatten().any(|one| one == change);
    let again = kept.followed.iter().any(|f| f.change == *change);
    (onwards || named) && !again
}
