//! `entente doctor`: recompute what can be recomputed, look at what surrounds the node, and say what is wrong.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use entente_app::CheckLine;
use entente_store::blobs::bucket::Versions;
use entente_store::postgres::{Options, PostgresStore};
use serde_json::json;

use super::link::standing;
use super::{CliError, Context, say};
use crate::clock::SystemClock;
use crate::config::Layout;
use crate::files::Files;
use crate::node::{self, Node};

/// A clock before this is wrong: 1 January 2026, UTC ms.
const NOT_BEFORE_MS: i64 = 1_767_225_600_000;

/// Checks the node; fails if any line fails.
pub fn run(context: &Context) -> Result<(), CliError> {
    let layout = Layout::new(context.data());
    let mut lines = surroundings(&layout);
    let node = context.open()?;
    match node::database(&node.config)? {
        Some(options) => lines.extend(database(&options)),
        None => lines.push(serving(&layout)),
    }
    for (partner, _, _, stopped) in node.app.partners()? {
        // Cut on purpose is no fault of the node.
        let cut = node.app.cut_since(&partner)?.is_some();
        let detail = standing(stopped, cut).unwrap_or_default();
        lines.push(line(&format!("link with {partner}"), !stopped, detail));
    }
    lines.extend(files(&node.files));
    if node.config.oidc.is_some() {
        lines.push(provider(&node));
    }
    lines.push(line("calendar addresses", true, calendars(&node)));
    lines.extend(node.app.check_clock()?);
    lines.extend(node.app.check()?);
    if context.json {
        let all: Vec<_> = lines
            .iter()
            .map(|l| json!({"what": l.what, "ok": l.ok, "detail": l.detail}))
            .collect();
        say::json(&all.into());
    } else {
        for l in &lines {
            say::line(&format!(
                "{:<4} {}  {}",
                if l.ok { "ok" } else { "FAIL" },
                l.what,
                l.detail
            ));
        }
    }
    if lines.iter().all(|l| l.ok) {
        Ok(())
    } else {
        Err(CliError::Said)
    }
}

/// Whether officers may have a calendar that leaves this node, and what it may carry.
fn calendars(node: &Node) -> String {
    match node.config.calendar {
        Some(class) => format!("on, at most {}", class.as_str()),
        None => "off".to_owned(),
    }
}

fn line(what: &str, ok: bool, detail: impl Into<String>) -> CheckLine {
    CheckLine {
        what: what.to_owned(),
        ok,
        detail: detail.into(),
    }
}

fn surroundings(layout: &Layout) -> Vec<CheckLine> {
    let private = |what: &str, path: &Path| {
        let mode = std::fs::metadata(path).map(|m| m.permissions().mode() & 0o777);
        match mode {
            Ok(mode) => line(what, mode & 0o077 == 0, format!("mode {mode:o}")),
            Err(error) => line(what, false, error.kind().to_string()),
        }
    };
    let now = SystemClock::read();
    vec![
        private("data directory is private", layout.root()),
        private("keys are private", &layout.keys()),
        line(
            "the disk takes and keeps bytes",
            write_back(layout.root()),
            "",
        ),
        line(
            "the clock is plausible",
            now.0 > NOT_BEFORE_MS,
            say::time(now),
        ),
    ]
}

/// Whether bytes written here can be read back.
fn write_back(folder: &Path) -> bool {
    let path = folder.join("doctor.probe");
    let bytes = [0x5a_u8; 4096];
    let written = std::fs::File::create(&path).and_then(|mut file| {
        use std::io::Write as _;
        file.write_all(&bytes)?;
        file.sync_all()
    });
    let kept = written.is_ok() && std::fs::read(&path).is_ok_and(|read| read == bytes);
    kept && std::fs::remove_file(&path).is_ok()
}

fn database(options: &Options) -> Vec<CheckLine> {
    match PostgresStore::about(options) {
        Ok(about) => vec![
            line(
                "the database can be written",
                !about.standby,
                format!("PostgreSQL {}", about.version),
            ),
            line(
                "the database keeps what it promised",
                about.durable,
                "fsync, full_page_writes",
            ),
            line(
                "connections to the database",
                true,
                if about.encrypted { "TLS" } else { "in clear" },
            ),
        ],
        Err(error) => vec![line(
            "the database can be written",
            false,
            error.to_string(),
        )],
    }
}

/// Whether a bucket keeps what is written and loses what is deleted.
fn files(files: &Files) -> Vec<CheckLine> {
    let fit = |ok, detail| line(&say::t("doctor-bucket"), ok, detail);
    let versions = match files.check() {
        None => return Vec::new(),
        Some(Err(error)) => return vec![fit(false, error.to_string())],
        Some(Ok(versions)) => versions,
    };
    // A bucket that keeps versions is not tried further: what is written there would stay.
    let tried = (versions != Versions::Kept).then(|| fit(true, String::new()));
    let key = match versions {
        Versions::Never => "doctor-versions-never",
        Versions::Once => "doctor-versions-once",
        Versions::Kept => "doctor-versions-kept",
        Versions::Untold => "doctor-versions-untold",
    };
    let none = matches!(versions, Versions::Never | Versions::Untold);
    let kept = line(&say::t("doctor-versions"), none, say::t(key));
    tried.into_iter().chain([kept]).collect()
}

/// Whether the OpenID provider describes itself as it must, and shows keys.
fn provider(node: &Node) -> CheckLine {
    let what = say::t("doctor-provider");
    if let Some(why) = &node.provider_off {
        return line(&what, false, say::s("doctor-provider-off", why));
    }
    let looked = node.app.look_at_provider();
    let detail = looked.as_ref().err().map(ToString::to_string);
    line(&what, looked.is_ok(), detail.unwrap_or_default())
}

fn serving(layout: &Layout) -> CheckLine {
    match node::lock(layout) {
        Ok(_free) => line("serving process", true, "none"),
        Err(node::NodeError::Busy) => line("serving process", true, "running"),
        Err(error) => line("serving process", false, error.to_string()),
    }
}
