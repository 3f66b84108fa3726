//! An originator's conditions at the recipient (invariant 6): what may be done with a partner's entry, gathered from the entries that
//! say so and answered by `core::conditions`. Every way out asks here, through `authorise.rs`.
//!
//! What is ours has no conditions for us. A translation of ours says again what a partner wrote, and has its conditions. A permission
//! opens nothing once its text is gone: its limits would be unknown.

use crate::assurances::said_in;
use crate::codec::{cell, header_of};
use crate::error::{AppError, Result};
use crate::relations::Tie;
use crate::translation::TRANSLATION;
use crate::views::{ConditionText, ConditionsView, Granted, Wanted};
use crate::{Actor, App, Recording};
use entente_core::able::Able;
use entente_core::act::Act;
use entente_core::codes::{Ask, Urgency};
use entente_core::conditions::{Answer, Conditions, Grant, Restriction, Use, Uses};
use entente_core::field::{Bind, FieldError, Problem, Values};
use entente_core::floor::Action;
use entente_core::handling::HandlingCodes;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Causal, Verdict};
use entente_core::kind::EntryType;
use entente_core::kinds::conditions::{CONDITION, PROCEEDINGS, TO_WHOM};
use entente_core::kinds::erasure::ATTEST_ERASURE;
use entente_core::kinds::proceedings::TOLD;
use entente_core::kinds::programme;
use entente_core::released::released;
use entente_proof::card::verify_card;
use entente_store::{BodyState, EntryRow, ObligationFilter, Read, RelationRow, StoreExt, Write};

/// How entries about conditions stand to the entry that they are about.
const TIGHTENS: u8 = Tie::Tightens.number();
const PERMITS: u8 = Tie::Permits.number();
const WANTS: u8 = Tie::Wants.number();
const CONFIRMS: u8 = Tie::Confirms.number();

/// An entry with its header.
type Said = (EntryRow, Header);

/// What was said of an entry's conditions, with the entries that said it.
#[derive(Default)]
pub(crate) struct Found {
    /// What restricts it, each with the entry that says so.
    restrictions: Vec<(Said, Restriction)>,
    /// What permits it, each with the node that asked.
    permits: Vec<(Said, Grant, NodeName)>,
    /// What was asked for.
    wants: Vec<(Said, Uses)>,
}

impl Found {
    /// What binds a node: nothing that it wrote itself, and the permissions that were given to it.
    pub(crate) fn binding(&self, me: &NodeName) -> Conditions {
        let theirs = self.restrictions.iter();
        let theirs = theirs.filter(|((_, header), _)| header.node() != *me);
        let given = self.permits.iter().filter(|(_, _, to)| to == me);
        Conditions {
            restrictions: theirs.map(|(_, restriction)| *restriction).collect(),
            grants: given.map(|(_, grant, _)| grant.clone()).collect(),
        }
    }

    /// What its originator was asked to permit: by which entries, which uses.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = (EntryId, Uses)> {
        self.wants.iter().map(|((row, _), uses)| (row.id, *uses))
    }

    /// All codes that were ever set, by whomever.
    pub(crate) fn codes(&self) -> HandlingCodes {
        let all = self.restrictions.iter().map(|(_, r)| r.codes);
        all.fold(HandlingCodes::default(), HandlingCodes::union)
    }

    fn until(&self) -> Option<Instant> {
        self.restrictions.iter().filter_map(|(_, r)| r.until).min()
    }
}

/// The use that an action on an entry makes of what it says.
pub(crate) fn use_of(action: Action) -> Option<Use> {
    match action {
        Action::Read => Some(Use::Read),
        Action::OpenFile => Some(Use::OpenFile),
        Action::Export => Some(Use::Prove),
        _ => None,
    }
}

impl App {
    /// What the originator of an entry said of its conditions, as far as it is here; with who of our officers confirmed them.
    pub(crate) fn said_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Found> {
        let mut found = Found::default();
        let own = (row.clone(), header.clone());
        let codes = header.handling.codes;
        let none = HandlingCodes::default();
        match self.repeated(tx, row, header)? {
            // What a translation took over from its original is conditioned, worded and permitted there.
            Some(original) if row.kind == TRANSLATION => {
                let taken = original.1.handling.codes;
                self.gather(tx, actor, (&own, codes.beyond(taken)), &mut found)?;
                self.gather(tx, actor, (&original, taken), &mut found)?;
            }
            // What a release shows may have been tightened where it was written.
            Some(original) => {
                self.gather(tx, actor, (&own, codes), &mut found)?;
                self.gather(tx, actor, (&original, none), &mut found)?;
            }
            None => self.gather(tx, actor, (&own, codes), &mut found)?,
        }
        Ok(found)
    }

    /// What binds our node of an entry.
    pub(crate) fn conditions(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Conditions> {
        let me = &self.inner.me;
        // What is ours and repeats nobody else has none: nothing is read for it, which most of a page is.
        let repeats = row.kind == TRANSLATION || released(header).is_some();
        let found = match header.node() == *me && !repeats {
            true => Found::default(),
            false => self.said_of(tx, actor, (row, header))?,
        };
        Ok(found.binding(me))
    }

    /// What a use of an entry comes to now.
    pub(crate) fn answer_to(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        what: Use,
        said: (&EntryRow, &Header),
    ) -> Result<Answer> {
        Ok(self.conditions(tx, actor, said)?.answer(what, self.now()))
    }

    /// What an entry says again: the original of a translation or of a release, if it is here.
    fn repeated(&self, tx: &dyn Read, row: &EntryRow, header: &Header) -> Result<Option<Said>> {
        let original = match released(header) {
            Some((entry, _)) => Some(entry),
            None if row.kind == TRANSLATION => {
                let values = self.values_of(tx, row)?;
                values.and_then(|v| v.text("of")?.parse().ok())
            }
            None => None,
        };
        let Some(row) = original.map(|id| tx.entry(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let header = Header::from_bytes(&row.header).ok();
        Ok(header.map(|header| (row, header)))
    }

    fn gather(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        ((row, header), codes): (&Said, HandlingCodes),
        found: &mut Found,
    ) -> Result<()> {
        let relations = tx.relations(row.id)?;
        let about = |sort: u8| {
            let of = move |r: &&RelationRow| r.relation == sort && r.to == row.id;
            relations.iter().filter(of).map(|r| r.entry)
        };
        let mut restrictions = Vec::new();
        if !codes.is_empty() {
            restrictions.push(((row.clone(), header.clone()), codes, None));
        }
        for id in about(TIGHTENS) {
            let Some((by, acts)) = said(tx, id)? else {
                continue;
            };
            for act in &acts.acts.known {
                if let Act::Tighten { codes, until, .. } = act {
                    restrictions.push(((by.clone(), acts.clone()), *codes, *until));
                }
            }
        }
        let mut known = Vec::with_capacity(restrictions.len());
        for (by, codes, until) in restrictions {
            // Nobody confirms what their own node set.
            let read = !codes.contains(HandlingCodes::H3)
                || by.1.node() == self.inner.me
                || self.confirmed(tx, actor, &by.0)?;
            known.push((
                by.clone(),
                Restriction {
                    by: by.0.id,
                    codes,
                    until,
                    read,
                },
            ));
        }
        for id in about(PERMITS) {
            found.permits.extend(permitted(tx, id, &known)?);
        }
        for id in about(WANTS) {
            let wanted = said(tx, id)?.and_then(|said| {
                let uses = wanted(&said.1)?;
                Some((said, uses))
            });
            found.wants.extend(wanted);
        }
        found.restrictions.extend(known);
        Ok(())
    }

    /// Whether an officer confirmed that they read the condition that an entry holds.
    fn confirmed(&self, tx: &dyn Read, actor: &Actor, condition: &EntryRow) -> Result<bool> {
        let Some(pseudonym) = tx.pseudonym(condition.dossier, &actor.id)? else {
            return Ok(false);
        };
        for relation in tx.relations(condition.id)? {
            if relation.relation == CONFIRMS
                && relation.to == condition.id
                && let Some((_, header)) = said(tx, relation.entry)?
                && header.node() == self.inner.me
                && header.author.officer.0 == pseudonym
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Notes what a regular entry says of the conditions of another.
    pub(crate) fn note_condition(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        act: &Act,
    ) -> Result<()> {
        let (to, relation) = match act {
            Act::Wants { entry, .. } => (*entry, WANTS),
            Act::Permit { entry, .. } => (*entry, PERMITS),
            Act::Tighten { entry, .. } => (*entry, TIGHTENS),
            Act::Confirm { condition } => (*condition, CONFIRMS),
            _ => return Ok(()),
        };
        Ok(tx.insert_relation(&RelationRow {
            entry: row.id,
            from: row.id,
            to,
            to_dossier: row.dossier,
            relation,
        })?)
    }

    /// An entry's conditions for reading. Their free text is shown to whoever might read the entry but for them.
    pub(crate) fn conditions_view(
        &self,
        tx: &dyn Read,
        found: &Found,
        readable: bool,
    ) -> Result<ConditionsView> {
        let now = self.now();
        let conditions = found.binding(&self.inner.me);
        let mut texts = Vec::new();
        for ((row, _), restriction) in &found.restrictions {
            if readable && restriction.codes.contains(HandlingCodes::H3) {
                texts.push(self.condition_text(tx, row, restriction.read)?);
            }
        }
        let mut granted = Vec::new();
        for ((row, _), grant, to) in &found.permits {
            let values = self.values_of(tx, row)?.unwrap_or_default();
            let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
            granted.push(Granted {
                entry: row.id,
                to: to.clone(),
                uses: grant.uses,
                until: grant.until,
                holds: grant.holds(now),
                proceedings: text(PROCEEDINGS),
                to_whom: text(TO_WHOM),
                lang: values.lang,
            });
        }
        let answers = Use::ALL.map(|what| (what, conditions.answer(what, now)));
        Ok(ConditionsView {
            codes: found.codes(),
            until: found.until(),
            tightened: found
                .restrictions
                .iter()
                .filter(|((row, _), _)| row.kind == TIGHTEN)
                .map(|((row, _), _)| row.id)
                .collect(),
            texts,
            answers: answers.to_vec(),
            granted,
            wanted: self.wanted_of(tx, found)?,
        })
    }

    fn condition_text(&self, tx: &dyn Read, row: &EntryRow, read: bool) -> Result<ConditionText> {
        let values = self.values_of(tx, row)?.unwrap_or_default();
        Ok(ConditionText {
            by: row.id,
            dossier: row.dossier,
            text: values.text(CONDITION).unwrap_or_default().to_owned(),
            lang: values.lang,
            assured: said_in(&values),
            read,
        })
    }

    /// The asks for permission that nobody has answered.
    fn wanted_of(&self, tx: &dyn Read, found: &Found) -> Result<Vec<Wanted>> {
        let mut out = Vec::new();
        for ((row, _), uses) in &found.wants {
            let id = ObligationId {
                entry: row.id,
                index: 0,
            };
            let open = tx.obligation(id)?.filter(|ob| ob.state.is_open());
            out.extend(open.map(|_| Wanted {
                entry: row.id,
                uses: *uses,
            }));
        }
        Ok(out)
    }

    /// What a permission that is being written permits: the ask that it answers.
    pub(crate) fn asked_to_permit(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        target: Option<ObligationId>,
    ) -> Result<Option<Act>> {
        let Some(id) = target.filter(|_| entry_type.permits_uses()) else {
            return Ok(None);
        };
        let header = header_of(tx, id.entry)?;
        let acts = header.map(|h| h.acts.known).unwrap_or_default();
        Ok(acts.into_iter().find(|a| matches!(a, Act::Wants { .. })))
    }

    /// Whom an ask for permission asks: the service that wrote the entry, while it takes part.
    pub(crate) fn originator(
        &self,
        tx: &dyn Read,
        values: &Values,
        participants: &[ServiceName],
    ) -> Result<Option<ServiceName>> {
        let id: Option<EntryId> = values.text(ENTRY).and_then(|id| id.parse().ok());
        let row = id.map(|id| tx.entry(id)).transpose()?.flatten();
        let service = row.and_then(|row| row.service.parse::<ServiceName>().ok());
        let Some(service) = service else {
            return Ok(None);
        };
        if participants.contains(&service) {
            return Ok(Some(service));
        }
        let liaison = crate::record::liaison_of(&service.node());
        let of_node = || participants.iter().filter(|s| s.node() == service.node());
        let known = of_node().find(|s| **s == liaison).or(of_node().next());
        Ok(known.cloned())
    }

    /// Whether the entry that a form about conditions names is one that the actor sees in this dossier, and on the right side.
    pub(crate) fn refuse_strange_entry(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        dossier: DossierId,
        values: &Values,
    ) -> Result<()> {
        let Some(field) = entry_type.field(Bind::Of) else {
            return Ok(());
        };
        let id: Option<EntryId> = values.text(field.name).and_then(|id| id.parse().ok());
        let header = id.map(|id| said(tx, id)).transpose()?.flatten();
        let here = header.filter(|(row, _)| row.dossier == dossier);
        let ours = here.map(|(_, header)| header.node() == self.inner.me);
        let tightens = entry_type.name == TIGHTEN;
        match ours {
            Some(ours) if ours == tightens => Ok(()),
            _ => Err(AppError::Fields(vec![field.error(Problem::NotInList)])),
        }
    }

    /// A confirmation that the partners' programs do not know stays at home: it opens the content all the same. So does what our node says
    /// of how long it keeps.
    pub(crate) fn stays_here(&self, entry_type: &EntryType, recording: &Recording) -> Result<bool> {
        // Whom a side told is that side's to keep, and so is who takes part in what it teaches.
        if entry_type.name == TOLD.name || programme::is_at_home(entry_type.name) {
            return Ok(true);
        }
        let at_home = entry_type.confirms() || entry_type.is_on_keeping();
        let Some(dossier) = recording.dossier.filter(|_| at_home) else {
            return Ok(false);
        };
        self.inner.store.view("confirms_at_home", |tx| {
            self.unknown_to_others(tx, entry_type, dossier)
        })
    }

    /// Whether the program of any other node in a dossier does not know a type of entry, by its card.
    pub(crate) fn unknown_to_others(
        &self,
        tx: &dyn Read,
        entry_type: &EntryType,
        dossier: DossierId,
    ) -> Result<bool> {
        let config = crate::codec::config_of(tx, dossier)?.ok_or(AppError::NotFound)?;
        for node in config.nodes().iter().filter(|n| **n != self.inner.me) {
            let Some(row) = tx.partner(node)? else {
                continue;
            };
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("partner's card"))?;
            let able = Able {
                rules: card.rules,
                kinds: card.kinds,
            };
            if able.version_of(entry_type).is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How long after an end that is set its copies must be gone: what the charter gives for an erasure.
    pub(crate) fn grace(terms: Option<&entente_core::charter::Terms>) -> Span {
        let allowed = terms.and_then(|t| t.allowed(Ask::Erase, Urgency::Normal));
        allowed.unwrap_or(Span(0))
    }
}

/// Name of the type by which conditions are tightened.
const TIGHTEN: &str = entente_core::kinds::conditions::TIGHTEN.name;
/// Field of the entry that a form about conditions names.
const ENTRY: &str = "entry";

/// A regular entry with its header.
fn said(tx: &dyn Read, id: EntryId) -> Result<Option<Said>> {
    let row = tx.entry(id)?;
    let row = row.filter(|row| row.verdict == Verdict::Regular.number());
    Ok(row.and_then(|row| {
        let header = Header::from_bytes(&row.header).ok()?;
        Some((row, header))
    }))
}

fn wanted(header: &Header) -> Option<Uses> {
    header.acts.known.iter().find_map(|act| match act {
        Act::Wants { uses, .. } => Some(*uses),
        _ => None,
    })
}

/// A permission, with the node that it is given to. Whose text is gone has unknown limits, and opens nothing.
fn permitted(
    tx: &dyn Read,
    id: EntryId,
    known: &[(Said, Restriction)],
) -> Result<Option<(Said, Grant, NodeName)>> {
    let Some((row, header)) = said(tx, id)?.filter(|(row, _)| row.body == BodyState::Here) else {
        return Ok(None);
    };
    let mut to = None;
    for (obligation, _) in header.acts.on() {
        to = header_of(tx, obligation.entry)?.map(|asking| asking.node());
    }
    let seen = cell::<Causal>(&row.causal, "entry", "causal")?.seen;
    let mut lifts = Vec::new();
    for ((by, header), restriction) in known {
        let place: Causal = cell(&by.causal, "entry", "causal")?;
        if seen.contains(&place.lane(header), header.seq) {
            lifts.push(restriction.by);
        }
    }
    let permits = header.acts.known.iter().find_map(|act| match act {
        Act::Permit { uses, until, .. } => Some((*uses, *until)),
        _ => None,
    });
    Ok(permits.zip(to).map(|((uses, until), to)| {
        let grant = Grant {
            by: row.id,
            uses,
            until,
            lifts,
        };
        ((row, header), grant, to)
    }))
}

/// A condition without its text is none: whoever sets H3 says what it is.
pub(crate) fn unsaid(entry_type: &EntryType, values: &Values) -> Option<FieldError> {
    let set = [Bind::Handling, Bind::MoreCodes].into_iter();
    let mut set = set.filter_map(|bind| HandlingCodes::parse(entry_type.text(values, bind)?));
    let h3 = set.any(|codes| codes.contains(HandlingCodes::H3));
    let said = values.text(CONDITION).is_some_and(|t| !t.trim().is_empty());
    (h3 && !said)
        .then(|| entry_type.wrong(CONDITION, Problem::Missing))
        .flatten()
}

impl App {
    /// Erases here what partners' ends have come for: each end that was set asks our node to attest it, and what is still open of
    /// that is looked through. Gives how many entries were erased.
    ///
    /// # Errors
    /// Storage only.
    pub fn erase_ended(&self) -> Result<u64> {
        let now = self.now();
        let filter = ObligationFilter {
            debtor_node: Some(self.inner.me.clone()),
            ask: Some(Ask::Erase),
            open: Some(true),
            ..ObligationFilter::default()
        };
        let due = self.inner.store.view("ended", |tx| {
            let mut due = Vec::new();
            for ob in tx.obligations(&filter)? {
                due.extend(ended(tx, ob.id.entry, now)?);
            }
            Ok::<_, AppError>(due)
        })?;
        let count = due.len();
        if due.is_empty() {
            return Ok(0);
        }
        let app = self.clone();
        self.inner.store.update("erase_ended", move |tx| {
            for (dossier, entry) in &due {
                app.erase_here(tx, *dossier, *entry)?;
            }
            Ok::<_, AppError>(())
        })?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

impl App {
    /// What our node attests to be destroyed before its end, is: nothing is left for the day itself.
    pub(crate) fn attested(
        &self,
        tx: &mut dyn Write,
        (attestation, attesting): (EntryId, &Header),
        obligation: ObligationId,
    ) -> Result<()> {
        if attesting.node() != self.inner.me {
            return Ok(());
        }
        if attesting.kind == ATTEST_ERASURE.name {
            self.erase_transit_copy(tx, attestation, obligation.entry)?;
        }
        let asking = header_of(tx.as_read(), obligation.entry)?;
        let acts = asking.map(|h| h.acts.known).unwrap_or_default();
        for act in acts {
            if let Act::Tighten { entry, .. } = act
                && let Some(row) = tx.entry(entry)?
                && row.body == BodyState::Here
            {
                self.erase_here(tx, row.dossier, row.id)?;
            }
        }
        Ok(())
    }
}

/// The entry whose end, set by this one, has come while its body is here.
fn ended(tx: &dyn Read, by: EntryId, now: Instant) -> Result<Option<(DossierId, EntryId)>> {
    let header = header_of(tx, by)?;
    let acts = header.map(|h| h.acts.known).unwrap_or_default();
    for act in acts {
        if let Act::Tighten {
            entry,
            until: Some(until),
            ..
        } = act
            && until <= now
            && let Some(row) = tx.entry(entry)?
            && row.body == BodyState::Here
        {
            return Ok(Some((row.dossier, row.id)));
        }
    }
    Ok(None)
}
