//! `entente files`: brings sealed files from a folder to where the configuration keeps them, or copies them out into a folder. With a
//! changed setting `files`, this is the way into a bucket and back. A run that was cut is simply run again.

use std::path::PathBuf;

use clap::Args;
use entente_app::carry::Carried;
use entente_store::blobs::FolderBlobs;

use super::backup::tell_damaged;
use super::{CliError, Context, say};
use crate::node::NodeError;

/// Flags of `entente files`.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Files {
    /// Bring the files of this folder to where the configuration keeps files
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Copy the files from there to this folder
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Runs `entente files`.
pub fn run(context: &Context, files: &Files) -> Result<(), CliError> {
    if let Some(from) = files.from.as_ref().filter(|from| !from.is_dir()) {
        return Err(CliError::Refused(say::s("cli-no-folder", from.display())));
    }
    let node = context.open()?;
    let open = |folder: &PathBuf| FolderBlobs::open(folder).map_err(NodeError::from);
    let carried = match (&files.from, &files.to) {
        (Some(from), _) => node.app.carry_files(&open(from)?, node.app.blobs()),
        (None, Some(to)) => node.app.carry_files(node.app.blobs(), &open(to)?),
        (None, None) => Ok(Carried::default()),
    };
    let carried = carried.map_err(NodeError::from)?;
    if context.json {
        say::json(
            &serde_json::json!({"carried": carried.carried, "there": carried.there, "damaged": carried.damaged}),
        );
    } else {
        say::line(&say::two(
            "cli-files-carried",
            carried.carried,
            carried.there,
        ));
        tell_damaged(carried);
    }
    if carried.damaged > 0 {
        return Err(CliError::Said);
    }
    Ok(())
}
