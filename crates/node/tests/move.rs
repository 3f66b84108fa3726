//! A node moves from SQLite to PostgreSQL by the command line, with its link, and goes on.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::path::Path;
use std::process::{Command, Output};

use entente_node::demo::world::World;
use entente_node::demo::{Api, Writing};
use entente_store::postgres::server::Server;
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

fn run(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command
        .arg("--data")
        .arg(data)
        .args(words)
        .output()
        .unwrap()
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

#[test]
fn a_node_moves_with_its_link_and_goes_on() {
    let Some(server) = Server::shared() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let world = World::create(folder.path(), 0).unwrap();
        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        let writing = |dossier| Writing {
            dossier,
            lang: "fr",
            values: json!({"title": "Charte"}),
            ..Writing::default()
        };
        let open = Writing {
            partner: Some("ma"),
            ..writing(None)
        };
        let charter = nodes
            .fr
            .record("liaison", "charter.open", open)
            .await
            .unwrap();
        nodes.settled().await.unwrap();
        for (api, act) in [
            (&mut nodes.ma, "charter.sign"),
            (&mut nodes.fr, "charter.enact"),
        ] {
            // Each side must have read what the other did.
            while api
                .record("liaison", act, writing(Some(&charter.dossier)))
                .await
                .is_err()
            {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
        nodes.settled().await.unwrap();
        let partner = nodes
            .ma
            .get("liaison", "/api/v1/partners/fr")
            .await
            .unwrap();
        let desk = partner["desk"].as_str().unwrap().to_owned();
        note(&mut nodes.ma, &desk, "avant").await;
        nodes.settled().await.unwrap();

        let data = world.data("ma");
        let to = server.database().url;
        let migrate = ["migrate", "--to", to.as_str()];
        let busy = run(&data, &migrate);
        assert!(!busy.status.success(), "not while it serves");
        assert!(nodes.stop());
        let moved = run(&data, &migrate);
        let said = String::from_utf8_lossy(&moved.stderr).into_owned();
        assert!(moved.status.success(), "{said}");
        assert!(
            said.contains("carried entry:") && said.contains("compared leaf:"),
            "{said}"
        );
        assert!(data.join("entente.db.moved").exists() && !data.join("entente.db").exists());
        let twice = run(&data, &migrate);
        assert!(String::from_utf8_lossy(&twice.stderr).contains("on PostgreSQL already"));

        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        nodes.settled().await.unwrap();
        note(&mut nodes.ma, &desk, "après").await;
        note(&mut nodes.fr, &desk, "réponse").await;
        nodes.settled().await.unwrap();
        let (ma, fr) = (
            nodes.ma.entries("liaison", &desk).await.unwrap(),
            nodes.fr.entries("liaison", &desk).await.unwrap(),
        );
        assert_eq!(ma.len(), 3);
        let ids =
            |all: &[serde_json::Value]| all.iter().map(|e| e["id"].to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&ma), ids(&fr));
        assert!(nodes.stop());
        let doctor = run(&data, &["doctor"]);
        let text = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(
            doctor.status.success() && text.contains("PostgreSQL"),
            "{text}"
        );

        let copy = folder.path().join("copy");
        let backed_up = run(&data, &["backup", copy.to_str().unwrap()]);
        assert!(
            backed_up.status.success(),
            "{}",
            String::from_utf8_lossy(&backed_up.stderr)
        );
        let fresh = server.database().url;
        let restored = Command::new(PROGRAM)
            .env("ENTENTE_STORE", &fresh)
            .arg("--data")
            .arg(folder.path().join("again"))
            .arg("restore")
            .arg(&copy)
            .output()
            .unwrap();
        assert!(
            restored.status.success(),
            "{}",
            String::from_utf8_lossy(&restored.stderr)
        );
        let doctor = Command::new(PROGRAM)
            .env("ENTENTE_STORE", &fresh)
            .arg("--data")
            .arg(folder.path().join("again"))
            .arg("doctor")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(
            doctor.status.success(),
            "{text}{}",
            String::from_utf8_lossy(&doctor.stderr)
        );
    });
}
