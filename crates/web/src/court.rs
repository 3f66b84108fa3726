//! What people read in a court bundle: one page that opens anywhere and prints, in the language of the case, and how to verify the bundle in
//! the three languages. Nothing on it is fetched from elsewhere, and nothing of it runs.

use crate::i18n::Words;
use crate::time::{civil_day, partial_text};
use entente_app::court::Pages;
use entente_app::court::index::{Index, Item, PartOf};
use entente_core::court::CUSTODY;
use entente_core::field::{Field, FieldType, Value, Values};
use entente_core::instant::Instant;
use entente_core::kinds;
use entente_core::label::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// Pages of a bundle in a reader's language.
pub struct CourtPages(pub Words);

/// Looks of the page, on screen and on paper.
const STYLE: &str = "body{font-family:serif;line-height:1.5;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h1,h2,h3{font-family:sans-serif;line-height:1.25}h1{font-size:1.5rem}h2{font-size:1.2rem;border-block-start:2px solid #111;padding-block-start:.6rem;margin-block-start:2rem}\
table{border-collapse:collapse;width:100%}th,td{border-block-end:1px solid #999;padding:.3rem .4rem;text-align:start;vertical-align:top}\
code{font-family:monospace;font-size:.8rem;overflow-wrap:anywhere;direction:ltr;unicode-bidi:isolate}dl{margin:.5rem 0}dt{font-weight:bold;font-family:sans-serif;font-size:.85rem}dd{margin:0 0 .5rem}\
article{break-inside:auto;margin-block-end:2rem}.mark{border:2px solid #111;padding:.1rem .5rem;font-family:sans-serif;font-size:.85rem}.quiet{color:#444;font-size:.9rem}\
@media print{body{margin:0;max-width:none}article{break-before:page}}";

impl Pages for CourtPages {
    fn page(&self, index: &Index, said: &BTreeMap<u32, Values>) -> String {
        let words = self.0;
        let page = html! {
            (DOCTYPE)
            html lang=(words.lang) dir=(words.lang.dir()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (words.t("bundle-title")) " · " (index.dossier.number) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    (heading(words, index))
                    (table(words, index))
                    (custody(words, index))
                    (compromised(words, index))
                    @for item in &index.entries { (entry(words, index, (item, said.get(&item.number)))) }
                    h2 { (words.t("bundle-verify")) }
                    p { (words.t("bundle-verify-how")) }
                    p { code { "entente court verify FILE" } }
                }
            }
        };
        page.into_string()
    }

    fn instructions(&self) -> Vec<(String, String)> {
        Lang::ALL
            .into_iter()
            .map(|lang| {
                let words = Words::new(lang, self.0.numerals());
                let text = [
                    "bundle-read-what",
                    "bundle-read-open",
                    "bundle-read-verify",
                    "bundle-read-trust",
                    "bundle-read-by-hand",
                ];
                let text: Vec<String> = text.into_iter().map(|key| words.t(key)).collect();
                (
                    format!("README.{lang}.txt"),
                    format!("{}\n", text.join("\n\n")),
                )
            })
            .collect()
    }
}

fn heading(words: Words, index: &Index) -> Markup {
    html! {
        h1 { (words.t("bundle-title")) }
        dl {
            dt { (words.t("court-court")) } dd { bdi { (index.court) } }
            @if !index.reference.is_empty() { dt { (words.t("court-reference")) } dd { bdi { (index.reference) } } }
            dt { (words.t("bundle-by")) } dd { bdi { (index.service) } }
            dt { (words.t("bundle-at")) } dd { bdi { (index.produced_at) } }
            dt { (words.t("bundle-dossier")) } dd { bdi { (index.dossier.number) } }
        }
    }
}

fn role(words: Words, index: &Index, item: &Item) -> Markup {
    let of = item.of.map(|of| words.digits(&of.to_string()));
    let key = match item.role {
        PartOf::Produced => return html! {},
        PartOf::Correction => "bundle-correction",
        PartOf::Translation => "bundle-translation",
        PartOf::Custody => "bundle-custody-of",
        PartOf::Production => "bundle-production",
    };
    let known = item.of.and_then(|of| index.item(of)).is_some();
    html! { span.mark { (words.t(key)) @if let Some(of) = of.filter(|_| known) { " " (of) } } }
}

fn kind(words: Words, item: &Item) -> String {
    let known = kinds::ALL
        .iter()
        .find_map(|kind| kind.entry(&item.entry_type));
    known.map_or_else(
        || item.entry_type.clone(),
        |entry| words.label(entry.label).to_owned(),
    )
}

/// Every entry in a line, with the digests of all that it has.
fn table(words: Words, index: &Index) -> Markup {
    html! {
        h2 { (words.t("bundle-index")) }
        table {
            thead { tr { th scope="col" { (words.t("bundle-number")) } th scope="col" { (words.t("bundle-what")) } th scope="col" { (words.t("bundle-author")) } th scope="col" { (words.t("bundle-digests")) } } }
            tbody {
                @for item in &index.entries {
                    tr {
                        td { (words.digits(&item.number.to_string())) }
                        td { (kind(words, item)) @if !item.title.is_empty() { br; bdi { (item.title) } } @if item.of.is_some() || item.role == PartOf::Production { br; (role(words, index, item)) } }
                        td { bdi { (item.service) } br; bdi { (item.at) } }
                        td { @for name in parts_of(item) { @if let Some(part) = index.parts.get(name) { div { code { (name) } br; code { (part.sha256) } } } } }
                    }
                }
            }
        }
    }
}

fn parts_of(item: &Item) -> impl Iterator<Item = &String> {
    let files = item.files.iter().map(|file| &file.part);
    std::iter::once(&item.content)
        .chain(&item.proof)
        .chain(files)
}

/// Entries about custody in their order, wherever in the bundle they are: types of these names, whatever they hold.
fn custody(words: Words, index: &Index) -> Markup {
    let of = index.entries.iter();
    let of: Vec<&Item> = of
        .filter(|item| CUSTODY.contains(&item.entry_type.as_str()))
        .collect();
    html! {
        @if !of.is_empty() {
            h2 { (words.t("bundle-custody")) }
            ol { @for item in of { li { (words.digits(&item.number.to_string())) " · " (kind(words, item)) " · " bdi { (item.title) } " · " bdi { (item.service) } " · " bdi { (item.at) } } } }
        }
    }
}

fn compromised(words: Words, index: &Index) -> Markup {
    html! {
        @if !index.compromised.is_empty() {
            h2 { (words.t("bundle-compromised")) }
            ul { @for one in &index.compromised { li { bdi { (one.node) } " · " code { (one.fingerprint) } " · " bdi { (one.since) } } } }
        }
    }
}

/// One entry as people read it.
fn entry(words: Words, index: &Index, (item, said): (&Item, Option<&Values>)) -> Markup {
    html! {
        article {
            h2 { (words.digits(&item.number.to_string())) ". " (kind(words, item)) }
            (role(words, index, item))
            p.quiet { bdi { (item.service) } " · " bdi { (item.at) } br; code { (item.entry) } }
            @if !item.conditions.is_empty() { p.quiet { (words.t("bundle-conditions")) " " bdi { (item.conditions) } } }
            @if !item.permissions.is_empty() {
                p.quiet { (words.t("court-by")) " " @for by in &item.permissions { code { (by) } " " } }
            }
            @if let Some(values) = said { (content(words, item, values)) }
            @if !item.files.is_empty() {
                h3 { (words.t("bundle-files")) }
                ul { @for file in &item.files { li { a href=(file.part) { bdi { (file.name) } } " " code { (file.part) } } } }
            }
        }
    }
}

fn content(words: Words, item: &Item, values: &Values) -> Markup {
    let known = kinds::ALL
        .iter()
        .find_map(|kind| kind.entry(&item.entry_type));
    let fields = known.map_or(&[][..], |entry| entry.fields);
    let named = |name: &String| fields.iter().any(|field| field.name == name);
    let defined = fields
        .iter()
        .filter_map(|field| Some((field, values.values.get(field.name)?)));
    let others = values
        .values
        .iter()
        .filter(|(name, _)| *name != "files" && !named(name));
    html! {
        dl lang=[values.lang] dir="auto" {
            @for (field, value) in defined { dt lang=(words.lang) dir=(words.lang.dir()) { (words.label(field.label)) } dd dir="auto" { (shown(words, field, value)) } }
            @for (name, value) in others { dt { code { (name) } } dd dir="auto" { (value.display()) } }
        }
    }
}

fn shown(words: Words, field: &Field, value: &Value) -> Markup {
    let coded = |choices: entente_core::field::Choices, code: &str| {
        let known = choices().into_iter().find(|(known, _)| *known == code);
        known.map_or_else(
            || code.to_owned(),
            |(_, label)| words.label(label).to_owned(),
        )
    };
    let joined = |items: Vec<String>| items.join(words.comma());
    match (field.holds, value) {
        (FieldType::Code(choices), Value::Text(code)) => html! { (coded(choices, code)) },
        (FieldType::CodeSet(choices), Value::Text(codes)) => {
            html! { (joined(codes.split('+').map(|code| coded(choices, code)).collect())) }
        }
        (FieldType::Codes(choices), Value::List(codes)) => {
            html! { (joined(codes.iter().map(|code| coded(choices, code)).collect())) }
        }
        (FieldType::Date, Value::Text(day)) => html! { (civil_day(words, day)) },
        // Paper is read in both states and long after: by no clock but the one for all.
        (FieldType::Moment, Value::Text(at)) => match Instant::parse(at) {
            Some(at) => html! { bdi dir="ltr" { (at.to_civil().replace('T', " ")) " UTC" } },
            None => html! { bdi { (at) } },
        },
        (FieldType::PartialDate, Value::Text(date)) => html! { (partial_text(words, date)) },
        (_, Value::Flag(yes)) => html! { (words.t(if *yes { "yes" } else { "no" })) },
        (_, Value::Text(text)) => html! { @for line in text.lines() { div dir="auto" { (line) } } },
        (_, other) => html! { (other.display()) },
    }
}
