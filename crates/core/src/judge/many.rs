//! What is judged only in a dossier of three states or more (rule 16): its opening, its terms, and who may be asked under them.

use super::{Case, Irregular, Judged, Verdict, require};
use crate::act::{Act, Config, Earlier};
use crate::charter::Terms;
use crate::codes::Ask;
use crate::ids::{DossierId, NodeName, ObligationId};
use crate::judge::Causal;
use crate::kind::{EntryType, Kind, MOST_EARLIER, MOST_STATES, RULES_OF_RELEASES};
use crate::obligation::State;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The opening of a dossier of three states or more asks each of the others in one of so many first acts.
const FIRST_ACTS: u8 = 8;

impl Case<'_> {
    /// The opening of a dossier of three states or more carries its own terms and asks each of the others to decide (rule 16).
    pub(super) fn gathering(
        &self,
        kind: &Kind,
        entry: &EntryType,
        config: &Config,
    ) -> Result<Arc<Terms>, Verdict> {
        let (h, nodes) = (self.header, config.nodes());
        let fits = (3..=MOST_STATES).contains(&nodes.len()) && h.audience == nodes;
        require(fits, Irregular::Audience)?;
        require(
            kind.needs_charter && entry.gathers(),
            Irregular::NotAdmitted,
        )?;
        require(h.under.charter.is_none(), Irregular::Under)?;
        let Some(Act::ProposeTerms { terms }) = h.acts.known.get(1) else {
            return Err(Verdict::Irregular(Irregular::Under));
        };
        let own = terms.parties == nodes && terms.convenor == h.node() && terms.version == 1;
        require(own, Irregular::Charter)?;
        require(terms.admit(kind.name, config), Irregular::NotAdmitted)?;
        let first = || h.acts.known.iter().take(usize::from(FIRST_ACTS));
        let invited = |n: &NodeName| *n == h.node() || first().any(|a| invites(a, n));
        require(nodes.iter().all(invited), Irregular::Asked)?;
        Ok(Arc::new(terms.clone()))
    }

    /// An opening names the dossiers that it continues once each, under the rules that know them.
    pub(super) fn continues(&self, earlier: &[Earlier], config: &Config) -> Judged {
        let dossiers: BTreeSet<DossierId> = earlier.iter().map(|e| e.dossier).collect();
        let fits = config.rules >= RULES_OF_RELEASES
            && (1..=MOST_EARLIER).contains(&earlier.len())
            && dossiers.len() == earlier.len();
        require(fits, Irregular::Act)
    }

    /// What is released comes from a dossier that this one continues by its opening's word. What it wraps is in the body, which is no
    /// part of this judgement: see [`crate::released`].
    pub(super) fn release(&self, from: DossierId, config: &Config, before: &Causal) -> Judged {
        require(config.rules >= RULES_OF_RELEASES, Irregular::Act)?;
        let opening = self
            .opening_before()
            .and_then(|id| self.in_past(id, before));
        let named = |act: &Act| matches!(act, Act::Continues { earlier } if earlier.iter().any(|e| e.dossier == from));
        let continued = opening.is_some_and(|h| h.acts.known.iter().any(named));
        require(continued, Irregular::Earlier)
    }

    /// Nobody is bound by terms that it did not sign: in a dossier of three states or more, a state is asked only whether it joins
    /// until it has joined.
    pub(super) fn ask_of_member(&self, act: &Act, config: &Config, before: &Causal) -> Judged {
        let Act::Ask { of, .. } = act else {
            return Ok(());
        };
        if !config.is_of_many() || self.header.dossier.is_none() {
            return Ok(());
        }
        let node = of.node();
        let member =
            node == self.header.node() || node == config.convenor || self.has_joined(&node, before);
        require(member, Irregular::Asked)
    }

    /// Whether a state answered the opening's question by joining, as far as this entry's past knows.
    fn has_joined(&self, node: &NodeName, before: &Causal) -> bool {
        let Some(entry) = self.opening_before() else {
            return false;
        };
        (0..FIRST_ACTS).any(|index| {
            let asked = self.past.obligation(ObligationId { entry, index });
            let asked = asked.filter(|h| h.ask.ask == Ask::Decide && h.ask.debtor.node() == *node);
            asked.is_some_and(|history| self.state_before(history, before) == State::Answered)
        })
    }
}

/// Whether an act invites a state to join.
fn invites(act: &Act, node: &NodeName) -> bool {
    matches!(act, Act::Ask { ask: Ask::Decide, of, to: None, .. } if of.node() == *node)
}

/// Whether an act is the terms of a dossier of three states or more: one of two has a charter above it.
pub(super) fn carries_terms(entry: &EntryType, act: &Act) -> bool {
    entry.gathers() && matches!(act, Act::ProposeTerms { .. })
}
