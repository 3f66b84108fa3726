//! `entente chart`: the things of an investigation and the links between them, as text, as JSON, as a plate or as a file: what the page shows.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use entente_app::views::ChartUse;
use entente_app::{Actor, App, AppError};
use entente_core::ids::DossierId;
use entente_core::kinds::investigation;
use entente_web::{ChartAsked, ChartSeen, ChartTaken};

use super::{CliError, Context, access, evidence, made, pick, say};

/// Flags of `entente chart`.
#[derive(Debug, Args)]
pub struct Chart {
    /// Dossier, by number or identifier
    dossier: String,
    /// What is let through and shown, as the page's address says it: thing=…, around=1, what=phone, from=2015-01-01; see docs/chart.md
    #[arg(value_name = "NAME=VALUE", value_parser = pair)]
    asked: Vec<(String, String)>,
    /// Write a plate or a file, which must not exist, in place of text, recorded as an export: its ending says which of plate-a4.svg, plate-a3.svg,
    /// chart.graphml, things.csv, links.csv and case.jsonld (CASE/UCO, the whole dossier) it is
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or("NAME=VALUE")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

/// The form that a file's name ends with.
fn form(out: &std::path::Path) -> Result<ChartTaken, CliError> {
    let name = out
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let form = ChartTaken::ALL
        .into_iter()
        .find(|form| name.ends_with(form.name()));
    form.ok_or_else(|| {
        let names: Vec<&str> = ChartTaken::ALL.iter().map(|form| form.name()).collect();
        CliError::Usage(say::s("cli-chart-forms", names.join(", ")))
    })
}

/// What is said of a dossier that the officer sees and that is of a kind without a chart; nothing of any other.
fn no_chart(app: &App, actor: &Actor, dossier: DossierId) -> Option<CliError> {
    let seen = app.dossier_line(actor, dossier).ok();
    let other = seen.filter(|line| line.kind.name != investigation::KIND.name);
    other.map(|line| CliError::Refused(say::s("cli-chart-kind", line.number)))
}

/// Runs `entente chart`.
pub fn run(context: &Context, wanted: &Chart) -> Result<(), CliError> {
    let form = wanted.out.as_deref().map(form).transpose()?;
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let used = form.map_or(ChartUse::Look, ChartTaken::wanted);
    let app = &node.app;
    if let (Some(ChartTaken::Case), Some(out)) = (form, &wanted.out) {
        return evidence::taken_out(context, app, (actor, &wanted.why), (dossier, out));
    }
    let mut look = || {
        let mut missing = false;
        let look = |actor: &_| {
            let seen = app.chart(actor, dossier, used);
            missing = matches!(seen, Err(AppError::NotFound));
            seen
        };
        let seen = wanted.why.wherever_asked(app, &mut actor, look);
        seen.map_err(|error| {
            let other = missing.then(|| no_chart(app, &actor, dossier));
            other.flatten().unwrap_or(error)
        })
    };
    let query: BTreeMap<String, String> = wanted.asked.iter().cloned().collect();
    let words = say::words();
    if let (Some(form), Some(out)) = (form, &wanted.out) {
        return made::whole(out, |mut file| {
            let taken = entente_web::chart_taken(&look()?, form, &query, (words, app.now()));
            let taken = taken.ok_or_else(|| CliError::Refused(say::t("chart-too-large")))?;
            made::filled(&mut file, out, taken.as_bytes())?;
            say::line(&say::s("cli-evidence-taken-out", out.display()));
            Ok(())
        });
    }
    let view = look()?;
    let seen = ChartSeen::of(&view, &ChartAsked::of(&query), words, &|_| None);
    match context.json {
        true => say::json(&seen.json(&view)),
        false => say::out(&entente_web::chart_text(words, &view, &seen)),
    }
    Ok(())
}
