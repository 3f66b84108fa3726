//! The writing half of a store: jobs wait in a bounded queue for the one thread that writes, and callers for the outcome.

use crate::{Result, StoreError, Write, WriteJob};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

/// A job and where its outcome goes.
pub(crate) struct Job {
    run: WriteJob,
    answer: SyncSender<Result<()>>,
}

impl Job {
    /// Runs it. A panic is an error of this job and of no other; its work must then be undone like that of any failing job.
    pub(crate) fn run(&mut self, tx: &mut dyn Write) -> Result<()> {
        guarded(&mut self.run, tx)
    }

    /// Tells its caller, who goes on only now. What the job holds may be the store itself, which must not end on this thread: it
    /// goes first.
    pub(crate) fn answer(self, outcome: Result<()>) {
        let Self { run, answer } = self;
        drop(run);
        let _caller_gone = answer.send(outcome);
    }
}

/// Runs a job on this thread. A transaction holds nothing but its connection, and a panic leaves that in order.
pub(crate) fn guarded(job: &mut WriteJob, tx: &mut dyn Write) -> Result<()> {
    let outcome = catch_unwind(AssertUnwindSafe(|| job(tx)));
    outcome.unwrap_or_else(|_| Err(StoreError::Failed("a write job panicked".to_owned())))
}

/// The same outcome for another caller.
pub(crate) fn again(outcome: &Result<()>) -> Result<()> {
    match outcome {
        Ok(()) => Ok(()),
        Err(StoreError::Full) => Err(StoreError::Full),
        Err(StoreError::Closed) => Err(StoreError::Closed),
        Err(other) => Err(StoreError::Failed(other.to_string())),
    }
}

/// The queue and its thread.
pub(crate) struct Queue {
    /// `None` once the store closes.
    jobs: Mutex<Option<SyncSender<Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Queue {
    /// Starts the thread; `work` takes jobs until the queue ends.
    pub(crate) fn start(
        most: usize,
        work: impl FnOnce(Receiver<Job>) + Send + 'static,
    ) -> Result<Self> {
        let (send, receive) = sync_channel(most);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(receive))?;
        Ok(Self {
            jobs: Mutex::new(Some(send)),
            thread: Some(thread),
        })
    }

    /// Queues a job and waits for its outcome.
    pub(crate) fn write(&self, run: WriteJob) -> Result<()> {
        let (answer, outcome) = sync_channel(1);
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = jobs.clone().ok_or(StoreError::Closed)?;
        drop(jobs);
        queue
            .send(Job { run, answer })
            .map_err(|_| StoreError::Closed)?;
        outcome.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Queue {
    /// What was queued is still written.
    fn drop(&mut self) {
        *self.jobs.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(thread) = self.thread.take()
            // A thread cannot wait for itself; it ends once its queue is empty.
            && thread.thread().id() != std::thread::current().id()
        {
            let _panicked = thread.join();
        }
    }
}
