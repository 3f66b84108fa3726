//! A node of a test's own, outside any demonstration, that browsers reach as `localhost`.

use std::path::Path;
use std::time::{Duration, Instant};

use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_node::config::{FILE, NewFile, StoreConfig};
use entente_node::demo::world::Process;
use entente_node::node::{self, Node};

use super::{http, owned};

/// Of whoever signs in by one.
pub const PASSWORD: &str = "a fictional password";
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes the node `ma`, whose pages are at this port.
pub fn make(data: &Path, port: u16) -> Node {
    let file = NewFile {
        node: "ma".parse().expect("a name"),
        title: "Nœud ma (fictif)".to_owned(),
        language: Lang::Fr,
        clocks: Vec::new(),
        http: ([127, 0, 0, 1], port).into(),
        link: ([127, 0, 0, 1], owned::free_port()).into(),
        demo: None,
        store: StoreConfig::Embedded,
    };
    node::create(data, &file).expect("a node")
}

/// An invented officer of the node's liaison service.
pub fn officer(id: &str, node: &str, role: Role, password: Option<&str>) -> NewOfficer {
    NewOfficer {
        id: id.into(),
        name: "Personne inventée".into(),
        services: vec![format!("{node}/liaison").parse().expect("a service")],
        roles: vec![role],
        password: password.map(str::to_owned),
        lang: Lang::Fr,
    }
}

/// Names in the node's configuration the address by which browsers reach it, and adds these lines.
pub fn configure(data: &Path, address: &str, more: &str) {
    let file = data.join(FILE);
    let text = std::fs::read_to_string(&file).expect("its configuration");
    let named = format!("[http]\npublic_url = \"{address}\"\n");
    let text = text.replacen("[http]\n", &named, 1);
    std::fs::write(&file, format!("{text}{more}")).expect("written");
}

/// Starts a node's program.
pub fn start(data: &Path) -> Process {
    let program = Path::new(env!("CARGO_BIN_EXE_entente"));
    Process::start(program, data).expect("it serves")
}

/// Waits until its pages answer.
pub fn ready(address: &str) {
    let begun = Instant::now();
    while http::get(&format!("{address}/readyz"), None).is_none_or(|a| a.status != 200) {
        assert!(begun.elapsed() < PATIENCE, "the node never answered");
        std::thread::sleep(Duration::from_millis(50));
    }
}
