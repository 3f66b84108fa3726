//! Policies by the command line: why, in words and three languages; an operator's own, checked, narrower, backed up; and refused where
//! something is wrong with them, by file and line.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

mod pinned;
mod program;

use pinned::{init, introduced};
use program::ends;
use serde_json::Value;
use std::path::Path;

const PASSWORD: &str = "long enough for a test\n";

/// A node with officers of a few roles beside those that `init` makes.
fn node(folder: &Path) -> String {
    let data = init(folder, "ma");
    for (id, role) in [
        ("analyse", "analyst"),
        ("social", "case_worker"),
        ("controle", "inspector"),
    ] {
        let add = ["--data", &data, "officer", "add", id, "--role", role];
        let rest = ["--service", "ma/liaison", "--password-stdin"];
        ends(0, &[&add[..], &rest[..]].concat(), PASSWORD);
    }
    data
}

fn explained(data: &str, question: &[&str]) -> Value {
    let first = ["--data", data, "--json", "policy", "explain"];
    let (out, _) = ends(0, &[&first[..], question].concat(), "");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn why_is_said_in_words_and_in_three_languages() {
    let folder = tempfile::tempdir().unwrap();
    let data = node(folder.path());
    for (officer, action, about, allowed, floor, policy) in [
        (
            "analyse",
            "open",
            "investigation",
            true,
            None,
            Some("justice"),
        ),
        ("analyse", "sign", "charter", false, None, None),
        ("social", "open", "request", false, Some("walled"), None),
        ("social", "open", "desk", true, None, Some("governance")),
        ("controle", "see", "desk", false, Some("no-contents"), None),
    ] {
        let told = explained(&data, &[officer, action, about]);
        assert_eq!(told["allowed"], allowed, "{told}");
        assert_eq!(told["floor"].as_str(), floor, "{told}");
        assert_eq!(told["policies"][0]["id"].as_str(), policy, "{told}");
    }
    let told = explained(&data, &["controle", "inspect"]);
    assert_eq!(told["open_to"], serde_json::json!(["inspector"]));
    let question = [
        "--data", &data, "policy", "explain", "social", "open", "request",
    ];
    for (lang, words) in [
        (
            "fr",
            [
                "Non permis à social",
                "la cloison entre les groupes ne se franchit pas",
            ],
        ),
        ("ar", ["لا يسمح للضابط", "والجدار بين المجموعات لا يعبر"]),
        (
            "en",
            [
                "social may not open a dossier.",
                "the wall between the groups is not crossed",
            ],
        ),
    ] {
        let (out, _) = ends(0, &[&question[..], &["--lang", lang]].concat(), "");
        for word in words {
            assert!(out.contains(word), "{lang}: {out}");
        }
    }
    // What a question is about must fit what it asks.
    for wrong in [
        &["social", "open"][..],
        &["social", "read", "desk"],
        &["social", "carry", "desk"],
        &["social", "see", "nothing-such"],
        &["social", "dance"],
    ] {
        let first = ["--data", &data, "policy", "explain"];
        ends(2, &[&first[..], wrong].concat(), "");
    }
    let absent = "0".repeat(64);
    ends(
        1,
        &[
            "--data", &data, "policy", "explain", "social", "see", &absent,
        ],
        "",
    );
    ends(
        1,
        &["--data", &data, "policy", "explain", "nobody", "carry"],
        "",
    );
}

#[test]
fn an_operators_own_policies_take_the_place_of_the_default_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = node(folder.path());
    let own = Path::new(&data).join("policies");
    let own_path = own.to_str().unwrap();
    ends(0, &["policy", "defaults", own_path], "");
    ends(1, &["policy", "defaults", own_path], "");
    let (listed, _) = ends(0, &["--data", &data, "policy", "check"], "");
    assert!(
        listed.contains("h0-police-only") && listed.contains("all sound"),
        "{listed}"
    );
    assert_eq!(
        explained(&data, &["analyse", "open", "investigation"])["allowed"],
        true
    );
    // Narrower: analysts open nothing any more.
    let narrower = "@id(\"no-analyst\")\n@fr(\"Pas d’analyste.\")\n@ar(\"لا محلل.\")\n@en(\"No analyst.\")\nforbid (principal in Role::\"analyst\", action == Action::\"open\", resource);\n";
    let file = own.join("90-ours.cedar");
    std::fs::write(&file, narrower).unwrap();
    let told = explained(&data, &["analyse", "open", "investigation"]);
    assert_eq!(told["allowed"], false);
    assert_eq!(told["policies"][0]["id"], "no-analyst");
    // Before anything is said of what else is missing, such as a charter.
    introduced(&data, &init(folder.path(), "fr"));
    let opening = [
        "--data",
        &data,
        "write",
        "desk.open",
        "--as",
        "analyse",
        "--title",
        "Bureau",
    ];
    let (_, error) = ends(1, &opening, "");
    assert!(error.contains("role"), "{error}");
    // They go with the backup: a node restored without them would decide by others.
    let (copy, restored) = (folder.path().join("copy"), folder.path().join("restored"));
    ends(0, &["--data", &data, "backup", copy.to_str().unwrap()], "");
    let into = restored.to_str().unwrap();
    ends(0, &["--data", into, "restore", copy.to_str().unwrap()], "");
    let there = std::fs::read_to_string(restored.join("policies/90-ours.cedar")).unwrap();
    assert_eq!(there, narrower);
    // Wider than the floor: it changes nothing.
    let wide = narrower.replace(
        "forbid (principal in Role::\"analyst\", action == Action::\"open\",",
        "permit (principal, action,",
    );
    std::fs::write(&file, wide).unwrap();
    let told = explained(&data, &["controle", "see", "desk"]);
    assert_eq!(told["floor"], "no-contents");
}

#[test]
fn a_node_does_not_start_by_policies_with_something_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let data = init(folder.path(), "ma");
    let own = Path::new(&data).join("policies");
    std::fs::create_dir(&own).unwrap();
    let (_, error) = ends(1, &["--data", &data, "doctor"], "");
    assert!(error.contains("there is no policy"), "{error}");
    let bad = "@id(\"a\")\n@fr(\"a\") @ar(\"a\") @en(\"a\")\npermit (principal, action, resource)\nwhen { resource.religion == \"x\" };\n";
    std::fs::write(own.join("own.cedar"), bad).unwrap();
    for command in [
        &["policy", "check"][..],
        &["doctor"],
        &["serve"],
        &["ledger"],
    ] {
        let (_, error) = ends(1, &[&["--data", &data], command].concat(), "");
        assert!(error.contains("own.cedar:4:"), "{command:?}: {error}");
    }
    let (_, error) = ends(1, &["policy", "check", own.to_str().unwrap()], "");
    assert!(error.contains("religion"), "{error}");
}
