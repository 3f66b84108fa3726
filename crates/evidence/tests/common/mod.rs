//! Where the published packages are, beside the clone or beside its worktrees, and golden files.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the shared inputs; the code under test does not"
)]

use std::path::{Path, PathBuf};

/// Every `case_*.json` of the shared data with its name, in order; `None` with a line on why the tests are skipped.
pub fn packages() -> Option<Vec<(String, Vec<u8>)>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = [
        "../../../shared/data/evidence",
        "../../../../shared/data/evidence",
    ];
    let Some(folder) = places.iter().map(|p| own.join(p)).find(|p| p.is_dir()) else {
        println!("skipped: shared data absent");
        return None;
    };
    let inside = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = inside.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read(path).unwrap())
    };
    Some(paths.into_iter().map(named).collect())
}

/// Compares with `tests/golden/<name>.txt`; a difference leaves `<name>.new.txt` beside it.
pub fn golden(name: &str, found: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let kept = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap_or_default();
    if kept != found {
        std::fs::write(folder.join(format!("{name}.new.txt")), found).unwrap();
        panic!("{name}.txt differs: read {name}.new.txt, and copy it over on purpose");
    }
}
