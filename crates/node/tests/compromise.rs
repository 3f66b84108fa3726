//! A stolen key is declared compromised, as the runbook says it: two real processes, each command one of its own (rule 15).

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;
use crate::served;

use std::path::Path;

use entente_node::demo::Writing;
use entente_node::demo::world::{Nodes, World};
use program::ends;
use serde_json::{Value, json};
use served::{run, served};

/// Runs a command on a node's data that must end with this code; its output and its error text.
fn said(world: &World, node: &str, code: i32, words: &[&str]) -> (String, String) {
    let data = world.data(node);
    ends(
        code,
        &[&["--data", data.to_str().unwrap()], words].concat(),
        "",
    )
}

fn shown(world: &World, node: &str, words: &[&str]) -> Value {
    let (out, _) = said(world, node, 0, &[&["--json"], words].concat());
    serde_json::from_str(&out).unwrap()
}

async fn note(nodes: &mut Nodes, desk: &str, text: &str) -> String {
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"text": text}),
        ..Writing::default()
    };
    let answer = nodes.ma.record("liaison", "note", writing).await.unwrap();
    answer.entry
}

/// The proof of an entry as `fr` exports it, in a file.
fn proof(world: &World, folder: &Path, (name, entry): (&str, &str), newest: bool) -> String {
    let mut words = vec!["proof", entry, "--as", "liaison"];
    if newest {
        words.push("--newest");
    }
    let file = folder.join(name);
    std::fs::write(&file, said(world, "fr", 0, &words).0).unwrap();
    file.to_str().unwrap().to_owned()
}

/// A moment later than this one, which has passed by now.
async fn after(time: &str) -> String {
    let time: jiff::Timestamp = time.parse().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    (time + jiff::SignedDuration::from_secs(1)).to_string()
}

/// Verified where there is no node.
fn verified(code: i32, words: &[&str]) -> (String, String) {
    ends(code, &[&["verify"], words].concat(), "")
}

/// The steps of docs/runbooks/key-compromise.md, up to the mended link. Gives the file of the declaration and the new fingerprint.
fn declared(world: &World, folder: &Path, (since, old): (&str, &str)) -> (String, String) {
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    said(world, "fr", 0, &["link", "cut", "ma"]);
    let early = said(world, "ma", 1, &["key", "compromise", "--at", since]);
    assert!(early.1.contains("entente key rotate"), "{}", early.1);
    said(world, "ma", 0, &["key", "rotate"]);
    let declared = file("declared");
    let declares = ["key", "compromise", "--at", since, "--out", &declared];
    let (told, _) = said(world, "ma", 0, &declares);
    assert!(told.contains(old), "{told}");
    assert!(told.contains("entente link compromised"), "{told}");
    said(world, "ma", 1, &declares);
    let card = shown(world, "ma", &["card"]);
    std::fs::write(file("card"), card["card"].as_str().unwrap()).unwrap();
    let takes = ["link", "compromised", "ma", "--declaration", &declared];
    let (_, error) = said(world, "fr", 1, &takes);
    assert!(error.contains("entente link add"), "{error}");
    let print = card["fingerprint"].as_str().unwrap();
    let pin = ["link", "add", &file("card"), "--fingerprint", print];
    said(world, "fr", 0, &pin);
    assert!(said(world, "fr", 0, &takes).0.contains(old));
    said(world, "fr", 0, &["link", "mend", "ma"]);
    (declared, print.to_owned())
}

/// Both show it: on the command line, and to the page.
async fn both_show_it(world: &World, nodes: &mut Nodes, old: &str) {
    for (node, words) in [("fr", ["link", "list"]), ("ma", ["key", "list"])] {
        let (told, _) = said(world, node, 0, &words);
        assert!(told.contains("declared compromised"), "{told}");
        assert!(told.contains(old), "{told}");
    }
    let listed = shown(world, "fr", &["link", "list"]);
    assert_eq!(listed[0]["compromised"][0]["by"], "ma");
    let links = nodes.links().await.unwrap().1;
    assert_eq!(links["compromised"][0]["fingerprint"], old);
}

/// Since a time before what `fr` cosigned: refused with the reason and the time, by whoever was told.
fn refused_by_whoever_knows(world: &World, first: &str, (earlier, cosigned): (&str, &str)) {
    let (_, error) = verified(1, &[first, "--declaration", earlier]);
    assert!(error.contains("declared compromised"), "{error}");
    assert!(error.contains(&cosigned[..10]), "{error}");
    verified(0, &[first]);
    said(world, "fr", 0, &["verify", first]);
    let takes = ["link", "compromised", "ma", "--declaration", earlier];
    said(world, "fr", 0, &takes);
    for (lang, word) in [("en", "compromised"), ("fr", "compromise"), ("ar", "مخترق")] {
        let (_, error) = said(world, "fr", 1, &["--lang", lang, "verify", first]);
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn rule_15_a_stolen_key_is_declared_at_both_ends_and_proves_nothing_from_then_on() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = served(folder.path()).await;
        let entry = note(&mut nodes, &desk, "Avant le vol.").await;
        nodes.settled().await.unwrap();
        let first = proof(&world, folder.path(), ("first", &entry), false);
        let before: Value = serde_json::from_str(&verified(0, &["--json", &first]).0).unwrap();
        let cosigned = before["cosigned_at"].as_str().unwrap();
        let old = before["signed_by"].as_str().unwrap();
        let since = after(cosigned).await;

        let (file, print) = declared(&world, folder.path(), (&since, old));
        let later = note(&mut nodes, &desk, "Sous la nouvelle clé.").await;
        nodes.linked().await.unwrap();
        nodes.settled().await.unwrap();
        both_show_it(&world, &mut nodes, old).await;

        // What was cosigned before still counts, wherever it is read.
        verified(0, &[&first, "--declaration", &file, "--signed-by", old]);
        said(&world, "fr", 0, &["verify", &first]);
        let earlier = folder.path().join("earlier");
        let earlier = earlier.to_str().unwrap();
        let declares = [
            "key",
            "compromise",
            "--at",
            cosigned,
            "--key",
            old,
            "--out",
            earlier,
        ];
        said(&world, "ma", 0, &declares);
        refused_by_whoever_knows(&world, &first, (earlier, cosigned));
        // What `fr` exports from now on says so itself; the newest proof of the same entry holds.
        let second = proof(&world, folder.path(), ("second", &entry), false);
        let refused = verified(1, &["--json", &second]).0;
        let refused: Value = serde_json::from_str(&refused).unwrap();
        assert_eq!(refused["check"], "compromised");
        assert!(refused["compromised_since_s"].is_u64());
        for (name, entry) in [("third", &entry), ("fourth", &later)] {
            let newest = proof(&world, folder.path(), (name, entry), true);
            verified(0, &[&newest, "--signed-by", &print]);
            let here = shown(&world, "fr", &["verify", &newest]);
            assert_eq!(here["fingerprints_compared"], true);
            assert_eq!(here["declarations"].as_array().unwrap().len(), 2);
        }
        // By voice: of a key that is known of the partner, and no other.
        let card = shown(&world, "fr", &["card"]);
        let own = card["fingerprint"].as_str().unwrap();
        let by_voice = [
            "link",
            "compromised",
            "ma",
            "--at",
            &since,
            "--fingerprint",
            own,
        ];
        let (_, unknown) = said(&world, "fr", 1, &by_voice);
        assert!(unknown.contains("fingerprint"), "{unknown}");
        assert!(nodes.stop());
    });
}
