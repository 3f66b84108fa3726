//! What jobs wrote and the server was not told yet: rows of the same sort go together, a statement for all of them.
//!
//! Only what every entry writes waits here; it is read back from here too. Any other statement goes after it, so that nobody sees
//! the difference ([`super::cells::Tx::flush`]). The turn makes it safe: nobody else writes meanwhile.

use super::cells::{Tx, Value, blobs, int, statements, values};
use super::memo::Known;
use crate::{AccessRow, BodyRow, EntryRow, OutboxItem, Result, StoreError};
use entente_core::ids::{DossierId, EntryId, NodeName};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries that wait; further ones send those before them.
const MOST: usize = 256;

statements! {
    // Two of one identifier meet the unique index. Positions are given in the order of the arrays.
    INSERT_ENTRIES = "INSERT INTO entry (dossier, id, kind, service, at_ms, here_ms, verdict, depth, body, causal, header)
        SELECT w.dossier, w.id, w.kind, w.service, w.at_ms, w.here_ms, w.verdict, w.depth, w.body, w.causal, w.header
        FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::bytea[], $11::bytea[]) WITH ORDINALITY
        AS w (dossier, id, kind, service, at_ms, here_ms, verdict, depth, body, causal, header, n) ORDER BY w.n";
    PUT_KEYS = "INSERT INTO object_key (dossier, object, wrapped) SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[])
        ON CONFLICT (dossier, object) DO UPDATE SET wrapped = excluded.wrapped";
    PUT_BODIES = "INSERT INTO body (dossier, entry, state, sealed)
        SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[])
        ON CONFLICT (dossier, entry) DO UPDATE SET state = excluded.state, sealed = excluded.sealed";
    INSERT_TOKENS = "INSERT INTO token (dossier, entry, position, tokens) SELECT e.dossier, e.id, e.position, t.tokens
        FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS o (dossier, entry, n)
        JOIN (SELECT w.n, array_agg(DISTINCT w.token ORDER BY w.token) AS tokens
            FROM unnest($3::bigint[], $4::bigint[]) AS w (n, token) GROUP BY w.n) AS t ON t.n = o.n
        CROSS JOIN LATERAL (SELECT dossier, id, position FROM entry WHERE dossier = o.dossier AND id = o.entry LIMIT 1) AS e";
    SET_SETTINGS = "INSERT INTO setting (key, value) SELECT * FROM unnest($1::text[], $2::bytea[])
        ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    TOUCH_DOSSIERS = "UPDATE dossier SET updated_ms = greatest(updated_ms, w.ms)
        FROM unnest($1::bytea[], $2::bigint[]) AS w (id, ms) WHERE dossier.id = w.id";
    SET_TOPS = "INSERT INTO lane (dossier, lane, top) SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[])
        ON CONFLICT (dossier, lane) DO UPDATE SET top = greatest(lane.top, excluded.top)";
    DROP_HEADS = r#"DELETE FROM head USING unnest($1::bytea[], $2::text[], $3::bytea[]) AS w (dossier, scope, entry)
        WHERE head.dossier = w.dossier AND head.scope = w.scope COLLATE "C" AND head.entry = w.entry"#;
    ADD_HEADS = "INSERT INTO head (dossier, scope, entry) SELECT * FROM unnest($1::bytea[], $2::text[], $3::bytea[])
        ON CONFLICT DO NOTHING";
    PUSH_OUTBOX = "INSERT INTO outbox (partner, queued_ms, entry, leaf) SELECT w.partner, w.queued_ms, w.entry, w.leaf
        FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS w (partner, queued_ms, entry, leaf, n)
        ORDER BY w.n";
    // A lane has no gaps and no second record of a number: either would break its hash chain.
    APPEND_ACCESS = "INSERT INTO access (lane, seq, at_ms, hash, sealed) SELECT $1::text, w.seq, w.at_ms, w.hash, w.sealed
        FROM unnest($3::bigint[], $4::bigint[], $5::bytea[], $6::bytea[]) WITH ORDINALITY AS w (seq, at_ms, hash, sealed, n)
        WHERE $2::bigint = coalesce((SELECT max(seq) FROM access WHERE lane = $1::text), $2::bigint - 1) + 1 ORDER BY w.n";
}

/// A head: dossier, scope, entry.
type Head = (DossierId, String, EntryId);

/// What waits.
#[derive(Default)]
pub(super) struct Pending {
    entries: Vec<EntryRow>,
    /// Where each is among them.
    fresh: BTreeMap<EntryId, usize>,
    bodies: BTreeMap<(DossierId, EntryId), BodyRow>,
    tokens: BTreeMap<(DossierId, EntryId), Vec<i64>>,
    keys: BTreeMap<(DossierId, Vec<u8>), Vec<u8>>,
    settings: BTreeMap<String, Vec<u8>>,
    touched: BTreeMap<DossierId, i64>,
    tops: BTreeMap<(DossierId, Vec<u8>), u64>,
    dropped: BTreeSet<Head>,
    added: BTreeSet<Head>,
    outbox: Vec<(String, i64, OutboxItem)>,
    access: BTreeMap<String, Vec<AccessRow>>,
    /// Whether anything waits.
    any: bool,
}

impl Pending {
    /// Whether an entry waits, in this dossier.
    fn is_fresh(&self, dossier: DossierId, entry: EntryId) -> bool {
        let row = self.fresh.get(&entry).and_then(|n| self.entries.get(*n));
        row.is_some_and(|row| row.dossier == dossier)
    }

    /// The server knows it now: what is known of the server follows.
    fn sent(&self, known: &mut Known) {
        for (key, value) in &self.settings {
            known.settings.insert(key.clone(), Some(value.clone()));
        }
        for (lane, top) in &self.tops {
            if let Some(stored) = known.tops.get_mut(lane) {
                *stored = (*stored).max(Some(*top));
            }
        }
        for (dossier, scope, _) in self.dropped.iter().chain(&self.added) {
            known.heads.remove(&(*dossier, scope.clone()));
        }
        for (lane, rows) in &self.access {
            known.lanes.insert(lane.clone(), rows.last().cloned());
        }
    }
}

/// Writing, without a word to the server.
impl Tx<'_> {
    /// `false` if it is there already.
    pub(super) fn insert_entry(&self, row: &EntryRow) -> Result<bool> {
        if self.verdict(row.id)?.is_some() {
            return Ok(false);
        }
        if self.notes.pending.borrow().entries.len() >= MOST {
            self.flush()?;
        }
        let mut pending = self.write();
        let place = pending.entries.len();
        pending.fresh.insert(row.id, place);
        pending.entries.push(row.clone());
        drop(pending);
        self.notes.memo.keep(|known| {
            known.entries.remove(&row.id);
            known.verdicts.insert(row.id, Some(row.verdict));
        });
        Ok(true)
    }

    /// Whether the body could be put beside its waiting entry.
    pub(super) fn put_body_later(&self, dossier: DossierId, entry: EntryId, row: &BodyRow) -> bool {
        if !self.notes.pending.borrow().is_fresh(dossier, entry) {
            return false;
        }
        let mut pending = self.write();
        pending.bodies.insert((dossier, entry), row.clone());
        if let Some(place) = pending.fresh.get(&entry).copied()
            && let Some(waiting) = pending.entries.get_mut(place)
        {
            waiting.body = row.state;
        }
        drop(pending);
        self.notes.memo.keep(|known| {
            known.bodies.remove(&(dossier, entry));
        });
        true
    }

    /// Whether the tokens could be put beside their waiting entry.
    pub(super) fn put_tokens_later(
        &self,
        dossier: DossierId,
        entry: EntryId,
        tokens: &[i64],
    ) -> bool {
        if !self.notes.pending.borrow().is_fresh(dossier, entry) {
            return false;
        }
        let mut pending = self.write();
        let all = pending.tokens.entry((dossier, entry)).or_default();
        all.extend_from_slice(tokens);
        true
    }

    pub(super) fn put_key_later(&self, dossier: DossierId, object: &[u8], wrapped: &[u8]) {
        let key = (dossier, object.to_vec());
        self.write().keys.insert(key.clone(), wrapped.to_vec());
        self.notes.memo.keep(|known| {
            known.keys.insert(key, Some(wrapped.to_vec()));
        });
    }

    pub(super) fn set_setting(&self, key: &str, value: &[u8]) -> Result<()> {
        self.write().settings.insert(key.to_owned(), value.to_vec());
        Ok(())
    }

    pub(super) fn touch_dossier(&self, id: DossierId, updated_ms: i64) -> Result<()> {
        let mut pending = self.write();
        let at = pending.touched.entry(id).or_insert(updated_ms);
        *at = updated_ms.max(*at);
        drop(pending);
        self.notes.memo.keep(|known| {
            if let Some(Some(row)) = known.dossiers.get_mut(&id) {
                row.updated_ms = row.updated_ms.max(updated_ms);
            }
        });
        Ok(())
    }

    pub(super) fn set_lane_top(&self, dossier: DossierId, lane: &[u8], top: u64) -> Result<()> {
        int(top)?;
        let mut pending = self.write();
        let here = pending.tops.entry((dossier, lane.to_vec())).or_insert(top);
        *here = top.max(*here);
        Ok(())
    }

    pub(super) fn advance_heads(
        &self,
        dossier: DossierId,
        scope: &str,
        parents: &[EntryId],
        child: EntryId,
    ) -> Result<()> {
        let mut pending = self.write();
        for parent in parents {
            let head = (dossier, scope.to_owned(), *parent);
            let only_here = pending.added.remove(&head) && pending.is_fresh(dossier, *parent);
            if !only_here {
                pending.dropped.insert(head);
            }
        }
        pending.added.insert((dossier, scope.to_owned(), child));
        Ok(())
    }

    pub(super) fn push_outbox(
        &self,
        partner: &NodeName,
        item: &OutboxItem,
        now_ms: i64,
    ) -> Result<()> {
        let item = (partner.to_string(), now_ms, item.clone());
        self.write().outbox.push(item);
        Ok(())
    }

    pub(super) fn append_access(&self, row: &AccessRow) -> Result<()> {
        int(row.seq)?;
        let mut pending = self.write();
        let lane = pending.access.entry(row.lane.clone()).or_default();
        if lane.last().is_some_and(|last| last.seq + 1 != row.seq) {
            return Err(StoreError::Failed(
                "access: not the next record of its lane".to_owned(),
            ));
        }
        lane.push(row.clone());
        Ok(())
    }

    fn write(&self) -> std::cell::RefMut<'_, Pending> {
        let mut pending = self.notes.pending.borrow_mut();
        pending.any = true;
        pending
    }
}

/// Reading what waits.
impl Tx<'_> {
    pub(super) fn pending_setting(&self, key: &str) -> Option<Vec<u8>> {
        self.notes.pending.borrow().settings.get(key).cloned()
    }
    pub(super) fn pending_key(&self, key: &(DossierId, Vec<u8>)) -> Option<Vec<u8>> {
        self.notes.pending.borrow().keys.get(key).cloned()
    }
    pub(super) fn pending_verdict(&self, id: EntryId) -> Option<u8> {
        let pending = self.notes.pending.borrow();
        let row = pending.fresh.get(&id).and_then(|n| pending.entries.get(*n));
        row.map(|row| row.verdict)
    }
    pub(super) fn pending_top(&self, lane: &(DossierId, Vec<u8>)) -> Option<u64> {
        self.notes.pending.borrow().tops.get(lane).copied()
    }
    pub(super) fn pending_record(&self, lane: &str) -> Option<AccessRow> {
        let pending = self.notes.pending.borrow();
        pending
            .access
            .get(lane)
            .and_then(|rows| rows.last().cloned())
    }
    pub(super) fn is_touched(&self, dossier: DossierId) -> bool {
        self.notes.pending.borrow().touched.contains_key(&dossier)
    }
    /// All heads of a scope, from those that the server has.
    pub(super) fn with_pending_heads(
        &self,
        dossier: DossierId,
        scope: &str,
        stored: Vec<EntryId>,
    ) -> Vec<EntryId> {
        let pending = self.notes.pending.borrow();
        let mut heads: BTreeSet<EntryId> = stored.into_iter().collect();
        let of = |head: &&Head| head.0 == dossier && head.1 == scope;
        for (.., entry) in pending.dropped.iter().filter(of) {
            heads.remove(entry);
        }
        heads.extend(pending.added.iter().filter(of).map(|(.., entry)| *entry));
        heads.into_iter().collect()
    }
}

/// Telling the server.
impl Tx<'_> {
    /// Sends what waits, without waiting for the answers.
    pub(super) fn flush(&self) -> Result<()> {
        if !self.notes.pending.borrow().any {
            return Ok(());
        }
        let pending = self.notes.pending.take();
        self.notes.memo.keep(|known| pending.sent(known));
        self.send_entries(&pending.entries)?;
        self.send_beside_entries(&pending)?;
        self.send_places(&pending)?;
        self.send_outbox(pending.outbox)?;
        pending
            .access
            .iter()
            .try_for_each(|(lane, rows)| self.send_access(lane, rows))
    }

    /// Forgets what waits: its transaction is undone.
    pub(super) fn drop_pending(&self) {
        self.notes.pending.take();
    }

    fn send(&self, sql: &str, values: Vec<Value>, rows: Option<usize>) -> Result<()> {
        self.conn.later(sql, values, move |changed| match rows {
            Some(rows) if changed != rows as u64 => Err(StoreError::Failed(format!(
                "{changed} rows changed where {rows} must"
            ))),
            _ => Ok(()),
        })
    }

    fn send_entries(&self, rows: &[EntryRow]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let texts = |of: fn(&EntryRow) -> &String| -> Vec<String> {
            rows.iter().map(|r| of(r).clone()).collect()
        };
        let ints = |of: fn(&EntryRow) -> i64| rows.iter().map(of).collect::<Vec<i64>>();
        let depths: Vec<i64> = rows.iter().map(|r| int(r.depth)).collect::<Result<_>>()?;
        let values = values![
            blobs(rows, |r| &r.dossier.0),
            blobs(rows, |r| &r.id.0),
            texts(|r| &r.kind),
            texts(|r| &r.service),
            ints(|r| r.at_ms),
            ints(|r| r.here_ms),
            ints(|r| i64::from(r.verdict)),
            depths,
            ints(|r| i64::from(r.body.number())),
            blobs(rows, |r| &r.causal),
            blobs(rows, |r| &r.header)
        ];
        self.send(INSERT_ENTRIES, values, Some(rows.len()))
    }

    fn send_beside_entries(&self, pending: &Pending) -> Result<()> {
        if !pending.keys.is_empty() {
            let keys: Vec<_> = pending.keys.iter().collect();
            let values = values![
                blobs(&keys, |k| &k.0.0.0),
                blobs(&keys, |k| &k.0.1),
                blobs(&keys, |k| k.1)
            ];
            self.send(PUT_KEYS, values, Some(keys.len()))?;
        }
        if !pending.bodies.is_empty() {
            let bodies: Vec<_> = pending.bodies.iter().collect();
            let states = bodies.iter().map(|b| i64::from(b.1.state.number()));
            let values = values![
                blobs(&bodies, |b| &b.0.0.0),
                blobs(&bodies, |b| &b.0.1.0),
                states.collect::<Vec<i64>>(),
                blobs(&bodies, |b| &b.1.sealed)
            ];
            self.send(PUT_BODIES, values, Some(bodies.len()))?;
        }
        if !pending.tokens.is_empty() {
            let entries: Vec<_> = pending.tokens.keys().collect();
            let (mut places, mut tokens) = (Vec::new(), Vec::new());
            for (n, of) in (1i64..).zip(pending.tokens.values()) {
                places.extend(of.iter().map(|_| n));
                tokens.extend_from_slice(of);
            }
            let values = values![
                blobs(&entries, |e| &e.0.0),
                blobs(&entries, |e| &e.1.0),
                places,
                tokens
            ];
            self.send(INSERT_TOKENS, values, Some(entries.len()))?;
        }
        Ok(())
    }

    fn send_places(&self, pending: &Pending) -> Result<()> {
        if !pending.settings.is_empty() {
            let keys: Vec<String> = pending.settings.keys().cloned().collect();
            let set: Vec<Vec<u8>> = pending.settings.values().cloned().collect();
            self.send(SET_SETTINGS, values![keys, set], None)?;
        }
        if !pending.touched.is_empty() {
            let ids: Vec<_> = pending.touched.keys().collect();
            let at: Vec<i64> = pending.touched.values().copied().collect();
            self.send(TOUCH_DOSSIERS, values![blobs(&ids, |d| &d.0), at], None)?;
        }
        if !pending.tops.is_empty() {
            let lanes: Vec<_> = pending.tops.keys().collect();
            let tops: Vec<i64> = pending
                .tops
                .values()
                .map(|n| int(*n))
                .collect::<Result<_>>()?;
            let values = values![blobs(&lanes, |l| &l.0.0), blobs(&lanes, |l| &l.1), tops];
            self.send(SET_TOPS, values, None)?;
        }
        for (sql, heads) in [(DROP_HEADS, &pending.dropped), (ADD_HEADS, &pending.added)] {
            if !heads.is_empty() {
                let heads: Vec<&Head> = heads.iter().collect();
                let scopes: Vec<String> = heads.iter().map(|h| h.1.clone()).collect();
                let values = values![blobs(&heads, |h| &h.0.0), scopes, blobs(&heads, |h| &h.2.0)];
                self.send(sql, values, None)?;
            }
        }
        Ok(())
    }

    fn send_outbox(&self, items: Vec<(String, i64, OutboxItem)>) -> Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let count = items.len();
        let (mut partners, mut queued) = (Vec::new(), Vec::new());
        let (mut entries, mut leaves) = (Vec::new(), Vec::new());
        for (partner, at, item) in items {
            partners.push(partner);
            queued.push(at);
            let (entry, leaf) = match item {
                OutboxItem::Entry(id) => (Some(id.0), None),
                OutboxItem::Leaf(leaf) => (None, Some(leaf)),
            };
            entries.push(entry);
            leaves.push(leaf);
        }
        let values = values![partners, queued, entries, leaves];
        self.send(PUSH_OUTBOX, values, Some(count))
    }

    fn send_access(&self, lane: &str, rows: &[AccessRow]) -> Result<()> {
        let seqs: Vec<i64> = rows.iter().map(|r| int(r.seq)).collect::<Result<_>>()?;
        let first = seqs.first().copied().unwrap_or_default();
        let at: Vec<i64> = rows.iter().map(|r| r.at_ms).collect();
        let values = values![
            lane,
            first,
            seqs,
            at,
            blobs(rows, |r| &r.hash),
            blobs(rows, |r| &r.sealed)
        ];
        self.send(APPEND_ACCESS, values, Some(rows.len()))
    }
}
