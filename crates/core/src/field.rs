//! Fields: the one definition from which form, validation, JSON schema, CSV columns and documentation are made.
//!
//! A field whose value is a code, a date or a name of a service goes to the header (it is *bound*); everything else is in the
//! body, which can be destroyed.

use crate::codes::{
    Accuracy, Ask, Basis, Class, Contested, Delay, Ground, HoldGround, KeepReason, Necessity,
    Outcome, Purpose, Relation, Source, Urgency,
};
use crate::conditions::Uses;
use crate::ids::EntryId;
use crate::instant::Instant;
use crate::kinds::investigation::steps;
use crate::kinds::programme::ProgrammeProblem;
use crate::label::{Label, Lang};
use crate::partial::PartialDate;
use crate::released::EarlierProblem;
use crate::terms::TermsProblem;
use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Largest body in bytes, whatever a charter allows.
pub const MAX_BODY: usize = 1 << 20;
/// Largest file of an entry, in bytes: 1 GiB.
pub const MAX_FILE: u64 = 1 << 30;
/// Most values in a body.
pub const MAX_VALUES: u64 = 200;

/// A closed list that a field offers: code and label.
pub type Choices = fn() -> Vec<(&'static str, Label)>;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// One line, at most so many characters.
    Line(usize),
    /// Several lines, at most so many characters.
    Text(usize),
    /// Paragraphs that each begin with their evaluation, at most so many characters ([`crate::paragraphs`]).
    Paragraphs(usize),
    /// One of a closed list.
    Code(Choices),
    /// Several of a closed list, ticked.
    Codes(Choices),
    /// The same as one text, joined by `+`, such as `H1+H3`.
    CodeSet(Choices),
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A date as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    PartialDate,
    /// A moment in UTC, `YYYY-MM-DDTHH:MM`, with seconds if they matter.
    Moment,
    /// A whole number within limits.
    Number(i64, i64),
    /// Yes or no.
    Flag,
    /// A service of a participating node.
    Service,
    /// Several services.
    Services,
    /// Entries of this dossier, ticked.
    Entries,
    /// One entry of this dossier, chosen.
    Entry,
    /// One entry of this dossier that records a thing, chosen.
    Thing,
    /// Steps of an action day, at most [`steps::MOST`]: a line or four cells for each ([`steps`]).
    Steps,
    /// A document as JSON text, at most so many bytes: imports put it there, no form shows it.
    Document(usize),
}

/// Where a field's value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bind {
    /// Into the body.
    Body,
    /// The urgency of the ask.
    Urgency,
    /// The service asked.
    AskOf,
    /// A date in place of the clock.
    By,
    /// The new date of an extension.
    Until,
    /// The reason of an extension.
    Delay,
    /// The ground of a refusal.
    Ground,
    /// The reason is withheld.
    Withheld,
    /// What became of it.
    Outcome,
    /// The answer is partial.
    Partial,
    /// The note asks for an answer.
    NeedsAnswer,
    /// The service handed over to.
    HandOver,
    /// The services invited.
    Invite,
    /// What is contested.
    Contest,
    /// How points relate.
    Relation,
    /// The earlier point, as `dossier:entry`.
    RelateTo,
    /// The later point.
    RelateFrom,
    /// The entry to erase.
    Erase,
    /// The file to erase of that entry, counted from 1, where the rest of it stays.
    EraseFile,
    /// Every entry of one's own node in the dossier is to be erased.
    EraseAll,
    /// The earlier dossier that an opening continues.
    Continues,
    /// The entry of an earlier dossier to release.
    Release,
    /// Handling code set H0..H3.
    Handling,
    /// Reliability of the source.
    Source,
    /// Accuracy of the information.
    Accuracy,
    /// The entry whose receipt's time is contested.
    ReceiptOf,
    /// When it was really received.
    ReceivedAt,
    /// The entry that a permission, a tightening or a confirmation is about.
    Of,
    /// One use that is asked for or permitted.
    Use(Uses),
    /// How long a permission holds.
    Lasts,
    /// Conditions added to an entry that was sent.
    MoreCodes,
    /// The end of an entry that was sent.
    Ends,
    /// Why contents are kept beyond their review.
    KeepReason,
    /// Why contents are held.
    HoldGround,
    /// The entry that a hold is about.
    Held,
    /// The hold that is lifted.
    Lifted,
    /// The day from which the clock of one's own duty runs, before the entry was written. It stays in the body: the header has the
    /// date that follows from it.
    Since,
}

impl Bind {
    /// Whether the value stands in the body.
    #[must_use]
    pub fn in_body(self) -> bool {
        matches!(self, Self::Body | Self::Since)
    }
}

/// One field of an entry type.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in files and interfaces.
    pub name: &'static str,
    /// What a person reads.
    pub label: Label,
    /// A short explanation, may be empty.
    pub help: Label,
    /// What it holds.
    pub holds: FieldType,
    /// Must be given.
    pub required: bool,
    /// Where it goes.
    pub bind: Bind,
    /// Shown folded away: has a default from dossier, charter or officer.
    pub folded: bool,
    /// The same as the field before it, in another language: shown beside that one.
    pub beside: bool,
    /// May hold personal data, and so is never logged, never in an error.
    pub personal: bool,
    /// Of a field that names entries: the types that they are of. None listed: any.
    pub of: &'static [&'static str],
}

const NO_HELP: Label = Label {
    fr: "",
    ar: "",
    en: "",
};

impl Field {
    /// A body field that may stay empty.
    #[must_use]
    pub const fn new(name: &'static str, label: Label, holds: FieldType) -> Self {
        Self {
            name,
            label,
            help: NO_HELP,
            holds,
            required: false,
            bind: Bind::Body,
            folded: false,
            beside: false,
            personal: true,
            of: &[],
        }
    }
    /// Must be given.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// Goes to the header.
    #[must_use]
    pub const fn bound(mut self, bind: Bind) -> Self {
        self.bind = bind;
        self.personal = false;
        self
    }
    /// Has a default and is folded away.
    #[must_use]
    pub const fn folded(mut self) -> Self {
        self.folded = true;
        self
    }
    /// Names entries of these types alone.
    #[must_use]
    pub const fn naming(mut self, of: &'static [&'static str]) -> Self {
        self.of = of;
        self
    }
    /// Says the same as the field before it, in another language.
    #[must_use]
    pub const fn beside(mut self) -> Self {
        self.beside = true;
        self
    }
    /// With an explanation.
    #[must_use]
    pub const fn help(mut self, help: Label) -> Self {
        self.help = help;
        self
    }

    /// The entries that a body names in this field, where it holds any.
    pub fn names_in<'v>(&self, values: &'v Values) -> impl Iterator<Item = EntryId> + use<'v> {
        let holds = matches!(
            self.holds,
            FieldType::Thing | FieldType::Entry | FieldType::Entries
        );
        let texts = match values.values.get(self.name).filter(|_| holds) {
            Some(Value::Text(text)) => std::slice::from_ref(text),
            Some(Value::List(items)) => items,
            _ => &[],
        };
        texts.iter().filter_map(|id| id.parse().ok())
    }

    /// The closed list, where there is one.
    #[must_use]
    pub fn choices(&self) -> Option<Vec<(&'static str, Label)>> {
        match self.holds {
            FieldType::Code(choices) | FieldType::Codes(choices) | FieldType::CodeSet(choices) => {
                Some(choices())
            }
            _ => None,
        }
    }

    /// Reads one value given as text (a form's, a CSV cell's, a command line's).
    ///
    /// # Errors
    /// [`FieldError`] names the field and what it expects; never the value.
    pub fn parse(&self, raw: &[String]) -> Result<Option<Value>, FieldError> {
        let first = raw.first().map_or("", |s| s.trim());
        let missing = raw.iter().all(|s| s.trim().is_empty());
        if missing {
            return if self.required && !matches!(self.holds, FieldType::Flag) {
                Err(self.error(Problem::Missing))
            } else {
                Ok(None)
            };
        }
        let value = match self.holds {
            FieldType::Line(max) => {
                if first.contains(['\n', '\r']) {
                    return Err(self.error(Problem::OneLine));
                }
                Value::Text(self.within(first, max)?)
            }
            FieldType::Text(max) => Value::Text(self.within(&first.replace("\r\n", "\n"), max)?),
            FieldType::Paragraphs(max) => {
                let text = self.within(&first.replace("\r\n", "\n"), max)?;
                crate::paragraphs::read(&text)
                    .map_err(|number| self.error(Problem::Unevaluated(number)))?;
                Value::Text(text)
            }
            FieldType::Steps => {
                Value::Text(steps::read(raw).map_err(|problem| self.error(problem))?)
            }
            FieldType::Document(max) if first.len() > max => {
                return Err(self.error(Problem::TooLong(max)));
            }
            FieldType::Document(_) => Value::Text(first.to_owned()),
            FieldType::Code(choices) => {
                if !choices().iter().any(|(code, _)| *code == first) {
                    return Err(self.error(Problem::NotInList));
                }
                Value::Text(first.to_owned())
            }
            FieldType::CodeSet(choices) => Value::Text(self.set(raw, &choices())?),
            FieldType::Date => {
                first
                    .parse::<jiff::civil::Date>()
                    .map_err(|_| self.error(Problem::NotADate))?;
                Value::Text(first.to_owned())
            }
            FieldType::PartialDate => {
                PartialDate::parse(first).ok_or_else(|| self.error(Problem::NotAPartialDate))?;
                Value::Text(first.to_owned())
            }
            FieldType::Moment => {
                crate::instant::Instant::parse(first)
                    .ok_or_else(|| self.error(Problem::NotAMoment))?;
                Value::Text(first.to_owned())
            }
            FieldType::Number(min, max) => {
                let n: i64 = first
                    .parse()
                    .map_err(|_| self.error(Problem::OutOfRange(min, max)))?;
                if !(min..=max).contains(&n) {
                    return Err(self.error(Problem::OutOfRange(min, max)));
                }
                Value::Number(n)
            }
            FieldType::Flag => Value::Flag(matches!(first, "on" | "true" | "1" | "yes")),
            FieldType::Service => {
                first
                    .parse::<crate::ids::ServiceName>()
                    .map_err(|_| self.error(Problem::NotAService))?;
                Value::Text(first.to_owned())
            }
            FieldType::Entry | FieldType::Thing => {
                first
                    .parse::<crate::ids::EntryId>()
                    .map_err(|_| self.error(Problem::NotInList))?;
                Value::Text(first.to_owned())
            }
            FieldType::Services | FieldType::Entries | FieldType::Codes(_) => {
                Value::List(self.list(raw)?)
            }
        };
        Ok(Some(value))
    }

    fn list(&self, raw: &[String]) -> Result<Vec<String>, FieldError> {
        let items: Vec<String> = raw
            .iter()
            .flat_map(|s| s.split([',', ' ']))
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect();
        let valid = |item: &String| match self.holds {
            FieldType::Services => item.parse::<crate::ids::ServiceName>().is_ok(),
            FieldType::Codes(choices) => choices().iter().any(|(code, _)| code == item),
            _ => item.parse::<crate::ids::EntryId>().is_ok(),
        };
        if items.iter().all(valid) {
            Ok(items)
        } else {
            Err(self.error(Problem::NotInList))
        }
    }

    /// Codes of a set in the order of their list, each once, however they were given.
    fn set(&self, raw: &[String], choices: &[(&str, Label)]) -> Result<String, FieldError> {
        let given: Vec<&str> = raw
            .iter()
            .flat_map(|s| s.split(['+', ',', ' ']))
            .filter(|code| !code.is_empty())
            .collect();
        let known = |code: &&str| choices.iter().any(|(known, _)| known == code);
        if given.is_empty() || !given.iter().all(known) {
            return Err(self.error(Problem::NotInList));
        }
        let codes = choices.iter().map(|(code, _)| *code);
        let codes: Vec<&str> = codes.filter(|code| given.contains(code)).collect();
        Ok(codes.join("+"))
    }

    fn within(&self, text: &str, max: usize) -> Result<String, FieldError> {
        if text.chars().count() > max {
            return Err(self.error(Problem::TooLong(max)));
        }
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(self.error(Problem::ControlCharacters));
        }
        Ok(text.to_owned())
    }

    /// The error that says this problem of this field.
    #[must_use]
    pub fn error(&self, problem: Problem) -> FieldError {
        FieldError {
            field: self.name,
            label: self.label,
            problem,
        }
    }

    /// JSON schema (draft 2020-12) of one field.
    #[must_use]
    pub fn schema(&self, lang: Lang) -> Json {
        let mut out = match self.holds {
            FieldType::Line(max) | FieldType::Text(max) | FieldType::Paragraphs(max) => {
                json!({"type": "string", "maxLength": max})
            }
            FieldType::Steps => json!({
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
                "description": "a line for each step: +00:30 | service | where | what",
            }),
            FieldType::Document(max) => {
                json!({"type": "string", "maxLength": max, "contentMediaType": "application/json"})
            }
            FieldType::Code(choices) => {
                json!({"type": "string", "enum": choices().iter().map(|(c, _)| *c).collect::<Vec<_>>()})
            }
            FieldType::Codes(choices) => {
                let codes: Vec<&str> = choices().iter().map(|(c, _)| *c).collect();
                json!({"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": codes}})
            }
            FieldType::CodeSet(choices) => {
                let codes: Vec<&str> = choices().iter().map(|(c, _)| *c).collect();
                let one = codes.join("|");
                json!({"anyOf": [
                    {"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": codes}},
                    {"type": "string", "pattern": format!("^({one})([+]({one}))*$")},
                ]})
            }
            FieldType::Date => json!({"type": "string", "format": "date"}),
            FieldType::PartialDate => {
                json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"})
            }
            FieldType::Moment => {
                json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?$"})
            }
            FieldType::Number(min, max) => {
                json!({"type": "integer", "minimum": min, "maximum": max})
            }
            FieldType::Flag => json!({"type": "boolean"}),
            FieldType::Service => {
                json!({"type": "string", "pattern": "^[a-z0-9-]{1,32}/[a-z0-9-]{1,32}$"})
            }
            FieldType::Services => {
                json!({"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]{1,32}/[a-z0-9-]{1,32}$"}})
            }
            FieldType::Entry | FieldType::Thing => {
                json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
            }
            FieldType::Entries => {
                json!({"type": "array", "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"}})
            }
        };
        if let Some(map) = out.as_object_mut() {
            map.insert("title".into(), json!(self.label.get(lang)));
            let clock = matches!(self.holds, FieldType::Moment).then(|| IN_UTC.get(lang));
            let help = Some(self.help.get(lang)).filter(|help| !help.is_empty());
            let said: Vec<&str> = help.into_iter().chain(clock).collect();
            if !said.is_empty() {
                map.insert("description".into(), json!(said.join("; ")));
            }
        }
        out
    }
}

/// The clock of a moment that programs give.
const IN_UTC: Label = crate::label::label("en UTC", "بالتوقيت العالمي المنسق", "in UTC");

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Required and not given.
    Missing,
    /// Longer than so many characters.
    TooLong(usize),
    /// More than so many are named.
    TooMany(usize),
    /// Has a line break where one line is wanted.
    OneLine,
    /// Holds control characters.
    ControlCharacters,
    /// A file's name holds characters that hide or reverse what it says.
    HiddenCharacters,
    /// A file without a byte.
    EmptyFile,
    /// Not a code of the list.
    NotInList,
    /// Not a day written `YYYY-MM-DD`.
    NotADate,
    /// Not a date written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    NotAPartialDate,
    /// Not a moment written `YYYY-MM-DDTHH:MM`.
    NotAMoment,
    /// An hour that does not exist by the clock it was typed by: clocks went forward over it.
    Never,
    /// An hour that comes twice by that clock, and it was not said which is meant.
    Twice,
    /// Not a hash of so many hexadecimal digits.
    NotAHash(usize),
    /// Not a whole number within limits.
    OutOfRange(i64, i64),
    /// Not a service.
    NotAService,
    /// No such field.
    Unknown,
    /// A day that is over already.
    Past,
    /// A day that has not begun.
    ToCome,
    /// A new date that is no later than the present one.
    NotLater,
    /// A day beyond the last that may be named, given by its last moment.
    TooLate(Instant),
    /// The reason may be withheld on the two security grounds only.
    OnlySecurityGrounds,
    /// Given beside what excludes it.
    NotBoth,
    /// An end that is before the beginning.
    BeforeBeginning,
    /// The same as what it is to be told apart from, or related to.
    WithItself,
    /// Nothing here that this could be about.
    NothingHere,
    /// Clauses that this is about cannot be read here.
    UnreadClause,
    /// Two clauses that stand have one number.
    TwiceNumbered,
    /// A clause that stands in the other language and not in this one.
    OneColumn,
    /// The second language of a text is its first.
    OneLanguage,
    /// Permitted though nobody asked for it.
    NotAsked,
    /// The paragraph of this number begins with no evaluation, or is one too many.
    Unevaluated(usize),
    /// The row of this number is no step.
    NotAStep(usize),
    /// A step that is not in the day named, or that another side does.
    NotOurStep,
    /// Wrong with an earlier dossier, or with what is to be released of it.
    Earlier(EarlierProblem),
    /// Wrong with what is written into a programme.
    Programme(ProgrammeProblem),
    /// Wrong with the terms of a charter.
    Terms(TermsProblem),
}

impl Problem {
    /// What is wrong with steps of an action day, in words.
    fn of_steps(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotAStep(number), Lang::Fr) => {
                format!(
                    "ligne {number} : il faut une heure comme +00:30, un service et ce qui est à faire"
                )
            }
            (Self::NotAStep(number), Lang::Ar) => {
                format!("السطر {number}: يلزم وقت مثل +00:30 ومصلحة وما يتعين القيام به")
            }
            (Self::NotAStep(number), Lang::En) => {
                format!(
                    "row {number}: needs a time such as +00:30, a service, and what is to be done"
                )
            }
            (_, Lang::Fr) => "aucune étape de notre côté n’a ce numéro".into(),
            (_, Lang::Ar) => "لا خطوة من جانبنا بهذا الرقم".into(),
            (_, Lang::En) => "no step of our own side has this number".into(),
        }
    }

    /// The problem in words.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let of = |fr: String, ar: String, en: String| match lang {
            Lang::Fr => fr,
            Lang::Ar => ar,
            Lang::En => en,
        };
        let fixed = |fr: &str, ar: &str, en: &str| of(fr.into(), ar.into(), en.into());
        match self {
            Self::Missing => fixed("à remplir", "حقل مطلوب", "is required"),
            Self::TooLong(max) => of(
                format!("{max} caractères au plus"),
                format!("{max} حرفا على الأكثر"),
                format!("at most {max} characters"),
            ),
            Self::Unevaluated(number) => Self::unevaluated(number, lang),
            Self::TooMany(most) => Self::too_many(most, lang),
            Self::NotAHash(digits) => of(
                format!("{digits} chiffres hexadécimaux"),
                format!("{digits} رقما ست عشريا"),
                format!("expects {digits} hexadecimal digits"),
            ),
            Self::NotAStep(_) | Self::NotOurStep => self.of_steps(lang),
            Self::OneLine => fixed("une seule ligne", "سطر واحد فقط", "one line only"),
            Self::ControlCharacters => fixed(
                "caractères de contrôle interdits",
                "رموز تحكم ممنوعة",
                "control characters are not allowed",
            ),
            Self::OnlySecurityGrounds => fixed(
                "les raisons ne se taisent que pour deux motifs : intérêts essentiels de sécurité, ou mise en péril d’une enquête ou de personnes",
                "لا تحجب الأسباب إلا لسببين: المصالح الأمنية الأساسية، أو تعريض تحقيق أو أشخاص للخطر",
                "the reason may be withheld on two grounds only: essential security interests, or jeopardising an investigation or persons",
            ),
            Self::NotInList => fixed(
                "valeur hors de la liste",
                "قيمة خارج القائمة",
                "not one of the list",
            ),
            Self::OutOfRange(min, max) => of(
                format!("nombre entier de {min} à {max}"),
                format!("عدد صحيح من {min} إلى {max}"),
                format!("a whole number from {min} to {max}"),
            ),
            Self::NotAService => fixed(
                "service attendu : pays/unité",
                "اسم المصلحة: بلد/وحدة",
                "a service is written node/unit",
            ),
            Self::NotBoth => fixed(
                "l’un ou l’autre, pas les deux",
                "هذا أو ذاك، لا كلاهما",
                "one or the other, not both",
            ),
            Self::NothingHere | Self::NotAsked => {
                let (fr, ar, en) = self.of_absence();
                fixed(fr, ar, en)
            }
            Self::TooLate(last) => {
                let day: String = last.to_civil().chars().take(10).collect();
                Self::no_later(&day, lang)
            }
            Self::Earlier(problem) => problem.text(lang),
            Self::Programme(problem) => problem.text(lang),
            Self::Terms(problem) => problem.text(lang),
            Self::BeforeBeginning
            | Self::WithItself
            | Self::NotLater
            | Self::NotADate
            | Self::NotAPartialDate
            | Self::NotAMoment
            | Self::Never
            | Self::Twice
            | Self::ToCome
            | Self::Past => {
                let (fr, ar, en) = self.of_ends();
                fixed(fr, ar, en)
            }
            Self::HiddenCharacters | Self::EmptyFile => {
                let (fr, ar, en) = self.of_files();
                fixed(fr, ar, en)
            }
            Self::UnreadClause | Self::TwiceNumbered | Self::OneColumn | Self::OneLanguage => {
                let (fr, ar, en) = self.of_clauses();
                fixed(fr, ar, en)
            }
            Self::Unknown => fixed("champ inconnu", "حقل غير معروف", "no such field"),
        }
    }

    /// What is wrong with a file, in words.
    fn of_files(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::HiddenCharacters => (
                "le nom d’un fichier contient des caractères invisibles (contrôle ou sens d’écriture) : renommez le fichier",
                "في اسم مرفق رموز خفية (تحكم أو اتجاه الكتابة): أعيدوا تسميته",
                "a file’s name holds invisible characters (control or direction): rename the file",
            ),
            _ => (
                "un fichier vide ne peut pas être joint",
                "لا يمكن إرفاق وثيقة فارغة",
                "an empty file cannot be attached",
            ),
        }
    }

    /// What is wrong with the clauses of an agreement, in words.
    fn of_clauses(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::UnreadClause => (
                "une clause acceptée n’est pas lisible ici : ce qui vaut ne peut être dit",
                "أحد البنود المقبولة لا يمكن قراءته هنا، فلا يمكن تحديد ما هو سار",
                "an accepted clause cannot be read here: what stands cannot be told",
            ),
            Self::OneColumn => (
                "cette clause est écrite dans l’autre langue seulement : les deux colonnes sont signées",
                "هذا البند مكتوب باللغة الأخرى وحدها: والعمودان كلاهما موقع",
                "this clause is written in the other language only: both columns are signed",
            ),
            Self::OneLanguage => (
                "l’accord est écrit dans deux langues différentes",
                "يكتب الاتفاق بلغتين مختلفتين",
                "an agreement is written in two different languages",
            ),
            _ => (
                "deux clauses acceptées portent le même numéro : l’une doit remplacer l’autre",
                "بندان مقبولان يحملان الرقم نفسه: يجب أن يحل أحدهما محل الآخر",
                "two accepted clauses have one number: one has to take the other’s place",
            ),
        }
    }

    /// More is named than one act takes.
    fn too_many(most: usize, lang: Lang) -> String {
        match lang {
            Lang::Fr => {
                format!(
                    "{most} au plus en un seul acte : cochez-en moins, le reste ira par un autre"
                )
            }
            Lang::Ar => {
                format!("الحد الأقصى {most} في فعل واحد: قللوا ما وضعت عليه علامة، وللباقي فعل آخر")
            }
            Lang::En => format!("at most {most} in one act: tick fewer, the rest goes by another"),
        }
    }

    /// The last day that may be named, as the reader writes days.
    #[must_use]
    pub fn no_later(day: &str, lang: Lang) -> String {
        match lang {
            Lang::Fr => format!("au plus tard le {day}"),
            Lang::Ar => format!("في {day} على أبعد تقدير"),
            Lang::En => format!("no later than {day}"),
        }
    }

    /// Which paragraph lacks what.
    fn unevaluated(number: usize, lang: Lang) -> String {
        match lang {
            Lang::Fr => format!(
                "paragraphe {number} : commencez-le par son évaluation entre crochets, par exemple [B2] ; 200 paragraphes au plus"
            ),
            Lang::Ar => format!(
                "الفقرة {number}: ابدؤوها بتقييمها بين معقوفين، مثلا [B2]؛ 200 فقرة على الأكثر"
            ),
            Lang::En => format!(
                "paragraph {number}: begin it with its evaluation in brackets, such as [B2]; 200 paragraphs at most"
            ),
        }
    }

    /// What is wrong with two ends, or with a day or a moment, in French, Arabic and English.
    fn of_ends(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BeforeBeginning => (
                "la fin précède le début",
                "النهاية تسبق البداية",
                "the end is before the beginning",
            ),
            Self::WithItself => (
                "deux éléments différents sont attendus",
                "المطلوب عنصران مختلفان",
                "two different things are needed",
            ),
            other => other.of_time(),
        }
    }

    /// That there is nothing to act on, in French, Arabic and English.
    fn of_absence(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotAsked => (
                "cela n’a pas été demandé",
                "لم يطلب ذلك",
                "this was not asked for",
            ),
            _ => (
                "il n’y a rien de tel ici",
                "لا شيء من ذلك هنا",
                "there is nothing of the kind here",
            ),
        }
    }

    /// What is wrong with a day or a moment, in French, Arabic and English.
    fn of_time(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotLater => (
                "la nouvelle date doit suivre l’échéance présente",
                "يجب أن يلي التاريخ الجديد الأجل الحالي",
                "the new date must be later than the present one",
            ),
            Self::NotADate => (
                "date attendue : AAAA-MM-JJ",
                "التاريخ على شكل YYYY-MM-DD",
                "a day is written YYYY-MM-DD",
            ),
            Self::NotAPartialDate => (
                "date attendue, aussi précise que connue : AAAA, AAAA-MM ou AAAA-MM-JJ",
                "التاريخ بقدر ما هو معروف على شكل YYYY أو YYYY-MM أو YYYY-MM-DD",
                "a date is written as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD",
            ),
            Self::Never => (
                "cette heure n’existe pas ce jour-là : les horloges ont été avancées",
                "هذه الساعة غير موجودة في ذلك اليوم: فقد قدمت الساعات",
                "there is no such hour on that day: clocks went forward",
            ),
            Self::Twice => (
                "cette heure revient deux fois ce jour-là : dites laquelle",
                "تتكرر هذه الساعة مرتين في ذلك اليوم: حددوا أي المرتين",
                "this hour comes twice on that day: say which is meant",
            ),
            Self::ToCome => (
                "cette date n’est pas encore venue",
                "هذا التاريخ لم يحن بعد",
                "this date has not come yet",
            ),
            Self::Past => (
                "cette date est déjà passée",
                "هذا التاريخ قد مضى",
                "this date has passed already",
            ),
            _ => (
                "moment attendu : AAAA-MM-JJTHH:MM",
                "الوقت على شكل YYYY-MM-DDTHH:MM",
                "a moment is written YYYY-MM-DDTHH:MM",
            ),
        }
    }
}

/// Whether a file's name can deceive whoever reads it: control characters, and those that reverse or isolate its direction, by
/// which `gnp.exe` is shown as `exe.png`.
#[must_use]
pub fn deceives(name: &str) -> bool {
    name.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// One field that is wrong. Never holds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: &'static str,
    /// Its label.
    pub label: Label,
    /// What is wrong.
    pub problem: Problem,
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.problem.text(Lang::En))
    }
}
impl std::error::Error for FieldError {}

/// One value of a body or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, also codes, days and names.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several names.
    List(Vec<String>),
}

impl Value {
    /// The value as text for reading; lists are joined.
    #[must_use]
    pub fn display(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
            Self::Flag(yes) => yes.to_string(),
            Self::List(items) => items.join(", "),
        }
    }
    /// The value as JSON.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Number(n) => json!(n),
            Self::Flag(yes) => json!(yes),
            Self::List(items) => json!(items),
        }
    }
}

/// Values by field name, with the language of their free text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Values {
    /// Language of the free text.
    pub lang: Option<Lang>,
    /// The values.
    pub values: BTreeMap<String, Value>,
}

/// Why body bytes cannot be read. A body that fails changes nothing: it is shown unreadable (rule 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("body unreadable")]
pub struct BodyError;

/// Reserved key of the language in a body.
const LANG_KEY: &str = "lang";

impl Values {
    /// Reads values of a form, a CSV row or a command line against their definitions. All problems are reported at once.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the definition.
    pub fn parse(
        fields: &[Field],
        raw: &BTreeMap<String, Vec<String>>,
        lang: Option<Lang>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut out = Self {
            lang,
            values: BTreeMap::new(),
        };
        let mut errors = Vec::new();
        let none = Vec::new();
        for field in fields {
            match field.parse(raw.get(field.name).unwrap_or(&none)) {
                Ok(Some(value)) => {
                    out.values.insert(field.name.to_owned(), value);
                }
                Ok(None) => {}
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            Ok(out)
        } else {
            Err(errors)
        }
    }

    /// Reads values given as a JSON object; numbers, booleans and arrays of strings are taken as they are.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn from_json(
        fields: &[Field],
        object: &Map<String, Json>,
        lang: Option<Lang>,
    ) -> Result<Self, Vec<FieldError>> {
        let mut raw = BTreeMap::new();
        for (name, value) in object {
            let texts = match value {
                Json::Null => vec![],
                Json::Array(items) => items
                    .iter()
                    .map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned))
                    .collect(),
                Json::String(text) => vec![text.clone()],
                other => vec![other.to_string()],
            };
            raw.insert(name.clone(), texts);
        }
        Self::parse(fields, &raw, lang)
    }

    /// Required texts that are there and say nothing, for values that no form was read into.
    #[must_use]
    pub fn blank(&self, fields: &[Field]) -> Vec<FieldError> {
        fields
            .iter()
            .filter(|f| f.required && self.text(f.name).is_some_and(|t| t.trim().is_empty()))
            .map(|f| f.error(Problem::Missing))
            .collect()
    }

    /// Text of a field, if given.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        if let Some(Value::Text(text)) = self.values.get(name) {
            Some(text)
        } else {
            None
        }
    }
    /// Number of a field.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.values.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }
    /// Moment of a field.
    #[must_use]
    pub fn moment(&self, name: &str) -> Option<Instant> {
        self.text(name).and_then(Instant::parse)
    }
    /// Whether a flag is set.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.values.get(name), Some(Value::Flag(true)))
    }
    /// List of a field, empty if not given.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        if let Some(Value::List(items)) = self.values.get(name) {
            items
        } else {
            &[]
        }
    }

    /// Only the values whose fields go into the body.
    #[must_use]
    pub fn body_of(&self, fields: &[Field]) -> Self {
        let in_body = |name: &String| fields.iter().any(|f| f.name == name && f.bind.in_body());
        let values = self
            .values
            .iter()
            .filter(|(name, _)| in_body(name))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        Self {
            lang: self.lang,
            values,
        }
    }

    /// Deterministic CBOR of the body: keys in bytewise order of their encoding (RFC 8949 section 4.2.1).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads body bytes, limits first.
    ///
    /// # Errors
    /// [`BodyError`] when they are not a body; the caller shows the entry as unreadable.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BodyError> {
        if bytes.len() > MAX_BODY {
            return Err(BodyError);
        }
        minicbor::decode::<Self>(bytes).map_err(|_| BodyError)
    }

    /// All free text, for the search index and for wording checks.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.values().filter_map(|v| {
            if let Value::Text(text) = v {
                Some(text.as_str())
            } else {
                None
            }
        })
    }
}

impl<C> Encode<C> for Values {
    fn encode<W: encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        let lang = self.lang.map(|l| Value::Text(l.as_str().to_owned()));
        let mut pairs: Vec<(&str, &Value)> =
            self.values.iter().map(|(k, v)| (k.as_str(), v)).collect();
        pairs.extend(lang.as_ref().map(|v| (LANG_KEY, v)));
        pairs.sort_by(|a, b| (a.0.len(), a.0).cmp(&(b.0.len(), b.0)));
        e.map(pairs.len() as u64)?;
        for (key, value) in pairs {
            e.str(key)?;
            match value {
                Value::Text(text) => e.str(text)?,
                Value::Number(n) => e.i64(*n)?,
                Value::Flag(yes) => e.bool(*yes)?,
                Value::List(items) => {
                    e.array(items.len() as u64)?;
                    for item in items {
                        e.str(item)?;
                    }
                    &mut *e
                }
            };
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Values {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let count = d
            .map()?
            .filter(|n| *n <= MAX_VALUES)
            .ok_or_else(|| decode::Error::message("body of the wrong size"))?;
        let mut out = Self::default();
        for _ in 0..count {
            let key = d.str()?.to_owned();
            let value = match d.datatype()? {
                Type::String => Value::Text(d.str()?.to_owned()),
                Type::Bool => Value::Flag(d.bool()?),
                Type::Array => {
                    let len = d
                        .array()?
                        .filter(|n| *n <= 100_000)
                        .ok_or_else(|| decode::Error::message("list of the wrong size"))?;
                    let mut items = Vec::new();
                    for _ in 0..len {
                        items.push(d.str()?.to_owned());
                    }
                    Value::List(items)
                }
                _ => Value::Number(d.i64()?),
            };
            if key == LANG_KEY {
                out.lang = Lang::parse(&value.display());
            } else {
                out.values.insert(key, value);
            }
        }
        Ok(out)
    }
}

/// Makes a [`Choices`] function from a closed code list.
macro_rules! choices {
    ($($fn_name:ident: $list:ident),+ $(,)?) => {
        $(
            #[doc = concat!("The codes of [`", stringify!($list), "`] as choices.")]
            #[must_use]
            pub fn $fn_name() -> Vec<(&'static str, Label)> {
                $list::ALL.iter().map(|c| (c.as_str(), c.label())).collect()
            }
        )+
    };
}
choices!(
    urgencies: Urgency, grounds: Ground, delays: Delay, outcomes: Outcome, contests: Contested, relations: Relation,
    sources: Source, accuracies: Accuracy, classes: Class, purposes: Purpose, asks: Ask, necessities: Necessity, bases: Basis,
    keep_reasons: KeepReason, hold_grounds: HoldGround,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::label;
    use proptest::prelude::*;

    #[test]
    fn problems_name_the_field_never_the_value() {
        let field = Field::new(
            "born",
            label("né le", "تاريخ الميلاد", "born"),
            FieldType::Date,
        )
        .required();
        let error = field.parse(&["secret".into()]).unwrap_err();
        assert_eq!(error.problem, Problem::NotADate);
        assert!(!error.to_string().contains("secret"));
        assert_eq!(field.parse(&[]).unwrap_err().problem, Problem::Missing);
        assert!(field.parse(&["2024-02-30".into()]).is_err());
        assert!(field.parse(&["2024-02-29".into()]).is_ok());
    }

    /// Ticked, listed or joined: what follows is one text, the one that was always sent, and codes of a header are read from it as before.
    #[test]
    fn codes_of_a_set_are_one_text_however_they_are_given() {
        use crate::handling::HandlingCodes;
        let field = crate::kinds::common::HANDLING;
        let read = |raw: &[&str]| {
            let raw: Vec<String> = raw.iter().map(|text| (*text).to_owned()).collect();
            field.parse(&raw)
        };
        let both = Ok(Some(Value::Text("H1+H3".to_owned())));
        for given in [
            &["H1", "H3"][..],
            &["H3", "H1", "H3"],
            &["H1+H3"],
            &["H3,H1"],
            &["H3 + H1"],
        ] {
            assert_eq!(read(given), both, "{given:?}");
        }
        let codes = HandlingCodes::parse("H1+H3");
        assert_eq!(codes, Some(HandlingCodes::H1.union(HandlingCodes::H3)));
        assert_eq!(read(&[""]), Ok(None));
        for wrong in [&["H9"][..], &["H1", "national"], &["+"], &["h1"]] {
            let problem = read(wrong).unwrap_err().problem;
            assert_eq!(problem, Problem::NotInList, "{wrong:?}");
        }
    }

    #[test]
    fn a_moment_is_written_in_utc_and_comes_back() {
        let field = Field::new("at", label("le", "في", "at"), FieldType::Moment);
        for good in [
            "2026-11-25T14:30",
            "2026-11-25T14:30:05",
            "2026-11-25T14:30:05Z",
        ] {
            assert!(field.parse(&[good.into()]).is_ok(), "{good}");
        }
        for bad in ["2026-11-25T14:30+01:00", "2026-02-30T14:30", "yesterday"] {
            assert_eq!(
                field.parse(&[bad.into()]).unwrap_err().problem,
                Problem::NotAMoment,
                "{bad}"
            );
        }
        let at = crate::instant::Instant::parse("2026-11-25T14:30:05Z").unwrap();
        assert_eq!(at.to_civil(), "2026-11-25T14:30:05");
        assert_eq!(crate::instant::Instant(i64::MAX).to_civil(), "");
    }

    proptest! {
        /// Values come back from their bytes as they went in.
        #[test]
        fn bodies_round_trip(pairs in proptest::collection::btree_map("[a-z]{1,30}", prop_oneof![
            ".{0,40}".prop_map(Value::Text), any::<i64>().prop_map(Value::Number), any::<bool>().prop_map(Value::Flag),
            proptest::collection::vec(".{0,9}", 0..4).prop_map(Value::List)], 0..12)) {
            let mut pairs = pairs;
            pairs.remove(LANG_KEY);
            let body = Values { lang: Some(Lang::Ar), values: pairs };
            prop_assert_eq!(Values::from_bytes(&body.to_bytes()), Ok(body));
        }

        /// Hostile bytes never panic.
        #[test]
        fn hostile_bodies_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _outcome = Values::from_bytes(&bytes).is_ok();
        }
    }
}
