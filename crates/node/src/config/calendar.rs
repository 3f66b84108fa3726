//! `[calendar]` of the configuration: whether officers may have a calendar address, and what it may carry. Without the table there is none.

use entente_core::codes::Class;
use serde::Deserialize;

use super::ConfigError;
use super::mail::class_of;

/// The table as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarFile {
    class: Option<String>,
}

/// The highest class that a calendar may carry; `reached` is whether the file says where browsers reach this node, since an address is made of it.
pub(super) fn checked(file: &CalendarFile, reached: bool) -> Result<Class, ConfigError> {
    if !reached {
        return Err(ConfigError::Setting {
            setting: "http.public_url",
            expected: "is needed for calendar addresses",
        });
    }
    class_of("calendar.class", file.class.as_deref())
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use std::collections::BTreeMap;
    use std::path::Path;

    fn read(url: &str, table: &str) -> Result<Option<Class>, String> {
        let text = format!("node = \"ma\"\n[http]\n{url}\n{table}");
        Config::parse(&text, Path::new("/data"), &BTreeMap::new())
            .map(|config| config.calendar)
            .map_err(|error| error.to_string())
    }

    /// Take out: the default class, a check, or that there is none without the table.
    #[test]
    fn calendars_are_off_unless_named_and_carry_the_lowest_class() {
        let url = "public_url = \"https://node.example\"";
        assert_eq!(read(url, ""), Ok(None));
        assert_eq!(read(url, "[calendar]"), Ok(Some(Class::Open)));
        let restricted = read(url, "[calendar]\nclass = \"restricted\"");
        assert_eq!(restricted, Ok(Some(Class::Restricted)));
        let wrong = read(url, "[calendar]\nclass = \"confidential\"").unwrap_err();
        assert!(wrong.starts_with("setting `calendar.class`: expected open"));
        let wrong = read("", "[calendar]").unwrap_err();
        assert!(wrong.starts_with("setting `http.public_url`: is needed"));
    }
}
