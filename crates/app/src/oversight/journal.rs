//! The journal: every second, the heads of the lanes that moved go into one chain, and their records become findable (rule 13).
//!
//! A record is durable in its lane before its answer; what follows here may come a moment later and is made up for after a crash.
//! Several processes of one node may do this at once: each line is written in one transaction with what it covers.

use super::found_by::marks_of;
use crate::App;
use crate::error::{AppError, Result};
use entente_core::instant::Instant;
use entente_proof::digest::Digest;
use entente_proof::lane::{LaneHead, START, journal_head};
use entente_store::{JournalRow, Read, StoreExt, Write};
use std::collections::BTreeMap;

/// Most records that one line covers.
const LINE: u32 = 1_000;

impl App {
    /// Takes every record that no line of the journal covers yet.
    ///
    /// # Errors
    /// Storage.
    pub fn keep_journal(&self) -> Result<()> {
        self.note_refusals_over()?;
        while self.inner.store.view("unjournaled", |tx| is_behind(tx))? {
            let app = self.clone();
            self.inner
                .store
                .update("keep_journal", move |tx| app.append_line(tx))?;
        }
        Ok(())
    }

    fn append_line(&self, tx: &mut dyn Write) -> Result<()> {
        let last = tx.journal_last()?;
        let (n, through, prev) =
            last.map_or((0, 0, START), |row| (row.n, row.through, Digest(row.hash)));
        let rows = tx.access_after(through, LINE)?;
        let Some(newest) = rows.last().map(|placed| placed.n) else {
            return Ok(());
        };
        let (mut heads, mut marks) = (BTreeMap::new(), Vec::new());
        for placed in &rows {
            let head = LaneHead {
                seq: placed.row.seq,
                head: Digest(placed.row.hash),
            };
            heads.insert(placed.row.lane.clone(), head);
            let opened = match self.open_record(tx.as_read(), &placed.row) {
                Ok(opened) => opened,
                // One that cannot be read is found by nothing, and does not keep the others from being found.
                Err(AppError::Bug(_)) => None,
                Err(other) => return Err(other),
            };
            if let Some((record, key)) = opened {
                let of = marks_of(&key, &record).into_iter();
                marks.extend(of.map(|mark| (mark, placed.row.at_ms, placed.n)));
            }
        }
        tx.mark_access(&marks)?;
        let Instant(at_ms) = self.now();
        Ok(tx.append_journal(&JournalRow {
            n: n + 1,
            at_ms,
            through: newest,
            heads: written(&heads),
            hash: journal_head(&prev, &heads).0,
        })?)
    }
}

fn is_behind(tx: &dyn Read) -> Result<bool> {
    let through = tx.journal_last()?.map_or(0, |row| row.through);
    Ok(!tx.access_after(through, 1)?.is_empty())
}

/// Heads as lines: lane, sequence number, hash.
fn written(heads: &BTreeMap<String, LaneHead>) -> String {
    let line = |(lane, head): (&String, &LaneHead)| {
        format!("{lane} {} {}\n", head.seq, hex::encode(head.head.0))
    };
    heads.iter().map(line).collect()
}

/// The heads that lines say; nothing if one is none.
pub(super) fn read(lines: &str) -> Option<BTreeMap<String, LaneHead>> {
    let one = |line: &str| {
        let mut parts = line.rsplitn(3, ' ');
        let (hash, seq, lane) = (parts.next()?, parts.next()?, parts.next()?);
        let hash: [u8; 32] = hex::decode(hash).ok()?.try_into().ok()?;
        let head = LaneHead {
            seq: seq.parse().ok()?,
            head: Digest(hash),
        };
        Some((lane.to_owned(), head))
    };
    lines.lines().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_they_were_written() {
        let head = |seq| LaneHead {
            seq,
            head: Digest([7; 32]),
        };
        let heads = BTreeMap::from([
            ("cli-1".to_owned(), head(3)),
            ("a lane".to_owned(), head(9)),
        ]);
        assert_eq!(read(&written(&heads)), Some(heads));
        assert_eq!(read("lane 4\n"), None);
        assert_eq!(read(&format!("lane x {}\n", "07".repeat(32))), None);
    }
}
