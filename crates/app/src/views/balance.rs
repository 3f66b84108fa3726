//! The balance with a partner, as it is given to show.

use entente_core::balance::{ByTheme, Figures, Reading, Year};
use entente_core::ids::{NodeName, ServiceName};
use entente_core::instant::Instant;
use std::collections::BTreeMap;

/// How often both sides mean to meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeetingTarget {
    /// Open series that say so.
    pub series: u64,
    /// Meetings in a year by what they say.
    pub a_year: u64,
}

/// Commitments by theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemesView {
    /// How they stand.
    pub by: ByTheme,
    /// Whether the authors of all of them let them be printed.
    pub prints: bool,
}

/// The balance with one partner.
#[derive(Clone, Debug)]
pub struct BalanceView {
    /// Partner.
    pub partner: NodeName,
    /// From, UTC.
    pub from: Instant,
    /// To, UTC.
    pub to: Instant,
    /// What each side was asked for within the period, medians among it, what it promised, and the meetings held.
    pub reading: Reading,
    /// What was asked by owing service.
    pub by_service: Vec<(ServiceName, Figures)>,
    /// The same by kind of dossier and side, without grounds of refusal: told to who sees dossiers of every kind that is counted here.
    pub by_kind: Option<BTreeMap<String, BTreeMap<NodeName, Figures>>>,
    /// Calendar years before and up to now, the running one last, whatever the period.
    pub years: Vec<Year>,
    /// How often the open series are meant to meet: told only to who may read all their openings.
    pub target: Option<MeetingTarget>,
    /// Commitments by theme: told only to who may read every point that is counted.
    pub themes: Option<ThemesView>,
    /// Whether figures may lag behind a suspension that is being worked in.
    pub lags: bool,
    /// Our duties to answer persons who exercised a right, and theirs: in none of the others, and told to who sees such dossiers.
    pub rights: Option<(Figures, Figures)>,
}

impl BalanceView {
    /// What our own side was asked for.
    #[must_use]
    pub fn ours(&self) -> Option<&Figures> {
        let mut sides = self.reading.sides.iter();
        let own = sides.find(|(node, _)| **node != self.partner);
        own.map(|(_, account)| &account.figures)
    }

    /// What the partner was asked for.
    #[must_use]
    pub fn theirs(&self) -> Option<&Figures> {
        let of = self.reading.sides.get(&self.partner);
        of.map(|account| &account.figures)
    }
}
