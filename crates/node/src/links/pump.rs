//! One connection: bytes between the socket and the driver, which runs on a blocking thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use entente_app::{Action, App, AppError, Event, LinkDriver};
use entente_core::ids::NodeName;
use entente_link::session::Role;
use entente_proof::presence::Binding;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, watch};
use tokio_rustls::TlsStream;

use super::admission::Place;
use super::{EVENTS, MAX_QUEUED, READ, TICK};
use crate::metrics::Metrics;

/// How long the last frames may take to leave after a session ended.
const FLUSH: Duration = Duration::from_secs(2);
/// A session that ran so long counts as one, whatever its end.
const RAN: Duration = Duration::from_secs(2);

type Stream = TlsStream<TcpStream>;

/// What a connection belongs to.
pub struct Line {
    /// The application.
    pub app: App,
    /// Counters.
    pub metrics: Metrics,
    /// The partner.
    pub partner: NodeName,
    /// Who dialled.
    pub role: Role,
    /// What this connection alone has.
    pub binding: Binding,
    /// Rings when something was queued for the partner.
    pub wake: Arc<Notify>,
}

/// How a connection ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// Whether a session really ran: then dialling again may come at once.
    pub established: bool,
    /// Whether only people can mend the cause, such as a link stopped by an alarm.
    pub needs_people: bool,
    /// Whether it ended before the partner said anything: as TLS 1.3 has it, a key of ours that is refused looks like this.
    pub silent: bool,
    /// For the log; no contents.
    pub reason: String,
}

/// What the driver thread hands to the tasks around it.
struct Outlet {
    frames: mpsc::UnboundedSender<Vec<u8>>,
    queued: Arc<AtomicUsize>,
    paused: watch::Sender<bool>,
}

/// Runs a connection to its end.
pub async fn run(line: Line, place: &Place, stream: Stream, stop: watch::Receiver<bool>) -> Ended {
    let (read, write) = tokio::io::split(stream);
    let (events, inbox) = mpsc::channel(EVENTS);
    let (frames, outgoing) = mpsc::unbounded_channel();
    let (paused, pausing) = watch::channel(false);
    let queued = Arc::new(AtomicUsize::new(0));
    let outlet = Outlet {
        frames,
        queued: queued.clone(),
        paused,
    };
    let wake = line.wake.clone();
    let (app, partner, metrics) = (line.app.clone(), line.partner.clone(), line.metrics.clone());
    let (done, mut finished) = tokio::sync::oneshot::channel();
    let hello = place.hello.clone();
    let spawned = std::thread::Builder::new()
        .name(format!("link-{partner}"))
        .spawn(move || {
            let _nobody_waits = done.send(drive(&line, inbox, &outlet, &hello));
        });
    if let Err(error) = spawned {
        return Ended {
            reason: error.to_string(),
            ..Ended::default()
        };
    }
    let reader = tokio::spawn(read_on(
        read,
        events.clone(),
        pausing,
        metrics.clone(),
        partner.clone(),
    ));
    let writer = tokio::spawn(write_on(write, outgoing, queued, metrics, partner.clone()));
    let told = told_to_close(place.close.clone(), stop, app, partner);
    let ended = tokio::select! {
        ended = &mut finished => ended.unwrap_or_default(),
        reason = keep_time(&events, &wake, told) => {
            // The driver ends when its last event sender is gone; the reader holds the other one.
            reader.abort();
            drop(events);
            // No newcomer may start before this driver is done.
            let _its_own_reason = finished.await;
            Ended { reason, established: place.hello.load(Ordering::Acquire), ..Ended::default() }
        }
    };
    reader.abort();
    // The frames that say why must still leave: the writer ends when the driver dropped its outlet.
    let mut writer = writer;
    if tokio::time::timeout(FLUSH, &mut writer).await.is_err() {
        writer.abort();
    }
    ended
}

/// Ticks and wakes the driver until the connection is told to close; then says why.
async fn keep_time(
    events: &mpsc::Sender<Event>,
    wake: &Notify,
    told: impl Future<Output = String>,
) -> String {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut told = std::pin::pin!(told);
    loop {
        let event = tokio::select! {
            reason = &mut told => return reason,
            _ = tick.tick() => Event::Tick,
            () = wake.notified() => Event::Wake,
        };
        if events.send(event).await.is_err() {
            // The driver ended by itself: its own reason is on the way.
            std::future::pending::<()>().await;
        }
    }
}

async fn told_to_close(
    mut close: watch::Receiver<Option<&'static str>>,
    mut stop: watch::Receiver<bool>,
    app: App,
    partner: NodeName,
) -> String {
    let mut look = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            told = close.wait_for(Option::is_some) => {
                return told.ok().and_then(|reason| *reason).unwrap_or("closed").to_owned();
            }
            _ = stop.wait_for(|stop| *stop) => return "this node is shutting down".to_owned(),
            _ = look.tick() => if app.is_cut(&partner) {
                return "the link was cut on purpose".to_owned();
            }
        }
    }
}

async fn read_on(
    mut read: ReadHalf<Stream>,
    events: mpsc::Sender<Event>,
    mut paused: watch::Receiver<bool>,
    metrics: Metrics,
    partner: NodeName,
) {
    let mut buffer = vec![0; READ];
    loop {
        if paused.wait_for(|paused| !paused).await.is_err() {
            return;
        }
        let event = match read.read(&mut buffer).await {
            Ok(count) if count > 0 => {
                metrics.link_bytes(&partner, "in", count);
                Event::Bytes(buffer.get(..count).unwrap_or_default().to_vec())
            }
            _ => Event::Disconnected,
        };
        let last = matches!(event, Event::Disconnected);
        if events.send(event).await.is_err() || last {
            return;
        }
    }
}

async fn write_on(
    mut write: WriteHalf<Stream>,
    mut frames: mpsc::UnboundedReceiver<Vec<u8>>,
    queued: Arc<AtomicUsize>,
    metrics: Metrics,
    partner: NodeName,
) {
    while let Some(frame) = frames.recv().await {
        if write.write_all(&frame).await.is_err() {
            return;
        }
        queued.fetch_sub(frame.len(), Ordering::AcqRel);
        metrics.link_bytes(&partner, "out", frame.len());
        if frames.is_empty() && write.flush().await.is_err() {
            return;
        }
    }
    if write.shutdown().await.is_err() {
        tracing::trace!(%partner, "connection was gone before it was closed");
    }
}

/// The driver's thread: takes the lease, then turns events into actions until the end.
fn drive(
    line: &Line,
    mut inbox: mpsc::Receiver<Event>,
    outlet: &Outlet,
    hello: &AtomicBool,
) -> Ended {
    let begun = Instant::now();
    let (mut driver, first) =
        match LinkDriver::start(&line.app, &line.partner, (line.role, line.binding)) {
            Ok(started) => started,
            Err(error) => return refused(&error),
        };
    tracing::info!(partner = %line.partner, role = ?line.role, "link up");
    let mut reason = outlet.act(first);
    let (mut ended_by_peer, mut silent) = (false, true);
    while reason.is_none() {
        let Some(event) = inbox.blocking_recv() else {
            break;
        };
        ended_by_peer = matches!(event, Event::Disconnected);
        silent &= !matches!(event, Event::Bytes(_));
        reason = outlet.act(driver.handle(event));
        if driver.has_hello() {
            hello.store(true, Ordering::Release);
        }
        if ended_by_peer {
            break;
        }
    }
    if !ended_by_peer {
        // Gives the lease back; what it says besides no longer matters.
        driver.handle(Event::Disconnected);
    }
    let established = hello.load(Ordering::Acquire) && (reason.is_none() || begun.elapsed() > RAN);
    Ended {
        established,
        needs_people: false,
        silent: ended_by_peer && silent,
        reason: reason.unwrap_or_else(|| "the connection ended".to_owned()),
    }
}

fn refused(error: &AppError) -> Ended {
    // A lease held elsewhere passes by itself.
    let needs_people = matches!(error, AppError::NotFound | AppError::Bug(_));
    Ended {
        established: false,
        needs_people,
        silent: false,
        reason: error.to_string(),
    }
}

impl Outlet {
    /// Does what the driver wants; a reason if the connection must end.
    fn act(&self, actions: Vec<Action>) -> Option<String> {
        for action in actions {
            match action {
                Action::Send(frame) => {
                    let waiting =
                        self.queued.fetch_add(frame.len(), Ordering::AcqRel) + frame.len();
                    if waiting > MAX_QUEUED {
                        return Some("the partner does not read what we send".to_owned());
                    }
                    if self.frames.send(frame).is_err() {
                        return Some("the connection ended".to_owned());
                    }
                }
                Action::PauseReading => {
                    self.paused.send_replace(true);
                }
                Action::ResumeReading => {
                    self.paused.send_replace(false);
                }
                Action::Close(reason) => return Some(reason),
            }
        }
        None
    }
}
