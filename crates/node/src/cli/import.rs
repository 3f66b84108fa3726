//! `entente import`: a declaration's text, or a register of commitments.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use entente_app::{AppError, DeclarationImport};
use entente_core::ids::NodeName;
use entente_core::label::Lang;
use serde_json::Value;

use super::link::read_bytes;
use super::{CliError, Context, lang, pick, say};

/// Largest declaration or register file.
const MAX_IMPORT: u64 = 4 << 20;

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// A declaration in one to three languages: plain text, Markdown or HTML
    Declaration(Declaration),
    /// A register of instruments and points, as JSON
    Register(Register),
}

/// Flags of `entente import declaration`.
#[derive(Debug, Args)]
pub struct Declaration {
    /// The text, one file per language
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only show numbered paragraphs and proposed commitments: nothing is stored, no node is needed
    #[arg(long)]
    propose: bool,
    /// Language of the files, in their order; found out if left out
    #[arg(long = "language", value_parser = lang)]
    languages: Vec<Lang>,
    /// Title
    #[arg(long)]
    title: Option<String>,
    /// Reference, such as R12
    #[arg(long, default_value = "")]
    reference: String,
    /// Date, YYYY-MM-DD
    #[arg(long, default_value = "")]
    date: String,
    /// Place
    #[arg(long, default_value = "")]
    place: String,
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Officer who imports
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente import register`.
#[derive(Debug, Args)]
pub struct Register {
    /// The register
    file: PathBuf,
    /// Partner; may be left out if there is only one
    #[arg(long)]
    partner: Option<NodeName>,
    /// Officer who imports
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Runs `entente import`.
pub fn run(context: &Context, import: Import) -> Result<(), CliError> {
    match import {
        Import::Declaration(declaration) if declaration.propose => propose(context, &declaration),
        Import::Declaration(declaration) => import_declaration(context, declaration),
        Import::Register(register) => import_register(context, &register),
    }
}

fn propose(context: &Context, declaration: &Declaration) -> Result<(), CliError> {
    let mut proposals = Vec::new();
    for (place, path) in declaration.files.iter().enumerate() {
        proposals.push(proposal_of(
            path,
            declaration.languages.get(place).copied(),
        )?);
    }
    if context.json {
        // One file, one object: what a program asks for. Several: in the order of the files.
        let printed = if proposals.len() == 1 {
            proposals.pop().unwrap_or_default()
        } else {
            Value::Array(proposals)
        };
        say::json(&printed);
        return Ok(());
    }
    for proposal in &proposals {
        show(proposal);
    }
    Ok(())
}

fn proposal_of(path: &Path, language: Option<Lang>) -> Result<Value, CliError> {
    let bytes = read_bytes(path, MAX_IMPORT)?;
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let refused = |error: AppError| {
        let why = entente_web::explain(error, say::words());
        CliError::Refused(format!("{}: {why}", path.display()))
    };
    let language = language.or_else(|| named_language(&name));
    let proposal = entente_app::import::propose(&bytes, &name, language)
        .map_err(|error| refused(error.into()))?;
    serde_json::to_value(proposal).map_err(|_| refused(AppError::Bug("proposal")))
}

/// The language in a name such as `udhr.ar.html`.
fn named_language(name: &str) -> Option<Lang> {
    name.split('.').rev().nth(1).and_then(Lang::parse)
}

fn show(proposal: &Value) {
    let list = |key: &str| {
        proposal
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let word = |value: &Value, key: &str| match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    for paragraph in list("paragraphs") {
        say::line(&format!(
            "{}. {}",
            word(&paragraph, "number"),
            word(&paragraph, "text")
        ));
        for statement in paragraph
            .get("statements")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let (act, speaker) = (word(statement, "act"), word(statement, "speaker"));
            say::line(&format!("     {}", say::two("cli-statement", act, speaker)));
        }
    }
    say::line(&say::t("cli-proposed"));
    for commitment in list("commitments") {
        let because: Vec<String> = commitment
            .get("because")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|b| b.as_str().map_or_else(|| word(b, "text"), str::to_owned))
            .collect();
        say::line(&format!(
            "  §{} {}: {} ({}) — {}",
            word(&commitment, "paragraph"),
            word(&commitment, "class"),
            word(&commitment, "title"),
            word(&commitment, "topic"),
            say::s("cli-because", because.join(", "))
        ));
    }
}

fn import_declaration(context: &Context, declaration: Declaration) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, declaration.officer.as_deref())?;
    let partner = pick::partner(&node.app, declaration.partner.as_ref())?;
    let mut versions = Vec::new();
    for (place, path) in declaration.files.iter().enumerate() {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let language = declaration
            .languages
            .get(place)
            .copied()
            .or_else(|| named_language(&name));
        versions.push((language, name, read_bytes(path, MAX_IMPORT)?));
    }
    let title = declaration
        .title
        .ok_or_else(|| CliError::Usage(say::t("cli-need-title")))?;
    let import = DeclarationImport {
        partner: Some(partner),
        title,
        reference: declaration.reference,
        date: declaration.date,
        place: declaration.place,
        versions,
    };
    let recorded = node.app.import_declaration(&actor, import)?;
    if context.json {
        say::json(&say::recorded_json(&recorded));
    } else {
        say::line(&say::s("cli-imported", recorded.dossier));
    }
    Ok(())
}

fn import_register(context: &Context, register: &Register) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, register.officer.as_deref())?;
    let partner = pick::partner(&node.app, register.partner.as_ref())?;
    let bytes = read_bytes(&register.file, MAX_IMPORT)?;
    let recorded = node.app.import_register(&actor, Some(partner), &bytes)?;
    if context.json {
        let all: Vec<_> = recorded.iter().map(say::recorded_json).collect();
        say::json(&all.into());
    } else {
        say::line(&say::s("cli-imported-count", recorded.len()));
    }
    Ok(())
}
