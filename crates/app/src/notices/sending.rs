//! Mails on their way: made, taken by one process, sent, settled. What a mail says is stored before it is sent and the trace of it with it
//! (invariant 11); whichever process ends in between, the mail goes out, under the same identifier.
//!
//! Whoever takes a mail holds it for [`LEASE`], longer than any conversation with a mail server may last. If a process dies between the server's
//! word that it took a mail and our own note of it, that mail is sent once more with the same `Message-ID`, by which mail systems know a duplicate:
//! nobody can do better over SMTP (RFC 1047), and losing it would be worse.

use super::Kept;
use crate::access::{AccessRecord, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::people::actor_of;
use crate::{Actor, App};
use entente_core::instant::{Instant, Span};
use entente_core::label::Lang;
use entente_core::notice::Digest;
use entente_store::{NoticeRow, Read, StoreExt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// Held by a process until, UTC ms.
    held_ms: i64,
    tries: u32,
}

impl Going {
    pub(super) fn is_digest(&self) -> bool {
        matches!(self.mail, Mail::Digest(_))
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
        self.new_mail(address, Mail::Code(code.to_owned()), BTreeSet::new())
    }

    fn new_mail(&self, to: &str, mail: Mail, late: BTreeSet<String>) -> Going {
        Going {
            id: hex::encode(random::<16>(&*self.inner.random)),
            to: to.to_owned(),
            made_ms: self.now().0,
            mail,
            late,
            held_ms: 0,
            tries: 0,
        }
    }

    /// Takes mails that are due, at most `most` officers': whoever calls sends each and says by [`App::settle_mail`] what became of it.
    ///
    /// # Errors
    /// Storage only; nothing while this node is closed after a restore.
    pub fn take_mails(&self, most: u32) -> Result<Vec<Outgoing>> {
        if self.inner.settings.notices.mail.is_none() {
            return Ok(Vec::new());
        }
        let now = self.now();
        let rows = self.inner.store.view("notices_due", |tx| {
            self.refuse_closed(tx)?;
            Ok::<_, AppError>(tx.notices(now.0, most)?)
        })?;
        let mut out = Vec::new();
        for row in rows {
            out.extend(self.take_mail(row)?);
        }
        Ok(out)
    }

    fn take_mail(&self, row: NoticeRow) -> Result<Option<Outgoing>> {
        let step = self
            .inner
            .store
            .view("notice", |tx| self.mail_step(tx, &row))?;
        let app = self.clone();
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
    fn mail_step(&self, tx: &dyn Read, row: &NoticeRow) -> Result<Option<Step>> {
        let Some(officer) = tx.officer(&row.officer)?.filter(|o| o.active) else {
            return Ok(None);
        };
        let (actor, now) = (actor_of(&officer)?, self.now());
        let mut kept = self.opened_notice(tx, row)?;
        let mut record = None;
        if !kept.going.iter().any(Going::is_digest) {
            record = self.compose_mail(tx, &actor, &mut kept)?;
        }
        let taken = self.hold_mail(&actor, &mut kept, now);
        Ok(Some(Step {
            look_ms: self.look_again(&kept, now),
            kept,
            record,
            out: taken,
        }))
    }

    /// Takes what is on its way, unless another process has it still.
    fn hold_mail(&self, actor: &Actor, kept: &mut Kept, now: Instant) -> Option<Outgoing> {
        let free = |going: &&mut Going| going.held_ms <= now.0;
        let going = kept.going.iter_mut().find(free)?;
        going.held_ms = (now + LEASE).0;
        Some(Outgoing {
            officer: actor.id.clone(),
            id: going.id.clone(),
            to: going.to.clone(),
            lang: actor.lang,
            made: Instant(going.made_ms),
            mail: going.mail.clone(),
        })
    }

    /// Makes the mail that is due, if one is, and the record of what it gives out.
    fn compose_mail(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        kept: &mut Kept,
    ) -> Result<Option<AccessRecord>> {
        let (Some(address), Some(channel)) =
            (kept.address.clone(), self.inner.settings.notices.mail)
        else {
            return Ok(None);
        };
        let now = self.now();
        let scheduled = kept.next_ms.is_some_and(|at| at <= now.0);
        if !scheduled && !kept.wishes.at_once {
            return Ok(None);
        }
        let found = self.gather_notices(tx, actor, Instant(kept.since_ms), channel)?;
        // What is late no longer, and becomes late again, is told again.
        kept.late.retain(|id| found.late.contains_key(id));
        let open = self.with_days(&kept.wishes, |days| kept.wishes.open(now, days));
        let newly = || found.late.iter().filter(|(id, _)| !kept.late.contains(*id));
        let urgent = kept.wishes.urgent && newly().any(|(_, urgent)| *urgent);
        let at_once = kept.wishes.at_once && newly().next().is_some() && (open || urgent);
        let wanted = at_once || (scheduled && open);
        if scheduled {
            kept.next_ms = self.next_notice(&kept.wishes, now).map(|at| at.0);
        }
        if !wanted {
            return Ok(None);
        }
        let late = found.late.into_keys().collect();
        if found.digest.is_empty() {
            kept.since_ms = now.0;
            kept.late = late;
            return Ok(None);
        }
        let digest = Mail::Digest(found.digest);
        kept.going.push(self.new_mail(&address, digest, late));
        Ok(Some(AccessRecord::by(
            actor,
            Operation::Export,
            "mail_digest",
        )))
    }

    /// When an officer's row is to be looked after next, UTC ms.
    pub(super) fn look_again(&self, kept: &Kept, now: Instant) -> i64 {
        if let Some(held) = kept.going.iter().map(|going| going.held_ms).min() {
            return held;
        }
        let at_once = kept.wishes.at_once && kept.address.is_some();
        let soon = at_once.then(|| (now + AT_ONCE).0);
        let next = kept.next_ms.filter(|_| kept.address.is_some());
        soon.into_iter().chain(next).min().unwrap_or(i64::MAX)
    }

    /// Notes what became of a mail. What the officer removed or replaced in the meantime stays so.
    ///
    /// # Errors
    /// Storage only.
    pub fn settle_mail(&self, sent: &Outgoing, outcome: MailOutcome) -> Result<()> {
        let (app, sent, now) = (self.clone(), sent.clone(), self.now());
        self.inner.store.update("settle_mail", move |tx| {
            let Some(mut kept) = app.notice_of(tx.as_read(), &sent.officer)? else {
                return Ok(());
            };
            let Some(place) = kept.going.iter().position(|g| g.id == sent.id) else {
                return Ok(());
            };
            let mut going = kept.going.swap_remove(place);
            match outcome {
                MailOutcome::Taken => taken(&mut kept, going),
                MailOutcome::Failed(why) => {
                    kept.failed = Some((now.0, why));
                    going.tries += 1;
                    going.held_ms = (now + pause(going.tries)).0;
                    let lost = why == MailFailure::Refused || going.tries >= MOST_TRIES;
                    kept.going.extend((!lost).then_some(going));
                }
            }
            let look = app.look_again(&kept, now);
            app.keep_notice(tx, &sent.officer, look, &kept)
        })
    }
}

fn taken(kept: &mut Kept, going: Going) {
    kept.failed = None;
    if let Mail::Digest(_) = going.mail {
        kept.told_ms = going.made_ms;
        kept.since_ms = going.made_ms;
        kept.late = going.late;
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
