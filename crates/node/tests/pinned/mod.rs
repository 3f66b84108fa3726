//! Nodes made and pinned by the command line alone.

use std::path::Path;

use serde_json::Value;

use crate::program::ends;

pub const PASSWORDS: &str = "correct horse battery\nstaple correct horse\n";

/// Makes a node in a folder, under its name; its data directory.
pub fn init(folder: &Path, node: &str) -> String {
    let data = folder.join(node).to_str().unwrap().to_owned();
    let init = [
        "--data",
        &data,
        "init",
        "--node",
        node,
        "--clock",
        "Rabat=Africa/Casablanca",
        "--password-stdin",
        "--http",
        "127.0.0.1:0",
        "--link",
        "127.0.0.1:0",
    ];
    ends(0, &init, PASSWORDS);
    data
}

/// What people do once: the other's card over, its fingerprint read aloud.
pub fn introduced(own: &str, other: &str) {
    let (card, _) = ends(0, &["--data", other, "--json", "card"], "");
    let card: Value = serde_json::from_str(&card).unwrap();
    let file = Path::new(other).with_extension("card");
    std::fs::write(&file, card["card"].as_str().unwrap()).unwrap();
    let (file, print) = (
        file.to_str().unwrap(),
        card["fingerprint"].as_str().unwrap(),
    );
    let add = ["link", "add", file, "--fingerprint", print];
    ends(0, &[&["--data", own], &add[..]].concat(), "");
}
