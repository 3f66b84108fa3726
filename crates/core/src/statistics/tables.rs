//! The fixed list of published tables: what each counts, and where in it something stands.
//!
//! Each person is in one table alone, and only at the node that has to answer them: two tables over the same persons, or two nodes'
//! of different months, would be subtracted from each other. Tables without persons are exact, and leave out every obligation of a
//! kind that persons are counted in: they too would be subtracted.

use super::{Month, Shown};
use crate::codes::{Ask, Purpose};
use crate::instant::{Instant, Span};
use crate::kinds::{self, rights};
use crate::label::{Label, label};
use crate::obligation::{Obligation, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Months that a table looks back over, the one that it is of included.
const MONTHS: u16 = 12;

/// A line or a column: its name in files and for programs, and what a person reads.
pub type Head = (&'static str, Label);

/// A table that is published every month.
#[derive(Debug)]
pub struct Table {
    /// Its name in files and for programs.
    pub name: &'static str,
    /// What a person reads above it.
    pub title: Label,
    /// The kind whose persons it counts; none: it counts obligations, which are nobody's personal data, and is exact.
    pub persons: Option<&'static str>,
    /// Its lines.
    pub lines: fn() -> Vec<Head>,
    /// Its columns.
    pub columns: &'static [Head],
}

/// Requests of persons, by what is asked of the other side and what became of them.
const REQUESTS: &str = "rights";
/// What our side owed.
const OWED: &str = "owed_by_us";
/// What our side was owed.
const OWING: &str = "owed_to_us";

/// Every table, in the order of the page.
pub static TABLES: &[Table] = &[
    Table {
        name: REQUESTS,
        title: label(
            "Personnes qui ont exercé leurs droits auprès de nous",
            "أشخاص مارسوا حقوقهم لدينا",
            "Persons who exercised their rights with us",
        ),
        persons: Some(rights::NAME),
        lines: requests,
        columns: DECISIONS,
    },
    Table {
        name: OWED,
        title: label(
            "Ce qui nous a été demandé",
            "ما طُلب منا",
            "What was asked of us",
        ),
        persons: None,
        lines: asks,
        columns: DELAYS,
    },
    Table {
        name: OWING,
        title: label("Ce que nous avons demandé", "ما طلبناه", "What we asked"),
        persons: None,
        lines: asks,
        columns: DELAYS,
    },
];

const DECISIONS: &[Head] = &[
    (
        "in_time",
        label(
            "décidé dans le délai",
            "بُت فيه داخل الأجل",
            "decided in time",
        ),
    ),
    (
        "late",
        label("décidé en retard", "بُت فيه بعد الأجل", "decided late"),
    ),
    ("refused", label("refusé", "مرفوض", "refused")),
    (
        "withdrawn",
        label("retiré par la personne", "تنازل عنه الشخص", "withdrawn"),
    ),
    ("open", label("en cours", "قيد المعالجة", "open")),
];

const DELAYS: &[Head] = &[
    (
        "within_day",
        label("rendu en un jour", "أُنجز خلال يوم", "done within a day"),
    ),
    (
        "within_week",
        label("en sept jours", "خلال سبعة أيام", "within seven days"),
    ),
    (
        "within_month",
        label("en trente jours", "خلال ثلاثين يوما", "within thirty days"),
    ),
    ("longer", label("plus tard", "بعد ذلك", "later")),
    ("refused", label("refusé", "مرفوض", "refused")),
    (
        "dropped",
        label(
            "retiré ou abandonné",
            "سُحب أو تُنازل عنه",
            "withdrawn or waived",
        ),
    ),
    (
        "open",
        label(
            "en cours, dans le délai",
            "قيد المعالجة داخل الأجل",
            "open, in time",
        ),
    ),
    (
        "overdue",
        label(
            "en cours, en retard",
            "قيد المعالجة بعد الأجل",
            "open and late",
        ),
    ),
];

impl Table {
    /// Whether it counts what our side owes, of the tables without persons.
    #[must_use]
    pub fn is_of_ours(&self) -> bool {
        self.name == OWED
    }
}

/// What a person's request asks of the other side: all that the headers say of the right.
const ASKED: &[Ask] = &[Ask::Answer, Ask::Correct, Ask::Erase];

fn requests() -> Vec<Head> {
    let words = [
        label(
            "accès, limitation ou réclamation",
            "اطلاع أو تقييد أو شكاية",
            "access, restriction or complaint",
        ),
        label("rectification", "تصحيح", "rectification"),
        label("effacement", "محو", "erasure"),
    ];
    let names = ASKED.iter().map(|ask| ask.as_str());
    names.zip(words).collect()
}

fn asks() -> Vec<Head> {
    let all = Ask::ALL.iter();
    all.map(|ask| (ask.as_str(), ask.label())).collect()
}

/// The table of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// Whether persons are counted in a kind, so that none of its obligations is counted in the open: the rights of persons, rescue and
/// support, and whatever this version does not know.
#[must_use]
pub fn is_of_persons(kind: &str) -> bool {
    let walled = |purpose: &Purpose| matches!(purpose, Purpose::Rescue | Purpose::Support);
    kinds::find(kind)
        .is_none_or(|kind| kind.name == rights::NAME || kind.purposes.iter().any(walled))
}

/// What the tables of a month look back over: from, included, and to, excluded.
#[must_use]
pub fn window(month: Month) -> (Instant, Instant) {
    (month.before(MONTHS - 1).begins(), month.next().begins())
}

/// Line and column of a person's request: by what it asks of the other side, and what became of the duty to answer the person.
#[must_use]
pub fn place_of_request(duty: &Obligation, asked: Ask) -> Option<(usize, usize)> {
    let line = ASKED.iter().position(|ask| *ask == asked)?;
    let column = match duty.state {
        State::Refused => "refused",
        State::Withdrawn | State::Waived => "withdrawn",
        state if state.is_open() => "open",
        _ if duty.on_time() == Some(false) => "late",
        _ => "in_time",
    };
    Some((line, column_of(DECISIONS, column)?))
}

/// Line and column of an obligation at an instant: by what it asks, and after how long it was done.
#[must_use]
pub fn place_of_obligation(ob: &Obligation, now: Instant) -> Option<(usize, usize)> {
    let line = Ask::ALL.iter().position(|ask| *ask == ob.ask.ask)?;
    let column = match ob.state {
        State::Refused => "refused",
        State::Withdrawn | State::Waived => "dropped",
        state if state.is_open() && ob.overdue(now) => "overdue",
        state if state.is_open() => "open",
        _ => after(took(ob)),
    };
    Some((line, column_of(DELAYS, column)?))
}

/// How long it took from its receipt to its end.
fn took(ob: &Obligation) -> Option<Span> {
    let received = ob.ask.received.unwrap_or(ob.ask.at);
    Some(ob.ended? - received.max(ob.ask.at))
}

fn after(took: Option<Span>) -> &'static str {
    match took {
        Some(span) if span <= Span::days(1) => "within_day",
        Some(span) if span <= Span::days(7) => "within_week",
        Some(span) if span <= Span::days(30) => "within_month",
        _ => "longer",
    }
}

fn column_of(columns: &[Head], name: &str) -> Option<usize> {
    columns.iter().position(|(known, _)| *known == name)
}

/// What was published for a month. It never changes afterwards: what the next month may show depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The month.
    pub month: Month,
    /// When it was computed, UTC: what happened afterwards is not in it.
    pub at: Instant,
    /// Tables of persons by name.
    pub persons: BTreeMap<String, Shown>,
    /// Tables of obligations by name: counts by line and column.
    pub obligations: BTreeMap<String, Vec<Vec<u64>>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A kind to come in which persons are counted has a table, or none of its obligations is published.
    #[test]
    fn invariant_07_every_kind_with_persons_has_a_table_and_is_in_no_other() {
        for kind in kinds::ALL {
            let own = TABLES.iter().filter(|t| t.persons == Some(kind.name));
            let wanted = usize::from(is_of_persons(kind.name));
            assert_eq!(own.count(), wanted, "{} needs one table", kind.name);
        }
        assert!(is_of_persons("of a version to come"));
        assert!(!is_of_persons("request") && !is_of_persons("desk"));
    }

    #[test]
    fn names_of_tables_lines_and_columns_are_their_own() {
        let unique = |heads: &[Head]| {
            let names: BTreeSet<&str> = heads.iter().map(|(name, _)| *name).collect();
            names.len() == heads.len()
        };
        let names: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
        assert_eq!(names.len(), TABLES.len());
        for table in TABLES {
            assert!(unique(&(table.lines)()) && unique(table.columns));
            assert!(find(table.name).is_some_and(|found| found.title == table.title));
        }
        assert_eq!(requests().len(), ASKED.len());
        assert!(find("nothing").is_none());
    }

    #[test]
    fn a_month_looks_back_over_twelve() {
        let (from, to) = window("2026-10".parse().unwrap());
        assert_eq!(Month::at(from).to_string(), "2025-11");
        assert_eq!(Month::at(to).to_string(), "2026-11");
    }

    #[test]
    fn delays_are_told_by_day_week_and_month() {
        for (days, column) in [
            (1, "within_day"),
            (7, "within_week"),
            (30, "within_month"),
            (31, "longer"),
        ] {
            assert_eq!(after(Some(Span::days(days))), column);
            let past = after(Some(Span(Span::days(days).0 + 1)));
            assert_ne!(past, if days == 31 { "" } else { column });
        }
        assert_eq!(after(None), "longer");
    }
}
