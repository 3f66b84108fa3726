//! What is due for review, a paper to print: before anything goes, people see when, and why what is due still stays.

use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use entente_app::Stays;
use entente_app::views::{ReviewHead, ReviewLine, ReviewList, ReviewsDue};
use entente_core::instant::{Instant, Span};
use entente_core::keeping::Because;
use maud::{Markup, html};

/// The list.
pub async fn show(cx: Cx) -> Reply {
    let list = cx.run(|app, me| app.reviews(me)).await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("reviews-title")) }
        p.quiet { (words.t("reviews-why")) }
        section.panel #reviews data-live-part {
            h2 { (words.count("reviews-soon", list.due.soon)) (late(words, list.due)) }
            @if !list.lines.is_empty() { ul.lines { @for line in &list.lines { (row(&cx, line)) } } }
            @if list.due.soon > u64::from(ReviewList::LINES) { p.quiet { (words.t("reviews-more")) } }
        }
    };
    cx.page(&words.t("reviews-title"), &main)
}

/// One line of the front page for all that is due.
pub fn due(cx: &Cx, due: ReviewsDue) -> Markup {
    let words = cx.words;
    html! {
        @if due.soon > 0 {
            section.panel #reviews-due data-live-part {
                h2 { a href="/reviews" { (words.t("reviews-title")) } }
                p { (words.count("reviews-soon", due.soon)) (late(words, due)) }
                @if due.pressing > due.passed { p.quiet { (words.count("reviews-pressing", due.pressing - due.passed)) } }
            }
        }
    }
}

fn late(words: Words, due: ReviewsDue) -> Markup {
    html! { @if due.passed > 0 { " " strong.late { "▲ " (words.count("reviews-passed", due.passed)) } } }
}

fn row(cx: &Cx, line: &ReviewLine) -> Markup {
    let words = cx.words;
    let dossier = &line.dossier;
    html! {
        li {
            a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } } " "
            bdi { (dossier.title) } " " span.quiet { (words.label(dossier.kind.label)) }
            (dot()) (words.t("reviews-due")) " " (day(cx, line.due))
            (dot()) @if line.stays.is_empty() { (words.t("reviews-erased-from")) " " (cx.day(line.erased_from)) }
            @else { (why_it_stays(words, &line.stays)) }
        }
    }
}

/// A review falls on a whole day, and this is its end.
fn day(cx: &Cx, end: Instant) -> Markup {
    cx.day(end - Span(1))
}

fn why_it_stays(words: Words, why: &[Stays]) -> Markup {
    html! { @for (i, why) in why.iter().enumerate() { @if i > 0 { (dot()) } strong { (words.t(stays(*why))) } } }
}

/// When a dossier is reviewed and why then, for its head.
pub fn head(cx: &Cx, review: &ReviewHead) -> Markup {
    let words = cx.words;
    let passed = review.due <= cx.now;
    html! {
        @if passed { strong.late { "▲ " (day(cx, review.due)) } } @else { (day(cx, review.due)) }
        (dot()) (because(words, review))
        @if !review.stays.is_empty() { (dot()) (why_it_stays(words, &review.stays)) }
        @else if let Some(from) = review.erased_from { (dot()) (words.t("reviews-erased-from")) " " (cx.day(from)) }
    }
}

fn because(words: Words, review: &ReviewHead) -> Markup {
    let key = match review.because {
        _ if review.again => "review-because-again",
        Because::Kept(reason) => {
            return html! { (words.t("review-because-kept")) " " (words.label(reason.label())) };
        }
        Because::Closed => "review-because-closed",
        Because::Opened | Because::Agreed if review.each => "review-because-each",
        Because::Opened => "review-because-opened",
        Because::Agreed => "review-because-agreed",
    };
    html! { (words.t(key)) }
}

/// The review that stands, beside the form that may prolong.
pub fn standing(cx: &Cx, review: &ReviewHead) -> Markup {
    html! { p.ob-facts { (cx.words.t("reviews-due")) " " (head(cx, review)) } }
}

/// The message that says why contents stay.
#[must_use]
pub fn stays(why: Stays) -> &'static str {
    match why {
        Stays::Owed => "reviews-stays-owed",
        Stays::Held => "reviews-stays-held",
        Stays::Released => "reviews-stays-released",
    }
}
