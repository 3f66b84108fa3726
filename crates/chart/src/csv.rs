//! A view as two tables (RFC 4180): its things by ascending id, its links in the order in which they came. No figure, as in `graphml.rs`.

use crate::day::Dated;
use crate::escape::cell;
use crate::network::{Evaluation, Link};
use crate::view::View;

/// How something is to be handled, in words or codes, by the identifier of a thing or of a link's source.
pub type Handled<'a> = &'a dyn Fn(&str) -> String;

/// The things of a view; the first row names the columns by code.
#[must_use]
pub fn things_csv(view: &View<'_>, handled: Handled<'_>) -> String {
    let mut out = String::from("id,label,sort,origin,evaluation,handling,from,until\r\n");
    for thing in view.things() {
        row(
            &mut out,
            &[
                &thing.id,
                &thing.label,
                thing.sort.code(),
                &thing.origin,
                &evaluation(thing.evaluation),
                &handled(&thing.id),
                &day(thing.span.from),
                &day(thing.span.until),
            ],
        );
    }
    out
}

/// The links of a view.
#[must_use]
pub fn links_csv(view: &View<'_>, handled: Handled<'_>) -> String {
    let mut out = String::from(
        "from,to,relation,directed,origin,evaluation,handling,held_from,held_until,sources\r\n",
    );
    for link in view.links() {
        row(
            &mut out,
            &[
                &link.from,
                &link.to,
                &link.relation,
                if link.directed { "yes" } else { "no" },
                &link.origin,
                &evaluation(link.evaluation),
                &of_link(link, handled),
                &day(link.span.from),
                &day(link.span.until),
                &link.sources.join(" "),
            ],
        );
    }
    out
}

/// How a link is to be handled: what its sources say, each once.
pub(crate) fn of_link(link: &Link, handled: Handled<'_>) -> String {
    let mut said: Vec<String> = link.sources.iter().map(|source| handled(source)).collect();
    said.sort();
    said.dedup();
    said.retain(|text| !text.is_empty());
    said.join(" ; ")
}

fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

fn evaluation(of: Option<Evaluation>) -> String {
    of.map(Evaluation::code).unwrap_or_default()
}

/// As exact as it was written: `2025` stays a year.
fn day(of: Option<Dated>) -> String {
    of.map(|date| date.to_string()).unwrap_or_default()
}
