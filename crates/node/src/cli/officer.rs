//! `entente officer`: add and list the people of this node.

use clap::Subcommand;
use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::ids::ServiceName;
use entente_core::label::Lang;
use serde_json::json;

use super::init::Passwords;
use super::{CliError, Context, lang, say};

/// Commands on officers.
#[derive(Debug, Subcommand)]
pub enum Officer {
    /// Add an officer; the password is asked for, or read with --password-stdin
    Add {
        /// Sign-in: 1 to 64 of a-z, 0-9, '.' and '-'
        id: String,
        /// Name, shown inside this node only
        #[arg(long)]
        name: Option<String>,
        /// Service, as node/unit; may be repeated, the first is the usual one
        #[arg(long = "service", required = true)]
        services: Vec<ServiceName>,
        /// Role; may be repeated
        #[arg(long = "role", value_parser = role, default_value = "liaison")]
        roles: Vec<Role>,
        /// Preferred language
        #[arg(long, default_value = "fr", value_parser = lang)]
        language: Lang,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the officers
    List,
}

fn role(text: &str) -> Result<Role, String> {
    let names: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
    Role::parse(text).ok_or_else(|| format!("one of {}", names.join(", ")))
}

/// Runs a command on officers.
pub fn run(context: &Context, officer: Officer) -> Result<(), CliError> {
    let node = context.open()?;
    match officer {
        Officer::Add {
            id,
            name,
            services,
            roles,
            language,
            password_stdin,
        } => {
            let password = Passwords::new(password_stdin).next(&id)?;
            let name = name.unwrap_or_else(|| id.clone());
            node.app.add_officer(NewOfficer {
                id: id.clone(),
                name,
                services,
                roles,
                password: Some(password),
                lang: language,
            })?;
            say::line(&say::s("cli-officer-added", &id));
        }
        Officer::List => {
            let officers = node.app.officers()?;
            if context.json {
                let each = |o: &entente_app::views::Persona| json!({"id": o.id, "name": o.called(say::words().lang), "service": o.service.to_string(), "roles": o.roles.iter().map(|r| r.as_str()).collect::<Vec<_>>()});
                say::json(&officers.iter().map(each).collect());
                return Ok(());
            }
            for o in officers {
                let words = say::words();
                let roles: Vec<&str> = o.roles.iter().map(|r| words.label(r.label())).collect();
                let columns = [
                    (say::plain(&o.id), 20),
                    (say::plain(&o.service), 28),
                    (roles.join(words.comma()), 24),
                ];
                say::line(&say::row(&columns, &say::free(o.called(words.lang))));
            }
        }
    }
    Ok(())
}
