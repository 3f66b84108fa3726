//! `entente key compromise` and `entente link compromised`: a signing key that is known to others, declared as data that both sides keep.

use std::path::{Path, PathBuf};

use clap::Args;
use entente_app::{By, CompromiseView};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_proof::card::Fingerprint;
use serde_json::{Value, json};

use super::link::{absent, read_text, told_fingerprint};
use super::{CliError, Context, say};
use crate::node::write_private;

/// Largest file taken for a declaration.
const MAX_FILE: u64 = 64 * 1024;

/// Flags of `entente key compromise`.
#[derive(Debug, Args)]
pub struct Own {
    /// From when on the key proves nothing, such as 2026-11-26T10:00:00Z: since others may have had it, or now if nobody can tell
    #[arg(long, value_parser = time, value_name = "TIME")]
    at: Instant,
    /// Fingerprint of this node's card with that key [default: the one before the newest]
    #[arg(long, value_name = "FINGERPRINT")]
    key: Option<Fingerprint>,
    /// A new file for the declaration, for every partner; printed if absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Flags of `entente link compromised`.
#[derive(Debug, Args)]
pub struct Theirs {
    /// The partner
    partner: NodeName,
    /// The partner's own declaration, as `entente key compromise` made it there
    #[arg(long, value_name = "FILE", required_unless_present = "at", conflicts_with_all = ["at", "fingerprint"])]
    declaration: Option<PathBuf>,
    /// Without a file: from when on the key proves nothing, as its people said by voice
    #[arg(long, value_parser = time, value_name = "TIME")]
    at: Option<Instant>,
    /// Without a file: the fingerprint of that key, as its people read it to you; asked for if absent
    #[arg(long)]
    fingerprint: Option<String>,
}

/// A time as programs write it.
pub fn time(text: &str) -> Result<Instant, String> {
    let time: Result<jiff::Timestamp, _> = text.trim().parse();
    let time = time.map_err(|_| "a time is written such as 2026-11-26T10:00:00Z")?;
    Ok(Instant(time.as_millisecond()))
}

/// Declares a key of this node.
pub fn own(context: &Context, flags: &Own) -> Result<(), CliError> {
    if let Some(out) = &flags.out {
        absent(out)?;
    }
    let node = context.open()?;
    let declared = node
        .app
        .declare_compromised(By::Machine, flags.key, flags.at)?;
    if let Some(out) = &flags.out {
        write_private(out, declared.text.as_bytes())?;
    }
    if context.json {
        say::json(&as_json(&declared));
        return Ok(());
    }
    match &flags.out {
        Some(out) => {
            said(&declared);
            say::line(&say::s("cli-compromise-next", out.display()));
        }
        None => say::out(&declared.text),
    }
    Ok(())
}

/// Takes what a partner declared, or declares it in its place.
pub fn theirs(context: &Context, flags: &Theirs) -> Result<(), CliError> {
    let node = context.open()?;
    let taken = match (&flags.declaration, flags.at) {
        (Some(file), _) => {
            let text = declaration(file)?;
            node.app
                .take_compromised(By::Machine, &flags.partner, &text)?
        }
        (None, Some(at)) => {
            let read = told_fingerprint(flags.fingerprint.clone(), &flags.partner)?;
            let read = read.parse();
            let read = read.map_err(|_| CliError::Usage(say::t("cli-fingerprint-form")))?;
            node.app
                .note_compromised(By::Machine, &flags.partner, read, at)?
        }
        (None, None) => return Err(CliError::Usage(say::t("cli-compromise-need"))),
    };
    match context.json {
        true => say::json(&as_json(&taken)),
        false => said(&taken),
    }
    Ok(())
}

/// The text of a file that should hold a declaration.
pub fn declaration(file: &Path) -> Result<String, CliError> {
    read_text(file, MAX_FILE)
}

/// Which key, and from when on.
pub fn said(view: &CompromiseView) {
    let since = say::time(view.since);
    let about = say::two("cli-compromise", &view.print, since);
    say::line(&about);
    let by = say::two("cli-compromise-by", &view.by, say::time(view.declared));
    say::line(&by);
}

pub fn as_json(view: &CompromiseView) -> Value {
    json!({
        "node": view.node.to_string(), "fingerprint": view.print, "since": say::time(view.since), "by": view.by.to_string(),
        "declared": say::time(view.declared), "here": say::time(view.here), "declaration": view.text,
    })
}
