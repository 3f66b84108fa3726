//! `entente commitments`: follow-up of commitments across declarations, as the page shows it: the matrix, the list, the report.

use clap::{Args, Subcommand};
use entente_app::views::FollowUp;
use entente_core::ids::NodeName;
use entente_web::CommitmentFilter;

use super::{CliError, Context, pick, say};

/// Commands on commitments.
#[derive(Debug, Subcommand)]
pub enum Commitments {
    /// How many stand where, by theme
    Matrix(Chosen),
    /// Each promise with where it stands
    List(Chosen),
    /// The report to the next High-Level Meeting
    Report(Chosen),
}

/// What is chosen of all commitments.
#[derive(Debug, Args)]
pub struct Chosen {
    /// Of this theme only
    #[arg(long)]
    theme: Option<String>,
    /// Promised by this node only
    #[arg(long)]
    side: Option<NodeName>,
    /// Standing there only: open, late, claimed, agreed or ended
    #[arg(long, value_parser = state)]
    state: Option<FollowUp>,
    /// Of the declarations shared with this node alone; the report needs it where there are several
    #[arg(long)]
    partner: Option<NodeName>,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

fn state(code: &str) -> Result<FollowUp, &'static str> {
    FollowUp::of_code(code).ok_or("open, late, claimed, agreed or ended")
}

/// Runs `entente commitments`.
pub fn run(context: &Context, wanted: &Commitments) -> Result<(), CliError> {
    let (Commitments::Matrix(chosen) | Commitments::List(chosen) | Commitments::Report(chosen)) =
        wanted;
    let node = context.open()?;
    let actor = pick::actor(&node.app, chosen.officer.as_deref())?;
    let filter = CommitmentFilter {
        theme: chosen.theme.clone(),
        side: chosen.side.clone(),
        state: chosen.state,
        partner: chosen.partner.clone(),
    };
    let follow = match wanted {
        Commitments::Report(_) => filter.report(),
        Commitments::Matrix(_) | Commitments::List(_) => filter.follow(),
    };
    let view = node.app.follow_up(&actor, &follow)?;
    let words = say::words();
    if context.json {
        say::json(&entente_web::commitments_json(&view, &filter));
        return Ok(());
    }
    say::out(&match wanted {
        Commitments::Matrix(_) => entente_web::commitments_matrix(words, &view, &filter),
        Commitments::List(_) => entente_web::commitments_list(words, &view, &filter),
        Commitments::Report(_) => entente_web::commitments_report(words, &view, &filter),
    });
    Ok(())
}
