//! Deconfliction of times and places: whether two plans are near each other in both.
//!
//! Pure and symmetric. A place is known by coordinates written after its name, else by the name itself. Two places that both have
//! coordinates are near within a distance; otherwise they are near if they are called alike. Two times are near if they overlap once each
//! is widened by a tolerance. What is unknown is never near: a plan without a place or a time is told of nothing.

use crate::instant::{Instant, Span};

/// How near two places with coordinates are, in metres.
pub const METRES: f64 = 2_000.0;
/// How near two times are.
pub const TOLERANCE: Span = Span::hours(6);
/// Radius of the earth in metres, as a sphere.
const EARTH: f64 = 6_371_008.8;

/// A place on earth in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// From -90 to 90.
    pub latitude: f64,
    /// From -180 to 180.
    pub longitude: f64,
}

impl Position {
    /// The metres between two positions, along a great circle.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let cosines = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let h =
            half(self.latitude, other.latitude) + cosines * half(self.longitude, other.longitude);
        2.0 * EARTH * h.clamp(0.0, 1.0).sqrt().asin()
    }

    /// The first two numbers in degrees that stand side by side in a text, between a comma, a semicolon or a space.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let numbers: Vec<(usize, usize, f64)> = numbers(text);
        let mut pairs = numbers.iter().zip(numbers.iter().skip(1));
        pairs.find_map(|(one, other)| {
            let between = text.get(one.1..other.0)?.trim();
            let beside = matches!(between, "" | "," | ";" | "،");
            let position = Self {
                latitude: one.2,
                longitude: other.2,
            };
            (beside && position.is_one()).then_some(position)
        })
    }

    fn is_one(self) -> bool {
        self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0
    }
}

/// Numbers with a decimal point in a text, with where each begins and ends: house numbers and dates are none.
fn numbers(text: &str) -> Vec<(usize, usize, f64)> {
    let mut out = Vec::new();
    let mut from = 0;
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    for piece in text.split(|c: char| !part(c)) {
        let begins = from;
        let ends = begins + piece.len();
        from = ends
            + text
                .get(ends..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        let decimal = piece
            .split_once('.')
            .is_some_and(|(_, after)| !after.is_empty());
        if let Some(number) = piece.parse::<f64>().ok().filter(|_| decimal) {
            out.push((begins, ends, number));
        }
    }
    out
}

/// Where something is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    position: Option<Position>,
    name: String,
}

impl Place {
    /// Reads a place as people write it; none if there is nothing by which it could be known again.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let position = Position::find(text);
        let name = name_of(text);
        (position.is_some() || !name.is_empty()).then_some(Self { position, name })
    }

    /// Latitude and longitude in millionths of a degree, where it has coordinates.
    #[must_use]
    pub fn micro(&self) -> Option<(i64, i64)> {
        self.position
            .map(|at| (micro(at.latitude), micro(at.longitude)))
    }

    /// Its name as it is compared; may be empty.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether both are near each other.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        match (self.position, other.position) {
            (Some(one), Some(other)) => one.metres_to(other) <= METRES,
            _ => !self.name.is_empty() && self.name == other.name,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a position has at most 180 degrees"
)]
fn micro(degrees: f64) -> i64 {
    (degrees * 1e6).round() as i64
}

/// A name as it is compared: letters and figures alone, without case or marks, and without what stands in brackets or is a position.
fn name_of(text: &str) -> String {
    let text = text.split(['(', '[']).next().unwrap_or_default();
    let mut kept = text.to_owned();
    if Position::find(text).is_some() {
        for (begins, ends, _) in numbers(text).into_iter().rev() {
            kept.replace_range(begins..ends, " ");
        }
    }
    let letters = kept.chars().flat_map(char::to_lowercase).map(plain);
    let words: String = letters
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A letter without its mark, as far as French writes them, and an alif without its hamza.
fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ñ' => 'n',
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        c => c,
    }
}

/// Something planned: where, from when, until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Where.
    pub place: Place,
    /// From when.
    pub from: Instant,
    /// Until when; not before [`Self::from`].
    pub until: Instant,
}

impl Planned {
    /// Whether both are near each other in place and time.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        let within = |one: &Self, other: &Self| one.from <= other.until + TOLERANCE;
        within(self, other) && within(other, self) && self.place.is_near(&other.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn planned() -> impl Strategy<Value = Planned> {
        let place = prop_oneof![
            (36.80..36.86f64, -2.50..-2.44f64).prop_map(|(a, o)| format!("Quai ({a:.4}, {o:.4})")),
            Just("Port de pêche".to_owned()),
            Just("port de PECHE".to_owned()),
            Just("مرسى".to_owned()),
        ];
        (place, 0..200i64, 0..20i64).prop_map(|(place, from, long)| Planned {
            place: Place::read(&place).unwrap(),
            from: Instant(from * 3_600_000),
            until: Instant((from + long) * 3_600_000),
        })
    }

    proptest! {
        /// What one is told the other is told too. Take out: in `Planned::is_near`, one of the two comparisons of time.
        #[test]
        fn nearness_is_mutual(one in planned(), other in planned()) {
            prop_assert_eq!(one.is_near(&other), other.is_near(&one));
            prop_assert!(one.is_near(&one));
        }

        /// Whatever lies within the distance and the tolerance is found. Take out: the tolerance, or the cosines of the latitude.
        #[test]
        fn nothing_within_the_tolerance_is_missed(
            latitude in -80.0..80.0f64, longitude in -179.0..179.0f64,
            bearing in 0.0..std::f64::consts::TAU, metres in 0.0..1_950.0f64, late in 0..=6 * 3_600_000i64,
        ) {
            let one = Position { latitude, longitude };
            let north = (metres * bearing.cos() / EARTH).to_degrees();
            let east = (metres * bearing.sin() / EARTH / latitude.to_radians().cos()).to_degrees();
            let other = Position { latitude: latitude + north, longitude: longitude + east };
            let at = |p: Position, from: i64| Planned {
                place: Place::read(&format!("ici ({:.6}, {:.6})", p.latitude, p.longitude)).unwrap(),
                from: Instant(from),
                until: Instant(from),
            };
            prop_assert!(at(one, 0).is_near(&at(other, late)));
        }

        /// What is far in either is not. Take out: in `Planned::is_near`, the place.
        #[test]
        fn what_is_far_is_not_near(one in planned(), hours in 27..500i64) {
            let later = Planned { from: one.until + Span::hours(hours), until: one.until + Span::hours(hours), ..one.clone() };
            prop_assert!(!one.is_near(&later));
            let elsewhere = Planned { place: Place::read("Col (31.05, -7.91)").unwrap(), ..one.clone() };
            prop_assert!(!one.is_near(&elsewhere));
        }

        /// Invariant 12: no text hurts. Take out: nothing can be taken out but a panic put in.
        #[test]
        fn invariant_12_no_place_hurts(text in any::<String>()) {
            let read = Place::read(&text);
            prop_assert!(read.is_none_or(|place| place.is_near(&place)));
        }
    }

    /// Take out: in `numbers`, that a number has a decimal point.
    #[test]
    fn coordinates_are_found_where_they_stand() {
        let found = |text: &str| Position::find(text).map(|p| (p.latitude, p.longitude));
        assert_eq!(found("Quai 3 (36.834, -2.463)"), Some((36.834, -2.463)));
        assert_eq!(found("36.834 -2.463"), Some((36.834, -2.463)));
        assert_eq!(found("رصيف 36.834، -2.463"), Some((36.834, -2.463)));
        for none in [
            "Quai 3, 4e étage",
            "36.834",
            "le 10.09, le 11.09",
            "120.5, 10.5",
        ] {
            assert_eq!(found(none), None, "{none}");
        }
    }

    /// Take out: in `name_of`, `plain`.
    #[test]
    fn a_name_is_compared_without_case_marks_or_brackets() {
        let near = |one: &str, other: &str| {
            Place::read(one)
                .unwrap()
                .is_near(&Place::read(other).unwrap())
        };
        assert!(near("Dépôt Nord", "depot  nord (entrée B)"));
        assert!(near("Quai 3 (36.834, -2.463)", "quai 3"));
        assert!(!near("Quai 3", "Quai 4"));
        assert!(near("36.834, -2.463", "Hangar (36.835, -2.464)"));
        assert!(Place::read(" (…) ").is_none());
    }
}
