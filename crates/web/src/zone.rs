//! The clock by which people type times into forms: that of their own state, by name, with the hour that does not exist when clocks go forward
//! and the one that comes twice when they go back. What is recorded is in UTC, as programs and the command line give it.

use crate::context::Cx;
use crate::form::Filled;
use crate::i18n::Words;
use crate::post::Fields;
use entente_core::field::{Field, FieldError, FieldType, Problem};
use entente_core::instant::Instant;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use maud::{Markup, html};

/// The hidden field of a form whose times are by our clock; without it they are in UTC.
pub const ZONED: &str = "_zoned";
/// What the name of the choice between the two hours of one name ends with.
const FOLD: &str = "#fold";

/// The clock of a state, as it is named beside a field.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Its city where the clocks that are shown have one, else its name among the time zones of IANA.
    pub name: String,
    /// Its rules.
    pub rules: TimeZone,
}

/// What a time by a clock comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    /// Once.
    At(Timestamp),
    /// Never: clocks went forward over it.
    Never,
    /// Twice: clocks went back over it.
    Twice([Timestamp; 2]),
}

impl Zone {
    fn read(&self, local: DateTime) -> Option<Read> {
        let found = self.rules.to_ambiguous_timestamp(local);
        match found.offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                offset.to_timestamp(local).ok().map(Read::At)
            }
            AmbiguousOffset::Gap { .. } => Some(Read::Never),
            AmbiguousOffset::Fold { before, after } => {
                let both = [before.to_timestamp(local), after.to_timestamp(local)];
                let [Ok(first), Ok(second)] = both else {
                    return None;
                };
                Some(Read::Twice([first, second]))
            }
        }
    }

    /// A moment by this clock, as a field of a form holds it; as it is where it is none.
    fn local(&self, utc: &str) -> String {
        let at = Instant::parse(utc).and_then(|at| Timestamp::from_millisecond(at.0).ok());
        at.map_or_else(
            || utc.to_owned(),
            |at| self.rules.to_datetime(at).to_string(),
        )
    }
}

/// A moment by the clock by which the form's times are typed, with its weekday and the clock's name: a line of a list.
pub fn said(cx: &Cx, at: Instant) -> String {
    let zone = cx.shared.zone(cx.me());
    let Ok(stamp) = Timestamp::from_millisecond(at.0) else {
        return at.to_civil();
    };
    let local = zone.rules.to_datetime(stamp);
    let words = cx.words;
    let day = crate::time::civil_day(words, &local.date().to_string());
    let hour = words.digits(&local.strftime("%H:%M").to_string());
    format!(
        "{} {day} {hour} ({})",
        words.weekday(local.date().weekday()),
        words.city(&zone.name)
    )
}

/// A day and an hour by our state's clock; of an hour that comes twice the first.
pub fn instant(cx: &Cx, local: DateTime) -> Option<Instant> {
    let at = match cx.shared.zone(cx.me()).read(local)? {
        Read::At(at) | Read::Twice([at, _]) => at,
        Read::Never => return None,
    };
    Some(Instant(at.as_millisecond()))
}

/// Reads the times of a form by the clock that it was drawn with: what was typed stays beside what it comes to in UTC.
///
/// # Errors
/// Fields whose time is none by this clock, or comes twice and was not told apart.
pub fn read(cx: &Cx, fields: &[Field], sent: &Fields, filled: &mut Filled) -> Vec<FieldError> {
    match sent.last(ZONED) {
        "" => Vec::new(),
        _ => read_by(&cx.shared.zone(cx.me()), fields, sent, filled),
    }
}

fn read_by(zone: &Zone, fields: &[Field], sent: &Fields, filled: &mut Filled) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for field in fields
        .iter()
        .filter(|f| matches!(f.holds, FieldType::Moment))
    {
        let typed = sent.last(field.name).to_owned();
        // What is no moment at all is said to be none where all fields are read.
        let Some(local) = Instant::parse(&typed).and_then(|_| typed.parse().ok()) else {
            continue;
        };
        let second = match sent.last(&format!("{}{FOLD}", field.name)) {
            "1" => Some(false),
            "2" => Some(true),
            _ => None,
        };
        let at = match (zone.read(local), second) {
            (Some(Read::At(at)), _) => Ok(at),
            (Some(Read::Twice([first, _])), Some(false)) => Ok(first),
            (Some(Read::Twice([_, second])), Some(true)) => Ok(second),
            (Some(Read::Twice(_)), None) => Err(Problem::Twice),
            (Some(Read::Never), _) => Err(Problem::Never),
            (None, _) => Err(Problem::NotAMoment),
        };
        match at {
            Ok(at) => {
                let utc = Instant(at.as_millisecond()).to_civil();
                filled.raw.insert(field.name.to_owned(), vec![utc]);
            }
            Err(problem) => wrong.push(field.error(problem)),
        }
        filled.typed.insert(field.name.to_owned(), typed);
    }
    wrong
}

/// The hidden field that says that times are by our clock, of a form that asks for any.
pub fn hidden(fields: &[Field]) -> Markup {
    let asks = fields.iter().any(|f| matches!(f.holds, FieldType::Moment));
    html! { @if asks { input type="hidden" name=(ZONED) value="on"; } }
}

/// What stands in a field: what was typed, else a moment in UTC by our clock.
pub fn value(cx: &Cx, filled: &Filled, name: &str, utc: &str) -> String {
    let typed = filled.typed.get(name).cloned();
    typed.unwrap_or_else(|| cx.shared.zone(cx.me()).local(utc))
}

/// The identifier of the words that say by which clock a field is filled.
pub fn described(id: &str) -> String {
    format!("{id}-z")
}

/// By which clock a field is filled; and where its hour comes twice, which of the two is meant.
pub fn beside(cx: &Cx, (id, name): (&str, &str), (value, utc): (&str, &str)) -> Markup {
    let (zone, words) = (cx.shared.zone(cx.me()), cx.words);
    let both = match value.parse().ok().and_then(|local| zone.read(local)) {
        Some(Read::Twice(both)) => Some(both),
        _ => None,
    };
    let chosen = Instant::parse(utc).map(|at| at.0);
    html! {
        small.help id=(described(id)) { (words.s("zone-by", &words.city(&zone.name))) }
        @if let Some(both) = both {
            label for=(format!("{id}-fold")) { (words.t("zone-twice")) }
            select id=(format!("{id}-fold")) name=(format!("{name}{FOLD}")) required {
                option value="" {}
                @for (n, at) in (1..).zip(both) {
                    option value=(n) selected[chosen == Some(at.as_millisecond())] { (one_of_two(words, &zone, (n, at))) }
                }
            }
        }
    }
}

fn one_of_two(words: Words, zone: &Zone, (n, at): (u8, Timestamp)) -> String {
    let offset = zone.rules.to_offset(at).to_string();
    words.s(if n == 1 { "zone-first" } else { "zone-second" }, &offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::label::label;
    use std::collections::BTreeMap;

    const AT: Field = Field::new("at", label("le", "في", "at"), FieldType::Moment);

    fn by(zone: &str, pairs: &[(&str, &str)]) -> (Filled, Vec<FieldError>) {
        let zone = Zone {
            name: zone.to_owned(),
            rules: TimeZone::get(zone).unwrap(),
        };
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), vec![(*value).to_owned()]);
        let sent = Fields {
            fields: pairs.iter().map(pair).collect::<BTreeMap<_, _>>(),
            ..Fields::default()
        };
        let mut filled = Filled::sent(&sent);
        let wrong = read_by(&zone, &[AT], &sent, &mut filled);
        (filled, wrong)
    }

    /// A time is read by the clock of the state, summer and winter; one that clocks skip is refused, one that comes twice is asked about.
    ///
    /// Take out: `Gap`, or `Fold`, of `Zone::read` (take the offset before for both).
    #[test]
    fn a_time_is_read_by_the_clock_of_its_state_also_on_the_night_it_changes() {
        let utc = |zone, pairs: &[(&str, &str)]| {
            let (filled, wrong) = by(zone, pairs);
            let at = filled.raw.get("at").and_then(|of| of.first().cloned());
            match wrong.first() {
                None => Ok(at.unwrap_or_default()),
                Some(error) => Err(error.problem),
            }
        };
        let said = |text: &str| Ok(text.to_owned());
        let (paris, rabat) = ("Europe/Paris", "Africa/Casablanca");
        let at = |text| [("at", text)];
        assert_eq!(
            utc(paris, &at("2026-01-10T09:30")),
            said("2026-01-10T08:30:00")
        );
        assert_eq!(
            utc(paris, &at("2026-07-10T09:30")),
            said("2026-07-10T07:30:00")
        );
        assert_eq!(utc(paris, &at("2026-03-29T02:30")), Err(Problem::Never));
        assert_eq!(utc(paris, &at("2026-10-25T02:30")), Err(Problem::Twice));
        for (fold, hour) in [("1", "00:30:00"), ("2", "01:30:00")] {
            let told = [("at", "2026-10-25T02:30"), ("at#fold", fold)];
            assert_eq!(utc(paris, &told), said(&format!("2026-10-25T{hour}")));
        }
        // Clocks in Morocco go back for Ramadan, and forward after it.
        assert_eq!(utc(rabat, &at("2026-02-15T02:30")), Err(Problem::Twice));
        assert_eq!(utc(rabat, &at("2026-03-22T02:30")), Err(Problem::Never));
        assert_eq!(
            utc(rabat, &at("2026-03-01T12:00")),
            said("2026-03-01T12:00:00")
        );
        assert_eq!(
            utc(rabat, &at("2026-04-01T12:00")),
            said("2026-04-01T11:00:00")
        );
        // What is no moment is left to those who say so.
        assert_eq!(utc(paris, &at("tomorrow")), said("tomorrow"));
    }

    /// What is recorded in UTC stands in a form as the same clock shows it, and comes back as it was.
    ///
    /// Take out: `local` (show UTC).
    #[test]
    fn a_moment_comes_back_as_it_was_recorded() {
        let paris = Zone {
            name: "Paris".to_owned(),
            rules: TimeZone::get("Europe/Paris").unwrap(),
        };
        assert_eq!(paris.local("2026-07-10T07:30:00"), "2026-07-10T09:30:00");
        let (filled, wrong) = by(
            "Europe/Paris",
            &[("at", &paris.local("2026-07-10T07:30:00"))],
        );
        assert!(wrong.is_empty());
        assert_eq!(filled.raw["at"], ["2026-07-10T07:30:00"]);
        assert_eq!(filled.typed["at"], "2026-07-10T09:30:00");
        assert_eq!(paris.local("no time"), "no time");
    }
}
