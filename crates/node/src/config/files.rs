//! Where sealed files are kept: `files = "folder"`, or a table `[files.s3]` for a bucket of an S3-compatible store.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::{ConfigError, Layout};

/// Where a node keeps sealed files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesConfig {
    /// In this folder.
    Folder(PathBuf),
    /// In a bucket.
    S3(S3Config),
}

/// How to reach a bucket; the credentials stand in a file of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Config {
    /// Address of the store.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// Region that signatures name.
    pub region: String,
    /// Put before every key; empty, or ends with `/`.
    pub prefix: String,
    /// Whether the bucket's name is part of the host's.
    pub bucket_in_host: bool,
    /// File with the access key and its secret.
    pub credentials_file: PathBuf,
    /// PEM file of the authorities of the server's certificate.
    pub authorities_file: Option<PathBuf>,
}

/// As written: a folder, a table, or by the environment both.
#[derive(Clone, Debug, Default)]
pub(super) struct FilesFile {
    pub(super) folder: Option<PathBuf>,
    pub(super) s3: Option<S3File>,
}

/// The table as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct S3File {
    pub(super) endpoint: Option<String>,
    pub(super) bucket: Option<String>,
    pub(super) region: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) bucket_in_host: Option<bool>,
    pub(super) in_clear: Option<bool>,
    pub(super) credentials_file: Option<PathBuf>,
    pub(super) authorities_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    s3: S3File,
}

impl<'de> Deserialize<'de> for FilesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FolderOrTable)
    }
}

struct FolderOrTable;

impl<'de> Visitor<'de> for FolderOrTable {
    type Value = FilesFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a folder or a table [files.s3]")
    }

    fn visit_str<E>(self, folder: &str) -> Result<FilesFile, E> {
        Ok(FilesFile {
            folder: Some(folder.into()),
            s3: None,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FilesFile, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(FilesFile {
            folder: None,
            s3: Some(table.s3),
        })
    }
}

impl FilesFile {
    /// Sets what a variable says; `rest` is its name after `FILES_S3_`. False if there is no such setting.
    pub(super) fn override_with(&mut self, rest: &str, value: &str, flag: Option<bool>) -> bool {
        let (text, s3) = (Some(value.to_owned()), self.s3.get_or_insert_default());
        match rest {
            "ENDPOINT" => s3.endpoint = text,
            "BUCKET" => s3.bucket = text,
            "REGION" => s3.region = text,
            "PREFIX" => s3.prefix = text,
            "BUCKET_IN_HOST" => s3.bucket_in_host = flag,
            "IN_CLEAR" => s3.in_clear = flag,
            "CREDENTIALS_FILE" => s3.credentials_file = Some(value.into()),
            "AUTHORITIES_FILE" => s3.authorities_file = Some(value.into()),
            _ => return false,
        }
        true
    }
}

/// The place that a file names; relative paths begin at the data directory.
pub(super) fn checked(file: FilesFile, data: &Path) -> Result<FilesConfig, ConfigError> {
    match (file.folder, file.s3) {
        (None, None) => Ok(FilesConfig::Folder(Layout::new(data).blobs())),
        (Some(folder), None) => Ok(FilesConfig::Folder(data.join(folder))),
        (None, Some(s3)) => bucket(s3, data).map(FilesConfig::S3),
        (Some(_), Some(_)) => Err(wrong("files", "expected a folder or a bucket, not both")),
    }
}

fn wrong(setting: &'static str, expected: &'static str) -> ConfigError {
    ConfigError::Setting { setting, expected }
}

fn bucket(s3: S3File, data: &Path) -> Result<S3Config, ConfigError> {
    let missing = |setting| move || wrong(setting, "is needed for files in a bucket");
    let endpoint = s3.endpoint.ok_or_else(missing("files.s3.endpoint"))?;
    check_endpoint(&endpoint, &s3.authorities_file, s3.in_clear == Some(true))?;
    let bucket = s3.bucket.ok_or_else(missing("files.s3.bucket"))?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(plain) {
        let expected = "expected 3 to 63 of letters, digits, '-', '.' and '_'";
        return Err(wrong("files.s3.bucket", expected));
    }
    let region = s3.region.unwrap_or_else(|| "us-east-1".to_owned());
    if region.is_empty() || region.len() > 40 || !region.bytes().all(plain) {
        return Err(wrong(
            "files.s3.region",
            "expected a region such as eu-west-3",
        ));
    }
    let credentials = s3
        .credentials_file
        .ok_or_else(missing("files.s3.credentials_file"))?;
    Ok(S3Config {
        endpoint,
        bucket,
        region,
        prefix: prefix(s3.prefix.unwrap_or_default())?,
        bucket_in_host: s3.bucket_in_host.unwrap_or(false),
        credentials_file: data.join(credentials),
        authorities_file: s3.authorities_file.map(|file| data.join(file)),
    })
}

/// By TLS, unless it is on this machine or the line is said to be trusted. Never with a secret inside.
fn check_endpoint(
    endpoint: &str,
    authorities: &Option<PathBuf>,
    in_clear: bool,
) -> Result<(), ConfigError> {
    let wrong = |expected| Err(wrong("files.s3.endpoint", expected));
    let secure = endpoint.strip_prefix("https://");
    let Some(rest) = secure.or_else(|| endpoint.strip_prefix("http://")) else {
        return wrong("expected https://host:port");
    };
    if rest.contains('@') || rest.contains('?') {
        return wrong("expected no key here: put it into the file named by credentials_file");
    }
    let host = rest.split('/').next().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let here = name == "localhost"
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    match secure {
        _ if name.is_empty() => wrong("expected https://host:port"),
        Some(_) if authorities.is_none() => {
            wrong("expected authorities_file too, such as /etc/ssl/certs/ca-certificates.crt")
        }
        None if !here && !in_clear => {
            wrong("expected https:// to another machine, or in_clear = true on a line you trust")
        }
        _ => Ok(()),
    }
}

fn prefix(mut prefix: String) -> Result<String, ConfigError> {
    if !prefix.is_empty() && !prefix.ends_with('/') {
        prefix.push('/');
    }
    if entente_store::blobs::s3::is_prefix(&prefix) {
        Ok(prefix)
    } else {
        let expected = "expected names of letters, digits, '-', '.' and '_' with '/' between them";
        Err(wrong("files.s3.prefix", expected))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use std::collections::BTreeMap;

    const LEAST: &str = "endpoint = \"https://s3.example\"\nbucket = \"files\"\ncredentials_file = \"s3.credentials\"\nauthorities_file = \"/etc/ca.pem\"\n";

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<FilesConfig, String> {
        let named = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let environment: BTreeMap<String, String> = variables.iter().map(named).collect();
        let text = format!("node = \"ma\"\n{text}");
        Config::parse(&text, Path::new("/data"), &environment)
            .map(|config| config.files)
            .map_err(|error| error.to_string())
    }

    fn in_bucket(more: &str) -> Result<S3Config, String> {
        match read(&format!("[files.s3]\n{LEAST}{more}"), &[])? {
            FilesConfig::S3(s3) => Ok(s3),
            FilesConfig::Folder(_) => panic!("a folder"),
        }
    }

    #[test]
    fn a_folder_is_the_default_and_a_bucket_a_table() {
        let folder = |path: &str| Ok(FilesConfig::Folder(path.into()));
        assert_eq!(read("", &[]), folder("/data/blobs"));
        assert_eq!(read("files = \"x\"", &[]), folder("/data/x"));
        let s3 = in_bucket("prefix = \"node-ma\"\n").unwrap();
        assert_eq!(
            (s3.prefix.as_str(), s3.region.as_str()),
            ("node-ma/", "us-east-1")
        );
        assert_eq!(s3.credentials_file, Path::new("/data/s3.credentials"));
        assert_eq!(s3.authorities_file.unwrap(), Path::new("/etc/ca.pem"));
        assert!(!s3.bucket_in_host);
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_repeating_it() {
        let refused = |more: &str| {
            let text = LEAST.lines().filter(|line| {
                let name = line.split(' ').next().unwrap();
                !more.starts_with(name)
            });
            let text = text.collect::<Vec<_>>().join("\n");
            read(&format!("[files.s3]\n{text}\n{more}"), &[]).unwrap_err()
        };
        for (more, says) in [
            (
                "endpoint = \"http://s3.example\"",
                "setting `files.s3.endpoint`: expected https://",
            ),
            (
                "endpoint = \"https://k:s3cret@s3.example\"",
                "setting `files.s3.endpoint`: expected no key",
            ),
            (
                "endpoint = \"s3.example\"",
                "setting `files.s3.endpoint`: expected https://host:port",
            ),
            (
                "endpoint = \"https://\"",
                "setting `files.s3.endpoint`: expected https://host:port",
            ),
            (
                "bucket = \"s3cret/x\"",
                "setting `files.s3.bucket`: expected 3 to 63",
            ),
            ("credentials_file_of = \"s3cret\"", "entente.toml: line"),
            ("region = \"s3cret x\"", "setting `files.s3.region`"),
            ("prefix = \"../s3cret\"", "setting `files.s3.prefix`"),
            ("secret = \"s3cret\"", "entente.toml: line"),
        ] {
            let error = refused(more);
            assert!(
                error.starts_with(says) && !error.contains("s3cret"),
                "{error}"
            );
        }
        let bare = LEAST.replace("authorities_file = \"/etc/ca.pem\"\n", "");
        let error = read(&format!("[files.s3]\n{bare}"), &[]).unwrap_err();
        assert!(error.contains("expected authorities_file too"), "{error}");
        let error = read("[files]\nfolder = \"x\"", &[]).unwrap_err();
        assert!(
            error.contains("unknown field `folder`, expected `s3`"),
            "{error}"
        );
        for good in [
            "http://localhost:9000",
            "http://[::1]:9000",
            "http://127.0.0.1",
        ] {
            let text = bare.replace("https://s3.example", good);
            assert!(read(&format!("[files.s3]\n{text}"), &[]).is_ok(), "{good}");
        }
        let trusted = bare.replace("https", "http") + "in_clear = true\n";
        assert!(read(&format!("[files.s3]\n{trusted}"), &[]).is_ok());
    }

    #[test]
    fn variables_make_and_change_a_bucket_and_a_folder_takes_its_place() {
        let all = [
            ("FILES_S3_ENDPOINT", "http://localhost:9"),
            ("FILES_S3_BUCKET", "files"),
            ("FILES_S3_CREDENTIALS_FILE", "/c"),
        ];
        let FilesConfig::S3(s3) = read("", &all).unwrap() else {
            panic!("a folder");
        };
        assert_eq!(s3.credentials_file, Path::new("/c"));
        let text = format!("[files.s3]\n{LEAST}");
        let drill = read(&text, &[("FILES", "/drill")]);
        assert_eq!(drill, Ok(FilesConfig::Folder("/drill".into())));
        let FilesConfig::S3(s3) = read(&text, &[("FILES_S3_PREFIX", "drill")]).unwrap() else {
            panic!("a folder");
        };
        assert_eq!(
            (s3.prefix.as_str(), s3.bucket.as_str()),
            ("drill/", "files")
        );
        let both = read("files = \"x\"", &all).unwrap_err();
        assert_eq!(
            both,
            "setting `files`: expected a folder or a bucket, not both"
        );
        assert!(
            read("", &[("FILES_S3_SECRET", "x")])
                .unwrap_err()
                .contains("ENTENTE_FILES_S3_SECRET")
        );
    }
}
