//! Entries that a partner relayed in another's name (invariant 5): kept without effect, held against the one that relayed them, and
//! no hindrance to the author's own word.
//!
//! Between two states a relayed entry is a curiosity. Among three, a partner that relays an entry of the third before it comes from
//! there would make it count for nothing here, and for everything there: so an entry that comes from its author is judged then,
//! whoever showed it before, and what follows it waits for that.

use crate::App;
use crate::apply::{Applied, BodyIn, body_state};
use crate::codec::encode;
use crate::error::Result;
use crate::told::told_of;
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_core::judge::{Causal, Irregular};
use entente_store::{BodyState, EntryRow, Read, WAITING, Write};

/// The name of that evidence.
pub(crate) const RELAYED: &str = "relayed";

impl App {
    /// Holds it against a partner that it sent what another wrote.
    pub(crate) fn note_relayed(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        from: Option<&NodeName>,
    ) -> Result<()> {
        let Some(partner) = from else { return Ok(()) };
        let by_itself = Header::from_bytes(&row.header).is_ok_and(|h| h.node() == *partner);
        if by_itself {
            return Ok(());
        }
        self.keep_evidence_in(tx, partner, RELAYED, &row.header)
    }

    /// An entry that was relayed before comes from its author: only now it is judged, and what waits for it.
    pub(crate) fn came_itself(
        &self,
        tx: &mut dyn Write,
        row: EntryRow,
        body: &BodyIn,
        from: Option<&NodeName>,
    ) -> Result<Applied> {
        let header = match Header::from_bytes(&row.header) {
            Ok(header) if from == Some(&header.node()) => header,
            _ => return Ok(Applied::default()),
        };
        let id = row.id;
        tx.judge_entry(id, WAITING, 0, &encode(&Causal::default()))?;
        let state = match row.body {
            BodyState::Owed => body_state(&header, body),
            state => state,
        };
        if state == BodyState::Here {
            self.heal(tx, id, body)?;
        }
        self.judge_or_wait(tx, id, &header)?;
        Ok(Applied {
            dossier: Some(row.dossier),
            verdict: tx.verdict(id)?.unwrap_or(WAITING),
            body: Some(state),
            told: told_of(id, &header),
        })
    }
}

/// The row of an entry that was only ever relayed, and whose author may still send it to us: it was given no place.
pub(crate) fn is_relayed(
    app: &App,
    tx: &dyn Read,
    id: EntryId,
    verdict: u8,
) -> Result<Option<EntryRow>> {
    if verdict != Irregular::Audience.number() {
        return Ok(None);
    }
    let row = tx.entry(id)?.filter(|row| row.depth == 0);
    let me = &app.inner.me;
    let for_us = |h: &Header| h.node() != *me && h.audience.contains(me);
    let meant = |row: &EntryRow| Header::from_bytes(&row.header).is_ok_and(|h| for_us(&h));
    Ok(row.filter(meant))
}
