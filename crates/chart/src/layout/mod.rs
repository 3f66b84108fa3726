//! Where the marks of a view stand: each component by its links, apart so that no label covers another, and components side by side.
//!
//! The same view gives the same places: nothing here depends on a seed, and no function is used whose last digit differs between machines.

mod apart;
mod pack;
mod stress;

use crate::escape::short;
use crate::network::Thing;
use crate::view::View;
use crate::walk::components;

/// Length of a link between two things that have no others, in the units of the chart (pixels at its natural size).
pub(crate) const LINK: f64 = 70.0;
/// Most characters of a label on the chart.
pub(crate) const LABEL: usize = 18;
/// Room between boxes, which also takes up what rounding moves.
const GAP: f64 = 4.0;
/// Above the middle of a mark, its ring included.
pub(crate) const ABOVE: f64 = 20.0;
/// Below the middle of a mark, its label included.
pub(crate) const BELOW: f64 = 36.0;
/// Half of the width that a mark itself takes, with the number of its group.
const BESIDE: f64 = 24.0;

/// The middle of a thing's mark; its label stands below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Half of the width of what is drawn.
    pub half: f64,
}

/// Places of all things of a view, in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    places: Vec<Place>,
    /// Width of the chart.
    pub width: f64,
    /// Height of the chart.
    pub height: f64,
}

impl Layout {
    /// Lays a view out. `None` where it is too large to be read; see [`View::drawable`].
    #[must_use]
    pub fn of(view: &View<'_>) -> Option<Self> {
        view.drawable().then(|| laid(view))
    }

    /// The places, in the order of the view's things.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

impl Place {
    /// Whether what is drawn at two places has a point in common.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.half + other.half
            && (self.y - other.y).abs() < ABOVE + BELOW
    }
}

fn laid(view: &View<'_>) -> Layout {
    let mut places: Vec<Place> = view.things().map(start).collect();
    let parts = components(view.graph());
    for part in &parts {
        let points = stress::placed(view.graph(), part);
        let halves: Vec<f64> = part
            .iter()
            .map(|n| places.get(*n).map_or(0.0, |place| place.half) + GAP / 2.0)
            .collect();
        let points = apart::apart(points, &halves, ABOVE + BELOW + GAP);
        for (number, (x, y)) in part.iter().zip(points) {
            if let Some(place) = places.get_mut(*number) {
                (place.x, place.y) = (x, y);
            }
        }
    }
    let (width, height) = pack::packed(&parts, &mut places);
    Layout {
        places,
        width,
        height,
    }
}

fn start(thing: &Thing) -> Place {
    Place {
        x: 0.0,
        y: 0.0,
        half: (width(&short(&thing.label, LABEL)) / 2.0).max(BESIDE),
    }
}

/// Width of a label, on the safe side of what fonts take.
fn width(label: &str) -> f64 {
    label
        .chars()
        .map(|c| match c {
            '\u{2e80}'.. => 13.0,
            'm' | 'w' | 'M' | 'W' | '\u{2026}' => 11.0,
            c if c.is_uppercase() => 9.0,
            _ => 7.0,
        })
        .sum()
}
