//! Fills any form from a number: every kind is simulated as soon as it exists, without a line here.

use crate::node::TestNode;
use entente_core::field::{Bind, Field, FieldType};
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;

/// Gives pieces of one number, one after the other.
pub struct Detail(u64);

impl Detail {
    /// From an op's number.
    #[must_use]
    pub fn new(detail: u32) -> Self {
        Self(u64::from(detail).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995)
    }
    /// A piece below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from((self.0 >> 11) % bound).unwrap_or(0)
    }
}

/// Values for a form of this node. `entries` are those of the dossier, for forms that name one.
#[must_use]
pub fn fill(
    node: &TestNode,
    entry_type: &EntryType,
    dossier: Option<DossierId>,
    entries: &[EntryId],
    detail: &mut Detail,
) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for field in entry_type.fields {
        // Fields that only bodies hold and that came later take no draw: the worlds of before stay what they are.
        if matches!(
            field.name,
            "assessment" | "assurances" | "person_categories"
        ) {
            continue;
        }
        if !field.required && detail.below(3) != 0 && field.bind != Bind::Urgency {
            continue;
        }
        if let Some(text) = value(node, field, dossier, entries, detail) {
            out.push((field.name, text));
        }
    }
    out
}

fn value(
    node: &TestNode,
    field: &Field,
    dossier: Option<DossierId>,
    entries: &[EntryId],
    detail: &mut Detail,
) -> Option<String> {
    let entry = |detail: &mut Detail| entries.get(detail.below(entries.len())).copied();
    match field.bind {
        Bind::Erase | Bind::RelateFrom => return entry(detail).map(|e| e.to_string()),
        Bind::RelateTo => return entry(detail).zip(dossier).map(|(e, d)| format!("{d}:{e}")),
        // Now and then, so that something is left to erase.
        Bind::EraseAll => return (detail.below(8) == 0).then(|| "on".to_owned()),
        // Asked services: left to the defaults, which is what people do.
        Bind::AskOf => return None,
        _ => {}
    }
    // What was before the world began: no request came from the future.
    if field.bind == Bind::Since || field.name == "told_on" {
        return Some(format!("2015-05-{:02}", 1 + detail.below(27)));
    }
    if field.name == "debtors" {
        return Some(["FR, MA", "FR", "MA", "XX"][detail.below(4)].to_owned());
    }
    Some(match field.holds {
        FieldType::Line(_) => format!("objet {}", detail.below(1_000)),
        FieldType::Text(_) => format!("texte نص text {}", detail.below(1_000)),
        FieldType::Document(_) => "{}".to_owned(),
        FieldType::Steps => format!("+00:00 | fr/liaison | | étape {}", detail.below(1_000)),
        FieldType::Paragraphs(_) => {
            format!("[B2 source] texte {0}\n\n[X4] نص {0}", detail.below(1_000))
        }
        FieldType::Code(choices) => {
            let codes = choices();
            codes.get(detail.below(codes.len()))?.0.to_owned()
        }
        FieldType::Date => format!(
            "2015-{:02}-{:02}",
            6 + detail.below(6),
            1 + detail.below(28)
        ),
        FieldType::PartialDate => ["1987", "1987-05", "1987-05-03"][detail.below(3)].to_owned(),
        FieldType::Moment => format!("2015-{:02}-28T12:30", 6 + detail.below(6)),
        FieldType::Number(min, max) => if detail.below(2) == 0 { min } else { max }.to_string(),
        FieldType::CodeSet(choices) => {
            let choices = choices();
            let set = 1 + detail.below((1 << choices.len()) - 1);
            let in_set = |(n, _): &(usize, _)| set & (1 << n) != 0;
            let chosen = choices.into_iter().enumerate().filter(in_set);
            let chosen: Vec<&str> = chosen.map(|(_, (code, _))| code).collect();
            chosen.join("+")
        }
        FieldType::Flag => if detail.below(2) == 0 { "on" } else { "" }.to_owned(),
        FieldType::Service => format!(
            "{}/{}",
            node.name,
            ["police", "liaison", "justice"][detail.below(3)]
        ),
        FieldType::Services => {
            ["ma/police,fr/police", "ma/justice", "fr/coordination"][detail.below(3)].to_owned()
        }
        FieldType::Entry | FieldType::Thing => return entry(detail).map(|e| e.to_string()),
        FieldType::Codes(_) | FieldType::Entries => return None,
    })
}
