//! An entry that waits for a passkey, as it is held: sealed under a key that follows from the token which the browser alone has, so that
//! nobody reads it here, no backup brings it back, and the challenge's end destroys it.

use crate::apply::BodyIn;
use crate::codec::{cell, encode};
use crate::drafts::{DraftId, KeptFile};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::record::Plan;
use crate::weight::Rest;
use crate::{App, Recording};
use entente_core::codes::{Basis, Necessity};
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_proof::digest::tagged;
use entente_proof::seal::{self, ObjectKey};
use entente_store::{Read, Write};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Setting that names the sealed files of entries that wait.
const FILES: &str = "held-files";

/// What is held.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(crate) struct HeldWeighty {
    /// The header that is signed.
    #[n(0)]
    pub(super) header: ByteVec,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) salt: [u8; 16],
    #[n(2)]
    pub(super) what: What,
    /// Entries that are released after it, by the same decision.
    #[n(3)]
    pub(super) rest: Vec<EntryId>,
    /// What of the same decision waits for a second officer.
    #[n(4)]
    pub(super) drafts: Option<Vec<ByteArray<16>>>,
}

/// What waits.
#[derive(Clone, Debug, Encode, Decode)]
pub(super) enum What {
    /// An entry of the officer's own.
    #[n(0)]
    Entry(#[n(0)] Box<HeldEntry>),
    /// A draft that they release.
    #[n(1)]
    Draft(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]),
}

/// An entry to come.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(super) struct HeldEntry {
    #[n(0)]
    pub(super) recording: HeldRecording,
    #[n(1)]
    body: ByteVec,
    #[n(2)]
    files: Vec<KeptFile>,
    /// What follows it, with its body and salt.
    #[n(3)]
    follows: Option<(HeldRecording, ByteVec, ByteVec)>,
    #[n(4)]
    pub(super) more: bool,
    /// As it was asked for, to ask again.
    #[n(5)]
    pub(super) asked: HeldRecording,
}

/// A recording without its files and terms: no act of weight brings any.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
pub(super) struct HeldRecording {
    #[n(0)]
    dossier: Option<DossierId>,
    #[n(1)]
    partner: Option<NodeName>,
    #[n(2)]
    entry_type: String,
    #[n(3)]
    values: ByteVec,
    #[n(4)]
    target: Option<ObligationId>,
    #[n(5)]
    own_only: bool,
    #[n(6)]
    seen: String,
    #[n(7)]
    necessity: Option<Necessity>,
    #[n(8)]
    basis: Option<Basis>,
    #[n(9)]
    proposal: Option<EntryId>,
    #[n(10)]
    erases: Vec<EntryId>,
    #[n(11)]
    erases_here: Option<Vec<EntryId>>,
}

impl HeldRecording {
    pub(super) fn of(recording: &Recording) -> Self {
        Self {
            dossier: recording.dossier,
            partner: recording.partner.clone(),
            entry_type: recording.entry_type.clone(),
            values: recording.values.to_bytes().into(),
            target: recording.target,
            own_only: recording.own_only,
            seen: recording.seen.clone(),
            necessity: recording.necessity,
            basis: recording.basis,
            proposal: recording.proposal,
            erases: recording.erases.clone(),
            erases_here: Some(recording.erases_here.clone()),
        }
    }

    pub(super) fn recording(&self) -> Result<Recording> {
        Ok(Recording {
            dossier: self.dossier,
            partner: self.partner.clone(),
            entry_type: self.entry_type.clone(),
            values: Values::from_bytes(&self.values).map_err(|_| damaged())?,
            target: self.target,
            own_only: self.own_only,
            seen: self.seen.clone(),
            necessity: self.necessity,
            basis: self.basis,
            proposal: self.proposal,
            erases: self.erases.clone(),
            erases_here: self.erases_here.clone().unwrap_or_default(),
            ..Recording::default()
        })
    }
}

impl HeldEntry {
    pub(super) fn of(plan: &Plan, asked: HeldRecording) -> Result<Self> {
        let (_, body) = salted(&plan.body)?;
        let follows = match &plan.follows {
            Some((body, next)) => {
                let (salt, bytes) = salted(body)?;
                let (bytes, salt) = (ByteVec::from(bytes), ByteVec::from(salt.to_vec()));
                Some((HeldRecording::of(next), bytes, salt))
            }
            None => None,
        };
        Ok(Self {
            recording: HeldRecording::of(&plan.recording),
            body: body.into(),
            files: plan.files.iter().map(KeptFile::of).collect(),
            follows,
            more: plan.more,
            asked,
        })
    }

    /// The plan as it was prepared, with the same bodies under the same salts.
    pub(super) fn plan(&self, app: &App, salt: [u8; 16]) -> Result<Plan> {
        let here =
            |salt, bytes: &ByteVec| BodyIn::Here(Box::new(app.prepare(salt, bytes.to_vec())));
        let said = Values::from_bytes(&self.body).map_err(|_| damaged())?;
        let follows = match &self.follows {
            Some((next, bytes, salt)) => {
                let salt = salt.as_slice().try_into().map_err(|_| damaged())?;
                Some((here(salt, bytes), next.recording()?))
            }
            None => None,
        };
        Ok(Plan {
            recording: self.recording.recording()?,
            body: here(salt, &self.body),
            files: KeptFile::sealed(&self.files, &said)?,
            follows,
            more: self.more,
        })
    }
}

impl HeldWeighty {
    /// What the same decision does beside it.
    pub(super) fn others(&self) -> Rest {
        let drafts = self.drafts.iter().flatten().map(|id| DraftId(**id));
        Rest {
            entries: self.rest.clone(),
            drafts: drafts.collect(),
        }
    }

    /// The header that is signed.
    pub(super) fn header(&self) -> Result<Header> {
        Header::from_bytes(&self.header).map_err(|_| damaged())
    }

    /// Sealed for whoever has this token.
    pub(crate) fn seal(&self, app: &App, token: &str) -> Result<Vec<u8>> {
        let nonce = random(&*app.inner.random);
        let sealed = seal::seal(&key(token), nonce, &aad(), &encode(self));
        sealed.map_err(|_| AppError::Bug("seal what waits for a passkey"))
    }

    pub(super) fn open(token: &str, sealed: &[u8]) -> Result<Self> {
        let plain = seal::open(&key(token), &aad(), sealed).map_err(|_| damaged())?;
        cell(&plain, "session", "state")
    }
}

/// Salt and bytes of a body that is here.
pub(super) fn salted(body: &BodyIn) -> Result<([u8; 16], Vec<u8>)> {
    match body {
        BodyIn::Here(body) => Ok((body.salt, body.bytes.clone())),
        BodyIn::Erased | BodyIn::Absent => Err(AppError::Bug("an entry to come without a body")),
    }
}

fn key(token: &str) -> ObjectKey {
    ObjectKey::new(tagged("entente/held-for-passkey/1", &[token.as_bytes()]).0)
}

fn aad() -> Vec<u8> {
    seal::cell("weight", &[], &[], 0)
}

fn damaged() -> AppError {
    AppError::Store(entente_store::StoreError::Damaged {
        table: "session",
        column: "state",
    })
}

/// Sealed files of entries that wait, each with when it waits no more.
type Waiting = Vec<(String, i64)>;

impl App {
    /// Notes the files of an entry that waits: nobody else knows of them.
    pub(crate) fn note_held_files(
        &self,
        tx: &mut dyn Write,
        blobs: Vec<String>,
        until_ms: i64,
    ) -> Result<()> {
        if blobs.is_empty() {
            return Ok(());
        }
        let mut waiting = held_files(tx.as_read())?;
        waiting.extend(blobs.into_iter().map(|blob| (blob, until_ms)));
        Ok(tx.set_setting(FILES, &encode(&waiting))?)
    }

    /// Files that an entry has now, or whose bytes are gone, wait no more.
    pub(super) fn release_held_files(&self, tx: &mut dyn Write, blobs: &[String]) -> Result<()> {
        let waiting = held_files(tx.as_read())?;
        let mut left = waiting.clone();
        left.retain(|(blob, _)| !blobs.contains(blob));
        match left.len() == waiting.len() {
            true => Ok(()),
            false => Ok(tx.set_setting(FILES, &encode(&left))?),
        }
    }

    /// Removes the files of entries whose signature did not come in time: bytes to which nobody has a key any more.
    pub(crate) fn drop_held_files(&self) -> Result<()> {
        use entente_store::StoreExt as _;
        let now = self.now().0;
        let waiting = self.inner.store.view("held_files", |tx| held_files(tx))?;
        let over = waiting.into_iter().filter(|(_, until)| *until < now);
        let over: Vec<String> = over.map(|(blob, _)| blob).collect();
        if over.is_empty() {
            return Ok(());
        }
        for blob in &over {
            let _unreadable = self.inner.blobs.remove(blob);
        }
        let app = self.clone();
        self.inner
            .store
            .update("held_files", move |tx| app.release_held_files(tx, &over))
    }
}

fn held_files(tx: &dyn Read) -> Result<Waiting> {
    let bytes = tx.setting(FILES)?;
    let read = bytes.map(|bytes| cell(&bytes, "setting", FILES));
    Ok(read.transpose()?.unwrap_or_default())
}
