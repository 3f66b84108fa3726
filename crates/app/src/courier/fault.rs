//! Why a bundle cannot be packed or unpacked, and who can mend it. Texts never hold contents.

use crate::error::AppError;
use entente_core::ids::NodeName;
use entente_link::courier::CourierError;
use entente_link::{Deviation, LinkError, Reason};

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something happened to the file on its way.
    Carrier,
    /// The sender's program, or somebody in its name.
    Sender,
    /// This node, its disk or its program.
    Ours,
    /// Nobody: people agree on what to do next.
    Nobody,
}

/// Why a bundle cannot be packed or unpacked. Nothing of a refused bundle was applied, but for [`CourierFault::Interrupted`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourierFault {
    /// The file itself.
    #[error(transparent)]
    File(#[from] CourierError),
    /// For another node.
    #[error("this bundle is for the node {0}: carry it there")]
    ForAnother(String),
    /// Packed here.
    #[error("this bundle was packed by this node: carry it to the partner")]
    Own,
    /// Brought as another partner's than its own.
    #[error("this bundle comes from the node {0}: unpack it as that partner's")]
    FromAnother(NodeName),
    /// Found good and then not read to its end: whole batches of it are applied, and unpacking the same file again goes on after them.
    #[error("{0}; a part of this bundle is applied: unpack the same file again")]
    Interrupted(Box<CourierFault>),
    /// From a node that was never pinned here.
    #[error(
        "this bundle names a sender that is no partner of this node: pin its card first, or do not trust whoever brought it"
    )]
    Stranger,
    /// Its key was destroyed at its term.
    #[error(
        "this bundle was too long under way: the key that it was sealed to has been destroyed; ask for a new one, sealed to the key of our present card"
    )]
    KeyDestroyed,
    /// Its key was never ours, or did not come back with a restored backup.
    #[error(
        "this bundle is sealed to a key that this node does not have: send the partner our present card and ask for a new bundle"
    )]
    KeyUnknown,
    /// It begins after what we hold.
    #[error(
        "a bundle before this one has not arrived: it begins at {begins} and we hold {held}; unpack the earlier one, or send one back, so that the next begins where we are"
    )]
    Gap {
        /// Where its batches begin, in leaves.
        begins: u64,
        /// What we hold, in leaves.
        held: u64,
    },
    /// Well-formed frames that the protocol forbids.
    #[error("the partner's node left the protocol: {0}")]
    Deviates(Deviation),
    /// An entry is named and its header left out, which no receipt could cover.
    #[error("the sender's program named an entry without sending its header")]
    MissingHeader,
    /// The two share no version.
    #[error("this node and the sender share no version: one of them must be updated")]
    NoCommonVersion,
    /// Signed histories contradict each other; the evidence is kept.
    #[error(
        "the partner's histories contradict each other: the evidence was kept, nothing was applied; speak with its coordinator"
    )]
    Contradiction,
    /// The partner proves that it holds more of ours than we have.
    #[error(
        "the partner holds more of our register than we do: this node must be recovered before it signs anything"
    )]
    OwnBehind,
    /// The partner used up its quota of the day.
    #[error(
        "the partner's quota of the day is used up: nothing is lost, unpack the same bundle tomorrow"
    )]
    OverQuota,
    /// The partner's card has no sealing key.
    #[error(
        "the card of {0} has no key to seal to: ask its people for its present card and pin it (the fingerprint stays the same)"
    )]
    NoKey(NodeName),
    /// The partner's sealing key is past its term.
    #[error(
        "the sealing key of {0} that we know is past its term: ask its people for its present card and pin it (the fingerprint stays the same)"
    )]
    KeyPast(NodeName),
    /// The file cannot be read or written.
    #[error("the file cannot be read or written: {0}")]
    Disk(std::io::ErrorKind),
    /// Our own bug.
    #[error("internal error: {0}")]
    OurBug(&'static str),
}

impl CourierFault {
    /// Who can mend it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::File(error) => file_fault(*error),
            Self::ForAnother(_) | Self::Own => Fault::Carrier,
            Self::Stranger | Self::Deviates(_) | Self::MissingHeader | Self::Contradiction => {
                Fault::Sender
            }
            Self::OwnBehind | Self::Disk(_) | Self::OurBug(_) => Fault::Ours,
            Self::Interrupted(why) => why.fault(),
            Self::FromAnother(_)
            | Self::KeyDestroyed
            | Self::KeyUnknown
            | Self::Gap { .. }
            | Self::NoCommonVersion
            | Self::OverQuota
            | Self::NoKey(_)
            | Self::KeyPast(_) => Fault::Nobody,
        }
    }

    /// A stable name for programs and message files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::File(error) => file_name(*error),
            Self::ForAnother(_) => "for-another",
            Self::Own => "own",
            Self::FromAnother(_) => "from-another",
            Self::Interrupted(_) => "interrupted",
            Self::Stranger => "stranger",
            Self::KeyDestroyed => "key-destroyed",
            Self::KeyUnknown => "key-unknown",
            Self::Gap { .. } => "gap",
            Self::Deviates(_) => "deviates",
            Self::MissingHeader => "missing-header",
            Self::NoCommonVersion => "version",
            Self::Contradiction => "contradiction",
            Self::OwnBehind => "own-behind",
            Self::OverQuota => "over-quota",
            Self::NoKey(_) => "no-key",
            Self::KeyPast(_) => "key-past",
            Self::Disk(_) => "disk",
            Self::OurBug(_) => "our-bug",
        }
    }

    /// What happened while a bundle was being applied.
    pub(super) fn interrupted(error: AppError) -> AppError {
        match error {
            AppError::Courier(why) => Self::Interrupted(Box::new(why)).into(),
            other => other,
        }
    }

    /// Why the session over the bundle's frames ended.
    pub(super) fn of_reason(reason: &Reason) -> Self {
        match reason {
            Reason::Alarmed => Self::Contradiction,
            Reason::OwnRegisterBehind => Self::OwnBehind,
            Reason::Error(LinkError::Malformed(malformed)) => {
                Self::File(CourierError::Malformed(*malformed))
            }
            Reason::Error(LinkError::NoCommonVersion { .. }) => Self::NoCommonVersion,
            Reason::Error(LinkError::PeerDeviates(Deviation::CompromisedKey)) => {
                Self::File(CourierError::FormerKey)
            }
            Reason::Error(LinkError::PeerDeviates(deviation)) => Self::Deviates(*deviation),
            // Frames that close a connection have no place in a file.
            Reason::Busy | Reason::PeerReported { .. } => Self::File(CourierError::Order),
            Reason::Error(LinkError::OurBug(_))
            | Reason::Disconnected
            | Reason::HelloTimeout
            | Reason::Requested
            | Reason::Silence
            | Reason::Recovered
            | Reason::StorageFailed => Self::OurBug("courier session"),
        }
    }
}

impl From<std::io::Error> for CourierFault {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error.kind())
    }
}

fn file_fault(error: CourierError) -> Fault {
    match error {
        CourierError::NotABundle
        | CourierError::Head
        | CourierError::CutShort
        | CourierError::Altered { .. }
        | CourierError::Trailing => Fault::Carrier,
        CourierError::NotSigned | CourierError::Malformed(_) | CourierError::Order => Fault::Sender,
        CourierError::Version | CourierError::FormerKey => Fault::Nobody,
        CourierError::OurBug => Fault::Ours,
    }
}

fn file_name(error: CourierError) -> &'static str {
    match error {
        CourierError::NotABundle => "not-a-bundle",
        CourierError::Version => "version",
        CourierError::Head => "head",
        CourierError::CutShort => "cut-short",
        CourierError::Altered { .. } => "altered",
        CourierError::Trailing => "trailing",
        CourierError::NotSigned => "not-signed",
        CourierError::FormerKey => "former-key",
        CourierError::Malformed(_) => "malformed",
        CourierError::Order => "order",
        CourierError::OurBug => "our-bug",
    }
}
