//! Duties to inform as they are shown: how a magistrate's file stands, what waits for a decision, and all of it for judicial review.

use super::{DossierLine, EntryView, ObligationView};
use entente_core::charter::Inform;
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use std::collections::BTreeMap;

/// How a magistrate's file stands, by the newest decision in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DutyState {
    /// No decision was taken: one is owed at once.
    Owed,
    /// To transmit was decided, and nothing was sent yet.
    Ordered(EntryId),
    /// What was decided was sent, in this dossier.
    Sent {
        /// The decision.
        decision: EntryId,
        /// The dossier between the two authorities.
        dossier: DossierId,
    },
    /// Deferred until a day on which a magistrate looks again.
    Deferred {
        /// The decision.
        decision: EntryId,
        /// `YYYY-MM-DD`; empty where it cannot be read any more.
        until: String,
        /// That day has come.
        due: bool,
    },
    /// Not to transmit was decided.
    Refused(EntryId),
}

impl DutyState {
    /// Whether a magistrate, or whoever carries the decision out, has something to do.
    #[must_use]
    pub fn waits(&self) -> bool {
        match self {
            Self::Owed | Self::Ordered(_) => true,
            Self::Deferred { due, .. } => *due,
            Self::Sent { .. } | Self::Refused(_) => false,
        }
    }
}

/// A magistrate's file, a line of their list.
#[derive(Clone, Debug)]
pub struct DutyFile {
    /// The file.
    pub dossier: DossierLine,
    /// How it stands.
    pub state: DutyState,
}

/// What waits for a magistrate, a line of the front page.
#[derive(Clone, Debug)]
pub struct DutyTask {
    /// The file, or the dossier between the two authorities.
    pub dossier: DossierLine,
    /// Why it waits; none: the time for observations is over, and to carry on is offered.
    pub state: Option<DutyState>,
    /// Since when, UTC.
    pub since: Instant,
    /// What is to be answered, where the time for it is over.
    pub over: Option<ObligationView>,
}

/// A magistrate's file, as its page shows it above its entries.
#[derive(Clone, Debug)]
pub struct DutyHead {
    /// How it stands.
    pub state: DutyState,
    /// The other Party.
    pub party: Option<NodeName>,
    /// Whether the charter with it has the duties to inform now.
    pub in_charter: bool,
    /// Whether the reader decides.
    pub decides: bool,
}

/// All that concerns a duty to inform, for a court: in the order of time, from the file and from the dossier between the authorities, as far as
/// the reader may see them.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// The dossier that was asked for.
    pub dossier: DossierLine,
    /// Each dossier that it draws on.
    pub drawn: Vec<DossierLine>,
    /// How the magistrate's file stands, if it is here and seen.
    pub state: Option<DutyState>,
    /// Every entry, oldest first.
    pub entries: Vec<ReviewEntry>,
    /// Entries beyond those, where a dossier has more than a review does.
    pub left_out: u64,
    /// What is owed between the two sides, with its clocks.
    pub obligations: Vec<ObligationView>,
    /// What the charter says of the duties now.
    pub terms: Option<Inform>,
    /// When it was drawn up, UTC.
    pub at: Instant,
}

/// An entry for review.
#[derive(Clone, Debug)]
pub struct ReviewEntry {
    /// As its own page shows it.
    pub entry: EntryView,
    /// Whether it may go on paper, by its originator's conditions.
    pub printed: bool,
    /// Of a decision, what was on file when it was written: every entry of its dossier that its author's node had then, oldest first.
    pub on_file: Vec<EntryId>,
    /// By whom, as a function.
    pub role: Role,
    /// Its offline proof, where the other side holds it and it may be taken out; given only with a file.
    pub proof: Option<String>,
}

impl ReviewEntry {
    /// Its type, where this version knows it.
    #[must_use]
    pub fn entry_type(&self) -> Option<&'static EntryType> {
        self.entry.entry_type
    }
    /// Whether a magistrate decided by it.
    #[must_use]
    pub fn decides(&self) -> bool {
        decides(self.entry_type())
    }
}

/// Whether a magistrate decides by entries of this type.
pub(crate) fn decides(entry_type: Option<&'static EntryType>) -> bool {
    entry_type.is_some_and(|entry| entry.reserved_to().is_some())
}

impl ReviewView {
    /// Short names of entries, by which they cite each other on paper: their place in the list, from 1.
    #[must_use]
    pub fn places(&self) -> BTreeMap<EntryId, usize> {
        let numbered = self.entries.iter().zip(1..);
        numbered.map(|(one, place)| (one.entry.id, place)).collect()
    }
}
