//! What all handlers share: the verbs, the demonstration's controls, the change signal, the clocks shown, the gates on heavy work.

use crate::calendars::Calendars;
use crate::demo::DemoControl;
use crate::drawing::{Drawing, Nobody};
use crate::time::Clocks;
use crate::upload::{PATIENCE, Places};
use crate::verbs::Verbs;
use crate::zone::Zone;
use entente_app::App;
use entente_core::calendar::Calendar;
use entente_core::ids::NodeName;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Semaphore, broadcast};

/// What a node gives to [`crate::router`].
#[derive(Clone)]
pub struct WebState {
    /// The verbs.
    pub app: App,
    /// Controls of the demonstration, if this is one.
    pub demo: Option<Arc<dyn DemoControl>>,
    /// Whether the node can serve: asked by `/readyz`.
    pub health: Arc<dyn Fn() -> bool + Send + Sync>,
    /// Metrics in the Prometheus text format, if published.
    pub metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    /// Working days of the states of this node's links.
    pub calendars: Vec<Calendar>,
    /// Whether pages are reached by https: cookies are then `Secure`. False only for plain http on loopback.
    pub secure: bool,
    /// Most bytes of all files that one form may bring.
    pub max_upload: u64,
    /// How many forms with files are taken at the same time.
    pub uploads: usize,
    /// Who reads pages of a PDF.
    pub drawing: Arc<dyn Drawing>,
}

/// Shared by all handlers.
pub type Shared = Arc<Inner>;

/// See the module.
pub struct Inner {
    pub verbs: Arc<dyn Verbs>,
    pub demo: Option<Arc<dyn DemoControl>>,
    pub health: Arc<dyn Fn() -> bool + Send + Sync>,
    pub metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    pub secure: bool,
    pub max_upload: u64,
    pub drawing: Arc<dyn Drawing>,
    pub clocks: Clocks,
    pub calendars: Calendars,
    /// Position of the newest entry, sent whenever something changed.
    pub changes: broadcast::Sender<u64>,
    /// Uploads sealed as they come, at a time: each needs memory of a few chunks.
    pub uploads: Arc<Places>,
    /// Uploads held in memory at a time.
    pub held: Arc<Places>,
    /// How long to wait for a place among them.
    pub patience: Duration,
    /// Pages of PDF drawn at a time: each is a process with memory of its own.
    pub drawings: Arc<Semaphore>,
    /// Passwords checked at a time: each check is slow on purpose.
    pub passwords: Arc<Semaphore>,
    secret: (RandomState, RandomState),
    drawn: AtomicU64,
}

impl From<WebState> for Inner {
    fn from(state: WebState) -> Self {
        let mut inner = Self::over(Arc::new(state.app));
        inner.demo = state.demo;
        inner.health = state.health;
        inner.metrics = state.metrics;
        inner.secure = state.secure;
        inner.max_upload = state.max_upload;
        inner.uploads = Arc::new(Places::new(state.uploads));
        inner.drawing = state.drawing;
        inner.calendars = Calendars::new(&state.calendars);
        inner
    }
}

impl Inner {
    /// With nothing but verbs, on plain http: what tests start from.
    pub fn over(verbs: Arc<dyn Verbs>) -> Self {
        let clocks = Clocks::new(&verbs.settings().clocks);
        Self {
            verbs,
            demo: None,
            health: Arc::new(|| true),
            metrics: None,
            secure: false,
            max_upload: 64 << 20,
            drawing: Arc::new(Nobody),
            clocks,
            calendars: Calendars::default(),
            changes: broadcast::Sender::new(64),
            uploads: Arc::new(Places::new(4)),
            held: Arc::new(Places::new(4)),
            patience: PATIENCE,
            drawings: Arc::new(Semaphore::new(2)),
            passwords: Arc::new(Semaphore::new(2)),
            secret: (RandomState::new(), RandomState::new()),
            drawn: AtomicU64::new(0),
        }
    }

    /// The clock by which the people of a node type times: that of its calendar, else the first that is shown.
    pub fn zone(&self, node: &NodeName) -> Zone {
        let rules = self.calendars.zone(node);
        self.clocks.zone(rules.as_ref())
    }

    /// Passes on that something changed: its position, never its content.
    pub fn listen(self: &Arc<Self>) {
        let changes = self.changes.clone();
        self.verbs.on_change(Box::new(move |change| {
            // Fails only when nobody listens.
            let _unheard = changes.send(change.position);
        }));
    }

    /// A token for forms before sign-in: a keyed hash of a counter, under keys that the standard library draws from the system.
    pub fn fresh_token(&self) -> String {
        let n = self.drawn.fetch_add(1, Ordering::Relaxed);
        format!(
            "{:016x}{:016x}",
            self.secret.0.hash_one(n),
            self.secret.1.hash_one(n)
        )
    }

    /// Name of the session cookie; one per node, so that two nodes on one host do not mix. By https with the prefix by which browsers let
    /// nobody else set it: no plain connection, no other host of the same domain (RFC 6265bis section 4.1.3.2).
    pub fn cookie(&self) -> String {
        let prefix = if self.secure { "__Host-" } else { "" };
        format!("{prefix}entente-{}", self.verbs.me())
    }

    /// A `Set-Cookie` value. `age` in seconds; none for the browser's session.
    pub fn set_cookie(
        &self,
        suffix: &str,
        value: &str,
        age: Option<u32>,
        http_only: bool,
    ) -> String {
        let name = format!("{}{suffix}", self.cookie());
        let age = age.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let hidden = if http_only { "; HttpOnly" } else { "" };
        format!("{name}={value}; Path=/; SameSite=Lax{hidden}{secure}{age}")
    }
}
