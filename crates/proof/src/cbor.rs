//! Core deterministic CBOR (RFC 8949 section 4.2.1): the check that minicbor does not make.
//!
//! In scope: [`check_deterministic`] in one pass, without recursion; [`encode`] and [`decode`]
//! for types that derive minicbor's traits with `#[cbor(map)]` and ascending integer keys.
//! Beyond 4.2.1 two choices are ours: the only NaN is `f97e00`, and a bignum (tags 2 and 3) has no
//! leading zero and does not fit into 64 bits. Integral floats and any tag or simple value pass.

use minicbor::{Decode, Encode};

use crate::blame::Blame;

/// What a document may cost, checked before and while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of the whole document.
    pub max_bytes: usize,
    /// Most containers and tags open at one time; a lone scalar has depth 0.
    pub max_depth: usize,
    /// Most data items, counting containers, tags, keys and values.
    pub max_items: usize,
}

/// Why bytes are not a deterministic document. Positions are byte offsets; contents are never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// Bytes other than those that our own encoder would write for the value.
    #[error("CBOR differs from its own re-encoding")]
    Altered,
    /// A bignum with a leading zero, or small enough for an integer.
    #[error("CBOR bignum not in preferred form at byte {0}")]
    Bignum(usize),
    /// Containers nested beyond [`Limits::max_depth`].
    #[error("CBOR nested too deep at byte {0}")]
    Depth(usize),
    /// A map key that equals one before it.
    #[error("CBOR map key repeated at byte {0}")]
    DuplicateKey(usize),
    /// Indefinite length, or a break.
    #[error("CBOR indefinite length at byte {0}")]
    Indefinite(usize),
    /// More items than [`Limits::max_items`].
    #[error("CBOR has too many items")]
    Items,
    /// Map keys not in bytewise order.
    #[error("CBOR map keys out of order at byte {0}")]
    KeyOrder(usize),
    /// An integer, length, tag or float with a shorter form.
    #[error("CBOR value not in its shortest form at byte {0}")]
    NotShortest(usize),
    /// Reserved additional information or simple value.
    #[error("CBOR reserved value at byte {0}")]
    Reserved(usize),
    /// Deterministic, yet not of the type expected.
    #[error("CBOR of an unexpected shape")]
    Shape,
    /// More bytes than [`Limits::max_bytes`].
    #[error("CBOR document too large")]
    TooLarge,
    /// Bytes after the end of the document.
    #[error("CBOR trailing bytes at byte {0}")]
    Trailing(usize),
    /// The document ends early.
    #[error("CBOR truncated at byte {0}")]
    Truncated(usize),
    /// Text that is not UTF-8.
    #[error("CBOR text not UTF-8 at byte {0}")]
    Utf8(usize),
}

impl CborError {
    /// Always the writer of the bytes.
    #[must_use]
    pub fn blame(&self) -> Blame {
        Blame::Malformed
    }
}

/// Encodes a value; deterministic when its type derives `Encode` with ascending integer keys.
#[must_use]
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("encoding into memory cannot fail")
}

/// Decodes one deterministic document. Unknown map keys are ignored (invariant 14: keep the bytes).
///
/// # Errors
/// Any [`CborError`]; [`CborError::Shape`] if the document is not a `T`.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8], limits: &Limits) -> Result<T, CborError> {
    check_deterministic(bytes, limits)?;
    minicbor::decode(bytes).map_err(|_| CborError::Shape)
}

/// As [`decode`], and the bytes must be exactly what [`encode`] writes: no unknown key survives.
///
/// # Errors
/// As [`decode`]; [`CborError::Altered`] if re-encoding gives other bytes.
pub fn decode_exact<'b, T>(bytes: &'b [u8], limits: &Limits) -> Result<T, CborError>
where
    T: Decode<'b, ()> + Encode<()>,
{
    let value: T = decode(bytes, limits)?;
    if encode(&value) == bytes {
        Ok(value)
    } else {
        Err(CborError::Altered)
    }
}

/// Accepts exactly one core-deterministic document within `limits`, with nothing after it.
///
/// # Errors
/// The first deviation met, reading from the left. Never panics; memory is bounded by `max_depth`.
pub fn check_deterministic(bytes: &[u8], limits: &Limits) -> Result<(), CborError> {
    if bytes.len() > limits.max_bytes {
        return Err(CborError::TooLarge);
    }
    let mut checker = Checker {
        bytes,
        position: 0,
        items: 0,
        open: Vec::new(),
        limits,
    };
    loop {
        if checker.item()? && checker.close()? {
            break;
        }
    }
    if checker.position == bytes.len() {
        Ok(())
    } else {
        Err(CborError::Trailing(checker.position))
    }
}

/// A container or tag whose content is still being read.
enum Open {
    Array {
        left: u64,
    },
    Map {
        left: u64,
        at_key: bool,
        key_start: usize,
        previous: (usize, usize),
    },
    Tag,
}

struct Checker<'a> {
    bytes: &'a [u8],
    position: usize,
    items: usize,
    open: Vec<Open>,
    limits: &'a Limits,
}

impl Checker<'_> {
    /// Reads one head and, for scalars and strings, the content. True when the item is complete.
    fn item(&mut self) -> Result<bool, CborError> {
        self.items += 1;
        if self.items > self.limits.max_items {
            return Err(CborError::Items);
        }
        let start = self.position;
        let initial = *self.take(1)?.first().ok_or(CborError::Truncated(start))?;
        let (major, info) = (initial >> 5, initial & 0x1f);
        if major == 7 {
            return self.simple_or_float(info, start).map(|()| true);
        }
        let argument = self.argument(info, start)?;
        match major {
            0 | 1 => Ok(true),
            2 => self.string(argument).map(|_| true),
            3 => {
                let text = self.string(argument)?;
                match std::str::from_utf8(text) {
                    Ok(_) => Ok(true),
                    Err(_) => Err(CborError::Utf8(start)),
                }
            }
            4 => self.container(argument, 1, Open::Array { left: argument }),
            5 => {
                let map = Open::Map {
                    left: argument,
                    at_key: true,
                    key_start: self.position,
                    previous: (0, 0),
                };
                self.container(argument, 2, map)
            }
            _ => {
                if argument == 2 || argument == 3 {
                    self.bignum_content()?;
                }
                self.push(Open::Tag).map(|()| false)
            }
        }
    }

    /// Closes what the item just read completes. True when nothing is open any more.
    fn close(&mut self) -> Result<bool, CborError> {
        loop {
            let position = self.position;
            let Some(top) = self.open.last_mut() else {
                return Ok(true);
            };
            let done = match top {
                Open::Tag => true,
                Open::Array { left } => {
                    *left -= 1;
                    *left == 0
                }
                Open::Map {
                    left,
                    at_key,
                    key_start,
                    previous,
                } => {
                    if *at_key {
                        let key = (*key_start, position);
                        check_order(self.bytes, *previous, key)?;
                        *previous = key;
                        *at_key = false;
                        false
                    } else {
                        *left -= 1;
                        *at_key = true;
                        *key_start = position;
                        *left == 0
                    }
                }
            };
            if !done {
                return Ok(false);
            }
            self.open.pop();
        }
    }

    fn container(&mut self, count: u64, per_entry: u64, open: Open) -> Result<bool, CborError> {
        // Each item takes a byte at least: a count beyond the rest is refused before any work.
        let rest = (self.bytes.len() - self.position) as u64;
        if count > rest / per_entry {
            return Err(CborError::Truncated(self.position));
        }
        if self.open.len() >= self.limits.max_depth {
            return Err(CborError::Depth(self.position));
        }
        if count == 0 {
            return Ok(true);
        }
        self.push(open).map(|()| false)
    }

    fn push(&mut self, open: Open) -> Result<(), CborError> {
        if self.open.len() >= self.limits.max_depth {
            return Err(CborError::Depth(self.position));
        }
        self.open.push(open);
        Ok(())
    }

    fn argument(&mut self, info: u8, start: usize) -> Result<u64, CborError> {
        let (width, least) = match info {
            0..=23 => return Ok(u64::from(info)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            31 => return Err(CborError::Indefinite(start)),
            _ => return Err(CborError::Reserved(start)),
        };
        let value = self.big_endian(width)?;
        if value < least {
            return Err(CborError::NotShortest(start));
        }
        Ok(value)
    }

    fn simple_or_float(&mut self, info: u8, start: usize) -> Result<(), CborError> {
        match info {
            0..=23 => Ok(()),
            24 if self.big_endian(1)? < 32 => Err(CborError::Reserved(start)),
            24 => Ok(()),
            25 => shortest(is_shortest_half(self.big_endian(2)?), start),
            26 => shortest(is_shortest_single(self.big_endian(4)?), start),
            27 => shortest(is_shortest_double(self.big_endian(8)?), start),
            31 => Err(CborError::Indefinite(start)),
            _ => Err(CborError::Reserved(start)),
        }
    }

    /// The content of tags 2 and 3: a byte string of more than 8 bytes without a leading zero.
    fn bignum_content(&mut self) -> Result<(), CborError> {
        let start = self.position;
        let initial = *self.bytes.get(start).ok_or(CborError::Truncated(start))?;
        if initial >> 5 != 2 {
            return Err(CborError::Bignum(start));
        }
        self.position += 1;
        let length = self.argument(initial & 0x1f, start)?;
        let number = self.string(length)?;
        if number.len() <= 8 || number.first() == Some(&0) {
            return Err(CborError::Bignum(start));
        }
        // The main loop reads the string again as an item of its own.
        self.position = start;
        Ok(())
    }

    fn string(&mut self, length: u64) -> Result<&[u8], CborError> {
        let length = usize::try_from(length).map_err(|_| CborError::Truncated(self.position))?;
        self.take(length)
    }

    fn big_endian(&mut self, width: usize) -> Result<u64, CborError> {
        let bytes = self.take(width)?;
        Ok(bytes
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    fn take(&mut self, count: usize) -> Result<&[u8], CborError> {
        let truncated = CborError::Truncated(self.position);
        let end = self.position.checked_add(count).ok_or(truncated)?;
        let taken = self.bytes.get(self.position..end).ok_or(truncated)?;
        self.position = end;
        Ok(taken)
    }
}

fn check_order(
    bytes: &[u8],
    previous: (usize, usize),
    key: (usize, usize),
) -> Result<(), CborError> {
    // An encoded key is never empty, so the empty start value sorts before every key.
    let before = bytes.get(previous.0..previous.1).unwrap_or_default();
    let this = bytes.get(key.0..key.1).unwrap_or_default();
    match before.cmp(this) {
        std::cmp::Ordering::Less => Ok(()),
        std::cmp::Ordering::Equal => Err(CborError::DuplicateKey(key.0)),
        std::cmp::Ordering::Greater => Err(CborError::KeyOrder(key.0)),
    }
}

fn shortest(is: bool, start: usize) -> Result<(), CborError> {
    if is {
        Ok(())
    } else {
        Err(CborError::NotShortest(start))
    }
}

fn is_shortest_half(bits: u64) -> bool {
    let is_nan = bits & 0x7c00 == 0x7c00 && bits & 0x03ff != 0;
    !is_nan || bits == 0x7e00
}

fn is_shortest_single(bits: u64) -> bool {
    // IEEE 754 binary16: 11 significant bits, units down to 2^-24, below 2^16.
    !fits(
        bits,
        8,
        23,
        &Narrower {
            precision: 11,
            unit: -24,
            top: 15,
        },
    )
}

fn is_shortest_double(bits: u64) -> bool {
    // IEEE 754 binary32: 24 significant bits, units down to 2^-149, below 2^128.
    !fits(
        bits,
        11,
        52,
        &Narrower {
            precision: 24,
            unit: -149,
            top: 127,
        },
    )
}

/// The format one step narrower.
struct Narrower {
    precision: u32,
    unit: i64,
    top: i64,
}

/// Whether the number (or any NaN, infinity or zero) also exists in the narrower format.
fn fits(bits: u64, exponent_bits: u32, fraction_bits: u32, narrower: &Narrower) -> bool {
    let fraction = bits & ((1 << fraction_bits) - 1);
    let exponent = bits >> fraction_bits & ((1 << exponent_bits) - 1);
    let special = (1_u64 << exponent_bits) - 1;
    if exponent == special || (exponent == 0 && fraction == 0) {
        return true;
    }
    let bias = i64::try_from(special >> 1).unwrap_or(0);
    let (significand, exponent) = match exponent {
        0 => (fraction, 1),
        _ => (fraction | 1 << fraction_bits, exponent),
    };
    // value = odd * 2^unit
    let zeros = significand.trailing_zeros();
    let odd_length = 64 - significand.leading_zeros() - zeros;
    let unit =
        i64::try_from(exponent).unwrap_or(0) - bias - i64::from(fraction_bits) + i64::from(zeros);
    odd_length <= narrower.precision
        && unit >= narrower.unit
        && unit + i64::from(odd_length) - 1 <= narrower.top
}
