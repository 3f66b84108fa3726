//! What a programme arranges for a cohort, and its follow-up: selection, university part, placements by contracts of three, sessions, curriculum; what is to be
//! reported and what was.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, obligations, prose, service};
use crate::time::civil_day;
use entente_app::views::{CohortView, FollowUpView, JudgedLater, ProgrammeView, Said};
use entente_core::field::{Field, FieldType, Value, Values};
use entente_core::kind::EntryType;
use entente_core::kinds::programme::{
    COHORT, CURRICULUM, FOLLOWED, OF, PLACEMENT, SELECTION, SESSION, UNIVERSITY,
};
use maud::{Markup, html};

/// Most of one sort that are shown of a cohort, and most points of follow-up.
const SHOWN: usize = 50;

/// What was arranged for a cohort, folded one by one.
pub fn of_cohort(cx: &Cx, cohort: &CohortView) -> Markup {
    let curriculum = [CURRICULUM, "languages"];
    let values = cohort.said.values.as_ref();
    html! {
        @if let Some(values) = values.filter(|values| curriculum.iter().any(|name| values.values.contains_key(*name))) {
            details { summary { (cx.words.t("programme-curriculum")) } (fields(cx.words, &COHORT, values, &|field| curriculum.contains(&field.name))) }
        }
        (first(cx, &SELECTION, &cohort.selections))
        (first(cx, &UNIVERSITY, &cohort.universities))
        (first(cx, &PLACEMENT, &cohort.placements))
        (first(cx, &SESSION, &cohort.sessions))
        @if let Some(later) = cohort.later { p.quiet { (judged_later(cx, later)) } }
    }
}

/// The first of them, and that there are more: the other side could write without end.
fn first(cx: &Cx, entry: &'static EntryType, all: &[Said]) -> Markup {
    html! {
        @for said in all.iter().take(SHOWN) { (told(cx, entry, said, false)) }
        @if all.len() > SHOWN { p.quiet { (cx.words.t("programme-more")) } }
    }
}

/// When those who took part are asked again, in words.
fn judged_later(cx: &Cx, later: JudgedLater) -> Markup {
    let words = cx.words;
    let day = |at| crate::time::day_words(words, at);
    let key = if later.late {
        "programme-later-late"
    } else {
        "programme-later-awaited"
    };
    html! { (words.two(key, &day(later.from), &day(later.until))) }
}

/// An entry with what it says, under what it is: folded, unless it is what people come for.
pub fn told(cx: &Cx, entry: &'static EntryType, said: &Said, open: bool) -> Markup {
    let words = cx.words;
    html! {
        details.arranged.unprinted[!said.printed] open[open] {
            summary { (words.label(entry.label)) @if let Some(title) = said.values.as_ref().and_then(|values| values.text("title")) { (dot()) bdi { (title) } } (dot()) (service(&said.by)) }
            @match &said.values {
                Some(values) => { (fields(words, entry, values, &|field| field.name != OF)) },
                None => { p { (words.t("programme-not-readable")) } },
            }
            p { a href=(format!("/entries/{}", said.entry)) { (words.t("programme-entry")) } }
        }
    }
}

fn fields(
    words: Words,
    entry: &'static EntryType,
    values: &Values,
    wanted: &dyn Fn(&Field) -> bool,
) -> Markup {
    let given = entry.fields.iter().filter(|field| wanted(field));
    let given = given.filter_map(|field| Some((field, values.values.get(field.name)?)));
    html! {
        dl.defined {
            @for (field, value) in given { div { dt { (words.label(field.label)) } dd { (value_of(words, values, field, value)) } } }
        }
    }
}

fn value_of(words: Words, values: &Values, field: &Field, value: &Value) -> Markup {
    let chosen = |code: &str| {
        let choices = field.choices().unwrap_or_default();
        let found = choices.into_iter().find(|(known, _)| *known == code);
        found.map_or_else(
            || code.to_owned(),
            |(_, label)| words.label(label).to_owned(),
        )
    };
    match value {
        Value::Text(text) => match field.holds {
            FieldType::Date => html! { (civil_day(words, text)) },
            FieldType::Text(_) => prose(values.lang, text),
            FieldType::Code(_) => html! { (chosen(text)) },
            _ => html! { bdi { (text) } },
        },
        Value::Number(number) => {
            html! { (u64::try_from(*number).map(|n| words.number(n)).unwrap_or_default()) }
        }
        Value::List(all) => {
            let all: Vec<String> = all.iter().map(|code| chosen(code)).collect();
            html! { (all.join(words.comma())) }
        }
        Value::Flag(_) => html! {},
    }
}

/// The follow-up mechanism: each point with who owes it by when, and what was reported.
pub fn follow_ups(cx: &Cx, view: &ProgrammeView) -> Markup {
    html! {
        @if !view.follow_ups.is_empty() {
            section.panel #follow-ups data-live-part {
                h2 { (cx.words.t("programme-follow-up")) }
                ul.things { @for one in view.follow_ups.iter().take(SHOWN) { (follow_up(cx, one)) } }
                @if view.follow_ups.len() > SHOWN { p.quiet { (cx.words.t("programme-more")) } }
            }
        }
    }
}

fn follow_up(cx: &Cx, one: &FollowUpView) -> Markup {
    let words = cx.words;
    let ours = one.said.by.node() == *cx.me();
    let text = |said: &Said| {
        let values = said.values.as_ref();
        values.and_then(|values| Some(prose(values.lang, values.text("text")?)))
    };
    html! {
        li.ours[ours].theirs[!ours] {
            p { a href=(format!("/entries/{}", one.said.entry)) { (words.label(entente_core::kinds::programme::FOLLOW_UP.label)) } (dot()) (service(&one.said.by)) }
            @match text(&one.said) { Some(text) => div.unprinted[!one.said.printed] { (text) }, None => p { (words.t("programme-not-readable")) } }
            @for report in &one.reports {
                div.quoted.unprinted[!report.printed] {
                    p { a href=(format!("/entries/{}", report.entry)) { (words.label(FOLLOWED.label)) } (dot()) (service(&report.by)) (dot()) (cx.time(report.at)) }
                    @if let Some(text) = text(report) { (text) }
                }
            }
            (obligations(cx, &one.asks, Place::Under))
        }
    }
}
