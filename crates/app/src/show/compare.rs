//! Comparisons with other states as they are shown: to those who asked whether something is near their own plan, to those who own a plan that
//! was met that it was; and to whoever answers nothing but that they are asked.

use super::plan::{asked_by, made_by};
use super::{MOST_SHOWN, Showing};
use crate::charter::regular;
use crate::compare::{Typed, answers, step_of};
use crate::error::{AppError, Result};
use crate::views::{ComparisonView, Comparisons, Found, TypedView};
use crate::{Actor, App};
use entente_core::able::Able;
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::compare::{COMPARE, COMPARED, OUTCOME};
use entente_core::kinds::investigation::day::DAY;
use entente_core::kinds::investigation::near::Place;
use entente_core::kinds::investigation::plan::TASK;
use entente_core::obligation::State;
use entente_proof::card::verify_card;
use entente_store::{DossierRow, EntryRow, ObligationRow, Read};
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
        let mut out = self.comparable(tx, actor, row, day)?;
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
            let plan = kept.as_ref().and_then(|kept| kept.plan);
            let typed = kept.and_then(|kept| kept.typed);
            let shown = match (plan, &typed) {
                (Some(plan), _) => self.reads(tx, actor, plan, &mut BTreeMap::new())?,
                (None, Some(_)) => self.may_with(tx, actor, Action::Read, &entry)?,
                (None, None) => !own,
            };
            if !shown || (day.is_some() && plan != day) {
                continue;
            }
            let view = ComparisonView {
                entry: entry.id,
                own,
                by_name: own && self.is_by_name(tx, (plan, typed.as_ref()))?,
                plan,
                typed: typed.map(typed_view),
                found: None,
                asks: Vec::new(),
            };
            out.asked
                .push(self.comparison(tx, actor, &mut showing, (&entry, &header, view))?);
            if out.asked.len() == MOST_SHOWN {
                break;
            }
        }
        Ok(out)
    }

    /// Whether some place of what is compared is a name without coordinates.
    fn is_by_name(
        &self,
        tx: &dyn Read,
        (plan, typed): (Option<EntryId>, Option<&Typed>),
    ) -> Result<bool> {
        let row = plan.map(|plan| tx.entry(plan)).transpose()?.flatten();
        let plans = match row {
            Some(row) => self.planned_in(tx, &row)?,
            None => Vec::new(),
        };
        let mut places: Vec<Place> = plans.into_iter().map(|plan| plan.planned.place).collect();
        places.extend(typed.and_then(|typed| Place::read(&typed.place)));
        Ok(places.iter().any(|place| place.micro().is_none()))
    }

    /// A comparison with what is asked by it and, for the side that asked, what was found.
    fn comparison(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (entry, header, mut view): (&EntryRow, &Header, ComparisonView),
    ) -> Result<ComparisonView> {
        for ob in made_by(tx, entry.id, header)? {
            view.asks.extend(showing.obligation(actor, &ob)?);
            for answer in answered_with(tx, &ob, COMPARED.name)? {
                if view.own {
                    view.found = Some(self.found_in(tx, entry, &answer, view.found)?);
                }
                let owed = regular(&answer).map(|header| made_by(tx, answer.id, &header));
                for ob in owed.transpose()?.unwrap_or_default() {
                    view.asks.extend(showing.obligation(actor, &ob)?);
                }
            }
        }
        Ok(view)
    }

    /// What an answer met, beside what those of other states did.
    fn found_in(
        &self,
        tx: &dyn Read,
        asking: &EntryRow,
        answer: &EntryRow,
        before: Option<Found>,
    ) -> Result<Found> {
        let here = match self.found_by(tx, asking, answer)? {
            None => Found::Unreadable,
            Some(found) => match found.1.len() {
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

    /// What may be compared now: own plans to come with a place and a time, and what the reader types, where the charter has it and the
    /// reader may ask; or which partner's program does not know it.
    fn comparable(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
        day: Option<EntryId>,
    ) -> Result<Comparisons> {
        let mut out = Comparisons::default();
        let config = crate::codec::config_of(tx, row.id)?;
        let terms = match &config {
            Some(config) => self.terms_of_dossier(tx, row.id, config)?,
            None => None,
        };
        let agreed = terms.is_some_and(|(_, terms)| terms.compare.is_some());
        let writes = self.writable(actor, row, |entry| entry.name == COMPARE.name);
        if !agreed || writes.is_empty() {
            return Ok(out);
        }
        out.older = self.partners_without(tx, row, &COMPARE)?;
        if !out.older.is_empty() {
            return Ok(out);
        }
        out.typed = day.is_none();
        for entry in crate::codec::all_of(tx, row.id, &[TASK.name, DAY.name])? {
            let wanted = day.is_none_or(|day| day == entry.id) && regular(&entry).is_some();
            if wanted
                && !self.planned_in(tx, &entry)?.is_empty()
                && self.may_with(tx, actor, Action::Read, &entry)?
            {
                out.offered.push(entry.id);
            }
        }
        Ok(out)
    }

    /// The partners of a dossier whose programs, by their cards, do not know a type of entry.
    fn partners_without(
        &self,
        tx: &dyn Read,
        row: &DossierRow,
        entry_type: &EntryType,
    ) -> Result<Vec<NodeName>> {
        let mut out = Vec::new();
        for node in crate::codec::names::<NodeName>(&row.nodes) {
            let partner = tx.partner(&node)?.filter(|_| node != self.inner.me);
            let Some(partner) = partner else {
                continue;
            };
            let card = verify_card(&partner.card).map_err(|_| AppError::Bug("partner's card"))?;
            let theirs = Able {
                rules: card.rules,
                kinds: card.kinds,
            };
            if theirs.version_of(entry_type).is_none() {
                out.push(node);
            }
        }
        Ok(out)
    }

    /// What another state plans near what our own comparisons in a dossier asked about.
    pub(super) fn met_here(&self, tx: &dyn Read, dossier: DossierId) -> Result<BTreeSet<Met>> {
        let mut out = BTreeSet::new();
        for (entry, ob) in asked_by(tx, dossier, Ask::Decide, COMPARE.name)? {
            if regular(&entry).is_none_or(|header| header.node() != self.inner.me) {
                continue;
            }
            for answer in answered_with(tx, &ob, COMPARED.name)? {
                let Some(found) = self.found_by(tx, &entry, &answer)? else {
                    continue;
                };
                let (plan, steps) = &*found;
                out.extend(steps.iter().map(|step| Met {
                    of: plan.unwrap_or(entry.id),
                    step: step_of(*step),
                    by: answer.id,
                }));
            }
        }
        Ok(out)
    }

    /// Plans of ours that the other sides' comparisons met, wherever they were asked: of the dossiers in which our node answered, the outcomes.
    pub(super) fn met_by_others(&self, tx: &dyn Read) -> Result<BTreeSet<Met>> {
        let mut out = BTreeSet::new();
        for dossier in self.dossiers_compared(tx)? {
            for outcome in crate::codec::all_of(tx, dossier, &[OUTCOME.name])? {
                let Some(answer) = self.answer_told(tx, &outcome)? else {
                    continue;
                };
                let plans = self.plans_met(tx, &answer, &outcome)?;
                out.extend(plans.iter().map(|(plan, step)| Met {
                    of: *plan,
                    step: *step,
                    by: answer.id,
                }));
            }
        }
        Ok(out)
    }

    /// The answer of ours of which a regular outcome tells what came, as what was asked stands answered by it.
    fn answer_told(&self, tx: &dyn Read, outcome: &EntryRow) -> Result<Option<EntryRow>> {
        let ended = regular(outcome).map(|_| answers(tx, outcome)).transpose()?;
        let ob = ended.flatten().map(|id| tx.obligation(id)).transpose()?;
        let ours = |ob: &ObligationRow| {
            ob.ask == Ask::Report
                && ob.state == State::Answered
                && ob.creditor.node() == self.inner.me
        };
        let Some(ob) = ob.flatten().filter(ours) else {
            return Ok(None);
        };
        Ok(tx
            .entry(ob.id.entry)?
            .filter(|row| row.kind == COMPARED.name))
    }
}

/// What a comparison met: a plan of ours, or, where a place was typed, the entry that asked; by which answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Met {
    pub(super) of: EntryId,
    pub(super) step: Option<i64>,
    pub(super) by: EntryId,
}

fn typed_view(typed: Typed) -> TypedView {
    TypedView {
        place: typed.place,
        from: Instant(typed.from),
        until: Instant(typed.until),
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
