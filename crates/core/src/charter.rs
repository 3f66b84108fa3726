//! The charter: the standing agreement of a link, as data that both nodes sign.
//!
//! Its terms travel in a header, so they hold closed types only: codes, names, numbers. Default clocks are *modelled on* the
//! instruments that FIELD B7 cites; none of them is *required by* these instruments between these parties.

use crate::act::Config;
use crate::codes::{Ask, Class, DeferGround, Purpose, Urgency};
use crate::ids::{EntryId, NodeName};
use crate::instant::{Instant, Span};
use crate::kinds;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One clock of the charter: how long an ask of this urgency may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// What is asked.
    #[n(0)]
    pub ask: Ask,
    /// How pressing.
    #[n(1)]
    pub urgency: Urgency,
    /// Calendar time allowed.
    #[n(2)]
    pub allowed: Span,
}

/// Which national level a party treats as a class. The table is bilateral and signed (FIELD B4).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalence {
    /// The class in Entente.
    #[n(0)]
    pub class: Class,
    /// The party.
    #[n(1)]
    pub party: NodeName,
    /// Its own level, as a code such as `diffusion-restreinte`.
    #[n(2)]
    pub level: NodeName,
}

/// Whom an overdue obligation reaches, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// So long before the due time it shows as due soon.
    #[n(0)]
    pub soon: Span,
    /// So long after the due time it reaches the liaison officer.
    #[n(1)]
    pub liaison: Span,
    /// So long after the due time it reaches the coordinator.
    #[n(2)]
    pub coordinator: Span,
    /// So long after the due time it stands on the list for the next meeting.
    #[n(3)]
    pub meeting: Span,
}

/// What one side may load on the other in a day, and the largest single pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotas {
    /// Entries a day from one node.
    #[n(0)]
    pub entries_a_day: u32,
    /// Largest body in bytes.
    #[n(1)]
    pub body_bytes: u32,
    /// Largest file in bytes.
    #[n(2)]
    pub file_bytes: u64,
}

/// Legal duties to inform, as an option of the charter (FIELD B12): that they apply, and on which terms. Modelled on the protocol of 2015;
/// whether and how it binds is for the parties to say.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Inform {
    /// The reasonable time within which observations of the other Party are awaited.
    #[n(0)]
    pub observations: Span,
    /// On which grounds a magistrate may defer.
    #[n(1)]
    pub grounds: Vec<DeferGround>,
}

impl Inform {
    /// What is offered when the option is switched on: sixty days, the project's own proposal, and every ground.
    #[must_use]
    pub fn modelled() -> Self {
        Self {
            observations: Span::days(60),
            grounds: DeferGround::ALL.to_vec(),
        }
    }
}

/// Comparing what is planned without telling it, as an option of the charter: how much either side may ask in a day, and by when an officer
/// answers. What it allows is the comparison alone: whether something is near, and for how many of the asker's own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Compare {
    /// Points that one side may ask of the other in a day, filler included: a step costs 64.
    #[n(0)]
    pub points_a_day: u32,
    /// Within which time a comparison is made or refused.
    #[n(1)]
    pub answer: Span,
}

impl Compare {
    /// What is offered when the option is switched on: sixty-four steps and a day, the project's own proposal.
    #[must_use]
    pub fn modelled() -> Self {
        Self {
            points_a_day: 4_096,
            answer: Span::hours(24),
        }
    }
}

/// The terms of a charter at one version.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Terms {
    /// Version, counted from 1.
    #[n(0)]
    pub version: u32,
    /// The two nodes, in order of their names.
    #[n(1)]
    pub parties: Vec<NodeName>,
    /// The node that enacts.
    #[n(2)]
    pub convenor: NodeName,
    /// Purposes that dossiers may have.
    #[n(3)]
    pub purposes: Vec<Purpose>,
    /// Kinds of dossiers that may be opened.
    #[n(4)]
    pub kinds: Vec<String>,
    /// Ceiling of what may be sent.
    #[n(5)]
    pub ceiling: Class,
    /// Equivalences of national levels.
    #[n(6)]
    pub equivalences: Vec<Equivalence>,
    /// Clocks by ask and urgency.
    #[n(7)]
    pub clocks: Vec<ClockRule>,
    /// Whether contributions and answers oblige their recipient to feedback by default.
    #[n(8)]
    pub feedback: bool,
    /// Steps of chasing.
    #[n(9)]
    pub escalation: Escalation,
    /// Whether officers appear by name outside their node.
    #[n(10)]
    pub names: bool,
    /// Whether an author learns that an officer opened the entry.
    #[n(11)]
    pub opened: bool,
    /// Limits.
    #[n(12)]
    pub quotas: Quotas,
    /// After so long without review, a dossier's content is due for erasure.
    #[n(13)]
    pub review: Span,
    /// What transport may take before it counts against the sender of an answer.
    #[n(14)]
    pub transit: Span,
    /// An ordinary ask without receipt after so long alarms its author.
    #[n(15)]
    pub delivery: Span,
    /// The same where urgent.
    #[n(16)]
    pub delivery_urgent: Span,
    /// Whether what leaves with words or files takes two officers of the node that sends it.
    #[n(17)]
    pub four_eyes: bool,
    /// Whether the duties to inform apply, and on which terms; off unless both signed them.
    #[n(18)]
    #[serde(serialize_with = "off_or_on")]
    pub inform: Option<Inform>,
    /// Whether what is planned may be compared without telling it, and how much in a day; off unless both signed it.
    #[n(19)]
    #[serde(serialize_with = "off_or_on")]
    pub compare: Option<Compare>,
}

/// Off is said as `false`, so that whoever reads the terms as a file sees what there is to switch on.
fn off_or_on<T: Serialize, S: serde::Serializer>(
    option: &Option<T>,
    out: S,
) -> Result<S::Ok, S::Error> {
    match option {
        Some(on) => on.serialize(out),
        None => out.serialize_bool(false),
    }
}

impl Terms {
    /// Proposed defaults for two parties, modelled on the instruments of FIELD B7.
    ///
    /// 8 hours, 3 days and 7 days follow the model of Directive (EU) 2023/977; a report after a year and an acknowledgement in
    /// a day are the project's own proposal.
    #[must_use]
    pub fn modelled(
        one: &NodeName,
        other: &NodeName,
        convenor: &NodeName,
        kinds: Vec<String>,
    ) -> Self {
        let mut parties = vec![one.clone(), other.clone()];
        parties.sort();
        Self {
            version: 1,
            parties,
            convenor: convenor.clone(),
            purposes: vec![Purpose::Justice, Purpose::Governance],
            kinds,
            ceiling: Class::Restricted,
            equivalences: Vec::new(),
            clocks: default_clocks(),
            feedback: true,
            escalation: Escalation {
                soon: Span::hours(24),
                liaison: Span::hours(0),
                coordinator: Span::hours(48),
                meeting: Span::days(7),
            },
            names: false,
            opened: false,
            quotas: Quotas {
                entries_a_day: 2_000_000,
                body_bytes: 1 << 20,
                file_bytes: 1 << 30,
            },
            review: Span::days(3 * 365),
            transit: Span::minutes(15),
            delivery: Span::hours(24),
            delivery_urgent: Span::minutes(15),
            four_eyes: false,
            inform: None,
            compare: None,
        }
    }

    /// Whether dossiers of a kind may be opened under these terms: those of the duties to inform by that option alone, every other because
    /// it is listed.
    #[must_use]
    pub fn admits_kind(&self, kind: &str) -> bool {
        match kinds::is_of_duties(kind) {
            true => self.inform.is_some(),
            false => self.kinds.iter().any(|k| k == kind),
        }
    }

    /// Whether a dossier of this kind with this configuration may be opened under these terms: checked by its judge, and again
    /// where its opening leaves.
    #[must_use]
    pub fn admit(&self, kind: &str, config: &Config) -> bool {
        self.admit_among(kind, config) && config.nodes().iter().all(|n| self.parties.contains(n))
    }

    /// The same whoever else takes part: all that a link's charter says of a dossier of three states or more (rule 16).
    #[must_use]
    pub fn admit_among(&self, kind: &str, config: &Config) -> bool {
        self.admits_kind(kind)
            && self.purposes.contains(&config.purpose)
            && config.ceiling <= self.ceiling
    }

    /// The terms that a dossier of three states or more starts with: what every link of its convenor admits. Of each limit the
    /// stricter counts, and of each length of time the longer, so that nobody owes anything sooner than it agreed to.
    #[must_use]
    pub fn common(links: &[&Self], parties: Vec<NodeName>, convenor: &NodeName) -> Option<Self> {
        let (first, more) = links.split_first()?;
        let mut out = Self::clone(first);
        for other in more {
            out.narrow(other);
        }
        out.version = 1;
        out.parties = parties;
        out.convenor = convenor.clone();
        // A level is one party's word on one link.
        out.equivalences = Vec::new();
        Some(out)
    }

    fn narrow(&mut self, other: &Self) {
        self.purposes.retain(|p| other.purposes.contains(p));
        self.kinds.retain(|k| other.kinds.contains(k));
        self.ceiling = self.ceiling.min(other.ceiling);
        for rule in &other.clocks {
            if !self
                .clocks
                .iter()
                .any(|c| (c.ask, c.urgency) == (rule.ask, rule.urgency))
            {
                // Where one link has no clock of its own it has the ordinary one.
                let allowed = self.allowed(rule.ask, rule.urgency);
                self.clocks.push(ClockRule {
                    allowed: allowed.unwrap_or(rule.allowed),
                    ..*rule
                });
            }
        }
        for rule in &mut self.clocks {
            let theirs = other.allowed(rule.ask, rule.urgency);
            rule.allowed = theirs.map_or(rule.allowed, |t| t.max(rule.allowed));
        }
        self.feedback |= other.feedback;
        self.four_eyes |= other.four_eyes;
        self.inform = both_inform(self.inform.take(), other.inform.as_ref());
        self.compare = both_compare(self.compare, other.compare);
        let (own, theirs) = (&mut self.escalation, &other.escalation);
        own.soon = own.soon.min(theirs.soon);
        own.liaison = own.liaison.max(theirs.liaison);
        own.coordinator = own.coordinator.max(theirs.coordinator);
        own.meeting = own.meeting.max(theirs.meeting);
        let (own, theirs) = (&mut self.quotas, &other.quotas);
        own.entries_a_day = own.entries_a_day.min(theirs.entries_a_day);
        own.body_bytes = own.body_bytes.min(theirs.body_bytes);
        own.file_bytes = own.file_bytes.min(theirs.file_bytes);
        // Keeping is a limit and no time to act in: the stricter counts.
        self.review = self.review.min(other.review);
        self.transit = self.transit.max(other.transit);
        self.delivery = self.delivery.max(other.delivery);
        self.delivery_urgent = self.delivery_urgent.max(other.delivery_urgent);
    }

    /// How long this ask may take; the ordinary clock of the same ask where the urgency has none of its own.
    #[must_use]
    pub fn allowed(&self, ask: Ask, urgency: Urgency) -> Option<Span> {
        let own = self.clock(ask, urgency);
        own.or_else(|| self.clock(ask, Urgency::Normal))
    }

    /// The clock that this ask has of its own at this urgency.
    #[must_use]
    pub fn clock(&self, ask: Ask, urgency: Urgency) -> Option<Span> {
        let mut clocks = self.clocks.iter();
        let found = clocks.find(|c| c.ask == ask && c.urgency == urgency);
        found.map(|c| c.allowed)
    }

    /// The other party of the link.
    #[must_use]
    pub fn other(&self, me: &NodeName) -> Option<&NodeName> {
        self.parties.iter().find(|p| *p != me)
    }

    /// The delivery clock of an ask of this urgency.
    #[must_use]
    pub fn delivery_of(&self, urgency: Urgency) -> Span {
        if urgency == Urgency::Normal {
            self.delivery
        } else {
            self.delivery_urgent
        }
    }
}

/// Duties to inform where both links have them: the longer time, and the grounds that both know.
fn both_inform(own: Option<Inform>, other: Option<&Inform>) -> Option<Inform> {
    let (mut own, other) = (own?, other?);
    own.observations = own.observations.max(other.observations);
    own.grounds.retain(|ground| other.grounds.contains(ground));
    Some(own)
}

/// Comparisons where both links have them: the smaller amount, and the longer time.
fn both_compare(own: Option<Compare>, other: Option<Compare>) -> Option<Compare> {
    let (own, other) = (own?, other?);
    Some(Compare {
        points_a_day: own.points_a_day.min(other.points_a_day),
        answer: own.answer.max(other.answer),
    })
}

fn default_clocks() -> Vec<ClockRule> {
    let rule = |ask, urgency, allowed| ClockRule {
        ask,
        urgency,
        allowed,
    };
    vec![
        rule(Ask::Acknowledge, Urgency::Normal, Span::hours(24)),
        rule(Ask::Acknowledge, Urgency::Life, Span::minutes(30)),
        rule(Ask::Answer, Urgency::Normal, Span::days(7)),
        rule(Ask::Answer, Urgency::UrgentIndirect, Span::days(3)),
        rule(Ask::Answer, Urgency::UrgentDirect, Span::hours(8)),
        rule(Ask::Answer, Urgency::Life, Span::hours(1)),
        rule(Ask::Feedback, Urgency::Normal, Span::days(30)),
        rule(Ask::Decide, Urgency::Normal, Span::days(30)),
        rule(Ask::Report, Urgency::Normal, Span::days(365)),
        rule(Ask::Correct, Urgency::Normal, Span::days(7)),
        rule(Ask::Erase, Urgency::Normal, Span::days(7)),
        rule(Ask::Return, Urgency::Normal, Span::days(28)),
        rule(Ask::Attend, Urgency::Normal, Span::days(7)),
    ]
}

/// A stretch of time in which a link's clocks stand still; open while `to` is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When the clocks stopped.
    pub from: Instant,
    /// When they ran again.
    pub to: Option<Instant>,
}

/// One side's suspension flag going up or down, as a fact with the time from which it counts (rule 11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagFact {
    /// Whose flag.
    pub node: NodeName,
    /// Set or lifted.
    pub set: bool,
    /// The entry's time or its receipt's, whichever is later.
    pub from: Instant,
    /// Causal depth of the entry: orders one side's flags whatever its clock said.
    pub depth: u64,
    /// The entry, to order facts of one instant alike everywhere.
    pub entry: EntryId,
}

/// Stretches in which either flag was up, from all flag facts of a link in any order.
#[must_use]
pub fn suspensions(facts: &[FlagFact]) -> Vec<Stop> {
    let mut ordered: Vec<(Instant, &FlagFact)> = facts.iter().map(|f| (f.from, f)).collect();
    ordered.sort_by_key(|(_, f)| (f.depth, f.entry));
    let mut latest: std::collections::BTreeMap<&NodeName, Instant> =
        std::collections::BTreeMap::new();
    for (from, fact) in &mut ordered {
        // A clock that was set back does not put a side's later flag before its earlier one.
        let floor = latest.entry(&fact.node).or_insert(*from);
        *from = (*from).max(*floor);
        *floor = *from;
    }
    ordered.sort_by_key(|(from, f)| (*from, f.depth, f.entry));
    let mut up: std::collections::BTreeSet<&NodeName> = std::collections::BTreeSet::new();
    let mut stops: Vec<Stop> = Vec::new();
    for (from, fact) in ordered {
        let was_up = !up.is_empty();
        if fact.set {
            up.insert(&fact.node);
        } else {
            up.remove(&fact.node);
        }
        match (was_up, up.is_empty(), stops.last_mut()) {
            (false, false, _) => stops.push(Stop { from, to: None }),
            (true, true, Some(last)) => last.to = Some(from),
            _ => {}
        }
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(node: &str, set: bool, at: i64) -> FlagFact {
        let depth = u64::try_from(at).unwrap();
        FlagFact {
            node: node.parse().unwrap(),
            set,
            from: Instant(at),
            depth,
            entry: EntryId([u8::try_from(at).unwrap(); 32]),
        }
    }

    /// Rule 16: of each limit the stricter, of each length of time the longer, whichever link comes first.
    #[test]
    fn rule_16_common_terms_bind_nobody_to_more_than_it_agreed_to() {
        let node = |name: &str| -> NodeName { name.parse().unwrap() };
        let kinds = |list: &[&str]| list.iter().map(|k| (*k).to_owned()).collect();
        let link = |other, list: &[&str]| {
            Terms::modelled(&node("ma"), &node(other), &node("ma"), kinds(list))
        };
        let mut one = link("fr", &["investigation", "request"]);
        let mut other = link("es", &["desk", "investigation"]);
        one.quotas.body_bytes = 1_000;
        one.transit = Span::hours(5);
        one.ceiling = Class::Confidential;
        one.clocks.retain(|c| c.urgency == Urgency::Normal);
        other.feedback = false;
        let answer = |c: &&mut ClockRule| c.ask == Ask::Answer && c.urgency == Urgency::Normal;
        other.clocks.iter_mut().find(answer).unwrap().allowed = Span::days(9);
        let parties = vec![node("es"), node("fr"), node("ma")];
        for links in [[&one, &other], [&other, &one]] {
            let terms = Terms::common(&links, parties.clone(), &node("ma")).unwrap();
            assert_eq!((terms.version, &terms.parties), (1, &parties));
            assert_eq!(terms.kinds, ["investigation"]);
            assert_eq!(terms.quotas.body_bytes, 1_000);
            assert_eq!(terms.transit, Span::hours(5));
            assert_eq!(terms.ceiling, other.ceiling.min(one.ceiling));
            assert!(terms.feedback);
            for link in links {
                for clock in default_clocks() {
                    let (ask, urgency) = (clock.ask, clock.urgency);
                    let (ours, theirs) = (terms.allowed(ask, urgency), link.allowed(ask, urgency));
                    assert!(
                        ours >= theirs,
                        "{ask:?} {urgency:?}: {ours:?} after {theirs:?}"
                    );
                }
            }
            let most = terms.allowed(Ask::Answer, Urgency::Normal);
            assert_eq!(most, Some(Span::days(9)));
        }
        assert!(Terms::common(&[], parties, &node("ma")).is_none());
    }

    /// Rule 11: suspended while either flag is up; only its setter lifts it.
    #[test]
    fn rule_11_two_flags() {
        let facts = [
            flag("fr", true, 10),
            flag("ma", true, 20),
            flag("fr", false, 30),
            flag("ma", false, 40),
            flag("ma", true, 50),
        ];
        let expected = vec![
            Stop {
                from: Instant(10),
                to: Some(Instant(40)),
            },
            Stop {
                from: Instant(50),
                to: None,
            },
        ];
        assert_eq!(suspensions(&facts), expected);
        let mut backwards = facts.to_vec();
        backwards.reverse();
        assert_eq!(suspensions(&backwards), expected);
    }

    /// A side whose clock was set back between raising and lifting its flag has lifted it all the same.
    #[test]
    fn rule_11_a_clock_set_back_does_not_suspend_for_ever() {
        let mut facts = [
            flag("fr", true, 100),
            flag("fr", false, 50),
            flag("ma", true, 120),
            flag("ma", false, 120),
        ];
        for (depth, fact) in (1u64..).zip(&mut facts) {
            fact.depth = depth;
            fact.entry = EntryId([u8::try_from(9 - depth).unwrap(); 32]);
        }
        assert!(suspensions(&facts).iter().all(|s| s.to.is_some()));
    }
}
