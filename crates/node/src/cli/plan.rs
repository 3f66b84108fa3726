//! `entente plan`: the action plan of an investigation, its tasks and its joint action days, as text or as JSON: what the page shows.

use clap::Args;
use entente_core::access::Wanted;

use super::{CliError, Context, access, pick, say};

/// Flags of `entente plan`.
#[derive(Debug, Args)]
pub struct Plan {
    /// Dossier, by number or identifier
    dossier: String,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Runs `entente plan`.
pub fn run(context: &Context, wanted: &Plan) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let actor = wanted
        .why
        .given(&node.app, actor, (Wanted::Enter, dossier))?;
    let view = node.app.plan_of(&actor, dossier)?;
    match context.json {
        true => say::json(&entente_web::plan_json(&view)),
        false => say::out(&entente_web::plan_text(say::words(), &view, node.app.now())),
    }
    Ok(())
}
