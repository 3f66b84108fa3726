//! What a form sends: read within limits, refused unless it comes from our own pages.

use crate::context::{Cx, Guest, read};
use crate::fail::Fail;
use crate::state::Shared;
use axum::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use entente_app::NewFile;
use std::collections::BTreeMap;

/// Most fields of one form.
const MAX_FIELDS: usize = 600;
/// Most bytes that are read of somebody who is not signed in: an identifier and a password, or what an authenticator answers. Who is
/// nobody yet takes neither the node's memory nor the place of an officer's upload.
pub const MAX_GUEST: usize = 256 << 10;

/// A form sent by somebody who is signed in.
pub struct Post {
    pub cx: Cx,
    pub form: Fields,
}

/// A form on what is the sender's alone: see [`crate::context::Own`].
pub struct OwnPost {
    pub cx: Cx,
    pub form: Fields,
}

/// A form sent by anybody.
pub struct GuestPost {
    pub cx: Cx,
    pub form: Fields,
}

/// The fields and files of a form. Names that begin with `_` are ours, the others the definition's.
#[derive(Default)]
pub struct Fields {
    pub fields: BTreeMap<String, Vec<String>>,
    pub files: Vec<NewFile>,
}

impl Fields {
    /// Last value of a field.
    pub fn last(&self, name: &str) -> &str {
        self.fields
            .get(name)
            .and_then(|v| v.last())
            .map_or("", String::as_str)
    }
    /// Whether a box was ticked.
    pub fn flag(&self, name: &str) -> bool {
        !self.last(name).is_empty()
    }
}

impl FromRequest<Shared> for GuestPost {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let Guest(cx) = read(request.headers(), request.uri(), shared).await?;
        if !own_origin(request.headers()) {
            return Err(Fail::foreign_form());
        }
        let known = cx.actor.is_some() || cx.enrolling.is_some();
        let form = fields(request, shared, known).await?;
        if !equal(form.last("_csrf"), &cx.csrf) {
            return Err(Fail::foreign_form());
        }
        Ok(Self { cx, form })
    }
}

impl FromRequest<Shared> for Post {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let GuestPost { cx, form } = GuestPost::from_request(request, shared).await?;
        let cx = cx.let_in()?;
        Ok(Self { cx, form })
    }
}

impl FromRequest<Shared> for OwnPost {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let GuestPost { cx, form } = GuestPost::from_request(request, shared).await?;
        let cx = cx.let_home()?;
        Ok(Self { cx, form })
    }
}

/// Compares secrets without telling by time where they differ.
pub fn equal(one: &str, other: &str) -> bool {
    !other.is_empty()
        && one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |acc, (a, b)| acc | (a ^ b))
            == 0
}

/// Whether a POST comes from our own pages, as far as the browser says.
pub fn own_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &header::HeaderValue| v.to_str().ok())
    };
    if let Some(origin) = text(header::ORIGIN) {
        let host = origin.split_once("://").map(|(_, host)| host);
        return host.is_some() && host == text(header::HOST);
    }
    match headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => true,
    }
}

async fn fields(mut request: Request, shared: &Shared, known: bool) -> Result<Fields, Fail> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let files = kind.starts_with("multipart/form-data");
    if files && !known {
        return Err(Fail::sign_in());
    }
    if !files {
        let most = if known { crate::MAX_FORM } else { MAX_GUEST };
        DefaultBodyLimit::max(most).apply(&mut request);
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, &())
            .await
            .map_err(|r| match r.status() {
                axum::http::StatusCode::PAYLOAD_TOO_LARGE => Fail::too_large(limit),
                _ => Fail::input_key("input-form"),
            })?;
        let mut out = Fields::default();
        pairs
            .into_iter()
            .take(MAX_FIELDS)
            .for_each(|(name, value)| out.fields.entry(name).or_default().push(value));
        return Ok(out);
    }
    DefaultBodyLimit::max(shared.max_upload).apply(&mut request);
    let _held = shared.uploads.acquire().await.map_err(|_| Fail::bug())?;
    let multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| Fail::input_key("input-form"))?;
    parts(multipart, shared.max_upload).await
}

async fn parts(mut multipart: Multipart, limit: usize) -> Result<Fields, Fail> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let failed = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Fail::too_large(limit)
        } else {
            Fail::input_key("input-form")
        }
    };
    let mut out = Fields::default();
    for _ in 0..MAX_FIELDS {
        let Some(part) = multipart.next_field().await.map_err(failed)? else {
            return Ok(out);
        };
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let media = part
                    .content_type()
                    .unwrap_or("application/octet-stream")
                    .to_owned();
                let bytes = part.bytes().await.map_err(failed)?;
                if !file.is_empty() || !bytes.is_empty() {
                    out.fields
                        .entry(format!("{name}#file"))
                        .or_default()
                        .push(out.files.len().to_string());
                    out.files.push(NewFile {
                        name: file,
                        media,
                        bytes: bytes.to_vec(),
                    });
                }
            }
            None => out
                .fields
                .entry(name)
                .or_default()
                .push(part.text().await.map_err(failed)?),
        }
    }
    Err(Fail::input_key("input-form"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| {
                (
                    header::HeaderName::from_static(n),
                    header::HeaderValue::from_static(v),
                )
            })
            .collect()
    }

    #[test]
    fn only_our_own_origin() {
        assert!(own_origin(&headers(&[
            ("origin", "http://ma.test:7001"),
            ("host", "ma.test:7001")
        ])));
        assert!(!own_origin(&headers(&[
            ("origin", "http://elsewhere.test"),
            ("host", "ma.test")
        ])));
        assert!(!own_origin(&headers(&[
            ("origin", "null"),
            ("host", "ma.test")
        ])));
        assert!(!own_origin(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(own_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(
            own_origin(&headers(&[])),
            "old browsers: the form's secret protects"
        );
    }

    #[test]
    fn an_empty_secret_never_fits() {
        assert!(!equal("", "") && !equal("a", "b") && equal("ab", "ab"));
    }
}
