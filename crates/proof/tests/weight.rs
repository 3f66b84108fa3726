//! An officer's signature by a passkey: one made here by the rules of WebAuthn, for each algorithm; one made apart, frozen; and whatever
//! is changed in either.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod passkey;

use entente_proof::cbor;
use entente_proof::digest::{Digest, sha256};
use entente_proof::sign::{SignError, SigningKey};
use entente_proof::weight::{
    Credential, ES256, OfficerSignature, Signed, WEIGHT_VERSION, WeightError, challenge,
};
use minicbor::bytes::ByteVec;
use passkey::{Algorithm, Passkey};
use proptest::prelude::*;
use std::sync::LazyLock;

const ENTRY: Digest = Digest([3; 32]);
const HOST: &str = "node.example";

fn node() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

fn signed_by(passkey: &Passkey, client_data: &str) -> Signed {
    signed_with(passkey, client_data, 0b101)
}

fn signed_with(passkey: &Passkey, client_data: &str, flags: u8) -> Signed {
    let data = passkey::authenticator_data(HOST, flags, 7);
    let message = [data.as_slice(), &sha256(client_data.as_bytes()).0].concat();
    Signed {
        version: WEIGHT_VERSION,
        entry: ENTRY,
        node: "ma".to_owned(),
        dossier: Digest([4; 32]),
        officer: [5; 8],
        host: HOST.to_owned(),
        credential: passkey.credential(),
        registered_ms: 1_432_771_200_000,
        authenticator_data: ByteVec::from(data),
        client_data: ByteVec::from(client_data.as_bytes().to_vec()),
        assertion: ByteVec::from(passkey.sign(&message)),
        by: node().verifying_key(),
    }
}

fn asked() -> String {
    passkey::client_data(&challenge(&ENTRY).0, "https://node.example", false)
}

static ENCODED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let signed = signed_by(&Passkey::new(Algorithm::Es256), &asked());
    OfficerSignature::sign(signed, &node()).unwrap().encode()
});

#[test]
fn a_passkey_of_every_algorithm_signs() {
    for algorithm in Algorithm::ALL {
        let signed = signed_by(&Passkey::new(algorithm), &asked());
        let made = OfficerSignature::sign(signed, &node()).unwrap();
        assert_eq!(OfficerSignature::decode(&made.encode()), Ok(made.clone()));
        // Of another passkey of the same algorithm.
        let mut other = made.signed.clone();
        other.credential = Passkey::new(algorithm).credential();
        assert_eq!(other.verify(), Err(WeightError::Mismatch));
    }
}

#[test]
fn what_was_signed_is_this_entry_on_a_page_of_this_name() {
    let passkey = Passkey::new(Algorithm::Es256);
    let verify = |client_data: &str| signed_by(&passkey, client_data).verify();
    assert_eq!(verify(&asked()), Ok(()));
    let more = asked().replace('}', ",\"extra\":\"x\"}");
    assert_eq!(verify(&more), Ok(()), "browsers add to it");
    let of =
        |entry: &Digest| passkey::client_data(&challenge(entry).0, "https://node.example", false);
    let cross = passkey::client_data(&challenge(&ENTRY).0, "https://node.example", true);
    let plain = passkey::client_data(&ENTRY.0, "https://node.example", false);
    let away = passkey::client_data(&challenge(&ENTRY).0, "https://other.example", false);
    for wrong in [
        of(&Digest([9; 32])),
        cross,
        plain,
        away,
        asked().replace("webauthn.get", "webauthn.create"),
        asked().replace('{', "{ "),
        asked().replace("\"type\"", "\"x\":1,\"type\""),
        String::new(),
    ] {
        assert_eq!(verify(&wrong), Err(WeightError::Other), "{wrong}");
    }
}

#[test]
fn the_officer_was_there_and_was_verified() {
    let passkey = Passkey::new(Algorithm::Es256);
    for flags in [0, 0b001, 0b100, 0b1_1010] {
        let unverified = signed_with(&passkey, &asked(), flags).verify();
        assert_eq!(unverified, Err(WeightError::Unverified), "{flags:b}");
    }
    assert_eq!(signed_with(&passkey, &asked(), 0b1_1101).verify(), Ok(()));
}

#[test]
fn fields_outside_their_limits_are_refused() {
    let good = signed_by(&Passkey::new(Algorithm::Es256), &asked());
    let verify = |change: &dyn Fn(&mut Signed)| {
        let mut signed = good.clone();
        change(&mut signed);
        signed.verify()
    };
    assert_eq!(verify(&|s| s.version = 2), Err(WeightError::Version));
    assert_eq!(verify(&|s| s.node = "N".into()), Err(WeightError::Field));
    assert_eq!(verify(&|s| s.host = String::new()), Err(WeightError::Field));
    assert_eq!(
        verify(&|s| s.host = "a".repeat(254)),
        Err(WeightError::Field)
    );
    let long = |n: usize| ByteVec::from(vec![0; n]);
    assert_eq!(
        verify(&|s| s.client_data = long(2_049)),
        Err(WeightError::Field)
    );
    assert_eq!(
        verify(&|s| s.authenticator_data = long(36)),
        Err(WeightError::Field)
    );
    assert_eq!(
        verify(&|s| s.authenticator_data = long(1_025)),
        Err(WeightError::Field)
    );
    assert_eq!(
        verify(&|s| s.assertion = long(1_025)),
        Err(WeightError::Field)
    );
    assert_eq!(
        verify(&|s| s.host = "other.example".into()),
        Err(WeightError::Other)
    );
    let key = |algorithm, first, second| Credential {
        algorithm,
        first: long(first),
        second: long(second),
    };
    for wrong in [
        key(0, 32, 32),
        key(ES256, 33, 32),
        key(ES256, 32, 0),
        key(entente_proof::weight::RS256, 128, 3),
        key(entente_proof::weight::RS256, 256, 0),
        key(entente_proof::weight::EDDSA, 32, 1),
    ] {
        assert_eq!(
            verify(&|s| s.credential = wrong.clone()),
            Err(WeightError::Credential)
        );
    }
}

/// The node's word is about all of it: with another pseudonym or time it is none.
#[test]
fn the_node_vouches_for_all_of_it() {
    let made = OfficerSignature::decode(&ENCODED).unwrap();
    let altered = |change: &dyn Fn(&mut Signed)| {
        let mut altered = made.clone();
        change(&mut altered.signed);
        altered.verify()
    };
    let broken = Err(WeightError::Node(SignError::Mismatch));
    assert_eq!(altered(&|s| s.officer = [6; 8]), broken);
    assert_eq!(altered(&|s| s.dossier = Digest([0; 32])), broken);
    assert_eq!(altered(&|s| s.registered_ms += 1), broken);
    let other = SigningKey::from_seed([2; 32]).verifying_key();
    assert_eq!(altered(&|s| s.by = other), broken);
    // A passkey signs for no other entry, whatever the node says.
    let mut moved = made.signed.clone();
    moved.entry = Digest([8; 32]);
    assert_eq!(
        OfficerSignature::sign(moved, &node()),
        Err(WeightError::Other)
    );
}

/// Made apart, in Python with `cryptography`, by the documents alone.
#[test]
fn a_signature_made_apart_verifies() {
    let text = include_str!("vectors/officer_signature.hex");
    let bytes = hex::decode(text.trim()).unwrap();
    let made = OfficerSignature::decode(&bytes).unwrap();
    assert_eq!(made.signed.entry, Digest([0x11; 32]));
    assert_eq!(made.signed.credential.algorithm, ES256);
    assert_eq!(cbor::encode(&made), bytes);
}

#[test]
fn a_commitment_is_to_all_of_it() {
    let made = OfficerSignature::decode(&ENCODED).unwrap();
    let commitment = made.commitment(&[1; 16]);
    assert_eq!(commitment, made.commitment(&[1; 16]));
    assert_ne!(commitment, made.commitment(&[2; 16]));
    let again = signed_by(&Passkey::new(Algorithm::Es256), &asked());
    let again = OfficerSignature::sign(again, &node()).unwrap();
    assert_ne!(commitment, again.commitment(&[1; 16]));
}

proptest! {
    /// Invariant 12: no byte of it can change, and none that does makes us panic.
    #[test]
    fn invariant_12_no_byte_can_change(place in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bytes = ENCODED.clone();
        let at = place.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(OfficerSignature::decode(&bytes).is_err());
    }
}
