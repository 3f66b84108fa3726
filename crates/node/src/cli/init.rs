//! `entente init`: a data directory with keys and configuration, the first administrator and the first officer.

use std::net::SocketAddr;

use clap::Args;
use entente_app::{NewOfficer, check_password};
use entente_core::codes::Role;
use entente_core::ids::{NodeName, ServiceName};
use entente_core::label::Lang;

use super::{CliError, Context, lang, say};
use crate::config::{Layout, NewFile, StoreConfig};
use crate::node;

/// Flags of `entente init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Name of the node: 1 to 32 of a-z, 0-9 and '-'
    #[arg(long)]
    node: Option<NodeName>,
    /// Title on its pages: a function, never a person
    #[arg(long)]
    title: Option<String>,
    /// Language offered first: fr, ar or en
    #[arg(long, default_value = "fr", value_parser = lang)]
    language: Lang,
    /// Clock shown, as NAME=ZONE; may be repeated
    #[arg(long = "clock", value_parser = clock, value_name = "NAME=ZONE")]
    clocks: Vec<(String, String)>,
    /// Where pages are served, plain HTTP
    #[arg(long, default_value = "127.0.0.1:8400")]
    http: SocketAddr,
    /// Where partners connect
    #[arg(long, default_value = "127.0.0.1:7400")]
    link: SocketAddr,
    /// Sign-in of the first administrator
    #[arg(long, default_value = "admin")]
    admin: String,
    /// Sign-in of the first officer
    #[arg(long, default_value = "liaison")]
    officer: String,
    /// Service of the first officer [default: NODE/liaison]
    #[arg(long)]
    service: Option<ServiceName>,
    /// Keep everything in this PostgreSQL database: postgres://user@host:port/database
    #[arg(long, value_name = "URL")]
    store: Option<String>,
    /// File whose first line is the database's password
    #[arg(long, value_name = "FILE", requires = "store")]
    store_password_file: Option<std::path::PathBuf>,
    /// PEM file of the authorities of the database's certificate
    #[arg(long, value_name = "FILE", requires = "store")]
    store_authorities_file: Option<std::path::PathBuf>,
    /// Read two lines from standard input: the administrator's password, then the officer's
    #[arg(long)]
    password_stdin: bool,
}

fn clock(text: &str) -> Result<(String, String), String> {
    let (name, zone) = text
        .split_once('=')
        .ok_or("written NAME=ZONE, such as Rabat=Africa/Casablanca")?;
    jiff::tz::TimeZone::get(zone).map_err(|_| format!("no time zone {zone}"))?;
    Ok((name.to_owned(), zone.to_owned()))
}

/// Runs `entente init`.
pub fn run(context: &Context, init: Init) -> Result<(), CliError> {
    let layout = Layout::new(context.data());
    if layout.config().exists() || layout.keys().exists() {
        return Err(CliError::Refused(say::s(
            "cli-holds-node",
            context.data().display(),
        )));
    }
    let node = match init.node {
        Some(node) => node,
        None => say::ask(&say::t("cli-ask-node"))
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| CliError::Usage(say::t("cli-name-node")))?,
    };
    let liaison = format!("{node}/liaison")
        .parse()
        .map_err(|_| CliError::Usage(say::t("cli-name-long")))?;
    let service = init.service.unwrap_or(liaison);
    if service.node() != node {
        return Err(CliError::Usage(say::s("cli-own-service", &node)));
    }
    let mut passwords = Passwords::new(init.password_stdin);
    let (admin_password, officer_password) =
        (passwords.next(&init.admin)?, passwords.next(&init.officer)?);
    let administration = format!("{node}/administration")
        .parse()
        .unwrap_or_else(|_| service.clone());
    let title = init.title.unwrap_or_else(|| format!("Entente {node}"));
    // Before anything is made: a node without its people would stand in the way of the next try.
    for (id, password) in [
        (&init.admin, &admin_password),
        (&init.officer, &officer_password),
    ] {
        check_password(password, id, &node, &title)?;
    }
    let file = NewFile {
        title,
        language: init.language,
        clocks: init.clocks,
        http: init.http,
        link: init.link,
        demo: None,
        store: init
            .store
            .map_or(StoreConfig::Embedded, |url| StoreConfig::Postgres {
                url,
                password_file: init.store_password_file,
                authorities_file: init.store_authorities_file,
            }),
        node,
    };
    let made = node::create(context.data(), &file)?;
    let person = |id: &str, service: ServiceName, roles: Vec<Role>, password: String| NewOfficer {
        id: id.to_owned(),
        name: id.to_owned(),
        services: vec![service],
        roles,
        password: Some(password),
        lang: init.language,
    };
    made.app.add_officer(person(
        &init.admin,
        administration,
        vec![Role::Administrator],
        admin_password,
    ))?;
    made.app.add_officer(person(
        &init.officer,
        service,
        vec![Role::Liaison, Role::Coordinator],
        officer_password,
    ))?;
    let (_, fingerprint) = node::own_card(&made.app)?;
    if context.json {
        say::json(
            &serde_json::json!({"node": file.node.to_string(), "fingerprint": fingerprint.to_string(), "data": context.data()}),
        );
    } else {
        say::line(&say::two("cli-made", &file.node, context.data().display()));
        say::line(&say::s("cli-made-fingerprint", fingerprint));
        say::line(&say::t("cli-made-next"));
    }
    Ok(())
}

/// Where passwords come from: standard input, line by line, or the terminal, twice each.
pub struct Passwords {
    lines: Option<std::io::Lines<std::io::BufReader<std::io::Stdin>>>,
}

impl Passwords {
    /// From standard input, or else from the terminal.
    pub fn new(from_stdin: bool) -> Self {
        use std::io::BufRead as _;
        Self {
            lines: from_stdin.then(|| std::io::BufReader::new(std::io::stdin()).lines()),
        }
    }

    /// The next password.
    pub fn next(&mut self, whose: &str) -> Result<String, CliError> {
        let password = match &mut self.lines {
            Some(lines) => lines.next().and_then(Result::ok),
            None => prompt(whose)?,
        };
        let password =
            password.ok_or_else(|| CliError::Usage(say::s("cli-need-password", whose)))?;
        if password.chars().count() < 12 {
            return Err(CliError::Usage(say::s("cli-short-password", whose)));
        }
        Ok(password)
    }
}

fn prompt(whose: &str) -> Result<Option<String>, CliError> {
    let no_terminal = |_| CliError::Usage(say::t("cli-no-terminal"));
    let first = rpassword::prompt_password(format!("{} ", say::s("cli-ask-password", whose)))
        .map_err(no_terminal)?;
    let again =
        rpassword::prompt_password(format!("{} ", say::t("cli-once-more"))).map_err(no_terminal)?;
    if first == again {
        Ok(Some(first))
    } else {
        Err(CliError::Refused(say::t("cli-passwords-differ")))
    }
}
