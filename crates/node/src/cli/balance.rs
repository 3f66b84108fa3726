//! `entente balance`: what was given and received with a partner, in figures that both sides read alike.

use clap::Args;
use entente_core::balance::{Figures, year_begins};
use entente_core::ids::NodeName;
use entente_core::instant::{Instant, Span};

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
    /// A calendar year, UTC, in place of days back
    #[arg(long, conflicts_with_all = ["days", "from", "to"], value_parser = clap::value_parser!(i32).range(1970..9999))]
    year: Option<i32>,
    /// First day, YYYY-MM-DD, UTC
    #[arg(long, conflicts_with = "days")]
    from: Option<String>,
    /// Last day, YYYY-MM-DD, included; today unless told
    #[arg(long)]
    to: Option<String>,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Prints the balance.
pub fn run(context: &Context, balance: &Balance) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, balance.officer.as_deref())?;
    let partner = pick::partner(&node.app, balance.partner.as_ref())?;
    let (from, to) = period(balance, node.app.now())?;
    let view = node.app.balance(&actor, &partner, from, to)?;
    if context.json {
        say::json(&entente_web::balance_json(&view));
        return Ok(());
    }
    say::line(&say::two("cli-period", say::time(from), say::time(to)));
    let asked = |of: &NodeName| say::s("balance-asked-of", of);
    for (side, account) in &view.reading.sides {
        figures(&asked(side), &account.figures);
    }
    for line in entente_web::balance_text(say::words(), &view) {
        say::line(&line);
    }
    Ok(())
}

fn period(balance: &Balance, now: Instant) -> Result<(Instant, Instant), CliError> {
    if let Some(year) = balance.year {
        return Ok((year_begins(year), year_begins(year + 1)));
    }
    let day = |text: &String| {
        entente_web::start_of_day(text).ok_or_else(|| CliError::Usage(say::t("input-day")))
    };
    let to = balance.to.as_ref().map(day).transpose()?;
    let to = to.map_or(now, |last| last + Span::days(1));
    let from = balance.from.as_ref().map(day).transpose()?;
    let from = from.unwrap_or(to - Span::days(i64::from(balance.days)));
    if from >= to {
        return Err(CliError::Usage(say::t("input-day")));
    }
    Ok((from, to))
}

fn figures(title: &str, figures: &Figures) {
    say::line(title);
    for (name, value) in entente_web::figures(say::words(), figures) {
        say::line(&format!("  {name}: {value}"));
    }
}
