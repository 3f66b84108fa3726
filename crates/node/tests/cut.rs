//! `entente link cut` and `mend` beside serving nodes: the line goes down at once, nothing else changes (invariant 13).

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;
use crate::served;

use std::path::Path;
use std::time::{Duration, Instant};

use entente_node::demo::world::Nodes;
use program::ends;
use served::{run, served};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The output of a command on a data directory, and its warnings.
fn said(data: &Path, line: &str) -> (String, String) {
    let data = ["--data", data.to_str().unwrap()];
    let words: Vec<&str> = data.into_iter().chain(line.split_whitespace()).collect();
    ends(0, &words, "")
}

/// Waits until `ma` shows the link as cut and down, and `fr` as down.
async fn down(nodes: &mut Nodes) {
    let begun = Instant::now();
    loop {
        let (ma, fr) = nodes.links().await.unwrap();
        if ma["connected"] == false && ma["stopped"] == "cut" && fr["connected"] == false {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{ma} {fr}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn invariant_13_a_link_is_cut_and_mended_beside_serving_nodes() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, _desk) = served(folder.path()).await;
        nodes.settled().await.unwrap();
        let ma = world.data("ma");
        assert!(!said(&ma, "link list").0.contains("cut"));
        assert!(said(&ma, "link cut fr").0.contains("is cut"));
        down(&mut nodes).await;
        assert!(said(&ma, "link list").0.contains("link cut on purpose"));
        let listed: serde_json::Value =
            serde_json::from_str(&said(&ma, "--json link list").0).unwrap();
        assert!(listed[0]["cut"].is_string() && listed[0]["stopped"] == false);
        let checked = said(&ma, "doctor").0;
        let ok = |l: &str| l.starts_with("ok   link with fr") && l.contains("cut on purpose");
        assert!(checked.lines().any(ok), "{checked}");
        for (lang, word) in [("fr", "coupé exprès"), ("ar", "مقطوع عمدا")] {
            assert!(
                said(&ma, &format!("--lang {lang} link list"))
                    .0
                    .contains(word)
            );
        }
        // Written all the same, and said with it.
        let ask = "request open --title Horaires --question Lesquels --offence fraud --facts Un --country-link Deux --as liaison";
        let (_, warned) = said(&ma, ask);
        assert!(warned.contains("entente link mend"), "{warned}");
        // `fr` goes on dialling, and nobody answers it.
        let (before, _) = nodes.links().await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        let (after, _) = nodes.links().await.unwrap();
        assert_eq!(after["out_held"], before["out_held"]);
        assert_eq!(after["waiting"], 1);
        assert!(said(&ma, "link mend fr").0.contains("mended"));
        nodes.linked().await.unwrap();
        nodes.settled().await.unwrap();
        assert!(!said(&ma, "link list").0.contains("cut on purpose"));
        assert!(nodes.stop());
    });
}
