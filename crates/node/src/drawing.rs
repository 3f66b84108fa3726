//! Pages of a PDF, read by a process of our own program that may be lost (`entente render`): it gets the file by its standard input, and nothing else
//! of this process, neither its environment nor its files. One that says nothing in time is ended. Nothing of a file is on a disk meanwhile.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use entente_app::{AppError, Result};
use entente_render::{Answer, MOST_ANSWER, Refused, Wanted, decode};
use entente_web::{Chunks, Drawing};

/// Longest wait for a page, in all: somebody looks at an empty window.
const PATIENCE: Duration = Duration::from_secs(15);
/// This program, whatever became of its file since it was started.
const OURSELVES: &str = "/proc/self/exe";

/// Starts a process for each page.
pub struct Apart {
    program: PathBuf,
    patience: Duration,
}

impl Default for Apart {
    fn default() -> Self {
        Self::of(OURSELVES.into(), PATIENCE)
    }
}

impl Apart {
    /// The same with the program at a path and a patience: for tests, which are another program.
    #[must_use]
    pub fn of(program: PathBuf, patience: Duration) -> Self {
        Self { program, patience }
    }

    fn start(&self, number: u32, wanted: Wanted) -> std::io::Result<Child> {
        Command::new(&self.program)
            .args(["render", wanted.name(), &number.to_string()])
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a panic would say there may hold words of the file.
            .stderr(Stdio::null())
            .spawn()
    }

    /// What the process says before patience ends; nothing of one that says too much or nothing.
    fn heard(&self, output: ChildStdout) -> Vec<u8> {
        let (said, heard) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes: Vec<u8> = Vec::new();
            let most = u64::try_from(MOST_ANSWER).unwrap_or(u64::MAX);
            let read = output.take(most).read_to_end(&mut bytes);
            // Fails only when nobody waits any more.
            let _late = said.send(read.map(|_| bytes).unwrap_or_default());
        });
        heard.recv_timeout(self.patience).unwrap_or_default()
    }
}

impl Drawing for Apart {
    fn page(
        &self,
        file: Chunks,
        number: u32,
        wanted: Wanted,
    ) -> Result<std::result::Result<Answer, Refused>> {
        let Ok(mut child) = self.start(number, wanted) else {
            tracing::error!("no process could be started to read a document");
            return Ok(Err(Refused::Spent));
        };
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let feeding = input.map(|input| thread::spawn(move || feed(file, input)));
        let said = output.map(|output| self.heard(output)).unwrap_or_default();
        // It ended by itself, or is to end now; either way it leaves no entry in the table of processes.
        let _ended = child.kill();
        let _ended = child.wait();
        let fed = feeding.map(thread::JoinHandle::join);
        match fed {
            Some(Ok(fed)) => fed?,
            _ => return Err(AppError::Bug("a file was not handed on")),
        }
        Ok(decode(&said))
    }
}

/// Hands the chunks on as they are read; a process that ended takes no more, and that is its answer.
fn feed(file: Chunks, mut input: ChildStdin) -> Result<()> {
    for chunk in file {
        if input.write_all(&chunk?).is_err() {
            break;
        }
    }
    Ok(())
}
