//! Columns over years, one beside the other for each series.

use super::Plot;
use super::pen::{Anchor, Style, TEXT, WIDTH, fitting, length, share, wide};
use maud::{Markup, html};

/// Height of the drawing, its base line, and the top of the highest column.
const HEIGHT: i64 = 1_700;
const BASE: i64 = 1_480;
const TOP: i64 = 240;
/// Room at both sides.
const SIDE: i64 = 180;

/// Columns of each series by group. The last group keeps its name, whatever the room.
pub fn columns(plot: &Plot<'_>) -> Markup {
    let pen = plot.pen();
    let groups = length(plot.groups.len()).max(1);
    let (series, slot) = (length(plot.series()), (WIDTH - 2 * SIDE) / groups);
    // Of few years both sides still stand together.
    let lane = (slot * 9 / 10 / series).min(360);
    let bar = (lane * 9 / 10).clamp(1, 300);
    let highest = plot.highest();
    let fits = |value: &u64| wide(&plot.said(*value)) <= lane;
    let all = || plot.groups.iter().flat_map(|g| g.values.iter().flatten());
    let said = all().all(fits);
    let high = |value: u64| share(value, highest, BASE - TOP);
    // One series alone is of both sides, and looks like neither.
    let style = |n: usize| match plot.series() {
        1 => Style::Joint,
        _ => Style::Series(n),
    };
    let column = |group: usize, n: usize, value: u64| {
        let lanes = SIDE + slot * length(group) + (slot - lane * series) / 2;
        let middle = lanes + lane * length(n) + lane / 2;
        let top = BASE - high(value);
        html! {
            (pen.rect((middle - bar / 2, top), (bar, BASE - top), style(n)))
            @if said { (pen.text((middle, top - 40), Anchor::Middle, &plot.said(value))) }
        }
    };
    let inside = html! {
        @if !said {
            (pen.rule((SIDE, WIDTH - SIDE), TOP, "grid"))
            (pen.text((SIDE, TOP - 40), Anchor::Start, &plot.said(highest)))
        }
        @for (group, of) in plot.groups.iter().enumerate() {
            @for (n, value) in of.values.iter().enumerate() { @if let Some(value) = value { (column(group, n, *value)) } }
        }
        @if let Some(target) = plot.target { (pen.rule((SIDE, WIDTH - SIDE), BASE - high(target), "target")) }
        (pen.rule((SIDE / 2, WIDTH - SIDE / 2), BASE, "axis"))
        (names(plot, (SIDE, slot), BASE + TEXT + 40))
    };
    pen.drawing(HEIGHT, (&plot.title, &plot.described()), &inside)
}

/// The names of the groups below their middle: as many as have room, counted from the last.
pub fn names(plot: &Plot<'_>, (start, slot): (i64, i64), y: i64) -> Markup {
    let pen = plot.pen();
    let room = SIDE * 2;
    let widest = plot.groups.iter().map(|g| wide(&g.label).min(room)).max();
    let step = (widest.unwrap_or(0) + 60) / slot.max(1) + 1;
    let last = plot.groups.len().saturating_sub(1);
    html! {
        @for (group, of) in plot.groups.iter().enumerate() {
            @if length(last - group) % step == 0 {
                (pen.text((start + slot * length(group) + slot / 2, y), Anchor::Middle, &fitting(&of.label, room)))
            }
        }
    }
}
