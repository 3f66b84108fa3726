//! Shares of a hundred over years, a line for each series with marks of its own.

use super::Plot;
use super::columns::names;
use super::pen::{Anchor, TEXT, WIDTH, fitting, length, share};
use maud::{Markup, html};

const HEIGHT: i64 = 1_700;
const BASE: i64 = 1_480;
const TOP: i64 = 160;
/// Where the lines begin and end: beside them stand the grid's figures and the last values.
const START: i64 = 420;
const END: i64 = WIDTH - 480;
/// Least distance of two texts from base line to base line.
const APART: i64 = TEXT + 20;

/// Lines of shares. A year of which nothing can be said interrupts the line.
pub fn lines(plot: &Plot<'_>) -> Markup {
    let pen = plot.pen();
    let slot = (END - START) / length(plot.groups.len()).max(1);
    let high = |value: u64| BASE - share(value, 100, BASE - TOP);
    let at = |group: usize, value: u64| (START + slot * length(group) + slot / 2, high(value));
    let points = |n: usize| -> Vec<Option<(i64, i64)>> {
        let of = |(group, g): (usize, &super::Group)| Some(at(group, (*g.values.get(n)?)?));
        plot.groups.iter().enumerate().map(of).collect()
    };
    let grid = [0, 50, 100];
    let inside = html! {
        @for value in grid {
            (pen.rule((START, END), high(value), if value == 0 { "axis" } else { "grid" }))
            (pen.text((START - 50, high(value) + TEXT / 3), Anchor::End, &plot.said(value)))
        }
        @for n in 0..plot.series() {
            @let points = points(n);
            @for run in points.split(Option::is_none) {
                @let run: Vec<(i64, i64)> = run.iter().flatten().copied().collect();
                @if run.len() > 1 { (pen.path(&run, n)) }
            }
            @for point in points.iter().flatten() { (pen.dot(*point, n)) }
        }
        @for (y, value) in last(plot) { (pen.text((END + 50, y), Anchor::Start, &fitting(&plot.said(value), WIDTH - END - 50))) }
        (names(plot, (START, slot), BASE + TEXT + 40))
    };
    pen.drawing(HEIGHT, (&plot.title, &plot.described()), &inside)
}

/// The last value of each series at its height, moved apart where they would cover each other.
fn last(plot: &Plot<'_>) -> Vec<(i64, u64)> {
    let of = |n: usize| {
        let known = |g: &super::Group| g.values.get(n).copied().flatten();
        plot.groups.iter().rev().find_map(known)
    };
    let mut values: Vec<u64> = (0..plot.series()).filter_map(of).collect();
    values.sort_unstable();
    values.dedup();
    let mut out: Vec<(i64, u64)> = Vec::new();
    for value in values {
        let own = BASE - share(value, 100, BASE - TOP) + TEXT / 3;
        let y = out.last().map_or(own, |(below, _)| own.min(below - APART));
        out.push((y, value));
    }
    // Above the drawing's top there is nothing to move to: then the lower one goes down.
    let over = out.last().map_or(0, |(y, _)| (TEXT - y).max(0));
    out.iter().map(|(y, value)| (y + over, *value)).collect()
}
