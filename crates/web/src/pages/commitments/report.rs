//! The report to the next High-Level Meeting, made from the record and on paper in two languages side by side: by theme what was promised, what both
//! agree was kept and what one side alone says, each commitment with where it stands and what shows it.

use super::super::Query;
use super::super::declaration::{stands_as, topic_words};
use super::{Filter, Line, figures as of_points, lines, number, state_words};
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::columns::{self, row, words_in};
use crate::parts::prose;
use crate::time::civil_day;
use entente_app::views::{CommitmentsView, EvidenceView, FollowUp, PointView};
use entente_core::ids::NodeName;
use entente_core::label::Lang;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The page: in the reader's language and the one that `with` names, Arabic or French unless told.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let other = match query.get("with").filter(|lang| !lang.is_empty()) {
        Some(lang) => Lang::parse(lang).ok_or_else(Fail::not_found)?,
        None if cx.words.lang == Lang::Ar => Lang::Fr,
        None => Lang::Ar,
    };
    let filter = Filter::of(&query)?;
    let follow = filter.report();
    let view = cx.run(move |app, me| app.follow_up(me, &follow)).await?;
    let title = cx.words.t("commitments-report");
    let main = html! {
        p.kicker.ways { a href="/commitments" { (cx.words.t("commitments-title")) } }
        h1.unprinted { (title) }
        article.letter.agreement #document { (document(&cx, &view, &filter, other)) }
    };
    cx.page(&title, &main)
}

/// By theme, each row in both languages.
fn document(cx: &Cx, view: &CommitmentsView, filter: &Filter, other: Lang) -> Markup {
    let chosen = lines(view, filter);
    let spoken = |lang: &Lang| *lang == cx.words.lang || *lang == other;
    let both = words_in(cx.words, &columns::languages(spoken));
    let themes: BTreeSet<&'static str> = chosen.iter().map(|line| line.theme).collect();
    let stated = of_points::chosen(view, filter);
    html! {
        (row(&both, &|words| html! {
            h2 { (words.t("commitments-report")) }
            @if let Some(partner) = &view.partner { p { bdi { (cx.me()) } " – " bdi { (partner) } } }
            p { (words.t("commitments-made")) " " (cx.shared.clocks.day(words, cx.now)) }
            (selection(words, filter))
            (figures(words, &chosen))
        }))
        @if !stated.is_empty() { (row(&both, &|words| of_points::report(words, &stated))) }
        @for theme in themes {
            @let of: Vec<&Line<'_>> = chosen.iter().filter(|line| line.theme == theme).collect();
            (row(&both, &|words| html! { h3 { (topic_words(words, theme)) } }))
            @for (first, all) in by_point(&of) {
                div.unprinted[!first.of.printed] { (row(&both, &|words| commitment(cx, words, first, &all))) }
                @if !first.of.printed { p.instead-of-print { (cx.words.t("commitments-print-barred")) } }
            }
        }
    }
}

/// Pledges of one point together, in their order.
fn by_point<'a, 'v>(lines: &[&'a Line<'v>]) -> Vec<(&'a Line<'v>, Vec<&'a Line<'v>>)> {
    let mut out: Vec<(&Line<'v>, Vec<&Line<'v>>)> = Vec::new();
    for line in lines {
        let entry = line.of.point.entry;
        match out
            .iter_mut()
            .find(|(first, _)| first.of.point.entry == entry)
        {
            Some((_, all)) => all.push(line),
            None => out.push((line, vec![line])),
        }
    }
    out
}

/// Every state a promise may be in, each once: the columns sum to what was promised.
const COLUMNS: [FollowUp; 5] = [
    FollowUp::Agreed,
    FollowUp::Claimed,
    FollowUp::Open,
    FollowUp::Late,
    FollowUp::Ended,
];

/// That it is a selection, and of what: who reads the paper alone must not take it for all.
fn selection(words: Words, filter: &Filter) -> Markup {
    let theme = filter.theme.as_deref();
    let chosen = [
        theme.map(|theme| topic_words(words, theme)),
        filter.side.as_ref().map(ToString::to_string),
        filter.state.map(|state| state_words(words, state)),
    ];
    let chosen: Vec<String> = chosen.into_iter().flatten().collect();
    html! {
        @if !chosen.is_empty() {
            p.selection { strong { (words.t("commitments-selection")) } " " @for (at, one) in chosen.iter().enumerate() { @if at > 0 { (dot()) } bdi { (one) } } }
        }
    }
}

/// By side: what was promised, what both agree on, what that side alone says, and what neither.
fn figures(words: Words, chosen: &[Line<'_>]) -> Markup {
    let sides: BTreeSet<&NodeName> = chosen.iter().map(|line| &line.side).collect();
    let count = |side: &NodeName, state: Option<FollowUp>| {
        let of = chosen.iter().filter(|line| line.side == *side);
        let of = of.filter(|line| state.is_none_or(|state| line.state == state));
        number(words, of.count())
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("commitments-promised")) {
            table.list.figures {
                thead { tr {
                    th scope="col" { (words.t("commitments-side")) }
                    th scope="col" { (words.t("commitments-promised")) }
                    th scope="col" { (words.t("commitments-agreed-figures")) }
                    th scope="col" { (words.t("commitments-unagreed-figures")) }
                    th scope="col" { (words.t("commitments-open")) }
                    th scope="col" { (words.t("commitments-late")) }
                    th scope="col" { (words.t("commitments-ended")) }
                } }
                tbody { @for side in sides { tr {
                    th scope="row" { bdi { (side) } }
                    td.num { (count(side, None)) }
                    @for state in COLUMNS { td.num { (count(side, Some(state))) } }
                } } }
            }
        }
    }
}

/// What was promised, in the language of the column where the declaration has it.
pub(super) fn said(p: &PointView, lang: Lang) -> (Option<Lang>, &str) {
    let text = p.texts.iter().find(|(of, _)| of == lang.as_str());
    match text {
        Some((_, text)) => (Some(lang), text),
        None => (None, &p.title),
    }
}

/// Says that a declaration has its text in another language alone.
fn only_in(words: Words, lang: &str) -> String {
    match Lang::parse(lang) {
        Some(Lang::Fr) => words.t("commitments-only-fr"),
        Some(Lang::Ar) => words.t("commitments-only-ar"),
        Some(Lang::En) => words.t("commitments-only-en"),
        None => String::new(),
    }
}

/// What shows that it was kept, each once, by the side that names it: one side's proof is not the other's.
fn by_side(p: &PointView) -> BTreeMap<NodeName, Vec<&EvidenceView>> {
    let mut out: BTreeMap<NodeName, Vec<&EvidenceView>> = BTreeMap::new();
    for shown in &p.evidence {
        let own = out.entry(shown.by.node()).or_default();
        if own.iter().all(|known| known.entry != shown.entry) {
            own.push(shown);
        }
    }
    out
}

fn commitment(cx: &Cx, words: Words, first: &Line<'_>, all: &[&Line<'_>]) -> Markup {
    let p = &first.of.point;
    let (lang, text) = said(p, words.lang);
    html! {
        p { @if !p.point.is_empty() { bdi.number { (p.point) } } @if !first.of.date.is_empty() { " " (civil_day(words, &first.of.date)) } }
        (prose(lang, text))
        @if lang.is_none() { @for (own, _) in p.texts.iter().take(1) { p.quiet { (only_in(words, own)) } } }
        @for line in all {
            p.ob-facts {
                bdi { (line.side) } (dot()) (state_words(words, line.state))
                @if line.owed.contested.is_some() { (dot()) (words.t("commitments-contested")) }
                @if let Some(due) = line.owed.due { (dot()) (words.t("point-due")) " " (cx.shared.clocks.day(words, due)) }
            }
        }
        @if p.evidence.is_empty() { p.ob-facts { (words.t("commitments-evidence")) (dot()) (words.t("commitments-no-evidence")) } }
        @for (side, given) in by_side(p) {
            p.ob-facts {
                (words.t("commitments-evidence-of")) " " bdi { (side) } (dot())
                @for (at, shown) in given.iter().enumerate() { @if at > 0 { (dot()) } (stands_as(words, shown)) " " bdi.number { (shown.dossier.number) } }
            }
        }

    }
}
