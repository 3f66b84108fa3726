//! The outermost layer: turns failures into pages or problems, and puts the security headers on every answer.

use crate::context;
use crate::fail::Fail;
use crate::state::Shared;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing but our own styles, scripts, images and connections; no frames, no foreign form targets.
pub const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// See the module.
pub async fn finish(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let get = request.method() == Method::GET || request.method() == Method::HEAD;
    let words = context::words_of(&shared, request.headers(), None);
    let path = context::path_of(request.uri());
    let response = next.run(request).await;
    let mut response = match response.extensions().get::<Fail>().cloned() {
        None => response,
        Some(fail) if api => fail.problem(),
        Some(fail) if fail.status == StatusCode::UNAUTHORIZED && get => to_sign_in(&path),
        Some(fail) => fail.page(words),
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        put(headers, name, value);
    }
    response
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers
        .entry(HeaderName::from_static(name))
        .or_insert(HeaderValue::from_static(value));
}

fn to_sign_in(path: &str) -> Response {
    let target = if path == "/" {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={}", context::percent(path))
    };
    match HeaderValue::try_from(target) {
        Ok(value) => (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response(),
        Err(_) => Fail::sign_in().problem(),
    }
}
