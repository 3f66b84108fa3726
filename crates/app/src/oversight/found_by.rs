//! What an access record can be found by: keyed digests under the key of its month, so that they say nothing without it and end with it.

use crate::access::AccessRecord;
use crate::views::AccessQuery;
use entente_core::ids::DossierId;
use entente_proof::digest::tagged;
use entente_proof::seal::ObjectKey;
use entente_store::AccessMark;

/// Domain of a mark.
const DOMAIN: &str = "entente/access-mark/1";
/// Most dossiers of one record by which it is found.
const DOSSIERS: usize = 64;

/// A mark: what of, and which.
pub(super) fn mark(key: &ObjectKey, what: &str, which: &str) -> AccessMark {
    let digest = tagged(DOMAIN, &[key.as_bytes(), what.as_bytes(), which.as_bytes()]);
    digest.0.first_chunk().copied().unwrap_or_default()
}

/// All that a record is found by.
pub(super) fn marks_of(key: &ObjectKey, record: &AccessRecord) -> Vec<AccessMark> {
    let mut marks = vec![
        mark(key, "actor", &record.actor),
        mark(key, "operation", record.operation.as_str()),
    ];
    if let Some(service) = &record.service {
        marks.push(mark(key, "service", service.as_str()));
    }
    let dossiers = record.dossier.iter().chain(&record.dossiers);
    marks.extend(dossiers.take(DOSSIERS).map(|d| mark(key, "dossier", d)));
    if record.outside {
        marks.push(mark(key, "outside", ""));
    }
    if let Some(reason) = record.reason {
        marks.push(mark(key, "reason", reason.as_str()));
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

impl AccessQuery {
    /// What a query looks for in a month: what few records bear comes first.
    pub(super) fn marks(&self, key: &ObjectKey, dossier: Option<DossierId>) -> Vec<AccessMark> {
        let mut marks = Vec::new();
        if let Some(dossier) = dossier {
            marks.push(mark(key, "dossier", &dossier.to_string()));
        }
        if let Some(reason) = self.reason {
            marks.push(mark(key, "reason", reason.as_str()));
        }
        if self.outside {
            marks.push(mark(key, "outside", ""));
        }
        if !self.actor.is_empty() {
            marks.push(mark(key, "actor", &self.actor));
        }
        if let Some(service) = &self.service {
            marks.push(mark(key, "service", service.as_str()));
        }
        if let Some(operation) = self.operation {
            marks.push(mark(key, "operation", operation.as_str()));
        }
        marks
    }
}
