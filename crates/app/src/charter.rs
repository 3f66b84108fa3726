//! The charter's acts: proposing, signing, enacting, and how they stand.

use crate::codec::by_pages;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::views::{CharterView, Ending, Lapsed, Proposal};
use crate::{App, Recording};
use entente_core::act::{Act, Config};
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Urgency};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::instant::Instant;
use entente_core::judge::{Irregular, Verdict};
use entente_core::kinds;
use entente_core::obligation::State;
use entente_core::terms::{self, Part, TermsProblem};
use entente_store::{EntryRow, FlagRow, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

impl App {
    /// The act of a charter entry: the terms to propose, or the proposal that the form names.
    pub(crate) fn charter_act(
        &self,
        tx: &dyn Read,
        recording: &Recording,
        partner: Option<&NodeName>,
    ) -> Result<Option<Act>> {
        match recording.entry_type.as_str() {
            "charter.open" | "charter.propose" => {
                let partner = partner.ok_or(LinkFault::PartnerUnnamed)?;
                let base = self.terms_to_amend(tx, recording.dossier, partner)?;
                let draft = recording.terms.clone().unwrap_or_default();
                let terms = draft.amend(&base).map_err(AppError::Fields)?;
                if terms == base && base.version > 1 {
                    return Err(AppError::Fields(vec![
                        Part::TERMS.wrong(TermsProblem::NoChange.into()),
                    ]));
                }
                Ok(Some(Act::ProposeTerms { terms }))
            }
            "charter.sign" => {
                let proposal = self.named_proposal(tx, recording)?;
                refuse_faults(&proposal.terms)?;
                self.refuse_overtaken(tx, &proposal.terms)?;
                Ok(Some(Act::Sign {
                    proposal: proposal.entry,
                }))
            }
            "charter.enact" => {
                let proposal = self.named_proposal(tx, recording)?;
                refuse_faults(&proposal.terms)?;
                let partner = proposal.terms.other(&self.inner.me).cloned();
                let predecessor = self
                    .terms_with(tx, partner.as_ref())?
                    .map(|(entry, _)| entry);
                Ok(Some(Act::Enact {
                    proposal: proposal.entry,
                    signatures: proposal.signatures,
                    predecessor,
                }))
            }
            _ => Ok(None),
        }
    }

    /// Nobody signs what can no longer come into force.
    fn refuse_overtaken(&self, tx: &dyn Read, terms: &Terms) -> Result<()> {
        let partner = terms.other(&self.inner.me).cloned();
        let in_force = self.terms_with(tx, partner.as_ref())?;
        match in_force.is_some_and(|(_, now)| now.version >= terms.version) {
            true => Err(AppError::Irregular(Irregular::Charter)),
            false => Ok(()),
        }
    }

    /// What a signature answers: the decision that the proposal asks for, where it asks.
    pub(crate) fn signed_ask(
        &self,
        tx: &dyn Read,
        recording: &Recording,
    ) -> Result<Option<ObligationId>> {
        if recording.entry_type != "charter.sign" {
            return Ok(None);
        }
        Ok(self.named_proposal(tx, recording)?.asks)
    }

    /// By when a proposal is to be decided where no charter is in force: as long as it would itself leave for a decision.
    pub(crate) fn decided_by(&self, in_force: bool, act: Option<&Act>) -> Option<Instant> {
        let Some(Act::ProposeTerms { terms }) = act.filter(|_| !in_force) else {
            return None;
        };
        let allowed = terms.allowed(Ask::Decide, Urgency::Normal)?;
        Some(self.now() + allowed)
    }

    /// What a proposal starts from: the terms in force, or modelled ones; the next version, convened by whoever opened the charter.
    pub(crate) fn terms_to_amend(
        &self,
        tx: &dyn Read,
        dossier: Option<DossierId>,
        partner: &NodeName,
    ) -> Result<Terms> {
        let in_force = self.terms_in_force(tx, partner)?;
        let convenor = match dossier {
            Some(dossier) => tx.dossier(dossier)?.ok_or(AppError::NotFound)?.convenor,
            None => self.inner.me.clone(),
        };
        let mut terms = match &in_force {
            Some(current) => Terms::clone(current),
            None => Terms::modelled(&self.inner.me, partner, &convenor, kinds::chartered()),
        };
        terms.version = in_force.map_or(1, |t| t.version + 1);
        terms.convenor = convenor;
        Ok(terms)
    }

    /// The proposal that a form names, by itself or by what it asked; else the newest one that still stands.
    fn named_proposal(&self, tx: &dyn Read, recording: &Recording) -> Result<Standing> {
        let dossier = recording.dossier.ok_or(AppError::NotFound)?;
        let named = recording.proposal.or(recording.target.map(|on| on.entry));
        let mut standing = self.proposals(tx, dossier)?.into_iter().rev();
        let found = match named {
            Some(named) => standing.find(|p| p.entry == named),
            None => standing.find(|p| !p.enacted && p.ended.is_none()),
        };
        found.ok_or(AppError::NotFound)
    }

    /// Every regular proposal of a charter dossier, oldest first, with who signed it.
    fn proposals(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<Standing>> {
        let mut found: Vec<Standing> = Vec::new();
        by_pages(tx, dossier, |rows| {
            for row in rows {
                if let Some(header) = regular(&row) {
                    follow(&mut found, row.id, &header);
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        for standing in &mut found {
            standing.ended = self.ended(tx, dossier, standing)?;
        }
        Ok(found)
    }

    /// How a proposal ended without a second signature, if it did: a concurrent signature beats a withdrawal, as any answer does.
    fn ended(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        p: &Standing,
    ) -> Result<Option<(Ending, EntryId)>> {
        let Some(ob) = p.asks.filter(|_| p.signatures.is_empty()) else {
            return Ok(None);
        };
        let ob = self.target(tx, dossier, ob)?;
        let how = match ob.state {
            State::Answered => Ending::Declined,
            State::Withdrawn => Ending::Withdrawn,
            _ => return Ok(None),
        };
        Ok(ob.answered_by.map(|entry| (how, entry)))
    }

    /// A charter's page.
    pub(crate) fn charter_view(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        partner: &NodeName,
    ) -> Result<CharterView> {
        let in_force = self.terms_in_force(tx, partner)?;
        let version = in_force.as_ref().map_or(0, |t| t.version);
        let convenor = tx.dossier(dossier)?.map(|d| d.convenor);
        let (mut proposals, mut lapsed) = (Vec::new(), Vec::new());
        for p in self
            .proposals(tx, dossier)?
            .into_iter()
            .filter(|p| !p.enacted)
        {
            match p.ended {
                Some((how, entry)) => lapsed.push(Lapsed {
                    proposal: p.entry,
                    by: p.by,
                    version: p.terms.version,
                    how,
                    entry,
                }),
                // What other terms overtook is shown while it still waits for a word.
                None if p.terms.version > version || p.waits() => {
                    proposals.push(self.proposal_view(p, version, convenor.as_ref()));
                }
                None => {}
            }
        }
        lapsed.reverse();
        lapsed.truncate(CharterView::LAPSED);
        Ok(CharterView {
            suspended: self.flags_up(tx, partner)?,
            proposals,
            lapsed,
            in_force: in_force.map(std::sync::Arc::unwrap_or_clone),
        })
    }

    fn proposal_view(&self, p: Standing, version: u32, convenor: Option<&NodeName>) -> Proposal {
        let me = &self.inner.me;
        let faults = terms::faults(&p.terms);
        let next = p.terms.version == version.saturating_add(1);
        let sound = faults.is_empty() && next;
        Proposal {
            entry: p.entry,
            asks: p.asks.filter(|_| p.waits()),
            may_sign: sound && !p.signed.contains(me),
            may_enact: sound
                && convenor == Some(me)
                && p.terms.parties.iter().all(|n| p.signed.contains(n)),
            may_decline: p.waits() && p.by != *me,
            may_withdraw: p.waits() && p.by == *me,
            overtaken: p.terms.version <= version,
            signed: p.signed,
            by: p.by,
            terms: p.terms,
            faults,
        }
    }

    /// Our suspension flag and the partner's.
    pub(crate) fn flags_up(&self, tx: &dyn Read, partner: &NodeName) -> Result<(bool, bool)> {
        let mut up = (false, false);
        for (_, row) in ordered_flags(tx, partner)? {
            if row.node == self.inner.me {
                up.0 = row.set
            } else {
                up.1 = row.set
            }
        }
        Ok(up)
    }

    /// The same of all that take part in a dossier besides us: ours towards any of them, and theirs of any.
    pub(crate) fn flags_among(&self, tx: &dyn Read, config: &Config) -> Result<(bool, bool)> {
        let mut up = (false, false);
        for partner in self.others_in(config) {
            let (ours, theirs) = self.flags_up(tx, &partner)?;
            up = (up.0 || ours, up.1 || theirs);
        }
        Ok(up)
    }

    /// The charter's dossier with a partner: the one in force, else the newest draft.
    pub(crate) fn charter_dossier(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
    ) -> Result<Option<DossierId>> {
        if let Some(row) = tx.terms_with(partner)? {
            return Ok(Some(row.dossier));
        }
        let filter = entente_store::DossierFilter {
            kind: Some("charter".into()),
            node: Some(partner.clone()),
            limit: 1,
            ..Default::default()
        };
        Ok(tx.dossiers(&filter)?.first().map(|d| d.id))
    }

    /// Terms in force with a partner.
    pub(crate) fn terms_in_force(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
    ) -> Result<Option<Arc<Terms>>> {
        Ok(self.terms_with(tx, Some(partner))?.map(|(_, terms)| terms))
    }
}

/// What another node proposes may be wider than what an officer here may propose: it is not signed unread.
fn refuse_faults(terms: &Terms) -> Result<()> {
    match terms::faults(terms) {
        faults if faults.is_empty() => Ok(()),
        faults => Err(AppError::Fields(faults)),
    }
}

/// Flag facts of a link with their causal depth, in its order: a clock set back does not turn a lifted flag into a raised one.
pub(crate) fn ordered_flags(tx: &dyn Read, partner: &NodeName) -> Result<Vec<(u64, FlagRow)>> {
    let mut rows = Vec::new();
    for row in tx.flags(partner)? {
        rows.push((tx.entry(row.entry)?.map_or(0, |e| e.depth), row));
    }
    rows.sort_by_key(|(depth, row)| (*depth, row.entry));
    Ok(rows)
}

/// A proposal and who signed it.
struct Standing {
    entry: EntryId,
    by: NodeName,
    /// The decision that it asks for; none in proposals of an earlier version.
    asks: Option<ObligationId>,
    /// How it ended without a second signature, and by which entry.
    ended: Option<(Ending, EntryId)>,
    terms: Terms,
    signatures: Vec<EntryId>,
    signed: Vec<NodeName>,
    enacted: bool,
}

impl Standing {
    /// Whether it asks the other side to decide and nobody has.
    fn waits(&self) -> bool {
        self.asks.is_some() && self.ended.is_none() && self.signatures.is_empty()
    }
}

/// The decision that a proposing entry asks for.
fn asked(entry: EntryId, header: &Header) -> Option<ObligationId> {
    header.asked(entry).next()
}

/// The header of a regular entry.
pub(crate) fn regular(row: &EntryRow) -> Option<Header> {
    (row.verdict == Verdict::Regular.number())
        .then(|| Header::from_bytes(&row.header).ok())
        .flatten()
}

/// What one entry does to the proposals before it: another one, a signature, its coming into force.
fn follow(found: &mut Vec<Standing>, entry: EntryId, header: &Header) {
    let node = header.node();
    for act in &header.acts.known {
        match act {
            Act::ProposeTerms { terms } => found.push(Standing {
                entry,
                by: node.clone(),
                asks: asked(entry, header),
                ended: None,
                terms: terms.clone(),
                signatures: Vec::new(),
                signed: vec![node.clone()],
                enacted: false,
            }),
            Act::Sign { proposal } => {
                let signs = |s: &&mut Standing| s.entry == *proposal && !s.signed.contains(&node);
                for standing in found.iter_mut().filter(signs) {
                    standing.signatures.push(entry);
                    standing.signed.push(node.clone());
                }
            }
            Act::Enact { proposal, .. } => {
                let named = found.iter_mut().filter(|s| s.entry == *proposal);
                named.for_each(|s| s.enacted = true);
            }
            _ => {}
        }
    }
}
