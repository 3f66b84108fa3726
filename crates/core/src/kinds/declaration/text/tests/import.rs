//! Formats, numbering, metadata, language.

use super::super::{Format, Lang, MetaKind, import as import_text};
use super::read;

#[test]
fn numbering_is_kept_in_every_form() {
    for (line, label, key) in [
        ("1. The sides agree to meet.", "1.", "1"),
        ("2) The sides agree to meet.", "2)", "2"),
        ("(3) The sides agree to meet.", "(3)", "3"),
        ("1.2 The sides agree to meet.", "1.2", "1.2"),
        ("Article 12: The sides agree to meet.", "Article 12:", "12"),
        ("Point 4 - The sides agree to meet.", "Point 4 -", "4"),
        (
            "Article 23 bis. Les deux pays ont convenu de se voir.",
            "Article 23 bis.",
            "23bis",
        ),
        (
            "Article premier : Les deux pays ont convenu de se voir.",
            "Article premier :",
            "1",
        ),
        ("المادة 7: اتفق البلدان على الاجتماع.", "المادة 7:", "7"),
        ("٣- اتفق البلدان على الاجتماع.", "٣-", "3"),
        ("IV. The sides agree to meet in the autumn.", "IV.", "4"),
    ] {
        let text = read(line);
        let p = &text.paragraphs[0];
        let written = p
            .label
            .as_deref()
            .map(|l| l.trim_end_matches([':', '-', ' ', '.']));
        assert_eq!(
            (written, p.key.as_deref()),
            (
                Some(label.trim_end_matches([':', '-', ' ', '.'])),
                Some(key)
            ),
            "{line}"
        );
    }
    for line in [
        "2015 was a good year for the two countries.",
        "12 mars : les deux pays ont convenu de se voir.",
        "U.S. officials agree to meet the others.",
    ] {
        assert_eq!(read(line).paragraphs[0].label, None, "{line}");
    }
}

#[test]
fn metadata_is_set_aside_and_the_rest_is_numbered_in_order() {
    let text = read(
        "Le Nord et le Sud ont convenu de coopérer.\nIls ont salué les progrès accomplis.\n28 mai 2030\nSource : agence",
    );
    assert_eq!(
        text.paragraphs.iter().map(|p| p.number).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(text.date.as_deref(), Some("2030-05-28"));
    assert_eq!(
        text.metadata.iter().map(|m| m.kind).collect::<Vec<_>>(),
        [MetaKind::Date, MetaKind::Source]
    );
}

#[test]
fn wrapped_lines_are_joined_and_single_lines_are_not() {
    let wrapped = "The two countries reviewed the whole of their cooperation and\nagreed to establish a joint committee that will meet in each of\nthe two capitals in turn.\n\nThey welcomed the results.";
    assert_eq!(read(wrapped).paragraphs.len(), 2);
    assert!(
        read(wrapped).paragraphs[0]
            .text
            .contains("cooperation and agreed to")
    );
}

#[test]
fn html_drops_scripts_and_keeps_lists_and_headings() {
    let html = "<html><head><title>t</title><style>p{}</style></head><body><script>agree to</script><h1>Statement</h1><h2>Security</h2>\
                <p>The two sides agree to:</p><ul><li>share data;</li><li>meet<ol><li>in spring</li></ol></li></ul><p><b>Next steps</b></p><p>They welcome&nbsp;it.</p></body></html>";
    let text = read(html);
    assert_eq!(text.title.as_deref(), Some("Statement"));
    let rows: Vec<_> = text
        .paragraphs
        .iter()
        .map(|p| (p.text.as_str(), p.section.as_deref(), p.lead_in))
        .collect();
    assert_eq!(
        rows,
        [
            ("The two sides agree to:", Some("Security"), None),
            ("share data;", Some("Security"), Some(1)),
            ("meet", Some("Security"), Some(1)),
            ("in spring", Some("Security"), Some(1)),
            ("They welcome it.", Some("Next steps"), None),
        ]
    );
}

#[test]
fn front_matter_gives_title_and_date() {
    let text = read(
        "---\ntitle: \"D\\xE9claration\\_finale\"\ndate: '2030-01-02'\n---\n\nLes deux pays ont convenu de se voir.\n",
    );
    assert_eq!(
        (text.title.as_deref(), text.date.as_deref()),
        (Some("Déclaration finale"), Some("2030-01-02"))
    );
    assert_eq!(text.paragraphs.len(), 1);
}

#[test]
fn the_language_is_found_or_given() {
    assert_eq!(
        read("Les deux pays ont convenu de se voir.").language,
        Lang::Fr
    );
    assert_eq!(read("The two sides agree to meet.").language, Lang::En);
    assert_eq!(
        read("اتفق البلدان على الاجتماع في Paris.").language,
        Lang::Ar
    );
    let forced = import_text(b"Communication", Format::Text, Some(Lang::Fr)).expect("read");
    assert_eq!(forced.language, Lang::Fr);
}
