//! One file in the place of another, so that a crash leaves either of them whole.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::KeysError;

/// Where the new file is until it takes its place.
pub fn beside(path: &Path) -> PathBuf {
    path.with_extension("keys.new")
}

/// An error of the file system on a file, without its contents.
pub fn failed(path: &Path) -> impl Fn(std::io::Error) -> KeysError + '_ {
    move |error| KeysError::Unreadable {
        path: path.to_owned(),
        reason: error.kind().to_string(),
    }
}

/// Writes `bytes` beside `path`, durably; has them checked there; puts them in its place, durably; overwrites what was there before.
///
/// # Errors
/// [`KeysError`]; the file of before is untouched then, and the new one is gone.
pub fn replace(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(&Path) -> Result<(), KeysError>,
) -> Result<(), KeysError> {
    let new = beside(path);
    let done = write_new(&new, bytes).and_then(|()| check(&new));
    if done.is_err() {
        discard(&new);
        return done;
    }
    // Opened by its old name; its bytes can be reached by nothing else afterwards.
    let before = OpenOptions::new().write(true).open(path);
    if let Err(error) = fs::rename(&new, path) {
        discard(&new);
        return Err(failed(path)(error));
    }
    sync_folder(path)?;
    if let Ok(before) = before {
        // The new file is in place whatever comes of this.
        let _best_effort = overwrite(before);
    }
    Ok(())
}

/// Removes a file that takes no place, and its bytes with it: they may be secrets in clear.
fn discard(new: &Path) {
    let written = OpenOptions::new().write(true).open(new);
    let _best_effort = fs::remove_file(new);
    let _best_effort = written.map(overwrite);
}

fn write_new(new: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    // What a crash left of an earlier attempt.
    let _absent = fs::remove_file(new);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(new)
        .map_err(failed(new))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(failed(new))
}

fn sync_folder(path: &Path) -> Result<(), KeysError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed(folder))
}

/// Zeros over a file that has no name any more. A disk that writes elsewhere (an SSD, a file system that copies on write, a snapshot)
/// keeps the bytes of before all the same.
fn overwrite(mut file: File) -> std::io::Result<()> {
    let meta = file.metadata()?;
    // It has another name still: somebody's copy by hard link is not ours to destroy.
    if meta.nlink() > 0 {
        return Ok(());
    }
    let zeros = vec![0; usize::try_from(meta.len()).unwrap_or_default()];
    file.rewind()?;
    file.write_all(&zeros)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("node.keys");
        fs::write(&path, b"before").unwrap();
        (folder, path)
    }

    #[test]
    fn a_file_that_fails_its_check_takes_no_place() {
        let (_folder, path) = folder();
        let refused = replace(&path, b"after", |new| {
            assert_eq!(fs::read(new).unwrap(), b"after");
            Err(KeysError::Differs)
        });
        assert!(matches!(refused, Err(KeysError::Differs)));
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert!(!beside(&path).exists());
    }

    #[test]
    fn what_was_before_is_overwritten_unless_it_has_another_name() {
        let (folder, path) = folder();
        let mut held = File::open(&path).unwrap();
        // What a crash left is in nobody's way.
        fs::write(beside(&path), b"half").unwrap();
        replace(&path, b"after", |_| Ok(())).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"after");
        let mut left = Vec::new();
        std::io::Read::read_to_end(&mut held, &mut left).unwrap();
        assert_eq!(left, [0; 6], "overwritten");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);

        let copy = folder.path().join("copy");
        fs::hard_link(&path, &copy).unwrap();
        replace(&path, b"third", |_| Ok(())).unwrap();
        assert_eq!(fs::read(&copy).unwrap(), b"after", "a copy stays");
        assert_eq!(fs::read(&path).unwrap(), b"third");
    }
}
