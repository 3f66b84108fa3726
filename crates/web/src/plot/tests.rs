//! What every plot holds to, whatever it shows: inside its frame, no text over another, the same mirrored, named and described.

use super::pen::{TEXT, WIDTH, wide};
use super::*;
use crate::i18n::{Digits, Words};
use entente_core::label::Lang;
use maud::PreEscaped;
use proptest::prelude::*;

type Drawing = fn(&Plot<'_>) -> Markup;
const DRAWINGS: [(&str, Drawing); 4] = [
    ("columns", columns),
    ("lines", lines),
    ("bars", bars),
    ("stacks", stacks),
];

fn plot(lang: Lang, groups: Vec<Group>, series: usize) -> Plot<'static> {
    Plot {
        id: "p",
        words: Words::new(lang, Digits::Arabic),
        title: "A & B".into(),
        note: "<what to know>".into(),
        axis: "Year".into(),
        names: (0..series).map(|n| format!("side {n}")).collect(),
        groups,
        target: Some(3),
        shares: false,
        say: count,
    }
}

/// Values of each of two series, for years one after the other.
fn years(values: &[[Option<u64>; 2]]) -> Vec<Group> {
    let group = |(n, values): (usize, &[Option<u64>; 2])| Group {
        label: (2_000 + n).to_string(),
        values: values.to_vec(),
    };
    values.iter().enumerate().map(group).collect()
}

/// The elements of a drawing of one name, each with its attributes and what follows up to its end.
fn elements<'a>(svg: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let open = format!("<{name} ");
    let parts = svg.split(open.as_str()).skip(1);
    parts.filter_map(|part| part.split_once('>')).collect()
}

fn text_of<'a>(attributes: &'a str, name: &str) -> &'a str {
    let open = format!("{name}=\"");
    let after = attributes.split(open.as_str()).nth(1);
    after.and_then(|rest| rest.split('"').next()).unwrap_or("")
}

fn number(attributes: &str, name: &str) -> i64 {
    let text = text_of(attributes, &format!(" {name}"));
    text.parse()
        .unwrap_or_else(|_| panic!("{name}={text:?} in {attributes}"))
}

/// Left, top, right and bottom of every text.
fn texts(svg: &str, lang: Lang) -> Vec<(i64, i64, i64, i64)> {
    let of = |(attributes, rest): &(&str, &str)| {
        let attributes = format!(" {attributes}");
        let said = rest.split('<').next().unwrap_or("");
        let (x, y) = (number(&attributes, "x"), number(&attributes, "y"));
        let wide = wide(said);
        let left = match (text_of(&attributes, "text-anchor"), lang) {
            ("middle", _) => x - wide / 2,
            ("start", Lang::Ar) | ("end", Lang::Fr | Lang::En) => x - wide,
            _ => x,
        };
        (left, y - TEXT * 8 / 10, left + wide, y + TEXT / 5)
    };
    elements(svg, "text").iter().map(of).collect()
}

/// The body of a drawing, without its patterns.
fn drawn(markup: &Markup) -> (i64, String) {
    let PreEscaped(svg) = markup;
    let height = text_of(svg, "viewBox").rsplit(' ').next().unwrap_or("");
    let (_, body) = svg.split_once("</defs>").unwrap_or(("", ""));
    (height.parse().unwrap_or(0), body.to_owned())
}

/// A drawing in its frame, no text over another. What it says is in `why`.
fn holds(why: &str, lang: Lang, markup: &Markup) {
    let (height, body) = drawn(markup);
    assert!(
        height > 0 && !body.contains("NaN") && !body.contains("inf"),
        "{why}"
    );
    for (attributes, _) in elements(&body, "rect") {
        let attributes = format!(" {attributes}");
        let [x, y, w, h] = ["x", "y", "width", "height"].map(|name| number(&attributes, name));
        assert!(w >= 0 && h >= 0, "{why}: {attributes}");
        assert!(
            x >= 0 && y >= 0 && x + w <= WIDTH && y + h <= height,
            "{why}: {attributes}"
        );
    }
    for (attributes, _) in elements(&body, "circle") {
        let attributes = format!(" {attributes}");
        let [x, y, r] = ["cx", "cy", "r"].map(|name| number(&attributes, name));
        assert!(
            x >= r && y >= r && x + r <= WIDTH && y + r <= height,
            "{why}: {attributes}"
        );
    }
    for (attributes, _) in elements(&body, "polyline") {
        for point in text_of(attributes, "points").split(' ') {
            let (x, y) = point.split_once(',').unwrap_or(("", ""));
            let (x, y): (i64, i64) = (x.parse().unwrap(), y.parse().unwrap());
            assert!(
                (0..=WIDTH).contains(&x) && (0..=height).contains(&y),
                "{why}: {point}"
            );
        }
    }
    let texts = texts(&body, lang);
    for (n, a) in texts.iter().enumerate() {
        assert!(
            a.0 >= 0 && a.1 >= 0 && a.2 <= WIDTH && a.3 <= height,
            "{why}: {a:?}\n{body}"
        );
        for b in &texts[n + 1..] {
            let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(apart, "{why}: {a:?} over {b:?}\n{body}");
        }
    }
}

fn values() -> impl Strategy<Value = Vec<[Option<u64>; 2]>> {
    let value = || prop::option::weighted(0.8, prop_oneof![0u64..5, 0u64..200, 0u64..2_000_000]);
    prop::collection::vec((value(), value()).prop_map(|(a, b)| [a, b]), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Take out: `step` in `columns::names`, `fits` in `columns`, `APART` in `lines`, or what `stacks` asks before it writes a figure.
    #[test]
    fn every_plot_stays_in_its_frame_and_no_text_covers_another(values in values()) {
        for lang in Lang::ALL {
            for (name, draw) in DRAWINGS {
                let of = plot(lang, years(&values), 2);
                holds(&format!("{name} {lang:?} {values:?}"), lang, &draw(&of));
            }
        }
    }

    /// Take out: `mirrored` in `Pen::x` or in `Pen::rect`.
    #[test]
    fn what_is_read_from_the_right_is_the_mirror_image(values in values()) {
        for (name, draw) in DRAWINGS {
            let places = |lang| -> Vec<[i64; 3]> {
                let (_, body) = drawn(&draw(&plot(lang, years(&values), 2)));
                let read = |(attributes, _): &(&str, &str)| {
                    let attributes = format!(" {attributes}");
                    ["x", "y", "width"].map(|name| number(&attributes, name))
                };
                // The square marks of lines stand around their point.
                elements(&body, "rect").iter().map(read).collect()
            };
            let mirrored: Vec<[i64; 3]> = places(Lang::Ar).iter().map(|[x, y, w]| [WIDTH - x - w, *y, *w]).collect();
            prop_assert_eq!(mirrored, places(Lang::Fr), "{}", name);
        }
    }
}

/// Nothing, one year of nothing, and the largest numbers. Take out: `max(1)` in `Plot::highest`, or a `saturating_add` in `stacks`.
#[test]
fn nothing_and_very_much_are_drawn() {
    for values in [
        vec![],
        vec![[None, None]],
        vec![[Some(0), Some(0)]],
        vec![[Some(u64::MAX / 4), Some(1)]],
        vec![[Some(u64::MAX), Some(u64::MAX)]],
        vec![[Some(100), Some(100)], [None, None], [Some(0), Some(0)]],
    ] {
        for (name, draw) in DRAWINGS {
            holds(name, Lang::En, &draw(&plot(Lang::En, years(&values), 2)));
        }
    }
}

/// Take out: `role`, a `title`, the escaping of words, or a column of the table.
#[test]
fn a_plot_has_its_name_and_the_same_figures_as_text() {
    let of = plot(Lang::Ar, years(&[[Some(12), None]]), 2);
    for (name, draw) in DRAWINGS {
        let PreEscaped(page) = figure(&of, &draw(&of), Legend::Series);
        assert!(
            page.contains("role=\"img\" aria-labelledby=\"p-title p-desc\""),
            "{name}"
        );
        assert!(
            page.contains("<title id=\"p-title\">A &amp; B</title>"),
            "{name}"
        );
        let told = "<desc id=\"p-desc\">&lt;what to know&gt; 2000: side 0 ١٢.</desc>";
        assert!(page.contains(told), "{name}: {page}");
        assert!(
            page.contains("<td class=\"num\">١٢</td><td class=\"num\">—</td>"),
            "{name}"
        );
        // What tells series apart is a pattern, not a colour.
        assert!(page.contains("url(#p-hatch)") || name == "lines", "{name}");
    }
    assert!(!of.is_empty());
}

/// Take out: `shares` or `target` in `is_empty`.
#[test]
fn naught_is_nothing_of_counts_but_not_of_shares_nor_beside_a_target() {
    let of = |shares, target, value| {
        let plot = Plot {
            shares,
            target,
            ..plot(Lang::En, years(&[[value, None]]), 2)
        };
        plot.is_empty()
    };
    assert!(of(false, None, Some(0)) && of(false, None, None));
    assert!(of(true, None, None) && !of(true, None, Some(0)));
    assert!(!of(false, Some(4), Some(0)) && !of(false, Some(4), None));
}
