//! Blobs: sealed files, chunk by chunk, in constant memory. Not trusted and losable: whoever reads one opens every chunk with
//! its key and compares, and what is missing is fetched again from the partner.
//!
//! A blob is written under a temporary name (`tmp-` and hexadecimal digits) and renamed to the digest of its ciphertext once it
//! is whole and durable. Destroying a blob's key is what erases it; [`Blobs::remove`] only frees the space.
//!
//! `folder.rs` keeps them in a folder, `s3.rs` in a bucket that `bucket.rs` speaks to, `memory.rs` nowhere; `conformance.rs` is what
//! all of them do alike.

pub mod bucket;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod folder;
mod memory;
pub mod s3;

pub use folder::FolderBlobs;
pub use memory::MemoryBlobs;
pub use s3::S3Blobs;

use crate::{Result, StoreError};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Most bytes of one sealed chunk: 256 KiB of content, room for nonce and tag.
pub const MAX_SEALED_CHUNK: usize = 256 * 1024 + 508;

const TEMPORARY: &str = "tmp-";

/// Where blobs are kept.
pub trait Blobs: Send + Sync {
    /// Starts a blob under a temporary name; one that was begun before keeps its chunks, so that fetching resumes.
    ///
    /// # Errors
    /// [`StoreError`] of the name or the disk.
    fn begin(&self, temp: &str) -> Result<()>;
    /// Writes a sealed chunk: the next one, or an earlier one again.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when a chunk before it is missing or it is larger than [`MAX_SEALED_CHUNK`]; of the disk.
    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()>;
    /// Makes the chunks written so far durable: to be called before noting in the database how far one came.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    fn sync(&self, temp: &str) -> Result<()>;
    /// A sealed chunk as written; `None` if the blob or the chunk is not there, or the chunk is torn.
    ///
    /// # Errors
    /// [`StoreError`] of the name or the disk.
    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>>;
    /// Gives a whole blob its lasting name; durable when this returns. Doing it twice is the same as once.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when neither name is there; of the disk.
    fn finish(&self, temp: &str, name: &str) -> Result<()>;
    /// Removes a blob; one that is not there is removed already.
    ///
    /// # Errors
    /// [`StoreError`] of the name or the disk.
    fn remove(&self, name: &str) -> Result<()>;
    /// Whether a blob is there.
    ///
    /// # Errors
    /// [`StoreError`] of the name or the disk.
    fn exists(&self, name: &str) -> Result<bool>;
    /// Names of all blobs, temporary ones included, ascending.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    fn list(&self) -> Result<Vec<String>>;
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            // The kind alone: the error's own text may hold a path.
            kind => Self::Failed(kind.to_string()),
        }
    }
}

/// Makes a file that only this account reads, unless it is there already.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes what a folder holds durable: names made, renamed or removed in it.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    // An empty parent means the working folder.
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    Ok(File::open(folder)?.sync_all()?)
}

fn length_of(sealed: &[u8]) -> Result<u32> {
    if sealed.is_empty() || sealed.len() > MAX_SEALED_CHUNK {
        return Err(StoreError::Failed(format!(
            "a sealed chunk has 1 to {MAX_SEALED_CHUNK} bytes"
        )));
    }
    u32::try_from(sealed.len()).map_err(|_| gap())
}

/// Whether a name is a temporary one: of a blob that is being written.
#[must_use]
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY)
}

fn check_name(name: &str) -> Result<()> {
    let digits = name.strip_prefix(TEMPORARY).unwrap_or(name);
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if (4..=128).contains(&digits.len()) && digits.bytes().all(hex) {
        Ok(())
    } else {
        Err(bad_name())
    }
}
fn check_temporary(name: &str) -> Result<()> {
    check_name(name)?;
    if is_temporary(name) {
        Ok(())
    } else {
        Err(bad_name())
    }
}
fn check_lasting(name: &str) -> Result<()> {
    check_name(name)?;
    if is_temporary(name) {
        Err(bad_name())
    } else {
        Ok(())
    }
}
fn bad_name() -> StoreError {
    StoreError::Failed("not a blob name".to_owned())
}
fn not_there() -> StoreError {
    StoreError::Failed("no such blob".to_owned())
}
fn gap() -> StoreError {
    StoreError::Failed("chunks are written in order".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_and_memory_behave_alike() {
        let folder = tempfile::tempdir().unwrap();
        conformance::behave(&FolderBlobs::open(&folder.path().join("blobs")).unwrap());
        conformance::behave(&MemoryBlobs::default());
    }
}
