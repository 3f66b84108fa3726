//! Themes of what declarations promise. The topic of a point is free text; its theme is one of a closed list, so that both nodes count alike.

/// The theme of what is of none of the others.
pub const OTHER: &str = "other";

/// The themes by their codes, those of the reader of texts among them, in the order in which they are named.
pub const THEMES: [&str; 16] = [
    "feedback",
    "meetings",
    "coordination",
    "exchange",
    "deradicalisation",
    "networks",
    "organised_crime",
    "imam_training",
    "migration",
    "rescue",
    "follow_up",
    "cybercrime",
    "judicial",
    "security",
    "training",
    OTHER,
];

/// What registers of elsewhere call a theme.
const OTHERWISE: [(&str, &str); 9] = [
    ("feedback in investigations", "feedback"),
    ("follow-up", "follow_up"),
    ("imam training", "imam_training"),
    ("counter-terrorism", "networks"),
    ("organised crime", "organised_crime"),
    ("judicial cooperation", "judicial"),
    ("ratification", "judicial"),
    ("security cooperation", "security"),
    ("security programme", "security"),
];

/// The theme of a point's topic: a code, or what registers of elsewhere call one. Any other is [`OTHER`].
#[must_use]
pub fn theme(topic: &str) -> &'static str {
    let topic = topic.trim().to_lowercase();
    let code = THEMES.iter().find(|code| **code == topic).copied();
    let otherwise = || {
        let named = OTHERWISE.iter().find(|(name, _)| *name == topic);
        named.map(|(_, theme)| *theme)
    };
    code.or_else(otherwise).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Take out: a code of `THEMES`, or `to_lowercase`.
    #[test]
    fn topics_of_registers_and_of_the_reader_have_a_theme() {
        for code in THEMES {
            assert_eq!(theme(&format!(" {} ", code.to_uppercase())), code);
        }
        for (name, code) in OTHERWISE {
            assert!(THEMES.contains(&code), "{code}");
            assert_eq!(theme(name), code);
        }
        assert_eq!(theme("fishing"), OTHER);
        assert_eq!(theme(""), OTHER);
    }
}
