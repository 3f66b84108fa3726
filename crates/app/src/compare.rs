//! Comparing what is planned with another state, without telling it: what recording fills in and holds such entries to.
//!
//! A comparison is a private set intersection ([`entente_proof::intersect`]) of cells and slots
//! ([`entente_core::kinds::investigation::cells`]). Whoever asks names a plan of their own, or types a place and a time; the node takes that out of
//! the entry, blinds what there is of it, and seals the secret with what it needs to read the answer for itself alone. Whoever answers presses one button: the
//! node compares everything of its own that is planned in investigations, whoever may see it, and shows them nothing of it. The word of what
//! came of it names places in the answering side's list, which only its node can read.

use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::{all_dossiers, all_of, encode, header_of};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::memory::{FoundIn, Met};
use crate::record::Scene;
use crate::show::near::Plan;
use crate::things::named;
use crate::{Actor, App, Recording};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use entente_core::act::{Config, OnAct};
use entente_core::charter::{Compare, Terms};
use entente_core::field::{Problem, Value, Values};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::instant::{Instant, Span};
use entente_core::kind::ComposeError;
use entente_core::kinds::investigation::cells::{self, Item};
use entente_core::kinds::investigation::compare::{
    COMPARE, COMPARED, FROM, KEPT, MATCHES, OWN, PLAN, POINTS, RAISED, TYPED, UNTIL, WHERE,
    is_of_comparison,
};
use entente_core::kinds::investigation::day::DAY;
use entente_core::kinds::investigation::near::{Place, Planned, TOLERANCE};
use entente_core::kinds::investigation::plan::TASK;
use entente_core::obligation::Obligation;
use entente_proof::intersect::{self, IntersectError, MOST, Points, Reply, Same, Seed};
use entente_proof::seal::{self, ObjectKey};
use entente_store::{BodyState, DossierFilter, EntryRow, Read, StoreExt};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The name of a dossier's key for what its comparisons keep.
const KEY: &[u8] = b"compare";
/// So many dossiers are walked through at a time.
const PAGE: u32 = 500;
/// Number of a step where what is compared is a task.
const NO_STEP: i64 = 0;

/// What the asking node keeps: its secret, and of which steps each item is.
#[derive(Encode, Decode)]
pub(crate) struct KeptAsk {
    #[n(0)]
    seed: ByteArray<32>,
    #[n(1)]
    pub(crate) plan: Option<EntryId>,
    #[n(2)]
    items: Vec<Vec<i64>>,
    /// What was typed, where no plan was named.
    #[n(3)]
    pub(crate) typed: Option<Typed>,
}

/// A place and a time that an officer typed.
#[derive(Clone, Encode, Decode)]
pub(crate) struct Typed {
    #[n(0)]
    pub(crate) place: String,
    #[n(1)]
    pub(crate) from: i64,
    #[n(2)]
    pub(crate) until: i64,
}

/// What is to be compared: a plan with its steps, or what was typed as one.
struct Compared {
    plan: Option<EntryId>,
    typed: Option<Typed>,
    steps: Vec<(i64, Planned)>,
}

/// What the answering node keeps: its plans, and which of them stand at each place of its list. Its secret is gone once it has answered.
#[derive(Encode, Decode)]
pub(crate) struct KeptReply {
    #[n(0)]
    asked: EntryId,
    #[n(1)]
    plans: Vec<(EntryId, i64)>,
    #[n(2)]
    places: Vec<(u32, Vec<u32>)>,
}

/// Plans of one's own by the items that they are held or asked as.
type Items = BTreeMap<Item, BTreeSet<usize>>;

impl App {
    /// A comparison, its answer or the word of what came of it, with all that nobody types.
    pub(crate) fn with_points(&self, actor: &Actor, recording: Recording) -> Result<Recording> {
        let Some(dossier) = recording
            .dossier
            .filter(|_| is_of_comparison(&recording.entry_type))
        else {
            return Ok(recording);
        };
        match recording.entry_type.as_str() {
            name if name == COMPARE.name => self.blinded(actor, dossier, recording),
            name if name == COMPARED.name => self.replied(actor, dossier, recording),
            _ => self.met(dossier, recording),
        }
    }

    /// What is named or typed, as points; nothing of it goes on. What was filled in before, for a second signature, stays as it is.
    fn blinded(
        &self,
        actor: &Actor,
        dossier: DossierId,
        mut recording: Recording,
    ) -> Result<Recording> {
        let values = &recording.values;
        if !TYPED.iter().any(|name| values.values.contains_key(*name)) {
            let opens = self
                .inner
                .store
                .view("comparison", |tx| self.kept::<KeptAsk>(tx, dossier, values))?;
            return match opens {
                Some(_) => Ok(recording),
                None => Err(AppError::field(&COMPARE, PLAN, Problem::Missing)),
            };
        }
        let compared = self.to_compare(actor, dossier, values)?;
        let items = items_of(
            compared.steps.iter().map(|(_, planned)| planned),
            cells::asked,
        );
        if items.is_empty() {
            return Err(InputFault::ComparesNothing.into());
        }
        let steps = |numbers: &BTreeSet<usize>| {
            let of = numbers.iter().filter_map(|n| compared.steps.get(*n));
            of.map(|(step, _)| *step).collect()
        };
        let seed = Seed::new(random(&*self.inner.random));
        let names: Vec<Item> = items.keys().cloned().collect();
        let points = intersect::ask(&seed, &names).map_err(too_much)?;
        let kept = KeptAsk {
            seed: ByteArray::from(*seed.expose()),
            items: items.values().map(steps).collect(),
            plan: compared.plan,
            typed: compared.typed,
        };
        let values = &mut recording.values.values;
        values.retain(|name, _| !TYPED.contains(&name.as_str()));
        put(values, POINTS, &points.encode());
        let sealed = self.keep(dossier, &encode(&kept), points.class() * 16)?;
        put(values, KEPT, &sealed);
        Ok(recording)
    }

    /// The plan that is named with the steps that our own side does, or what was typed in its place; never both.
    fn to_compare(&self, actor: &Actor, dossier: DossierId, values: &Values) -> Result<Compared> {
        let typed = TYPED
            .iter()
            .skip(1)
            .find(|name| values.values.contains_key(**name));
        let Some(plan) = named(values, PLAN) else {
            let typed = self.typed(values)?;
            let place = Place::read(&typed.place)
                .ok_or_else(|| AppError::field(&COMPARE, WHERE, Problem::Missing))?;
            let planned = Planned {
                place,
                from: Instant(typed.from),
                until: Instant(typed.until),
            };
            return Ok(Compared {
                plan: None,
                typed: Some(typed),
                steps: vec![(NO_STEP, planned)],
            });
        };
        if let Some(name) = typed {
            return Err(AppError::field(&COMPARE, name, Problem::NotBoth));
        }
        let plans = self
            .inner
            .store
            .view("comparison", |tx| self.own_plan(tx, actor, (dossier, plan)))?;
        let steps = plans.into_iter();
        Ok(Compared {
            plan: Some(plan),
            typed: None,
            steps: steps
                .map(|plan| (plan.step.unwrap_or(NO_STEP), plan.planned))
                .collect(),
        })
    }

    /// A place and a time as an officer typed them: both are needed, in their order, and not over.
    fn typed(&self, values: &Values) -> Result<Typed> {
        let wrong = |name, problem| AppError::field(&COMPARE, name, problem);
        let place = values
            .text(WHERE)
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let place = place.ok_or_else(|| wrong(WHERE, Problem::Missing))?;
        let from = values
            .moment(FROM)
            .ok_or_else(|| wrong(FROM, Problem::Missing))?;
        let until = values.moment(UNTIL).unwrap_or(from);
        if until < from {
            return Err(wrong(UNTIL, Problem::BeforeBeginning));
        }
        if until + TOLERANCE < self.now() {
            return Err(InputFault::ComparesNothing.into());
        }
        Ok(Typed {
            place: place.to_owned(),
            from: from.0,
            until: until.0,
        })
    }

    /// The steps of a plan of this dossier that our own side does, each with where and when.
    ///
    /// # Errors
    /// [`AppError::Fields`] where it is no such plan, or the actor may not read it.
    fn own_plan(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, plan): (DossierId, EntryId),
    ) -> Result<Vec<Plan>> {
        self.visible(tx, actor, dossier)?;
        let none = || AppError::field(&COMPARE, PLAN, Problem::NotInList);
        let row = tx.entry(plan)?.filter(|row| row.dossier == dossier);
        let row = row.filter(|row| is_plan(&row.kind) && regular(row).is_some());
        let row = row.ok_or_else(none)?;
        if !self.may_with(tx, actor, Action::Read, &row)? {
            return Err(none());
        }
        self.planned_in(tx, &row)
    }

    /// What an entry plans that our own side does and that is not over.
    pub(crate) fn planned_in(&self, tx: &dyn Read, row: &EntryRow) -> Result<Vec<Plan>> {
        let mut plans = match row.kind == DAY.name {
            true => self.steps_planned(tx, row)?,
            false => {
                let values = self.values_of(tx, row)?;
                let to = values.and_then(|values| values.text("to")?.parse().ok());
                let service = match to {
                    Some(service) => Some(service),
                    None => row.service.parse().ok(),
                };
                let planned = service.map(|service| self.planned_task(tx, row, &service));
                planned.transpose()?.flatten().into_iter().collect()
            }
        };
        let now = self.now();
        plans.retain(|plan| {
            plan.service.node() == self.inner.me && plan.planned.until + TOLERANCE >= now
        });
        Ok(plans)
    }

    /// The answer to a comparison: what was asked raised, and all of our own.
    fn replied(
        &self,
        actor: &Actor,
        dossier: DossierId,
        mut recording: Recording,
    ) -> Result<Recording> {
        let target = recording.target.ok_or(ComposeError::Target)?;
        let found = self.inner.store.view("comparison", |tx| {
            let kept = self.kept::<KeptReply>(tx, dossier, &recording.values)?;
            if kept.is_some_and(|kept| kept.asked == target.entry) {
                return Ok(None);
            }
            let row = tx.entry(target.entry)?.filter(|row| row.dossier == dossier);
            let row = row.filter(|row| row.kind == COMPARE.name);
            let row = row.ok_or(ComposeError::Target)?;
            let asked = self.values_of(tx, &row)?;
            let asked = asked.and_then(|values| points(&values, POINTS));
            Ok::<_, AppError>(Some((asked, self.own_plans(tx, dossier)?)))
        })?;
        let Some((asked, plans)) = found else {
            return Ok(recording);
        };
        let asked = asked.ok_or(InputFault::ComparesStrange)?;
        self.note_compared(actor, dossier, &plans)?;
        let items = items_of(plans.iter().map(|plan| &plan.planned), cells::held);
        let names: Vec<Item> = items.keys().cloned().collect();
        let seed = Seed::new(random(&*self.inner.random));
        let (reply, places) = intersect::reply(&seed, &asked, &names).map_err(too_much)?;
        let kept = kept_reply(target.entry, &plans, places.into_iter().zip(items.values()));
        let sealed = self.keep(dossier, &encode(&kept), reply.own.class() * 64)?;
        let values = &mut recording.values.values;
        put(values, RAISED, &reply.raised.encode());
        put(values, OWN, &reply.own.encode());
        put(values, KEPT, &sealed);
        Ok(recording)
    }

    /// Which dossiers were compared is on record before anything is: what the officer is not shown, an inspector reads.
    fn note_compared(&self, actor: &Actor, dossier: DossierId, plans: &[Plan]) -> Result<()> {
        let why = self.looks_into(actor, dossier)?;
        let dossiers: BTreeSet<String> =
            plans.iter().map(|plan| plan.dossier.to_string()).collect();
        let record = AccessRecord {
            dossiers: dossiers.into_iter().collect(),
            ..AccessRecord::by(actor, Operation::Consult, "planned_compared")
        };
        self.noted(record.within(dossier, why))
    }

    /// All that our own side plans in investigations but in this one, which both sides hold.
    fn own_plans(&self, tx: &dyn Read, but: DossierId) -> Result<Vec<Plan>> {
        let mut plans = self.plans(tx)?;
        plans.retain(|plan| plan.service.node() == self.inner.me && plan.dossier != but);
        Ok(plans)
    }

    /// The word of what came of a comparison: the places of the other side's list that were met.
    fn met(&self, dossier: DossierId, mut recording: Recording) -> Result<Recording> {
        let target = recording.target.ok_or(ComposeError::Target)?;
        let found = self.inner.store.view("comparison", |tx| {
            let row = tx.entry(target.entry)?.filter(|row| row.dossier == dossier);
            let row = row.filter(|row| row.kind == COMPARED.name);
            let row = row.ok_or(ComposeError::Target)?;
            let asked = answers(tx, &row)?.ok_or(ComposeError::Target)?;
            let asking = tx.entry(asked.entry)?.ok_or(ComposeError::Target)?;
            self.same_in(tx, &asking, &row)
        })?;
        let (_, same) = found.ok_or(InputFault::ComparesStrange)?;
        let places: BTreeSet<usize> = same.iter().map(|one| one.own).collect();
        let text = serde_json::to_string(&places).map_err(|_| AppError::Bug("numbers"))?;
        let values = &mut recording.values.values;
        values.insert(MATCHES.to_owned(), Value::Text(text));
        Ok(recording)
    }

    /// What we asked and what of it was met by an answer; nothing where what was kept is gone, or the answer cannot be read.
    pub(crate) fn same_in(
        &self,
        tx: &dyn Read,
        asking: &EntryRow,
        answer: &EntryRow,
    ) -> Result<Option<(KeptAsk, Vec<Same>)>> {
        let (Some(asked), Some(given)) = (self.values_of(tx, asking)?, self.values_of(tx, answer)?)
        else {
            return Ok(None);
        };
        let Some(kept) = self.kept::<KeptAsk>(tx, asking.dossier, &asked)? else {
            return Ok(None);
        };
        let same = self.inner.memory.same.get_or(&(asking.id, answer.id), || {
            Ok(Some(Arc::new(in_common(&kept, &asked, &given))))
        })?;
        let same = same.and_then(|same| same.as_ref().clone());
        Ok(same.map(|same| (kept, same)))
    }

    /// Near which steps of what we asked an answer has something; nothing where a body is gone, or they cannot be compared.
    pub(crate) fn found_by(
        &self,
        tx: &dyn Read,
        asking: &EntryRow,
        answer: &EntryRow,
    ) -> Result<Option<Arc<FoundIn>>> {
        if !here(asking) || !here(answer) {
            return Ok(None);
        }
        self.inner.memory.found.get_or(&(asking.id, answer.id), || {
            let found = self.same_in(tx, asking, answer)?;
            Ok(found.map(|(kept, same)| Arc::new((kept.plan, kept.steps_met(&same)))))
        })
    }

    /// The dossiers in which our node keeps something of a comparison that it asked or answered: those with a key for it.
    pub(crate) fn dossiers_compared(&self, tx: &dyn Read) -> Result<Vec<DossierId>> {
        let mut out: Vec<DossierId> = Vec::new();
        loop {
            let page = tx.with_key(KEY, out.last().copied(), PAGE)?;
            let more = page.len() == PAGE as usize;
            out.extend(page);
            if !more {
                return Ok(out);
            }
        }
    }

    /// What a comparison of ours kept, opened.
    pub(crate) fn kept_ask(&self, tx: &dyn Read, asking: &EntryRow) -> Result<Option<KeptAsk>> {
        match self.values_of(tx, asking)? {
            Some(values) => self.kept(tx, asking.dossier, &values),
            None => Ok(None),
        }
    }

    /// The plans of ours that an outcome says were met; none where a body is gone.
    pub(crate) fn plans_met(
        &self,
        tx: &dyn Read,
        answer: &EntryRow,
        outcome: &EntryRow,
    ) -> Result<Arc<Met>> {
        if !here(answer) || !here(outcome) {
            return Ok(Arc::default());
        }
        let met = self.inner.memory.met.get_or(&(answer.id, outcome.id), || {
            let met = self.read_met(tx, answer, outcome)?;
            Ok(met.map(Arc::new))
        })?;
        Ok(met.unwrap_or_default())
    }

    fn read_met(
        &self,
        tx: &dyn Read,
        answer: &EntryRow,
        outcome: &EntryRow,
    ) -> Result<Option<Met>> {
        let (Some(given), Some(said)) = (self.values_of(tx, answer)?, self.values_of(tx, outcome)?)
        else {
            return Ok(None);
        };
        let Some(kept) = self.kept::<KeptReply>(tx, answer.dossier, &given)? else {
            return Ok(None);
        };
        let met: BTreeSet<u32> = said
            .text(MATCHES)
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let at = kept.places.iter().filter(|(place, _)| met.contains(place));
        let plans = at.flat_map(|(_, plans)| plans);
        let plans: BTreeSet<(EntryId, i64)> = plans
            .filter_map(|number| kept.plans.get(usize::try_from(*number).ok()?).copied())
            .collect();
        let step = |(entry, step)| (entry, step_of(step));
        Ok(Some(plans.into_iter().map(step).collect()))
    }

    /// Seals what our node keeps for itself, filled up so that its length says no more than the points do.
    fn keep(&self, dossier: DossierId, kept: &[u8], to: usize) -> Result<Vec<u8>> {
        let whole = to + 1024;
        let mut plain = Zeroizing::new(encode(&ByteVec::from(kept.to_vec())));
        let filled = plain.len().div_ceil(whole) * whole;
        plain.resize(filled, 0);
        let app = self.clone();
        let key = self.inner.store.update("compare_key", move |tx| {
            match app.object_key(tx.as_read(), dossier, KEY)? {
                Some(key) => Ok::<ObjectKey, AppError>(key),
                None => app.new_object_key(tx, dossier, KEY),
            }
        })?;
        let nonce = random(&*self.inner.random);
        seal::seal(&key, nonce, &kept_cell(dossier), &plain).map_err(|_| AppError::Bug("seal"))
    }

    /// Opens what our node kept; nothing of another node's, or where the key is gone.
    fn kept<T: for<'b> Decode<'b, ()>>(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        values: &Values,
    ) -> Result<Option<T>> {
        let sealed = values.text(KEPT).and_then(|text| BASE64.decode(text).ok());
        let (Some(sealed), Some(key)) = (sealed, self.object_key(tx, dossier, KEY)?) else {
            return Ok(None);
        };
        let Ok(plain) = seal::open(&key, &kept_cell(dossier), &sealed) else {
            return Ok(None);
        };
        let plain = Zeroizing::new(plain);
        // What fills it up follows.
        let kept: Option<ByteVec> = minicbor::Decoder::new(&plain).decode().ok();
        Ok(kept.and_then(|kept| minicbor::decode(&kept).ok()))
    }

    /// Refuses to compare where the charter does not have it, or as much as it allows was asked within the day.
    pub(crate) fn refuse_uncompared(
        &self,
        tx: &dyn Read,
        (recording, config): (&Recording, &Config),
        terms: Option<&Terms>,
        target: Option<&Obligation>,
    ) -> Result<()> {
        let (asks, answers) = (
            recording.entry_type == COMPARE.name,
            recording.entry_type == COMPARED.name,
        );
        if !asks && !answers {
            return Ok(());
        }
        let agreed = terms.ok_or(LinkFault::NoCharter)?.compare;
        let agreed = agreed.ok_or(LinkFault::NoComparing)?;
        if recording.own_only {
            return Err(InputFault::OwnOnly.into());
        }
        let (day, asker, now) = match target.filter(|_| answers) {
            Some(target) => {
                let asker = target.ask.creditor.node();
                (target.ask.at, asker, Some(target.ask.id.entry))
            }
            None => (self.now(), self.inner.me.clone(), None),
        };
        let more = recording.values.text(POINTS).map_or(0, class_of_text);
        for other in config.nodes().into_iter().filter(|node| *node != asker) {
            let between = match other == self.inner.me {
                true => asker.clone(),
                false => other,
            };
            let used = self.points_of_day(tx, (&asker, &between), (day, now))?;
            if used + more > u64::from(agreed.points_a_day) {
                return Err(InputFault::ComparedMost.into());
            }
        }
        Ok(())
    }

    /// How many points a node asked on the day of a moment in dossiers with a partner; up to one comparison, where that is named. What was
    /// erased counts as the largest: otherwise erasing would give back what was asked.
    fn points_of_day(
        &self,
        tx: &dyn Read,
        (asker, partner): (&NodeName, &NodeName),
        (moment, until): (Instant, Option<EntryId>),
    ) -> Result<u64> {
        let day = |at: Instant| at.0.div_euclid(Span::days(1).0);
        let mut used = 0;
        let inquiries = DossierFilter {
            kind: Some("investigation".to_owned()),
            node: Some(partner.clone()),
            ..DossierFilter::default()
        };
        for dossier in all_dossiers(tx, inquiries)? {
            for row in all_of(tx, dossier.id, &[COMPARE.name])? {
                let at = Instant(row.at_ms);
                let counts = match until {
                    Some(until) => (at, row.id) <= (moment, until),
                    None => true,
                };
                let header = regular(&row).filter(|header| header.node() == *asker);
                if header.is_none() || !counts || day(at) != day(moment) {
                    continue;
                }
                let values = self.values_of(tx, &row)?;
                let text = values.as_ref().and_then(|values| values.text(POINTS));
                used += text.map_or(MOST as u64, class_of_text);
            }
        }
        Ok(used)
    }

    /// By when a comparison is answered and its result told: the charter's time, from now.
    pub(crate) fn compared_by(&self, scene: &Scene) -> Option<Instant> {
        let compares = [COMPARE.name, COMPARED.name].contains(&scene.entry_type.name);
        let (_, terms) = scene.terms.as_ref().filter(|_| compares)?;
        let answer = terms.compare.map(|Compare { answer, .. }| answer)?;
        Some(self.now() + answer)
    }
}

impl KeptAsk {
    /// Of how many of one's own steps something was met.
    pub(crate) fn steps_met(&self, same: &[Same]) -> BTreeSet<i64> {
        let met = same.iter().filter_map(|one| self.items.get(one.asked));
        met.flatten().copied().collect()
    }
}

/// The step of a number, where it is one.
pub(crate) fn step_of(number: i64) -> Option<i64> {
    (number != NO_STEP).then_some(number)
}

fn kept_reply<'a>(
    asked: EntryId,
    plans: &[Plan],
    places: impl Iterator<Item = (usize, &'a BTreeSet<usize>)>,
) -> KeptReply {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let places = places
        .map(|(place, of)| (number(place), of.iter().map(|n| number(*n)).collect()))
        .collect();
    let plans = plans.iter();
    KeptReply {
        asked,
        plans: plans
            .map(|plan| (plan.entry, plan.step.unwrap_or(NO_STEP)))
            .collect(),
        places,
    }
}

/// Whether a body is here to be read.
fn here(row: &EntryRow) -> bool {
    row.body == BodyState::Here
}

/// What an answer acts on.
pub(crate) fn answers(tx: &dyn Read, row: &EntryRow) -> Result<Option<ObligationId>> {
    let header = header_of(tx, row.id)?;
    let mut on = header.iter().flat_map(|header| header.acts.on());
    let answered = on.find(|(_, act)| matches!(act, OnAct::Answer { .. }));
    Ok(answered.map(|(obligation, _)| obligation))
}

/// Whether entries of this type plan something that can be compared.
fn is_plan(entry_type: &str) -> bool {
    [TASK.name, DAY.name].contains(&entry_type)
}

fn items_of<'a>(
    plans: impl Iterator<Item = &'a Planned>,
    as_items: fn(&Planned) -> BTreeSet<Item>,
) -> Items {
    let mut items = Items::new();
    for (number, planned) in plans.enumerate() {
        for item in as_items(planned) {
            items.entry(item).or_default().insert(number);
        }
    }
    items
}

/// What our comparison and an answer have in common; nothing where they cannot be compared.
fn in_common(kept: &KeptAsk, asked: &Values, given: &Values) -> Option<Vec<Same>> {
    let asked = points(asked, POINTS)?;
    let (raised, own) = (points(given, RAISED)?, points(given, OWN)?);
    let seed = Seed::new(*kept.seed);
    let reply = Reply { raised, own };
    intersect::same(&seed, &asked, kept.items.len(), &reply).ok()
}

fn points(values: &Values, name: &str) -> Option<Points> {
    let bytes = BASE64.decode(values.text(name)?).ok()?;
    Points::decode(&bytes).ok()
}

/// How many points a text holds, without reading them.
fn class_of_text(text: &str) -> u64 {
    text.len() as u64 * 3 / 4 / intersect::POINT as u64
}

fn put(values: &mut BTreeMap<String, Value>, name: &str, bytes: &[u8]) {
    values.insert(name.to_owned(), Value::Text(BASE64.encode(bytes)));
}

fn too_much(error: IntersectError) -> AppError {
    match error {
        IntersectError::TooMany => InputFault::ComparesTooMuch.into(),
        _ => AppError::Bug("comparison"),
    }
}

fn kept_cell(dossier: DossierId) -> Vec<u8> {
    seal::cell("compare", &dossier.0, KEY, 0)
}
