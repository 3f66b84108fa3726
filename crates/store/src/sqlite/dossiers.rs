//! Dossiers, entries, heads, bodies and their keys, configurations, terms, flags and relations.

use super::cells::{Known, Tx, int, statements};
use crate::cells::{CellReader as _, FromRow as _};
use crate::rows::pair_texts;
use crate::{
    BodyRow, BodyState, ConfigRow, DossierFilter, DossierRow, EntryRow, FlagRow, LatelyRow,
    RelationRow, Result, StoreError, TermsRow, WAITING,
};
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};
use rusqlite::params;
use rusqlite::types::Value;

macro_rules! entry_sql {
    ($rest:literal) => {
        concat!(
            "SELECT e.position, d.id, e.id, e.kind, e.service, e.at_ms, e.here_ms, e.verdict, e.depth, e.causal, e.header, e.body
             FROM entry e CROSS JOIN dossier_no d ON d.n = e.dossier ",
            $rest
        )
    };
}

statements! {
    SETTING = "SELECT value FROM setting WHERE key = ?1";
    SET_SETTING = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    LAST_NUMBER = "SELECT last FROM series WHERE name = ?1";
    NEXT_NUMBER = "INSERT INTO series (name, last) VALUES (?1, 1)
        ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last";
    DOSSIER_NO = "SELECT n FROM dossier_no WHERE id = ?1";
    MAKE_DOSSIER_NO = "INSERT INTO dossier_no (id) VALUES (?1)";
    DOSSIER = "SELECT d.id, o.kind, o.purpose, o.phase, o.convenor, o.number, o.nodes, o.services, o.title, o.opened_ms, o.updated_ms
        FROM dossier_no d JOIN dossier o ON o.n = d.n WHERE d.id = ?1";
    SERVICES_OF = "SELECT services FROM dossier WHERE n = ?1";
    PUT_DOSSIER = "INSERT INTO dossier (n, kind, purpose, phase, convenor, number, nodes, services, title, opened_ms, updated_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (n) DO UPDATE SET kind = excluded.kind, purpose = excluded.purpose, phase = excluded.phase,
        convenor = excluded.convenor, number = excluded.number, nodes = excluded.nodes, services = excluded.services,
        title = excluded.title, opened_ms = excluded.opened_ms, updated_ms = excluded.updated_ms";
    CLEAR_SERVICES = "DELETE FROM dossier_service WHERE dossier = ?1";
    ADD_SERVICE = "INSERT OR IGNORE INTO dossier_service (dossier, service) VALUES (?1, ?2)";
    ENTRY_AT = "SELECT position FROM entry WHERE key = ?1 AND id = ?2";
    ENTRY = entry_sql!("WHERE e.key = ?1 AND e.id = ?2");
    ENTRIES_OLDEST = entry_sql!("WHERE e.dossier = ?1 ORDER BY e.depth, e.key LIMIT ?2 OFFSET ?3");
    ENTRIES_NEWEST = entry_sql!("WHERE e.dossier = ?1 ORDER BY e.depth DESC, e.key DESC LIMIT ?2 OFFSET ?3");
    PLACES_OF = "SELECT e.depth, e.id, e.position FROM entry e INDEXED BY entry_by_kind WHERE e.dossier = ?1 AND e.kind = ?2 AND (e.depth, e.key) >= (?3, ?4)
        AND (e.depth, e.key, e.id) > (?3, ?4, ?5) ORDER BY e.depth, e.key, e.id LIMIT ?6";
    ENTRY_HERE = entry_sql!("WHERE e.position = ?1");
    LATELY = "SELECT ?3, id, kind, service, here_ms FROM entry WHERE dossier = ?1 ORDER BY depth DESC, key DESC LIMIT ?2";
    COUNT_ENTRIES = "SELECT count(*) FROM entry WHERE dossier = ?1";
    IRREGULAR = entry_sql!("WHERE e.verdict <> 0 AND e.verdict <> 254 ORDER BY e.position DESC LIMIT ?1");
    SINCE = entry_sql!("WHERE e.position > ?1 ORDER BY e.position LIMIT ?2");
    INSERT_ENTRY = "INSERT INTO entry (dossier, key, id, kind, service, at_ms, here_ms, verdict, depth, body, causal, header)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    VERDICT_OF = "SELECT verdict, position, dossier FROM entry WHERE key = ?1 AND id = ?2";
    TOUCH_DOSSIER = "UPDATE dossier SET updated_ms = ?2 WHERE n = ?1 AND updated_ms < ?2";
    JUDGE_ENTRY = "UPDATE entry SET verdict = ?3, depth = ?4, causal = ?5 WHERE key = ?1 AND id = ?2";
    HEADS = "SELECT entry FROM head WHERE dossier = ?1 AND scope = ?2 ORDER BY entry LIMIT ?3";
    DROP_HEAD = "DELETE FROM head WHERE dossier = ?1 AND scope = ?2 AND entry = ?3";
    MOVE_HEAD = "UPDATE OR REPLACE head SET entry = ?4 WHERE dossier = ?1 AND scope = ?2 AND entry = ?3";
    ADD_HEAD = "INSERT OR IGNORE INTO head (dossier, scope, entry) VALUES (?1, ?2, ?3)";
    LEFT = "SELECT service FROM left_service WHERE dossier = ?1 ORDER BY service";
    PUT_LEFT = "INSERT OR IGNORE INTO left_service (dossier, service) VALUES (?1, ?2)";
    DROP_LEFT = "DELETE FROM left_service WHERE dossier = ?1 AND service = ?2";
    LANE_TOP = "SELECT top FROM lane WHERE dossier = ?1 AND lane = ?2";
    SET_LANE_TOP = "INSERT INTO lane (dossier, lane, top) VALUES (?1, ?2, ?3)
        ON CONFLICT (dossier, lane) DO UPDATE SET top = excluded.top WHERE excluded.top > top";
    WAITING_FOR = "SELECT entry FROM waiting WHERE missing = ?1 ORDER BY entry LIMIT ?2";
    AWAITED = "SELECT w.missing, w.entry FROM waiting w INDEXED BY waiting_by_time WHERE w.since_ms >= 0 AND w.missing > zeroblob(32) AND NOT EXISTS (
        SELECT 1 FROM waiting o WHERE o.missing = w.missing AND (o.since_ms, o.entry) < (w.since_ms, w.entry))
        ORDER BY w.since_ms, w.missing LIMIT ?1";
    WAIT_FOR = "INSERT OR IGNORE INTO waiting (missing, entry, since_ms) VALUES (?1, ?2, ?3)";
    STOP_WAITING = "DELETE FROM waiting WHERE missing = ?1 AND entry = ?2";
    BODY = "SELECT b.state, b.sealed FROM entry e JOIN body b ON b.position = e.position
        WHERE e.key = ?1 AND e.id = ?2 AND +e.dossier = ?3";
    PUT_BODY = "INSERT INTO body (position, state, sealed) VALUES (?1, ?2, ?3)
        ON CONFLICT (position) DO UPDATE SET state = excluded.state, sealed = excluded.sealed";
    MARK_BODY = "UPDATE entry SET body = ?2 WHERE position = ?1 AND body <> ?2";
    PLACE_OF = "SELECT position, body FROM entry WHERE key = ?1 AND id = ?2 AND +dossier = ?3";
    BODY_KEY = "SELECT k.wrapped FROM entry e JOIN object_key_body k ON k.position = e.position
        WHERE e.key = ?1 AND e.id = ?2 AND +e.dossier = ?3";
    OBJECT_KEY = "SELECT wrapped FROM object_key WHERE dossier = ?1 AND object = ?2";
    WITH_KEY = "SELECT d.id FROM dossier_no d CROSS JOIN object_key k ON k.dossier = d.n AND k.object = ?1
        WHERE d.id > ?2 ORDER BY d.id LIMIT ?3";
    PUT_BODY_KEY = "INSERT INTO object_key_body (position, wrapped) VALUES (?1, ?2)
        ON CONFLICT (position) DO UPDATE SET wrapped = excluded.wrapped";
    PUT_OBJECT_KEY = "INSERT INTO object_key (dossier, object, wrapped) VALUES (?1, ?2, ?3)
        ON CONFLICT (dossier, object) DO UPDATE SET wrapped = excluded.wrapped";
    DROP_BODY_KEY = "DELETE FROM object_key_body WHERE position = ?1";
    DROP_OBJECT_KEY = "DELETE FROM object_key WHERE dossier = ?1 AND object = ?2";
    CONFIG = "SELECT c.entry, d.id, c.number, c.kind, c.set_by, c.config FROM config c
        JOIN dossier_no d ON d.n = c.dossier WHERE c.entry = ?1";
    LATEST_CONFIG = "SELECT c.entry, d.id, c.number, c.kind, c.set_by, c.config FROM config c
        JOIN dossier_no d ON d.n = c.dossier WHERE c.dossier = ?1 ORDER BY c.number DESC, c.entry DESC LIMIT 1";
    INSERT_CONFIG = "INSERT INTO config (entry, dossier, number, kind, set_by, config) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    TERMS = "SELECT t.entry, d.id, t.partner, t.version, t.terms FROM terms t
        JOIN dossier_no d ON d.n = t.dossier WHERE t.entry = ?1";
    TERMS_WITH = "SELECT t.entry, d.id, t.partner, t.version, t.terms FROM terms t
        JOIN dossier_no d ON d.n = t.dossier WHERE t.partner = ?1 ORDER BY t.version DESC, t.entry DESC LIMIT 1";
    INSERT_TERMS = "INSERT INTO terms (entry, dossier, partner, version, terms) VALUES (?1, ?2, ?3, ?4, ?5)";
    FLAGS = "SELECT partner, entry, node, up, at_ms FROM flag WHERE partner = ?1 ORDER BY at_ms, entry";
    INSERT_FLAG = "INSERT INTO flag (partner, entry, node, up, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
    TRANSLATIONS = "SELECT entry FROM translation WHERE dossier = ?1 AND original = ?2 ORDER BY entry";
    PUT_TRANSLATION = "INSERT OR IGNORE INTO translation (dossier, original, entry) VALUES (?1, ?2, ?3)";
    RELATIONS = "SELECT entry, later, earlier, earlier_dossier, relation FROM relation WHERE later = ?1
        UNION SELECT entry, later, earlier, earlier_dossier, relation FROM relation WHERE earlier = ?1 ORDER BY 1, 2, 3";
    INSERT_RELATION = "INSERT INTO relation (entry, later, earlier, earlier_dossier, relation) VALUES (?1, ?2, ?3, ?4, ?5)";
}

/// The first eight bytes of an identifier as a number in the same order.
pub(super) fn key(id: &EntryId) -> i64 {
    let first = id.0.first_chunk::<8>().copied().unwrap_or_default();
    (u64::from_be_bytes(first) ^ (1 << 63)).cast_signed()
}

/// How another table names an entry: see the head of the first migration.
#[derive(Clone, Copy)]
pub(super) struct Reference {
    pub(super) position: Option<i64>,
    pub(super) id: EntryId,
}

impl Reference {
    /// The form to write.
    pub(super) fn value(&self) -> Value {
        self.position.map_or_else(|| self.blob(), Value::Integer)
    }
    /// The forms to look for, the likelier first. One lookup each: `IN` would make SQLite build a table for two values.
    pub(super) fn values(&self) -> impl Iterator<Item = Value> {
        let position = self.position.map(Value::Integer);
        position.into_iter().chain([self.blob()])
    }
    fn blob(&self) -> Value {
        Value::Blob(self.id.0.to_vec())
    }
}

impl Tx<'_> {
    pub(super) fn setting(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.one(SETTING, params![key], ("setting", &["value"]), |c| c.get())
    }
    pub(super) fn set_setting(&self, key: &str, value: &[u8]) -> Result<()> {
        self.run_one(SET_SETTING, params![key, value], "setting")
    }
    pub(super) fn last_number(&self, series: &str) -> Result<u32> {
        let last = self.one(LAST_NUMBER, params![series], ("series", &["last"]), |c| {
            c.int()
        })?;
        Ok(last.unwrap_or(0))
    }
    pub(super) fn next_number(&self, series: &str) -> Result<u32> {
        let next = self.one(NEXT_NUMBER, params![series], ("series", &["last"]), |c| {
            c.int()
        })?;
        next.ok_or_else(|| StoreError::Failed("series: no number".to_owned()))
    }

    /// The small number of a dossier, if it was ever named.
    pub(super) fn dossier_no(&self, id: DossierId) -> Result<Option<i64>> {
        if let Some(n) = self.notes.memo.dossier(&id) {
            return Ok(Some(n));
        }
        let found = self.one(DOSSIER_NO, params![id.0], ("dossier_no", &["n"]), |c| {
            c.get()
        })?;
        if let Some(n) = found {
            self.notes.memo.keep_dossier(id, n);
        }
        Ok(found)
    }
    /// The small number of a dossier, given now if it has none.
    pub(super) fn make_dossier_no(&self, id: DossierId) -> Result<i64> {
        if let Some(n) = self.dossier_no(id)? {
            return Ok(n);
        }
        self.run_one(MAKE_DOSSIER_NO, params![id.0], "dossier_no")?;
        Ok(self.conn.last_insert_rowid())
    }
    /// The local position of an entry that is here.
    pub(super) fn entry_at(&self, id: EntryId) -> Result<Option<i64>> {
        match self.notes.memo.entry(&id) {
            Some(known) => Ok(Some(known.position)),
            None => self.one(ENTRY_AT, params![key(&id), id.0], EntryRow::SHAPE, |c| {
                c.get()
            }),
        }
    }
    pub(super) fn reference(&self, id: EntryId) -> Result<Reference> {
        Ok(Reference {
            position: self.entry_at(id)?,
            id,
        })
    }

    pub(super) fn dossier(&self, id: DossierId) -> Result<Option<DossierRow>> {
        self.row(DOSSIER, params![id.0])
    }
    pub(super) fn dossiers(&self, filter: &DossierFilter) -> Result<Vec<DossierRow>> {
        let (sql, values) = dossiers_sql(filter);
        self.rows(&sql, rusqlite::params_from_iter(values))
    }
    pub(super) fn count_dossiers(&self, filter: &DossierFilter) -> Result<u64> {
        let (conditions, values) = dossier_conditions(filter, true);
        let sql = format!("SELECT count(*) FROM dossier o {conditions}");
        let count = self.one(
            &sql,
            rusqlite::params_from_iter(values),
            ("dossier", &["count"]),
            |c| c.int(),
        )?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn put_dossier(&self, row: &DossierRow) -> Result<()> {
        let n = self.make_dossier_no(row.id)?;
        let before: Option<String> =
            self.one(SERVICES_OF, params![n], ("dossier", &["services"]), |c| {
                c.get()
            })?;
        self.run_one(
            PUT_DOSSIER,
            params![
                n,
                row.kind,
                row.purpose.number(),
                row.phase.number(),
                row.convenor.as_str(),
                row.number,
                row.nodes,
                row.services,
                row.title,
                row.opened_ms,
                row.updated_ms
            ],
            "dossier",
        )?;
        if before.as_deref() != Some(row.services.as_str()) {
            self.run(CLEAR_SERVICES, params![n])?;
            for service in row.services.split(',').filter(|s| !s.is_empty()) {
                self.run(ADD_SERVICE, params![n, service])?;
            }
        }
        Ok(())
    }

    pub(super) fn verdict(&self, id: EntryId) -> Result<Option<u8>> {
        if let Some(known) = self.notes.memo.entry(&id) {
            return Ok(Some(known.verdict));
        }
        let shape = ("entry", &["verdict", "position", "dossier"][..]);
        let found = self.one(VERDICT_OF, params![key(&id), id.0], shape, |c| {
            Ok(Known {
                verdict: c.int()?,
                position: c.get()?,
                dossier: c.get()?,
            })
        })?;
        if let Some(known) = found.filter(|known| known.verdict != WAITING) {
            self.notes.memo.keep_entry(id, known);
        }
        self.notes.memo.turn().absent = found.is_none().then_some(id);
        Ok(found.map(|known| known.verdict))
    }
    pub(super) fn touch_dossier(&self, id: DossierId, updated_ms: i64) -> Result<()> {
        if let Some(n) = self.dossier_no(id)? {
            self.run(TOUCH_DOSSIER, params![n, updated_ms])?;
        }
        Ok(())
    }
    pub(super) fn entry(&self, id: EntryId) -> Result<Option<EntryRow>> {
        self.row(ENTRY, params![key(&id), id.0])
    }
    pub(super) fn entries(
        &self,
        dossier: DossierId,
        newest: bool,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<EntryRow>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(Vec::new());
        };
        let sql = if newest {
            ENTRIES_NEWEST
        } else {
            ENTRIES_OLDEST
        };
        self.rows(sql, params![n, limit, offset])
    }
    /// The places of each type stand in order in the index: the first of all types together are merged from the first of each.
    pub(super) fn entries_of(
        &self,
        dossier: DossierId,
        types: &[&str],
        after: Option<(u64, EntryId)>,
        limit: u32,
    ) -> Result<Vec<EntryRow>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(Vec::new());
        };
        let (depth, id) = match after {
            Some((depth, id)) => (int(depth)?, id),
            None => (-1, EntryId([0; 32])),
        };
        let shape = ("entry", &["depth", "id", "position"][..]);
        let mut places: Vec<(u64, EntryId, i64)> = Vec::new();
        for kind in types {
            let values = params![n, kind, depth, key(&id), id.0, limit];
            places.extend(self.many(PLACES_OF, values, shape, |c| {
                Ok((c.int()?, c.entry()?, c.get()?))
            })?);
        }
        places.sort_unstable();
        places.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let rows = places.iter().map(|(_, _, at)| self.row(ENTRY_HERE, [at]));
        rows.filter_map(Result::transpose).collect()
    }
    pub(super) fn lately(
        &self,
        dossiers: &[DossierId],
        but: &NodeName,
        since_ms: i64,
        look: u32,
    ) -> Result<Vec<LatelyRow>> {
        let own = format!("{but}/");
        let of_others = |row: &LatelyRow| row.here_ms >= since_ms && !row.service.starts_with(&own);
        let mut found = Vec::new();
        for dossier in dossiers {
            if let Some(n) = self.dossier_no(*dossier)? {
                let newest = self.rows(LATELY, params![n, look, dossier.0])?;
                found.extend(newest.into_iter().filter(of_others));
            }
        }
        Ok(found)
    }
    pub(super) fn count_entries(&self, dossier: DossierId) -> Result<u64> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(0);
        };
        let count = self.one(COUNT_ENTRIES, params![n], ("entry", &["count"]), |c| {
            c.int()
        })?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn irregular_entries(&self, limit: u32) -> Result<Vec<EntryRow>> {
        self.rows(IRREGULAR, params![limit])
    }
    pub(super) fn entries_since(&self, position: u64, limit: u32) -> Result<Vec<EntryRow>> {
        self.rows(SINCE, params![int(position)?, limit])
    }
    pub(super) fn insert_entry(&self, row: &EntryRow) -> Result<bool> {
        let absent = self.notes.memo.turn().absent.take();
        if absent != Some(row.id) && self.entry_at(row.id)?.is_some() {
            return Ok(false);
        }
        let n = self.make_dossier_no(row.dossier)?;
        self.run_one(
            INSERT_ENTRY,
            params![
                n,
                key(&row.id),
                row.id.0,
                row.kind,
                row.service,
                row.at_ms,
                row.here_ms,
                row.verdict,
                int(row.depth)?,
                row.body.number(),
                row.causal,
                row.header
            ],
            "entry",
        )?;
        let position = self.conn.last_insert_rowid();
        let fresh = (position, n, row.body);
        self.notes.memo.turn().fresh.insert(row.id, fresh);
        if row.verdict != WAITING {
            let known = Known {
                position,
                dossier: n,
                verdict: row.verdict,
            };
            self.notes.memo.keep_entry(row.id, known);
        }
        Ok(true)
    }
    pub(super) fn judge_entry(
        &self,
        id: EntryId,
        verdict: u8,
        depth: u64,
        causal: &[u8],
    ) -> Result<()> {
        // Judged again: what was relayed, or what an older program could not evaluate.
        self.notes.memo.drop_entry(&id);
        self.run_one(
            JUDGE_ENTRY,
            params![key(&id), id.0, verdict, int(depth)?, causal],
            "entry",
        )
    }

    pub(super) fn heads(
        &self,
        dossier: DossierId,
        scope: &str,
        limit: u32,
    ) -> Result<Vec<EntryId>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(Vec::new());
        };
        self.many(HEADS, params![n, scope, limit], ("head", &["entry"]), |c| {
            c.entry()
        })
    }
    pub(super) fn left(&self, dossier: DossierId) -> Result<Vec<ServiceName>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(Vec::new());
        };
        self.many(LEFT, params![n], ("left_service", &["service"]), |c| {
            c.name()
        })
    }
    pub(super) fn put_left(&self, dossier: DossierId, service: &ServiceName) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        self.run(PUT_LEFT, params![n, service.as_str()])?;
        Ok(())
    }
    pub(super) fn drop_left(&self, dossier: DossierId, service: &ServiceName) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        self.run(DROP_LEFT, params![n, service.as_str()])?;
        Ok(())
    }
    pub(super) fn lane_top(&self, dossier: DossierId, lane: &[u8]) -> Result<Option<u64>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        self.one(LANE_TOP, params![n, lane], ("lane", &["top"]), |c| c.int())
    }
    pub(super) fn set_lane_top(&self, dossier: DossierId, lane: &[u8], top: u64) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        self.run(SET_LANE_TOP, params![n, lane, int(top)?])?;
        Ok(())
    }
    pub(super) fn advance_heads(
        &self,
        dossier: DossierId,
        scope: &str,
        parents: &[EntryId],
        child: EntryId,
    ) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        if let [parent] = parents
            && self.run(MOVE_HEAD, params![n, scope, parent.0, child.0])? > 0
        {
            return Ok(());
        }
        for parent in parents {
            self.run(DROP_HEAD, params![n, scope, parent.0])?;
        }
        self.run(ADD_HEAD, params![n, scope, child.0])?;
        Ok(())
    }
    pub(super) fn waiting_for(&self, missing: EntryId, limit: u32) -> Result<Vec<EntryId>> {
        self.many(
            WAITING_FOR,
            params![missing.0, limit],
            ("waiting", &["entry"]),
            |c| c.entry(),
        )
    }
    pub(super) fn awaited(&self, limit: u32) -> Result<Vec<(EntryId, EntryId)>> {
        let shape = ("waiting", &["missing", "entry"][..]);
        self.many(AWAITED, params![limit], shape, |c| {
            Ok((c.entry()?, c.entry()?))
        })
    }
    pub(super) fn wait_for(&self, missing: EntryId, entry: EntryId, since_ms: i64) -> Result<()> {
        let values = params![missing.0, entry.0, since_ms.max(0)];
        self.run(WAIT_FOR, values).map(drop)
    }
    pub(super) fn stop_waiting(&self, missing: EntryId, entry: EntryId) -> Result<()> {
        self.run(STOP_WAITING, params![missing.0, entry.0])
            .map(drop)
    }
}

/// Bodies and keys.
impl Tx<'_> {
    pub(super) fn body(&self, dossier: DossierId, entry: EntryId) -> Result<Option<BodyRow>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        self.row(BODY, params![key(&entry), entry.0, n])
    }
    pub(super) fn put_body(&self, dossier: DossierId, entry: EntryId, row: &BodyRow) -> Result<()> {
        let place = match self.dossier_no(dossier)? {
            Some(n) => self.place(n, entry)?,
            None => None,
        };
        let (position, before) = place.ok_or_else(|| {
            StoreError::Failed("body: its entry is not in this dossier".to_owned())
        })?;
        self.run_one(
            PUT_BODY,
            params![position, row.state.number(), row.sealed],
            "body",
        )?;
        if before != row.state {
            self.run(MARK_BODY, params![position, row.state.number()])?;
            if let Some((_, _, body)) = self.notes.memo.turn().fresh.get_mut(&entry) {
                *body = row.state;
            }
        }
        Ok(())
    }
    pub(super) fn object_key(&self, dossier: DossierId, object: &[u8]) -> Result<Option<Vec<u8>>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        if let Ok(id) = <[u8; 32]>::try_from(object).map(EntryId) {
            let shape = ("object_key_body", &["wrapped"][..]);
            let found = self.one(BODY_KEY, params![key(&id), id.0, n], shape, |c| c.get())?;
            if found.is_some() {
                return Ok(found);
            }
        }
        let place = (n, object.to_vec());
        if let Some(known) = self.notes.memo.turn().keys.get(&place) {
            return Ok(Some(known.clone()));
        }
        let shape = ("object_key", &["wrapped"][..]);
        let found: Option<Vec<u8>> =
            self.one(OBJECT_KEY, params![n, object], shape, |c| c.get())?;
        if let Some(wrapped) = &found {
            let mut turn = self.notes.memo.turn();
            turn.keys.insert(place, wrapped.clone());
        }
        Ok(found)
    }
    pub(super) fn with_key(
        &self,
        object: &[u8],
        after: Option<DossierId>,
        limit: u32,
    ) -> Result<Vec<DossierId>> {
        // Nothing is less than nothing: without a place to go on from, every identifier follows.
        let after = after.map_or(Vec::new(), |dossier| dossier.0.to_vec());
        let shape = ("dossier_no", &["id"][..]);
        self.many(WITH_KEY, params![object, after, limit], shape, |c| {
            c.dossier()
        })
    }
    /// An empty key destroys the one that is there.
    pub(super) fn put_object_key(
        &self,
        dossier: DossierId,
        object: &[u8],
        wrapped: &[u8],
    ) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        self.notes.memo.turn().keys.remove(&(n, object.to_vec()));
        let place = match <[u8; 32]>::try_from(object) {
            Ok(id) => self.place(n, EntryId(id))?,
            Err(_) => None,
        };
        if wrapped.is_empty() {
            return self.drop_keys(n, place.map(|(position, _)| position), object);
        }
        if let Some((position, _)) = place {
            // One that came before its entry must not outlive it.
            self.run(DROP_OBJECT_KEY, params![n, object])?;
            return self.run_one(PUT_BODY_KEY, params![position, wrapped], "object_key_body");
        }
        self.run_one(PUT_OBJECT_KEY, params![n, object, wrapped], "object_key")
    }
    pub(super) fn erase_body(&self, dossier: DossierId, entry: EntryId) -> Result<()> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(());
        };
        let place = self.place(n, entry)?;
        self.drop_keys(n, place.map(|(position, _)| position), &entry.0)?;
        let Some((position, state)) = place else {
            return Ok(());
        };
        self.drop_tokens(n, position)?;
        if state != BodyState::None {
            let erased = BodyRow {
                state: BodyState::Erased,
                sealed: Vec::new(),
            };
            self.put_body(dossier, entry, &erased)?;
        }
        Ok(())
    }

    fn drop_keys(&self, dossier: i64, position: Option<i64>, object: &[u8]) -> Result<()> {
        self.notes.erased.set(true);
        let mut turn = self.notes.memo.turn();
        turn.keys.remove(&(dossier, object.to_vec()));
        drop(turn);
        if let Some(position) = position {
            self.run(DROP_BODY_KEY, params![position])?;
        }
        self.run(DROP_OBJECT_KEY, params![dossier, object])?;
        Ok(())
    }
    /// Position of an entry in its dossier, and whether its body is here.
    fn place(&self, dossier: i64, entry: EntryId) -> Result<Option<(i64, BodyState)>> {
        let fresh = self.notes.memo.turn().fresh.get(&entry).copied();
        if let Some((position, n, body)) = fresh {
            return Ok((n == dossier).then_some((position, body)));
        }
        let shape = ("entry", &["position", "body"][..]);
        self.one(
            PLACE_OF,
            params![key(&entry), entry.0, dossier],
            shape,
            |c| Ok((c.get()?, c.code(BodyState::from_number)?)),
        )
    }
}

/// What entries set up.
impl Tx<'_> {
    pub(super) fn config(&self, entry: EntryId) -> Result<Option<ConfigRow>> {
        self.row(CONFIG, params![entry.0])
    }
    pub(super) fn latest_config(&self, dossier: DossierId) -> Result<Option<ConfigRow>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        if let Some(known) = self.notes.memo.turn().configs.get(&n) {
            return Ok(Some(known.clone()));
        }
        let found: Option<ConfigRow> = self.row(LATEST_CONFIG, params![n])?;
        if let Some(row) = &found {
            self.notes.memo.turn().configs.insert(n, row.clone());
        }
        Ok(found)
    }
    pub(super) fn insert_config(&self, row: &ConfigRow) -> Result<()> {
        let n = self.make_dossier_no(row.dossier)?;
        self.notes.memo.turn().configs.remove(&n);
        self.run_one(
            INSERT_CONFIG,
            params![row.entry.0, n, row.number, row.kind, row.set_by, row.config],
            "config",
        )
    }
    pub(super) fn terms(&self, entry: EntryId) -> Result<Option<TermsRow>> {
        self.row(TERMS, params![entry.0])
    }
    pub(super) fn terms_with(&self, partner: &NodeName) -> Result<Option<TermsRow>> {
        if let Some(known) = self.notes.memo.turn().terms.get(partner) {
            return Ok(Some(known.clone()));
        }
        let found: Option<TermsRow> = self.row(TERMS_WITH, params![partner.as_str()])?;
        if let Some(row) = &found {
            let mut turn = self.notes.memo.turn();
            turn.terms.insert(partner.clone(), row.clone());
        }
        Ok(found)
    }
    pub(super) fn insert_terms(&self, row: &TermsRow) -> Result<()> {
        let n = self.make_dossier_no(row.dossier)?;
        self.notes.memo.turn().terms.remove(&row.partner);
        self.run_one(
            INSERT_TERMS,
            params![row.entry.0, n, row.partner.as_str(), row.version, row.terms],
            "terms",
        )
    }
    pub(super) fn flags(&self, partner: &NodeName) -> Result<Vec<FlagRow>> {
        self.rows(FLAGS, params![partner.as_str()])
    }
    pub(super) fn insert_flag(&self, row: &FlagRow) -> Result<()> {
        self.run_one(
            INSERT_FLAG,
            params![
                row.partner.as_str(),
                row.entry.0,
                row.node.as_str(),
                row.set,
                row.at_ms
            ],
            "flag",
        )
    }
    pub(super) fn translations(
        &self,
        dossier: DossierId,
        original: EntryId,
    ) -> Result<Vec<EntryId>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(Vec::new());
        };
        let shape = ("translation", &["entry"][..]);
        self.many(TRANSLATIONS, params![n, original.0], shape, |c| c.entry())
    }
    pub(super) fn put_translation(
        &self,
        dossier: DossierId,
        original: EntryId,
        translation: EntryId,
    ) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        self.run(PUT_TRANSLATION, params![n, original.0, translation.0])?;
        Ok(())
    }
    pub(super) fn relations(&self, point: EntryId) -> Result<Vec<RelationRow>> {
        self.rows(RELATIONS, params![point.0])
    }
    pub(super) fn insert_relation(&self, row: &RelationRow) -> Result<()> {
        self.run_one(
            INSERT_RELATION,
            params![
                row.entry.0,
                row.from.0,
                row.to.0,
                row.to_dossier.0,
                row.relation
            ],
            "relation",
        )
    }
}

/// The statement that finds dossiers, and its values. Neither way sorts anything: each index has them in the order wanted.
pub(super) fn dossiers_sql(filter: &DossierFilter) -> (String, Vec<Value>) {
    let limit = if filter.limit == 0 { 100 } else { filter.limit };
    let (conditions, mut values) = dossier_conditions(filter, false);
    let index = match filter.number {
        Some(_) => "dossier_by_number",
        None => "dossier_by_update",
    };
    let sql = format!(
        "SELECT d.id, o.kind, o.purpose, o.phase, o.convenor, o.number, o.nodes, o.services, o.title, o.opened_ms, o.updated_ms
         FROM dossier o INDEXED BY {index} CROSS JOIN dossier_no d ON d.n = o.n {conditions}
         ORDER BY o.updated_ms DESC, o.n DESC LIMIT ? OFFSET ?"
    );
    values.extend([limit.into(), filter.offset.into()]);
    (sql, values)
}

/// `WHERE` and its values. `all` says that every match is wanted, so that a set made once is cheaper than a probe per row.
fn dossier_conditions(filter: &DossierFilter, all: bool) -> (String, Vec<Value>) {
    let mut conditions = vec!["1 = 1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    if let Some(number) = filter.number {
        conditions.push("o.number = ?".to_owned());
        values.push(number.into());
    }
    if let Some(kind) = &filter.kind {
        conditions.push("o.kind = ?".to_owned());
        values.push(kind.clone().into());
    }
    if let Some(phase) = filter.phase {
        conditions.push("o.phase = ?".to_owned());
        values.push(i64::from(phase.number()).into());
    }
    if let Some(purpose) = filter.purpose {
        conditions.push("o.purpose = ?".to_owned());
        values.push(i64::from(purpose.number()).into());
    }
    if let Some(node) = &filter.node {
        conditions.push("instr(',' || o.nodes || ',', ?) > 0".to_owned());
        values.push(format!(",{node},").into());
    }
    if !filter.services.is_empty() {
        conditions.push(takes_part("o.n", filter.services.len(), all));
        values.extend(filter.services.iter().map(|s| s.to_string().into()));
    }
    if let Some(among) = &filter.among {
        conditions.push(among_of("o.n", among.len()));
        values.extend(pair_texts(among).into_iter().map(Value::from));
    }
    (format!("WHERE {}", conditions.join(" AND ")), values)
}

/// The condition that a dossier is of one of so many pairs of kind and purpose.
pub(super) fn among_of(dossier: &str, pairs: usize) -> String {
    let marks = marks(pairs);
    format!(
        "EXISTS (SELECT 1 FROM dossier p WHERE p.n = {dossier} AND (p.kind || '/' || p.purpose) IN ({marks}))"
    )
}

/// The condition that any of so many services takes part in a dossier.
pub(super) fn takes_part(dossier: &str, services: usize, all: bool) -> String {
    let marks = marks(services);
    if all {
        format!("{dossier} IN (SELECT dossier FROM dossier_service WHERE service IN ({marks}))")
    } else {
        format!(
            "EXISTS (SELECT 1 FROM dossier_service s WHERE s.dossier = {dossier} AND s.service IN ({marks}))"
        )
    }
}

/// So many question marks, comma-joined.
pub(super) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}
