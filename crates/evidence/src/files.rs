//! Files that a package speaks of: names, sizes, and the hashes made where they were taken.

use crate::graph::{Graph, Node, NodeId};
use crate::limits::MAX_EACH;
use crate::vocabulary as v;
use std::collections::BTreeSet;

/// A file, an image, or other content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File<'g> {
    /// Its node.
    pub node: NodeId,
    /// Names, without folders.
    pub names: Vec<&'g str>,
    /// Paths where it was found.
    pub paths: Vec<&'g str>,
    /// Sizes in bytes, as written.
    pub sizes: Vec<&'g str>,
    /// Media types.
    pub media: Vec<&'g str>,
    /// Hashes.
    pub hashes: Vec<Hash<'g>>,
}

/// A hash as the package writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash<'g> {
    /// The method's name, such as `SHA256`; empty if it is not said.
    pub method: &'g str,
    /// The value.
    pub value: &'g str,
}

/// Methods that can be computed anew; all others are shown and not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// RFC 1321. Two files can be made to have the same: it tells accidents, not fraud.
    Md5,
    /// FIPS 180-4. The same holds.
    Sha1,
    /// FIPS 180-4.
    Sha256,
    /// FIPS 180-4.
    Sha384,
    /// FIPS 180-4.
    Sha512,
    /// FIPS 202.
    Sha3At256,
    /// FIPS 202.
    Sha3At384,
    /// FIPS 202.
    Sha3At512,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 8] = [
        Self::Md5,
        Self::Sha1,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
        Self::Sha3At256,
        Self::Sha3At384,
        Self::Sha3At512,
    ];

    /// The name by which packages call it (UCO's vocabulary of hash names).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
            Self::Sha3At256 => "SHA3-256",
            Self::Sha3At384 => "SHA3-384",
            Self::Sha3At512 => "SHA3-512",
        }
    }

    /// Hexadecimal digits of a value.
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha1 => 40,
            Self::Sha256 | Self::Sha3At256 => 64,
            Self::Sha384 | Self::Sha3At384 => 96,
            Self::Sha512 | Self::Sha3At512 => 128,
        }
    }

    /// Whether two different files with one value can be made on purpose.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }
}

impl Hash<'_> {
    /// The method, if it can be computed: the name in any case and spelling of its hyphens.
    #[must_use]
    pub fn known(&self) -> Option<Method> {
        let bare = |name: &str| -> String {
            let kept = name.chars().take(32).filter(char::is_ascii_alphanumeric);
            kept.map(|c| c.to_ascii_uppercase()).collect()
        };
        let wanted = bare(self.method);
        Method::ALL
            .into_iter()
            .find(|method| bare(method.name()) == wanted)
    }

    /// The value in lower-case hexadecimal, if it is one of its method.
    #[must_use]
    pub fn digest(&self) -> Option<(Method, String)> {
        let method = self.known()?;
        let value = self.value.trim();
        let whole = value.len() == method.digits() && value.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then(|| (method, value.to_ascii_lowercase()))
    }
}

/// Every file that a package describes, in the order of its nodes.
#[must_use]
pub fn files(graph: &Graph) -> Vec<File<'_>> {
    let found = graph.described().filter(|(_, node)| is_file(graph, node));
    found
        .map(|(id, node)| {
            let own = |property| -> Vec<&str> {
                let mut seen = BTreeSet::new();
                let texts = graph.texts(node, property);
                texts.filter(|text| seen.insert(*text)).collect()
            };
            File {
                node: id,
                names: own(v::FILE_NAME),
                paths: own(v::FILE_PATH),
                sizes: own(v::SIZE),
                media: own(v::MIME_TYPE),
                hashes: hashes(graph, node),
            }
        })
        .collect()
}

fn is_file(graph: &Graph, node: &Node) -> bool {
    let types = [v::FILE, v::IMAGE, v::RASTER_PICTURE, v::CONTENT_DATA];
    let facets = [v::FILE_FACET, v::CONTENT_DATA_FACET];
    let facet = |f: &Node| facets.iter().any(|kind| f.is(kind));
    types.iter().any(|kind| node.is(kind)) || graph.facets(node).any(facet)
}

fn hashes<'g>(graph: &'g Graph, node: &'g Node) -> Vec<Hash<'g>> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for holder in std::iter::once(node).chain(graph.facets(node)) {
        let refers = holder.refers(v::HASH).take(MAX_EACH);
        for hash in refers.filter_map(|id| graph.node(id)) {
            let method = hash.texts(v::HASH_METHOD).next().unwrap_or_default();
            for value in hash.texts(v::HASH_VALUE).take(MAX_EACH) {
                let found = Hash { method, value };
                if seen.insert(found) {
                    all.push(found);
                }
            }
        }
    }
    all
}
