//! Where the shared test vectors are, beside the clone.

use std::path::PathBuf;

/// A file under `shared/data/vectors`, or `None` with a line on why the test is skipped.
pub fn vector(path: &str) -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/vectors");
    if !PathBuf::from(root).is_dir() {
        println!("skipped: shared data absent");
        return None;
    }
    Some(PathBuf::from(root).join(path))
}

/// Reads a vector file; a file missing from shared data that is present fails the test.
#[expect(clippy::disallowed_methods, reason = "tests may read vector files")]
pub fn read(path: &str) -> Option<Vec<u8>> {
    let path = vector(path)?;
    Some(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
