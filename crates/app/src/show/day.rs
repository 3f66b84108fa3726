//! Joint action days: how each stands follows from obligations and the types of the entries that answered them, what its steps have come
//! to from what their own side said last, also under a day that it replaces ([`super::versions`]). Both nodes compute the same from the same entries, whatever order they came in.

use super::Showing;
use super::plan::{asked_by, made_by};
use super::versions::versions;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::things::named;
use crate::views::{DayLine, DayStanding, DayView};
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::day::{
    ASK_RESULTS, CALL_OFF, DAY, DAY_OF, GO, REPLACES, STEP_RESULT, ZERO, decides_day, is_about_day,
};
use entente_core::obligation::State;
use entente_store::{DossierRow, EntryRow, ObligationRow, Read, StoreExt};

impl App {
    /// A joint action day with its live state.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such day in a dossier that the actor belongs to.
    pub fn day(&self, actor: &Actor, dossier: DossierId, entry: EntryId) -> Result<DayView> {
        let why = self.looks_into(actor, dossier)?;
        let record = AccessRecord::by(actor, Operation::Consult, "action_day").on(entry);
        self.noted(record.within(dossier, why))?;
        let (mut view, found) = self.inner.store.view("action_day", |tx| {
            let view = self.day_in(tx, actor, dossier, entry)?;
            let found = self.near(tx, actor, dossier, Some(entry))?;
            Ok::<_, AppError>((view, found))
        })?;
        view.near = self.told_near(actor, (dossier, why), &found)?;
        Ok(view)
    }

    fn day_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
        entry: EntryId,
    ) -> Result<DayView> {
        let row = self.visible(tx, actor, dossier)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let days = self.days_of(tx, actor, &mut showing, dossier)?;
        let on = |day: &&DayLine| day.replaces == Some(entry) && day.standing == DayStanding::Go;
        let replaced_by = days.iter().find(on).map(|day| day.entry);
        let steps = self.steps_of(tx, actor, (dossier, &versions(&days, entry)))?;
        let day = days.into_iter().find(|day| day.entry == entry);
        let day = day.ok_or(AppError::NotFound)?;
        let mut asks = Vec::new();
        for (row, ob) in asked_by(tx, dossier, Ask::Report, ASK_RESULTS.name)? {
            let of = self.read_by(tx, actor, &row)?;
            if of.and_then(|values| named(&values, DAY_OF)) == Some(entry) {
                asks.extend(showing.obligation(actor, &ob)?);
            }
        }
        Ok(DayView {
            steps: steps.now,
            dropped: steps.dropped,
            forms: self.forms_of_day(actor, &row, &day),
            unheard: self.unheard(tx, &row)?,
            dossier: line,
            day,
            replaced_by,
            asks,
            near: Vec::new(),
            compared: self.comparisons(tx, actor, &row, Some(entry))?,
        })
    }

    /// Every day of a dossier, as each stands now that all are known.
    pub(super) fn days_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Vec<DayLine>> {
        let asked = asked_by(tx, dossier, Ask::Decide, DAY.name)?;
        let ids: Vec<(DossierId, EntryId)> = asked.iter().map(|(e, _)| (dossier, e.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        let stops = self.stops(tx, dossier)?;
        let mut days: Vec<DayLine> = Vec::new();
        for (row, _) in &asked {
            if let Some(header) = regular(row) {
                days.push(self.day_line(tx, actor, showing, (row, &header, &stops))?);
            }
        }
        let on = |day: &&DayLine| day.standing == DayStanding::Go;
        let replaced: Vec<EntryId> = days.iter().filter(on).filter_map(|d| d.replaces).collect();
        for day in &mut days {
            if day.standing == DayStanding::Go && replaced.contains(&day.entry) {
                day.standing = DayStanding::Replaced;
            }
        }
        Ok(days)
    }

    fn day_line(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (row, header, stops): (&EntryRow, &Header, &[Stop]),
    ) -> Result<DayLine> {
        let obs = made_by(tx, row.id, header)?;
        let mut decisions = Vec::new();
        for ob in &obs {
            decisions.extend(showing.obligation(actor, ob)?);
        }
        let values = self.read_by(tx, actor, row)?;
        let stops = stops.iter().filter(|stop| stop.stops(row));
        let called_off: Vec<EntryId> = stops.map(|stop| stop.entry).collect();
        let standing = match called_off.is_empty() {
            false => DayStanding::CalledOff,
            true => decided(tx, header, &obs)?,
        };
        Ok(DayLine {
            entry: row.id,
            service: header.author.service.clone(),
            zero: values.as_ref().and_then(zero_of),
            replaces: values.as_ref().and_then(|v| named(v, REPLACES)),
            values,
            printed: self.prints(tx, actor, row)?,
            standing,
            decisions,
            called_off,
        })
    }

    /// What called days off. It stops them for everybody at once, whoever may read why.
    pub(super) fn stops(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<Stop>> {
        let asked = asked_by(tx, dossier, Ask::Acknowledge, CALL_OFF.name)?;
        let stop = |(row, _): (EntryRow, ObligationRow)| {
            let values = self.values_of(tx, &row)?;
            Ok(Stop {
                entry: row.id,
                day: values.and_then(|values| named(&values, DAY_OF)),
                depth: row.depth,
            })
        };
        asked.into_iter().map(stop).collect()
    }

    /// What may be written about a day as it stands: of steps and results only once it is on.
    fn forms_of_day(
        &self,
        actor: &Actor,
        row: &DossierRow,
        day: &DayLine,
    ) -> Vec<&'static EntryType> {
        let on = day.standing == DayStanding::Go;
        let fits = |entry: &EntryType| match entry.name {
            name if name == CALL_OFF.name => on || day.standing == DayStanding::Proposed,
            name if name == DAY.name => true,
            name if name == STEP_RESULT.name || name == ASK_RESULTS.name => {
                on || day.standing == DayStanding::CalledOff
            }
            // Whether everybody is ready is known before the decision.
            name => is_about_day(name) && (on || day.standing == DayStanding::Proposed),
        };
        self.writable(actor, row, fits)
    }

    /// Partners of a dossier that are not connected now, and since when, as far as it is known.
    fn unheard(&self, tx: &dyn Read, row: &DossierRow) -> Result<Vec<(NodeName, Option<Instant>)>> {
        let nodes: Vec<NodeName> = crate::codec::names(&row.nodes);
        let mut out = Vec::new();
        for node in nodes.into_iter().filter(|node| *node != self.inner.me) {
            let state = self.link_state_in(tx, &node)?;
            if !state.up {
                out.push((node, state.since));
            }
        }
        Ok(out)
    }
}

/// What called a day off.
pub(super) struct Stop {
    pub(super) entry: EntryId,
    day: Option<EntryId>,
    depth: u64,
}

impl Stop {
    /// Whether it stops a day: the one that it names; where its words are gone, every day that came before it. What cannot be read
    /// stops rather than lets on.
    pub(super) fn stops(&self, day: &EntryRow) -> bool {
        match self.day {
            Some(named) => named == day.id,
            None => day.depth < self.depth,
        }
    }
}

/// T0 of a day.
pub(super) fn zero_of(values: &Values) -> Option<Instant> {
    values.moment(ZERO)
}

/// How a day stands by its decisions alone: on only where every state that it is for said go.
pub(super) fn decided(
    tx: &dyn Read,
    header: &Header,
    asks: &[ObligationRow],
) -> Result<DayStanding> {
    let (mut said_go, mut waits) = (Vec::new(), false);
    for ask in asks {
        match decision(tx, ask)? {
            None => waits = true,
            Some(true) => said_go.push(ask.owing.node()),
            Some(false) => return Ok(DayStanding::NoGo),
        }
    }
    let several = header.audience.len() > 1;
    let everybody = header.audience.iter().all(|node| said_go.contains(node));
    Ok(match (waits, several && everybody) {
        (true, _) => DayStanding::Proposed,
        (false, true) => DayStanding::Go,
        (false, false) => DayStanding::NoGo,
    })
}

/// Whether a side said go; nothing while it has not decided. A decision refused, waived or withdrawn, or answered by anything but go, is none.
fn decision(tx: &dyn Read, ask: &ObligationRow) -> Result<Option<bool>> {
    if ask.state.is_open() {
        return Ok(None);
    }
    if ask.state != State::Answered {
        return Ok(Some(false));
    }
    let mut answers: Vec<bool> = Vec::new();
    for act in tx.acts(ask.id)? {
        let row = tx.entry(act.entry)?.filter(|row| decides_day(&row.kind));
        answers.extend(row.map(|row| row.kind == GO.name));
    }
    Ok(Some(!answers.is_empty() && answers.iter().all(|go| *go)))
}
