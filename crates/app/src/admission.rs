//! Asking for access to a dossier by its number (invariant 7, DESIGN section 7): whoever is told "nothing here" may ask, and learns nothing by it.
//!
//! An ask is one row that names a number, and it is written without looking whether there is such a dossier: the same is stored, recorded
//! and answered where it exists, where it stands behind a wall, and where there is none. Only whoever answers for that dossier finds it, among
//! their tasks. Granting brings a service in, where the floor and the policies let the officer see the dossier; refusing changes nothing that
//! the asker sees. An ask ends by itself.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::actor_of;
use crate::search::Wanted;
use crate::sessions::session_name;
use crate::show::Showing;
use crate::views::{
    AdmissionBar, AdmissionFigures, AdmissionLine, AdmissionTask, Admissions, Colleague,
};
use crate::{Actor, App, Recording, Submitted};
use entente_core::access::Reason;
use entente_core::codes::Role;
use entente_core::field::{Value, Values};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::kinds;
use entente_core::kinds::common::INVITE;
use entente_store::{DossierFilter, DossierRow, Read, SessionRow, SessionSort, StoreExt, Write};
use serde::{Deserialize, Serialize};

/// How long an ask lasts.
const LASTS: Span = Span::days(30);
/// Most asks of an officer within [`DAY`].
const MOST: usize = 5;
/// See [`MOST`].
const DAY: Span = Span::hours(24);
/// Most dossiers of one number: each node gives it once.
const NODES: u32 = 1_000;

/// What an officer asks for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The dossier's number, such as `MA-12`.
    pub number: String,
    /// The service that would take part; the officer's usual one if none is named.
    pub service: Option<ServiceName>,
    /// Why.
    pub reason: Reason,
}

/// An ask as its row keeps it.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    number: String,
    service: ServiceName,
    reason: Reason,
    /// Whether somebody who answers for the dossier decided. The asker is not shown it.
    decided: bool,
}

impl App {
    /// The reasons that may be given: those that need no line of text.
    #[must_use]
    pub fn admission_reasons() -> Vec<Reason> {
        let given = Reason::given().iter().copied();
        given.filter(|reason| !reason.needs_text()).collect()
    }

    /// Asks for access to the dossier of a number. Nothing is looked up: what is done and answered is the same whatever the number is of.
    ///
    /// # Errors
    /// [`InputFault`] for what is no number, no such reason, or too often; [`AppError::Forbidden`] to whoever has no rights on contents, or
    /// acts for somebody else.
    pub fn ask_admission(&self, actor: &Actor, asking: &Asking) -> Result<()> {
        if !actor.writes() || actor.acts_for.is_some() {
            return Err(AppError::Forbidden);
        }
        let kept = kept_of(actor, asking)?;
        let (_, row) = self.fresh_token(&actor.id, SessionSort::Asks, LASTS);
        let state = serde_json::to_vec(&kept).map_err(|_| AppError::Bug("ask"))?;
        let row = SessionRow {
            csrf: String::new(),
            state,
            ..row
        };
        let record = AccessRecord {
            reason: Some(kept.reason),
            ..AccessRecord::by(actor, Operation::Ask, "ask_admission")
        };
        // By itself: what is refused as too often leaves its trace as well.
        self.noted(record)?;
        let (app, since) = (self.clone(), (self.now() - DAY).0);
        self.inner.store.update("ask_admission", move |tx| {
            let mine = app.lasting_asks(&tx.sessions(&row.officer)?);
            let lately = mine.iter().filter(|(row, _)| row.begun_ms > since).count();
            if lately >= MOST {
                return Err(InputFault::AdmissionMost { most: MOST }.into());
            }
            // Asked again while it lasts: it stands as it is.
            match mine.iter().any(|(_, other)| other.number == kept.number) {
                true => Ok(()),
                false => Ok::<_, AppError>(tx.insert_session(&row)?),
            }
        })?;
        self.told();
        Ok(())
    }

    /// What an officer asked for, and what they are to answer.
    ///
    /// # Errors
    /// Storage only.
    pub fn admissions(&self, actor: &Actor) -> Result<Admissions> {
        self.looked(actor, Operation::Consult, "admissions", None, None)?;
        self.inner.store.view("admissions", |tx| {
            self.refuse_closed(tx)?;
            let mine = self.lasting_asks(&tx.sessions(&actor.id)?);
            let line = |(row, kept): &(SessionRow, Kept)| line_of(row, kept);
            Ok(Admissions {
                own: mine.iter().map(line).collect(),
                tasks: self.admission_tasks(tx, actor, &mut Showing::new(self, tx))?,
            })
        })
    }

    /// The asks that an officer is to answer: those for a dossier that they answer for.
    pub(crate) fn admission_tasks(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
    ) -> Result<Vec<AdmissionTask>> {
        let asks = self.lasting_asks(&tx.access_asks()?);
        let open = asks.iter().filter(|(_, kept)| !kept.decided);
        let mut out = Vec::new();
        for (row, kept) in open {
            if let Some(dossier) = self.dossier_asked_for(tx, actor, (row, kept))? {
                out.extend(self.admission_task(tx, (row, kept), &dossier, showing)?);
            }
        }
        Ok(out)
    }

    fn admission_task(
        &self,
        tx: &dyn Read,
        (row, kept): (&SessionRow, &Kept),
        dossier: &DossierRow,
        showing: &mut Showing<'_>,
    ) -> Result<Option<AdmissionTask>> {
        let Some(asker) = self.asker(tx, row)? else {
            return Ok(None);
        };
        let line = showing.line(dossier)?;
        Ok(line.map(|dossier_line| AdmissionTask {
            line: line_of(row, kept),
            who: Colleague {
                id: asker.id.clone(),
                name: asker.name.clone(),
            },
            roles: asker.roles.clone(),
            barred: self.bars_admission(&asker, dossier),
            dossier: dossier_line,
        }))
    }

    /// Grants what was asked, by bringing the service in, or refuses it. Of a refusal nobody is told.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what this officer is not to answer; [`AppError::Forbidden`] where floor or policies keep the asker out, or
    /// the other state convenes the dossier; as [`App::submit`] else.
    pub fn decide_admission(
        &self,
        actor: &Actor,
        name: &str,
        grant: bool,
    ) -> Result<Option<Submitted>> {
        let (row, kept, dossier, asker) = self.inner.store.view("admission", |tx| {
            self.refuse_closed(tx)?;
            self.admission_named(tx, actor, name)
        })?;
        let done = match grant {
            true if self.bars_admission(&asker, &dossier).is_some() => {
                return Err(AppError::Forbidden);
            }
            true => Some(self.submit(actor, brings_in(&dossier, &kept.service), None)?),
            false => None,
        };
        let verb = if grant {
            "grant_admission"
        } else {
            "refuse_admission"
        };
        let record = AccessRecord {
            dossier: Some(dossier.id.to_string()),
            ..AccessRecord::by(actor, Operation::Permit, verb).on(&asker.id)
        };
        let app = self.clone();
        self.inner.store.update(verb, move |tx| {
            app.record_access(tx, &record)?;
            decided(tx, &row, kept.clone())
        })?;
        Ok(done)
    }

    /// An ask by its name, if this officer is to answer it.
    fn admission_named(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        name: &str,
    ) -> Result<(SessionRow, Kept, DossierRow, Actor)> {
        let asks = self.lasting_asks(&tx.access_asks()?).into_iter();
        let mut named = asks.filter(|(row, kept)| session_name(row) == name && !kept.decided);
        let (row, kept) = named.next().ok_or(AppError::NotFound)?;
        let dossier = self.dossier_asked_for(tx, actor, (&row, &kept))?;
        let asker = self.asker(tx, &row)?;
        match (dossier, asker) {
            (Some(dossier), Some(asker)) => Ok((row, kept, dossier, asker)),
            _ => Err(AppError::NotFound),
        }
    }

    /// How many asks last, and how many of them are for numbers of no dossier here: figures, without whose they are. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn admission_figures(&self, actor: &Actor) -> Result<AdmissionFigures> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Inspect, "admission_figures", None, None)?;
        self.inner.store.view("admission_figures", |tx| {
            let mut figures = AdmissionFigures::default();
            for (_, kept) in self.lasting_asks(&tx.access_asks()?) {
                figures.asked += 1;
                let everywhere = DossierFilter::default();
                let known = numbered(tx, &kept.number, everywhere)?.is_some();
                figures.for_nothing += u64::from(!known);
            }
            Ok(figures)
        })
    }

    /// The dossier of an ask, if this officer answers for it and the asker does not see it yet.
    fn dossier_asked_for(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, kept): (&SessionRow, &Kept),
    ) -> Result<Option<DossierRow>> {
        if row.officer == actor.id || !actor.writes() {
            return Ok(None);
        }
        let sees = self.sees(actor);
        let filter = DossierFilter {
            services: sees.services,
            among: sees.among,
            ..DossierFilter::default()
        };
        let Some(dossier) = numbered(tx, &kept.number, filter)? else {
            return Ok(None);
        };
        let answers = self.answers_for(tx, actor, &dossier)?;
        let asker = self.asker(tx, row)?;
        let seen = asker.is_none_or(|asker| self.may_in(&asker, Action::See, &dossier));
        Ok((answers && !seen).then_some(dossier))
    }

    /// Whether an officer answers for a dossier: its coordinator, or whoever works in it, where they may change who takes part.
    fn answers_for(&self, tx: &dyn Read, actor: &Actor, dossier: &DossierRow) -> Result<bool> {
        if !self.may_in(actor, Action::Configure, dossier) {
            return Ok(false);
        }
        let works = tx.pseudonym(dossier.id, &actor.id)?.is_some();
        Ok(works || actor.roles.contains(&Role::Coordinator))
    }

    /// Why access cannot be granted, if it cannot.
    fn bars_admission(&self, asker: &Actor, dossier: &DossierRow) -> Option<AdmissionBar> {
        let kind = kinds::find(&dossier.kind);
        let invites = kind.is_some_and(|kind| kind.entry(INVITE.name).is_some());
        match self.admits(asker, dossier) {
            Err(Some(bar)) => Some(AdmissionBar::Floor(bar)),
            Err(None) => Some(AdmissionBar::Policy),
            Ok(()) if !invites || dossier.convenor != self.inner.me => {
                Some(AdmissionBar::Convenor(dossier.convenor.clone()))
            }
            Ok(()) => None,
        }
    }

    /// Who asked, while they are here.
    fn asker(&self, tx: &dyn Read, row: &SessionRow) -> Result<Option<Actor>> {
        let officer = tx.officer(&row.officer)?.filter(|officer| officer.active);
        officer.map(|officer| actor_of(&officer)).transpose()
    }

    /// The asks among rows that last still, with what they say.
    fn lasting_asks(&self, rows: &[SessionRow]) -> Vec<(SessionRow, Kept)> {
        let now = self.now().0;
        let asks = rows.iter().filter(|row| row.sort == SessionSort::Asks);
        let lasting = asks.filter(|row| row.ends_ms > now);
        let read = |row: &SessionRow| {
            let kept = serde_json::from_slice(&row.state).ok()?;
            Some((row.clone(), kept))
        };
        lasting.filter_map(read).collect()
    }
}

/// What is asked, read by form alone: whether there is such a dossier is not looked at.
fn kept_of(actor: &Actor, asking: &Asking) -> Result<Kept> {
    let wanted = Wanted::read(&asking.number);
    let wanted = wanted.and_then(|w| Some((w.node()?.clone(), w.number)));
    let (node, number) = wanted.ok_or(InputFault::AdmissionNumber)?;
    if !App::admission_reasons().contains(&asking.reason) {
        return Err(InputFault::ReasonText.into());
    }
    let service = asking.service.clone().unwrap_or(actor.service.clone());
    match actor.services.contains(&service) {
        true => Ok(Kept {
            number: crate::show::number(&node, number),
            service,
            reason: asking.reason,
            decided: false,
        }),
        false => Err(InputFault::OfficerServices.into()),
    }
}

/// The dossier of a number among those that a filter finds.
fn numbered(tx: &dyn Read, number: &str, mut filter: DossierFilter) -> Result<Option<DossierRow>> {
    let Some(wanted) = Wanted::read(number) else {
        return Ok(None);
    };
    filter.node = wanted.node().cloned();
    filter.number = Some(wanted.number);
    filter.limit = NODES;
    let rows = tx.dossiers(&filter)?;
    let fits = |row: &DossierRow| wanted.fits(&crate::show::number(&row.convenor, row.number));
    Ok(rows.into_iter().find(fits))
}

/// The entry by which a service is brought in.
fn brings_in(dossier: &DossierRow, service: &ServiceName) -> Recording {
    let named = Value::List(vec![service.to_string()]);
    Recording {
        dossier: Some(dossier.id),
        entry_type: INVITE.name.to_owned(),
        values: Values {
            lang: None,
            values: std::iter::once(("services".to_owned(), named)).collect(),
        },
        ..Recording::default()
    }
}

fn decided(tx: &mut dyn Write, row: &SessionRow, kept: Kept) -> Result<()> {
    let kept = Kept {
        decided: true,
        ..kept
    };
    let state = serde_json::to_vec(&kept).map_err(|_| AppError::Bug("ask"))?;
    Ok(tx.see_session(&row.digest, row.seen_ms, &row.device, &state)?)
}

fn line_of(row: &SessionRow, kept: &Kept) -> AdmissionLine {
    AdmissionLine {
        name: session_name(row),
        number: kept.number.clone(),
        service: kept.service.clone(),
        reason: kept.reason,
        at: Instant(row.begun_ms),
        until: Instant(row.ends_ms),
    }
}

/// Resolves a number or an identifier to a dossier that an actor sees.
impl App {
    pub(crate) fn seen_by_name(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        name: &str,
    ) -> Result<Option<DossierRow>> {
        if let Ok(id) = name.parse::<DossierId>() {
            return self.seen_by(tx, actor, id);
        }
        let sees = self.sees(actor);
        let filter = DossierFilter {
            services: sees.services,
            among: sees.among,
            ..DossierFilter::default()
        };
        numbered(tx, name, filter)
    }
}
