//! Access records in their lanes, what they are found by, the journal of the lanes' heads, patterns found (rule 13).

use super::cells::{Tx, Value, int, statements, values};
use crate::cells::{CellReader as _, Shape};
use crate::{AccessMark, AccessPlace, AccessRow, FindingRow, JournalRow, PlacedAccess, Result};
use entente_core::ids::DossierId;
use std::fmt::Write as _;

/// Further marks do not narrow a query.
const MARKS_MAX: usize = 8;

statements! {
    LANE_HEAD = "SELECT lane, seq, at_ms, hash, sealed FROM access WHERE lane = $1 ORDER BY seq DESC LIMIT 1";
    ACCESS = "SELECT lane, seq, at_ms, hash, sealed FROM access ORDER BY at_ms DESC, n DESC LIMIT $1 OFFSET $2";
    // One step per lane, whatever the number of records.
    LANE_HEADS = "WITH RECURSIVE lanes (lane) AS (
          (SELECT lane FROM access ORDER BY lane LIMIT 1)
          UNION ALL
          SELECT (SELECT a.lane FROM access a WHERE a.lane > l.lane ORDER BY a.lane LIMIT 1) FROM lanes l WHERE l.lane IS NOT NULL
        )
        SELECT h.lane, h.seq, h.at_ms, h.hash, h.sealed FROM lanes l CROSS JOIN LATERAL
          (SELECT * FROM access a WHERE a.lane = l.lane ORDER BY a.seq DESC LIMIT 1) h ORDER BY h.lane";
    LANE = "SELECT lane, seq, at_ms, hash, sealed FROM access WHERE lane = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
    ACCESS_AFTER = "SELECT n, lane, seq, at_ms, hash, sealed FROM access WHERE n > $1 ORDER BY n LIMIT $2";
    ACCESS_NUMBERED = "SELECT n, lane, seq, at_ms, hash, sealed FROM access WHERE n = $1";
    COUNT_MARKED = "SELECT count(*) FROM access_mark WHERE mark = $1 AND at_ms >= $2 AND at_ms < $3";
    OLDEST = "SELECT at_ms FROM access ORDER BY at_ms LIMIT 1";
    MARK_ACCESS = "INSERT INTO access_mark (mark, at_ms, n) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bigint[])
        ON CONFLICT DO NOTHING";
    DROP_MARKS = "DELETE FROM access_mark WHERE at_ms < $1";
    JOURNAL_LAST = "SELECT n, at_ms, through, heads, hash FROM journal ORDER BY n DESC LIMIT 1";
    JOURNAL = "SELECT n, at_ms, through, heads, hash FROM journal WHERE n >= $1 ORDER BY n LIMIT $2";
    JOURNAL_COVERING = "SELECT n, at_ms, through, heads, hash FROM journal WHERE through >= $1 ORDER BY through LIMIT 1";
    APPEND_JOURNAL = "INSERT INTO journal (n, at_ms, through, heads, hash) VALUES ($1, $2, $3, $4, $5)";
    FINDINGS = "SELECT n, at_ms, name, sealed FROM finding WHERE n < $1 ORDER BY n DESC LIMIT $2";
    PUT_FINDING = "INSERT INTO finding (at_ms, name, sealed) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    WORKED_BY_OTHERS = "SELECT 1::bigint FROM pseudonym WHERE dossier = $1 AND officer <> $2 LIMIT 1";
}

/// The query by so many marks: 1 is the time from which on, 2 and 3 the place before which, 4 the limit, the marks follow.
pub(super) fn marked_sql(marks: usize) -> String {
    let mut sql = "SELECT a.n, a.lane, a.seq, a.at_ms, a.hash, a.sealed FROM ".to_owned();
    let from = match marks {
        0 => "access a WHERE",
        _ => "access_mark m JOIN access a ON a.at_ms = m.at_ms AND a.n = m.n WHERE m.mark = $5 AND",
    };
    let listed = if marks == 0 { "a" } else { "m" };
    // Written into a String, which never fails.
    let _infallible = write!(
        sql,
        "{from} {listed}.at_ms >= $1 AND ({listed}.at_ms, {listed}.n) < ($2::bigint, $3::bigint)"
    );
    for mark in 1..marks {
        let _infallible = write!(
            sql,
            " AND EXISTS (SELECT 1 FROM access_mark o WHERE o.mark = ${} AND o.at_ms = m.at_ms AND o.n = m.n)",
            mark + 5
        );
    }
    let _infallible = write!(
        sql,
        " ORDER BY {listed}.at_ms DESC, {listed}.n DESC LIMIT $4"
    );
    sql
}

impl Tx<'_> {
    pub(super) fn lane_head(&self, lane: &str) -> Result<Option<AccessRow>> {
        if let Some(waits) = self.pending_record(lane) {
            return Ok(Some(waits));
        }
        let read = || self.past().row(LANE_HEAD, values![lane]);
        let memo = &self.notes.memo;
        memo.get_or(|k| &mut k.lanes, &lane.to_owned(), read)
    }
    pub(super) fn access(&self, limit: u32, offset: u32) -> Result<Vec<AccessRow>> {
        self.rows(ACCESS, values![limit, offset])
    }
    pub(super) fn lane_heads(&self) -> Result<Vec<AccessRow>> {
        self.rows(LANE_HEADS, values![])
    }
    pub(super) fn lane(&self, lane: &str, from: u64, limit: u32) -> Result<Vec<AccessRow>> {
        self.rows(LANE, values![lane, int(from)?, limit])
    }
    pub(super) fn access_after(&self, n: u64, limit: u32) -> Result<Vec<PlacedAccess>> {
        self.rows(ACCESS_AFTER, values![int(n)?, limit])
    }
    pub(super) fn access_numbered(&self, n: u64) -> Result<Option<PlacedAccess>> {
        self.row(ACCESS_NUMBERED, values![int(n)?])
    }
    pub(super) fn access_by(
        &self,
        marks: &[AccessMark],
        before: AccessPlace,
        since_ms: i64,
        limit: u32,
    ) -> Result<Vec<PlacedAccess>> {
        let marks = marks.get(..MARKS_MAX).unwrap_or(marks);
        let mut values = values![since_ms, before.at_ms, int(before.n)?, limit];
        values.extend(marks.iter().map(|mark| Value::from(*mark)));
        self.rows(&marked_sql(marks.len()), values)
    }
    pub(super) fn count_access(
        &self,
        mark: &AccessMark,
        since_ms: i64,
        until_ms: i64,
    ) -> Result<u64> {
        let shape: Shape = ("access_mark", &["count"]);
        let values = values![*mark, since_ms, until_ms];
        let counted = self.one(COUNT_MARKED, values, shape, |c| c.int())?;
        Ok(counted.unwrap_or(0))
    }
    pub(super) fn oldest_access(&self) -> Result<Option<i64>> {
        self.one(OLDEST, values![], ("access", &["at_ms"]), |c| c.number())
    }
    pub(super) fn mark_access(&self, marks: &[(AccessMark, i64, u64)]) -> Result<()> {
        let bytes: Vec<Vec<u8>> = marks.iter().map(|(mark, ..)| mark.to_vec()).collect();
        let times: Vec<i64> = marks.iter().map(|(_, at_ms, _)| *at_ms).collect();
        let numbers: Result<Vec<i64>> = marks.iter().map(|(.., n)| int(*n)).collect();
        self.run(MARK_ACCESS, values![bytes, times, numbers?])
    }
    pub(super) fn drop_marks(&self, before_ms: i64) -> Result<()> {
        self.run(DROP_MARKS, values![before_ms])
    }
    pub(super) fn journal_last(&self) -> Result<Option<JournalRow>> {
        self.row(JOURNAL_LAST, values![])
    }
    pub(super) fn journal(&self, from: u64, limit: u32) -> Result<Vec<JournalRow>> {
        self.rows(JOURNAL, values![int(from)?, limit])
    }
    pub(super) fn journal_covering(&self, record: u64) -> Result<Option<JournalRow>> {
        self.row(JOURNAL_COVERING, values![int(record)?])
    }
    pub(super) fn append_journal(&self, row: &JournalRow) -> Result<()> {
        let (n, through) = (int(row.n)?, int(row.through)?);
        let values = values![n, row.at_ms, through, &row.heads, row.hash];
        self.run_one(APPEND_JOURNAL, values, "journal")
    }
    pub(super) fn findings(&self, before: u64, limit: u32) -> Result<Vec<FindingRow>> {
        let before = if before == 0 { i64::MAX } else { int(before)? };
        self.rows(FINDINGS, values![before, limit])
    }
    pub(super) fn put_finding(&self, row: &FindingRow) -> Result<()> {
        self.run(PUT_FINDING, values![row.at_ms, row.name, &row.sealed])
    }
    pub(super) fn worked_by_others(&self, dossier: DossierId, officer: &str) -> Result<bool> {
        let shape: Shape = ("pseudonym", &["dossier"]);
        let values = values![dossier.0, officer];
        let found = self.one(WORKED_BY_OTHERS, values, shape, |c| c.number())?;
        Ok(found.is_some())
    }
}
