//! What waits for signatures, and an entry to come as its readers will read it.

use super::DossierLine;
use crate::DraftId;
use entente_core::field::{Field, Values};
use entente_core::header::Header;
use entente_core::ids::{EntryId, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::{EntryType, Kind};

/// An entry to come, by the code that will write it.
#[derive(Clone, Debug)]
pub struct PreviewView {
    /// The kind of its dossier.
    pub kind: &'static Kind,
    /// Its type.
    pub entry_type: &'static EntryType,
    /// Its header, but for what is only known once it is recorded: its own identifier, and commitments to files.
    pub header: Header,
    /// Its body; of a release, what it wraps.
    pub values: Values,
    /// By which fields the body is read.
    pub fields: &'static [Field],
    /// Its files.
    pub files: Vec<PreviewFile>,
    /// Services of other nodes that take part in the dossier and will be able to read it.
    pub readers: Vec<ServiceName>,
    /// Whether it stays at our node.
    pub own_only: bool,
    /// Whether its author has the pseudonym of the header for good: another is made for an entry that opens a dossier, or is their first there.
    pub named: bool,
}

/// A file of an entry to come.
#[derive(Clone, Debug)]
pub struct PreviewFile {
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Size in bytes.
    pub size: u64,
}

/// How something stands that waits for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// It has not left, and waits for a second officer.
    Waits,
    /// It has not left, and was given back to its author.
    Returned,
    /// It left by one signature, and the second is owed.
    Unsigned,
    /// It left by one signature, and the second was refused.
    Refused,
}

impl DraftState {
    /// Its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Returned => "returned",
            Self::Unsigned => "unsigned",
            Self::Refused => "refused",
        }
    }
}

/// What waits for a signature, in a line.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// Its name.
    pub id: DraftId,
    /// How it stands.
    pub state: DraftState,
    /// Its kind of dossier.
    pub kind: &'static Kind,
    /// Its type.
    pub entry_type: &'static EntryType,
    /// The dossier; none of one that it opens.
    pub dossier: Option<DossierLine>,
    /// The entry as which it left.
    pub entry: Option<EntryId>,
    /// Who wrote it.
    pub author: String,
    /// In the name of which service.
    pub service: ServiceName,
    /// Whether the reader wrote it; whoever did not may sign it.
    pub mine: bool,
    /// When it was written, UTC.
    pub at: Instant,
    /// When the signature is due, UTC.
    pub due: Instant,
    /// Whether that is over, while it waits.
    pub overdue: bool,
}

/// What waits for a signature, with all that is to be read before it is given.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// The line.
    pub line: DraftLine,
    /// What will leave; nothing of what left already, or whose words a restore did not bring back.
    pub preview: Option<PreviewView>,
    /// Why it cannot leave as it is, in a closed word for programs: something came in between.
    pub stale: Option<&'static str>,
    /// Whether its words are gone: no backup holds them.
    pub lost: bool,
    /// Grounds that were given, the latest last.
    pub grounds: Vec<String>,
    /// What its form was filled with, for its author to write it again.
    pub form: Option<Values>,
    /// The obligation that it acts on.
    pub target: Option<ObligationId>,
}
