//! What there is to tell an officer, behind the walls of *Today*, as far as a mail may say it.

use crate::ahead;
use crate::codec::{config_of, header_of};
use crate::error::Result;
use crate::show::Showing;
use crate::views::{ObligationView, Standing};
use crate::{Actor, App};
use entente_core::codes::{Class, Urgency};
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kinds::meeting;
use entente_core::notice::{Digest, Matter, Place, SOON, Telling};
use entente_store::{DossierFilter, ObligationFilter, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Most obligations that are looked at of each of two lists: beyond it the figures say no more, and somebody should open Entente.
const MOST_OBLIGATIONS: u32 = 1_000;
/// Most dossiers that are looked at for what is new, and for meetings.
const MOST_DOSSIERS: u32 = 200;
/// Of each dossier so many of the newest entries are looked at.
const LOOK: u32 = 50;

/// What was found for an officer.
pub(super) struct Gathered {
    /// As far as it may be told.
    pub(super) digest: Digest,
    /// Identifiers of what is late and counted in a mail, and whether it is urgent.
    pub(super) late: BTreeMap<String, bool>,
}

impl App {
    /// What there is to tell; new is what came after `since`.
    pub(super) fn gather_notices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        since: Instant,
        channel: Class,
    ) -> Result<Gathered> {
        let owed = self.owed_by(tx, actor, None)?;
        let mut places = Places::new(tx);
        let late = late_of(&mut places, &owed, channel)?;
        let mut matters = Vec::new();
        for owed in owed {
            let Some(place) = places.asking(&owed)? else {
                continue;
            };
            matters.push(Matter::Owed {
                place,
                number: owed.number,
                ask: owed.ask,
                due: owed.due,
                overdue: owed.overdue,
            });
        }
        let fresh = self.fresh_for(tx, actor, since)?;
        let meetings = self.meetings_ahead(tx, actor)?;
        let all: Vec<DossierId> = fresh.iter().chain(&meetings).copied().collect();
        ahead::of_lines(tx, &all)?;
        for dossier in fresh {
            matters.extend(places.of(dossier)?.map(Matter::Fresh));
        }
        for dossier in meetings {
            matters.extend(places.of(dossier)?.map(Matter::Meeting));
        }
        Ok(Gathered {
            digest: Digest::of(matters, channel, self.now()),
            late,
        })
    }

    /// What is late and may be counted in a mail: all that is asked for those who wish to know at once.
    pub(super) fn late_for(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        channel: Class,
    ) -> Result<BTreeMap<String, bool>> {
        let owed = self.owed_by(tx, actor, Some(self.now().0))?;
        late_of(&mut Places::new(tx), &owed, channel)
    }

    /// What is owed where it is our turn; only what is due before a time, where one is given.
    pub(super) fn owed_by(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        due_before_ms: Option<i64>,
    ) -> Result<Vec<ObligationView>> {
        let (mine, mut showing) = (self.sees(actor), Showing::new(self, tx));
        let mut out = Vec::new();
        for turn in [self.awaiting_us(), self.our_turn()] {
            let filter = ObligationFilter {
                limit: MOST_OBLIGATIONS,
                visible_to: mine.services.clone(),
                among: mine.among.clone(),
                due_before_ms,
                ..turn
            };
            out.extend(showing.obligations(actor, &filter)?);
        }
        ahead::of_entries(tx, out.iter().map(|owed| owed.id.entry).collect())?;
        Ok(out)
    }

    /// Dossiers in which the other side wrote since then.
    fn fresh_for(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        since: Instant,
    ) -> Result<BTreeSet<DossierId>> {
        let mine = self.sees(actor);
        let rows = tx.dossiers(&DossierFilter {
            services: mine.services,
            among: mine.among,
            limit: MOST_DOSSIERS,
            ..DossierFilter::default()
        })?;
        let rows = rows.iter().filter(|row| row.updated_ms > since.0);
        let ids: Vec<DossierId> = rows.map(|row| row.id).collect();
        let lately = tx.lately(&ids, &self.inner.me, since.0.saturating_add(1), LOOK)?;
        Ok(lately.into_iter().map(|line| line.dossier).collect())
    }

    /// The dossier of every meeting ahead, once for each.
    fn meetings_ahead(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierId>> {
        let (now, mut out) = (self.now(), Vec::new());
        for dossier in self.meeting_dossiers(tx, actor)? {
            let called = self.called(tx, actor, dossier)?;
            let ahead = called.iter().filter(|one| {
                one.standing == Standing::Ahead && one.at.is_some_and(|at| at <= now + SOON)
            });
            out.extend(ahead.map(|_| dossier));
        }
        Ok(out)
    }

    /// The dossiers of meetings that an officer may see.
    pub(super) fn meeting_dossiers(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierId>> {
        let mine = self.sees(actor);
        let rows = tx.dossiers(&DossierFilter {
            kind: Some(meeting::KIND.name.to_owned()),
            services: mine.services,
            among: mine.among,
            limit: MOST_DOSSIERS,
            ..DossierFilter::default()
        })?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }
}

/// What decides of a dossier what may be told, each read once.
pub(super) struct Places<'t> {
    tx: &'t dyn Read,
    known: BTreeMap<DossierId, Option<Place>>,
}

impl<'t> Places<'t> {
    pub(super) fn new(tx: &'t dyn Read) -> Self {
        Self {
            tx,
            known: BTreeMap::new(),
        }
    }

    pub(super) fn of(&mut self, dossier: DossierId) -> Result<Option<Place>> {
        if let Some(known) = self.known.get(&dossier) {
            return Ok(known.clone());
        }
        let (row, config) = (self.tx.dossier(dossier)?, config_of(self.tx, dossier)?);
        let place = row.zip(config).map(|(row, config)| Place {
            purpose: config.purpose,
            kind: row.kind,
            ceiling: config.ceiling,
        });
        self.known.insert(dossier, place.clone());
        Ok(place)
    }

    /// Of an obligation: never below the class of the entry that asked, also where the dossier's ceiling was lowered since.
    fn asking(&mut self, owed: &ObligationView) -> Result<Option<Place>> {
        self.of_entry(owed.dossier, owed.id.entry)
    }

    /// The same of an entry.
    pub(super) fn of_entry(&mut self, dossier: DossierId, entry: EntryId) -> Result<Option<Place>> {
        let place = self.of(dossier)?;
        let header = header_of(self.tx, entry)?;
        Ok(place.zip(header).map(|(place, header)| Place {
            ceiling: place.ceiling.max(header.handling.class),
            ..place
        }))
    }
}

/// What is late, and whether it is urgent. What a mail may not even count makes no mail either: that it comes would tell it.
fn late_of(
    places: &mut Places<'_>,
    owed: &[ObligationView],
    channel: Class,
) -> Result<BTreeMap<String, bool>> {
    let mut late = BTreeMap::new();
    for one in owed.iter().filter(|one| one.overdue) {
        let place = places.asking(one)?;
        if place.is_some_and(|place| place.telling(channel) != Telling::Something) {
            late.insert(one.id.to_string(), one.urgency != Urgency::Normal);
        }
    }
    Ok(late)
}
