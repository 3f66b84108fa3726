//! Files in a folder against the hashes of a package: each file is read once, piece by piece, by every method that the package names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use entente_evidence::Package;
use entente_evidence::files::{Method, files};
use entente_evidence::graph::NodeId;
use entente_evidence::held::{self, Digesting, Here, hold, methods};

use crate::cli::link::unreadable;
use crate::cli::{CliError, say};

/// Bytes read at once.
const PIECE: usize = 256 * 1024;
/// Most files looked at, and deepest folder in folders.
const MAX_FILES: usize = 100_000;
const MAX_DEPTH: usize = 32;

/// What was found of one file of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file in the folder has every hash that can be computed.
    Here {
        /// Its path in the folder.
        path: PathBuf,
        /// Its size.
        size: u64,
        /// Whether only methods say so for which files of one hash can be made on purpose.
        weak: bool,
    },
    /// A file of its name is there, and has another hash.
    Differs(PathBuf),
    /// No file in the folder has its hash.
    Absent,
    /// The package names no hash that can be computed.
    Unchecked,
}

/// The files of a package against a folder.
#[derive(Debug)]
pub struct Checked {
    /// What was found, for each file of the package in its order.
    pub found: Vec<(NodeId, Found)>,
    /// Files in the folder that the package does not name.
    pub others: Vec<PathBuf>,
}

impl Checked {
    /// Whether every file that could be checked is there as the package says.
    pub fn holds(&self) -> bool {
        let wrong = |found: &Found| matches!(found, Found::Differs(_) | Found::Absent);
        !self.found.iter().any(|(_, found)| wrong(found))
    }

    /// What was found of one file.
    pub fn of(&self, node: NodeId) -> Option<&Found> {
        let mut all = self.found.iter();
        all.find_map(|(id, found)| (*id == node).then_some(found))
    }
}

/// Compares.
///
/// # Errors
/// A file or folder that cannot be read, or too many of them.
pub fn check(package: &Package, folder: &Path) -> Result<Checked, CliError> {
    let named = files(package.graph());
    let methods = methods(&named);
    let mut paths = Vec::new();
    gather(folder, Path::new(""), 0, &mut paths)?;
    paths.sort();
    let mut here: Vec<Here> = Vec::new();
    for path in &paths {
        let (size, digests) = digest(&folder.join(path), &methods)?;
        let name = path.file_name().and_then(|name| name.to_str());
        here.push(Here {
            name: name.unwrap_or_default().to_owned(),
            size,
            digests: Some(digests),
        });
    }
    let held = hold(&named, &here);
    let used: BTreeSet<usize> = held.iter().filter_map(|(_, found)| found.place()).collect();
    let path = |place: usize| paths.get(place).cloned().unwrap_or_default();
    let found = held.into_iter().map(|(node, found)| {
        let said = match found {
            held::Found::Same { place, weak } => Found::Here {
                path: path(place),
                size: here.get(place).map_or(0, |file| file.size),
                weak,
            },
            // Every file of a folder is read.
            held::Found::Differs(place) | held::Found::NotRead(place) => {
                Found::Differs(path(place))
            }
            held::Found::Absent => Found::Absent,
            held::Found::Unchecked => Found::Unchecked,
        };
        (node, said)
    });
    let found = found.collect();
    let others = paths.iter().zip(0..);
    let others = others.filter(|(_, place)| !used.contains(place));
    Ok(Checked {
        found,
        others: others.map(|(path, _)| path.clone()).collect(),
    })
}

/// Paths of every file below a folder. Links are not followed: they lead out of what was given.
fn gather(root: &Path, below: &Path, depth: usize, out: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let folder = root.join(below);
    let entries = std::fs::read_dir(&folder).map_err(|e| unreadable(&folder, &e))?;
    for entry in entries {
        let entry = entry.map_err(|e| unreadable(&folder, &e))?;
        let kind = entry.file_type().map_err(|e| unreadable(&folder, &e))?;
        let path = below.join(entry.file_name());
        if out.len() >= MAX_FILES || depth > MAX_DEPTH {
            let said = say::s("cli-evidence-folder", root.display());
            return Err(CliError::Refused(said));
        }
        if kind.is_dir() {
            gather(root, &path, depth.saturating_add(1), out)?;
        } else if kind.is_file() {
            out.push(path);
        }
    }
    Ok(())
}

/// A file's size and its digests in lower-case hexadecimal, in one pass.
fn digest(
    path: &Path,
    methods: &BTreeSet<Method>,
) -> Result<(u64, BTreeMap<Method, String>), CliError> {
    let failed = |e: std::io::Error| unreadable(path, &e);
    let mut digesting = Digesting::by(methods);
    let mut file = File::open(path).map_err(failed)?;
    let mut piece = vec![0; PIECE];
    let mut size = 0u64;
    loop {
        let count = file.read(&mut piece).map_err(failed)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        size = size.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        digesting.update(bytes);
    }
    Ok((size, digesting.finish()))
}
