//! Blobs: sealed files, chunk by chunk, in constant memory. Not trusted and losable: whoever reads one opens every chunk with
//! its key and compares, and what is missing is fetched again from the partner.
//!
//! A blob is written under a temporary name (`tmp-` and hexadecimal digits) and renamed to the digest of its ciphertext once it
//! is whole and durable. Destroying a blob's key is what erases it; [`Blobs::remove`] only frees the space.

use crate::{Result, StoreError};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most bytes of one sealed chunk: 256 KiB of content, room for nonce and tag.
pub const MAX_SEALED_CHUNK: usize = 256 * 1024 + 508;

/// Every chunk but the last starts at a multiple of this: its length in four bytes, then the sealed bytes.
const STRIDE: u64 = MAX_SEALED_CHUNK as u64 + 4;
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

/// Blobs as files in two levels of folders.
pub struct FolderBlobs {
    root: PathBuf,
}

impl FolderBlobs {
    /// Opens the folder, making it if needed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        let blobs = Self {
            root: root.to_path_buf(),
        };
        make_folder(&blobs.root.join("tmp"))?;
        Ok(blobs)
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        check_name(name)?;
        if name.starts_with(TEMPORARY) {
            return Ok(self.root.join("tmp").join(name));
        }
        let (first, second) = (name.get(0..2), name.get(2..4));
        let (first, second) = first.zip(second).ok_or_else(bad_name)?;
        Ok(self.root.join(first).join(second).join(name))
    }

    fn writable(&self, temp: &str) -> Result<File> {
        check_temporary(temp)?;
        Ok(OpenOptions::new()
            .read(true)
            .write(true)
            .open(self.path(temp)?)?)
    }
}

impl Blobs for FolderBlobs {
    fn begin(&self, temp: &str) -> Result<()> {
        check_temporary(temp)?;
        private_file(&self.path(temp)?)?;
        Ok(())
    }

    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()> {
        let length = length_of(sealed)?;
        let mut file = self.writable(temp)?;
        let end = file.metadata()?.len();
        if u64::from(index) > end.div_ceil(STRIDE) {
            return Err(gap());
        }
        let start = u64::from(index) * STRIDE;
        let mut slot = Vec::with_capacity(sealed.len() + 4);
        slot.extend_from_slice(&length.to_be_bytes());
        slot.extend_from_slice(sealed);
        file.seek(SeekFrom::Start(start))?;
        file.write_all(&slot)?;
        Ok(())
    }

    fn sync(&self, temp: &str) -> Result<()> {
        Ok(self.writable(temp)?.sync_data()?)
    }

    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>> {
        let mut file = match File::open(self.path(name)?) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let start = u64::from(index) * STRIDE;
        if start >= file.metadata()?.len() {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(start))?;
        let mut length = [0u8; 4];
        if !filled(&mut file, &mut length)? {
            return Ok(None);
        }
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length == 0 || length > MAX_SEALED_CHUNK {
            return Ok(None);
        }
        let mut sealed = vec![0; length];
        Ok(filled(&mut file, &mut sealed)?.then_some(sealed))
    }

    fn finish(&self, temp: &str, name: &str) -> Result<()> {
        check_lasting(name)?;
        let (from, to) = (self.path(temp)?, self.path(name)?);
        check_temporary(temp)?;
        if !from.exists() {
            return if to.exists() {
                Ok(())
            } else {
                Err(not_there())
            };
        }
        File::open(&from)?.sync_all()?;
        let folder = to.parent().ok_or_else(bad_name)?;
        make_folder(folder)?;
        fs::rename(&from, &to)?;
        // The new name, then every folder that may be new itself, up to the root.
        for folder in to.ancestors().skip(1).take(3) {
            sync_folder(folder)?;
        }
        sync_folder(&self.root.join("tmp"))
    }

    fn remove(&self, name: &str) -> Result<()> {
        match fs::remove_file(self.path(name)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn exists(&self, name: &str) -> Result<bool> {
        Ok(self.path(name)?.try_exists()?)
    }

    fn list(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        collect(&self.root, 3, &mut names)?;
        names.sort();
        Ok(names)
    }
}

/// Blobs in memory, for simulation.
#[derive(Default)]
pub struct MemoryBlobs {
    blobs: Mutex<BTreeMap<String, Vec<Vec<u8>>>>,
}

impl MemoryBlobs {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Vec<u8>>>> {
        self.blobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blobs for MemoryBlobs {
    fn begin(&self, temp: &str) -> Result<()> {
        check_temporary(temp)?;
        self.lock().entry(temp.to_owned()).or_default();
        Ok(())
    }

    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()> {
        check_temporary(temp)?;
        length_of(sealed)?;
        let mut blobs = self.lock();
        let chunks = blobs.get_mut(temp).ok_or_else(not_there)?;
        let index = usize::try_from(index).map_err(|_| gap())?;
        if index > chunks.len() {
            return Err(gap());
        }
        match chunks.get_mut(index) {
            Some(chunk) => *chunk = sealed.to_vec(),
            None => chunks.push(sealed.to_vec()),
        }
        Ok(())
    }

    fn sync(&self, temp: &str) -> Result<()> {
        if self.exists(temp)? {
            Ok(())
        } else {
            Err(not_there())
        }
    }

    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>> {
        check_name(name)?;
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        Ok(self
            .lock()
            .get(name)
            .and_then(|chunks| chunks.get(index).cloned()))
    }

    fn finish(&self, temp: &str, name: &str) -> Result<()> {
        check_lasting(name)?;
        check_temporary(temp)?;
        let mut blobs = self.lock();
        match blobs.remove(temp) {
            Some(chunks) => {
                blobs.insert(name.to_owned(), chunks);
                Ok(())
            }
            None if blobs.contains_key(name) => Ok(()),
            None => Err(not_there()),
        }
    }

    fn remove(&self, name: &str) -> Result<()> {
        check_name(name)?;
        self.lock().remove(name);
        Ok(())
    }

    fn exists(&self, name: &str) -> Result<bool> {
        check_name(name)?;
        Ok(self.lock().contains_key(name))
    }

    fn list(&self) -> Result<Vec<String>> {
        Ok(self.lock().keys().cloned().collect())
    }
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

fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

fn collect(folder: &Path, levels: u8, names: &mut Vec<String>) -> Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            if levels > 1 {
                collect(&item.path(), levels - 1, names)?;
            }
        } else if let Ok(name) = item.file_name().into_string() {
            // Whatever else lies there is not ours to name.
            if check_name(&name).is_ok() {
                names.push(name);
            }
        }
    }
    Ok(())
}

/// Reads exactly the buffer's length; `false` when the file ends before.
fn filled(file: &mut File, buffer: &mut [u8]) -> Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn length_of(sealed: &[u8]) -> Result<u32> {
    if sealed.is_empty() || sealed.len() > MAX_SEALED_CHUNK {
        return Err(StoreError::Failed(format!(
            "a sealed chunk has 1 to {MAX_SEALED_CHUNK} bytes"
        )));
    }
    u32::try_from(sealed.len()).map_err(|_| gap())
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
    if name.starts_with(TEMPORARY) {
        Ok(())
    } else {
        Err(bad_name())
    }
}
fn check_lasting(name: &str) -> Result<()> {
    check_name(name)?;
    if name.starts_with(TEMPORARY) {
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

    fn behave(blobs: &dyn Blobs) {
        blobs.begin("tmp-00ff").unwrap();
        blobs
            .write("tmp-00ff", 0, &vec![1; MAX_SEALED_CHUNK])
            .unwrap();
        assert!(blobs.write("tmp-00ff", 2, b"gap").is_err());
        blobs.write("tmp-00ff", 1, b"torn").unwrap();
        blobs.begin("tmp-00ff").unwrap();
        blobs.write("tmp-00ff", 1, b"last").unwrap();
        blobs.sync("tmp-00ff").unwrap();
        assert!(!blobs.exists("abcdef").unwrap());
        blobs.finish("tmp-00ff", "abcdef").unwrap();
        blobs.finish("tmp-00ff", "abcdef").unwrap();
        assert!(blobs.finish("tmp-00ff", "abcd00").is_err());
        assert_eq!(
            blobs.read("abcdef", 0).unwrap(),
            Some(vec![1; MAX_SEALED_CHUNK])
        );
        assert_eq!(blobs.read("abcdef", 1).unwrap(), Some(b"last".to_vec()));
        assert_eq!(blobs.read("abcdef", 2).unwrap(), None);
        assert_eq!(blobs.read("abcdef", u32::MAX).unwrap(), None);
        assert_eq!(blobs.read("beef", 0).unwrap(), None);
        blobs.begin("tmp-01").unwrap_err();
        blobs.begin("tmp-0102").unwrap();
        assert_eq!(blobs.list().unwrap(), ["abcdef", "tmp-0102"]);
        blobs.remove("abcdef").unwrap();
        blobs.remove("abcdef").unwrap();
        assert_eq!(blobs.list().unwrap(), ["tmp-0102"]);
        assert!(blobs.write("tmp-0102", 0, b"").is_err());
        assert!(
            blobs
                .write("tmp-0102", 0, &vec![0; MAX_SEALED_CHUNK + 1])
                .is_err()
        );
        assert!(
            blobs.write("abcdef", 0, b"x").is_err(),
            "lasting blobs never change"
        );
        for bad in [
            "",
            "..",
            "../../etc/passwd",
            "tmp-../x",
            "ABCD",
            "ab/cd",
            "abc",
            "tmp-",
            "/abcd",
        ] {
            assert!(blobs.exists(bad).is_err(), "{bad}");
            assert!(blobs.read(bad, 0).is_err(), "{bad}");
            assert!(blobs.begin(bad).is_err(), "{bad}");
            assert!(blobs.remove(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn both_kinds_behave_alike() {
        let folder = tempfile::tempdir().unwrap();
        behave(&FolderBlobs::open(&folder.path().join("blobs")).unwrap());
        behave(&MemoryBlobs::default());
    }

    #[test]
    fn a_torn_chunk_reads_as_missing() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::open(folder.path()).unwrap();
        blobs.begin("tmp-0001").unwrap();
        blobs.write("tmp-0001", 0, b"whole chunk").unwrap();
        let path = folder.path().join("tmp").join("tmp-0001");
        for length in 0..15 {
            File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_len(length)
                .unwrap();
            assert_eq!(blobs.read("tmp-0001", 0).unwrap(), None);
        }
        fs::write(&path, [0xff; 64]).unwrap();
        assert_eq!(
            blobs.read("tmp-0001", 0).unwrap(),
            None,
            "a length beyond the limit is not allocated"
        );
    }
}
