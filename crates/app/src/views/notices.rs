//! What an officer is told by mail, for the page of their account.

use crate::MailFailure;
use entente_core::codes::Class;
use entente_core::instant::Instant;
use entente_core::notice::{Digest, Wishes};

/// What an officer is told by mail.
#[derive(Clone, Debug)]
pub struct NoticesView {
    /// Highest class that mail may carry; none if this node sends no mail.
    pub mail: Option<Class>,
    /// Where to, confirmed.
    pub address: Option<String>,
    /// Whether the operator lets mail end elsewhere alone: none goes to that address.
    pub elsewhere: bool,
    /// An address whose code is awaited, and until when.
    pub waiting: Option<(String, Instant)>,
    /// When they wish to be told.
    pub wishes: Wishes,
    /// Time zones to choose from.
    pub zones: Vec<String>,
    /// Whether this node knows the working days of its state.
    pub rests: bool,
    /// When they are told next, if nothing becomes late before.
    pub next: Option<Instant>,
    /// When they were told last.
    pub told: Option<Instant>,
    /// When the last mail was not sent, and why; none once one was.
    pub failed: Option<(Instant, MailFailure)>,
    /// What the next mail would say, if it were sent now.
    pub digest: Digest,
}

/// The calendar address of an officer, for the page of their account.
#[derive(Clone, Debug)]
pub struct FeedView {
    /// Highest class that a calendar may carry; none if this node gives out none.
    pub class: Option<Class>,
    /// When the address that stands was made.
    pub made: Option<Instant>,
    /// When it ends by itself.
    pub ends: Option<Instant>,
    /// When it was last fetched, to some minutes, and by which program.
    pub fetched: Option<(Instant, String)>,
    /// The programs that it was given to of late, by the names that they give themselves, and when each was on record last.
    pub programs: Vec<(Instant, String)>,
}

/// The calendar at an officer's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFile {
    /// The file.
    pub text: String,
    /// What changes when it does.
    pub tag: String,
}
