//! The move from SQLite to PostgreSQL: every row of every table, resumable, compared row by row afterwards.
//!
//! The source is held under its write lock for the whole time. The table `carrying` in the target says how far each table is; while it
//! holds anything, the target does not open. A run that finds it goes on from there, or begins again if the source changed meanwhile.
//! The search index is not carried: it is rebuilt.

use super::cells::{Value, int, values};
use super::connection::Conn;
use super::{Options, schema};
use crate::sqlite::{REINDEX, SqliteStore};
use crate::{Result, StoreError};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

/// Rows written in one transaction.
const CHUNK: u64 = 500;

/// A table of the target, its columns with the key first, and where they come from. Both sides are ordered by the key.
struct Part {
    table: &'static str,
    columns: &'static str,
    key: usize,
    from: &'static str,
}

const fn part(table: &'static str, columns: &'static str, key: usize, from: &'static str) -> Part {
    Part {
        table,
        columns,
        key,
        from,
    }
}

/// Everything but the search index. `from` selects the columns in their order.
const PARTS: &[Part] = &[
    part("setting", "key, value", 1, "SELECT key, value FROM setting WHERE key <> 'store.reindex'"),
    part("series", "name, last", 1, "SELECT name, last FROM series"),
    part("lease", "link, holder, epoch, until_ms", 1, "SELECT link, holder, epoch, until_ms FROM lease"),
    part(
        "dossier",
        "id, n, kind, purpose, phase, convenor, number, nodes, services, title, opened_ms, updated_ms",
        1,
        "SELECT d.id, o.n, o.kind, o.purpose, o.phase, o.convenor, o.number, o.nodes, o.services, o.title, o.opened_ms, o.updated_ms
         FROM dossier o JOIN dossier_no d ON d.n = o.n",
    ),
    part(
        "dossier_service",
        "dossier, service",
        2,
        "SELECT d.id, s.service FROM dossier_service s JOIN dossier_no d ON d.n = s.dossier",
    ),
    part(
        "entry",
        "dossier, id, position, kind, service, at_ms, here_ms, verdict, depth, body, causal, header",
        2,
        "SELECT d.id, e.id, e.position, e.kind, e.service, e.at_ms, e.here_ms, e.verdict, e.depth, e.body, e.causal, e.header
         FROM entry e JOIN dossier_no d ON d.n = e.dossier",
    ),
    part(
        "head",
        "dossier, scope, entry",
        3,
        "SELECT d.id, h.scope, h.entry FROM head h JOIN dossier_no d ON d.n = h.dossier",
    ),
    part("waiting", "missing, entry, since_ms", 2, "SELECT missing, entry, since_ms FROM waiting"),
    part(
        "body",
        "dossier, entry, state, sealed",
        2,
        "SELECT d.id, e.id, b.state, b.sealed FROM body b JOIN entry e ON e.position = b.position JOIN dossier_no d ON d.n = e.dossier",
    ),
    part(
        "object_key",
        "dossier, object, wrapped",
        2,
        "SELECT d.id, k.object, k.wrapped FROM object_key k JOIN dossier_no d ON d.n = k.dossier
         UNION ALL SELECT d.id, e.id, k.wrapped FROM object_key_body k JOIN entry e ON e.position = k.position
         JOIN dossier_no d ON d.n = e.dossier",
    ),
    part(
        "config",
        "dossier, entry, number, kind, set_by, config",
        2,
        "SELECT d.id, c.entry, c.number, c.kind, c.set_by, c.config FROM config c JOIN dossier_no d ON d.n = c.dossier",
    ),
    part(
        "terms",
        "dossier, entry, partner, version, terms",
        2,
        "SELECT d.id, t.entry, t.partner, t.version, t.terms FROM terms t JOIN dossier_no d ON d.n = t.dossier",
    ),
    part("flag", "partner, entry, node, up, at_ms", 2, "SELECT partner, entry, node, up, at_ms FROM flag"),
    part(
        "lane",
        "dossier, lane, top",
        2,
        "SELECT d.id, l.lane, l.top FROM lane l JOIN dossier_no d ON d.n = l.dossier",
    ),
    part(
        "left_service",
        "dossier, service",
        2,
        "SELECT d.id, l.service FROM left_service l JOIN dossier_no d ON d.n = l.dossier",
    ),
    part(
        "translation",
        "dossier, original, entry",
        3,
        "SELECT d.id, t.original, t.entry FROM translation t JOIN dossier_no d ON d.n = t.dossier",
    ),
    part(
        "relation",
        "earlier_dossier, later, earlier, entry, relation",
        4,
        "SELECT earlier_dossier, later, earlier, entry, relation FROM relation",
    ),
    part(
        "obligation",
        "dossier, entry, idx, n, kind, audience, ask, creditor, debtor, owing, urgency, number, asked_ms, by_ms, about_entry,
         about_idx, charter, asked_in, received_ms, state, turn, due_ms, ended_ms, outcome, ground, contested, open, debtor_node,
         creditor_node",
        3,
        "SELECT d.id, COALESCE((SELECT id FROM entry WHERE position = o.entry), o.entry), o.idx, o.n, o.kind, o.audience, o.ask,
         o.creditor, o.debtor, o.owing, o.urgency, o.number, o.asked_ms, o.by_ms, o.about_entry, o.about_idx, o.charter, o.asked_in,
         o.received_ms, o.state, o.turn, o.due_ms, o.ended_ms, o.outcome, o.ground, o.contested, o.open, o.debtor_node,
         o.creditor_node FROM obligation o JOIN dossier_no d ON d.n = o.dossier",
    ),
    part(
        "act",
        "dossier, ask, ask_idx, entry, idx, node, at_ms, depth, seq, lane, act",
        5,
        "SELECT d.id, COALESCE((SELECT id FROM entry WHERE position = a.ask), a.ask), a.ask_idx,
         COALESCE((SELECT id FROM entry WHERE position = a.entry), a.entry), a.idx, a.node, a.at_ms, a.depth, a.seq, a.lane, a.act
         FROM act a JOIN dossier_no d ON d.n = a.dossier",
    ),
    part(
        "register",
        "partner, direction, generation, size, frontier, note, cosigned",
        2,
        "SELECT partner, direction, generation, size, frontier, note, cosigned FROM register",
    ),
    part(
        "leaf",
        "partner, direction, position, leaf, entry",
        3,
        "SELECT r.partner, r.direction, l.position, l.leaf, COALESCE((SELECT id FROM entry WHERE position = l.entry), l.entry)
         FROM leaf l JOIN register r ON r.n = l.register",
    ),
    part(
        "tree_node",
        "partner, direction, level, idx, hash",
        4,
        "SELECT r.partner, r.direction, t.level, t.idx, t.hash FROM tree_node t JOIN register r ON r.n = t.register",
    ),
    part(
        "checkpoint",
        "partner, direction, size, note, cosignature",
        3,
        "SELECT r.partner, r.direction, c.size, c.note, c.cosignature FROM checkpoint c JOIN register r ON r.n = c.register",
    ),
    part(
        "receipt",
        "partner, direction, size, leaf, root, time_ms, arrived_ms",
        4,
        "SELECT r.partner, r.direction, x.size, x.leaf, x.root, x.time_ms, x.arrived_ms FROM receipt x JOIN register r ON r.n = x.register",
    ),
    part(
        "outbox",
        "partner, number, queued_ms, entry, leaf",
        2,
        "SELECT partner, number, queued_ms, entry, leaf FROM outbox",
    ),
    part(
        "digest",
        "partner, at_ms, out_size, in_size, ours, theirs",
        4,
        "SELECT partner, at_ms, out_size, in_size, ours, theirs FROM digest",
    ),
    part(
        "attachment",
        "dossier, entry, idx, n, partner, size, state, next_chunk, blob",
        3,
        "SELECT d.id, a.entry, a.idx, a.n, a.partner, a.size, a.state, a.next_chunk, a.blob
         FROM attachment a JOIN dossier_no d ON d.n = a.dossier",
    ),
    part(
        "officer",
        "id, name, services, roles, password, lang, active",
        1,
        "SELECT id, name, services, roles, password, lang, active FROM officer",
    ),
    part(
        "session",
        "digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state",
        1,
        "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session",
    ),
    part(
        "factor",
        "officer, sort, id, label, since_ms, last, sealed",
        3,
        "SELECT officer, sort, id, label, since_ms, last, sealed FROM factor",
    ),
    part(
        "draft",
        "id, sort, dossier, entry, officer, service, at_ms, due_ms, about, sealed",
        1,
        "SELECT id, sort, dossier, entry, officer, service, at_ms, due_ms, about, sealed FROM draft",
    ),
    part("notice", "officer, next_ms, sealed", 1, "SELECT officer, next_ms, sealed FROM notice"),
    part("review", "dossier, due_ms, told_ms", 1, "SELECT dossier, due_ms, told_ms FROM review"),
    part(
        "partner",
        "node, card, address, pinned_ms, stopped",
        1,
        "SELECT node, card, address, pinned_ms, stopped FROM partner",
    ),
    part(
        "evidence",
        "partner, n, at_ms, what, evidence, stops",
        2,
        "SELECT partner, n, at_ms, what, evidence, stops FROM evidence",
    ),
    part(
        "pseudonym",
        "dossier, officer, pseudonym",
        2,
        "SELECT d.id, p.officer, p.pseudonym FROM pseudonym p JOIN dossier_no d ON d.n = p.dossier",
    ),
    part(
        "access",
        "lane, seq, n, at_ms, hash, sealed",
        2,
        "SELECT lane, seq, n, at_ms, hash, sealed FROM access",
    ),
    part(
        "access_mark",
        "mark, at_ms, n",
        3,
        "SELECT mark, at_ms, n FROM access_mark",
    ),
    part(
        "journal",
        "n, at_ms, through, heads, hash",
        1,
        "SELECT n, at_ms, through, heads, hash FROM journal",
    ),
    part(
        "finding",
        "n, at_ms, name, sealed",
        1,
        "SELECT n, at_ms, name, sealed FROM finding",
    ),
];

/// How far a move is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The table.
    pub table: &'static str,
    /// Rows done.
    pub done: u64,
    /// Rows there are.
    pub total: u64,
    /// Whether rows are compared, not carried.
    pub comparing: bool,
}

/// Carries a node's SQLite database into an empty PostgreSQL database and compares every row; how many there were, by table.
///
/// # Errors
/// [`StoreError::Failed`] when the source is in use, the target holds something else, or any row differs; the target stays closed
/// until a later run ends well.
pub fn carry(
    source: &Path,
    target: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<(&'static str, u64)>> {
    if !source.is_file() {
        return Err(StoreError::Failed(
            "there is no database to move".to_owned(),
        ));
    }
    // Brings the source to its newest schema.
    drop(SqliteStore::open(source)?);
    let source = lock(source)?;
    let target = Conn::open(&target.target()?)?;
    schema::migrate(&target)?;
    let counts = PARTS
        .iter()
        .map(|part| Ok((part.table, count(&source, part)?)))
        .collect::<Result<Vec<_>>>()?;
    if begin(&target, &fingerprint(&source, &counts)?)? {
        for (part, (_, total)) in PARTS.iter().zip(&counts) {
            carry_part(&source, &target, part, *total, progress)?;
        }
        go_on_numbering(&source, &target)?;
    }
    for (part, (_, total)) in PARTS.iter().zip(&counts) {
        compare(&source, &target, part, *total, progress)?;
    }
    finish(&target)?;
    Ok(counts)
}

/// The source under its write lock, until it is dropped.
fn lock(source: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(source, flags).map_err(read_failed)?;
    conn.execute_batch("BEGIN IMMEDIATE").map_err(|_| {
        StoreError::Failed("another process writes into the database to be moved".to_owned())
    })?;
    Ok(conn)
}

fn count(source: &Connection, part: &Part) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM ({})", part.from);
    let count: i64 = source
        .query_row(&sql, (), |row| row.get(0))
        .map_err(read_failed)?;
    u64::try_from(count).map_err(|_| unequal(part.table))
}

/// Tells one state of a source from another, well enough to know whether an interrupted move may go on: the comparison at the end
/// finds what this does not.
fn fingerprint(source: &Connection, counts: &[(&'static str, u64)]) -> Result<String> {
    let card: Option<Vec<u8>> = source
        .query_row(
            "SELECT max(value) FROM setting WHERE key = 'card'",
            (),
            |row| row.get(0),
        )
        .map_err(read_failed)?;
    let newest: i64 = source
        .query_row("SELECT coalesce(max(position), 0) FROM entry", (), |row| {
            row.get(0)
        })
        .map_err(read_failed)?;
    let sum = card.unwrap_or_default().iter().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    });
    Ok(format!("{sum:x} {newest} {counts:?}"))
}

/// Whether there is anything to carry; if not, the target was filled before and is only compared.
fn begin(target: &Conn, fingerprint: &str) -> Result<bool> {
    let here = target.query("SELECT fingerprint FROM carrying LIMIT 1", &[])?;
    let known: Option<String> = here
        .first()
        .map(|row| row.try_get(0))
        .transpose()
        .map_err(|_| unequal("carrying"))?;
    match known {
        Some(known) if known == fingerprint => return Ok(true),
        // The source changed since: from the beginning.
        Some(_) => empty(target)?,
        None if !is_empty(target)? => return Ok(false),
        None => {}
    }
    target.script("BEGIN")?;
    for part in PARTS {
        target.later(
            "INSERT INTO carrying (place, fingerprint, done) VALUES ($1, $2, 0)",
            values![part.table, fingerprint],
            |_| Ok(()),
        )?;
    }
    target.script("COMMIT")?;
    Ok(true)
}

fn is_empty(target: &Conn) -> Result<bool> {
    for part in PARTS {
        let sql = format!("SELECT 1 FROM {} LIMIT 1", part.table);
        if !target.query(&sql, &[])?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn empty(target: &Conn) -> Result<()> {
    let tables: Vec<&str> = PARTS.iter().map(|part| part.table).collect();
    target.script(&format!("TRUNCATE {}, carrying", tables.join(", ")))
}

fn ordered(part: &Part, select: &str) -> String {
    let key: Vec<String> = (1..=part.key).map(|n| n.to_string()).collect();
    format!("{select} ORDER BY {}", key.join(", "))
}

fn carry_part(
    source: &Connection,
    target: &Conn,
    part: &Part,
    total: u64,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let rows = target.query(
        "SELECT done FROM carrying WHERE place = $1",
        &values![part.table],
    )?;
    let done: i64 = rows
        .first()
        .and_then(|row| row.try_get(0).ok())
        .ok_or_else(|| unequal("carrying"))?;
    let mut done = u64::try_from(done).map_err(|_| unequal("carrying"))?;
    let sql = format!("{} LIMIT -1 OFFSET {done}", ordered(part, part.from));
    let mut statement = source.prepare(&sql).map_err(read_failed)?;
    let width = statement.column_count();
    let marks: Vec<String> = (1..=width).map(|n| format!("${n}")).collect();
    let insert = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        part.table,
        part.columns,
        marks.join(", ")
    );
    let mut rows = statement.query(()).map_err(read_failed)?;
    while done < total {
        target.script_later("BEGIN");
        for _ in 0..CHUNK.min(total - done) {
            let row = rows
                .next()
                .map_err(read_failed)?
                .ok_or_else(|| unequal(part.table))?;
            let table = part.table;
            target.later(&insert, source_row(row, width)?, move |changed| {
                if changed == 1 {
                    Ok(())
                } else {
                    Err(unequal(table))
                }
            })?;
            done += 1;
        }
        target.later(
            "UPDATE carrying SET done = $2 WHERE place = $1",
            values![part.table, int(done)?],
            |_| Ok(()),
        )?;
        target.script("COMMIT")?;
        progress(Progress {
            table: part.table,
            done,
            total,
            comparing: false,
        });
    }
    Ok(())
}

/// No number that was given in the source is given again.
fn go_on_numbering(source: &Connection, target: &Conn) -> Result<()> {
    for (table, column) in [
        ("dossier", "n"),
        ("entry", "position"),
        ("obligation", "n"),
        ("outbox", "number"),
        ("attachment", "n"),
        ("evidence", "n"),
        ("access", "n"),
        ("finding", "n"),
    ] {
        let sql = format!(
            "SELECT max(coalesce((SELECT max({column}) FROM {table}), 0),
             coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))"
        );
        let last: i64 = source
            .query_row(&sql, (), |row| row.get(0))
            .map_err(read_failed)?;
        if last > 0 {
            let sql = "SELECT setval(pg_get_serial_sequence($1, $2), $3)";
            target.query(sql, &values![table, column, last])?;
        }
    }
    Ok(())
}

/// Every row of both sides, in the same order.
fn compare(
    source: &Connection,
    target: &Conn,
    part: &Part,
    total: u64,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let mut statement = source
        .prepare(&ordered(part, part.from))
        .map_err(read_failed)?;
    let width = statement.column_count();
    let mut rows = statement.query(()).map_err(read_failed)?;
    let but = if part.table == "setting" {
        " WHERE key <> 'store.reindex'"
    } else {
        ""
    };
    let select = format!("SELECT {} FROM {}{but}", part.columns, part.table);
    target.script(&format!(
        "BEGIN; DECLARE carried NO SCROLL CURSOR FOR {}",
        ordered(part, &select)
    ))?;
    let mut done = 0;
    loop {
        let carried = target.query("FETCH 500 FROM carried", &[])?;
        for row in &carried {
            let expected = rows
                .next()
                .map_err(read_failed)?
                .ok_or_else(|| unequal(part.table))?;
            if source_row(expected, width)? != target_row(row, part)? {
                return Err(unequal(part.table));
            }
            done += 1;
        }
        if carried.is_empty() {
            break;
        }
        progress(Progress {
            table: part.table,
            done,
            total,
            comparing: true,
        });
    }
    // The statement was prepared for this cursor.
    target.forget();
    target.script("ROLLBACK")?;
    if rows.next().map_err(read_failed)?.is_some() || done != total {
        return Err(unequal(part.table));
    }
    Ok(())
}

/// From here on the target opens.
fn finish(target: &Conn) -> Result<()> {
    target.script("BEGIN")?;
    target.later(
        "INSERT INTO setting (key, value) VALUES ($1, '\\x01') ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        values![REINDEX],
        |_| Ok(()),
    )?;
    target.script("DELETE FROM carrying")?;
    target.script("COMMIT")
}

/// Refuses a database into which a move was begun and not finished.
pub(super) fn refuse_unfinished(conn: &Conn) -> Result<()> {
    if conn
        .query("SELECT 1 FROM carrying LIMIT 1", &[])?
        .is_empty()
    {
        return Ok(());
    }
    Err(StoreError::Failed(
        "a move into this database was not finished: run `entente migrate` again".to_owned(),
    ))
}

fn source_row(row: &rusqlite::Row<'_>, width: usize) -> Result<Vec<Value>> {
    (0..width)
        .map(|n| {
            Ok(match row.get_ref(n).map_err(read_failed)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Int(n),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                ValueRef::Real(_) => return Err(unequal("a number with a fraction")),
            })
        })
        .collect()
}

/// The cells of a row in the form of [`source_row`].
fn target_row(row: &Row, part: &Part) -> Result<Vec<Value>> {
    let damaged = |_| unequal(part.table);
    row.columns()
        .iter()
        .enumerate()
        .map(|(n, column)| {
            let whole = |number: Option<i64>| number.map_or(Value::Null, Value::Int);
            Ok(match *column.type_() {
                Type::BOOL => whole(
                    row.try_get::<_, Option<bool>>(n)
                        .map_err(damaged)?
                        .map(i64::from),
                ),
                Type::INT2 => whole(
                    row.try_get::<_, Option<i16>>(n)
                        .map_err(damaged)?
                        .map(i64::from),
                ),
                Type::INT8 => whole(row.try_get(n).map_err(damaged)?),
                Type::TEXT => row.try_get::<_, Option<String>>(n).map_err(damaged)?.into(),
                _ => {
                    let bytes: Option<Vec<u8>> = row.try_get(n).map_err(damaged)?;
                    bytes.map_or(Value::Null, Value::Bytes)
                }
            })
        })
        .collect()
}

fn unequal(table: &str) -> StoreError {
    StoreError::Failed(format!(
        "{table}: the database does not hold what the one to be moved holds"
    ))
}

fn read_failed(error: rusqlite::Error) -> StoreError {
    StoreError::Failed(format!("the database to be moved: {error}"))
}
