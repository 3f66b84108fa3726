//! What was published, laid out for whoever shows it: each table with its heads, a figure or why there is none, and the totals.

use super::tables::{Head, Published, TABLES, Table};
use super::{FLOOR, Shown};

/// A figure, or why none is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Told.
    Figure(u64),
    /// Fewer persons than [`FLOOR`], none included.
    Few,
    /// A total over such a figure: it would tell it.
    Withheld,
}

impl Cell {
    /// As programs and files have it.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Figure(n) => n.to_string(),
            Self::Few => format!("fewer_than_{FLOOR}"),
            Self::Withheld => "withheld".to_owned(),
        }
    }
}

/// A line of a table: its head (none: the line of totals), its cells and their total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub head: Option<Head>,
    /// By column.
    pub cells: Vec<Cell>,
    /// Of all columns.
    pub total: Cell,
}

/// A table of a month.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which.
    pub table: &'static Table,
    /// Its columns.
    pub columns: Vec<Head>,
    /// Its lines, that of the totals last.
    pub lines: Vec<Line>,
}

impl Published {
    /// Its tables in the order of the page; those of which nothing was published then are left out.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        let of = |table: &'static Table| match table.persons {
            Some(_) => self
                .persons
                .get(table.name)
                .map(|shown| of_persons(table, shown)),
            None => self
                .obligations
                .get(table.name)
                .map(|counts| exact(table, counts)),
        };
        TABLES.iter().filter_map(of).collect()
    }
}

fn of_persons(table: &'static Table, shown: &Shown) -> Sheet {
    let few = |figure: &Option<u64>| figure.map_or(Cell::Few, Cell::Figure);
    let all = |figure: &Option<u64>| figure.map_or(Cell::Withheld, Cell::Figure);
    let rows = shown.cells.iter().zip(&shown.of_lines);
    let rows = rows.map(|(cells, total)| (cells.iter().map(few).collect(), all(total)));
    let totals = (
        shown.of_columns.iter().map(all).collect(),
        all(&shown.of_all),
    );
    sheet(table, rows.collect(), totals)
}

fn exact(table: &'static Table, counts: &[Vec<u64>]) -> Sheet {
    let sum = |of: &[u64]| Cell::Figure(of.iter().fold(0u64, |sum, n| sum.saturating_add(*n)));
    let rows = counts.iter().map(|line| {
        let cells = line.iter().copied().map(Cell::Figure);
        (cells.collect(), sum(line))
    });
    let column = |m: usize| -> Vec<u64> {
        let of = |line: &Vec<u64>| line.get(m).copied();
        counts.iter().filter_map(of).collect()
    };
    let columns = counts.first().map_or(0, Vec::len);
    let columns: Vec<Vec<u64>> = (0..columns).map(column).collect();
    let totals = columns.iter().map(|column| sum(column)).collect();
    let all: Vec<u64> = columns.concat();
    sheet(table, rows.collect(), (totals, sum(&all)))
}

/// Heads go with what was published: a later version may add lines and columns at the end, and leaves those before in their places.
fn sheet(table: &'static Table, rows: Vec<(Vec<Cell>, Cell)>, totals: (Vec<Cell>, Cell)) -> Sheet {
    let columns = table.columns.iter().take(totals.0.len()).copied().collect();
    let heads = (table.lines)().into_iter().map(Some);
    let line = |(head, (cells, total))| Line { head, cells, total };
    let mut lines: Vec<Line> = heads.zip(rows).map(line).collect();
    lines.push(line((None, totals)));
    Sheet {
        table,
        columns,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::Instant;
    use crate::statistics::Counts;
    use std::collections::BTreeMap;

    fn published() -> Published {
        let mut counts = Counts::new(3, 5);
        for (line, column, persons) in [(0, 0, 12), (0, 1, 10), (0, 2, 11), (0, 3, 14), (0, 4, 9)] {
            (0..persons).for_each(|_| counts.add(line, column));
        }
        Published {
            month: "2026-10".parse().unwrap(),
            at: Instant(0),
            persons: BTreeMap::from([("rights".to_owned(), counts.shown_after(None))]),
            obligations: BTreeMap::from([("owed_by_us".to_owned(), vec![vec![1, 2], vec![3, 4]])]),
        }
    }

    #[test]
    fn invariant_07_a_sheet_says_where_a_figure_is_not_told_and_why() {
        let [persons, owed] = <[Sheet; 2]>::try_from(published().sheets()).unwrap();
        let line = &persons.lines[0];
        assert_eq!(line.cells[..2], [Cell::Figure(12), Cell::Figure(10)]);
        assert_eq!((line.cells[4], line.total), (Cell::Few, Cell::Withheld));
        let totals = persons.lines.last().unwrap();
        assert_eq!((totals.head, totals.total), (None, Cell::Withheld));
        assert_eq!(persons.lines.len(), 4);
        assert_eq!(owed.columns.len(), 2);
        let totals = owed.lines.last().unwrap();
        assert_eq!(totals.cells, [Cell::Figure(4), Cell::Figure(6)]);
        assert_eq!(totals.total, Cell::Figure(10));
        let said = [Cell::Figure(7), Cell::Few, Cell::Withheld].map(Cell::text);
        assert_eq!(said, ["7", "fewer_than_10", "withheld"]);
    }
}
