//! What passes between the four walled groups of purposes (invariant 7), and nothing else does: an obligation's ledger line, a count above
//! the floor, and acts on a closed list of bridges.
//!
//! A bridge is an act of one side, with a ground and another officer's approval; the other side gets what the list says and learns of no
//! dossier. None leads from rescue, tracing or support into justice and security, and none from the persons whom they help to anywhere.
//! The list is printed to `tests/golden/bridges.txt` and held to by tests: over the list, over every type of entry, over every role.

use crate::codes::{Ask, Purpose, Role, codes};
use crate::floor::Roles;
use crate::ids::ServiceName;
use crate::instant::Instant;
use crate::kind::EntryType;
use crate::label::{Label, label};
use crate::obligation::State;
use crate::statistics::FLOOR;
use serde::{Deserialize, Serialize};

codes! {
    /// Why something is taken over a bridge: a closed list. What it is in the case at hand stands in a line of text beside it.
    BridgeGround {
        /// A provision of law allows it.
        Law = 0, "law", "une disposition légale le permet", "مقتضى قانوني يسمح بذلك", "a provision of law allows it";
        /// A court or a magistrate ordered it.
        Court = 1, "court", "un magistrat l’a ordonné", "أمر به قاض", "a magistrate ordered it";
        /// Somebody's life or bodily integrity is in danger.
        Life = 2, "life", "danger pour la vie ou l’intégrité d’une personne", "خطر على حياة شخص أو سلامته", "danger to somebody’s life or bodily integrity";
        /// The person concerned consented, and may withdraw.
        Consent = 3, "consent", "la personne y a consenti", "وافق الشخص المعني", "the person concerned consented";
        /// The joint commission is to deal with it.
        Commission = 4, "commission", "la commission mixte doit en traiter", "على اللجنة المشتركة أن تنظر فيه", "the joint commission is to deal with it";
    }
}

codes! {
    /// The purposes within justice and security that law tells apart (Directive 2016/680 art. 1(1), FIELD B1): to one of them an entry
    /// is put that was written for another.
    SecurityPurpose {
        /// Preventing offences.
        Prevention = 0, "prevention", "prévention d’infractions", "الوقاية من الجرائم", "prevention of offences";
        /// Detecting offences.
        Detection = 1, "detection", "détection d’infractions", "كشف الجرائم", "detection of offences";
        /// Investigating an offence.
        Investigation = 2, "investigation", "enquête sur une infraction", "البحث في جريمة", "investigation of an offence";
        /// Prosecuting it.
        Prosecution = 3, "prosecution", "poursuites", "المتابعة القضائية", "prosecution";
        /// Executing a sentence.
        Execution = 4, "execution", "exécution d’une peine", "تنفيذ عقوبة", "execution of a penalty";
        /// Safeguarding against threats to public security.
        Security = 5, "security", "protection contre une menace pour la sécurité publique", "الوقاية من تهديد للأمن العام", "safeguarding against a threat to public security";
    }
}

/// What crosses on a bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crosses {
    /// What an entry says, read where it stands and copied nowhere: only within justice and security.
    Entry,
    /// An obligation's ledger line.
    Line,
    /// How many there are, where they are many.
    Count,
    /// These fields of a form of their own, and no other.
    Fields(&'static [&'static str]),
}

/// By what a bridge is gone over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// By entries of this type, which stay at our own node.
    By(&'static str),
    /// By no entry yet: the kind of dossier on its far side is still to come, and then a test says so.
    Awaits(&'static str),
}

/// A bridge between two groups of purposes, or between two purposes within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bridge {
    /// Its name in files and for programs.
    pub name: &'static str,
    /// The group on whose side the act is written.
    pub from: Purpose,
    /// The group that gets what crosses.
    pub to: Purpose,
    /// What that is.
    pub crosses: Crosses,
    /// On which grounds.
    pub grounds: &'static [BridgeGround],
    /// Who approves it: an officer of one of these roles, and never the one who wrote it.
    pub approvers: &'static [Role],
    /// By what.
    pub carried: Carried,
    /// What a person reads.
    pub label: Label,
}

/// All bridges.
pub const BRIDGES: &[Bridge] = &[
    Bridge {
        name: "purpose",
        from: Purpose::Justice,
        to: Purpose::Justice,
        crosses: Crosses::Entry,
        grounds: &[BridgeGround::Law, BridgeGround::Court, BridgeGround::Life],
        approvers: &[Role::Magistrate, Role::Coordinator],
        carried: Carried::By("change_purpose"),
        label: label(
            "une écriture employée à une autre fin, dans un autre dossier",
            "استعمال قيد لغاية أخرى في ملف آخر",
            "an entry used for another purpose, in another dossier",
        ),
    },
    Bridge {
        name: "agenda",
        from: Purpose::Justice,
        to: Purpose::Governance,
        crosses: Crosses::Line,
        grounds: &[BridgeGround::Commission],
        approvers: &[Role::Magistrate, Role::Coordinator],
        carried: Carried::By("put_forward"),
        label: label(
            "une obligation portée à l’ordre du jour de la rencontre, par sa seule ligne",
            "إدراج التزام في جدول أعمال الاجتماع بسطره وحده",
            "an obligation put on the meeting’s agenda, by its line alone",
        ),
    },
    Bridge {
        name: "referral",
        from: Purpose::Justice,
        to: Purpose::Support,
        // Neither the facts nor the dossier, and nothing by which anybody could answer: whoever refers never learns whether the person
        // took part.
        crosses: Crosses::Fields(&["contact", "language"]),
        grounds: &[BridgeGround::Consent],
        approvers: &[Role::Magistrate, Role::Coordinator],
        carried: Carried::Awaits("prevention"),
        label: label(
            "une personne orientée vers un accompagnement, sans retour",
            "توجيه شخص إلى مواكبة دون عودة خبر",
            "a person referred to support, with no way back",
        ),
    },
    Bridge {
        name: "rescue-figures",
        from: Purpose::Rescue,
        to: Purpose::Governance,
        crosses: Crosses::Count,
        grounds: &[BridgeGround::Commission],
        approvers: &[Role::RescueCoordinator, Role::Coordinator],
        carried: Carried::Awaits("rescue"),
        label: label(
            "des nombres du secours, au-dessus du seuil",
            "أعداد الإنقاذ فوق العتبة",
            "figures of rescue, above the floor",
        ),
    },
    Bridge {
        name: "support-figures",
        from: Purpose::Support,
        to: Purpose::Governance,
        crosses: Crosses::Count,
        grounds: &[BridgeGround::Commission],
        approvers: &[Role::CaseWorker],
        carried: Carried::Awaits("prevention"),
        label: label(
            "des nombres de l’accompagnement, au-dessus du seuil",
            "أعداد المواكبة فوق العتبة",
            "figures of support, above the floor",
        ),
    },
];

/// The bridge that entries of a type go over, if they go over one.
#[must_use]
pub fn bridge_of(entry_type: &str) -> Option<&'static Bridge> {
    BRIDGES.iter().find(|bridge| match bridge.carried {
        Carried::By(name) => name == entry_type,
        Carried::Awaits(_) => false,
    })
}

/// The grounds of a bridge for a form.
fn grounds_of(name: &str) -> Vec<(&'static str, Label)> {
    let bridge = BRIDGES.iter().find(|bridge| bridge.name == name);
    let grounds = bridge.map(|bridge| bridge.grounds).unwrap_or_default();
    grounds.iter().map(|g| (g.as_str(), g.label())).collect()
}

/// On which grounds an entry is used for another purpose.
#[must_use]
pub fn purpose_grounds() -> Vec<(&'static str, Label)> {
    grounds_of("purpose")
}

/// On which grounds an obligation is put on the agenda.
#[must_use]
pub fn agenda_grounds() -> Vec<(&'static str, Label)> {
    grounds_of("agenda")
}

/// The purposes to which an entry may be put.
#[must_use]
pub fn security_purposes() -> Vec<(&'static str, Label)> {
    let all = SecurityPurpose::ALL.iter();
    all.map(|one| (one.as_str(), one.label())).collect()
}

impl EntryType {
    /// The bridge that entries of this type go over, if they go over one. They stay at our node, and another officer approves them.
    #[must_use]
    pub fn bridge(&self) -> Option<&'static Bridge> {
        bridge_of(self.name)
    }
}

/// What of an obligation is shown on another side of a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passes {
    /// Its line.
    Line,
    /// That there are many.
    Count,
    /// Nothing.
    Nothing,
}

/// Whether somebody is shown an agenda's lines and counts of other groups: whoever prepares the meeting, and has rights on contents at all.
#[must_use]
pub fn reads_across(roles: Roles) -> bool {
    roles.read_contents() && roles.has(Role::Coordinator)
}

/// What of obligations of one group is shown in another. Lines go from justice and security to governance, and from governance to everybody;
/// of rescue and support there are counts, for governance alone.
#[must_use]
pub fn passes(from: Purpose, to: Purpose) -> Passes {
    match (from, to) {
        (Purpose::Rescue | Purpose::Support, Purpose::Governance) => Passes::Count,
        (Purpose::Justice, Purpose::Governance) | (Purpose::Governance, _) => Passes::Line,
        _ => Passes::Nothing,
    }
}

/// An obligation as it is shown on another side of a wall: there is no place in it for a title, a name, a word or a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number for reading, such as `MA-12`.
    pub number: String,
    /// What is asked.
    pub ask: Ask,
    /// Who owes it.
    pub service: ServiceName,
    /// By when, UTC.
    pub due: Option<Instant>,
    /// How it stands.
    pub state: State,
}

/// What is shown of obligations on another side of a wall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Across {
    /// Those that have a line there, by date.
    pub lines: Vec<Line>,
    /// How many there are at least of a group that has counts alone: a whole number of [`FLOOR`], so that one more or less is seen by
    /// nobody but where it fills the next one. Groups with fewer are not named.
    pub counts: Vec<(Purpose, u64)>,
    /// Whether there is more than was looked through.
    pub more: bool,
}

/// What a group is shown of obligations, each with the group that it is of.
#[must_use]
pub fn across(to: Purpose, all: impl IntoIterator<Item = (Purpose, Line)>) -> Across {
    let mut shown = Across::default();
    let mut counted = [0u64; Purpose::ALL.len()];
    for (from, line) in all {
        match passes(from, to) {
            Passes::Line => shown.lines.push(line),
            Passes::Count => {
                if let Some(count) = counted.get_mut(usize::from(from.number())) {
                    *count = count.saturating_add(1);
                }
            }
            Passes::Nothing => {}
        }
    }
    shown
        .lines
        .sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    let counts = Purpose::ALL.iter().copied().zip(counted);
    shown.counts = counts
        .map(|(group, count)| (group, count - count % FLOOR))
        .filter(|(_, count)| *count > 0)
        .collect();
    shown
}

#[cfg(test)]
mod tests;
