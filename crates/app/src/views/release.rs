//! Views of what is released from earlier dossiers (rule 16).

use super::{DossierLine, EntryView, ReleaseDefaults};
use crate::release::Unreleasable;
use entente_core::codes::Role;
use entente_core::handling::Handling;
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::released::Mismatch;

/// Another dossier that one continues, or that continues it.
#[derive(Clone, Debug)]
pub struct RelatedDossier {
    /// Identifier.
    pub id: DossierId,
    /// Number, such as `MA-12`.
    pub number: String,
    /// Title; empty where the reader does not belong to it.
    pub title: String,
    /// Whether it is here and the reader belongs to it.
    pub visible: bool,
}

/// What our node may release into a dossier.
#[derive(Clone, Debug)]
pub struct ReleaseView {
    /// The dossier released into.
    pub line: DossierLine,
    /// Who receives what is released.
    pub recipients: Vec<NodeName>,
    /// Our suspension flag and the partners': while one is set, what is released waits.
    pub suspended: (bool, bool),
    /// What is recorded with it without being typed.
    pub release: ReleaseDefaults,
    /// The dossiers that it continues, the nearest first; none once it is closed.
    pub earlier: Vec<EarlierView>,
}

impl ReleaseView {
    /// Most entries shown of one earlier dossier.
    pub const MOST: usize = 200;
}

/// One earlier dossier with what our node wrote in it.
#[derive(Clone, Debug)]
pub struct EarlierView {
    /// The dossier.
    pub dossier: RelatedDossier,
    /// Our entries that say something, oldest first; none where the reader does not belong to it.
    pub entries: Vec<ReleasableView>,
    /// Entries beyond those shown.
    pub left_out: u64,
}

/// An entry of ours that may be released, with all that would cross.
#[derive(Clone, Debug)]
pub struct ReleasableView {
    /// The entry.
    pub entry: EntryView,
    /// Why it cannot be released, if it cannot.
    pub cannot: Option<Unreleasable>,
}

/// What an entry releases: history, which binds nothing where it is shown.
#[derive(Clone, Debug)]
pub struct ReleasedView {
    /// The original's identifier.
    pub entry: EntryId,
    /// The dossier that the original is of.
    pub dossier: RelatedDossier,
    /// Whether the reader may look at the original itself.
    pub held: bool,
    /// The original; none while the body is not here, or does not hold.
    pub original: Option<OriginalView>,
    /// What does not hold, if something does not: then nothing of it is shown.
    pub mismatch: Option<Mismatch>,
}

/// An original as its header says; its body is that of the entry which releases it.
#[derive(Clone, Debug)]
pub struct OriginalView {
    /// Type name as written.
    pub type_name: String,
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Writing service.
    pub service: ServiceName,
    /// The officer, by the pseudonym of that dossier.
    pub officer: String,
    /// In what role.
    pub role: Role,
    /// Written at, UTC.
    pub at: Instant,
    /// How it was to be handled.
    pub handling: Handling,
}
