//! Rule 16 with real processes: four nodes over loopback TLS, each on its own SQLite, one joint investigation, one of them killed.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
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

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
const NAMES: [&str; 4] = ["ma", "fr", "es", "pt"];
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(50);

struct Four {
    apis: Vec<Api>,
    processes: Vec<Process>,
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

impl Four {
    /// Four nodes that pinned each other, serving.
    async fn start(folder: &Path) -> Self {
        let ports = ports(2 * NAMES.len());
        let address = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
        let url = |place: usize| format!("http://localhost:{}", ports[place]);
        let clock_file = std::fs::canonicalize(folder).unwrap().join("clock");
        write_offset(&clock_file, 0).unwrap();
        let mut made = Vec::new();
        for (place, name) in NAMES.iter().enumerate() {
            let file = NewFile {
                node: name.parse().unwrap(),
                title: format!("Nœud {name} (fictif)"),
                language: Lang::Fr,
                clocks: Vec::new(),
                http: address(ports[place]),
                link: address(ports[NAMES.len() + place]),
                demo: Some(DemoConfig {
                    clock_file: clock_file.clone(),
                    own_url: url(place),
                    partner_url: url((place + 1) % NAMES.len()),
                }),
                store: StoreConfig::Embedded,
            };
            let node = node::create(&folder.join(name), &file).unwrap();
            node.app.add_officer(officer(name)).unwrap();
            made.push(node);
        }
        for (place, own) in made.iter().enumerate() {
            for (there, other) in made.iter().enumerate().filter(|(there, _)| *there != place) {
                let link = address(ports[NAMES.len() + there]).to_string();
                let print = node::own_card(&other.app).unwrap().1.to_string();
                let card = other.app.own_card();
                own.app.pin_partner(&card, &link, &print).unwrap();
            }
        }
        drop(made);
        let data: Vec<PathBuf> = NAMES.iter().map(|name| folder.join(name)).collect();
        let serve = |data: &PathBuf| Process::start(Path::new(PROGRAM), data).unwrap();
        let mut four = Self {
            apis: (0..NAMES.len())
                .map(|place| Api::new(NAMES[place], &url(place)).unwrap())
                .collect(),
            processes: data.iter().map(serve).collect(),
        };
        four.ready().await;
        four
    }

    async fn ready(&mut self) {
        let begun = Instant::now();
        for api in &self.apis {
            while !api.is_ready().await {
                assert!(begun.elapsed() < PATIENCE, "a node never answered");
                tokio::time::sleep(LOOK).await;
            }
        }
    }

    async fn write(&mut self, at: usize, entry_type: &str, writing: Writing<'_>) -> String {
        let recorded = self.apis[at].record("liaison", entry_type, writing).await;
        recorded.unwrap().dossier
    }

    /// Waits until a node shows a dossier with at least so many entries.
    async fn shows(&mut self, at: usize, dossier: &str, entries: usize) {
        let begun = Instant::now();
        loop {
            let shown = self.apis[at].entries("liaison", dossier).await;
            if shown.is_ok_and(|shown| shown.len() >= entries) {
                return;
            }
            let name = NAMES[at];
            assert!(begun.elapsed() < PATIENCE, "{name} never had {entries}");
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn charter(&mut self, one: usize, other: usize) {
        let opened = Writing {
            partner: Some(NAMES[other]),
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
    async fn owed(&mut self, at: usize, dossier: &str, ask: &str) -> Option<String> {
        let own = format!("{}/", NAMES[at]);
        let view = self.dossier(at, dossier).await;
        let lines = view["obligations"].as_array().unwrap();
        let owes = |line: &&Value| {
            let by = line["owing"].as_str().unwrap_or_default();
            line["ask"] == ask && by.starts_with(&own) && line["ended"].is_null()
        };
        let found = lines.iter().find(owes)?;
        Some(found["id"].as_str().unwrap().to_owned())
    }

    async fn dossier(&mut self, at: usize, dossier: &str) -> Value {
        let path = format!("/api/v1/dossiers/{dossier}");
        self.apis[at].get("liaison", &path).await.unwrap()
    }

    /// Entries with their verdicts, and obligations with their states, as a node shows them.
    async fn shared(&mut self, at: usize, dossier: &str) -> BTreeMap<String, Value> {
        let mut all = BTreeMap::new();
        for entry in self.apis[at].entries("liaison", dossier).await.unwrap() {
            let id = entry["id"].as_str().unwrap().to_owned();
            all.insert(id, json!([entry["verdict"], entry["body"]["values"]]));
        }
        let view = self.dossier(at, dossier).await;
        for line in view["obligations"].as_array().unwrap() {
            let id = line["id"].as_str().unwrap().to_owned();
            all.insert(id, json!([line["state"], line["owing"], line["creditor"]]));
        }
        all
    }
}

fn on(dossier: &str, values: Value) -> Writing<'_> {
    Writing {
        dossier: Some(dossier),
        lang: "fr",
        values,
        ..Writing::default()
    }
}

#[test]
fn rule_16_four_processes_hold_one_investigation() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let mut four = Four::start(folder.path()).await;
        for one in 0..NAMES.len() {
            for other in one + 1..NAMES.len() {
                four.charter(one, other).await;
            }
        }
        let opening = Writing {
            partner: Some("fr"),
            lang: "fr",
            values: json!({
                "title": "Estuaire",
                "aim": "Comprendre une filière de faux titres de transport.",
                "others": ["es/liaison", "pt/liaison"],
            }),
            ..Writing::default()
        };
        let dossier = four.write(0, "investigation.open", opening).await;
        for at in 1..NAMES.len() {
            four.shows(at, &dossier, 1).await;
            let target = four.owed(at, &dossier, "decide").await.unwrap();
            let mut joining = on(&dossier, json!({"text": "Nous participons."}));
            joining.on = Some(&target);
            four.write(at, "investigation.join", joining).await;
        }
        for at in 0..NAMES.len() {
            four.shows(at, &dossier, NAMES.len()).await;
        }

        // One contributes while another is dead; that one gets all of it from its author and answers.
        four.processes[2].kill();
        let given = json!({"title": "Relevé", "text": "Trois départs du quai."});
        four.write(3, "investigation.contribute", on(&dossier, given.clone()))
            .await;
        four.shows(0, &dossier, NAMES.len() + 1).await;
        four.write(0, "investigation.contribute", on(&dossier, given))
            .await;
        four.processes[2].start_again(Path::new(PROGRAM)).unwrap();
        four.ready().await;
        four.shows(2, &dossier, NAMES.len() + 2).await;
        let target = four.owed(2, &dossier, "feedback").await.unwrap();
        let mut told = on(&dossier, json!({"outcome": "arrest", "text": "Utile."}));
        told.on = Some(&target);
        four.write(2, "feedback", told).await;
        for at in 0..NAMES.len() {
            four.shows(at, &dossier, NAMES.len() + 3).await;
        }

        let first = four.shared(0, &dossier).await;
        assert_eq!(first.len(), 7 + 3 + 6, "entries, decisions, feedback");
        for (at, name) in NAMES.iter().enumerate().skip(1) {
            assert_eq!(four.shared(at, &dossier).await, first, "{name}");
            let links = four.apis[at].get("liaison", "/api/v1/links").await.unwrap();
            let links = links["links"].as_array().unwrap();
            assert_eq!(links.len(), 3);
            assert!(
                links.iter().all(|link| link["stopped"].is_null()),
                "{links:?}"
            );
        }
        for process in &mut four.processes {
            assert!(process.stop());
        }
    });
}
