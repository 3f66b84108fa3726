//! What is judged of how long contents are kept: a prolongation and a hold have an end within limits, and a hold is lifted by the node that
//! set it.

use super::{Case, Irregular, Judged, Verdict, require};
use crate::act::Act;
use crate::charter::Terms;
use crate::judge::Causal;
use crate::keeping::{holds_until, prolongs};
use crate::kind::Kind;

impl Case<'_> {
    /// Acts on keeping; others were judged before.
    pub(super) fn on_keeping(
        &self,
        (kind, terms): (&Kind, Option<&Terms>),
        act: &Act,
        before: &Causal,
    ) -> Judged {
        let acts = self.header.acts.known.iter();
        let only = acts.filter(|act| act.is_on_keeping()).count() == 1;
        require(only, Irregular::Act)?;
        let at = self.header.at;
        match act {
            Act::Keep { until, .. } => {
                require(prolongs(at, *until, &kind.keeps, terms), Irregular::Act)
            }
            Act::Hold { entry, until, .. } => {
                require(holds_until(at, *until), Irregular::Act)?;
                let Some(entry) = entry else { return Ok(()) };
                let held = self.written_before(*entry, before);
                let held = held.ok_or(Verdict::Irregular(Irregular::Parents))?;
                let heard = held.audience_contains(&self.header.audience);
                require(heard, Irregular::Audience)
            }
            Act::Lift { hold } => {
                let set = self.in_past(*hold, before);
                let set = set.ok_or(Verdict::Irregular(Irregular::Parents))?;
                require(set.node() == self.header.node(), Irregular::NotOriginator)?;
                let mut acts = set.acts.known.iter();
                let holds = acts.any(|act| matches!(act, Act::Hold { .. }));
                // Whoever honours it hears that it is over.
                require(
                    holds && set.audience == self.header.audience,
                    Irregular::Act,
                )
            }
            Act::Expired { before } => require(*before <= at, Irregular::Act),
            _ => Ok(()),
        }
    }
}
