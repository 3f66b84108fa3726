//! Finding dossiers: full text and filters.

use super::{Query, admission, page_of, with_page};
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, instead, obligations, pager, type_label};
use crate::time::rfc3339;
use entente_app::views::{DossierLine, DossierList, DossierQuery, Hit, LinkView};
use entente_core::codes::Phase;
use entente_core::kinds;
use maud::{Markup, html};
use std::collections::BTreeMap;

const EACH: u32 = 50;

/// Reads the filters of a query.
pub fn query_of(query: &BTreeMap<String, String>) -> DossierQuery {
    let text = |name: &str| query.get(name).filter(|v| !v.is_empty());
    DossierQuery {
        text: text("q")
            .map(|t| t.chars().take(200).collect())
            .unwrap_or_default(),
        kind: text("kind").cloned(),
        phase: text("phase").and_then(|p| Phase::parse(p)),
        partner: text("partner").and_then(|p| p.parse().ok()),
        page: page_of(query).unwrap_or(0),
        within: text("for").and_then(|dossier| dossier.parse().ok()),
    }
}

/// The list.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let asked = query_of(&query);
    let (list, links) = {
        let asked = asked.clone();
        cx.run(move |app, me| Ok((app.dossiers(me, &asked)?, app.links(me)?)))
            .await?
    };
    let words = cx.words;
    let main = html! {
        div.title-row { h1 { (words.t("nav-dossiers")) } (super::today::opening_menu(&cx)) }
        (filters(&cx, &asked, &links))
        @if !list.numbered.is_empty() {
            section.panel #numbered {
                h2 { (words.t("search-numbered")) }
                (obligations(&cx, &list.numbered, Place::List))
            }
        }
        (hits(&cx, &list))
        section #dossiers data-live-part {
            p.quiet { (words.count("dossiers-found", list.total)) }
            @if !cx.writes() { (super::today::no_content(&cx)) }
            @else { (table(&cx, &list.lines)) }
            @if list.lines.is_empty() && list.hits.is_empty() { (ask_by_number(&cx)) }
            (pager(words, asked.page, list.total, EACH, &|p| with_page("/dossiers", &query, p)))
        }
    };
    cx.page(&words.t("nav-dossiers"), &main)
}

/// The way on for whoever knows the number of a dossier and finds nothing: the same whether there is one or not.
fn ask_by_number(cx: &Cx) -> Markup {
    html! {
        @if admission::offers(cx) { p { a.quiet href="/admission" { (cx.words.t("admission-ask")) } } }
    }
}

fn filters(cx: &Cx, asked: &DossierQuery, links: &[LinkView]) -> Markup {
    let words = cx.words;
    html! {
        form.filters method="get" action="/dossiers" {
            @if let Some(within) = asked.within { input type="hidden" name="for" value=(within); }
            input type="search" name="q" value=(asked.text) dir="auto" maxlength="200" aria-label=(words.t("search")) placeholder=(words.t("search"));
            select name="kind" aria-label=(words.t("filter-kind")) {
                option value="" { (words.t("filter-kind")) }
                @for kind in kinds::ALL { option value=(kind.name) selected[asked.kind.as_deref() == Some(kind.name)] { (words.label(kind.label)) } }
            }
            select name="phase" aria-label=(words.t("filter-phase")) {
                option value="" { (words.t("filter-phase")) }
                @for phase in Phase::ALL { option value=(phase) selected[asked.phase == Some(*phase)] { (words.label(phase.label())) } }
            }
            select name="partner" aria-label=(words.t("filter-partner")) {
                option value="" { (words.t("filter-partner")) }
                @for link in links { option value=(link.partner) selected[asked.partner.as_ref() == Some(&link.partner)] { (link.partner) } }
            }
            button type="submit" { (words.t("filter")) }
        }
    }
}

fn hits(cx: &Cx, list: &DossierList) -> Markup {
    let words = cx.words;
    html! {
        @if !list.hits.is_empty() {
            section.panel {
                h2 { (words.t("search-entries")) }
                ul.lines {
                    @for hit in &list.hits {
                        li {
                            span.unprinted[!hit.printed] { a href=(format!("/entries/{}", hit.entry)) { (found_by(words, hit)) } }
                            @if hit.corrected { " " strong.tag { (words.t("corrected-since")) } }
                            (dot()) bdi { (hit.dossier.number) } " " (crate::parts::title(words, &hit.dossier.title)) (dot()) small { (cx.time(hit.at)) }
                        }
                    }
                }
            }
        }
    }
}

/// What leads to an entry that was found: its first words, else what sort of entry it is.
fn found_by(words: Words, hit: &Hit) -> Markup {
    let entry_type = hit.dossier.kind.entry(&hit.kind);
    html! {
        @if hit.words.is_empty() { (type_label(words, entry_type, &hit.kind)) }
        @else { bdi { (hit.words) } }
    }
}

/// Dossiers as a table.
pub fn table(cx: &Cx, lines: &[DossierLine]) -> Markup {
    let words = cx.words;
    html! {
        (instead(lines.is_empty(), &words.t("empty-dossiers")))
        @if !lines.is_empty() {
            div.scroll {
                table.list {
                    thead { tr {
                        th scope="col" { (words.t("col-number")) } th scope="col" { (words.t("col-title")) } th scope="col" { (words.t("filter-kind")) }
                        th scope="col" { (words.t("filter-phase")) } th scope="col" { (words.t("col-with")) } th.num scope="col" { (words.t("col-open")) }
                        th scope="col" { (words.t("col-updated")) }
                    } }
                    tbody { @for line in lines { (row(cx, line)) } }
                }
            }
        }
    }
}

fn row(cx: &Cx, line: &DossierLine) -> Markup {
    let words = cx.words;
    html! {
        tr {
            td { bdi.number { (line.number) } }
            td { a href=(format!("/dossiers/{}", line.id)) { (crate::parts::title(words, &line.title)) } }
            td { (words.label(line.kind.label)) }
            td { (words.label(line.phase.label())) }
            td { @for node in line.nodes.iter().filter(|n| *n != cx.me()) { bdi { (node) } " " } }
            td.num {
                @if line.open > 0 { (words.number(line.open)) }
                @if line.overdue > 0 { " " strong.late { (words.count("overdue-count", line.overdue)) } }
            }
            td { time datetime=(rfc3339(line.updated)) { (cx.shared.clocks.day(words, line.updated)) } }
        }
    }
}
