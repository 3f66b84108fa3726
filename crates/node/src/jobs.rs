//! What a node does by itself, at intervals: end expired sessions, keep the journal of access records, let the partners witness it once a
//! day, look for patterns in it, end what was kept long enough, erase what nobody decided on, publish the statistics of a month, renew and destroy
//! the courier's sealing keys, give back the space of erased files, look after their bucket, gather figures.
//!
//! Ledger digests are the driver's: it compares after every idle stretch. Nothing here decides anything about an obligation: overdue
//! is computed when somebody looks.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entente_app::{App, Seen};
use entente_core::instant::{Instant, Span};
use entente_store::Store;
use entente_store::blobs::S3Blobs;
use entente_store::blobs::bucket::Versions;
use tokio::sync::watch;

use crate::keys::Kept;
use crate::mail::{self, Mailer};
use crate::metrics::Metrics;

/// How often each job looks whether it has something to do.
const FIGURES: Duration = Duration::from_secs(10);
const SESSIONS: Duration = Duration::from_secs(300);
const WAITING: Duration = Duration::from_secs(5);
const JOURNAL: Duration = Duration::from_secs(1);
const WITNESS: Duration = Duration::from_secs(60);
const PATTERNS: Duration = Duration::from_secs(300);
const RETENTION: Duration = Duration::from_secs(3_600);
/// How often reviews are looked after; what is due falls on whole days.
const REVIEWS: Duration = Duration::from_secs(3_600);
const SEALING: Duration = Duration::from_secs(3_600);
/// How often it is looked whether a month has ended whose statistics are to be published.
const STATISTICS: Duration = Duration::from_secs(600);
/// How often it is looked whether the end that a partner set for what it sent has come.
const ENDED: Duration = Duration::from_secs(60);
const ERASED: Duration = Duration::from_secs(10);
/// How often it is looked whether the storage key was changed: processes have ten minutes to learn it.
const KEYS: Duration = Duration::from_secs(60);
/// How often a bucket is asked whether it keeps versions.
const VERSIONS: Duration = Duration::from_secs(30);
/// Further apart than sealing any file may take, from the first byte that comes to its entry (docs/files.md).
const ABANDONED: Duration = Duration::from_secs(6 * 3_600);
/// How often jobs that follow the node's clock look at it.
const CLOCK: Duration = Duration::from_secs(1);
/// How often it is looked whether mail is due.
const MAIL: Duration = Duration::from_secs(5);
/// How often what other processes of this node wrote is looked for.
const CHANGES: Duration = Duration::from_millis(500);

/// Starts all jobs; they end when told to stop.
pub fn start(app: &App, store: &Arc<dyn Store>, metrics: &Metrics, stop: &watch::Receiver<bool>) {
    let sessions = app.clone();
    every(SESSIONS, "sessions", stop, move || {
        sessions
            .end_expired_sessions()
            .map_err(|error| error.to_string())
    });
    oversee(app, stop);
    let waiting = app.clone();
    every(WAITING, "waiting", stop, move || {
        waiting
            .settle_some(u32::MAX)
            .and_then(|()| waiting.refold_some(u32::MAX))
            .map_err(|error| error.to_string())
    });
    let ended = app.clone();
    every(ENDED, "ended conditions", stop, move || {
        let erased = ended.erase_ended();
        erased.map(drop).map_err(|error| error.to_string())
    });
    by_calendar(app, SEALING, "sealing keys", stop, App::keep_sealing_keys);
    free(app, stop);
    let (app, store, metrics) = (app.clone(), store.clone(), metrics.clone());
    every(FIGURES, "figures", stop, move || {
        metrics
            .gather(&*store, app.me(), app.now().0)
            .map_err(|error| error.to_string())
    });
}

/// Binds the access records' lanes into the journal, lets the partners witness it, looks for patterns, ends what was kept long enough,
/// publishes the statistics of a month.
fn oversee(app: &App, stop: &watch::Receiver<bool>) {
    let job = |interval, name, work: fn(&App) -> entente_app::Result<()>| {
        let app = app.clone();
        every(interval, name, stop, move || {
            work(&app).map_err(|error| error.to_string())
        });
    };
    job(JOURNAL, "journal", App::keep_journal);
    job(WITNESS, "witness", |app| app.witness_journal().map(drop));
    job(PATTERNS, "patterns", App::find_patterns);
    by_calendar(app, STATISTICS, "statistics", stop, |app| {
        app.publish_statistics().map(drop)
    });
    job(RETENTION, "access records", |app| {
        app.end_access_records().map(drop)
    });
    job(REVIEWS, "reviews", |app| app.keep_reviews().map(drop));
}

/// Runs a job whose days are those of the node's clock, and so at once when that clock went on meanwhile: on a machine that slept, in the
/// demonstration.
fn by_calendar(
    app: &App,
    interval: Duration,
    name: &'static str,
    stop: &watch::Receiver<bool>,
    work: fn(&App) -> entente_app::Result<()>,
) {
    let (app, last) = (app.clone(), Mutex::new(None::<Instant>));
    let apart = i64::try_from(interval.as_millis()).map_or(Span(i64::MAX), Span);
    every(CLOCK, name, stop, move || {
        let now = app.now();
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_due(*last, now, apart) {
            return Ok(());
        }
        *last = Some(now);
        work(&app).map_err(|error| error.to_string())
    });
}

/// Whether a job is due again; a clock that was set back delays none.
fn is_due(last: Option<Instant>, now: Instant, apart: Span) -> bool {
    last.is_none_or(|last| now < last || now - last >= apart)
}

/// Gives back the space of erased files and of those begun and abandoned.
fn free(app: &App, stop: &watch::Receiver<bool>) {
    let erased = app.clone();
    every(ERASED, "erased files", stop, move || {
        let freed = erased.free_erased();
        freed.map(drop).map_err(|error| error.to_string())
    });
    let app = app.clone();
    sweep("abandoned files", stop, move |seen| {
        let found = app.free_abandoned(seen);
        found.map_err(|error| error.to_string())
    });
}

/// Looks whether the bucket of files keeps what is deleted, switched on while we serve, and sweeps what killed processes left of their
/// trials of it. What passes by itself is no alarm: the next look tells.
pub fn watch_bucket(bucket: &Arc<S3Blobs>, metrics: &Metrics, stop: &watch::Receiver<bool>) {
    let (looking, metrics) = (bucket.clone(), metrics.clone());
    every(VERSIONS, "versions of the bucket", stop, move || {
        look_at_versions(&looking, &metrics)
    });
    let bucket = bucket.clone();
    sweep("trials of the bucket", stop, move |seen| {
        let found = bucket.sweep_probes(seen);
        found.map_err(|error| error.to_string())
    });
}

fn look_at_versions(bucket: &S3Blobs, metrics: &Metrics) -> Result<(), String> {
    let versions = bucket.look_at_versions();
    let kept = versions.map_err(|error| error.to_string())? == Versions::Kept;
    metrics.bucket_keeps(kept);
    if kept {
        tracing::error!(
            "the bucket of files keeps what is deleted: files are neither written nor erased there before versioning is switched off"
        );
    }
    Ok(())
}

/// Learns a storage key that another process made, and makes this machine's `node.keys` hold it.
pub fn learn_keys(app: &App, kept: &Arc<Kept>, stop: &watch::Receiver<bool>) {
    let (app, kept) = (app.clone(), kept.clone());
    every(KEYS, "storage key", stop, move || {
        app.learn_storage_key().map_err(|error| error.to_string())?;
        kept.keep(app.key_file()).map_err(|error| error.to_string())
    });
}

/// Sends mail that is due. Of several replicas the one that takes a mail first sends it.
pub fn send_mail(app: &App, mailer: Mailer, metrics: &Metrics, stop: &watch::Receiver<bool>) {
    let (app, metrics) = (app.clone(), metrics.clone());
    every(MAIL, "mail", stop, move || {
        mail::send_due(&app, &mailer, &metrics)
    });
}

/// Tells pages what other replicas, and commands beside them, changed.
pub fn look_for_changes(app: &App, stop: &watch::Receiver<bool>) {
    let (app, seen) = (app.clone(), Mutex::new(None::<Seen>));
    every(CHANGES, "changes", stop, move || {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match &*seen {
            Some(seen) => app.look_for_changes(seen),
            None => app.seen_so_far(),
        };
        *seen = Some(found.map_err(|error| error.to_string())?);
        Ok(())
    });
}

/// Sweeps what was seen the time before and is still there; what is seen now waits for the next time.
fn sweep(
    name: &'static str,
    stop: &watch::Receiver<bool>,
    job: impl Fn(&BTreeSet<String>) -> Result<BTreeSet<String>, String> + Send + Sync + 'static,
) {
    let seen = Mutex::new(BTreeSet::new());
    every(ABANDONED, name, stop, move || {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = job(&seen)?;
        Ok(())
    });
}

fn every(
    interval: Duration,
    name: &'static str,
    stop: &watch::Receiver<bool>,
    job: impl Fn() -> Result<(), String> + Send + Sync + 'static,
) {
    let mut stop = stop.clone();
    let job = Arc::new(job);
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(interval);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                _ = ticks.tick() => {}
            }
            let running = job.clone();
            match tokio::task::spawn_blocking(move || running()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::warn!(job = name, error, "job failed; it is tried again")
                }
                Err(_) => tracing::error!(job = name, "job ended abnormally"),
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_bucket::{BUCKET, Fault, KEY, Line, SECRET, Server};
    use entente_store::blobs::bucket::{Credentials, Options};

    #[test]
    fn a_job_of_the_calendar_is_due_when_the_clock_went_on() {
        let (at, apart) = (Instant(1_000_000), Span::hours(1));
        assert!(is_due(None, at, apart), "at the start");
        assert!(!is_due(Some(at), at + Span::minutes(59), apart));
        assert!(is_due(Some(at), at + Span::hours(1), apart));
        assert!(is_due(Some(at), at + Span::days(32), apart));
        assert!(is_due(Some(at), at - Span::minutes(1), apart), "set back");
    }

    /// Versioning switched on while we serve is an alarm until it is switched off; a line that is cut in between ends none.
    #[test]
    fn invariant_10_a_bucket_that_begins_to_keep_versions_is_an_alarm() {
        let server = Server::start();
        let line = Line::to(server.port());
        let credentials = Credentials {
            key: KEY.to_owned(),
            secret: SECRET.to_owned(),
            token: None,
        };
        let options = Options {
            pause: Duration::from_millis(1),
            ..Options::new(&line.url(), BUCKET, credentials)
        };
        let (bucket, metrics) = (S3Blobs::open(&options).unwrap(), Metrics::default());
        let alarmed = || match look_at_versions(&bucket, &metrics) {
            Ok(()) => Some(metrics.render().contains("bucket_keeps_versions 1")),
            Err(_) => None,
        };
        assert_eq!(alarmed(), Some(false));
        line.say_versions("Enabled");
        assert_eq!(alarmed(), Some(true));
        line.plan(0, u64::MAX, Fault::Closed);
        assert_eq!(alarmed(), None);
        assert!(metrics.render().contains("bucket_keeps_versions 1"));
        line.heal();
        line.say_versions("Suspended");
        assert_eq!(alarmed(), Some(false));
    }
}
