//! `entente meetings`: a series, the agenda of its next meeting, a meeting for a calendar, and what a calendar program answered.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use entente_app::AppError;
use entente_core::ids::EntryId;

use super::{CliError, Context, access, say};

/// Commands of `entente meetings`.
#[derive(Debug, Subcommand)]
pub enum Meetings {
    /// The meetings of a series with how each stands, and what was decided
    List(Seen),
    /// The agenda of the next meeting: what became of decisions, then what the ledger puts on it
    Agenda(Seen),
    /// A meeting as a file for calendars; the next one if none is named
    Calendar(Calendar),
    /// Reads the answer that a calendar program wrote, and names the form that it fills: nothing is recorded
    Take(Take),
}

/// Flags of what only looks.
#[derive(Debug, Args)]
pub struct Seen {
    #[command(flatten)]
    looking: access::Looking,
}

/// Flags of `entente meetings calendar`.
#[derive(Debug, Args)]
pub struct Calendar {
    #[command(flatten)]
    looking: access::Looking,
    /// The invitation
    #[arg(long, value_name = "ENTRY")]
    meeting: Option<EntryId>,
}

/// Flags of `entente meetings take`.
#[derive(Debug, Args)]
pub struct Take {
    #[command(flatten)]
    looking: access::Looking,
    /// The answer, an iCalendar file
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
}

/// Runs `entente meetings`.
pub fn run(context: &Context, wanted: &Meetings) -> Result<(), CliError> {
    match wanted {
        Meetings::List(seen) => shown(context, seen, entente_web::meetings_text),
        Meetings::Agenda(seen) => shown(context, seen, entente_web::meetings_agenda_text),
        Meetings::Calendar(wanted) => calendar(context, wanted),
        Meetings::Take(wanted) => take(context, wanted),
    }
}

fn shown(
    context: &Context,
    seen: &Seen,
    text: impl Fn(entente_web::Words, &entente_app::views::MeetingsView) -> String,
) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let view = seen
        .looking
        .at(app, |actor, dossier| app.meetings(actor, dossier))?;
    match context.json {
        true => say::json(&entente_web::meetings_json(&view)),
        false => say::out(&text(say::words(), &view)),
    }
    Ok(())
}

fn calendar(context: &Context, wanted: &Calendar) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let file = wanted.looking.at(app, |actor, dossier| {
        let view = app.meetings(actor, dossier)?;
        let mut all = view.meetings.iter();
        let named = match wanted.meeting {
            Some(entry) => all.find(|one| one.entry == entry),
            None => view.next(),
        };
        app.meeting_file(actor, named.ok_or(AppError::NotFound)?.entry)
    })?;
    say::out(&file.text);
    Ok(())
}

fn take(context: &Context, wanted: &Take) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let bytes = std::fs::read(&wanted.file).map_err(|e| CliError::Refused(e.to_string()))?;
    let (dossier, answer) = wanted.looking.at(app, |actor, dossier| {
        Ok((dossier, app.meeting_answer(actor, dossier, &bytes)?))
    })?;
    match answer {
        Ok(answer) => say::out(&(entente_web::meetings_form(dossier, answer) + "\n")),
        Err(why) => {
            return Err(CliError::Refused(say::t(entente_web::meetings_refused(
                why,
            ))));
        }
    }
    Ok(())
}
