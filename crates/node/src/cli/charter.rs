//! `entente charter`: propose, sign, decline, withdraw, enact and show the standing agreement of a link.

use clap::{Args, Subcommand};
use entente_app::views::{CharterView, Ending, Lapsed, PartnerView, Proposal};
use entente_app::{Actor, App, AppError, FormQuery, Recorded, Recording};
use entente_core::charter::Terms;
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::terms::{self, Part, TermsDraft};
use serde_json::json;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::link::{read_bytes, warn_of_stopped};
use super::{CliError, Context, pick, say};
use crate::node::Node;

/// Commands on a charter.
#[derive(Debug, Subcommand)]
pub enum Charter {
    /// Propose terms: those in force, or defaults modelled on public instruments, with the changes of a file
    Propose {
        /// Changes as JSON, as `charter terms` prints them; what is left out stays as it is
        #[arg(long, value_name = "FILE")]
        terms: Option<PathBuf>,
        #[command(flatten)]
        which: Which,
    },
    /// Print the terms that a proposal would start from, as a file for `charter propose --terms`
    Terms(Which),
    /// Sign a proposal: shows what becomes binding, and signs with --yes
    Sign {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        sure: Sure,
    },
    /// Decline the partner's proposal
    Decline {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        why: Why,
    },
    /// Take our own proposal back, while the partner has not signed it
    Withdraw {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        why: Why,
    },
    /// Put a proposal into force: for its convenor, once both signed; with --yes
    Enact {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        sure: Sure,
    },
    /// Show terms in force and proposals
    Show(Which),
}

/// Which charter, and who acts.
#[derive(Debug, Args)]
pub struct Which {
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Officer who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    /// Proposal, by the identifier of its entry; may be left out if there is only one
    #[arg(long)]
    proposal: Option<EntryId>,
    /// Title of a new charter
    #[arg(long, default_value = "Charte")]
    title: String,
}

/// An act that binds two states is not done unasked.
#[derive(Debug, Args)]
pub struct Sure {
    /// Do it: what is shown becomes binding
    #[arg(long)]
    yes: bool,
}

/// Why a proposal ends unsigned.
#[derive(Debug, Args)]
pub struct Why {
    /// Reason, for both sides to read
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// What is done about a proposal.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// Sign it, if it is confirmed.
    Sign(bool),
    /// Bring it into force, if it is confirmed.
    Enact(bool),
    /// Decline it, with the reason if one is given.
    Decline(Option<&'a str>),
    /// Take it back, with the reason if one is given.
    Withdraw(Option<&'a str>),
}

impl<'a> Step<'a> {
    fn entry_type(self) -> &'static str {
        match self {
            Self::Sign(_) => "charter.sign",
            Self::Enact(_) => "charter.enact",
            Self::Decline(_) => "charter.decline",
            Self::Withdraw(_) => "charter.withdraw",
        }
    }

    fn may(self, proposal: &Proposal) -> bool {
        match self {
            Self::Sign(_) => proposal.may_sign,
            Self::Enact(_) => proposal.may_enact,
            Self::Decline(_) => proposal.may_decline,
            Self::Withdraw(_) => proposal.may_withdraw,
        }
    }

    fn said(self) -> String {
        match self {
            Self::Sign(_) => say::t("cli-charter-signed"),
            Self::Enact(_) => say::t("cli-charter-enacted"),
            Self::Decline(_) => entente_web::ending(say::words(), Ending::Declined),
            Self::Withdraw(_) => entente_web::ending(say::words(), Ending::Withdrawn),
        }
    }

    fn reason(self) -> Option<&'a str> {
        match self {
            Self::Sign(_) | Self::Enact(_) => None,
            Self::Decline(reason) | Self::Withdraw(reason) => reason,
        }
    }

    /// Whether it binds two states and nobody confirmed it.
    fn unsure(self) -> bool {
        matches!(self, Self::Sign(false) | Self::Enact(false))
    }
}

/// Runs a command on a charter.
pub fn run(context: &Context, charter: Charter) -> Result<(), CliError> {
    let (Charter::Propose { which, .. }
    | Charter::Terms(which)
    | Charter::Sign { which, .. }
    | Charter::Decline { which, .. }
    | Charter::Withdraw { which, .. }
    | Charter::Enact { which, .. }
    | Charter::Show(which)) = &charter;
    let node = context.open()?;
    let actor = pick::actor(&node.app, which.officer.as_deref())?;
    let partner = pick::partner(&node.app, which.partner.as_ref())?;
    let view = node.app.partner(&actor, &partner)?;
    let about = |step: Step<'_>| {
        let recorded = on_proposal(&node.app, &actor, &view, (step, which.proposal))?;
        Ok::<_, CliError>((recorded, step.said()))
    };
    let (recorded, said) = match &charter {
        Charter::Show(_) => return show(context, &node, &actor, &view),
        Charter::Terms(_) => return print_terms(&node.app, &actor, &partner, view.charter),
        Charter::Propose { terms, .. } => {
            let draft = terms.as_deref().map(read_terms).transpose()?;
            let recorded = propose(&node.app, &actor, &view, &which.title, draft)?;
            (recorded, say::t("cli-charter-proposed"))
        }
        Charter::Sign { sure, .. } => about(Step::Sign(sure.yes))?,
        Charter::Enact { sure, .. } => about(Step::Enact(sure.yes))?,
        Charter::Decline { why, .. } => about(Step::Decline(why.reason.as_deref()))?,
        Charter::Withdraw { why, .. } => about(Step::Withdraw(why.reason.as_deref()))?,
    };
    warn_of_stopped(&node.app, recorded.dossier)?;
    done(context, &said, recorded);
    Ok(())
}

/// The form of a proposal to this partner: an amendment where there is a charter, a first one otherwise.
fn form_of(partner: &NodeName, charter: Option<DossierId>) -> FormQuery {
    let name = if charter.is_some() {
        "charter.propose"
    } else {
        "charter.open"
    };
    FormQuery {
        dossier: charter,
        partner: Some(partner.clone()),
        entry_type: name.to_owned(),
        ..FormQuery::default()
    }
}

fn print_terms(
    app: &App,
    actor: &Actor,
    partner: &NodeName,
    charter: Option<DossierId>,
) -> Result<(), CliError> {
    let form = app.form(actor, &form_of(partner, charter))?;
    let terms = form
        .terms
        .ok_or(AppError::Bug("a proposal without terms"))?;
    say::json(&terms::written(&terms));
    Ok(())
}

/// Largest file of terms: a header holds them in a sixtieth of this.
const MAX_TERMS: u64 = 1 << 20;

fn read_terms(path: &Path) -> Result<TermsDraft, CliError> {
    let bytes = read_bytes(path, MAX_TERMS)?;
    let wrong = |error: serde_json::Error| CliError::Usage(say::s("cli-terms-file", error));
    serde_json::from_slice(&bytes).map_err(wrong)
}

fn propose(
    app: &App,
    actor: &Actor,
    view: &PartnerView,
    title: &str,
    terms: Option<TermsDraft>,
) -> Result<Recorded, CliError> {
    let mut values = Values {
        lang: Some(actor.lang),
        ..Values::default()
    };
    if view.charter.is_none() {
        let title = Value::Text(title.to_owned());
        values.values.insert("title".into(), title);
    }
    let form = form_of(&view.link.partner, view.charter);
    let recording = Recording {
        dossier: form.dossier,
        partner: form.partner,
        entry_type: form.entry_type,
        values,
        terms,
        ..Recording::default()
    };
    Ok(app.record(actor, recording)?)
}

fn charter_view(
    app: &App,
    actor: &Actor,
    view: &PartnerView,
) -> Result<Option<CharterView>, CliError> {
    let Some(dossier) = view.charter else {
        return Ok(None);
    };
    Ok(app.dossier(actor, dossier, None)?.charter)
}

fn on_proposal(
    app: &App,
    actor: &Actor,
    view: &PartnerView,
    (step, chosen): (Step<'_>, Option<EntryId>),
) -> Result<Recorded, CliError> {
    let charter = charter_view(app, actor, view)?
        .ok_or_else(|| CliError::Refused(say::t("cli-nothing-proposed")))?;
    let fits = |p: &&Proposal| chosen.map_or(step.may(p), |id| id == p.entry);
    let fitting: Vec<&Proposal> = charter.proposals.iter().filter(fits).collect();
    let proposal = match fitting.as_slice() {
        [one] => *one,
        [] => return Err(CliError::Refused(none_fits(app, view, &charter, step))),
        _ => return Err(CliError::Usage(say::t("cli-proposals"))),
    };
    if step.unsure() {
        show_proposal(view.terms.as_ref(), proposal);
        return Err(CliError::Usage(say::t("cli-charter-sure")));
    }
    let mut values = Values {
        lang: Some(actor.lang),
        ..Values::default()
    };
    if let Some(reason) = step.reason() {
        let reason = Value::Text(reason.to_owned());
        values.values.insert("reason".into(), reason);
    }
    let ends = matches!(step, Step::Decline(_) | Step::Withdraw(_));
    let recording = Recording {
        dossier: view.charter,
        entry_type: step.entry_type().to_owned(),
        values,
        target: proposal.asks.filter(|_| ends),
        proposal: Some(proposal.entry),
        ..Recording::default()
    };
    Ok(app.record(actor, recording)?)
}

/// Why no proposal can be signed or enacted: who has not signed, where that is the reason.
fn none_fits(app: &App, view: &PartnerView, charter: &CharterView, step: Step<'_>) -> String {
    let parties = [app.me(), &view.link.partner];
    let missing = charter.proposals.last().map(|p| {
        let unsigned = |node: &&&NodeName| !p.signed.iter().any(|s| s == **node);
        let names = parties.iter().filter(unsigned).map(ToString::to_string);
        names.collect::<Vec<_>>().join(", ")
    });
    match missing {
        Some(names) if matches!(step, Step::Enact(_)) && !names.is_empty() => {
            say::s("cli-not-signed", names)
        }
        _ => say::t("cli-no-proposal"),
    }
}

/// What a proposal changes, a line each, by the names of a file of terms.
fn changes(before: Option<&Terms>, after: &Terms) -> Vec<String> {
    let flat = |terms: &Terms| {
        let mut out = BTreeMap::new();
        flatten("", &terms::written(terms), &mut out);
        out
    };
    let (old, new) = (before.map(flat).unwrap_or_default(), flat(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let said = |found: Option<&String>| found.cloned().unwrap_or_else(|| "—".to_owned());
    let differs = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name));
    differs
        .map(|name| format!("{name}: {} → {}", said(old.get(name)), said(new.get(name))))
        .collect()
}

/// Leaves of terms by name; a clock is named by what is asked and how urgently.
fn flatten(path: &str, value: &serde_json::Value, out: &mut BTreeMap<String, String>) {
    use serde_json::Value as Json;
    let under = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Json::Object(fields) => {
            for (name, field) in fields {
                flatten(&under(name), field, out);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for item in items {
                let text = |name: &str| item[name].as_str().unwrap_or_default();
                let (name, rest) = match item.get("ask") {
                    Some(_) => (
                        format!("{} {}", text("ask"), text("urgency")),
                        text("allowed"),
                    ),
                    None => (
                        format!("{} {}", text("class"), text("party")),
                        text("level"),
                    ),
                };
                out.insert(under(&name), rest.to_owned());
            }
        }
        other => {
            out.insert(path.to_owned(), other.to_string());
        }
    }
}

fn done(context: &Context, said: &str, recorded: Recorded) {
    if context.json {
        say::json(&say::recorded_json(&recorded));
    } else {
        say::line(&say::two("cli-charter-done", said, recorded.entry));
    }
}

fn show(context: &Context, node: &Node, actor: &Actor, view: &PartnerView) -> Result<(), CliError> {
    let charter = charter_view(&node.app, actor, view)?;
    let (proposals, lapsed) = charter
        .as_ref()
        .map(|c| (c.proposals.as_slice(), c.lapsed.as_slice()))
        .unwrap_or_default();
    if context.json {
        say::json(&json!({
            "in_force": view.terms,
            "proposals": proposals.iter().map(proposal_json).collect::<Vec<_>>(),
            "lapsed": lapsed.iter().map(lapsed_json).collect::<Vec<_>>(),
        }));
        return Ok(());
    }
    match &view.terms {
        None => say::line(&say::t("charter-none")),
        Some(terms) => show_terms(terms),
    }
    for proposal in proposals {
        show_proposal(view.terms.as_ref(), proposal);
    }
    for lapsed in lapsed {
        let version = say::words().n("charter-proposed", i64::from(lapsed.version));
        let what = format!("{version} ({})", say::plain(lapsed.proposal));
        let how = entente_web::ending(say::words(), lapsed.how);
        say::line(&say::two("cli-charter-lapsed", what, how));
    }
    Ok(())
}

fn proposal_json(p: &Proposal) -> serde_json::Value {
    let signed: Vec<String> = p.signed.iter().map(ToString::to_string).collect();
    json!({
        "entry": p.entry.to_string(), "by": p.by.to_string(), "terms": p.terms, "signed": signed, "may_sign": p.may_sign,
        "may_enact": p.may_enact, "may_decline": p.may_decline, "may_withdraw": p.may_withdraw, "overtaken": p.overtaken,
    })
}

fn lapsed_json(l: &Lapsed) -> serde_json::Value {
    let how = match l.how {
        Ending::Declined => "declined",
        Ending::Withdrawn => "withdrawn",
    };
    json!({"proposal": l.proposal.to_string(), "by": l.by.to_string(), "version": l.version, "how": how, "entry": l.entry.to_string()})
}

fn show_terms(terms: &Terms) {
    let words = say::words();
    let (version, convenor) = (terms.version, &terms.convenor);
    say::line(&say::two("cli-charter-terms", version, convenor));
    let label = words.label(Part::KINDS.label);
    let kind = |name: &String| entente_web::kind_name(words, name);
    let admitted: Vec<String> = terms.kinds.iter().map(kind).collect();
    say::line(&format!("  {label}: {}", admitted.join(words.comma())));
    for rule in &terms.clocks {
        let allowed = entente_web::exact(words, rule.allowed);
        let columns = [
            (String::new(), 1),
            (words.label(rule.ask.label()).to_owned(), 22),
            (words.label(rule.urgency.label()).to_owned(), 24),
        ];
        say::line(&say::row(&columns, &allowed));
    }
}

fn show_proposal(in_force: Option<&Terms>, p: &Proposal) {
    let words = say::words();
    let signed: Vec<String> = p.signed.iter().map(say::plain).collect();
    let version = words.n("charter-proposed", i64::from(p.terms.version));
    let by = say::two("cli-charter-by", &p.by, signed.join(words.comma()));
    say::line(&format!("{version} ({}): {by}", say::plain(p.entry)));
    for fault in &p.faults {
        let problem = fault.problem.text(words.lang);
        say::line(&format!("  ! {}: {problem}", words.label(fault.label)));
    }
    for line in changes(in_force, &p.terms) {
        say::line(&format!("  {}", say::plain(line)));
    }
}
