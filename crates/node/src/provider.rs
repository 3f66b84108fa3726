//! The OpenID provider that a configuration names, opened; and the line to it: TLS to the authorities of a file, a limit of time and of
//! bytes, no way elsewhere.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use entente_app::{Asked, AtProvider, Line, LineFault, Provider, ProviderSettings};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Response, Url};
use tokio::runtime::Runtime;

use crate::config::Config;
use crate::config::oidc::OidcConfig;
use crate::node::{NodeError, file_error};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// Longest time of a whole call: somebody waits at the door.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of an answer.
const MOST: usize = 256 << 10;
/// Most bytes of a file with a secret.
const MAX_SECRET: u64 = 4 << 10;

/// The provider of a configuration, and why signing in at it is off, if it is. Nothing is asked of it yet: a node starts while it is away, and
/// while a file that it needs is missing or broken. Its people have other ways in, and all else goes on (invariant 13).
pub fn open(config: &Config) -> (AtProvider, Option<NodeError>) {
    let Some(oidc) = &config.oidc else {
        return (AtProvider::None, None);
    };
    match provider(oidc) {
        Ok(provider) => (AtProvider::On(Arc::new(provider)), None),
        Err(why) => (AtProvider::Off(oidc.name.clone()), Some(why)),
    }
}

fn provider(oidc: &OidcConfig) -> Result<Provider, NodeError> {
    let settings = ProviderSettings {
        issuer: oidc.issuer.clone(),
        client: oidc.client.clone(),
        secret: secret(&oidc.secret_file)?.into(),
        hosts: oidc.hosts.clone(),
        acr: oidc.acr.clone(),
        amr: oidc.amr.clone(),
        name: oidc.name.clone(),
    };
    let line = HttpLine::new(oidc, PATIENCE)?;
    Ok(Provider::new(settings, Arc::new(line)))
}

/// The secret in the first line of a file that others on this machine cannot read.
///
/// # Errors
/// [`NodeError`].
pub fn secret(path: &Path) -> Result<String, NodeError> {
    let about = fs::metadata(path).map_err(file_error(path))?;
    if about.mode() & 0o007 != 0 {
        return Err(NodeError::KeysOpen(path.to_owned()));
    }
    let text = match about.len() <= MAX_SECRET {
        true => fs::read_to_string(path).map_err(file_error(path))?,
        false => String::new(),
    };
    let first = text.lines().next().unwrap_or_default().trim();
    match first.is_empty() {
        false => Ok(first.to_owned()),
        true => Err(NodeError::Secret(path.to_owned())),
    }
}

/// The line, with a thread of its own: whoever calls waits on theirs.
struct HttpLine {
    client: Client,
    runtime: Option<Runtime>,
    patience: Duration,
}

impl HttpLine {
    fn new(oidc: &OidcConfig, patience: Duration) -> Result<Self, NodeError> {
        let path = &oidc.authorities_file;
        let wrong = || NodeError::Authorities(path.clone());
        let trust = entente_store::tls::client(Some(path)).map_err(|_| wrong())?;
        let client = Client::builder()
            .tls_backend_preconfigured(trust)
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT.min(patience))
            .timeout(patience)
            .build()
            .map_err(|_| wrong())?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("provider")
            .enable_all()
            .build()
            .map_err(file_error(path))?;
        Ok(Self {
            client,
            runtime: Some(runtime),
            patience,
        })
    }
}

impl Line for HttpLine {
    fn ask(&self, asked: &Asked<'_>) -> Result<Vec<u8>, LineFault> {
        let url: Url = asked.url.parse().map_err(|_| LineFault::Refused)?;
        let mut request = match asked.form {
            None => self.client.get(url),
            Some(form) => self
                .client
                .post(url)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(encoded(form)?),
        };
        if let Some((name, secret)) = asked.basic {
            // Encoded before they are joined (RFC 6749 section 2.3.1).
            request = request.basic_auth(word(name)?, Some(word(secret)?));
        }
        let request = request.header(ACCEPT, "application/json");
        let runtime = self.runtime.as_ref().ok_or(LineFault::Silent)?;
        let (done, result) = mpsc::sync_channel(1);
        let patience = self.patience;
        runtime.spawn(async move {
            let call = tokio::time::timeout(patience, answered(request));
            let _nobody_waits = done.send(call.await.unwrap_or(Err(LineFault::Silent)));
        });
        result.recv().unwrap_or(Err(LineFault::Silent))
    }
}

impl Drop for HttpLine {
    fn drop(&mut self) {
        // Dropping a runtime blocks, which some callers may not.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn answered(request: reqwest::RequestBuilder) -> Result<Vec<u8>, LineFault> {
    let answer = request.send().await.map_err(|_| LineFault::Silent)?;
    let status = answer.status();
    if status.is_server_error() {
        return Err(LineFault::Silent);
    }
    match status.is_success() {
        true => body(answer).await,
        false => Err(LineFault::Refused),
    }
}

/// The body, as far as it may go: what is longer is let go in the middle.
async fn body(mut answer: Response) -> Result<Vec<u8>, LineFault> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| LineFault::Silent)? {
        if body.len() + chunk.len() > MOST {
            return Err(LineFault::Refused);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Fields as a form sends them.
fn encoded(form: &[(&str, &str)]) -> Result<String, LineFault> {
    let mut url: Url = "https://form.invalid/"
        .parse()
        .map_err(|_| LineFault::Refused)?;
    url.query_pairs_mut().extend_pairs(form);
    Ok(url.query().unwrap_or_default().to_owned())
}

fn word(text: &str) -> Result<String, LineFault> {
    let pair = encoded(&[("", text)])?;
    Ok(pair.trim_start_matches('=').to_owned())
}
