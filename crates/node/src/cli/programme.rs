//! `entente programme`: how a programme stands, or its agreement article by article, as text or as JSON.

use clap::Args;
use entente_app::Actor;

use super::{CliError, Context, access, pick, say};

/// Flags of `entente programme`.
#[derive(Debug, Args)]
pub struct Programme {
    /// Dossier, by number or identifier
    dossier: String,
    /// The text of the agreement that is in force, else of the clauses that are agreed so far
    #[arg(long)]
    agreement: bool,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Runs `entente programme`.
pub fn run(context: &Context, wanted: &Programme) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let looks = |actor: &Actor| node.app.programme(actor, dossier);
    let view = wanted.why.wherever_asked(&node.app, &mut actor, looks)?;
    let words = say::words();
    match (context.json, wanted.agreement) {
        (true, _) => say::json(&entente_web::programme_json(&view)),
        (false, true) => say::out(&entente_web::agreement_text(words, &view)),
        (false, false) => say::out(&entente_web::programme_text(words, &view)),
    }
    Ok(())
}
