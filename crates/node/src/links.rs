//! The links: dial, accept, and pump bytes between a socket and a [`entente_app::LinkDriver`] on a thread of its own.
//!
//! In scope: sockets, TLS hand-over, backoff, which of two connections survives (DESIGN section 5 rule 14), bounded queues, the tick.
//! Not in scope: what the bytes mean (`entente_link`), what they change (`entente_app`).
//!
//! One connection has three tasks around one blocking thread:
//! ```text
//! socket -> reader -> [events, bounded] -> driver thread -> [frames, bounded by bytes] -> writer -> socket
//!                     ticker, waker ----^
//! ```
//! A partner that sends faster than we store fills the events queue and then its own socket; one that does not read what it asked
//! for is disconnected once [`MAX_QUEUED`] bytes wait.

mod admission;
mod backoff;
mod pump;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use entente_app::App;
use entente_core::ids::NodeName;
use entente_link::session::Role;
use entente_proof::digest::Digest;
use entente_proof::presence::Binding;
use entente_proof::sign::{SigningKey, VerifyingKey};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::metrics::Metrics;
use crate::tls::{self, LinkTls, Tried};
use admission::Slot;
use backoff::Backoff;

/// How often a session hears the time.
pub const TICK: Duration = Duration::from_millis(250);
/// How often the list of partners is read again.
const REFRESH: Duration = Duration::from_secs(1);
/// How long connecting and the TLS handshake may each take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Connections that may be in their handshake at once; more wait in the listener's queue.
const HANDSHAKES: usize = 64;
/// Events queued for one driver.
const EVENTS: usize = 64;
/// Bytes read at once.
const READ: usize = 128 * 1024;
/// Most bytes queued for a partner that does not read.
pub const MAX_QUEUED: usize = 64 * 1024 * 1024;

/// The links of a node; cheap to clone.
#[derive(Clone)]
pub struct Links {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    tls: LinkTls,
    metrics: Metrics,
    peers: Mutex<BTreeMap<NodeName, Arc<Peer>>>,
    stop: watch::Receiver<bool>,
}

/// What is known of one partner while the process runs.
struct Peer {
    node: NodeName,
    pinned: Mutex<Pinned>,
    wake: Arc<Notify>,
    slot: Slot,
    /// Which keys the next dialling tries.
    tried: Mutex<Tried>,
}

impl Peer {
    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pinned(&self) -> MutexGuard<'_, Pinned> {
        self.pinned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The parts of a partner that an administrator can change.
#[derive(Clone)]
struct Pinned {
    address: String,
    /// Ours and the partner's, which order two connections (rule 14).
    order: (Digest, Digest),
    removed: bool,
    /// Stopped by an alarm: only people can start it again.
    stopped: bool,
    /// Cut by people.
    cut: bool,
}

/// A partner as the store has it.
struct Known {
    node: NodeName,
    tls_keys: Vec<VerifyingKey>,
    pinned: Pinned,
}

/// The partners, once our newest TLS key is shown if its time has come; and our keys where they are others than those that are shown.
fn read_all(
    app: &App,
    shown: &[VerifyingKey],
) -> entente_app::Result<(Vec<Known>, Option<Vec<SigningKey>>)> {
    if app.show_newest_tls_key()? {
        tracing::info!("every partner can follow: the new TLS key is shown from now on");
    }
    let others = app.tls_ends()? != shown;
    let keys = others.then(|| app.tls_secrets()).transpose()?;
    Ok((read_partners(app)?, keys))
}

fn read_partners(app: &App) -> entente_app::Result<Vec<Known>> {
    let mut known = Vec::new();
    for (node, card, address, stopped) in app.partners()? {
        let (own, theirs) = app.link_order(&node, &card)?;
        let cut = app.cut_since(&node)?.is_some();
        known.push(Known {
            tls_keys: app.tls_accepted(&node)?,
            node,
            pinned: Pinned {
                address,
                order: (as_digest(&own), as_digest(&theirs)),
                removed: false,
                stopped,
                cut,
            },
        });
    }
    Ok(known)
}

/// The place after this one, and after the last the first.
fn next(place: &mut usize) {
    *place = (*place + 1) % tls::MOST_KEYS;
}

/// Orders two nodes for rule 14: the fingerprint that people compare, padded.
fn as_digest(fingerprint: &entente_proof::card::Fingerprint) -> Digest {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().zip(fingerprint.as_bytes()) {
        *place = *byte;
    }
    Digest(bytes)
}

impl Links {
    /// The links of an application. Nothing runs until [`Links::run`].
    #[must_use]
    pub fn new(app: App, tls: LinkTls, metrics: Metrics, stop: watch::Receiver<bool>) -> Self {
        let inner = Inner {
            app,
            tls,
            metrics,
            peers: Mutex::default(),
            stop,
        };
        let links = Self {
            inner: Arc::new(inner),
        };
        let waking = links.clone();
        links
            .inner
            .app
            .on_wake(Box::new(move |partner| waking.wake(partner)));
        links
    }

    fn wake(&self, partner: &NodeName) {
        if let Some(peer) = self.peers().get(partner) {
            peer.wake.notify_one();
        }
    }

    fn peers(&self) -> std::sync::MutexGuard<'_, BTreeMap<NodeName, Arc<Peer>>> {
        self.inner
            .peers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Dials and accepts until told to stop.
    pub async fn run(self, listener: TcpListener) {
        let mut stop = self.inner.stop.clone();
        let accepting = tokio::spawn(self.clone().accept(listener));
        loop {
            self.refresh().await;
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => break,
                () = tokio::time::sleep(REFRESH) => {}
            }
        }
        accepting.abort();
        let peers: Vec<Arc<Peer>> = self.peers().values().cloned().collect();
        for peer in peers {
            peer.slot.close_and_wait("this node is shutting down").await;
        }
    }

    /// Reads the partners again: new ones get a dialler, changed ones their new address and pin, absent ones no connection.
    async fn refresh(&self) {
        let (app, shown) = (self.inner.app.clone(), self.inner.tls.shown());
        let read = tokio::task::spawn_blocking(move || read_all(&app, &shown));
        let (partners, keys) = match read.await {
            Ok(Ok(partners)) => partners,
            Ok(Err(error)) => return tracing::warn!(%error, "partners cannot be read"),
            Err(_) => return tracing::error!("reading partners ended abnormally"),
        };
        if let Some(Err(error)) = keys.map(|keys| self.inner.tls.show(&keys)) {
            tracing::error!(%error, "the TLS keys cannot be shown");
        }
        let pin = |known: &Known| (known.node.clone(), known.tls_keys.clone());
        self.inner
            .tls
            .pins()
            .set(partners.iter().map(pin).collect());
        let mut peers = self.peers();
        for peer in peers.values() {
            peer.pinned().removed = true;
        }
        for Known { node, pinned, .. } in partners {
            let stopped = pinned.stopped;
            let known = peers.get(&node);
            let told = known.is_some_and(|peer| peer.pinned().stopped);
            if stopped && !told {
                tracing::error!(partner = %node, "this link is stopped by an alarm; the evidence is kept, and only people can start it again");
            }
            if let Some(peer) = known {
                *peer.pinned() = pinned;
                continue;
            }
            let peer = Arc::new(Peer {
                node: node.clone(),
                pinned: Mutex::new(pinned),
                wake: Arc::new(Notify::new()),
                slot: Slot::default(),
                tried: Mutex::default(),
            });
            peers.insert(node, peer.clone());
            tokio::spawn(self.clone().dial(peer));
        }
    }

    async fn accept(self, listener: TcpListener) {
        let config = match self.inner.tls.server() {
            Ok(config) => config,
            Err(error) => return tracing::error!(%error, "no partner can connect"),
        };
        let acceptor = TlsAcceptor::from(config);
        let handshakes = Arc::new(Semaphore::new(HANDSHAKES));
        loop {
            let Ok(permit) = handshakes.clone().acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((socket, from)) => {
                    let (links, acceptor) = (self.clone(), acceptor.clone());
                    tokio::spawn(async move {
                        if let Err(reason) = links.accepted(socket, acceptor, permit).await {
                            tracing::info!(%from, reason, "connection refused");
                        }
                    });
                }
                Err(error) => {
                    // Out of file descriptors, most likely: give others time to close.
                    tracing::warn!(%error, "connection cannot be accepted");
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }

    async fn accepted(
        self,
        socket: TcpStream,
        acceptor: TlsAcceptor,
        permit: tokio::sync::OwnedSemaphorePermit,
    ) -> Result<(), String> {
        let no_delay = socket.set_nodelay(true);
        no_delay.map_err(|error| error.to_string())?;
        let shaken = timeout(HANDSHAKE, acceptor.accept(socket))
            .await
            .map_err(|_| "no TLS handshake in time".to_owned())?;
        let stream = shaken.map_err(|error| format!("TLS: {error}"))?;
        let (_, connection) = stream.get_ref();
        if !tls::speaks_entente(connection.alpn_protocol()) {
            return Err("another protocol".to_owned());
        }
        let key = connection
            .peer_certificates()
            .and_then(<[_]>::first)
            .map(|key| key.to_vec())
            .unwrap_or_default();
        let (node, key) = self.inner.tls.pins().owner(&key).ok_or("key not pinned")?;
        let peer = self
            .peers()
            .get(&node)
            .cloned()
            .ok_or("partner not known")?;
        if peer.pinned().cut || self.inner.app.is_cut(&peer.node) {
            return Err("the link is cut".to_owned());
        }
        let binding = tls::binding(connection).map_err(|error| error.to_string())?;
        drop(permit);
        self.saw(&peer, key).await;
        let line = (Role::Accepted, binding);
        self.connected(&peer, line, stream.into()).await;
        Ok(())
    }

    /// Keeps dialling one partner while there is an address, no connection and no reason not to.
    async fn dial(self, peer: Arc<Peer>) {
        let mut stop = self.inner.stop.clone();
        let mut backoff = Backoff::default();
        while !*stop.borrow() {
            let pause = if !self.should_dial(&peer) {
                TICK
            } else if !self.reserve(&peer).await {
                // Another replica drives this link: nothing failed.
                REFRESH
            } else {
                match self.dial_once(&peer).await {
                    Ok(ended) if ended.established => {
                        *peer.tried() = Tried::default();
                        backoff.reset()
                    }
                    Ok(ended) if ended.needs_people => backoff.rest(),
                    Ok(ended) => {
                        if ended.silent {
                            next(&mut peer.tried().own);
                        }
                        backoff.failed()
                    }
                    Err(reason) => {
                        tracing::debug!(partner = %peer.node, reason, "dialling failed");
                        self.release(&peer).await;
                        backoff.failed()
                    }
                }
            };
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Takes the link's lease: two replicas that dial at once would end each other's sessions at the partner.
    async fn reserve(&self, peer: &Peer) -> bool {
        let (app, node) = (self.inner.app.clone(), peer.node.clone());
        let reserved = tokio::task::spawn_blocking(move || app.reserve_link(&node)).await;
        matches!(reserved, Ok(Ok(())))
    }

    async fn release(&self, peer: &Peer) {
        let (app, node) = (self.inner.app.clone(), peer.node.clone());
        let released = tokio::task::spawn_blocking(move || app.release_link(&node)).await;
        if !matches!(released, Ok(Ok(()))) {
            tracing::debug!(partner = %peer.node, "the lease is left to end by itself");
        }
    }

    fn should_dial(&self, peer: &Peer) -> bool {
        let pinned = peer.pinned().clone();
        !pinned.removed
            && !pinned.stopped
            && !pinned.cut
            && !pinned.address.is_empty()
            && !peer.slot.is_taken()
            && !self.inner.app.is_cut(&peer.node)
    }

    async fn dial_once(&self, peer: &Arc<Peer>) -> Result<pump::Ended, String> {
        let address = peer.pinned().address.clone();
        let keys = self.inner.tls.pins().of(&peer.node);
        let tried = *peer.tried();
        let config = self.inner.tls.client(&keys, tried);
        let config = config.map_err(|error| error.to_string())?;
        let socket = timeout(HANDSHAKE, TcpStream::connect(address))
            .await
            .map_err(|_| "no connection in time".to_owned())?;
        let socket = socket.map_err(|error| error.to_string())?;
        socket
            .set_nodelay(true)
            .map_err(|error| error.to_string())?;
        let name = tls::server_name().map_err(|error| error.to_string())?;
        let shaken = timeout(HANDSHAKE, TlsConnector::from(config).connect(name, socket)).await;
        let shaken = shaken.map_err(|_| "no TLS handshake in time".to_owned())?;
        let stream = shaken.map_err(|error| {
            if tls::is_unknown_key(&error) {
                next(&mut peer.tried().other);
            }
            format!("TLS: {error}")
        })?;
        let (_, connection) = stream.get_ref();
        if !tls::speaks_entente(connection.alpn_protocol()) {
            return Err("another protocol".to_owned());
        }
        let binding = tls::binding(connection).map_err(|error| error.to_string())?;
        if let Some(key) = tls::shown_by(connection, &keys) {
            self.saw(peer, key).await;
        }
        let line = (Role::Dialled, binding);
        Ok(self.connected(peer, line, stream.into()).await)
    }

    /// The partner showed this key: those before it open nothing any more.
    async fn saw(&self, peer: &Peer, key: VerifyingKey) {
        let (app, node) = (self.inner.app.clone(), peer.node.clone());
        let seen = tokio::task::spawn_blocking(move || app.saw_tls_key(&node, &key)).await;
        if !matches!(seen, Ok(Ok(()))) {
            tracing::warn!(partner = %peer.node, "which key the partner showed could not be kept");
        }
    }

    /// Runs a connection to its end, if it survives beside the one that may be there.
    async fn connected(
        &self,
        peer: &Arc<Peer>,
        (role, binding): (Role, Binding),
        stream: tokio_rustls::TlsStream<TcpStream>,
    ) -> pump::Ended {
        let (own, theirs) = peer.pinned().order;
        let Some(place) = peer.slot.admit(role, &own, &theirs).await else {
            tracing::debug!(partner = %peer.node, ?role, "another connection survives");
            return pump::Ended::default();
        };
        let line = pump::Line {
            app: self.inner.app.clone(),
            metrics: self.inner.metrics.clone(),
            partner: peer.node.clone(),
            role,
            binding,
            wake: peer.wake.clone(),
        };
        self.inner.metrics.link_up(&peer.node, true);
        let ended = pump::run(line, &place, stream, self.inner.stop.clone()).await;
        self.inner.metrics.link_up(&peer.node, false);
        tracing::info!(partner = %peer.node, ?role, reason = ended.reason, "link down");
        // Before the place is free: the next session here takes the lease anew.
        self.release(peer).await;
        drop(place);
        ended
    }
}
