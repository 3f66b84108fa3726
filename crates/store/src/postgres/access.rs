//! Access records in their lanes (rule 13).

use super::cells::{Tx, statements, values};
use crate::{AccessRow, Result};

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
}
