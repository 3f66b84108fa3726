//! Attachments: sealing our own, fetching a partner's chunk by chunk, reading them back.
//!
//! Every chunk is sealed under the file's own key and verified against the digest that the body names before it is kept, so that
//! fetching resumes in the middle and never stores what was not promised.

use crate::env::random;
use crate::error::{AppError, Result};
use crate::files::{Described, MAX_FILE, described, key_name};
use crate::views::FileView;
use crate::{App, Change, FileReader, Recording};
use entente_core::field::{FieldError, Problem, Values};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::label::{Label, label};
use entente_core::released::EarlierProblem;
use entente_link::frame::BlobChunk;
use entente_proof::commit::chunk_count;
use entente_proof::digest::{Digest, tagged};
use entente_proof::leaf::Leaf;
use entente_proof::seal::{self, ObjectKey, open_chunk, seal_chunk};
use entente_store::{AttachmentRow, AttachmentState, EntryRow, OutboxItem, StoreExt, Write};

/// What a refused file is called on forms.
const FILES: Label = label("fichiers", "الملفات", "files");

pub(crate) fn of_files(problem: Problem) -> AppError {
    AppError::Fields(vec![FieldError {
        field: "files",
        label: FILES,
        problem,
    }])
}

/// A file of ours, sealed and waiting in the blob store under a temporary name.
pub(crate) struct SealedFile {
    pub described: Described,
    pub key: ObjectKey,
    pub blob: String,
}

/// Sealed chunks are bound to the file's place in its entry only through their key: the entry's identifier is not known yet when
/// they are sealed.
pub(crate) fn chunk_cell() -> Vec<u8> {
    seal::cell("file", &[], &[], 0)
}

impl App {
    /// Seals the files of a recording; nothing refers to them until the entry is stored.
    pub(crate) fn seal_files(&self, recording: &Recording) -> Result<Vec<SealedFile>> {
        let mut sealed: Vec<SealedFile> = Vec::with_capacity(recording.files.len());
        for file in &recording.files {
            match self.seal_file(file) {
                Ok(file) => sealed.push(file),
                Err(error) => return Err(self.given_up(&sealed, error)),
            }
        }
        Ok(sealed)
    }

    /// Removes what was sealed beside a file that could not be.
    fn given_up(&self, sealed: &[SealedFile], error: AppError) -> AppError {
        for file in sealed {
            let _unreadable = self.inner.blobs.remove(&file.blob);
        }
        error
    }

    /// Seals the files of an entry of ours once more, under keys of their own: they are described as they were, so that the same
    /// commitments fit them.
    pub(crate) fn seal_again(
        &self,
        row: &EntryRow,
        files: &[Described],
    ) -> Result<Vec<SealedFile>> {
        let mut sealed: Vec<SealedFile> = Vec::with_capacity(files.len());
        for (index, file) in (0u32..).zip(files) {
            let gone = || of_files(EarlierProblem::Incomplete.into());
            let chunk = |chunk: u64| {
                let read = self.read_chunk(row.dossier, row.id, index, chunk)?;
                let whole = read.filter(|(bytes, _)| file.verifies(chunk, bytes));
                whole.map(|(bytes, _)| bytes).ok_or_else(gone)
            };
            let mut chunks = (0..chunk_count(file.size)).map(chunk);
            match self.seal_as(file, &mut chunks) {
                Ok(file) => sealed.push(file),
                Err(error) => return Err(self.given_up(&sealed, error)),
            }
        }
        Ok(sealed)
    }

    /// Ties sealed files to their entry, in its transaction.
    pub(crate) fn keep_files(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        entry: EntryId,
        files: &[SealedFile],
    ) -> Result<()> {
        for (index, file) in (0u32..).zip(files) {
            self.put_file_key(tx, dossier, entry, index, &file.key)?;
            tx.put_attachment(&AttachmentRow {
                dossier,
                entry,
                index,
                partner: None,
                size: file.described.size,
                state: AttachmentState::Held,
                next_chunk: chunk_number(chunk_count(file.described.size))?,
                blob: file.blob.clone(),
            })?;
        }
        Ok(())
    }

    fn put_file_key(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        entry: EntryId,
        index: u32,
        key: &ObjectKey,
    ) -> Result<()> {
        let kek = self.dossier_key(tx, dossier)?;
        let name = key_name(entry, index);
        let aad = seal::cell("key", &dossier.0, &name, 0);
        let wrapped = seal::wrap(&kek, key, &aad, random(&*self.inner.random))
            .map_err(|_| AppError::Bug("wrap"))?;
        Ok(tx.put_object_key(dossier, &name, &wrapped)?)
    }

    /// A reader over the chunks of a file that belongs to no entry yet.
    pub(crate) fn sealed_reader(&self, file: SealedFile, view: FileView) -> FileReader {
        let (app, count) = (self.clone(), chunk_count(view.size));
        let read = move |chunk: u64| {
            let sealed = app.inner.blobs.read(&file.blob, chunk_number(chunk)?)?;
            let sealed = sealed.ok_or(AppError::NotFound)?;
            open_chunk(&file.key, chunk, chunk + 1 == count, &chunk_cell(), &sealed)
                .map_err(|_| AppError::Bug("a sealed file does not open"))
        };
        FileReader {
            view,
            chunks: Box::new(Chunks(0..count, read)),
        }
    }

    /// One chunk of a held file, decrypted, and whether it is the last.
    pub(crate) fn read_chunk(
        &self,
        dossier: DossierId,
        entry: EntryId,
        index: u32,
        chunk: u64,
    ) -> Result<Option<(Vec<u8>, bool)>> {
        let found = self.inner.store.view("read_chunk", |tx| {
            let row = tx
                .attachments(entry)?
                .into_iter()
                .find(|r| r.index == index && r.state == AttachmentState::Held);
            let Some(row) = row else {
                return Ok::<_, AppError>(None);
            };
            Ok(self
                .object_key(tx, dossier, &key_name(entry, index))?
                .map(|key| (row, key)))
        })?;
        let Some((row, key)) = found else {
            return Ok(None);
        };
        let count = chunk_count(row.size);
        if chunk >= count {
            return Ok(None);
        }
        let last = chunk + 1 == count;
        let sealed = self.inner.blobs.read(&row.blob, chunk_number(chunk)?)?;
        let opened = sealed.map(|s| open_chunk(&key, chunk, last, &chunk_cell(), &s));
        match opened {
            Some(Ok(bytes)) => Ok(Some((bytes, last))),
            // What a partner gave us it can give again.
            None | Some(Err(_)) if row.partner.is_some() => {
                self.fetch_again(row)?;
                Ok(None)
            }
            Some(Err(_)) => Err(AppError::Bug("chunk damaged")),
            None => Ok(None),
        }
    }

    /// Takes one chunk from a partner: verified, sealed, durable before it counts. False if what was here turned out to be lost, so that
    /// all of it is wanted again.
    pub(crate) fn take_chunk(&self, partner: &NodeName, chunk: &BlobChunk) -> Result<bool> {
        let entry = EntryId(chunk.entry.0);
        let found = self.inner.store.view("take_chunk", |tx| {
            let wanted = |r: &AttachmentRow| r.index == chunk.index && awaited(r, partner);
            let row = tx.attachments(entry)?.into_iter().find(wanted);
            let Some(row) = row.filter(|r| u64::from(r.next_chunk) == chunk.chunk) else {
                return Ok::<_, AppError>(None);
            };
            let described = self.described_file(tx, row.dossier, entry, chunk.index)?;
            Ok(described.map(|d| (row, d)))
        })?;
        let Some((row, file)) = found else {
            return Ok(true);
        };
        if !file.verifies(chunk.chunk, &chunk.bytes) {
            self.give_up(partner, entry, chunk.index)?;
            return Ok(true);
        }
        self.store_chunk(partner, row, chunk, &file)
    }

    fn store_chunk(
        &self,
        partner: &NodeName,
        mut row: AttachmentRow,
        chunk: &BlobChunk,
        file: &Described,
    ) -> Result<bool> {
        if !row.blob.is_empty() && !self.inner.blobs.exists(&row.blob)? {
            self.fetch_again(row)?;
            return Ok(false);
        }
        let (entry, index, before) = (row.entry, row.index, row.clone());
        let count = chunk_count(row.size);
        let last = chunk.chunk + 1 == count;
        // Erased meanwhile, it gets no new key.
        let Some(key) = self.fetch_key(&row)? else {
            return Ok(false);
        };
        if row.blob.is_empty() {
            row.blob = temporary_name(random::<16>(&*self.inner.random));
            self.inner.blobs.begin(&row.blob)?;
        }
        let sealed = seal_chunk(&key, chunk.chunk, last, &chunk_cell(), &chunk.bytes)
            .map_err(|_| AppError::Bug("seal chunk"))?;
        self.inner
            .blobs
            .write(&row.blob, chunk_number(chunk.chunk)?, &sealed)?;
        self.inner.blobs.sync(&row.blob)?;
        row.next_chunk += 1;
        if last {
            // Only what is read back whole is attested: a disk may have said that all is well.
            let Some(blob) = self.whole(&row.blob, &key, file)? else {
                self.fetch_again(row)?;
                return Ok(false);
            };
            self.inner.blobs.finish(&row.blob, &blob)?;
            row.blob = blob;
            row.state = AttachmentState::Held;
        }
        let (partner, now, dossier) = (partner.clone(), self.now().0, row.dossier);
        let me = self.inner.me.clone();
        let blob = row.blob.clone();
        let stored = self.inner.store.update("store_chunk", move |tx| {
            if !stands(tx, &before)? {
                return Ok(false);
            }
            tx.put_attachment(&row)?;
            // Our own file that came back is nothing to be confirmed.
            let own = format!("{}/", me);
            let theirs = tx
                .entry(entry)?
                .is_some_and(|e| !e.service.starts_with(&own));
            if last && theirs {
                let held = Leaf::Held {
                    entry: Digest(entry.0),
                    index,
                };
                tx.push_outbox(&partner, &OutboxItem::Leaf(held.encode()), now)?;
            }
            Ok::<_, AppError>(true)
        })?;
        if !stored && self.is_gone(entry, index)? {
            self.inner.blobs.remove(&blob)?;
        }
        if last && stored {
            self.changed(Change {
                position: 0,
                dossier: Some(dossier),
            });
        }
        Ok(stored)
    }

    /// The process died after the whole file got its lasting name and before the row knew it, or chunks were lost or
    /// damaged: from the start.
    fn fetch_again(&self, mut row: AttachmentRow) -> Result<()> {
        if !row.blob.is_empty() {
            self.inner.blobs.remove(&row.blob)?;
        }
        let before = row.clone();
        row.blob = String::new();
        row.next_chunk = 0;
        row.state = AttachmentState::Wanted;
        self.inner.store.update("fetch_again", move |tx| {
            if stands(tx, &before)? {
                tx.put_attachment(&row)?;
            }
            Ok::<_, AppError>(())
        })
    }

    /// The lasting name of a file all of whose chunks can be read back as they were described; none if one cannot.
    pub(crate) fn whole(
        &self,
        temp: &str,
        key: &ObjectKey,
        file: &Described,
    ) -> Result<Option<String>> {
        let (mut digest, count) = (Digest([0; 32]), chunk_count(file.size));
        for index in 0..count {
            let Some(sealed) = self.inner.blobs.read(temp, chunk_number(index)?)? else {
                return Ok(None);
            };
            let opened = open_chunk(key, index, index + 1 == count, &chunk_cell(), &sealed);
            if !opened.is_ok_and(|bytes| file.verifies(index, &bytes)) {
                return Ok(None);
            }
            digest = running_digest(&digest, &sealed);
        }
        Ok(Some(digest.to_string()))
    }

    /// Whether a file was erased, or given up.
    fn is_gone(&self, entry: EntryId, index: u32) -> Result<bool> {
        let rows = self
            .inner
            .store
            .view("is_gone", |tx| Ok::<_, AppError>(tx.attachments(entry)?))?;
        let over = [AttachmentState::Erased, AttachmentState::Failed];
        Ok(rows
            .iter()
            .any(|row| row.index == index && over.contains(&row.state)))
    }

    /// The key of a file that is still wanted as it was.
    fn fetch_key(&self, row: &AttachmentRow) -> Result<Option<ObjectKey>> {
        let (app, row) = (self.clone(), row.clone());
        let name = key_name(row.entry, row.index);
        self.inner.store.update("file_key", move |tx| {
            if !stands(tx, &row)? {
                return Ok(None);
            }
            match app.object_key(tx.as_read(), row.dossier, &name)? {
                Some(key) => Ok(Some(key)),
                None => app.new_object_key(tx, row.dossier, &name).map(Some),
            }
        })
    }

    /// Gives up a file that is still wanted of this partner. Its word changes nothing of a file that is here, erased, or another's.
    pub(crate) fn give_up(&self, partner: &NodeName, entry: EntryId, index: u32) -> Result<()> {
        let partner = partner.clone();
        self.inner.store.update("file_failed", move |tx| {
            for mut row in tx
                .attachments(entry)?
                .into_iter()
                .filter(|r| r.index == index && awaited(r, &partner))
            {
                row.state = AttachmentState::Failed;
                tx.put_attachment(&row)?;
            }
            Ok::<_, AppError>(())
        })
    }

    pub(crate) fn described_file(
        &self,
        tx: &dyn entente_store::Read,
        dossier: DossierId,
        entry: EntryId,
        index: u32,
    ) -> Result<Option<Described>> {
        let values = self
            .body(tx, dossier, entry)?
            .and_then(|(_, bytes)| Values::from_bytes(&bytes).ok());
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        Ok(values.and_then(|v| described(&v).into_iter().nth(place)))
    }

    /// A reader over a file's chunks.
    pub(crate) fn file_reader(
        &self,
        dossier: DossierId,
        entry: EntryId,
        view: FileView,
    ) -> FileReader {
        let (app, index, count) = (self.clone(), view.index, chunk_count(view.size));
        let read = move |chunk: u64| {
            let read = app.read_chunk(dossier, entry, index, chunk)?;
            read.map(|(bytes, _)| bytes).ok_or(AppError::NotFound)
        };
        FileReader {
            view,
            chunks: Box::new(Chunks(0..count, read)),
        }
    }
}

/// Chunks of a file, each read when it is asked for: one that is skipped is not.
struct Chunks<F>(std::ops::Range<u64>, F);

impl<F: FnMut(u64) -> Result<Vec<u8>>> Iterator for Chunks<F> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(&mut self.1)
    }
}

/// Whether a file's row is what it was when its bytes were looked at: it may have been erased, or another process have taken the link
/// over, while they were on their way to the disk.
fn stands(tx: &dyn Write, before: &AttachmentRow) -> Result<bool> {
    let rows = tx.attachments(before.entry)?;
    Ok(rows.iter().any(|row| row == before))
}

/// Whether a file is still to come from this partner.
fn awaited(row: &AttachmentRow, partner: &NodeName) -> bool {
    row.state == AttachmentState::Wanted && row.partner.as_ref() == Some(partner)
}

/// The digest of a file's sealed chunks so far, with one more: that of all of them is its name.
pub(crate) fn running_digest(before: &Digest, sealed: &[u8]) -> Digest {
    tagged("entente/blob/1", &[&before.0, sealed])
}

pub(crate) fn temporary_name(random: [u8; 16]) -> String {
    format!("tmp-{}", hex::encode(random))
}

pub(crate) fn chunk_number(index: u64) -> Result<u32> {
    u32::try_from(index).map_err(|_| AppError::TooLarge(MAX_FILE))
}
