//! Evidence: packages in CASE/UCO JSON-LD, read without loss, compared whatever their order, and shown to people.
//!
//! Pure: bytes in, a package or an error out. No files, sockets, clock or randomness. Hostile bytes give an [`EvidenceError`] that says
//! who is at fault, never a panic; the limits are named in [`limits`] and hold while the bytes are read. Why it is as it is, and what is
//! refused: `docs/evidence.md`.
//!
//! | Module | In scope |
//! |---|---|
//! | [`json`] | JSON as it came: order, and numbers as they were written |
//! | [`context`] | what short names stand for |
//! | [`graph`] | nodes, types, properties, references |
//! | [`package`] | the document, its graph, what is unknown in it |
//! | [`canon`] | whether two graphs say the same |
//! | [`custody`] | investigative actions, provenance records, chains of custody |
//! | [`files`] | files with names, sizes and hashes |
//! | [`held`] | files that are here, held against those hashes |
//! | [`proposals`] | things and links, for people to take or leave |
//! | [`dossier`] | a dossier, written as a package |
//! | [`union`] | several packages as one |
//! | [`export`] | a package with our own provenance beside what came |
//! | [`when`] | times as packages write them |
//! | [`vocabulary`] | identifiers of the ontologies |

#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::string_slice, clippy::panic)
)]

pub mod canon;
pub mod context;
pub mod custody;
pub mod dossier;
mod error;
pub mod export;
pub mod files;
pub mod graph;
pub mod held;
pub mod json;
pub mod limits;
pub mod package;
pub mod proposals;
pub mod union;
pub mod vocabulary;
pub mod when;

pub use error::{EvidenceError, Feature, JsonFault, Many, Shape};
pub use package::Package;
