//! `entente policy`: why an officer may or may not do something, in words; and the policies themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use entente_app::{Actor, App, On, Reasons};
use entente_core::codes::Role;
use entente_core::conditions::Answer;
use entente_core::floor::{About, Action};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds;
use entente_policy::{Advice, DEFAULT, SCHEMA, Titled};
use serde_json::{Value, json};

use super::{CliError, Context, pick, say};
use crate::config::Layout;
use crate::node::{make_private_folder, write_private};
use crate::policies;

/// Commands on policies.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Say why an officer may or may not do something
    Explain {
        /// The officer, by sign-in
        officer: String,
        /// What: see, read, open_file, export, open, write, answer, decide, approve, approve_alone, configure, release, erase, propose, sign, suspend,
        /// links, figures, carry, restart, administer or inspect
        #[arg(value_parser = action)]
        action: Action,
        /// In which dossier or on which entry, by identifier; or a kind, such as request, for a dossier to come
        about: Option<String>,
    },
    /// Read the policies of a folder, hold them against the schema and list them; without one, those of this node
    Check {
        /// A folder of files *.cedar
        folder: Option<PathBuf>,
    },
    /// Write the default policies and their schema into a new folder, to start from
    Defaults {
        /// The folder, such as policies in the data directory
        folder: PathBuf,
    },
}

fn action(text: &str) -> Result<Action, String> {
    let names: Vec<&str> = Action::ALL.iter().map(|a| a.as_str()).collect();
    Action::parse(text).ok_or_else(|| format!("one of {}", names.join(", ")))
}

/// Runs a command on policies.
pub fn run(context: &Context, policy: &Policy) -> Result<(), CliError> {
    match policy {
        Policy::Explain {
            officer,
            action,
            about,
        } => explain(context, officer, *action, about.as_deref()),
        Policy::Check { folder } => check(context, folder.as_deref()),
        Policy::Defaults { folder } => defaults(folder),
    }
}

fn explain(
    context: &Context,
    officer: &str,
    action: Action,
    about: Option<&str>,
) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, Some(officer))?;
    let on = asked(&node.app, action, about)?;
    let reasons = node.app.explain(&actor, action, on)?;
    if context.json {
        say::json(&as_json(&actor, action, &reasons));
        return Ok(());
    }
    let words = say::words();
    let may = match allowed(&reasons) {
        true => "cli-policy-may",
        false => "cli-policy-may-not",
    };
    say::line(&say::two(may, &actor.id, words.label(action.label())));
    let services: Vec<String> = actor.services.iter().map(ToString::to_string).collect();
    let services = services.join(words.comma());
    say::line(&say::two("cli-policy-who", roles(&actor.roles), services));
    if let Some(service) = &reasons.through {
        say::line(&say::s("cli-policy-through", service));
    }
    if let Some(bar) = reasons.explanation.bar {
        say::line(&say::s("cli-policy-floor", words.label(bar.label())));
    } else if reasons.explanation.by.is_empty() {
        say::line(&say::t("cli-policy-none"));
    }
    for titled in &reasons.explanation.by {
        say::line(&sentence(titled));
    }
    if let Some(answer) = reasons.condition.filter(|answer| !answer.allowed()) {
        say::line(&say::s("cli-policy-condition", words.label(answer.label())));
    }
    match reasons.open_to.is_empty() {
        true => say::line(&say::t("cli-policy-open-to-nobody")),
        false => say::line(&say::s("cli-policy-open-to", roles(&reasons.open_to))),
    }
    Ok(())
}

/// Whether policies allow it and no condition of an originator bars it.
fn allowed(reasons: &Reasons) -> bool {
    reasons.explanation.allowed && reasons.condition.is_none_or(Answer::allowed)
}

/// What a question is about, as far as its action needs it.
fn asked(app: &App, action: Action, about: Option<&str>) -> Result<On, CliError> {
    let Some(text) = about else {
        return match action.about() {
            About::Node => Ok(On::Node),
            _ => Err(CliError::Usage(say::t("cli-policy-about"))),
        };
    };
    if action.about() == About::Node {
        return Err(CliError::Usage(say::t("cli-policy-about-node")));
    }
    if let Some(kind) = kinds::find(text) {
        return match action.about() {
            About::Dossier => Ok(On::Kind(kind)),
            _ => Err(CliError::Usage(say::t("cli-policy-about"))),
        };
    }
    let entry: Option<EntryId> = text.parse().ok();
    let Some(entry) = entry else {
        return Err(CliError::Usage(say::t("cli-policy-about")));
    };
    // A dossier bears the identifier of the entry that opened it.
    let dossier: Option<DossierId> = text.parse().ok();
    let here = dossier.filter(|id| app.has_dossier(*id).unwrap_or(false));
    Ok(match (action.about(), here) {
        (About::Dossier, Some(dossier)) => On::Dossier(dossier),
        _ => On::Entry(entry),
    })
}

fn roles(roles: &[Role]) -> String {
    let words = say::words();
    let said: Vec<&str> = roles.iter().map(|r| words.label(r.label())).collect();
    said.join(words.comma())
}

fn sentence(titled: &Titled) -> String {
    let key = match titled.forbids {
        true => "cli-policy-forbids",
        false => "cli-policy-permits",
    };
    let title = say::free(titled.title(say::words().lang));
    say::two(key, say::plain(&titled.id), title)
}

fn as_json(actor: &Actor, action: Action, reasons: &Reasons) -> Value {
    let by = reasons.explanation.by.iter().map(titled_json);
    let open_to = reasons.open_to.iter().map(|role| role.as_str());
    json!({
        "officer": actor.id, "action": action.as_str(), "allowed": allowed(reasons),
        "floor": reasons.explanation.bar.map(|bar| bar.as_str()),
        "condition": reasons.condition.map(|answer| answer.as_str()),
        "policies": by.collect::<Vec<_>>(),
        "through": reasons.through.as_ref().map(ToString::to_string),
        "open_to": open_to.collect::<Vec<_>>(),
    })
}

fn titled_json(titled: &Titled) -> Value {
    json!({"id": titled.id, "file": titled.file, "forbids": titled.forbids, "title": titled.title(say::words().lang)})
}

fn check(context: &Context, folder: Option<&Path>) -> Result<(), CliError> {
    let policies = match folder {
        Some(folder) => Arc::new(policies::of_folder(folder)?),
        None => policies::of(&Layout::new(context.data()))?,
    };
    if context.json {
        let all: Vec<Value> = policies.titles().iter().map(titled_json).collect();
        let advice: Vec<Value> = policies.advice().iter().map(advice_json).collect();
        say::json(&json!({"policies": all, "advice": advice}));
        return Ok(());
    }
    for titled in policies.titles() {
        say::line(&sentence(titled));
    }
    say::line(&say::s("cli-policy-sound", policies.titles().len()));
    for one in policies.advice() {
        say::line(&advised(&one));
    }
    Ok(())
}

/// A set that was made for a program of before is sound, and yet people may miss something: it is said, and nothing is refused for it.
fn advised(advice: &Advice) -> String {
    match advice {
        Advice::Lacks { action, policy } => {
            let what = say::words().label(action.label());
            let what = format!("{what} ({})", action.as_str());
            say::two("cli-policy-lacks", what, say::plain(policy))
        }
        Advice::Retired(id) => say::s("cli-policy-retired", say::plain(id)),
    }
}

fn advice_json(advice: &Advice) -> Value {
    match advice {
        Advice::Lacks { action, policy } => json!({"lacks": action.as_str(), "default": policy}),
        Advice::Retired(id) => json!({"retired": id}),
    }
}

fn defaults(folder: &Path) -> Result<(), CliError> {
    if folder.exists() {
        return Err(CliError::Refused(say::s("cli-exists", folder.display())));
    }
    make_private_folder(folder)?;
    for (name, text) in DEFAULT {
        write_private(&folder.join(name), text.as_bytes())?;
    }
    write_private(&folder.join("schema.cedarschema"), SCHEMA.as_bytes())?;
    say::line(&say::s("cli-policy-written", folder.display()));
    Ok(())
}
