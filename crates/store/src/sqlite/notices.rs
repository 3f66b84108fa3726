//! What officers are told of by mail.

use super::cells::{Tx, statements};
use crate::{NoticeRow, Result};
use rusqlite::params;

statements! {
    NOTICE = "SELECT officer, next_ms, sealed FROM notice WHERE officer = ?1";
    NOTICES = "SELECT officer, next_ms, sealed FROM notice WHERE next_ms <= ?1 ORDER BY next_ms, officer LIMIT ?2";
    PUT_NOTICE = "INSERT INTO notice (officer, next_ms, sealed) VALUES (?1, ?2, ?3)
        ON CONFLICT (officer) DO UPDATE SET next_ms = excluded.next_ms, sealed = excluded.sealed";
    DROP_NOTICE = "DELETE FROM notice WHERE officer = ?1";
}

impl Tx<'_> {
    pub(super) fn notice(&self, officer: &str) -> Result<Option<NoticeRow>> {
        self.row(NOTICE, params![officer])
    }
    pub(super) fn notices(&self, until_ms: i64, limit: u32) -> Result<Vec<NoticeRow>> {
        self.rows(NOTICES, params![until_ms, limit])
    }
    pub(super) fn put_notice(&self, row: &NoticeRow) -> Result<()> {
        let values = params![&row.officer, row.next_ms, &row.sealed];
        self.run_one(PUT_NOTICE, values, "notice")
    }
    pub(super) fn drop_notice(&self, officer: &str) -> Result<()> {
        // No copy of the address stays in what was written before.
        self.notes.erased.set(true);
        self.run(DROP_NOTICE, params![officer]).map(drop)
    }
}
