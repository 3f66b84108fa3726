//! A partner under control of the test: it has a pinned key and signs whatever it is told to, true or not.
//!
//! It speaks frames by hand, so that it can say what our own session never would.

use crate::node::{TestNode, service};
use crate::pair::{Side, TestPair};
use entente_app::{Action, AppError, Event, LinkDriver};
use entente_core::act::{Act, Acts};
use entente_core::codes::{Basis, Class, Necessity, Purpose, Role};
use entente_core::field::{Value, Values};
use entente_core::handling::{Handling, HandlingCodes};
use entente_core::header::{Author, HEADER_VERSION, Header, Release, Under};
use entente_core::ids::{Commitment, DossierId, EntryId, NodeName, Pseudonym};
use entente_core::instant::Instant;
use entente_link::frame::{Batch, Cosignature, FRAME_HEAD, Frame, FrameType, HeldClaim, Hello};
use entente_link::{Body, Flags, Item, Role as LinkRole};
use entente_proof::card::{Card, sign_card, verify_card};
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::commit::{CHUNK, attachment_commitment, body_commitment, chunk_digest};
use entente_proof::cosign::{cosign_line, cosigner_name};
use entente_proof::digest::{Digest, entry_id, sha256};
use entente_proof::leaf::{KeyChange, Leaf};
use entente_proof::merkle::{empty_root, leaf_hash, root_of};
use entente_proof::presence::{Binding, Presence};
use entente_proof::sign::SigningKey;
use entente_store::Direction;

/// What the connection of a visit has.
pub const VISIT: Binding = Binding([77; 32]);

/// A register in the name of a real node, going its own way from some size on.
pub struct Liar {
    /// In whose name it speaks.
    pub name: NodeName,
    /// To whom.
    pub to: NodeName,
    /// What it signs with.
    pub key: SigningKey,
    /// Its register.
    pub items: Vec<Item>,
    /// What it speaks. Version 1 unless a test says otherwise: there a shorter history is an alarm; from version 2 on it is recovered (rule 5).
    pub versions: Vec<u16>,
    /// What issues its card.
    issuer: Option<SigningKey>,
}

impl Liar {
    /// Speaks for `side` of a pair, with the register that the other side holds of it.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn of(pair: &TestPair, side: Side) -> Self {
        Self::between(pair.node(side), pair.node(side.other()))
    }

    /// Speaks in the name of one node to another, with the register that the other holds of it.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn between(owner: &TestNode, victim: &TestNode) -> Self {
        let leaves = victim.look(|tx| tx.leaves(&owner.name, Direction::In, 0, u32::MAX));
        let leaves = leaves.unwrap_or_else(|e| panic!("leaves of {}: {e}", owner.name));
        let items: Vec<Item> = leaves.into_iter().map(|row| bare(row.leaf)).collect();
        let held = items.len() as u64;
        let pinned = pinned(victim, &owner.name);
        let issuer = pinned.and_then(|card| owner.secret_of(&victim.name, &card.signing_key));
        Self {
            versions: vec![1],
            issuer,
            name: owner.name.clone(),
            to: victim.name.clone(),
            key: owner.signing_key_at(&victim.name, held),
            items,
        }
    }

    /// The same, signing with the key that was in force at a size.
    #[must_use]
    pub fn with_key_at(mut self, owner: &TestNode, size: u64) -> Self {
        self.key = owner.signing_key_at(&self.to, size);
        self
    }

    /// Size of its register.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.items.len() as u64
    }

    /// Root at a size.
    #[must_use]
    pub fn root(&self, size: u64) -> Digest {
        let take = usize::try_from(size).unwrap_or(usize::MAX);
        let hashes: Vec<Digest> = self
            .items
            .iter()
            .take(take)
            .map(|i| leaf_hash(&i.leaf))
            .collect();
        root_of(&hashes)
    }

    /// A checkpoint of this size with this root, signed whether true or not.
    ///
    /// # Panics
    /// Never: the names are names.
    #[must_use]
    pub fn sign(&self, size: u64, root: Digest) -> String {
        let checkpoint =
            Checkpoint::new(origin(self.name.as_str(), self.to.as_str(), 0), size, root);
        sign_checkpoint(&checkpoint, &self.key).unwrap_or_else(|e| panic!("checkpoint: {e}"))
    }

    /// The true checkpoint at a size.
    #[must_use]
    pub fn note(&self, size: u64) -> Option<String> {
        (size > 0).then(|| self.sign(size, self.root(size)))
    }

    /// Appends an entry with its body; gives its identifier.
    pub fn push(&mut self, header: &Header, salt: [u8; 16], body: &[u8]) -> EntryId {
        self.push_bytes(
            &header.to_bytes(),
            Body::Present {
                salt,
                bytes: body.to_vec(),
            },
        )
    }

    /// Appends header bytes, whatever they are.
    pub fn push_bytes(&mut self, header: &[u8], body: Body) -> EntryId {
        let id = entry_id(header);
        self.items.push(Item {
            leaf: Leaf::Entry(id).encode(),
            header: Some(header.to_vec()),
            body,
        });
        EntryId(id.0)
    }

    /// Appends any leaf.
    pub fn push_leaf(&mut self, leaf: Vec<u8>) {
        self.items.push(bare(leaf));
    }

    /// Connects in place of the node in whose name it speaks, and says everything that the other does not hold yet.
    ///
    /// # Panics
    /// If the other does not take the hello.
    pub fn tell(&self, pair: &mut TestPair) -> Visit {
        pair.wire.tear(true);
        let honest = if self.to == pair.ma().name {
            Side::Ma
        } else {
            Side::Fr
        };
        let held = pair.held(honest);
        let held = held.unwrap_or_else(|e| panic!("register at {honest:?}: {e}"));
        self.tell_from(pair.node(honest), held)
    }

    /// Says its register to a node from here on, over a connection of its own.
    ///
    /// # Panics
    /// If the node does not take the hello.
    #[must_use]
    pub fn tell_from(&self, honest: &TestNode, held: u64) -> Visit {
        let visit = self.visit(honest);
        let mut visit = visit.unwrap_or_else(|e| panic!("a visit to {}: {e:?}", honest.name));
        assert!(
            visit.is_open(),
            "the node did not take the hello: {:?}",
            visit.closed
        );
        if self.size() > held {
            visit.say(&self.batch(held, self.size()));
        }
        visit
    }

    /// Comes to the node with a hello about its whole register.
    ///
    /// # Errors
    /// What the node's driver says when it does not want to start.
    pub fn visit(&self, honest: &TestNode) -> Result<Visit, AppError> {
        self.visit_with(honest, self.size(), self.note(self.size()))
    }

    /// Comes with a hello that claims this size and shows this checkpoint.
    ///
    /// # Errors
    /// As [`Liar::visit`].
    pub fn visit_with(
        &self,
        honest: &TestNode,
        size: u64,
        note: Option<String>,
    ) -> Result<Visit, AppError> {
        self.show_card(honest);
        let mut visit = self.visit_silent(honest)?;
        visit.say(&self.hello(size, note));
        Ok(visit)
    }

    /// Comes without a word.
    ///
    /// # Errors
    /// As [`Liar::visit`].
    pub fn visit_silent(&self, honest: &TestNode) -> Result<Visit, AppError> {
        let line = (LinkRole::Accepted, VISIT);
        let (driver, actions) = LinkDriver::start(&honest.app, &self.name, line)?;
        let mut visit = Visit {
            driver,
            heard: Vec::new(),
            closed: None,
        };
        visit.take(actions);
        Ok(visit)
    }

    /// Its card names the versions that it speaks, as that of a partner with an older program does: a node holds its partner to them.
    pub fn show_card(&self, honest: &TestNode) {
        let Some((mut card, key)) = pinned(honest, &self.name).zip(self.issuer.as_ref()) else {
            return;
        };
        if self.versions.iter().max() < card.versions.iter().max() {
            card.versions = self.versions.clone();
            // The true card comes back with the next session.
            card.issued_ms -= 1;
            let card = sign_card(&card, key).unwrap_or_else(|e| panic!("card: {e}"));
            honest.pin_card(&self.name, card);
        }
    }

    /// Proves, as whoever dialled and said this hello, that it has a key, with these changes.
    ///
    /// # Panics
    /// If the hello is above the wire's limit.
    #[must_use]
    pub fn prove(&self, hello: &Frame, key: &SigningKey, changes: Vec<KeyChange>) -> Frame {
        let bytes = hello.encode().unwrap_or_else(|e| panic!("hello: {e}"));
        let presence = Presence {
            binding: VISIT,
            node: self.name.to_string(),
            to: self.to.to_string(),
            dialled: true,
            hello: sha256(bytes.get(FRAME_HEAD..).unwrap_or_default()),
        };
        Frame::Presence(Box::new(presence.prove(key, changes)))
    }

    /// A hello that claims this size and shows this checkpoint, and that holds nothing of the other side.
    #[must_use]
    pub fn hello(&self, size: u64, note: Option<String>) -> Frame {
        Frame::Hello(Box::new(Hello {
            versions: self.versions.clone(),
            node: self.name.to_string(),
            to: self.to.to_string(),
            own_generation: 0,
            peer_generation: 0,
            held: HeldClaim {
                size: 0,
                root: empty_root(),
                note: None,
                cosignature: None,
            },
            size,
            note,
            card: Digest([0; 32]),
            flags: Flags::default(),
        }))
    }

    /// The batch of its leaves from `from` to `to`, with the true checkpoint at its end.
    #[must_use]
    pub fn batch(&self, from: u64, to: u64) -> Frame {
        let note = self.note(to).unwrap_or_default();
        self.batch_with(from, to, note)
    }

    /// The same with another checkpoint.
    #[must_use]
    pub fn batch_with(&self, from: u64, to: u64, note: String) -> Frame {
        let (skip, take) = (
            usize::try_from(from).unwrap_or(0),
            usize::try_from(to - from).unwrap_or(0),
        );
        Frame::Batch(Batch {
            from,
            items: self.items.iter().skip(skip).take(take).cloned().collect(),
            note,
        })
    }

    /// Cosigns a checkpoint of the node.
    ///
    /// # Panics
    /// If the note is none.
    #[must_use]
    pub fn cosign(&self, note: &str, size: u64, seconds: u64) -> Frame {
        let line = cosign_line(note, &cosigner_name(self.name.as_str()), &self.key, seconds);
        let line = line.unwrap_or_else(|e| panic!("cosignature: {e}"));
        Frame::Cosignature(Cosignature {
            size,
            line: line.trim_end_matches('\n').to_owned(),
        })
    }
}

/// What an honest version of `side` would write next in a dossier, as far as the other side knows it: to be bent and signed.
///
/// # Panics
/// If the other side does not have the dossier.
#[must_use]
pub fn next_header(
    pair: &TestPair,
    side: Side,
    dossier: DossierId,
    kind: &str,
    acts: Vec<Act>,
) -> Header {
    let ends = (pair.node(side), pair.node(side.other()));
    let header = header_between(ends, dossier, kind, pair.time.now());
    Header {
        acts: Acts::new(acts),
        ..header
    }
}

/// The same between any two nodes, without acts.
///
/// # Panics
/// If the reader does not have the dossier.
#[must_use]
pub fn header_between(
    (author, reader): (&TestNode, &TestNode),
    dossier: DossierId,
    kind: &str,
    at: Instant,
) -> Header {
    let mut audience = vec![author.name.clone(), reader.name.clone()];
    audience.sort();
    let scope = audience
        .iter()
        .map(NodeName::as_str)
        .collect::<Vec<_>>()
        .join(",");
    let after = reader
        .look(|tx| tx.heads(dossier, &scope, 64))
        .unwrap_or_else(|e| panic!("heads: {e}"));
    let rows = reader
        .look(|tx| tx.entries(dossier, false, 10_000, 0))
        .unwrap_or_else(|e| panic!("entries: {e}"));
    let own = rows
        .iter()
        .filter_map(|r| Header::from_bytes(&r.header).ok())
        .filter(|h| h.node() == author.name);
    let config = reader
        .look(|tx| tx.latest_config(dossier))
        .ok()
        .flatten()
        .unwrap_or_else(|| panic!("no such dossier"));
    let charter = reader
        .look(|tx| tx.terms_with(&author.name))
        .ok()
        .flatten()
        .map(|t| t.entry);
    let purpose = reader
        .look(|tx| tx.dossier(dossier))
        .ok()
        .flatten()
        .map_or(Purpose::Governance, |d| d.purpose);
    Header {
        version: HEADER_VERSION,
        dossier: Some(dossier),
        kind: kind.to_owned(),
        kind_version: 1,
        author: Author {
            service: service(&author.name, "liaison"),
            officer: Pseudonym([9; 8]),
            role: Role::Liaison,
        },
        at,
        seq: own.map(|h| h.seq).max().unwrap_or(0) + 1,
        after,
        under: Under {
            charter,
            config: Some(config.entry),
        },
        audience,
        purpose,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::default(),
            evaluation: None,
        },
        release: Some(Release {
            necessity: Necessity::JointInquiry,
            basis: Basis::Instrument,
            approver: Pseudonym([9; 8]),
        }),
        acts: Acts::new(Vec::new()),
        body: None,
        attachments: Vec::new(),
    }
}

fn pinned(node: &TestNode, partner: &NodeName) -> Option<Card> {
    let row = node.look(|tx| tx.partner(partner)).ok().flatten()?;
    verify_card(&row.card).ok()
}

/// The identifier of the entry that has this header.
#[must_use]
pub fn id_of(header: &Header) -> EntryId {
    EntryId(entry_id(&header.to_bytes()).0)
}

/// A leaf without what it names.
#[must_use]
pub fn bare(leaf: Vec<u8>) -> Item {
    Item {
        leaf,
        header: None,
        body: Body::Absent,
    }
}

/// Commits a header to a body.
pub fn commit(header: &mut Header, salt: &[u8; 16], body: &[u8]) {
    header.body = Some(entente_core::ids::Commitment(body_commitment(salt, body).0));
}

/// A body that says a text and describes a file, and the file's commitment for the header: as a node describes its own, whatever
/// its size.
///
/// # Panics
/// On bytes that no file can have.
#[must_use]
pub fn with_file(text: &str, bytes: &[u8]) -> (Vec<u8>, Commitment) {
    let salt = [6; 16];
    let chunks = (0u64..).zip(bytes.chunks(CHUNK));
    let digests: Vec<Digest> = chunks
        .map(|(at, chunk)| chunk_digest(&salt, at, chunk))
        .collect();
    let size = u64::try_from(bytes.len()).unwrap_or_else(|e| panic!("{e}"));
    let names: Vec<String> = digests.iter().map(ToString::to_string).collect();
    let described = serde_json::json!({
        "name": "piece.bin", "media": "application/octet-stream", "size": size, "salt": "06".repeat(16), "chunks": names,
    });
    let values = [
        ("files".to_owned(), Value::List(vec![described.to_string()])),
        ("text".to_owned(), Value::Text(text.to_owned())),
    ];
    let values = Values {
        lang: None,
        values: values.into(),
    };
    let commitment = attachment_commitment(&salt, size, &digests);
    (values.to_bytes(), Commitment(commitment.0))
}

/// A connection of the liar to a node.
pub struct Visit {
    driver: LinkDriver,
    /// Frames that the node sent.
    pub heard: Vec<Frame>,
    /// Why the node closed, if it did.
    pub closed: Option<String>,
}

impl Visit {
    /// Says a frame.
    ///
    /// # Panics
    /// If the frame is above the wire's limit.
    pub fn say(&mut self, frame: &Frame) {
        let bytes = frame.encode().unwrap_or_else(|e| panic!("frame: {e}"));
        self.say_bytes(bytes);
    }

    /// Says any bytes.
    pub fn say_bytes(&mut self, bytes: Vec<u8>) {
        let actions = self.driver.handle(Event::Bytes(bytes));
        self.take(actions);
    }

    /// Lets the node see its clock.
    pub fn tick(&mut self) {
        let actions = self.driver.handle(Event::Tick);
        self.take(actions);
    }

    /// Tells the node's driver that something was queued.
    pub fn wake(&mut self) {
        let actions = self.driver.handle(Event::Wake);
        self.take(actions);
    }

    /// Whether both hellos agreed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.driver.is_established()
    }

    fn take(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Send(bytes) => self.heard.extend(decode(&bytes)),
                Action::Close(why) => self.closed = Some(why),
                Action::PauseReading | Action::ResumeReading => {}
            }
        }
    }

    /// Every item of the node's register heard so far.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.heard
            .iter()
            .filter_map(|f| {
                if let Frame::Batch(b) = f {
                    Some(&b.items)
                } else {
                    None
                }
            })
            .flatten()
    }
}

/// The frame of one [`Action::Send`].
fn decode(bytes: &[u8]) -> Option<Frame> {
    let (kind, payload) = (bytes.get(4)?, bytes.get(FRAME_HEAD..)?);
    Frame::decode(FrameType(*kind), payload).ok()
}
