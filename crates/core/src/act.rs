//! Ledger acts: the closed, generic list of effects that a header carries (rule 2).
//!
//! Any version of Entente computes the same ledger from these, whether or not it knows the entry's type and whether or not the
//! body still exists. A node that meets an act of a newer version keeps the entry and shows it as not evaluated.

use crate::charter::Terms;
use crate::codes::{
    Ask, Class, Contested, Delay, Ground, HoldGround, KeepReason, Outcome, Phase, Purpose,
    Relation, Urgency,
};
use crate::conditions::Uses;
use crate::handling::HandlingCodes;
use crate::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use crate::instant::Instant;
use crate::kind::RULES_OF_MANY;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde::Serialize;

/// A dossier's configuration: one writer, the convenor (rule 9).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Config {
    /// The node that enacts configurations.
    #[n(0)]
    pub convenor: NodeName,
    /// Participating services, ascending.
    #[n(1)]
    pub participants: Vec<ServiceName>,
    /// The one purpose.
    #[n(2)]
    pub purpose: Purpose,
    /// Highest class of its entries.
    #[n(3)]
    pub ceiling: Class,
    /// Phase.
    #[n(4)]
    pub phase: Phase,
    /// Version of the rules that judge it (rule 8).
    #[n(5)]
    pub rules: u16,
}

impl Config {
    /// The nodes of the participants, ascending.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeName> {
        let mut nodes: Vec<NodeName> = self.participants.iter().map(ServiceName::node).collect();
        nodes.sort();
        nodes.dedup();
        nodes
    }

    /// Whether this is a dossier of three states or more with terms of its own (rule 16); so it stays when one has left.
    #[must_use]
    pub fn is_of_many(&self) -> bool {
        self.rules >= RULES_OF_MANY
    }
}

/// A dossier that a wider one continues, as its opening names it: an identifier, and the number that people know it by.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Earlier {
    /// The dossier, which a state that joins later does not hold.
    #[n(0)]
    pub dossier: DossierId,
    /// Who opened it.
    #[n(1)]
    pub convenor: NodeName,
    /// Its opener's own number for it.
    #[n(2)]
    pub number: u32,
}

/// An act on one obligation. Transitions are in [`crate::obligation`], nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub enum OnAct {
    /// The debtor has it and deals with it.
    #[n(0)]
    Acknowledge,
    /// The debtor works on it.
    #[n(1)]
    Progress,
    /// The debtor waits for a judge's authorisation.
    #[n(2)]
    AwaitAuthorisation,
    /// The debtor cannot meet the date and gives a new one.
    #[n(3)]
    Extend {
        /// New date.
        #[n(0)]
        until: Instant,
        /// Reason.
        #[n(1)]
        reason: Delay,
    },
    /// The debtor needs further details: the clock stops.
    #[n(4)]
    Pause,
    /// The details that a pause asked for are here: the clock runs again.
    #[n(5)]
    Resume {
        /// The entry that paused.
        #[n(0)]
        pause: EntryId,
    },
    /// The debtor answers, in part or in full.
    #[n(6)]
    Answer {
        /// More is to come.
        #[n(0)]
        partial: bool,
        /// What became of it, where the ask was for feedback.
        #[n(1)]
        outcome: Outcome,
    },
    /// The debtor refuses, with a ground.
    #[n(7)]
    Refuse {
        /// Ground.
        #[n(0)]
        ground: Ground,
        /// The reason is withheld (two security grounds only).
        #[n(1)]
        withheld: bool,
    },
    /// The creditor no longer insists.
    #[n(8)]
    Waive,
    /// The author takes the ask back.
    #[n(9)]
    Withdraw,
    /// Contested, with what exactly.
    #[n(10)]
    Contest {
        /// What.
        #[n(0)]
        what: Contested,
    },
    /// The debtor hands it to another of its services.
    #[n(11)]
    HandOver {
        /// The service that owes from now on.
        #[n(0)]
        to: ServiceName,
    },
    /// The creditor agrees that what was claimed is done.
    #[n(12)]
    Accept,
    /// The creditor adds this entry to what the open obligation is about.
    #[n(13)]
    Join,
    /// Either side proposes when the other, or itself, really received an entry: the receipt's own time is contested (rule 10).
    #[n(14)]
    ProposeTime {
        /// The asking or acting entry whose receipt is meant.
        #[n(0)]
        of: EntryId,
        /// The instant proposed in place of the receipt's.
        #[n(1)]
        at: Instant,
    },
    /// The other side agrees: from now on the proposed time stands in place of the receipt's (rule 10).
    #[n(15)]
    AgreeTime {
        /// The entry that proposed it.
        #[n(0)]
        proposal: EntryId,
    },
}

impl OnAct {
    /// Whether it came after the first list of acts. Such an act is written under the number [`LATER_ON`], so that a version
    /// without it counts an unknown act and shows the entry as not evaluated (rule 8).
    pub(crate) const fn is_later(&self) -> bool {
        matches!(self, Self::ProposeTime { .. } | Self::AgreeTime { .. })
    }

    /// Whether a clock starts, stops or ends by this act, so that the time of its receipt counts.
    #[must_use]
    pub const fn moves_a_clock(&self) -> bool {
        matches!(
            self,
            Self::Answer { .. } | Self::Refuse { .. } | Self::Pause | Self::Resume { .. }
        )
    }
}

/// One effect of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub enum Act {
    /// Opens a dossier.
    #[n(0)]
    Open {
        /// Kind of dossier.
        #[n(0)]
        kind: String,
        /// The opening node's own number for it.
        #[n(1)]
        number: u32,
        /// First configuration.
        #[n(2)]
        config: Config,
    },
    /// The convenor sets the next configuration.
    #[n(1)]
    Configure {
        /// The whole new configuration.
        #[n(0)]
        config: Config,
    },
    /// A service leaves; it always may.
    #[n(2)]
    Leave {
        /// The service.
        #[n(0)]
        service: ServiceName,
    },
    /// Proposes terms for a charter.
    #[n(3)]
    ProposeTerms {
        /// The terms.
        #[n(0)]
        terms: Terms,
    },
    /// Signs a proposal for one's node.
    #[n(4)]
    Sign {
        /// The proposing entry.
        #[n(0)]
        proposal: EntryId,
    },
    /// The convenor brings a proposal into force.
    #[n(5)]
    Enact {
        /// The proposing entry.
        #[n(0)]
        proposal: EntryId,
        /// The entries that signed it, one per party; the proposal itself counts as its author's.
        #[n(1)]
        signatures: Vec<EntryId>,
        /// What was in force before.
        #[n(2)]
        predecessor: Option<EntryId>,
    },
    /// Raises or lifts the author's suspension flag (rule 11).
    #[n(6)]
    Flag {
        /// Up or down.
        #[n(0)]
        suspended: bool,
    },
    /// Asks something of a service: opens an obligation.
    #[n(7)]
    Ask {
        /// What.
        #[n(0)]
        ask: Ask,
        /// Of whom.
        #[n(1)]
        of: ServiceName,
        /// How pressing.
        #[n(2)]
        urgency: Urgency,
        /// A date that takes the clock's place (a promised date, a next feedback date).
        #[n(3)]
        by: Option<Instant>,
        /// The asking node's own number for it.
        #[n(4)]
        number: u32,
        /// The obligation whose answer gave rise to this one.
        #[n(5)]
        about: Option<ObligationId>,
        /// The service owed, where the author promises for its own node; absent where the author asks for itself.
        #[n(6)]
        to: Option<ServiceName>,
    },
    /// Acts on an obligation.
    #[n(8)]
    On {
        /// Which.
        #[n(0)]
        obligation: ObligationId,
        /// How.
        #[n(1)]
        act: OnAct,
    },
    /// Relates two points of declarations.
    #[n(9)]
    Relate {
        /// How.
        #[n(0)]
        relation: Relation,
        /// The later point.
        #[n(1)]
        from: EntryId,
        /// The earlier point.
        #[n(2)]
        to: EntryId,
        /// The earlier point's dossier.
        #[n(3)]
        to_dossier: DossierId,
    },
    /// Destroys the body and files of an entry.
    #[n(10)]
    Erase {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
    },
    /// Destroys one file of an entry, whose body stays. It came after the first list, under a number of its own: a version without
    /// it shows the entry as not evaluated, and destroys nothing until it is updated (rule 8).
    #[n(12)]
    EraseFile {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
        /// Place among its attachments, from 0.
        #[n(1)]
        index: u32,
    },
    /// Names the dossiers that the opened one continues: entries of these may be released into it (rule 16).
    #[n(13)]
    Continues {
        /// Which, the nearest first.
        #[n(0)]
        earlier: Vec<Earlier>,
    },
    /// Releases an entry that its author's node wrote in an earlier dossier: history, which changes nothing here (rule 16).
    #[n(14)]
    Release {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
        /// Its dossier.
        #[n(1)]
        dossier: DossierId,
    },
    /// Says which uses of which entry the author's node asks its originator to permit; the ask itself stands beside it. Numbers from
    /// 15 to 19 are no acts.
    #[n(20)]
    Wants {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
        /// Which uses.
        #[n(1)]
        uses: Uses,
    },
    /// The originator permits uses of an entry to the node that asked.
    #[n(21)]
    Permit {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
        /// Which uses.
        #[n(1)]
        uses: Uses,
        /// How long.
        #[n(2)]
        until: Option<Instant>,
    },
    /// The originator adds conditions, or an end, to an entry that was sent.
    #[n(22)]
    Tighten {
        /// Which entry.
        #[n(0)]
        entry: EntryId,
        /// The codes that are added.
        #[n(1)]
        codes: HandlingCodes,
        /// From then on nothing of it may be used.
        #[n(2)]
        until: Option<Instant>,
    },
    /// An officer confirms that they read the free text of a condition.
    #[n(23)]
    Confirm {
        /// The entry that holds the condition.
        #[n(0)]
        condition: EntryId,
    },
    /// The author's node keeps the contents of the dossier beyond the day of their review. Numbers from 24 to 29 are no acts.
    #[n(30)]
    Keep {
        /// Until when.
        #[n(0)]
        until: Instant,
        /// Why.
        #[n(1)]
        reason: KeepReason,
    },
    /// Nobody's silence erases the contents of the dossier, or of an entry, until then.
    #[n(31)]
    Hold {
        /// Which entry; all of the dossier if none.
        #[n(0)]
        entry: Option<EntryId>,
        /// Why.
        #[n(1)]
        ground: HoldGround,
        /// Until when.
        #[n(2)]
        until: Instant,
    },
    /// Whoever set a hold lifts it.
    #[n(32)]
    Lift {
        /// The entry that set it.
        #[n(0)]
        hold: EntryId,
    },
    /// The author's node destroyed all that it held of the dossier and that began before some moment: what it wrote, and its copies of
    /// what others wrote.
    #[n(33)]
    Expired {
        /// What began before this.
        #[n(0)]
        before: Instant,
    },
}

impl Act {
    /// The number under which it travels, where it came after the first list.
    pub(crate) const fn number(&self) -> u32 {
        match self {
            Self::EraseFile { .. } => 12,
            Self::Continues { .. } => 13,
            Self::Release { .. } => 14,
            Self::Wants { .. } => 20,
            Self::Permit { .. } => 21,
            Self::Tighten { .. } => 22,
            Self::Confirm { .. } => 23,
            Self::Keep { .. } => 30,
            Self::Hold { .. } => 31,
            Self::Lift { .. } => 32,
            Self::Expired { .. } => 33,
            _ => LATER_ON,
        }
    }

    /// Whether it is about an originator's conditions (invariant 6).
    #[must_use]
    pub fn is_on_conditions(&self) -> bool {
        matches!(
            self,
            Self::Wants { .. } | Self::Permit { .. } | Self::Tighten { .. } | Self::Confirm { .. }
        )
    }

    /// Whether it is about how long contents are kept.
    #[must_use]
    pub fn is_on_keeping(&self) -> bool {
        matches!(
            self,
            Self::Keep { .. } | Self::Hold { .. } | Self::Lift { .. } | Self::Expired { .. }
        )
    }

    /// The entry of which it destroys all or a file.
    #[must_use]
    pub fn erased(&self) -> Option<EntryId> {
        match self {
            Self::Erase { entry } | Self::EraseFile { entry, .. } => Some(*entry),
            _ => None,
        }
    }
}

/// Number of the acts on obligations that came after the first list; in memory they are [`Act::On`] like the others.
const LATER_ON: u32 = 11;
/// The numbers of known acts.
const fn is_known(number: u32) -> bool {
    number < 15 || (20 <= number && number < 24) || (30 <= number && number < 34)
}
/// Numbers below this are known acts on obligations.
const KNOWN_ON: u32 = 16;

/// The acts of a header: those known, and how many of newer versions there are.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Acts {
    /// Known acts in their order.
    pub known: Vec<Act>,
    /// Numbers of acts that this version does not know.
    pub unknown: Vec<u32>,
}

impl Acts {
    /// Only known acts.
    #[must_use]
    pub fn new(known: Vec<Act>) -> Self {
        Self {
            known,
            unknown: Vec::new(),
        }
    }
    /// Whether a newer version wrote something that this one cannot evaluate.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }
    /// The acts on obligations.
    pub fn on(&self) -> impl Iterator<Item = (ObligationId, &OnAct)> {
        self.known.iter().filter_map(|a| {
            if let Act::On { obligation, act } = a {
                Some((*obligation, act))
            } else {
                None
            }
        })
    }
    /// The asks, each with its place.
    pub fn asks(&self) -> impl Iterator<Item = (u8, &Act)> {
        (0u8..=u8::MAX)
            .zip(&self.known)
            .filter(|(_, a)| matches!(a, Act::Ask { .. }))
    }
}

impl<C> Encode<C> for Acts {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(self.known.len() as u64)?;
        for act in &self.known {
            match act {
                Act::On { obligation, act } if act.is_later() => {
                    e.array(2)?.u32(LATER_ON)?.array(2)?;
                    e.encode_with(obligation, ctx)?.encode_with(act, ctx)?;
                }
                _ => act.encode(e, ctx)?,
            }
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Acts {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        let count = d
            .array()?
            .ok_or_else(|| decode::Error::message("acts of indefinite length"))?;
        if count > crate::header::MAX_ACTS as u64 {
            return Err(decode::Error::message("too many acts"));
        }
        let mut acts = Self::default();
        for _ in 0..count {
            let start = d.position();
            d.array()?;
            let number = d.u32()?;
            if number == LATER_ON {
                match decode_later(d, ctx)? {
                    Some(act) => acts.known.push(act),
                    None => acts.unknown.push(number),
                }
                continue;
            }
            d.set_position(start);
            if is_known(number) {
                acts.known.push(Act::decode(d, ctx)?);
            } else {
                d.skip()?;
                acts.unknown.push(number);
            }
        }
        Ok(acts)
    }
}

/// Reads what follows the number [`LATER_ON`]; nothing where a still newer version wrote an act that is unknown here.
fn decode_later<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Option<Act>, decode::Error> {
    if d.array()? != Some(2) {
        return Err(decode::Error::message(
            "act on an obligation of the wrong size",
        ));
    }
    let obligation = d.decode_with(ctx)?;
    let start = d.position();
    d.array()?;
    let number = d.u32()?;
    d.set_position(start);
    if number >= KNOWN_ON {
        d.skip()?;
        return Ok(None);
    }
    let act = d.decode_with(ctx)?;
    Ok(Some(Act::On { obligation, act }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that no act has yet.
    const UNKNOWN: u32 = 24;

    fn on(act: OnAct) -> Act {
        Act::On {
            obligation: ObligationId {
                entry: EntryId([7; 32]),
                index: 1,
            },
            act,
        }
    }

    fn proposal() -> Act {
        on(OnAct::ProposeTime {
            of: EntryId([7; 32]),
            at: Instant(5),
        })
    }

    /// Rule 8: the acts of the second list travel under a number that the first list did not have: whoever does not know it says
    /// "not evaluated", never "unreadable".
    #[test]
    fn rule_08_later_acts_have_a_number_of_their_own() {
        let acts = Acts::new(vec![
            on(OnAct::Waive),
            proposal(),
            on(OnAct::AgreeTime {
                proposal: EntryId([8; 32]),
            }),
        ]);
        let bytes = minicbor::to_vec(&acts).unwrap();
        assert_eq!(minicbor::decode::<Acts>(&bytes).unwrap(), acts);
        let mut d = Decoder::new(&bytes);
        d.array().unwrap();
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let start = d.position();
            d.array().unwrap();
            numbers.push(d.u32().unwrap());
            d.set_position(start);
            d.skip().unwrap();
        }
        assert_eq!(numbers, [8, 11, 11]);
    }

    /// Rule 8: a file's erasure has a number that the first list did not have.
    #[test]
    fn rule_08_the_erasure_of_a_file_has_a_number_of_its_own() {
        let entry = EntryId([7; 32]);
        let acts = Acts::new(vec![
            Act::EraseFile { entry, index: 300 },
            Act::Erase { entry },
        ]);
        let bytes = minicbor::to_vec(&acts).unwrap();
        assert_eq!(minicbor::decode::<Acts>(&bytes).unwrap(), acts);
        assert_eq!(
            bytes[..3],
            [0x82, 0x82, 12],
            "two acts, the first by its number"
        );
    }

    /// There is one form of it: under the first list's number it comes back in other bytes, which a header refuses.
    #[test]
    fn a_later_act_under_the_first_number_is_not_deterministic() {
        let mut wrong = vec![0x81];
        minicbor::encode(proposal(), &mut wrong).unwrap();
        let read = minicbor::decode::<Acts>(&wrong).unwrap();
        assert_ne!(minicbor::to_vec(&read).unwrap(), wrong);
    }

    /// What a still newer version writes about an obligation is counted as unknown, and what follows it is read.
    #[test]
    fn rule_08_a_still_newer_act_on_an_obligation_is_unknown() {
        let mut e = Encoder::new(Vec::new());
        e.array(2).unwrap().array(2).unwrap().u32(11).unwrap();
        e.array(2).unwrap();
        e.encode(ObligationId {
            entry: EntryId([7; 32]),
            index: 0,
        })
        .unwrap();
        e.array(2).unwrap().u32(KNOWN_ON).unwrap();
        e.array(1).unwrap().str("unheard of").unwrap();
        e.encode(Act::Flag { suspended: true }).unwrap();
        let read = minicbor::decode::<Acts>(e.writer()).unwrap();
        assert_eq!(
            (read.known, read.unknown),
            (vec![Act::Flag { suspended: true }], vec![11])
        );
    }

    /// Rule 8: what an opening continues and what is released have numbers that versions before them count as unknown.
    #[test]
    fn rule_08_earlier_dossiers_and_releases_have_numbers_of_their_own() {
        let acts = Acts::new(vec![
            Act::Continues {
                earlier: vec![Earlier {
                    dossier: DossierId([7; 32]),
                    convenor: "ma".parse().unwrap(),
                    number: 12,
                }],
            },
            Act::Release {
                entry: EntryId([8; 32]),
                dossier: DossierId([7; 32]),
            },
        ]);
        let bytes = minicbor::to_vec(&acts).unwrap();
        assert_eq!(minicbor::decode::<Acts>(&bytes).unwrap(), acts);
        let mut d = Decoder::new(&bytes);
        assert_eq!(d.array().unwrap(), Some(2));
        for expected in [13, 14] {
            let start = d.position();
            d.array().unwrap();
            assert_eq!(d.u32().unwrap(), expected);
            d.set_position(start);
            d.skip().unwrap();
        }
        // What a still newer version writes is unknown, and what follows it is read.
        let mut e = Encoder::new(Vec::new());
        e.array(2).unwrap().array(2).unwrap().u32(UNKNOWN).unwrap();
        e.array(1).unwrap().str("unheard of").unwrap();
        e.encode(Act::Flag { suspended: true }).unwrap();
        let read = minicbor::decode::<Acts>(e.writer()).unwrap();
        assert_eq!(read.unknown, [UNKNOWN]);
        assert_eq!(read.known, [Act::Flag { suspended: true }]);
    }
}
