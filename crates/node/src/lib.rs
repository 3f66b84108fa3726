//! The program around the library crates: configuration, sockets, TLS, periodic work, the command line, the demonstration.
//!
//! | to find | look in |
//! |---|---|
//! | settings and where files lie | `config` |
//! | where sealed files are | `files` |
//! | the node's secrets, in clear or wrapped; the memory that holds them | `keys`; `memory` |
//! | time and randomness | `clock` |
//! | who may connect, and how | `tls`, `links` |
//! | pages and API over HTTP | `http` (the pages themselves: `entente_web`) |
//! | pages of a PDF, read in a process that may be lost | `drawing`, `cli/render.rs` |
//! | what runs by itself | `jobs`, `metrics`, `log` |
//! | the OpenID provider, how it is reached | `provider` |
//! | a command | `cli/<command>.rs` |
//! | the fictional demonstration | `demo/` |

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod drawing;
pub mod files;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod links;
pub mod log;
pub mod mail;
pub mod memory;
pub mod metrics;
pub mod node;
pub mod policies;
pub mod provider;
pub mod serve;
pub mod tls;
