//! Writing and reading the deterministic CBOR of frames and evidence: integer-keyed maps, definite lengths, shortest forms.
//!
//! The writer can only produce RFC 8949 section 4.2.1 as long as map keys are written in ascending order, which the tests
//! of `frame` and `evidence` check. The reader slices before it copies, so that a limit always comes before memory.

use crate::error::Fault;
use minicbor::Decoder;

/// Appends CBOR to a buffer.
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Continues after `bytes`.
    pub(crate) fn after(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn map(&mut self, pairs: u64) {
        self.head(5, pairs);
    }

    pub(crate) fn array(&mut self, items: usize) {
        self.head(4, items as u64);
    }

    pub(crate) fn uint(&mut self, value: u64) {
        self.head(0, value);
    }

    pub(crate) fn int(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(positive) => self.head(0, positive),
            // CBOR's -1 - n of a negative two's complement number is its bitwise complement.
            Err(_) => self.head(1, (!value).unsigned_abs()),
        }
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.bytes.push(if value { 0xf5 } else { 0xf4 });
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) {
        self.head(2, value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.head(3, value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    fn head(&mut self, major: u8, value: u64) {
        let major = major << 5;
        if let Ok(byte) = u8::try_from(value) {
            if byte < 24 {
                self.bytes.push(major | byte);
            } else {
                self.bytes.extend_from_slice(&[major | 24, byte]);
            }
        } else if let Ok(short) = u16::try_from(value) {
            self.bytes.push(major | 25);
            self.bytes.extend_from_slice(&short.to_be_bytes());
        } else if let Ok(word) = u32::try_from(value) {
            self.bytes.push(major | 26);
            self.bytes.extend_from_slice(&word.to_be_bytes());
        } else {
            self.bytes.push(major | 27);
            self.bytes.extend_from_slice(&value.to_be_bytes());
        }
    }
}

/// A fault and the map key at which it was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldFault {
    pub(crate) key: u64,
    pub(crate) fault: Fault,
}

/// Reads CBOR that has already passed the determinism check.
pub(crate) struct Reader<'b> {
    decoder: Decoder<'b>,
    key: u64,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self {
            decoder: Decoder::new(bytes),
            key: 0,
        }
    }

    /// Walks one map. `field` gets each key and reads its value, or returns false for a key it does not know, whose value
    /// is then skipped.
    pub(crate) fn map(
        &mut self,
        mut field: impl FnMut(&mut Self, u64) -> Result<bool, FieldFault>,
    ) -> Result<(), FieldFault> {
        let outer = self.key;
        let pairs = match self.decoder.map() {
            Ok(Some(pairs)) => pairs,
            _ => return Err(self.fault(Fault::WrongType)),
        };
        for _ in 0..pairs {
            self.key = match self.decoder.u64() {
                Ok(key) => key,
                Err(_) => return Err(self.fault(Fault::WrongType)),
            };
            let key = self.key;
            if !field(self, key)? && self.decoder.skip().is_err() {
                return Err(self.fault(Fault::WrongType));
            }
        }
        self.key = outer;
        Ok(())
    }

    /// Length of an array of at most `max` items, which the caller then reads one by one.
    pub(crate) fn array(&mut self, max: usize) -> Result<usize, FieldFault> {
        match self.decoder.array() {
            Ok(Some(items)) => usize::try_from(items)
                .ok()
                .filter(|items| *items <= max)
                .ok_or(self.fault(Fault::TooLong)),
            _ => Err(self.fault(Fault::WrongType)),
        }
    }

    pub(crate) fn u64(&mut self) -> Result<u64, FieldFault> {
        self.decoder.u64().or(Err(self.fault(Fault::WrongType)))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, FieldFault> {
        let value = self.u64()?;
        u32::try_from(value).or(Err(self.fault(Fault::OutOfRange)))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, FieldFault> {
        let value = self.u64()?;
        u16::try_from(value).or(Err(self.fault(Fault::OutOfRange)))
    }

    pub(crate) fn i64(&mut self) -> Result<i64, FieldFault> {
        self.decoder.i64().or(Err(self.fault(Fault::WrongType)))
    }

    pub(crate) fn bool(&mut self) -> Result<bool, FieldFault> {
        self.decoder.bool().or(Err(self.fault(Fault::WrongType)))
    }

    pub(crate) fn bytes(&mut self, max: usize) -> Result<&'b [u8], FieldFault> {
        match self.decoder.bytes() {
            Ok(bytes) if bytes.len() <= max => Ok(bytes),
            Ok(_) => Err(self.fault(Fault::TooLong)),
            Err(_) => Err(self.fault(Fault::WrongType)),
        }
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], FieldFault> {
        let bytes = self.bytes(usize::MAX)?;
        bytes.try_into().or(Err(self.fault(Fault::OutOfRange)))
    }

    pub(crate) fn text(&mut self, max: usize) -> Result<&'b str, FieldFault> {
        match self.decoder.str() {
            Ok(text) if text.len() <= max => Ok(text),
            Ok(_) => Err(self.fault(Fault::TooLong)),
            Err(error) if error.is_type_mismatch() => Err(self.fault(Fault::WrongType)),
            Err(_) => Err(self.fault(Fault::BadText)),
        }
    }

    /// Text of one line: no control characters, so that it can be appended to a signed note as one signature line.
    pub(crate) fn line(&mut self, max: usize) -> Result<&'b str, FieldFault> {
        let text = self.text(max)?;
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(self.fault(Fault::BadText));
        }
        Ok(text)
    }

    pub(crate) fn fault(&self, fault: Fault) -> FieldFault {
        FieldFault {
            key: self.key,
            fault,
        }
    }
}

/// The value of a required field, or "missing" at its key.
pub(crate) fn required<T>(value: Option<T>, key: u64) -> Result<T, FieldFault> {
    value.ok_or(FieldFault {
        key,
        fault: Fault::Missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_take_their_shortest_form_and_come_back() {
        for value in [
            0,
            23,
            24,
            255,
            256,
            65_535,
            65_536,
            i64::from(u32::MAX),
            1 << 32,
            i64::MAX,
            -1,
            -24,
            -25,
            i64::MIN,
        ] {
            let mut writer = Writer::after(Vec::new());
            writer.int(value);
            let bytes = writer.finish();
            assert_eq!(bytes, minicbor::to_vec(value).unwrap(), "{value}");
            assert_eq!(Reader::new(&bytes).i64(), Ok(value));
        }
    }
}
