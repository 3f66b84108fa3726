//! What must hold, after every step and at the end. Which invariant is checked where is said in [`super::state`].

use super::state::{is_gone, may_part, same_erased_files, text, told_equal};
use super::watch::{Watch, coherent};
use super::world::Lies;
use crate::node::TestNode;
use crate::pair::{Side, TestPair};
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_core::instant::Span;
use entente_link::Evidence;
use entente_store::{AttachmentState, BodyState, Direction, EntryRow, EvidenceRow, WAITING};

/// At rest: registers, entries, verdicts, bodies, dossiers and obligations are the same on both sides.
///
/// # Errors
/// The first difference, in words without contents.
pub fn same_everything(pair: &TestPair) -> Result<(), String> {
    for side in Side::BOTH {
        same_register(pair, side)?;
        same_entries(pair, side)?;
    }
    same_dossiers(pair)?;
    same_obligations(pair)
}

fn same_register(pair: &TestPair, side: Side) -> Result<(), String> {
    let (owner, holder) = (pair.node(side), pair.node(side.other()));
    let ours = owner
        .look(|tx| tx.leaves(&holder.name, Direction::Out, 0, u32::MAX))
        .map_err(text)?;
    let theirs = holder
        .look(|tx| tx.leaves(&owner.name, Direction::In, 0, u32::MAX))
        .map_err(text)?;
    if ours != theirs {
        return Err(format!(
            "register of {}: {} leaves here, {} held, not the same",
            owner.name,
            ours.len(),
            theirs.len()
        ));
    }
    Ok(())
}

fn shared(row: &EntryRow) -> Option<Header> {
    Header::from_bytes(&row.header)
        .ok()
        .filter(|h| h.audience.len() > 1)
}

fn same_entries(pair: &TestPair, side: Side) -> Result<(), String> {
    let (author, reader) = (pair.node(side), pair.node(side.other()));
    for row in author.entries().map_err(text)? {
        let Some(header) = shared(&row) else { continue };
        let id = row.id;
        let Some(there) = reader.entry(id).map_err(text)? else {
            return Err(format!(
                "entry {id} of {} is missing at {}",
                header.node(),
                reader.name
            ));
        };
        if there.header != row.header {
            return Err(format!("entry {id} has other bytes at {}", reader.name));
        }
        if (there.verdict, there.depth) != (row.verdict, row.depth) {
            return Err(format!(
                "entry {id} ({}): verdict {}/{} here, {}/{} there",
                row.kind, row.verdict, row.depth, there.verdict, there.depth
            ));
        }
        if row.verdict == WAITING {
            return Err(format!("entry {id} still waits"));
        }
        let parted = there.body != row.body;
        if parted && !may_part([(author, &row), (reader, &there)])? {
            return Err(format!(
                "body of {id} ({}) is {:?} at {} and {:?} at {}",
                row.kind, row.body, author.name, there.body, reader.name
            ));
        }
        if row.body == BodyState::Owed {
            return Err(format!("body of {id} is owed"));
        }
    }
    Ok(())
}

fn same_dossiers(pair: &TestPair) -> Result<(), String> {
    let filter = entente_store::DossierFilter {
        limit: 100_000,
        ..Default::default()
    };
    let of = |side: Side| {
        let node = pair.node(side);
        let mut rows = node.look(|tx| tx.dossiers(&filter)).map_err(text)?;
        // A file of one node alone is not for the other to have.
        rows.retain(|r| !entente_core::kinds::stays_home(&r.kind));
        rows.sort_by_key(|r| r.id);
        let mut plain = Vec::new();
        for row in rows {
            let config = node.look(|tx| tx.latest_config(row.id)).map_err(text)?;
            plain.push((
                row.id,
                row.kind,
                row.purpose,
                row.phase,
                row.convenor,
                row.number,
                row.nodes,
                config.map(|c| (c.number, c.config)),
            ));
        }
        Ok::<_, String>(plain)
    };
    let (ma, fr) = (of(Side::Ma)?, of(Side::Fr)?);
    for (a, b) in ma.iter().zip(&fr) {
        if a != b {
            return Err(format!("dossiers differ: {a:?} at ma, {b:?} at fr"));
        }
    }
    if ma.len() == fr.len() {
        Ok(())
    } else {
        Err(format!("{} dossiers at ma, {} at fr", ma.len(), fr.len()))
    }
}

fn same_obligations(pair: &TestPair) -> Result<(), String> {
    let (ma, fr) = (
        pair.ma().obligations(None).map_err(text)?,
        pair.fr().obligations(None).map_err(text)?,
    );
    for (a, b) in ma.iter().zip(&fr) {
        if a != b {
            return Err(format!(
                "obligation {} is {:?}/{:?} due {:?} at ma, {:?}/{:?} due {:?} at fr",
                a.id, a.state, a.turn, a.due_ms, b.state, b.turn, b.due_ms
            ));
        }
    }
    if ma.len() == fr.len() {
        Ok(())
    } else {
        Err(format!(
            "{} obligations at ma, {} at fr",
            ma.len(),
            fr.len()
        ))
    }
}

/// What was seen of a pair so far.
#[derive(Default)]
pub struct PairWatch {
    /// Check everything after every step: slow, for shrinking.
    pub strict: bool,
    watch: Watch,
    compared: Option<(u64, u64)>,
}

impl PairWatch {
    /// Checks what can be checked at any time; true if both ledgers could be compared.
    ///
    /// # Errors
    /// The invariant that is broken, by its number.
    pub fn step(&mut self, pair: &TestPair, lies: &Lies, step: usize) -> Result<bool, String> {
        for side in Side::BOTH {
            no_alarm(pair, side, lies)?;
            let (at, to) = (side.index(), side.other().index());
            self.watch
                .register((at, pair.node(side)), (to, pair.node(side.other())))?;
        }
        let alive = Side::BOTH.iter().all(|s| !pair.node(*s).disk.is_dead());
        let cut = if alive { pair.equal_cut()? } else { None };
        let compared =
            cut.is_some() && (cut != self.compared || self.strict || step.is_multiple_of(16));
        if compared {
            self.compared = cut;
            // What is late is derived from the instant: another one each time.
            let at = pair.time.now() + Span::days(i64::try_from(step % 3).unwrap_or(0) * 20);
            pair.compare(at).map_err(|e| format!("invariant 2: {e}"))?;
        }
        if self.strict || step.is_multiple_of(8) {
            for side in Side::BOTH {
                self.watch.node(side.index(), pair.node(side), false)?;
                coherent(pair.node(side))?;
            }
        }
        if (self.strict || step % 40 == 39) && alive {
            for side in Side::BOTH {
                pair.node(side).check()?;
            }
        }
        Ok(compared)
    }
}

fn evidence_of(node: &TestNode, partner: &TestNode) -> Result<Vec<EvidenceRow>, String> {
    node.look(|tx| tx.evidence(&partner.name, 1_000))
        .map_err(text)
}

/// Honest partners never cause an alarm.
fn no_alarm(pair: &TestPair, side: Side, lies: &Lies) -> Result<(), String> {
    let (node, partner) = (pair.node(side), pair.node(side.other()));
    for row in evidence_of(node, partner)? {
        let told = lies
            .signed
            .is_some_and(|(what, victim)| what == row.what && victim == side);
        let bent = lies.on_the_way && matches!(row.what.as_str(), "tampered" | "ledgers-differ");
        if !told && !bent {
            return Err(format!("false alarm at {}: {}", node.name, row.what));
        }
    }
    let stopped = node
        .look(|tx| Ok(tx.partner(&partner.name)?.is_some_and(|p| p.stopped)))
        .map_err(text)?;
    let reason = lies.signed.is_some_and(|(_, victim)| victim == side);
    if stopped == reason {
        Ok(())
    } else {
        Err(format!(
            "invariant 4: link of {} stopped: {stopped}, a signed lie told: {reason}",
            node.name
        ))
    }
}

/// After everything was mended: both have everything, once, the same; nothing confirmed is missing; no word without need.
///
/// # Errors
/// The first thing that does not hold.
pub fn at_the_end(
    pair: &TestPair,
    lies: &Lies,
    confirmed: &[(Side, EntryId)],
) -> Result<(), String> {
    if !pair
        .compare(pair.time.now())
        .map_err(|e| format!("invariant 2: {e}"))?
    {
        return Err("invariant 2: at rest, the registers are not equally known".into());
    }
    let same = same_everything(pair);
    // A body bent on its way is owed; an entry that came with it is the same all the same.
    if !(lies.on_the_way && same.as_ref().is_err_and(|e| e.contains("body of"))) {
        same?;
    }
    for (side, id) in confirmed {
        let here = pair.node(*side).entry(*id).map_err(text)?;
        here.ok_or_else(|| format!("invariant 3: entry {id} was confirmed and is gone"))?;
    }
    // A body bent on its way is owed at one side and names no files there.
    if !lies.on_the_way {
        same_erased_files([pair.ma(), pair.fr()])?;
    }
    for side in Side::BOTH {
        pair.node(side).check()?;
        // Whatever came after: what was destroyed stays so.
        let rows = pair.node(side).entries().map_err(text)?;
        for row in rows.iter().filter(|r| r.body == BodyState::Erased) {
            is_gone(pair.node(side), row)?;
        }
        let (wanted, failed) = (
            pair.files(side, AttachmentState::Wanted)?,
            pair.files(side, AttachmentState::Failed)?,
        );
        if wanted + failed > 0 && !lies.on_the_way {
            return Err(format!(
                "invariant 13: {side:?} has {wanted} files still wanted and {failed} given up"
            ));
        }
        agreed(pair, side, lies)?;
    }
    Ok(())
}

/// The two nodes told each other their digests by themselves, and found them equal.
fn agreed(pair: &TestPair, side: Side, lies: &Lies) -> Result<(), String> {
    let (node, partner) = (pair.node(side), pair.node(side.other()));
    match told_equal(node, partner)? {
        Some(true) => Ok(()),
        Some(false) if lies.on_the_way => Ok(()),
        Some(false) => Err(format!(
            "invariant 2: {} was shown another ledger",
            node.name
        )),
        None => Err(format!(
            "invariant 2: {} was never told its partner's digest at rest",
            node.name
        )),
    }
}

/// After a signed lie: the link stays stopped, the evidence proves itself, and the honest side kept all it had and works alone.
///
/// # Errors
/// The first thing that does not hold.
pub fn after_signed_lie(
    pair: &TestPair,
    what: &str,
    victim: Side,
    confirmed: &[(Side, EntryId)],
) -> Result<(), String> {
    let (node, liar) = (pair.node(victim), pair.node(victim.other()));
    let rows = evidence_of(node, liar)?;
    let row = rows
        .iter()
        .find(|r| r.what == what)
        .ok_or_else(|| format!("invariant 4: no evidence of the {what} was kept"))?;
    let evidence = Evidence::decode(&row.evidence)
        .map_err(|e| format!("invariant 4: evidence unreadable: {e}"))?;
    evidence
        .check(&liar.verifying_keys())
        .map_err(|e| format!("invariant 4: evidence proves nothing: {e}"))?;
    if !node.app.is_stopped(&liar.name).map_err(text)? {
        return Err("invariant 4: the link was not stopped".into());
    }
    for (side, id) in confirmed {
        let here = pair.node(*side).entry(*id).map_err(text)?;
        here.ok_or_else(|| format!("invariant 3: entry {id} was confirmed and is gone"))?;
    }
    node.check()?;
    let Some(charter) = pair.charter else {
        return Ok(());
    };
    let note = crate::node::Writing::on(charter, &[("text", "Nous continuons.")]);
    node.write("note", &note)
        .map_err(|e| format!("invariant 13: does not work alone: {e}"))?;
    Ok(())
}
