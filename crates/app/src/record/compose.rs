//! From a filled form to a header: acts, clocks, what it follows, how it is to be handled, by whose decision it leaves.

use super::scene::{Scene, liaison_of, proposes_terms};
use crate::codec::{cell, own_heads, scope};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::{Actor, App, Recording};
use entente_core::act::{Act, Acts, OnAct};
use entente_core::codes::{Accuracy, Ask, Basis, Class, Necessity, Role, Source, Urgency};
use entente_core::field::{Bind, Problem, Values};
use entente_core::handling::{Evaluation, Handling, HandlingCodes};
use entente_core::header::{Author, HEADER_VERSION, Header, MAX_AFTER, Release, Under};
use entente_core::ids::{DossierId, EntryId, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::judge::{Causal, Lane, Seen};
use entente_core::kind::{self, Composing, Effect, EntryType, Kind, When};
use entente_core::kinds::programme::is_programme;
use entente_core::terms::Part;
use entente_store::{ObligationFilter, Read, Write};

impl App {
    pub(super) fn compose(
        &self,
        tx: &mut dyn Write,
        recording: &Recording,
        scene: &Scene,
    ) -> Result<Vec<Act>> {
        let counterpart = match scene.entry_type.wants() {
            true => {
                let named = &scene.config.participants;
                self.originator(tx.as_read(), &recording.values, named)?
            }
            false if may_ask(scene.entry_type, &recording.values) => {
                self.counterpart(tx.as_read(), scene)?
            }
            false => None,
        };
        let asks_feedback = scene
            .entry_type
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Ask(Ask::Feedback, _)));
        let alone = scene.several.is_none();
        let open_feedback = match scene.dossier.filter(|_| asks_feedback && alone) {
            Some(dossier) => self.open_feedback(tx.as_read(), dossier, &scene.service)?,
            None => None,
        };
        let charter = match scene.carried.clone() {
            Some(terms) => Some(Act::ProposeTerms { terms }),
            None => self.charter_act(tx.as_read(), recording, scene.partner.as_ref())?,
        };
        let composing = Composing {
            author: &scene.service,
            config: Some(&scene.config),
            target: scene.target.as_ref(),
            open_feedback,
            feedback: scene.terms.as_ref().is_none_or(|(_, t)| t.feedback),
            counterpart: counterpart.as_ref(),
            next_number: tx.last_number("asks")?.saturating_add(1),
            by: since(scene, &recording.values)
                .or(self.corrected_by(scene))
                .or(self.observed_by(scene, &recording.values))
                .or(self.compared_by(scene))
                .or(self.decided_by(
                    scene.terms.is_some() || scene.carried.is_some(),
                    charter.as_ref(),
                )),
            charter,
            grace: Self::grace(scene.terms.as_ref().map(|(_, terms)| &**terms)),
            ceiling: scene
                .terms
                .as_ref()
                .map_or(scene.config.ceiling, |(_, terms)| terms.ceiling),
            erases: &recording.erases,
            found: scene.found.clone(),
            promises: promises(&scene.service, recording, counterpart.as_ref()),
            several: scene.several.as_deref(),
        };
        let mut acts = kind::compose(scene.entry_type, &recording.values, &composing)?;
        acts.extend(self.answered_besides(tx.as_read(), (recording, scene), &acts)?);
        for act in &acts {
            if matches!(act, Act::Ask { .. } | Act::Open { .. }) {
                tx.next_number("asks")?;
            }
        }
        Ok(renumbered(acts, composing.next_number))
    }

    /// Whom to ask when nobody is named: the service that opened towards us, else the partner's liaison, if it takes part.
    pub(super) fn counterpart(&self, tx: &dyn Read, scene: &Scene) -> Result<Option<ServiceName>> {
        let Some(partner) = &scene.partner else {
            return Ok(None);
        };
        let theirs: Vec<&ServiceName> = scene
            .config
            .participants
            .iter()
            .filter(|s| s.node() == *partner)
            .collect();
        if let Some(dossier) = scene.dossier {
            let opener = tx
                .entry(dossier.opening())?
                .and_then(|row| row.service.parse::<ServiceName>().ok());
            if let Some(opener) = opener.filter(|s| theirs.contains(&s)) {
                return Ok(Some(opener));
            }
        }
        let liaison = liaison_of(partner);
        Ok(theirs
            .iter()
            .find(|s| **s == &liaison)
            .or(theirs.first())
            .map(|s| (*s).clone()))
    }

    pub(super) fn open_feedback(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        service: &ServiceName,
    ) -> Result<Option<ObligationId>> {
        let filter = ObligationFilter {
            dossier: Some(dossier),
            ask: Some(Ask::Feedback),
            open: Some(true),
            asking: vec![service.clone()],
            ..ObligationFilter::default()
        };
        takes_more(tx, &filter)
    }

    pub(super) fn header(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
        scene: &Scene,
        acts: Vec<Act>,
    ) -> Result<Header> {
        let after = match scene.dossier {
            Some(dossier) => self.parents(tx.as_read(), dossier, scene, &acts)?,
            None => Vec::new(),
        };
        let mut seen = Seen::default();
        for parent in &after {
            let dossier = scene
                .dossier
                .ok_or(AppError::Bug("an opening has no heads"))?;
            seen.merge(&self.placed(tx, *parent, dossier)?.causal.seen);
        }
        let lane = Lane::main(self.inner.me.clone(), scene.audience.clone());
        let officer = match scene.dossier {
            Some(dossier) => self.pseudonym(tx, dossier, &actor.id)?,
            None => entente_core::ids::Pseudonym(random(&*self.inner.random)),
        };
        let alone = scene.audience.len() == 1;
        let approver = match (&scene.approver, scene.dossier) {
            (None, _) => officer,
            (Some(other), Some(dossier)) => self.pseudonym(tx, dossier, other)?,
            (Some(_), None) => entente_core::ids::Pseudonym(random(&*self.inner.random)),
        };
        Ok(Header {
            version: HEADER_VERSION,
            dossier: scene.dossier,
            kind: scene.entry_type.name.to_owned(),
            kind_version: scene.entry_type.version,
            author: Author {
                service: scene.service.clone(),
                officer,
                role: scene
                    .entry_type
                    .reserved_to()
                    .unwrap_or_else(|| acting_role(actor)),
            },
            at: self.now(),
            seq: seen.next_of(&lane),
            after,
            under: Under {
                charter: self.cited(scene),
                config: scene.config_entry,
            },
            audience: scene.audience.clone(),
            purpose: scene.config.purpose,
            handling: handling_in(scene, &recording.values),
            // What stays has none, unless another officer had to approve it.
            release: (!alone || scene.approver.is_some())
                .then(|| release_of(recording, scene, approver)),
            acts: Acts::new(acts),
            body: None,
            attachments: Vec::new(),
        })
    }

    /// What an entry of ours follows: first our own last one, so that its number is the next in our lane whatever a partner made
    /// of the other heads; then what it acts on; then heads, as many as an entry may name.
    pub(super) fn parents(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        scene: &Scene,
        acts: &[Act],
    ) -> Result<Vec<EntryId>> {
        let most = u32::try_from(MAX_AFTER).unwrap_or(u32::MAX);
        let within = scope(&scene.audience);
        let heads = tx.heads(dossier, &within, most.saturating_add(1))?;
        let mut after = tx.heads(dossier, &own_heads(&within), most)?;
        self.follow_erased(tx, acts, &mut after)?;
        // Fewer heads than that bring everything that is here with them.
        let named = match heads.len() > MAX_AFTER {
            true => acted_on(scene, acts),
            false => Vec::new(),
        };
        for id in named {
            let known = tx.entry(id)?.filter(|row| row.dossier == dossier);
            if known.is_some() && !after.contains(&id) {
                after.push(id);
            }
        }
        for head in heads {
            if !after.contains(&head) {
                after.push(head);
            }
        }
        after.truncate(MAX_AFTER);
        Ok(after)
    }

    /// An entry of ours that is out of turn in its lane is in the past only of what names it: an erasure of it does.
    pub(super) fn follow_erased(
        &self,
        tx: &dyn Read,
        acts: &[Act],
        after: &mut Vec<EntryId>,
    ) -> Result<()> {
        for act in acts {
            let Some(entry) = act.erased() else { continue };
            let Some(row) = tx.entry(entry)?.filter(|_| !after.contains(&entry)) else {
                continue;
            };
            let causal: Causal = cell(&row.causal, "entry", "causal")?;
            let out_of_turn = Header::from_bytes(&row.header)
                .is_ok_and(|h| h.node() == self.inner.me && !causal.counts(&h));
            if out_of_turn && after.len() < MAX_AFTER {
                after.push(entry);
            }
        }
        Ok(())
    }

    /// A charter's first entries cite no charter, an opening that carries terms none either; everything else cites what is in force.
    pub(super) fn cited(&self, scene: &Scene) -> Option<EntryId> {
        scene.terms.as_ref().map(|(entry, _)| *entry)
    }
}

/// When one's own duty is due, where its clock runs from a day before the entry: by the charter's clock for deciding.
pub(super) fn since(scene: &Scene, values: &Values) -> Option<Instant> {
    let day = scene.entry_type.text(values, Bind::Since)?;
    let terms = &scene.terms.as_ref()?.1;
    let allowed = terms.allowed(Ask::Decide, Urgency::Normal)?;
    Some(kind::end_of_day(day)? + allowed)
}

/// Terms given with an entry that proposes none would be dropped without a word.
pub(super) fn refuse_strange_terms(recording: &Recording, scene: &Scene) -> Result<()> {
    if recording.terms.is_none() || proposes_terms(scene.entry_type) {
        return Ok(());
    }
    Err(AppError::Fields(vec![Part::TERMS.wrong(Problem::Unknown)]))
}

/// Entries that an entry to come acts on or was written under: they must be in its past.
pub(super) fn acted_on(scene: &Scene, acts: &[Act]) -> Vec<EntryId> {
    let mut named: Vec<EntryId> = scene.config_entry.into_iter().collect();
    if let Some(target) = &scene.target {
        named.push(target.ask.id.entry);
        named.extend(target.answered_by);
        named.extend(target.pause);
    }
    for act in acts {
        match act {
            Act::On {
                act: OnAct::AgreeTime { proposal },
                ..
            }
            | Act::Sign { proposal } => named.push(*proposal),
            Act::Wants { entry, .. }
            | Act::Permit { entry, .. }
            | Act::Tighten { entry, .. }
            | Act::Confirm { condition: entry }
            | Act::Lift { hold: entry }
            | Act::Hold {
                entry: Some(entry), ..
            } => named.push(*entry),
            Act::Enact {
                proposal,
                signatures,
                predecessor,
            } => {
                named.push(*proposal);
                named.extend(signatures);
                named.extend(predecessor);
            }
            _ => {}
        }
    }
    named
}

/// Opening a dossier and asking in it take two numbers of one series: each act its own.
pub(super) fn renumbered(acts: Vec<Act>, first: u32) -> Vec<Act> {
    let mut next = first;
    let mut take = || {
        let number = next;
        next = next.saturating_add(1);
        number
    };
    acts.into_iter()
        .map(|act| match act {
            Act::Open { kind, config, .. } => Act::Open {
                kind,
                number: take(),
                config,
            },
            Act::Ask {
                ask,
                of,
                urgency,
                by,
                about,
                to,
                ..
            } => Act::Ask {
                ask,
                of,
                urgency,
                by,
                number: take(),
                about,
                to,
            },
            other => other,
        })
        .collect()
}

/// Most acts of an obligation to give feedback that another entry joins: its form lists what it covers, and whoever asks for an obligation
/// follows all its acts. What comes after asks anew.
const MOST_JOINED: usize = 200;

/// Of the open obligations to give feedback, the newest, if it takes another entry.
pub(crate) fn takes_more(tx: &dyn Read, open: &ObligationFilter) -> Result<Option<ObligationId>> {
    let rows = tx.obligations(open)?;
    let newest = rows.iter().max_by_key(|row| (row.asked_ms, row.number));
    let Some(newest) = newest.map(|row| row.id) else {
        return Ok(None);
    };
    Ok((tx.acts(newest)?.len() < MOST_JOINED).then_some(newest))
}

/// Who promised, by the codes of the imported point: `FR, MA` in the field `debtors`. Parties outside the link owe nothing.
pub(super) fn promises(
    own: &ServiceName,
    recording: &Recording,
    counterpart: Option<&ServiceName>,
) -> Vec<ServiceName> {
    let Some(text) = recording.values.text("debtors") else {
        return Vec::new();
    };
    let named: Vec<String> = text
        .split([',', ' '])
        .map(|s| s.trim().to_lowercase())
        .filter(|s| !s.is_empty())
        .collect();
    let both = [Some(own), counterpart];
    both.into_iter()
        .flatten()
        .filter(|s| named.contains(&s.node().to_string()))
        .cloned()
        .collect()
}

/// Whether a filled form may ask something: an ordinary note does not, and needs nobody to be found.
pub(super) fn may_ask(entry_type: &EntryType, values: &Values) -> bool {
    let ticked = |bind: Bind| {
        entry_type
            .fields
            .iter()
            .any(|f| f.bind == bind && values.flag(f.name))
    };
    entry_type.effects.iter().any(|effect| match effect {
        Effect::Ask(_, When::NeedsAnswer) => ticked(Bind::NeedsAnswer),
        Effect::Ask(..) => true,
        _ => false,
    })
}

/// Whether an entry type changes what all participants share: then it must not be written over a change that was not seen.
pub(super) fn sets_terms(entry_type: &EntryType) -> bool {
    entry_type.effects.iter().any(|e| {
        matches!(
            e,
            Effect::SetPhase(_)
                | Effect::Invite
                | Effect::ProposeTerms
                | Effect::Sign
                | Effect::Enact
        )
    })
}

pub(crate) fn acting_role(actor: &Actor) -> Role {
    actor
        .roles
        .iter()
        .copied()
        .find(|r| kind::role_writes(*r))
        .unwrap_or(Role::Liaison)
}

/// How an entry to come is to be handled: as the form says, or as what it translates or releases is.
pub(crate) fn handling_in(scene: &Scene, values: &Values) -> Handling {
    match &scene.original {
        Some(original) => original.handling,
        None => handling_of(scene.entry_type, values, scene.config.ceiling),
    }
}

pub(super) fn handling_of(entry_type: &EntryType, values: &Values, ceiling: Class) -> Handling {
    let bound = |bind: Bind| entry_type.text(values, bind);
    let evaluation = match (
        bound(Bind::Source).and_then(Source::parse),
        bound(Bind::Accuracy).and_then(Accuracy::parse),
    ) {
        (Some(source), Some(accuracy)) => Some(Evaluation { source, accuracy }),
        (None, None) => None,
        _ => Some(Evaluation::X4),
    };
    Handling {
        class: ceiling,
        codes: bound(Bind::Handling)
            .and_then(HandlingCodes::parse)
            .unwrap_or_default(),
        evaluation,
    }
}

/// The decision to send: what the form says, else what follows from the kind and from what is answered (invariant 8).
pub(super) fn release_of(
    recording: &Recording,
    scene: &Scene,
    approver: entente_core::ids::Pseudonym,
) -> Release {
    let (necessity, basis) = default_release(scene.kind, scene.target.is_some());
    Release {
        necessity: recording.necessity.unwrap_or(necessity),
        basis: recording.basis.unwrap_or(basis),
        approver,
    }
}

/// Necessity and basis recorded without being typed.
pub(crate) fn default_release(kind: &Kind, answers: bool) -> (Necessity, Basis) {
    match kind.name {
        // What states arrange between themselves is about services and functions; who takes part in a training stays at home.
        "charter" | "declaration" | "desk" | "meeting" | "lesson" => {
            (Necessity::NoPersonalData, Basis::NotPersonal)
        }
        name if is_programme(name) => (Necessity::NoPersonalData, Basis::NotPersonal),
        "investigation" | "intelligence" => (Necessity::JointInquiry, Basis::Instrument),
        "rights" => (Necessity::AnswersAsk, Basis::Instrument),
        _ if answers => (Necessity::AnswersAsk, Basis::Instrument),
        _ => (Necessity::JointInquiry, Basis::Instrument),
    }
}
