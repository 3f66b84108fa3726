//! `entente mail`: whether the mail server that the configuration names takes mail of ours.

use clap::Subcommand;
use entente_app::{MailOutcome, is_address};

use super::{CliError, Context, say};
use crate::mail;

/// Commands of `entente mail`.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Send a mail that says nothing, and say whether the server took it
    Test {
        /// Where to: name@host
        address: String,
    },
}

/// Tries the server.
pub fn run(context: &Context, command: &Mail) -> Result<(), CliError> {
    let Mail::Test { address } = command;
    let node = context.open()?;
    let Some(mailer) = mail::open(&node.config)? else {
        say::line(&say::t("people-fault-no-mail"));
        return Err(CliError::Said);
    };
    if !is_address(address) {
        say::line(&say::t("people-fault-mail-address"));
        return Err(CliError::Said);
    }
    let mut id = [0; 16];
    crate::clock::fill(&mut id);
    match mailer.test(address, &hex::encode(id), node.app.now()) {
        MailOutcome::Taken => {
            say::line(&say::t("cli-mail-taken"));
            Ok(())
        }
        MailOutcome::Failed(why) => {
            say::line(&say::s("cli-mail-failed", why.name()));
            Err(CliError::Said)
        }
    }
}
