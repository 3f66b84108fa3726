//! Marks and labels pushed apart until none covers another: first each pair along the line between them, which keeps the shape (after Gansner and
//! Hu 2010), then what is left along the way that is shorter, the whole made wider where that does not end; and where even that does not, they
//! stand in rows. So it always ends, and never with two on top of each other.

use crate::between::{count, get};

type Point = (f64, f64);

/// Rounds of pushing along lines.
const SHAPED: usize = 120;
/// Most that one round moves a pair apart, as a share of how far they are.
const STRETCH: f64 = 1.4;
/// Share of the sheet that is taken before anything is pushed.
const FILLED: f64 = 0.3;
/// Rounds of pushing before the whole is made wider.
const ROUNDS: usize = 60;
/// How often it is made wider.
const WIDER: usize = 24;
/// By how much.
const BY: f64 = 1.12;

/// Points moved so that boxes around them, of half the width given each and of one height, have nothing in common.
pub(super) fn apart(mut points: Vec<Point>, halves: &[f64], height: f64) -> Vec<Point> {
    stretch(&mut points, halves, height);
    for _ in 0..SHAPED {
        if !along(&mut points, halves, height) {
            return points;
        }
    }
    for _ in 0..WIDER {
        for _ in 0..ROUNDS {
            if !push(&mut points, halves, height) {
                return points;
            }
        }
        for point in &mut points {
            *point = (point.0 * BY, point.1 * BY);
        }
    }
    if push(&mut points, halves, height) {
        rows(halves, height)
    } else {
        points
    }
}

/// Makes the sheet wider than high as boxes are, and large enough for all of them.
fn stretch(points: &mut [Point], halves: &[f64], height: f64) {
    let taken: f64 = halves.iter().map(|half| half * 2.0 * height).sum();
    let side = |of: fn(&Point) -> f64| {
        let low = points.iter().map(of).fold(f64::INFINITY, f64::min);
        points.iter().map(of).fold(f64::NEG_INFINITY, f64::max) - low
    };
    let (wide, high) = (side(|p| p.0), side(|p| p.1));
    let mean = taken / height / count(halves.len().max(1));
    let shape = (mean / height).sqrt().clamp(1.0, 1.6);
    let more = (taken / FILLED / (wide * high).max(1.0))
        .sqrt()
        .clamp(1.0, 8.0);
    for point in points {
        *point = (point.0 * more * shape, point.1 * more / shape);
    }
}

/// One round that moves each pair along the line between them; says whether anything was on top of something.
fn along(points: &mut [Point], halves: &[f64], height: f64) -> bool {
    every_pair(points, halves, |points, (one, other)| {
        let width = get(halves, one) + get(halves, other);
        let (a, b) = (get(points, one), get(points, other));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        if dx.abs() >= width || dy.abs() >= height {
            return false;
        }
        if dx.abs() + dy.abs() < 1.0 {
            return separate(points, (one, other), width, height);
        }
        let factor = (width / dx.abs()).min(height / dy.abs()).min(STRETCH) + 0.001;
        let (x, y) = (dx * (factor - 1.0) / 2.0, dy * (factor - 1.0) / 2.0);
        put(points, one, (a.0 - x, a.1 - y));
        put(points, other, (b.0 + x, b.1 + y));
        true
    })
}

/// One round along the shorter way.
fn push(points: &mut [Point], halves: &[f64], height: f64) -> bool {
    every_pair(points, halves, |points, (one, other)| {
        separate(
            points,
            (one, other),
            get(halves, one) + get(halves, other),
            height,
        )
    })
}

/// Calls for every pair that may have something in common, from left to right; says whether any call said so.
fn every_pair(
    points: &mut [Point],
    halves: &[f64],
    apart: impl Fn(&mut [Point], (usize, usize)) -> bool,
) -> bool {
    let left = |points: &[Point], n: usize| get(points, n).0 - get(halves, n);
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| left(points, *a).total_cmp(&left(points, *b)).then(a.cmp(b)));
    let widest = halves.iter().copied().fold(0.0, f64::max);
    let mut met = false;
    for (at, one) in order.iter().enumerate() {
        for other in order.iter().skip(at + 1) {
            // What was pushed meanwhile is met in the next round.
            if left(points, *other) > get(points, *one).0 + get(halves, *one) + widest {
                break;
            }
            met |= apart(points, (*one, *other));
        }
    }
    met
}

fn separate(points: &mut [Point], (one, other): (usize, usize), width: f64, height: f64) -> bool {
    let (a, b) = (get(points, one), get(points, other));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (over_x, over_y) = (width - dx.abs(), height - dy.abs());
    if over_x <= 0.0 || over_y <= 0.0 {
        return false;
    }
    // A little more than needed, so that rounds end.
    let (x, y) = if over_x < over_y {
        (over_x / 2.0 + 0.01, 0.0)
    } else {
        (0.0, over_y / 2.0 + 0.01)
    };
    let (x, y) = (x * sign(dx, one < other), y * sign(dy, one < other));
    put(points, one, (a.0 - x, a.1 - y));
    put(points, other, (b.0 + x, b.1 + y));
    true
}

fn put(points: &mut [Point], at: usize, to: Point) {
    if let Some(point) = points.get_mut(at) {
        *point = to;
    }
}

/// The way that leads apart; of two at one place, by their order.
fn sign(of: f64, first: bool) -> f64 {
    if of > 0.0 || (of == 0.0 && first) {
        1.0
    } else {
        -1.0
    }
}

fn rows(halves: &[f64], height: f64) -> Vec<Point> {
    let widest = halves.iter().copied().fold(0.0, f64::max) * 2.0;
    let long = (1..).find(|n| n * n >= halves.len()).unwrap_or(1);
    (0..halves.len())
        .map(|n| (count(n % long) * widest, count(n / long) * height))
        .collect()
}
