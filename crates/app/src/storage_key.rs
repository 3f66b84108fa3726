//! The key that wraps the keys of dossiers and the rings, and another one in its place.
//!
//! `node.keys` holds it; everything below it is wrapped in the key store. A change gives the node a new one and wraps what the old one
//! wrapped under it, in bounded portions that can be broken off and go on: the keys of dossiers, the rings of signing and TLS keys, the
//! courier's sealing keys. Keys of bodies and files are wrapped by their dossier's key and stay.
//!
//! While it goes on, both keys open. The new one lies in the key store, wrapped by the old one, in a place that no backup takes along, so
//! that every process of the node learns it there: one that runs when it meets what it cannot open or is about to wrap something, one that
//! starts at once. The end destroys that place; a process that has only the old key then says so and writes nothing.
//!
//! How far it is stands among the keys, not in the data: copies of the one travel with `node.keys`, and a restored node goes on.

use crate::App;
use crate::codec::{cell, encode};
use crate::env::{NodeKeys, random};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::administers;
use crate::vault::{DOSSIER_KEY, key_cell};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_proof::digest::tagged;
use entente_proof::seal::{self, ObjectKey, SealError};
use entente_store::{NEVER_COPIED, Read, SIGNING_KEYS, StoreExt, Write};
use minicbor::{Decode, Encode};
use std::sync::{PoisonError, RwLock};
use zeroize::Zeroizing;

/// Where it stands how far a change is, among the keys.
const STATE: &[u8] = b"storage-key";
/// Where the new key is for processes that have the old one.
const HANDED: &[u8] = b"storage-key-handed-over";
const ID_DOMAIN: &str = "entente/storage-key/1";
/// Most dossiers whose key is wrapped anew in one transaction.
const PORTION: u32 = 200;
/// How long processes that run have to learn a new key before the old one may go: they look every minute.
const LEARNING_MS: i64 = 10 * 60_000;

/// The keys that open what is wrapped, newest first. Which of them wraps stands in the store: a change that was undone with its transaction
/// leaves a key here that nothing is under, and nothing must come under it.
pub struct StorageKeys(RwLock<Vec<ObjectKey>>);

impl StorageKeys {
    /// Newest first; at least one.
    pub(crate) fn new(keys: Vec<ObjectKey>) -> Self {
        Self(RwLock::new(keys))
    }

    /// All of them, newest first.
    pub(crate) fn all(&self) -> Vec<ObjectKey> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The key of this name; without one, since there never was a change, the first that the node had.
    fn current(&self, id: Option<[u8; 16]>) -> Option<ObjectKey> {
        let keys = self.all();
        match id {
            Some(id) => keys.into_iter().find(|key| id_of(key) == id),
            None => keys.last().cloned(),
        }
    }

    fn learn(&self, key: &ObjectKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !keys.contains(key) {
            keys.insert(0, key.clone());
        }
    }

    /// This one alone stays.
    fn forget_others(&self, key: &ObjectKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|known| known == key);
    }

    fn open(&self, aad: &[u8], wrapped: &[u8]) -> std::result::Result<ObjectKey, SealError> {
        let mut refused = SealError::Open;
        for key in self.all() {
            match seal::unwrap(&key, aad, wrapped) {
                Ok(opened) => return Ok(opened),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }
}

/// How far a change of the storage key is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct State {
    /// Names the newest key.
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    begun_ms: i64,
    /// The dossier whose key was wrapped anew last.
    #[n(2)]
    after: Option<DossierId>,
    #[n(3)]
    rewrapped: u64,
    /// Whether everything is under the newest key.
    #[n(4)]
    complete: bool,
    /// When the key of before was given up.
    #[n(5)]
    ended_ms: Option<i64>,
}

/// The last change of the storage key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageChange {
    /// When it began.
    pub begun: Instant,
    /// Keys of dossiers that were wrapped anew.
    pub rewrapped: u64,
    /// Whether everything is under the new key.
    pub complete: bool,
    /// When the key of before was given up; from then on this process must know the new one.
    pub ended: Option<Instant>,
}

fn id_of(key: &ObjectKey) -> [u8; 16] {
    let digest = tagged(ID_DOMAIN, &[key.as_bytes()]).0;
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    id
}

fn handed_cell(id: [u8; 16]) -> Vec<u8> {
    seal::cell("storage", &NEVER_COPIED.0, &id, 0)
}

fn state(tx: &dyn Read) -> Result<Option<State>> {
    let bytes = tx.object_key(SIGNING_KEYS, STATE)?;
    bytes
        .map(|bytes| cell(&bytes, "object_key", "storage-key"))
        .transpose()
}

/// How far the last change of the storage key is, if there ever was one: for whoever has the store and not the keys.
///
/// # Errors
/// Storage only.
pub fn storage_change(tx: &dyn Read) -> Result<Option<StorageChange>> {
    Ok(state(tx)?.map(|state| StorageChange {
        begun: Instant(state.begun_ms),
        rewrapped: state.rewrapped,
        complete: state.complete,
        ended: state.ended_ms.map(Instant),
    }))
}

/// The key that wraps. Learns the one that another process made, if this process does not have it; forgets those of before, if they were
/// given up.
fn current(keys: &NodeKeys, tx: &dyn Read) -> Result<ObjectKey> {
    let state = state(tx)?;
    let known = keys.storage.current(state.as_ref().map(|state| state.id));
    let (state, known) = match (state, known) {
        (None, known) => return known.ok_or(AppError::Bug("storage key")),
        (Some(state), known) => (state, known),
    };
    let key = match known {
        Some(key) => key,
        None => {
            let handed = tx.object_key(NEVER_COPIED, HANDED)?.unwrap_or_default();
            let opened = keys.storage.open(&handed_cell(state.id), &handed);
            let key = opened.map_err(|_| InputFault::StorageKeyGone)?;
            keys.storage.learn(&key);
            key
        }
    };
    if state.ended_ms.is_some() {
        // Everything was under this one before the change could end.
        keys.storage.forget_others(&key);
    }
    Ok(key)
}

/// Opens what a storage key wrapped, with one that was made meanwhile if need be. What does not open is [`SealError`]'s to name.
pub(crate) fn unwrap_stored(
    keys: &NodeKeys,
    tx: &dyn Read,
    aad: &[u8],
    wrapped: &[u8],
) -> Result<std::result::Result<ObjectKey, SealError>> {
    if let Ok(opened) = keys.storage.open(aad, wrapped) {
        return Ok(Ok(opened));
    }
    current(keys, tx)?;
    Ok(keys.storage.open(aad, wrapped))
}

/// Wraps under the key that the store names: nothing may come under a key that is about to go.
pub(crate) fn wrap_stored(
    keys: &NodeKeys,
    tx: &dyn Read,
    aad: &[u8],
    key: &ObjectKey,
    nonce: [u8; seal::NONCE],
) -> Result<Vec<u8>> {
    let wrapped = seal::wrap(&current(keys, tx)?, key, aad, nonce);
    wrapped.map_err(|_| AppError::Bug("wrap"))
}

impl App {
    /// A cell of the key store under the key that wraps, if it is not yet.
    pub(crate) fn rewrapped(
        &self,
        tx: &dyn Read,
        aad: &[u8],
        wrapped: &[u8],
    ) -> Result<Option<Vec<u8>>> {
        let keys = &self.inner.keys;
        let nonce = random(&*self.inner.random);
        let current = current(keys, tx)?;
        if seal::unwrap(&current, aad, wrapped).is_ok() {
            return Ok(None);
        }
        let opened = keys.storage.open(aad, wrapped);
        let opened = opened.map_err(|_| AppError::Bug("key under no storage key"))?;
        let anew = seal::wrap(&current, &opened, aad, nonce);
        anew.map(Some).map_err(|_| AppError::Bug("wrap"))
    }

    /// What `node.keys` is to hold on this machine: all keys that this process has now.
    #[must_use]
    pub fn key_file(&self) -> Zeroizing<Vec<u8>> {
        self.inner.keys.to_seed_file_bytes()
    }

    /// Learns a storage key that another process made, and forgets one that was given up. Cheap: to be called by the minute.
    ///
    /// # Errors
    /// [`AppError::Input`] if the key of before was given up and this process has no other; storage.
    pub fn learn_storage_key(&self) -> Result<()> {
        let keys = &self.inner.keys;
        self.inner
            .store
            .view("learn_storage_key", |tx| current(keys, tx).map(drop))
    }

    /// How far the last change of the storage key is.
    ///
    /// # Errors
    /// Storage only.
    pub fn storage_change(&self) -> Result<Option<StorageChange>> {
        self.inner.store.view("storage_change", storage_change)
    }

    /// Begins a change of the storage key, or goes on with the one that has not ended. Nothing is under the new key yet: make `node.keys`
    /// hold it ([`App::key_file`]) before [`App::rewrap_some`].
    ///
    /// # Errors
    /// [`AppError::Closed`] after a restore; storage.
    pub fn begin_storage_key(&self) -> Result<()> {
        let app = self.clone();
        let new = ObjectKey::new(random(&*self.inner.random));
        self.inner.store.update("begin_storage_key", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let keys = &app.inner.keys;
            let before = current(keys, tx.as_read())?;
            if state(tx.as_read())?.is_some_and(|state| state.ended_ms.is_none()) {
                return Ok(());
            }
            let id = id_of(&new);
            let nonce = random(&*app.inner.random);
            let handed = seal::wrap(&before, &new, &handed_cell(id), nonce);
            let handed = handed.map_err(|_| AppError::Bug("wrap"))?;
            tx.put_object_key(NEVER_COPIED, HANDED, &handed)?;
            let state = State {
                id,
                begun_ms: app.now().0,
                after: None,
                rewrapped: 0,
                complete: false,
                ended_ms: None,
            };
            tx.put_object_key(SIGNING_KEYS, STATE, &encode(&state))?;
            app.record_access(tx, &administers("begin_storage_key", "keys"))
        })?;
        // Only what was committed is learnt: from the store, as every process does.
        self.learn_storage_key()
    }

    /// Wraps a bounded number of keys under the new storage key; whether everything is by now. Broken off anywhere, it goes on from there.
    ///
    /// # Errors
    /// Storage only.
    pub fn rewrap_some(&self) -> Result<bool> {
        let app = self.clone();
        self.inner.store.update("rewrap_some", move |tx| {
            let Some(mut state) = state(tx.as_read())?.filter(|state| !state.complete) else {
                return Ok(true);
            };
            let dossiers = tx.with_key(DOSSIER_KEY, state.after, PORTION)?;
            for dossier in &dossiers {
                state.rewrapped += u64::from(app.rewrap_dossier(tx, *dossier)?);
            }
            match dossiers.last() {
                Some(last) => state.after = Some(*last),
                None => {
                    app.rewrap_rings(tx)?;
                    app.rewrap_sealing_keys(tx)?;
                    state.complete = true;
                }
            }
            tx.put_object_key(SIGNING_KEYS, STATE, &encode(&state))?;
            Ok(state.complete)
        })
    }

    fn rewrap_dossier(&self, tx: &mut dyn Write, dossier: DossierId) -> Result<bool> {
        let wrapped = tx.object_key(dossier, DOSSIER_KEY)?.unwrap_or_default();
        if wrapped.is_empty() {
            return Ok(false);
        }
        let anew = self.rewrapped(tx.as_read(), &key_cell(dossier, &[]), &wrapped)?;
        if let Some(anew) = &anew {
            tx.put_object_key(dossier, DOSSIER_KEY, anew)?;
        }
        Ok(anew.is_some())
    }

    /// Ends a change: the key of before opens nothing here any more and is forgotten. Write `node.keys` afterwards ([`App::key_file`]).
    /// `alone`: no other process of this node runs; otherwise those that do have ten minutes from its beginning to learn the new key.
    ///
    /// # Errors
    /// [`AppError::Input`] before everything is under the new key, or too early; storage.
    pub fn end_storage_key(&self, alone: bool) -> Result<()> {
        let app = self.clone();
        self.inner.store.update("end_storage_key", move |tx| {
            let now = app.now().0;
            let Some(mut state) = state(tx.as_read())?.filter(|state| state.complete) else {
                return Err(InputFault::StorageKeyUnderWay.into());
            };
            // A clock that was set back must not end it early.
            let learnt = now.saturating_sub(state.begun_ms) >= LEARNING_MS;
            if !(alone || learnt) {
                return Err(InputFault::StorageKeyUnderWay.into());
            }
            if state.ended_ms.is_some() {
                return Ok(());
            }
            state.ended_ms = Some(now);
            tx.put_object_key(NEVER_COPIED, HANDED, &[])?;
            tx.put_object_key(SIGNING_KEYS, STATE, &encode(&state))?;
            app.record_access(tx, &administers("end_storage_key", "keys"))
        })?;
        self.learn_storage_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_a_change_that_was_undone_opens_and_never_wraps() {
        let (first, undone) = (ObjectKey::new([1; 32]), ObjectKey::new([2; 32]));
        let keys = StorageKeys::new(vec![first.clone()]);
        keys.learn(&undone);
        keys.learn(&undone);
        assert_eq!(keys.all(), [undone.clone(), first.clone()]);
        assert_eq!(
            keys.current(None),
            Some(first.clone()),
            "no change is stored"
        );
        assert_eq!(keys.current(Some(id_of(&undone))), Some(undone));
        assert_eq!(keys.current(Some([0; 16])), None, "to be learnt");
        keys.forget_others(&first);
        assert_eq!(keys.all(), [first]);
    }
}
