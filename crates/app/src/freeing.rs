//! Space given back: the bytes of files that were erased or given up, and of files begun and abandoned.
//!
//! An erased file is unreadable once its key is gone, in the transaction that erased it. Its bytes go here, soon after, wherever they
//! are; what fails is tried again. Files begun that no row names are left by processes that died.

use crate::App;
use crate::error::{AppError, Result};
use entente_store::blobs::is_temporary;
use entente_store::{AttachmentRow, AttachmentState, StoreExt};
use std::collections::BTreeSet;

/// Rows looked at in one transaction.
const PORTION: u32 = 256;

impl App {
    /// Removes the bytes of files that were erased or given up; how many.
    ///
    /// # Errors
    /// [`crate::AppError`] of either store: what is left is for the next time.
    pub fn free_erased(&self) -> Result<u64> {
        let mut freed = 0;
        loop {
            let rows = self.inner.store.view("blobs_to_free", |tx| {
                Ok::<_, AppError>(tx.blobs_to_free(PORTION)?)
            })?;
            if rows.is_empty() {
                return Ok(freed);
            }
            for row in rows {
                self.inner.blobs.remove(&row.blob)?;
                self.let_go(row)?;
                freed += 1;
            }
        }
    }

    /// The row names its blob no longer, unless it changed meanwhile.
    fn let_go(&self, row: AttachmentRow) -> Result<()> {
        self.inner.store.update("free_blob", move |tx| {
            let gone = |r: &AttachmentRow| {
                let over = [AttachmentState::Erased, AttachmentState::Failed];
                r.index == row.index && r.blob == row.blob && over.contains(&r.state)
            };
            for mut row in tx.attachments(row.entry)?.into_iter().filter(gone) {
                (row.blob, row.next_chunk) = (String::new(), 0);
                tx.put_attachment(&row)?;
            }
            Ok::<_, AppError>(())
        })
    }

    /// Removes the blobs begun and not ended that no row names now nor named the last time, and gives those that were found unnamed
    /// now, for the next time. A file of ours is unnamed while it is sealed: the two times must lie further apart than that takes.
    ///
    /// Whole blobs that no row names are left alone: they are of entries refused after their files were sealed, whose keys nobody
    /// has; and a node restored for a drill beside the one in service knows too little to call its files unnamed.
    ///
    /// # Errors
    /// [`crate::AppError`] of either store.
    pub fn free_abandoned(&self, last: &BTreeSet<String>) -> Result<BTreeSet<String>> {
        let mut unnamed = BTreeSet::new();
        let begun = self.inner.blobs.list()?.into_iter();
        for name in begun.filter(|name| is_temporary(name)) {
            let named = self
                .inner
                .store
                .view("names_blob", |tx| Ok::<_, AppError>(tx.names_blob(&name)?))?;
            if named {
                continue;
            }
            if last.contains(&name) {
                self.inner.blobs.remove(&name)?;
            } else {
                unnamed.insert(name);
            }
        }
        Ok(unnamed)
    }
}
