//! Configuration of a node: `entente.toml` in its data directory, with `ENTENTE_*` overrides.
//!
//! In scope: the file's form, its defaults, where things lie in the data directory. This is the only file of the workspace that
//! reads the environment. Not in scope: keys and partners, which live in the data directory and its database.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

mod calendar;
pub mod calendars;
pub mod files;
pub mod mail;
pub mod oidc;
mod oversight;
pub mod uploads;

use crate::keys::Opening;
use crate::keys::sources::Sources;
use entente_app::OversightSettings;
use entente_core::calendar::Calendar;
use entente_core::codes::Class;
use entente_core::ids::NodeName;
use entente_core::label::Lang;
use files::{FilesConfig, FilesFile};
use serde::Deserialize;

/// Name of the configuration file in a data directory.
pub const FILE: &str = "entente.toml";
/// Most bytes of a configuration file.
pub const MAX_FILE: u64 = 64 * 1024;
/// Beginning of the names of environment variables that override the file.
pub const PREFIX: &str = "ENTENTE_";

/// What can be wrong with a configuration. Every text names the place, none repeats a value that could be a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The data directory has no configuration.
    #[error("no node in {0}: run `entente init` first, or name the data directory with --data")]
    Absent(PathBuf),
    /// The file cannot be read.
    #[error("{path} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why, in the words of the operating system.
        reason: String,
    },
    /// Not TOML of the expected shape.
    #[error("{path}: {reason}")]
    Shape {
        /// The file.
        path: PathBuf,
        /// Line and cause.
        reason: String,
    },
    /// A setting holds something else than it must.
    #[error("setting `{setting}`: {expected}")]
    Setting {
        /// The setting, as in the file.
        setting: &'static str,
        /// What is expected there.
        expected: &'static str,
    },
    /// An `ENTENTE_*` variable that no version knows, probably misspelt.
    #[error("the environment variable {0} is not a setting of this program")]
    UnknownVariable(String),
    /// An `ENTENTE_*` variable with a value that does not fit.
    #[error("the environment variable {variable}: {expected}")]
    Variable {
        /// The variable.
        variable: String,
        /// What is expected.
        expected: &'static str,
    },
}

/// The file as written. Unknown settings are errors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    node: String,
    title: Option<String>,
    #[serde(default)]
    language: Option<String>,
    store: Option<String>,
    store_password_file: Option<PathBuf>,
    store_authorities_file: Option<PathBuf>,
    #[serde(default)]
    files: FilesFile,
    #[serde(default)]
    clocks: Vec<ClockFile>,
    #[serde(default)]
    calendars: Vec<calendars::CalendarFile>,
    #[serde(default)]
    http: HttpFile,
    #[serde(default)]
    sign_in: SignInFile,
    oidc: Option<oidc::OidcFile>,
    #[serde(default)]
    link: LinkFile,
    #[serde(default)]
    log: LogFile,
    #[serde(default)]
    keys: KeysFile,
    #[serde(default)]
    oversight: oversight::OversightFile,
    #[serde(default)]
    uploads: uploads::UploadsFile,
    mail: Option<mail::MailFile>,
    calendar: Option<calendar::CalendarFile>,
    demo: Option<DemoFile>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockFile {
    name: String,
    zone: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpFile {
    listen: Option<String>,
    behind_https: Option<bool>,
    public_url: Option<String>,
    metrics: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInFile {
    second_factor: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkFile {
    listen: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogFile {
    format: Option<String>,
    level: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysFile {
    module: Option<PathBuf>,
    /// Of one process, so it is no setting of the file.
    #[serde(skip)]
    descriptor: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoFile {
    clock_file: PathBuf,
    own_url: String,
    partner_url: String,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One line of text an event, for people.
    Plain,
    /// One JSON object a line, for programs.
    Json,
}

/// Where a node keeps what it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StoreConfig {
    /// In the data directory, by SQLite: one process serves.
    #[default]
    Embedded,
    /// In a PostgreSQL database: any number of processes serve.
    Postgres {
        /// Address, without password.
        url: String,
        /// File whose first line is the password.
        password_file: Option<PathBuf>,
        /// PEM file of the authorities that the server's certificate must come from.
        authorities_file: Option<PathBuf>,
    },
}

/// What only a node of the demonstration has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoConfig {
    /// File that both nodes read the offset of the demo clock from, in milliseconds.
    pub clock_file: PathBuf,
    /// Where a browser finds this node.
    pub own_url: String,
    /// Where a browser finds the other node.
    pub partner_url: String,
}

/// A node's configuration, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where it keeps what it knows.
    pub store: StoreConfig,
    /// Where it keeps sealed files.
    pub files: FilesConfig,
    /// Data directory.
    pub data: PathBuf,
    /// Name of the node.
    pub node: NodeName,
    /// Title on its pages: a function, never a person.
    pub title: String,
    /// Language offered first.
    pub language: Lang,
    /// Clocks shown: name and IANA time zone.
    pub clocks: Vec<(String, String)>,
    /// Working days of the states of its links.
    pub calendars: Vec<Calendar>,
    /// How access records are watched over.
    pub oversight: OversightSettings,
    /// Where pages and API are served, plain HTTP.
    pub http: SocketAddr,
    /// Whether browsers reach this node by HTTPS through a proxy: cookies are then marked `Secure`.
    pub behind_https: bool,
    /// Where browsers reach this node; passkeys are bound to it.
    pub public_url: Option<String>,
    /// Whether `/metrics` is served.
    pub metrics: bool,
    /// Whether every officer must have a second factor.
    pub second_factor: bool,
    /// Where officers may sign in too, if anywhere.
    pub oidc: Option<oidc::OidcConfig>,
    /// The server by which officers are told, if mail is sent.
    pub mail: Option<mail::MailConfig>,
    /// Highest class that officers' calendars may carry, if they may have an address.
    pub calendar: Option<Class>,
    /// What forms may bring.
    pub uploads: uploads::UploadsConfig,
    /// Where partners connect, TLS 1.3.
    pub link: SocketAddr,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Least severity logged: `error`, `warn`, `info`, `debug`, `trace`, or directives by module.
    pub log_level: String,
    /// How `node.keys` is opened; where a passphrase comes from is no setting, and added by the command line.
    pub keys: Opening,
    /// Set for a node of the demonstration.
    pub demo: Option<DemoConfig>,
}

/// Where things lie in a data directory.
#[derive(Clone, Debug)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout of a data directory.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }
    /// The directory itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }
    /// The configuration.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.root.join(FILE)
    }
    /// The node's keys, mode 0600.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.root.join("node.keys")
    }
    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("entente.db")
    }
    /// The folder of sealed files.
    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }
    /// The folder of the operator's own policies, in place of the default ones.
    #[must_use]
    pub fn policies(&self) -> PathBuf {
        self.root.join("policies")
    }
    /// Locked by the one process that serves this directory.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.root.join("serve.lock")
    }
}

/// `ENTENTE_*` variables of this process by name without the prefix.
#[must_use]
pub fn environment() -> BTreeMap<String, String> {
    let named = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        let name = name.into_string().ok()?.strip_prefix(PREFIX)?.to_owned();
        Some((name, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(named).collect()
}

/// The folder of the credentials that the service manager made for this process, as systemd names it.
#[must_use]
pub fn credentials() -> Option<PathBuf> {
    let named = std::env::var_os("CREDENTIALS_DIRECTORY");
    named.filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The data directory: what the command line says, else `ENTENTE_DATA`, else `./entente-data`.
#[must_use]
pub fn data_dir(given: Option<&Path>, environment: &BTreeMap<String, String>) -> PathBuf {
    let from_environment = || environment.get("DATA").map(PathBuf::from);
    given
        .map(Path::to_owned)
        .or_else(from_environment)
        .unwrap_or_else(|| PathBuf::from("entente-data"))
}

/// The language of this process's locale, if it is one of ours: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set.
#[must_use]
pub fn locale() -> Option<Lang> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var_os(name).filter(|value| !value.is_empty()))?
        .into_string()
        .ok()?;
    let code = set.split(['_', '.', '@', '-']).next()?;
    Lang::parse(&code.to_ascii_lowercase())
}

/// Whether colour may be written to a terminal: not when `NO_COLOR` is set to anything.
#[must_use]
pub fn colour_allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

impl Config {
    /// Reads the configuration of a data directory and applies the overrides.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load(data: &Path, environment: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let path = Layout::new(data).config();
        let unreadable = |error: std::io::Error| ConfigError::Unreadable {
            path: path.clone(),
            reason: error.kind().to_string(),
        };
        let size = match std::fs::metadata(&path) {
            Ok(meta) => meta.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ConfigError::Absent(data.to_owned()));
            }
            Err(error) => return Err(unreadable(error)),
        };
        if size > MAX_FILE {
            return Err(ConfigError::Shape {
                path,
                reason: format!("larger than {MAX_FILE} bytes"),
            });
        }
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        Self::parse(&text, data, environment).map_err(|error| match error {
            ConfigError::Shape { reason, .. } => ConfigError::Shape { path, reason },
            other => other,
        })
    }

    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// [`ConfigError`], but for those of reading a file.
    pub fn parse(
        text: &str,
        data: &Path,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, ConfigError> {
        let mut file: File = toml::from_str(text).map_err(|error| ConfigError::Shape {
            path: PathBuf::from(FILE),
            reason: place_of(&error, text),
        })?;
        let mut demo_flag = None;
        for (name, value) in environment {
            override_with(&mut file, &mut demo_flag, name, value)?;
        }
        if demo_flag == Some(false) {
            file.demo = None;
        }
        checked(file, data)
    }
}

/// Line, column and cause of a TOML error, without the value that stands there.
fn place_of(error: &toml::de::Error, text: &str) -> String {
    let cause = error
        .message()
        .lines()
        .next()
        .unwrap_or("not TOML")
        .to_owned();
    let Some(span) = error.span() else {
        return cause;
    };
    let before = text.get(..span.start).unwrap_or_default();
    format!("line {}: {cause}", before.matches('\n').count() + 1)
}

fn override_with(
    file: &mut File,
    demo: &mut Option<bool>,
    name: &str,
    value: &str,
) -> Result<(), ConfigError> {
    let text = || Some(value.to_owned());
    let flag = || match value {
        "1" | "true" | "yes" | "on" => Ok(Some(true)),
        "0" | "false" | "no" | "off" => Ok(Some(false)),
        _ => Err(ConfigError::Variable {
            variable: format!("{PREFIX}{name}"),
            expected: "expected true or false",
        }),
    };
    match name {
        "DATA" => {}
        "NODE" => value.clone_into(&mut file.node),
        "TITLE" => file.title = text(),
        "LANGUAGE" => file.language = text(),
        "STORE" => file.store = text(),
        "STORE_PASSWORD_FILE" => file.store_password_file = Some(value.into()),
        "STORE_AUTHORITIES_FILE" => file.store_authorities_file = Some(value.into()),
        "FILES" => {
            file.files = FilesFile {
                folder: Some(value.into()),
                s3: None,
            }
        }
        "HTTP_LISTEN" => file.http.listen = text(),
        "HTTP_BEHIND_HTTPS" => file.http.behind_https = flag()?,
        "HTTP_PUBLIC_URL" => file.http.public_url = text(),
        "HTTP_METRICS" => file.http.metrics = flag()?,
        "SIGN_IN_SECOND_FACTOR" => file.sign_in.second_factor = text(),
        "LINK_LISTEN" => file.link.listen = text(),
        "UPLOADS_MIB" => file.uploads.mib = Some(number(name, value)?),
        "UPLOADS_AT_ONCE" => file.uploads.at_once = Some(number(name, value)?),
        "LOG_FORMAT" => file.log.format = text(),
        "LOG_LEVEL" => file.log.level = text(),
        "KEYS_MODULE" => file.keys.module = Some(value.into()),
        "KEYS_FD" => {
            let number = value.parse().map_err(|_| ConfigError::Variable {
                variable: format!("{PREFIX}{name}"),
                expected: "expected the number of a file descriptor",
            })?;
            file.keys.descriptor = Some(number);
        }
        "DEMO" => *demo = flag()?,
        _ => {
            let rest = name.strip_prefix("FILES_S3_").unwrap_or_default();
            let flag = match rest {
                "BUCKET_IN_HOST" | "IN_CLEAR" => flag()?,
                _ => None,
            };
            if !file.files.override_with(rest, value, flag) {
                return Err(ConfigError::UnknownVariable(format!("{PREFIX}{name}")));
            }
        }
    }
    Ok(())
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, ConfigError> {
    value.parse().map_err(|_| ConfigError::Variable {
        variable: format!("{PREFIX}{name}"),
        expected: "expected a number",
    })
}

fn checked(file: File, data: &Path) -> Result<Config, ConfigError> {
    let wrong = |setting, expected| ConfigError::Setting { setting, expected };
    let node: NodeName = file
        .node
        .parse()
        .map_err(|_| wrong("node", "expected 1 to 32 of a-z, 0-9 and '-'"))?;
    let language = file.language.as_deref().unwrap_or("fr");
    let language =
        Lang::parse(language).ok_or_else(|| wrong("language", "expected fr, ar or en"))?;
    let title = file
        .title
        .clone()
        .unwrap_or_else(|| format!("Entente {node}"));
    if title.chars().count() > 80 || title.chars().any(char::is_control) || title.trim().is_empty()
    {
        return Err(wrong("title", "expected one line of 1 to 80 characters"));
    }
    let public_url = file.http.public_url.clone().map(public_url).transpose()?;
    let provider = file.oidc.clone();
    let calendar = file.calendar.as_ref();
    let calendar = calendar.map(|own| calendar::checked(own, public_url.is_some()));
    let provider = provider.map(|oidc| oidc::checked(oidc, public_url.as_ref(), data));
    Ok(Config {
        store: store(&file, data)?,
        files: files::checked(file.files, data)?,
        data: data.to_owned(),
        clocks: clocks(file.clocks.clone())?,
        calendars: calendars::checked(file.calendars)?,
        oversight: oversight::checked(&file.oversight)?,
        uploads: uploads::checked(&file.uploads)?,
        http: address(
            file.http.listen.as_deref().unwrap_or("127.0.0.1:8400"),
            "http.listen",
        )?,
        behind_https: file.http.behind_https.unwrap_or(false),
        public_url,
        metrics: file.http.metrics.unwrap_or(true),
        second_factor: match file.sign_in.second_factor.as_deref() {
            None | Some("optional") => false,
            Some("required") => true,
            Some(_) => {
                let expected = "expected optional or required";
                return Err(wrong("sign_in.second_factor", expected));
            }
        },
        oidc: provider.transpose()?,
        mail: file
            .mail
            .map(|mail| mail::checked(mail, data))
            .transpose()?,
        calendar: calendar.transpose()?,
        link: address(
            file.link.listen.as_deref().unwrap_or("127.0.0.1:7400"),
            "link.listen",
        )?,
        log_format: match file.log.format.as_deref().unwrap_or("plain") {
            "plain" => LogFormat::Plain,
            "json" => LogFormat::Json,
            _ => return Err(wrong("log.format", "expected plain or json")),
        },
        keys: Opening {
            sources: Sources {
                descriptor: file.keys.descriptor,
                ..Sources::default()
            },
            module: file.keys.module,
        },
        log_level: file.log.level.unwrap_or_else(|| "info".to_owned()),
        demo: file.demo.map(|demo| DemoConfig {
            clock_file: data.join(demo.clock_file),
            own_url: demo.own_url,
            partner_url: demo.partner_url,
        }),
        node,
        title,
        language,
    })
}

fn store(file: &File, data: &Path) -> Result<StoreConfig, ConfigError> {
    let wrong = |expected| ConfigError::Setting {
        setting: "store",
        expected,
    };
    let Some(url) = file.store.as_deref() else {
        return Ok(StoreConfig::Embedded);
    };
    let form = "expected postgres://user@host:port/database";
    let rest = url
        .strip_prefix("postgres://")
        .or_else(|| url.strip_prefix("postgresql://"))
        .ok_or_else(|| wrong(form))?;
    let user = rest
        .split(['/', '?'])
        .next()
        .and_then(|host| host.rsplit_once('@'));
    if user.is_some_and(|(user, _)| user.contains(':')) || rest.contains("password=") {
        return Err(wrong(
            "expected no password here: put it into a file named by store_password_file",
        ));
    }
    let beside = |file: &PathBuf| data.join(file);
    Ok(StoreConfig::Postgres {
        url: url.to_owned(),
        password_file: file.store_password_file.as_ref().map(beside),
        authorities_file: file.store_authorities_file.as_ref().map(beside),
    })
}

/// An origin: browsers give passkeys to https alone, and to this very machine.
fn public_url(text: String) -> Result<String, ConfigError> {
    let host = text.strip_prefix("https://");
    let own = text.strip_prefix("http://localhost").filter(|rest| {
        let port = rest.strip_prefix(':').unwrap_or(rest);
        rest.is_empty() || port.len() < rest.len() && port.parse::<u16>().is_ok()
    });
    let bare = |host: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        host.contains(|c: char| c.is_ascii_alphabetic()) && host.chars().all(plain)
    };
    if own.is_some() || host.is_some_and(bare) {
        return Ok(text);
    }
    Err(ConfigError::Setting {
        setting: "http.public_url",
        expected: "expected https://host, or http://localhost:port for this machine alone",
    })
}

fn address(text: &str, setting: &'static str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| ConfigError::Setting {
        setting,
        expected: "expected address:port, such as 127.0.0.1:8400 or [::]:7400",
    })
}

fn clocks(given: Vec<ClockFile>) -> Result<Vec<(String, String)>, ConfigError> {
    if given.len() > 4 {
        return Err(ConfigError::Setting {
            setting: "clocks",
            expected: "expected at most 4 clocks",
        });
    }
    let known = |clock: &ClockFile| {
        jiff::tz::TimeZone::get(&clock.zone).is_ok() && !clock.name.trim().is_empty()
    };
    if !given.iter().all(known) {
        return Err(ConfigError::Setting {
            setting: "clocks",
            expected: "expected a name and a time zone such as Africa/Casablanca for every clock",
        });
    }
    if given.is_empty() {
        return Ok(vec![("UTC".to_owned(), "UTC".to_owned())]);
    }
    Ok(given
        .into_iter()
        .map(|clock| (clock.name, clock.zone))
        .collect())
}

/// A new node's configuration file.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Node name.
    pub node: NodeName,
    /// Title.
    pub title: String,
    /// Language.
    pub language: Lang,
    /// Clocks: name and zone.
    pub clocks: Vec<(String, String)>,
    /// Pages.
    pub http: SocketAddr,
    /// Partners.
    pub link: SocketAddr,
    /// Demonstration.
    pub demo: Option<DemoConfig>,
    /// Where it keeps what it knows.
    pub store: StoreConfig,
}

impl NewFile {
    /// The text of the file.
    #[must_use]
    pub fn render(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut out = format!(
            "# Configuration of this Entente node; docs/configuration.md explains every setting.\n\
             node = {}\ntitle = {}\nlanguage = {}\n",
            quoted(self.node.as_str()),
            quoted(&self.title),
            quoted(self.language.as_str())
        );
        out.push_str(&store_lines(&self.store));
        for (name, zone) in &self.clocks {
            out.push_str(&format!(
                "\n[[clocks]]\nname = {}\nzone = {}\n",
                quoted(name),
                quoted(zone)
            ));
        }
        out.push_str(&format!(
            "\n[http]\n# Plain HTTP: keep it on loopback and put a proxy with TLS before it; then set behind_https = true.\n\
             listen = {}\n\n[link]\n# Partners connect here: TLS 1.3 between pinned keys.\nlisten = {}\n",
            quoted(&self.http.to_string()),
            quoted(&self.link.to_string())
        ));
        if let Some(demo) = &self.demo {
            out.push_str(&format!("\n{}", calendars::sample()));
            out.push_str(&format!(
                "\n[demo]\n# A fictional node: one-click sign-in and a clock that can jump. Never in service.\n\
                 clock_file = {}\nown_url = {}\npartner_url = {}\n",
                quoted(&demo.clock_file.to_string_lossy()),
                quoted(&demo.own_url),
                quoted(&demo.partner_url)
            ));
        }
        out
    }
}

/// The settings of a store, as lines of the file.
fn store_lines(store: &StoreConfig) -> String {
    let StoreConfig::Postgres {
        url,
        password_file,
        authorities_file,
    } = store
    else {
        return String::new();
    };
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = format!("store = {}\n", quoted(url));
    for (setting, file) in [
        ("store_password_file", password_file),
        ("store_authorities_file", authorities_file),
    ] {
        if let Some(file) = file {
            out.push_str(&format!(
                "{setting} = {}\n",
                quoted(&file.to_string_lossy())
            ));
        }
    }
    out
}

/// A configuration file with its store, everything else as it was: top-level settings come before the first table.
#[must_use]
pub fn with_store(text: &str, store: &StoreConfig) -> String {
    format!("{}{text}", store_lines(store))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("/data"), &BTreeMap::new())
    }

    fn with(text: &str, name: &str, value: &str) -> Result<Config, ConfigError> {
        let environment = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        Config::parse(text, Path::new("/data"), &environment)
    }

    #[test]
    fn the_least_file_has_safe_defaults() {
        let config = parse("node = \"ma\"").unwrap();
        assert!(config.http.ip().is_loopback() && config.link.ip().is_loopback());
        assert_eq!(config.demo, None);
        assert_eq!(config.language, Lang::Fr);
    }

    #[test]
    fn errors_name_the_place_and_not_the_value() {
        let error = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(
            error("node = \"ma\"\npasword = \"s3cret\"\n")
                .lines()
                .next(),
            Some(
                "entente.toml: line 2: unknown field `pasword`, expected one of `node`, `title`, `language`, `store`, `store_password_file`, `store_authorities_file`, `files`, `clocks`, `calendars`, `http`, `sign_in`, `oidc`, `link`, `log`, `keys`, `oversight`, `uploads`, `mail`, `calendar`, `demo`"
            )
        );
        assert_eq!(
            error("node = \"MA\""),
            "setting `node`: expected 1 to 32 of a-z, 0-9 and '-'"
        );
        assert_eq!(
            error("node = \"ma\"\nlanguage = \"de\""),
            "setting `language`: expected fr, ar or en"
        );
        assert!(
            error("node = \"ma\"\n[http]\nlisten = \"loopback\"")
                .starts_with("setting `http.listen`: expected address:port")
        );
        assert!(
            error("node = \"ma\"\n[[clocks]]\nname = \"X\"\nzone = \"Mars/Base\"")
                .starts_with("setting `clocks`")
        );
        assert!(error("node = ").starts_with("entente.toml: line 1: "));
        assert_eq!(
            error("node = \"ma\"\n[log]\nformat = \"xml\""),
            "setting `log.format`: expected plain or json"
        );
    }

    #[test]
    fn browsers_reach_a_node_by_a_name() {
        let with = |url: &str| parse(&format!("node = \"ma\"\n[http]\npublic_url = \"{url}\""));
        for good in [
            "https://node.example",
            "https://node.example:8443",
            "http://localhost:8400",
            "http://localhost",
        ] {
            assert_eq!(with(good).unwrap().public_url.as_deref(), Some(good));
        }
        for wrong in [
            "node.example",
            "http://node.example",
            "https://192.0.2.1",
            "https://node.example/path",
            "http://localhost:x",
            "http://localhost.example",
            "",
        ] {
            let error = with(wrong).unwrap_err().to_string();
            assert!(error.starts_with("setting `http.public_url`: "), "{wrong}");
        }
    }

    #[test]
    fn a_second_factor_is_required_where_the_file_says_so() {
        let with = |word: &str| {
            parse(&format!(
                "node = \"ma\"\n[sign_in]\nsecond_factor = \"{word}\""
            ))
        };
        assert!(!parse("node = \"ma\"").unwrap().second_factor);
        assert!(!with("optional").unwrap().second_factor);
        assert!(with("required").unwrap().second_factor);
        let error = with("always").unwrap_err().to_string();
        assert_eq!(
            error,
            "setting `sign_in.second_factor`: expected optional or required"
        );
    }

    #[test]
    fn the_environment_overrides_and_misspelt_names_are_errors() {
        let base = "node = \"ma\"";
        assert_eq!(
            with(base, "HTTP_LISTEN", "127.0.0.1:1")
                .unwrap()
                .http
                .port(),
            1
        );
        assert_eq!(
            with(base, "LOG_FORMAT", "json").unwrap().log_format,
            LogFormat::Json
        );
        assert!(with(base, "HTTP_BEHIND_HTTPS", "yes").unwrap().behind_https);
        assert!(
            matches!(with(base, "HTTP_LISTN", "x"), Err(ConfigError::UnknownVariable(name)) if name == "ENTENTE_HTTP_LISTN")
        );
        assert!(matches!(
            with(base, "HTTP_METRICS", "perhaps"),
            Err(ConfigError::Variable { .. })
        ));
        let demo = format!(
            "{base}\n[demo]\nclock_file = \"c\"\nown_url = \"http://a\"\npartner_url = \"http://b\""
        );
        assert_eq!(
            parse(&demo).unwrap().demo.unwrap().clock_file,
            Path::new("/data/c")
        );
        assert_eq!(with(&demo, "DEMO", "off").unwrap().demo, None);
    }

    #[test]
    fn a_rendered_file_is_read_back() {
        let new = NewFile {
            node: "fr".parse().unwrap(),
            title: "Nœud « fr » \"test\"".to_owned(),
            language: Lang::Ar,
            clocks: vec![
                ("Rabat".to_owned(), "Africa/Casablanca".to_owned()),
                ("Paris".to_owned(), "Europe/Paris".to_owned()),
            ],
            http: "127.0.0.1:8412".parse().unwrap(),
            link: "[::1]:7412".parse().unwrap(),
            demo: Some(DemoConfig {
                clock_file: "/tmp/clock".into(),
                own_url: "http://a".into(),
                partner_url: "http://b".into(),
            }),
            store: StoreConfig::Postgres {
                url: "postgres://entente@db/entente?sslmode=require".to_owned(),
                password_file: Some("/etc/entente/db \"x\".password".into()),
                authorities_file: Some("/etc/entente/db-ca.pem".into()),
            },
        };
        let config = parse(&new.render()).unwrap();
        assert_eq!(config.store, new.store);
        assert_eq!(
            (
                config.title,
                config.clocks,
                config.http,
                config.link,
                config.demo
            ),
            (new.title, new.clocks, new.http, new.link, new.demo)
        );
    }

    #[test]
    fn a_database_has_an_address_without_password() {
        let store = |text: &str| parse(&format!("node = \"ma\"\n{text}"));
        assert_eq!(store("").unwrap().store, StoreConfig::Embedded);
        let beside =
            "store = \"postgres://entente@db/entente\"\nstore_password_file = \"db.password\"";
        let StoreConfig::Postgres { password_file, .. } = store(beside).unwrap().store else {
            panic!("not PostgreSQL");
        };
        assert_eq!(password_file.unwrap(), Path::new("/data/db.password"));
        for secret in [
            "store = \"postgres://entente:s3cret@db/entente\"",
            "store = \"postgres://entente@db/entente?password=s3cret\"",
            "store = \"mysql://s3cret\"",
        ] {
            let error = store(secret).unwrap_err().to_string();
            assert!(
                error.starts_with("setting `store`") && !error.contains("s3cret"),
                "{error}"
            );
        }
        let other = with("node = \"ma\"", "STORE", "postgres://entente@db/entente").unwrap();
        assert!(matches!(other.store, StoreConfig::Postgres { .. }));
        let files = parse("node = \"ma\"\nfiles = \"/shared/files\"").unwrap();
        assert_eq!(files.files, FilesConfig::Folder("/shared/files".into()));
    }

    #[test]
    fn a_store_is_added_to_a_file_and_nothing_else_changes() {
        let text = "# Ours.\nnode = \"ma\"\n\n[http]\nlisten = \"127.0.0.1:1\"\n";
        let store = StoreConfig::Postgres {
            url: "postgres://entente@db/entente?sslmode=disable".to_owned(),
            password_file: None,
            authorities_file: None,
        };
        let with = with_store(text, &store);
        assert!(with.ends_with(text));
        let (before, after) = (parse(text).unwrap(), parse(&with).unwrap());
        assert_eq!(after, Config { store, ..before });
    }

    #[test]
    fn a_directory_without_node_says_what_to_do() {
        let empty = tempfile::tempdir().unwrap();
        let error = Config::load(empty.path(), &BTreeMap::new()).unwrap_err();
        assert!(error.to_string().contains("run `entente init` first"));
    }
}
