//! Erasing what a dossier holds at the end of its term, because nobody decided otherwise, or because an officer decided that it goes.
//!
//! What our node wrote goes by the erasures that people write too: so it goes at the partner's as well, who is asked to attest it. Our copies
//! of what others wrote go here; the entry `expired` says so under signature (`told.rs`), and is what a restored node or an inspector reads. Each
//! portion is a transaction, and the next run goes on wherever the last one ended: what is left is what can still be read.

use super::{Kept, Staying, Stays, is_evidence_of, keeping_service};
use crate::access::{AccessRecord, Operation};
use crate::codec::{by_pages, config_of};
use crate::drafts::{ByPasskey, Content, Signing};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::translation::spoken;
use crate::{Actor, App, Recorded, Recording};
use entente_core::codes::Ask;
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::instant::Instant;
use entente_core::judge::Irregular;
use entente_core::kinds::erasure::{ASK_ERASURE, ERASE, WHOLE};
use entente_core::kinds::keeping::EXPIRED;
use entente_core::label::{Label, Lang, label};
use entente_store::{BodyState, EntryRow, Read, ReviewFilter, ReviewRow, StoreExt, WAITING, Write};
use std::ops::ControlFlow;

/// By whom the node's own entries under the rule are written: a name that no officer can have.
pub(crate) const KEEPER: &str = "node:keeping";
/// What people read in place of its name.
const KEEPER_CALLED: Label = label(
    "le nœud, selon la règle de conservation",
    "العقدة، وفق قاعدة الحفظ",
    "the node, by the rule on keeping",
);
/// Reviews looked at in one go, and dossiers erased in one run.
const RUN: u32 = 100;
/// Entries erased in one transaction.
const AT_ONCE: usize = App::MOST_ERASED;

/// Who wrote by the rule, in the reader's language.
pub(crate) fn keeper_called(reader: Lang) -> String {
    KEEPER_CALLED.get(reader).to_owned()
}

/// What one transaction came to.
enum Step {
    /// Something was erased; there may be more.
    More,
    /// Nothing is left to erase.
    Done(Option<Recorded>),
    /// What is left stays for now.
    Stays,
    /// It is not due any more.
    NotDue,
}

/// What can still be read and is to go, by how it goes.
#[derive(Default)]
struct Portion {
    /// Ours, for all who take part.
    shared: Vec<EntryId>,
    /// Ours, for our node alone.
    own: Vec<EntryId>,
    /// What others wrote, and what of ours is for whoever no erasure of ours would reach any more: it goes here.
    here: Vec<EntryId>,
    /// Whether anything that could be read stays.
    stays: bool,
    /// Whether anything came since our node said last that all is destroyed.
    fresh: bool,
    /// Whether any of that is ours and others may hold it.
    ours: bool,
}

impl Portion {
    fn is_empty(&self) -> bool {
        self.shared.is_empty() && self.own.is_empty() && self.here.is_empty()
    }
    fn is_full(&self) -> bool {
        let lists = [&self.shared, &self.own, &self.here];
        lists.iter().any(|list| list.len() >= AT_ONCE)
    }
}

impl App {
    /// Keeps the reviews: works out those that changed, announces those that come near, and erases what nobody decided on. Gives how many
    /// dossiers were erased.
    ///
    /// # Errors
    /// Storage. What is left is for the next time.
    pub fn keep_reviews(&self) -> Result<u64> {
        let closed = self.inner.store.view("keeping_closed", |tx| {
            Ok::<_, AppError>(self.refuse_closed(tx).is_err())
        })?;
        if closed {
            return Ok(0);
        }
        self.work_out_reviews()?;
        let Some(now) = self.believed_now()? else {
            return Ok(0);
        };
        self.announce_reviews(now)?;
        let erased = self.erase_overdue(now)?;
        self.answer_expired()?;
        Ok(erased)
    }

    /// Looks at all that is due: erases what was before the time of grace and was announced as long before; how many dossiers.
    fn erase_overdue(&self, now: Instant) -> Result<u64> {
        let (mut erased, mut after) = (0, None);
        loop {
            let filter = ReviewFilter {
                before_ms: now.0,
                after,
                limit: RUN,
                ..ReviewFilter::default()
            };
            let rows = self.inner.store.view("overdue_reviews", |tx| {
                Ok::<_, AppError>(tx.reviews(&filter)?)
            })?;
            let Some(row) = rows.last() else {
                return Ok(erased);
            };
            after = Some((row.due_ms, row.dossier));
            for row in rows {
                erased += u64::from(self.expire_or_skip(&row)?);
                if erased >= u64::from(RUN) {
                    return Ok(erased);
                }
            }
        }
    }

    /// Erases a dossier that nobody decided on; whether it did. One that cannot be erased holds up no other: it stays overdue.
    fn expire_or_skip(&self, review: &ReviewRow) -> Result<bool> {
        match self.expire(review, None) {
            Ok(step) => Ok(step.is_some()),
            Err(error @ AppError::Store(_)) => Err(error),
            Err(error) => {
                tracing::warn!(dossier = %review.dossier, %error, "a dossier at the end of its term could not be erased");
                Ok(false)
            }
        }
    }

    /// Erases a dossier, portion by portion. None where it stays, or is not due any more.
    fn expire(&self, review: &ReviewRow, by: Option<(&Actor, &Recording)>) -> Result<Option<Step>> {
        loop {
            let (app, dossier) = (self.clone(), review.dossier);
            let by = by.map(|(actor, recording)| (actor.clone(), recording.clone()));
            let (step, queued) = self.inner.store.update("expire", move |tx| {
                let by = by.as_ref().map(|(actor, recording)| (actor, recording));
                app.expire_some(tx, dossier, by)
            })?;
            self.announce_in(review.dossier, &queued);
            match step {
                Step::More => {}
                Step::Stays | Step::NotDue => return Ok(None),
                done @ Step::Done(_) => return Ok(Some(done)),
            }
        }
    }

    /// An officer decides that all goes that we hold of a dossier, without waiting for its day.
    pub(crate) fn expire_by(&self, actor: &Actor, recording: &Recording) -> Result<Recorded> {
        let dossier = recording.dossier.ok_or(AppError::NotFound)?;
        self.inner.store.view("may_expire", |tx| {
            self.refuse_closed(tx)?;
            self.visible(tx, actor, dossier)?;
            let kept = self.kept_of(tx, dossier)?.ok_or(AppError::NotFound)?;
            // All of it goes, or nothing: what stays would be told to be gone.
            let staying = self.stays(tx, &kept, false)?;
            // What our node wrote goes by erasures, which a passkey signs: first all of those, then the rest.
            if self.has_own(tx, dossier)? {
                self.refuse_without_passkey(tx, actor)?;
            }
            if staying.has(Stays::Held) || self.is_released_somewhere(tx, dossier)? {
                return Err(InputFault::Held.into());
            }
            match staying.has(Stays::Owed) {
                true => Err(AppError::Irregular(Irregular::StillOwed)),
                false => Ok(()),
            }
        })?;
        // Nothing goes before it is certain that it can be told.
        let (app, officer, said) = (self.clone(), actor.clone(), recording.clone());
        self.undo(move |tx| {
            let values = (said.values.clone(), app.now());
            app.say_expired(tx, (&officer, dossier), values, said.target)
        })?;
        let review = ReviewRow {
            dossier,
            due_ms: 0,
            told_ms: 0,
        };
        match self.expire(&review, Some((actor, recording)))? {
            Some(Step::Done(Some(recorded))) => Ok(recorded),
            // Everything of it is gone already.
            Some(_) => Err(AppError::Stale),
            None => Err(InputFault::Held.into()),
        }
    }

    fn expire_some(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        by: Option<(&Actor, &Recording)>,
    ) -> Result<(Step, Vec<NodeName>)> {
        let none = Vec::new();
        let Some(kept) = self.kept_of(tx.as_read(), dossier)? else {
            return Ok((Step::NotDue, none));
        };
        let now = self.now();
        let last = now - self.inner.oversight.keeping.grace;
        let by_silence = by.is_none();
        let each = kept.kind.keeps.each;
        if by_silence && !each && kept.due() > now {
            put_due(tx, dossier, kept.due())?;
            return Ok((Step::NotDue, none));
        }
        let staying = self.stays(tx.as_read(), &kept, by_silence)?;
        if by_silence && !staying.all.is_empty() {
            announce_again(tx, dossier, now)?;
        }
        if !staying.all.is_empty() {
            return Ok((Step::Stays, none));
        }
        if by_silence && !self.is_time(tx.as_read(), &kept, last)? {
            return Ok((Step::NotDue, none));
        }
        let until = if by_silence { last } else { now };
        let portion = self.portion(tx.as_read(), &kept, &staying, (until, by_silence))?;
        let keeper = self.keeper(&kept);
        let actor = by.map_or(&keeper, |(actor, _)| actor);
        let full = portion.is_full();
        let Portion {
            stays, fresh, ours, ..
        } = portion;
        let erased = !portion.is_empty();
        let mut queued = self.erase_portion(tx, actor, dossier, portion)?;
        // What goes last and the word of it are one transaction: nothing that fits is ever gone untold.
        match (full, stays, erased) {
            (true, ..) | (_, true, true) => return Ok((Step::More, queued)),
            (_, true, false) => return Ok((Step::Stays, queued)),
            _ => {}
        }
        let term = kept.kind.keeps.term(kept.terms.as_deref());
        let mut done = Step::NotDue;
        if fresh {
            let values = by.map(|(_, recording)| recording.values.clone());
            // Of entries that have each a day of their own, those are gone whose term had passed by the last day; all of them, where even
            // what comes now has none.
            let some = each && by_silence && !kept.passed_of(now, last);
            let before = if some { last - term } else { now };
            let said = (values.unwrap_or_default(), before);
            let target = by.and_then(|(_, recording)| recording.target);
            if ours {
                queued.extend(self.ask_attestation(tx, (actor, dossier))?);
            }
            let (recorded, partners) = self.say_expired(tx, (actor, dossier), said, target)?;
            queued.extend(partners);
            done = Step::Done(Some(recorded));
        } else if !each {
            done = Step::Done(None);
        }
        // What comes later is looked at when its own term has passed.
        let next = match each {
            true => self.kept_of(tx.as_read(), dossier)?.map(|kept| kept.due()),
            false => None,
        };
        put_due(tx, dossier, next.unwrap_or(kept.a_term_from(now)))?;
        Ok((done, queued))
    }

    /// The next entries that can be read and are to go.
    fn portion(
        &self,
        tx: &dyn Read,
        kept: &Kept,
        staying: &Staying,
        (until, by_silence): (Instant, bool),
    ) -> Result<Portion> {
        let config = config_of(tx, kept.row.id)?.ok_or(AppError::NotFound)?;
        let nodes = config.nodes();
        let told = self.told_of(tx, kept)?;
        let mut portion = Portion::default();
        by_pages(tx, kept.row.id, |rows| {
            let mut reached = false;
            for row in &rows {
                let passed = !by_silence || kept.passed(row, until);
                reached |= passed;
                if is_evidence_of(row) || row.verdict == WAITING || !passed {
                    continue;
                }
                let header = Header::from_bytes(&row.header).ok();
                let fresh = told.lacks(row, header.as_ref())?;
                portion.fresh |= fresh;
                portion.ours |= fresh && self.is_shared(header.as_ref());
                if row.body != BodyState::Here {
                    continue;
                }
                let stays = staying.keeps(row.id) || self.is_released_on(tx, kept, row)?;
                match stays {
                    true => portion.stays = true,
                    false => self.sort_in(&mut portion, row, header.as_ref(), &nodes),
                }
                if portion.is_full() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            // They stand in causal order, which is that of time but for clocks that differ.
            Ok(match reached {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            })
        })?;
        Ok(portion)
    }

    /// Whether an entry is ours and others may hold it.
    fn is_shared(&self, header: Option<&Header>) -> bool {
        header.is_some_and(|h| h.node() == self.inner.me && h.audience.len() > 1)
    }

    fn sort_in(
        &self,
        portion: &mut Portion,
        row: &EntryRow,
        header: Option<&Header>,
        nodes: &[NodeName],
    ) {
        let counts = header.filter(|h| h.node() == self.inner.me && row.depth > 0);
        let list = match counts {
            Some(header) if header.audience.len() == 1 => &mut portion.own,
            Some(header) if header.audience == nodes => &mut portion.shared,
            _ => &mut portion.here,
        };
        list.push(row.id);
    }

    /// Whether anything of a dossier that can be read was released into another.
    fn is_released_somewhere(&self, tx: &dyn Read, dossier: DossierId) -> Result<bool> {
        let released = by_pages(tx, dossier, |rows| {
            for row in rows.iter().filter(|row| row.body == BodyState::Here) {
                if self.is_released(tx, row.id)? {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        Ok(released?.is_some())
    }

    /// Whether people knew long enough that a dossier is due; where it has nothing left to read, whether its day is as long ago.
    fn is_time(&self, tx: &dyn Read, kept: &Kept, last: Instant) -> Result<bool> {
        let dossier = kept.row.id;
        let Some(review) = tx.review(dossier)?.filter(|row| row.due_ms <= last.0) else {
            return Ok(false);
        };
        let known = review.told_ms != 0 && review.told_ms <= last.0;
        Ok(known || self.first_readable(tx, dossier)?.is_none())
    }

    fn erase_portion(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        dossier: DossierId,
        portion: Portion,
    ) -> Result<Vec<NodeName>> {
        let mut queued = Vec::new();
        let of_ours = [(portion.shared, false), (portion.own, true)];
        for (erases, own_only) in of_ours.into_iter().filter(|(list, _)| !list.is_empty()) {
            let recording = Recording {
                dossier: Some(dossier),
                entry_type: ERASE.name.to_owned(),
                erases,
                own_only,
                ..Recording::default()
            };
            queued.extend(self.record_by_rule(tx, actor, &recording)?.1);
        }
        if !portion.here.is_empty() {
            let record = AccessRecord {
                dossier: Some(dossier.to_string()),
                ..AccessRecord::by(actor, Operation::Erase, EXPIRED.name)
            };
            self.record_access(tx, &record)?;
        }
        for entry in portion.here {
            self.erase_here(tx, dossier, entry)?;
        }
        Ok(queued)
    }

    /// Asks whoever may hold what we wrote to attest that it is gone.
    fn ask_attestation(
        &self,
        tx: &mut dyn Write,
        (actor, dossier): (&Actor, DossierId),
    ) -> Result<Vec<NodeName>> {
        let asks = Recording {
            dossier: Some(dossier),
            entry_type: ASK_ERASURE.name.to_owned(),
            values: Values {
                lang: None,
                values: [(WHOLE.to_owned(), Value::Flag(true))].into(),
            },
            ..Recording::default()
        };
        match self.asks_somebody(tx.as_read(), actor, &asks)? {
            true => Ok(self.record_by_rule(tx, actor, &asks)?.1),
            false => Ok(Vec::new()),
        }
    }

    /// Says what became of what we hold, in answer to a request that it is written on.
    fn say_expired(
        &self,
        tx: &mut dyn Write,
        (actor, dossier): (&Actor, DossierId),
        said: (Values, Instant),
        target: Option<ObligationId>,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        let asked = target.map(|id| tx.obligation(id)).transpose()?.flatten();
        let asked = asked.filter(|ob| {
            ob.ask == Ask::Erase && ob.state.is_open() && ob.debtor.node() == self.inner.me
        });
        let target = asked.map(|ob| ob.id);
        self.record_expired(tx, (actor, dossier), said, target)
    }

    pub(super) fn record_expired(
        &self,
        tx: &mut dyn Write,
        (actor, dossier): (&Actor, DossierId),
        (values, before): (Values, Instant),
        target: Option<ObligationId>,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        let mut recording = Recording {
            dossier: Some(dossier),
            entry_type: EXPIRED.name.to_owned(),
            values,
            target,
            expired: Some(before),
            ..Recording::default()
        };
        recording.own_only = self.unknown_to_others(tx.as_read(), &EXPIRED, dossier)?;
        if recording.own_only {
            // An answer is for whoever asked: where their program does not know this one, people attest.
            recording.target = None;
        }
        self.record_by_rule(tx, actor, &recording)
    }

    /// Records what only destroys or says that it is done: no words of anybody's leave with it, so no officer signs it.
    fn record_by_rule(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        let rule = [&ERASE, &ASK_ERASURE, &EXPIRED].into_iter();
        let mut rule = rule.filter(|entry| entry.name == recording.entry_type);
        let entry_type = rule.next().ok_or(AppError::Bug("no entry of the rule"))?;
        let mut body = recording.values.body_of(entry_type.fields);
        body.lang = spoken(entry_type, &body);
        let body = self.new_body(body.to_bytes());
        let signing = match actor.id.as_str() {
            KEEPER => Signing::Rule,
            _ => Signing::Own,
        };
        let content = Content {
            body: &body,
            files: &[],
            signing,
            passkey: ByPasskey::No,
        };
        self.record_in(tx, actor, recording, content)
    }

    /// The node itself, as the author of what follows from a rule.
    pub(super) fn keeper(&self, kept: &Kept) -> Actor {
        let service = keeping_service(self, &kept.row);
        Actor {
            id: KEEPER.to_owned(),
            name: String::new(),
            services: vec![service.clone()],
            service,
            roles: Vec::new(),
            lang: Lang::En,
            acts_for: None,
            reasons: Vec::new(),
        }
    }
}

/// The time of grace begins anew while something stays: whoever waited for an answer has time to use it.
fn announce_again(tx: &mut dyn Write, dossier: DossierId, now: Instant) -> Result<()> {
    match tx.review(dossier)? {
        Some(row) => Ok(tx.put_review(&ReviewRow {
            told_ms: now.0,
            ..row
        })?),
        None => Ok(()),
    }
}

/// A dossier is due on another day, which is not announced yet.
fn put_due(tx: &mut dyn Write, dossier: DossierId, due: Instant) -> Result<()> {
    Ok(tx.put_review(&ReviewRow {
        dossier,
        due_ms: due.0,
        told_ms: 0,
    })?)
}
