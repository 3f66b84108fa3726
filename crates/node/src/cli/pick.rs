//! What people type instead of identifiers: an officer, a partner, the number of a dossier or an obligation, the beginning of an id.

use entente_app::views::{DossierLine, DossierQuery, LedgerQuery};
use entente_app::{Actor, App, AppError};
use entente_core::codes::Role;
use entente_core::ids::{DossierId, NodeName, ObligationId};

use super::{CliError, say};

/// Pages searched for a number before giving up.
const PAGES: u32 = 200;
/// Shortest beginning of an identifier that is taken.
const PREFIX: usize = 6;

/// The officer who acts: the one named, or the only one who is no administrator.
pub fn actor(app: &App, named: Option<&str>) -> Result<Actor, CliError> {
    if let Some(id) = named {
        return app.actor(id).map_err(|error| match error {
            AppError::NotFound => CliError::Refused(say::s("cli-no-officer", id)),
            other => other.into(),
        });
    }
    let works = |roles: &[Role]| !roles.iter().all(|r| *r == Role::Administrator);
    Ok(app.actor(&only_officer(app, works, "cli-officers-none")?)?)
}

/// The coordinator named, or the only one: also while the node is closed after a restore.
pub fn coordinator(app: &App, named: Option<&str>) -> Result<Actor, CliError> {
    if let Some(id) = named {
        return Ok(app.coordinator(id)?);
    }
    let coordinates = |roles: &[Role]| roles.contains(&Role::Coordinator);
    let only = only_officer(app, coordinates, "cli-restart-no-coordinator")?;
    Ok(app.coordinator(&only)?)
}

/// The only officer with such roles. `none`: what is said where there is none.
fn only_officer(app: &App, fits: impl Fn(&[Role]) -> bool, none: &str) -> Result<String, CliError> {
    let mut officers = app.officers()?;
    officers.retain(|o| fits(&o.roles));
    match officers.as_slice() {
        [only] => Ok(only.id.clone()),
        [] => Err(CliError::Refused(say::t(none))),
        _ => Err(CliError::Usage(say::t("cli-who-acts"))),
    }
}

/// The partner named, or the only one.
pub fn partner(app: &App, named: Option<&NodeName>) -> Result<NodeName, CliError> {
    let partners = app.partners()?;
    match (named, partners.as_slice()) {
        (Some(name), all) if all.iter().any(|(node, ..)| node == name) => Ok(name.clone()),
        (Some(name), _) => Err(CliError::Refused(say::s("cli-no-partner", name))),
        (None, [(only, ..)]) => Ok(only.clone()),
        (None, []) => Err(CliError::Refused(say::t("cli-partners-none"))),
        (None, _) => Err(CliError::Usage(say::t("cli-name-partner"))),
    }
}

/// A dossier by identifier, beginning of it, or number such as `FR-3`.
pub fn dossier(app: &App, actor: &Actor, text: &str) -> Result<DossierId, CliError> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let fitting = |line: &DossierLine| fits(text, &line.number, &line.id.to_string());
    let found = lines(app, actor, fitting)?;
    let found = found.into_iter().map(|line| line.id).collect();
    only(found, &say::t("cli-dossier"), text)
}

/// The lines of the officer's list that fit.
fn lines(
    app: &App,
    actor: &Actor,
    fits: impl Fn(&DossierLine) -> bool,
) -> Result<Vec<DossierLine>, CliError> {
    let mut found = Vec::new();
    for page in 0..PAGES {
        let query = DossierQuery {
            page,
            ..DossierQuery::default()
        };
        let list = app.dossiers(actor, &query)?;
        if list.lines.is_empty() {
            break;
        }
        found.extend(list.lines.into_iter().filter(&fits));
    }
    Ok(found)
}

/// An obligation by identifier, beginning of it, or number such as `MA-12`.
pub fn obligation(app: &App, actor: &Actor, text: &str) -> Result<ObligationId, CliError> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let mut found = Vec::new();
    for page in 0..PAGES {
        let view = app.ledger(
            actor,
            &LedgerQuery {
                page,
                ..LedgerQuery::default()
            },
        )?;
        found.extend(
            view.lines
                .iter()
                .filter(|line| fits(text, &line.number, &line.id.to_string()))
                .map(|line| line.id),
        );
        if view.lines.is_empty() {
            break;
        }
    }
    only(found, &say::t("cli-obligation"), text)
}

fn fits(text: &str, number: &str, id: &str) -> bool {
    number.eq_ignore_ascii_case(text)
        || (text.len() >= PREFIX && id.starts_with(&text.to_ascii_lowercase()))
}

/// The only one of these entries whose identifier begins so.
pub fn beginning<T: Copy + PartialEq + ToString>(
    ids: Vec<T>,
    what: &str,
    text: &str,
) -> Result<T, CliError> {
    let mut found = ids;
    found.retain(|id| fits(text, "", &id.to_string()));
    only(found, what, text)
}

fn only<T: Copy + PartialEq>(mut found: Vec<T>, what: &str, text: &str) -> Result<T, CliError> {
    found.dedup();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(CliError::Refused(say::two("cli-none-seen", what, text))),
        _ => Err(CliError::Refused(say::two("cli-several", what, text))),
    }
}
