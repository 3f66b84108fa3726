//! Rows about attachments; their bytes are in the blobs folder or a bucket.

use super::cells::{Tx, int, statements, values};
use crate::cells::CellReader as _;
use crate::{AttachmentRow, Result};
use entente_core::ids::{EntryId, NodeName};

macro_rules! attachment_sql {
    ($rest:literal) => {
        concat!(
            "SELECT dossier, entry, idx, partner, size, state, next_chunk, blob FROM attachment ",
            $rest
        )
    };
}
pub(super) use attachment_sql;

statements! {
    ATTACHMENTS = attachment_sql!("WHERE entry = $1 ORDER BY idx");
    WANTED = attachment_sql!("WHERE state = 0 AND partner = $1 ORDER BY n LIMIT $2");
    ABOVE_LIMIT = attachment_sql!("WHERE state = 4 AND partner = $1 ORDER BY n LIMIT $2 OFFSET $3");
    TO_FREE = attachment_sql!("WHERE state IN (2, 3) AND blob <> '' ORDER BY n LIMIT $1");
    NAMES_BLOB = "SELECT 1 FROM attachment WHERE blob = $1 AND blob <> '' LIMIT 1";
    PUT_ATTACHMENT = "INSERT INTO attachment (dossier, entry, idx, partner, size, state, next_chunk, blob)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (entry, idx) DO UPDATE SET dossier = excluded.dossier, partner = excluded.partner, size = excluded.size,
        state = excluded.state, next_chunk = excluded.next_chunk, blob = excluded.blob";
}

impl Tx<'_> {
    pub(super) fn attachments(&self, entry: EntryId) -> Result<Vec<AttachmentRow>> {
        let read = || self.rows(ATTACHMENTS, values![entry.0]);
        self.notes.memo.ahead_or(|k| &mut k.files, &entry, read)
    }
    pub(super) fn wanted(&self, partner: &NodeName, limit: u32) -> Result<Vec<AttachmentRow>> {
        self.rows(WANTED, values![partner.as_str(), limit])
    }
    pub(super) fn above_limit(
        &self,
        partner: &NodeName,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<AttachmentRow>> {
        self.rows(ABOVE_LIMIT, values![partner.as_str(), limit, offset])
    }
    pub(super) fn blobs_to_free(&self, limit: u32) -> Result<Vec<AttachmentRow>> {
        self.rows(TO_FREE, values![limit])
    }
    pub(super) fn names_blob(&self, name: &str) -> Result<bool> {
        let shape = ("attachment", &["n"][..]);
        let found = self.one(NAMES_BLOB, values![name], shape, |c| c.int::<u8>())?;
        Ok(found.is_some())
    }
    pub(super) fn put_attachment(&self, row: &AttachmentRow) -> Result<()> {
        self.run_one(
            PUT_ATTACHMENT,
            values![
                row.dossier.0,
                row.entry.0,
                row.index,
                row.partner.as_ref().map(NodeName::as_str),
                int(row.size)?,
                row.state.number(),
                row.next_chunk,
                &row.blob
            ],
            "attachment",
        )
    }
}
