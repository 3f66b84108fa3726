//! Every decoder has a fuzz target: what reads bytes or text in core, proof, link, evidence and app is found by its name and compared with a list,
//! so that a new one cannot be forgotten. Pages and the interface hand what browsers send to these, after limits of size.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_fuzzing::TARGETS;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Names that decoders have.
const NAMES: &[&str] = &[
    "decode",
    "decode_exact",
    "dearmour",
    "dearmour_card",
    "dearmour_key",
    "dearmour_secret",
    "from_bytes",
    "from_json",
    "from_seed_file_bytes",
    "head_length",
    "import",
    "of_leaf",
    "parse",
    "parse_line",
    "parse_origin",
    "read_index",
    "read_restart",
    "unwrap",
    "verify_card",
    "verify_court",
];

/// Where each decoder is, and the target that reaches it.
const DECODERS: &[(&str, &str)] = &[
    ("app/src/court/verify.rs read_index", "court"),
    ("app/src/court/verify.rs verify_court", "court"),
    ("app/src/drafts/mod.rs FromStr", "ids"),
    ("app/src/env.rs from_seed_file_bytes", "key_file"),
    ("app/src/keyfile.rs decode", "key_file"),
    ("app/src/release.rs unwrap", "released"),
    ("app/src/restart/mod.rs read_restart", "restart"),
    ("core/src/codes.rs parse", "form"),
    ("core/src/field.rs from_bytes", "body"),
    ("core/src/field.rs from_json", "form"),
    ("core/src/field.rs parse", "form"),
    ("core/src/handling.rs parse", "form"),
    ("core/src/header.rs from_bytes", "header"),
    ("core/src/ids.rs FromStr", "ids"),
    ("core/src/instant.rs parse", "ids"),
    (
        "core/src/kinds/declaration/text/day.rs parse",
        "declaration",
    ),
    (
        "core/src/kinds/declaration/text/import.rs import",
        "declaration",
    ),
    (
        "core/src/kinds/declaration/text/register.rs import",
        "register",
    ),
    ("core/src/kinds/investigation/steps.rs parse", "form"),
    ("core/src/label.rs parse", "ids"),
    ("core/src/partial.rs parse", "form"),
    ("core/src/statistics/month.rs FromStr", "ids"),
    ("core/src/told.rs of_leaf", "told"),
    ("evidence/src/json.rs parse", "package"),
    ("evidence/src/package.rs decode", "package"),
    ("link/src/courier/head.rs decode", "courier"),
    ("link/src/courier/head.rs head_length", "courier"),
    ("link/src/courier/mod.rs decode", "courier"),
    ("link/src/evidence.rs decode", "evidence"),
    ("link/src/frame.rs decode", "frame"),
    ("proof/src/armour.rs decode", "bundle"),
    ("proof/src/beginning.rs decode", "beginning"),
    ("proof/src/bundle.rs dearmour", "bundle"),
    ("proof/src/bundle.rs decode", "bundle"),
    ("proof/src/card.rs FromStr", "ids"),
    ("proof/src/card.rs dearmour_card", "card"),
    ("proof/src/card.rs verify_card", "card"),
    ("proof/src/cbor.rs decode", "card"),
    ("proof/src/cbor.rs decode_exact", "leaf"),
    ("proof/src/checkpoint.rs parse", "checkpoint"),
    ("proof/src/checkpoint.rs parse_origin", "checkpoint"),
    ("proof/src/compromise.rs dearmour", "compromise"),
    ("proof/src/compromise.rs decode", "compromise"),
    ("proof/src/digest.rs FromStr", "ids"),
    ("proof/src/extract.rs dearmour", "extract"),
    ("proof/src/extract.rs decode", "extract"),
    ("proof/src/intersect.rs decode", "intersect"),
    ("proof/src/leaf.rs decode", "leaf"),
    ("proof/src/manifest.rs dearmour", "court"),
    ("proof/src/note.rs parse", "checkpoint"),
    ("proof/src/note.rs parse_line", "cosignature"),
    ("proof/src/sealed.rs decode", "extract"),
    ("proof/src/sealed.rs dearmour", "extract"),
    ("proof/src/sealed.rs dearmour_key", "extract"),
    ("proof/src/sealed.rs dearmour_secret", "extract"),
    ("proof/src/sealing.rs parse", "card"),
    ("proof/src/sign.rs parse", "card"),
    ("proof/src/weight.rs decode", "bundle"),
];

/// Decoders that nothing from outside reaches, and why.
const OWN: &[(&str, &str)] = &[
    (
        "core/src/anomaly.rs parse",
        "hours are the operator's own setting",
    ),
    (
        "core/src/calendar.rs parse",
        "a calendar is the operator's own",
    ),
    (
        "core/src/floor.rs parse",
        "an action is one of a few words, compared",
    ),
    (
        "core/src/kinds/investigation/day.rs parse",
        "a state of a step is one of a few words, compared",
    ),
    (
        "proof/src/beginning.rs parse",
        "a ground is one of three words, compared",
    ),
    (
        "proof/src/merkle.rs decode",
        "a frontier is read from our own store only",
    ),
    (
        "proof/src/seal.rs unwrap",
        "opens what our own key sealed, by the cipher",
    ),
];

/// Invariant 12. Take out: any line of the two lists, or any target.
#[test]
fn invariant_12_every_decoder_has_a_target() {
    let mut found = BTreeSet::new();
    for part in ["app", "core", "evidence", "link", "proof"] {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        look(&crates, &crates.join(part).join("src"), &mut found);
    }
    let listed = DECODERS.iter().chain(OWN).map(|(at, _)| (*at).to_owned());
    let listed: BTreeSet<String> = listed.collect();
    assert_eq!(
        listed.len(),
        DECODERS.len() + OWN.len(),
        "one is listed twice"
    );
    let missing: Vec<&String> = found.difference(&listed).collect();
    assert!(missing.is_empty(), "without a target: {missing:?}");
    let gone: Vec<&String> = listed.difference(&found).collect();
    assert!(gone.is_empty(), "listed and not there: {gone:?}");
    for (at, target) in DECODERS {
        assert!(
            TARGETS.iter().any(|(name, _)| name == target),
            "{at}: no target {target}"
        );
    }
}

/// Each target can be run by `cargo fuzz`, and has samples to start from.
#[test]
fn every_target_has_a_file_and_a_corpus() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        let file = format!("fuzz_targets/{name}.rs");
        assert!(fuzz.join(&file).is_file(), "{file}");
        assert!(manifest.contains(&format!("path = \"{file}\"")), "{file}");
        let corpus = std::fs::read_dir(fuzz.join("corpus").join(name));
        assert!(
            corpus.is_ok_and(|files| files.count() > 0),
            "no samples for {name}"
        );
    }
}

fn look(crates: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    let mut inside: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inside.sort();
    for path in inside {
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "tests" {
            look(crates, &path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let at = path.strip_prefix(crates).unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("mod tests {").next().unwrap_or_default();
            found.extend(
                code.lines()
                    .filter_map(decoder)
                    .map(|n| format!("{at} {n}")),
            );
        }
    }
}

/// The decoder that a line defines, if it does.
fn decoder(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with("impl") && line.contains("FromStr for") {
        return Some("FromStr");
    }
    let (before, after) = line.split_once("fn ")?;
    let name = after.split(['(', '<']).next()?;
    (before.starts_with("pub") && NAMES.contains(&name)).then_some(name)
}
