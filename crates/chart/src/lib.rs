//! Link analysis, pure: a network of things and links, what of it one looks at, how it is drawn, and what its shape says.
//!
//! No I/O, clock or randomness: dates and seeds are parameters, and the same input gives the same bytes on every node. Names come in as
//! labels and go out on the chart of the one who asked; nothing here keeps, sends or logs them.
//!
//! **A measure belongs to a view of a chart, never to a person** (invariant 9). It is computed for a [`View`] that a reader looks at and
//! lives as long as that view. What comes out is the size class of a mark on the chart, and the figures of the *one* thing that the reader
//! chose, as text. There is no list of things by a measure, no order between two figures, no number to compare with a threshold, and
//! nothing that a store could keep: [`Figure`] can be read by a person and by nobody else.
//!
//! | To find | Look in |
//! |---|---|
//! | things, links, what a network refuses; days | `network.rs`, `day.rs` |
//! | what of it one looks at; time slices; two phases | `filter.rs`, `view.rs`, `slices.rs`, `compare.rs` |
//! | neighbours, paths, components, cut points | `walk.rs` |
//! | figures; groups; how far missing links change them | `measure.rs`, `between.rs`, `groups.rs`, `sensitivity.rs` |
//! | where marks stand | `layout/` |
//! | what is shown, printed, taken out | `svg/`, `graphml.rs`, `csv.rs` |
#![deny(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod between;
mod compare;
mod csv;
mod day;
mod escape;
mod filter;
mod graphml;
mod groups;
mod layout;
mod measure;
mod network;
mod seed;
mod sensitivity;
mod slices;
mod svg;
mod view;
mod walk;

#[cfg(test)]
mod tests;

pub use compare::{Comparison, Pair, compare};
pub use csv::{Handled, links_csv, things_csv};
pub use day::{Dated, Day, Span};
pub use filter::Filter;
pub use graphml::graphml;
pub use groups::Groups;
pub use layout::{Layout, Place};
pub use measure::{Figure, Figures, Mark, Position, Reading, Side, Whole};
pub use network::{Evaluation, Link, Network, Sort, THINGS, Thing, Unfit};
pub use sensitivity::{Range, Sensitivity};
pub use slices::{Slice, Step, TimeSlice, slices};
pub use svg::{Look, Paper, Plate, Sign, Words, chart, plate};
pub use view::{DRAWN, View};
