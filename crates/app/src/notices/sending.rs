//! Mails on their way: made, taken by one process, sent, settled. What a mail says is stored before it is sent and the trace of it with it
//! (invariant 11); whichever process ends in between, the mail goes out, under the same identifier.
//!
//! Whoever takes a mail holds it for [`LEASE`], longer than any conversation with a mail server may last. If a process dies between the server's
//! word that it took a mail and our own note of it, that mail is sent once more with the same `Message-ID`, by which mail systems know a duplicate:
//! nobody can do better over SMTP (RFC 1047), and losing it would be worse.

use super::{CODE, DAY, Kept, MAIL_DIGEST};
use crate::access::{AccessRecord, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::people::actor_of;
use crate::{Actor, App};
use entente_core::codes::Class;
use entente_core::instant::{Instant, Span};
use entente_core::label::Lang;
use entente_core::notice::{Digest, Frequency, Wishes};
use entente_store::{NoticeRow, Read, StoreError, StoreExt};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long whoever took a mail may need to send it.
pub const LEASE: Span = Span::minutes(10);
/// How often it is looked whether something became late, for those who wish to know at once.
const AT_ONCE: Span = Span::minutes(5);
/// Pause after the first failure; every further one is twice as long, up to [`LONGEST_PAUSE`].
const PAUSE: Span = Span::minutes(1);
/// See [`PAUSE`].
const LONGEST_PAUSE: Span = Span::hours(4);
/// After so many failures a mail is let go, and the next one says what is so then: nothing counts as told.
const MOST_TRIES: u32 = 12;

/// Most mails at once of an officer within an hour, and within a day.
const AT_ONCE_HOUR: usize = 1;
/// See [`AT_ONCE_HOUR`].
const AT_ONCE_DAY: usize = 6;
/// What was written just before a mail was made is new once more rather than never: clocks of replicas differ a little.
const OVERLAP: Span = Span::minutes(1);
/// A row that cannot be read waits so long, and holds up nobody else's mail.
const PUT_OFF: Span = Span::hours(1);
/// Most times that further rows are looked at in one go.
const LOOKS: usize = 500;

/// What a mail is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mail {
    /// What there is to do.
    Digest(Digest),
    /// The code that confirms an address.
    Code(String),
}

/// Why a mail was not sent, as far as it is kept and shown: a closed list, no word of the server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailFailure {
    /// The server cannot be reached, or went silent.
    Unreachable,
    /// Its certificate is not one of the authorities named, or it speaks no TLS.
    Untrusted,
    /// It does not take our credentials.
    Credentials,
    /// It refuses for now.
    Later,
    /// It refuses for good.
    Refused,
}

impl MailFailure {
    /// A stable name, for logs and figures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Untrusted => "untrusted",
            Self::Credentials => "credentials",
            Self::Later => "later",
            Self::Refused => "refused",
        }
    }
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// The server took it.
    Taken,
    /// It did not.
    Failed(MailFailure),
}

/// A mail that this process is to send now.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Whose.
    pub officer: String,
    /// Identifier, the same at every try: hexadecimal digits.
    pub id: String,
    /// Where to.
    pub to: String,
    /// In which language.
    pub lang: Lang,
    /// When it was made, UTC.
    pub made: Instant,
    /// Until when this process holds it, UTC: its word counts until then.
    pub held: Instant,
    /// What it says.
    pub mail: Mail,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({}, hidden)", self.id)
    }
}

/// A mail as the row keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Going {
    id: String,
    to: String,
    made_ms: i64,
    mail: Mail,
    /// What is late once it is told.
    late: BTreeSet<String>,
    /// Made because something became late, not because it was time.
    at_once: bool,
    /// Held by a process, or waiting for another try, until, UTC ms.
    held_ms: i64,
    /// Whether a process is sending it.
    taken: bool,
    /// How often it was taken.
    tries: u32,
}

impl Going {
    pub(super) fn is_digest(&self) -> bool {
        matches!(self.mail, Mail::Digest(_))
    }

    /// Whether a process is sending it now: whatever is changed meanwhile, its word is awaited.
    pub(super) fn is_held(&self, now: Instant) -> bool {
        self.taken && self.held_ms > now.0
    }

    fn is_free(&self, now: Instant) -> bool {
        self.held_ms <= now.0
    }

    /// A code that opens nothing any more is of no use to anybody.
    fn is_outlived(&self, now: Instant) -> bool {
        !self.is_digest() && self.made_ms + CODE.0 <= now.0
    }
}

/// What is to be stored of an officer, and the mail that follows from it.
struct Step {
    kept: Kept,
    look_ms: i64,
    record: Option<AccessRecord>,
    out: Option<Outgoing>,
}

impl App {
    pub(super) fn going_code(&self, address: &str, code: &str) -> Going {
        self.new_mail(address, Mail::Code(code.to_owned()), self.now())
    }

    fn new_mail(&self, to: &str, mail: Mail, made: Instant) -> Going {
        Going {
            id: hex::encode(random::<16>(&*self.inner.random)),
            to: to.to_owned(),
            made_ms: made.0,
            mail,
            late: BTreeSet::new(),
            at_once: false,
            held_ms: 0,
            taken: false,
            tries: 0,
        }
    }

    /// Takes mails that are due, at most `most` officers': whoever calls sends each and says by [`App::settle_mail`] what became of it. None are
    /// due where none are given: rows that had nothing to send are passed over, and so is one that cannot be read.
    ///
    /// # Errors
    /// Storage only; nothing while this node is closed after a restore.
    pub fn take_mails(&self, most: u32) -> Result<Vec<Outgoing>> {
        if self.inner.settings.notices.mail.is_none() {
            return Ok(Vec::new());
        }
        for _ in 0..LOOKS {
            let rows = self.inner.store.view("notices_due", |tx| {
                self.refuse_closed(tx)?;
                Ok::<_, AppError>(tx.notices(self.now().0, most)?)
            })?;
            let mut out = Vec::new();
            for row in &rows {
                out.extend(self.take_or_put_off(row)?);
            }
            if rows.is_empty() || !out.is_empty() {
                return Ok(out);
            }
        }
        Ok(Vec::new())
    }

    /// One bad row stops nobody else's mail.
    fn take_or_put_off(&self, row: &NoticeRow) -> Result<Option<Outgoing>> {
        let why = match self.take_mail(row) {
            Ok(taken) => return Ok(taken),
            Err(AppError::Store(StoreError::Damaged { .. })) => "damaged",
            Err(AppError::Store(_)) => "storage",
            Err(_) => "other",
        };
        tracing::error!(why, "what an officer is told by mail cannot be made");
        let (row, later) = (row.clone(), (self.now() + PUT_OFF).0);
        self.inner.store.update("put_off_mail", move |tx| {
            if tx.notice(&row.officer)?.as_ref() == Some(&row) {
                tx.put_notice(&NoticeRow {
                    next_ms: later,
                    ..row.clone()
                })?;
            }
            Ok(None)
        })
    }

    fn take_mail(&self, row: &NoticeRow) -> Result<Option<Outgoing>> {
        // Before anything is read: what is written in between comes after it.
        let now = self.now();
        let step = self
            .inner
            .store
            .view("notice", |tx| self.mail_step(tx, row, now))?;
        let (app, row) = (self.clone(), row.clone());
        self.inner.store.update("take_mail", move |tx| {
            // Another process, or the officer, was here in the meantime.
            if tx.notice(&row.officer)?.as_ref() != Some(&row) {
                return Ok(None);
            }
            let Some(step) = &step else {
                tx.drop_notice(&row.officer)?;
                return Ok(None);
            };
            if let Some(record) = &step.record {
                app.record_access(tx, record)?;
            }
            app.keep_notice(tx, &row.officer, step.look_ms, &step.kept)?;
            Ok(step.out.clone())
        })
    }

    /// What is to be done for an officer now; nothing more, ever, for one who has left.
    fn mail_step(&self, tx: &dyn Read, row: &NoticeRow, now: Instant) -> Result<Option<Step>> {
        let Some(officer) = tx.officer(&row.officer)?.filter(|o| o.active) else {
            return Ok(None);
        };
        let actor = actor_of(&officer)?;
        let mut kept = self.opened_notice(tx, row)?;
        if kept.is_spent(now) {
            return Ok(None);
        }
        self.let_mails_go(&mut kept, now);
        let record = match kept.going.iter().any(Going::is_digest) {
            true => self.judge_again(tx, &actor, &mut kept, now)?,
            false => self.compose_mail(tx, &actor, &mut kept, now)?,
        };
        let taken = hold_mail(&actor, &mut kept, now);
        Ok(Some(Step {
            look_ms: self.look_again(&kept, now),
            kept,
            record,
            out: taken,
        }))
    }

    /// Lets go what is not sent any more: codes that are over, mails to where mail must not end, and what was tried often enough.
    fn let_mails_go(&self, kept: &mut Kept, now: Instant) {
        let settings = &self.inner.settings.notices;
        kept.going
            .retain(|going| !going.is_outlived(now) && settings.may_end_at(&going.to));
        let tried = |going: &Going| going.is_free(now) && going.tries >= MOST_TRIES;
        while let Some(place) = kept.going.iter().position(tried) {
            let going = kept.going.swap_remove(place);
            kept.failed = Some((now.0, MailFailure::Unreachable));
            lost(kept, going);
        }
    }

    /// A digest that waited for another try says what is so now, under the same identifier; or is not sent, if that is nothing, or not wished
    /// any more; or waits on for hours that are open.
    fn judge_again(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        kept: &mut Kept,
        now: Instant,
    ) -> Result<Option<AccessRecord>> {
        let free = |going: &Going| going.is_digest() && going.is_free(now);
        let (Some(place), Some(channel)) = (
            kept.going.iter().position(free),
            self.inner.settings.notices.mail,
        ) else {
            return Ok(None);
        };
        let mut going = kept.going.swap_remove(place);
        let wished = match going.at_once {
            true => kept.wishes.at_once,
            false => kept.wishes.frequency != Frequency::Never,
        };
        if !wished {
            return Ok(None);
        }
        let found = self.gather_notices(tx, actor, Instant(kept.since_ms), channel)?;
        kept.late.retain(|id| found.late.contains_key(id));
        let newly = Newly::of(&found.late, &kept.late);
        if found.digest.is_empty() || (going.at_once && !newly.any) {
            return Ok(None);
        }
        let open = self.is_open(&kept.wishes, now);
        let may = open || (kept.wishes.urgent && newly.urgent);
        if !may {
            let next = self.next_open(&kept.wishes, now);
            (going.held_ms, going.taken) = (next.unwrap_or(now + PUT_OFF).0, false);
            kept.going.push(going);
            return Ok(None);
        }
        let mail = Mail::Digest(found.digest);
        let other = going.mail != mail;
        going.mail = mail;
        going.late = found.late.into_keys().collect();
        kept.going.push(going);
        Ok(other.then(|| gives_out(actor)))
    }

    /// Makes the mail that is due, if one is, and the record of what it gives out.
    fn compose_mail(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        kept: &mut Kept,
        now: Instant,
    ) -> Result<Option<AccessRecord>> {
        let settings = &self.inner.settings.notices;
        let (Some(address), Some(channel)) = (kept.address.clone(), settings.mail) else {
            return Ok(None);
        };
        let scheduled = kept.next_ms.is_some_and(|at| at <= now.0);
        let open = self.is_open(&kept.wishes, now);
        let due = scheduled && open;
        let at_once = !due && self.at_once(tx, actor, kept, (now, open, channel))?;
        if scheduled {
            kept.next_ms = self.next_or_open(&kept.wishes, now, open || at_once);
        }
        if !(due || at_once) || !settings.may_end_at(&address) {
            return Ok(None);
        }
        if due {
            kept.silent = false;
        }
        let found = self.gather_notices(tx, actor, Instant(kept.since_ms), channel)?;
        let late = found.late.into_keys().collect();
        if found.digest.is_empty() {
            kept.since_ms = (now - OVERLAP).0;
            kept.late = late;
            return Ok(None);
        }
        if at_once {
            kept.at_once.push(now.0);
        }
        let going = Going {
            late,
            at_once,
            ..self.new_mail(&address, Mail::Digest(found.digest), now)
        };
        kept.going.push(going);
        Ok(Some(gives_out(actor)))
    }

    /// Whether an officer may be sent mail now.
    fn is_open(&self, wishes: &Wishes, now: Instant) -> bool {
        self.with_days(wishes, |days| wishes.open(now, days))
    }

    fn next_open(&self, wishes: &Wishes, now: Instant) -> Option<Instant> {
        self.with_days(wishes, |days| wishes.next_open(now, days))
    }

    /// The next time of the wishes; the next open hour where this one was quiet.
    fn next_or_open(&self, wishes: &Wishes, now: Instant, open: bool) -> Option<i64> {
        let next = match open {
            true => self.next_notice(wishes, now),
            false => self.next_open(wishes, now),
        };
        next.map(|at| at.0)
    }

    /// Whether something became late that is to be told at once. Only what is late is read for it.
    fn at_once(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        kept: &mut Kept,
        (now, open, channel): (Instant, bool, Class),
    ) -> Result<bool> {
        kept.at_once.retain(|at| *at > (now - DAY).0);
        let hour = kept
            .at_once
            .iter()
            .filter(|at| **at > (now - Span::hours(1)).0);
        let often = hour.count() >= AT_ONCE_HOUR || kept.at_once.len() >= AT_ONCE_DAY;
        let hears = open || kept.wishes.urgent;
        if !kept.wishes.at_once || kept.silent || often || !hears {
            return Ok(false);
        }
        let late = self.late_for(tx, actor, channel)?;
        // What is late no longer, and becomes late again, is told again.
        kept.late.retain(|id| late.contains_key(id));
        let newly = Newly::of(&late, &kept.late);
        Ok(newly.any && (open || newly.urgent))
    }

    /// When an officer's row is to be looked after next, UTC ms.
    pub(super) fn look_again(&self, kept: &Kept, now: Instant) -> i64 {
        if let Some(held) = kept.going.iter().map(|going| going.held_ms).min() {
            return held;
        }
        let Some(_) = kept.address else {
            let asked = kept.asked.last().filter(|_| kept.removed);
            return asked.map_or(i64::MAX, |at| at.saturating_add(DAY.0));
        };
        let soon = (kept.wishes.at_once && !kept.silent).then(|| (now + AT_ONCE).0);
        soon.into_iter()
            .chain(kept.next_ms)
            .min()
            .unwrap_or(i64::MAX)
    }

    /// Notes what became of a mail. What the officer removed or replaced in the meantime stays so, and the word of a process that held the mail too
    /// long counts no more: another may have it.
    ///
    /// # Errors
    /// Storage only.
    pub fn settle_mail(&self, sent: &Outgoing, outcome: MailOutcome) -> Result<()> {
        let (app, sent, now) = (self.clone(), sent.clone(), self.now());
        if sent.held <= now {
            return Ok(());
        }
        self.inner.store.update("settle_mail", move |tx| {
            let Some(mut kept) = app.notice_of(tx.as_read(), &sent.officer)? else {
                return Ok(());
            };
            let held = |g: &Going| g.id == sent.id && g.taken && g.held_ms == sent.held.0;
            let Some(place) = kept.going.iter().position(held) else {
                return Ok(());
            };
            let going = kept.going.swap_remove(place);
            match outcome {
                MailOutcome::Taken => taken(&mut kept, going),
                MailOutcome::Failed(why) => failed(&mut kept, going, why, now),
            }
            let look = app.look_again(&kept, now);
            app.keep_notice(tx, &sent.officer, look, &kept)
        })
    }
}

/// What became late and was not told.
struct Newly {
    any: bool,
    urgent: bool,
}

impl Newly {
    fn of(late: &BTreeMap<String, bool>, told: &BTreeSet<String>) -> Self {
        let mut newly = late.iter().filter(|(id, _)| !told.contains(*id)).peekable();
        Self {
            any: newly.peek().is_some(),
            urgent: newly.any(|(_, urgent)| *urgent),
        }
    }
}

/// The record of what a mail gives out.
fn gives_out(actor: &Actor) -> AccessRecord {
    AccessRecord::by(actor, Operation::Export, MAIL_DIGEST)
}

/// Takes what is on its way, unless another process has it still. It counts as a try from here on: whoever dies over it has tried.
fn hold_mail(actor: &Actor, kept: &mut Kept, now: Instant) -> Option<Outgoing> {
    let going = kept.going.iter_mut().find(|going| going.is_free(now))?;
    (going.held_ms, going.taken) = ((now + LEASE).0, true);
    going.tries += 1;
    Some(Outgoing {
        officer: actor.id.clone(),
        id: going.id.clone(),
        to: going.to.clone(),
        lang: actor.lang,
        made: Instant(going.made_ms),
        held: Instant(going.held_ms),
        mail: going.mail.clone(),
    })
}

fn taken(kept: &mut Kept, going: Going) {
    kept.failed = None;
    if going.is_digest() {
        kept.told_ms = going.made_ms;
        kept.since_ms = going.made_ms - OVERLAP.0;
        kept.late = going.late;
    }
}

fn failed(kept: &mut Kept, mut going: Going, why: MailFailure, now: Instant) {
    kept.failed = Some((now.0, why));
    if why == MailFailure::Refused || going.tries >= MOST_TRIES {
        return lost(kept, going);
    }
    (going.held_ms, going.taken) = ((now + pause(going.tries)).0, false);
    kept.going.push(going);
}

/// What a lost mail would have told at once is not tried at once again: the next mail at its time says what is so then.
fn lost(kept: &mut Kept, going: Going) {
    if going.is_digest() {
        kept.late = going.late;
        kept.silent = true;
    }
}

/// How long to wait after so many failures.
fn pause(tries: u32) -> Span {
    let times = 1_i64 << tries.saturating_sub(1).min(16);
    Span((PAUSE.0 * times).min(LONGEST_PAUSE.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: the doubling, or its end.
    #[test]
    fn pauses_grow_and_end() {
        let minutes: Vec<i64> = (1..=10).map(|n| pause(n).0 / 60_000).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }
}
