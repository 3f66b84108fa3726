//! `entente courier`: bundles for a partner in files that people carry, and the keys that they are sealed to.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use entente_app::courier::CourierReport;
use entente_core::ids::NodeName;
use serde_json::json;

use super::link::{absent, unreadable};
use super::{CliError, Context, pick, say};
use crate::node::Node;

/// Progress is shown anew after so many bytes.
const SHOWN_EVERY: u64 = 4 << 20;

/// Commands on courier bundles.
#[derive(Debug, Subcommand)]
pub enum Courier {
    /// Pack a bundle: entries, receipts and files that the partner is not known to hold
    ///
    /// Packing again is harmless: a bundle that is lost costs nothing, the next carries everything.
    Pack(Pack),
    /// Unpack a bundle that the partner packed; a refused one changes nothing
    Unpack(Unpack),
    /// List this node's sealing keys and their terms
    Keys,
    /// Make a new sealing key now; partners learn it with the next bundle or card
    Rotate {
        /// Destroy the keys before it at once: bundles under way can no longer be opened
        #[arg(long)]
        destroy: bool,
    },
}

/// Flags of `entente courier pack`.
#[derive(Debug, Args)]
pub struct Pack {
    /// Partner; may be left out if there is only one
    #[arg(long = "to", value_name = "NODE")]
    partner: Option<NodeName>,
    /// A new file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Officer who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Flags of `entente courier unpack`.
#[derive(Debug, Args)]
pub struct Unpack {
    /// The bundle
    file: PathBuf,
    /// Officer who acts
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Runs a command on courier bundles.
pub fn run(context: &Context, courier: Courier) -> Result<(), CliError> {
    match courier {
        Courier::Pack(pack) => packed(context, &pack),
        Courier::Unpack(unpack) => unpacked(context, &unpack),
        Courier::Keys => keys(context, &context.open()?),
        Courier::Rotate { destroy } => rotate(context, destroy),
    }
}

fn packed(context: &Context, pack: &Pack) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, pack.officer.as_deref())?;
    let partner = pick::partner(&node.app, pack.partner.as_ref())?;
    // Never a half bundle under the name of a whole one.
    let part = beside(&pack.out);
    absent(&pack.out)?;
    let done = write(&part, |out| {
        let mut bar = Bar::new(say::t("cli-packing"));
        let report = node
            .app
            .courier_pack(&actor, &partner, out, &mut |done, total| {
                bar.show(done, total)
            });
        bar.end();
        Ok(report?)
    })
    .and_then(|report| {
        fs::hard_link(&part, &pack.out).map_err(|e| unwritten(&pack.out, &e))?;
        Ok(report)
    });
    // Whether it became the bundle or not, its other name goes.
    let _gone = fs::remove_file(&part);
    told(context, Way::Packed, &done?);
    Ok(())
}

fn unpacked(context: &Context, unpack: &Unpack) -> Result<(), CliError> {
    let node = context.open()?;
    let actor = pick::actor(&node.app, unpack.officer.as_deref())?;
    let mut file = File::open(&unpack.file).map_err(|e| unreadable(&unpack.file, &e))?;
    let mut bar = Bar::new(say::t("cli-unpacking"));
    let report = node
        .app
        .courier_unpack(&actor, None, &mut file, &mut |done, total| {
            bar.show(done, total)
        });
    bar.end();
    told(context, Way::Unpacked, &report?);
    Ok(())
}

fn keys(context: &Context, node: &Node) -> Result<(), CliError> {
    node.app.keep_sealing_keys()?;
    let keys = node.app.sealing_keys()?;
    if context.json {
        let each = keys.iter().map(|key| {
            json!({"id": key.id, "made": say::time(key.made), "until": say::time(key.until), "current": key.current, "destroyed": key.destroyed})
        });
        say::json(&each.collect::<Vec<_>>().into());
        return Ok(());
    }
    for key in keys {
        let state = match (key.current, key.destroyed) {
            (_, true) => say::t("cli-key-destroyed"),
            (true, false) => say::t("cli-key-current"),
            (false, false) => say::t("cli-key-opens"),
        };
        let term = say::two("cli-sealing-key", say::time(key.made), say::time(key.until));
        say::line(&say::row(
            &[(say::plain(&key.id), 0)],
            &format!(" {term}  {state}"),
        ));
    }
    Ok(())
}

fn rotate(context: &Context, destroy: bool) -> Result<(), CliError> {
    let node = context.open()?;
    node.app.rotate_sealing_key(destroy)?;
    keys(context, &node)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn unwritten(path: &Path, error: &std::io::Error) -> CliError {
    CliError::Refused(say::two("cli-unwritable", path.display(), error.kind()))
}

/// Writes a new file durably; what an earlier attempt left is replaced.
fn write<T>(
    path: &Path,
    job: impl FnOnce(&mut BufWriter<File>) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    let mut out = BufWriter::new(opened.map_err(|e| unwritten(path, &e))?);
    let done = job(&mut out)?;
    out.flush()
        .and_then(|()| out.get_ref().sync_all())
        .map_err(|e| unwritten(path, &e))?;
    Ok(done)
}

/// Which way a bundle went.
#[derive(Clone, Copy)]
enum Way {
    Packed,
    Unpacked,
}

fn told(context: &Context, way: Way, report: &CourierReport) {
    if context.json {
        let what = match way {
            Way::Packed => "packed",
            Way::Unpacked => "unpacked",
        };
        say::json(&json!({
            what: true, "bundle": report.bundle, "partner": report.partner, "made": say::time(entente_core::instant::Instant(report.made_ms)),
            "entries": report.entries, "files": report.files, "bytes": report.bytes, "held": report.held,
            "stopped_by_quota": report.stopped_by_quota,
        }));
        return;
    }
    let words = say::words();
    let carried = [
        words.count("courier-entries", report.entries),
        words.count("courier-files", report.files),
        words.size(report.bytes),
    ]
    .join(" · ");
    say::line(&match way {
        Way::Packed => say::two("cli-bundle-for", &report.partner, carried),
        Way::Unpacked => say::two("cli-bundle-from", &report.partner, carried),
    });
    say::line(&match (way, report.stopped_by_quota) {
        (_, true) => say::t("courier-fault-over-quota"),
        (Way::Packed, _) => say::t("cli-bundle-carry"),
        (Way::Unpacked, _) => say::t("cli-bundle-return"),
    });
}

/// How far a large bundle is, on a terminal only.
struct Bar {
    what: String,
    shown: u64,
    visible: bool,
}

impl Bar {
    fn new(what: String) -> Self {
        Self {
            what,
            shown: 0,
            visible: std::io::stderr().is_terminal(),
        }
    }

    fn show(&mut self, done: u64, total: u64) {
        if !self.visible || done < self.shown + SHOWN_EVERY {
            return;
        }
        self.shown = done;
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0);
        let _closed = write!(
            std::io::stderr().lock(),
            "\r{}: {} MiB, {percent} %",
            self.what,
            done >> 20
        );
    }

    fn end(&self) {
        if self.visible && self.shown > 0 {
            let _closed = writeln!(std::io::stderr().lock());
        }
    }
}
