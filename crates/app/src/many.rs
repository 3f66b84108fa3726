//! Dossiers of three states or more (rule 16): who is invited, on what terms, and whom an entry asks that is for all of them.
//!
//! Such a dossier carries its own terms in its opening, narrowed from what the convenor's links admit. Each state signs them by
//! joining; until then it is asked nothing but whether it joins. Between the same states each link's charter decides only whether
//! the dossier may cross it. All that two states have between them stays as it is.

use crate::App;
use crate::charter::regular;
use crate::codec::header_of;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::record::{Scene, asked_service, liaison_of, takes_more};
use crate::{Actor, Recording};
use entente_core::act::{Act, Config};
use entente_core::charter::Terms;
use entente_core::codes::Ask;
use entente_core::field::{Bind, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use entente_core::kind::{
    Asked, EntryType, Kind, MOST_STATES, RULES_OF_MANY, RULES_OF_RELEASES, first_config,
};
use entente_core::obligation::State;
use entente_proof::card::verify_card;
use entente_store::{ObligationFilter, ObligationRow, Read};
use std::sync::Arc;

impl App {
    /// The other state of a dossier of two. Of more, the one that is named, if one is: what names none is for all of them.
    pub(crate) fn partner_in(&self, config: &Config, named: Option<&NodeName>) -> Option<NodeName> {
        let others = self.others_in(config);
        match config.is_of_many() {
            true => named.filter(|n| others.contains(n)).cloned(),
            false => others.into_iter().next(),
        }
    }

    /// Every other state that takes part.
    pub(crate) fn others_in(&self, config: &Config) -> Vec<NodeName> {
        let mut others = config.nodes();
        others.retain(|n| *n != self.inner.me);
        others
    }

    /// The terms that entries of a dossier are written under: its own, where three states or more take part, else the charter's.
    pub(crate) fn terms_of_dossier(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        config: &Config,
    ) -> Result<Option<(EntryId, Arc<Terms>)>> {
        if !config.is_of_many() {
            return self.terms_with(tx, self.others_in(config).first());
        }
        let opening = dossier.opening();
        let terms = self.terms_of(tx, Some(opening))?;
        Ok(terms.map(|terms| (opening, terms)))
    }

    /// The terms that an opening carries for its dossier, if it does so regularly.
    pub(crate) fn carried_terms(&self, tx: &dyn Read, entry: EntryId) -> Result<Option<Terms>> {
        let header = tx.entry(entry)?.as_ref().and_then(regular);
        Ok(header.as_ref().and_then(carried).cloned())
    }

    /// Whether services are of further states than ours and the partner.
    pub(crate) fn are_of_more(&self, services: &[ServiceName], partner: &NodeName) -> bool {
        let further = |s: &ServiceName| s.node() != *partner && s.node() != self.inner.me;
        services.iter().any(further)
    }

    /// What recording the opening of a dossier of three states or more needs to know.
    pub(crate) fn scene_of_many(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (kind, entry_type, partner): (&'static Kind, &'static EntryType, &NodeName),
        recording: &Recording,
        (others, found): (Vec<ServiceName>, Option<Act>),
    ) -> Result<Scene> {
        let asked = asked_service(entry_type, &recording.values)
            .filter(|s| s.node() == *partner)
            .unwrap_or_else(|| liaison_of(partner));
        let mut several: Vec<ServiceName> = vec![asked];
        for service in &others {
            let known = several.iter().any(|s| s.node() == service.node());
            if !known && service.node() != self.inner.me {
                several.push(service.clone());
            }
        }
        if several.len() >= MOST_STATES {
            return Err(LinkFault::StatesTooMany.into());
        }
        let rules = match found {
            Some(_) => RULES_OF_RELEASES,
            None => RULES_OF_MANY,
        };
        let links = self.links_with(tx, &several, rules)?;
        let purpose = kind.purposes.first().copied();
        let purpose = purpose.ok_or(AppError::Bug("a kind without purpose"))?;
        let mut participants = vec![actor.service.clone(), liaison_of(&self.inner.me)];
        participants.extend(several.iter().map(|s| liaison_of(&s.node())));
        participants.extend(several.iter().cloned().chain(others));
        let me = &self.inner.me;
        let first = links.first().ok_or(AppError::Bug("nobody is invited"))?;
        let mut config = first_config(me, participants, purpose, first.ceiling);
        let refs: Vec<&Terms> = links.iter().map(|t| &**t).collect();
        let terms = Terms::common(&refs, config.nodes(), me);
        let terms = terms.ok_or(AppError::Bug("nobody is invited"))?;
        (config.ceiling, config.rules) = (terms.ceiling, rules);
        let admitted = |link: &&Terms| link.admit_among(kind.name, &config);
        if !refs.iter().all(admitted) {
            return Err(LinkFault::StateNotAdmitted.into());
        }
        let asked = |service| Asked {
            service,
            open_feedback: None,
        };
        Ok(Scene {
            found,
            several: Some(several.into_iter().map(asked).collect()),
            carried: Some(terms),
            ..Scene::of_opening(actor, (kind, entry_type), partner.clone(), config)
        })
    }

    /// The charters in force with the states of these services, each of which judges by these rules.
    fn links_with(
        &self,
        tx: &dyn Read,
        services: &[ServiceName],
        rules: u16,
    ) -> Result<Vec<Arc<Terms>>> {
        let mut links = Vec::new();
        for service in services {
            let node = service.node();
            let row = tx.partner(&node)?;
            let row = row.ok_or(LinkFault::StateUnlinked)?;
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("partner's card"))?;
            if !card.rules.contains(&rules) {
                let fault = match rules {
                    RULES_OF_RELEASES => LinkFault::StateContinues,
                    _ => LinkFault::StateVersion,
                };
                return Err(fault.into());
            }
            let terms = self.terms_in_force(tx, &node)?;
            links.push(terms.ok_or(LinkFault::StateNoCharter)?);
        }
        Ok(links)
    }

    /// The other states that are bound by a dossier's terms, each with the service that answers for it: the convenor's that opened
    /// it, and of every state that joined the one that did.
    pub(crate) fn members(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        author: &ServiceName,
    ) -> Result<Vec<Asked>> {
        let mut services = Vec::new();
        let opener = tx.entry(dossier.opening())?;
        services.extend(opener.and_then(|row| row.service.parse::<ServiceName>().ok()));
        for row in self.asked_to_decide(tx, dossier)? {
            if row.state == State::Answered {
                services.push(row.owing);
            }
        }
        let mut out: Vec<Asked> = Vec::new();
        for service in services {
            let known = out.iter().any(|a| a.service.node() == service.node());
            if known || service.node() == self.inner.me {
                continue;
            }
            let open = ObligationFilter {
                dossier: Some(dossier),
                ask: Some(Ask::Feedback),
                open: Some(true),
                asking: vec![author.clone()],
                debtor_node: Some(service.node()),
                ..ObligationFilter::default()
            };
            out.push(Asked {
                open_feedback: takes_more(tx, &open)?,
                service,
            });
        }
        Ok(out)
    }

    /// What the opening asked of each state that it invited: whether it joins.
    fn asked_to_decide(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<ObligationRow>> {
        let entry = dossier.opening();
        let Some(header) = header_of(tx, entry)? else {
            return Ok(Vec::new());
        };
        let mut rows = Vec::new();
        for id in header.asked(entry) {
            let row = tx.obligation(id)?;
            rows.extend(row.filter(|row| row.ask == Ask::Decide));
        }
        Ok(rows)
    }
}

/// Services that an opening invites besides the one it asks first.
pub(crate) fn invited(entry_type: &EntryType, values: &Values) -> Vec<ServiceName> {
    let field = entry_type.field(Bind::Invite);
    let Some(field) = field.filter(|_| entry_type.gathers()) else {
        return Vec::new();
    };
    let named = values.list(field.name);
    named.iter().filter_map(|s| s.parse().ok()).collect()
}

/// The terms in the header of an opening that carries some.
pub(crate) fn carried(header: &Header) -> Option<&Terms> {
    let Some(Act::Open { config, .. }) = header.acts.known.first() else {
        return None;
    };
    match header.acts.known.get(1) {
        Some(Act::ProposeTerms { terms }) if config.is_of_many() => Some(terms),
        _ => None,
    }
}
