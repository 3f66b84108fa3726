//! Patterns in access records, looked for by a job and told to inspectors (`core::anomaly`). Nothing follows from one by itself.

use super::{found_by::mark, numbered};
use crate::access::{AccessRecord, Operation, month_at, month_name};
use crate::error::{AppError, Result};
use crate::notices::MAIL_DIGEST;
use crate::views::FindingView;
use crate::{Actor, App};
use entente_core::anomaly::{Finding, Look, Thresholds, find};
use entente_core::floor::Action;
use entente_core::instant::{Instant, Span};
use entente_proof::digest::tagged;
use entente_proof::seal;
use entente_store::{AccessPlace, FindingRow, PlacedAccess, Read, StoreExt, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far records were looked through.
const THROUGH: &str = "access.patterns";
/// Records looked through at once.
const AT_ONCE: u32 = 2_000;
/// Most looks of one officer that patterns are sought in: the newest.
const LOOKS: u32 = 20_000;
/// Findings on a page.
const PAGE: u32 = 50;

/// A finding as it is kept: whose looks, and what they show.
#[derive(Serialize, Deserialize)]
struct Kept {
    actor: String,
    finding: Finding,
}

impl App {
    /// Looks through the records that are new for patterns.
    ///
    /// # Errors
    /// Storage.
    pub fn find_patterns(&self) -> Result<()> {
        self.keep_journal()?;
        loop {
            let (new, last) = self
                .inner
                .store
                .view("new_looks", |tx| self.new_looks(tx))?;
            let Some(last) = last else {
                return Ok(());
            };
            let mut found = Vec::new();
            for (officer, since) in new {
                found.extend(self.patterns_of(&officer, since)?);
            }
            let app = self.clone();
            self.inner.store.update("patterns", move |tx| {
                for kept in &found {
                    app.keep_finding(tx, kept)?;
                }
                Ok::<_, AppError>(tx.set_setting(THROUGH, last.to_string().as_bytes())?)
            })?;
        }
    }

    /// Who looked at something since the last time, each with the time of the first of these looks, and the last record looked through.
    fn new_looks(&self, tx: &dyn Read) -> Result<(BTreeMap<String, Instant>, Option<u64>)> {
        let through = tx.setting(THROUGH)?;
        let through = through.and_then(|bytes| String::from_utf8(bytes).ok());
        let through = through.and_then(|text| text.parse().ok()).unwrap_or(0);
        let rows = tx.access_after(through, AT_ONCE)?;
        let mut by: BTreeMap<String, Instant> = BTreeMap::new();
        for placed in &rows {
            let Some((record, _)) = self.open_record(tx, &placed.row)? else {
                continue;
            };
            if is_look(&record) {
                let at = Instant(placed.row.at_ms);
                let first = by.entry(record.actor).or_insert(at);
                *first = (*first).min(at);
            }
        }
        Ok((by, rows.last().map(|placed| placed.n)))
    }

    /// What an officer's looks show that was completed since a time.
    fn patterns_of(&self, officer: &str, since: Instant) -> Result<Vec<Kept>> {
        let from = since - Thresholds::LONGEST - Thresholds::LONGEST;
        let looks = self.inner.store.view("looks_of", |tx| {
            let mut looks = Vec::new();
            for month in (month_at(from.0)..=month_at(self.now().0)).rev() {
                let Some(key) = self.month_key(tx, &month_name(month))? else {
                    continue;
                };
                let marks = [mark(&key, "actor", officer)];
                for placed in tx.access_by(&marks, AccessPlace::NEWEST, from.0, LOOKS)? {
                    let opened = self.open_record(tx, &placed.row)?;
                    if let Some((record, _)) = opened.filter(|(record, _)| by_a_person(record)) {
                        looks.push(look(&placed, &record));
                    }
                }
            }
            Ok::<_, AppError>(looks)
        })?;
        let found = find(&looks, &self.inner.oversight.thresholds);
        let new = found.into_iter().filter(|finding| finding.to >= since);
        let kept = new.map(|finding| Kept {
            actor: officer.to_owned(),
            finding,
        });
        Ok(kept.collect())
    }

    fn keep_finding(&self, tx: &mut dyn Write, kept: &Kept) -> Result<()> {
        let finding = &kept.finding;
        let month = month_name(month_at(finding.to.0));
        let Some(key) = self.month_key(tx.as_read(), &month)? else {
            return Ok(());
        };
        // A stretch that goes on is one line a day at most.
        let day = finding.to.0.div_euclid(Span::hours(24).0);
        let name = tagged(
            "entente/finding/1",
            &[
                &self.inner.keys.index,
                kept.actor.as_bytes(),
                &[finding.pattern.number(), u8::from(finding.exported)],
                &day.to_be_bytes(),
            ],
        );
        let plain = serde_json::to_vec(kept).map_err(|_| AppError::Bug("finding"))?;
        let aad = seal::cell("finding", &name.0, &month, 0);
        let nonce = crate::env::random(&*self.inner.random);
        let sealed = seal::seal(&key, nonce, &aad, &plain).map_err(|_| AppError::Bug("seal"))?;
        Ok(tx.put_finding(&FindingRow {
            n: 0,
            at_ms: finding.to.0,
            name: name.0,
            sealed,
        })?)
    }

    /// Patterns found, newest first, those before a number (0: from the newest). For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn access_findings(&self, actor: &Actor, before: u64) -> Result<Vec<FindingView>> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Inspect, "access_findings", None, None)?;
        self.find_patterns()?;
        self.inner.store.view("findings", |tx| {
            let mut out = Vec::new();
            for row in tx.findings(before, PAGE)? {
                out.extend(self.open_finding(tx, &row)?);
            }
            Ok(out)
        })
    }

    fn open_finding(&self, tx: &dyn Read, row: &FindingRow) -> Result<Option<FindingView>> {
        let month = month_name(month_at(row.at_ms));
        let Some(key) = self.month_key(tx, &month)? else {
            return Ok(None);
        };
        let aad = seal::cell("finding", &row.name, &month, 0);
        let plain = seal::open(&key, &aad, &row.sealed).map_err(|_| AppError::Bug("finding"))?;
        let kept: Kept = serde_json::from_slice(&plain).map_err(|_| AppError::Bug("finding"))?;
        let numbers: Result<Vec<Option<String>>> = kept
            .finding
            .dossiers
            .iter()
            .map(|dossier| numbered(tx, dossier))
            .collect();
        Ok(Some(FindingView {
            n: row.n,
            actor: kept.actor,
            numbers: numbers?.into_iter().flatten().collect(),
            finding: kept.finding,
        }))
    }
}

/// What the node does by itself for an officer at its hours says nothing of theirs: a digest at night is no look at night.
fn by_a_person(record: &AccessRecord) -> bool {
    record.verb != MAIL_DIGEST
}

fn is_look(record: &AccessRecord) -> bool {
    by_a_person(record)
        && matches!(
            record.operation,
            Operation::Consult
                | Operation::Decrypt
                | Operation::Search
                | Operation::Export
                | Operation::Ask
                | Operation::Refused
        )
}

fn look(placed: &PlacedAccess, record: &AccessRecord) -> Look {
    let words = record.words.iter();
    let words = words.filter_map(|word| hex::decode(word).ok()?.try_into().ok());
    // A page of another role is about nothing else than itself.
    let page = || {
        let refused = record.operation == Operation::Refused && record.dossier.is_none();
        refused.then(|| record.verb.clone())
    };
    Look {
        at: Instant(placed.row.at_ms),
        operation: record.operation,
        dossier: record.dossier.as_ref().and_then(|text| text.parse().ok()),
        object: record.object.clone().or_else(page),
        outside: record.outside,
        reason: record.reason,
        words: words.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: the verb in `by_a_person`.
    #[test]
    fn what_the_node_mails_at_its_hours_is_no_look_of_the_officer() {
        let record = |verb| AccessRecord::of("liaison", Operation::Export, verb);
        assert!(!is_look(&record(MAIL_DIGEST)));
        assert!(is_look(&record("export_dossier")));
    }
}
