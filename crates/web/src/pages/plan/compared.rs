//! Comparisons with the other states, on the plan and on a day: what may be compared, what leaves, how each stands, and what it found.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, obligations};
use crate::zone;
use entente_app::views::{ComparisonView, Comparisons, Found, TypedView};
use entente_core::field::FieldType;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::{COMPARE, FROM, PLAN, UNTIL, WHERE};
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
        @let asks = view.typed || !view.offered.is_empty();
        @if asks || !view.asked.is_empty() || !view.older.is_empty() {
            section.panel #compared data-live-part {
                h2 { (words.t("compare-title")) }
                @for node in &view.older { p.quiet { (words.s("compare-older", node.as_str())) } }
                @if asks { p.quiet { (words.t("compare-leaves")) } }
                @if !view.offered.is_empty() { (ask(cx, dossier, &view.offered, name)) }
                @if view.typed { (ask_typed(cx, dossier)) }
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
                [only] => {
                    input type="hidden" name=(PLAN) value=(only);
                    (words.t("compare-which")) " " bdi { (name(*only)) }
                },
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

/// A place and a time that are on no plan yet, typed.
fn ask_typed(cx: &Cx, dossier: DossierId) -> Markup {
    let words = cx.words;
    let field = |name: &str, kind: &str, required: bool| {
        let field = COMPARE.fields.iter().find(|field| field.name == name);
        let id = format!("compare-{name}");
        html! {
            @if let Some(field) = field {
                div.field {
                    label for=(id) { (words.label(field.label)) }
                    @let clock = matches!(field.holds, FieldType::Moment).then(|| zone::described(&id));
                    input id=(id) type=(kind) name=(name) required[required] dir="auto" aria-describedby=[clock.as_ref()];
                    @if clock.is_some() { (zone::beside(cx, (&id, name), ("", ""))) }
                    @let help = words.label(field.help);
                    @if !help.is_empty() { small.help { (help) } }
                }
            }
        }
    };
    html! {
        details.typed {
            summary { (words.t("compare-typed")) }
            form method="post" action=(format!("/dossiers/{dossier}/write/{}", COMPARE.name)) {
                (csrf(cx))
                (zone::hidden(COMPARE.fields))
                input type="hidden" name="_back" value=(cx.path);
                (field(WHERE, "text", true))
                div.row { (field(FROM, "datetime-local", true)) (field(UNTIL, "datetime-local", false)) }
                p { button type="submit" { (words.label(COMPARE.verb)) } }
            }
        }
    }
}

fn comparison(cx: &Cx, one: &ComparisonView, name: &dyn Fn(EntryId) -> String) -> Markup {
    let words = cx.words;
    html! {
        li.ours[one.own].theirs[!one.own] {
            h3 {
                a href=(format!("/entries/{}", one.entry)) {
                    @match (one.plan, &one.typed) {
                        (Some(plan), _) => bdi { (name(plan)) },
                        (None, Some(typed)) => bdi.place dir="auto" { (typed.place) },
                        (None, None) => (words.t("compare-asked-of-us")),
                    }
                }
            }
            @if let Some(typed) = &one.typed { (when(cx, typed)) }
            @if let Some(found) = one.found { p.near[matches!(found, Found::Near(_))] { strong { (said(words, found)) } } }
            @if one.by_name && !matches!(one.found, Some(Found::Near(_))) { p.quiet { (words.t("compare-by-name")) } }
            @if !one.own { p.quiet { (words.t("compare-answering")) } }
            (obligations(cx, &one.asks, Place::Under))
        }
    }
}

fn when(cx: &Cx, typed: &TypedView) -> Markup {
    let words = cx.words;
    html! {
        p.ob-facts {
            (words.t("plan-from")) " " (cx.time(typed.from))
            @if typed.until > typed.from { (dot()) (words.t("plan-until")) " " (cx.time(typed.until)) }
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
