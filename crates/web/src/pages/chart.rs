//! The link chart of an investigation: filters, time slices, one thing and what is around it, paths, figures of the view and of the thing
//! that the reader chose; the same as text; plates to print and files to take out. No order by a figure, and nothing of a figure is kept.

mod adopt;
mod taken;

use super::{Query, id};
use crate::charts::{
    Asked, Change, Chosen, LINES, Marks, SLICES, Seen, offered, relation_words, sort_words,
    too_many, whole,
};
use crate::context::{Cx, blocking, percent};
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::dot;
use crate::time::{civil_day, partial_text};
use crate::{assets, parts};
use axum::extract::Path;
use entente_app::views::{ChartUse, ChartView};
use entente_chart::{Dated, Evaluation, Link, Network, Sign, Span, Step, TimeSlice};
use entente_core::ids::DossierId;
use entente_core::kind::Kind;
use entente_core::kinds::investigation::links::LINK;
use maud::{Markup, PreEscaped, html};
use std::collections::{BTreeMap, BTreeSet};

pub use taken::{Taken, file, taken};

/// Evaluations that a filter offers, the strictest first.
const LEAST: [&str; 5] = ["A1", "B2", "B3", "C3", "X3"];
/// Things of which one can be chosen from a list.
const CHOICES: usize = 2_000;
/// Names in a list of who stayed, came and went.
const NAMES: usize = 200;

/// Signs of a chart, with the keys of their words.
const SIGNS: [(Sign, &str); 6] = [
    (Sign::Ours, "chart-sign-ours"),
    (Sign::Theirs, "chart-sign-theirs"),
    (Sign::Sure, "chart-sign-sure"),
    (Sign::Unsure, "chart-sign-unsure"),
    (Sign::Unassessed, "chart-sign-unassessed"),
    (Sign::Cut, "chart-sign-cut"),
];

type Asking = BTreeMap<String, String>;

/// The chart's page.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run_why(move |app, me| app.chart(me, dossier, ChartUse::Look))
        .await?;
    let asking: Asking = query.0;
    let (asked, words, path) = (
        Asked::of(&asking),
        cx.words,
        format!("/dossiers/{dossier}/chart"),
    );
    let page = Page {
        asking,
        path,
        asked,
    };
    let (view, page, seen) = blocking(move || {
        let to = |id: &str| Some(page.with(&[("thing", id), ("to", "")]));
        let seen = Seen::of(&view, &page.asked, words, &to);
        Ok((view, page, seen))
    })
    .await?;
    let main = main(&cx, &view, &page, &seen);
    cx.page(&words.t("chart-title"), &main)
}

/// What the address of the page is made of.
struct Page {
    asking: Asking,
    path: String,
    asked: Asked,
}

impl Page {
    /// The same address with some parameters changed; an empty one is left out.
    fn with(&self, changes: &[(&str, &str)]) -> String {
        self.at("", changes)
    }

    fn at(&self, below: &str, changes: &[(&str, &str)]) -> String {
        let mut all = self.asking.clone();
        all.extend(
            changes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let pairs = all.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
            .collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}{below}{mark}{}", self.path, pairs.join("&"))
    }

    fn said(&self, name: &str) -> &str {
        self.asking.get(name).map_or("", String::as_str)
    }
}

/// The way here, on the page of a dossier whose kind has things.
pub fn way(words: Words, dossier: DossierId, kind: &Kind) -> Markup {
    html! { @if kind.entry(LINK.name).is_some() { a.button href=(format!("/dossiers/{dossier}/chart")) { (words.t("chart-title")) } } }
}

fn main(cx: &Cx, view: &ChartView, page: &Page, seen: &Seen) -> Markup {
    let words = cx.words;
    let dossier = &view.things.dossier;
    html! {
        p.instead-of-print { (words.t("chart-not-printed")) }
        div.chart-page {
            p.kicker.ways {
                a href=(format!("/dossiers/{}", dossier.id)) { (words.t("entry-to-dossier")) } (dot())
                a href=(format!("/dossiers/{}/things", dossier.id)) { (words.t("things-title")) }
            }
            div.title-row { h1 { (words.t("chart-title")) " " bdi.number { (dossier.number) } } }
            p.quiet { (words.t("chart-why")) }
            (filters(words, &view.network, page, seen))
            (picture(words, page, seen))
            (of_chosen(cx, view, page, seen))
            @if !seen.things.is_empty() {
                (of_view(words, seen))
                (timeline(words, page, seen))
                @if let Some(change) = &seen.change { (changed(words, change)) }
                (table(words, seen))
                (ways_out(words, page))
            }
            @if view.things.withheld > 0 { p.quiet #withheld { (words.count("things-withheld", view.things.withheld)) } }
        }
        script type="module" src=(assets::chart()) {}
    }
}

/// What is asked first: who brought it, which sort, when. The rest is folded away until something of it is asked.
const FOLDED: [&str; 11] = [
    "thing", "around", "to", "relation", "least", "alone", "marks", "groups", "cut", "from2",
    "until2",
];

/// Everything that is asked, as one form without script.
fn filters(words: Words, network: &Network, page: &Page, seen: &Seen) -> Markup {
    let (sorts, _, origins) = offered(network);
    let origins = same(origins);
    let sorts = sorts
        .into_iter()
        .map(|sort| (sort.code().to_owned(), sort_words(words, sort)))
        .collect();
    let asked = FOLDED.iter().filter(|name| !page.said(name).is_empty());
    let asked = u64::try_from(asked.count()).unwrap_or(0);
    html! {
        form.chart-filters method="get" action=(page.path) {
            div.filters {
                (pick(words, page, ("origin", "chart-origin"), origins))
                (pick(words, page, ("what", "chart-what"), sorts))
                (days(words, page, ["from", "until"], ["chart-from", "chart-until"]))
                @if let Some(step) = page.asked.step { input type="hidden" name="step" value=(step.code()); }
                button type="submit" { (words.t("filter")) }
                @if !page.asking.is_empty() { " " a.quiet href=(page.path) { (words.t("chart-all")) } }
            }
            details.chart-more open[asked > 0] {
                summary { (words.t("chart-filters-more")) @if asked > 0 { " " span.count { (words.number(asked)) } } }
                div.chart-groups { (folded(words, network, page, seen)) }
            }
        }
    }
}

/// What is asked less often, by what it is about.
fn folded(words: Words, network: &Network, page: &Page, seen: &Seen) -> Markup {
    let (_, relations, _) = offered(network);
    let relations = relations
        .into_iter()
        .map(|code| (code.to_owned(), relation_words(words, code)))
        .collect();
    let marks = Marks::ALL
        .iter()
        .map(|(code, _)| ((*code).to_owned(), words.t(marks_key(code))))
        .collect();
    let around = (1..=3_u8)
        .map(|n| (n.to_string(), words.count("chart-steps", u64::from(n))))
        .collect();
    let choices = || seen.choices.iter().take(CHOICES).cloned().collect();
    let group =
        |key: &str, inside: Markup| html! { fieldset { legend { (words.t(key)) } (inside) } };
    html! {
        (group("chart-more-around", html! {
            (pick(words, page, ("thing", "chart-thing"), choices()))
            (pick(words, page, ("around", "chart-around"), around))
            (pick(words, page, ("to", "chart-to"), choices()))
        }))
        (group("chart-more-links", html! {
            (pick(words, page, ("relation", "chart-relation"), relations))
            (pick(words, page, ("least", "chart-least"), same(LEAST.into())))
            (tick(words, page, "alone", "chart-alone"))
        }))
        (group("chart-more-look", html! {
            (pick(words, page, ("marks", "chart-marks"), marks))
            (tick(words, page, "groups", "chart-groups"))
            (tick(words, page, "cut", "chart-cut"))
        }))
        (group("chart-more-second", html! {
            (days(words, page, ["from2", "until2"], ["chart-from2", "chart-until2"]))
        }))
    }
}

/// Codes that are shown as they are.
fn same(codes: BTreeSet<&str>) -> Vec<(String, String)> {
    let both = |code: &str| (code.to_owned(), code.to_owned());
    codes.into_iter().map(both).collect()
}

fn marks_key(code: &str) -> &'static str {
    match code {
        "links" => "chart-marks-links",
        "between" => "chart-marks-between",
        _ => "chart-marks-same",
    }
}

fn pick(
    words: Words,
    page: &Page,
    (name, key): (&str, &str),
    options: Vec<(String, String)>,
) -> Markup {
    let label = words.t(key);
    html! {
        select name=(name) aria-label=(label) {
            option value="" { (label) }
            @for (code, said) in &options { option value=(code) selected[page.said(name) == code] { (said) } }
        }
    }
}

fn tick(words: Words, page: &Page, name: &str, key: &str) -> Markup {
    html! { label { input type="checkbox" name=(name) value="yes" checked[!page.said(name).is_empty()]; " " (words.t(key)) } }
}

fn days(words: Words, page: &Page, names: [&str; 2], keys: [&str; 2]) -> Markup {
    html! {
        @for (name, key) in names.iter().zip(keys) {
            label { (words.t(key)) " " input type="date" name=(name) value=(page.said(name)); }
        }
    }
}

fn number(words: Words, n: usize) -> String {
    words.number(u64::try_from(n).unwrap_or(u64::MAX))
}

/// The chart with its legend; where there is too much, its parts.
fn picture(words: Words, page: &Page, seen: &Seen) -> Markup {
    html! {
        @match &seen.svg {
            Some(svg) => figure.chart data-chart {
                div.chart-tools {
                    @for (act, key) in [("in", "chart-zoom-in"), ("out", "chart-zoom-out"), ("all", "chart-zoom-all")] {
                        button.small type="button" data-do=(act) hidden { (words.t(key)) }
                    }
                    span.help { (words.t("chart-keys")) }
                }
                div.chart-sheet { (PreEscaped(svg)) }
                (legend(words))
            },
            None => section.calm {
                @if too_many(seen.things.len()) {
                    p { strong { (words.s("chart-large", &number(words, seen.things.len()))) } }
                    ul { @for (size, many) in seen.sizes.iter().take(20) { li { (words.two("chart-parts", &number(words, *many), &number(words, *size))) } } }
                } @else { p { (words.t(if page.asking.is_empty() { "chart-none" } else { "chart-empty" })) } }
            }
        }
        @if let Some(path) = seen.path {
            p #path { @match path { Some(links) => (words.count("chart-path", u64::from(links))), None => (words.t("chart-no-path")) } }
        }
        @if page.asked.thing.is_some() && seen.chosen.is_none() { p.alert { (words.t("chart-not-here")) } }
    }
}

/// What signs mean, in words: no meaning is in a colour.
fn legend(words: Words) -> Markup {
    let keys = SIGNS.iter().map(|(_, key)| *key).enumerate();
    html! {
        figcaption.legend {
            (words.t("chart-legend")) " "
            @for (place, key) in keys { @if place > 0 { (dot()) } (words.t(key)) }
        }
    }
}

/// Figures of the thing that the reader chose, with what each means and how far it depends on links that may be missing.
fn of_chosen(cx: &Cx, view: &ChartView, page: &Page, seen: &Seen) -> Markup {
    let words = cx.words;
    let Some(chosen) = &seen.chosen else {
        return html! {};
    };
    html! {
        section.panel #chosen {
            h2 { (words.t("chart-chosen")) " " a href=(format!("/things/{}", chosen.id)) { bdi { (chosen.label) } } }
            p.quiet { (words.t("chart-chosen-why")) }
            dl.facts {
                @for fact in chosen.figures() {
                    div { dt { (words.t(fact.name)) } dd { (shown(words, &fact.figure)) " " small { (words.t(fact.is)) } } }
                }
            }
            p { (words.t(chosen.position().1)) @if chosen.figures.cut { " " (words.t("chart-is-cut")) } }
            @if let Some(sources) = seen.estimated { p.quiet { (words.s("chart-estimated", &number(words, sources))) } }
            (sensitivity(words, chosen))
            (adopt::way(cx, view, page, chosen))
        }
    }
}

fn sensitivity(words: Words, chosen: &Chosen) -> Markup {
    let Some(told) = &chosen.sensitivity else {
        return html! {};
    };
    let ranges = [
        ("chart-f-links", &told.links),
        ("chart-f-between", &told.between),
        ("chart-f-closeness", &told.closeness),
    ];
    html! {
        p { (words.two("chart-missing", &number(words, told.missing), &number(words, told.runs))) }
        ul {
            @for (key, range) in ranges {
                li { (words.t(key)) " " (words.two("chart-range", &shown(words, &range.low.to_string()), &shown(words, &range.high.to_string()))) }
            }
            li { (words.two("chart-same-mark", &number(words, told.same_mark), &number(words, told.runs))) }
        }
    }
}

/// A figure with the digits and the decimal sign of the reader.
fn shown(words: Words, figure: &str) -> String {
    let comma = if words.t("chart-decimal") == "," {
        figure.replace('.', ",")
    } else {
        figure.to_owned()
    };
    words.digits(&comma)
}

fn of_view(words: Words, seen: &Seen) -> Markup {
    html! {
        section.panel #whole {
            h2 { (words.t("chart-whole")) }
            dl.facts {
                @for (_, key, figure) in whole(&seen.whole) {
                    div { dt { (words.t(key)) } dd { (shown(words, &figure)) } }
                }
                @if let Some((many, fit)) = &seen.groups {
                    div { dt { (words.t("chart-groups")) } dd { (number(words, *many)) " " small { (words.s("chart-modularity", &shown(words, fit))) } } }
                }
            }
        }
    }
}

/// Slices of time, each the way to what held in it.
fn timeline(words: Words, page: &Page, seen: &Seen) -> Markup {
    let (taken, slices) = (&seen.slices.0, &seen.slices.1);
    html! {
        section.panel #timeline {
            h2 { (words.t("chart-timeline")) }
            p.ways {
                @for (place, step) in Step::ALL.iter().enumerate() {
                    @if place > 0 { (dot()) }
                    a href=(page.with(&[("step", step.code())])) aria-current=[(step == taken).then_some("true")] { (words.t(step_key(*step))) }
                }
            }
            @if slices.is_empty() { p.quiet { (words.t("chart-no-dates")) } }
            @if slices.len() > SLICES {
                details { summary { (words.count("chart-slices", u64::try_from(slices.len()).unwrap_or(u64::MAX))) } (table_of_slices(words, page, slices)) }
            } @else if !slices.is_empty() { (table_of_slices(words, page, slices)) }
            @if slices.iter().any(|one| one.unsure > 0) { p.quiet { (words.t("chart-partial")) } }
            @if seen.undated > 0 { p.quiet { (words.count("chart-undated", u64::try_from(seen.undated).unwrap_or(u64::MAX))) } }
        }
    }
}

fn table_of_slices(words: Words, page: &Page, slices: &[TimeSlice]) -> Markup {
    let most = slices.iter().map(|slice| slice.links).max().unwrap_or(0);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("chart-timeline")) { table.list.figures {
            thead { tr { th scope="col" { (words.t("chart-slice")) } th scope="col" { (words.t("chart-v-things")) } th scope="col" { (words.t("chart-links")) } th scope="col" {} } }
            tbody { @for one in slices {
                @let (from, until) = (one.slice.from.to_string(), one.slice.until.to_string());
                tr {
                    th scope="row" { a href=(page.with(&[("from", &from), ("until", &until)])) { (civil_day(words, &from)) " – " (civil_day(words, &until)) } }
                    td.num { (number(words, one.things)) }
                    td.num { (number(words, one.links)) }
                    td { meter min="0" max=(most.max(1)) value=(one.links) aria-label=(words.t("chart-links")) { (one.links) } " "
                        a.quiet href=(page.with(&[("from2", &from), ("until2", &until)])) { (words.t("chart-compare")) }
                        @if one.unsure > 0 { div.quiet { (words.count("chart-unsure", u64::try_from(one.unsure).unwrap_or(u64::MAX))) } } }
                }
            } }
        } }
    }
}

fn step_key(step: Step) -> &'static str {
    match step {
        Step::Week => "chart-week",
        Step::Month => "chart-month",
        Step::Quarter => "chart-quarter",
        Step::Year => "chart-year",
    }
}

/// Who stays, comes and goes from this time to the other, and whose links changed in number.
fn changed(words: Words, change: &Change) -> Markup {
    let lists = [
        ("chart-stay", &change.stay),
        ("chart-come", &change.come),
        ("chart-go", &change.go),
    ];
    html! {
        section.panel #change {
            h2 { (words.t("chart-changed")) }
            dl.facts { @for (key, names) in lists {
                div { dt { (words.t(key)) " " span.count { (number(words, names.len())) } }
                    dd { (parts::listed(words, names.iter().take(NAMES).map(|name| html! { bdi { (name) } }))) @if names.len() > NAMES { " …" } } }
            } }
            @if !change.pairs.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(words.t("chart-pairs-changed")) { table.list.figures {
                    caption { (words.t("chart-pairs-changed")) }
                    thead { tr { th scope="col" { (words.t("chart-thing")) } th scope="col" { (words.t("chart-thing")) } th scope="col" { (words.t("chart-now")) } th scope="col" { (words.t("chart-then")) } } }
                    tbody { @for (one, other, before, after) in change.pairs.iter().take(NAMES) {
                        tr { td { bdi { (one) } } td { bdi { (other) } } td.num { (number(words, *before)) } td.num { (number(words, *after)) } }
                    } }
                } }
            }
        }
    }
}

/// The chart as text: every link in view, in the order in which they were brought.
fn table(words: Words, seen: &Seen) -> Markup {
    let heads = [
        "chart-end",
        "chart-how",
        "chart-end",
        "chart-when",
        "chart-brought",
        "chart-evaluation",
        "chart-source",
    ];
    html! {
        section.panel #links {
            h2 { (words.t("chart-table")) " " span.count { (number(words, seen.links.len())) } }
            (parts::nothing(words, seen.links.is_empty()))
            @if !seen.links.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(words.t("chart-table")) { table.list {
                    thead { tr { @for head in heads { th scope="col" { (words.t(head)) } } } }
                    tbody { @for (link, from, to) in seen.links.iter().take(LINES) { (row(words, link, from, to)) } }
                } }
            }
            @if seen.links.len() > LINES { p.quiet { (words.s("chart-more", &number(words, LINES))) } }
        }
    }
}

fn row(words: Words, link: &Link, from: &str, to: &str) -> Markup {
    html! { tr {
        td { a href=(format!("/things/{}", link.from)) { bdi { (from) } } }
        td { (relation_words(words, &link.relation)) }
        td { a href=(format!("/things/{}", link.to)) { bdi { (to) } } }
        td { (when(words, link.span)) }
        td { bdi { (link.origin) } }
        td { (link.evaluation.map(Evaluation::code).unwrap_or_else(|| "—".to_owned())) }
        td { @for source in &link.sources { a href=(format!("/entries/{source}")) { (words.t("chart-entry")) } } }
    } }
}

fn when(words: Words, span: Span) -> String {
    let day = |date: Dated| partial_text(words, &date.to_string());
    match (span.from, span.until) {
        (None, None) => "—".to_owned(),
        (Some(from), None) => words.s("thing-from", &day(from)),
        (None, Some(until)) => words.s("thing-to", &day(until)),
        (Some(from), Some(until)) if from == until => day(from),
        (Some(from), Some(until)) => words.two("thing-from-to", &day(from), &day(until)),
    }
}

/// Plates and files of what is in view.
fn ways_out(words: Words, page: &Page) -> Markup {
    html! {
        section.panel #out {
            h2 { (words.t("chart-out")) }
            p.quiet { (words.t("chart-out-why")) }
            p.row { @for taken in Taken::ALL { a.button href=(page.at(&format!("/{}", taken.name()), &[])) { (words.t(taken.key())) } } }
            p.quiet { (words.t("chart-case-why")) }
        }
    }
}

/// The same as text for a command line: what is in view, figures, links.
#[must_use]
pub fn plain(words: Words, view: &ChartView, seen: &Seen) -> String {
    let mut lines = vec![
        format!(
            "{} · {}",
            words.t("chart-title"),
            view.things.dossier.number
        ),
        words.t("chart-why"),
    ];
    lines.extend(
        whole(&seen.whole)
            .into_iter()
            .map(|(_, key, figure)| format!("{}: {}", words.t(key), shown(words, &figure))),
    );
    if let Some(path) = seen.path {
        lines.push(path.map_or_else(
            || words.t("chart-no-path"),
            |links| words.count("chart-path", u64::from(links)),
        ));
    }
    if let Some(chosen) = &seen.chosen {
        lines.push(format!(
            "{} \u{2068}{}\u{2069}",
            words.t("chart-chosen"),
            chosen.label
        ));
        lines.extend(
            chosen
                .figures()
                .into_iter()
                .map(|fact| format!("  {}: {}", words.t(fact.name), shown(words, &fact.figure))),
        );
        lines.push(format!("  {}", words.t(chosen.position().1)));
    }
    for (link, from, to) in &seen.links {
        let how = relation_words(words, &link.relation);
        let sure = link.evaluation.map(Evaluation::code).unwrap_or_default();
        lines.push(format!(
            "\u{2068}{from}\u{2069} · {how} · \u{2068}{to}\u{2069} · {} · {} {sure}",
            when(words, link.span),
            link.origin
        ));
    }
    if view.things.withheld > 0 {
        lines.push(words.count("things-withheld", view.things.withheld));
    }
    lines.join("\n") + "\n"
}
