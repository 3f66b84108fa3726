//! A node moves from SQLite to PostgreSQL by the command line, with its link, and goes on.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::served;

use std::path::Path;
use std::process::{Command, Output};

use entente_node::demo::world::Nodes;
use entente_node::demo::{Api, Writing};
use entente_store::postgres::server::Server;
use serde_json::{Value, json};
use served::{PROGRAM, run, served};

fn does(data: &Path, variables: &[(&str, &str)], words: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.envs(variables.iter().copied());
    command
        .arg("--data")
        .arg(data)
        .args(words)
        .output()
        .unwrap()
}

/// What a command said that went well.
fn said(output: &Output) -> String {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{text}");
    text
}

async fn note(api: &mut Api, desk: &str, text: &str) {
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"text": text}),
        ..Writing::default()
    };
    api.record("liaison", "note", writing).await.unwrap();
}

/// Not while it serves; then once, with a line for each step, and not again.
async fn moves(nodes: &mut Nodes, data: &Path, to: &str) {
    let migrate = ["migrate", "--to", to];
    let busy = does(data, &[], &migrate);
    assert!(!busy.status.success(), "not while it serves");
    assert!(nodes.stop());
    let said = said(&does(data, &[], &migrate));
    assert!(
        said.contains("carried entry:") && said.contains("compared leaf:"),
        "{said}"
    );
    assert!(data.join("entente.db.moved").exists() && !data.join("entente.db").exists());
    let twice = does(data, &[], &migrate);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("on PostgreSQL already"));
}

/// A backup of it fills another database, and that node is whole.
fn comes_back_from_a_backup(data: &Path, folder: &Path, fresh: &str) {
    let (copy, again) = (folder.join("copy"), folder.join("again"));
    let copy = copy.to_str().unwrap();
    said(&does(data, &[], &["backup", copy]));
    let other = [("ENTENTE_STORE", fresh)];
    said(&does(&again, &other, &["restore", copy]));
    let twice = does(&folder.join("third"), &other, &["restore", copy]);
    assert!(!twice.status.success(), "not over a node");
    let doctor = said(&does(&again, &other, &["doctor"]));
    assert!(doctor.contains("PostgreSQL"), "{doctor}");
}

#[test]
fn a_node_moves_with_its_link_and_goes_on() {
    let Some(server) = Server::shared() else {
        return;
    };
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = served(folder.path()).await;
        note(&mut nodes.ma, &desk, "avant").await;
        nodes.settled().await.unwrap();
        let data = world.data("ma");
        moves(&mut nodes, &data, &server.database().url).await;

        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        nodes.settled().await.unwrap();
        note(&mut nodes.ma, &desk, "après").await;
        note(&mut nodes.fr, &desk, "réponse").await;
        nodes.settled().await.unwrap();
        let ids = |all: Vec<Value>| all.iter().map(|e| e["id"].to_string()).collect::<Vec<_>>();
        let ma = ids(nodes.ma.entries("liaison", &desk).await.unwrap());
        let fr = ids(nodes.fr.entries("liaison", &desk).await.unwrap());
        assert!(ma.len() >= 3, "{ma:?}");
        assert_eq!(ma, fr);
        assert!(nodes.stop());
        let doctor = said(&does(&data, &[], &["doctor"]));
        assert!(doctor.contains("PostgreSQL"), "{doctor}");
        comes_back_from_a_backup(&data, folder.path(), &server.database().url);
    });
}
