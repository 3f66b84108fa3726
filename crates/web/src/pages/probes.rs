//! For the machinery around the node: alive, ready, metrics.

use crate::fail::{Fail, Reply};
use crate::state::Shared;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The node can serve.
pub async fn ready(State(shared): State<Shared>) -> Reply {
    let health = shared.health.clone();
    let well = tokio::task::spawn_blocking(move || health())
        .await
        .unwrap_or(false);
    Ok(if well {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
    })
}

/// Metrics, where published.
pub async fn metrics(State(shared): State<Shared>) -> Reply {
    let metrics = shared.metrics.as_ref().ok_or_else(Fail::not_found)?;
    Ok((
        [(
            header::CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        metrics(),
    )
        .into_response())
}
