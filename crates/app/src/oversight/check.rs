//! Whether the records are whole: each lane is unbroken from its first record to its last, the journal names the same heads, and the
//! partner holds a hash of the journal since a certain time (rule 13).

use super::{journal, witness};
use crate::access::Operation;
use crate::error::Result;
use crate::views::{AccessCheck, LaneCheck, WitnessView};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::instant::Instant;
use entente_proof::digest::Digest;
use entente_proof::lane::{LaneHead, START, journal_head};
use entente_store::{AccessRow, Direction, Read, StoreExt};
use std::collections::BTreeMap;

/// Rows read at once.
const AT_ONCE: u32 = 1_000;
const DAY_MS: i64 = 86_400_000;

/// How far lanes were followed.
#[derive(Default)]
struct Followed {
    lanes: BTreeMap<String, (LaneHead, LaneCheck)>,
}

impl App {
    /// Follows every lane and the journal from their beginnings, and says what the partners witnessed. For inspectors only.
    ///
    /// # Errors
    /// [`crate::AppError::Forbidden`] for any other role.
    pub fn access_check(&self, actor: &Actor) -> Result<AccessCheck> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Inspect, "access_check", None, None)?;
        self.keep_journal()?;
        self.inner.store.view("access_check", |tx| {
            let mut followed = Followed::default();
            let (lines, unbroken) = followed.along_the_journal(tx)?;
            for head in tx.lane_heads()? {
                followed.up_to(tx, &head.lane, head.seq)?;
            }
            let lanes: Vec<LaneCheck> =
                followed.lanes.into_values().map(|(_, lane)| lane).collect();
            Ok(AccessCheck {
                records: lanes.iter().map(|lane| lane.to).sum(),
                lanes,
                journal_lines: lines,
                journal_unbroken: unbroken,
                witnesses: witnesses(tx)?,
            })
        })
    }
}

impl Followed {
    /// Follows the journal, and each lane up to the heads that it names: how many lines there are, and whether all of them hold.
    fn along_the_journal(&mut self, tx: &dyn Read) -> Result<(u64, bool)> {
        let (mut prev, mut lines, mut unbroken) = (START, 0, true);
        loop {
            let rows = tx.journal(lines + 1, AT_ONCE)?;
            if rows.is_empty() {
                return Ok((lines, unbroken));
            }
            for row in rows {
                lines += 1;
                let heads = journal::read(&row.heads).unwrap_or_default();
                unbroken &= row.n == lines && journal_head(&prev, &heads).0 == row.hash;
                prev = Digest(row.hash);
                for (lane, head) in heads {
                    let reached = self.up_to(tx, &lane, head.seq)?;
                    if reached != head {
                        self.broken(&lane);
                    }
                }
            }
        }
    }

    /// Follows a lane up to a record: where it stands there.
    fn up_to(&mut self, tx: &dyn Read, lane: &str, seq: u64) -> Result<LaneHead> {
        let (mut head, mut check) = self.lanes.remove(lane).unwrap_or_else(|| {
            (
                LaneHead::start(),
                LaneCheck {
                    lane: lane.to_owned(),
                    unbroken: true,
                    ..LaneCheck::default()
                },
            )
        });
        while head.seq < seq {
            let left = u32::try_from(seq - head.seq).unwrap_or(AT_ONCE);
            let rows = tx.lane(lane, head.seq + 1, left.min(AT_ONCE))?;
            if rows.is_empty() {
                check.unbroken = false;
                break;
            }
            for row in &rows {
                head = follow(head, row, &mut check);
            }
        }
        self.lanes.insert(lane.to_owned(), (head, check));
        Ok(head)
    }

    fn broken(&mut self, lane: &str) {
        if let Some((_, check)) = self.lanes.get_mut(lane) {
            check.unbroken = false;
        }
    }
}

/// One record on. Where the chain breaks, it goes on from what is stored, so that the next break is found too.
fn follow(head: LaneHead, row: &AccessRow, check: &mut LaneCheck) -> LaneHead {
    let next = head.after(&row.sealed);
    check.unbroken &= next.seq == row.seq && next.head.0 == row.hash;
    check.to = row.seq;
    check.last = Some(Instant(row.at_ms));
    if check.first.is_none() {
        (check.first, check.from) = (Some(Instant(row.at_ms)), row.seq);
    }
    LaneHead {
        seq: row.seq,
        head: Digest(row.hash),
    }
}

/// What each partner holds of our journal.
fn witnesses(tx: &dyn Read) -> Result<Vec<WitnessView>> {
    let Some(last) = witness::last(tx)? else {
        return Ok(Vec::new());
    };
    let line = tx.journal(last.line, 1)?;
    let same = line
        .first()
        .is_some_and(|row| row.n == last.line && row.hash == last.hash);
    let mut views = Vec::new();
    for (partner, _) in &last.towards {
        let position = last.position(tx, partner)?;
        let receipt = match position {
            Some(position) => tx.receipt(partner, Direction::Out, position)?,
            None => None,
        };
        let cosigned = tx.register(partner, Direction::Out)?.cosigned;
        views.push(WitnessView {
            partner: partner.clone(),
            day: Instant(last.day.saturating_mul(DAY_MS)),
            line: last.line,
            same,
            position,
            cosigned: position.is_some_and(|position| position < cosigned),
            receipted: receipt.map(|row| Instant(row.time_ms)),
        });
    }
    Ok(views)
}
