//! A tiny driver in memory: two registers, what is held of the partner's, and a pair of pipes that can be cut anywhere.

use entente_link::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, BlobRequest, LedgerDigest};
use entente_link::*;
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::cosign::{cosign_line, cosigner_name};
use entente_proof::digest::{Digest, entry_id, sha256};
use entente_proof::leaf::{KeyChange, Leaf, Receipt};
use entente_proof::merkle::{Frontier, leaf_hash};
use entente_proof::presence::Binding;
use entente_proof::sign::{SigningKey, VerifyingKey};
use std::collections::{BTreeMap, VecDeque};

/// What the connection between two ends has, unless a test says otherwise.
pub const BINDING: Binding = Binding([42; 32]);
pub const START_MS: i64 = 1_432_800_000_000;

/// A small generator of our own, so that a seed gives the same run everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound.max(1)
    }
}

pub fn signing_key(name: &str) -> SigningKey {
    SigningKey::from_seed(sha256(name.as_bytes()).0)
}

/// An entry with a header and a body made from its number.
pub fn entry(number: u64) -> Item {
    let header = format!("header {number}").into_bytes();
    Item {
        leaf: Leaf::Entry(entry_id(&header)).encode(),
        header: Some(header),
        body: match number % 4 {
            0 => Body::Erased,
            1 => Body::Absent,
            _ => Body::Present {
                salt: [number.to_le_bytes()[0]; 16],
                bytes: format!("body {number}").into_bytes(),
            },
        },
    }
}

/// The leaf of a change of key.
pub fn key_change(change: &KeyChange) -> Item {
    Item {
        leaf: Leaf::KeyChange(change.clone()).encode(),
        header: None,
        body: Body::Absent,
    }
}

/// How long the frame is that these bytes begin with, its head included.
pub fn frame_length(bytes: &[u8]) -> usize {
    let payload = u32::from_be_bytes(bytes[..4].try_into().unwrap());
    4 + usize::try_from(payload).unwrap()
}

/// One node's store.
#[derive(Clone)]
pub struct Node {
    pub name: String,
    pub peer: String,
    pub key: SigningKey,
    /// Our register, and its frontier at every size.
    pub own: Vec<Item>,
    pub own_frontiers: Vec<Frontier>,
    pub cosigned: u64,
    /// What we hold of theirs, and its frontier at every size.
    pub held: Vec<Item>,
    pub held_frontiers: Vec<Frontier>,
    pub held_note: Option<String>,
    /// Their checkpoints that we hold, by size.
    pub held_notes: BTreeMap<u64, String>,
    pub cosignature: Option<String>,
    pub attachments: BTreeMap<(Digest, u32), Vec<Vec<u8>>>,
    pub time_s: u64,
    pub max_batch: usize,
    pub receipts: bool,
    pub versions: Vec<u16>,
    /// What this node says of its keys on each connection.
    pub newest: SigningKey,
    pub changes: Vec<KeyChange>,
    pub own_keys: KeyHistory,
    /// What it knows of the partner's.
    pub peer_newest: VerifyingKey,
    pub peer_proves: bool,
    /// Keys of the partner that it knows to be compromised.
    pub peer_refused: Vec<VerifyingKey>,
}

impl Node {
    pub fn new(name: &str, peer: &str) -> Self {
        Self {
            name: name.to_owned(),
            peer: peer.to_owned(),
            key: signing_key(name),
            own: Vec::new(),
            own_frontiers: vec![Frontier::new()],
            cosigned: 0,
            held: Vec::new(),
            held_frontiers: vec![Frontier::new()],
            held_note: None,
            held_notes: BTreeMap::new(),
            cosignature: None,
            attachments: BTreeMap::new(),
            time_s: 1_432_800_000,
            max_batch: limits_items(),
            receipts: true,
            versions: WIRE_VERSIONS.to_vec(),
            newest: signing_key(name),
            changes: Vec::new(),
            own_keys: KeyHistory::new(signing_key(name).verifying_key()),
            peer_newest: signing_key(peer).verifying_key(),
            peer_proves: true,
            peer_refused: Vec::new(),
        }
    }

    /// A node of a program without proofs of presence, whose partner is one too.
    pub fn older(name: &str, peer: &str) -> Self {
        Self {
            versions: vec![2, 1],
            peer_proves: false,
            ..Self::new(name, peer)
        }
    }

    pub fn append(&mut self, item: Item) {
        let mut frontier = self.own_frontiers.last().unwrap().clone();
        frontier.append(leaf_hash(&item.leaf));
        self.own.push(item);
        self.own_frontiers.push(frontier);
    }

    /// Another key than the first one: the change is our next leaf and part of our proof, and the key signs from there on.
    pub fn change_key(&mut self, new: SigningKey, at_ms: i64) {
        let change = KeyChange::sign(&self.name, &self.key, &new, at_ms).unwrap();
        let keys = KeyHistory::new(self.key.verifying_key());
        let changed = keys.changed_at(self.size(), new.verifying_key());
        self.append(key_change(&change));
        self.own_keys = changed.unwrap();
        self.newest = new.clone();
        (self.key, self.changes) = (new, vec![change]);
    }

    pub fn size(&self) -> u64 {
        self.own.len() as u64
    }

    /// Our signed checkpoint at any size.
    pub fn note(&self, size: u64) -> String {
        let root = self.own_frontiers[usize::try_from(size).unwrap()].root();
        let checkpoint = Checkpoint::new(origin(&self.name, &self.peer, 0), size, root);
        sign_checkpoint(&checkpoint, &self.key).unwrap()
    }

    pub fn config(&self) -> Config {
        Config {
            node: self.name.clone(),
            peer: self.peer.clone(),
            own_generation: 0,
            peer_generation: 0,
            versions: self.versions.clone(),
            own_keys: self.own_keys.clone(),
            own_ring: Vec::new(),
            peer_keys: KeyHistory::new(signing_key(&self.peer).verifying_key()),
            peer_newest: self.peer_newest,
            peer_refused: self.peer_refused.clone(),
            peer_proves: self.peer_proves,
            card: sha256(format!("card of {}", self.name).as_bytes()),
            suspended: false,
            own: OwnRegister {
                size: self.size(),
                root: self.own_frontiers.last().unwrap().root(),
                note: (self.size() > 0).then(|| self.note(self.size())),
            },
            courier: false,
            again: None,
            held: HeldRegister {
                frontier: self.held_frontiers.last().unwrap().clone(),
                note: self.held_note.clone(),
                cosignature: self.cosignature.clone(),
            },
        }
    }

    pub fn session(&self) -> Session {
        Session::new(self.config(), START_MS).unwrap()
    }

    pub fn out_batch(&self, from: u64, max_items: usize) -> OutBatch {
        let start = usize::try_from(from).unwrap();
        let end = self
            .own
            .len()
            .min(start + max_items.min(self.max_batch.max(1)));
        OutBatch {
            from,
            items: self.own[start..end].to_vec(),
            checkpoint_note: self.note(end as u64),
        }
    }

    /// Stores a delivered batch with its cosignature and, if it holds entries, a receipt leaf.
    pub fn store(&mut self, batch: &InBatch) -> Input {
        assert_eq!(
            batch.from,
            self.held.len() as u64,
            "delivered exactly where we are"
        );
        assert_eq!(batch.items.len(), batch.leaf_hashes.len());
        let mut frontier = self.held_frontiers.last().unwrap().clone();
        for hash in &batch.leaf_hashes {
            frontier.append(*hash);
            self.held_frontiers.push(frontier.clone());
        }
        assert_eq!(frontier, batch.frontier_after);
        let entries = batch.items.iter().any(|item| item.header.is_some());
        self.held.extend(batch.items.iter().cloned());
        self.held_note = Some(batch.note.clone());
        self.held_notes.insert(batch.end(), batch.note.clone());
        self.time_s += 1;
        let line = cosign_line(
            &batch.note,
            &cosigner_name(&self.name),
            &self.key,
            self.time_s,
        )
        .unwrap();
        self.cosignature = Some(line.trim_end().to_owned());
        if entries && self.receipts {
            let receipt = Receipt {
                register_of: self.peer.clone(),
                generation: 0,
                size: batch.end(),
                root: batch.checkpoint.root,
                time_ms: i64::try_from(self.time_s).unwrap() * 1000,
            };
            self.append(Item {
                leaf: Leaf::Receipt(receipt).encode(),
                header: None,
                body: Body::Absent,
            });
        }
        Input::Stored {
            size: batch.end(),
            cosignature_line: line,
        }
    }

    /// Goes back to an earlier size of our register, as after the restore of a backup.
    pub fn lose_own(&mut self, size: u64) {
        let keep = usize::try_from(size).unwrap();
        self.own.truncate(keep);
        self.own_frontiers.truncate(keep + 1);
        self.cosigned = self.cosigned.min(size);
    }

    /// Leaves of the partner's register, up to the next of its checkpoints.
    pub fn lend(&self, from: u64) -> OutBatch {
        let (end, note) = self.held_notes.range(from + 1..).next().unwrap();
        let at = |size: u64| usize::try_from(size).unwrap();
        OutBatch {
            from,
            items: self.held[at(from)..at(*end)].to_vec(),
            checkpoint_note: note.clone(),
        }
    }

    /// Takes back what came of our own register: without signing, without receipt.
    pub fn recover(&mut self, batch: &InBatch) {
        assert_eq!(batch.from, self.size());
        assert_eq!(
            batch.note,
            self.clone_with(batch).note(batch.end()),
            "our own signature"
        );
        *self = self.clone_with(batch);
    }

    fn clone_with(&self, batch: &InBatch) -> Self {
        let mut node = self.clone();
        batch
            .items
            .iter()
            .for_each(|item| node.append(item.clone()));
        node
    }

    /// Goes back to holding less, as after the restore of a backup of the held part.
    pub fn lose_held(&mut self, size: u64, partner: &Node) {
        let keep = usize::try_from(size).unwrap();
        self.held.truncate(keep);
        self.held_frontiers.truncate(keep + 1);
        self.held_note = (size > 0).then(|| partner.note(size));
        self.cosignature = None;
    }
}

fn limits_items() -> usize {
    entente_link::limits::MAX_BATCH_ITEMS
}

/// What one end of a connection did so far.
#[derive(Default)]
pub struct Seen {
    pub closed: Option<Reason>,
    pub alarms: Vec<Evidence>,
    pub established: bool,
    pub paused: bool,
    pub digests: Vec<LedgerDigest>,
    pub cards: Vec<Vec<u8>>,
    pub chunks: Vec<BlobChunk>,
    pub refused: Vec<BlobRefusal>,
    pub flags: Vec<Flags>,
    pub behind: Option<u64>,
    /// What the partner holds of ours, and whether it lost of its own.
    pub recovering: Option<(Option<u64>, bool)>,
    pub recovered: usize,
}

/// One end of a connection: session, what the driver still has to do, and the bytes on their way out.
pub struct End {
    session: Option<Session>,
    pub seen: Seen,
    pub outgoing: VecDeque<u8>,
    /// Batches delivered to the driver and not stored yet.
    pub to_store: VecDeque<InBatch>,
}

impl End {
    pub fn new(node: &mut Node, role: Role) -> Self {
        Self::on(node, role, BINDING)
    }

    /// An end of a connection that has this value.
    pub fn on(node: &mut Node, role: Role, binding: Binding) -> Self {
        let mut end = Self {
            session: Some(node.session()),
            seen: Seen::default(),
            outgoing: VecDeque::new(),
            to_store: VecDeque::new(),
        };
        let binding = Some(binding);
        end.input(node, Input::Connected { role, binding });
        end
    }

    pub fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    /// Feeds one input and answers everything that can be answered at once.
    pub fn input(&mut self, node: &mut Node, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            assert!(
                !matches!(input, Input::Bytes(_)) || !self.seen.paused,
                "the driver reads only when not paused"
            );
            let (session, outputs) = self.session.take().unwrap().handle(input);
            self.session = Some(session);
            for output in outputs {
                assert_eq!(
                    self.seen.closed, None,
                    "nothing after close, got {output:?}"
                );
                inputs.extend(self.output(node, output));
            }
        }
    }

    fn output(&mut self, node: &mut Node, output: Output) -> Vec<Input> {
        match output {
            Output::Send(bytes) => self.outgoing.extend(bytes),
            Output::Close(reason) => self.seen.closed = Some(reason),
            Output::Alarm(evidence) => self.seen.alarms.push(*evidence),
            Output::Established { version, .. } => {
                assert!(node.versions.contains(&version));
                self.seen.established = true;
            }
            Output::WantPresence(presence) => {
                assert_eq!(presence.node, node.name, "never for anybody else");
                let proof = presence.prove(&node.newest, node.changes.clone());
                return vec![Input::Present(proof)];
            }
            Output::WantBatch {
                from, max_items, ..
            } => return vec![Input::Batch(node.out_batch(from, max_items))],
            Output::Again(_) => panic!("nothing was asked for again"),
            Output::Deliver(batch) => self.to_store.push_back(*batch),
            Output::Cosigned { size, root, .. } => {
                assert!(size > node.cosigned || size <= node.size());
                let at = usize::try_from(size).unwrap();
                assert_eq!(root, node.own_frontiers[at].root());
                node.cosigned = size;
            }
            Output::WantOwnRoot { size } => {
                let at = usize::try_from(size).unwrap();
                let root = node.own_frontiers.get(at).map(Frontier::root);
                return vec![Input::OwnRoot { size, root }];
            }
            Output::WantHeldFrontier { size } => {
                let at = usize::try_from(size).unwrap();
                let frontier = node.held_frontiers.get(at).cloned();
                return vec![Input::HeldFrontier { size, frontier }];
            }
            Output::WantBlobChunks(request) => return serve(node, request),
            Output::BlobChunk(chunk) => self.seen.chunks.push(chunk),
            Output::BlobRefused(refusal) => self.seen.refused.push(refusal),
            Output::LedgerDigest(digest) => self.seen.digests.push(digest),
            Output::Card(card) => self.seen.cards.push(card),
            Output::PeerFlags(flags) => self.seen.flags.push(flags),
            Output::OwnBehind { partner_holds } => self.seen.behind = Some(partner_holds),
            Output::Recovering { partner_holds } => {
                self.seen.recovering = Some((partner_holds, false));
            }
            Output::PartnerLost(_) => {
                let (holds, lost) = self.seen.recovering.unwrap();
                assert!(!lost, "said once");
                self.seen.recovering = Some((holds, true));
            }
            Output::WantOwnFrontier { size } => {
                let at = usize::try_from(size).unwrap();
                let frontier = node.own_frontiers.get(at).cloned();
                return vec![Input::OwnFrontier { size, frontier }];
            }
            Output::WantLent { from, .. } => return vec![Input::Lent(node.lend(from))],
            Output::Recover(batch) => {
                node.recover(&batch);
                self.seen.recovered += 1;
                return vec![Input::Recovered { size: batch.end() }];
            }
            Output::PauseReading => self.seen.paused = true,
            Output::ResumeReading => self.seen.paused = false,
        }
        Vec::new()
    }

    /// Stores the next delivered batch, if any.
    pub fn store_one(&mut self, node: &mut Node) -> bool {
        let Some(batch) = self.to_store.pop_front() else {
            return false;
        };
        let stored = node.store(&batch);
        self.input(node, stored);
        let size = node.size();
        self.input(node, Input::OwnGrown { size });
        true
    }

    /// Takes up to `count` bytes off the pipe.
    pub fn take(&mut self, count: usize) -> Vec<u8> {
        let count = count.min(self.outgoing.len());
        self.outgoing.drain(..count).collect()
    }
}

fn serve(node: &Node, request: BlobRequest) -> Vec<Input> {
    let key = (request.entry, request.index);
    let refused = BlobRefusal {
        entry: request.entry,
        index: request.index,
        code: BlobRefusalCode::UNKNOWN,
    };
    let Some(chunks) = node.attachments.get(&key) else {
        return vec![Input::BlobRefused(refused)];
    };
    let last = chunks.len() as u64 - 1;
    let wanted = request.first..=last.min(request.first + request.count - 1);
    wanted
        .map(|chunk| {
            Input::BlobChunk(BlobChunk {
                entry: request.entry,
                index: request.index,
                chunk,
                last: chunk == last,
                bytes: chunks[usize::try_from(chunk).unwrap()].clone(),
            })
        })
        .collect()
}

/// Two nodes and the connection between them.
pub struct World {
    pub nodes: [Node; 2],
    pub ends: [End; 2],
}

impl World {
    pub fn new() -> Self {
        Self::between([Node::new("ma", "fr"), Node::new("fr", "ma")])
    }

    pub fn between(mut nodes: [Node; 2]) -> Self {
        let ends = connect(&mut nodes);
        Self { nodes, ends }
    }

    pub fn reconnect(&mut self) {
        self.ends = connect(&mut self.nodes);
    }

    pub fn append(&mut self, side: usize, count: u64) {
        for _ in 0..count {
            let number = self.nodes[side].size() * 2 + side as u64;
            self.nodes[side].append(entry(number));
        }
        let size = self.nodes[side].size();
        self.ends[side].input(&mut self.nodes[side], Input::OwnGrown { size });
    }

    /// Moves up to `count` bytes from `side` to the other, as one read.
    pub fn carry(&mut self, side: usize, count: usize) -> bool {
        let other = 1 - side;
        if self.ends[other].seen.paused || self.ends[side].outgoing.is_empty() || count == 0 {
            return false;
        }
        let bytes = self.ends[side].take(count);
        self.ends[other].input(&mut self.nodes[other], Input::Bytes(bytes));
        true
    }

    /// Runs until nothing moves any more.
    pub fn settle(&mut self) {
        loop {
            let mut moved = false;
            for side in 0..2 {
                moved |= self.carry(side, usize::MAX);
                moved |= self.ends[side].store_one(&mut self.nodes[side]);
            }
            if !moved {
                return;
            }
        }
    }

    /// Both hold exactly what the other has, everything is receipted, and nothing went wrong.
    pub fn assert_equal(&self) {
        for side in 0..2 {
            let (node, other) = (&self.nodes[side], &self.nodes[1 - side]);
            assert_eq!(self.ends[side].seen.closed, None);
            assert_eq!(self.ends[side].seen.alarms, vec![]);
            assert!(node.own == other.held, "held register differs");
            assert_eq!(node.own_frontiers, other.held_frontiers);
            assert_eq!(node.cosigned, node.size(), "everything is cosigned");
        }
    }
}

fn connect(nodes: &mut [Node; 2]) -> [End; 2] {
    let [a, b] = nodes;
    [End::new(a, Role::Dialled), End::new(b, Role::Accepted)]
}
