//! An officer's own signature, by their passkey, beside an act of weight.
//!
//! A passkey signs no text of ours: it signs what WebAuthn gives it (Level 2, section 7.2), in which the one part that is ours is the
//! challenge. So the challenge is a tagged hash of the entry id and of nothing else: the id is the hash of the header, which says who acts, when, after
//! what and with what effect, and nothing that a server could choose once the officer signed. The node that knows the officer says under
//! its own key whose credential it is: another learns of the officer a pseudonym and a public key.
//!
//! In scope: the challenge, the form and its limits, both signatures. Not in scope: whom the node's key belongs to, which the reader
//! of a bundle compares; whether the pseudonym is one of the entry's header, which `bundle` reads.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::blame::Blame;
use crate::card::is_node_name;
use crate::cbor::{self, CborError, Limits};
use crate::commit::{SALT, commit};
use crate::digest::{Digest, sha256, tagged};
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// The version that this code writes and reads.
pub const WEIGHT_VERSION: u16 = 1;
/// Domain of [`challenge`].
pub const CHALLENGE_DOMAIN: &str = "entente/weight/1";
/// First bytes of what the node signs.
pub const SIGNATURE_DOMAIN: &[u8] = b"entente/officer-signature/1\n";
/// Domain of [`OfficerSignature::commitment`].
pub const COMMITMENT_DOMAIN: &str = "entente/officer-signature-kept/1";
/// Most bytes of an officer's signature with all that is beside it.
pub const MAX_WEIGHT: usize = 8 * 1024;
/// Bytes of an officer's pseudonym.
pub const PSEUDONYM: usize = 8;

/// ECDSA on P-256 with SHA-256 (RFC 9053).
pub const ES256: i32 = -7;
/// EdDSA on Curve25519 (RFC 9053).
pub const EDDSA: i32 = -8;
/// ECDSA on P-384 with SHA-384 (RFC 9053).
pub const ES384: i32 = -35;
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812), as computers with a TPM have it.
pub const RS256: i32 = -257;

/// Fields of a client's or an authenticator's making.
const MAX_CLIENT_DATA: usize = 2 * 1024;
const MAX_AUTHENTICATOR_DATA: usize = 1024;
const MAX_ASSERTION: usize = 1024;
/// Modulus of an RSA key of 8,192 bits.
const MAX_KEY_PART: usize = 1024;
/// Longest name of a host (RFC 1035).
const MAX_HOST: usize = 253;
/// Hash of the name, flags, counter (WebAuthn section 6.1).
const LEAST_AUTHENTICATOR_DATA: usize = 37;
/// Flags: somebody was there, and the authenticator knew who.
const PRESENT_AND_VERIFIED: u8 = 0b101;

const LIMITS: Limits = Limits {
    max_bytes: MAX_WEIGHT,
    max_depth: 4,
    max_items: 64,
};

/// Why it is no officer's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// Not deterministic CBOR of this shape.
    #[error("officer's signature: {0}")]
    Cbor(#[from] CborError),
    /// The credential signs by an algorithm that is none of ours, or its key has not the form of it.
    #[error("officer's signature: a key of an unknown form")]
    Credential,
    /// A field outside its limits.
    #[error("officer's signature: a field is outside its limits")]
    Field,
    /// The node's signature over all of it.
    #[error("officer's signature: the node's own, {0}")]
    Node(#[from] SignError),
    /// The passkey's signature does not match.
    #[error("officer's signature does not match")]
    Mismatch,
    /// What the browser said is not that this entry was to be signed, on a page of this name.
    #[error("officer's signature is over something else")]
    Other,
    /// Nobody was there, or the authenticator did not know who.
    #[error("officer's signature without the officer being verified")]
    Unverified,
    /// Another version.
    #[error("officer's signature of a version that is not known")]
    Version,
}

impl WeightError {
    /// See the variants.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Cbor(_) | Self::Credential | Self::Field => Blame::Malformed,
            Self::Node(error) => error.blame(),
            Self::Mismatch | Self::Other | Self::Unverified => Blame::PeerDeviates,
            Self::Version => Blame::NoCommonVersion,
        }
    }
}

/// What a passkey is asked to sign for an entry.
#[must_use]
pub fn challenge(entry: &Digest) -> Digest {
    tagged(CHALLENGE_DOMAIN, &[&entry.0])
}

/// The public key of a passkey. Integer CBOR keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Credential {
    /// COSE number of its algorithm: [`ES256`], [`EDDSA`], [`ES384`], [`RS256`].
    #[n(0)]
    pub algorithm: i32,
    /// Coordinate x; of an RSA key the modulus, big-endian.
    #[n(1)]
    pub first: ByteVec,
    /// Coordinate y, empty for EdDSA; of an RSA key the exponent.
    #[n(2)]
    pub second: ByteVec,
}

impl Credential {
    /// What names it: says nothing of the officer.
    #[must_use]
    pub fn print(&self) -> Digest {
        tagged("entente/credential/1", &[&cbor::encode(self)])
    }

    /// The first 16 digits of that, for people to read.
    #[must_use]
    pub fn short(&self) -> String {
        self.print().to_string().chars().take(16).collect()
    }

    fn check(&self) -> Result<(), WeightError> {
        let (first, second) = (self.first.len(), self.second.len());
        let fits = match self.algorithm {
            ES256 => (first, second) == (32, 32),
            ES384 => (first, second) == (48, 48),
            EDDSA => (first, second) == (32, 0),
            RS256 => (256..=MAX_KEY_PART).contains(&first) && (1..=8).contains(&second),
            _ => false,
        };
        fits.then_some(()).ok_or(WeightError::Credential)
    }

    /// A point as SEC 1 writes it, uncompressed.
    fn point(&self) -> Vec<u8> {
        [&[4], self.first.as_slice(), self.second.as_slice()].concat()
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), WeightError> {
        self.check()?;
        let done = match self.algorithm {
            ES256 => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, self.point())
                .verify(message, signature),
            ES384 => UnparsedPublicKey::new(&ECDSA_P384_SHA384_ASN1, self.point())
                .verify(message, signature),
            EDDSA => {
                UnparsedPublicKey::new(&ED25519, self.first.as_slice()).verify(message, signature)
            }
            _ => RsaPublicKeyComponents {
                n: self.first.as_slice(),
                e: self.second.as_slice(),
            }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
        };
        done.map_err(|_| WeightError::Mismatch)
    }
}

/// What a node vouches for: that this officer's passkey signed this entry. Integer CBOR keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Signed {
    /// Form: [`WEIGHT_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The entry.
    #[n(1)]
    pub entry: Digest,
    /// The officer's node.
    #[n(2)]
    pub node: String,
    /// The dossier of the entry, in which the pseudonym means somebody.
    #[n(3)]
    pub dossier: Digest,
    /// The officer's pseudonym there.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub officer: [u8; PSEUDONYM],
    /// The name under which browsers reach the node: passkeys are bound to it.
    #[n(5)]
    pub host: String,
    /// The passkey that the officer registered there.
    #[n(6)]
    pub credential: Credential,
    /// When, milliseconds since 1970 UTC.
    #[n(7)]
    pub registered_ms: i64,
    /// As the authenticator gave it.
    #[n(8)]
    pub authenticator_data: ByteVec,
    /// As the browser gave it: JSON.
    #[n(9)]
    pub client_data: ByteVec,
    /// The passkey's signature over both.
    #[n(10)]
    pub assertion: ByteVec,
    /// The node's signing key.
    #[n(11)]
    pub by: VerifyingKey,
}

impl Signed {
    fn message(&self) -> Vec<u8> {
        [SIGNATURE_DOMAIN, &cbor::encode(self)].concat()
    }

    /// Verifies what the passkey signed.
    ///
    /// # Errors
    /// [`WeightError`].
    pub fn verify(&self) -> Result<(), WeightError> {
        if self.version != WEIGHT_VERSION {
            return Err(WeightError::Version);
        }
        let within = is_node_name(&self.node)
            && is_host(&self.host)
            && self.client_data.len() <= MAX_CLIENT_DATA
            && self.authenticator_data.len() <= MAX_AUTHENTICATOR_DATA
            && self.assertion.len() <= MAX_ASSERTION;
        if !within {
            return Err(WeightError::Field);
        }
        let data = self.authenticator_data.as_slice();
        let (host, flags) = match (data.get(..32), data.get(32)) {
            (Some(host), Some(flags)) if data.len() >= LEAST_AUTHENTICATOR_DATA => (host, *flags),
            _ => return Err(WeightError::Field),
        };
        if host != sha256(self.host.as_bytes()).0 || !self.asks() {
            return Err(WeightError::Other);
        }
        if flags & PRESENT_AND_VERIFIED != PRESENT_AND_VERIFIED {
            return Err(WeightError::Unverified);
        }
        let message = [data, &sha256(&self.client_data).0].concat();
        self.credential.verify(&message, &self.assertion)
    }

    /// Whether the browser said that this entry was to be signed on a page of this name.
    ///
    /// Browsers write this JSON in one way (WebAuthn section 5.8.1.1), so that whoever verifies needs no reader of JSON, in which a key
    /// could stand twice: the limited algorithm of section 5.8.1.2.
    fn asks(&self) -> bool {
        let challenge = URL_SAFE_NO_PAD.encode(challenge(&self.entry).0);
        let start =
            format!("{{\"type\":\"webauthn.get\",\"challenge\":\"{challenge}\",\"origin\":\"");
        let rest = self.client_data.strip_prefix(start.as_bytes());
        let Some(rest) = rest.and_then(|rest| std::str::from_utf8(rest).ok()) else {
            return false;
        };
        let Some((origin, rest)) = rest.split_once('"') else {
            return false;
        };
        let plain = rest == "}" || rest.starts_with(",\"crossOrigin\":false}");
        let more = rest.starts_with(",\"crossOrigin\":false,") && rest.ends_with('}');
        (plain || more) && is_origin(origin, &self.host)
    }
}

/// Whether pages of this origin may ask for passkeys of this name: over TLS, or on the machine itself.
fn is_origin(origin: &str, host: &str) -> bool {
    let (secure, at) = match (
        origin.strip_prefix("https://"),
        origin.strip_prefix("http://"),
    ) {
        (Some(at), _) => (true, at),
        (None, Some(at)) => (false, at),
        (None, None) => return false,
    };
    let name = match at.split_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) => return false,
        None => at,
    };
    let below = name
        .strip_suffix(host)
        .is_some_and(|above| above.ends_with('.'));
    match secure {
        true => is_host(name) && (name == host || below),
        false => name == host && host == "localhost",
    }
}

fn is_host(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
    (1..=MAX_HOST).contains(&name.len()) && name.bytes().all(plain)
}

/// An officer's signature under the word of their node.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OfficerSignature {
    /// What the node vouches for.
    #[n(0)]
    pub signed: Signed,
    /// Its signature over [`SIGNATURE_DOMAIN`] and the bytes of that.
    #[n(1)]
    pub signature: Signature,
}

impl OfficerSignature {
    /// Vouches for it under the key that it names.
    ///
    /// # Errors
    /// [`WeightError`] if it is one that [`OfficerSignature::verify`] would refuse.
    pub fn sign(signed: Signed, key: &SigningKey) -> Result<Self, WeightError> {
        let signature = key.sign(&signed.message());
        let made = Self { signed, signature };
        made.verify()?;
        Ok(made)
    }

    /// Verifies form and both signatures.
    ///
    /// # Errors
    /// [`WeightError`].
    pub fn verify(&self) -> Result<(), WeightError> {
        self.signed.verify()?;
        let message = self.signed.message();
        Ok(self.signed.by.verify(&message, &self.signature)?)
    }

    /// Deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Reads [`OfficerSignature::encode`] and verifies it.
    ///
    /// # Errors
    /// [`WeightError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WeightError> {
        let made: Self = cbor::decode_exact(bytes, &LIMITS)?;
        made.verify()?;
        Ok(made)
    }

    /// What a partner may be given in its place: says nothing before the salt is shown, and nothing else fits it then.
    #[must_use]
    pub fn commitment(&self, salt: &[u8; SALT]) -> Digest {
        commit(COMMITMENT_DOMAIN, salt, &self.encode())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_of_the_entry_alone() {
        let entry = Digest([7; 32]);
        assert_eq!(challenge(&entry), tagged("entente/weight/1", &[&[7; 32]]));
        assert_ne!(challenge(&entry), challenge(&Digest([8; 32])));
        assert_ne!(challenge(&entry), entry);
    }

    #[test]
    fn pages_of_other_names_ask_for_nothing() {
        let good = [
            ("https://node.example", "node.example"),
            ("https://node.example:8443", "node.example"),
            ("https://pages.node.example", "node.example"),
            ("http://localhost:8400", "localhost"),
            ("http://localhost", "localhost"),
        ];
        for (origin, host) in good {
            assert!(is_origin(origin, host), "{origin}");
        }
        for origin in [
            "https://other.example",
            "https://node.example.other",
            "https://evilnode.example",
            "https://.node.example@other",
            "http://node.example",
            "https://node.example:",
            "https://node.example:x",
            "https://NODE.example",
            "node.example",
            "https://",
        ] {
            assert!(!is_origin(origin, "node.example"), "{origin}");
        }
        assert!(!is_origin("http://a.localhost", "localhost"));
    }
}
