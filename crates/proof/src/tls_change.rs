//! A change of the key of a node's TLS end, signed by the old and the new key and by the node's signing key (rule 15).
//!
//! Who has the TLS key alone can open a connection in the node's name, and copies of `node.keys` hold it. In scope: the change, its three
//! signatures, chains of changes. Not in scope: which key is shown or taken on a connection (`node`), when (`entente_app::keys`).
//! A TLS 1.3 handshake signs 64 spaces and a text of its own first (RFC 8446 section 4.4.3), so neither signature can pass for the other.

use minicbor::{Decode, Encode};

use crate::card::is_node_name;
use crate::cbor;
use crate::leaf::LeafError;
use crate::sign::{Signature, SigningKey, VerifyingKey};

/// First bytes of the message that the three keys sign.
pub const TLS_CHANGE_DOMAIN: &[u8] = b"entente/tls-change/1\n";

/// A change of TLS key. Integer CBOR keys 0 to 8 in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TlsChange {
    /// The node that changes its key.
    #[n(0)]
    pub node: String,
    /// The key until now.
    #[n(1)]
    pub old_key: VerifyingKey,
    /// The key that takes its place.
    #[n(2)]
    pub new_key: VerifyingKey,
    /// When it was signed, milliseconds since 1970 UTC.
    #[n(3)]
    pub time_ms: i64,
    /// From when on the old key opens nothing, milliseconds since 1970 UTC: not before [`TlsChange::time_ms`], and equal to it where the
    /// old key is known to others.
    #[n(4)]
    pub until_ms: i64,
    /// The node's newest signing key then.
    #[n(5)]
    pub signer: VerifyingKey,
    /// Signature by the old key over [`TlsChange::message`].
    #[n(6)]
    pub old_signature: Signature,
    /// Signature by the new key.
    #[n(7)]
    pub new_signature: Signature,
    /// Signature by the signing key.
    #[n(8)]
    pub signature: Signature,
}

#[derive(Encode)]
#[cbor(map)]
struct Terms<'a> {
    #[n(0)]
    node: &'a str,
    #[n(1)]
    old_key: VerifyingKey,
    #[n(2)]
    new_key: VerifyingKey,
    #[n(3)]
    time_ms: i64,
    #[n(4)]
    until_ms: i64,
    #[n(5)]
    signer: VerifyingKey,
}

impl Terms<'_> {
    fn message(&self) -> Vec<u8> {
        [TLS_CHANGE_DOMAIN, &cbor::encode(self)].concat()
    }
}

impl TlsChange {
    /// Signs a change from the old to the new TLS key with both, and with the signing key; the old one opens connections until the second time.
    ///
    /// # Errors
    /// [`LeafError::KeyChange`] if the keys are equal, the name is no node name, or the end is before the beginning.
    pub fn sign(
        node: &str,
        (old, new): (&SigningKey, &SigningKey),
        signer: &SigningKey,
        (time_ms, until_ms): (i64, i64),
    ) -> Result<Self, LeafError> {
        let terms = Terms {
            node,
            old_key: old.verifying_key(),
            new_key: new.verifying_key(),
            time_ms,
            until_ms,
            signer: signer.verifying_key(),
        };
        let message = terms.message();
        let change = Self {
            node: node.to_owned(),
            old_key: terms.old_key,
            new_key: terms.new_key,
            time_ms,
            until_ms,
            signer: terms.signer,
            old_signature: old.sign(&message),
            new_signature: new.sign(&message),
            signature: signer.sign(&message),
        };
        change.verify()?;
        Ok(change)
    }

    /// Verifies the three signatures. Whether the signing key is one of the node's, its reader must know.
    ///
    /// # Errors
    /// [`LeafError::KeyChange`], [`LeafError::Signature`].
    pub fn verify(&self) -> Result<(), LeafError> {
        let changes = self.old_key != self.new_key && self.until_ms >= self.time_ms;
        if !changes || !is_node_name(&self.node) {
            return Err(LeafError::KeyChange);
        }
        let message = self.message();
        self.old_key.verify(&message, &self.old_signature)?;
        self.new_key.verify(&message, &self.new_signature)?;
        self.signer.verify(&message, &self.signature)?;
        Ok(())
    }

    /// Whether the old key opens nothing from the change itself on.
    #[must_use]
    pub fn is_at_once(&self) -> bool {
        self.until_ms == self.time_ms
    }

    /// [`TLS_CHANGE_DOMAIN`] and the deterministic CBOR of the first six fields.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        Terms {
            node: &self.node,
            old_key: self.old_key,
            new_key: self.new_key,
            time_ms: self.time_ms,
            until_ms: self.until_ms,
            signer: self.signer,
        }
        .message()
    }
}

/// The TLS keys that changes of a node lead through, oldest first; none without changes, nor if one does not hold, is of another node, does
/// not follow from the one before, or brings a key back.
#[must_use]
pub fn tls_chain(node: &str, changes: &[TlsChange]) -> Option<Vec<VerifyingKey>> {
    let mut keys = vec![changes.first()?.old_key];
    for change in changes {
        let follows = keys.last() == Some(&change.old_key) && !keys.contains(&change.new_key);
        if !follows || change.node != node || change.verify().is_err() {
            return None;
        }
        keys.push(change.new_key);
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf::{Leaf, MAX_LEAF};
    use proptest::prelude::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn change(old: u8, new: u8) -> TlsChange {
        TlsChange::sign("ma", (&key(old), &key(new)), &key(100), (5, 9)).unwrap()
    }

    #[test]
    fn a_change_holds_only_as_all_three_signed_it() {
        let whole = change(1, 2);
        assert_eq!(whole.verify(), Ok(()));
        let refused = |alter: &dyn Fn(&mut TlsChange)| {
            let mut altered = whole.clone();
            alter(&mut altered);
            assert!(altered.verify().is_err(), "{altered:?}");
        };
        refused(&|c| c.node = "fr".to_owned());
        refused(&|c| c.time_ms = 4);
        refused(&|c| c.until_ms = 8);
        refused(&|c| c.signer = key(101).verifying_key());
        refused(&|c| c.old_key = key(3).verifying_key());
        refused(&|c| c.new_key = key(3).verifying_key());
        // None of the three signs for another.
        refused(&|c| c.old_signature = c.new_signature);
        refused(&|c| c.new_signature = c.signature);
        refused(&|c| c.signature = c.old_signature);
        let by =
            |name, old, new, times| TlsChange::sign(name, (&key(old), &key(new)), &key(100), times);
        for bad in [
            by("ma", 1, 1, (5, 9)),
            by("MA", 1, 2, (5, 9)),
            by("ma", 1, 2, (5, 4)),
        ] {
            assert_eq!(bad, Err(LeafError::KeyChange));
        }
        assert!(by("ma", 1, 2, (5, 5)).unwrap().is_at_once());
        assert!(!whole.is_at_once());
    }

    #[test]
    fn a_chain_leads_from_key_to_key_and_none_comes_back() {
        let keys = |list: &[u8]| Some(list.iter().map(|s| key(*s).verifying_key()).collect());
        assert_eq!(tls_chain("ma", &[]), None);
        assert_eq!(
            tls_chain("ma", &[change(1, 2), change(2, 3)]),
            keys(&[1, 2, 3])
        );
        assert_eq!(tls_chain("fr", &[change(1, 2)]), None);
        assert_eq!(tls_chain("ma", &[change(1, 2), change(1, 3)]), None);
        assert_eq!(tls_chain("ma", &[change(1, 2), change(2, 1)]), None);
        let mut forged = change(2, 3);
        forged.signature = change(1, 2).signature;
        assert_eq!(tls_chain("ma", &[change(1, 2), forged]), None);
    }

    /// Frozen: what nodes sign and store.
    #[test]
    fn the_message_is_these_bytes_and_a_leaf_has_room() {
        let whole = change(1, 2);
        let expected = format!(
            "{}a600626d61015820{}025820{}0305040905{}{}",
            hex::encode(TLS_CHANGE_DOMAIN),
            hex::encode(whole.old_key.as_bytes()),
            hex::encode(whole.new_key.as_bytes()),
            "5820",
            hex::encode(whole.signer.as_bytes()),
        );
        assert_eq!(hex::encode(whole.message()), expected);
        let longest = TlsChange::sign(
            &"a".repeat(32),
            (&key(1), &key(2)),
            &key(3),
            (i64::MAX - 1, i64::MAX),
        );
        let leaf = Leaf::TlsChange(Box::new(longest.unwrap()));
        let bytes = leaf.encode();
        assert!(bytes.len() < MAX_LEAF / 2, "{}", bytes.len());
        assert_eq!(bytes.first(), Some(&8));
        assert_eq!(Leaf::decode(&bytes), Ok(leaf));
    }

    proptest! {
        #[test]
        fn no_altered_byte_of_a_change_holds(position in any::<prop::sample::Index>(), flip in 1_u8..) {
            let mut bytes = Leaf::TlsChange(Box::new(change(1, 2))).encode();
            let position = position.index(bytes.len());
            bytes[position] ^= flip;
            let read = Leaf::decode(&bytes).unwrap();
            prop_assert_eq!(read.encode(), bytes);
            if let Leaf::TlsChange(altered) = read {
                prop_assert!(altered.verify().is_err());
            }
        }

        #[test]
        fn a_chain_is_as_long_as_its_changes_and_broken_without_any_but_its_ends(length in 1_u8..16, without in 0_u8..16) {
            let mut changes: Vec<TlsChange> = (1..=length).map(|n| change(n, n + 1)).collect();
            let whole = tls_chain("ma", &changes).unwrap();
            prop_assert_eq!(whole.len(), changes.len() + 1);
            let without = usize::from(without % length);
            let last = changes.len() - 1;
            changes.remove(without);
            let rest = tls_chain("ma", &changes);
            prop_assert_eq!(rest.is_some(), !changes.is_empty() && (without == 0 || without == last));
        }
    }
}
