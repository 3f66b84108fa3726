//! Policies by the command line: why, in words and three languages; an operator's own, checked, narrower, backed up; and refused where
//! something is wrong with them, by file and line.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::pinned;
use crate::program;

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

/// A set that was made from earlier defaults is sound; what it lacks of what came since, and what it need not have any more, is said in words and
/// in three languages, and by name to programs. Of the default ones nothing is said.
/// Take out: in `policy/src/advice.rs::of`, either half.
#[test]
fn a_set_made_from_earlier_defaults_is_told_what_came_since() {
    let folder = tempfile::tempdir().unwrap();
    let (new, old) = (folder.path().join("new"), folder.path().join("old"));
    let (new, old) = (new.to_str().unwrap(), old.to_str().unwrap());
    ends(0, &["policy", "defaults", new], "");
    ends(0, &["policy", "defaults", old], "");
    let told = |of: &str| -> Value {
        let (out, _) = ends(0, &["--json", "policy", "check", of], "");
        serde_json::from_str(&out).unwrap()
    };
    assert_eq!(told(new)["advice"], serde_json::json!([]));
    assert_eq!(told(new)["policies"][0]["id"], "justice");
    // As it was before reasons, statistics and passkeys; writing listed action by action, without the last that came.
    let at = |name: &str| Path::new(old).join(name);
    std::fs::remove_file(at("50-reasons.cedar")).unwrap();
    std::fs::remove_file(at("60-weight.cedar")).unwrap();
    let text = std::fs::read_to_string(at("40-node.cedar")).unwrap();
    let text = text.replace("Action::\"statistics\"", "Action::\"figures\"");
    std::fs::write(at("40-node.cedar"), text).unwrap();
    let text = std::fs::read_to_string(at("10-contents.cedar")).unwrap();
    let listed = "Action::\"open\", Action::\"write\", Action::\"answer\", Action::\"approve\"";
    let text = text.replace("Action::\"writing\"", listed);
    std::fs::write(at("10-contents.cedar"), text).unwrap();
    let retired = "@id(\"h1-h2-no-proof\")\n@fr(\"x\") @ar(\"x\") @en(\"x\")\nforbid (principal, action == Action::\"export\", resource) when { resource.codes.contains(\"H1\") };\n";
    std::fs::write(at("35-proof.cedar"), retired).unwrap();
    let expected = serde_json::json!([
        {"lacks": "approve_alone", "default": "justice"},
        {"lacks": "enter_unasked", "default": "liaison-unasked"},
        {"lacks": "export_unasked", "default": "governance-unasked"},
        {"lacks": "statistics", "default": "statistics"},
        {"lacks": "weigh_without_passkey", "default": "weight-without-passkey"},
        {"retired": "h1-h2-no-proof"},
    ]);
    assert_eq!(told(old)["advice"], expected);
    for (lang, word) in [
        ("fr", "À voir\u{a0}: "),
        ("ar", "للنظر: "),
        ("en", "Look: "),
    ] {
        let (out, _) = ends(0, &["policy", "check", old, "--lang", lang], "");
        assert_eq!(out.matches(word).count(), 6, "{lang}: {out}");
        let (out, _) = ends(0, &["policy", "check", new, "--lang", lang], "");
        assert!(!out.contains(word), "{lang}: {out}");
    }
}
