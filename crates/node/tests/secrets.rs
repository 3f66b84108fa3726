//! Nothing that people write leaves a node by its logs, its metrics or its refusals: markers stand in every free field of every form of
//! every kind, in titles, names, names of files, passwords and searches, and the real program is searched for them.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::field::FieldType;
use entente_core::kind::EntryType;
use entente_core::kinds::{self, document};
use entente_core::label::Lang;
use entente_node::config::Config;
use entente_node::demo::world::World;
use entente_node::demo::{Api, ApiError};
use entente_node::node;
use serde_json::{Map, Value, json};

/// How every marker begins; no word of ours does.
const MARK: &str = "Zyzzyvaquartz";

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

/// Markers, each another.
#[derive(Default)]
struct Marks(u32);

impl Marks {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("{MARK}{}", self.0)
    }
}

/// Everything that this program of ours may log, by its own modules.
const LEVEL: &str = "info,entente_app=trace,entente_web=trace,entente_store=trace,entente_link=trace,entente_node=trace,entente_policy=trace";

/// Two nodes that log all they can, with an officer whose name is a marker.
fn world(folder: &Path, marks: &mut Marks) -> World {
    let world = World::create(folder, 0).unwrap();
    for name in ["ma", "fr"] {
        let data = world.data(name);
        let officer = NewOfficer {
            id: "marked".into(),
            name: marks.next(),
            services: vec![format!("{name}/liaison").parse().unwrap()],
            roles: vec![Role::Liaison, Role::Coordinator],
            password: Some(format!("{} as a password", marks.next())),
            lang: Lang::Fr,
        };
        let config = Config::load(&data, &BTreeMap::new()).unwrap();
        let opened = node::open(config, "cli").unwrap();
        opened.app.add_officer(officer).unwrap();
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(data.join("entente.toml"))
            .unwrap();
        write!(file, "\n[log]\nlevel = \"{LEVEL}\"\n").unwrap();
    }
    world
}

/// Values of a form: markers wherever people write, and of a closed list its first.
fn filled(entry: &EntryType, marks: &mut Marks) -> Value {
    let schema = document::schema(entry, Lang::En);
    let mut values = Map::new();
    for field in entry.fields {
        let value = match field.holds {
            FieldType::Line(_) | FieldType::Text(_) => json!(marks.next()),
            FieldType::Paragraphs(_) => json!(format!("[B2] {}", marks.next())),
            FieldType::Steps => json!(format!("+00:00 | fr/liaison | | {}", marks.next())),
            FieldType::Code(_) => schema["properties"][field.name]["enum"][0].clone(),
            FieldType::Flag => json!(true),
            // Left out, or refused: a refusal is searched too.
            _ if !field.required => continue,
            _ => json!(marks.next()),
        };
        values.insert(field.name.to_owned(), value);
    }
    Value::Object(values)
}

/// Tries every form of every kind, in a dossier of its kind where one could be opened; the refusals, and how many were accepted.
async fn tried(api: &mut Api, marks: &mut Marks) -> (Vec<String>, usize) {
    let (mut refusals, mut accepted) = (Vec::new(), 0);
    for kind in kinds::ALL {
        let mut dossier: Option<String> = None;
        for entry in kind.entries {
            let file = json!({"name": format!("{}.txt", marks.next()), "media": "text/plain", "base64": "bWFyaw=="});
            let body = json!({
                "type": entry.name, "lang": "fr", "values": filled(entry, marks), "partner": "fr",
                "dossier": if entry.opens() { None } else { dossier.clone() },
                "files": if entry.files { json!([file]) } else { json!([]) },
            });
            match api.post("marked", "/api/v1/entries", &body).await {
                Ok(recorded) => {
                    accepted += 1;
                    if entry.opens() {
                        dossier = recorded["dossier"].as_str().map(str::to_owned);
                    }
                }
                Err(ApiError::Refused { detail, .. }) => refusals.push(detail),
                Err(other) => panic!("{}: {other:?}", entry.name),
            }
        }
    }
    (refusals, accepted)
}

/// What is refused before anybody is signed in, and what is not found.
async fn strangers(api: &mut Api, marks: &mut Marks) -> Vec<String> {
    let client = reqwest::Client::new();
    let mut told = Vec::new();
    for (id, password) in [("marked", marks.next()), (&*marks.next(), marks.next())] {
        let body = json!({"id": id, "password": password});
        let url = format!("{}/api/v1/session", api.url);
        let answer = client.post(url).json(&body).send().await.unwrap();
        told.push(answer.text().await.unwrap());
    }
    for path in [
        format!("/api/v1/dossiers/{}", marks.next()),
        format!("/api/v1/entries/{}", marks.next()),
        format!("/api/v1/partners/{}", marks.next()),
        format!("/api/v1/{}", marks.next()),
    ] {
        match api.get("marked", &path).await {
            Err(ApiError::Refused { detail, .. }) => told.push(detail),
            other => panic!("{path}: {other:?}"),
        }
    }
    let search = format!("/api/v1/dossiers?q={}", marks.next());
    api.get("marked", &search).await.unwrap();
    let page = client.get(format!("{}/{}", api.url, marks.next()));
    told.push(page.send().await.unwrap().text().await.unwrap());
    told
}

#[test]
fn nothing_that_people_write_is_in_logs_metrics_or_refusals() {
    let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let mut marks = Marks::default();
        let world = world(folder.path(), &mut marks);
        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        entente_node::demo::desk(&mut nodes).await.unwrap();
        let (mut refusals, accepted) = tried(&mut nodes.ma, &mut marks).await;
        refusals.extend(strangers(&mut nodes.ma, &mut marks).await);
        assert!(accepted >= 5, "{accepted} forms were accepted");
        assert!(refusals.len() >= 10, "{} refusals", refusals.len());
        assert!(marks.0 > 100, "{} markers", marks.0);
        let client = reqwest::Client::new();
        let mut searched = refusals;
        for api in [&nodes.ma, &nodes.fr] {
            let metrics = client.get(format!("{}/metrics", api.url)).send().await;
            searched.push(metrics.unwrap().text().await.unwrap());
        }
        drop(nodes);
        for name in ["ma", "fr"] {
            let log = std::fs::read_to_string(world.data(name).join("serve.log")).unwrap();
            assert!(log.lines().count() > 3, "{name} logged nothing: {log}");
            searched.push(log);
        }
        for text in &searched {
            let found = text.lines().find(|line| line.contains(MARK));
            assert!(found.is_none(), "{found:?}");
        }
    });
}
