//! `memory`: what two real processes take at rest, under load and at rest again. Linux only: read from `/proc`.

use crate::{Figures, size, text};
use entente_node::demo::world::{Nodes, World};
use entente_node::demo::{self, Writing};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Programs that write at once at each node.
const WRITERS: usize = 8;

/// Runs it.
pub fn run() -> Result<Figures, String> {
    let seconds = size("SECONDS", 10);
    let runtime = tokio::runtime::Runtime::new().map_err(text)?;
    runtime.block_on(async {
        let folder = tempfile::tempdir().map_err(text)?;
        let world = World::create(folder.path(), 0).map_err(text)?;
        let mut nodes = world.start_with(&program()?).await.map_err(text)?;
        let desk = demo::desk(&mut nodes).await.map_err(text)?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let rest = resident(&nodes)?;
        let (most, written) = load(&mut nodes, &desk, seconds).await?;
        tokio::time::sleep(Duration::from_secs(5)).await;
        let after = resident(&nodes)?;
        nodes.stop();
        Ok(vec![
            ("rest_mb", rest.to_string()),
            ("load_mb", most.to_string()),
            ("rest_after_mb", after.to_string()),
            ("notes_written", written.to_string()),
            ("seconds", seconds.to_string()),
        ])
    })
}

/// The program beside this one.
fn program() -> Result<PathBuf, String> {
    let beside = std::env::current_exe()
        .map_err(text)?
        .with_file_name("entente");
    match beside.is_file() {
        true => Ok(beside),
        false => Err(format!(
            "{} is not built: cargo build --release --bin entente",
            beside.display()
        )),
    }
}

/// The larger of both nodes, in MB of resident memory.
fn resident(nodes: &Nodes) -> Result<u64, String> {
    let of = |id: u32| -> Result<u64, String> {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).map_err(text)?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
        let number = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
        number
            .map(|kib| kib * 1_024 / 1_000_000)
            .ok_or_else(|| "VmRSS".into())
    };
    let all: Result<Vec<u64>, String> = nodes
        .processes
        .iter()
        .filter_map(|p| p.id())
        .map(of)
        .collect();
    all?.into_iter().max().ok_or_else(|| "no process".into())
}

/// Notes from many programs at both nodes, with the pages read in between; the most memory seen and how many were kept.
async fn load(nodes: &mut Nodes, desk: &str, seconds: u64) -> Result<(u64, u64), String> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut writers = Vec::new();
    for api in [&nodes.ma, &nodes.fr] {
        for _ in 0..WRITERS {
            let (mut api, desk) = (api.clone(), desk.to_owned());
            writers.push(tokio::spawn(async move {
                let mut kept = 0_u64;
                while Instant::now() < until {
                    let writing = Writing {
                        dossier: Some(&desk),
                        lang: "en",
                        values: json!({"text": "steady exchange ".repeat(60)}),
                        ..Writing::default()
                    };
                    api.record("liaison", "note", writing).await.map_err(text)?;
                    kept += 1;
                    if kept.is_multiple_of(20) {
                        api.get("liaison", "/api/v1/today").await.map_err(text)?;
                    }
                }
                Ok::<u64, String>(kept)
            }));
        }
    }
    let mut most = 0;
    while Instant::now() < until {
        most = most.max(resident(nodes)?);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut kept = 0;
    for writer in writers {
        kept += writer.await.map_err(text)??;
    }
    Ok((most, kept))
}
