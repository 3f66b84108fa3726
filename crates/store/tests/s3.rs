//! Blobs in a bucket, on a real S3 server that the tests start, over a line that breaks.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_bucket::{BUCKET, Fault, KEY, Line, SECRET, Server};
use entente_store::blobs::bucket::{BucketError, Credentials, Options, Versions};
use entente_store::blobs::{Blobs, S3Blobs, conformance};
use std::collections::BTreeSet;
use std::time::Duration;

const TEMP: &str = "tmp-00112233";
const NAME: &str = "aabbccdd";

fn options(url: &str) -> Options {
    let credentials = Credentials {
        key: KEY.to_owned(),
        secret: SECRET.to_owned(),
        token: None,
    };
    Options {
        prefix: "node-ma/".to_owned(),
        pause: Duration::from_millis(1),
        ..Options::new(url, BUCKET, credentials)
    }
}

fn open(url: &str) -> S3Blobs {
    S3Blobs::open(&options(url)).unwrap()
}

fn chunk(index: u32) -> Vec<u8> {
    format!("sealed chunk {index}").into_bytes()
}

/// Writes a whole blob, each step tried until it is done, as an application does over days.
fn write_stubbornly(blobs: &dyn Blobs, chunks: u32) {
    let until = |step: &dyn Fn() -> entente_store::Result<()>| {
        let done = (0..20).any(|_| step().is_ok());
        assert!(done, "never done");
    };
    until(&|| blobs.begin(TEMP));
    for index in 0..chunks {
        until(&|| blobs.write(TEMP, index, &chunk(index)));
        until(&|| blobs.sync(TEMP));
    }
    until(&|| blobs.finish(TEMP, NAME));
}

fn whole(blobs: &dyn Blobs, chunks: u32) -> bool {
    let right = |index| blobs.read(NAME, index).unwrap() == Some(chunk(index));
    (0..chunks).all(right) && blobs.read(NAME, chunks).unwrap().is_none()
}

#[test]
fn a_bucket_behaves_like_a_folder_and_is_left_empty() {
    let server = Server::start();
    let blobs = open(&server.url());
    conformance::behave(&blobs);
    for name in blobs.list().unwrap() {
        blobs.remove(&name).unwrap();
    }
    assert_eq!(server.objects(), [""; 0], "not an object is left");
}

/// Receiving goes on in another process, and a third one reads and removes.
#[test]
fn processes_share_a_bucket() {
    let server = Server::start();
    let [first, second, third] = [(), (), ()].map(|()| open(&server.url()));
    first.begin(TEMP).unwrap();
    first.write(TEMP, 0, &chunk(0)).unwrap();
    assert!(second.write(TEMP, 2, &chunk(2)).is_err(), "a gap");
    second.write(TEMP, 1, &chunk(1)).unwrap();
    second.finish(TEMP, NAME).unwrap();
    assert!(whole(&third, 2) && whole(&first, 2));
    assert!(!first.exists(TEMP).unwrap());
    assert!(first.begin("tmp-9999").is_ok());
    third.remove(NAME).unwrap();
    // The first one remembers where the chunks were.
    assert_eq!(first.read(NAME, 0).unwrap(), None);
    assert_eq!(server.objects(), ["node-ma/open/tmp-9999"]);
}

/// More chunks than a page of a listing names.
#[test]
fn invariant_10_a_large_blob_is_removed_to_its_last_chunk() {
    let server = Server::start();
    let blobs = open(&server.url());
    blobs.begin(TEMP).unwrap();
    for index in 0..1_100 {
        blobs.write(TEMP, index, &chunk(index)).unwrap();
    }
    blobs.finish(TEMP, NAME).unwrap();
    assert_eq!(server.objects().len(), 1_101);
    blobs.remove(NAME).unwrap();
    assert_eq!(server.objects(), [""; 0]);
}

/// Whatever request meets whatever fault, once: it is tried again and nobody notices.
///
/// Take out: in `blobs/bucket.rs::ask`, the second attempt.
#[test]
fn a_fault_that_passes_is_not_noticed() {
    let server = Server::start();
    let line = Line::to(server.port());
    for fault in Fault::QUICK {
        for after in 0.. {
            let blobs = open(&line.url());
            line.plan(after, 1, fault);
            blobs.begin(TEMP).unwrap();
            blobs.write(TEMP, 0, &chunk(0)).unwrap();
            blobs.finish(TEMP, NAME).unwrap();
            assert!(whole(&blobs, 1), "{fault:?} after {after}");
            assert_eq!(blobs.list().unwrap(), [NAME]);
            blobs.remove(NAME).unwrap();
            assert_eq!(server.objects(), [""; 0], "{fault:?} after {after}");
            if line.requests().1 == 0 {
                assert!(after > 10, "nothing broke");
                break;
            }
        }
    }
}

/// Whatever request fails for good, and however: what is there is nothing or the whole, the next attempt ends it, and removing
/// leaves nothing.
///
/// Take out: in `blobs/s3.rs::remove`, the call of `drop_parts`.
#[test]
fn invariant_03_a_step_that_failed_is_ended_by_the_next_attempt() {
    let server = Server::start();
    let (line, direct) = (Line::to(server.port()), open(&server.url()));
    for fault in Fault::QUICK {
        for after in 0.. {
            let blobs = open(&line.url());
            line.plan(after, 3, fault);
            write_stubbornly(&blobs, 2);
            assert!(whole(&direct, 2), "{fault:?} after {after}");
            assert_eq!(direct.list().unwrap(), [NAME], "{fault:?} after {after}");
            let removed = (0..5).any(|_| blobs.remove(NAME).is_ok());
            assert!(removed, "{fault:?} after {after}");
            assert_eq!(server.objects(), [""; 0], "{fault:?} after {after}");
            if line.requests().1 == 0 {
                assert!(after > 10, "nothing broke");
                break;
            }
        }
    }
}

/// A name given while the mark stayed: the blob is open still. Whichever of the two goes, the other keeps what it needs.
///
/// Take out: in `blobs/s3.rs::drop_parts`, the question whether the blob is open; in `remove`, whether a name owns the chunks.
#[test]
fn invariant_03_chunks_belong_to_the_mark_while_there_is_one() {
    let server = Server::start();
    let line = Line::to(server.port());
    let cut = || {
        let blobs = open(&line.url());
        blobs.begin(TEMP).unwrap();
        blobs.write(TEMP, 0, &chunk(0)).unwrap();
        // Asks for the name and the mark, tells the mark its name, writes the name, fails to delete the mark.
        line.plan(4, 3, Fault::Closed);
        assert!(blobs.finish(TEMP, NAME).is_err());
        assert_eq!(blobs.list().unwrap(), [NAME, TEMP]);
        blobs
    };
    let blobs = cut();
    blobs.remove(NAME).unwrap();
    assert_eq!(blobs.read(TEMP, 0).unwrap(), Some(chunk(0)));
    blobs.finish(TEMP, NAME).unwrap();
    assert!(whole(&blobs, 1));
    blobs.remove(NAME).unwrap();

    let blobs = cut();
    blobs.remove(TEMP).unwrap();
    assert!(whole(&blobs, 1), "the name keeps its chunks");
    blobs.remove(NAME).unwrap();
    assert_eq!(server.objects(), [""; 0]);
}

/// A server that is away or stays silent costs no more than the patience it is given, and says so without a name or a key.
#[test]
fn waiting_ends() {
    let mut server = Server::start();
    let line = Line::to(server.port());
    let blobs = S3Blobs::open(&Options {
        patience: Duration::from_millis(300),
        ..options(&line.url())
    });
    let blobs = blobs.unwrap();
    blobs.begin(TEMP).unwrap();
    let (before, _) = line.requests();
    line.plan(0, u64::MAX, Fault::Silent);
    let late = blobs.exists(NAME).unwrap_err().to_string();
    assert_eq!(
        late,
        "storage failed: the file store did not answer in time"
    );
    assert_eq!(line.requests().0 - before, 3, "three attempts");
    line.heal();
    server.stop();
    let away = open(&server.url()).read(NAME, 0).unwrap_err().to_string();
    assert_eq!(away, "storage failed: the file store cannot be reached");
    assert!(blobs.write(TEMP, 0, &chunk(0)).is_err());
    server.resume();
    blobs.write(TEMP, 0, &chunk(0)).unwrap();
    blobs.finish(TEMP, NAME).unwrap();
    assert!(whole(&blobs, 1));
}

/// A private authority is believed if its file is named, and no other.
#[test]
fn tls_is_spoken_with_whom_the_named_authority_vouches_for() {
    let server = Server::encrypted();
    let by = |authorities: Option<std::path::PathBuf>, url: &str| {
        let opened = S3Blobs::open(&Options {
            authorities,
            ..options(url)
        });
        opened.and_then(|blobs| blobs.check("p1"))
    };
    let [right, other] = server.authorities();
    assert_eq!(by(Some(right.clone()), &server.url()), Ok(Versions::Untold));
    assert_eq!(
        by(Some(other), &server.url()),
        Err(BucketError::Unreachable)
    );
    let elsewhere = server.url().replace("127.0.0.1", "localhost");
    assert_eq!(by(Some(right), &elsewhere), Err(BucketError::Unreachable));
    let none = by(None, &server.url());
    assert!(matches!(none, Err(BucketError::Options(_))), "{none:?}");
    let absent = by(Some("/nowhere/ca.pem".into()), &server.url());
    assert!(matches!(absent, Err(BucketError::Options(_))), "{absent:?}");
}

#[test]
fn a_bucket_fit_for_use_passes_and_others_say_why() {
    let server = Server::start();
    let line = Line::to(server.port());
    assert_eq!(open(&line.url()).check("p1"), Ok(Versions::Untold));
    assert_eq!(server.objects(), [""; 0], "the probe is gone");

    let other = |change: &dyn Fn(&mut Options)| {
        let mut options = options(&line.url());
        change(&mut options);
        S3Blobs::open(&options).unwrap().check("p1").unwrap_err()
    };
    let stranger = other(&|o| o.credentials.secret = "wrong".to_owned());
    assert_eq!(
        stranger,
        BucketError::Refused(403, "SignatureDoesNotMatch".to_owned())
    );
    let nowhere = other(&|o| o.bucket = "elsewhere".to_owned());
    assert_eq!(nowhere, BucketError::NoBucket);

    line.say_versions("Enabled");
    let kept = open(&line.url());
    assert_eq!(kept.check("p1"), Ok(Versions::Kept));
    assert_eq!(server.objects(), [""; 0], "it is not written to");
    line.say_versions("Suspended");
    assert_eq!(kept.check("p1"), Ok(Versions::Once));
    line.plan(0, u64::MAX, Fault::Status(403));
    let refused = kept.check("p1").unwrap_err();
    assert_eq!(refused, BucketError::Refused(403, "Planned".to_owned()));
    assert!(!refused.to_string().contains("node-ma"));
}

/// Versioning is switched on while files are there: it is noticed, nothing is begun or removed, and what was to be removed is gone for
/// good once it is switched off.
///
/// Take out: in `store/src/blobs/s3.rs`, `refuse_versions`.
#[test]
fn invariant_10_a_bucket_that_begins_to_keep_versions_is_noticed() {
    let server = Server::start();
    let line = Line::to(server.port());
    let blobs = open(&line.url());
    let (temp, name) = ("tmp-0a0b0c0d", "aa11bb22");
    blobs.begin(temp).unwrap();
    blobs.write(temp, 0, &[7; 100]).unwrap();
    blobs.finish(temp, name).unwrap();
    let before = server.objects();
    line.say_versions("Enabled");
    blobs.begin("tmp-0101").unwrap();
    blobs.remove("tmp-0101").unwrap();
    assert_eq!(blobs.look_at_versions(), Ok(Versions::Kept));
    let says = |error: entente_store::StoreError| assert!(error.to_string().contains("versions"));
    says(blobs.begin("tmp-0202").unwrap_err());
    says(blobs.remove(name).unwrap_err());
    assert_eq!(server.objects(), before);
    assert_eq!(blobs.read(name, 0).unwrap(), Some(vec![7; 100]), "readable");
    // While nobody answers, what was seen last stands.
    line.plan(0, u64::MAX, Fault::Status(500));
    assert!(blobs.look_at_versions().is_err());
    line.heal();
    says(blobs.remove(name).unwrap_err());
    line.say_versions("Suspended");
    assert_eq!(blobs.look_at_versions(), Ok(Versions::Once));
    blobs.remove(name).unwrap();
    assert_eq!(server.objects(), [""; 0]);
}

/// A process killed while it tried the bucket leaves an object: it goes at the second sight of it, one that is at work stays.
///
/// Take out: in `store/src/blobs/s3.rs::sweep_probes`, the look at what was found the last time.
#[test]
fn what_a_killed_trial_left_is_swept() {
    let server = Server::start();
    let line = Line::to(server.port());
    let blobs = open(&line.url());
    // List, versions, put; and the rest never comes.
    line.say_versions("Suspended");
    line.plan(3, u64::MAX, Fault::Closed);
    blobs.check("dead").unwrap_err();
    line.heal();
    let left = server.objects();
    assert_eq!(left.len(), 1, "{left:?}");
    let first = blobs.sweep_probes(&BTreeSet::new()).unwrap();
    assert_eq!(first.iter().collect::<Vec<_>>(), ["dead"]);
    assert_eq!(server.objects(), left, "not at first sight");
    assert_eq!(blobs.sweep_probes(&first).unwrap(), BTreeSet::new());
    assert_eq!(server.objects(), [""; 0]);
    assert_eq!(blobs.list().unwrap(), [""; 0]);
}
