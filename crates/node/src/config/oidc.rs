//! The OpenID provider of a node, as its configuration names it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// Most hosts, classes or methods in a list.
const MOST: usize = 20;

/// The table `[oidc]` as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OidcFile {
    issuer: Option<String>,
    client_id: Option<String>,
    secret_file: Option<PathBuf>,
    authorities_file: Option<PathBuf>,
    name: Option<String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    acr: Vec<String>,
    #[serde(default)]
    amr: Vec<String>,
}

/// The OpenID provider, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OidcConfig {
    /// Who signs identity tokens, to the letter.
    pub issuer: String,
    /// Who this node is to it.
    pub client: String,
    /// File whose first line is the client's secret.
    pub secret_file: PathBuf,
    /// PEM file of the authorities that its certificate must come from.
    pub authorities_file: PathBuf,
    /// What officers call it, in one language or in three.
    pub name: String,
    /// Further hosts of its endpoints.
    pub hosts: Vec<String>,
    /// Classes of authentication of which it must name one.
    pub acr: Vec<String>,
    /// Methods of authentication of which it must name one.
    pub amr: Vec<String>,
}

/// The provider that a file names; relative paths begin at the data directory.
pub(super) fn checked(
    file: OidcFile,
    public_url: Option<&String>,
    data: &Path,
) -> Result<OidcConfig, ConfigError> {
    let missing = |setting| move || wrong(setting, "is needed for an OpenID provider");
    if public_url.is_none() {
        return Err(missing("http.public_url")());
    }
    let issuer = file.issuer.ok_or_else(missing("oidc.issuer"))?;
    if !is_issuer(&issuer) {
        let expected = "expected https://host/path as the provider writes it, without '?' and '#'";
        return Err(wrong("oidc.issuer", expected));
    }
    let client = file.client_id.ok_or_else(missing("oidc.client_id"))?;
    if !is_word(&client) {
        return Err(wrong(
            "oidc.client_id",
            "expected 1 to 200 signs without spaces",
        ));
    }
    let name = file.name.ok_or_else(missing("oidc.name"))?;
    if name.trim().is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        let expected =
            "expected a name, or one each in French, Arabic and English with ' | ' between them";
        return Err(wrong("oidc.name", expected));
    }
    for (setting, list) in [("oidc.acr", &file.acr), ("oidc.amr", &file.amr)] {
        if list.len() > MOST || !list.iter().all(|one| is_word(one)) {
            return Err(wrong(setting, "expected at most 20 values without spaces"));
        }
    }
    if file.hosts.len() > MOST || !file.hosts.iter().all(|host| is_host(host)) {
        return Err(wrong(
            "oidc.hosts",
            "expected at most 20 of host or host:port",
        ));
    }
    let secret = file.secret_file.ok_or_else(missing("oidc.secret_file"))?;
    let authorities = file.authorities_file.ok_or_else(|| {
        let expected = "is needed, such as /etc/ssl/certs/ca-certificates.crt";
        wrong("oidc.authorities_file", expected)
    })?;
    Ok(OidcConfig {
        issuer,
        client,
        secret_file: data.join(secret),
        authorities_file: data.join(authorities),
        name,
        hosts: file.hosts,
        acr: file.acr,
        amr: file.amr,
    })
}

fn wrong(setting: &'static str, expected: &'static str) -> ConfigError {
    ConfigError::Setting { setting, expected }
}

/// By TLS always, also on this machine: what comes from it decides who is let in.
fn is_issuer(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '@' | '\\');
    text.len() <= 500 && is_host(host) && rest.chars().all(plain)
}

fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "443"));
    is_name(name) && port.parse::<u16>().is_ok()
}

/// Whether a text is written as the name of a host is.
pub(super) fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    !text.is_empty() && text.chars().all(plain)
}

/// Whether a text is one word of at most 200 signs.
pub(super) fn is_word(text: &str) -> bool {
    (1..=200).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use std::collections::BTreeMap;

    const LEAST: [(&str, &str); 5] = [
        ("issuer", "\"https://sso.example/realms/agents\""),
        ("client_id", "\"entente\""),
        ("secret_file", "\"oidc.secret\""),
        ("authorities_file", "\"/etc/ca.pem\""),
        ("name", "\"Annuaire | الدليل | Directory\""),
    ];

    /// The least file, with another value of a setting, or without it.
    fn read(setting: &str, value: Option<&str>, url: bool) -> Result<OidcConfig, String> {
        let kept = LEAST.iter().filter(|(name, _)| *name != setting).copied();
        let lines = kept.chain(value.map(|value| (setting, value)));
        let lines: Vec<String> = lines.map(|(n, v)| format!("{n} = {v}")).collect();
        let url = if url {
            "public_url = \"https://node.example\""
        } else {
            ""
        };
        let text = format!("node = \"ma\"\n[http]\n{url}\n[oidc]\n{}", lines.join("\n"));
        Config::parse(&text, Path::new("/data"), &BTreeMap::new())
            .map(|config| config.oidc.unwrap())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_provider_is_read_with_its_files_beside_the_data() {
        let oidc = read("amr", Some("[\"mfa\", \"hwk\"]"), true).unwrap();
        assert_eq!(oidc.secret_file, Path::new("/data/oidc.secret"));
        assert_eq!(oidc.authorities_file, Path::new("/etc/ca.pem"));
        assert_eq!((oidc.amr.len(), oidc.acr.len()), (2, 0));
        let more = read(
            "hosts",
            Some("[\"keys.example\", \"api.example:8443\"]"),
            true,
        );
        assert_eq!(more.unwrap().hosts.len(), 2);
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_repeating_it() {
        for (setting, value) in [
            ("issuer", "\"http://s3cret.example\""),
            ("issuer", "\"https://\""),
            ("issuer", "\"https://name:s3cret@sso.example\""),
            ("issuer", "\"https://sso.example/?s3cret=1\""),
            ("client_id", "\"\""),
            ("client_id", "\"s3cret s3cret\""),
            ("name", "\" \""),
            ("hosts", "[\"https://s3cret.example\"]"),
            ("hosts", "[\"s3cret.example:x\"]"),
            ("acr", "[\"s3cret s3cret\"]"),
            ("amr", "[\"\"]"),
        ] {
            let error = read(setting, Some(value), true).unwrap_err();
            assert!(
                error.starts_with(&format!("setting `oidc.{setting}`: ")),
                "{error}"
            );
            assert!(!error.contains("s3cret"), "{error}");
        }
        for (setting, _) in LEAST {
            let error = read(setting, None, true).unwrap_err();
            let begins = format!("setting `oidc.{setting}`: is needed");
            assert!(error.starts_with(&begins), "{error}");
        }
        let error = read("", None, false).unwrap_err();
        assert!(
            error.starts_with("setting `http.public_url`: is needed"),
            "{error}"
        );
        let error = read("secret", Some("\"s3cret\""), true).unwrap_err();
        assert!(error.starts_with("entente.toml: line ") && !error.contains("s3cret"));
    }
}
