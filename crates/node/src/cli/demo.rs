//! `entente demo`: see `crate::demo`.

use std::path::PathBuf;

use clap::Args;

use super::{CliError, Context};
use crate::demo::{self, Options};

/// Flags of `entente demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Play, check what is shown, print one line per fact, and end; fails if any fact fails
    #[arg(long)]
    check: bool,
    /// Where the two nodes are made
    #[arg(long, default_value = "demo-data", value_name = "DIR")]
    dir: PathBuf,
    /// Keep what an earlier demonstration left, and go on from there
    #[arg(long)]
    keep: bool,
    /// First of four ports: pages of ma and fr, links of ma and fr
    #[arg(long, default_value_t = 8411)]
    port_base: u16,
}

/// Runs the demonstration. `--data`, elsewhere the node's directory, names the folder of real inputs here.
pub fn run(context: &Context, demo: Demo) -> Result<(), CliError> {
    let inputs = context.named_data.clone();
    demo::run(&Options {
        check: demo.check,
        dir: demo.dir,
        keep: demo.keep,
        port_base: demo.port_base,
        inputs,
    })
}
