//! Backups of a node's disk, taken and restored as the program does it.

use crate::node::{Said, TestNode};
use crate::pair::{Side, TestPair};
use entente_store::sqlite::{RESTORED, SqliteStore};
use entente_store::{StoreError, StoreExt};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// A copy of a node's database with its keys beside it.
pub struct Backup {
    folder: TempDir,
}

impl Backup {
    /// Takes one.
    ///
    /// # Panics
    /// If the disk does not let it.
    #[must_use]
    pub fn of(node: &TestNode) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("a folder: {e}"));
        let backup = Self { folder };
        let taken = node.store.backup(&backup.main(), &backup.keys());
        taken.unwrap_or_else(|e| panic!("backup of {}: {e}", node.name));
        backup
    }

    fn main(&self) -> PathBuf {
        self.folder.path().join("main.db")
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("keys.db")
    }

    /// Puts it in the place of a node's disk and starts the node: its process died before, and so did its connections.
    ///
    /// # Panics
    /// If it cannot be restored or the node does not start.
    pub fn restore(&self, pair: &mut TestPair, side: Side) {
        self.restore_with_keys_of(self, pair, side);
    }

    /// The same with the keys of a newer backup: what was erased between the two stays unreadable.
    ///
    /// # Panics
    /// As [`Backup::restore`].
    pub fn restore_with_keys_of(&self, newer: &Self, pair: &mut TestPair, side: Side) {
        let moved = self.opened_with_keys_of(newer, pair, side);
        moved.unwrap_or_else(|e| panic!("start after the restore: {e}"));
    }

    /// The same; says whether the node starts with these keys.
    ///
    /// # Errors
    /// Whatever the app says when it is opened.
    ///
    /// # Panics
    /// If the files cannot be restored.
    pub fn opened_with_keys_of(&self, newer: &Self, pair: &mut TestPair, side: Side) -> Said<()> {
        pair.wire.die(side.index(), true);
        self.in_place_of(newer, &mut pair.nodes[side.index()])
    }

    /// Puts it in the place of a node's disk without a mark that says so, as a machine does that goes back to a snapshot, and starts the
    /// node; its connections are gone already.
    ///
    /// # Panics
    /// If it cannot be restored or the node does not start.
    pub fn as_snapshot(&self, node: &mut TestNode) {
        self.in_place(self, node, &|store: &SqliteStore| {
            let unmarked = store.update("snapshot", |tx| tx.set_setting(RESTORED, &[]));
            unmarked.unwrap_or_else(|e: StoreError| panic!("mark: {e}"));
        })
        .unwrap_or_else(|e| panic!("start from a snapshot: {e}"));
    }

    /// Puts it in the place of a node's disk, with the keys of a newer one, and starts the node; its connections are gone already.
    ///
    /// # Errors
    /// Whatever the app says when it is opened.
    ///
    /// # Panics
    /// If the files cannot be restored.
    pub fn in_place_of(&self, newer: &Self, node: &mut TestNode) -> Said<()> {
        self.in_place(newer, node, &|_| ())
    }

    fn in_place(
        &self,
        newer: &Self,
        node: &mut TestNode,
        prepare: &dyn Fn(&SqliteStore),
    ) -> Said<()> {
        let home = tempfile::tempdir().unwrap_or_else(|e| panic!("a folder: {e}"));
        let path = home.path().join("node.db");
        let store = SqliteStore::restore(&path, &self.main(), &newer.keys())
            .and_then(|()| SqliteStore::open(&path))
            .unwrap_or_else(|e| panic!("restore: {e}"));
        prepare(&store);
        node.move_to(Arc::new(store), home)
    }
}
