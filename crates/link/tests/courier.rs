//! The file format of courier bundles: what happens to a file on its way is found, whatever it is, and never half of it comes out as
//! the whole.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_link::courier::{
    CourierError, Head, MAX_HEAD, Opening, Packer, Piece, SEGMENT, Unpacker, head_length,
};
use entente_link::frame::{BlobChunk, Flags, Frame, FrameType};
use entente_proof::digest::Digest;
use entente_proof::sealing::{SealingKey, TAG};
use entente_proof::sign::SigningKey;
use proptest::prelude::*;

const SEALED_HEAD: usize = 5;

fn key() -> SealingKey {
    SealingKey::from_seed([7; 32])
}

fn signer() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

fn opening() -> Opening {
    Opening {
        made_ms: 1_432_800_000_000,
        believed: 4,
        card: vec![9; 1500],
    }
}

fn chunk(number: u64, size: usize) -> Frame {
    Frame::BlobChunk(BlobChunk {
        entry: Digest([3; 32]),
        index: 0,
        chunk: number,
        last: false,
        bytes: vec![u8::try_from(number % 251).unwrap(); size],
    })
}

/// A bundle of these frames, named by one byte.
fn packed(name: u8, frames: &[Frame], signer: &SigningKey) -> Vec<u8> {
    let public = key().public().unwrap();
    let (mut packer, mut file) =
        Packer::begin(("ma", "fr"), &public, [name; 16], [name; 64], &opening()).unwrap();
    for frame in frames {
        file.extend(packer.frame(frame).unwrap());
    }
    file.extend(packer.finish(signer).unwrap());
    file
}

/// Three full segments and a part.
fn sample(name: u8) -> Vec<u8> {
    let frames: Vec<Frame> = (0..4).map(|n| chunk(n, 60_000)).collect();
    packed(name, &frames, &signer())
}

/// Everything that comes out, read in fragments of this size.
fn opened(file: &[u8], step: usize) -> Result<Vec<Piece>, CourierError> {
    let length = head_length(&file[..file.len().min(MAX_HEAD)])?.ok_or(CourierError::CutShort)?;
    let head = Head::decode(file.get(..length).ok_or(CourierError::CutShort)?)?;
    let mut unpacker = Unpacker::begin(&head, &key(), vec![signer().verifying_key()])?;
    let mut pieces = Vec::new();
    for part in file[length..].chunks(step) {
        unpacker.push(part);
        while let Some(piece) = unpacker.next_piece()? {
            pieces.push(piece);
        }
    }
    unpacker.finish()?;
    Ok(pieces)
}

/// Where each segment of a file begins, and its length.
fn segments(file: &[u8]) -> Vec<(usize, usize)> {
    let mut at = head_length(file).unwrap().unwrap();
    let mut found = Vec::new();
    while at < file.len() {
        let length = u32::from_be_bytes(file[at + 1..at + 5].try_into().unwrap());
        let whole = SEALED_HEAD + usize::try_from(length).unwrap();
        found.push((at, whole));
        at += whole;
    }
    found
}

#[test]
fn frames_come_out_as_they_went_in_in_any_fragmentation() {
    let file = sample(5);
    let whole = opened(&file, file.len()).unwrap();
    assert_eq!(whole.first(), Some(&Piece::Opening(opening())));
    assert_eq!(whole.last(), Some(&Piece::End));
    assert_eq!(whole.len(), 6);
    let Piece::Frame(frame_type, bytes) = &whole[2] else {
        panic!("a frame was expected");
    };
    assert_eq!(*frame_type, FrameType::BLOB_CHUNK);
    assert_eq!(*bytes, chunk(1, 60_000).encode().unwrap());
    for step in [1_000, SEGMENT, SEGMENT + 1] {
        assert_eq!(opened(&file, step).as_ref(), Ok(&whole), "{step}");
    }
    let empty = packed(6, &[], &signer());
    assert_eq!(opened(&empty, 1).unwrap().len(), 2);
}

#[test]
fn the_head_says_who_to_whom_under_which_key_and_no_more() {
    let file = sample(5);
    let length = head_length(&file).unwrap().unwrap();
    let head = Head::decode(&file[..length]).unwrap();
    assert_eq!((head.from.as_str(), head.to.as_str()), ("ma", "fr"));
    assert_eq!(head.key, key().public().unwrap().id());
    assert_eq!(head.encode(), file[..length]);
    assert!(length < 1_300, "{length}");
    for cut in 0..length {
        let refused = match head_length(&file[..cut]) {
            Ok(None) => CourierError::CutShort,
            Ok(Some(_)) => Head::decode(&file[..cut]).unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(refused, CourierError::CutShort, "cut at {cut}");
    }
    assert_eq!(head_length(b"%PDF-1.7"), Err(CourierError::NotABundle));
    assert_eq!(
        head_length(b"entente/courier/2\n...."),
        Err(CourierError::Version)
    );
    let mut long = file[..length].to_vec();
    long[18..22].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(head_length(&long), Err(CourierError::Head));
}

#[test]
fn a_bundle_cut_short_anywhere_is_refused() {
    let file = sample(5);
    let ends: Vec<usize> = segments(&file).iter().map(|(at, _)| *at).collect();
    let cuts = (0..file.len())
        .step_by(997)
        .chain(ends)
        .chain([file.len() - 1]);
    for cut in cuts {
        assert_eq!(
            opened(&file[..cut], SEGMENT),
            Err(CourierError::CutShort),
            "cut at {cut}"
        );
    }
}

#[test]
fn an_altered_byte_anywhere_is_found_and_its_segment_named() {
    let file = sample(5);
    let length = head_length(&file).unwrap().unwrap();
    for (number, (at, whole)) in (0..).zip(segments(&file)) {
        for offset in [0, 1, 4, SEALED_HEAD, whole / 2, whole - 1] {
            let mut altered = file.clone();
            altered[at + offset] ^= 0x40;
            let refused = opened(&altered, SEGMENT);
            // The last segment alone may have any length: a greater one looks like a file cut short.
            if number == 3 && (1..=4).contains(&offset) && refused == Err(CourierError::CutShort) {
                continue;
            }
            assert_eq!(
                refused,
                Err(CourierError::Altered { segment: number }),
                "segment {number}, byte {offset}"
            );
        }
    }
    for position in 0..length {
        let mut altered = file.clone();
        altered[position] ^= 1;
        assert!(opened(&altered, SEGMENT).is_err(), "head byte {position}");
    }
}

#[test]
fn segments_moved_left_out_repeated_or_spliced_are_found() {
    let (file, other) = (sample(5), sample(6));
    let parts = segments(&file);
    let part = |of: &[u8], n: usize| of[parts[n].0..parts[n].0 + parts[n].1].to_vec();
    let built = |order: &[Vec<u8>]| [file[..parts[0].0].to_vec(), order.concat()].concat();
    let all: Vec<Vec<u8>> = (0..parts.len()).map(|n| part(&file, n)).collect();
    assert_eq!(built(&all), file);
    let refused = |order: &[Vec<u8>], segment| {
        assert_eq!(
            opened(&built(order), SEGMENT),
            Err(CourierError::Altered { segment })
        );
    };
    let [a, b, c, d] = [0, 1, 2, 3].map(|n| all[n].clone());
    refused(&[b.clone(), a.clone(), c.clone(), d.clone()], 0);
    refused(&[a.clone(), c.clone(), d.clone()], 1);
    refused(&[a.clone(), a.clone(), b.clone(), c.clone(), d.clone()], 1);
    refused(&[a.clone(), b.clone(), part(&other, 2), d.clone()], 2);
    refused(&[a.clone(), b, c, part(&other, 3)], 3);
    // A segment in the middle that claims to be the last, and the last that claims to be one more.
    let mut early = a.clone();
    early[0] = 2;
    refused(&[early], 0);
    let added = [file.clone(), vec![0]].concat();
    assert_eq!(opened(&added, SEGMENT), Err(CourierError::Trailing));
    assert_eq!(
        opened(&[file.clone(), file].concat(), usize::MAX),
        Err(CourierError::Trailing)
    );
}

#[test]
fn only_the_named_senders_signature_and_the_right_key_open_it() {
    let forged = packed(
        5,
        &[Frame::Flags(Flags(0))],
        &SigningKey::from_seed([2; 32]),
    );
    assert_eq!(opened(&forged, SEGMENT), Err(CourierError::NotSigned));
    let file = sample(5);
    let length = head_length(&file).unwrap().unwrap();
    let head = Head::decode(&file[..length]).unwrap();
    let stranger = SealingKey::from_seed([8; 32]);
    let mut unpacker = Unpacker::begin(&head, &stranger, vec![signer().verifying_key()]).unwrap();
    unpacker.push(&file[length..]);
    assert_eq!(
        unpacker.next_piece(),
        Err(CourierError::Altered { segment: 0 })
    );
    // The head's names are bound too: a bundle for us cannot be given out as one from or for somebody else.
    for (from, to) in [("fr", "ma"), ("ma", "es")] {
        let renamed = Head {
            from: from.into(),
            to: to.into(),
            ..head.clone()
        };
        let file = [renamed.encode(), file[length..].to_vec()].concat();
        assert_eq!(
            opened(&file, SEGMENT),
            Err(CourierError::Altered { segment: 0 })
        );
    }
}

#[test]
fn memory_stays_at_a_segment_and_a_frame() {
    let frames: Vec<Frame> = (0..200).map(|n| chunk(n, 200_000)).collect();
    let public = key().public().unwrap();
    let (mut packer, _) =
        Packer::begin(("ma", "fr"), &public, [1; 16], [1; 64], &opening()).unwrap();
    for frame in &frames {
        // What is not given out at once stays below one segment.
        let out = packer.frame(frame).unwrap();
        assert!(out.len() >= 200_000 - SEGMENT && out.len() < 200_000 + 2 * SEGMENT + 100);
        assert_eq!(out.len() % (SEALED_HEAD + SEGMENT + TAG), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Hostile bytes never panic, whether they pretend to be a head or segments.
    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3_000), at in 0usize..3_000) {
        prop_assert!(opened(&bytes, 100).is_err());
        let mut file = packed(5, &[Frame::Ping], &signer());
        let at = at % file.len();
        file.truncate(at);
        file.extend(&bytes);
        if file != packed(5, &[Frame::Ping], &signer()) {
            prop_assert!(opened(&file, 100).is_err());
        }
    }
}
