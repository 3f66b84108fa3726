//! One meeting, one set of minutes that both sides hold to: which meeting minutes are of stands in their words, so that the ledger cannot tell two sets
//! of one meeting from two meetings. Whoever answers them can read it, and answers one set alone.

use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::Result;
use crate::fault::InputFault;
use crate::things::named;
use crate::{Actor, App};
use entente_core::act::{Act, OnAct};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds::meeting::{AMEND, APPROVE, MINUTES, OF, minutes_like};
use entente_core::obligation::{Obligation, State};
use entente_store::Read;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes that may be read.
struct Minutes {
    /// The invitation to the meeting that they are of.
    of: Option<EntryId>,
    /// Minutes that these amend.
    amends: BTreeSet<EntryId>,
    /// Whether the other side approved or amended them.
    answered: bool,
}

impl App {
    /// Refuses to write, approve or amend minutes of a meeting of which others were approved or amended already: amended minutes and what amends
    /// them are one set.
    pub(crate) fn refuse_second_minutes(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        (target, values): (Option<&Obligation>, &Values),
    ) -> Result<()> {
        let answers = [APPROVE.name, AMEND.name].contains(&entry_type.name);
        if !answers && entry_type.name != MINUTES.name {
            return Ok(());
        }
        let all = self.minutes_in(tx, actor, dossier)?;
        let asked = target.map(|target| target.ask.id.entry);
        let of = match answers {
            true => asked.and_then(|id| all.get(&id)).and_then(|one| one.of),
            false => named(values, OF),
        };
        let own = asked.map(|id| amended(&all, id)).unwrap_or_default();
        let other = |(id, one): (&EntryId, &Minutes)| one.answered && !own.contains(id);
        let same = all.iter().filter(|(_, one)| one.of == of);
        match of.is_some() && same.into_iter().any(other) {
            true => Err(InputFault::MinutesAnswered.into()),
            false => Ok(()),
        }
    }

    fn minutes_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<BTreeMap<EntryId, Minutes>> {
        let mut out = BTreeMap::new();
        for row in all_with_words(tx, dossier, &[MINUTES.name, AMEND.name])? {
            let Some(header) = regular(&row).filter(|_| minutes_like(&row.kind)) else {
                continue;
            };
            let Some(values) = self.read_by(tx, actor, &row)? else {
                continue;
            };
            let mut answered = false;
            for id in header.asked(row.id) {
                let asked = tx.obligation(id)?;
                answered |= asked.is_some_and(|asked| asked.state == State::Answered);
            }
            let one = Minutes {
                of: named(&values, OF),
                amends: header.acts.known.iter().filter_map(answers).collect(),
                answered,
            };
            out.insert(row.id, one);
        }
        Ok(out)
    }
}

/// What an act answers.
fn answers(act: &Act) -> Option<EntryId> {
    match act {
        Act::On {
            obligation,
            act: OnAct::Answer { .. },
        } => Some(obligation.entry),
        _ => None,
    }
}

/// Minutes with all that they amend, one after the other.
fn amended(all: &BTreeMap<EntryId, Minutes>, id: EntryId) -> BTreeSet<EntryId> {
    let (mut found, mut waiting) = (BTreeSet::from([id]), vec![id]);
    while let Some(one) = waiting.pop().and_then(|id| all.get(&id)) {
        waiting.extend(one.amends.iter().filter(|id| found.insert(**id)));
    }
    found
}
