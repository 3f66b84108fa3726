//! What goes over a wall, as pages show it: ledger lines and counts of other groups, and entries that another purpose uses.

use super::{body, handling, related, service, type_label};
use crate::context::Cx;
use crate::layout::dot;
use entente_app::views::{BodyView, BroughtView};
use entente_core::wall::{Across, Line};
use maud::{Markup, html};

/// What else is on an agenda, of other groups: five cells of each obligation, and whole tens.
pub fn across(cx: &Cx, all: &Across) -> Markup {
    let words = cx.words;
    html! {
        @if !all.lines.is_empty() || !all.counts.is_empty() {
            section.panel #across data-live-part {
                h2 { (words.t("agenda-across")) }
                p.quiet { (words.t("agenda-across-why")) }
                ul.lines {
                    @for line in &all.lines { li { (ledger_line(cx, line)) } }
                    @for (group, count) in &all.counts {
                        li { (words.two("agenda-count", words.label(group.label()), &words.number(*count))) }
                    }
                }
                @if all.more { p.quiet { (words.t("agenda-more")) } }
            }
        }
    }
}

fn ledger_line(cx: &Cx, line: &Line) -> Markup {
    let words = cx.words;
    html! {
        bdi.number { (line.number) } (dot()) (words.label(line.ask.label())) (dot()) (service(&line.service))
        @if let Some(due) = line.due { (dot()) (cx.time(due)) }
        (dot()) (words.label(line.state.label()))
    }
}

/// Entries of other dossiers that a decision lets this one use, each with the decision.
pub fn brought(cx: &Cx, all: &[BroughtView]) -> Markup {
    let words = cx.words;
    html! {
        @if !all.is_empty() {
            section.panel #brought data-live-part {
                h2 { (words.t("brought")) }
                p.quiet { (words.t("brought-why")) }
                @for one in all { (brought_entry(cx, one)) }
            }
        }
    }
}

fn brought_entry(cx: &Cx, one: &BroughtView) -> Markup {
    let words = cx.words;
    let said = match &one.said {
        Some(values) => body(cx, one.entry_type, &BodyView::Here(values.clone())),
        None if one.answer.allowed() => html! { p.gone { (words.t("body-withheld")) } },
        None => html! { p.gone { (words.label(one.answer.label())) } },
    };
    html! {
        article.entry {
            header.entry-head {
                span.type { (type_label(words, one.entry_type, &one.type_name)) }
                span.by { (service(&one.service)) } span.at { (cx.time(one.at)) } (handling(words, one.handling))
                @if one.corrected { " " strong.tag { (words.t("corrected-since")) } }
            }
            p.quiet {
                (words.label(one.purpose.label())) (dot()) (words.label(one.ground.label())) (dot()) (words.t("brought-decided")) " " (cx.time(one.decided))
                @if let Some(from) = &one.from { (dot()) (related(from)) }
            }
            div.unprinted[!one.printed] { (said) }
        }
    }
}
