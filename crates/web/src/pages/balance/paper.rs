//! The balance on paper, in two languages side by side, as the report of commitments is made.

use super::super::{Query, id};
use super::{definitions, named, period, plots, said, tables, themes};
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::parts::columns::{languages, row, words_in};
use axum::extract::Path;
use entente_app::views::BalanceView;
use entente_core::ids::NodeName;
use entente_core::label::Lang;
use maud::{Markup, html};

/// The page: in the reader's language and the one that `with` names, Arabic or French unless told.
pub async fn show(cx: Cx, Path(partner): Path<String>, query: Query) -> Reply {
    let partner: NodeName = id(&partner)?;
    let other = match query.get("with").filter(|lang| !lang.is_empty()) {
        Some(lang) => Lang::parse(lang).ok_or_else(Fail::not_found)?,
        None if cx.words.lang == Lang::Ar => Lang::Fr,
        None => Lang::Ar,
    };
    let (from, to) = period(&query, cx.now)?;
    let mut view = cx
        .run(move |app, me| app.balance(me, &partner, from, to))
        .await?;
    // What series mean to reach stands in words of their openings, whose originators may not let them be printed: not on paper.
    view.target = None;
    // The same of what was promised, if the author of one point bars it.
    view.themes = view.themes.filter(|told| told.prints);
    let title = cx.words.t("balance-paper");
    let main = html! {
        p.kicker.ways { a href=(super::address(&view, "")) { (cx.words.s("balance-with", view.partner.as_str())) } }
        h1.unprinted { (title) }
        article.letter.agreement.balance #document { (document(&cx, &view, other)) }
    };
    cx.page(&title, &main)
}

/// Each row in both languages: what is said, the plots one by one, all figures, what they mean.
fn document(cx: &Cx, view: &BalanceView, other: Lang) -> Markup {
    let spoken = |lang: &Lang| *lang == cx.words.lang || *lang == other;
    let both = words_in(cx.words, &languages(spoken));
    let nodes: Vec<&NodeName> = view.reading.sides.keys().collect();
    let drawn: Vec<Vec<Markup>> = both.iter().map(|w| plots::made(*w, view)).collect();
    let many = drawn.iter().map(Vec::len).max().unwrap_or(0);
    html! {
        (row(&both, &|words| html! {
            h2 { (words.t("balance")) }
            p { @for (place, node) in nodes.iter().enumerate() { @if place > 0 { " – " } bdi { (node) } } }
            p { (named(cx, words, view)) }
            p { (words.t("commitments-made")) " " (cx.shared.clocks.day(words, cx.now)) }
        }))
        (row(&both, &|words| said(words, view)))
        @for place in 0..many {
            (row(&both, &|words| {
                let of = both.iter().position(|w| *w == words);
                let plots = of.and_then(|n| drawn.get(n));
                html! { @if let Some(one) = plots.and_then(|p| p.get(place)) { (one) } }
            }))
        }
        (row(&both, &|words| html! { h3 { (words.t("balance-all")) } (tables::figures_table(words, &tables::sides(words, view))) }))
        @if view.themes.is_some() { (row(&both, &|words| themes::tables(words, view))) }
        (row(&both, &|words| html! { h3 { (words.t("balance-definitions")) } }))
        @for one in definitions::DEFINED { (row(&both, &|words| html! { dl.defined { (definitions::defined(words, one)) } })) }
    }
}
