//! What *Today* says of plans: that something is planned near one that the reader's service makes or does, with the way to it.
//!
//! It is said once to each officer: the line ends when they looked at the plan or the day where it stands, when the plan or what is near it
//! is over, called off or erased, and it comes again when something else comes near, never because something went. What was looked at is kept
//! as keyed digests for each officer, never what it was, and no longer than it is near.

use super::Showing;
use super::near::{By, Found, Planning};
use crate::access::{AccessRecord, Operation};
use crate::codec::all_dossiers;
use crate::error::{AppError, Result};
use crate::reasons::Why;
use crate::views::NearbyLine;
use crate::{Actor, App};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::compare::COMPARE;
use entente_core::kinds::investigation::day::{DAY, NAME};
use entente_core::kinds::investigation::plan::{TASK, TITLE};
use entente_proof::digest::tagged;
use entente_store::{DossierFilter, DossierRow, EntryRow, Read, StoreExt};
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
        let dossiers = all_dossiers(tx, self.inquiries_of(actor))?;
        // Whoever plans nothing is near nothing: the plans of the others need not be read.
        if !self.has_plans(tx, &dossiers)? {
            return Ok(out);
        }
        let seen = self.kept_near(tx, actor)?;
        let planning = self.planning(tx)?;
        for dossier in dossiers {
            let found = self.near_among(tx, actor, &planning, (dossier.id, None))?;
            for (entry, by) in &found.by {
                let row = tx.entry(*entry)?;
                let Some(row) = row.filter(|row| plans_it(actor, row, &planning)) else {
                    continue;
                };
                let marks = self.marks_of(actor, (entry, by));
                if marks.is_subset(&seen) {
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

    /// An officer looked at what is near these plans: the front page says no more of it to them until something else is. Of what was looked at
    /// before, what is near nothing any more is forgotten with it.
    pub(super) fn looked_after(&self, actor: &Actor, found: &Found) -> Result<()> {
        let all = found.by.iter();
        let now: Marks = all.flat_map(|of| self.marks_of(actor, of)).collect();
        let store = &self.inner.store;
        let before = store.view("near_seen", |tx| self.kept_near(tx, actor))?;
        if now.is_subset(&before) {
            return Ok(());
        }
        let still = store.view("near_seen", |tx| self.marks_now(tx, actor))?;
        let kept: Marks = before.intersection(&still).copied().collect();
        let kept: Vec<[u8; DIGEST]> = kept.union(&now).copied().collect();
        let key = seen_key(actor);
        store.update("near_seen", move |tx| {
            tx.set_setting(&key, &kept.concat())?;
            Ok::<_, AppError>(())
        })
    }

    /// What an officer looked at of what is near.
    fn kept_near(&self, tx: &dyn Read, actor: &Actor) -> Result<Marks> {
        let kept = tx.setting(&seen_key(actor))?.unwrap_or_default();
        let (marks, _) = kept.as_chunks();
        Ok(marks.iter().copied().collect())
    }

    /// Everything that is near anything in an officer's investigations at this time.
    fn marks_now(&self, tx: &dyn Read, actor: &Actor) -> Result<Marks> {
        let planning = self.planning(tx)?;
        let mut marks = Marks::new();
        for dossier in all_dossiers(tx, self.inquiries_of(actor))? {
            let found = self.near_among(tx, actor, &planning, (dossier.id, None))?;
            let all = found.by.iter();
            marks.extend(all.flat_map(|of| self.marks_of(actor, of)));
        }
        Ok(marks)
    }

    /// What a plan is near, each as a digest that nobody without the node's key can try out.
    fn marks_of(&self, actor: &Actor, (own, by): (&EntryId, &BTreeSet<By>)) -> Marks {
        let key = &self.inner.keys.index;
        let mark = |(step, entry, other): &By| {
            let numbers = [step, other].map(|number| number.unwrap_or_default().to_be_bytes());
            let parts = [
                &key[..],
                actor.id.as_bytes(),
                &own.0,
                &numbers[0],
                &entry.0,
                &numbers[1],
            ];
            let whole = tagged("entente/near-seen/3", &parts).0;
            whole.first_chunk().copied().unwrap_or_default()
        };
        by.iter().map(mark).collect()
    }

    /// The investigations that an officer takes part in.
    fn inquiries_of(&self, actor: &Actor) -> DossierFilter {
        let mine = self.sees(actor);
        DossierFilter {
            kind: Some("investigation".to_owned()),
            services: mine.services,
            among: mine.among,
            ..DossierFilter::default()
        }
    }

    /// Whether anything was ever planned in these dossiers, or compared with what others plan.
    fn has_plans(&self, tx: &dyn Read, dossiers: &[DossierRow]) -> Result<bool> {
        for dossier in dossiers {
            let planned = [TASK.name, DAY.name, COMPARE.name];
            if !tx.entries_of(dossier.id, &planned, None, 1)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Digests of what plans are near.
type Marks = BTreeSet<[u8; DIGEST]>;

/// Whether an officer's service wrote an entry, or does something of what it plans.
fn plans_it(actor: &Actor, row: &EntryRow, planning: &Planning) -> bool {
    let wrote = row
        .service
        .parse()
        .is_ok_and(|service| actor.services.contains(&service));
    wrote || planning.is_done_by(row.id, &actor.services)
}

fn seen_key(actor: &Actor) -> String {
    format!("near-seen/{}", actor.id)
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
