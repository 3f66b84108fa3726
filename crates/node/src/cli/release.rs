//! `entente release`: what our node wrote in earlier dossiers, listed and released into one that continues them (rule 16).

use clap::Args;
use entente_app::views::{ReleasableView, ReleaseView};
use entente_app::{Releasing, Unreleasable};
use entente_core::handling::HandlingCodes;
use entente_core::ids::EntryId;
use serde_json::json;

use super::link::warn_of_stopped;
use super::{CliError, Context, pick, say};

/// `entente release`.
#[derive(Debug, Args)]
pub struct Release {
    /// Dossier to release into, by number or identifier: one that continues earlier dossiers
    dossier: String,
    /// Entries to release, by identifier or the beginning of it; none: list what may be released
    entries: Vec<String>,
    /// Release everything that may be released
    #[arg(long, conflicts_with = "entries")]
    all: bool,
    /// Conditions beyond those that each entry has
    #[arg(long, value_name = "CODE", value_parser = ["H0", "H1", "H2", "H3"])]
    handling: Vec<String>,
    /// Officer who decides
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Runs `entente release`.
pub fn run(context: &Context, release: &Release) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, release.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &release.dossier)?;
    let view = node.app.releasable(&actor, dossier)?;
    if release.entries.is_empty() && !release.all {
        list(context, &view);
        return Ok(());
    }
    let entries = match release.all {
        true => ready(&view).map(|one| one.entry.id).collect(),
        false => named(&view, &release.entries)?,
    };
    let releasing = Releasing {
        dossier,
        entries,
        handling: HandlingCodes::parse(&release.handling.join("+")),
        necessity: None,
        basis: None,
    };
    let done = node.app.release(&actor, &releasing)?;
    let done = done.into_iter().map(say::unsigned);
    let done = done.collect::<Result<Vec<_>, _>>()?;
    warn_of_stopped(&node.app, dossier)?;
    if context.json {
        say::json(&done.iter().map(say::submitted_json).collect());
        return Ok(());
    }
    for submitted in done {
        let what = say::words().label(entente_core::kinds::release::RELEASE.label);
        say::submitted(what, submitted);
    }
    Ok(())
}

fn every(view: &ReleaseView) -> impl Iterator<Item = &ReleasableView> {
    view.earlier.iter().flat_map(|e| &e.entries)
}

fn ready(view: &ReleaseView) -> impl Iterator<Item = &ReleasableView> {
    every(view).filter(|one| one.cannot.is_none())
}

/// Entries by identifier or the beginning of one: among those that are listed, or whole.
fn named(view: &ReleaseView, texts: &[String]) -> Result<Vec<EntryId>, CliError> {
    let one = |text: &String| {
        if let Ok(id) = text.parse() {
            return Ok(id);
        }
        let ids: Vec<EntryId> = every(view).map(|one| one.entry.id).collect();
        pick::beginning(ids, &say::t("cli-entry"), text)
    };
    texts.iter().map(one).collect()
}

fn list(context: &Context, view: &ReleaseView) {
    if context.json {
        let one = |one: &ReleasableView| {
            json!({"entry": one.entry.id.to_string(), "dossier": one.entry.dossier.to_string(), "type": one.entry.type_name,
                "at": say::time(one.entry.at), "words": words(one), "files": one.entry.files.len(), "cannot": one.cannot.map(reason)})
        };
        say::json(&every(view).map(one).collect());
        return;
    }
    if view.earlier.is_empty() {
        say::line(&say::t("release-none"));
    }
    for earlier in &view.earlier {
        say::line(&format!(
            "{} {} {}",
            say::t("history-of"),
            earlier.dossier.number,
            earlier.dossier.title
        ));
        if !earlier.dossier.visible {
            say::line(&say::t("release-not-ours"));
        }
        for one in &earlier.entries {
            say::line(&entry_line(one));
        }
        if earlier.left_out > 0 {
            say::line(&say::words().count("release-left-out", earlier.left_out));
        }
    }
}

fn entry_line(one: &ReleasableView) -> String {
    let e = &one.entry;
    let label = e.entry_type.map(|t| say::words().label(t.label));
    let label = label.unwrap_or(e.type_name.as_str());
    let cannot = one.cannot.map(reason).map(|why| format!(" ({why})"));
    format!(
        "  {} {} {label}: {}{}",
        e.id.short(),
        say::time(e.at),
        words(one),
        cannot.unwrap_or_default()
    )
}

fn words(one: &ReleasableView) -> String {
    entente_web::releasable_words(one, 80)
}

fn reason(why: Unreleasable) -> String {
    entente_web::unreleasable(say::words().lang, why)
}
