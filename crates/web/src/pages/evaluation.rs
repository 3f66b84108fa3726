//! An investigation looked back upon: figures of the record, the same at both nodes, and each side's own words beside the other's.

use super::id;
use crate::conditions;
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::parts::{entry_card, nothing, side};
use axum::extract::Path;
use entente_app::views::{CaseFigures, EntryView, EvaluationView};
use entente_core::ids::{DossierId, NodeName, ObligationId};
use maud::{Markup, html};

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.evaluation(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("evaluation-title")) }
        @if !view.forms.is_empty() {
            div.actions {
                @for form in &view.forms { a.button href=(format!("/dossiers/{dossier}/write/{}", form.name)) { (words.label(form.verb)) } }
            }
        }
        section.panel #figures data-live-part {
            h2 { (words.t("evaluation-figures")) }
            p.quiet { (words.t("evaluation-figures-why")) }
            (table(&cx, &view))
        }
        section #words {
            h2 { (words.t("evaluation-words")) }
            (nothing(words, view.evaluations.is_empty()))
            (conditions::on_paper(words, view.evaluations.iter()))
            div.two { @for (node, _) in &view.figures { (of_side(&cx, &view, node)) } }
        }
    };
    cx.page(&words.t("evaluation-title"), &main)
}

/// One side's evaluations, in order.
fn of_side(cx: &Cx, view: &EvaluationView, node: &NodeName) -> Markup {
    let of = view.evaluations.iter();
    let of: Vec<&EntryView> = of.filter(|e| e.service.node() == *node).collect();
    let number = |_: ObligationId| None;
    html! {
        @if !of.is_empty() { div { h3 { (side(cx, node)) } @for entry in of { (entry_card(cx, entry, &number, true)) p { (super::lessons::way(cx.words, entry.id)) } } } }
    }
}

/// A row of the table: what it counts, and how many of a side.
type Row = (String, fn(&CaseFigures) -> u64);

/// What each row of the table counts.
fn rows(words: Words) -> [Row; 11] {
    [
        (words.t("evaluation-contributions"), |f| f.contributions),
        (words.t("evaluation-things"), |f| f.things),
        (words.t("evaluation-links"), |f| f.links),
        (words.t("evaluation-asked"), |f| f.asked),
        (words.t("evaluation-ended"), |f| f.ended),
        (words.t("evaluation-open"), |f| f.open),
        (words.t("evaluation-overdue"), |f| f.overdue),
        (words.t("evaluation-on-time"), |f| f.on_time),
        (words.t("evaluation-late"), |f| f.late),
        (words.t("evaluation-feedback-asked"), |f| f.feedback_asked),
        (words.t("evaluation-feedback-given"), |f| f.feedback_given),
    ]
}

fn table(cx: &Cx, view: &EvaluationView) -> Markup {
    let words = cx.words;
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("evaluation-counted")) {
            table.list.figures {
                thead { tr { th scope="col" { (words.t("evaluation-counted")) } @for (node, _) in &view.figures { th scope="col" { bdi { (node) } } } } }
                tbody {
                    @for (label, of) in rows(words) {
                        tr { th scope="row" { (label) } @for (_, figures) in &view.figures { td.num { (words.number(of(figures))) } } }
                    }
                }
            }
        }
    }
}
