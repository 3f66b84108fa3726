//! From an imported text to the proposal: statements of every paragraph, then commitments of every statement.

use super::actors::{self, Mention, Named, Parties};
use super::classify::{Anchor, Hit, Scope, hits, infinitive};
use super::clause::{ATTRIBUTION, REPORTS, RESTATES, lexicon};
use super::objects;
use super::split::{is_pause, sentences, trim_end};
use super::token::{Token, tokens};
use super::{
    Act, Actor, Because, Lang, Line, Paragraph, Proposal, ProposedParagraph, Statement, Text, cut,
};

/// A statement with what is needed to make commitments of it.
#[derive(Debug, Clone)]
pub(super) struct Classified {
    /// The statement.
    pub statement: Statement,
    /// Its tokens.
    pub range: (usize, usize),
    /// First token after the words that decided: where its object starts.
    pub object: usize,
    /// A reaffirmation of a promise, not of a view.
    pub restates: bool,
    /// It only introduces a list.
    pub introduces: bool,
    /// An item that inherits its act.
    pub inherited: bool,
}

/// What the items of a list inherit.
#[derive(Debug, Clone)]
struct Lead {
    act: Act,
    restates: bool,
    speaker: Actor,
    addressee: Option<Actor>,
    because: Vec<Because>,
    /// True when the lead-in announces the list ("to:", "the following").
    announces: bool,
    /// Paragraph and statement index of the lead-in, to mark it as introducing.
    place: (usize, usize),
}

/// A paragraph under work.
struct Work<'a> {
    paragraph: &'a Paragraph,
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
}

/// Proposes statements and commitments for a text. Nothing is decided: each result names the words that led to it.
pub fn propose(text: &Text) -> Proposal {
    let lex = lexicon(text.language);
    let works: Vec<Work> = text
        .paragraphs
        .iter()
        .map(|p| {
            let tokens = tokens(&p.text, text.language);
            let mentions = actors::mentions(&tokens, text.language, &lex.words.actors);
            Work {
                paragraph: p,
                tokens,
                mentions,
            }
        })
        .collect();
    let title_tokens = tokens(text.title.as_deref().unwrap_or(""), text.language);
    let title = actors::mentions(&title_tokens, text.language, &lex.words.actors);
    let bodies: Vec<Vec<Mention>> = works.iter().map(|w| w.mentions.clone()).collect();
    let parties = actors::parties(&title, &bodies);
    let mut engine = Engine {
        lang: text.language,
        parties,
        lead: None,
        last: Actor::Unknown,
        done: Vec::new(),
    };
    for work in &works {
        engine.paragraph(work);
    }
    let mut commitments = Vec::new();
    for (work, list) in works.iter().zip(&engine.done) {
        for (index, c) in list.iter().enumerate() {
            let scope = Scope {
                lang: text.language,
                lex,
                tokens: &work.tokens,
                mentions: &work.mentions,
            };
            commitments.extend(objects::commitments(
                &scope,
                work.paragraph,
                index,
                c,
                text.date.as_deref(),
            ));
        }
    }
    let paragraphs = works
        .iter()
        .zip(engine.done)
        .map(|(w, list)| proposed(w.paragraph, list))
        .collect();
    Proposal {
        language: text.language,
        title: text.title.clone(),
        date: text.date.clone(),
        parties: engine.parties.keys,
        paragraphs,
        commitments,
    }
}

fn proposed(p: &Paragraph, list: Vec<Classified>) -> ProposedParagraph {
    ProposedParagraph {
        number: p.number,
        label: p.label.clone(),
        key: p.key.clone(),
        section: p.section.clone(),
        lead_in: p.lead_in,
        text: p.text.clone(),
        statements: list.into_iter().map(|c| c.statement).collect(),
    }
}

/// The state that runs through a text: the lead-in of the open list and the last speaker.
struct Engine {
    lang: Lang,
    parties: Parties,
    lead: Option<Lead>,
    last: Actor,
    done: Vec<Vec<Classified>>,
}

impl Engine {
    fn paragraph(&mut self, work: &Work) {
        let scope = Scope {
            lang: self.lang,
            lex: lexicon(self.lang),
            tokens: &work.tokens,
            mentions: &work.mentions,
        };
        self.done.push(Vec::new());
        if work.paragraph.item && work.paragraph.lead_in.is_none() {
            self.lead = None;
        }
        for line in &work.paragraph.lines {
            let from = work.tokens.partition_point(|t| t.start < line.start);
            let to = work.tokens.partition_point(|t| t.start < line.end);
            if from >= to {
                continue;
            }
            let item = line.item || work.paragraph.label.is_some() && from == 0;
            let list = if item {
                self.item(&scope, work.paragraph, line, (from, to))
            } else {
                self.prose(&scope, work.paragraph, (from, to))
            };
            if !line.item {
                self.open_lead(&scope, &list, to);
            }
            if let Some(done) = self.done.last_mut() {
                done.extend(list);
            }
        }
    }

    /// After a line of prose: what a list that follows would inherit.
    fn open_lead(&mut self, scope: &Scope, list: &[Classified], to: usize) {
        const FOLLOWING: &[&str] = &[
            "following",
            "suivant",
            "suivants",
            "suivante",
            "suivantes",
            "التاليه",
            "التالي",
            "الاتيه",
            "الاتي",
        ];
        let here = self.done.len().saturating_sub(1);
        let base = self.done.last().map_or(0, Vec::len);
        self.lead = list.last().map(|c| {
            let last = to.checked_sub(1).and_then(|i| scope.tokens.get(i));
            let colon = last.is_some_and(|t| matches!(t.norm.as_str(), ":" | "："));
            let tail = scope.tokens.get(to.saturating_sub(12)..to).unwrap_or(&[]);
            Lead {
                act: c.statement.act,
                restates: c.restates,
                speaker: c.statement.speaker.clone(),
                addressee: c.statement.addressee.clone(),
                because: c.statement.because.clone(),
                announces: colon || tail.iter().any(|t| t.any(FOLLOWING)),
                place: (here, base + list.len() - 1),
            }
        });
    }

    fn prose(
        &mut self,
        scope: &Scope,
        paragraph: &Paragraph,
        range: (usize, usize),
    ) -> Vec<Classified> {
        let mut out = Vec::new();
        for (from, to) in sentences(scope.tokens, range.0, range.1) {
            out.extend(self.sentence(scope, paragraph, (from, to)));
        }
        out
    }

    /// An item: its own verbs if it has a subject of its own, else what it inherits, else a promise if it is an imperative.
    fn item(
        &mut self,
        scope: &Scope,
        paragraph: &Paragraph,
        line: &Line,
        range: (usize, usize),
    ) -> Vec<Classified> {
        let own = self.prose(scope, paragraph, range);
        if own.iter().any(|c| !matches!(c.statement.act, Act::Notes)) {
            return own;
        }
        let body = body_start(scope, range);
        let command = imperative(scope, body);
        let lead = if line.item { self.lead.clone() } else { None };
        let inherited = match lead {
            Some(lead) if lead.announces && lead.act != Act::Notes => Some(lead),
            Some(lead)
                if command
                    && matches!(lead.act, Act::Commits | Act::Notes)
                    && !(lead.announces && discusses(&lead)) =>
            {
                Some(lead)
            }
            _ => None,
        };
        if inherited.is_none() && !command {
            return own;
        }
        let verb = Because {
            paragraph: paragraph.number,
            ..word_span(scope, paragraph, &[body]).unwrap_or_else(|| nothing(paragraph))
        };
        let (act, restates, speaker, addressee, mut because) = match inherited {
            Some(lead) => {
                self.mark_introducing(&lead);
                let own_word = lead.act == Act::Notes || !lead.announces;
                let act = if lead.act == Act::Notes {
                    Act::Commits
                } else {
                    lead.act
                };
                let because = if own_word {
                    vec![verb.clone()]
                } else {
                    lead.because.clone()
                };
                let speaker = if act == Act::Commits && lead.speaker == Actor::Unknown {
                    Actor::Both
                } else {
                    lead.speaker
                };
                (act, lead.restates, speaker, lead.addressee, because)
            }
            None => (Act::Commits, false, Actor::Both, None, vec![verb.clone()]),
        };
        if because.is_empty() {
            because.push(verb);
        }
        let end = trim_end(scope.tokens, range.0, range.1, &[]);
        let statement = Statement {
            act,
            speaker,
            addressee,
            because,
            ..span(scope, paragraph, (range.0, end))
        };
        vec![Classified {
            statement,
            range: (range.0, end),
            object: body,
            restates,
            introduces: false,
            inherited: true,
        }]
    }

    /// The lead-in of a list promises nothing by itself: its items do.
    fn mark_introducing(&mut self, lead: &Lead) {
        if let Some(c) = self
            .done
            .get_mut(lead.place.0)
            .and_then(|l| l.get_mut(lead.place.1))
        {
            c.introduces = lead.announces;
        }
    }

    /// The statements of one sentence.
    fn sentence(
        &mut self,
        whole: &Scope,
        paragraph: &Paragraph,
        range: (usize, usize),
    ) -> Vec<Classified> {
        // Only the mentions of this sentence: indices are local, and the work stays in proportion.
        let first = whole.mentions.partition_point(|m| m.end <= range.0);
        let last = whole.mentions.partition_point(|m| m.start < range.1);
        let mentions = whole.mentions.get(first..last).unwrap_or(&[]);
        let scope = &Scope {
            lang: whole.lang,
            lex: whole.lex,
            tokens: whole.tokens,
            mentions,
        };
        let found = hits(scope, range.0, range.1);
        if !found.iter().any(|h| h.flags & ATTRIBUTION == 0) {
            let end = found.first().map_or(range.1, |h| h.clause.max(range.0 + 1));
            let speaker = self.subject_of_fact(scope, range, &paragraph.text);
            let end = trim_end(scope.tokens, range.0, end, scope.lex.words.actors.and);
            let statement = Statement {
                speaker,
                ..span(scope, paragraph, (range.0, end))
            };
            return vec![Classified {
                statement,
                range: (range.0, end),
                object: range.0,
                restates: false,
                introduces: false,
                inherited: false,
            }];
        }
        let pieces = pieces(scope, &found, range);
        let mut out = Vec::new();
        let mut previous: Option<Actor> = None;
        for (hit, piece) in pieces {
            if hit.flags & ATTRIBUTION != 0 {
                continue;
            }
            let speaker = self.speaker(scope, paragraph, hit, piece, previous.as_ref());
            previous = Some(speaker.clone());
            if speaker != Actor::Unknown {
                self.last = speaker.clone();
            }
            out.push(self.classified(scope, paragraph, hit, (piece, speaker)));
        }
        out
    }

    fn classified(
        &self,
        scope: &Scope,
        paragraph: &Paragraph,
        hit: &Hit,
        what: ((usize, usize), Actor),
    ) -> Classified {
        let (piece, speaker) = what;
        let third = matches!(speaker, Actor::Third { .. });
        // What a third will do is a fact to the authors.
        let act = if third && hit.future {
            Act::Notes
        } else {
            hit.act
        };
        let act = if act == Act::CallsOn && instructs_own(scope, hit) {
            Act::Commits
        } else {
            act
        };
        let because = spans(scope, paragraph, &hit.words);
        let object = hit.object.unwrap_or(if hit.future {
            piece.0
        } else {
            after_subject(scope, hit)
        });
        let addressee = self.addressee(scope, paragraph, hit, piece);
        let statement = Statement {
            act,
            speaker,
            addressee,
            because,
            ..span(scope, paragraph, piece)
        };
        Classified {
            statement,
            range: piece,
            object,
            restates: hit.flags & RESTATES != 0,
            introduces: false,
            inherited: false,
        }
    }

    /// The speaker of a sentence without a deciding verb: its first author, if it is the head of a phrase.
    fn subject_of_fact(&self, scope: &Scope, range: (usize, usize), text: &str) -> Actor {
        let first = scope
            .mentions
            .iter()
            .position(|m| m.start >= range.0 && m.start < range.0 + 6 && m.end <= range.1);
        first
            .and_then(|m| scope.head(m, range.0))
            .and_then(|h| scope.mentions.get(h))
            .filter(|m| m.start < range.0 + 3)
            .map_or(Actor::Unknown, |m| self.named(scope, m, text))
    }

    fn named(&self, scope: &Scope, mention: &Mention, text: &str) -> Actor {
        match mention.named {
            Named::It => self.last.clone(),
            _ => actors::actor(mention, scope.tokens, text, &self.parties),
        }
    }

    fn speaker(
        &self,
        scope: &Scope,
        paragraph: &Paragraph,
        hit: &Hit,
        piece: (usize, usize),
        previous: Option<&Actor>,
    ) -> Actor {
        let text = &paragraph.text;
        if scope.lang == Lang::Ar
            && let Some(m) = subject_after(scope, hit)
        {
            return self.named(scope, m, text);
        }
        if let Anchor::Subject(m) | Anchor::Relative(m) = hit.anchor
            && let Some(mention) = scope.mentions.get(m)
        {
            if mention.named == Named::It
                && let Some(one) = scope
                    .mentions
                    .iter()
                    .enumerate()
                    .rev()
                    .find(|(i, x)| {
                        x.end <= mention.start
                            && matches!(x.named, Named::One(_))
                            && scope.head(*i, 0) == Some(*i)
                    })
                    .map(|(_, x)| x)
            {
                return self.named(scope, one, text);
            }
            return self.named(scope, mention, text);
        }
        if let Some(previous) = previous {
            return previous.clone();
        }
        let near = scope
            .mentions
            .iter()
            .enumerate()
            .rev()
            .find(|(_, m)| m.start >= piece.0 && m.end <= hit.start && m.named != Named::It);
        if let Some((_, mention)) = near
            .filter(|(i, m)| !matches!(m.named, Named::Third) && scope.head(*i, piece.0).is_some())
        {
            return self.named(scope, mention, text);
        }
        // First person and dual or plural verbs without a subject speak for the authors.
        let first = scope.tokens.get(hit.start).is_some_and(|t| {
            t.norm == "nous"
                || scope.lang == Lang::Ar
                    && ["ان", "نا", "ا", "وا"].iter().any(|e| t.norm.ends_with(e))
        });
        if first || hit.future {
            Actor::Both
        } else {
            Actor::Unknown
        }
    }

    /// For appeals whom; for support and welcome whose action.
    fn addressee(
        &self,
        scope: &Scope,
        paragraph: &Paragraph,
        hit: &Hit,
        piece: (usize, usize),
    ) -> Option<Actor> {
        let text = &paragraph.text;
        let from = after_subject(scope, hit);
        let inside = |m: &&Mention| m.start >= from && m.end <= piece.1;
        match hit.act {
            Act::CallsOn => {
                let mention = scope
                    .mentions
                    .iter()
                    .find(inside)
                    .filter(|m| m.start <= from + 4);
                if let Some(m) = mention {
                    return Some(self.named(scope, m, text));
                }
                called_upon(scope, paragraph, hit, piece.1)
            }
            Act::Supports | Act::Welcomes => scope
                .mentions
                .iter()
                .find(|m| {
                    inside(m)
                        && matches!(&m.named, Named::One(_) | Named::Several(_))
                        && !matches!(&m.named, Named::One(k) if k.starts_with('@'))
                })
                .map(|m| self.named(scope, m, text)),
            _ => None,
        }
    }
}

/// "We ask our ministers to ...": what the authors ask of their own people they promise.
fn instructs_own(scope: &Scope, hit: &Hit) -> bool {
    const OWN: &[&str] = &["our", "their", "nos", "leurs"];
    let own = (hit.end..hit.end + 3).find(|i| {
        scope
            .tokens
            .get(*i)
            .is_some_and(|t| OWN.contains(&t.norm.as_str()))
    });
    own.is_some_and(|at| {
        scope.mentions.iter().any(|m| {
            m.start <= at + 1 && m.end > at && matches!(m.named, Named::Body | Named::Authors)
        })
    })
}

/// The subject after an Arabic verb; who is called upon is none.
fn subject_after<'m>(scope: &Scope<'m>, hit: &Hit) -> Option<&'m Mention> {
    let near = |m: &&Mention| {
        m.start > hit.start && m.start <= hit.start + 4 && !follows_preposition(scope, m)
    };
    scope
        .mentions
        .iter()
        .find(near)
        .filter(|m| !(hit.act == Act::CallsOn && m.named == Named::Third))
}

/// The first token after the deciding words and, in Arabic, after the subject that follows the verb and its preposition.
fn after_subject(scope: &Scope, hit: &Hit) -> usize {
    if scope.lang != Lang::Ar {
        return hit.end;
    }
    let mut at = subject_after(scope, hit).map_or(hit.end, |m| m.end.max(hit.end));
    while scope.tokens.get(at).is_some_and(|t| {
        matches!(
            t.norm.as_str(),
            "علي" | "الي" | "ان" | "عن" | "ايضا" | "كذلك"
        )
    }) {
        at += 1;
    }
    at
}

fn follows_preposition(scope: &Scope, mention: &Mention) -> bool {
    mention
        .start
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .is_some_and(|t| scope.lex.words.actors.of.contains(&t.norm.as_str()))
}

/// The words between "call on" and "to" when they name nobody known.
fn called_upon(scope: &Scope, paragraph: &Paragraph, hit: &Hit, end: usize) -> Option<Actor> {
    let last = hit.words.last().and_then(|i| scope.tokens.get(*i))?;
    if matches!(last.norm.as_str(), "for" | "pour") {
        return None;
    }
    let words = scope.lex.words;
    let mut start = hit.end;
    while start < end
        && scope
            .tokens
            .get(start)
            .is_some_and(|t| words.towards.contains(&t.norm.as_str()))
    {
        start += 1;
    }
    let stop = (start..end.min(start + 12)).find(|i| {
        scope
            .tokens
            .get(*i)
            .is_some_and(|t| words.towards_end.contains(&t.norm.as_str()))
    })?;
    let first = scope.tokens.get(start)?;
    let last = stop
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .filter(|_| stop > start)?;
    Some(Actor::Third {
        name: cut(&paragraph.text, first.start, last.end).to_owned(),
    })
}

/// Where each deciding verb's statement begins and ends.
fn pieces<'h>(
    scope: &Scope,
    found: &'h [Hit],
    range: (usize, usize),
) -> Vec<(&'h Hit, (usize, usize))> {
    let words = scope.lex.words;
    let mut out: Vec<(&Hit, (usize, usize))> = Vec::new();
    let mut start = range.0;
    for (i, hit) in found.iter().enumerate() {
        let next = found.get(i + 1);
        let end = next.map_or(range.1, |n| boundary(scope, n, hit.end));
        let end = end.max(hit.end).min(range.1);
        let mut first = start.max(range.0);
        if i > 0 {
            first = hit.clause.min(hit.start).max(start);
        }
        start = end;
        // A bare report ("they confirmed that ...") is part of what it reports.
        let reported = next.is_some_and(|n| {
            hit.flags & REPORTS != 0
                && n.flags & ATTRIBUTION == 0
                && n.clause <= hit.end + 1
                && end <= hit.end + 1
        });
        if reported {
            start = first;
            continue;
        }
        let end = trim_end(
            scope.tokens,
            hit.end.saturating_sub(1).max(first),
            end,
            words.actors.and,
        );
        let previous_reported = i > 0 && first > range.0 && out.is_empty();
        out.push((hit, (if previous_reported { range.0 } else { first }, end)));
    }
    out
}

/// Where the statement before a verb ends: at its clause, before "and", "while", "noting that".
fn boundary(scope: &Scope, hit: &Hit, floor: usize) -> usize {
    let words = scope.lex.words;
    let mut at = if hit.clause < floor {
        hit.start
    } else {
        hit.clause.min(hit.start)
    };
    while at > floor {
        let Some(t) = scope.tokens.get(at - 1) else {
            break;
        };
        let opener =
            words.openers.contains(&t.norm.as_str()) || words.that.contains(&t.norm.as_str());
        if !(opener
            || is_pause(t)
            || words.actors.and.contains(&t.norm.as_str())
            || words.actors.articles.contains(&t.norm.as_str()) && t.norm.len() > 2)
        {
            break;
        }
        at -= 1;
    }
    at
}

/// The first word of an item after its own short title ("Public health – prevent ...").
fn body_start(scope: &Scope, range: (usize, usize)) -> usize {
    let dash = (range.0 + 1..range.1.min(range.0 + 22)).find(|i| {
        scope
            .tokens
            .get(*i)
            .is_some_and(|t| matches!(t.norm.as_str(), "–" | "—" | ":"))
    });
    let mut at = dash.map_or(range.0, |d| d + 1);
    while at + 1 < range.1 && scope.tokens.get(at).is_some_and(|t| t.is_mark()) {
        at += 1;
    }
    at.min(range.1.saturating_sub(1))
}

/// True for an imperative, an infinitive or a noun of action at the start of an item.
fn imperative(scope: &Scope, at: usize) -> bool {
    const NOUNS: &[&str] = &["dossier", "atelier", "calendrier"];
    let Some(token) = scope.tokens.get(at) else {
        return false;
    };
    let adverb = token.norm.ends_with("ly") && scope.lang == Lang::En;
    match scope.lang {
        _ if adverb => imperative(scope, at + 1),
        Lang::En => scope.lex.words.imperatives.contains(&token.norm.as_str()),
        Lang::Fr => {
            infinitive(token) && !NOUNS.contains(&token.norm.as_str())
                || matches!(token.norm.as_str(), "se" | "s'" | "mieux")
                    && scope.tokens.get(at + 1).is_some_and(infinitive)
        }
        Lang::Ar => scope
            .lex
            .words
            .imperatives
            .iter()
            .any(|w| token.is(&super::token::fold(w))),
    }
}

/// A lead-in that only says what was talked about.
fn discusses(lead: &Lead) -> bool {
    const TALK: &[&str] = &[
        "discuss",
        "review",
        "examin",
        "echang",
        "evoqu",
        "abord",
        "exchang",
        "تباحث",
        "ناقش",
        "استعرض",
        "تناول",
    ];
    lead.because.iter().any(|b| {
        TALK.iter()
            .any(|t| super::token::fold(&b.text).contains(&super::token::fold(t)))
    })
}

fn nothing(paragraph: &Paragraph) -> Because {
    Because {
        paragraph: paragraph.number,
        start: 0,
        end: 0,
        text: String::new(),
    }
}

/// A statement of a token range, without an act yet.
fn span(scope: &Scope, paragraph: &Paragraph, range: (usize, usize)) -> Statement {
    let start = scope.tokens.get(range.0).map_or(0, |t| t.start);
    let end = range
        .1
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .map_or(start, |t| t.end);
    Statement {
        act: Act::Notes,
        speaker: Actor::Unknown,
        addressee: None,
        text: cut(&paragraph.text, start, end).to_owned(),
        start,
        end,
        because: Vec::new(),
    }
}

fn word_span(scope: &Scope, paragraph: &Paragraph, words: &[usize]) -> Option<Because> {
    spans(scope, paragraph, words).into_iter().next()
}

/// Deciding words as spans, neighbours joined.
fn spans(scope: &Scope, paragraph: &Paragraph, words: &[usize]) -> Vec<Because> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for &at in words {
        let Some(t) = scope.tokens.get(at) else {
            continue;
        };
        match out.last_mut() {
            Some(last) if last.2 + 1 == at => (last.1, last.2) = (t.end, at),
            _ => out.push((t.start, t.end, at)),
        }
    }
    out.into_iter()
        .map(|(start, end, _)| Because {
            paragraph: paragraph.number,
            start,
            end,
            text: cut(&paragraph.text, start, end).to_owned(),
        })
        .collect()
}
