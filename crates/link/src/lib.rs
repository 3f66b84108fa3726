//! The session between two nodes, sans-I/O: bytes and time in, bytes and effects out.
//!
//! In scope: frames and their limits, version negotiation, resuming, pipelined batches of a register with verification
//! against signed checkpoints, cosignatures, attachments, ledger digests, timeouts, evidence of contradicting histories,
//! which of two connections survives, and the same frames in a courier's file (`courier`). Out of scope: sockets and TLS (`node`), signing, storing, reading the store and
//! judging entries (`app`), what entries mean (`core`).
//!
//! This crate has no sockets, files, clock, keys or randomness. Everything that a partner sends is checked against a named
//! limit before it is decoded (`limits`); every fault is sorted by blame (`error`).
//! `docs/wire/session.md` and `docs/wire/courier.md` are the formats, frozen transcripts of it are in `tests/transcripts/`.
#![deny(missing_docs)]
#![deny(clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

pub mod courier;
pub mod error;
pub mod evidence;
pub mod frame;
pub mod limits;
pub mod session;
pub mod survivor;
mod wire;

pub use error::{Blame, Bug, Deviation, Fault, LinkError, Malformed};
pub use evidence::{Evidence, EvidenceError, TamperCause};
pub use frame::{Body, Flags, Item};
pub use session::{
    AgainBatch, Config, Counters, HeldRegister, InBatch, Input, KeyHistory, OutBatch, Output,
    OwnRegister, PRESENCE, Reason, Role, Session,
};
pub use survivor::{Contender, Verdict, survivor};

/// Wire versions that this crate speaks, highest first.
pub const WIRE_VERSIONS: &[u16] = &[3, 2, 1];
