//! What one recipient says to another of a third's entries (rule 16): the digest of a dossier of three states or more, by lanes.
//!
//! A lane is a chain: whoever holds the same newest entry of a lane holds the same lane. So two recipients that name the newest that
//! they hold see, without showing any content, whether its author told both the same. It travels as a leaf of the register, under the
//! signature of whoever says it; a version without it keeps the leaf and thinks nothing of it.

use crate::header::MAX_AUDIENCE;
use crate::ids::{DossierId, EntryId, NodeName};
use minicbor::{Decode, Encode};

/// First byte of such a leaf.
const LEAF_TYPE: u8 = 6;
/// Most bytes of such a leaf, checked before decoding.
const MAX_TOLD: usize = 1_024;

/// "The newest that I hold of this author in this dossier, for these readers, is this entry of this number."
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Told {
    /// The dossier.
    #[n(0)]
    pub dossier: DossierId,
    /// Whose entries.
    #[n(1)]
    pub author: NodeName,
    /// Its readers, ascending.
    #[n(2)]
    pub audience: Vec<NodeName>,
    /// The number of the entry in its lane.
    #[n(3)]
    pub seq: u64,
    /// The entry.
    #[n(4)]
    pub entry: EntryId,
}

impl Told {
    /// The leaf that says it.
    #[must_use]
    pub fn to_leaf(&self) -> Vec<u8> {
        let mut leaf = vec![LEAF_TYPE];
        leaf.extend(minicbor::to_vec(self).unwrap_or_default());
        leaf
    }

    /// Reads a leaf; none if it says something else, or not in this form.
    #[must_use]
    pub fn of_leaf(leaf: &[u8]) -> Option<Self> {
        let (kind, bytes) = leaf.split_first()?;
        if *kind != LEAF_TYPE || leaf.len() > MAX_TOLD {
            return None;
        }
        let told: Self = minicbor::decode(bytes).ok()?;
        let fits = told.audience.len() <= MAX_AUDIENCE
            && told.audience.is_sorted_by(|a, b| a < b)
            && told.audience.contains(&told.author)
            && told.to_leaf() == leaf;
        fits.then_some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        let node = |name: &str| name.parse().unwrap();
        Told {
            dossier: DossierId([7; 32]),
            author: node("ma"),
            audience: vec![node("es"), node("fr"), node("ma")],
            seq: 3,
            entry: EntryId([9; 32]),
        }
    }

    #[test]
    fn a_leaf_reads_back_and_nothing_else_does() {
        let leaf = told().to_leaf();
        assert!(leaf.len() < 200, "{} bytes", leaf.len());
        assert_eq!(Told::of_leaf(&leaf), Some(told()));
        let mut other = leaf.clone();
        other[0] = 5;
        assert_eq!(Told::of_leaf(&other), None, "another type of leaf");
        let longer = [&leaf[..], &[0]].concat();
        assert_eq!(Told::of_leaf(&longer), None, "bytes behind");
        assert_eq!(Told::of_leaf(&leaf[..leaf.len() - 1]), None);
        assert_eq!(Told::of_leaf(&[]), None);
        let stranger = Told {
            author: "pt".parse().unwrap(),
            ..told()
        };
        assert_eq!(
            Told::of_leaf(&stranger.to_leaf()),
            None,
            "no reader of its own"
        );
    }
}
