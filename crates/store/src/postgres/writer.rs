//! The writer: one thread, one connection, group commit, in turn with the writers of other processes.
//!
//! A job that conflicts could be run again, but two that take turns never conflict, and what they number grows in the order of
//! their commits. Therefore every write transaction first locks the one row of the table `turn` and thereby waits for every other writer of the database,
//! whichever process it is in. What it then reads is what the last one left (read committed: each statement sees what was committed
//! before it). Number series, lease epochs, heads, appends and access lanes are thus as exact as with the one writer of SQLite.
//!
//! The cost of a turn is shared: whatever waits when it comes, up to a limit, runs in one transaction, each job in a savepoint of
//! its own, so that a failing job takes nothing along; one commit makes the group durable, and only then is anyone answered. A
//! process that dies in its turn loses it with its connection; one that hangs in it is ended by the server after 10 seconds.

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
        let results = match self.take_turn() {
            Ok(conn) => {
                let results = self.transact(&conn, &mut jobs, queue);
                self.conn = Some(conn).filter(|conn| !conn.is_over());
                results
            }
            Err(error) => {
                // Those that came meanwhile would wait just as long for the same answer.
                jobs.extend(queue.try_iter());
                let failed = Err(error);
                jobs.iter().map(|_| again(&failed)).collect()
            }
        };
        for (job, result) in jobs.into_iter().zip(results) {
            job.answer(result);
        }
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
                Ok(()) => return Ok(conn),
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

    /// Runs what waits, up to the limit, each in a savepoint of its own, and commits. Jobs that were taken from the queue are added
    /// to `jobs`. A lost transaction undid every job that has no error of its own.
    fn transact(&self, conn: &Conn, jobs: &mut Vec<Job>, queue: &Receiver<Job>) -> Vec<Result<()>> {
        let mut results = Vec::new();
        let mut outcome = Ok(());
        // Other processes had their turn meanwhile.
        self.notes.memo.forget();
        while let Some(job) = jobs.get_mut(results.len()).filter(|_| outcome.is_ok()) {
            let (result, lost) = run_in_savepoint(conn, &self.notes, job);
            results.push(result);
            outcome = lost;
            if outcome.is_ok() && jobs.len() < self.group_max {
                jobs.extend(queue.try_recv());
            }
        }
        if outcome.is_ok() {
            let keep = results.iter().any(Result::is_ok);
            outcome = conn.script(if keep { "COMMIT" } else { "ROLLBACK" });
        }
        if outcome.is_err() {
            for result in results.iter_mut().filter(|r| r.is_ok()) {
                *result = again(&outcome);
            }
        }
        results
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

/// A job in a savepoint: its error or panic undoes its own work and nothing else. The second result says whether the whole
/// transaction is lost.
fn run_in_savepoint(conn: &Conn, notes: &Notes, job: &mut Job) -> (Result<()>, Result<()>) {
    conn.script_later("SAVEPOINT job");
    let result = job.run(&mut Tx { conn, notes });
    // What it sent without waiting is part of its outcome.
    let settled = conn.settle();
    let result = result.and(settled);
    if result.is_err() {
        notes.memo.forget();
        let undone = conn.script("ROLLBACK TO job");
        if undone.is_err() {
            return (result, undone);
        }
    }
    conn.script_later("RELEASE job");
    (result, Ok(()))
}
