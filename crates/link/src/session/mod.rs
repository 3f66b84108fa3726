//! The session: bytes and time in, bytes and effects out.
//!
//! [`Session::handle`] consumes the session and gives it back with what the driver must now do. The session owns no
//! socket, clock, store, key or randomness: it frames, verifies and keeps order. The driver (`app`) appends, signs and
//! stores inside its own transactions, under its lease, and answers what the session asks.
//!
//! One session lives as long as one connection. A new one starts from what the store holds then.

mod blobs;
pub mod hello;
mod keys;
mod presence;
mod receiving;
mod recovery;
mod sending;

pub use keys::KeyHistory;
pub use presence::PRESENCE;
pub use recovery::RECOVERY;

use crate::error::{Blame, Bug, Deviation, LinkError};
use crate::evidence::Evidence;
use crate::frame::{
    BlobChunk, BlobRefusal, BlobRequest, FRAME_HEAD, Flags, Frame, HeldClaim, Hello, Inbox, Item,
    LedgerDigest,
};
use crate::limits;
use blobs::Blobs;
use entente_proof::checkpoint::{Checkpoint, origin, verify_checkpoint};
use entente_proof::cosign::cosigner_name;
use entente_proof::digest::{Digest, sha256};
use entente_proof::merkle::{Frontier, empty_root};
use entente_proof::presence::{Binding, Presence, Proof};
use entente_proof::sign::VerifyingKey;
use receiving::Receiving;
use recovery::Recovery;
use sending::Sending;
use std::fmt;

/// Who opened the connection. Both roles speak alike; the role only decides between two connections (rule 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// We dialled.
    Dialled,
    /// We accepted.
    Accepted,
}

/// What a session must know at its start; read from the store in one transaction.
#[derive(Debug, Clone)]
pub struct Config {
    /// Our node's name.
    pub node: String,
    /// The partner's node name.
    pub peer: String,
    /// Generation of our register towards the partner.
    pub own_generation: u32,
    /// Generation of the partner's register towards us.
    pub peer_generation: u32,
    /// Wire versions we speak.
    pub versions: Vec<u16>,
    /// Our signing keys over the life of our register.
    pub own_keys: KeyHistory,
    /// Every signing key that we ever had, oldest first, also those that our register, as we have it, does not name: a node restored from
    /// a backup knows its newest key before the leaf that brought it comes back.
    pub own_ring: Vec<VerifyingKey>,
    /// The partner's signing keys, pinned, over the life of its register.
    pub peer_keys: KeyHistory,
    /// The newest signing key that we know of the partner, by its register or by its pinned card: what it proves on each connection.
    pub peer_newest: VerifyingKey,
    /// Keys of the partner that were declared compromised: of its register, nothing beyond what we hold is taken that one of them signed.
    pub peer_refused: Vec<VerifyingKey>,
    /// Whether the partner's pinned card lists [`PRESENCE`]: then nothing older is spoken with it.
    pub peer_proves: bool,
    /// Fingerprint of our card.
    pub card: Digest,
    /// Whether we have suspended the link.
    pub suspended: bool,
    /// Our register.
    pub own: OwnRegister,
    /// What we durably hold of the partner's register.
    pub held: HeldRegister,
    /// The bytes come from a courier's file, and nothing goes back. A file may be old: one that says less than we hold is no rollback.
    /// Attachments come unasked, and what the partner asks for is served by a later file.
    pub courier: bool,
    /// Ask for the partner's register again from this earlier point, although more of it is held: what came later did not fit, or bodies
    /// are owed. Whatever comes below our tip is compared, cosigned again and handed out as [`Output::Again`].
    pub again: Option<HeldClaim>,
}

/// Our register towards the partner at the start of a session.
#[derive(Debug, Clone)]
pub struct OwnRegister {
    /// Signed size, in leaves.
    pub size: u64,
    /// Root at that size.
    pub root: Digest,
    /// Our signed checkpoint of that size; `None` exactly at size 0.
    pub note: Option<String>,
}

impl OwnRegister {
    /// A register without leaves.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            size: 0,
            root: empty_root(),
            note: None,
        }
    }
}

/// What we durably hold of the partner's register. It always ends at one of the partner's checkpoints.
#[derive(Debug, Clone, Default)]
pub struct HeldRegister {
    /// Right edge of the Merkle tree held.
    pub frontier: Frontier,
    /// The partner's signed checkpoint of that size; `None` exactly at size 0.
    pub note: Option<String>,
    /// Our stored cosignature line over that note, without line end.
    pub cosignature: Option<String>,
}

/// What the driver tells the session.
#[derive(Debug)]
pub enum Input {
    /// The connection is up and the partner's TLS key is the pinned one.
    Connected {
        /// Who opened it.
        role: Role,
        /// What this connection alone has, as both ends of TLS export it; `None` for a courier.
        binding: Option<Binding>,
    },
    /// Bytes received, in any fragmentation.
    Bytes(Vec<u8>),
    /// The time now, in milliseconds since 1970-01-01T00:00:00Z; at least once a second.
    Tick {
        /// Milliseconds.
        now_ms: i64,
    },
    /// Our register is durably appended and signed up to this size.
    OwnGrown {
        /// Size in leaves.
        size: u64,
    },
    /// Answer to [`Output::WantBatch`].
    Batch(OutBatch),
    /// The delivered batch is durable, and its cosignature with it.
    Stored {
        /// Size of what we hold now: the end of the delivered batch.
        size: u64,
        /// Our cosignature line over that batch's checkpoint, as `entente_proof::cosign::cosign_line` gives it.
        cosignature_line: String,
    },
    /// Answer to [`Output::Again`]: our cosignature line over that batch's checkpoint.
    HeldAlready {
        /// The end of that batch.
        size: u64,
        /// The line.
        cosignature_line: String,
    },
    /// The delivered batch was looked at and not stored: a courier's file is read once before anything of it is applied.
    Passed {
        /// The end of the delivered batch.
        size: u64,
    },
    /// Answer to [`Output::WantPresence`].
    Present(Proof),
    /// Answer to [`Output::WantOwnRoot`].
    OwnRoot {
        /// The size asked for.
        size: u64,
        /// Our root at that size.
        root: Option<Digest>,
    },
    /// Answer to [`Output::WantHeldFrontier`].
    HeldFrontier {
        /// The size asked for.
        size: u64,
        /// Frontier of the partner's register as we hold it, at that size.
        frontier: Option<Frontier>,
    },
    /// Answer to [`Output::WantOwnFrontier`].
    OwnFrontier {
        /// The size asked for.
        size: u64,
        /// Frontier of our register at that size.
        frontier: Option<Frontier>,
    },
    /// What [`Output::Recover`] brought back is durable.
    Recovered {
        /// Size of our register now: the end of that batch.
        size: u64,
    },
    /// Answer to [`Output::WantLent`]: the checkpoint is the partner's.
    Lent(OutBatch),
    /// Ask the partner for chunks of an attachment.
    RequestBlob(BlobRequest),
    /// Next chunk of an answer to [`Output::WantBlobChunks`].
    BlobChunk(BlobChunk),
    /// No (further) chunk will come for [`Output::WantBlobChunks`].
    BlobRefused(BlobRefusal),
    /// Tell the partner our ledger digest.
    LedgerDigest(LedgerDigest),
    /// Tell the partner our signed card as it is now.
    Card(Vec<u8>),
    /// We suspend the link, or lift our suspension. Which entries still flow is decided when they are appended.
    Suspend {
        /// True to suspend.
        on: bool,
    },
    /// The partner's quota is used up, or free again.
    OverQuota {
        /// True while used up.
        over: bool,
    },
    /// Another replica holds the link: say so and close.
    Busy,
    /// Storage failed: tell the partner that it is ours, and close.
    StorageFailed,
    /// Close, without fault.
    Close,
    /// The connection is gone.
    Disconnected,
}

/// A batch of our register, ending at a signed checkpoint.
#[derive(Debug)]
pub struct OutBatch {
    /// Index of the first leaf: exactly what [`Output::WantBatch`] asked.
    pub from: u64,
    /// The leaves, at least one.
    pub items: Vec<Item>,
    /// Our signed checkpoint of size `from + items.len()`.
    pub checkpoint_note: String,
}

/// A verified batch of the partner's register.
#[derive(Clone, PartialEq, Eq)]
pub struct InBatch {
    /// Index of the first leaf: what the driver holds.
    pub from: u64,
    /// The leaves. Headers are those the leaves name; bodies are not yet compared with the commitments in the headers.
    pub items: Vec<Item>,
    /// The partner's checkpoint, verified.
    pub checkpoint: Checkpoint,
    /// The signed note of that checkpoint, as received.
    pub note: String,
    /// Frontier after this batch; its root is the checkpoint's.
    pub frontier_after: Frontier,
    /// Hash of each leaf, in order.
    pub leaf_hashes: Vec<Digest>,
    /// The key with which the register began before the changes in this batch, if it begins here: the pinned card may have left it open.
    pub first_key: Option<VerifyingKey>,
}

impl fmt::Debug for InBatch {
    /// Positions only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InBatch")
            .field("from", &self.from)
            .field("items", &self.items.len())
            .field("checkpoint", &self.checkpoint)
            .finish_non_exhaustive()
    }
}

/// Leaves below our tip that were asked for again: their checkpoint is one that agrees with what we hold.
#[derive(Clone, PartialEq, Eq)]
pub struct AgainBatch {
    /// Index of the first leaf.
    pub from: u64,
    /// The leaves. Only their number is certain: headers and bodies must be compared with what is stored.
    pub items: Vec<Item>,
    /// The checkpoint at their end, to be cosigned again; none where the batch goes on beyond what we hold.
    pub note: Option<String>,
}

impl fmt::Debug for AgainBatch {
    /// Positions only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgainBatch")
            .field("from", &self.from)
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// What the driver must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// What was asked for again came, and agrees. With a note, the driver answers [`Input::HeldAlready`], so that the partner goes on.
    Again(Box<AgainBatch>),
    /// Keep this and tell people: histories contradict each other. A close follows.
    Alarm(Box<Evidence>),
    /// A chunk of an attachment; verify it against the entry's commitment.
    BlobChunk(BlobChunk),
    /// The partner will not send an attachment.
    BlobRefused(BlobRefusal),
    /// Close the connection once what was to be sent is sent; always the last output of a session.
    Close(Reason),
    /// The partner durably holds everything of ours below `size`.
    Cosigned {
        /// Size in leaves.
        size: u64,
        /// Our root at that size.
        root: Digest,
        /// Time inside the cosignature, in seconds since 1970.
        time_s: u64,
        /// The cosignature line, without line end.
        line: String,
    },
    /// Store this batch with its receipt in one transaction, then answer [`Input::Stored`].
    Deliver(Box<InBatch>),
    /// Both hellos agree: the session is open.
    Established {
        /// Wire version in use.
        version: u16,
        /// Fingerprint of the partner's card.
        peer_card: Digest,
        /// The partner's flags.
        peer_flags: Flags,
        /// Size of the partner's register.
        peer_size: u64,
        /// How much of our register the partner says it holds; may have gone back.
        peer_holds: u64,
    },
    /// The partner's card as it is now, not verified.
    Card(Vec<u8>),
    /// The partner's ledger digest.
    LedgerDigest(LedgerDigest),
    /// The partner holds more of our register than we have: recover before signing anything (rule 5). A close follows.
    OwnBehind {
        /// What the partner holds, proved by our own signature.
        partner_holds: u64,
    },
    /// On this connection a register is recovered and nothing else exchanged (wire version 2).
    Recovering {
        /// What the partner holds of ours, proved by our own signature, if it is more than we have: nothing may be signed before
        /// we have it.
        partner_holds: Option<u64>,
    },
    /// The partner has less of its register than we hold, and asks for it: what its hello said, to be kept. The hello alone says nothing:
    /// read late, from a connection that its author gave up meanwhile, it is older than what came since over another one.
    PartnerLost(Box<Evidence>),
    /// Leaves of our own register, verified against our own checkpoint: append them as they are, without signing, then answer
    /// [`Input::Recovered`].
    Recover(Box<InBatch>),
    /// Give the frontier of our register as it stands.
    WantOwnFrontier {
        /// Its size.
        size: u64,
    },
    /// Give leaves of the partner's register as we hold them, at most this much, ending at a checkpoint that the partner signed.
    WantLent {
        /// Index of the first leaf.
        from: u64,
        /// Most leaves.
        max_items: usize,
        /// Most weight, counted with [`Item::weight`].
        max_bytes: usize,
    },
    /// Stop reading from the connection.
    PauseReading,
    /// The partner's flags changed.
    PeerFlags(Flags),
    /// Read again.
    ResumeReading,
    /// Send these bytes: one whole frame.
    Send(Vec<u8>),
    /// Give the next leaves of our register, at most this much, ending at a signed checkpoint.
    WantBatch {
        /// Index of the first leaf.
        from: u64,
        /// Most leaves.
        max_items: usize,
        /// Most weight, counted with [`Item::weight`].
        max_bytes: usize,
    },
    /// Prove with our newest signing key that we are here.
    WantPresence(Box<Presence>),
    /// The partner asks for chunks: give them in order, or refuse.
    WantBlobChunks(BlobRequest),
    /// Give the frontier of the partner's register as we hold it, at this size.
    WantHeldFrontier {
        /// Size in leaves, at most what is stored.
        size: u64,
    },
    /// Give our root at this size.
    WantOwnRoot {
        /// Size in leaves, below ours.
        size: u64,
    },
}

/// Why a session closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// After an [`Output::Alarm`].
    Alarmed,
    /// Another replica holds the link, here or there.
    Busy,
    /// The connection went away.
    Disconnected,
    /// A fault.
    Error(LinkError),
    /// No hello in time.
    HelloTimeout,
    /// After [`Output::OwnBehind`].
    OwnRegisterBehind,
    /// Our register is recovered as far as the partner holds it: connect again.
    Recovered,
    /// The partner closed and says why; its blame is as seen from there.
    PeerReported {
        /// Whom it blames.
        blame: Blame,
        /// Which fault.
        detail: u16,
    },
    /// The driver asked.
    Requested,
    /// Nothing heard for too long.
    Silence,
    /// Our storage failed.
    StorageFailed,
}

/// What a session counted, for the screen and for metrics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames received.
    pub frames_in: u64,
    /// Frames sent.
    pub frames_out: u64,
    /// Frames of unknown type, skipped.
    pub unknown_frames: u64,
}

/// Names and keys of both registers, fixed but for key changes.
#[derive(Debug)]
pub(crate) struct Terms {
    node: String,
    peer: String,
    own_origin: String,
    peer_origin: String,
    own_cosigner: String,
    peer_cosigner: String,
    own_keys: KeyHistory,
    own_ring: Vec<VerifyingKey>,
    peer_keys: KeyHistory,
    peer_refused: Vec<VerifyingKey>,
}

/// Why handling stops the session.
pub(crate) enum Stop {
    Alarm(Box<Evidence>),
    Behind { partner_holds: u64 },
    Close(Reason),
    Error(LinkError),
}

impl From<LinkError> for Stop {
    fn from(error: LinkError) -> Self {
        Self::Error(error)
    }
}

impl From<Bug> for Stop {
    fn from(bug: Bug) -> Self {
        Self::Error(LinkError::OurBug(bug))
    }
}

impl From<Deviation> for LinkError {
    fn from(deviation: Deviation) -> Self {
        Self::PeerDeviates(deviation)
    }
}

enum Phase {
    New,
    AwaitHello,
    /// The partner's hello came; our own proof is being signed.
    Sign(Box<Hello>),
    /// Our proof is on its way; before the partner's, nothing of its hello counts.
    AwaitPresence(Box<Hello>),
    /// The partner's hello is good; our own root at the size it claims is being looked up.
    CheckOwn(Box<Hello>),
    /// The partner's register went back; what we hold of it at the size it names is being looked up.
    CheckTheirs(Box<Hello>),
    /// A register is recovered.
    Recover(Recovery),
    Open,
    Closed,
}

/// One connection's state.
pub struct Session {
    config: Config,
    terms: Terms,
    role: Option<Role>,
    phase: Phase,
    /// Wire version in use; 0 before the partner's hello.
    version: u16,
    inbox: Inbox,
    sending: Sending,
    receiving: Receiving,
    blobs: Blobs,
    /// Our hello waits for the partner's.
    owes_hello: bool,
    binding: Option<Binding>,
    /// SHA-256 of the payload of our hello.
    said: Digest,
    /// The same of the partner's.
    heard: Digest,
    /// Our flags as the partner heard them last.
    told_flags: Flags,
    /// Size of the partner's register in its hello.
    peer_size: u64,
    own_flags: Flags,
    peer_flags: Flags,
    over_quota: bool,
    paused: bool,
    now_ms: i64,
    connected_ms: i64,
    heard_ms: i64,
    sent_ms: i64,
    counters: Counters,
}

impl fmt::Debug for Session {
    /// State only: contents never reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = match self.phase {
            Phase::New => "new",
            Phase::AwaitHello => "await hello",
            Phase::Sign(_) => "sign",
            Phase::AwaitPresence(_) => "await presence",
            Phase::CheckOwn(_) => "check own",
            Phase::CheckTheirs(_) => "check theirs",
            Phase::Recover(_) => "recover",
            Phase::Open => "open",
            Phase::Closed => "closed",
        };
        f.debug_struct("Session")
            .field("phase", &phase)
            .field("role", &self.role)
            .field("own_size", &self.sending.size())
            .field("held_size", &self.receiving.held_size())
            .field("paused", &self.paused)
            .field("counters", &self.counters)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// A session for one connection, at the given time in milliseconds since 1970.
    ///
    /// # Errors
    /// [`Bug::BadConfig`] if the configuration contradicts itself, [`Bug::BadOwnCheckpoint`] if our own checkpoint does not
    /// verify under our own key.
    pub fn new(config: Config, now_ms: i64) -> Result<Self, LinkError> {
        let terms = Terms {
            node: config.node.clone(),
            peer: config.peer.clone(),
            own_origin: origin(&config.node, &config.peer, config.own_generation),
            peer_origin: origin(&config.peer, &config.node, config.peer_generation),
            own_cosigner: cosigner_name(&config.node),
            peer_cosigner: cosigner_name(&config.peer),
            own_keys: config.own_keys.clone(),
            own_ring: config.own_ring.clone(),
            peer_keys: config.peer_keys.clone(),
            peer_refused: config.peer_refused.clone(),
        };
        check_config(&config, &terms).map_err(LinkError::OurBug)?;
        Ok(Self {
            sending: Sending::new(config.own.size),
            receiving: Receiving::new(config.held.clone(), config.again.is_some()),
            own_flags: Flags::default().with_suspended(config.suspended),
            config,
            terms,
            role: None,
            phase: Phase::New,
            version: 0,
            inbox: Inbox::default(),
            blobs: Blobs::default(),
            peer_flags: Flags::default(),
            owes_hello: false,
            binding: None,
            said: Digest([0; 32]),
            heard: Digest([0; 32]),
            told_flags: Flags::default(),
            peer_size: 0,
            over_quota: false,
            paused: false,
            now_ms,
            connected_ms: now_ms,
            heard_ms: now_ms,
            sent_ms: now_ms,
            counters: Counters::default(),
        })
    }

    /// Takes one input; gives the session back with what the driver must do, in order. A closed session does nothing.
    #[must_use]
    pub fn handle(mut self, input: Input) -> (Self, Vec<Output>) {
        let mut out = Vec::new();
        if !matches!(self.phase, Phase::Closed) {
            if let Err(stop) = self.step(input, &mut out) {
                self.stop(stop, &mut out);
            }
            self.settle_reading(&mut out);
        }
        (self, out)
    }

    /// The partner's newest signing key, as far as the batches so far say.
    #[must_use]
    pub fn peer_key(&self) -> VerifyingKey {
        *self.terms.peer_keys.newest()
    }

    /// Whether both hellos agreed and the session has not closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open)
    }

    /// Who opened the connection; `None` before [`Input::Connected`].
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// Whether the session is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed)
    }

    /// What was counted so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn step(&mut self, input: Input, out: &mut Vec<Output>) -> Result<(), Stop> {
        match input {
            Input::Connected { role, binding } => {
                self.binding = binding;
                self.connected(role, out)?;
            }
            Input::Bytes(bytes) => self.bytes(bytes, out)?,
            Input::Tick { now_ms } => self.tick(now_ms, out)?,
            Input::OwnGrown { size } => self.sending.grown(size)?,
            Input::Batch(batch) => {
                let frame = self.sending.batch(batch, &mut self.terms)?;
                self.send(&frame, out)?;
            }
            Input::Stored {
                size,
                cosignature_line,
            } => {
                let (frame, next) = self
                    .receiving
                    .stored(size, &cosignature_line, &self.terms)?;
                self.send(&frame, out)?;
                out.extend(next);
            }
            Input::HeldAlready {
                size,
                cosignature_line,
            } => {
                let frame = self
                    .receiving
                    .held_already(size, &cosignature_line, &self.terms)?;
                self.send(&frame, out)?;
            }
            Input::Passed { size } if self.config.courier => {
                out.extend(self.receiving.passed(size)?);
            }
            Input::Passed { .. } => return Err(Bug::NotAsked.into()),
            Input::Present(proof) => self.present(proof, out)?,
            Input::OwnRoot { size, root } => self.own_root(size, root, out)?,
            Input::OwnFrontier { .. } | Input::Recovered { .. } | Input::Lent(_) => {
                self.recovery_input(input, out)?;
            }
            Input::HeldFrontier { size, frontier }
                if matches!(self.phase, Phase::CheckTheirs(_)) =>
            {
                self.their_beginning(size, frontier, out)?;
            }
            Input::HeldFrontier { size, frontier } => {
                out.extend(self.receiving.on_held(size, frontier, &mut self.terms)?);
                self.read_frames(out)?;
            }
            Input::RequestBlob(request) => {
                self.require_open()?;
                let frame = self.blobs.request(request)?;
                self.send(&frame, out)?;
            }
            Input::BlobChunk(chunk) => {
                let frame = self.blobs.serve(chunk)?;
                self.send(&frame, out)?;
            }
            Input::BlobRefused(refusal) => {
                let frame = self.blobs.refuse(refusal)?;
                self.send(&frame, out)?;
            }
            Input::LedgerDigest(ledger) => {
                self.require_open()?;
                self.send(&Frame::LedgerDigest(ledger), out)?;
            }
            Input::Card(card) => {
                self.require_open()?;
                self.send(&Frame::Card(card), out)?;
            }
            Input::Suspend { on } => self.suspend(on, out)?,
            Input::OverQuota { over } => self.over_quota = over,
            Input::Busy => {
                self.send(&Frame::Busy, out)?;
                return Err(Stop::Close(Reason::Busy));
            }
            Input::StorageFailed => {
                let (blame, detail) = (Blame::STORAGE, 0);
                self.send(&Frame::Error { blame, detail }, out)?;
                return Err(Stop::Close(Reason::StorageFailed));
            }
            Input::Close => return Err(Stop::Close(Reason::Requested)),
            Input::Disconnected => return Err(Stop::Close(Reason::Disconnected)),
        }
        out.extend(self.sending.want());
        Ok(())
    }

    fn connected(&mut self, role: Role, out: &mut Vec<Output>) -> Result<(), Stop> {
        if !matches!(self.phase, Phase::New) {
            return Err(Bug::ConnectedTwice.into());
        }
        self.role = Some(role);
        self.phase = Phase::AwaitHello;
        self.connected_ms = self.now_ms;
        self.heard_ms = self.now_ms;
        // Who claims less than it holds first hears what the partner has: a partner restored from an old backup must learn the truth.
        self.owes_hello = self.config.again.is_some();
        match self.owes_hello {
            true => Ok(()),
            false => self.send_hello(None, out),
        }
    }

    fn send_hello(&mut self, claim: Option<HeldClaim>, out: &mut Vec<Output>) -> Result<(), Stop> {
        self.owes_hello = false;
        // The newest checkpoint is the one of the configuration; what grew since follows as batches.
        let size = self.config.own.size;
        let mut hello = hello::own(&self.config, &self.receiving, size, self.own_flags);
        if let Some(claim) = claim {
            hello.held = claim;
        }
        let bytes = Frame::Hello(Box::new(hello)).encode()?;
        self.said = sha256(bytes.get(FRAME_HEAD..).unwrap_or_default());
        self.told_flags = self.own_flags;
        self.put(bytes, out);
        Ok(())
    }

    fn bytes(&mut self, bytes: Vec<u8>, out: &mut Vec<Output>) -> Result<(), Stop> {
        if matches!(self.phase, Phase::New) {
            return Err(Bug::NotOpen.into());
        }
        self.heard_ms = self.now_ms;
        // One read may already have been under way when reading was paused; a driver that goes on is a bug of ours.
        if self.blocked() && self.inbox.unread().saturating_add(bytes.len()) > limits::MAX_UNREAD {
            return Err(Bug::ReadWhilePaused.into());
        }
        self.inbox.push(bytes);
        self.read_frames(out)
    }

    /// Handles every whole frame in the inbox, until one needs an answer of the driver.
    fn read_frames(&mut self, out: &mut Vec<Output>) -> Result<(), Stop> {
        while !self.blocked() {
            let max = match self.phase {
                Phase::Open | Phase::Recover(_) => limits::MAX_FRAME,
                _ => limits::MAX_FIRST_FRAME,
            };
            let Some((frame_type, payload)) = self.inbox.peek(max).map_err(LinkError::Malformed)?
            else {
                break;
            };
            let frame = match frame_type.since() > self.version.max(1) {
                true => Frame::Unknown(frame_type),
                false => Frame::decode(frame_type, payload).map_err(LinkError::Malformed)?,
            };
            self.counters.frames_in = self.counters.frames_in.saturating_add(1);
            self.frame(frame, out)?;
            self.inbox.advance();
        }
        Ok(())
    }

    fn frame(&mut self, frame: Frame, out: &mut Vec<Output>) -> Result<(), Stop> {
        match frame {
            Frame::Error { blame, detail } => {
                return Err(Stop::Close(Reason::PeerReported { blame, detail }));
            }
            Frame::Busy => return Err(Stop::Close(Reason::Busy)),
            Frame::Unknown(_) => {
                self.counters.unknown_frames = self.counters.unknown_frames.saturating_add(1);
                return Ok(());
            }
            Frame::Hello(hello) => return self.peer_hello(hello, out),
            Frame::Presence(proof) => return self.peer_present(&proof, out),
            frame if matches!(self.phase, Phase::Recover(_)) => {
                return self.recovery_frame(frame, out);
            }
            _ if !self.is_open() => return Err(Deviation::BeforeHello.into()),
            Frame::Recover { .. } | Frame::Recovered(_) => {
                return Err(Deviation::DuringRecovery.into());
            }
            Frame::Batch(batch) => {
                let inbox = &self.inbox;
                let digest = || digest_of_next(inbox);
                out.extend(self.receiving.on_batch(batch, digest, &mut self.terms)?);
                out.extend(self.sending.prove_again(&self.terms)?);
            }
            Frame::Cosignature(cosignature) => {
                let may_come = self.key_may_come();
                out.extend(
                    self.sending
                        .on_cosignature(cosignature, &self.terms, may_come)?,
                );
            }
            Frame::BlobRequest(request) if self.config.courier => {
                out.push(Output::WantBlobChunks(request));
            }
            Frame::BlobChunk(chunk) if self.config.courier => out.push(Output::BlobChunk(chunk)),
            Frame::BlobRefused(refusal) if self.config.courier => {
                out.push(Output::BlobRefused(refusal));
            }
            Frame::BlobRequest(request) => {
                let suspended = self.own_flags.suspended() || self.peer_flags.suspended();
                match self.blobs.on_request(request, suspended)? {
                    Ok(want) => out.push(want),
                    Err(refusal) => self.send(&refusal, out)?,
                }
            }
            Frame::BlobChunk(chunk) => out.push(self.blobs.on_chunk(chunk)?),
            Frame::BlobRefused(refusal) => out.push(self.blobs.on_refusal(refusal)?),
            Frame::Card(card) => out.push(Output::Card(card)),
            Frame::LedgerDigest(ledger) => out.push(Output::LedgerDigest(ledger)),
            Frame::Flags(flags) => {
                self.peer_flags = flags;
                out.push(Output::PeerFlags(flags));
            }
            Frame::Ping => self.send(&Frame::Pong, out)?,
            Frame::Pong => {}
        }
        Ok(())
    }

    fn peer_hello(&mut self, hello: Box<Hello>, out: &mut Vec<Output>) -> Result<(), Stop> {
        if !matches!(self.phase, Phase::AwaitHello) {
            return Err(Deviation::SecondHello.into());
        }
        if self.owes_hello {
            let has_all = hello.size >= self.receiving.held_size();
            let claim = self.config.again.clone().filter(|_| has_all);
            self.send_hello(claim, out)?;
        }
        self.version = hello::greet(&hello, &self.config)?;
        self.heard = digest_of_next(&self.inbox);
        match self.version >= PRESENCE && !self.config.courier {
            true => self.want_presence(hello, out),
            false => self.take_hello(hello, out),
        }
    }

    /// What the partner's hello says of both registers: only now, when it is certain that it is the partner's.
    fn take_hello(&mut self, hello: Box<Hello>, out: &mut Vec<Output>) -> Result<(), Stop> {
        hello::check(
            &hello,
            self.version,
            &self.config,
            &self.terms,
            &self.receiving,
        )?;
        let went_back = hello.size < self.receiving.held_size() && !self.config.courier;
        if went_back || hello.held.size > self.config.own.size {
            return self.begin_recovery(hello, went_back, out);
        }
        let claim = &hello.held;
        let own = &self.config.own;
        if claim.size == 0 || (claim.size == own.size && claim.root == own.root) {
            return self.open(*hello, out);
        }
        if claim.size == own.size {
            return Err(hello::own_fork(claim, &self.config, own.root, &self.terms));
        }
        out.push(Output::WantOwnRoot { size: claim.size });
        self.phase = Phase::CheckOwn(hello);
        Ok(())
    }

    fn own_root(
        &mut self,
        size: u64,
        root: Option<Digest>,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let phase = std::mem::replace(&mut self.phase, Phase::AwaitHello);
        let Phase::CheckOwn(hello) = phase else {
            return Err(Bug::NotAsked.into());
        };
        if hello.held.size != size {
            return Err(Bug::NotAsked.into());
        }
        let root = root.ok_or(Bug::HeldUnavailable)?;
        if hello.held.root != root {
            return Err(hello::own_fork(
                &hello.held,
                &self.config,
                root,
                &self.terms,
            ));
        }
        self.open(*hello, out)?;
        self.read_frames(out)
    }

    fn open(&mut self, hello: Hello, out: &mut Vec<Output>) -> Result<(), Stop> {
        self.phase = Phase::Open;
        let version = self.version;
        self.peer_size = hello.size;
        self.peer_flags = hello.flags;
        out.push(Output::Established {
            version,
            peer_card: hello.card,
            peer_flags: hello.flags,
            peer_size: hello.size,
            peer_holds: hello.held.size,
        });
        let may_come = self.key_may_come();
        out.extend(self.sending.resume(hello.held, &self.terms, may_come)?);
        self.tell_flags(out)
    }

    /// Whether leaves of the partner that its hello named are still to come: one of them may bring the key that it signs with now.
    fn key_may_come(&self) -> bool {
        self.receiving.tip_size() < self.peer_size
    }

    fn tick(&mut self, now_ms: i64, out: &mut Vec<Output>) -> Result<(), Stop> {
        let back = self.now_ms.saturating_sub(now_ms);
        if back > 0 {
            // The clock was set back: what has passed so far has passed, or pings would stop and the partner close.
            for then in [
                &mut self.connected_ms,
                &mut self.heard_ms,
                &mut self.sent_ms,
            ] {
                *then = then.saturating_sub(back);
            }
        }
        self.now_ms = now_ms;
        if self.paused {
            // What we do not read cannot be heard.
            self.heard_ms = now_ms;
        }
        let since = |then: i64| now_ms.saturating_sub(then);
        match self.phase {
            Phase::New | Phase::Closed => {}
            Phase::AwaitHello
            | Phase::Sign(_)
            | Phase::AwaitPresence(_)
            | Phase::CheckOwn(_)
            | Phase::CheckTheirs(_) => {
                // Both may wait like this: then neither asks again this time.
                if self.owes_hello && since(self.connected_ms) >= limits::HELLO_FIRST_MS {
                    self.send_hello(None, out)?;
                }
                if since(self.connected_ms) >= limits::HELLO_TIMEOUT_MS {
                    return Err(Stop::Close(Reason::HelloTimeout));
                }
            }
            Phase::Open | Phase::Recover(_) => {
                if since(self.heard_ms) >= limits::SILENCE_MS {
                    return Err(Stop::Close(Reason::Silence));
                }
                if since(self.sent_ms) >= limits::PING_AFTER_MS {
                    self.send(&Frame::Ping, out)?;
                }
            }
        }
        Ok(())
    }

    fn suspend(&mut self, on: bool, out: &mut Vec<Output>) -> Result<(), Stop> {
        self.own_flags = self.own_flags.with_suspended(on);
        match self.phase {
            Phase::Open | Phase::Recover(_) => self.tell_flags(out),
            // Our hello, still to come, will say it, or the open session.
            _ => Ok(()),
        }
    }

    /// Tells our flags if the partner heard others.
    fn tell_flags(&mut self, out: &mut Vec<Output>) -> Result<(), Stop> {
        if self.told_flags == self.own_flags {
            return Ok(());
        }
        self.told_flags = self.own_flags;
        self.send(&Frame::Flags(self.own_flags), out)
    }

    fn require_open(&self) -> Result<(), Bug> {
        match self.phase {
            Phase::Open => Ok(()),
            _ => Err(Bug::NotOpen),
        }
    }

    /// Whether the next frame must wait for an answer of the driver.
    fn blocked(&self) -> bool {
        matches!(
            self.phase,
            Phase::Sign(_) | Phase::CheckOwn(_) | Phase::CheckTheirs(_) | Phase::Closed
        ) || self.receiving.blocked()
    }

    fn settle_reading(&mut self, out: &mut Vec<Output>) {
        let pause = self.blocked() || self.over_quota;
        if matches!(self.phase, Phase::Closed) || pause == self.paused {
            return;
        }
        self.paused = pause;
        if pause {
            out.push(Output::PauseReading);
        } else {
            self.heard_ms = self.now_ms;
            out.push(Output::ResumeReading);
        }
    }

    fn send(&mut self, frame: &Frame, out: &mut Vec<Output>) -> Result<(), Stop> {
        self.put(frame.encode()?, out);
        Ok(())
    }

    fn put(&mut self, frame: Vec<u8>, out: &mut Vec<Output>) {
        self.sent_ms = self.now_ms;
        self.counters.frames_out = self.counters.frames_out.saturating_add(1);
        out.push(Output::Send(frame));
    }

    /// Tells the partner why, tells the driver, and is over.
    fn stop(&mut self, stop: Stop, out: &mut Vec<Output>) {
        let (code, reason) = match stop {
            Stop::Close(reason) => (None, reason),
            Stop::Error(error) => (Some(error.code()), Reason::Error(error)),
            Stop::Alarm(evidence) => {
                out.push(Output::Alarm(evidence));
                (Some((Blame::HISTORY, 0)), Reason::Alarmed)
            }
            Stop::Behind { partner_holds } => {
                out.push(Output::OwnBehind { partner_holds });
                (Some((Blame::OWN_BEHIND, 0)), Reason::OwnRegisterBehind)
            }
        };
        if let (Some((blame, detail)), false) = (code, matches!(self.phase, Phase::New))
            && let Ok(bytes) = (Frame::Error { blame, detail }).encode()
        {
            self.counters.frames_out = self.counters.frames_out.saturating_add(1);
            out.push(Output::Send(bytes));
        }
        self.phase = Phase::Closed;
        self.inbox = Inbox::default();
        out.push(Output::Close(reason));
    }
}

/// SHA-256 of the payload of the frame that is being handled.
fn digest_of_next(inbox: &Inbox) -> Digest {
    match inbox.peek(usize::MAX) {
        Ok(Some((_, payload))) => sha256(payload),
        _ => sha256(&[]),
    }
}

fn check_config(config: &Config, terms: &Terms) -> Result<(), Bug> {
    let versions = 1..=limits::MAX_VERSIONS;
    let (own, held) = (&config.own, &config.held);
    if !versions.contains(&config.versions.len())
        || (own.size == 0) != own.note.is_none()
        || (held.frontier.size() == 0) != held.note.is_none()
        || (held.frontier.size() == 0 && held.cosignature.is_some())
    {
        return Err(Bug::BadConfig);
    }
    if let Some(note) = &own.note {
        let checkpoint = verify_checkpoint(note, &terms.own_origin, terms.own_keys.at(own.size))
            .or(Err(Bug::BadOwnCheckpoint))?;
        if checkpoint.size != own.size || checkpoint.root != own.root {
            return Err(Bug::BadOwnCheckpoint);
        }
    }
    if let Some(earlier) = &config.again
        && (earlier.size >= held.frontier.size() || config.courier)
    {
        return Err(Bug::BadConfig);
    }
    if let Some(note) = &held.note {
        let checkpoint = hello::unverified(note).ok_or(Bug::BadConfig)?;
        let frontier = &held.frontier;
        if checkpoint.size != frontier.size() || checkpoint.root != frontier.root() {
            return Err(Bug::BadConfig);
        }
    }
    Ok(())
}
