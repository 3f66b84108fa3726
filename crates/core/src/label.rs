//! Words that a definition carries in the three languages of the product.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language of the interface or of a text, by its two-letter code (ISO 639-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    Fr,
    /// Arabic, written right to left.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// The languages of the interface, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Fr, Self::Ar, Self::En];

    /// The language of a two-letter code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == code)
    }
    /// The two-letter code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::En => "en",
        }
    }
    /// `rtl` or `ltr`, as HTML writes it.
    #[must_use]
    pub fn dir(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }
    /// The language's own name.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::Ar => "العربية",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One label in the three languages; the type makes it complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// French.
    pub fr: &'static str,
    /// Arabic.
    pub ar: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// The label in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.fr,
            Lang::Ar => self.ar,
            Lang::En => self.en,
        }
    }
}

/// Shorthand for definitions: `label("fr", "ar", "en")`.
#[must_use]
pub const fn label(fr: &'static str, ar: &'static str, en: &'static str) -> Label {
    Label { fr, ar, en }
}
