//! Judging an entry once, from its own causal past alone (rule 3), in State(audience) (rule 4), under the terms it names (rule 9).
//!
//! The verdict never changes and both nodes reach the same: whatever arrives later, backdated or concurrent, has no part in it.
//! An authentic entry that may not be is kept, receipted, marked irregular with the reason, and has no effect.

mod conditions;
mod keeping;
mod many;

use crate::able::Able;
use crate::act::{Act, Config, OnAct};
use crate::charter::Terms;
use crate::codes::{Ask, Phase};
use crate::header::{Header, MAX_AFTER};
use crate::ids::{EntryId, NodeName, ObligationId, ServiceName};
use crate::kind::{Effect, EntryType, Kind, role_writes};
use crate::kinds;
use crate::label::{Label, label};
use crate::obligation::{self, ActFacts, AskFacts, ClockContext, Side, State};
use minicbor::{Decode, Encode};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The entries of one node with one audience in one dossier: they form a chain. A node that wrote two different entries of one
/// number has forked its lane: each further fork is a branch of its own, so that whoever followed one of the two has not seen the
/// other. Which of them counts as the main lane depends on the order of arrival here, and changes no verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Lane {
    /// The writing node.
    #[n(0)]
    pub node: NodeName,
    /// The audience.
    #[n(1)]
    pub audience: Vec<NodeName>,
    /// The entry that began this branch; none in the main lane.
    #[n(2)]
    pub branch: Option<EntryId>,
}

impl Lane {
    /// The main lane of a node's entries with an audience.
    #[must_use]
    pub fn main(node: NodeName, audience: Vec<NodeName>) -> Self {
        Self {
            node,
            audience,
            branch: None,
        }
    }
    /// The main lane that a header belongs to; its branch, if it stands on one, is in its [`Causal`].
    #[must_use]
    pub fn of(header: &Header) -> Self {
        Self::main(header.node(), header.audience.clone())
    }
    fn same_but_branch(&self, other: &Self) -> bool {
        self.node == other.node && self.audience == other.audience
    }
}

/// A causal past as the highest number seen in each lane.
#[derive(Clone, Debug, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Seen(#[n(0)] BTreeMap<Lane, u64>);

impl Seen {
    /// Highest number seen in a lane, 0 if none.
    #[must_use]
    pub fn in_lane(&self, lane: &Lane) -> u64 {
        self.0.get(lane).copied().unwrap_or(0)
    }
    /// The number that the next entry of a lane has, whichever branches were seen.
    #[must_use]
    pub fn next_of(&self, main: &Lane) -> u64 {
        self.branches(main)
            .map(|(_, seq)| seq)
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }
    /// The branch that an entry of this number continues: the main lane if it ends there.
    fn continued(&self, main: &Lane, seq: u64) -> Lane {
        self.branches(main)
            .find(|(_, top)| top.saturating_add(1) == seq)
            .map_or_else(|| main.clone(), |(lane, _)| lane.clone())
    }
    /// The main lane, where something of it was seen, and then its branches.
    fn branches<'a>(&'a self, main: &'a Lane) -> impl Iterator<Item = (&'a Lane, u64)> {
        self.0
            .range(main.clone()..)
            .take_while(|(lane, _)| lane.same_but_branch(main))
            .map(|(lane, seq)| (lane, *seq))
    }
    /// Whether that entry is in this past.
    #[must_use]
    pub fn contains(&self, lane: &Lane, seq: u64) -> bool {
        self.in_lane(lane) >= seq
    }
    /// Both pasts together.
    pub fn merge(&mut self, other: &Self) {
        for (lane, seq) in &other.0 {
            self.see(lane.clone(), *seq);
        }
    }
    /// Adds an entry and with it its lane up to there.
    pub fn see(&mut self, lane: Lane, seq: u64) {
        let at = self.0.entry(lane).or_insert(0);
        *at = seq.max(*at);
    }
}

/// Where an entry stands in its dossier's causal order; kept with the entry.
#[derive(Clone, Debug, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Causal {
    /// Length of the longest path to the opening.
    #[n(0)]
    pub depth: u64,
    /// Its past, itself included.
    #[n(1)]
    pub seen: Seen,
    /// Number of the configuration it was written under, counted from 1.
    #[n(2)]
    pub config_no: u32,
    /// Version of the charter terms it was written under; 0 where none.
    #[n(3)]
    pub charter_no: u32,
    /// The branch of its lane that it stands on; none for the main lane.
    #[n(4)]
    pub branch: Option<EntryId>,
}

impl Causal {
    /// The lane of the entry that has this place.
    #[must_use]
    pub fn lane(&self, header: &Header) -> Lane {
        Lane {
            branch: self.branch,
            ..Lane::of(header)
        }
    }
    /// Whether the entry that has this place counts in its lane: one out of turn does not.
    #[must_use]
    pub fn counts(&self, header: &Header) -> bool {
        header.seq > 0 && self.seen.in_lane(&self.lane(header)) == header.seq
    }
}

/// A parent as the judge needs it.
#[derive(Clone, Debug)]
pub struct Parent {
    /// Its audience.
    pub audience: Vec<NodeName>,
    /// Its place.
    pub causal: Causal,
}

/// A configuration in force since some entry.
#[derive(Clone, Debug)]
pub struct InForce {
    /// Number, counted from 1 at the opening.
    pub number: u32,
    /// The configuration.
    pub config: Config,
    /// Kind of the dossier.
    pub kind: String,
    /// Lane and number of the entry that set it.
    pub set_by: (Lane, u64),
}

/// An obligation with everything that was done to it, wherever it stands in causal order.
#[derive(Clone, Debug)]
pub struct History {
    /// The ask.
    pub ask: AskFacts,
    /// Audience of the asking entry.
    pub audience: Vec<NodeName>,
    /// Lane and number of the asking entry.
    pub asked_in: (Lane, u64),
    /// Regular acts, each with the lane it came in.
    pub acts: Vec<(Lane, ActFacts)>,
}

/// What the judge may look up. Every answer is filtered by the entry's own past before it counts.
pub trait Past {
    /// What the judging version knows: anything else is not evaluated (rule 8).
    fn able(&self) -> &Able;
    /// The configuration that an entry of this dossier set, if it did so regularly.
    fn config(&self, entry: EntryId) -> Option<Arc<InForce>>;
    /// The terms that an entry enacted, if it did so regularly, in whatever charter dossier.
    fn terms(&self, entry: EntryId) -> Option<Arc<Terms>>;
    /// An obligation of this dossier.
    fn obligation(&self, id: ObligationId) -> Option<History>;
    /// Every obligation of this dossier that is not final in the node's present view, or may not have been in the past asked about.
    fn obligations(&self) -> Vec<ObligationId>;
    /// A regular entry of this dossier: where it stands and its header.
    fn entry(&self, id: EntryId) -> Option<(Lane, u64, Header)>;
    /// An entry of this dossier that came from its author and was judged, whatever the verdict: its place and its header.
    fn written(&self, id: EntryId) -> Option<(Causal, Header)>;
    /// Whether another entry of this lane and number is here already: then its author has forked the lane.
    fn taken(&self, lane: &Lane, seq: u64) -> bool;
}

/// The judge's word on an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts.
    Regular,
    /// It is kept and has no effect.
    Irregular(Irregular),
    /// Written by a newer version: kept, no alarm (rule 8).
    NotEvaluated,
}

/// Declares the reasons with their stable numbers and labels.
macro_rules! irregular {
    ($($(#[$doc:meta])* $variant:ident = $n:literal, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// Why an entry has no effect. Numbers are stable: they are part of the rules.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Irregular { $($(#[$doc])* $variant,)+ }
        impl Irregular {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// Stable number.
            #[must_use]
            pub fn number(self) -> u8 { match self { $(Self::$variant => $n,)+ } }
            /// What a person reads.
            #[must_use]
            pub fn label(self) -> Label { match self { $(Self::$variant => label($fr, $ar, $en),)+ } }
        }
    };
}

irregular! {
    /// Header bytes that cannot be read.
    Undecodable = 1, "en-tête illisible", "ترويسة غير مقروءة", "header cannot be read";
    /// The audience is empty, out of order, or without the author's node.
    Audience = 2, "destinataires incorrects", "الموجه إليهم غير صحيحين", "wrong audience";
    /// National eyes only, yet addressed to others.
    National = 3, "réservé au pays mais adressé à d’autres", "وطني فقط لكنه موجه لآخرين", "national eyes only, yet addressed to others";
    /// No recorded decision to send.
    NoRelease = 4, "aucune décision d’envoi", "لا قرار بالإرسال", "no recorded decision to send";
    /// Names parents wrongly: none, too many, or with a narrower audience.
    Parents = 5, "antécédents incorrects", "سوابق غير صحيحة", "wrong parents";
    /// Not the next of its lane.
    Sequence = 6, "rang incorrect", "ترتيب غير صحيح", "not the next of its lane";
    /// Terms that are unknown, not in its past, or go back.
    Under = 7, "règles citées incorrectes", "قواعد غير صحيحة", "wrong or outdated terms";
    /// The author's node does not take part.
    NotParticipant = 8, "partie non participante", "طرف غير مشارك", "does not take part";
    /// The author's role does not write.
    Role = 9, "rôle sans écriture", "دور لا يكتب", "role does not write";
    /// The dossier's kind has no such entry type.
    Type = 10, "type d’écriture inconnu de ce dossier", "نوع قيد غير معروف في هذا الملف", "no such entry type in this dossier";
    /// Not in this phase.
    Phase = 11, "impossible dans cette phase", "غير ممكن في هذه المرحلة", "not possible in this phase";
    /// Another purpose than the dossier's.
    Purpose = 12, "autre finalité", "غاية أخرى", "another purpose";
    /// Above the dossier's ceiling.
    Ceiling = 13, "au-dessus du plafond", "فوق السقف", "above the ceiling";
    /// Carries an act that its type does not have.
    Act = 14, "acte non permis par le type", "فعل غير مسموح به", "act not permitted by its type";
    /// Acts on an obligation that is not in its past or has another audience.
    Obligation = 15, "obligation inconnue", "التزام غير معروف", "unknown obligation";
    /// The obligation's state or side does not allow it.
    Transition = 16, "impossible dans l’état de l’obligation", "غير ممكن في حالة الالتزام", "not possible in the obligation’s state";
    /// Only the convenor sets configurations and enacts.
    NotConvenor = 17, "réservé à la partie invitante", "خاص بالطرف الداعي", "only the convenor may";
    /// Something is still owed.
    StillOwed = 18, "il reste des obligations", "ما زالت هناك التزامات", "something is still owed";
    /// Signatures missing, or terms out of order.
    Charter = 19, "charte non signée ou hors d’ordre", "ميثاق غير موقع أو خارج الترتيب", "charter unsigned or out of order";
    /// The charter does not admit it.
    NotAdmitted = 20, "non admis par la charte", "لا يسمح به الميثاق", "not admitted by the charter";
    /// Asks of a service that takes no part, or of its own node.
    Asked = 21, "service sollicité incorrect", "مصلحة مطلوبة غير صحيحة", "wrong service asked";
    /// Only its originator may erase.
    NotOriginator = 22, "réservé à l’auteur", "خاص بصاحب القيد", "only the originator may";
    /// The reason is withheld on a ground that does not allow it.
    Withheld = 23, "motif tu sans droit", "سبب محجوب دون حق", "reason withheld without right";
    /// Released from a dossier that this one does not continue.
    Earlier = 24, "vient d'un dossier que celui-ci ne poursuit pas", "من ملف لا يواصله هذا الملف", "from a dossier that this one does not continue";
}

impl Verdict {
    /// Stable number for storage: 0 regular, 255 not evaluated, else the reason.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Regular => 0,
            Self::Irregular(reason) => reason.number(),
            Self::NotEvaluated => 255,
        }
    }
    /// The verdict of a stored number.
    #[must_use]
    pub fn from_number(n: u8) -> Self {
        match n {
            0 => Self::Regular,
            n => Irregular::ALL
                .iter()
                .find(|r| r.number() == n)
                .map_or(Self::NotEvaluated, |r| Self::Irregular(*r)),
        }
    }
}

/// The causal place of an entry, from its parents: itself included in what it has seen.
#[must_use]
pub fn place(id: EntryId, header: &Header, parents: &[Parent], past: &dyn Past) -> Causal {
    let mut causal = Causal::default();
    for parent in proper(header, parents) {
        causal.depth = causal.depth.max(parent.causal.depth);
        causal.seen.merge(&parent.causal.seen);
        causal.config_no = causal.config_no.max(parent.causal.config_no);
        causal.charter_no = causal.charter_no.max(parent.causal.charter_no);
    }
    causal.depth += 1;
    // Only the next of its lane counts as seen: a number out of turn must not put what comes later into anyone's past.
    let main = Lane::of(header);
    if header.seq == causal.seen.next_of(&main) {
        let mut lane = causal.seen.continued(&main, header.seq);
        if past.taken(&lane, header.seq) {
            lane.branch = Some(id);
        }
        causal.branch = lane.branch;
        causal.seen.see(lane, header.seq);
    }
    if let Some(found) = header.under.config.and_then(|id| past.config(id)) {
        causal.config_no = causal.config_no.max(found.number);
    }
    if header.dossier.is_none() {
        causal.config_no = 1;
    }
    if let Some(terms) = header.under.charter.and_then(|id| past.terms(id)) {
        causal.charter_no = causal.charter_no.max(terms.version);
    }
    causal
}

/// The parents that an entry may have: of its own dossier, with its audience or a wider one. Others make it irregular and
/// bring nothing into its past.
fn proper<'a>(header: &'a Header, parents: &'a [Parent]) -> impl Iterator<Item = &'a Parent> {
    parents.iter().filter(|p| {
        !p.audience.is_empty() && header.audience.iter().all(|n| p.audience.contains(n))
    })
}

/// Judges an entry from its past. The result is the same on every node and never changes.
#[must_use]
pub fn judge(id: EntryId, header: &Header, parents: &[Parent], past: &dyn Past) -> Verdict {
    match (Case {
        id,
        header,
        parents,
        past,
    })
    .judge()
    {
        Ok(()) => Verdict::Regular,
        Err(verdict) => verdict,
    }
}

struct Case<'a> {
    id: EntryId,
    header: &'a Header,
    parents: &'a [Parent],
    past: &'a dyn Past,
}

type Judged = Result<(), Verdict>;
/// Where an entry is judged: kind, type, configuration and terms it was written under.
type Scene = (
    &'static Kind,
    &'static EntryType,
    Config,
    Option<Arc<Terms>>,
);

fn require(holds: bool, otherwise: Irregular) -> Judged {
    if holds {
        Ok(())
    } else {
        Err(Verdict::Irregular(otherwise))
    }
}

impl Case<'_> {
    fn judge(&self) -> Judged {
        if !self.past.able().knows_acts(&self.header.acts) {
            return Err(Verdict::NotEvaluated);
        }
        self.audience()?;
        let before = self.before();
        let (kind, entry, config, terms) = if self.header.dossier.is_none() {
            self.opening()?
        } else {
            self.continuing(&before)?
        };
        let role = self.header.author.role;
        let his = entry.reserved_to().is_none_or(|reserved| reserved == role);
        require(role_writes(role) && his, Irregular::Role)?;
        self.at_home(kind, &config)?;
        // What follows an answer is for the authority that is seised: the one that opened the dossier.
        let follows = entry.name == kinds::proceedings::DECIDE.name;
        require(
            !follows || self.header.node() == config.convenor,
            Irregular::NotConvenor,
        )?;
        // Which of its services works on a matter is each state's own affair; that the state takes part is the convenor's word.
        require(
            config.nodes().contains(&self.header.node()),
            Irregular::NotParticipant,
        )?;
        require(self.header.purpose == config.purpose, Irregular::Purpose)?;
        require(
            self.header.handling.class <= config.ceiling,
            Irregular::Ceiling,
        )?;
        self.acts(kind, entry, &config, terms.as_deref(), &before)
    }

    fn audience(&self) -> Judged {
        let h = self.header;
        let ascending = h.audience.is_sorted_by(|a, b| a < b);
        require(
            ascending && h.audience.contains(&h.node()),
            Irregular::Audience,
        )?;
        self.of_participants()?;
        let alone = h.audience.len() == 1;
        require(alone || h.handling.sendable(), Irregular::National)?;
        require(alone || h.release.is_some(), Irregular::NoRelease)
    }

    /// What the entry had seen, itself excluded.
    fn before(&self) -> Causal {
        let mut causal = Causal::default();
        for parent in proper(self.header, self.parents) {
            causal.seen.merge(&parent.causal.seen);
            causal.config_no = causal.config_no.max(parent.causal.config_no);
            causal.charter_no = causal.charter_no.max(parent.causal.charter_no);
        }
        causal
    }

    fn opening(&self) -> Result<Scene, Verdict> {
        let h = self.header;
        require(
            h.after.is_empty() && h.under.config.is_none(),
            Irregular::Parents,
        )?;
        require(h.seq == 1, Irregular::Sequence)?;
        let Some(Act::Open { kind, config, .. }) = h.acts.known.first() else {
            return Err(Verdict::Irregular(Irregular::Act));
        };
        let kind = self.judged_kind(kind, config.rules)?;
        let entry = self.entry_type(kind)?;
        require(config.convenor == h.node(), Irregular::NotConvenor)?;
        require(kind.purposes.contains(&config.purpose), Irregular::Purpose)?;
        require(
            config.nodes().iter().all(|n| h.audience.contains(n)),
            Irregular::Audience,
        )?;
        if config.is_of_many() {
            let terms = self.gathering(kind, entry, config)?;
            return Ok((kind, entry, config.clone(), Some(terms)));
        }
        let terms = h.under.charter.and_then(|id| self.past.terms(id));
        if kind.needs_charter {
            let Some(terms) = &terms else {
                return Err(Verdict::Irregular(Irregular::Under));
            };
            require(terms.parties.len() == 2, Irregular::NotAdmitted)?;
            require(terms.admit(kind.name, config), Irregular::NotAdmitted)?;
        }
        Ok((kind, entry, config.clone(), terms))
    }

    /// A file of one's own node has no other in it, and no entry for another.
    fn at_home(&self, kind: &Kind, config: &Config) -> Judged {
        let alone = config.nodes() == [self.header.node()] && self.header.audience.len() == 1;
        require(!kinds::stays_home(kind.name) || alone, Irregular::Audience)
    }

    /// What is said of single participants of a programme is for its own node alone, whatever that node's program let through.
    fn of_participants(&self) -> Judged {
        let alone = self.header.audience.len() == 1;
        let at_home = kinds::programme::is_at_home(&self.header.kind);
        require(alone || !at_home, Irregular::Audience)
    }

    /// The kind of a dossier, if this version judges it under these rules (rule 8).
    fn judged_kind(&self, name: &str, rules: u16) -> Result<&'static Kind, Verdict> {
        let judges = self.past.able().judges(name, rules);
        let kind = kinds::find(name).filter(|_| judges);
        kind.ok_or(Verdict::NotEvaluated)
    }

    /// The entry that opened the dossier; none for that entry itself.
    fn opening_before(&self) -> Option<EntryId> {
        self.header.dossier.map(|dossier| dossier.opening())
    }

    fn continuing(&self, before: &Causal) -> Result<Scene, Verdict> {
        let h = self.header;
        require(
            !self.parents.is_empty() && h.after.len() <= MAX_AFTER,
            Irregular::Parents,
        )?;
        require(
            self.parents
                .iter()
                .all(|p| h.audience.iter().all(|n| p.audience.contains(n))),
            Irregular::Parents,
        )?;
        require(
            h.seq == before.seen.next_of(&Lane::of(h)),
            Irregular::Sequence,
        )?;
        let Some(found) = h.under.config.and_then(|id| self.past.config(id)) else {
            return Err(Verdict::Irregular(Irregular::Under));
        };
        let (lane, seq) = &found.set_by;
        require(
            before.seen.contains(lane, *seq) && found.number >= before.config_no,
            Irregular::Under,
        )?;
        let kind = self.judged_kind(&found.kind, found.config.rules)?;
        let terms = h.under.charter.and_then(|id| self.past.terms(id));
        if found.config.is_of_many() {
            // Its terms stand in its opening and nowhere else.
            let own = h.under.charter == self.opening_before() && terms.is_some();
            require(own, Irregular::Under)?;
        } else if kind.needs_charter {
            let cited = |t: &Arc<Terms>| t.parties.len() == 2 && t.version >= before.charter_no;
            require(terms.as_ref().is_some_and(cited), Irregular::Under)?;
        }
        let entry = self.entry_type(kind)?;
        require(entry.phases.contains(&found.config.phase), Irregular::Phase)?;
        Ok((kind, entry, found.config.clone(), terms))
    }

    fn entry_type(&self, kind: &'static Kind) -> Result<&'static EntryType, Verdict> {
        let known = |entry| Some((entry, self.past.able().version_of(entry)?));
        match kind.entry(&self.header.kind).and_then(known) {
            Some((_, newest)) if self.header.kind_version > newest => Err(Verdict::NotEvaluated),
            Some((entry, _)) if entry.opens() == self.header.dossier.is_none() => Ok(entry),
            _ => Err(Verdict::Irregular(Irregular::Type)),
        }
    }

    fn acts(
        &self,
        kind: &Kind,
        entry: &EntryType,
        config: &Config,
        terms: Option<&Terms>,
        before: &Causal,
    ) -> Judged {
        let mut own: Vec<(ObligationId, ActFacts)> = Vec::new();
        require(at_most_once(&self.header.acts.known), Irregular::Act)?;
        // One release, one original: they go together when either is destroyed.
        let alone = !entry.releases() || self.header.acts.known.len() == 1;
        require(alone, Irregular::Act)?;
        for (index, act) in (0u8..=u8::MAX).zip(&self.header.acts.known) {
            let history = match act {
                Act::On { obligation, .. } => Some(self.history(*obligation, before)?),
                _ => None,
            };
            require(keeps_phase(entry, act, config), Irregular::Phase)?;
            require(
                entry.permits(act, history.as_ref().map(|h| h.ask.ask))
                    && (!many::carries_terms(entry, act) || config.is_of_many()),
                Irregular::Act,
            )?;
            require(
                !shared(act)
                    || config
                        .nodes()
                        .iter()
                        .all(|n| self.header.audience.contains(n)),
                Irregular::Audience,
            )?;
            match (act, history) {
                (Act::On { obligation, act }, Some(history)) => {
                    let fact = self.act_fact(index, act);
                    self.on_obligation(kind, history, &own, (*obligation, act))?;
                    own.push((*obligation, fact));
                }
                (Act::Open { .. }, _) => require(index == 0, Irregular::Act)?,
                (Act::Configure { config: next }, _) => {
                    self.configure(config, next, kind, terms, before)?
                }
                (Act::Leave { service }, _) => require(
                    *service == self.header.author.service,
                    Irregular::NotParticipant,
                )?,
                (Act::Ask { of, to, .. }, _) => {
                    self.ask(of, to.as_ref(), config)?;
                    self.ask_of_member(act, config, before)?;
                }
                (Act::Erase { entry: target }, _) => {
                    self.erase(*target, before)?;
                }
                (Act::EraseFile { entry, index }, _) => {
                    let there = self.erase(*entry, before)?.attachments.len();
                    let place = usize::try_from(*index);
                    require(place.is_ok_and(|place| place < there), Irregular::Act)?;
                }
                (Act::Continues { earlier }, _) => self.continues(earlier, config)?,
                (Act::Release { dossier, .. }, _) => self.release(*dossier, config, before)?,
                (Act::Relate { from, .. }, _) => {
                    require(
                        *from == self.id || self.in_past(*from, before).is_some(),
                        Irregular::Parents,
                    )?;
                }
                (other, _) if other.is_on_conditions() => self.on_conditions(other, before)?,
                (other, _) if other.is_on_keeping() => {
                    self.on_keeping((kind, terms), other, before)?
                }
                (other, _) => self.charter_act(other, config, before)?,
            }
        }
        Ok(())
    }

    /// One asks another node for oneself, or promises for one's own node to another; nobody binds a third.
    fn ask(&self, of: &ServiceName, to: Option<&ServiceName>, config: &Config) -> Judged {
        let (me, other) = match to {
            None => (&self.header.author.service, of),
            Some(to) => (of, to),
        };
        let fits = me.node() == self.header.node()
            && other.node() != self.header.node()
            && config.nodes().contains(&other.node());
        require(
            fits && self.header.audience.contains(&other.node()),
            Irregular::Asked,
        )
    }

    fn act_fact(&self, index: u8, act: &OnAct) -> ActFacts {
        let h = self.header;
        ActFacts {
            entry: self.id,
            index,
            seq: h.seq,
            depth: u64::MAX,
            node: h.node(),
            at: h.at,
            received: None,
            act: act.clone(),
        }
    }

    fn history(&self, id: ObligationId, before: &Causal) -> Result<History, Verdict> {
        let found = self
            .past
            .obligation(id)
            .filter(|h| before.seen.contains(&h.asked_in.0, h.asked_in.1));
        let Some(history) = found else {
            return Err(Verdict::Irregular(Irregular::Obligation));
        };
        require(
            history.audience == self.header.audience,
            Irregular::Obligation,
        )?;
        Ok(history)
    }

    fn on_obligation(
        &self,
        kind: &Kind,
        history: History,
        own: &[(ObligationId, ActFacts)],
        (id, act): (ObligationId, &OnAct),
    ) -> Judged {
        let before = self.before();
        let in_past = |(lane, fact): &(Lane, ActFacts)| before.seen.contains(lane, fact.seq);
        let mut facts: Vec<ActFacts> = history
            .acts
            .into_iter()
            .filter(in_past)
            .map(|(_, fact)| fact)
            .collect();
        facts.extend(
            own.iter()
                .filter(|(ob, _)| *ob == id)
                .map(|(_, fact)| fact.clone()),
        );
        let now = obligation::fold(
            history.ask,
            &facts,
            ClockContext {
                terms: None,
                suspended: &[],
            },
        );
        let Some(side) = now.side_of(&self.header.node()) else {
            return Err(Verdict::Irregular(Irregular::Transition));
        };
        require(
            obligation::may(now.state, now.ask.ask, side, act),
            Irregular::Transition,
        )?;
        match act {
            OnAct::Refuse { ground, withheld } => {
                require(!withheld || ground.may_withhold(), Irregular::Withheld)
            }
            OnAct::HandOver { to } => require(
                side == Side::Debtor && to.node() == self.header.node(),
                Irregular::Asked,
            ),
            OnAct::Extend { .. } => require(
                !kind.extends_once || now.extended.is_none(),
                Irregular::Transition,
            ),
            OnAct::Resume { pause } => require(now.pause == Some(*pause), Irregular::Transition),
            OnAct::ProposeTime { .. } | OnAct::AgreeTime { .. } => require(
                obligation::time_fits(&now.ask, &facts, act, &self.header.node()),
                Irregular::Transition,
            ),
            _ => Ok(()),
        }
    }

    fn configure(
        &self,
        now: &Config,
        next: &Config,
        kind: &Kind,
        terms: Option<&Terms>,
        before: &Causal,
    ) -> Judged {
        require(
            self.header.node() == now.convenor && next.convenor == now.convenor,
            Irregular::NotConvenor,
        )?;
        // Between two states there is one version yet; a dossier of more begins as one.
        require(next.rules == now.rules, Irregular::Under)?;
        require(next.purpose == now.purpose, Irregular::Purpose)?;
        require(next.participants.is_sorted_by(|a, b| a < b), Irregular::Act)?;
        if let Some(terms) = terms.filter(|_| kind.needs_charter) {
            require(
                next.ceiling <= terms.ceiling
                    && next.nodes().iter().all(|n| terms.parties.contains(n)),
                Irregular::NotAdmitted,
            )?;
        }
        let kept = next.nodes();
        require(
            !kinds::stays_home(kind.name) || kept == [self.header.node()],
            Irregular::NotAdmitted,
        )?;
        // Whoever has not the beginning cannot judge what follows: a state is added by a wider dossier that continues this one.
        let grows = now.is_of_many() && !kept.iter().all(|n| now.nodes().contains(n));
        require(!grows, Irregular::NotAdmitted)?;
        let dropped: Vec<NodeName> = now
            .nodes()
            .into_iter()
            .filter(|n| !kept.contains(n))
            .collect();
        if next.phase == Phase::Closed {
            require(self.nothing_owed(before, |_| true), Irregular::StillOwed)?;
        } else if !dropped.is_empty() {
            // Outside the dossier it could neither answer nor be answered.
            let involved = |ask: &AskFacts| {
                dropped.contains(&ask.debtor.node()) || dropped.contains(&ask.creditor.node())
            };
            require(self.nothing_owed(before, involved), Irregular::StillOwed)?;
        }
        Ok(())
    }

    /// No final state leaves an obligation of these open (invariant 1), as far as this entry's past knows.
    fn nothing_owed(&self, before: &Causal, counts: impl Fn(&AskFacts) -> bool) -> bool {
        self.past
            .obligations()
            .into_iter()
            .filter_map(|id| self.past.obligation(id))
            .filter(|history| counts(&history.ask))
            .all(|history| {
                if !before
                    .seen
                    .contains(&history.asked_in.0, history.asked_in.1)
                {
                    return true;
                }
                !self.state_before(history, before).is_open()
            })
    }

    /// The state of an obligation after what this entry's past knows.
    fn state_before(&self, history: History, before: &Causal) -> State {
        let in_past = |(lane, fact): &(Lane, ActFacts)| before.seen.contains(lane, fact.seq);
        let acts = history.acts.into_iter().filter(in_past);
        let facts: Vec<ActFacts> = acts.map(|(_, fact)| fact).collect();
        let clock = ClockContext {
            terms: None,
            suspended: &[],
        };
        obligation::fold(history.ask, &facts, clock).state
    }

    fn in_past(&self, id: EntryId, before: &Causal) -> Option<Header> {
        let (lane, seq, header) = self.past.entry(id)?;
        before.seen.contains(&lane, seq).then_some(header)
    }

    /// An entry in the past, irregular ones too: what has no effect has a body all the same. One that is out of turn in its lane is
    /// in nobody's past but of those that name it as a parent.
    fn written_before(&self, id: EntryId, before: &Causal) -> Option<Header> {
        let (causal, header) = self.past.written(id)?;
        let seen =
            causal.counts(&header) && before.seen.contains(&causal.lane(&header), header.seq);
        (seen || self.header.after.contains(&id)).then_some(header)
    }

    /// The header of what is to be erased, all or in part.
    fn erase(&self, target: EntryId, before: &Causal) -> Result<Header, Verdict> {
        let Some(header) = self.written_before(target, before) else {
            return Err(Verdict::Irregular(Irregular::Parents));
        };
        require(
            header.node() == self.header.node(),
            Irregular::NotOriginator,
        )?;
        // Whoever may hold it must hear that it is destroyed: otherwise one side would destroy it and the other keep it.
        require(header.audience == self.header.audience, Irregular::Audience)?;
        Ok(header)
    }

    fn charter_act(&self, act: &Act, config: &Config, before: &Causal) -> Judged {
        match act {
            // Those of a dossier of three states or more were judged with its opening.
            Act::ProposeTerms { .. } if config.is_of_many() => {
                require(self.header.dossier.is_none(), Irregular::Act)
            }
            Act::ProposeTerms { terms } => {
                let fits = terms.parties.len() == 2
                    && terms.parties == config.nodes()
                    && terms.parties == self.header.audience
                    && terms.parties.contains(&self.header.node())
                    && terms.parties.contains(&terms.convenor)
                    && terms.convenor == config.convenor
                    && terms.clocks.iter().any(|c| c.ask == Ask::Answer);
                require(fits, Irregular::Charter)
            }
            Act::Sign { proposal } => require(self.signs(*proposal, before), Irregular::Charter),
            Act::Enact {
                proposal,
                signatures,
                predecessor,
            } => {
                require(
                    self.header.node() == config.convenor,
                    Irregular::NotConvenor,
                )?;
                self.enact(*proposal, signatures, *predecessor, before)
            }
            _ => Ok(()),
        }
    }

    /// A signature is of a proposal in the past, and answers what that asks: so that nobody signs what was declined or withdrawn.
    fn signs(&self, id: EntryId, before: &Causal) -> bool {
        let Some(proposal) = self.in_past(id, before) else {
            return false;
        };
        let known = &proposal.acts.known;
        let asked = known.iter().any(|a| matches!(a, Act::Ask { .. }));
        let answers = |(on, act): (ObligationId, &OnAct)| {
            on.entry == id && matches!(act, OnAct::Answer { partial: false, .. })
        };
        known.iter().any(|a| matches!(a, Act::ProposeTerms { .. }))
            && (!asked || self.header.acts.on().any(answers))
    }

    /// A proposal in the past: its author's node and its terms.
    fn proposal(&self, id: EntryId, before: &Causal) -> Option<(NodeName, Terms)> {
        let header = self.in_past(id, before)?;
        let node = header.node();
        header.acts.known.into_iter().find_map(|a| {
            if let Act::ProposeTerms { terms } = a {
                Some((node.clone(), terms))
            } else {
                None
            }
        })
    }

    fn enact(
        &self,
        proposal: EntryId,
        signatures: &[EntryId],
        predecessor: Option<EntryId>,
        before: &Causal,
    ) -> Judged {
        let Some((proposer, terms)) = self.proposal(proposal, before) else {
            return Err(Verdict::Irregular(Irregular::Charter));
        };
        let mut signed = vec![proposer];
        for id in signatures {
            let Some(header) = self.in_past(*id, before) else {
                return Err(Verdict::Irregular(Irregular::Charter));
            };
            let signs = header
                .acts
                .known
                .iter()
                .any(|a| matches!(a, Act::Sign { proposal: p } if *p == proposal));
            require(signs, Irregular::Charter)?;
            signed.push(header.node());
        }
        require(
            terms.parties.iter().all(|p| signed.contains(p)),
            Irregular::Charter,
        )?;
        let version_before = match predecessor {
            None => 0,
            Some(id) => match (self.in_past(id, before), self.past.terms(id)) {
                (Some(_), Some(terms)) => terms.version,
                _ => return Err(Verdict::Irregular(Irregular::Charter)),
            },
        };
        require(
            terms.version == version_before + 1 && version_before >= before.charter_no,
            Irregular::Charter,
        )
    }
}

/// Whether an act leaves the phase of an investigation as it is, or is of a type that sets this one: bringing somebody in changes no phase.
fn keeps_phase(entry: &EntryType, act: &Act, now: &Config) -> bool {
    let Act::Configure { config: next } = act else {
        return true;
    };
    let led = now.phase.is_led() || next.phase.is_led();
    let sets = |e: &Effect| matches!(e, Effect::SetPhase(phase) if *phase == next.phase);
    !led || next.phase == now.phase || entry.effects.iter().any(sets)
}

/// Whether an act sets what all participants share: then all of them must hear it (rule 4).
/// An entry opens, configures, enacts, raises a flag at most once, and relates at most once: each is one act of a person.
fn at_most_once(acts: &[Act]) -> bool {
    let sorts: [fn(&Act) -> bool; 7] = [
        |a| matches!(a, Act::Open { .. }),
        |a| matches!(a, Act::Configure { .. }),
        |a| matches!(a, Act::Enact { .. }),
        |a| matches!(a, Act::Flag { .. }),
        |a| matches!(a, Act::Relate { .. }),
        |a| matches!(a, Act::ProposeTerms { .. }),
        |a| matches!(a, Act::Continues { .. }),
    ];
    sorts
        .iter()
        .all(|sort| acts.iter().filter(|a| sort(a)).count() <= 1)
}

fn shared(act: &Act) -> bool {
    match act {
        Act::Open { .. }
        | Act::Configure { .. }
        | Act::Leave { .. }
        | Act::ProposeTerms { .. }
        | Act::Sign { .. }
        | Act::Enact { .. }
        | Act::Continues { .. }
        | Act::Flag { .. } => true,
        // These have an audience rule of their own.
        Act::Ask { .. } | Act::On { .. } | Act::Erase { .. } | Act::EraseFile { .. } => false,
        // An overlay of one's own, outside control state.
        Act::Relate { .. } => false,
        // History, which binds nobody.
        Act::Release { .. } => false,
        // Of an entry that some may hold.
        Act::Wants { .. } | Act::Permit { .. } | Act::Tighten { .. } | Act::Confirm { .. } => false,
        // What each keeps is its own; whoever is to honour a hold hears it.
        Act::Keep { .. } | Act::Hold { .. } | Act::Lift { .. } | Act::Expired { .. } => false,
    }
}

/// The place of an entry after its verdict: a regular configuration or enactment counts as written under itself, so that what
/// follows it in causal order cannot go back behind it.
#[must_use]
pub fn settle_place(
    mut causal: Causal,
    header: &Header,
    verdict: Verdict,
    past: &dyn Past,
) -> Causal {
    if verdict != Verdict::Regular {
        return causal;
    }
    for act in &header.acts.known {
        match act {
            Act::Configure { .. } => causal.config_no += 1,
            Act::Enact { proposal, .. } => {
                let terms = past.entry(*proposal).and_then(|(_, _, h)| {
                    h.acts.known.into_iter().find_map(|a| {
                        if let Act::ProposeTerms { terms } = a {
                            Some(terms)
                        } else {
                            None
                        }
                    })
                });
                causal.charter_no = causal.charter_no.max(terms.map_or(0, |t| t.version));
            }
            _ => {}
        }
    }
    causal
}
