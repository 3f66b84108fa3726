//! Comparisons with the other states, on the plan and on a day: what may be compared, what leaves, how each stands, and what it found.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::csrf;
use crate::parts::{Place, obligations};
use entente_app::views::{ComparisonView, Comparisons, Found};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::{COMPARE, PLAN};
use maud::{Markup, html};

/// The section; nothing where nothing may be compared and nothing was.
pub fn section(
    cx: &Cx,
    dossier: DossierId,
    view: &Comparisons,
    name: &dyn Fn(EntryId) -> String,
) -> Markup {
    let words = cx.words;
    html! {
        @if !view.offered.is_empty() || !view.asked.is_empty() {
            section.panel #compared data-live-part {
                h2 { (words.t("compare-title")) }
                @if !view.offered.is_empty() {
                    p.quiet { (words.t("compare-leaves")) }
                    (ask(cx, dossier, &view.offered, name))
                }
                ul.tasks { @for one in &view.asked { (comparison(cx, one, name)) } }
            }
        }
    }
}

/// The button, with a choice where there is one.
fn ask(
    cx: &Cx,
    dossier: DossierId,
    offered: &[EntryId],
    name: &dyn Fn(EntryId) -> String,
) -> Markup {
    let words = cx.words;
    html! {
        form.row method="post" action=(format!("/dossiers/{dossier}/write/{}", COMPARE.name)) {
            (csrf(cx))
            input type="hidden" name="_back" value=(cx.path);
            @match offered {
                [only] => input type="hidden" name=(PLAN) value=(only);,
                several => {
                    label {
                        (words.t("compare-which")) " "
                        select name=(PLAN) { @for entry in several { option value=(entry) { (name(*entry)) } } }
                    }
                },
            }
            " " button type="submit" { (words.label(COMPARE.verb)) }
        }
    }
}

fn comparison(cx: &Cx, one: &ComparisonView, name: &dyn Fn(EntryId) -> String) -> Markup {
    let words = cx.words;
    html! {
        li.ours[one.plan.is_some()].theirs[one.plan.is_none()] {
            h3 {
                a href=(format!("/entries/{}", one.entry)) {
                    @match one.plan {
                        Some(plan) => bdi { (name(plan)) },
                        None => (words.t("compare-asked-of-us")),
                    }
                }
            }
            @if let Some(found) = one.found { p.near[matches!(found, Found::Near(_))] { strong { (said(words, found)) } } }
            (obligations(cx, &one.asks, Place::Under))
        }
    }
}

/// What was found, in words.
pub fn said(words: Words, found: Found) -> String {
    match found {
        Found::Nothing => words.t("compare-nothing"),
        Found::Near(steps) => words.n("compare-near", i64::try_from(steps).unwrap_or(i64::MAX)),
        Found::Unreadable => words.t("compare-unreadable"),
    }
}
