//! `[mail]` of the configuration: the server by which officers are told, and what mail may carry.

use std::path::{Path, PathBuf};

use entente_app::is_address;
use entente_core::codes::Class;
use entente_core::terms::HIGHEST_CEILING;
use serde::Deserialize;

use super::ConfigError;
use super::oidc::{is_name, is_word};

/// Authorities of the system, where the file names none.
const SYSTEM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Most domains that are named.
const MOST_DOMAINS: usize = 100;

/// The table as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailFile {
    server: Option<String>,
    port: Option<u16>,
    security: Option<String>,
    from: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    authorities_file: Option<PathBuf>,
    class: Option<String>,
    domains: Option<Vec<String>>,
}

/// How the line to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS by STARTTLS, without which nothing is sent.
    StartTls,
    /// In clear: to this very machine only.
    Plain,
}

/// The mail server, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailConfig {
    /// Host.
    pub server: String,
    /// Port.
    pub port: u16,
    /// How the line is kept.
    pub security: Security,
    /// From whom mails are.
    pub from: String,
    /// Name and file of the password, where the server asks for them.
    pub credentials: Option<(String, PathBuf)>,
    /// PEM file of the authorities that the server's certificate must come from.
    pub authorities_file: PathBuf,
    /// Highest class that mail may carry.
    pub class: Class,
    /// Domains of the addresses that mail may end at, in small letters; any, where none is named.
    pub domains: Vec<String>,
}

/// The server that a file names; relative paths begin at the data directory.
pub(super) fn checked(file: MailFile, data: &Path) -> Result<MailConfig, ConfigError> {
    let wrong = |setting, expected| ConfigError::Setting { setting, expected };
    let server = file.server.filter(|host| is_host(host));
    let server = server.ok_or_else(|| wrong("mail.server", "expected the name of a host"))?;
    let (security, port) = match file.security.as_deref().unwrap_or("tls") {
        "tls" => (Security::Tls, 465),
        "starttls" => (Security::StartTls, 587),
        "plain" if matches!(&server[..], "localhost" | "127.0.0.1") => (Security::Plain, 25),
        _ => {
            let expected = "expected tls or starttls; plain only for localhost or 127.0.0.1";
            return Err(wrong("mail.security", expected));
        }
    };
    let from = file.from.filter(|from| is_address(from));
    let from = from.ok_or_else(|| wrong("mail.from", "expected an address, name@host"))?;
    let credentials = match (file.user, file.password_file) {
        (None, None) => None,
        (Some(user), Some(file)) if is_word(&user) => Some((user, data.join(file))),
        _ => {
            let expected = "expected 1 to 200 signs without spaces, and mail.password_file with it";
            return Err(wrong("mail.user", expected));
        }
    };
    let class = class_of("mail.class", file.class.as_deref())?;
    let domains = domains(file.domains.unwrap_or_default(), class)?;
    Ok(MailConfig {
        server,
        port: file.port.unwrap_or(port),
        security,
        from,
        credentials,
        authorities_file: data.join(file.authorities_file.unwrap_or_else(|| SYSTEM.into())),
        class,
        domains,
    })
}

/// The highest class that a channel may carry; the lowest, where none is named.
pub(super) fn class_of(setting: &'static str, named: Option<&str>) -> Result<Class, ConfigError> {
    let class = Class::parse(named.unwrap_or(Class::Open.as_str()));
    let class = class.filter(|class| *class <= HIGHEST_CEILING);
    class.ok_or(ConfigError::Setting {
        setting,
        expected: "expected open, internal or restricted: above them a class takes an accreditation, which no version declares yet",
    })
}

/// A class above the lowest is of where mail ends, not of the server that takes it first: somebody must say where that is.
fn domains(named: Vec<String>, class: Class) -> Result<Vec<String>, ConfigError> {
    let wrong = |expected| ConfigError::Setting {
        setting: "mail.domains",
        expected,
    };
    if named.is_empty() && class > Class::Open {
        return Err(wrong(
            "expected the domains that mail may end at, since mail.class is above open",
        ));
    }
    if named.len() > MOST_DOMAINS || !named.iter().all(|domain| is_host(domain)) {
        return Err(wrong("expected at most 100 names of hosts"));
    }
    Ok(named.iter().map(|one| one.to_ascii_lowercase()).collect())
}

fn is_host(text: &str) -> bool {
    text.len() <= 253 && is_name(text)
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use std::collections::BTreeMap;

    const LEAST: &str = "server = \"mail.example\"\nfrom = \"entente@node.example\"\n";

    fn read(table: &str) -> Result<MailConfig, String> {
        let text = format!("node = \"ma\"\n[mail]\n{table}");
        Config::parse(&text, Path::new("/data"), &BTreeMap::new())
            .map(|config| config.mail.unwrap())
            .map_err(|error| error.to_string())
    }

    /// Take out: the default of the class, or of the security.
    #[test]
    fn the_least_file_is_tls_and_carries_the_lowest_class() {
        let found = read(LEAST).unwrap();
        assert_eq!((found.security, found.port), (Security::Tls, 465));
        assert_eq!((found.class, found.credentials), (Class::Open, None));
        let started = read(&format!("{LEAST}security = \"starttls\"\n")).unwrap();
        assert_eq!((started.security, started.port), (Security::StartTls, 587));
    }

    /// Take out: the domains that are kept, or that they are asked for above `open` alone.
    #[test]
    fn a_class_says_where_it_may_end() {
        let table = "class = \"restricted\"\ndomains = [\"Mail.Example\"]\n";
        let found = read(&format!("{LEAST}{table}")).unwrap();
        assert_eq!(found.class, Class::Restricted);
        assert_eq!(found.domains, ["mail.example"]);
        assert!(read(LEAST).unwrap().domains.is_empty());
    }

    /// Take out: a check of `checked`.
    #[test]
    fn what_does_not_fit_is_named_and_not_repeated() {
        let with = |line: &str| read(&format!("{LEAST}{line}\n"));
        for (line, named) in [
            ("security = \"plain\"", "mail.security"),
            ("security = \"none\"", "mail.security"),
            ("class = \"secret\"", "mail.class"),
            ("class = \"confidential\"", "mail.class"),
            ("class = \"internal\"", "mail.domains"),
            ("class = \"restricted\"\ndomains = []", "mail.domains"),
            ("domains = [\"hidden @mail\"]", "mail.domains"),
            ("user = \"entente\"", "mail.user"),
            ("password_file = \"hidden\"", "mail.user"),
            ("password = \"hidden\"", "unknown field"),
        ] {
            let error = with(line).unwrap_err();
            assert!(
                error.contains(named) && !error.contains("hidden"),
                "{error}"
            );
        }
        for table in [
            "",
            "from = \"a@b\"",
            "server = \"a b\"\nfrom = \"a@b\"",
            "server = \"m\"\nfrom = \"a\\nb@c\"",
        ] {
            assert!(read(table).is_err(), "{table}");
        }
        let local = "server = \"127.0.0.1\"\nfrom = \"a@b\"\nsecurity = \"plain\"\n";
        assert_eq!(read(local).unwrap().security, Security::Plain);
    }
}
