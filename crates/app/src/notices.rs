//! What an officer wishes to be told by mail: their address, confirmed by a code before anything else is sent to it, their hours, and a preview of
//! exactly what the next mail would say (docs/notices.md). What it says is in `digest.rs`, how it is sent once and not lost in `sending.rs`.
//!
//! An officer's row is sealed like all secrets here: an address is personal. No backup holds it, so that none brings back an address that was removed.

mod digest;
mod feed;
mod sending;

pub use sending::{Mail, MailFailure, MailOutcome, Outgoing};

use crate::access::{AccessRecord, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::factors::{Reauthenticating, vault};
use crate::fault::PeopleFault;
use crate::sessions::token_digest;
use crate::views::NoticesView;
use crate::{Actor, App};
use entente_core::calendar::Calendar;
use entente_core::codes::Class;
use entente_core::instant::{Instant, Span};
use entente_core::notice::{Days, Wishes};
use entente_proof::{seal, totp};
use entente_store::{NoticeRow, Read, SessionRow, SessionSort, StoreError, StoreExt, Write};
use jiff::tz::TimeZone;
use sending::Going;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long the code that was sent to an address is awaited.
const CODE: Span = Span::hours(1);
/// How often a wrong code may be typed before another must be sent.
const TRIES: u32 = 5;
/// Most codes sent for an officer within [`DAY`]: nobody's mailbox is filled from here.
const MOST_CODES: usize = 3;
/// See [`MOST_CODES`]; and what came within it is new to whoever was never told.
const DAY: Span = Span::hours(24);
/// The verb under which it is on record that a mail went out.
pub(crate) const MAIL_DIGEST: &str = "mail_digest";
/// Longest address (RFC 5321 section 4.5.3.1.3, without its brackets).
const LONGEST: usize = 254;
/// Longest part before the `@` (section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// How this node tells its officers; by no channel, unless its operator named one.
#[derive(Clone, Debug, Default)]
pub struct NoticeSettings {
    /// Highest class that mail may carry, where the operator named a server.
    pub mail: Option<Class>,
    /// Highest class that a calendar feed may carry, where the operator let officers have one.
    pub feed: Option<Class>,
    /// Domains of the addresses that mail may end at; any, where none is named.
    pub domains: Vec<String>,
    /// Working days of this node's state.
    pub calendar: Option<Calendar>,
}

impl NoticeSettings {
    /// Whether mail may end at an address: a class is of where it ends, not of the server that takes it first.
    pub(crate) fn may_end_at(&self, address: &str) -> bool {
        let domain = address.rsplit('@').next().unwrap_or_default();
        let named = |one: &String| one.eq_ignore_ascii_case(domain);
        self.domains.is_empty() || self.domains.iter().any(named)
    }
}

/// What an officer's row keeps.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// Where to, confirmed.
    address: Option<String>,
    wishes: Wishes,
    /// When they were told last, UTC ms; 0 if never.
    told_ms: i64,
    /// They removed their address: the row is here only so that codes stay counted.
    removed: bool,
    /// What came after this is new to them, UTC ms.
    since_ms: i64,
    /// When they are told next, UTC ms.
    next_ms: Option<i64>,
    /// Obligations told as late and late still.
    late: BTreeSet<String>,
    /// When codes were asked for of late, UTC ms.
    asked: Vec<i64>,
    /// When mails at once were made of late, UTC ms.
    at_once: Vec<i64>,
    /// Nothing at once before the next mail at its time: one was lost.
    silent: bool,
    /// What is on its way.
    going: Vec<Going>,
    /// When and why the last mail was not sent.
    failed: Option<(i64, MailFailure)>,
}

impl Kept {
    /// A row that only remembers when codes were asked for, and needs to no more.
    fn is_spent(&self, now: Instant) -> bool {
        let lately = self.asked.iter().any(|at| *at > (now - DAY).0);
        self.removed && !lately && self.going.is_empty()
    }
}

/// What the row of a code keeps.
#[derive(Serialize, Deserialize)]
struct Awaiting {
    address: String,
    tries: u32,
}

impl App {
    /// What an officer is told by mail, and what the next mail would say.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] while acting for somebody else.
    pub fn notices(&self, actor: &Actor) -> Result<NoticesView> {
        own(actor)?;
        self.looked(actor, Operation::Consult, "notices", None, None)?;
        self.inner.store.view("notices", |tx| {
            self.refuse_closed(tx)?;
            let kept = self
                .notice_of(tx, &actor.id)?
                .unwrap_or_else(|| self.unset_notices());
            let settings = &self.inner.settings.notices;
            let channel = settings.mail.unwrap_or(Class::Open);
            let gathered = self.gather_notices(tx, actor, Instant(kept.since_ms), channel)?;
            let waiting = self.code_rows(tx, &actor.id)?.pop();
            Ok(NoticesView {
                mail: settings.mail,
                waiting: waiting.map(|(row, of)| (of.address, Instant(row.ends_ms))),
                next: kept.next_ms.filter(|_| kept.address.is_some()).map(Instant),
                told: (kept.told_ms > 0).then_some(Instant(kept.told_ms)),
                failed: kept.failed.map(|(at, why)| (Instant(at), why)),
                elsewhere: (kept.address.as_ref()).is_some_and(|one| !settings.may_end_at(one)),
                address: kept.address,
                wishes: kept.wishes,
                zones: self.notice_zones(),
                rests: settings.calendar.is_some(),
                digest: gathered.digest,
            })
        })
    }

    /// Sends a code to an address, for whoever shows again who they are: it becomes the officer's when they type the code.
    ///
    /// # Errors
    /// [`PeopleFault::MailAddress`], [`PeopleFault::MailDomain`], [`PeopleFault::MailCodesMost`], [`PeopleFault::NoMail`],
    /// [`PeopleFault::PasswordWrong`], [`PeopleFault::CodeWrong`], [`AppError::Wait`].
    pub fn ask_mail_address(
        &self,
        actor: &Actor,
        by: &Reauthenticating<'_>,
        address: &str,
    ) -> Result<()> {
        own(actor)?;
        if self.inner.settings.notices.mail.is_none() {
            return Err(PeopleFault::NoMail.into());
        }
        let address = address.trim();
        if !is_address(address) {
            return Err(PeopleFault::MailAddress.into());
        }
        if !self.inner.settings.notices.may_end_at(address) {
            return Err(PeopleFault::MailDomain.into());
        }
        // Whoever sits at a desk that was left open sends nobody's digest to themselves.
        self.check_again(actor, by)?;
        self.did(actor, Operation::Permit, "ask_mail_address", None)?;
        let code = totp::base32(&random::<5>(&*self.inner.random));
        let row = self.code_row(actor, address, &code)?;
        let going = self.going_code(address, &code);
        let (app, id, now) = (self.clone(), actor.id.clone(), self.now());
        self.inner.store.update("ask_mail_address", move |tx| {
            let before = app.notice_of(tx.as_read(), &id)?;
            let mut kept = before.unwrap_or_else(|| app.unset_notices());
            kept.asked.retain(|at| *at > (now - DAY).0);
            if kept.asked.len() >= MOST_CODES {
                return Err(PeopleFault::MailCodesMost.into());
            }
            kept.asked.push(now.0);
            kept.removed = false;
            // A digest that another process is sending just now is settled all the same.
            kept.going.retain(Going::is_digest);
            kept.going.push(going.clone());
            for (old, _) in app.code_rows(tx.as_read(), &id)? {
                tx.end_session(&old.digest)?;
            }
            tx.insert_session(&row)?;
            app.keep_notice(tx, &id, now.0, &kept)
        })
    }

    fn code_row(&self, actor: &Actor, address: &str, code: &str) -> Result<SessionRow> {
        let state = Awaiting {
            address: address.to_owned(),
            tries: 0,
        };
        let (_, row) = self.fresh_token(&actor.id, SessionSort::Address, CODE);
        Ok(SessionRow {
            digest: code_digest(&actor.id, code),
            csrf: String::new(),
            state: serde_json::to_vec(&state).map_err(|_| AppError::Bug("address"))?,
            ..row
        })
    }

    /// Takes the code that came by mail: from now on the officer is told at that address.
    ///
    /// # Errors
    /// [`PeopleFault::MailCodeWrong`], also when none is awaited, or too many were tried.
    pub fn confirm_mail_address(&self, actor: &Actor, code: &str) -> Result<()> {
        own(actor)?;
        self.did(actor, Operation::Permit, "confirm_mail_address", None)?;
        let typed = code_digest(&actor.id, &normal(code));
        let (app, id, now) = (self.clone(), actor.id.clone(), self.now());
        let fits = self.inner.store.update("confirm_mail_address", move |tx| {
            let Some((row, mut awaiting)) = app.code_rows(tx.as_read(), &id)?.pop() else {
                return Ok::<_, AppError>(false);
            };
            if row.digest != typed {
                // Counted by itself: what is refused must not undo it.
                awaiting.tries += 1;
                app.count_try(tx, &row, &awaiting)?;
                return Ok(false);
            }
            tx.end_session(&row.digest)?;
            let before = app.notice_of(tx.as_read(), &id)?;
            let mut kept = before.unwrap_or_else(|| app.unset_notices());
            if kept.told_ms == 0 {
                kept.since_ms = (now - DAY).0;
            }
            kept.address = Some(awaiting.address);
            kept.removed = false;
            kept.going.clear();
            (kept.failed, kept.silent) = (None, false);
            app.keep_notice_planned(tx, &id, now, kept)?;
            Ok(true)
        })?;
        fits.then_some(())
            .ok_or_else(|| PeopleFault::MailCodeWrong.into())
    }

    fn count_try(&self, tx: &mut dyn Write, row: &SessionRow, awaiting: &Awaiting) -> Result<()> {
        if awaiting.tries >= TRIES {
            return Ok(tx.end_session(&row.digest)?);
        }
        let state = serde_json::to_vec(awaiting).map_err(|_| AppError::Bug("address"))?;
        Ok(tx.see_session(&row.digest, 0, "", &state)?)
    }

    /// Forgets an officer's address and what was told there. What waits for a retry is not sent.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] while acting for somebody else.
    pub fn remove_mail_address(&self, actor: &Actor) -> Result<()> {
        own(actor)?;
        let record = AccessRecord::by(actor, Operation::Permit, "remove_mail_address");
        let (app, id, now) = (self.clone(), actor.id.clone(), self.now());
        self.inner.store.update("remove_mail_address", move |tx| {
            app.record_access(tx, &record)?;
            for (row, _) in app.code_rows(tx.as_read(), &id)? {
                tx.end_session(&row.digest)?;
            }
            let before = app.notice_of(tx.as_read(), &id)?;
            tx.drop_notice(&id)?;
            // Codes are counted on, or whoever removes an address could ask for any number of them.
            let asked: Vec<i64> = before.map(|kept| kept.asked).unwrap_or_default();
            let Some(last) = asked.iter().max().filter(|at| **at > (now - DAY).0) else {
                return Ok(());
            };
            let kept = Kept {
                removed: true,
                asked: asked.clone(),
                ..app.unset_notices()
            };
            app.keep_notice(tx, &id, last.saturating_add(DAY.0), &kept)
        })
    }

    /// Changes when an officer is told.
    ///
    /// # Errors
    /// [`PeopleFault::MailHours`] if hours are no hours or the zone is none of [`NoticesView::zones`].
    pub fn wish_notices(&self, actor: &Actor, wishes: &Wishes) -> Result<()> {
        own(actor)?;
        if !wishes.are_whole() || !self.notice_zones().contains(&wishes.zone) {
            return Err(PeopleFault::MailHours.into());
        }
        let record = AccessRecord::by(actor, Operation::Permit, "wish_notices");
        let (app, id, now, wishes) = (self.clone(), actor.id.clone(), self.now(), wishes.clone());
        self.inner.store.update("wish_notices", move |tx| {
            app.record_access(tx, &record)?;
            let before = app.notice_of(tx.as_read(), &id)?;
            let mut kept = before.unwrap_or_else(|| app.unset_notices());
            kept.wishes = wishes.clone();
            (kept.removed, kept.silent) = (false, false);
            // A digest that waits for another try is made anew at its time, if it has one.
            kept.going
                .retain(|going| !going.is_digest() || going.is_held(now));
            app.keep_notice_planned(tx, &id, now, kept)
        })
    }

    /// The zones that an officer may choose: those of this node's clocks and its state's.
    fn notice_zones(&self) -> Vec<String> {
        let settings = &self.inner.settings;
        let own = settings.notices.calendar.iter().map(|c| c.zone.clone());
        let clocks = settings.clocks.iter().map(|(_, zone)| zone.clone());
        let mut out: Vec<String> = Vec::new();
        for zone in own.chain(clocks).chain(["UTC".to_owned()]) {
            if !out.contains(&zone) {
                out.push(zone);
            }
        }
        out
    }

    /// What nobody wished yet: hours of this node's state.
    fn unset_notices(&self) -> Kept {
        let zone = self.notice_zones().into_iter().next();
        Kept {
            wishes: Wishes {
                zone: zone.unwrap_or_else(|| "UTC".to_owned()),
                ..Wishes::default()
            },
            since_ms: (self.now() - DAY).0,
            ..Kept::default()
        }
    }

    /// The rows of codes that are awaited still.
    fn code_rows(&self, tx: &dyn Read, officer: &str) -> Result<Vec<(SessionRow, Awaiting)>> {
        let now = self.now();
        let rows = tx.sessions(officer)?.into_iter();
        let rows = rows.filter(|r| r.sort == SessionSort::Address && r.ends_ms > now.0);
        Ok(rows
            .filter_map(|row| {
                let awaiting = serde_json::from_slice(&row.state).ok()?;
                Some((row, awaiting))
            })
            .collect())
    }

    pub(crate) fn notice_of(&self, tx: &dyn Read, officer: &str) -> Result<Option<Kept>> {
        match tx.notice(officer)? {
            Some(row) => self.opened_notice(tx, &row).map(Some),
            None => Ok(None),
        }
    }

    fn opened_notice(&self, tx: &dyn Read, row: &NoticeRow) -> Result<Kept> {
        let damaged = || StoreError::Damaged {
            table: "notice",
            column: "sealed",
        };
        let key = self.find_dossier_key(tx, vault())?.ok_or_else(damaged)?;
        let opened = seal::open(&key, &cell(&row.officer), &row.sealed).map_err(|_| damaged())?;
        Ok(serde_json::from_slice(&opened).map_err(|_| damaged())?)
    }

    /// Stores a row, to be looked after from `next_ms` on.
    fn keep_notice(
        &self,
        tx: &mut dyn Write,
        officer: &str,
        next_ms: i64,
        kept: &Kept,
    ) -> Result<()> {
        let plain = serde_json::to_vec(kept).map_err(|_| AppError::Bug("notice"))?;
        let key = self.dossier_key(tx, vault())?;
        let nonce = random(&*self.inner.random);
        let sealed = seal::seal(&key, nonce, &cell(officer), &plain);
        Ok(tx.put_notice(&NoticeRow {
            officer: officer.to_owned(),
            next_ms,
            sealed: sealed.map_err(|_| AppError::Bug("seal"))?,
        })?)
    }

    /// The same after its next time was worked out anew.
    fn keep_notice_planned(
        &self,
        tx: &mut dyn Write,
        officer: &str,
        now: Instant,
        mut kept: Kept,
    ) -> Result<()> {
        kept.next_ms = self.next_notice(&kept.wishes, now).map(|at| at.0);
        let look = self.look_again(&kept, now);
        self.keep_notice(tx, officer, look, &kept)
    }

    fn next_notice(&self, wishes: &Wishes, after: Instant) -> Option<Instant> {
        self.with_days(wishes, |days| wishes.next(after, days))
    }

    fn with_days<T>(&self, wishes: &Wishes, ask: impl FnOnce(Days<'_>) -> T) -> T {
        let zone = TimeZone::get(&wishes.zone).unwrap_or(TimeZone::UTC);
        ask(Days {
            zone: &zone,
            calendar: self.inner.settings.notices.calendar.as_ref(),
        })
    }
}

/// One's own desk: nobody changes where somebody else is told while acting for them.
fn own(actor: &Actor) -> Result<()> {
    match actor.acts_for {
        Some(_) => Err(AppError::Forbidden),
        None => Ok(()),
    }
}

fn cell(officer: &str) -> Vec<u8> {
    [b"notice/", officer.as_bytes()].concat()
}

/// A code is its officer's: nobody confirms with somebody else's.
fn code_digest(officer: &str, code: &str) -> Vec<u8> {
    token_digest(&format!("address/{officer}/{code}"))
}

/// A code as it was given, however it was typed.
fn normal(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether a text is an address that may stand in a header and in a command of SMTP: a dot-atom and a host name (RFC 5321 section 4.1.2), nothing
/// quoted, no blanks, no signs that end a line.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_atom = |part: &str| !part.is_empty() && part.chars().all(atom);
    let is_label = |part: &str| {
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (1..=63).contains(&part.len()) && plain && !part.starts_with('-') && !part.ends_with('-')
    };
    text.len() <= LONGEST
        && local.len() <= LONGEST_LOCAL
        && local.split('.').all(is_atom)
        && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: `is_atom`, `is_label`, or a limit.
    #[test]
    fn an_address_is_one_word_that_no_header_ends_in() {
        for good in [
            "a@b",
            "liaison.maroc+entente@mail.example",
            "o'neil@x-y.example",
        ] {
            assert!(is_address(good), "{good}");
        }
        let long = format!("{}@mail.example", "a".repeat(65));
        let wrong = [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b c",
            "a@b\r\nBcc: c@d",
            "a\n@b",
            "a@b@c",
            ".a@b",
            "a..b@c",
            "a@-b",
            "a@b..c",
            "<a@b>",
            "\"a b\"@c",
            "a@[127.0.0.1]",
            "é@b",
            "a,b@c",
            &long,
        ];
        for wrong in wrong {
            assert!(!is_address(wrong), "{wrong:?}");
        }
    }

    /// Take out: `to_ascii_uppercase`.
    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(normal(" abcd-ef gh\n"), "ABCDEFGH");
        assert_ne!(code_digest("a", "X"), code_digest("b", "X"));
    }
}
