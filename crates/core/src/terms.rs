//! Charter terms as people write them: a file, a request or a form that changes some of them, checked before anything is signed.
//!
//! Not in scope: what the partner's node accepts (`judge`), which is wider, so that a later version may propose more.

use crate::charter::{ClockRule, Compare, Equivalence, Escalation, Inform, Quotas, Terms};
use crate::codes::{Ask, Class, Purpose, Urgency};
use crate::field::{FieldError, MAX_BODY, MAX_FILE, Problem};
use crate::ids::NodeName;
use crate::instant::Span;
use crate::kind::Effect;
use crate::kinds;
use crate::label::{Label, Lang, label};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Longest time that any term may name: ten years.
pub const LONGEST: Span = Span::days(3_650);
/// Longest delivery clocks (DESIGN section 6), and the most that transport may take off a debtor's time.
pub const DELIVERY: Span = Span::hours(24);
/// See [`DELIVERY`].
pub const DELIVERY_URGENT: Span = Span::minutes(15);
/// The shortest and the longest time that contents may stay without review.
const SOONEST_REVIEW: Span = Span::days(30);
const LATEST_REVIEW: Span = Span::days(3 * 365);
/// See [`DELIVERY`].
pub const TRANSIT: Span = Span::days(1);
/// The shortest and the longest time within which observations are awaited.
pub const SOONEST_OBSERVATIONS: Span = Span::days(1);
/// See [`SOONEST_OBSERVATIONS`].
pub const LATEST_OBSERVATIONS: Span = Span::days(365);
/// Fewest and most points that a side may ask in a day: one step, and as many comparisons as people answer.
const LEAST_POINTS: u32 = 64;
const MOST_POINTS: u32 = 65_536;
/// Soonest and latest time within which a comparison is made or refused.
const SOONEST_COMPARED: Span = Span::hours(1);
const LATEST_COMPARED: Span = Span::days(14);
/// Shortest clock: a minute.
pub const SHORTEST: Span = Span::minutes(1);
/// Entries a day that a charter must leave, so that what is owed can be answered, and may leave.
pub const ENTRIES_A_DAY: (i64, i64) = (1_000, 100_000_000);
/// Largest body that a charter may name, in bytes: what the wire takes. With less, not every form would fit in every script.
pub const BODY_BYTES: (i64, i64) = (MAX_BODY as i64, MAX_BODY as i64);
/// Largest file that a charter may name, in bytes; none at all is possible.
pub const FILE_BYTES: (i64, i64) = (0, MAX_FILE as i64);
/// Highest ceiling: above it a class takes an accreditation, which no version declares yet (DESIGN section 7).
pub const HIGHEST_CEILING: Class = Class::Restricted;
/// Most equivalences of one charter: a header must hold the terms.
pub const MOST_EQUIVALENCES: usize = 64;

/// One part of the terms: the name that files and forms use, and what people read.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Name in files and forms.
    pub name: &'static str,
    /// What a person reads.
    pub label: Label,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $fr:literal, $ar:literal, $en:literal;)+) => {
        impl Part {
            $($(#[$doc])* pub const $name: Self = Self { name: $text, label: label($fr, $ar, $en) };)+
        }
    };
}

parts! {
    /// All terms together.
    TERMS = "terms", "Termes", "البنود", "Terms";
    /// See [`Terms::version`].
    VERSION = "version", "Version", "الصيغة", "Version";
    /// See [`Terms::parties`].
    PARTIES = "parties", "Parties", "الأطراف", "Parties";
    /// See [`Terms::convenor`].
    CONVENOR = "convenor", "Partie invitante", "الطرف الداعي", "Convenor";
    /// See [`Terms::purposes`].
    PURPOSES = "purposes", "Finalités", "الغايات", "Purposes";
    /// See [`Terms::kinds`].
    KINDS = "kinds", "Types de dossiers", "أنواع الملفات", "Kinds of dossiers";
    /// See [`Terms::ceiling`].
    CEILING = "ceiling", "Plafond", "السقف", "Ceiling";
    /// See [`Terms::equivalences`].
    EQUIVALENCES = "equivalences", "Équivalences de classification", "معادلات التصنيف", "Equivalences of levels";
    /// See [`Terms::clocks`].
    CLOCKS = "clocks", "Délais par demande et urgence", "الآجال حسب الطلب والاستعجال", "Clocks by ask and urgency";
    /// See [`Terms::feedback`].
    FEEDBACK = "feedback", "Retour d’informations dû par défaut", "الإفادة واجبة تلقائيا", "Feedback owed by default";
    /// See [`Terms::escalation`].
    ESCALATION = "escalation", "Relances", "التذكير", "Chasing";
    /// See [`Terms::quotas`].
    QUOTAS = "quotas", "Limites", "الحدود", "Limits";
    /// See [`Terms::transit`].
    TRANSIT = "transit", "Tolérance de transport", "هامش النقل", "Transit allowance";
    /// See [`Terms::delivery`].
    DELIVERY = "delivery", "Délai de transmission", "أجل التبليغ", "Delivery clock";
    /// See [`Terms::delivery_urgent`].
    DELIVERY_URGENT = "delivery_urgent", "Délai de transmission si urgent", "أجل التبليغ عند الاستعجال", "Delivery clock if urgent";
    /// See [`Terms::names`].
    NAMES = "names", "Noms des agents visibles du partenaire", "أسماء الضباط ظاهرة للشريك", "Officers' names shown to the partner";
    /// See [`Terms::opened`].
    OPENED = "opened", "L’auteur apprend l’ouverture", "يعلم الكاتب بفتح القيد", "Author learns of opening";
    /// See [`Terms::review`].
    REVIEW = "review", "Réexamen des contenus", "مراجعة المحتويات", "Review of content";
    /// See [`Terms::four_eyes`].
    FOUR_EYES = "four_eyes", "Envoi à deux signatures", "الإرسال بتوقيعين", "Release takes two officers";
    /// See [`Terms::inform`].
    INFORM = "inform", "Devoirs d’information entre autorités judiciaires", "واجبات الإخبار بين السلطات القضائية", "Duties to inform between judicial authorities";
    /// See [`Terms::compare`].
    COMPARE = "compare", "Comparaison de ce qui est prévu, sans le dire", "مقارنة ما هو مقرر دون البوح به", "Comparing what is planned, without telling it";
}

impl Part {
    /// What is wrong with this part.
    #[must_use]
    pub fn wrong(self, problem: Problem) -> FieldError {
        FieldError {
            field: self.name,
            label: self.label,
            problem,
        }
    }
}

/// What can be wrong with terms alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsProblem {
    /// Not a length of time from [`SHORTEST`] to [`LONGEST`].
    NotALength,
    /// Not a length of time up to [`LONGEST`].
    NotALengthOrNone,
    /// Longer than that, or less than none.
    LongerThan(Span),
    /// A class that takes an accreditation.
    NotAccredited,
    /// Not a code of small letters, digits and hyphens.
    NotACode,
    /// The same thing twice.
    Twice,
    /// More than [`MOST_EQUIVALENCES`].
    TooMany,
    /// Belongs to another charter than this.
    NotThisCharter,
    /// A term on which no version acts yet.
    NotActedUpon,
    /// The kinds admitted leave out the standing desk, which the charter itself opens.
    DeskMissing,
    /// A kind is admitted and its purpose is not.
    PurposeNotAdmitted,
    /// This can be asked and has no ordinary clock.
    ClockMissing(Ask),
    /// A clock that never counts: nothing but a question is asked with that urgency.
    NeverAsked,
    /// The same terms as those in force.
    NoChange,
}

impl TermsProblem {
    /// The problem in words.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::LongerThan(most) => {
                format!("{} {}", self.label().get(lang), most.in_words(lang))
            }
            Self::ClockMissing(ask) => {
                format!("{} {}", self.label().get(lang), ask.label().get(lang))
            }
            _ => self.label().get(lang).to_owned(),
        }
    }

    fn label(self) -> Label {
        match self {
            Self::LongerThan(_) => label("au plus", "على الأكثر", "at most"),
            Self::NotAccredited => label(
                "au-dessus de « diffusion restreinte », une habilitation est nécessaire, que ce logiciel ne connaît pas encore",
                "فوق «توزيع محدود» يلزم تأهيل أمني لا يعرفه هذا البرنامج بعد",
                "above restricted, an accreditation is needed, which this software does not know yet",
            ),
            Self::NotALength => label(
                "durée attendue, d’une minute à dix ans",
                "المدة من دقيقة إلى عشر سنوات",
                "a length of time, from a minute to ten years",
            ),
            Self::NotALengthOrNone => label(
                "durée attendue, de zéro à dix ans",
                "المدة من صفر إلى عشر سنوات",
                "a length of time, from none to ten years",
            ),
            Self::NotACode => label(
                "code attendu : lettres minuscules sans accent, chiffres et tirets",
                "الرمز: حروف لاتينية صغيرة وأرقام وشرطات",
                "a code is written in small letters, digits and hyphens",
            ),
            Self::Twice => label("deux fois la même chose", "مكرر", "the same thing twice"),
            Self::TooMany => label("64 lignes au plus", "64 سطرا على الأكثر", "at most 64 lines"),
            Self::NotThisCharter => label(
                "ne correspond pas à cette charte",
                "لا يطابق هذا الميثاق",
                "does not match this charter",
            ),
            Self::NotActedUpon => label(
                "ce logiciel n’en tient pas encore compte : ne peut pas être modifié",
                "لا يعمل به هذا البرنامج بعد: لا يمكن تعديله",
                "this software does not act upon it yet: it cannot be changed",
            ),
            Self::DeskMissing => label(
                "le bureau permanent reste admis : la charte l’ouvre elle-même",
                "يبقى المكتب الدائم مقبولا: الميثاق نفسه يفتحه",
                "the standing desk stays admitted: the charter itself opens it",
            ),
            Self::PurposeNotAdmitted => label(
                "un type de dossier est admis sans sa finalité",
                "نوع ملف مقبول دون غايته",
                "a kind of dossier is admitted without its purpose",
            ),
            Self::ClockMissing(_) => label(
                "tout ce qui peut être demandé a un délai ordinaire ; il manque :",
                "لكل ما يمكن طلبه أجل عادي؛ ينقص:",
                "whatever can be asked has an ordinary clock; missing:",
            ),
            Self::NeverAsked => label(
                "seules la réponse et l’accusé de réception ont des délais d’urgence",
                "آجال الاستعجال للجواب والإشعار بالتوصل فقط",
                "only answers and acknowledgements have urgent clocks",
            ),
            Self::NoChange => label(
                "rien ne change : ce sont les termes en vigueur",
                "لا يتغير شيء: هذه هي البنود السارية",
                "nothing changes: these are the terms in force",
            ),
        }
    }
}

impl From<TermsProblem> for Problem {
    fn from(problem: TermsProblem) -> Self {
        Self::Terms(problem)
    }
}

/// Changes to terms: what is absent stays as it is. Lengths of time are milliseconds, or text such as `8h` (see
/// [`Span::parse`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TermsDraft {
    /// May be given: the version that the proposal will have. So terms written before another version came into force are refused.
    pub version: Option<u32>,
    /// May be given; cannot differ.
    pub parties: Option<Vec<NodeName>>,
    /// May be given; cannot differ.
    pub convenor: Option<NodeName>,
    /// See [`Terms::purposes`].
    pub purposes: Option<Vec<Purpose>>,
    /// See [`Terms::kinds`].
    pub kinds: Option<Vec<String>>,
    /// See [`Terms::ceiling`].
    pub ceiling: Option<Class>,
    /// See [`Terms::equivalences`].
    pub equivalences: Option<Vec<Equivalence>>,
    /// See [`Terms::clocks`]: the whole list.
    pub clocks: Option<Vec<ClockRule>>,
    /// See [`Terms::feedback`].
    pub feedback: Option<bool>,
    /// See [`Terms::escalation`].
    pub escalation: Option<Escalation>,
    /// May be given; cannot differ until a version acts on it.
    pub names: Option<bool>,
    /// May be given; cannot differ until a version acts on it.
    pub opened: Option<bool>,
    /// See [`Terms::quotas`].
    pub quotas: Option<Quotas>,
    /// See [`Terms::review`].
    pub review: Option<Span>,
    /// See [`Terms::transit`].
    pub transit: Option<Span>,
    /// See [`Terms::delivery`].
    pub delivery: Option<Span>,
    /// See [`Terms::delivery_urgent`].
    pub delivery_urgent: Option<Span>,
    /// See [`Terms::four_eyes`].
    pub four_eyes: Option<bool>,
    /// See [`Terms::inform`]: `false` switches it off, `true` on with what is proposed.
    pub inform: Option<InformDraft>,
    /// See [`Terms::compare`]: `false` switches it off, `true` on with what is proposed.
    pub compare: Option<CompareDraft>,
}

/// The option to compare as people write it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum CompareDraft {
    /// On as modelled, or off.
    Whether(bool),
    /// On these terms.
    On(Compare),
}

impl CompareDraft {
    fn read(self) -> Option<Compare> {
        match self {
            Self::Whether(on) => on.then(Compare::modelled),
            Self::On(compare) => Some(compare),
        }
    }
}

/// The duties to inform as people write them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum InformDraft {
    /// On as modelled, or off.
    Whether(bool),
    /// On these terms.
    On(Inform),
}

impl InformDraft {
    fn read(self) -> Option<Inform> {
        match self {
            Self::Whether(on) => on.then(Inform::modelled),
            Self::On(inform) => Some(inform),
        }
    }
}

impl TermsDraft {
    /// The next version of these terms with the changes.
    ///
    /// # Errors
    /// Every part that cannot stand, in the order of the terms.
    pub fn amend(self, base: &Terms) -> Result<Terms, Vec<FieldError>> {
        let mut errors = self.immovable(base);
        let kept = base.clone();
        let terms = Terms {
            version: base.version,
            parties: kept.parties,
            convenor: kept.convenor,
            purposes: self.purposes.unwrap_or(kept.purposes),
            kinds: self.kinds.unwrap_or(kept.kinds),
            ceiling: self.ceiling.unwrap_or(kept.ceiling),
            equivalences: self.equivalences.unwrap_or(kept.equivalences),
            clocks: self.clocks.unwrap_or(kept.clocks),
            feedback: self.feedback.unwrap_or(kept.feedback),
            escalation: self.escalation.unwrap_or(kept.escalation),
            names: kept.names,
            opened: kept.opened,
            quotas: self.quotas.unwrap_or(kept.quotas),
            review: self.review.unwrap_or(kept.review),
            transit: self.transit.unwrap_or(kept.transit),
            delivery: self.delivery.unwrap_or(kept.delivery),
            delivery_urgent: self.delivery_urgent.unwrap_or(kept.delivery_urgent),
            four_eyes: self.four_eyes.unwrap_or(kept.four_eyes),
            inform: self.inform.map_or(kept.inform, InformDraft::read),
            compare: self.compare.map_or(kept.compare, CompareDraft::read),
        };
        errors.extend(faults(&terms));
        if errors.is_empty() {
            Ok(terms)
        } else {
            Err(errors)
        }
    }

    /// What may be repeated and not changed: whom the charter binds, and what no version acts on yet.
    fn immovable(&self, base: &Terms) -> Vec<FieldError> {
        let version = self.version.is_some_and(|v| v != base.version);
        let bound = [
            (Part::VERSION, version),
            (Part::PARTIES, differs(self.parties.as_ref(), &base.parties)),
            (
                Part::CONVENOR,
                differs(self.convenor.as_ref(), &base.convenor),
            ),
        ];
        let idle = [
            (Part::NAMES, differs(self.names.as_ref(), &base.names)),
            (Part::OPENED, differs(self.opened.as_ref(), &base.opened)),
        ];
        let of = |list: &[(Part, bool)], problem: Problem| {
            let wrong = list.iter().filter(|(_, differs)| *differs);
            wrong
                .map(|(part, _)| part.wrong(problem))
                .collect::<Vec<_>>()
        };
        let mut out = of(&bound, TermsProblem::NotThisCharter.into());
        out.extend(of(&idle, TermsProblem::NotActedUpon.into()));
        out
    }
}

/// Terms as JSON for people to edit: lengths of time as text. [`TermsDraft`] reads it.
#[must_use]
pub fn written(terms: &Terms) -> Value {
    let mut json = json!(terms);
    let spans = ["review", "transit", "delivery", "delivery_urgent"];
    let steps = ["soon", "liaison", "coordinator", "meeting"];
    let at = |name: &str| format!("/{name}");
    let clocks = (0..terms.clocks.len()).map(|n| format!("/clocks/{n}/allowed"));
    let steps = steps.map(|step| format!("/escalation/{step}"));
    let duties = terms.inform.iter();
    let duties = duties.map(|_| "/inform/observations".to_owned());
    let compares = terms.compare.iter();
    let compares = compares.map(|_| "/compare/answer".to_owned());
    for pointer in spans
        .map(at)
        .into_iter()
        .chain(steps)
        .chain(clocks)
        .chain(duties)
        .chain(compares)
    {
        if let Some(value) = json.pointer_mut(&pointer) {
            *value = json!(Span(value.as_i64().unwrap_or_default()).text());
        }
    }
    json
}

fn differs<T: PartialEq>(given: Option<&T>, kept: &T) -> bool {
    given.is_some_and(|given| given != kept)
}

/// What cannot stand in terms that an officer proposes.
#[must_use]
pub fn faults(terms: &Terms) -> Vec<FieldError> {
    let found = [
        (Part::PURPOSES, purposes(terms)),
        (Part::KINDS, kinds_admitted(terms)),
        (Part::EQUIVALENCES, equivalences(terms)),
        (Part::CLOCKS, clocks(terms)),
        (Part::ESCALATION, escalation(&terms.escalation)),
        (Part::QUOTAS, quotas(&terms.quotas)),
        (Part::CEILING, ceiling(terms.ceiling)),
        (Part::REVIEW, review(terms.review)),
        (Part::TRANSIT, at_most(terms.transit, TRANSIT)),
        (Part::DELIVERY, at_most(terms.delivery, DELIVERY)),
        (
            Part::DELIVERY_URGENT,
            at_most(terms.delivery_urgent, DELIVERY_URGENT),
        ),
        (Part::INFORM, inform(terms.inform.as_ref())),
        (Part::COMPARE, compare(terms.compare)),
    ];
    let wrong = found.into_iter();
    wrong
        .filter_map(|(part, problem)| Some(part.wrong(problem?)))
        .collect()
}

fn within(span: Span, least: Span) -> Option<Problem> {
    let outside = span < least || span > LONGEST;
    outside.then_some(if least == Span(0) {
        TermsProblem::NotALengthOrNone.into()
    } else {
        TermsProblem::NotALength.into()
    })
}

/// Contents are looked at every three years at the latest (FIELD B5), and not so often that nobody could.
fn review(span: Span) -> Option<Problem> {
    match span < SOONEST_REVIEW {
        true => Some(TermsProblem::NotALength.into()),
        false => at_most(span, LATEST_REVIEW),
    }
}

/// A time within which somebody can answer and that ends before a file is reviewed, and grounds that a magistrate can choose from.
fn inform(duties: Option<&Inform>) -> Option<Problem> {
    let duties = duties?;
    if duties.grounds.is_empty() {
        return Some(Problem::Missing);
    }
    if twice(&duties.grounds) {
        return Some(TermsProblem::Twice.into());
    }
    match duties.observations < SOONEST_OBSERVATIONS {
        true => Some(TermsProblem::NotALength.into()),
        false => at_most(duties.observations, LATEST_OBSERVATIONS),
    }
}

/// An amount by which at least one step and not the whole earth can be asked, and a time within which somebody can answer before it is too late.
fn compare(terms: Option<Compare>) -> Option<Problem> {
    let terms = terms?;
    let few = LEAST_POINTS..=MOST_POINTS;
    if !few.contains(&terms.points_a_day) {
        let (least, most) = few.into_inner();
        return Some(Problem::OutOfRange(least.into(), most.into()));
    }
    match terms.answer < SOONEST_COMPARED {
        true => Some(TermsProblem::NotALength.into()),
        false => at_most(terms.answer, LATEST_COMPARED),
    }
}

/// A length of time that exists and is not longer than this.
fn at_most(span: Span, most: Span) -> Option<Problem> {
    (span < Span(0) || span > most).then_some(TermsProblem::LongerThan(most).into())
}

fn ceiling(class: Class) -> Option<Problem> {
    (class > HIGHEST_CEILING).then_some(TermsProblem::NotAccredited.into())
}

fn twice<T: Ord>(items: impl IntoIterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    !items.into_iter().all(|item| seen.insert(item))
}

fn purposes(terms: &Terms) -> Option<Problem> {
    if terms.purposes.is_empty() {
        return Some(Problem::Missing);
    }
    twice(&terms.purposes).then_some(TermsProblem::Twice.into())
}

/// Kinds that exist and have their purpose; the standing desk among them, since a charter's entry into force opens it.
fn kinds_admitted(terms: &Terms) -> Option<Problem> {
    if twice(&terms.kinds) {
        return Some(TermsProblem::Twice.into());
    }
    let chartered = kinds::chartered();
    if !terms.kinds.iter().all(|name| chartered.contains(name)) {
        return Some(Problem::NotInList);
    }
    if !terms
        .kinds
        .iter()
        .any(|name| name == kinds::desk::KIND.name)
    {
        return Some(TermsProblem::DeskMissing.into());
    }
    let admitted = |name: &String| {
        let purpose = kinds::find(name).and_then(|kind| kind.purposes.first());
        purpose.is_some_and(|p| terms.purposes.contains(p))
    };
    (!terms.kinds.iter().all(admitted)).then_some(TermsProblem::PurposeNotAdmitted.into())
}

fn equivalences(terms: &Terms) -> Option<Problem> {
    let list = &terms.equivalences;
    if list.len() > MOST_EQUIVALENCES {
        return Some(TermsProblem::TooMany.into());
    }
    if !list.iter().all(|e| terms.parties.contains(&e.party)) {
        return Some(TermsProblem::NotThisCharter.into());
    }
    twice(list.iter().map(|e| (e.class, &e.party))).then_some(TermsProblem::Twice.into())
}

/// Each clock once, and an ordinary one for whatever the admitted kinds ask: the other urgencies fall back on it, and what has
/// none would never be late. Promises and returns alone have dates of their own.
fn clocks(terms: &Terms) -> Option<Problem> {
    if twice(terms.clocks.iter().map(|c| (c.ask, c.urgency))) {
        return Some(TermsProblem::Twice.into());
    }
    let admitted = |name: &str| name == "charter" || terms.admits_kind(name);
    let kinds = kinds::ALL.iter().filter(|kind| admitted(kind.name));
    let effects = kinds
        .flat_map(|kind| kind.entries)
        .flat_map(|entry| entry.effects);
    let mut asks = effects.filter_map(|effect| match effect {
        Effect::Ask(ask, _) if !matches!(ask, Ask::Act | Ask::Return) => Some(*ask),
        _ => None,
    });
    let missing = |ask: &Ask| terms.allowed(*ask, Urgency::Normal).is_none();
    if let Some(ask) = Some(Ask::Acknowledge)
        .filter(missing)
        .or_else(|| asks.find(missing))
    {
        return Some(TermsProblem::ClockMissing(ask).into());
    }
    // Only a question is asked urgently, and its receipt awaited: any other urgent clock would never count.
    let urgent = |c: &&ClockRule| c.urgency != Urgency::Normal;
    if terms
        .clocks
        .iter()
        .filter(urgent)
        .any(|c| !matches!(c.ask, Ask::Answer | Ask::Acknowledge))
    {
        return Some(TermsProblem::NeverAsked.into());
    }
    let mut lengths = terms.clocks.iter();
    lengths.find_map(|c| within(c.allowed, SHORTEST))
}

fn escalation(steps: &Escalation) -> Option<Problem> {
    let all = [steps.soon, steps.liaison, steps.coordinator, steps.meeting];
    all.into_iter().find_map(|step| within(step, Span(0)))
}

fn quotas(quotas: &Quotas) -> Option<Problem> {
    let inside = |value: i64, (least, most): (i64, i64)| {
        (value < least || value > most).then_some(Problem::OutOfRange(least, most))
    };
    let file = i64::try_from(quotas.file_bytes).unwrap_or(i64::MAX);
    inside(i64::from(quotas.entries_a_day), ENTRIES_A_DAY)
        .or_else(|| inside(i64::from(quotas.body_bytes), BODY_BYTES))
        .or_else(|| inside(file, FILE_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Terms {
        let node = |name: &str| name.parse().unwrap();
        let chartered = kinds::chartered();
        let mut terms = Terms::modelled(&node("ma"), &node("fr"), &node("fr"), chartered);
        terms.version = 2;
        terms
    }

    fn amend(json: Value) -> Result<Terms, Vec<FieldError>> {
        let draft: TermsDraft = serde_json::from_value(json).expect("a draft");
        draft.amend(&base())
    }

    #[test]
    fn what_is_printed_reads_back_and_what_is_absent_stays() {
        let printed = written(&base());
        assert_eq!(printed["transit"], "15min");
        assert_eq!(printed["escalation"]["liaison"], "0min");
        assert_eq!(amend(printed), Ok(base()));
        assert_eq!(amend(json!(base())), Ok(base()), "as the API shows them");
        assert_eq!(amend(json!({})), Ok(base()));
        assert_eq!(amend(json!({"version": 2})), Ok(base()));
        let changed = amend(json!({"transit": "1h 30min", "feedback": false})).unwrap();
        assert_eq!(
            (changed.transit, changed.feedback),
            (Span::minutes(90), false)
        );
        assert_eq!(changed.clocks, base().clocks);
    }

    #[test]
    fn an_unknown_name_or_a_wrong_form_is_refused_whole() {
        for json in [
            json!({"clock": []}),
            json!({"quotas": {"entries_a_day": 1_000}}),
            json!({"clocks": [{"ask": "answer", "urgency": "normal", "allowed": "7d", "by": "ma"}]}),
            json!({"clocks": [{"ask": "answer", "urgency": "normal", "allowed": "a while"}]}),
            json!({"clocks": [{"ask": "answer", "urgency": "normal", "allowed": "2 months"}]}),
            json!({"clocks": [{"ask": "whatever", "urgency": "normal", "allowed": "7d"}]}),
            json!({"equivalences": [{"class": "open", "party": "ma", "level": "Très Secret"}]}),
            json!({"transit": 1.5}),
        ] {
            assert!(
                serde_json::from_value::<TermsDraft>(json.clone()).is_err(),
                "{json}"
            );
        }
    }

    fn wrong(json: Value, field: &str, problem: impl Into<Problem>) {
        let errors = amend(json.clone()).expect_err(&json.to_string());
        let said: Vec<_> = errors.iter().map(|e| (e.field, e.problem)).collect();
        assert_eq!(said, [(field, problem.into())], "{json}");
    }

    #[test]
    fn whom_a_charter_binds_and_what_is_idle_cannot_change() {
        use TermsProblem::{NotActedUpon, NotThisCharter};
        wrong(json!({"version": 3}), "version", NotThisCharter);
        // Written while another version was in force.
        wrong(json!({"version": 1}), "version", NotThisCharter);
        wrong(json!({"parties": ["es", "ma"]}), "parties", NotThisCharter);
        wrong(json!({"convenor": "ma"}), "convenor", NotThisCharter);
        wrong(json!({"names": true}), "names", NotActedUpon);
        wrong(json!({"opened": true}), "opened", NotActedUpon);
    }

    /// FIELD B5: a review every three years at the latest.
    #[test]
    fn a_review_may_be_sooner_and_not_later_than_three_years() {
        let amended = amend(json!({"review": "180d"})).unwrap();
        assert_eq!(amended.review, Span::days(180));
        let most = TermsProblem::LongerThan(LATEST_REVIEW);
        wrong(json!({"review": "1096d"}), "review", most);
        wrong(json!({"review": "29d"}), "review", TermsProblem::NotALength);
    }

    #[test]
    fn what_cannot_stand_is_said_of_its_part() {
        use TermsProblem::{
            DeskMissing, LongerThan, NotALengthOrNone, NotAccredited, NotThisCharter,
            PurposeNotAdmitted, TooMany, Twice,
        };
        let none = json!({"purposes": [], "kinds": []});
        let said = amend(none).unwrap_err();
        assert_eq!(said[0], Part::PURPOSES.wrong(Problem::Missing));
        let double = json!({"purposes": ["justice", "governance", "justice"]});
        wrong(double, "purposes", Twice);
        wrong(json!({"kinds": ["request"]}), "kinds", DeskMissing);
        wrong(json!({"kinds": ["desk", "desk"]}), "kinds", Twice);
        wrong(
            json!({"kinds": ["desk", "charter"]}),
            "kinds",
            Problem::NotInList,
        );
        wrong(
            json!({"purposes": ["governance"]}),
            "kinds",
            PurposeNotAdmitted,
        );
        let stranger = json!([{"class": "open", "party": "es", "level": "x"}]);
        wrong(
            json!({"equivalences": stranger}),
            "equivalences",
            NotThisCharter,
        );
        let level = |level: &str| json!({"class": "open", "party": "ma", "level": level});
        let many = vec![level("x"); MOST_EQUIVALENCES + 1];
        wrong(json!({"equivalences": many}), "equivalences", TooMany);
        wrong(
            json!({"equivalences": [level("x"), level("y")]}),
            "equivalences",
            Twice,
        );
        wrong(json!({"delivery": "25h"}), "delivery", LongerThan(DELIVERY));
        wrong(json!({"transit": -1}), "transit", LongerThan(TRANSIT));
        let steps = json!({"soon": "1d", "liaison": -1, "coordinator": "1d", "meeting": "1d"});
        wrong(json!({"escalation": steps}), "escalation", NotALengthOrNone);
        wrong(json!({"ceiling": "confidential"}), "ceiling", NotAccredited);
        let quotas = |entries: u32, body: u32| json!({"quotas": {"entries_a_day": entries, "body_bytes": body, "file_bytes": 0}});
        let range = |(least, most)| Problem::OutOfRange(least, most);
        wrong(quotas(1, 1 << 20), "quotas", range(ENTRIES_A_DAY));
        wrong(quotas(5_000, (1 << 20) + 1), "quotas", range(BODY_BYTES));
    }

    #[test]
    fn what_can_be_asked_has_an_ordinary_clock() {
        use TermsProblem::{ClockMissing, NeverAsked, NotALength, Twice};
        let rule =
            |ask: &str, allowed: &str| json!({"ask": ask, "urgency": "normal", "allowed": allowed});
        let clocks = |answer: &[&str], others: &[&str]| {
            let mut all: Vec<Value> = others.iter().map(|ask| rule(ask, "30d")).collect();
            all.extend(answer.iter().map(|allowed| rule("answer", allowed)));
            json!({"clocks": all})
        };
        let others = [
            "acknowledge",
            "feedback",
            "decide",
            "report",
            "correct",
            "erase",
            "attend",
        ];
        assert!(amend(clocks(&["7d"], &others)).is_ok());
        wrong(clocks(&[], &others), "clocks", ClockMissing(Ask::Answer));
        wrong(
            clocks(&["7d"], &others[..6]),
            "clocks",
            ClockMissing(Ask::Attend),
        );
        let mut never = clocks(&["7d"], &others);
        let urgent = json!({"ask": "feedback", "urgency": "life", "allowed": "2d"});
        never["clocks"].as_array_mut().unwrap().push(urgent);
        wrong(never, "clocks", NeverAsked);
        wrong(clocks(&["7d", "8d"], &others), "clocks", Twice);
        wrong(clocks(&["30s"], &others), "clocks", NotALength);
        // What no admitted kind asks needs none.
        let mut narrow = clocks(
            &["7d"],
            &["acknowledge", "feedback", "decide", "correct", "erase"],
        );
        narrow["kinds"] = json!(["desk"]);
        assert!(amend(narrow).is_ok());
    }

    /// The duties to inform are off, are switched on as modelled or on terms of one's own, and off again.
    /// Take out: in [`faults`], the line of [`Part::INFORM`].
    #[test]
    fn duties_to_inform_are_switched_on_and_off() {
        use TermsProblem::{LongerThan, NotALength, Twice};
        assert_eq!(base().inform, None);
        assert_eq!(written(&base())["inform"], json!(false));
        let on = amend(json!({"inform": true})).unwrap();
        assert_eq!(on.inform, Some(Inform::modelled()));
        let printed = written(&on);
        assert_eq!(printed["inform"]["observations"], "60d");
        let draft: TermsDraft = serde_json::from_value(printed).unwrap();
        assert_eq!(draft.amend(&base()), Ok(on.clone()));
        let draft: TermsDraft = serde_json::from_value(json!({"inform": false})).unwrap();
        assert_eq!(draft.amend(&on).unwrap().inform, None);
        let own = |time: &str, grounds: &[&str]| json!({"inform": {"observations": time, "grounds": grounds}});
        assert!(amend(own("30d", &["safety"])).is_ok());
        wrong(own("30d", &[]), "inform", Problem::Missing);
        wrong(own("30d", &["safety", "safety"]), "inform", Twice);
        wrong(own("1h", &["safety"]), "inform", NotALength);
        wrong(
            own("366d", &["safety"]),
            "inform",
            LongerThan(LATEST_OBSERVATIONS),
        );
        let unknown = serde_json::from_value::<TermsDraft>(own("30d", &["whim"]));
        assert!(unknown.is_err());
    }

    /// The defaults of a new charter must be such that they can be proposed.
    #[test]
    fn the_modelled_terms_stand() {
        assert_eq!(faults(&base()), []);
    }
}
