//! What the rules of one language are made of: acts with their patterns, the words that bound clauses, the future tense.

use super::actors::Words;
use super::pattern::{Fillers, Index, Pattern};
use super::{Act, Lang, lexicon_ar, lexicon_en, lexicon_fr};
use std::sync::OnceLock;

/// The verb needs a subject before it (its form may also be a noun or an infinitive).
pub(super) const STRICT: u8 = 1;
/// What follows is in the infinitive: a bare verb after "and" belongs to it.
pub(super) const INF: u8 = 2;
/// Its present form is also an infinitive: after an `INF` verb and "and" it is read as one.
pub(super) const BARE: u8 = 4;
/// The object is itself a promise ("their commitment to"): a reaffirmation of it is a restated commitment.
pub(super) const RESTATES: u8 = 8;
/// The pattern begins with an auxiliary: after "and" it may be left out.
pub(super) const AUX: u8 = 16;
/// Introduces what others said or decided ("noting that", "announced that").
pub(super) const REPORTS: u8 = 32;
/// Not a statement at all: "the same source adds".
pub(super) const ATTRIBUTION: u8 = 64;

/// One row of a word list.
#[derive(Debug)]
pub(super) struct Rule {
    /// What the verb does.
    pub act: Act,
    /// Flags above.
    pub flags: u8,
    /// Patterns.
    pub patterns: &'static [&'static str],
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Names of actors.
    pub actors: Words,
    /// Adverbs and clitics that may stand inside verb groups.
    pub fillers: Fillers,
    /// Acts.
    pub rules: &'static [Rule],
    /// Auxiliaries that [`AUX`] patterns begin with.
    pub auxiliary: &'static str,
    /// Relative pronouns and "as".
    pub relatives: &'static [&'static str],
    /// Words before a verb that show it to be an infinitive or a noun.
    pub not_finite: &'static [&'static str],
    /// "that".
    pub that: &'static [&'static str],
    /// Words that open a clause and are not part of its statement ("while", "noting that").
    pub openers: &'static [&'static str],
    /// Participles and nouns of acts that can be promised in the passive ("will be established").
    pub done: &'static [&'static str],
    /// Verbs that promise nothing in the future tense ("can", "enable").
    pub powerless: &'static [&'static str],
    /// Verbs at the start of an item ("Strengthen ...").
    pub imperatives: &'static [&'static str],
    /// Marks of the object under one verb of promising ("de", "to").
    pub object_marks: &'static [&'static str],
    /// Words that turn "agree on" into a view ("the importance of").
    pub views: &'static [&'static str],
    /// Prepositions before whoever is called upon.
    pub towards: &'static [&'static str],
    /// Words that end the one called upon.
    pub towards_end: &'static [&'static str],
}

/// A lexicon with its patterns compiled.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The words.
    pub words: &'static Lexicon,
    /// All patterns.
    pub index: Index,
    /// Act and flags of each pattern; true if the auxiliary was left out.
    pub rules: Vec<(Act, u8, bool)>,
}

fn compile(words: &'static Lexicon) -> Compiled {
    let (mut patterns, mut rules) = (Vec::new(), Vec::new());
    for rule in words.rules {
        for source in rule.patterns {
            if rule.flags & AUX == 0 {
                patterns.push(Pattern::new(source));
                rules.push((rule.act, rule.flags, false));
                continue;
            }
            patterns.push(Pattern::new(&format!("{} ~ {source}", words.auxiliary)));
            rules.push((rule.act, rule.flags, false));
            patterns.push(Pattern::new(source));
            rules.push((rule.act, rule.flags, true));
        }
    }
    Compiled {
        words,
        index: Index::new(patterns),
        rules,
    }
}

/// The compiled lexicon of a language.
pub(super) fn lexicon(lang: Lang) -> &'static Compiled {
    static ALL: [OnceLock<Compiled>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let [fr, en, ar] = &ALL;
    match lang {
        Lang::Fr => fr.get_or_init(|| compile(&lexicon_fr::LEXICON)),
        Lang::En => en.get_or_init(|| compile(&lexicon_en::LEXICON)),
        Lang::Ar => ar.get_or_init(|| compile(&lexicon_ar::LEXICON)),
    }
}
