//! `entente serve`: everything that a running node is, started in order and stopped in reverse.

use std::sync::Arc;
use std::time::Duration;

use entente_proof::card::Fingerprint;
use entente_store::blobs::bucket::{BucketError, Versions};
use entente_web::{DemoControl, WebState, router};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::{Config, Layout, StoreConfig};
use crate::drawing::Apart;
use crate::links::Links;
use crate::metrics::Metrics;
use crate::node::{self, Node, NodeError};
use crate::tls::{LinkTls, Pins};
use crate::{demo, http, jobs, log, mail, memory};

/// How long the links may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(4);

/// Serves a node until it is told to stop by a signal or, if wanted, by the end of its standard input.
///
/// # Errors
/// [`NodeError`] when it cannot start.
pub fn run(config: Config, until_stdin_closes: bool) -> Result<(), NodeError> {
    log::start(config.log_format, &config.log_level);
    told_of_memory();
    // On PostgreSQL any number of processes serve, also from one data directory.
    let _lock = match config.store {
        StoreConfig::Embedded => Some(node::lock(&Layout::new(&config.data))?),
        StoreConfig::Postgres { .. } => None,
    };
    let name = node::serving_name(&config);
    let node = node::open(config, &name)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(32)
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| NodeError::File {
        path: "runtime".into(),
        reason: error.to_string(),
    })?;
    // Read before anything is asynchronous: the store blocks, and a database at the other end of a socket must not be waited for there.
    let (_, fingerprint) = node::own_card(&node.app)?;
    let keys = node.app.tls_secrets()?;
    let tls = LinkTls::new(&keys, Pins::default()).map_err(|_| NodeError::Card)?;
    files_ready(&node)?;
    let ended = runtime.block_on(serve((node, tls), &fingerprint, until_stdin_closes));
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}

/// Says what becomes of the memory that holds the keys.
fn told_of_memory() {
    if !memory::is_guarded() {
        tracing::warn!(
            "the system lets other processes of this user read this one's memory, or writes it to a core"
        );
    }
    let locked = memory::keep_from_swap();
    tracing::info!(locked, "memory");
}

/// A bucket that must not be used is refused at once; one that cannot be reached now is waited for, and everything but files goes on.
fn files_ready(node: &Node) -> Result<(), NodeError> {
    match node.files.check() {
        Some(Err(error)) if error.passes() => {
            tracing::warn!(%error, "files wait until their bucket can be reached");
            Ok(())
        }
        Some(Err(error)) => Err(error.into()),
        Some(Ok(Versions::Kept)) => Err(BucketError::Versions.into()),
        None | Some(Ok(_)) => Ok(()),
    }
}

async fn serve(
    (node, tls): (Node, LinkTls),
    fingerprint: &Fingerprint,
    until_stdin_closes: bool,
) -> Result<(), NodeError> {
    let (stopping, stop) = watch::channel(false);
    let metrics = Metrics::default();
    let link_listener = listen(node.config.link).await?;
    let http_listener = listen(node.config.http).await?;
    let links = Links::new(node.app.clone(), tls, metrics.clone(), stop.clone());
    jobs::start(&node.app, &node.store, &metrics, &stop);
    jobs::learn_keys(&node.app, &node.keys, &stop);
    send_mail(&node, &metrics, &stop);
    if let Some(bucket) = node.files.bucket() {
        jobs::watch_bucket(&bucket, &metrics, &stop);
    }
    if node.config.store != StoreConfig::Embedded {
        jobs::look_for_changes(&node.app, &stop);
    }
    let linking = tokio::spawn(links.run(link_listener));
    let serving = tokio::spawn(http::serve(
        http_listener,
        router(web_state(&node, &metrics)),
        metrics,
        stop,
    ));
    tracing::info!(node = %node.config.node, http = %node.config.http, link = %node.config.link, %fingerprint, "serving");
    told_to_stop(until_stdin_closes).await;
    tracing::info!("stopping");
    stopping.send_replace(true);
    let _served = serving.await;
    if tokio::time::timeout(GOODBYE, linking).await.is_err() {
        tracing::warn!("a link did not end in time");
    }
    Ok(())
}

/// Mail is one way among others to be told: a broken file of it stops no node.
fn send_mail(node: &Node, metrics: &Metrics, stop: &watch::Receiver<bool>) {
    match mail::open(&node.config) {
        Ok(Some(mailer)) => jobs::send_mail(&node.app, mailer, metrics, stop),
        Ok(None) => {}
        Err(why) => tracing::error!(%why, "no mail is sent; all else goes on"),
    }
}

async fn listen(address: std::net::SocketAddr) -> Result<TcpListener, NodeError> {
    let failed = |error: std::io::Error| NodeError::File {
        path: address.to_string().into(),
        reason: error.kind().to_string(),
    };
    TcpListener::bind(address).await.map_err(failed)
}

fn web_state(node: &Node, metrics: &Metrics) -> WebState {
    let (store, rendering) = (node.store.clone(), metrics.clone());
    let demo = node.config.demo.as_ref().zip(node.demo_clock.clone());
    WebState {
        app: node.app.clone(),
        demo: demo.map(|(config, clock)| {
            Arc::new(demo::Control::new(node.app.clone(), config.clone(), clock))
                as Arc<dyn DemoControl>
        }),
        health: Arc::new(move || {
            entente_store::StoreExt::view(&*store, "health", |tx| tx.setting("health").map(|_| ()))
                .is_ok()
        }),
        metrics: node
            .config
            .metrics
            .then(|| Arc::new(move || rendering.render()) as Arc<dyn Fn() -> String + Send + Sync>),
        calendars: node.config.calendars.clone(),
        secure: node.config.behind_https,
        max_upload: node.config.uploads.bytes,
        uploads: node.config.uploads.at_once,
        drawing: Arc::new(Apart::default()),
    }
}

async fn told_to_stop(until_stdin_closes: bool) {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    let left = async {
        if until_stdin_closes {
            stdin_closed().await
        } else {
            std::future::pending().await
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
        () = left => {}
    }
}

/// Returns when standard input ends: a parent holds its other end, so the node ends with the parent, however that ended.
async fn stdin_closed() {
    let (closed, closing) = tokio::sync::oneshot::channel();
    // A thread of its own: a blocking read of the runtime would keep the process from ending.
    let reader = std::thread::Builder::new()
        .name("stdin".to_owned())
        .spawn(move || {
            let _read = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            let _nobody_waits = closed.send(());
        });
    if reader.is_ok() {
        let _closed = closing.await;
    } else {
        std::future::pending().await
    }
}
