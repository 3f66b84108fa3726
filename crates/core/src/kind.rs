//! The kind mechanism: a kind of dossier is data. Generic code does the rest, forms and pages included.
//!
//! An entry type declares its fields and its effects. [`compose`] turns a filled form into ledger acts; [`EntryType::permits`]
//! is the same rule read backwards, by which both nodes judge what the other sent.

use crate::act::{Act, Config, OnAct};
use crate::codes::{
    Ask, Class, Contested, Delay, Ground, HoldGround, KeepReason, Outcome, Phase, Purpose,
    Relation, Role, Urgency,
};
use crate::conditions::Uses;
use crate::field::{Bind, Field, FieldError, Problem, Values};
use crate::handling::HandlingCodes;
use crate::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use crate::instant::{Instant, Span};
use crate::keeping::Keeps;
use crate::kinds;
use crate::label::Label;
use crate::obligation::{Obligation, Side};

/// Newest version of the rules by which dossiers are judged (rule 8).
pub const RULES: u16 = 8;
/// The rules of a dossier between two states.
pub const RULES_OF_TWO: u16 = 1;
/// The rules from which on a dossier has three or more states and its own terms (rule 16). A version without them shows such a
/// dossier as not evaluated.
pub const RULES_OF_MANY: u16 = 2;
/// The rules from which on a dossier of three states or more may continue earlier ones, whose originators release entries into it.
pub const RULES_OF_RELEASES: u16 = 3;
/// The rules from which on an originator's conditions have acts of their own (permission asked and given, tightening, confirming), what was
/// wrong is rectified by an entry of its own at everyone who received it, and a charter's demand for two signatures is acted upon.
pub const RULES_OF_CONDITIONS: u16 = 4;
/// The rules from which on what is said of how long contents are kept (a prolongation, a hold, its lifting, that a node destroyed all that it
/// held) has acts of its own, an act may go over a bridge between purposes, which stays at the node that writes it, and an officer's own
/// signature may stand beside an act of weight.
pub const RULES_OF_KEEPING: u16 = 5;
/// The rules from which on a joint investigation records things with their links and its agreement, and is led through phases.
pub const RULES_OF_INVESTIGATIONS: u16 = 6;
/// The rules from which on an investigation has exhibits with their custody, tasks and joint action days, duties to inform, and what is
/// produced in court.
pub const RULES_OF_COORDINATION: u16 = 7;
/// The rules from which on two states may compare what they plan without showing it, and meetings and declarations are followed up to the end.
pub const RULES_OF_GOVERNANCE: u16 = 8;
/// Every version of the rules that this code judges by.
pub const RULES_KNOWN: [u16; 8] = [
    RULES_OF_TWO,
    RULES_OF_MANY,
    RULES_OF_RELEASES,
    RULES_OF_CONDITIONS,
    RULES_OF_KEEPING,
    RULES_OF_INVESTIGATIONS,
    RULES_OF_COORDINATION,
    RULES_OF_GOVERNANCE,
];
/// Most dossiers that one continues.
pub const MOST_EARLIER: usize = 8;
/// Most states in one dossier.
pub const MOST_STATES: usize = 4;

/// An act on an obligation, without its particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// See [`OnAct::Acknowledge`].
    Acknowledge,
    /// See [`OnAct::Progress`].
    Progress,
    /// See [`OnAct::AwaitAuthorisation`].
    AwaitAuthorisation,
    /// See [`OnAct::Extend`].
    Extend,
    /// See [`OnAct::Pause`].
    Pause,
    /// See [`OnAct::Resume`].
    Resume,
    /// See [`OnAct::Answer`].
    Answer,
    /// See [`OnAct::Refuse`].
    Refuse,
    /// See [`OnAct::Waive`].
    Waive,
    /// See [`OnAct::Withdraw`].
    Withdraw,
    /// See [`OnAct::Contest`].
    Contest,
    /// See [`OnAct::HandOver`].
    HandOver,
    /// See [`OnAct::Accept`].
    Accept,
    /// See [`OnAct::Join`].
    Join,
    /// See [`OnAct::ProposeTime`].
    ProposeTime,
    /// See [`OnAct::AgreeTime`].
    AgreeTime,
}

impl On {
    /// The sort of an act.
    #[must_use]
    pub fn of(act: &OnAct) -> Self {
        match act {
            OnAct::Acknowledge => Self::Acknowledge,
            OnAct::Progress => Self::Progress,
            OnAct::AwaitAuthorisation => Self::AwaitAuthorisation,
            OnAct::Extend { .. } => Self::Extend,
            OnAct::Pause => Self::Pause,
            OnAct::Resume { .. } => Self::Resume,
            OnAct::Answer { .. } => Self::Answer,
            OnAct::Refuse { .. } => Self::Refuse,
            OnAct::Waive => Self::Waive,
            OnAct::Withdraw => Self::Withdraw,
            OnAct::Contest { .. } => Self::Contest,
            OnAct::HandOver { .. } => Self::HandOver,
            OnAct::Accept => Self::Accept,
            OnAct::Join => Self::Join,
            OnAct::ProposeTime { .. } => Self::ProposeTime,
            OnAct::AgreeTime { .. } => Self::AgreeTime,
        }
    }
}

/// When an entry asks what its type may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// When "I need an answer" is ticked.
    NeedsAnswer,
    /// When the charter wants feedback and the entry was not itself feedback. Joins the open one if there is one.
    Feedback,
    /// When the imported point obliges: the importer lists debtors.
    Promised,
    /// When an end is set: by then its copies are to be gone.
    Ends,
    /// When the named field holds one of these codes; by the charter's clock.
    Said(&'static str, &'static [&'static str]),
    /// Always, of the author's own service, which owes it to the other side: by the date that the form or the caller gives.
    OfOurselves,
}

/// One effect that entries of a type have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Opens the dossier in this phase.
    Open(Phase),
    /// The convenor sets the dossier's phase.
    SetPhase(Phase),
    /// The convenor adds participants.
    Invite,
    /// The author's service leaves.
    Leave,
    /// Asks something.
    Ask(Ask, When),
    /// Acts on the chosen obligation, if it asks one of these (none named: any ask).
    On(On, &'static [Ask]),
    /// Proposes charter terms.
    ProposeTerms,
    /// Signs a proposal.
    Sign,
    /// Enacts a proposal.
    Enact,
    /// Raises or lifts the suspension flag.
    Flag(bool),
    /// Relates two points.
    Relate,
    /// Erases an entry's body and files, or one file of it.
    Erase,
    /// Names the dossiers that the opened one continues, if it continues any.
    Continues,
    /// Releases an entry of an earlier dossier.
    Release,
    /// Says which uses of which entry its originator is asked to permit.
    Wants,
    /// Permits uses of an entry of one's own.
    Permit,
    /// Adds conditions or an end to an entry of one's own.
    Tighten,
    /// Confirms that a condition was read.
    Confirm,
    /// Keeps the dossier's contents beyond their review.
    Keep,
    /// Holds the dossier's contents, or an entry's.
    Hold,
    /// Lifts a hold of one's own.
    Lift,
    /// Says that one's node destroyed what it held.
    Expired,
}

/// A type of entry.
#[derive(Clone, Copy, Debug)]
pub struct EntryType {
    /// Name, such as `request.answer`.
    pub name: &'static str,
    /// Version of the definition.
    pub version: u16,
    /// What a person reads of it once it is written: a noun.
    pub label: Label,
    /// What a button says that leads to writing it: a verb.
    pub verb: Label,
    /// Its fields, in the order of the form.
    pub fields: &'static [Field],
    /// Its effects.
    pub effects: &'static [Effect],
    /// Phases in which it may be written; the dossier's opening needs none.
    pub phases: &'static [Phase],
    /// Whether it takes files.
    pub files: bool,
}

impl EntryType {
    /// The entries that a body names in the fields of this type that hold one, in the order of the fields.
    pub fn names_in<'v>(&self, values: &'v Values) -> impl Iterator<Item = EntryId> + use<'v> {
        let named: Vec<_> = self.fields.iter().map(|f| f.names_in(values)).collect();
        named.into_iter().flatten()
    }

    /// What is wrong with the field of a name; nothing where the type has no such field.
    #[must_use]
    pub fn wrong(&self, name: &str, problem: Problem) -> Option<FieldError> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        Some(field.error(problem))
    }
    /// The field that goes there.
    #[must_use]
    pub fn field(&self, bind: Bind) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.bind == bind)
    }
    /// The text of the field that goes there.
    #[must_use]
    pub fn text<'v>(&self, values: &'v Values, bind: Bind) -> Option<&'v str> {
        values.text(self.field(bind)?.name)
    }
    /// Whether it opens a dossier.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.effects.iter().any(|e| matches!(e, Effect::Open(_)))
    }
    /// The role to which entries of this type are reserved, whatever policies say: what only a magistrate decides. Both nodes judge by it.
    #[must_use]
    pub fn reserved_to(&self) -> Option<Role> {
        kinds::is_decision(self.name).then_some(Role::Magistrate)
    }
    /// Whether it opens a dossier that others decide to join: only such a dossier may have three states or more, since joining is
    /// how each of them signs its terms (rule 16).
    #[must_use]
    pub fn gathers(&self) -> bool {
        let decides = |e: &Effect| matches!(e, Effect::Ask(Ask::Decide, When::Always));
        // A charter's opening asks whether its terms are agreed: nobody joins by that.
        let proposes = |e: &Effect| matches!(e, Effect::ProposeTerms);
        self.opens() && self.effects.iter().any(decides) && !self.effects.iter().any(proposes)
    }
    /// Whether it signs a proposal of terms.
    #[must_use]
    pub fn signs(&self) -> bool {
        self.effects.iter().any(|e| matches!(e, Effect::Sign))
    }
    /// Whether it releases an entry of an earlier dossier.
    #[must_use]
    pub fn releases(&self) -> bool {
        self.effects.contains(&Effect::Release)
    }
    /// Whether it asks its originator to permit uses of an entry.
    #[must_use]
    pub fn wants(&self) -> bool {
        self.effects.contains(&Effect::Wants)
    }
    /// Whether it permits what was asked for.
    #[must_use]
    pub fn permits_uses(&self) -> bool {
        self.effects.contains(&Effect::Permit)
    }
    /// Whether it confirms that a condition was read.
    #[must_use]
    pub fn confirms(&self) -> bool {
        self.effects.contains(&Effect::Confirm)
    }
    /// Whether it answers what was to be decided with what is to be decided anew.
    #[must_use]
    pub fn counters(&self) -> bool {
        let answers =
            |e: &Effect| matches!(e, Effect::On(On::Answer, asks) if asks.contains(&Ask::Decide));
        let asks = |e: &Effect| matches!(e, Effect::Ask(Ask::Decide, When::Always));
        self.effects.iter().any(answers) && self.effects.iter().any(asks)
    }
    /// Whether it is about how long contents are kept. Each node keeps by what it can read of it: where another's program does not know
    /// it, it stays at home.
    #[must_use]
    pub fn is_on_keeping(&self) -> bool {
        let keeps = |e: &Effect| {
            matches!(
                e,
                Effect::Keep | Effect::Hold | Effect::Lift | Effect::Expired
            )
        };
        self.effects.iter().any(keeps)
    }
    /// Whether it acts on an obligation chosen by the author.
    #[must_use]
    pub fn on_obligation(&self) -> bool {
        self.effects.iter().any(|e| matches!(e, Effect::On(..)))
    }
    /// Whether an entry of this type may carry this act. `asked` tells what the obligation of an [`Act::On`] asks.
    #[must_use]
    pub fn permits(&self, act: &Act, asked: Option<Ask>) -> bool {
        self.effects.iter().any(|effect| match (effect, act) {
            (Effect::Open(phase), Act::Open { config, .. }) => config.phase == *phase,
            (Effect::SetPhase(phase), Act::Configure { config }) => config.phase == *phase,
            (Effect::Invite, Act::Configure { .. })
            | (Effect::Leave, Act::Leave { .. })
            | (Effect::ProposeTerms, Act::ProposeTerms { .. })
            | (Effect::Sign, Act::Sign { .. })
            | (Effect::Enact, Act::Enact { .. })
            | (Effect::Relate, Act::Relate { .. })
            | (Effect::Erase, Act::Erase { .. } | Act::EraseFile { .. })
            | (Effect::Continues, Act::Continues { .. })
            | (Effect::Release, Act::Release { .. })
            | (Effect::Wants, Act::Wants { .. })
            | (Effect::Permit, Act::Permit { .. })
            | (Effect::Tighten, Act::Tighten { .. })
            | (Effect::Confirm, Act::Confirm { .. })
            | (Effect::Keep, Act::Keep { .. })
            | (Effect::Hold, Act::Hold { .. })
            | (Effect::Lift, Act::Lift { .. })
            | (Effect::Expired, Act::Expired { .. }) => true,
            (Effect::Flag(up), Act::Flag { suspended }) => up == suspended,
            // The terms of a dossier of three states or more stand in its opening.
            (Effect::Open(_), Act::ProposeTerms { .. }) => self.gathers(),
            (Effect::Ask(ask, _), Act::Ask { ask: asked, .. }) => ask == asked,
            // Contributions and answers join the open feedback instead of asking again (DESIGN section 6).
            (
                Effect::Ask(Ask::Feedback, When::Feedback),
                Act::On {
                    act: OnAct::Join, ..
                },
            ) => asked == Some(Ask::Feedback),
            (Effect::On(on, asks), Act::On { act, .. }) => {
                On::of(act) == *on && (asks.is_empty() || asked.is_some_and(|a| asks.contains(&a)))
            }
            _ => false,
        })
    }
}

/// An entry as people might write it: its type, and texts by field.
pub type Sample = (&'static str, &'static [(&'static str, &'static str)]);

/// A kind of dossier.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Name, such as `request`.
    pub name: &'static str,
    /// What a person reads.
    pub label: Label,
    /// One sentence that says what it is for.
    pub purpose_text: Label,
    /// Purposes that its dossiers may have; the first is the default.
    pub purposes: &'static [Purpose],
    /// Its own entry types and the common ones that it takes.
    pub entries: &'static [&'static EntryType],
    /// A filled form for each entry type: name of the type and field values. Tests parse them.
    pub samples: &'static [Sample],
    /// Whether a charter must be in force before one is opened (all but the charter itself).
    pub needs_charter: bool,
    /// Roles that never see its dossiers, whatever their purpose and whatever policies say (invariant 7).
    pub closed_to: &'static [Role],
    /// How long its contents are kept without review.
    pub keeps: Keeps,
    /// Whether a debtor gives a new date once at most.
    pub extends_once: bool,
}

impl Kind {
    /// The entry type of a name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&'static EntryType> {
        self.entries.iter().find(|e| e.name == name).copied()
    }
    /// The entry type that opens it.
    #[must_use]
    pub fn opening(&self) -> Option<&'static EntryType> {
        self.entries.iter().find(|e| e.opens()).copied()
    }
    /// The types that may be written in a phase.
    pub fn in_phase(&self, phase: Phase) -> impl Iterator<Item = &'static EntryType> {
        self.entries
            .iter()
            .copied()
            .filter(move |e| !e.opens() && e.phases.contains(&phase))
    }
}

/// The name of the kind that a type of entry is of, by the type's own name.
#[must_use]
pub fn kind_name(entry_type: &str) -> &str {
    entry_type.split('.').next().unwrap_or_default()
}

/// One of several states that are asked by one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The service asked.
    pub service: ServiceName,
    /// What it owes the author's service as feedback already: new contributions join it.
    pub open_feedback: Option<ObligationId>,
}

/// Everything that composing needs besides the form: supplied by the caller, who read it under the same transaction.
#[derive(Clone, Debug)]
pub struct Composing<'a> {
    /// The author's service.
    pub author: &'a ServiceName,
    /// The dossier's configuration; for an opening, the one to open with.
    pub config: Option<&'a Config>,
    /// The obligation acted on.
    pub target: Option<&'a Obligation>,
    /// The open feedback obligation of the author's service here, which new contributions join.
    pub open_feedback: Option<ObligationId>,
    /// Whether the charter wants feedback by default.
    pub feedback: bool,
    /// The service asked when the form names none.
    pub counterpart: Option<&'a ServiceName>,
    /// Next free number for an ask of this node.
    pub next_number: u32,
    /// Terms to propose, proposal to sign or enact: for the charter.
    pub charter: Option<Act>,
    /// A date for what is asked while no charter is in force to give it a clock, or whose clock began before it was written.
    pub by: Option<Instant>,
    /// How long after an end that is set its copies must be gone.
    pub grace: Span,
    /// Ceiling of the terms in force.
    pub ceiling: Class,
    /// Own entries to erase, where the form names none or more than one.
    pub erases: &'a [EntryId],
    /// What the caller looked up: the earlier dossiers that an opening continues, the entry that a release releases, or what was asked
    /// that a permission permits.
    pub found: Option<Act>,
    /// Promises of a confirmed point: who owes; the author's own node may be among them.
    pub promises: Vec<ServiceName>,
    /// In a dossier of three states or more, whom an entry asks that is for all of them; none between two.
    pub several: Option<&'a [Asked]>,
}

/// Why a form does not compose.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A field is wrong.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The type acts on an obligation and none was chosen, or it may not be acted on so.
    #[error("this entry needs an obligation that is still open and on which this side may act")]
    Target,
    /// No service to ask is known.
    #[error("no service to ask")]
    Nobody,
    /// The dossier's configuration is missing.
    #[error("the dossier has no configuration")]
    NoConfig,
}

/// The ledger acts of a filled form.
///
/// # Errors
/// [`ComposeError`] names the field, or says what is missing from the context.
pub fn compose(
    entry: &EntryType,
    values: &Values,
    with: &Composing<'_>,
) -> Result<Vec<Act>, ComposeError> {
    let mut acts = Vec::new();
    let mut number = with.next_number;
    for effect in entry.effects {
        let form = Form {
            entry,
            values,
            with,
        };
        match effect {
            Effect::Open(phase) => {
                acts.push(form.open(*phase)?);
                acts.extend(with.charter.clone().filter(|_| entry.gathers()));
            }
            Effect::SetPhase(phase) => acts.push(form.configure(|c| c.phase = *phase)?),
            Effect::Invite => {
                let invited = form.invited()?;
                acts.push(form.configure(|c| {
                    c.participants.extend(invited);
                    c.participants.sort();
                    c.participants.dedup();
                })?);
            }
            Effect::Leave => acts.push(Act::Leave {
                service: with.author.clone(),
            }),
            Effect::Ask(ask, when) => form.asks(*ask, *when, &mut number, &mut acts)?,
            Effect::On(on, asks) => acts.extend(form.on(*on, asks)?),
            Effect::ProposeTerms | Effect::Sign | Effect::Enact => {
                acts.extend(with.charter.clone())
            }
            Effect::Flag(up) => acts.push(Act::Flag { suspended: *up }),
            Effect::Relate => acts.push(form.relate()?),
            Effect::Erase => acts.extend(form.erases()?),
            Effect::Continues => acts.extend(with.found.clone()),
            Effect::Release => acts.push(with.found.clone().ok_or(form.missing(Bind::Release))?),
            Effect::Wants => acts.push(form.wants()?),
            Effect::Permit => acts.push(form.permit()?),
            Effect::Tighten => acts.push(form.tighten()?),
            Effect::Confirm => acts.push(Act::Confirm {
                condition: form.parsed(Bind::Of)?,
            }),
            Effect::Keep => acts.push(form.keep()?),
            Effect::Hold => acts.push(form.hold()?),
            Effect::Lift => acts.push(Act::Lift {
                hold: form.parsed(Bind::Lifted)?,
            }),
            Effect::Expired => acts.push(with.found.clone().ok_or(ComposeError::Target)?),
        }
    }
    // A proposal of an earlier version asked nothing: it is signed all the same.
    let acts_on_none = !acts.iter().any(|a| matches!(a, Act::On { .. }));
    // What a node destroyed it says whether or not somebody asked.
    // What a court decided is told whether or not feedback is still owed.
    let unasked =
        entry.signs() || entry.effects.contains(&Effect::Expired) || entry.tells_unasked();
    if entry.on_obligation() && !unasked && acts_on_none {
        return Err(ComposeError::Target);
    }
    Ok(acts)
}

/// A filled form seen through its definition.
struct Form<'a> {
    entry: &'a EntryType,
    values: &'a Values,
    with: &'a Composing<'a>,
}

impl Form<'_> {
    fn bound(&self, bind: Bind) -> Option<&str> {
        self.entry.text(self.values, bind)
    }
    fn flag(&self, bind: Bind) -> bool {
        let field = self.entry.field(bind);
        field.is_some_and(|f| self.values.flag(f.name))
    }
    fn missing(&self, bind: Bind) -> ComposeError {
        self.wrong(bind, Problem::Missing)
    }
    fn wrong(&self, bind: Bind, problem: Problem) -> ComposeError {
        match self.entry.field(bind) {
            Some(f) => ComposeError::Field(f.error(problem)),
            None => ComposeError::Target,
        }
    }
    fn code<T>(&self, bind: Bind, parse: fn(&str) -> Option<T>) -> Result<T, ComposeError> {
        self.bound(bind)
            .and_then(parse)
            .ok_or_else(|| self.missing(bind))
    }
    fn parsed<T: std::str::FromStr>(&self, bind: Bind) -> Result<T, ComposeError> {
        self.bound(bind)
            .and_then(|t| t.parse().ok())
            .ok_or_else(|| self.missing(bind))
    }
    fn number(&self, bind: Bind) -> Option<i64> {
        self.values.number(self.entry.field(bind)?.name)
    }
    fn date(&self, bind: Bind) -> Option<Instant> {
        end_of_day(self.bound(bind)?)
    }
    fn urgency(&self) -> Urgency {
        self.bound(Bind::Urgency)
            .and_then(Urgency::parse)
            .unwrap_or(Urgency::Normal)
    }

    fn open(&self, phase: Phase) -> Result<Act, ComposeError> {
        let mut config = self.with.config.ok_or(ComposeError::NoConfig)?.clone();
        config.phase = phase;
        config
            .participants
            .extend(self.bound(Bind::AskOf).and_then(|s| s.parse().ok()));
        config.participants.sort();
        config.participants.dedup();
        Ok(Act::Open {
            kind: kind_name(self.entry.name).to_owned(),
            number: self.with.next_number,
            config,
        })
    }

    fn configure(&self, change: impl FnOnce(&mut Config)) -> Result<Act, ComposeError> {
        let mut config = self.with.config.ok_or(ComposeError::NoConfig)?.clone();
        // Terms may have come down since the dossier was opened: it follows, or it could never be closed.
        config.ceiling = config.ceiling.min(self.with.ceiling);
        change(&mut config);
        Ok(Act::Configure { config })
    }

    fn invited(&self) -> Result<Vec<ServiceName>, ComposeError> {
        let field = self.entry.field(Bind::Invite);
        let field = field.ok_or(ComposeError::Target)?;
        Ok(self
            .values
            .list(field.name)
            .iter()
            .filter_map(|s| s.parse().ok())
            .collect())
    }

    fn asks(
        &self,
        ask: Ask,
        when: When,
        number: &mut u32,
        acts: &mut Vec<Act>,
    ) -> Result<(), ComposeError> {
        let about = self.with.target.map(|t| t.ask.id);
        let own = self.with.author.node();
        let other = self.with.counterpart;
        let mut asking = |of: ServiceName, by: Option<Instant>, urgency: Urgency| {
            let to = other.filter(|_| of.node() == own).cloned();
            let taken = *number;
            *number = number.saturating_add(1);
            Act::Ask {
                ask,
                of,
                urgency,
                by,
                number: taken,
                about,
                to,
            }
        };
        match when {
            When::Promised => {
                for debtor in &self.with.promises {
                    acts.push(asking(debtor.clone(), self.date(Bind::By), Urgency::Normal));
                }
            }
            When::Feedback if !self.with.feedback || self.answers_feedback() => {}
            When::Feedback => {
                for asked in self.asked_for_feedback()? {
                    acts.push(match asked.open_feedback {
                        Some(obligation) => Act::On {
                            obligation,
                            act: OnAct::Join,
                        },
                        None => asking(asked.service, self.date(Bind::By), Urgency::Normal),
                    });
                }
            }
            When::NeedsAnswer if !self.flag(Bind::NeedsAnswer) => {}
            When::Ends => {
                if let Some(end) = self.date(Bind::Ends) {
                    let by = Some(end + self.with.grace);
                    for of in self.asked_each()? {
                        acts.push(asking(of, by, Urgency::Normal));
                    }
                }
            }
            When::Said(field, codes) => {
                let said = self.values.text(field);
                if said.is_some_and(|code| codes.contains(&code)) {
                    for of in self.asked_each()? {
                        acts.push(asking(of, None, self.urgency()));
                    }
                }
            }
            When::OfOurselves => {
                // Owed to somebody: without the other side there is no obligation.
                other.ok_or(ComposeError::Nobody)?;
                let by = self.date(Bind::By).or(self.with.by);
                acts.push(asking(self.with.author.clone(), by, Urgency::Normal));
            }
            When::NeedsAnswer | When::Always => {
                for of in self.asked_each()? {
                    let by = self.date(Bind::By).or(self.with.by);
                    acts.push(asking(of, by, self.urgency()));
                }
            }
        }
        Ok(())
    }

    /// Who owes feedback on this entry: whoever asked for it; of several states that it is for, each.
    fn asked_for_feedback(&self) -> Result<Vec<Asked>, ComposeError> {
        if let (Some(several), None) = (self.with.several, self.with.target) {
            return Ok(several.to_vec());
        }
        if self.with.several.is_none() && self.with.open_feedback.is_some() {
            // The open one says whom it is owed by.
            let service = self.with.author.clone();
            return Ok(vec![Asked {
                service,
                open_feedback: self.with.open_feedback,
            }]);
        }
        let service = self.asked()?;
        let known = self.with.several.unwrap_or_default();
        let owed = known.iter().find(|a| a.service.node() == service.node());
        Ok(vec![Asked {
            open_feedback: owed.and_then(|a| a.open_feedback),
            service,
        }])
    }

    /// Who is asked: one service; where several states take part and none is named, each of them, since what is asked of all is
    /// answered by all.
    fn asked_each(&self) -> Result<Vec<ServiceName>, ComposeError> {
        let named = self.with.counterpart.is_some() && !self.entry.opens();
        // What answers a proposal with another one is for all to decide anew, not for whoever made the first alone.
        let all = self.entry.counters() || !named && self.with.target.is_none();
        match self.with.several {
            Some([]) if all => Err(ComposeError::Nobody),
            Some(several) if all => Ok(several.iter().map(|a| a.service.clone()).collect()),
            _ => Ok(vec![self.asked()?]),
        }
    }

    /// Feedback never asks for feedback: chains are bounded.
    fn answers_feedback(&self) -> bool {
        let answered = |asked: Ask| matches!(asked, Ask::Answer | Ask::Act);
        self.with.target.is_some_and(|t| !answered(t.ask.ask))
    }

    fn asked(&self) -> Result<ServiceName, ComposeError> {
        if let Some(name) = self.bound(Bind::AskOf).and_then(|t| t.parse().ok()) {
            return Ok(name);
        }
        let creditor = self
            .with
            .target
            .map(|t| t.ask.creditor.clone())
            .filter(|s| s != self.with.author);
        creditor
            .or_else(|| self.with.counterpart.cloned())
            .ok_or(ComposeError::Nobody)
    }

    fn on(&self, on: On, asks: &[Ask]) -> Result<Vec<Act>, ComposeError> {
        let Some(target) = self.with.target else {
            return Ok(Vec::new());
        };
        if !asks.is_empty() && !asks.contains(&target.ask.ask) {
            return Ok(Vec::new());
        }
        let obligation = target.ask.id;
        let act = match on {
            On::Acknowledge => OnAct::Acknowledge,
            On::Progress => OnAct::Progress,
            On::AwaitAuthorisation => OnAct::AwaitAuthorisation,
            On::Extend => return self.extend(obligation),
            On::Pause => OnAct::Pause,
            On::Resume => self.resume(target)?,
            On::Answer => self.answer(),
            On::Refuse => OnAct::Refuse {
                ground: self.code(Bind::Ground, Ground::parse)?,
                withheld: self.withheld()?,
            },
            On::Waive => OnAct::Waive,
            On::Withdraw => OnAct::Withdraw,
            On::Contest => OnAct::Contest {
                what: self.code(Bind::Contest, Contested::parse)?,
            },
            On::HandOver => OnAct::HandOver {
                to: self.parsed(Bind::HandOver)?,
            },
            On::Accept => OnAct::Accept,
            On::Join => OnAct::Join,
            On::ProposeTime => OnAct::ProposeTime {
                of: match self.bound(Bind::ReceiptOf) {
                    Some(_) => self.parsed(Bind::ReceiptOf)?,
                    None => target.ask.id.entry,
                },
                at: self
                    .bound(Bind::ReceivedAt)
                    .and_then(Instant::parse)
                    .ok_or_else(|| self.missing(Bind::ReceivedAt))?,
            },
            On::AgreeTime => OnAct::AgreeTime {
                proposal: target
                    .to_agree(&self.with.author.node())
                    .map(|p| p.entry)
                    .ok_or(ComposeError::Target)?,
            },
        };
        Ok(vec![Act::On { obligation, act }])
    }

    /// The details are the creditor's to give; the debtor, who asked for them, may only say that it goes on without.
    fn resume(&self, target: &Obligation) -> Result<OnAct, ComposeError> {
        let side = target.side_of(&self.with.author.node());
        if side != resuming_side(self.entry) {
            return Err(ComposeError::Target);
        }
        let pause = target.pause.ok_or(ComposeError::Target)?;
        Ok(OnAct::Resume { pause })
    }

    /// A new date is needed where the type is about it; in feedback it is optional ("tell more on ...").
    fn extend(&self, obligation: ObligationId) -> Result<Vec<Act>, ComposeError> {
        match self.date(Bind::Until) {
            Some(until) => {
                let reason = self
                    .bound(Bind::Delay)
                    .and_then(Delay::parse)
                    .unwrap_or(Delay::ResultPending);
                Ok(vec![Act::On {
                    obligation,
                    act: OnAct::Extend { until, reason },
                }])
            }
            None if self
                .entry
                .fields
                .iter()
                .any(|f| f.bind == Bind::Until && f.required) =>
            {
                Err(self.missing(Bind::Until))
            }
            None => Ok(Vec::new()),
        }
    }

    /// Feedback that names a next date, or says "not yet", leaves the obligation open: some outcomes take a year.
    fn answer(&self) -> OnAct {
        let outcome = self
            .bound(Bind::Outcome)
            .and_then(Outcome::parse)
            .unwrap_or(Outcome::None);
        let more = self.date(Bind::Until).is_some() || outcome == Outcome::NotYet;
        OnAct::Answer {
            partial: self.flag(Bind::Partial) || more,
            outcome,
        }
    }

    /// The reason may be withheld only on the two security grounds.
    fn withheld(&self) -> Result<bool, ComposeError> {
        let withheld = self.flag(Bind::Withheld);
        let ground = self.code(Bind::Ground, Ground::parse)?;
        match self.entry.field(Bind::Withheld) {
            Some(f) if withheld && !ground.may_withhold() => {
                Err(ComposeError::Field(f.error(Problem::OnlySecurityGrounds)))
            }
            _ => Ok(withheld),
        }
    }

    /// What is named by the caller, or else by the form: an entry, or one file of it, which people count from 1.
    fn erases(&self) -> Result<Vec<Act>, ComposeError> {
        let named = self.with.erases.iter().copied();
        let mut entries: Vec<EntryId> = named.collect();
        if entries.is_empty() {
            let named = self
                .bound(Bind::Erase)
                .ok_or_else(|| self.missing(Bind::Erase))?;
            let unknown = || self.wrong(Bind::Erase, Problem::NotInList);
            entries.push(named.parse().map_err(|_| unknown())?);
        }
        let file = match self.number(Bind::EraseFile) {
            Some(number) => {
                let index = u32::try_from(number - 1).ok();
                Some(index.ok_or_else(|| self.wrong(Bind::EraseFile, Problem::NotInList))?)
            }
            None => None,
        };
        let act = |entry| match file {
            Some(index) => Act::EraseFile { entry, index },
            None => Act::Erase { entry },
        };
        Ok(entries.into_iter().map(act).collect())
    }

    /// The uses that are ticked.
    fn uses(&self) -> Uses {
        let ticked = Uses::ALL.into_iter().filter(|(one, ..)| {
            let goes = |f: &&Field| f.bind == Bind::Use(*one);
            let field = self.entry.fields.iter().find(goes);
            field.is_some_and(|f| self.values.flag(f.name))
        });
        ticked.fold(Uses::default(), |all, (one, ..)| all.union(one))
    }

    fn wants(&self) -> Result<Act, ComposeError> {
        let uses = self.uses();
        if !uses.is_known() {
            return Err(self.missing(Bind::Use(Uses::COURT)));
        }
        Ok(Act::Wants {
            entry: self.parsed(Bind::Of)?,
            uses,
        })
    }

    /// What is permitted of what was asked: the caller knows what that was.
    fn permit(&self) -> Result<Act, ComposeError> {
        let Some(Act::Wants { entry, uses: asked }) = &self.with.found else {
            return Err(ComposeError::Target);
        };
        let uses = self.uses();
        if !uses.is_known() {
            return Err(self.missing(Bind::Use(Uses::COURT)));
        }
        if let Some((beyond, ..)) = Uses::ALL
            .into_iter()
            .find(|(one, ..)| uses.contains(*one) && !asked.contains(*one))
        {
            return Err(self.wrong(Bind::Use(beyond), Problem::NotAsked));
        }
        Ok(Act::Permit {
            entry: *entry,
            uses,
            until: self.date(Bind::Lasts),
        })
    }

    /// More conditions, an end, or both; what there is stays.
    fn tighten(&self) -> Result<Act, ComposeError> {
        let codes = self.bound(Bind::MoreCodes).and_then(HandlingCodes::parse);
        let until = self.date(Bind::Ends);
        if codes.is_none() && until.is_none() {
            return Err(self.missing(Bind::MoreCodes));
        }
        Ok(Act::Tighten {
            entry: self.parsed(Bind::Of)?,
            codes: codes.unwrap_or_default(),
            until,
        })
    }

    fn keep(&self) -> Result<Act, ComposeError> {
        Ok(Act::Keep {
            until: self.last_day()?,
            reason: self.code(Bind::KeepReason, KeepReason::parse)?,
        })
    }

    /// On an entry, or on the whole dossier where none is named.
    fn hold(&self) -> Result<Act, ComposeError> {
        let entry = match self.bound(Bind::Held) {
            Some(_) => Some(self.parsed(Bind::Held)?),
            None => None,
        };
        Ok(Act::Hold {
            entry,
            ground: self.code(Bind::HoldGround, HoldGround::parse)?,
            until: self.last_day()?,
        })
    }

    fn last_day(&self) -> Result<Instant, ComposeError> {
        self.date(Bind::Lasts)
            .ok_or_else(|| self.missing(Bind::Lasts))
    }

    fn relate(&self) -> Result<Act, ComposeError> {
        let relation = self.code(Bind::Relation, Relation::parse)?;
        let from: EntryId = self.parsed(Bind::RelateFrom)?;
        let (dossier, to) = self
            .bound(Bind::RelateTo)
            .and_then(|t| t.split_once(':'))
            .ok_or_else(|| self.missing(Bind::RelateTo))?;
        let to_dossier: DossierId = dossier.parse().map_err(|_| self.missing(Bind::RelateTo))?;
        let to: EntryId = to.parse().map_err(|_| self.missing(Bind::RelateTo))?;
        Ok(Act::Relate {
            relation,
            from,
            to,
            to_dossier,
        })
    }
}

/// Which side ends a pause by this type of entry, if it ends one: both may, and each says something else by it.
#[must_use]
pub fn resuming_side(entry: &EntryType) -> Option<Side> {
    let resumes = |e: &Effect| matches!(e, Effect::On(On::Resume, _));
    let gives = entry.fields.iter().any(|f| f.required);
    entry
        .effects
        .iter()
        .any(resumes)
        .then_some(if gives { Side::Creditor } else { Side::Debtor })
}

/// The last millisecond of a day in UTC: a promise "by the 3rd" holds until the 3rd is over.
#[must_use]
pub fn end_of_day(date: &str) -> Option<Instant> {
    let day: jiff::civil::Date = date.parse().ok()?;
    let midnight = jiff::tz::Offset::UTC
        .to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0))
        .ok()?;
    Some(Instant(midnight.as_millisecond() - 1))
}

/// The configuration that a new dossier starts with.
#[must_use]
pub fn first_config(
    convenor: &NodeName,
    participants: Vec<ServiceName>,
    purpose: Purpose,
    ceiling: Class,
) -> Config {
    let mut participants = participants;
    participants.sort();
    participants.dedup();
    let mut config = Config {
        convenor: convenor.clone(),
        participants,
        purpose,
        ceiling,
        phase: Phase::Open,
        rules: RULES_OF_TWO,
    };
    if config.nodes().len() > 2 {
        config.rules = RULES_OF_MANY;
    }
    config
}

/// Whether a role may write entries at all: inspectors and administrators never do in dossiers.
#[must_use]
pub fn role_writes(role: Role) -> bool {
    !matches!(role, Role::Inspector | Role::Administrator)
}
