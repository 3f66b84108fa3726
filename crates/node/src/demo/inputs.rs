//! Real inputs, when the shared data folder is given: the press report, the register of commitments, the evidence package.
//!
//! They run through the same API as everything else. Nothing of them is kept outside the demonstration's own data directories.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use super::api::{Writing, recorded};
use super::check::Facts;
use super::world::Nodes;
use super::{DemoError, caviar};

/// Runs and checks every real input of the folder.
///
/// # Errors
/// [`DemoError`] when a node does not answer; what does not come out as expected is a fact that fails.
pub async fn check(nodes: &mut Nodes, folder: &Path, facts: &mut Facts) -> Result<(), DemoError> {
    let mut found = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).ok();
        if bytes.is_none() {
            facts.add(&format!("{name} is in the folder of real inputs"), false);
        }
        bytes
    };
    let report = found("declarations/fr-ma_2015-05-28_press-report.fr.txt");
    let register = found("declarations/fr-ma_commitment-register.derived.json");
    let evidence = found("evidence/case_forensic_lifecycle.json");
    let network = found("networks/caviar.json");
    if let Some(report) = report {
        press_report(nodes, &report, facts).await?;
    }
    if let Some(bytes) = register {
        commitments(nodes, &bytes, facts).await?;
    }
    if let Some(evidence) = evidence {
        package(nodes, &evidence, facts).await?;
    }
    if let Some(network) = network {
        caviar::check(nodes, &network, facts).await?;
    }
    Ok(())
}

/// Five commitments, one reaffirmation, one study towards an agreement, one appeal.
async fn press_report(nodes: &mut Nodes, bytes: &[u8], facts: &mut Facts) -> Result<(), DemoError> {
    let name = "rapport.fr.txt";
    let text = String::from_utf8_lossy(bytes);
    let proposed = nodes
        .ma
        .post(
            "coordination",
            "/api/v1/propose",
            &json!({"text": text, "file_name": name, "lang": "fr"}),
        )
        .await?;
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    for commitment in proposed["commitments"].as_array().into_iter().flatten() {
        *classes
            .entry(commitment["class"].as_str().unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    let expected = BTreeMap::from([
        ("commitment".to_owned(), 5),
        ("reaffirmation".to_owned(), 1),
        ("studies_towards".to_owned(), 1),
        ("appeal".to_owned(), 1),
    ]);
    facts.add(
        &format!("press report: proposals by class {classes:?}"),
        classes == expected,
    );
    let version = json!({"lang": "fr", "file_name": name, "text": text});
    let body = json!({"partner": "fr", "title": "Compte rendu de presse", "reference": "RP12", "versions": [version]});
    let imported = recorded(
        &nodes
            .ma
            .post("coordination", "/api/v1/declarations", &body)
            .await?,
    );
    nodes.settled().await?;
    let path = format!("/api/v1/entries/{}/files/0", imported.entry);
    let arrived = nodes
        .fr
        .call("coordination", Method::GET, &path, None)
        .await;
    facts.add(
        "press report: the text stands at the other side byte for byte",
        arrived.is_ok_and(|arrived| arrived == bytes),
    );
    Ok(())
}

/// Thirteen instruments, twenty-five points, and the chains between them, read at the other side.
async fn commitments(nodes: &mut Nodes, bytes: &[u8], facts: &mut Facts) -> Result<(), DemoError> {
    let register: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let answer = nodes
        .ma
        .post(
            "coordination",
            "/api/v1/registers",
            &json!({"partner": "fr", "register": register}),
        )
        .await?;
    let dossiers: Vec<String> = answer["recorded"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| recorded(one).dossier)
        .collect();
    nodes.settled().await?;
    let mut points: BTreeMap<String, Value> = BTreeMap::new();
    let mut unreadable = 0;
    for dossier in &dossiers {
        let view = nodes
            .fr
            .get("coordination", &format!("/api/v1/dossiers/{dossier}"))
            .await;
        unreadable += usize::from(view.is_err());
        for point in view.unwrap_or_default()["points"]
            .as_array()
            .into_iter()
            .flatten()
        {
            points.insert(
                point["point"].as_str().unwrap_or_default().to_owned(),
                point.clone(),
            );
        }
    }
    facts.add(
        &format!(
            "register: {} instruments, {} points at the other side",
            dossiers.len(),
            points.len()
        ),
        dossiers.len() == 13 && points.len() == 25 && unreadable == 0,
    );
    let related = |point: &str, how: &str, by: &str| {
        let all = points
            .get(point)
            .and_then(|p| p["related_by"].as_array().cloned())
            .unwrap_or_default();
        all.iter().any(|r| r["relation"] == how && r["from"] == by)
    };
    facts.add(
        "register: RHN12/6 is answered by IMAM-2015/1",
        related("RHN12/6", "answers", "IMAM-2015/1"),
    );
    let acknowledged = related("RHN12/6", "acknowledges", "RHN13/1")
        || related("IMAM-2015/1", "acknowledges", "RHN13/1");
    facts.add("register: and acknowledged by RHN13/1", acknowledged);
    facts.add(
        "register: RHN12/1 is restated by INT-2015/1",
        related("RHN12/1", "restates", "INT-2015/1"),
    );
    let open = points
        .get("RHN12/1")
        .is_some_and(|p| p["status"]["state"] == "open");
    facts.add("register: and still open", open);
    chains(nodes, facts).await
}

/// The chains over several meetings, as both sides are shown them.
async fn chains(nodes: &mut Nodes, facts: &mut Facts) -> Result<(), DemoError> {
    let path = "/api/v1/commitments";
    let (ma, fr) = (
        nodes.ma.get("coordination", path).await?,
        nodes.fr.get("coordination", path).await?,
    );
    let ties = tied(&ma);
    facts.add(
        &format!(
            "register and story: {} ties between points, alike at both sides",
            ties.len()
        ),
        !ties.is_empty() && ties == tied(&fr),
    );
    for (later, how, earlier) in [
        ("IMAM-2015/1", "answers", "RHN12/6"),
        ("RHN13/1", "acknowledges", "IMAM-2015/1"),
        ("INT-2015/1", "restates", "RHN12/1"),
    ] {
        let tie = [later, how, earlier].map(str::to_owned);
        facts.add(
            &format!("register: the chain says that {later} {how} {earlier}"),
            ties.contains(&tie),
        );
    }
    Ok(())
}

/// Later point, how, earlier point.
pub fn tied(view: &Value) -> BTreeSet<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = || view["points"].as_array().into_iter().flatten();
    let labels: BTreeMap<String, String> = all()
        .map(|one| (text(&one["point"]["entry"]), text(&one["point"]["point"])))
        .collect();
    let label = |entry: &Value| labels.get(&text(entry)).cloned().unwrap_or_default();
    let ties = |one: &Value| -> Vec<[String; 3]> {
        let follows = one["follows"].as_array().into_iter().flatten();
        let from = label(&one["point"]["entry"]);
        let tie = |tie: &Value| [from.clone(), text(&tie["relation"]), label(&tie["entry"])];
        follows.map(tie).collect()
    };
    all().flat_map(ties).collect()
}

/// An evidence package as the file of an answer: unchanged at the other side.
async fn package(nodes: &mut Nodes, bytes: &[u8], facts: &mut Facts) -> Result<(), DemoError> {
    let values = json!({
        "title": "Éléments numériques d'une affaire close", "question": "Le dossier numérique complet est-il disponible ?",
        "facts": "L'exploitation des supports est achevée.", "country_link": "Les supports y sont conservés.", "offence": "cybercrime",
        "to": "ma/investigation",
    });
    let open = Writing {
        partner: Some("ma"),
        lang: "fr",
        values,
        ..Writing::default()
    };
    let opened = nodes.fr.record("enquete", "request.open", open).await?;
    nodes.settled().await?;
    let view = nodes
        .ma
        .get("enquete", &format!("/api/v1/dossiers/{}", opened.dossier))
        .await?;
    let asked = view["obligations"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|o| o["ask"] == "answer" && o["ended"].is_null());
    let on = asked
        .and_then(|o| o["id"].as_str())
        .unwrap_or_default()
        .to_owned();
    let files = [("case_forensic_lifecycle.json", "application/ld+json", bytes)];
    let values = json!({"text": "Le graphe complet est joint, avec la chaîne de conservation.", "nature": "fact", "handling": "H1"});
    let writing = Writing {
        dossier: Some(&opened.dossier),
        on: Some(&on),
        lang: "fr",
        values,
        files: &files,
        ..Writing::default()
    };
    let answer = nodes
        .ma
        .record("enquete", "request.answer", writing)
        .await?;
    nodes.settled().await?;
    let path = format!("/api/v1/entries/{}/files/0", answer.entry);
    let arrived = nodes
        .fr
        .call("enquete", Method::GET, &path, None)
        .await
        .unwrap_or_default();
    facts.add(
        "evidence: the package stands at the other side byte for byte",
        arrived == bytes,
    );
    let graph: Value = serde_json::from_slice(&arrived).unwrap_or_default();
    let items = graph["@graph"].as_array().cloned().unwrap_or_default();
    let records = items.iter().filter(|item| is_provenance(item)).count();
    facts.add(
        &format!(
            "evidence: {} graph nodes, {records} provenance records",
            items.len()
        ),
        items.len() == 83 && records == 22,
    );
    Ok(())
}

fn is_provenance(item: &Value) -> bool {
    let named = |kind: &Value| {
        kind.as_str()
            .is_some_and(|name| name.contains("ProvenanceRecord"))
    };
    match &item["@type"] {
        Value::Array(kinds) => kinds.iter().any(named),
        kind => named(kind),
    }
}
