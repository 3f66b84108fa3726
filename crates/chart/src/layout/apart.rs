//! Marks and labels pushed apart until none covers another, each pair along the way that is shorter; where that does not end, the whole is
//! made wider; and where even that does not, they stand in rows. So it always ends, and never with two on top of each other.

use crate::between::{count, get};

type Point = (f64, f64);

/// Rounds of pushing before the whole is made wider.
const ROUNDS: usize = 60;
/// How often it is made wider.
const WIDER: usize = 24;
/// By how much.
const BY: f64 = 1.12;

/// Points moved so that boxes around them, of half the width given each and of one height, have nothing in common.
pub(super) fn apart(mut points: Vec<Point>, halves: &[f64], height: f64) -> Vec<Point> {
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

/// One round, from left to right; says whether anything was on top of something.
fn push(points: &mut [Point], halves: &[f64], height: f64) -> bool {
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
            met |= separate(
                points,
                (*one, *other),
                get(halves, *one) + get(halves, *other),
                height,
            );
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
    if let Some(point) = points.get_mut(one) {
        *point = (a.0 - x, a.1 - y);
    }
    if let Some(point) = points.get_mut(other) {
        *point = (b.0 + x, b.1 + y);
    }
    true
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
