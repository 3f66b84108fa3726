//! How alike two points of declarations are in words: what is said of an earlier promise is proposed to people, who decide. Nothing is tied by it.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters by which words are compared: endings differ from one sentence to the next.
const STEM: usize = 5;
/// Words that every declaration holds.
const COMMON: &[&str] = &[
    "deux",
    "pays",
    "parti",
    "entre",
    "leurs",
    "leur",
    "avec",
    "pour",
    "dans",
    "both",
    "count",
    "their",
    "between",
    "with",
    "from",
    "that",
    "their",
    "coope",
    "coopé",
    "بلد",
    "طرف",
    "تعاون",
    "بين",
    "جانب",
    "علي",
    "الي",
    "التي",
    "الذي",
    "بشان",
    "خلال",
];

/// The stems of a text.
#[must_use]
pub fn stems(text: &str) -> BTreeSet<String> {
    let folded: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .map(bare)
        .filter(|word| word.chars().count() >= least(word))
        .map(|word| word.chars().take(STEM).collect::<String>())
        .filter(|stem| !common().contains(stem))
        .collect()
}

/// The stems of [`COMMON`], as a text's own words are cut.
fn common() -> &'static BTreeSet<String> {
    static ALL: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let stems = COMMON.iter().map(|word| bare(word));
        stems
            .map(|word| word.chars().take(STEM).collect())
            .collect()
    });
    &ALL
}

/// Arabic words are short and their roots shorter: three letters say as much as four elsewhere.
fn least(word: &str) -> usize {
    if is_arabic(word) { 3 } else { 4 }
}

fn is_arabic(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| ('\u{0600}'..='\u{06FF}').contains(&c))
}

/// An Arabic word without what is joined before it ("and", "with", "for", the article) and without its endings, its letters of one sound made one;
/// any other word as it is.
fn bare(word: &str) -> String {
    if !is_arabic(word) {
        return word.to_owned();
    }
    let one_letter = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        other => other,
    };
    let folded: String = word.chars().filter(|c| *c != 'ـ').map(one_letter).collect();
    let long = |rest: &&str| rest.chars().count() >= 3;
    let mut out = folded.as_str();
    for joined in ["و", "ف", "ب", "ك", "لل", "ل", "ال"] {
        // A letter alone is joined only where enough of a word is left.
        let enough = |rest: &&str| rest.chars().count() >= if joined == "ال" { 3 } else { 4 };
        out = out.strip_prefix(joined).filter(enough).unwrap_or(out);
    }
    for ending in ["هما", "هم", "ها", "ات", "ين", "ون", "ان", "يه", "ه", "ي"] {
        out = out.strip_suffix(ending).filter(long).unwrap_or(out);
    }
    out.to_owned()
}

/// How many of a hundred of the shorter one's stems both hold; none where one has fewer than three.
#[must_use]
pub fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let shorter = one.len().min(other.len());
    if shorter < 3 {
        return 0;
    }
    one.intersection(other).count().saturating_mul(100) / shorter
}

#[cfg(test)]
mod tests {
    use super::{likeness, stems};
    use proptest::prelude::*;

    /// Take out: in `stems`, the cut to a stem.
    #[test]
    fn what_is_said_again_is_alike_and_what_is_not_is_not() {
        let (a, b) = (
            "Étudier la formation d’imams en vue d’un accord",
            "Un accord sur la formation des imams est étudié",
        );
        assert!(likeness(&stems(a), &stems(b)) >= 60);
        let other = "Multiplier les rencontres des responsables de la sécurité";
        assert!(likeness(&stems(a), &stems(other)) < 30);
    }

    /// Measured on pairs written for it: the same promise said again with other joined letters, endings and order is proposed, and another promise of
    /// the same field is not. Take out: in `stems`, `bare`.
    #[test]
    fn in_arabic_what_is_said_again_is_alike_too() {
        let again = [
            (
                "تكوين خمسين ضابطا للشرطة القضائية في مجال الحجز الرقمي",
                "يستفيد ضباط الشرطة القضائية من تكوين في الحجز الرقمي، وعددهم خمسون",
            ),
            (
                "تبادل قوائم نقط الاتصال بين المصالح المختصة كل ستة أشهر",
                "تتبادل المصالح المختصة كل ستة أشهر لوائح نقط الاتصال",
            ),
            (
                "إحداث لجنة مشتركة لتتبع الهجرة والتنقل",
                "ستحدث لجنة مشتركة تعنى بتتبع قضايا الهجرة والتنقل",
            ),
            (
                "الإفادة بنتائج التحقيقات المشتركة",
                "موافاة كل طرف بنتائج التحقيق المشترك والإفادة بشأنه",
            ),
            (
                "دراسة تكوين الأئمة في أفق إبرام اتفاق",
                "سيدرس الجانبان إبرام اتفاق لتكوين الأئمة",
            ),
            (
                "تكثيف لقاءات المسؤولين عن الأمن",
                "عقد لقاءات مكثفة بين مسؤولي الأمن",
            ),
        ];
        let other = [
            "مراقبة السفن في عرض البحر وإنقاذ الغرقى",
            "إعادة الممتلكات الثقافية المسروقة إلى أصحابها",
            "توأمة المحاكم وتبادل القضاة",
            "التعاون بين الطرفين في المجالات التي تهم التعاون الثقافي",
            "تبادل الزيارات بين الجامعات",
        ];
        let met = again
            .iter()
            .filter(|(a, b)| likeness(&stems(a), &stems(b)) >= 50);
        assert!(
            met.count() >= 5,
            "{:?}",
            again.map(|(a, b)| likeness(&stems(a), &stems(b)))
        );
        for (a, _) in again {
            for b in other {
                let percent = likeness(&stems(a), &stems(b));
                assert!(percent < 50, "{a} / {b}: {percent}");
            }
        }
    }

    /// Take out: in `common`, `bare`.
    #[test]
    fn words_of_every_declaration_make_nothing_alike() {
        for text in [
            "التعاون الذي بين الجانبين",
            "والتعاون بين البلدين",
            "التي على الطرفين",
        ] {
            assert!(stems(text).is_empty(), "{:?}", stems(text));
        }
    }

    proptest! {
        /// Alike is alike from either side, and never beyond the whole. Take out: in `likeness`, the shorter of both.
        #[test]
        fn likeness_is_mutual_and_bounded(a in "\\PC{0,80}", b in "\\PC{0,80}") {
            let (a, b) = (stems(&a), stems(&b));
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
            prop_assert!(likeness(&a, &b) <= 100);
        }
    }
}
