//! Lessons found again: those of dossiers that an officer works in whose words are near to what they write, ranked by how many words are
//! shared by their stems in French, Arabic and English. All in memory and bounded: nothing is stored, and what the officer may not read is
//! neither found nor counted.

use crate::access::{AccessRecord, Operation};
use crate::codec::config_of;
use crate::error::{AppError, Result};
use crate::search::stems;
use crate::views::{DossierLine, LessonView, NearLesson, ObservingView};
use crate::{Actor, App};
use entente_core::conditions::Use;
use entente_core::field::{Field, FieldType, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Span;
use entente_core::kinds;
use entente_core::kinds::declaration::evidence;
use entente_core::kinds::lesson::path::State;
use entente_core::kinds::lesson::{NAME, OBSERVATION, OBSERVED, SOURCE, TITLE, teaches};
use entente_store::{DossierFilter, DossierRow, EntryRow, Read, StoreExt};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How long after its opening a dossier shows lessons near to it.
pub const YOUNG: Span = Span::days(30);
/// Most dossiers of lessons that are looked through, the latest first.
const MOST_DOSSIERS: usize = 100;
/// Most lessons shown.
const MOST_SHOWN: usize = 5;
/// Most lessons shown of one record.
const MOST_OF_ONE: usize = 2;
/// Most entries read of one record.
const MOST_OF_RECORD: u32 = 500;
/// The same of all records.
const MOST_ENTRIES: u32 = 2_000;
/// Dossiers read at a time.
const A_PAGE: u32 = 100;
/// Most words of what is written, and of a lesson.
const MOST_WORDS: (usize, usize) = (60, 600);
/// Fewest words shared: one alone is chance.
const FEWEST: usize = 2;
/// Shorter words say nothing of a subject.
const SHORTEST: usize = 4;
/// The same in Arabic script.
const SHORTEST_ARABIC: usize = 3;

impl App {
    /// Lessons near to words: a search as any other, with its reason where one is asked and its record before anything is found.
    ///
    /// # Errors
    /// [`AppError::ReasonNeeded`] as in a search; of the store.
    pub fn lessons_near(&self, actor: &Actor, words: &str) -> Result<Vec<NearLesson>> {
        self.note_search(actor, (words.trim(), None), "lessons_near")?;
        let wanted = telling(words, MOST_WORDS.0);
        self.nearest(actor, &wanted, None)
    }

    /// Lessons near to what the opening of a dossier says.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to.
    pub fn lessons_near_dossier(
        &self,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<NearLesson>> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(
            AccessRecord::by(actor, Operation::Consult, "lessons_near").within(dossier, why),
        )?;
        let said = self.inner.store.view("near_opening", |tx| {
            let Some(row) = tx.entry(dossier.opening())? else {
                return Ok(None);
            };
            let read = self.read_by(tx, actor, &row)?;
            Ok::<_, AppError>(read.map(|values| said(&row.kind, &values)))
        })?;
        let wanted = telling(&said.unwrap_or_default(), MOST_WORDS.0);
        self.nearest(actor, &wanted, Some(dossier))
    }

    /// What is nearest, recorded before it is given out.
    fn nearest(
        &self,
        actor: &Actor,
        wanted: &[BTreeSet<String>],
        but: Option<DossierId>,
    ) -> Result<Vec<NearLesson>> {
        if wanted.len() < FEWEST {
            return Ok(Vec::new());
        }
        let found = self
            .inner
            .store
            .view("lessons_near", |tx| self.near_in(tx, actor, wanted, but))?;
        let shown: BTreeSet<DossierId> = found.iter().map(|one| one.dossier).collect();
        for dossier in shown {
            let why = self.looks_into(actor, dossier)?;
            self.noted(
                AccessRecord::by(actor, Operation::Consult, "lessons_near").within(dossier, why),
            )?;
        }
        Ok(found)
    }

    /// The best of what is near. Where as many words are shared, a lesson learned comes first; a record shows at most [`MOST_OF_ONE`], and
    /// what was rejected teaches nothing.
    fn near_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        wanted: &[BTreeSet<String>],
        but: Option<DossierId>,
    ) -> Result<Vec<NearLesson>> {
        let mut best: Vec<(usize, DossierRow, LessonView)> = Vec::new();
        let mut left = MOST_ENTRIES;
        for row in self.worked_in(tx, actor)? {
            if Some(row.id) == but || left == 0 {
                continue;
            }
            let most = MOST_OF_RECORD.min(left);
            // A record that cannot be told hides itself and no other.
            let Ok((lessons, read)) = self.lessons_told(tx, actor, row.id, most) else {
                continue;
            };
            left = left.saturating_sub(read);
            let mut of_record: Vec<(usize, LessonView)> = lessons
                .into_iter()
                .filter(|lesson| lesson.state != State::Rejected)
                .map(|lesson| (shared(wanted, &lesson), lesson))
                .filter(|(shared, _)| *shared >= FEWEST)
                .collect();
            of_record.sort_by_key(|(shared, lesson)| rank(*shared, lesson));
            of_record.truncate(MOST_OF_ONE);
            let of_record = of_record.into_iter();
            best.extend(of_record.map(|(shared, lesson)| (shared, row.clone(), lesson)));
            best.sort_by_key(|(shared, _, lesson)| rank(*shared, lesson));
            best.truncate(MOST_SHOWN);
        }
        let mut showing = crate::show::Showing::new(self, tx);
        let mut out = Vec::new();
        for (_, row, lesson) in best {
            let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
            out.push(NearLesson {
                dossier: row.id,
                number: line.number,
                lesson,
            });
        }
        Ok(out)
    }

    /// The dossiers of lessons that an officer works in, at most [`MOST_DOSSIERS`], read a page at a time: for what is outside a reason would
    /// be asked.
    fn worked_in(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let sees = self.sees(actor);
        let mut filter = DossierFilter {
            kind: Some(NAME.to_owned()),
            services: sees.services,
            among: sees.among,
            limit: A_PAGE,
            ..DossierFilter::default()
        };
        let mut out = Vec::new();
        loop {
            let rows = tx.dossiers(&filter)?;
            let last = rows.len() < A_PAGE as usize;
            for row in rows {
                out.extend(self.unasked(tx, actor, row.id)?);
                if out.len() == MOST_DOSSIERS {
                    return Ok(out);
                }
            }
            if last {
                return Ok(out);
            }
            filter.offset = filter.offset.saturating_add(A_PAGE);
        }
    }

    /// Where an evaluation, a review or feedback may be submitted as an observation, and what its form is filled with: its words and source
    /// only where the walls of a source let them through and its originator lets them be quoted; anything else is written anew.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry that the actor may read, or it does not look back on anything.
    pub fn observing(&self, actor: &Actor, entry: EntryId) -> Result<ObservingView> {
        let missing = || AppError::NotFound;
        let row = self
            .inner
            .store
            .view("observing", |tx| tx.entry(entry)?.ok_or_else(missing))?;
        let dossier = row.dossier;
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "lessons").within(dossier, why))?;
        self.inner.store.view("observing", |tx| {
            self.visible(tx, actor, dossier)?;
            let row = tx.entry(entry)?.filter(|row| teaches(&row.kind));
            let row = row.ok_or_else(missing)?;
            let read = self.read_by(tx, actor, &row)?.ok_or_else(missing)?;
            let through = self.goes_through(tx, actor, &row)?;
            Ok(ObservingView {
                dossier,
                fields: through.then(|| filled(&read, &row)),
                into: self.observed_in(tx, actor)?,
            })
        })
    }

    /// Whether the words of an entry may fill an observation: nothing that is ours alone, of another purpose, closed to a role, or whose
    /// originator lets nobody quote it (H2).
    fn goes_through(&self, tx: &dyn Read, actor: &Actor, row: &EntryRow) -> Result<bool> {
        let Some(config) = config_of(tx, row.dossier)? else {
            return Ok(false);
        };
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        let quotes = self.answer_to(tx, actor, Use::Quote, (row, &header))?;
        Ok(quotes.allowed() && self.may_teach(tx, actor, (row.dossier, row.id), &config)?)
    }

    /// The dossiers of lessons in which the actor may write an observation.
    fn observed_in(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierLine>> {
        let mut rows = self.worked_in(tx, actor)?;
        let writes = |row: &DossierRow| {
            let forms = self.writable(actor, row, |form| form.name == OBSERVATION.name);
            !forms.is_empty()
        };
        rows.retain(writes);
        crate::show::Showing::new(self, tx).lines(&rows)
    }
}

/// What an entry says in words of its own, as one text: no code, no date, no file, and not where it comes from.
fn said(kind: &str, values: &Values) -> String {
    let known = kinds::entry(kind);
    let fields = known.map(|entry| entry.fields).unwrap_or_default();
    let worded = |field: &&Field| matches!(field.holds, FieldType::Line(_) | FieldType::Text(_));
    let texts = fields
        .iter()
        .filter(worded)
        .filter(|field| field.name != SOURCE);
    let texts = texts.filter_map(|field| values.text(field.name));
    texts.collect::<Vec<&str>>().join("\n")
}

/// Best first.
fn rank(shared: usize, lesson: &LessonView) -> (Reverse<usize>, bool) {
    (Reverse(shared), lesson.state != State::Learned)
}

/// What an entry fills an observation with, in its own language.
fn filled(read: &Values, row: &EntryRow) -> Values {
    let mut out = Values {
        lang: read.lang,
        ..Values::default()
    };
    let source = evidence::written((row.dossier, row.id));
    let texts = [(OBSERVED, "text"), (TITLE, TITLE)];
    let texts = texts.map(|(field, from)| Some((field, read.text(from)?.to_owned())));
    for (field, text) in texts.into_iter().flatten().chain([(SOURCE, source)]) {
        out.values.insert(field.to_owned(), Value::Text(text));
    }
    out
}

/// The words of a text that tell its subject, each with its stems.
fn telling(text: &str, most: usize) -> Vec<BTreeSet<String>> {
    let long = crate::search::words_in(text).filter(|word| is_long(word));
    let long: Vec<&str> = long.filter(|word| !is_common(word)).collect();
    stems(&long.join(" "), most)
}

/// How many of the words wanted a lesson has.
fn shared(wanted: &[BTreeSet<String>], lesson: &LessonView) -> usize {
    let read = lesson.steps.iter().filter_map(|step| {
        let values = step.values.as_ref()?;
        Some(said(&step.kind, values))
    });
    let text: Vec<String> = read.collect();
    let held = telling(&text.join("\n"), MOST_WORDS.1);
    let held: BTreeSet<String> = held.into_iter().flatten().collect();
    wanted
        .iter()
        .filter(|word| !word.is_disjoint(&held))
        .count()
}

/// Whether a word is long enough to tell a subject. In Arabic three letters are a word, counted without marks and the article.
fn is_long(word: &str) -> bool {
    let arabic = |c: char| ('\u{0621}'..='\u{064A}').contains(&c);
    if !word.chars().any(arabic) {
        return word.chars().count() >= SHORTEST;
    }
    let letters: String = word
        .chars()
        .filter(|c| arabic(*c) && *c != '\u{0640}')
        .collect();
    let bare = letters.strip_prefix("ال").unwrap_or(&letters);
    bare.chars().count() >= SHORTEST_ARABIC
}

/// Long words that tell nothing of a subject.
fn is_common(word: &str) -> bool {
    const COMMON: [&str; 48] = [
        "dans", "avec", "pour", "plus", "sans", "sous", "cette", "leur", "leurs", "nous", "vous",
        "elle", "elles", "entre", "être", "sont", "quand", "comme", "aussi", "mais", "with",
        "from", "that", "this", "their", "they", "have", "been", "were", "which", "when", "into",
        "هذا", "هذه", "التي", "الذي", "على", "إلى", "بين", "عند", "الى", "منذ", "ذلك", "تلك",
        "كما", "بعد", "قبل", "غير",
    ];
    COMMON.contains(&word.to_lowercase().as_str())
}
