//! What an application verb can fail with, sorted by who can mend it. Texts never hold contents, names or secrets.

use crate::fault::{InputFault, LinkFault, PeopleFault, SigningFault};
use entente_core::conditions::Answer;
use entente_core::field::{FieldError, Problem};
use entente_core::instant::Span;
use entente_core::judge::Irregular;
use entente_core::kind::{ComposeError, EntryType};
use entente_core::kinds::declaration::text::ImportError;
use entente_store::StoreError;
use thiserror::Error;

/// Failure of an application verb.
#[derive(Debug, Error)]
pub enum AppError {
    /// Fields that the person must mend.
    #[error("{} field(s) to mend", .0.len())]
    Fields(Vec<FieldError>),
    /// The form does not fit where it was sent.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The entry would have no effect: refused before it is written.
    #[error("this is not possible: {}", .0.label().en)]
    Irregular(Irregular),
    /// Something came in between: the page was drawn from an older state.
    #[error("something new arrived meanwhile: look at it and try again")]
    Stale,
    /// Does not exist, or may not be seen: the same answer.
    #[error("not found")]
    NotFound,
    /// The node was restored from a backup, and partners were not heard yet.
    #[error(
        "this node was restored from a backup and waits for its partners: nothing is shown or written before"
    )]
    Closed,
    /// The key store does not have the secret of the key that this node signs with: it is older than the rest.
    #[error(
        "the secret of this node's signing key is not in its key store, which is older than the key: put the newest copy of the backup's keys folder in its place; nothing is signed before"
    )]
    KeyMissing,
    /// A partner sends again another register than the one that we once confirmed to hold.
    #[error("the partner shows another register than the one that was receipted")]
    OtherHistory,
    /// Signed out, or the password does not fit.
    #[error("sign in")]
    SignIn,
    /// Too many wrong passwords or codes: how long to wait.
    #[error("too many wrong passwords or codes: wait {} seconds", .0.0.div_euclid(1_000) + 1)]
    Wait(Span),
    /// Open to this officer once they say why: what they look for lies outside the dossiers that they work in.
    #[error("a reason is needed for {}: give one with the request", .0.wanted.label().en)]
    ReasonNeeded(crate::reasons::ReasonWanted),
    /// Not with this role.
    #[error("this is not open to your role")]
    Forbidden,
    /// Not under the conditions of the originator, or not yet.
    #[error("{}", .0.label().en)]
    Condition(Answer),
    /// A declaration or a register that cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// What was given is not taken, with the reason.
    #[error(transparent)]
    Input(#[from] InputFault),
    /// Too large: limit in bytes.
    #[error("larger than the {0} bytes allowed")]
    TooLarge(u64),
    /// The link is stopped or taken, or has no charter.
    #[error(transparent)]
    Link(#[from] LinkFault),
    /// It leaves only with a signature that it does not have.
    #[error(transparent)]
    Signing(#[from] SigningFault),
    /// A register cannot begin again.
    #[error(transparent)]
    Restart(#[from] crate::restart::RestartFault),
    /// A courier bundle cannot be packed or unpacked.
    #[error(transparent)]
    Courier(#[from] crate::courier::CourierFault),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Our own bug.
    #[error("internal error: {0}")]
    Bug(&'static str),
}

impl From<PeopleFault> for AppError {
    fn from(fault: PeopleFault) -> Self {
        Self::Input(fault.into())
    }
}

/// Result of an application verb.
pub type Result<T> = std::result::Result<T, AppError>;

impl AppError {
    /// One field of a form is wrong.
    pub(crate) fn field(entry_type: &EntryType, name: &str, problem: Problem) -> Self {
        let error = entry_type.wrong(name, problem);
        error.map_or(Self::Bug("field of a form"), |error| {
            Self::Fields(vec![error])
        })
    }
}
