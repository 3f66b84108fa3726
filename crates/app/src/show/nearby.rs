//! What *Today* says of plans: that something is planned near one that the reader's service makes or does, with the way to it.
//!
//! It is said once to each officer: the line ends when they looked at the plan or the day where it stands, when the plan or what is near it
//! is over, called off or erased, and it comes again when something else comes near, never because something went. What was looked at is kept
//! as keyed digests for each officer and plan, never what it was.

use super::Showing;
use super::near::{By, Found, Planning};
use crate::access::{AccessRecord, Operation};
use crate::codec::all_dossiers;
use crate::error::Result;
use crate::reasons::Why;
use crate::views::NearbyLine;
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::COMPARE;
use entente_core::kinds::investigation::day::{DAY, NAME};
use entente_core::kinds::investigation::plan::TITLE;
use entente_proof::digest::tagged;
use entente_store::{DossierFilter, EntryRow, Read, StoreExt};
use std::collections::BTreeSet;

/// Bytes of a digest of what something is near.
const DIGEST: usize = 16;
/// Most lines of it on the front page: one for each plan.
const MOST: usize = 20;

/// The lines, and for each what its record says.
#[derive(Default)]
pub(super) struct Nearby {
    pub(super) lines: Vec<NearbyLine>,
    told: Vec<Told>,
}

/// That a plan of a dossier is near others, of these dossiers where they are of our node.
struct Told {
    entry: EntryId,
    dossier: DossierId,
    why: Why,
    others: BTreeSet<DossierId>,
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
                let seen = tx.setting(&seen_key(actor, *entry))?.unwrap_or_default();
                if self.marks_of(actor, by).all(|new| is_among(&new, &seen)) {
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
                out.told.push(Told {
                    entry: *entry,
                    dossier: dossier.id,
                    why: self.standing(tx, actor, &dossier)?,
                    others: others_in(tx, by, dossier.id)?,
                });
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
        for told in &nearby.told {
            let record = AccessRecord {
                dossiers: told.others.iter().map(DossierId::to_string).collect(),
                ..AccessRecord::by(actor, Operation::Consult, "planned_near")
            };
            self.noted(record.on(told.entry).within(told.dossier, told.why))?;
        }
        Ok(())
    }

    /// An officer looked at what is near these plans: the front page says no more of it to them until something else is.
    pub(super) fn looked_after(&self, actor: &Actor, found: &Found) -> Result<()> {
        let all = found.by.iter();
        let seen: Vec<(String, Vec<u8>)> = all
            .map(|(entry, by)| {
                let digests: Vec<[u8; DIGEST]> = self.marks_of(actor, by).collect();
                (seen_key(actor, *entry), digests.concat())
            })
            .collect();
        let known = self.inner.store.view("near_seen", |tx| {
            let mut known = true;
            for (key, digests) in &seen {
                known &= tx.setting(key)?.as_deref() == Some(&digests[..]);
            }
            Ok::<_, crate::AppError>(known)
        })?;
        if known {
            return Ok(());
        }
        self.inner.store.update("near_seen", move |tx| {
            for (key, digests) in &seen {
                tx.set_setting(key, digests)?;
            }
            Ok::<_, crate::AppError>(())
        })
    }

    /// What something is near, each as a digest that nobody without the node's key can try out.
    fn marks_of(&self, actor: &Actor, by: &BTreeSet<By>) -> impl Iterator<Item = [u8; DIGEST]> {
        let key = &self.inner.keys.index;
        by.iter().map(|(step, entry, other)| {
            let numbers = [step, other].map(|number| number.unwrap_or_default().to_be_bytes());
            let parts = [
                &key[..],
                actor.id.as_bytes(),
                &numbers[0],
                &entry.0,
                &numbers[1],
            ];
            let whole = tagged("entente/near-seen/2", &parts).0;
            whole.first_chunk().copied().unwrap_or_default()
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

/// Whether a digest is among those that were kept.
fn is_among(digest: &[u8; DIGEST], kept: &[u8]) -> bool {
    kept.chunks_exact(DIGEST).any(|one| one == digest)
}

/// The other dossiers of what something is near.
fn others_in(tx: &dyn Read, by: &BTreeSet<By>, dossier: DossierId) -> Result<BTreeSet<DossierId>> {
    let mut others = BTreeSet::new();
    for (_, entry, _) in by {
        others.extend(tx.entry(*entry)?.map(|row| row.dossier));
    }
    others.remove(&dossier);
    Ok(others)
}
