//! `entente card`: the node's card for a partner, and the fingerprint to read aloud.

use super::{CliError, Context, say};
use crate::node;

/// Prints card and fingerprint. The card goes to standard output, the fingerprint to standard error, so that `> card.txt` works.
pub fn run(context: &Context) -> Result<(), CliError> {
    let node = context.open()?;
    let (card, fingerprint) = node::own_card(&node.app)?;
    let armour = node.app.own_card();
    if context.json {
        say::json(
            &serde_json::json!({"node": card.node, "fingerprint": fingerprint.to_string(), "card": armour}),
        );
        return Ok(());
    }
    say::out(&armour);
    say::problem(&say::two("cli-fingerprint", &card.node, fingerprint));
    say::problem(&say::t("cli-fingerprint-why"));
    Ok(())
}
