//! The context of a package: what its short names stand for (JSON-LD 1.1 section 3.1 and 4.1), as far as packages of evidence use it.
//!
//! In scope: prefixes, `@vocab`, `@base`, `@language`, keywords by another name, terms with `@id`, `@type` (a datatype, `@id`, `@vocab`,
//! `@json`) and `@container` `@list` or `@set`, in one object or an array of them. Refused, because half of it would say something else:
//! contexts by address, inside nodes or terms, `@reverse`, `@nest`, other containers. Nothing is ever fetched.

use crate::error::{EvidenceError, Feature, Many, Shape};
use crate::json::Json;
use crate::limits::{MAX_IRI, MAX_TERMS};
use std::collections::BTreeMap;

/// What short names stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    terms: BTreeMap<String, Term>,
    vocab: Option<String>,
    base: Option<String>,
    language: Option<String>,
    /// Terms by what they begin names with.
    prefixes: BTreeMap<String, String>,
}

/// What a name in full may be cut after: general delimiters of RFC 3986.
const DELIMITERS: [char; 7] = [':', '/', '?', '#', '[', ']', '@'];

/// What one short name stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Term {
    /// The identifier in full; none if the context takes the term its meaning.
    iri: Option<String>,
    /// What the values are when they are bare texts, numbers or words.
    pub(crate) coerce: Coerce,
    /// Whether an array is a list, which has an order.
    pub(crate) list: bool,
    /// Whether it may begin other names: where it ends like a place in an address, or says so.
    prefix: bool,
}

impl Term {
    /// What a name that begins with this term begins with in full.
    fn begins(&self) -> Option<&str> {
        self.iri.as_deref().filter(|_| self.prefix)
    }
}

/// What a bare value of a term is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Coerce {
    /// As it stands.
    #[default]
    None,
    /// The name of a node.
    Id,
    /// The name of a node, which may be a term.
    Vocab,
    /// JSON, whatever it is.
    Json,
    /// A value of this datatype.
    Type(String),
}

/// Keywords that this reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Keyword {
    Context,
    Id,
    Type,
    Graph,
    Value,
    Language,
    List,
    Set,
}

/// What a name in an object is.
pub(crate) enum Key<'a> {
    /// A keyword, or another name for one.
    Keyword(Keyword),
    /// A property with its identifier in full.
    Property(String, Option<&'a Term>),
    /// A name to which nothing gives a meaning: JSON-LD lets it fall, we keep it.
    Unmapped(&'a str),
}

impl Context {
    /// Reads the value of `@context`.
    ///
    /// # Errors
    /// [`EvidenceError`].
    pub fn read(value: &Json) -> Result<Self, EvidenceError> {
        let mut context = Self::default();
        match value {
            Json::List(parts) => {
                for part in parts {
                    context.add(part)?;
                }
            }
            one => context.add(one)?,
        }
        for (name, term) in &context.terms {
            if let Some(full) = term.begins() {
                let of = context.prefixes.entry(full.to_owned());
                of.or_insert_with(|| name.clone());
            }
        }
        Ok(context)
    }

    /// Goes on with another part of an array: later terms take the place of earlier ones.
    fn add(&mut self, part: &Json) -> Result<(), EvidenceError> {
        let members = match part {
            Json::Object(members) => members,
            Json::Null => {
                *self = Self::default();
                return Ok(());
            }
            Json::Text(_) => return Err(EvidenceError::Refused(Feature::RemoteContext)),
            _ => return Err(shape()),
        };
        if self.terms.len().saturating_add(members.len()) > MAX_TERMS {
            return Err(EvidenceError::TooMany(Many::Terms));
        }
        for (name, value) in members {
            if name.starts_with('@') {
                self.keyword(name, value)?;
            }
        }
        let raw: BTreeMap<&str, &Json> = members
            .iter()
            .filter(|(name, _)| !name.starts_with('@'))
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        for name in raw.keys() {
            let term = self.term(name, &raw, 0)?;
            self.terms.insert((*name).to_owned(), term);
        }
        Ok(())
    }

    fn keyword(&mut self, name: &str, value: &Json) -> Result<(), EvidenceError> {
        let text = match value {
            Json::Text(text) if text.len() <= MAX_IRI => Some(text.clone()),
            Json::Null => None,
            Json::Number(number) if name == "@version" && number == "1.1" => return Ok(()),
            Json::Bool(_) if name == "@protected" => return Ok(()),
            _ if matches!(name, "@vocab" | "@base" | "@language") => return Err(shape()),
            _ => return Err(EvidenceError::Refused(Feature::ContextKeyword)),
        };
        match name {
            "@vocab" => self.vocab = text,
            "@base" => self.base = text,
            "@language" => self.language = text.map(|t| t.to_lowercase()),
            _ => return Err(EvidenceError::Refused(Feature::ContextKeyword)),
        }
        Ok(())
    }

    /// One term; what it is defined by is looked up in its own part of the context first, at most eight steps far.
    fn term(
        &self,
        name: &str,
        raw: &BTreeMap<&str, &Json>,
        depth: usize,
    ) -> Result<Term, EvidenceError> {
        if depth > 8 || name.is_empty() {
            return Err(shape());
        }
        let mut term = Term::default();
        let value = match raw.get(name).copied() {
            Some(Json::Null) | None => return Ok(term),
            Some(Json::Text(text)) => {
                let iri = self.defined(text, raw, depth)?;
                term.prefix = iri.ends_with(DELIMITERS);
                term.iri = Some(iri);
                return Ok(term);
            }
            Some(Json::Object(members)) => members,
            Some(_) => return Err(shape()),
        };
        let (mut id, mut kind) = (Some(name), None);
        for (key, value) in value {
            match (key.as_str(), value) {
                ("@id", Json::Text(text)) => id = Some(text),
                ("@id", Json::Null) => id = None,
                ("@type", Json::Text(text)) => kind = Some(text),
                ("@container", value) => term.list = is_list(value)?,
                ("@prefix", Json::Bool(may)) => term.prefix = *may,
                ("@protected", Json::Bool(_)) => {}
                ("@context", _) => return Err(EvidenceError::Refused(Feature::ScopedContext)),
                ("@id" | "@type" | "@prefix" | "@protected", _) => return Err(shape()),
                _ => return Err(EvidenceError::Refused(Feature::Keyword)),
            }
        }
        term.iri = match id {
            Some(id) if id == name => Some(self.own(name, raw, depth)?),
            Some(id) => Some(self.defined(id, raw, depth)?),
            None => None,
        };
        term.coerce = match kind.map(String::as_str) {
            None | Some("@none") => Coerce::None,
            Some("@id") => Coerce::Id,
            Some("@vocab") => Coerce::Vocab,
            Some("@json") => Coerce::Json,
            Some(datatype) => Coerce::Type(self.defined(datatype, raw, depth)?),
        };
        Ok(term)
    }

    /// The identifier of a term that names none: its own name, in full.
    fn own(
        &self,
        name: &str,
        raw: &BTreeMap<&str, &Json>,
        depth: usize,
    ) -> Result<String, EvidenceError> {
        if name.contains(':') {
            return self.defined(name, raw, depth);
        }
        let vocab = self.vocab.as_deref().ok_or_else(shape)?;
        bounded(format!("{vocab}{name}"))
    }

    /// An identifier as the value of a term, in full.
    fn defined(
        &self,
        text: &str,
        raw: &BTreeMap<&str, &Json>,
        depth: usize,
    ) -> Result<String, EvidenceError> {
        let deeper = depth.saturating_add(1);
        if text.starts_with('@') {
            return match keyword(text) {
                Some(_) => Ok(text.to_owned()),
                None => Err(EvidenceError::Refused(Feature::Keyword)),
            };
        }
        if let Some((prefix, rest)) = text.split_once(':') {
            if prefix != "_" && !rest.starts_with("//") {
                if raw.contains_key(prefix) {
                    let found = self.term(prefix, raw, deeper)?;
                    if let Some(iri) = found.begins() {
                        return bounded(format!("{iri}{rest}"));
                    }
                } else if let Some(iri) = self.terms.get(prefix).and_then(Term::begins) {
                    return bounded(format!("{iri}{rest}"));
                }
            }
            return bounded(text.to_owned());
        }
        if raw.contains_key(text) {
            return self.term(text, raw, deeper)?.iri.ok_or_else(shape);
        }
        let vocab = self.vocab.as_deref().ok_or_else(shape)?;
        bounded(format!("{vocab}{text}"))
    }

    /// What a name in an object is.
    pub(crate) fn key<'a>(&'a self, name: &'a str) -> Result<Key<'a>, EvidenceError> {
        let term = self.terms.get(name);
        let iri = match term {
            Some(term) => term.iri.as_deref(),
            None if name.starts_with('@') => Some(name),
            None => None,
        };
        match (iri, term) {
            (Some(iri), term) if iri.starts_with('@') => match (keyword(iri), term) {
                (Some(found), _) => Ok(Key::Keyword(found)),
                (None, _) => Err(EvidenceError::Refused(Feature::Keyword)),
            },
            (Some(iri), term) => Ok(Key::Property(iri.to_owned(), term)),
            (None, Some(_)) => Ok(Key::Unmapped(name)),
            (None, None) => Ok(match self.full(name, true)? {
                Some(iri) => Key::Property(iri, None),
                None => Key::Unmapped(name),
            }),
        }
    }

    /// A type, a datatype or another term in full; as it stands where nothing gives it a meaning.
    pub(crate) fn vocabulary(&self, text: &str) -> Result<String, EvidenceError> {
        if text.starts_with('@') {
            return Err(EvidenceError::Refused(Feature::Keyword));
        }
        Ok(self.full(text, true)?.unwrap_or_else(|| text.to_owned()))
    }

    /// The name of a node in full.
    pub(crate) fn name(&self, text: &str) -> Result<String, EvidenceError> {
        if keyword(text).is_some() {
            return Err(EvidenceError::Refused(Feature::Keyword));
        }
        if let Some(full) = self.full(text, false)? {
            return Ok(full);
        }
        let Some(base) = self.base.as_deref() else {
            return bounded(text.to_owned());
        };
        relative(base, text)
    }

    /// The language of bare texts.
    pub(crate) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    fn full(&self, text: &str, vocabulary: bool) -> Result<Option<String>, EvidenceError> {
        let term = self.terms.get(text).filter(|_| vocabulary);
        if let Some(iri) = term.and_then(|t| t.iri.as_ref()) {
            return Ok(Some(iri.clone()));
        }
        if let Some((prefix, rest)) = text.split_once(':') {
            let known = self.terms.get(prefix).filter(|_| !rest.starts_with("//"));
            return Ok(Some(match known.and_then(Term::begins) {
                Some(iri) => bounded(format!("{iri}{rest}"))?,
                None => bounded(text.to_owned())?,
            }));
        }
        match self.vocab.as_deref().filter(|_| vocabulary) {
            Some(vocab) => Ok(Some(bounded(format!("{vocab}{text}"))?)),
            None => Ok(None),
        }
    }

    /// An identifier as short as the context's prefixes make it, for people to read.
    #[must_use]
    pub fn short(&self, iri: &str) -> String {
        let mut ends = iri.rmatch_indices(DELIMITERS);
        let found = ends.find_map(|(at, _)| {
            let (full, rest) = iri.split_at_checked(at.saturating_add(1))?;
            let prefix = self.prefixes.get(full).filter(|_| !rest.is_empty())?;
            Some(format!("{prefix}:{rest}"))
        });
        found.unwrap_or_else(|| iri.to_owned())
    }
}

fn shape() -> EvidenceError {
    EvidenceError::Shape(Shape::Context)
}

fn bounded(iri: String) -> Result<String, EvidenceError> {
    if iri.len() > MAX_IRI {
        return Err(EvidenceError::TooMany(Many::Iris));
    }
    Ok(iri)
}

fn is_list(container: &Json) -> Result<bool, EvidenceError> {
    match container {
        Json::Text(text) if text == "@list" => Ok(true),
        Json::Text(text) if text == "@set" => Ok(false),
        Json::List(items) => match items.as_slice() {
            [one] => is_list(one),
            _ => Err(EvidenceError::Refused(Feature::Container)),
        },
        Json::Null => Ok(false),
        _ => Err(EvidenceError::Refused(Feature::Container)),
    }
}

/// A relative name beside its base: a last part, or a fragment. Anything else is refused rather than resolved by half of RFC 3986.
fn relative(base: &str, text: &str) -> Result<String, EvidenceError> {
    let simple = !text.is_empty() && !text.contains(['/', '?']) && !text.starts_with('.');
    if !simple {
        return Err(EvidenceError::Refused(Feature::RelativeName));
    }
    let base = base.split_once('#').map_or(base, |(before, _)| before);
    let before = match (text.starts_with('#'), base.rsplit_once('/')) {
        (true, _) => base.to_owned(),
        (false, Some((before, _))) => format!("{before}/"),
        (false, None) => return Err(EvidenceError::Refused(Feature::RelativeName)),
    };
    bounded(format!("{before}{text}"))
}

fn keyword(text: &str) -> Option<Keyword> {
    Some(match text {
        "@context" => Keyword::Context,
        "@id" => Keyword::Id,
        "@type" => Keyword::Type,
        "@graph" => Keyword::Graph,
        "@value" => Keyword::Value,
        "@language" => Keyword::Language,
        "@list" => Keyword::List,
        "@set" => Keyword::Set,
        _ => return None,
    })
}
