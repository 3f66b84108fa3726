//! Views of commitments across declarations: where each stands, what it follows, what it may follow.

use super::{DossierLine, ObligationView, PointView};
use entente_core::codes::Relation;
use entente_core::ids::{EntryId, NodeName, ObligationId};
use entente_core::kinds::declaration::figures::Standing;
use entente_core::obligation::State;
use std::collections::{BTreeMap, BTreeSet};

/// Which commitments are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Of the declarations that we share with this partner and with nobody else; of all where none is named.
    pub partner: Option<NodeName>,
    /// Of what hangs together with this point, with what is alike to it.
    pub of: Option<EntryId>,
    /// For a paper to one partner: where none is named there must be only one.
    pub report: bool,
}

/// The points of every declaration that the reader belongs to, the earliest declaration first.
#[derive(Clone, Debug)]
pub struct CommitmentsView {
    /// The points.
    pub points: Vec<Committed>,
    /// The partner with whom alone their declarations are shared, where they were chosen by it.
    pub partner: Option<NodeName>,
    /// Every partner.
    pub partners: Vec<NodeName>,
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
    pub follows: Vec<Tied>,
    /// Later points that do so to it.
    pub followed_by: Vec<Tied>,
    /// Earlier points of other declarations in like words that nobody has tied to it: proposed, no more, and only where the look is at this point.
    pub alike: Vec<EntryId>,
    /// Pledges that were claimed done before the creditor let them go.
    pub let_go: BTreeSet<ObligationId>,
}

/// That a point stands to another, by somebody's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tied {
    /// How.
    pub how: Relation,
    /// The other point.
    pub entry: EntryId,
    /// Which sides said so.
    pub by: BTreeSet<NodeName>,
}

/// Ties by how and to what, with which sides said so.
pub(crate) type Ties = BTreeMap<(u8, EntryId), Tied>;

impl Committed {
    /// What each side promised in it, and where that stands.
    pub fn pledges(&self) -> impl Iterator<Item = (NodeName, FollowUp, &ObligationView)> {
        let all = self.point.obligations.iter();
        all.map(|one| {
            let claimed = self.let_go.contains(&one.id);
            (one.owing.node(), FollowUp::of(one, claimed), one)
        })
    }
}

/// A figure of a commitment: what each side holds.
#[derive(Clone, Debug)]
pub struct FigureView {
    /// The entry that stated it first.
    pub entry: EntryId,
    /// Whose that is.
    pub by: NodeName,
    /// What is counted.
    pub what: String,
    /// Code of its unit.
    pub unit: String,
    /// First day of its period, `YYYY-MM-DD`, or empty.
    pub since: String,
    /// Last day of its period.
    pub until: String,
    /// What each side holds; none where its number may not be read.
    pub held: BTreeMap<NodeName, Option<i64>>,
    /// Whether they agree.
    pub standing: Standing,
    /// Who is still asked.
    pub asks: Vec<ObligationView>,
    /// Whether everybody whose number it holds lets it be printed.
    pub printed: bool,
}

/// Where what one side promised stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowUp {
    /// Nothing claimed, its date not passed.
    Open,
    /// Nothing claimed, its date passed.
    Late,
    /// That side says that it was done, or has answered; the other has not agreed.
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

    /// Where an obligation stands, and whether it was claimed before it was let go: who no longer insists on what was claimed has not agreed, and
    /// the claim stands. An answer is one side's word too.
    #[must_use]
    pub fn of(one: &ObligationView, claimed: bool) -> Self {
        match one.state {
            State::Claimed | State::Answered => Self::Claimed,
            State::Waived | State::Withdrawn if claimed => Self::Claimed,
            State::Agreed => Self::Agreed,
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
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
