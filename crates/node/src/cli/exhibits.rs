//! `entente exhibits`: the exhibits of an investigation with their custody, as text or as JSON.

use clap::Args;

use super::{CliError, Context, access, say};

/// Flags of `entente exhibits`.
#[derive(Debug, Args)]
pub struct Exhibits {
    #[command(flatten)]
    looking: access::Looking,
}

/// Runs `entente exhibits`.
pub fn run(context: &Context, wanted: &Exhibits) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let all = wanted
        .looking
        .at(app, |actor, dossier| app.exhibits(actor, dossier))?;
    match context.json {
        true => say::json(&entente_web::exhibits_json(&all)),
        false => say::out(&entente_web::exhibits_text(say::words(), &all)),
    }
    Ok(())
}
