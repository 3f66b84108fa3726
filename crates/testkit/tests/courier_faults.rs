//! Faults that a review found in the courier: what a partner, a clock or a second run could do to it, each case by its name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::AppError;
use entente_app::courier::{CourierFault, Fault};
use entente_core::codes::Role;
use entente_core::ids::{EntryId, NodeName};
use entente_link::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, Frame, LedgerDigest};
use entente_proof::digest::{Digest, sha256};
use entente_store::{AttachmentRow, AttachmentState, NEVER_COPIED, StoreExt};
use entente_testkit::liar::Liar;
use entente_testkit::node::{TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};
use std::io::{Cursor, Read, Seek, SeekFrom};

const DAY: i64 = 86_400_000;

/// A bundle that `ma` really signed, of these frames after its hello.
fn from_ma(pair: &TestPair, made_ms: i64, frames: &[Frame]) -> Vec<u8> {
    let liar = Liar::of(pair, Side::Ma);
    let mut all = vec![liar.hello(liar.size(), liar.note(liar.size()))];
    all.extend_from_slice(frames);
    pair.bundle(Side::Ma, made_ms, &all, &liar.key)
}

fn row(node: &TestNode, entry: EntryId) -> AttachmentRow {
    let rows = node.look(|tx| tx.attachments(entry)).unwrap();
    assert_eq!(rows.len(), 1);
    rows[0].clone()
}

fn put(node: &TestNode, row: AttachmentRow) {
    let put = node.store.update("test", move |tx| tx.put_attachment(&row));
    put.unwrap();
}

/// A note with a file, written at a side and known at both.
fn with_file(pair: &mut TestPair, side: Side) -> EntryId {
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    let note = Writing::on(dossier, &[("text", "Piece.")]).file("p.bin", vec![7; 90_000]);
    let entry = pair.write(side, "note", &note).entry;
    pair.settle_by_courier();
    entry
}

fn refusal(entry: EntryId, code: BlobRefusalCode) -> Frame {
    Frame::BlobRefused(BlobRefusal {
        entry: Digest(entry.0),
        index: 0,
        code,
    })
}

#[test]
fn a_partners_refusal_takes_no_file_that_is_ours_here_or_anothers() {
    let mut pair = TestPair::by_courier(31);
    let ours = with_file(&mut pair, Side::Fr);
    let theirs = with_file(&mut pair, Side::Ma);
    let now = pair.time.now().0;
    let refusals = [
        refusal(ours, BlobRefusalCode::UNKNOWN),
        refusal(theirs, BlobRefusalCode::ERASED),
    ];
    pair.unpack(Side::Fr, &from_ma(&pair, now, &refusals))
        .unwrap();
    for entry in [ours, theirs] {
        assert_eq!(row(pair.fr(), entry).state, AttachmentState::Held);
    }
    // Wanted of somebody else: neither a refusal nor a wrong chunk of this partner ends it.
    let third: NodeName = "es".parse().unwrap();
    let wanted = AttachmentRow {
        partner: Some(third),
        state: AttachmentState::Wanted,
        next_chunk: 0,
        blob: String::new(),
        ..row(pair.fr(), theirs)
    };
    put(pair.fr(), wanted.clone());
    let wrong = Frame::BlobChunk(BlobChunk {
        entry: Digest(theirs.0),
        index: 0,
        chunk: 0,
        last: true,
        bytes: vec![9; 90_000],
    });
    let frames = [refusal(theirs, BlobRefusalCode::UNKNOWN), wrong.clone()];
    pair.unpack(Side::Fr, &from_ma(&pair, now, &frames))
        .unwrap();
    assert_eq!(row(pair.fr(), theirs), wanted);
    // Of this partner, it does.
    let wanted = AttachmentRow {
        partner: Some(pair.ma().name.clone()),
        ..wanted
    };
    for frame in [refusal(theirs, BlobRefusalCode::UNKNOWN), wrong] {
        put(pair.fr(), wanted.clone());
        pair.unpack(Side::Fr, &from_ma(&pair, now, &[frame]))
            .unwrap();
        assert_eq!(row(pair.fr(), theirs).state, AttachmentState::Failed);
    }
}

#[test]
fn invariant_10_a_file_asked_for_and_erased_at_its_origin_stays_attested_as_erased() {
    let mut pair = TestPair::by_courier(32);
    let entry = with_file(&mut pair, Side::Ma);
    let known = row(pair.fr(), entry);
    let dossier = known.dossier;
    put(
        pair.fr(),
        AttachmentRow {
            state: AttachmentState::Wanted,
            next_chunk: 0,
            blob: String::new(),
            ..known
        },
    );
    pair.time.advance(60_000);
    pair.carry(Side::Fr);
    let named = entry.to_string();
    let erasing = [("entry", named.as_str())];
    pair.write(Side::Ma, "erase", &Writing::on(dossier, &erasing));
    // One bundle: the erasure in its batches, then the refusal of what was asked for.
    pair.time.advance(60_000);
    pair.carry(Side::Ma);
    assert_eq!(row(pair.fr(), entry).state, AttachmentState::Erased);
}

#[test]
fn invariant_12_of_many_ledger_digests_in_one_bundle_the_last_is_compared() {
    let mut pair = TestPair::by_courier(33);
    pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    let compared = || {
        let ma = &pair.ma().name;
        let rows = pair.fr().look(|tx| tx.digests(ma, 500)).unwrap();
        let theirs = rows.into_iter().filter(|row| row.theirs.is_some());
        theirs.map(|row| row.at_ms).collect::<Vec<_>>()
    };
    let before = compared();
    let now = pair.time.now().0;
    let flood = (1..=40).map(|n| {
        Frame::LedgerDigest(LedgerDigest {
            out_size: 0,
            in_size: 0,
            instant_ms: now - 1_000 + n,
            digest: Digest([3; 32]),
        })
    });
    let flood: Vec<Frame> = flood.collect();
    pair.unpack(Side::Fr, &from_ma(&pair, now, &flood)).unwrap();
    let mut after = compared();
    after.retain(|at| !before.contains(at));
    assert_eq!(after, [now - 1_000 + 40]);
    assert_eq!(
        pair.evidence(Side::Fr).len(),
        1,
        "it differs, and that is said once"
    );
}

#[test]
fn a_bundle_from_a_clock_years_ahead_does_not_silence_those_after_it() {
    let mut pair = TestPair::by_courier(34);
    pair.ask(Side::Fr, "normal");
    pair.settle_by_courier();
    let liaison = pair.fr().officer("liaison").unwrap();
    let carries = |pair: &TestPair| {
        let mut file = Vec::new();
        let to = &pair.ma().name;
        let packed = pair
            .fr()
            .app
            .courier_pack(&liaison, to, &mut file, &mut |_, _| {});
        packed.unwrap().entries
    };
    assert_eq!(carries(&pair), 0);
    // It says in 2099 that it holds nothing: everything is carried again.
    let far = from_ma(&pair, 4_070_908_800_000, &[]);
    pair.unpack(Side::Fr, &far).unwrap();
    assert!(carries(&pair) > 0);
    // Two days later its clock is right, and its word counts.
    pair.time.advance(2 * DAY);
    pair.carry(Side::Ma);
    assert_eq!(carries(&pair), 0);
}

#[test]
fn rule_05_two_runs_of_one_process_do_not_share_a_lease() {
    let pair = TestPair::by_courier(35);
    let (ma, to) = (pair.ma(), &pair.fr().name);
    let liaison = ma.officer("liaison").unwrap();
    let mut second = None;
    let mut within = |_: u64, _: u64| {
        second.get_or_insert_with(|| {
            ma.app
                .courier_pack(&liaison, to, &mut Vec::new(), &mut |_, _| {})
        });
    };
    let first = ma
        .app
        .courier_pack(&liaison, to, &mut Vec::new(), &mut within);
    first.unwrap();
    assert!(matches!(second, Some(Err(AppError::Link(_)))), "{second:?}");
    pair.pack(Side::Ma).unwrap();
}

#[test]
fn rule_06_a_sealing_key_that_is_forgotten_is_destroyed_first() {
    let pair = TestPair::by_courier(36);
    let fr = pair.fr();
    let first = fr.app.sealing_keys().unwrap()[0].id.clone();
    let name = format!("sealing-{first}");
    let secret = || {
        let wrapped = fr.look(|tx| tx.object_key(NEVER_COPIED, name.as_bytes()));
        wrapped.unwrap().filter(|wrapped| !wrapped.is_empty())
    };
    assert!(secret().is_some());
    for _ in 0..64 {
        fr.app.rotate_sealing_key(false).unwrap();
    }
    let known = fr.app.sealing_keys().unwrap();
    assert!(known.iter().all(|key| key.id != first));
    assert!(secret().is_none(), "nothing would ever have destroyed it");
}

#[test]
fn invariant_11_every_rotation_that_somebody_asks_for_leaves_a_record() {
    let pair = TestPair::by_courier(37);
    let count = || pair.fr().look(|tx| tx.access(1_000, 0)).unwrap().len();
    let before = count();
    pair.fr().app.rotate_sealing_key(false).unwrap();
    assert_eq!(count(), before + 1);
    pair.fr().app.rotate_sealing_key(true).unwrap();
    assert_eq!(count(), before + 2);
}

/// A file on a stick that is pulled out at some place of its second reading.
struct Stick {
    file: Cursor<Vec<u8>>,
    rounds: u32,
    lasts: u64,
}

impl Read for Stick {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        // The head is read first, then the whole twice.
        match self.rounds >= 2 && self.file.position() >= self.lasts {
            true => Err(std::io::ErrorKind::NotConnected.into()),
            false => self.file.read(into),
        }
    }
}

impl Seek for Stick {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.rounds += u32::from(matches!(to, SeekFrom::Start(1..)));
        self.file.seek(to)
    }
}

#[test]
fn reading_that_fails_when_a_part_is_applied_says_so_and_the_same_file_completes() {
    let mut pair = TestPair::by_courier(38);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let note = Writing::on(dossier, &[("text", "Piece.")]).file("p.bin", vec![7; 900_000]);
    let entry = pair.write(Side::Ma, "note", &note).entry;
    let file = pair.pack(Side::Ma).unwrap();
    let before = pair.holdings(Side::Fr);
    let mut stick = Stick {
        file: Cursor::new(file.clone()),
        rounds: 0,
        lasts: 500_000,
    };
    let liaison = pair.fr().officer("liaison").unwrap();
    let app = &pair.fr().app;
    let said = app.courier_unpack(&liaison, None, &mut stick, &mut |_, _| {});
    let Err(AppError::Courier(fault)) = said else {
        panic!("{said:?}");
    };
    let why = CourierFault::Disk(std::io::ErrorKind::NotConnected);
    assert_eq!(fault, CourierFault::Interrupted(Box::new(why)));
    assert_eq!(fault.fault(), Fault::Ours);
    assert_ne!(pair.holdings(Side::Fr), before, "a part is applied");
    assert_eq!(row(pair.fr(), entry).state, AttachmentState::Wanted);
    pair.unpack(Side::Fr, &file).unwrap();
    assert_eq!(row(pair.fr(), entry).state, AttachmentState::Held);
    pair.settle_by_courier();
    pair.assert_same();
}

#[test]
fn a_bundle_brought_as_another_partners_is_refused_and_nothing_is_applied() {
    let mut pair = TestPair::by_courier(39);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    let before = pair.holdings(Side::Fr);
    let liaison = pair.fr().officer("liaison").unwrap();
    let unpack = |from: &str| {
        let from: NodeName = from.parse().unwrap();
        let app = &pair.fr().app;
        app.courier_unpack(
            &liaison,
            Some(&from),
            &mut Cursor::new(&file),
            &mut |_, _| {},
        )
    };
    let said = unpack("es");
    let Err(AppError::Courier(fault)) = said else {
        panic!("{said:?}");
    };
    assert_eq!(fault, CourierFault::FromAnother(pair.ma().name.clone()));
    assert_eq!(pair.holdings(Side::Fr), before);
    assert!(unpack("ma").unwrap().entries > 0);
}

#[test]
fn invariant_11_records_of_packing_and_unpacking_name_the_partner_and_the_file() {
    let mut pair = TestPair::by_courier(40);
    pair.ask(Side::Ma, "normal");
    let file = pair.pack(Side::Ma).unwrap();
    let report = pair.unpack(Side::Fr, &file).unwrap();
    let digest = sha256(&file);
    let cases = [
        (Side::Ma, "courier_packed", "fr"),
        (Side::Fr, "courier_apply", "ma"),
    ];
    for (side, verb, partner) in cases {
        let mut inspector = pair.node(side).officer("liaison").unwrap();
        inspector.roles.push(Role::Inspector);
        let records = pair.node(side).app.access_records(&inspector, 50, 0);
        let found = records.unwrap().into_iter().find(|(_, r)| r.verb == verb);
        let object = found.unwrap().1.object;
        let bundle = &report.bundle;
        assert_eq!(object, Some(format!("{partner} {bundle} sha256:{digest}")));
    }
}
