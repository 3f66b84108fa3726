//! `entente migrate`: carries a node from SQLite to PostgreSQL, compares every row, checks every register, then lets the
//! configuration name the new place. Until then nothing of the node changed; a run that was interrupted is simply run again.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use entente_store::postgres::{Progress, carry};

use super::{CliError, Context, say};
use crate::config::{Config, Layout, StoreConfig, with_store};
use crate::node::{self, NodeError, file_error, write_private};

/// Flags of `entente migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// An empty PostgreSQL database: postgres://user@host:port/database
    #[arg(long, value_name = "URL")]
    to: String,
    /// File whose first line is the database's password
    #[arg(long, value_name = "FILE")]
    store_password_file: Option<PathBuf>,
    /// PEM file of the authorities of the database's certificate
    #[arg(long, value_name = "FILE")]
    store_authorities_file: Option<PathBuf>,
}

/// Runs `entente migrate`.
pub fn run(context: &Context, migrate: Migrate) -> Result<(), CliError> {
    let config = context.config()?;
    if config.store != StoreConfig::Embedded {
        return Err(CliError::Refused(
            "this node is on PostgreSQL already: nothing was changed".into(),
        ));
    }
    let layout = Layout::new(context.data());
    // Nobody serves this directory while it moves, nor after it moved without reading its configuration again.
    let _lock = node::lock(&layout)?;
    let text = fs::read_to_string(layout.config()).map_err(file_error(&layout.config()))?;
    let store = StoreConfig::Postgres {
        url: migrate.to,
        password_file: migrate.store_password_file,
        authorities_file: migrate.store_authorities_file,
    };
    let text = with_store(&text, &store);
    let mut moved = Config::parse(&text, context.data(), &context.environment)?;
    // Its keys are opened as before.
    moved.keys = config.keys;
    let options = node::database(&moved)?.ok_or_else(not_a_database)?;
    let mut last = None;
    let counts = carry(&layout.database(), &options, &mut |step| {
        tell(&mut last, step)
    });
    let counts = counts.map_err(NodeError::from)?;
    check(moved)?;
    replace(&layout.config(), &text)?;
    set_aside(&layout)?;
    let rows: u64 = counts.iter().map(|(_, rows)| rows).sum();
    say::line(&format!(
        "Moved: {rows} rows in {} tables, each compared; every register recomputed from its leaves.\n\
         entente.toml names the database now; the old one is kept as entente.db.moved: destroy it with its copies within 30 days,\n\
         for it holds the keys of what will be erased.",
        counts.len()
    ));
    Ok(())
}

fn not_a_database() -> CliError {
    CliError::Usage("name a database: --to postgres://user@host:port/database".into())
}

/// A line when a table begins, at each tenth, and at its end.
fn tell(last: &mut Option<(&'static str, bool, u64)>, step: Progress) {
    let tenth = (step.done * 10).checked_div(step.total).unwrap_or(10);
    let here = (step.table, step.comparing, tenth);
    if *last == Some(here) {
        return;
    }
    *last = Some(here);
    say::note(&format!(
        "{} {}: {} of {} rows",
        if step.comparing {
            "compared"
        } else {
            "carried"
        },
        step.table,
        step.done,
        step.total
    ));
}

/// The node as it will be: opened on the new database and checked as `entente doctor` does.
fn check(config: Config) -> Result<(), CliError> {
    let node = node::open(config, "cli")?;
    let wrong: Vec<String> = node
        .app
        .check()?
        .into_iter()
        .filter(|line| !line.ok)
        .map(|line| format!("{}: {}", line.what, line.detail))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(CliError::Refused(format!(
        "the moved node does not hold, and the old one was left as it is: {}",
        wrong.join("; ")
    )))
}

/// Replaces a file in one step: whoever reads it finds the old or the new text.
fn replace(path: &Path, text: &str) -> Result<(), CliError> {
    let temporary = path.with_extension("toml.new");
    if temporary.exists() {
        // Left by a run that was cut just here.
        fs::remove_file(&temporary).map_err(file_error(&temporary))?;
    }
    write_private(&temporary, text.as_bytes())?;
    fs::rename(&temporary, path).map_err(file_error(path))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let synced = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(synced.map_err(file_error(folder))?)
}

/// The old database under another name, so that nothing takes it for the node's.
fn set_aside(layout: &Layout) -> Result<(), CliError> {
    let database = layout.database();
    let moved = database.with_extension("db.moved");
    Ok(fs::rename(&database, &moved).map_err(file_error(&database))?)
}
