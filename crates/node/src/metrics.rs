//! Figures for an operator, in the OpenMetrics text format. Node names and codes only: no person, no dossier, no content.

use std::sync::{Arc, Mutex, PoisonError};

use entente_core::ids::NodeName;
use entente_core::obligation::Side;
use entente_store::{Direction, ObligationFilter, Store, StoreError, StoreExt as _};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

type Labels = Vec<(&'static str, String)>;
type Gauges = Family<Labels, Gauge>;
type Counters = Family<Labels, Counter>;

/// All figures; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    leaves: Gauges,
    receipted: Gauges,
    outbox: Gauges,
    lag: Gauges,
    obligations: Gauges,
    files_wanted: Gauges,
    up: Gauges,
    bucket_keeps: Gauge,
    sessions: Counters,
    bytes: Counters,
    requests: Counters,
    mails: Counters,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("entente");
        let mut gauge = |name: &str, help: &str| {
            let family = Gauges::default();
            registry.register(name, help, family.clone());
            family
        };
        let leaves = gauge(
            "register_leaves",
            "Leaves of the registers: out are ours, in the partner's",
        );
        let receipted = gauge("register_receipted", "Leaves covered by a cosignature");
        let outbox = gauge("outbox", "Entries written and not yet in the register");
        let lag = gauge(
            "outbox_oldest_seconds",
            "Age of the oldest entry waiting in the outbox",
        );
        let obligations = gauge("obligations", "Obligations open and overdue by our side");
        let files_wanted = gauge("files_wanted", "Files still to come");
        let up = gauge("link_up", "Whether a session is up");
        let bucket_keeps = Gauge::default();
        registry.register(
            "bucket_keeps_versions",
            "Whether the bucket of files keeps what is deleted: an alarm",
            bucket_keeps.clone(),
        );
        let mut counter = |name: &str, help: &str| {
            let family = Counters::default();
            registry.register(name, help, family.clone());
            family
        };
        let sessions = counter("link_sessions", "Sessions begun");
        let bytes = counter("link_bytes", "Bytes over the link");
        let requests = counter("http_requests", "HTTP requests by method and status class");
        let mails = counter("mails", "Mails by what became of them");
        Self {
            registry: Arc::new(Mutex::new(registry)),
            leaves,
            receipted,
            outbox,
            lag,
            obligations,
            files_wanted,
            up,
            bucket_keeps,
            sessions,
            bytes,
            requests,
            mails,
        }
    }
}

fn towards(partner: &NodeName) -> Labels {
    vec![("partner", partner.to_string())]
}

fn figure(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Metrics {
    /// The text that a scraper reads.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        if encode(&mut out, &registry).is_err() {
            tracing::error!("metrics cannot be written");
        }
        out
    }

    /// What became of a mail: `taken`, or why it was not sent.
    pub fn mail(&self, outcome: &str) {
        let labels = vec![("outcome", outcome.to_owned())];
        self.mails.get_or_create(&labels).inc();
    }

    /// A session began or ended.
    pub fn link_up(&self, partner: &NodeName, up: bool) {
        self.up.get_or_create(&towards(partner)).set(i64::from(up));
        if up {
            self.sessions.get_or_create(&towards(partner)).inc();
        }
    }

    /// Whether the bucket of files keeps what is deleted.
    pub fn bucket_keeps(&self, kept: bool) {
        self.bucket_keeps.set(i64::from(kept));
    }

    /// Bytes went over the link.
    pub fn link_bytes(&self, partner: &NodeName, direction: &'static str, count: usize) {
        let labels = vec![
            ("partner", partner.to_string()),
            ("direction", direction.to_owned()),
        ];
        self.bytes
            .get_or_create(&labels)
            .inc_by(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// A request was answered.
    pub fn http_request(&self, method: &str, status: u16) {
        let known = ["GET", "POST", "HEAD"]
            .into_iter()
            .find(|name| *name == method)
            .unwrap_or("other");
        let labels = vec![
            ("method", known.to_owned()),
            ("status", format!("{}xx", status / 100)),
        ];
        self.requests.get_or_create(&labels).inc();
    }

    /// Reads the figures that the store knows.
    ///
    /// # Errors
    /// Of the store.
    pub fn gather(&self, store: &dyn Store, me: &NodeName, now_ms: i64) -> Result<(), StoreError> {
        store.view("metrics", |tx| {
            for partner in tx.partners()? {
                let node = &partner.node;
                for (direction, name) in [(Direction::Out, "out"), (Direction::In, "in")] {
                    let register = tx.register(node, direction)?;
                    let labels = vec![
                        ("partner", node.to_string()),
                        ("direction", name.to_owned()),
                    ];
                    self.leaves
                        .get_or_create(&labels)
                        .set(figure(register.size));
                    self.receipted
                        .get_or_create(&labels)
                        .set(figure(register.cosigned));
                }
                let (waiting, since) = tx.outbox_size(node)?;
                self.outbox
                    .get_or_create(&towards(node))
                    .set(figure(waiting));
                let age = since.map_or(0, |since| now_ms.saturating_sub(since).max(0) / 1000);
                self.lag.get_or_create(&towards(node)).set(age);
                let wanted = tx.wanted(node, 1000)?.len();
                self.files_wanted
                    .get_or_create(&towards(node))
                    .set(i64::try_from(wanted).unwrap_or(i64::MAX));
            }
            for (side, name) in [(Side::Debtor, "we_owe"), (Side::Creditor, "owed_to_us")] {
                for (state, due_before_ms) in [("open", None), ("overdue", Some(now_ms))] {
                    let node = Some(me.clone());
                    let (debtor_node, creditor_node) = if side == Side::Debtor {
                        (node, None)
                    } else {
                        (None, node)
                    };
                    let turn = due_before_ms.map(|_| Side::Debtor);
                    let filter = ObligationFilter {
                        debtor_node,
                        creditor_node,
                        open: Some(true),
                        due_before_ms,
                        turn,
                        ..ObligationFilter::default()
                    };
                    let count = tx.count_obligations(&filter)?;
                    let labels = vec![("side", name.to_owned()), ("state", state.to_owned())];
                    self.obligations.get_or_create(&labels).set(figure(count));
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_nodes_and_codes_only() {
        let metrics = Metrics::default();
        let partner: NodeName = "fr".parse().unwrap();
        metrics.link_up(&partner, true);
        metrics.link_bytes(&partner, "in", 10);
        metrics.http_request("GET", 204);
        metrics.http_request("BREW /secret", 404);
        let text = metrics.render();
        assert!(text.contains("entente_link_up{partner=\"fr\"} 1"), "{text}");
        assert!(text.contains("entente_http_requests_total{method=\"GET\",status=\"2xx\"} 1"));
        assert!(text.contains("method=\"other\",status=\"4xx\"") && !text.contains("secret"));
        assert!(text.ends_with("# EOF\n"));
    }
}
