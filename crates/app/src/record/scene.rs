//! What recording needs to know of its dossier, read in the same transaction: who takes part, under which terms, what is acted on, and
//! whether the form is still as old as what it was drawn from.

use super::compose::sets_terms;
use crate::codec::cell;
use crate::duties::refuse_without_duties;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::fold::Folding;
use crate::many::invited;
use crate::programme::brought_in;
use crate::translation::Original;
use crate::{Actor, App, Recording};
use entente_core::act::{Act, Config};
use entente_core::charter::Terms;
use entente_core::codes::{Class, Purpose};
use entente_core::field::{Bind, Field, FieldError, Problem, Values};
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::keeping::{LONGEST_HOLD, last_day};
use entente_core::kind::{self, Asked, Effect, EntryType, Kind, first_config};
use entente_core::kinds;
use entente_core::kinds::duty::REVIEW;
use entente_core::kinds::keeping::EXPIRED;
use entente_core::kinds::programme::keeps_security_out;
use entente_core::kinds::rectify::RECTIFY;
use entente_core::obligation::Obligation;
use entente_core::released::EarlierProblem;
use entente_store::{ConfigRow, Read, TermsRow};
use std::sync::Arc;

/// What recording needs to know of its dossier, read in the same transaction.
pub(crate) struct Scene {
    pub(crate) kind: &'static Kind,
    pub(crate) entry_type: &'static EntryType,
    pub(crate) dossier: Option<DossierId>,
    pub(crate) service: ServiceName,
    pub(crate) partner: Option<NodeName>,
    pub(crate) config: Config,
    pub(crate) config_entry: Option<EntryId>,
    pub(crate) terms: Option<(EntryId, Arc<Terms>)>,
    pub(crate) audience: Vec<NodeName>,
    pub(crate) target: Option<Obligation>,
    /// See [`seen_terms`]; empty for an opening.
    pub(crate) seen: String,
    /// What a translation translates, a correction corrects or a release releases.
    pub(crate) original: Option<Original>,
    /// See [`entente_core::kind::Composing::found`].
    pub(crate) found: Option<Act>,
    /// In a dossier of three states or more, the others that an entry for all of them asks.
    pub(crate) several: Option<Vec<Asked>>,
    /// The terms that the opening of such a dossier carries.
    pub(crate) carried: Option<Terms>,
    /// The officer who approves that it leaves, where that is not its author.
    pub(crate) approver: Option<String>,
}

impl Scene {
    /// The opening of a dossier towards a partner, for all that its configuration names.
    pub(crate) fn of_opening(
        actor: &Actor,
        (kind, entry_type): (&'static Kind, &'static EntryType),
        partner: NodeName,
        config: Config,
    ) -> Self {
        Self {
            kind,
            entry_type,
            dossier: None,
            service: actor.service.clone(),
            audience: config.nodes(),
            partner: Some(partner),
            config,
            config_entry: None,
            terms: None,
            target: None,
            seen: String::new(),
            original: None,
            found: None,
            several: None,
            carried: None,
            approver: None,
        }
    }
}

impl App {
    pub(crate) fn scene(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<Scene> {
        match recording.dossier {
            Some(dossier) => self.scene_in(tx, actor, recording, dossier),
            None => self.scene_of_opening(tx, actor, recording),
        }
    }

    /// Refuses what names something that it may not, whatever it acts on.
    fn refuse_strange_names(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, config): (&EntryType, DossierId, &Config),
        values: &Values,
    ) -> Result<()> {
        let on = (entry_type, dossier);
        self.refuse_strange_entry(tx, entry_type, dossier, values)?;
        self.refuse_other_types(tx, actor, on, values)?;
        self.refuse_strange_version(tx, actor, on, values)?;
        self.refuse_strange_plan(tx, actor, on, values)?;
        self.refuse_strange_lesson(tx, actor, (entry_type, config), values)?;
        self.refuse_strange_commitment(tx, actor, entry_type, values)?;
        self.refuse_strange_evidence(tx, actor, (entry_type, config), values)?;
        self.refuse_strange_figure(tx, actor, on, values)
    }

    pub(super) fn scene_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
        dossier: DossierId,
    ) -> Result<Scene> {
        let row = tx.dossier(dossier)?.ok_or(AppError::NotFound)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        let config_row = tx
            .latest_config(dossier)?
            .ok_or(AppError::Bug("dossier without configuration"))?;
        let config: Config = cell(&config_row.config, "config", "config")?;
        let asked = match recording.target {
            Some(id) => Some(id),
            None => match self.signed_ask(tx, recording)? {
                None => self.feedback_owed(tx, recording)?.first().copied(),
                signed => signed,
            },
        };
        let target = asked.map(|id| self.target(tx, dossier, id)).transpose()?;
        let terms = self.terms_of_dossier(tx, dossier, &config)?;
        let entry_type = kind
            .entry(&recording.entry_type)
            .filter(|e| !e.opens())
            .ok_or(AppError::NotFound)?;
        let place = (entry_type, dossier, &config);
        self.refuse_strange_names(tx, actor, place, &recording.values)?;
        self.refuse_strange_answer(tx, entry_type, target.as_ref())?;
        let on = (entry_type, dossier);
        self.refuse_strange_custody(tx, on, &recording.values, target.as_ref())?;
        self.refuse_unchanged(tx, actor, entry_type, target.as_ref())?;
        let agreed = terms.as_ref().map(|(_, terms)| &**terms);
        self.refuse_uncompared(tx, (recording, &config), agreed, target.as_ref())?;
        let on = (entry_type, target.as_ref());
        let minuted = (target.as_ref(), &recording.values);
        self.refuse_second_minutes(tx, actor, (entry_type, dossier), minuted)?;
        self.refuse_strange_programme(tx, actor, &row, on, &recording.values)?;
        self.refuse_security(tx, kind, &brought_in(entry_type, &recording.values))?;
        self.refuse_strange_tie(tx, actor, place, &recording.values)?;
        self.refuse_bridge(tx, actor, place, &recording.values)?;
        let said = (target.as_ref(), &recording.values);
        self.refuse_untimely(tx, actor, (entry_type, dossier), said)?;
        let original = match entry_type.releases() {
            true => Some(self.releasing(tx, actor, (dossier, &config), recording)?),
            false if entry_type.name == RECTIFY.name => {
                Some(self.to_rectify(tx, (dossier, &config), recording)?)
            }
            false => match self.evaluated(tx, actor, (entry_type, dossier), (recording, asked))? {
                Some(evaluated) => Some(evaluated),
                None => self.original(tx, actor, (entry_type, dossier), recording)?,
            },
        };
        let audience = match &original {
            Some(original) => original.audience.clone(),
            // What goes over a bridge is nobody else's to know.
            None if recording.own_only || entry_type.bridge().is_some() => {
                vec![self.inner.me.clone()]
            }
            None => {
                match self.told_of_court(tx, actor, place, (&recording.values, target.is_some()))? {
                    Some(told) => told,
                    None => self.meant_for(tx, actor, place, &recording.values)?,
                }
            }
        };
        let service = acting_service(actor, &crate::codec::names(&row.services));
        let several = match config.is_of_many() {
            true => Some(self.members(tx, dossier, &service)?),
            false => None,
        };
        Ok(Scene {
            kind,
            entry_type,
            found: match original.as_ref().and_then(|o| o.found.clone()) {
                Some(released) => Some(released),
                None if entry_type.name == EXPIRED.name => {
                    recording.expired.map(|before| Act::Expired { before })
                }
                None => self.asked_to_permit(tx, entry_type, recording.target)?,
            },
            original,
            dossier: Some(dossier),
            several,
            carried: None,
            approver: None,
            service,
            seen: seen_terms(&config_row, terms.as_ref().map(|(entry, _)| *entry)),
            terms,
            partner: self.partner_in(&config, recording.partner.as_ref()),
            config,
            config_entry: Some(config_row.entry),
            audience,
            target,
        })
    }

    pub(crate) fn target(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        id: ObligationId,
    ) -> Result<Obligation> {
        let row = tx
            .obligation(id)?
            .filter(|r| r.dossier == dossier)
            .ok_or(AppError::NotFound)?;
        let other = self.other_side(&row);
        Folding::new(self, tx, &other, None)?
            .obligation(&row)?
            .ok_or(AppError::NotFound)
    }

    pub(super) fn scene_of_opening(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<Scene> {
        let kind = kinds::find(kind::kind_name(&recording.entry_type));
        let kind = kind.ok_or(AppError::NotFound)?;
        if recording.own_only && !kinds::stays_home(kind.name) {
            return Err(InputFault::OwnOnly.into());
        }
        let entry_type = kind
            .entry(&recording.entry_type)
            .filter(|e| e.opens())
            .ok_or(AppError::NotFound)?;
        if kinds::stays_home(kind.name) {
            return self.scene_of_file(tx, actor, (kind, entry_type), recording);
        }
        let partner = self.partner_or_only(tx, recording.partner.as_ref())?;
        let terms = self.terms_with(tx, Some(&partner))?;
        refuse_without_duties(kind, terms.as_ref().map(|(_, terms)| &**terms))?;
        self.refuse_unordered(tx, actor, (entry_type, &partner), &recording.values)?;
        if kind.needs_charter && terms.is_none() {
            return Err(LinkFault::NoCharter.into());
        }
        let invited = invited(entry_type, &recording.values);
        let found = self.to_continue(tx, actor, entry_type, &recording.values)?;
        if self.are_of_more(&invited, &partner) {
            let others = (invited, found);
            return self.scene_of_many(tx, actor, (kind, entry_type, &partner), recording, others);
        }
        if found.is_some() {
            let field = entry_type.field(Bind::Continues);
            let errors = field.map(|f| f.error(EarlierProblem::NeedsThird.into()));
            return Err(AppError::Fields(errors.into_iter().collect()));
        }
        let ceiling = terms.as_ref().map_or(Class::Restricted, |(_, t)| t.ceiling);
        let purpose = kind
            .purposes
            .first()
            .copied()
            .unwrap_or(Purpose::Governance);
        let asked = asked_service(entry_type, &recording.values);
        let mut participants = vec![actor.service.clone()];
        participants.extend(liaisons(kind, (&self.inner.me, &partner)));
        participants.extend(asked);
        participants.extend(invited);
        self.refuse_strange_commitment(tx, actor, entry_type, &recording.values)?;
        self.refuse_security(tx, kind, &participants)?;
        let config = first_config(&self.inner.me, participants, purpose, ceiling);
        Ok(Scene {
            terms,
            ..Scene::of_opening(actor, (kind, entry_type), partner, config)
        })
    }

    pub(crate) fn partner_or_only(
        &self,
        tx: &dyn Read,
        named: Option<&NodeName>,
    ) -> Result<NodeName> {
        let partners = tx.partners()?;
        match (named, partners.as_slice()) {
            (Some(named), _) => partners
                .iter()
                .find(|p| p.node == *named)
                .map(|p| p.node.clone())
                .ok_or(AppError::NotFound),
            (None, [only]) => Ok(only.node.clone()),
            (None, []) => Err(LinkFault::NoPartner.into()),
            (None, _) => Err(LinkFault::PartnerUnnamed.into()),
        }
    }

    pub(crate) fn terms_with(
        &self,
        tx: &dyn Read,
        partner: Option<&NodeName>,
    ) -> Result<Option<(EntryId, Arc<Terms>)>> {
        let Some(partner) = partner else {
            return Ok(None);
        };
        let Some(TermsRow { entry, terms, .. }) = tx.terms_with(partner)? else {
            return Ok(None);
        };
        let terms = self.inner.memory.terms.get_or(&entry, || {
            cell(&terms, "terms", "terms").map(|t: Terms| Some(Arc::new(t)))
        })?;
        Ok(terms.map(|terms| (entry, terms)))
    }

    /// A date promised or wished is still to come, and a new one gives more time: a mistyped year would be a signed
    /// embarrassment.
    pub(super) fn refuse_vain_date(&self, scene: &Scene, values: &Values) -> Result<()> {
        let vain = |f: &Field| Some(f.error(self.vain(f, scene, values)?));
        let errors: Vec<FieldError> = scene.entry_type.fields.iter().filter_map(vain).collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(AppError::Fields(errors))
        }
    }

    pub(super) fn vain(&self, field: &Field, scene: &Scene, values: &Values) -> Option<Problem> {
        let until = matches!(field.bind, Bind::Until | Bind::Lasts | Bind::Ends);
        let until = until || field.name == "wished" || field.name == REVIEW;
        let since = field.bind == Bind::Since || field.name == "told_on";
        if !until && !since {
            return None;
        }
        let day = values.text(field.name).and_then(kind::end_of_day)?;
        if since {
            // A day's end may be ahead while it goes on, also where it began earlier than in UTC.
            let ahead = day > self.now() + Span::days(1) + Span::hours(12);
            return ahead.then_some(Problem::ToCome);
        }
        if day < self.now() {
            return Some(Problem::Past);
        }
        if let Some(last) = self.last_of(field, scene).filter(|last| day > *last) {
            return Some(Problem::TooLate(last));
        }
        // Feedback may name any next date; a new date in place of the clock is given to have more time.
        let due = scene.target.as_ref().and_then(|t| t.due);
        let extends = field.bind == Bind::Until && field.required;
        (extends && due.is_some_and(|due| day <= due)).then_some(Problem::NotLater)
    }

    /// The last day that a prolongation or a hold may name.
    pub(crate) fn last_of(&self, field: &Field, scene: &Scene) -> Option<Instant> {
        let of = |effect: &Effect| match effect {
            Effect::Keep => {
                let terms = scene.terms.as_ref().map(|(_, terms)| terms.as_ref());
                Some(scene.kind.keeps.term(terms))
            }
            Effect::Hold => Some(LONGEST_HOLD),
            _ => None,
        };
        let longest = scene.entry_type.effects.iter().find_map(of)?;
        (field.bind == Bind::Lasts).then(|| last_day(self.now(), longest))
    }

    /// A form made stale by a concurrent act is refused with the news (rule 3): only what it acts on counts.
    pub(super) fn refuse_stale(&self, recording: &Recording, scene: &Scene) -> Result<()> {
        let sets = sets_terms(scene.entry_type);
        if recording.seen.is_empty() || (scene.target.is_none() && !sets) {
            return Ok(());
        }
        // A signature was drawn from the dossier's page, or from what the proposal asks.
        let of_target = scene.target.as_ref().map(seen_of);
        let fresh =
            of_target.as_ref() == Some(&recording.seen) || (sets && recording.seen == scene.seen);
        if fresh { Ok(()) } else { Err(AppError::Stale) }
    }
}

/// Whether an entry of this type proposes charter terms.
pub(crate) fn proposes_terms(entry_type: &EntryType) -> bool {
    let proposes = |e: &Effect| matches!(e, Effect::ProposeTerms);
    entry_type.effects.iter().any(proposes)
}

/// The officer's service that works on this dossier.
pub(super) fn acting_service(actor: &Actor, working: &[ServiceName]) -> ServiceName {
    actor
        .services
        .iter()
        .find(|s| working.contains(s))
        .unwrap_or(&actor.service)
        .clone()
}

/// The liaison services that a dossier of two begins with: none where no security service takes part, and whom to ask is named there.
fn liaisons(kind: &Kind, (me, partner): (&NodeName, &NodeName)) -> Vec<ServiceName> {
    if keeps_security_out(kind.name) {
        return Vec::new();
    }
    vec![liaison_of(me), liaison_of(partner)]
}

/// The liaison service of a node: whom one turns to when no other is known.
pub(crate) fn liaison_of(node: &NodeName) -> ServiceName {
    let name = format!("{node}/liaison");
    name.parse()
        .unwrap_or_else(|_| unreachable!("a node name and a word make a service name"))
}

/// Token of an obligation's state, by which a stale form is known.
pub(crate) fn seen_of(target: &Obligation) -> String {
    let mut line = entente_core::ledger::line(target, entente_core::instant::Instant(0), None);
    // Whoever agrees with a proposed time agrees with the one that was shown.
    line.extend(target.proposed.iter().flat_map(|p| p.entry.0));
    // While a clock stands still a new date moves nothing that the line holds, and yet it was given.
    line.extend(
        target
            .extended
            .iter()
            .flat_map(|(until, _)| until.0.to_be_bytes()),
    );
    short_token(&line)
}

/// Token of a dossier's configuration and of the charter in force: what an entry that changes either was drawn from.
pub(crate) fn seen_terms(config: &ConfigRow, terms: Option<EntryId>) -> String {
    let mut bytes = config.entry.0.to_vec();
    bytes.extend(terms.iter().flat_map(|entry| entry.0));
    short_token(&bytes)
}

pub(super) fn short_token(bytes: &[u8]) -> String {
    entente_proof::digest::sha256(bytes)
        .to_string()
        .chars()
        .take(16)
        .collect()
}

pub(crate) fn asked_service(entry_type: &EntryType, values: &Values) -> Option<ServiceName> {
    entry_type.text(values, Bind::AskOf)?.parse().ok()
}
