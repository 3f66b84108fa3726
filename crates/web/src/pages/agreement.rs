//! The agreement of an investigation: what is in force or proposed, who signed it, what a version changes, and the whole on paper in both of
//! its languages side by side.

use super::{Query, id, named};
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, instead, listed, obligations, prose, service};
use crate::time::civil_day;
use axum::extract::Path;
use entente_app::views::{AgreementSignature, AgreementState, AgreementVersion, AgreementView};
use entente_core::field::Values;
use entente_core::ids::DossierId;
use entente_core::kinds::investigation::agreement::{BEGINS, CLAUSES, Clause, ENDS, OTHER_LANG};
use entente_core::label::Lang;
use maud::{Markup, html};

/// The agreement's page: the version that is asked for, else what waits for a signature, else what is in force.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let wanted = named(&query, "version")?;
    let view = cx.run(move |app, me| app.agreement(me, dossier)).await?;
    let words = cx.words;
    let waits = |v: &&AgreementVersion| v.state == AgreementState::Proposed;
    let shown = match wanted {
        Some(entry) => view.version(entry),
        None => view.versions.iter().rfind(waits).or(view.in_force()),
    };
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        h1 { (words.t("agreement-title")) }
        (propose(&cx, &view))
        section.panel #versions data-live-part {
            h2 { (words.t("agreement-versions")) }
            (instead(view.versions.is_empty(), &words.t("agreement-none")))
            ul.things { @for version in view.versions.iter().rev() { (line(&cx, &view, version)) } }
        }
        @if let Some(version) = shown {
            @if let Some(before) = view.before(version) { (changes(&cx, before, version)) }
            (paper(&cx, &view, version))
        }
    };
    cx.page(&words.t("agreement-title"), &main)
}

fn propose(cx: &Cx, view: &AgreementView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.forms.is_empty() {
            div.actions {
                @for form in &view.forms {
                    a.button href=(format!("/dossiers/{}/write/{}", view.dossier.id, form.name)) {
                        @if view.versions.is_empty() { (words.label(form.verb)) } @else { (words.t("agreement-amend")) }
                    }
                }
            }
        }
    }
}

fn standing(words: Words, state: AgreementState) -> String {
    match state {
        AgreementState::Proposed => words.t("agreement-proposed"),
        AgreementState::Signed => words.t("agreement-in-force"),
        AgreementState::Replaced => words.t("agreement-replaced"),
        AgreementState::NotAgreed => words.t("agreement-not-agreed"),
        AgreementState::Unread => words.t("programme-version-unread"),
    }
}

/// One version with who signed it, and what it still asks.
fn line(cx: &Cx, view: &AgreementView, version: &AgreementVersion) -> Markup {
    let words = cx.words;
    let author = version.signatures.first();
    let ours = author.is_some_and(|s| s.service.node() == *cx.me());
    html! {
        li.ours[ours].theirs[!ours] {
            p {
                a href=(format!("/dossiers/{}/agreement?version={}", view.dossier.id, version.entry)) {
                    (words.n("agreement-version", i64::from(version.number)))
                }
                (dot()) strong { (standing(words, view.standing(version))) }
            }
            p.ob-facts { @for (i, signature) in version.signatures.iter().enumerate() { @if i > 0 { (dot()) } (signed(cx, signature)) } }
            (obligations(cx, &version.asks, Place::Under))
        }
    }
}

fn signed(cx: &Cx, signature: &AgreementSignature) -> Markup {
    html! {
        a href=(format!("/entries/{}", signature.entry)) { (cx.words.t("agreement-signed-by")) } " "
        (service(&signature.service)) " " (cx.time(signature.at))
    }
}

/// The text of a clause, in one of the two languages.
fn said<'v>(values: Option<&'v Values>, name: &str) -> &'v str {
    values
        .and_then(|values| values.text(name))
        .unwrap_or_default()
        .trim()
}

/// What a version changes, clause by clause: what stood, and what would stand.
fn changes(cx: &Cx, before: &AgreementVersion, after: &AgreementVersion) -> Markup {
    let words = cx.words;
    let (old, new) = (before.values.as_ref(), after.values.as_ref());
    let differs = |name: &str| said(old, name) != said(new, name);
    let changed = CLAUSES
        .iter()
        .filter(|c| differs(c.name) || differs(c.other));
    let changed: Vec<&Clause> = changed.collect();
    let period = differs(BEGINS) || differs(ENDS);
    let printed = before.printed && after.printed;
    html! {
        section.panel #changes {
            h2 { (words.n("agreement-changes", i64::from(before.number))) }
            (instead(changed.is_empty() && !period, &words.t("agreement-no-change")))
            dl.facts.changes.unprinted[!printed] {
                @if period {
                    dt { (words.t("agreement-period")) }
                    dd { del { (period_of(words, old)) } " " ins { (period_of(words, new)) } }
                }
                @for clause in changed {
                    dt { (words.label(clause.heading)) }
                    dd { @for name in [clause.name, clause.other] { @if differs(name) { (replaced((old, new), name)) } } }
                }
            }
        }
    }
}

fn replaced((old, new): (Option<&Values>, Option<&Values>), name: &str) -> Markup {
    let (was, is) = (said(old, name), said(new, name));
    html! {
        div {
            @if !was.is_empty() { del dir="auto" { (was) } " " }
            @if !is.is_empty() { ins dir="auto" { (is) } }
        }
    }
}

fn period_of(words: Words, values: Option<&Values>) -> String {
    let day = |name| civil_day(words, said(values, name));
    match values {
        Some(_) => words.two("thing-from-to", &day(BEGINS), &day(ENDS)),
        None => String::new(),
    }
}

/// The agreement as a document: each clause in both of its languages.
fn paper(cx: &Cx, view: &AgreementView, version: &AgreementVersion) -> Markup {
    let words = cx.words;
    let Some(values) = &version.values else {
        return html! { p.gone { (words.t("agreement-not-readable")) } };
    };
    let first = values.lang.unwrap_or(words.lang);
    let second = values.text(OTHER_LANG).and_then(Lang::parse);
    let both: Vec<Words> = std::iter::once(first)
        .chain(second.filter(|second| *second != first))
        .map(|lang| Words::new(lang, words.numerals()))
        .collect();
    let document = html! {
        article.letter.agreement #document {
            header.both { @for words in &both { (column(*words, &heading(*words, view, version))) } }
            @for clause in CLAUSES { (clause_of(&both, values, clause)) }
            (signatures(cx, &both, version))
        }
    };
    html! {
        (half_written(words, values))
        @if !version.printed { p.instead-of-print { (words.t("print-barred")) } }
        div.unprinted[!version.printed] { (document) }
    }
}

/// Which clauses a version has in one of its languages only: it was signed so, and a new version has to complete them.
fn half_written(words: Words, values: &Values) -> Markup {
    let half = CLAUSES.iter().filter(|c| c.unwritten(values).is_some());
    let half: Vec<&Clause> = half.collect();
    let headings = half
        .iter()
        .map(|clause| html! { (words.label(clause.heading)) });
    html! {
        @if !half.is_empty() {
            p.notice #half {
                (words.count("agreement-half", u64::try_from(half.len()).unwrap_or(u64::MAX))) " " (listed(words, headings))
            }
        }
    }
}

fn column(words: Words, what: &Markup) -> Markup {
    html! { div lang=(words.lang) dir=(words.lang.dir()) { (what) } }
}

fn heading(words: Words, view: &AgreementView, version: &AgreementVersion) -> Markup {
    let values = version.values.as_ref();
    html! {
        p { bdi.number { (view.dossier.number) } (dot()) (words.n("agreement-version", i64::from(version.number))) (dot()) (standing(words, view.standing(version))) }
        h2 { (words.t("agreement-title")) }
        p { strong { (words.t("agreement-period")) } " " (period_of(words, values)) }
    }
}

/// One clause in its languages; where it was not written in the second, that is said and not hidden.
fn clause_of(both: &[Words], values: &Values, clause: &Clause) -> Markup {
    let texts = [clause.name, clause.other].map(|name| said(Some(values), name));
    let spoken = both.iter().zip(texts);
    html! {
        @if texts.iter().any(|text| !text.is_empty()) {
            section.both {
                @for (words, text) in spoken {
                    (column(*words, &html! {
                        h3 { (words.label(clause.heading)) }
                        @if text.is_empty() { p.quiet { (words.t("agreement-one-language")) } } @else { (prose(Some(words.lang), text)) }
                    }))
                }
            }
        }
    }
}

fn signatures(cx: &Cx, both: &[Words], version: &AgreementVersion) -> Markup {
    let open = version.asks.iter().filter(|ask| ask.state.is_open());
    let open: Vec<_> = open.map(|ask| &ask.owing).collect();
    html! {
        footer.both {
            @for words in both {
                (column(*words, &html! {
                    h3 { (words.t("agreement-signatures")) }
                    @for signature in &version.signatures {
                        p { (words.t("agreement-signed-by")) " " (service(&signature.service)) (dot()) (cx.shared.clocks.day(*words, signature.at)) }
                    }
                    @for owing in &open { p { (words.t("agreement-awaits")) " " (service(owing)) " " span.blank {} } }
                }))
            }
        }
    }
}
