//! `entente register`: a register begins again, after a fork or when its key was lost or is known to others.
//!
//! Both coordinators act in person, and the files go between them by any way. `accept` takes any file: the partner's proposal, the
//! partner's answer to ours, or what we accepted once and lost to a restore. Where an answer does not fit one file, taking a part of it
//! writes the file that asks for the next.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use entente_app::AppError;
use entente_app::restart::{MAX_ANSWER, RestartFault, RestartStep, RestartView};
use entente_core::ids::NodeName;
use entente_proof::beginning::Ground;
use serde_json::{Value, json};

use super::link::{absent, read_text, told_fingerprint};
use super::{CliError, Context, pick, say};
use crate::node::write_private;

/// Largest file taken: armour makes an answer longer by a third.
const MAX_FILE: u64 = MAX_ANSWER as u64 * 3 / 2;

/// Commands on registers.
#[derive(Debug, Subcommand)]
pub enum Register {
    /// Begin a register again in a next generation, agreed by both coordinators
    #[command(subcommand)]
    Restart(Restart),
}

/// Commands on a register that begins again.
#[derive(Debug, Subcommand)]
pub enum Restart {
    /// Propose that this node's register towards a partner begins again; until the answer is taken, nothing is sent to it
    Propose(Propose),
    /// Take a partner's proposal after comparing fingerprints, or a partner's answer to a proposal of this node,
    /// or what this node accepted once and lost to a restore
    Accept(Accept),
    /// Show what a file says, or which registers of a link began again
    Show(Show),
    /// Write what a partner agreed to once more, for a partner that was restored from a backup of before it accepted
    Agreed(Agreed),
    /// Take a proposal back; the link goes on as before
    Withdraw(Withdraw),
}

/// Flags of `entente register restart propose`.
#[derive(Debug, Args)]
pub struct Propose {
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Why: fork, key-lost or key-compromised
    #[arg(long, value_parser = ground)]
    ground: Ground,
    /// A new file, for the partner
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Coordinator who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente register restart accept`.
#[derive(Debug, Args)]
pub struct Accept {
    /// The file that came from the partner
    file: PathBuf,
    /// The fingerprint that the partner's people read to you; asked for if absent. Of a proposal only
    #[arg(long)]
    fingerprint: Option<String>,
    /// A new file that goes back to the partner: the answer to a proposal, or what asks for the rest of an answer that came in part
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Coordinator who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente register restart show`.
#[derive(Debug, Args)]
pub struct Show {
    /// A proposal or an answer; nothing is done with it
    file: Option<PathBuf>,
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
}

/// Flags of `entente register restart agreed`.
#[derive(Debug, Args)]
pub struct Agreed {
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// The generation of this node's register that ended [default: the newest that did]
    #[arg(long)]
    generation: Option<u32>,
    /// Bring the leaves from this number on, too, where the partner's node says that it holds no more
    #[arg(long, value_name = "LEAVES")]
    from: Option<u64>,
    /// A new file, for the partner
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Coordinator who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente register restart withdraw`.
#[derive(Debug, Args)]
pub struct Withdraw {
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Coordinator who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

fn ground(text: &str) -> Result<Ground, String> {
    Ground::parse(text).ok_or_else(|| "one of fork, key-lost, key-compromised".to_owned())
}

/// Runs a command on registers.
pub fn run(context: &Context, register: &Register) -> Result<(), CliError> {
    let Register::Restart(restart) = register;
    match restart {
        Restart::Propose(flags) => propose(context, flags),
        Restart::Accept(flags) => accept(context, flags),
        Restart::Show(flags) => show(context, flags),
        Restart::Agreed(flags) => agreed(context, flags),
        Restart::Withdraw(flags) => withdraw(context, flags),
    }
}

fn propose(context: &Context, flags: &Propose) -> Result<(), CliError> {
    absent(&flags.out)?;
    let node = context.open()?;
    let actor = pick::coordinator(&node.app, flags.officer.as_deref())?;
    let partner = pick::partner(&node.app, flags.partner.as_ref())?;
    let text = node.app.propose_restart(&actor, &partner, flags.ground)?;
    write_private(&flags.out, text.as_bytes())?;
    let view = node.app.read_restart(&text)?;
    if context.json {
        say::json(
            &json!({"proposed": true, "file": flags.out.display().to_string(), "restart": as_json(&view)}),
        );
        return Ok(());
    }
    told(&view);
    say::line(&say::two(
        "cli-restart-proposed",
        flags.out.display(),
        &partner,
    ));
    Ok(())
}

fn accept(context: &Context, flags: &Accept) -> Result<(), CliError> {
    let text = read_text(&flags.file, MAX_FILE)?;
    let node = context.open()?;
    let actor = pick::coordinator(&node.app, flags.officer.as_deref())?;
    let view = node.app.read_restart(&text)?;
    if !context.json {
        told(&view);
    }
    // An answer names nothing to compare: its proposal was ours.
    let proposal = view.agreed.is_none();
    if let Some(out) = &flags.out {
        absent(out)?;
    }
    let read = match (proposal, &flags.out) {
        (false, _) => String::new(),
        (true, None) => return Err(CliError::Usage(say::t("cli-restart-need-out"))),
        (true, Some(_)) => told_fingerprint(flags.fingerprint.clone(), &view.owner)?,
    };
    let step = node.app.accept_restart(&actor, &text, &read)?;
    match (step, &flags.out) {
        (RestartStep::Answer(answer) | RestartStep::Next(answer), Some(out)) => {
            write_private(out, answer.as_bytes())?;
            let (what, key, other) = match proposal {
                true => ("accepted", "cli-restart-accepted", &view.owner),
                false => ("part", "cli-restart-part", &view.partner),
            };
            done(context, what, 0, &say::two(key, other, out.display()));
        }
        (RestartStep::Concluded { returned }, _) => {
            let said = say::words().count("cli-restart-concluded", returned);
            done(context, "concluded", returned, &said);
        }
        (RestartStep::Again, _) => {
            let said = say::s("cli-restart-again", &view.owner);
            done(context, "again", 0, &said);
        }
        // What came is kept.
        (RestartStep::More { held }, _) => {
            return Err(AppError::from(RestartFault::HeldLess { held }).into());
        }
        // What came is kept; the same file may be taken again.
        (RestartStep::Answer(_) | RestartStep::Next(_), None) => {
            return Err(CliError::Usage(say::t("cli-restart-need-out")));
        }
    }
    Ok(())
}

fn show(context: &Context, flags: &Show) -> Result<(), CliError> {
    let node = context.open()?;
    let (views, waits) = match &flags.file {
        Some(file) => {
            let view = node.app.read_restart(&read_text(file, MAX_FILE)?)?;
            (vec![view], None)
        }
        None => {
            let partner = pick::partner(&node.app, flags.partner.as_ref())?;
            node.app.restarts(&partner)?
        }
    };
    if context.json {
        let all: Vec<Value> = views.iter().map(as_json).collect();
        say::json(&json!({"restarts": all, "proposed": waits.as_ref().map(as_json)}));
        return Ok(());
    }
    if views.is_empty() && waits.is_none() {
        say::line(&say::t("cli-restart-none"));
    }
    views.iter().for_each(told);
    if let Some(waits) = &waits {
        told(waits);
        say::line(&say::s("cli-restart-waits", &waits.partner));
    }
    Ok(())
}

fn agreed(context: &Context, flags: &Agreed) -> Result<(), CliError> {
    absent(&flags.out)?;
    let node = context.open()?;
    let actor = pick::coordinator(&node.app, flags.officer.as_deref())?;
    let partner = pick::partner(&node.app, flags.partner.as_ref())?;
    let ended = node.app.restarts(&partner)?.0;
    let newest = ended.iter().find(|view| view.owner == *node.app.me());
    let newest = newest.map_or(0, |view| view.generation);
    let generation = flags.generation.unwrap_or(newest);
    let text = node
        .app
        .agreed_file(&actor, &partner, generation, flags.from)?;
    write_private(&flags.out, text.as_bytes())?;
    let said = say::two("cli-restart-agreed", flags.out.display(), &partner);
    done(context, "agreed", 0, &said);
    Ok(())
}

fn withdraw(context: &Context, flags: &Withdraw) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::coordinator(&node.app, flags.officer.as_deref())?;
    let partner = pick::partner(&node.app, flags.partner.as_ref())?;
    node.app.withdraw_restart(&actor, &partner)?;
    done(
        context,
        "withdrawn",
        0,
        &say::s("cli-restart-withdrawn", &partner),
    );
    Ok(())
}

fn done(context: &Context, what: &str, returned: u64, said: &str) {
    match context.json {
        true => say::json(&json!({what: true, "returned": returned})),
        false => say::line(said),
    }
}

/// What exactly is proposed or agreed.
fn told(view: &RestartView) {
    say::line(&say::two("restart-register", &view.owner, &view.partner));
    say::line(&say::two(
        "restart-generation",
        view.generation,
        u64::from(view.generation) + 1,
    ));
    say::line(&entente_web::restart_ground(say::words(), view.ground));
    say::line(&say::two(
        "restart-proposed-at",
        say::time(view.proposed),
        view.offered,
    ));
    if let Some(print) = &view.fingerprint {
        say::line(&say::s("restart-fingerprint", print));
    }
    if let Some((size, root, at)) = &view.agreed {
        say::line(&say::two("restart-agreed", size, say::time(*at)));
        say::line(&say::s("restart-root", root));
    }
}

fn as_json(view: &RestartView) -> Value {
    let agreed = view.agreed.as_ref();
    let agreed =
        agreed.map(|(size, root, at)| json!({"size": size, "root": root, "at": say::time(*at)}));
    json!({
        "owner": view.owner.to_string(), "partner": view.partner.to_string(), "generation": view.generation,
        "ground": view.ground, "fingerprint": view.fingerprint, "proposed": say::time(view.proposed),
        "offered": view.offered, "agreed": agreed,
    })
}
