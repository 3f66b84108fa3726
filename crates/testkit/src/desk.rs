//! Officers who sign in by password, for tests of the door: one to add, the two of a desk, and what one shows again before anything of
//! an account changes.

use crate::node::{TestNode, service};
use entente_app::{AppError, InputFault, NewOfficer, PeopleFault, Reauthenticating};
use entente_core::codes::Role;
use entente_core::label::Lang;

/// The password of all of them.
pub const PASSWORD: &str = "a fictional password";

/// An officer of a unit who signs in by [`PASSWORD`], to be added.
#[must_use]
pub fn person(node: &TestNode, id: &str, unit: &str, role: Role) -> NewOfficer {
    NewOfficer {
        id: id.into(),
        name: format!("Personne {id}"),
        services: vec![service(&node.name, unit)],
        roles: vec![role],
        password: Some(PASSWORD.into()),
        lang: Lang::Fr,
    }
}

/// Adds `agent` and `colleague`, of one unit.
///
/// # Errors
/// Of the verb.
pub fn two_of_a_desk(node: &TestNode) -> Result<(), AppError> {
    for id in ["agent", "colleague"] {
        let officer = person(node, id, "liaison", Role::Liaison);
        node.app.add_officer(officer)?;
    }
    Ok(())
}

/// What an officer shows again, from a desk that nobody used before.
#[must_use]
pub fn again<'a>(token: &'a str, password: &'a str, code: &'a str) -> Reauthenticating<'a> {
    Reauthenticating {
        token,
        known: "",
        password,
        code,
    }
}

/// Holds that something was refused on this ground.
///
/// # Panics
/// If it was not.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(done: Result<T, AppError>, wanted: PeopleFault) {
    match done {
        Err(AppError::Input(InputFault::People(fault))) if fault == wanted => {}
        other => panic!("{other:?} in place of {wanted:?}"),
    }
}

/// Holds that something does not exist for whoever asked.
///
/// # Panics
/// If it does.
#[track_caller]
pub fn absent<T: std::fmt::Debug>(done: Result<T, AppError>) {
    assert!(matches!(done, Err(AppError::NotFound)), "{done:?}");
}
