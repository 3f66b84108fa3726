//! What a version of the program can judge (rule 8). Ours is [`Able::newest`]; a partner's stands on its card.
//!
//! What a version cannot judge it keeps, shows as not evaluated, and judges once it is upgraded (invariant 14). A type of entry that
//! it never heard of, in a kind that it knows, has no effect there, and never gets one: both ledgers would differ for good. So an act
//! or a type that came after the first list has a version of the rules that it came with: a card which lists none of that version or
//! a later one is of a program that does not know it, and nothing of it is written for that program.

use crate::act::{Act, Acts};
use crate::header::Header;
use crate::kind::{
    EntryType, RULES_KNOWN, RULES_OF_CONDITIONS, RULES_OF_COORDINATION, RULES_OF_GOVERNANCE,
    RULES_OF_INVESTIGATIONS, RULES_OF_KEEPING, RULES_OF_MANY, RULES_OF_RELEASES, RULES_OF_TWO,
};
use crate::kinds;
use minicbor::{Decode, Encode};

/// Types of entries and versions of them that came after the first list of their kind, with the rules that they came with.
const LATER: [(&str, u16, u16); 77] = [
    ("charter.open", 2, RULES_OF_RELEASES),
    ("charter.propose", 2, RULES_OF_RELEASES),
    ("charter.sign", 2, RULES_OF_RELEASES),
    ("charter.decline", 1, RULES_OF_RELEASES),
    ("charter.withdraw", 1, RULES_OF_RELEASES),
    ("release", 1, RULES_OF_RELEASES),
    ("receipt_time", 1, RULES_OF_MANY),
    ("agree_receipt_time", 1, RULES_OF_MANY),
    ("ask_permission", 1, RULES_OF_CONDITIONS),
    ("permit", 1, RULES_OF_CONDITIONS),
    ("tighten", 1, RULES_OF_CONDITIONS),
    ("confirm_condition", 1, RULES_OF_CONDITIONS),
    ("rectify", 1, RULES_OF_CONDITIONS),
    ("rectified", 1, RULES_OF_CONDITIONS),
    ("change_purpose", 1, RULES_OF_KEEPING),
    ("put_forward", 1, RULES_OF_KEEPING),
    ("keep", 1, RULES_OF_KEEPING),
    ("hold", 1, RULES_OF_KEEPING),
    ("lift_hold", 1, RULES_OF_KEEPING),
    ("expired", 1, RULES_OF_KEEPING),
    ("officer_signature", 1, RULES_OF_KEEPING),
    ("investigation.person", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.organisation", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.phone", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.account", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.vehicle", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.vessel", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.address", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.device", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.document", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.event", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.place", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.link", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.same", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.not_same", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.undo", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.agreement", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.counter", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.sign", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.to_operational", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.to_prosecution", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.to_evaluation", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.midterm", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.evaluate", 1, RULES_OF_INVESTIGATIONS),
    ("investigation.exhibit", 1, RULES_OF_COORDINATION),
    ("investigation.custody", 1, RULES_OF_COORDINATION),
    ("investigation.transfer", 1, RULES_OF_COORDINATION),
    ("investigation.received", 1, RULES_OF_COORDINATION),
    ("investigation.ask_return", 1, RULES_OF_COORDINATION),
    ("investigation.returned", 1, RULES_OF_COORDINATION),
    ("investigation.task", 1, RULES_OF_COORDINATION),
    ("investigation.task_done", 1, RULES_OF_COORDINATION),
    ("investigation.task_agreed", 1, RULES_OF_COORDINATION),
    ("investigation.day", 1, RULES_OF_COORDINATION),
    ("investigation.go", 1, RULES_OF_COORDINATION),
    ("investigation.no_go", 1, RULES_OF_COORDINATION),
    ("investigation.call_off", 1, RULES_OF_COORDINATION),
    ("investigation.step", 1, RULES_OF_COORDINATION),
    ("investigation.step_result", 1, RULES_OF_COORDINATION),
    ("investigation.ask_results", 1, RULES_OF_COORDINATION),
    ("investigation.proceedings", 1, RULES_OF_COORDINATION),
    ("investigation.venue", 1, RULES_OF_COORDINATION),
    ("investigation.venue_counter", 1, RULES_OF_COORDINATION),
    ("investigation.venue_agree", 1, RULES_OF_COORDINATION),
    ("investigation.produced", 1, RULES_OF_COORDINATION),
    ("investigation.outcome", 1, RULES_OF_COORDINATION),
    ("investigation.compare", 1, RULES_OF_GOVERNANCE),
    ("investigation.compared", 1, RULES_OF_GOVERNANCE),
    ("investigation.compare_outcome", 1, RULES_OF_GOVERNANCE),
    ("programme.selection", 1, RULES_OF_GOVERNANCE),
    ("programme.university", 1, RULES_OF_GOVERNANCE),
    ("programme.placement", 1, RULES_OF_GOVERNANCE),
    ("programme.follow_up", 1, RULES_OF_GOVERNANCE),
    ("programme.followed", 1, RULES_OF_GOVERNANCE),
    ("declaration.figure", 1, RULES_OF_GOVERNANCE),
    ("declaration.own_figure", 1, RULES_OF_GOVERNANCE),
    ("declaration.agree_figure", 1, RULES_OF_GOVERNANCE),
];

/// Versions of the rules and kinds of dossier that a program knows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Able {
    /// Versions of the rules, ascending.
    #[n(0)]
    pub rules: Vec<u16>,
    /// Names of the kinds.
    #[n(1)]
    pub kinds: Vec<String>,
}

impl Able {
    /// What this version knows.
    #[must_use]
    pub fn newest() -> Self {
        Self {
            rules: RULES_KNOWN.to_vec(),
            kinds: kinds::ALL.iter().map(|k| k.name.to_owned()).collect(),
        }
    }

    /// What this version knows but for one kind, by the rules of two states alone: a version of before, for tests.
    #[must_use]
    pub fn before(kind: &str) -> Self {
        let mut able = Self::newest();
        able.rules = vec![RULES_OF_TWO];
        able.kinds.retain(|known| known != kind);
        able
    }

    /// Whether it judges dossiers of this kind under this version of the rules.
    #[must_use]
    pub fn judges(&self, kind: &str, rules: u16) -> bool {
        self.rules.contains(&rules) && self.kinds.iter().any(|known| known == kind)
    }

    /// Whether it knows these acts.
    #[must_use]
    pub fn knows_acts(&self, acts: &Acts) -> bool {
        !acts.has_unknown() && self.reaches(acts_came_with(acts))
    }

    /// The version of this type of entry that it knows; none if it never heard of it.
    #[must_use]
    pub fn version_of(&self, entry: &EntryType) -> Option<u16> {
        let came = |version: &u16| self.reaches(type_came_with(entry.name, *version));
        (1..=entry.version).rev().find(came)
    }

    /// Whether it knows all that an entry is written with, in a kind that it judges.
    #[must_use]
    pub fn knows(&self, header: &Header) -> bool {
        !header.acts.has_unknown() && self.reaches(came_with(header))
    }

    /// A header as this program reads it: acts that it does not know are only counted.
    #[must_use]
    pub fn reads(&self, mut header: Header) -> Header {
        let acts = &mut header.acts;
        let unknown = acts
            .known
            .extract_if(.., |act| !self.reaches(act_came_with(act)));
        acts.unknown.extend(unknown.map(|act| act.number()));
        header
    }

    /// Whether it is of these rules, or came after them.
    fn reaches(&self, rules: u16) -> bool {
        self.rules.iter().any(|known| *known >= rules)
    }
}

/// The rules that all of an entry's acts and its type came with: a program of earlier ones does not know it, whatever rules its dossier
/// is judged by.
#[must_use]
pub fn came_with(header: &Header) -> u16 {
    acts_came_with(&header.acts).max(type_came_with(&header.kind, header.kind_version))
}

fn acts_came_with(acts: &Acts) -> u16 {
    let came = acts.known.iter().map(act_came_with);
    came.max().unwrap_or(RULES_OF_TWO)
}

fn act_came_with(act: &Act) -> u16 {
    match act {
        Act::EraseFile { .. } | Act::Continues { .. } | Act::Release { .. } => RULES_OF_RELEASES,
        Act::Wants { .. } | Act::Permit { .. } | Act::Tighten { .. } | Act::Confirm { .. } => {
            RULES_OF_CONDITIONS
        }
        Act::Keep { .. } | Act::Hold { .. } | Act::Lift { .. } | Act::Expired { .. } => {
            RULES_OF_KEEPING
        }
        // A program of before knows no such phase.
        Act::Configure { config } if config.phase.is_led() => RULES_OF_INVESTIGATIONS,
        // A program of before would be asked to compare and know no answer.
        Act::ProposeTerms { terms } if terms.compare.is_some() => RULES_OF_GOVERNANCE,
        // A program of before would sign duties that it does not know.
        Act::ProposeTerms { terms } if terms.inform.is_some() => RULES_OF_COORDINATION,
        // A program of before would sign it and go on sending by one.
        Act::ProposeTerms { terms } if terms.four_eyes => RULES_OF_CONDITIONS,
        Act::On { act, .. } if act.is_later() => RULES_OF_MANY,
        _ => RULES_OF_TWO,
    }
}

fn type_came_with(name: &str, version: u16) -> u16 {
    let later = |&&(known, from, _): &&(&str, u16, u16)| known == name && version >= from;
    let came = LATER.iter().filter(later).map(|(_, _, rules)| *rules);
    came.max().unwrap_or(RULES_OF_TWO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::EntryId;
    use std::collections::BTreeMap;

    /// The first list: what every program knows whose card lists a kind. It never grows.
    const FIRST: [(&str, &str); 5] = [
        (
            "request",
            "acknowledge ask_erasure attest_erasure await_authorisation close contest details details_needed erase extend feedback go_on hand_over invite leave note progress refuse reply request.answer request.open translation waive withdraw",
        ),
        (
            "investigation",
            "acknowledge ask_erasure attest_erasure await_authorisation close contest details details_needed erase extend feedback go_on hand_over investigation.contribute investigation.join investigation.open invite leave note progress refuse reply translation waive withdraw",
        ),
        (
            "declaration",
            "acknowledge agree ask_erasure attest_erasure close contest declaration.appeal declaration.claim declaration.commitment declaration.open declaration.point declaration.relate declaration.version details details_needed erase extend go_on hand_over invite leave note progress refuse reply translation waive withdraw",
        ),
        (
            "desk",
            "acknowledge ask_erasure attest_erasure close contest desk.open details details_needed erase extend go_on hand_over invite leave note progress refuse reply translation waive withdraw",
        ),
        (
            "charter",
            "ask_erasure attest_erasure charter.enact charter.open charter.propose charter.resume charter.sign charter.suspend erase note refuse reply translation waive withdraw",
        ),
    ];

    /// Rule 8: whoever adds a type of entry to a kind, or a version of one, says in [`LATER`] which rules it comes with. A kind of its
    /// own stands on cards by its name.
    #[test]
    fn rule_08_what_came_after_the_first_list_has_its_rules() {
        let mut first: BTreeMap<&str, &str> = FIRST.into_iter().collect();
        for kind in kinds::ALL {
            let Some(known) = first.remove(kind.name) else {
                continue;
            };
            let old = Able::before("");
            let listed = kind.entries.iter().filter(|e| old.version_of(e).is_some());
            let mut listed: Vec<&str> = listed.map(|entry| entry.name).collect();
            listed.sort_unstable();
            assert_eq!(listed.join(" "), known, "{}", kind.name);
            for entry in kind.entries {
                assert_eq!(Able::newest().version_of(entry), Some(entry.version));
                let before = old.version_of(entry);
                assert!(before.is_none_or(|v| v == 1), "{} {before:?}", entry.name);
            }
        }
        assert!(first.is_empty(), "no such kind: {first:?}");
        for (name, ..) in LATER {
            let known = kinds::ALL.iter().any(|kind| kind.entry(name).is_some());
            assert!(known, "{name}");
        }
    }

    /// Rule 8: an act that came with later rules is known from them on.
    #[test]
    fn rule_08_acts_are_known_from_their_rules_on() {
        let entry = EntryId([7; 32]);
        let acts = Acts::new(vec![
            Act::Erase { entry },
            Act::EraseFile { entry, index: 0 },
        ]);
        let mut able = Able::newest();
        assert!(able.knows_acts(&acts));
        able.rules = vec![RULES_OF_TWO, RULES_OF_MANY];
        assert!(!able.knows_acts(&acts));
        assert!(able.knows_acts(&Acts::new(vec![Act::Erase { entry }])));
        assert_eq!(able.version_of(&crate::kinds::release::RELEASE), None);
        able.rules = vec![RULES_OF_RELEASES + 1];
        assert!(able.knows_acts(&acts), "a program of later rules knows it");
    }

    /// Rule 8: a program of before would sign terms by which two officers release, and go on releasing by one.
    #[test]
    fn rule_08_terms_by_two_signatures_are_for_programs_that_act_on_them() {
        use crate::charter::Terms;
        let node = |name: &str| name.parse().unwrap();
        let mut terms = Terms::modelled(&node("fr"), &node("ma"), &node("ma"), Vec::new());
        let mut before = Able::newest();
        before.rules.retain(|rules| *rules < RULES_OF_CONDITIONS);
        let proposes = |terms: &Terms| {
            Acts::new(vec![Act::ProposeTerms {
                terms: terms.clone(),
            }])
        };
        assert!(before.knows_acts(&proposes(&terms)));
        terms.four_eyes = true;
        assert!(!before.knows_acts(&proposes(&terms)));
        assert!(Able::newest().knows_acts(&proposes(&terms)));
    }

    /// Rule 8: nor does a program of before sign duties to inform.
    /// Take out: in [`act_came_with`], the line of terms that have them.
    #[test]
    fn rule_08_duties_to_inform_are_for_programs_that_know_them() {
        use crate::charter::{Inform, Terms};
        let node = |name: &str| name.parse().unwrap();
        let mut terms = Terms::modelled(&node("fr"), &node("ma"), &node("ma"), Vec::new());
        let mut before = Able::newest();
        before.rules.retain(|rules| *rules < RULES_OF_COORDINATION);
        let proposes = |terms: &Terms| {
            Acts::new(vec![Act::ProposeTerms {
                terms: terms.clone(),
            }])
        };
        assert!(before.knows_acts(&proposes(&terms)));
        terms.inform = Some(Inform::modelled());
        assert!(!before.knows_acts(&proposes(&terms)));
        assert!(Able::newest().knows_acts(&proposes(&terms)));
    }

    /// Rule 8: nor does it sign that plans are compared, or get a comparison.
    /// Take out: in [`act_came_with`], the line of terms that have it; in [`LATER`], the lines of comparisons.
    #[test]
    fn rule_08_comparing_is_for_programs_that_know_it() {
        use crate::charter::{Compare, Terms};
        use crate::kinds::investigation::compare::{COMPARE, COMPARED, OUTCOME};
        let node = |name: &str| name.parse().unwrap();
        let mut terms = Terms::modelled(&node("fr"), &node("ma"), &node("ma"), Vec::new());
        let mut before = Able::newest();
        before.rules.retain(|rules| *rules < RULES_OF_GOVERNANCE);
        terms.compare = Some(Compare::modelled());
        let proposes = Acts::new(vec![Act::ProposeTerms { terms }]);
        assert!(!before.knows_acts(&proposes));
        assert!(Able::newest().knows_acts(&proposes));
        for entry in [&COMPARE, &COMPARED, &OUTCOME] {
            assert_eq!(before.version_of(entry), None);
        }
    }
}
