//! Access records: hash-chained lanes, the journal that binds their heads, and its daily witness.
//!
//! Each process appends to a lane of its own; lane heads go into the node's journal; a salted hash of
//! the journal's head goes daily into every outgoing register, so that the partner witnesses it and
//! learns nothing (DESIGN section 5, rule 13). In scope: the three hashes and checking a chain.
//! Not in scope: what a record says, sealing it, when heads are taken.

use std::collections::BTreeMap;

use crate::blame::Blame;
use crate::commit::{SALT, commit};
use crate::digest::{Digest, tagged};

/// Domain of [`next`].
pub const LANE_DOMAIN: &str = "entente/lane/1";
/// Domain of [`journal_head`].
pub const JOURNAL_DOMAIN: &str = "entente/journal/1";
/// Domain of [`witness`].
pub const WITNESS_DOMAIN: &str = "entente/witness/1";
/// What comes before the first record of a lane and the first head of a journal.
pub const START: Digest = Digest([0; 32]);

/// Where a lane stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LaneHead {
    /// Number of records so far; the first record has sequence number 1.
    pub seq: u64,
    /// Hash after that record; [`START`] if there is none.
    pub head: Digest,
}

/// A chain of records does not lead to its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("access records do not lead to the head of their lane")]
pub struct BrokenLane;

impl BrokenLane {
    /// The records are ours.
    #[must_use]
    pub fn blame(&self) -> Blame {
        Blame::Storage
    }
}

/// The head of a lane after `record`, the `seq`-th of the lane.
#[must_use]
pub fn next(prev: &Digest, seq: u64, record: &[u8]) -> Digest {
    tagged(LANE_DOMAIN, &[&prev.0, &seq.to_be_bytes(), record])
}

/// The head of the journal after taking the heads of lanes by their names: those that moved since the head before.
#[must_use]
pub fn journal_head(prev: &Digest, lanes: &BTreeMap<String, LaneHead>) -> Digest {
    let mut heads = Vec::with_capacity(lanes.len() * 64);
    for (lane, LaneHead { seq, head }) in lanes {
        heads.extend_from_slice(&(lane.len() as u64).to_be_bytes());
        heads.extend_from_slice(lane.as_bytes());
        heads.extend_from_slice(&seq.to_be_bytes());
        heads.extend_from_slice(&head.0);
    }
    tagged(JOURNAL_DOMAIN, &[&prev.0, &heads])
}

/// What a partner gets of the journal's head: tells nothing without the salt.
#[must_use]
pub fn witness(salt: &[u8; SALT], journal_head: &Digest) -> Digest {
    commit(WITNESS_DOMAIN, salt, &journal_head.0)
}

impl LaneHead {
    /// The head of a lane without records.
    #[must_use]
    pub fn start() -> Self {
        Self {
            seq: 0,
            head: START,
        }
    }

    /// The head after one more record.
    #[must_use]
    pub fn after(&self, record: &[u8]) -> Self {
        let seq = self.seq.saturating_add(1);
        Self {
            seq,
            head: next(&self.head, seq, record),
        }
    }

    /// Checks that `records`, following this head, lead to `end`.
    ///
    /// # Errors
    /// [`BrokenLane`] if one is missing, added, moved or altered.
    pub fn verify<'a>(
        &self,
        records: impl IntoIterator<Item = &'a [u8]>,
        end: &Self,
    ) -> Result<(), BrokenLane> {
        let reached = records
            .into_iter()
            .fold(*self, |head, record| head.after(record));
        if reached == *end {
            Ok(())
        } else {
            Err(BrokenLane)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: [&[u8]; 3] = [b"read", b"search", b"export"];

    fn end() -> LaneHead {
        let start = LaneHead::start();
        RECORDS
            .iter()
            .fold(start, |head, record| head.after(record))
    }

    #[test]
    fn a_lane_verifies_only_whole_and_in_order() {
        let start = LaneHead::start();
        assert_eq!(end().seq, 3);
        assert_eq!(start.verify(RECORDS, &end()), Ok(()));
        assert_eq!(
            start
                .after(b"read")
                .verify([RECORDS[1], RECORDS[2]], &end()),
            Ok(())
        );
        for wrong in [
            vec![RECORDS[0], RECORDS[2], RECORDS[1]],
            vec![RECORDS[0], RECORDS[1]],
            vec![RECORDS[0], RECORDS[1], b"exports"],
            vec![RECORDS[0], RECORDS[0], RECORDS[1], RECORDS[2]],
        ] {
            assert_eq!(start.verify(wrong, &end()), Err(BrokenLane));
        }
    }

    #[test]
    fn the_journal_binds_every_lane_and_its_past() {
        let named = |lanes: [(&str, LaneHead); 2]| {
            BTreeMap::from(lanes.map(|(name, head)| (name.to_owned(), head)))
        };
        let one = named([("a", end()), ("b", LaneHead::start())]);
        let head = journal_head(&START, &one);
        let swapped = named([("a", LaneHead::start()), ("b", end())]);
        assert_ne!(head, journal_head(&START, &swapped));
        assert_ne!(head, journal_head(&head, &one));
        assert_ne!(witness(&[1; SALT], &head), witness(&[2; SALT], &head));
    }
}
