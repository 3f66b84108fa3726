//! What must hold among several states: after every step, and once everything was mended (rule 16).

use super::state::{Two, may_part, text, told_equal};
use super::watch::{Watch, coherent};
use crate::many::TestMany;
use crate::node::TestNode;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Span;
use entente_core::judge::Verdict;
use entente_store::{
    AttachmentState, BodyState, Direction, DossierFilter, EntryRow, ObligationRow, WAITING,
};
use std::collections::{BTreeMap, BTreeSet};

/// The generation of a register one of whose ends was restored: it has to be looked at afresh.
const UNKNOWN: u32 = u32::MAX;

/// Who wrote for whom in which dossier, and the how manieth it is: an honest author gives each number once.
type Number = (NodeName, Vec<NodeName>, DossierId, u64);

/// What was seen of all so far.
#[derive(Default)]
pub struct AmongWatch {
    /// Check everything after every step: slow, for shrinking.
    pub strict: bool,
    /// Some program was older for a time: what it could not judge it judges later.
    pub versions: bool,
    /// What must never change again.
    pub kept: Watch,
    /// Whoever was put back to a backup: its partners note it.
    restored: BTreeSet<NodeName>,
    /// Whoever was then opened without hearing its partners: it may have signed two histories, and given a number twice.
    alone: BTreeSet<NodeName>,
    /// Registers, by owner and partner, of which there may be two histories in this generation.
    forked: BTreeMap<(usize, usize), u32>,
    /// The generation in which both ends of a register were seen last; none since its owner or partner went back to a backup.
    generations: BTreeMap<(usize, usize), u32>,
    numbers: BTreeMap<Number, EntryId>,
    looked: BTreeMap<usize, u64>,
    compared: BTreeMap<(usize, usize), (Size, Size)>,
}

impl AmongWatch {
    /// Checks what can be checked at any time; how many ledgers could be compared.
    ///
    /// # Errors
    /// The invariant that is broken, by its number.
    pub fn step(&mut self, many: &TestMany, step: usize) -> Result<u64, String> {
        for (at, whom, what) in many.evidence() {
            let put_back = |node: &NodeName| self.restored.contains(node);
            let told = match what.as_str() {
                "restored" if put_back(&whom) => true,
                // Neither has it any more: noted by whoever once said that it did.
                // Whoever speaks with a stolen key of the other may say that it does not.
                "lost-by-both" => put_back(&at) && (put_back(&whom) || self.alone.contains(&whom)),
                "register-restarted" => true,
                // Whoever accepted, was restored to before that and accepted again knows the second alone.
                "other-beginning" => put_back(&at),
                what => self.excused(what, &at, &whom),
            };
            if !told {
                return Err(format!("false alarm at {at} against {whom}: {what}"));
            }
        }
        let nodes = || many.nodes.iter().enumerate();
        for (at, owner) in nodes() {
            for (to, holder) in nodes().filter(|(to, _)| *to != at) {
                if self.is_one((at, owner), (to, holder))? {
                    self.kept.register((at, owner), (to, holder))?;
                }
            }
            self.new_entries(at, owner)?;
        }
        let mut compared = 0;
        for (low, high) in many.wires.keys() {
            compared += u64::from(self.compare(many, (*low, *high), step)?);
        }
        if self.strict || step.is_multiple_of(8) {
            for (at, node) in nodes() {
                self.kept.node(at, node, self.versions)?;
                coherent(node)?;
            }
            equal_heads(many, self.alone.is_empty())?;
        }
        if self.strict || step % 40 == 39 {
            for node in many.nodes.iter().filter(|n| !n.disk.is_dead()) {
                node.check()?;
            }
        }
        Ok(compared)
    }

    /// What forked registers explain.
    fn excused(&self, what: &str, at: &NodeName, whom: &NodeName) -> bool {
        match what {
            // What does not fit may be seen from either side.
            "fork" | "rollback" | "own-register-behind" | "tampered" => {
                self.alone.contains(at) || self.alone.contains(whom)
            }
            // Whoever's key was used has less of its own register than it seems to have signed.
            "restored" | "equivocation" | "told-otherwise" => self.alone.contains(whom),
            _ => false,
        }
    }

    /// A restored node was opened without hearing its partners.
    ///
    /// # Errors
    /// Storage, in words.
    pub fn alone(&mut self, many: &TestMany, at: usize) -> Result<(), String> {
        let owner = &many.nodes[at];
        self.alone.insert(owner.name.clone());
        self.kept.shown.insert(at);
        for (to, holder) in many.nodes.iter().enumerate().filter(|(to, _)| *to != at) {
            let ours = generation(owner, holder, Direction::Out)?;
            self.forked.insert((at, to), ours);
        }
        Ok(())
    }

    /// Whether there is one history of a register, in a generation in which both its ends are.
    fn is_one(
        &mut self,
        (at, owner): (usize, &TestNode),
        (to, holder): (usize, &TestNode),
    ) -> Result<bool, String> {
        let ours = generation(owner, holder, Direction::Out)?;
        if ours != generation(holder, owner, Direction::In)? {
            return Ok(false);
        }
        let known = self.generations.insert((at, to), ours);
        if known != Some(ours) && (known, ours) != (None, 0) {
            self.kept.begin_again((at, to), known == Some(UNKNOWN));
        }
        if self
            .forked
            .get(&(at, to))
            .is_some_and(|forked| *forked < ours)
        {
            self.forked.remove(&(at, to));
        }
        Ok(self.one_history((at, to)))
    }

    /// Of what came since: nobody else's word has effect, and no author told two states different things under one number.
    fn new_entries(&mut self, at: usize, node: &TestNode) -> Result<(), String> {
        let after = self.looked.entry(at).or_default();
        let last = node.look(|tx| tx.entries_since(*after, 1_000_000));
        for row in last.map_err(text)? {
            *after = row.position;
            let Ok(header) = Header::from_bytes(&row.header) else {
                return Err(format!("{} cannot read {}", node.name, row.id));
            };
            came_itself(node, &row, &header)?;
            if self.alone.contains(&header.node()) {
                continue;
            }
            let number = (header.node(), header.audience, row.dossier, header.seq);
            let first = *self.numbers.entry(number).or_insert(row.id);
            if first != row.id {
                return Err(format!(
                    "rule 16: {} and {first} have one number, and both were told",
                    row.id
                ));
            }
        }
        Ok(())
    }

    /// A node was put back to a backup: it shows what it has from the beginning, and what nobody else has may be written anew.
    pub fn forget(&mut self, at: usize, many: &TestMany) {
        self.looked.remove(&at);
        // In which generation it is now, and what of it came before, is another question.
        for (pair, generation) in &mut self.generations {
            if *generation > 0 && (pair.0 == at || pair.1 == at) {
                *generation = UNKNOWN;
            }
        }
        self.restored.insert(many.nodes[at].name.clone());
        let somewhere = |id: EntryId| {
            many.nodes
                .iter()
                .any(|n| n.entry(id).ok().flatten().is_some())
        };
        self.numbers.retain(|_, id| somewhere(*id));
    }

    /// Whether there is one history of a register, by its owner and partner, as far as is known.
    #[must_use]
    pub fn one_history(&self, register: (usize, usize)) -> bool {
        !self.forked.contains_key(&register)
    }

    /// Both ledgers of a link, where both know the same of both registers.
    fn compare(
        &mut self,
        many: &TestMany,
        way: (usize, usize),
        step: usize,
    ) -> Result<bool, String> {
        let (one, other) = (&many.nodes[way.0], &many.nodes[way.1]);
        if one.disk.is_dead() || other.disk.is_dead() {
            return Ok(false);
        }
        let (ours, theirs) = (sizes(one, other)?, sizes(other, one)?);
        let back = (way.1, way.0);
        if ours != (theirs.1, theirs.0) || !self.one_history(way) || !self.one_history(back) {
            return Ok(false);
        }
        let fresh = self.compared.insert(way, ours) != Some(ours);
        if !fresh && !self.strict && !step.is_multiple_of(16) {
            return Ok(false);
        }
        // What is late is derived from the instant: another one each time.
        let at = many.time.now() + Span::days(i64::try_from(step % 3).unwrap_or(0) * 20);
        let evaluated = |node: &TestNode, partner: &TestNode| {
            let said = node.app.evaluates(&partner.name).map_err(text)?;
            // What an older program set aside may still wait to be judged.
            Ok::<_, String>(said && node.app.is_settled().map_err(text)?)
        };
        if !evaluated(one, other)? || !evaluated(other, one)? {
            return Ok(false);
        }
        let digest = |node: &TestNode, partner: &TestNode| {
            let said = node.app.ledger_digest_at(&partner.name, at);
            said.map(|(_, _, digest)| digest).map_err(text)
        };
        match digest(one, other)? == digest(other, one)? {
            true => Ok(true),
            false => Err(format!(
                "invariant 2: ledgers of {} and {} differ at {ours:?}",
                one.name, other.name
            )),
        }
    }
}

/// The generation in which a node has a register.
///
/// # Errors
/// Storage, in words.
pub fn generation(node: &TestNode, partner: &TestNode, side: Direction) -> Result<u32, String> {
    let head = node.look(|tx| tx.register(&partner.name, side));
    head.map(|head| head.generation).map_err(text)
}

/// How far a register goes, in which generation.
type Size = (u32, u64);

fn sizes(node: &TestNode, partner: &TestNode) -> Result<(Size, Size), String> {
    let sizes = node.look(|tx| {
        let ours = tx.register(&partner.name, Direction::Out)?;
        let theirs = tx.register(&partner.name, Direction::In)?;
        Ok((
            (ours.generation, ours.size),
            (theirs.generation, theirs.size),
        ))
    });
    sizes.map_err(text)
}

/// An entry of another that counts here came over the link with its author (invariant 5).
fn came_itself(node: &TestNode, row: &EntryRow, header: &Header) -> Result<(), String> {
    let author = header.node();
    if author == node.name || row.verdict != Verdict::Regular.number() {
        return Ok(());
    }
    let place = node.look(|tx| {
        let again = tx.register(&author, Direction::In)?.generation > 0;
        Ok((tx.leaf_place(&author, Direction::In, row.id)?, again))
    });
    match place.map_err(text)? {
        // Beyond what was agreed of a register that begins again, it is still to be told again.
        (_, true) | (Some(_), _) => Ok(()),
        (None, false) => Err(format!(
            "invariant 5: {} counts at {} and did not come from its author",
            row.id, node.name
        )),
    }
}

fn dossiers(node: &TestNode) -> Result<Vec<(DossierId, String)>, String> {
    let filter = DossierFilter {
        limit: 100_000,
        ..DossierFilter::default()
    };
    let rows = node.look(|tx| tx.dossiers(&filter)).map_err(text)?;
    Ok(rows.into_iter().map(|r| (r.id, r.nodes)).collect())
}

/// Whoever has the same heads of a dossier has the same state of it, to the byte, whatever else differs (rule 16).
///
/// Two entries of one number have another place, by the order in which they came, and no other verdict: then `places` are not compared.
fn equal_heads(many: &TestMany, places: bool) -> Result<(), String> {
    for (at, one) in many.nodes.iter().enumerate() {
        for (dossier, scope) in dossiers(one)? {
            let heads = |node: &TestNode| node.look(|tx| tx.heads(dossier, &scope, 10_000));
            let ours = heads(one).map_err(text)?;
            for other in &many.nodes[at + 1..] {
                let among = scope.split(',').any(|name| name == other.name.as_str());
                if among && !ours.is_empty() && heads(other).map_err(text)? == ours {
                    same_state((one, other), dossier, &scope, places)?;
                }
            }
        }
    }
    Ok(())
}

fn same_state(
    (one, other): (&TestNode, &TestNode),
    dossier: DossierId,
    scope: &str,
    places: bool,
) -> Result<(), String> {
    let state = |node: &TestNode| -> Result<_, String> {
        let rows = node.look(|tx| tx.entries(dossier, false, 100_000, 0));
        let rows = rows.map_err(text)?.into_iter();
        let mut entries: Vec<_> = rows
            .filter(|r| is_judged(r) && is_for(r, scope))
            .map(|r| (r.id, r.verdict, if places { r.causal } else { Vec::new() }))
            .collect();
        entries.sort();
        let config = node.look(|tx| tx.latest_config(dossier)).map_err(text)?;
        let row = node.look(|tx| tx.dossier(dossier)).map_err(text)?;
        let row = row.map(|r| (r.kind, r.purpose, r.phase, r.convenor, r.number));
        let owed: Vec<_> = node
            .obligations(Some(dossier))
            .map_err(text)?
            .iter()
            .filter(|r| r.audience == scope)
            .map(stands)
            .collect();
        Ok((entries, config.map(|c| (c.number, c.config)), row, owed))
    };
    let (ours, theirs) = (state(one)?, state(other)?);
    let what = match () {
        () if ours.0 != theirs.0 => "entries or verdicts",
        () if ours.1 != theirs.1 => "configurations",
        () if ours.2 != theirs.2 => "phases",
        () if ours.3 != theirs.3 => "obligations",
        () => return Ok(()),
    };
    Err(format!(
        "rule 16: {} and {} have the same heads of {dossier} and other {what}",
        one.name, other.name
    ))
}

fn is_judged(row: &EntryRow) -> bool {
    ![WAITING, Verdict::NotEvaluated.number()].contains(&row.verdict)
}

fn is_for(row: &EntryRow, scope: &str) -> bool {
    Header::from_bytes(&row.header).is_ok_and(|h| {
        let names: Vec<&str> = h.audience.iter().map(NodeName::as_str).collect();
        names.join(",") == scope
    })
}

/// What of an obligation does not depend on receipts.
fn stands(r: &ObligationRow) -> impl PartialEq + use<> {
    (
        r.id,
        (r.creditor.clone(), r.debtor.clone(), r.owing.clone()),
        (r.ask, r.number, r.state, r.turn, r.outcome),
    )
}

impl AmongWatch {
    /// After everything was mended: all have what is for them, once, the same, with the same times where these are theirs.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn at_the_end(&self, many: &TestMany, restored: bool) -> Result<(), String> {
        for node in &many.nodes {
            node.check()?;
            for row in node.entries().map_err(text)? {
                everywhere(many, node, &row, &self.alone)?;
            }
            for row in node.obligations(None).map_err(text)? {
                same_obligation(many, node, &row)?;
            }
            // The files of a disk that was lost come from a backup of their own.
            if !restored {
                all_files(node)?;
            }
        }
        for (low, high) in many.wires.keys() {
            agreed(&many.nodes[*low], &many.nodes[*high])?;
            agreed(&many.nodes[*high], &many.nodes[*low])?;
        }
        Ok(())
    }
}

fn everywhere(
    many: &TestMany,
    node: &TestNode,
    row: &EntryRow,
    alone: &BTreeSet<NodeName>,
) -> Result<(), String> {
    let id = row.id;
    let places = alone.is_empty();
    let header = Header::from_bytes(&row.header).map_err(text)?;
    // What a thief knew of a node may be with nobody any more once that node lost its disk: whatever is told to follow it waits for good,
    // the same everywhere, and nothing follows it (rules 3 and 16).
    // The same where two honest nodes lost their disks.
    let may_be_gone = many.files_lost || alone.contains(&header.node());
    let waits_for_good = || may_be_gone && follows_gone(many, node, &header);
    if !(is_judged(row) || waits_for_good()) {
        return Err(waits(many, node, (id, &header)));
    }
    for other in many.nodes.iter().filter(|n| n.name != node.name) {
        if !header.audience.contains(&other.name) {
            continue;
        }
        let Some(there) = other.entry(id).map_err(text)? else {
            // What waits for good at its author does not leave again for whoever lost it too.
            if !is_judged(row) {
                continue;
            }
            let (author, name) = (header.node(), &other.name);
            return Err(format!(
                "invariant 3: {id} of {author} is missing at {name}"
            ));
        };
        let placed = !places || there.causal == row.causal;
        if (&there.header, there.verdict) != (&row.header, row.verdict) || !placed {
            return Err(format!(
                "invariant 2: {id} ({}) is {} at {} and {} at {}",
                row.kind, row.verdict, node.name, there.verdict, other.name
            ));
        }
        let two = [(node, row), (other, &there)];
        let parted = there.body != row.body
            && !is_untold(many, &header.node(), id)?
            && !is_word_lost(two, &header.node())?
            && !may_part(two)?;
        if parted || row.body == BodyState::Owed {
            return Err(format!(
                "invariant 3: the body of {id} ({}) is {:?} at {} and {:?} at {}",
                row.kind, row.body, node.name, there.body, other.name
            ));
        }
    }
    Ok(())
}

/// Whether an entry follows what no node has, itself or by what it waits for.
pub(crate) fn follows_gone(many: &TestMany, node: &TestNode, header: &Header) -> bool {
    let here = |id: EntryId| node.entry(id).ok().flatten();
    let has = |node: &TestNode, id: EntryId| node.entry(id).ok().flatten().is_some();
    header.ancestors().any(|id| match here(id) {
        None => !many.nodes.iter().any(|other| has(other, id)),
        Some(row) if is_judged(&row) => false,
        Some(row) => Header::from_bytes(&row.header).is_ok_and(|h| follows_gone(many, node, &h)),
    })
}

/// What is not judged at the end, and what it waits for.
fn waits(many: &TestMany, node: &TestNode, (id, header): (EntryId, &Header)) -> String {
    let holders = |ancestor: EntryId| -> Vec<&str> {
        let nodes = many.nodes.iter();
        let holding = nodes.filter(|n| n.entry(ancestor).ok().flatten().is_some());
        holding.map(|n| n.name.as_str()).collect()
    };
    let missing: Vec<String> = header
        .ancestors()
        .filter(|ancestor| {
            !node
                .entry(*ancestor)
                .ok()
                .flatten()
                .is_some_and(|row| is_judged(&row))
        })
        .map(|ancestor| format!("{ancestor} at {:?}", holders(ancestor)))
        .collect();
    let author = header.node();
    format!(
        "entry {id} of {author} is not judged at {}: it waits for {missing:?}",
        node.name
    )
}

/// Whether a reader destroyed its copy, and lost its disk before its word of that was with anybody: newer keys tell it, and its author
/// keeps its own.
fn is_word_lost(two: Two<'_>, author: &NodeName) -> Result<bool, String> {
    for (node, row) in two {
        let gone = row.body == BodyState::Erased && node.name != *author;
        if gone && node.app.reopening().map_err(text)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the author was told that it erased this before a disk was lost, and could not do it once more: whoever left a dossier has no
/// part in it any more.
fn is_untold(many: &TestMany, author: &NodeName, id: EntryId) -> Result<bool, String> {
    let Some(author) = many.nodes.iter().find(|n| n.name == *author) else {
        return Ok(false);
    };
    let untold = author.app.untold_erasures(None).map_err(text)?;
    Ok(untold.iter().any(|(_, entry)| *entry == id))
}

fn same_obligation(many: &TestMany, node: &TestNode, row: &ObligationRow) -> Result<(), String> {
    let id = row.id;
    let party = |name: &NodeName| [row.debtor.node(), row.creditor.node()].contains(name);
    if !party(&node.name) && (row.due_ms.is_some() || row.received_ms.is_some()) {
        return Err(format!(
            "{} has times of {id}, which is not its own",
            node.name
        ));
    }
    for other in many.nodes.iter().filter(|n| n.name != node.name) {
        if !row
            .audience
            .split(',')
            .any(|name| name == other.name.as_str())
        {
            continue;
        }
        let there = other.look(|tx| tx.obligation(id)).map_err(text)?;
        let there = there.ok_or_else(|| format!("invariant 2: {} lacks {id}", other.name))?;
        if stands(&there) != stands(row) {
            return Err(format!(
                "invariant 2: {id} ({}) is {:?}/{:?} at {} and {:?}/{:?} at {}",
                row.ask, row.state, row.turn, node.name, there.state, there.turn, other.name
            ));
        }
        let times = |r: &ObligationRow| (r.due_ms, r.received_ms, r.ended_ms, r.contested);
        if party(&node.name) && party(&other.name) && times(&there) != times(row) {
            return Err(format!(
                "rule 10: {id} ({}) has other times at {} than at {}",
                row.ask, node.name, other.name
            ));
        }
    }
    Ok(())
}

fn all_files(node: &TestNode) -> Result<(), String> {
    for entry in node.entries().map_err(text)? {
        let files = node.look(|tx| tx.attachments(entry.id)).map_err(text)?;
        let open = |state| matches!(state, AttachmentState::Wanted | AttachmentState::Failed);
        if files.iter().any(|f| open(f.state)) {
            return Err(format!(
                "invariant 13: {} lacks a file of {}",
                node.name, entry.id
            ));
        }
    }
    Ok(())
}

/// The partner told its digest by itself at this cut, and it was found equal.
fn agreed(node: &TestNode, partner: &TestNode) -> Result<(), String> {
    match told_equal(node, partner)? {
        Some(true) => Ok(()),
        Some(false) => Err(format!(
            "invariant 2: {} was shown another ledger",
            node.name
        )),
        None => Err(format!(
            "invariant 2: {} was never told the digest of {} at rest",
            node.name, partner.name
        )),
    }
}
