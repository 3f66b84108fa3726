//! What is given to show of exhibits: each with who brought it, its moments in order of time, what is owed of them, and the gaps of its chain.
//! Gaps are said, never filled.

use super::{BroughtBy, DossierLine, EntryView, ObligationView, Rung};
use entente_core::ids::EntryId;
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::chain::{Compared, Gap, Hash};
use entente_core::kinds::investigation::custody::ORIGINAL;

/// The exhibits of a dossier, as far as the reader may read them.
#[derive(Clone, Debug)]
pub struct Exhibits {
    /// The dossier.
    pub dossier: DossierLine,
    /// The exhibits, in the order in which they were brought.
    pub exhibits: Vec<Exhibit>,
    /// Entries on exhibits that are here and whose words the reader may not read, or that are gone. A chain may lack them.
    pub withheld: u64,
    /// Types of entries about exhibits that the reader may write now, those that answer nothing.
    pub forms: Vec<&'static EntryType>,
}

impl Exhibits {
    /// One exhibit.
    #[must_use]
    pub fn exhibit(&self, entry: EntryId) -> Option<&Exhibit> {
        self.exhibits.iter().find(|one| one.entry == entry)
    }
}

/// One exhibit.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// The entry that records it.
    pub entry: EntryId,
    /// What it is.
    pub name: String,
    /// Its number or mark.
    pub mark: String,
    /// Its sort, by its code.
    pub sort: Option<String>,
    /// Where it was seized or made.
    pub place: String,
    /// Its hash, made at the source.
    pub hash: Option<Hash>,
    /// What it was derived from; none for an original.
    pub from: Option<Derived>,
    /// What was derived from it, in the order in which it was brought.
    pub derived: Vec<EntryId>,
    /// What is said of it besides.
    pub text: String,
    /// Files of its entry that are described.
    pub files: u64,
    /// Who brought it, and when.
    pub brought: BroughtBy,
    /// Its moments, in order of time; those without a time last.
    pub moments: Vec<CustodyMoment>,
    /// Where its chain has gaps; places are those of [`Exhibit::moments`].
    pub gaps: Vec<Gap>,
}

/// Where a derived exhibit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The exhibit that it was made from, where the reader may read of it.
    pub from: Option<EntryId>,
    /// By which method or tool.
    pub by: String,
}

/// One moment of an exhibit.
#[derive(Clone, Debug)]
pub struct CustodyMoment {
    /// The entry that says so.
    pub entry: EntryId,
    /// What happened.
    pub what: CustodyDeed,
    /// When it happened, by whoever wrote it down, UTC.
    pub at: Option<Instant>,
    /// Who had it before.
    pub from: String,
    /// Who has it since.
    pub to: String,
    /// For what, or how it travels.
    pub purpose: String,
    /// How it is sealed, by its code.
    pub seal: Option<String>,
    /// Number of the seal.
    pub number: String,
    /// State of the seal as found, by its code.
    pub found: Option<String>,
    /// State of the seal as left, by its code.
    pub left: Option<String>,
    /// A hash that was computed then.
    pub hash: Option<Hash>,
    /// How that compares with the hash before it.
    pub compared: Option<Compared>,
    /// What is said besides.
    pub text: String,
    /// Files of its entry that are described.
    pub files: u64,
    /// Who wrote it, and when.
    pub brought: BroughtBy,
    /// What it asks of whom.
    pub asks: Vec<ObligationView>,
    /// How far its entry came, per recipient.
    pub ladder: Vec<Rung>,
}

impl CustodyMoment {
    /// Whether it is of the exhibit itself rather than of a copy, or of words about it; its moments say what a receipt is for.
    #[must_use]
    pub fn is_of_itself(&self, moments: &[Self]) -> bool {
        match &self.what {
            CustodyDeed::Seized | CustodyDeed::Step(_) | CustodyDeed::Returned(_) => true,
            CustodyDeed::Transfer { handed } => handed == ORIGINAL,
            CustodyDeed::AskedBack => false,
            CustodyDeed::Received(of) => moments
                .iter()
                .any(|other| other.entry == *of && other.is_of_itself(moments)),
        }
    }
}

/// What happened to an exhibit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustodyDeed {
    /// It was seized or made.
    Seized,
    /// A step, by its code.
    Step(String),
    /// It, or a copy of it, was handed to the other side.
    Transfer {
        /// What was handed over, by its code.
        handed: String,
    },
    /// A receipt for what was handed over or given back by this entry.
    Received(EntryId),
    /// It was asked for.
    AskedBack,
    /// It was given back, in answer to this entry.
    Returned(EntryId),
}

/// One exhibit with its record.
#[derive(Clone, Debug)]
pub struct ExhibitView {
    /// All exhibits of the dossier, for what it derives from.
    pub all: Exhibits,
    /// The one that was asked for.
    pub entry: EntryId,
    /// Its entry, with its files.
    pub record: EntryView,
}
