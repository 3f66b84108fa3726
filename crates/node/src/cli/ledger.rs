//! `entente ledger`: who owes whom what, by when.

use clap::Args;
use entente_app::views::LedgerQuery;
use entente_core::ids::NodeName;
use serde_json::json;

use super::{CliError, Context, pick, say};

/// Flags of `entente ledger`.
#[derive(Debug, Args)]
pub struct Ledger {
    /// With this partner only
    #[arg(long)]
    partner: Option<NodeName>,
    /// Open obligations only
    #[arg(long)]
    open: bool,
    /// Overdue obligations only
    #[arg(long)]
    overdue: bool,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Prints the ledger.
pub fn run(context: &Context, ledger: &Ledger) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, ledger.officer.as_deref())?;
    actor.lang = say::words().lang;
    if let Some(named) = &ledger.partner {
        pick::partner(&node.app, Some(named))?;
    }
    let mut lines = Vec::new();
    for page in 0.. {
        let query = LedgerQuery {
            partner: ledger.partner.clone(),
            open: ledger.open.then_some(true),
            overdue: ledger.overdue,
            page,
            ..LedgerQuery::default()
        };
        let view = node.app.ledger(&actor, &query)?;
        if view.lines.is_empty() {
            break;
        }
        lines.extend(view.lines);
    }
    if context.json {
        let all: Vec<_> = lines.iter().map(say::obligation_json).collect();
        say::json(
            &json!({"node": node.app.me().to_string(), "now": say::time(node.app.now()), "obligations": all}),
        );
    } else {
        for o in &lines {
            say::line(&say::obligation_line(o, node.app.now()));
        }
        let found = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        say::line(&say::words().count("ledger-found", found));
    }
    Ok(())
}
