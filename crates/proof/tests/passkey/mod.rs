//! A passkey as software: what an authenticator and a browser make of a challenge (WebAuthn Level 2).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_proof::digest::sha256;
use entente_proof::weight::{Credential, EDDSA, ES256, ES384, RS256};

/// What passkeys sign by.
#[derive(Clone, Copy, Debug)]
pub enum Algorithm {
    Es256,
    Es384,
    EdDsa,
    Rs256,
}

impl Algorithm {
    pub const ALL: [Self; 4] = [Self::Es256, Self::Es384, Self::EdDsa, Self::Rs256];
}

/// A key pair in a device.
pub enum Passkey {
    Ec(i32, Box<EcdsaKeyPair>),
    Ed(Box<Ed25519KeyPair>),
    Rsa(Box<RsaKeyPair>),
}

impl Passkey {
    pub fn new(algorithm: Algorithm) -> Self {
        let ec = |how| Box::new(EcdsaKeyPair::generate(how).unwrap());
        match algorithm {
            Algorithm::Es256 => Self::Ec(ES256, ec(&ECDSA_P256_SHA256_ASN1_SIGNING)),
            Algorithm::Es384 => Self::Ec(ES384, ec(&ECDSA_P384_SHA384_ASN1_SIGNING)),
            Algorithm::EdDsa => Self::Ed(Box::new(Ed25519KeyPair::generate().unwrap())),
            Algorithm::Rs256 => {
                Self::Rsa(Box::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
            }
        }
    }

    pub fn credential(&self) -> Credential {
        let (algorithm, first, second) = match self {
            Self::Ec(algorithm, pair) => {
                let point = &pair.public_key().as_ref()[1..];
                let (x, y) = point.split_at(point.len() / 2);
                (*algorithm, x.to_vec(), y.to_vec())
            }
            Self::Ed(pair) => (EDDSA, pair.public_key().as_ref().to_vec(), Vec::new()),
            Self::Rsa(pair) => {
                let (n, e) = rsa_parts(pair.public_key().as_ref());
                (RS256, n, e)
            }
        };
        Credential {
            algorithm,
            first: first.into(),
            second: second.into(),
        }
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Ec(_, pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
        }
    }
}

/// Modulus and exponent of an RSA public key (RFC 8017 appendix A.1.1) of 2,048 bits.
fn rsa_parts(der: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let modulus = der.strip_prefix(&[0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0]);
    let (modulus, rest) = modulus.unwrap().split_at(256);
    (
        modulus.to_vec(),
        rest.strip_prefix(&[2, 3]).unwrap().to_vec(),
    )
}

pub fn authenticator_data(host: &str, flags: u8, counter: u32) -> Vec<u8> {
    let mut data = sha256(host.as_bytes()).0.to_vec();
    data.push(flags);
    data.extend(counter.to_be_bytes());
    data
}

pub fn client_data(challenge: &[u8], origin: &str, cross: bool) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(
        "{{\"type\":\"webauthn.get\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\",\"crossOrigin\":{cross}}}"
    )
}
