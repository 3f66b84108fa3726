//! Unpacking: bytes of the file in, frames out, as soon as each is authenticated.
//!
//! What comes out before [`Piece::End`] is sealed to us and whole so far, but signed only at the end: a caller that must apply all or
//! nothing reads the file twice.

use super::{
    CourierError, END, Head, LAST, MAX_SEALED, MORE, OPENING, Opening, SEGMENT, SEGMENT_HEAD,
    chained, checked, faulty, segment_aad, signed_message,
};
use crate::error::{Fault, Malformed};
use crate::frame::{FRAME_HEAD, FrameType, Inbox, push_frame};
use crate::limits;
use crate::wire::{FieldFault, required};
use entente_proof::digest::Digest;
use entente_proof::sealing::{Opener, SealingKey};
use entente_proof::sign::{Signature, VerifyingKey};
use std::fmt;

/// What comes out of a bundle, in this order: one opening, frames, one end.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece {
    /// What it says first.
    Opening(Opening),
    /// A whole session frame, length and type included, for [`crate::Input::Bytes`].
    Frame(FrameType, Vec<u8>),
    /// The end, and the sender's signature holds.
    End,
}

impl fmt::Debug for Piece {
    /// Types and sizes only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opening(opening) => opening.fmt(f),
            Self::Frame(frame_type, bytes) => {
                write!(f, "Frame({frame_type}, {} bytes)", bytes.len())
            }
            Self::End => f.write_str("End"),
        }
    }
}

/// A bundle being unpacked.
pub struct Unpacker {
    opener: Opener,
    head: Digest,
    signers: Vec<VerifyingKey>,
    raw: Vec<u8>,
    read: usize,
    inbox: Inbox,
    segment: u64,
    last_seen: bool,
    chain: Digest,
    frames: u64,
    ended: bool,
}

impl fmt::Debug for Unpacker {
    /// Positions only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unpacker")
            .field("segment", &self.segment)
            .field("frames", &self.frames)
            .finish_non_exhaustive()
    }
}

impl Unpacker {
    /// Opens the bundle of this head with our secret half of the key it names; `signers` are its sender's keys, newest first. The first
    /// must have signed it: what somebody signs with a key that its owner gave up counts no more.
    ///
    /// # Errors
    /// [`CourierError::Head`] if the encapsulated key is none.
    pub fn begin(
        head: &Head,
        key: &SealingKey,
        signers: Vec<VerifyingKey>,
    ) -> Result<Self, CourierError> {
        let info = Head::info(&head.from, &head.to, &head.bundle);
        let opener = Opener::new(key, &head.encapped, &info).map_err(|_| CourierError::Head)?;
        Ok(Self {
            opener,
            head: head.digest(),
            signers,
            raw: Vec::new(),
            read: 0,
            inbox: Inbox::default(),
            segment: 0,
            last_seen: false,
            chain: Digest([0; 32]),
            frames: 0,
            ended: false,
        })
    }

    /// The leaves that came out so far brought this key of the sender: it must have signed.
    pub fn now_signed_by(&mut self, key: VerifyingKey) {
        if self.signers.first() != Some(&key) {
            self.signers.insert(0, key);
        }
    }

    /// Adds bytes of the file after its head, in any fragmentation. Call [`Unpacker::next_piece`] until it gives none before more is added:
    /// that keeps memory at one segment and one frame.
    pub fn push(&mut self, bytes: &[u8]) {
        self.raw.drain(..self.read.min(self.raw.len()));
        self.read = 0;
        self.raw.extend_from_slice(bytes);
    }

    /// The next piece, or `None` while more bytes are needed.
    ///
    /// # Errors
    /// [`CourierError`]; the bundle is then of no use, whatever came out of it before.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, CourierError> {
        loop {
            if self.ended {
                return self.after_end();
            }
            if let Some(piece) = self.framed()? {
                return Ok(Some(piece));
            }
            if self.last_seen {
                // The last segment ends inside a frame, or without the end: authentic, so its maker is at fault.
                return Err(CourierError::Order);
            }
            let Some(segment) = self.next_segment()? else {
                return Ok(None);
            };
            self.inbox.push(segment);
        }
    }

    /// To be called at the end of the file.
    ///
    /// # Errors
    /// [`CourierError::CutShort`] unless the end was seen, [`CourierError::Trailing`].
    pub fn finish(mut self) -> Result<(), CourierError> {
        match self.ended {
            true => self.after_end().map(|_| ()),
            false => Err(CourierError::CutShort),
        }
    }

    fn after_end(&mut self) -> Result<Option<Piece>, CourierError> {
        match self.read >= self.raw.len() {
            true => Ok(None),
            false => Err(CourierError::Trailing),
        }
    }

    fn framed(&mut self) -> Result<Option<Piece>, CourierError> {
        let Some((frame_type, payload)) = self.inbox.peek(limits::MAX_FRAME)? else {
            return Ok(None);
        };
        let first = self.frames == 0;
        if first != (frame_type == OPENING) {
            return Err(CourierError::Order);
        }
        if frame_type == END {
            let (frames, signature) = read_end(payload)?;
            self.check_end(frames, &signature)?;
            self.inbox.advance();
            if self.inbox.unread() > 0 || !self.last_seen {
                return Err(CourierError::Order);
            }
            self.ended = true;
            return Ok(Some(Piece::End));
        }
        let piece = match first {
            true => Piece::Opening(Opening::decode(payload)?),
            false => {
                let mut bytes = Vec::with_capacity(payload.len().saturating_add(FRAME_HEAD));
                push_frame(&mut bytes, frame_type, payload);
                Piece::Frame(frame_type, bytes)
            }
        };
        self.chain = chained(&self.chain, frame_type, payload);
        self.frames = self.frames.saturating_add(1);
        self.inbox.advance();
        Ok(Some(piece))
    }

    fn check_end(&self, frames: u64, signature: &Signature) -> Result<(), CourierError> {
        let message = signed_message(&self.head, &self.chain, self.frames);
        let signed = |key: &VerifyingKey| key.verify(&message, signature).is_ok();
        match self.signers.iter().position(signed) {
            Some(0) if frames == self.frames => Ok(()),
            Some(_) if frames == self.frames => Err(CourierError::FormerKey),
            _ => Err(CourierError::NotSigned),
        }
    }

    /// Opens the next segment if all of it is here. Its stated length is checked before anything is kept for it.
    fn next_segment(&mut self) -> Result<Option<Vec<u8>>, CourierError> {
        let altered = CourierError::Altered {
            segment: self.segment,
        };
        let rest = self.raw.get(self.read..).unwrap_or_default();
        let Some((head, rest)) = rest.split_first_chunk::<SEGMENT_HEAD>() else {
            return Ok(None);
        };
        let [kind, length @ ..] = *head;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        let whole = length == MAX_SEALED;
        let fits = match kind {
            MORE => whole,
            LAST => length <= MAX_SEALED,
            _ => false,
        };
        if !fits {
            return Err(altered);
        }
        let Some(sealed) = rest.get(..length) else {
            return Ok(None);
        };
        let aad = segment_aad(&self.head, self.segment, kind);
        let segment = self.opener.open(&aad, sealed).map_err(|_| altered)?;
        debug_assert!(segment.len() <= SEGMENT);
        self.read = self
            .read
            .saturating_add(SEGMENT_HEAD)
            .saturating_add(length);
        self.segment = self.segment.saturating_add(1);
        self.last_seen = kind == LAST;
        Ok(Some(segment))
    }
}

fn read_end(payload: &[u8]) -> Result<(u64, Signature), Malformed> {
    let (mut frames, mut signature) = (None, None);
    let mut r = checked(END, payload)?;
    r.map(|r, key| {
        match key {
            1 => frames = Some(r.u64()?),
            2 => signature = Signature::from_slice(r.bytes(64)?),
            _ => return Ok(false),
        }
        Ok(true)
    })
    .map_err(faulty(END))?;
    let fault = faulty(END);
    let missing = FieldFault {
        key: 2,
        fault: Fault::Missing,
    };
    Ok((
        required(frames, 1).map_err(&fault)?,
        signature.ok_or(missing).map_err(&fault)?,
    ))
}
