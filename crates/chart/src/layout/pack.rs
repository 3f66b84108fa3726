//! Components side by side, on shelves: the largest first, in a sheet a little wider than high.

use super::{ABOVE, BELOW, Place};

/// Between components and around the whole.
const ROOM: f64 = 24.0;
/// Width of the sheet by its height.
const SHAPE: f64 = 1.5;

struct Bounds {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Moves every component to its place, on whole numbers; gives width and height of the sheet.
pub(super) fn packed(parts: &[Vec<usize>], places: &mut [Place]) -> (f64, f64) {
    let bounds: Vec<Bounds> = parts.iter().map(|part| bounds(part, places)).collect();
    let area: f64 = bounds
        .iter()
        .map(|b| (b.width + ROOM) * (b.height + ROOM))
        .sum();
    let widest = bounds.iter().map(|b| b.width).fold(0.0, f64::max);
    let sheet = (area * SHAPE).sqrt().max(widest);
    let (mut x, mut y, mut shelf, mut most) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    for (part, bounds) in parts.iter().zip(&bounds) {
        if x > 0.0 && x + bounds.width > sheet {
            (x, y, shelf) = (0.0, y + shelf + ROOM, 0.0);
        }
        for number in part {
            if let Some(place) = places.get_mut(*number) {
                place.x = (place.x - bounds.left + x + ROOM).round();
                place.y = (place.y - bounds.top + y + ROOM).round();
            }
        }
        x += bounds.width + ROOM;
        shelf = shelf.max(bounds.height);
        most = most.max(x);
    }
    ((most + ROOM).ceil(), (y + shelf + ROOM * 2.0).ceil())
}

fn bounds(part: &[usize], places: &[Place]) -> Bounds {
    let of = || part.iter().filter_map(|number| places.get(*number));
    let low = |value: f64, other: f64| value.min(other);
    let left = of().map(|p| p.x - p.half).fold(f64::INFINITY, low);
    let top = of().map(|p| p.y - ABOVE).fold(f64::INFINITY, low);
    let right = of().map(|p| p.x + p.half).fold(f64::NEG_INFINITY, f64::max);
    let bottom = of().map(|p| p.y + BELOW).fold(f64::NEG_INFINITY, f64::max);
    Bounds {
        left,
        top,
        width: right - left,
        height: bottom - top,
    }
}
