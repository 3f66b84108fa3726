//! The hard floor under every policy: what no file of an operator can loosen (DESIGN section 7, invariants 7 and 9, rule 13).
//!
//! The actions are a closed list, and so are the facts that a decision may rest on: who asks (roles, services), about what (kind,
//! purpose, whether one of their services takes part), and how an entry is to be handled. Neither religion, origin, nationality
//! nor any content is among them. The floor bars; it never permits. What it lets pass is decided by policies (crate `policy`).

use crate::codes::{Class, Purpose, Role};
use crate::handling::HandlingCodes;
use crate::ids::ServiceName;
use crate::kind::{Effect, EntryType};
use crate::label::Label;
use std::collections::BTreeSet;

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The node and its links: no dossier.
    Node,
    /// A dossier.
    Dossier,
    /// An entry of a dossier.
    Entry,
}

/// Declares the closed list of actions: name, what it is about, whether it is a look at contents or an act on them, labels.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $about:ident, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// What somebody may want to do: a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)+ }
        impl Action {
            /// Every action, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
            /// Its name in policies and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
            /// The action of a name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)+ _ => None }
            }
            /// What it is about.
            #[must_use]
            pub fn about(self) -> About {
                match self { $(Self::$name => About::$about,)+ }
            }
            /// What a person reads: completes "may".
            #[must_use]
            pub fn label(self) -> Label {
                match self { $(Self::$name => Label { fr: $fr, ar: $ar, en: $en },)+ }
            }
        }
    };
}

actions! {
    /// See that a dossier exists: title, number, state, obligations, who wrote what and when.
    See = "see", Dossier, "voir le dossier", "الاطلاع على الملف", "see the dossier";
    /// Read what an entry says.
    Read = "read", Entry, "lire le contenu d’une écriture", "قراءة مضمون قيد", "read what an entry says";
    /// Open a file of an entry.
    OpenFile = "open_file", Entry, "ouvrir un fichier", "فتح مرفق", "open a file";
    /// Take an entry out with its proof.
    Export = "export", Entry, "exporter une écriture avec sa preuve", "تصدير قيد مع إثباته", "export an entry with its proof";
    /// Open a dossier.
    Open = "open", Dossier, "ouvrir un dossier", "فتح ملف", "open a dossier";
    /// Write what acts on no obligation: a note, a contribution, a translation, a point of a declaration.
    Write = "write", Dossier, "écrire dans le dossier", "الكتابة في الملف", "write in the dossier";
    /// Act on an obligation: acknowledge, answer, refuse, extend, withdraw, waive, give feedback.
    Answer = "answer", Dossier, "agir sur une obligation", "التصرف في التزام", "act on an obligation";
    /// Let what is written leave for the partner, as its approver (invariant 8).
    Approve = "approve", Entry, "approuver l’envoi au partenaire", "الموافقة على الإرسال إلى الشريك", "approve that it leaves for the partner";
    /// The same of what one wrote oneself, without a second signature.
    ApproveAlone = "approve_alone", Entry, "envoyer sans seconde signature ce que l’on a rédigé", "إرسال ما كتبه بنفسه دون توقيع ثان", "send what one wrote without a second signature";
    /// Change who takes part, or close.
    Configure = "configure", Dossier, "changer les participants ou clore", "تغيير المشاركين أو الإغلاق", "change who takes part, or close";
    /// Show what was written in an earlier dossier to those of a later one.
    Release = "release", Dossier, "communiquer un écrit antérieur", "الإطلاع على كتابة سابقة", "release an entry of an earlier dossier";
    /// Destroy what was written.
    Erase = "erase", Dossier, "effacer", "المحو", "erase";
    /// Propose terms of a charter.
    Propose = "propose", Dossier, "proposer les termes d’une charte", "اقتراح بنود ميثاق", "propose terms of a charter";
    /// Sign terms, or bring them into force.
    Sign = "sign", Dossier, "signer une charte", "توقيع ميثاق", "sign terms of a charter";
    /// Suspend the cooperation, or resume it.
    Suspend = "suspend", Dossier, "suspendre ou reprendre la coopération", "تعليق التعاون أو استئنافه", "suspend the cooperation, or resume it";
    /// See links and partners: no contents.
    Links = "links", Node, "voir les liens", "الاطلاع على الروابط", "see the links";
    /// See the balance with a partner: figures, no contents.
    Figures = "figures", Node, "voir le bilan", "الاطلاع على الحصيلة", "see the balance";
    /// Carry the exchange in sealed files.
    Carry = "carry", Node, "porter des plis scellés", "حمل الظروف المختومة", "carry sealed bundles";
    /// Agree that a register begins again.
    Restart = "restart", Node, "recommencer un registre", "إعادة بدء سجل", "begin a register again";
    /// Administer the node: officers, keys, links.
    Administer = "administer", Node, "administrer le nœud", "إدارة العقدة", "administer the node";
    /// Read the access records.
    Inspect = "inspect", Node, "lire les traces d’accès", "قراءة سجلات الاطلاع", "read the access records";
}

impl Action {
    /// What writing an entry of a type is. Where a type does several things, the weightiest counts.
    #[must_use]
    pub fn of(entry: &EntryType) -> Self {
        let has = |f: fn(&Effect) -> bool| entry.effects.iter().any(f);
        if has(|e| matches!(e, Effect::Erase)) {
            Self::Erase
        } else if entry.releases() {
            Self::Release
        } else if has(|e| matches!(e, Effect::Sign | Effect::Enact)) {
            Self::Sign
        } else if has(|e| matches!(e, Effect::ProposeTerms)) {
            Self::Propose
        } else if has(|e| matches!(e, Effect::Flag(_))) {
            Self::Suspend
        } else if entry.opens() {
            Self::Open
        } else if has(|e| matches!(e, Effect::SetPhase(_) | Effect::Invite | Effect::Leave)) {
            Self::Configure
        } else if entry.on_obligation() {
            Self::Answer
        } else {
            Self::Write
        }
    }
    /// Whether it touches contents: everything about dossiers and entries does.
    #[must_use]
    pub fn is_of_contents(self) -> bool {
        self.about() != About::Node
    }
}

/// Roles as a set: small, and in one order whatever order they were given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Roles(u16);

impl Roles {
    /// Whether a role is among them.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }
    /// The roles in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .iter()
            .copied()
            .filter(move |role| self.has(*role))
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Whether these roles have rights on contents at all: one does, and none takes them away.
    #[must_use]
    pub fn read_contents(self) -> bool {
        !self.is_empty() && !self.iter().any(keeps_out)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |set, role| set | bit(role)))
    }
}

fn bit(role: Role) -> u16 {
    1 << role.number()
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// Their roles.
    pub roles: Roles,
    /// Their services.
    pub services: &'a [ServiceName],
}

/// The dossier that an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Its purpose.
    pub purpose: Purpose,
    /// Whether one of the officer's services takes part in it or, where it is to be opened, would.
    pub member: bool,
}

/// The entry that an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handled {
    /// Sensitivity.
    pub class: Class,
    /// The originator's conditions.
    pub codes: HandlingCodes,
    /// Whether our node wrote it: its conditions are then our own.
    pub ours: bool,
    /// Name of its type, such as `investigation.contribute`; empty for one that this version does not know.
    pub entry_type: &'static str,
}

/// What an action is about, as far as a decision may know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The dossier; none for what is about the node.
    pub matter: Option<Matter<'a>>,
    /// The entry, where it is about one.
    pub entry: Option<Handled>,
}

macro_rules! bars {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// Why the floor bars an action.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Bar { $($(#[$doc])* $name,)+ }
        impl Bar {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
            /// Its name in files and for programs.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
            /// What a person reads.
            #[must_use]
            pub fn label(self) -> Label {
                match self { $(Self::$name => Label { fr: $fr, ar: $ar, en: $en },)+ }
            }
        }
    };
}

bars! {
    /// No role at all.
    NoRole = "no-role", "sans rôle, rien n’est permis", "دون دور لا يسمح بشيء", "without a role nothing is permitted";
    /// Administrators and inspectors have no rights on contents, whatever else they are.
    NoContents = "no-contents",
        "qui administre ou inspecte n’a aucun droit sur les contenus, quels que soient ses autres rôles",
        "من يدير العقدة أو يفتش لا حق له في المضامين مهما كانت أدواره الأخرى",
        "whoever administers or inspects has no rights on contents, whatever else they are";
    /// None of the officer's services takes part.
    Outside = "outside", "aucun de ses services ne participe à ce dossier", "لا تشارك أي من مصالحه في هذا الملف", "none of their services takes part in this dossier";
    /// The role belongs to another group of purposes.
    Walled = "walled",
        "son rôle appartient à un autre groupe de finalités, et la cloison entre les groupes ne se franchit pas",
        "دوره ينتمي إلى مجموعة غايات أخرى والجدار بين المجموعات لا يعبر",
        "their role belongs to another group of purposes, and the wall between the groups is not crossed";
    /// Access records are for inspectors.
    InspectorsOnly = "inspectors-only", "seuls les inspecteurs lisent les traces d’accès", "المفتشون وحدهم يقرؤون سجلات الاطلاع", "only inspectors read access records";
    /// Both coordinators sign that a register begins again.
    CoordinatorsOnly = "coordinators-only", "seuls les coordonnateurs s’accordent sur un registre qui recommence", "المنسقون وحدهم يتفقون على إعادة بدء سجل", "only coordinators agree that a register begins again";
    /// Nothing is administered by who is no administrator.
    AdministratorsOnly = "administrators-only", "seuls les administrateurs administrent", "المديرون وحدهم يديرون العقدة", "only administrators administer";
}

/// Why nobody may do this, whatever policies say; nothing where policies decide.
#[must_use]
pub fn bar(roles: Roles, action: Action, facts: &Facts<'_>) -> Option<Bar> {
    if roles.is_empty() {
        return Some(Bar::NoRole);
    }
    match action {
        Action::Inspect if !roles.has(Role::Inspector) => return Some(Bar::InspectorsOnly),
        Action::Restart if !roles.has(Role::Coordinator) => return Some(Bar::CoordinatorsOnly),
        Action::Administer if !roles.has(Role::Administrator) => {
            return Some(Bar::AdministratorsOnly);
        }
        _ if !action.is_of_contents() => return None,
        _ => {}
    }
    if !roles.read_contents() {
        return Some(Bar::NoContents);
    }
    // An action on contents without a dossier is one on nothing: nobody takes part in it.
    let Some(matter) = facts.matter.filter(|matter| matter.member) else {
        return Some(Bar::Outside);
    };
    let walled = roles.iter().any(|role| is_walled(role, matter.purpose));
    walled.then_some(Bar::Walled)
}

/// Whether a role takes away all rights on contents.
fn keeps_out(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Inspector)
}

/// Whether the wall of invariant 7 keeps a role out of a group. A role that belongs to one group enters no other; governance and
/// training are open to all of them, and liaison, magistrates and coordinators belong to no group.
#[must_use]
pub fn is_walled(role: Role, purpose: Purpose) -> bool {
    let own = match role {
        Role::Investigator | Role::Analyst => Purpose::Justice,
        Role::RescueCoordinator => Purpose::Rescue,
        Role::CaseWorker => Purpose::Support,
        _ => return false,
    };
    purpose != own && purpose != Purpose::Governance
}

/// The combinations of kind and purpose that dossiers can have.
#[must_use]
pub fn matters() -> BTreeSet<(&'static str, Purpose)> {
    let of_all = crate::kinds::ALL.iter().flat_map(|kind| {
        let of = |purpose: &Purpose| (kind.name, *purpose);
        kind.purposes.iter().map(of)
    });
    of_all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;

    fn inside(purpose: Purpose) -> Facts<'static> {
        Facts {
            matter: Some(Matter {
                kind: "request",
                purpose,
                member: true,
            }),
            entry: None,
        }
    }

    fn set(roles: &[Role]) -> Roles {
        roles.iter().copied().collect()
    }

    #[test]
    fn invariant_07_a_role_of_one_group_enters_no_other() {
        for (role, own) in [
            (Role::Investigator, Purpose::Justice),
            (Role::Analyst, Purpose::Justice),
            (Role::RescueCoordinator, Purpose::Rescue),
            (Role::CaseWorker, Purpose::Support),
        ] {
            for &purpose in Purpose::ALL {
                let barred = bar(set(&[role]), Action::See, &inside(purpose));
                let open = purpose == own || purpose == Purpose::Governance;
                assert_eq!(barred, (!open).then_some(Bar::Walled), "{role} {purpose}");
            }
        }
        // Another role on top opens no door: what keeps out, keeps out.
        let both = set(&[Role::Liaison, Role::Investigator]);
        assert_eq!(
            bar(both, Action::Read, &inside(Purpose::Support)),
            Some(Bar::Walled)
        );
    }

    #[test]
    fn whoever_administers_or_inspects_has_no_rights_on_contents() {
        for keeps in [Role::Administrator, Role::Inspector] {
            for &other in Role::ALL {
                for action in Action::ALL.iter().filter(|a| a.is_of_contents()) {
                    let barred = bar(set(&[other, keeps]), *action, &inside(Purpose::Governance));
                    assert_eq!(barred, Some(Bar::NoContents), "{keeps} {other} {action:?}");
                }
            }
        }
    }

    #[test]
    fn nobody_touches_the_contents_of_a_dossier_in_which_no_service_of_theirs_takes_part() {
        let mut outside = inside(Purpose::Governance);
        outside.matter.as_mut().unwrap().member = false;
        for facts in [outside, Facts::default()] {
            for action in Action::ALL.iter().filter(|a| a.is_of_contents()) {
                let barred = bar(set(&[Role::Liaison]), *action, &facts);
                assert_eq!(barred, Some(Bar::Outside), "{action:?}");
            }
        }
    }

    #[test]
    fn what_is_one_roles_alone_is_no_others() {
        for (action, role, why) in [
            (Action::Inspect, Role::Inspector, Bar::InspectorsOnly),
            (Action::Restart, Role::Coordinator, Bar::CoordinatorsOnly),
            (
                Action::Administer,
                Role::Administrator,
                Bar::AdministratorsOnly,
            ),
        ] {
            for &other in Role::ALL {
                let barred = bar(set(&[other]), action, &Facts::default());
                assert_eq!(barred, (other != role).then_some(why), "{other}");
            }
        }
        let nobody = bar(Roles::default(), Action::Links, &Facts::default());
        assert_eq!(nobody, Some(Bar::NoRole));
    }

    #[test]
    fn every_entry_type_is_an_action_on_a_dossier() {
        for entry in kinds::ALL.iter().flat_map(|kind| kind.entries) {
            let action = Action::of(entry);
            assert_eq!(action.about(), About::Dossier, "{}", entry.name);
            let expected = match entry.name {
                "erase" => Action::Erase,
                "release" => Action::Release,
                "charter.open" | "charter.propose" => Action::Propose,
                "charter.sign" | "charter.enact" => Action::Sign,
                "charter.suspend" | "charter.resume" => Action::Suspend,
                "close" | "invite" | "leave" => Action::Configure,
                "note" | "translation" | "investigation.contribute" => Action::Write,
                "acknowledge" | "request.answer" | "refuse" | "feedback" => Action::Answer,
                name if name.ends_with(".open") => Action::Open,
                _ => continue,
            };
            assert_eq!(action, expected, "{}", entry.name);
        }
    }

    #[test]
    fn names_of_actions_and_bars_are_their_own() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.as_str()), Some(*action));
        }
        let names: BTreeSet<&str> = Bar::ALL.iter().map(|bar| bar.as_str()).collect();
        assert_eq!(names.len(), Bar::ALL.len());
        assert_eq!(Action::parse("nothing"), None);
    }

    #[test]
    fn roles_are_a_set() {
        let set = set(&[Role::Administrator, Role::Liaison, Role::Liaison]);
        let listed: Vec<Role> = set.iter().collect();
        assert_eq!(listed, [Role::Liaison, Role::Administrator]);
        assert!(!set.read_contents() && !Roles::default().read_contents());
    }
}
