//! Test worlds: nodes, linked pairs, faulty stores, a hostile partner, and the simulation that proves the invariants.
//!
//! Everything runs in one thread on a mock clock with seeded randomness: the same seed gives the same run, byte for byte.
//! Only for tests; nothing here is part of a node.

pub mod authenticator;
pub mod backup;
pub mod blobs;
pub mod courier;
pub mod desk;
pub mod fault;
pub mod liar;
pub mod many;
pub mod never;
pub mod node;
pub mod pair;
pub mod passkey;
pub mod provider;
pub mod sim;
pub mod wire;
