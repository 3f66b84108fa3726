//! `entente draft`: what waits for a second signature, read and decided.

use clap::{Args, Subcommand};
use entente_app::views::{DraftLine, DraftView};
use entente_app::{Actor, App, DraftId};
use serde_json::{Value, json};

use super::{CliError, Context, pick, say};

/// `entente draft`.
#[derive(Debug, Args)]
pub struct Draft {
    /// Officer who reads or decides
    #[arg(long = "as", value_name = "OFFICER", global = true)]
    officer: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// What waits for the officer's signature, and what they wrote
    List,
    /// One draft with what would leave
    Show {
        /// Draft, by identifier or the beginning of it
        draft: String,
    },
    /// Approve it: it leaves in its author's name
    Approve {
        /// Draft, by identifier or the beginning of it
        draft: String,
    },
    /// Give it back to its author
    Return {
        /// Draft, by identifier or the beginning of it
        draft: String,
        /// Why, in one line
        ground: String,
    },
    /// Take back what one wrote; it is destroyed
    TakeBack {
        /// Draft, by identifier or the beginning of it
        draft: String,
    },
    /// Sign afterwards what left by one signature
    Sign {
        /// Draft, by identifier or the beginning of it
        draft: String,
    },
    /// Refuse to sign afterwards
    Refuse {
        /// Draft, by identifier or the beginning of it
        draft: String,
        /// Why, in one line
        ground: String,
    },
    /// Close a refused signature: what follows from it was done
    Settle {
        /// Draft, by identifier or the beginning of it
        draft: String,
    },
}

/// Runs `entente draft`.
pub fn run(context: &Context, draft: &Draft) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, draft.officer.as_deref())?;
    let app = &node.app;
    let of = |text: &String| named(app, &actor, text);
    match &draft.verb {
        Verb::List => list(context, &app.drafts(&actor)?),
        Verb::Show { draft } => show(context, &app.draft(&actor, of(draft)?)?),
        Verb::Approve { draft } => {
            let recorded = app.approve_draft(&actor, of(draft)?)?;
            match context.json {
                true => say::json(&say::recorded_json(&recorded)),
                false => say::line(&say::s("cli-draft-left", recorded.entry)),
            }
        }
        Verb::Return { draft, ground } => {
            app.return_draft(&actor, of(draft)?, ground)?;
            done(context);
        }
        Verb::TakeBack { draft } => {
            app.take_draft_back(&actor, of(draft)?)?;
            done(context);
        }
        Verb::Sign { draft } => {
            app.sign_afterwards(&actor, of(draft)?)?;
            done(context);
        }
        Verb::Refuse { draft, ground } => {
            app.refuse_afterwards(&actor, of(draft)?, ground)?;
            done(context);
        }
        Verb::Settle { draft } => {
            app.settle_refused(&actor, of(draft)?)?;
            done(context);
        }
    }
    Ok(())
}

fn done(context: &Context) {
    match context.json {
        true => say::json(&json!({"done": true})),
        false => say::line(&say::t("cli-draft-done")),
    }
}

/// A draft by its identifier or the beginning of it, among those that the officer sees.
fn named(app: &App, actor: &Actor, text: &str) -> Result<DraftId, CliError> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let ids: Vec<DraftId> = app.drafts(actor)?.iter().map(|line| line.id).collect();
    pick::beginning(ids, &say::t("cli-draft"), text)
}

fn list(context: &Context, lines: &[DraftLine]) {
    if context.json {
        say::json(&lines.iter().map(line_json).collect());
        return;
    }
    for line in lines {
        say::line(&as_text(line));
    }
}

fn as_text(line: &DraftLine) -> String {
    let words = say::words();
    let short: String = line.id.to_string().chars().take(8).collect();
    let dossier = line.dossier.as_ref();
    let number = dossier.map_or_else(String::new, |d| d.number.clone());
    let late = match line.overdue {
        true => format!(" ({})", words.t("draft-overdue")),
        false => String::new(),
    };
    format!(
        "{short} {} {} {} {} {}{late}",
        say::time(line.at),
        number,
        words.label(line.entry_type.label),
        say::free(&line.author),
        words.t(entente_web::draft_heading(line)),
    )
}

fn line_json(line: &DraftLine) -> Value {
    json!({
        "id": line.id.to_string(), "state": line.state.name(), "type": line.entry_type.name, "author": line.author,
        "dossier": line.dossier.as_ref().map(|d| d.id.to_string()), "entry": line.entry.map(|e| e.to_string()),
        "mine": line.mine, "at": say::time(line.at), "due": say::time(line.due), "overdue": line.overdue,
    })
}

fn show(context: &Context, view: &DraftView) {
    let said = view.preview.as_ref().map(|seen| {
        let values = seen.values.values.iter();
        let values: serde_json::Map<String, Value> = values
            .map(|(name, value)| (name.clone(), value.json()))
            .collect();
        let files = seen.files.iter();
        let files: Vec<Value> = files.map(|f| json!({"name": f.name, "size": f.size})).collect();
        let codes: Vec<&str> = seen.header.handling.codes.names().map(|(n, _)| n).collect();
        json!({"values": values, "files": files, "audience": seen.header.audience, "readers": seen.readers, "codes": codes})
    });
    if context.json {
        say::json(
            &json!({"line": line_json(&view.line), "leaves": said, "stale": view.stale, "lost": view.lost, "grounds": view.grounds}),
        );
        return;
    }
    say::line(&as_text(&view.line));
    for ground in &view.grounds {
        say::line(&format!("{} {}", say::t("draft-ground"), say::free(ground)));
    }
    if view.lost {
        say::line(&say::t("signing-fault-lost"));
    }
    if view.stale.is_some() {
        say::line(&say::t("draft-cannot-leave"));
    }
    let Some(seen) = &view.preview else { return };
    let audience: Vec<String> = seen.readers.iter().map(ToString::to_string).collect();
    say::line(&format!(
        "{}: {}",
        say::t("preview-readers"),
        audience.join(" ")
    ));
    for field in seen.fields {
        if let Some(value) = seen.values.values.get(field.name) {
            let label = say::words().label(field.label);
            say::line(&format!("{label}: {}", say::free(value.display())));
        }
    }
    for file in &seen.files {
        say::line(&format!("+ {} ({})", say::free(&file.name), file.size));
    }
}
