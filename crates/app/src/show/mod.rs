//! Views: what an actor may see, made of rows and bodies. Each leaves its access record before it is given out.

mod agreement;
mod all_meetings;
mod balance;
mod case;
mod chart;
mod commitments;
mod compare;
mod court;
mod custody;
mod day;
pub(crate) mod declaration;
mod dossier;
mod drafts;
mod duties;
mod entry;
mod evaluation;
mod figures;
mod form;
mod held;
mod ledger;
mod lessons;
mod letter;
mod links;
mod meetings;
mod names;
pub(crate) mod near;
mod nearby;
mod plan;
mod programme;
mod release;
mod reviews;
mod speaking;
mod themes;
mod things;
mod today;
mod versions;
mod waits;
mod widen;

use crate::error::Result;
use crate::fold::Folding;
use crate::inquiry::{decided_by, decides};
use crate::views::{DossierLine, DoubtfulReceipt, ObligationView};
use crate::{Actor, App};
use entente_core::act::Act;
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kind::{self, Effect, EntryType, On};
use entente_core::kinds;
use entente_core::kinds::proceedings::CARRY_ON;
use entente_core::obligation::{self, Chase, Obligation, Side};
use entente_store::{DossierRow, ObligationFilter, ObligationRow, OpenRow, Read};
use std::collections::BTreeMap;

/// Foldings by partner and titles by dossier, for one page.
pub(crate) struct Showing<'a> {
    app: &'a App,
    tx: &'a dyn Read,
    now: Instant,
    foldings: BTreeMap<NodeName, Folding<'a>>,
    dossiers: BTreeMap<DossierId, Option<(DossierRow, String)>>,
}

impl<'a> Showing<'a> {
    pub(crate) fn new(app: &'a App, tx: &'a dyn Read) -> Self {
        Self {
            app,
            tx,
            now: app.now(),
            foldings: BTreeMap::new(),
            dossiers: BTreeMap::new(),
        }
    }

    fn fold(
        &mut self,
        row: &ObligationRow,
    ) -> Result<Option<(Obligation, Option<DoubtfulReceipt>)>> {
        let partner = self.app.other_side(row);
        if !self.foldings.contains_key(&partner) {
            self.foldings.insert(
                partner.clone(),
                Folding::new(self.app, self.tx, &partner, None)?,
            );
        }
        match self.foldings.get(&partner) {
            Some(folding) => folding.with_doubt(row),
            None => Ok(None),
        }
    }

    fn dossier(&mut self, id: DossierId) -> Result<Option<(DossierRow, String)>> {
        if let Some(known) = self.dossiers.get(&id) {
            return Ok(known.clone());
        }
        let found = match self.tx.dossier(id)? {
            Some(row) => {
                let title = self.app.open_title(self.tx, id, &row.title)?;
                Some((row, title))
            }
            None => None,
        };
        self.dossiers.insert(id, found.clone());
        Ok(found)
    }

    /// An obligation as this actor may see it: its ledger line always, its title only inside the dossier (invariant 7).
    pub(crate) fn obligation(
        &mut self,
        actor: &Actor,
        row: &ObligationRow,
    ) -> Result<Option<ObligationView>> {
        let Some((ob, doubtful)) = self.fold(row)? else {
            return Ok(None);
        };
        let dossier = self.dossier(row.dossier)?;
        let seen = dossier.filter(|(d, _)| self.app.may_in(actor, Action::See, d));
        let member = seen.is_some();
        let mut title = seen.as_ref().map_or_else(String::new, |(_, t)| t.clone());
        // The promises of one declaration are told apart by what was promised.
        if member
            && row.kind == "declaration"
            && let Some(entry) = self.tx.entry(row.id.entry)?
        {
            let words = self.app.promise(self.tx, actor, &entry)?;
            if !words.is_empty() {
                title = words;
            }
        }
        let terms = self.app.terms_for(self.tx, row)?;
        let ours = ob.side_of(self.app.me());
        let offers = match (&seen, ours, kinds::find(&row.kind)) {
            (Some((dossier, _)), Some(side), Some(kind)) => {
                let opening = row.id.entry == row.dossier.opening();
                let asking = match row.ask {
                    Ask::Decide | Ask::Acknowledge | Ask::Return | Ask::Report => {
                        crate::codec::header_of(self.tx, row.id.entry)?
                    }
                    _ => None,
                };
                let by = asking.as_ref().map_or_else(String::new, |h| h.kind.clone());
                let answers = |e: &EntryType| crate::custody::fits(e, &by, row.ask);
                let wants = |a: &Act| matches!(a, Act::Wants { .. });
                let asked = Asked {
                    opening,
                    decided_by: asking.as_ref().and_then(|h| decided_by(&h.kind)),
                    wants: asking.is_some_and(|h| h.acts.known.iter().any(wants)),
                };
                let mut offered = offers(&ob, side, kind.entries, asked);
                offered.retain(|e| answers(e));
                offered.retain(|e| self.app.may_in(actor, Action::of(e), dossier));
                let again = kind.extends_once && ob.extended.is_some();
                offered.retain(|e| !again || !extends(e));
                // Carrying on without an answer is offered once the time for it is over, and never done by itself.
                let over = self.app.time_is_over(&ob, terms.as_deref());
                offered.retain(|e| over || e.name != CARRY_ON.name);
                offered
            }
            _ => Vec::new(),
        };
        Ok(Some(ObligationView {
            id: row.id,
            number: number(
                &crate::codec::place_cell(&row.asked_in, "obligation")?
                    .0
                    .node,
                row.number,
            ),
            dossier: row.dossier,
            title,
            kind: row.kind.clone(),
            ask: ob.ask.ask,
            creditor: ob.ask.creditor.clone(),
            owing: ob.owing.clone(),
            urgency: ob.ask.urgency,
            state: ob.state,
            turn: ob.turn,
            ours,
            asked: ob.ask.at,
            received: ob.ask.received,
            due: ob.due,
            stopped: ob.stopped,
            ended: ob.ended,
            overdue: ob.overdue(self.now),
            on_time: ob.on_time(),
            chase: terms
                .as_ref()
                .map_or(Chase::Quiet, |t| ob.chase(self.now, t)),
            extended: ob.extended,
            contested: ob.contested,
            proposed: ob.proposed.clone(),
            agreed: ob.agreed.iter().map(|(of, at)| (*of, *at)).collect(),
            doubtful,
            refused: ob.refused,
            outcome: ob.outcome,
            not_received: terms.as_ref().is_some_and(|t| ob.not_received(self.now, t)),
            asked_by: row.id.entry,
            answered_by: ob.answered_by,
            joined: ob.joined.clone(),
            pause: ob.pause,
            offers,
            seen: crate::record::seen_of(&ob),
        }))
    }

    pub(crate) fn obligations(
        &mut self,
        actor: &Actor,
        filter: &ObligationFilter,
    ) -> Result<Vec<ObligationView>> {
        let rows = self.tx.obligations(filter)?;
        self.app.ahead_of_obligations(self.tx, &rows)?;
        let mut out = Vec::new();
        for row in rows {
            out.extend(self.obligation(actor, &row)?);
        }
        Ok(out)
    }

    /// What an entry asked, as far as it is here.
    pub(crate) fn asked_by(
        &mut self,
        actor: &Actor,
        (entry, header): (EntryId, &Header),
    ) -> Result<Vec<ObligationView>> {
        let mut out = Vec::new();
        for id in header.asked(entry) {
            if let Some(row) = self.tx.obligation(id)? {
                out.extend(self.obligation(actor, &row)?);
            }
        }
        Ok(out)
    }

    pub(crate) fn line(&mut self, row: &DossierRow) -> Result<Option<DossierLine>> {
        Ok(self.lines(std::slice::from_ref(row))?.pop())
    }

    /// The lines of dossiers in their order; none for a kind that is not known here.
    pub(crate) fn lines(&mut self, rows: &[DossierRow]) -> Result<Vec<DossierLine>> {
        let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
        crate::ahead::of_lines(self.tx, &ids)?;
        let open = self.tx.open_in(&ids, self.now.0)?;
        let open: BTreeMap<DossierId, OpenRow> = open.into_iter().map(|o| (o.dossier, o)).collect();
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let counted = open.get(&row.id).map_or((0, 0), |o| (o.open, o.overdue));
            out.extend(self.counted_line(row, counted)?);
        }
        Ok(out)
    }

    fn counted_line(
        &mut self,
        row: &DossierRow,
        (open, overdue): (u64, u64),
    ) -> Result<Option<DossierLine>> {
        let Some(kind) = kinds::find(&row.kind) else {
            return Ok(None);
        };
        let title = match self.dossier(row.id)? {
            Some((_, title)) => title,
            None => String::new(),
        };
        Ok(Some(DossierLine {
            id: row.id,
            number: number(&row.convenor, row.number),
            title,
            kind,
            purpose: row.purpose,
            phase: row.phase,
            nodes: crate::codec::names(&row.nodes),
            opened: Instant(row.opened_ms),
            updated: Instant(row.updated_ms),
            open,
            overdue,
        }))
    }
}

/// Most comparisons that a page shows.
const MOST_SHOWN: usize = 50;

/// A number for reading: whose, and which.
pub(crate) fn number(node: &NodeName, number: u32) -> String {
    format!("{}-{number}", node.as_str().to_uppercase())
}

fn extends(entry: &EntryType) -> bool {
    let extends = |e: &Effect| matches!(e, Effect::On(On::Extend, _));
    entry.effects.iter().any(extends)
}

/// What asked for something, as far as it decides what answers it.
#[derive(Clone, Copy)]
struct Asked {
    /// The opening of its dossier.
    opening: bool,
    /// What alone decides it, where that is a type of its own: a version of an agreement, a venue.
    decided_by: Option<[&'static str; 2]>,
    /// Permission to use an entry.
    wants: bool,
}

/// Entry types by which a side may act on an obligation now, in the order of the kind.
fn offers(
    ob: &Obligation,
    side: Side,
    entries: &[&'static EntryType],
    asked: Asked,
) -> Vec<&'static EntryType> {
    let acts = ob.offers(side);
    let possible = |on: On, asks: &[entente_core::codes::Ask]| {
        (asks.is_empty() || asks.contains(&ob.ask.ask))
            && acts
                .iter()
                .any(|a| On::of(a) == on && obligation::may(ob.state, ob.ask.ask, side, a))
    };
    let usable = |e: &&&'static EntryType| {
        e.effects
            .iter()
            .any(|f| matches!(f, Effect::On(on, asks) if possible(*on, asks)))
    };
    let own = |e: &&&'static EntryType| kind::resuming_side(e).is_none_or(|s| s == side);
    // What opened a request is answered as a request, a note as a note: one button, not two.
    let own_answer = entries.iter().any(|e| e.name == "request.answer");
    let fitting = |e: &&&'static EntryType| match e.name {
        // Permission is given or refused, and nothing else is answered by giving it.
        _ if e.permits_uses() => asked.wants,
        "reply" | "investigation.join" if asked.wants || asked.decided_by.is_some() => false,
        own if decides(own) => asked.decided_by.is_some_and(|types| types.contains(&own)),
        "reply" => !(own_answer && asked.opening),
        "request.answer" => asked.opening,
        _ => true,
    };
    entries
        .iter()
        .filter(usable)
        .filter(own)
        .filter(fitting)
        .copied()
        .collect()
}
