//! Notes that flow while processes are killed, and what both sides hold of them in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use entente_node::demo::{Api, Writing};
use serde_json::{Value, json};

/// A number from 0, below this.
pub fn random(below: u64) -> u64 {
    let mut bytes = [0; 8];
    entente_node::clock::fill(&mut bytes);
    u64::from_le_bytes(bytes) % below
}

/// Writes notes until told to stop, with a pause after each if there is one; the texts of those that the node said it keeps.
pub async fn write(
    mut api: Api,
    who: &'static str,
    pause: Option<Duration>,
    desk: String,
    stop: Arc<AtomicBool>,
) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    for number in 0_u32.. {
        if stop.load(Ordering::Acquire) {
            break;
        }
        let text = format!("{who} {number}");
        // Every tenth asks for an answer, so that obligations flow too.
        let values = json!({"text": text, "needs_answer": number % 10 == 0});
        let writing = Writing {
            dossier: Some(&desk),
            lang: "fr",
            values,
            ..Writing::default()
        };
        match api.record("liaison", "note", writing).await {
            Ok(_) => {
                kept.insert(text);
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
    }
    kept
}

/// Notes of a node by identifier.
async fn notes(api: &mut Api, desk: &str) -> BTreeMap<String, String> {
    let entries = api.entries("liaison", desk).await.unwrap();
    let note = |entry: &Value| {
        let text = entry["body"]["values"]["text"].as_str().unwrap_or_default();
        assert_eq!(entry["verdict"]["state"], "regular", "{entry}");
        (entry["id"].as_str().unwrap().to_owned(), text.to_owned())
    };
    let all = entries.len();
    let notes: BTreeMap<String, String> = entries.iter().map(note).collect();
    assert_eq!(notes.len(), all, "an entry is shown twice");
    notes
}

async fn ledger(api: &mut Api) -> Vec<[Value; 4]> {
    let mut lines = api.lines("liaison", "/api/v1/ledger").await.unwrap();
    lines.sort_by_key(|line| line["id"].to_string());
    let of = |line: &Value| ["id", "state", "received", "due"].map(|name| line[name].clone());
    lines.iter().map(of).collect()
}

/// After so many kills: more notes were kept than that, none is lost or doubled, and both sides hold the same.
pub async fn nothing_lost_or_doubled(
    (ma, fr): (&mut Api, &mut Api),
    desk: &str,
    kept: &BTreeSet<String>,
    kills: usize,
) {
    let (ours, theirs) = (notes(ma, desk).await, notes(fr, desk).await);
    println!(
        "{kills} kills, {} notes acknowledged, {} entries on both sides",
        kept.len(),
        ours.len()
    );
    assert!(kept.len() > kills, "hardly anything flowed: {}", kept.len());
    assert_eq!(ours, theirs, "the two sides hold different entries");
    let texts: Vec<&String> = ours.values().filter(|text| !text.is_empty()).collect();
    let once: BTreeSet<&String> = texts.iter().copied().collect();
    assert_eq!(texts.len(), once.len(), "a note is there twice");
    let lost: Vec<&String> = kept.iter().filter(|text| !once.contains(text)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert_eq!(ledger(ma).await, ledger(fr).await);
}
