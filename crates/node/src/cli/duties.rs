//! `entente duties`: the magistrates' files of the duties to inform, all of one for judicial review, and verifying a review that was taken out,
//! offline without a node.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use entente_app::review_file::{MAX_REVIEW, Paper, ReviewFault, verify_review};
use entente_app::views::{ReviewEntry, ReviewView};
use entente_proof::bundle::Trusted;
use entente_proof::card::Fingerprint;
use serde_json::json;

use super::made::{self, refused};
use super::{CliError, Context, access, pick, say};

/// Subcommands of `entente duties`.
#[derive(Debug, Subcommand)]
pub enum Duties {
    /// The magistrates' files, and how each stands
    List(List),
    /// All that concerns a duty, for judicial review: who decided, when, on which ground, what was on file then
    Review(Review),
    /// Verify a review that was taken out, offline and without a node; 1 if anything was altered or a proof does not hold
    Verify(Verify),
}

/// Flags of `entente duties list`.
#[derive(Debug, Args)]
pub struct List {
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente duties review`.
#[derive(Debug, Args)]
pub struct Review {
    /// The file, or the dossier between the authorities, by number or identifier
    dossier: String,
    /// Take it out: write it as JSON, with the proof of each paper that the other side holds. The file must not exist
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Officer who looks
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Flags of `entente duties verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The review, as `entente duties review --out` or the API gives it
    file: PathBuf,
    /// Fingerprint of a node that may have written or cosigned; may be repeated: once for each state
    #[arg(long = "node", value_name = "FINGERPRINT")]
    nodes: Vec<Fingerprint>,
}

/// Runs `entente duties`.
pub fn run(context: &Context, duties: &Duties) -> Result<(), CliError> {
    match duties {
        Duties::List(flags) => list(context, flags),
        Duties::Review(flags) => review(context, flags),
        Duties::Verify(flags) => verify(context, flags),
    }
}

fn list(context: &Context, wanted: &List) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let files = node.app.duty_files(&actor)?;
    if context.json {
        say::json(&entente_web::duties_json(&files));
        return Ok(());
    }
    for file in &files {
        let columns = [
            (file.dossier.number.clone(), 10),
            (say::plain(&file.dossier.title), 40),
        ];
        let stands = entente_web::duty_standing(say::words(), &file.state);
        say::line(&say::row(&columns, &stands));
    }
    Ok(())
}

fn review(context: &Context, wanted: &Review) -> Result<(), CliError> {
    let node = context.open()?;
    let mut actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    let (app, why) = (&node.app, &wanted.why);
    let Some(out) = &wanted.out else {
        let view = why.wherever_asked(app, &mut actor, |actor| app.review(actor, dossier))?;
        match context.json {
            true => say::json(&entente_web::review_json(&view)),
            false => lines(&view),
        }
        return Ok(());
    };
    let view = made::whole(out, |mut file| {
        let view = why.wherever_asked(app, &mut actor, |actor| app.review_file(actor, dossier))?;
        let text = serde_json::to_string_pretty(&entente_web::review_json(&view));
        let text = text.map_err(|error| refused(out, &error.into()))?;
        made::filled(&mut file, out, text.as_bytes())?;
        Ok(view)
    })?;
    let proved = view.entries.iter().filter(|one| one.proof.is_some());
    let (all, proved) = (view.entries.len(), proved.count());
    if context.json {
        say::json(&json!({"file": out.display().to_string(), "entries": all, "proofs": proved}));
    } else {
        say::line(&say::s("cli-duties-written", out.display()));
        say::line(&say::two("cli-duties-proved", proved, all));
    }
    Ok(())
}

/// A review to read: how it stands, then a line for each paper.
fn lines(view: &ReviewView) {
    let words = say::words();
    say::line(&format!(
        "{}  {}",
        view.dossier.number,
        say::plain(&view.dossier.title)
    ));
    if let Some(state) = &view.state {
        say::line(&entente_web::duty_standing(words, state));
    }
    if view.left_out > 0 {
        say::line(&say::s("review-left-out", words.number(view.left_out)));
    }
    let places = view.places();
    for one in &view.entries {
        let place = |id| places.get(id).copied().unwrap_or_default();
        say::line(&paper_line(one, place(&one.entry.id)));
        if !one.on_file.is_empty() {
            let past: Vec<String> = one.on_file.iter().map(|id| place(id).to_string()).collect();
            let said = say::t("review-on-file");
            say::line(&format!("      {said} {}", past.join(", ")));
        }
    }
}

fn paper_line(one: &ReviewEntry, place: usize) -> String {
    let words = say::words();
    let what = one
        .entry_type()
        .map_or(one.entry.type_name.as_str(), |t| words.label(t.label));
    let by = format!("{} ({})", one.entry.service, words.label(one.role.label()));
    let columns = [
        (place.to_string(), 4),
        (say::time(one.entry.at), 22),
        (what.to_owned(), 36),
        (say::plain(by), 34),
    ];
    say::row(
        &columns,
        entente_web::ground_said(words, one).unwrap_or_default(),
    )
}

fn verify(context: &Context, wanted: &Verify) -> Result<(), CliError> {
    let mut text = String::new();
    let file = File::open(&wanted.file).map_err(|error| refused(&wanted.file, &error))?;
    let read = file.take(MAX_REVIEW).read_to_string(&mut text);
    read.map_err(|error| refused(&wanted.file, &error))?;
    let papers = verify_review(&text).and_then(|papers| trusted(papers, &wanted.nodes));
    let papers = papers.map_err(|fault| failed(context, &fault))?;
    shown(context, &papers, !wanted.nodes.is_empty());
    Ok(())
}

/// Each proof is by keys of the nodes that were named, if any were.
fn trusted(papers: Vec<Paper>, nodes: &[Fingerprint]) -> Result<Vec<Paper>, ReviewFault> {
    let named = Trusted {
        signed_by: nodes.to_vec(),
        cosigned_by: nodes.to_vec(),
        compromised: Vec::new(),
    };
    for paper in &papers {
        let place = paper.place;
        if let Some(proof) = &paper.proof {
            let held = proof.trusts(&named);
            held.map_err(|error| ReviewFault::Proof { place, error })?;
        }
    }
    Ok(papers)
}

fn failed(context: &Context, fault: &ReviewFault) -> CliError {
    if context.json {
        say::json(
            &json!({"valid": false, "check": fault.check(), "paper": fault.place(), "reason": fault.to_string()}),
        );
    }
    let place = fault.place().unwrap_or_default();
    let sentence = match fault {
        ReviewFault::NotAReview => say::t("cli-duties-no-review"),
        ReviewFault::OtherEntry(_) => say::s("cli-duties-other", place),
        ReviewFault::Words(_) => say::s("cli-duties-words", place),
        ReviewFault::Proof { error, .. } => {
            let why = entente_web::proof_check(say::words(), error.check());
            say::two("cli-duties-proof", place, why)
        }
    };
    CliError::Refused(say::s("cli-proves-nothing", sentence))
}

fn shown(context: &Context, papers: &[Paper], compared: bool) {
    let proved = papers.iter().filter(|paper| paper.proof.is_some()).count();
    if context.json {
        let one = |paper: &Paper| {
            let proof = paper.proof.as_ref();
            json!({"place": paper.place, "entry": paper.entry, "type": paper.entry_type, "service": paper.service, "at": paper.at,
                "signed_by": proof.map(|p| p.signed_by.to_string()), "cosigned_by": proof.map(|p| p.cosigned_by.to_string())})
        };
        say::json(&json!({
            "valid": true, "proofs": proved, "fingerprints_compared": compared,
            "entries": papers.iter().map(one).collect::<Vec<_>>(),
        }));
        return;
    }
    for paper in papers {
        let held = paper.proof.as_ref().map_or_else(
            || say::t("cli-duties-unproved"),
            |p| format!("{} · {}", p.signed_by, p.cosigned_by),
        );
        let columns = [
            (paper.place.to_string(), 4),
            (say::plain(&paper.entry_type), 24),
            (say::plain(&paper.service), 16),
            (say::plain(&paper.at), 22),
        ];
        say::line(&say::row(&columns, &held));
    }
    say::line(&say::two("cli-duties-proved", proved, papers.len()));
    if !compared {
        say::line(&say::t("cli-compare"));
    }
}
