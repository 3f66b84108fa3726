//! What a form sends: read within limits, refused unless it comes from our own pages.

use crate::context::{Cx, Guest, read};
use crate::fail::Fail;
use crate::state::Shared;
use crate::upload::{self, Aside, Keeps};
use axum::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, Uri, header};
use entente_app::NewFile;
use std::collections::BTreeMap;

/// Most fields of one form.
pub(crate) const MAX_FIELDS: usize = 600;
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

/// The form of an entry: its files are sealed as they come.
pub struct EntryPost {
    pub cx: Cx,
    pub form: Fields,
}

/// The same of one that is only read before it leaves: its files are counted and let go.
pub struct PreviewPost {
    pub cx: Cx,
    pub form: Fields,
}

/// The fields and files of a form. Names that begin with `_` are ours, the others the definition's.
#[derive(Default)]
pub struct Fields {
    pub fields: BTreeMap<String, Vec<String>>,
    /// Files of an entry, sealed or counted.
    pub files: Aside<Vec<NewFile>>,
    /// Files that are read at once.
    pub held: Vec<HeldFile>,
    /// Why its files were not taken; its fields are here all the same.
    pub refused: Option<Fail>,
}

/// A file in memory.
pub struct HeldFile {
    pub name: String,
    pub bytes: Vec<u8>,
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
        let cx = own_guest(request.headers(), request.uri(), shared).await?;
        let known = cx.actor.is_some() || cx.enrolling.is_some();
        let form = fields(request, &cx, known.then_some(Keeps::Held)).await?;
        refuse_foreign(&cx, &form)?;
        Ok(Self { cx, form })
    }
}

impl FromRequest<Shared> for EntryPost {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let (cx, form) = entry(request, shared, Keeps::Sealed).await?;
        Ok(Self { cx, form })
    }
}

impl FromRequest<Shared> for PreviewPost {
    type Rejection = Fail;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Fail> {
        let (cx, form) = entry(request, shared, Keeps::Counted).await?;
        Ok(Self { cx, form })
    }
}

/// The form of an entry. Nothing is sealed for whoever writes nowhere: what is refused them is refused after it was read.
async fn entry(request: Request, shared: &Shared, keeps: Keeps) -> Result<(Cx, Fields), Fail> {
    let cx = own_guest(request.headers(), request.uri(), shared)
        .await?
        .let_in()?;
    let keeps = if cx.writes() { keeps } else { Keeps::Counted };
    let form = fields(request, &cx, Some(keeps)).await?;
    refuse_foreign(&cx, &form)?;
    Ok((cx, form))
}

/// Who sends, from a page of ours as far as the browser says: asked before a byte of the form is read.
async fn own_guest(headers: &HeaderMap, uri: &Uri, shared: &Shared) -> Result<Cx, Fail> {
    let Guest(cx) = read(headers, uri, shared).await?;
    match own_origin(headers) {
        true => Ok(cx),
        false => Err(Fail::foreign_form()),
    }
}

/// A form without our secret.
fn refuse_foreign(cx: &Cx, form: &Fields) -> Result<(), Fail> {
    match equal(form.last("_csrf"), &cx.csrf) {
        true => Ok(()),
        false => Err(Fail::foreign_form()),
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

/// Reads a form. `keeps`: what becomes of its files; none are taken of somebody who is nobody yet.
async fn fields(mut request: Request, cx: &Cx, keeps: Option<Keeps>) -> Result<Fields, Fail> {
    if upload::is_multipart(request.headers()) {
        let keeps = keeps.ok_or_else(Fail::sign_in)?;
        return upload::fields(request, cx, keeps, Some(&cx.csrf)).await;
    }
    let most = keeps.map_or(MAX_GUEST, |_| crate::MAX_FORM);
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
    Ok(out)
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
