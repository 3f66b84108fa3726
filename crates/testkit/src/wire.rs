//! The way between two nodes: connections with a queue of bytes in each direction, which may be cut, torn, doubled and bent.
//!
//! A node runs at most one driver; which of two connections it keeps is decided as in a real node (rule 14): a newer one starts
//! its session only once the older one has ended.

use crate::node::TestNode;
use entente_app::{Action, AppError, Event, LinkDriver};
use entente_link::survivor::{Contender, Verdict, survivor};
use entente_link::{Role, frame::FrameType};
use entente_proof::card::Fingerprint;
use entente_proof::digest::{Digest, sha256};
use entente_proof::presence::Binding;
use std::collections::{BTreeMap, VecDeque};

/// How long an older connection that should survive may take for its hello, in milliseconds: as in a real node.
const HELLO_MS: i64 = 3_000;
/// Frames kept per direction, for replays.
const KEPT: usize = 64;

/// One end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nobody accepted it yet; waiting since.
    Waiting(i64),
    /// A driver runs on it.
    Up,
    /// Closed, knowingly.
    Down,
}

struct Conn {
    dialler: usize,
    ends: [End; 2],
    to: [VecDeque<u8>; 2],
}

struct Slot {
    conn: u64,
    role: Role,
    driver: LinkDriver,
    paused: bool,
}

/// The two nodes at the ends of a way.
pub trait Ends {
    /// The node of a side, 0 or 1.
    fn end(&self, side: usize) -> &TestNode;
}

impl Ends for [TestNode; 2] {
    fn end(&self, side: usize) -> &TestNode {
        &self[side]
    }
}

impl Ends for [&TestNode; 2] {
    fn end(&self, side: usize) -> &TestNode {
        self[side]
    }
}

/// All connections between nodes 0 and 1.
#[derive(Default)]
pub struct Wire {
    conns: BTreeMap<u64, Conn>,
    slots: [Option<Slot>; 2],
    next: u64,
    /// Which of its own keys, and which of the other's, a side tries when it dials next, as a real node does.
    tried: [[usize; 2]; 2],
    sent: [VecDeque<Vec<u8>>; 2],
    /// Why connections ended, oldest first: side and reason.
    pub reasons: Vec<(usize, String)>,
}

impl Wire {
    /// Whether a session is up on this side.
    #[must_use]
    pub fn is_up(&self, side: usize) -> bool {
        self.slots[side]
            .as_ref()
            .is_some_and(|s| s.driver.is_established())
    }

    /// Whether this side runs a driver.
    #[must_use]
    pub fn has_driver(&self, side: usize) -> bool {
        self.slots[side].is_some()
    }

    /// Bytes on their way to a side over its present connection.
    #[must_use]
    pub fn waiting(&self, side: usize) -> usize {
        self.slots[side]
            .as_ref()
            .and_then(|s| self.conns.get(&s.conn))
            .map_or(0, |c| c.to[side].len())
    }

    /// Whether bytes are on their way anywhere.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.conns
            .values()
            .all(|c| c.to.iter().all(VecDeque::is_empty))
    }

    /// Dials from a side that has no driver.
    ///
    /// # Errors
    /// What [`LinkDriver::start`] says: the lease is held, the link was stopped, the disk failed. A TLS end whose key is not known is no
    /// error: nothing is connected, and the next time another key is tried.
    pub fn dial(&mut self, nodes: &impl Ends, side: usize) -> Result<(), AppError> {
        if self.slots[side].is_some() || nodes.end(side).disk.is_dead() {
            return Ok(());
        }
        if !self.shakes(nodes, side)? {
            return Ok(());
        }
        let id = self.next;
        self.next += 1;
        let now = nodes.end(side).app.now().0;
        let mut ends = [End::Waiting(now); 2];
        ends[side] = End::Up;
        self.conns.insert(
            id,
            Conn {
                dialler: side,
                ends,
                to: [VecDeque::new(), VecDeque::new()],
            },
        );
        let started = self.start(nodes, side, id, Role::Dialled);
        if started.is_err() {
            self.conns.remove(&id);
        }
        started
    }

    /// Whether the TLS ends take each other's keys: what the dialler is shown, and what it shows.
    fn shakes(&mut self, nodes: &impl Ends, side: usize) -> Result<bool, AppError> {
        let (ours, theirs) = (nodes.end(side), nodes.end(1 - side));
        let [own, other] = &mut self.tried[side];
        let shown = |node: &TestNode, place: usize| {
            let keys = node.app.tls_ends()?;
            Ok::<_, AppError>(keys[place % keys.len()])
        };
        let (dials, answers) = (shown(ours, *own)?, shown(theirs, *other)?);
        if !ours.app.tls_accepted(&theirs.name)?.contains(&answers) {
            *other += 1;
            return Ok(false);
        }
        if !theirs.app.tls_accepted(&ours.name)?.contains(&dials) {
            *own += 1;
            return Ok(false);
        }
        self.tried[side] = [0, 0];
        ours.app.saw_tls_key(&theirs.name, &answers)?;
        theirs.app.saw_tls_key(&ours.name, &dials)?;
        Ok(true)
    }

    fn start(
        &mut self,
        nodes: &impl Ends,
        side: usize,
        conn: u64,
        role: Role,
    ) -> Result<(), AppError> {
        let partner = &nodes.end(1 - side).name;
        let line = (role, binding(conn));
        let (driver, actions) = LinkDriver::start(&nodes.end(side).app, partner, line)?;
        self.slots[side] = Some(Slot {
            conn,
            role,
            driver,
            paused: false,
        });
        self.act(side, actions);
        Ok(())
    }

    /// Lets every side accept what was dialled to it, by the rule of survival.
    pub fn accept(&mut self, nodes: &impl Ends) {
        let waiting: Vec<(u64, usize, i64)> = self
            .conns
            .iter()
            .filter_map(|(id, c)| waiting_at(c).map(|(s, t)| (*id, s, t)))
            .collect();
        for (id, side, since) in waiting {
            if nodes.end(side).disk.is_dead() {
                continue;
            }
            if !self.admits(nodes, side, since) {
                continue;
            }
            if self.slots[side].is_some() || self.start(nodes, side, id, Role::Accepted).is_err() {
                // Refused: the dialler finds its connection closed.
                self.close_end(id, side);
                continue;
            }
            if let Some(conn) = self.conns.get_mut(&id) {
                conn.ends[side] = End::Up;
            }
        }
    }

    /// Whether the question is settled; the slot is free afterwards if the newer connection survives.
    fn admits(&mut self, nodes: &impl Ends, side: usize, since: i64) -> bool {
        let Some(slot) = &self.slots[side] else {
            return true;
        };
        let older = Contender {
            role: slot.role,
            hello_complete: slot.driver.has_hello(),
        };
        let newer = Contender {
            role: Role::Accepted,
            hello_complete: true,
        };
        let Some((own, peer)) = order(nodes.end(side), nodes.end(1 - side)) else {
            return false;
        };
        match survivor(&own, &peer, older, newer) {
            Verdict::KeepOlder => true,
            Verdict::KeepBoth if nodes.end(side).app.now().0 - since < HELLO_MS => false,
            Verdict::KeepBoth | Verdict::KeepNewer => {
                self.hang_up(side);
                true
            }
        }
    }

    /// A side closes its present connection; the other finds out once it has read what was sent.
    pub fn hang_up(&mut self, side: usize) {
        if let Some(mut slot) = self.slots[side].take() {
            let id = slot.conn;
            let actions = slot.driver.handle(Event::Disconnected);
            self.note(side, &actions);
            self.close_end(id, side);
        }
    }

    fn close_end(&mut self, id: u64, side: usize) {
        if let Some(conn) = self.conns.get_mut(&id) {
            conn.ends[side] = End::Down;
            conn.to[side].clear();
        }
        self.sweep();
    }

    /// Connections on which nobody runs or waits are gone.
    fn sweep(&mut self) {
        let used: Vec<u64> = self.slots.iter().flatten().map(|s| s.conn).collect();
        self.conns
            .retain(|id, c| used.contains(id) || waiting_at(c).is_some());
    }

    /// The process of a side dies: its end vanishes without a word. The other side is told only if `reset`.
    pub fn die(&mut self, side: usize, reset: bool) {
        let Some(slot) = self.slots[side].take() else {
            return;
        };
        let id = slot.conn;
        drop(slot);
        if let Some(conn) = self.conns.get_mut(&id) {
            conn.ends[side] = End::Down;
            conn.to = [VecDeque::new(), VecDeque::new()];
            if !reset {
                // Half open: the other side talks into the void until its patience ends.
                conn.ends[side] = End::Up;
            }
        }
        self.sweep();
    }

    /// The connection breaks. Bytes under way are lost to both, if `lose`; each side finds out when it has read the rest.
    pub fn tear(&mut self, lose: bool) {
        for conn in self.conns.values_mut() {
            if lose {
                conn.to = [VecDeque::new(), VecDeque::new()];
            }
        }
        for side in 0..2 {
            if lose {
                self.hang_up(side);
            } else if self.slots[side].is_some() {
                self.read(side, usize::MAX);
                self.hang_up(side);
            }
        }
        self.conns.clear();
    }

    /// Gives a side up to so many bytes; how many it took.
    pub fn read(&mut self, side: usize, max: usize) -> usize {
        let Some(slot) = &mut self.slots[side] else {
            return 0;
        };
        if slot.paused {
            return 0;
        }
        let id = slot.conn;
        let Some(conn) = self.conns.get_mut(&id) else {
            self.hang_up(side);
            return 0;
        };
        let count = max.min(conn.to[side].len());
        if count == 0 {
            if conn.ends[1 - side] == End::Down {
                self.hang_up(side);
            }
            return 0;
        }
        let bytes: Vec<u8> = conn.to[side].drain(..count).collect();
        let actions = slot.driver.handle(Event::Bytes(bytes));
        self.act(side, actions);
        count
    }

    /// Tells a side that something was queued.
    pub fn wake(&mut self, side: usize) {
        self.event(side, Event::Wake);
    }

    /// Lets a side see its clock.
    pub fn tick(&mut self, side: usize) {
        self.event(side, Event::Tick);
    }

    fn event(&mut self, side: usize, event: Event) {
        let Some(slot) = &mut self.slots[side] else {
            return;
        };
        let actions = slot.driver.handle(event);
        self.act(side, actions);
    }

    fn note(&mut self, side: usize, actions: &[Action]) {
        let reasons = actions.iter().filter_map(|a| {
            if let Action::Close(why) = a {
                Some((side, why.clone()))
            } else {
                None
            }
        });
        self.reasons.extend(reasons);
    }

    fn act(&mut self, side: usize, actions: Vec<Action>) {
        self.note(side, &actions);
        let mut closed = false;
        for action in actions {
            let Some(slot) = &mut self.slots[side] else {
                return;
            };
            match action {
                Action::Send(bytes) => {
                    let kept = &mut self.sent[1 - side];
                    kept.push_back(bytes.clone());
                    if kept.len() > KEPT {
                        kept.pop_front();
                    }
                    if let Some(conn) = self
                        .conns
                        .get_mut(&slot.conn)
                        .filter(|c| c.ends[1 - side] != End::Down)
                    {
                        conn.to[1 - side].extend(bytes);
                    }
                }
                Action::PauseReading => slot.paused = true,
                Action::ResumeReading => slot.paused = false,
                Action::Close(_) => closed = true,
            }
        }
        if closed && let Some(slot) = self.slots[side].take() {
            self.close_end(slot.conn, side);
        }
    }

    /// Everything under way arrives, and everything that follows from it, at one instant. False if it never ends.
    pub fn deliver(&mut self, nodes: &impl Ends) -> bool {
        for _ in 0..100_000 {
            self.accept(nodes);
            let took = self.read(0, usize::MAX) + self.read(1, usize::MAX);
            let void = self.slots.iter().all(Option::is_none);
            if took == 0 && (void || self.nothing_to_read()) {
                return true;
            }
        }
        false
    }

    fn nothing_to_read(&self) -> bool {
        self.slots.iter().enumerate().all(|(side, slot)| {
            let Some(slot) = slot else { return true };
            let Some(conn) = self.conns.get(&slot.conn) else {
                return false;
            };
            slot.paused || (conn.to[side].is_empty() && conn.ends[1 - side] != End::Down)
        })
    }

    /// Bends one byte on its way to a side; false if none is under way.
    pub fn bend(&mut self, side: usize, at: usize, with: u8) -> bool {
        let Some(slot) = &self.slots[side] else {
            return false;
        };
        let Some(conn) = self.conns.get_mut(&slot.conn) else {
            return false;
        };
        let len = conn.to[side].len();
        match conn.to[side].get_mut(at % len.max(1)) {
            Some(byte) => {
                *byte ^= with.max(1);
                true
            }
            None => false,
        }
    }

    /// Whether both ends of a side's connection are up, so that the partner could send on it.
    #[must_use]
    pub fn is_joined(&self, side: usize) -> bool {
        let conn = self.slots[side]
            .as_ref()
            .and_then(|s| self.conns.get(&s.conn));
        conn.is_some_and(|c| c.ends == [End::Up; 2]) && self.is_up(side)
    }

    /// Sends raw bytes to a side, as if the partner had.
    pub fn inject(&mut self, side: usize, bytes: &[u8]) -> bool {
        if !self.is_joined(side) {
            return false;
        }
        let Some(slot) = &self.slots[side] else {
            return false;
        };
        let Some(conn) = self.conns.get_mut(&slot.conn) else {
            return false;
        };
        conn.to[side].extend(bytes);
        true
    }

    /// How many connections there are.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.conns.len()
    }

    /// Who dialled the connection that a side runs on.
    #[must_use]
    pub fn dialler(&self, side: usize) -> Option<usize> {
        let slot = self.slots[side].as_ref()?;
        self.conns.get(&slot.conn).map(|c| c.dialler)
    }

    /// The frames of one type that were sent to a side, oldest first.
    #[must_use]
    pub fn frames(&self, side: usize, of: FrameType) -> Vec<Vec<u8>> {
        self.sent[side]
            .iter()
            .filter(|f| f.get(4) == Some(&of.0))
            .cloned()
            .collect()
    }

    /// A whole frame that was sent to a side before, of this connection or an older one, but no hello.
    #[must_use]
    pub fn old_frame(&self, side: usize, pick: usize) -> Option<Vec<u8>> {
        let frames: Vec<&Vec<u8>> = self.sent[side]
            .iter()
            .filter(|f| f.get(4) != Some(&FrameType::HELLO.0))
            .collect();
        frames.get(pick % frames.len().max(1)).map(|f| (*f).clone())
    }
}

/// What one connection has and no other: both of its ends know it, as TLS gives it.
#[must_use]
pub fn binding(conn: u64) -> Binding {
    Binding(sha256(&conn.to_be_bytes()).0)
}

/// The end that still waits to be accepted, and since when.
fn waiting_at(conn: &Conn) -> Option<(usize, i64)> {
    let side = 1 - conn.dialler;
    match conn.ends[side] {
        End::Waiting(since) => Some((side, since)),
        End::Up | End::Down => None,
    }
}

/// By which two connections are compared, ours and the partner's, as a real node has it: it must not change while they race.
fn order(node: &TestNode, partner: &TestNode) -> Option<(Digest, Digest)> {
    let partners = node.app.partners().ok()?;
    let (_, card, ..) = partners.iter().find(|(name, ..)| *name == partner.name)?;
    let (own, peer) = node.app.link_order(&partner.name, card).ok()?;
    Some((wide(&own), wide(&peer)))
}

fn wide(print: &Fingerprint) -> Digest {
    let mut wide = [0u8; 32];
    let places = wide.iter_mut().zip(print.as_bytes());
    places.for_each(|(to, from)| *to = *from);
    Digest(wide)
}
