//! What waits for a second signature, or awaits the other.

use super::cells::{Tx, statements, values};
use crate::{DraftRow, Result};

statements! {
    DRAFT = "SELECT id, sort, dossier, entry, officer, service, at_ms, due_ms, about, sealed FROM draft WHERE id = $1";
    DRAFTS = "SELECT id, sort, dossier, entry, officer, service, at_ms, due_ms, about, sealed FROM draft
        ORDER BY at_ms, id LIMIT $1";
    PUT_DRAFT = "INSERT INTO draft (id, sort, dossier, entry, officer, service, at_ms, due_ms, about, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET sort = excluded.sort, dossier = excluded.dossier, entry = excluded.entry,
        officer = excluded.officer, service = excluded.service, at_ms = excluded.at_ms, due_ms = excluded.due_ms,
        about = excluded.about, sealed = excluded.sealed";
    DROP_DRAFT = "DELETE FROM draft WHERE id = $1";
}

impl Tx<'_> {
    pub(super) fn draft(&self, id: &[u8]) -> Result<Option<DraftRow>> {
        self.row(DRAFT, values![id])
    }
    pub(super) fn drafts(&self, limit: u32) -> Result<Vec<DraftRow>> {
        self.rows(DRAFTS, values![limit])
    }
    pub(super) fn put_draft(&self, row: &DraftRow) -> Result<()> {
        // No copy of what was sealed before stays in what was written before.
        self.notes.erased.set(true);
        self.run_one(
            PUT_DRAFT,
            values![
                &row.id[..],
                row.sort.number(),
                &row.dossier,
                &row.entry,
                &row.officer,
                &row.service,
                row.at_ms,
                row.due_ms,
                &row.about,
                &row.sealed
            ],
            "draft",
        )
    }
    pub(super) fn drop_draft(&self, id: &[u8]) -> Result<()> {
        self.notes.erased.set(true);
        self.run(DROP_DRAFT, values![id])
    }
}
