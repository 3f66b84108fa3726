//! An entry to come, exactly as its readers will see it: its header in words, who will read it, its text and its files.

use super::{acts, handling, listed, service, side, values_by_definition};
use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::dot;
use entente_app::views::{PreviewFile, PreviewView};
use entente_core::handling::HandlingCodes;
use entente_core::ids::ObligationId;
use maud::{Markup, html};

/// What leaves, or is recorded here alone. `file`: where the file of a number can be opened, if it can.
pub fn seen(cx: &Cx, view: &PreviewView, file: &dyn Fn(usize) -> Option<String>) -> Markup {
    let (words, header) = (cx.words, &view.header);
    let numbers = |_: ObligationId| None;
    html! {
        section.panel.preview #preview {
            h2 { (words.t(if view.own_only { "preview-title-here" } else { "preview-title" })) }
            article.entry.ours {
                header.entry-head {
                    (side(cx, cx.me()))
                    span.type { (words.label(view.entry_type.label)) }
                    span.by { (service(&header.author.service)) (dot()) (author(words, view)) (dot()) (words.label(header.author.role.label())) }
                    (handling(words, header.handling))
                }
                (acts(cx, &header.acts.known, &numbers))
                (values_by_definition(cx, view.fields, &view.values, &super::Names::new()))
                (files(cx, &view.files, file))
            }
        }
        section.panel #readers {
            h2 { (words.t("preview-readers")) }
            (readers(cx, view))
        }
    }
}

/// The author's pseudonym, if it is the one that will be read: before, no more than that there will be one.
fn author(words: Words, view: &PreviewView) -> Markup {
    html! {
        @if view.named { bdi { (view.header.author.officer) } } @else { (words.t("preview-unnamed")) }
    }
}

fn readers(cx: &Cx, view: &PreviewView) -> Markup {
    let (words, header) = (cx.words, &view.header);
    let codes = header.handling.codes;
    let others = header.audience.iter().filter(|node| *node != cx.me());
    html! {
        @if view.own_only { p { (words.t("preview-own-only")) } }
        @else {
            dl.facts {
                dt { (words.t("preview-states")) } dd { (listed(words, others.map(|node| side(cx, node)))) }
                dt { (words.t("preview-services")) } dd { (listed(words, view.readers.iter().map(service))) }
                dt { (words.t("preview-conditions")) }
                dd {
                    @if codes == HandlingCodes::default() { (words.t("preview-no-condition")) }
                    @else { (listed(words, codes.names().map(|(_, label)| html! { (words.label(label)) }))) }
                }
                @if let Some(release) = &header.release {
                    dt { (words.t("entry-release")) }
                    dd { (words.label(header.purpose.label())) (dot()) (words.label(release.necessity.label())) (dot()) (words.label(release.basis.label())) }
                }
            }
            p.quiet { (words.t("preview-pseudonym")) }
        }
    }
}

fn files(cx: &Cx, files: &[PreviewFile], place: &dyn Fn(usize) -> Option<String>) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.files {
                @for (n, file) in files.iter().enumerate() {
                    li {
                        @if let Some(href) = place(n) { a href=(href) { bdi { (file.name) } } } @else { bdi { (file.name) } }
                        " " small { (cx.words.size(file.size)) (dot()) bdi { (file.media) } }
                    }
                }
            }
        }
    }
}
