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

/// Names and sizes of the files that a package names, to tell which files here can be one of them before they are read.
#[derive(Clone, Debug, Default)]
pub struct Likely<'g> {
    names: BTreeSet<&'g str>,
    sizes: BTreeSet<&'g str>,
    /// Whether one is named without its size: it can be any.
    unsized_one: bool,
}

impl<'g> Likely<'g> {
    /// Of all of these.
    #[must_use]
    pub fn of(named: &[File<'g>]) -> Self {
        let mut likely = Self::default();
        for file in named {
            likely.names.extend(&file.names);
            likely.sizes.extend(&file.sizes);
            likely.unsized_one |= file.sizes.is_empty();
        }
        likely
    }

    /// Whether a file here can be one of them.
    #[must_use]
    pub fn is(&self, name: &str, size: u64) -> bool {
        self.unsized_one
            || self.names.contains(name)
            || self.sizes.contains(size.to_string().as_str())
    }
}

/// Files here by what is looked for, made once for all files of a package.
#[derive(Default)]
struct Places<'h> {
    digests: BTreeMap<(Method, &'h str), BTreeSet<usize>>,
    names: BTreeMap<&'h str, BTreeSet<usize>>,
    /// Those that were not read: the first of each name and size, and of all.
    unread_names: BTreeMap<&'h str, usize>,
    unread_sizes: BTreeMap<String, usize>,
    unread: Option<usize>,
}

impl<'h> Places<'h> {
    fn of(here: &'h [Here]) -> Self {
        let mut all = Self::default();
        for (file, place) in here.iter().zip(0..) {
            all.names.entry(&file.name).or_default().insert(place);
            match &file.digests {
                Some(digests) => {
                    for (method, digits) in digests {
                        let of = all.digests.entry((*method, digits)).or_default();
                        of.insert(place);
                    }
                }
                None => {
                    all.unread_names.entry(&file.name).or_insert(place);
                    let size = file.size.to_string();
                    all.unread_sizes.entry(size).or_insert(place);
                    all.unread = all.unread.or(Some(place));
                }
            }
        }
        all
    }

    /// The first that was not read and can be this file, by its name, or by its size where that is said.
    fn unread(&self, file: &File<'_>) -> Option<usize> {
        if file.sizes.is_empty() {
            return self.unread;
        }
        let names = file.names.iter();
        let names = names.filter_map(|name| self.unread_names.get(*name));
        let sizes = file.sizes.iter();
        let sizes = sizes.filter_map(|size| self.unread_sizes.get(*size));
        names.chain(sizes).min().copied()
    }
}

/// Holds the files of a package against those that are here.
#[must_use]
pub fn hold(named: &[File<'_>], here: &[Here]) -> Vec<(NodeId, Found)> {
    let mut places = Places::of(here);
    let by_content = |file: &File<'_>| {
        let wanted = wanted(&file.hashes);
        if wanted.is_empty() {
            return Some(Found::Unchecked);
        }
        let place = matching(&wanted, &places.digests)?;
        let weak = wanted.iter().all(|(method, _)| method.is_broken());
        Some(Found::Same { place, weak })
    };
    let found: Vec<Option<Found>> = named.iter().map(by_content).collect();
    // One that is the file that the package names under its name is no other file of that name.
    for found in &found {
        if let Some(Found::Same { place, .. }) = found {
            let name = here.get(*place).map(|file| file.name.as_str());
            if let Some(of) = name.and_then(|name| places.names.get_mut(name)) {
                of.remove(place);
            }
        }
    }
    let by_name = |file: &File<'_>| {
        if let Some(place) = places.unread(file) {
            return Found::NotRead(place);
        }
        let mut names = file.names.iter();
        let place = names.find_map(|name| places.names.get(*name)?.first());
        place.map_or(Found::Absent, |place| Found::Differs(*place))
    };
    let all = named.iter().zip(found);
    all.map(|(file, found)| (file.node, found.unwrap_or_else(|| by_name(file))))
        .collect()
}

/// The first file that has all of these digests.
fn matching(
    wanted: &BTreeSet<(Method, String)>,
    by_digest: &BTreeMap<(Method, &str), BTreeSet<usize>>,
) -> Option<usize> {
    let each = wanted.iter();
    let each = each.map(|(method, digits)| by_digest.get(&(*method, digits.as_str())));
    let mut sets: Vec<&BTreeSet<usize>> = each.collect::<Option<_>>()?;
    sets.sort_by_key(|set| set.len());
    let (fewest, others) = sets.split_first()?;
    let mut places = fewest.iter();
    places
        .find(|place| others.iter().all(|set| set.contains(place)))
        .copied()
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

    /// Of two named files of one name one is here: the other is not, and no other file of its name is. An unread one is said not to be.
    #[test]
    fn a_file_of_two_of_one_name_is_missing_and_no_other_file() {
        let document = r#"{"@graph": [FILE, FILE]}"#;
        let file = |digits: &str| {
            format!(
                r#"{{"@type": "U/observable/File", "U/core/hasFacet": [
                {{"@type": "U/observable/FileFacet", "U/observable/fileName": "a.txt"}},
                {{"@type": "U/observable/ContentDataFacet", "U/observable/hash": {{"@type": "U/types/Hash",
                "U/types/hashMethod": "MD5", "U/types/hashValue": "{digits}"}}}}]}}"#
            )
            .replace("U/", crate::vocabulary::UCO)
        };
        let abc = "900150983cd24fb0d6963f7d28e17f72";
        let document = document.replacen("FILE", &file(abc), 1);
        let document = document.replacen("FILE", &file(&"0".repeat(32)), 1);
        let package = crate::Package::decode(document.as_bytes()).unwrap();
        let named = crate::files::files(package.graph());
        let here = |digits: Option<&str>| Here {
            name: "a.txt".to_owned(),
            size: 3,
            digests: digits.map(|digits| BTreeMap::from([(Method::Md5, digits.to_owned())])),
        };
        let found = |here: &[Here]| -> Vec<Found> {
            hold(&named, here)
                .into_iter()
                .map(|(_, found)| found)
                .collect()
        };
        let same = Found::Same {
            place: 0,
            weak: true,
        };
        assert_eq!(found(&[here(Some(abc))]), [same, Found::Absent]);
        let other = here(Some(&"1".repeat(32)));
        assert_eq!(found(&[here(Some(abc)), other]), [same, Found::Differs(1)]);
        assert_eq!(found(&[here(None)]), [Found::NotRead(0), Found::NotRead(0)]);
    }

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
