//! The link's driver: joins the sans-I/O session with the store, under a lease (rules 1, 5, 14).
//!
//! Only the driver gives positions and signs. Whatever it signs is durable before a byte of it leaves. It is synchronous: bytes
//! and time in, actions out; the caller owns the socket.

use crate::apply::BodyIn;
use crate::codec::{digest_of, number};
use crate::error::{AppError, Result};
use crate::sendable::Leaving;
use crate::told::News;
use crate::{App, Change};
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_link::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, BlobRequest, LedgerDigest};
use entente_link::{
    Body, Config, Deviation, HeldRegister, InBatch, Input, Item, LinkError, OutBatch, Output,
    OwnRegister, Reason, Role, Session, WIRE_VERSIONS,
};
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::commit::chunk_count;
use entente_proof::cosign::{cosign_line, cosigner_name};
use entente_proof::digest::{Digest, sha256};
use entente_proof::leaf::{Leaf, Receipt};
use entente_proof::merkle::{Frontier, root_from};
use entente_store::{
    Append, AttachmentRow, BodyState, DigestRow, Direction, LeafRow, Read, ReceiptRow, StoreExt,
    Write,
};
use std::collections::{BTreeMap, VecDeque};

/// How long a lease lasts without being renewed, in milliseconds.
pub(crate) const LEASE_MS: i64 = 6_000;
/// A lease is renewed this long before it ends, in milliseconds.
const RENEW_MS: i64 = 4_000;
/// Most outbox items appended in one transaction.
pub(crate) const APPEND_MAX: u32 = 1_024;
/// Most outbox items looked through for what flows while the link is suspended, or while what is in front may not leave.
pub(crate) const SUSPENDED_MAX: u32 = 65_536;
/// Ledgers are compared at most this often, in milliseconds.
const DIGEST_EVERY_MS: i64 = 2_000;
/// A file that could not be had is asked for again after this long, in milliseconds, or when our clock was set.
const FILES_AGAIN_MS: i64 = 10_000;
/// Portions of what waited, or was made stale by a flag, that are worked on one tick.
const PORTIONS_A_TICK: u32 = 4;
/// While a batch is stored, lanes forked too often are looked for every so many leaves.
const FORKS_LOOKED_FOR: u64 = 64;
/// A session this old makes way for one that asks for owed bodies, in milliseconds.
const OWED_SESSION_MS: i64 = 3_600_000;
/// How far ahead of our clock a partner may date a digest or a bundle, in milliseconds: a digest beyond says nothing about now, and a
/// bundle from a clock that is years ahead must not silence all after it.
pub(crate) const AHEAD_MS: i64 = 86_400_000;
/// Digests kept of the exchanges with one partner.
const DIGESTS_KEPT: u32 = 500;
/// Chunks asked for in one go.
const CHUNKS_AT_ONCE: u64 = 16;

/// What happens to a connection.
#[derive(Debug)]
pub enum Event {
    /// Bytes were read.
    Bytes(Vec<u8>),
    /// Time passes: at least once a second.
    Tick,
    /// Something was queued for this partner.
    Wake,
    /// The connection is gone.
    Disconnected,
}

/// What the caller must do, in order.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Write these bytes.
    Send(Vec<u8>),
    /// Stop reading.
    PauseReading,
    /// Read again.
    ResumeReading,
    /// Close, with a reason for the log.
    Close(String),
}

/// A request for chunks that is under way.
struct Fetching {
    entry: Digest,
    index: u32,
    /// The chunk after the last one asked for.
    end: u64,
}

/// Drives one connection.
pub struct LinkDriver {
    app: App,
    partner: NodeName,
    session: Option<Session>,
    epoch: u64,
    lease_until: i64,
    established: bool,
    recovering: bool,
    closed: bool,
    notes: BTreeMap<u64, String>,
    digest_due: Option<i64>,
    fetching: Option<Fetching>,
    told_suspended: bool,
    told_card: Option<Digest>,
    digest_heard: i64,
    digest_pending: Option<LedgerDigest>,
    asks_files: bool,
    /// When a file could last not be had.
    files_refused: i64,
    over_quota: bool,
    /// When this session began.
    started: i64,
}

impl LinkDriver {
    /// Takes the lease on the link and starts a session on a connection whose TLS key is the pinned one.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner, [`AppError::Link`] when the link was stopped by an alarm or another process
    /// holds its lease.
    pub fn start(app: &App, partner: &NodeName, role: Role) -> Result<(Self, Vec<Action>)> {
        let epoch = app.take_lease(partner)?;
        let mut config = app.session_config(partner)?;
        config.again = app.asks_again(partner)?;
        let now = app.now().0;
        let suspended = config.suspended;
        let session =
            Session::new(config, now).map_err(|_| AppError::Bug("session configuration"))?;
        let mut driver = Self {
            app: app.clone(),
            partner: partner.clone(),
            session: Some(session),
            epoch,
            lease_until: now + LEASE_MS,
            established: false,
            recovering: false,
            closed: false,
            notes: BTreeMap::new(),
            digest_due: Some(now),
            fetching: None,
            told_suspended: suspended,
            told_card: None,
            digest_heard: 0,
            digest_pending: None,
            asks_files: true,
            files_refused: now,
            over_quota: false,
            started: now,
        };
        let actions = driver.run(Input::Connected { role });
        Ok((driver, actions))
    }

    /// Whether both sides agreed on a session and it is up.
    #[must_use]
    pub fn is_established(&self) -> bool {
        self.established && !self.closed
    }

    /// Whether the partner's hello was taken: the session is open, or a register is being recovered.
    #[must_use]
    pub fn has_hello(&self) -> bool {
        (self.established || self.recovering) && !self.closed
    }

    /// Whether the connection is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Takes one event; gives what the caller must do.
    pub fn handle(&mut self, event: Event) -> Vec<Action> {
        if self.closed {
            return Vec::new();
        }
        match event {
            Event::Bytes(bytes) => {
                let mut actions = self.run(Input::Bytes(bytes));
                if !self.closed {
                    actions.extend(self.pump());
                }
                actions
            }
            Event::Tick => self.tick(),
            Event::Wake => self.pump(),
            Event::Disconnected => self.run(Input::Disconnected),
        }
    }

    fn tick(&mut self) -> Vec<Action> {
        if self.app.is_cut(&self.partner) {
            return self.run(Input::Close);
        }
        let now = self.app.now().0;
        let mut actions = self.run(Input::Tick { now_ms: now });
        if self.closed {
            return actions;
        }
        // The clock of a demonstration may jump: the lease is renewed by any later tick.
        let renews = now > self.lease_until - RENEW_MS;
        if renews {
            match self.app.take_lease(&self.partner) {
                Ok(epoch) if epoch == self.epoch => self.lease_until = now + LEASE_MS,
                Ok(epoch) if epoch == self.epoch + 1 => {
                    // Expired meanwhile, taken by nobody else: what we hold is still the newest.
                    self.epoch = epoch;
                    self.lease_until = now + LEASE_MS;
                    if let Err(error) = self.app.tell_link_up(&self.partner, epoch) {
                        return self.fail(&error, actions);
                    }
                }
                // A courier or another process drove the link in between: what this session remembers is old.
                Ok(_) => {
                    let error = AppError::Link("another process drove this link meanwhile");
                    return self.fail(&error, actions);
                }
                Err(error) => return self.fail(&error, actions),
            }
        }
        let settled = self.app.settle_some(PORTIONS_A_TICK);
        if let Err(error) = settled.and_then(|()| self.app.refold_some(PORTIONS_A_TICK)) {
            return self.fail(&error, actions);
        }
        actions.extend(self.pump());
        if !self.closed {
            actions.extend(self.tell_suspension());
        }
        // What seldom changes is looked at as often as the lease is renewed, not with every tick.
        if !self.closed && self.established && (renews || self.told_card.is_none()) {
            match self.tell_card() {
                Ok(inputs) => {
                    for input in inputs {
                        actions.extend(self.run(input));
                    }
                }
                Err(error) => return self.fail(&error, actions),
            }
        }
        if !self.closed {
            actions.extend(self.hold_to_quota());
        }
        let old = self.established && now - self.started >= OWED_SESSION_MS;
        if !self.closed && old && renews {
            match self.app.bodies_due(&self.partner) {
                Ok(true) => actions.extend(self.run(Input::Close)),
                Ok(false) => {}
                Err(error) => return self.fail(&error, actions),
            }
        }
        if !self.closed {
            if let Err(error) = self.compare_theirs(now) {
                return self.fail(&error, actions);
            }
            actions.extend(self.compare_ledgers(now));
        }
        actions
    }

    /// Our card, once for each session and when it changed: it brings our newest sealing key, for the day on which the line is cut.
    fn tell_card(&mut self) -> Result<Vec<Input>> {
        let card = self.app.present_card()?;
        let digest = sha256(&card);
        if self.told_card == Some(digest) {
            return Ok(Vec::new());
        }
        self.told_card = Some(digest);
        Ok(vec![Input::Card(card)])
    }

    /// Our flag as it stands, when it changed; and files that could not be had are asked for again.
    fn tell_suspension(&mut self) -> Vec<Action> {
        let flags = self
            .app
            .inner
            .store
            .view("suspension", |tx| self.app.flags_up(tx, &self.partner));
        match flags {
            Ok((ours, theirs)) => {
                let waited = (self.app.now().0 - self.files_refused).abs() >= FILES_AGAIN_MS;
                self.asks_files |= !ours && !theirs && self.fetching.is_none() && waited;
                if ours == self.told_suspended {
                    return Vec::new();
                }
                self.told_suspended = ours;
                self.run(Input::Suspend { on: ours })
            }
            Err(error) => self.fail(&error, Vec::new()),
        }
    }

    /// Over its quota of the day, a partner is not read from; nothing of it is lost (rule 12).
    fn hold_to_quota(&mut self) -> Vec<Action> {
        match self.app.over_quota(&self.partner) {
            Ok(over) if over != self.over_quota => {
                self.over_quota = over;
                self.run(Input::OverQuota { over })
            }
            Ok(_) => Vec::new(),
            Err(error) => self.fail(&error, Vec::new()),
        }
    }

    /// Appends what waits, asks for files that are wanted.
    fn pump(&mut self) -> Vec<Action> {
        if !self.established {
            return Vec::new();
        }
        let mut actions = Vec::new();
        loop {
            match self.app.append_outbox(&self.partner, self.epoch) {
                Ok(Some(size)) => {
                    actions.extend(self.run(Input::OwnGrown { size }));
                }
                Ok(None) => break,
                Err(error) => return self.fail(&error, actions),
            }
            if self.closed {
                return actions;
            }
        }
        if self.fetching.is_none() && self.asks_files {
            match self.app.next_wanted(&self.partner) {
                Ok(Some(request)) => {
                    self.fetching = Some(Fetching {
                        entry: request.entry,
                        index: request.index,
                        end: request.first + request.count,
                    });
                    actions.extend(self.run(Input::RequestBlob(request)));
                }
                Ok(None) => {}
                Err(error) => return self.fail(&error, actions),
            }
        }
        actions
    }

    /// Feeds the session and serves its outputs until it wants nothing more.
    fn run(&mut self, input: Input) -> Vec<Action> {
        let mut actions = Vec::new();
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let Some(session) = self.session.take() else {
                break;
            };
            let (session, outputs) = session.handle(input);
            self.session = Some(session);
            for output in outputs {
                match self.serve(output, &mut actions) {
                    Ok(more) => inputs.extend(more),
                    Err(error) => {
                        if matches!(error, AppError::Store(_)) && !self.closed {
                            inputs.clear();
                            inputs.push_back(Input::StorageFailed);
                        } else {
                            return self.fail(&error, actions);
                        }
                    }
                }
            }
        }
        actions
    }

    fn fail(&mut self, error: &AppError, mut actions: Vec<Action>) -> Vec<Action> {
        if !self.closed {
            self.close(&mut actions, error.to_string());
        }
        actions
    }

    fn close(&mut self, actions: &mut Vec<Action>, reason: String) {
        self.closed = true;
        self.established = false;
        self.app.link_down(&self.partner);
        actions.push(Action::Close(reason));
    }

    /// One output of the session; gives the inputs that answer it.
    fn serve(&mut self, output: Output, actions: &mut Vec<Action>) -> Result<Vec<Input>> {
        let app = self.app.clone();
        Ok(match output {
            Output::Send(bytes) => {
                actions.push(Action::Send(bytes));
                Vec::new()
            }
            Output::PauseReading => {
                actions.push(Action::PauseReading);
                Vec::new()
            }
            Output::ResumeReading => {
                actions.push(Action::ResumeReading);
                Vec::new()
            }
            Output::Established { peer_size, .. } => {
                app.heard(&self.partner, peer_size)?;
                self.established = true;
                app.link_up(&self.partner);
                app.tell_link_up(&self.partner, self.epoch)?;
                self.digest_due = Some(app.now().0);
                self.tell_card()?
            }
            Output::WantBatch {
                from,
                max_items,
                max_bytes,
            } => {
                let batch = app.read_batch(&self.partner, from, max_items, max_bytes)?;
                self.notes.insert(
                    batch.from + batch.items.len() as u64,
                    batch.checkpoint_note.clone(),
                );
                vec![Input::Batch(batch)]
            }
            Output::Deliver(batch) => self.deliver(*batch)?,
            Output::Again(batch) => app.came_again(&self.partner, self.epoch, *batch)?,
            Output::Cosigned { size, line, .. } => {
                let note = self.notes.get(&size).cloned();
                self.notes.retain(|kept, _| *kept > size);
                app.cosigned(&self.partner, self.epoch, size, note, line)?;
                self.digest_due.get_or_insert(app.now().0);
                Vec::new()
            }
            Output::WantOwnRoot { size } => {
                vec![Input::OwnRoot {
                    size,
                    root: app.register_root(&self.partner, Direction::Out, size)?,
                }]
            }
            Output::WantHeldFrontier { size } => {
                vec![Input::HeldFrontier {
                    size,
                    frontier: app.register_frontier(&self.partner, Direction::In, size)?,
                }]
            }
            Output::Recovering { .. }
            | Output::Recover(_)
            | Output::WantOwnFrontier { .. }
            | Output::WantLent { .. } => return self.serve_recovery(output),
            other => return self.serve_more(other, actions),
        })
    }

    /// The outputs that are not about registers: files, ledgers, alarms, the end.
    fn serve_more(&mut self, output: Output, actions: &mut Vec<Action>) -> Result<Vec<Input>> {
        let app = self.app.clone();
        match output {
            Output::WantBlobChunks(request) => return app.serve_blob(&self.partner, &request),
            Output::BlobChunk(chunk) => {
                let (entry, index, last) = (chunk.entry, chunk.index, chunk.last);
                let end = chunk.chunk + 1;
                let goes_on = app.take_chunk(&self.partner, &chunk)?;
                let asked =
                    |f: &Fetching| f.entry == entry && f.index == index && (last || end == f.end);
                if !goes_on || self.fetching.as_ref().is_some_and(asked) {
                    self.fetching = None;
                }
                if !goes_on {
                    // After a while: a disk that loses everything must not keep the line busy.
                    self.asks_files = false;
                    self.files_refused = app.now().0;
                }
            }
            Output::BlobRefused(refusal) => {
                app.chunk_refused(&self.partner, &refusal)?;
                // What cannot be had now is asked for again after a while, not in a loop.
                let asked = |f: &Fetching| f.entry == refusal.entry && f.index == refusal.index;
                if self.fetching.as_ref().is_some_and(asked) {
                    self.fetching = None;
                }
                self.asks_files = !matches!(
                    refusal.code,
                    BlobRefusalCode::SUSPENDED | BlobRefusalCode::UNAVAILABLE
                );
                self.files_refused = app.now().0;
            }
            Output::Card(card) => app.take_card(&self.partner, card)?,
            Output::LedgerDigest(theirs) => {
                self.digest_pending = Some(theirs);
                self.compare_theirs(app.now().0)?;
            }
            Output::OwnBehind { partner_holds } => {
                let evidence = partner_holds.to_be_bytes().to_vec();
                app.keep_evidence(&self.partner, "own-register-behind", evidence)?;
            }
            Output::Alarm(evidence) => {
                app.keep_evidence(&self.partner, evidence_name(&evidence), evidence.encode())?;
                if matches!(*evidence, entente_link::Evidence::Tampered { .. }) {
                    app.ask_further_back(&self.partner)?;
                }
            }
            Output::Close(reason) => self.close(actions, words(&reason)),
            _ => {}
        }
        Ok(Vec::new())
    }

    /// Our register comes back, or theirs goes back to them (rule 5).
    fn serve_recovery(&mut self, output: Output) -> Result<Vec<Input>> {
        let app = &self.app;
        Ok(match output {
            Output::Recovering {
                partner_holds,
                partner_lost,
            } => {
                self.recovering = true;
                if partner_holds.is_some() {
                    app.own_lost()?;
                }
                if let Some(evidence) = partner_lost {
                    app.partner_lost(&self.partner, &evidence)?;
                }
                Vec::new()
            }
            Output::WantOwnFrontier { size } => vec![Input::OwnFrontier {
                size,
                frontier: app.register_frontier(&self.partner, Direction::Out, size)?,
            }],
            Output::Recover(batch) => vec![Input::Recovered {
                size: app.store_recovered(&self.partner, self.epoch, *batch)?,
            }],
            Output::WantLent {
                from,
                max_items,
                max_bytes,
            } => vec![Input::Lent(app.lent(
                &self.partner,
                from,
                max_items,
                max_bytes,
            )?)],
            _ => Vec::new(),
        })
    }

    fn deliver(&mut self, batch: InBatch) -> Result<Vec<Input>> {
        let stored = self.app.store_batch(&self.partner, self.epoch, batch)?;
        self.digest_due.get_or_insert(self.app.now().0);
        let mut inputs = vec![Input::Stored {
            size: stored.size,
            cosignature_line: stored.line,
        }];
        let over = self.app.over_quota(&self.partner)?;
        if over != self.over_quota {
            self.over_quota = over;
            inputs.insert(0, Input::OverQuota { over });
        }
        if let Some(size) = stored.own_grown {
            inputs.push(Input::OwnGrown { size });
        }
        Ok(inputs)
    }

    /// Compares the newest digest of theirs, at most one in a while: a flood of them must not cost us a fold each.
    fn compare_theirs(&mut self, now: i64) -> Result<()> {
        if (now - self.digest_heard).abs() < DIGEST_EVERY_MS / 2 {
            return Ok(());
        }
        // With entries still to be judged, ours would differ from theirs for no fault of theirs.
        if self.digest_pending.is_some() && !self.app.is_settled()? {
            return Ok(());
        }
        if let Some(theirs) = self.digest_pending.take() {
            self.digest_heard = now;
            self.app.their_digest(&self.partner, &theirs)?;
        }
        Ok(())
    }

    /// Tells the partner our digest once both registers rest.
    fn compare_ledgers(&mut self, now: i64) -> Vec<Action> {
        let due = self
            .digest_due
            .is_some_and(|at| (now - at).abs() >= DIGEST_EVERY_MS);
        if !self.established || !due {
            return Vec::new();
        }
        match self.app.own_digest(&self.partner, now) {
            Ok(Some(ours)) => {
                self.digest_due = None;
                self.run(Input::LedgerDigest(ours))
            }
            Ok(None) => Vec::new(),
            Err(error) => self.fail(&error, Vec::new()),
        }
    }
}

impl Drop for LinkDriver {
    fn drop(&mut self) {
        if !self.closed {
            self.app.link_down(&self.partner);
        }
    }
}

pub(crate) fn evidence_name(evidence: &entente_link::Evidence) -> &'static str {
    match evidence {
        entente_link::Evidence::Fork { .. } => "fork",
        entente_link::Evidence::Rollback { .. } => "rollback",
        entente_link::Evidence::Tampered { .. } => "tampered",
    }
}

fn words(reason: &Reason) -> String {
    match reason {
        Reason::Alarmed => "alarm: histories contradict each other; evidence kept".into(),
        Reason::Busy => "busy".into(),
        Reason::Disconnected => "disconnected".into(),
        Reason::Error(LinkError::PeerDeviates(Deviation::BadHeldClaim)) => {
            "the partner shows a checkpoint of ours that no key we know signed; if this node was restored, its signing key changed after the backup: put the newest copy of the keys folder in place".into()
        }
        Reason::Error(error) => error.to_string(),
        Reason::HelloTimeout => "no hello in time".into(),
        Reason::OwnRegisterBehind => "the partner holds more of our register than we do".into(),
        Reason::PeerReported { blame, detail } => {
            format!("the partner closed: blame {blame:?}, detail {detail}")
        }
        Reason::Recovered => "our register is recovered: the next connection goes on".into(),
        Reason::Requested => "closed on purpose".into(),
        Reason::Silence => "silence".into(),
        Reason::StorageFailed => "storage failed".into(),
    }
}

/// What storing a batch came to.
pub(crate) struct StoredBatch {
    pub size: u64,
    pub line: String,
    pub own_grown: Option<u64>,
}

impl App {
    pub(crate) fn session_config(&self, partner: &NodeName) -> Result<Config> {
        let own_card = self.card_digest()?;
        self.inner.store.view("session", |tx| {
            let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
            if row.stopped {
                return Err(AppError::Link("this link was stopped by an alarm"));
            }
            let out = tx.register(partner, Direction::Out)?;
            let held = tx.register(partner, Direction::In)?;
            let own_frontier = frontier(&out.frontier)?;
            let cosignature = tx
                .checkpoint(partner, Direction::In, held.size)?
                .map(|c| c.cosignature)
                .filter(|c| !c.is_empty());
            Ok(Config {
                node: self.inner.me.to_string(),
                peer: partner.to_string(),
                own_generation: out.generation,
                peer_generation: held.generation,
                versions: WIRE_VERSIONS.to_vec(),
                own_keys: self.our_keys(tx, partner)?.history(),
                own_ring: self.every_key(tx)?,
                peer_keys: crate::keys::their_keys(tx, partner)?.history(),
                card: own_card,
                suspended: self.flags_up(tx, partner)?.0,
                own: OwnRegister {
                    size: out.size,
                    root: own_frontier.root(),
                    note: (out.size > 0).then_some(out.note),
                },
                held: HeldRegister {
                    frontier: frontier(&held.frontier)?,
                    note: (held.size > 0).then_some(held.note),
                    cosignature,
                },
                courier: false,
                again: None,
            })
        })
    }

    /// Appends waiting items to our register: positions, tree nodes, signed checkpoint, one transaction.
    pub(crate) fn append_outbox(&self, partner: &NodeName, epoch: u64) -> Result<Option<u64>> {
        let waiting = self
            .inner
            .store
            .view("outbox", |tx| Ok::<_, AppError>(tx.outbox_size(partner)?.0))?;
        if waiting == 0 {
            return Ok(None);
        }
        let (app, partner) = (self.clone(), partner.clone());
        self.inner.store.update("append_outbox", move |tx| {
            tx.check_lease(&Self::lease_name(&partner), epoch)?;
            let Leaving { numbers, leaves } = app.leaving(tx.as_read(), &partner)?;
            if leaves.is_empty() {
                return Ok(None);
            }
            tx.clear_outbox(&partner, &numbers)?;
            app.append_own(tx, &partner, leaves).map(Some)
        })
    }

    /// Appends leaves to our register and signs its new size.
    fn append_own(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        leaves: Vec<(Vec<u8>, Option<EntryId>)>,
    ) -> Result<u64> {
        let head = tx.register(partner, Direction::Out)?;
        let mut edge = frontier(&head.frontier)?;
        let mut nodes = Vec::new();
        let mut rows = Vec::with_capacity(leaves.len());
        for (position, (leaf, entry)) in (head.size..).zip(leaves) {
            edge.append_with(entente_proof::merkle::leaf_hash(&leaf), &mut |s| {
                keep_node(&mut nodes, &s)
            });
            rows.push(LeafRow {
                position,
                leaf,
                entry,
            });
        }
        let size = edge.size();
        self.note_own_changes(tx, partner, &rows)?;
        let at = (head.generation, size, edge.root());
        let note = self.sign_size(tx.as_read(), partner, at)?;
        let append = Append {
            from: head.size,
            leaves: rows,
            nodes,
            frontier: edge.encode(),
            note,
        };
        tx.append_register(partner, Direction::Out, &append)?;
        Ok(size)
    }

    /// Our checkpoint of a generation, size and root, under the key of that size (rule 15).
    fn sign_size(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        (generation, size, root): (u32, u64, Digest),
    ) -> Result<String> {
        let checkpoint = Checkpoint::new(
            origin(self.inner.me.as_str(), partner.as_str(), generation),
            size,
            root,
        );
        let signer = self.signer_at(tx, partner, size)?;
        sign_checkpoint(&checkpoint, &signer).map_err(|_| AppError::Bug("checkpoint"))
    }

    pub(crate) fn read_batch(
        &self,
        partner: &NodeName,
        from: u64,
        max_items: usize,
        max_bytes: usize,
    ) -> Result<OutBatch> {
        self.inner.store.view("read_batch", |tx| {
            let head = tx.register(partner, Direction::Out)?;
            let max = u32::try_from(max_items).unwrap_or(u32::MAX);
            let mut items = Vec::new();
            let mut weight = 0usize;
            for leaf in tx.leaves(partner, Direction::Out, from, max)? {
                let item = self.item(tx, leaf)?;
                weight = weight.saturating_add(item.weight());
                if weight > max_bytes && !items.is_empty() {
                    break;
                }
                items.push(item);
            }
            let end = from + items.len() as u64;
            let note = if end == head.size {
                head.note
            } else {
                let root = tree_root(tx, partner, Direction::Out, end)?
                    .ok_or(AppError::Bug("register tree"))?;
                self.sign_size(tx, partner, (head.generation, end, root))?
            };
            Ok(OutBatch {
                from,
                items,
                checkpoint_note: note,
            })
        })
    }

    pub(crate) fn item(&self, tx: &dyn Read, leaf: LeafRow) -> Result<Item> {
        let Some(id) = leaf.entry else {
            return Ok(Item {
                leaf: leaf.leaf,
                header: None,
                body: Body::Absent,
            });
        };
        let row = tx.entry(id)?.ok_or(AppError::Bug("leaf names no entry"))?;
        let body = match self.body(tx, row.dossier, id)? {
            Some((salt, bytes)) => Body::Present { salt, bytes },
            None if row.body == BodyState::Erased => Body::Erased,
            None => Body::Absent,
        };
        Ok(Item {
            leaf: leaf.leaf,
            header: Some(row.header),
            body,
        })
    }

    /// Stores a verified batch with its receipt, in one transaction: received means durable (invariant 3).
    pub(crate) fn store_batch(
        &self,
        partner: &NodeName,
        epoch: u64,
        batch: InBatch,
    ) -> Result<StoredBatch> {
        let (app, partner_name) = (self.clone(), partner.clone());
        let mut batch = batch;
        let note = batch.note.clone();
        let bodies: Vec<BodyIn> = batch.items.iter_mut().map(|i| self.body_in(i)).collect();
        let outcome = self.inner.store.update("receive", move |tx| {
            app.receive_in(tx, &partner_name, epoch, (&batch, &bodies))
        });
        match &outcome {
            Err(AppError::Link(crate::evidence::FORKED)) => self.stop_for_forks(partner)?,
            Err(AppError::OtherHistory) => {
                self.keep_evidence(partner, "fork", note.into_bytes())?
            }
            _ => {}
        }
        let (stored, applied) = outcome.inspect_err(|_| self.inner.memory.undone())?;
        for dossier in applied {
            self.changed(Change {
                position: 0,
                dossier: Some(dossier),
            });
        }
        self.changed(Change {
            position: 0,
            dossier: None,
        });
        Ok(stored)
    }

    /// Takes an item's body out of it and computes what storing it needs.
    pub(crate) fn body_in(&self, item: &mut Item) -> BodyIn {
        match std::mem::replace(&mut item.body, Body::Absent) {
            Body::Present { salt, bytes } => BodyIn::Here(Box::new(self.prepare(salt, bytes))),
            Body::Erased => BodyIn::Erased,
            Body::Absent => BodyIn::Absent,
        }
    }

    fn receive_in(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        epoch: u64,
        (batch, bodies): (&InBatch, &[BodyIn]),
    ) -> Result<(StoredBatch, Vec<entente_core::ids::DossierId>)> {
        tx.check_lease(&Self::lease_name(partner), epoch)?;
        let now = self.now();
        let size = batch.checkpoint.size;
        let mut nodes = Vec::new();
        let mut edge = frontier(&tx.register(partner, Direction::In)?.frontier)?;
        let mut rows = Vec::with_capacity(batch.items.len());
        let mut dossiers = Vec::new();
        let mut receipts = Vec::new();
        // The last leaf that is to be receipted.
        let mut content = None;
        let mut owed = Vec::new();
        let mut news = News::default();
        let items = batch.items.iter().zip(bodies);
        for ((position, (item, body)), hash) in (batch.from..).zip(items).zip(&batch.leaf_hashes) {
            edge.append_with(*hash, &mut |s| keep_node(&mut nodes, &s));
            let leaf =
                Leaf::decode(&item.leaf).unwrap_or_else(|_| Leaf::Unknown(item.leaf.clone()));
            let mut entry = None;
            news.said(&leaf);
            match (leaf, &item.header) {
                (Leaf::Entry(id), Some(header)) => {
                    content = Some(position);
                    entry = Some(EntryId(id.0));
                    let applied = self.apply(tx, header, body, Some(partner))?;
                    if applied.body == Some(BodyState::Owed) {
                        owed.push((position, EntryId(id.0)));
                    }
                    dossiers.extend(applied.dossier);
                    news.came(applied.told);
                }
                // A receipt covers what is here: a header that was not sent is not covered, so the batch is refused.
                (Leaf::Entry(_), None) => {
                    return Err(AppError::Input(
                        "the partner named an entry without sending its header".into(),
                    ));
                }
                (Leaf::Receipt(receipt), _) => receipts.push((position, receipt)),
                _ => content = Some(position),
            }
            rows.push(LeafRow {
                position,
                leaf: item.leaf.clone(),
                entry,
            });
            if position % FORKS_LOOKED_FOR == 0 {
                self.refuse_forks(tx, partner)?;
            }
        }
        self.refuse_forks(tx, partner)?;
        self.note_their_changes(tx, partner, &rows)?;
        tx.append_register(
            partner,
            Direction::In,
            &Append {
                from: batch.from,
                leaves: rows,
                nodes,
                frontier: edge.encode(),
                note: batch.note.clone(),
            },
        )?;
        for (position, receipt) in receipts {
            self.take_receipt(tx, partner, position, &receipt)?;
        }
        self.spread(tx, partner, &news)?;
        dossiers.extend(self.judge_waiting(tx, crate::waiting::PORTION)?);
        self.note_owed(tx, partner, owed)?;
        self.fits_again(tx, partner)?;
        count_today(tx, partner, now, size.saturating_sub(batch.from))?;
        let line = self.cosign_held(tx, partner, &batch.note, size, now.0)?;
        let receipted = self.receipted_before(tx.as_read(), partner, batch.from, size)?;
        let own_grown = if content.is_some_and(|last| last >= receipted) {
            Some(self.give_receipt(tx, partner, batch.from, &edge, now.0)?)
        } else {
            if receipted > batch.from {
                self.refold_range(tx, partner, Direction::In, batch.from, size)?;
            }
            None
        };
        self.reopen(tx, partner)?;
        self.refold_portion(tx)?;
        dossiers.sort_unstable();
        dossiers.dedup();
        Ok((
            StoredBatch {
                size,
                line,
                own_grown,
            },
            dossiers,
        ))
    }

    fn refuse_forks(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        match self.forked_too_often(tx.as_read(), partner)? {
            true => Err(AppError::Link(crate::evidence::FORKED)),
            false => Ok(()),
        }
    }

    /// Whether a partner has sent more entries today than the charter allows.
    pub(crate) fn over_quota(&self, partner: &NodeName) -> Result<bool> {
        let day = day_key(partner, self.now());
        self.inner.store.view("quota", |tx| {
            let Some(terms) = self.terms_in_force(tx, partner)? else {
                return Ok(false);
            };
            Ok(counted(tx, &day)? > u64::from(terms.quotas.entries_a_day))
        })
    }

    fn cosign_held(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        note: &str,
        size: u64,
        now_ms: i64,
    ) -> Result<String> {
        let seconds = u64::try_from(now_ms.div_euclid(1000)).unwrap_or(0);
        let name = cosigner_name(self.inner.me.as_str());
        let signer = self.signer_known(tx.as_read(), partner)?;
        let line =
            cosign_line(note, &name, &signer, seconds).map_err(|_| AppError::Bug("cosignature"))?;
        let line = line.trim_end_matches('\n').to_owned();
        tx.put_cosignature(partner, Direction::In, size, &line)?;
        Ok(line)
    }

    /// Our word that we hold their register up to here: a leaf of our own, written with what it covers (rule 1).
    fn give_receipt(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        from: u64,
        held: &Frontier,
        now_ms: i64,
    ) -> Result<u64> {
        let (size, root) = (held.size(), held.root());
        let generation = tx.register(partner, Direction::In)?.generation;
        let receipt = Receipt {
            register_of: partner.to_string(),
            generation,
            size,
            root,
            time_ms: now_ms,
        };
        let own = tx.register(partner, Direction::Out)?.size;
        let size_after =
            self.append_own(tx, partner, vec![(Leaf::Receipt(receipt).encode(), None)])?;
        tx.insert_receipt(
            partner,
            Direction::In,
            &ReceiptRow {
                size,
                root: root.0,
                time_ms: now_ms,
                leaf: own,
                arrived_ms: None,
            },
        )?;
        self.refold_range(tx, partner, Direction::In, from, size)?;
        Ok(size_after)
    }

    /// Their word that they hold ours: only if its root is the one we had at that size.
    fn take_receipt(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        position: u64,
        receipt: &Receipt,
    ) -> Result<()> {
        let known = tx.register(partner, Direction::Out)?;
        let ours = receipt.register_of == self.inner.me.as_str()
            && receipt.generation == known.generation
            && receipt.size <= known.size;
        if !ours
            || tree_root(tx.as_read(), partner, Direction::Out, receipt.size)? != Some(receipt.root)
        {
            return Ok(());
        }
        let before = receipted_up_to(tx.as_read(), partner)?;
        if receipt.size <= before {
            return Ok(());
        }
        tx.insert_receipt(
            partner,
            Direction::Out,
            &ReceiptRow {
                size: receipt.size,
                root: receipt.root.0,
                time_ms: receipt.time_ms,
                leaf: position,
                arrived_ms: Some(self.now().0),
            },
        )?;
        tx.set_setting(&receipted_key(partner), &receipt.size.to_be_bytes())?;
        self.refold_range(tx, partner, Direction::Out, before, receipt.size)
    }

    /// A receipt moves the clocks of what it covers.
    fn refold_range(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<()> {
        for id in tx.touched(partner, direction, from, to)? {
            self.refold(tx, id)?;
        }
        let flags: Vec<EntryId> = tx.flags(partner)?.into_iter().map(|f| f.entry).collect();
        for entry in flags {
            let position = tx.position(partner, direction, entry)?;
            if position.is_some_and(|p| (from..to).contains(&p)) {
                self.refold_link(tx, partner)?;
                break;
            }
        }
        Ok(())
    }

    pub(crate) fn cosigned(
        &self,
        partner: &NodeName,
        epoch: u64,
        size: u64,
        note: Option<String>,
        line: String,
    ) -> Result<()> {
        let (app, partner_name) = (self.clone(), partner.clone());
        self.inner.store.update("cosigned", move |tx| {
            tx.check_lease(&Self::lease_name(&partner_name), epoch)?;
            let head = tx.register(&partner_name, Direction::Out)?;
            if size <= head.cosigned {
                return Ok(());
            }
            if tx
                .checkpoint(&partner_name, Direction::Out, size)?
                .is_none()
            {
                let note = match &note {
                    Some(note) => note.clone(),
                    None => {
                        app.signed_before(tx.as_read(), &partner_name, head.generation, size)?
                    }
                };
                tx.put_checkpoint(&partner_name, Direction::Out, size, &note)?;
            }
            Ok::<_, AppError>(tx.put_cosignature(&partner_name, Direction::Out, size, &line)?)
        })?;
        self.changed(Change {
            position: 0,
            dossier: None,
        });
        Ok(())
    }

    /// The checkpoint that an earlier connection signed for the end of a batch and did not keep: signing again gives the same bytes.
    fn signed_before(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        generation: u32,
        size: u64,
    ) -> Result<String> {
        let root = tree_root(tx, partner, Direction::Out, size)?;
        let root = root.ok_or(AppError::Bug("register tree"))?;
        self.sign_size(tx, partner, (generation, size, root))
    }

    pub(crate) fn register_root(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<Digest>> {
        self.inner.store.view("register_root", |tx| {
            tree_root(tx, partner, direction, size)
        })
    }

    pub(crate) fn register_frontier(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<Frontier>> {
        self.inner.store.view("register_frontier", |tx| {
            let failed = std::cell::RefCell::new(None);
            let lookup =
                |level: u8, index: u64| look_up(tx, partner, direction, level, index, &failed);
            let found = Frontier::at(size, &lookup);
            failed.into_inner().map_or(Ok(found.ok()), Err)
        })
    }

    fn next_wanted(&self, partner: &NodeName) -> Result<Option<BlobRequest>> {
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
            let Some(row) = tx.entry(entry)? else {
                return Ok::<_, AppError>(None);
            };
            let header = Header::from_bytes(&row.header).ok();
            // What the partner wrote itself may go back to it: a node restored from a backup lost its newest files.
            let fits = header.is_some_and(|h| {
                h.node() == *partner
                    || (h.node() == self.inner.me
                        && h.audience.contains(partner)
                        && h.handling.sendable())
            });
            Ok(fits.then_some(row))
        })?;
        let Some(row) = row else {
            return Ok(refuse(BlobRefusalCode::UNKNOWN));
        };
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
                // A damaged chunk of ours is no fault of the link.
                Err(AppError::Bug(_)) => {
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
                None => {
                    out.extend(refuse(BlobRefusalCode::UNKNOWN));
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

    /// Our digest, once everything that could be judged is.
    pub(crate) fn own_digest(&self, partner: &NodeName, now: i64) -> Result<Option<LedgerDigest>> {
        if !self.is_settled()? {
            return Ok(None);
        }
        let (out, inn, digest) = self.digest_at(partner, None, now)?;
        let row = DigestRow {
            partner: partner.clone(),
            out_size: out,
            in_size: inn,
            at_ms: now,
            ours: digest,
            theirs: None,
        };
        self.inner.store.update("own_digest", move |tx| {
            tx.put_digest(&row)?;
            Ok::<_, AppError>(tx.prune_digests(&row.partner, DIGESTS_KEPT)?)
        })?;
        Ok(Some(LedgerDigest {
            out_size: out,
            in_size: inn,
            instant_ms: now,
            digest: Digest(digest),
        }))
    }

    /// Their digest: computed here at the same cut and instant; a difference is an alarm.
    pub(crate) fn their_digest(&self, partner: &NodeName, theirs: &LedgerDigest) -> Result<()> {
        // Their own register is our incoming one.
        let cut = crate::fold::Cut {
            out: theirs.in_size,
            inn: theirs.out_size,
        };
        let holds = self.inner.store.view("cut", |tx| {
            let (out, inn) = (
                tx.register(partner, Direction::Out)?.size,
                tx.register(partner, Direction::In)?.size,
            );
            Ok::<_, AppError>(cut.out <= out && cut.inn <= inn)
        })?;
        if !holds || theirs.instant_ms > self.now().0.saturating_add(AHEAD_MS) {
            return Ok(());
        }
        let (_, _, ours) = self.digest_at(partner, Some(cut), theirs.instant_ms)?;
        let row = DigestRow {
            partner: partner.clone(),
            out_size: cut.out,
            in_size: cut.inn,
            at_ms: theirs.instant_ms,
            ours,
            theirs: Some(theirs.digest.0),
        };
        let differs = ours != theirs.digest.0;
        self.inner.store.update("their_digest", move |tx| {
            tx.put_digest(&row)?;
            Ok::<_, AppError>(tx.prune_digests(&row.partner, DIGESTS_KEPT)?)
        })?;
        if differs {
            let mut evidence = ours.to_vec();
            evidence.extend_from_slice(&theirs.digest.0);
            self.keep_evidence(partner, "ledgers-differ", evidence)?;
        }
        self.changed(Change {
            position: 0,
            dossier: None,
        });
        Ok(())
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

fn day_key(partner: &NodeName, now: entente_core::instant::Instant) -> String {
    format!("received/{partner}/{}", now.0.div_euclid(86_400_000))
}

fn counted(tx: &dyn Read, day: &str) -> Result<u64> {
    Ok(number(tx, day)?.unwrap_or(0))
}

/// Counts leaves received on a day of UTC, for the charter's quota.
fn count_today(
    tx: &mut dyn Write,
    partner: &NodeName,
    now: entente_core::instant::Instant,
    more: u64,
) -> Result<()> {
    let day = day_key(partner, now);
    let total = counted(tx.as_read(), &day)?.saturating_add(more);
    Ok(tx.set_setting(&day, &total.to_be_bytes())?)
}

fn receipted_key(partner: &NodeName) -> String {
    format!("receipted/{partner}")
}

/// How much of our register the partner holds by its own receipts.
pub(crate) fn receipted_up_to(tx: &dyn Read, partner: &NodeName) -> Result<u64> {
    Ok(number(tx, &receipted_key(partner))?.unwrap_or(0))
}

pub(crate) fn frontier(bytes: &[u8]) -> Result<Frontier> {
    if bytes.is_empty() {
        return Ok(Frontier::new());
    }
    Frontier::decode(bytes).map_err(|_| AppError::Bug("stored frontier"))
}

/// Interior nodes are kept; a leaf's hash is made from the leaf itself when it is wanted.
pub(crate) fn keep_node(
    nodes: &mut Vec<(u8, u64, [u8; 32])>,
    subtree: &entente_proof::merkle::Subtree,
) {
    if subtree.level > 0 {
        nodes.push((subtree.level, subtree.index, subtree.hash.0));
    }
}

fn stored_node(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    level: u8,
    index: u64,
) -> Result<Option<Digest>> {
    if level > 0 {
        return Ok(tx.tree_node(partner, direction, level, index)?.map(Digest));
    }
    let leaf = tx.leaves(partner, direction, index, 1)?.into_iter().next();
    Ok(leaf.map(|l| entente_proof::merkle::leaf_hash(&l.leaf)))
}

pub(crate) fn look_up(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    level: u8,
    index: u64,
    failed: &std::cell::RefCell<Option<AppError>>,
) -> Option<Digest> {
    stored_node(tx, partner, direction, level, index).unwrap_or_else(|error| {
        failed.borrow_mut().get_or_insert(error);
        None
    })
}

/// Root of a register at an earlier or its present size, from stored tree nodes.
pub(crate) fn tree_root(
    tx: &dyn Read,
    partner: &NodeName,
    direction: Direction,
    size: u64,
) -> Result<Option<Digest>> {
    let failed = std::cell::RefCell::new(None);
    let lookup = |level: u8, index: u64| look_up(tx, partner, direction, level, index, &failed);
    let root = root_from(size, &lookup);
    failed.into_inner().map_or(Ok(root.ok()), Err)
}
