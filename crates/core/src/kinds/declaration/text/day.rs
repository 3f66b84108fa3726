//! Days, months, years and parts of years as declarations write them, in three languages.

use super::Lang;
use super::token::{Token, TokenKind, fold};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u32,
    /// Day, from 1.
    pub day: u32,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days of a month.
pub(super) fn month_days(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// A day that exists, from year 1800 to 2999.
    pub(super) fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let fits = (1800..3000).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= month_days(year, month);
        fits.then_some(Self { year, month, day })
    }

    /// Parses `YYYY-MM-DD`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        (parts.next().is_none() && digits(y, 4) && digits(m, 2) && digits(d, 2)).then_some(())?;
        Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    pub(super) fn previous(self) -> Self {
        if self.day > 1 {
            Self {
                day: self.day - 1,
                ..self
            }
        } else if self.month > 1 {
            Self {
                month: self.month - 1,
                day: month_days(self.year, self.month - 1),
                ..self
            }
        } else {
            Self {
                year: self.year - 1,
                month: 12,
                day: 31,
            }
        }
    }

    fn next(self) -> Self {
        if self.day < month_days(self.year, self.month) {
            Self {
                day: self.day + 1,
                ..self
            }
        } else if self.month < 12 {
            Self {
                month: self.month + 1,
                day: 1,
                ..self
            }
        } else {
            Self {
                year: self.year + 1,
                month: 1,
                day: 1,
            }
        }
    }

    pub(super) fn plus(self, count: u32, unit: char) -> Option<Self> {
        match unit {
            'D' | 'W' | 'H' => {
                let days = match unit {
                    'W' => count * 7,
                    'H' => count.div_ceil(24),
                    _ => count,
                };
                Some((0..days.min(40_000)).fold(self, |d, _| d.next()))
            }
            _ => {
                let months = if unit == 'Y' { count * 12 } else { count };
                let index = self.month - 1 + months;
                let year = self.year + i32::try_from(index / 12).ok()?;
                let month = index % 12 + 1;
                Self::new(year, month, self.day.min(month_days(year, month)))
            }
        }
    }
}

const MONTHS: [[&str; 12]; 3] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
];
/// Other Arabic month names: those of Egypt and the Gulf, of the Levant, of Algeria and Tunisia.
const MONTHS_AR: &[(&str, u32)] = &[
    ("مايو", 5),
    ("يوليو", 7),
    ("أغسطس", 8),
    ("سبتمبر", 9),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("شباط", 2),
    ("آذار", 3),
    ("نيسان", 4),
    ("أيار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("آب", 8),
    ("أيلول", 9),
    ("جانفي", 1),
    ("فيفري", 2),
    ("أفريل", 4),
    ("جوان", 6),
    ("جويلية", 7),
    ("أوت", 8),
];

fn month(lang: Lang, token: &Token) -> Option<u32> {
    let row = match lang {
        Lang::Fr => 0,
        Lang::En => 1,
        Lang::Ar => 2,
    };
    let names = MONTHS.get(row)?;
    let found = names
        .iter()
        .zip(1..)
        .find(|(name, _)| token.is(&fold(name)))
        .map(|(_, n)| n);
    found.or_else(|| {
        MONTHS_AR
            .iter()
            .find(|(name, _)| lang == Lang::Ar && token.is(&fold(name)))
            .map(|(_, n)| *n)
    })
}

fn number(token: &Token) -> Option<u32> {
    (token.kind == TokenKind::Number && token.norm.len() <= 4)
        .then(|| token.norm.parse().ok())
        .flatten()
}

fn year(token: &Token) -> Option<i32> {
    (token.norm.len() == 4)
        .then(|| number(token))
        .flatten()
        .filter(|n| (1900..2200).contains(n))
        .and_then(|n| i32::try_from(n).ok())
}

/// A number of up to twelve in words.
pub(super) fn count(token: &Token) -> Option<u32> {
    const WORDS: &[(&str, u32)] = &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("un", 1),
        ("une", 1),
        ("deux", 2),
        ("trois", 3),
        ("quatre", 4),
        ("cinq", 5),
        ("sept", 7),
        ("huit", 8),
        ("neuf", 9),
        ("dix", 10),
        ("douze", 12),
        ("a", 1),
        ("ثلاثة", 3),
        ("ثلاث", 3),
        ("أربعة", 4),
        ("أربع", 4),
        ("خمسة", 5),
        ("خمس", 5),
        ("ستة", 6),
        ("ست", 6),
        ("سبعة", 7),
        ("ثمانية", 8),
        ("تسعة", 9),
        ("عشرة", 10),
        ("عشر", 10),
    ];
    number(token).or_else(|| {
        WORDS
            .iter()
            .find(|(w, _)| token.is(&fold(w)))
            .map(|(_, n)| *n)
    })
}

/// A unit of time as its ISO 8601 letter, `H` for hours.
pub(super) fn unit(token: &Token) -> Option<char> {
    const UNITS: &[(&str, char)] = &[
        ("hour", 'H'),
        ("hours", 'H'),
        ("heure", 'H'),
        ("heures", 'H'),
        ("ساعة", 'H'),
        ("ساعات", 'H'),
        ("day", 'D'),
        ("days", 'D'),
        ("week", 'W'),
        ("weeks", 'W'),
        ("month", 'M'),
        ("months", 'M'),
        ("year", 'Y'),
        ("years", 'Y'),
        ("jour", 'D'),
        ("jours", 'D'),
        ("semaine", 'W'),
        ("semaines", 'W'),
        ("mois", 'M'),
        ("an", 'Y'),
        ("ans", 'Y'),
        ("annee", 'Y'),
        ("annees", 'Y'),
        ("يوم", 'D'),
        ("يوما", 'D'),
        ("أيام", 'D'),
        ("أسبوع", 'W'),
        ("أسابيع", 'W'),
        ("شهر", 'M'),
        ("شهرا", 'M'),
        ("أشهر", 'M'),
        ("شهور", 'M'),
        ("سنة", 'Y'),
        ("سنوات", 'Y'),
        ("عام", 'Y'),
        ("أعوام", 'Y'),
    ];
    UNITS
        .iter()
        .find(|(w, _)| token.is(&fold(w)))
        .map(|(_, u)| *u)
}

/// A span of days with the date as named.
pub(super) struct Point {
    /// Token after the last.
    pub end: usize,
    /// As ISO 8601.
    pub named: String,
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// True if the text names the year.
    pub explicit: bool,
}

/// Skips articles and "of the".
pub(super) fn skip(tokens: &[Token], mut at: usize, words: &[&str]) -> usize {
    while tokens.get(at).is_some_and(|t| t.any(words)) {
        at += 1;
    }
    at
}

/// A day, a month, a year, a part of one, at `at`.
pub(super) fn point(lang: Lang, tokens: &[Token], at: usize, today: Option<Day>) -> Option<Point> {
    const FILL: &[&str] = &[
        "the",
        "of",
        "le",
        "la",
        "l'",
        "de",
        "d'",
        "du",
        "mois",
        "annee",
        "year",
        "سنه",
        "عام",
        "شهر",
        "end",
        "fin",
        "نهايه",
        "متم",
        "month",
        "late",
        "early",
        "mid",
        "-",
        "debut",
        "courant",
        "à",
    ];
    const END: &[&str] = &["end", "fin", "نهايه", "متم", "late"];
    let body = skip(tokens, at, FILL);
    let prefix = tokens.get(at..body).unwrap_or(&[]);
    let end_of = prefix.iter().any(|t| t.any(END));
    if let Some(p) = half(lang, tokens, at) {
        return Some(p);
    }
    if let Some(p) = full_date(lang, tokens, body, today) {
        return Some(if end_of {
            Point { first: p.last, ..p }
        } else {
            p
        });
    }
    if let Some(y) = tokens.get(body).and_then(year) {
        let (first, last) = (Day::new(y, 1, 1)?, Day::new(y, 12, 31)?);
        let named = if end_of {
            last.to_string()
        } else {
            format!("{y:04}")
        };
        return Some(Point {
            end: body + 1,
            named,
            first: if end_of { last } else { first },
            last,
            explicit: true,
        });
    }
    // "the end of the year", "la fin de l'année", "نهاية السنة": needs the declaration's date.
    let names_year = prefix
        .iter()
        .any(|t| t.any(&["year", "annee", "سنه", "عام"]));
    let y = today.filter(|_| names_year && end_of)?.year;
    let last = Day::new(y, 12, 31)?;
    Some(Point {
        end: body,
        named: last.to_string(),
        first: last,
        last,
        explicit: true,
    })
}

/// "28 May 2019", "May 28, 2019", "May 2019", "28 mai".
fn full_date(lang: Lang, tokens: &[Token], at: usize, today: Option<Day>) -> Option<Point> {
    let token = tokens.get(at)?;
    let (m, day, mut end) = if let Some(m) = month(lang, token) {
        let day = tokens.get(at + 1).and_then(number).filter(|d| *d <= 31);
        (m, day, at + if day.is_some() { 2 } else { 1 })
    } else {
        let day = number(token).filter(|d| (1..=31).contains(d))?;
        let next = skip(tokens, at + 1, &["er", "st", "nd", "rd", "th", "of"]);
        (month(lang, tokens.get(next)?)?, Some(day), next + 1)
    };
    if token.norm == "may" && day.is_none() && tokens.get(end).and_then(year).is_none() {
        return None;
    }
    let after = skip(tokens, end, &[",", "،", "سنه", "عام", "of", "de"]);
    let named_year = tokens.get(after).and_then(year);
    if named_year.is_some() {
        end = after + 1;
    }
    let y = named_year.or_else(|| today.map(|t| if t.month <= m { t.year } else { t.year + 1 }))?;
    let first = Day::new(y, m, day.unwrap_or(1))?;
    let last = Day::new(y, m, day.unwrap_or_else(|| month_days(y, m)))?;
    let named = if day.is_some() {
        first.to_string()
    } else {
        format!("{y:04}-{m:02}")
    };
    Some(Point {
        end,
        named,
        first,
        last,
        explicit: named_year.is_some(),
    })
}

/// "the first half of 2022", "premier semestre 2016", "النصف الأول من 2022", quarters too.
fn half(lang: Lang, tokens: &[Token], at: usize) -> Option<Point> {
    const FIRST: &[&str] = &["first", "premier", "1er", "الأول", "الاول"];
    const SECOND: &[&str] = &["second", "deuxieme", "الثاني"];
    const THIRD: &[&str] = &["third", "troisieme", "الثالث"];
    const FOURTH: &[&str] = &["fourth", "last", "quatrieme", "dernier", "الرابع"];
    const HALF: &[&str] = &["half", "semestre", "النصف", "السداسي"];
    const QUARTER: &[&str] = &["quarter", "trimestre", "الفصل", "الربع"];
    let window: Vec<&Token> = tokens.get(at..(at + 8).min(tokens.len()))?.iter().collect();
    let place = window
        .iter()
        .position(|t| t.any(HALF) || t.any(QUARTER))
        .filter(|i| *i <= 3)?;
    let near = window.get(place.saturating_sub(1)..(place + 2).min(window.len()))?;
    let of = |list: &[&str]| near.iter().any(|t| t.any(list));
    let index = if of(FIRST) {
        0
    } else if of(SECOND) {
        1
    } else if of(THIRD) {
        2
    } else if of(FOURTH) {
        3
    } else {
        return None;
    };
    let months = if window.get(place)?.any(HALF) { 6 } else { 3 };
    let y_at = window.iter().skip(place).position(|t| year(t).is_some())? + place;
    let y = year(window.get(y_at)?)?;
    let index = if lang == Lang::En && months == 6 && index == 3 {
        1
    } else {
        index
    };
    let first = Day::new(y, index * months + 1, 1)?;
    let last_month = (index + 1) * months;
    let last = Day::new(y, last_month, month_days(y, last_month.min(12)))?;
    Some(Point {
        end: at + y_at + 1,
        named: format!("{first}/{last}"),
        first,
        last,
        explicit: true,
    })
}

/// The date of a line that is nothing but a date (with or without a place), as ISO.
pub(super) fn whole_date(lang: Lang, tokens: &[Token]) -> Option<Day> {
    (0..tokens.len()).find_map(|at| {
        let p = full_date(lang, tokens, at, None)?;
        (p.named.len() == 10).then_some(p.first)
    })
}
