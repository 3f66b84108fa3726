//! `entente evidence list` and `entente evidence dossier`: the packages of evidence of a dossier with their files held against those that are here, and
//! the dossier itself as a package.

use std::path::{Path, PathBuf};

use clap::Args;
use entente_app::views::{PackageLine, Reading};
use entente_app::{Actor, App};
use entente_core::ids::DossierId;
use entente_evidence::files::files;
use serde_json::json;

use super::shown::one_line;
use crate::cli::made;
use crate::cli::{CliError, Context, access, pick, say};

/// On the command line nobody waits for a page: every file is read, however large.
const ALL: u64 = u64::MAX;

/// Flags of `entente evidence list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    looking: access::Looking,
}

/// Flags of `entente evidence dossier`.
#[derive(Debug, Args)]
pub struct Dossier {
    /// Dossier, by number or identifier
    dossier: String,
    /// File to write: a package in JSON-LD. It must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Officer who takes it out
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
    #[command(flatten)]
    why: access::Why,
}

/// Lists; 1 if a file that a package names differs, is missing or could not be read.
pub fn list(context: &Context, wanted: &List) -> Result<(), CliError> {
    let node = context.open()?;
    let app = &node.app;
    let (mut count, mut hold, mut json) = (0_u64, true, Vec::new());
    wanted.looking.at(app, |actor, dossier| {
        app.packages(actor, (dossier, Reading::WHOLE), &mut |line| {
            count += 1;
            hold &= matches!(&line.read, Ok((_, held)) if held.holds());
            match context.json {
                true => json.push(entente_web::package_json(&line)),
                false => lines(&line),
            }
        })
    })?;
    match context.json {
        true => say::json(&json!({ "packages": json })),
        false if count == 0 => say::line(&say::t("cli-evidence-none")),
        false => (),
    }
    match hold {
        true => Ok(()),
        false => Err(CliError::Said),
    }
}

fn lines(of: &PackageLine) {
    let file = &of.file;
    let columns = [
        (file.entry.short(), 10),
        (say::plain(&file.service), 16),
        (say::time(file.at), 22),
    ];
    say::line(&say::row(&columns, &say::free(one_line(&file.name))));
    match &of.read {
        Ok((package, held)) => {
            let all = files(package.graph());
            if all.is_empty() {
                say::line(&format!("  {}", say::t("cli-evidence-no-files")));
            }
            for named in all {
                let name = named.names.first().map(|name| one_line(name));
                let name = name.unwrap_or_else(|| one_line(&package.shown(named.node)));
                say::line(&format!("  {}", say::free(name)));
                if let Some((found, here)) = held.of(named.node) {
                    let said = entente_web::held_said(say::words(), found, here);
                    say::line(&format!("    {said}"));
                }
            }
        }
        Err(why) => {
            let why = entente_web::package_unread(say::words(), why);
            let said = say::two("cli-evidence-unread", one_line(&file.name), why);
            say::line(&format!("  {said}"));
        }
    }
}

/// Takes a dossier out as a package.
pub fn dossier(context: &Context, wanted: &Dossier) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, wanted.officer.as_deref())?;
    let dossier = pick::dossier(&node.app, &actor, &wanted.dossier)?;
    taken_out(
        context,
        &node.app,
        (actor, &wanted.why),
        (dossier, &wanted.out),
    )
}

/// Takes a dossier out into a file that must not exist, and says what is not in it.
pub fn taken_out(
    context: &Context,
    app: &App,
    (mut actor, why): (Actor, &access::Why),
    (dossier, out): (DossierId, &Path),
) -> Result<(), CliError> {
    let case = made::whole(out, |mut file| {
        let case = why.wherever_asked(app, &mut actor, |actor| app.case(actor, dossier, ALL))?;
        made::filled(&mut file, out, case.text.as_bytes())?;
        Ok(case)
    })?;
    if context.json {
        say::json(&json!({
            "file": out.display().to_string(), "bytes": case.text.len(), "left_out": case.left_out, "unhashed": case.unhashed,
        }));
        return Ok(());
    }
    say::line(&say::s("cli-evidence-taken-out", out.display()));
    for (key, count) in [
        ("cli-evidence-left-out", case.left_out),
        ("cli-evidence-unhashed", case.unhashed),
    ] {
        if count > 0 {
            say::line(&say::s(key, say::words().number(count)));
        }
    }
    Ok(())
}
