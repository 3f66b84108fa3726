//! Two nodes between which there never is a socket: made, pinned, chartered and worked with by the command line alone, and everything
//! between them carried in files.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::bundles;
use crate::post;

use std::collections::BTreeMap;
use std::path::Path;

use bundles::{exchanged, introduced, made};
use entente_core::ids::NodeName;
use entente_node::config::Config;
use entente_node::node::{self, Node};
use entente_store::{Direction, StoreExt};
use post::Post;
use serde_json::Value;

fn opened(post: &Post) -> Node {
    let config = Config::load(Path::new(&post.data()), &BTreeMap::new()).unwrap();
    node::open(config, "test").unwrap()
}

/// A proposal is taken back, another declined, and a third signed only by whoever says that it binds.
fn settled(ma: &Post, fr: &Post, number: &mut u32) {
    ma.does("charter propose", &[]);
    ma.does("charter withdraw", &["--reason", "Une coquille."]);
    ma.does("charter propose", &[]);
    exchanged(ma, fr, number);
    let (mine, _) = fr.ends(1, &["charter", "withdraw", "--as", "liaison"]);
    assert!(mine.is_empty(), "nobody takes back what the other proposed");
    fr.does("charter decline", &["--reason", "Trop court."]);
    exchanged(ma, fr, number);
    let shown = ma.does("charter show", &[]);
    let ended = |n: usize| shown["lapsed"][n]["how"].as_str();
    assert_eq!((ended(0), ended(1)), (Some("declined"), Some("withdrawn")));
    ma.does("charter propose", &[]);
    exchanged(ma, fr, number);

    let (shown, refused) = fr.ends(2, &["charter", "sign", "--as", "liaison"]);
    assert!(shown.contains("version: — → 1"), "{shown}");
    assert!(refused.contains("--yes"), "{refused}");
    let owed = fr.only_open();
    let (_, refused) = fr.ends(
        2,
        &["write", "charter.sign", "--as", "liaison", "--on", &owed],
    );
    assert!(refused.contains("--yes"), "{refused}");
    let ledger = fr.says(&["--lang", "ar", "ledger", "--open", "--as", "liaison"]);
    let line = ledger.lines().find(|line| line.contains(&owed)).unwrap();
    assert!(line.starts_with('\u{200f}'), "{line:?}");
    for whole in [&owed, "ma/liaison", "fr/liaison"] {
        let isolated = format!("\u{2066}{whole}\u{2069}");
        assert!(line.contains(&isolated), "{whole}: {line:?}");
    }
    fr.does("charter sign --yes", &[]);
}

#[test]
fn two_nodes_without_a_socket_between_them_end_equal() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, fr) = made(folder.path());
    introduced(&ma, &fr);
    introduced(&fr, &ma);
    let number = &mut 0;
    settled(&ma, &fr, number);
    exchanged(&ma, &fr, number);
    ma.does("charter enact --yes", &[]);
    exchanged(&ma, &fr, number);

    let facts = ["--facts", "Un relevé manque.", "--country-link", "Départs."];
    let ask = "request open --title Horaires --question Lesquels --offence fraud";
    let asked = ma.does(ask, &facts);
    exchanged(&ma, &fr, number);
    let file = folder.path().join("relevé.csv");
    let content: Vec<u8> = (0..900_000u32).map(|n| n.to_le_bytes()[0]).collect();
    std::fs::write(&file, &content).unwrap();
    let answer = format!("request answer --on {} --text Voici", fr.only_open());
    fr.does(&answer, &["--file", file.to_str().unwrap()]);
    exchanged(&ma, &fr, number);
    let feedback = format!(
        "request feedback --on {} --outcome corroborated",
        ma.only_open()
    );
    ma.does(&feedback, &[]);
    exchanged(&ma, &fr, number);

    for post in [&ma, &fr] {
        let ledger = post.does("ledger --open", &[]);
        assert_eq!(ledger["obligations"], Value::Array(Vec::new()));
        post.says(&["doctor"]);
        let link =
            &serde_json::from_str::<Value>(&post.says(&["--json", "link", "list"])).unwrap()[0];
        assert_eq!(
            (&link["held_there"], &link["waiting"]),
            (&link["register"], &0.into())
        );
    }
    equal(&opened(&ma), &opened(&fr));
    let show = format!("request show {}", asked["dossier"].as_str().unwrap());
    assert!(ma.does(&show, &[]).to_string().contains("relevé.csv"));
}

/// Registers leaf by leaf, and both ledgers at one cut and instant.
fn equal(ma: &Node, fr: &Node) {
    let names: [NodeName; 2] = ["ma".parse().unwrap(), "fr".parse().unwrap()];
    let leaves = |node: &Node, partner: &NodeName, direction| {
        let read = node
            .store
            .view("test", |tx| tx.leaves(partner, direction, 0, u32::MAX));
        read.unwrap()
    };
    let ours = leaves(ma, &names[1], Direction::Out);
    assert!(ours.len() > 4, "{}", ours.len());
    assert_eq!(ours, leaves(fr, &names[0], Direction::In));
    let theirs = leaves(ma, &names[1], Direction::In);
    assert_eq!(theirs, leaves(fr, &names[0], Direction::Out));
    let at = ma.app.now();
    let (out, inn, digest) = ma.app.ledger_digest_at(&names[1], at).unwrap();
    assert_eq!(
        fr.app.ledger_digest_at(&names[0], at).unwrap(),
        (inn, out, digest)
    );
    // And each was told the other's digest by courier, and found it equal.
    for (node, partner) in [(ma, &names[1]), (fr, &names[0])] {
        let rows = node
            .store
            .view("test", |tx| tx.digests(partner, 50))
            .unwrap();
        let told: Vec<_> = rows.iter().filter(|row| row.theirs.is_some()).collect();
        assert!(!told.is_empty());
        assert!(told.iter().all(|row| row.theirs == Some(row.ours)));
    }
}

#[test]
fn refusals_on_the_command_line_say_who_is_at_fault() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, fr) = made(folder.path());
    introduced(&ma, &fr);
    let out = folder.path().join("x.courier");
    let path = out.to_str().unwrap();
    ma.says(&[
        "courier", "pack", "--to", "fr", "--out", path, "--as", "liaison",
    ]);
    // Never over another file, and no half bundle left beside.
    let (_, error) = ma.ends(1, &["courier", "pack", "--out", path, "--as", "liaison"]);
    assert!(error.contains("exists"), "{error}");
    assert!(!folder.path().join("x.courier.part").exists());
    let refused = |post: &Post, file: &str, words: [&str; 2]| {
        let (_, error) = post.ends(1, &["courier", "unpack", file, "--as", "liaison"]);
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    };
    refused(&fr, path, ["no partner", "sender"]);
    introduced(&fr, &ma);
    refused(&ma, path, ["packed here", "the way"]);
    let whole = std::fs::read(&out).unwrap();
    let cut = folder.path().join("cut.courier");
    std::fs::write(&cut, &whole[..whole.len() - 3]).unwrap();
    refused(&fr, cut.to_str().unwrap(), ["cut short", "the way"]);
    let text = folder.path().join("text");
    std::fs::write(&text, "Bonjour").unwrap();
    refused(
        &fr,
        text.to_str().unwrap(),
        ["no courier bundle", "the way"],
    );
    refused(&fr, "/nowhere/x", ["cannot be read", "/nowhere/x"]);
    fr.says(&["courier", "unpack", path, "--as", "liaison"]);
    // In the reader's language, as every other command.
    for (lang, word, whose) in [("fr", "tronqué", "le transport"), ("ar", "مبتور", "الطريق")]
    {
        let file = cut.to_str().unwrap();
        let unpack = ["--lang", lang, "courier", "unpack", file, "--as", "liaison"];
        let (_, error) = fr.ends(1, &unpack);
        assert!(error.contains(word) && error.contains(whose), "{error}");
        let keys = fr.says(&["--lang", lang, "courier", "keys"]);
        assert!(!keys.contains("seal to it"), "{keys}");
    }
    // Keys: a new one at once, the old one destroyed.
    let keys = |post: &Post, words: &[&str]| -> Value {
        serde_json::from_str(&post.says(&[&["--json", "courier"], words].concat())).unwrap()
    };
    assert_eq!(keys(&fr, &["keys"]).as_array().unwrap().len(), 1);
    let turned = keys(&fr, &["rotate", "--destroy"]);
    assert_eq!(
        (&turned[0]["current"], &turned[1]["destroyed"]),
        (&true.into(), &true.into())
    );
    refused(&fr, path, ["destroyed", "Nobody"]);
}
