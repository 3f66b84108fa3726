//! One connection, driven on the thread that uses it.
//!
//! The [`crate::Store`] trait is synchronous: each connection has a small runtime of its own, which runs while its user waits and
//! at no other time. Statements whose result nobody needs are sent without waiting ([`Conn::later`]) and answered for together
//! ([`Conn::settle`]): a job of twenty inserts costs one journey, not twenty.

use super::cells::{Value, failed};
use super::tls::Tls;
use crate::{Result, StoreError};
use bytes::Bytes;
use futures_util::future::join_all;
use futures_util::{SinkExt as _, StreamExt as _};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Row, Statement};

/// What every connection is set to: an answered commit is on disk; whoever holds a transaction without using it, or waits for a
/// turn that does not come, is ended by the server.
const SESSION: &str = "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = 10000; SET lock_timeout = 30000;
    SET statement_timeout = 0; SET default_transaction_isolation = 'read committed'; SET jit = off; SET TIME ZONE 'UTC'";

/// Statements kept prepared per connection: more than there are, but for those of lists.
const STATEMENTS: usize = 300;

/// How to reach the database.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) config: Config,
    pub(super) tls: Tls,
    /// Statements sent so far.
    pub(super) sent: Arc<AtomicU64>,
}

/// The socket's half of a connection: moves bytes while polled.
type Line = Box<dyn Messages + Send>;

trait Messages {
    /// Ready with `false` once the connection has ended.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<bool>;
}

impl<S, T> Messages for tokio_postgres::Connection<S, T>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        self.poll_message(cx)
            .map(|heard| matches!(heard, Some(Ok(_))))
    }
}

type Owed = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// A connection. Not shared: one thread at a time.
pub(super) struct Conn {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    client: Arc<Client>,
    /// `None` once it ended: those who wait for an answer learn it by the end of this half.
    line: RefCell<Option<Line>>,
    statements: RefCell<BTreeMap<String, Statement>>,
    owed: RefCell<Vec<Owed>>,
    fault: RefCell<Option<StoreError>>,
    /// Counts the statements sent over all connections of a store.
    sent: Arc<AtomicU64>,
}

impl Conn {
    /// Connects and sets the session up.
    pub(super) fn open(target: &Target) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (client, line): (Client, Line) = match &target.tls {
            Tls::Never => {
                let made = runtime.block_on(target.config.connect(tokio_postgres::NoTls));
                let (client, line) = made.map_err(failed)?;
                (client, Box::new(line))
            }
            Tls::Always(maker) => {
                let made = runtime.block_on(target.config.connect(maker.clone()));
                let (client, line) = made.map_err(failed)?;
                (client, Box::new(line))
            }
        };
        let conn = Self {
            runtime: Some(runtime),
            client: Arc::new(client),
            line: RefCell::new(Some(line)),
            statements: RefCell::default(),
            owed: RefCell::default(),
            fault: RefCell::default(),
            sent: Arc::clone(&target.sent),
        };
        conn.script(SESSION)?;
        Ok(conn)
    }

    /// Whether the connection has ended, perhaps while nobody used it.
    pub(super) fn is_over(&self) -> bool {
        let look = async {
            // Lets the runtime look at the socket at least once.
            tokio::task::yield_now().await;
            poll_fn(|cx| {
                self.poll_line(cx);
                Poll::Ready(())
            })
            .await;
        };
        if let Some(runtime) = &self.runtime {
            runtime.block_on(look);
        }
        self.line.borrow().is_none()
    }

    /// Runs statements without values, and waits.
    pub(super) fn script(&self, sql: &str) -> Result<()> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.settle()?;
        self.wait(self.client.batch_execute(sql))?.map_err(failed)
    }

    /// Runs statements without values, and does not wait.
    pub(super) fn script_later(&self, sql: &'static str) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let client = Arc::clone(&self.client);
        self.owe(Box::pin(async move {
            client.batch_execute(sql).await.map_err(failed)
        }));
    }

    /// The rows of a query, after everything sent before it has been answered.
    pub(super) fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let statement = self.prepared(sql)?;
        let rows = self.wait(self.client.query(&statement, &params(values)))?;
        self.settle()?;
        rows.map_err(failed)
    }

    /// The rows of several queries, all sent before any is waited for.
    pub(super) fn query_all(&self, asked: &[(&str, Vec<Value>)]) -> Result<Vec<Vec<Row>>> {
        let mut statements = Vec::with_capacity(asked.len());
        for (sql, _) in asked {
            statements.push(self.prepared(sql)?);
        }
        let client = &self.client;
        let each = statements.iter().zip(asked);
        let each = each.map(|(statement, (_, values))| async move {
            client.query(statement, &params(values)).await
        });
        let answers = self.wait(join_all(each))?;
        self.settle()?;
        answers
            .into_iter()
            .map(|rows| rows.map_err(failed))
            .collect()
    }

    /// How many rows a statement changed, after everything sent before it has been answered.
    pub(super) fn execute(&self, sql: &str, values: &[Value]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        let changed = self.wait(self.client.execute(&statement, &params(values)))?;
        self.settle()?;
        changed.map_err(failed)
    }

    /// Sends a statement; `judge` sees later how many rows it changed.
    pub(super) fn later(
        &self,
        sql: &str,
        values: Vec<Value>,
        judge: impl FnOnce(u64) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let statement = self.prepared(sql)?;
        let client = Arc::clone(&self.client);
        self.owe(Box::pin(async move {
            let changed = client.execute(&statement, &params(&values)).await;
            judge(changed.map_err(failed)?)
        }));
        Ok(())
    }

    /// Waits for everything sent; the first fault of it. Afterwards nothing is owed.
    pub(super) fn settle(&self) -> Result<()> {
        if !self.owed.borrow().is_empty() {
            self.wait(poll_fn(|cx| self.poll_owed(cx)))?;
        }
        self.fault.borrow_mut().take().map_or(Ok(()), Err)
    }

    /// What a `COPY ... TO STDOUT` gives, piece by piece.
    pub(super) fn copy_out(
        &self,
        sql: &str,
        each: &mut dyn FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        self.settle()?;
        let mut stream = Box::pin(self.wait(self.client.copy_out(sql))?.map_err(failed)?);
        while let Some(piece) = self.wait(stream.next())? {
            each(&piece.map_err(failed)?)?;
        }
        Ok(())
    }

    /// Feeds a `COPY ... FROM STDIN` until there is no more.
    pub(super) fn copy_in(
        &self,
        sql: &str,
        next: &mut dyn FnMut() -> Result<Option<Vec<u8>>>,
    ) -> Result<()> {
        self.settle()?;
        let sink = self.wait(self.client.copy_in::<str, Bytes>(sql))?;
        let mut sink = Box::pin(sink.map_err(failed)?);
        // An error drops the sink, which ends the copy as failed.
        while let Some(piece) = next()? {
            self.wait(sink.send(Bytes::from(piece)))?.map_err(failed)?;
        }
        self.wait(sink.as_mut().finish())?.map_err(failed)?;
        Ok(())
    }

    /// The statement, prepared once for the life of the connection.
    fn prepared(&self, sql: &str) -> Result<Statement> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = match self.wait(self.client.prepare(sql))? {
            Ok(statement) => statement,
            Err(error) => {
                // In an aborted transaction nothing can be prepared: what aborted it is the cause.
                self.settle()?;
                return Err(failed(error));
            }
        };
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS {
            // Lists of many different filters: their statements cost the server memory.
            statements.clear();
        }
        statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Forgets prepared statements whose meaning ends with the transaction, such as those on a cursor.
    pub(super) fn forget(&self) {
        self.statements.borrow_mut().clear();
    }

    /// Sends what a future sends at its first poll, and keeps it for [`Conn::settle`].
    fn owe(&self, mut owed: Owed) {
        let sent = poll_fn(|cx| Poll::Ready(owed.as_mut().poll(cx)));
        let Some(runtime) = &self.runtime else {
            return;
        };
        match runtime.block_on(sent) {
            Poll::Ready(done) => self.note_fault(done),
            Poll::Pending => self.owed.borrow_mut().push(owed),
        }
    }

    /// Runs the connection until a future is done.
    fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let mut work = pin!(work);
        let step = poll_fn(|cx| {
            self.poll_line(cx);
            // Answers come in order: what is owed must be taken before the connection goes on to the next.
            let _all = self.poll_owed(cx);
            work.as_mut().poll(cx)
        });
        let runtime = self.runtime.as_ref().ok_or(StoreError::Closed)?;
        Ok(runtime.block_on(step))
    }

    fn poll_line(&self, cx: &mut Context<'_>) {
        let mut line = self.line.borrow_mut();
        while let Some(open) = line.as_mut() {
            match open.poll(cx) {
                Poll::Ready(true) => {}
                Poll::Ready(false) => *line = None,
                Poll::Pending => return,
            }
        }
    }

    fn poll_owed(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut owed = self.owed.take();
        owed.retain_mut(|one| match one.as_mut().poll(cx) {
            Poll::Ready(done) => {
                self.note_fault(done);
                false
            }
            Poll::Pending => true,
        });
        let done = owed.is_empty();
        *self.owed.borrow_mut() = owed;
        if done { Poll::Ready(()) } else { Poll::Pending }
    }

    /// The first fault is the cause; those after it only say that the transaction is aborted.
    fn note_fault(&self, done: Result<()>) {
        if let Err(error) = done {
            self.fault.borrow_mut().get_or_insert(error);
        }
    }
}

/// Values as the client takes them.
fn params(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

impl Drop for Conn {
    /// A runtime may be dropped by an asynchronous caller only if nothing is waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
