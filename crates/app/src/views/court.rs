//! What is given to show of an investigation before the courts: what may be produced and why not, what was, proceedings, venues, outcomes.

use super::{DossierLine, ObligationView};
use entente_core::court::Standing;
use entente_core::field::Values;
use entente_core::handling::HandlingCodes;
use entente_core::ids::{EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::obligation::State;

/// Which of what could be produced is wanted.
#[derive(Clone, Debug)]
pub enum CourtPart {
    /// All of it.
    All,
    /// A page, from 0.
    Page(u32),
    /// These entries, in the order of the dossier.
    Only(Vec<EntryId>),
}

/// An investigation before the courts.
#[derive(Clone, Debug)]
pub struct CourtView {
    /// The dossier.
    pub dossier: DossierLine,
    /// What somebody could produce, in the order of the dossier, as far as it was wanted.
    pub pieces: Vec<PieceView>,
    /// Which page of that, from 0.
    pub page: u32,
    /// How much there is in all.
    pub total: u64,
    /// What was produced, where, in order.
    pub produced: Vec<CourtWord>,
    /// Proceedings that either side reported, in order.
    pub proceedings: Vec<CourtWord>,
    /// Venues that were proposed, in order.
    pub venues: Vec<VenueView>,
    /// What courts decided, in order.
    pub outcomes: Vec<CourtWord>,
    /// Types of entries about the courts that the reader may write now.
    pub forms: Vec<&'static EntryType>,
}

impl CourtView {
    /// How much of what could be produced a page shows.
    pub const PAGE: u32 = 100;

    /// Whether the reader may write an entry of a type now.
    #[must_use]
    pub fn writes(&self, entry_type: &EntryType) -> bool {
        self.forms.iter().any(|form| form.name == entry_type.name)
    }
    /// Whether two states or more report proceedings that have not ended: nobody is tried twice for the same.
    #[must_use]
    pub fn parallel(&self) -> bool {
        use entente_core::kinds::investigation::court::STAGE;
        let goes_on = |word: &&CourtWord| word.text(STAGE) != Some("ended");
        let mut nodes: Vec<_> = self.proceedings.iter().filter(goes_on).collect();
        nodes.sort_by_key(|word| word.service.node());
        nodes.dedup_by_key(|word| word.service.node());
        nodes.len() > 1
    }
}

/// An entry that somebody could produce.
#[derive(Clone, Debug)]
pub struct PieceView {
    /// The entry.
    pub entry: EntryId,
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Name of its type as written.
    pub type_name: String,
    /// Its first words; empty where they may not be read.
    pub title: String,
    /// Whether our node wrote it.
    pub ours: bool,
    /// Who wrote it.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// All codes that it has by now.
    pub codes: HandlingCodes,
    /// How it stands.
    pub standing: Standing,
    /// Asks for permission to produce it, oldest first, with what became of each.
    pub asked: Vec<ObligationView>,
    /// Its files.
    pub files: u64,
    /// Whether it was corrected, and is produced with its corrections.
    pub corrected: bool,
    /// Where it was produced, and what courts decided of it, as far as the reader may read that.
    pub told: Vec<CourtWord>,
    /// Whether its words may be printed.
    pub printed: bool,
}

impl PieceView {
    /// Whether permission is asked for and not answered.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.asked.iter().any(|ask| ask.state.is_open())
    }
    /// Whether the originator refused, and nobody has asked since.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.asked
            .last()
            .is_some_and(|ask| ask.state == State::Refused)
    }
}

/// Something that was said about the courts, as far as the reader may read it.
#[derive(Clone, Debug)]
pub struct CourtWord {
    /// The entry that says it.
    pub entry: EntryId,
    /// Its type.
    pub entry_type: &'static EntryType,
    /// Who says it.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// Whether our node wrote it.
    pub ours: bool,
    /// What it says; nothing where the reader may not read it or it is gone.
    pub values: Option<Values>,
    /// The entries that it names.
    pub about: Vec<EntryId>,
    /// Whether its words may be printed.
    pub printed: bool,
}

impl CourtWord {
    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        let text = self.values.as_ref()?.text(field)?;
        (!text.trim().is_empty()).then_some(text)
    }
}

/// A venue that was proposed, with what became of it.
#[derive(Clone, Debug)]
pub struct VenueView {
    /// The proposal.
    pub word: CourtWord,
    /// What it asks, of each state.
    pub asks: Vec<ObligationView>,
    /// How it stands.
    pub state: VenueState,
}

/// How a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VenueState {
    /// Somebody still owes a decision.
    Proposed,
    /// Everybody who was asked agreed.
    Agreed,
    /// Refused, withdrawn, waived, or answered by another.
    NotAgreed,
}
