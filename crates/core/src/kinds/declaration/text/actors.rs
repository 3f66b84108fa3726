//! Who is named in a text: authors together, one state, a body of theirs, a third; and who the authors are.

use super::countries::{ORGANISATIONS, STATES};
use super::pattern::{Fillers, Index, Pattern};
use super::token::{Token, fold};
use super::{Actor, Lang, cut};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// "The two countries", "we", "the ministers".
    Authors,
    /// "The competent services", "the joint committee": acts for the authors.
    Body,
    /// A state or organisation, by its key (ISO code, or the organisation's first name).
    One(String),
    /// Several states or organisations joined by "and".
    Several(Vec<String>),
    /// "It": the last one named.
    It,
    /// Somebody else.
    Third,
}

/// A mention of an actor: tokens `start..end`.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// What it names.
    pub named: Named,
}

/// The words that name actors in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Authors together.
    pub authors: &'static [&'static str],
    /// Their bodies.
    pub bodies: &'static [&'static str],
    /// Thirds.
    pub thirds: &'static [&'static str],
    /// "It", "he".
    pub it: &'static [&'static str],
    /// Heads of one side: "the minister", "the ... side".
    pub roles: &'static [&'static str],
    /// Conjunctions.
    pub and: &'static [&'static str],
    /// Articles and the like that may stand before a name.
    pub articles: &'static [&'static str],
    /// Prepositions by which a name depends on another noun.
    pub of: &'static [&'static str],
}

const NONE: Fillers = Fillers {
    words: &[],
    endings: &[],
    nouns: &[],
};

struct Gazetteer {
    index: Index,
    names: Vec<Named>,
    adjectives: Index,
    adjective_of: Vec<String>,
}

/// Patterns of Arabic adjectives from the name: المغرب gives مغربي, مغربية.
fn arabic_adjectives(names: &str) -> Vec<String> {
    names
        .split('/')
        .filter(|n| !n.is_empty() && !n.contains(' '))
        .map(|n| {
            let folded = fold(n);
            let stem = folded.strip_prefix("ال").unwrap_or(&folded);
            let stem = stem
                .strip_suffix("يا")
                .or_else(|| stem.strip_suffix(['ا', 'ه']))
                .unwrap_or(stem);
            format!("{stem}ي|{stem}يه|{stem}يين|{stem}يان")
        })
        .collect()
}

/// A name as a pattern: hyphens and elisions as the tokeniser cuts them.
fn name_pattern(name: &str) -> String {
    name.replace("d'", "d' ").replace("l'", "l' ")
}

fn column(lang: Lang) -> usize {
    match lang {
        Lang::Fr => 0,
        Lang::En => 1,
        Lang::Ar => 2,
    }
}

fn build(lang: Lang, words: &Words) -> Gazetteer {
    let (mut patterns, mut names) = (Vec::new(), Vec::new());
    let (mut adjectives, mut adjective_of) = (Vec::new(), Vec::new());
    let mut add = |source: &str, named: Named| {
        patterns.push(Pattern::new(source));
        names.push(named);
    };
    for row in STATES.lines() {
        let cells: Vec<&str> = row.split(';').collect();
        let cell = |i: usize| cells.get(i).copied().unwrap_or("");
        let code = cell(0);
        for name in cell(1 + column(lang)).split('/').filter(|n| !n.is_empty()) {
            add(&name_pattern(name), Named::One(code.to_owned()));
        }
        let capitals = if lang == Lang::Ar { cell(7) } else { cell(6) };
        for name in capitals.split('/').filter(|n| !n.is_empty()) {
            add(name, Named::One(format!("@{code}")));
        }
        let forms = match lang {
            Lang::Ar => arabic_adjectives(cell(3)),
            Lang::Fr => cell(4).split('/').map(str::to_owned).collect(),
            Lang::En => cell(5).split('/').map(str::to_owned).collect(),
        };
        for form in forms.into_iter().filter(|f| !f.is_empty()) {
            adjectives.push(Pattern::new(&form));
            adjective_of.push(code.to_owned());
        }
    }
    for row in ORGANISATIONS.lines() {
        let key = row
            .split(';')
            .nth(1)
            .and_then(|c| c.split('/').next())
            .unwrap_or(row);
        for name in row
            .split(';')
            .nth(column(lang))
            .unwrap_or("")
            .split('/')
            .filter(|n| !n.is_empty())
        {
            add(&name_pattern(name), Named::One(key.to_owned()));
        }
    }
    for (list, named) in [
        (words.authors, Named::Authors),
        (words.bodies, Named::Body),
        (words.thirds, Named::Third),
        (words.it, Named::It),
    ] {
        for source in list {
            add(source, named.clone());
        }
    }
    Gazetteer {
        index: Index::new(patterns),
        names,
        adjectives: Index::new(adjectives),
        adjective_of,
    }
}

fn gazetteer(lang: Lang, words: &Words) -> &'static Gazetteer {
    static ALL: [OnceLock<Gazetteer>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let [fr, en, ar] = &ALL;
    let cell = match lang {
        Lang::Fr => fr,
        Lang::En => en,
        Lang::Ar => ar,
    };
    cell.get_or_init(|| build(lang, words))
}

/// All mentions, joined where they stand in an enumeration, in order.
pub(super) fn mentions(tokens: &[Token], lang: Lang, words: &Words) -> Vec<Mention> {
    let g = gazetteer(lang, words);
    let mut out: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = simple(tokens, at, g).or_else(|| role(tokens, at, g, words));
        match found {
            Some(mut mention) => {
                mention.end = qualified(tokens, &mention, g, words);
                at = mention.end;
                push(&mut out, mention, tokens, words);
            }
            None => at += 1,
        }
    }
    out
}

/// The longest name that starts here. A lower-case word is no name of a state in French or English.
fn simple(tokens: &[Token], at: usize, g: &Gazetteer) -> Option<Mention> {
    g.index
        .at(tokens, at, &NONE)
        .into_iter()
        .filter_map(|(id, m)| {
            let named = g.names.get(id)?.clone();
            let end = m.last()? + 1;
            let token = tokens.get(at)?;
            let common = matches!(named, Named::One(_)) && token.norm.is_ascii() && !token.capital;
            (!common).then_some(Mention {
                start: at,
                end,
                named,
            })
        })
        .max_by_key(|m| (m.end, !matches!(m.named, Named::Third)))
}

/// "The Moroccan side", "le ministre français", "الجانب المغربي": a role with an adjective or a name near it.
fn role(tokens: &[Token], at: usize, g: &Gazetteer, words: &Words) -> Option<Mention> {
    let here = tokens.get(at)?;
    if !here.any(words.roles) {
        let code = adjective(tokens, at, g)?;
        let end = (at + 1..at + 4).find(|i| tokens.get(*i).is_some_and(|t| t.any(words.roles)))?;
        return Some(Mention {
            start: at,
            end: end + 1,
            named: Named::One(code),
        });
    }
    for i in at + 1..at + 8 {
        let token = tokens.get(i)?;
        if token.is_mark() || token.any(words.and) {
            return None;
        }
        if let Some(code) = adjective(tokens, i, g) {
            return Some(Mention {
                start: at,
                end: i + 1,
                named: Named::One(code),
            });
        }
        if let Some(m) = simple(tokens, i, g)
            && matches!(m.named, Named::One(_))
        {
            return Some(Mention {
                start: at,
                end: m.end,
                named: m.named,
            });
        }
    }
    None
}

/// "Les gouvernements italien et français", "the ministers": where the adjectives of states after a name of the authors end.
fn qualified(tokens: &[Token], mention: &Mention, g: &Gazetteer, words: &Words) -> usize {
    let mut end = mention.end;
    if !matches!(mention.named, Named::Authors | Named::Body) {
        return end;
    }
    let mut at = end;
    while let Some(token) = tokens.get(at) {
        if adjective(tokens, at, g).is_some() {
            end = at + 1;
        } else if end == mention.end || !(token.any(words.and) || token.norm == ",") {
            break;
        }
        at += 1;
    }
    end
}

fn adjective(tokens: &[Token], at: usize, g: &Gazetteer) -> Option<String> {
    let (id, _) = g.adjectives.at(tokens, at, &NONE).into_iter().next()?;
    g.adjective_of.get(id).cloned()
}

/// Adds a mention, joined to the one before if only "and", commas and articles stand between them.
fn push(out: &mut Vec<Mention>, next: Mention, tokens: &[Token], words: &Words) {
    if let Some(last) = out.last_mut()
        && joined(tokens, last.end, next.start, words)
        && let Some(named) = together(&last.named, &next.named)
    {
        last.end = next.end;
        last.named = named;
        return;
    }
    out.push(next);
}

fn joined(tokens: &[Token], from: usize, to: usize, words: &Words) -> bool {
    let between = tokens.get(from..to).unwrap_or(&[]);
    // In Arabic the conjunction is joined to the next word.
    let prefixed = tokens
        .get(to)
        .is_some_and(|t| t.norm.starts_with('و') && !t.bare.is_empty());
    let linked = prefixed
        || between
            .iter()
            .any(|t| t.any(words.and) || t.norm == "," || t.norm == "،");
    linked
        && between.len() <= 5
        && between
            .iter()
            .all(|t| t.any(words.and) || t.any(words.articles) || t.norm == "," || t.norm == "،")
}

fn together(a: &Named, b: &Named) -> Option<Named> {
    let list = |n: &Named| match n {
        Named::One(x) => Some(vec![x.clone()]),
        Named::Several(x) => Some(x.clone()),
        _ => None,
    };
    match (a, b) {
        (Named::Third, Named::Third | Named::One(_))
        | (Named::One(_) | Named::Several(_), Named::Third) => Some(Named::Third),
        _ => {
            let mut all = list(a)?;
            for x in list(b)? {
                if !all.contains(&x) {
                    all.push(x);
                }
            }
            Some(if all.len() > 1 {
                Named::Several(all)
            } else {
                Named::One(all.pop()?)
            })
        }
    }
}

/// The key without the mark of a capital.
fn plain(key: &str) -> &str {
    key.strip_prefix('@').unwrap_or(key)
}

/// The authors of a text: the most frequent enumeration of states used as a subject (it must occur, else the title's, else the
/// two states named most often).
#[derive(Debug, Clone, Default)]
pub(super) struct Parties {
    /// Keys.
    pub keys: Vec<String>,
}

impl Parties {
    /// True if the key is one of the authors; with no known author every state is.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.is_empty() && plain(key).len() == 2 || self.keys.iter().any(|k| k == plain(key))
    }
}

/// Finds the authors from the mentions of title and paragraphs (title first).
pub(super) fn parties(title: &[Mention], body: &[Vec<Mention>]) -> Parties {
    let sets = |list: &mut dyn Iterator<Item = &Mention>| {
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for m in list {
            if let Named::Several(keys) = &m.named {
                let mut keys: Vec<String> = keys.iter().map(|k| plain(k).to_owned()).collect();
                keys.sort();
                keys.dedup();
                if keys.len() > 1 {
                    *counts.entry(keys).or_default() += 1;
                }
            }
        }
        counts
            .into_iter()
            .max_by_key(|(keys, n)| (*n, keys.len()))
            .map(|(keys, _)| keys)
    };
    let first_of_each = &mut body.iter().filter_map(|p| p.first());
    if let Some(keys) = sets(&mut title.iter())
        .or_else(|| sets(first_of_each))
        .or_else(|| sets(&mut body.iter().flatten()))
    {
        return Parties { keys };
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for m in title.iter().chain(body.iter().flatten()) {
        if let Named::One(key) = &m.named
            && plain(key).len() == 2
            && !key.starts_with('@')
        {
            *counts.entry(plain(key)).or_default() += 1;
        }
    }
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(key, n)| (std::cmp::Reverse(*n), *key));
    Parties {
        keys: ranked
            .into_iter()
            .take(2)
            .map(|(k, _)| k.to_owned())
            .collect(),
    }
}

/// The actor that a mention stands for.
pub(super) fn actor(mention: &Mention, tokens: &[Token], text: &str, parties: &Parties) -> Actor {
    let name = || {
        let start = tokens.get(mention.start).map_or(0, |t| t.start);
        let end = mention
            .end
            .checked_sub(1)
            .and_then(|i| tokens.get(i))
            .map_or(0, |t| t.end);
        cut(text, start, end).to_owned()
    };
    match &mention.named {
        Named::Authors | Named::Body => Actor::Both,
        Named::It => Actor::Unknown,
        Named::Third => Actor::Third { name: name() },
        Named::Several(keys) => {
            if keys.iter().all(|k| parties.has(k)) {
                Actor::Both
            } else {
                Actor::Third { name: name() }
            }
        }
        Named::One(key) if parties.has(key) => {
            let code = plain(key);
            Actor::One {
                name: name(),
                code: (code.len() == 2).then(|| code.to_owned()),
            }
        }
        Named::One(_) => Actor::Third { name: name() },
    }
}
