//! Where and when, as items of sets: what two states compare without telling each other ([`super::compare`]).
//!
//! A place on earth is a cell of a grid, some two kilometres wide; a time is a slot of six hours. One side holds the cells and slots that its
//! plans touch; the other asks for all that lie within the distance and the tolerance of [`super::near`]. What is near by that measure thus
//! shares an item; what shares one may be a few kilometres or hours further away. Places without coordinates are known by their name, and
//! as in [`super::near`] a name counts only where one of the two has no coordinates.
//!
//! Both nodes must cut the earth and time alike, so all is whole numbers: positions in millionths of a degree, no floating point.

use super::near::{Place, Planned, TOLERANCE};
use crate::instant::Span;
use std::collections::BTreeSet;

/// How long a slot is.
pub const SLOT: Span = Span::hours(6);
/// Longest plan that is compared: a longer one is as good as everywhere in time.
pub const LONGEST: Span = Span::days(31);

/// Millionths of a degree, and what cosines are multiplied by.
const ONE: i64 = 1_000_000;
/// All around the earth.
const AROUND: i64 = 360 * ONE;
/// How high a row of cells is: some 2.2 km.
const ROW: i64 = ONE / 50;
/// The distance within which something is near ([`super::near::METRES`]) as a latitude, and a little more for what was rounded.
const REACH: i64 = 17_995;

/// A cell or a name in a slot, as bytes that are the same on both sides.
pub type Item = Vec<u8>;

/// Sorts of items, so that a name is taken for no cell, and a name counts only where one side has no coordinates.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Sort {
    Cell = 0,
    /// A name that is asked for without coordinates.
    NameAlone = 1,
    /// A name that is asked for beside coordinates.
    NameBeside = 2,
}

/// What a plan is held as; nothing for one longer than [`LONGEST`].
#[must_use]
pub fn held(planned: &Planned) -> BTreeSet<Item> {
    let place = &planned.place;
    let mut wheres = Vec::new();
    match place.micro() {
        Some(at) => wheres.push(of_cell(cell(at))),
        None => wheres.push(of_name(Sort::NameBeside, place)),
    }
    wheres.push(of_name(Sort::NameAlone, place));
    within(planned, Span(0), &wheres)
}

/// What is asked for a plan: all that a plan near it could be held as; nothing for one longer than [`LONGEST`].
#[must_use]
pub fn asked(planned: &Planned) -> BTreeSet<Item> {
    let place = &planned.place;
    let wheres = match place.micro() {
        Some(at) => {
            let mut wheres: Vec<Item> = around(at).into_iter().map(of_cell).collect();
            wheres.push(of_name(Sort::NameBeside, place));
            wheres
        }
        None => vec![of_name(Sort::NameAlone, place)],
    };
    within(planned, TOLERANCE, &wheres)
}

/// Each place in each slot of a plan, widened on both sides; places that are none left out.
fn within(planned: &Planned, wider: Span, wheres: &[Item]) -> BTreeSet<Item> {
    if planned.until - planned.from > LONGEST {
        return BTreeSet::new();
    }
    let slot = |at: crate::instant::Instant| at.0.div_euclid(SLOT.0);
    let slots = slot(planned.from - wider)..=slot(planned.until + wider);
    let places = wheres.iter().filter(|place| !place.is_empty());
    let items = places.flat_map(|place| {
        let slots = slots.clone();
        slots.map(move |slot| [slot.to_be_bytes().as_slice(), place].concat())
    });
    items.collect()
}

fn of_cell((row, column): (i64, i64)) -> Item {
    let (row, column) = (row.to_be_bytes(), column.to_be_bytes());
    [[Sort::Cell as u8].as_slice(), &row, &column].concat()
}

fn of_name(sort: Sort, place: &Place) -> Item {
    match place.name() {
        "" => Item::new(),
        name => [[sort as u8].as_slice(), name.as_bytes()].concat(),
    }
}

/// The cell that a position is in. The date line itself, 180 degrees east, is where the first column begins.
fn cell((latitude, longitude): (i64, i64)) -> (i64, i64) {
    let row = row_of(latitude);
    (row, column_of(row, longitude).rem_euclid(columns(row)))
}

/// Every cell that has a point within [`REACH`] of a position.
fn around((latitude, longitude): (i64, i64)) -> BTreeSet<(i64, i64)> {
    let mut out = BTreeSet::new();
    let wide = reach_east(latitude);
    for row in row_of(latitude - REACH)..=row_of(latitude + REACH) {
        let columns = columns(row);
        let (from, until) = match wide {
            Some(wide) => (
                column_of(row, longitude - wide),
                column_of(row, longitude + wide),
            ),
            None => (0, columns - 1),
        };
        let (from, until) = match until - from >= columns {
            true => (0, columns - 1),
            false => (from, until),
        };
        out.extend((from..=until).map(|column| (row, column.rem_euclid(columns))));
    }
    out
}

/// Rows are counted from the south pole; there is none beyond the north pole.
fn row_of(latitude: i64) -> i64 {
    let last = 180 * ONE / ROW - 1;
    (latitude + 90 * ONE).div_euclid(ROW).clamp(0, last)
}

/// How many columns a row has: so many that none is narrower than a row is high.
fn columns(row: i64) -> i64 {
    let (south, north) = (row * ROW - 90 * ONE, (row + 1) * ROW - 90 * ONE);
    let cosine = cosine_at_most(south.abs().max(north.abs()));
    (AROUND / ROW * cosine / ONE).max(1)
}

/// The column of a longitude in a row; of one beyond the date line a number beyond the last, or less than none.
fn column_of(row: i64, longitude: i64) -> i64 {
    ((longitude + AROUND / 2) * columns(row)).div_euclid(AROUND)
}

/// How far east or west a point within [`REACH`] can be; none near a pole, where it can be anywhere. It moves on no parallel shorter than the
/// one nearest to the pole.
fn reach_east(latitude: i64) -> Option<i64> {
    let cosine = cosine_at_most(latitude.abs() + REACH);
    let wide = REACH * ONE / cosine.max(1) + 2;
    (cosine > 0 && wide < AROUND / 2).then_some(wide)
}

/// A number that is at most the cosine of an angle from 0 to a right one, by as little as a thousandth: the first terms of its series, of which the last is
/// taken away, each rounded to the safe side. Less than nothing close to a right angle.
fn cosine_at_most(angle: i64) -> i64 {
    // Pi is less than 355/113.
    let radians = angle * 355 / (113 * 180) + 1;
    let second = radians * radians / ONE + 1;
    let fourth = (second - 2) * (second - 2) / ONE;
    let sixth = second * second / ONE * second / ONE + 2;
    ONE - (second / 2 + 1) + fourth / 24 - (sixth / 720 + 1)
}

#[cfg(test)]
mod tests {
    use super::super::near::METRES;
    use super::*;
    use crate::instant::Instant;
    use proptest::prelude::*;

    fn at(latitude: f64, longitude: f64, from: i64, long: i64) -> Planned {
        let place = format!("ici ({latitude:.6}, {longitude:.6})");
        Planned {
            place: Place::read(&place).unwrap(),
            from: Instant(from),
            until: Instant(from + long),
        }
    }

    fn share(one: &Planned, other: &Planned) -> bool {
        !asked(one).is_disjoint(&held(other))
    }

    /// A position some metres away on a bearing, by the sphere's own formula, with its longitude brought back.
    fn away((latitude, longitude): (f64, f64), bearing: f64, metres: f64) -> (f64, f64) {
        let (lat, arc) = (latitude.to_radians(), metres / 6_371_008.8);
        let north = (lat.sin() * arc.cos() + lat.cos() * arc.sin() * bearing.cos()).asin();
        let y = bearing.sin() * arc.sin() * lat.cos();
        let east = y.atan2(arc.cos() - lat.sin() * north.sin()).to_degrees();
        let longitude = (longitude + east + 540.0).rem_euclid(360.0) - 180.0;
        (north.to_degrees(), longitude)
    }

    /// Everywhere, and often where it is hard: poles, the date line, borders of rows.
    fn position() -> impl Strategy<Value = (f64, f64)> {
        let latitude = prop_oneof![
            -90.0..=90.0f64,
            89.9..=90.0f64,
            -90.0..=-89.9f64,
            (-4000..4000i32).prop_map(|row| f64::from(row) / 50.0),
        ];
        let longitude = prop_oneof![
            -180.0..=180.0f64,
            179.97..=180.0f64,
            -180.0..=-179.97f64,
            Just(0.0)
        ];
        (latitude, longitude)
    }

    const HOUR: i64 = 3_600_000;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// What is near by distance and tolerance is never missed, at the date line, the poles and the borders of slots too. Take out: in
        /// `around`, that columns are counted around the earth; in `reach_east`, `REACH` beside the latitude; in `asked`, the tolerance.
        #[test]
        fn what_is_near_shares_an_item(
            one in position(), bearing in 0.0..std::f64::consts::TAU, metres in 0.0..=METRES,
            from in (-40..40i64).prop_map(|slot| slot * 6 * HOUR), off in prop_oneof![Just(-1i64), Just(0), Just(1), 0..6 * HOUR],
            long in 0..30 * HOUR, gap in prop_oneof![Just(0i64), Just(6 * HOUR), -20 * HOUR..6 * HOUR],
        ) {
            let other = away(one, bearing, metres);
            let one = at(one.0, one.1, from + off, long);
            let other = at(other.0, other.1, from + off + long + gap, HOUR);
            prop_assume!(one.is_near(&other));
            prop_assert!(share(&one, &other));
            prop_assert!(share(&other, &one));
        }

        /// What is further than cells and slots are wide shares nothing. Take out: in `within`, the slot; in `of_cell`, the column.
        #[test]
        fn what_is_far_shares_nothing(
            latitude in -80.0..80.0f64, longitude in -180.0..=180.0f64, bearing in 0.0..std::f64::consts::TAU,
            metres in 12_000.0..900_000.0f64, late in 19 * HOUR..900 * HOUR,
        ) {
            let other = away((latitude, longitude), bearing, metres);
            let one = Planned { place: Place::read(&format!("{latitude:.6}, {longitude:.6}")).unwrap(), from: Instant(0), until: Instant(HOUR) };
            let elsewhere = at(other.0, other.1, 0, HOUR);
            prop_assert!(!share(&one, &elsewhere) && !share(&elsewhere, &one));
            let later = Planned { from: Instant(late), until: Instant(late + HOUR), ..one.clone() };
            prop_assert!(!share(&one, &later) && !share(&later, &one));
        }

        /// A step of an hour costs no more than a small list, whatever its place. Take out: in `columns`, the cosine.
        #[test]
        fn a_step_costs_few_items(one in position(), from in any::<i32>()) {
            let step = at(one.0.clamp(-89.0, 89.0), one.1, i64::from(from) * 1000, HOUR);
            prop_assert!(asked(&step).len() <= 40, "{}", asked(&step).len());
            prop_assert!(held(&step).len() <= 4);
        }

        /// The cosine is never more than it is, and little less. Take out: in `cosine_at_most`, the sixth power.
        #[test]
        fn the_cosine_is_on_the_safe_side(angle in 0..=90 * ONE) {
            #[expect(clippy::cast_precision_loss, reason = "a test compares with floating point")]
            let (safe, real) = (cosine_at_most(angle) as f64 / 1e6, (angle as f64 / 1e6).to_radians().cos());
            prop_assert!(safe <= real && real - safe < 0.001, "{safe} {real}");
        }
    }

    /// On the date line itself a place is one place, from whichever side it is written. Found by the property above. Take out: in `cell`, that
    /// columns are counted around the earth.
    #[test]
    fn the_date_line_is_one_place() {
        let (east, west) = (at(0.0, 180.0, 0, HOUR), at(0.0, -180.0, 0, HOUR));
        for (one, other) in [(&east, &west), (&west, &east), (&east, &east)] {
            assert!(one.is_near(other) && share(one, other));
        }
    }

    /// A name counts where one of the two has no coordinates, and only there, as within a node. Take out: in `asked`, the sort of a name beside
    /// coordinates.
    #[test]
    fn names_count_as_they_do_nearby() {
        let planned = |place: &str| Planned {
            place: Place::read(place).unwrap(),
            from: Instant(0),
            until: Instant(HOUR),
        };
        let places = [
            "Quai 3",
            "QUAI 3",
            "Quai 3 (36.834, -2.463)",
            "Quai 3 (43.300, 5.360)",
            "36.834, -2.463",
            "رصيف",
        ];
        for one in places.map(planned) {
            for other in places.map(planned) {
                assert_eq!(share(&one, &other), one.is_near(&other));
            }
        }
    }

    /// Take out: in `within`, the limit.
    #[test]
    fn what_lasts_longer_than_a_month_is_not_compared() {
        let long = at(36.0, 5.0, 0, LONGEST.0 + 1);
        assert!(asked(&long).is_empty() && held(&long).is_empty());
        let month = at(36.0, 5.0, 0, LONGEST.0);
        assert!(asked(&month).len() > 700 && asked(&month).len() < 1_500);
    }
}
