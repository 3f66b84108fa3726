//! Server-sent events: that something changed, never what. The page then fetches itself again, with its own authorisation.

use crate::context::Cx;
use crate::fail::Reply;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// How often a quiet stream asks whether its reader is still signed in.
const CHECK: Duration = Duration::from_secs(60);

/// A stream of change positions, until the reader leaves or is signed out.
pub async fn stream(cx: Cx) -> Reply {
    let (send, receive) = mpsc::channel(8);
    tokio::spawn(forward(cx, send));
    Ok(Sse::new(ReceiverStream::new(receive))
        .keep_alive(KeepAlive::default())
        .into_response())
}

async fn forward(cx: Cx, send: mpsc::Sender<Result<Event, Infallible>>) {
    let mut changes = cx.shared.changes.subscribe();
    loop {
        let position = match tokio::time::timeout(CHECK, changes.recv()).await {
            Ok(Ok(position)) => position,
            // Some were missed: the page must look again all the same.
            Ok(Err(RecvError::Lagged(_))) => 0,
            Ok(Err(RecvError::Closed)) => return,
            Err(_) if still_signed_in(&cx).await => continue,
            Err(_) => return,
        };
        let event = Event::default().event("change").data(position.to_string());
        if send.send(Ok(event)).await.is_err() {
            return;
        }
    }
}

async fn still_signed_in(cx: &Cx) -> bool {
    let (verbs, token) = (cx.shared.verbs.clone(), cx.token.clone());
    crate::context::blocking(move || verbs.signed_in(&token, ""))
        .await
        .is_ok()
}
