//! Obligations: who owes whom what, by when, and how an ask ends. Every transition is here, nowhere else.
//!
//! An obligation is computed from its ask and the regular acts on it, in any order of arrival, with the same result: acts of one
//! side form a chain, and what both sides do at the same time merges by the table in [`settle`] (discharge beats withdrawal).
//! Overdue and escalated are derived from an instant, never stored (rule 1).

use crate::act::OnAct;
use crate::charter::{Stop, Terms};
use crate::codes::{Ask, Contested, Delay, Ground, Outcome, Urgency};
use crate::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use crate::instant::{Instant, Span};
use crate::label::{Label, label};
use serde::Serialize;
use std::collections::BTreeMap;

/// The ask itself: facts from the asking entry's header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskFacts {
    /// The obligation.
    pub id: ObligationId,
    /// The dossier.
    pub dossier: DossierId,
    /// What is asked.
    pub ask: Ask,
    /// The service that asks.
    pub creditor: ServiceName,
    /// The service that was asked.
    pub debtor: ServiceName,
    /// How pressing.
    pub urgency: Urgency,
    /// The asking node's number.
    pub number: u32,
    /// The author's time.
    pub at: Instant,
    /// A date in place of the charter's clock.
    pub by: Option<Instant>,
    /// The obligation whose answer gave rise to this one.
    pub about: Option<ObligationId>,
    /// When the debtor's node durably received it, if it did.
    pub received: Option<Instant>,
}

/// One regular act on an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActFacts {
    /// The acting entry.
    pub entry: EntryId,
    /// Place among that entry's acts.
    pub index: u8,
    /// Number of the entry in its lane: orders the acts of one side.
    pub seq: u64,
    /// Causal depth, to order both sides' acts for display.
    pub depth: u64,
    /// The acting node.
    pub node: NodeName,
    /// The author's time.
    pub at: Instant,
    /// When the other side durably received it, if it did.
    pub received: Option<Instant>,
    /// The act.
    pub act: OnAct,
}

impl ActFacts {
    /// The later of the author's time and the receipt's (rule 10).
    fn counts_from(&self) -> Instant {
        self.received.map_or(self.at, |r| r.max(self.at))
    }

    /// When a clock ends or stops by this act: its own time, or its receipt's less transit if that is later (rule 10). A time
    /// set back by its author stops nothing.
    fn ends_at(&self, transit: Span) -> Instant {
        self.received
            .map_or(self.at, |r| (r - transit).max(self.at))
    }
}

/// Where an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing came back yet.
    Open,
    /// The debtor has it.
    Acknowledged,
    /// The debtor works on it.
    InProgress,
    /// A judge must authorise.
    AwaitingAuthorisation,
    /// Further details are needed: the clock stands still.
    AwaitingRequester,
    /// Part of the answer is here.
    PartlyAnswered,
    /// The debtor claims that what was promised is done; the creditor has not agreed yet.
    Claimed,
    /// Answered.
    Answered,
    /// Refused with a ground.
    Refused,
    /// Taken back by its author.
    Withdrawn,
    /// No longer insisted on.
    Waived,
    /// Both sides agree that it is done.
    Agreed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 12] = [
        Self::Open,
        Self::Acknowledged,
        Self::InProgress,
        Self::AwaitingAuthorisation,
        Self::AwaitingRequester,
        Self::PartlyAnswered,
        Self::Claimed,
        Self::Answered,
        Self::Refused,
        Self::Withdrawn,
        Self::Waived,
        Self::Agreed,
    ];

    /// Whether somebody still owes something.
    #[must_use]
    pub fn is_open(self) -> bool {
        self <= Self::Claimed
    }
    /// Stable number for storage.
    #[must_use]
    pub fn number(self) -> u8 {
        (0u8..)
            .zip(Self::ALL)
            .find(|(_, s)| *s == self)
            .map_or(0, |(n, _)| n)
    }
    /// The state of a stored number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n)).copied()
    }
    /// Name in interfaces and files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::InProgress => "in_progress",
            Self::AwaitingAuthorisation => "awaiting_authorisation",
            Self::AwaitingRequester => "awaiting_requester",
            Self::PartlyAnswered => "partly_answered",
            Self::Claimed => "claimed",
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Waived => "waived",
            Self::Agreed => "agreed",
        }
    }
    /// What a person reads.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Open => label("ouverte", "مفتوح", "open"),
            Self::Acknowledged => label(
                "reçue et prise en charge",
                "تم الإشعار بالتوصل",
                "acknowledged",
            ),
            Self::InProgress => label("en cours", "قيد الإنجاز", "in progress"),
            Self::AwaitingAuthorisation => label(
                "attend une autorisation",
                "في انتظار الإذن",
                "awaiting authorisation",
            ),
            Self::AwaitingRequester => label(
                "attend le demandeur",
                "في انتظار صاحب الطلب",
                "awaiting requester",
            ),
            Self::PartlyAnswered => label("réponse partielle", "جواب جزئي", "partly answered"),
            Self::Claimed => label("déclarée accomplie", "مصرح بإنجازه", "claimed done"),
            Self::Answered => label("répondue", "تم الجواب", "answered"),
            Self::Refused => label("refusée", "مرفوض", "refused"),
            Self::Withdrawn => label("retirée", "مسحوب", "withdrawn"),
            Self::Waived => label("abandonnée par le créancier", "متنازل عنه", "waived"),
            Self::Agreed => label(
                "accomplie d’un commun accord",
                "منجز باتفاق الطرفين",
                "agreed done",
            ),
        }
    }
}

/// Which side of an obligation a node is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Is owed.
    Creditor,
    /// Owes.
    Debtor,
}

/// An obligation as both ledgers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The ask.
    pub ask: AskFacts,
    /// The service that owes now (after hand-overs).
    pub owing: ServiceName,
    /// State.
    pub state: State,
    /// Whose turn it is; nobody's once it has ended.
    pub turn: Option<Side>,
    /// When it is due; absent while its clock has not started or stands still.
    pub due: Option<Instant>,
    /// Since when the clock stands still.
    pub stopped: Option<Instant>,
    /// New date and reason, where the debtor gave one.
    pub extended: Option<(Instant, Delay)>,
    /// Unanswered contests.
    pub contested: Option<Contested>,
    /// Ground of refusal, and whether the reason was withheld.
    pub refused: Option<(Ground, bool)>,
    /// What became of it, for feedback.
    pub outcome: Outcome,
    /// When the clock ended: the answer's own time or its receipt less transit, whichever is later (rule 10).
    pub ended: Option<Instant>,
    /// The entry that ended it, or answered last.
    pub answered_by: Option<EntryId>,
    /// The pause that is unanswered.
    pub pause: Option<EntryId>,
    /// Entries that joined (contributions that one feedback covers).
    pub joined: Vec<EntryId>,
    /// Times proposed in place of receipts' that the other side has not agreed, in causal order: of each side and for each entry
    /// received the latest only.
    pub proposed: Vec<ProposedTime>,
    /// Receipt times that both sides agreed, by the entry received: they stand in place of the receipts' own (rule 10).
    pub agreed: BTreeMap<EntryId, Instant>,
}

/// A receipt time that one side proposed (rule 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposedTime {
    /// The proposing entry.
    pub entry: EntryId,
    /// Its author's node; only the other side can agree.
    pub by: NodeName,
    /// The entry whose receipt is meant.
    pub of: EntryId,
    /// The instant in place of the receipt's.
    pub at: Instant,
}

/// Whether a side may do this to an obligation in this state. The whole transition table.
#[must_use]
pub fn may(state: State, ask: Ask, side: Side, act: &OnAct) -> bool {
    use State as S;
    let working = matches!(
        state,
        S::Open
            | S::Acknowledged
            | S::InProgress
            | S::AwaitingAuthorisation
            | S::AwaitingRequester
            | S::PartlyAnswered
    );
    match (side, act) {
        (Side::Debtor, OnAct::Acknowledge) => state == S::Open,
        (Side::Debtor, OnAct::Progress | OnAct::AwaitAuthorisation) => {
            working && state != S::AwaitingRequester
        }
        (
            Side::Debtor,
            OnAct::Extend { .. }
            | OnAct::HandOver { .. }
            | OnAct::Answer { .. }
            | OnAct::Refuse { .. },
        ) => working,
        (Side::Debtor, OnAct::Pause) => {
            working && state != S::AwaitingRequester && ask == Ask::Answer
        }
        (_, OnAct::Resume { .. }) => state == S::AwaitingRequester,
        (Side::Creditor, OnAct::Waive | OnAct::Withdraw) => state.is_open(),
        (Side::Creditor, OnAct::Accept) => state == S::Claimed,
        (Side::Creditor, OnAct::Join) => working,
        (Side::Creditor, OnAct::Contest { what }) => match what {
            Contested::Answer => matches!(state, S::Answered | S::PartlyAnswered | S::Claimed),
            Contested::Ground => state == S::Refused,
            Contested::Extension => working,
            Contested::ReceiptTime => true,
        },
        (Side::Debtor, OnAct::Contest { what }) => *what == Contested::ReceiptTime,
        // A time may be set right even of what has ended: the balance counts it.
        (_, OnAct::ProposeTime { .. } | OnAct::AgreeTime { .. }) => true,
        _ => false,
    }
}

/// What the clocks of a link add to an obligation: the terms it was written under and the stretches of suspension.
#[derive(Clone, Copy, Debug)]
pub struct ClockContext<'a> {
    /// Terms in force when it was asked; without them nothing is due.
    pub terms: Option<&'a Terms>,
    /// Suspensions of the link, in order.
    pub suspended: &'a [Stop],
}

/// Computes an obligation from its ask and the regular acts on it, in whatever order they are given.
#[must_use]
pub fn fold(mut ask: AskFacts, acts: &[ActFacts], clock: ClockContext<'_>) -> Obligation {
    let mut sorted = in_order(acts);
    let times = receipt_times(&sorted, ask.id.entry);
    ask.received = times.in_place_of(ask.id.entry, ask.received);
    for fact in &mut sorted {
        fact.received = times.in_place_of(fact.entry, fact.received);
    }
    let times_contested = times.doubted || !times.pending.is_empty();
    let ordered: Vec<&ActFacts> = sorted.iter().collect();
    let mut out = Obligation {
        owing: ask.debtor.clone(),
        state: State::Open,
        turn: None,
        due: None,
        stopped: None,
        extended: None,
        contested: None,
        refused: None,
        outcome: Outcome::None,
        ended: None,
        answered_by: None,
        pause: None,
        joined: Vec::new(),
        proposed: times.pending,
        agreed: times.agreed,
        ask,
    };
    let transit = clock.terms.map_or(Span(0), |t| t.transit);
    let pauses = debtor_chain(&mut out, &ordered, transit);
    if times_contested {
        out.contested = Some(Contested::ReceiptTime);
    }
    creditor_chain(&mut out, &ordered);
    settle(&mut out, &ordered, clock);
    out.turn = whose_turn(&out);
    set_due(&mut out, &pauses, clock);
    out
}

/// What both sides said about the times of receipts.
#[derive(Default)]
struct ReceiptTimes {
    /// Of each side and for each entry received its latest proposal, while the other side has not agreed and it has not itself
    /// agreed to another time.
    pending: Vec<ProposedTime>,
    /// Every proposal: the entry received, and whose word it was.
    said: BTreeMap<EntryId, (EntryId, NodeName)>,
    agreed: BTreeMap<EntryId, Instant>,
    /// The time of the ask's receipt was contested without naming a better one.
    doubted: bool,
}

impl ReceiptTimes {
    /// The time that counts for an entry. Where nobody received it yet there is nothing to replace.
    fn in_place_of(&self, entry: EntryId, received: Option<Instant>) -> Option<Instant> {
        received.map(|at| self.agreed.get(&entry).copied().unwrap_or(at))
    }

    fn propose(&mut self, proposed: ProposedTime) {
        let word = |p: &ProposedTime| p.of == proposed.of && p.by == proposed.by;
        self.pending.retain(|p| !word(p));
        let said = (proposed.of, proposed.by.clone());
        self.said.insert(proposed.entry, said);
        self.pending.push(proposed);
    }

    /// What a node would agree with by naming this entry: only what the other side says still. Nobody agrees with themselves, and
    /// nobody twice.
    fn open_to(&self, proposal: EntryId, node: &NodeName) -> Option<&ProposedTime> {
        self.pending
            .iter()
            .find(|p| p.entry == proposal && p.by != *node)
    }

    /// The entry received whose time is agreed by this, if it is.
    fn agree(&mut self, proposal: EntryId, node: &NodeName) -> Option<EntryId> {
        let of = self.said.get(&proposal).filter(|(_, by)| by != node)?.0;
        let at = self.open_to(proposal, node).map(|p| p.at);
        // Whoever agrees has spoken: what they proposed for the same receipt before is no longer their word.
        self.pending
            .retain(|p| p.of != of || (p.entry != proposal && p.by != *node));
        self.agreed.insert(of, at?);
        Some(of)
    }
}

/// Proposals and agreements in causal order: only what both nodes said counts, and a later agreement replaces an earlier one.
fn receipt_times(sorted: &[ActFacts], ask: EntryId) -> ReceiptTimes {
    let mut times = ReceiptTimes::default();
    let mut proposing = None;
    for fact in sorted {
        match &fact.act {
            OnAct::Contest {
                what: Contested::ReceiptTime,
            } => times.doubted = true,
            // An agreement names an entry: of several proposals in one, only the first can be meant.
            OnAct::ProposeTime { of, at } if proposing != Some(fact.entry) => {
                proposing = Some(fact.entry);
                times.propose(ProposedTime {
                    entry: fact.entry,
                    by: fact.node.clone(),
                    of: *of,
                    at: *at,
                });
            }
            OnAct::AgreeTime { proposal } => {
                times.doubted &= times.agree(*proposal, &fact.node) != Some(ask);
            }
            _ => {}
        }
    }
    times
}

/// Causal order; what is concurrent, by identifier.
fn in_order(facts: &[ActFacts]) -> Vec<ActFacts> {
    let mut sorted = facts.to_vec();
    sorted.sort_by_key(|a| (a.depth, a.entry, a.index));
    sorted
}

/// Whether this act about a receipt's time fits what was said before: it names an ask or act whose receipt moves a clock, or
/// agrees with the latest that the other side proposed for that receipt, once. `facts` are those in the author's past.
#[must_use]
pub fn time_fits(ask: &AskFacts, facts: &[ActFacts], act: &OnAct, author: &NodeName) -> bool {
    match act {
        OnAct::ProposeTime { of, .. } => {
            *of == ask.id.entry
                || facts
                    .iter()
                    .any(|f| f.entry == *of && f.act.moves_a_clock())
        }
        OnAct::AgreeTime { proposal } => receipt_times(&in_order(facts), ask.id.entry)
            .open_to(*proposal, author)
            .is_some(),
        _ => true,
    }
}

/// Whether a receipt's time can be true by our own clock: not before the entry was written, not after the receipt came to us,
/// each give or take the charter's allowance. An implausible one is shown and a better one offered, never taken by itself. A
/// receipt that was long on its way is late, not implausible.
#[must_use]
pub fn plausible(received: Instant, written: Instant, arrived: Instant, transit: Span) -> bool {
    received <= arrived + transit && received >= written - transit
}

/// What the debtor's own acts, one chain in order of `seq`, say about progress, dates and pauses.
fn debtor_chain(out: &mut Obligation, ordered: &[&ActFacts], transit: Span) -> Vec<Stop> {
    let node = out.ask.debtor.node();
    let mut own: Vec<&&ActFacts> = ordered.iter().filter(|a| a.node == node).collect();
    own.sort_by_key(|a| (a.seq, a.index));
    let mut pauses = Vec::new();
    for fact in own {
        match &fact.act {
            OnAct::Acknowledge => out.state = out.state.max(State::Acknowledged),
            OnAct::Progress => out.state = State::InProgress,
            OnAct::AwaitAuthorisation => out.state = State::AwaitingAuthorisation,
            OnAct::Extend { until, reason } => out.extended = Some((*until, *reason)),
            OnAct::HandOver { to } => out.owing = to.clone(),
            OnAct::Answer {
                partial: true,
                outcome,
            } => {
                out.state = State::PartlyAnswered;
                out.outcome = *outcome;
                out.answered_by = Some(fact.entry);
            }
            OnAct::Pause => {
                let resumed = resumption(ordered, fact.entry);
                pauses.push(Stop {
                    from: fact.ends_at(transit),
                    to: resumed.map(ActFacts::counts_from),
                });
                if resumed.is_none() {
                    out.pause = Some(fact.entry);
                }
            }
            OnAct::Resume { .. }
            | OnAct::Answer { .. }
            | OnAct::Refuse { .. }
            | OnAct::Waive
            | OnAct::Withdraw
            | OnAct::Contest { .. }
            | OnAct::Accept
            | OnAct::Join
            | OnAct::ProposeTime { .. }
            | OnAct::AgreeTime { .. } => {}
        }
    }
    if out.pause.is_some() {
        out.state = State::AwaitingRequester;
    }
    pauses
}

fn resumption<'a>(ordered: &[&'a ActFacts], pause: EntryId) -> Option<&'a ActFacts> {
    ordered
        .iter()
        .filter(|a| matches!(&a.act, OnAct::Resume { pause: named } if *named == pause))
        .min_by_key(|a| (a.counts_from(), a.entry))
        .copied()
}

/// What the creditor joined and contested.
fn creditor_chain(out: &mut Obligation, ordered: &[&ActFacts]) {
    for fact in ordered {
        match &fact.act {
            OnAct::Join => out.joined.push(fact.entry),
            // Receipt times are agreed, and then no longer contested: see `receipt_times`.
            OnAct::Contest {
                what: Contested::ReceiptTime,
            } => {}
            OnAct::Contest { what } => out.contested = out.contested.max(Some(*what)),
            _ => {}
        }
    }
    out.joined.sort_unstable();
    out.joined.dedup();
}

/// How it ends. What both sides do at the same time merges here: agreement, then answer, then refusal, then waiver, then
/// withdrawal; among several of one sort the lowest entry counts, so that both nodes choose the same.
fn settle(out: &mut Obligation, ordered: &[&ActFacts], clock: ClockContext<'_>) {
    let first = |wanted: fn(&OnAct) -> bool| ordered.iter().find(|a| wanted(&a.act)).copied();
    let transit = clock.terms.map_or(Span(0), |t| t.transit);
    let end_of = |fact: &ActFacts| fact.ends_at(transit);
    let answer = first(|a| matches!(a, OnAct::Answer { partial: false, .. }));
    if let Some(fact) = answer {
        if let OnAct::Answer { outcome, .. } = &fact.act {
            out.outcome = *outcome;
        }
        out.state = if out.ask.ask == Ask::Act {
            State::Claimed
        } else {
            State::Answered
        };
        out.ended = Some(end_of(fact));
        out.answered_by = Some(fact.entry);
        if first(|a| matches!(a, OnAct::Accept)).is_some() {
            out.state = State::Agreed;
        }
    } else if let Some(fact) = first(|a| matches!(a, OnAct::Refuse { .. })) {
        if let OnAct::Refuse { ground, withheld } = &fact.act {
            out.refused = Some((*ground, *withheld));
        }
        out.state = State::Refused;
        out.ended = Some(end_of(fact));
        out.answered_by = Some(fact.entry);
    }
    let settled = matches!(out.state, State::Answered | State::Refused | State::Agreed);
    if settled {
        return;
    }
    for (wanted, state) in [
        (first(|a| matches!(a, OnAct::Waive)), State::Waived),
        (first(|a| matches!(a, OnAct::Withdraw)), State::Withdrawn),
    ] {
        if let Some(fact) = wanted {
            out.state = state;
            out.ended = Some(fact.at);
            out.answered_by = Some(fact.entry);
            return;
        }
    }
}

fn whose_turn(out: &Obligation) -> Option<Side> {
    match out.state {
        State::AwaitingRequester | State::Claimed => Some(Side::Creditor),
        state if state.is_open() => Some(Side::Debtor),
        _ => None,
    }
}

/// The due time by rule 10: from the later of the ask's own time and its receipt's, in calendar time, less the stops.
fn set_due(out: &mut Obligation, pauses: &[Stop], clock: ClockContext<'_>) {
    let Some(received) = out.ask.received else {
        return;
    };
    let start = received.max(out.ask.at);
    let stops = merge(pauses.iter().chain(clock.suspended).copied().collect());
    let allowed = clock
        .terms
        .and_then(|t| t.allowed(out.ask.ask, out.ask.urgency));
    let (from, span) = match (out.extended, out.ask.by) {
        (Some((until, _)), _) => (until, Span(0)),
        (None, Some(by)) => (start.max(by), Span(0)),
        (None, None) => match allowed {
            Some(span) => (start, span),
            None => return,
        },
    };
    match due_after(from, span, &stops) {
        Ok(due) => out.due = Some(due),
        Err(stopped) => out.stopped = Some(stopped),
    }
}

/// Overlapping stops as disjoint ones, in order.
fn merge(mut stops: Vec<Stop>) -> Vec<Stop> {
    stops.sort_by_key(|s| (s.from, s.to));
    let mut out: Vec<Stop> = Vec::new();
    for stop in stops {
        match out.last_mut() {
            Some(last) if last.to.is_none_or(|to| stop.from <= to) => {
                last.to = match (last.to, stop.to) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => out.push(stop),
        }
    }
    out
}

/// The instant by which `span` has run since `from`, or since when the clock stands still.
fn due_after(from: Instant, span: Span, stops: &[Stop]) -> Result<Instant, Instant> {
    let mut due = from + span;
    for stop in stops {
        if stop.from >= due {
            break;
        }
        match stop.to {
            None => return Err(stop.from),
            Some(to) if to > from => due = due + (to - stop.from.max(from)),
            Some(_) => {}
        }
    }
    Ok(due)
}

/// How far chasing has come at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Chase {
    /// Nothing to chase.
    Quiet,
    /// Due soon.
    Soon,
    /// Past its date.
    Overdue,
    /// With the liaison officer.
    Liaison,
    /// With the coordinator.
    Coordinator,
    /// On the list for the next meeting.
    Meeting,
}

impl Obligation {
    /// Whether it is past its date at this instant. Only the debtor can be late.
    #[must_use]
    pub fn overdue(&self, now: Instant) -> bool {
        self.turn == Some(Side::Debtor) && self.due.is_some_and(|due| now > due)
    }

    /// How far chasing has come (DESIGN section 6).
    #[must_use]
    pub fn chase(&self, now: Instant, terms: &Terms) -> Chase {
        let Some(due) = self.due.filter(|_| self.turn == Some(Side::Debtor)) else {
            return Chase::Quiet;
        };
        let steps = &terms.escalation;
        if now <= due {
            return if now > due - steps.soon {
                Chase::Soon
            } else {
                Chase::Quiet
            };
        }
        let late = now - due;
        if late >= steps.meeting {
            Chase::Meeting
        } else if late >= steps.coordinator {
            Chase::Coordinator
        } else if late >= steps.liaison {
            Chase::Liaison
        } else {
            Chase::Overdue
        }
    }

    /// Whether it was answered or refused by its date; unknown while it runs or where nothing was due.
    #[must_use]
    pub fn on_time(&self) -> Option<bool> {
        Some(self.ended? <= self.due?)
    }

    /// Whether the ask has no receipt although the delivery clock ran out (DESIGN section 6).
    #[must_use]
    pub fn not_received(&self, now: Instant, terms: &Terms) -> bool {
        self.ask.received.is_none()
            && self.state.is_open()
            && now > self.ask.at + terms.delivery_of(self.ask.urgency)
    }

    /// The side of a node, if it has one.
    #[must_use]
    pub fn side_of(&self, node: &NodeName) -> Option<Side> {
        if self.ask.debtor.node() == *node {
            Some(Side::Debtor)
        } else if self.ask.creditor.node() == *node {
            Some(Side::Creditor)
        } else {
            None
        }
    }

    /// The node on a side.
    #[must_use]
    pub fn node_of(&self, side: Side) -> NodeName {
        match side {
            Side::Creditor => self.ask.creditor.node(),
            Side::Debtor => self.ask.debtor.node(),
        }
    }

    /// What a node agrees with when it agrees with a time: the latest that the other side proposed.
    #[must_use]
    pub fn to_agree(&self, node: &NodeName) -> Option<&ProposedTime> {
        self.proposed.iter().rev().find(|p| p.by != *node)
    }

    /// Agreeing with the time that the other side proposed; proposing one, where there is a receipt.
    fn offers_of_times(&self, side: Side) -> impl Iterator<Item = OnAct> {
        let me = self.node_of(side);
        let agree = self
            .to_agree(&me)
            .map(|p| OnAct::AgreeTime { proposal: p.entry });
        let propose = self.ask.received.map(|at| OnAct::ProposeTime {
            of: self.ask.id.entry,
            at,
        });
        agree.into_iter().chain(propose)
    }

    /// What a side may do now, in the order in which a person is offered it.
    #[must_use]
    pub fn offers(&self, side: Side) -> Vec<OnAct> {
        let samples = [
            OnAct::Acknowledge,
            OnAct::Progress,
            OnAct::AwaitAuthorisation,
            OnAct::Answer {
                partial: true,
                outcome: Outcome::None,
            },
            OnAct::Answer {
                partial: false,
                outcome: Outcome::None,
            },
            OnAct::Refuse {
                ground: Ground::NotAvailable,
                withheld: false,
            },
            OnAct::Extend {
                until: Instant(0),
                reason: Delay::Other,
            },
            OnAct::Pause,
            OnAct::HandOver {
                to: self.owing.clone(),
            },
            OnAct::Accept,
            OnAct::Contest {
                what: Contested::Answer,
            },
            OnAct::Contest {
                what: Contested::Ground,
            },
            OnAct::Waive,
            OnAct::Withdraw,
        ];
        let resume = self.pause.map(|pause| OnAct::Resume { pause });
        samples
            .into_iter()
            .chain(resume)
            .chain(self.offers_of_times(side))
            .filter(|a| may(self.state, self.ask.ask, side, a))
            .collect()
    }
}

#[cfg(test)]
mod tests;
