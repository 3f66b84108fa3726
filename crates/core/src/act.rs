//! Ledger acts: the closed, generic list of effects that a header carries (rule 2).
//!
//! Any version of Entente computes the same ledger from these, whether or not it knows the entry's type and whether or not the
//! body still exists. A node that meets an act of a newer version keeps the entry and shows it as not evaluated.

use crate::charter::Terms;
use crate::codes::{
    Ask, Class, Contested, Delay, Ground, Outcome, Phase, Purpose, Relation, Urgency,
};
use crate::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use crate::instant::Instant;
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
}

/// Numbers below this are known acts.
const KNOWN_ACTS: u32 = 11;

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
            act.encode(e, ctx)?;
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
            d.set_position(start);
            if number < KNOWN_ACTS {
                acts.known.push(Act::decode(d, ctx)?);
            } else {
                d.skip()?;
                acts.unknown.push(number);
            }
        }
        Ok(acts)
    }
}
