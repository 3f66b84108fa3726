//! A page drawn: never larger than a screen needs, whatever size the document says it has.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Width of a picture in pixels, where the page is not so tall that [`MOST_HEIGHT`] makes it narrower.
pub const WIDTH: f32 = 1240.0;
/// Most pixels of a picture's height.
const MOST_HEIGHT: f32 = 3508.0;
/// Smallest side of a page that is drawn, in points: what is thinner is no page.
const LEAST: f32 = 1.0;

/// The page as PNG; none where its size is no size.
pub(crate) fn of(page: &Page<'_>) -> Option<Vec<u8>> {
    let (width, height) = page.render_dimensions();
    let scale = scale(width, height)?;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    pixmap.into_png().ok()
}

/// By how much a page of this size, in points, grows or shrinks.
fn scale(width: f32, height: f32) -> Option<f32> {
    let sides = [width, height];
    if sides.iter().any(|side| !side.is_finite() || *side < LEAST) {
        return None;
    }
    let scale = (WIDTH / width).min(MOST_HEIGHT / height);
    // Of a page that is a thousand times as wide as it is high less than one line would be left.
    (width.min(height) * scale >= LEAST).then_some(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of any size gives a picture within the limits, or none. Take out: `min` or a bound of `scale`.
    #[test]
    fn no_page_is_larger_than_a_screen_needs() {
        let a4 = scale(595.0, 842.0).unwrap();
        assert!((595.0 * a4 - WIDTH).abs() < 1.0);
        for (width, height) in [(1e9, 1e9), (14_400.0, 200.0), (200.0, 14_400.0), (1.0, 1.0)] {
            let scale = scale(width, height).unwrap();
            assert!(width * scale <= WIDTH + 1.0 && height * scale <= MOST_HEIGHT + 1.0);
        }
        for (width, height) in [
            (f32::NAN, 10.0),
            (f32::INFINITY, 10.0),
            (0.0, 10.0),
            (1e7, 2.0),
        ] {
            assert_eq!(scale(width, height), None, "{width} {height}");
        }
    }
}
