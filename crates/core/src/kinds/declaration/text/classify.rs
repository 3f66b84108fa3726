//! Which act a sentence performs: the verbs found, kept only where they are main verbs, and what each of them covers.
//!
//! A verb counts when its form is finite *and* its surroundings say so: a subject that names an author, the start of the
//! sentence, or "and" after another such verb. Nouns ("their pledge"), infinitives ("to support"), relative clauses ("the
//! attacks which they condemned") do not count.

use super::Act;
use super::Lang;
use super::actors::{Mention, Named};
use super::clause::{ATTRIBUTION, AUX, BARE, Compiled, INF, REPORTS, STRICT};
use super::pattern::is_filler;
use super::split::is_pause;
use super::token::{Token, TokenKind};

/// Most tokens that a pattern is looked for in.
const NEAR: usize = 40;

/// A line of a paragraph as tokens and mentions.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    /// Language.
    pub lang: Lang,
    /// Its words.
    pub lex: &'static Compiled,
    /// Tokens of the paragraph.
    pub tokens: &'a [Token],
    /// Mentions of the paragraph.
    pub mentions: &'a [Mention],
}

/// What stands before a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Nothing: the sentence starts here.
    Start,
    /// A subject: index of the mention.
    Subject(usize),
    /// A relative pronoun after an author: index of the mention.
    Relative(usize),
    /// "And" or a comma.
    Joined,
    /// An article, a preposition, "to": no finite verb.
    Object,
    /// A subject that names nobody we know.
    Other,
}

/// A verb that decides an act.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// What it does.
    pub act: Act,
    /// Flags of its rule.
    pub flags: u8,
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// Tokens that decided.
    pub words: Vec<usize>,
    /// True if its auxiliary is left out.
    pub dropped: bool,
    /// True for the future tense.
    pub future: bool,
    /// What stands before it.
    pub anchor: Anchor,
    /// First token of its clause.
    pub clause: usize,
    /// First token of what is promised, when it is not what follows the words that decided.
    pub object: Option<usize>,
    /// True when it is said not to be done: it takes note, and a list after it is no list of promises.
    pub denied: bool,
}

impl Scope<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).and_then(|i| self.tokens.get(i))
    }

    fn is_and(&self, token: &Token) -> bool {
        self.lex.words.actors.and.contains(&token.norm.as_str())
    }

    fn mention_ending(&self, at: usize, from: usize) -> Option<usize> {
        // Mentions stand in order and do not overlap.
        let i = self.mentions.partition_point(|m| m.end < at);
        self.mentions
            .get(i)
            .filter(|m| m.end == at && m.start >= from)
            .map(|_| i)
    }

    /// True inside a name of several words, after its first.
    fn inside_mention(&self, at: usize) -> bool {
        let i = self.mentions.partition_point(|m| m.end <= at);
        self.mentions.get(i).is_some_and(|m| m.start < at)
    }

    /// "We, the heads of state of ..., reiterate": the first word is the subject whatever the list names.
    fn first_person(&self, from: usize) -> Option<usize> {
        let i = self.mentions.partition_point(|m| m.start < from);
        let m = self
            .mentions
            .get(i)
            .filter(|m| m.start == from && m.named == Named::Authors)?;
        self.token(m.end)
            .filter(|t| matches!(t.norm.as_str(), "," | "،"))
            .map(|_| i)
    }

    /// Where the noun phrase of a mention starts, with its article.
    pub(super) fn phrase_start(&self, mention: usize, from: usize) -> usize {
        let start = self.mentions.get(mention).map_or(from, |m| m.start);
        let article = start > from
            && self
                .before(start)
                .is_some_and(|t| matches!(t.norm.as_str(), "the" | "le" | "la" | "les" | "l'"));
        if article { start - 1 } else { start }
    }

    /// What stands before the verb at `at` in a sentence that starts at `from`, and where its clause starts. No subject is sought
    /// before `floor`, the end of the verb that was found last.
    pub(super) fn anchor(&self, at: usize, from: usize, floor: usize) -> (Anchor, usize) {
        let words = self.lex.words;
        let mut j = at;
        loop {
            if j <= from {
                return (Anchor::Start, from);
            }
            if let Some(m) = self.mention_ending(j, from) {
                let m = self
                    .first_person(from)
                    .filter(|_| floor <= from)
                    .unwrap_or(m);
                return (Anchor::Subject(m), self.phrase_start(m, from));
            }
            let Some(prev) = self.before(j) else {
                return (Anchor::Start, from);
            };
            if words.not_finite.contains(&prev.norm.as_str())
                || matches!(prev.norm.as_str(), "'" | "’")
            {
                // French clitics and "a" are also adverbs of place in the list: the auxiliary is part of the verb.
                return (Anchor::Object, j);
            }
            if words.relatives.iter().any(|r| prev.is(r)) && self.lang != Lang::Ar
                || words.relatives.contains(&prev.norm.as_str())
            {
                return (self.relative(j, from), j.saturating_sub(1));
            }
            if self.is_and(prev) {
                return (Anchor::Joined, j);
            }
            if is_pause(prev) {
                return self.across_pause(j, from.max(floor));
            }
            if is_filler(prev, &words.fillers) {
                j -= 1;
                continue;
            }
            return self.far_subject(j, from.max(floor));
        }
    }

    /// A verb right after a relative pronoun counts only when the pronoun follows an author.
    fn relative(&self, j: usize, from: usize) -> Anchor {
        let Some(pronoun) = j.checked_sub(1) else {
            return Anchor::Object;
        };
        let direct = self.mention_ending(pronoun, from);
        let after_comma = pronoun
            .checked_sub(1)
            .filter(|i| self.token(*i).is_some_and(|t| t.norm == ","))
            .and_then(|i| self.mention_ending(i, from));
        match after_comma.or(direct.filter(|_| self.lang == Lang::Ar)) {
            Some(m)
                if self
                    .mentions
                    .get(m)
                    .is_some_and(|m| !matches!(m.named, Named::Third)) =>
            {
                Anchor::Relative(m)
            }
            _ => Anchor::Object,
        }
    }

    /// A comma before the verb: the end of a parenthesis after a subject, or a coordination.
    fn across_pause(&self, j: usize, from: usize) -> (Anchor, usize) {
        if let Some(m) = self.first_person(from) {
            return (Anchor::Subject(m), from);
        }
        for i in (j.saturating_sub(30).max(from)..j.saturating_sub(1)).rev() {
            if self.token(i).is_some_and(is_pause)
                && let Some(m) = self.mention_ending(i, from)
                && !self.token(i + 1).is_some_and(|t| self.is_and(t))
                && self.head(m, from) == Some(m)
            {
                return (Anchor::Subject(m), self.phrase_start(m, from));
            }
        }
        (Anchor::Joined, j)
    }

    /// The nearest author before the verb with nothing between them that could be another clause.
    fn far_subject(&self, j: usize, from: usize) -> (Anchor, usize) {
        let words = self.lex.words;
        for i in (j.saturating_sub(14).max(from)..j).rev() {
            if let Some(m) = self.mention_ending(i + 1, from) {
                return (Anchor::Subject(m), self.phrase_start(m, from));
            }
            let blocked = self.token(i).is_none_or(|t| {
                is_pause(t)
                    || t.norm == "to"
                    || words.relatives.contains(&t.norm.as_str())
                    || self.is_and(t) && self.lang != Lang::En
            });
            if blocked {
                break;
            }
        }
        (Anchor::Other, j)
    }

    /// The mention at the head of a noun phrase: "officials from the two countries" is headed by the officials. `None` when the
    /// mention only depends on another noun ("the support of the two countries").
    pub(super) fn head(&self, mention: usize, from: usize) -> Option<usize> {
        let m = self.mentions.get(mention)?;
        let mut k = m.start;
        while k > from
            && self.before(k).is_some_and(|t| {
                self.lex.words.actors.articles.contains(&t.norm.as_str())
                    && !self.lex.words.actors.of.contains(&t.norm.as_str())
            })
        {
            k -= 1;
        }
        if k <= from {
            return Some(mention);
        }
        let before = self.before(k)?;
        if !self.lex.words.actors.of.contains(&before.norm.as_str()) {
            return Some(mention);
        }
        let e = self
            .mentions
            .partition_point(|e| e.end < k)
            .checked_sub(1)?;
        self.mentions
            .get(e)
            .filter(|m| m.end + 4 >= k && m.start >= from)?;
        self.head(e, from)
    }
}

/// The verbs that decide, in order, for the sentence `tokens[from..to]`.
pub(super) fn hits(scope: &Scope, from: usize, to: usize) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    let mut at = from;
    while at < to {
        let found = rule_hit(scope, at, from, to, &kept)
            .or_else(|| super::future::future_hit(scope, at, from, to, &kept));
        match found {
            Some(hit) => {
                at = hit.end.max(at + 1);
                kept.push(super::negation::settled(scope, hit));
            }
            None => at += 1,
        }
    }
    kept
}

fn rule_hit(scope: &Scope, at: usize, from: usize, to: usize, kept: &[Hit]) -> Option<Hit> {
    if scope.inside_mention(at) || scope.lang == Lang::Ar && has_article(scope.token(at)?) {
        return None;
    }
    if scope.lang == Lang::Ar && only_with_preposition(scope, at) {
        return None;
    }
    let floor = kept.last().map_or(from, |h| h.end);
    let mut candidates: Vec<Hit> = Vec::new();
    for (id, words) in scope
        .lex
        .index
        .at(scope.tokens, at, &scope.lex.words.fillers)
    {
        let (Some((act, flags, dropped)), Some(last)) = (scope.lex.rules.get(id), words.last())
        else {
            continue;
        };
        if *last >= to {
            continue;
        }
        let (anchor, clause) = scope.anchor(at, from, floor);
        let hit = Hit {
            act: *act,
            flags: *flags,
            start: at,
            end: last + 1,
            words: words.clone(),
            dropped: *dropped,
            future: false,
            anchor,
            clause,
            object: None,
            denied: false,
        };
        if accepted(scope, &hit, from, kept) && complete(scope, &hit) {
            candidates.push(hit);
        }
    }
    // The longest pattern says most; among equals the list's order decides.
    let best = candidates.iter().map(|h| (h.words.len(), h.end)).max()?;
    let hit = candidates
        .into_iter()
        .find(|h| (h.words.len(), h.end) == best)?;
    governed(scope, hit, kept)
}

/// "برفض": what only matches without the preposition joined before it is a noun, and no verb.
fn only_with_preposition(scope: &Scope, at: usize) -> bool {
    let joined = |t: &Token| {
        let stem = t.norm.strip_prefix(['و', 'ف']).unwrap_or(&t.norm);
        stem.starts_with('ب')
    };
    if !scope.token(at).is_some_and(joined) {
        return false;
    }
    let near = scope.tokens.iter().skip(at).take(NEAR);
    let mut near: Vec<Token> = near.cloned().collect();
    if let Some(first) = near.first_mut() {
        first.bare.clear();
    }
    let fillers = &scope.lex.words.fillers;
    scope.lex.index.at(&near, 0, fillers).is_empty()
}

/// Arabic verbs carry no article; a word with one is a noun (التزم and its forms only look so).
fn has_article(token: &Token) -> bool {
    let stem = token.norm.strip_prefix(['و', 'ف']).unwrap_or(&token.norm);
    stem.starts_with("ال") && !stem.starts_with("التز") && !stem.starts_with("التق")
}

fn accepted(scope: &Scope, hit: &Hit, from: usize, kept: &[Hit]) -> bool {
    let last = kept.last();
    if hit.act == Act::Commits && recital(scope, from) {
        return false;
    }
    if hit.flags & ATTRIBUTION != 0 {
        return hit.start == from || scope.before(hit.start).is_some_and(is_pause);
    }
    if hit.dropped {
        // "... et condamné": only after a verb with its auxiliary; or at the head of an item ("Convenu de ...").
        return hit.anchor == Anchor::Joined && last.is_some_and(|h| h.flags & AUX != 0);
    }
    let gerund = scope.lang == Lang::En
        && scope
            .token(hit.start)
            .is_some_and(|t| t.norm.ends_with("ing"));
    if gerund
        && (hit.anchor != Anchor::Start || matches!(hit.act, Act::Commits | Act::StudiesTowards))
    {
        return false;
    }
    if scope.lang == Lang::Ar {
        return hit.anchor != Anchor::Object || joined_arabic(scope, hit.start);
    }
    match hit.anchor {
        Anchor::Object => false,
        // "Those who commit ...": what others do counts only when the verb can mean nothing else.
        Anchor::Subject(m) => {
            hit.flags & STRICT == 0
                || scope
                    .mentions
                    .get(m)
                    .is_some_and(|m| m.named != Named::Third)
        }
        Anchor::Relative(_) => true,
        Anchor::Start => {
            hit.flags & STRICT == 0 || !plain_form(scope, hit.start) || scope.lang == Lang::Fr
        }
        Anchor::Joined => {
            if hit.flags & STRICT == 0 {
                return true;
            }
            if participle_after_present(scope, hit.start, last) {
                return false;
            }
            last.is_some_and(|h| {
                !(hit.flags & BARE != 0 && h.flags & INF != 0 && plain_form(scope, hit.start))
            })
        }
        Anchor::Other => hit.flags & STRICT == 0 && !describes(scope, hit),
    }
}

/// "Thirty nations committed to peace": what somebody is, not what was promised.
fn describes(scope: &Scope, hit: &Hit) -> bool {
    scope.lang == Lang::En
        && hit.words.len() == 2
        && scope
            .token(hit.start)
            .is_some_and(|t| t.norm == "committed")
}

/// "Whereas Member States have pledged ...": a recital promises nothing.
pub(super) fn recital(scope: &Scope, from: usize) -> bool {
    const WORDS: &[&str] = &["whereas", "considerant", "attendu", "لما", "ولما"];
    scope
        .token(from)
        .is_some_and(|t| WORDS.contains(&t.norm.as_str()))
        && !scope
            .tokens
            .iter()
            .skip(from)
            .take(400)
            .any(|t| matches!(t.norm.as_str(), "we" | "nous" | "نحن"))
}

/// In Arabic "and" is joined to the verb.
fn joined_arabic(scope: &Scope, at: usize) -> bool {
    scope
        .token(at)
        .is_some_and(|t| t.norm.starts_with('و') && t.bare.len() > 1)
}

/// "... common values, and shared interests": an English past form after a present one is an adjective.
fn participle_after_present(scope: &Scope, at: usize, last: Option<&Hit>) -> bool {
    let past =
        |t: &Token| t.norm.ends_with("ed") || matches!(t.norm.as_str(), "has" | "have" | "had");
    let before = last.is_some_and(|h| {
        (h.start.saturating_sub(3)..h.end)
            .filter_map(|i| scope.token(i))
            .any(past)
    });
    scope.lang == Lang::En && scope.token(at).is_some_and(past) && !before
}

/// An English form that may also be an infinitive or an imperative.
fn plain_form(scope: &Scope, at: usize) -> bool {
    scope.lang == Lang::En
        && scope.token(at).is_some_and(|t| {
            !t.norm.ends_with('s') && !t.norm.ends_with("ed") && !t.norm.ends_with("ing")
                || t.norm.ends_with("ss")
        })
}

/// Checks what a verb needs after it: an infinitive after "entendent", a future or a duty after "agree that", no mere view after
/// "agree on".
fn complete(scope: &Scope, hit: &Hit) -> bool {
    if hit.act != Act::Commits {
        return true;
    }
    let words = scope.lex.words;
    let near = |n: usize| (hit.end..hit.end + n).filter_map(|i| scope.token(i));
    let within = (hit.start..hit.end).filter_map(|i| scope.token(i));
    if within.chain(near(4)).any(|t| t.any(words.views)) {
        return false;
    }
    let last = hit.words.last().and_then(|i| scope.token(*i));
    let Some(last) = last else { return false };
    if words.that.iter().any(|w| last.is(w)) && scope.lang != Lang::Ar {
        return (hit.end..hit.end + 60)
            .take_while(|i| scope.token(*i).is_some_and(|t| t.norm != "."))
            .filter(|i| scope.token(*i).is_some_and(|t| binds(scope.lang, t)))
            .any(|i| !holds_view(scope, hit.end, i));
    }
    if scope.lang == Lang::En
        && matches!(last.norm.as_str(), "the" | "a" | "an")
        && near(7).any(|t| {
            matches!(
                t.norm.as_str(),
                "was" | "were" | "is" | "are" | "had" | "has"
            )
        })
    {
        // "They decided the vote was valid": "that" is left out.
        return false;
    }
    let needs_infinitive = scope.lang == Lang::Fr && hit.words.len() == 1;
    !needs_infinitive
        || (hit.end..hit.end + 5)
            .map_while(|i| scope.token(i))
            .take_while(|t| !is_pause(t))
            .any(infinitive)
}

/// "Agreed that this would contribute to peace": what is thought of a thing, not what a side will do.
fn holds_view(scope: &Scope, from: usize, at: usize) -> bool {
    const VIEWS: &[&str] = &[
        "contribute",
        "contribut",
        "remain",
        "constitute",
        "represent",
        "benefit",
        "enable",
        "allow",
        "serve",
        "depend",
        "bring",
        "mean",
        "prove",
        "reste",
        "demeur",
        "permett",
        "constitu",
        "represent",
        "beneficier",
        "profit",
        "favoris",
        "aider",
    ];
    let acts = |m: &Mention| {
        m.start >= from && m.end <= at && !matches!(m.named, Named::Third | Named::It)
    };
    if scope.mentions.iter().any(acts) {
        return false;
    }
    let verb = if scope.lang == Lang::En { at + 1 } else { at };
    scope
        .token(verb)
        .is_some_and(|t| VIEWS.iter().any(|v| t.begins(v)))
}

/// A word that makes the clause after "agree that" a promise.
fn binds(lang: Lang, token: &Token) -> bool {
    match lang {
        Lang::En => matches!(
            token.norm.as_str(),
            "will" | "shall" | "should" | "would" | "must"
        ),
        Lang::Fr => {
            super::future::french_future(token)
                || ["devr", "doi"].iter().any(|p| token.begins(p))
                || ["rait", "raient"].iter().any(|e| token.norm.ends_with(e))
        }
        Lang::Ar => true,
    }
}

/// Nouns and adjectives that end like infinitives.
const NOT_INFINITIVE: &[&str] = &[
    "premier",
    "dernier",
    "hier",
    "outre",
    "entre",
    "contre",
    "notre",
    "votre",
    "autre",
    "lettre",
    "cadre",
    "titre",
    "nombre",
    "centre",
    "ministre",
    "oeuvre",
    "mer",
    "fer",
    "hiver",
    "avenir",
    "loisir",
    "plaisir",
    "espoir",
    "pouvoir",
    "territoire",
    "affaire",
    "frontiere",
    "matiere",
    "maniere",
    "derniere",
    "premiere",
    "ordre",
    "libre",
    "propre",
    "sombre",
    "membre",
    "registre",
    "chapitre",
    "article",
    "particulier",
    "regulier",
    "financier",
    "guerre",
    "terre",
    "dossier",
    "quartier",
    "policier",
    "chantier",
    "sur",
    "encore",
    "lumiere",
    "carriere",
    "policiere",
    "judiciaire",
    "militaire",
    "sanitaire",
    "humanitaire",
    "migratoire",
    "operatoire",
    "commentaire",
    "exemplaire",
    "necessaire",
    "secretaire",
    "partenaire",
    "horaire",
    "itineraire",
    "annuaire",
    "seminaire",
    "prioritaire",
    "securitaire",
    "alimentaire",
    "solidaire",
    "parlementaire",
    "documentaire",
    "monetaire",
    "conjoncture",
    "procedure",
    "structure",
    "culture",
    "agriculture",
    "nature",
    "mesure",
    "ouverture",
    "signature",
    "infrastructure",
    "ancre",
    "integre",
    "reguliere",
];

/// A French infinitive, by its ending.
pub(super) fn infinitive(token: &Token) -> bool {
    token.kind == TokenKind::Word
        && token.norm.chars().count() >= 4
        && (["er", "ir", "re"].iter().any(|e| token.norm.ends_with(e)))
        && !NOT_INFINITIVE.contains(&token.norm.as_str())
        && !token.norm.ends_with("aire")
        && !token.norm.ends_with("ure")
        || matches!(
            token.norm.as_str(),
            "faire" | "plaire" | "distraire" | "extraire" | "inclure" | "conclure" | "exclure"
        )
}

/// A verb inside "that ...": after a mere report it is a statement of its own, after any other act it belongs to that act.
/// A clause that depends on a noun ("measures that the two countries agreed on") is no statement.
fn governed(scope: &Scope, hit: Hit, kept: &[Hit]) -> Option<Hit> {
    let words = scope.lex.words;
    let Some(before) = hit.clause.checked_sub(1).and_then(|i| scope.token(i)) else {
        return Some(hit);
    };
    let owner = kept.last().filter(|h| h.end + 2 >= hit.clause);
    let that = words.that.contains(&before.norm.as_str());
    let relative = words.relatives.contains(&before.norm.as_str());
    if let Some(owner) = owner
        && (that || owner.end == hit.clause)
        && matches!(hit.anchor, Anchor::Subject(_))
    {
        return (owner.flags & (REPORTS | ATTRIBUTION) != 0).then_some(hit);
    }
    if !(that || relative) || matches!(hit.anchor, Anchor::Relative(_)) || scope.lang == Lang::Ar {
        return Some(hit);
    }
    if relative && !that {
        return None;
    }
    let two_before = hit.clause.checked_sub(2).and_then(|i| scope.token(i));
    let reported = two_before.is_none_or(|t| {
        words.openers.contains(&t.norm.as_str())
            || t.norm.ends_with("ant")
            || t.norm.ends_with("ing")
            || is_pause(t)
    });
    reported.then_some(hit)
}
