//! Invariant 5 and the purpose, checked once more where bytes leave: our own officers wrote it, released it, for this partner, and
//! for a purpose that the terms in force with it admit.
//!
//! Nothing blocks a register: what may not leave stays where it is, and what is behind it goes on, however much stays. What a mistake of ours put
//! into the outbox stays there for ever. A dossier that was opened while the link was suspended, and whose purpose the terms do
//! not admit any more, stays until they do: all its entries with it. One that has crossed is brought to its end under the terms
//! that it was begun under, as the judge reads it: otherwise what is owed in it could never be answered (invariant 1).

use crate::App;
use crate::ahead;
use crate::codec::{config_of, digest_of, encode, kept};
use crate::error::{AppError, Result};
use entente_core::charter::Terms;
use entente_core::codes::Purpose;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kinds;
use entente_proof::leaf::Leaf;
use entente_store::{Direction, EntryRow, OutboxItem, OutboxRow, Read, Write};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most outbox items appended in one transaction, and most looked at in one go.
pub(crate) const APPEND_MAX: u32 = 1_024;

/// What goes into our register next: the numbers in the outbox, and the leaves with the entries they name.
#[derive(Default)]
pub(crate) struct Leaving {
    pub numbers: Vec<u64>,
    pub leaves: Vec<(Vec<u8>, Option<EntryId>)>,
}

/// That a partner may have an entry. It is made here alone, and whatever leaves this node of an entry, its header, its body or a
/// chunk of a file, is read where this is at hand: in batches, in what is lent back, in courier bundles and in answers to requests for
/// files (invariant 5).
pub(crate) struct Crossing {
    /// The entry as it is stored.
    pub(crate) row: EntryRow,
    _made_here: (),
}

impl App {
    /// Whether a partner may have an entry: it wrote it itself or put it into its own register, or our own officers wrote it and released
    /// it, for this partner among others, and not for national eyes only. What cannot be read may cross only where it is a leaf of a
    /// register between the two already: a newer program of ours released it, or the partner gave it back.
    pub(crate) fn crossing(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        id: EntryId,
    ) -> Result<Option<Crossing>> {
        let Some(row) = tx.entry(id)? else {
            return Ok(None);
        };
        let may = match Header::from_bytes(&row.header) {
            Ok(header) if may_have(&self.inner.me, partner, &header) => true,
            Ok(header) if header.node() == self.inner.me => false,
            Ok(_) => self.is_leaf(tx, partner, &[Direction::In], id)?,
            Err(_) => self.is_leaf(tx, partner, &[Direction::Out, Direction::In], id)?,
        };
        Ok(may.then_some(Crossing {
            row,
            _made_here: (),
        }))
    }

    fn is_leaf(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        sides: &[Direction],
        id: EntryId,
    ) -> Result<bool> {
        for side in sides {
            if tx.leaf_place(partner, *side, id)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What is known of the dossiers of one batch: the purpose, or nothing if the dossier may not cross.
struct Gate<'a> {
    app: &'a App,
    tx: &'a dyn Read,
    partner: &'a NodeName,
    terms: Option<Arc<Terms>>,
    dossiers: BTreeMap<DossierId, Option<Purpose>>,
    /// Of which the partner held something beyond the agreed end of a generation that is closed; once it was asked.
    before: Option<BTreeSet<DossierId>>,
}

/// The outbox is looked through from its first row again after this long, in milliseconds, or when our clock was set: a dossier's
/// configuration may have changed, or a register been recovered.
const LOOK_AGAIN_MS: i64 = 60_000;

/// How far an outbox was looked through in vain, and what that followed from.
#[derive(Clone, Copy)]
pub(crate) struct LookedThrough {
    suspended: bool,
    terms: Option<EntryId>,
    at_ms: i64,
    /// The last number looked at.
    reached: u64,
}

impl App {
    /// What of the outbox may leave for this partner now, in order. However much stays in front, it keeps nobody from what is behind
    /// it, and is looked at once a minute, or when the flags or the terms changed.
    pub(crate) fn leaving(&self, tx: &dyn Read, partner: &NodeName) -> Result<Leaving> {
        let (ours, theirs) = self.flags_up(tx, partner)?;
        let terms = self.terms_with(tx, Some(partner))?;
        let mut now = LookedThrough {
            suspended: ours || theirs,
            terms: terms.as_ref().map(|(entry, _)| *entry),
            at_ms: self.now().0,
            reached: 0,
        };
        let mut gate = Gate {
            app: self,
            tx,
            partner,
            terms: terms.map(|(_, terms)| terms),
            dossiers: BTreeMap::new(),
            before: None,
        };
        let looked = &self.inner.memory.looked_through;
        let known = looked.get_or(partner, || Ok(None))?;
        if let Some(known) = known.filter(|known| known.holds(&now)) {
            (now.at_ms, now.reached) = (known.at_ms, known.reached);
        }
        let (mut leaving, mut reached) = gate.leaving_behind(&now)?;
        if now.reached > 0 && gate.leaves_some_behind(&leaving)? {
            (now.at_ms, now.reached) = (self.now().0, 0);
            (leaving, reached) = gate.leaving_behind(&now)?;
        }
        // While suspended, what left may have been all that others waited for; else what is in front of it was looked at in vain.
        now.reached = match (leaving.numbers.first(), now.suspended) {
            (None, _) => reached,
            (Some(_), true) => 0,
            (Some(first), false) => now.reached.max(first.saturating_sub(1)),
        };
        looked.keep(partner, &now);
        Ok(leaving)
    }
}

impl LookedThrough {
    /// Whether what was seen then holds now.
    fn holds(&self, now: &Self) -> bool {
        self.suspended == now.suspended
            && self.terms == now.terms
            && self.at_ms.abs_diff(now.at_ms) < LOOK_AGAIN_MS.unsigned_abs()
    }
}

impl Gate<'_> {
    fn leaving_behind(&mut self, now: &LookedThrough) -> Result<(Leaving, u64)> {
        if !now.suspended {
            return self.through(now.reached, None);
        }
        // What life depends on may take along what is further in front.
        let flowing = self.app.flowing(self.tx, self.partner, now.reached)?;
        let from = match flowing.from_the_first {
            true => 0,
            false => now.reached,
        };
        let (leaving, _) = self.through(from, Some(&flowing.entries))?;
        Ok((leaving, flowing.reached))
    }

    /// The first rows behind a number that may leave, of entries those `among` if any are named, and the last number looked at.
    fn through(
        &mut self,
        mut after: u64,
        among: Option<&BTreeSet<EntryId>>,
    ) -> Result<(Leaving, u64)> {
        let mut leaving = Leaving::default();
        loop {
            let mut rows = self.tx.outbox_after(self.partner, after, APPEND_MAX)?;
            let Some(last) = rows.last().map(|row| row.number) else {
                return Ok((leaving, after));
            };
            rows.retain(|row| concerns(row, among));
            ahead::of_outbox(self.tx, &rows)?;
            self.ahead_of_stuck(&rows)?;
            for row in rows {
                self.add(row, &mut leaving)?;
                if u32::try_from(leaving.leaves.len()).is_ok_and(|n| n >= APPEND_MAX) {
                    return Ok((leaving, last));
                }
            }
            after = last;
        }
    }

    /// What is read of rows whose dossier may not cross: whether anything that they follow has crossed.
    fn ahead_of_stuck(&mut self, rows: &[OutboxRow]) -> Result<()> {
        if !self.tx.far()? {
            return Ok(());
        }
        let mut here = Vec::with_capacity(rows.len());
        for row in rows {
            if let OutboxItem::Entry(id) = row.item {
                here.extend(self.tx.entry(id)?);
            }
        }
        ahead::of_openings(self.tx, self.partner, here.iter().map(|row| row.dossier))?;
        let mut stuck = Vec::new();
        for row in here {
            if self.purpose(row.dossier)?.is_none() {
                stuck.extend(Header::from_bytes(&row.header));
            }
        }
        let parents = stuck.iter().flat_map(|header| &header.after);
        ahead::of_places(
            self.tx,
            self.partner,
            &[Direction::Out, Direction::In],
            parents.copied(),
        )
    }

    /// Whether something would leave before what it builds on: then that may leave too by now, and goes first.
    fn leaves_some_behind(&self, leaving: &Leaving) -> Result<bool> {
        let ids = leaving.leaves.iter().filter_map(|(_, entry)| *entry);
        self.app
            .ahead_of_ancestors(self.tx, self.partner, ids.collect())?;
        let mut entries = BTreeSet::new();
        for (_, entry) in &leaving.leaves {
            let Some(id) = entry else { continue };
            let waiting = self.app.waiting_ancestors(self.tx, self.partner, *id)?;
            if !waiting.iter().all(|ancestor| entries.contains(ancestor)) {
                return Ok(true);
            }
            entries.insert(*id);
        }
        Ok(false)
    }

    /// Adds a row to what leaves, if it may.
    fn add(&mut self, row: OutboxRow, leaving: &mut Leaving) -> Result<()> {
        let leaf = match row.item {
            OutboxItem::Entry(id) if self.lets(id)? => {
                (Leaf::Entry(digest_of(id)).encode(), Some(id))
            }
            OutboxItem::Entry(_) => return Ok(()),
            OutboxItem::Leaf(bytes) => (bytes, None),
        };
        leaving.numbers.push(row.number);
        leaving.leaves.push(leaf);
        Ok(())
    }

    fn lets(&mut self, id: EntryId) -> Result<bool> {
        let row = self.tx.entry(id)?;
        let row = row.ok_or(AppError::Bug("outbox names no entry"))?;
        let Ok(header) = Header::from_bytes(&row.header) else {
            // Not ours to read: it came back in our name when a register began again.
            self.tell(id)?;
            return Ok(false);
        };
        let mut purpose = self.purpose(row.dossier)?;
        if purpose.is_none() && self.follows_crossed(&header)? {
            purpose = Some(header.purpose);
        }
        let Some(purpose) = purpose else {
            return Ok(false);
        };
        let fits = header.node() == self.app.inner.me
            && may_have(&self.app.inner.me, self.partner, &header)
            && header.purpose == purpose;
        if !fits {
            self.tell(id)?;
        }
        Ok(fits)
    }

    /// Says once in the life of a process that an entry of ours reached the outbox and may never leave.
    fn tell(&self, id: EntryId) -> Result<()> {
        let told = &self.app.inner.memory.never_sent;
        told.get_or(&id, || {
            tracing::error!(entry = %id, partner = %self.partner, "an entry that may not be sent reached the outbox: it stays there");
            Ok(Some(()))
        })?;
        Ok(())
    }

    fn purpose(&mut self, dossier: DossierId) -> Result<Option<Purpose>> {
        if let Some(known) = self.dossiers.get(&dossier) {
            return Ok(*known);
        }
        let found = self.find_purpose(dossier)?;
        self.dossiers.insert(dossier, found);
        Ok(found)
    }

    /// The purpose of a dossier, if it may cross to this partner or has crossed.
    fn find_purpose(&mut self, dossier: DossierId) -> Result<Option<Purpose>> {
        let missing = || AppError::Bug("an entry without dossier");
        // An entry of ours that came back to us before what it follows waits for that.
        let Some(row) = self.tx.dossier(dossier)? else {
            return Ok(None);
        };
        let kind = kinds::find(&row.kind).ok_or_else(missing)?;
        // What leads to terms has none above it.
        if !kind.needs_charter || self.crossed(dossier, &row.convenor)? {
            return Ok(Some(row.purpose));
        }
        let config = config_of(self.tx, dossier)?.ok_or_else(missing)?;
        let terms = self.terms.as_ref();
        let admitted = terms.is_some_and(|terms| match config.is_of_many() {
            // Its own terms judge it; the charter of a link decides whether it crosses that link (rule 16).
            true => terms.admit_among(kind.name, &config),
            false => terms.admit(kind.name, &config),
        });
        Ok(admitted.then_some(row.purpose))
    }

    /// Whether the partner has the dossier's opening from us, or we have it from the partner; also if that was told beyond the agreed end
    /// of a generation, and is to be told again.
    fn crossed(&mut self, dossier: DossierId, convenor: &NodeName) -> Result<bool> {
        if *convenor == *self.partner {
            return Ok(true);
        }
        let opening = dossier.opening();
        let sent = self.tx.leaf_place(self.partner, Direction::Out, opening)?;
        if sent.is_some() {
            return Ok(true);
        }
        let before = match self.before.take() {
            Some(before) => before,
            None => crossed_before(self.tx, self.partner)?,
        };
        let crossed = before.contains(&dossier);
        self.before = Some(before);
        Ok(crossed)
    }

    /// Whether an entry of a dossier that a third state opened follows what crossed this link: then that goes on to its end.
    fn follows_crossed(&self, header: &Header) -> Result<bool> {
        for parent in &header.after {
            for direction in [Direction::Out, Direction::In] {
                if self
                    .tx
                    .leaf_place(self.partner, direction, *parent)?
                    .is_some()
                {
                    return Ok(header.dossier.is_some());
                }
            }
        }
        Ok(false)
    }
}

/// Whether a partner may have an entry by its header: it is the partner's own, or ours, released, for this partner and not for national
/// eyes only.
fn may_have(me: &NodeName, partner: &NodeName, header: &Header) -> bool {
    let ours = header.node() == *me
        && header.audience.contains(partner)
        && header.handling.sendable()
        && header.release.is_some();
    header.node() == *partner || ours
}

/// Whether a row may leave at all, where only some entries flow.
fn concerns(row: &OutboxRow, among: Option<&BTreeSet<EntryId>>) -> bool {
    match (&row.item, among) {
        (OutboxItem::Entry(id), Some(among)) => among.contains(id),
        _ => true,
    }
}

fn crossed_key(partner: &NodeName) -> String {
    format!("crossed/{partner}")
}

/// Dossiers that crossed to a partner beyond the agreed end of a generation that is closed.
fn crossed_before(tx: &dyn Read, partner: &NodeName) -> Result<BTreeSet<DossierId>> {
    kept(tx, &crossed_key(partner), "crossed")
}

/// Notes that the partner holds something of these dossiers beyond the agreed end of a generation.
pub(crate) fn note_crossed(
    tx: &mut dyn Write,
    partner: &NodeName,
    dossiers: BTreeSet<DossierId>,
) -> Result<()> {
    let mut all = crossed_before(tx.as_read(), partner)?;
    let known = all.len();
    all.extend(dossiers);
    match all.len() > known {
        true => Ok(tx.set_setting(&crossed_key(partner), &encode(&all))?),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::act::Acts;
    use entente_core::codes::{Basis, Class, Necessity, Role};
    use entente_core::handling::{Handling, HandlingCodes};
    use entente_core::header::{Author, HEADER_VERSION, Release, Under};
    use entente_core::ids::Pseudonym;
    use entente_core::instant::Instant;

    fn node(name: &str) -> NodeName {
        name.parse().unwrap()
    }

    fn header(
        author: &str,
        audience: Vec<NodeName>,
        codes: HandlingCodes,
        released: bool,
    ) -> Header {
        let officer = Pseudonym([1; 8]);
        Header {
            version: HEADER_VERSION,
            dossier: Some(DossierId([1; 32])),
            kind: "note".into(),
            kind_version: 1,
            author: Author {
                service: format!("{author}/liaison").parse().unwrap(),
                officer,
                role: Role::Liaison,
            },
            at: Instant(0),
            seq: 1,
            after: Vec::new(),
            under: Under::default(),
            audience,
            purpose: Purpose::Justice,
            handling: Handling {
                codes,
                ..Handling::plain(Class::Restricted)
            },
            release: released.then_some(Release {
                necessity: Necessity::JointInquiry,
                basis: Basis::Instrument,
                approver: officer,
            }),
            acts: Acts::default(),
            body: None,
            attachments: Vec::new(),
        }
    }

    /// Every author, every audience of three states, every set of codes, released or not.
    #[test]
    fn invariant_05_no_header_of_ours_crosses_for_national_eyes_only_or_beyond_its_audience() {
        let (me, partner) = (node("ma"), node("fr"));
        let states = ["es", "fr", "ma"];
        for author in states {
            for audience in 0..8u8 {
                let named = states.iter().enumerate();
                let named = named.filter(|(bit, _)| audience >> bit & 1 == 1);
                let named: Vec<NodeName> = named.map(|(_, name)| node(name)).collect();
                for set in 0..32u8 {
                    let each = HandlingCodes::ALL.iter().enumerate();
                    let each = each.filter(|(bit, _)| set >> bit & 1 == 1);
                    let codes = each.fold(HandlingCodes::default(), |all, (_, (code, ..))| {
                        all.union(*code)
                    });
                    for released in [false, true] {
                        let header = header(author, named.clone(), codes, released);
                        let may = may_have(&me, &partner, &header);
                        let national = codes.contains(HandlingCodes::NATIONAL);
                        let ours = named.contains(&partner) && !national && released;
                        let expected = match author {
                            "fr" => true,
                            "ma" => ours,
                            _ => false,
                        };
                        assert_eq!(may, expected, "{author} {audience} {set} {released}");
                    }
                }
            }
        }
    }
}
