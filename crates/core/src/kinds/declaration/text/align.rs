//! Versions of one declaration in several languages, side by side.
//!
//! Paragraphs with numbers of their own are aligned by number. What stands between two numbers, and texts without numbers, are
//! aligned by order inside their section, with the ratio of lengths to merge what one version splits; such rows say so.

use super::{Lang, Paragraph, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One row: the same paragraph in every version that has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The number that aligns them; none when aligned by order.
    pub key: Option<String>,
    /// True when only order and length say so.
    pub by_order: bool,
    /// Per version, in the order given: numbers of its paragraphs ([`Paragraph::number`]), none if it lacks them.
    pub paragraphs: Vec<Vec<u32>>,
}

/// The alignment of several versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alignment {
    /// Languages, in the order given.
    pub languages: Vec<Lang>,
    /// Rows in the order of the document.
    pub rows: Vec<Row>,
    /// Per version: numbers that another version has and it has not.
    pub missing: Vec<Vec<String>>,
    /// Per version: numbers that no other version has.
    pub extra: Vec<Vec<String>>,
    /// True if any row is aligned by order.
    pub by_order: bool,
}

/// Aligns versions of one declaration.
pub fn align(versions: &[Text]) -> Alignment {
    let keyed: Vec<Vec<(Option<String>, &Paragraph)>> = versions.iter().map(keys).collect();
    let sets: Vec<BTreeMap<&str, u32>> = keyed
        .iter()
        .map(|v| {
            v.iter()
                .filter_map(|(k, p)| k.as_deref().map(|k| (k, p.number)))
                .collect()
        })
        .collect();
    let order = key_order(&keyed);
    let numbered = sets.iter().filter(|s| !s.is_empty()).count() > 1;
    let mut rows = Vec::new();
    if numbered {
        rows.extend(gap(&keyed, None, order.first().map(String::as_str)));
        for (i, key) in order.iter().enumerate() {
            let paragraphs = sets
                .iter()
                .map(|s| s.get(key.as_str()).map(|n| vec![*n]).unwrap_or_default())
                .collect();
            rows.push(Row {
                key: Some(key.clone()),
                by_order: false,
                paragraphs,
            });
            rows.extend(gap(&keyed, Some(key), order.get(i + 1).map(String::as_str)));
        }
    } else {
        rows.extend(by_sections(versions));
    }
    let missing = sets
        .iter()
        .map(|s| {
            if numbered {
                order
                    .iter()
                    .filter(|k| !s.contains_key(k.as_str()))
                    .cloned()
                    .collect()
            } else {
                Vec::new()
            }
        })
        .collect();
    let extra = (0..sets.len())
        .map(|i| {
            let others = |k: &str| {
                sets.iter()
                    .enumerate()
                    .any(|(j, s)| j != i && s.contains_key(k))
            };
            sets.get(i)
                .into_iter()
                .flat_map(|s| s.keys())
                .filter(|k| numbered && !others(k))
                .map(|k| (*k).to_owned())
                .collect()
        })
        .collect();
    let by_order = rows.iter().any(|r: &Row| r.by_order);
    Alignment {
        languages: versions.iter().map(|v| v.language).collect(),
        rows,
        missing,
        extra,
        by_order,
    }
}

/// Keys made unique: where numbering starts again, the second "1" is "1#2".
fn keys(text: &Text) -> Vec<(Option<String>, &Paragraph)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    text.paragraphs
        .iter()
        .map(|p| {
            let key = p.key.as_deref().map(|k| {
                let n = seen.entry(k).or_default();
                *n += 1;
                if *n == 1 {
                    k.to_owned()
                } else {
                    format!("{k}#{n}")
                }
            });
            (key, p)
        })
        .collect()
}

/// All keys in the order of the first version, those of the others after their neighbour.
fn key_order(keyed: &[Vec<(Option<String>, &Paragraph)>]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    for version in keyed {
        let mut place = 0;
        for key in version.iter().filter_map(|(k, _)| k.as_ref()) {
            match order.iter().position(|o| o == key) {
                Some(i) => place = i + 1,
                None => {
                    order.insert(place.min(order.len()), key.clone());
                    place += 1;
                }
            }
        }
    }
    order
}

/// Paragraphs without a number between two numbers, by order.
fn gap(
    keyed: &[Vec<(Option<String>, &Paragraph)>],
    after: Option<&str>,
    before: Option<&str>,
) -> Vec<Row> {
    let lists: Vec<Vec<&Paragraph>> = keyed
        .iter()
        .map(|version| {
            let at = |k: Option<&str>| {
                k.and_then(|k| {
                    version
                        .iter()
                        .position(|(key, _)| key.as_deref() == Some(k))
                })
            };
            let from = match after {
                None => 0,
                Some(_) => match at(after) {
                    Some(i) => i + 1,
                    None => return Vec::new(),
                },
            };
            let stop = at(before).unwrap_or(version.len());
            version
                .get(from..stop)
                .unwrap_or(&[])
                .iter()
                .take_while(|(k, _)| k.is_none())
                .map(|(_, p)| *p)
                .collect()
        })
        .collect();
    in_order(&lists)
}

/// Texts without numbers: section by section when all have as many sections, else as one.
fn by_sections(versions: &[Text]) -> Vec<Row> {
    let split: Vec<Vec<Vec<&Paragraph>>> = versions.iter().map(sections).collect();
    let count = split.first().map_or(0, Vec::len);
    if split.iter().any(|s| s.len() != count) {
        let whole: Vec<Vec<&Paragraph>> = versions
            .iter()
            .map(|v| v.paragraphs.iter().collect())
            .collect();
        return in_order(&whole);
    }
    (0..count)
        .flat_map(|i| {
            let lists: Vec<Vec<&Paragraph>> = split
                .iter()
                .map(|s| s.get(i).cloned().unwrap_or_default())
                .collect();
            in_order(&lists)
        })
        .collect()
}

fn sections(text: &Text) -> Vec<Vec<&Paragraph>> {
    let mut out: Vec<Vec<&Paragraph>> = Vec::new();
    let mut open: Option<&Option<String>> = None;
    for p in &text.paragraphs {
        if open != Some(&p.section) {
            out.push(Vec::new());
            open = Some(&p.section);
        }
        if let Some(last) = out.last_mut() {
            last.push(p);
        }
    }
    out
}

fn length(p: &Paragraph) -> usize {
    p.text.chars().count().max(1)
}

/// Rows by order. Equal counts pair one to one; else each row of the longest list takes the paragraphs of the others whose middle
/// falls in its share of the text.
fn in_order(lists: &[Vec<&Paragraph>]) -> Vec<Row> {
    let most = lists.iter().map(Vec::len).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let pivot = lists
        .iter()
        .filter(|l| !l.is_empty())
        .min_by_key(|l| l.len())
        .cloned()
        .unwrap_or_default();
    let rows = pivot.len();
    let shares = cumulative(&pivot);
    let mut out: Vec<Row> = (0..rows)
        .map(|_| Row {
            key: None,
            by_order: true,
            paragraphs: vec![Vec::new(); lists.len()],
        })
        .collect();
    for (v, list) in lists.iter().enumerate() {
        let own = cumulative(list);
        for (i, p) in list.iter().enumerate() {
            let row = if list.len() == rows {
                i
            } else {
                share_of(&own, &shares, i)
            };
            if let Some(cell) = out
                .get_mut(row.min(rows - 1))
                .and_then(|r| r.paragraphs.get_mut(v))
            {
                cell.push(p.number);
            }
        }
    }
    out
}

/// Running totals of length per thousand of the whole.
fn cumulative(list: &[&Paragraph]) -> Vec<usize> {
    let total: usize = list.iter().map(|p| length(p)).sum::<usize>().max(1);
    list.iter()
        .scan(0, |sum, p| {
            *sum += length(p);
            Some(*sum * 1000 / total)
        })
        .collect()
}

fn share_of(own: &[usize], shares: &[usize], i: usize) -> usize {
    let end = own.get(i).copied().unwrap_or(1000);
    let start = i
        .checked_sub(1)
        .and_then(|j| own.get(j))
        .copied()
        .unwrap_or(0);
    let middle = usize::midpoint(start, end);
    shares
        .iter()
        .position(|s| middle <= *s)
        .unwrap_or(shares.len().saturating_sub(1))
}
