//! Access records in their lanes (rule 13).

use super::cells::{Tx, int, statements};
use crate::cells::{CellReader as _, FromRow as _};
use crate::{AccessRow, Result, StoreError};
use rusqlite::params;

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
}
