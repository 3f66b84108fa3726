//! Steps of a joint action day as one text: a line for each, `+00:30 | fr/liaison | where | what`, the time counted from T0.
//!
//! Forms give four cells for each step, files and programs the lines; both are read here into the same text, ordered by time. Steps of
//! one time are simultaneous. The number of a step is its place in that order, from 1.

use crate::field::Problem;
use crate::ids::ServiceName;
use crate::instant::{Instant, Span};
use std::fmt;

/// Most steps of a day.
pub const MOST: usize = 40;
/// Most characters of a cell.
pub const MOST_IN_CELL: usize = 240;
/// Cells of a step, in their order: when, who, where, what.
pub const CELLS: usize = 4;
/// What stands between the cells of a line.
const BETWEEN: char = '|';
/// Furthest from T0, in minutes: two days.
const FURTHEST: i32 = 2 * 24 * 60;

/// A time counted from T0, in minutes; before it, negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FromZero(pub i32);

impl FromZero {
    /// Reads `+01:30`, `-00:15`, `1:30` or `T+01:30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['T', 't']).unwrap_or(text);
        let (sign, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str, most: usize| {
            let fits = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse::<i32>().ok()).flatten()
        };
        let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)?;
        let all = digits(hours, 2)?.checked_mul(60)?.checked_add(minutes)?;
        (all <= FURTHEST).then_some(Self(sign * all))
    }

    /// The moment that it means.
    #[must_use]
    pub fn after(self, zero: Instant) -> Instant {
        zero + Span::minutes(i64::from(self.0))
    }
}

impl fmt::Display for FromZero {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let all = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", all / 60, all % 60)
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// When, from T0.
    pub at: FromZero,
    /// Who.
    pub service: ServiceName,
    /// Where; may be empty.
    pub place: String,
    /// What.
    pub what: String,
}

impl Step {
    fn of(cells: [&str; CELLS]) -> Option<Self> {
        let [at, service, place, what] = cells.map(str::trim);
        let clean = |cell: &str| {
            let fits = cell.chars().count() <= MOST_IN_CELL;
            fits && !cell.chars().any(|c| c.is_control() || c == BETWEEN)
        };
        (clean(place) && clean(what) && !what.is_empty()).then_some(())?;
        Some(Self {
            at: FromZero::parse(at)?,
            service: service.parse().ok()?,
            place: place.to_owned(),
            what: what.to_owned(),
        })
    }
}

impl Step {
    /// Whether both are one step in two versions of a day: the same service does the same at the same place, word for word. Its time may
    /// have moved: whoever was ready stays ready.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let of = |step: &Self| (step.service.clone(), step.place.clone(), step.what.clone());
        of(self) == of(other)
    }
}

/// For each step of a version of a day, its place among those of the version before; nothing for one that is new. Of several that are alike
/// the first is the first, in the order of time, and none stands for two.
#[must_use]
pub fn carried(before: &[Step], now: &[Step]) -> Vec<Option<usize>> {
    let mut free: Vec<(usize, &Step)> = before.iter().enumerate().collect();
    let carried = now.iter().map(|step| {
        let at = free.iter().position(|(_, other)| step.is_same(other))?;
        Some(free.remove(at).0)
    });
    carried.collect()
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, who, place, what) = (self.at, &self.service, &self.place, &self.what);
        write!(f, "{at} {BETWEEN} {who} {BETWEEN} {place} {BETWEEN} {what}")
    }
}

/// The cells that a form or a text gave, four for each step; rows without a word are left out.
#[must_use]
pub fn cells(raw: &[String]) -> Vec<[String; CELLS]> {
    let rows: Vec<[String; CELLS]> = match raw {
        [text] => text.lines().map(cut).collect(),
        cells => cells.chunks(CELLS).map(filled).collect(),
    };
    // A form offers a service in each row: alone it is no step.
    let said = |row: &[String; CELLS]| {
        let mut others = row.iter().enumerate().filter(|(at, _)| *at != 1);
        others.any(|(_, cell)| !cell.trim().is_empty())
    };
    rows.into_iter().filter(said).collect()
}

fn cut(line: &str) -> [String; CELLS] {
    let mut parts = line.splitn(CELLS, BETWEEN);
    std::array::from_fn(|_| parts.next().unwrap_or_default().trim().to_owned())
}

fn filled(chunk: &[String]) -> [String; CELLS] {
    std::array::from_fn(|at| chunk.get(at).cloned().unwrap_or_default())
}

/// Reads steps, and gives them as one text in the order of their times.
///
/// # Errors
/// The number of the first row that is no step, or that there are too many.
pub fn read(raw: &[String]) -> Result<String, Problem> {
    let rows = cells(raw);
    if rows.len() > MOST {
        return Err(Problem::OutOfRange(
            1,
            i64::try_from(MOST).unwrap_or(i64::MAX),
        ));
    }
    let mut steps = Vec::with_capacity(rows.len());
    for (number, row) in (1..).zip(&rows) {
        let step = Step::of(row.each_ref().map(String::as_str));
        steps.push(step.ok_or(Problem::NotAStep(number))?);
    }
    // Those of one time stay as they were given.
    steps.sort_by_key(|step| step.at);
    let lines: Vec<String> = steps.iter().map(Step::to_string).collect();
    Ok(lines.join("\n"))
}

/// The steps of a text that was read; what is none is left out, as a body of a partner may hold anything.
#[must_use]
pub fn steps(text: &str) -> Vec<Step> {
    let step = |line: &str| Step::of(cut(line).each_ref().map(String::as_str));
    let mut steps: Vec<Step> = text.lines().take(MOST).filter_map(step).collect();
    steps.sort_by_key(|step| step.at);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step() -> impl Strategy<Value = Step> {
        let words = "[a-zéàب-ي0-9.,() -]{0,30}";
        let service = prop_oneof![Just("fr/liaison"), Just("ma/surveillance-1")];
        ((-2880..=2880i32), service, words, "[a-zب-ي]{1,20}").prop_map(
            |(at, service, place, what)| Step {
                at: FromZero(at),
                service: service.parse().unwrap(),
                place: place.trim().to_owned(),
                what,
            },
        )
    }

    proptest! {
        /// Lines and cells are two ways to say the same, and what was read reads as itself. Take out: the sorting in `read`.
        #[test]
        fn lines_and_cells_say_the_same_steps_in_the_order_of_time(given in prop::collection::vec(step(), 2..MOST)) {
            let lines: Vec<String> = given.iter().map(Step::to_string).collect();
            let cells: Vec<String> = given
                .iter()
                .flat_map(|s| [s.at.to_string(), s.service.to_string(), s.place.clone(), s.what.clone()])
                .collect();
            let text = read(&[lines.join("\n")]).unwrap();
            prop_assert_eq!(&text, &read(&cells).unwrap());
            prop_assert_eq!(&text, &read(std::slice::from_ref(&text)).unwrap());
            let read = steps(&text);
            prop_assert!(read.is_sorted_by_key(|s| s.at));
            let mut sorted = given;
            sorted.sort_by_key(|s| s.at);
            prop_assert_eq!(read, sorted);
        }

        /// A version that says the same carries every step; what is dropped, moved in time or new changes nothing for the others, and no step
        /// stands for two. Take out: in `carried`, that a step that was taken is no longer free; in `is_same`, the service, the place or what
        /// is done.
        #[test]
        fn the_same_step_is_carried_and_no_other(given in prop::collection::vec(step(), 1..MOST), dropped in any::<prop::sample::Index>(), later in 0..600i32) {
            let all: Vec<Option<usize>> = (0..given.len()).map(Some).collect();
            prop_assert_eq!(carried(&given, &given), all.clone());
            let moved: Vec<Step> = given.iter().cloned().map(|s| Step { at: FromZero(s.at.0 + later), ..s }).collect();
            prop_assert_eq!(carried(&given, &moved), all);
            let mut fewer = given.clone();
            let gone = fewer.remove(dropped.index(given.len()));
            let kept = carried(&given, &fewer);
            prop_assert!(kept.iter().all(Option::is_some));
            let places: std::collections::BTreeSet<usize> = kept.iter().flatten().copied().collect();
            prop_assert_eq!(places.len(), fewer.len());
            let left: Vec<&Step> = (0..given.len()).filter(|at| !places.contains(at)).map(|at| &given[at]).collect();
            prop_assert!(matches!(left[..], [one] if one.is_same(&gone)));
            for other in [
                Step { what: format!("{} encore", gone.what), ..gone.clone() },
                Step { place: format!("{} nord", gone.place), ..gone.clone() },
                Step { service: "es/autre".parse().unwrap(), ..gone.clone() },
            ] {
                prop_assert_eq!(carried(std::slice::from_ref(&gone), &[other]), vec![None]);
            }
        }

        /// Invariant 12: no text hurts. Take out: nothing can be taken out but a panic put in.
        #[test]
        fn invariant_12_no_text_hurts(text in any::<String>(), cells in prop::collection::vec(any::<String>(), 0..20)) {
            let _read = (read(std::slice::from_ref(&text)), read(&cells));
            prop_assert!(steps(&text).len() <= MOST);
        }
    }

    /// Take out: in `FromZero::parse`, the limits.
    #[test]
    fn times_are_hours_and_minutes_from_zero() {
        for (text, minutes) in [
            ("+01:30", 90),
            ("-0:15", -15),
            ("T+00:00", 0),
            ("2:05", 125),
        ] {
            assert_eq!(FromZero::parse(text), Some(FromZero(minutes)), "{text}");
        }
        for text in ["", "90", "1:60", "+-1:00", "99:00", "1:5x", ":30", "+1:"] {
            assert_eq!(FromZero::parse(text), None, "{text}");
        }
    }

    /// Take out: the number in the problem.
    #[test]
    fn the_row_that_is_no_step_is_named() {
        let text = "+00:00 | fr/liaison | | go\nlater | fr/liaison | | go".to_owned();
        assert_eq!(read(&[text]), Err(Problem::NotAStep(2)));
        let many = "+00:00 | fr/liaison | | go\n".repeat(MOST + 1);
        assert!(matches!(read(&[many]), Err(Problem::OutOfRange(..))));
        // A row of which only the service stands there is empty.
        let cells = ["+0:10", "fr/liaison", "", "go", "", "fr/liaison", "", ""];
        let cells = cells.map(str::to_owned);
        assert_eq!(read(&cells).unwrap(), "+00:10 | fr/liaison |  | go");
    }
}
