//! JSON as it came: order of names and the writing of numbers are kept, and the limits hold while it is read.
//!
//! Not serde_json: there, numbers become machine numbers (`1.10` comes back as `1.1`, thirty digits as seventeen), and of a name that
//! stands twice the last one wins, so that two readers of the same evidence could see two different values.

use crate::error::{EvidenceError, JsonFault, Many};
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_NUMBER, MAX_VALUES};
use std::collections::BTreeSet;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, its names in the order in which they stand; none twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads one JSON text (RFC 8259) in UTF-8; a byte order mark before it is passed over.
    ///
    /// # Errors
    /// [`EvidenceError`] with the place; never a panic.
    pub fn parse(bytes: &[u8]) -> Result<Self, EvidenceError> {
        if bytes.len() > MAX_BYTES {
            return Err(EvidenceError::TooLarge);
        }
        let text = str::from_utf8(bytes).map_err(|error| EvidenceError::Json {
            at: error.valid_up_to(),
            fault: JsonFault::Encoding,
        })?;
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut reader = Reader {
            text,
            at,
            values: 0,
        };
        let value = reader.value(0)?;
        reader.blanks();
        if reader.at < text.len() {
            return Err(reader.fault(JsonFault::Trailing));
        }
        Ok(value)
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        members
            .iter()
            .find_map(|(n, value)| (n == name).then_some(value))
    }

    /// The same with the names of every object in order of their code points: one form, whatever the order in which they stood.
    #[must_use]
    pub fn ordered(&self) -> Self {
        match self {
            Self::List(items) => Self::List(items.iter().map(Self::ordered).collect()),
            Self::Object(members) => {
                let ordered = members
                    .iter()
                    .map(|(n, value)| (n.clone(), value.ordered()));
                let mut ordered: Vec<(String, Self)> = ordered.collect();
                ordered.sort_by(|a, b| a.0.cmp(&b.0));
                Self::Object(ordered)
            }
            other => other.clone(),
        }
    }

    /// As text, indented by four blanks; numbers as they were written.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(Some(0), &mut out);
        out.push('\n');
        out
    }

    /// As text in one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut out = String::new();
        self.write(None, &mut out);
        out
    }

    /// Writes, with line ends and indentation if a depth is given.
    fn write(&self, depth: Option<usize>, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(written) => out.push_str(written),
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    part(place, depth, out);
                    item.write(depth.map(|d| d.saturating_add(1)), out);
                }
                end(items.is_empty(), depth, out);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (place, (name, value)) in members.iter().enumerate() {
                    part(place, depth, out);
                    quote(name, out);
                    out.push_str(if depth.is_some() { ": " } else { ":" });
                    value.write(depth.map(|d| d.saturating_add(1)), out);
                }
                end(members.is_empty(), depth, out);
                out.push('}');
            }
        }
    }
}

fn part(place: usize, depth: Option<usize>, out: &mut String) {
    if place > 0 {
        out.push(',');
    }
    if let Some(depth) = depth {
        new_line(depth.saturating_add(1), out);
    }
}

fn end(empty: bool, depth: Option<usize>, out: &mut String) {
    if let (false, Some(depth)) = (empty, depth) {
        new_line(depth, out);
    }
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("    ");
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Json, EvidenceError> {
        self.blanks();
        self.values = self.values.saturating_add(1);
        if self.values > MAX_VALUES {
            return Err(EvidenceError::TooMany(Many::Values));
        }
        let here = self.peek().ok_or_else(|| self.fault(JsonFault::Ends))?;
        if depth >= MAX_DEPTH && matches!(here, b'{' | b'[') {
            return Err(EvidenceError::TooDeep { at: self.at });
        }
        match here {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => Ok(Json::Text(self.string()?)),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => Err(self.fault(JsonFault::Unexpected)),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, EvidenceError> {
        self.step();
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.closes(b'}') {
            return Ok(Json::Object(members));
        }
        let start = self.at;
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.due());
            }
            let name = self.string()?;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.due());
            }
            self.step();
            members.push((name, self.value(depth.saturating_add(1))?));
            if !self.goes_on(b'}')? {
                break;
            }
        }
        let names: BTreeSet<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        if names.len() < members.len() {
            return Err(EvidenceError::Json {
                at: start,
                fault: JsonFault::Twice,
            });
        }
        Ok(Json::Object(members))
    }

    fn list(&mut self, depth: usize) -> Result<Json, EvidenceError> {
        self.step();
        let mut items = Vec::new();
        if self.closes(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth.saturating_add(1))?);
            if !self.goes_on(b']')? {
                return Ok(Json::List(items));
            }
        }
    }

    /// Whether an object or array ends before anything in it.
    fn closes(&mut self, end: u8) -> bool {
        self.blanks();
        let closes = self.peek() == Some(end);
        if closes {
            self.step();
        }
        closes
    }

    /// Whether another member follows; else the end was read.
    fn goes_on(&mut self, end: u8) -> Result<bool, EvidenceError> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                self.step();
                Ok(true)
            }
            Some(byte) if byte == end => {
                self.step();
                Ok(false)
            }
            _ => Err(self.due()),
        }
    }

    fn string(&mut self) -> Result<String, EvidenceError> {
        self.step();
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let run = rest
                .bytes()
                .position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f))
                .ok_or_else(|| self.fault(JsonFault::Ends))?;
            out.push_str(rest.get(..run).unwrap_or_default());
            self.at = self.at.saturating_add(run);
            match self.peek() {
                Some(b'"') => {
                    self.step();
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.fault(JsonFault::Control)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, EvidenceError> {
        self.step();
        let letter = self.peek().ok_or_else(|| self.fault(JsonFault::Ends))?;
        let plain = match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(self.fault(JsonFault::Escape)),
        };
        self.step();
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, EvidenceError> {
        self.step();
        let first = self.four()?;
        let code = match first {
            0xd800..=0xdbff => {
                if !self.rest().starts_with("\\u") {
                    return Err(self.fault(JsonFault::Escape));
                }
                self.at = self.at.saturating_add(2);
                let second = self.four()?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(self.fault(JsonFault::Escape));
                }
                0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff)
            }
            other => other,
        };
        char::from_u32(code).ok_or_else(|| self.fault(JsonFault::Escape))
    }

    fn four(&mut self) -> Result<u32, EvidenceError> {
        let digits = self.rest().get(..4);
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let code = code.ok_or_else(|| self.fault(JsonFault::Escape))?;
        self.at = self.at.saturating_add(4);
        Ok(code)
    }

    fn number(&mut self) -> Result<Json, EvidenceError> {
        let rest = self.rest();
        let run = rest
            .bytes()
            .position(|b| !matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        let written = rest.get(..run.unwrap_or(rest.len())).unwrap_or_default();
        if written.len() > MAX_NUMBER {
            return Err(EvidenceError::TooMany(Many::Digits));
        }
        if !is_number(written) {
            return Err(self.fault(JsonFault::Number));
        }
        self.at = self.at.saturating_add(written.len());
        Ok(Json::Number(written.to_owned()))
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, EvidenceError> {
        if !self.rest().starts_with(word) {
            return Err(self.fault(JsonFault::Unexpected));
        }
        self.at = self.at.saturating_add(word.len());
        Ok(value)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn due(&self) -> EvidenceError {
        let ends = self.peek().is_none();
        self.fault(if ends {
            JsonFault::Ends
        } else {
            JsonFault::Unexpected
        })
    }

    fn fault(&self, fault: JsonFault) -> EvidenceError {
        EvidenceError::Json { at: self.at, fault }
    }
}

/// Whether this is a number of RFC 8259, with an exponent of at most nine digits.
fn is_number(written: &str) -> bool {
    let unsigned = written.strip_prefix('-').unwrap_or(written);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |d: &str| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.map(|e| e.strip_prefix(['+', '-']).unwrap_or(e));
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e) && e.len() <= 9)
}

/// What a number is, exactly: its one writing, and whether it is a whole number, by the rules of JSON-LD 1.1 (section 8.6) without ever
/// going through a machine number. Whole numbers below 10^21 are written in full, all others as mantissa and exponent.
#[must_use]
pub fn number(written: &str) -> (String, bool) {
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    let bare = digits.trim_end_matches('0');
    if bare.is_empty() {
        return ("0".to_owned(), true);
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let exponent: i64 = exponent.parse().unwrap_or_default();
    // The number is 0.bare × 10^point.
    let point = exponent
        .saturating_sub(length(fraction))
        .saturating_add(length(digits));
    if point >= length(bare) && point <= 21 {
        let zeros = usize::try_from(point - length(bare)).unwrap_or_default();
        return (format!("{sign}{bare}{}", "0".repeat(zeros)), true);
    }
    let (first, rest) = bare.split_at_checked(1).unwrap_or((bare, ""));
    let rest = if rest.is_empty() { "0" } else { rest };
    let power = point.saturating_sub(1);
    (format!("{sign}{first}.{rest}E{power}"), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> JsonFault {
        match Json::parse(text.as_bytes()) {
            Err(EvidenceError::Json { fault, .. }) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_json_is_said_with_its_place() {
        for (text, expected) in [
            ("", JsonFault::Ends),
            ("{\"a\":1", JsonFault::Ends),
            ("\"abc", JsonFault::Ends),
            ("[1,]", JsonFault::Unexpected),
            ("{a:1}", JsonFault::Unexpected),
            ("nul", JsonFault::Unexpected),
            ("01", JsonFault::Number),
            ("1.", JsonFault::Number),
            ("1e1234567890", JsonFault::Number),
            ("\"\\x\"", JsonFault::Escape),
            ("\"\\ud800\"", JsonFault::Escape),
            ("\"\\ud800\\u0041\"", JsonFault::Escape),
            ("\"\\u+123\"", JsonFault::Escape),
            ("\"\n\"", JsonFault::Control),
            ("{\"a\":1,\"a\":1}", JsonFault::Twice),
            ("{\"a\":1,\"\\u0061\":2}", JsonFault::Twice),
            ("1 1", JsonFault::Trailing),
        ] {
            assert_eq!(fault(text), expected, "{text}");
        }
        let error = Json::parse(b"[\"\xff\"]").unwrap_err();
        assert_eq!(error.to_string(), "no JSON at byte 2: not UTF-8");
    }

    #[test]
    fn limits_hold_while_it_is_read() {
        let deep = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
        assert!(Json::parse(deep.as_bytes()).is_ok());
        let deeper = "[".repeat(1_000_000);
        assert_eq!(
            Json::parse(deeper.as_bytes()),
            Err(EvidenceError::TooDeep { at: MAX_DEPTH })
        );
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        assert_eq!(
            Json::parse(many.as_bytes()),
            Err(EvidenceError::TooMany(Many::Values))
        );
        let long = vec![b' '; MAX_BYTES + 1];
        assert_eq!(Json::parse(&long), Err(EvidenceError::TooLarge));
        let digits = "1".repeat(MAX_NUMBER + 1);
        assert_eq!(
            Json::parse(digits.as_bytes()),
            Err(EvidenceError::TooMany(Many::Digits))
        );
    }

    /// A writer before this one is serde_json: both read what the other writes, order and texts alike.
    #[test]
    fn it_reads_what_others_write_and_is_read_by_them() {
        let text = "{\"b\":[1,-2.50e+10,true,null],\"a\":\"é\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00\\u0000\"}";
        let own = Json::parse(text.as_bytes()).unwrap();
        assert_eq!(Json::parse(own.to_text().as_bytes()).unwrap(), own);
        assert_eq!(Json::parse(own.to_line().as_bytes()).unwrap(), own);
        let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
        for written in [own.to_text(), own.to_line()] {
            let read: serde_json::Value = serde_json::from_str(&written).unwrap();
            assert_eq!(read, theirs);
        }
        assert!(own.to_line().contains("-2.50e+10"), "as it was written");
    }

    #[test]
    fn a_number_has_one_writing() {
        for (written, expected, whole) in [
            ("0", "0", true),
            ("-0.0e5", "0", true),
            ("1.0", "1", true),
            ("10e-1", "1", true),
            ("100", "100", true),
            ("-12e2", "-1200", true),
            ("5.5", "5.5E0", false),
            ("0.05", "5.0E-2", false),
            ("999999999999999999999", "999999999999999999999", true),
            ("1e21", "1.0E21", false),
            ("1e999999999", "1.0E999999999", false),
            (
                "0.1000000000000000055511151231257827",
                "1.000000000000000055511151231257827E-1",
                false,
            ),
        ] {
            assert_eq!(number(written), (expected.to_owned(), whole), "{written}");
        }
    }
}
