//! `entente lessons`: how far each lesson of a dossier has come and who owes its next step, as text or as JSON.

use clap::Subcommand;

use super::{CliError, Context, access, say};

/// Subcommands of `entente lessons`.
#[derive(Debug, Subcommand)]
pub enum Lessons {
    /// The lessons of a dossier by how far they have come
    List(access::Looking),
}

/// Runs `entente lessons`.
pub fn run(context: &Context, wanted: &Lessons) -> Result<(), CliError> {
    let Lessons::List(looking) = wanted;
    let node = context.open()?;
    let app = &node.app;
    let view = looking.at(app, |actor, dossier| app.lessons(actor, dossier))?;
    match context.json {
        true => say::json(&entente_web::lessons_json(&view)),
        false => say::out(&entente_web::lessons_text(say::words(), &view)),
    }
    Ok(())
}
