//! `[[calendars]]` of the configuration: weekly rest and holidays of each state, which the operator fills and checks.

use entente_core::calendar::{Calendar, HolidayName, MAX_HOLIDAYS, When, weekday};
use serde::Deserialize;

use super::ConfigError;

/// Longest name of a holiday, in characters.
const MAX_NAME: usize = 80;

/// One calendar as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarFile {
    node: String,
    zone: String,
    #[serde(default)]
    rest: Vec<String>,
    #[serde(default)]
    holidays: Vec<HolidayFile>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    day: String,
    fr: String,
    ar: String,
    en: String,
}

/// The calendars of a file, checked: at most one of each node.
pub(super) fn checked(given: Vec<CalendarFile>) -> Result<Vec<Calendar>, ConfigError> {
    let mut out: Vec<Calendar> = Vec::new();
    for file in given {
        let calendar = one(file)?;
        if out.iter().any(|c| c.node == calendar.node) {
            return Err(wrong("expected one calendar of each node"));
        }
        out.push(calendar);
    }
    Ok(out)
}

fn one(file: CalendarFile) -> Result<Calendar, ConfigError> {
    let node = file
        .node
        .parse()
        .map_err(|_| wrong("expected the name of a node"))?;
    if jiff::tz::TimeZone::get(&file.zone).is_err() {
        return Err(wrong("expected a time zone such as Europe/Paris"));
    }
    if file.holidays.len() > MAX_HOLIDAYS {
        return Err(wrong("expected at most 1000 holidays"));
    }
    let rest = file
        .rest
        .iter()
        .map(|name| weekday(name).ok_or_else(|| wrong("expected days of rest such as saturday")))
        .collect::<Result<_, _>>()?;
    Ok(Calendar {
        node,
        zone: file.zone,
        rest,
        holidays: file
            .holidays
            .into_iter()
            .map(holiday)
            .collect::<Result<_, _>>()?,
    })
}

fn holiday(file: HolidayFile) -> Result<(When, HolidayName), ConfigError> {
    let when = When::parse(&file.day)
        .ok_or_else(|| wrong("expected a holiday as MM-DD, or YYYY-MM-DD where it moves"))?;
    let named = |name: &String| {
        !name.trim().is_empty()
            && name.chars().count() <= MAX_NAME
            && !name.chars().any(char::is_control)
    };
    if ![&file.fr, &file.ar, &file.en].into_iter().all(named) {
        return Err(wrong("expected each holiday named in fr, ar and en"));
    }
    let name = HolidayName {
        fr: file.fr,
        ar: file.ar,
        en: file.en,
    };
    Ok((when, name))
}

fn wrong(expected: &'static str) -> ConfigError {
    ConfigError::Setting {
        setting: "calendars",
        expected,
    }
}

/// Both states' calendars as the documentation shows them: what the demonstration runs with.
#[must_use]
pub fn sample() -> &'static str {
    let whole = include_str!("../../../../docs/samples/calendars.toml");
    let tables = whole.find("[[calendars]]").unwrap_or(whole.len());
    whole.get(tables..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use entente_core::calendar::DayOff;
    use entente_core::label::Lang;
    use jiff::civil::date;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("/data"), &BTreeMap::new())
    }

    #[test]
    fn the_sample_holds_both_states_with_their_rest_and_holidays() {
        let config = parse(&format!("node = \"ma\"\n{}", sample())).unwrap();
        let nodes: Vec<&str> = config.calendars.iter().map(|c| c.node.as_str()).collect();
        assert_eq!(nodes, ["fr", "ma"]);
        for calendar in &config.calendars {
            let off = |month, day| calendar.day_off(date(2026, month, day));
            let Some(DayOff::Holiday(name)) = off(5, 1) else {
                panic!("1 May is a holiday in both");
            };
            assert_eq!(name.get(Lang::En), "Labour Day");
            assert_eq!(off(11, 28), Some(DayOff::Rest), "a Saturday");
            assert_eq!(off(11, 25), None, "a Wednesday");
        }
        let [fr, ma] = config.calendars.as_slice() else {
            panic!("two calendars");
        };
        let [july, march] = [date(2026, 7, 14), date(2026, 11, 6)];
        assert!(fr.day_off(july).is_some() && ma.day_off(july).is_none());
        assert!(ma.day_off(march).is_some() && fr.day_off(march).is_none());
        assert!(fr.day_off(date(2026, 4, 6)).is_some(), "Easter Monday");
    }

    #[test]
    fn a_mistaken_calendar_is_refused_by_name() {
        let refused = |table: &str| {
            let error = parse(&format!("node = \"ma\"\n[[calendars]]\n{table}"));
            error.unwrap_err().to_string()
        };
        let paris = "node = \"fr\"\nzone = \"Europe/Paris\"\n";
        for table in [
            "node = \"FR\"\nzone = \"Europe/Paris\"",
            "node = \"fr\"\nzone = \"Mars/Base\"",
            &format!("{paris}rest = [\"samedi\"]"),
            &format!(
                "{paris}holidays = [{{ day = \"02-30\", fr = \"x\", ar = \"x\", en = \"x\" }}]"
            ),
            &format!(
                "{paris}holidays = [{{ day = \"05-01\", fr = \"x\", ar = \" \", en = \"x\" }}]"
            ),
            &format!("{paris}[[calendars]]\n{paris}"),
        ] {
            assert!(refused(table).starts_with("setting `calendars`"), "{table}");
        }
    }
}
