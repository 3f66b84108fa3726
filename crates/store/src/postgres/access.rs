//! Access records in their lanes (rule 13).

use super::cells::{Tx, int, statements, values};
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
    // A lane has no gaps and no second record of a number: either would break its hash chain.
    APPEND_ACCESS = "INSERT INTO access (lane, seq, at_ms, hash, sealed) SELECT $1::text, $2::bigint, $3, $4, $5
        WHERE $2::bigint = coalesce((SELECT max(seq) FROM access WHERE lane = $1::text), $2::bigint - 1) + 1";
}

impl Tx<'_> {
    pub(super) fn lane_head(&self, lane: &str) -> Result<Option<AccessRow>> {
        self.row(LANE_HEAD, values![lane])
    }
    pub(super) fn access(&self, limit: u32, offset: u32) -> Result<Vec<AccessRow>> {
        self.rows(ACCESS, values![limit, offset])
    }
    pub(super) fn lane_heads(&self) -> Result<Vec<AccessRow>> {
        self.rows(LANE_HEADS, values![])
    }
    pub(super) fn append_access(&self, row: &AccessRow) -> Result<()> {
        self.run_one(
            APPEND_ACCESS,
            values![&row.lane, int(row.seq)?, row.at_ms, row.hash, &row.sealed],
            "access: not the next record of its lane",
        )
    }
}
