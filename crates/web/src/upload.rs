//! A form with files, read as it comes: the files of an entry flow from the socket into sealed chunks, in memory of a few pieces whatever
//! their size. Files that are read at once (a text to import, a courier's bundle) are held, within a limit of their own.
//!
//! A file of an entry that cannot be taken (too large, no room, a name that deceives) does not break the form off: the rest is read and let
//! go, so that the browser hears the answer, and the form comes back with what was typed. Where the request's length says from the beginning
//! that too much comes, reading ends at the first file: the form comes back with the fields before it, which are all of them where the page's
//! script sends files last, and a browser that goes on sending may hear nothing. What is held, what comes without the form's secret before
//! it, too slowly, broken off or as no form ends here; what was sealed of it goes at once.

use crate::context::{Cx, blocking};
use crate::fail::Fail;
use crate::post::{Fields, HeldFile, MAX_FIELDS, equal};
use crate::state::Inner;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use entente_app::{Content, Incoming, NewFile};
use std::collections::BTreeMap;
use std::io::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::timeout;
use tokio_stream::StreamExt as _;

/// Most bytes of all files together that a form may bring where they are held in memory.
pub const MAX_HELD: u64 = 256 << 20;
/// Bytes that are handed on at a time: a chunk of a sealed file.
const PIECE: usize = 256 << 10;
/// Most bytes that came and belong to no part yet: a part's headers must end.
const MAX_UNREAD: usize = 2 << 20;
/// Most bytes of each thing that a part says of itself and that is kept: the name of its field, its file's name, its media type.
const MAX_SAID: usize = 1 << 10;
/// How many places one officer takes.
const EACH: usize = 2;
/// How long a sender may be silent.
const SILENCE: Duration = Duration::from_secs(60);
/// How long whoever brings files waits for a place among those who do.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// When to try again where there was none, in seconds.
const AGAIN: u32 = 60;

/// What becomes of the files of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// In memory, to be read at once.
    Held,
    /// Sealed as they come.
    Sealed,
    /// Counted and let go.
    Counted,
}

/// Something that blocks while it goes, such as files that are removed with it: let go of on a thread that may block.
pub struct Aside<T: Send + 'static>(Option<T>);

impl<T: Send + 'static> Aside<T> {
    /// Takes it out, to be used on a thread that may block.
    pub fn take(mut self) -> Option<T> {
        self.0.take()
    }
}

impl<T: Send + 'static> Default for Aside<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Send + 'static> From<T> for Aside<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl Aside<Vec<NewFile>> {
    fn push(&mut self, file: NewFile) {
        self.0.get_or_insert_default().push(file);
    }
}

impl<T: Send + 'static> Drop for Aside<T> {
    fn drop(&mut self) {
        if let Some(value) = self.0.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            drop(runtime.spawn_blocking(move || drop(value)));
        }
    }
}

/// Whether a request brings a form with files.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

/// Reads a form with files, sent by `cx`. `secret`: what its field `_csrf` must say before a file comes; none where it came otherwise.
///
/// # Errors
/// No form; not from a page of ours; broken off, or silent for too long; no place among the uploads; more than is held in memory.
pub async fn fields(
    request: Request,
    cx: &Cx,
    keeps: Keeps,
    secret: Option<&str>,
) -> Result<Fields, Fail> {
    let shared = &cx.shared;
    let (places, most) = match keeps {
        Keeps::Held => (&shared.held, shared.max_upload.min(MAX_HELD)),
        Keeps::Sealed | Keeps::Counted => (&shared.uploads, shared.max_upload),
    };
    let _place = place(places, cx).await?;
    let reading = Reading {
        shared,
        keeps,
        secret,
        most,
        known_too_large: announced(request.headers()) > most.saturating_add(crate::MAX_FORM as u64),
        unread: Arc::default(),
        text: 0,
        brought: 0,
        out: Fields::default(),
    };
    reading.all(request).await
}

/// Places among those who send something at the same time, of which one officer takes a few at most, on however many connections.
pub struct Places {
    pub all: Semaphore,
    /// Of the officers who have or wait for a place.
    each: Mutex<BTreeMap<String, Arc<Semaphore>>>,
}

impl Places {
    /// So many.
    pub fn new(all: usize) -> Self {
        Self {
            all: Semaphore::new(all),
            each: Mutex::default(),
        }
    }

    /// How many officers have or wait for a place.
    #[cfg(test)]
    pub fn known(&self) -> usize {
        let each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        each.len()
    }

    /// A place for an officer: first among their own, so that whoever waits for one of those takes none of the others'.
    async fn take(&self, who: &str) -> Option<Place<'_>> {
        let mut place = Place {
            places: self,
            who: who.to_owned(),
            held: None,
        };
        let own = self.own(who).acquire_owned().await.ok()?;
        place.held = Some((self.all.acquire().await.ok()?, own));
        Some(place)
    }

    fn own(&self, who: &str) -> Arc<Semaphore> {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        let own = each.entry(who.to_owned());
        own.or_insert_with(|| Arc::new(Semaphore::new(EACH)))
            .clone()
    }

    /// Forgets an officer who neither has a place nor waits for one: nobody else knows of their places then.
    fn forget(&self, who: &str) {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if each.get(who).is_some_and(|own| Arc::strong_count(own) == 1) {
            each.remove(who);
        }
    }
}

/// A place, free again when it is let go of.
pub struct Place<'a> {
    places: &'a Places,
    who: String,
    /// Among all, and among the officer's own; none while they wait.
    held: Option<(SemaphorePermit<'a>, OwnedSemaphorePermit)>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.held = None;
        self.places.forget(&self.who);
    }
}

/// A place for whoever sends.
///
/// # Errors
/// Nobody is signed in; all places, or all of theirs, were taken for too long.
pub async fn place<'a>(places: &'a Places, cx: &Cx) -> Result<Place<'a>, Fail> {
    let who = cx.actor.as_ref().or(cx.enrolling.as_ref());
    let who = who.ok_or_else(Fail::sign_in)?;
    match timeout(cx.shared.patience, places.take(&who.id)).await {
        Ok(place) => place.ok_or_else(Fail::bug),
        Err(_) => Err(Fail::busy(AGAIN)),
    }
}

/// How many bytes a request says that it brings.
fn announced(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
    length.unwrap_or_default()
}

struct Reading<'a> {
    shared: &'a Inner,
    keeps: Keeps,
    /// What the form says before a file comes.
    secret: Option<&'a str>,
    /// Most bytes of all files together.
    most: u64,
    /// More comes than may: the fields before the first file are read, so that the form can come back, and no more.
    known_too_large: bool,
    unread: Arc<AtomicUsize>,
    /// Bytes that were typed, and that parts say of themselves.
    text: usize,
    brought: u64,
    out: Fields,
}

impl Reading<'_> {
    async fn all(mut self, request: Request) -> Result<Fields, Fail> {
        let mut multipart = self.multipart(request).await?;
        for _ in 0..MAX_FIELDS {
            let Some(part) = self.heard(multipart.next_field()).await? else {
                return Ok(self.out);
            };
            self.said(&part)?;
            if part.file_name().is_none() {
                self.field(part).await?;
                continue;
            }
            self.ours()?;
            match self.keeps {
                Keeps::Held if self.known_too_large => return Err(Fail::too_large(self.most)),
                Keeps::Held => self.held(part).await?,
                Keeps::Sealed | Keeps::Counted if self.known_too_large => {
                    self.refuse(Fail::too_large(self.most));
                    return Ok(self.out);
                }
                Keeps::Sealed | Keeps::Counted => self.file(part).await?,
            }
        }
        Err(Fail::input_key("input-form"))
    }

    /// The parts of a request's body, of which no more than a little is ahead of what is read of it.
    async fn multipart(&self, request: Request) -> Result<Multipart, Fail> {
        let unread = self.unread.clone();
        let mut request = request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |piece| {
                let piece = piece.map_err(Error::other)?;
                let before = unread.fetch_add(piece.len(), Ordering::Relaxed);
                match before > MAX_UNREAD {
                    true => Err(Error::other("headers without an end")),
                    false => Ok(piece),
                }
            }))
        });
        // Parts are counted one by one; this ends a body that says nothing of its length.
        let all = self.most.saturating_add(crate::MAX_FORM as u64);
        let all = usize::try_from(all.saturating_mul(2)).unwrap_or(usize::MAX);
        DefaultBodyLimit::max(all).apply(&mut request);
        let multipart = Multipart::from_request(request, &()).await;
        multipart.map_err(|_| Fail::input_key("input-form"))
    }

    /// What comes next, if it comes in time.
    async fn heard<T>(
        &self,
        next: impl Future<Output = Result<T, MultipartError>>,
    ) -> Result<T, Fail> {
        let heard = timeout(SILENCE, next).await;
        self.unread.store(0, Ordering::Relaxed);
        match heard {
            Ok(Ok(part)) => Ok(part),
            Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Fail::too_large(self.most))
            }
            Ok(Err(_)) => Err(Fail::input_key("input-form")),
            Err(_) => Err(Fail::input_key("input-silent")),
        }
    }

    /// Counts what a part says of itself among what is typed: all of it is kept.
    fn said(&mut self, part: &Field<'_>) -> Result<(), Fail> {
        for said in [part.name(), part.file_name(), part.content_type()] {
            let length = said.map_or(0, str::len);
            if length > MAX_SAID {
                return Err(Fail::input_key("input-form"));
            }
            self.count(length)?;
        }
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), Fail> {
        self.text += bytes;
        match self.text > crate::MAX_FORM {
            true => Err(Fail::too_large(crate::MAX_FORM as u64)),
            false => Ok(()),
        }
    }

    /// No byte of a file is read of a form that has not shown that it is ours.
    fn ours(&self) -> Result<(), Fail> {
        match self.secret {
            Some(secret) if !equal(self.out.last("_csrf"), secret) => Err(Fail::foreign_form()),
            _ => Ok(()),
        }
    }

    fn refuse(&mut self, why: Fail) {
        self.out.refused.get_or_insert(why);
    }

    async fn field(&mut self, mut part: Field<'_>) -> Result<(), Fail> {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = self.heard(part.chunk()).await? {
            self.count(piece.len())?;
            bytes.extend_from_slice(&piece);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.out.fields.entry(name).or_default().push(text);
        Ok(())
    }

    /// A file that is read at once.
    async fn held(&mut self, mut part: Field<'_>) -> Result<(), Fail> {
        let (field, name, _) = named(&part);
        let mut bytes = Vec::new();
        while let Some(piece) = self.heard(part.chunk()).await? {
            self.brought += piece.len() as u64;
            if self.brought > self.most {
                return Err(Fail::too_large(self.most));
            }
            bytes.extend_from_slice(&piece);
        }
        if !name.is_empty() || !bytes.is_empty() {
            let place = self.out.held.len().to_string();
            let places = self.out.fields.entry(format!("{field}#file"));
            places.or_default().push(place);
            self.out.held.push(HeldFile { name, bytes });
        }
        Ok(())
    }

    /// A file of an entry: sealed piece by piece, or counted.
    async fn file(&mut self, mut part: Field<'_>) -> Result<(), Fail> {
        let (_, name, media) = named(&part);
        let (mut file, mut piece, mut size) = (Aside::default(), Vec::new(), 0);
        while let Some(bytes) = self.heard(part.chunk()).await? {
            size += bytes.len() as u64;
            self.brought += bytes.len() as u64;
            if self.brought > self.most {
                self.refuse(Fail::too_large(self.most));
            }
            if !self.seals() {
                // Lets go of what was sealed.
                file = Aside::default();
                continue;
            }
            piece.extend_from_slice(&bytes);
            if piece.len() >= PIECE {
                file = self
                    .seal(file, (&name, &media), std::mem::take(&mut piece))
                    .await;
            }
        }
        if name.is_empty() && size == 0 {
            // No file was chosen.
            return Ok(());
        }
        if self.seals() {
            file = self.seal(file, (&name, &media), piece).await;
        }
        if let Some(content) = self.end(file, size).await {
            self.out.files.push(NewFile {
                name,
                media,
                content,
            });
        }
        Ok(())
    }

    fn seals(&self) -> bool {
        self.keeps == Keeps::Sealed && self.out.refused.is_none()
    }

    /// Hands a piece on, to a file that begins with its first.
    async fn seal(
        &mut self,
        file: Aside<Incoming>,
        (name, media): (&str, &str),
        piece: Vec<u8>,
    ) -> Aside<Incoming> {
        let verbs = self.shared.verbs.clone();
        let (name, media) = (name.to_owned(), media.to_owned());
        let sealed = blocking(move || {
            let mut file = match file.take() {
                Some(begun) => begun,
                None => verbs.begin_file(&name, &media)?,
            };
            file.write(&piece)?;
            Ok(file)
        });
        match sealed.await {
            Ok(file) => file.into(),
            Err(why) => {
                self.refuse(why);
                Aside::default()
            }
        }
    }

    /// All of a file came; none if it was refused.
    async fn end(&mut self, file: Aside<Incoming>, size: u64) -> Option<Content> {
        if self.keeps == Keeps::Counted {
            return Some(Content::Counted(size));
        }
        let file = file.take()?;
        match blocking(move || file.finish()).await {
            Ok(file) => Some(file.content),
            Err(why) => {
                self.refuse(why);
                None
            }
        }
    }
}

/// The field, file name and media type of a part.
fn named(part: &Field<'_>) -> (String, String, String) {
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let media = part.content_type().unwrap_or("application/octet-stream");
    (own(part.name()), own(part.file_name()), media.to_owned())
}
