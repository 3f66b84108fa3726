//! One session per link (DESIGN section 5 rule 14): which of two connections runs, decided by `entente_link::survivor`.
//!
//! A newer connection starts its session only once the older one has ended, so that a node never has two drivers on one link. The
//! newer one counts as having completed its hello: both keys are authenticated by TLS, and its hello follows at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entente_link::session::Role;
use entente_link::survivor::{Contender, Verdict, survivor};
use entente_proof::digest::Digest;
use tokio::sync::watch;

/// How long an older connection that should survive may take for its hello.
const HELLO: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(20);

/// The place of one link's connection.
pub struct Slot {
    /// Newcomers are judged one after the other.
    door: tokio::sync::Mutex<()>,
    current: Arc<Mutex<Option<Holder>>>,
    patience: Duration,
}

impl Default for Slot {
    fn default() -> Self {
        Self {
            door: tokio::sync::Mutex::default(),
            current: Arc::default(),
            patience: HELLO,
        }
    }
}

#[derive(Clone)]
struct Holder {
    role: Role,
    hello: Arc<AtomicBool>,
    close: watch::Sender<Option<&'static str>>,
    /// Closed when the place is given up.
    ended: watch::Receiver<()>,
}

/// The right to run a session; given up when dropped.
pub struct Place {
    /// Set once the partner's hello was taken.
    pub hello: Arc<AtomicBool>,
    /// Becomes a reason when the connection must close.
    pub close: watch::Receiver<Option<&'static str>>,
    current: Arc<Mutex<Option<Holder>>>,
    _ending: watch::Sender<()>,
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Slot {
    /// Whether a connection is there.
    pub fn is_taken(&self) -> bool {
        self.holder().is_some()
    }

    fn holder(&self) -> Option<Holder> {
        self.current
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A place for a new connection, or none if the older one survives. Waits for the older one's end where the newer survives.
    pub async fn admit(&self, role: Role, own: &Digest, peer: &Digest) -> Option<Place> {
        let _one_at_a_time = self.door.lock().await;
        let mut waited = Duration::ZERO;
        while let Some(holder) = self.holder() {
            let older = Contender {
                role: holder.role,
                hello_complete: holder.hello.load(Ordering::Acquire),
            };
            let newer = Contender {
                role,
                hello_complete: true,
            };
            match survivor(own, peer, older, newer) {
                Verdict::KeepOlder => return None,
                Verdict::KeepBoth if waited < self.patience => {
                    tokio::time::sleep(LOOK).await;
                    waited += LOOK;
                }
                Verdict::KeepBoth | Verdict::KeepNewer => {
                    close(&holder, "another connection of this link survives").await
                }
            }
        }
        Some(self.take(role))
    }

    fn take(&self, role: Role) -> Place {
        let hello = Arc::new(AtomicBool::new(false));
        let (close, closing) = watch::channel(None);
        let (ending, ended) = watch::channel(());
        let holder = Holder {
            role,
            hello: hello.clone(),
            close,
            ended,
        };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(holder);
        Place {
            hello,
            close: closing,
            current: self.current.clone(),
            _ending: ending,
        }
    }

    /// Closes the connection, if there is one, and waits for its end.
    pub async fn close_and_wait(&self, reason: &'static str) {
        if let Some(holder) = self.holder() {
            close(&holder, reason).await;
        }
    }
}

async fn close(holder: &Holder, reason: &'static str) {
    let _gone_already = holder.close.send(Some(reason));
    let mut ended = holder.ended.clone();
    // Errs once the sender is dropped with its place.
    while ended.changed().await.is_ok() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: Digest = Digest([1; 32]);
    const HIGH: Digest = Digest([2; 32]);

    /// Runs a place until it is told to close.
    fn occupy(mut place: Place, hello: bool) -> tokio::task::JoinHandle<()> {
        place.hello.store(hello, Ordering::Release);
        tokio::spawn(async move {
            let _told = place.close.wait_for(Option::is_some).await;
        })
    }

    #[tokio::test]
    async fn rule_14_the_preferred_connection_stays_and_the_other_is_refused() {
        let slot = Slot::default();
        let running = occupy(slot.admit(Role::Dialled, &LOW, &HIGH).await.unwrap(), true);
        tokio::task::yield_now().await;
        assert!(slot.admit(Role::Accepted, &LOW, &HIGH).await.is_none());
        assert!(slot.is_taken());
        slot.close_and_wait("end").await;
        running.await.unwrap();
        assert!(!slot.is_taken());
    }

    #[tokio::test]
    async fn rule_14_the_preferred_newcomer_replaces_and_never_runs_beside() {
        let slot = Slot::default();
        let older = occupy(slot.admit(Role::Dialled, &HIGH, &LOW).await.unwrap(), true);
        let place = slot.admit(Role::Accepted, &HIGH, &LOW).await.unwrap();
        assert!(older.is_finished());
        drop(place);
        assert!(!slot.is_taken());
    }

    #[tokio::test]
    async fn rule_14_a_preferred_connection_without_hello_gives_way_in_time() {
        let slot = Slot {
            patience: Duration::from_millis(60),
            ..Slot::default()
        };
        let older = occupy(slot.admit(Role::Dialled, &LOW, &HIGH).await.unwrap(), false);
        assert!(slot.admit(Role::Accepted, &LOW, &HIGH).await.is_some());
        assert!(older.is_finished());
    }

    #[tokio::test]
    async fn a_redialled_connection_replaces_its_dead_predecessor() {
        let slot = Slot::default();
        let older = occupy(slot.admit(Role::Accepted, &LOW, &HIGH).await.unwrap(), true);
        assert!(slot.admit(Role::Accepted, &LOW, &HIGH).await.is_some());
        assert!(older.is_finished());
    }
}
