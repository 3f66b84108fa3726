//! Small plots as SVG, made on the server by pure functions: columns and lines over years, bars and stacked bars by row.
//!
//! All coordinates are whole numbers, a tenth of a unit each, so that nothing is ever "not a number". Read from the right, a plot is its own
//! mirror image. No meaning by colour alone: one series is filled, the other hatched; parts have patterns; lines have marks of their own. Each
//! plot has its name, says in words what is seen, and gives the same figures as a table beside it.

mod columns;
mod lines;
mod pen;
mod rows;
#[cfg(test)]
mod tests;

pub use columns::columns;
pub use lines::lines;
pub use rows::{bars, stacks};

use crate::i18n::Words;
use maud::{Markup, html};
use pen::Pen;

/// Most groups that are told one by one: the table has them all.
const SPOKEN: usize = 12;

/// One place on the axis, or one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub label: String,
    /// A value of each series or part; none where there is nothing to say.
    pub values: Vec<Option<u64>>,
}

/// What is plotted, with all its words.
pub struct Plot<'a> {
    /// Its identifier in the page: of letters, digits and hyphens.
    pub id: &'a str,
    /// The reader's language, which says from which side it is read.
    pub words: Words,
    /// Its name.
    pub title: String,
    /// What to know beside its figures, in a sentence; it may be empty.
    pub note: String,
    /// What the groups are, above the first column of the table.
    pub axis: String,
    /// Names of the series or parts.
    pub names: Vec<String>,
    /// The groups in reading order.
    pub groups: Vec<Group>,
    /// A value that is aimed at.
    pub target: Option<u64>,
    /// Whether the values are shares of a hundred.
    pub shares: bool,
    /// How a value is written.
    pub say: fn(Words, u64) -> String,
}

impl Plot<'_> {
    /// Whether there is nothing to see: no value, or counts of naught alone. A share of naught says something, and so does a target.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let values = self.groups.iter().flat_map(|group| &group.values);
        let says = |value: &u64| self.shares || *value > 0;
        self.target.is_none() && !values.flatten().any(says)
    }

    fn series(&self) -> usize {
        self.names.len().max(1)
    }

    fn highest(&self) -> u64 {
        let values = self.groups.iter().flat_map(|group| &group.values);
        let most = values.flatten().copied().chain(self.target).max();
        most.unwrap_or(0).max(1)
    }

    fn pen(&self) -> Pen<'_> {
        Pen::new(self.id, self.words.lang)
    }

    /// The drawing in words: its note and what is said of each group, of the last ones where there are many.
    fn described(&self) -> String {
        let words = self.words;
        let group = |group: &Group| {
            let each = self.names.iter().zip(&group.values);
            let each =
                each.filter_map(|(name, value)| Some(format!("{name} {}", self.said((*value)?))));
            let each: Vec<String> = each.collect();
            format!("{}: {}.", group.label, each.join(words.comma()))
        };
        let from = self.groups.len().saturating_sub(SPOKEN);
        let groups = self.groups.iter().skip(from).map(group);
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        note.into_iter().chain(groups).collect::<Vec<_>>().join(" ")
    }

    fn said(&self, value: u64) -> String {
        (self.say)(self.words, value)
    }
}

/// A count.
#[must_use]
pub fn count(words: Words, value: u64) -> String {
    words.number(value)
}

/// A share of a hundred.
#[must_use]
pub fn percent(words: Words, value: u64) -> String {
    words.count("percent", value)
}

/// How the series or parts are told apart in a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legend {
    /// None: there is one series only.
    None,
    /// Filled and hatched.
    Series,
    /// Lines with their marks.
    Lines,
    /// Patterns of parts.
    Parts,
}

/// A plot with its name, its legend and the same figures as a table.
pub fn figure(plot: &Plot<'_>, drawn: &Markup, legend: Legend) -> Markup {
    html! {
        figure.plot {
            figcaption { h3 { (plot.title) } }
            (drawn)
            @if legend != Legend::None {
                p.plot-legend { @for (place, name) in plot.names.iter().enumerate() { span { (pen::swatch(plot.id, place, legend)) " " bdi { (name) } } } }
            }
            @if !plot.note.is_empty() { p.quiet { (plot.note) } }
            details { summary { (plot.words.t("plot-figures")) } (table(plot)) }
        }
    }
}

/// The same figures as a table.
pub fn table(plot: &Plot<'_>) -> Markup {
    let cell = |value: Option<u64>| value.map_or_else(|| "—".to_owned(), |v| plot.said(v));
    html! {
        div.scroll tabindex="0" role="region" aria-label=(plot.title) {
            table.list.figures {
                thead { tr { th scope="col" { (plot.axis) } @for name in &plot.names { th scope="col" { bdi { (name) } } } } }
                tbody { @for group in &plot.groups { tr { th scope="row" { bdi { (group.label) } } @for value in &group.values { td.num { (cell(*value)) } } } } }
            }
        }
    }
}
