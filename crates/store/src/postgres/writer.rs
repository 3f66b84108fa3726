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
use crate::{Result, StoreError, WriteJob};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
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

/// A job and where its outcome goes.
struct Job {
    run: WriteJob,
    answer: SyncSender<Result<()>>,
}

/// The writing half of a store.
pub(super) struct Writer {
    /// `None` once the store closes.
    queue: Mutex<Option<SyncSender<Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread over a migrated database.
    pub(super) fn start(
        conn: Conn,
        target: Target,
        queue: usize,
        group_max: usize,
    ) -> Result<Self> {
        let (send, receive) = sync_channel(queue);
        let mut bench = Bench {
            conn: Some(conn),
            target,
            notes: Notes::default(),
            group_max,
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
    /// `None` while the database cannot be reached.
    conn: Option<Conn>,
    target: Target,
    notes: Notes,
    group_max: usize,
}

type Answers = Vec<(SyncSender<Result<()>>, Result<()>)>;

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
        let mut answers = Vec::new();
        let outcome = match self.take_turn() {
            Ok(conn) => {
                let outcome = self.transact(&conn, first, queue, &mut answers);
                self.conn = Some(conn).filter(|conn| !conn.is_over());
                outcome
            }
            Err(error) => {
                // What a job holds may be the store itself: it goes before its caller is told.
                drop(first.run);
                answers.push((first.answer, Err(again(&error))));
                // Those that came meanwhile would wait just as long for the same answer.
                while let Ok(job) = queue.try_recv() {
                    answers.push((job.answer, Err(again(&error))));
                }
                Ok(())
            }
        };
        for (answer, result) in answers {
            let result = match (&outcome, result) {
                (Err(error), Ok(())) => Err(again(error)),
                (_, result) => result,
            };
            let _caller_gone = answer.send(result);
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

    /// Runs what waits, up to the limit, and commits. An error undid every job that has no error of its own.
    fn transact(
        &self,
        conn: &Conn,
        first: Job,
        queue: &Receiver<Job>,
        answers: &mut Answers,
    ) -> Result<()> {
        let mut next = Some(first);
        while let Some(job) = next {
            let (result, lost) = run_in_savepoint(conn, &self.notes, job.run);
            answers.push((job.answer, result));
            if let Some(error) = lost {
                return Err(error);
            }
            next = (answers.len() < self.group_max)
                .then(|| queue.try_recv().ok())
                .flatten();
        }
        if answers.iter().any(|(_, result)| result.is_ok()) {
            conn.script("COMMIT")
        } else {
            conn.script("ROLLBACK")
        }
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

/// A job in a savepoint: its error or panic undoes its own work and nothing else. The second result says that the whole
/// transaction is lost.
fn run_in_savepoint(
    conn: &Conn,
    notes: &Notes,
    mut job: WriteJob,
) -> (Result<()>, Option<StoreError>) {
    conn.script_later("SAVEPOINT job");
    let result = run_guarded(conn, notes, &mut job);
    // What it sent without waiting is part of its outcome.
    let settled = conn.settle();
    let result = result.and(settled);
    if result.is_err() {
        let undone = conn.script("ROLLBACK TO job");
        if let Err(error) = undone {
            return (result, Some(error));
        }
    }
    conn.script_later("RELEASE job");
    (result, None)
}

fn run_guarded(conn: &Conn, notes: &Notes, job: &mut WriteJob) -> Result<()> {
    // The transaction holds nothing but the connection; a panic leaves that in order, and the job's work is undone.
    let outcome = catch_unwind(AssertUnwindSafe(|| job(&mut Tx { conn, notes })));
    outcome.unwrap_or_else(|_| Err(StoreError::Failed("a write job panicked".to_owned())))
}

/// The same error for another caller.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Full => StoreError::Full,
        StoreError::Closed => StoreError::Closed,
        other => StoreError::Failed(other.to_string()),
    }
}
