//! A program's way to a node: its JSON API, signed in as a persona.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::DemoError;

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No answer.
    #[error("{node} does not answer: {reason}")]
    Silent {
        /// The node.
        node: String,
        /// The client's words, without the address's query.
        reason: String,
    },
    /// An answer that refuses.
    #[error("{node} refused {path} with {status}: {detail}")]
    Refused {
        /// The node.
        node: String,
        /// What was asked for.
        path: String,
        /// HTTP status.
        status: u16,
        /// Title and detail of the problem.
        detail: String,
    },
    /// What was written waits for another signature.
    #[error("{node} holds {entry_type} until somebody else signs")]
    Waits {
        /// The node.
        node: String,
        /// Type of the entry.
        entry_type: String,
    },
    /// The client itself cannot be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

/// One node's API. Signs in again by itself when a session ran out, as sessions do when the demo clock jumps.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    /// The node's name, for errors.
    pub node: String,
    /// Where it listens, `http://host:port`.
    pub url: String,
    tokens: BTreeMap<String, String>,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The dossier's identifier.
    pub dossier: String,
    /// The entry's identifier.
    pub entry: String,
}

/// A file to attach: name, media type, bytes.
pub type Attachment<'a> = (&'a str, &'a str, &'a [u8]);

/// An entry to record by the API.
#[derive(Clone, Debug, Default)]
pub struct Writing<'a> {
    /// Dossier, unless one is opened.
    pub dossier: Option<&'a str>,
    /// Partner, to open a dossier.
    pub partner: Option<&'a str>,
    /// Obligation acted on.
    pub on: Option<&'a str>,
    /// Language of the free text.
    pub lang: &'a str,
    /// Values of the form.
    pub values: Value,
    /// Changes to a charter's terms, with what proposes them.
    pub terms: Option<Value>,
    /// Files.
    pub files: &'a [Attachment<'a>],
}

impl Api {
    /// The API of a node. Plain HTTP on loopback: no certificate is ever needed.
    ///
    /// # Errors
    /// [`ApiError::Client`].
    pub fn new(node: &str, url: &str) -> Result<Self, ApiError> {
        let bug = |error: &dyn std::fmt::Display| ApiError::Client(error.to_string());
        let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|e| bug(&e))?
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let built = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .timeout(PATIENCE)
            .build();
        Ok(Self {
            client: built.map_err(|e| bug(&e))?,
            node: node.to_owned(),
            url: url.to_owned(),
            tokens: BTreeMap::new(),
        })
    }

    fn silent(&self, error: reqwest::Error) -> ApiError {
        ApiError::Silent {
            node: self.node.clone(),
            reason: error.without_url().to_string(),
        }
    }

    /// Whether the node is ready to serve.
    pub async fn is_ready(&self) -> bool {
        let asked = self
            .client
            .get(format!("{}/readyz", self.url))
            .timeout(Duration::from_secs(2))
            .send()
            .await;
        asked.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// The text of a public page, such as `/metrics`.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn page(&self, path: &str) -> Result<String, ApiError> {
        let answer = self
            .client
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .map_err(|e| self.silent(e))?;
        answer.text().await.map_err(|e| self.silent(e))
    }

    /// A fresh session of a persona: `token` and `csrf`.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn session(&self, persona: &str) -> Result<Value, ApiError> {
        let path = "/api/v1/session";
        let request = self.client.post(format!("{}{path}", self.url));
        let sent = request.json(&json!({"persona": persona})).send().await;
        let answer = self.taken(path, sent.map_err(|e| self.silent(e))?).await?;
        Ok(serde_json::from_slice(&answer).unwrap_or_default())
    }

    async fn sign_in(&mut self, persona: &str) -> Result<String, ApiError> {
        let signed = self.session(persona).await?;
        let token = signed
            .get("token")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        self.tokens.insert(persona.to_owned(), token.clone());
        Ok(token)
    }

    async fn taken(&self, path: &str, answer: reqwest::Response) -> Result<Vec<u8>, ApiError> {
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(|e| self.silent(e))?.to_vec();
        if status.is_success() {
            return Ok(bytes);
        }
        let problem: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        Err(ApiError::Refused {
            node: self.node.clone(),
            path: path.to_owned(),
            status: status.as_u16(),
            detail: problem.to_string(),
        })
    }

    /// One call as a persona.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn call(
        &mut self,
        persona: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Vec<u8>, ApiError> {
        let mut fresh = false;
        loop {
            let token = match self.tokens.get(persona) {
                Some(token) => token.clone(),
                None => {
                    fresh = true;
                    self.sign_in(persona).await?
                }
            };
            let mut request = self
                .client
                .request(method.clone(), format!("{}{path}", self.url))
                .bearer_auth(token);
            if let Some(body) = body {
                request = request.json(body);
            }
            let answer = request.send().await.map_err(|e| self.silent(e))?;
            if answer.status() == StatusCode::UNAUTHORIZED && !fresh {
                self.tokens.remove(persona);
                continue;
            }
            return self.taken(path, answer).await;
        }
    }

    /// Reads JSON as a persona.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn get(&mut self, persona: &str, path: &str) -> Result<Value, ApiError> {
        let bytes = self
            .call(persona, Method::GET, &reasoned(path), None)
            .await?;
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Sends JSON as a persona.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn post(
        &mut self,
        persona: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let bytes = self.call(persona, Method::POST, path, Some(body)).await?;
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Records an entry, or opens a dossier.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn record(
        &mut self,
        persona: &str,
        entry_type: &str,
        writing: Writing<'_>,
    ) -> Result<Recorded, ApiError> {
        use base64::Engine as _;
        let coded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
        let files: Vec<Value> = writing.files.iter().map(|(name, media, bytes)| json!({"name": name, "media": media, "base64": coded(bytes)})).collect();
        let body = json!({
            "type": entry_type, "dossier": writing.dossier, "partner": writing.partner, "on": writing.on, "lang": writing.lang,
            "values": writing.values, "terms": writing.terms, "files": files,
        });
        let answer = self.post(persona, "/api/v1/entries", &body).await?;
        let recorded = recorded(&answer);
        // What waits for somebody else's signature is no step of a story.
        if recorded.entry.is_empty() {
            return Err(ApiError::Waits {
                node: self.node.clone(),
                entry_type: entry_type.to_owned(),
            });
        }
        Ok(recorded)
    }

    /// The open obligation of a dossier that this node owes.
    ///
    /// # Errors
    /// [`DemoError::Story`] where there is none.
    pub async fn owed(
        &mut self,
        persona: &str,
        (dossier, ask): (&str, &str),
    ) -> Result<String, DemoError> {
        let view = self
            .get(persona, &format!("/api/v1/dossiers/{dossier}"))
            .await?;
        let own = format!("{}/", self.node);
        let fits = |line: &&Value| {
            let owing = line["owing"].as_str().unwrap_or_default();
            line["ask"] == ask && line["ended"].is_null() && owing.starts_with(&own)
        };
        let mut lines = view["obligations"].as_array().into_iter().flatten();
        let id = lines.find(fits).and_then(|line| line["id"].as_str());
        id.map(str::to_owned).ok_or_else(|| {
            let node = &self.node;
            DemoError::Story(format!("{node} owes no {ask} in a dossier where it should"))
        })
    }

    /// All entries of a dossier, oldest first.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn entries(&mut self, persona: &str, dossier: &str) -> Result<Vec<Value>, ApiError> {
        let mut entries = Vec::new();
        for page in 1.. {
            let view = self
                .get(persona, &format!("/api/v1/dossiers/{dossier}?page={page}"))
                .await?;
            let found = view
                .get("entries")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            let total = view.get("total").and_then(Value::as_u64).unwrap_or(0);
            let last = found.is_empty();
            entries.extend(found);
            if last || u64::try_from(entries.len()).unwrap_or(u64::MAX) >= total {
                break;
            }
        }
        Ok(entries)
    }

    /// All lines of a paged list: `/api/v1/ledger?...` or `/api/v1/dossiers?...`.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn lines(&mut self, persona: &str, path: &str) -> Result<Vec<Value>, ApiError> {
        let mut lines = Vec::new();
        let joint = joint(path);
        for page in 1.. {
            let view = self
                .get(persona, &format!("{path}{joint}page={page}"))
                .await?;
            let found = view
                .get("lines")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            let total = view.get("total").and_then(Value::as_u64).unwrap_or(0);
            let last = found.is_empty();
            lines.extend(found);
            if last || u64::try_from(lines.len()).unwrap_or(u64::MAX) >= total {
                break;
            }
        }
        Ok(lines)
    }
}

/// Dossier and entry of an answer.
pub fn recorded(answer: &Value) -> Recorded {
    let text = |name: &str| {
        answer
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Recorded {
        dossier: text("dossier"),
        entry: text("entry"),
    }
}

fn joint(path: &str) -> char {
    if path.contains('?') { '&' } else { '?' }
}

/// The people of the story read each other's dossiers, and say why: the reason counts only where one is asked.
pub fn reasoned(path: &str) -> String {
    format!("{path}{}reason=coordination", joint(path))
}
