//! Presence: a node proves on one connection that it has its newest signing key.
//!
//! The key of the TLS end says who is at the other end, but it may be in a thief's hands together with signing keys that were replaced
//! since. So each side signs, with its newest signing key, a value that only this connection has (RFC 9266) beside both names, its role
//! and the hello that it said. In scope: the message, and the chain of changes that leads to the key. Not in scope: where the value comes
//! from, and what may be said before (see `entente_link::session`).

use minicbor::Encode;

use crate::cbor;
use crate::digest::Digest;
use crate::leaf::{KeyChange, LeafError};
use crate::sign::{Signature, SigningKey, VerifyingKey};

/// First bytes of the message that is signed.
pub const PRESENCE_DOMAIN: &[u8] = b"entente/presence/1\n";
/// Label of the TLS exporter whose value binds a presence to its connection (RFC 9266), with an empty context.
pub const EXPORTER_LABEL: &[u8] = b"EXPORTER-Channel-Binding";

/// What two ends of one connection have in common and nobody else has: the value of a TLS exporter, 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Binding(pub [u8; 32]);

impl std::fmt::Debug for Binding {
    /// It is as secret as the connection.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Binding(hidden)")
    }
}

/// What a node signs: that it is here, on this connection, with this hello. Integer CBOR keys 0 to 4 in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The connection.
    pub binding: Binding,
    /// Who signs.
    pub node: String,
    /// For whom.
    pub to: String,
    /// Whether the signer dialled.
    pub dialled: bool,
    /// SHA-256 of the payload of the hello that the signer said on this connection.
    pub hello: Digest,
}

#[derive(Encode)]
#[cbor(map)]
struct Terms<'a> {
    #[cbor(n(0), with = "minicbor::bytes")]
    binding: [u8; 32],
    #[n(1)]
    node: &'a str,
    #[n(2)]
    to: &'a str,
    #[n(3)]
    dialled: bool,
    #[n(4)]
    hello: Digest,
}

/// A presence as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Signature of [`Presence::message`] by the newest key.
    pub signature: Signature,
    /// Every change that led to that key, oldest first; none if it is the node's first.
    pub changes: Vec<KeyChange>,
}

/// Why a presence is not proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresenceError {
    /// The changes do not form a chain.
    #[error("the key changes shown do not lead from one key to the next")]
    Chain,
    /// They do not lead from the key that is known to the one that signed.
    #[error("the key changes shown do not begin at the key that is known")]
    Unknown,
    /// Another key, connection, role or hello.
    #[error("not signed by the newest key for this connection")]
    Signature,
}

impl Presence {
    /// [`PRESENCE_DOMAIN`] and the deterministic CBOR of the fields.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let terms = Terms {
            binding: self.binding.0,
            node: &self.node,
            to: &self.to,
            dialled: self.dialled,
            hello: self.hello,
        };
        [PRESENCE_DOMAIN, &cbor::encode(&terms)].concat()
    }

    /// Proves it with the newest key and the changes that led to it.
    #[must_use]
    pub fn prove(&self, key: &SigningKey, changes: Vec<KeyChange>) -> Proof {
        Proof {
            signature: key.sign(&self.message()),
            changes,
        }
    }

    /// Verifies a proof by whoever knows `known` as the newest key of the signer. The key that signed: that one, or one that replaced it.
    ///
    /// # Errors
    /// [`PresenceError`].
    pub fn verify(
        &self,
        proof: &Proof,
        known: &VerifyingKey,
    ) -> Result<VerifyingKey, PresenceError> {
        let keys = chain(&self.node, &proof.changes).or(Err(PresenceError::Chain))?;
        let key = *keys.last().unwrap_or(known);
        if !keys.is_empty() && !keys.contains(known) {
            return Err(PresenceError::Unknown);
        }
        key.verify(&self.message(), &proof.signature)
            .or(Err(PresenceError::Signature))?;
        Ok(key)
    }
}

/// Why changes are no chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainError {
    /// A change does not hold by itself.
    Change(LeafError),
    /// One is of another node, or does not follow from the one before.
    Broken,
}

/// The keys that changes of a node lead through, oldest first, each replaced by the next under the signatures of both; none without changes.
///
/// # Errors
/// [`ChainError`].
pub fn chain(node: &str, changes: &[KeyChange]) -> Result<Vec<VerifyingKey>, ChainError> {
    let mut keys: Vec<VerifyingKey> = Vec::with_capacity(changes.len().saturating_add(1));
    for change in changes {
        change.verify().map_err(ChainError::Change)?;
        let follows = keys.last().is_none_or(|last| *last == change.old_key);
        if !follows || change.node != node {
            return Err(ChainError::Broken);
        }
        if keys.is_empty() {
            keys.push(change.old_key);
        }
        keys.push(change.new_key);
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn change(old: u8, new: u8) -> KeyChange {
        KeyChange::sign("ma", &key(old), &key(new), 5).unwrap()
    }

    fn presence() -> Presence {
        Presence {
            binding: Binding([7; 32]),
            node: "ma".to_owned(),
            to: "fr".to_owned(),
            dialled: true,
            hello: sha256(b"hello"),
        }
    }

    #[test]
    fn the_newest_key_proves_itself_to_whoever_knows_any_before() {
        let changes = vec![change(1, 2), change(2, 3)];
        let proof = presence().prove(&key(3), changes);
        for known in 1..=3 {
            let verified = presence().verify(&proof, &key(known).verifying_key());
            assert_eq!(verified, Ok(key(3).verifying_key()));
        }
        let stranger = presence().verify(&proof, &key(9).verifying_key());
        assert_eq!(stranger, Err(PresenceError::Unknown));
        let first = presence().prove(&key(1), Vec::new());
        let known = key(1).verifying_key();
        assert_eq!(presence().verify(&first, &known), Ok(known));
    }

    #[test]
    fn a_replaced_key_proves_nothing_whatever_it_shows() {
        let known = key(2).verifying_key();
        let refused = |by: u8, changes: Vec<KeyChange>| {
            presence().verify(&presence().prove(&key(by), changes), &known)
        };
        let signature = Err(PresenceError::Signature);
        assert_eq!(refused(1, Vec::new()), signature);
        assert_eq!(refused(1, vec![change(1, 2)]), signature);
        // The old key leads to any other key, but not through the one that is known.
        let unknown = Err(PresenceError::Unknown);
        assert_eq!(refused(3, vec![change(1, 3)]), unknown);
        let broken = vec![change(1, 2), change(1, 3)];
        assert_eq!(refused(3, broken), Err(PresenceError::Chain));
        let mut forged = change(2, 3);
        forged.old_signature = change(1, 3).old_signature;
        assert_eq!(refused(3, vec![forged]), Err(PresenceError::Chain));
    }

    #[test]
    fn a_proof_is_for_one_connection_role_pair_and_hello() {
        let proof = presence().prove(&key(1), Vec::new());
        let known = key(1).verifying_key();
        let altered = |alter: &dyn Fn(&mut Presence)| {
            let mut other = presence();
            alter(&mut other);
            assert_eq!(other.verify(&proof, &known), Err(PresenceError::Signature));
        };
        altered(&|p| p.binding = Binding([8; 32]));
        altered(&|p| p.node = "dz".to_owned());
        altered(&|p| p.to = "es".to_owned());
        altered(&|p| p.dialled = false);
        altered(&|p| p.hello = sha256(b"another"));
    }

    /// The bytes of wire version 3: frozen.
    #[test]
    fn the_message_and_its_signature_are_these_bytes() {
        let message = presence().message();
        let expected = format!(
            "{}a5005820{}01626d6102626672\
             03f5045820{}",
            hex::encode(PRESENCE_DOMAIN),
            "07".repeat(32),
            hex::encode(sha256(b"hello").0)
        );
        assert_eq!(hex::encode(&message), expected);
        let proof = presence().prove(&key(1), Vec::new());
        assert_eq!(hex::encode(proof.signature.0), GOLDEN);
    }

    const GOLDEN: &str = "c96e122d86847b6e893fdda5628edad3051da2c0da4cb0ca6f09a5a7265e7b00\
        297312a86aed14a1f8aa476814aa9d002cee1f1c19ebedf330b31650975a0d04";
}
