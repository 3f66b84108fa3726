//! What a mail says, in words: plain text in the officer's language (docs/notices.md). The page of notices shows the very same text before it is
//! sent. The subject never says more than that there is a mail: telephones show it while they are locked.

use crate::i18n::{Digits, Words};
use crate::time::utc_minute;
use entente_app::Mail;
use entente_core::kinds;
use entente_core::label::Lang;
use entente_core::notice::{Digest, Line};
use std::fmt::Write as _;

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Lines, each ended by `\n`.
    pub body: String,
}

/// From which node a mail is, for its words.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The node's name.
    pub node: &'a str,
    /// Where browsers reach it: the only address in a mail, and never more of it than this.
    pub url: Option<&'a str>,
}

/// A mail in a language.
#[must_use]
pub fn text(mail: &Mail, lang: Lang, from: Sender<'_>) -> MailText {
    let words = Words::new(lang, Digits::Latin);
    let (subject, said) = match mail {
        Mail::Digest(digest) => ("mail-subject", digest_lines(words, digest)),
        Mail::Code(code) => ("mail-subject-code", words.s("mail-code", code) + "\n"),
    };
    MailText {
        subject: words.s(subject, from.node),
        body: said + &foot(words, mail, from),
    }
}

/// What a digest says: figures first, then lines, then that there is more.
fn digest_lines(words: Words, digest: &Digest) -> String {
    let mut out = String::new();
    let figures = [
        ("mail-overdue", digest.overdue),
        ("mail-soon", digest.soon),
        ("mail-later", digest.later),
        ("mail-fresh", digest.fresh),
        ("mail-meetings", digest.meetings),
    ];
    for (key, n) in figures.into_iter().filter(|(_, n)| *n > 0) {
        let _never_fails = writeln!(out, "- {}", words.count(key, n));
    }
    if digest.something {
        let _never_fails = writeln!(out, "- {}", words.t("mail-something"));
    }
    if digest.is_empty() {
        let _never_fails = writeln!(out, "{}", words.t("mail-nothing"));
    }
    if !digest.lines.is_empty() {
        out.push('\n');
    }
    for line in &digest.lines {
        out.push_str(&told(words, line));
    }
    out
}

/// `MA-12 · Request · answer · due 2026-12-01 08:00 UTC`
fn told(words: Words, line: &Line) -> String {
    let kind = kinds::find(&line.kind).map(|kind| words.label(kind.label));
    let due = line.due.map(|due| {
        let key = if line.overdue {
            "mail-was-due"
        } else {
            "mail-due"
        };
        words.s(key, &utc_minute(due))
    });
    let number = Some(line.number.clone());
    let parts = [
        number,
        kind.map(str::to_owned),
        Some(words.label(line.ask.label()).to_owned()),
        due,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}\n", parts.join(" · "))
}

fn foot(words: Words, mail: &Mail, from: Sender<'_>) -> String {
    let mut out = String::from("\n");
    let digest = matches!(mail, Mail::Digest(_));
    let lines = [
        digest.then(|| words.t("mail-open")),
        digest.then_some(from.url).flatten().map(str::to_owned),
        Some(words.t(if digest {
            "mail-stop"
        } else {
            "mail-not-asked"
        })),
    ];
    for line in lines.into_iter().flatten() {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::codes::{Ask, Class, Purpose};
    use entente_core::instant::{Instant, Span};
    use entente_core::notice::{Matter, Place};
    use proptest::prelude::*;

    const FROM: Sender<'_> = Sender {
        node: "ma",
        url: Some("https://node.example"),
    };

    fn any_place() -> impl Strategy<Value = Place> {
        let kinds: Vec<&'static str> = kinds::ALL.iter().map(|kind| kind.name).collect();
        let purposes = prop::sample::select(Purpose::ALL.to_vec());
        let classes = prop::sample::select(Class::ALL.to_vec());
        (purposes, prop::sample::select(kinds), classes).prop_map(|(purpose, kind, ceiling)| {
            Place {
                purpose,
                kind: kind.to_owned(),
                ceiling,
            }
        })
    }

    fn any_matter() -> impl Strategy<Value = Matter> {
        let asks = prop::sample::select(Ask::ALL.to_vec());
        let owed = (any_place(), 1000..9_999u32, asks, 0..60i64, any::<bool>());
        let owed = owed.prop_map(|(place, number, ask, due, overdue)| Matter::Owed {
            place,
            number: format!("QX-{number}"),
            ask,
            due: Some(Instant(0) + Span::days(due)),
            overdue,
        });
        let fresh = any_place().prop_map(Matter::Fresh);
        prop_oneof![4 => owed, 1 => fresh, 1 => any_place().prop_map(Matter::Meeting)]
    }

    /// Whether a mail of this class may tell a matter by itself, said here once more and in other words.
    fn may_name(place: &Place, channel: Class) -> bool {
        let open = place.purpose == Purpose::Justice || place.purpose == Purpose::Governance;
        open && place.kind != "rights" && place.ceiling.number() <= channel.number()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Take out: the class in `Place::telling`.
        #[test]
        fn invariant_07_no_word_above_the_class(
            matters in prop::collection::vec(any_matter(), 0..30),
            channel in prop::sample::select(Class::ALL.to_vec()),
        ) {
            let digest = Digest::of(matters.clone(), channel, Instant(0));
            for lang in Lang::ALL {
                let text = text(&Mail::Digest(digest.clone()), lang, FROM);
                prop_assert_eq!(text.subject.lines().count(), 1);
                prop_assert!(!text.body.contains('⟦'), "{}", text.body);
                let words = Words::new(lang, Digits::Latin);
                let named = |label| text.body.contains(&format!("· {label}"));
                let may = |ok: &dyn Fn(&Matter) -> bool| matters.iter().any(|m| match m {
                    Matter::Owed { place, .. } => may_name(place, channel) && ok(m),
                    _ => false,
                });
                for matter in &matters {
                    let Matter::Owed { number, ask, place, .. } = matter else { continue };
                    let same = |m: &Matter| matches!(m, Matter::Owed { number: n, .. } if n == number);
                    prop_assert!(!text.body.contains(number.as_str()) || may(&same), "{}", text.body);
                    let same = |m: &Matter| matches!(m, Matter::Owed { ask: a, .. } if words.label(a.label()).starts_with(words.label(ask.label())));
                    prop_assert!(!named(words.label(ask.label())) || may(&same), "{}", text.body);
                    let kind = kinds::find(&place.kind).unwrap();
                    let same = |m: &Matter| matches!(m, Matter::Owed { place: p, .. }
                        if words.label(kinds::find(&p.kind).unwrap().label).starts_with(words.label(kind.label)));
                    prop_assert!(!named(words.label(kind.label)) || may(&same), "{}", text.body);
                }
            }
        }
    }

    /// Take out: a line of `digest_lines`.
    #[test]
    fn a_mail_of_the_lowest_class_is_figures() {
        let place = |purpose, kind: &str| Place {
            purpose,
            kind: kind.to_owned(),
            ceiling: Class::Restricted,
        };
        let owed = |place: &Place, overdue| Matter::Owed {
            place: place.clone(),
            number: "MA-12".to_owned(),
            ask: Ask::Answer,
            due: Some(Instant(0)),
            overdue,
        };
        let (request, rescue) = (
            place(Purpose::Justice, "request"),
            place(Purpose::Rescue, "request"),
        );
        let matters = [
            owed(&request, true),
            owed(&request, false),
            owed(&request, false),
            owed(&rescue, true),
            owed(&place(Purpose::Support, "request"), true),
        ];
        let digest = Digest::of(matters, Class::Open, Instant(0));
        let text = text(&Mail::Digest(digest), Lang::En, FROM);
        assert_eq!(text.subject, "Entente ma: digest");
        let said: Vec<&str> = text.body.lines().take(3).collect();
        assert_eq!(
            said,
            [
                "- 1 obligation is overdue.",
                "- 2 obligations are due within 7 days.",
                "- Something else waits for you.",
            ]
        );
        assert!(text.body.contains("https://node.example\n") && !text.body.contains("MA-12"));
    }

    /// Take out: the code, or that one did not ask for it.
    #[test]
    fn a_code_leads_nowhere() {
        for lang in Lang::ALL {
            let text = text(&Mail::Code("ABCDEFGH".to_owned()), lang, FROM);
            assert!(text.body.contains("ABCDEFGH") && !text.subject.contains("ABCD"));
            assert!(!text.body.contains("http"), "no link to follow");
        }
    }
}
