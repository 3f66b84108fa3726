//! Deconfliction of times and places within a node: what one service plans near what another plans, across dossiers that they may not see.
//!
//! Places and times of others are compared here and given out to nobody. Whoever may read the other plan anyway is led to it; everybody else
//! learns that another service of this node plans something near there and then, and no more. Plans of a partner's services are compared
//! only where the reader may read them: what a partner entrusted to one dossier is told to no other. That somebody was told stands in an
//! access record before they see it.

use super::compare::Met;
use super::day::{decided, zero_of};
use super::plan::made_by;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::{all_dossiers, all_with_words};
use crate::error::Result;
use crate::reasons::Why;
use crate::views::{DayStanding, NearOther, NearView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::kinds::investigation::compare::COMPARE;
use entente_core::kinds::investigation::day::{DAY, STEPS};
use entente_core::kinds::investigation::near::{Place, Planned, TOLERANCE};
use entente_core::kinds::investigation::plan::{ENDS, PLACE, STARTS, TASK};
use entente_core::kinds::investigation::steps;
use entente_store::{DossierFilter, EntryRow, Read};
use std::collections::{BTreeMap, BTreeSet};

/// How long a step lasts for this comparison: nobody types an end for it.
const STEP_LASTS: Span = Span::hours(1);

/// Something planned, whoever may read it.
pub(crate) struct Plan {
    pub(crate) dossier: DossierId,
    pub(crate) entry: EntryId,
    pub(crate) step: Option<i64>,
    pub(crate) service: ServiceName,
    pub(crate) planned: Planned,
}

/// All that is planned in this node, and which of it other states' comparisons met: read once for a page.
pub(super) struct Planning {
    plans: Vec<Plan>,
    met: BTreeSet<Met>,
}

impl Planning {
    /// Whether one of these services does something of what an entry plans.
    pub(super) fn is_done_by(&self, entry: EntryId, services: &[ServiceName]) -> bool {
        let mut of = self.plans.iter().filter(|plan| plan.entry == entry);
        of.any(|plan| services.contains(&plan.service))
    }
}

/// By what something is near, so that it is known again: the step, the other entry or the answer to a comparison, and its step.
pub(super) type By = (Option<i64>, EntryId, Option<i64>);

/// What was found near, and the other dossiers that it came from.
#[derive(Default)]
pub(super) struct Found {
    pub(super) near: BTreeSet<NearView>,
    pub(super) dossiers: BTreeSet<DossierId>,
    /// For each entry of the dossier, by what it is near: what was typed for a comparison too, which is no plan.
    pub(super) by: BTreeMap<EntryId, BTreeSet<By>>,
}

impl Found {
    /// What is told of it.
    pub(super) fn told(&self) -> Vec<NearView> {
        self.near.iter().cloned().collect()
    }
}

impl App {
    /// What is planned near what this dossier plans; of one day only, where it is named.
    pub(super) fn near(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        day: Option<EntryId>,
    ) -> Result<Found> {
        let planning = self.planning(tx)?;
        self.near_among(tx, actor, &planning, (dossier, day))
    }

    /// What is planned here by everybody, to look for what is near.
    pub(super) fn planning(&self, tx: &dyn Read) -> Result<Planning> {
        Ok(Planning {
            plans: self.plans(tx)?,
            met: self.met_by_others(tx)?,
        })
    }

    /// The same among what was read before.
    pub(super) fn near_among(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        planning: &Planning,
        (dossier, day): (DossierId, Option<EntryId>),
    ) -> Result<Found> {
        let all = &planning.plans;
        let mut found = Found::default();
        let mut readable: BTreeMap<EntryId, bool> = BTreeMap::new();
        let own = all.iter().filter(|plan| plan.dossier == dossier);
        for own in own.filter(|plan| day.is_none_or(|day| day == plan.entry)) {
            if !self.reads(tx, actor, own.entry, &mut readable)? {
                continue;
            }
            for other in all.iter().filter(|other| clash(own, other)) {
                let read = self.reads(tx, actor, other.entry, &mut readable)?;
                if !read && other.service.node() != self.inner.me {
                    continue;
                }
                found.dossiers.insert(other.dossier);
                let by = found.by.entry(own.entry).or_default();
                by.insert((own.step, other.entry, other.step));
                found.near.insert(NearView {
                    entry: own.entry,
                    step: own.step,
                    abroad: false,
                    other: read.then(|| NearOther {
                        dossier: other.dossier,
                        entry: other.entry,
                        service: other.service.clone(),
                    }),
                });
            }
        }
        self.near_abroad(tx, actor, planning, ((dossier, day), &mut found))?;
        Ok(found)
    }

    /// What another state plans near what a dossier plans or asked about, as comparisons found: those that were asked here, and those that were
    /// answered anywhere in this node.
    fn near_abroad(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        planning: &Planning,
        ((dossier, day), found): ((DossierId, Option<EntryId>), &mut Found),
    ) -> Result<()> {
        let mut readable = BTreeMap::new();
        let mut met = self.met_here(tx, dossier)?;
        met.extend(&planning.met);
        for Met { of, step, by } in met
            .into_iter()
            .filter(|met| day.is_none_or(|d| d == met.of))
        {
            let row = tx.entry(of)?.filter(|row| row.dossier == dossier);
            let Some(row) = row else { continue };
            if !self.is_still_met(tx, planning, (&row, step))?
                || !self.reads(tx, actor, of, &mut readable)?
            {
                continue;
            }
            found.by.entry(of).or_default().insert((step, by, None));
            // What was typed is no plan: its comparison says what was found.
            if row.kind != COMPARE.name {
                found.near.insert(NearView {
                    entry: of,
                    step,
                    abroad: true,
                    other: None,
                });
            }
        }
        Ok(())
    }

    /// Whether what a comparison met is to come: a plan that is on, or what was typed while its time is not past.
    fn is_still_met(
        &self,
        tx: &dyn Read,
        planning: &Planning,
        (of, step): (&EntryRow, Option<i64>),
    ) -> Result<bool> {
        if of.kind != COMPARE.name {
            let mut plans = planning.plans.iter();
            return Ok(plans.any(|plan| plan.entry == of.id && plan.step == step));
        }
        let typed = self.kept_ask(tx, of)?.and_then(|kept| kept.typed);
        Ok(typed.is_some_and(|typed| Instant(typed.until) + TOLERANCE >= self.now()))
    }

    /// What is told of it, once a record says that it is; from then on the front page tells this officer of it no more.
    pub(super) fn told_near(
        &self,
        actor: &Actor,
        (dossier, why): (DossierId, Why),
        found: &Found,
    ) -> Result<Vec<NearView>> {
        if !found.near.is_empty() {
            let record = AccessRecord {
                dossiers: found.dossiers.iter().map(DossierId::to_string).collect(),
                ..AccessRecord::by(actor, Operation::Consult, "planned_near")
            };
            self.noted(record.within(dossier, why))?;
        }
        self.looked_after(actor, found)?;
        Ok(found.told())
    }

    pub(super) fn reads(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry: EntryId,
        known: &mut BTreeMap<EntryId, bool>,
    ) -> Result<bool> {
        if let Some(read) = known.get(&entry) {
            return Ok(*read);
        }
        let row = tx.entry(entry)?;
        let read = match row {
            Some(row) if self.seen_by(tx, actor, row.dossier)?.is_some() => {
                self.may_with(tx, actor, Action::Read, &row)?
            }
            _ => false,
        };
        known.insert(entry, read);
        Ok(read)
    }

    /// Everything planned in the investigations of this node that is not over: open tasks, and days that are not off.
    pub(crate) fn plans(&self, tx: &dyn Read) -> Result<Vec<Plan>> {
        let inquiries = DossierFilter {
            kind: Some("investigation".to_owned()),
            ..DossierFilter::default()
        };
        let mut out = Vec::new();
        for dossier in all_dossiers(tx, inquiries)? {
            let rows = all_with_words(tx, dossier.id, &[TASK.name, DAY.name])?;
            for row in rows {
                match row.kind == TASK.name {
                    true => out.extend(self.planned_open(tx, &row)?),
                    false => out.extend(self.planned_day(tx, &row)?),
                }
            }
        }
        Ok(out)
    }

    /// A task while it is owed, and not over.
    fn planned_open(&self, tx: &dyn Read, row: &EntryRow) -> Result<Option<Plan>> {
        let service = row.service.parse().ok();
        let plan = service.map(|service| self.planned_task(tx, row, &service));
        let plan = plan
            .transpose()?
            .flatten()
            .filter(|plan| self.is_to_come(plan));
        let (Some(plan), Some(header)) = (plan, regular(row)) else {
            return Ok(None);
        };
        let owed = made_by(tx, row.id, &header)?;
        let open = owed
            .into_iter()
            .find(|ob| ob.ask == Ask::Act && ob.state.is_open());
        Ok(open.map(|ob| Plan {
            service: ob.owing,
            ..plan
        }))
    }

    fn is_to_come(&self, plan: &Plan) -> bool {
        plan.planned.until + TOLERANCE >= self.now()
    }

    pub(crate) fn planned_task(
        &self,
        tx: &dyn Read,
        row: &EntryRow,
        service: &ServiceName,
    ) -> Result<Option<Plan>> {
        let values = self.values_of(tx, row)?.filter(|_| regular(row).is_some());
        let planned = values.as_ref().and_then(when_and_where);
        Ok(planned.map(|planned| Plan {
            dossier: row.dossier,
            entry: row.id,
            step: None,
            service: service.clone(),
            planned,
        }))
    }

    /// The steps of a day that are not over, unless it is off.
    fn planned_day(&self, tx: &dyn Read, row: &EntryRow) -> Result<Vec<Plan>> {
        let Some(header) = regular(row) else {
            return Ok(Vec::new());
        };
        let mut steps = self.steps_planned(tx, row)?;
        steps.retain(|plan| self.is_to_come(plan));
        if steps.is_empty() {
            return Ok(steps);
        }
        let asks = made_by(tx, row.id, &header)?;
        let stops = self.stops(tx, row.dossier)?;
        let off = stops.iter().any(|stop| stop.stops(row));
        match off || decided(tx, &header, &asks)? == DayStanding::NoGo {
            true => Ok(Vec::new()),
            false => Ok(steps),
        }
    }

    /// The steps of a day with a place, whether or not it is on.
    pub(crate) fn steps_planned(&self, tx: &dyn Read, row: &EntryRow) -> Result<Vec<Plan>> {
        let Some(values) = self.values_of(tx, row)? else {
            return Ok(Vec::new());
        };
        let (Some(zero), Some(text)) = (zero_of(&values), values.text(STEPS)) else {
            return Ok(Vec::new());
        };
        let steps = (1i64..).zip(steps::steps(text));
        let plan = |(number, step): (i64, steps::Step)| {
            let from = step.at.after(zero);
            Some(Plan {
                dossier: row.dossier,
                entry: row.id,
                step: Some(number),
                planned: Planned {
                    place: Place::read(&step.place)?,
                    from,
                    until: from + STEP_LASTS,
                },
                service: step.service,
            })
        };
        Ok(steps.filter_map(plan).collect())
    }
}

/// Whether two plans are of different services and near each other.
fn clash(own: &Plan, other: &Plan) -> bool {
    let another = own.entry != other.entry && own.service != other.service;
    another && own.planned.is_near(&other.planned)
}

/// Where and when a task is to be done; nothing where it does not say both.
fn when_and_where(values: &Values) -> Option<Planned> {
    let from = values.moment(STARTS).or_else(|| values.moment(ENDS))?;
    Some(Planned {
        place: Place::read(values.text(PLACE)?)?,
        from,
        until: values.moment(ENDS).unwrap_or(from).max(from),
    })
}
