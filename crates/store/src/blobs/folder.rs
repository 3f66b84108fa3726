//! Blobs as files in two levels of folders: one file each, its chunks one behind the other.

use super::{
    Blobs, MAX_SEALED_CHUNK, bad_name, check_lasting, check_name, check_temporary, gap,
    is_temporary, length_of, not_there, private_file, sync_folder,
};
use crate::Result;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Every chunk but the last starts at a multiple of this: its length in four bytes, then the sealed bytes.
const STRIDE: u64 = MAX_SEALED_CHUNK as u64 + 4;

/// Blobs as files in two levels of folders.
pub struct FolderBlobs {
    root: PathBuf,
}

impl FolderBlobs {
    /// Opens the folder, making it if needed.
    ///
    /// # Errors
    /// [`crate::StoreError`] when it cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        let blobs = Self {
            root: root.to_path_buf(),
        };
        make_folder(&blobs.root.join("tmp"))?;
        Ok(blobs)
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        check_name(name)?;
        if is_temporary(name) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
