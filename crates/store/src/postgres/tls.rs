//! TLS to the database by rustls: whether it is used, whom it trusts, and the stream itself.
//!
//! `sslmode=require` (or `verify-full`) always checks the server's name and its certificate against the authorities of a file;
//! `disable` uses none. Without either, only a database on this machine is spoken to, in clear.

use crate::{Result, StoreError};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Config, Socket};
use tokio_rustls::TlsConnector;

/// Whether connections are encrypted.
#[derive(Clone)]
pub(super) enum Tls {
    Never,
    Always(Connector),
}

impl Tls {
    /// What the address asks for. `authorities` is a PEM file.
    pub(super) fn of(config: &mut Config, authorities: Option<&Path>) -> Result<Self> {
        match config.get_ssl_mode() {
            SslMode::Disable => Ok(Self::Never),
            SslMode::Require => {
                let file = authorities.ok_or_else(|| {
                    wrong("TLS is asked for, but no file of certificate authorities is given")
                })?;
                Ok(Self::Always(Connector::new(file)?))
            }
            _ if config.get_hosts().iter().all(is_here) => {
                config.ssl_mode(SslMode::Disable);
                Ok(Self::Never)
            }
            _ => Err(wrong(
                "the database is on another machine: say sslmode=require (with a file of certificate authorities) or sslmode=disable",
            )),
        }
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|ip| ip.is_loopback())
        }
        Host::Unix(_) => true,
    }
}

fn wrong(what: &str) -> StoreError {
    StoreError::Failed(what.to_owned())
}

/// Makes encrypted streams.
#[derive(Clone)]
pub(super) struct Connector(Arc<ClientConfig>);

impl Connector {
    fn new(authorities: &Path) -> Result<Self> {
        Ok(Self(Arc::new(crate::tls::client(Some(authorities))?)))
    }
}

impl MakeTlsConnect<Socket> for Connector {
    type Stream = Encrypted;
    type TlsConnect = Dial;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<Dial> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| io::Error::other("not a name that a certificate can hold"))?;
        Ok(Dial {
            connector: TlsConnector::from(Arc::clone(&self.0)),
            name,
        })
    }
}

/// One handshake to come.
pub(super) struct Dial {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl TlsConnect<Socket> for Dial {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move {
            let stream = self.connector.connect(self.name, socket).await?;
            Ok(Encrypted(stream))
        })
    }
}

/// An encrypted stream to the database.
pub(super) struct Encrypted(tokio_rustls::client::TlsStream<Socket>);

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
