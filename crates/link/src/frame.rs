//! The frames of a session and their bytes: length, type, deterministic CBOR map with integer keys.
//!
//! In scope: the encoding of wire versions 1 to 3 and the limits applied before decoding. Out of scope: what a frame may do when
//! (see `session`). `docs/wire/session.md` is the format in prose; both change together, with a new wire version.

use crate::error::{Blame, Bug, Fault, Malformed};
use crate::limits;
use crate::wire::{FieldFault, Reader, Writer, required};
use entente_proof::cbor;
use entente_proof::digest::Digest;
use entente_proof::leaf::Leaf;
use entente_proof::presence::Proof;
use entente_proof::sign::Signature;
use std::fmt;

/// Bytes before a frame's payload: its length, which counts the type and the payload, and its type.
pub const FRAME_HEAD: usize = 5;

/// The type byte of a frame. A struct around the integer, so that types of newer versions survive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameType(pub u8);

impl FrameType {
    /// Who I am, what I hold, what I have.
    pub const HELLO: Self = Self(1);
    /// Consecutive leaves of the sender's register with a checkpoint at their end.
    pub const BATCH: Self = Self(2);
    /// The sender durably holds the receiver's register up to a size.
    pub const COSIGNATURE: Self = Self(3);
    /// Asks for chunks of an attachment.
    pub const BLOB_REQUEST: Self = Self(4);
    /// One chunk of an attachment.
    pub const BLOB_CHUNK: Self = Self(5);
    /// An attachment will not come.
    pub const BLOB_REFUSED: Self = Self(6);
    /// Digest of the ledger at a named cut.
    pub const LEDGER_DIGEST: Self = Self(7);
    /// Reserved for the rounds of matching without showing holdings; skipped in version 1.
    pub const MATCH_ROUND: Self = Self(8);
    /// Are you there?
    pub const PING: Self = Self(9);
    /// I am here.
    pub const PONG: Self = Self(10);
    /// Why the sender closes.
    pub const ERROR: Self = Self(11);
    /// Another replica holds the link.
    pub const BUSY: Self = Self(12);
    /// The sender's flags changed.
    pub const FLAGS: Self = Self(13);
    /// The sender's card as it is now. A node that does not know this type skips it.
    pub const CARD: Self = Self(14);
    /// Wire version 2: asks for leaves of the sender's own register, which it lost.
    pub const RECOVER: Self = Self(15);
    /// Wire version 2: leaves of the receiver's own register, back to it.
    pub const RECOVERED: Self = Self(16);
    /// Wire version 3: the sender has its newest signing key, on this connection.
    pub const PRESENCE: Self = Self(17);

    /// The wire version that brought this type. In earlier ones it is skipped like any unknown type.
    #[must_use]
    pub fn since(self) -> u16 {
        match self {
            Self::RECOVER | Self::RECOVERED => 2,
            Self::PRESENCE => 3,
            _ => 1,
        }
    }
}

impl fmt::Display for FrameType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            Self::HELLO => "hello",
            Self::BATCH => "batch",
            Self::COSIGNATURE => "cosignature",
            Self::BLOB_REQUEST => "blob request",
            Self::BLOB_CHUNK => "blob chunk",
            Self::BLOB_REFUSED => "blob refused",
            Self::LEDGER_DIGEST => "ledger digest",
            Self::MATCH_ROUND => "match round",
            Self::PING => "ping",
            Self::PONG => "pong",
            Self::ERROR => "error",
            Self::BUSY => "busy",
            Self::FLAGS => "flags",
            Self::CARD => "card",
            Self::RECOVER => "recover",
            Self::RECOVERED => "recovered",
            Self::PRESENCE => "presence",
            Self(code) => return write!(f, "type {code}"),
        };
        f.write_str(name)
    }
}

impl fmt::Debug for FrameType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// See [`Hello`].
    Hello(Box<Hello>),
    /// See [`Batch`].
    Batch(Batch),
    /// See [`Cosignature`].
    Cosignature(Cosignature),
    /// See [`BlobRequest`].
    BlobRequest(BlobRequest),
    /// See [`BlobChunk`].
    BlobChunk(BlobChunk),
    /// See [`BlobRefusal`].
    BlobRefused(BlobRefusal),
    /// See [`LedgerDigest`].
    LedgerDigest(LedgerDigest),
    /// Are you there?
    Ping,
    /// I am here.
    Pong,
    /// Why the sender closes.
    Error {
        /// Whom the sender blames.
        blame: Blame,
        /// Which fault; meaning depends on the blame.
        detail: u16,
    },
    /// Another replica holds the link: try again later.
    Busy,
    /// The sender's flags from now on.
    Flags(Flags),
    /// The sender's signed card as it is now: brings its newest sealing key.
    Card(Vec<u8>),
    /// Give me my own register back, from this leaf on.
    Recover {
        /// The sender's size.
        from: u64,
    },
    /// Leaves of the receiver's register with the receiver's own checkpoint at their end.
    Recovered(Batch),
    /// Proof of the sender's newest signing key, directly after its hello.
    Presence(Box<Proof>),
    /// A type of a newer version: skipped and counted.
    Unknown(FrameType),
}

/// What each side says first. Its encoding is the same in every wire version, so that versions can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Wire versions the sender speaks.
    pub versions: Vec<u16>,
    /// The sender's node name.
    pub node: String,
    /// The node the sender means to talk to.
    pub to: String,
    /// Generation of the sender's register towards the receiver.
    pub own_generation: u32,
    /// Generation of the receiver's register, as the sender knows it.
    pub peer_generation: u32,
    /// What the sender durably holds of the receiver's register.
    pub held: HeldClaim,
    /// Size of the sender's register, in leaves.
    pub size: u64,
    /// The sender's newest checkpoint, a signed note; absent only at size 0.
    pub note: Option<String>,
    /// Fingerprint of the sender's card.
    pub card: Digest,
    /// The sender's flags.
    pub flags: Flags,
}

/// "I hold your register up to n with this root and this checkpoint of yours".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldClaim {
    /// Leaves held.
    pub size: u64,
    /// Root of the Merkle tree over them.
    pub root: Digest,
    /// The receiver's own checkpoint of that size, as it signed it; absent only at size 0.
    pub note: Option<String>,
    /// The sender's stored cosignature line over that checkpoint, resent unchanged; absent if it has none yet.
    pub cosignature: Option<String>,
}

/// Bits that describe the sender's side of the link. Unknown bits are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags(pub u64);

impl Flags {
    /// The sender has suspended the link (DESIGN section 5 rule 11).
    pub const SUSPENDED: u64 = 1;

    /// Whether the suspension bit is set.
    #[must_use]
    pub fn suspended(self) -> bool {
        self.0 & Self::SUSPENDED != 0
    }

    /// The same flags with the suspension bit as given.
    #[must_use]
    pub fn with_suspended(self, on: bool) -> Self {
        if on {
            Self(self.0 | Self::SUSPENDED)
        } else {
            Self(self.0 & !Self::SUSPENDED)
        }
    }
}

/// Consecutive leaves of the sender's register, ending exactly at a signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Index of the first leaf.
    pub from: u64,
    /// The leaves with what they bind, at least one.
    pub items: Vec<Item>,
    /// The sender's checkpoint of size `from + items.len()`, a signed note.
    pub note: String,
}

/// One leaf with the entry it names, if any.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    /// The encoded leaf, exactly as the register holds it.
    pub leaf: Vec<u8>,
    /// The entry's header bytes, exactly as signed; absent for other leaves, and for entries of destroyed dossiers.
    pub header: Option<Vec<u8>>,
    /// The entry's body.
    pub body: Body,
}

impl Item {
    /// What this item counts towards [`limits::MAX_BATCH_WEIGHT`], in bytes: its contents and the most that framing adds.
    #[must_use]
    pub fn weight(&self) -> usize {
        let header = self.header.as_ref().map_or(0, Vec::len);
        let body = match &self.body {
            Body::Present { bytes, .. } => bytes.len(),
            Body::Erased | Body::Absent => 0,
        };
        self.leaf
            .len()
            .saturating_add(header)
            .saturating_add(body)
            .saturating_add(48)
    }

    /// The entry that the leaf names, if it names one.
    #[must_use]
    pub fn entry(&self) -> Option<Digest> {
        match Leaf::decode(&self.leaf) {
            Ok(Leaf::Entry(id)) => Some(id),
            _ => None,
        }
    }

    /// Whether the leaf names an entry.
    #[must_use]
    pub fn names_entry(&self) -> bool {
        self.entry().is_some()
    }

    /// Whether the leaf names an entry whose header did not come along.
    #[must_use]
    pub fn lacks_header(&self) -> bool {
        self.header.is_none() && self.names_entry()
    }

    /// Whether every field is within its limit.
    #[must_use]
    pub fn within_limits(&self) -> bool {
        let header = self.header.as_ref().map_or(0, Vec::len);
        let body = match &self.body {
            Body::Present { bytes, .. } => bytes.len(),
            Body::Erased | Body::Absent => 0,
        };
        self.leaf.len() <= limits::MAX_LEAF
            && header <= limits::MAX_HEADER
            && body <= limits::MAX_BODY
    }
}

impl fmt::Debug for Item {
    /// Sizes only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("leaf_bytes", &self.leaf.len())
            .field("header_bytes", &self.header.as_ref().map(Vec::len))
            .field("body", &self.body)
            .finish()
    }
}

/// The body of an entry as it travels.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Here it is; the driver checks it against the header's commitment.
    Present {
        /// Salt of the commitment.
        salt: [u8; 16],
        /// The body's bytes.
        bytes: Vec<u8>,
    },
    /// Destroyed at its origin; only the marker travels.
    Erased,
    /// The leaf has no body, or the body is owed.
    Absent,
}

impl fmt::Debug for Body {
    /// Sizes only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present { bytes, .. } => write!(f, "Present({} bytes)", bytes.len()),
            Self::Erased => f.write_str("Erased"),
            Self::Absent => f.write_str("Absent"),
        }
    }
}

/// "I durably hold your register up to here, since this time" (the time is inside the line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// Size of the cosigned checkpoint, in leaves.
    pub size: u64,
    /// One C2SP signature line, without its line end.
    pub line: String,
}

/// Asks for `count` chunks of an attachment from chunk `first` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRequest {
    /// The entry that carries the attachment.
    pub entry: Digest,
    /// Position among the entry's attachments.
    pub index: u32,
    /// First chunk wanted, in chunks of [`limits::CHUNK`] bytes.
    pub first: u64,
    /// Number of chunks wanted, 1 to [`limits::MAX_BLOB_COUNT`].
    pub count: u64,
}

/// One chunk of an attachment.
#[derive(Clone, PartialEq, Eq)]
pub struct BlobChunk {
    /// The entry that carries the attachment.
    pub entry: Digest,
    /// Position among the entry's attachments.
    pub index: u32,
    /// Number of this chunk.
    pub chunk: u64,
    /// Whether the attachment ends with this chunk.
    pub last: bool,
    /// The chunk: exactly [`limits::CHUNK`] bytes unless it is the last.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for BlobChunk {
    /// Sizes only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobChunk")
            .field("entry", &self.entry)
            .field("index", &self.index)
            .field("chunk", &self.chunk)
            .field("last", &self.last)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// An attachment will not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRefusal {
    /// The entry that carries the attachment.
    pub entry: Digest,
    /// Position among the entry's attachments.
    pub index: u32,
    /// Why.
    pub code: BlobRefusalCode,
}

/// Why an attachment will not come. A struct around the integer, so that codes of newer versions survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlobRefusalCode(pub u16);

impl BlobRefusalCode {
    /// No such attachment for this partner.
    pub const UNKNOWN: Self = Self(1);
    /// Erased at its origin.
    pub const ERASED: Self = Self(2);
    /// The link is suspended: ask again when it is lifted.
    pub const SUSPENDED: Self = Self(3);
    /// Cannot be read now: ask again later.
    pub const UNAVAILABLE: Self = Self(4);
}

/// Digest of the ledger at the cut named by both register sizes and an instant (DESIGN section 5 rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerDigest {
    /// Size of the sender's register towards the receiver, in leaves.
    pub out_size: u64,
    /// Size of the receiver's register towards the sender, in leaves.
    pub in_size: u64,
    /// The instant, in milliseconds since 1970-01-01T00:00:00Z.
    pub instant_ms: i64,
    /// The digest.
    pub digest: Digest,
}

impl Frame {
    /// The frame's type.
    #[must_use]
    pub fn frame_type(&self) -> FrameType {
        match self {
            Self::Hello(_) => FrameType::HELLO,
            Self::Batch(_) => FrameType::BATCH,
            Self::Cosignature(_) => FrameType::COSIGNATURE,
            Self::BlobRequest(_) => FrameType::BLOB_REQUEST,
            Self::BlobChunk(_) => FrameType::BLOB_CHUNK,
            Self::BlobRefused(_) => FrameType::BLOB_REFUSED,
            Self::LedgerDigest(_) => FrameType::LEDGER_DIGEST,
            Self::Ping => FrameType::PING,
            Self::Pong => FrameType::PONG,
            Self::Error { .. } => FrameType::ERROR,
            Self::Busy => FrameType::BUSY,
            Self::Flags(_) => FrameType::FLAGS,
            Self::Card(_) => FrameType::CARD,
            Self::Recover { .. } => FrameType::RECOVER,
            Self::Recovered(_) => FrameType::RECOVERED,
            Self::Presence(_) => FrameType::PRESENCE,
            Self::Unknown(code) => *code,
        }
    }

    /// The whole frame's bytes: length, type, payload.
    ///
    /// # Errors
    /// [`Bug::AboveLimit`] if the frame would be longer than [`limits::MAX_FRAME`].
    pub fn encode(&self) -> Result<Vec<u8>, Bug> {
        let mut bytes = Vec::with_capacity(self.size_hint());
        bytes.extend_from_slice(&[0, 0, 0, 0, self.frame_type().0]);
        let mut writer = Writer::after(bytes);
        self.write_payload(&mut writer);
        let mut bytes = writer.finish();
        let length = bytes.len().saturating_sub(4);
        if length > limits::MAX_FRAME {
            return Err(Bug::AboveLimit);
        }
        let stated = u32::try_from(length).or(Err(Bug::AboveLimit))?;
        if let Some(slot) = bytes.first_chunk_mut::<4>() {
            *slot = stated.to_be_bytes();
        }
        Ok(bytes)
    }

    /// Decodes the payload of a frame whose length was already checked.
    ///
    /// # Errors
    /// [`Malformed`]: which field is wrong and how. Unknown types are no error.
    pub fn decode(frame_type: FrameType, payload: &[u8]) -> Result<Self, Malformed> {
        if !(FrameType::HELLO.0..=FrameType::PRESENCE.0).contains(&frame_type.0)
            || frame_type == FrameType::MATCH_ROUND
        {
            return Ok(Self::Unknown(frame_type));
        }
        let limits = cbor::Limits {
            max_bytes: limits::MAX_FRAME,
            max_depth: limits::MAX_DEPTH,
            max_items: limits::MAX_CBOR_ITEMS,
        };
        if cbor::check_deterministic(payload, &limits).is_err() {
            return Err(Malformed::NotDeterministic(frame_type));
        }
        let reader = &mut Reader::new(payload);
        let frame = match frame_type {
            FrameType::HELLO => read_hello(reader).map(|hello| Self::Hello(Box::new(hello))),
            FrameType::BATCH => read_batch(reader).map(Self::Batch),
            FrameType::COSIGNATURE => read_cosignature(reader).map(Self::Cosignature),
            FrameType::BLOB_REQUEST => read_blob_request(reader).map(Self::BlobRequest),
            FrameType::BLOB_CHUNK => read_blob_chunk(reader).map(Self::BlobChunk),
            FrameType::BLOB_REFUSED => read_blob_refusal(reader).map(Self::BlobRefused),
            FrameType::LEDGER_DIGEST => read_ledger_digest(reader).map(Self::LedgerDigest),
            FrameType::ERROR => read_error(reader),
            FrameType::FLAGS => read_flags(reader).map(Self::Flags),
            FrameType::CARD => read_card(reader).map(Self::Card),
            FrameType::RECOVER => read_recover(reader),
            FrameType::RECOVERED => read_batch(reader).map(Self::Recovered),
            FrameType::PRESENCE => {
                read_presence(reader).map(|proof| Self::Presence(Box::new(proof)))
            }
            FrameType::PING => read_nothing(reader).map(|()| Self::Ping),
            FrameType::PONG => read_nothing(reader).map(|()| Self::Pong),
            _ => read_nothing(reader).map(|()| Self::Busy),
        };
        frame.map_err(|FieldFault { key, fault }| Malformed::Field {
            frame: frame_type,
            key,
            fault,
        })
    }

    fn size_hint(&self) -> usize {
        match self {
            Self::Batch(batch) | Self::Recovered(batch) => batch
                .items
                .iter()
                .map(Item::weight)
                .fold(batch.note.len() + 64, usize::saturating_add),
            Self::BlobChunk(chunk) => chunk.bytes.len() + 96,
            Self::Hello(_) | Self::Presence(_) => 1024,
            Self::Card(card) => card.len() + 16,
            _ => 128,
        }
    }

    fn write_payload(&self, w: &mut Writer) {
        match self {
            Self::Hello(hello) => write_hello(w, hello),
            Self::Batch(batch) | Self::Recovered(batch) => write_batch(w, batch),
            Self::Cosignature(cosignature) => {
                w.map(2);
                w.uint(1);
                w.uint(cosignature.size);
                w.uint(2);
                w.text(&cosignature.line);
            }
            Self::BlobRequest(request) => write_blob_request(w, request),
            Self::BlobChunk(chunk) => write_blob_chunk(w, chunk),
            Self::BlobRefused(refusal) => {
                w.map(3);
                w.uint(1);
                w.bytes(&refusal.entry.0);
                w.uint(2);
                w.uint(u64::from(refusal.index));
                w.uint(3);
                w.uint(u64::from(refusal.code.0));
            }
            Self::LedgerDigest(ledger) => write_ledger_digest(w, ledger),
            Self::Error { blame, detail } => {
                w.map(2);
                w.uint(1);
                w.uint(u64::from(blame.0));
                w.uint(2);
                w.uint(u64::from(*detail));
            }
            Self::Flags(flags) => {
                w.map(1);
                w.uint(1);
                w.uint(flags.0);
            }
            Self::Card(card) => {
                w.map(1);
                w.uint(1);
                w.bytes(card);
            }
            Self::Recover { from } => {
                w.map(1);
                w.uint(1);
                w.uint(*from);
            }
            Self::Presence(proof) => write_presence(w, proof),
            Self::Ping | Self::Pong | Self::Busy | Self::Unknown(_) => w.map(0),
        }
    }
}

/// Cuts arbitrary fragments into frames. Holds at most one unfinished frame beyond what it was given.
#[derive(Default)]
pub(crate) struct Inbox {
    buffer: Vec<u8>,
    start: usize,
}

impl fmt::Debug for Inbox {
    /// Sizes only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inbox({} bytes)", self.unread())
    }
}

impl Inbox {
    /// Adds received bytes.
    pub(crate) fn push(&mut self, bytes: Vec<u8>) {
        if self.start >= self.buffer.len() {
            self.buffer = bytes;
            self.start = 0;
            return;
        }
        // Moving the rest down only once it is the smaller half keeps the cost linear.
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(&bytes);
    }

    /// Bytes not yet consumed.
    pub(crate) fn unread(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// The next whole frame, without consuming it; `None` while it is incomplete.
    pub(crate) fn peek(&self, max: usize) -> Result<Option<(FrameType, &[u8])>, Malformed> {
        let rest = self.buffer.get(self.start..).unwrap_or_default();
        let Some((length, rest)) = rest.split_first_chunk::<4>() else {
            return Ok(None);
        };
        let stated = u32::from_be_bytes(*length);
        let length = usize::try_from(stated).unwrap_or(usize::MAX);
        if length == 0 {
            return Err(Malformed::EmptyFrame);
        }
        if length > max {
            return Err(Malformed::FrameTooLong { stated });
        }
        let frame = rest.get(..length).and_then(<[u8]>::split_first);
        Ok(frame.map(|(code, payload)| (FrameType(*code), payload)))
    }

    /// Consumes the frame that [`Inbox::peek`] showed.
    pub(crate) fn advance(&mut self) {
        if let Ok(Some((_, payload))) = self.peek(usize::MAX) {
            self.start = self
                .start
                .saturating_add(payload.len())
                .saturating_add(FRAME_HEAD)
                .min(self.buffer.len());
        }
    }
}

/// Appends a whole frame: length, type, payload.
pub(crate) fn push_frame(out: &mut Vec<u8>, frame_type: FrameType, payload: &[u8]) {
    let length = u32::try_from(payload.len().saturating_add(1)).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.push(frame_type.0);
    out.extend_from_slice(payload);
}

fn write_hello(w: &mut Writer, hello: &Hello) {
    let optional = [&hello.held.note, &hello.held.cosignature, &hello.note];
    let present = optional.iter().filter(|field| field.is_some()).count();
    w.map(10 + present as u64);
    w.uint(1);
    w.array(hello.versions.len());
    for version in &hello.versions {
        w.uint(u64::from(*version));
    }
    w.uint(2);
    w.text(&hello.node);
    w.uint(3);
    w.text(&hello.to);
    w.uint(4);
    w.uint(u64::from(hello.own_generation));
    w.uint(5);
    w.uint(u64::from(hello.peer_generation));
    w.uint(6);
    w.uint(hello.held.size);
    w.uint(7);
    w.bytes(&hello.held.root.0);
    if let Some(note) = &hello.held.note {
        w.uint(8);
        w.text(note);
    }
    if let Some(line) = &hello.held.cosignature {
        w.uint(9);
        w.text(line);
    }
    w.uint(10);
    w.uint(hello.size);
    if let Some(note) = &hello.note {
        w.uint(11);
        w.text(note);
    }
    w.uint(12);
    w.bytes(&hello.card.0);
    w.uint(13);
    w.uint(hello.flags.0);
}

fn read_hello(r: &mut Reader<'_>) -> Result<Hello, FieldFault> {
    let (mut versions, mut node, mut to) = (None, None, None);
    let (mut own_generation, mut peer_generation) = (None, None);
    let (mut held_size, mut held_root, mut held_note, mut cosignature) = (None, None, None, None);
    let (mut size, mut note, mut card, mut flags) = (None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => versions = Some(read_versions(r)?),
            2 => node = Some(r.line(limits::MAX_NODE_NAME)?.to_owned()),
            3 => to = Some(r.line(limits::MAX_NODE_NAME)?.to_owned()),
            4 => own_generation = Some(r.u32()?),
            5 => peer_generation = Some(r.u32()?),
            6 => held_size = Some(r.u64()?),
            7 => held_root = Some(Digest(r.fixed()?)),
            8 => held_note = Some(r.text(limits::MAX_NOTE)?.to_owned()),
            9 => cosignature = Some(r.line(limits::MAX_LINE)?.to_owned()),
            10 => size = Some(r.u64()?),
            11 => note = Some(r.text(limits::MAX_NOTE)?.to_owned()),
            12 => card = Some(Digest(r.fixed()?)),
            13 => flags = Some(Flags(r.u64()?)),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Hello {
        versions: required(versions, 1)?,
        node: required(node, 2)?,
        to: required(to, 3)?,
        own_generation: required(own_generation, 4)?,
        peer_generation: required(peer_generation, 5)?,
        held: HeldClaim {
            size: required(held_size, 6)?,
            root: required(held_root, 7)?,
            note: held_note,
            cosignature,
        },
        size: required(size, 10)?,
        note,
        card: required(card, 12)?,
        flags: required(flags, 13)?,
    })
}

fn read_versions(r: &mut Reader<'_>) -> Result<Vec<u16>, FieldFault> {
    let length = r.array(limits::MAX_VERSIONS)?;
    (0..length).map(|_| r.u16()).collect()
}

fn write_batch(w: &mut Writer, batch: &Batch) {
    w.map(3);
    w.uint(1);
    w.uint(batch.from);
    w.uint(2);
    w.array(batch.items.len());
    for item in &batch.items {
        write_item(w, item);
    }
    w.uint(3);
    w.text(&batch.note);
}

/// Body states in an item: 1 present, 2 erased; no field means absent.
fn write_item(w: &mut Writer, item: &Item) {
    let body_fields = match item.body {
        Body::Present { .. } => 3,
        Body::Erased => 1,
        Body::Absent => 0,
    };
    w.map(1 + u64::from(item.header.is_some()) + body_fields);
    w.uint(1);
    w.bytes(&item.leaf);
    if let Some(header) = &item.header {
        w.uint(2);
        w.bytes(header);
    }
    match &item.body {
        Body::Present { salt, bytes } => {
            w.uint(3);
            w.uint(1);
            w.uint(4);
            w.bytes(salt);
            w.uint(5);
            w.bytes(bytes);
        }
        Body::Erased => {
            w.uint(3);
            w.uint(2);
        }
        Body::Absent => {}
    }
}

fn read_batch(r: &mut Reader<'_>) -> Result<Batch, FieldFault> {
    let (mut from, mut items, mut note) = (None, None, None);
    r.map(|r, key| {
        match key {
            1 => from = Some(r.u64()?),
            2 => items = Some(read_items(r)?),
            3 => note = Some(r.text(limits::MAX_NOTE)?.to_owned()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Batch {
        from: required(from, 1)?,
        items: required(items, 2)?,
        note: required(note, 3)?,
    })
}

fn read_items(r: &mut Reader<'_>) -> Result<Vec<Item>, FieldFault> {
    let length = r.array(limits::MAX_BATCH_ITEMS)?;
    (0..length).map(|_| read_item(r)).collect()
}

fn read_item(r: &mut Reader<'_>) -> Result<Item, FieldFault> {
    let (mut leaf, mut header, mut state, mut salt, mut bytes) = (None, None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => leaf = Some(r.bytes(limits::MAX_LEAF)?.to_vec()),
            2 => header = Some(r.bytes(limits::MAX_HEADER)?.to_vec()),
            3 => state = Some(r.u64()?),
            4 => salt = Some(r.fixed()?),
            5 => bytes = Some(r.bytes(limits::MAX_BODY)?.to_vec()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let body = match state {
        Some(1) => Body::Present {
            salt: required(salt, 4)?,
            bytes: required(bytes, 5)?,
        },
        Some(2) => Body::Erased,
        // A state of a newer version must not block the register: the body is owed.
        _ => Body::Absent,
    };
    Ok(Item {
        leaf: required(leaf, 1)?,
        header,
        body,
    })
}

fn read_cosignature(r: &mut Reader<'_>) -> Result<Cosignature, FieldFault> {
    let (mut size, mut line) = (None, None);
    r.map(|r, key| {
        match key {
            1 => size = Some(r.u64()?),
            2 => line = Some(r.line(limits::MAX_LINE)?.to_owned()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Cosignature {
        size: required(size, 1)?,
        line: required(line, 2)?,
    })
}

fn write_blob_request(w: &mut Writer, request: &BlobRequest) {
    w.map(4);
    w.uint(1);
    w.bytes(&request.entry.0);
    w.uint(2);
    w.uint(u64::from(request.index));
    w.uint(3);
    w.uint(request.first);
    w.uint(4);
    w.uint(request.count);
}

fn read_blob_request(r: &mut Reader<'_>) -> Result<BlobRequest, FieldFault> {
    let (mut entry, mut index, mut first, mut count) = (None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => entry = Some(Digest(r.fixed()?)),
            2 => index = Some(r.u32()?),
            3 => first = Some(r.u64()?),
            4 => count = Some(r.u64()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(BlobRequest {
        entry: required(entry, 1)?,
        index: required(index, 2)?,
        first: required(first, 3)?,
        count: required(count, 4)?,
    })
}

fn write_blob_chunk(w: &mut Writer, chunk: &BlobChunk) {
    w.map(5);
    w.uint(1);
    w.bytes(&chunk.entry.0);
    w.uint(2);
    w.uint(u64::from(chunk.index));
    w.uint(3);
    w.uint(chunk.chunk);
    w.uint(4);
    w.bool(chunk.last);
    w.uint(5);
    w.bytes(&chunk.bytes);
}

fn read_blob_chunk(r: &mut Reader<'_>) -> Result<BlobChunk, FieldFault> {
    let (mut entry, mut index, mut chunk, mut last, mut bytes) = (None, None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => entry = Some(Digest(r.fixed()?)),
            2 => index = Some(r.u32()?),
            3 => chunk = Some(r.u64()?),
            4 => last = Some(r.bool()?),
            5 => bytes = Some(r.bytes(limits::CHUNK)?.to_vec()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(BlobChunk {
        entry: required(entry, 1)?,
        index: required(index, 2)?,
        chunk: required(chunk, 3)?,
        last: required(last, 4)?,
        bytes: required(bytes, 5)?,
    })
}

fn read_blob_refusal(r: &mut Reader<'_>) -> Result<BlobRefusal, FieldFault> {
    let (mut entry, mut index, mut code) = (None, None, None);
    r.map(|r, key| {
        match key {
            1 => entry = Some(Digest(r.fixed()?)),
            2 => index = Some(r.u32()?),
            3 => code = Some(BlobRefusalCode(r.u16()?)),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(BlobRefusal {
        entry: required(entry, 1)?,
        index: required(index, 2)?,
        code: required(code, 3)?,
    })
}

fn write_ledger_digest(w: &mut Writer, ledger: &LedgerDigest) {
    w.map(4);
    w.uint(1);
    w.uint(ledger.out_size);
    w.uint(2);
    w.uint(ledger.in_size);
    w.uint(3);
    w.int(ledger.instant_ms);
    w.uint(4);
    w.bytes(&ledger.digest.0);
}

fn read_ledger_digest(r: &mut Reader<'_>) -> Result<LedgerDigest, FieldFault> {
    let (mut out_size, mut in_size, mut instant_ms, mut digest) = (None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => out_size = Some(r.u64()?),
            2 => in_size = Some(r.u64()?),
            3 => instant_ms = Some(r.i64()?),
            4 => digest = Some(Digest(r.fixed()?)),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(LedgerDigest {
        out_size: required(out_size, 1)?,
        in_size: required(in_size, 2)?,
        instant_ms: required(instant_ms, 3)?,
        digest: required(digest, 4)?,
    })
}

fn read_error(r: &mut Reader<'_>) -> Result<Frame, FieldFault> {
    let (mut blame, mut detail) = (None, None);
    r.map(|r, key| {
        match key {
            1 => blame = Some(Blame(r.u16()?)),
            2 => detail = Some(r.u16()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Frame::Error {
        blame: required(blame, 1)?,
        detail: required(detail, 2)?,
    })
}

fn read_flags(r: &mut Reader<'_>) -> Result<Flags, FieldFault> {
    let mut flags = None;
    r.map(|r, key| {
        if key == 1 {
            flags = Some(Flags(r.u64()?));
        }
        Ok(key == 1)
    })?;
    required(flags, 1)
}

fn read_card(r: &mut Reader<'_>) -> Result<Vec<u8>, FieldFault> {
    let mut card = None;
    r.map(|r, key| {
        if key == 1 {
            card = Some(r.bytes(limits::MAX_CARD)?.to_vec());
        }
        Ok(key == 1)
    })?;
    required(card, 1)
}

fn read_recover(r: &mut Reader<'_>) -> Result<Frame, FieldFault> {
    let mut from = None;
    r.map(|r, key| {
        if key == 1 {
            from = Some(r.u64()?);
        }
        Ok(key == 1)
    })?;
    Ok(Frame::Recover {
        from: required(from, 1)?,
    })
}

fn write_presence(w: &mut Writer, proof: &Proof) {
    w.map(if proof.changes.is_empty() { 1 } else { 2 });
    w.uint(1);
    w.bytes(&proof.signature.0);
    if !proof.changes.is_empty() {
        w.uint(2);
        w.array(proof.changes.len());
        for change in &proof.changes {
            w.bytes(&Leaf::KeyChange(change.clone()).encode());
        }
    }
}

fn read_presence(r: &mut Reader<'_>) -> Result<Proof, FieldFault> {
    let (mut signature, mut changes) = (None, Vec::new());
    r.map(|r, key| {
        match key {
            1 => signature = Some(Signature(r.fixed()?)),
            2 => {
                for _ in 0..r.array(limits::MAX_KEY_CHANGES)? {
                    match Leaf::decode(r.bytes(limits::MAX_LEAF)?) {
                        Ok(Leaf::KeyChange(change)) => changes.push(change),
                        _ => return Err(r.fault(Fault::OutOfRange)),
                    }
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Proof {
        signature: required(signature, 1)?,
        changes,
    })
}

fn read_nothing(r: &mut Reader<'_>) -> Result<(), FieldFault> {
    r.map(|_, _| Ok(false))
}

/// A field fault of the given frame, for tests and callers that compare exact errors.
#[must_use]
pub fn field_fault(frame: FrameType, key: u64, fault: Fault) -> Malformed {
    Malformed::Field { frame, key, fault }
}
