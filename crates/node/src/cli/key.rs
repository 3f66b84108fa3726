//! `entente key`: the node's signing key over time, and a new one in its place.
//!
//! Safe while any number of processes serve the node: key, card and what is queued for the partners change in one transaction, and every
//! process reads the key where it signs.

use clap::Subcommand;
use serde_json::{Value, json};

use super::{CliError, Context, compromise, say};
use crate::config::Layout;
use crate::node::{self, Node};

/// Commands on the signing key.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// List this node's signing keys, who confirmed the newest, and the partners' changes
    List,
    /// Replace the signing key; partners follow by themselves, and new partners compare the new fingerprint
    ///
    /// The change is signed by the old and the new key. Back up right after it: older backups do not have the new key.
    Rotate,
    /// Declare that a signing key of this node is known to others: from a time on, what it signed proves nothing
    ///
    /// The newest key signs the declaration, so change the key first. Every partner takes the file with `entente link compromised`.
    Compromise(compromise::Own),
    /// Begin with another signing key, because the secret of the present one is lost or known to others; nothing leads from it to the new
    ///
    /// Stop the node first. Every partner must agree afterwards that this node's register towards it begins again: `entente register
    /// restart propose`. To replace a key that is still here use `rotate`.
    Begin {
        /// Why, for the inspector
        #[arg(long)]
        reason: String,
    },
}

/// Runs a command on the signing key.
pub fn run(context: &Context, key: &Key) -> Result<(), CliError> {
    match key {
        Key::List => list(context, &context.open()?),
        Key::Rotate => rotate(context, &context.open()?),
        Key::Compromise(flags) => compromise::own(context, flags),
        Key::Begin { reason } => begin(context, reason),
    }
}

fn begin(context: &Context, reason: &str) -> Result<(), CliError> {
    let config = context.config()?;
    // No other process signs meanwhile.
    let _lock = node::lock(&Layout::new(&config.data))?;
    let opened = node::open_with_new_key(config, reason)?;
    let keys = opened.app.signing_keys()?;
    if context.json {
        say::json(&json!({"begun": true, "fingerprint": keys.fingerprint}));
        return Ok(());
    }
    say::line(&say::s("cli-key-begun", keys.fingerprint));
    say::line(&say::t("cli-key-begun-next"));
    Ok(())
}

fn rotate(context: &Context, node: &Node) -> Result<(), CliError> {
    node.app.rotate_signing_key()?;
    let keys = node.app.signing_keys()?;
    if context.json {
        say::json(&json!({"rotated": true, "fingerprint": keys.fingerprint}));
        return Ok(());
    }
    say::line(&say::s("cli-key-rotated", keys.fingerprint));
    say::line(&say::t("cli-key-rotated-next"));
    Ok(())
}

fn list(context: &Context, node: &Node) -> Result<(), CliError> {
    let (keys, theirs) = (node.app.signing_keys()?, node.app.partners_key_changes()?);
    if context.json {
        let changes: Vec<Value> = keys.changes.iter().map(change_json).collect();
        let partners: Vec<Value> = keys
            .partners
            .iter()
            .map(|(partner, confirmed)| json!({"partner": partner.to_string(), "confirmed": confirmed}))
            .collect();
        let followed: Vec<Value> = theirs
            .iter()
            .map(|(partner, change)| json!({"partner": partner.to_string(), "change": change_json(change)}))
            .collect();
        say::json(&json!({
            "fingerprint": keys.fingerprint, "changes": changes, "partners": partners, "followed": followed,
            "compromised": keys.compromised.iter().map(compromise::as_json).collect::<Vec<_>>(),
        }));
        return Ok(());
    }
    say::line(&keys.fingerprint);
    if keys.changes.is_empty() {
        say::line(&say::t("cli-key-first"));
    }
    for change in &keys.changes {
        let led = format!("{} → {}", change.before, change.after);
        say::line(&say::two("cli-key-line", say::time(change.at), led));
    }
    keys.compromised.iter().for_each(compromise::said);
    for (partner, confirmed) in keys.partners.iter().filter(|_| !keys.changes.is_empty()) {
        let key = match confirmed {
            true => "cli-key-knows",
            false => "cli-key-waits",
        };
        say::line(&say::s(key, partner));
    }
    for (partner, change) in &theirs {
        say::line(&say::two(
            "cli-key-partner-changed",
            partner,
            say::time(change.at),
        ));
    }
    Ok(())
}

fn change_json(change: &entente_app::KeyChangeView) -> Value {
    json!({
        "at": say::time(change.at), "here": change.here.map(say::time), "leaf": change.leaf,
        "before": change.before, "after": change.after,
    })
}
