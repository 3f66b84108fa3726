//! Paragraphs of a report, each under its own evaluation, and how others evaluate them (FIELD B2).

use super::{prose, service, side};
use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::dot;
use entente_app::views::{BodyView, EntryView, OtherwiseView, SettledView};
use entente_core::handling::Evaluation;
use entente_core::kinds::intelligence::{DISAGREE, KIND, PARAGRAPHS};
use entente_core::label::Lang;
use entente_core::paragraphs;
use maud::{Markup, html};

/// The paragraphs of a report; as they were written, where they cannot be told apart.
pub fn paragraphs(words: Words, lang: Option<Lang>, text: &str) -> Markup {
    let Ok(all) = paragraphs::read(text) else {
        return prose(lang, text);
    };
    html! {
        ol.paragraphs {
            @for p in &all {
                li {
                    p.ob-facts {
                        (code(words, p.evaluation))
                        @if !p.source.is_empty() { (dot()) bdi lang=[lang.map(Lang::as_str)] { (p.source) } }
                    }
                    (prose(lang, p.text))
                }
            }
        }
    }
}

/// An evaluation as its code, with what it means.
fn code(words: Words, evaluation: Evaluation) -> Markup {
    let (source, accuracy) = (evaluation.source.label(), evaluation.accuracy.label());
    html! { strong { bdi { (evaluation.code()) } } " " small { (words.label(source)) (dot()) (words.label(accuracy)) } }
}

/// How others evaluate a report, and the way to do so.
pub fn otherwise(cx: &Cx, e: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        @for view in &e.evaluations { (evaluation(cx, view)) }
        @if !e.evaluations.is_empty() { p.quiet { (words.t("evaluated-both")) } }
        @if may_evaluate(e) {
            p.translate { a.quiet href=(format!("/dossiers/{}/write/{}?of={}", e.dossier, DISAGREE.name, e.id)) { (words.label(DISAGREE.verb)) } }
        }
    }
}

/// Whether a reader's side may evaluate it otherwise: a report of the other's that can be read.
fn may_evaluate(e: &EntryView) -> bool {
    let reported = |e: &EntryView| KIND.entry(&e.type_name).is_some();
    !e.ours
        && reported(e)
        && matches!(&e.body, BodyView::Here(values) if values.text(PARAGRAPHS).is_some())
}

fn evaluation(cx: &Cx, view: &OtherwiseView) -> Markup {
    let words = cx.words;
    html! {
        aside.translation {
            p.ob-facts {
                a href=(format!("/entries/{}", view.entry)) { strong { (words.t("evaluated-otherwise")) } }
                (dot()) (side(cx, &view.service.node())) " " (service(&view.service)) (dot()) (cx.time(view.at))
            }
            p {
                @match view.paragraph {
                    Some(number) => (words.n("evaluated-paragraph", number)),
                    None => (words.t("evaluated-whole")),
                }
                " " (code(words, view.evaluation))
            }
            (prose(view.lang, &view.text))
            @match &view.settled {
                Some(answer) => (settled(cx, answer)),
                None => { p.quiet { (words.t("evaluated-open")) } },
            }
        }
    }
}

fn settled(cx: &Cx, answer: &SettledView) -> Markup {
    let words = cx.words;
    html! {
        p.ob-facts {
            a href=(format!("/entries/{}", answer.entry)) {
                strong { (words.t(if answer.agreed.is_some() { "evaluated-agreed" } else { "evaluated-kept" })) }
            }
            @if let Some(agreed) = answer.agreed { " " (code(words, agreed)) }
            (dot()) (side(cx, &answer.service.node())) " " (service(&answer.service)) (dot()) (cx.time(answer.at))
        }
        @if !answer.text.is_empty() { (prose(answer.lang, &answer.text)) }
    }
}
