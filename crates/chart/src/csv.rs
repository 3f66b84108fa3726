//! A view as two tables (RFC 4180): its things by ascending id, its links in the order in which they came. No figure, as in `graphml.rs`.

use crate::day::Day;
use crate::escape::cell;
use crate::network::Evaluation;
use crate::view::View;

/// The things of a view; the first row names the columns by code.
#[must_use]
pub fn things_csv(view: &View<'_>) -> String {
    let mut out = String::from("id,label,sort,origin,evaluation,from,until\r\n");
    for thing in view.things() {
        row(
            &mut out,
            &[
                &thing.id,
                &thing.label,
                thing.sort.code(),
                &thing.origin,
                &evaluation(thing.evaluation),
                &day(thing.span.from),
                &day(thing.span.until),
            ],
        );
    }
    out
}

/// The links of a view.
#[must_use]
pub fn links_csv(view: &View<'_>) -> String {
    let mut out = String::from(
        "from,to,relation,directed,origin,evaluation,held_from,held_until,sources\r\n",
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
                &day(link.span.from),
                &day(link.span.until),
                &link.sources.join(" "),
            ],
        );
    }
    out
}

fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

fn evaluation(of: Option<Evaluation>) -> String {
    of.map(Evaluation::code).unwrap_or_default()
}

fn day(of: Option<Day>) -> String {
    of.map(|day| day.to_string()).unwrap_or_default()
}
