//! Comparisons with other states as they are shown: to those who asked whether something is near their own plan, to those who own a plan that
//! was met that it was; and to whoever answers nothing but that they are asked.

use super::plan::{asked_by, made_by};
use super::{MOST_SHOWN, Showing};
use crate::charter::regular;
use crate::compare::{answers, step_of};
use crate::error::Result;
use crate::views::{ComparisonView, Comparisons, Found, NearView, ObligationView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::{COMPARE, COMPARED, OUTCOME};
use entente_core::kinds::investigation::day::DAY;
use entente_core::kinds::investigation::plan::TASK;
use entente_core::obligation::State;
use entente_store::{DossierRow, EntryRow, ObligationFilter, ObligationRow, Read};
use std::collections::{BTreeMap, BTreeSet};

impl App {
    /// The comparisons of a dossier, or of one of its days: those of our own side whose plan the reader may read, and those that the other
    /// sides asked.
    pub(super) fn comparisons(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
        day: Option<EntryId>,
    ) -> Result<Comparisons> {
        let mut showing = Showing::new(self, tx);
        let mut out = Comparisons {
            offered: self.comparable(tx, actor, row, day)?,
            asked: Vec::new(),
        };
        let mut asked = asked_by(tx, row.id, Ask::Decide, COMPARE.name)?;
        asked.sort_by_key(|(entry, _)| std::cmp::Reverse((entry.depth, entry.id)));
        for (entry, _) in asked {
            let Some(header) = regular(&entry) else {
                continue;
            };
            let own = header.node() == self.inner.me;
            let kept = match own {
                true => self.kept_ask(tx, &entry)?,
                false => None,
            };
            let plan = kept.map(|kept| kept.plan);
            let shown = match plan {
                Some(plan) => self.reads(tx, actor, plan, &mut BTreeMap::new())?,
                None => !own,
            };
            if !shown || (day.is_some() && plan != day) {
                continue;
            }
            out.asked
                .push(self.comparison(tx, actor, &mut showing, (&entry, &header, plan))?);
            if out.asked.len() == MOST_SHOWN {
                break;
            }
        }
        Ok(out)
    }

    fn comparison(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (entry, header, plan): (&EntryRow, &Header, Option<EntryId>),
    ) -> Result<ComparisonView> {
        let mut asks: Vec<ObligationView> = Vec::new();
        let mut found = None;
        for ob in made_by(tx, entry.id, header)? {
            asks.extend(showing.obligation(actor, &ob)?);
            for answer in answered_with(tx, &ob, COMPARED.name)? {
                if plan.is_some() {
                    found = Some(self.found_in(tx, entry, &answer, found)?);
                }
                let owed = regular(&answer).map(|header| made_by(tx, answer.id, &header));
                for ob in owed.transpose()?.unwrap_or_default() {
                    asks.extend(showing.obligation(actor, &ob)?);
                }
            }
        }
        Ok(ComparisonView {
            entry: entry.id,
            plan,
            found,
            asks,
        })
    }

    /// What an answer met, beside what those of other states did.
    fn found_in(
        &self,
        tx: &dyn Read,
        asking: &EntryRow,
        answer: &EntryRow,
        before: Option<Found>,
    ) -> Result<Found> {
        let here = match self.same_in(tx, asking, answer)? {
            None => Found::Unreadable,
            Some((kept, same)) => match kept.steps_met(&same).len() {
                0 => Found::Nothing,
                steps => Found::Near(steps),
            },
        };
        Ok(match (before, here) {
            (Some(Found::Near(one)), Found::Near(other)) => Found::Near(one.max(other)),
            (Some(Found::Near(one)), _) => Found::Near(one),
            (Some(Found::Unreadable), Found::Nothing) => Found::Unreadable,
            (_, here) => here,
        })
    }

    /// What may be compared now: own plans to come with a place and a time, where the charter has it and the reader may ask.
    fn comparable(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
        day: Option<EntryId>,
    ) -> Result<Vec<EntryId>> {
        let config = crate::codec::config_of(tx, row.id)?;
        let terms = match &config {
            Some(config) => self.terms_of_dossier(tx, row.id, config)?,
            None => None,
        };
        let agreed = terms.is_some_and(|(_, terms)| terms.compare.is_some());
        let writes = self.writable(actor, row, |entry| entry.name == COMPARE.name);
        if !agreed || writes.is_empty() {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        for entry in crate::codec::all_of(tx, row.id, &[TASK.name, DAY.name])? {
            let wanted = day.is_none_or(|day| day == entry.id) && regular(&entry).is_some();
            if wanted
                && !self.planned_in(tx, &entry)?.is_empty()
                && self.may_with(tx, actor, Action::Read, &entry)?
            {
                out.push(entry.id);
            }
        }
        Ok(out)
    }

    /// What another state plans near the plans of a dossier, as comparisons found: those that were asked here, and those that were answered
    /// anywhere in this node.
    pub(super) fn near_abroad(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, day): (DossierId, Option<EntryId>),
        near: &mut BTreeSet<NearView>,
    ) -> Result<()> {
        let mut readable = BTreeMap::new();
        let mut met = self.met_here(tx, dossier)?;
        met.extend(self.met_by_others(tx, dossier)?);
        for (entry, step) in met {
            if day.is_none_or(|day| day == entry) && self.reads(tx, actor, entry, &mut readable)? {
                near.insert(NearView {
                    entry,
                    step,
                    abroad: true,
                    other: None,
                });
            }
        }
        Ok(())
    }

    /// Plans of this dossier that our own comparisons found near something.
    fn met_here(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<BTreeSet<(EntryId, Option<i64>)>> {
        let mut out = BTreeSet::new();
        for (entry, ob) in asked_by(tx, dossier, Ask::Decide, COMPARE.name)? {
            if regular(&entry).is_none_or(|header| header.node() != self.inner.me) {
                continue;
            }
            for answer in answered_with(tx, &ob, COMPARED.name)? {
                if let Some((kept, same)) = self.same_in(tx, &entry, &answer)? {
                    let steps = kept.steps_met(&same).into_iter();
                    out.extend(steps.map(|step| (kept.plan, step_of(step))));
                }
            }
        }
        Ok(out)
    }

    /// Plans of this dossier that the other side's comparisons met, wherever they were asked.
    fn met_by_others(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<BTreeSet<(EntryId, Option<i64>)>> {
        let filter = ObligationFilter {
            ask: Some(Ask::Report),
            creditor_node: Some(self.inner.me.clone()),
            open: Some(false),
            limit: super::plan::MOST,
            ..ObligationFilter::default()
        };
        let mut out = BTreeSet::new();
        for ob in tx.obligations(&filter)? {
            let answer = tx.entry(ob.id.entry)?;
            let Some(answer) = answer.filter(|row| row.kind == COMPARED.name) else {
                continue;
            };
            for outcome in answered_with(tx, &ob, OUTCOME.name)? {
                for (plan, step) in self.plans_met(tx, &answer, &outcome)? {
                    let here = tx.entry(plan)?.is_some_and(|row| row.dossier == dossier);
                    if here {
                        out.insert((plan, step));
                    }
                }
            }
        }
        Ok(out)
    }
}

/// The entries of a type that answered an obligation.
fn answered_with(tx: &dyn Read, ob: &ObligationRow, entry_type: &str) -> Result<Vec<EntryRow>> {
    let mut out = Vec::new();
    if ob.state != State::Answered {
        return Ok(out);
    }
    for act in tx.acts(ob.id)? {
        let row = tx.entry(act.entry)?.filter(|row| row.kind == entry_type);
        let row = row.filter(|row| regular(row).is_some());
        if let Some(row) = row
            && answers(tx, &row)? == Some(ob.id)
        {
            out.push(row);
        }
    }
    Ok(out)
}
