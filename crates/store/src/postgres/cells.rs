//! Statements, values and cells: what does not fit is reported by table and column.

use super::connection::Conn;
use super::memo::Memo;
use super::pending::Pending;
use crate::cells::{CellReader, FromRow, Shape, damaged};
use crate::{Result, StoreError};
use bytes::BytesMut;
use std::cell::{Cell, RefCell};
use std::error::Error as StdError;
use std::str::FromStr;
use tokio_postgres::Row;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// Declares a file's statements by name; a test prepares every one against a migrated schema.
macro_rules! statements {
    ($($name:ident = $text:expr;)+) => {
        $(const $name: &str = $text;)+
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $text)),+];
    };
}
pub(super) use statements;

/// Values for a statement, in order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { Vec::from([$(super::cells::Value::from($value)),*]) };
}
pub(super) use values;

/// A value for a statement: owned, so that it can be sent without waiting.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Int(i64),
    Flag(bool),
    Text(String),
    Bytes(Vec<u8>),
    Ints(Vec<i64>),
    Texts(Vec<String>),
    Blobs(Vec<Vec<u8>>),
    /// Bytes, some of which are not there.
    OptBlobs(Vec<Option<Vec<u8>>>),
}

macro_rules! value_from {
    ($($type:ty => |$name:ident| $value:expr;)+) => {
        $(impl From<$type> for Value { fn from($name: $type) -> Self { $value } })+
    };
}
value_from! {
    i64 => |n| Value::Int(n);
    u8 => |n| Value::Int(i64::from(n));
    u32 => |n| Value::Int(i64::from(n));
    bool => |flag| Value::Flag(flag);
    &str => |text| Value::Text(text.to_owned());
    &String => |text| Value::Text(text.clone());
    String => |text| Value::Text(text);
    &[u8] => |bytes| Value::Bytes(bytes.to_vec());
    &Vec<u8> => |bytes| Value::Bytes(bytes.clone());
    [u8; 32] => |bytes| Value::Bytes(bytes.to_vec());
    [u8; 8] => |bytes| Value::Bytes(bytes.to_vec());
    Vec<i64> => |ints| Value::Ints(ints);
    Vec<String> => |texts| Value::Texts(texts);
    Vec<Vec<u8>> => |blobs| Value::Blobs(blobs);
    Vec<Option<[u8; 32]>> => |ids| Value::OptBlobs(ids.into_iter().map(|id| id.map(Vec::from)).collect());
    Vec<Option<Vec<u8>>> => |blobs| Value::OptBlobs(blobs);
}
impl<T> From<Option<T>> for Value
where
    Value: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Value::from)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) => match *ty {
                Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
                Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
                // SQLite has no other form of yes and no.
                Type::BOOL if (0..=1).contains(n) => (*n == 1).to_sql(ty, out),
                _ => n.to_sql_checked(ty, out),
            },
            Self::Flag(flag) => flag.to_sql_checked(ty, out),
            Self::Text(text) => text.to_sql_checked(ty, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(ty, out),
            Self::Ints(ints) => ints.to_sql_checked(ty, out),
            Self::Texts(texts) => texts.to_sql_checked(ty, out),
            Self::OptBlobs(blobs) => blobs.to_sql_checked(ty, out),
            Self::Blobs(blobs) => blobs.to_sql_checked(ty, out),
        }
    }
    /// Each value is checked against the type when it is written.
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

/// A whole number of any width.
struct Whole(i64);
impl<'a> FromSql<'a> for Whole {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT2 => i64::from(i16::from_sql(ty, raw)?),
            Type::INT4 => i64::from(i32::from_sql(ty, raw)?),
            _ => i64::from_sql(ty, raw)?,
        }))
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

/// The cells of one row, read from left to right.
pub(super) struct Cells<'r> {
    row: &'r Row,
    shape: Shape,
    next: Cell<usize>,
}

impl<'r> Cells<'r> {
    pub(super) fn new(row: &'r Row, shape: Shape) -> Self {
        Self {
            row,
            shape,
            next: Cell::new(0),
        }
    }
    fn get<T: FromSql<'r>>(&self) -> Result<T> {
        let index = self.next.get();
        self.next.set(index + 1);
        self.row
            .try_get(index)
            .map_err(|_| damaged(self.shape, index))
    }
}

impl CellReader for Cells<'_> {
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
        <[u8; N]>::try_from(self.get::<&[u8]>()?).map_err(|_| self.damaged())
    }
    fn opt_array<const N: usize>(&self) -> Result<Option<[u8; N]>> {
        let bytes = self.get::<Option<&[u8]>>()?;
        bytes
            .map(|bytes| <[u8; N]>::try_from(bytes).map_err(|_| self.damaged()))
            .transpose()
    }
    fn number(&self) -> Result<i64> {
        self.get().map(|Whole(number)| number)
    }
    fn opt_number(&self) -> Result<Option<i64>> {
        let number = self.get::<Option<Whole>>()?;
        Ok(number.map(|Whole(number)| number))
    }
    fn name<T: FromStr>(&self) -> Result<T> {
        self.get::<&str>()?.parse().map_err(|_| self.damaged())
    }
    fn opt_name<T: FromStr>(&self) -> Result<Option<T>> {
        let name = self.get::<Option<&str>>()?;
        name.map(|name| name.parse().map_err(|_| self.damaged()))
            .transpose()
    }
    fn damaged(&self) -> StoreError {
        damaged(self.shape, self.next.get().saturating_sub(1))
    }
}

/// What happened in a transaction that the writer has to see to afterwards.
#[derive(Default)]
pub(super) struct Notes {
    /// Something was destroyed: its dead rows are to be swept away.
    pub(super) erased: Cell<bool>,
    /// What the present transaction knows already.
    pub(super) memo: Memo,
    /// What it has still to write.
    pub(super) pending: RefCell<Pending>,
}

/// One transaction. The verbs are in the files named after their concern; `verbs.rs` puts them behind the traits.
///
/// Writing verbs do not wait for the server: a fault of one shows at the next verb that reads, at the latest when the job ends.
/// Either way it undoes the job.
pub(super) struct Tx<'c> {
    pub(super) conn: &'c Conn,
    pub(super) notes: &'c Notes,
    /// Whether it reads only what nothing that waits changes.
    pub(super) past: bool,
}

impl<'c> Tx<'c> {
    /// A transaction on a connection.
    pub(super) fn new(conn: &'c Conn, notes: &'c Notes) -> Self {
        Self {
            conn,
            notes,
            past: false,
        }
    }
    /// The same, for reading rows that nothing that waits changes: it is not sent before.
    pub(super) fn past(&self) -> Self {
        Self {
            past: true,
            ..Self::new(self.conn, self.notes)
        }
    }
    /// Sends what waits, if what is read next could show it.
    pub(super) fn catch_up(&self) -> Result<()> {
        if self.past { Ok(()) } else { self.flush() }
    }
}

impl Tx<'_> {
    /// Every row of a query.
    pub(super) fn many<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        shape: Shape,
        read: impl Fn(&Cells<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.catch_up()?;
        let rows = self.conn.query(sql, &values)?;
        rows.iter()
            .map(|row| read(&Cells::new(row, shape)))
            .collect()
    }
    /// The first row of a query, if any.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        shape: Shape,
        read: impl FnOnce(&Cells<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.catch_up()?;
        let rows = self.conn.query(sql, &values)?;
        rows.first()
            .map(|row| read(&Cells::new(row, shape)))
            .transpose()
    }
    /// Every row of a query, whole.
    pub(super) fn rows<R: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<R>> {
        self.many(sql, values, R::SHAPE, |c| R::read(c))
    }
    /// The first row of a query, whole, if any.
    pub(super) fn row<R: FromRow>(&self, sql: &str, values: Vec<Value>) -> Result<Option<R>> {
        self.one(sql, values, R::SHAPE, |c| R::read(c))
    }
    /// Sends a statement that may change any number of rows. What was known is forgotten.
    pub(super) fn run(&self, sql: &str, values: Vec<Value>) -> Result<()> {
        self.flush()?;
        self.notes.memo.forget();
        self.conn.later(sql, values, |_| Ok(()))
    }
    /// Sends a statement that must change exactly so many rows, or `why` tells what is wrong.
    pub(super) fn run_exactly(
        &self,
        sql: &str,
        values: Vec<Value>,
        rows: u64,
        why: &'static str,
    ) -> Result<()> {
        self.flush()?;
        self.notes.memo.forget();
        self.conn.later(sql, values, move |changed| {
            if changed == rows {
                Ok(())
            } else {
                Err(StoreError::Failed(format!(
                    "{why}: {changed} rows changed where {rows} must"
                )))
            }
        })
    }
    /// Sends a statement that must change exactly one row of a table.
    pub(super) fn run_one(&self, sql: &str, values: Vec<Value>, table: &'static str) -> Result<()> {
        self.run_exactly(sql, values, 1, table)
    }
}

/// A database error as ours. Never a statement's values: only the code and what the server says of its own.
pub(super) fn failed(error: tokio_postgres::Error) -> StoreError {
    match error.as_db_error() {
        Some(told) if *told.code() == SqlState::DISK_FULL => StoreError::Full,
        Some(told) => StoreError::Failed(format!(
            "the database server says {}: {}",
            told.code().code(),
            told.message()
        )),
        None if error.is_closed() => {
            StoreError::Failed("the connection to the database server is lost".to_owned())
        }
        None => {
            let cause = error.source().map(|cause| format!(": {cause}"));
            StoreError::Failed(format!("{error}{}", cause.unwrap_or_default()))
        }
    }
}

/// The bytes of each, for a statement that takes all of them at once.
pub(super) fn blobs<T>(of: &[T], bytes: impl Fn(&T) -> &[u8]) -> Vec<Vec<u8>> {
    of.iter().map(|one| bytes(one).to_vec()).collect()
}

/// A number for the database, which knows signed ones only.
pub(super) fn int(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| StoreError::Failed("number beyond 63 bits".to_owned()))
}
