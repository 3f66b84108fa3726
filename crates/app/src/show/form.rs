//! A form to fill: the definition, what it acts on, and what is known already.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::codec::cell;
use crate::drafts::Gate;
use crate::error::{AppError, Result};
use crate::keyless::untold;
use crate::record::{default_release, liaison_of, proposes_terms, seen_of, seen_terms};
use crate::views::{Barred, Binding, FormView, ReleaseDefaults};
use crate::{Actor, App, FormQuery, Recording};
use entente_core::act::{Act, Config, OnAct};
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Purpose};
use entente_core::conditions::Uses;
use entente_core::court::is_material;
use entente_core::field::{Bind, Field, FieldType, Value, Values};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::{Effect, EntryType, Kind, kind_name};
use entente_core::kinds;
use entente_core::kinds::declaration::figures::FIGURE;
use entente_core::kinds::declaration::is_point;
use entente_core::kinds::intelligence::DISAGREE;
use entente_core::kinds::investigation::agreement::proposes;
use entente_core::kinds::investigation::compare::is_of_comparing;
use entente_core::kinds::investigation::custody::is_of_custody;
use entente_core::kinds::investigation::day::{DAY, is_of_day};
use entente_core::kinds::investigation::links::{UNDO, is_about_things};
use entente_core::kinds::meeting::{AMEND, CONVENE};
use entente_core::kinds::programme::CLAUSE;
use entente_core::kinds::rectify::RECTIFY;
use entente_core::wall::bridge_of;
use entente_proof::card::verify_card;
use entente_store::{EntryRow, Read, StoreExt};

/// Entries that may be chosen: identifier and words.
type Choices = Vec<(EntryId, String)>;
/// See [`FormView::moments`].
type Moments = Vec<(String, Instant)>;

/// Entries offered for choosing one.
const CHOICES: u32 = 100;

impl App {
    /// The form of an entry type, in a dossier or to open one.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such type there, or the actor does not belong there.
    pub fn form(&self, actor: &Actor, query: &FormQuery) -> Result<FormView> {
        let seen = match query.dossier {
            Some(dossier) => self.inner.store.view("form_dossier", |tx| {
                let seen = self.seen_by(tx, actor, dossier)?;
                let why = seen.map(|row| self.standing(tx, actor, &row));
                why.transpose()
            })?,
            None => None,
        };
        let record = AccessRecord::by(actor, Operation::Consult, "form");
        self.noted(match (query.dossier, seen) {
            (Some(dossier), Some(why)) => record.within(dossier, why),
            _ => record,
        })?;
        self.inner.store.view("form", |tx| match query.dossier {
            Some(_) => self.form_in(tx, actor, query),
            None => self.form_to_open(tx, actor, query),
        })
    }

    fn form_in(&self, tx: &dyn Read, actor: &Actor, query: &FormQuery) -> Result<FormView> {
        let id = query.dossier.ok_or(AppError::NotFound)?;
        let row = self.visible(tx, actor, id)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        let entry_type = kind
            .entry(&query.entry_type)
            .filter(|e| !e.opens() && !e.is_written_beside())
            .ok_or(AppError::NotFound)?;
        self.authorise_in(actor, Action::of(entry_type), &row)?;
        let config_row = tx
            .latest_config(id)?
            .ok_or(AppError::Bug("dossier without configuration"))?;
        let config: Config = cell(&config_row.config, "config", "config")?;
        let mut showing = Showing::new(self, tx);
        let partner = self.partner_in(&config, query.partner.as_ref());
        let binding = match &partner {
            Some(partner) => self.binding(tx, entry_type, query, (id, partner))?,
            None => None,
        };
        let signs = binding.as_ref().filter(|_| entry_type.signs());
        let on = query.target.or(signs.and_then(|b| b.proposal.asks));
        let (mut target, mut seen, mut entries) = (None, String::new(), Vec::new());
        if let Some(ob) = on {
            let obligation = self.target(tx, id, ob)?;
            seen = seen_of(&obligation);
            let covered: Vec<EntryId> =
                std::iter::once(ob.entry).chain(obligation.joined).collect();
            entries = self.tickable(tx, actor, id, &covered)?;
            let ob_row = tx.obligation(ob)?.ok_or(AppError::NotFound)?;
            target = showing.obligation(actor, &ob_row)?;
            if binds(entry_type, Bind::ReceiptOf) {
                entries = self.received_entries(tx, actor, id, ob)?;
            }
        }
        let (named, moments) = self.to_choose(tx, actor, (entry_type, id, query), (&config, on))?;
        entries = named.unwrap_or(entries);
        if on.is_none() {
            let terms = self.terms_of_dossier(tx, id, &config)?;
            seen = seen_terms(&config_row, terms.map(|(entry, _)| entry));
        }
        let things = self.named_things(tx, actor, (entry_type, id, query))?;
        let suspended = self.flags_among(tx, &config)?;
        let terms = match &partner {
            Some(partner) => self.form_terms(tx, entry_type, (Some(id), partner))?,
            None => None,
        };
        let base = self.begun_from(tx, actor, (entry_type, id, on), &query.chosen)?;
        let mut preset = begun(entry_type, &entries, base);
        if let Some(doubt) = target.as_ref().and_then(|t| t.doubtful) {
            preset_time(entry_type, &mut preset, doubt.of, doubt.arrived);
        }
        if let Some(Act::Wants { uses, .. }) = self.asked_to_permit(tx, entry_type, on)? {
            preset_uses(entry_type, &mut preset, uses);
        }
        let (necessity, basis) = default_release(kind, target.is_some());
        Ok(FormView {
            entry_type,
            kind,
            dossier: showing.line(&row)?,
            target,
            preset,
            services: config.participants.clone(),
            partner,
            others: match config.is_of_many() && binds(entry_type, Bind::NeedsAnswer) {
                true => self.member_nodes(tx, id, actor)?,
                false => Vec::new(),
            },
            entries,
            moments,
            things,
            seen,
            suspended,
            release: ReleaseDefaults {
                purpose: config.purpose,
                necessity,
                basis,
                approver: actor.called().to_owned(),
                second: self.wants_second(tx, actor, query)?,
            },
            terms,
            binds: binding,
            continues: None,
            others_words: false,
            barred: None,
            review: match entry_type.effects.iter().any(|e| matches!(e, Effect::Keep)) {
                true => self.review_head(tx, id, false)?,
                false => None,
            },
        })
    }

    /// The entries that a form names, if it names any, and when what its choices stand for takes place.
    fn to_choose(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, id, query): (&EntryType, DossierId, &FormQuery),
        (config, on): (&Config, Option<ObligationId>),
    ) -> Result<(Option<Choices>, Moments)> {
        let mut moments = self.dates_asked(tx, actor, entry_type, on)?;
        if let Some(listed) = self.of_listed_types(tx, actor, (entry_type, id))? {
            moments.extend(listed.moments);
            return Ok((Some(listed.entries), moments));
        }
        let named = self.nameable(tx, actor, (entry_type, id, query), config)?;
        Ok((named, moments))
    }

    /// What a form starts from where it changes something: a version of an agreement, or a clause.
    fn begun_from(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, on): (&EntryType, DossierId, Option<ObligationId>),
        chosen: &[EntryId],
    ) -> Result<Values> {
        if entry_type.name == CLAUSE.name {
            return self.clause_to_change(tx, actor, (dossier, chosen));
        }
        if entry_type.name == CONVENE.name {
            return self.meeting_to_move(tx, actor, (dossier, chosen));
        }
        if entry_type.name == AMEND.name {
            return self.minutes_to_amend(tx, actor, on);
        }
        if entry_type.name == FIGURE.name {
            return self.figure_to_follow(tx, actor, (dossier, chosen));
        }
        self.agreement_to_amend(tx, actor, (entry_type, dossier, on))
    }

    /// The things of the dossier, where a form names any.
    fn named_things(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, id, query): (&EntryType, DossierId, &FormQuery),
    ) -> Result<Vec<(EntryId, String)>> {
        let names = |f: &Field| matches!(f.holds, FieldType::Thing);
        match entry_type.fields.iter().any(names) {
            true => self.thing_choices(tx, actor, (id, &query.chosen)),
            false => Ok(Vec::new()),
        }
    }

    /// Whether words of this officer leave only with a second signature; a handling code that is chosen later may still ask for one.
    fn wants_second(&self, tx: &dyn Read, actor: &Actor, query: &FormQuery) -> Result<bool> {
        // Before anything is typed: nobody goes over a bridge alone.
        if bridge_of(&query.entry_type).is_some() {
            return Ok(true);
        }
        let recording = Recording {
            dossier: query.dossier,
            partner: query.partner.clone(),
            entry_type: query.entry_type.clone(),
            ..Recording::default()
        };
        match self.scene(tx, actor, &recording) {
            Ok(scene) => {
                let gate = self.gate(tx, actor, (&recording, &scene), scene.entry_type.files)?;
                Ok(gate == Gate::Second)
            }
            Err(AppError::Store(error)) => Err(error.into()),
            // What is chosen in the form itself decides.
            Err(_) => Ok(false),
        }
    }

    /// What a signature or an entry into force would make binding: the proposal that is named, or one that may be. Without one
    /// there is no such form.
    fn binding(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        query: &FormQuery,
        (dossier, partner): (DossierId, &NodeName),
    ) -> Result<Option<Box<Binding>>> {
        let enacts = entry_type
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Enact));
        if !enacts && !entry_type.signs() {
            return Ok(None);
        }
        let charter = self.charter_view(tx, dossier, partner)?;
        let named = query.proposal.or(query.target.map(|on| on.entry));
        let found = charter.proposals.into_iter().find(|p| match named {
            Some(named) => p.entry == named,
            None if enacts => p.may_enact,
            None => p.may_sign,
        });
        let proposal = found.ok_or(AppError::NotFound)?;
        Ok(Some(Box::new(Binding {
            proposal,
            in_force: charter.in_force,
        })))
    }

    fn member_nodes(&self, tx: &dyn Read, id: DossierId, actor: &Actor) -> Result<Vec<NodeName>> {
        let members = self.members(tx, id, &actor.service)?;
        Ok(members.iter().map(|m| m.service.node()).collect())
    }

    /// What a proposal of terms starts from.
    fn form_terms(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        (dossier, partner): (Option<DossierId>, &NodeName),
    ) -> Result<Option<Box<Terms>>> {
        if !proposes_terms(entry_type) {
            return Ok(None);
        }
        let base = self.terms_to_amend(tx, dossier, partner)?;
        Ok(Some(Box::new(base)))
    }

    /// The ask and the acts whose receipt moves its clock: what a receipt time may be about.
    fn received_entries(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        id: ObligationId,
    ) -> Result<Vec<(EntryId, String)>> {
        let mut out = vec![id.entry];
        for act in tx.acts(id)? {
            let moves = cell::<OnAct>(&act.act, "act", "act")?.moves_a_clock();
            if moves && !out.contains(&act.entry) {
                out.push(act.entry);
            }
        }
        self.tickable(tx, actor, dossier, &out)
    }

    fn form_to_open(&self, tx: &dyn Read, actor: &Actor, query: &FormQuery) -> Result<FormView> {
        let kind = kinds::find(kind_name(&query.entry_type)).ok_or(AppError::NotFound)?;
        let entry_type = kind
            .entry(&query.entry_type)
            .filter(|e| e.opens())
            .ok_or(AppError::NotFound)?;
        self.authorise_opening(actor, kind, entry_type)?;
        let wider = match query.continues.filter(|_| entry_type.gathers()) {
            Some(earlier) => Some(self.widening(tx, actor, entry_type, earlier)?),
            None => None,
        };
        let (ordered, party) = self.order_preset(tx, actor, (entry_type, query.proposal))?;
        let first = wider.as_ref().and_then(|w| w.partner.as_ref());
        let first = first.or(party.as_ref());
        let partner = self.partner_or_only(tx, query.partner.as_ref().or(first))?;
        let (necessity, basis) = default_release(kind, false);
        let terms = self.form_terms(tx, entry_type, (None, &partner))?;
        let mut filled = preset(entry_type, &[], Some(&partner));
        filled.lang = ordered.lang;
        filled.values.extend(ordered.values);
        let others_words = wider.as_ref().is_some_and(|w| w.others_words);
        let continues = wider.map(|w| {
            filled.values.extend(w.preset);
            w.dossier
        });
        Ok(FormView {
            barred: self.barred(tx, kind, &partner)?,
            continues,
            others_words,
            entry_type,
            kind,
            dossier: None,
            target: None,
            preset: filled,
            suspended: self.flags_up(tx, &partner)?,
            services: match entry_type.gathers() {
                _ if kinds::stays_home(kind.name) => self.own_services(tx)?,
                true => self.every_known_service(tx, actor)?,
                false => self.known_services(tx, actor, &partner)?,
            },
            partner: Some(partner),
            others: Vec::new(),
            entries: Vec::new(),
            moments: Vec::new(),
            things: Vec::new(),
            seen: String::new(),
            release: ReleaseDefaults {
                purpose: kind
                    .purposes
                    .first()
                    .copied()
                    .unwrap_or(Purpose::Governance),
                necessity,
                basis,
                approver: actor.called().to_owned(),
                second: self.wants_second(tx, actor, query)?,
            },
            terms,
            binds: None,
            review: None,
        })
    }

    /// Why no dossier of this kind can be opened towards a partner: said before anything is typed.
    fn barred(
        &self,
        tx: &dyn Read,
        kind: &'static Kind,
        partner: &NodeName,
    ) -> Result<Option<Barred>> {
        if !kind.needs_charter && !kinds::is_of_duties(kind.name) {
            return Ok(None);
        }
        let Some((entry, terms)) = self.terms_with(tx, Some(partner))? else {
            return Ok(Some(Barred::NoCharter));
        };
        if !terms.admits_kind(kind.name) {
            let charter = tx.entry(entry)?.ok_or(AppError::Bug("charter vanished"))?;
            return Ok(Some(Barred::NotInCharter(charter.dossier)));
        }
        // What stays at home is no partner's to know.
        let Some(row) = tx.partner(partner)?.filter(|_| kind.needs_charter) else {
            return Ok(None);
        };
        let card = verify_card(&row.card).map_err(|_| AppError::Bug("partner's card"))?;
        let knows = card.kinds.iter().any(|name| name == kind.name);
        Ok((!knows).then_some(Barred::PartnerOlder))
    }

    /// The entries that a form names one or more of, by what it does with them; nothing if it names none.
    fn nameable(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, id, query): (&EntryType, DossierId, &FormQuery),
        config: &Config,
    ) -> Result<Option<Vec<(EntryId, String)>>> {
        let id_with = (id, &*query.chosen);
        let names_one = |f: &Field| matches!(f.holds, FieldType::Entry);
        Ok(Some(if binds(entry_type, Bind::Release) {
            self.releasable_entries(tx, (id, config), actor)?
        } else if binds(entry_type, Bind::Erase) {
            self.erasable_entries(tx, actor, id_with)?
        } else if entry_type.name == RECTIFY.name {
            self.newest(tx, actor, id_with, &|row| self.rectifiable(row))?
        } else if entry_type.name == DISAGREE.name {
            self.newest(tx, actor, id_with, &|row| self.is_report(row))?
        } else if entry_type.name == FIGURE.name {
            self.newest(tx, actor, id_with, &|row| {
                is_point(&row.kind) || row.kind == FIGURE.name
            })?
        } else if is_of_day(entry_type.name) {
            let days = super::plan::asked_by(tx, id, Ask::Decide, DAY.name)?;
            self.with_words(tx, actor, days.into_iter().map(|(row, _)| row).collect())?
        } else if proposes(entry_type.name) {
            self.newest(tx, actor, id_with, &|row| proposes(&row.kind))?
        } else if is_of_custody(entry_type.name) && entry_type.fields.iter().any(names_one) {
            self.exhibit_choices(tx, actor, id)?
        } else if entry_type.name == UNDO.name {
            self.decision_choices(tx, actor, id)?
        } else if is_about_things(entry_type.name) && entry_type.fields.iter().any(names_one) {
            self.newest(tx, actor, id_with, &|row| {
                !is_about_things(&row.kind) && !is_of_comparing(&row.kind)
            })?
        } else if entry_type.produces() {
            self.newest(tx, actor, id_with, &|row| is_material(&row.kind))?
        } else if entry_type.fields.iter().any(names_one) || entry_type.tells_unasked() {
            self.choosable(tx, actor, id)?
        } else {
            return Ok(None);
        }))
    }

    /// Entries that our node may erase: its own, as far as they can be read, newest first.
    fn erasable_entries(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: (DossierId, &[EntryId]),
    ) -> Result<Vec<(EntryId, String)>> {
        let untold = untold(tx)?;
        let erasable = |row: &EntryRow| self.erasable(row, &untold).is_some();
        self.newest(tx, actor, dossier, &erasable)
    }

    /// The newest entries of a dossier of which a form may name one, newest first, and those that are chosen already, however old. Each with what
    /// it is beside its words.
    fn newest(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, chosen): (DossierId, &[EntryId]),
        may: &dyn Fn(&EntryRow) -> bool,
    ) -> Result<Vec<(EntryId, String)>> {
        let mut rows = tx.entries(dossier, true, CHOICES, 0)?;
        for id in chosen {
            let row = tx.entry(*id)?.filter(|row| row.dossier == dossier);
            let older = row.filter(|row| rows.iter().all(|known| known.id != row.id));
            rows.extend(older);
        }
        rows.retain(may);
        let about = rows.iter().any(|row| is_about_things(&row.kind));
        let things = match about {
            true => Some(self.things_of(tx, actor, dossier)?),
            false => None,
        };
        let sorts: Vec<_> = rows.iter().map(|row| kinds::entry(&row.kind)).collect();
        let mut out = self.with_words(tx, actor, rows)?;
        for ((id, words), sort) in out.iter_mut().zip(sorts) {
            let linked = things.as_ref().and_then(|all| all.said_by(*id, actor.lang));
            let said = linked.unwrap_or_else(|| std::mem::take(words));
            let said = if said.is_empty() { id.short() } else { said };
            *words = match sort {
                Some(sort) => format!("{} · {said}", sort.label.get(actor.lang)),
                None => said,
            };
        }
        Ok(out)
    }

    /// Entries of a dossier that a form may be about: the newest whose words are here, newest first.
    fn choosable(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<(EntryId, String)>> {
        let rows = tx.entries(dossier, true, CHOICES, 0)?;
        let mut found = self.with_words(tx, actor, rows)?;
        found.retain(|(_, words)| !words.is_empty());
        Ok(found)
    }

    fn with_words(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        rows: Vec<EntryRow>,
    ) -> Result<Vec<(EntryId, String)>> {
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (row.dossier, row.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        let with = |row: &EntryRow| Ok((row.id, self.first_words(tx, actor, row)?));
        rows.iter().map(with).collect()
    }

    /// The same of every partner: an opening that others decide to join may invite several states.
    fn every_known_service(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<ServiceName>> {
        let mut out = Vec::new();
        for partner in tx.partners()? {
            out.extend(self.known_services(tx, actor, &partner.node)?);
        }
        out.sort();
        out.dedup();
        Ok(out)
    }

    /// Services that a form suggests: the actor's, and those of the partner that take part in a dossier which the actor sees.
    fn known_services(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        partner: &NodeName,
    ) -> Result<Vec<ServiceName>> {
        let mut out = vec![liaison_of(partner)];
        out.extend(actor.services.iter().cloned());
        let sees = self.sees(actor);
        let filter = entente_store::DossierFilter {
            node: Some(partner.clone()),
            services: sees.services,
            among: sees.among,
            limit: 200,
            ..Default::default()
        };
        for row in tx.dossiers(&filter)? {
            out.extend(
                crate::codec::names::<ServiceName>(&row.services)
                    .into_iter()
                    .filter(|s| s.node() == *partner),
            );
        }
        out.sort();
        out.dedup();
        Ok(out)
    }
}

fn binds(entry_type: &EntryType, bind: Bind) -> bool {
    entry_type.field(bind).is_some()
}

/// What a form starts from: what nobody need type, then what it changes.
fn begun(entry_type: &EntryType, entries: &[(EntryId, String)], base: Values) -> Values {
    let mut values = preset(entry_type, entries, None);
    preset_only(entry_type, &mut values, entries);
    values.lang = base.lang;
    values.values.extend(base.values);
    values
}

/// Where a field has to name one of a list of one, it is that one.
fn preset_only(entry_type: &EntryType, values: &mut Values, entries: &[(EntryId, String)]) {
    let [(only, _)] = entries else {
        return;
    };
    let listed = entry_type.fields.iter().find(|field| {
        field.required && !field.of.is_empty() && matches!(field.holds, FieldType::Entry)
    });
    if let Some(field) = listed {
        let value = Value::Text(only.to_string());
        values.values.insert(field.name.to_owned(), value);
    }
}

/// Where a receipt's time cannot be true, the form starts from when the receipt came here: a person changes or sends it.
fn preset_time(entry_type: &EntryType, values: &mut Values, of: EntryId, arrived: Instant) {
    for field in entry_type.fields {
        let text = match field.bind {
            Bind::ReceiptOf => of.to_string(),
            Bind::ReceivedAt => arrived.to_civil(),
            _ => continue,
        };
        values
            .values
            .insert(field.name.to_owned(), Value::Text(text));
    }
}

/// A permission starts from all that was asked for.
fn preset_uses(entry_type: &EntryType, values: &mut Values, uses: Uses) {
    for field in entry_type.fields {
        if matches!(field.bind, Bind::Use(one) if uses.contains(one)) {
            let ticked = Value::Flag(true);
            values.values.insert(field.name.to_owned(), ticked);
        }
    }
}

/// Values that a person need not type.
fn preset(
    entry_type: &EntryType,
    entries: &[(EntryId, String)],
    partner: Option<&NodeName>,
) -> Values {
    let mut values = Values::default();
    for field in entry_type.fields {
        let value = match field.bind {
            Bind::Urgency => Some(Value::Text("normal".into())),
            Bind::AskOf => partner.map(|p| Value::Text(liaison_of(p).to_string())),
            _ if field.name == "covers" && !entries.is_empty() => Some(Value::List(
                entries.iter().map(|(id, _)| id.to_string()).collect(),
            )),
            _ => None,
        };
        if let Some(value) = value {
            values.values.insert(field.name.to_owned(), value);
        }
    }
    values
}
