//! What is in a package, as lines for people and as JSON for programs. What others wrote is cut to one short line without control
//! characters: a package can call its nodes anything.

use entente_evidence::Package;
use entente_evidence::custody::{Action, Custody, ProvenanceRecord, custody};
use entente_evidence::files::{File, Hash, files};
use entente_evidence::graph::{Iri, NodeId};
use entente_evidence::proposals::{cut, label, proposals};
use entente_evidence::when::When;
use serde_json::{Value, json};

use super::folder::{Checked, Found};
use crate::cli::say;

/// A text of others in one line.
pub fn one_line(text: &str) -> String {
    cut(text)
}

/// Prints what is in a package.
pub fn lines(package: &Package, checked: Option<&Checked>) {
    nodes(package);
    let held = custody(package.graph());
    file_lines(package, checked);
    record_lines(package, &held);
    action_lines(package, &held);
    let all = proposals(package.graph());
    say::line(&say::two(
        "cli-evidence-proposed",
        all.to_take().count(),
        all.links.len(),
    ));
    if all.left() > 0 {
        say::line(&say::s("cli-evidence-left", all.left()));
    }
    unknown(package);
}

fn nodes(package: &Package) {
    let graph = package.graph();
    let (listed, said) = (graph.listed().len(), graph.described().count());
    say::line(&say::two("cli-evidence-nodes", listed, said));
    for (kind, count) in package.types() {
        let name = match kind {
            Some(kind) => in_words(package, kind),
            None => say::t("cli-evidence-untyped"),
        };
        say::line(&say::row(&[(format!("{count:>6}"), 6)], &name));
    }
}

/// A type in words where it is one of the ontologies', with its raw name.
fn in_words(package: &Package, kind: &Iri) -> String {
    let raw = say::plain(one_line(&package.context().short(kind)));
    match entente_web::case_type(say::words(), kind) {
        Some(words) => format!("{words} ({raw})"),
        None => raw,
    }
}

fn file_lines(package: &Package, checked: Option<&Checked>) {
    let all = files(package.graph());
    say::line(&say::s("cli-evidence-files", all.len()));
    for file in &all {
        let size = file.sizes.first().map(|size| one_line(size));
        let size = size.map_or_else(
            || say::t("cli-evidence-no-size"),
            |size| say::s("cli-evidence-size", size),
        );
        say::line(&format!("  {}  {size}", say::free(named(package, file))));
        for hash in &file.hashes {
            let method = one_line(hash.method);
            let value = say::plain(one_line(hash.value));
            say::line(&format!("    {} {value}", say::plain(method)));
        }
        if let Some(found) = checked.and_then(|checked| checked.of(file.node)) {
            say::line(&format!("    {}", found_words(file, found)));
        }
    }
    for path in checked.iter().flat_map(|checked| &checked.others) {
        let path = path.display().to_string();
        say::line(&say::s("cli-evidence-other", one_line(&path)));
    }
}

/// A file by its name, else by its node.
fn named(package: &Package, file: &File<'_>) -> String {
    match file.names.first() {
        Some(name) => one_line(name),
        None => one_line(&package.shown(file.node)),
    }
}

fn found_words(file: &File<'_>, found: &Found) -> String {
    let path = |path: &std::path::Path| one_line(&path.display().to_string());
    match found {
        Found::Here {
            path: at,
            size,
            weak,
        } => {
            let mut said = match weak {
                true => say::s("cli-evidence-weak", path(at)),
                false => say::s("cli-evidence-here", path(at)),
            };
            let size = size.to_string();
            if !file.sizes.is_empty() && !file.sizes.contains(&size.as_str()) {
                said = format!("{said} {}", say::s("cli-evidence-other-size", size));
            }
            said
        }
        Found::Differs(at) => say::s("cli-evidence-differs", path(at)),
        Found::Absent => say::t("cli-evidence-absent"),
        Found::Unchecked => say::t("cli-evidence-unchecked"),
    }
}

fn record_lines(package: &Package, held: &Custody<'_>) {
    say::line(&say::s("cli-evidence-records", held.records.len()));
    for record in &held.records {
        let what = record.descriptions.first().map(|text| one_line(text));
        let objects = names(package, &record.objects);
        let columns = [
            (when(record.when), 25),
            (exhibit(record), 20),
            (say::free(what.unwrap_or_default()), 40),
        ];
        say::line(&format!("  {}", say::row(&columns, &objects)));
    }
}

fn exhibit(record: &ProvenanceRecord<'_>) -> String {
    match record.exhibits.first() {
        Some(number) => say::plain(one_line(number)),
        None => "–".to_owned(),
    }
}

fn action_lines(package: &Package, held: &Custody<'_>) {
    say::line(&say::s("cli-evidence-actions", held.actions.len()));
    for action in &held.actions {
        let columns = [(when(action.when().copied()), 25)];
        let name = action.names.first().map(|name| one_line(name));
        let name = name.unwrap_or_else(|| one_line(&package.shown(action.node)));
        say::line(&format!("  {}", say::row(&columns, &say::free(name))));
        let parts = [
            ("cli-evidence-by", &action.performers),
            ("cli-evidence-with", &action.instruments),
            ("cli-evidence-on", &action.objects),
            ("cli-evidence-result", &action.results),
            ("cli-evidence-at", &action.locations),
        ];
        for (key, nodes) in parts {
            if !nodes.is_empty() {
                say::line(&format!("    {}", say::s(key, names(package, nodes))));
            }
        }
        for purpose in &action.purposes {
            let purpose = say::free(one_line(purpose));
            say::line(&format!("    {}", say::s("cli-evidence-for", purpose)));
        }
    }
}

/// Nodes by what the package calls them, at most a handful; the count of the others.
fn names(package: &Package, nodes: &[NodeId]) -> String {
    const MOST: usize = 5;
    let each = nodes.iter().take(MOST).map(|id| {
        let node = package.graph().node(*id);
        let label = node.and_then(|node| label(package.graph(), node));
        match label {
            Some(label) => say::free(label),
            None => say::plain(one_line(&package.shown(*id))),
        }
    });
    let mut all: Vec<String> = each.collect();
    if nodes.len() > MOST {
        all.push(say::s("cli-evidence-more", nodes.len() - MOST));
    }
    all.join(", ")
}

fn when(when: Option<When<'_>>) -> String {
    match when {
        Some(when) => say::plain(one_line(when.text)),
        None => say::t("cli-evidence-no-time"),
    }
}

fn unknown(package: &Package) {
    let unknown = package.unknown();
    if unknown.vocabularies.is_empty() && unknown.unmapped.is_empty() {
        return say::line(&say::t("cli-evidence-known"));
    }
    say::line(&say::t("cli-evidence-unknown"));
    for (vocabulary, names) in &unknown.vocabularies {
        let vocabulary = match vocabulary.is_empty() {
            true => say::t("cli-evidence-no-vocabulary"),
            false => say::plain(one_line(vocabulary)),
        };
        say::line(&format!("  {vocabulary}"));
        for (name, count) in names {
            let name = say::plain(one_line(name));
            say::line(&format!("    {name} ({})", say::plain(count)));
        }
    }
    for (name, count) in &unknown.unmapped {
        let name = say::plain(one_line(name));
        say::line(&format!(
            "  {}",
            say::two("cli-evidence-unmapped", name, count)
        ));
    }
}

/// The same for programs: texts whole, as the package has them.
pub fn json(package: &Package, checked: Option<&Checked>) -> Value {
    let graph = package.graph();
    let held = custody(graph);
    let (all, unknown) = (proposals(graph), package.unknown());
    let types: Vec<Value> = package
        .by_type()
        .into_iter()
        .map(|(kind, count)| json!({"type": kind, "nodes": count}))
        .collect();
    let things: Vec<Value> = all
        .things
        .iter()
        .map(|t| json!({"node": package.shown(t.node), "sort": t.sort.name(), "label": t.label, "because": package.context().short(&t.because), "can_be_taken": t.can_be_taken()}))
        .collect();
    let links: Vec<Value> = all
        .links
        .iter()
        .map(|l| json!({"node": package.shown(l.node), "from": package.shown(l.from), "to": package.shown(l.to), "kind": l.kind}))
        .collect();
    json!({
        "listed": graph.listed().len(), "described": graph.described().count(), "types": types,
        "files": files(graph).iter().map(|file| file_json(package, file, checked)).collect::<Vec<_>>(),
        "other_files": checked.map(|c| c.others.iter().map(|p| p.display().to_string()).collect::<Vec<_>>()),
        "records": held.records.iter().map(|r| record_json(package, r)).collect::<Vec<_>>(),
        "actions": held.actions.iter().map(|a| action_json(package, a)).collect::<Vec<_>>(),
        "chains": held.chains.iter().map(|(node, steps)| json!({
            "thing": package.shown(*node),
            "steps": steps.iter().map(|s| json!({"action": s.action, "part": format!("{:?}", s.part).to_lowercase()})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "complete": held.complete && all.complete,
        "proposed": {"things": things, "links": links, "to_take": all.to_take().count()},
        "unknown": {"vocabularies": unknown.vocabularies, "without_meaning": unknown.unmapped},
    })
}

fn shown(package: &Package, nodes: &[NodeId]) -> Vec<String> {
    nodes.iter().map(|id| package.shown(*id)).collect()
}

fn file_json(package: &Package, file: &File<'_>, checked: Option<&Checked>) -> Value {
    let hash = |hash: &Hash<'_>| json!({"method": hash.method, "value": hash.value});
    let found = checked.and_then(|c| c.of(file.node)).map(|found| match found {
        Found::Here { path, size, weak } => {
            json!({"found": "here", "path": path.display().to_string(), "size": size, "weak": weak})
        }
        Found::Differs(path) => json!({"found": "differs", "path": path.display().to_string()}),
        Found::Absent => json!({"found": "absent"}),
        Found::Unchecked => json!({"found": "unchecked"}),
    });
    json!({
        "node": package.shown(file.node), "names": file.names, "paths": file.paths, "sizes": file.sizes, "media": file.media,
        "hashes": file.hashes.iter().map(hash).collect::<Vec<_>>(), "checked": found,
    })
}

fn record_json(package: &Package, record: &ProvenanceRecord<'_>) -> Value {
    json!({
        "node": package.shown(record.node), "time": record.when.map(|w| w.text), "exhibits": record.exhibits,
        "descriptions": record.descriptions, "objects": shown(package, &record.objects), "from": shown(package, &record.from),
    })
}

fn action_json(package: &Package, action: &Action<'_>) -> Value {
    json!({
        "node": package.shown(action.node), "investigative": action.investigative, "names": action.names, "purposes": action.purposes,
        "start": action.start.map(|w| w.text), "end": action.end.map(|w| w.text), "performers": shown(package, &action.performers),
        "instruments": shown(package, &action.instruments), "objects": shown(package, &action.objects),
        "results": shown(package, &action.results), "locations": shown(package, &action.locations),
        "environments": shown(package, &action.environments),
    })
}
