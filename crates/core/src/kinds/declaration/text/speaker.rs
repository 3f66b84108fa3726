//! Who makes a statement, and to whom or about whose action it is.

use super::actors::{self, Mention, Named};
use super::classify::{Anchor, Hit, Scope};
use super::propose::Engine;
use super::{Act, Actor, Lang, Paragraph, cut};

impl Engine {
    /// The speaker of a sentence without a deciding verb: its first author, if it is the head of a phrase.
    pub(super) fn subject_of_fact(
        &self,
        scope: &Scope,
        range: (usize, usize),
        text: &str,
    ) -> Actor {
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

    /// The actor of a mention; "it" is whoever spoke last.
    pub(super) fn named(&self, scope: &Scope, mention: &Mention, text: &str) -> Actor {
        match mention.named {
            Named::It => self.last.clone(),
            _ => actors::actor(mention, scope.tokens, text, &self.parties),
        }
    }

    /// Who makes the statement of a verb.
    pub(super) fn speaker(
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
        if impersonal(scope, hit) {
            return Actor::Both;
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
    pub(super) fn addressee(
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

/// "It was agreed to", "il a été décidé de": nobody alone, whoever spoke before.
fn impersonal(scope: &Scope, hit: &Hit) -> bool {
    let norm = |at: usize| scope.tokens.get(at).map_or("", |t| t.norm.as_str());
    match scope.lang {
        Lang::Fr => norm(hit.start) == "il",
        Lang::En => {
            let it = matches!(hit.anchor, Anchor::Subject(m)
                if scope.mentions.get(m).is_some_and(|m| m.named == Named::It && norm(m.start) == "it"));
            let passive = (hit.clause..hit.end).any(|at| matches!(norm(at), "was" | "is" | "been"));
            it && passive && !hit.future
        }
        Lang::Ar => false,
    }
}

/// "We ask our ministers to ...": what the authors ask of their own people they promise.
pub(super) fn instructs_own(scope: &Scope, hit: &Hit) -> bool {
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
pub(super) fn after_subject(scope: &Scope, hit: &Hit) -> usize {
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
