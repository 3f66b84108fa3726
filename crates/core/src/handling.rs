//! Handling: class, handling codes H0 to H3 and the 4x4 evaluation of an entry (FIELD B1, B2, B4).

use crate::codes::{Accuracy, Class, Source};
use crate::label::{Label, label};
use minicbor::{Decode, Encode};
use serde::Serialize;

/// Handling codes of the originator; they combine (FIELD B1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, Serialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct HandlingCodes(#[n(0)] u8);

impl HandlingCodes {
    /// Police use only, within the applicable law.
    pub const H0: Self = Self(1);
    /// Not in judicial proceedings without the provider's permission.
    pub const H1: Self = Self(2);
    /// No dissemination without the provider's permission.
    pub const H2: Self = Self(4);
    /// Another restriction, whose text is in the body and must be acknowledged.
    pub const H3: Self = Self(8);
    /// Never to be sent: national eyes only ("Spécial France" and equivalents, FIELD B4).
    pub const NATIONAL: Self = Self(16);

    /// Each code with its name and meaning.
    pub const ALL: [(Self, &'static str, Label); 5] = [
        (
            Self::H0,
            "H0",
            label(
                "H0 : usage policier seulement",
                "H0: للاستعمال الأمني فقط",
                "H0: police use only",
            ),
        ),
        (
            Self::H1,
            "H1",
            label(
                "H1 : pas en justice sans autorisation",
                "H1: لا يستعمل أمام القضاء دون إذن",
                "H1: not in court without permission",
            ),
        ),
        (
            Self::H2,
            "H2",
            label(
                "H2 : pas de transmission sans autorisation",
                "H2: لا ينقل دون إذن",
                "H2: no dissemination without permission",
            ),
        ),
        (
            Self::H3,
            "H3",
            label(
                "H3 : autre restriction, à confirmer",
                "H3: قيد آخر يجب تأكيده",
                "H3: other restriction, to be acknowledged",
            ),
        ),
        (
            Self::NATIONAL,
            "national",
            label(
                "réservé au pays : ne part jamais",
                "وطني فقط: لا يرسل أبدا",
                "national eyes only: never sent",
            ),
        ),
    ];

    /// Both sets together: restrictions only ever add up.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// Those that the other does not have.
    #[must_use]
    pub fn beyond(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    /// Whether every code of `other` is set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    /// The codes that are set, by name.
    pub fn names(self) -> impl Iterator<Item = (&'static str, Label)> {
        Self::ALL
            .into_iter()
            .filter(move |(c, ..)| self.contains(*c))
            .map(|(_, name, label)| (name, label))
    }
    /// The codes of a name such as `H1`, or of several joined by `+`, such as `H1+H3`.
    #[must_use]
    pub fn parse(names: &str) -> Option<Self> {
        let one = |name: &str| Self::ALL.into_iter().find(|(_, n, _)| *n == name);
        let mut each = names.split('+').map(|name| one(name).map(|(c, ..)| c));
        each.try_fold(Self::default(), |all, code| Some(all.union(code?)))
    }
    /// Whether an entry that was sent may have these: none beyond H0 to H3.
    #[must_use]
    pub fn is_sendable_and_known(self) -> bool {
        self.0 < Self::NATIONAL.0
    }
    /// Whether none is set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// The provider's 4x4 evaluation: reliability of the source, accuracy of the information (FIELD B2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Evaluation {
    /// Reliability of the source.
    #[n(0)]
    pub source: Source,
    /// Accuracy of the information.
    #[n(1)]
    pub accuracy: Accuracy,
}

impl Evaluation {
    /// What is neither assessed nor agreed counts as X4.
    pub const X4: Self = Self {
        source: Source::X,
        accuracy: Accuracy::Four,
    };

    /// Written as one code, such as `B2`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}", self.source, self.accuracy)
    }
}

/// How an entry must be handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize)]
#[cbor(map)]
pub struct Handling {
    /// Sensitivity.
    #[n(0)]
    pub class: Class,
    /// The originator's conditions.
    #[n(1)]
    pub codes: HandlingCodes,
    /// The provider's evaluation, where there is information to evaluate.
    #[n(2)]
    pub evaluation: Option<Evaluation>,
}

impl Handling {
    /// Class only, no condition, nothing evaluated.
    #[must_use]
    pub fn plain(class: Class) -> Self {
        Self {
            class,
            codes: HandlingCodes::default(),
            evaluation: None,
        }
    }
    /// The stricter of the two in every respect: what concurrent acts merge to.
    #[must_use]
    pub fn strictest(self, other: Self) -> Self {
        Self {
            class: self.class.max(other.class),
            codes: self.codes.union(other.codes),
            evaluation: if self.evaluation == other.evaluation {
                self.evaluation
            } else {
                Some(Evaluation::X4)
            },
        }
    }
    /// Whether these bytes may leave their node at all (invariant 5).
    #[must_use]
    pub fn sendable(self) -> bool {
        !self.codes.contains(HandlingCodes::NATIONAL)
    }
}
