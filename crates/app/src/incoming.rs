//! A file on its way in: sealed chunk by chunk as it arrives, in memory of one chunk however large it is.
//!
//! No byte of it is ever on a disk in clear. It lies under a temporary name until its entry is recorded, and goes as soon as whoever
//! brought it lets go of it: cut short, refused, or never recorded. What a killed process leaves is swept (`freeing.rs`).

use crate::App;
use crate::attach::{
    SealedFile, chunk_cell, chunk_number, of_files, running_digest, temporary_name,
};
use crate::env::{Random, random};
use crate::error::{AppError, Result};
use crate::files::{Described, MAX_FILE};
use entente_core::field::{Problem, deceives};
use entente_proof::commit::{CHUNK, chunk_digest};
use entente_proof::digest::Digest;
use entente_proof::seal::{ObjectKey, seal_chunk};
use entente_store::StoreError;
use entente_store::blobs::Blobs;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file to attach.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Its bytes, wherever they are for now.
    pub content: Content,
}

impl NewFile {
    /// A file whose bytes are in memory.
    #[must_use]
    pub fn of(name: &str, media: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            media: media.to_owned(),
            content: Content::Bytes(bytes),
        }
    }
}

/// The bytes of a file to attach.
#[derive(Clone)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// Sealed as they came.
    Sealed(Arc<Arrived>),
    /// So many, counted and let go: of an entry that is only read before it leaves.
    Counted(u64),
}

impl Content {
    /// How many bytes there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Sealed(arrived) => arrived.described.size,
            Self::Counted(size) => *size,
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes, hidden)", self.size())
    }
}

/// A file that came in whole, sealed under a temporary name.
pub struct Arrived {
    described: Described,
    key: ObjectKey,
    /// The digest of its sealed bytes: its name once it is recorded.
    blob: String,
    begun: Begun,
}

/// A blob under a temporary name, which goes unless it gets its lasting one.
struct Begun {
    blobs: Arc<dyn Blobs>,
    name: String,
    named: AtomicBool,
}

impl Begun {
    fn new(blobs: &Arc<dyn Blobs>, name: String) -> Result<Self> {
        blobs.begin(&name)?;
        Ok(Self {
            blobs: blobs.clone(),
            name,
            named: AtomicBool::new(false),
        })
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.named.load(Ordering::Relaxed) {
            // What cannot be removed now is bytes without a key, swept later.
            let _unreadable = self.blobs.remove(&self.name);
        }
    }
}

/// A file that is coming in. Every call blocks on the store.
pub struct Incoming {
    described: Described,
    salt: [u8; 16],
    key: ObjectKey,
    begun: Begun,
    /// What came since the last sealed chunk: a full chunk waits for the next byte, since the last one is sealed as such.
    pending: Vec<u8>,
    digest: Digest,
}

impl Incoming {
    /// Begins a file. The bytes go into `blobs` as they come.
    ///
    /// # Errors
    /// [`AppError::Fields`] for a name that deceives, [`AppError::Store`].
    pub fn begin(
        blobs: &Arc<dyn Blobs>,
        source: &dyn Random,
        (name, media): (&str, &str),
    ) -> Result<Self> {
        if deceives(name) {
            return Err(of_files(Problem::HiddenCharacters));
        }
        Self::under(blobs, source, (&file_name(name), media), random(source))
    }

    fn under(
        blobs: &Arc<dyn Blobs>,
        source: &dyn Random,
        (name, media): (&str, &str),
        salt: [u8; 16],
    ) -> Result<Self> {
        let temporary = temporary_name(random::<16>(source));
        Ok(Self {
            described: Described {
                name: name.to_owned(),
                media: media.to_owned(),
                size: 0,
                salt: hex::encode(salt),
                chunks: Vec::new(),
            },
            salt,
            key: ObjectKey::new(random(source)),
            begun: Begun::new(blobs, temporary)?,
            pending: Vec::with_capacity(CHUNK),
            digest: Digest([0; 32]),
        })
    }

    /// Takes the next bytes, as many as there are.
    ///
    /// # Errors
    /// [`AppError::TooLarge`] past what any file may have, [`AppError::Store`]: what came goes with this.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.described.size += bytes.len() as u64;
        if self.described.size > MAX_FILE {
            return Err(AppError::TooLarge(MAX_FILE));
        }
        while !bytes.is_empty() {
            if self.pending.len() == CHUNK {
                self.seal(false)?;
            }
            let room = (CHUNK - self.pending.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.pending.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn seal(&mut self, last: bool) -> Result<()> {
        let index = self.described.chunks.len() as u64;
        let sealed = seal_chunk(&self.key, index, last, &chunk_cell(), &self.pending)
            .map_err(|_| AppError::Bug("seal chunk"))?;
        let (blobs, name) = (&self.begun.blobs, &self.begun.name);
        blobs.write(name, chunk_number(index)?, &sealed)?;
        self.digest = running_digest(&self.digest, &sealed);
        let chunk = chunk_digest(&self.salt, index, &self.pending);
        self.described.chunks.push(chunk.to_string());
        self.pending.clear();
        Ok(())
    }

    /// All of it came.
    ///
    /// # Errors
    /// [`AppError::Fields`] if nothing came, [`AppError::Store`].
    pub fn finish(self) -> Result<NewFile> {
        let arrived = self.arrived()?;
        Ok(NewFile {
            name: arrived.described.name.clone(),
            media: arrived.described.media.clone(),
            content: Content::Sealed(Arc::new(arrived)),
        })
    }

    fn arrived(mut self) -> Result<Arrived> {
        if self.described.size == 0 {
            // It has no chunk by which the partner could attest that it holds it.
            return Err(of_files(Problem::EmptyFile));
        }
        self.seal(true)?;
        Ok(Arrived {
            described: self.described,
            key: self.key,
            blob: self.digest.to_string(),
            begun: self.begun,
        })
    }
}

impl App {
    /// Begins a file to attach to an entry that is recorded when all of it came.
    ///
    /// # Errors
    /// As [`Incoming::begin`].
    pub fn begin_file(&self, name: &str, media: &str) -> Result<Incoming> {
        Incoming::begin(&self.inner.blobs, &*self.inner.random, (name, media))
    }

    /// Takes a whole file from a reader, chunk by chunk.
    ///
    /// # Errors
    /// As [`Incoming::write`]; [`AppError::Store`] with the reader's failure, without its words: they may hold a path.
    pub fn take_file(
        &self,
        name: &str,
        media: &str,
        from: &mut dyn std::io::Read,
    ) -> Result<NewFile> {
        let mut file = self.begin_file(name, media)?;
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = from.read(&mut buffer).map_err(StoreError::from)?;
            match buffer.get(..read) {
                None | Some([]) => return file.finish(),
                Some(bytes) => file.write(bytes)?,
            }
        }
    }

    /// A file to attach, sealed under its lasting name; nothing refers to it until its entry is stored.
    pub(crate) fn seal_file(&self, file: &NewFile) -> Result<SealedFile> {
        match &file.content {
            Content::Bytes(bytes) => {
                let mut incoming = self.begin_file(&file.name, &file.media)?;
                incoming.write(bytes)?;
                self.settle_file(&incoming.arrived()?)
            }
            Content::Sealed(arrived) => self.settle_file(arrived),
            Content::Counted(_) => Err(AppError::Bug("a file that was only counted")),
        }
    }

    /// The same of chunks that were sealed before: described as they were, under a key of their own.
    pub(crate) fn seal_as(
        &self,
        file: &Described,
        chunks: &mut dyn Iterator<Item = Result<Vec<u8>>>,
    ) -> Result<SealedFile> {
        let salt = file.salt_bytes().ok_or(AppError::Bug("salt of a file"))?;
        let (blobs, source) = (&self.inner.blobs, &*self.inner.random);
        let mut incoming = Incoming::under(blobs, source, (&file.name, &file.media), salt)?;
        for chunk in chunks {
            incoming.write(&chunk?)?;
        }
        let arrived = incoming.arrived()?;
        match arrived.described == *file {
            true => self.settle_file(&arrived),
            false => Err(AppError::Bug("a file sealed again is another")),
        }
    }

    /// Gives a file its lasting name once it was read back whole: a disk may have said that all is well.
    fn settle_file(&self, arrived: &Arrived) -> Result<SealedFile> {
        let Arrived { described, key, .. } = arrived;
        let whole = self.whole(&arrived.begun.name, key, described)?;
        if whole.as_ref() != Some(&arrived.blob) {
            return Err(AppError::Store(StoreError::Failed(
                "a file does not read back as it was written".into(),
            )));
        }
        self.inner
            .blobs
            .finish(&arrived.begun.name, &arrived.blob)?;
        arrived.begun.named.store(true, Ordering::Relaxed);
        Ok(SealedFile {
            described: described.clone(),
            key: key.clone(),
            blob: arrived.blob.clone(),
        })
    }
}

/// The last part of a path, without control characters, of a length that every system takes.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.is_empty() {
        "file".into()
    } else {
        clean
    }
}
