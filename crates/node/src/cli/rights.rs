//! `entente rights`: what the pages of rights dossiers have besides entries: the letter to the person, and who received an entry.

use clap::{Args, Subcommand};
use entente_app::views::{RecipientView, Via};
use entente_core::ids::EntryId;
use serde_json::{Value, json};

use super::{CliError, Context, access, pick, say};

/// `entente rights`.
#[derive(Debug, Subcommand)]
pub enum Rights {
    /// Print the letter to the person, in their language; recorded as an export
    Letter(Letter),
    /// List who received an entry of ours, and what became of its correction there
    Recipients(Recipients),
}

/// Flags of `entente rights letter`.
#[derive(Debug, Args)]
pub struct Letter {
    /// Dossier, by number or identifier
    dossier: String,
    /// Officer who takes it out
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente rights recipients`.
#[derive(Debug, Args)]
pub struct Recipients {
    /// The entry's identifier
    entry: EntryId,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Runs `entente rights`.
pub fn run(context: &Context, rights: &Rights) -> Result<(), CliError> {
    match rights {
        Rights::Letter(wanted) => letter(context, wanted),
        Rights::Recipients(wanted) => recipients(context, wanted),
    }
}

fn letter(context: &Context, wanted: &Letter) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let letter = node.app.letter(&actor, dossier)?;
    if context.json {
        say::json(&entente_web::letter_json(letter.as_ref()));
        return Ok(());
    }
    let Some(letter) = letter else {
        say::line(&say::t("letter-none"));
        return Ok(());
    };
    if letter.untranslated() {
        say::note(&say::t("letter-untranslated"));
    }
    say::out(&entente_web::letter_text(&letter));
    Ok(())
}

fn recipients(context: &Context, wanted: &Recipients) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let app = &node.app;
    let view = wanted
        .why
        .wherever_asked(app, &mut actor, |actor| app.entry(actor, wanted.entry))?;
    if context.json {
        let all: Vec<Value> = view
            .recipients
            .iter()
            .map(entente_web::recipient_json)
            .collect();
        say::json(&json!({"recipients": all}));
        return Ok(());
    }
    if view.recipients.is_empty() {
        say::line(&say::t("cli-recipients-none"));
    }
    view.recipients.iter().for_each(recipient);
    Ok(())
}

/// A line: who, what by, since when, and where its correction stands.
fn recipient(one: &RecipientView) {
    let what = match one.via {
        Via::Itself => say::t("recipients-itself"),
        Via::Release => say::t("recipients-release"),
        Via::Translation(_) => say::t("translation"),
    };
    let dossier = match one.dossier.visible {
        true => say::plain(&one.dossier.number),
        false => say::t("recipients-elsewhere"),
    };
    let received = one
        .received
        .map_or_else(|| say::t("proof-no-receipt"), say::time);
    let corrected = match (&one.asked, one.correction) {
        (Some(ob), _) => format!(
            "{} {}",
            say::plain(&ob.number),
            say::words().label(ob.state.label())
        ),
        (None, Some(_)) => say::t("recipients-asked"),
        (None, None) => "—".to_owned(),
    };
    let columns = [
        (say::plain(&one.node), 8),
        (what, 16),
        (dossier, 12),
        (received, 24),
    ];
    say::line(&say::row(&columns, &corrected));
}
