//! What is shown of what goes over walls: requests for access by number, entries used for another purpose.

use super::{Colleague, DossierLine, RelatedDossier};
use entente_core::access::Reason;
use entente_core::codes::Role;
use entente_core::conditions::Answer;
use entente_core::field::Values;
use entente_core::floor::Bar;
use entente_core::handling::Handling;
use entente_core::ids::{EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::wall::{BridgeGround, SecurityPurpose};

/// What an officer asked for, and what they are to answer.
#[derive(Clone, Debug, Default)]
pub struct Admissions {
    /// Their own requests: the same for every number, whatever became of them.
    pub own: Vec<AdmissionLine>,
    /// Requests for dossiers that they answer for.
    pub tasks: Vec<AdmissionTask>,
}

/// A request for access by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdmissionLine {
    /// Its name.
    pub name: String,
    /// The number asked for.
    pub number: String,
    /// The service that would take part.
    pub service: ServiceName,
    /// Why.
    pub reason: Reason,
    /// When it was asked, UTC.
    pub at: Instant,
    /// When it ends by itself, UTC.
    pub until: Instant,
}

/// A request that the reader is to answer.
#[derive(Clone, Debug)]
pub struct AdmissionTask {
    /// The request.
    pub line: AdmissionLine,
    /// Who asks.
    pub who: Colleague,
    /// Their roles.
    pub roles: Vec<Role>,
    /// The dossier.
    pub dossier: DossierLine,
    /// Why it can only be refused.
    pub barred: Option<AdmissionBar>,
}

/// Why access cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdmissionBar {
    /// The floor keeps the asker out.
    Floor(Bar),
    /// The node's policies do.
    Policy,
    /// This node's state convenes, and only it brings services in.
    Convenor(NodeName),
}

impl AdmissionBar {
    /// Its name for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Floor(bar) => bar.as_str(),
            Self::Policy => "policy",
            Self::Convenor(_) => "convenor",
        }
    }
}

/// Requests for access in figures, for inspectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdmissionFigures {
    /// How many were made within the last thirty days.
    pub asked: u64,
    /// Of these, for numbers of no dossier here.
    pub for_nothing: u64,
}

/// An entry of another dossier that is used for the purpose of this one.
#[derive(Clone, Debug)]
pub struct BroughtView {
    /// The entry.
    pub entry: EntryId,
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Type name as written.
    pub type_name: String,
    /// Writing service.
    pub service: ServiceName,
    /// Written at, UTC.
    pub at: Instant,
    /// How it is to be handled, with every code added since.
    pub handling: Handling,
    /// What it says, as far as it may be read here.
    pub said: Option<Values>,
    /// Whether its originator corrected it since.
    pub corrected: bool,
    /// Whether that may be printed.
    pub printed: bool,
    /// What its originator's conditions say of this use now.
    pub answer: Answer,
    /// Its dossier, as far as the reader belongs to it: nothing of it else, not its number.
    pub from: Option<RelatedDossier>,
    /// The decision.
    pub decision: EntryId,
    /// When it was taken, UTC.
    pub decided: Instant,
    /// On which ground.
    pub ground: BridgeGround,
    /// For which purpose.
    pub purpose: SecurityPurpose,
}
