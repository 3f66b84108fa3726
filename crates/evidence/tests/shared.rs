//! The published examples of CASE, read from the shared inputs: each comes back without loss, and what is in it is counted in a golden file.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

mod common;

use common::packages;
use entente_evidence::Package;
use entente_evidence::canon::{canonical, compare};
use entente_evidence::custody::{Part, custody};
use entente_evidence::files::{Method, files};
use entente_evidence::json::Json;
use entente_evidence::proposals::{Sort, proposals};
use std::collections::BTreeSet;

/// The figures of every file. Change them on purpose: copy `packages.new.txt`, which a failure leaves, over `packages.txt`.
#[test]
fn what_is_in_each_published_package_is_as_counted() {
    let Some(all) = packages() else { return };
    assert_eq!(all.len(), 15, "every published example");
    let mut out = String::new();
    for (name, bytes) in &all {
        out.push_str(&figures(name, &Package::decode(bytes).unwrap()));
    }
    common::golden("packages", &out);
}

fn figures(name: &str, package: &Package) -> String {
    let graph = package.graph();
    let (held, proposed, unknown) = (custody(graph), proposals(graph), package.unknown());
    let hashes = files(graph).iter().map(|f| f.hashes.len()).sum::<usize>();
    let of = |sort| proposed.things.iter().filter(|t| t.sort == sort).count();
    let sorts = Sort::ALL.map(|sort| format!("{} {}", of(sort), sort.name()));
    let vocabularies: Vec<&str> = unknown.vocabularies.keys().map(String::as_str).collect();
    let unmapped: Vec<&str> = unknown.unmapped.keys().map(String::as_str).collect();
    format!(
        "{name}\n  listed {} described {} referred-to {} unnamed {}\n  actions {} ({} investigative) records {} chains {} steps {}\n  files {} hashes {hashes}\n  proposed: {}; {} links\n  other vocabularies: {}\n  without meaning: {}\n",
        graph.listed().len(),
        graph.described().count(),
        graph.nodes().filter(|(_, n)| !n.described).count(),
        graph.nodes().filter(|(_, n)| n.iri().is_none()).count(),
        held.actions.len(),
        held.actions.iter().filter(|a| a.investigative).count(),
        held.records.len(),
        held.chains.len(),
        held.chains.values().map(Vec::len).sum::<usize>(),
        files(graph).len(),
        sorts.join(", "),
        proposed.links.len(),
        if vocabularies.is_empty() {
            "none".to_owned()
        } else {
            vocabularies.join(" ")
        },
        if unmapped.is_empty() {
            "none".to_owned()
        } else {
            unmapped.join(" ")
        },
    )
}

/// The same nodes, the same provenance records, the same graph; and the JSON itself, compared by another reader than ours.
#[test]
fn every_published_package_comes_back_without_loss() {
    let Some(all) = packages() else { return };
    for (name, bytes) in &all {
        let first = Package::decode(bytes).unwrap();
        let written = first.to_text();
        let again = Package::decode(written.as_bytes()).unwrap();
        assert_eq!(first, again, "{name}");
        let (theirs, ours): (serde_json::Value, serde_json::Value) = (
            serde_json::from_slice(bytes).unwrap(),
            serde_json::from_str(&written).unwrap(),
        );
        assert_eq!(theirs, ours, "{name}");
        let difference = compare(first.graph(), again.graph()).unwrap();
        assert!(difference.is_none(), "{name}: {difference:?}");
        let records = |p: &Package| -> BTreeSet<String> {
            let held = custody(p.graph());
            held.records.iter().map(|r| p.shown(r.node)).collect()
        };
        assert_eq!(records(&first), records(&again), "{name}");
    }
}

/// The order of nodes and of names says nothing.
#[test]
fn the_order_of_a_published_package_never_matters() {
    let Some(all) = packages() else { return };
    for (name, bytes) in &all {
        let first = Package::decode(bytes).unwrap();
        let turned = turned(first.document());
        let second = Package::decode(turned.to_text().as_bytes()).unwrap();
        assert_eq!(
            canonical(first.graph()).unwrap(),
            canonical(second.graph()).unwrap(),
            "{name}"
        );
    }
}

/// The same JSON with every array and object the other way round. In these files an array is never a list.
fn turned(json: &Json) -> Json {
    match json {
        Json::List(items) => Json::List(items.iter().rev().map(turned).collect()),
        Json::Object(members) => {
            let members = members.iter().rev().map(|(n, v)| (n.clone(), turned(v)));
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// Every text and every number of every file, changed one at a time in one file: each change is found.
#[test]
fn every_changed_value_of_a_published_package_is_found() {
    let Some(all) = packages() else { return };
    for (name, bytes) in all.iter().filter(|(_, bytes)| bytes.len() < 12_000) {
        let first = Package::decode(bytes).unwrap();
        let before = canonical(first.graph()).unwrap().digest;
        let graph = first.document().get("@graph").unwrap_or(first.document());
        let mut tried = 0;
        while let Some(other) = changed(graph, tried) {
            let mut document = first.document().clone();
            if let Json::Object(members) = &mut document {
                for (key, value) in members {
                    if key == "@graph" {
                        value.clone_from(&other);
                    }
                }
            }
            let second = Package::decode(document.to_text().as_bytes()).unwrap();
            let after = canonical(second.graph()).unwrap().digest;
            assert_ne!(before, after, "{name}: value {tried}");
            tried += 1;
        }
        assert!(tried > 20, "{name}: {tried}");
    }
}

/// The same with the `place`th text, number or word changed; none if there are fewer.
fn changed(json: &Json, place: usize) -> Option<Json> {
    fn walk(json: &mut Json, left: &mut usize) -> bool {
        let here = *left == 0;
        match json {
            Json::List(items) => return items.iter_mut().any(|item| walk(item, left)),
            Json::Object(members) => return members.iter_mut().any(|(_, v)| walk(v, left)),
            Json::Text(text) if here => text.push('x'),
            Json::Number(written) if here => written.push('1'),
            Json::Bool(word) if here => *word = !*word,
            Json::Null if here => *json = Json::Bool(true),
            _ => {}
        }
        *left = left.wrapping_sub(1);
        here
    }
    let (mut copy, mut left) = (json.clone(), place);
    walk(&mut copy, &mut left).then_some(copy)
}

/// Step 4 of `first-job.json`: 83 graph nodes and 22 provenance records arrive unchanged, and who had what can be told.
#[test]
fn the_forensic_lifecycle_has_its_nodes_records_and_chain() {
    let Some(all) = packages() else { return };
    let (_, bytes) = all
        .iter()
        .find(|(name, _)| name == "case_forensic_lifecycle.json")
        .unwrap();
    let package = Package::decode(bytes).unwrap();
    let (graph, held) = (package.graph(), custody(package.graph()));
    assert_eq!((graph.listed().len(), held.records.len()), (83, 22));
    let names = held.actions.iter().filter(|a| a.investigative);
    let names: Vec<&str> = names.map(|action| action.names[0]).collect();
    assert_eq!(
        names,
        [
            "seized",
            "custody-receive",
            "imaged",
            "imaged",
            "parsed",
            "executed"
        ]
    );
    assert!(
        held.actions
            .iter()
            .any(|a| a.purposes == ["Receive evidence via FedEx from Jon Graves."])
    );
    let first = &held.records[0];
    assert_eq!(first.exhibits, ["ACME-676553402357"]);
    assert_eq!(first.when.unwrap().text, "2010-01-15T17:59:43.25Z");
    let device = format!(
        "http://example.org/kb/{}",
        "device-9112a8a8-b2e8-4991-b68a-c40c7f716226"
    );
    let (device, _) = graph.find(&device).unwrap();
    let chain: Vec<(&str, Part)> = held.chains[&device]
        .iter()
        .map(|step| (held.actions[step.action].names[0], step.part))
        .collect();
    assert_eq!(
        chain,
        [
            ("seized", Part::Result),
            ("custody-receive", Part::Object),
            ("custody-receive", Part::Result),
            ("imaged", Part::Object)
        ]
    );
    // Not every record is an exhibit with a number: one is of a relationship.
    assert_eq!(
        held.records
            .iter()
            .filter(|r| r.exhibits.is_empty())
            .count(),
        1
    );
}

/// Files with the hashes that their makers wrote.
#[test]
fn files_have_the_hashes_of_their_makers() {
    let Some(all) = packages() else { return };
    let (_, bytes) = all
        .iter()
        .find(|(name, _)| name == "case_exif_data.json")
        .unwrap();
    let package = Package::decode(bytes).unwrap();
    let found = files(package.graph());
    let photo = found.iter().find(|f| !f.hashes.is_empty()).unwrap();
    assert_eq!(photo.names, ["IMG_0123.jpg"]);
    let (method, value) = photo.hashes[0].digest().unwrap();
    assert_eq!(method, Method::Sha256);
    let one = entente_proof::digest::sha256(b"1").to_string();
    assert_eq!(value, one, "the example hashes the text 1");
}

/// Each published package, and all of them together, keeps what it says when it is given out with others: names that nobody knows, values that are
/// null and nodes without a name among it; and given out again it stays what it was.
/// Take out: the properties without a meaning in `said_of`, or a branch of `value`, in `union.rs`.
#[test]
fn every_published_package_is_given_out_with_others_without_loss() {
    let Some(all) = packages() else { return };
    let all: Vec<(String, Package)> = all
        .into_iter()
        .map(|(name, bytes)| (name, Package::decode(&bytes).unwrap()))
        .collect();
    let again = |parts: &[&entente_evidence::graph::Graph]| {
        let whole = entente_evidence::union::union(parts);
        Package::decode(whole.to_line().as_bytes()).unwrap()
    };
    for (name, package) in &all {
        let alone = again(&[package.graph()]);
        let difference = compare(package.graph(), alone.graph()).unwrap();
        assert!(difference.is_none(), "{name}: {difference:?}");
        let twice = again(&[package.graph(), alone.graph()]);
        let labels = package.graph().nodes().filter(|(_, n)| n.iri().is_none());
        if labels.count() == 0 {
            let difference = compare(package.graph(), twice.graph()).unwrap();
            assert!(difference.is_none(), "{name} twice: {difference:?}");
        }
    }
    let parts: Vec<_> = all.iter().map(|(_, package)| package.graph()).collect();
    let whole = again(&parts);
    for (name, package) in &all {
        let difference = compare(package.graph(), whole.graph()).unwrap();
        assert!(difference.only_first.is_empty(), "{name}: {difference:?}");
    }
    let once_more = again(&[whole.graph()]);
    let difference = compare(whole.graph(), once_more.graph()).unwrap();
    assert!(difference.is_none(), "{difference:?}");
}
