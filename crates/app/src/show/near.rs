//! Deconfliction of times and places within a node: what one service plans near what another plans, across dossiers that they may not see.
//!
//! Places and times of others are compared here and given out to nobody. Whoever may read the other plan anyway is led to it; everybody else
//! learns that another service of this node plans something near there and then, and no more. Plans of a partner's services are compared
//! only where the reader may read them: what a partner entrusted to one dossier is told to no other. That somebody was told stands in an
//! access record before they see it.

use super::day::{decided, zero_of};
use super::plan::{MOST, made_by};
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::error::Result;
use crate::reasons::Why;
use crate::views::{DayStanding, NearOther, NearView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::Span;
use entente_core::kinds::investigation::day::{DAY, STEPS};
use entente_core::kinds::investigation::near::{Place, Planned, TOLERANCE};
use entente_core::kinds::investigation::plan::{ENDS, PLACE, STARTS, TASK};
use entente_core::kinds::investigation::steps;
use entente_store::{EntryRow, ObligationFilter, Read};
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

/// What was found near, and the other dossiers that it came from.
pub(super) struct Found {
    near: BTreeSet<NearView>,
    dossiers: BTreeSet<DossierId>,
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
        let all = self.plans(tx)?;
        let mut found = Found {
            near: BTreeSet::new(),
            dossiers: BTreeSet::new(),
        };
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
        self.near_abroad(tx, actor, (dossier, day), &mut found.near)?;
        Ok(found)
    }

    /// What is told of it, once a record says that it is.
    pub(super) fn told_near(
        &self,
        actor: &Actor,
        (dossier, why): (DossierId, Why),
        found: Found,
    ) -> Result<Vec<NearView>> {
        if !found.near.is_empty() {
            let record = AccessRecord {
                dossiers: found.dossiers.iter().map(DossierId::to_string).collect(),
                ..AccessRecord::by(actor, Operation::Consult, "planned_near")
            };
            self.noted(record.within(dossier, why))?;
        }
        Ok(found.near.into_iter().collect())
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
        let mut out = Vec::new();
        let mut done: BTreeSet<EntryId> = BTreeSet::new();
        for (ask, open) in [(Ask::Act, Some(true)), (Ask::Decide, None)] {
            let filter = ObligationFilter {
                ask: Some(ask),
                open,
                limit: MOST,
                ..ObligationFilter::default()
            };
            let asked = tx.obligations(&filter)?;
            crate::ahead::of_asking(tx, &asked)?;
            for ob in asked {
                if ob.kind != "investigation" || !done.insert(ob.id.entry) {
                    continue;
                }
                let Some(row) = tx.entry(ob.id.entry)? else {
                    continue;
                };
                if row.kind == TASK.name {
                    out.extend(self.planned_task(tx, &row, &ob.owing)?);
                } else if row.kind == DAY.name {
                    out.extend(self.planned_day(tx, &row)?);
                }
            }
        }
        let now = self.now();
        out.retain(|plan| plan.planned.until + TOLERANCE >= now);
        Ok(out)
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

    fn planned_day(&self, tx: &dyn Read, row: &EntryRow) -> Result<Vec<Plan>> {
        let Some(header) = regular(row) else {
            return Ok(Vec::new());
        };
        let asks = made_by(tx, row.id, &header)?;
        let off = self
            .stops(tx, row.dossier)?
            .iter()
            .any(|stop| stop.stops(row));
        if off || decided(tx, &header, &asks)? == DayStanding::NoGo {
            return Ok(Vec::new());
        }
        self.steps_planned(tx, row)
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
