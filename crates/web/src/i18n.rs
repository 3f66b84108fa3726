//! Words: message files in French, Arabic and English with plural rules (Fluent), and both habits of writing numbers in Arabic.

use entente_core::label::{Label, Lang};
use entente_core::statistics::Month;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::fmt::Write as _;
use std::sync::LazyLock;

const SOURCES: [(Lang, &str); 3] = [
    (Lang::Fr, include_str!("../messages/fr.ftl")),
    (Lang::Ar, include_str!("../messages/ar.ftl")),
    (Lang::En, include_str!("../messages/en.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<((Lang, Digits), Bundle)>> = LazyLock::new(|| {
    let of = |(lang, source): (Lang, &str), digits| ((lang, digits), bundle(lang, source, digits));
    let [_, arabic, _] = SOURCES;
    SOURCES
        .into_iter()
        .map(|s| of(s, Digits::Latin))
        .chain([of(arabic, Digits::Arabic)])
        .collect()
});

fn bundle(lang: Lang, source: &str, digits: Digits) -> Bundle {
    let mut bundle = Bundle::new_concurrent(lang.as_str().parse().into_iter().collect());
    bundle.set_use_isolating(lang == Lang::Ar);
    bundle.set_formatter(Some(if digits == Digits::Arabic {
        arabic_number
    } else {
        latin_number
    }));
    let source = match lang {
        Lang::Fr => unbroken(source),
        Lang::Ar | Lang::En => source.to_owned(),
    };
    let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, errors)| {
        tracing::error!(
            lang = lang.as_str(),
            count = errors.len(),
            "message file has errors"
        );
        partial
    });
    bundle.add_resource_overriding(resource);
    bundle
}

/// French with the blanks before its signs that no line ends at: narrow ones before `;`, `!`, `?` and `%`, whole ones at the others.
fn unbroken(source: &str) -> String {
    let mut out = source.replace('\u{a0}', " ");
    for (sign, blank) in [
        (';', '\u{202f}'),
        ('!', '\u{202f}'),
        ('?', '\u{202f}'),
        ('%', '\u{202f}'),
        (':', '\u{a0}'),
        ('»', '\u{a0}'),
    ] {
        out = out.replace(&format!(" {sign}"), &format!("{blank}{sign}"));
    }
    out.replace("« ", "«\u{a0}")
}

fn latin_number<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(whole(n)),
        _ => None,
    }
}

fn arabic_number<M>(value: &FluentValue, m: &M) -> Option<String> {
    latin_number(value, m).map(|text| arabic_digits(&text))
}

/// A number for a message. The Arabic rules of `intl_pluralrules` 7 look at the whole number where CLDR looks at its last two digits, so that
/// from 103 on every number would be *other*: such a number goes in as its last two digits, with its hundreds in an option that nothing else
/// reads, and is written whole by [`whole`].
fn counted(lang: Lang, n: i64) -> FluentValue<'static> {
    let (hundreds, rest) = (n / 100, n % 100);
    let mut number = FluentNumber::from(n);
    if let (Lang::Ar, Ok(hundreds @ 1..), 3..) = (lang, usize::try_from(hundreds), rest) {
        number = FluentNumber::from(rest);
        number.options.minimum_significant_digits = Some(hundreds);
    }
    FluentValue::Number(number)
}

fn whole(n: &FluentNumber) -> String {
    match n.options.minimum_significant_digits {
        Some(hundreds) => format!("{hundreds}{:02.0}", n.value),
        None => format!("{:.0}", n.value),
    }
}

fn arabic_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            c.to_digit(10)
                .and_then(|d| char::from_u32(0x660 + d))
                .unwrap_or(c)
        })
        .collect()
}

/// How numbers are written. Arabic pages write them as Morocco does, with Latin digits, unless the reader prefers otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// 0123456789
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩
    Arabic,
}

/// The reader's language and numerals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Language of the interface.
    pub lang: Lang,
    digits: Digits,
}

impl Words {
    /// Arabic-Indic digits apply to Arabic only.
    pub fn new(lang: Lang, digits: Digits) -> Self {
        Self {
            lang,
            digits: if lang == Lang::Ar {
                digits
            } else {
                Digits::Latin
            },
        }
    }

    /// How this reader's numbers are written.
    pub fn numerals(self) -> Digits {
        self.digits
    }

    /// A message without arguments.
    pub fn t(self, key: &str) -> String {
        self.format(key, None)
    }
    /// A message about a number `n`, with its plural form.
    pub fn n(self, key: &str, n: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("n", counted(self.lang, n));
        self.format(key, Some(&args))
    }
    /// A message about a number of things.
    pub fn count(self, key: &str, n: u64) -> String {
        self.n(key, i64::try_from(n).unwrap_or(i64::MAX))
    }
    /// A number that was counted no further than `most`: beyond it, "more than".
    pub fn counted(self, n: u64, most: u64) -> String {
        if n > most {
            self.s("more-than", &self.number(most))
        } else {
            self.number(n)
        }
    }
    /// A message with one text `x`.
    pub fn s(self, key: &str, x: &str) -> String {
        self.two(key, x, "")
    }
    /// A message with the texts `x` and `y`.
    pub fn two(self, key: &str, x: &str, y: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("x", FluentValue::from(x));
        args.set("y", FluentValue::from(y));
        self.format(key, Some(&args))
    }

    /// A message with a text `x` and several numbers by their names.
    pub fn figures(self, key: &str, x: &str, numbers: &[(&'static str, u64)]) -> String {
        let mut args = FluentArgs::new();
        args.set("x", FluentValue::from(x));
        for (name, n) in numbers {
            let n = i64::try_from(*n).unwrap_or(i64::MAX);
            args.set(*name, counted(self.lang, n));
        }
        self.format(key, Some(&args))
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let found = BUNDLES
            .iter()
            .find(|(of, _)| *of == (self.lang, self.digits));
        let pattern = found.and_then(|(_, b)| Some((b, b.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = pattern else {
            tracing::error!(key, "message missing");
            return format!("⟦{key}⟧");
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "message {key}: {errors:?}");
        text.into_owned()
    }

    /// A label of a definition.
    pub fn label(self, label: Label) -> &'static str {
        label.get(self.lang)
    }
    /// A text made of parts that are isolated from it, to be put into another: it takes its direction from its first letter, and has
    /// none of its own, so that it is told the reader's.
    pub fn composed(self, text: &str) -> String {
        match self.lang {
            Lang::Ar => format!("\u{200f}{text}"),
            Lang::Fr | Lang::En => text.to_owned(),
        }
    }
    /// What stands between the items of a list.
    pub fn comma(self) -> &'static str {
        match self.lang {
            Lang::Ar => "، ",
            Lang::Fr | Lang::En => ", ",
        }
    }
    /// Digits as the reader writes them.
    pub fn digits(self, text: &str) -> String {
        if self.digits == Digits::Arabic {
            arabic_digits(text)
        } else {
            text.to_owned()
        }
    }
    /// A count, in groups of three from ten thousand on.
    pub fn number(self, n: impl Into<u128>) -> String {
        let plain = n.into().to_string();
        if plain.len() < 5 {
            return self.digits(&plain);
        }
        let mut out = String::new();
        for (i, c) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i).is_multiple_of(3) {
                out.push('\u{202f}');
            }
            out.push(c);
        }
        self.digits(&out)
    }
    /// A size of a file.
    pub fn size(self, bytes: u64) -> String {
        match bytes {
            0..=1_023 => self.s("size-bytes", &self.number(bytes)),
            1_024..=1_048_575 => self.s("size-kib", &self.number(bytes.div_ceil(1_024))),
            1_048_576..=1_073_741_823 => {
                self.s("size-mib", &self.number(bytes.div_ceil(1_048_576)))
            }
            _ => self.s("size-gib", &self.number(bytes.div_ceil(1_073_741_824))),
        }
    }
    /// A day in words; the year where wanted.
    pub fn date(self, day: i64, month: i8, year: Option<i64>) -> String {
        let mut out = self.digits(&day.to_string());
        let _infallible = write!(out, " {}", self.t(month_key(month)));
        if let Some(year) = year {
            let _infallible = write!(out, " {}", self.digits(&year.to_string()));
        }
        out
    }
    /// A month of a year in words.
    pub fn month(self, month: Month) -> String {
        self.month_of(month.of_year(), i64::from(month.year()))
    }
    /// The same by their numbers.
    pub fn month_of(self, month: i8, year: i64) -> String {
        let year = self.digits(&year.to_string());
        format!("{} {year}", self.t(month_key(month)))
    }
    /// The name of a day of the week.
    pub fn weekday(self, day: jiff::civil::Weekday) -> String {
        use jiff::civil::Weekday as Day;
        match day {
            Day::Monday => self.t("weekday-1"),
            Day::Tuesday => self.t("weekday-2"),
            Day::Wednesday => self.t("weekday-3"),
            Day::Thursday => self.t("weekday-4"),
            Day::Friday => self.t("weekday-5"),
            Day::Saturday => self.t("weekday-6"),
            Day::Sunday => self.t("weekday-7"),
        }
    }
    /// A city's name in the reader's language, where we know it.
    pub fn city(self, name: &str) -> String {
        match name {
            "Rabat" => self.t("city-rabat"),
            "Paris" => self.t("city-paris"),
            "Madrid" => self.t("city-madrid"),
            other => other.to_owned(),
        }
    }
}

fn month_key(month: i8) -> &'static str {
    match month {
        1 => "month-1",
        2 => "month-2",
        3 => "month-3",
        4 => "month-4",
        5 => "month-5",
        6 => "month-6",
        7 => "month-7",
        8 => "month-8",
        9 => "month-9",
        10 => "month-10",
        11 => "month-11",
        _ => "month-12",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentMessage;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    #[test]
    fn french_signs_begin_no_line() {
        let said = unbroken("Quoi ? Ceci : « cela » ; 5 %");
        let expected = "Quoi\u{202f}? Ceci\u{a0}: «\u{a0}cela\u{a0}»\u{202f}; 5\u{202f}%";
        assert_eq!(said, expected);
        let words = Words::new(Lang::Fr, Digits::Latin);
        assert!(words.t("demo-fictional").contains("\u{a0}: "));
    }

    /// Message keys of a file, with the names of the arguments that each uses.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines() {
            if let Some((key, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                assert!(!out.contains_key(key), "{key} twice");
                current = key.to_owned();
                out.insert(current.clone(), BTreeSet::new());
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                out.get_mut(&current).unwrap().insert(name);
            }
        }
        out
    }

    fn sources(dir: &Path, out: &mut String) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn message_files_parse_and_hold_the_same_keys_and_arguments() {
        let all: Vec<_> = SOURCES.iter().map(|(_, s)| keys(s)).collect();
        for (lang, source) in SOURCES {
            assert!(
                FluentResource::try_new(source.to_owned()).is_ok(),
                "{lang} has syntax errors"
            );
        }
        for other in &all[1..] {
            let missing: Vec<_> = all[0].keys().filter(|k| !other.contains_key(*k)).collect();
            let extra: Vec<_> = other.keys().filter(|k| !all[0].contains_key(*k)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "missing {missing:?}, extra {extra:?}"
            );
            for (key, args) in &all[0] {
                assert!(
                    args.is_subset(&other[key]) || other[key].is_subset(args),
                    "{key}: arguments differ"
                );
            }
        }
    }

    #[test]
    fn every_key_used_exists_and_none_is_unused() {
        let mut code = String::new();
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut code,
        );
        let cli = Path::new(env!("CARGO_MANIFEST_DIR")).join("../node/src/cli");
        sources(&cli, &mut code);
        let known = keys(SOURCES[0].1);
        let unused: Vec<_> = known
            .keys()
            .filter(|k| !code.contains(&format!("\"{k}\"")))
            .collect();
        assert!(unused.is_empty(), "unused: {unused:?}");
        let mut missing = BTreeSet::new();
        for call in [
            ".t(\"",
            ".n(\"",
            ".s(\"",
            ".two(\"",
            ".count(\"",
            ".page(\"",
            "say::t(\"",
            "say::s(\"",
            "say::two(\"",
        ] {
            for part in code.split(call).skip(1) {
                let key = part.split('"').next().unwrap();
                if !known.contains_key(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
        assert!(missing.is_empty(), "missing: {missing:?}");
    }

    #[test]
    fn plurals_follow_each_language() {
        let arabic = Words::new(Lang::Ar, Digits::Latin);
        let forms: BTreeSet<String> = [1, 2, 3, 11]
            .iter()
            .map(|n| arabic.n("span-days", *n))
            .collect();
        assert_eq!(forms.len(), 4, "one, two, few and many differ: {forms:?}");
        let english = Words::new(Lang::En, Digits::Arabic);
        assert_eq!(
            (
                english.n("span-days", 1).as_str(),
                english.n("span-days", 2).as_str()
            ),
            ("1 day", "2 days")
        );
    }

    /// The plural forms of CLDR also beyond a hundred. Take out: `counted`.
    #[test]
    fn large_numbers_have_arabic_plurals() {
        let arabic = Words::new(Lang::Ar, Digits::Latin);
        let said = |n| {
            arabic
                .n("meetings-days", n)
                .replace(['\u{2068}', '\u{2069}'], "")
        };
        for (n, text) in [
            (3, "3 أيام"),
            (100, "100 يوم"),
            (102, "102 يوم"),
            (103, "103 أيام"),
            (730, "730 يوما"),
            (903, "903 أيام"),
            (1_011, "1011 يوما"),
            (-5, "-5 أيام"),
        ] {
            assert_eq!(said(n), text);
        }
        let digits = Words::new(Lang::Ar, Digits::Arabic);
        assert!(digits.n("meetings-days", 1_007).contains("١٠٠٧"));
    }

    #[test]
    fn both_numeral_habits() {
        assert_eq!(Words::new(Lang::Ar, Digits::Arabic).number(25_u8), "٢٥");
        assert_eq!(Words::new(Lang::Ar, Digits::Latin).number(25_u8), "25");
        assert!(
            Words::new(Lang::Ar, Digits::Arabic)
                .n("span-days", 12)
                .contains("١٢")
        );
        assert_eq!(
            Words::new(Lang::En, Digits::Latin).number(27_649_u32),
            "27\u{202f}649"
        );
    }

    #[test]
    fn no_message_is_empty() {
        for ((lang, _), bundle) in BUNDLES.iter() {
            for key in keys(SOURCES[0].1).keys() {
                assert!(
                    bundle
                        .get_message(key)
                        .and_then(|m: FluentMessage<'_>| m.value())
                        .is_some(),
                    "{lang}: {key}"
                );
            }
        }
    }
}
