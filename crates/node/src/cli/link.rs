//! `entente link`: pin a partner's card after comparing fingerprints, list the partners, lift the alarm that stopped a link, cut a link and mend it.

use std::path::PathBuf;

use clap::Subcommand;
use entente_app::App;
use entente_core::ids::{DossierId, NodeName};
use entente_proof::card::{Fingerprint, dearmour_card, verify_card};
use serde_json::json;

use super::{CliError, Context, compromise, say};

/// Largest file taken for a card.
const MAX_CARD_FILE: u64 = 64 * 1024;

/// Commands on links.
#[derive(Debug, Subcommand)]
pub enum Link {
    /// Pin a partner: its card, and the fingerprint that its people read to you
    ///
    /// The same card again changes the address, if one is given.
    Add {
        /// The partner's card, as `entente card` printed it there
        card: PathBuf,
        /// Where to dial it, as host:port; empty to wait for it to dial
        #[arg(long, default_value = "")]
        address: String,
        /// The fingerprint read aloud by the partner; asked for if absent
        #[arg(long)]
        fingerprint: Option<String>,
    },
    /// Take a partner's declaration that a signing key of its is known to others, or enter what its people said by voice
    ///
    /// Kept for good: from the time named on, nothing that the key signed proves anything here, and nothing further is taken from it.
    Compromised(compromise::Theirs),
    /// Cut the link with a partner: no connection with it, at any process of this node, until it is mended
    ///
    /// For when somebody else may answer in the partner's name. Local work and clocks go on; the partner is not told.
    Cut {
        /// The partner
        partner: NodeName,
    },
    /// List the partners and how far each register is held
    List,
    /// Mend a link that was cut: what waited flows
    Mend {
        /// The partner
        partner: NodeName,
    },
    /// Lift the alarm that stopped a link, once the coordinators of both sides spoke
    Resume {
        /// The partner
        #[arg(long)]
        partner: NodeName,
        /// Why it may go on: kept with the evidence and shown on the partner's page
        #[arg(long)]
        reason: String,
    },
}

/// Runs a command on links.
pub fn run(context: &Context, link: Link) -> Result<(), CliError> {
    match link {
        Link::Add {
            card,
            address,
            fingerprint,
        } => add(context, &card, &address, fingerprint),
        Link::Compromised(flags) => compromise::theirs(context, &flags),
        Link::Cut { partner } => {
            context.open()?.app.cut_link(&partner)?;
            say::line(&say::s("cli-link-cut", partner));
            Ok(())
        }
        Link::List => list(context),
        Link::Mend { partner } => {
            context.open()?.app.mend_link(&partner)?;
            say::line(&say::s("cli-link-mended", partner));
            Ok(())
        }
        Link::Resume { partner, reason } => resume(context, &partner, &reason),
    }
}

fn add(
    context: &Context,
    path: &std::path::Path,
    address: &str,
    fingerprint: Option<String>,
) -> Result<(), CliError> {
    let armour = read_text(path, MAX_CARD_FILE)?;
    let card = dearmour_card(&armour).and_then(|bytes| verify_card(&bytes));
    let card = card.map_err(|error| {
        let why = entente_web::card_refused(say::words(), error.into());
        CliError::Refused(say::two("cli-bad-card", path.display(), why))
    })?;
    let reachable = address.is_empty()
        || address
            .rsplit_once(':')
            .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if !reachable {
        return Err(CliError::Usage(say::t("cli-address")));
    }
    let node = context.open()?;
    let read = told_fingerprint(fingerprint, &card.node)?;
    let parsed: Fingerprint = read
        .parse()
        .map_err(|_| CliError::Usage(say::t("cli-fingerprint-form")))?;
    if parsed != card.fingerprint() {
        return Err(CliError::Refused(say::t("cli-fingerprints-differ")));
    }
    let partner = node.app.pin_partner(&armour, address, &read)?;
    say::line(&say::s("cli-pinned", &partner));
    Ok(())
}

fn resume(context: &Context, partner: &NodeName, reason: &str) -> Result<(), CliError> {
    let node = context.open()?;
    node.app.resume_link(partner, reason)?;
    say::line(&say::s("cli-link-resumed", partner));
    Ok(())
}

/// The fingerprint that the partner's people read out: given already, or asked for.
pub fn told_fingerprint(
    given: Option<String>,
    partner: impl std::fmt::Display,
) -> Result<String, CliError> {
    let read = given.or_else(|| say::ask(&say::s("cli-type-fingerprint", partner)));
    read.ok_or_else(|| CliError::Usage(say::t("cli-need-fingerprint")))
}

/// Nothing is written over a file.
pub fn absent(path: &std::path::Path) -> Result<(), CliError> {
    match path.exists() {
        true => Err(CliError::Refused(say::s("cli-file-exists", path.display()))),
        false => Ok(()),
    }
}

/// Reads a small text file, its size first.
pub fn read_text(path: &std::path::Path, most: u64) -> Result<String, CliError> {
    let bytes = read_bytes(path, most)?;
    String::from_utf8(bytes).map_err(|_| CliError::Refused(say::s("cli-not-text", path.display())))
}

/// Reads a file, its size first.
pub fn read_bytes(path: &std::path::Path, most: u64) -> Result<Vec<u8>, CliError> {
    let size = std::fs::metadata(path)
        .map_err(|e| unreadable(path, &e))?
        .len();
    if size > most {
        return Err(CliError::Refused(say::two(
            "cli-too-large",
            path.display(),
            most,
        )));
    }
    std::fs::read(path).map_err(|e| unreadable(path, &e))
}

/// A file that cannot be read, and why.
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> CliError {
    CliError::Refused(say::two("cli-unreadable", path.display(), error.kind()))
}

/// Says of each partner of a dossier whose link an alarm stopped, or people cut, that what was written there does not leave.
pub fn warn_of_stopped(app: &App, dossier: DossierId) -> Result<(), CliError> {
    for partner in app.stopped_in(dossier)? {
        say::problem(&say::s("cli-stopped", &partner));
    }
    for partner in app.cut_in(dossier)? {
        say::problem(&say::s("cli-cut", &partner));
    }
    Ok(())
}

fn list(context: &Context) -> Result<(), CliError> {
    let node = context.open()?;
    let mut lines = Vec::new();
    for (partner, card, address, stopped) in node.app.partners()? {
        let (held, size, waiting) = node.app.receipted(&partner)?;
        let fingerprint = card.fingerprint().to_string();
        let cut = node.app.cut_since(&partner)?;
        let compromised = node.app.compromised(&partner)?;
        lines.push(json!({
            "partner": partner.to_string(), "address": address, "fingerprint": fingerprint,
            "register": size, "held_there": held, "waiting": waiting, "stopped": stopped,
            "cut": cut.map(say::time), "compromised": compromised.iter().map(compromise::as_json).collect::<Vec<_>>(),
        }));
        if !context.json {
            let dialled = if address.is_empty() {
                say::t("cli-waits-dialled")
            } else {
                say::plain(address)
            };
            let held = say::two("link-held", held, size);
            let waiting = say::words().count("link-waiting", waiting);
            let comma = say::words().comma();
            let how = standing(stopped, cut.is_some())
                .map_or_else(String::new, |how| format!("{comma}{how}"));
            let columns = [(say::plain(&partner), 12), (say::plain(&fingerprint), 40)];
            let state = format!("{dialled}  {held}{comma}{waiting}{how}");
            say::line(&say::row(&columns, &state));
            compromised.iter().for_each(compromise::said);
        }
    }
    if context.json {
        say::json(&lines.into());
    }
    Ok(())
}

/// What keeps a link from being dialled, in words.
pub fn standing(stopped: bool, cut: bool) -> Option<String> {
    let why = [(stopped, "link-alarm"), (cut, "link-cut")];
    let why: Vec<String> = why
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, key)| say::t(key))
        .collect();
    (!why.is_empty()).then(|| why.join(", "))
}
