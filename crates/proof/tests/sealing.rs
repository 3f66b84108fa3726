//! Public vectors of what sealing stands on: X-Wing (draft-connolly-cfrg-xwing-kem, appendix C) and HPKE (RFC 9180 appendix A, read
//! from `shared/` beside the clone). The suite in use, X-Wing with HKDF-SHA256 and ChaCha20-Poly1305, has no published vectors: its
//! KEM is checked by the former, its key schedule and cipher by the latter.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use entente_proof::digest::sha256;
use entente_proof::sealing::{ENCAP_RANDOM, Sealer, SealingKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256 as X25519, XWing};
use hpke::{Deserializable, Kem, OpModeR, PskBundle, setup_receiver};
use serde_json::Value;

/// Seed, randomness of the encapsulation, shared secret, and SHA-256 of public key and ciphertext.
const X_WING: [[&str; 5]; 2] = [
    [
        "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
        "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
        "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
        "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb",
        "17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33",
    ],
    [
        "ef58538b8d23f87732ea63b02b4fa0f4873360e2841928cd60dd4cee8cc0d4c9",
        "22a96188d032675c8ac850933c7aff1533b94c834adbb69c6115bad4692d8619f90b0cdf8a7b9c264029ac185b70b83f2801f2f4b3f70c593ea3aeeb613a7f1b",
        "953f7f4e8c5b5049bdc771d1dffada0dd961477d1a2ae0988baa7ea6898d893f",
        "6b080d6b84f095342092fa7a22423e58bd681397ad0ef00eac92bd254db4fa95",
        "d3ca5578500344b5896cffc4fd740c9311946b82951df155e6fd86a7966b43c6",
    ],
];

fn fixed<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn x_wing_gives_the_keys_ciphertexts_and_secrets_of_its_draft() {
    for [seed, random, secret, public_sha, cipher_sha] in X_WING {
        let key = SealingKey::from_seed(fixed(seed));
        let public = key.public().unwrap();
        assert_eq!(sha256(public.as_bytes()).to_string(), public_sha);
        // Through our own sealer: exactly the randomness that we give goes into the encapsulation.
        let (_, encapped) = Sealer::new(&public, b"", fixed::<ENCAP_RANDOM>(random)).unwrap();
        assert_eq!(sha256(&encapped).to_string(), cipher_sha);
        let own = <XWing as Kem>::PrivateKey::from_bytes(&fixed::<32>(seed)).unwrap();
        let encapped = <XWing as Kem>::EncappedKey::from_bytes(&encapped).unwrap();
        let shared = XWing::decap(&own, None, &encapped).unwrap();
        assert_eq!(hex::encode(shared.0), secret);
    }
}

#[test]
fn hpke_opens_what_rfc_9180_sealed() {
    let Some(bytes) = common::read("hpke_v1_subset.json") else {
        return;
    };
    let all: Vec<Value> = serde_json::from_slice(&bytes).unwrap();
    let ours =
        |v: &&Value| (v["kem_id"].as_u64(), v["aead_id"].as_u64()) == (Some(0x20), Some(0x3));
    let (mut modes, mut opened) = (Vec::new(), 0);
    for vector in all.iter().filter(ours) {
        modes.push(vector["mode"].as_u64().unwrap());
        opened += opens(vector);
    }
    assert_eq!(modes, [0, 1, 2, 3], "base, psk, auth, auth-psk");
    assert_eq!(opened, 12, "the first three of each");
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    hex::decode(vector[name].as_str().unwrap_or_default()).unwrap()
}

/// Opens every encryption of a vector and compares every exported secret; how many were opened.
fn opens(vector: &Value) -> usize {
    let [psk, psk_id] = ["psk", "psk_id"].map(|name| bytes(vector, name));
    let sender = || <X25519 as Kem>::PublicKey::from_bytes(&bytes(vector, "pkSm")).unwrap();
    let bundle = || PskBundle::new(&psk, &psk_id).unwrap();
    let mode = match vector["mode"].as_u64() {
        Some(0) => OpModeR::Base,
        Some(1) => OpModeR::Psk(bundle()),
        Some(2) => OpModeR::Auth(sender()),
        _ => OpModeR::AuthPsk(sender(), bundle()),
    };
    let key = <X25519 as Kem>::PrivateKey::from_bytes(&bytes(vector, "skRm")).unwrap();
    let encapped = <X25519 as Kem>::EncappedKey::from_bytes(&bytes(vector, "enc")).unwrap();
    let info = bytes(vector, "info");
    let mut context =
        setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519>(&mode, &key, &encapped, &info)
            .unwrap();
    let encryptions = vector["encryptions"].as_array().unwrap();
    let mut opened = 0;
    for encryption in encryptions {
        // The vectors jump ahead after the first few; a receiver cannot, since it opens in order.
        if encryption["seq"].as_u64() != Some(opened as u64) {
            break;
        }
        let plain = context
            .open(&bytes(encryption, "ciphertext"), &bytes(encryption, "aad"))
            .unwrap();
        assert_eq!(plain, bytes(encryption, "plaintext"));
        opened += 1;
    }
    for export in vector["exports"].as_array().unwrap() {
        let wanted = bytes(export, "exported_value");
        let mut secret = vec![0; wanted.len()];
        context
            .export(&bytes(export, "exporter_context"), &mut secret)
            .unwrap();
        assert_eq!(secret, wanted);
    }
    opened
}
