//! Which tokens are believed: signatures by jsonwebtoken over aws-lc, with keys that the provider publishes and by asymmetric algorithms
//! only; what they say by us, by the node's own clock (OpenID Connect Core 1.0 section 3.1.3.7, RFC 8725).

use super::Refused;
use super::flow::Flow;
use super::known::Provider;
use entente_core::instant::{Instant, Span};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};

/// How far the provider's clock may be from ours.
const APART: Span = Span::minutes(1);
/// How old a token may be that comes straight from the provider.
const FRESH: Span = Span::minutes(10);
/// Most bytes of a token.
const MOST: usize = 16 << 10;
/// Most bytes of a subject (OpenID Connect Core 1.0 section 2).
const SUBJECT: usize = 255;
/// What a token says that ends sessions (OpenID Connect Back-Channel Logout 1.0 section 2.4).
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a token says, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: Option<String>,
    aud: Audience,
    exp: Option<i64>,
    nbf: Option<i64>,
    iat: i64,
    nonce: Option<String>,
    auth_time: Option<i64>,
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    azp: Option<String>,
    pub sid: Option<String>,
    events: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// An identity token that is believed.
pub(super) struct Shown {
    pub subject: String,
    pub claims: Claims,
    pub text: String,
}

/// Whose sessions end.
pub(super) struct Ended {
    pub subject: Option<String>,
    pub sid: Option<String>,
}

impl Provider {
    /// Reads the identity token that was got for one way there and back.
    pub(super) fn identity(&self, now: Instant, text: &str, flow: &Flow) -> Result<Shown, Refused> {
        let claims = self.believed(now, text, &["JWT"])?;
        if claims.exp.is_none() {
            return Err("no-end".into());
        }
        let nonce = claims.nonce.as_deref().unwrap_or_default();
        if !crate::marks::same(&flow.nonce, nonce) {
            return Err("nonce".into());
        }
        if flow.purpose.proves() {
            let entered = claims.auth_time.ok_or("no-entry-time")?;
            if seconds(entered) < Instant(flow.begun_ms) - APART {
                return Err("entered-before".into());
            }
        }
        self.strong_enough(&claims)?;
        Ok(Shown {
            subject: subject(claims.sub.as_deref())?.to_owned(),
            claims,
            text: text.to_owned(),
        })
    }

    /// Reads a token by which the provider ends sessions.
    pub(super) fn ending(&self, now: Instant, text: &str) -> Result<Ended, Refused> {
        let claims = self.believed(now, text, &["logout+jwt", "JWT"])?;
        let event = claims.events.as_ref().and_then(|all| all.get(LOGOUT));
        // With a nonce it would be an identity token, which signs in.
        if !event.is_some_and(Value::is_object) || claims.nonce.is_some() {
            return Err("no-ending".into());
        }
        let named = claims.sub.as_deref();
        let subject = named.map(|sub| subject(Some(sub))).transpose()?;
        if subject.is_none() && claims.sid.is_none() {
            return Err("nobody".into());
        }
        Ok(Ended {
            subject: subject.map(str::to_owned),
            sid: claims.sid,
        })
    }

    /// Holds against what the operator asks for; whoever asks for nothing is content with anything.
    fn strong_enough(&self, claims: &Claims) -> Result<(), Refused> {
        let settings = &self.settings;
        let class = claims.acr.as_ref();
        let of_class = settings.acr.is_empty() || class.is_some_and(|a| settings.acr.contains(a));
        let by_method =
            settings.amr.is_empty() || claims.amr.iter().any(|m| settings.amr.contains(m));
        match of_class && by_method {
            true => Ok(()),
            false => Err(Refused::Weak),
        }
    }

    /// What a token of the provider's says: signed by a key of its, for this node, now.
    fn believed(&self, now: Instant, text: &str, types: &[&str]) -> Result<Claims, Refused> {
        if text.len() > MOST {
            return Err("token-size".into());
        }
        let header = decode_header(text).map_err(|_| "token-header")?;
        let typed = header.typ.as_deref();
        if typed.is_some_and(|typ| !types.iter().any(|one| one.eq_ignore_ascii_case(typ))) {
            return Err("token-type".into());
        }
        if header.crit.is_some() {
            return Err("token-critical".into());
        }
        let algorithm = algorithm(&header)?;
        let key = self.key(now, |key| fits(key, &header, algorithm))?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| "key-form")?;
        let mut signed = Validation::new(header.alg);
        // Times, issuer and audience are ours to judge: the library would ask the system's clock.
        signed.set_required_spec_claims::<&str>(&[]);
        (
            signed.validate_exp,
            signed.validate_nbf,
            signed.validate_aud,
        ) = (false, false, false);
        let claims = decode::<Claims>(text, &key, &signed).map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => "signature",
            _ => "token-form",
        })?;
        self.for_us(now, &claims.claims)?;
        Ok(claims.claims)
    }

    fn for_us(&self, now: Instant, claims: &Claims) -> Result<(), Refused> {
        let client = &self.settings.client;
        if claims.iss != self.settings.issuer {
            return Err("issuer".into());
        }
        // For anybody else too is for somebody whom nobody here trusts.
        let alone = match &claims.aud {
            Audience::One(one) => one == client,
            Audience::Many(many) => matches!(&many[..], [one] if one == client),
        };
        if !alone || claims.azp.as_ref().is_some_and(|azp| azp != client) {
            return Err("audience".into());
        }
        let issued = seconds(claims.iat);
        if claims.exp.is_some_and(|exp| seconds(exp) + APART <= now)
            || issued + FRESH + APART <= now
        {
            return Err("over".into());
        }
        let early = |at: Instant| at > now + APART;
        if early(issued) || claims.nbf.is_some_and(|nbf| early(seconds(nbf))) {
            return Err("early".into());
        }
        Ok(())
    }
}

/// The algorithms that are believed, each by the keys of its own sort. None of them is by a secret that both sides have.
fn algorithm(header: &Header) -> Result<KeyAlgorithm, &'static str> {
    Ok(match header.alg {
        Algorithm::ES256 => KeyAlgorithm::ES256,
        Algorithm::ES384 => KeyAlgorithm::ES384,
        Algorithm::PS256 => KeyAlgorithm::PS256,
        Algorithm::RS256 => KeyAlgorithm::RS256,
        _ => return Err("algorithm"),
    })
}

/// Whether a published key may have made a signature of this header: what the token itself brings of keys is not looked at.
fn fits(key: &Jwk, header: &Header, algorithm: KeyAlgorithm) -> bool {
    let named = match &header.kid {
        Some(kid) => key.common.key_id.as_ref() == Some(kid),
        None => true,
    };
    let signs = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let for_it = key
        .common
        .key_algorithm
        .is_none_or(|only| only == algorithm);
    let sort = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(curve), KeyAlgorithm::ES256) => {
            curve.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::EllipticCurve(curve), KeyAlgorithm::ES384) => {
            curve.curve == EllipticCurve::P384
        }
        (AlgorithmParameters::RSA(_), KeyAlgorithm::PS256 | KeyAlgorithm::RS256) => true,
        _ => false,
    };
    named && signs && for_it && sort
}

fn subject(named: Option<&str>) -> Result<&str, Refused> {
    let fits = |sub: &&str| !sub.is_empty() && sub.len() <= SUBJECT && sub.is_ascii();
    named.filter(fits).ok_or_else(|| "subject".into())
}

fn seconds(at: i64) -> Instant {
    Instant(at.saturating_mul(1_000))
}
