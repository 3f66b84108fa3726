//! `entente proof`: the proof of one entry, for a file that anybody can verify offline.

use clap::Args;
use entente_core::ids::EntryId;

use super::{CliError, Context, access, pick, say};

/// Flags of `entente proof`.
#[derive(Debug, Args)]
pub struct Proof {
    /// The entry's identifier
    entry: EntryId,
    /// Rest it on the newest checkpoint, under the keys of now, instead of the first: when a key of before was declared compromised
    #[arg(long)]
    newest: bool,
    /// Officer who exports
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Prints the armoured bundle.
pub fn run(context: &Context, proof: &Proof) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, proof.officer.as_deref())?;
    let app = &node.app;
    let armour = proof
        .why
        .wherever_asked(app, &mut actor, |actor| match proof.newest {
            true => app.newest_proof(actor, proof.entry),
            false => app.proof(actor, proof.entry),
        })?;
    if context.json {
        say::json(&serde_json::json!({"entry": proof.entry.to_string(), "proof": armour}));
    } else {
        say::out(&armour);
    }
    Ok(())
}
