//! A chart for the wall or the file: a sheet with its handling at head and foot, title, day, legend of what is on it, sources and remarks. In
//! black on white by attributes alone, so that it prints the same everywhere.

use super::{Look, Words, drawn, put, symbol};
use crate::escape::xml;
use crate::layout::Layout;
use crate::network::Sort;
use crate::view::View;
use std::collections::BTreeSet;

/// Width of the column of the legend, in quarters of a millimetre like everything here.
const COLUMN: u32 = 250;
/// Around the sheet.
const MARGIN: u32 = 40;
/// Height of head and foot.
const BAND: u32 = 56;
/// Height of a line of text.
const LINE: u32 = 18;
/// Characters in a line of the column.
const LETTERS: usize = 38;

/// A sheet, the long side across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 297 by 210 mm.
    A4,
    /// 420 by 297 mm.
    A3,
}

impl Paper {
    /// Width and height in millimetres.
    #[must_use]
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::A4 => (297, 210),
            Self::A3 => (420, 297),
        }
    }
}

/// What stands on a plate beside the chart.
pub struct Plate<'a> {
    /// The sheet.
    pub paper: Paper,
    /// Whether its language is written from right to left.
    pub rtl: bool,
    /// Class and codes, at head and foot.
    pub handling: &'a str,
    /// Title and number of the matter.
    pub title: &'a str,
    /// The day as of which it was drawn, and for whom.
    pub drawn: &'a str,
    /// Heading of the legend.
    pub legend: &'a str,
    /// Lines, rings and outlines in words.
    pub signs: &'a [(Sign, String)],
    /// Heading of the sources, and these.
    pub sources: (&'a str, &'a [String]),
    /// What a reader must know: what was left out, that figures belong to this view.
    pub remarks: &'a [String],
}

/// A sign of the legend beside the sorts of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// What our node brought.
    Ours,
    /// What a partner brought.
    Theirs,
    /// A link that is well evaluated.
    Sure,
    /// One that is less so.
    Unsure,
    /// One that nobody assessed.
    Unassessed,
    /// A cut point.
    Cut,
}

/// The plate of a view, a document of its own.
#[must_use]
pub fn plate(
    view: &View<'_>,
    layout: &Layout,
    (look, words): (&Look<'_>, &Words<'_>),
    plate: &Plate<'_>,
) -> String {
    let (mm_wide, mm_high) = plate.paper.size();
    let (wide, high) = (mm_wide * 4, mm_high * 4);
    let mut out = String::new();
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plate\" width=\"{mm_wide}mm\" height=\"{mm_high}mm\" viewBox=\"0 0 {wide} {high}\" color=\"#000\" font-family=\"sans-serif\" role=\"group\" aria-labelledby=\"plate-title\"><title id=\"plate-title\">{}</title>",
            xml(plate.title)
        ),
    );
    put(
        &mut out,
        format_args!("<rect width=\"{wide}\" height=\"{high}\" fill=\"#fff\"/>"),
    );
    head_and_foot(&mut out, plate, (wide, high));
    let left = if plate.rtl { MARGIN + COLUMN } else { MARGIN };
    put(
        &mut out,
        format_args!(
            "<svg x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"xMidYMid meet\">",
            MARGIN + BAND,
            wide - 2 * MARGIN - COLUMN,
            high - 2 * MARGIN - 2 * BAND,
            layout.width,
            layout.height
        ),
    );
    drawn(&mut out, (view, layout), look, words);
    out.push_str("</svg>");
    column(&mut out, view, words, (plate, wide, high));
    out.push_str("</svg>");
    out
}

fn head_and_foot(out: &mut String, plate: &Plate<'_>, (wide, high): (u32, u32)) {
    let middle = wide / 2;
    for y in [MARGIN, high - MARGIN + 10] {
        text(
            out,
            ("middle", middle, y),
            plate,
            (18, true, plate.handling),
        );
    }
    let (start, end) = if plate.rtl {
        (wide - MARGIN, MARGIN)
    } else {
        (MARGIN, wide - MARGIN)
    };
    text(
        out,
        ("start", start, MARGIN + 32),
        plate,
        (20, false, plate.title),
    );
    text(
        out,
        ("end", end, MARGIN + 32),
        plate,
        (14, false, plate.drawn),
    );
    put(
        out,
        format_args!(
            "<rect x=\"{MARGIN}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#000\"/>",
            MARGIN + BAND - 8,
            wide - 2 * MARGIN,
            high - 2 * MARGIN - 2 * BAND + 16
        ),
    );
}

/// Legend, signs, sources, remarks: as many lines as the sheet takes, and the last says that there are more.
fn column(
    out: &mut String,
    view: &View<'_>,
    words: &Words<'_>,
    (plate, wide, high): (&Plate<'_>, u32, u32),
) {
    let x = if plate.rtl {
        MARGIN + COLUMN - 12
    } else {
        wide - MARGIN - COLUMN + 12
    };
    let mut y = MARGIN + BAND + LINE;
    let last = high - MARGIN - BAND;
    let sorts: BTreeSet<Sort> = view.things().map(|thing| thing.sort).collect();
    text(out, ("start", x, y), plate, (14, true, plate.legend));
    let sign = |out: &mut String, y: u32, drawing: &str| {
        let at = if plate.rtl { x - 12 } else { x + 12 };
        put(
            out,
            format_args!("<g transform=\"translate({at} {})\">{drawing}</g>", y - 5),
        );
    };
    let beside = if plate.rtl { x - 40 } else { x + 40 };
    for sort in sorts {
        y += LINE + 6;
        sign(out, y, &symbol::shape(sort, 7, "currentColor"));
        text(
            out,
            ("start", beside, y),
            plate,
            (13, false, &(words.sort)(sort)),
        );
    }
    for (kind, said) in plate.signs {
        y += LINE + 6;
        sign(out, y, &drawing(*kind));
        text(out, ("start", beside, y), plate, (13, false, said));
    }
    let mut lines = vec![(true, plate.sources.0.to_owned())];
    lines.extend(
        plate
            .sources
            .1
            .iter()
            .flat_map(|one| wrapped(one))
            .map(|l| (false, l)),
    );
    lines.push((false, String::new()));
    lines.extend(
        plate
            .remarks
            .iter()
            .flat_map(|one| wrapped(one))
            .map(|l| (false, l)),
    );
    y += LINE;
    for (heading, said) in &lines {
        y += LINE;
        if y + LINE > last {
            text(out, ("start", x, y), plate, (13, false, "\u{2026}"));
            break;
        }
        text(out, ("start", x, y), plate, (13, *heading, said));
    }
}

fn drawing(sign: Sign) -> String {
    let line = |dashes: &str| {
        format!("<line x1=\"-14\" x2=\"14\" stroke=\"currentColor\" stroke-width=\"2\"{dashes}/>")
    };
    match sign {
        Sign::Ours => symbol::shape(Sort::Person, 7, "currentColor"),
        Sign::Theirs => {
            symbol::shape(Sort::Person, 8, "none") + &symbol::shape(Sort::Person, 4, "none")
        }
        Sign::Sure => line(""),
        Sign::Unsure => line(" stroke-dasharray=\"7 4\""),
        Sign::Unassessed => line(" stroke-dasharray=\"1.5 4\""),
        Sign::Cut => {
            symbol::shape(Sort::Person, 4, "currentColor")
                + "<circle r=\"9\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
        }
    }
}

fn text(
    out: &mut String,
    (anchor, x, y): (&str, u32, u32),
    plate: &Plate<'_>,
    (size, bold, said): (u32, bool, &str),
) {
    let direction = if plate.rtl { " direction=\"rtl\"" } else { "" };
    let bold = if bold { " font-weight=\"bold\"" } else { "" };
    put(
        out,
        format_args!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\"{bold} fill=\"#000\"{direction}>{}</text>",
            xml(said)
        ),
    );
}

/// Words in lines that the column takes; a word too long for a line is cut.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = crate::escape::short(word, LETTERS);
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
