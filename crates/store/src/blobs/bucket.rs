//! A bucket of an S3-compatible store: put, get, delete, list, and what it says of versions.
//!
//! Each request is signed in its address (AWS Signature Version 4), bounded in time and in what it reads, and tried again when the
//! line or the server failed: all of them may be done twice. Addresses hold a signature and keys hold names, so no error text has
//! either. Waiting is on the caller's thread; the sockets live on a small runtime of their own.

use super::StoreError;
use crate::tls;
use reqwest::{Method, Response, StatusCode};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{S3Action as _, UrlStyle};
use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use thiserror::Error;
use tokio::runtime::{Builder, Runtime};

/// How long a signed address is good for: longer than one attempt, of little use to whoever finds it in a log of the server.
const SIGNED_FOR: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(3);
/// Most bytes of a page of a listing, of an error's text.
const MAX_PAGE: usize = 4 << 20;
const MAX_ERROR: usize = 64 << 10;
/// Deletions under way at once.
const AT_ONCE: usize = 8;

/// Who asks the store.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Access key.
    pub key: String,
    /// Secret key.
    pub secret: String,
    /// Session token, for credentials that expire.
    pub token: Option<String>,
}

impl Credentials {
    /// Reads `aws_access_key_id = …`, `aws_secret_access_key = …` and, if there is one, `aws_session_token = …`: the form of the
    /// file that other tools of S3 read. Headings and remarks are passed over; of several profiles, the first counts.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let profile = |line: &&str| line.trim_start().starts_with('[');
            let first = text.lines().skip_while(|line| {
                line.trim().is_empty() || line.trim_start().starts_with(['#', ';']) || profile(line)
            });
            first
                .take_while(|line| !profile(line))
                .filter_map(|line| line.split_once('='))
                .find(|(found, _)| found.trim() == name)
                .map(|(_, value)| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        Some(Self {
            key: value("aws_access_key_id")?,
            secret: value("aws_secret_access_key")?,
            token: value("aws_session_token"),
        })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

/// How to reach a bucket.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address of the store: `https://host:port`, `http://` only where the line is trusted.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// Region that signatures name; servers of one's own take any.
    pub region: String,
    /// Put before every key: `node-ma/` for instance. Empty, or ends with `/`.
    pub prefix: String,
    /// Whether the bucket's name is part of the host's (as the large providers want it) and not of the path.
    pub hosted: bool,
    /// Who asks.
    pub credentials: Credentials,
    /// PEM file of the authorities that the server's certificate must come from; needed for `https`.
    pub authorities: Option<PathBuf>,
    /// How long one attempt may take.
    pub patience: Duration,
    /// How often a request is tried in all.
    pub attempts: u32,
    /// Before the second attempt; four times as long before each further one.
    pub pause: Duration,
}

impl Options {
    /// With path-style addresses, no prefix, three attempts of at most five seconds.
    #[must_use]
    pub fn new(endpoint: &str, bucket: &str, credentials: Credentials) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            bucket: bucket.to_owned(),
            region: "us-east-1".to_owned(),
            prefix: String::new(),
            hosted: false,
            credentials,
            authorities: None,
            patience: Duration::from_secs(5),
            attempts: 3,
            pause: Duration::from_millis(100),
        }
    }
}

/// Why a bucket does not do what is asked.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BucketError {
    /// Nobody answers there, or not by TLS as it must be.
    #[error("the file store cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("the file store did not answer in time")]
    Late,
    /// The answer broke off, is too long, or is not of S3.
    #[error("the answer of the file store is cut or not of S3")]
    Garbled,
    /// The server says that it failed.
    #[error("the file store failed: status {0}")]
    Failing(u16),
    /// The server has no room.
    #[error("the file store is full")]
    Full,
    /// The server will not, and trying again changes nothing: status and its code word.
    #[error("the file store refused: status {0}, {1}")]
    Refused(u16, String),
    /// The bucket is not there.
    #[error("there is no such bucket")]
    NoBucket,
    /// The bucket keeps what is deleted, so that nothing would be erased.
    #[error(
        "the bucket keeps versions, so that deleted files would stay: give the node a bucket without versioning"
    )]
    Versions,
    /// A listing still names what was deleted.
    #[error("the file store still lists what was deleted")]
    Stays,
    /// The options cannot be used.
    #[error("{0}")]
    Options(&'static str),
}

impl BucketError {
    /// Whether it may go by itself.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Late | Self::Garbled | Self::Failing(_)
        )
    }
}

impl From<BucketError> for StoreError {
    fn from(error: BucketError) -> Self {
        match error {
            BucketError::Full => Self::Full,
            other => Self::Failed(other.to_string()),
        }
    }
}

/// What a bucket says of versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// It never kept any.
    Never,
    /// It kept some once: what was deleted then may be there.
    Once,
    /// It keeps them.
    Kept,
    /// It does not say.
    Untold,
}

type Result<T> = std::result::Result<T, BucketError>;

/// A bucket.
pub struct Bucket {
    line: Arc<Line>,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
}

impl Bucket {
    /// Prepares to reach a bucket; asks nothing of it yet.
    ///
    /// # Errors
    /// [`BucketError::Options`].
    pub fn new(options: &Options) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("files")
            .enable_all()
            .build()
            .map_err(|_| BucketError::Options("no thread for the file store"))?;
        Ok(Self {
            line: Arc::new(Line::new(options)?),
            runtime: Some(runtime),
        })
    }

    /// An object of at most so many bytes; none if it is not there.
    pub(super) fn get(&self, key: String, most: usize) -> Result<Option<Vec<u8>>> {
        let answer = self.ask(Ask::Get { key, most })?;
        Ok((answer.status != StatusCode::NOT_FOUND).then_some(answer.body))
    }

    /// Whether an object is there, without its bytes. A bucket that is not there looks the same.
    pub(super) fn has(&self, key: String) -> Result<bool> {
        Ok(self.ask(Ask::Head { key })?.status != StatusCode::NOT_FOUND)
    }

    /// Writes an object; durable when this returns.
    pub(super) fn put(&self, key: String, bytes: Vec<u8>) -> Result<()> {
        let answer = self.ask(Ask::Put { key, bytes })?;
        if answer.version {
            return Err(BucketError::Versions);
        }
        Ok(())
    }

    /// Deletes an object; one that is not there is deleted already.
    pub(super) fn delete(&self, key: String) -> Result<()> {
        gone(&self.ask(Ask::Delete { key })?)
    }

    /// What follows a prefix in the keys that begin with it, ascending.
    pub(super) fn list(&self, prefix: String) -> Result<Vec<String>> {
        let line = Arc::clone(&self.line);
        self.wait(async move { line.list(&prefix).await })
    }

    /// Deletes every object whose key begins so, and looks that none is left.
    pub(super) fn delete_all(&self, prefix: String) -> Result<()> {
        let line = Arc::clone(&self.line);
        self.wait(async move { line.delete_all(&prefix).await })
    }

    /// What the bucket says of versions. Servers that know none, and those that do not let us ask, leave it untold.
    ///
    /// # Errors
    /// [`BucketError`], but for a refusal.
    pub fn versions(&self) -> Result<Versions> {
        let answer = match self.ask(Ask::Versions) {
            Ok(answer) if answer.status != StatusCode::NOT_FOUND => answer,
            Ok(_) | Err(BucketError::Refused(..) | BucketError::Failing(501)) => {
                return Ok(Versions::Untold);
            }
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        Ok(match within(&text, "Status") {
            Some("Enabled") => Versions::Kept,
            Some("Suspended") => Versions::Once,
            Some(_) => Versions::Untold,
            None if text.contains("VersioningConfiguration") => Versions::Never,
            None => Versions::Untold,
        })
    }

    fn ask(&self, ask: Ask) -> Result<Answer> {
        let line = Arc::clone(&self.line);
        self.wait(async move { line.ask(&ask).await })
    }

    /// Runs it over there and waits here, on whatever thread this is.
    fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        let (done, result) = mpsc::sync_channel(1);
        let runtime = self.runtime.as_ref().ok_or(BucketError::Unreachable)?;
        runtime.spawn(async move {
            let _nobody_waits = done.send(work.await);
        });
        result.recv().unwrap_or(Err(BucketError::Unreachable))
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        // Dropping a runtime blocks, which some callers may not.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

enum Ask {
    Get {
        key: String,
        most: usize,
    },
    Head {
        key: String,
    },
    Put {
        key: String,
        bytes: Vec<u8>,
    },
    Delete {
        key: String,
    },
    List {
        prefix: String,
        from: Option<String>,
    },
    Versions,
}

struct Answer {
    status: StatusCode,
    /// Whether the server named a version of what was written.
    version: bool,
    body: Vec<u8>,
}

/// The client and what it signs with.
struct Line {
    client: reqwest::Client,
    bucket: rusty_s3::Bucket,
    credentials: rusty_s3::Credentials,
    patience: Duration,
    attempts: u32,
    pause: Duration,
}

impl Line {
    fn new(options: &Options) -> Result<Self> {
        let wrong = BucketError::Options;
        let endpoint: reqwest::Url = options
            .endpoint
            .parse()
            .map_err(|_| wrong("the file store's address is not http(s)://host:port"))?;
        let authorities = options.authorities.as_deref();
        if endpoint.scheme() == "https" && authorities.is_none() {
            return Err(wrong(
                "the file store is spoken to by TLS, but no file of certificate authorities is given",
            ));
        }
        let trust = tls::client(authorities)
            .map_err(|_| wrong("the file of certificate authorities cannot be read"))?;
        let style = if options.hosted {
            UrlStyle::VirtualHost
        } else {
            UrlStyle::Path
        };
        let bucket = rusty_s3::Bucket::new(
            endpoint,
            style,
            options.bucket.clone(),
            options.region.clone(),
        )
        .map_err(|_| wrong("the file store's address and bucket do not make an address"))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(trust)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT.min(options.patience))
            .build()
            .map_err(|_| wrong("no client for the file store can be made"))?;
        let Credentials { key, secret, token } = options.credentials.clone();
        let credentials = match token {
            Some(token) => rusty_s3::Credentials::new_with_token(key, secret, token),
            None => rusty_s3::Credentials::new(key, secret),
        };
        Ok(Self {
            client,
            bucket,
            credentials,
            patience: options.patience,
            attempts: options.attempts,
            pause: options.pause,
        })
    }

    async fn ask(&self, ask: &Ask) -> Result<Answer> {
        let (mut tried, mut wait) = (1, self.pause);
        loop {
            let attempt = tokio::time::timeout(self.patience, self.attempt(ask));
            match attempt.await.unwrap_or(Err(BucketError::Late)) {
                Err(error) if error.passes() && tried < self.attempts => {
                    tokio::time::sleep(wait).await;
                    (tried, wait) = (tried + 1, wait * 4);
                }
                outcome => return outcome,
            }
        }
    }

    async fn attempt(&self, ask: &Ask) -> Result<Answer> {
        let (method, url, most) = self.signed(ask);
        let mut request = self.client.request(method, url);
        if let Ask::Put { bytes, .. } = ask {
            request = request.body(bytes.clone());
        }
        let answer = request.send().await.map_err(|error| silent(&error))?;
        let status = answer.status();
        let named = answer.headers().get("x-amz-version-id");
        let version = named.is_some_and(|id| id.as_bytes() != b"null");
        if !status.is_success() {
            let bare = matches!(ask, Ask::Head { .. });
            return refused(answer, bare).await;
        }
        Ok(Answer {
            status,
            version,
            body: body(answer, most).await?,
        })
    }

    fn signed(&self, ask: &Ask) -> (Method, reqwest::Url, usize) {
        let (bucket, who) = (&self.bucket, Some(&self.credentials));
        match ask {
            Ask::Get { key, most } => {
                let get = bucket.get_object(who, key);
                (Method::GET, get.sign(SIGNED_FOR), *most)
            }
            Ask::Head { key } => {
                let head = bucket.head_object(who, key);
                (Method::HEAD, head.sign(SIGNED_FOR), 0)
            }
            Ask::Put { key, .. } => {
                let put = bucket.put_object(who, key);
                (Method::PUT, put.sign(SIGNED_FOR), MAX_ERROR)
            }
            Ask::Delete { key } => {
                let delete = bucket.delete_object(who, key);
                (Method::DELETE, delete.sign(SIGNED_FOR), MAX_ERROR)
            }
            Ask::List { prefix, from } => {
                let mut list = bucket.list_objects_v2(who);
                list.with_prefix(prefix.as_str());
                if let Some(from) = from {
                    list.with_continuation_token(from.as_str());
                }
                (Method::GET, list.sign(SIGNED_FOR), MAX_PAGE)
            }
            Ask::Versions => {
                // The empty key is the bucket itself.
                let mut get = bucket.get_object(who, "");
                get.query_mut().insert("versioning", "");
                (Method::GET, get.sign(SIGNED_FOR), MAX_ERROR)
            }
        }
    }

    async fn list(&self, prefix: &str) -> Result<Vec<String>> {
        let (mut found, mut from) = (Vec::new(), None);
        loop {
            let ask = Ask::List {
                prefix: prefix.to_owned(),
                from,
            };
            let answer = self.ask(&ask).await?;
            if answer.status == StatusCode::NOT_FOUND {
                return Err(BucketError::NoBucket);
            }
            let text = str::from_utf8(&answer.body).map_err(|_| BucketError::Garbled)?;
            let page = ListObjectsV2::parse_response(text).map_err(|_| BucketError::Garbled)?;
            let before = found.len();
            let keys = page.contents.into_iter().map(|object| object.key);
            found.extend(keys.filter_map(|key| Some(key.strip_prefix(prefix)?.to_owned())));
            match page.next_continuation_token {
                // A server that goes on without an end is not believed.
                Some(_) if found.len() == before => return Err(BucketError::Garbled),
                Some(token) => from = Some(token),
                None => break,
            }
        }
        found.sort();
        Ok(found)
    }

    async fn delete_all(self: Arc<Self>, prefix: &str) -> Result<()> {
        let rests = self.list(prefix).await?;
        for some in rests.chunks(AT_ONCE) {
            let mut going = tokio::task::JoinSet::new();
            for rest in some {
                let (line, key) = (Arc::clone(&self), format!("{prefix}{rest}"));
                going.spawn(async move { line.ask(&Ask::Delete { key }).await });
            }
            while let Some(done) = going.join_next().await {
                gone(&done.map_err(|_| BucketError::Unreachable)??)?;
            }
        }
        if self.list(prefix).await?.is_empty() {
            Ok(())
        } else {
            Err(BucketError::Stays)
        }
    }
}

/// Whether what was deleted is gone: a server that names a version of the deletion only hides it.
fn gone(answer: &Answer) -> Result<()> {
    match answer.version {
        true => Err(BucketError::Versions),
        false => Ok(()),
    }
}

/// Why nothing came back. The error's own text may hold the address, and so the signature.
fn silent(error: &reqwest::Error) -> BucketError {
    if error.is_timeout() {
        BucketError::Late
    } else if error.is_connect() {
        BucketError::Unreachable
    } else {
        BucketError::Garbled
    }
}

/// Sorts an answer that is no success: an object that is not there is an answer, everything else an error.
async fn refused(answer: Response, bare: bool) -> Result<Answer> {
    let status = answer.status();
    let text = body(answer, MAX_ERROR).await?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let code = within(&text, "Code").unwrap_or_default();
    let missing = bare || matches!(code, "NoSuchKey" | "NoSuchVersion" | "NotFound");
    if status == StatusCode::NOT_FOUND && missing {
        return Ok(Answer {
            status,
            version: false,
            body: Vec::new(),
        });
    }
    Err(match (status.as_u16(), code) {
        (_, "NoSuchBucket") => BucketError::NoBucket,
        (507, _) | (_, "QuotaExceeded" | "XMinioStorageFull") => BucketError::Full,
        (429, _) | (_, "RequestTimeout") => BucketError::Failing(status.as_u16()),
        (number, _) if status.is_server_error() => BucketError::Failing(number),
        (number, code) => BucketError::Refused(number, code_word(code)),
    })
}

/// A server's code word, if it is one word of ours to repeat.
fn code_word(code: &str) -> String {
    let plain = code.len() <= 40 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain && !code.is_empty() {
        code.to_owned()
    } else {
        "no code".to_owned()
    }
}

/// All of an answer, unless it is longer than it may be.
async fn body(mut answer: Response, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| silent(&error))? {
        if bytes.len() + piece.len() > most {
            return Err(BucketError::Garbled);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// What stands between the first such tags of a text.
fn within<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{tag}>"))?;
    let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
    Some(inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_as_other_tools_write_them_and_never_shown() {
        let text = "[default]\n# ours\naws_access_key_id = KEY\naws_secret_access_key=a/b+c=\n\n[other]\naws_access_key_id = B\n";
        let read = Credentials::parse(text).unwrap();
        assert_eq!((read.key.as_str(), read.secret.as_str()), ("KEY", "a/b+c="));
        assert_eq!(read.token, None);
        let options = Options::new("http://localhost:1", "files", read);
        let shown = format!("{options:?}");
        assert!(
            !shown.contains("KEY") && !shown.contains("a/b+c"),
            "{shown}"
        );
        for half in [
            "",
            "aws_access_key_id = KEY",
            "aws_access_key_id = \naws_secret_access_key = S",
        ] {
            assert_eq!(Credentials::parse(half), None, "{half}");
        }
    }

    #[test]
    fn options_that_cannot_be_used_are_refused_before_anything_is_asked() {
        let credentials = Credentials::parse("aws_access_key_id=K\naws_secret_access_key=S");
        let good = Options::new("http://127.0.0.1:9", "files", credentials.unwrap());
        assert!(Bucket::new(&good).is_ok());
        for (endpoint, hosted) in [
            ("https://127.0.0.1:9", false),
            ("ftp://127.0.0.1", false),
            ("nowhere", false),
            ("http://127.0.0.1:9", true),
        ] {
            let options = Options {
                endpoint: endpoint.to_owned(),
                hosted,
                ..good.clone()
            };
            let refused = Bucket::new(&options).err();
            assert!(
                matches!(refused, Some(BucketError::Options(_))),
                "{endpoint}"
            );
        }
    }

    #[test]
    fn a_servers_words_are_repeated_only_if_they_are_a_code() {
        assert_eq!(code_word("AccessDenied"), "AccessDenied");
        for bad in ["", "<b>", "a b", &"A".repeat(41), "é"] {
            assert_eq!(code_word(bad), "no code");
        }
        assert_eq!(
            within("<E><Code> X </Code><Code>Y</Code>", "Code"),
            Some("X")
        );
        assert_eq!(within("<Code>X", "Code"), None);
    }
}
