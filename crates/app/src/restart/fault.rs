//! Why a register cannot begin again: a closed list, said in the reader's language by pages and the command line.

/// What stands against a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestartFault {
    /// Not the file of a proposal or of an answer, or cut short.
    #[error("this is no whole proposal or answer for a register to begin again")]
    Damaged,
    /// A signature in it fails, or it agrees on what was not offered.
    #[error("what is signed in this file does not hold")]
    Broken,
    /// It names other nodes than this one and one of its partners.
    #[error("this file is not between this node and one of its partners")]
    OtherNodes,
    /// The generation that it closes is not the present one.
    #[error(
        "the register is not in the generation that this file closes: it was restarted already, or was not yet"
    )]
    Generation,
    /// A key in it that we cannot know to be the partner's.
    #[error(
        "this file is signed by a key that is not known as the partner's: take its newest card first"
    )]
    UnknownKey,
    /// The proposal in an answer was never made with a key of ours.
    #[error("the proposal in this file was not signed by this node")]
    NotOurs,
    /// We hold less of the partner's register than was agreed, from a backup of before the link stopped: the file must bring the rest.
    #[error(
        "this node holds {held} leaves of that register, fewer than were agreed then: the partner's file must bring those from {held} on"
    )]
    HeldLess {
        /// So many are here.
        held: u64,
    },
    /// The proposal that waits names another key than the newest of ours.
    #[error("the signing key changed since this was proposed: propose again")]
    KeyChanged,
    /// Our register and what was agreed, or what was sent back, contradict each other.
    #[error("what was agreed does not fit this node's register")]
    Differs,
    /// We have less of the register than was agreed, and the file does not bring the rest.
    #[error("the file does not bring the leaves that this node lost")]
    LeavesMissing,
    /// The partner's card names no sealing key within its term.
    #[error("the proposal brings no key to seal to that is within its term: propose again")]
    NoSealingKey,
    /// What was sealed to us cannot be opened.
    #[error(
        "what this file brings is sealed to a key that this node does not have any more: propose again, or show the partner the card of now and ask for the file again"
    )]
    Unopened,
    /// After a loss or a compromise the register must begin with another key.
    #[error("the register would begin with the key of before: make another one first")]
    SameKey,
    /// Our newest key does not follow from the one that the register was written with.
    #[error(
        "this node has a key that does not follow from the register's: propose that it begins again"
    )]
    NewKey,
    /// Nothing was proposed to this partner.
    #[error("nothing is proposed to this partner")]
    NotProposed,
    /// Something is proposed already: the link waits for the answer.
    #[error(
        "it was proposed that this register begins again: the link waits for the partner's answer"
    )]
    Proposed,
    /// A generation more than a register can have.
    #[error("this register began again too often")]
    TooOften,
    /// An answer to another proposal than our newest: its partner may have forgotten it and signed another since.
    #[error(
        "this is no answer to the newest proposal of this node: propose again, and take the answer that the partner gives to that; what it agreed to once stands"
    )]
    OtherProposal,
}

impl RestartFault {
    /// All of them, for tests.
    pub const ALL: [Self; 18] = [
        Self::Damaged,
        Self::Broken,
        Self::OtherNodes,
        Self::Generation,
        Self::UnknownKey,
        Self::NotOurs,
        Self::HeldLess { held: 0 },
        Self::KeyChanged,
        Self::Differs,
        Self::LeavesMissing,
        Self::NoSealingKey,
        Self::Unopened,
        Self::SameKey,
        Self::NewKey,
        Self::NotProposed,
        Self::Proposed,
        Self::TooOften,
        Self::OtherProposal,
    ];

    /// A stable name for programs; with `restart-fault-` before it, that of its message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Broken => "broken",
            Self::OtherNodes => "other-nodes",
            Self::Generation => "generation",
            Self::UnknownKey => "unknown-key",
            Self::NotOurs => "not-ours",
            Self::HeldLess { .. } => "held-less",
            Self::KeyChanged => "key-changed",
            Self::Differs => "differs",
            Self::LeavesMissing => "leaves-missing",
            Self::NoSealingKey => "no-sealing-key",
            Self::Unopened => "unopened",
            Self::SameKey => "same-key",
            Self::NewKey => "new-key",
            Self::NotProposed => "not-proposed",
            Self::Proposed => "proposed",
            Self::TooOften => "too-often",
            Self::OtherProposal => "other-proposal",
        }
    }
}
