//! Statistics of groups behind a wall: a fixed list of tables, computed once a month, from which nothing about a person follows
//! (invariant 7, FIELD B5).
//!
//! A count of fewer than [`FLOOR`] persons is never shown, and nothing is shown from which it could be computed: neither a total over it,
//! nor a figure that differs from the one shown last by fewer than [`FLOOR`]. So whoever knows all persons but one, and subtracts one
//! month from the next, or a line from a total, learns nothing. The tables have no filters: what cannot be asked cannot be differenced.

mod month;
mod sheet;
mod tables;

pub use month::Month;
pub use sheet::{Cell, Line, Sheet};
pub use tables::{
    Published, TABLES, Table, find, is_of_persons, place_of_obligation, place_of_request, window,
};

use serde::{Deserialize, Serialize};

/// The fewest persons that a figure may be about, and by which it may differ from the one shown before.
pub const FLOOR: u64 = 10;

/// The truth: persons by line and column. It is shown to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    lines: Vec<Vec<u64>>,
    columns: usize,
}

/// What is shown of a table: figures, and `None` where nothing is. It is kept as it is for the month that follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// By line and column.
    pub cells: Vec<Vec<Option<u64>>>,
    /// Of each line, where nothing in it is hidden.
    pub of_lines: Vec<Option<u64>>,
    /// Of each column, where nothing in it is hidden.
    pub of_columns: Vec<Option<u64>>,
    /// Of all, where nothing is hidden.
    pub of_all: Option<u64>,
    /// By line and column, the last figure that was shown, also of one that is hidden now.
    pub last: Vec<Vec<Option<u64>>>,
}

impl Counts {
    /// An empty table of so many lines and columns.
    #[must_use]
    pub fn new(lines: usize, columns: usize) -> Self {
        Self {
            lines: vec![vec![0; columns]; lines],
            columns,
        }
    }

    /// Counts one person more; nothing outside the table.
    pub fn add(&mut self, line: usize, column: usize) {
        let cell = self.lines.get_mut(line).and_then(|l| l.get_mut(column));
        if let Some(cell) = cell {
            *cell = cell.saturating_add(1);
        }
    }

    /// The counts as they are, of what is about no person.
    #[must_use]
    pub fn of_no_person(self) -> Vec<Vec<u64>> {
        self.lines
    }

    /// What may be shown of it, beside what was shown of the same table before.
    ///
    /// A figure that did not change by enough stays as it was shown: it is then older than the table, by less than [`FLOOR`] persons.
    #[must_use]
    pub fn shown_after(&self, before: Option<&Shown>) -> Shown {
        let figures = |(n, line): (usize, &Vec<u64>)| -> Vec<Figure> {
            let last = |m: usize| before.and_then(|b| *b.last.get(n)?.get(m)?);
            let figures = line.iter().enumerate();
            figures.map(|(m, now)| figure(*now, last(m))).collect()
        };
        let figures: Vec<Vec<Figure>> = self.lines.iter().enumerate().map(figures).collect();
        let each = |of: fn(&Figure) -> Option<u64>| -> Vec<Vec<Option<u64>>> {
            let line = |line: &Vec<Figure>| line.iter().map(of).collect();
            figures.iter().map(line).collect()
        };
        let (cells, last) = (each(|f| f.shown), each(|f| f.last));
        let column = |m: usize| total(cells.iter().map(|line| line.get(m).copied().flatten()));
        let of_lines: Vec<_> = cells.iter().map(|l| total(l.iter().copied())).collect();
        Shown {
            of_columns: (0..self.columns).map(column).collect(),
            of_all: total(of_lines.iter().copied()),
            of_lines,
            cells,
            last,
        }
    }
}

struct Figure {
    shown: Option<u64>,
    last: Option<u64>,
}

/// One figure: of now, as it was shown before, or none. Few are hidden at once, whatever was shown before: hidden later, they would be
/// known to be fewer still.
fn figure(now: u64, last: Option<u64>) -> Figure {
    let shown = match last {
        _ if now < FLOOR => None,
        Some(last) if now.abs_diff(last) < FLOOR => Some(last),
        _ => Some(now),
    };
    Figure {
        shown,
        last: shown.or(last),
    }
}

/// The sum of figures, if each is shown: a total is never more than the sum of what stands beside it.
fn total(figures: impl IntoIterator<Item = Option<u64>>) -> Option<u64> {
    figures
        .into_iter()
        .try_fold(0u64, |sum, figure| Some(sum.saturating_add(figure?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(lines: &[Vec<u64>]) -> Counts {
        Counts {
            columns: lines.first().map_or(0, Vec::len),
            lines: lines.to_vec(),
        }
    }

    /// Tables of up to four lines and columns, with counts around the floor.
    fn tables() -> impl Strategy<Value = Vec<Vec<u64>>> {
        (1usize..5, 1usize..5).prop_flat_map(|(lines, columns)| {
            let line = prop::collection::vec(0u64..35, columns);
            prop::collection::vec(line, lines)
        })
    }

    /// A table, and where in it something may change.
    fn places() -> impl Strategy<Value = (Vec<Vec<u64>>, usize, usize)> {
        tables().prop_flat_map(|table| {
            let (lines, columns) = (table.len(), table[0].len());
            (Just(table), 0..lines, 0..columns)
        })
    }

    #[test]
    fn a_table_says_what_is_many_and_hides_what_is_few() {
        let shown = counts(&[vec![12, 30], vec![11, 9]]).shown_after(None);
        assert_eq!(
            shown.cells,
            [vec![Some(12), Some(30)], vec![Some(11), None]]
        );
        assert_eq!(shown.of_lines, [Some(42), None]);
        assert_eq!(shown.of_columns, [Some(23), None]);
        assert_eq!(shown.of_all, None);
        let mut counted = Counts::new(1, 1);
        (0..FLOOR).for_each(|_| counted.add(0, 0));
        counted.add(1, 0);
        counted.add(0, 1);
        assert_eq!(counted.shown_after(None).of_all, Some(FLOOR));
        assert_eq!(Counts::new(0, 0).shown_after(None).of_all, Some(0));
    }

    /// Months of a table in which one cell goes up and down.
    fn months() -> impl Strategy<Value = (Vec<Vec<u64>>, usize, usize, Vec<u64>)> {
        let steps = prop::collection::vec(0u64..30, 1..30);
        (places(), steps).prop_map(|((table, n, m), steps)| (table, n, m, steps))
    }

    proptest! {
        /// Whatever stands behind a hidden figure, the same is shown in this month and in those that follow: it says no more than "fewer
        /// than ten".
        #[test]
        fn invariant_07_nothing_shown_depends_on_what_is_hidden((mut table, n, m, steps) in months(), other in 0..FLOOR) {
            let (mut one, mut two) = (None, None);
            for step in steps {
                table[n][m] = step;
                let mut changed = table.clone();
                if step < FLOOR {
                    changed[n][m] = other;
                }
                let shown = counts(&table).shown_after(one.as_ref());
                prop_assert_eq!(&shown, &counts(&changed).shown_after(two.as_ref()));
                two = Some(shown.clone());
                one = Some(shown);
            }
        }

        /// Differencing: a figure shown in any two months is the same, or differs by the floor at least, also with hidden months between
        /// them. So nobody sees one person come or go.
        #[test]
        fn invariant_07_no_difference_between_months_is_about_few((mut table, n, m, steps) in months()) {
            let mut before = None;
            let mut seen = Vec::new();
            for step in steps {
                table[n][m] = step;
                let now = counts(&table).shown_after(before.as_ref());
                seen.extend(now.cells[n][m]);
                before = Some(now);
            }
            for pair in seen.windows(2) {
                let differ = pair[0].abs_diff(pair[1]);
                prop_assert!(differ == 0 || differ >= FLOOR, "{seen:?}");
            }
        }

        /// The attack over two months: all persons of a table are known but one, who comes in the second month or does not. Both times
        /// the same is shown, but where there were nine: then the figure appears, and says that there are ten, as it may.
        #[test]
        fn invariant_07_the_second_month_does_not_tell_whether_one_person_came((table, n, m) in places()) {
            let before = counts(&table).shown_after(None);
            let mut with = table.clone();
            with[n][m] += 1;
            let (with, without) = (counts(&with), counts(&table));
            let same = with.shown_after(Some(&before)) == without.shown_after(Some(&before));
            prop_assert!(same || table[n][m] == FLOOR - 1);
        }

        /// No total is shown over a hidden figure, and each is the sum of what stands beside it: none says more than they do.
        #[test]
        fn invariant_07_totals_add_up_what_is_shown(table in tables()) {
            let shown = counts(&table).shown_after(None);
            for (line, of_line) in shown.cells.iter().zip(&shown.of_lines) {
                prop_assert_eq!(*of_line, total(line.iter().copied()));
            }
            let hidden = shown.cells.iter().flatten().any(Option::is_none);
            prop_assert_eq!(shown.of_all.is_none(), hidden);
        }
    }
}
