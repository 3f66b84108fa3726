//! Files in forms and calls: in any order with the fields, refused without losing what was typed, previewed without being kept, and down
//! again in part.

use super::real::Person;
use super::sample::{CSRF, Sample, dossier_id};
use super::{ask, post, text, world};
use crate::state::Inner;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use entente_app::Content;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio_stream::StreamExt as _;

/// A part of a form: a field, or a file by its name.
type Part<'a> = (&'a str, Option<&'a str>, Vec<u8>);

fn field<'a>(name: &'a str, value: &str) -> Part<'a> {
    (name, None, value.as_bytes().to_vec())
}

fn file(name: &str, size: usize) -> Part<'_> {
    ("_files", Some(name), vec![b'z'; size])
}

fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\ncontent-type: text/plain"));
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"{name}\"{}\r\n\r\n",
            file.unwrap_or_default()
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    body
}

fn sent(path: &str, parts: &[Part<'_>]) -> Request<Body> {
    let mut request = post(path, "");
    let body = form(parts);
    let headers = request.headers_mut();
    headers.insert(header::CONTENT_LENGTH, body.len().into());
    let media = "multipart/form-data; boundary=x".parse().unwrap();
    headers.insert(header::CONTENT_TYPE, media);
    *request.body_mut() = Body::from(body);
    request
}

fn write() -> String {
    format!("/dossiers/{}/write/note", dossier_id(7))
}

/// A browser sends fields in the order of the form, and whoever sends may choose another: fields count wherever they are. The form's secret
/// comes before the first file, or no byte of one is taken; without files it comes anywhere.
///
/// Take out: in `post.rs::entry`, `refuse_foreign`; in `upload.rs::all`, `ours`.
#[tokio::test]
async fn fields_count_before_files_and_after() {
    let (router, sample) = world();
    let (token, words) = (field("_csrf", CSRF), field("text", "hello"));
    let files = [file("a.txt", 300_000), file("b.txt", 5)];
    let [a, b] = files;
    for parts in [
        [token.clone(), words.clone(), a.clone(), b.clone()],
        [token.clone(), a.clone(), b.clone(), words.clone()],
        [token.clone(), a.clone(), words.clone(), b.clone()],
    ] {
        let answer = ask(&router, sent(&write(), &parts)).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let recorded = sample.recorded.lock().unwrap();
        let recorded = recorded.last().unwrap();
        assert_eq!(recorded.values.text("text"), Some("hello"));
        let sizes: Vec<u64> = recorded.files.iter().map(|f| f.content.size()).collect();
        assert_eq!(sizes, [300_000, 5]);
        assert!(matches!(recorded.files[0].content, Content::Sealed(_)));
    }
    let recorded = sample.recorded.lock().unwrap().len();
    let begun = sample.begun.load(Ordering::Relaxed);
    for foreign in [
        vec![field("_csrf", ""), words.clone(), file("a.txt", 5)],
        vec![field("_csrf", "wrong"), words.clone(), file("a.txt", 5)],
        vec![field("_csrf", "wrong"), file("a.txt", 5), token.clone()],
        vec![words.clone(), file("a.txt", 5), token.clone()],
        vec![token.clone(), file("a.txt", 0), field("_csrf", "wrong")],
        vec![field("_csrf", "wrong"), words.clone()],
    ] {
        let answer = ask(&router, sent(&write(), &foreign)).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
    assert_eq!(sample.recorded.lock().unwrap().len(), recorded);
    assert_eq!(
        sample.begun.load(Ordering::Relaxed),
        begun + 1,
        "the last but one alone showed the secret"
    );
    let late = [words, token];
    let answer = ask(&router, sent(&write(), &late)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

/// What parts say of themselves is kept as what is typed is, and bounded with it: no name is long, and all of them count.
///
/// Take out: in `upload.rs::said`, the look at `MAX_SAID`, or the count; in `all`, `MAX_FIELDS`.
#[tokio::test]
async fn invariant_12_names_of_parts_are_counted_too() {
    let (router, sample) = world();
    let sends = |parts: Vec<Part<'_>>| {
        let mut all = vec![field("_csrf", CSRF)];
        all.extend(parts);
        let request = sent(&write(), &all);
        async { ask(&router, request).await.status() }
    };
    let (long, longer) = ("n".repeat(1 << 10), "n".repeat((1 << 10) + 1));
    assert_eq!(
        sends(vec![field("text", "a"), field(&long, "b")]).await,
        StatusCode::SEE_OTHER
    );
    for part in [field(&longer, "b"), file(&longer, 5)] {
        let answer = sends(vec![field("text", "a"), part]).await;
        assert_eq!(answer, StatusCode::BAD_REQUEST);
    }
    let typed = "a".repeat(7 << 19);
    let named = |many: usize| {
        let mut parts = vec![field("text", &typed)];
        parts.extend((0..many).map(|_| field(&long, "")));
        parts
    };
    // 3.5 MiB were typed; the names alone are what is too much, of fields as of files.
    let answer = sends(named(550)).await;
    assert_eq!(answer, StatusCode::PAYLOAD_TOO_LARGE);
    let mut files = vec![field("text", &typed)];
    files.extend((0..550).map(|_| file(&long, 1)));
    assert_eq!(sends(files).await, StatusCode::PAYLOAD_TOO_LARGE);
    let many = (0..700).map(|_| field("n", "")).collect();
    assert_eq!(sends(many).await, StatusCode::BAD_REQUEST);
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);
}

/// A file that is read at once and is too large is said to be, whether that shows at once or on the way.
///
/// Take out: in `upload.rs::all`, the arm of what is held and known to be too large.
#[tokio::test]
async fn a_held_file_that_is_too_large_is_said_to_be() {
    let (router, _) = world();
    for (path, name) in [
        ("/import/declaration", "file1"),
        ("/partners/fr/courier/unpack", "bundle"),
        ("/partners/fr/restart/read", "file"),
        ("/partners/fr/compromised/read", "file"),
    ] {
        for size in [6 << 20, 2 << 20] {
            let large = (name, Some("a.bin"), vec![b'z'; size]);
            let answer = ask(&router, sent(path, &[field("_csrf", CSRF), large])).await;
            assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            let page = text(answer).await;
            assert!(page.contains("This is too large"), "{path} {size}");
        }
        let foreign = (name, Some("a.bin"), vec![b'z'; 5]);
        let answer = ask(&router, sent(path, &[foreign, field("_csrf", CSRF)])).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

/// Files that are too large, empty or deceive give the form back with what was typed, whether that shows at once or on the way.
///
/// Take out: in `pages/write.rs::record_with`, what is asked of `refused`; in `upload.rs`, `known_too_large`.
#[tokio::test]
async fn a_refused_file_loses_nothing_that_was_typed() {
    let (router, sample) = world();
    let typed = "Typed at length, and not to be typed again.";
    for (file, status, says) in [
        // Known from the beginning to be more than all may be, with its fields.
        (
            file("a.txt", 6 << 20),
            StatusCode::PAYLOAD_TOO_LARGE,
            "1 MiB",
        ),
        // On the way.
        (
            file("a.txt", 2 << 20),
            StatusCode::PAYLOAD_TOO_LARGE,
            "1 MiB",
        ),
        (
            file("empty.txt", 0),
            StatusCode::UNPROCESSABLE_ENTITY,
            "f-files-e",
        ),
        (
            file("a\u{202e}fdp.txt", 5),
            StatusCode::UNPROCESSABLE_ENTITY,
            "f-files-e",
        ),
    ] {
        for path in [write(), format!("{}/preview", write())] {
            let parts = [field("_csrf", CSRF), field("text", typed), file.clone()];
            let answer = ask(&router, sent(&path, &parts)).await;
            if path.ends_with("preview") && says == "f-files-e" {
                // What is only read before it leaves is counted, not looked at.
                assert_eq!(answer.status(), StatusCode::OK);
                continue;
            }
            assert_eq!(answer.status(), status, "{path} {says}");
            let page = text(answer).await;
            assert!(page.contains(typed) && page.contains(says), "{path} {says}");
            assert!(page.contains("name=\"_files\""), "the form comes back");
        }
    }
    assert!(sample.recorded.lock().unwrap().is_empty());
    // What is typed is bounded by itself, however much files may bring.
    let long = field("text", &"a".repeat(5 << 20));
    let answer = ask(&router, sent(&write(), &[field("_csrf", CSRF), long])).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

/// Headers of a part that never end are no way into memory.
///
/// Take out: in `upload.rs::multipart`, the look at `MAX_UNREAD`.
#[tokio::test]
async fn invariant_12_headers_of_a_part_end() {
    let router = crate::over(Inner::over(Arc::new(Sample::new())));
    let mut request = sent(&write(), &[]);
    let (send, receive) = tokio::sync::mpsc::channel(1);
    let body = Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receive));
    request.headers_mut().remove(header::CONTENT_LENGTH);
    *request.body_mut() = body;
    let sending = tokio::spawn(async move {
        let mut piece = b"--x\r\n".to_vec();
        let mut pieces = 0u32;
        while send.send(Ok::<_, std::io::Error>(piece)).await.is_ok() {
            piece = vec![b'h'; 64 << 10];
            pieces += 1;
            tokio::task::yield_now().await;
        }
        pieces
    });
    let answer = ask(&router, request).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let pieces = sending.await.unwrap();
    assert!(pieces < 64, "{pieces} pieces of 64 KiB were read");
}

/// All places being taken is said, after a while, and tells when to come again.
///
/// Take out: in `upload.rs::place`, the end of its patience (it then waits for ever).
#[tokio::test]
async fn more_uploads_than_places_wait_and_are_told() {
    let mut inner = Inner::over(Arc::new(Sample::new()));
    inner.patience = Duration::from_millis(20);
    let places = inner.uploads.clone();
    let router = crate::over(inner);
    let _all = places.all.try_acquire_many(4).unwrap();
    let parts = [
        field("_csrf", CSRF),
        field("text", "hello"),
        file("a.txt", 5),
    ];
    let answer = ask(&router, sent(&write(), &parts)).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers()[header::RETRY_AFTER], "60");
}

/// One officer has two places, on however many connections; the others' are free meanwhile, and theirs again as soon as an upload ends.
///
/// Take out: in `upload.rs::take`, the officer's own.
#[tokio::test]
async fn one_officer_does_not_take_the_places_of_all() {
    let mut inner = Inner::over(Arc::new(Sample::new()));
    inner.patience = Duration::from_millis(50);
    let places = inner.uploads.clone();
    let router = crate::over(inner);
    // Forms that begin, and of which no more comes.
    let slow = || {
        let mut request = sent(&write(), &[]);
        let begun = unending(b"--x\r\n");
        request.headers_mut().remove(header::CONTENT_LENGTH);
        *request.body_mut() = begun;
        let router = router.clone();
        tokio::spawn(async move { ask(&router, request).await.status() })
    };
    let held = [slow(), slow()];
    while places.all.available_permits() > 2 {
        tokio::task::yield_now().await;
    }
    for _ in 0..3 {
        assert_eq!(slow().await.unwrap(), StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(places.all.available_permits(), 2, "for the others");
    assert_eq!(places.known(), 1);
    for held in held {
        held.abort();
        assert!(held.await.unwrap_err().is_cancelled());
    }
    assert_eq!(places.all.available_permits(), 4);
    assert_eq!(places.known(), 0, "who sends nothing is forgotten");
    let parts = [field("_csrf", CSRF), field("text", "hello")];
    let answer = ask(&router, sent(&write(), &parts)).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

/// A body of which nothing comes after these bytes.
fn unending(bytes: &'static [u8]) -> Body {
    let first = tokio_stream::once(Ok::<_, std::io::Error>(bytes));
    Body::from_stream(first.chain(tokio_stream::pending()))
}

/// By the API a form carries the entry as JSON and files of any size.
///
/// Take out: in `api/mod.rs`, what `Brought` does with a form.
#[tokio::test]
async fn a_call_brings_files_as_they_are() {
    let (router, sample) = world();
    let entry = json!({"type": "note", "dossier": dossier_id(7).to_string(), "lang": "en", "values": {"text": "hello"}});
    let call = |entry: &str, size: usize| {
        let parts = [
            field("entry", entry),
            ("file", Some("a.txt"), vec![b'z'; size]),
        ];
        let mut request = sent("/api/v1/entries", &parts);
        let token = CSRF.parse().unwrap();
        request.headers_mut().insert("x-entente-csrf", token);
        request
    };
    let answer = ask(&router, call(&entry.to_string(), 400_000)).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    {
        let recorded = sample.recorded.lock().unwrap();
        let file = &recorded[0].files[0];
        assert_eq!(
            (file.name.as_str(), file.content.size()),
            ("a.txt", 400_000)
        );
    }
    let large = ask(&router, call(&entry.to_string(), 2 << 20)).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let problem: Value = serde_json::from_str(&text(large).await).unwrap();
    assert_eq!(problem["limit"], 1 << 20);
    let garbled = ask(&router, call("{", 5)).await;
    assert_eq!(garbled.status(), StatusCode::BAD_REQUEST);
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);
}

/// A download goes on from where it broke off: the bytes asked for, and no others.
///
/// Take out: in `pages/download.rs::pieces`, that chunks before are skipped, or that the first and the last are cut.
#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let mut pair = TestPair::linked(46);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let one = |n: usize| (n * 31 + n / 251).to_le_bytes()[0];
    let bytes: Vec<u8> = (0..600_000).map(one).collect();
    let note = Writing::on(dossier, &[("text", "Vidéo.")]).file("video.bin", bytes.clone());
    let entry = pair.write(Side::Ma, "note", &note).entry;
    let reader = Person::of(pair.ma(), "reader", "liaison").await;
    let path = format!("/entries/{entry}/files/0");
    let get = |range: &str| {
        let request = Request::get(&path).header(header::COOKIE, &reader.cookie);
        let request = request.header(header::RANGE, range).body(Body::empty());
        ask(&reader.router, request.unwrap())
    };
    let edge = entente_app::CHUNK;
    for (from, to) in [
        (0, 1),
        (5, edge),
        (edge - 1, edge + 1),
        (edge, 600_000),
        (599_999, 600_000),
    ] {
        let answer = get(&format!("bytes={from}-{}", to - 1)).await;
        assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
        let said = format!("bytes {from}-{}/600000", to - 1);
        assert_eq!(answer.headers()[header::CONTENT_RANGE], said);
        let got = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        assert!(got == bytes[from..to], "{from} to {to}");
    }
    let whole = get("bytes=x").await;
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(whole.headers()[header::ACCEPT_RANGES], "bytes");
    assert!(to_bytes(whole.into_body(), 1 << 20).await.unwrap() == bytes);
    let beyond = get("bytes=600000-").await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers()[header::CONTENT_RANGE], "bytes */600000");
}
