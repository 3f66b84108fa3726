//! Meetings for calendars outside: a file that any client takes (RFC 5545). No address of anybody is in it, and no word of the agenda or
//! minutes: the channel it goes over may carry less than the dossier.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::views::{Meeting, Standing};
use crate::{Actor, App};
use entente_core::ids::EntryId;
use entente_core::instant::Instant;
use entente_core::kinds::meeting::{LASTS, PLACE};
use entente_ical::{Event, Message, Method, Status, When, write};
use entente_store::{Read, StoreExt};

impl App {
    /// A meeting as a calendar file.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such meeting in a dossier that the actor belongs to, or nobody can say any more when it is.
    pub fn meeting_file(&self, actor: &Actor, meeting: EntryId) -> Result<String> {
        let row = self.inner.store.view("meeting", |tx| tx.entry(meeting))?;
        let dossier = row.ok_or(AppError::NotFound)?.dossier;
        let why = self.looks_into(actor, dossier)?;
        let called = |tx: &dyn Read| self.called(tx, actor, dossier);
        let meetings = self.inner.store.view("meeting_file", called)?;
        let found = meetings.iter().find(|one| one.entry == meeting);
        let event = found.and_then(|found| event(found, self.now()));
        let event = event.ok_or(AppError::NotFound)?;
        let record = AccessRecord::by(actor, Operation::Export, "meeting_file");
        self.noted(record.within(dossier, why))?;
        let product = format!("-//Entente//{}//EN", self.inner.me);
        let message = Message {
            method: Method::Publish,
            product: &product,
            name: None,
            events: std::slice::from_ref(&event),
        };
        write(&message).map_err(|_| AppError::NotFound)
    }
}

/// The event of a meeting: the same one, by its identifier, for as long as one invitation takes the place of another.
fn event(meeting: &Meeting, now: Instant) -> Option<Event> {
    let values = meeting.values.as_ref()?;
    let start = When::from_ms(meeting.at?.0)?;
    let minutes = values.number(LASTS).unwrap_or(60);
    let status = match meeting.standing {
        Standing::Cancelled(_) | Standing::Moved(_) => Status::Cancelled,
        _ => Status::Confirmed,
    };
    Some(Event {
        uid: Some(format!("{}@entente", meeting.first)),
        instance: None,
        sequence: meeting.sequence,
        stamp: Some(When::from_ms(now.0)?),
        summary: values.text("title").map(str::to_owned),
        description: None,
        location: values.text(PLACE).map(str::to_owned),
        end: Some(start.plus_minutes(minutes)?),
        start,
        status: Some(status),
        organizer: None,
        attendees: Vec::new(),
        rule: None,
        busy: true,
    })
}
