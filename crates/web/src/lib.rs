//! Pages, forms and the JSON API of a node: rendered on the server, working without script.
//!
//! The house rules: what a person may not see does not exist (404); every POST carries the session's form secret and comes from
//! our own origin; every string is in `messages/*.ftl`; every free text states its language and direction. No handler waits for
//! the partner: all verbs are local, synchronous and run on a blocking thread.

mod api;
mod assets;
mod calendars;
mod context;
mod demo;
mod events;
mod fail;
mod form;
mod headers;
mod i18n;
mod layout;
mod pages;
mod parts;
mod post;
mod state;
mod time;
mod verbs;

#[cfg(test)]
mod tests;

pub use calendars::{Calendars, Off};
pub use demo::{DemoControl, DemoState, TamperReport};
pub use fail::explain;
pub use i18n::{Digits, Words};
pub use pages::balance::rows as figures;
pub use pages::tour::proof_check;
pub use state::WebState;
pub use time::{due_words, span};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use state::Shared;
use std::sync::Arc;

/// Largest body of a POST that brings no files, in bytes.
pub const MAX_FORM: usize = 4 << 20;

/// The whole web interface of a node. Register nothing else on its paths.
pub fn router(state: WebState) -> Router {
    over(state::Inner::from(state))
}

fn over(inner: state::Inner) -> Router {
    let shared: Shared = Arc::new(inner);
    shared.listen();
    let mut router = pages_router().merge(api::router());
    if shared.verbs.settings().demo {
        router = router.merge(pages::tour::router());
    }
    router
        .fallback(fail::nothing_here)
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn_with_state(shared.clone(), headers::finish))
        .with_state(shared)
}

fn pages_router() -> Router<Shared> {
    use pages::{
        balance, courier, dossier, dossiers, entry, import, ledger, partners, probes, sign_in,
        today, write,
    };
    Router::new()
        .route("/", get(today::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/lang/{code}", post(sign_in::language))
        .route("/digits/{code}", post(sign_in::digits))
        .route("/dossiers", get(dossiers::show))
        .route("/dossiers/{id}", get(dossier::show))
        .route(
            "/dossiers/{id}/write/{kind}",
            get(write::show).post(write::record),
        )
        .route(
            "/dossiers/{id}/confirm",
            get(import::confirm_form).post(import::confirm),
        )
        .route(
            "/open/{kind}",
            get(write::show_opening).post(write::record_opening),
        )
        .route("/entries/{id}", get(entry::show))
        .route("/entries/{id}/proof", get(entry::proof))
        .route("/entries/{id}/files/{n}", get(entry::file))
        .route("/ledger", get(ledger::show))
        .route("/ledger/meeting", get(ledger::meeting))
        .route("/balance/{partner}", get(balance::show))
        .route("/partners", get(partners::list))
        .route("/partners/{node}", get(partners::show))
        .route("/partners/{node}/courier/pack", post(courier::pack))
        .route("/partners/{node}/courier/unpack", post(courier::unpack))
        .route(
            "/import/declaration",
            get(import::show).post(import::declaration),
        )
        .route("/import/register", post(import::register))
        .route("/events", get(events::stream))
        .route("/assets/{name}", get(assets::serve))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(probes::metrics))
}
