//! `entente officer`: the people of this node, added, invited, changed, let in no more. Whoever holds the machine needs no second.

use clap::{Args, Subcommand};
use entente_app::views::AbsenceView;
use entente_app::{Absence, App, AppError, By, NewOfficer, OfficerChange, PeopleFault};
use entente_core::codes::Role;
use entente_core::ids::ServiceName;
use entente_core::instant::Instant;
use entente_core::label::Lang;
use serde_json::json;

use super::init::Passwords;
use super::{CliError, Context, lang, say};

/// Commands on officers.
#[derive(Debug, Subcommand)]
pub enum Officer {
    /// Add an officer; the password is asked for, or read with --password-stdin
    Add {
        #[command(flatten)]
        who: New,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Add an officer who sets a password of their own by a link, good for 72 hours and once
    Invite(New),
    /// Change an officer's name, services, roles or language; what is not named stays
    Change {
        /// Whose
        id: String,
        /// Name, shown inside this node only
        #[arg(long)]
        name: Option<String>,
        /// Service, as node/unit; may be repeated, the first is the usual one
        #[arg(long = "service")]
        services: Vec<ServiceName>,
        /// Role; may be repeated
        #[arg(long = "role", value_parser = role)]
        roles: Vec<Role>,
        /// Preferred language
        #[arg(long, value_parser = lang)]
        language: Option<Lang>,
    },
    /// Let an officer in no more, from now on; what they wrote stays
    Deactivate {
        /// Who
        id: String,
    },
    /// Let an officer in again
    Reactivate {
        /// Who
        id: String,
    },
    /// Cut an officer's account at the OpenID provider off
    Unbind {
        /// Whose
        id: String,
    },
    /// Reset what an officer signs in with, since it is lost: gives a new invitation link
    Reset {
        /// Whose
        id: String,
    },
    /// Appoint a colleague to act for an officer who is absent, for some days
    Absent {
        /// Who is absent
        id: String,
        /// Who acts for them, under their own name
        #[arg(long)]
        colleague: String,
        /// First day, such as 2026-08-03; today if none is named
        #[arg(long)]
        from: Option<String>,
        /// Last day
        #[arg(long)]
        until: String,
    },
    /// Nobody acts for an officer any more
    Back {
        /// Who is back
        id: String,
    },
    /// List who acts for whom
    Absences,
    /// List the officers
    List,
}

/// Whoever is new here.
#[derive(Debug, Args)]
pub struct New {
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
}

impl New {
    fn officer(self, password: Option<String>) -> NewOfficer {
        NewOfficer {
            name: self.name.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            services: self.services,
            roles: self.roles,
            password,
            lang: self.language,
        }
    }
}

fn role(text: &str) -> Result<Role, String> {
    let names: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
    Role::parse(text).ok_or_else(|| format!("one of {}", names.join(", ")))
}

/// What was given, or else what is.
fn some_or<T>(given: Vec<T>, now: Vec<T>) -> Vec<T> {
    if given.is_empty() { now } else { given }
}

/// The link to hand over: its path, since only people know under which name browsers reach this node.
fn invited(context: &Context, id: &str, token: &str) {
    let path = format!("/welcome/{token}");
    if context.json {
        say::json(&json!({"id": id, "path": path}));
    } else {
        say::line(&say::two("cli-officer-invited", id, &path));
    }
}

/// A day in UTC, from its beginning or to its end.
fn day(text: &str, time: &str) -> Result<Instant, CliError> {
    let at = Instant::parse(&format!("{text}T{time}"));
    at.ok_or_else(|| CliError::from(AppError::from(PeopleFault::StandInPeriod)))
}

/// Who acts for whom, one in a line.
fn absences(context: &Context, app: &App) -> Result<(), CliError> {
    let all = app.every_absence()?;
    if context.json {
        let each = |a: &AbsenceView| json!({"officer": a.officer.id, "colleague": a.colleague.id, "from": a.from.to_civil(), "until": a.until.to_civil(), "now": a.now});
        say::json(&all.iter().map(each).collect());
        return Ok(());
    }
    if all.is_empty() {
        say::line(&say::t("cli-absence-none"));
    }
    for absence in all {
        let columns = [
            (say::plain(&absence.officer.id), 20),
            (say::plain(&absence.colleague.id), 20),
            (say::plain(absence.from.to_civil()), 20),
        ];
        say::line(&say::row(&columns, &say::plain(absence.until.to_civil())));
    }
    Ok(())
}

/// Who works here, one in a line.
fn list(context: &Context, app: &App) -> Result<(), CliError> {
    let officers = app.officers()?;
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
    Ok(())
}

/// Runs a command on officers.
pub fn run(context: &Context, officer: Officer) -> Result<(), CliError> {
    let node = context.open()?;
    match officer {
        Officer::Add {
            who,
            password_stdin,
        } => {
            let password = Passwords::new(password_stdin).next(&who.id)?;
            let officer = who.officer(Some(password));
            let id = officer.id.clone();
            node.app.add_officer(officer)?;
            say::line(&say::s("cli-officer-added", &id));
        }
        Officer::Invite(who) => {
            let officer = who.officer(None);
            let token = node.app.invite_officer(By::Machine, &officer)?;
            invited(context, &officer.id, &token);
        }
        Officer::Change {
            id,
            name,
            services,
            roles,
            language,
        } => {
            let now = node.app.one_officer(By::Machine, &id)?;
            let change = OfficerChange {
                name: name.unwrap_or(now.line.name),
                services: some_or(services, now.line.services),
                roles: some_or(roles, now.line.roles),
                lang: language.unwrap_or(now.lang),
            };
            node.app.change_officer(By::Machine, &id, &change)?;
            say::line(&say::s("cli-officer-changed", &id));
        }
        Officer::Deactivate { id } => {
            node.app.set_active(By::Machine, &id, false)?;
            say::line(&say::s("cli-officer-out", &id));
        }
        Officer::Reactivate { id } => {
            node.app.set_active(By::Machine, &id, true)?;
            say::line(&say::s("cli-officer-in", &id));
        }
        Officer::Unbind { id } => {
            node.app.cut_provider(By::Machine, &id)?;
            say::line(&say::s("cli-officer-unbound", &id));
        }
        Officer::Reset { id } => {
            let token = node.app.confirm_reset(By::Machine, &id)?;
            invited(context, &id, &token);
        }
        Officer::Absent {
            id,
            colleague,
            from,
            until,
        } => {
            let today = node.app.now().to_civil();
            let today = today.split('T').next().unwrap_or_default().to_owned();
            let absence = Absence {
                officer: id.clone(),
                colleague: colleague.clone(),
                from: day(&from.unwrap_or(today), "00:00")?,
                until: day(&until, "23:59")?,
            };
            node.app.appoint(By::Machine, &absence)?;
            say::line(&say::two("cli-absence-set", &colleague, &id));
        }
        Officer::Back { id } => {
            for absence in node.app.absences(By::Machine, &id)?.own {
                node.app.end_absence(By::Machine, &id, &absence.name)?;
            }
            say::line(&say::s("cli-absence-ended", &id));
        }
        Officer::Absences => absences(context, &node.app)?,
        Officer::List => list(context, &node.app)?,
    }
    Ok(())
}
