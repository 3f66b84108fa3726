//! Which key signs a register's checkpoints at which size (DESIGN section 5 rule 15).

use crate::error::Bug;
use crate::frame::Item;
use entente_proof::leaf::Leaf;
use entente_proof::sign::VerifyingKey;

/// The signing keys of one node over the life of one register: the first key, and each change at its leaf index.
///
/// A checkpoint whose size covers a key change leaf is signed by the new key, an earlier one by the old key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHistory {
    first: VerifyingKey,
    changes: Vec<(u64, VerifyingKey)>,
}

impl KeyHistory {
    /// A history of one key.
    #[must_use]
    pub fn new(first: VerifyingKey) -> Self {
        Self {
            first,
            changes: Vec::new(),
        }
    }

    /// Adds the key that took over with the leaf at `index`.
    ///
    /// # Errors
    /// [`Bug::BadConfig`] unless indexes ascend.
    pub fn changed_at(mut self, index: u64, key: VerifyingKey) -> Result<Self, Bug> {
        if self.changes.last().is_some_and(|(last, _)| *last >= index) {
            return Err(Bug::BadConfig);
        }
        self.changes.push((index, key));
        Ok(self)
    }

    /// The key that signs a checkpoint of this size.
    #[must_use]
    pub fn at(&self, size: u64) -> &VerifyingKey {
        let change = self.changes.iter().rev().find(|(index, _)| *index < size);
        change.map_or(&self.first, |(_, key)| key)
    }

    /// The newest key.
    #[must_use]
    pub fn newest(&self) -> &VerifyingKey {
        self.changes.last().map_or(&self.first, |(_, key)| key)
    }

    /// Every key, newest first.
    pub fn all(&self) -> impl Iterator<Item = &VerifyingKey> {
        let changed = self.changes.iter().rev().map(|(_, key)| key);
        changed.chain(std::iter::once(&self.first))
    }

    /// This history with the key changes among `items`, if any: those of `node` whose two signatures hold and which
    /// replace the newest key. Any other key change leaf is kept in the register and changes no key.
    pub(crate) fn extended(&self, node: &str, from: u64, items: &[Item]) -> Option<Self> {
        let mut extended: Option<Self> = None;
        for (index, item) in (from..).zip(items) {
            let Ok(Leaf::KeyChange(change)) = Leaf::decode(&item.leaf) else {
                continue;
            };
            let history = extended.as_ref().unwrap_or(self);
            let follows = change.node == node && change.old_key == *history.newest();
            if !follows || change.verify().is_err() {
                continue;
            }
            if let Ok(longer) = history.clone().changed_at(index, change.new_key) {
                extended = Some(longer);
            }
        }
        extended
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Body;
    use entente_proof::leaf::KeyChange;
    use entente_proof::sign::SigningKey;

    fn change(node: &str, old: u8, new: u8) -> Item {
        let (old, new) = (
            SigningKey::from_seed([old; 32]),
            SigningKey::from_seed([new; 32]),
        );
        Item {
            leaf: Leaf::KeyChange(KeyChange::sign(node, &old, &new, 5).unwrap()).encode(),
            header: None,
            body: Body::Absent,
        }
    }

    #[test]
    fn a_change_counts_from_its_leaf_on_and_only_if_it_follows() {
        let key = |seed| SigningKey::from_seed([seed; 32]).verifying_key();
        let history = KeyHistory::new(key(1));
        let items = [
            change("fr", 1, 9),
            change("ma", 1, 2),
            change("ma", 1, 3),
            change("ma", 2, 4),
        ];
        let longer = history.extended("ma", 10, &items).unwrap();
        assert_eq!(longer.at(11), &key(1));
        assert_eq!(longer.at(12), &key(2));
        assert_eq!(longer.at(13), &key(2));
        assert_eq!(longer.at(14), &key(4));
        assert_eq!(longer.newest(), &key(4));
        assert_eq!(longer.all().count(), 3);
        assert_eq!(history.extended("ma", 10, &items[..1]), None);
        assert_eq!(longer.changed_at(13, key(5)), Err(Bug::BadConfig));
    }
}
