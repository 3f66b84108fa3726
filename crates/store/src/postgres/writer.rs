//! The writer: one thread, one connection, group commit, in turn with the writers of other processes.
//!
//! A job that conflicts could be run again, but two that take turns never conflict, and what they number grows in the order of
//! their commits. Therefore every write transaction first locks the one row of the table `turn` and thereby waits for every other writer of the database,
//! whichever process it is in. What it then reads is what the last one left (read committed: each statement sees what was committed
//! before it). Number series, lease epochs, heads, appends and access lanes are thus as exact as with the one writer of SQLite.
//!
//! The cost of a turn is shared: whatever waits when it comes, up to a limit, runs in one transaction, and what the jobs write goes
//! to the server together; one commit makes the group durable, and only then is anyone answered. When a job fails, or what was
//! sent at last, the group is undone and run again with each job in a savepoint of its own, so that the failing one takes nothing
//! along. A process that dies in its turn loses it with its connection; one that hangs in it is ended by the server after 10 seconds.

use super::cells::{Notes, Tx};
use super::connection::{Conn, Target};
use crate::queue::{Job, Queue, again};
use crate::{Result, StoreError};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// Idle for so long, the writer tidies up.
const IDLE: Duration = Duration::from_millis(500);
/// So often it tries to reach a database that is away before the jobs that wait are told.
const ATTEMPTS: u32 = 25;
/// So long it waits between two attempts.
const PAUSE: Duration = Duration::from_millis(400);
/// Takes the turn.
const TURN: &str = "SELECT one FROM turn FOR UPDATE";
/// What is left of destroyed keys, bodies and tokens.
const SWEEP: &str = "VACUUM object_key, body, token";

/// Starts the thread over a migrated database.
pub(super) fn start(conn: Conn, target: Target, queue: usize, group_max: usize) -> Result<Queue> {
    let mut bench = Bench {
        conn: Some(conn),
        target,
        notes: Notes::default(),
        group_max,
    };
    Queue::start(queue, move |jobs| bench.work(&jobs))
}

/// What the thread works with.
struct Bench {
    /// `None` while the database cannot be reached.
    conn: Option<Conn>,
    target: Target,
    notes: Notes,
    group_max: usize,
}

impl Bench {
    fn work(&mut self, queue: &Receiver<Job>) {
        loop {
            let job = if self.notes.erased.get() {
                queue.recv_timeout(IDLE)
            } else {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match job {
                Ok(job) => self.group(job, queue),
                Err(RecvTimeoutError::Timeout) => self.sweep(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn group(&mut self, first: Job, queue: &Receiver<Job>) {
        let mut jobs = vec![first];
        let results = match self.together(&mut jobs, queue) {
            Together::Done(outcome) => jobs.iter().map(|_| again(&outcome)).collect(),
            Together::Failed(error) if jobs.len() == 1 => vec![Err(error)],
            Together::Failed(_) => self.apart(&mut jobs),
        };
        for (job, result) in jobs.into_iter().zip(results) {
            job.answer(result);
        }
    }

    /// Runs what waits, up to the limit, in one transaction. Jobs that were taken from the queue are added to `jobs`.
    fn together(&mut self, jobs: &mut Vec<Job>, queue: &Receiver<Job>) -> Together {
        let conn = match self.take_turn() {
            Ok(conn) => conn,
            Err(error) => {
                // Those that came meanwhile would wait just as long for the same answer.
                jobs.extend(queue.try_iter());
                return Together::Done(Err(error));
            }
        };
        let ran = self.run_each(&conn, jobs, queue);
        let outcome = match ran {
            Ok(()) => Together::Done(conn.script("COMMIT")),
            Err(error) => {
                let undone = self.undo(&conn, "ROLLBACK");
                match undone {
                    Ok(()) => Together::Failed(error),
                    Err(lost) => Together::Done(Err(lost)),
                }
            }
        };
        self.conn = Some(conn).filter(|conn| !conn.is_over());
        outcome
    }

    fn run_each(&self, conn: &Conn, jobs: &mut Vec<Job>, queue: &Receiver<Job>) -> Result<()> {
        let mut tx = Tx::new(conn, &self.notes);
        let mut next = 0;
        while let Some(job) = jobs.get_mut(next) {
            job.run(&mut tx)?;
            next += 1;
            if jobs.len() < self.group_max {
                jobs.extend(queue.try_recv());
            }
        }
        tx.flush()?;
        conn.settle()
    }

    /// Runs the same jobs again, each in a savepoint of its own. A lost transaction undid every job that has no error of its own.
    fn apart(&mut self, jobs: &mut [Job]) -> Vec<Result<()>> {
        let conn = match self.take_turn() {
            Ok(conn) => conn,
            Err(error) => {
                let failed = Err(error);
                return jobs.iter().map(|_| again(&failed)).collect();
            }
        };
        let mut results = Vec::with_capacity(jobs.len());
        let mut outcome = Ok(());
        for job in jobs.iter_mut() {
            if outcome.is_ok() {
                let (result, lost) = self.run_in_savepoint(&conn, job);
                results.push(result);
                outcome = lost;
            }
        }
        results.resize_with(jobs.len(), || Ok(()));
        if outcome.is_ok() {
            let keep = results.iter().any(Result::is_ok);
            outcome = conn.script(if keep { "COMMIT" } else { "ROLLBACK" });
        }
        if outcome.is_err() {
            for result in results.iter_mut().filter(|r| r.is_ok()) {
                *result = again(&outcome);
            }
        }
        self.conn = Some(conn).filter(|conn| !conn.is_over());
        results
    }

    /// A job in a savepoint: its error or panic undoes its own work and nothing else. The second result says whether the whole
    /// transaction is lost.
    fn run_in_savepoint(&self, conn: &Conn, job: &mut Job) -> (Result<()>, Result<()>) {
        conn.script_later("SAVEPOINT job");
        let mut tx = Tx::new(conn, &self.notes);
        // What it sent without waiting is part of its outcome.
        let result = job
            .run(&mut tx)
            .and_then(|()| tx.flush())
            .and(conn.settle());
        if result.is_err() {
            let undone = self.undo(conn, "ROLLBACK TO job");
            if undone.is_err() {
                return (result, undone);
            }
        }
        conn.script_later("RELEASE job");
        (result, Ok(()))
    }

    /// Undoes what was done, and forgets what was known of it.
    fn undo(&self, conn: &Conn, how: &str) -> Result<()> {
        Tx::new(conn, &self.notes).drop_pending();
        self.notes.memo.forget();
        let _the_job_failed_anyway = conn.settle();
        conn.script(how)
    }

    /// A connection in a transaction whose turn it is. Nothing of any job has run yet, so that a lost connection costs nothing:
    /// another one is opened.
    fn take_turn(&mut self) -> Result<Conn> {
        let mut failure = None;
        for attempt in 0..ATTEMPTS {
            if attempt > 1 {
                std::thread::sleep(PAUSE);
            }
            let conn = match self.conn.take().filter(|conn| !conn.is_over()) {
                Some(conn) => Ok(conn),
                None => Conn::open(&self.target),
            };
            let conn = match conn {
                Ok(conn) => conn,
                Err(error) => {
                    failure = Some(error);
                    continue;
                }
            };
            match begin(&conn) {
                Ok(()) => {
                    // Other processes had their turn meanwhile.
                    self.notes.memo.forget();
                    return Ok(conn);
                }
                Err(error) if conn.is_over() => failure = Some(error),
                Err(error) => {
                    // The server answers, and says no: it would say so again.
                    let undone = conn.script("ROLLBACK");
                    self.conn = undone.is_ok().then_some(conn);
                    return Err(error);
                }
            }
        }
        Err(failure.unwrap_or(StoreError::Closed))
    }

    /// Sweeps away what was destroyed, so that no page of the database keeps it among its rows.
    fn sweep(&mut self) {
        let swept = match self.conn.take().filter(|conn| !conn.is_over()) {
            Some(conn) => Ok(conn),
            None => Conn::open(&self.target),
        }
        .and_then(|conn| conn.script(SWEEP).map(|()| conn));
        if let Ok(conn) = swept {
            self.conn = Some(conn);
        }
        // An error is no reason to try without end: the server's own vacuum comes later.
        self.notes.erased.set(false);
    }
}

fn begin(conn: &Conn) -> Result<()> {
    conn.script_later("BEGIN ISOLATION LEVEL READ COMMITTED");
    let turn = conn.query(TURN, &[])?;
    if turn.len() == 1 {
        return Ok(());
    }
    Err(StoreError::Failed(
        "the table turn must have one row".to_owned(),
    ))
}

/// What running jobs in one transaction came to.
enum Together {
    /// All ran; the outcome of the commit, or of the beginning.
    Done(Result<()>),
    /// One failed, and everything was undone.
    Failed(StoreError),
}
