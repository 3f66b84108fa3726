//! The policies of a node: the folder `policies` of its data directory or, where there is none, those that the program brings.

use crate::config::Layout;
use crate::node::{NodeError, file_error};
use entente_policy::{Policies, PolicyError, Why};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest policy file, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// The policies of a data directory.
///
/// # Errors
/// [`NodeError::Policy`] for what is wrong in a file, by its line: the node does not start by half of its policies.
pub fn of(layout: &Layout) -> Result<Arc<Policies>, NodeError> {
    let folder = layout.policies();
    match folder.is_dir() {
        true => Ok(Arc::new(of_folder(&folder)?)),
        false => Ok(Policies::embedded()?),
    }
}

/// The policies of a folder: every file `*.cedar` in it, in the order of their names.
///
/// # Errors
/// As [`of`]; [`NodeError::File`].
pub fn of_folder(folder: &Path) -> Result<Policies, NodeError> {
    let mut files = Vec::new();
    for path in files_in(folder)? {
        let name = path.display().to_string();
        let size = fs::metadata(&path).map_err(file_error(&path))?.len();
        if size > MOST_BYTES {
            let why = Why::Unreadable(format!("larger than {MOST_BYTES} bytes"));
            return Err(PolicyError {
                file: name,
                line: 0,
                why,
            }
            .into());
        }
        files.push((name, fs::read_to_string(&path).map_err(file_error(&path))?));
    }
    Ok(Policies::read(&files)?)
}

/// The policy files of a folder, in the order of their names.
///
/// # Errors
/// [`NodeError::File`].
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, NodeError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(file_error(folder))? {
        let path = entry.map_err(file_error(folder))?.path();
        if path.extension().is_some_and(|ext| ext == "cedar") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
