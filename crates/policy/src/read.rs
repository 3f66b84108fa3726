//! Reading policy files: named by `@id`, explained in three languages, held against the schema.

use crate::error::{PolicyError, Why};
use crate::{MOST, SCHEMA, Titled};
use cedar_policy::{Effect, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use miette::Diagnostic;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Languages in which every policy says what it means, in the order of [`Titled`].
const LANGS: [&str; 3] = ["fr", "ar", "en"];

/// Policies that hold against the schema.
pub(crate) struct Sound {
    pub(crate) set: PolicySet,
    pub(crate) titles: Vec<Titled>,
}

pub(crate) fn schema() -> Result<Schema, PolicyError> {
    let read = Schema::from_cedarschema_str(SCHEMA);
    // Our own file, in the program: a test reads it.
    let wrong = |error: String| of_file("schema.cedarschema", 0, Why::Unreadable(error));
    read.map(|(schema, _warnings)| schema)
        .map_err(|error| wrong(error.to_string()))
}

/// Reads files and holds them against the schema.
pub(crate) fn read(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> Result<Sound, PolicyError> {
    let mut sound = Sound {
        set: PolicySet::new(),
        titles: Vec::new(),
    };
    let mut lines = BTreeMap::new();
    for (file, text) in files {
        let source = Source {
            file: file.as_ref(),
            text: text.as_ref(),
        };
        source.into(&mut sound, &mut lines)?;
    }
    match sound.titles.len() {
        0 => Err(of_file("", 0, Why::None)),
        more if more > MOST => Err(of_file("", 0, Why::TooMany)),
        _ => {
            hold(&sound.set, &lines)?;
            Ok(sound)
        }
    }
}

/// A file that is being read.
#[derive(Clone, Copy)]
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// Adds the policies of this file, and where each begins.
    fn into(
        self,
        sound: &mut Sound,
        known: &mut BTreeMap<String, Source<'a>>,
    ) -> Result<(), PolicyError> {
        let read = PolicySet::from_str(self.text).map_err(|errors| {
            let line = first_offset(&errors).map_or(0, |at| self.line(at));
            self.wrong(line, Why::Unreadable(errors.to_string()))
        })?;
        if read.templates().next().is_some() {
            return Err(self.wrong(0, Why::Template));
        }
        let mut policies: Vec<&Policy> = read.policies().collect();
        // Cedar numbers them as they stand in the file.
        policies.sort_by_key(|p| number(p.id()));
        for policy in policies {
            let titled = self.titled(policy)?;
            if known.contains_key(&titled.id) {
                return Err(self.wrong(self.line_of(&titled.id), Why::Id));
            }
            let named = policy.new_id(PolicyId::new(&titled.id));
            let added = sound.set.add(named);
            added.map_err(|_| self.wrong(self.line_of(&titled.id), Why::Id))?;
            known.insert(titled.id.clone(), self);
            sound.titles.push(titled);
        }
        Ok(())
    }

    fn titled(self, policy: &Policy) -> Result<Titled, PolicyError> {
        let said = |key: &str| {
            policy
                .annotation(key)
                .filter(|text| !text.trim().is_empty())
        };
        let id = said("id").ok_or_else(|| self.wrong(0, Why::Id))?;
        let title = |lang: &'static str| match said(lang) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wrong(self.line_of(id), Why::Title(lang))),
        };
        let [fr, ar, en] = LANGS;
        Ok(Titled {
            titles: [title(fr)?, title(ar)?, title(en)?],
            id: id.to_owned(),
            forbids: policy.effect() == Effect::Forbid,
            file: self.file.to_owned(),
        })
    }

    /// The line of a byte, from 1.
    fn line(self, offset: usize) -> usize {
        let before = self.text.bytes().take(offset);
        before.filter(|byte| *byte == b'\n').count() + 1
    }

    /// The line of a policy's `@id`.
    fn line_of(self, id: &str) -> usize {
        let said = format!("@id(\"{id}\")");
        self.text.find(&said).map_or(0, |at| self.line(at))
    }

    fn wrong(self, line: usize, why: Why) -> PolicyError {
        of_file(self.file, line, why)
    }
}

/// Holds policies against the schema: a name that is not in it would silently never fit.
fn hold(set: &PolicySet, sources: &BTreeMap<String, Source<'_>>) -> Result<(), PolicyError> {
    let result = Validator::new(schema()?).validate(set, ValidationMode::Strict);
    let Some(error) = result.validation_errors().next() else {
        return Ok(());
    };
    let id: &str = error.policy_id().as_ref();
    let why = Why::AgainstSchema(error.to_string());
    Err(match sources.get(id) {
        Some(source) => {
            let at = first_offset(error).map(|at| source.line(at));
            source.wrong(at.unwrap_or_else(|| source.line_of(id)), why)
        }
        None => of_file("", 0, why),
    })
}

fn first_offset(error: &dyn Diagnostic) -> Option<usize> {
    error.labels()?.next().map(|label| label.offset())
}

fn number(id: &PolicyId) -> usize {
    let text: &str = id.as_ref();
    text.trim_start_matches("policy").parse().unwrap_or(0)
}

fn of_file(file: &str, line: usize, why: Why) -> PolicyError {
    PolicyError {
        file: file.to_owned(),
        line,
        why,
    }
}
