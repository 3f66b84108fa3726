//! Legal duties to inform: what the program holds to where such entries are written (FIELD B12).
//!
//! A file is opened for our own node alone, under a charter that has the duties. What is sent cites a magistrate's standing decision of such a
//! file, for the same duty and the same Party, which nothing was sent for yet. Neither is anything sent, nor does anything carry on, because
//! time passed: every question asked here is whether a person may decide now.

use crate::bridges::standing;
use crate::charter::regular;
use crate::codec::all_of;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::record::{Scene, liaison_of};
use crate::relations::Tie;
use crate::views::DutyState;
use crate::{Actor, App, Recording};
use entente_core::charter::Terms;
use entente_core::codes::{Class, DeferGround, Purpose};
use entente_core::field::{Bind, Problem, Value, Values};
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::kind::{self, EntryType, Kind, first_config};
use entente_core::kinds::{self, duty, proceedings};
use entente_core::obligation::Obligation;
use entente_store::{EntryRow, Read, RelationRow, StoreExt, Write};

/// How the opening of what was sent stands to the decision that it cites, among the relations of entries.
const ORDERED: u8 = Tie::Ordered.number();

impl App {
    /// What recording the opening of a magistrate's file needs to know: it is ours alone, about the duties that the charter with the other
    /// Party has.
    pub(crate) fn scene_of_file(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (kind, entry_type): (&'static Kind, &'static EntryType),
        recording: &Recording,
    ) -> Result<Scene> {
        let party = self.party_of(tx, recording)?;
        let terms = self.terms_with(tx, Some(&party))?;
        refuse_without_duties(kind, terms.as_ref().map(|(_, terms)| &**terms))?;
        let deciding = entry_type.field(Bind::Invite);
        let deciding = deciding.map_or(&[][..], |field| recording.values.list(field.name));
        let services = deciding.iter().filter_map(|service| service.parse().ok());
        let mut participants: Vec<ServiceName> = services.collect();
        if participants.iter().any(|s| s.node() != self.inner.me) {
            let field = entry_type.field(Bind::Invite);
            let errors = field.map(|f| f.error(Problem::NotInList));
            return Err(AppError::Fields(errors.into_iter().collect()));
        }
        if participants.is_empty() {
            participants.push(liaison_of(&self.inner.me));
        }
        participants.push(actor.service.clone());
        let ceiling = terms.map_or(Class::Restricted, |(_, terms)| terms.ceiling);
        let config = first_config(&self.inner.me, participants, Purpose::Justice, ceiling);
        Ok(Scene {
            partner: None,
            ..Scene::of_opening(actor, (kind, entry_type), party, config)
        })
    }

    fn party_of(&self, tx: &dyn Read, recording: &Recording) -> Result<NodeName> {
        let written = recording.values.text(duty::PARTY).map(str::trim);
        let written = written.filter(|text| !text.is_empty());
        let Some(written) = written else {
            return self.partner_or_only(tx, recording.partner.as_ref());
        };
        let wrong = || wrong("duty.open", duty::PARTY, Problem::NotInList);
        let named: NodeName = written.parse().map_err(|_| wrong())?;
        let found = self.partner_or_only(tx, Some(&named));
        found.map_err(|error| match error {
            AppError::NotFound => wrong(),
            other => other,
        })
    }

    /// A file that is opened says which Party it is about, whoever has one partner only.
    pub(crate) fn with_party(&self, mut recording: Recording) -> Result<Recording> {
        if recording.dossier.is_none() && kinds::stays_home(kind::kind_name(&recording.entry_type))
        {
            let party = self
                .inner
                .store
                .view("party", |tx| self.party_of(tx, &recording))?;
            let party = Value::Text(party.to_string());
            recording
                .values
                .values
                .insert(duty::PARTY.to_owned(), party);
        }
        Ok(recording)
    }

    /// Refuses what the duties do not allow now: in words, before anything is judged.
    pub(crate) fn refuse_untimely(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        (target, values): (Option<&Obligation>, &Values),
    ) -> Result<()> {
        match entry_type.name {
            name if name == duty::DEFER.name => self.refuse_ground(tx, actor, dossier, values),
            name if name == proceedings::CARRY_ON.name => {
                let row = tx.dossier(dossier)?.ok_or(AppError::NotFound)?;
                let partner = crate::codec::names::<NodeName>(&row.nodes);
                let partner = partner.iter().find(|node| **node != self.inner.me);
                let terms = self.terms_with(tx, partner)?;
                let over = target.is_none_or(|ob| {
                    self.time_is_over(ob, terms.as_ref().map(|(_, terms)| &**terms))
                });
                over.then_some(())
                    .ok_or_else(|| InputFault::TimeRunning.into())
            }
            "close" => {
                let row = tx.dossier(dossier)?.ok_or(AppError::NotFound)?;
                if !kinds::stays_home(&row.kind) {
                    return Ok(());
                }
                let open = self.duty_state(tx, actor, dossier)?;
                let decided = matches!(open, DutyState::Sent { .. } | DutyState::Refused(_));
                decided
                    .then_some(())
                    .ok_or_else(|| InputFault::DecisionOwed.into())
            }
            _ => Ok(()),
        }
    }

    /// Whether the time for an answer is over, as the ledger has it: it was received, the agreed time has run since, and so has any new date.
    /// What did not arrive has no time that could be over.
    pub(crate) fn time_is_over(&self, ob: &Obligation, terms: Option<&Terms>) -> bool {
        let (Some(received), Some(due)) = (ob.ask.received, ob.due) else {
            return false;
        };
        let of_opening = ob.ask.id.entry == ob.ask.dossier.opening();
        let agreed = terms.and_then(|terms| terms.inform.as_ref());
        let agreed = agreed
            .filter(|_| of_opening)
            .map_or(Span(0), |inform| inform.observations);
        let now = self.now();
        ob.state.is_open() && now > due && now > received + agreed
    }

    /// The day by which observations are awaited: the charter's time, from now.
    pub(crate) fn observed_by(&self, scene: &Scene, values: &Values) -> Option<Instant> {
        let collects = scene.entry_type.opens()
            && scene.kind.name == proceedings::NAME
            && values.text(duty::TRIGGER) == Some(duty::COLLECT);
        let (_, terms) = scene.terms.as_ref().filter(|_| collects)?;
        Some(self.now() + terms.inform.as_ref()?.observations)
    }

    /// A ground to defer is one that the charter names; where it names none any more, those of the list.
    fn refuse_ground(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        values: &Values,
    ) -> Result<()> {
        let Some(ground) = values.text(duty::GROUND).and_then(DeferGround::parse) else {
            return Ok(());
        };
        let party = self.reported(tx, actor, dossier)?.party;
        let terms = self.terms_with(tx, party.as_ref())?;
        let named = terms.and_then(|(_, terms)| terms.inform.clone());
        let known = named.is_none_or(|inform| inform.grounds.contains(&ground));
        known
            .then_some(())
            .ok_or_else(|| wrong(duty::DEFER.name, duty::GROUND, Problem::NotInList))
    }

    /// Refuses to send what no magistrate decided to transmit: the decision stands in a file that the author sees, is the newest there, is
    /// about this duty and this Party, and was not carried out yet.
    pub(crate) fn refuse_unordered(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, partner): (&EntryType, &NodeName),
        values: &Values,
    ) -> Result<()> {
        if !entry_type.opens() || kind::kind_name(entry_type.name) != proceedings::NAME {
            return Ok(());
        }
        let ordered = match ordering(tx, values)? {
            Some(decision) => self.orders(tx, actor, (&decision, partner), values)?,
            None => false,
        };
        ordered
            .then_some(())
            .ok_or_else(|| InputFault::NotOrdered.into())
    }

    fn orders(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (decision, partner): (&EntryRow, &NodeName),
        values: &Values,
    ) -> Result<bool> {
        if self.seen_by(tx, actor, decision.dossier)?.is_none() {
            return Ok(false);
        }
        let stands = self.duty_state(tx, actor, decision.dossier)?;
        let report = self.reported(tx, actor, decision.dossier)?;
        Ok(stands == DutyState::Ordered(decision.id)
            && report.trigger.as_deref() == values.text(duty::TRIGGER)
            && report.party.as_ref() == Some(partner))
    }

    /// Notes beside a decision what was sent for it, in the transaction that records it.
    pub(crate) fn note_order(
        &self,
        tx: &mut dyn Write,
        (entry_type, dossier, id): (&EntryType, DossierId, EntryId),
        values: &Values,
    ) -> Result<()> {
        if !entry_type.opens() || kind::kind_name(entry_type.name) != proceedings::NAME {
            return Ok(());
        }
        let Some(decision) = ordering(tx.as_read(), values)? else {
            return Ok(());
        };
        Ok(tx.insert_relation(&RelationRow {
            entry: id,
            from: decision.id,
            to: id,
            to_dossier: dossier,
            relation: ORDERED,
        })?)
    }

    /// The dossier in which a decision was carried out, if it was.
    pub(crate) fn carried_out(
        &self,
        tx: &dyn Read,
        decision: EntryId,
    ) -> Result<Option<DossierId>> {
        for relation in tx.relations(decision)? {
            let of = relation.relation == ORDERED && relation.from == decision;
            if of && standing(tx, relation.entry)?.is_some() {
                return Ok(Some(relation.to_dossier));
            }
        }
        Ok(None)
    }

    /// The decision that the opening of a dossier between two authorities carries out, and its file, where they are here.
    pub(crate) fn ordered_by(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<Option<DossierId>> {
        let opening = dossier.opening();
        for relation in tx.relations(opening)? {
            if relation.relation == ORDERED && relation.to == opening {
                let decision = tx.entry(relation.from)?;
                return Ok(decision.map(|row| row.dossier));
            }
        }
        Ok(None)
    }

    /// How a file stands: by its newest decision and by nothing else. A day that has come asks a magistrate to look; it decides nothing.
    pub(crate) fn duty_state(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<DutyState> {
        let decisions = all_of(tx, dossier, duty::DECISIONS)?;
        let newest = decisions.iter().rfind(|row| regular(row).is_some());
        let Some(row) = newest else {
            return Ok(DutyState::Owed);
        };
        if row.kind == duty::REFUSE.name {
            return Ok(DutyState::Refused(row.id));
        }
        if row.kind == duty::TRANSMIT.name {
            let sent = self.carried_out(tx, row.id)?;
            return Ok(match sent {
                Some(dossier) => DutyState::Sent {
                    decision: row.id,
                    dossier,
                },
                None => DutyState::Ordered(row.id),
            });
        }
        let values = self.read_by(tx, actor, row)?;
        let until = values.as_ref().and_then(|v| v.text(duty::REVIEW));
        Ok(DutyState::Deferred {
            decision: row.id,
            // What cannot be read any more is looked at rather than forgotten.
            due: until
                .and_then(kind::end_of_day)
                .is_none_or(|end| self.now() > end - Span::days(1)),
            until: until.unwrap_or_default().to_owned(),
        })
    }

    /// What a file was opened about, as far as its reader may know it.
    pub(crate) fn reported(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Report> {
        let opening = tx.entry(dossier.opening())?.ok_or(AppError::NotFound)?;
        let values = self.read_by(tx, actor, &opening)?.unwrap_or_default();
        let text = |name: &str| values.text(name).map(str::to_owned);
        Ok(Report {
            trigger: text(duty::TRIGGER),
            party: text(duty::PARTY).and_then(|party| party.parse().ok()),
            title: text("title").unwrap_or_default(),
            facts: text("facts").unwrap_or_default(),
            lang: values.lang,
        })
    }

    /// What the letter starts from that carries a decision out: the report's own words, for the magistrate to go over.
    pub(crate) fn order_preset(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, decision): (&EntryType, Option<EntryId>),
    ) -> Result<(Values, Option<NodeName>)> {
        let none = (Values::default(), None);
        if kind::kind_name(entry_type.name) != proceedings::NAME {
            return Ok(none);
        }
        let row = decision.map(|id| tx.entry(id)).transpose()?.flatten();
        let Some(row) = row.filter(|row| row.kind == duty::TRANSMIT.name) else {
            return Ok(none);
        };
        if self.seen_by(tx, actor, row.dossier)?.is_none() {
            return Ok(none);
        }
        let report = self.reported(tx, actor, row.dossier)?;
        let mut values = Values {
            lang: report.lang,
            ..Values::default()
        };
        let mut put = |name: &str, text: String| {
            values.values.insert(name.to_owned(), Value::Text(text));
        };
        put("title", report.title);
        put("facts", report.facts);
        put(proceedings::DECISION, row.id.to_string());
        put(duty::TRIGGER, report.trigger.unwrap_or_default());
        Ok((values, report.party))
    }

    /// The services of our own node that a magistrate's file may be shown to.
    pub(crate) fn own_services(&self, tx: &dyn Read) -> Result<Vec<ServiceName>> {
        let mut out = vec![liaison_of(&self.inner.me)];
        for officer in tx.officers()? {
            out.extend(crate::codec::names::<ServiceName>(&officer.services));
        }
        out.retain(|service| service.node() == self.inner.me);
        out.sort();
        out.dedup();
        Ok(out)
    }
}

/// What a magistrate's file is about.
pub(crate) struct Report {
    pub(crate) trigger: Option<String>,
    pub(crate) party: Option<NodeName>,
    title: String,
    facts: String,
    lang: Option<entente_core::label::Lang>,
}

/// The decision that is cited, if it is one to transmit that counts.
fn ordering(tx: &dyn Read, values: &Values) -> Result<Option<EntryRow>> {
    let cited = values.text(proceedings::DECISION).map(str::trim);
    let cited = cited.and_then(|id| id.parse().ok());
    let row = cited.map(|id| tx.entry(id)).transpose()?.flatten();
    Ok(row.filter(|row| row.kind == duty::TRANSMIT.name && regular(row).is_some()))
}

/// Says in words that the charter has no duties to inform.
pub(crate) fn refuse_without_duties(kind: &Kind, terms: Option<&Terms>) -> Result<()> {
    if !kinds::is_of_duties(kind.name) {
        return Ok(());
    }
    match terms {
        None => Err(LinkFault::NoCharter.into()),
        Some(terms) if terms.inform.is_none() => Err(LinkFault::NoDuties.into()),
        Some(_) => Ok(()),
    }
}

fn wrong(entry_type: &str, name: &str, problem: Problem) -> AppError {
    let found = kinds::duty::KIND.entry(entry_type);
    found.map_or(AppError::Bug("type of a duty"), |entry| {
        AppError::field(entry, name, problem)
    })
}
