//! Duties to inform: what waits for a magistrate on the front page, how a file stands, and all of it for judicial review, as a page and as one
//! file to print and to keep, with the proofs of what the other side received.

use super::id;
use crate::context::{Cx, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{self, Place, instead, obligations, service};
use crate::time::civil_day;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use entente_app::views::{
    BodyView, DossierView, DutyHead, DutyState, DutyTask, ReviewEntry, ReviewView,
};
use entente_core::charter::Inform;
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::{self, duty, proceedings};
use entente_core::label::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// What waits for a magistrate, or for whoever carries a decision out; nothing where nothing does.
pub fn waiting(cx: &Cx, tasks: &[DutyTask]) -> Markup {
    html! {
        @if !tasks.is_empty() {
            section.panel.duties #duties data-live-part {
                h2 { (cx.words.t("duty-waiting")) " " span.count { (cx.words.number(tasks.len() as u128)) } }
                p.quiet { (cx.words.t("duty-waiting-why")) }
                ul.lines { @for task in tasks { (task_line(cx, task)) } }
            }
        }
    }
}

fn task_line(cx: &Cx, task: &DutyTask) -> Markup {
    let words = cx.words;
    let dossier = &task.dossier;
    let said = match &task.state {
        Some(state) => standing(words, state),
        None => words.t("duty-time-over"),
    };
    html! {
        li {
            a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } " " (parts::title(words, &dossier.title)) }
            (dot()) strong.late { (said) } (dot()) small { (words.t("duty-since")) " " (cx.time(task.since)) }
            @if let Some(over) = &task.over {
                " " a.button href=(format!("/dossiers/{}/write/{}?on={}", over.dossier, proceedings::CARRY_ON.name, percent(&over.id.to_string()))) {
                    (words.label(proceedings::CARRY_ON.verb))
                }
            }
        }
    }
}

/// The button by which somebody reports to a magistrate, where a charter has these duties.
pub fn report(cx: &Cx, in_charter: bool) -> Markup {
    let offered = in_charter && cx.writes() && cx.may_open(&duty::KIND);
    html! {
        @if let Some(opening) = duty::KIND.opening().filter(|_| offered) {
            div.new { a.button href=(format!("/open/{}", duty::NAME)) title=(cx.words.label(duty::KIND.purpose_text)) { (cx.words.label(opening.verb)) } }
        }
    }
}

/// How a file stands, in words.
#[must_use]
pub fn standing(words: Words, state: &DutyState) -> String {
    match state {
        DutyState::Owed => words.t("duty-owed"),
        DutyState::Ordered(_) => words.t("duty-ordered"),
        DutyState::Sent { .. } => words.t("duty-sent"),
        DutyState::Deferred { due: true, .. } => words.t("duty-review-due"),
        DutyState::Deferred { until, .. } => words.s("duty-deferred", &civil_day(words, until)),
        DutyState::Refused(_) => words.t("duty-refused"),
    }
}

/// How a magistrate's file stands, above its entries, and what is to be done next; of the dossier between the authorities, the way to its
/// review.
pub fn head(cx: &Cx, view: &DossierView) -> Markup {
    let words = cx.words;
    html! {
        @if kinds::is_of_duties(view.line.kind.name) {
            section.panel.duty #duty data-live-part {
                @if let Some(head) = &view.duty { (file(cx, head)) }
                p.ways { a.button href=(format!("/dossiers/{}/review", view.line.id)) { (words.t("review-title")) } }
            }
        }
    }
}

fn file(cx: &Cx, head: &DutyHead) -> Markup {
    let words = cx.words;
    html! {
        p { strong.late[head.state.waits()] { (standing(words, &head.state)) } }
        @if !head.in_charter { p.alert { (words.t("duty-not-in-charter")) } }
        @match &head.state {
            DutyState::Ordered(decision) if head.in_charter => p.row { (carry_out(cx, *decision, head)) },
            DutyState::Sent { dossier, .. } => p { a href=(format!("/dossiers/{dossier}")) { (words.t("duty-to-sent")) } },
            state if state.waits() && !head.decides => p.quiet { (words.t("duty-magistrate-only")) },
            _ => {},
        }
        p.quiet { (words.t("duty-home")) }
    }
}

fn carry_out(cx: &Cx, decision: EntryId, head: &DutyHead) -> Markup {
    let words = cx.words;
    let named = |party| format!("&partner={party}");
    let party = head.party.as_ref().map(named).unwrap_or_default();
    html! {
        @if head.decides {
            a.button.main href=(format!("/open/{}?decision={decision}{party}", proceedings::NAME)) {
                (words.label(proceedings::KIND.opening().map_or(proceedings::KIND.label, |o| o.verb)))
            }
        } @else { span.quiet { (words.t("duty-magistrate-only")) } }
    }
}

/// The page of a review.
pub async fn review(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.review(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        div.title-row {
            h1 { (words.t("review-title")) }
            a.button href=(format!("/dossiers/{dossier}/review/file")) { (words.t("review-take")) }
        }
        p.quiet { (words.t("review-about")) }
        (paper(&cx, &view))
    };
    cx.page(&words.t("review-title"), &main)
}

/// The whole as one file: in the language that the matter is written in, with the proofs, readable without this program.
pub async fn file_of(mut cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run_why(move |app, me| app.review_file(me, dossier))
        .await?;
    cx.words = Words::new(
        written_in(&view).unwrap_or(cx.words.lang),
        cx.words.numerals(),
    );
    let name = format!(
        "attachment; filename=\"{}-review.html\"",
        view.dossier.number
    );
    let disposition = HeaderValue::try_from(name).map_err(|_| Fail::bug())?;
    let document = document(&cx, &view).into_string();
    let typed = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut response = (typed, document).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// The language of the report, or of the letter: that of the matter.
fn written_in(view: &ReviewView) -> Option<Lang> {
    let mut said = view
        .entries
        .iter()
        .filter_map(|one| values(one)?.lang.map(|lang| (one, lang)));
    said.next().map(|(_, lang)| lang)
}

/// Style of the file: it stands alone, wherever it is opened.
const STYLE: &str = "body{font:15px/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}\
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #999}h3{font-size:1rem;margin:.4rem 0}\
article{margin:1rem 0;padding:.6rem 0;border-top:1px solid #ccc;break-inside:avoid}dl{display:grid;grid-template-columns:minmax(8rem,max-content) minmax(0,1fr);gap:.2rem 1rem}\
dt{color:#555}dd{margin:0}dd,code{overflow-wrap:anywhere}dd>p{margin:0}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:start;vertical-align:top}\
.quiet,small{color:#555}.button,.offers,summary.more,details.more,form{display:none}pre{font-size:9px;overflow-wrap:anywhere;white-space:pre-wrap}a{color:inherit}\
p.body-text{white-space:pre-wrap}";

fn document(cx: &Cx, view: &ReviewView) -> Markup {
    let words = cx.words;
    html! {
        (DOCTYPE)
        html lang=(words.lang) dir=(words.lang.dir()) {
            head { meta charset="utf-8"; title { (words.t("review-title")) " " (view.dossier.number) } style { (PreEscaped(STYLE)) } }
            body {
                h1 { (words.t("review-title")) }
                (paper(cx, view))
                (proofs(cx, view))
            }
        }
    }
}

/// What is the same on the page and in the file.
fn paper(cx: &Cx, view: &ReviewView) -> Markup {
    let words = cx.words;
    let places = view.places();
    html! {
        (facts(cx, view))
        section.panel #decisions {
            h2 { (words.t("review-decisions")) }
            @let decided: Vec<&ReviewEntry> = view.entries.iter().filter(|one| one.decides()).collect();
            (instead(decided.is_empty(), &words.t("review-none")))
            @if !decided.is_empty() { (decisions(cx, &decided, &places)) }
        }
        @if !view.obligations.is_empty() {
            section.panel #clocks { h2 { (words.t("review-clocks")) } (obligations(cx, &view.obligations, Place::Home)) }
        }
        section #chronology {
            h2 { (words.t("review-chronology")) }
            @if view.left_out > 0 { p.alert { (words.s("review-left-out", &words.number(view.left_out))) } }
            div.entries { @for one in &view.entries { (entry(cx, one, &places)) } }
        }
    }
}

fn facts(cx: &Cx, view: &ReviewView) -> Markup {
    let words = cx.words;
    html! {
        dl.facts {
            dt { (words.t("review-matter")) } dd { bdi.number { (view.dossier.number) } " " (parts::title(words, &view.dossier.title)) }
            @if let Some(state) = &view.state { dt { (words.t("review-stands")) } dd { (standing(words, state)) } }
            dt { (words.t("review-drawn")) }
            dd { (parts::listed(words, view.drawn.iter().map(|line| html! { bdi.number { (line.number) } " (" (words.label(line.kind.label)) ")" }))) }
            dt { (words.t("review-charter")) }
            dd { @match &view.terms { Some(terms) => (in_words(words, terms)), None => (words.t("duty-not-in-charter")) } }
            dt { (words.t("review-at")) } dd { (cx.time(view.at)) }
        }
    }
}

/// What a charter says of the duties.
pub fn in_words(words: Words, terms: &Inform) -> Markup {
    let grounds = terms.grounds.iter();
    let grounds = grounds.map(|ground| html! { (words.label(ground.label())) });
    html! {
        (words.s("duty-terms-time", &terms.observations.in_words(words.lang)))
        (dot()) (words.t("duty-terms-grounds")) " " (parts::listed(words, grounds))
    }
}

fn values(one: &ReviewEntry) -> Option<&Values> {
    match &one.entry.body {
        BodyView::Here(values) => Some(values),
        _ => None,
    }
}

/// What was decided, in a line each: where it stands, when, by which function, on which ground.
fn decisions(cx: &Cx, decided: &[&ReviewEntry], places: &BTreeMap<EntryId, usize>) -> Markup {
    let words = cx.words;
    html! {
        div.scroll { table.list {
            thead { tr {
                th scope="col" { (words.t("review-place")) } th scope="col" { (words.t("review-when")) } th scope="col" { (words.t("review-what")) }
                th scope="col" { (words.t("review-by")) } th scope="col" { (words.t("review-ground")) }
            } }
            tbody { @for one in decided { tr {
                td.num { (place(cx, places, one.entry.id)) }
                td { (cx.time(one.entry.at)) }
                td { (parts::type_label(words, one.entry_type(), &one.entry.type_name)) }
                td { (service(&one.entry.service)) (dot()) (words.label(one.role.label())) }
                td { (ground_said(words, one).unwrap_or("—")) }
            } } }
        } }
    }
}

/// The ground of a decision, its position or what it leads to: the coded field that says it.
#[must_use]
pub fn ground_said(words: Words, one: &ReviewEntry) -> Option<&'static str> {
    let coded = [duty::GROUND, proceedings::POSITION, proceedings::FOLLOWS];
    coded.iter().find_map(|name| {
        let code = values(one)?.text(name)?;
        let field = one.entry_type()?.fields.iter().find(|f| f.name == *name)?;
        let known = field.choices()?.into_iter().find(|(c, _)| *c == code);
        known.map(|(_, label)| words.label(label))
    })
}

fn place(cx: &Cx, places: &BTreeMap<EntryId, usize>, id: EntryId) -> Markup {
    let n = places.get(&id).copied().unwrap_or_default();
    html! { a href=(format!("#n-{n}")) { (cx.words.number(n as u128)) } }
}

/// One entry: who in which function, when, what; what was on file then; how far it came.
fn entry(cx: &Cx, one: &ReviewEntry, places: &BTreeMap<EntryId, usize>) -> Markup {
    let (words, e) = (cx.words, &one.entry);
    let n = places.get(&e.id).copied().unwrap_or_default();
    html! {
        article.entry.ours[e.ours].theirs[!e.ours] id=(format!("n-{n}")) {
            header.entry-head {
                span.number { (words.number(n as u128)) }
                " " a.type href=(format!("/entries/{}", e.id)) { (parts::type_label(words, e.entry_type, &e.type_name)) }
                " " span.by { (service(&e.service)) (dot()) (words.label(one.role.label())) }
                " " span.at { (cx.time(e.at)) }
                @if e.audience.len() < 2 { " " span.tag { (words.t("own-only")) } }
            }
            (parts::verdict(words, e.verdict))
            div.unprinted[!one.printed] { (parts::body(cx, e.read_by(), &e.body)) }
            @for c in &e.corrections { p { strong { (words.t("corrected-by")) } " " (place(cx, places, c.entry)) } }
            p.ob-facts.quiet {
                @if one.on_file.is_empty() { @if one.decides() { (words.t("review-first")) } }
                @else { (words.t("review-on-file")) " " (parts::listed(words, one.on_file.iter().map(|id| place(cx, places, *id)))) }
            }
            @if !e.ladder.is_empty() { (parts::ladder(cx, &e.ladder)) }
            p.quiet { small { (words.t("review-print")) " " code.print dir="ltr" { (e.id) } } }
        }
    }
}

/// The proofs, each to be taken out of the file and verified without any node.
fn proofs(cx: &Cx, view: &ReviewView) -> Markup {
    let words = cx.words;
    let places = view.places();
    let proved = view
        .entries
        .iter()
        .filter_map(|one| Some((one, one.proof.as_deref()?)));
    let proved: Vec<(&ReviewEntry, &str)> = proved.collect();
    html! {
        section #proofs {
            h2 { (words.t("review-proofs")) }
            p { (words.t("review-proofs-how")) " " code dir="ltr" { "entente verify FILE" } }
            p { (words.t("review-proofs-home")) }
            @for (one, proof) in proved {
                details {
                    summary {
                        (place(cx, &places, one.entry.id)) " " (parts::type_label(words, one.entry_type(), &one.entry.type_name)) " "
                        a download=(format!("{}.proof", one.entry.id.short())) href=(format!("data:text/plain;charset=utf-8,{}", percent(proof))) { (words.t("review-proof-take")) }
                    }
                    pre dir="ltr" { (proof) }
                }
            }
        }
    }
}
