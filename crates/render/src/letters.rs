//! The letters of a page, for those who do not see its picture and for those who copy from it. A PDF holds drawn letters, not lines of text: lines are
//! put together from where letters stand, words from the gaps between them, and what is written from right to left is turned from the order in which
//! it stands into the order in which it is read. It is a help beside the picture and no faithful text; a scanned page has none.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::util::TransformExt as _;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{BezPath, Point, Rect};
use unicode_normalization::UnicodeNormalization as _;

/// Most letters that are kept of one page.
const MOST: usize = 40_000;
/// Units of a font's own measure in one em.
const EM: f64 = 1_000.0;
/// From which part of an em on a gap is between words.
const GAP: f64 = 0.18;
/// Up to which part of an em letters that stand higher or lower are of one line.
const RISE: f64 = 0.45;

/// One letter where it stands, in the page's own measure with `y` downwards.
#[derive(Clone, Debug)]
struct Placed {
    text: String,
    x: f64,
    end: f64,
    y: f64,
    em: f64,
}

/// The lines of a page, in the order in which they are drawn.
pub(crate) fn of(page: &Page<'_>) -> String {
    let (width, height) = page.render_dimensions();
    let cache = InterpreterCache::new();
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        &cache,
        page.xref(),
        InterpreterSettings::default(),
    );
    let mut reader = Reader::default();
    interpret_page(page, &mut context, &mut reader);
    lines(&reader.placed)
}

/// Takes letters from what is drawn, and leaves everything else.
#[derive(Default)]
struct Reader {
    placed: Vec<Placed>,
}

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        // Whatever the mode: what is drawn with no ink, such as the letters of a text recognition under a scan, are letters too.
        for glyph in run.glyphs() {
            if self.placed.len() >= MOST {
                return;
            }
            let Some(text) = glyph.as_unicode().map(written) else {
                continue;
            };
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let from = place * Point::ORIGIN;
            let to = place * Point::new(advance.map_or(EM / 2.0, f64::from), 0.0);
            let em = (place * Point::new(0.0, EM) - from).hypot();
            self.placed.push(Placed {
                text,
                x: from.x.min(to.x),
                end: from.x.max(to.x),
                y: from.y,
                em,
            });
        }
    }
}

/// A letter without the forms that it takes beside others: those are the font's matter.
fn written(text: BfString) -> String {
    let letters = match text {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    };
    let plain = letters.nfkc().filter(|c| !c.is_control());
    plain.take(16).collect()
}

fn lines(placed: &[Placed]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut line: Vec<Placed> = Vec::new();
    for letter in placed {
        let apart = line
            .last()
            .is_some_and(|last| (last.y - letter.y).abs() > RISE * last.em.max(letter.em));
        if apart {
            out.push(read(std::mem::take(&mut line)));
        }
        line.push(letter.clone());
    }
    out.push(read(line));
    out.retain(|line| !line.is_empty());
    out.join("\n")
}

/// The letters of one line in the order in which they are read.
fn read(mut line: Vec<Placed>) -> String {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let leftward = line.iter().filter(|letter| is_leftward(&letter.text));
    let with_direction = |letter: &&Placed| letter.text.contains(char::is_alphabetic);
    let turned = leftward.count() * 2 > line.iter().filter(with_direction).count();
    let mut words = words(&line);
    if turned {
        words.reverse();
    }
    let words: Vec<String> = words
        .into_iter()
        .map(|word| match word.iter().any(|text| is_leftward(text)) {
            true => word.iter().rev().map(String::as_str).collect(),
            false => word.concat(),
        })
        .collect();
    words.join(" ")
}

/// The words of a line from left to right.
fn words(line: &[Placed]) -> Vec<Vec<String>> {
    let mut words: Vec<Vec<String>> = vec![Vec::new()];
    let mut end: Option<f64> = None;
    for letter in line {
        let gap = end.is_some_and(|end| letter.x - end > GAP * letter.em);
        if gap || letter.text.trim().is_empty() {
            words.push(Vec::new());
        }
        if let (Some(word), false) = (words.last_mut(), letter.text.trim().is_empty()) {
            word.push(letter.text.clone());
        }
        end = Some(letter.end);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether it is written from right to left: letters of Hebrew, Arabic and their neighbours, never digits.
fn is_leftward(text: &str) -> bool {
    let of_arabic = |c: char| matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let digit = |c: char| matches!(c, '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}');
    text.chars().any(|c| of_arabic(c) && !digit(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(text: &str, x: f64, y: f64) -> Placed {
        Placed {
            text: text.into(),
            x,
            end: x + 5.0,
            y,
            em: 10.0,
        }
    }

    /// Lines by height, words by gaps, whatever the order in which they were drawn. Take out: the sort or the gap of `words`.
    #[test]
    fn lines_and_words_come_from_where_letters_stand() {
        let drawn = [
            placed("a", 0.0, 0.0),
            placed("b", 5.0, 0.4),
            placed("d", 20.0, 0.0),
            placed("c", 14.0, 0.0),
            placed("e", 0.0, 14.0),
        ];
        assert_eq!(lines(&drawn), "ab cd\ne");
    }

    /// Arabic stands from right to left; numbers and Latin within it do not. Take out: either `rev` of `read`.
    #[test]
    fn arabic_is_read_from_the_right() {
        // What is seen, from the left: "2015 رضحم" with every letter in its place.
        let mut drawn: Vec<Placed> = Vec::new();
        for (n, text) in ["2", "0", "1", "5", " ", "ر", "ض", "ح", "م"]
            .iter()
            .enumerate()
        {
            let n = f64::from(u32::try_from(n).unwrap());
            drawn.push(placed(text, n * 5.0, 0.0));
        }
        assert_eq!(lines(&drawn), "محضر 2015");
        assert_eq!(written(BfString::Char('\u{feee}')), "و", "no joined form");
    }
}
