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
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::meeting::{AMEND, APPROVE, CONVENE, HELD, MINUTES, OF, minutes_like};
use entente_core::obligation::{Obligation, State};
use entente_store::Read;
use std::collections::{BTreeMap, BTreeSet};

/// What tells a meeting: the invitation to it, and when it began.
#[derive(Clone, Copy, Default)]
struct Meeting {
    invited: Option<EntryId>,
    held: Option<Instant>,
}

impl Meeting {
    /// Of one invitation, or begun at one instant.
    fn is(self, other: Self) -> bool {
        let invited = self.invited.is_some() && self.invited == other.invited;
        invited || (self.held.is_some() && self.held == other.held)
    }
}

/// Minutes that may be read.
struct Minutes {
    /// The meeting that they are of.
    of: Meeting,
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
        let own = match target.filter(|_| answers) {
            Some(target) => amended(&all, target.ask.id.entry),
            None => BTreeSet::new(),
        };
        let mut meetings: Vec<Meeting> = own
            .iter()
            .filter_map(|id| all.get(id))
            .map(|one| one.of)
            .collect();
        if entry_type.name != APPROVE.name {
            meetings.push(meeting(tx, dossier, values)?);
        }
        let other = |(id, one): (&EntryId, &Minutes)| {
            let same = meetings.iter().any(|meeting| meeting.is(one.of));
            one.answered && !own.contains(id) && same
        };
        match all.iter().any(other) {
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
                of: meeting(tx, dossier, &values)?,
                amends: header.acts.known.iter().filter_map(answers).collect(),
                answered,
            };
            out.insert(row.id, one);
        }
        Ok(out)
    }
}

/// The meeting that minutes say they are of. Only an invitation of this dossier is one: its opening is of all meetings.
fn meeting(tx: &dyn Read, dossier: DossierId, values: &Values) -> Result<Meeting> {
    let of = named(values, OF).map(|id| tx.entry(id)).transpose()?;
    let invitation = of
        .flatten()
        .filter(|row| row.dossier == dossier && row.kind == CONVENE.name);
    Ok(Meeting {
        invited: invitation.map(|row| row.id),
        held: values.moment(HELD),
    })
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
