//! `entente render`, hidden: reads a PDF from standard input and writes one of its pages to standard output, as letters or as a picture. It is started
//! by [`crate::drawing`] for one page and ends with it. Before it reads a byte it gives up what it does not need: from then on it opens no file and no
//! socket, starts nothing, writes no file, and has memory and time for one page only. What a hostile file can take is this process.

use std::io::{Read as _, Write as _};

use clap::Args;
use entente_render::{MOST, Refused, Wanted, encode, page};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::CliError;

/// Most bytes of memory that may be mapped.
pub const MEMORY: u64 = 1 << 30;
/// Seconds of a processor's time.
pub const SECONDS: u64 = 10;
/// Flags of `entente render`.
#[derive(Debug, Args)]
pub struct Render {
    /// What is wanted of the page
    #[arg(value_parser = wanted)]
    wanted: Wanted,
    /// Number of the page, from 1
    page: u32,
}

/// Runs it.
///
/// # Errors
/// The limits cannot be set: then nothing is read.
pub fn run(render: &Render) -> Result<(), CliError> {
    if !give_up() {
        return Err(CliError::Refused("no limits".to_owned()));
    }
    let mut bytes: Vec<u8> = Vec::new();
    let read = std::io::stdin().take(MOST + 1).read_to_end(&mut bytes);
    let whole = read.is_ok() && bytes.len() as u64 <= MOST;
    let answer = match whole {
        true => page(bytes, render.page, render.wanted),
        false => Err(Refused::Broken),
    };
    let written = std::io::stdout().write_all(&encode(&answer));
    written.map_err(|_| CliError::Said)
}

fn wanted(name: &str) -> Result<Wanted, &'static str> {
    Wanted::named(name).ok_or("letters or picture")
}

/// Sets the limits, for good; whether all hold.
fn give_up() -> bool {
    let limits = [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Cpu, SECONDS),
        (Resource::As, MEMORY),
        (Resource::Nproc, 0),
        // Standard input and output stay open; nothing else is opened.
        (Resource::Nofile, 0),
    ];
    limits.into_iter().all(|(resource, most)| {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).is_ok()
    })
}
