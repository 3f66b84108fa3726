//! One demonstration per folder and per port: found out before anything is removed or written.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use super::world::NAMES;
use crate::config::{Config, Layout};
use crate::node::{self, NodeError, file_error};

/// Held by the one demonstration of a folder, as long as it lives.
const LOCK: &str = "demo.lock";

/// Takes a demonstration's folder, made if it is absent, until the file is dropped.
///
/// # Errors
/// [`NodeError::DemoRuns`] while another demonstration holds it or one of its nodes is served.
pub fn take(dir: &Path) -> Result<File, NodeError> {
    let busy = |error| match error {
        NodeError::Busy => NodeError::DemoRuns(dir.to_owned()),
        other => other,
    };
    node::make_private_folder(dir)?;
    let held = node::lock_file(&dir.join(LOCK)).map_err(busy)?;
    for name in NAMES {
        let layout = Layout::new(&dir.join(name));
        if layout.config().exists() {
            // Only asked for: the nodes themselves take it when they start.
            drop(node::lock(&layout).map_err(busy)?);
        }
    }
    Ok(held)
}

/// Whether nobody listens on these ports of this machine; 0 is any free port.
///
/// # Errors
/// [`NodeError::PortTaken`].
pub fn ports_are_free(ports: &[u16]) -> Result<(), NodeError> {
    for port in ports.iter().filter(|port| **port != 0) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, *port));
        match TcpListener::bind(address) {
            Ok(_closed_at_once) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                return Err(NodeError::PortTaken(*port));
            }
            Err(error) => return Err(file_error(Path::new("127.0.0.1"))(error)),
        }
    }
    Ok(())
}

/// The same for the ports that a node's configuration names.
///
/// # Errors
/// [`NodeError::PortTaken`].
pub fn ports_of(config: &Config) -> Result<(), NodeError> {
    ports_are_free(&[config.http.port(), config.link.port()])
}
