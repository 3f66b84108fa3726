//! `entente court`: what of an investigation may be produced in court, the bundle of what is, and verifying one offline without a node.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use entente_app::court::archive::MAX_ARCHIVE;
use entente_app::court::index::Item;
use entente_app::court::{Bundling, CourtFault, CourtReport, verify_court};
use entente_app::views::{CourtPart, CourtView, PieceView};
use entente_app::{Actor, App, Recording, Submitted};
use entente_core::court::Standing;
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::investigation::court::{COURT, ENTRIES, PRODUCED, REFERENCE};
use entente_proof::bundle::{Compromised, Trusted};
use entente_proof::card::Fingerprint;
use entente_proof::compromise::Declaration;
use entente_web::CourtPages;
use serde_json::json;

use super::made::{self, refused};
use super::{CliError, Context, access, compromise, pick, say};

/// Subcommands of `entente court`.
#[derive(Debug, Subcommand)]
pub enum Court {
    /// What may be produced, what needs permission, what is barred and by which condition
    List(List),
    /// Produce entries in court, and write the bundle: index, contents, files, proofs, how to verify; --lang is the language of the case
    Bundle(Bundle),
    /// Verify a bundle, offline and without a node; 1 if anything was altered, is missing, was added or proves nothing
    Verify(Verify),
}

/// Flags of `entente court list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    looking: access::Looking,
}

/// Flags of `entente court bundle`.
#[derive(Debug, Args)]
pub struct Bundle {
    /// Dossier, by number or identifier
    dossier: String,
    /// Entries to produce, by identifier or the beginning of it; may be repeated
    #[arg(long, value_name = "ENTRY", num_args = 1.., required_unless_present = "produced")]
    entries: Vec<String>,
    /// The court, by its function
    #[arg(long, required_unless_present = "produced")]
    court: Option<String>,
    /// Reference of the proceedings
    #[arg(long)]
    reference: Option<String>,
    /// Write once more the bundle of what was produced before, by the entry that says so
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["entries", "court", "reference"])]
    produced: Option<EntryId>,
    /// File to write: a zip archive. It must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Officer who produces
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Flags of `entente court verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The bundle
    file: PathBuf,
    /// Fingerprint of a node that may have written, cosigned or produced; may be repeated: once for each state
    #[arg(long = "node", value_name = "FINGERPRINT")]
    nodes: Vec<Fingerprint>,
    /// A declaration that a key is compromised, as `entente key compromise` made it; may be repeated
    #[arg(long, value_name = "FILE")]
    declaration: Vec<PathBuf>,
}

/// Runs `entente court`.
pub fn run(context: &Context, court: &Court) -> Result<(), CliError> {
    match court {
        Court::List(flags) => list(context, flags),
        Court::Bundle(flags) => bundle(context, flags),
        Court::Verify(flags) => verify(context, flags),
    }
}

/// A list of entries: its heading, and what belongs to it.
type Group = (&'static str, fn(&Standing) -> bool);

fn list(context: &Context, wanted: &List) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let looks = |actor: &Actor, dossier| app.court(actor, dossier, &CourtPart::All);
    let view = wanted.looking.at(app, looks)?;
    if context.json {
        say::json(&view.pieces.iter().map(entente_web::piece_json).collect());
        return Ok(());
    }
    let groups: [Group; 3] = [
        ("court-may", |s| matches!(s, Standing::May(_))),
        ("court-asks", |s| matches!(s, Standing::Asks(_))),
        ("court-barred", |s| matches!(s, Standing::Barred(_))),
    ];
    for (key, fits) in groups {
        say::line(&say::t(key));
        let of = view.pieces.iter().filter(|piece| fits(&piece.standing));
        of.for_each(piece_line);
    }
    Ok(())
}

/// Everything that could be produced.
fn look(
    app: &App,
    actor: &mut Actor,
    (dossier, why): (DossierId, &access::Why),
) -> Result<CourtView, CliError> {
    why.wherever_asked(app, actor, |actor| {
        app.court(actor, dossier, &CourtPart::All)
    })
}

fn piece_line(piece: &PieceView) {
    let words = say::words();
    let what = piece
        .entry_type
        .map_or(piece.type_name.as_str(), |t| words.label(t.label));
    let why = match &piece.standing {
        Standing::Barred(bar) => words.label(bar.label()).to_owned(),
        Standing::Asks(barring) => {
            let codes: Vec<&str> = barring.iter().map(|(_, code)| *code).collect();
            let asked = piece.waits().then(|| say::t("court-waits"));
            format!("{} {}", codes.join("+"), asked.unwrap_or_default())
        }
        Standing::May(_) => String::new(),
    };
    let columns = [
        (piece.entry.short(), 10),
        (what.to_owned(), 24),
        (say::plain(&piece.service), 16),
        (say::plain(&piece.title), 40),
    ];
    say::line(&say::row(&columns, why.trim()));
}

fn bundle(context: &Context, wanted: &Bundle) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let (produced, bytes) = made::whole(&wanted.out, |out| {
        let produced = produced(&node.app, &mut actor, (dossier, wanted))?;
        written(&node.app, &mut actor, (produced, wanted), out)
    })?;
    if context.json {
        say::json(&json!({"produced": produced.to_string(), "bytes": bytes}));
    } else {
        say::line(&say::s("cli-court-produced", produced));
        let words = say::words();
        say::line(&say::two(
            "cli-court-written",
            wanted.out.display(),
            words.size(bytes),
        ));
    }
    Ok(())
}

/// Records what is produced, if it was not before.
fn produced(
    app: &App,
    actor: &mut Actor,
    (dossier, wanted): (DossierId, &Bundle),
) -> Result<EntryId, CliError> {
    if let Some(produced) = wanted.produced {
        return Ok(produced);
    }
    let view = look(app, actor, (dossier, &wanted.why))?;
    let entries = named(&view, &wanted.entries)?;
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    let given = [(COURT, &wanted.court), (REFERENCE, &wanted.reference)];
    for (name, text) in given {
        values.extend(
            text.clone()
                .map(|text| (name.to_owned(), Value::Text(text))),
        );
    }
    let entries = entries.iter().map(ToString::to_string).collect();
    values.insert(ENTRIES.to_owned(), Value::List(entries));
    let recording = Recording {
        dossier: Some(dossier),
        entry_type: PRODUCED.name.to_owned(),
        values: Values {
            lang: Some(say::words().lang),
            values,
        },
        ..Recording::default()
    };
    let submitted = wanted.why.wherever_asked(app, actor, |actor| {
        app.submit(actor, recording.clone(), None)
    })?;
    match say::unsigned(submitted)? {
        Submitted::Recorded(recorded) => Ok(recorded.entry),
        Submitted::Waits(draft) => Err(CliError::Refused(say::s("cli-court-waits", draft))),
        Submitted::Signs(_) => Err(CliError::Refused(say::t("cli-court-signs"))),
    }
}

/// Entries by identifier or the beginning of one, among those of the dossier.
fn named(view: &CourtView, texts: &[String]) -> Result<Vec<EntryId>, CliError> {
    let one = |text: &String| {
        if let Ok(id) = text.parse() {
            return Ok(id);
        }
        let ids: Vec<EntryId> = view.pieces.iter().map(|piece| piece.entry).collect();
        pick::beginning(ids, &say::t("cli-entry"), text)
    };
    texts.iter().map(one).collect()
}

fn written(
    app: &App,
    actor: &mut Actor,
    (produced, wanted): (EntryId, &Bundle),
    out: File,
) -> Result<(EntryId, u64), CliError> {
    let words = say::words();
    let bundling = Bundling {
        produced,
        lang: words.lang,
        pages: &CourtPages(words),
        most: MAX_ARCHIVE,
    };
    let mut out = std::io::BufWriter::new(out);
    // Where a reason is asked nothing was written yet.
    let bytes = wanted.why.wherever_asked(app, actor, |actor| {
        app.court_bundle(actor, &bundling, &mut out)
    })?;
    let file = out
        .into_inner()
        .map_err(|error| refused(&wanted.out, error.error()))?;
    file.sync_all()
        .map_err(|error| refused(&wanted.out, &error))?;
    Ok((produced, bytes))
}

fn verify(context: &Context, wanted: &Verify) -> Result<(), CliError> {
    let mut trusted = Trusted {
        signed_by: wanted.nodes.clone(),
        cosigned_by: wanted.nodes.clone(),
        compromised: Vec::new(),
    };
    for file in &wanted.declaration {
        let read = Declaration::dearmour(&compromise::declaration(file)?);
        let read =
            read.map_err(|_| CliError::Refused(say::s("cli-compromise-damaged", file.display())))?;
        trusted.compromised.push(Compromised::from(&read));
    }
    let file = File::open(&wanted.file).map_err(|error| refused(&wanted.file, &error))?;
    let report = verify_court(file, &trusted).map_err(|fault| failed(context, &fault))?;
    shown(context, &report, !wanted.nodes.is_empty());
    Ok(())
}

/// What failed, each with its own sentence.
fn failed(context: &Context, fault: &CourtFault) -> CliError {
    if context.json {
        say::json(
            &json!({"valid": false, "check": fault.check(), "about": fault.about(), "reason": fault.to_string()}),
        );
    }
    CliError::Refused(say::s("cli-proves-nothing", why(fault)))
}

fn why(fault: &CourtFault) -> String {
    let sentence = say::s(sentence_of(fault.check()), fault.about());
    match fault {
        CourtFault::Proof { error, .. } => {
            let proof = entente_web::proof_check(say::words(), error.check());
            format!("{sentence} {proof}")
        }
        _ => sentence,
    }
}

/// The sentence of a check, by its name.
fn sentence_of(check: &str) -> &'static str {
    match check {
        "too-large" => "court-fault-too-large",
        "no-end" => "court-fault-no-end",
        "directory" => "court-fault-directory",
        "packed" => "court-fault-packed",
        "name" => "court-fault-name",
        "twice" => "court-fault-twice",
        "hidden" => "court-fault-hidden",
        "io" => "court-fault-io",
        "no-index" => "court-fault-no-index",
        "index" => "court-fault-index",
        "version" => "court-fault-version",
        "signature" => "court-fault-signature",
        "index-altered" => "court-fault-index-altered",
        "signer" => "court-fault-signer",
        "missing" => "court-fault-missing",
        "added" => "court-fault-added",
        "renamed" => "court-fault-renamed",
        "altered" => "court-fault-altered",
        "no-proof" => "court-fault-no-proof",
        "proof" => "court-fault-proof",
        "other-entry" => "court-fault-other-entry",
        "content" => "court-fault-content",
        _ => "court-fault-file",
    }
}

fn shown(context: &Context, report: &CourtReport, compared: bool) {
    let index = &report.index;
    if context.json {
        let item = |item: &Item| {
            let proof = report.proofs.get(&item.number);
            json!({"number": item.number, "entry": item.entry, "as": item.role, "of": item.of, "type": item.entry_type, "service": item.service,
                "at": item.at, "files": item.files.len(), "signed_by": proof.map(|p| p.signed_by.to_string()),
                "cosigned_by": proof.map(|p| p.cosigned_by.to_string())})
        };
        say::json(&json!({
            "valid": true, "node": index.node, "signed_by": report.signed_by.to_string(), "dossier": index.dossier.number, "court": index.court,
            "produced_at": index.produced_at, "parts": index.parts.len(), "fingerprints_compared": compared,
            "entries": index.entries.iter().map(item).collect::<Vec<_>>(),
        }));
        return;
    }
    say::line(&say::two(
        "cli-court-valid",
        say::plain(&index.node),
        report.signed_by,
    ));
    say::line(&say::two(
        "cli-court-to",
        say::plain(&index.court),
        say::plain(&index.produced_at),
    ));
    for item in &index.entries {
        let proof = report.proofs.get(&item.number);
        let held = proof.map_or_else(String::new, |p| {
            format!("{} · {}", p.signed_by, p.cosigned_by)
        });
        let columns = [
            (item.number.to_string(), 4),
            (item.entry_type.clone(), 28),
            (say::plain(&item.service), 16),
            (say::plain(&item.at), 22),
        ];
        say::line(&say::row(&columns, &held));
    }
    if !compared {
        say::line(&say::t("cli-compare"));
    }
}
