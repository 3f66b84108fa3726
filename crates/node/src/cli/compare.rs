//! `entente compare`: whether the other states plan something near an own plan, or near a place and a time that are typed, without telling them;
//! answering when they ask, and what came of it.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use entente_app::{Actor, Recording};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::compare::{
    COMPARE, COMPARED, FROM, OUTCOME, PLAN, UNTIL, WHERE,
};

use super::link::warn_of_stopped;
use super::{CliError, Context, access, pick, say};
use crate::node::Node;

/// Subcommands of `entente compare`.
#[derive(Debug, Subcommand)]
pub enum Compare {
    /// Comparisons of an investigation: what was asked, how it stands, what was found
    List(List),
    /// Ask the other states whether they plan something near: only blinded points leave
    Ask(Ask),
    /// Answer a comparison that was asked of us: the node compares all that our services plan, and shows nothing of it
    Answer(On),
    /// Tell the other side what came of a comparison that it answered
    Tell(On),
}

/// Flags of `entente compare list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    looking: access::Looking,
}

/// Flags of `entente compare ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// Dossier, by number or identifier
    dossier: String,
    /// Own task or action day to compare, by identifier or the beginning of it; or else a place and a time that are on no plan, by --place and --from
    #[arg(long, value_name = "ENTRY", required_unless_present = "place")]
    plan: Option<String>,
    /// A place that is on no plan, with coordinates after its name where they are known, as in "North depot (35.785, -5.809)"; without them only the
    /// same name is met
    #[arg(long, value_name = "TEXT", requires = "from", conflicts_with = "plan")]
    place: Option<String>,
    /// From when something is planned there, in UTC
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM", requires = "place", value_parser = moment)]
    from: Option<String>,
    /// Until when, in UTC
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM", requires = "place", value_parser = moment)]
    until: Option<String>,
    /// Officer who asks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// A moment in UTC, as it is written; what is none is told how one is.
fn moment(text: &str) -> Result<String, String> {
    let read = Instant::parse(text).map(|_| text.to_owned());
    read.ok_or_else(|| "expected a moment in UTC, as in 2026-03-01T05:30".to_owned())
}

/// Flags of `entente compare answer` and `entente compare tell`.
#[derive(Debug, Args)]
pub struct On {
    /// Obligation, by number or identifier
    obligation: String,
    /// Officer who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Runs `entente compare`.
pub fn run(context: &Context, compare: &Compare) -> Result<(), CliError> {
    match compare {
        Compare::List(wanted) => list(context, wanted),
        Compare::Ask(wanted) => ask(context, wanted),
        Compare::Answer(on) => act(context, on, &COMPARED),
        Compare::Tell(on) => act(context, on, &OUTCOME),
    }
}

fn list(context: &Context, wanted: &List) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let looks = |actor: &Actor, dossier| app.comparisons_of(actor, dossier);
    let view = wanted.looking.at(app, looks)?;
    if context.json {
        say::json(&entente_web::comparisons_json(&view));
        return Ok(());
    }
    let lines = entente_web::comparisons_text(say::words(), &view);
    match lines.is_empty() {
        true => say::line(&say::t("compare-none")),
        false => say::line(&lines.join("\n")),
    }
    Ok(())
}

fn ask(context: &Context, wanted: &Ask) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(text) = &wanted.plan {
        let looks = |actor: &Actor| node.app.comparisons_of(actor, dossier);
        let view = wanted.why.wherever_asked(&node.app, &mut actor, looks)?;
        let plan = match text.parse::<EntryId>() {
            Ok(id) => id,
            Err(_) => pick::beginning(view.compared.offered, &say::t("cli-entry"), text)?,
        };
        values.insert(PLAN.to_owned(), vec![plan.to_string()]);
    }
    let typed = [
        (WHERE, &wanted.place),
        (FROM, &wanted.from),
        (UNTIL, &wanted.until),
    ];
    for (name, text) in typed {
        values.extend(text.clone().map(|text| (name.to_owned(), vec![text])));
    }
    let values = Values::parse(COMPARE.fields, &values, None)
        .map_err(|errors| CliError::Refused(say::fields(&errors)))?;
    let recording = Recording {
        dossier: Some(dossier),
        entry_type: COMPARE.name.to_owned(),
        values,
        ..Recording::default()
    };
    submit(context, &node, (&actor, recording), &COMPARE)
}

/// Acts on what was asked: nobody types anything, the node fills it in.
fn act(context: &Context, on: &On, entry_type: &'static EntryType) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, on.officer.as_deref())?;
    let target = pick::obligation(&node.app, &actor, &on.obligation)?;
    let dossier: DossierId = node.app.obligation(&actor, target)?.dossier;
    let recording = Recording {
        dossier: Some(dossier),
        entry_type: entry_type.name.to_owned(),
        target: Some(target),
        ..Recording::default()
    };
    submit(context, &node, (&actor, recording), entry_type)
}

fn submit(
    context: &Context,
    node: &Node,
    (actor, recording): (&Actor, Recording),
    entry_type: &EntryType,
) -> Result<(), CliError> {
    let dossier = recording.dossier;
    let submitted = say::unsigned(node.app.submit(actor, recording, None)?)?;
    match context.json {
        true => say::json(&say::submitted_json(&submitted)),
        false => say::submitted(say::words().label(entry_type.label), submitted),
    }
    dossier.map_or(Ok(()), |dossier| warn_of_stopped(&node.app, dossier))
}
