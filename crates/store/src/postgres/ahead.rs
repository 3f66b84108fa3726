//! Reading ahead: one statement for all rows of a sort, all statements on one journey.

use super::cells::{Cells, Tx, Value, blobs, cells_of, statements, values};
use super::registers::number;
use crate::cells::{ACT, CellReader as _, FromRow, Shape, act_row};
use crate::{
    Ahead, AttachmentRow, BodyRow, Direction, DossierRow, EntryRow, LeafPlace, ObligationRow,
    ReceiptRow, Result,
};
use entente_core::ids::{EntryId, NodeName, ObligationId};
use std::collections::BTreeMap;
use tokio_postgres::Row;

// Those that go by two keys look each pair up: an index leads there whatever the statistics say.
statements! {
    DOSSIERS = "SELECT id, kind, purpose, phase, convenor, number, nodes, services, title, opened_ms, updated_ms FROM dossier
        WHERE id = ANY ($1::bytea[])";
    ENTRIES = "SELECT position, dossier, id, kind, service, at_ms, here_ms, verdict, depth, causal, header, body FROM entry
        WHERE id = ANY ($1::bytea[])";
    BODIES = "SELECT w.dossier, w.entry, b.state, b.sealed FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, entry)
        CROSS JOIN LATERAL (SELECT state, sealed FROM body WHERE dossier = w.dossier AND entry = w.entry LIMIT 1) AS b";
    KEYS = "SELECT w.dossier, w.object, k.wrapped FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, object)
        CROSS JOIN LATERAL (SELECT wrapped FROM object_key WHERE dossier = w.dossier AND object = w.object LIMIT 1) AS k";
    FILES = "SELECT dossier, entry, idx, partner, size, state, next_chunk, blob FROM attachment
        WHERE entry = ANY ($1::bytea[]) ORDER BY idx";
    TRANSLATIONS = "SELECT t.dossier, t.original, t.entry FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, original)
        CROSS JOIN LATERAL (SELECT * FROM translation WHERE dossier = w.dossier AND original = w.original ORDER BY entry) AS t";
    PSEUDONYMS = "SELECT w.dossier, w.pseudonym, p.officer FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, pseudonym)
        CROSS JOIN LATERAL (SELECT officer FROM pseudonym WHERE dossier = w.dossier AND pseudonym = w.pseudonym LIMIT 1) AS p";
    OBLIGATIONS = "SELECT entry, idx, dossier, kind, audience, ask, creditor, debtor, owing, urgency, number, asked_ms, by_ms,
        about_entry, about_idx, charter, asked_in, received_ms, state, turn, due_ms, ended_ms, outcome, ground, contested
        FROM obligation WHERE entry = ANY ($1::bytea[])";
    ACTS = "SELECT ask, ask_idx, dossier, entry, idx, node, at_ms, depth, seq, lane, act FROM act
        WHERE ask = ANY ($1::bytea[]) ORDER BY ask, ask_idx, entry, idx";
    PLACES = r#"SELECT w.partner, w.direction, w.entry, l.direction, l.position, r.size IS NOT NULL, r.size, r.root, r.time_ms, r.leaf, r.arrived_ms
        FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS w (partner, direction, entry)
        CROSS JOIN LATERAL (SELECT f.direction, f.position FROM leaf f JOIN register g ON g.partner = f.partner AND g.direction = f.direction
            WHERE f.entry = w.entry AND f.partner = w.partner COLLATE "C" AND f.direction % 2 = w.direction AND f.position < g.size
            ORDER BY g.generation, f.position LIMIT 1) AS l
        LEFT JOIN LATERAL (SELECT * FROM receipt WHERE partner = w.partner COLLATE "C" AND direction = l.direction
            AND size > l.position ORDER BY size, leaf LIMIT 1) AS r ON true"#;
}

const PLACE: Shape = (
    "receipt",
    &[
        "partner",
        "direction",
        "entry",
        "register",
        "position",
        "receipted",
        "size",
        "root",
        "time_ms",
        "leaf",
        "arrived_ms",
    ],
);

/// What is asked in one go, and how its rows are kept.
#[derive(Default)]
struct Asking {
    asked: Vec<(&'static str, Vec<Value>)>,
    keeping: Vec<Keep>,
}

/// Keeps the rows of one statement.
type Keep = Box<dyn FnOnce(&Tx<'_>, &[Row]) -> Result<()>>;

impl Asking {
    fn add(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
        keep: impl FnOnce(&Tx<'_>, &[Row]) -> Result<()> + 'static,
    ) {
        self.asked.push((sql, values));
        self.keeping.push(Box::new(keep));
    }
}

impl Tx<'_> {
    pub(super) fn far(&self) -> Result<bool> {
        Ok(true)
    }

    pub(super) fn ahead(&self, wanted: &Ahead) -> Result<()> {
        let mut asking = Asking::default();
        self.ask_dossiers(&mut asking, wanted);
        self.ask_bodies(&mut asking, wanted);
        self.ask_of_entries(&mut asking, wanted);
        self.ask_obligations(&mut asking, wanted);
        self.ask_places(&mut asking, &wanted.places)?;
        if asking.asked.is_empty() {
            return Ok(());
        }
        self.catch_up()?;
        let answers = self.conn.query_all(&asking.asked)?;
        for (keep, rows) in asking.keeping.into_iter().zip(answers) {
            keep(self, &rows)?;
        }
        Ok(())
    }

    fn ask_dossiers(&self, asking: &mut Asking, wanted: &Ahead) {
        let dossiers = self
            .notes
            .memo
            .unknown(|k| &mut k.dossiers, &wanted.dossiers);
        if !dossiers.is_empty() {
            asking.add(DOSSIERS, values![blobs(&dossiers, |d| &d.0)], |tx, rows| {
                let found = read_all(rows, |row: &DossierRow| row.id)?;
                tx.notes
                    .memo
                    .keep(|k| keep_rows(&mut k.dossiers, dossiers, found));
                Ok(())
            });
        }
        let entries = self.notes.memo.unknown(|k| &mut k.entries, &wanted.entries);
        if !entries.is_empty() {
            asking.add(ENTRIES, values![blobs(&entries, |e| &e.0)], |tx, rows| {
                let found = read_all(rows, |row: &EntryRow| row.id)?;
                tx.notes
                    .memo
                    .keep(|k| keep_rows(&mut k.entries, entries, found));
                Ok(())
            });
        }
    }

    fn ask_bodies(&self, asking: &mut Asking, wanted: &Ahead) {
        let bodies = self.notes.memo.unknown(|k| &mut k.bodies, &wanted.bodies);
        if !bodies.is_empty() {
            let pairs = values![blobs(&bodies, |b| &b.0.0), blobs(&bodies, |b| &b.1.0)];
            asking.add(BODIES, pairs, |tx, rows| {
                let shape = ("body", &["dossier", "entry", "state", "sealed"][..]);
                let found = read_map(rows, shape, |c| {
                    Ok(((c.dossier()?, c.entry()?), BodyRow::read(c)?))
                })?;
                tx.notes
                    .memo
                    .keep(|k| keep_rows(&mut k.bodies, bodies, found));
                Ok(())
            });
        }
        let mut objects = wanted.keys.clone();
        objects.extend(wanted.bodies.iter().map(|(d, e)| (*d, e.0.to_vec())));
        let keys = self.notes.memo.unknown(|k| &mut k.keys, &objects);
        if !keys.is_empty() {
            let pairs = values![blobs(&keys, |k| &k.0.0), blobs(&keys, |k| &k.1)];
            asking.add(KEYS, pairs, |tx, rows| {
                let shape = ("object_key", &["dossier", "object", "wrapped"][..]);
                let found = read_map(rows, shape, |c| {
                    Ok(((c.dossier()?, c.bytes()?), c.bytes()?))
                })?;
                tx.notes.memo.keep(|k| keep_rows(&mut k.keys, keys, found));
                Ok(())
            });
        }
    }

    fn ask_of_entries(&self, asking: &mut Asking, wanted: &Ahead) {
        let memo = &self.notes.memo;
        let files = memo.unknown(|k| &mut k.files, &wanted.files);
        if !files.is_empty() {
            asking.add(FILES, values![blobs(&files, |e| &e.0)], |tx, rows| {
                let found = read_lists(rows, AttachmentRow::SHAPE, |c| {
                    let row = AttachmentRow::read(c)?;
                    Ok((row.entry, row))
                })?;
                tx.notes
                    .memo
                    .keep(|k| keep_lists(&mut k.files, files, found));
                Ok(())
            });
        }
        let originals = memo.unknown(|k| &mut k.translations, &wanted.translations);
        if !originals.is_empty() {
            let pairs = values![blobs(&originals, |t| &t.0.0), blobs(&originals, |t| &t.1.0)];
            asking.add(TRANSLATIONS, pairs, |tx, rows| {
                let shape = ("translation", &["dossier", "original", "entry"][..]);
                let found = read_lists(rows, shape, |c| {
                    Ok(((c.dossier()?, c.entry()?), c.entry()?))
                })?;
                tx.notes
                    .memo
                    .keep(|k| keep_lists(&mut k.translations, originals, found));
                Ok(())
            });
        }
        let pseudonyms = memo.unknown(|k| &mut k.pseudonyms, &wanted.pseudonyms);
        if !pseudonyms.is_empty() {
            let pairs = values![blobs(&pseudonyms, |p| &p.0.0), blobs(&pseudonyms, |p| &p.1)];
            asking.add(PSEUDONYMS, pairs, |tx, rows| {
                let shape = ("pseudonym", &["dossier", "pseudonym", "officer"][..]);
                let found = read_map(rows, shape, |c| Ok(((c.dossier()?, c.array()?), c.text()?)))?;
                tx.notes
                    .memo
                    .keep(|k| keep_rows(&mut k.pseudonyms, pseudonyms, found));
                Ok(())
            });
        }
    }

    fn ask_obligations(&self, asking: &mut Asking, wanted: &Ahead) {
        let memo = &self.notes.memo;
        let obligations = memo.unknown(|k| &mut k.obligations, &wanted.obligations);
        if !obligations.is_empty() {
            let asks = values![blobs(&obligations, |o| &o.entry.0)];
            asking.add(OBLIGATIONS, asks, |tx, rows| {
                let found = read_all(rows, |row: &ObligationRow| row.id)?;
                tx.notes
                    .memo
                    .keep(|k| keep_rows(&mut k.obligations, obligations, found));
                Ok(())
            });
        }
        let acts = memo.unknown(|k| &mut k.acts, &wanted.acts);
        if !acts.is_empty() {
            asking.add(ACTS, values![blobs(&acts, |o| &o.entry.0)], |tx, rows| {
                let found = read_lists(rows, ACT, |c| {
                    let ask: ObligationId = c.obligation()?;
                    Ok((ask, act_row(c, ask)?))
                })?;
                tx.notes.memo.keep(|k| keep_lists(&mut k.acts, acts, found));
                Ok(())
            });
        }
    }

    fn ask_places(
        &self,
        asking: &mut Asking,
        wanted: &[(NodeName, Direction, EntryId)],
    ) -> Result<()> {
        let places = self.notes.memo.unknown(|k| &mut k.places, wanted);
        if places.is_empty() {
            return Ok(());
        }
        let partners: Vec<String> = places.iter().map(|p| p.0.to_string()).collect();
        let directions: Vec<i64> = places.iter().map(|p| number(p.1)).collect();
        let values = values![partners, directions, blobs(&places, |p| &p.2.0)];
        asking.add(PLACES, values, |tx, rows| {
            let mut found = BTreeMap::new();
            let mut receipts = BTreeMap::new();
            for row in rows {
                let c = cells_of(row, PLACE);
                let partner: NodeName = c.name()?;
                let direction = match c.int::<u8>()? {
                    0 => Direction::Out,
                    _ => Direction::In,
                };
                let entry = c.entry()?;
                let register = Direction::of(c.number()?).ok_or_else(|| c.damaged())?;
                let position: u64 = c.int()?;
                let receipt = match c.flag()? {
                    true => Some(ReceiptRow::read(&c)?),
                    false => None,
                };
                receipts.insert((partner.clone(), register, position), receipt);
                found.insert(
                    (partner, direction, entry),
                    LeafPlace { register, position },
                );
            }
            tx.notes.memo.keep(|k| {
                keep_rows(&mut k.places, places, found);
                k.receipts.extend(receipts);
            });
            Ok(())
        });
        Ok(())
    }
}

/// Whole rows by their key.
fn read_all<K: Ord, R: FromRow>(rows: &[Row], key: impl Fn(&R) -> K) -> Result<BTreeMap<K, R>> {
    read_map(rows, R::SHAPE, |c| {
        let row = R::read(c)?;
        Ok((key(&row), row))
    })
}

/// What each row gives, by its key.
fn read_map<K: Ord, V>(
    rows: &[Row],
    shape: Shape,
    read: impl Fn(&Cells<'_>) -> Result<(K, V)>,
) -> Result<BTreeMap<K, V>> {
    rows.iter().map(|row| read(&cells_of(row, shape))).collect()
}

/// What the rows of each key give, in their order.
fn read_lists<K: Ord, V>(
    rows: &[Row],
    shape: Shape,
    read: impl Fn(&Cells<'_>) -> Result<(K, V)>,
) -> Result<BTreeMap<K, Vec<V>>> {
    let mut lists: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for row in rows {
        let (key, value) = read(&cells_of(row, shape))?;
        lists.entry(key).or_default().push(value);
    }
    Ok(lists)
}

/// Keeps what was found under each key that was asked for, or that nothing was.
fn keep_rows<K: Ord, V>(
    known: &mut BTreeMap<K, Option<V>>,
    asked: Vec<K>,
    mut found: BTreeMap<K, V>,
) {
    for key in asked {
        let value = found.remove(&key);
        known.insert(key, value);
    }
}

/// The same for lists.
fn keep_lists<K: Ord, V>(
    known: &mut BTreeMap<K, Vec<V>>,
    asked: Vec<K>,
    mut found: BTreeMap<K, Vec<V>>,
) {
    for key in asked {
        let list = found.remove(&key).unwrap_or_default();
        known.insert(key, list);
    }
}
