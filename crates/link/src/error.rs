//! Faults of a session, sorted by who is to blame: malformed bytes, a peer that deviates, no common version, our own bug.
//!
//! Storage faults belong to the driver, which never hands them to the session. Errors are comparable so that tests assert
//! exact values, and carry sizes and codes only: never contents.

use crate::frame::FrameType;

/// Why a session ended by fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The bytes are no frame of the negotiated version.
    #[error("malformed: {0}")]
    Malformed(Malformed),
    /// The two nodes share no wire version.
    #[error("no common wire version: ours {ours:?}, theirs {theirs:?}")]
    NoCommonVersion {
        /// Versions this node speaks, highest first.
        ours: Vec<u16>,
        /// Versions the partner's hello lists, as sent.
        theirs: Vec<u16>,
    },
    /// Our driver broke the contract of the session.
    #[error("our bug: {0}")]
    OurBug(Bug),
    /// Well-formed frames that the protocol forbids.
    #[error("the peer deviates: {0}")]
    PeerDeviates(Deviation),
}

/// What is wrong with a frame's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A frame of length zero: not even a type byte.
    #[error("empty frame")]
    EmptyFrame,
    /// A field is missing, has the wrong type or breaks its limit.
    #[error("{frame} frame, field {key}: {fault}")]
    Field {
        /// The frame.
        frame: FrameType,
        /// The map key of the field (in an item of a batch: the key inside the item); 0 for the outer map itself.
        key: u64,
        /// What is wrong.
        fault: Fault,
    },
    /// The stated length is above the limit.
    #[error("frame of {stated} bytes is above the limit")]
    FrameTooLong {
        /// Length stated by the peer, in bytes.
        stated: u32,
    },
    /// The payload is not deterministic CBOR (RFC 8949 section 4.2.1) within the limits.
    #[error("{0} frame is not deterministic CBOR")]
    NotDeterministic(FrameType),
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Text that is no UTF-8, or a line with control characters.
    #[error("bad text")]
    BadText,
    /// A required field is absent.
    #[error("missing")]
    Missing,
    /// A number outside its range, or bytes of the wrong fixed length.
    #[error("out of range")]
    OutOfRange,
    /// Longer than its limit.
    #[error("too long")]
    TooLong,
    /// Another CBOR type than the format says.
    #[error("wrong type")]
    WrongType,
}

/// How a peer left the protocol. The numbers in [`Deviation::detail`] are on the wire and never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Deviation {
    /// A checkpoint that does not verify under the pinned key and the register's origin.
    #[error("checkpoint does not verify")]
    BadCheckpoint,
    /// A cosignature that does not verify over our checkpoint.
    #[error("cosignature does not verify")]
    BadCosignature,
    /// The peer did not prove, on this connection, the newest signing key that is known of it (wire version 3).
    #[error("newest signing key not proved")]
    BadPresence,
    /// The claim of what it holds of our register does not agree with itself.
    #[error("claim of what it holds contradicts itself")]
    BadHeldClaim,
    /// Leaves of our own register that we did not ask for, did not sign, or of which more came than the partner showed.
    #[error("recovered leaves are not ours")]
    BadRecovery,
    /// Any frame but hello, busy or error before hello.
    #[error("frame before hello")]
    BeforeHello,
    /// Attachment chunks out of order, of a wrong size, or past the end that was asked for.
    #[error("attachment chunk out of order")]
    ChunkOutOfOrder,
    /// A checkpoint, beyond what is held, by a key that was declared compromised.
    #[error("checkpoint by a key that was declared compromised")]
    CompromisedKey,
    /// A wire version without proof of the newest signing key, from a peer whose card says that it can prove it.
    #[error("speaks an older version than its card, without proof of its newest signing key")]
    Downgrade,
    /// A cosignature of a size that we have not sent, or that is no batch boundary.
    #[error("cosigned what was not sent")]
    CosignedUnsent,
    /// A blob request for an attachment that is already being sent.
    #[error("attachment asked for twice at once")]
    DuplicateBlobRequest,
    /// A frame that has no place while a register is recovered, or a recovery that is not due.
    #[error("frame out of place in a recovery")]
    DuringRecovery,
    /// A batch without leaves.
    #[error("empty batch")]
    EmptyBatch,
    /// A batch that begins after what we hold.
    #[error("gap in the register")]
    Gap,
    /// A resent batch that neither begins nor ends where a verified one did.
    #[error("resent batch cuts a verified one")]
    MisalignedOverlap,
    /// A second hello.
    #[error("second hello")]
    SecondHello,
    /// A size stated beside a checkpoint differs from the checkpoint's.
    #[error("stated size differs from the checkpoint's")]
    SizeMismatch,
    /// More blob requests, or more chunks in one, than the limit.
    #[error("too many attachment requests")]
    TooManyBlobRequests,
    /// An attachment chunk or refusal that we did not ask for.
    #[error("attachment that was not asked for")]
    UnrequestedBlob,
    /// More batches without receipt than the window.
    #[error("more unreceipted batches than the window")]
    WindowExceeded,
    /// The hello is addressed to another node.
    #[error("hello for another node")]
    WrongAddressee,
    /// Another generation of a register than the link's.
    #[error("wrong register generation")]
    WrongGeneration,
    /// The hello comes from another node than the pinned partner.
    #[error("hello from another node")]
    WrongNode,
}

impl Deviation {
    /// The number in an error frame. Never changed, never reused.
    #[must_use]
    pub fn detail(self) -> u16 {
        match self {
            Self::BadCheckpoint => 1,
            Self::BadCosignature => 2,
            Self::BadHeldClaim => 3,
            Self::BeforeHello => 4,
            Self::ChunkOutOfOrder => 5,
            Self::CosignedUnsent => 6,
            Self::DuplicateBlobRequest => 7,
            Self::EmptyBatch => 8,
            Self::Gap => 9,
            Self::MisalignedOverlap => 10,
            Self::SecondHello => 11,
            Self::SizeMismatch => 12,
            Self::TooManyBlobRequests => 13,
            Self::UnrequestedBlob => 14,
            Self::WindowExceeded => 15,
            Self::WrongAddressee => 16,
            Self::WrongGeneration => 17,
            Self::WrongNode => 18,
            Self::BadRecovery => 19,
            Self::DuringRecovery => 20,
            Self::Downgrade => 21,
            Self::BadPresence => 22,
            Self::CompromisedKey => 23,
        }
    }
}

/// How our own driver broke the contract. A bug, to be fixed; the link closes because state can no longer be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bug {
    /// A batch or a field above its limit: senders check limits before appending (DESIGN section 5 rule 12).
    #[error("our batch is above a limit")]
    AboveLimit,
    /// Our configuration contradicts itself (a size without checkpoint, no version, an empty key history).
    #[error("session configuration contradicts itself")]
    BadConfig,
    /// Our own checkpoint does not verify under our own key, or does not end where the batch ends.
    #[error("our own checkpoint does not verify")]
    BadOwnCheckpoint,
    /// Our own cosignature does not verify over the batch it should cover.
    #[error("our own cosignature does not verify")]
    BadOwnCosignature,
    /// Our own proof of our newest key does not verify under it.
    #[error("our own presence does not verify")]
    BadOwnPresence,
    /// Connected twice.
    #[error("connected twice")]
    ConnectedTwice,
    /// The driver cannot answer for a size that it said it has.
    #[error("the store lacks what it said it has")]
    HeldUnavailable,
    /// An answer to something the session did not ask, or that does not fit the question.
    #[error("answer to nothing asked")]
    NotAsked,
    /// An input that needs an open session.
    #[error("session is not open")]
    NotOpen,
    /// Our register became shorter.
    #[error("our register shrank")]
    OwnShrank,
    /// The driver went on reading after [`crate::session::Output::PauseReading`].
    #[error("read on while paused")]
    ReadWhilePaused,
    /// An attachment asked for twice at once, or more than the limits allow.
    #[error("attachment asked for beyond the limits")]
    TooManyBlobRequests,
}

impl LinkError {
    /// Blame and detail for the error frame that tells the partner.
    #[must_use]
    pub fn code(&self) -> (Blame, u16) {
        match self {
            Self::Malformed(Malformed::EmptyFrame) => (Blame::MALFORMED, 1),
            Self::Malformed(Malformed::FrameTooLong { .. }) => (Blame::MALFORMED, 2),
            Self::Malformed(Malformed::NotDeterministic(_)) => (Blame::MALFORMED, 3),
            Self::Malformed(Malformed::Field { .. }) => (Blame::MALFORMED, 4),
            Self::NoCommonVersion { .. } => (Blame::NO_COMMON_VERSION, 0),
            Self::OurBug(_) => (Blame::SENDER, 0),
            Self::PeerDeviates(deviation) => (Blame::DEVIATES, deviation.detail()),
        }
    }
}

/// Whom an error frame blames. A struct around the integer, so that codes of newer versions survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blame(pub u16);

impl Blame {
    /// The receiver of the error frame sent malformed bytes.
    pub const MALFORMED: Self = Self(1);
    /// The receiver of the error frame left the protocol.
    pub const DEVIATES: Self = Self(2);
    /// Nobody: the two share no version.
    pub const NO_COMMON_VERSION: Self = Self(3);
    /// The sender of the error frame has a bug.
    pub const SENDER: Self = Self(4);
    /// The two histories of a register contradict each other; the sender keeps the evidence.
    pub const HISTORY: Self = Self(5);
    /// The sender's own register is behind what the receiver holds of it: it must recover first.
    pub const OWN_BEHIND: Self = Self(6);
    /// The sender's storage failed.
    pub const STORAGE: Self = Self(7);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_blame_and_carry_no_contents() {
        let error = LinkError::Malformed(Malformed::Field {
            frame: FrameType::HELLO,
            key: 2,
            fault: Fault::TooLong,
        });
        assert_eq!(
            error.to_string(),
            "malformed: hello frame, field 2: too long"
        );
        assert_eq!(error.code(), (Blame::MALFORMED, 4));
        let error = LinkError::PeerDeviates(Deviation::WrongNode);
        assert_eq!(
            error.to_string(),
            "the peer deviates: hello from another node"
        );
        assert_eq!(error.code(), (Blame::DEVIATES, 18));
    }
}
