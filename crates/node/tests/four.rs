//! Rule 16 with real processes: four nodes over loopback TLS, each on its own SQLite: one joint investigation, one of them killed; and
//! one that begins among three and brings in the fourth.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::states;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use entente_node::demo::Writing;
use serde_json::{Value, json};
use states::{LOOK, PATIENCE, PROGRAM, States, linked, on};

const NAMES: [&str; 4] = ["ma", "fr", "es", "pt"];

impl States {
    /// Releases an entry; gives the entry that releases it.
    async fn release(&mut self, at: usize, dossier: &str, entry: &str) -> String {
        let path = format!("/api/v1/dossiers/{dossier}/release");
        let body = json!({"entries": [entry]});
        let answer = self.apis[at].post("liaison", &path, &body).await.unwrap();
        let recorded = answer["recorded"].as_array().unwrap();
        recorded[0]["entry"].as_str().unwrap().to_owned()
    }

    /// Waits until an entry is as wanted.
    async fn reads(&mut self, at: usize, entry: &str, as_wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let path = format!("/api/v1/entries/{entry}");
            let seen = self.apis[at].get("liaison", &path).await;
            match seen {
                Ok(seen) if as_wanted(&seen) => return seen,
                seen => {
                    let name = self.names[at];
                    assert!(begun.elapsed() < PATIENCE, "{name} reads {seen:?}");
                }
            }
            tokio::time::sleep(LOOK).await;
        }
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

/// What a command says in JSON, beside the serving process of the node.
fn said(data: &Path, arguments: &[&str]) -> Value {
    let mut command = std::process::Command::new(PROGRAM);
    command.arg("--data").arg(data).args(arguments);
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Opens a wider investigation that continues the one of this number.
fn opened_by_command(data: &Path, number: &str) -> String {
    let mut words = vec!["write", "investigation.open", "--json", "--partner", "fr"];
    words.extend(["--others", "es/liaison", "--others", "pt/liaison"]);
    words.extend(["--title", "Estuaire", "--aim", "À quatre."]);
    words.extend(["--continues", number]);
    said(data, &words)["dossier"].as_str().unwrap().to_owned()
}

/// Lists what a node may release, and releases an entry by the beginning of its identifier; gives the entry that releases it.
fn released_by_command(data: &Path, dossier: &str, entry: &str) -> String {
    let listed = said(data, &["--json", "release", dossier]);
    let listed = listed.as_array().unwrap();
    // What it contributed, and its word on joining.
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed.iter().all(|one| one["cannot"].is_null()));
    let beginning: String = entry.chars().take(12).collect();
    let done = said(data, &["--json", "release", dossier, &beginning]);
    let again = said(data, &["--json", "release", dossier]);
    let cannot = |one: &&Value| one["entry"] == entry && one["cannot"].is_string();
    assert_eq!(again.as_array().unwrap().iter().filter(cannot).count(), 1);
    done[0]["entry"].as_str().unwrap().to_owned()
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test);
}

#[test]
fn rule_16_four_processes_hold_one_investigation() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let mut four = linked(folder.path(), &NAMES).await;
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
            four.join(at, &dossier).await;
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

/// Three begin, a fourth is brought in: it reads exactly what each releases, and an erasure of an original reaches it, which was dead
/// when it was written.
#[test]
fn rule_16_a_fourth_process_is_brought_in_and_reads_what_each_releases() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let mut four = linked(folder.path(), &NAMES).await;
        let (earlier, given) = begun_among_three(&mut four).await;
        let number = four.dossier(0, &earlier).await["line"]["number"].clone();
        let wider = opened_by_command(&folder.path().join("ma"), number.as_str().unwrap());
        for at in 1..NAMES.len() {
            four.join(at, &wider).await;
        }
        let fr = folder.path().join("fr");
        let released = [
            four.release(0, &wider, &given[0]).await,
            released_by_command(&fr, &wider, &given[1]),
            four.release(2, &wider, &given[2]).await,
        ];
        for at in 0..NAMES.len() {
            four.shows(at, &wider, NAMES.len() + 3).await;
        }
        let absent = format!("/api/v1/dossiers/{earlier}");
        assert!(four.apis[3].get("liaison", &absent).await.is_err());
        for (at, (original, release)) in given.iter().zip(&released).enumerate() {
            read_as_history(&mut four, at, original, release).await;
        }

        four.processes[3].kill();
        let erase = on(&earlier, json!({"entry": given[2]}));
        four.write(2, "erase", erase).await;
        four.processes[3].start_again(Path::new(PROGRAM)).unwrap();
        four.ready().await;
        for (at, name) in NAMES.iter().enumerate() {
            let gone = |seen: &Value| seen["body"]["state"] == "erased";
            let seen = four.reads(at, &released[2], gone).await;
            assert_eq!(seen["files"][0]["state"], "erased", "{name}");
            assert_eq!(seen["released"]["original"], Value::Null);
            let kept = four.reads(at, &released[1], |_| true).await;
            assert_eq!(kept["body"]["state"], "here", "{name}");
        }
        assert!(four.owed(3, &wider, "erase").await.is_some(), "it attests");
        for at in 0..NAMES.len() {
            four.shows(at, &wider, NAMES.len() + 5).await;
        }
        let first = four.shared(0, &wider).await;
        for (at, name) in NAMES.iter().enumerate().skip(1) {
            assert_eq!(four.shared(at, &wider).await, first, "{name}");
        }
        for process in &mut four.processes {
            assert!(process.stop());
        }
    });
}

/// An investigation of the first three, to which each contributed, the third with a file.
async fn begun_among_three(four: &mut States) -> (String, Vec<String>) {
    let opening = Writing {
        partner: Some("fr"),
        lang: "fr",
        values: json!({
            "title": "Estuaire",
            "aim": "Comprendre une filière de faux titres de transport.",
            "others": ["es/liaison"],
        }),
        ..Writing::default()
    };
    let dossier = four.write(0, "investigation.open", opening).await;
    for at in [1, 2] {
        four.join(at, &dossier).await;
    }
    let plan = [7; 100_000];
    let files = [("plan.bin", "application/octet-stream", &plan[..])];
    let mut given = Vec::new();
    for (at, name) in NAMES.iter().enumerate().take(3) {
        let text = format!("Relevé de {name}.");
        let mut writing = on(&dossier, json!({"title": "Relevé", "text": text}));
        if at == 2 {
            writing.files = &files;
        }
        let recorded = four.apis[at].record("liaison", "investigation.contribute", writing);
        given.push(recorded.await.unwrap().entry);
    }
    for at in 0..3 {
        four.shows(at, &dossier, 6).await;
    }
    (dossier, given)
}

/// The fourth does not hold the original and reads it in its release, as what it was.
async fn read_as_history(four: &mut States, author: usize, original: &str, release: &str) {
    let path = format!("/api/v1/entries/{original}");
    assert!(four.apis[3].get("liaison", &path).await.is_err());
    let whole = |seen: &Value| {
        let mut files = seen["files"].as_array().into_iter().flatten();
        files.all(|f| f["state"] == "held")
    };
    let seen = four.reads(3, release, whole).await;
    let history = &seen["released"];
    assert_eq!(history["entry"], original);
    assert_eq!(history["mismatch"], Value::Null);
    assert_eq!(history["original"]["type"], "investigation.contribute");
    let text = format!("Relevé de {}.", NAMES[author]);
    assert_eq!(seen["body"]["values"]["text"], json!(text));
    let files = seen["files"].as_array().unwrap().len();
    assert_eq!(files, usize::from(author == 2));
}
