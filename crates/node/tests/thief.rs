//! Somebody took a node's data directory, its `node.keys` with it, before the node changed its signing key, or its TLS key too (rule 15): real
//! processes.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;
use crate::served;

use std::path::Path;
use std::time::{Duration, Instant};

use entente_node::demo::Writing;
use entente_node::demo::world::{Nodes, Process, World};
use program::ends;
use serde_json::json;
use served::{PROGRAM, run, served};

/// What the partner's log says of the thief.
const REFUSED: &str = "not its newest signing key";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// The output of a command on a data directory.
fn says(data: &Path, words: &[&str]) -> String {
    let data = ["--data", data.to_str().unwrap()];
    ends(0, &[&data, words].concat(), "").0
}

async fn note(nodes: &mut Nodes, by_ma: bool, desk: &str, text: &str) {
    let api = if by_ma { &mut nodes.ma } else { &mut nodes.fr };
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"text": text}),
        ..Writing::default()
    };
    api.record("liaison", "note", writing).await.unwrap();
}

/// Waits until the log of `fr` speaks of one who has an old key; how often it does.
async fn refused(log: &Path) -> usize {
    let begun = Instant::now();
    loop {
        let said = std::fs::read_to_string(log).unwrap();
        match said.matches(REFUSED).count() {
            0 => assert!(begun.elapsed() < PATIENCE, "nobody was refused: {said}"),
            times => return times,
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Two nodes at work, and a copy of all that `ma` had, for a thief.
async fn stolen(folder: &Path) -> (World, Nodes, String) {
    let (world, mut nodes, desk) = served(folder).await;
    nodes.settled().await.unwrap();
    assert!(nodes.processes[0].stop());
    copy(&world.data("ma"), &folder.join("thief"));
    nodes.processes[0].start_again(Path::new(PROGRAM)).unwrap();
    nodes.ready().await.unwrap();
    nodes.linked().await.unwrap();
    (world, nodes, desk)
}

#[test]
fn rule_15_a_thief_of_the_keys_of_before_reads_nothing_and_the_link_goes_on() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = stolen(folder.path()).await;
        says(&world.data("ma"), &["key", "rotate"]);
        note(&mut nodes, true, &desk, "Sous la nouvelle clé.").await;
        nodes.settled().await.unwrap();
        assert!(nodes.processes[0].stop());
        note(&mut nodes, false, &desk, "Pour le vrai partenaire seul.").await;

        // It is at the address that `fr` dials, dials `fr` itself, and has the key of the TLS end.
        let theft = folder.path().join("thief");
        let list = ["--json", "link", "list"];
        let before = says(&theft, &list);
        let mut thief = Process::start(Path::new(PROGRAM), &theft).unwrap();
        let log = world.data("fr").join("serve.log");
        assert!(refused(&log).await > 0);
        // Some more attempts, in both directions.
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(thief.stop());
        let after = says(&theft, &list);
        assert_eq!(after, before, "no leaf came, none was confirmed");

        nodes.processes[0].start_again(Path::new(PROGRAM)).unwrap();
        nodes.ready().await.unwrap();
        nodes.linked().await.unwrap();
        nodes.settled().await.unwrap();
        let of_ma = nodes.ma.entries("liaison", &desk).await.unwrap();
        let of_fr = nodes.fr.entries("liaison", &desk).await.unwrap();
        assert_eq!(of_ma.len(), of_fr.len());
        assert!(nodes.stop());
    });
}

/// After the TLS key was changed at once the thief does not even hear a hello: neither end of `fr` takes the key.
#[test]
fn rule_15_a_thief_of_the_tls_key_of_before_opens_no_connection() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = stolen(folder.path()).await;
        says(&world.data("ma"), &["key", "rotate"]);
        says(&world.data("ma"), &["key", "rotate", "--tls", "--now"]);
        note(&mut nodes, true, &desk, "Sous deux nouvelles clés.").await;
        nodes.settled().await.unwrap();
        followed(&world.data("fr")).await;
        assert!(nodes.processes[0].stop());

        // It is at the address that `fr` dials, and dials `fr` itself.
        let log = world.data("fr").join("serve.log");
        let before = std::fs::read_to_string(&log).unwrap().len();
        let said = || std::fs::read_to_string(&log).unwrap().split_off(before);
        let theft = folder.path().join("thief");
        let mut thief = Process::start(Path::new(PROGRAM), &theft).unwrap();
        let begun = Instant::now();
        while !said().contains("connection refused") {
            assert!(begun.elapsed() < PATIENCE, "nobody was refused: {}", said());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        // Some more attempts, in both directions.
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(thief.stop());
        let said = said();
        assert!(!said.contains("link up"), "{said}");

        nodes.processes[0].start_again(Path::new(PROGRAM)).unwrap();
        nodes.ready().await.unwrap();
        nodes.linked().await.unwrap();
        note(&mut nodes, false, &desk, "Pour le vrai partenaire.").await;
        nodes.settled().await.unwrap();
        assert!(nodes.stop());
    });
}

/// Waits until this node follows the change of its partner's TLS key, and the key is shown.
async fn followed(data: &Path) {
    let begun = Instant::now();
    loop {
        let list = says(data, &["--json", "key", "list"]);
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let change = &list["tls"]["followed"][0]["change"];
        if change["shown"] == true && change["here"].is_string() {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{list}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
