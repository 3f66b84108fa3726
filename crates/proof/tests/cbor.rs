//! Properties of the deterministic CBOR check: our encoder is accepted, nothing panics, limits hold.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_proof::cbor::{self, CborError, Limits, check_deterministic};
use minicbor::encode::{Encoder, Write};
use proptest::prelude::*;
use std::collections::BTreeMap;

const LIMITS: Limits = Limits {
    max_bytes: 1 << 16,
    max_depth: 16,
    max_items: 4096,
};

#[derive(Clone, Debug)]
enum Value {
    Integer(i64),
    Unsigned(u64),
    Bytes(Vec<u8>),
    Text(String),
    Bool(bool),
    Null,
    Single(f32),
    Array(Vec<Value>),
    /// By encoded key, so that the keys come in bytewise order.
    Map(BTreeMap<Vec<u8>, Value>),
    Tagged(u64, Box<Value>),
}

fn write<W: Write>(value: &Value, e: &mut Encoder<W>)
where
    W::Error: std::fmt::Debug,
{
    match value {
        Value::Integer(number) => drop(e.i64(*number).unwrap()),
        Value::Unsigned(number) => drop(e.u64(*number).unwrap()),
        Value::Bytes(bytes) => drop(e.bytes(bytes).unwrap()),
        Value::Text(text) => drop(e.str(text).unwrap()),
        Value::Bool(yes) => drop(e.bool(*yes).unwrap()),
        Value::Null => drop(e.null().unwrap()),
        Value::Single(number) => drop(e.f32(*number).unwrap()),
        Value::Array(values) => {
            e.array(values.len() as u64).unwrap();
            values.iter().for_each(|value| write(value, e));
        }
        Value::Map(entries) => {
            e.map(entries.len() as u64).unwrap();
            for (key, value) in entries {
                e.writer_mut().write_all(key).unwrap();
                write(value, e);
            }
        }
        Value::Tagged(tag, value) => {
            e.tag(minicbor::data::Tag::new(*tag)).unwrap();
            write(value, e);
        }
    }
}

fn encode(value: &Value) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    write(value, &mut encoder);
    encoder.into_writer()
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::Integer),
        any::<u64>().prop_map(Value::Unsigned),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        "\\PC{0,30}".prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        // More than 11 significant bits: no half exists.
        (1_u32..1 << 12).prop_map(|odd| Value::Single(f32::from_bits(0x3f80_0001 | odd << 1))),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 64, 6, |inner| {
        let key = leaf().prop_map(|key| encode(&key));
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::btree_map(key, inner.clone(), 0..6).prop_map(Value::Map),
            (6_u64..1000, inner).prop_map(|(tag, value)| Value::Tagged(tag, Box::new(value))),
        ]
    })
}

proptest! {
    #[test]
    fn what_our_encoder_writes_is_accepted(value in value()) {
        prop_assert_eq!(check_deterministic(&encode(&value), &LIMITS), Ok(()));
    }

    #[test]
    fn a_mutation_never_panics_and_a_cut_is_always_refused(
        value in value(),
        position in any::<prop::sample::Index>(),
        flip in 1_u8..,
    ) {
        let bytes = encode(&value);
        let position = position.index(bytes.len());
        let mut altered = bytes.clone();
        altered[position] ^= flip;
        // Accepted mutations are other deterministic documents: minicbor reads them to the end.
        if check_deterministic(&altered, &LIMITS).is_ok() {
            let mut decoder = minicbor::Decoder::new(&altered);
            prop_assert!(decoder.skip().is_ok());
            prop_assert_eq!(decoder.position(), altered.len());
        }
        prop_assert!(check_deterministic(&bytes[..position], &LIMITS).is_err());
        let extended = [&bytes[..], &[0]].concat();
        prop_assert_eq!(
            check_deterministic(&extended, &LIMITS),
            Err(CborError::Trailing(bytes.len()))
        );
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if check_deterministic(&bytes, &LIMITS).is_ok() {
            let mut decoder = minicbor::Decoder::new(&bytes);
            prop_assert!(decoder.skip().is_ok());
        }
    }

    /// Against the machine's own conversions: a double is shortest unless a single equals it.
    #[test]
    fn doubles_are_refused_exactly_when_a_single_equals_them(bits in any::<u64>(), shift in 0_u32..64) {
        let bits = bits >> shift << shift;
        let number = f64::from_bits(bits);
        #[expect(clippy::cast_possible_truncation, reason = "the oracle of this test is the cast")]
        let narrow = number as f32;
        let exact = number.is_nan() || f64::from(narrow).to_bits() == bits;
        let mut bytes = vec![0xfb];
        bytes.extend_from_slice(&bits.to_be_bytes());
        prop_assert_eq!(check_deterministic(&bytes, &LIMITS).is_err(), exact);
    }
}

/// IEEE 754 binary16 by its definition.
fn half_value(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + fraction) * 2_f32.powi(exponent - 25),
    };
    if bits >> 15 == 1 {
        -magnitude
    } else {
        magnitude
    }
}

#[test]
fn every_half_widened_to_a_single_is_refused() {
    for half in 0..=u16::MAX {
        let bytes = [&[0xf9][..], &half.to_be_bytes()].concat();
        let number = half_value(half);
        let accepted = !number.is_nan() || half == 0x7e00;
        assert_eq!(check_deterministic(&bytes, &LIMITS).is_ok(), accepted);
        let wide = [&[0xfa][..], &number.to_bits().to_be_bytes()].concat();
        assert_eq!(
            check_deterministic(&wide, &LIMITS),
            Err(CborError::NotShortest(0))
        );
    }
    // Neighbours of halves that no half equals.
    for bits in [0x3f80_0001_u32, 0x477f_f000, 0x3300_0000, 0x3380_0001, 1] {
        let wide = [&[0xfa][..], &bits.to_be_bytes()].concat();
        assert_eq!(check_deterministic(&wide, &LIMITS), Ok(()), "{bits:x}");
    }
}

#[test]
fn deviations_have_exact_errors() {
    for (hex, error) in [
        ("", CborError::Truncated(0)),
        ("1801", CborError::NotShortest(0)),
        ("190017", CborError::NotShortest(0)),
        ("1a0000ffff", CborError::NotShortest(0)),
        ("1b00000000ffffffff", CborError::NotShortest(0)),
        ("580101", CborError::NotShortest(0)),
        ("c100 00", CborError::Trailing(2)),
        ("d80100", CborError::NotShortest(0)),
        ("1c", CborError::Reserved(0)),
        ("ff", CborError::Indefinite(0)),
        ("f817", CborError::Reserved(0)),
        ("a2010101 02", CborError::DuplicateKey(3)),
        ("a2020101 02", CborError::KeyOrder(3)),
        // Bytewise order: 0x20 (-1) sorts after 0x1818 (24) and before 0x6161 ("a").
        ("a22000181800", CborError::KeyOrder(3)),
        ("a2616100 2000", CborError::KeyOrder(4)),
        ("61ff", CborError::Utf8(0)),
        ("8201", CborError::Truncated(1)),
        ("5bffffffffffffffff", CborError::Truncated(9)),
        ("9bffffffffffffffff", CborError::Truncated(9)),
        ("bbffffffffffffffff", CborError::Truncated(9)),
        ("c24101", CborError::Bignum(1)),
        ("c249000000000000000001", CborError::Bignum(1)),
        ("c201", CborError::Bignum(1)),
        ("c25f4101ff", CborError::Indefinite(1)),
    ] {
        let bytes = hex::decode(hex.replace(' ', "")).unwrap();
        assert_eq!(check_deterministic(&bytes, &LIMITS), Err(error), "{hex}");
    }
}

#[test]
fn limits_hold_before_work_is_done() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
    assert_eq!(check_deterministic(&nested(16), &LIMITS), Ok(()));
    let deep = check_deterministic(&nested(17), &LIMITS);
    assert_eq!(deep, Err(CborError::Depth(17)));
    let tags = [vec![0xc6; 60_000], vec![0]].concat();
    assert_eq!(
        check_deterministic(&tags, &LIMITS),
        Err(CborError::Depth(17))
    );
    let large = vec![0; (1 << 16) + 1];
    assert_eq!(
        check_deterministic(&large, &LIMITS),
        Err(CborError::TooLarge)
    );
    let many = [&[0x99, 0x10, 0x00][..], &[0; 4096]].concat();
    assert_eq!(check_deterministic(&many, &LIMITS), Err(CborError::Items));
}

#[test]
fn decode_exact_refuses_an_unknown_key_that_decode_ignores() {
    #[derive(Debug, PartialEq, minicbor::Encode, minicbor::Decode)]
    #[cbor(map)]
    struct One {
        #[n(0)]
        number: u8,
    }
    let newer = hex::decode("a200010102").unwrap();
    assert_eq!(cbor::decode::<One>(&newer, &LIMITS), Ok(One { number: 1 }));
    let exact = cbor::decode_exact::<One>(&newer, &LIMITS);
    assert_eq!(exact, Err(CborError::Altered));
    let text = hex::decode("6161").unwrap();
    assert_eq!(cbor::decode::<One>(&text, &LIMITS), Err(CborError::Shape));
}
