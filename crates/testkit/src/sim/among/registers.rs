//! Registers that fork among several states and begin again (rule 15): what people do about it as events, and how they bring it to an end.
//!
//! Honest nodes fork themselves when one that was restored is opened without hearing its partners, and packs for a courier; and somebody
//! may have a node's key. Whatever
//! stopped a link by that, its coordinators let the register begin again; also where nothing is wrong they may.

use super::super::among_check::generation;
use super::{Among, Step, exchange_cards};
use crate::liar::{Liar, commit, header_between};
use crate::node::{Said, TestNode, Writing, service};
use entente_app::restart::{RestartFault, RestartStep, RestartView};
use entente_app::{Actor, AppError, Clock as _, NewOfficer};
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_link::Evidence;
use entente_proof::beginning::Ground;
use entente_proof::checkpoint::origin;
use entente_store::Direction;

/// Longer than a lease, in milliseconds: whoever drove a link no longer does.
const LEASE_MS: i64 = 10_000;
/// Rounds in which whatever is wrong between two nodes is found out.
const FOUND_OUT: usize = 20;
/// Registers that begin again at the end, at most.
const MOST: usize = 40;

/// Who speaks for the cooperation.
const COORDINATOR: &str = "coordinator";

/// The file of a proposal or of an answer on its way: from whom, to whom.
pub(super) type Paper = (usize, usize, String);

impl Among {
    /// The disk of a node is lost, and nobody waits for its partners: it is opened alone, writes, and packs for one of them.
    pub(super) fn alone(&mut self, at: usize, to: usize) -> Step {
        if !self.backups.contains_key(&at) {
            return Ok(());
        }
        self.restore(at)?;
        let node = &self.many.nodes[at];
        (node.app.open_alone("simulated")).map_err(|e| format!("{} alone: {e}", node.name))?;
        self.watch.alone(&self.many, at)?;
        self.tally.alone += 1;
        let terms = node.look(|tx| tx.terms_with(&self.many.nodes[to].name));
        if let Some(terms) = terms.map_err(|e| e.to_string())? {
            let note = Writing::on(terms.dossier, &[("text", "simulated")]);
            self.record(at, "note", &note, None)?;
        }
        self.pack(at, to)
    }

    /// Somebody with a node's key tells a partner, over a connection of its own, what the node never wrote.
    pub(super) fn steal(&mut self, at: usize, to: usize) -> Step {
        self.hang_up(at, to);
        let (owner, victim) = (&self.many.nodes[at], &self.many.nodes[to]);
        let began = generation(victim, owner, Direction::In)? > 0;
        let terms = victim.look(|tx| tx.terms_with(&owner.name));
        let terms = terms.map_err(|e| e.to_string())?;
        // The liar shows a card of its first key alone.
        let first = self.tally.rotated + self.tally.lost_keys == 0;
        let usable = !began && first && self.is_running(to);
        let Some(terms) = terms.filter(|_| usable) else {
            return Ok(());
        };
        victim.disk.spare();
        let mut liar = Liar::between(owner, victim);
        let held = liar.size();
        let ends = (owner, victim);
        let mut header = header_between(ends, terms.dossier, "note", self.many.time.now());
        let (salt, body) = ([3; 16], b"\xa0");
        commit(&mut header, &salt, body);
        liar.push(&header, salt, body);
        match liar.visit(victim) {
            Err(error) => return self.no_restart(to, "a visit", error),
            // Not believed.
            Ok(visit) if !visit.is_open() => return Ok(()),
            Ok(mut visit) => visit.say(&liar.batch(held, liar.size())),
        }
        self.tally.stolen += 1;
        // It may take for its own what its partner shows under its key, and itself for restored.
        if self.restored[to] {
            // Told by a thief that its partner holds nothing of it, it signs over what it lost.
            self.watch.alone(&self.many, to)?;
        }
        self.restored[at] = true;
        self.watch.alone(&self.many, at)
    }

    /// The secret of a node's newest signing key is lost: its process starts with another, which each of its registers has to begin with.
    pub(super) fn lose_key(&mut self, at: usize) -> Step {
        if !self.is_running(at) || self.restored[at] {
            return Ok(());
        }
        self.kill(at, true);
        // What was proposed with the lost key was proposed before.
        self.many.time.advance(1);
        self.down[at] = false;
        self.many.nodes[at].disk.spare();
        match self.many.nodes[at].restart_with_new_key("simulated") {
            Ok(()) => {}
            // It had as many as a proof carries.
            Err(AppError::Input(_)) => {
                self.down[at] = true;
                return self.start(at);
            }
            Err(error) => {
                return Err(format!(
                    "another key for {}: {error}",
                    self.many.nodes[at].name
                ));
            }
        }
        self.tally.lost_keys += 1;
        self.lost_keys.insert(at, self.many.nodes[at].clock.now());
        self.without_key(at);
        Ok(())
    }

    /// The registers of a node that lost its key have to begin again; of one that was restored, whichever had.
    pub(super) fn without_key(&mut self, at: usize) {
        if self.lost_keys.contains_key(&at) {
            let others = (0..self.many.nodes.len()).filter(|to| *to != at);
            self.keyless.extend(others.map(|to| (at, to)));
        }
    }

    /// A register began again; whether with the key in the place of the lost one, is told by when it was proposed.
    fn began(&mut self, (owner, partner): (usize, usize)) {
        self.tally.begun += 1;
        let (node, other) = (&self.many.nodes[owner], &self.many.nodes[partner].name);
        let newest = node.app.restarts(other).ok();
        let newest =
            newest.and_then(|(all, _)| all.into_iter().find(|view| view.owner == node.name));
        let lost = self.lost_keys.get(&owner);
        if newest.is_some_and(|view| lost.is_none_or(|lost| view.proposed >= *lost)) {
            self.keyless.remove(&(owner, partner));
        }
    }

    /// Why a register is to begin again.
    fn ground(&self, register: (usize, usize)) -> Ground {
        match self.keyless.contains(&register) {
            true => Ground::KeyLost,
            false => Ground::Fork,
        }
    }

    /// A node proposes that its register towards another begins again.
    pub(super) fn propose(&mut self, at: usize, to: usize) -> Step {
        if !self.is_running(at) {
            return Ok(());
        }
        // What a broken write says did not happen may have happened.
        self.tally.proposed += 1;
        let ground = self.ground((at, to));
        match proposal(&self.many.nodes[at], &self.many.nodes[to], ground) {
            Ok(text) => {
                self.desk.push((at, to, text));
                Ok(())
            }
            Err(error) => self.no_restart(at, "proposing", error),
        }
    }

    /// A node takes its proposal back.
    pub(super) fn withdraw(&mut self, at: usize, to: usize) -> Step {
        if !self.is_running(at) {
            return Ok(());
        }
        let (node, partner) = (&self.many.nodes[at], &self.many.nodes[to].name);
        let coordinator = coordinator(node);
        match coordinator.and_then(|actor| node.app.withdraw_restart(&actor, partner)) {
            Ok(()) => {
                self.many.wake(at);
                Ok(())
            }
            Err(error) => self.no_restart(at, "withdrawing", error),
        }
    }

    /// People take a paper at whom it is for: they accept, or conclude.
    pub(super) fn sign(&mut self, pick: u8, again: bool) -> Step {
        if self.desk.is_empty() {
            return Ok(());
        }
        let place = usize::from(pick) % self.desk.len();
        let (from, to, text) = match again {
            true => self.desk[place].clone(),
            false => self.desk.swap_remove(place),
        };
        if !self.is_running(to) {
            return Ok(());
        }
        match taken(&self.many.nodes[to], &text) {
            Ok(step) => {
                self.took((from, to), step);
                Ok(())
            }
            Err(error) => self.no_restart(to, "signing", error),
        }
    }

    /// What a step led to.
    fn took(&mut self, (from, to): (usize, usize), step: RestartStep) {
        if let RestartStep::Answer(answer) | RestartStep::Next(answer) = step {
            self.desk.push((to, from, answer));
        } else {
            self.began((to, from));
        }
        self.many.wake(to);
    }

    /// A restart may be refused at any time; what is a bug stays one.
    fn no_restart(&self, at: usize, what: &str, error: AppError) -> Step {
        match error {
            AppError::Restart(_) | AppError::Link(_) | AppError::Input(_) => Ok(()),
            AppError::Store(_) if self.just_broke(at) => Ok(()),
            error => Err(format!("{what} at {}: {error}", self.many.nodes[at].name)),
        }
    }

    /// At the end coordinators see to every register that is forked, or in two generations, or for which something is still proposed.
    pub(super) fn agree_on_registers(&mut self) -> Step {
        for _ in 0..MOST {
            for _ in 0..FOUND_OUT {
                self.many.round();
            }
            // Which registers have one history again is seen here.
            self.tally.compared += self.watch.step(&self.many, 1)?;
            let Some((owner, partner)) = self.to_begin_again()? else {
                return Ok(());
            };
            self.begin_again(owner, partner)?;
        }
        Err("rule 15: registers begin again and again".into())
    }

    fn begin_again(&mut self, owner: usize, partner: usize) -> Step {
        let names = [owner, partner].map(|at| self.many.nodes[at].name.clone());
        let failed =
            |what: &str, e: AppError| format!("rule 15: {what} between {names:?}, at the end: {e}");
        // One after the other: the partner's own proposal towards us waits.
        let (node, other) = (&self.many.nodes[partner], &self.many.nodes[owner].name);
        let actor = coordinator(node);
        let actor = actor.map_err(|e| failed("a coordinator", e))?;
        match node.app.withdraw_restart(&actor, other) {
            Ok(()) | Err(AppError::Restart(RestartFault::NotProposed)) => {}
            Err(error) => return Err(failed("withdrawing", error)),
        }
        let [ours, theirs] = [owner, partner].map(|at| &self.many.nodes[at]);
        // Whoever was restored may not know the other's newest key.
        // Whose key is lost shows its card with what it proposes.
        if !self.keyless.contains(&(partner, owner)) {
            exchange_cards(ours, theirs)?;
        }
        if !self.keyless.contains(&(owner, partner)) {
            exchange_cards(theirs, ours)?;
        }
        let held = generation(theirs, ours, Direction::In)?;
        // What follows another beginning follows from the owner's.
        if differ(ours, theirs)? {
            return self.agree_again(owner, partner, held - 1);
        }
        if held < generation(ours, theirs, Direction::Out)? {
            return self.agree_again(owner, partner, held);
        }
        let ground = self.ground((owner, partner));
        let paper = match proposal(ours, theirs, ground) {
            // It began with the new key before its disk was lost.
            Err(AppError::Restart(RestartFault::SameKey)) => {
                self.keyless.remove(&(owner, partner));
                return Ok(());
            }
            paper => paper.map_err(|e| failed("proposing", e))?,
        };
        self.hang_up(owner, partner);
        let answer = taken(&self.many.nodes[partner], &paper);
        let RestartStep::Answer(answer) = answer.map_err(|e| failed("accepting", e))? else {
            return Err("rule 15: a proposal was concluded".into());
        };
        self.hang_up(owner, partner);
        taken(&self.many.nodes[owner], &answer).map_err(|e| failed("concluding", e))?;
        self.began((owner, partner));
        self.hang_up(owner, partner);
        Ok(())
    }

    /// The partner was restored to before it accepted, or accepted once more since: it takes again what both signed, with what else it lost.
    fn agree_again(&mut self, owner: usize, partner: usize, ended: u32) -> Step {
        self.hang_up(owner, partner);
        let [ours, theirs] = [owner, partner].map(|at| &self.many.nodes[at]);
        let failed = |e: AppError| {
            format!(
                "rule 15: {} agreeing again with {}: {e}",
                theirs.name, ours.name
            )
        };
        let mut from = None;
        for _ in 0..MOST {
            let file = coordinator(ours)
                .and_then(|actor| ours.app.agreed_file(&actor, &theirs.name, ended, from));
            match taken(theirs, &file.map_err(failed)?) {
                Ok(RestartStep::Again) => {
                    self.tally.begun += 1;
                    self.hang_up(owner, partner);
                    return Ok(());
                }
                Ok(RestartStep::More { held })
                | Err(AppError::Restart(RestartFault::HeldLess { held }))
                    if from != Some(held) =>
                {
                    from = Some(held);
                }
                Ok(step) => return Err(format!("rule 15: what was agreed brings {step:?}")),
                Err(error) => return Err(failed(error)),
            }
            self.many.time.advance(LEASE_MS);
        }
        Err("rule 15: what was agreed never comes".into())
    }

    pub(super) fn hang_up(&mut self, one: usize, other: usize) {
        let way = (one.min(other), one.max(other));
        self.many.on_way(way, |wire, _| wire.tear(true));
        self.many.time.advance(LEASE_MS);
    }

    /// The owner and the partner of a register that cannot go on as it is.
    fn to_begin_again(&self) -> Result<Option<(usize, usize)>, String> {
        let count = self.many.nodes.len();
        let pairs = (0..count).flat_map(|owner| (0..count).map(move |partner| (owner, partner)));
        for (owner, partner) in pairs.filter(|(owner, partner)| owner != partner) {
            let (ours, theirs) = (&self.many.nodes[owner], &self.many.nodes[partner]);
            let waits = ours
                .app
                .restarts(&theirs.name)
                .map_err(|e| e.to_string())?
                .1;
            let parted = generation(ours, theirs, Direction::Out)?
                != generation(theirs, ours, Direction::In)?
                || differ(ours, theirs)?;
            if waits.is_some() || parted {
                return Ok(Some((owner, partner)));
            }
        }
        if let Some(register) = self.keyless.first() {
            return Ok(Some(*register));
        }
        for (low, high) in self.many.wires.keys().copied() {
            let (one, other) = (&self.many.nodes[low], &self.many.nodes[high]);
            let stopped = |node: &TestNode, partner: &TestNode| {
                let said = node.app.is_stopped(&partner.name);
                said.map_err(|e| e.to_string())
            };
            if stopped(one, other)? || stopped(other, one)? {
                return match forked(one, other)? {
                    true => Ok(Some((low, high))),
                    false => Ok(Some((high, low))),
                };
            }
        }
        // Two branches that change the key at different places do not even understand each other's signatures: that proves nothing, stops
        // nothing, and people see that the link comes up no more.
        for ((low, high), wire) in &self.many.wires {
            if !(wire.is_up(0) && wire.is_up(1)) {
                let ways = [(*low, *high), (*high, *low)];
                let forked = ways.into_iter().find(|way| !self.watch.one_history(*way));
                if forked.is_some() {
                    return Ok(forked);
                }
            }
        }
        Ok(None)
    }
}

/// Whether a register began with one agreement by its owner's word and with another by its partner's, and nothing is in it there.
fn differ(owner: &TestNode, partner: &TestNode) -> Result<bool, String> {
    let held = partner.look(|tx| tx.register(&owner.name, Direction::In));
    let held = held.map_err(|e| e.to_string())?;
    let newest = |node: &TestNode, other: &TestNode| {
        let all = node.app.restarts(&other.name).map_err(|e| e.to_string())?.0;
        let of =
            |view: &RestartView| view.owner == owner.name && view.generation + 1 == held.generation;
        Ok::<_, String>(all.into_iter().find(of))
    };
    let agreed = newest(owner, partner)?.zip(newest(partner, owner)?);
    Ok(held.size == 0 && agreed.is_some_and(|(ours, theirs)| ours != theirs))
}

/// The node's coordinator, who is there from the first time on that one is needed.
fn coordinator(node: &TestNode) -> Said<Actor> {
    match node.app.coordinator(COORDINATOR) {
        Err(AppError::NotFound) => {
            node.app.add_officer(NewOfficer {
                id: COORDINATOR.into(),
                name: "Lina Fictive".into(),
                services: vec![service(&node.name, "coordination")],
                roles: vec![Role::Coordinator],
                password: None,
                lang: Lang::Fr,
            })?;
            node.app.coordinator(COORDINATOR)
        }
        said => said,
    }
}

fn proposal(owner: &TestNode, partner: &TestNode, ground: Ground) -> Said<String> {
    let actor = coordinator(owner)?;
    let app = &owner.app;
    app.propose_restart(&actor, &partner.name, ground)
}

/// People take a paper, after they read its fingerprint aloud to each other.
fn taken(node: &TestNode, text: &str) -> Said<RestartStep> {
    let print = node.app.read_restart(text)?.fingerprint;
    let actor = coordinator(node)?;
    let app = &node.app;
    app.accept_restart(&actor, text, &print.unwrap_or_default())
}

/// Whether it is the register of the first that the newest proof between two nodes is about; what is no proof of two signatures is kept
/// against its owner.
fn forked(one: &TestNode, other: &TestNode) -> Result<bool, String> {
    let mut newest = (i64::MIN, true);
    for (holder, partner) in [(one, other), (other, one)] {
        let rows = holder.look(|tx| tx.evidence(&partner.name, 200));
        for row in rows.map_err(|e| e.to_string())?.iter().filter(|r| r.stops) {
            let of_one = match Evidence::decode(&row.evidence) {
                Ok(Evidence::Fork { register, .. } | Evidence::Rollback { register, .. }) => {
                    let ours = |g| origin(one.name.as_str(), other.name.as_str(), g);
                    (0..=u32::try_from(MOST).unwrap_or(u32::MAX)).any(|g| ours(g) == register)
                }
                _ if row.what == "own-register-behind" => holder.name == one.name,
                _ => partner.name == one.name,
            };
            let decides = ["fork", "rollback", "own-register-behind"].contains(&row.what.as_str());
            if decides && row.at_ms >= newest.0 {
                newest = (row.at_ms, of_one);
            }
        }
    }
    Ok(newest.1)
}
