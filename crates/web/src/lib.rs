//! Pages, forms and the JSON API of a node: rendered on the server, working without script.
//!
//! The house rules: what a person may not see does not exist (404); every POST carries the session's form secret and comes from
//! our own origin; every string is in `messages/*.ftl`; every free text states its language and direction. No handler waits for
//! the partner: all verbs are local, synchronous and run on a blocking thread.

mod api;
mod assets;
mod calendars;
mod case_words;
mod charts;
mod conditions;
mod context;
mod court;
mod demo;
mod device;
mod drawing;
mod events;
mod fail;
mod faults;
mod form;
mod headers;
mod i18n;
mod layout;
pub mod mail;
mod pages;
mod parts;
mod plot;
mod post;
mod routes;
mod state;
mod thread;
mod time;
mod tried;
mod upload;
mod verbs;
mod zone;

#[cfg(test)]
mod tests;

pub use api::balance_json;
pub use api::commitments_json;
pub use api::{
    access_finding, access_line, exhibits_json, letter_json, recipient_json, review_list,
    statistics_json,
};
pub use api::{duties_json, lessons_json, meetings_json, piece_json, programme_json, review_json};
pub use calendars::{Calendars, Off};
pub use case_words::of_type as case_type;
pub use charts::{Asked as ChartAsked, Seen as ChartSeen};
pub use court::CourtPages;
pub use demo::{DemoControl, DemoError, DemoFault, DemoState, TamperReport};
pub use drawing::{Chunks, Drawing};
pub use fail::explain;
pub use faults::card as card_refused;
pub use i18n::{Digits, Words};
pub use pages::balance::plain::text as balance_text;
pub use pages::balance::rows as figures;
pub use pages::chart::{Taken as ChartTaken, plain as chart_text, taken as chart_taken};
pub use pages::charter::{ending, exact, kind_name};
pub use pages::commitments::Filter as CommitmentFilter;
pub use pages::commitments::plain::{
    list as commitments_list, matrix as commitments_matrix, report as commitments_report,
};
pub use pages::drafts::heading as draft_heading;
pub use pages::duties::{ground_said, standing as duty_standing};
pub use pages::exhibits::plain as exhibits_text;
pub use pages::lessons::plain::lessons as lessons_text;
pub use pages::letter::plain as letter_text;
pub use pages::meetings::plain::{agenda as meetings_agenda_text, meetings as meetings_text};
pub use pages::meetings::{form_of as meetings_form, not_taken as meetings_refused};
pub use pages::oversight::{
    deed as access_deed, place as access_place, place_text as access_place_text,
    refused as access_refused, told as access_told,
};
pub use pages::package::{held_said, package_json, unread_said as package_unread};
pub use pages::plan::{comparisons_json, comparisons_text, json as plan_json, text as plan_text};
pub use pages::programme::plain::{agreement as agreement_text, programme as programme_text};
pub use pages::release::{reason as unreleasable, said as releasable_words};
pub use pages::restart::ground as restart_ground;
pub use pages::reviews::stays;
pub use pages::statistics::{csv as statistics_csv, figure as statistics_figure};
pub use pages::tour::proof_check;
pub use routes::{Address, addresses};
pub use state::WebState;
pub use time::{due_words, span, start_of_day};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
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
    let demo = shared.verbs.settings().demo;
    let router = routes::router(demo).merge(api::router());
    router
        .fallback(fail::nothing_here)
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(from_fn_with_state(shared.clone(), headers::finish))
        .with_state(shared)
}
