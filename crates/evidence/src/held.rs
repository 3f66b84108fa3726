//! Files that are here, held against the hashes that a package names: which of them is which, and which differs though it has the name.
//!
//! Content decides: a file is the package's if it has every hash that the package names of it and that can be computed. Its name only tells which
//! one to look at where none has.

use crate::files::{File, Hash, Method};
use crate::graph::NodeId;
use aws_lc_rs::digest as backend;
use md5::{Digest as _, Md5};
use std::collections::{BTreeMap, BTreeSet};

/// A file that is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its digests by [`methods`]; none where it was not read.
    pub digests: Option<BTreeMap<Method, String>>,
}

/// What was found of one file of a package. Places are those of the files that are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file here has every hash that can be computed.
    Same {
        /// Which.
        place: usize,
        /// Whether only methods say so for which files of one hash can be made on purpose.
        weak: bool,
    },
    /// A file of its name is here, and has another hash.
    Differs(usize),
    /// A file of its name or size is here and was not read, so that nothing can be said of it.
    NotRead(usize),
    /// No file here has its hash.
    Absent,
    /// The package names no hash that can be computed.
    Unchecked,
}

impl Found {
    /// The file here that it is about.
    #[must_use]
    pub fn place(self) -> Option<usize> {
        match self {
            Self::Same { place, .. } | Self::Differs(place) | Self::NotRead(place) => Some(place),
            Self::Absent | Self::Unchecked => None,
        }
    }
}

/// The digests that a package names of a file and that can be computed.
#[must_use]
pub fn wanted(hashes: &[Hash<'_>]) -> BTreeSet<(Method, String)> {
    hashes.iter().filter_map(Hash::digest).collect()
}

/// The methods by which the files of a package are named: by these whatever is here is read.
#[must_use]
pub fn methods(named: &[File<'_>]) -> BTreeSet<Method> {
    let all = named.iter().flat_map(|file| wanted(&file.hashes));
    all.map(|(method, _)| method).collect()
}

/// Whether a file here can be the one that a package names, by what is known before it is read: its name, or its size where that is said.
#[must_use]
pub fn likely(named: &File<'_>, name: &str, size: u64) -> bool {
    let size = size.to_string();
    named.names.contains(&name) || named.sizes.is_empty() || named.sizes.contains(&size.as_str())
}

/// Holds the files of a package against those that are here.
#[must_use]
pub fn hold(named: &[File<'_>], here: &[Here]) -> Vec<(NodeId, Found)> {
    let mut by_digest: BTreeMap<(Method, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, place) in here.iter().zip(0..) {
        for (method, digits) in file.digests.iter().flatten() {
            let of = by_digest.entry((*method, digits)).or_default();
            of.insert(place);
        }
        by_name.entry(&file.name).or_insert(place);
    }
    let one = |file: &File<'_>| {
        let wanted = wanted(&file.hashes);
        if wanted.is_empty() {
            return Found::Unchecked;
        }
        if let Some(place) = matching(&wanted, &by_digest) {
            let weak = wanted.iter().all(|(method, _)| method.is_broken());
            return Found::Same { place, weak };
        }
        let mut unread = here.iter().zip(0..).filter(|(h, _)| h.digests.is_none());
        let unread = unread.find(|(h, _)| likely(file, &h.name, h.size));
        let of_name = file.names.iter().find_map(|name| by_name.get(*name));
        match (of_name, unread) {
            (_, Some((_, place))) => Found::NotRead(place),
            (Some(place), None) => Found::Differs(*place),
            (None, None) => Found::Absent,
        }
    };
    named.iter().map(|file| (file.node, one(file))).collect()
}

/// The first file that has all of these digests.
fn matching(
    wanted: &BTreeSet<(Method, String)>,
    by_digest: &BTreeMap<(Method, &str), BTreeSet<usize>>,
) -> Option<usize> {
    let mut left: Option<BTreeSet<usize>> = None;
    for (method, digits) in wanted {
        let of = by_digest.get(&(*method, digits.as_str()))?;
        left = Some(match left {
            Some(before) => before.intersection(of).copied().collect(),
            None => of.clone(),
        });
    }
    left?.into_iter().next()
}

/// Digests of bytes that come piece by piece, by several methods in one pass.
pub struct Digesting(Vec<(Method, Running)>);

enum Running {
    Md5(Md5),
    Other(backend::Context),
}

impl Digesting {
    /// Begins.
    #[must_use]
    pub fn by(methods: &BTreeSet<Method>) -> Self {
        let one = |method: &Method| (*method, Running::of(*method));
        Self(methods.iter().map(one).collect())
    }

    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        for (_, running) in &mut self.0 {
            match running {
                Running::Md5(running) => running.update(bytes),
                Running::Other(running) => running.update(bytes),
            }
        }
    }

    /// The digests in lower-case hexadecimal.
    #[must_use]
    pub fn finish(self) -> BTreeMap<Method, String> {
        let made = self.0.into_iter();
        made.map(|(method, running)| (method, running.finish()))
            .collect()
    }
}

impl Running {
    fn of(method: Method) -> Self {
        let algorithm = match method {
            Method::Md5 => return Self::Md5(Md5::new()),
            Method::Sha1 => &backend::SHA1_FOR_LEGACY_USE_ONLY,
            Method::Sha256 => &backend::SHA256,
            Method::Sha384 => &backend::SHA384,
            Method::Sha512 => &backend::SHA512,
            Method::Sha3At256 => &backend::SHA3_256,
            Method::Sha3At384 => &backend::SHA3_384,
            Method::Sha3At512 => &backend::SHA3_512,
        };
        Self::Other(backend::Context::new(algorithm))
    }

    fn finish(self) -> String {
        match self {
            Self::Md5(running) => hexadecimal(&running.finalize()),
            Self::Other(running) => hexadecimal(running.finish().as_ref()),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of `abc` that the standards give (RFC 1321, FIPS 180-4, FIPS 202).
    #[test]
    fn digests_are_those_of_the_standards() {
        let mut digesting = Digesting::by(&Method::ALL.into());
        digesting.update(b"a");
        digesting.update(b"bc");
        let made = digesting.finish();
        let expected = [
            (Method::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (Method::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                Method::Sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (Method::Sha384, "cb00753f45a35e8b"),
            (Method::Sha512, "ddaf35a193617aba"),
            (Method::Sha3At256, "3a985da74fe225b2"),
            (Method::Sha3At384, "ec01498288516fc9"),
            (Method::Sha3At512, "b751850b1a57168a"),
        ];
        for ((method, hex), (wanted, begins)) in made.iter().zip(expected) {
            assert_eq!(*method, wanted);
            assert!(hex.starts_with(begins), "{method:?} {hex}");
            assert_eq!(hex.len(), method.digits());
        }
    }
}
