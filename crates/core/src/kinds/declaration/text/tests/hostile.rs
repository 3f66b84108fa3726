//! Hostile input gives errors, never a panic, in time that grows with the size.

use super::super::{Format, ImportError, Lang, MAX_BYTES, import, propose};
use super::proposal;

#[test]
fn limits_and_encodings_are_checked_first() {
    assert_eq!(
        import(&vec![b'a'; 3 << 20], Format::Auto, None),
        Err(ImportError::TooLarge {
            found: 3 << 20,
            limit: MAX_BYTES
        })
    );
    assert_eq!(
        import(b"Les deux pays \xff conviennent", Format::Auto, None),
        Err(ImportError::NotUtf8 { offset: 14 })
    );
    assert_eq!(
        import(b"\xff\xfeL\0e\0s\0", Format::Auto, None),
        Err(ImportError::NotUtf8 { offset: 0 })
    );
    assert_eq!(
        import(
            b"MZ\x90"[..2]
                .iter()
                .chain(b"\0\0\x01")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
            Format::Auto,
            None
        ),
        Err(ImportError::Binary { offset: 2 })
    );
    for empty in [
        &b""[..],
        b"   \n\n ",
        b"\xef\xbb\xbf",
        b"---\n---\n",
        b"<html><script>var x = 'we agree to';</script></html>",
        b"###\n----\n",
    ] {
        assert_eq!(
            import(empty, Format::Auto, None),
            Err(ImportError::Empty),
            "{empty:?}"
        );
    }
    assert_eq!(
        import("Ωμέγα καὶ ἄλφα".as_bytes(), Format::Auto, None),
        Err(ImportError::UnknownLanguage)
    );
    assert!(import("Ωμέγα καὶ ἄλφα ".as_bytes(), Format::Text, Some(Lang::En)).is_ok());
}

#[test]
fn too_many_paragraphs_are_refused() {
    let text = "<p>We agree to meet.".repeat(25_000);
    assert!(matches!(
        import(text.as_bytes(), Format::Html, None),
        Err(ImportError::TooManyParagraphs { .. })
    ));
}

/// Inputs built to nest, to never end, or to look like what they are not.
fn nasty() -> Vec<String> {
    let n = 3_000;
    let mut list = vec![
        "<div>".repeat(n) + "we agree to meet the" + &"</div>".repeat(n),
        "<ul><li>".repeat(n) + "we agree to meet the",
        "<b>".repeat(n) + "the",
        "> ".repeat(n) + "we agree to meet the",
        "- ".repeat(n) + "the",
        "[".repeat(n) + "the",
        "*".repeat(n) + " the " + &"_".repeat(n),
        "1. ".repeat(n) + "the",
        "a) ".repeat(n) + "the",
        "Article ".repeat(n) + "the",
        "the two countries and ".repeat(n / 4),
        "the two countries agree to meet and ".repeat(n / 8),
        "France, Morocco, ".repeat(n / 4) + "the",
        "les deux pays, ".repeat(n / 4) + "ont convenu de, ",
        "(".repeat(n) + "the" + &")".repeat(n),
        "، و".repeat(n) + "اتفق البلدان",
        "by the end of ".repeat(n / 4),
        "99999999999999999999. the end of 9999999999 within 4294967295 months and in 0 days".into(),
        "U.S.".repeat(n) + " the",
        "\u{202e}\u{200f}\u{0301}\u{0640}".repeat(n / 4) + " the",
        "<p data-x='".repeat(1000) + "the",
        "---\ntitle: \"\\x\n---\nthe two sides agree to".into(),
        "---\ntitle: \"\\xZZ\\\"\ndate: é\n---\nthe two sides agree to".into(),
        "&#x110000; &#0; &bogus; <p>the two sides agree to".into(),
        "l'".repeat(n) + "the",
        "--------- the - - -".into(),
        "(a".into(),
        "§ the".into(),
        "Article premier".into(),
    ];
    list.push(list.concat().chars().rev().take(60_000).collect());
    list
}

#[test]
fn nothing_panics_and_nothing_hangs() {
    for text in nasty() {
        for format in [Format::Auto, Format::Text, Format::Markdown, Format::Html] {
            for lang in [Lang::Fr, Lang::En, Lang::Ar] {
                if let Ok(text) = import(text.as_bytes(), format, Some(lang)) {
                    let p = propose(&text);
                    assert_eq!(p.paragraphs.len(), text.paragraphs.len());
                }
            }
        }
    }
}

#[test]
fn every_cut_of_a_text_is_read_or_refused() {
    let text = "Les deux pays, réunis à Paris, ont convenu d'échanger, avant le 1er mars 2030, « tout »… ; 1) اتفق البلدان على ٣ أشهر. We'll – “agree” to by 2030";
    for (at, _) in text.char_indices() {
        let (before, after) = text.split_at(at);
        for piece in [before, after] {
            for lang in [Lang::Fr, Lang::En, Lang::Ar] {
                if let Ok(t) = import(piece.as_bytes(), Format::Auto, Some(lang)) {
                    let p = propose(&t);
                    let again: super::super::Proposal =
                        serde_json::from_str(&serde_json::to_string(&p).expect("json"))
                            .expect("json");
                    assert_eq!(again, p);
                }
            }
        }
    }
}

/// A text of four hundred pages is read in a time that its length would say: eight times as long as one of fifty, where work that grows with the
/// square would take sixty-four times as long. Take out: in `propose.rs::sentence`, the mentions of the sentence alone.
#[test]
fn four_hundred_pages_are_read_in_proportion() {
    let page = "Les deux parties ont décidé de créer une commission mixte entre le Maroc et la France. Elle se réunira deux fois par an. \
                Le Maroc, la France et leurs partenaires ont évoqué la situation au Sahel, que suivent l’Algérie, la Tunisie et le Mali. \
                Les ministres saluent les progrès réalisés et mettront en place un mécanisme de suivi, ainsi qu’un calendrier. ";
    // Some 2,500 letters a page, the whole text one paragraph: what looks at the whole for each sentence shows.
    let pages = |n: usize| page.repeat(n * 6);
    #[expect(
        clippy::disallowed_methods,
        reason = "a test takes the time of what it tests; the code under test does not"
    )]
    let read = |text: &str| {
        let begun = std::time::Instant::now();
        let many = proposal(text).commitments.len();
        (many, begun.elapsed())
    };
    let (few, first) = read(&pages(50));
    let (many, second) = read(&pages(400));
    assert_eq!(many, few * 8);
    let most = first * 16 + std::time::Duration::from_millis(200);
    assert!(second < most, "{first:?} {second:?}");
}
