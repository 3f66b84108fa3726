//! The outermost layer: turns failures into pages or problems, and puts the security headers on every answer.

use crate::context::{self, Cx, Guest};
use crate::fail::{Fail, Says};
use crate::i18n::Words;
use crate::layout::Frame;
use crate::state::Shared;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing but our own styles, scripts, images and connections; no frames, no foreign form targets.
pub const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// By https only, for a year, whatever a link or a person at the network says (RFC 6797).
const HTTPS_ONLY: &str = "max-age=31536000; includeSubDomains";

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

/// The header of a form that the script sends (`assets/entente.js`).
const SENT: &str = "x-entente-sent";

/// See the module.
pub async fn finish(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let get = request.method() == Method::GET || request.method() == Method::HEAD;
    let words = context::words_of(&shared, request.headers(), None);
    let path = context::path_of(request.uri());
    let secure = shared.secure;
    let asked = (!api).then(|| (request.headers().clone(), request.uri().clone()));
    let by_script = request.headers().contains_key(SENT);
    let response = next.run(request).await;
    let allow = response.headers().get(header::ALLOW).cloned();
    let failed = response.extensions().get::<Fail>().cloned();
    let failed = failed.or_else(|| unsaid(&response).filter(|_| !api));
    let mut response = match failed {
        None => response,
        Some(fail) if api => fail.problem(),
        Some(fail) if fail.status == StatusCode::UNAUTHORIZED && get => {
            to_sign_in(&path, shared.verbs.settings().demo)
        }
        Some(fail) if fail.code == "second-factor" && get => to_page("/account".to_owned()),
        Some(fail) => match reader(&shared, asked).await {
            Some(mut cx) if matches!(fail.says, Says::Reason(_)) => {
                // The dossier is there for the reader: nothing is given away by saying where they wanted to go.
                cx.path.clone_from(&path);
                let form = fail.reason_form(&cx, &path);
                form.unwrap_or_else(|| fail.page_with_menu(&cx))
            }
            Some(cx) => fail.page_with_menu(&cx),
            None => page(&shared, words, &fail).await,
        },
    };
    if by_script {
        response = led_on(response);
    }
    let headers = response.headers_mut();
    // Which methods there are belongs to the refusal of another (RFC 9110 §15.5.6).
    if let Some(methods) = allow {
        headers.insert(header::ALLOW, methods);
    }
    for (name, value) in ALWAYS {
        put(headers, name, value);
    }
    if secure {
        put(headers, "strict-transport-security", HTTPS_ONLY);
    }
    response
}

/// A form that the script sent with its files, so that it can say how far it is: where to go is told, and the browser goes there once. It
/// would follow a redirection by itself, and what is looked at once would be on record twice.
fn led_on(mut response: Response) -> Response {
    if !response.status().is_redirection() {
        return response;
    }
    if let Some(place) = response.headers_mut().remove(header::LOCATION) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-entente-go"), place);
        *response.status_mut() = StatusCode::OK;
    }
    response
}

/// A refusal of the router's own, such as of a method or of a path that is no text: it says so in a page of ours too.
fn unsaid(response: &Response) -> Option<Fail> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() && !html).then(|| Fail {
        status,
        ..Fail::not_found()
    })
}

/// Whoever is signed in and failed to be answered; none where that itself cannot be told.
async fn reader(shared: &Shared, asked: Option<(HeaderMap, Uri)>) -> Option<Cx> {
    let (headers, uri) = asked?;
    let Guest(mut cx) = context::read(&headers, &uri, shared).await.ok()?;
    // The page repeats nothing of the address: what does not exist and what may not be seen are the same to the byte.
    cx.path.clear();
    cx.actor.is_some().then_some(cx)
}

async fn page(shared: &Shared, words: Words, fail: &Fail) -> Response {
    // A failure is told even where the demonstration cannot say how it stands.
    let demo = context::demo_state(shared).await.ok().flatten();
    fail.page(&Frame {
        shared,
        words,
        now: shared.verbs.now(),
        demo: demo.as_ref(),
        thread: None,
    })
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers
        .entry(HeaderName::from_static(name))
        .or_insert(HeaderValue::from_static(value));
}

fn to_sign_in(path: &str, demo: bool) -> Response {
    let target = match path {
        // Whoever comes to a demonstration is shown it first.
        "/" if demo => "/tour".to_owned(),
        "/" => "/sign-in".to_owned(),
        path => format!("/sign-in?next={}", context::percent(path)),
    };
    to_page(target)
}

fn to_page(target: String) -> Response {
    match HeaderValue::try_from(target) {
        Ok(value) => (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response(),
        Err(_) => Fail::sign_in().problem(),
    }
}
