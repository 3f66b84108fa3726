//! The agreement of a programme on paper: its clauses in their languages side by side, article beside article, with who signed.

use super::super::{Query, id, named};
use super::state as standing;
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::columns::{self, row, words_in};
use crate::parts::{prose, service};
use axum::extract::Path;
use entente_app::views::{AgreementState, ClauseView, ProgrammeVersion, ProgrammeView};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::programme::{HEADING, NUMBER, OTHER_HEADING, OTHER_LANG, OTHER_TEXT};
use entente_core::label::Lang;
use maud::{Markup, html};

/// The version that is asked for; else what is in force, what waits for a signature, or the clauses that are agreed so far.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let wanted: Option<EntryId> = named(&query, "version")?;
    let view = cx.run(move |app, me| app.programme(me, dossier)).await?;
    let of = |entry| view.versions.iter().find(|v| v.said.entry == entry);
    let version = match wanted {
        Some(entry) => Some(of(entry).ok_or_else(Fail::not_found)?),
        None => view.in_force().or_else(|| waits(&view)),
    };
    let title = cx.words.t("programme-agreement");
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}/programme")) { (cx.words.t("programme-to-page")) } }
        h1.unprinted { (title) }
        (document(&cx, &view, version))
    };
    cx.page(&title, &main)
}

fn waits(view: &ProgrammeView) -> Option<&ProgrammeVersion> {
    let waits = |v: &&ProgrammeVersion| v.state == AgreementState::Proposed;
    view.versions.iter().rfind(waits)
}

fn document(cx: &Cx, view: &ProgrammeView, version: Option<&ProgrammeVersion>) -> Markup {
    let held = version.map_or(&view.agreed, |version| &version.clauses);
    let clauses: Vec<Option<&ClauseView>> = held.iter().map(|id| view.clause(*id)).collect();
    let languages = languages(cx.words.lang, &clauses);
    let both = words_in(cx.words, &languages);
    let printed = clauses.iter().flatten().all(|clause| clause.said.printed)
        && version.is_none_or(|version| version.said.printed);
    html! {
        @if !printed { p.instead-of-print { (cx.words.t("print-barred")) } }
        @if let Some(why) = super::unclear(cx.words, view).filter(|_| version.is_none()) { p.alert { (why) } }
        div.unprinted[!printed] {
            article.letter.agreement #document {
                (row(&both, &|words| heading(words, view, version)))
                @for clause in &clauses { (article(&both, *clause)) }
                (row(&both, &|words| signatures(cx, words, version)))
            }
        }
    }
}

/// The languages of the clauses, in the order of the columns; the reader's own where there is nothing yet.
fn languages(reader: Lang, clauses: &[Option<&ClauseView>]) -> Vec<Lang> {
    let values = || {
        clauses
            .iter()
            .flatten()
            .filter_map(|one| one.said.values.as_ref())
    };
    let other = |values: &Values| values.text(OTHER_LANG).and_then(Lang::parse);
    let spoken = |lang: &Lang| values().any(|v| v.lang == Some(*lang) || other(v) == Some(*lang));
    let found = columns::languages(spoken);
    match found.is_empty() {
        true => vec![reader],
        false => found,
    }
}

fn heading(words: Words, view: &ProgrammeView, version: Option<&ProgrammeVersion>) -> Markup {
    let stands = match version.map(|version| view.standing(version)) {
        Some(state) => standing(state),
        None => "programme-draft",
    };
    html! {
        p { bdi.number { (view.dossier.number) } (dot()) (words.t(stands)) }
        h2 { (words.t("programme-agreement")) }
        p.prose { bdi.title { (view.dossier.title) } }
    }
}

/// One clause in its languages; where it was not written in one of them, that is said and not hidden.
fn article(both: &[Words], clause: Option<&ClauseView>) -> Markup {
    let Some(values) = clause.and_then(|clause| clause.said.values.as_ref()) else {
        return row(
            both,
            &|words| html! { p.gone { (words.t("programme-not-readable")) } },
        );
    };
    let number = values.number(NUMBER).unwrap_or_default();
    row(both, &|words| {
        let (heading, text) = said(values, words.lang);
        html! {
            h3 { (words.n("programme-article", number)) @if let Some(heading) = heading { (dot()) bdi { (heading) } } }
            @match text {
                Some(text) => (prose(Some(words.lang), text)),
                None => p.quiet { (words.t("agreement-one-language")) },
            }
        }
    })
}

/// Heading and text of a clause in a language.
pub(super) fn said(values: &Values, lang: Lang) -> (Option<&str>, Option<&str>) {
    if values.lang == Some(lang) {
        (values.text(HEADING), values.text("text"))
    } else if values.text(OTHER_LANG).and_then(Lang::parse) == Some(lang) {
        (values.text(OTHER_HEADING), values.text(OTHER_TEXT))
    } else {
        (None, None)
    }
}

fn signatures(cx: &Cx, words: Words, version: Option<&ProgrammeVersion>) -> Markup {
    let Some(version) = version else {
        return html! { p.quiet { (words.t("programme-unsigned")) } };
    };
    let open = version.asks.iter().filter(|ask| ask.state.is_open());
    html! {
        h3 { (words.t("agreement-signatures")) }
        @for signature in &version.signatures {
            p { (words.t("programme-signed-by")) " " (service(&signature.service)) (dot()) (cx.shared.clocks.day(words, signature.at)) }
        }
        @for ask in open { p { (words.t("agreement-awaits")) " " (service(&ask.owing)) " " span.blank {} } }
        @if let Some(digest) = &version.digest { p.quiet { (words.t("programme-digest")) " " code dir="ltr" { (grouped(digest)) } } }
    }
}

/// A digest in groups, so that two papers are compared by eye.
fn grouped(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    let groups: Vec<String> = letters
        .chunks(8)
        .map(|part| part.iter().collect())
        .collect();
    groups.join(" ")
}
