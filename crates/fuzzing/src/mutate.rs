//! Deterministic mutations of samples: the same sample and number give the same bytes, everywhere and for ever.

/// A small generator (SplitMix64).
struct Rng(u64);

impl Rng {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.draw() % bound).unwrap_or(0)
    }

    fn byte(&mut self) -> u8 {
        self.draw().to_le_bytes()[0]
    }
}

/// Bytes with which decoders have their troubles: CBOR heads of great lengths, limits of integers, nesting, broken UTF-8, markup.
const TROUBLE: &[&[u8]] = &[
    &[0xff; 8],
    &[0x00; 8],
    &[0x7f, 0xff, 0xff, 0xff],
    &[0x80],
    &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x5b, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00],
    &[0x7a, 0xff, 0xff, 0xff, 0xff],
    &[0x81; 64],
    &[0xa1; 64],
    &[0xbf, 0xff],
    &[0xc0],
    &[0xed, 0xa0, 0x80],
    &[0xf4, 0x90, 0x80, 0x80],
    "\u{202e}\u{200f}".as_bytes(),
    "٠١٢".as_bytes(),
    b"\n\n\xe2\x80\x94 ",
    b"<div><![CDATA[</script>&#x110000;",
    b"[](((",
    b"99999999999999999999",
    b"-1e400",
    b"\"\\ud800\"",
    b"{\"a\":[[[[[[[[",
];

/// The mutation of this number of a sample; others may lend it a part.
#[must_use]
pub fn mutated(sample: &[u8], others: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut rng = Rng(number);
    let mut bytes = sample.to_vec();
    for _ in 0..=rng.below(4) {
        once(&mut bytes, others, &mut rng);
    }
    bytes
}

fn once(bytes: &mut Vec<u8>, others: &[Vec<u8>], rng: &mut Rng) {
    let at = rng.below(bytes.len());
    match rng.below(9) {
        0 => bytes.truncate(at),
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.below(8);
            }
        }
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = rng.byte();
            }
        }
        3 => {
            let end = (at + 1 + rng.below(32)).min(bytes.len());
            bytes.drain(at.min(end)..end);
        }
        4 => {
            let piece: Vec<u8> = (0..=rng.below(16)).map(|_| rng.byte()).collect();
            insert(bytes, at, &piece);
        }
        5 | 6 => {
            let piece = TROUBLE.get(rng.below(TROUBLE.len())).copied();
            let piece = piece.unwrap_or_default();
            if rng.below(2) == 0 {
                let end = (at + piece.len()).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            insert(bytes, at, piece);
        }
        7 => {
            let end = (at + rng.below(64)).min(bytes.len());
            let piece = bytes.get(at..end).unwrap_or_default().to_vec();
            insert(bytes, at, &piece);
        }
        _ => {
            let other = others.get(rng.below(others.len())).cloned();
            let other = other.unwrap_or_default();
            let from = rng.below(other.len());
            bytes.truncate(at);
            bytes.extend_from_slice(other.get(from..).unwrap_or_default());
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, piece.iter().copied());
}
