//! The demonstration that all browser tests share: `entente demo`, the binary itself, on free ports.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::time::Duration;

use super::owned;

/// Longest time until the story is played and both nodes stand open.
const PLAYED: Duration = Duration::from_secs(240);

/// A running demonstration.
pub struct Demo {
    /// Address of `ma`, without a slash at its end.
    pub ma: String,
    /// Address of `fr`.
    pub fr: String,
    /// Kept, so that its pipe stays open until this process ends.
    _child: Child,
}

/// Folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/node lies two folders below the repository")
}

/// A folder under `target/` that is made if it is absent.
pub fn in_target(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap_or(Path::new("target"))
        .join(name);
    std::fs::create_dir_all(&folder).expect("a folder under target");
    folder
}

/// The demonstration, started by whoever asks first.
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(start)
}

/// One test at a time: some cut the link or jump the clock.
pub fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn start() -> Demo {
    let folder = in_target("browser-demo");
    let dir = folder.to_str().expect("a path in UTF-8");
    let mut child = owned::start(
        env!("CARGO_BIN_EXE_entente"),
        &["demo", "--port-base", "0", "--dir", dir],
    );
    let stdout = child.stdout.take().expect("a piped standard output");
    let (send, lines) = mpsc::channel();
    // Goes on reading after the story, so that the pipe never fills.
    std::thread::spawn(move || {
        BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            .for_each(|line| drop(send.send(line)))
    });
    let mut addresses = (None, None);
    let mut said = Vec::new();
    loop {
        let line = lines
            .recv_timeout(PLAYED)
            .unwrap_or_else(|_| panic!("the demonstration did not open; it said {said:?}"));
        let address = |name: &str| {
            line.strip_prefix(name)
                .map(str::trim)
                .filter(|rest| rest.starts_with("http://"))
                .map(str::to_owned)
        };
        addresses = (
            addresses.0.or_else(|| address("ma ")),
            addresses.1.or_else(|| address("fr ")),
        );
        let open = line.starts_with("Open ");
        said.push(line);
        if open {
            break;
        }
    }
    let (Some(ma), Some(fr)) = addresses else {
        panic!("the demonstration named no addresses: {said:?}")
    };
    Demo {
        ma,
        fr,
        _child: child,
    }
}
