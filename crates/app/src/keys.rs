//! Signing keys over time: ours, and the partners' (rule 15).
//!
//! The first secret is in the file `node.keys`. Each later one is in the ring, a cell of the key store, wrapped like the keys of bodies,
//! with the change that brought it: one transaction makes the secret durable, names the change in our card and queues its leaf for every
//! partner. So every process of the node finds it, and no crash leaves a leaf without its secret.
//!
//! Which key signs towards a partner follows from our register towards it alone: the new one from the change's own leaf on, which the
//! driver appends like any other (rule 5). Cosignatures and what else must be believed at once are signed with the key that the partner is
//! known to know. Secrets of before stay in the ring: a partner restored from a backup is given earlier sizes under the key of then, and
//! whoever followed the change takes nothing else from them.

use crate::App;
use crate::codec::{cell, encode};
use crate::compromise::{CompromiseView, compromises};
use crate::env::{NodeKeys, random};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::administers;
use crate::storage_key::{unwrap_stored, wrap_stored};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_link::KeyHistory;
use entente_proof::bundle::MAX_HISTORY;
use entente_proof::card::{Card, Fingerprint, verify_card};
use entente_proof::leaf::{KeyChange, Leaf};
use entente_proof::presence::{Presence, Proof};
use entente_proof::seal::{self, ObjectKey};
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_store::{Direction, LeafRow, OutboxItem, Read, SIGNING_KEYS as RING, StoreExt, Write};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

mod anew;
mod tls;
mod tls_theirs;

pub(crate) use anew::{begins_with, closed_keys};
pub use tls::{TlsChangeView, TlsKeysView};
pub(crate) use tls::{every_tls, onto_card, shown_tls};
pub(crate) use tls_theirs::{Related, related, their_tls, tls_changes};

/// Where the ring is in the key store, in a pseudo-dossier of its own: its copies are in the folder of keys, apart from the data.
const RING_NAME: &[u8] = b"signing-keys";
/// Most of the outbox that is looked through for a change that waits already.
const OUTBOX_MOST: u32 = 1_000_000;

/// A key that took the place of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChangeView {
    /// When its owner changed it, by the owner's clock.
    pub at: Instant,
    /// When its leaf was written, if ours, or received.
    pub here: Option<Instant>,
    /// Index of its leaf in the register, if it is there.
    pub leaf: Option<u64>,
    /// Fingerprint of the owner's card before.
    pub before: String,
    /// Fingerprint of its card from then on.
    pub after: String,
}

/// Our signing keys and how far the partners are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKeysView {
    /// Fingerprint of our card now.
    pub fingerprint: String,
    /// Changes, newest first.
    pub changes: Vec<KeyChangeView>,
    /// Each partner, and whether it confirmed that it holds the newest change.
    pub partners: Vec<(NodeName, bool)>,
    /// Keys of ours that we declared compromised, oldest first.
    pub compromised: Vec<CompromiseView>,
    /// The key of our TLS end over time.
    pub tls: TlsKeysView,
}

/// A later key of ours with its secret: by a change, or begun anew because the one before was lost.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct Ringed {
    #[n(0)]
    change: Option<KeyChange>,
    #[cbor(n(1), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
    /// The key, where no change led to it.
    #[n(2)]
    begun: Option<VerifyingKey>,
}

impl Ringed {
    fn key(&self) -> Result<VerifyingKey> {
        let changed = self.change.as_ref().map(|change| change.new_key);
        changed
            .or(self.begun)
            .ok_or(AppError::Bug("ring of signing keys"))
    }
}

/// The signing keys of one register: the first, and what changed it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct RegisterKeys {
    #[n(0)]
    first: VerifyingKey,
    #[n(1)]
    changes: Vec<Changed>,
}

/// A key change in a register.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Changed {
    #[n(0)]
    leaf: u64,
    #[n(1)]
    change: KeyChange,
    #[n(2)]
    here_ms: i64,
}

impl RegisterKeys {
    fn new(first: VerifyingKey) -> Self {
        Self {
            first,
            changes: Vec::new(),
        }
    }

    /// As the session and all verifying takes it.
    pub(crate) fn history(&self) -> KeyHistory {
        let mut history = KeyHistory::new(self.first);
        for changed in &self.changes {
            // Only ascending indexes were ever put in.
            if let Ok(longer) = history
                .clone()
                .changed_at(changed.leaf, changed.change.new_key)
            {
                history = longer;
            }
        }
        history
    }

    /// Takes the key change that a leaf makes, by the session's own rule; whether it made one.
    fn follow(&mut self, node: &NodeName, (index, leaf): (u64, &[u8]), here_ms: i64) -> bool {
        let Some(longer) = self.history().followed(node.as_str(), index, leaf) else {
            return false;
        };
        let Ok(Leaf::KeyChange(change)) = Leaf::decode(leaf) else {
            return false;
        };
        let before_all = longer.newest() == self.history().newest();
        if before_all {
            self.first = change.old_key;
        }
        let place = if before_all { 0 } else { self.changes.len() };
        let changed = Changed {
            leaf: index,
            change,
            here_ms,
        };
        self.changes.insert(place, changed);
        true
    }

    /// Every key of the register as far as it is known, oldest first.
    pub(crate) fn oldest_first(&self) -> Vec<VerifyingKey> {
        let mut keys: Vec<VerifyingKey> = self.history().all().copied().collect();
        keys.reverse();
        keys
    }

    pub(crate) fn changes(&self) -> Vec<KeyChange> {
        self.changes.iter().map(|c| c.change.clone()).collect()
    }
}

fn ring(tx: &dyn Read) -> Result<Vec<Ringed>> {
    match tx.object_key(RING, RING_NAME)? {
        Some(bytes) => cell(&bytes, "object_key", "wrapped"),
        None => Ok(Vec::new()),
    }
}

/// Every change of our signing key, oldest first.
pub(crate) fn changes_of(tx: &dyn Read) -> Result<Vec<KeyChange>> {
    let mut changes = Vec::new();
    for ringed in ring(tx)? {
        match ringed.change {
            Some(change) => changes.push(change),
            // Nothing leads to it from what was before.
            None => changes.clear(),
        }
    }
    Ok(changes)
}

fn aad(key: &VerifyingKey) -> Vec<u8> {
    seal::cell("signing", &RING.0, key.as_bytes(), 0)
}

pub(crate) fn newest_secret(keys: &NodeKeys, tx: &dyn Read) -> Result<SigningKey> {
    match ring(tx)?.last() {
        Some(newest) => unwrapped(keys, tx, newest),
        None => Ok(keys.signing.clone()),
    }
}

/// Every signing key that a node ever had, oldest first.
///
/// # Errors
/// Storage only.
pub fn every_key(keys: &NodeKeys, tx: &dyn Read) -> Result<Vec<VerifyingKey>> {
    let mut every = vec![keys.signing.verifying_key()];
    for ringed in ring(tx)? {
        every.push(ringed.key()?);
    }
    Ok(every)
}

/// What signs a checkpoint of a node's register towards a partner at this size: for whoever has the node's key file.
///
/// # Errors
/// [`AppError::KeyMissing`] if the ring is older than the key; storage.
pub fn secret_at(
    keys: &NodeKeys,
    tx: &dyn Read,
    partner: &NodeName,
    size: u64,
) -> Result<SigningKey> {
    let history = our_keys(keys, tx, partner)?.history();
    secret_of(keys, tx, history.at(size))
}

/// The keys of our register towards a partner; before any change the one of the key file.
fn our_keys(keys: &NodeKeys, tx: &dyn Read, partner: &NodeName) -> Result<RegisterKeys> {
    let first = keys.signing.verifying_key();
    Ok(stored(tx, partner, Direction::Out)?.unwrap_or_else(|| RegisterKeys::new(first)))
}

fn secret_of(keys: &NodeKeys, tx: &dyn Read, key: &VerifyingKey) -> Result<SigningKey> {
    if keys.signing.verifying_key() == *key {
        return Ok(keys.signing.clone());
    }
    for ringed in ring(tx)? {
        if ringed.key()? == *key {
            return unwrapped(keys, tx, &ringed);
        }
    }
    Err(AppError::KeyMissing)
}

fn unwrapped(keys: &NodeKeys, tx: &dyn Read, ringed: &Ringed) -> Result<SigningKey> {
    let secret = unwrap_stored(keys, tx, &aad(&ringed.key()?), &ringed.wrapped)?;
    let secret = secret.map_err(|_| AppError::Bug("ring of signing keys"))?;
    Ok(SigningKey::from_seed(*secret.as_bytes()))
}

/// A side of a link, in names of settings.
pub(crate) fn whose(side: Direction) -> &'static str {
    match side.written() {
        Direction::Out => "ours",
        _ => "theirs",
    }
}

fn keys_name(partner: &NodeName, direction: Direction) -> String {
    let present = format!("signing-keys/{}/{partner}", whose(direction));
    match direction {
        Direction::OutClosed(generation) | Direction::InClosed(generation) => {
            format!("{present}/{generation}")
        }
        Direction::Out | Direction::In => present,
    }
}

fn stored(tx: &dyn Read, partner: &NodeName, direction: Direction) -> Result<Option<RegisterKeys>> {
    let bytes = tx.setting(&keys_name(partner, direction))?;
    bytes
        .map(|bytes| cell(&bytes, "setting", "signing-keys"))
        .transpose()
}

fn keep(
    tx: &mut dyn Write,
    partner: &NodeName,
    direction: Direction,
    keys: &RegisterKeys,
) -> Result<()> {
    Ok(tx.set_setting(&keys_name(partner, direction), &encode(keys))?)
}

/// Whether a leaf can change a key: hardly any does, and only for these the keys are read.
fn may_change_key(row: &LeafRow) -> bool {
    row.entry.is_none() && matches!(Leaf::decode(&row.leaf), Ok(Leaf::KeyChange(_)))
}

/// The keys of a partner's register towards us; before any change those of its pinned card.
pub(crate) fn their_keys(tx: &dyn Read, partner: &NodeName) -> Result<RegisterKeys> {
    if let Some(keys) = stored(tx, partner, Direction::In)? {
        return Ok(keys);
    }
    let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
    let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
    Ok(RegisterKeys::new(card.signing_key))
}

/// The newest key that we know of a partner: its register may be ahead of its pinned card, or behind it. Of two that know nothing of each
/// other, the register's is the one that was followed.
pub(crate) fn their_newest(card: &Card, keys: &RegisterKeys) -> VerifyingKey {
    let followed = *keys.history().newest();
    match card.keys().is_ok_and(|keys| keys.contains(&followed)) {
        true => card.signing_key,
        false => followed,
    }
}

/// The partner's register began: with this key, which need not be that of the card.
pub(crate) fn begin_their_keys(
    tx: &mut dyn Write,
    partner: &NodeName,
    first: &VerifyingKey,
) -> Result<()> {
    match their_keys(tx.as_read(), partner)?.first == *first {
        true => Ok(()),
        false => keep(tx, partner, Direction::In, &RegisterKeys::new(*first)),
    }
}

/// The partner's next card is of another key: which one its register began with is kept before.
pub(crate) fn keep_first_key(tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
    let keys = their_keys(tx.as_read(), partner)?;
    keep(tx, partner, Direction::In, &keys)
}

/// A node's card for a proof, with the key changes in it or those in its register: whichever chain leads on from the other.
pub(crate) fn proved_by(card: Vec<u8>, keys: &RegisterKeys) -> Result<(Vec<u8>, Vec<KeyChange>)> {
    let read = verify_card(&card).map_err(|_| AppError::Bug("card"))?;
    let newest = *keys.history().newest();
    let in_card = read.keys().unwrap_or_default();
    let history = match read.changes {
        Some(changes) if in_card.contains(&newest) => changes,
        _ => keys.changes(),
    };
    Ok((card, history))
}

impl App {
    /// The keys of our register towards a partner.
    pub(crate) fn our_keys(&self, tx: &dyn Read, partner: &NodeName) -> Result<RegisterKeys> {
        our_keys(&self.inner.keys, tx, partner)
    }

    /// Every signing key that we ever had, oldest first.
    pub(crate) fn every_key(&self, tx: &dyn Read) -> Result<Vec<VerifyingKey>> {
        every_key(&self.inner.keys, tx)
    }

    /// Proves on one connection that we are here, with our newest key and all that led to it (rule 15).
    pub(crate) fn prove(&self, presence: &Presence) -> Result<Proof> {
        self.inner.store.view("prove", |tx| {
            let changes = changes_of(tx)?;
            Ok(presence.prove(&newest_secret(&self.inner.keys, tx)?, changes))
        })
    }

    /// Whether our newest key is this one, or follows from it by changes that both keys signed.
    pub(crate) fn follows(&self, tx: &dyn Read, key: &VerifyingKey) -> Result<bool> {
        let led = changes_of(tx)?.iter().any(|change| change.old_key == *key);
        Ok(led || newest_secret(&self.inner.keys, tx)?.verifying_key() == *key)
    }

    /// The secret half of our newest key.
    pub(crate) fn newest_secret(&self, tx: &dyn Read) -> Result<SigningKey> {
        newest_secret(&self.inner.keys, tx)
    }

    /// The secret half of one of our keys.
    pub(crate) fn secret_of(&self, tx: &dyn Read, key: &VerifyingKey) -> Result<SigningKey> {
        secret_of(&self.inner.keys, tx, key)
    }

    /// What signs a checkpoint of our register towards a partner at this size.
    pub(crate) fn signer_at(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        size: u64,
    ) -> Result<SigningKey> {
        secret_at(&self.inner.keys, tx, partner, size)
    }

    /// What signs towards a partner outside our register: the key that it is known to know.
    pub(crate) fn signer_known(&self, tx: &dyn Read, partner: &NodeName) -> Result<SigningKey> {
        let held = tx.register(partner, Direction::Out)?.cosigned;
        self.signer_at(tx, partner, held)
    }

    /// Leaves were added to our register: a key change among them counts from its own place on.
    pub(crate) fn note_own_changes(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        rows: &[LeafRow],
    ) -> Result<()> {
        self.note_own_tls(tx, partner, rows)?;
        if !rows.iter().any(may_change_key) {
            return Ok(());
        }
        let mut keys = self.our_keys(tx.as_read(), partner)?;
        if self.follow(&mut keys, &self.inner.me, rows) {
            keep(tx, partner, Direction::Out, &keys)?;
        }
        Ok(())
    }

    /// The same for a partner's register.
    pub(crate) fn note_their_changes(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        rows: &[LeafRow],
    ) -> Result<()> {
        if rows.iter().any(may_change_key) {
            let mut keys = their_keys(tx.as_read(), partner)?;
            if self.follow(&mut keys, partner, rows) {
                keep(tx, partner, Direction::In, &keys)?;
            }
        }
        // Afterwards: the key that signed it may have come just before.
        self.note_their_tls(tx, partner, rows)
    }

    fn follow(&self, keys: &mut RegisterKeys, node: &NodeName, rows: &[LeafRow]) -> bool {
        let now = self.now().0;
        let mut changed = false;
        for row in rows {
            changed |= keys.follow(node, (row.position, &row.leaf), now);
        }
        changed
    }

    /// A change of ours came back from a partner after a restore. Without its secret nothing can be signed any more.
    pub(crate) fn know_own_change(&self, tx: &dyn Read, change: &KeyChange) -> Result<()> {
        let ours = change.node == self.inner.me.as_str() && change.verify().is_ok();
        let known = self.every_key(tx)?;
        match ours && known.contains(&change.old_key) && !known.contains(&change.new_key) {
            true => Err(AppError::KeyMissing),
            false => Ok(()),
        }
    }

    /// Gives this node a new signing key. The change, signed by the old and the new key, is queued for every partner in the same
    /// transaction that keeps the secret; any process of the node may be running.
    ///
    /// # Errors
    /// [`AppError::Closed`] after a restore, [`AppError::Input`] after as many changes as a proof can carry; storage.
    pub fn rotate_signing_key(&self) -> Result<()> {
        let app = self.clone();
        let seed = ObjectKey::new(random(&*self.inner.random));
        let partners = self.inner.store.update("rotate_signing_key", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let ring = ring(tx.as_read())?;
            if ring.len() >= MAX_HISTORY {
                return Err(InputFault::KeyChanges { most: MAX_HISTORY }.into());
            }
            app.change_key(tx, ring, &seed)?;
            let partners: Vec<NodeName> = tx.partners()?.into_iter().map(|row| row.node).collect();
            for partner in &partners {
                app.announce_keys(tx, partner)?;
            }
            app.record_access(
                tx,
                &administers("rotate_signing_key", app.inner.me.as_str()),
            )?;
            Ok::<_, AppError>(partners)
        })?;
        self.told();
        partners.iter().for_each(|partner| self.wake(partner));
        Ok(())
    }

    /// A new key into the ring and onto the card.
    fn change_key(
        &self,
        tx: &mut dyn Write,
        mut ring: Vec<Ringed>,
        seed: &ObjectKey,
    ) -> Result<()> {
        let old = newest_secret(&self.inner.keys, tx.as_read())?;
        let new = SigningKey::from_seed(*seed.as_bytes());
        let change = KeyChange::sign(self.inner.me.as_str(), &old, &new, self.now().0)
            .map_err(|_| AppError::Bug("key change"))?;
        let wrapped = self.wrapped(tx.as_read(), seed, &change.new_key)?;
        ring.push(Ringed {
            change: Some(change),
            wrapped,
            begun: None,
        });
        tx.put_object_key(RING, RING_NAME, &encode(&ring))?;
        self.reissue_card(tx, |_| ())
    }

    fn wrapped(&self, tx: &dyn Read, seed: &ObjectKey, key: &VerifyingKey) -> Result<Vec<u8>> {
        let random = random(&*self.inner.random);
        wrap_stored(&self.inner.keys, tx, &aad(key), seed, random)
    }

    /// Both rings under the newest storage key.
    pub(crate) fn rewrap_rings(&self, tx: &mut dyn Write) -> Result<()> {
        let mut signing = ring(tx.as_read())?;
        for ringed in &mut signing {
            let name = aad(&ringed.key()?);
            if let Some(anew) = self.rewrapped(tx.as_read(), &name, &ringed.wrapped)? {
                ringed.wrapped = anew;
            }
        }
        if !signing.is_empty() {
            tx.put_object_key(RING, RING_NAME, &encode(&signing))?;
        }
        self.rewrap_tls_ring(tx)
    }

    /// Queues for a partner the changes that our register towards it does not have, each once.
    pub(crate) fn announce_keys(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let mut missing = self.unannounced(tx.as_read(), partner)?;
        missing.extend(self.unannounced_tls(tx.as_read(), partner)?);
        if missing.is_empty() {
            return Ok(());
        }
        let waiting: BTreeSet<Vec<u8>> = tx
            .outbox(partner, OUTBOX_MOST)?
            .into_iter()
            .filter_map(|row| match row.item {
                OutboxItem::Leaf(leaf) => Some(leaf),
                OutboxItem::Entry(_) => None,
            })
            .collect();
        for leaf in missing {
            if !waiting.contains(&leaf) {
                tx.push_outbox(partner, &OutboxItem::Leaf(leaf), self.now().0)?;
            }
        }
        Ok(())
    }

    /// Leaves of the changes after the newest key that our register towards a partner has.
    pub(crate) fn unannounced(&self, tx: &dyn Read, partner: &NodeName) -> Result<Vec<Vec<u8>>> {
        let newest = *self.our_keys(tx, partner)?.history().newest();
        let (mut at, mut after) = (newest, Vec::new());
        for change in ring(tx)?.into_iter().filter_map(|ringed| ringed.change) {
            if change.old_key == at {
                at = change.new_key;
                after.push(Leaf::KeyChange(change).encode());
            }
        }
        Ok(after)
    }

    /// A register towards a new partner begins with our newest key.
    pub(crate) fn begin_keys(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let newest = newest_secret(&self.inner.keys, tx.as_read())?.verifying_key();
        let begun = stored(tx.as_read(), partner, Direction::Out)?.is_some()
            || tx.register(partner, Direction::Out)?.size > 0;
        match begun || newest == self.inner.keys.signing.verifying_key() {
            true => Ok(()),
            false => keep(tx, partner, Direction::Out, &RegisterKeys::new(newest)),
        }
    }

    /// At the start: card and registers in step with the ring. Keys of a newer backup than the data may know more than these; keys of an
    /// older one know less, and then nothing may be signed.
    pub(crate) fn settle_keys(&self) -> Result<()> {
        let (old, behind) = self.inner.store.view("settle_keys", |tx| {
            let card = self.stored_card(tx)?;
            let mut behind = false;
            for row in tx.partners()? {
                behind |= !self.unannounced(tx, &row.node)?.is_empty();
                behind |= !self.unannounced_tls(tx, &row.node)?.is_empty();
            }
            self.settle_tls(tx, &card)?;
            if !self.every_key(tx)?.contains(&card.signing_key) {
                return Err(AppError::KeyMissing);
            }
            for ringed in &ring(tx)? {
                unwrapped(&self.inner.keys, tx, ringed)?;
            }
            Ok::<_, AppError>((self.is_old(tx, &card)?, behind))
        })?;
        if !old && !behind {
            return Ok(());
        }
        let app = self.clone();
        self.inner.store.update("settle_keys", move |tx| {
            if old {
                app.reissue_card(tx, |_| ())?;
            }
            for row in tx.partners()? {
                app.announce_keys(tx, &row.node)?;
            }
            Ok::<_, AppError>(())
        })
    }

    /// Our signing keys over time, and which partners confirmed the newest.
    ///
    /// # Errors
    /// Storage only.
    pub fn signing_keys(&self) -> Result<SigningKeysView> {
        self.inner.store.view("signing_keys", |tx| {
            let tls = shown_tls(&self.inner.keys, tx)?;
            let newest = *self.every_key(tx)?.last().ok_or(AppError::Bug("keys"))?;
            let mut changes: Vec<KeyChangeView> = ring(tx)?
                .iter()
                .filter_map(|ringed| ringed.change.as_ref())
                .map(|change| change_view(change, &tls, None))
                .collect();
            changes.reverse();
            let mut partners = Vec::new();
            for row in tx.partners()? {
                let held = tx.register(&row.node, Direction::Out)?.cosigned;
                let history = self.our_keys(tx, &row.node)?.history();
                partners.push((row.node, *history.at(held) == newest));
            }
            Ok(SigningKeysView {
                fingerprint: Fingerprint::of(&newest, &tls).to_string(),
                changes,
                partners,
                compromised: compromises(tx, &self.inner.me)?,
                tls: self.tls_keys(tx, &newest)?,
            })
        })
    }

    /// Changes of the partners' keys that were followed, by partner, newest first.
    ///
    /// # Errors
    /// Storage only.
    pub fn partners_key_changes(&self) -> Result<Vec<(NodeName, KeyChangeView)>> {
        let partners = self.partners()?;
        self.inner.store.view("partners_key_changes", |tx| {
            let mut followed = Vec::new();
            for (node, card, ..) in &partners {
                let changes = their_changes(tx, node, card)?.into_iter();
                followed.extend(changes.map(|change| (node.clone(), change)));
            }
            Ok(followed)
        })
    }
}

/// Changes of a partner's key, newest first.
pub(crate) fn their_changes(
    tx: &dyn Read,
    partner: &NodeName,
    card: &Card,
) -> Result<Vec<KeyChangeView>> {
    let keys = their_keys(tx, partner)?;
    let view = |c: &Changed| change_view(&c.change, &card.tls_key, Some((c.leaf, c.here_ms)));
    Ok(keys.changes.iter().rev().map(view).collect())
}

fn change_view(change: &KeyChange, tls: &VerifyingKey, place: Option<(u64, i64)>) -> KeyChangeView {
    KeyChangeView {
        at: Instant(change.time_ms),
        here: place.map(|(_, here)| Instant(here)),
        leaf: place.map(|(leaf, _)| leaf),
        before: Fingerprint::of(&change.old_key, tls).to_string(),
        after: Fingerprint::of(&change.new_key, tls).to_string(),
    }
}
