//! What *Today* says of plans: that something is planned near one that the reader's service makes or does, with the way to it.
//!
//! It is said once to each officer: the line ends when they looked at the plan or the day where it stands, when the plan or what is near it
//! is over, called off or erased, and it comes again when something else comes near. What was looked at is kept as a digest for each officer
//! and plan, never what it was.

use super::Showing;
use super::near::{By, Found, Planning};
use crate::access::{AccessRecord, Operation};
use crate::codec::all_dossiers;
use crate::error::Result;
use crate::views::NearbyLine;
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::COMPARE;
use entente_core::kinds::investigation::day::{DAY, NAME};
use entente_core::kinds::investigation::plan::TITLE;
use entente_proof::digest::tagged;
use entente_store::{DossierFilter, EntryRow, Read, StoreExt};
use std::collections::BTreeSet;

/// Most lines of it on the front page: one for each plan.
const MOST: usize = 20;

/// The lines, and the other dossiers that they follow from.
#[derive(Default)]
pub(super) struct Nearby {
    pub(super) lines: Vec<NearbyLine>,
    dossiers: BTreeSet<DossierId>,
}

impl App {
    /// What is planned near the plans of an officer's services and was not looked after.
    pub(super) fn nearby(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
    ) -> Result<Nearby> {
        let mut out = Nearby::default();
        let mine = self.sees(actor);
        let inquiries = DossierFilter {
            kind: Some("investigation".to_owned()),
            services: mine.services,
            among: mine.among,
            ..DossierFilter::default()
        };
        let dossiers = all_dossiers(tx, inquiries)?;
        if dossiers.is_empty() {
            return Ok(out);
        }
        let planning = self.planning(tx)?;
        for dossier in dossiers {
            let found = self.near_among(tx, actor, &planning, (dossier.id, None))?;
            for (entry, by) in &found.by {
                let row = tx.entry(*entry)?;
                let Some(row) = row.filter(|row| plans_it(actor, row, &planning)) else {
                    continue;
                };
                if tx.setting(&seen_key(actor, *entry))?.as_deref() == Some(&digest(by)[..]) {
                    continue;
                }
                let Some(line) = showing.line(&dossier)? else {
                    continue;
                };
                let values = self.read_by(tx, actor, &row)?;
                let name = values.and_then(|values| {
                    let name = values.text(TITLE).or_else(|| values.text(NAME))?;
                    Some(name.to_owned())
                });
                out.dossiers.extend(&found.dossiers);
                out.lines.push(NearbyLine {
                    dossier: line,
                    entry: *entry,
                    day: row.kind == DAY.name,
                    typed: row.kind == COMPARE.name,
                    name,
                });
                if out.lines.len() == MOST {
                    return Ok(out);
                }
            }
        }
        Ok(out)
    }

    /// That somebody is told is on record before they are.
    pub(super) fn told_nearby(&self, actor: &Actor, nearby: &Nearby) -> Result<()> {
        if nearby.lines.is_empty() {
            return Ok(());
        }
        let dossiers = nearby.dossiers.iter().map(DossierId::to_string);
        self.noted(AccessRecord {
            dossiers: dossiers.collect(),
            ..AccessRecord::by(actor, Operation::Consult, "planned_near")
        })
    }

    /// An officer looked at what is near these plans: the front page says no more of it to them until something else is.
    pub(super) fn looked_after(&self, actor: &Actor, found: &Found) -> Result<()> {
        let all = found.by.iter();
        let seen: Vec<(String, [u8; 32])> = all
            .map(|(entry, by)| (seen_key(actor, *entry), digest(by)))
            .collect();
        let known = self.inner.store.view("near_seen", |tx| {
            let mut known = true;
            for (key, digest) in &seen {
                known &= tx.setting(key)?.as_deref() == Some(&digest[..]);
            }
            Ok::<_, crate::AppError>(known)
        })?;
        if known {
            return Ok(());
        }
        self.inner.store.update("near_seen", move |tx| {
            for (key, digest) in &seen {
                tx.set_setting(key, digest)?;
            }
            Ok::<_, crate::AppError>(())
        })
    }
}

/// Whether an officer's service wrote an entry, or does something of what it plans.
fn plans_it(actor: &Actor, row: &EntryRow, planning: &Planning) -> bool {
    let wrote = row
        .service
        .parse()
        .is_ok_and(|service| actor.services.contains(&service));
    wrote || planning.is_done_by(row.id, &actor.services)
}

fn seen_key(actor: &Actor, entry: EntryId) -> String {
    format!("near-seen/{}/{entry}", actor.id)
}

/// What something is near, as a digest.
fn digest(by: &BTreeSet<By>) -> [u8; 32] {
    let mut bytes = Vec::new();
    for (step, entry, other) in by {
        for number in [step, other] {
            bytes.extend(number.unwrap_or_default().to_be_bytes());
        }
        bytes.extend(entry.0);
    }
    tagged("entente/near-seen/1", &[&bytes]).0
}
