//! `entente backup` and `entente restore`. The keys of bodies and files go to a folder of their own, whose copies must be kept apart
//! and expire within 30 days: otherwise a backup would bring back what was erased (DESIGN section 5 rule 6).

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use entente_app::carry::{Carried, carry_all};
use entente_store::blobs::FolderBlobs;
use entente_store::postgres::PostgresStore;
use entente_store::sqlite::SqliteStore;

use super::{CliError, Context, say};
use crate::config::{Config, Layout};
use crate::files::Files;
use crate::node::{self, NodeError, file_error, make_private_folder, write_private};
use crate::policies;

/// Flags of `entente backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// A new directory
    target: PathBuf,
    /// Leave the sealed files out: they have copies of their own
    #[arg(long)]
    no_files: bool,
}

/// Flags of `entente restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The directory that `entente backup` made
    source: PathBuf,
}

const DATA: &str = "data";
const KEYS: &str = "keys";
const BLOBS: &str = "blobs";
const POLICIES: &str = "policies";
const DATABASE: &str = "entente.db";
const OBJECT_KEYS: &str = "object-keys.db";
const NODE_KEYS: &str = "node.keys";

/// Runs `entente backup`; the node may be serving meanwhile.
pub fn backup(context: &Context, backup: &Backup) -> Result<(), CliError> {
    if backup.target.exists() {
        return Err(CliError::Refused(say::s(
            "cli-exists",
            backup.target.display(),
        )));
    }
    let node = context.open()?;
    let layout = Layout::new(context.data());
    let (data, keys) = (backup.target.join(DATA), backup.target.join(KEYS));
    make_private_folder(&data)?;
    make_private_folder(&keys)?;
    let change = |node: &node::Node| {
        let change = node.app.storage_change()?;
        Ok::<_, CliError>(change.map(|change| (change.begun, change.ended)))
    };
    let before = change(&node)?;
    node.app.learn_storage_key()?;
    // A storage key that another machine made is in this machine's file too, or the copy would not open.
    node.keys.keep(node.app.key_file())?;
    // The database first: every file that it names is in the folder by then.
    node.store
        .backup(&data.join(DATABASE), &keys.join(OBJECT_KEYS))
        .map_err(NodeError::from)?;
    copy_private(&layout.config(), &data.join(crate::config::FILE))?;
    copy_private(&layout.keys(), &keys.join(NODE_KEYS))?;
    // The keys of the one copy must open the other.
    if change(&node)? != before {
        let target = backup.target.display();
        return Err(CliError::Refused(say::s("cli-backup-again", target)));
    }
    copy_policies(&layout.policies(), &data.join(POLICIES))?;
    let files = if backup.no_files {
        Carried::default()
    } else {
        let copy = FolderBlobs::open(&data.join(BLOBS)).map_err(NodeError::from)?;
        let carried = node.app.carry_files(node.app.blobs(), &copy);
        carried.map_err(NodeError::from)?
    };
    say::line(&say::two(
        "cli-backed-up",
        backup.target.display(),
        files.whole(),
    ));
    tell_damaged(files);
    say::line(&say::s("cli-keep-apart", keys.display()));
    Ok(())
}

/// Runs `entente restore` into an empty data directory.
pub fn restore(context: &Context, restore: &Restore) -> Result<(), CliError> {
    let (data, keys) = (restore.source.join(DATA), restore.source.join(KEYS));
    for needed in [
        data.join(DATABASE),
        keys.join(OBJECT_KEYS),
        keys.join(NODE_KEYS),
        data.join(crate::config::FILE),
    ] {
        if !needed.is_file() {
            return Err(CliError::Refused(say::s("cli-missing", needed.display())));
        }
    }
    let layout = Layout::new(context.data());
    let in_use = fs::read_dir(layout.root()).is_ok_and(|mut entries| entries.next().is_some());
    if in_use {
        return Err(CliError::Refused(say::s(
            "cli-not-empty",
            layout.root().display(),
        )));
    }
    make_private_folder(layout.root())?;
    let config = of_backup(context, &data)?;
    // Files first: what cannot be reached fails before there is half a node.
    let files = restore_files(&config, &data.join(BLOBS))?;
    restore_store(&config, &data, &keys)?;
    copy_private(&keys.join(NODE_KEYS), &layout.keys())?;
    copy_private(&data.join(crate::config::FILE), &layout.config())?;
    copy_policies(&data.join(POLICIES), &layout.policies())?;
    say::line(&format!(
        "Restored to {}, {} file(s). What this node wrote since the backup is with its partners: it shows and signs nothing before they were heard (entente recover).",
        layout.root().display(),
        files.whole()
    ));
    tell_damaged(files);
    Ok(())
}

/// Into the place that the configuration of the backup names; none if the backup was made without files.
fn restore_files(config: &Config, copy: &Path) -> Result<Carried, CliError> {
    let files = Files::open(config)?;
    if !copy.is_dir() {
        return Ok(Carried::default());
    }
    let copy = FolderBlobs::open(copy).map_err(NodeError::from)?;
    let carried = carry_all(&copy, &*files.blobs());
    Ok(carried.map_err(NodeError::from)?)
}

/// Says how many files could not be carried whole, if any.
pub fn tell_damaged(files: Carried) {
    if files.damaged > 0 {
        say::line(&say::s("cli-files-damaged", files.damaged));
    }
}

/// The configuration that a backup holds, as it will be in the data directory.
fn of_backup(context: &Context, data: &Path) -> Result<Config, CliError> {
    let path = data.join(crate::config::FILE);
    let text = fs::read_to_string(&path).map_err(file_error(&path))?;
    Ok(Config::parse(&text, context.data(), &context.environment)?)
}

/// Into the database that the configuration of the backup names: an empty one, if it is PostgreSQL.
fn restore_store(config: &Config, data: &Path, keys: &Path) -> Result<(), CliError> {
    let (main, keys) = (data.join(DATABASE), keys.join(OBJECT_KEYS));
    let restored = match node::database(config)? {
        Some(options) => PostgresStore::restore(&options, &main, &keys),
        None => SqliteStore::restore(&Layout::new(&config.data).database(), &main, &keys),
    };
    Ok(restored.map_err(NodeError::from)?)
}

/// The operator's own policies, if there are any: without them a restored node would decide by the default ones.
fn copy_policies(from: &Path, to: &Path) -> Result<(), NodeError> {
    if !from.is_dir() {
        return Ok(());
    }
    make_private_folder(to)?;
    for file in policies::files_in(from)? {
        let name = file.file_name().unwrap_or_default();
        copy_private(&file, &to.join(name))?;
    }
    Ok(())
}

fn copy_private(from: &Path, to: &Path) -> Result<(), NodeError> {
    write_private(to, &fs::read(from).map_err(file_error(from))?)
}
