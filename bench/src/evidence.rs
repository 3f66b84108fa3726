//! Packages of evidence: a CASE file of ten thousand nodes, made here, read, compared and shown, beside what reading the same JSON into
//! serde_json's values takes, which checks nothing and knows no node.

use crate::{Figures, round, size, text};
use entente_evidence::Package;
use entente_evidence::canon::canonical;
use entente_evidence::custody::custody;
use entente_evidence::files::files;
use entente_evidence::proposals::proposals;
use std::time::Instant;

/// Nodes at the top of the file.
const NODES: u64 = 10_000;
/// Each figure is the best of so many runs.
const RUNS: usize = 5;

pub(crate) fn run() -> Result<Figures, String> {
    let nodes = size("ENTRIES", NODES).max(4);
    let bytes = made(nodes).into_bytes();
    let package = Package::decode(&bytes).map_err(text)?;
    let graph = package.graph();
    let read = best(|| Package::decode(&bytes).map(|p| p.graph().listed().len()));
    let json = best(|| serde_json::from_slice::<serde_json::Value>(&bytes).map(|v| v.is_object()));
    let form = best(|| canonical(graph).map(|c| c.digest));
    let views = best(|| {
        let (held, all) = (custody(graph), proposals(graph));
        (held.records.len(), files(graph).len(), all.things.len())
    });
    let written = best(|| package.to_text().len());
    println!(
        "{} nodes listed, {} described, {} provenance records, {} files",
        graph.listed().len(),
        graph.described().count(),
        custody(graph).records.len(),
        files(graph).len()
    );
    Ok(vec![
        ("nodes", graph.listed().len().to_string()),
        ("bytes", bytes.len().to_string()),
        ("read_ms", round(read)),
        ("read_against_serde_json", round(read / json)),
        ("canonical_ms", round(form)),
        ("views_ms", round(views)),
        ("write_ms", round(written)),
        ("import_ms", round(read + form + views)),
    ])
}

/// The reading of a package, and how it stands to reading the same bytes as JSON alone.
pub(crate) fn importing() -> Result<Figures, String> {
    let mut figures = run()?;
    let wanted = ["import_ms", "read_against_serde_json"];
    figures.retain(|(name, _)| wanted.contains(name));
    Ok(figures)
}

/// Milliseconds of the best run.
fn best<T>(run: impl Fn() -> T) -> f64 {
    let each = (0..RUNS).map(|_| {
        let start = Instant::now();
        // Read, so that no work is left out as useless.
        std::hint::black_box(run());
        start.elapsed().as_secs_f64() * 1_000.0
    });
    each.fold(f64::INFINITY, f64::min)
}

/// A package as forensic tools write them: of every four nodes an action, its provenance record, a file with two hashes in facets without
/// a name of their own, and a message between two accounts.
fn made(nodes: u64) -> String {
    let mut out = String::from(CONTEXT);
    for n in 0..nodes {
        let before = n.saturating_sub(1);
        out.push_str(&match n % 4 {
            0 => format!(
                r#"{{"@id":"kb:f{n}","@type":"ob:File","core:hasFacet":[{{"@type":"ob:FileFacet","ob:fileName":"IMG_{n}.jpg","ob:sizeInBytes":{n}}},{{"@type":"ob:ContentDataFacet","ob:hash":[{{"@type":"ty:Hash","ty:hashMethod":"MD5","ty:hashValue":{{"@type":"xsd:hexBinary","@value":"{n:032x}"}}}},{{"@type":"ty:Hash","ty:hashMethod":"SHA256","ty:hashValue":{{"@type":"xsd:hexBinary","@value":"{n:064x}"}}}}]}}]}}"#
            ),
            1 => format!(
                r#"{{"@id":"kb:r{n}","@type":"case:ProvenanceRecord","case:exhibitNumber":"X-{n}","core:description":"Exhibit {n}","core:object":{{"@id":"kb:f{before}"}}}}"#
            ),
            2 => format!(
                r#"{{"@id":"kb:a{n}","@type":"case:InvestigativeAction","core:name":"imaged","act:startTime":{{"@type":"xsd:dateTime","@value":"2026-01-{:02}T08:{:02}:00Z"}},"act:performer":{{"@id":"kb:examiner"}},"act:instrument":{{"@id":"kb:tool"}},"act:result":[{{"@id":"kb:r{before}"}}]}}"#,
                n % 28 + 1,
                n % 60
            ),
            _ => format!(
                r#"{{"@id":"kb:m{n}","@type":["ob:Message","ob:SMSMessage"],"core:hasFacet":[{{"@type":"ob:MessageFacet","ob:messageText":"Message {n}: نص قصير","ob:from":{{"@id":"kb:account{}"}},"ob:to":[{{"@id":"kb:account{}"}}],"ob:sentTime":{{"@type":"xsd:dateTime","@value":"2026-01-01T09:{:02}:00Z"}}}}]}}"#,
                n % 50,
                n % 37,
                n % 60
            ),
        });
        out.push(if n + 1 < nodes { ',' } else { ']' });
    }
    out.push('}');
    out
}

const CONTEXT: &str = r#"{"@context":{"kb":"http://example.org/kb/","core":"https://ontology.unifiedcyberontology.org/uco/core/","act":"https://ontology.unifiedcyberontology.org/uco/action/","case":"https://ontology.caseontology.org/case/investigation/","ob":"https://ontology.unifiedcyberontology.org/uco/observable/","ty":"https://ontology.unifiedcyberontology.org/uco/types/","xsd":"http://www.w3.org/2001/XMLSchema#"},"@graph":["#;
