//! Computes obligations from rows: asks, acts and receipts, as of now or at a named cut of both registers (invariant 2).

use crate::App;
use crate::codec::{cell, place_cell};
use crate::error::Result;
use crate::past::{act_facts, ask_facts};
use entente_core::charter::{FlagFact, Stop, Terms, suspensions};
use entente_core::ids::{EntryId, NodeName, ObligationId};
use entente_core::instant::Instant;
use entente_core::obligation::{self, ClockContext, Obligation};
use entente_store::{Direction, EARLIER, ObligationRow, Read, Write};
use std::sync::Arc;

/// A cut of both registers of a link: only entries and receipts below it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Leaves of our register.
    pub out: u64,
    /// Leaves of theirs.
    pub inn: u64,
}

/// Where an entry stands in the registers of the link between two nodes.
struct Standing {
    /// Below the cut, if one is given.
    counts: bool,
    /// When the other node received it.
    received: Option<Instant>,
    /// When that receipt came to us, where the entry is ours.
    arrived: Option<Instant>,
}

/// A receipt of an entry of ours whose time cannot be true by our own clock (rule 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoubtfulReceipt {
    /// The entry.
    pub of: EntryId,
    /// When it was received by the partner's word.
    pub received: Instant,
    /// When the receipt came here.
    pub arrived: Instant,
}

/// Folding towards one partner.
pub(crate) struct Folding<'a> {
    app: &'a App,
    tx: &'a dyn Read,
    partner: NodeName,
    cut: Option<Cut>,
    stops: Vec<Stop>,
}

impl<'a> Folding<'a> {
    pub(crate) fn new(
        app: &'a App,
        tx: &'a dyn Read,
        partner: &NodeName,
        cut: Option<Cut>,
    ) -> Result<Self> {
        let mut folding = Self {
            app,
            tx,
            partner: partner.clone(),
            cut,
            stops: Vec::new(),
        };
        let mut facts = Vec::new();
        for (depth, row) in crate::charter::ordered_flags(tx, partner)? {
            let standing = folding.standing(row.entry, &row.node)?;
            let at = Instant(row.at_ms);
            if standing.counts {
                let from = standing.received.map_or(at, |r| r.max(at));
                facts.push(FlagFact {
                    node: row.node,
                    set: row.set,
                    from,
                    depth,
                    entry: row.entry,
                });
            }
        }
        folding.stops = suspensions(&facts);
        Ok(folding)
    }

    /// Where an entry of a third and fourth state's obligation stands: it counts, and whoever is neither creditor nor debtor knows
    /// nothing of the receipts between them, so that it computes no due time (rule 16).
    fn elsewhere(&self) -> Standing {
        Standing {
            counts: self.cut.is_none(),
            received: None,
            arrived: None,
        }
    }

    fn standing_of(
        &self,
        row: &ObligationRow,
        entry: EntryId,
        author: &NodeName,
    ) -> Result<Standing> {
        match self.app.is_party(row) {
            true => self.standing(entry, author),
            false => Ok(self.elsewhere()),
        }
    }

    fn standing(&self, entry: EntryId, author: &NodeName) -> Result<Standing> {
        let direction = if *author == self.app.inner.me {
            Direction::Out
        } else {
            Direction::In
        };
        let place = self.tx.leaf_place(&self.partner, direction, entry)?;
        let (below, receipts_below) = match (self.cut, direction) {
            (None, _) => (u64::MAX, u64::MAX),
            (Some(cut), Direction::Out) => (cut.out, cut.inn),
            (Some(cut), _) => (cut.inn, cut.out),
        };
        let Some(place) = place else {
            return Ok(Standing {
                counts: self.cut.is_none(),
                received: None,
                arrived: None,
            });
        };
        let receipt = self
            .tx
            .receipt(&self.partner, place.register, place.position)?
            .filter(|r| r.leaf == EARLIER || r.leaf < receipts_below);
        Ok(Standing {
            // What both agreed on when a register began again is below every cut of what followed.
            counts: place.register.is_closed() || place.position < below,
            received: receipt.as_ref().map(|r| Instant(r.time_ms)),
            arrived: receipt.and_then(|r| r.arrived_ms).map(Instant),
        })
    }

    /// The obligation of a row; `None` where its ask is not below the cut.
    pub(crate) fn obligation(&self, row: &ObligationRow) -> Result<Option<Obligation>> {
        Ok(self.with_doubt(row)?.map(|(ob, _)| ob))
    }

    /// The same, and the first receipt of what we wrote whose time cannot be true and was not agreed otherwise.
    pub(crate) fn with_doubt(
        &self,
        row: &ObligationRow,
    ) -> Result<Option<(Obligation, Option<DoubtfulReceipt>)>> {
        let (lane, _) = place_cell(&row.asked_in, "obligation")?;
        let asked = self.standing_of(row, row.id.entry, &lane.node)?;
        if !asked.counts {
            return Ok(None);
        }
        let received = asked.received;
        let mut facts = Vec::new();
        let mut receipts = vec![(row.id.entry, Instant(row.asked_ms), asked)];
        for act in self.tx.acts(row.id)? {
            let mut fact = act_facts(&act)?;
            // What moves no clock counts wherever it stands, unless a cut is asked for: thousands join one obligation to give feedback.
            if self.cut.is_none() && !fact.act.moves_a_clock() {
                facts.push(fact);
                continue;
            }
            let standing = self.standing_of(row, act.entry, &act.node)?;
            if standing.counts {
                fact.received = standing.received;
                if fact.act.moves_a_clock() {
                    receipts.push((act.entry, fact.at, standing));
                }
                facts.push(fact);
            }
        }
        let terms = self.app.terms_for(self.tx, row)?;
        let clock = ClockContext {
            terms: terms.as_deref(),
            suspended: &self.stops,
        };
        let ob = obligation::fold(ask_facts(row, received), &facts, clock);
        let doubt = doubtful(&ob, &receipts, terms.as_deref());
        Ok(Some((ob, doubt)))
    }
}

fn doubtful(
    ob: &Obligation,
    receipts: &[(EntryId, Instant, Standing)],
    terms: Option<&Terms>,
) -> Option<DoubtfulReceipt> {
    let transit = terms?.transit;
    receipts.iter().find_map(|(of, written, standing)| {
        let (received, arrived) = (standing.received?, standing.arrived?);
        let doubted = !obligation::plausible(received, *written, arrived, transit);
        (doubted && !ob.agreed.contains_key(of)).then_some(DoubtfulReceipt {
            of: *of,
            received,
            arrived,
        })
    })
}

impl App {
    /// Terms enacted by an entry, from memory where they were read before: they never change.
    pub(crate) fn terms_of(
        &self,
        tx: &dyn Read,
        entry: Option<EntryId>,
    ) -> Result<Option<Arc<Terms>>> {
        let Some(entry) = entry else { return Ok(None) };
        self.inner.memory.terms.get_or(&entry, || {
            // Those of a dossier of three states or more stand in its opening.
            let terms = match tx.terms(entry)? {
                Some(row) => Some(cell::<Terms>(&row.terms, "terms", "terms")?),
                None => self.carried_terms(tx, entry)?,
            };
            Ok(terms.map(Arc::new))
        })
    }

    /// The terms by which an obligation is chased here: none where others owe it to each other.
    pub(crate) fn terms_for(
        &self,
        tx: &dyn Read,
        row: &ObligationRow,
    ) -> Result<Option<Arc<Terms>>> {
        match self.is_party(row) {
            true => self.terms_of(tx, row.charter),
            false => Ok(None),
        }
    }

    /// Whether an obligation is owed by our node or to it.
    pub(crate) fn is_party(&self, row: &ObligationRow) -> bool {
        [row.creditor.node(), row.debtor.node()].contains(&self.inner.me)
    }

    /// The other node of an obligation: who it is owed by or to, besides us.
    pub(crate) fn other_side(&self, row: &ObligationRow) -> NodeName {
        let (creditor, debtor) = (row.creditor.node(), row.debtor.node());
        if creditor == self.inner.me {
            debtor
        } else {
            creditor
        }
    }

    /// Recomputes an obligation's folded columns from what is stored now.
    pub(crate) fn refold(&self, tx: &mut dyn Write, id: ObligationId) -> Result<()> {
        let Some(mut row) = tx.obligation(id)? else {
            return Ok(());
        };
        let partner = self.other_side(&row);
        let Some(ob) = Folding::new(self, tx.as_read(), &partner, None)?.obligation(&row)? else {
            return Ok(());
        };
        fill(&mut row, &ob);
        Ok(tx.put_obligation(&row)?)
    }
}

/// Copies what was folded into the row's columns.
pub(crate) fn fill(row: &mut ObligationRow, ob: &Obligation) {
    row.owing = ob.owing.clone();
    row.received_ms = ob.ask.received.map(|t| t.0);
    row.state = ob.state;
    row.turn = ob.turn;
    row.due_ms = ob.due.map(|t| t.0);
    row.ended_ms = ob.ended.map(|t| t.0);
    row.outcome = ob.outcome.number();
    row.ground = ob.refused.map(|(ground, _)| ground.number());
    row.contested = ob.contested.is_some();
}
