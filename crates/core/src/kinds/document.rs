//! The documentation of all kinds, made from the same definitions as forms, validation and schema.

use super::ALL;
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType, Kind, When};
use crate::label::Lang;
use serde_json::{Map, Value as Json, json};

/// Every kind with its entry types, fields and effects, as Markdown in English with the French and Arabic names beside.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from(
        "# Kinds of dossiers\n\nMade from the definitions in `crates/core/src/kinds`; a test compares.\n",
    );
    for kind in ALL {
        out.push_str(&kind_section(kind));
    }
    out
}

fn kind_section(kind: &Kind) -> String {
    let l = kind.label;
    let mut out = format!(
        "\n## `{}`: {} · {} · {}\n\n{}.\n",
        kind.name, l.en, l.fr, l.ar, kind.purpose_text.en
    );
    for entry in kind.entries {
        out.push_str(&entry_section(entry));
    }
    out
}

fn entry_section(entry: &EntryType) -> String {
    let l = entry.label;
    let mut out = format!(
        "\n### `{}` v{}: {} · {} · {}\n\n",
        entry.name, entry.version, l.en, l.fr, l.ar
    );
    for effect in entry.effects {
        out.push_str(&format!("- {}\n", effect_words(effect)));
    }
    if entry.files {
        out.push_str("- takes files\n");
    }
    if entry.is_of_weight() {
        out.push_str("- of weight: an officer who has a passkey signs it with that\n");
    }
    if entry.is_written_beside() {
        out.push_str("- written by the program alone, beside what an officer's passkey signed\n");
    }
    if !entry.fields.is_empty() {
        out.push_str("\n| field | holds | must be given | goes to |\n|---|---|---|---|\n");
        for field in entry.fields {
            let place = if field.bind.in_body() {
                "body"
            } else {
                "header"
            };
            let must = if field.required { "yes" } else { "" };
            out.push_str(&format!(
                "| `{}` ({}) | {} | {must} | {place} |\n",
                field.name,
                field.label.en,
                holds(field)
            ));
        }
    }
    out
}

fn effect_words(effect: &Effect) -> String {
    match effect {
        Effect::Open(phase) => format!("opens the dossier, {phase}"),
        Effect::SetPhase(phase) => {
            format!("sets the phase: {phase} (the convenor only; nothing may be owed to close)")
        }
        Effect::Invite => "brings services in (the convenor only)".into(),
        Effect::Leave => "leaves".into(),
        Effect::Ask(ask, When::Always) => format!("asks: {ask}"),
        Effect::Ask(ask, When::NeedsAnswer) => format!("asks: {ask}, if an answer is needed"),
        Effect::Ask(ask, When::Feedback) => format!("asks: {ask}, or joins the open one"),
        Effect::Ask(ask, When::Promised) => format!("obliges each party that promised: {ask}"),
        Effect::Ask(ask, When::Ends) => format!("asks: {ask}, by the end that is set"),
        Effect::Ask(ask, When::Said(field, codes)) => {
            format!("asks: {ask}, where `{field}` is {}", codes.join(" or "))
        }
        Effect::Ask(ask, When::OfOurselves) => {
            format!("obliges the author's own service: {ask}")
        }
        Effect::On(on, []) => format!("on an obligation: {on:?}"),
        Effect::On(on, asks) => {
            format!(
                "on an obligation to {}: {on:?}",
                asks.iter()
                    .map(|a| a.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        Effect::ProposeTerms => "proposes terms".into(),
        Effect::Sign => "signs a proposal".into(),
        Effect::Enact => "brings signed terms into force (the convenor only)".into(),
        Effect::Flag(true) => "raises one's suspension flag".into(),
        Effect::Flag(false) => "lifts one's suspension flag".into(),
        Effect::Relate => "relates two points".into(),
        Effect::Erase => {
            "destroys the body and files of an entry of one's own node, or one file".into()
        }
        Effect::Continues => "names the dossiers that it continues, if it continues any".into(),
        Effect::Release => {
            "shows an entry of one's own node from a dossier that this one continues".into()
        }
        Effect::Wants => {
            "names the entry and the uses that its originator is asked to permit".into()
        }
        Effect::Permit => "permits what was asked for, or part of it".into(),
        Effect::Tighten => "adds conditions or an end to an entry of one's own node".into(),
        Effect::Confirm => "confirms that a condition was read".into(),
        Effect::Keep => "keeps the contents beyond the day of their review".into(),
        Effect::Hold => "holds the contents, or an entry's, until a day".into(),
        Effect::Lift => "lifts a hold of one's own node".into(),
        Effect::Expired => "says that one's node destroyed what it held".into(),
    }
}

/// The types of which the entries are that a field names.
fn of_types(field: &Field) -> String {
    let types: Vec<String> = field.of.iter().map(|of| format!("`{of}`")).collect();
    match types.is_empty() {
        true => String::new(),
        false => format!(" of type {}", types.join(" or ")),
    }
}

fn holds(field: &Field) -> String {
    match field.holds {
        FieldType::Line(max) => format!("a line, {max} characters"),
        FieldType::Text(max) => format!("text, {max} characters"),
        FieldType::Paragraphs(max) => {
            format!(
                "paragraphs, each beginning with its evaluation such as `[B2]`, {max} characters"
            )
        }
        FieldType::Code(choices) => choices()
            .iter()
            .map(|(c, _)| format!("`{c}`"))
            .collect::<Vec<_>>()
            .join(" "),
        FieldType::Codes(choices) => {
            let codes: Vec<String> = choices().iter().map(|(c, _)| format!("`{c}`")).collect();
            format!("any of {}", codes.join(" "))
        }
        FieldType::CodeSet(choices) => {
            let codes: Vec<String> = choices().iter().map(|(c, _)| format!("`{c}`")).collect();
            format!("any of {}, joined by `+`", codes.join(" "))
        }
        FieldType::Date => "a day".into(),
        FieldType::PartialDate => "a date, as far as it is known".into(),
        FieldType::Moment => "a moment in UTC".into(),
        FieldType::Number(min, max) => format!("a number from {min} to {max}"),
        FieldType::Flag => "yes or no".into(),
        FieldType::Service => "a service".into(),
        FieldType::Services => "services".into(),
        FieldType::Entries => format!("entries{}", of_types(field)),
        FieldType::Entry => format!("an entry{}", of_types(field)),
        FieldType::Thing => "an entry that records a thing".into(),
        FieldType::Steps => "steps, a line for each: `+00:30 | service | where | what`".into(),
        FieldType::Document(max) => format!("a document, {max} bytes"),
    }
}

/// JSON schema (draft 2020-12) of an entry type's values.
#[must_use]
pub fn schema(entry: &EntryType, lang: Lang) -> Json {
    let properties: Map<String, Json> = entry
        .fields
        .iter()
        .map(|f| (f.name.to_owned(), f.schema(lang)))
        .collect();
    let required: Vec<&str> = entry
        .fields
        .iter()
        .filter(|f| f.required)
        .map(|f| f.name)
        .collect();
    let header: Vec<&str> = entry
        .fields
        .iter()
        .filter(|f| !f.bind.in_body())
        .map(|f| f.name)
        .collect();
    json!({
        "description": format!("kept in the header: {}", header.join(", ")),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("entente:{}@{}", entry.name, entry.version),
        "title": entry.label.get(lang),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
