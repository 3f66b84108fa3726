//! From an imported text to the proposal: statements of every paragraph, then commitments of every statement.

use super::actors::{self, Mention, Named, Parties};
use super::classify::{Anchor, Hit, Scope, hits};
use super::clause::{ATTRIBUTION, RESTATES, lexicon};
use super::future::french_future;
use super::objects;
use super::pieces::{body_start, imperative, nothing, pieces, span, spans, word_span};
use super::speaker::{after_subject, instructs_own};
use super::split::{sentences, trim_end};
use super::token::{Token, tokens};
use super::{
    Act, Actor, Because, Lang, Line, Paragraph, Proposal, ProposedParagraph, Statement, Text,
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
    /// It is said not to be done.
    pub denied: bool,
}

/// What the items of a list inherit.
#[derive(Debug, Clone)]
struct Lead {
    act: Act,
    restates: bool,
    speaker: Actor,
    addressee: Option<Actor>,
    because: Vec<Because>,
    /// True when the lead-in says what is not done.
    denied: bool,
    /// True when the lead-in announces the list ("to:", "the following").
    announces: bool,
    /// True when it ends in the subject of its items ("the two governments:").
    subject: bool,
    /// True when it says what was talked about.
    talks: bool,
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
        last_body: false,
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
pub(super) struct Engine {
    lang: Lang,
    /// The authors.
    pub parties: Parties,
    lead: Option<Lead>,
    /// Whoever spoke last.
    pub last: Actor,
    /// True if that was a body of the authors, or something that will be set up.
    last_body: bool,
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
                self.open_lead(&scope, &work.paragraph.text, &list, to);
            }
            if let Some(done) = self.done.last_mut() {
                done.extend(list);
            }
        }
    }

    /// After a line of prose: what a list that follows would inherit.
    fn open_lead(&mut self, scope: &Scope, text: &str, list: &[Classified], to: usize) {
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
            let hanging = last.is_some_and(|t| matches!(t.norm.as_str(), "to" | "de" | "d'"));
            let tail = scope.tokens.get(to.saturating_sub(12)..to).unwrap_or(&[]);
            let said = scope.tokens.get(c.range.0..to).unwrap_or(&[]);
            let subject = colon
                .then(|| scope.mentions.iter().find(|m| m.end + 1 == to))
                .flatten()
                .filter(|m| matches!(m.named, Named::Authors | Named::Several(_) | Named::One(_)));
            Lead {
                subject: subject.is_some(),
                talks: c.statement.act == Act::Notes && said.iter().any(talk),
                act: c.statement.act,
                restates: c.restates,
                denied: c.denied,
                speaker: subject.map_or_else(
                    || c.statement.speaker.clone(),
                    |m| self.named(scope, m, text),
                ),
                addressee: c.statement.addressee.clone(),
                because: c.statement.because.clone(),
                announces: colon || hanging || tail.iter().any(|t| t.any(FOLLOWING)),
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
        let lead = if line.item { self.lead.clone() } else { None };
        let continues = lead.as_ref().is_some_and(|l| l.subject)
            && scope.lang == Lang::Fr
            && scope.tokens.get(body).is_some_and(french_future);
        let command = continues || imperative(scope, body);
        if lead
            .as_ref()
            .is_some_and(|l| l.announces && (l.denied || l.talks))
        {
            return own;
        }
        let inherited = match lead {
            Some(lead) if lead.announces && lead.act != Act::Notes => Some(lead),
            Some(lead) if command && matches!(lead.act, Act::Commits | Act::Notes) => Some(lead),
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
            denied: false,
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
        let it = |m: &Mention| m.named == Named::It;
        let mut subjects = scope.mentions.iter().filter(|m| !it(m));
        let body_named = subjects.clone().any(|m| m.named == Named::Body);
        let set_up = found
            .iter()
            .any(|h| h.future && matches!(h.anchor, Anchor::Other | Anchor::Start));
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
                denied: false,
            }];
        }
        let pieces = pieces(scope, &found, range);
        let mut out = Vec::new();
        let other = subjects.next().is_some();
        self.last_body |= body_named || set_up;
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
        self.last_body = body_named || set_up || self.last_body && !other;
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
        // What a third will do is a fact to the authors, and so is what a thing of theirs will do ("the two states ... It will ...").
        let thing = self.says_it_of_a_thing(scope, hit, &speaker);
        let act = if (third || thing) && hit.future {
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
            denied: hit.denied,
        }
    }
}

impl Engine {
    /// "It" cannot be several authors: without one author or a body of theirs before it, it is a thing.
    fn says_it_of_a_thing(&self, scope: &Scope, hit: &Hit, speaker: &Actor) -> bool {
        let Anchor::Subject(m) = hit.anchor else {
            return false;
        };
        let it = scope.mentions.get(m).is_some_and(|m| m.named == Named::It);
        it && hit.words.len() == usize::from(scope.lang == Lang::En) + 1
            && *speaker == Actor::Both
            && !self.last_body
    }
}

/// A word of talking: what was talked about is not promised.
fn talk(token: &Token) -> bool {
    const TALK: &[&str] = &[
        "discuss",
        "review",
        "examin",
        "echang",
        "evoqu",
        "abord",
        "exchang",
        "revue",
        "تباحث",
        "ناقش",
        "استعرض",
        "تناول",
    ];
    TALK.iter().any(|t| token.begins(&super::token::fold(t)))
}
