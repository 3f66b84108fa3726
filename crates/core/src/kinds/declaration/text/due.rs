//! Due phrases: as written, and as an ISO 8601 date or period where they can be computed.

use super::day::{Day, Point, count, month_days, point, skip, unit};
use super::pattern::{Fillers, Index, Pattern};
use super::token::Token;
use super::{Lang, cut};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// How a phrase bounds the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueRelation {
    /// On or before.
    By,
    /// Before.
    Before,
    /// During.
    In,
    /// On the day.
    On,
    /// Within a length of time.
    Within,
    /// Again and again.
    Every,
    /// Soon, without a date.
    Prompt,
}

/// A due phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// As written.
    pub text: String,
    /// First byte in the paragraph.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// How it bounds the time.
    pub relation: DueRelation,
    /// The date named: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an interval `first/last`.
    pub date: Option<String>,
    /// The last day on which it is still kept, if it can be computed (`YYYY-MM-DD`).
    pub latest: Option<String>,
    /// The period (`P1Y`, `P6M`), if it is a length of time or comes back.
    pub period: Option<String>,
}

const NONE: Fillers = Fillers {
    words: &[],
    endings: &[],
    nouns: &[],
};

/// Fixed phrases with their period: "" for none.
const PHRASES: &[(&str, DueRelation, &str)] = &[
    (
        "annually|yearly|annual|annuellement|annuel|annuelle|annuels|annuelles|سنويا|سنوي|سنوية",
        DueRelation::Every,
        "P1Y",
    ),
    (
        "each|every|per|chaque|كل year|annee|سنة|عام",
        DueRelation::Every,
        "P1Y",
    ),
    ("once a|per|every|each year", DueRelation::Every, "P1Y"),
    ("une fois par|l' an", DueRelation::Every, "P1Y"),
    ("tous les ans", DueRelation::Every, "P1Y"),
    ("toutes les annees", DueRelation::Every, "P1Y"),
    ("مرة في|كل السنة|سنة|العام", DueRelation::Every, "P1Y"),
    ("twice a|per|yearly year", DueRelation::Every, "P6M"),
    (
        "semi-annually|biannually|biannual|semi-annual|semestriel|semestrielle|semestriellement",
        DueRelation::Every,
        "P6M",
    ),
    ("deux fois par an", DueRelation::Every, "P6M"),
    (
        "مرتين في|كل السنة|سنة|العام|السنه",
        DueRelation::Every,
        "P6M",
    ),
    ("نصف سنوي|سنوية|سنويا", DueRelation::Every, "P6M"),
    (
        "quarterly|trimestriel|trimestrielle|trimestriellement|فصليا",
        DueRelation::Every,
        "P3M",
    ),
    (
        "monthly|mensuel|mensuelle|mensuellement|شهريا",
        DueRelation::Every,
        "P1M",
    ),
    ("weekly|hebdomadaire|أسبوعيا", DueRelation::Every, "P7D"),
    ("daily|quotidiennement|يوميا", DueRelation::Every, "P1D"),
    (
        "biennially|biennial|biennal|biennale",
        DueRelation::Every,
        "P2Y",
    ),
    (
        "regularly|periodically|regulierement|periodiquement|دوريا|year-round",
        DueRelation::Every,
        "",
    ),
    (
        "on a regular|periodic|rolling basis",
        DueRelation::Every,
        "",
    ),
    ("à|a intervalles reguliers", DueRelation::Every, ""),
    (
        "بصفة|بشكل|بصورة منتظمة|منتظم|دورية|دوري",
        DueRelation::Every,
        "",
    ),
    (
        "immediately|promptly|urgently|immediatement|urgemment|فورا",
        DueRelation::Prompt,
        "",
    ),
    (
        "without|sans ?further|undue|plus delay|delai|tarder|attendre",
        DueRelation::Prompt,
        "",
    ),
    (
        "as soon|early|quickly as possible|practicable|feasible",
        DueRelation::Prompt,
        "",
    ),
    (
        "at the earliest ?possible|opportunity",
        DueRelation::Prompt,
        "",
    ),
    ("in the near future", DueRelation::Prompt, ""),
    (
        "in|over|within the coming|next days|weeks|months|years",
        DueRelation::Prompt,
        "",
    ),
    ("dans les meilleurs delais", DueRelation::Prompt, ""),
    ("dans les plus brefs delais", DueRelation::Prompt, ""),
    ("des que possible", DueRelation::Prompt, ""),
    ("le plus rapidement|tot possible", DueRelation::Prompt, ""),
    ("au plus tot|vite", DueRelation::Prompt, ""),
    (
        "dans les prochains|prochaines jours|semaines|mois|annees",
        DueRelation::Prompt,
        "",
    ),
    (
        "at|by|before|ahead|during ?of the|their|its|our next meeting|session|summit|round|dialogue",
        DueRelation::Prompt,
        "",
    ),
    (
        "lors|avant ?de la|leur prochaine reunion|session|rencontre",
        DueRelation::Prompt,
        "",
    ),
    (
        "في أقرب وقت|الآجال|الأوقات|فرصة ?ممكن",
        DueRelation::Prompt,
        "",
    ),
    ("دون|بدون تأخير|إبطاء|تأخر", DueRelation::Prompt, ""),
    ("على الفور", DueRelation::Prompt, ""),
];

/// Words that bound a date.
const BOUNDS: &[(&str, DueRelation)] = &[
    ("no|not later|than than", DueRelation::By),
    ("au plus tard ?le|en|à|au", DueRelation::By),
    ("في موعد أقصاه|لا", DueRelation::By),
    ("by|until|till", DueRelation::By),
    ("d' ici ?à|au|le|la", DueRelation::By),
    ("بحلول|في ?أفق|غضون", DueRelation::By),
    ("before|avant|قبل", DueRelation::Before),
    ("prior to", DueRelation::Before),
    (
        "in|during|within|over|throughout|en|courant|durant|pendant|dans|sous|خلال",
        DueRelation::In,
    ),
    ("au cours|debut de|du", DueRelation::In),
    (
        "au premier|deuxieme|troisieme|quatrieme|second",
        DueRelation::In,
    ),
    ("on|le|يوم", DueRelation::On),
];

struct Tables {
    phrases: Index,
    bounds: Index,
}

fn tables() -> &'static Tables {
    static ALL: OnceLock<Tables> = OnceLock::new();
    ALL.get_or_init(|| Tables {
        phrases: Index::new(PHRASES.iter().map(|(p, _, _)| Pattern::new(p)).collect()),
        bounds: Index::new(BOUNDS.iter().map(|(p, _)| Pattern::new(p)).collect()),
    })
}

/// What was found, before it is given its place.
struct Found {
    end: usize,
    relation: DueRelation,
    date: Option<String>,
    latest: Option<Day>,
    period: Option<String>,
}

/// All due phrases in `tokens[range]`; `date` is the declaration's own (`YYYY-MM-DD`).
pub(super) fn find(
    lang: Lang,
    text: &str,
    tokens: &[Token],
    range: (usize, usize),
    date: Option<&str>,
) -> Vec<Due> {
    let today = date.and_then(Day::parse);
    let inside = tokens.get(..range.1.min(tokens.len())).unwrap_or(tokens);
    let mut out: Vec<Due> = Vec::new();
    let mut at = range.0;
    while at < range.1 {
        let found = bounded(lang, inside, at, today)
            .or_else(|| every(inside, at, lang))
            .or_else(|| phrase(inside, at));
        let Some(found) = found.filter(|f| f.end <= range.1) else {
            at += 1;
            continue;
        };
        let start = inside.get(at).map_or(0, |t| t.start);
        let end = found
            .end
            .checked_sub(1)
            .and_then(|i| inside.get(i))
            .map_or(start, |t| t.end);
        out.push(Due {
            text: cut(text, start, end).to_owned(),
            start,
            end,
            relation: found.relation,
            date: found.date,
            latest: found.latest.map(|d| d.to_string()),
            period: found.period,
        });
        at = found.end.max(at + 1);
    }
    out
}

fn phrase(tokens: &[Token], at: usize) -> Option<Found> {
    let (id, words) = tables()
        .phrases
        .at(tokens, at, &NONE)
        .into_iter()
        .max_by_key(|(_, w)| w.len())?;
    let (_, relation, period) = PHRASES.get(id)?;
    let period = (!period.is_empty()).then(|| (*period).to_owned());
    Some(Found {
        end: words.last()? + 1,
        relation: *relation,
        date: None,
        latest: None,
        period,
    })
}

/// "every six months", "tous les six mois", "كل ستة أشهر".
fn every(tokens: &[Token], at: usize, lang: Lang) -> Option<Found> {
    let opens = match lang {
        Lang::En => tokens.get(at)?.norm == "every",
        Lang::Fr => tokens.get(at)?.any(&["tous", "toutes"]) && tokens.get(at + 1)?.norm == "les",
        Lang::Ar => tokens.get(at)?.is("كل"),
    };
    let from = at + if lang == Lang::Fr { 2 } else { 1 };
    let n = count(tokens.get(from)?).filter(|n| opens && *n > 0)?;
    let u = unit(tokens.get(from + 1)?)?;
    Some(Found {
        end: from + 2,
        relation: DueRelation::Every,
        date: None,
        latest: None,
        period: Some(period(n, u)),
    })
}

/// An ISO 8601 duration.
fn period(n: u32, unit: char) -> String {
    if unit == 'H' {
        format!("PT{n}H")
    } else {
        format!("P{n}{unit}")
    }
}

fn bounded(lang: Lang, tokens: &[Token], at: usize, today: Option<Day>) -> Option<Found> {
    let mut matches = tables().bounds.at(tokens, at, &NONE);
    matches.sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
    for (id, words) in matches {
        let (Some((_, relation)), Some(last)) = (BOUNDS.get(id), words.last()) else {
            continue;
        };
        let body = if words.len() > 1
            && tokens.get(*last).is_some_and(|t| {
                t.any(&["premier", "deuxieme", "troisieme", "quatrieme", "second"])
            }) {
            *last
        } else {
            last + 1
        };
        if let Some(found) = length(tokens, body, today) {
            return Some(found);
        }
        if let Some(p) = point(lang, tokens, body, today)
            && let Some(found) = dated(*relation, p, today)
        {
            return Some(found);
        }
    }
    None
}

/// "within six months", "dans un délai de trois mois", "في غضون ستة أشهر".
fn length(tokens: &[Token], at: usize, today: Option<Day>) -> Option<Found> {
    let body = skip(
        tokens,
        at,
        &[
            "un",
            "delai",
            "de",
            "les",
            "the",
            "next",
            "prochains",
            "period",
            "of",
            "maximum",
            "أجل",
            "مدة",
            "فترة",
            "اجل",
            "مده",
            "فتره",
        ],
    );
    // "un mois" after "un délai d'": the article may have been the number.
    let n = count(tokens.get(body)?)?;
    let u = unit(tokens.get(body + 1)?)?;
    let latest = today.filter(|_| n < 1000).and_then(|t| t.plus(n, u));
    Some(Found {
        end: body + 2,
        relation: DueRelation::Within,
        date: None,
        latest,
        period: Some(period(n, u)),
    })
}

/// A date in the past of the declaration is no due date.
fn dated(relation: DueRelation, p: Point, today: Option<Day>) -> Option<Found> {
    let latest = if relation == DueRelation::Before {
        if p.first == p.last
            && p.named.len() == 10
            && p.first.day >= 28
            && p.first.day == month_days(p.first.year, p.first.month)
        {
            p.last
        } else {
            p.first.previous()
        }
    } else {
        p.last
    };
    let past = today.is_some_and(|t| p.last < t);
    // "in the September 22 statement": without a year only "by" and "before" look ahead.
    let bare_day = relation == DueRelation::On && p.named.len() < 10
        || !p.explicit && matches!(relation, DueRelation::In | DueRelation::On);
    (!past && !bare_day).then_some(Found {
        end: p.end,
        relation,
        date: Some(p.named),
        latest: Some(latest),
        period: None,
    })
}
