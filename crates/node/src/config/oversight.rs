//! `[oversight]` of the configuration: how long reasons and access records last, and from how much on inspectors are told.

use entente_app::{KeepingSettings, OversightSettings};
use entente_core::anomaly::{Hours, Thresholds};
use entente_core::instant::Span;
use serde::Deserialize;

use super::ConfigError;

/// Longest that a reason may last, in minutes: as long as a session.
const LONGEST_REASON: u16 = 12 * 60;

/// The settings as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OversightFile {
    reason_minutes: Option<u16>,
    months: Option<u16>,
    outside_dossiers: Option<u32>,
    bulk_reads: Option<u32>,
    exports: Option<u32>,
    same_word: Option<u32>,
    access_asks: Option<u32>,
    refused: Option<u32>,
    odd_hours: Option<String>,
    review_remind_days: Option<u16>,
    review_press_days: Option<u16>,
    review_grace_days: Option<u16>,
}

/// The settings checked.
pub(super) fn checked(file: &OversightFile) -> Result<OversightSettings, ConfigError> {
    let usual = OversightSettings::default();
    let minutes = file.reason_minutes.map(|minutes| match minutes {
        1..=LONGEST_REASON => Ok(Span::minutes(i64::from(minutes))),
        _ => Err(wrong(
            "oversight.reason_minutes",
            "expected 1 to 720 minutes",
        )),
    });
    let hours = file.odd_hours.as_deref().map(|text| {
        let hours = Hours::parse(text);
        hours.ok_or_else(|| {
            wrong(
                "oversight.odd_hours",
                "expected hours in UTC such as 22:00-05:30",
            )
        })
    });
    let least = |setting, given: Option<u32>, usual: u32| match given {
        Some(0 | 1) => Err(wrong(setting, "expected 2 or more")),
        given => Ok(given.unwrap_or(usual)),
    };
    let of = usual.thresholds;
    Ok(OversightSettings {
        reasons_last: minutes.transpose()?.unwrap_or(usual.reasons_last),
        months: file.months.unwrap_or(usual.months),
        thresholds: Thresholds {
            outside: least(
                "oversight.outside_dossiers",
                file.outside_dossiers,
                of.outside,
            )?,
            bulk: least("oversight.bulk_reads", file.bulk_reads, of.bulk)?,
            exports: least("oversight.exports", file.exports, of.exports)?,
            hunting: least("oversight.same_word", file.same_word, of.hunting)?,
            asking: least("oversight.access_asks", file.access_asks, of.asking)?,
            refused: least("oversight.refused", file.refused, of.refused)?,
            hours: hours.transpose()?,
        },
        keeping: keeping(file, usual.keeping)?,
    })
}

/// People must have time to decide, and nothing is kept for good by putting the day off.
fn keeping(file: &OversightFile, usual: KeepingSettings) -> Result<KeepingSettings, ConfigError> {
    let days = |setting, given: Option<u16>, usual: Span| match given {
        Some(days @ 7..=90) => Ok(Span::days(i64::from(days))),
        Some(_) => Err(wrong(setting, "expected 7 to 90 days")),
        None => Ok(usual),
    };
    let settings = KeepingSettings {
        remind: days(
            "oversight.review_remind_days",
            file.review_remind_days,
            usual.remind,
        )?,
        press: days(
            "oversight.review_press_days",
            file.review_press_days,
            usual.press,
        )?,
        grace: days(
            "oversight.review_grace_days",
            file.review_grace_days,
            usual.grace,
        )?,
    };
    match settings.press > settings.remind {
        true => Err(wrong(
            "oversight.review_press_days",
            "expected no more than oversight.review_remind_days",
        )),
        false => Ok(settings),
    }
}

fn wrong(setting: &'static str, expected: &'static str) -> ConfigError {
    ConfigError::Setting { setting, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_held_within_their_bounds() {
        let read = |text: &str| checked(&toml::from_str::<OversightFile>(text).unwrap());
        assert_eq!(read("").unwrap(), OversightSettings::default());
        let longer = read("review_grace_days = 90").unwrap();
        assert_eq!(longer.keeping.grace, Span::days(90));
        for wrong in [
            "review_grace_days = 91",
            "review_remind_days = 6",
            "review_remind_days = 10\nreview_press_days = 11",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let set = read("odd_hours = \"22:00-05:30\"\nbulk_reads = 300").unwrap();
        assert_eq!(set.thresholds.bulk, 300);
        assert!(set.thresholds.hours.is_some());
        for wrong in [
            "reason_minutes = 0",
            "reason_minutes = 721",
            "odd_hours = \"at night\"",
            "same_word = 1",
            "access_asks = 1",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
