//! A draft as it is kept: sealed under a key of its own that no backup takes along, so that nothing decided comes back by a restore;
//! in clear only codes by which it is decided who may sign.

use super::{DraftId, SIGNED_WITHIN, gate};
use crate::access::{AccessRecord, Operation};
use crate::attach::SealedFile;
use crate::authorise::Leaving;
use crate::codec::{cell, encode};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::SigningFault;
use crate::files::described;
use crate::people::actor_of;
use crate::record::names_of;
use crate::{Actor, App, Change, Recording};
use entente_core::codes::{Basis, Class, Necessity, Purpose};
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::handling::HandlingCodes;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::kinds;
use entente_core::kinds::erasure::ERASE;
use entente_core::kinds::release::RELEASE;
use entente_proof::seal::{self, ObjectKey};
use entente_store::{DossierRow, DraftRow, DraftSort, NEVER_COPIED, Read, StoreExt, Write};
use minicbor::{Decode, Encode};

/// Most characters of a ground.
pub(crate) const GROUND: usize = 300;

/// Codes of a draft, in clear.
#[derive(Clone, Debug, Encode, Decode)]
#[cbor(map)]
struct Codes {
    #[n(0)]
    kind: String,
    #[n(1)]
    entry_type: String,
    #[n(2)]
    purpose: Purpose,
    #[n(3)]
    class: Class,
    #[n(4)]
    codes: HandlingCodes,
}

/// What a draft says, sealed.
#[derive(Clone, Debug, Default, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Kept {
    #[n(0)]
    partner: Option<NodeName>,
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    values: Vec<u8>,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) body: Vec<u8>,
    #[n(3)]
    target: Option<ObligationId>,
    #[n(4)]
    seen: String,
    #[n(5)]
    necessity: Option<Necessity>,
    #[n(6)]
    basis: Option<Basis>,
    #[n(7)]
    files: Vec<KeptFile>,
    /// Why it was given back, left by one signature, or was not signed afterwards: the latest last.
    #[n(8)]
    pub(crate) grounds: Vec<String>,
}

/// A sealed file and its key.
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct KeptFile {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    key: Vec<u8>,
    #[n(1)]
    blob: String,
}

impl KeptFile {
    pub(crate) fn of(file: &SealedFile) -> Self {
        Self {
            key: file.key.as_bytes().to_vec(),
            blob: file.blob.clone(),
        }
    }

    /// Those of a body that describes them, sealed as they were.
    pub(crate) fn sealed(files: &[Self], body: &Values) -> Result<Vec<SealedFile>> {
        let mut out = Vec::with_capacity(files.len());
        for (file, described) in files.iter().zip(described(body)) {
            let key: [u8; 32] = file.key.as_slice().try_into().map_err(|_| damaged())?;
            out.push(SealedFile {
                described,
                key: ObjectKey::new(key),
                blob: file.blob.clone(),
            });
        }
        Ok(out)
    }
}

impl Kept {
    fn of(recording: &Recording, body: Vec<u8>, files: &[SealedFile]) -> Self {
        Self {
            partner: recording.partner.clone(),
            values: recording.values.to_bytes(),
            body,
            target: recording.target,
            seen: recording.seen.clone(),
            necessity: recording.necessity,
            basis: recording.basis,
            files: files.iter().map(KeptFile::of).collect(),
            grounds: Vec::new(),
        }
    }

    /// Of what left already: no more than why.
    pub(super) fn because(why: &str) -> Self {
        Self {
            grounds: vec![why.to_owned()],
            ..Self::default()
        }
    }

    /// The recording that was submitted, without its files.
    pub(crate) fn recording(&self, row: &DraftRow) -> Result<Recording> {
        Ok(Recording {
            dossier: dossier_of(row),
            partner: self.partner.clone(),
            entry_type: codes_of(row)?.entry_type,
            values: Values::from_bytes(&self.values).map_err(|_| damaged())?,
            target: self.target,
            seen: self.seen.clone(),
            necessity: self.necessity,
            basis: self.basis,
            ..Recording::default()
        })
    }

    pub(crate) fn target(&self) -> Option<ObligationId> {
        self.target
    }

    /// What leaves, as its readers read it.
    pub(crate) fn said(&self) -> Result<Values> {
        Values::from_bytes(&self.body).map_err(|_| damaged())
    }

    /// Its files, sealed as they were.
    pub(crate) fn files(&self) -> Result<Vec<SealedFile>> {
        KeptFile::sealed(&self.files, &self.said()?)
    }

    pub(super) fn blobs(&self) -> Vec<String> {
        self.files.iter().map(|file| file.blob.clone()).collect()
    }
}

fn damaged() -> AppError {
    AppError::Store(entente_store::StoreError::Damaged {
        table: "draft",
        column: "sealed",
    })
}

/// The dossier of a draft; none of one that opens it.
pub(crate) fn dossier_of(row: &DraftRow) -> Option<DossierId> {
    let bytes: [u8; 32] = row.dossier.as_slice().try_into().ok()?;
    Some(DossierId(bytes))
}

/// The entry as which something left.
pub(crate) fn entry_of(row: &DraftRow) -> Option<EntryId> {
    let bytes: [u8; 32] = row.entry.as_slice().try_into().ok()?;
    Some(EntryId(bytes))
}

fn codes_of(row: &DraftRow) -> Result<Codes> {
    cell(&row.about, "draft", "about")
}

/// What is known of a draft without opening it; none if this version does not know its type.
pub(crate) fn leaving_of(row: &DraftRow) -> Result<Option<Leaving>> {
    let codes = codes_of(row)?;
    let kind = kinds::find(&codes.kind);
    let known = kind.and_then(|kind| Some((kind, kind.entry(&codes.entry_type)?)));
    let service = row.service.parse().map_err(|_| damaged())?;
    Ok(known.map(|(kind, entry_type)| Leaving {
        kind,
        entry_type,
        purpose: codes.purpose,
        class: codes.class,
        codes: codes.codes,
        service,
    }))
}

/// The same as bytes.
pub(crate) fn about_of(leaving: &Leaving) -> Vec<u8> {
    encode(&Codes {
        kind: leaving.kind.name.to_owned(),
        entry_type: leaving.entry_type.name.to_owned(),
        purpose: leaving.purpose,
        class: leaving.class,
        codes: leaving.codes,
    })
}

fn key_name(id: DraftId) -> Vec<u8> {
    format!("draft-{id}").into_bytes()
}

fn aad(id: DraftId) -> Vec<u8> {
    seal::cell("draft", &id.0, &[], 0)
}

impl App {
    /// Keeps an entry as a draft. What could not be recorded is refused now, while its author is there to mend it.
    pub(super) fn keep_draft(&self, actor: &Actor, mut recording: Recording) -> Result<DraftId> {
        refuse_unkept(&recording)?;
        let (body, files) = match recording.entry_type == RELEASE.name {
            true => self.release_content(actor, &recording)?,
            false => self.content_of(&recording)?,
        };
        recording.files = Vec::new();
        let kept = Kept::of(&recording, body.clone(), &files);
        let sealed = names_of(&files);
        let rehearsed = self.rehearse(actor, &recording, (self.new_body(body), files), None);
        rehearsed.inspect_err(|error| self.drop_refused(error, &sealed))?;
        let id = DraftId(random(&*self.inner.random));
        let (app, actor) = (self.clone(), actor.clone());
        let outcome = self.inner.store.update("keep_draft", move |tx| {
            app.keep_draft_in(tx, &actor, (id, &recording), &kept)
        });
        outcome.inspect_err(|error| self.drop_refused(error, &sealed))?;
        self.told();
        Ok(id)
    }

    fn keep_draft_in(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (id, recording): (DraftId, &Recording),
        kept: &Kept,
    ) -> Result<()> {
        self.refuse_closed(tx.as_read())?;
        self.authorise_recording(tx.as_read(), actor, recording)?;
        let scene = self.scene(tx.as_read(), actor, recording)?;
        let about = gate::leaving(&scene, recording);
        let row = DraftRow {
            id: id.0,
            sort: DraftSort::Waits,
            dossier: scene.dossier.map(|d| d.0.to_vec()).unwrap_or_default(),
            entry: Vec::new(),
            officer: actor.id.clone(),
            service: scene.service.to_string(),
            at_ms: self.now().0,
            due_ms: (self.now() + SIGNED_WITHIN).0,
            about: about_of(&about),
            sealed: Vec::new(),
        };
        self.refuse_unsignable(tx.as_read(), &row, &about)?;
        self.put_draft(tx, row.clone(), kept)?;
        self.record_access(tx, &traced(actor, Operation::Collect, "draft", &row))
    }

    /// A draft that nobody could sign would wait for ever.
    pub(super) fn refuse_unsignable(
        &self,
        tx: &dyn Read,
        row: &DraftRow,
        about: &Leaving,
    ) -> Result<()> {
        let dossier = dossier_row(tx, row)?;
        for officer in tx.officers()? {
            if !officer.active || officer.id == row.officer {
                continue;
            }
            let other = actor_of(&officer)?;
            if self.may_let_leave(&other, Action::Approve, dossier.as_ref(), about) {
                return Ok(());
            }
        }
        Err(SigningFault::Nobody.into())
    }

    /// Seals and stores a draft under its key, made on first use.
    pub(super) fn put_draft(
        &self,
        tx: &mut dyn Write,
        mut row: DraftRow,
        kept: &Kept,
    ) -> Result<()> {
        let id = DraftId(row.id);
        let name = key_name(id);
        let key = match self.object_key(tx.as_read(), NEVER_COPIED, &name)? {
            Some(key) => key,
            None => self.new_object_key(tx, NEVER_COPIED, &name)?,
        };
        let nonce = random(&*self.inner.random);
        row.sealed = seal::seal(&key, nonce, &aad(id), &encode(kept))
            .map_err(|_| AppError::Bug("seal draft"))?;
        Ok(tx.put_draft(&row)?)
    }

    /// What a draft says; nothing if its key is gone: the node was restored since.
    pub(crate) fn open_draft(&self, tx: &dyn Read, row: &DraftRow) -> Result<Option<Kept>> {
        let id = DraftId(row.id);
        let Some(key) = self.object_key(tx, NEVER_COPIED, &key_name(id))? else {
            return Ok(None);
        };
        let plain = seal::open(&key, &aad(id), &row.sealed).map_err(|_| damaged())?;
        cell(&plain, "draft", "sealed").map(Some)
    }

    /// Destroys a draft with its key.
    pub(super) fn destroy_draft(&self, tx: &mut dyn Write, row: &DraftRow) -> Result<()> {
        let id = DraftId(row.id);
        self.inner.memory.destroyed();
        tx.put_object_key(NEVER_COPIED, &key_name(id), &[])?;
        Ok(tx.drop_draft(&row.id)?)
    }

    /// Tells pages that what waits for signatures changed.
    pub(super) fn draft_changed(&self, row: &DraftRow) {
        self.changed(Change {
            position: 0,
            dossier: dossier_of(row),
        });
    }
}

/// Terms, signatures and erasures are not kept: they are recorded by whoever may approve them, or not at all.
fn refuse_unkept(recording: &Recording) -> Result<()> {
    let destroys = recording.entry_type == ERASE.name;
    let terms = recording.terms.is_some() || recording.proposal.is_some();
    match destroys || terms || !recording.erases.is_empty() {
        true => Err(SigningFault::NeedsSecond.into()),
        false => Ok(()),
    }
}

/// The dossier's row that a draft is in.
pub(crate) fn dossier_row(tx: &dyn Read, row: &DraftRow) -> Result<Option<DossierRow>> {
    match dossier_of(row) {
        Some(id) => Ok(Some(tx.dossier(id)?.ok_or(AppError::NotFound)?)),
        None => Ok(None),
    }
}

/// The access record of an act on a draft, by the draft's name or, once it left, the entry's.
pub(super) fn traced(
    actor: &Actor,
    operation: Operation,
    verb: &str,
    row: &DraftRow,
) -> AccessRecord {
    let entry = entry_of(row).map(|entry| entry.to_string());
    AccessRecord {
        dossier: dossier_of(row).map(|d| d.to_string()),
        object: Some(entry.unwrap_or_else(|| DraftId(row.id).to_string())),
        ..AccessRecord::by(actor, operation, verb)
    }
}
