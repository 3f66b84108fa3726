//! Statements, and cells read with their names: what does not fit is reported by table and column.

use crate::cells::{CellReader, FromRow, Shape, damaged};
use crate::{BodyState, ConfigRow, Result, StoreError, TermsRow};
use entente_core::ids::{DossierId, EntryId, NodeName};
use rusqlite::types::{FromSql, FromSqlError};
use rusqlite::{Connection, ErrorCode, Params, Row};
use std::cell::{Cell, RefCell, RefMut};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Most things that a memo holds of each sort.
const MEMO: usize = 8_192;

/// Declares a file's statements by name; a test prepares every one against a migrated schema.
macro_rules! statements {
    ($($name:ident = $text:expr;)+) => {
        $(const $name: &str = $text;)+
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $text)),+];
    };
}
pub(super) use statements;

/// The cells of one row, read from left to right.
pub(super) struct Cells<'r, 's> {
    row: &'r Row<'s>,
    shape: Shape,
    next: Cell<usize>,
}

impl Cells<'_, '_> {
    /// The next cell.
    pub(super) fn get<T: FromSql>(&self) -> Result<T> {
        let index = self.next.get();
        self.next.set(index + 1);
        self.row.get(index).map_err(|error| match error {
            rusqlite::Error::SqliteFailure(..) => failed(error),
            _ => damaged(self.shape, index),
        })
    }
}

impl CellReader for Cells<'_, '_> {
    fn text(&self) -> Result<String> {
        self.get()
    }
    fn bytes(&self) -> Result<Vec<u8>> {
        self.get()
    }
    fn opt_bytes(&self) -> Result<Option<Vec<u8>>> {
        self.get()
    }
    fn flag(&self) -> Result<bool> {
        self.get()
    }
    fn array<const N: usize>(&self) -> Result<[u8; N]> {
        self.get()
    }
    fn opt_array<const N: usize>(&self) -> Result<Option<[u8; N]>> {
        self.get()
    }
    fn number(&self) -> Result<i64> {
        self.get()
    }
    fn opt_number(&self) -> Result<Option<i64>> {
        self.get()
    }
    fn name<T: FromStr>(&self) -> Result<T> {
        let Parsed(name) = self.get::<Parsed<T>>()?;
        Ok(name)
    }
    fn opt_name<T: FromStr>(&self) -> Result<Option<T>> {
        Ok(self.get::<Option<Parsed<T>>>()?.map(|Parsed(name)| name))
    }
    fn damaged(&self) -> StoreError {
        damaged(self.shape, self.next.get().saturating_sub(1))
    }
}

/// A name parsed straight from the cell, without a copy between.
struct Parsed<T>(T);
impl<T: FromStr> FromSql for Parsed<T> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        value
            .as_str()?
            .parse()
            .map(Self)
            .map_err(|_| FromSqlError::InvalidType)
    }
}

/// What happened in a transaction that the writer has to see to afterwards.
#[derive(Default)]
pub(super) struct Notes {
    /// Something was destroyed: the write-ahead log must not keep it.
    pub(super) erased: Cell<bool>,
    /// Entries whose tokens wait to be merged; an estimate, exact again after each merge.
    pub(super) pending: Cell<u64>,
    /// What this connection knows for good.
    pub(super) memo: Memo,
}

/// Small numbers that this connection has read or given and that never change, so that one entry is not looked up ten times.
/// Forgotten whenever anything is undone: a number given in vain must not be remembered.
#[derive(Default)]
pub(super) struct Memo {
    dossiers: RefCell<BTreeMap<DossierId, i64>>,
    entries: RefCell<BTreeMap<EntryId, Known>>,
    /// Known for one transaction only: nobody else writes meanwhile, and what this one writes is taken out.
    turn: RefCell<Turn>,
}

/// What was read in the present transaction and is asked for again by every entry of a busy dossier.
#[derive(Default)]
pub(super) struct Turn {
    pub(super) configs: BTreeMap<i64, ConfigRow>,
    pub(super) terms: BTreeMap<NodeName, TermsRow>,
    pub(super) keys: BTreeMap<(i64, Vec<u8>), Vec<u8>>,
    pub(super) pseudonyms: BTreeMap<(DossierId, String), [u8; 8]>,
    /// Entries inserted in this transaction: position, dossier, body.
    pub(super) fresh: BTreeMap<EntryId, (i64, i64, BodyState)>,
    /// The entry looked for last, if it was not here.
    pub(super) absent: Option<EntryId>,
}

/// What never changes of an entry that is here and judged.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) position: i64,
    pub(super) dossier: i64,
    pub(super) verdict: u8,
}

impl Memo {
    pub(super) fn forget(&self) {
        self.new_turn();
        self.dossiers.borrow_mut().clear();
        self.entries.borrow_mut().clear();
    }
    /// Another transaction begins.
    pub(super) fn new_turn(&self) {
        self.turn.replace(Turn::default());
    }
    /// What is known in this transaction.
    pub(super) fn turn(&self) -> RefMut<'_, Turn> {
        self.turn.borrow_mut()
    }
    pub(super) fn dossier(&self, id: &DossierId) -> Option<i64> {
        self.dossiers.borrow().get(id).copied()
    }
    pub(super) fn keep_dossier(&self, id: DossierId, n: i64) {
        bounded(&mut self.dossiers.borrow_mut()).insert(id, n);
    }
    pub(super) fn entry(&self, id: &EntryId) -> Option<Known> {
        self.entries.borrow().get(id).copied()
    }
    /// What is known of an entry changes.
    pub(super) fn drop_entry(&self, id: &EntryId) {
        self.entries.borrow_mut().remove(id);
    }
    pub(super) fn keep_entry(&self, id: EntryId, known: Known) {
        bounded(&mut self.entries.borrow_mut()).insert(id, known);
    }
}

/// Full, it begins anew.
fn bounded<K: Ord, V>(map: &mut BTreeMap<K, V>) -> &mut BTreeMap<K, V> {
    if map.len() >= MEMO {
        map.clear();
    }
    map
}

/// One transaction. The verbs are in the files named after their concern; `verbs.rs` puts them behind the traits.
pub(super) struct Tx<'c> {
    pub(super) conn: &'c Connection,
    pub(super) notes: &'c Notes,
}

impl Tx<'_> {
    /// Every row of a query.
    pub(super) fn many<T>(
        &self,
        sql: &str,
        params: impl Params,
        shape: Shape,
        read: impl Fn(&Cells<'_, '_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(params).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            found.push(read(&cells(row, shape))?);
        }
        Ok(found)
    }
    /// The first row of a query, if any.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        shape: Shape,
        read: impl FnOnce(&Cells<'_, '_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(params).map_err(failed)?;
        let row = rows.next().map_err(failed)?;
        row.map(|row| read(&cells(row, shape))).transpose()
    }
    /// Every row of a query, whole.
    pub(super) fn rows<R: FromRow>(&self, sql: &str, params: impl Params) -> Result<Vec<R>> {
        self.many(sql, params, R::SHAPE, |c| R::read(c))
    }
    /// The first row of a query, whole, if any.
    pub(super) fn row<R: FromRow>(&self, sql: &str, params: impl Params) -> Result<Option<R>> {
        self.one(sql, params, R::SHAPE, |c| R::read(c))
    }
    /// A statement without rows: how many it changed.
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        statement.execute(params).map_err(failed)
    }
    /// A statement run for each of many values, every time changing one row (`exactly`) or at most one.
    pub(super) fn run_each<P: Params>(
        &self,
        sql: &str,
        table: &str,
        exactly: bool,
        values: impl IntoIterator<Item = Result<P>>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        for value in values {
            let changed = statement.execute(value?).map_err(failed)?;
            if exactly && changed != 1 {
                return Err(miscounted(table, changed));
            }
        }
        Ok(())
    }
    /// A statement that must change exactly one row of a table.
    pub(super) fn run_one(&self, sql: &str, params: impl Params, table: &str) -> Result<()> {
        match self.run(sql, params)? {
            1 => Ok(()),
            n => Err(miscounted(table, n)),
        }
    }
}

fn cells<'r, 's>(row: &'r Row<'s>, shape: Shape) -> Cells<'r, 's> {
    Cells {
        row,
        shape,
        next: Cell::new(0),
    }
}

/// A statement without values or rows.
pub(super) fn execute(conn: &Connection, sql: &str) -> Result<()> {
    let mut statement = conn.prepare_cached(sql).map_err(failed)?;
    statement.execute(()).map(drop).map_err(failed)
}

fn miscounted(table: &str, changed: usize) -> StoreError {
    StoreError::Failed(format!("{table}: {changed} rows changed where one must"))
}

/// A database error as ours. Never the statement's values: only what SQLite says itself.
pub(super) fn failed(error: rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return StoreError::Full;
    }
    StoreError::Failed(error.to_string())
}

/// A number for the database, which knows signed ones only.
pub(super) fn int(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| StoreError::Failed("number beyond 63 bits".to_owned()))
}
