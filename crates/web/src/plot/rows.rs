//! Rows: bars by name, or one bar made of parts.

use super::Plot;
use super::pen::{Anchor, Style, TEXT, WIDTH, fitting, length, share, wide};
use maud::{Markup, html};

/// From the name of a row to its first bar, the height of a bar, and the room after a row.
const NAME: i64 = 150;
const BAR: i64 = 120;
const AFTER: i64 = 90;
/// Room for a value behind its bar.
const VALUE: i64 = 520;

/// A bar of each series below the name of its group.
pub fn bars(plot: &Plot<'_>) -> Markup {
    let pen = plot.pen();
    let highest = plot.highest();
    let mut y = 0;
    let mut rows = Vec::new();
    for group in &plot.groups {
        let mut at = y + NAME;
        let name = pen.text((0, y + TEXT), Anchor::Start, &fitting(&group.label, WIDTH));
        rows.push(name);
        for (n, value) in group.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let long = share(*value, highest, WIDTH - VALUE);
            rows.push(pen.rect((0, at), (long.max(6), BAR - 20), Style::Series(n)));
            let said = fitting(&plot.said(*value), VALUE - 60);
            rows.push(pen.text((long + 50, at + BAR - 30), Anchor::Start, &said));
            at += BAR;
        }
        y = at + AFTER;
    }
    let inside = html! { @for row in &rows { (row) } };
    pen.drawing(
        (y - AFTER).max(BAR),
        (&plot.title, &plot.described()),
        &inside,
    )
}

/// One bar for each group, as long as all its parts, each part with its own pattern and its figure where it has room.
pub fn stacks(plot: &Plot<'_>) -> Markup {
    const HIGH: i64 = 210;
    let pen = plot.pen();
    let whole = |values: &[Option<u64>]| {
        values
            .iter()
            .flatten()
            .fold(0u64, |sum, v| sum.saturating_add(*v))
    };
    let longest = plot.groups.iter().map(|g| whole(&g.values)).max();
    let longest = longest.unwrap_or(0).max(1);
    let row = NAME + HIGH + AFTER;
    let part = |(group, n): (usize, usize), before: u64, value: u64| {
        let from = share(before, longest, WIDTH - 20) + 10;
        let to = share(before.saturating_add(value), longest, WIDTH - 20) + 10;
        let y = row * length(group) + NAME;
        let said = plot.said(value);
        html! {
            (pen.rect((from, y), (to - from, HIGH), Style::Part(n)))
            @if wide(&said) + 100 <= to - from {
                @let (room, middle) = (wide(&said) + 40, (from + to) / 2);
                (pen.rect((middle - room / 2, y + 30), (room, HIGH - 60), Style::Plate))
                (pen.text((middle, y + HIGH / 2 + TEXT / 3), Anchor::Middle, &said))
            }
        }
    };
    let inside = html! {
        @for (group, of) in plot.groups.iter().enumerate() {
            @let name = format!("{} · {}", of.label, plot.said(whole(&of.values)));
            (pen.text((0, row * length(group) + TEXT), Anchor::Start, &fitting(&name, WIDTH)))
            @for (n, value) in of.values.iter().enumerate() {
                @let before = whole(of.values.get(..n).unwrap_or_default());
                @if let Some(value) = value.filter(|value| *value > 0) { (part((group, n), before, value)) }
            }
        }
    };
    let height = row * length(plot.groups.len()).max(1) - AFTER;
    pen.drawing(height, (&plot.title, &plot.described()), &inside)
}
