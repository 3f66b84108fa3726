//! `entente reviews`: whose contents are due for review, what is erased where nobody decides, and that the clock is right.

use clap::Args;
use entente_core::instant::Span;

use super::{CliError, Context, pick, say};

/// Flags of `entente reviews`.
#[derive(Debug, Args)]
pub struct Reviews {
    /// Confirm, as an administrator, that the node's clock is right: it was off for days, or jumped
    #[arg(long)]
    clock_is_right: bool,
    /// Officer who looks, or administrator who confirms
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Prints what is due, or confirms the clock.
pub fn run(context: &Context, reviews: &Reviews) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, reviews.officer.as_deref())?;
    actor.lang = say::words().lang;
    if reviews.clock_is_right {
        node.app.confirm_clock(&actor)?;
        say::line(&say::t("reviews-clock"));
        return Ok(());
    }
    let list = node.app.reviews(&actor)?;
    if context.json {
        say::json(&entente_web::review_list(&list));
        return Ok(());
    }
    for line in &list.lines {
        let stays = line.stays.iter();
        let stays: Vec<String> = stays.map(|why| say::t(entente_web::stays(*why))).collect();
        let from = match stays.is_empty() {
            true => format!(
                "{} {}",
                say::t("reviews-erased-from"),
                say::day(line.erased_from)
            ),
            false => stays.join(", "),
        };
        say::line(&format!(
            "{}  {} {}  {from}",
            line.dossier.number,
            say::t("reviews-due"),
            say::day(line.due - Span(1)),
        ));
    }
    say::line(&say::words().count("reviews-soon", list.due.soon));
    Ok(())
}
