//! Importing declarations and registers of commitments: the text engine proposes, people confirm.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::{Actor, App, NewFile, Recorded, Recording};
use entente_core::codes::Relation;
use entente_core::field::{FieldError, Problem, Value, Values};
use entente_core::ids::{DossierId, NodeName};
use entente_core::kinds::declaration::text::{
    self, Class, Commitment, Format, ImportError, Proposal, register,
};
use entente_core::label::{Label, Lang, label};
use entente_store::StoreExt;
use std::collections::BTreeMap;

const DATE: Label = label("date", "التاريخ", "date");

/// A declaration to import: its versions in one or several languages.
#[derive(Clone, Debug, Default)]
pub struct DeclarationImport {
    /// Partner; the only one if none is named.
    pub partner: Option<NodeName>,
    /// Title.
    pub title: String,
    /// Short reference, such as `R12`.
    pub reference: String,
    /// Day, `YYYY-MM-DD`; the text's own if empty.
    pub date: String,
    /// Place.
    pub place: String,
    /// Versions: language if known, file name, bytes.
    pub versions: Vec<(Option<Lang>, String, Vec<u8>)>,
}

/// Reads a declaration and proposes; nothing is stored.
///
/// # Errors
/// [`ImportError`] names what is wrong with the file.
pub fn propose(
    bytes: &[u8],
    file_name: &str,
    lang: Option<Lang>,
) -> std::result::Result<Proposal, ImportError> {
    let lang = lang.map(|l| match l {
        Lang::Fr => text::Lang::Fr,
        Lang::Ar => text::Lang::Ar,
        Lang::En => text::Lang::En,
    });
    let imported = text::import(bytes, format_of(file_name), lang)?;
    Ok(text::propose(&imported))
}

fn format_of(file_name: &str) -> Format {
    match file_name
        .rsplit('.')
        .next()
        .map(str::to_lowercase)
        .as_deref()
    {
        Some("html" | "htm") => Format::Html,
        Some("md" | "markdown") => Format::Markdown,
        Some("txt") => Format::Text,
        _ => Format::Auto,
    }
}

fn core_lang(lang: text::Lang) -> Lang {
    match lang {
        text::Lang::Fr => Lang::Fr,
        text::Lang::Ar => Lang::Ar,
        text::Lang::En => Lang::En,
    }
}

impl App {
    /// What the engine proposes for a text, as JSON; nothing is stored.
    ///
    /// # Errors
    /// [`AppError::Import`] names what is wrong with the file.
    pub fn propose_declaration(
        &self,
        bytes: &[u8],
        file_name: &str,
        lang: Option<Lang>,
    ) -> Result<serde_json::Value> {
        let proposal = propose(bytes, file_name, lang)?;
        serde_json::to_value(proposal).map_err(|_| AppError::Bug("proposal"))
    }

    /// Imports a declaration in its versions: the first opens the dossier, the others follow; the files go with them.
    ///
    /// # Errors
    /// [`AppError::Import`] if any version cannot be read: then nothing is stored at all.
    pub fn import_declaration(&self, actor: &Actor, import: DeclarationImport) -> Result<Recorded> {
        let mut read = Vec::new();
        for (lang, name, bytes) in import.versions {
            let proposal = propose(&bytes, &name, lang)?;
            read.push((proposal, NewFile::of(&name, media_of(&name), bytes)));
        }
        let sizes = read.iter().map(|(_, file)| file.content.size());
        self.refuse_large_files(import.partner.as_ref(), sizes.max().unwrap_or_default())?;
        let mut versions = read.into_iter();
        let (first, file) = versions.next().ok_or(ImportError::NoText)?;
        let title = if import.title.trim().is_empty() {
            first.title.clone().unwrap_or_default()
        } else {
            import.title
        };
        let date = if import.date.is_empty() {
            first.date.clone().unwrap_or_default()
        } else {
            import.date
        };
        let parties = first.parties.join(", ");
        if !date.is_empty() && entente_core::kind::end_of_day(&date).is_none() {
            return Err(AppError::Fields(vec![FieldError {
                field: "date",
                label: DATE,
                problem: Problem::NotADate,
            }]));
        }
        let mut values = values_of(
            core_lang(first.language),
            &[
                ("title", &title),
                ("reference", &import.reference),
                ("date", &date),
                ("place", &import.place),
                ("parties", &parties.chars().take(120).collect::<String>()),
            ],
        );
        put_document(&mut values, &first)?;
        let opened = self.record(
            actor,
            Recording {
                partner: import.partner,
                entry_type: "declaration.open".into(),
                values,
                files: vec![file],
                ..Recording::default()
            },
        )?;
        for (proposal, file) in versions {
            let mut values = values_of(core_lang(proposal.language), &[]);
            put_document(&mut values, &proposal)?;
            self.record(
                actor,
                Recording {
                    dossier: Some(opened.dossier),
                    entry_type: "declaration.version".into(),
                    values,
                    files: vec![file],
                    ..Recording::default()
                },
            )?;
        }
        Ok(opened)
    }

    /// Confirms one proposed commitment of an imported declaration: by this act of a person it obliges.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such proposal.
    pub fn confirm(&self, actor: &Actor, dossier: DossierId, index: u32) -> Result<Recorded> {
        let (entry_type, values) = self.proposed(actor, dossier, index)?;
        self.record(
            actor,
            Recording {
                dossier: Some(dossier),
                entry_type: entry_type.into(),
                values,
                ..Recording::default()
            },
        )
    }

    /// Sets a proposal aside: a person says that it is no commitment. It is kept as a position, which obliges nobody, and waits no
    /// longer.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such proposal.
    pub fn dismiss(&self, actor: &Actor, dossier: DossierId, index: u32) -> Result<Recorded> {
        let (_, mut values) = self.proposed(actor, dossier, index)?;
        for binding in ["by", "debtors", "owners"] {
            values.values.remove(binding);
        }
        let position = Value::Text("position".to_owned());
        values.values.insert("class".to_owned(), position);
        self.record(
            actor,
            Recording {
                dossier: Some(dossier),
                entry_type: "declaration.point".into(),
                values,
                ..Recording::default()
            },
        )
    }

    /// What confirming a proposal would record: the entry type and its values, for a person to read over. Nothing is stored.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such proposal.
    pub fn proposed(
        &self,
        actor: &Actor,
        dossier: DossierId,
        index: u32,
    ) -> Result<(&'static str, Values)> {
        let why = self.looks_into(actor, dossier)?;
        let record = AccessRecord::by(actor, Operation::Consult, "proposed");
        self.noted(record.within(dossier, why))?;
        let (reference, versions) = self.inner.store.view("proposed", |tx| {
            self.visible(tx, actor, dossier)?;
            let opening = tx.entry(dossier.opening())?.ok_or(AppError::NotFound)?;
            let reference = self
                .read_by(tx, actor, &opening)?
                .and_then(|v| v.text("reference").map(str::to_owned));
            Ok::<_, AppError>((
                reference,
                self.declaration_view(tx, actor, dossier)?
                    .ok_or(AppError::NotFound)?
                    .versions,
            ))
        })?;
        let proposals: Vec<Proposal> = versions
            .into_iter()
            .filter_map(|(_, json)| serde_json::from_value(json).ok())
            .collect();
        let (first, others) = proposals.split_first().ok_or(AppError::NotFound)?;
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        let commitment = first.commitments.get(place).ok_or(AppError::NotFound)?;
        let values = self.point_values(first, commitment, others, reference.as_deref(), place)?;
        let entry_type = if commitment.class == Class::Appeal {
            "declaration.appeal"
        } else {
            "declaration.commitment"
        };
        Ok((entry_type, values))
    }

    fn point_values(
        &self,
        first: &Proposal,
        commitment: &Commitment,
        others: &[Proposal],
        reference: Option<&str>,
        place: usize,
    ) -> Result<Values> {
        let point = match reference.filter(|r| !r.is_empty()) {
            Some(reference) => format!("{reference}/{}", place + 1),
            None => (place + 1).to_string(),
        };
        let because: Vec<&str> = commitment.because.iter().map(|b| b.text.as_str()).collect();
        let class = serde_json::to_value(commitment.class)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default();
        let topic = serde_json::to_value(commitment.topic)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default();
        let due = commitment.due.first();
        let due_text = due.map(|d| d.text.clone()).unwrap_or_default();
        let due_date = due.and_then(|d| d.latest.clone()).unwrap_or_default();
        let debtors = self.debtors(&commitment.owners)?;
        let owners = match &commitment.owners {
            text::Actor::One { name, .. } => name,
            _ => &debtors,
        };
        let mut values = values_of(
            core_lang(first.language),
            &[
                ("title", &short(&commitment.title, 200)),
                ("point", &point),
                ("class", &class),
                ("topic", &topic),
                ("because", &short(&because.join(" … "), 300)),
                ("debtors", &debtors),
                ("owners", &short(owners, 200)),
                ("due_text", &short(&due_text, 120)),
                (
                    &format!("text_{}", core_lang(first.language)),
                    &short(&commitment.text, 8_000),
                ),
            ],
        );
        if entente_core::kind::end_of_day(&due_date).is_some() {
            values.values.insert("by".into(), Value::Text(due_date));
        }
        for other in others {
            if let Some(text) = same_point(first, commitment, other) {
                values.values.insert(
                    format!("text_{}", core_lang(other.language)),
                    Value::Text(short(&text, 8_000)),
                );
            }
        }
        Ok(values)
    }

    /// Parties of the link among the owners: both unless the text names one of them alone.
    fn debtors(&self, owners: &text::Actor) -> Result<String> {
        let partners = self
            .inner
            .store
            .view("partners", |tx| Ok::<_, AppError>(tx.partners()?))?;
        let mut nodes: Vec<String> = partners.iter().map(|p| p.node.to_string()).collect();
        nodes.push(self.inner.me.to_string());
        let named = match owners {
            text::Actor::One {
                code: Some(code), ..
            } => Some(code.to_lowercase()),
            text::Actor::Third { .. } => Some(String::new()),
            _ => None,
        };
        nodes.retain(|n| named.as_ref().is_none_or(|code| code == n));
        nodes.sort();
        Ok(nodes.join(", "))
    }
}

impl App {
    /// Imports a register of instruments and points: a declaration a dossier, a point an entry, a relation an entry. Whoever
    /// imports does so as a person: points of kind commitment or obligation oblige the parties of the link that they name.
    ///
    /// # Errors
    /// [`AppError::Import`] if the register cannot be read: then nothing is stored.
    pub fn import_register(
        &self,
        actor: &Actor,
        partner: Option<NodeName>,
        bytes: &[u8],
    ) -> Result<Vec<Recorded>> {
        let register = register::import(bytes)?;
        let mut dossiers: BTreeMap<&str, Recorded> = BTreeMap::new();
        for instrument in &register.instruments {
            dossiers.insert(
                &instrument.id,
                self.import_instrument(actor, partner.clone(), instrument)?,
            );
        }
        let mut points: BTreeMap<&str, Recorded> = BTreeMap::new();
        for point in &register.points {
            let dossier = dossiers
                .get(point.instrument.as_str())
                .ok_or(AppError::Bug("instrument"))?
                .dossier;
            points.insert(&point.id, self.import_point(actor, dossier, point)?);
        }
        for relation in &register.relations {
            let (Some(from), Some(to)) = (
                points.get(relation.from.as_str()),
                points.get(relation.to.as_str()),
            ) else {
                continue;
            };
            self.import_relation(actor, *from, *to, relation.kind)?;
        }
        Ok(dossiers.into_values().collect())
    }

    fn import_instrument(
        &self,
        actor: &Actor,
        partner: Option<NodeName>,
        instrument: &register::Instrument,
    ) -> Result<Recorded> {
        let title = [
            &instrument.title_fr,
            &instrument.title_en,
            &instrument.title_ar,
        ]
        .into_iter()
        .find_map(|t| t.clone());
        let values = values_of(
            Lang::En,
            &[
                (
                    "title",
                    &short(title.as_deref().unwrap_or(&instrument.id), 300),
                ),
                ("reference", &short(&instrument.id, 60)),
                ("date", instrument.date.as_deref().unwrap_or_default()),
                (
                    "place",
                    &short(instrument.place.as_deref().unwrap_or_default(), 120),
                ),
                (
                    "level",
                    &short(instrument.level.as_deref().unwrap_or_default(), 120),
                ),
                ("parties", &short(&instrument.parties.join(", "), 120)),
            ],
        );
        self.record(
            actor,
            Recording {
                partner,
                entry_type: "declaration.open".into(),
                values,
                ..Recording::default()
            },
        )
    }

    fn import_point(
        &self,
        actor: &Actor,
        dossier: DossierId,
        point: &register::Point,
    ) -> Result<Recorded> {
        let (entry_type, class) = class_of(&point.kind);
        let title = point
            .text_en
            .as_ref()
            .or(point.text_fr.as_ref())
            .or(point.text_ar.as_ref())
            .unwrap_or(&point.id);
        let (due_text, due_date) = match &point.due {
            Some(register::Due::Date(day)) => (day.clone(), day.clone()),
            Some(register::Due::Before(day)) => (format!("before {day}"), day_before(day)),
            Some(register::Due::Phrase(words)) => (words.clone(), String::new()),
            None => (String::new(), String::new()),
        };
        let mut values = values_of(
            Lang::En,
            &[
                ("title", &short(title, 200)),
                ("point", &short(&point.id, 60)),
                ("class", class),
                (
                    "topic",
                    &short(point.topic.as_deref().unwrap_or_default(), 80),
                ),
                ("text_fr", point.text_fr.as_deref().unwrap_or_default()),
                ("text_ar", point.text_ar.as_deref().unwrap_or_default()),
                ("text_en", point.text_en.as_deref().unwrap_or_default()),
                ("debtors", &short(&point.debtor.join(", "), 120)),
                ("creditors", &short(&point.creditor.join(", "), 120)),
                ("due_text", &short(&due_text, 120)),
            ],
        );
        if entente_core::kind::end_of_day(&due_date).is_some() {
            values.values.insert("by".into(), Value::Text(due_date));
        }
        self.record(
            actor,
            Recording {
                dossier: Some(dossier),
                entry_type: entry_type.into(),
                values,
                ..Recording::default()
            },
        )
    }

    fn import_relation(
        &self,
        actor: &Actor,
        from: Recorded,
        to: Recorded,
        kind: register::RelationKind,
    ) -> Result<()> {
        let relation = match kind {
            register::RelationKind::Answers => Relation::Answers,
            register::RelationKind::Restates => Relation::Restates,
            register::RelationKind::Widens => Relation::Widens,
            register::RelationKind::Acknowledges => Relation::Acknowledges,
            register::RelationKind::Prepares => Relation::Prepares,
            register::RelationKind::Regulates => Relation::Regulates,
            register::RelationKind::Continues => Relation::Continues,
        };
        let values = values_of(
            Lang::En,
            &[
                ("relation", relation.as_str()),
                ("from", &from.entry.to_string()),
                ("earlier", &format!("{}:{}", to.dossier, to.entry)),
            ],
        );
        let entry_type = "declaration.relate".to_owned();
        self.record(
            actor,
            Recording {
                dossier: Some(from.dossier),
                entry_type,
                values,
                ..Recording::default()
            },
        )
        .map(|_| ())
    }
}

/// Entry type and class of a point's kind, as registers name them.
fn class_of(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "commitment" => ("declaration.commitment", "commitment"),
        "obligation" => ("declaration.commitment", "obligation"),
        "call" | "appeal" => ("declaration.appeal", "appeal"),
        "fulfilment" => ("declaration.point", "fulfilment"),
        "restatement" => ("declaration.commitment", "restatement"),
        "acknowledgement" => ("declaration.point", "acknowledgement"),
        "milestone" | "review" => ("declaration.point", "milestone"),
        "clause" | "decision rule" | "fallback rule" => ("declaration.point", "rule"),
        _ => ("declaration.point", "position"),
    }
}

/// The day before a year, a month or a day begins.
fn day_before(bound: &str) -> String {
    match bound.len() {
        4 => bound
            .parse::<i32>()
            .map(|year| format!("{:04}-12-31", year - 1))
            .unwrap_or_default(),
        _ => bound.to_owned(),
    }
}

/// The same commitment in another language: same paragraph, same place among that paragraph's commitments.
fn same_point(first: &Proposal, commitment: &Commitment, other: &Proposal) -> Option<String> {
    let before = first
        .commitments
        .iter()
        .filter(|c| c.paragraph == commitment.paragraph);
    let place = before.take_while(|c| !std::ptr::eq(*c, commitment)).count();
    let there: Vec<&Commitment> = other
        .commitments
        .iter()
        .filter(|c| c.paragraph == commitment.paragraph)
        .collect();
    let here = first
        .commitments
        .iter()
        .filter(|c| c.paragraph == commitment.paragraph)
        .count();
    if here == there.len() {
        return there.get(place).map(|c| c.text.clone());
    }
    other
        .paragraphs
        .iter()
        .find(|p| p.number == commitment.paragraph)
        .map(|p| p.text.clone())
}

impl App {
    /// The charter's limit, before the first of several files is stored.
    fn refuse_large_files(&self, partner: Option<&NodeName>, largest: u64) -> Result<()> {
        self.inner.store.view("limits", |tx| {
            let partner = self.partner_or_only(tx, partner)?;
            let terms = self.terms_in_force(tx, &partner)?;
            match terms.map(|terms| terms.quotas.file_bytes) {
                Some(most) if largest > most => Err(AppError::TooLarge(most)),
                _ => Ok(()),
            }
        })
    }
}

fn put_document(values: &mut Values, proposal: &Proposal) -> Result<()> {
    let document = serde_json::to_string(proposal).map_err(|_| AppError::Bug("proposal"))?;
    if document.len() > 900_000 {
        return Err(AppError::TooLarge(900_000));
    }
    values
        .values
        .insert("document".into(), Value::Text(document));
    Ok(())
}

/// Values of a form from pairs; empty ones are left out.
fn values_of(lang: Lang, pairs: &[(&str, &str)]) -> Values {
    let values = pairs
        .iter()
        .filter(|(_, v)| !v.trim().is_empty())
        .map(|(k, v)| ((*k).to_owned(), Value::Text((*v).trim().to_owned())));
    Values {
        lang: Some(lang),
        values: values.collect(),
    }
}

fn short(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

fn media_of(name: &str) -> &'static str {
    match format_of(name) {
        Format::Html => "text/html",
        Format::Markdown => "text/markdown",
        Format::Text | Format::Auto => "text/plain",
    }
}
