//! What is due for review, a paper to print: before anything goes, people see when, and why what is due still stays.

use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use entente_app::Stays;
use entente_app::views::{ReviewLine, ReviewList, ReviewsDue};
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
            (dot()) (words.t("reviews-due")) " " (cx.time(line.due))
            (dot()) @if line.stays.is_empty() { (words.t("reviews-erased-from")) " " (cx.time(line.erased_from)) }
            @for why in &line.stays { " " strong { (words.t(stays(*why))) } }
        }
    }
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
