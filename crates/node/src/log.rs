//! Log lines: plain or JSON, on standard error. Never contents, names of persons, or secrets: callers log ids, codes and counts.

use crate::config::{self, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging for this process. A filter that cannot be read falls back to `info`.
pub fn start(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process, as tests do, keeps the first.
    let started = match format {
        LogFormat::Plain => builder
            .with_target(false)
            .with_ansi(config::colour_allowed() && is_terminal())
            .try_init(),
        LogFormat::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

fn is_terminal() -> bool {
    use std::io::IsTerminal as _;
    std::io::stderr().is_terminal()
}
