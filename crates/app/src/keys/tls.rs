//! The key of our TLS end over time (rule 15): which one is shown, and when the next takes its place.
//!
//! The first secret is in the file `node.keys`, each later one in a ring of its own beside that of the signing keys, with the change that
//! brought it and how many of them are in force. One transaction makes the secret durable, names the change on our card and queues its
//! leaf for every partner; from then on whoever follows takes both keys. The next one is shown once every partner has cosigned its leaf, or
//! when the term ends that the change states, so that nobody is met with a key that it does not know. Every process reads it here, so all
//! show the same. What proves nothing is shown to whoever wants it: a partner that was restored from before a change knows only the key
//! of then, and is met with that one ([`App::tls_ends`]).

use super::{RING, newest_secret};
use crate::App;
use crate::codec::{cell, encode, kept};
use crate::env::{NodeKeys, random};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::administers;
use crate::storage_key::{unwrap_stored, wrap_stored};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_proof::card::{Card, Fingerprint, MAX_CHANGES, verify_card};
use entente_proof::leaf::Leaf;
use entente_proof::seal::{self, ObjectKey};
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_proof::tls_change::TlsChange;
use entente_store::{Direction, LeafRow, Read, StoreExt, Write};
use minicbor::{Decode, Encode};

/// Where the ring is in the key store, beside that of the signing keys.
const RING_NAME: &[u8] = b"tls-keys";
/// How long a key is shown at most beside the one that takes its place: a partner whose link is cut for longer asks for the one of before.
const TERM_MS: i64 = 30 * 24 * 3_600 * 1_000;

/// A change of TLS key, of ours or a partner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsChangeView {
    /// When its owner signed it, by the owner's clock.
    pub at: Instant,
    /// From when on the key before opens nothing, at the latest.
    pub until: Instant,
    /// When its leaf was received, if it is a partner's.
    pub here: Option<Instant>,
    /// Fingerprint of the owner's card with the key before, and its signing key of now.
    pub before: String,
    /// The same with the key that took its place.
    pub after: String,
    /// Whether that one is shown, or was.
    pub shown: bool,
}

/// Our TLS keys and how far the partners are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsKeysView {
    /// Changes, newest first.
    pub changes: Vec<TlsChangeView>,
    /// Fingerprint of our card once the newest key is shown, if it is not yet.
    pub next: Option<String>,
    /// The partners that have not confirmed the newest change.
    pub waits: Vec<NodeName>,
}

/// Every later TLS key of ours.
#[derive(Clone, Default, Encode, Decode)]
#[cbor(map)]
pub(super) struct TlsRing {
    #[n(0)]
    later: Vec<RingedTls>,
    /// How many of them are in force; the last of these is shown.
    #[n(1)]
    shown: u64,
}

/// A later key with its secret.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct RingedTls {
    #[n(0)]
    change: TlsChange,
    #[cbor(n(1), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

/// A change that is in our register towards a partner.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct Placed {
    #[n(0)]
    leaf: u64,
    #[n(1)]
    key: VerifyingKey,
}

impl TlsRing {
    fn shown(&self) -> usize {
        usize::try_from(self.shown).map_or(self.later.len(), |n| n.min(self.later.len()))
    }

    fn is_changing(&self) -> bool {
        self.shown() < self.later.len()
    }

    fn changes(&self) -> impl DoubleEndedIterator<Item = &TlsChange> + ExactSizeIterator {
        self.later.iter().map(|ringed| &ringed.change)
    }

    /// Every key, oldest first.
    fn keys(&self, first: &NodeKeys) -> Vec<VerifyingKey> {
        let first = std::iter::once(first.tls.verifying_key());
        first.chain(self.changes().map(|c| c.new_key)).collect()
    }
}

pub(super) fn tls_ring(tx: &dyn Read) -> Result<TlsRing> {
    match tx.object_key(RING, RING_NAME)? {
        Some(bytes) => cell(&bytes, "object_key", "wrapped"),
        None => Ok(TlsRing::default()),
    }
}

/// Every TLS key that this node ever had, oldest first.
pub(crate) fn every_tls(keys: &NodeKeys, tx: &dyn Read) -> Result<Vec<VerifyingKey>> {
    Ok(tls_ring(tx)?.keys(keys))
}

/// The one that is shown.
pub(crate) fn shown_tls(keys: &NodeKeys, tx: &dyn Read) -> Result<VerifyingKey> {
    let ring = tls_ring(tx)?;
    let shown = ring.keys(keys).get(ring.shown()).copied();
    shown.ok_or(AppError::Bug("ring of TLS keys"))
}

/// What a card says of the TLS keys.
pub(crate) fn onto_card(keys: &NodeKeys, tx: &dyn Read, card: &mut Card) -> Result<()> {
    card.tls_key = shown_tls(keys, tx)?;
    card.tls_changes = Some(tls_ring(tx)?.changes().cloned().collect());
    Ok(())
}

/// Places of a list in the order in which its keys are tried: the one that is shown, those after it, the newest first, those before it.
fn in_order<T>(mut all: Vec<T>, shown: usize) -> Vec<T> {
    let mut after = all.split_off(shown.min(all.len()));
    let first = (!after.is_empty()).then(|| after.remove(0));
    let others = after.into_iter().rev().chain(all.into_iter().rev());
    first.into_iter().chain(others).collect()
}

fn aad(key: &VerifyingKey) -> Vec<u8> {
    seal::cell("tls", &RING.0, key.as_bytes(), 0)
}

fn secret(keys: &NodeKeys, tx: &dyn Read, ringed: &RingedTls) -> Result<SigningKey> {
    let opened = unwrap_stored(keys, tx, &aad(&ringed.change.new_key), &ringed.wrapped)?;
    let opened = opened.map_err(|_| AppError::Bug("ring of TLS keys"))?;
    Ok(SigningKey::from_seed(*opened.as_bytes()))
}

/// Every secret, oldest first.
fn secrets(keys: &NodeKeys, tx: &dyn Read, ring: &TlsRing) -> Result<Vec<SigningKey>> {
    let first = SigningKey::from_seed(*keys.tls.seed());
    let later = ring.later.iter().map(|ringed| secret(keys, tx, ringed));
    std::iter::once(Ok(first)).chain(later).collect()
}

fn placed_name(partner: &NodeName) -> String {
    format!("tls-keys/ours/{partner}")
}

fn placed(tx: &dyn Read, partner: &NodeName) -> Result<Vec<Placed>> {
    kept(tx, &placed_name(partner), "tls-keys")
}

/// Our register towards a partner begins again: nothing is in it yet.
pub(super) fn forget_places(tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
    Ok(tx.set_setting(&placed_name(partner), &[])?)
}

/// The change of TLS key that a leaf makes, if it makes one.
pub(super) fn change_in(row: &LeafRow) -> Option<TlsChange> {
    match Leaf::decode(&row.leaf) {
        Ok(Leaf::TlsChange(change)) if row.entry.is_none() => Some(*change),
        _ => None,
    }
}

impl App {
    /// Gives this node's TLS end another key. The change, signed by the old and the new key and by our newest signing key, is queued for
    /// every partner in the transaction that keeps the secret. The new key is shown once every partner confirmed it, or at once if the old
    /// one is known to others: whoever follows then takes the old one no longer.
    ///
    /// # Errors
    /// [`AppError::Closed`] after a restore; [`AppError::Input`] while a change is under way or a partner's program follows none, unless at
    /// once, and after as many changes as a card can name; storage.
    pub fn rotate_tls_key(&self, at_once: bool) -> Result<()> {
        let app = self.clone();
        let seed = ObjectKey::new(random(&*self.inner.random));
        let partners = self.inner.store.update("rotate_tls_key", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let ring = tls_ring(tx.as_read())?;
            app.refuse_tls_change(tx.as_read(), &ring, at_once)?;
            app.change_tls(tx, ring, (&seed, at_once))?;
            let partners: Vec<NodeName> = tx.partners()?.into_iter().map(|row| row.node).collect();
            for partner in &partners {
                app.announce_keys(tx, partner)?;
            }
            let how = if at_once { "at once" } else { "in turn" };
            app.record_access(tx, &administers("rotate_tls_key", how))?;
            Ok::<_, AppError>(partners)
        })?;
        self.told();
        partners.iter().for_each(|partner| self.wake(partner));
        Ok(())
    }

    /// The ring under the newest storage key.
    pub(super) fn rewrap_tls_ring(&self, tx: &mut dyn Write) -> Result<()> {
        let mut ring = tls_ring(tx.as_read())?;
        for ringed in &mut ring.later {
            let name = aad(&ringed.change.new_key);
            if let Some(anew) = self.rewrapped(tx.as_read(), &name, &ringed.wrapped)? {
                ringed.wrapped = anew;
            }
        }
        match ring.later.is_empty() {
            true => Ok(()),
            false => Ok(tx.put_object_key(RING, RING_NAME, &encode(&ring))?),
        }
    }

    fn refuse_tls_change(&self, tx: &dyn Read, ring: &TlsRing, at_once: bool) -> Result<()> {
        if ring.later.len() >= MAX_CHANGES {
            return Err(InputFault::TlsChanges { most: MAX_CHANGES }.into());
        }
        if at_once {
            return Ok(());
        }
        if ring.is_changing() {
            return Err(InputFault::TlsChanging.into());
        }
        match self.unable_in(tx)?.is_empty() {
            true => Ok(()),
            false => Err(InputFault::TlsPartners.into()),
        }
    }

    /// A new key into the ring and the change onto the card.
    fn change_tls(
        &self,
        tx: &mut dyn Write,
        mut ring: TlsRing,
        (seed, at_once): (&ObjectKey, bool),
    ) -> Result<()> {
        let keys = &self.inner.keys;
        let old = secrets(keys, tx.as_read(), &ring)?.pop();
        let old = old.ok_or(AppError::Bug("ring of TLS keys"))?;
        let new = SigningKey::from_seed(*seed.as_bytes());
        let signer = newest_secret(keys, tx.as_read())?;
        let now = self.now().0;
        let until = if at_once {
            now
        } else {
            now.saturating_add(TERM_MS)
        };
        let change = TlsChange::sign(self.inner.me.as_str(), (&old, &new), &signer, (now, until));
        let change = change.map_err(|_| AppError::Bug("TLS change"))?;
        let nonce = random(&*self.inner.random);
        let name = aad(&change.new_key);
        let wrapped = wrap_stored(keys, tx.as_read(), &name, seed, nonce)?;
        ring.later.push(RingedTls { change, wrapped });
        if at_once {
            ring.shown = ring.later.len() as u64;
        }
        tx.put_object_key(RING, RING_NAME, &encode(&ring))?;
        self.reissue_card(tx, |_| ())
    }

    /// Shows the newest key from now on, if one waits and every partner confirmed it or its term is over; whether it does. Any process may
    /// ask, at any time.
    ///
    /// # Errors
    /// Storage only.
    pub fn show_newest_tls_key(&self) -> Result<bool> {
        let ready = |app: &Self, tx: &dyn Read| app.tls_is_ready(tx);
        let waits = self
            .inner
            .store
            .view("tls_is_ready", |tx| ready(self, tx))?;
        if !waits {
            return Ok(false);
        }
        let app = self.clone();
        let partners = self.inner.store.update("show_tls_key", move |tx| {
            if !ready(&app, tx.as_read())? {
                return Ok(None);
            }
            let mut ring = tls_ring(tx.as_read())?;
            ring.shown = ring.later.len() as u64;
            tx.put_object_key(RING, RING_NAME, &encode(&ring))?;
            app.reissue_card(tx, |_| ())?;
            app.record_access(tx, &administers("show_tls_key", app.inner.me.as_str()))?;
            Ok::<_, AppError>(Some(tx.partners()?))
        })?;
        let Some(partners) = partners else {
            return Ok(false);
        };
        self.told();
        partners.iter().for_each(|row| self.wake(&row.node));
        Ok(true)
    }

    fn tls_is_ready(&self, tx: &dyn Read) -> Result<bool> {
        let ring = tls_ring(tx)?;
        let newest = ring.changes().last().filter(|_| ring.is_changing());
        let Some(newest) = newest else {
            return Ok(false);
        };
        match self.refuse_closed(tx) {
            Err(AppError::Closed) => return Ok(false),
            other => other?,
        }
        Ok(newest.until_ms <= self.now().0 || self.unconfirmed(tx, &ring)?.is_empty())
    }

    /// The partners that have not cosigned the leaf of every change.
    fn unconfirmed(&self, tx: &dyn Read, ring: &TlsRing) -> Result<Vec<NodeName>> {
        let mut waits = Vec::new();
        for row in tx.partners()? {
            let held = tx.register(&row.node, Direction::Out)?.cosigned;
            let placed = placed(tx, &row.node)?;
            let has = |change: &TlsChange| {
                let mut there = placed.iter().filter(|p| p.key == change.new_key);
                there.any(|p| p.leaf < held)
            };
            if !ring.changes().all(has) {
                waits.push(row.node);
            }
        }
        Ok(waits)
    }

    /// The partners whose program, by the card that is pinned, does not follow a change of TLS key: they would refuse the new one.
    ///
    /// # Errors
    /// Storage only.
    pub fn tls_unable(&self) -> Result<Vec<NodeName>> {
        self.inner.store.view("tls_unable", |tx| self.unable_in(tx))
    }

    fn unable_in(&self, tx: &dyn Read) -> Result<Vec<NodeName>> {
        let mut unable = Vec::new();
        for row in tx.partners()? {
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            if !card.follows_tls() {
                unable.push(row.node);
            }
        }
        Ok(unable)
    }

    /// Leaves of the changes that our register towards a partner does not have.
    pub(super) fn unannounced_tls(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
    ) -> Result<Vec<Vec<u8>>> {
        let ring = tls_ring(tx)?;
        if ring.later.is_empty() {
            return Ok(Vec::new());
        }
        let placed = placed(tx, partner)?;
        let missing = ring.changes().filter(|change| {
            let key = change.new_key;
            !placed.iter().any(|p| p.key == key)
        });
        let leaf = |change: &TlsChange| Leaf::TlsChange(Box::new(change.clone())).encode();
        Ok(missing.map(leaf).collect())
    }

    /// Leaves were added to our register towards a partner: where changes of ours are among them.
    pub(super) fn note_own_tls(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        rows: &[LeafRow],
    ) -> Result<()> {
        let changes = rows
            .iter()
            .filter_map(|row| Some((row.position, change_in(row)?)));
        let changes: Vec<(u64, TlsChange)> = changes.collect();
        if changes.is_empty() {
            return Ok(());
        }
        let mut places = placed(tx.as_read(), partner)?;
        places.extend(changes.into_iter().map(|(leaf, change)| Placed {
            leaf,
            key: change.new_key,
        }));
        Ok(tx.set_setting(&placed_name(partner), &encode(&places))?)
    }

    /// A change of ours came back from a partner after a restore. Without its secret no partner that saw it can be met any more.
    pub(crate) fn know_own_tls(&self, tx: &dyn Read, change: &TlsChange) -> Result<()> {
        let ours = change.node == self.inner.me.as_str() && change.verify().is_ok();
        let known = every_tls(&self.inner.keys, tx)?;
        match ours && known.contains(&change.old_key) && !known.contains(&change.new_key) {
            true => Err(AppError::KeyMissing),
            false => Ok(()),
        }
    }

    /// Whether the ring opens and has every key that our card names.
    pub(super) fn settle_tls(&self, tx: &dyn Read, card: &Card) -> Result<()> {
        let ring = tls_ring(tx)?;
        secrets(&self.inner.keys, tx, &ring)?;
        let known = ring.keys(&self.inner.keys);
        let named = card.tls_keys().map_err(|_| AppError::Bug("own card"))?;
        match named.iter().all(|key| known.contains(key)) {
            true => Ok(()),
            false => Err(AppError::KeyMissing),
        }
    }

    /// Every TLS key of ours, in the order in which they are shown to a partner: the one of now first, the others to whoever refuses it,
    /// since it knows only one of before, or of later than a backup that was restored here.
    ///
    /// # Errors
    /// Storage only.
    pub fn tls_ends(&self) -> Result<Vec<VerifyingKey>> {
        self.inner.store.view("tls_ends", |tx| {
            let ring = tls_ring(tx)?;
            Ok(in_order(ring.keys(&self.inner.keys), ring.shown()))
        })
    }

    /// The same with their secrets, for the TLS stack.
    ///
    /// # Errors
    /// Storage only.
    pub fn tls_secrets(&self) -> Result<Vec<SigningKey>> {
        self.inner.store.view("tls_secrets", |tx| {
            let ring = tls_ring(tx)?;
            Ok(in_order(
                secrets(&self.inner.keys, tx, &ring)?,
                ring.shown(),
            ))
        })
    }

    /// Our TLS keys over time, beside our signing key of now, and which partners confirmed the newest.
    pub(super) fn tls_keys(&self, tx: &dyn Read, signing: &VerifyingKey) -> Result<TlsKeysView> {
        let ring = tls_ring(tx)?;
        let shown = ring.shown();
        let view =
            |(place, change): (usize, &TlsChange)| tls_view(change, signing, (None, place < shown));
        let newest = ring.changes().last().filter(|_| ring.is_changing());
        Ok(TlsKeysView {
            changes: ring.changes().enumerate().map(view).rev().collect(),
            next: newest.map(|c| Fingerprint::of(signing, &c.new_key).to_string()),
            waits: self.unconfirmed(tx, &ring)?,
        })
    }
}

/// A change as it is shown, with the signing key of now beside both keys.
pub(super) fn tls_view(
    change: &TlsChange,
    signing: &VerifyingKey,
    (here_ms, shown): (Option<i64>, bool),
) -> TlsChangeView {
    TlsChangeView {
        at: Instant(change.time_ms),
        until: Instant(change.until_ms),
        here: here_ms.map(Instant),
        before: Fingerprint::of(signing, &change.old_key).to_string(),
        after: Fingerprint::of(signing, &change.new_key).to_string(),
        shown,
    }
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn the_one_that_is_shown_comes_first_then_the_newest_then_those_of_before() {
        assert_eq!(in_order(vec![0], 0), [0]);
        assert_eq!(in_order(vec![0, 1], 0), [0, 1]);
        assert_eq!(in_order(vec![0, 1], 1), [1, 0]);
        assert_eq!(in_order(vec![0, 1, 2, 3, 4], 2), [2, 4, 3, 1, 0]);
    }
}
