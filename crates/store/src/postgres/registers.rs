//! Registers with their leaves, tree, checkpoints and receipts; leases, outbox and ledger digests.

use super::cells::{Tx, blobs, int, statements, values};
use crate::cells::CellReader as _;
use crate::{
    Append, CheckpointRow, Closing, DigestRow, Direction, EARLIER, LeafPlace, LeafRow, LeaseRow,
    OUTBOX_COUNTED, OutboxRow, ReceiptRow, RegisterRow, Result, StoreError,
};
use entente_core::ids::{EntryId, NodeName};

statements! {
    REGISTER = "SELECT generation, size, frontier, note, cosigned FROM register WHERE partner = $1 AND direction = $2";
    SIZE = "SELECT size FROM register WHERE partner = $1 AND direction = $2";
    MAKE_REGISTER = "INSERT INTO register (partner, direction, generation, size, frontier, note, cosigned)
        VALUES ($1, $2, 0, 0, '', '', 0) ON CONFLICT (partner, direction) DO NOTHING";
    GROW_REGISTER = "UPDATE register SET size = $4, frontier = $5, note = $6 WHERE partner = $1 AND direction = $2 AND size = $3";
    COSIGN_REGISTER = "UPDATE register SET cosigned = greatest(cosigned, $3) WHERE partner = $1 AND direction = $2";
    LEAVES = "SELECT position, leaf, entry FROM leaf WHERE partner = $1 AND direction = $2 AND position >= $3
        ORDER BY position LIMIT $4";
    INSERT_LEAVES = "INSERT INTO leaf (partner, direction, position, leaf, entry)
        SELECT $1, $2, l.* FROM unnest($3::bigint[], $4::bytea[], $5::bytea[]) l";
    PLACE = "SELECT l.direction, l.position FROM leaf l JOIN register r ON r.partner = l.partner AND r.direction = l.direction
        WHERE l.entry = $3 AND l.partner = $1 AND l.direction % 2 = $2 AND l.position < r.size
        ORDER BY r.generation, l.position LIMIT 1";
    CLOSE_REGISTER = "UPDATE register SET direction = $3, size = $4, frontier = $5, note = $6, cosigned = least(cosigned, $4)
        WHERE partner = $1 AND direction = $2";
    CLOSE_LEAVES = "UPDATE leaf SET direction = $3 WHERE partner = $1 AND direction = $2";
    CLOSE_NODES = "UPDATE tree_node SET direction = $3 WHERE partner = $1 AND direction = $2";
    CLOSE_CHECKPOINTS = "UPDATE checkpoint SET direction = $3 WHERE partner = $1 AND direction = $2";
    CLOSE_RECEIPTS = "UPDATE receipt SET direction = $3 WHERE partner = $1 AND direction = $2";
    BEGIN_REGISTER = "INSERT INTO register (partner, direction, generation, size, frontier, note, cosigned)
        VALUES ($1, $2, $3, 0, '', '', 0)";
    DROP_RECEIPTS_BEYOND = "DELETE FROM receipt WHERE partner = $1 AND direction = $2 AND size > $3";
    DROP_RECEIPTS_SAID = "DELETE FROM receipt WHERE partner = $1 AND direction % 2 <> $2 AND leaf >= $3 AND leaf <> $4";
    DROP_RECEIPTS_TWICE = "DELETE FROM receipt x WHERE partner = $1 AND direction % 2 <> $2 AND EXISTS (SELECT 1 FROM receipt o
        WHERE o.partner = x.partner AND o.direction = x.direction AND o.size = x.size AND o.leaf < x.leaf)";
    RECEIPTS_EARLIER = "UPDATE receipt SET leaf = $3 WHERE partner = $1 AND direction % 2 <> $2";
    RECEIPTED = "SELECT coalesce(max(size), 0) FROM receipt WHERE partner = $1 AND direction < 2 AND direction <> $2";
    DROP_REGISTER = "DELETE FROM register WHERE partner = $1 AND direction = $2 AND size = 0";
    REOPEN_REGISTER = "UPDATE register SET direction = $3, size = $4, frontier = $5, note = $6, cosigned = (SELECT coalesce(max(c.size), 0)
        FROM checkpoint c WHERE c.partner = $1 AND c.direction = $2 AND c.size <= $4 AND c.cosignature <> '')
        WHERE partner = $1 AND direction = $2";
    CUT_REGISTER = "UPDATE register SET size = $3, frontier = $4, note = $5, cosigned = least(cosigned, $3)
        WHERE partner = $1 AND direction = $2";
    CUT_LEAVES = "DELETE FROM leaf WHERE partner = $1 AND direction = $2 AND position >= $3";
    CUT_NODES = "DELETE FROM tree_node WHERE partner = $1 AND direction = $2 AND ((idx + 1) << level::int) > $3";
    CUT_CHECKPOINTS = "DELETE FROM checkpoint WHERE partner = $1 AND direction = $2 AND size > $3";
    TREE_NODE = "SELECT hash FROM tree_node WHERE partner = $1 AND direction = $2 AND level = $3 AND idx = $4";
    INSERT_NODES = "INSERT INTO tree_node (partner, direction, level, idx, hash)
        SELECT $1, $2, n.* FROM unnest($3::bigint[], $4::bigint[], $5::bytea[]) n";
    COSIGNED = "SELECT size, note, cosignature FROM checkpoint
        WHERE partner = $1 AND direction = $2 AND size >= $3 AND cosignature <> '' ORDER BY size LIMIT 1";
    CHECKPOINT = "SELECT size, note, cosignature FROM checkpoint WHERE partner = $1 AND direction = $2 AND size = $3";
    PUT_CHECKPOINT = "INSERT INTO checkpoint (partner, direction, size, note, cosignature) VALUES ($1, $2, $3, $4, '')
        ON CONFLICT (partner, direction, size) DO NOTHING";
    COSIGN = "UPDATE checkpoint SET cosignature = $4 WHERE partner = $1 AND direction = $2 AND size = $3 AND cosignature = ''";
    DROP_SUPERSEDED = "DELETE FROM checkpoint WHERE partner = $1 AND direction = $2 AND size < $3 AND cosignature = ''";
    RECEIPT = "SELECT size, root, time_ms, leaf, arrived_ms FROM receipt WHERE partner = $1 AND direction = $2 AND size > $3
        ORDER BY size, leaf LIMIT 1";
    INSERT_RECEIPT = "INSERT INTO receipt (partner, direction, size, root, time_ms, leaf, arrived_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (partner, direction, size, leaf) DO NOTHING";
    DROP_RECEIPT = "DELETE FROM receipt WHERE partner = $1 AND direction = $2 AND size = $3 AND leaf = $4";
    OUTBOX = "SELECT number, queued_ms, entry, leaf FROM outbox WHERE partner = $1 AND number > $2
        ORDER BY number LIMIT $3";
    OUTBOX_SIZE = "SELECT count(*), (SELECT queued_ms FROM outbox WHERE partner = $1 ORDER BY number LIMIT 1)
        FROM (SELECT 1 FROM outbox WHERE partner = $1 LIMIT $2) AS counted";
    CLEAR_OUTBOX = "DELETE FROM outbox WHERE partner = $1 AND number = ANY ($2::bigint[])";
    PRUNE_DIGESTS = "DELETE FROM digest WHERE partner = $1 AND at_ms < (SELECT min(at_ms) FROM
        (SELECT at_ms FROM digest WHERE partner = $1 ORDER BY at_ms DESC LIMIT $2) AS newest)";
    DIGESTS = "SELECT partner, out_size, in_size, at_ms, ours, theirs FROM digest WHERE partner = $1
        ORDER BY at_ms DESC, out_size DESC, in_size DESC LIMIT $2";
    PUT_DIGEST = "INSERT INTO digest (partner, out_size, in_size, at_ms, ours, theirs) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (partner, at_ms, out_size, in_size) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs";
    LEASE = "SELECT holder, epoch, until_ms FROM lease WHERE link = $1";
    PUT_LEASE = "INSERT INTO lease (link, holder, epoch, until_ms) VALUES ($1, $2, $3, $4)
        ON CONFLICT (link) DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, until_ms = excluded.until_ms";
}

impl Tx<'_> {
    pub(super) fn register(&self, partner: &NodeName, direction: Direction) -> Result<RegisterRow> {
        let values = values![partner.as_str(), direction.number()];
        let row = self.past().row(REGISTER, values)?;
        Ok(row.unwrap_or_default())
    }
    pub(super) fn append_register(
        &self,
        partner: &NodeName,
        direction: Direction,
        append: &Append,
    ) -> Result<()> {
        let values = values![partner.as_str(), direction.number()];
        let here: Option<u64> = self
            .past()
            .one(SIZE, values, ("register", &["size"]), |c| c.int())?;
        if here.unwrap_or(0) != append.from {
            return Err(wrong_from(here.unwrap_or(0), append.from));
        }
        let mut places = (append.from..).zip(&append.leaves);
        if let Some((position, leaf)) = places.find(|(position, leaf)| leaf.position != *position) {
            return Err(wrong_from(position, leaf.position));
        }
        if here.is_none() {
            self.make_register(partner, direction)?;
        }
        self.insert_leaves(partner, direction, append)?;
        self.insert_nodes(partner, direction, append)?;
        let size = append.from + append.leaves.len() as u64;
        self.run_one(
            GROW_REGISTER,
            values![
                partner.as_str(),
                direction.number(),
                int(append.from)?,
                int(size)?,
                &append.frontier,
                &append.note
            ],
            "register",
        )?;
        if size > 0 {
            self.put_checkpoint(partner, direction, size, &append.note)?;
        }
        Ok(())
    }
    fn insert_leaves(
        &self,
        partner: &NodeName,
        direction: Direction,
        append: &Append,
    ) -> Result<()> {
        let positions: Vec<i64> = append
            .leaves
            .iter()
            .map(|leaf| int(leaf.position))
            .collect::<Result<_>>()?;
        let leaves = blobs(&append.leaves, |leaf| &leaf.leaf);
        let entries: Vec<Option<[u8; 32]>> = append
            .leaves
            .iter()
            .map(|leaf| leaf.entry.map(|entry| entry.0))
            .collect();
        self.run_exactly(
            INSERT_LEAVES,
            values![
                partner.as_str(),
                direction.number(),
                positions,
                leaves,
                entries
            ],
            append.leaves.len() as u64,
            "leaf",
        )
    }
    fn insert_nodes(
        &self,
        partner: &NodeName,
        direction: Direction,
        append: &Append,
    ) -> Result<()> {
        let levels: Vec<i64> = append
            .nodes
            .iter()
            .map(|(level, ..)| i64::from(*level))
            .collect();
        let places: Vec<i64> = append
            .nodes
            .iter()
            .map(|(_, index, _)| int(*index))
            .collect::<Result<_>>()?;
        let hashes = blobs(&append.nodes, |(.., hash)| hash);
        self.run_exactly(
            INSERT_NODES,
            values![partner.as_str(), direction.number(), levels, places, hashes],
            append.nodes.len() as u64,
            "tree_node",
        )
    }
    pub(super) fn leaves(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        max: u32,
    ) -> Result<Vec<LeafRow>> {
        let values = values![partner.as_str(), direction.number(), int(from)?, max];
        self.past().rows(LEAVES, values)
    }
    pub(super) fn tree_node(
        &self,
        partner: &NodeName,
        direction: Direction,
        level: u8,
        index: u64,
    ) -> Result<Option<[u8; 32]>> {
        let values = values![partner.as_str(), direction.number(), level, int(index)?];
        self.past()
            .one(TREE_NODE, values, ("tree_node", &["hash"]), |c| c.array())
    }
    pub(super) fn leaf_place(
        &self,
        partner: &NodeName,
        side: Direction,
        entry: EntryId,
    ) -> Result<Option<LeafPlace>> {
        let side = side.written();
        let values = values![partner.as_str(), side.number(), entry.0];
        let read = || self.past().row(PLACE, values);
        let key = (partner.clone(), side, entry);
        self.notes.memo.ahead_or(|k| &mut k.places, &key, read)
    }
    pub(super) fn close_register(
        &self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<u64> {
        let head = self.register(partner, side)?;
        closing.check(side, &head)?;
        self.make_register(partner, side)?;
        let (name, which) = (partner.as_str(), side.number());
        let closed = side.closed(head.generation).number();
        let (size, earlier) = (int(closing.size)?, int(EARLIER)?);
        let (frontier, note) = (&closing.frontier, &closing.note);
        self.run_one(
            CLOSE_REGISTER,
            values![name, which, closed, size, frontier, note],
            "register",
        )?;
        for moved in [CLOSE_LEAVES, CLOSE_NODES, CLOSE_CHECKPOINTS, CLOSE_RECEIPTS] {
            self.run(moved, values![name, which, closed])?;
        }
        self.run_one(
            BEGIN_REGISTER,
            values![name, which, head.generation + 1],
            "register",
        )?;
        self.run(DROP_RECEIPTS_BEYOND, values![name, closed, size])?;
        self.run(DROP_RECEIPTS_SAID, values![name, which, size, earlier])?;
        self.run(DROP_RECEIPTS_TWICE, values![name, which])?;
        self.run(RECEIPTS_EARLIER, values![name, which, earlier])?;
        let left = self.one(
            RECEIPTED,
            values![name, which],
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
        let (name, which, closed) = (partner.as_str(), side.number(), closed.number());
        self.run(DROP_RECEIPTS_BEYOND, values![name, which, 0_i64])?;
        self.run_one(DROP_REGISTER, values![name, which], "register")?;
        let (size, frontier, note) = (int(whole.size)?, &whole.frontier, &whole.note);
        self.run_one(
            REOPEN_REGISTER,
            values![name, closed, which, size, frontier, note],
            "register",
        )?;
        for moved in [CLOSE_LEAVES, CLOSE_NODES, CLOSE_CHECKPOINTS, CLOSE_RECEIPTS] {
            self.run(moved, values![name, closed, which])?;
        }
        Ok(())
    }

    pub(super) fn cut_register(
        &self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<()> {
        closing.check(side, &self.register(partner, side)?)?;
        self.make_register(partner, side)?;
        let (name, which) = (partner.as_str(), side.number());
        let (size, earlier) = (int(closing.size)?, int(EARLIER)?);
        let (frontier, note) = (&closing.frontier, &closing.note);
        self.run_one(
            CUT_REGISTER,
            values![name, which, size, frontier, note],
            "register",
        )?;
        for cut in [CUT_LEAVES, CUT_NODES, CUT_CHECKPOINTS, DROP_RECEIPTS_BEYOND] {
            self.run(cut, values![name, which, size])?;
        }
        self.run(DROP_RECEIPTS_SAID, values![name, which, size, earlier])
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
    fn checkpoint_by(
        &self,
        sql: &str,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>> {
        let values = values![partner.as_str(), direction.number(), int(size)?];
        self.past().row(sql, values)
    }
    pub(super) fn put_checkpoint(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        note: &str,
    ) -> Result<()> {
        self.make_register(partner, direction)?;
        let values = values![partner.as_str(), direction.number(), int(size)?, note];
        self.run(PUT_CHECKPOINT, values)
    }
    /// The first cosignature on a size stays: it is what was sent, and is resent unchanged (rule 1).
    pub(super) fn put_cosignature(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        line: &str,
    ) -> Result<()> {
        let here = self
            .checkpoint(partner, direction, size)?
            .ok_or_else(|| StoreError::Failed("no checkpoint of that size".to_owned()))?;
        if line.is_empty() {
            return Err(StoreError::Failed("an empty cosignature".to_owned()));
        }
        if !here.cosignature.is_empty() {
            return Ok(());
        }
        let (partner, direction, size) = (partner.as_str(), direction.number(), int(size)?);
        self.run_one(
            COSIGN,
            values![partner, direction, size, line],
            "checkpoint",
        )?;
        self.run_one(
            COSIGN_REGISTER,
            values![partner, direction, size],
            "register",
        )?;
        self.run(DROP_SUPERSEDED, values![partner, direction, size])
    }

    pub(super) fn receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        position: u64,
    ) -> Result<Option<ReceiptRow>> {
        let values = values![partner.as_str(), direction.number(), int(position)?];
        let read = || self.past().row(RECEIPT, values);
        let key = (partner.clone(), direction, position);
        self.notes.memo.ahead_or(|k| &mut k.receipts, &key, read)
    }
    pub(super) fn insert_receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()> {
        self.make_register(partner, direction)?;
        self.run(
            INSERT_RECEIPT,
            values![
                partner.as_str(),
                direction.number(),
                int(row.size)?,
                row.root,
                row.time_ms,
                int(row.leaf)?,
                row.arrived_ms
            ],
        )
    }
    pub(super) fn drop_receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()> {
        let (name, size, leaf) = (partner.as_str(), int(row.size)?, int(row.leaf)?);
        self.run(DROP_RECEIPT, values![name, direction.number(), size, leaf])
    }
    fn make_register(&self, partner: &NodeName, direction: Direction) -> Result<()> {
        self.run(MAKE_REGISTER, values![partner.as_str(), direction.number()])
    }

    pub(super) fn outbox_after(
        &self,
        partner: &NodeName,
        after: u64,
        max: u32,
    ) -> Result<Vec<OutboxRow>> {
        self.rows(OUTBOX, values![partner.as_str(), int(after)?, max])
    }
    pub(super) fn outbox_size(&self, partner: &NodeName) -> Result<(u64, Option<i64>)> {
        let shape = ("outbox", &["count", "queued_ms"][..]);
        let size = self.one(
            OUTBOX_SIZE,
            values![partner.as_str(), int(OUTBOX_COUNTED)?],
            shape,
            |c| Ok((c.int()?, c.opt_int()?)),
        )?;
        Ok(size.unwrap_or_default())
    }
    pub(super) fn prune_digests(&self, partner: &NodeName, newest: u32) -> Result<()> {
        self.run(PRUNE_DIGESTS, values![partner.as_str(), newest])
    }
    pub(super) fn clear_outbox(&self, partner: &NodeName, numbers: &[u64]) -> Result<()> {
        let cleared: Vec<i64> = numbers.iter().map(|n| int(*n)).collect::<Result<_>>()?;
        self.run_exactly(
            CLEAR_OUTBOX,
            values![partner.as_str(), cleared],
            numbers.len() as u64,
            "outbox",
        )
    }

    pub(super) fn digests(&self, partner: &NodeName, limit: u32) -> Result<Vec<DigestRow>> {
        self.rows(DIGESTS, values![partner.as_str(), limit])
    }
    pub(super) fn put_digest(&self, row: &DigestRow) -> Result<()> {
        self.run_one(
            PUT_DIGEST,
            values![
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
            values![link, holder, int(epoch)?, until_ms],
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
        self.past().row(LEASE, values![link])
    }
}

fn wrong_from(size: u64, from: u64) -> StoreError {
    StoreError::Failed(format!(
        "the register has {size} leaves, not {from}: nothing appended"
    ))
}
