//! Acts on bridges between purposes (`core::wall`): checked where they are recorded, noted beside what they are about, read on the far side.
//!
//! An entry used for another purpose is read where it stands: nothing of it is copied. So a condition that its originator adds, the end of
//! its permission, and an erasure, of the entry or of the decision, close it on the far side at once.

use crate::authorise::brought_facts;
use crate::codec::header_of;
use crate::error::{AppError, Result};
use crate::relations::Tie;
use crate::search::Wanted;
use crate::show::Showing;
use crate::translation::TRANSLATION;
use crate::views::{BroughtView, ObligationView};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::codes::Purpose;
use entente_core::conditions::{Answer, Use};
use entente_core::field::{Problem, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_core::kinds::bridges::{ENTRY, GROUND, INTO, NUMBER, PURPOSE, PUT_FORWARD};
use entente_core::obligation::Chase;
use entente_core::released::released;
use entente_core::wall::{
    self, Across, Bridge, BridgeGround, Line, Passes, SecurityPurpose, passes, reads_across,
};
use entente_store::{
    BodyState, DossierRow, EntryRow, ObligationFilter, ObligationRow, Read, RelationRow, Write,
};
use std::collections::BTreeSet;

/// How a change of purpose stands between an entry and the opening of the dossier that uses it.
const PURPOSED: u8 = Tie::Purposed.number();
/// How what is put on the agenda stands to [`AGENDA`].
const FORWARDED: u8 = Tie::Forwarded.number();
/// In the place of a point: all that was put on the agenda.
const AGENDA: EntryId = EntryId([0xa9; 32]);
/// Obligations read at once for an agenda.
const AT_ONCE: u32 = 200;
/// Most overdue obligations that are looked through for it, those due first: five times what is read at once.
const LOOK: u32 = 1_000;

/// What an act on a bridge is about.
enum About {
    /// An entry, and the dossier that is to use it.
    Entry(EntryId, DossierId),
    /// The entry that asked for an obligation.
    Obligation(EntryId),
}

impl App {
    /// Refuses an act on a bridge that leads from the wrong side, or is about something that its author does not see.
    pub(crate) fn refuse_bridge(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, config): (&EntryType, DossierId, &Config),
        values: &Values,
    ) -> Result<()> {
        let Some(bridge) = entry_type.bridge() else {
            return Ok(());
        };
        if config.purpose != bridge.from {
            return Err(AppError::Irregular(Irregular::Purpose));
        }
        match self.bridged(tx, actor, (entry_type, dossier, bridge), values)? {
            About::Entry(entry, _) => self.refuse_unpermitted(tx, actor, entry),
            About::Obligation(_) => Ok(()),
        }
    }

    fn bridged(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, bridge): (&EntryType, DossierId, &Bridge),
        values: &Values,
    ) -> Result<About> {
        if entry_type.name == PUT_FORWARD.name {
            let found = self.open_obligation(tx, dossier, values.text(NUMBER).unwrap_or_default());
            let found =
                found?.ok_or_else(|| AppError::field(entry_type, NUMBER, Problem::NothingHere))?;
            return Ok(About::Obligation(found.id.entry));
        }
        let entry = values.text(ENTRY).and_then(|id| id.parse().ok());
        let row = entry.map(|id| tx.entry(id)).transpose()?.flatten();
        let usable = |row: &EntryRow| {
            row.dossier == dossier
                && row.verdict == Verdict::Regular.number()
                && row.body == BodyState::Here
                && wall::bridge_of(&row.kind).is_none()
        };
        let row = row.filter(usable);
        let row = row.ok_or_else(|| AppError::field(entry_type, ENTRY, Problem::NotInList))?;
        let into = values.text(INTO).unwrap_or_default().trim();
        // A number alone would name a dossier of each node, and perhaps another one by the time that the decision is approved.
        let named = into.parse::<DossierId>().is_ok() || Wanted::whole(into).is_some();
        let into = match named {
            true => self.seen_by_name(tx, actor, into)?,
            false => None,
        };
        let of_group = |row: &DossierRow| row.purpose == bridge.to && row.id != dossier;
        let into = into.filter(of_group);
        let into = into.ok_or_else(|| AppError::field(entry_type, INTO, Problem::NothingHere))?;
        Ok(About::Entry(row.id, into.id))
    }

    /// Whether whoever decides may read the entry, and its originator lets it be used for another purpose.
    fn refuse_unpermitted(&self, tx: &dyn Read, actor: &Actor, entry: EntryId) -> Result<()> {
        let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
        self.authorise_with(tx, actor, Action::Read, &row)?;
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        match self.other_purpose(tx, actor, (&row, &header))? {
            Answer::Allowed => Ok(()),
            answer => Err(AppError::Condition(answer)),
        }
    }

    /// What using an entry for another purpose comes to now: of what our node wrote itself, its decision is the originator's.
    fn other_purpose(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        said: (&EntryRow, &Header),
    ) -> Result<Answer> {
        let conditions = self.conditions(tx, actor, said)?;
        // A translation or a release of ours says again what another wrote.
        let repeats = said.0.kind == TRANSLATION || released(said.1).is_some();
        let ours = said.1.node() == self.inner.me && !repeats;
        Ok(match ours {
            true => Answer::Allowed,
            false => conditions.other_purpose(self.now()),
        })
    }

    /// Notes what an act on a bridge is about, beside it, in the transaction that records it.
    pub(crate) fn note_bridge(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (entry_type, dossier, id): (&EntryType, DossierId, EntryId),
        values: &Values,
    ) -> Result<()> {
        let Some(bridge) = entry_type.bridge() else {
            return Ok(());
        };
        let place = (entry_type, dossier, bridge);
        let relation = match self.bridged(tx.as_read(), actor, place, values)? {
            About::Entry(entry, into) => RelationRow {
                entry: id,
                from: entry,
                to: into.opening(),
                to_dossier: into,
                relation: PURPOSED,
            },
            About::Obligation(asked) => RelationRow {
                entry: id,
                from: asked,
                to: AGENDA,
                to_dossier: dossier,
                relation: FORWARDED,
            },
        };
        Ok(tx.insert_relation(&relation)?)
    }

    /// The decisions by which entries of other dossiers are used in this one, each with its entry.
    pub(crate) fn brought_into(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
    ) -> Result<Vec<(EntryRow, EntryId)>> {
        let opening = dossier.opening();
        let mut out = Vec::new();
        for relation in tx.relations(opening)? {
            if relation.relation == PURPOSED
                && relation.to == opening
                && let Some(decision) = standing(tx, relation.entry)?
            {
                out.push((decision, relation.from));
            }
        }
        Ok(out)
    }

    /// Entries of other dossiers that are used for the purpose of this one, as its reader may read them.
    pub(crate) fn brought(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DossierRow,
    ) -> Result<Vec<BroughtView>> {
        let mut out = Vec::new();
        for (decision, entry) in self.brought_into(tx, row.id)? {
            out.extend(self.brought_view(tx, actor, row, (&decision, entry))?);
        }
        out.sort_by_key(|view| (view.decided, view.decision));
        Ok(out)
    }

    fn brought_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        into: &DossierRow,
        (decision, entry): (&EntryRow, EntryId),
    ) -> Result<Option<BroughtView>> {
        let values = self.values_of(tx, decision)?.unwrap_or_default();
        let ground = values.text(GROUND).and_then(BridgeGround::parse);
        let purpose = values.text(PURPOSE).and_then(SecurityPurpose::parse);
        let (Some(ground), Some(purpose), Some(row)) = (ground, purpose, tx.entry(entry)?) else {
            return Ok(None);
        };
        let Some(header) = header_of(tx, entry)? else {
            return Ok(None);
        };
        let answer = self.other_purpose(tx, actor, (&row, &header))?;
        let conditions = self.conditions(tx, actor, (&row, &header))?;
        let mut handling = header.handling;
        handling.codes = handling.codes.union(conditions.codes());
        let allowed = answer.allowed() && conditions.answer(Use::Read, self.now()).allowed();
        let kind = tx.dossier(row.dossier)?.and_then(|d| kinds::find(&d.kind));
        let entry_type = kind.and_then(|kind| kind.entry(&row.kind));
        let ours = header.node() == self.inner.me;
        let may = self.may_read_brought(actor, into, brought_facts(handling, entry_type, ours));
        let from = self.related(tx, actor, row.dossier, None)?;
        Ok(Some(BroughtView {
            entry,
            entry_type,
            type_name: row.kind.clone(),
            service: header.author.service.clone(),
            at: header.at,
            handling,
            said: match allowed && may {
                true => self.values_of(tx, &row)?,
                false => None,
            },
            corrected: self.is_corrected(tx, &row)?,
            printed: conditions.answer(Use::Print, self.now()).allowed(),
            answer,
            from: from.visible.then_some(from),
            decision: decision.id,
            decided: Instant(decision.at_ms),
            ground,
            purpose,
        }))
    }

    /// What of the next meeting's agenda lies on another side of a wall, or in dossiers of another group in which the reader takes no part: for
    /// those who prepare the meeting, obligations that escalation or a decision put there.
    pub(crate) fn across_walls(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
    ) -> Result<Across> {
        if !reads_across(actor.who().roles) {
            return Ok(Across::default());
        }
        let forwarded = self.forwarded(tx)?;
        let mut all = Vec::new();
        for row in &forwarded {
            all.extend(self.line_across(tx, actor, showing, (row, true))?);
        }
        let named: BTreeSet<ObligationId> = forwarded.iter().map(|row| row.id).collect();
        let mut filter = ObligationFilter {
            open: Some(true),
            due_before_ms: Some(self.now().0),
            limit: AT_ONCE,
            ..ObligationFilter::default()
        };
        let mut more = true;
        while filter.offset < LOOK {
            let rows = tx.obligations(&filter)?;
            more = rows.len() >= AT_ONCE as usize;
            self.ahead_of_obligations(tx, &rows)?;
            for row in rows.iter().filter(|row| !named.contains(&row.id)) {
                all.extend(self.line_across(tx, actor, showing, (row, false))?);
            }
            if !more {
                break;
            }
            filter.offset += AT_ONCE;
        }
        let shown = wall::across(Purpose::Governance, all);
        Ok(Across { more, ..shown })
    }

    /// What of an obligation goes over the wall to an agenda, if it is on it and the reader has no part in its dossier; and from which group.
    fn line_across(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (row, forwarded): (&ObligationRow, bool),
    ) -> Result<Option<(Purpose, Line)>> {
        let Some(dossier) = tx.dossier(row.dossier)? else {
            return Ok(None);
        };
        let (from, to) = (dossier.purpose, Purpose::Governance);
        let own = from == to || self.may_in(actor, Action::See, &dossier);
        if own || passes(from, to) == Passes::Nothing {
            return Ok(None);
        }
        let shown = showing.obligation(actor, row)?;
        let on_it = shown.filter(|ob| forwarded || ob.chase == Chase::Meeting);
        let line = |ob: ObligationView| Line {
            number: ob.number,
            ask: ob.ask,
            service: ob.owing,
            due: ob.due,
            state: ob.state,
        };
        Ok(on_it.map(|ob| (from, line(ob))))
    }

    /// The open obligations that were put on the agenda: of an entry that asked for several, the one that the decision names by its number.
    fn forwarded(&self, tx: &dyn Read) -> Result<Vec<ObligationRow>> {
        let mut put = tx.relations(AGENDA)?;
        put.retain(|relation| relation.relation == FORWARDED);
        self.ahead_of_agenda(tx, &put)?;
        let mut out = Vec::new();
        for relation in put {
            let Some(decision) = standing(tx, relation.entry)? else {
                continue;
            };
            let values = self.values_of(tx, &decision)?.unwrap_or_default();
            let wanted = values.text(NUMBER).and_then(Wanted::whole);
            let Some((wanted, header)) = wanted.zip(header_of(tx, relation.from)?) else {
                continue;
            };
            for id in header.asked(relation.from) {
                let row = tx.obligation(id)?;
                let row = row.filter(|row| row.state.is_open());
                if let Some(row) = row
                    && is_numbered(&row, &wanted)?
                    && !out.iter().any(|other: &ObligationRow| other.id == row.id)
                {
                    out.push(row);
                }
            }
        }
        Ok(out)
    }

    /// The open obligation of a dossier by its number.
    fn open_obligation(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        number: &str,
    ) -> Result<Option<ObligationRow>> {
        let Some(wanted) = Wanted::whole(number) else {
            return Ok(None);
        };
        let filter = ObligationFilter {
            dossier: Some(dossier),
            number: Some(wanted.number),
            open: Some(true),
            ..ObligationFilter::default()
        };
        for row in tx.obligations(&filter)? {
            if is_numbered(&row, &wanted)? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

fn is_numbered(row: &ObligationRow, wanted: &Wanted) -> Result<bool> {
    let (place, _) = crate::codec::place_cell(&row.asked_in, "obligation")?;
    Ok(wanted.fits(&crate::show::number(&place.node, row.number)))
}

/// A decision that stands: regular, and with its words. One whose words were erased opens nothing any more.
pub(crate) fn standing(tx: &dyn Read, id: EntryId) -> Result<Option<EntryRow>> {
    let stands =
        |row: &EntryRow| row.verdict == Verdict::Regular.number() && row.body == BodyState::Here;
    Ok(tx.entry(id)?.filter(stands))
}
