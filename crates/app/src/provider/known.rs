//! What is known of the provider: its description (OpenID Connect Discovery 1.0) and its keys, both asked for anew now and then; and the
//! exchange of a code. Everything that it names must lie, by TLS, at its own host or at one that the operator named: whoever speaks for
//! the provider sends this node nowhere else.

use super::{ProviderSettings, Refused};
use entente_core::instant::{Instant, Span};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use webauthn_rs::prelude::Url;

/// How long a description and keys are good.
const GOOD: Span = Span::hours(1);
/// How soon keys are asked for again when one is named that is not among them.
const AGAIN: Span = Span(30_000);
/// How long a provider that did not answer is left alone: nobody waits for it meanwhile.
const SILENCE: Span = Span(10_000);
/// Most calls under way at a time; what comes above is told that the provider does not answer.
const CALLS: usize = 4;
/// Most keys that are read.
const KEYS: usize = 100;

/// One call to the provider.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Where.
    pub url: &'a str,
    /// Fields to post; none: the address is read.
    pub form: Option<&'a [(&'a str, &'a str)]>,
    /// Name and secret to show, as HTTP has it (RFC 7617).
    pub basic: Option<(&'a str, &'a str)>,
}

/// Why a call brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// No connection, no certificate that is trusted, or no answer in time.
    Silent,
    /// An answer that is none of ours: a refusal, a way elsewhere, too many bytes.
    Refused,
}

/// How the provider is reached: with a limit of time, a limit of bytes, by TLS, and following no way elsewhere.
pub trait Line: Send + Sync {
    /// The body of an answer of success.
    ///
    /// # Errors
    /// [`LineFault`].
    fn ask(&self, asked: &Asked<'_>) -> Result<Vec<u8>, LineFault>;
}

/// The provider of a node.
pub struct Provider {
    pub(super) settings: ProviderSettings,
    line: Arc<dyn Line>,
    known: Mutex<Known>,
    under_way: AtomicUsize,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider(hidden)")
    }
}

#[derive(Default)]
struct Known {
    described: Option<(Instant, Arc<Description>)>,
    keys: Option<(Instant, Arc<Vec<Jwk>>)>,
    silent: Option<Instant>,
}

/// What the provider says of itself, as far as it is used.
#[derive(Deserialize)]
pub(super) struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    pub(super) end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Description {
    /// Whether a client shows its name and secret in HTTP's own way, which is every provider's where it names none (OpenID Connect Core 1.0
    /// section 9). Signs that are encoded there are read by some providers as they stand: such words go with the form, if it takes them.
    fn by_basic(&self, words: [&str; 2]) -> bool {
        let Some(methods) = &self.token_endpoint_auth_methods_supported else {
            return true;
        };
        let takes = |way: &str| methods.iter().any(|method| method == way);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
        let clear = words.iter().all(|word| word.chars().all(plain));
        takes("client_secret_basic") && (clear || !takes("client_secret_post"))
    }
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl Provider {
    /// A provider to be reached by a line; nothing is asked of it yet, so that a node starts while it is away.
    #[must_use]
    pub fn new(settings: ProviderSettings, line: Arc<dyn Line>) -> Self {
        Self {
            settings,
            line,
            known: Mutex::default(),
            under_way: AtomicUsize::new(0),
        }
    }

    /// Asks for description and keys anew.
    pub(super) fn look(&self, now: Instant) -> Result<(), Refused> {
        *self.held() = Known::default();
        let keys = self.keys(now)?;
        match keys.is_empty() {
            false => Ok(()),
            true => Err("no-keys".into()),
        }
    }

    /// Where a browser goes to be signed in.
    pub(super) fn address(
        &self,
        now: Instant,
        asking: &[(&'static str, String)],
    ) -> Result<String, Refused> {
        let described = self.described(now)?;
        let mut url = self.inside(&described.authorization_endpoint)?;
        url.query_pairs_mut().extend_pairs(asking);
        Ok(url.into())
    }

    /// Whether an answer says to be from this provider (RFC 9207); one that always says so must.
    pub(super) fn is_from(&self, now: Instant, issuer: Option<&str>) -> Result<(), Refused> {
        let says = self
            .described(now)?
            .authorization_response_iss_parameter_supported;
        match issuer {
            Some(issuer) if issuer == self.settings.issuer => Ok(()),
            None if !says => Ok(()),
            _ => Err("answer-issuer".into()),
        }
    }

    /// Exchanges a code for an identity token. What else comes with it is let go: this node asks nothing of the provider on anybody's
    /// behalf.
    pub(super) fn exchange(
        &self,
        now: Instant,
        code: &str,
        verifier: &str,
        back: &str,
    ) -> Result<String, Refused> {
        if code.is_empty() {
            return Err("no-code".into());
        }
        let described = self.described(now)?;
        let (client, secret) = (self.settings.client.as_str(), self.settings.secret.as_str());
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", verifier),
        ];
        let basic = described.by_basic([client, secret]);
        if !basic {
            form.extend([("client_id", client), ("client_secret", secret)]);
        }
        let body = self.ask(
            now,
            &Asked {
                url: &described.token_endpoint,
                form: Some(&form),
                basic: basic.then_some((client, secret)),
            },
            "exchange",
        )?;
        let tokens: Tokens = serde_json::from_slice(&body).map_err(|_| "exchange-form")?;
        Ok(tokens.id_token)
    }

    /// The description that is known already, without asking for it.
    pub(super) fn described_already(&self) -> Option<Arc<Description>> {
        let held = self.held();
        held.described.as_ref().map(|(_, d)| Arc::clone(d))
    }

    fn described(&self, now: Instant) -> Result<Arc<Description>, Refused> {
        if let Some((at, described)) = &self.held().described
            && within(*at, now, GOOD)
        {
            return Ok(Arc::clone(described));
        }
        let issuer = self.settings.issuer.trim_end_matches('/');
        let url = format!("{issuer}/.well-known/openid-configuration");
        let body = self.ask(now, &got(&url), "description")?;
        let read: Description = serde_json::from_slice(&body).map_err(|_| "description-form")?;
        if read.issuer != self.settings.issuer {
            return Err("description-issuer".into());
        }
        for named in [
            &read.authorization_endpoint,
            &read.token_endpoint,
            &read.jwks_uri,
        ] {
            self.inside(named)?;
        }
        let read = Arc::new(read);
        self.held().described = Some((now, Arc::clone(&read)));
        Ok(read)
    }

    fn keys(&self, now: Instant) -> Result<Arc<Vec<Jwk>>, Refused> {
        if let Some((at, keys)) = &self.held().keys
            && within(*at, now, GOOD)
        {
            return Ok(Arc::clone(keys));
        }
        self.keys_anew(now)
    }

    fn keys_anew(&self, now: Instant) -> Result<Arc<Vec<Jwk>>, Refused> {
        let described = self.described(now)?;
        let body = self.ask(now, &got(&described.jwks_uri), "keys")?;
        let set: KeySet = serde_json::from_slice(&body).map_err(|_| "keys-form")?;
        // A key of a sort that nobody here knows is passed over, and no reason to believe none.
        let keys = set.keys.into_iter().take(KEYS);
        let keys = keys.filter_map(|key| serde_json::from_value(key).ok());
        let keys: Arc<Vec<Jwk>> = Arc::new(keys.collect());
        self.held().keys = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }

    /// The one key that fits. If none does, the provider may have changed its keys: they are asked for again, and not more often than
    /// every half minute, whoever names keys that there are none of.
    pub(super) fn key(&self, now: Instant, fits: impl Fn(&Jwk) -> bool) -> Result<Jwk, Refused> {
        let one = |keys: &[Jwk]| {
            let mut fitting = keys.iter().filter(|key| fits(key));
            fitting.next().filter(|_| fitting.next().is_none()).cloned()
        };
        if let Some(key) = one(&self.keys(now)?) {
            return Ok(key);
        }
        let asked = self.held().keys.as_ref().map(|(at, _)| *at);
        if asked.is_some_and(|at| within(at, now, AGAIN)) {
            return Err("key".into());
        }
        one(&self.keys_anew(now)?).ok_or_else(|| "key".into())
    }

    /// An address that the provider named, if it is one of its own.
    pub(super) fn inside(&self, named: &str) -> Result<Url, Refused> {
        let outside = Refused::Wrong("address");
        let url = Url::parse(named).map_err(|_| outside)?;
        let bare =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let hosts = self.settings.hosts.iter();
        let own = Url::parse(&self.settings.issuer).ok().into_iter();
        let mut all =
            own.chain(hosts.filter_map(|host| Url::parse(&format!("https://{host}")).ok()));
        let place = |url: &Url| {
            (
                url.host_str().map(str::to_owned),
                url.port_or_known_default(),
            )
        };
        let here = all.any(|known| place(&known) == place(&url));
        match url.scheme() == "https" && bare && here {
            true => Ok(url),
            false => Err(outside),
        }
    }

    /// Calls the provider, unless it was silent a moment ago or too many calls are under way. A refusal is named by its place.
    fn ask(
        &self,
        now: Instant,
        asked: &Asked<'_>,
        place: &'static str,
    ) -> Result<Vec<u8>, Refused> {
        let silent = self.held().silent;
        if silent.is_some_and(|at| within(at, now, SILENCE)) {
            return Err(Refused::Silent);
        }
        let before = self.under_way.fetch_add(1, Ordering::SeqCst);
        let answer = match before < CALLS {
            true => self.line.ask(asked),
            false => Err(LineFault::Silent),
        };
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        match answer {
            Ok(body) => Ok(body),
            Err(LineFault::Refused) => Err(place.into()),
            Err(LineFault::Silent) => {
                if before < CALLS {
                    self.held().silent = Some(now);
                }
                tracing::warn!(place, "the OpenID provider does not answer");
                Err(Refused::Silent)
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn got(url: &str) -> Asked<'_> {
    Asked {
        url,
        form: None,
        basic: None,
    }
}

/// Whether something of then is younger than this; what a clock put back makes younger than nothing is not.
fn within(at: Instant, now: Instant, span: Span) -> bool {
    let age = now - at;
    age >= Span(0) && age < span
}
