//! The link's driver: joins the sans-I/O session with the store, under a lease (rules 1, 5, 14).
//!
//! Only the driver gives positions and signs. Whatever it signs is durable before a byte of it leaves. It is synchronous: bytes
//! and time in, actions out; the caller owns the socket.

use crate::App;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::keys::{their_keys, their_newest};
use crate::restart::RestartFault;
use crate::tree::frontier;
use entente_core::ids::NodeName;
use entente_link::frame::LedgerDigest;
use entente_link::{Config, HeldRegister, Input, KeyHistory, OwnRegister, PRESENCE, Role, Session};
use entente_proof::card::verify_card;
use entente_proof::digest::{Digest, sha256};
use entente_proof::presence::Binding;
use entente_store::{Direction, StoreExt};
use std::collections::{BTreeMap, VecDeque};

mod serve;

/// How long a lease lasts without being renewed, in milliseconds.
pub(crate) const LEASE_MS: i64 = 6_000;
/// A lease is renewed this long before it ends, in milliseconds.
const RENEW_MS: i64 = 4_000;
/// Ledgers are compared at most this often, in milliseconds.
const DIGEST_EVERY_MS: i64 = 2_000;
/// A file that could not be had is asked for again after this long, in milliseconds, or when our clock was set.
const FILES_AGAIN_MS: i64 = 10_000;
/// Portions of what waited, or was made stale by a flag, that are worked on one tick.
const PORTIONS_A_TICK: u32 = 4;
/// A session this old makes way for one that asks for owed bodies, in milliseconds.
const OWED_SESSION_MS: i64 = 3_600_000;

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
    /// How much the partner had when the session opened.
    peer_size: u64,
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
    /// Takes the lease on the link and starts a session on a connection whose TLS key is the pinned one; `binding` is what this
    /// connection alone has.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner, [`AppError::Link`] when the link was stopped by an alarm or cut by people, or
    /// another process holds its lease.
    pub fn start(
        app: &App,
        partner: &NodeName,
        (role, binding): (Role, Binding),
    ) -> Result<(Self, Vec<Action>)> {
        app.refuse_cut(partner)?;
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
            peer_size: 0,
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
        let actions = driver.run(Input::Connected {
            role,
            binding: Some(binding),
        });
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
            if let Err(error) = self.app.refuse_proposed_now(&self.partner) {
                return self.fail(&error, actions);
            }
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
                    let error = AppError::Link(LinkFault::TakenOver);
                    return self.fail(&error, actions);
                }
                Err(error) => return self.fail(&error, actions),
            }
        }
        let settled = self.app.settle_some(PORTIONS_A_TICK);
        if let Err(error) = settled.and_then(|()| self.app.refold_some(PORTIONS_A_TICK)) {
            return self.fail(&error, actions);
        }
        // Before anything leaves: the link may have been cut since the last tick.
        actions.extend(self.obey_people());
        if !self.closed {
            actions.extend(self.pump());
        }
        // What seldom changes is looked at as often as the lease is renewed, not with every tick.
        if !self.closed && self.established && (renews || self.told_card.is_none()) {
            match self.seldom() {
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

    /// What seldom changes. A session that is up for long is heard too, should another partner prove meanwhile that we lost something.
    fn seldom(&mut self) -> Result<Vec<Input>> {
        self.app.heard(&self.partner, self.peer_size)?;
        self.tell_card()
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

    /// Ends the session if people cut the link. Else tells our flag of suspension as it stands, when it changed; and files that could not
    /// be had are asked for again.
    fn obey_people(&mut self) -> Vec<Action> {
        let (app, partner) = (&self.app, &self.partner);
        let said = app.inner.store.view("people", |tx| {
            let cut = app.cut_since_in(tx, partner)?.is_some();
            Ok::<_, AppError>((cut, app.flags_up(tx, partner)?))
        });
        match said {
            Ok((true, _)) => self.run(Input::Close),
            Ok((false, (ours, theirs))) => {
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
            match self.append_waiting() {
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

    /// After a restore our register goes on only behind what the partner has to say: among it may be its word on what we lost.
    fn append_waiting(&self) -> Result<Option<u64>> {
        match self.app.must_hear(&self.partner)? {
            true => Ok(None),
            false => self.app.append_outbox(&self.partner, self.epoch),
        }
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

impl App {
    pub(crate) fn session_config(&self, partner: &NodeName) -> Result<Config> {
        let own_card = self.card_digest()?;
        self.inner.store.view("session", |tx| {
            let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
            if row.stopped {
                return Err(LinkFault::Stopped.into());
            }
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            let theirs = their_keys(tx, partner)?;
            self.refuse_proposed(tx, partner)?;
            let (own_keys, own_ring) = (self.our_keys(tx, partner)?.history(), self.every_key(tx)?);
            // A register whose key is lost says nothing until both agreed that it begins again.
            if !own_ring.contains(own_keys.newest()) {
                return Err(AppError::KeyMissing);
            }
            let peer_newest = their_newest(&card, &theirs);
            let peer_refused = self.refused_keys(tx, partner, &peer_newest)?;
            // Nor one whose key ours does not follow from: no partner could believe the proof of it.
            if !self.follows(tx, own_keys.newest())? {
                return Err(RestartFault::NewKey.into());
            }
            let out = tx.register(partner, Direction::Out)?;
            let held = tx.register(partner, Direction::In)?;
            let own_frontier = frontier(&out.frontier)?;
            let cosignature = tx
                .checkpoint(partner, Direction::In, held.size)?
                .filter(|c| !c.cosignature.is_empty());
            let cosignature = match cosignature {
                Some(signed) => self.known_there(tx, partner, signed)?,
                None => None,
            };
            Ok(Config {
                node: self.inner.me.to_string(),
                peer: partner.to_string(),
                own_generation: out.generation,
                peer_generation: held.generation,
                versions: self.inner.wire.clone(),
                own_keys,
                own_ring,
                peer_newest,
                peer_refused,
                peer_proves: [&self.inner.wire, &card.versions]
                    .iter()
                    .all(|known| known.iter().any(|version| *version >= PRESENCE)),
                // Of a register that still has to begin, the card says which keys may have signed it; of one that begins again, both sides.
                peer_keys: match (held.generation, held.size) {
                    (0, 0) => {
                        KeyHistory::of_chain(card.signing_key, &card.keys().unwrap_or_default())
                    }
                    _ => theirs.history(),
                },
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
}
