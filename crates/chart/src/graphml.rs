//! A view as GraphML 1.0 (graphdrawing.org), for tools that draw and analyse elsewhere: things and links with where they come from, and no
//! figure: a figure leaves a node only as what an officer signed.

use crate::csv::{Handled, of_link};
use crate::day::{Dated, Span};
use crate::escape::xml;
use crate::network::{Evaluation, Link, Thing};
use crate::view::View;

/// What a document says of nodes and edges: id, on what, name.
const KEYS: [(&str, &str); 13] = [
    ("label", "node"),
    ("sort", "node"),
    ("origin", "node"),
    ("evaluation", "node"),
    ("handling", "node"),
    ("from", "node"),
    ("until", "node"),
    ("relation", "edge"),
    ("link_origin", "edge"),
    ("link_evaluation", "edge"),
    ("link_handling", "edge"),
    ("held_from", "edge"),
    ("held_until", "edge"),
];

/// The view as a document; what must be known of the handling of all of it is the graph's description, that of each stands with it.
#[must_use]
pub fn graphml(view: &View<'_>, handling: &str, handled: Handled<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (key, on) in KEYS {
        out.push_str(&format!(
            "<key id=\"{key}\" for=\"{on}\" attr.name=\"{key}\" attr.type=\"string\"/>\n"
        ));
    }
    out.push_str("<key id=\"sources\" for=\"edge\" attr.name=\"sources\" attr.type=\"string\"/>\n");
    out.push_str("<graph id=\"view\" edgedefault=\"undirected\">\n");
    out.push_str(&format!("<desc>{}</desc>\n", xml(handling)));
    for thing in view.things() {
        node(&mut out, thing, handled);
    }
    for link in view.links() {
        edge(&mut out, link, handled);
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn node(out: &mut String, thing: &Thing, handled: Handled<'_>) {
    out.push_str(&format!("<node id=\"{}\">", xml(&thing.id)));
    data(out, "label", &thing.label);
    data(out, "sort", thing.sort.code());
    data(out, "origin", &thing.origin);
    data(out, "evaluation", &evaluation(thing.evaluation));
    data(out, "handling", &handled(&thing.id));
    dates(out, ["from", "until"], thing.span);
    out.push_str("</node>\n");
}

fn edge(out: &mut String, link: &Link, handled: Handled<'_>) {
    out.push_str(&format!(
        "<edge source=\"{}\" target=\"{}\" directed=\"{}\">",
        xml(&link.from),
        xml(&link.to),
        link.directed
    ));
    data(out, "relation", &link.relation);
    data(out, "link_origin", &link.origin);
    data(out, "link_evaluation", &evaluation(link.evaluation));
    data(out, "link_handling", &of_link(link, handled));
    dates(out, ["held_from", "held_until"], link.span);
    data(out, "sources", &link.sources.join(" "));
    out.push_str("</edge>\n");
}

/// As exact as they were written: `2025` stays a year.
fn dates(out: &mut String, [from, until]: [&str; 2], span: Span) {
    let said = |date: Option<Dated>| date.map(|date| date.to_string()).unwrap_or_default();
    data(out, from, &said(span.from));
    data(out, until, &said(span.until));
}

fn evaluation(of: Option<Evaluation>) -> String {
    of.map(Evaluation::code).unwrap_or_default()
}

/// Nothing said is no element.
fn data(out: &mut String, key: &str, said: &str) {
    if !said.is_empty() {
        out.push_str(&format!("<data key=\"{key}\">{}</data>", xml(said)));
    }
}
