//! The domain of Entente, pure: entries, headers, dossiers, obligations, handling, purposes, charter, clocks, kinds.
//!
//! One file per word of DESIGN section 2. No sockets, files, clock or randomness: they come in as parameters, and that is what
//! makes simulation work. Folds use UTC and integers only.
#![deny(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

pub mod able;
pub mod access;
pub mod act;
pub mod anomaly;
pub mod balance;
pub mod cadence;
pub mod calendar;
pub mod charter;
pub mod codes;
pub mod conditions;
pub mod court;
pub mod deeds;
pub mod feed;
pub mod field;
pub mod floor;
pub mod handling;
pub mod header;
pub mod hijri;
pub mod ids;
pub mod instant;
pub mod instrument;
pub mod judge;
pub mod keeping;
pub mod kind;
pub mod kinds;
pub mod label;
pub mod ledger;
pub mod notice;
pub mod obligation;
pub mod paragraphs;
pub mod partial;
pub mod released;
pub mod statistics;
pub mod terms;
pub mod told;
pub mod wall;
