//! Proof: deterministic bytes, signatures, sealing, Merkle registers and what is said about them.
//!
//! Pure: bytes in, bytes or a verdict out. No files, sockets, clock or randomness; keys, salts, nonces
//! and times are parameters. Nothing here knows the domain: a header is bytes (only `bundle` reads two of
//! its fields), a body is bytes. Hostile bytes give an error with a [`blame::Blame`], never a panic;
//! sizes are limited before decoding by the `MAX_*` constants of each module. Byte formats:
//! `docs/wire/proof.md`.
//!
//! | Module | In scope |
//! |---|---|
//! | [`digest`] | SHA-256, domain-separated hashing, entry ids |
//! | [`cbor`] | core deterministic CBOR, checked (RFC 8949 section 4.2.1) |
//! | [`sign`] | Ed25519 with one acceptance rule for every node (RFC 8032) |
//! | [`commit`] | salted commitments to bodies and attachments |
//! | [`seal`] | sealing at rest (AES-256-GCM), key wrapping, files in chunks |
//! | [`merkle`] | register trees, frontier, inclusion and consistency (RFC 6962, RFC 9162) |
//! | [`note`] | signed notes and verifier keys (C2SP signed-note) |
//! | [`checkpoint`] | signed size and root of a register (C2SP tlog-checkpoint) |
//! | [`cosign`] | the partner's dated cosignature (C2SP tlog-cosignature) |
//! | [`leaf`] | what a register holds; unknown kept |
//! | [`card`] | a node's self-signed description and its fingerprint |
//! | [`presence`] | proof of the newest signing key on one connection; chains of key changes |
//! | [`extract`] | access records taken out, under the node's signature |
//! | [`tls_change`] | another key of the TLS end in the place of the one before |
//! | [`lane`] | hash chains of access records, journal head, witness |
//! | [`bundle`] | offline proof of one entry |
//! | [`beginning`] | what both nodes sign before a register begins a new generation |
//! | [`weight`] | an officer's own signature by passkey beside an act of weight |
//! | [`compromise`] | the declaration that a signing key is known to others |
//! | [`sealing`] | sealing to a partner's key (HPKE, RFC 9180, with X-Wing) |
//! | [`armour`] | text form of cards and bundles |
//! | [`totp`] | one-time codes of an authenticator app (RFC 6238) |
//! | [`blame`] | who is at fault for an error |
//!
//! Not in scope here: private set intersection.

#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::string_slice, clippy::panic)
)]

pub mod armour;
pub mod beginning;
pub mod blame;
pub mod bundle;
pub mod card;
pub mod cbor;
pub mod checkpoint;
pub mod commit;
pub mod compromise;
pub mod cosign;
pub mod digest;
pub mod extract;
pub mod intersect;
pub mod lane;
pub mod leaf;
pub mod manifest;
pub mod merkle;
pub mod note;
pub mod presence;
pub mod seal;
pub mod sealed;
pub mod sealing;
pub mod sign;
pub mod tls_change;
pub mod totp;
pub mod weight;
