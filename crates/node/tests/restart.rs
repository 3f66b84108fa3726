//! A register begins again, agreed by people at two nodes, each command a process of its own: after a restored node signed a second history,
//! and after its key was lost.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::bundles;
use crate::post;
use crate::program;

use std::path::Path;

use bundles::{exchanged, introduced, made};
use post::Post;
use program::ends;
use serde_json::Value;

fn coordinates(post: &Post) {
    let service = format!("{}/coordination", post.name);
    let add = [
        "officer",
        "add",
        "coord",
        "--service",
        &service,
        "--role",
        "coordinator",
        "--password-stdin",
    ];
    ends(
        0,
        &[&["--data", &*post.data()], &add[..]].concat(),
        "one more long password\n",
    );
}

fn json(post: &Post, words: &[&str]) -> Value {
    serde_json::from_str(&post.says(&[&["--json"], words].concat())).unwrap()
}

fn file(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

/// Both coordinators agree; the answer's name is used once.
fn agreed(fr: &Post, ma: &Post, ground: &str, name: &str) -> Value {
    let folder = &fr.folder;
    let (there, back) = (
        file(folder, &format!("{name}.there")),
        file(folder, &format!("{name}.back")),
    );
    let run = |post: &Post, code: i32, words: &[&str]| {
        post.ends(
            code,
            &[&["register", "restart"], words, &["--as", "coord"]].concat(),
        )
    };
    run(fr, 0, &["propose", "--ground", ground, "--out", &there]);
    let (_, error) = run(fr, 1, &["propose", "--ground", ground, "--out", &there]);
    assert!(error.contains("exists"), "never over another file: {error}");
    let shown = json(ma, &["register", "restart", "show", &there]);
    let print = shown["restarts"][0]["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned();
    let card = json(fr, &["card"]);
    assert_eq!(card["fingerprint"], print);
    let other = json(ma, &["card"])["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned();
    let (_, error) = run(
        ma,
        1,
        &["accept", &there, "--fingerprint", &other, "--out", &back],
    );
    assert!(error.contains("fingerprint"), "{error}");
    run(ma, 2, &["accept", &there, "--fingerprint", &print]);
    run(
        ma,
        0,
        &["accept", &there, "--fingerprint", &print, "--out", &back],
    );
    json(
        fr,
        &["register", "restart", "accept", &back, "--as", "coord"],
    )
}

fn entries(post: &Post, dossier: &str) -> String {
    post.does(&format!("request show {dossier}"), &[])
        .to_string()
}

fn equal(ma: &Post, fr: &Post) {
    for post in [ma, fr] {
        let link = &json(post, &["link", "list"])[0];
        assert_eq!(
            (&link["held_there"], &link["waiting"]),
            (&link["register"], &0.into()),
            "{link}"
        );
        assert_eq!(link["stopped"], false);
    }
    let lines = |post: &Post| {
        let ledger = post.does("ledger", &[]);
        let mut lines: Vec<String> = ledger["obligations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| format!("{} {} {}", l["number"], l["state"], l["due"]))
            .collect();
        lines.sort();
        lines
    };
    assert!(!lines(ma).is_empty());
    assert_eq!(lines(ma), lines(fr));
}

/// Two nodes with a coordinator each and a charter in force, between which couriers go.
fn chartered(folder: &Path, number: &mut u32) -> (Post, Post) {
    let (ma, fr) = made(folder);
    introduced(&ma, &fr);
    introduced(&fr, &ma);
    coordinates(&ma);
    coordinates(&fr);
    for (post, step) in [(&ma, "propose"), (&fr, "sign --yes"), (&ma, "enact --yes")] {
        post.does(&format!("charter {step}"), &[]);
        exchanged(&ma, &fr, number);
    }
    (ma, fr)
}

#[test]
fn two_nodes_agree_that_a_register_begins_again() {
    let folder = tempfile::tempdir().unwrap();
    let number = &mut 0;
    let (ma, fr) = chartered(folder.path(), number);
    let facts = ["--facts", "Un relevé manque.", "--country-link", "Départs."];
    let asked = ma.does(
        "request open --title Horaires --question Lesquels --offence fraud",
        &facts,
    );
    let dossier = asked["dossier"].as_str().unwrap().to_owned();
    exchanged(&ma, &fr, number);
    let backup = file(folder.path(), "backup");
    fr.says(&["backup", &backup]);

    // The first history: an answer that `ma` receives. Then the disk is lost, and the restored node signs another before it hears `ma`.
    let open = fr.only_open();
    fr.does(
        &format!("request answer --on {open}"),
        &["--text", "Réponse de la première branche"],
    );
    exchanged(&ma, &fr, number);
    std::fs::rename(fr.data(), file(folder.path(), "lost")).unwrap();
    fr.says(&["restore", &backup]);
    fr.says(&["recover", "--alone", "--reason", "drill"]);
    fr.does(
        &format!("note --dossier {dossier}"),
        &["Note de la seconde branche"],
    );
    let forked = file(folder.path(), "forked.courier");
    fr.does("courier pack --to ma", &["--out", &forked]);
    ma.ends(1, &["courier", "unpack", &forked, "--as", "liaison"]);
    assert_eq!(
        json(&ma, &["link", "list"])[0]["stopped"],
        true,
        "a fork is an alarm"
    );

    let concluded = agreed(&fr, &ma, "fork", "fork");
    assert_eq!(
        (&concluded["concluded"], &concluded["returned"]),
        (&true.into(), &1.into())
    );
    exchanged(&fr, &ma, number);
    exchanged(&ma, &fr, number);
    for post in [&ma, &fr] {
        let shown = entries(post, &dossier);
        assert!(
            shown.contains("première branche") && shown.contains("seconde branche"),
            "{shown}"
        );
    }
    equal(&ma, &fr);
    ma.says(&["doctor"]);
    fr.says(&["doctor"]);

    // The keys folder of before a change is all that is left of the keys: a new key, compared again.
    let keys = file(folder.path(), "keys-of-before");
    fr.says(&["backup", &keys]);
    fr.says(&["key", "rotate"]);
    fr.does(
        &format!("note --dossier {dossier}"),
        &["Sous la clé perdue"],
    );
    exchanged(&fr, &ma, number);
    let newest = file(folder.path(), "newest");
    fr.says(&["backup", &newest]);
    std::fs::remove_dir_all(Path::new(&newest).join("keys")).unwrap();
    std::fs::rename(
        Path::new(&keys).join("keys"),
        Path::new(&newest).join("keys"),
    )
    .unwrap();
    std::fs::rename(fr.data(), file(folder.path(), "lost-again")).unwrap();
    fr.says(&["restore", &newest]);
    let (_, error) = fr.ends(1, &["recover"]);
    assert!(error.contains("key"), "{error}");
    fr.says(&["key", "begin", "--reason", "keys lost"]);
    let concluded = agreed(&fr, &ma, "key-lost", "lost");
    assert_eq!(concluded["concluded"], true);
    fr.says(&["recover", "--alone", "--reason", "couriers only"]);
    exchanged(&fr, &ma, number);
    exchanged(&ma, &fr, number);
    equal(&ma, &fr);
    // The body that only the lost keys opened stays unreadable at home, which is no alteration; everything else holds.
    for post in [&ma, &fr] {
        let checked = post.says(&["doctor"]);
        assert!(checked.contains("0 altered"), "{checked}");
    }
    assert!(!entries(&fr, &dossier).contains("Sous la clé perdue"));
    assert!(entries(&ma, &dossier).contains("Sous la clé perdue"));
    let shown = json(&fr, &["register", "restart", "show"]);
    assert_eq!(shown["restarts"].as_array().unwrap().len(), 2);
    assert_eq!(shown["restarts"][0]["ground"], "key-lost");
}
