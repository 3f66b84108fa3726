//! Obligations and the acts on them. Lists come from one index each, chosen here and not by the planner's guess.

use super::cells::{Tx, int, statements};
use super::dossiers::{among_of, marks, takes_part};
use crate::cells::{ACT, CellReader as _, NEVER, act_row, turn_number};
use crate::rows::pair_texts;
use crate::{ActRow, Asked, Direction, ObligationFilter, ObligationRow, OpenRow, Result};
use entente_core::balance::Tally;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::obligation::{Side, State};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};
use std::collections::BTreeSet;

macro_rules! obligation_sql {
    () => {
        "SELECT COALESCE((SELECT id FROM entry WHERE position = o.entry), o.entry), o.idx, d.id, o.kind, o.audience, o.ask,
         o.creditor, o.debtor, o.owing, o.urgency, o.number, o.asked_ms, o.by_ms, o.about_entry, o.about_idx, o.charter, o.asked_in,
         o.received_ms, o.state, o.turn, o.due_ms, o.ended_ms, o.outcome, o.ground, o.contested
         FROM obligation o"
    };
}

statements! {
    OBLIGATION = concat!(
        obligation_sql!(),
        " JOIN dossier_no d ON d.n = o.dossier WHERE o.entry = ?1 AND o.idx = ?2"
    );
    OBLIGATION_NO = "SELECT n FROM obligation WHERE entry = ?1 AND idx = ?2";
    PUT_OBLIGATION = "INSERT INTO obligation (n, entry, idx, dossier, kind, audience, ask, creditor, debtor, owing, urgency,
        number, asked_ms, by_ms, about_entry, about_idx, charter, asked_in, received_ms, state, turn, due_ms, ended_ms, outcome,
        ground, contested, open, debtor_node, creditor_node)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
        ?25, ?26, ?27, ?28, ?29)";
    DROP_OBLIGATION = "DELETE FROM obligation WHERE n = ?1";
    FOLD_OBLIGATION = "UPDATE obligation SET owing = ?2, received_ms = ?3, state = ?4, turn = ?5, due_ms = ?6, ended_ms = ?7,
        outcome = ?8, ground = ?9, contested = ?10, open = ?11 WHERE n = ?1";
    ACTS = "SELECT d.id, COALESCE((SELECT id FROM entry WHERE position = a.entry), a.entry), a.idx, a.node, a.at_ms, a.depth,
        a.seq, a.lane, a.act FROM act a JOIN dossier_no d ON d.n = a.dossier WHERE a.ask = ?1 AND a.ask_idx = ?2";
    INSERT_ACT = "INSERT INTO act (ask, ask_idx, entry, idx, dossier, node, at_ms, depth, seq, lane, act)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    ACTED_ON = "SELECT COALESCE((SELECT id FROM entry WHERE position = a.ask), a.ask), a.ask_idx FROM act a
        WHERE a.entry = ?1";
    OBLIGATIONS_AFTER = "SELECT o.n, COALESCE((SELECT id FROM entry WHERE position = o.entry), o.entry), o.idx FROM obligation o
        WHERE o.n > ?1 AND (+o.debtor_node = ?2 OR +o.creditor_node = ?2) ORDER BY o.n LIMIT ?3";
    TALLIES = "SELECT CAST(strftime('%Y', o.asked_ms / 1000, 'unixepoch') AS INTEGER), o.debtor_node, o.kind, o.ask, o.state, o.outcome,
        o.ground, o.contested, CASE WHEN o.ended_ms IS NULL OR o.due_ms = ?5 THEN NULL ELSE o.ended_ms <= o.due_ms END,
        COALESCE(o.turn = ?6, 0) AND o.due_ms < ?7, o.received_ms IS NOT NULL, o.about_entry IS NOT NULL, count(*)
        FROM obligation o INDEXED BY obligation_by_asked WHERE o.asked_ms >= ?1 AND o.asked_ms < ?2
        AND ((o.debtor_node = ?3 AND o.creditor_node = ?4) OR (o.debtor_node = ?4 AND o.creditor_node = ?3))
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12";
    ASKED_BY = "SELECT idx FROM obligation WHERE entry = ?1";
}

impl Tx<'_> {
    pub(super) fn obligation(&self, id: ObligationId) -> Result<Option<ObligationRow>> {
        for ask in self.reference(id.entry)?.values() {
            let found = self.row(OBLIGATION, params![ask, id.index])?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    pub(super) fn obligations(&self, filter: &ObligationFilter) -> Result<Vec<ObligationRow>> {
        let Some(found) = self.conditions(filter, false)? else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "{} {} CROSS JOIN dossier_no d ON d.n = o.dossier {} ORDER BY o.due_ms, o.n LIMIT ? OFFSET ?",
            obligation_sql!(),
            index_for(filter),
            found.sql
        );
        let limit = if filter.limit == 0 {
            -1
        } else {
            i64::from(filter.limit)
        };
        let mut values = found.values;
        values.extend([limit.into(), filter.offset.into()]);
        self.rows(&sql, params_from_iter(values))
    }

    pub(super) fn count_obligations(&self, filter: &ObligationFilter) -> Result<u64> {
        let Some(found) = self.conditions(filter, filter.count_most == 0)? else {
            return Ok(0);
        };
        let most = match filter.count_most {
            0 => -1,
            most => i64::from(most),
        };
        // To count on to the end, a set made once is cheaper than a probe per row; to stop soon it is not.
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM obligation o {} {} LIMIT ?)",
            index_for(filter),
            found.sql
        );
        let mut found = found;
        found.values.push(most.into());
        let shape = ("obligation", &["count"][..]);
        let count = self.one(&sql, params_from_iter(found.values), shape, |c| c.int())?;
        Ok(count.unwrap_or(0))
    }

    pub(super) fn tallies(&self, asked: &Asked) -> Result<Vec<Tally>> {
        let [one, other] = &asked.between;
        let turn = turn_number(Side::Debtor);
        self.rows(
            TALLIES,
            params![
                asked.from_ms,
                asked.to_ms,
                one.as_str(),
                other.as_str(),
                NEVER,
                turn,
                asked.now_ms
            ],
        )
    }

    pub(super) fn open_in(&self, dossiers: &[DossierId], now_ms: i64) -> Result<Vec<OpenRow>> {
        let mut found = Vec::with_capacity(dossiers.len());
        for dossier in dossiers {
            let open = ObligationFilter {
                dossier: Some(*dossier),
                open: Some(true),
                ..ObligationFilter::default()
            };
            let overdue = ObligationFilter {
                due_before_ms: Some(now_ms),
                turn: Some(Side::Debtor),
                ..open.clone()
            };
            found.push(OpenRow {
                dossier: *dossier,
                open: self.count_obligations(&open)?,
                overdue: self.count_obligations(&overdue)?,
            });
        }
        Ok(found)
    }

    pub(super) fn put_obligation(&self, row: &ObligationRow) -> Result<()> {
        let dossier = self.make_dossier_no(row.dossier)?;
        let ask = self.reference(row.id.entry)?;
        let mut here: Option<i64> = None;
        for ask in ask.values() {
            let shape = ("obligation", &["n"][..]);
            here = self.one(OBLIGATION_NO, params![ask, row.id.index], shape, |c| {
                c.get()
            })?;
            if here.is_some() {
                break;
            }
        }
        // The facts of an ask come from its signed header and never change: after the first time only the fold does.
        if let Some(n) = here {
            let before = self.obligation(row.id)?;
            if before.is_some_and(|before| same_ask(&before, row)) {
                return self.fold_obligation(n, row);
            }
            self.run_one(DROP_OBLIGATION, params![n], "obligation")?;
        }
        let (about, about_idx) = (row.about.map(|a| a.entry.0), row.about.map(|a| a.index));
        self.run_one(
            PUT_OBLIGATION,
            params![
                here,
                ask.value(),
                row.id.index,
                dossier,
                row.kind,
                row.audience,
                row.ask.number(),
                row.creditor.as_str(),
                row.debtor.as_str(),
                row.owing.as_str(),
                row.urgency.number(),
                row.number,
                row.asked_ms,
                row.by_ms,
                about,
                about_idx,
                row.charter.map(|c| c.0),
                row.asked_in,
                row.received_ms,
                row.state.number(),
                row.turn.map(turn_number),
                row.due_ms.unwrap_or(NEVER),
                row.ended_ms,
                row.outcome,
                row.ground,
                row.contested,
                row.state.is_open(),
                row.debtor.node().as_str(),
                row.creditor.node().as_str()
            ],
            "obligation",
        )
    }

    fn fold_obligation(&self, n: i64, row: &ObligationRow) -> Result<()> {
        self.run_one(
            FOLD_OBLIGATION,
            params![
                n,
                row.owing.as_str(),
                row.received_ms,
                row.state.number(),
                row.turn.map(turn_number),
                row.due_ms.unwrap_or(NEVER),
                row.ended_ms,
                row.outcome,
                row.ground,
                row.contested,
                row.state.is_open()
            ],
            "obligation",
        )
    }

    pub(super) fn acts(&self, id: ObligationId) -> Result<Vec<ActRow>> {
        let mut found = Vec::new();
        for ask in self.reference(id.entry)?.values() {
            found.extend(self.many(ACTS, params![ask, id.index], ACT, |c| act_row(c, id))?);
        }
        Ok(found)
    }
    pub(super) fn insert_act(&self, row: &ActRow) -> Result<()> {
        let dossier = self.make_dossier_no(row.dossier)?;
        let (ask, entry) = (
            self.reference(row.obligation.entry)?,
            self.reference(row.entry)?,
        );
        self.run_one(
            INSERT_ACT,
            params![
                ask.value(),
                row.obligation.index,
                entry.value(),
                row.index,
                dossier,
                row.node.as_str(),
                row.at_ms,
                int(row.depth)?,
                int(row.seq)?,
                row.lane,
                row.act
            ],
            "act",
        )
    }
    pub(super) fn acted_on(&self, entry: EntryId) -> Result<Vec<ObligationId>> {
        let shape = ("act", &["ask", "ask_idx"][..]);
        let mut found = BTreeSet::new();
        for entry in self.reference(entry)?.values() {
            found.extend(self.many(ACTED_ON, params![entry], shape, |c| c.obligation())?);
        }
        Ok(found.into_iter().collect())
    }
    pub(super) fn obligations_after(
        &self,
        partner: &NodeName,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, ObligationId)>> {
        self.many(
            OBLIGATIONS_AFTER,
            params![int(place)?, partner.as_str(), limit],
            ("obligation", &["n", "entry", "idx"]),
            |c| {
                let place = c.int()?;
                Ok((place, c.obligation()?))
            },
        )
    }
    pub(super) fn touched(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<Vec<ObligationId>> {
        let mut touched = BTreeSet::new();
        for entry in self.leaf_entries(partner, direction, from, to)? {
            touched.extend(self.acted_on(entry)?);
            for ask in self.reference(entry)?.values() {
                let shape = ("obligation", &["idx"][..]);
                let asked = self.many(ASKED_BY, params![ask], shape, |c| c.int())?;
                touched.extend(asked.into_iter().map(|index| ObligationId { entry, index }));
            }
        }
        Ok(touched.into_iter().collect())
    }

    /// `WHERE` and its values; `None` if nothing can match.
    fn conditions(&self, filter: &ObligationFilter, all: bool) -> Result<Option<Conditions>> {
        let mut found = Conditions::default();
        if let Some(dossier) = filter.dossier {
            let Some(n) = self.dossier_no(dossier)? else {
                return Ok(None);
            };
            found.add("o.dossier = ?", n);
        }
        if let Some(node) = &filter.debtor_node {
            found.add("o.debtor_node = ?", node.to_string());
        }
        if let Some(node) = &filter.creditor_node {
            found.add("o.creditor_node = ?", node.to_string());
        }
        found.any("o.owing", &filter.owing);
        found.any("o.creditor", &filter.asking);
        match filter.open {
            // Written out, so that partial indexes fit.
            Some(true) => found.plain("o.open = 1"),
            Some(false) => found.plain("o.open = 0"),
            None => {}
        }
        if let Some(turn) = filter.turn {
            found.add("o.turn = ?", i64::from(turn_number(turn)));
        }
        if let Some(before) = filter.due_before_ms {
            // A date at the end of time is none.
            found.add("o.due_ms < ?", before);
        }
        if let Some(ask) = filter.ask {
            found.add("o.ask = ?", i64::from(ask.number()));
        }
        if let Some(from) = filter.asked_from_ms {
            found.add("o.asked_ms >= ?", from);
        }
        if let Some(to) = filter.asked_to_ms {
            found.add("o.asked_ms < ?", to);
        }
        if filter.unreceived {
            found.plain("o.received_ms IS NULL");
        }
        if filter.contested {
            found.plain("o.contested = 1");
        }
        if let Some(number) = filter.number {
            found.add("o.number = ?", i64::from(number));
        }
        if !filter.visible_to.is_empty() {
            found.plain(&takes_part("o.dossier", filter.visible_to.len(), all));
            let services = filter.visible_to.iter().map(|s| s.to_string().into());
            found.values.extend(services);
        }
        if let Some(among) = &filter.among {
            found.plain(&among_of("o.dossier", among.len()));
            let pairs = pair_texts(among).into_iter().map(Value::from);
            found.values.extend(pairs);
        }
        Ok(Some(found))
    }
}

/// Conditions joined by AND, with their values in order.
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            sql: "WHERE 1 = 1".to_owned(),
            values: Vec::new(),
        }
    }
}

impl Conditions {
    fn plain(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.plain(condition);
        self.values.push(value.into());
    }
    fn any<T: ToString>(&mut self, column: &str, of: &[T]) {
        if !of.is_empty() {
            self.plain(&format!("{column} IN ({})", marks(of.len())));
            self.values.extend(of.iter().map(|v| v.to_string().into()));
        }
    }
}

/// The index that a filter reads. Statistics are never gathered, so the planner has nothing better to go by.
fn index_for(filter: &ObligationFilter) -> &'static str {
    let open = filter.open == Some(true);
    let asked = filter.asked_from_ms.is_some() || filter.asked_to_ms.is_some();
    if filter.dossier.is_some() {
        "INDEXED BY obligation_by_dossier"
    } else if filter.number.is_some() {
        "INDEXED BY obligation_by_number"
    } else if filter.contested {
        "INDEXED BY obligation_contested"
    } else if filter.unreceived && open && filter.creditor_node.is_some() {
        "INDEXED BY obligation_unreceived"
    } else if asked && !open {
        "INDEXED BY obligation_by_asked"
    } else if filter.debtor_node.is_some() {
        "INDEXED BY obligation_owed"
    } else if filter.creditor_node.is_some() {
        "INDEXED BY obligation_due"
    } else if open {
        "INDEXED BY obligation_open"
    } else {
        "NOT INDEXED"
    }
}

/// Whether two rows state the same ask: everything that is not folded.
fn same_ask(a: &ObligationRow, b: &ObligationRow) -> bool {
    let unfolded = |row: &ObligationRow| ObligationRow {
        owing: b.owing.clone(),
        received_ms: None,
        state: State::Open,
        turn: None,
        due_ms: None,
        ended_ms: None,
        outcome: 0,
        ground: None,
        contested: false,
        ..row.clone()
    };
    unfolded(a) == unfolded(b)
}
