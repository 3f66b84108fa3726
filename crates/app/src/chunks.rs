//! Chunks of files across a link: which are asked for, which a partner may have, and what a refusal means.

use crate::App;
use crate::codec::digest_of;
use crate::error::{AppError, Result};
use entente_core::ids::{EntryId, NodeName};
use entente_link::Input;
use entente_link::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, BlobRequest};
use entente_proof::commit::chunk_count;
use entente_store::{AttachmentRow, AttachmentState, StoreExt};

/// Chunks asked for in one go.
const CHUNKS_AT_ONCE: u64 = 16;

impl App {
    pub(crate) fn next_wanted(&self, partner: &NodeName) -> Result<Option<BlobRequest>> {
        let rows = self
            .inner
            .store
            .view("wanted", |tx| Ok::<_, AppError>(tx.wanted(partner, 1)?))?;
        Ok(rows.first().map(|row| request_of(row, CHUNKS_AT_ONCE)))
    }

    /// Chunks of a file that this partner may have: the entry's audience holds it, and it is ours.
    pub(crate) fn serve_blob(
        &self,
        partner: &NodeName,
        request: &BlobRequest,
    ) -> Result<Vec<Input>> {
        let entry = EntryId(request.entry.0);
        let refuse = |code| {
            vec![Input::BlobRefused(BlobRefusal {
                entry: request.entry,
                index: request.index,
                code,
            })]
        };
        let row = self.inner.store.view("serve_blob", |tx| {
            // What the partner wrote itself may go back to it: a node restored from a backup lost its newest files.
            let Some(crossing) = self.crossing(tx, partner, entry)? else {
                return Ok::<_, AppError>(None);
            };
            let erased = |file: &AttachmentRow| {
                file.index == request.index && file.state == AttachmentState::Erased
            };
            let erased = tx.attachments(entry)?.iter().any(erased);
            Ok(Some((crossing.row, erased)))
        })?;
        let Some((row, erased)) = row else {
            return Ok(refuse(BlobRefusalCode::UNKNOWN));
        };
        if erased {
            return Ok(refuse(BlobRefusalCode::ERASED));
        }
        let suspended = self
            .inner
            .store
            .view("suspension", |tx| self.flags_up(tx, partner))?;
        if suspended.0 || suspended.1 {
            return Ok(refuse(BlobRefusalCode::SUSPENDED));
        }
        let mut out = Vec::new();
        for chunk in request.first..request.first.saturating_add(request.count) {
            let read = match self.read_chunk(row.dossier, entry, request.index, chunk) {
                // A damaged chunk of ours is no fault of the link, nor is one that cannot be read now.
                Err(AppError::Bug(_) | AppError::Store(_)) => {
                    out.extend(refuse(BlobRefusalCode::UNAVAILABLE));
                    break;
                }
                other => other?,
            };
            match read {
                Some((bytes, last)) => {
                    out.push(Input::BlobChunk(BlobChunk {
                        entry: request.entry,
                        index: request.index,
                        chunk,
                        last,
                        bytes,
                    }));
                    if last {
                        break;
                    }
                }
                // It is ours to give and not here now: a bucket not yet filled again. The partner asks later.
                None => {
                    out.extend(refuse(BlobRefusalCode::UNAVAILABLE));
                    break;
                }
            }
        }
        Ok(out)
    }

    /// A file that its origin does not have any more is given up; one that cannot be had now stays wanted.
    pub(crate) fn chunk_refused(&self, partner: &NodeName, refusal: &BlobRefusal) -> Result<()> {
        if matches!(
            refusal.code,
            BlobRefusalCode::SUSPENDED | BlobRefusalCode::UNAVAILABLE
        ) {
            return Ok(());
        }
        self.give_up(partner, EntryId(refusal.entry.0), refusal.index)
    }
}

/// Asks for what is still wanted of a file, at most so many chunks of it.
pub(crate) fn request_of(row: &AttachmentRow, most: u64) -> BlobRequest {
    let first = u64::from(row.next_chunk);
    let left = chunk_count(row.size).saturating_sub(first);
    BlobRequest {
        entry: digest_of(row.entry),
        index: row.index,
        first,
        count: left.clamp(1, most),
    }
}
