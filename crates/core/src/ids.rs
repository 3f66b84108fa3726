//! Names of things: entries, dossiers, nodes, services, officers, obligations.
//!
//! Identifiers of entries are digests computed outside this crate (see `proof`): here they are opaque bytes.

use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A name or identifier that does not have the form it must have.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// Not the expected number of hexadecimal digits.
    #[error("an identifier is {expected} hexadecimal digits")]
    Hex {
        /// Digits expected.
        expected: usize,
    },
    /// A node name must match `[a-z0-9-]{1,32}`.
    #[error("a node name is 1 to 32 of a-z, 0-9 and '-'")]
    Node,
    /// A service name must match `node/unit`, both parts like a node name.
    #[error("a service is written node/unit, both parts 1 to 32 of a-z, 0-9 and '-'")]
    Service,
    /// An obligation is written `entry#index`.
    #[error("an obligation is written as the entry's identifier, '#' and a number from 0 to 255")]
    Obligation,
}

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_hex::<$len>(text).map(Self).ok_or(IdError::Hex { expected: $len * 2 })
            }
        }
        impl<C> Encode<C> for $name {
            fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let bytes = d.bytes()?;
                <[u8; $len]>::try_from(bytes).map(Self).map_err(|_| decode::Error::message("identifier of the wrong length"))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
    };
}

byte_id!(
    /// Identifier of an entry: SHA-256 of its domain-separated header bytes (DESIGN section 5).
    EntryId, 32
);
byte_id!(
    /// Identifier of a dossier: the identifier of the entry that opened it.
    DossierId, 32
);
byte_id!(
    /// A salted commitment to bytes that may be destroyed while the commitment stays.
    Commitment, 32
);
byte_id!(
    /// An officer as the partner sees them: eight random bytes, another in every dossier (rule 7).
    Pseudonym, 8
);

fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0u8; N];
    if text.len() != N * 2 {
        return None;
    }
    let mut digits = text.bytes().map(|b| char::from(b).to_digit(16));
    for byte in &mut out {
        let (high, low) = (digits.next()??, digits.next()??);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(out)
}

impl DossierId {
    /// The dossier that this entry opens.
    #[must_use]
    pub fn of(opening: EntryId) -> Self {
        Self(opening.0)
    }
    /// The entry that opened this dossier.
    #[must_use]
    pub fn opening(self) -> EntryId {
        EntryId(self.0)
    }
}

impl EntryId {
    /// First eight digits, for reading aloud; never for looking up.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

fn is_label(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $valid:expr, $error:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) { Ok(Self(text.to_owned())) } else { Err($error) }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl<C> Encode<C> for $name {
            fn encode<W: encode::Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.str(&self.0)?.ok()
            }
        }
        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                d.str()?.parse().map_err(|_| decode::Error::message("name of the wrong form"))
            }
        }
    };
}

text_id!(
    /// A node's name, such as `ma`.
    NodeName, is_label, IdError::Node
);
text_id!(
    /// A service inside a node, such as `fr/liaison`.
    ServiceName,
    |text| text.split_once('/').is_some_and(|(node, unit)| is_label(node) && is_label(unit)),
    IdError::Service
);

impl ServiceName {
    /// The node that the service belongs to.
    #[must_use]
    pub fn node(&self) -> NodeName {
        let node = self
            .0
            .split_once('/')
            .map_or(self.0.as_str(), |(node, _)| node);
        NodeName(node.to_owned())
    }
    /// The unit inside its node.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, unit)| unit)
    }
}

/// An obligation: the ask at this place among the ledger acts of this entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Decode)]
pub struct ObligationId {
    /// The entry that asked.
    #[n(0)]
    pub entry: EntryId,
    /// The place of the ask among that entry's acts.
    #[n(1)]
    pub index: u8,
}

impl fmt::Display for ObligationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.entry, self.index)
    }
}

impl FromStr for ObligationId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let (entry, index) = text.split_once('#').ok_or(IdError::Obligation)?;
        let index = index.parse().map_err(|_| IdError::Obligation)?;
        Ok(Self {
            entry: entry.parse().map_err(|_| IdError::Obligation)?,
            index,
        })
    }
}

impl serde::Serialize for ObligationId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_form() {
        assert!("ma".parse::<NodeName>().is_ok());
        for bad in ["", "MA", "m a", "é", &"a".repeat(33)] {
            assert_eq!(bad.parse::<NodeName>(), Err(IdError::Node));
        }
        let service: ServiceName = "fr/liaison".parse().unwrap();
        assert_eq!((service.node().as_str(), service.unit()), ("fr", "liaison"));
        for bad in ["fr", "fr/", "/x", "fr/a/b", "fr/É"] {
            assert_eq!(bad.parse::<ServiceName>(), Err(IdError::Service));
        }
    }

    #[test]
    fn identifiers_round_trip_as_text() {
        let id = EntryId([0xab; 32]);
        assert_eq!(id.to_string().parse::<EntryId>(), Ok(id));
        let ob = ObligationId {
            entry: id,
            index: 3,
        };
        assert_eq!(ob.to_string().parse::<ObligationId>(), Ok(ob));
        assert!("xyz#1".parse::<ObligationId>().is_err());
        assert!("€".repeat(22).parse::<EntryId>().is_err());
    }
}
