//! The vault: bodies, titles and files under keys of their own (rule 6).
//!
//! Each body has a random key, wrapped by its dossier's key, which the node's storage key wraps. Destroying a wrapped key is
//! what erases; no copy of it leaves the key store.

use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::storage_key::{unwrap_stored, wrap_stored};
use entente_core::ids::{DossierId, EntryId};
use entente_proof::seal::{self, ObjectKey};
use entente_store::{BodyRow, BodyState, Read, Write};
use zeroize::Zeroizing;

/// The name under which a dossier's own key is kept.
pub(crate) const DOSSIER_KEY: &[u8] = b"dossier";
/// Length of the salt before a body, in bytes.
pub(crate) const SALT: usize = 16;

impl App {
    /// The dossier's key, made on first use.
    pub(crate) fn dossier_key(&self, tx: &mut dyn Write, dossier: DossierId) -> Result<ObjectKey> {
        if let Some(key) = self.find_dossier_key(tx.as_read(), dossier)? {
            return Ok(key);
        }
        let key = ObjectKey::new(random(&*self.inner.random));
        let (keys, nonce) = (&self.inner.keys, random(&*self.inner.random));
        let wrapped = wrap_stored(keys, tx.as_read(), &key_cell(dossier, &[]), &key, nonce)?;
        tx.put_object_key(dossier, DOSSIER_KEY, &wrapped)?;
        Ok(key)
    }

    pub(crate) fn find_dossier_key(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<Option<ObjectKey>> {
        let Some(wrapped) = tx.object_key(dossier, DOSSIER_KEY)? else {
            return Ok(None);
        };
        self.inner.memory.keys.get_or(&wrapped, || {
            let key = unwrap_stored(&self.inner.keys, tx, &key_cell(dossier, &[]), &wrapped)?;
            key.map(Some).map_err(|_| damaged("object_key"))
        })
    }

    /// A fresh key for an object, stored wrapped.
    pub(crate) fn new_object_key(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        object: &[u8],
    ) -> Result<ObjectKey> {
        let kek = self.dossier_key(tx, dossier)?;
        let key = ObjectKey::new(random(&*self.inner.random));
        let wrapped = seal::wrap(
            &kek,
            &key,
            &key_cell(dossier, object),
            random(&*self.inner.random),
        );
        tx.put_object_key(
            dossier,
            object,
            &wrapped.map_err(|_| AppError::Bug("wrap"))?,
        )?;
        Ok(key)
    }

    /// The key of an object, if it was not destroyed.
    pub(crate) fn object_key(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        object: &[u8],
    ) -> Result<Option<ObjectKey>> {
        let (Some(kek), Some(wrapped)) = (
            self.find_dossier_key(tx, dossier)?,
            tx.object_key(dossier, object)?,
        ) else {
            return Ok(None);
        };
        if wrapped.is_empty() {
            return Ok(None);
        }
        seal::unwrap(&kek, &key_cell(dossier, object), &wrapped)
            .map(Some)
            .map_err(|_| damaged("object_key"))
    }

    /// Seals and stores a body with its salt.
    pub(crate) fn put_body(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        entry: EntryId,
        salt: &[u8; SALT],
        body: &[u8],
    ) -> Result<()> {
        let key = self.new_object_key(tx, dossier, &entry.0)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(SALT + body.len()));
        plain.extend_from_slice(salt);
        plain.extend_from_slice(body);
        let sealed = seal::seal(
            &key,
            random(&*self.inner.random),
            &body_cell(dossier, entry),
            &plain,
        );
        let row = BodyRow {
            state: BodyState::Here,
            sealed: sealed.map_err(|_| AppError::Bug("seal"))?,
        };
        Ok(tx.put_body(dossier, entry, &row)?)
    }

    /// Salt and bytes of a body that is here.
    pub(crate) fn body(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        entry: EntryId,
    ) -> Result<Option<([u8; SALT], Vec<u8>)>> {
        let Some(row) = tx
            .body(dossier, entry)?
            .filter(|row| row.state == BodyState::Here)
        else {
            return Ok(None);
        };
        let Some(key) = self.object_key(tx, dossier, &entry.0)? else {
            return Ok(None);
        };
        let plain = seal::open(&key, &body_cell(dossier, entry), &row.sealed)
            .map_err(|_| damaged("body"))?;
        let (salt, body) = plain
            .split_first_chunk::<SALT>()
            .ok_or_else(|| damaged("body"))?;
        Ok(Some((*salt, body.to_vec())))
    }

    /// Seals a dossier's title for lists.
    pub(crate) fn seal_title(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        title: &str,
    ) -> Result<Vec<u8>> {
        let key = self.dossier_key(tx, dossier)?;
        seal::seal(
            &key,
            random(&*self.inner.random),
            &title_cell(dossier),
            title.as_bytes(),
        )
        .map_err(|_| AppError::Bug("seal"))
    }

    /// Opens a dossier's title; empty if there is none or its key is gone.
    pub(crate) fn open_title(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        sealed: &[u8],
    ) -> Result<String> {
        if sealed.is_empty() {
            return Ok(String::new());
        }
        let Some(key) = self.find_dossier_key(tx, dossier)? else {
            return Ok(String::new());
        };
        let plain =
            seal::open(&key, &title_cell(dossier), sealed).map_err(|_| damaged("dossier"))?;
        Ok(String::from_utf8(plain).unwrap_or_default())
    }
}

fn damaged(table: &'static str) -> AppError {
    AppError::Store(entente_store::StoreError::Damaged {
        table,
        column: "sealed",
    })
}
pub(crate) fn key_cell(dossier: DossierId, object: &[u8]) -> Vec<u8> {
    seal::cell("key", &dossier.0, object, 0)
}
fn body_cell(dossier: DossierId, entry: EntryId) -> Vec<u8> {
    seal::cell("body", &dossier.0, &entry.0, 0)
}
fn title_cell(dossier: DossierId) -> Vec<u8> {
    seal::cell("title", &dossier.0, &dossier.0, 0)
}
