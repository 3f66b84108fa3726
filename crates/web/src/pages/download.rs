//! A file on its way out: decrypted chunk by chunk as it is read, whole or from where an earlier download broke off (RFC 9110 section 14).

use crate::fail::Reply;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entente_app::FileReader;
use std::io::Error;
use std::ops::Range;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// The policy under which bytes of a file are given out.
pub const NOTHING_RUNS: &str =
    "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'";
/// Bytes of a chunk.
const CHUNK: u64 = entente_app::CHUNK as u64;
/// Chunks that wait for whoever reads.
const WAITING: usize = 4;

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Part(Range<u64>),
    /// Nothing that it has.
    Outside,
}

/// Answers with a file, or with the part of it that is asked for. `tag`: names these very bytes.
///
/// # Errors
/// None of its own.
#[expect(clippy::unnecessary_wraps, reason = "handlers end with it")]
pub fn answer(
    reader: FileReader,
    shown: (HeaderValue, HeaderValue),
    headers: &HeaderMap,
    tag: &str,
) -> Reply {
    let size = reader.view.size;
    let mut response = match asked(headers, size, tag) {
        Asked::Whole => part(reader, shown, 0..size),
        Asked::Part(bytes) => {
            let said = format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1);
            let mut response = part(reader, shown, bytes);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            put(&mut response, header::CONTENT_RANGE, &said);
            response
        }
        Asked::Outside => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            let said = format!("bytes */{size}");
            put(&mut response, header::CONTENT_RANGE, &said);
            // Nothing to read; without a type the outermost layer would put a page in its place.
            put(&mut response, header::CONTENT_TYPE, "text/html");
            response
        }
    };
    put(&mut response, header::ACCEPT_RANGES, "bytes");
    put(&mut response, header::ETAG, tag);
    Ok(response)
}

fn put(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

/// These bytes of a file, under a disposition and a type of the caller's; never as something that runs.
pub fn part(
    reader: FileReader,
    (disposition, media): (HeaderValue, HeaderValue),
    bytes: Range<u64>,
) -> Response {
    let length = bytes.end.saturating_sub(bytes.start);
    let (send, receive) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        for piece in pieces(reader, bytes) {
            // The reader of the stream may have gone away: then there is nobody left to tell.
            if send.blocking_send(piece).is_err() {
                return;
            }
        }
    });
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receive)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(NOTHING_RUNS),
    );
    response
}

/// The chunks that hold these bytes, the first and the last cut to them. Chunks before and after are not opened.
fn pieces(reader: FileReader, bytes: Range<u64>) -> impl Iterator<Item = Result<Bytes, Error>> {
    let first = bytes.start / CHUNK;
    let before = usize::try_from(first).unwrap_or(usize::MAX);
    let mut at = first * CHUNK;
    let mut chunks = reader.chunks.skip(before);
    std::iter::from_fn(move || {
        // Asked first: a chunk is opened when it is taken.
        if at >= bytes.end {
            return None;
        }
        let chunk = match chunks.next()? {
            Ok(chunk) => Bytes::from(chunk),
            Err(error) => return Some(Err(Error::other(error.to_string()))),
        };
        let within = |place: u64| {
            let place = usize::try_from(place.saturating_sub(at)).unwrap_or(usize::MAX);
            place.min(chunk.len())
        };
        let piece = chunk.slice(within(bytes.start)..within(bytes.end));
        at += chunk.len() as u64;
        Some(Ok(piece))
    })
}

/// What a request asks for. Several ranges at once, other units and what is not of the form are answered with the whole, as is a part of
/// bytes that are not these any more.
fn asked(headers: &HeaderMap, size: u64, tag: &str) -> Asked {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
    };
    let same = text(header::IF_RANGE).is_none_or(|given| given == tag);
    let range = text(header::RANGE).filter(|_| same);
    let range = range.and_then(|text| text.trim().strip_prefix("bytes="));
    let ends = range.and_then(|range| range.split_once('-'));
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let part = match ends {
        None => return Asked::Whole,
        Some(("", last)) => number(last).map(|last| size.saturating_sub(last)..size),
        Some((first, "")) => number(first).map(|first| first..size),
        Some((first, last)) => {
            let ends = number(first).zip(number(last)).filter(|(a, b)| a <= b);
            ends.map(|(first, last)| first..last.saturating_add(1).min(size))
        }
    };
    match part {
        None => Asked::Whole,
        Some(part) if part.start >= part.end => Asked::Outside,
        Some(part) => Asked::Part(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_app::views::FileView;
    use std::sync::{Arc, Mutex};

    fn of(range: &str, if_range: Option<&str>) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
        if let Some(tag) = if_range {
            headers.insert(header::IF_RANGE, HeaderValue::from_str(tag).unwrap());
        }
        asked(&headers, 1_000, "\"a-0\"")
    }

    /// Take out: in `pieces`, that chunks before are skipped, or that the end is asked for before the next chunk is taken.
    #[test]
    fn no_chunk_is_opened_that_nobody_asked_for() {
        struct Opened(u64, Arc<Mutex<Vec<u64>>>);
        impl Iterator for Opened {
            type Item = entente_app::Result<Vec<u8>>;
            fn next(&mut self) -> Option<Self::Item> {
                self.nth(0)
            }
            fn nth(&mut self, skipped: usize) -> Option<Self::Item> {
                let n = self.0 + u64::try_from(skipped).unwrap();
                self.0 = n + 1;
                self.1.lock().unwrap().push(n);
                Some(Ok(vec![b'z'; entente_app::CHUNK]))
            }
        }
        for (bytes, opened) in [
            (0..1, vec![0]),
            (0..CHUNK, vec![0]),
            (CHUNK - 1..CHUNK + 1, vec![0, 1]),
            (CHUNK..2 * CHUNK, vec![1]),
        ] {
            let log = Arc::<Mutex<Vec<u64>>>::default();
            let view = FileView {
                index: 0,
                name: "video.bin".into(),
                media: "video/mp4".into(),
                size: 5 * CHUNK,
                state: "held",
                percent: 100,
                erased: None,
                limit: None,
            };
            let chunks = Box::new(Opened(0, log.clone()));
            let length: usize = pieces(FileReader { view, chunks }, bytes.clone())
                .map(|piece| piece.unwrap().len())
                .sum();
            assert_eq!(length as u64, bytes.end - bytes.start);
            assert_eq!(*log.lock().unwrap(), opened, "{bytes:?}");
        }
    }

    /// Take out: in `asked`, any of its arms, or `same`.
    #[test]
    fn a_part_is_what_was_asked_for_or_the_whole() {
        assert_eq!(asked(&HeaderMap::new(), 1_000, ""), Asked::Whole);
        assert_eq!(of("bytes=0-0", None), Asked::Part(0..1));
        assert_eq!(of("bytes=10-", None), Asked::Part(10..1_000));
        assert_eq!(of("bytes=-10", None), Asked::Part(990..1_000));
        assert_eq!(of("bytes=-5000", None), Asked::Part(0..1_000));
        assert_eq!(of("bytes=990-5000", None), Asked::Part(990..1_000));
        for outside in ["bytes=1000-", "bytes=1000-1001", "bytes=-0"] {
            assert_eq!(of(outside, None), Asked::Outside, "{outside}");
        }
        for whole in [
            "bytes=0-1,5-6",
            "lines=1-2",
            "bytes=b-c",
            "bytes=9-3",
            "bytes",
            "",
        ] {
            assert_eq!(of(whole, None), Asked::Whole, "{whole}");
        }
        assert_eq!(of("bytes=10-", Some("\"a-0\"")), Asked::Part(10..1_000));
        assert_eq!(of("bytes=10-", Some("\"b-0\"")), Asked::Whole);
    }
}
