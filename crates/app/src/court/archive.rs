//! The archive of a court bundle: the narrowest zip there is. Parts are stored and never compressed, under plain names, at one fixed time, one
//! after the other without a byte between them; every tool opens it, and the same parts give the same bytes.
//!
//! What reads it takes exactly that and nothing else: nothing to unpack means nothing that grows, no name leads out of a folder, nothing
//! is there twice, and nothing is hidden between parts, in extra fields or after the end. All of it is found from the directory, whose
//! size is limited before it is read.

use entente_proof::digest::{Digest, Running};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Most parts of an archive.
pub const MAX_PARTS: usize = 20_000;
/// Most bytes of an archive: 2 GiB, which 32 bits still count.
pub const MAX_ARCHIVE: u64 = 2 << 30;
/// Most letters of a part's name.
pub const MAX_NAME: usize = 120;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
/// First of January 1980: the earliest day that the form can say.
const DAY: u16 = 0x0021;
/// Version 2.0 of the form suffices to read it, and it was made by one of 2.0 under Unix rules, so that rights are those of a plain file.
const NEEDS: u16 = 20;
const MADE_BY: u16 = (3 << 8) | 20;
const PLAIN_FILE: u32 = 0o100_644 << 16;
/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// Why bytes are no archive of a court bundle. Texts hold no content; names of parts are made by the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    /// Larger than an archive may be.
    #[error("the file is larger than a bundle may be")]
    TooLarge,
    /// No end of an archive where it must stand: no archive, cut off, or something is after it.
    #[error("the file is not a bundle, or was cut off, or something was put after its end")]
    NoEnd,
    /// More parts than there may be, or a directory that is no directory.
    #[error("the directory of the archive is damaged or too large")]
    Directory,
    /// A part is compressed, or encrypted: what could grow when it is unpacked.
    #[error("a part is compressed or encrypted, which no part of a bundle is")]
    Packed,
    /// A name that leads elsewhere, or that no part of a bundle has.
    #[error("a part has a name that no part of a bundle has")]
    Name,
    /// Two parts of one name.
    #[error("two parts have one name")]
    Twice,
    /// Bytes that belong to no part, or a part that is described in two ways.
    #[error("the archive holds bytes that belong to no part")]
    Hidden,
    /// It cannot be read or written.
    #[error("the file cannot be read or written")]
    Io,
}

impl From<io::Error> for ArchiveFault {
    fn from(_: io::Error) -> Self {
        Self::Io
    }
}

/// Where a part is, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    at: u64,
    crc: u32,
}

/// Whether a name is one that a part may have: folders and a file of plain letters, digits, `.` and `-`, none beginning with a dot.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let step = |step: &str| !step.is_empty() && !step.starts_with('.') && step.chars().all(plain);
    name.len() <= MAX_NAME && name.split('/').all(step)
}

/// An archive that is being written.
pub struct Packing<W> {
    out: W,
    at: u64,
    most: u64,
    parts: Vec<Placed>,
}

impl<W: Write + Seek> Packing<W> {
    /// Begins at the start of `out`, for at most so many bytes.
    pub fn new(out: W, most: u64) -> Self {
        Self {
            out,
            at: 0,
            most: most.min(MAX_ARCHIVE),
            parts: Vec::new(),
        }
    }

    /// Writes one part from pieces; gives its size and SHA-256.
    ///
    /// # Errors
    /// [`ArchiveFault`]; and whatever a piece fails with.
    pub fn part<E: From<ArchiveFault>>(
        &mut self,
        name: &str,
        pieces: impl Iterator<Item = Result<Vec<u8>, E>>,
    ) -> Result<(u64, Digest), E> {
        if !is_name(name) {
            return Err(ArchiveFault::Name.into());
        }
        if self.parts.iter().any(|part| part.name == name) {
            return Err(ArchiveFault::Twice.into());
        }
        if self.parts.len() >= MAX_PARTS {
            return Err(ArchiveFault::TooLarge.into());
        }
        let at = self.at;
        let mut part = Placed {
            name: name.to_owned(),
            size: 0,
            at,
            crc: 0,
        };
        // Once more below, when size and checksum are known.
        self.put(&local(&part))?;
        let (mut hash, mut crc) = (Running::default(), Crc::default());
        for piece in pieces {
            let piece = piece?;
            self.put(&piece)?;
            hash.update(&piece);
            crc.update(&piece);
            part.size += piece.len() as u64;
        }
        part.crc = crc.finish();
        self.out
            .seek(SeekFrom::Start(at))
            .map_err(ArchiveFault::from)?;
        self.out
            .write_all(&local(&part))
            .map_err(ArchiveFault::from)?;
        self.out
            .seek(SeekFrom::Start(self.at))
            .map_err(ArchiveFault::from)?;
        let size = part.size;
        self.parts.push(part);
        Ok((size, hash.finish()))
    }

    /// The same of bytes that are here.
    ///
    /// # Errors
    /// [`ArchiveFault`].
    pub fn whole(&mut self, name: &str, bytes: &[u8]) -> Result<(u64, Digest), ArchiveFault> {
        self.part(name, std::iter::once(Ok(bytes.to_vec())))
    }

    /// Writes the directory; gives how many bytes all of it has.
    ///
    /// # Errors
    /// [`ArchiveFault`].
    pub fn finish(mut self) -> Result<u64, ArchiveFault> {
        let start = self.at;
        let directory = directory(&self.parts);
        self.put(&directory)?;
        let end = end(self.parts.len(), start, directory.len() as u64);
        self.put(&end)?;
        self.out.flush()?;
        Ok(self.at)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), ArchiveFault> {
        let after = self.at.saturating_add(bytes.len() as u64);
        if after > self.most {
            return Err(ArchiveFault::TooLarge);
        }
        self.out.write_all(bytes)?;
        self.at = after;
        Ok(())
    }
}

/// A number that the form has 32 bits for: all are limited before.
fn small(number: u64) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

/// What both descriptions of a part share: from the version that it needs to the length of its extra fields.
fn described(part: &Placed) -> Vec<u8> {
    let mut out = NEEDS.to_le_bytes().to_vec();
    // No flags, stored, at midnight.
    out.extend([0; 6]);
    out.extend(DAY.to_le_bytes());
    out.extend(part.crc.to_le_bytes());
    out.extend(small(part.size));
    out.extend(small(part.size));
    out.extend(short(part.name.len()));
    out.extend([0; 2]);
    out
}

fn local(part: &Placed) -> Vec<u8> {
    let signature = LOCAL.to_le_bytes();
    [&signature[..], &described(part), part.name.as_bytes()].concat()
}

fn directory(parts: &[Placed]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        out.extend(CENTRAL.to_le_bytes());
        out.extend(MADE_BY.to_le_bytes());
        out.extend(described(part));
        // No comment, first disk, no internal attributes.
        out.extend([0; 6]);
        out.extend(PLAIN_FILE.to_le_bytes());
        out.extend(small(part.at));
        out.extend(part.name.as_bytes());
    }
    out
}

fn end(count: usize, start: u64, size: u64) -> Vec<u8> {
    let mut out = END.to_le_bytes().to_vec();
    out.extend([0; 4]);
    out.extend(short(count));
    out.extend(short(count));
    out.extend(small(size));
    out.extend(small(start));
    out.extend([0; 2]);
    out
}

/// An archive that was read as far as its directory, which is exactly what [`Packing`] writes.
pub struct Opened<R> {
    from: R,
    parts: Vec<Placed>,
}

impl<R: Read + Seek> Opened<R> {
    /// Reads the directory and compares every description of every part.
    ///
    /// # Errors
    /// [`ArchiveFault`].
    pub fn open(mut from: R) -> Result<Self, ArchiveFault> {
        let length = from.seek(SeekFrom::End(0))?;
        if length > MAX_ARCHIVE {
            return Err(ArchiveFault::TooLarge);
        }
        let tail = length.checked_sub(END_SIZE as u64);
        let tail = tail.ok_or(ArchiveFault::NoEnd)?;
        let found = read_at(&mut from, tail, END_SIZE)?;
        if number32(&found, 0) != Some(END) {
            return Err(ArchiveFault::NoEnd);
        }
        let count = usize::from(number16(&found, 10).unwrap_or(u16::MAX));
        let size = u64::from(number32(&found, 12).unwrap_or(u32::MAX));
        let start = u64::from(number32(&found, 16).unwrap_or(u32::MAX));
        let most = count.saturating_mul(CENTRAL_SIZE + MAX_NAME) as u64;
        if count > MAX_PARTS || size > most || start.checked_add(size) != Some(tail) {
            return Err(ArchiveFault::Directory);
        }
        let bytes = usize::try_from(size).map_err(|_| ArchiveFault::Directory)?;
        let bytes = read_at(&mut from, start, bytes)?;
        let parts = parts_of(&bytes, count)?;
        distinct(&parts)?;
        let same = directory(&parts) == bytes && end(count, start, size) == found;
        if !same || next_to_each_other(&parts) != Some(start) {
            return Err(ArchiveFault::Hidden);
        }
        for part in &parts {
            let wanted = local(part);
            if read_at(&mut from, part.at, wanted.len())? != wanted {
                return Err(ArchiveFault::Hidden);
            }
        }
        Ok(Self { from, parts })
    }

    /// The parts in their order.
    #[must_use]
    pub fn parts(&self) -> &[Placed] {
        &self.parts
    }

    /// Reads a part piece by piece; gives its SHA-256.
    ///
    /// # Errors
    /// [`ArchiveFault`].
    pub fn pieces(
        &mut self,
        part: &Placed,
        mut each: impl FnMut(&[u8]),
    ) -> Result<Digest, ArchiveFault> {
        let data = part.at + (LOCAL_SIZE + part.name.len()) as u64;
        self.from.seek(SeekFrom::Start(data))?;
        let (mut left, mut hash, mut buffer) = (part.size, Running::default(), vec![0; PIECE]);
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let piece = buffer.get_mut(..most).ok_or(ArchiveFault::Io)?;
            self.from.read_exact(piece)?;
            hash.update(piece);
            each(piece);
            left -= most as u64;
        }
        Ok(hash.finish())
    }

    /// A part of at most so many bytes.
    ///
    /// # Errors
    /// [`ArchiveFault::TooLarge`] if it is larger.
    pub fn whole(&mut self, part: &Placed, most: u64) -> Result<Vec<u8>, ArchiveFault> {
        if part.size > most {
            return Err(ArchiveFault::TooLarge);
        }
        let mut bytes = Vec::new();
        self.pieces(part, |piece| bytes.extend_from_slice(piece))?;
        Ok(bytes)
    }
}

fn read_at(from: &mut (impl Read + Seek), at: u64, size: usize) -> Result<Vec<u8>, ArchiveFault> {
    from.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; size];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// The parts that a directory describes. What this does not read, the comparison with what we would have written does.
fn parts_of(bytes: &[u8], count: usize) -> Result<Vec<Placed>, ArchiveFault> {
    let (mut parts, mut at) = (Vec::new(), 0usize);
    for _ in 0..count {
        let record = bytes.get(at..).ok_or(ArchiveFault::Directory)?;
        if number32(record, 0) != Some(CENTRAL) {
            return Err(ArchiveFault::Directory);
        }
        let field = |at| number32(record, at).ok_or(ArchiveFault::Directory);
        let flags = number16(record, 8).ok_or(ArchiveFault::Directory)?;
        let method = number16(record, 10).ok_or(ArchiveFault::Directory)?;
        let (crc, packed, size, place) = (field(16)?, field(20)?, field(24)?, field(42)?);
        if method != 0 || flags & 1 != 0 || packed != size {
            return Err(ArchiveFault::Packed);
        }
        let letters = usize::from(number16(record, 28).ok_or(ArchiveFault::Directory)?);
        let name = record.get(CENTRAL_SIZE..CENTRAL_SIZE.saturating_add(letters));
        let name = name.ok_or(ArchiveFault::Directory)?;
        let name = std::str::from_utf8(name).map_err(|_| ArchiveFault::Name)?;
        if !is_name(name) {
            return Err(ArchiveFault::Name);
        }
        parts.push(Placed {
            name: name.to_owned(),
            size: u64::from(size),
            at: u64::from(place),
            crc,
        });
        at = at.saturating_add(CENTRAL_SIZE + letters);
    }
    Ok(parts)
}

fn distinct(parts: &[Placed]) -> Result<(), ArchiveFault> {
    // Where capitals count for nothing, two names that differ by them are one file.
    let mut names: Vec<String> = parts
        .iter()
        .map(|part| part.name.to_ascii_lowercase())
        .collect();
    names.sort_unstable();
    match names.windows(2).any(|two| two.first() == two.last()) {
        true => Err(ArchiveFault::Twice),
        false => Ok(()),
    }
}

/// Where the last part ends, if each begins where the one before it ends.
fn next_to_each_other(parts: &[Placed]) -> Option<u64> {
    let mut at = 0u64;
    for part in parts {
        if part.at != at {
            return None;
        }
        let header = (LOCAL_SIZE + part.name.len()) as u64;
        at = at.checked_add(header)?.checked_add(part.size)?;
    }
    Some(at)
}

/// The checksum of the form (CRC-32, ISO 3309): against accidents. Against people there are SHA-256 and signatures.
struct Crc(u32);

impl Default for Crc {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0u32; 256];
    let (mut at, mut byte) = (0usize, 0u32);
    while at < 256 {
        let (mut value, mut bit) = (byte, 0);
        while bit < 8 {
            value = if value & 1 == 1 {
                (value >> 1) ^ 0xedb8_8320
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[at] = value;
        at += 1;
        byte += 1;
    }
    table
}

impl Crc {
    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let [low, ..] = self.0.to_le_bytes();
            let step = TABLE.get(usize::from(low ^ byte)).copied();
            self.0 = (self.0 >> 8) ^ step.unwrap_or_default();
        }
    }
    fn finish(&self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut packing = Packing::new(Cursor::new(&mut bytes), MAX_ARCHIVE);
        for (name, part) in parts {
            packing.whole(name, part).unwrap();
        }
        packing.finish().unwrap();
        bytes
    }

    fn fault(bytes: &[u8]) -> Option<ArchiveFault> {
        Opened::open(Cursor::new(bytes)).err()
    }

    const PARTS: [(&str, &[u8]); 3] = [
        ("index.json", b"{}"),
        ("entries/0001/proof.txt", b"proof"),
        ("entries/0001/files/1.bin", b""),
    ];

    /// The checksum of the form, by the value that its standard gives. Take out: a shift of [`table`].
    #[test]
    fn the_checksum_is_that_of_the_standard() {
        let mut crc = Crc::default();
        crc.update(b"123456789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }

    /// What is written is read, and the same parts give the same bytes. Take out: the second writing of a part's description.
    #[test]
    fn what_is_packed_is_opened() {
        let bytes = packed(&PARTS);
        assert_eq!(bytes, packed(&PARTS));
        let mut opened = Opened::open(Cursor::new(&bytes)).unwrap();
        let parts = opened.parts().to_vec();
        for (part, (name, content)) in parts.iter().zip(PARTS) {
            assert_eq!(
                (part.name.as_str(), part.size),
                (name, content.len() as u64)
            );
            assert_eq!(opened.whole(part, 100).unwrap(), content);
        }
        assert_eq!(opened.whole(&parts[1], 4), Err(ArchiveFault::TooLarge));
    }

    /// Invariant 12: no byte of directory or headers can be changed, and nothing can be put before, between or after. Take out: in
    /// [`Opened::open`], `same`, [`next_to_each_other`], or the comparison of each part's own description.
    #[test]
    fn invariant_12_nothing_but_contents_can_change() {
        let good = packed(&PARTS);
        let inside = |at: usize| {
            let mut from = 0;
            for (name, part) in PARTS {
                let data = from + LOCAL_SIZE + name.len();
                if (data..data + part.len()).contains(&at) {
                    return true;
                }
                from = data + part.len();
            }
            false
        };
        for at in 0..good.len() {
            for bit in [1u8, 0x80] {
                let mut bytes = good.clone();
                bytes[at] ^= bit;
                assert_eq!(fault(&bytes).is_none(), inside(at), "byte {at}");
            }
        }
        for cut in 0..good.len() {
            assert!(fault(&good[..cut]).is_some(), "cut at {cut}");
        }
        let after = [&good[..], b"x"].concat();
        assert_eq!(fault(&after), Some(ArchiveFault::NoEnd));
        let before = [b"x", &good[..]].concat();
        assert!(fault(&before).is_some());
    }

    /// Invariant 12: names that lead out of the folder, or that two parts have. Take out: in [`is_name`], any condition; [`distinct`].
    #[test]
    fn invariant_12_no_name_leads_elsewhere_and_none_is_there_twice() {
        for name in [
            "../index.json",
            "/index.json",
            "a/../b",
            "a//b",
            "a\\b",
            "",
            ".hidden",
            "a/.",
            "c:x",
            "é",
            "a b",
        ] {
            assert!(!is_name(name), "{name}");
            let mut out = Cursor::new(Vec::new());
            let refused = Packing::new(&mut out, 1_000).whole(name, b"");
            assert_eq!(refused, Err(ArchiveFault::Name));
        }
        // As a hostile hand would write it: of one length, so that only the name differs.
        let good = packed(&[("entries/1", b"a"), ("entries/2", b"b")]);
        let renamed = |to: &[u8; 9]| {
            let mut bytes = good.clone();
            for at in 0..bytes.len() - 9 {
                if &bytes[at..at + 9] == b"entries/2" {
                    bytes[at..at + 9].copy_from_slice(to);
                }
            }
            fault(&bytes)
        };
        assert_eq!(renamed(b"../../../"), Some(ArchiveFault::Name));
        assert_eq!(renamed(b"entries/1"), Some(ArchiveFault::Twice));
        assert_eq!(renamed(b"Entries/1"), Some(ArchiveFault::Twice));
        assert_eq!(renamed(b"entries/3"), None);
    }

    /// Invariant 12: what says that it is compressed or that there are millions of parts is refused before anything is read of it. Take
    /// out: in [`parts_of`], the look at the method; in [`Opened::open`], `most`.
    #[test]
    fn invariant_12_bombs_are_refused_by_their_directory() {
        let good = packed(&PARTS);
        let start = good.len() - END_SIZE - directory_size();
        let mut deflated = good.clone();
        deflated[start + 10] = 8;
        assert_eq!(fault(&deflated), Some(ArchiveFault::Packed));
        let mut grows = good.clone();
        grows[start + 24] = 0xff;
        assert_eq!(fault(&grows), Some(ArchiveFault::Packed));
        let mut many = good.clone();
        let end = many.len() - END_SIZE;
        many[end + 10..end + 12].copy_from_slice(&u16::MAX.to_le_bytes());
        assert_eq!(fault(&many), Some(ArchiveFault::Directory));
        let mut packing = Packing::new(Cursor::new(Vec::new()), 40);
        assert_eq!(packing.whole("a", &[0; 40]), Err(ArchiveFault::TooLarge));
    }

    fn directory_size() -> usize {
        PARTS
            .iter()
            .map(|(name, _)| CENTRAL_SIZE + name.len())
            .sum()
    }
}
