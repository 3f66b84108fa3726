//! Files in a folder against the hashes of a package: each file is read once, piece by piece, by every method that the package names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest as backend;
use entente_evidence::Package;
use entente_evidence::files::{Hash, Method, files};
use entente_evidence::graph::NodeId;
use md5::{Digest as _, Md5};

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
    let digests = |hashes: &[Hash<'_>]| hashes.iter().filter_map(Hash::digest).collect();
    let wanted: Vec<BTreeSet<(Method, String)>> =
        named.iter().map(|file| digests(&file.hashes)).collect();
    let methods: BTreeSet<Method> = wanted.iter().flatten().map(|(method, _)| *method).collect();

    let mut paths = Vec::new();
    gather(folder, Path::new(""), 0, &mut paths)?;
    paths.sort();
    let mut here: Vec<(PathBuf, u64)> = Vec::new();
    let mut by_digest: BTreeMap<(Method, String), Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        let (size, made) = digest(&folder.join(&path), &methods)?;
        let place = here.len();
        for pair in made {
            by_digest.entry(pair).or_default().push(place);
        }
        if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
            by_name.entry(name.to_owned()).or_insert(place);
        }
        here.push((path, size));
    }

    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for (file, wanted) in named.iter().zip(&wanted) {
        let alike = matching(wanted, &by_digest);
        let of_name = file.names.iter().find_map(|name| by_name.get(*name));
        let said = match (wanted.is_empty(), alike, of_name) {
            (true, ..) => Found::Unchecked,
            (false, Some(place), _) => {
                used.insert(place);
                let (path, size) = here.get(place).cloned().unwrap_or_default();
                let weak = wanted.iter().all(|(method, _)| method.is_broken());
                Found::Here { path, size, weak }
            }
            (false, None, Some(place)) => {
                used.insert(*place);
                Found::Differs(here.get(*place).cloned().unwrap_or_default().0)
            }
            (false, None, None) => Found::Absent,
        };
        found.push((file.node, said));
    }
    let others = here.into_iter().enumerate();
    let others = others.filter(|(place, _)| !used.contains(place));
    Ok(Checked {
        found,
        others: others.map(|(_, (path, _))| path).collect(),
    })
}

/// The first file that has all of these digests.
fn matching(
    wanted: &BTreeSet<(Method, String)>,
    by_digest: &BTreeMap<(Method, String), Vec<usize>>,
) -> Option<usize> {
    let mut left: Option<BTreeSet<usize>> = None;
    for pair in wanted {
        let of: BTreeSet<usize> = by_digest.get(pair)?.iter().copied().collect();
        left = Some(match left {
            Some(before) => before.intersection(&of).copied().collect(),
            None => of,
        });
    }
    left?.into_iter().next()
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
) -> Result<(u64, Vec<(Method, String)>), CliError> {
    let failed = |e: std::io::Error| unreadable(path, &e);
    let mut running: Vec<(Method, Running)> =
        methods.iter().map(|m| (*m, Running::of(*m))).collect();
    let mut file = File::open(path).map_err(failed)?;
    let mut piece = vec![0; PIECE];
    let mut size = 0u64;
    loop {
        let count = file.read(&mut piece).map_err(failed)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        size = size.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        for (_, running) in &mut running {
            running.update(bytes);
        }
    }
    let made = running.into_iter().map(|(method, r)| (method, r.finish()));
    Ok((size, made.collect()))
}

/// A digest of bytes that come piece by piece.
enum Running {
    Md5(Md5),
    Other(backend::Context),
}

impl Running {
    fn of(method: Method) -> Self {
        let algorithm = match method {
            Method::Md5 => return Self::Md5(Md5::new()),
            Method::Sha1 => &backend::SHA1_FOR_LEGACY_USE_ONLY,
            Method::Sha256 => &backend::SHA256,
            Method::Sha384 => &backend::SHA384,
            Method::Sha512 => &backend::SHA512,
            Method::Sha3At256 => &backend::SHA3_256,
            Method::Sha3At384 => &backend::SHA3_384,
            Method::Sha3At512 => &backend::SHA3_512,
        };
        Self::Other(backend::Context::new(algorithm))
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(running) => running.update(bytes),
            Self::Other(running) => running.update(bytes),
        }
    }

    fn finish(self) -> String {
        match self {
            Self::Md5(running) => hex::encode(running.finalize()),
            Self::Other(running) => hex::encode(running.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of `abc` that the standards give (RFC 1321, FIPS 180-4, FIPS 202).
    #[test]
    fn digests_are_those_of_the_standards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        let (size, made) = digest(&path, &Method::ALL.into()).unwrap();
        assert_eq!(size, 3);
        let expected = [
            (Method::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (Method::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                Method::Sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (Method::Sha384, "cb00753f45a35e8b"),
            (Method::Sha512, "ddaf35a193617aba"),
            (Method::Sha3At256, "3a985da74fe225b2"),
            (Method::Sha3At384, "ec01498288516fc9"),
            (Method::Sha3At512, "b751850b1a57168a"),
        ];
        for ((method, hex), (wanted, begins)) in made.iter().zip(expected) {
            assert_eq!(*method, wanted);
            assert!(hex.starts_with(begins), "{method:?} {hex}");
            assert_eq!(hex.len(), method.digits());
        }
    }
}
