//! Why somebody looks outside the dossiers that they work in (DESIGN section 7): asked once, remembered for the session.
//!
//! The dossier one works in is the reason for a look; nobody types it. An officer works in a dossier in which they wrote. One in which
//! nobody of this node wrote yet is new, and whoever may see it opens it as their work. In one that others work in, for a search that
//! is for no dossier, and for an export, a reason is asked, unless a policy lets the officer go unasked (`search_unasked`,
//! `enter_unasked`, `export_unasked`). Its line of text stands in the record of giving it; later records bear the code.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::search::Wanted as Number;
use crate::sessions::{SessionState, token_digest};
use crate::{Actor, App};
use entente_core::access::{Reason, TEXT_MAX, Wanted};
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_store::{DossierRow, EntryRow, Read, SessionSort, StoreExt};
use serde::{Deserialize, Serialize};

/// Most reasons remembered of one session: beyond, the oldest are asked again.
const MOST: usize = 64;

/// A reason that was given, while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenReason {
    /// For what.
    pub on: ReasonWanted,
    /// Which.
    pub reason: Reason,
    /// Until when it need not be given again, UTC.
    pub until: Instant,
}

/// For what a reason is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReasonWanted {
    /// What somebody is about to do.
    pub wanted: Wanted,
    /// In which dossier; none for a search.
    pub dossier: Option<DossierId>,
}

/// A reason as a person gives it.
#[derive(Clone, Debug)]
pub struct Giving {
    /// For what.
    pub on: ReasonWanted,
    /// Which.
    pub reason: Reason,
    /// A line of text; needed with [`Reason::Other`].
    pub text: String,
}

/// How a look stands to the dossiers that somebody works in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Why {
    /// Whether others work in the dossier and the officer does not.
    pub(crate) outside: bool,
    /// The reason, where one was asked.
    pub(crate) reason: Option<Reason>,
}

/// A reason as the session keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    wanted: Wanted,
    dossier: Option<String>,
    reason: Reason,
    until: i64,
}

impl App {
    /// A dossier that somebody may see and is asked no reason to enter; none otherwise.
    pub(crate) fn unasked(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Option<DossierRow>> {
        let Some(row) = self.seen_by(tx, actor, dossier)? else {
            return Ok(None);
        };
        let outside = self.standing(tx, actor, &row)?.outside;
        Ok((!outside).then_some(row))
    }

    /// Whether somebody may enter a dossier that they may see, and why.
    pub(crate) fn entering(&self, tx: &dyn Read, actor: &Actor, row: &DossierRow) -> Result<Why> {
        let why = self.standing(tx, actor, row)?;
        match why.outside && why.reason.is_none() {
            true => Err(needed(Wanted::Enter, Some(row.id))),
            false => Ok(why),
        }
    }

    /// The same of a dossier by its identifier, before anything of it is read.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may see.
    pub(crate) fn looks_into(&self, actor: &Actor, dossier: DossierId) -> Result<Why> {
        self.inner.store.view("visible", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            self.entering(tx, actor, &row)
        })
    }

    /// How a look stands to somebody's dossiers, where no reason is asked for it. Where a policy lets them enter unasked, their office is
    /// the reason: they are not outside.
    pub(crate) fn standing(&self, tx: &dyn Read, actor: &Actor, row: &DossierRow) -> Result<Why> {
        // What policies say first: it asks the database nothing.
        let outside = !self.may_in(actor, Action::EnterUnasked, row)
            && self.stands(tx, actor, row.id)? == Stands::Outside;
        if !outside {
            return Ok(Why::default());
        }
        let given = self.given(actor, Wanted::Enter, Some(row.id));
        let reason = given.or_else(|| self.given(actor, Wanted::Export, Some(row.id)));
        Ok(Why { outside, reason })
    }

    /// Whether somebody may take an entry out that they may export, and why.
    pub(crate) fn exporting(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, entry): (&DossierRow, &EntryRow),
    ) -> Result<Why> {
        let given = self.given(actor, Wanted::Export, Some(row.id));
        if given.is_none() && !self.may_with(tx, actor, Action::ExportUnasked, entry)? {
            return Err(needed(Wanted::Export, Some(row.id)));
        }
        let entered = self.entering(tx, actor, row)?;
        Ok(Why {
            reason: given.or(entered.reason),
            ..entered
        })
    }

    /// Whether somebody may search by words, for a dossier that they work in or for none, and why. A number alone asks for nobody.
    pub(crate) fn searching(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (text, within): (&str, Option<DossierId>),
    ) -> Result<(Option<DossierId>, Why)> {
        if Number::read(text).is_some() {
            return Ok((None, Why::default()));
        }
        if let Some(dossier) = within
            && self.seen_by(tx, actor, dossier)?.is_some()
        {
            let own = self.stands(tx, actor, dossier)? == Stands::Works;
            let own = own.then_some(Reason::OwnDossier);
            let reason = own.or_else(|| self.given(actor, Wanted::Enter, Some(dossier)));
            if reason.is_some() {
                let outside = own.is_none();
                return Ok((Some(dossier), Why { outside, reason }));
            }
        }
        let reason = self.given(actor, Wanted::Search, None);
        if reason.is_none() && !self.may(actor, Action::SearchUnasked) {
            return Err(needed(Wanted::Search, None));
        }
        let outside = false;
        Ok((None, Why { outside, reason }))
    }

    /// Gives a reason: recorded, then remembered for the session of this token as long as the node's settings say.
    ///
    /// # Errors
    /// [`AppError::Input`] without the line of text that it needs, [`AppError::NotFound`] for a dossier that one may not see.
    pub fn give_reason(&self, actor: &Actor, token: &str, giving: &Giving) -> Result<GivenReason> {
        let given = self.check_reason(actor, giving)?;
        let record = reason_record(actor, giving);
        let (app, digest) = (self.clone(), token_digest(token));
        self.inner.store.update("give_reason", move |tx| {
            let row = tx.session(&digest)?.ok_or(AppError::SignIn)?;
            if row.sort != SessionSort::SignedIn {
                return Err(AppError::SignIn);
            }
            app.record_access(tx, &record)?;
            let mut state = SessionState::read(&row.state);
            let mut all = app.reasons_of(&state);
            all.retain(|other| other.on != given.on);
            all.push(given);
            let kept = all.len().saturating_sub(MOST);
            state.reasons = written(all.get(kept..).unwrap_or_default());
            tx.see_session(&digest, row.seen_ms, &row.device, &state.written())?;
            Ok(given)
        })
    }

    /// Gives a reason for what this actor does next, without a session: on the command line.
    ///
    /// # Errors
    /// As [`App::give_reason`].
    pub fn with_reason(&self, actor: &Actor, giving: &Giving) -> Result<Actor> {
        let given = self.check_reason(actor, giving)?;
        self.noted(reason_record(actor, giving))?;
        let mut actor = actor.clone();
        actor.reasons.push(given);
        Ok(actor)
    }

    fn check_reason(&self, actor: &Actor, giving: &Giving) -> Result<GivenReason> {
        let length = giving.text.trim().chars().count();
        if !Reason::given().contains(&giving.reason)
            || length > TEXT_MAX
            || (length == 0 && giving.reason.needs_text())
        {
            return Err(InputFault::ReasonText.into());
        }
        // A search is for no dossier; entering and exporting are in one that they may see.
        let on = match (giving.on.wanted, giving.on.dossier) {
            (Wanted::Search, _) => ReasonWanted {
                wanted: Wanted::Search,
                dossier: None,
            },
            (_, None) => return Err(AppError::NotFound),
            (_, Some(dossier)) => {
                let store = &self.inner.store;
                store.view("visible", |tx| self.visible(tx, actor, dossier).map(|_| ()))?;
                giving.on
            }
        };
        Ok(GivenReason {
            on,
            reason: giving.reason,
            until: self.now() + self.inner.oversight.reasons_last,
        })
    }

    /// The reasons of a session that still last.
    pub(crate) fn reasons_of(&self, state: &SessionState) -> Vec<GivenReason> {
        let now = self.now();
        let read = |kept: &Kept| {
            let dossier = kept.dossier.as_ref().map(|text| text.parse());
            let dossier = dossier.transpose().ok()?;
            Some(GivenReason {
                on: ReasonWanted {
                    wanted: kept.wanted,
                    dossier,
                },
                reason: kept.reason,
                until: Instant(kept.until),
            })
        };
        let all = state.reasons.iter().filter_map(read);
        all.filter(|given| given.until > now).collect()
    }

    fn given(&self, actor: &Actor, wanted: Wanted, dossier: Option<DossierId>) -> Option<Reason> {
        let (now, on) = (self.now(), ReasonWanted { wanted, dossier });
        let mut given = actor.reasons.iter();
        given
            .find(|given| given.on == on && given.until > now)
            .map(|given| given.reason)
    }

    fn stands(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<Stands> {
        // Whoever is stood in for is stood in for in the dossiers that they work in.
        let absent = actor.acts_for.as_ref().map(|of| &of.id);
        for officer in std::iter::once(&actor.id).chain(absent) {
            if tx.pseudonym(dossier, officer)?.is_some() {
                return Ok(Stands::Works);
            }
        }
        Ok(match tx.worked_by_others(dossier, &actor.id)? {
            true => Stands::Outside,
            false => Stands::New,
        })
    }
}

/// How an officer stands to a dossier of their services.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// They wrote in it.
    Works,
    /// Nobody of this node wrote in it.
    New,
    /// Others of this node wrote in it, and they did not.
    Outside,
}

fn needed(wanted: Wanted, dossier: Option<DossierId>) -> AppError {
    AppError::ReasonNeeded(ReasonWanted { wanted, dossier })
}

fn reason_record(actor: &Actor, giving: &Giving) -> AccessRecord {
    let text = giving.text.trim();
    AccessRecord {
        dossier: giving.on.dossier.map(|dossier| dossier.to_string()),
        reason: Some(giving.reason),
        text: (!text.is_empty()).then(|| text.to_owned()),
        ..AccessRecord::by(actor, Operation::Explain, giving.on.wanted.as_str())
    }
}

fn written(all: &[GivenReason]) -> Vec<Kept> {
    let kept = |given: &GivenReason| Kept {
        wanted: given.on.wanted,
        dossier: given.on.dossier.map(|dossier| dossier.to_string()),
        reason: given.reason,
        until: given.until.0,
    };
    all.iter().map(kept).collect()
}
