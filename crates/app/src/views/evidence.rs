//! What is given to show of packages of evidence that are files of a dossier.

use entente_core::ids::{EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_evidence::graph::NodeId;
use entente_evidence::held::Found;
use entente_evidence::limits::MAX_BYTES;
use entente_evidence::{EvidenceError, Package};
use std::collections::BTreeMap;

/// A file of an entry that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFile {
    /// The entry.
    pub entry: EntryId,
    /// Its place among the entry's files.
    pub index: u32,
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Size in bytes.
    pub size: u64,
    /// The service that gave it.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
}

impl HeldFile {
    /// Whether it may be a package of evidence, by its name: its bytes decide.
    #[must_use]
    pub fn is_package(&self) -> bool {
        package_name(&self.name)
    }
}

/// Whether a file of this name may be a package of evidence.
pub(crate) fn package_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".jsonld", ".json"].iter().any(|end| name.ends_with(end))
}

/// The files that a package names, held against those of its dossier.
#[derive(Clone, Debug, Default)]
pub struct HeldFiles {
    /// The files that were looked at.
    pub here: Vec<HeldFile>,
    /// What was found of each file of the package; places are those of [`HeldFiles::here`].
    pub found: BTreeMap<NodeId, Found>,
    /// Bytes that were read for it.
    pub read: u64,
}

impl HeldFiles {
    /// What was found of a file of the package, and which file here it is about.
    #[must_use]
    pub fn of(&self, node: NodeId) -> Option<(Found, Option<&HeldFile>)> {
        let found = *self.found.get(&node)?;
        Some((found, found.place().and_then(|place| self.here.get(place))))
    }

    /// Whether every file that could be checked is here as the package says.
    #[must_use]
    pub fn holds(&self) -> bool {
        let fine = |found: &Found| matches!(found, Found::Same { .. } | Found::Unchecked);
        self.found.values().all(fine)
    }
}

/// Most bytes that one look at the packages of a dossier reads: reading a package takes many times its size in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Of one package.
    pub package: u64,
    /// Of all packages, and of the files that they name, together.
    pub all: u64,
}

impl Reading {
    /// Whatever a package may be, however much there is.
    pub const WHOLE: Self = Self {
        package: MAX_BYTES as u64,
        all: u64::MAX,
    };
}

/// Why a file is not read as a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It has more bytes than are read of one here.
    #[error("larger than {} MiB", .0 >> 20)]
    TooLarge(u64),
    /// The packages before it took what one look reads.
    #[error("not read: the packages before it are as much as one look reads")]
    NoMore,
    /// It is none.
    #[error(transparent)]
    Not(#[from] EvidenceError),
}

/// A package of a dossier.
#[derive(Debug)]
pub struct PackageLine {
    /// The file.
    pub file: HeldFile,
    /// What is in it, with its files held against those that are here; why it is not read otherwise.
    pub read: Result<(Package, HeldFiles), Unread>,
}

/// A dossier written as a package.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The package.
    pub text: String,
    /// Records and packages that may not leave, or not by this officer, and are not in it. What may not be read is not counted.
    pub left_out: u64,
    /// Files in it whose hash was not computed, since that would have taken too long, or which are not here.
    pub unhashed: u64,
}
