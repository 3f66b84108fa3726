//! `entente oversight`: access records taken out for one inspector alone. The key is made and kept on the inspector's machine, where no node
//! is needed; the node seals to its public half.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use entente_proof::extract::Extract;
use entente_proof::sealed::{
    MAX_SEALED, SealedExtract, armour_key, armour_secret, dearmour_secret,
};
use entente_proof::sealing::{SEED, SealingKey};
use serde_json::json;

use super::access::List;
use super::link::read_text;
use super::{CliError, Context, say};
use crate::clock;

/// Largest file of a key.
const MAX_KEY_FILE: u64 = 64 << 10;
/// Largest sealed file: armour makes it longer by a third.
const MAX_SEALED_FILE: u64 = MAX_SEALED as u64 * 3 / 2;

/// Commands of inspectors.
#[derive(Debug, Subcommand)]
pub enum Oversight {
    /// Make a key pair, on the inspector's machine: the secret half stays there, the file beside it is given to nodes
    Key {
        /// Where the secret half goes; the public half goes beside it, with ".pub"
        file: PathBuf,
    },
    /// The access records that the filters find, signed by the node and sealed to an inspector's key
    Export(Export),
    /// Open sealed access records, on the inspector's machine: see `entente verify` for what comes out
    Open {
        /// The sealed file
        file: PathBuf,
        /// The secret half of the key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}

/// Flags of `entente oversight export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The public half of the key, as `entente oversight key` wrote it
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    list: List,
}

/// Runs `entente oversight`.
pub fn run(context: &Context, oversight: &Oversight) -> Result<(), CliError> {
    match oversight {
        Oversight::Key { file } => key(context, file),
        Oversight::Export(wanted) => export(context, wanted),
        Oversight::Open { file, key } => open(context, file, key),
    }
}

fn key(context: &Context, file: &Path) -> Result<(), CliError> {
    let mut seed = [0; SEED];
    clock::fill(&mut seed);
    let public = SealingKey::from_seed(seed).public();
    let public = public.map_err(|error| CliError::Refused(error.to_string()))?;
    let beside = PathBuf::from(format!("{}.pub", file.display()));
    write(file, 0o600, &armour_secret(&seed))?;
    write(&beside, 0o644, &armour_key(&public))?;
    let id = public.id().to_string();
    match context.json {
        true => say::json(&json!({"key": id, "public": beside})),
        false => say::line(&say::two(
            "cli-inspector-key",
            say::plain(id),
            beside.display(),
        )),
    }
    Ok(())
}

/// Writes a file that is not there yet.
fn write(path: &Path, mode: u32, text: &str) -> Result<(), CliError> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path);
    let written = made.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|e| CliError::Refused(say::two("cli-unwritable", path.display(), e.kind())))
}

fn export(context: &Context, wanted: &Export) -> Result<(), CliError> {
    let key = read_text(&wanted.to, MAX_KEY_FILE)?;
    let node = context.open()?;
    let actor = wanted.list.actor(&node.app)?;
    let sealed = node
        .app
        .access_export_to(&actor, &wanted.list.query(&node.app), &key)?;
    match context.json {
        true => say::json(&json!({"sealed": sealed})),
        false => say::out(&sealed),
    }
    Ok(())
}

fn open(context: &Context, file: &Path, key: &Path) -> Result<(), CliError> {
    let nothing = |why: String| CliError::Refused(say::s("cli-sealed-nothing", why));
    let secret = dearmour_secret(&read_text(key, MAX_KEY_FILE)?);
    let secret = secret.map_err(|error| nothing(error.to_string()))?;
    let sealed = SealedExtract::dearmour(&read_text(file, MAX_SEALED_FILE)?);
    let extract: Result<Extract, _> = sealed.and_then(|sealed| sealed.open(&secret));
    let text = extract
        .map_err(|error| nothing(error.to_string()))?
        .armour();
    match context.json {
        true => say::json(&json!({"extract": text})),
        false => say::out(&text),
    }
    Ok(())
}
