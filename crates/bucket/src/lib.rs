//! An S3 server of the tests' own (`s3s-fs`, a real one over a folder), and a line to it that breaks on demand.
//!
//! For tests only: nothing of it is in the program.

#![expect(clippy::unwrap_used, reason = "for tests only: any failure ends them")]

mod line;
mod tls;

pub use line::{Fault, Line};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

/// The access key that it lets in.
pub const KEY: &str = "test-key";
/// Its secret.
pub const SECRET: &str = "test-secret/with+signs=";
/// The bucket that is there from the beginning.
pub const BUCKET: &str = "files";

/// A running server on a free port of this machine; its folder goes with it.
pub struct Server {
    folder: tempfile::TempDir,
    port: u16,
    /// Where the authorities and the certificate are, if it speaks TLS.
    authorities: Option<tempfile::TempDir>,
    runtime: Option<Runtime>,
}

impl Server {
    /// Starts one with an empty bucket.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::make(None)
    }

    /// Starts one that speaks TLS: its certificate is for `127.0.0.1` and from the first of [`Server::authorities`].
    ///
    /// # Panics
    /// As [`Server::start`]; when `openssl` is missing.
    #[must_use]
    pub fn encrypted() -> Self {
        Self::make(Some(tls::certify()))
    }

    fn make(authorities: Option<tempfile::TempDir>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let mut server = Self {
            folder,
            port: 0,
            authorities,
            runtime: None,
        };
        server.resume();
        server
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        let secure = if self.authorities.is_some() { "s" } else { "" };
        format!("http{secure}://127.0.0.1:{}", self.port)
    }

    /// PEM files of the authority that its certificate is from, and of another one.
    ///
    /// # Panics
    /// Unless it was started by [`Server::encrypted`].
    #[must_use]
    pub fn authorities(&self) -> [PathBuf; 2] {
        let folder = self.authorities.as_ref().unwrap().path();
        ["ca.pem", "other-ca.pem"].map(|name| folder.join(name))
    }

    /// Stops it at once, in the middle of whatever it does.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Starts it again, on the port it had.
    ///
    /// # Panics
    /// When it does not start.
    pub fn resume(&mut self) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = listen(address);
        self.port = listener.local_addr().unwrap().port();
        let acceptor = self
            .authorities
            .as_ref()
            .map(|made| tls::acceptor(made.path()));
        runtime.spawn(serve(listener, service(self.folder.path()), acceptor));
        self.runtime = Some(runtime);
    }

    /// Keys of the objects in its bucket, ascending, as they lie on the disk.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn objects(&self) -> Vec<String> {
        let bucket = self.folder.path().join(BUCKET);
        let mut found = Vec::new();
        walk(&bucket, &mut found);
        let key = |path: PathBuf| path.strip_prefix(&bucket).unwrap().display().to_string();
        let mut keys: Vec<String> = found.into_iter().map(key).collect();
        keys.sort();
        keys
    }

    /// Loses an object, as a disk would.
    ///
    /// # Panics
    /// When it is not there.
    pub fn delete(&self, key: &str) {
        std::fs::remove_file(self.folder.path().join(BUCKET).join(key)).unwrap();
    }

    /// Whether bytes stand anywhere in what it keeps.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn holds(&self, bytes: &[u8]) -> bool {
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found.iter().any(|path| {
            let kept = std::fs::read(path).unwrap_or_default();
            kept.windows(bytes.len()).any(|some| some == bytes)
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The port may be held for a moment by what was stopped.
fn listen(address: SocketAddr) -> std::net::TcpListener {
    for _ in 0..100 {
        if let Ok(listener) = std::net::TcpListener::bind(address) {
            listener.set_nonblocking(true).unwrap();
            return listener;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("the port of the S3 server stays taken");
}

fn service(folder: &Path) -> S3Service {
    let files = s3s_fs::FileSystem::new(folder).unwrap();
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(KEY, SECRET));
    service.build()
}

async fn serve(listener: std::net::TcpListener, service: S3Service, acceptor: Option<TlsAcceptor>) {
    let listener = TcpListener::from_std(listener).unwrap();
    while let Ok((socket, _)) = listener.accept().await {
        let (service, acceptor) = (service.clone(), acceptor.clone());
        tokio::spawn(async move {
            match acceptor {
                None => speak(socket, service).await,
                Some(acceptor) => {
                    if let Ok(socket) = acceptor.accept(socket).await {
                        speak(socket, service).await;
                    }
                }
            }
        });
    }
}

async fn speak(socket: impl AsyncRead + AsyncWrite + Unpin + 'static, service: S3Service) {
    let server = Builder::new(TokioExecutor::new());
    let _ended = server.serve_connection(TokioIo::new(socket), service).await;
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}
