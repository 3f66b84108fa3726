//! `entente recover`: how the recovery after a restore stands, and opening the node without waiting for its partners.

use clap::Args;
use entente_app::Reopening;
use entente_core::instant::Instant;
use serde_json::json;

use super::{CliError, Context, say};

/// Flags of `entente recover`.
#[derive(Debug, Args)]
pub struct Recover {
    /// Open the node although not every partner was heard
    #[arg(long, requires = "reason")]
    alone: bool,
    /// Why, for the inspector
    #[arg(long)]
    reason: Option<String>,
}

/// Runs `entente recover`; the node may be serving meanwhile.
pub fn run(context: &Context, recover: &Recover) -> Result<(), CliError> {
    let node = context.open()?;
    if recover.alone {
        node.app
            .open_alone(recover.reason.as_deref().unwrap_or_default())?;
    }
    let state = node.app.reopening()?;
    if context.json {
        say::json(
            &json!({ "closed": state.as_ref().is_some_and(Reopening::is_closed), "restore": state }),
        );
        return Ok(());
    }
    let Some(state) = state else {
        say::line(&say::t("cli-never-restored"));
        return Ok(());
    };
    let time = |ms: Option<i64>| ms.map_or_else(|| "?".to_owned(), |ms| say::time(Instant(ms)));
    say::line(&say::two(
        "cli-restored",
        say::time(state.found()),
        time(state.backup_ms),
    ));
    for (partner, heard) in &state.partners {
        say::line(&say::two("cli-gave-back", partner, heard.recovered));
    }
    say::line(&match (state.opened_ms, state.alone) {
        (None, _) => say::t("cli-closed"),
        (ms, true) => say::s("cli-opened-alone", time(ms)),
        (ms, false) => say::s("cli-reopened", time(ms)),
    });
    say::line(&say::t("restored-not-back"));
    let untold = node.app.untold_erasures(None)?;
    if !untold.is_empty() {
        let count = untold.len() as u64;
        say::line(&say::words().count("restored-untold", count));
    }
    for (_, entry) in untold {
        say::line(&entry.to_string());
    }
    Ok(())
}
