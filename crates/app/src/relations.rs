//! How entries stand to each other besides the relations of points: every number that is kept for it, in one list, so that no two share one.
//!
//! They are beside those of [`entente_core::codes::Relation`], which travel; these never leave our node.

/// A relation of entries that is no relation of points.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum Tie {
    /// A release to its original.
    Releases = 100,
    /// The opening of a dossier to that of one which it continues.
    Continues = 101,
    /// What tightens to what it is about.
    Tightens = 102,
    /// What permits to what it is about.
    Permits = 103,
    /// What asks for permission to what it is about.
    Wants = 104,
    /// What confirms to what it is about.
    Confirms = 105,
    /// A change of purpose between an entry and the opening of the dossier that uses it.
    Purposed = 106,
    /// What is put on the agenda to all that is on it.
    Forwarded = 107,
    /// What says something of keeping to the opening of its dossier.
    Keeps = 108,
    /// A signature to what it signs.
    Signs = 109,
    /// What follows of itself from an act to that act.
    Follows = 110,
    /// The opening of what was sent to the decision that it cites.
    Ordered = 111,
    /// An entry about the courts to one that it names.
    SaysOf = 120,
    /// The opening or a result of a programme to the commitment that it answers.
    Answers = 130,
    /// What a claim names as evidence: between the commitment and the entry that shows it was kept.
    Proves = 131,
    /// A clause to the one whose place it takes; to itself where it takes none.
    TakesPlace = 132,
}

impl Tie {
    /// The number under which it is kept.
    pub(crate) const fn number(self) -> u8 {
        self as u8
    }
}
