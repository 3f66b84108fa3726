//! Reading ahead: one statement for all rows of a sort, all statements on one journey.

use super::blobs::attachment_sql;
use super::cells::{Cells, Tx, Value, blobs, statements, values};
use super::dossiers::{dossier_sql, entry_sql};
use super::memo::{Known, Memo};
use super::obligations::obligation_sql;
use crate::cells::{ACT, CellReader as _, FromRow, Shape, act_row};
use crate::{
    Ahead, AttachmentRow, BodyRow, Direction, DossierRow, EntryRow, LeafPlace, ObligationRow,
    ReceiptRow, RelationRow, Result,
};
use entente_core::ids::{EntryId, NodeName, ObligationId};
use std::collections::BTreeMap;
use tokio_postgres::Row;

// Those that go by two keys look each pair up: an index leads there whatever the statistics say.
statements! {
    DOSSIERS = concat!(dossier_sql!(), "WHERE o.id = ANY ($1::bytea[])");
    ENTRIES = entry_sql!("WHERE id = ANY ($1::bytea[])");
    BODIES = "SELECT w.dossier, w.entry, b.state, b.sealed FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, entry)
        CROSS JOIN LATERAL (SELECT state, sealed FROM body WHERE dossier = w.dossier AND entry = w.entry LIMIT 1) AS b";
    KEYS = "SELECT w.dossier, w.object, k.wrapped FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, object)
        CROSS JOIN LATERAL (SELECT wrapped FROM object_key WHERE dossier = w.dossier AND object = w.object LIMIT 1) AS k";
    FILES = attachment_sql!("WHERE entry = ANY ($1::bytea[]) ORDER BY idx");
    TRANSLATIONS = "SELECT t.dossier, t.original, t.entry FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, original)
        CROSS JOIN LATERAL (SELECT * FROM translation WHERE dossier = w.dossier AND original = w.original ORDER BY entry) AS t";
    RELATIONS = "SELECT w.point, r.entry, r.later, r.earlier, r.earlier_dossier, r.relation FROM unnest($1::bytea[]) AS w (point)
        CROSS JOIN LATERAL (SELECT * FROM relation WHERE later = w.point UNION SELECT * FROM relation WHERE earlier = w.point) AS r
        ORDER BY w.point, r.entry, r.later, r.earlier";
    PSEUDONYMS = "SELECT w.dossier, w.pseudonym, p.officer FROM unnest($1::bytea[], $2::bytea[]) AS w (dossier, pseudonym)
        CROSS JOIN LATERAL (SELECT officer FROM pseudonym WHERE dossier = w.dossier AND pseudonym = w.pseudonym LIMIT 1) AS p";
    OBLIGATIONS = concat!(obligation_sql!(), "WHERE o.entry = ANY ($1::bytea[])");
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

/// Most rows of a sort that are held of those read ahead, unless they were asked for together.
const MOST_AHEAD: usize = 16_384;

/// A relation after the point that it was looked up by.
const RELATED: &[&str] = &[
    "point",
    "entry",
    "later",
    "earlier",
    "earlier_dossier",
    "relation",
];

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
struct Asking<'m> {
    memo: &'m Memo,
    asked: Vec<(&'static str, Vec<Value>)>,
    keeping: Vec<Keep>,
}

/// Keeps the rows of one statement.
type Keep = Box<dyn FnOnce(&mut Known, &[Row]) -> Result<()>>;

impl Tx<'_> {
    pub(super) fn far(&self) -> Result<bool> {
        Ok(true)
    }

    pub(super) fn let_go(&self) -> Result<()> {
        self.notes.memo.forget();
        Ok(())
    }

    pub(super) fn ahead(&self, wanted: &Ahead) -> Result<()> {
        let mut asking = Asking {
            memo: &self.notes.memo,
            asked: Vec::new(),
            keeping: Vec::new(),
        };
        asking.dossiers(wanted);
        asking.bodies(wanted);
        asking.of_entries(wanted);
        asking.obligations(wanted);
        asking.places(&wanted.places);
        if asking.asked.is_empty() {
            return Ok(());
        }
        self.catch_up()?;
        let answers = self.conn.query_all(&asking.asked)?;
        let mut each = asking.keeping.into_iter().zip(answers);
        let memo = &self.notes.memo;
        memo.keep(|known| each.try_for_each(|(keep, rows)| keep(known, &rows)))
    }
}

impl Asking<'_> {
    fn dossiers(&mut self, wanted: &Ahead) {
        self.ask(
            DOSSIERS,
            |k| &mut k.dossiers,
            &wanted.dossiers,
            |keys| values![blobs(keys, |d| &d.0)],
            |rows| read_all(rows, |row: &DossierRow| row.id),
        );
        self.ask(
            ENTRIES,
            |k| &mut k.entries,
            &wanted.entries,
            |keys| values![blobs(keys, |e| &e.0)],
            |rows| read_all(rows, |row: &EntryRow| row.id),
        );
    }

    fn bodies(&mut self, wanted: &Ahead) {
        self.ask(
            BODIES,
            |k| &mut k.bodies,
            &wanted.bodies,
            |keys| values![blobs(keys, |b| &b.0.0), blobs(keys, |b| &b.1.0)],
            |rows| {
                let shape = ("body", &["dossier", "entry", "state", "sealed"][..]);
                read_map(rows, shape, |c| {
                    Ok(((c.dossier()?, c.entry()?), BodyRow::read(c)?))
                })
            },
        );
        let mut objects = wanted.keys.clone();
        objects.extend(wanted.bodies.iter().map(|(d, e)| (*d, e.0.to_vec())));
        self.ask(
            KEYS,
            |k| &mut k.keys,
            &objects,
            |keys| values![blobs(keys, |k| &k.0.0), blobs(keys, |k| &k.1)],
            |rows| {
                let shape = ("object_key", &["dossier", "object", "wrapped"][..]);
                read_map(rows, shape, |c| {
                    Ok(((c.dossier()?, c.bytes()?), c.bytes()?))
                })
            },
        );
    }

    fn of_entries(&mut self, wanted: &Ahead) {
        self.ask(
            FILES,
            |k| &mut k.files,
            &wanted.files,
            |keys| values![blobs(keys, |e| &e.0)],
            |rows| {
                read_lists(rows, AttachmentRow::SHAPE, |c| {
                    let row = AttachmentRow::read(c)?;
                    Ok((row.entry, row))
                })
            },
        );
        self.ask(
            TRANSLATIONS,
            |k| &mut k.translations,
            &wanted.translations,
            |keys| values![blobs(keys, |t| &t.0.0), blobs(keys, |t| &t.1.0)],
            |rows| {
                let shape = ("translation", &["dossier", "original", "entry"][..]);
                read_lists(rows, shape, |c| {
                    Ok(((c.dossier()?, c.entry()?), c.entry()?))
                })
            },
        );
        self.ask(
            RELATIONS,
            |k| &mut k.relations,
            &wanted.relations,
            |keys| values![blobs(keys, |e| &e.0)],
            |rows| {
                let shape = ("relation", RELATED);
                read_lists(rows, shape, |c| Ok((c.entry()?, RelationRow::read(c)?)))
            },
        );
        self.ask(
            PSEUDONYMS,
            |k| &mut k.pseudonyms,
            &wanted.pseudonyms,
            |keys| values![blobs(keys, |p| &p.0.0), blobs(keys, |p| &p.1)],
            |rows| {
                let shape = ("pseudonym", &["dossier", "pseudonym", "officer"][..]);
                read_map(rows, shape, |c| Ok(((c.dossier()?, c.array()?), c.text()?)))
            },
        );
    }

    fn obligations(&mut self, wanted: &Ahead) {
        self.ask(
            OBLIGATIONS,
            |k| &mut k.obligations,
            &wanted.obligations,
            |keys| values![blobs(keys, |o| &o.entry.0)],
            |rows| read_all(rows, |row: &ObligationRow| row.id),
        );
        self.ask(
            ACTS,
            |k| &mut k.acts,
            &wanted.acts,
            |keys| values![blobs(keys, |o| &o.entry.0)],
            |rows| {
                read_lists(rows, ACT, |c| {
                    let ask: ObligationId = c.obligation()?;
                    Ok((ask, act_row(c, ask)?))
                })
            },
        );
    }

    /// With each place its receipt.
    fn places(&mut self, wanted: &[(NodeName, Direction, EntryId)]) {
        let places = self.memo.unknown(|k| &mut k.places, wanted);
        if places.is_empty() {
            return;
        }
        let partners: Vec<String> = places.iter().map(|p| p.0.to_string()).collect();
        let directions: Vec<i64> = places.iter().map(|p| p.1.number()).collect();
        let values = values![partners, directions, blobs(&places, |p| &p.2.0)];
        self.add(PLACES, values, |known, rows| {
            let mut found = BTreeMap::new();
            for row in rows {
                let c = Cells::new(row, PLACE);
                let key: (NodeName, Direction, EntryId) = (c.name()?, c.direction()?, c.entry()?);
                let place = LeafPlace::read(&c)?;
                let receipt = match c.flag()? {
                    true => Some(ReceiptRow::read(&c)?),
                    false => None,
                };
                let covered = (key.0.clone(), place.register, place.position);
                known.receipts.insert(covered, receipt);
                found.insert(key, Some(place));
            }
            keep_each(&mut known.places, places, found);
            Ok(())
        });
    }

    /// Asks for what is not known yet of the rows wanted.
    fn ask<K: Ord + Clone + 'static, V: Default + 'static>(
        &mut self,
        sql: &'static str,
        map: fn(&mut Known) -> &mut BTreeMap<K, V>,
        wanted: &[K],
        values: impl FnOnce(&[K]) -> Vec<Value>,
        read: impl FnOnce(&[Row]) -> Result<BTreeMap<K, V>> + 'static,
    ) {
        let keys = self.memo.unknown(map, wanted);
        if !keys.is_empty() {
            self.add(sql, values(&keys), move |known, rows| {
                let here = map(known);
                // Whoever looks through a long list reads ahead again and again: what was is not held in memory.
                if here.len() + keys.len() > MOST_AHEAD {
                    here.clear();
                }
                keep_each(here, keys, read(rows)?);
                Ok(())
            });
        }
    }

    fn add(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
        keep: impl FnOnce(&mut Known, &[Row]) -> Result<()> + 'static,
    ) {
        self.asked.push((sql, values));
        self.keeping.push(Box::new(keep));
    }
}

/// Whole rows by their key.
fn read_all<K: Ord, R: FromRow>(
    rows: &[Row],
    key: impl Fn(&R) -> K,
) -> Result<BTreeMap<K, Option<R>>> {
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
) -> Result<BTreeMap<K, Option<V>>> {
    rows.iter()
        .map(|row| read(&Cells::new(row, shape)).map(|(key, value)| (key, Some(value))))
        .collect()
}

/// What the rows of each key give, in their order.
fn read_lists<K: Ord, V>(
    rows: &[Row],
    shape: Shape,
    read: impl Fn(&Cells<'_>) -> Result<(K, V)>,
) -> Result<BTreeMap<K, Vec<V>>> {
    let mut lists: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for row in rows {
        let (key, value) = read(&Cells::new(row, shape))?;
        lists.entry(key).or_default().push(value);
    }
    Ok(lists)
}

/// Keeps what was found under each key that was asked for, or that nothing was.
fn keep_each<K: Ord, V: Default>(
    known: &mut BTreeMap<K, V>,
    asked: Vec<K>,
    mut found: BTreeMap<K, V>,
) {
    for key in asked {
        let value = found.remove(&key).unwrap_or_default();
        known.insert(key, value);
    }
}
