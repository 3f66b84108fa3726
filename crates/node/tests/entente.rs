//! The program as it is run: real processes, real TLS, real PostgreSQL, one module each. What they share stands in folders.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

mod bucket;
mod bundles;
mod cli;
mod clients;
mod compromise;
mod config_samples;
mod courier;
mod cut;
mod drawing;
mod flow;
mod four;
mod glewlwyd;
mod inquiry;
mod keysafe;
mod mail;
mod memory;
#[path = "move.rs"]
mod moved;
#[path = "browser/owned.rs"]
mod owned;
mod pinned;
mod policy;
mod post;
mod processes;
mod program;
mod provider;
mod replicas;
mod restart;
mod safe;
mod secrets;
mod served;
mod smtp;
mod states;
mod thief;
mod tls;
mod tls_change;
mod uploads;
