//! What is judged of an originator's conditions (invariant 6): who may ask for permission, give it, tighten, and confirm.

use super::{Case, Irregular, Judged, Verdict, require};
use crate::act::{Act, OnAct};
use crate::conditions::Uses;
use crate::handling::HandlingCodes;
use crate::header::Header;
use crate::ids::EntryId;
use crate::instant::Instant;
use crate::judge::Causal;

impl Case<'_> {
    /// Acts on the conditions of an entry; others were judged before.
    pub(super) fn on_conditions(&self, act: &Act, before: &Causal) -> Judged {
        match act {
            Act::Wants { entry, uses } => self.wants(*entry, *uses, before),
            Act::Permit { entry, uses, .. } => self.permits(*entry, *uses, before),
            Act::Tighten {
                entry,
                codes,
                until,
            } => self.tightens(*entry, *codes, *until, before),
            Act::Confirm { condition } => self.confirms(*condition, before),
            _ => Ok(()),
        }
    }

    /// What is asked for is another node's, which hears it and is the one that is asked; once, so that one answer is about one entry.
    fn wants(&self, entry: EntryId, uses: Uses, before: &Causal) -> Judged {
        require(uses.is_known() && self.only(), Irregular::Act)?;
        let originator = self.foreign(entry, before)?.node();
        let asked = self.header.acts.known.iter();
        let asks =
            asked.filter(|act| matches!(act, Act::Ask { of, .. } if of.node() == originator));
        require(asks.count() == 1, Irregular::Asked)
    }

    /// A permission is the originator's, answers an ask for it, and gives no more than was asked for.
    fn permits(&self, entry: EntryId, uses: Uses, before: &Causal) -> Judged {
        require(uses.is_known() && self.only(), Irregular::Act)?;
        self.own(entry, before)?;
        let answers = self.header.acts.on().any(|(on, act)| {
            let full = matches!(act, OnAct::Answer { partial: false, .. });
            full && self.asked_for(on.entry, entry, uses, before)
        });
        require(answers, Irregular::Obligation)
    }

    fn asked_for(&self, asking: EntryId, entry: EntryId, uses: Uses, before: &Causal) -> bool {
        let asking = self.in_past(asking, before);
        let acts = asking.iter().flat_map(|header| &header.acts.known);
        let mut wanted = acts.filter_map(|act| match act {
            Act::Wants { entry, uses } => Some((*entry, *uses)),
            _ => None,
        });
        wanted.any(|(of, all)| of == entry && all.contains(uses))
    }

    /// Only the originator tightens, and whoever may hold the entry hears it, as with an erasure. What was sent cannot be called back
    /// by a code that says that it never leaves.
    fn tightens(
        &self,
        entry: EntryId,
        codes: HandlingCodes,
        until: Option<Instant>,
        before: &Causal,
    ) -> Judged {
        let says = codes.is_sendable_and_known() && (!codes.is_empty() || until.is_some());
        require(says && self.only(), Irregular::Act)?;
        let target = self.own(entry, before)?;
        require(target.audience == self.header.audience, Irregular::Audience)
    }

    /// Whoever confirms has another node's condition before them; for one's own node alone, where the other does not know this act.
    fn confirms(&self, condition: EntryId, before: &Causal) -> Judged {
        require(self.only(), Irregular::Act)?;
        self.foreign(condition, before).map(|_| ())
    }

    /// One act on conditions in one entry.
    fn only(&self) -> bool {
        let acts = self.header.acts.known.iter();
        acts.filter(|act| act.is_on_conditions()).count() == 1
    }

    fn own(&self, entry: EntryId, before: &Causal) -> Result<Header, Verdict> {
        let target = self.in_past(entry, before);
        let target = target.ok_or(Verdict::Irregular(Irregular::Parents))?;
        let own = target.node() == self.header.node();
        require(own, Irregular::NotOriginator)?;
        Ok(target)
    }

    /// An entry of another node's in the past, which whoever hears this may hold (rule 4).
    fn foreign(&self, entry: EntryId, before: &Causal) -> Result<Header, Verdict> {
        let target = self.in_past(entry, before);
        let target = target.ok_or(Verdict::Irregular(Irregular::Parents))?;
        let own = target.node() == self.header.node();
        require(!own, Irregular::NotOriginator)?;
        let heard = target.audience_contains(&self.header.audience);
        require(heard, Irregular::Audience)?;
        Ok(target)
    }
}
