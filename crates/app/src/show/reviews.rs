//! What is due for review: a task of our own node's people, outside every ledger. Two hundred reviews are one line on the front page and one
//! list to print, from which each leads to its dossier.

use super::Showing;
use crate::access::Operation;
use crate::error::Result;
use crate::views::{ReviewLine, ReviewList, ReviewsDue};
use crate::{Actor, App};
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_store::{Ahead, DossierRow, Read, ReviewFilter, ReviewRow, StoreExt};
use std::collections::BTreeMap;

impl App {
    /// The dossiers that are due for review soon or have been, and what becomes of them where nobody decides.
    ///
    /// # Errors
    /// Storage only.
    pub fn reviews(&self, actor: &Actor) -> Result<ReviewList> {
        self.looked(actor, Operation::Consult, "reviews", None, None)?;
        self.inner.store.view("reviews", |tx| {
            let filter = ReviewFilter {
                limit: ReviewList::LINES,
                ..self.reviews_before(actor, self.now() + self.inner.oversight.keeping.remind)
            };
            let rows = tx.reviews(&filter)?;
            let lines = self.review_lines(tx, &rows)?;
            Ok(ReviewList {
                lines,
                due: self.reviews_due(tx, actor)?,
            })
        })
    }

    /// What of that is due, in figures.
    pub(crate) fn reviews_due(&self, tx: &dyn Read, actor: &Actor) -> Result<ReviewsDue> {
        let (now, keeping) = (self.now(), self.inner.oversight.keeping);
        let count = |before| tx.count_reviews(&self.reviews_before(actor, before));
        Ok(ReviewsDue {
            soon: count(now + keeping.remind)?,
            pressing: count(now + keeping.press)?,
            passed: count(now)?,
        })
    }

    fn reviews_before(&self, actor: &Actor, before: Instant) -> ReviewFilter {
        let mine = self.sees(actor);
        ReviewFilter {
            before_ms: before.0,
            services: mine.services,
            among: mine.among,
            ..ReviewFilter::default()
        }
    }

    fn review_lines(&self, tx: &dyn Read, reviews: &[ReviewRow]) -> Result<Vec<ReviewLine>> {
        let mut ahead = Ahead::default();
        for review in reviews {
            ahead.dossiers.push(review.dossier);
            ahead.relations.push(review.dossier.opening());
        }
        tx.ahead(&ahead)?;
        let mut rows: Vec<DossierRow> = Vec::with_capacity(reviews.len());
        for review in reviews {
            rows.extend(tx.dossier(review.dossier)?);
        }
        let lines = Showing::new(self, tx).lines(&rows)?;
        let mut lines: BTreeMap<DossierId, _> = lines.into_iter().map(|l| (l.id, l)).collect();
        let mut out = Vec::with_capacity(lines.len());
        for review in reviews {
            let Some(dossier) = lines.remove(&review.dossier) else {
                continue;
            };
            let passed = review.due_ms <= self.now().0;
            let mut stays = Vec::new();
            if passed {
                // By the same code as the erasure: why all of it stays.
                if let Some(kept) = self.kept_of(tx, review.dossier)? {
                    stays.extend(self.stays(tx, &kept, true)?.all);
                }
            }
            out.push(ReviewLine {
                dossier,
                due: Instant(review.due_ms),
                erased_from: self.erased_from(review),
                passed,
                stays,
            });
        }
        Ok(out)
    }

    /// The time of grace runs from the day, and from when people were told of it.
    fn erased_from(&self, review: &ReviewRow) -> Instant {
        let told = match review.told_ms {
            0 => self.now().0,
            told => told,
        };
        Instant(review.due_ms.max(told)) + self.inner.oversight.keeping.grace
    }
}
