//! The phases of project Caviar, when the shared data folder is given: a network of which every contact is published, with its participants as
//! numbers, brought phase by phase by both sides in turn into one joint investigation. What the story shows in small is held here against
//! eleven phases: each is told what became of it, or the ledgers still say who owes that.
//!
//! Source: Morselli, *Inside Criminal Networks* (Springer 2009), appendix. The order of the phases is published, their days are not: each is
//! told as two months from January 1994 on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::api::{Recorded, Writing};
use super::check::Facts;
use super::world::Nodes;
use super::{Api, DemoError};

/// Phases that are published.
const PHASES: usize = 11;
/// Calls to a node at once.
const AT_ONCE: usize = 8;
/// What the side that received a phase tells of it; of the last two, nothing yet.
const TOLD: [Option<&str>; PHASES] = [
    Some("opened_case"),
    Some("corroborated"),
    Some("known_already"),
    Some("too_late"),
    Some("supported_case"),
    Some("corroborated"),
    Some("too_late"),
    Some("known_already"),
    Some("corroborated"),
    None,
    None,
];

/// A phase: who takes part, and who was in contact with whom, how often.
struct Phase {
    number: usize,
    participants: BTreeSet<String>,
    contacts: Vec<(String, String, u64)>,
}

/// Plays and checks the phases.
///
/// # Errors
/// [`DemoError`] when a node does not answer; what does not come out as expected is a fact that fails.
pub async fn check(nodes: &mut Nodes, bytes: &[u8], facts: &mut Facts) -> Result<(), DemoError> {
    let phases = read(bytes);
    let dossier = opened(nodes).await?;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut given = Vec::new();
    for phase in &phases {
        let entry = bring(nodes, &dossier, phase, &mut known).await?;
        if let Some(outcome) = TOLD.get(phase.number - 1).copied().flatten() {
            tell(nodes, &dossier, phase.number, outcome).await?;
        }
        given.push(entry);
    }
    stands(nodes, &dossier, (&phases, known.len()), facts).await?;
    told(nodes, &dossier, &given, facts).await
}

/// The phases of the data set, in their order.
fn read(bytes: &[u8]) -> Vec<Phase> {
    let data: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let graphs = list(&data, "graphs");
    let named = |number: usize| {
        let name = format!("CAVIAR{number}");
        graphs
            .iter()
            .find(move |graph| graph["name"] == name.as_str())
    };
    (1..=PHASES)
        .filter_map(|number| Some(phase(number, named(number)?)))
        .collect()
}

fn phase(number: usize, graph: &Value) -> Phase {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    // Weights are counts of communications, written as decimals.
    let many = |edge: &Value| {
        edge["weight"]
            .to_string()
            .split('.')
            .next()
            .and_then(|n| n.parse().ok())
    };
    let nodes = list(graph, "nodes").iter().map(|node| text(node, "id"));
    let edges = list(graph, "edges").iter();
    Phase {
        number,
        participants: nodes.collect(),
        contacts: edges
            .map(|edge| (text(edge, "a"), text(edge, "b"), many(edge).unwrap_or(0)))
            .collect(),
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The side that brings a phase: both in turn.
fn brings(nodes: &mut Nodes, number: usize) -> (&mut Api, &'static str) {
    match number % 2 {
        1 => (&mut nodes.fr, "fr"),
        _ => (&mut nodes.ma, "ar"),
    }
}

async fn opened(nodes: &mut Nodes) -> Result<String, DemoError> {
    let values = json!({
        "title": "Caviar", "to": "ma/investigation",
        "aim": "Suivre un réseau publié, phase par phase : onze phases, des participants désignés par des numéros.",
    });
    let writing = Writing {
        partner: Some("ma"),
        lang: "fr",
        values,
        ..Writing::default()
    };
    let opened = nodes.fr.record("enquete", "investigation.open", writing);
    let dossier = opened.await?.dossier;
    nodes.settled().await?;
    let on = nodes.ma.owed("enquete", (&dossier, "decide")).await?;
    let join = Writing {
        dossier: Some(&dossier),
        on: Some(&on),
        lang: "ar",
        values: json!({"text": "نشارك."}),
        ..Writing::default()
    };
    nodes
        .ma
        .record("enquete", "investigation.join", join)
        .await?;
    nodes.settled().await?;
    Ok(dossier)
}

/// Brings what is new of a phase: participants that nobody brought yet, its contacts, and a contribution that says so.
async fn bring(
    nodes: &mut Nodes,
    dossier: &str,
    phase: &Phase,
    known: &mut BTreeMap<String, String>,
) -> Result<String, DemoError> {
    let (api, lang) = brings(nodes, phase.number);
    let (first, last) = months(phase.number);
    let new: Vec<&String> = phase
        .participants
        .iter()
        .filter(|one| !known.contains_key(*one))
        .collect();
    let persons = new.iter().map(|one| {
        let values = json!({
            "name": format!("n° {one}"), "script": "fr-Latn", "category": "contact", "nature": "fact", "source": "A", "accuracy": "2",
        });
        ("investigation.person", values)
    });
    let brought = all(api, (dossier, lang), persons.collect()).await?;
    for (one, recorded) in new.into_iter().zip(brought) {
        known.insert(one.clone(), recorded.entry);
    }
    // The other side's things are named too: they are here.
    nodes.settled().await?;
    let (api, lang) = brings(nodes, phase.number);
    let links = phase.contacts.iter().map(|(one, other, many)| {
        let values = json!({
            "from_thing": known.get(one), "how": "in_contact_with", "to_thing": known.get(other), "nature": "fact",
            "source": "A", "accuracy": "1", "from_date": first, "to_date": last, "text": many.to_string(),
        });
        ("investigation.link", values)
    });
    all(api, (dossier, lang), links.collect()).await?;
    let counted = format!("{} / {}", phase.participants.len(), phase.contacts.len());
    let values =
        json!({"title": format!("Caviar {}", phase.number), "text": counted, "nature": "fact"});
    let told = all(
        api,
        (dossier, lang),
        vec![("investigation.contribute", values)],
    )
    .await?;
    nodes.settled().await?;
    let contribution = told.into_iter().next().map(|recorded| recorded.entry);
    contribution.ok_or(DemoError::Waited("a contribution of Caviar"))
}

/// The first and last month of a phase.
fn months(number: usize) -> (String, String) {
    let month = |n: usize| format!("{}-{:02}", 1994 + n / 12, n % 12 + 1);
    (month(2 * (number - 1)), month(2 * (number - 1) + 1))
}

/// Records entries that do not follow from each other, some at once; what became of each, in the order given.
async fn all(
    api: &mut Api,
    (dossier, lang): (&str, &'static str),
    writings: Vec<(&'static str, Value)>,
) -> Result<Vec<Recorded>, DemoError> {
    // Signed in once, before the calls that share it.
    api.get("enquete", &format!("/api/v1/dossiers/{dossier}"))
        .await?;
    let mut waiting = writings.into_iter().enumerate();
    let mut running = JoinSet::new();
    let mut done: BTreeMap<usize, Recorded> = BTreeMap::new();
    loop {
        while running.len() < AT_ONCE
            && let Some((place, (entry_type, values))) = waiting.next()
        {
            let (mut api, dossier) = (api.clone(), dossier.to_owned());
            running.spawn(async move {
                let writing = Writing {
                    dossier: Some(&dossier),
                    lang,
                    values,
                    ..Writing::default()
                };
                let recorded = api.record("enquete", entry_type, writing).await;
                recorded.map(|recorded| (place, recorded))
            });
        }
        let Some(ended) = running.join_next().await else {
            return Ok(done.into_values().collect());
        };
        let ended = ended.map_err(|_| DemoError::Waited("a call to a node"))?;
        done.extend([ended?]);
    }
}

/// The side that received a phase tells what became of it.
async fn tell(
    nodes: &mut Nodes,
    dossier: &str,
    number: usize,
    outcome: &str,
) -> Result<(), DemoError> {
    let (api, lang) = brings(nodes, number + 1);
    let on = api.owed("enquete", (dossier, "feedback")).await?;
    let writing = Writing {
        dossier: Some(dossier),
        on: Some(&on),
        lang,
        values: json!({"outcome": outcome, "text": number.to_string()}),
        ..Writing::default()
    };
    api.record("enquete", "feedback", writing).await?;
    nodes.settled().await
}

/// Both nodes hold all that was brought.
async fn stands(
    nodes: &mut Nodes,
    dossier: &str,
    (phases, participants): (&[Phase], usize),
    facts: &mut Facts,
) -> Result<(), DemoError> {
    let contacts: usize = phases.iter().map(|phase| phase.contacts.len()).sum();
    let mut found = Vec::new();
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let entries = api.entries("enquete", dossier).await?;
        let of = |entry_type: &str| entries.iter().filter(|e| e["type"] == entry_type).count();
        found.push((of("investigation.person"), of("investigation.link")));
    }
    facts.add(
        &format!(
            "Caviar: {participants} participants and {contacts} contacts of {} phases stand at both nodes",
            phases.len()
        ),
        phases.len() == PHASES && found.iter().all(|of| *of == (participants, contacts)),
    );
    Ok(())
}

/// Of each phase its contributor sees what became of it, or that it is still owed.
async fn told(
    nodes: &mut Nodes,
    dossier: &str,
    given: &[String],
    facts: &mut Facts,
) -> Result<(), DemoError> {
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let view = api
            .get("enquete", &format!("/api/v1/dossiers/{dossier}"))
            .await?;
        for line in list(&view, "given") {
            let entry = line["entry"].as_str().unwrap_or_default();
            seen.insert(entry.to_owned(), line["feedback"].clone());
        }
    }
    let as_told = |(entry, outcome): (&String, &Option<&str>)| {
        let feedback = seen.get(entry);
        feedback.is_some_and(|feedback| match outcome {
            Some(outcome) => feedback["outcome"] == *outcome && !feedback["ended"].is_null(),
            None => feedback["ended"].is_null(),
        })
    };
    let open = TOLD.iter().filter(|outcome| outcome.is_none()).count();
    facts.add(
        &format!("Caviar: every phase has its feedback, or an open obligation to give it ({open} of {PHASES})"),
        given.len() == PHASES && given.iter().zip(&TOLD).all(as_told),
    );
    Ok(())
}
