//! Rows about attachments; their bytes are in the blobs folder or a bucket.

use super::cells::{Tx, int, statements};
use crate::cells::CellReader as _;
use crate::{AttachmentRow, Result};
use entente_core::ids::{EntryId, NodeName};
use rusqlite::params;

macro_rules! attachment_sql {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, a.entry, a.idx, a.partner, a.size, a.state, a.next_chunk, a.blob
             FROM attachment a CROSS JOIN dossier_no d ON d.n = a.dossier ",
            $rest
        )
    };
}

statements! {
    ATTACHMENTS = attachment_sql!("WHERE a.entry = ?1 ORDER BY a.idx");
    WANTED = attachment_sql!("WHERE a.state = 0 AND a.partner = ?1 ORDER BY a.n LIMIT ?2");
    ABOVE_LIMIT = attachment_sql!("WHERE a.state = 4 AND a.partner = ?1 ORDER BY a.n LIMIT ?2 OFFSET ?3");
    TO_FREE = attachment_sql!("WHERE a.state IN (2, 3) AND a.blob <> '' ORDER BY a.n LIMIT ?1");
    NAMES_BLOB = "SELECT 1 FROM attachment WHERE blob = ?1 AND blob <> '' LIMIT 1";
    PUT_ATTACHMENT = "INSERT INTO attachment (entry, idx, dossier, partner, size, state, next_chunk, blob)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (entry, idx) DO UPDATE SET dossier = excluded.dossier, partner = excluded.partner, size = excluded.size,
        state = excluded.state, next_chunk = excluded.next_chunk, blob = excluded.blob";
}

impl Tx<'_> {
    pub(super) fn attachments(&self, entry: EntryId) -> Result<Vec<AttachmentRow>> {
        self.rows(ATTACHMENTS, params![entry.0])
    }
    pub(super) fn wanted(&self, partner: &NodeName, limit: u32) -> Result<Vec<AttachmentRow>> {
        self.rows(WANTED, params![partner.as_str(), limit])
    }
    pub(super) fn above_limit(
        &self,
        partner: &NodeName,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<AttachmentRow>> {
        self.rows(ABOVE_LIMIT, params![partner.as_str(), limit, offset])
    }
    pub(super) fn blobs_to_free(&self, limit: u32) -> Result<Vec<AttachmentRow>> {
        self.rows(TO_FREE, params![limit])
    }
    pub(super) fn names_blob(&self, name: &str) -> Result<bool> {
        let shape = ("attachment", &["n"][..]);
        let found = self.one(NAMES_BLOB, params![name], shape, |c| c.int::<u8>())?;
        Ok(found.is_some())
    }
    pub(super) fn put_attachment(&self, row: &AttachmentRow) -> Result<()> {
        let n = self.make_dossier_no(row.dossier)?;
        self.run_one(
            PUT_ATTACHMENT,
            params![
                row.entry.0,
                row.index,
                n,
                row.partner.as_ref().map(NodeName::as_str),
                int(row.size)?,
                row.state.number(),
                row.next_chunk,
                row.blob
            ],
            "attachment",
        )
    }
}
