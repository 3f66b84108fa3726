//! A line to the server that breaks on demand: one request on each connection, read whole, passed on or not, as planned.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection is closed at once, as by a server that is down.
    Closed,
    /// It is read, and nothing is ever said.
    Silent,
    /// The server answers so and does nothing.
    Status(u16),
    /// Half of it arrives.
    CutRequest,
    /// It is done, and half of the answer comes back.
    CutAnswer,
    /// It is done, and no answer comes back.
    LostAnswer,
}

/// Every fault that passes by itself, for tests of all of them.
impl Fault {
    /// All of them, but for silence, which takes as long as the client's patience.
    pub const QUICK: [Self; 5] = [
        Self::Closed,
        Self::Status(500),
        Self::CutRequest,
        Self::CutAnswer,
        Self::LostAnswer,
    ];
}

#[derive(Default)]
struct State {
    /// How many requests go well before the fault, how many then meet it, and what it is.
    plan: Option<(u64, u64, Fault)>,
    /// What is said of versions in place of the server.
    versions: Option<String>,
    requests: u64,
    broke: u64,
}

/// The line. It ends with the process.
pub struct Line {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Line {
    /// A line to a port of this machine, whole as yet.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || {
                    let _broken = pass(client, server, &state);
                });
            }
        });
        Self { port, state }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// After so many requests, so many meet a fault.
    pub fn plan(&self, after: u64, times: u64, fault: Fault) {
        let mut state = self.state();
        (state.plan, state.broke) = (Some((after, times, fault)), 0);
    }

    /// Forgets what was planned.
    pub fn heal(&self) {
        self.state().plan = None;
    }

    /// Has the server say this of versions, such as `Enabled`.
    pub fn say_versions(&self, status: &str) {
        self.state().versions = Some(status.to_owned());
    }

    /// How many requests came, and how many of them met a fault since the last plan.
    #[must_use]
    pub fn requests(&self) -> (u64, u64) {
        let state = self.state();
        (state.requests, state.broke)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn next(&mut self) -> Option<Fault> {
        self.requests += 1;
        match self.plan {
            Some((0, 0, _)) | None => None,
            Some((0, times, fault)) => {
                self.plan = Some((0, times - 1, fault));
                self.broke += 1;
                Some(fault)
            }
            Some((after, times, fault)) => {
                self.plan = Some((after - 1, times, fault));
                None
            }
        }
    }
}

fn pass(mut client: TcpStream, server: u16, state: &Mutex<State>) -> std::io::Result<()> {
    let Some(request) = read_request(&mut client)? else {
        return Ok(());
    };
    let (fault, versions) = {
        let mut state = lock(state);
        (state.next(), state.versions.clone())
    };
    match (fault, versions) {
        (Some(Fault::Closed), _) => return client.shutdown(Shutdown::Both),
        (Some(Fault::Silent), _) => {
            // Until the client has had enough.
            return client.read(&mut [0]).map(drop);
        }
        (Some(Fault::Status(status)), _) => {
            let text = "<Error><Code>Planned</Code></Error>";
            return client.write_all(&answer(status, text));
        }
        (_, Some(status)) if asks_versions(&request) => {
            let text = format!(
                "<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>"
            );
            return client.write_all(&answer(200, &text));
        }
        _ => {}
    }
    let mut socket = TcpStream::connect(("127.0.0.1", server))?;
    if fault == Some(Fault::CutRequest) {
        socket.write_all(request.get(..request.len() / 2).unwrap_or_default())?;
        socket.shutdown(Shutdown::Both)?;
        return client.shutdown(Shutdown::Both);
    }
    socket.write_all(&request)?;
    let mut said = Vec::new();
    socket.read_to_end(&mut said)?;
    match fault {
        Some(Fault::LostAnswer) => client.shutdown(Shutdown::Both),
        Some(Fault::CutAnswer) => client.write_all(said.get(..said.len() / 2).unwrap_or_default()),
        _ => client.write_all(&said),
    }
}

fn answer(status: u16, text: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} Planned\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
    .into_bytes()
}

fn asks_versions(request: &[u8]) -> bool {
    let line = request.split(|b| *b == b'\r').next().unwrap_or_default();
    String::from_utf8_lossy(line).contains("versioning=")
}

/// A whole request, told to be the only one of its connection; none if the client said nothing.
fn read_request(client: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let (mut all, mut piece) = (Vec::new(), [0; 16 * 1024]);
    loop {
        let read = client.read(&mut piece)?;
        if read == 0 {
            return Ok(None);
        }
        all.extend_from_slice(piece.get(..read).unwrap_or_default());
        let Some(head) = all.windows(4).position(|some| some == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(all.get(..head).unwrap_or_default()).to_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .and_then(|length| length.trim().parse().ok())
            .unwrap_or(0_usize);
        if all.len() >= head + 4 + length {
            all.splice(head..head, *b"\r\nConnection: close");
            return Ok(Some(all));
        }
    }
}
