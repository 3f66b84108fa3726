//! A passkey of software: what a browser and an authenticator make of a challenge (WebAuthn Level 2), so that acts are signed without
//! either.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_app::{Actor, App, NewPasskey};
use entente_proof::digest::sha256;
use minicbor::Encoder;
use serde_json::{Value, json};

use crate::desk::{PASSWORD, again};

/// Bytes of an identifier.
const ID: usize = 16;
/// Present, verified.
const USED: u8 = 0b101;
/// The same with a key beside it.
const MADE: u8 = 0b100_0101;

/// A key pair in a device, bound to pages of one origin.
pub struct SoftPasskey {
    pair: EcdsaKeyPair,
    id: [u8; ID],
    origin: String,
    host: String,
    counter: u32,
}

impl SoftPasskey {
    /// A fresh one for pages of this origin.
    ///
    /// # Panics
    /// If the origin names no host.
    #[must_use]
    pub fn of(origin: &str) -> Self {
        let host = origin
            .split("://")
            .nth(1)
            .and_then(|at| at.split(':').next());
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key pair");
        let mut id = [0; ID];
        id.copy_from_slice(&sha256(pair.public_key().as_ref()).0[..ID]);
        Self {
            pair,
            id,
            origin: origin.to_owned(),
            host: host.expect("an origin").to_owned(),
            counter: 0,
        }
    }

    /// Adds it to the account of an officer who signs in by [`PASSWORD`]; gives who they are then.
    ///
    /// # Panics
    /// If the node refuses it.
    pub fn add_to(&mut self, app: &App, id: &str) -> Actor {
        let token = app.sign_in(id, PASSWORD, "").expect("signed in").token;
        self.add_within(app, &token)
    }

    /// The same within a session of theirs, which goes on.
    ///
    /// # Panics
    /// If the node refuses it.
    pub fn add_within(&mut self, app: &App, token: &str) -> Actor {
        let actor = app.signed_in(token, "").expect("a session").actor;
        let begun = app.begin_passkey(&actor, &again(token, PASSWORD, ""));
        let begun = begun.expect("a challenge");
        let answer = self.register(&begun.options);
        let new = NewPasskey {
            token: &begun.token,
            answer: &answer,
            label: "invented",
        };
        app.add_passkey(&actor, token, &new).expect("a passkey");
        actor
    }

    /// The answer to the challenge for a new passkey.
    #[must_use]
    pub fn register(&mut self, options: &str) -> String {
        let client = self.client_data("webauthn.create", options);
        let mut data = self.data(MADE);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.cose());
        let mut object = Encoder::new(Vec::new());
        object
            .map(3)
            .and_then(|e| {
                e.str("fmt")?
                    .str("none")?
                    .str("attStmt")?
                    .map(0)?
                    .str("authData")?
                    .bytes(&data)
            })
            .expect("in memory");
        self.answer(json!({
            "attestationObject": coded(&object.into_writer()),
            "clientDataJSON": coded(client.as_bytes()),
        }))
    }

    /// The answer to a challenge.
    #[must_use]
    pub fn sign(&mut self, options: &str) -> String {
        let client = self.client_data("webauthn.get", options);
        self.sign_said(&client)
    }

    /// The same of whatever a browser said.
    ///
    /// # Panics
    /// Never: it signs in memory.
    #[must_use]
    pub fn sign_said(&mut self, client: &str) -> String {
        self.counter += 1;
        let data = self.data(USED);
        let message = [data.as_slice(), &sha256(client.as_bytes()).0].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message);
        self.answer(json!({
            "authenticatorData": coded(&data),
            "clientDataJSON": coded(client.as_bytes()),
            "signature": coded(signature.expect("a signature").as_ref()),
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = coded(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {}})
            .to_string()
    }

    fn client_data(&self, what: &str, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options");
        let challenge = options["publicKey"]["challenge"]
            .as_str()
            .expect("a challenge");
        let origin = &self.origin;
        format!(
            "{{\"type\":\"{what}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\",\"crossOrigin\":false}}"
        )
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = sha256(self.host.as_bytes()).0.to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Its public key (RFC 9053): EC2, ES256, P-256, x, y.
    fn cose(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..]);
        let mut key = Encoder::new(Vec::new());
        key.map(5)
            .and_then(|e| {
                e.i8(1)?
                    .i8(2)?
                    .i8(3)?
                    .i8(-7)?
                    .i8(-1)?
                    .i8(1)?
                    .i8(-2)?
                    .bytes(x)?
                    .i8(-3)?
                    .bytes(y)
            })
            .expect("in memory");
        key.into_writer()
    }
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
