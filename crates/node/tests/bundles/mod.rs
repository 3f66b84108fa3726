//! Two nodes between which there is no socket: everything is carried in files.

use std::path::Path;

use crate::pinned;
use crate::post::Post;

/// Two nodes in a folder; nothing serves them, and nobody pinned anybody yet.
pub fn made(folder: &Path) -> (Post, Post) {
    for name in ["ma", "fr"] {
        pinned::init(folder, name);
    }
    (Post::new(folder, "ma"), Post::new(folder, "fr"))
}

/// One pins the other.
pub fn introduced(one: &Post, other: &Post) {
    pinned::introduced(&one.data(), &other.data());
}

/// To and fro, until both know that everything arrived.
pub fn exchanged(one: &Post, other: &Post, number: &mut u32) {
    for _ in 0..2 {
        for (from, to) in [(one, other), (other, one)] {
            *number += 1;
            let file = from.folder.join(format!("{number}.courier"));
            let file = file.to_str().unwrap();
            from.does(&format!("courier pack --to {}", to.name), &["--out", file]);
            to.does("courier unpack", &[file]);
        }
    }
}
