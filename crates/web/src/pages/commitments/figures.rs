//! Figures of commitments: what each side holds, at the point, counted in the matrix, and in the report those that both agree on apart from those
//! on which they stand side by side.

use super::{Filter, lines, number, theme};
use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{Place, obligations_about};
use crate::time::civil_day;
use entente_app::views::{
    CommitmentsView, Committed, DossierView, FigureView, ObligationView, PointView,
};
use entente_core::ids::{EntryId, NodeName};
use entente_core::kinds::declaration::figures::{FIGURE, Standing, units};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A figure with the point that it is about.
pub type Of<'a> = (&'a Committed, &'a FigureView);

/// The figures of what is chosen, in the order of the points.
#[must_use]
pub fn chosen<'a>(view: &'a CommitmentsView, filter: &Filter) -> Vec<Of<'a>> {
    let by_pledge = filter.side.is_some() || filter.state.is_some();
    let pledged: BTreeSet<EntryId> = match by_pledge {
        true => lines(view, filter)
            .iter()
            .map(|line| line.of.point.entry)
            .collect(),
        false => BTreeSet::new(),
    };
    let of_theme = |of: &&Committed| {
        let own = theme(&of.point.topic);
        filter.theme.as_deref().is_none_or(|wanted| wanted == own)
    };
    let taken = |of: &&Committed| of_theme(of) && (!by_pledge || pledged.contains(&of.point.entry));
    let points = view.points.iter().filter(taken);
    points
        .flat_map(|of| of.point.figures.iter().map(move |figure| (of, figure)))
        .collect()
}

/// How many of some figures both sides agree on, and how many there are.
pub(super) fn counted<'a>(all: impl Iterator<Item = &'a FigureView>) -> (usize, usize) {
    let (mut agreed, mut whole) = (0_usize, 0_usize);
    for one in all {
        whole = whole.saturating_add(1);
        let agrees = matches!(one.standing, Standing::Agreed(_));
        agreed = agreed.saturating_add(usize::from(agrees));
    }
    (agreed, whole)
}

/// The unit of a figure in words.
fn unit(words: Words, code: &str) -> String {
    let known = units();
    let found = known.iter().find(|(known, _)| *known == code);
    found.map_or_else(
        || code.to_owned(),
        |(_, label)| words.label(*label).to_owned(),
    )
}

/// A number with its unit; where it may not be read, that.
fn many(words: Words, figure: &FigureView, number: Option<i64>) -> String {
    match number.and_then(|number| u64::try_from(number).ok()) {
        // The unit first: its word need not follow the number's plural.
        Some(number) => words.two(
            "figures-many",
            &unit(words, &figure.unit),
            &words.number(number),
        ),
        None => words.t("figures-unread"),
    }
}

/// The period of a figure.
fn period(words: Words, figure: &FigureView) -> String {
    let until = civil_day(words, &figure.until);
    match figure.since.is_empty() {
        true => words.s("figures-until", &until),
        false => words.two("figures-period", &civil_day(words, &figure.since), &until),
    }
}

/// How a figure stands, in words.
#[must_use]
pub fn standing_words(words: Words, standing: Standing) -> String {
    match standing {
        Standing::Agreed(_) => words.t("figures-agreed"),
        Standing::Differs => words.t("figures-differ"),
        Standing::Waiting => words.t("figures-waiting"),
        Standing::OneSided => words.t("figures-one-sided"),
    }
}

/// Its code in JSON.
#[must_use]
pub fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Agreed(_) => "agreed",
        Standing::Differs => "differs",
        Standing::Waiting => "waiting",
        Standing::OneSided => "one_sided",
    }
}

fn stands(words: Words, standing: Standing) -> Markup {
    let look = match standing {
        Standing::Agreed(_) => "agreed",
        Standing::Differs => "contested",
        Standing::Waiting | Standing::OneSided => "claimed",
    };
    html! { span.status data-status=(look) { (standing_words(words, standing)) } }
}

/// What each side holds, side by side.
fn sides(words: Words, figure: &FigureView) -> Markup {
    html! {
        @if let Standing::Agreed(agreed) = figure.standing { strong { (many(words, figure, agreed)) } }
        @else {
            @for (at, (node, number)) in figure.held.iter().enumerate() {
                @if at > 0 { (dot()) }
                bdi { (node) } " " strong { (many(words, figure, *number)) }
            }
        }
    }
}

/// The figures of a point on the declaration's page, with what may be said to each.
pub fn at_point(cx: &Cx, p: &PointView, view: &DossierView) -> Markup {
    let words = cx.words;
    let offered = view.forms.iter().any(|form| form.name == FIGURE.name);
    let form = format!("/dossiers/{}/write/{}", view.line.id, FIGURE.name);
    html! {
        @if !p.figures.is_empty() { p { strong { (words.t("figures-title")) } } }
        @for one in &p.figures {
            div.figure {
                p {
                    a href=(format!("/entries/{}", one.entry)) { bdi { (one.what) } } ": " (sides(words, one)) " " (stands(words, one.standing))
                }
                p.ob-facts {
                    (period(words, one))
                    @if offered && one.by == *cx.me() { (dot()) a href=(format!("{form}?replaces={}", one.entry)) { (words.t("figures-later")) } }
                }
                (obligations_about(cx, &one.asks, Place::Under, &|_: &ObligationView| Some(one.what.clone())))
            }
        }
        @if offered && !p.obligations.is_empty() { p.row { a.quiet href=(format!("{form}?of={}", p.entry)) { (words.t("figures-state")) } } }
    }
}

/// On the list: how many figures a point has, and how many of them are agreed.
pub(super) fn on_line(words: Words, p: &PointView) -> Markup {
    let (agreed, whole) = counted(p.figures.iter());
    html! {
        @if whole > 0 { (dot()) (words.t("figures-title")) " " (fraction(words, agreed, whole)) }
    }
}

/// "2/3", told to whoever hears it as agreed of all.
pub(super) fn fraction(words: Words, agreed: usize, whole: usize) -> Markup {
    let said = words.two(
        "figures-of",
        &number(words, agreed),
        number(words, whole).as_str(),
    );
    html! { bdi title=(said) aria-label=(said) { (number(words, agreed)) "/" (number(words, whole)) } }
}

/// In the report, in one language: figures that both sides agree on, apart from them those where each has its own, and last what the other side has
/// not answered. What may not be printed is not, and the paper says so.
pub(super) fn report(words: Words, all: &[Of<'_>]) -> Markup {
    let of = |wanted: fn(Standing) -> bool| -> Vec<&Of<'_>> {
        let printed = all.iter().filter(may_be_printed);
        printed.filter(|(_, one)| wanted(one.standing)).collect()
    };
    let agreed = of(|standing| matches!(standing, Standing::Agreed(_)));
    let differ = of(|standing| standing == Standing::Differs);
    let alone = of(|standing| matches!(standing, Standing::Waiting | Standing::OneSided));
    html! {
        @if !agreed.is_empty() {
            h3 { (words.t("figures-agreed-title")) " " span.count { (number(words, agreed.len())) } }
            (table(words, &[words.t("figures-agreed")], &agreed, &|one| {
                let Standing::Agreed(number) = one.standing else { return Vec::new() };
                vec![many(words, one, number)]
            }))
        }
        @if !differ.is_empty() {
            h3 { (words.t("figures-not-agreed-title")) " " span.count { (number(words, differ.len())) } }
            (side_by_side(words, &differ))
        }
        @if !alone.is_empty() {
            h3 { (words.t("figures-alone-title")) " " span.count { (number(words, alone.len())) } }
            (side_by_side(words, &alone))
        }
        @if !all.iter().all(|of| may_be_printed(&of)) { p { (words.t("figures-barred")) } }
    }
}

fn may_be_printed((of, one): &&Of<'_>) -> bool {
    of.printed && one.printed
}

/// A column a side, and how each stands.
fn side_by_side(words: Words, rows: &[&Of<'_>]) -> Markup {
    let nodes: BTreeSet<&NodeName> = rows.iter().flat_map(|(_, one)| one.held.keys()).collect();
    let said_by = nodes
        .iter()
        .map(|node| words.s("figures-said-by", node.as_str()));
    let mut heads: Vec<String> = said_by.collect();
    heads.push(words.t("figures-stands"));
    table(words, &heads, rows, &|one| {
        let said = |node: &&NodeName| {
            let held = one.held.get(*node);
            held.map_or_else(|| "–".to_owned(), |held| many(words, one, *held))
        };
        let mut cells: Vec<String> = nodes.iter().map(said).collect();
        cells.push(standing_words(words, one.standing));
        cells
    })
}

fn table(
    words: Words,
    heads: &[String],
    rows: &[&Of<'_>],
    cells: &dyn Fn(&FigureView) -> Vec<String>,
) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("figures-title")) {
            table.list.figures {
                thead { tr {
                    th scope="col" { (words.t("figures-what")) }
                    @for head in heads { th scope="col" { (head) } }
                } }
                tbody { @for (of, one) in rows { tr {
                    th scope="row" {
                        @if !of.point.point.is_empty() { bdi.number { (of.point.point) } " " }
                        bdi { (one.what) } br; small { (period(words, one)) }
                    }
                    @for cell in cells(one) { td.num { (cell) } }
                } } }
            }
        }
    }
}

/// The figures of what is chosen as text, with those that may not be printed told by their number alone.
#[must_use]
pub(super) fn plain_report(words: Words, all: &[Of<'_>]) -> String {
    let mut out = String::new();
    for of in all.iter().filter(may_be_printed) {
        let _infallible = writeln!(out, "  {} {}", of.0.point.point, plain(words, of.1));
    }
    if !all.iter().all(|of| may_be_printed(&of)) {
        let _infallible = writeln!(out, "  {}", words.t("figures-barred"));
    }
    out
}

/// The figures as text, one a line.
#[must_use]
pub(super) fn plain(words: Words, one: &FigureView) -> String {
    let held: Vec<String> = match one.standing {
        Standing::Agreed(agreed) => vec![many(words, one, agreed)],
        _ => {
            let each = one.held.iter();
            each.map(|(node, number)| format!("{node} {}", many(words, one, *number)))
                .collect()
        }
    };
    format!(
        "{}: {} · {} · {}",
        one.what,
        held.join(" · "),
        standing_words(words, one.standing),
        period(words, one)
    )
}
