//! A file of an entry, looked at in place: what its bytes are decides, never its name nor the type it was given. Text is written out by the
//! server, escaped, each line in the direction of what it says; pictures come by an address of their own that gives out pictures alone; of a PDF
//! each page is drawn on the server ([`super::pdf`]); everything else is for downloading. Nothing of a file ever runs here: no markup, no script,
//! no SVG, no reader of the browser's own.

use super::{Query, entry::stream_as, id, named, pdf};
use crate::conditions;
use crate::context::Cx;
use crate::drawing::{Chunks, Wanted};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use axum::extract::Path;
use axum::http::HeaderValue;
use entente_app::FileReader;
use entente_app::views::FileView;
use entente_core::ids::EntryId;
use maud::{Markup, html};

/// Most bytes of a text that are shown.
const MOST_TEXT: usize = 256 * 1024;
/// Most lines of a text that are shown: a page of empty lines is large too.
const MOST_LINES: usize = 10_000;
/// Most bytes of a picture that a page shows.
const MOST_PICTURE: u64 = 32 << 20;

/// What the first bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A picture, with its media type.
    Picture(&'static str),
    /// A PDF.
    Pdf,
    /// Letters in UTF-8, or in UTF-16 that says so.
    Text,
    /// Anything else.
    Other,
}

/// Formats of pictures that browsers draw and that hold no script, by their first bytes.
const PICTURES: [(&[u8], &str); 4] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
];

/// What a file is, by its first bytes alone.
pub fn nature(first: &[u8]) -> Nature {
    let found = PICTURES.iter().find(|(magic, _)| first.starts_with(magic));
    if let Some((_, media)) = found {
        return Nature::Picture(media);
    }
    if pdf::is_one(first) {
        return Nature::Pdf;
    }
    let webp = first.starts_with(b"RIFF") && first.get(8..12) == Some(b"WEBP");
    match (webp, text(first)) {
        (true, _) => Nature::Picture("image/webp"),
        (false, Some(_)) => Nature::Text,
        (false, None) => Nature::Other,
    }
}

/// The letters of bytes that may be cut within one; none where they are no text.
fn text(bytes: &[u8]) -> Option<String> {
    let units = |from: fn([u8; 2]) -> u16| {
        let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = pairs
            .filter_map(|pair| Some(from(pair.try_into().ok()?)))
            .collect();
        // A pair that the end cuts stands for nothing.
        Some(String::from_utf16_lossy(&units))
    };
    let letters = match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes)?,
        [0xfe, 0xff, ..] => units(u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                // Cut within a letter: what comes before it is whole.
                Err(error) if error.error_len().is_none() => {
                    let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    str::from_utf8(whole).ok()?.to_owned()
                }
                Err(_) => return None,
            }
        }
    };
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    (!letters.contains(strange)).then_some(letters)
}

/// Letters that turn the direction of what follows, or that nobody sees: written out, so that a line says what it holds.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A file with its beginning, and what comes after it.
struct Begun {
    view: FileView,
    first: Vec<u8>,
    rest: Chunks,
}

fn begin(reader: FileReader) -> entente_app::Result<Begun> {
    let FileReader { view, mut chunks } = reader;
    let mut first: Vec<u8> = Vec::new();
    for chunk in chunks.by_ref() {
        first.extend(chunk?);
        if first.len() >= MOST_TEXT {
            break;
        }
    }
    Ok(Begun {
        view,
        first,
        rest: chunks,
    })
}

impl Begun {
    fn nature(&self) -> Nature {
        nature(self.beginning())
    }

    /// What is looked at of a text.
    fn beginning(&self) -> &[u8] {
        self.first.get(..MOST_TEXT).unwrap_or(&self.first)
    }
}

/// The page of one file; of a PDF, of one of its pages.
pub async fn show(cx: Cx, Path((entry, n)): Path<(String, String)>, query: Query) -> Reply {
    let (entry, n): (EntryId, u32) = (id(&entry)?, id(&n)?);
    let number: u32 = named(&query, "page")?.unwrap_or(1);
    let (begun, view) = cx
        .run_why(move |app, me| {
            let view = app.entry(me, entry)?;
            Ok((begin(app.file(me, entry, n)?)?, view))
        })
        .await?;
    let words = cx.words;
    let package = is_package(&begun);
    let address = format!("/entries/{entry}/files/{n}");
    let Shown {
        file,
        content,
        keys,
    } = shown(&cx, &address, begun, number).await?;
    let main = html! {
        p.kicker.ways { a href=(format!("/entries/{entry}")) { (words.t("in-place-entry")) } }
        h1 { bdi { (file.name) } }
        p.ob-facts { (words.size(file.size)) (dot()) bdi { (file.media) } (dot()) a href=(address) { (words.t("in-place-download")) }
            @if package { (dot()) a href=(format!("/entries/{entry}/package?file={n}")) { (words.t("package-look")) } }
            (keys)
        }
        (conditions::on_paper(words, std::iter::once(&view)))
        (conditions::printable(words, conditions::prints(&view), &content))
    };
    cx.page(&words.t("in-place-title"), &main)
}

/// What a page shows of a file.
struct Shown {
    file: FileView,
    content: Markup,
    /// What is said of the keyboard.
    keys: Markup,
}

async fn shown(cx: &Cx, address: &str, begun: Begun, number: u32) -> Result<Shown, Fail> {
    let words = cx.words;
    if begun.nature() != Nature::Pdf {
        let content = content(words, address, &begun);
        return Ok(Shown {
            file: begun.view,
            content,
            keys: html! {},
        });
    }
    let Begun { view, first, rest } = begun;
    if view.size > pdf::MOST {
        return Ok(Shown {
            file: view,
            content: pdf::too_large(words),
            keys: html! {},
        });
    }
    let all = Box::new(std::iter::once(Ok(first)).chain(rest));
    let looked = pdf::read(cx, all, number, Wanted::Letters).await?;
    Ok(Shown {
        content: pdf::content(words, address, &view.name, &looked),
        keys: pdf::keys(words, &looked),
        file: view,
    })
}

/// Whether it may be a package of evidence: JSON-LD names a context near its beginning.
fn is_package(begun: &Begun) -> bool {
    let letters = text(begun.beginning()).unwrap_or_default();
    letters.trim_start().starts_with(['{', '[']) && letters.contains("\"@context\"")
}

fn content(words: Words, file: &str, begun: &Begun) -> Markup {
    let view = &begun.view;
    match begun.nature() {
        Nature::Picture(_) if view.size > MOST_PICTURE => {
            html! { p.gone { (words.s("in-place-large", &words.size(MOST_PICTURE))) } }
        }
        Nature::Picture(_) => {
            html! { figure.picture { img src=(format!("{file}/picture")) alt=(words.s("in-place-picture", &view.name)); } }
        }
        Nature::Text => written(words, view.size, begun.beginning()),
        Nature::Pdf | Nature::Other => html! { p.gone { (words.t("in-place-other")) } },
    }
}

/// A text line by line: each has its own direction.
fn written(words: Words, size: u64, first: &[u8]) -> Markup {
    let letters = text(first).unwrap_or_default();
    let cut = size > u64::try_from(first.len()).unwrap_or(u64::MAX);
    let more = letters.lines().nth(MOST_LINES).is_some();
    html! {
        @if cut || more { p.alert { (words.t("in-place-cut")) } }
        div.letters { @for line in letters.lines().take(MOST_LINES) { div dir="auto" { (visible(line)) } } }
    }
}

/// A line with what nobody sees in it written out.
pub fn visible(line: &str) -> Markup {
    if !line.contains(is_hidden) {
        return html! { (line) };
    }
    html! {
        @for part in line.split_inclusive(is_hidden) {
            @match part.chars().next_back().filter(|c| is_hidden(*c)) {
                Some(hidden) => { (part.strip_suffix(hidden).unwrap_or(part)) mark.hidden { (format!("U+{:04X}", u32::from(hidden))) } },
                None => (part),
            }
        }
    }
}

/// A picture for the page, of a PDF that of one of its pages: what is none does not exist here.
pub async fn picture(cx: Cx, Path((entry, n)): Path<(String, String)>, query: Query) -> Reply {
    let (entry, n): (EntryId, u32) = (id(&entry)?, id(&n)?);
    let number: Option<u32> = named(&query, "page")?;
    let (reader, found) = cx
        .run_why(move |app, me| {
            let FileReader { view, mut chunks } = app.file(me, entry, n)?;
            let first = chunks.next().transpose()?.unwrap_or_default();
            let found = nature(&first);
            let chunks = Box::new(std::iter::once(Ok(first)).chain(chunks));
            Ok((FileReader { view, chunks }, found))
        })
        .await?;
    match (found, number) {
        (Nature::Pdf, Some(number)) if reader.view.size <= pdf::MOST => {
            pdf::picture(&cx, reader, number).await
        }
        (Nature::Picture(media), _) if reader.view.size <= MOST_PICTURE => stream_as(
            reader,
            HeaderValue::from_static("inline"),
            HeaderValue::from_static(media),
        ),
        _ => Err(Fail::not_found()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes decide. Take out: any check of first bytes in `nature`.
    #[test]
    fn a_file_is_what_its_bytes_are() {
        let png = b"\x89PNG\r\n\x1a\n....";
        assert_eq!(nature(png), Nature::Picture("image/png"));
        assert_eq!(nature(b"\xff\xd8\xff\xe0"), Nature::Picture("image/jpeg"));
        assert_eq!(
            nature(b"RIFF\0\0\0\0WEBPVP8 "),
            Nature::Picture("image/webp")
        );
        assert_eq!(nature(b"<svg onload=alert(1)>"), Nature::Text);
        assert_eq!(nature(b"<!doctype html><script>"), Nature::Text);
        assert_eq!(nature(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"), Nature::Pdf);
        assert_eq!(nature(b"MZ\x90\0"), Nature::Other);
        assert_eq!(nature(b""), Nature::Text);
    }

    /// A letter that the limit cuts is left out; other broken letters make it no text. Take out: the branch on `error_len`.
    #[test]
    fn a_text_that_is_cut_within_a_letter_is_a_text() {
        assert_eq!(text("سلام".as_bytes().get(..3).unwrap()), Some("س".into()));
        assert_eq!(text(b"a\xffb"), None);
        assert_eq!(text(b"\xff\xfea\0b\0"), Some("ab".into()));
        assert_eq!(text(b"\xfe\xff\0a\0b"), Some("ab".into()));
    }

    /// Markup stays letters, and what turns lines around is seen. Take out: `visible`.
    #[test]
    fn letters_are_escaped_and_hidden_ones_are_shown() {
        let line = visible("<script>alert(1)</script> facture\u{202e}fdp.exe").into_string();
        assert!(line.contains("&lt;script&gt;"), "{line}");
        assert!(
            !line.contains('\u{202e}') && line.contains("U+202E"),
            "{line}"
        );
        let two = visible("a\u{202e}\u{2066}b").into_string();
        assert!(two.contains("U+202E") && two.contains("U+2066"), "{two}");
    }
}
