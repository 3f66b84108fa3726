//! `entente admission`: access asked for by a dossier's number, and what is to be answered.

use clap::{Args, Subcommand};
use entente_app::views::{AdmissionLine, AdmissionTask, Admissions};
use entente_app::{Asking, InputFault, called};
use entente_core::access::Reason;
use serde_json::{Value, json};

use super::{CliError, Context, pick, say};

/// `entente admission`.
#[derive(Debug, Args)]
pub struct Admission {
    /// Officer who asks or answers
    #[arg(long = "as", value_name = "OFFICER", global = true)]
    officer: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The officer's requests, and those that they are to answer
    List,
    /// Ask for access; the answer is the same whether there is such a dossier or not
    Ask {
        /// Number of the dossier, such as MA-12
        number: String,
        /// Why: assigned, stand_in, coordination, supervision, court, data_subject, danger
        reason: String,
        /// Service that would take part [default: the officer's usual one]
        #[arg(long, value_name = "SERVICE")]
        service: Option<String>,
    },
    /// Grant a request, by bringing its service into the dossier
    Grant {
        /// Name of the request
        request: String,
    },
    /// Refuse a request; nobody is told
    Refuse {
        /// Name of the request
        request: String,
    },
}

/// Runs `entente admission`.
pub fn run(context: &Context, admission: &Admission) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, admission.officer.as_deref())?;
    match &admission.verb {
        Verb::List => list(context, &node.app.admissions(&actor)?),
        Verb::Ask {
            number,
            reason,
            service,
        } => {
            let wrong = || CliError::from(entente_app::AppError::from(InputFault::ReasonText));
            let service = service.as_ref().map(|text| text.parse());
            let strange = |_| CliError::Usage(say::t("input-fault-officer-services"));
            let asking = Asking {
                number: number.clone(),
                service: service.transpose().map_err(strange)?,
                reason: Reason::parse(reason).ok_or_else(wrong)?,
            };
            node.app.ask_admission(&actor, &asking)?;
            done(context, "cli-admission-asked");
        }
        Verb::Grant { request } => {
            node.app.decide_admission(&actor, request, true)?;
            done(context, "cli-admission-decided");
        }
        Verb::Refuse { request } => {
            node.app.decide_admission(&actor, request, false)?;
            done(context, "cli-admission-decided");
        }
    }
    Ok(())
}

fn done(context: &Context, key: &str) {
    match context.json {
        true => say::json(&json!({"done": true})),
        false => say::line(&say::t(key)),
    }
}

fn list(context: &Context, all: &Admissions) {
    if context.json {
        let own: Vec<Value> = all.own.iter().map(line_json).collect();
        let tasks: Vec<Value> = all.tasks.iter().map(task_json).collect();
        say::json(&json!({"own": own, "tasks": tasks}));
        return;
    }
    for line in &all.own {
        say::line(&as_text(line));
    }
    for task in &all.tasks {
        let words = say::words();
        let barred = match task.barred {
            Some(_) => format!(" ({})", words.t("admission-refuse")),
            None => String::new(),
        };
        let who = say::free(called(&task.who.name, words.lang));
        let title = say::free(&task.dossier.title);
        say::line(&format!("{} {who} {title}{barred}", as_text(&task.line)));
    }
}

fn as_text(line: &AdmissionLine) -> String {
    format!(
        "{} {} {} {} {}",
        line.name,
        say::time(line.at),
        line.number,
        line.service,
        say::words().label(line.reason.label()),
    )
}

fn line_json(line: &AdmissionLine) -> Value {
    json!({
        "name": line.name, "number": line.number, "service": line.service, "reason": line.reason,
        "at": say::time(line.at), "until": say::time(line.until),
    })
}

fn task_json(task: &AdmissionTask) -> Value {
    json!({
        "request": line_json(&task.line), "officer": task.who.id, "roles": task.roles,
        "dossier": task.dossier.id.to_string(), "barred": task.barred.as_ref().map(|bar| bar.name()),
    })
}
