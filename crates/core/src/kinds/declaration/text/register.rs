//! A register of instruments and points (JSON): who owes what to whom by when, which point follows which, and from that what was
//! answered, restated or acknowledged.
//!
//! Texts and kinds are taken as given, never classified again.

use super::day::Day;
use super::token::fold;
use super::{ImportError, JsonFault, MAX_BYTES};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest chain that an acknowledgement reaches back over, in points.
const MAX_CHAIN: usize = 64;

/// A due time as a register gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Due {
    /// On this day (`YYYY-MM-DD`).
    Date(String),
    /// Before the day, month or year named (`2018`, `2018-03`, `2018-03-01`).
    Before(String),
    /// In words.
    Phrase(String),
}

/// An instrument: a declaration, a treaty, the outcome of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Identifier, unique.
    pub id: String,
    /// Date as given.
    #[serde(default)]
    pub date: Option<String>,
    /// Place.
    #[serde(default)]
    pub place: Option<String>,
    /// Parties by ISO 3166 code.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Kind as given.
    #[serde(default)]
    pub kind: String,
    /// Level as given.
    #[serde(default)]
    pub level: Option<String>,
    /// English title.
    #[serde(default)]
    pub title_en: Option<String>,
    /// French title.
    #[serde(default)]
    pub title_fr: Option<String>,
    /// Arabic title.
    #[serde(default)]
    pub title_ar: Option<String>,
}

/// A point of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Identifier, unique.
    pub id: String,
    /// Its instrument.
    pub instrument: String,
    /// Kind as given: `commitment`, `obligation`, `fulfilment`, `restatement`, `acknowledgement`, `milestone`...
    pub kind: String,
    /// Topic as given.
    #[serde(default)]
    pub topic: Option<String>,
    /// English text.
    #[serde(default)]
    pub text_en: Option<String>,
    /// French text.
    #[serde(default)]
    pub text_fr: Option<String>,
    /// Arabic text.
    #[serde(default)]
    pub text_ar: Option<String>,
    /// Who owes.
    #[serde(default)]
    pub debtor: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub creditor: Vec<String>,
    /// By when.
    pub due: Option<Due>,
    /// Points that it follows.
    #[serde(default)]
    pub follows: Vec<String>,
}

/// What a point is to the one it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// It fulfils it: the obligation is answered.
    Answers,
    /// It says it again; the obligation stays open.
    Restates,
    /// It says it again for more.
    Widens,
    /// It takes note that it was answered.
    Acknowledges,
    /// It is a step towards it, or reviews it.
    Prepares,
    /// It is a rule on how it is carried out.
    Regulates,
    /// It comes after it, without closing it.
    Continues,
}

/// One relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// The later point.
    pub from: String,
    /// The earlier point.
    pub to: String,
    /// What the later is to the earlier.
    pub kind: RelationKind,
}

/// Where a point stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// True until a point answers it.
    pub open: bool,
    /// Points that answer it.
    pub answered_by: Vec<String>,
    /// Points that acknowledge that it was answered.
    pub acknowledged_by: Vec<String>,
    /// Points that say it again.
    pub restated_by: Vec<String>,
    /// Points that widen it.
    pub widened_by: Vec<String>,
    /// Steps towards it and reviews of it.
    pub prepared_by: Vec<String>,
    /// Other points that follow it.
    pub followed_by: Vec<String>,
}

/// A register as imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Instruments, in the order of the file.
    pub instruments: Vec<Instrument>,
    /// Points, in the order of the file.
    pub points: Vec<Point>,
    /// Relations, sorted.
    pub relations: Vec<Relation>,
}

#[derive(Deserialize)]
struct RawRegister {
    instruments: Vec<Instrument>,
    points: Vec<RawPoint>,
}

#[derive(Deserialize)]
struct RawPoint {
    id: String,
    instrument: String,
    kind: String,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    text_en: Option<String>,
    #[serde(default)]
    text_fr: Option<String>,
    #[serde(default)]
    text_ar: Option<String>,
    #[serde(default)]
    debtor: Vec<String>,
    #[serde(default)]
    creditor: Vec<String>,
    #[serde(default)]
    due: Option<String>,
    #[serde(default)]
    follows: Vec<String>,
}

/// Reads a register and computes its relations.
///
/// # Errors
/// [`ImportError`] for a file that is too large, wrong JSON, an identifier used twice, an instrument or a point that is not
/// there, a circle of points.
pub fn import(bytes: &[u8]) -> Result<Register, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge {
            found: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::NotUtf8 {
        offset: e.valid_up_to(),
    })?;
    let raw: RawRegister = serde_json::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text))
        .map_err(|e| json_error(&e))?;
    let points: Vec<Point> = raw.points.into_iter().map(point).collect();
    check(&raw.instruments, &points)?;
    let relations = relations(&points);
    Ok(Register {
        instruments: raw.instruments,
        points,
        relations,
    })
}

fn json_error(error: &serde_json::Error) -> ImportError {
    // The library's own message may quote the file: only the kind of fault is told.
    let reason = match error.classify() {
        serde_json::error::Category::Data => JsonFault::Shape,
        serde_json::error::Category::Eof => JsonFault::Cut,
        // Reading from memory has no other fault.
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => JsonFault::Syntax,
    };
    ImportError::Json {
        line: error.line(),
        column: error.column(),
        reason,
    }
}

fn point(raw: RawPoint) -> Point {
    Point {
        id: raw.id,
        instrument: raw.instrument,
        kind: raw.kind,
        topic: raw.topic,
        text_en: raw.text_en,
        text_fr: raw.text_fr,
        text_ar: raw.text_ar,
        debtor: raw.debtor,
        creditor: raw.creditor,
        due: raw.due.as_deref().map(due),
        follows: raw.follows,
    }
}

/// "2014-02-20" is a date, "before 2018" a bound, anything else a phrase.
fn due(text: &str) -> Due {
    let text = text.trim();
    if Day::parse(text).is_some() {
        return Due::Date(text.to_owned());
    }
    let bound = ["before ", "avant ", "قبل "]
        .iter()
        .find_map(|p| text.strip_prefix(p))
        .map(str::trim);
    match bound {
        Some(b) if partial_date(b) => Due::Before(b.to_owned()),
        _ => Due::Phrase(text.to_owned()),
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn partial_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    Day::parse(&full).is_some()
}

fn check(instruments: &[Instrument], points: &[Point]) -> Result<(), ImportError> {
    let mut known = BTreeSet::new();
    for i in instruments {
        if !known.insert(i.id.as_str()) {
            return Err(ImportError::DuplicateId { id: shown(&i.id) });
        }
    }
    let mut ids = BTreeSet::new();
    for p in points {
        if !ids.insert(p.id.as_str()) {
            return Err(ImportError::DuplicateId { id: shown(&p.id) });
        }
        if !known.contains(p.instrument.as_str()) {
            return Err(ImportError::UnknownInstrument {
                point: shown(&p.id),
                instrument: shown(&p.instrument),
            });
        }
    }
    for p in points {
        if let Some(f) = p.follows.iter().find(|f| !ids.contains(f.as_str())) {
            return Err(ImportError::UnknownPoint {
                point: shown(&p.id),
                follows: shown(f),
            });
        }
    }
    acyclic(points)
}

/// Identifiers in errors are cut: they come from a hostile file.
fn shown(id: &str) -> String {
    id.chars().take(60).filter(|c| !c.is_control()).collect()
}

/// Kahn's algorithm: what cannot be taken away stands in a circle.
fn acyclic(points: &[Point]) -> Result<(), ImportError> {
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    let mut followers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for p in points {
        let follows: BTreeSet<&str> = p.follows.iter().map(String::as_str).collect();
        waiting.insert(&p.id, follows.len());
        for f in follows {
            followers.entry(f).or_default().push(&p.id);
        }
    }
    let mut free: Vec<&str> = waiting
        .iter()
        .filter(|(_, n)| **n == 0)
        .map(|(id, _)| *id)
        .collect();
    while let Some(id) = free.pop() {
        waiting.remove(id);
        for next in followers.get(id).into_iter().flatten() {
            if let Some(n) = waiting.get_mut(next) {
                *n = n.saturating_sub(1);
                if *n == 0 {
                    free.push(next);
                }
            }
        }
    }
    match waiting.keys().next() {
        Some(id) => Err(ImportError::Cycle { point: shown(id) }),
        None => Ok(()),
    }
}

/// What a point of a kind is to the point it follows.
fn relation_of(point: &Point) -> Vec<RelationKind> {
    match fold(&point.kind).as_str() {
        "fulfilment" | "fulfillment" | "accomplissement" | "answer" => vec![RelationKind::Answers],
        "restatement" if widens(point) => vec![RelationKind::Restates, RelationKind::Widens],
        "restatement" | "reaffirmation" => vec![RelationKind::Restates],
        "acknowledgement" | "acknowledgment" => vec![RelationKind::Acknowledges],
        "milestone" | "review" | "step" => vec![RelationKind::Prepares],
        "decision rule" | "fallback rule" | "rule" | "clause" => vec![RelationKind::Regulates],
        _ => vec![RelationKind::Continues],
    }
}

fn widens(point: &Point) -> bool {
    const WORDS: &[&str] = &[
        "widen",
        "extended to",
        "broaden",
        "etend",
        "elargi",
        "توسيع",
        "توسيعها",
        "توسع",
    ];
    [&point.text_en, &point.text_fr, &point.text_ar]
        .into_iter()
        .flatten()
        .any(|t| {
            let t = fold(t);
            WORDS.iter().any(|w| t.contains(&fold(w)))
        })
}

fn relations(points: &[Point]) -> Vec<Relation> {
    let by_id: BTreeMap<&str, &Point> = points.iter().map(|p| (p.id.as_str(), p)).collect();
    let mut out = BTreeSet::new();
    for p in points {
        for target in &p.follows {
            for kind in relation_of(p) {
                out.insert(Relation {
                    from: p.id.clone(),
                    to: target.clone(),
                    kind,
                });
                if kind == RelationKind::Acknowledges {
                    for to in answered(target, &by_id) {
                        out.insert(Relation {
                            from: p.id.clone(),
                            to,
                            kind,
                        });
                    }
                }
            }
        }
    }
    out.into_iter().collect()
}

/// What a point answered, through chains of points that answer or acknowledge (at most [`MAX_CHAIN`] points, so that a hostile
/// file cannot make relations grow with the square of its size).
fn answered(id: &str, by_id: &BTreeMap<&str, &Point>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![id.to_owned()];
    while let Some(id) = open.pop() {
        if found.len() >= MAX_CHAIN {
            break;
        }
        let Some(point) = by_id.get(id.as_str()) else {
            continue;
        };
        let closes = relation_of(point)
            .iter()
            .any(|k| matches!(k, RelationKind::Answers | RelationKind::Acknowledges));
        for target in point.follows.iter().filter(|_| closes) {
            if found.insert(target.clone()) {
                open.push(target.clone());
            }
        }
    }
    found
}

impl Register {
    /// The point with this identifier.
    pub fn point(&self, id: &str) -> Option<&Point> {
        self.points.iter().find(|p| p.id == id)
    }

    /// Where a point stands; `None` if the register has no such point.
    pub fn status(&self, id: &str) -> Option<Status> {
        self.point(id)?;
        let mut status = Status {
            open: true,
            ..Status::default()
        };
        for r in self.relations.iter().filter(|r| r.to == id) {
            status.add(r);
        }
        Some(status)
    }

    /// Where every point stands, by identifier.
    pub fn statuses(&self) -> BTreeMap<String, Status> {
        let mut all: BTreeMap<String, Status> = self
            .points
            .iter()
            .map(|p| {
                (
                    p.id.clone(),
                    Status {
                        open: true,
                        ..Status::default()
                    },
                )
            })
            .collect();
        for r in &self.relations {
            if let Some(status) = all.get_mut(&r.to) {
                status.add(r);
            }
        }
        all
    }
}

impl Status {
    fn add(&mut self, relation: &Relation) {
        let list = match relation.kind {
            RelationKind::Answers => {
                self.open = false;
                &mut self.answered_by
            }
            RelationKind::Restates => &mut self.restated_by,
            RelationKind::Widens => &mut self.widened_by,
            RelationKind::Acknowledges => &mut self.acknowledged_by,
            RelationKind::Prepares => &mut self.prepared_by,
            RelationKind::Regulates | RelationKind::Continues => &mut self.followed_by,
        };
        list.push(relation.from.clone());
    }
}
