//! An OpenID provider without sockets, honest unless told otherwise: it keeps codes and their challenges, signs identity tokens with real
//! keys, counts what it is asked, and lies in one way at a time.

use crate::node::SharedTime;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_app::{Asked, Brought, Line, LineFault, Provider, ProviderSettings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who it says to be.
pub const ISSUER: &str = "https://provider.example/agents";
/// Who our node is to it.
pub const CLIENT: &str = "entente";
const SECRET: &str = "fictional secret of a client";

/// By what a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// ES256, by the key that is published.
    Es256,
    /// RS256, by the key that is published.
    Rs256,
    /// Nothing: `alg` is `none`.
    Nothing,
    /// HS256, with the published key's bytes as the secret.
    PublicAsSecret,
    /// ES256, by a key that is not published, under the name of the one that is.
    Stranger,
}

/// One way to lie about a token: changes its header and its claims.
pub type Lie = Box<dyn Fn(&mut Value, &mut Value) + Send>;

/// The provider.
pub struct FakeProvider {
    time: SharedTime,
    held: Mutex<Held>,
}

struct Held {
    ec: EcdsaKeyPair,
    stranger: EcdsaKeyPair,
    rsa: Option<RsaKeyPair>,
    kid: String,
    codes: BTreeMap<String, Code>,
    asked: Vec<String>,
    description: Value,
    signed: Signed,
    lie: Option<Lie>,
    silent: bool,
    replays: bool,
    basic: bool,
}

struct Code {
    nonce: String,
    challenge: String,
    back: String,
    subject: String,
}

/// What a browser brings back from a visit.
#[derive(Clone, Debug)]
pub struct Back {
    /// What it kept.
    pub kept: String,
    /// `state`.
    pub state: String,
    /// `code`.
    pub code: String,
    /// `iss`.
    pub issuer: Option<String>,
}

impl Back {
    /// As the verb takes it.
    #[must_use]
    pub fn brought(&self) -> Brought<'_> {
        Brought {
            kept: &self.kept,
            state: &self.state,
            code: &self.code,
            issuer: self.issuer.as_deref(),
            error: false,
        }
    }
}

impl FakeProvider {
    /// An honest one.
    ///
    /// # Panics
    /// If the cryptographic library draws no keys.
    #[must_use]
    pub fn new(time: &SharedTime) -> Arc<Self> {
        let key = || EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let at = |path: &str| format!("{ISSUER}/{path}");
        let description = json!({
            "issuer": ISSUER,
            "authorization_endpoint": at("auth"),
            "token_endpoint": at("token"),
            "jwks_uri": at("keys"),
            "end_session_endpoint": at("end"),
            "authorization_response_iss_parameter_supported": true,
        });
        let held = Held {
            ec: key(),
            stranger: key(),
            rsa: None,
            kid: "first".to_owned(),
            codes: BTreeMap::new(),
            asked: Vec::new(),
            description,
            signed: Signed::Es256,
            lie: None,
            silent: false,
            replays: false,
            basic: false,
        };
        Arc::new(Self {
            time: time.clone(),
            held: Mutex::new(held),
        })
    }

    /// As a node's provider that asks for these methods of authentication.
    #[must_use]
    pub fn for_node(self: &Arc<Self>, amr: &[&str]) -> Arc<Provider> {
        self.for_node_of(&[], amr)
    }

    /// The same of one that asks for one of these classes of authentication too.
    #[must_use]
    pub fn for_node_of(self: &Arc<Self>, acr: &[&str], amr: &[&str]) -> Arc<Provider> {
        let words =
            |all: &[&str]| -> Vec<String> { all.iter().map(|one| (*one).to_owned()).collect() };
        let settings = ProviderSettings {
            issuer: ISSUER.to_owned(),
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned().into(),
            hosts: Vec::new(),
            acr: words(acr),
            amr: words(amr),
            name: "Annuaire | الدليل | Directory".to_owned(),
        };
        Arc::new(Provider::new(settings, self.clone()))
    }

    /// A browser goes where it was sent, and somebody signs in there.
    ///
    /// # Panics
    /// If what it is asked is not what an honest node asks.
    #[must_use]
    pub fn visit(&self, address: &str, kept: &str, subject: &str) -> Back {
        let (place, query) = address.split_once('?').expect("a query");
        assert_eq!(place, format!("{ISSUER}/auth"));
        let asked = pairs(query);
        let of = |name: &str| asked.get(name).cloned().unwrap_or_default();
        for (name, wanted) in [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("scope", "openid"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(of(name), wanted, "{name}");
        }
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(of(name).len(), 43, "{name}: 256 bits");
        }
        let mut held = self.held();
        let code = format!("code-{}", held.codes.len());
        let issued = Code {
            nonce: of("nonce"),
            challenge: of("code_challenge"),
            back: of("redirect_uri"),
            subject: subject.to_owned(),
        };
        held.codes.insert(code.clone(), issued);
        Back {
            kept: kept.to_owned(),
            state: of("state"),
            code,
            issuer: Some(ISSUER.to_owned()),
        }
    }

    /// Signs so from now on.
    pub fn sign(&self, signed: Signed) {
        let mut held = self.held();
        if signed == Signed::Rs256 && held.rsa.is_none() {
            held.rsa = RsaKeyPair::generate(KeySize::Rsa2048).ok();
        }
        held.signed = signed;
    }

    /// Lies so from now on.
    pub fn lie(&self, lie: impl Fn(&mut Value, &mut Value) + Send + 'static) {
        self.held().lie = Some(Box::new(lie));
    }

    /// Is honest again.
    pub fn honest(&self) {
        let mut held = self.held();
        (held.lie, held.signed, held.replays) = (None, Signed::Es256, false);
    }

    /// Says something else of itself.
    pub fn describe(&self, name: &str, value: Value) {
        self.held().description[name] = value;
    }

    /// Answers no more, or again.
    pub fn be_silent(&self, silent: bool) {
        self.held().silent = silent;
    }

    /// Takes codes as often as they come.
    pub fn allow_replays(&self) {
        self.held().replays = true;
    }

    /// Has another key, of another name.
    ///
    /// # Panics
    /// If the cryptographic library draws no key.
    pub fn change_key(&self, kid: &str) {
        let mut held = self.held();
        held.ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        kid.clone_into(&mut held.kid);
    }

    /// Whether a code was last exchanged with the client's secret in HTTP's own way.
    #[must_use]
    pub fn was_shown_by_basic(&self) -> bool {
        self.held().basic
    }

    /// What it was asked since the last time: the addresses.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.held().asked)
    }

    /// A token that ends sessions.
    #[must_use]
    pub fn ending(&self, claims: &Value) -> String {
        let now = self.time.now().0 / 1_000;
        let mut all = json!({
            "iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": "one",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        });
        for (name, value) in claims.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        self.held().token("logout+jwt", all)
    }

    /// An identity token of somebody, as a code would bring it.
    #[must_use]
    pub fn identity(&self, nonce: &str, subject: &str) -> String {
        let claims = self.claims(nonce, subject);
        self.held().token("JWT", claims)
    }

    fn claims(&self, nonce: &str, subject: &str) -> Value {
        let now = self.time.now().0 / 1_000;
        json!({
            "iss": ISSUER, "sub": subject, "aud": CLIENT, "exp": now + 300, "iat": now, "auth_time": now,
            "nonce": nonce, "sid": format!("session of {subject}"), "amr": ["pwd"],
        })
    }

    fn exchange(&self, asked: &Asked<'_>) -> Result<Vec<u8>, LineFault> {
        let form: BTreeMap<&str, &str> = asked.form.unwrap_or_default().iter().copied().collect();
        let of = |name: &str| form.get(name).copied().unwrap_or_default();
        let mut held = self.held();
        let fits = |code: &&Code| {
            let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, of("code_verifier").as_bytes()));
            code.challenge == challenge && code.back == of("redirect_uri")
        };
        let found = held.codes.get(of("code")).filter(fits);
        let found = found.map(|code| (code.nonce.clone(), code.subject.clone()));
        let shown = asked
            .basic
            .unwrap_or((of("client_id"), of("client_secret")));
        let known = shown == (CLIENT, SECRET) && of("grant_type") == "authorization_code";
        held.basic = asked.basic.is_some();
        let (nonce, subject) = found.filter(|_| known).ok_or(LineFault::Refused)?;
        if !held.replays {
            held.codes.remove(of("code"));
        }
        let claims = self.claims(&nonce, &subject);
        let token = held.token("JWT", claims);
        let answer = json!({"access_token": "unused", "token_type": "Bearer", "id_token": token});
        Ok(answer.to_string().into_bytes())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line for FakeProvider {
    fn ask(&self, asked: &Asked<'_>) -> Result<Vec<u8>, LineFault> {
        {
            let mut held = self.held();
            held.asked.push(asked.url.to_owned());
            if held.silent {
                return Err(LineFault::Silent);
            }
        }
        match asked.url.strip_prefix(ISSUER) {
            Some("/.well-known/openid-configuration") => {
                Ok(self.held().description.to_string().into_bytes())
            }
            Some("/keys") => Ok(self.held().keys().to_string().into_bytes()),
            Some("/token") => self.exchange(asked),
            _ => Err(LineFault::Refused),
        }
    }
}

impl Held {
    fn keys(&self) -> Value {
        let ec = self.ec.public_key().as_ref();
        let part = |from: usize, to: usize| URL_SAFE_NO_PAD.encode(ec.get(from..to).unwrap_or(&[]));
        let mut keys = vec![
            // What nobody knows is passed over.
            json!({"kty": "new", "kid": "of a later time"}),
            json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": self.kid, "x": part(1, 33), "y": part(33, 65)}),
            json!({"kty": "EC", "crv": "P-256", "use": "enc", "kid": "sealing", "x": part(1, 33), "y": part(33, 65)}),
        ];
        if let Some(rsa) = &self.rsa {
            let public = rsa.public_key();
            let big = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
            let (n, e) = (
                big(public.modulus().big_endian_without_leading_zero()),
                big(public.exponent().big_endian_without_leading_zero()),
            );
            keys.push(json!({"kty": "RSA", "kid": "rsa", "alg": "RS256", "n": n, "e": e}));
        }
        json!({"keys": keys})
    }

    fn token(&self, typ: &str, mut claims: Value) -> String {
        let (alg, kid) = match self.signed {
            Signed::Es256 | Signed::Stranger => ("ES256", self.kid.as_str()),
            Signed::Rs256 => ("RS256", "rsa"),
            Signed::Nothing => ("none", self.kid.as_str()),
            Signed::PublicAsSecret => ("HS256", self.kid.as_str()),
        };
        let mut header = json!({"typ": typ, "alg": alg, "kid": kid});
        if let Some(lie) = &self.lie {
            lie(&mut header, &mut claims);
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let signature = URL_SAFE_NO_PAD.encode(self.signature(text.as_bytes()));
        format!("{text}.{signature}")
    }

    fn signature(&self, text: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let by = |key: &EcdsaKeyPair| {
            let signature = key.sign(&random, text);
            signature.map(|s| s.as_ref().to_vec()).unwrap_or_default()
        };
        match self.signed {
            Signed::Es256 => by(&self.ec),
            Signed::Stranger => by(&self.stranger),
            Signed::Nothing => Vec::new(),
            Signed::PublicAsSecret => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, self.ec.public_key().as_ref());
                hmac::sign(&key, text).as_ref().to_vec()
            }
            Signed::Rs256 => {
                let Some(rsa) = &self.rsa else {
                    return Vec::new();
                };
                let mut out = vec![0; rsa.public_modulus_len()];
                match rsa.sign(&RSA_PKCS1_SHA256, &random, text, &mut out) {
                    Ok(()) => out,
                    Err(_) => Vec::new(),
                }
            }
        }
    }
}

/// The parameters of an address.
#[must_use]
pub fn pairs(query: &str) -> BTreeMap<String, String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((name.to_owned(), decoded(value)))
    };
    query.split('&').filter_map(pair).collect()
}

fn decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let digits = std::str::from_utf8(&digits).unwrap_or("00");
                out.push(u8::from_str_radix(digits, 16).unwrap_or(b'?'));
            }
            other => out.push(other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
