//! The hard floor under every policy: what no file of an operator can loosen (DESIGN section 7, invariants 7 and 9, rule 13).
//!
//! The actions are a closed list, and so are the facts that a decision may rest on: who asks (roles, services), about what (kind,
//! purpose, whether one of their services takes part), and how an entry is to be handled. Neither religion, origin, nationality
//! nor any content is among them. The floor bars; it never permits. What it lets pass is decided by policies (crate `policy`).

use crate::codes::{Class, Purpose, Role};
use crate::handling::HandlingCodes;
use crate::ids::ServiceName;
use crate::kind::{Effect, EntryType};
use crate::kinds;
use crate::label::Label;
use crate::wall::bridge_of;
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
    /// Do an act of weight that the officer's own passkey does not sign, because they have none.
    WeighWithoutPasskey = "weigh_without_passkey", Entry,
        "accomplir un acte de poids sans le signer par une clé d’accès",
        "القيام بعمل ذي وزن دون توقيعه بمفتاح مرور",
        "do an act of weight without signing it with a passkey";
    /// Take a decision that is a magistrate's: to inform the other Party's judicial authority, to defer, to refuse, to carry on.
    Decide = "decide", Dossier, "prendre une décision de magistrat", "اتخاذ قرار قضائي", "take a magistrate’s decision";
    /// Change who takes part, or close.
    Configure = "configure", Dossier, "changer les participants ou clore", "تغيير المشاركين أو الإغلاق", "change who takes part, or close";
    /// Show what was written in an earlier dossier to those of a later one.
    Release = "release", Dossier, "communiquer un écrit antérieur", "الإطلاع على كتابة سابقة", "release an entry of an earlier dossier";
    /// Destroy what was written.
    Erase = "erase", Dossier, "effacer", "المحو", "erase";
    /// Produce entries in court.
    Produce = "produce", Dossier, "produire en justice", "الإدلاء أمام القضاء", "produce in court";
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
    /// Read the published statistics: aggregates above the floor.
    Statistics = "statistics", Node, "lire les statistiques publiées", "قراءة الإحصائيات المنشورة", "read the published statistics";
    /// Carry the exchange in sealed files.
    Carry = "carry", Node, "porter des plis scellés", "حمل الظروف المختومة", "carry sealed bundles";
    /// Agree that a register begins again.
    Restart = "restart", Node, "recommencer un registre", "إعادة بدء سجل", "begin a register again";
    /// Administer the node: officers, keys, links.
    Administer = "administer", Node, "administrer le nœud", "إدارة العقدة", "administer the node";
    /// Read the access records.
    Inspect = "inspect", Node, "lire les traces d’accès", "قراءة سجلات الاطلاع", "read the access records";
    /// Search by words for no dossier without saying why.
    SearchUnasked = "search_unasked", Node, "chercher hors dossier sans donner de motif", "البحث خارج ملف دون ذكر السبب", "search outside a dossier without giving a reason";
    /// Open a dossier that others of the node work in without saying why.
    EnterUnasked = "enter_unasked", Dossier, "ouvrir un dossier traité par d’autres sans donner de motif", "فتح ملف يعالجه آخرون دون ذكر السبب", "open a dossier that others work in without giving a reason";
    /// Export an entry without saying why.
    ExportUnasked = "export_unasked", Entry, "exporter une écriture sans donner de motif", "تصدير قيد دون ذكر السبب", "export an entry without giving a reason";
}

impl Action {
    /// What writing an entry of a type is. Where a type does several things, the weightiest counts.
    #[must_use]
    pub fn of(entry: &EntryType) -> Self {
        let has = |f: fn(&Effect) -> bool| entry.effects.iter().any(f);
        if entry.reserved_to() == Some(Role::Magistrate) {
            Self::Decide
        } else if has(|e| matches!(e, Effect::Erase | Effect::Expired)) {
            Self::Erase
        } else if entry.produces() {
            Self::Produce
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
    /// A kind of dossier that the role never sees.
    ClosedKind = "closed-kind",
        "les dossiers de ce type sont fermés à son rôle",
        "ملفات هذا النوع مغلقة أمام دوره",
        "dossiers of this kind are closed to their role";
    /// What goes over a bridge is approved by another officer, of one of the roles that the list of bridges names.
    Bridge = "bridge",
        "le passage d’une finalité à une autre n’est approuvé que par un autre agent, magistrat ou coordonnateur",
        "لا يوافق على العبور من غاية إلى أخرى إلا ضابط آخر، قاض أو منسق",
        "what goes from one purpose to another is approved by another officer, a magistrate or a coordinator";
    /// Access records are for inspectors.
    InspectorsOnly = "inspectors-only", "seuls les inspecteurs lisent les traces d’accès", "المفتشون وحدهم يقرؤون سجلات الاطلاع", "only inspectors read access records";
    /// Both coordinators sign that a register begins again.
    CoordinatorsOnly = "coordinators-only", "seuls les coordonnateurs s’accordent sur un registre qui recommence", "المنسقون وحدهم يتفقون على إعادة بدء سجل", "only coordinators agree that a register begins again";
    /// What a magistrate decides, and what leaves between judicial authorities, is a magistrate's.
    MagistratesOnly = "magistrates-only", "seul un magistrat en décide", "القاضي وحده يقرر في ذلك", "only a magistrate decides on this";
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
    if walled {
        return Some(Bar::Walled);
    }
    let closed = roles.iter().any(|role| is_closed_to(role, matter.kind));
    if closed {
        return Some(Bar::ClosedKind);
    }
    if bars_decision(roles, action, matter.kind) {
        return Some(Bar::MagistratesOnly);
    }
    bars_bridge(roles, action, facts).then_some(Bar::Bridge)
}

/// Whether it is for a magistrate and none of these roles is one: a decision of that kind, and all that is to leave in a dossier between
/// judicial authorities (complaint 10 of FIELD C: a duty to inform has a magistrate's gate).
fn bars_decision(roles: Roles, action: Action, kind: &str) -> bool {
    let leaves = matches!(action, Action::Approve | Action::ApproveAlone);
    let gated = action == Action::Decide || (leaves && kinds::is_of_duties(kind));
    gated && !roles.has(Role::Magistrate)
}

/// Whether an entry that goes over a bridge is not for these roles to approve: nobody does alone.
fn bars_bridge(roles: Roles, action: Action, facts: &Facts<'_>) -> bool {
    let Some(bridge) = facts.entry.and_then(|entry| bridge_of(entry.entry_type)) else {
        return false;
    };
    match action {
        Action::Approve => !bridge.approvers.iter().any(|role| roles.has(*role)),
        Action::ApproveAlone => true,
        _ => false,
    }
}

/// Whether dossiers of a kind are closed to a role whatever their purpose: what a person asks about their own data is seen by nobody
/// who investigates, analyses, rescues or supports.
#[must_use]
pub fn is_closed_to(role: Role, kind: &str) -> bool {
    kinds::find(kind).is_some_and(|kind| kind.closed_to.contains(&role))
}

/// Whether a role takes away all rights on contents.
fn keeps_out(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Inspector)
}

/// Whether the wall of invariant 7 keeps a role out of a group. A role that belongs to one group enters no other; governance and
/// training are open to all of them, and liaison, magistrates and coordinators belong to no group.
#[must_use]
pub fn is_walled(role: Role, purpose: Purpose) -> bool {
    group(role).is_some_and(|own| purpose != own && purpose != Purpose::Governance)
}

/// The group of purposes that a role belongs to, if it belongs to one.
fn group(role: Role) -> Option<Purpose> {
    match role {
        Role::Investigator | Role::Analyst => Some(Purpose::Justice),
        Role::RescueCoordinator => Some(Purpose::Rescue),
        Role::CaseWorker => Some(Purpose::Support),
        _ => None,
    }
}

/// Whether whoever has these roles works in justice and security: a service of theirs is no member where security has no place.
#[must_use]
pub fn is_of_security(roles: Roles) -> bool {
    roles
        .iter()
        .any(|role| group(role) == Some(Purpose::Justice))
}

/// Why nobody stands in for an officer who is absent, whatever both agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStandIn {
    /// One of the two administers, inspects, or has no role: there are no rights on contents to hand on.
    Contents,
    /// They belong to different groups of purposes: by turns, one person would stand on both sides of the wall (invariant 7).
    Walled,
    /// A magistrate's decisions are a magistrate's.
    Magistrate,
}

/// Whether a colleague may work with the roles of an officer who is absent.
///
/// # Errors
/// Why not.
pub fn stands_in(colleague: Roles, absent: Roles) -> Result<(), NoStandIn> {
    if !colleague.read_contents() || !absent.read_contents() {
        return Err(NoStandIn::Contents);
    }
    let groups = colleague.iter().chain(absent.iter()).filter_map(group);
    let groups: BTreeSet<u8> = groups.map(|purpose| purpose.number()).collect();
    if groups.len() > 1 {
        return Err(NoStandIn::Walled);
    }
    match absent.has(Role::Magistrate) && !colleague.has(Role::Magistrate) {
        true => Err(NoStandIn::Magistrate),
        false => Ok(()),
    }
}

/// The combinations of kind and purpose that dossiers can have.
#[must_use]
pub fn matters() -> BTreeSet<(&'static str, Purpose)> {
    let of_all = kinds::ALL.iter().flat_map(|kind| {
        let of = |purpose: &Purpose| (kind.name, *purpose);
        kind.purposes.iter().map(of)
    });
    of_all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Nobody who works in one of the groups sees what a person asks about their own data, whatever other roles they have.
    #[test]
    fn invariant_07_a_rights_dossier_is_closed_to_every_role_of_a_group() {
        let rights = |role: &[Role], action| {
            let matter = Matter {
                kind: "rights",
                purpose: Purpose::Governance,
                member: true,
            };
            let facts = Facts {
                matter: Some(matter),
                entry: None,
            };
            bar(set(role), action, &facts)
        };
        let of_contents = || Action::ALL.iter().filter(|a| a.is_of_contents());
        for role in [
            Role::Investigator,
            Role::Analyst,
            Role::RescueCoordinator,
            Role::CaseWorker,
        ] {
            for &action in of_contents() {
                assert_eq!(rights(&[role], action), Some(Bar::ClosedKind), "{role}");
                let both = rights(&[Role::Liaison, role], action);
                assert_eq!(both, Some(Bar::ClosedKind), "liaison and {role}");
            }
        }
        for role in [Role::Liaison, Role::Magistrate, Role::Coordinator] {
            // A magistrate's decision is no others', in whatever dossier.
            let mut open = of_contents().filter(|a| **a != Action::Decide);
            assert!(open.all(|a| rights(&[role], *a).is_none()), "{role}");
        }
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

    /// Nobody but a magistrate takes such a decision, or lets anything leave between judicial authorities, whatever other roles they have.
    /// Take out: in [`bar`], the question to [`bars_decision`].
    #[test]
    fn invariant_08_only_a_magistrate_decides_to_inform() {
        let of = |kind| Facts {
            matter: Some(Matter {
                kind,
                purpose: Purpose::Justice,
                member: true,
            }),
            entry: None,
        };
        for &role in Role::ALL.iter().filter(|role| **role != Role::Magistrate) {
            let both = set(&[Role::Liaison, role]);
            for action in [Action::Decide, Action::Approve, Action::ApproveAlone] {
                for kind in ["proceedings", "duty"] {
                    assert!(bar(both, action, &of(kind)).is_some(), "{role} {action:?}");
                }
            }
        }
        let magistrate = set(&[Role::Magistrate]);
        assert_eq!(bar(magistrate, Action::Decide, &of("duty")), None);
        assert_eq!(bar(magistrate, Action::Approve, &of("proceedings")), None);
        // In other dossiers what leaves is for policies.
        assert_eq!(
            bar(set(&[Role::Liaison]), Action::Approve, &of("request")),
            None
        );
    }

    /// Nobody who investigates or analyses sees a training of imams, whatever other roles they have; other programmes are open to them.
    /// Take out: `closed_to` of `programme::IMAM_TRAINING`.
    #[test]
    fn invariant_07_the_training_of_imams_is_closed_to_security() {
        let of = |kind| Facts {
            matter: Some(Matter {
                kind,
                purpose: Purpose::Governance,
                member: true,
            }),
            entry: None,
        };
        for role in [Role::Investigator, Role::Analyst] {
            let both = set(&[Role::Coordinator, role]);
            assert!(is_of_security(both));
            for &action in Action::ALL.iter().filter(|a| a.is_of_contents()) {
                let barred = bar(both, action, &of(kinds::programme::IMAMS));
                assert_eq!(barred, Some(Bar::ClosedKind), "{action:?}");
            }
            assert_eq!(bar(both, Action::Write, &of("programme")), None);
        }
        assert!(!is_of_security(set(&[Role::Liaison, Role::Coordinator])));
    }

    /// Over every pair of roles: whoever stands in crosses no wall, and is given nothing that is an administrator's, an inspector's or
    /// a magistrate's alone.
    #[test]
    fn invariant_07_whoever_stands_in_crosses_no_wall() {
        for &colleague in Role::ALL {
            for &absent in Role::ALL {
                let may = stands_in(set(&[colleague]), set(&[absent]));
                let keeps = keeps_out(colleague) || keeps_out(absent);
                let crosses = [Purpose::Justice, Purpose::Rescue, Purpose::Support]
                    .iter()
                    .any(|of| is_walled(colleague, *of) && group(absent) == Some(*of));
                let magistrate = absent == Role::Magistrate && colleague != Role::Magistrate;
                let why = match (keeps, crosses, magistrate) {
                    (true, _, _) => Err(NoStandIn::Contents),
                    (_, true, _) => Err(NoStandIn::Walled),
                    (_, _, true) => Err(NoStandIn::Magistrate),
                    _ => Ok(()),
                };
                assert_eq!(may, why, "{colleague} for {absent}");
            }
        }
        let none = stands_in(Roles::default(), set(&[Role::Liaison]));
        assert_eq!(none, Err(NoStandIn::Contents));
    }

    #[test]
    fn every_entry_type_is_an_action_on_a_dossier() {
        for entry in kinds::ALL.iter().flat_map(|kind| kind.entries) {
            let action = Action::of(entry);
            assert_eq!(action.about(), About::Dossier, "{}", entry.name);
            let expected = match entry.name {
                name if kinds::is_decision(name) => Action::Decide,
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
