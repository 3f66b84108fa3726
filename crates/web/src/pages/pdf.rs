//! One page of a PDF in place: its picture, drawn on the server, and its letters beside it. The browser never gets the document itself to open, and
//! nothing in it runs anywhere; a document that cannot be drawn within the limits gets a sentence and the way to its download.

use crate::context::{Cx, blocking};
pub use crate::drawing::MOST;
use crate::drawing::{Answer, Chunks, MOST_PAGES, Refused, Wanted};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::pager;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use entente_app::FileReader;
use maud::{Markup, html};

/// How a PDF begins; readers allow a few bytes before it.
pub fn is_one(first: &[u8]) -> bool {
    let near = first.get(..1024).unwrap_or(first);
    near.windows(5).any(|bytes| bytes == b"%PDF-")
}

/// A page of a document, by its number from 1.
pub struct Looked {
    number: u32,
    answer: Result<Answer, Refused>,
}

/// Has a page read, one of few at a time.
///
/// # Errors
/// Storage; our own bug.
pub async fn read(cx: &Cx, file: Chunks, number: u32, wanted: Wanted) -> Result<Looked, Fail> {
    let _turn = cx
        .shared
        .drawings
        .acquire()
        .await
        .map_err(|_| Fail::bug())?;
    let drawing = cx.shared.drawing.clone();
    let answer = blocking(move || drawing.page(file, number, wanted)).await?;
    Ok(Looked { number, answer })
}

/// What the page of the file shows in the place of its contents. `file` is the address of the file.
pub fn content(words: Words, file: &str, name: &str, looked: &Looked) -> Markup {
    match &looked.answer {
        Ok(Answer::Letters { pages, letters }) => {
            let alt = words.two(
                "page-of",
                &words.number(looked.number),
                &words.number(*pages),
            );
            html! {
                (turning(words, file, looked.number, *pages))
                figure.picture { img.page src=(format!("{file}/picture?page={}", looked.number)) alt=(format!("{name}, {alt}")); }
                (lettered(words, letters))
            }
        }
        Ok(Answer::Picture(_)) => html! { p.gone { (words.t(refused(Refused::Spent))) } },
        Err(why) => html! { p.gone { (words.t(refused(*why))) } },
    }
}

/// The ways to the pages before and after, and to any other.
fn turning(words: Words, file: &str, number: u32, pages: u32) -> Markup {
    let last = pages.min(MOST_PAGES);
    let to = |page: u32| format!("{file}/view?page={}", page.saturating_add(1));
    html! {
        div.turning data-turning {
            (pager(words, number.saturating_sub(1), u64::from(last), 1, &to))
            @if last > 2 {
                form method="get" action=(format!("{file}/view")) {
                    label for="to-page" { (words.t("in-place-page")) }
                    input #to-page type="number" name="page" min="1" max=(last) value=(number) dir="ltr";
                    button.small type="submit" { (words.t("in-place-go")) }
                }
            }
        }
        @if pages > MOST_PAGES { p.quiet { (words.s("in-place-pages-most", &words.number(MOST_PAGES))) } }
    }
}

/// The letters of the page, each line in its own direction.
fn lettered(words: Words, letters: &str) -> Markup {
    if letters.is_empty() {
        return html! { p.quiet { (words.t("in-place-no-letters")) } };
    }
    html! {
        details.panel {
            summary { (words.t("in-place-letters")) }
            p.quiet { (words.t("in-place-letters-why")) }
            div.letters { @for line in letters.lines() { div dir="auto" { (super::in_place::visible(line)) } } }
        }
    }
}

fn refused(why: Refused) -> &'static str {
    match why {
        Refused::Locked => "in-place-locked",
        Refused::Broken => "in-place-broken",
        Refused::NoPage => "in-place-no-page",
        Refused::Spent => "in-place-spent",
    }
}

/// The facts line of a document that was not drawn because of its size.
pub fn too_large(words: Words) -> Markup {
    html! { p.gone { (words.s("in-place-pdf-large", &words.size(MOST))) } }
}

/// That pages turn by the keyboard, where there are several.
pub fn keys(words: Words, looked: &Looked) -> Markup {
    let several = matches!(&looked.answer, Ok(Answer::Letters { pages, .. }) if *pages > 1);
    html! { @if several { (dot()) span.quiet hidden data-scripted { (words.t("in-place-keys")) } } }
}

/// The picture of a page: what cannot be drawn does not exist here.
///
/// # Errors
/// Not found; storage; our own bug.
pub async fn picture(cx: &Cx, reader: FileReader, number: u32) -> Reply {
    let looked = read(cx, reader.chunks, number, Wanted::Picture).await?;
    let Ok(Answer::Picture(png)) = looked.answer else {
        return Err(Fail::not_found());
    };
    let mut response = Response::new(Body::from(png));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("inline"),
    );
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(super::download::NOTHING_RUNS),
    );
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes decide, near their beginning. Take out: `near`.
    #[test]
    fn a_pdf_is_what_begins_as_one() {
        assert!(is_one(b"%PDF-1.7\n") && is_one(b"\n\n%PDF-1.4"));
        let late = [&[b' '; 2_000][..], b"%PDF-1.7"].concat();
        assert!(!is_one(&late) && !is_one(b"PDF-1.7") && !is_one(b""));
    }
}
