//! The one way in which anything is allowed: every verb and every view asks here, and nothing else decides who may do what.
//!
//! What may not be seen does not exist: [`AppError::NotFound`], and absent from every list and count. What is seen and may not be
//! done is [`AppError::Forbidden`], and not offered. Beneath lies the hard floor of `core::floor`; above it the node's policies.

use crate::conditions::{Found, use_of};
use crate::error::{AppError, Result};
use crate::people::administers;
use crate::{Actor, App, Recording};
use entente_core::codes::{Class, Purpose, Role};
use entente_core::conditions::Answer;
use entente_core::floor::{self, About, Action, Bar, Facts, Handled, Matter, Roles, Who};
use entente_core::handling::{Handling, HandlingCodes};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::kind::{EntryType, Kind, kind_name};
use entente_core::kinds;
use entente_policy::Explanation;
use entente_store::{DossierRow, EntryRow, Read, StoreExt};

/// Of which dossiers a list may show an officer anything: those in which one of their services takes part, as far as they may see
/// such dossiers at all.
#[derive(Clone, Debug)]
pub(crate) struct Sees {
    pub(crate) services: Vec<ServiceName>,
    /// None: whatever the kind and purpose.
    pub(crate) among: Option<Vec<(String, Purpose)>>,
}

/// What is known of something that is to leave, before it is an entry.
#[derive(Clone, Debug)]
pub(crate) struct Leaving {
    pub(crate) kind: &'static Kind,
    pub(crate) entry_type: &'static EntryType,
    pub(crate) purpose: Purpose,
    pub(crate) class: Class,
    pub(crate) codes: HandlingCodes,
    /// In the name of which it is written.
    pub(crate) service: ServiceName,
}

/// What a question about rights is about.
#[derive(Clone, Copy, Debug)]
pub enum On {
    /// The node.
    Node,
    /// A dossier of a kind to come, in which a service of the officer would take part.
    Kind(&'static Kind),
    /// A dossier.
    Dossier(DossierId),
    /// An entry, or the dossier that it is in.
    Entry(EntryId),
}

/// Why an officer may, or may not, do something.
#[derive(Clone, Debug)]
pub struct Reasons {
    /// What the floor and the policies say.
    pub explanation: Explanation,
    /// The service by which they take part, if it is about a dossier and one does.
    pub through: Option<ServiceName>,
    /// What the originator's conditions make of it for this officer, if it is about an entry.
    pub condition: Option<Answer>,
    /// The roles to which the same would be open, were they in the same services.
    pub open_to: Vec<Role>,
}

impl Actor {
    /// Who asks, for a decision.
    pub(crate) fn who(&self) -> Who<'_> {
        Who {
            roles: self.roles.iter().copied().collect(),
            services: &self.services,
        }
    }
}

impl App {
    /// Whether an officer may do something that is about the node, and about no dossier.
    #[must_use]
    pub fn may(&self, actor: &Actor, action: Action) -> bool {
        self.allows(actor, action, &Facts::default())
    }

    /// Whether an officer may open a dossier of a kind.
    #[must_use]
    pub fn may_open(&self, actor: &Actor, kind: &Kind) -> bool {
        let opens = |opening| {
            self.allows(
                actor,
                Action::of(opening),
                &of_matter(to_come(kind, actor), None),
            )
        };
        kind.opening().is_some_and(opens)
    }

    /// The same for a verb that is about the node.
    pub(crate) fn authorise(&self, actor: &Actor, action: Action) -> Result<()> {
        permitted(self.may(actor, action))
    }

    /// Whether an officer may do something in a dossier.
    pub(crate) fn may_in(&self, actor: &Actor, action: Action, row: &DossierRow) -> bool {
        self.allows(actor, action, &of_matter(matter(actor, row), None))
    }

    /// Types of entries, of those that are wanted, which an officer may write in a dossier as it stands.
    pub(crate) fn writable(
        &self,
        actor: &Actor,
        row: &DossierRow,
        wanted: impl Fn(&EntryType) -> bool,
    ) -> Vec<&'static EntryType> {
        let kind = kinds::find(&row.kind).into_iter();
        kind.flat_map(|kind| kind.in_phase(row.phase))
            .filter(|entry| wanted(entry) && self.may_in(actor, Action::of(entry), row))
            .collect()
    }

    /// The same for a verb, of who sees the dossier already.
    pub(crate) fn authorise_in(
        &self,
        actor: &Actor,
        action: Action,
        row: &DossierRow,
    ) -> Result<()> {
        permitted(self.may_in(actor, action, row))
    }

    /// The dossier's row, if it is here and the actor may see it.
    pub(crate) fn seen_by(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: DossierId,
    ) -> Result<Option<DossierRow>> {
        let seen = |row: &DossierRow| self.may_in(actor, Action::See, row);
        Ok(tx.dossier(id)?.filter(seen))
    }

    /// The dossier's row, if the actor may see it; otherwise it does not exist.
    pub(crate) fn visible(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: DossierId,
    ) -> Result<DossierRow> {
        self.seen_by(tx, actor, id)?.ok_or(AppError::NotFound)
    }

    /// What lists may show an actor.
    pub(crate) fn sees(&self, actor: &Actor) -> Sees {
        let may = |(kind, purpose): &(&'static str, Purpose)| {
            let (kind, purpose) = (*kind, *purpose);
            let matter = Matter {
                kind,
                purpose,
                member: true,
            };
            self.allows(actor, Action::See, &of_matter(matter, None))
        };
        let (seen, hidden): (Vec<_>, Vec<_>) = floor::matters().into_iter().partition(may);
        let pairs = seen.into_iter().map(|(kind, of)| (kind.to_owned(), of));
        Sees {
            services: actor.services.clone(),
            among: (!hidden.is_empty()).then(|| pairs.collect()),
        }
    }

    /// Whether an actor sees dossiers of a kind in which a service of theirs takes part.
    pub(crate) fn sees_kind(&self, actor: &Actor, kind: &str) -> bool {
        let among = self.sees(actor).among;
        among.is_none_or(|pairs| pairs.iter().any(|(seen, _)| seen == kind))
    }

    /// Whether an actor who sees the dossier of an entry may do something with the entry, by policies and under the conditions of its
    /// originator (invariant 6).
    pub(crate) fn may_with(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        action: Action,
        row: &EntryRow,
    ) -> Result<bool> {
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(false);
        };
        let found = self.said_of(tx, actor, (row, &header))?;
        Ok(self.may_under(tx, actor, action, (row, &header, &found))? == Some(Answer::Allowed))
    }

    /// The same for a verb, which says what the originator's conditions forbid.
    pub(crate) fn authorise_with(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        action: Action,
        row: &EntryRow,
    ) -> Result<()> {
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::Forbidden)?;
        let found = self.said_of(tx, actor, (row, &header))?;
        match self.may_under(tx, actor, action, (row, &header, &found))? {
            Some(Answer::Allowed) => Ok(()),
            Some(answer) => Err(AppError::Condition(answer)),
            None => Err(AppError::Forbidden),
        }
    }

    /// What an action comes to under what was said of an entry's conditions; nothing where policies forbid it anyway.
    pub(crate) fn may_under(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        action: Action,
        (row, header, found): (&EntryRow, &Header, &Found),
    ) -> Result<Option<Answer>> {
        if !self.may_by_policy(tx, actor, action, (row.dossier, header, found.codes()))? {
            return Ok(None);
        }
        let conditions = found.binding(&self.inner.me);
        let answer = use_of(action).map(|what| conditions.answer(what, self.now()));
        Ok(Some(answer.unwrap_or(Answer::Allowed)))
    }

    /// What policies say of an entry whose header was read, with all codes that it has by now.
    fn may_by_policy(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        action: Action,
        (dossier, header, codes): (DossierId, &Header, HandlingCodes),
    ) -> Result<bool> {
        let kind = self.inner.memory.kind(dossier, || {
            let row = tx.dossier(dossier)?.ok_or(AppError::NotFound)?;
            kinds::find(&row.kind).ok_or(AppError::NotFound)
        });
        let kind = match kind {
            Ok(kind) => kind,
            // What a version to come wrote is read by nobody here.
            Err(AppError::NotFound) => return Ok(false),
            Err(other) => return Err(other),
        };
        let matter = Matter {
            kind: kind.name,
            purpose: header.purpose,
            member: true,
        };
        let mut handled = self.handled(header, Some(kind));
        handled.codes = handled.codes.union(codes);
        Ok(self.allows(actor, action, &of_matter(matter, Some(handled))))
    }

    /// Whether an actor may record an entry: to who may not see it, a dossier does not exist.
    pub(crate) fn authorise_recording(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<()> {
        // At once, whatever it is about: it says nothing of what is here.
        permitted(actor.writes())?;
        let Some(dossier) = recording.dossier else {
            let kind = kinds::find(kind_name(&recording.entry_type)).ok_or(AppError::NotFound)?;
            let named = kind.entry(&recording.entry_type);
            return self.authorise_opening(actor, kind, named.ok_or(AppError::NotFound)?);
        };
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        // What the program writes beside an act is no form.
        let named = kind.entry(&recording.entry_type);
        let named = named.filter(|entry| !entry.is_written_beside());
        let action = Action::of(named.ok_or(AppError::NotFound)?);
        self.authorise_in(actor, action, &row)
    }

    /// Whether an actor may open a dossier by an entry type.
    pub(crate) fn authorise_opening(
        &self,
        actor: &Actor,
        kind: &Kind,
        entry_type: &EntryType,
    ) -> Result<()> {
        let facts = of_matter(to_come(kind, actor), None);
        permitted(self.allows(actor, Action::of(entry_type), &facts))
    }

    /// Whether an actor may approve that something leaves which is not an entry yet, or do so alone: whether they see its dossier
    /// is for the caller to ask.
    pub(crate) fn may_let_leave(
        &self,
        actor: &Actor,
        action: Action,
        dossier: Option<&DossierRow>,
        about: &Leaving,
    ) -> bool {
        let member = match dossier {
            Some(row) => taking_part(actor, row).is_some(),
            None => actor.services.contains(&about.service),
        };
        let matter = Matter {
            kind: about.kind.name,
            purpose: about.purpose,
            member,
        };
        let handled = Handled {
            class: about.class,
            codes: about.codes,
            ours: true,
            entry_type: about.entry_type.name,
        };
        self.allows(actor, action, &of_matter(matter, Some(handled)))
    }

    /// Whether a dossier is here, for whoever holds the machine.
    ///
    /// # Errors
    /// Storage only.
    pub fn has_dossier(&self, id: DossierId) -> Result<bool> {
        let found = self.inner.store.view("has_dossier", |tx| tx.dossier(id));
        Ok(found?.is_some())
    }

    /// The dossier that an entry is in, for whoever holds the machine.
    ///
    /// # Errors
    /// Storage only.
    pub fn dossier_of(&self, entry: EntryId) -> Result<Option<DossierId>> {
        let found = self.inner.store.view("dossier_of", |tx| tx.entry(entry));
        Ok(found?.map(|row| row.dossier))
    }

    /// Why an officer may, or may not, do something. Leaves a trace: it tells which dossiers there are.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what is not here, or is not what the action is about.
    pub fn explain(&self, actor: &Actor, action: Action, on: On) -> Result<Reasons> {
        let app = self.clone();
        let record = administers("policy_explain", &actor.id);
        self.inner
            .store
            .update("explain", move |tx| app.record_access(tx, &record))?;
        let (row, entry, condition) = self.inner.store.view("explained", |tx| {
            self.refuse_closed(tx)?;
            let (row, entry) = explained(tx, on)?;
            let condition = match (use_of(action), &entry, on) {
                (Some(what), Some(header), On::Entry(id)) => {
                    let entry = tx.entry(id)?.ok_or(AppError::NotFound)?;
                    Some(self.answer_to(tx, actor, what, (&entry, header))?)
                }
                _ => None,
            };
            Ok::<_, AppError>((row, entry, condition))
        })?;
        let matter = match (&row, on) {
            (Some(row), _) => Some(matter(actor, row)),
            (None, On::Kind(kind)) => Some(to_come(kind, actor)),
            (None, _) => None,
        };
        let kind = row.as_ref().and_then(|row| kinds::find(&row.kind));
        let entry = entry.as_ref().map(|header| self.handled(header, kind));
        let fits = match action.about() {
            About::Node => matter.is_none(),
            About::Dossier => matter.is_some(),
            About::Entry => entry.is_some(),
        };
        if !fits {
            return Err(AppError::NotFound);
        }
        let facts = Facts { matter, entry };
        let alone = |role: &Role| Who {
            roles: Roles::from_iter([*role]),
            services: &actor.services,
        };
        let policies = &self.inner.policies;
        let open_to = Role::ALL.iter().copied();
        Ok(Reasons {
            explanation: policies.explain(&actor.who(), action, &facts),
            condition,
            through: row
                .as_ref()
                .and_then(|row| taking_part(actor, row).cloned()),
            open_to: open_to
                .filter(|role| policies.allows(&alone(role), action, &facts))
                .collect(),
        })
    }

    /// Whether floor and policies would let an officer see a dossier in which their service took part; if not, what of the floor keeps
    /// them out, if it does.
    pub(crate) fn admits(
        &self,
        actor: &Actor,
        row: &DossierRow,
    ) -> std::result::Result<(), Option<Bar>> {
        let matter = Matter {
            member: true,
            ..matter(actor, row)
        };
        let facts = of_matter(matter, None);
        match self.allows(actor, Action::See, &facts) {
            true => Ok(()),
            false => Err(floor::bar(actor.who().roles, Action::See, &facts)),
        }
    }

    /// Whether an officer who sees a dossier may read there an entry of another that is used for its purpose.
    pub(crate) fn may_read_brought(
        &self,
        actor: &Actor,
        into: &DossierRow,
        handled: Handled,
    ) -> bool {
        let facts = of_matter(matter(actor, into), Some(handled));
        self.allows(actor, Action::Read, &facts)
    }

    fn allows(&self, actor: &Actor, action: Action, facts: &Facts<'_>) -> bool {
        // That a register begins again is agreed by a coordinator in person.
        if actor.acts_for.is_some() && action == Action::Restart {
            return false;
        }
        self.inner.policies.allows(&actor.who(), action, facts)
    }

    fn handled(&self, header: &Header, kind: Option<&'static Kind>) -> Handled {
        let known = kind.and_then(|kind| kind.entry(&header.kind));
        Handled {
            entry_type: known.map_or("", |entry| entry.name),
            class: header.handling.class,
            codes: header.handling.codes,
            ours: header.node() == self.inner.me,
        }
    }
}

/// What policies may know of an entry that is used for another purpose.
pub(crate) fn brought_facts(
    handling: Handling,
    entry_type: Option<&'static EntryType>,
    ours: bool,
) -> Handled {
    Handled {
        entry_type: entry_type.map_or("", |entry| entry.name),
        class: handling.class,
        codes: handling.codes,
        ours,
    }
}

/// The dossier and the entry that a question is about.
fn explained(tx: &dyn Read, on: On) -> Result<(Option<DossierRow>, Option<Header>)> {
    match on {
        On::Node | On::Kind(_) => Ok((None, None)),
        On::Dossier(id) => {
            let row = tx.dossier(id)?.ok_or(AppError::NotFound)?;
            Ok((Some(row), None))
        }
        On::Entry(id) => {
            let row = tx.entry(id)?.ok_or(AppError::NotFound)?;
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            let dossier = tx.dossier(row.dossier)?.ok_or(AppError::NotFound)?;
            Ok((Some(dossier), Some(header)))
        }
    }
}

fn permitted(may: bool) -> Result<()> {
    match may {
        true => Ok(()),
        false => Err(AppError::Forbidden),
    }
}

fn matter<'a>(actor: &Actor, row: &'a DossierRow) -> Matter<'a> {
    Matter {
        kind: &row.kind,
        purpose: row.purpose,
        member: taking_part(actor, row).is_some(),
    }
}

/// A dossier to come: the officer's own service takes part in what they open.
fn to_come(kind: &Kind, actor: &Actor) -> Matter<'static> {
    Matter {
        kind: kind.name,
        purpose: kind
            .purposes
            .first()
            .copied()
            .unwrap_or(Purpose::Governance),
        member: !actor.services.is_empty(),
    }
}

fn of_matter(matter: Matter<'_>, entry: Option<Handled>) -> Facts<'_> {
    Facts {
        matter: Some(matter),
        entry,
    }
}

/// The first of the officer's services that takes part in a dossier.
fn taking_part<'a>(actor: &'a Actor, row: &DossierRow) -> Option<&'a ServiceName> {
    let of = |service: &&ServiceName| row.services.split(',').any(|s| s == service.as_str());
    actor.services.iter().find(of)
}
