//! What draws: places counted from the side where one begins to read, texts no wider than their room.

use super::Legend;
use entente_core::label::Lang;
use maud::{Markup, html};

/// Width of every plot, in tenths.
pub const WIDTH: i64 = 3_600;
/// Height of a text, in tenths.
pub const TEXT: i64 = 110;
/// Room of a letter: most are narrower.
const LETTER: i64 = 66;

/// Where a text stands to its place.
#[derive(Clone, Copy)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

pub struct Pen<'a> {
    id: &'a str,
    lang: Lang,
}

/// A count of things as a length.
pub fn length(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// So much of a length as a value is of another.
pub fn share(value: u64, of: u64, length: i64) -> i64 {
    let (value, of) = (i128::from(value.min(of)), i128::from(of.max(1)));
    i64::try_from(i128::from(length) * value / of).unwrap_or(0)
}

/// Room that a text needs.
pub fn wide(text: &str) -> i64 {
    // Marks of direction take none.
    let seen = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    length(text.chars().filter(seen).count()).saturating_mul(LETTER)
}

/// A text that fits: its beginning, where it is longer.
pub fn fitting(text: &str, room: i64) -> String {
    if wide(text) <= room {
        return text.to_owned();
    }
    let letters = usize::try_from(room / LETTER).unwrap_or(0);
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{kept}…")
}

impl<'a> Pen<'a> {
    pub fn new(id: &'a str, lang: Lang) -> Self {
        Self { id, lang }
    }

    fn mirrored(&self) -> bool {
        self.lang == Lang::Ar
    }

    /// The drawing, named and described.
    pub fn drawing(&self, height: i64, (title, summary): (&str, &str), inside: &Markup) -> Markup {
        let [name, told, hatch, dots, cross] =
            ["title", "desc", "hatch", "dots", "cross"].map(|part| format!("{}-{part}", self.id));
        html! {
            svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(format!("{name} {told}")) direction=(self.lang.dir()) font-size=(TEXT) {
                title id=(name) { (title) }
                desc id=(told) { (summary) }
                defs {
                    pattern id=(hatch) width="56" height="56" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect class="bare" width="56" height="56" {} rect class="mark" width="26" height="56" {} }
                    pattern id=(dots) width="70" height="70" patternUnits="userSpaceOnUse" { rect class="bare" width="70" height="70" {} circle class="mark" cx="35" cy="35" r="16" {} }
                    pattern id=(cross) width="60" height="60" patternUnits="userSpaceOnUse" { rect class="bare" width="60" height="60" {} path class="line" d="M0 0L60 60M60 0L0 60" {} }
                }
                (inside)
            }
        }
    }

    fn x(&self, at: i64) -> i64 {
        if self.mirrored() { WIDTH - at } else { at }
    }

    pub fn rect(&self, (x, y): (i64, i64), (width, height): (i64, i64), style: Style) -> Markup {
        let x = if self.mirrored() {
            WIDTH - x - width
        } else {
            x
        };
        let fill = style.fill(self.id);
        html! { rect class=(style.class()) x=(x) y=(y) width=(width) height=(height) fill=[fill] {} }
    }

    pub fn text(&self, (x, y): (i64, i64), anchor: Anchor, text: &str) -> Markup {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        html! { text x=(self.x(x)) y=(y) text-anchor=(anchor) { (text) } }
    }

    pub fn rule(&self, (from, to): (i64, i64), y: i64, class: &str) -> Markup {
        html! { line class=(class) x1=(self.x(from)) x2=(self.x(to)) y1=(y) y2=(y) {} }
    }

    /// A line of a series from point to point.
    pub fn path(&self, points: &[(i64, i64)], series: usize) -> Markup {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{y}", self.x(*x)))
            .collect();
        html! { polyline class=(format!("series-{series}")) points=(points.join(" ")) {} }
    }

    /// The mark of a series on its line: round or square.
    pub fn dot(&self, (x, y): (i64, i64), series: usize) -> Markup {
        let class = format!("dot series-{series}");
        let x = self.x(x);
        html! {
            @if series == 0 { circle class=(class) cx=(x) cy=(y) r="38" {} }
            @else { rect class=(class) x=(x - 34) y=(y - 34) width="68" height="68" {} }
        }
    }
}

/// How a shape is filled.
#[derive(Clone, Copy)]
pub enum Style {
    /// Of a series: filled, hatched.
    Series(usize),
    /// A part of several: filled, hatched, dotted, bare, crossed.
    Part(usize),
    /// Of both sides together.
    Joint,
    /// What lies behind a figure, so that it is read on any pattern.
    Plate,
}

impl Style {
    fn class(self) -> String {
        match self {
            Self::Series(n) => format!("series-{n}"),
            Self::Part(n) => format!("part-{n}"),
            Self::Joint => "joint".to_owned(),
            Self::Plate => "plate".to_owned(),
        }
    }

    fn fill(self, id: &str) -> Option<String> {
        let pattern = match self {
            Self::Series(1) | Self::Part(1) => "hatch",
            Self::Part(2) => "dots",
            Self::Part(4) => "cross",
            Self::Series(_) | Self::Part(_) | Self::Joint | Self::Plate => return None,
        };
        Some(format!("url(#{id}-{pattern})"))
    }
}

/// What stands before a name in the legend. Said by the name alone.
pub fn swatch(id: &str, place: usize, legend: Legend) -> Markup {
    let style = match legend {
        Legend::Parts => Style::Part(place),
        Legend::None | Legend::Series | Legend::Lines => Style::Series(place),
    };
    let fill = style.fill(id);
    // A line and its mark look the same from both sides.
    let pen = Pen::new(id, Lang::En);
    html! {
        svg.swatch viewBox="0 0 240 140" aria-hidden="true" {
            @if legend == Legend::Lines { (pen.path(&[(0, 70), (240, 70)], place)) (pen.dot((120, 70), place)) }
            @else { rect class=(style.class()) x="10" y="10" width="220" height="120" fill=[fill] {} }
        }
    }
}
