//! `entente balance`: what was given and received with a partner, in figures that both sides read alike.

use clap::Args;
use entente_core::balance::Figures;
use entente_core::ids::NodeName;
use entente_core::instant::{Instant, Span};
use serde_json::json;

use super::{CliError, Context, pick, say};

/// Flags of `entente balance`.
#[derive(Debug, Args)]
pub struct Balance {
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Days back from now
    #[arg(long, default_value_t = 365)]
    days: u16,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Prints the balance.
pub fn run(context: &Context, balance: &Balance) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, balance.officer.as_deref())?;
    let partner = pick::partner(&node.app, balance.partner.as_ref())?;
    let to: Instant = node.app.now();
    let from = to - Span::days(i64::from(balance.days));
    let view = node.app.balance(&actor, &partner, from, to)?;
    if context.json {
        let services: Vec<_> = view
            .by_service
            .iter()
            .map(|(service, figures)| json!({"service": service.to_string(), "figures": figures}))
            .collect();
        say::json(
            &json!({"partner": partner.to_string(), "from": say::time(from), "to": say::time(to), "ours": view.ours, "theirs": view.theirs, "by_service": services, "rights": view.rights.as_ref().map(|(ours, theirs)| json!({"ours": ours, "theirs": theirs}))}),
        );
        return Ok(());
    }
    say::line(&say::two("cli-period", say::time(from), say::time(to)));
    let asked = |of: &NodeName| say::s("balance-asked-of", of);
    figures(&asked(node.app.me()), &view.ours);
    figures(&asked(&partner), &view.theirs);
    Ok(())
}

fn figures(title: &str, figures: &Figures) {
    say::line(title);
    for (name, value) in entente_web::figures(say::words(), figures) {
        say::line(&format!("  {name}: {value}"));
    }
}
