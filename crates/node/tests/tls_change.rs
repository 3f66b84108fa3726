//! Two real processes change their TLS keys and go on without people, as docs/runbooks/key-rotation.md says it (rule 15).

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;
use crate::served;

use std::path::Path;
use std::time::{Duration, Instant};

use entente_node::demo::Writing;
use entente_node::demo::world::{Nodes, World};
use entente_proof::card::{Card, dearmour_card, verify_card};
use program::ends;
use serde_json::{Value, json};
use served::{PROGRAM, run, served};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a command on a node's data; its output.
fn said(world: &World, node: &str, words: &[&str]) -> String {
    let data = world.data(node);
    let data = ["--data", data.to_str().unwrap()];
    ends(0, &[&data, words].concat(), "").0
}

fn list(world: &World, node: &str) -> Value {
    serde_json::from_str(&said(world, node, &["--json", "key", "list"])).unwrap()
}

fn card(world: &World, node: &str) -> Card {
    verify_card(&dearmour_card(&said(world, node, &["card"])).unwrap()).unwrap()
}

/// Waits until a node shows its newest TLS key and its partner says so.
async fn complete(world: &World, node: &str, partner: &str, changes: usize) {
    let begun = Instant::now();
    loop {
        let (ours, theirs) = (list(world, node), list(world, partner));
        let ours = &ours["tls"];
        let followed = theirs["tls"]["followed"].as_array().unwrap();
        let shown = followed.iter().filter(|f| f["change"]["shown"] == true);
        if ours["next"].is_null() && ours["waits"] == json!([]) && shown.count() == changes {
            assert_eq!(ours["changes"].as_array().unwrap().len(), changes);
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{ours} {followed:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn both_write(nodes: &mut Nodes, desk: &str, text: &str) {
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let writing = Writing {
            dossier: Some(desk),
            lang: "fr",
            values: json!({"text": text}),
            ..Writing::default()
        };
        api.record("liaison", "note", writing).await.unwrap();
    }
    nodes.settled().await.unwrap();
}

async fn start_again(nodes: &mut Nodes, places: &[usize]) {
    for place in places {
        assert!(nodes.processes[*place].stop());
    }
    for place in places {
        nodes.processes[*place]
            .start_again(Path::new(PROGRAM))
            .unwrap();
    }
    nodes.ready().await.unwrap();
    nodes.linked().await.unwrap();
}

#[test]
fn rule_15_two_nodes_change_their_tls_keys_and_go_on_without_people() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = served(folder.path()).await;
        let before = card(&world, "ma");
        let told = said(&world, "ma", &["key", "rotate", "--tls"]);
        assert!(told.contains("at the latest on"), "{told}");
        let prints: Vec<Value> = list(&world, "ma")["tls"]["changes"]
            .as_array()
            .unwrap()
            .clone();
        assert_eq!(prints[0]["before"], before.fingerprint().to_string());
        assert!(
            told.contains(prints[0]["after"].as_str().unwrap()),
            "{told}"
        );
        said(&world, "fr", &["key", "rotate", "--tls"]);
        both_write(&mut nodes, &desk, "Pendant le changement.").await;
        complete(&world, "ma", "fr", 1).await;
        complete(&world, "fr", "ma", 1).await;
        let after = card(&world, "ma");
        assert_ne!(after.tls_key, before.tls_key);
        assert_eq!(after.fingerprint().to_string(), prints[0]["after"]);
        // Nothing of before is left in memory.
        start_again(&mut nodes, &[0, 1]).await;
        both_write(&mut nodes, &desk, "Sous les nouvelles clés.").await;

        // Known to others: changed at once while the partner is away, which knows the key of before when it comes back.
        assert!(nodes.processes[1].stop());
        let told = said(&world, "ma", &["key", "rotate", "--tls", "--now"]);
        assert!(told.contains("no longer"), "{told}");
        assert_eq!(card(&world, "ma").tls_keys().unwrap().len(), 3);
        tokio::time::sleep(Duration::from_secs(2)).await;
        nodes.processes[1].start_again(Path::new(PROGRAM)).unwrap();
        nodes.ready().await.unwrap();
        nodes.linked().await.unwrap();
        both_write(&mut nodes, &desk, "Sous la troisième.").await;
        complete(&world, "ma", "fr", 2).await;
        let shown = said(&world, "fr", &["key", "list"]);
        assert!(shown.contains("ma changed its TLS key"), "{shown}");
        start_again(&mut nodes, &[0, 1]).await;
        both_write(&mut nodes, &desk, "À la fin.").await;
        assert!(nodes.stop());
    });
}
