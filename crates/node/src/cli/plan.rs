//! `entente plan`: the action plan of an investigation, its tasks and its joint action days, as text or as JSON: what the page shows.

use clap::Args;
use entente_app::Actor;

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
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let app = &node.app;
    let looks = |actor: &Actor| app.plan_of(actor, dossier);
    let view = wanted.why.wherever_asked(app, &mut actor, looks)?;
    match context.json {
        true => say::json(&entente_web::plan_json(&view)),
        false => say::out(&entente_web::plan_text(say::words(), &view, node.app.now())),
    }
    Ok(())
}
