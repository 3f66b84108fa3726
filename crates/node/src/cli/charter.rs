//! `entente charter`: propose, sign, enact and show the standing agreement of a link.

use clap::{Args, Subcommand};
use entente_app::views::{CharterView, PartnerView};
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
    /// Sign a proposal
    Sign(Which),
    /// Put a proposal into force: for its convenor, once both signed
    Enact(Which),
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

/// Runs a command on a charter.
pub fn run(context: &Context, charter: Charter) -> Result<(), CliError> {
    let (Charter::Propose { which, .. }
    | Charter::Terms(which)
    | Charter::Sign(which)
    | Charter::Enact(which)
    | Charter::Show(which)) = &charter;
    let node = context.open()?;
    let actor = pick::actor(&node.app, which.officer.as_deref())?;
    let partner = pick::partner(&node.app, which.partner.as_ref())?;
    let view = node.app.partner(&actor, &partner)?;
    match &charter {
        Charter::Show(_) => show(context, &node, &actor, &view),
        Charter::Terms(_) => print_terms(&node.app, &actor, &partner, view.charter),
        Charter::Propose { terms, .. } => {
            let draft = terms.as_deref().map(read_terms).transpose()?;
            let recorded = propose(&node.app, &actor, &view, &which.title, draft)?;
            warn_of_stopped(&node.app, recorded.dossier)?;
            done(context, &say::t("cli-charter-proposed"), recorded);
            Ok(())
        }
        Charter::Sign(_) | Charter::Enact(_) => {
            let (name, said) = if matches!(charter, Charter::Sign(_)) {
                ("charter.sign", say::t("cli-charter-signed"))
            } else {
                ("charter.enact", say::t("cli-charter-enacted"))
            };
            let recorded = on_proposal(&node.app, &actor, &view, name, which.proposal)?;
            warn_of_stopped(&node.app, recorded.dossier)?;
            done(context, &said, recorded);
            Ok(())
        }
    }
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
    name: &str,
    chosen: Option<EntryId>,
) -> Result<Recorded, CliError> {
    let charter = charter_view(app, actor, view)?
        .ok_or_else(|| CliError::Refused(say::t("cli-nothing-proposed")))?;
    let fits: Vec<EntryId> = charter
        .proposals
        .iter()
        .filter(|p| {
            chosen.map_or(
                if name == "charter.sign" {
                    p.may_sign
                } else {
                    p.may_enact
                },
                |id| id == p.entry,
            )
        })
        .map(|p| p.entry)
        .collect();
    let proposal = match fits.as_slice() {
        [one] => *one,
        [] => return Err(CliError::Refused(none_fits(app, view, &charter, name))),
        _ => {
            return Err(CliError::Usage(say::t("cli-proposals")));
        }
    };
    let values = Values {
        lang: Some(actor.lang),
        ..Values::default()
    };
    let recording = Recording {
        dossier: view.charter,
        entry_type: name.to_owned(),
        values,
        proposal: Some(proposal),
        ..Recording::default()
    };
    Ok(app.record(actor, recording)?)
}

/// Why no proposal can be signed or enacted: who has not signed, where that is the reason.
fn none_fits(app: &App, view: &PartnerView, charter: &CharterView, name: &str) -> String {
    let parties = [app.me(), &view.link.partner];
    let missing = charter.proposals.last().map(|p| {
        let unsigned = |node: &&&NodeName| !p.signed.iter().any(|s| s == **node);
        let names = parties.iter().filter(unsigned).map(ToString::to_string);
        names.collect::<Vec<_>>().join(", ")
    });
    match missing {
        Some(names) if name == "charter.enact" && !names.is_empty() => {
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
    let proposals = charter
        .as_ref()
        .map(|c| c.proposals.as_slice())
        .unwrap_or_default();
    if context.json {
        let each = |p: &entente_app::views::Proposal| {
            let signed: Vec<String> = p.signed.iter().map(ToString::to_string).collect();
            json!({"entry": p.entry.to_string(), "by": p.by.to_string(), "terms": p.terms, "signed": signed, "may_sign": p.may_sign, "may_enact": p.may_enact})
        };
        say::json(
            &json!({"in_force": view.terms, "proposals": proposals.iter().map(each).collect::<Vec<_>>()}),
        );
        return Ok(());
    }
    match &view.terms {
        None => say::line(&say::t("charter-none")),
        Some(terms) => {
            say::line(&say::two(
                "cli-charter-terms",
                terms.version,
                &terms.convenor,
            ));
            let words = say::words();
            let label = words.label(Part::KINDS.label);
            let kind = |name: &String| entente_web::kind_name(words, name);
            let admitted: Vec<String> = terms.kinds.iter().map(kind).collect();
            say::line(&format!("  {label}: {}", admitted.join(words.comma())));
            for rule in &terms.clocks {
                let allowed = entente_web::exact(words, rule.allowed);
                say::line(&format!(
                    "  {:<20} {:<24} {allowed}",
                    words.label(rule.ask.label()),
                    words.label(rule.urgency.label())
                ));
            }
        }
    }
    for p in proposals {
        let signed: Vec<String> = p.signed.iter().map(ToString::to_string).collect();
        let version = say::words().n("charter-proposed", i64::from(p.terms.version));
        let by = say::two("cli-charter-by", &p.by, signed.join(", "));
        say::line(&format!("{version} ({}): {by}", p.entry));
        for fault in &p.faults {
            let words = say::words();
            let problem = fault.problem.text(words.lang);
            say::line(&format!("  ! {}: {problem}", words.label(fault.label)));
        }
        for line in changes(view.terms.as_ref(), &p.terms) {
            say::line(&format!("  {line}"));
        }
    }
    Ok(())
}
