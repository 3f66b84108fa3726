//! `entente exhibits`: the exhibits of an investigation with their custody, as text or as JSON.

use clap::Args;
use entente_app::Actor;

use super::{CliError, Context, access, pick, say};

/// Flags of `entente exhibits`.
#[derive(Debug, Args)]
pub struct Exhibits {
    /// Dossier, by number or identifier
    dossier: String,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Runs `entente exhibits`.
pub fn run(context: &Context, wanted: &Exhibits) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let app = &node.app;
    let looks = |actor: &Actor| app.exhibits(actor, dossier);
    let all = wanted.why.wherever_asked(app, &mut actor, looks)?;
    match context.json {
        true => say::json(&entente_web::exhibits_json(&all)),
        false => say::out(&entente_web::exhibits_text(say::words(), &all)),
    }
    Ok(())
}
