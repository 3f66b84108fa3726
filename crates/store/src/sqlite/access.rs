//! Access records in their lanes, what they are found by, the journal of the lanes' heads, patterns found (rule 13).

use super::cells::{Tx, int, statements};
use crate::cells::{CellReader as _, FromRow as _, Shape};
use crate::{
    AccessMark, AccessPlace, AccessRow, FindingRow, JournalRow, PlacedAccess, Result, StoreError,
};
use entente_core::ids::DossierId;
use rusqlite::{ToSql, params, params_from_iter};
use std::fmt::Write as _;

/// Further marks do not narrow a query.
const MARKS_MAX: usize = 8;

statements! {
    LANE_HEAD = "SELECT lane, seq, at_ms, hash, sealed FROM access WHERE lane = ?1 ORDER BY seq DESC LIMIT 1";
    LANE_SEQ = "SELECT max(seq) FROM access WHERE lane = ?1";
    ACCESS = "SELECT lane, seq, at_ms, hash, sealed FROM access INDEXED BY access_by_time
        ORDER BY at_ms DESC, n DESC LIMIT ?1 OFFSET ?2";
    // One step per lane, whatever the number of records.
    LANES = "WITH RECURSIVE lanes (lane) AS (
          SELECT min(lane) FROM access
          UNION ALL SELECT (SELECT min(lane) FROM access WHERE lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
        ) SELECT lane FROM lanes WHERE lane IS NOT NULL";
    APPEND_ACCESS = "INSERT INTO access (lane, seq, at_ms, hash, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
    LANE = "SELECT lane, seq, at_ms, hash, sealed FROM access WHERE lane = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3";
    ACCESS_AFTER = "SELECT n, lane, seq, at_ms, hash, sealed FROM access WHERE n > ?1 ORDER BY n LIMIT ?2";
    ACCESS_NUMBERED = "SELECT n, lane, seq, at_ms, hash, sealed FROM access WHERE n = ?1";
    COUNT_MARKED = "SELECT count(*) FROM access_mark WHERE mark = ?1 AND at_ms >= ?2 AND at_ms < ?3";
    OLDEST = "SELECT at_ms FROM access INDEXED BY access_by_time ORDER BY at_ms LIMIT 1";
    MARK_ACCESS = "INSERT OR IGNORE INTO access_mark (mark, at_ms, n) VALUES (?1, ?2, ?3)";
    DROP_MARKS = "DELETE FROM access_mark WHERE at_ms < ?1";
    JOURNAL_LAST = "SELECT n, at_ms, through, heads, hash FROM journal ORDER BY n DESC LIMIT 1";
    JOURNAL = "SELECT n, at_ms, through, heads, hash FROM journal WHERE n >= ?1 ORDER BY n LIMIT ?2";
    JOURNAL_COVERING = "SELECT n, at_ms, through, heads, hash FROM journal WHERE through >= ?1 ORDER BY through LIMIT 1";
    APPEND_JOURNAL = "INSERT INTO journal (n, at_ms, through, heads, hash) VALUES (?1, ?2, ?3, ?4, ?5)";
    FINDINGS = "SELECT n, at_ms, name, sealed FROM finding WHERE n < ?1 ORDER BY n DESC LIMIT ?2";
    PUT_FINDING = "INSERT INTO finding (at_ms, name, sealed) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING";
    WORKED_BY_OTHERS = "SELECT 1 FROM pseudonym WHERE dossier = ?1 AND officer <> ?2 LIMIT 1";
}

/// The query by so many marks: 1 is the time from which on, 2 and 3 the place before which, 4 the limit, the marks follow.
pub(super) fn marked_sql(marks: usize) -> String {
    let mut sql = "SELECT a.n, a.lane, a.seq, a.at_ms, a.hash, a.sealed FROM ".to_owned();
    let from = match marks {
        0 => "access a INDEXED BY access_by_time WHERE",
        _ => "access_mark m CROSS JOIN access a ON a.n = m.n WHERE m.mark = ?5 AND",
    };
    let listed = if marks == 0 { "a" } else { "m" };
    // Written into a String, which never fails.
    let _infallible = write!(
        sql,
        "{from} {listed}.at_ms >= ?1 AND ({listed}.at_ms, {listed}.n) < (?2, ?3)"
    );
    for mark in 1..marks {
        let _infallible = write!(
            sql,
            " AND EXISTS (SELECT 1 FROM access_mark o WHERE o.mark = ?{} AND o.at_ms = m.at_ms AND o.n = m.n)",
            mark + 5
        );
    }
    let _infallible = write!(
        sql,
        " ORDER BY {listed}.at_ms DESC, {listed}.n DESC LIMIT ?4"
    );
    sql
}

impl Tx<'_> {
    pub(super) fn lane_head(&self, lane: &str) -> Result<Option<AccessRow>> {
        self.row(LANE_HEAD, params![lane])
    }
    pub(super) fn access(&self, limit: u32, offset: u32) -> Result<Vec<AccessRow>> {
        self.rows(ACCESS, params![limit, offset])
    }
    pub(super) fn lane_heads(&self) -> Result<Vec<AccessRow>> {
        let lanes: Vec<String> = self.many(LANES, (), AccessRow::SHAPE, |c| c.get())?;
        let heads = lanes
            .iter()
            .filter_map(|lane| self.lane_head(lane).transpose());
        heads.collect()
    }
    /// A lane has no gaps and no second record of a number: either would break its hash chain.
    pub(super) fn append_access(&self, row: &AccessRow) -> Result<()> {
        let last: Option<u64> = self
            .one(LANE_SEQ, params![row.lane], ("access", &["seq"]), |c| {
                c.opt_int()
            })?
            .flatten();
        if last.is_some_and(|last| row.seq != last + 1) {
            return Err(StoreError::Failed(
                "access: not the next record of its lane".to_owned(),
            ));
        }
        self.run_one(
            APPEND_ACCESS,
            params![row.lane, int(row.seq)?, row.at_ms, row.hash, row.sealed],
            "access",
        )
    }
    pub(super) fn lane(&self, lane: &str, from: u64, limit: u32) -> Result<Vec<AccessRow>> {
        self.rows(LANE, params![lane, int(from)?, limit])
    }
    pub(super) fn access_after(&self, n: u64, limit: u32) -> Result<Vec<PlacedAccess>> {
        self.rows(ACCESS_AFTER, params![int(n)?, limit])
    }
    pub(super) fn access_numbered(&self, n: u64) -> Result<Option<PlacedAccess>> {
        self.row(ACCESS_NUMBERED, params![int(n)?])
    }
    pub(super) fn access_by(
        &self,
        marks: &[AccessMark],
        before: AccessPlace,
        since_ms: i64,
        limit: u32,
    ) -> Result<Vec<PlacedAccess>> {
        let marks = marks.get(..MARKS_MAX).unwrap_or(marks);
        let n = int(before.n)?;
        let mut values: Vec<&dyn ToSql> = vec![&since_ms, &before.at_ms, &n, &limit];
        values.extend(marks.iter().map(|mark| mark as &dyn ToSql));
        self.rows(&marked_sql(marks.len()), params_from_iter(values))
    }
    pub(super) fn count_access(
        &self,
        mark: &AccessMark,
        since_ms: i64,
        until_ms: i64,
    ) -> Result<u64> {
        let shape: Shape = ("access_mark", &["count"]);
        let values = params![mark, since_ms, until_ms];
        let counted = self.one(COUNT_MARKED, values, shape, |c| c.int())?;
        Ok(counted.unwrap_or(0))
    }
    pub(super) fn oldest_access(&self) -> Result<Option<i64>> {
        self.one(OLDEST, (), ("access", &["at_ms"]), |c| c.number())
    }
    pub(super) fn mark_access(&self, marks: &[(AccessMark, i64, u64)]) -> Result<()> {
        let values = marks
            .iter()
            .map(|(mark, at_ms, n)| Ok((mark, at_ms, int(*n)?)));
        self.run_each(MARK_ACCESS, "access_mark", false, values)
    }
    pub(super) fn drop_marks(&self, before_ms: i64) -> Result<()> {
        self.run(DROP_MARKS, params![before_ms]).map(drop)
    }
    pub(super) fn journal_last(&self) -> Result<Option<JournalRow>> {
        self.row(JOURNAL_LAST, ())
    }
    pub(super) fn journal(&self, from: u64, limit: u32) -> Result<Vec<JournalRow>> {
        self.rows(JOURNAL, params![int(from)?, limit])
    }
    pub(super) fn journal_covering(&self, record: u64) -> Result<Option<JournalRow>> {
        self.row(JOURNAL_COVERING, params![int(record)?])
    }
    pub(super) fn append_journal(&self, row: &JournalRow) -> Result<()> {
        let (n, through) = (int(row.n)?, int(row.through)?);
        let values = params![n, row.at_ms, through, row.heads, row.hash];
        self.run_one(APPEND_JOURNAL, values, "journal")
    }
    pub(super) fn findings(&self, before: u64, limit: u32) -> Result<Vec<FindingRow>> {
        let before = if before == 0 { i64::MAX } else { int(before)? };
        self.rows(FINDINGS, params![before, limit])
    }
    pub(super) fn put_finding(&self, row: &FindingRow) -> Result<()> {
        self.run(PUT_FINDING, params![row.at_ms, row.name, row.sealed])
            .map(drop)
    }
    pub(super) fn worked_by_others(&self, dossier: DossierId, officer: &str) -> Result<bool> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(false);
        };
        let shape: Shape = ("pseudonym", &["dossier"]);
        let found = self.one(WORKED_BY_OTHERS, params![n, officer], shape, |c| c.number())?;
        Ok(found.is_some())
    }
}
