//! Courier bundles: the frames of a session in a file, sealed to the partner's sealing key, for links that are cut or air-gapped.
//!
//! In scope: the bytes of a bundle. A clear head names who sends to whom; then come segments of one HPKE context, numbered, the last
//! one marked, each bound to the head; inside them an opening, session frames, and an end that the sender signed. Truncation,
//! repetition, reordering and splicing therefore never open; memory is one segment and one frame. Out of scope: what the frames
//! mean ([`crate::Session`] with [`crate::Config::courier`] set reads them), signing under the lease, and storing (`app`).
//! `docs/wire/courier.md` is the format in prose.

mod head;
mod pack;
mod unpack;

pub use head::{Head, MAX_HEAD, head_length};
pub use pack::Packer;
pub use unpack::{Piece, Unpacker};

use crate::error::Malformed;
use crate::frame::FrameType;
use crate::limits;
use crate::wire::{FieldFault, Reader, Writer, required};
use entente_proof::cbor;
use entente_proof::digest::{Digest, tagged};
use entente_proof::sealing::TAG;

/// First bytes of every bundle of this version.
pub const MAGIC: &[u8] = b"entente/courier/1\n";
/// What bundles of every version begin with.
const ANY_MAGIC: &[u8] = b"entente/courier/";
/// Bytes of frames in each segment but the last, which may be shorter.
pub const SEGMENT: usize = 64 * 1024;
/// First bytes of the message that the sender signs.
const SIGNATURE_DOMAIN: &[u8] = b"entente/courier-signature/1\n";
const CHAIN_DOMAIN: &str = "entente/courier-frame/1";
/// Segment kinds: one more follows, or this is the last.
const MORE: u8 = 1;
const LAST: u8 = 2;
/// Kind and length before each sealed segment.
const SEGMENT_HEAD: usize = 5;
const MAX_SEALED: usize = SEGMENT + TAG;

/// Opens the frames of a bundle; nowhere else.
pub(crate) const OPENING: FrameType = FrameType(32);
/// Ends them.
pub(crate) const END: FrameType = FrameType(33);

/// Why a bundle is refused. Nothing of a refused bundle was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourierError {
    /// The file does not begin like a bundle.
    #[error("this file is no courier bundle")]
    NotABundle,
    /// A bundle of a version that this program does not know.
    #[error(
        "this bundle is of a newer version: update this node, or ask its sender for an older form"
    )]
    Version,
    /// The head is malformed.
    #[error(
        "the head of this bundle is malformed: it was altered on its way, or its sender's program has a fault"
    )]
    Head,
    /// The file ends before the segment that is marked as last.
    #[error("this bundle was cut short on its way: ask for the whole file again")]
    CutShort,
    /// A segment does not open: altered, moved, repeated, or of another bundle.
    #[error("this bundle was altered on its way (segment {segment}): ask for the file again")]
    Altered {
        /// Number of the segment, from 0.
        segment: u64,
    },
    /// Bytes after the last segment.
    #[error("something was added to this bundle on its way: ask for the file again")]
    Trailing,
    /// The sender's node did not sign these contents.
    #[error("this bundle is not signed by the node that it names: do not trust whoever brought it")]
    NotSigned,
    /// Signed with a key that its sender replaced since.
    #[error("signed with a key that its sender replaced since")]
    FormerKey,
    /// Authentic, and the frames are malformed: the sender's program is at fault.
    #[error("the sender's program made a malformed bundle: {0}")]
    Malformed(#[from] Malformed),
    /// Authentic, and opening, frames and end are not in their order: the sender's program is at fault.
    #[error("the sender's program made a bundle whose parts are out of order")]
    Order,
    /// Our own program could not seal or frame.
    #[error("internal error: a bundle could not be made")]
    OurBug,
}

/// What a bundle says first, inside the sealing.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// When it was packed, by the sender's clock, in milliseconds since 1970-01-01T00:00:00Z.
    pub made_ms: i64,
    /// How much of the sender's register it believes that the receiver holds: its batches begin there.
    pub believed: u64,
    /// The sender's card as it is now, signed: brings its newest sealing key.
    pub card: Vec<u8>,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opening")
            .field("made_ms", &self.made_ms)
            .field("believed", &self.believed)
            .field("card_bytes", &self.card.len())
            .finish()
    }
}

impl Opening {
    /// Its payload as a frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::after(Vec::with_capacity(self.card.len() + 32));
        w.map(3);
        w.uint(1);
        w.int(self.made_ms);
        w.uint(2);
        w.uint(self.believed);
        w.uint(3);
        w.bytes(&self.card);
        w.finish()
    }

    /// Reads [`Opening::encode`].
    ///
    /// # Errors
    /// [`Malformed`]: which field is wrong and how.
    pub fn decode(payload: &[u8]) -> Result<Self, Malformed> {
        let (mut made_ms, mut believed, mut card) = (None, None, None);
        let mut r = checked(OPENING, payload)?;
        r.map(|r, key| {
            match key {
                1 => made_ms = Some(r.i64()?),
                2 => believed = Some(r.u64()?),
                3 => card = Some(r.bytes(limits::MAX_CARD)?.to_vec()),
                _ => return Ok(false),
            }
            Ok(true)
        })
        .map_err(faulty(OPENING))?;
        let fault = faulty(OPENING);
        Ok(Self {
            made_ms: required(made_ms, 1).map_err(&fault)?,
            believed: required(believed, 2).map_err(&fault)?,
            card: required(card, 3).map_err(&fault)?,
        })
    }
}

/// A reader of a payload that is deterministic CBOR within the limits.
fn checked(frame: FrameType, payload: &[u8]) -> Result<Reader<'_>, Malformed> {
    let limits = cbor::Limits {
        max_bytes: limits::MAX_FRAME,
        max_depth: 4,
        max_items: 64,
    };
    match cbor::check_deterministic(payload, &limits) {
        Ok(()) => Ok(Reader::new(payload)),
        Err(_) => Err(Malformed::NotDeterministic(frame)),
    }
}

fn faulty(frame: FrameType) -> impl Fn(FieldFault) -> Malformed {
    move |FieldFault { key, fault }| Malformed::Field { frame, key, fault }
}

/// What each segment authenticates besides its bytes: its bundle, its number, whether it is the last.
fn segment_aad(head: &Digest, number: u64, kind: u8) -> Vec<u8> {
    let mut aad = head.0.to_vec();
    aad.extend_from_slice(&number.to_be_bytes());
    aad.push(kind);
    aad
}

/// The running digest over frames, type and payload each.
fn chained(before: &Digest, frame_type: FrameType, payload: &[u8]) -> Digest {
    tagged(CHAIN_DOMAIN, &[&before.0, &[frame_type.0], payload])
}

/// What the sender signs: the head (who, to whom, under which encapsulated key) and every frame before the end.
fn signed_message(head: &Digest, chain: &Digest, frames: u64) -> Vec<u8> {
    [SIGNATURE_DOMAIN, &head.0, &chain.0, &frames.to_be_bytes()].concat()
}
