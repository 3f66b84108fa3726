//! Registers with their leaves, tree, checkpoints and receipts; leases, outbox and ledger digests.

use super::cells::{Tx, int, statements};
use crate::cells::{CellReader as _, FromRow as _};
use crate::{
    Append, CheckpointRow, Closing, DigestRow, Direction, EARLIER, LeafPlace, LeafRow, LeaseRow,
    OUTBOX_COUNTED, OutboxItem, OutboxRow, ReceiptRow, RegisterRow, Result, StoreError,
};
use entente_core::ids::{EntryId, NodeName};
use rusqlite::params;

statements! {
    REGISTER = "SELECT generation, size, frontier, note, cosigned FROM register WHERE partner = ?1 AND direction = ?2";
    REGISTER_NO = "SELECT n, size FROM register WHERE partner = ?1 AND direction = ?2";
    MAKE_REGISTER = "INSERT INTO register (partner, direction, generation, size, frontier, note, cosigned)
        VALUES (?1, ?2, 0, 0, x'', '', 0)";
    GROW_REGISTER = "UPDATE register SET size = ?3, frontier = ?4, note = ?5 WHERE n = ?1 AND size = ?2";
    COSIGN_REGISTER = "UPDATE register SET cosigned = max(cosigned, ?2) WHERE n = ?1";
    LEAVES = "SELECT l.position, l.leaf, COALESCE((SELECT id FROM entry WHERE position = l.entry), l.entry) FROM leaf l
        WHERE l.register = ?1 AND l.position >= ?2 ORDER BY l.position LIMIT ?3";
    LEAF_ENTRIES = "SELECT COALESCE((SELECT id FROM entry WHERE position = l.entry), l.entry) FROM leaf l
        WHERE l.register = ?1 AND l.position >= ?2 AND l.position < ?3 AND l.entry IS NOT NULL";
    INSERT_LEAF = "INSERT INTO leaf (register, position, leaf, entry) VALUES (?1, ?2, ?3, ?4)";
    POSITION = "SELECT position FROM leaf INDEXED BY leaf_by_entry WHERE entry = ?2 AND register = ?1 AND position < ?3
        ORDER BY position LIMIT 1";
    GENERATIONS = "SELECT n, direction, size FROM register WHERE partner = ?1 AND direction % 2 = ?2";
    CLOSE_REGISTER = "UPDATE register SET direction = ?2, size = ?3, frontier = ?4, note = ?5, cosigned = min(cosigned, ?3) WHERE n = ?1";
    BEGIN_REGISTER = "INSERT INTO register (partner, direction, generation, size, frontier, note, cosigned)
        VALUES (?1, ?2, ?3, 0, x'', '', 0)";
    DROP_RECEIPTS_BEYOND = "DELETE FROM receipt WHERE register = ?1 AND size > ?2";
    DROP_RECEIPTS_SAID = "DELETE FROM receipt WHERE leaf >= ?3 AND leaf <> ?4
        AND register IN (SELECT n FROM register WHERE partner = ?1 AND direction % 2 <> ?2)";
    DROP_RECEIPTS_TWICE = "DELETE FROM receipt WHERE register IN (SELECT n FROM register WHERE partner = ?1 AND direction % 2 <> ?2)
        AND EXISTS (SELECT 1 FROM receipt o WHERE o.register = receipt.register AND o.size = receipt.size AND o.leaf < receipt.leaf)";
    RECEIPTS_EARLIER = "UPDATE receipt SET leaf = ?3 WHERE register IN (SELECT n FROM register WHERE partner = ?1 AND direction % 2 <> ?2)";
    RECEIPTED = "SELECT coalesce(max(x.size), 0) FROM receipt x JOIN register r ON r.n = x.register
        WHERE r.partner = ?1 AND r.direction < 2 AND r.direction <> ?2";
    DROP_REGISTER = "DELETE FROM register WHERE n = ?1 AND size = 0";
    REOPEN_REGISTER = "UPDATE register SET direction = ?2, size = ?3, frontier = ?4, note = ?5,
        cosigned = (SELECT coalesce(max(size), 0) FROM checkpoint WHERE register = ?1 AND size <= ?3 AND cosignature <> '') WHERE n = ?1";
    CUT_REGISTER = "UPDATE register SET size = ?2, frontier = ?3, note = ?4, cosigned = min(cosigned, ?2) WHERE n = ?1";
    CUT_LEAVES = "DELETE FROM leaf WHERE register = ?1 AND position >= ?2";
    CUT_NODES = "DELETE FROM tree_node WHERE register = ?1 AND ((idx + 1) << level) > ?2";
    CUT_CHECKPOINTS = "DELETE FROM checkpoint WHERE register = ?1 AND size > ?2";
    TREE_NODE = "SELECT hash FROM tree_node WHERE register = ?1 AND level = ?2 AND idx = ?3";
    INSERT_NODE = "INSERT INTO tree_node (register, level, idx, hash) VALUES (?1, ?2, ?3, ?4)";
    COSIGNED = "SELECT size, note, cosignature FROM checkpoint WHERE register = ?1 AND size >= ?2 AND cosignature <> ''
        ORDER BY size LIMIT 1";
    CHECKPOINT = "SELECT size, note, cosignature FROM checkpoint WHERE register = ?1 AND size = ?2";
    PUT_CHECKPOINT = "INSERT INTO checkpoint (register, size, note, cosignature) VALUES (?1, ?2, ?3, '')
        ON CONFLICT (register, size) DO NOTHING";
    COSIGN = "UPDATE checkpoint SET cosignature = ?3 WHERE register = ?1 AND size = ?2 AND cosignature = ''";
    DROP_SUPERSEDED = "DELETE FROM checkpoint INDEXED BY checkpoint_uncosigned
        WHERE register = ?1 AND size < ?2 AND cosignature = ''";
    RECEIPT = "SELECT size, root, time_ms, leaf, arrived_ms FROM receipt WHERE register = ?1 AND size > ?2 ORDER BY size, leaf LIMIT 1";
    INSERT_RECEIPT = "INSERT INTO receipt (register, size, root, time_ms, leaf, arrived_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (register, size, leaf) DO NOTHING";
    DROP_RECEIPT = "DELETE FROM receipt WHERE register = ?1 AND size = ?2 AND leaf = ?3";
    OUTBOX = "SELECT number, queued_ms, entry, leaf FROM outbox INDEXED BY outbox_by_partner
        WHERE partner = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
    OUTBOX_SIZE = "SELECT count(*), (SELECT queued_ms FROM outbox INDEXED BY outbox_by_partner WHERE partner = ?1
        ORDER BY number LIMIT 1) FROM (SELECT 1 FROM outbox INDEXED BY outbox_by_partner WHERE partner = ?1 LIMIT ?2)";
    PUSH_OUTBOX = "INSERT INTO outbox (partner, queued_ms, entry, leaf) VALUES (?1, ?2, ?3, ?4)";
    CLEAR_OUTBOX = "DELETE FROM outbox WHERE number = ?2 AND partner = ?1";
    OUTBOX_BETWEEN = "SELECT count(*) FROM outbox INDEXED BY outbox_by_partner
        WHERE partner = ?1 AND number >= ?2 AND number <= ?3";
    CLEAR_BETWEEN = "DELETE FROM outbox INDEXED BY outbox_by_partner WHERE partner = ?1 AND number >= ?2 AND number <= ?3";
    DIGESTS = "SELECT partner, out_size, in_size, at_ms, ours, theirs FROM digest WHERE partner = ?1
        ORDER BY at_ms DESC, out_size DESC, in_size DESC LIMIT ?2";
    PRUNE_DIGESTS = "DELETE FROM digest WHERE partner = ?1 AND at_ms < (SELECT min(at_ms) FROM
        (SELECT at_ms FROM digest WHERE partner = ?1 ORDER BY at_ms DESC LIMIT ?2))";
    PUT_DIGEST = "INSERT INTO digest (partner, out_size, in_size, at_ms, ours, theirs) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (partner, at_ms, out_size, in_size) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs";
    LEASE = "SELECT holder, epoch, until_ms FROM lease WHERE link = ?1";
    PUT_LEASE = "INSERT INTO lease (link, holder, epoch, until_ms) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (link) DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, until_ms = excluded.until_ms";
}

/// A register's small number and size.
struct Place {
    n: i64,
    size: u64,
}

impl Tx<'_> {
    pub(super) fn register(&self, partner: &NodeName, direction: Direction) -> Result<RegisterRow> {
        let row = self.row(REGISTER, params![partner.as_str(), direction.number()])?;
        Ok(row.unwrap_or_default())
    }
    pub(super) fn append_register(
        &self,
        partner: &NodeName,
        direction: Direction,
        append: &Append,
    ) -> Result<()> {
        let register = match self.find_register(partner, direction)? {
            Some(register) => register,
            None if append.from == 0 => self.make_register(partner, direction)?,
            None => return Err(wrong_from(0, append.from)),
        };
        if register.size != append.from {
            return Err(wrong_from(register.size, append.from));
        }
        let size = append.from + append.leaves.len() as u64;
        let mut places = (append.from..).zip(&append.leaves);
        if let Some((position, leaf)) = places.find(|(position, leaf)| leaf.position != *position) {
            return Err(wrong_from(position, leaf.position));
        }
        let leaves = (append.from..).zip(&append.leaves).map(|(position, leaf)| {
            let entry = leaf.entry.map(|id| self.reference(id)).transpose()?;
            let entry = entry.map(|entry| entry.value());
            Ok((register.n, int(position)?, &leaf.leaf, entry))
        });
        self.run_each(INSERT_LEAF, "leaf", true, leaves)?;
        let nodes = append
            .nodes
            .iter()
            .map(|(level, index, hash)| Ok((register.n, level, int(*index)?, hash)));
        self.run_each(INSERT_NODE, "tree_node", true, nodes)?;
        self.run_one(
            GROW_REGISTER,
            params![
                register.n,
                int(append.from)?,
                int(size)?,
                append.frontier,
                append.note
            ],
            "register",
        )?;
        if size > 0 {
            self.run(PUT_CHECKPOINT, params![register.n, int(size)?, append.note])?;
        }
        Ok(())
    }
    pub(super) fn leaves(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        max: u32,
    ) -> Result<Vec<LeafRow>> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(Vec::new());
        };
        self.rows(LEAVES, params![register.n, int(from)?, max])
    }
    /// The entries of leaves in a range (from included, to excluded).
    pub(super) fn leaf_entries(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<Vec<EntryId>> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(Vec::new());
        };
        // A caller may mean "to the end" by the largest number.
        let to = to.min(register.size);
        self.many(
            LEAF_ENTRIES,
            params![register.n, int(from.min(to))?, int(to)?],
            ("leaf", &["entry"]),
            |c| c.entry(),
        )
    }
    pub(super) fn tree_node(
        &self,
        partner: &NodeName,
        direction: Direction,
        level: u8,
        index: u64,
    ) -> Result<Option<[u8; 32]>> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(None);
        };
        self.one(
            TREE_NODE,
            params![register.n, level, int(index)?],
            ("tree_node", &["hash"]),
            |c| c.get(),
        )
    }
    pub(super) fn leaf_place(
        &self,
        partner: &NodeName,
        side: Direction,
        entry: EntryId,
    ) -> Result<Option<LeafPlace>> {
        let mut registers = self.generations(partner, side)?;
        registers.sort_by_key(|(register, _)| (!register.is_closed(), register.number()));
        let reference = self.reference(entry)?;
        for (register, place) in registers {
            for entry in reference.values() {
                let at = params![place.n, entry, int(place.size)?];
                let found = self.one(POSITION, at, LeafRow::SHAPE, |c| c.int())?;
                if let Some(position) = found {
                    return Ok(Some(LeafPlace { register, position }));
                }
            }
        }
        Ok(None)
    }
    /// Every generation of a side's register.
    fn generations(&self, partner: &NodeName, side: Direction) -> Result<Vec<(Direction, Place)>> {
        self.many(
            GENERATIONS,
            params![partner.as_str(), side.written().number()],
            ("register", &["n", "direction", "size"]),
            |c| {
                let n = c.get()?;
                let register = c.direction()?;
                let size = c.int()?;
                Ok((register, Place { n, size }))
            },
        )
    }
    pub(super) fn close_register(
        &self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<u64> {
        let head = self.register(partner, side)?;
        closing.check(side, &head)?;
        let register = self.find_or_make_register(partner, side)?;
        let closed = side.closed(head.generation);
        let (name, which) = (partner.as_str(), side.number());
        let size = int(closing.size)?;
        self.run_one(
            CLOSE_REGISTER,
            params![
                register.n,
                closed.number(),
                size,
                closing.frontier,
                closing.note
            ],
            "register",
        )?;
        self.run_one(
            BEGIN_REGISTER,
            params![name, which, head.generation + 1],
            "register",
        )?;
        let earlier = int(EARLIER)?;
        self.run(DROP_RECEIPTS_BEYOND, params![register.n, size])?;
        self.run(DROP_RECEIPTS_SAID, params![name, which, size, earlier])?;
        self.run(DROP_RECEIPTS_TWICE, params![name, which])?;
        self.run(RECEIPTS_EARLIER, params![name, which, earlier])?;
        let left = self.one(
            RECEIPTED,
            params![name, which],
            ("receipt", &["size"]),
            |c| c.int(),
        )?;
        Ok(left.unwrap_or(0))
    }

    pub(super) fn reopen_register(
        &self,
        partner: &NodeName,
        side: Direction,
        whole: &Closing,
    ) -> Result<()> {
        let closed = Closing::reopens(side, &self.register(partner, side)?)?;
        let began = self.find_or_make_register(partner, side)?;
        let ended = self.find_or_make_register(partner, closed)?;
        self.run(DROP_RECEIPTS_BEYOND, params![began.n, 0])?;
        self.run_one(DROP_REGISTER, params![began.n], "register")?;
        let (size, frontier, note) = (int(whole.size)?, &whole.frontier, &whole.note);
        self.run_one(
            REOPEN_REGISTER,
            params![ended.n, side.number(), size, frontier, note],
            "register",
        )?;
        Ok(())
    }

    pub(super) fn cut_register(
        &self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<()> {
        closing.check(side, &self.register(partner, side)?)?;
        let register = self.find_or_make_register(partner, side)?;
        let (size, earlier) = (int(closing.size)?, int(EARLIER)?);
        self.run_one(
            CUT_REGISTER,
            params![register.n, size, closing.frontier, closing.note],
            "register",
        )?;
        for cut in [CUT_LEAVES, CUT_NODES, CUT_CHECKPOINTS, DROP_RECEIPTS_BEYOND] {
            self.run(cut, params![register.n, size])?;
        }
        let said = params![partner.as_str(), side.number(), size, earlier];
        self.run(DROP_RECEIPTS_SAID, said)?;
        Ok(())
    }

    pub(super) fn cosigned(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>> {
        self.checkpoint_by(COSIGNED, partner, direction, size)
    }
    pub(super) fn checkpoint(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>> {
        self.checkpoint_by(CHECKPOINT, partner, direction, size)
    }
    pub(super) fn put_checkpoint(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        note: &str,
    ) -> Result<()> {
        let register = self.find_or_make_register(partner, direction)?;
        self.run(PUT_CHECKPOINT, params![register.n, int(size)?, note])?;
        Ok(())
    }
    /// The first cosignature on a size stays: it is what was sent, and is resent unchanged (rule 1).
    pub(super) fn put_cosignature(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        line: &str,
    ) -> Result<()> {
        let missing = || StoreError::Failed("no checkpoint of that size".to_owned());
        let here = self
            .checkpoint(partner, direction, size)?
            .ok_or_else(missing)?;
        if line.is_empty() {
            return Err(StoreError::Failed("an empty cosignature".to_owned()));
        }
        if !here.cosignature.is_empty() {
            return Ok(());
        }
        let register = self
            .find_register(partner, direction)?
            .ok_or_else(missing)?;
        let size = int(size)?;
        self.run_one(COSIGN, params![register.n, size, line], "checkpoint")?;
        self.run_one(COSIGN_REGISTER, params![register.n, size], "register")?;
        self.run(DROP_SUPERSEDED, params![register.n, size])?;
        Ok(())
    }

    pub(super) fn receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        position: u64,
    ) -> Result<Option<ReceiptRow>> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(None);
        };
        self.row(RECEIPT, params![register.n, int(position)?])
    }
    pub(super) fn insert_receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()> {
        let register = self.find_or_make_register(partner, direction)?;
        self.run(
            INSERT_RECEIPT,
            params![
                register.n,
                int(row.size)?,
                row.root,
                row.time_ms,
                int(row.leaf)?,
                row.arrived_ms
            ],
        )?;
        Ok(())
    }
    pub(super) fn drop_receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(());
        };
        let place = params![register.n, int(row.size)?, int(row.leaf)?];
        self.run(DROP_RECEIPT, place)?;
        Ok(())
    }

    pub(super) fn outbox_after(
        &self,
        partner: &NodeName,
        after: u64,
        max: u32,
    ) -> Result<Vec<OutboxRow>> {
        self.rows(OUTBOX, params![partner.as_str(), int(after)?, max])
    }
    pub(super) fn outbox_size(&self, partner: &NodeName) -> Result<(u64, Option<i64>)> {
        let size = self.one(
            OUTBOX_SIZE,
            params![partner.as_str(), int(OUTBOX_COUNTED)?],
            ("outbox", &["count", "queued_ms"]),
            |c| Ok((c.int()?, c.get()?)),
        )?;
        Ok(size.unwrap_or_default())
    }
    pub(super) fn push_outbox(
        &self,
        partner: &NodeName,
        item: &OutboxItem,
        now_ms: i64,
    ) -> Result<()> {
        let (entry, leaf) = match item {
            OutboxItem::Entry(id) => (Some(id.0), None),
            OutboxItem::Leaf(leaf) => (None, Some(leaf)),
        };
        self.run_one(
            PUSH_OUTBOX,
            params![partner.as_str(), now_ms, entry, leaf],
            "outbox",
        )
    }
    pub(super) fn clear_outbox(&self, partner: &NodeName, numbers: &[u64]) -> Result<()> {
        let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else {
            return Ok(());
        };
        let shape = ("outbox", &["count"][..]);
        let between = params![partner.as_str(), int(*first)?, int(*last)?];
        let here: Option<u64> = self.one(OUTBOX_BETWEEN, between, shape, |c| c.int())?;
        if here == Some(numbers.len() as u64) {
            // Nothing in between stays behind: one statement takes all.
            self.run(CLEAR_BETWEEN, between)?;
            return Ok(());
        }
        let rows = numbers.iter().map(|n| Ok((partner.as_str(), int(*n)?)));
        self.run_each(CLEAR_OUTBOX, "outbox", true, rows)
    }

    pub(super) fn digests(&self, partner: &NodeName, limit: u32) -> Result<Vec<DigestRow>> {
        self.rows(DIGESTS, params![partner.as_str(), limit])
    }
    pub(super) fn prune_digests(&self, partner: &NodeName, newest: u32) -> Result<()> {
        self.run(PRUNE_DIGESTS, params![partner.as_str(), newest])?;
        Ok(())
    }
    pub(super) fn put_digest(&self, row: &DigestRow) -> Result<()> {
        self.run_one(
            PUT_DIGEST,
            params![
                row.partner.as_str(),
                int(row.out_size)?,
                int(row.in_size)?,
                row.at_ms,
                row.ours,
                row.theirs
            ],
            "digest",
        )
    }

    /// The epoch grows with every change of holder and with every lapse, so that whoever slept through either is fenced.
    pub(super) fn take_lease(
        &self,
        link: &str,
        holder: &str,
        now_ms: i64,
        until_ms: i64,
    ) -> Result<Option<u64>> {
        let epoch = match self.lease(link)? {
            None => 1,
            Some(here) => match (here.holder == holder, here.until_ms > now_ms) {
                (true, true) => here.epoch,
                (false, true) => return Ok(None),
                (_, false) => here.epoch + 1,
            },
        };
        self.run_one(
            PUT_LEASE,
            params![link, holder, int(epoch)?, until_ms],
            "lease",
        )?;
        Ok(Some(epoch))
    }
    pub(super) fn check_lease(&self, link: &str, epoch: u64) -> Result<()> {
        match self.lease(link)? {
            Some(lease) if lease.epoch == epoch => Ok(()),
            _ => Err(StoreError::LeaseLost),
        }
    }

    pub(super) fn lease(&self, link: &str) -> Result<Option<LeaseRow>> {
        self.row(LEASE, params![link])
    }
    fn checkpoint_by(
        &self,
        sql: &str,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>> {
        let Some(register) = self.find_register(partner, direction)? else {
            return Ok(None);
        };
        self.row(sql, params![register.n, int(size)?])
    }
    fn find_register(&self, partner: &NodeName, direction: Direction) -> Result<Option<Place>> {
        self.one(
            REGISTER_NO,
            params![partner.as_str(), direction.number()],
            ("register", &["n", "size"]),
            |c| {
                Ok(Place {
                    n: c.get()?,
                    size: c.int()?,
                })
            },
        )
    }
    fn find_or_make_register(&self, partner: &NodeName, direction: Direction) -> Result<Place> {
        match self.find_register(partner, direction)? {
            Some(register) => Ok(register),
            None => self.make_register(partner, direction),
        }
    }
    fn make_register(&self, partner: &NodeName, direction: Direction) -> Result<Place> {
        self.run_one(
            MAKE_REGISTER,
            params![partner.as_str(), direction.number()],
            "register",
        )?;
        Ok(Place {
            n: self.conn.last_insert_rowid(),
            size: 0,
        })
    }
}

fn wrong_from(size: u64, from: u64) -> StoreError {
    StoreError::Failed(format!(
        "the register has {size} leaves, not {from}: nothing appended"
    ))
}
