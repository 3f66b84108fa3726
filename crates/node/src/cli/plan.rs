//! `entente plan`: the action plan of an investigation, its tasks and its joint action days, as text or as JSON: what the page shows.

use clap::Args;

use super::{CliError, Context, access, say};

/// Flags of `entente plan`.
#[derive(Debug, Args)]
pub struct Plan {
    #[command(flatten)]
    looking: access::Looking,
}

/// Runs `entente plan`.
pub fn run(context: &Context, wanted: &Plan) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let view = wanted
        .looking
        .at(app, |actor, dossier| app.plan_of(actor, dossier))?;
    match context.json {
        true => say::json(&entente_web::plan_json(&view)),
        false => say::out(&entente_web::plan_text(say::words(), &view, node.app.now())),
    }
    Ok(())
}
