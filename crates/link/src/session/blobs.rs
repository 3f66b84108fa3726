//! Attachments: requests, chunks in order, refusals. The session only frames and keeps order; the driver verifies chunk
//! digests against the entry's commitment and may ask again from any chunk.

use super::{Output, Stop};
use crate::error::{Bug, Deviation};
use crate::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, BlobRequest, Frame};
use crate::limits;
use entente_proof::digest::Digest;
use std::collections::BTreeMap;

/// Chunks still to come under one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Expected {
    next: u64,
    left: u64,
}

/// Open requests in both directions, by entry and position of the attachment.
#[derive(Debug, Default)]
pub(super) struct Blobs {
    asked: BTreeMap<(Digest, u32), Expected>,
    serving: BTreeMap<(Digest, u32), Expected>,
}

impl Blobs {
    /// Our driver wants chunks.
    pub(super) fn request(&mut self, request: BlobRequest) -> Result<Frame, Bug> {
        let key = (request.entry, request.index);
        let expected = expected(&request).ok_or(Bug::TooManyBlobRequests)?;
        let full = self.asked.len() >= limits::MAX_BLOB_REQUESTS;
        if full || self.asked.contains_key(&key) {
            return Err(Bug::TooManyBlobRequests);
        }
        self.asked.insert(key, expected);
        Ok(Frame::BlobRequest(request))
    }

    /// A chunk arrived.
    pub(super) fn on_chunk(&mut self, chunk: BlobChunk) -> Result<Output, Deviation> {
        advance(&mut self.asked, &chunk)
            .ok_or(Deviation::UnrequestedBlob)?
            .then_some(Output::BlobChunk(chunk))
            .ok_or(Deviation::ChunkOutOfOrder)
    }

    /// The partner will not send.
    pub(super) fn on_refusal(&mut self, refusal: BlobRefusal) -> Result<Output, Deviation> {
        self.asked
            .remove(&(refusal.entry, refusal.index))
            .map(|_| Output::BlobRefused(refusal))
            .ok_or(Deviation::UnrequestedBlob)
    }

    /// The partner wants chunks. While the link is suspended attachments, being content, are refused.
    pub(super) fn on_request(
        &mut self,
        request: BlobRequest,
        suspended: bool,
    ) -> Result<Result<Output, Frame>, Deviation> {
        let key = (request.entry, request.index);
        let expected = expected(&request).ok_or(Deviation::TooManyBlobRequests)?;
        if self.serving.contains_key(&key) {
            return Err(Deviation::DuplicateBlobRequest);
        }
        if self.serving.len() >= limits::MAX_BLOB_REQUESTS {
            return Err(Deviation::TooManyBlobRequests);
        }
        if suspended {
            return Ok(Err(Frame::BlobRefused(BlobRefusal {
                entry: request.entry,
                index: request.index,
                code: BlobRefusalCode::SUSPENDED,
            })));
        }
        self.serving.insert(key, expected);
        Ok(Ok(Output::WantBlobChunks(request)))
    }

    /// Our driver read a chunk.
    pub(super) fn serve(&mut self, chunk: BlobChunk) -> Result<Frame, Bug> {
        match advance(&mut self.serving, &chunk) {
            Some(true) => Ok(Frame::BlobChunk(chunk)),
            Some(false) | None => Err(Bug::NotAsked),
        }
    }

    /// Our driver refuses.
    pub(super) fn refuse(&mut self, refusal: BlobRefusal) -> Result<Frame, Bug> {
        self.serving
            .remove(&(refusal.entry, refusal.index))
            .map(|_| Frame::BlobRefused(refusal))
            .ok_or(Bug::NotAsked)
    }
}

fn expected(request: &BlobRequest) -> Option<Expected> {
    let within = (1..=limits::MAX_BLOB_COUNT).contains(&request.count);
    let end = request.first.checked_add(request.count);
    (within && end.is_some()).then_some(Expected {
        next: request.first,
        left: request.count,
    })
}

/// Moves the request of this chunk on: `None` if there is none, false if the chunk does not fit it.
fn advance(open: &mut BTreeMap<(Digest, u32), Expected>, chunk: &BlobChunk) -> Option<bool> {
    let key = (chunk.entry, chunk.index);
    let expected = open.get_mut(&key)?;
    let right_size = match chunk.last {
        true => chunk.bytes.len() <= limits::CHUNK,
        false => chunk.bytes.len() == limits::CHUNK,
    };
    if chunk.chunk != expected.next || !right_size {
        return Some(false);
    }
    expected.next = expected.next.saturating_add(1);
    expected.left = expected.left.saturating_sub(1);
    if chunk.last || expected.left == 0 {
        open.remove(&key);
    }
    Some(true)
}

impl From<Deviation> for Stop {
    fn from(deviation: Deviation) -> Self {
        Self::Error(deviation.into())
    }
}
