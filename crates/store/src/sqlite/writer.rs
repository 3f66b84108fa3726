//! The writer: one thread, one connection, group commit.
//!
//! Jobs wait in a bounded queue. Whatever waits when a group begins, up to a limit, runs in one transaction; one commit makes the
//! group durable, and only then is anyone answered. When a job fails, the group is undone and run again with each job in a
//! savepoint of its own, so that the failing one takes nothing along. While it has nothing to do, the writer merges search tokens
//! and gives memory back.

use super::cells::{Notes, Tx, execute};
use super::search::PENDING_MAX;
use crate::queue::{Job, Queue, again, guarded};
use crate::{Result, StoreError, WriteJob};
use rusqlite::Connection;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Idle for so long, the writer tidies up.
const IDLE: Duration = Duration::from_millis(500);
/// So long a truncating checkpoint waits for readers before it is put off.
const CHECKPOINT_WAIT: Duration = Duration::from_millis(20);

/// Starts the thread of a file-backed store.
pub(super) fn start(
    conn: Connection,
    queue: usize,
    group_max: usize,
    busy: Duration,
) -> Result<Queue> {
    let bench = Bench {
        conn,
        notes: Notes::default(),
        group_max,
        busy,
    };
    Queue::start(queue, move |jobs| bench.work(&jobs))
}

/// What the thread works with.
struct Bench {
    conn: Connection,
    notes: Notes,
    group_max: usize,
    busy: Duration,
}

impl Bench {
    fn work(&self, queue: &Receiver<Job>) {
        let pending = self.tx().pending_tokens();
        self.notes.pending.set(pending.unwrap_or(0));
        let mut tidy = false;
        loop {
            let job = if tidy {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                queue.recv_timeout(IDLE)
            };
            match job {
                Ok(job) => {
                    self.group(job, queue);
                    tidy = false;
                }
                Err(RecvTimeoutError::Timeout) => tidy = self.tidy(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn group(&self, first: Job, queue: &Receiver<Job>) {
        let mut jobs = vec![first];
        let results = match self.together(&mut jobs, queue) {
            Together::Done(outcome) => jobs.iter().map(|_| again(&outcome)).collect(),
            Together::Failed(error) if jobs.len() == 1 => vec![Err(error)],
            Together::Failed(_) => self.apart(&mut jobs),
        };
        if results.iter().any(Result::is_err) {
            self.notes.memo.forget();
        }
        if self.notes.erased.get() && results.iter().any(Result::is_ok) {
            // Before anybody is told that it is destroyed, if no reader is in the way.
            self.forget();
        }
        for (job, result) in jobs.into_iter().zip(results) {
            job.answer(result);
        }
        if self.notes.pending.get() >= PENDING_MAX {
            let _retried_at_the_next_group = self.merge();
        }
    }

    /// Runs what waits, up to the limit, in one transaction without savepoints, which cost as much as the work itself. Jobs that
    /// were taken from the queue are added to `jobs`.
    fn together(&self, jobs: &mut Vec<Job>, queue: &Receiver<Job>) -> Together {
        if let Err(error) = begin(&self.conn) {
            return Together::Done(Err(error));
        }
        self.notes.memo.new_turn();
        let mut next = 0;
        while let Some(job) = jobs.get_mut(next) {
            if let Err(error) = job.run(&mut self.tx()) {
                self.notes.memo.forget();
                if !self.conn.is_autocommit() {
                    let _a_failed_rollback_is_seen_by_begin = execute(&self.conn, "ROLLBACK");
                }
                return Together::Failed(error);
            }
            next += 1;
            if jobs.len() < self.group_max {
                jobs.extend(queue.try_recv());
            }
        }
        Together::Done(end(&self.conn, true))
    }

    /// Runs the same jobs again, each in a savepoint of its own: the one that fails takes nothing along.
    fn apart(&self, jobs: &mut [Job]) -> Vec<Result<()>> {
        let mut results = Vec::with_capacity(jobs.len());
        let mut outcome = begin(&self.conn);
        self.notes.memo.new_turn();
        for job in jobs.iter_mut() {
            if outcome.is_err() {
                break;
            }
            let result = self.in_savepoint(job);
            if self.conn.is_autocommit() {
                // A full disk, say: SQLite undid the whole transaction by itself.
                let lost = || StoreError::Failed("the group's transaction was lost".to_owned());
                outcome = Err(again(&result).err().unwrap_or_else(lost));
            }
            results.push(result);
        }
        if outcome.is_ok() {
            outcome = end(&self.conn, results.iter().any(Result::is_ok));
        }
        results.resize_with(jobs.len(), || Ok(()));
        if outcome.is_err() {
            for result in results.iter_mut().filter(|r| r.is_ok()) {
                *result = again(&outcome);
            }
        }
        results
    }

    /// A job in a savepoint: its error or panic undoes its own work and nothing else.
    fn in_savepoint(&self, job: &mut Job) -> Result<()> {
        execute(&self.conn, "SAVEPOINT job")?;
        let result = job.run(&mut self.tx());
        if self.conn.is_autocommit() {
            return result;
        }
        if result.is_err() {
            self.notes.memo.forget();
            execute(&self.conn, "ROLLBACK TO job")?;
        }
        execute(&self.conn, "RELEASE job").and(result)
    }

    fn tx(&self) -> Tx<'_> {
        Tx {
            conn: &self.conn,
            notes: &self.notes,
        }
    }

    /// One idle step; whether nothing is left to do.
    fn tidy(&self) -> bool {
        if self.notes.erased.get() && !self.forget() {
            return false;
        }
        if self.notes.pending.get() > 0 {
            // An error (a full disk) is no reason to try without end: the next group does.
            return self.merge().is_err();
        }
        let _best_effort = self.conn.release_memory();
        true
    }

    fn merge(&self) -> Result<()> {
        merge(&self.conn, &self.notes)
    }

    /// Empties the write-ahead log, so that it does not keep what was destroyed; `false` while a reader still needs it.
    fn forget(&self) -> bool {
        let _best_effort = self.conn.busy_timeout(CHECKPOINT_WAIT);
        let busy: rusqlite::Result<i64> =
            self.conn
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0));
        let _best_effort = self.conn.busy_timeout(self.busy);
        let done = matches!(busy, Ok(0));
        self.notes.erased.set(!done);
        done
    }
}

/// What running jobs in one transaction came to.
enum Together {
    /// All ran; the outcome of the commit, or of the beginning.
    Done(Result<()>),
    /// One failed, and everything was undone.
    Failed(StoreError),
}

/// Runs one job in a transaction of its own on this thread: for the in-memory store.
pub(super) fn write_inline(conn: &Connection, notes: &Notes, mut job: WriteJob) -> Result<()> {
    begin(conn)?;
    notes.memo.new_turn();
    let result = guarded(&mut job, &mut Tx { conn, notes });
    if conn.is_autocommit() {
        notes.memo.forget();
        return result.and(Err(StoreError::Failed(
            "the transaction was lost".to_owned(),
        )));
    }
    let ended = end(conn, result.is_ok()).and(result);
    if ended.is_err() {
        notes.memo.forget();
    }
    ended?;
    if notes.pending.get() >= PENDING_MAX {
        merge(conn, notes)?;
    }
    Ok(())
}

/// Merges some search tokens in a transaction of its own.
fn merge(conn: &Connection, notes: &Notes) -> Result<()> {
    begin(conn)?;
    let merged = Tx { conn, notes }.merge_tokens();
    end(conn, merged.is_ok())?;
    notes.pending.set(merged?);
    Ok(())
}

fn begin(conn: &Connection) -> Result<()> {
    if !conn.is_autocommit() {
        // Left over from a rollback that failed: nothing of it was promised to anyone.
        execute(conn, "ROLLBACK")?;
    }
    execute(conn, "BEGIN IMMEDIATE")
}

fn end(conn: &Connection, keep: bool) -> Result<()> {
    if !keep {
        return execute(conn, "ROLLBACK");
    }
    let committed = execute(conn, "COMMIT");
    if committed.is_err() && !conn.is_autocommit() {
        let _the_commit_error_counts = execute(conn, "ROLLBACK");
    }
    committed
}
