//! Which key signs a register's checkpoints at which size (DESIGN section 5 rule 15).

use crate::error::Bug;
use crate::frame::Item;
use crate::limits;
use entente_proof::leaf::Leaf;
use entente_proof::sign::VerifyingKey;

/// The signing keys of one node over the life of one register: the first key, and each change at its leaf index.
///
/// A checkpoint whose size covers a key change leaf is signed by the new key, an earlier one by the old key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHistory {
    first: VerifyingKey,
    changes: Vec<(u64, VerifyingKey)>,
    /// Keys before the first one known, oldest first: the register may begin with any of them.
    former: Vec<VerifyingKey>,
}

impl KeyHistory {
    /// A history of one key.
    #[must_use]
    pub fn new(first: VerifyingKey) -> Self {
        Self {
            first,
            changes: Vec::new(),
            former: Vec::new(),
        }
    }

    /// What a card says of a register of which nothing is held: its key, and those that it replaced, oldest first, which may have signed
    /// the beginning.
    #[must_use]
    pub fn of_chain(newest: VerifyingKey, chain: &[VerifyingKey]) -> Self {
        let former = chain.iter().take_while(|key| **key != newest);
        Self {
            former: former.copied().collect(),
            ..Self::new(newest)
        }
    }

    /// The key that the register began with, as far as known.
    #[must_use]
    pub fn first(&self) -> &VerifyingKey {
        &self.first
    }

    /// The histories that a register may have of which nothing is known yet but a card: begun with a key of before, oldest first, or as it
    /// is. Which of them is true, the first batch says: only the true one leads to the key that signed it.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = Self> {
        let begun = self.former.iter().map(|key| Self::new(*key));
        let only = Self {
            former: Vec::new(),
            ..self.clone()
        };
        begun.chain(std::iter::once(only))
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

    /// The same register as it was at this size: without the changes that came after.
    #[must_use]
    pub fn until(mut self, size: u64) -> Self {
        self.changes.retain(|(index, _)| *index < size);
        self
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

    /// This history with the key change that the leaf at `index` of the register of `node` makes, if it makes one.
    ///
    /// A change counts if both its signatures hold and it replaces the newest key. One that leads to the first key known counts too, as
    /// the beginning: who pinned the newer key learns from the register which key was there before. No key comes back, and there are at
    /// most [`limits::MAX_KEY_CHANGES`]. Any other key change leaf is kept in the register and changes no key.
    #[must_use]
    pub fn followed(&self, node: &str, index: u64, leaf: &[u8]) -> Option<Self> {
        let Ok(Leaf::KeyChange(change)) = Leaf::decode(leaf) else {
            return None;
        };
        let known = |key: &VerifyingKey| self.all().any(|other| other == key);
        let onwards = change.old_key == *self.newest() && !known(&change.new_key);
        let before_all = self.changes.first().is_none_or(|(first, _)| index < *first);
        let backwards = change.new_key == self.first && before_all && !known(&change.old_key);
        let fits = change.node == node
            && (onwards || backwards)
            && self.changes.len() < limits::MAX_KEY_CHANGES
            && change.verify().is_ok();
        if !fits {
            return None;
        }
        if onwards {
            return self.clone().changed_at(index, change.new_key).ok();
        }
        let mut longer = Self::new(change.old_key);
        longer.changes.push((index, change.new_key));
        longer.changes.extend(&self.changes);
        Some(longer)
    }

    /// This history with the key changes among `items`, if any.
    pub(crate) fn extended(&self, node: &str, from: u64, items: &[Item]) -> Option<Self> {
        let mut extended: Option<Self> = None;
        for (index, item) in (from..).zip(items) {
            let history = extended.as_ref().unwrap_or(self);
            if let Some(longer) = history.followed(node, index, &item.leaf) {
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
        let before = longer.clone().until(13);
        assert_eq!((before.at(14), before.newest()), (&key(2), &key(2)));
        assert_eq!(longer.clone().until(11).newest(), &key(1));
        assert_eq!(history.extended("ma", 10, &items[..1]), None);
        assert_eq!(longer.changed_at(13, key(5)), Err(Bug::BadConfig));
    }

    #[test]
    fn who_pinned_the_newer_key_learns_the_one_before_and_no_key_comes_back() {
        let key = |seed| SigningKey::from_seed([seed; 32]).verifying_key();
        let history = KeyHistory::new(key(2));
        let items = [change("ma", 1, 2), change("ma", 2, 3), change("ma", 3, 1)];
        let longer = history.extended("ma", 7, &items).unwrap();
        assert_eq!(longer.at(7), &key(1));
        assert_eq!(longer.at(8), &key(2));
        assert_eq!(longer.at(9), &key(3));
        assert_eq!(longer.newest(), &key(3), "the first key never comes back");
        // What comes later in the register cannot be its beginning.
        let later = change("ma", 9, 1);
        assert_eq!(longer.followed("ma", 20, &later.leaf), None);
    }

    #[test]
    fn a_card_leaves_open_which_of_its_keys_a_register_begins_with() {
        let key = |seed| SigningKey::from_seed([seed; 32]).verifying_key();
        let history = KeyHistory::of_chain(key(3), &[key(1), key(2), key(3)]);
        assert_eq!(
            history.newest(),
            &key(3),
            "before the first batch, the card's"
        );
        let firsts: Vec<_> = history.beginnings().map(|h| *h.first()).collect();
        assert_eq!(firsts, [key(1), key(2), key(3)]);
        let begun = history.beginnings().next().unwrap();
        let items = [change("ma", 1, 2), change("ma", 2, 3)];
        let longer = begun.extended("ma", 30, &items).unwrap();
        assert_eq!(longer.at(30), &key(1));
        assert_eq!(longer.newest(), &key(3));
        assert_eq!(longer.beginnings().count(), 1, "known now");
    }

    #[test]
    fn a_partner_cannot_change_its_key_for_ever() {
        let mut history = KeyHistory::new(SigningKey::from_seed([0; 32]).verifying_key());
        let mut followed = 0;
        for seed in 0..40_u8 {
            let change = change("ma", seed, seed + 1);
            if let Some(longer) = history.followed("ma", u64::from(seed), &change.leaf) {
                history = longer;
                followed += 1;
            }
        }
        assert_eq!(followed, limits::MAX_KEY_CHANGES);
    }
}
