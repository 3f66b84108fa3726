//! Proof: deterministic bytes, signatures, sealing, Merkle registers and what is said about them.
#![deny(missing_docs)]
#![deny(clippy::indexing_slicing, clippy::string_slice)]

pub mod blame;
pub mod card;
pub mod cbor;
pub mod checkpoint;
pub mod cosign;
pub mod digest;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod sign;
