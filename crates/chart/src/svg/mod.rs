//! The chart as SVG: every thing a mark of its sort with its label, in the order of ids, reached by the keyboard and named for those who do
//! not see it; every linked pair a line. No meaning by colour alone: sorts have shapes, what a partner brought has a second outline, what is
//! less sure is broken, cut points have a ring, groups a number. How it looks is by attributes, which the style sheet may change.

mod plate;
mod symbol;

use crate::escape::{short, xml};
use crate::groups::Groups;
use crate::layout::{LABEL, Layout, Place};
use crate::measure::{Mark, Reading};
use crate::network::{Evaluation, Link, Sort, Thing};
use crate::view::View;
use std::collections::BTreeMap;
use std::fmt::Write;

pub use plate::{Paper, Plate, Sign, plate};

/// What sizes the marks of a chart.
pub type Sized<'a> = dyn Fn(&str) -> Option<Mark> + 'a;

/// What is shown of a view beside its things and links.
pub struct Look<'a> {
    /// Our own node: what others brought has a second outline.
    pub ours: &'a str,
    /// The thing chosen.
    pub chosen: Option<&'a str>,
    /// The size of a thing's mark; all alike without it.
    pub size: Option<&'a Sized<'a>>,
    /// Cut points, where they are shown.
    pub reading: Option<&'a Reading<'a>>,
    /// Groups, where they are shown.
    pub groups: Option<&'a Groups<'a>>,
    /// Where a thing's mark leads; a mark that leads nowhere can be reached all the same.
    pub address: &'a dyn Fn(&str) -> Option<String>,
}

/// The words on a chart, in the reader's language.
pub struct Words<'a> {
    /// Title of the chart.
    pub title: &'a str,
    /// What is seen, in a sentence, and where it can be read as text.
    pub summary: &'a str,
    /// A sort of thing.
    pub sort: &'a dyn Fn(Sort) -> String,
    /// A relation.
    pub relation: &'a dyn Fn(&str) -> String,
    /// So many things linked with it.
    pub linked: &'a dyn Fn(usize) -> String,
    /// It is a cut point.
    pub cut: &'a str,
    /// A group of a number.
    pub group: &'a dyn Fn(usize) -> String,
}

/// The smallest field of a chart, in units of a mark's text: 12 high.
const FIELD: (f64, f64) = (840.0, 480.0);

/// The chart of a view, as an element `svg` for a page.
#[must_use]
pub fn chart(view: &View<'_>, layout: &Layout, look: &Look<'_>, words: &Words<'_>) -> String {
    let mut out = String::new();
    // A few things stand in the middle of a field, and are not drawn as large as the window.
    let (wide, high) = (layout.width.max(FIELD.0), layout.height.max(FIELD.1));
    let half = |more: f64, less: f64| ((more - less) / 2.0).round();
    let (right, down) = (half(wide, layout.width), half(high, layout.height));
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"link-chart\" viewBox=\"0 0 {} {}\" role=\"group\" aria-labelledby=\"chart-title chart-summary\">",
            wide, high
        ),
    );
    put(
        &mut out,
        format_args!(
            "<title id=\"chart-title\">{}</title><desc id=\"chart-summary\">{}</desc>",
            xml(words.title),
            xml(words.summary)
        ),
    );
    put(
        &mut out,
        format_args!("<g transform=\"translate({right} {down})\">"),
    );
    drawn(&mut out, (view, layout), look, words);
    out.push_str("</g>");
    out.push_str("</svg>");
    out
}

/// Lines below, marks above.
fn drawn(
    out: &mut String,
    (view, layout): (&View<'_>, &Layout),
    look: &Look<'_>,
    words: &Words<'_>,
) {
    let places: BTreeMap<&str, Place> = view
        .things()
        .map(|thing| thing.id.as_str())
        .zip(layout.places().iter().copied())
        .collect();
    out.push_str(concat!(
        "<defs><marker id=\"chart-arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">",
        "<path d=\"M0 0L8 4L0 8z\" fill=\"currentColor\"/></marker></defs>",
    ));
    // The text beside the chart says the same line by line.
    out.push_str("<g class=\"links\" aria-hidden=\"true\">");
    for ((from, to), links) in bundles(view) {
        if let (Some(a), Some(b)) = (places.get(from), places.get(to)) {
            line(out, (a, b), &links, (look, words));
        }
    }
    out.push_str("</g><g class=\"things\">");
    for thing in view.things() {
        if let Some(place) = places.get(thing.id.as_str()) {
            let number = view.number(&thing.id).unwrap_or(0);
            mark(
                out,
                (thing, place),
                crate::view::degree(view.graph(), number),
                (look, words),
            );
        }
    }
    out.push_str("</g>");
}

/// Links by the pair that they link, in the order of ids: one line each. What leads both ways, or either, has no arrow.
fn bundles<'n>(view: &View<'n>) -> BTreeMap<(&'n str, &'n str), Vec<&'n Link>> {
    let mut bundles: BTreeMap<(&str, &str), Vec<&Link>> = BTreeMap::new();
    for link in view.links().filter(|link| link.from != link.to) {
        let (a, b) = (link.from.as_str(), link.to.as_str());
        bundles.entry((a.min(b), a.max(b))).or_default().push(link);
    }
    bundles
}

fn line(
    out: &mut String,
    (a, b): (&Place, &Place),
    links: &[&Link],
    (look, words): (&Look<'_>, &Words<'_>),
) {
    let said: Vec<String> = links.iter().map(|link| of_link(link, words)).collect();
    let best = links
        .iter()
        .map(|link| link.evaluation.unwrap_or(Evaluation::X4))
        .min();
    let (name, dashes) = sureness(best.unwrap_or(Evaluation::X4));
    let ours = links.iter().any(|link| link.origin == look.ours);
    let wide = match links.len() {
        0 | 1 => "1.2",
        2..=4 => "2.2",
        _ => "3.4",
    };
    let way = one_way(links);
    let ((x1, y1), (x2, y2)) = if way == Some(true) {
        between(b, a)
    } else {
        between(a, b)
    };
    let arrow = if way.is_some() {
        " marker-end=\"url(#chart-arrow)\""
    } else {
        ""
    };
    put(
        out,
        format_args!(
            "<g class=\"link {name} {}\"><title>{}</title><line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"currentColor\" stroke-width=\"{wide}\"{dashes}{arrow}/></g>",
            side(ours),
            xml(&said.join("; "))
        ),
    );
}

/// Whether all links of a pair lead the same way, and then whether from the higher id to the lower.
fn one_way(links: &[&Link]) -> Option<bool> {
    let back = links.first().map(|link| link.from > link.to)?;
    let same = |link: &&Link| link.directed && (link.from > link.to) == back;
    links.iter().all(same).then_some(back)
}

fn of_link(link: &Link, words: &Words<'_>) -> String {
    let mut said = (words.relation)(&link.relation);
    if let Some(evaluation) = link.evaluation {
        said.push_str(&format!(" {}", evaluation.code()));
    }
    said.push_str(&format!(" ({})", link.origin));
    said
}

/// Class and dashes by how sure it is: solid, broken, dotted where nothing was assessed.
fn sureness(best: Evaluation) -> (&'static str, &'static str) {
    let good = Evaluation::from_code("B2").is_some_and(|b2| best.as_good_as(b2));
    if good {
        ("sure", "")
    } else if best == Evaluation::X4 {
        ("unassessed", " stroke-dasharray=\"1.5 4\"")
    } else {
        ("unsure", " stroke-dasharray=\"7 4\"")
    }
}

/// From the edge of one mark to the edge of the other.
fn between(a: &Place, b: &Place) -> ((f64, f64), (f64, f64)) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let long = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / long * symbol::EDGE, dy / long * symbol::EDGE);
    ((a.x + ux, a.y + uy), (b.x - ux, b.y - uy))
}

fn mark(
    out: &mut String,
    (thing, place): (&Thing, &Place),
    linked: usize,
    (look, words): (&Look<'_>, &Words<'_>),
) {
    let id = thing.id.as_str();
    let size = look.size.and_then(|size| size(id)).unwrap_or(Mark::Plain);
    let cut = look.reading.is_some_and(|reading| reading.cut(id));
    let group = look.groups.and_then(|groups| groups.group(id));
    let chosen = look.chosen == Some(id);
    let ours = thing.origin == look.ours;
    let name = named(thing, linked, (cut, group), words);
    let class = format!(
        "thing {} {}{}",
        thing.sort.code(),
        side(ours),
        if chosen { " chosen" } else { "" }
    );
    let (open, close) = match (look.address)(id) {
        Some(to) => (
            format!("<a class=\"{class}\" href=\"{}\"", xml(&to)),
            "</a>",
        ),
        None => (
            format!("<g class=\"{class}\" tabindex=\"0\" role=\"img\""),
            "</g>",
        ),
    };
    let current = if chosen { " aria-current=\"true\"" } else { "" };
    put(
        out,
        format_args!(
            "{open}{current} transform=\"translate({} {})\"><title>{}</title>{}{}<text y=\"34\" text-anchor=\"middle\" font-size=\"12\" fill=\"currentColor\">{}</text>{close}",
            place.x,
            place.y,
            xml(&name),
            symbol::drawn(thing.sort, size, (ours, chosen, cut)),
            group.map(badge).unwrap_or_default(),
            xml(&short(&thing.label, LABEL))
        ),
    );
}

fn badge(group: usize) -> String {
    format!(
        "<text class=\"group\" x=\"14\" y=\"-9\" font-size=\"9\" fill=\"currentColor\">{group}</text>"
    )
}

/// A mark in words: what a screen reader says, and what hovering shows. It is the mark's title, not a label beside what is seen.
fn named(
    thing: &Thing,
    linked: usize,
    (cut, group): (bool, Option<usize>),
    words: &Words<'_>,
) -> String {
    let mut said = vec![
        thing.label.clone(),
        (words.sort)(thing.sort),
        thing.origin.clone(),
    ];
    said.extend(thing.evaluation.map(Evaluation::code));
    said.push((words.linked)(linked));
    said.extend(cut.then(|| words.cut.to_owned()));
    said.extend(group.map(|group| (words.group)(group)));
    said.join(", ")
}

fn side(ours: bool) -> &'static str {
    if ours { "ours" } else { "theirs" }
}

/// Writing to a text does not fail.
fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    if out.write_fmt(what).is_err() {
        out.push('\u{fffd}');
    }
}
