//! Whether what the demonstration shows is so: one line per fact.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use entente_core::kinds::investigation::things::ThingSort;
use entente_proof::bundle::{Bundle, verify_bundle};
use entente_proof::card::Fingerprint;
use reqwest::Method;
use serde_json::Value;

use super::api::reasoned;
use super::inquiry::{LINKS, THINGS};
use super::story::Tale;
use super::words;
use super::world::{Nodes, World};
use super::{Api, DemoError};

/// Longest wait for the nodes to compare their ledgers.
const COMPARED: Duration = Duration::from_secs(30);
/// Every so many bytes of a proof one is altered.
const STRIDE: usize = 61;

/// Facts, printed as they are found.
#[derive(Debug, Default)]
pub struct Facts {
    failed: usize,
    all: usize,
}

impl Facts {
    /// Prints one fact.
    pub fn add(&mut self, fact: &str, holds: bool) {
        self.all += 1;
        self.failed += usize::from(!holds);
        super::say(&format!("{:<4} {fact}", if holds { "ok" } else { "FAIL" }));
    }

    /// Whether there were facts and every one holds.
    #[must_use]
    pub fn all_hold(&self) -> bool {
        self.failed == 0 && self.all > 0
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The node that owes.
fn owing_node(line: &Value) -> &str {
    text(line, "owing").split('/').next().unwrap_or_default()
}

/// Checks what the story left.
///
/// # Errors
/// [`DemoError`] when a node does not answer; a fact that does not hold is no error.
pub async fn story(
    nodes: &mut Nodes,
    world: &World,
    tale: Option<&Tale>,
    facts: &mut Facts,
) -> Result<(), DemoError> {
    charter(nodes, facts).await?;
    agreement(nodes, facts).await?;
    proofs(nodes, world, facts).await?;
    symmetry(nodes, facts).await?;
    statistics(nodes, facts).await?;
    if let Some(tale) = tale {
        told(nodes, tale, facts).await?;
        files(nodes, tale, facts).await?;
    }
    facts.add(
        "the demo clock has caught up with the system's",
        nodes.offset_ms() == 0,
    );
    Ok(())
}

async fn charter(nodes: &mut Nodes, facts: &mut Facts) -> Result<(), DemoError> {
    let ma = nodes.ma.get("coordination", "/api/v1/partners/fr").await?;
    let fr = nodes.fr.get("coordination", "/api/v1/partners/ma").await?;
    facts.add(
        "a charter signed by both is in force, the same on both",
        ma["terms"] == fr["terms"] && ma["terms"]["version"] == 1,
    );
    facts.add(
        "fingerprints match what each pinned",
        ma["fingerprint"] == fr["own_fingerprint"] && fr["fingerprint"] == ma["own_fingerprint"],
    );
    let clean =
        |view: &Value| list(view, "evidence").is_empty() && list(view, "irregular").is_empty();
    facts.add(
        "no alarm and no irregular entry on either side",
        clean(&ma) && clean(&fr),
    );
    Ok(())
}

/// Registers, ledgers and their digests are the same on both sides.
///
/// # Errors
/// [`DemoError`].
pub async fn agreement(nodes: &mut Nodes, facts: &mut Facts) -> Result<(), DemoError> {
    nodes.settled().await?;
    let begun = Instant::now();
    let (ma, fr) = loop {
        let (ma, fr) = nodes.links().await?;
        if compared(&ma) && compared(&fr) || begun.elapsed() > COMPARED {
            break (ma, fr);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let sizes = format!(
        "{} of ma at fr, {} of fr at ma",
        ma["out_size"], fr["out_size"]
    );
    facts.add(
        &format!("registers are equal on both sides ({sizes})"),
        ma["out_size"] == fr["in_size"] && fr["out_size"] == ma["in_size"],
    );
    facts.add(
        "the nodes compared their ledgers: digests equal, seen by both",
        compared(&ma) && compared(&fr),
    );
    let ma_lines = ledger(&mut nodes.ma).await?;
    let fr_lines = ledger(&mut nodes.fr).await?;
    facts.add(
        &format!(
            "both show the same ledger, line by line ({} obligations)",
            ma_lines.len()
        ),
        !ma_lines.is_empty() && ma_lines == fr_lines,
    );
    Ok(())
}

fn compared(link: &Value) -> bool {
    let agreement = &link["agreement"];
    agreement["equal"] == true
}

/// What must be the same on both sides, by obligation.
async fn ledger(api: &mut Api) -> Result<BTreeMap<String, Vec<Value>>, DemoError> {
    let lines = api.lines("liaison", "/api/v1/ledger").await?;
    let shared = [
        "ask", "creditor", "owing", "urgency", "state", "asked", "received", "due", "ended",
        "overdue", "on_time", "chase", "refused", "outcome", "extended",
    ];
    let row = |line: &Value| shared.iter().map(|name| line[*name].clone()).collect();
    Ok(lines
        .iter()
        .map(|line| (line["id"].to_string(), row(line)))
        .collect())
}

/// Every entry of both nodes has a proof that verifies offline: the partner's cosignature is its receipt.
async fn proofs(nodes: &mut Nodes, world: &World, facts: &mut Facts) -> Result<(), DemoError> {
    let [ma, fr] = world.fingerprints;
    let (ma_proofs, ma_missing) = own_proofs(&mut nodes.ma, ma, fr).await?;
    let (fr_proofs, fr_missing) = own_proofs(&mut nodes.fr, fr, ma).await?;
    let count = ma_proofs.len() + fr_proofs.len();
    facts.add(
        &format!(
            "every receipt verifies offline ({count} proofs, {} without)",
            ma_missing + fr_missing
        ),
        count > 0 && ma_missing + fr_missing == 0,
    );
    let sample: Vec<&Bundle> = ma_proofs
        .iter()
        .take(2)
        .chain(fr_proofs.iter().take(2))
        .collect();
    let (tried, caught) = sample
        .iter()
        .map(|bundle| tamper(bundle))
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    facts.add(
        &format!(
            "one tampered byte is detected, whichever it is ({caught} of {tried} alterations)"
        ),
        tried > 0 && tried == caught,
    );
    Ok(())
}

async fn own_proofs(
    api: &mut Api,
    own: Fingerprint,
    other: Fingerprint,
) -> Result<(Vec<Bundle>, usize), DemoError> {
    let (mut proofs, mut missing) = (Vec::new(), 0);
    for dossier in api.lines("liaison", "/api/v1/dossiers").await? {
        for entry in api.entries("liaison", text(&dossier, "id")).await? {
            if entry["ours"] != true {
                continue;
            }
            let path = format!("/api/v1/entries/{}/proof", text(&entry, "id"));
            let path = reasoned(&path);
            let armour = api
                .call("liaison", Method::GET, &path, None)
                .await
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok());
            let bundle = armour.and_then(|armour| Bundle::dearmour(&armour).ok());
            let holds = bundle
                .as_ref()
                .and_then(|b| verify_bundle(b).ok())
                .is_some_and(|report| {
                    report.signed_by == own
                        && report.cosigned_by == other
                        && report.entry.to_string() == text(&entry, "id")
                });
            match bundle {
                Some(bundle) if holds => proofs.push(bundle),
                _ => missing += 1,
            }
        }
    }
    Ok((proofs, missing))
}

/// Alters bytes of a proof one at a time: how many were tried, how many were caught.
fn tamper(bundle: &Bundle) -> (usize, usize) {
    let original = bundle.encode();
    let places = (0..original.len()).step_by(STRIDE);
    let caught = |place: usize| {
        let mut bytes = original.clone();
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 1;
        }
        Bundle::decode(&bytes)
            .and_then(|bundle| verify_bundle(&bundle))
            .is_err()
    };
    let results: Vec<bool> = places.map(caught).collect();
    (
        results.len(),
        results.iter().filter(|caught| **caught).count(),
    )
}

/// A month has ended with enough persons for a figure: it stands there, those about few do not, nor do the totals over them.
async fn statistics(nodes: &mut Nodes, facts: &mut Facts) -> Result<(), DemoError> {
    let access = |published: &Value| {
        let tables = list(&published["statistics"], "tables").iter();
        let rights = tables.clone().find(|table| table["table"] == "rights");
        rights
            .map(|rights| rights["lines"][0].clone())
            .unwrap_or_default()
    };
    let begun = Instant::now();
    let line = loop {
        let published = nodes.ma.get("liaison", "/api/v1/statistics").await?;
        let line = access(&published);
        // The node publishes by itself, when it finds that a month has ended.
        if line["figures"][0] == words::PERSONS || begun.elapsed() > COMPARED {
            break line;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    facts.add(
        "the statistics of a month tell a figure, hide a small one and withhold the total over it",
        line["figures"][0] == words::PERSONS
            && line["figures"][1] == "fewer_than_10"
            && line["total"] == "withheld",
    );
    Ok(())
}

/// Each side has one overdue request on the list for the next meeting, one refusal, one extension and good feedback.
async fn symmetry(nodes: &mut Nodes, facts: &mut Facts) -> Result<(), DemoError> {
    let lines = nodes.ma.lines("liaison", "/api/v1/ledger").await?;
    for node in ["ma", "fr"] {
        let own: Vec<&Value> = lines
            .iter()
            .filter(|line| owing_node(line) == node)
            .collect();
        let count = |fits: &dyn Fn(&Value) -> bool| own.iter().filter(|line| fits(line)).count();
        let late = own
            .iter()
            .filter(|line| line["overdue"] == true && line["ask"] == "answer");
        let late: Vec<&&Value> = late.collect();
        let escalated = late.iter().all(|line| line["chase"] == "meeting");
        facts.add(
            &format!("{node} owes one answer that is overdue, escalated to the next meeting"),
            late.len() == 1 && escalated,
        );
        facts.add(
            &format!("{node} refused once, with a ground"),
            count(&|line| !line["refused"].is_null()) == 1,
        );
        facts.add(
            &format!("{node} gave one new date"),
            count(&|line| !line["extended"].is_null()) == 1,
        );
        let good = |line: &Value| {
            line["ask"] == "feedback"
                && !line["ended"].is_null()
                && !matches!(text(line, "outcome"), "" | "none" | "not_yet")
        };
        facts.add(&format!("{node} gave good feedback"), count(&good) >= 1);
    }
    Ok(())
}

async fn told(nodes: &mut Nodes, tale: &Tale, facts: &mut Facts) -> Result<(), DemoError> {
    let seen = nodes
        .fr
        .get(
            "enquete",
            &format!("/api/v1/dossiers/{}", tale.investigation),
        )
        .await?;
    let outcome = list(&seen, "given").iter().any(|given| {
        given["feedback"]["outcome"] == "opened_case" && !text(given, "words").is_empty()
    });
    facts.add(
        "the opening story: fr sees what became of its contribution",
        outcome,
    );
    let declaration = nodes
        .fr
        .get(
            "coordination",
            &format!("/api/v1/dossiers/{}", tale.declaration),
        )
        .await?;
    let points = list(&declaration, "points");
    let three = points
        .iter()
        .filter(|point| list(point, "texts").len() == 3)
        .count();
    facts.add(
        &format!(
            "the commitments stand at fr in three languages ({} of {})",
            three, tale.confirmed
        ),
        three == tale.confirmed && three == 8,
    );
    let kept = points
        .iter()
        .filter(|point| point["status"]["state"] == "agreed")
        .count();
    let open = points
        .iter()
        .filter(|point| point["status"]["state"] == "open")
        .count();
    facts.add(
        &format!(
            "two promises are claimed by both and agreed by both, the others are open ({open})"
        ),
        kept == 2 && open == 6,
    );
    let mut late = 0;
    for (dossier, owing) in tale.overdue.iter().zip(["fr", "ma"]) {
        for api in [&mut nodes.ma, &mut nodes.fr] {
            let view = api
                .get("liaison", &format!("/api/v1/dossiers/{dossier}"))
                .await?;
            late += list(&view, "obligations")
                .iter()
                .filter(|o| o["overdue"] == true && o["ask"] == "answer" && owing_node(o) == owing)
                .count();
        }
    }
    inquiry(nodes, tale, facts).await?;
    super::operations::check(nodes, &tale.inquiry, facts).await?;
    super::duties::check(nodes, &tale.duties, facts).await?;
    super::governance::check(nodes, &tale.governance, facts).await?;
    super::meetings::check(nodes, &tale.meetings, facts).await?;
    super::intelligence::check(nodes, &tale.intelligence, facts).await?;
    facts.add(
        "one request of each side is left without an answer, and both ledgers say who owes it",
        late == 4,
    );
    Ok(())
}

/// The investigation in mid-life stands at both nodes with all that was brought.
async fn inquiry(nodes: &mut Nodes, tale: &Tale, facts: &mut Facts) -> Result<(), DemoError> {
    let mut found = Vec::new();
    for api in [&mut nodes.ma, &mut nodes.fr] {
        let entries = api.entries("enquete", &tale.inquiry).await?;
        let of = |entry_type: &str| {
            entries
                .iter()
                .filter(|e| text(e, "type") == entry_type)
                .count()
        };
        let sorts = ThingSort::ALL.iter().map(|sort| of(sort.entry_type().name));
        found.push((
            sorts.sum::<usize>(),
            of("investigation.link"),
            of("investigation.sign"),
        ));
    }
    let wanted = (THINGS.len(), LINKS.len(), 2);
    facts.add(
        &format!("an investigation in mid-life: {} things and {} links at both nodes, an agreement signed and extended", wanted.0, wanted.1),
        found.iter().all(|of| *of == wanted),
    );
    Ok(())
}

async fn files(nodes: &mut Nodes, tale: &Tale, facts: &mut Facts) -> Result<(), DemoError> {
    let sent = [words::timetable(), words::EXTRACT.to_vec()];
    let mut equal = true;
    for (((_, answer), bytes), asker) in tale.answered.iter().zip(&sent).zip(["ma", "fr"]) {
        let api = nodes.api(asker);
        let path = format!("/api/v1/entries/{}/files/0", answer.entry);
        equal &= api
            .call("enquete", Method::GET, &path, None)
            .await
            .is_ok_and(|arrived| arrived == *bytes);
    }
    facts.add("the files of both answers arrived byte for byte", equal);
    Ok(())
}
