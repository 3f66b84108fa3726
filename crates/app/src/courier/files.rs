//! Files in a bundle: those of the entries that it carries, and those parts that the partner asked for, chunk by chunk.

use super::CourierFault;
use super::state::Asked;
use crate::App;
use crate::chunks::request_of;
use crate::error::{AppError, Result};
use entente_core::ids::{EntryId, NodeName};
use entente_link::Input;
use entente_link::frame::{BlobRequest, Frame};
use entente_link::limits::MAX_BLOB_COUNT;
use entente_proof::digest::Digest;
use entente_store::{AttachmentState, Read, StoreExt};

/// Most files asked for in one bundle, and most that are remembered of what a partner asked for.
pub(super) const MAX_ASKED: u32 = 256;

/// Our files of these entries, from their first chunk.
pub(super) fn files_of(tx: &dyn Read, entries: &[Digest]) -> Result<Vec<Asked>> {
    let mut files = Vec::new();
    for entry in entries {
        let ours = tx.attachments(EntryId(entry.0))?.into_iter();
        files.extend(
            ours.filter(|row| row.partner.is_none() && row.state == AttachmentState::Held)
                .map(|row| Asked {
                    entry: entry.0,
                    index: row.index,
                    first: 0,
                }),
        );
    }
    Ok(files)
}

impl App {
    /// What we still want of the partner's files, to be asked for. A file goes on to its end from the chunk asked for, so that the count
    /// is only as much as the frame can say.
    pub(super) fn wanted_files(&self, partner: &NodeName) -> Result<Vec<BlobRequest>> {
        let rows = self.inner.store.view("courier_wanted", |tx| {
            Ok::<_, AppError>(tx.wanted(partner, MAX_ASKED)?)
        })?;
        let requests = rows.iter().map(|row| request_of(row, MAX_BLOB_COUNT));
        Ok(requests.collect())
    }

    /// The next frame of a file: a chunk, or a refusal. `None` after its end, and while the link is suspended.
    pub(super) fn file_frame(
        &self,
        partner: &NodeName,
        file: &Asked,
        chunk: u64,
    ) -> Result<Option<Frame>> {
        let answer = self.serve_blob(partner, &file.chunk(chunk))?;
        match answer.into_iter().next() {
            Some(Input::BlobChunk(chunk)) => Ok(Some(Frame::BlobChunk(chunk))),
            Some(Input::BlobRefused(refusal)) => Ok(Some(Frame::BlobRefused(refusal))),
            None => Ok(None),
            Some(_) => Err(CourierFault::OurBug("answer to a file").into()),
        }
    }

    /// How many bytes of a file of ours there are from a chunk on, for the progress shown.
    pub(super) fn bytes_from(&self, file: &Asked) -> Result<u64> {
        let entry = EntryId(file.entry);
        self.inner.store.view("courier_size", |tx| {
            let rows = tx.attachments(entry)?;
            let row = rows.iter().find(|row| row.index == file.index);
            let before = file
                .first
                .saturating_mul(entente_link::limits::CHUNK as u64);
            Ok(row.map_or(0, |row| row.size.saturating_sub(before)))
        })
    }
}
