//! What there is to tell an officer: the same that *Today* shows them, behind the same walls, as far as a mail may say it.

use crate::codec::cell;
use crate::error::{AppError, Result};
use crate::show::Showing;
use crate::views::{ObligationView, Standing};
use crate::{Actor, App};
use entente_core::act::Config;
use entente_core::codes::{Class, Urgency};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::kinds::meeting;
use entente_core::notice::{Digest, Matter, Place, SOON};
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
        let mut places = Places::new(tx);
        let mut showing = Showing::new(self, tx);
        let (mut matters, mut late) = (Vec::new(), BTreeMap::new());
        for owed in self.owed_by(actor, &mut showing)? {
            let Some(place) = places.of(owed.dossier)? else {
                continue;
            };
            if owed.overdue {
                late.insert(owed.id.to_string(), owed.urgency != Urgency::Normal);
            }
            matters.push(Matter::Owed {
                place,
                number: owed.number,
                ask: owed.ask,
                due: owed.due,
                overdue: owed.overdue,
            });
        }
        for dossier in self.fresh_for(tx, actor, since)? {
            matters.extend(places.of(dossier)?.map(Matter::Fresh));
        }
        for dossier in self.meetings_ahead(tx, actor)? {
            matters.extend(places.of(dossier)?.map(Matter::Meeting));
        }
        Ok(Gathered {
            digest: Digest::of(matters, channel, self.now()),
            late,
        })
    }

    fn owed_by(&self, actor: &Actor, showing: &mut Showing<'_>) -> Result<Vec<ObligationView>> {
        let mine = self.sees(actor);
        let mut out = Vec::new();
        for turn in [self.awaiting_us(), self.our_turn()] {
            let filter = ObligationFilter {
                limit: MOST_OBLIGATIONS,
                visible_to: mine.services.clone(),
                among: mine.among.clone(),
                ..turn
            };
            out.extend(showing.obligations(actor, &filter)?);
        }
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
    fn meeting_dossiers(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierId>> {
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
struct Places<'t> {
    tx: &'t dyn Read,
    known: BTreeMap<DossierId, Option<Place>>,
}

impl<'t> Places<'t> {
    fn new(tx: &'t dyn Read) -> Self {
        Self {
            tx,
            known: BTreeMap::new(),
        }
    }

    fn of(&mut self, dossier: DossierId) -> Result<Option<Place>> {
        if let Some(known) = self.known.get(&dossier) {
            return Ok(known.clone());
        }
        let (row, config) = (self.tx.dossier(dossier)?, self.tx.latest_config(dossier)?);
        let place = match row.zip(config) {
            Some((row, config)) => {
                let config: Config = cell(&config.config, "config", "config")?;
                Some(Place {
                    purpose: config.purpose,
                    kind: row.kind,
                    ceiling: config.ceiling,
                })
            }
            None => None,
        };
        self.known.insert(dossier, place.clone());
        Ok::<_, AppError>(place)
    }
}
