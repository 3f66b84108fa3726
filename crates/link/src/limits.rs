//! Every limit of the wire, named once and applied before anything is decoded or stored (DESIGN invariant 12).
//!
//! Limits of wire version 1 are part of the protocol: both sides rely on them, so changing one needs a new version.
//! `docs/wire/session.md` lists them.

/// Longest frame, counted from its type byte to its end: 4 MiB.
pub const MAX_FRAME: usize = 4 * 1024 * 1024;
/// Longest frame before the partner's hello has been accepted: 64 KiB.
pub const MAX_FIRST_FRAME: usize = 64 * 1024;
/// Longest encoded leaf of a register, in bytes.
pub const MAX_LEAF: usize = entente_proof::leaf::MAX_LEAF;
/// Longest header of an entry, in bytes.
pub const MAX_HEADER: usize = 16 * 1024;
/// Longest body of an entry, in bytes.
pub const MAX_BODY: usize = 1024 * 1024;
/// Most leaves in one batch.
pub const MAX_BATCH_ITEMS: usize = 4096;
/// What the items of one batch may weigh together, counted with [`crate::frame::Item::weight`]; leaves room in a frame
/// for the checkpoint and the map around the items.
pub const MAX_BATCH_WEIGHT: usize = MAX_FRAME - 32 * 1024;
/// Longest signed note (checkpoint with its signatures), in bytes.
pub const MAX_NOTE: usize = 16 * 1024;
/// Longest cosignature line, in bytes.
pub const MAX_LINE: usize = 1024;
/// Longest signed card, in bytes.
pub const MAX_CARD: usize = entente_proof::card::MAX_CARD;
/// Longest node name, in bytes.
pub const MAX_NODE_NAME: usize = 32;
/// Most key changes that are followed in one register: as many as a proof of an entry may carry of one side.
pub const MAX_KEY_CHANGES: usize = entente_proof::bundle::MAX_HISTORY;
/// Most wire versions in a hello.
pub const MAX_VERSIONS: usize = 32;
/// Length of one attachment chunk, in bytes; only the last chunk of an attachment may be shorter.
pub const CHUNK: usize = entente_proof::commit::CHUNK;
/// Most chunks that one blob request may ask for.
pub const MAX_BLOB_COUNT: u64 = 64;
/// Most blob requests open at once in one direction.
pub const MAX_BLOB_REQUESTS: usize = 4;
/// Most batches on the way without a cosignature, in one direction.
pub const WINDOW: usize = 8;
/// Deepest nesting of a frame's CBOR.
pub const MAX_DEPTH: usize = 16;
/// Most CBOR data items in one frame.
pub const MAX_CBOR_ITEMS: usize = 128 * 1024;
/// What may lie undecoded in the session while reading is paused; a driver that goes on reading beyond this has a bug.
pub const MAX_UNREAD: usize = 2 * MAX_FRAME;
/// Longest encoded piece of evidence, in bytes.
pub const MAX_EVIDENCE: usize = 64 * 1024;

/// The partner's hello, and in version 3 its proof, must be complete within this time of the connection, in milliseconds.
pub const HELLO_TIMEOUT_MS: i64 = 10_000;
/// Who waits for the partner's hello before its own waits this long, in milliseconds.
pub const HELLO_FIRST_MS: i64 = 2_000;
/// A side that has sent nothing for this long sends a ping, in milliseconds.
pub const PING_AFTER_MS: i64 = 15_000;
/// A side that has heard nothing for this long closes, in milliseconds.
pub const SILENCE_MS: i64 = 45_000;
