//! Cedar: facts become a request, and its answer a decision.

use crate::Titled;
use crate::error::{PolicyError, Why};
use crate::read::Sound;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression,
};
use entente_core::floor::{About, Action, Facts, Who};
use std::str::FromStr;

pub(crate) struct Engine {
    authorizer: Authorizer,
    set: PolicySet,
    titles: Vec<Titled>,
    types: Types,
}

/// Names of the schema, read once.
struct Types {
    action: EntityTypeName,
    role: EntityTypeName,
    officer: EntityTypeName,
    node: EntityTypeName,
    dossier: EntityTypeName,
    entry: EntityTypeName,
}

type Attributes = Vec<(String, RestrictedExpression)>;

impl Engine {
    pub(crate) fn new(sound: Sound) -> Result<Self, PolicyError> {
        Ok(Self {
            authorizer: Authorizer::new(),
            set: sound.set,
            titles: sound.titles,
            types: Types {
                action: named("Action")?,
                role: named("Role")?,
                officer: named("Officer")?,
                node: named("Node")?,
                dossier: named("Dossier")?,
                entry: named("Entry")?,
            },
        })
    }

    pub(crate) fn titles(&self) -> &[Titled] {
        &self.titles
    }

    pub(crate) fn set(&self) -> &PolicySet {
        &self.set
    }

    /// What policies say, and which of them. Whatever cannot be asked is denied.
    pub(crate) fn decide(
        &self,
        who: &Who<'_>,
        action: Action,
        facts: &Facts<'_>,
    ) -> (bool, Vec<Titled>) {
        let Some((request, entities)) = self.asked(who, action, facts) else {
            return (false, Vec::new());
        };
        let response = self
            .authorizer
            .is_authorized(&request, &self.set, &entities);
        let diagnostics = response.diagnostics();
        let reasons: Vec<&str> = diagnostics.reason().map(AsRef::as_ref).collect();
        let decided = |titled: &&Titled| reasons.contains(&titled.id.as_str());
        // A policy that fails while it is evaluated says nothing: were it one that forbids, its silence must not permit.
        let sound = diagnostics.errors().next().is_none();
        let allowed = sound && response.decision() == Decision::Allow;
        (
            allowed,
            self.titles.iter().filter(decided).cloned().collect(),
        )
    }

    fn asked(
        &self,
        who: &Who<'_>,
        action: Action,
        facts: &Facts<'_>,
    ) -> Option<(Request, Entities)> {
        let types = &self.types;
        let uid = |kind: &EntityTypeName, id: &str| {
            EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
        };
        let roles = who.roles.iter().map(|role| uid(&types.role, role.as_str()));
        let services = who.services.iter();
        let services = services.map(|s| RestrictedExpression::new_string(s.to_string()));
        let services = vec![(
            "services".to_owned(),
            RestrictedExpression::new_set(services),
        )];
        // Nobody is named: a decision follows from role, service and matter.
        let officer = uid(&types.officer, "");
        let principal = Entity::new_with_tags(officer.clone(), services, roles, []).ok()?;
        let (kind, attributes) = match action.about() {
            About::Node => (&types.node, Vec::new()),
            About::Dossier => (&types.dossier, dossier(facts)?),
            About::Entry => (&types.entry, entry(facts)?),
        };
        let about = uid(kind, "");
        let resource = Entity::new_with_tags(about.clone(), attributes, [], []).ok()?;
        let group = group(action).map(|name| uid(&types.action, name));
        let act = uid(&types.action, action.as_str());
        let acting = Entity::new_with_tags(act.clone(), [], group, []).ok()?;
        let entities = Entities::from_entities([principal, resource, acting], None).ok()?;
        let request = Request::new(officer, act, about, Context::empty(), None).ok()?;
        Some((request, entities))
    }
}

/// The group of an action in the schema.
pub(crate) fn group(action: Action) -> Option<&'static str> {
    match action {
        Action::See | Action::Read | Action::OpenFile | Action::Export => Some("reading"),
        Action::Open
        | Action::Write
        | Action::Answer
        | Action::Decide
        | Action::Approve
        | Action::ApproveAlone
        | Action::Configure
        | Action::Release
        | Action::Erase => Some("writing"),
        Action::Propose | Action::Sign | Action::Suspend => Some("chartering"),
        Action::Produce
        | Action::Links
        | Action::Figures
        | Action::Statistics
        | Action::Carry
        | Action::Restart
        | Action::Administer
        | Action::Inspect
        | Action::SearchUnasked
        | Action::EnterUnasked
        | Action::ExportUnasked
        | Action::WeighWithoutPasskey => None,
    }
}

fn dossier(facts: &Facts<'_>) -> Option<Attributes> {
    let matter = facts.matter?;
    Some(vec![
        ("kind".to_owned(), text(matter.kind)),
        ("purpose".to_owned(), text(matter.purpose.as_str())),
    ])
}

fn entry(facts: &Facts<'_>) -> Option<Attributes> {
    let (mut attributes, handled) = (dossier(facts)?, facts.entry?);
    let codes = handled.codes.names().map(|(name, _)| text(name));
    attributes.push(("class".to_owned(), text(handled.class.as_str())));
    attributes.push(("codes".to_owned(), RestrictedExpression::new_set(codes)));
    let ours = RestrictedExpression::new_bool(handled.ours);
    attributes.push(("ours".to_owned(), ours));
    let entry_type = text(handled.entry_type);
    attributes.push(("entry_type".to_owned(), entry_type));
    Some(attributes)
}

fn text(text: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_owned())
}

fn named(name: &str) -> Result<EntityTypeName, PolicyError> {
    EntityTypeName::from_str(name).map_err(|error| PolicyError {
        file: "schema.cedarschema".to_owned(),
        line: 0,
        why: Why::Unreadable(error.to_string()),
    })
}
