//! `entente programme`: how a programme stands, or its agreement article by article, as text or as JSON.

use clap::Args;

use super::{CliError, Context, access, say};

/// Flags of `entente programme`.
#[derive(Debug, Args)]
pub struct Programme {
    /// The text of the agreement that is in force, else of the clauses that are agreed so far
    #[arg(long)]
    agreement: bool,
    #[command(flatten)]
    looking: access::Looking,
}

/// Runs `entente programme`.
pub fn run(context: &Context, wanted: &Programme) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let view = wanted
        .looking
        .at(app, |actor, dossier| app.programme(actor, dossier))?;
    let words = say::words();
    match (context.json, wanted.agreement) {
        (true, _) => say::json(&entente_web::programme_json(&view)),
        (false, true) => say::out(&entente_web::agreement_text(words, &view)),
        (false, false) => say::out(&entente_web::programme_text(words, &view)),
    }
    Ok(())
}
