//! Who is at fault for an error: every error type of this crate answers `blame()`.

/// The party that has to mend an error (DESIGN section 5, "Errors by blame").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blame {
    /// The bytes do not follow the format: whoever wrote them.
    Malformed,
    /// Well-formed bytes that contradict what was signed or promised: the partner.
    PeerDeviates,
    /// Both sides are right, but share no version.
    NoCommonVersion,
    /// Our own code or caller.
    OurBug,
    /// Our own store did not give what it should hold.
    Storage,
}
