//! `entente request`: the request's own words for the generic verbs of `entente write`, over the same definitions.

use clap::{Args, Subcommand};
use entente_app::views::{BodyView, DossierQuery};
use serde_json::json;

use super::{CliError, Context, pick, say, write};

/// `entente request`.
#[derive(Debug, Args)]
pub struct Request {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Ask for information: opens a request
    Open(Rest),
    /// Answer, wholly or --partial
    Answer(Rest),
    /// Refuse with a ground
    Refuse(Rest),
    /// Give a new date with a reason
    Extend(Rest),
    /// Acknowledge
    Acknowledge(Rest),
    /// Say that work goes on
    Progress(Rest),
    /// Say that a judge must authorise
    Await(Rest),
    /// Ask for further details: the clock stops
    DetailsNeeded(Rest),
    /// Give further details: the clock runs again
    Details(Rest),
    /// Say what became of what was given
    Feedback(Rest),
    /// Take the request back
    Withdraw(Rest),
    /// No longer insist
    Waive(Rest),
    /// Contest an answer, a ground or a date
    Contest(Rest),
    /// Propose when an ask or an answer was really received
    ReceiptTime(Rest),
    /// Agree with the receipt time that the other side proposed
    AgreeReceiptTime(Rest),
    /// List the requests
    List {
        /// Officer who looks
        #[arg(long = "as", value_name = "OFFICER")]
        officer: Option<String>,
    },
    /// Show a request with its entries and obligations
    Show {
        /// Number or identifier
        number: String,
        /// Officer who looks
        #[arg(long = "as", value_name = "OFFICER")]
        officer: Option<String>,
    },
}

#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
struct Rest {
    /// Where it goes, who writes it, and its fields; --help shows them
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "FLAGS"
    )]
    rest: Vec<String>,
}

/// Runs `entente request`.
pub fn run(context: &Context, request: Request) -> Result<(), CliError> {
    let (entry_type, verb, rest) = match request.verb {
        Verb::List { officer } => return list(context, officer.as_deref()),
        Verb::Show { number, officer } => return show(context, &number, officer.as_deref()),
        Verb::Open(rest) => ("request.open", "open", rest),
        Verb::Answer(rest) => ("request.answer", "answer", rest),
        Verb::Refuse(rest) => ("refuse", "refuse", rest),
        Verb::Extend(rest) => ("extend", "extend", rest),
        Verb::Acknowledge(rest) => ("acknowledge", "acknowledge", rest),
        Verb::Progress(rest) => ("progress", "progress", rest),
        Verb::Await(rest) => ("await_authorisation", "await", rest),
        Verb::DetailsNeeded(rest) => ("details_needed", "details-needed", rest),
        Verb::Details(rest) => ("details", "details", rest),
        Verb::Feedback(rest) => ("feedback", "feedback", rest),
        Verb::Withdraw(rest) => ("withdraw", "withdraw", rest),
        Verb::Waive(rest) => ("waive", "waive", rest),
        Verb::Contest(rest) => ("contest", "contest", rest),
        Verb::ReceiptTime(rest) => ("receipt_time", "receipt-time", rest),
        Verb::AgreeReceiptTime(rest) => ("agree_receipt_time", "agree-receipt-time", rest),
    };
    write::run_type(
        context,
        entry_type,
        &format!("entente request {verb}"),
        &rest.rest,
    )
}

fn list(context: &Context, officer: Option<&str>) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, officer)?;
    let mut lines = Vec::new();
    for page in 0.. {
        let list = node.app.dossiers(
            &actor,
            &DossierQuery {
                kind: Some("request".into()),
                page,
                ..DossierQuery::default()
            },
        )?;
        if list.lines.is_empty() {
            break;
        }
        lines.extend(list.lines);
    }
    if context.json {
        let each = |d: &entente_app::views::DossierLine| json!({"id": d.id.to_string(), "number": d.number, "title": d.title, "phase": d.phase.as_str(), "opened": say::time(d.opened), "updated": say::time(d.updated), "open": d.open, "overdue": d.overdue});
        say::json(&lines.iter().map(each).collect());
        return Ok(());
    }
    for d in lines {
        let mut owed = say::words().count("cli-open", d.open);
        if d.overdue > 0 {
            let overdue = say::words().count("overdue-count", d.overdue);
            owed = format!("{owed}{}{overdue}", say::words().comma());
        }
        let columns = [
            (say::plain(&d.number), 8),
            (say::plain(say::time(d.updated)), 21),
            (owed, 22),
        ];
        say::line(&say::row(&columns, &say::free(&d.title)));
    }
    Ok(())
}

fn show(context: &Context, number: &str, officer: Option<&str>) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, officer)?;
    let id = pick::dossier(&node.app, &actor, number)?;
    let view = node.app.dossier(&actor, id, None)?;
    if context.json {
        let entries: Vec<_> = view.entries.iter().map(entry_json).collect();
        let obligations: Vec<_> = view.obligations.iter().map(say::obligation_json).collect();
        say::json(
            &json!({"id": id.to_string(), "number": view.line.number, "title": view.line.title, "entries": entries, "obligations": obligations}),
        );
        return Ok(());
    }
    say::line(&format!("{} {}", view.line.number, view.line.title));
    for o in &view.obligations {
        say::line(&format!("  {}", say::obligation_line(o, node.app.now())));
    }
    for e in &view.entries {
        let label = e
            .entry_type
            .map_or(e.type_name.as_str(), |t| say::words().label(t.label));
        say::line(&format!(
            "  {} {} {label} ({})",
            say::time(e.at),
            e.service,
            e.id.short()
        ));
    }
    Ok(())
}

fn entry_json(e: &entente_app::views::EntryView) -> serde_json::Value {
    let body = match &e.body {
        BodyView::None => json!({"state": "none"}),
        BodyView::Here(values) => {
            let fields: serde_json::Map<String, serde_json::Value> = values
                .values
                .iter()
                .map(|(name, value)| (name.clone(), value.json()))
                .collect();
            json!({"state": "here", "lang": values.lang.map(|l| l.as_str()), "values": fields})
        }
        BodyView::Unreadable => json!({"state": "unreadable"}),
        BodyView::Erased => json!({"state": "erased"}),
        BodyView::Owed => json!({"state": "owed"}),
        BodyView::Withheld => json!({"state": "withheld"}),
    };
    let file = |f: &entente_app::views::FileView| {
        json!({
            "index": f.index, "number": u64::from(f.index) + 1, "name": f.name, "media": f.media, "size": f.size, "state": f.state,
            "erased_by": f.erased.as_ref().map(|erased| erased.by.to_string()),
        })
    };
    let files: Vec<_> = e.files.iter().map(file).collect();
    json!({"id": e.id.to_string(), "type": e.type_name, "service": e.service.to_string(), "at": say::time(e.at), "ours": e.ours, "body": body, "files": files})
}
