//! Nodes of several states as processes of their own: made, pinned to each other, served, and written to by their API.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
use entente_node::clock::write_offset;
use entente_node::config::{DemoConfig, NewFile, StoreConfig};
use entente_node::demo::world::Process;
use entente_node::demo::{Api, Writing};
use entente_node::node;
use serde_json::{Value, json};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
pub const PATIENCE: Duration = Duration::from_secs(120);
pub const LOOK: Duration = Duration::from_millis(50);

/// Nodes that serve.
pub struct States {
    /// Their names.
    pub names: &'static [&'static str],
    /// Their APIs.
    pub apis: Vec<Api>,
    /// Their processes.
    pub processes: Vec<Process>,
}

/// Free ports, held open together so that they differ.
fn ports(count: usize) -> Vec<u16> {
    let hold = |_| TcpListener::bind("127.0.0.1:0").unwrap();
    let held: Vec<TcpListener> = (0..count).map(hold).collect();
    let port = |l: &TcpListener| l.local_addr().unwrap().port();
    held.iter().map(port).collect()
}

fn officer(node: &str) -> NewOfficer {
    NewOfficer {
        id: "liaison".into(),
        name: format!("Officier de liaison ({node})"),
        services: vec![format!("{node}/liaison").parse().unwrap()],
        roles: vec![Role::Liaison],
        password: None,
        lang: Lang::Fr,
    }
}

impl States {
    /// Nodes of these names that pinned each other, serving.
    async fn start(folder: &Path, names: &'static [&'static str]) -> Self {
        let ports = ports(2 * names.len());
        let address = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        let url = |place: usize| format!("http://localhost:{}", ports[place]);
        let clock_file = std::fs::canonicalize(folder).unwrap().join("clock");
        write_offset(&clock_file, 0).unwrap();
        let mut made = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let file = NewFile {
                node: name.parse().unwrap(),
                title: format!("Nœud {name} (fictif)"),
                language: Lang::Fr,
                clocks: Vec::new(),
                http: address(ports[place]),
                link: address(ports[names.len() + place]),
                demo: Some(DemoConfig {
                    clock_file: clock_file.clone(),
                    own_url: url(place),
                    partner_url: url((place + 1) % names.len()),
                }),
                store: StoreConfig::Embedded,
            };
            let node = node::create(&folder.join(name), &file).unwrap();
            node.app.add_officer(officer(name)).unwrap();
            made.push(node);
        }
        for (place, own) in made.iter().enumerate() {
            for (there, other) in made.iter().enumerate().filter(|(there, _)| *there != place) {
                let link = address(ports[names.len() + there]).to_string();
                let print = node::own_card(&other.app).unwrap().1.to_string();
                let card = other.app.own_card();
                own.app.pin_partner(&card, &link, &print).unwrap();
            }
        }
        drop(made);
        let data: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
        let serve = |data: &PathBuf| Process::start(Path::new(PROGRAM), data).unwrap();
        let mut states = Self {
            names,
            apis: (0..names.len())
                .map(|place| Api::new(names[place], &url(place)).unwrap())
                .collect(),
            processes: data.iter().map(serve).collect(),
        };
        states.ready().await;
        states
    }

    /// Waits until all answer.
    pub async fn ready(&mut self) {
        let begun = Instant::now();
        for api in &self.apis {
            while !api.is_ready().await {
                assert!(begun.elapsed() < PATIENCE, "a node never answered");
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    /// Records an entry; gives its dossier.
    pub async fn write(&mut self, at: usize, entry_type: &str, writing: Writing<'_>) -> String {
        let recorded = self.apis[at].record("liaison", entry_type, writing).await;
        recorded.unwrap().dossier
    }

    /// Waits until a node shows a dossier with at least so many entries.
    pub async fn shows(&mut self, at: usize, dossier: &str, entries: usize) {
        let begun = Instant::now();
        loop {
            let shown = self.apis[at].entries("liaison", dossier).await;
            if shown.is_ok_and(|shown| shown.len() >= entries) {
                return;
            }
            let name = self.names[at];
            assert!(begun.elapsed() < PATIENCE, "{name} never had {entries}");
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn charter(&mut self, one: usize, other: usize) {
        let opened = Writing {
            partner: Some(self.names[other]),
            lang: "fr",
            values: json!({"title": "Charte"}),
            ..Writing::default()
        };
        let charter = self.write(one, "charter.open", opened).await;
        self.shows(other, &charter, 1).await;
        self.write(other, "charter.sign", on(&charter, json!({})))
            .await;
        self.shows(one, &charter, 2).await;
        self.write(one, "charter.enact", on(&charter, json!({})))
            .await;
        self.shows(other, &charter, 3).await;
    }

    /// What a node owes of one sort in a dossier.
    pub async fn owed(&mut self, at: usize, dossier: &str, ask: &str) -> Option<String> {
        let own = format!("{}/", self.names[at]);
        let view = self.dossier(at, dossier).await;
        let lines = view["obligations"].as_array().unwrap();
        let owes = |line: &&Value| {
            let by = line["owing"].as_str().unwrap_or_default();
            line["ask"] == ask && by.starts_with(&own) && line["ended"].is_null()
        };
        let found = lines.iter().find(owes)?;
        Some(found["id"].as_str().unwrap().to_owned())
    }

    /// Joins an investigation.
    pub async fn join(&mut self, at: usize, dossier: &str) {
        self.shows(at, dossier, 1).await;
        let target = self.owed(at, dossier, "decide").await.unwrap();
        let mut joining = on(dossier, json!({"text": "Nous participons."}));
        joining.on = Some(&target);
        self.write(at, "investigation.join", joining).await;
    }

    /// A dossier as a node shows it.
    pub async fn dossier(&mut self, at: usize, dossier: &str) -> Value {
        let path = format!("/api/v1/dossiers/{dossier}");
        self.apis[at].get("liaison", &path).await.unwrap()
    }
}

/// An entry in a dossier.
pub fn on(dossier: &str, values: Value) -> Writing<'_> {
    Writing {
        dossier: Some(dossier),
        lang: "fr",
        values,
        ..Writing::default()
    }
}

/// Nodes of these names with a charter between each two.
pub async fn linked(folder: &Path, names: &'static [&'static str]) -> States {
    let mut states = States::start(folder, names).await;
    for one in 0..names.len() {
        for other in one + 1..names.len() {
            states.charter(one, other).await;
        }
    }
    states
}
