//! Views of commitments across declarations: where each stands, what it follows, what it may follow.

use super::{DossierLine, ObligationView, PointView};
use entente_core::codes::Relation;
use entente_core::ids::{EntryId, NodeName};
use entente_core::obligation::State;

/// The points of every declaration that the reader belongs to, the earliest declaration first.
#[derive(Clone, Debug)]
pub struct CommitmentsView {
    /// The points.
    pub points: Vec<Committed>,
}

impl CommitmentsView {
    /// A point of it.
    #[must_use]
    pub fn find(&self, entry: EntryId) -> Option<&Committed> {
        self.points.iter().find(|one| one.point.entry == entry)
    }
}

/// A point of a declaration among those of all.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The declaration.
    pub dossier: DossierLine,
    /// Its day as the declaration says it, `YYYY-MM-DD`, or empty.
    pub date: String,
    /// The point.
    pub point: PointView,
    /// Whether its originator lets it be printed.
    pub printed: bool,
    /// Earlier points that it answers, restates, widens and so on, by somebody's decision.
    pub follows: Vec<(Relation, EntryId)>,
    /// Later points that do so to it.
    pub followed_by: Vec<(Relation, EntryId)>,
    /// Earlier points of other declarations in like words that nobody has tied to it: proposed, no more.
    pub alike: Vec<EntryId>,
}

impl Committed {
    /// What each side promised in it, and where that stands.
    pub fn pledges(&self) -> impl Iterator<Item = (NodeName, FollowUp, &ObligationView)> {
        let all = self.point.obligations.iter();
        all.map(|one| (one.owing.node(), FollowUp::of(one), one))
    }
}

/// Where what one side promised stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowUp {
    /// Nothing claimed, its date not passed.
    Open,
    /// Nothing claimed, its date passed.
    Late,
    /// That side says that it was done; the other has not agreed.
    Claimed,
    /// Both say that it was done.
    Agreed,
    /// Refused, waived or withdrawn.
    Ended,
}

impl FollowUp {
    /// All, in the order of a table.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Late,
        Self::Claimed,
        Self::Agreed,
        Self::Ended,
    ];

    /// Where an obligation stands.
    #[must_use]
    pub fn of(one: &ObligationView) -> Self {
        match one.state {
            State::Claimed => Self::Claimed,
            State::Agreed | State::Answered => Self::Agreed,
            state if !state.is_open() => Self::Ended,
            _ if one.overdue => Self::Late,
            _ => Self::Open,
        }
    }

    /// Its code in addresses and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Claimed => "claimed",
            Self::Agreed => "agreed",
            Self::Ended => "ended",
        }
    }

    /// By its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
