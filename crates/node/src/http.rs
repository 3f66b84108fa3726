//! Pages and API over plain HTTP, with an orderly end. TLS towards browsers is left to a proxy: see docs/configuration.md.

use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::metrics::Metrics;

/// How long requests under way may take after the node was told to stop; live-update streams never end by themselves.
const GRACE: Duration = Duration::from_secs(3);

/// Serves until told to stop.
///
/// # Errors
/// Of the listening socket.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    metrics: Metrics,
    stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let router = router.layer(middleware::from_fn_with_state(metrics, count));
    let (mut asked, mut waited) = (stop.clone(), stop);
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        drop(asked.wait_for(|stop| *stop).await);
    });
    let patience = async move {
        drop(waited.wait_for(|stop| *stop).await);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served,
        () = patience => Ok(()),
    }
}

async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let response = next.run(request).await;
    metrics.http_request(method.as_str(), response.status().as_u16());
    response
}
