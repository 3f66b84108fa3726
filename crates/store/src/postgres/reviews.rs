//! When contents are due for review.

use super::cells::{Tx, statements, values};
use super::dossiers::Conditions;
use crate::cells::CellReader as _;
use crate::{Result, ReviewFilter, ReviewRow};
use entente_core::ids::DossierId;

statements! {
    REVIEW = "SELECT dossier, due_ms, told_ms FROM review WHERE dossier = $1";
    UNREVIEWED = "SELECT o.id FROM dossier o WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.dossier = o.id) LIMIT $1";
    PUT_REVIEW = "INSERT INTO review (dossier, due_ms, told_ms) VALUES ($1, $2, $3)
        ON CONFLICT (dossier) DO UPDATE SET due_ms = excluded.due_ms, told_ms = excluded.told_ms";
    DROP_REVIEW = "DELETE FROM review WHERE dossier = $1";
}

const FROM: &str = "FROM review r JOIN dossier o ON o.id = r.dossier";

impl Tx<'_> {
    pub(super) fn review(&self, dossier: DossierId) -> Result<Option<ReviewRow>> {
        self.row(REVIEW, values![dossier.0])
    }
    pub(super) fn reviews(&self, filter: &ReviewFilter) -> Result<Vec<ReviewRow>> {
        let mut found = conditions(filter);
        if let Some((due_ms, dossier)) = &filter.after {
            let due = found.value(*due_ms);
            let dossier = found.value(dossier.0);
            found.plain(&format!("(r.due_ms, r.dossier) > ({due}, {dossier})"));
        }
        let limit = if filter.limit == 0 { 100 } else { filter.limit };
        let limit = found.value(limit);
        let sql = format!(
            "SELECT r.dossier, r.due_ms, r.told_ms {FROM} {} ORDER BY r.due_ms, r.dossier LIMIT {limit}",
            found.sql
        );
        self.rows(&sql, found.values)
    }
    pub(super) fn count_reviews(&self, filter: &ReviewFilter) -> Result<u64> {
        let found = conditions(filter);
        let sql = format!("SELECT count(*) {FROM} {}", found.sql);
        let count = self.one(&sql, found.values, ("review", &["count"]), |c| c.int())?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn unreviewed(&self, limit: u32) -> Result<Vec<DossierId>> {
        self.many(UNREVIEWED, values![limit], ("dossier", &["id"]), |c| {
            c.dossier()
        })
    }
    pub(super) fn put_review(&self, row: &ReviewRow) -> Result<()> {
        let values = values![row.dossier.0, row.due_ms, row.told_ms];
        self.run_one(PUT_REVIEW, values, "review")
    }
    pub(super) fn drop_review(&self, dossier: DossierId) -> Result<()> {
        self.run(DROP_REVIEW, values![dossier.0])
    }
}

fn conditions(filter: &ReviewFilter) -> Conditions {
    let mut found = Conditions::new();
    found.add("r.due_ms < ?", filter.before_ms);
    if filter.told {
        found.plain("r.told_ms <> 0");
    }
    found.takes_part("o.id", &filter.services);
    found.among("o.id", filter.among.as_deref());
    found
}
