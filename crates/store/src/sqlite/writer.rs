//! The writer: one thread, one connection, group commit.
//!
//! Jobs wait in a bounded queue. Whatever waits when a group begins, up to a limit, runs in one transaction; one commit makes the
//! group durable, and only then is anyone answered. When a job fails, the group is undone and run again with each job in a
//! savepoint of its own, so that the failing one takes nothing along. While it has nothing to do, the writer merges search tokens and gives memory back.

use super::cells::{Notes, Tx, execute};
use super::search::PENDING_MAX;
use crate::{Result, StoreError, WriteJob};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Idle for so long, the writer tidies up.
const IDLE: Duration = Duration::from_millis(500);
/// So long a truncating checkpoint waits for readers before it is put off.
const CHECKPOINT_WAIT: Duration = Duration::from_millis(20);

/// A job and where its outcome goes.
struct Job {
    run: WriteJob,
    answer: SyncSender<Result<()>>,
}

/// The writing half of a file-backed store.
pub(super) struct Writer {
    /// `None` once the store closes.
    queue: Mutex<Option<SyncSender<Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(
        conn: Connection,
        queue: usize,
        group_max: usize,
        busy: Duration,
    ) -> Result<Self> {
        let (send, receive) = sync_channel(queue);
        let bench = Bench {
            conn,
            notes: Notes::default(),
            group_max,
            busy,
        };
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || bench.work(&receive))?;
        Ok(Self {
            queue: Mutex::new(Some(send)),
            thread: Some(thread),
        })
    }

    /// Queues a job and waits for its group's commit.
    pub(super) fn write(&self, run: WriteJob) -> Result<()> {
        let (answer, outcome) = sync_channel(1);
        let queue = self
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let queue = queue.ok_or(StoreError::Closed)?;
        queue
            .send(Job { run, answer })
            .map_err(|_| StoreError::Closed)?;
        outcome.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Writer {
    /// What was queued is still written.
    fn drop(&mut self) {
        *self.queue.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(thread) = self.thread.take()
            // A thread cannot wait for itself; it ends once its queue is empty.
            && thread.thread().id() != std::thread::current().id()
        {
            let _panicked = thread.join();
        }
    }
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
        self.notes.pending.set(
            Tx {
                conn: &self.conn,
                notes: &self.notes,
            }
            .pending_tokens()
            .unwrap_or(0),
        );
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
        for (Job { run, answer }, result) in jobs.into_iter().zip(results) {
            // Before its caller goes on: what a job holds may be the store itself, which must not end on this thread.
            drop(run);
            let _caller_gone = answer.send(result);
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
            if let Err(error) = run_guarded(&self.conn, &self.notes, &mut job.run) {
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
            let result = run_in_savepoint(&self.conn, &self.notes, &mut job.run);
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

    /// Merges some search tokens in a transaction of its own.
    fn merge(&self) -> Result<()> {
        begin(&self.conn)?;
        let tx = Tx {
            conn: &self.conn,
            notes: &self.notes,
        };
        let merged = tx.merge_tokens();
        end(&self.conn, merged.is_ok())?;
        self.notes.pending.set(merged?);
        Ok(())
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
    let result = run_guarded(conn, notes, &mut job);
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
        begin(conn)?;
        let merged = Tx { conn, notes }.merge_tokens();
        end(conn, merged.is_ok())?;
        notes.pending.set(merged?);
    }
    Ok(())
}

/// A job in a savepoint: its error or panic undoes its own work and nothing else.
fn run_in_savepoint(conn: &Connection, notes: &Notes, job: &mut WriteJob) -> Result<()> {
    execute(conn, "SAVEPOINT job")?;
    let result = run_guarded(conn, notes, job);
    if conn.is_autocommit() {
        return result;
    }
    if result.is_err() {
        notes.memo.forget();
        execute(conn, "ROLLBACK TO job")?;
    }
    execute(conn, "RELEASE job").and(result)
}

fn run_guarded(conn: &Connection, notes: &Notes, job: &mut WriteJob) -> Result<()> {
    // The transaction holds nothing but the connection; a panic leaves that in order, and the job's work is undone.
    let outcome = catch_unwind(AssertUnwindSafe(|| job(&mut Tx { conn, notes })));
    outcome.unwrap_or_else(|_| Err(StoreError::Failed("a write job panicked".to_owned())))
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

/// The same outcome for another caller.
fn again(outcome: &Result<()>) -> Result<()> {
    match outcome {
        Ok(()) => Ok(()),
        Err(StoreError::Full) => Err(StoreError::Full),
        Err(StoreError::Closed) => Err(StoreError::Closed),
        Err(other) => Err(StoreError::Failed(other.to_string())),
    }
}
