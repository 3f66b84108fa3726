//! When contents are due for review.

use super::cells::{Tx, statements};
use super::dossiers::{among_of, takes_part};
use crate::cells::CellReader as _;
use crate::rows::pair_texts;
use crate::{Result, ReviewFilter, ReviewRow};
use entente_core::ids::DossierId;
use rusqlite::params;
use rusqlite::types::Value;

statements! {
    REVIEW = "SELECT dossier, due_ms, told_ms FROM review WHERE dossier = ?1";
    UNREVIEWED = "SELECT d.id FROM dossier o CROSS JOIN dossier_no d ON d.n = o.n
        WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.dossier = d.id) LIMIT ?1";
    PUT_REVIEW = "INSERT INTO review (dossier, due_ms, told_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (dossier) DO UPDATE SET due_ms = excluded.due_ms, told_ms = excluded.told_ms";
    DROP_REVIEW = "DELETE FROM review WHERE dossier = ?1";
}

/// The rows of the index in its order, each with its dossier.
const FROM: &str = "FROM review r INDEXED BY review_by_due CROSS JOIN dossier_no d ON d.id = r.dossier CROSS JOIN dossier o ON o.n = d.n";

impl Tx<'_> {
    pub(super) fn review(&self, dossier: DossierId) -> Result<Option<ReviewRow>> {
        self.row(REVIEW, params![dossier.0])
    }
    pub(super) fn reviews(&self, filter: &ReviewFilter) -> Result<Vec<ReviewRow>> {
        let (mut conditions, mut values) = conditions(filter);
        if let Some((due_ms, dossier)) = &filter.after {
            conditions.push_str(" AND (r.due_ms, r.dossier) > (?, ?)");
            values.extend([Value::from(*due_ms), Value::Blob(dossier.0.to_vec())]);
        }
        let limit = if filter.limit == 0 { 100 } else { filter.limit };
        values.push(limit.into());
        let sql = format!(
            "SELECT r.dossier, r.due_ms, r.told_ms {FROM} {conditions} ORDER BY r.due_ms, r.dossier LIMIT ?"
        );
        self.rows(&sql, rusqlite::params_from_iter(values))
    }
    pub(super) fn count_reviews(&self, filter: &ReviewFilter) -> Result<u64> {
        let (conditions, values) = conditions(filter);
        let sql = format!("SELECT count(*) {FROM} {conditions}");
        let values = rusqlite::params_from_iter(values);
        let count = self.one(&sql, values, ("review", &["count"]), |c| c.int())?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn unreviewed(&self, limit: u32) -> Result<Vec<DossierId>> {
        self.many(UNREVIEWED, params![limit], ("dossier", &["id"]), |c| {
            c.dossier()
        })
    }
    pub(super) fn put_review(&self, row: &ReviewRow) -> Result<()> {
        let values = params![row.dossier.0, row.due_ms, row.told_ms];
        self.run_one(PUT_REVIEW, values, "review")
    }
    pub(super) fn drop_review(&self, dossier: DossierId) -> Result<()> {
        self.run(DROP_REVIEW, params![dossier.0]).map(drop)
    }
}

fn conditions(filter: &ReviewFilter) -> (String, Vec<Value>) {
    let mut conditions = vec!["r.due_ms < ?".to_owned()];
    let mut values = vec![Value::from(filter.before_ms)];
    if filter.told {
        conditions.push("r.told_ms <> 0".to_owned());
    }
    if !filter.services.is_empty() {
        conditions.push(takes_part("o.n", filter.services.len(), false));
        values.extend(filter.services.iter().map(|s| s.to_string().into()));
    }
    if let Some(among) = &filter.among {
        conditions.push(among_of("o.n", among.len()));
        values.extend(pair_texts(among).into_iter().map(Value::from));
    }
    (format!("WHERE {}", conditions.join(" AND ")), values)
}
