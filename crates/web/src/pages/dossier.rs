//! A dossier: who takes part, what we gave and what came of it, what is owed, every entry of both sides.

use super::{Query, charter, declaration, duties, id, lessons, page_of, with_page};
use crate::conditions;
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{self, Place, entry_card, nothing, obligations_about, pager, service, shown_of};
use axum::extract::Path;
use entente_app::views::{
    BodyView, DossierLine, DossierView, Given, ObligationView, RelatedDossier,
};
use entente_core::field::FieldType;
use entente_core::ids::{DossierId, ObligationId};
use entente_core::kind::{Effect, EntryType};
use entente_core::kinds::investigation::agreement::binds;
use entente_core::kinds::investigation::compare::is_of_comparison;
use entente_core::kinds::investigation::court::is_of_court;
use entente_core::kinds::investigation::custody::is_of_custody;
use entente_core::kinds::investigation::day::is_of_day;
use entente_core::kinds::investigation::links::{LINK, is_about_things};
use entente_core::kinds::investigation::phases::{called, evaluates};
use entente_core::kinds::investigation::plan::plans;
use entente_core::kinds::lesson::NAME as LESSONS;
use entente_core::kinds::meeting::KIND as MEETING;
use entente_core::kinds::programme::is_programme;
use entente_core::label::Label;
use maud::{Markup, html};

/// The page of a dossier; its last page of entries unless another is asked for.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let page = page_of(&query);
    let view = cx
        .run(move |app, me| app.dossier(me, dossier, page))
        .await?;
    let words = cx.words;
    let path = format!("/dossiers/{dossier}");
    let pages = |p| with_page(&path, &query, p);
    // What came of it is what an investigation lives by: it stands before all that may be done.
    let inquires = view.line.kind.entry(LINK.name).is_some();
    let near = lessons::beside(&cx, &view).await?;
    let main = html! {
        (head(&cx, &view))
        (duties::head(&cx, &view))
        @if inquires { (given_and_got(&cx, &view)) }
        (actions(&cx, &view))
        (near)
        @if let Some(terms) = &view.charter { (charter::section(&cx, view.line.id, terms)) }
        @if let Some(texts) = &view.declaration { (declaration::points(&cx, &view)) (declaration::texts(&cx, &view, texts)) }
        @else if !view.points.is_empty() { (declaration::points(&cx, &view)) }
        @if !inquires { (given_and_got(&cx, &view)) }
        (parts::walls::brought(&cx, &view.brought))
        section.panel #obligations data-live-part {
            h2 { (words.t("dossier-obligations")) }
            (nothing(words, view.obligations.is_empty()))
            (obligations(&cx, &view))
        }
        section #entries data-live-part {
            div.title-row { h2 { (words.t("dossier-entries")) " " span.count { (words.number(view.total)) } } (legend(&cx)) }
            (pager(words, view.page, view.total, DossierView::PAGE, &pages))
            (conditions::on_paper(words, view.entries.iter()))
            div.entries { @for entry in &view.entries { (entry_card(&cx, entry, &numbers(&view), true)) } }
            (pager(words, view.page, view.total, DossierView::PAGE, &pages))
        }
        @if view.forms.iter().any(|f| f.name == "note") { (note(&cx, &view)) }
    };
    cx.page(&format!("{} {}", view.line.number, view.line.title), &main)
}

/// Most ended obligations that stand open beside those that are owed.
const ENDED: usize = 5;

/// What is owed; what has ended after it, folded where there is much of it.
fn obligations(cx: &Cx, view: &DossierView) -> Markup {
    let all = view.obligations.iter().cloned();
    let (open, ended): (Vec<_>, Vec<_>) = all.partition(|ob| ob.state.is_open());
    let about = about(cx.words, view);
    let list = |of: &[ObligationView]| obligations_about(cx, of, Place::Home, &about);
    if ended.len() <= ENDED {
        return list(&view.obligations);
    }
    html! {
        (list(&open))
        details.ended {
            summary { (cx.words.count("dossier-ended", u64::try_from(ended.len()).unwrap_or(u64::MAX))) }
            (list(&ended))
        }
    }
}

/// Numbers of the obligations that a dossier's page shows.
fn numbers(view: &DossierView) -> impl Fn(ObligationId) -> Option<String> {
    |id| {
        view.obligations
            .iter()
            .find(|o| o.id == id)
            .map(|o| o.number.clone())
    }
}

/// What an obligation of this dossier is about: the point that promised, the title of the entry that asked, or what entry that is.
fn about(words: Words, view: &DossierView) -> impl Fn(&ObligationView) -> Option<String> {
    move |ob| {
        let promised = view
            .points
            .iter()
            .find(|p| p.entry == ob.asked_by || p.obligations.iter().any(|o| o.id == ob.id));
        if let Some(point) = promised {
            return Some(if point.point.is_empty() {
                point.title.clone()
            } else {
                format!("{} {}", point.point, point.title)
            });
        }
        let asking = view
            .entries
            .iter()
            .find(|e| e.id == ob.asked_by && !e.entry_type.is_some_and(EntryType::opens))?;
        let title = match &asking.body {
            BodyView::Here(values) => values.text("title").map(str::to_owned),
            _ => None,
        };
        let sort = || Some(words.label(asking.entry_type?.label).to_owned());
        title.filter(|title| !title.is_empty()).or_else(sort)
    }
}

fn legend(cx: &Cx) -> Markup {
    html! {
        p.legend {
            span.key.ours { (cx.words.t("legend-ours")) } " " span.key.theirs { (cx.words.t("legend-theirs")) }
            @let note = cx.words.t("dossier-note");
            " " a href="#note" { (note) }
        }
    }
}

fn head(cx: &Cx, view: &DossierView) -> Markup {
    let (words, line, config) = (cx.words, &view.line, &view.config);
    html! {
        header.dossier-head {
            p.kicker { bdi.number { (line.number) } (dot()) (words.label(line.kind.label)) (dot()) strong { (words.label(phase(line))) } }
            h1 { (parts::title(words, &line.title)) }
            dl.facts {
                dt { (words.t("dossier-purpose")) } dd { (words.label(config.purpose.label())) }
                dt { (words.t("dossier-ceiling")) } dd { (words.label(config.ceiling.label())) }
                dt { (words.t("dossier-participants")) } dd { (parts::listed(words, config.participants.iter().map(service))) }
                dt { (words.t("dossier-convenor")) } dd { (parts::side(cx, &config.convenor)) }
                dt { (words.t("dossier-opened")) } dd { (cx.time(line.opened)) }
                dt { (words.t("dossier-updated")) } dd { (cx.time(line.updated)) }
                @if let Some(review) = &view.review { dt { (words.t("dossier-review")) } dd #review data-live-part { (super::reviews::head(cx, review)) } }
                (related(cx, "dossier-continues", &view.continues))
                (related(cx, "dossier-continued-by", &view.continued_by))
            }
            (super::letter::way(words, line.id, line.kind.name))
            p.state #state data-live-part {
                @if view.unreceipted == 0 { span.good { (words.t("dossier-all-received")) } }
                @else { strong.late { (words.count("dossier-unreceipted", view.unreceipted)) } }
            }
        }
    }
}

/// A dossier's phase as its kind calls it.
fn phase(line: &DossierLine) -> Label {
    match line.kind.entry(LINK.name) {
        Some(_) => called(line.phase),
        None => line.phase.label(),
    }
}

/// Dossiers that this one continues, or that continue it: a way there for whoever belongs to them, a number for the others.
fn related(cx: &Cx, key: &str, dossiers: &[RelatedDossier]) -> Markup {
    html! {
        @if !dossiers.is_empty() {
            dt { (cx.words.t(key)) }
            dd { (parts::listed(cx.words, dossiers.iter().map(parts::related))) }
        }
    }
}

/// Types offered by a section of their own, or by an import, are not offered again as buttons; nor is a flag that stands already.
fn offered_here(entry: &EntryType, suspended: Option<bool>) -> bool {
    let elsewhere = entry.effects.iter().any(|e| match e {
        Effect::Sign | Effect::Enact => true,
        Effect::Flag(up) => suspended == Some(*up),
        _ => false,
    });
    let imported = entry
        .fields
        .iter()
        .any(|f| f.required && matches!(f.holds, FieldType::Document(_)));
    !elsewhere
        && !imported
        && !entry.releases()
        && !matches!(entry.name, "note" | "translation")
        && !has_a_page(entry.name)
}

/// Types that are offered on a page of their own: things, the agreement, evaluations, the action plan, the courts.
fn has_a_page(entry_type: &str) -> bool {
    let of_plan = plans(entry_type) || is_of_day(entry_type) || is_of_comparison(entry_type);
    is_about_things(entry_type)
        || is_of_custody(entry_type)
        || is_of_court(entry_type)
        || binds(entry_type)
        || evaluates(entry_type)
        || of_plan
}

fn actions(cx: &Cx, view: &DossierView) -> Markup {
    let suspended = view.charter.as_ref().map(|c| c.suspended.0);
    let offered = view
        .forms
        .iter()
        .copied()
        .filter(|f| offered_here(f, suspended));
    let (own, common): (Vec<&EntryType>, Vec<&EntryType>) =
        offered.partition(|f| f.name.contains('.'));
    let link = |f: &EntryType| {
        html! { a.button href=(format!("/dossiers/{}/write/{}", view.line.id, f.name)) { (cx.words.label(f.verb)) } }
    };
    html! {
        div.actions {
            @if view.line.kind.entry(LINK.name).is_some() {
                a.button href=(format!("/dossiers/{}/things", view.line.id)) { (cx.words.t("things-title")) }
                a.button href=(format!("/dossiers/{}/exhibits", view.line.id)) { (cx.words.t("exhibits-title")) }
                (super::chart::way(cx.words, view.line.id, view.line.kind))
                a.button href=(format!("/dossiers/{}/plan", view.line.id)) { (cx.words.t("plan-title")) }
                a.button href=(format!("/dossiers/{}/agreement", view.line.id)) { (cx.words.t("agreement-title")) }
                a.button href=(format!("/dossiers/{}/evaluation", view.line.id)) { (cx.words.t("evaluation-title")) }
                a.button href=(format!("/dossiers/{}/court", view.line.id)) { (cx.words.t("court-title")) }
            }
            @if view.line.kind.name == MEETING.name { a.button href=(format!("/dossiers/{}/meetings", view.line.id)) { (cx.words.t("meetings-title")) } }
            @if view.line.kind.name == LESSONS { a.button href=(format!("/dossiers/{}/lessons", view.line.id)) { (cx.words.t("lessons-title")) } }
            @if is_programme(view.line.kind.name) { a.button href=(format!("/dossiers/{}/programme", view.line.id)) { (cx.words.t("programme-title")) } }
            @for form in &own { (link(form)) }
            @if let Some(release) = view.forms.iter().find(|f| f.releases()) {
                a.button href=(format!("/dossiers/{}/release", view.line.id)) { (cx.words.label(release.verb)) }
            }
            @if view.may_widen {
                a.button href=(format!("/open/{}?continues={}", view.line.kind.name, view.line.id)) { (cx.words.t("dossier-widen")) }
            }
            @if !common.is_empty() {
                details.more { summary { (cx.words.t("more")) } div.menu { @for form in &common { (link(form)) } } }
            }
        }
    }
}

fn given_and_got(cx: &Cx, view: &DossierView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.given.is_empty() || !view.got.is_empty() {
            div.two {
                section.panel.ours #given data-live-part {
                    h2 { (words.t("dossier-given")) }
                    (nothing(words, view.given.is_empty()))
                    (shown_of(words, view.given.len(), view.given_total))
                    ul.given { @for g in &view.given { (given(cx, g)) } }
                }
                section.panel.theirs #got data-live-part {
                    h2 { (words.t("dossier-got")) }
                    (nothing(words, view.got.is_empty()))
                    (shown_of(words, view.got.len(), view.got_total))
                    ul.given { @for g in &view.got { (given(cx, g)) } }
                    @if let Some(open) = view.got.iter().find_map(|g| g.feedback.as_ref()) { (answer_all(cx, open)) }
                }
            }
        }
    }
}

fn given(cx: &Cx, g: &Given) -> Markup {
    let words = cx.words;
    let title = html! {
        a href=(format!("/entries/{}", g.entry)) {
            @if g.waits { em.quiet { (words.t("given-waits")) } } @else { (parts::title(words, &g.title)) }
        }
    };
    html! {
        li {
            p { span.unprinted[!g.printed] { (title) } @if g.corrected { " " strong.tag { (words.t("corrected-since")) } } (dot()) (service(&g.service)) (dot()) small { (cx.time(g.at)) } }
            @match &g.feedback {
                Some(ob) => p.came {
                    @if ob.outcome != entente_core::codes::Outcome::None { strong.outcome { (words.label(ob.outcome.label())) } (dot()) }
                    a href=(format!("#ob-{}", ob.number)) { bdi { (ob.number) } } " " (words.label(ob.state.label()))
                    @if ob.state.is_open() { (dot()) strong.late[ob.overdue] { (crate::time::due_words(words, ob, cx.now)) } }
                },
                None => p.came.quiet { (words.t("given-no-feedback")) },
            }
            @if !g.words.is_empty() { blockquote.unprinted[!g.printed] dir="auto" { (g.words) } }
        }
    }
}

/// One form answers what is ticked of all that was got.
fn answer_all(cx: &Cx, open: &ObligationView) -> Markup {
    html! {
        @if open.offers.iter().any(|o| o.name == "feedback") {
            p { a.button.main href=(format!("/dossiers/{}/write/feedback?on={}", open.dossier, crate::context::percent(&open.id.to_string()))) {
                (cx.words.t("give-feedback"))
            } }
        }
    }
}

/// One text box and "I need an answer".
fn note(cx: &Cx, view: &DossierView) -> Markup {
    let words = cx.words;
    html! {
        form.note #note method="post" action=(format!("/dossiers/{}/write/note", view.line.id)) {
            (csrf(cx))
            input type="hidden" name="_seen" value=(view.seen);
            input type="hidden" name="_lang" value=(words.lang);
            label for="note-text" { (words.t("dossier-note")) }
            @if view.line.kind.name != "charter" { (crate::form::waits(cx, view.suspended)) }
            textarea #note-text name="text" rows="3" maxlength="20000" dir="auto" accesskey="n" required {}
            div.row {
                label.check { input type="checkbox" name="needs_answer"; " " (words.t("note-needs-answer")) }
                button.main type="submit" { (words.t("send")) }
                a href=(format!("/dossiers/{}/write/note", view.line.id)) { (words.t("note-with-files")) }
            }
        }
    }
}
