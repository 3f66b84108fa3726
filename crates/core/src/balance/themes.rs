//! Promises of declarations by theme. The theme stands in words, the promise in the ledger: whoever may read all the words is told by theme what the
//! whole says anyway.

use super::{Promises, Tally};
use crate::ids::NodeName;
use serde::Serialize;
use std::collections::BTreeMap;

/// A promise of one side with its theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Of [`crate::kinds::declaration::themes::THEMES`].
    pub theme: &'static str,
    /// How it stands.
    pub tally: Tally,
}

/// By theme and side, both in the order of their names; a theme of which nothing was promised is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Themes(pub BTreeMap<&'static str, BTreeMap<NodeName, Promises>>);

impl Themes {
    /// Counts promises of two sides; what another node promised, and what is no commitment, is left out.
    #[must_use]
    pub fn of<'a>(
        promised: impl IntoIterator<Item = &'a Promised>,
        between: [&NodeName; 2],
    ) -> Self {
        let mut out = Self::default();
        for one in promised {
            if !one.tally.is_commitment() || !between.contains(&&one.tally.debtor) {
                continue;
            }
            let sides = out.0.entry(one.theme).or_insert_with(|| {
                let none = between.map(|node| (node.clone(), Promises::default()));
                none.into()
            });
            if let Some(side) = sides.get_mut(&one.tally.debtor) {
                side.count(&one.tally);
            }
        }
        out
    }

    /// What both sides promised together, by theme.
    pub fn together(&self) -> impl Iterator<Item = (&'static str, Promises)> {
        let sum = |sides: &BTreeMap<NodeName, Promises>| {
            let mut sum = Promises::default();
            sides.values().for_each(|side| sum.add(side));
            sum
        };
        self.0
            .iter()
            .map(move |(theme, sides)| (*theme, sum(sides)))
    }
}

/// Promises by theme: of the period, and of each calendar year in which any was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByTheme {
    /// Of the period.
    pub period: Themes,
    /// By calendar year, UTC.
    pub years: BTreeMap<i32, Themes>,
}

/// The years of promises.
#[must_use]
pub fn themes_by_year<'a>(
    promised: impl IntoIterator<Item = &'a Promised>,
    between: [&NodeName; 2],
) -> BTreeMap<i32, Themes> {
    let mut years: BTreeMap<i32, Vec<&Promised>> = BTreeMap::new();
    for one in promised {
        years.entry(one.tally.year).or_default().push(one);
    }
    let of = |(year, all): (i32, Vec<&Promised>)| (year, Themes::of(all, between));
    let told = years.into_iter().map(of);
    told.filter(|(_, themes)| !themes.0.is_empty()).collect()
}
