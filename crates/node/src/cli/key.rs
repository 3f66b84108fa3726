//! `entente key`: the node's signing key and the key of its TLS end over time, and a new one in the place of either.
//!
//! Safe while any number of processes serve the node: key, card and what is queued for the partners change in one transaction, and every
//! process reads the key where it signs.

use clap::Subcommand;
use entente_app::{TlsChangeView, TlsKeysView};
use entente_core::ids::NodeName;
use serde_json::{Value, json};

use super::{CliError, Context, compromise, say, wrap};
use crate::config::Layout;
use crate::node::{self, Node};

/// Commands on the signing key and the TLS key.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// List this node's signing keys and TLS keys, who confirmed the newest, and the partners' changes
    List,
    /// Say how `node.keys` is kept, without opening it
    Status,
    /// Keep `node.keys` in another form, or under another passphrase or token key; processes that run go on
    ///
    /// The new file is written beside, opened and compared before it takes its place. The passphrase or PIN of now comes from
    /// the terminal, the credential `entente.keys` or the descriptor in ENTENTE_KEYS_FD; the new one from the terminal, the
    /// credential `entente.keys.new` or the descriptor in --new-fd.
    Wrap(wrap::Wrap),
    /// Replace the signing key; partners follow by themselves, and new partners compare the new fingerprint
    ///
    /// The change is signed by the old and the new key. Back up right after it: older backups do not have the new key.
    Rotate {
        /// The key of the TLS end, which opens the connections of the link, instead of the signing key
        ///
        /// Both keys and the signing key sign the change. The old one is shown until every partner confirmed the change, and for 30 days at
        /// most; then the new one. The fingerprint changes with it; partners of before need not compare again.
        #[arg(long)]
        tls: bool,
        /// The key that wraps all that is at rest, instead of the signing key: dossiers' keys and the rings are wrapped anew
        ///
        /// Broken off, it goes on where it was. On SQLite with no process serving the change ends at once; otherwise every process
        /// learns the new key by itself within a minute, and --end gives up the old one.
        #[arg(long, conflicts_with = "tls")]
        storage: bool,
        /// With --storage: give up the key of before, ten minutes after the beginning or later, once every machine has the new one
        #[arg(long, requires = "storage")]
        end: bool,
        /// With --tls: the old key may be known to others. Show the new one at once; partners that follow take the old one no longer
        #[arg(long, requires = "tls")]
        now: bool,
    },
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

/// Runs a command on the keys.
pub fn run(context: &Context, key: &Key) -> Result<(), CliError> {
    match key {
        Key::List => list(context, &context.open()?),
        Key::Status => wrap::status(context),
        Key::Wrap(wish) => wrap::run(context, wish),
        Key::Rotate {
            storage: true, end, ..
        } => wrap::rotate_storage(context, *end),
        Key::Rotate { tls: false, .. } => rotate(context, &context.open()?),
        Key::Rotate { now, .. } => rotate_tls(context, &context.open()?, *now),
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

fn rotate_tls(context: &Context, node: &Node, now: bool) -> Result<(), CliError> {
    let unable = node.app.tls_unable()?;
    if !now && !unable.is_empty() {
        let names: Vec<String> = unable.iter().map(say::plain).collect();
        return Err(CliError::Usage(say::s("cli-tls-unable", names.join(", "))));
    }
    node.app.rotate_tls_key(now)?;
    // Without a partner nobody has to confirm it.
    node.app.show_newest_tls_key()?;
    let keys = node.app.signing_keys()?;
    if context.json {
        let (next, waits) = (&keys.tls.next, names(&keys.tls.waits));
        say::json(
            &json!({"rotated": true, "fingerprint": keys.fingerprint, "next": next, "waits": waits}),
        );
        return Ok(());
    }
    let until = keys
        .tls
        .changes
        .first()
        .map(|change| say::time(change.until));
    match keys.tls.next.zip(until) {
        Some((next, until)) => say::line(&say::two("cli-tls-rotated", until, next)),
        None => say::line(&say::s("cli-tls-rotated-now", keys.fingerprint)),
    }
    say::line(&say::t("cli-tls-rotated-next"));
    Ok(())
}

fn names(nodes: &[NodeName]) -> Vec<String> {
    nodes.iter().map(ToString::to_string).collect()
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
            "tls": tls_json(&keys.tls, &node.app.partners_tls_changes()?),
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
    list_tls(&keys.tls, &node.app.partners_tls_changes()?);
    Ok(())
}

fn list_tls(keys: &TlsKeysView, theirs: &[(NodeName, TlsChangeView)]) {
    for change in &keys.changes {
        let led = format!("{} → {}", change.before, change.after);
        say::line(&say::two("cli-tls-line", say::time(change.at), led));
    }
    if let Some(next) = &keys.next {
        say::line(&say::s("cli-tls-next", next));
    }
    if !keys.changes.is_empty() {
        for partner in &keys.waits {
            say::line(&say::s("cli-tls-waits", partner));
        }
    }
    for (partner, change) in theirs {
        let at = say::time(change.at);
        say::line(&say::two("cli-tls-partner-changed", partner, at));
    }
}

fn tls_json(keys: &TlsKeysView, theirs: &[(NodeName, TlsChangeView)]) -> Value {
    let followed = theirs.iter().map(
        |(partner, change)| json!({"partner": partner.to_string(), "change": tls_change_json(change)}),
    );
    json!({
        "changes": keys.changes.iter().map(tls_change_json).collect::<Vec<_>>(), "next": keys.next, "waits": names(&keys.waits),
        "followed": followed.collect::<Vec<_>>(),
    })
}

fn tls_change_json(change: &TlsChangeView) -> Value {
    json!({
        "at": say::time(change.at), "until": say::time(change.until), "here": change.here.map(say::time), "before": change.before,
        "after": change.after, "shown": change.shown,
    })
}

fn change_json(change: &entente_app::KeyChangeView) -> Value {
    json!({
        "at": say::time(change.at), "here": change.here.map(say::time), "leaf": change.leaf,
        "before": change.before, "after": change.after,
    })
}
