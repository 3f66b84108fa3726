//! Promises in the future tense: "the two countries will establish", "les deux pays mettront en place", "سيعمل الطرفان".

use super::actors::Named;
use super::classify::{Anchor, Hit, Scope, recital};
use super::clause::{ATTRIBUTION, INF, REPORTS};
use super::pattern::is_filler;
use super::token::{Token, TokenKind};
use super::{Act, Lang};

/// A verb in the future tense whose subject is an author or a body of theirs, or a passive of an act that can be promised.
pub(super) fn future_hit(
    scope: &Scope,
    at: usize,
    from: usize,
    to: usize,
    kept: &[Hit],
) -> Option<Hit> {
    let (end, words, kind, object) = match scope.lang {
        Lang::En => english_future(scope, at, to)?,
        Lang::Fr => french_future_at(scope, at, to)?,
        Lang::Ar => arabic_future(scope, at, to)?,
    };
    let negative = scope
        .tokens
        .get(from..at)?
        .iter()
        .take(4)
        .any(|t| matches!(t.norm.as_str(), "no" | "nul" | "aucune" | "aucun"))
        && !super::negation::of_no_side(scope, from);
    if negative || recital(scope, from) {
        return None;
    }
    let floor = kept.last().map_or(from, |h| h.end);
    let (anchor, clause) = scope.anchor(at, from, floor);
    let (anchor, clause) = promising_subject(scope, (anchor, clause), (at, from), kind, kept)?;
    let hit = Hit {
        act: Act::Commits,
        flags: INF,
        start: at,
        end,
        words,
        dropped: false,
        future: true,
        anchor,
        clause,
        object,
        denied: false,
    };
    future_governed(scope, hit, kept)
}

/// Whether the verb acts or something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// Somebody will do it.
    Active,
    /// It will be done.
    Passive,
    /// The Arabic form itself names its subject ("we will", both of them).
    Own,
}

/// End, deciding words, voice, first token of what is promised.
type Future = (usize, Vec<usize>, Voice, Option<usize>);

fn listed(token: &Token, list: &[&str]) -> bool {
    list.iter().any(|w| match w.strip_suffix('*') {
        Some(prefix) => token.begins(&super::token::fold(prefix)),
        None => token.is(&super::token::fold(w)),
    })
}

/// A participle of what somebody does: those listed, and every regular one but those of a state of things ("is needed", "est concerné").
fn passive(scope: &Scope, token: &Token) -> bool {
    const STATES: &[&str] = &[
        "needed",
        "required",
        "affected",
        "expected",
        "based",
        "concerned",
        "limited",
        "inspired",
        "guided",
        "linked",
        "related",
        "located",
        "faced",
        "interested",
        "pleased",
        "honoured",
        "honored",
        "remembered",
        "motivated",
        "threatened",
        "marked",
        "confronted",
        "considered",
        "welcomed",
        "appreciated",
        "concerne*",
        "affecte*",
        "touche*",
        "base*",
        "fonde*",
        "limite*",
        "inspire*",
        "guide*",
        "lie*",
        "situe*",
        "confronte*",
        "honore*",
        "motive*",
        "menace*",
        "marque*",
        "attache*",
        "considere*",
        "appele*",
        "salue*",
        "apprecie*",
        "necessite*",
    ];
    if listed(token, scope.lex.words.done) {
        return true;
    }
    let regular = match scope.lang {
        Lang::En => token.norm.len() > 4 && token.norm.ends_with("ed"),
        Lang::Fr => token.acute,
        Lang::Ar => false,
    };
    regular && token.kind == TokenKind::Word && !listed(token, STATES)
}

fn after_fillers(scope: &Scope, mut at: usize) -> usize {
    while scope.tokens.get(at).is_some_and(|t| {
        is_filler(t, &scope.lex.words.fillers) && !matches!(t.norm.as_str(), "be" | "have")
    }) {
        at += 1;
    }
    at
}

fn english_future(scope: &Scope, at: usize, to: usize) -> Option<Future> {
    const QUALITIES: &[&str] = &[
        "political",
        "good",
        "free",
        "the",
        "their",
        "our",
        "common",
        "shared",
        "a",
        "this",
        "that",
        "strong",
        "its",
    ];
    let modal = scope.tokens.get(at)?;
    if matches!(modal.norm.as_str(), "is" | "are") {
        return english_to_be(scope, at, to);
    }
    if !matches!(modal.norm.as_str(), "will" | "shall" | "would") || modal.capital {
        return None;
    }
    if at
        .checked_sub(1)
        .and_then(|i| scope.tokens.get(i))
        .is_some_and(|t| QUALITIES.contains(&t.norm.as_str()))
    {
        return None;
    }
    let verb = after_fillers(scope, at + 1);
    let token = scope.tokens.get(verb).filter(|_| verb < to)?;
    if token.norm == "be" {
        let participle = after_fillers(scope, verb + 1);
        let done = scope.tokens.get(participle).filter(|_| participle < to)?;
        return passive(scope, done).then(|| {
            (
                participle + 1,
                vec![at, verb, participle],
                Voice::Passive,
                None,
            )
        });
    }
    if token.norm == "take"
        && scope
            .tokens
            .get(verb + 1)
            .is_some_and(|t| t.norm == "place")
    {
        return Some((verb + 2, vec![at, verb, verb + 1], Voice::Passive, None));
    }
    if listed(token, scope.lex.words.powerless)
        && !(token.norm == "look" && scope.tokens.get(verb + 1).is_some_and(|t| t.norm == "for"))
    {
        return None;
    }
    (token.kind == TokenKind::Word).then(|| (verb + 1, vec![at, verb], Voice::Active, Some(verb)))
}

/// "Officers are to be trained", "the experts are to report".
fn english_to_be(scope: &Scope, at: usize, to: usize) -> Option<Future> {
    let word = |i: usize| scope.tokens.get(i).filter(|_| i < to);
    if word(at + 1)?.norm != "to" {
        return None;
    }
    let verb = word(at + 2)?;
    if verb.norm != "be" {
        let acts = verb.kind == TokenKind::Word && !listed(verb, scope.lex.words.powerless);
        return acts.then(|| {
            (
                at + 3,
                vec![at, at + 1, at + 2],
                Voice::Active,
                Some(at + 2),
            )
        });
    }
    let done = word(at + 3).filter(|t| passive(scope, t))?;
    (!done.is_mark()).then(|| {
        (
            at + 4,
            vec![at, at + 1, at + 2, at + 3],
            Voice::Passive,
            None,
        )
    })
}

/// True for a verb in the conditional: the future as others reported it ("announced that it would").
fn reported_future(scope: &Scope, at: usize) -> bool {
    scope.tokens.get(at).is_some_and(|t| match scope.lang {
        Lang::En => t.norm == "would",
        Lang::Fr => french_conditional(t),
        Lang::Ar => false,
    })
}

/// "mettraient", "organiserait".
fn french_conditional(token: &Token) -> bool {
    let n = &token.norm;
    token.kind == TokenKind::Word
        && !token.capital
        && n.len() >= 7
        && (n.ends_with("rait") || n.ends_with("raient"))
        && !matches!(n.as_str(), "retrait" | "portrait" | "attrait" | "extrait")
}

/// True for a French verb in the third person or first person plural of the future.
pub(super) fn french_future(token: &Token) -> bool {
    const NOUNS: &[&str] = &[
        "front", "affront", "opera", "camera", "sahara", "agora", "extra", "environs", "barons",
        "patrons", "etcetera", "cholera", "aura",
    ];
    let n = &token.norm;
    token.kind == TokenKind::Word
        && !token.capital
        && n.len() >= 5
        && !NOUNS.contains(&n.as_str())
        && (n.ends_with("ront") || n.ends_with("rons") || n.ends_with("ra"))
        || matches!(
            n.as_str(),
            "sera" | "seront" | "fera" | "feront" | "auront" | "aura"
        )
}

fn french_future_at(scope: &Scope, at: usize, to: usize) -> Option<Future> {
    const EVENTS: &[&str] = &["tiendr*", "reunir*", "deroul*", "debut*"];
    let verb = scope.tokens.get(at)?;
    if !french_future(verb) && !french_conditional(verb) {
        return None;
    }
    let reflexive = at.checked_sub(1).filter(|i| {
        scope
            .tokens
            .get(*i)
            .is_some_and(|t| matches!(t.norm.as_str(), "se" | "s'"))
    });
    if verb.norm.ends_with("rons")
        && !(at.saturating_sub(3)..at)
            .any(|i| scope.tokens.get(i).is_some_and(|t| t.norm == "nous"))
    {
        return None;
    }
    let next = after_fillers(scope, at + 1);
    if matches!(verb.norm.as_str(), "aura" | "auront")
        && scope.tokens.get(at + 1).is_some_and(|t| t.norm == "lieu")
    {
        return Some((at + 2, vec![at, at + 1], Voice::Passive, None));
    }
    if matches!(
        verb.norm.as_str(),
        "sera" | "seront" | "serait" | "seraient"
    ) {
        let done = scope.tokens.get(next).filter(|_| next < to)?;
        return passive(scope, done).then(|| (next + 1, vec![at, next], Voice::Passive, None));
    }
    if let Some(done) = french_object_of(scope, at, to) {
        return Some(done);
    }
    if listed(verb, scope.lex.words.powerless) {
        return None;
    }
    let voice = if reflexive.is_some() && listed(verb, EVENTS) {
        Voice::Passive
    } else {
        Voice::Active
    };
    Some((
        at + 1,
        vec![at],
        voice,
        Some(reflexive.unwrap_or(at)).filter(|_| voice == Voice::Active),
    ))
}

/// "La coopération fera l'objet d'un plan": a passive in other words.
fn french_object_of(scope: &Scope, at: usize, to: usize) -> Option<Future> {
    let word = |i: usize| scope.tokens.get(i).filter(|_| i < to);
    let makes = matches!(word(at)?.norm.as_str(), "fera" | "feront");
    const WORK: &[&str] = &[
        "plan",
        "examen",
        "accord",
        "programme",
        "suivi",
        "convention",
        "evaluation",
        "rapport",
        "concertation",
        "consultation",
        "negociation",
        "etude",
        "feuille",
        "reunion",
        "echange",
        "arrangement",
        "protocole",
        "projet",
        "publication",
        "calendrier",
        "revue",
        "action",
    ];
    let object = word(at + 1)?.norm == "l'" && word(at + 2)?.norm == "objet";
    let mut near = (at + 3..at + 8).filter_map(word);
    let object = object && near.any(|t| WORK.iter().any(|w| t.begins(w)));
    (makes && object).then(|| (at + 3, vec![at, at + 1, at + 2], Voice::Passive, None))
}

fn arabic_future(scope: &Scope, at: usize, to: usize) -> Option<Future> {
    const NOUNS: &[&str] = &[
        "سياسه",
        "سياسي",
        "سياسات",
        "سنوي",
        "سنويا",
        "سنوات",
        "سياق",
        "سياده",
        "سيناريو",
        "سيما",
        "سيده",
        "سيد",
        "سينا",
        "ستوكهولم",
        "سيطره",
        "سيبراني",
        "سيبرانيه",
        "سيول",
        "سيره",
        "ستار",
        "ستين",
        "ستون",
        "سنين",
        "سنه",
        "سيار",
        "سيناء",
        "سنغال",
        "سنغافور",
    ];
    const EVENTS: &[&str] = &[
        "سيعقد",
        "ستعقد",
        "ستنعقد",
        "سينعقد",
        "سينظم",
        "ستنظم",
        "ستنشا",
        "سينشا",
        "ستحدث",
        "سيحدث",
        "ستجتمع",
        "سيجتمع",
        "ستشكل",
        "سيشكل",
        "ستقدم",
        "سترفع",
        "سيرفع",
        "سيوقع",
        "ستوقع",
        "سيتبادل*",
        "ستتبادل",
    ];
    let token = scope.tokens.get(at)?;
    let stem = token.norm.strip_prefix(['و', 'ف']).unwrap_or(&token.norm);
    if stem == "سوف" {
        return Some((
            at + 1,
            vec![at, (at + 1).min(to - 1)],
            Voice::Active,
            Some(at),
        ));
    }
    if matches!(stem, "سيتم" | "ستتم" | "سيجري" | "ستجري") {
        let done = (at + 1..at + 4).find(|i| {
            *i < to
                && scope
                    .tokens
                    .get(*i)
                    .is_some_and(|t| listed(t, scope.lex.words.done))
        })?;
        return Some((at + 1, vec![at, done], Voice::Own, Some(at)));
    }
    let future =
        stem.chars().count() >= 4 && ["سي", "ست", "سن"].iter().any(|p| stem.starts_with(p));
    if !future
        || NOUNS.iter().any(|n| stem.starts_with(n))
        || listed(token, scope.lex.words.powerless)
        || token.kind != TokenKind::Word
    {
        return None;
    }
    let own = stem.starts_with("سن") || stem.ends_with("ان") || EVENTS.contains(&stem);
    Some((
        at + 1,
        vec![at],
        if own { Voice::Own } else { Voice::Active },
        Some(at),
    ))
}

/// The subject of a promise in the future tense, if it is one that can promise.
fn promising_subject(
    scope: &Scope,
    found: (Anchor, usize),
    place: (usize, usize),
    voice: Voice,
    kept: &[Hit],
) -> Option<(Anchor, usize)> {
    let ((anchor, clause), (at, from)) = (found, place);
    if scope.lang == Lang::Ar {
        let after = scope
            .mentions
            .iter()
            .position(|m| m.start > at && m.start <= at + 3 && !matches!(m.named, Named::Third));
        let before = matches!(anchor, Anchor::Subject(_));
        return (voice == Voice::Own || after.is_some() || before).then_some((anchor, clause));
    }
    match anchor {
        Anchor::Object if voice == Voice::Passive && impersonal(scope, at, from) => {
            Some((Anchor::Start, at.saturating_sub(1)))
        }
        Anchor::Object | Anchor::Relative(_) => None,
        Anchor::Joined => kept
            .last()
            .filter(|h| h.act == Act::Commits || matches!(h.anchor, Anchor::Subject(_)))
            .map(|_| (anchor, clause)),
        Anchor::Start => (voice == Voice::Passive).then_some((anchor, clause)),
        Anchor::Subject(_) | Anchor::Other => {
            let head = if let Anchor::Subject(m) = anchor {
                scope.head(m, from)
            } else {
                None
            };
            match head.and_then(|h| scope.mentions.get(h).map(|m| (h, m))) {
                Some((_, m)) if matches!(m.named, Named::Third) && voice != Voice::Passive => None,
                Some((h, _)) => Some((Anchor::Subject(h), scope.phrase_start(h, from))),
                None if voice == Voice::Passive => noun_subject(scope, at, from),
                None => None,
            }
        }
    }
}

/// "Il sera procédé à une évaluation", at the start of a clause.
fn impersonal(scope: &Scope, at: usize, from: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|i| scope.tokens.get(i));
    let opens = at.checked_sub(1) == Some(from) || before(2).is_some_and(super::split::is_pause);
    scope.lang == Lang::Fr && opens && before(1).is_some_and(|t| t.norm == "il")
}

/// The start of a noun phrase that is the subject of a passive; none when a relative pronoun stands before the verb.
fn noun_subject(scope: &Scope, at: usize, from: usize) -> Option<(Anchor, usize)> {
    let words = scope.lex.words;
    let mut start = at;
    while start > from {
        let Some(t) = scope.tokens.get(start - 1) else {
            break;
        };
        if words.relatives.contains(&t.norm.as_str()) && !words.that.contains(&t.norm.as_str()) {
            return None;
        }
        if words.that.contains(&t.norm.as_str()) || super::split::is_pause(t) {
            break;
        }
        start -= 1;
    }
    Some((Anchor::Other, start))
}

/// A promise inside "that ...": part of "agree that", a statement of its own after a mere report, none after a noun.
fn future_governed(scope: &Scope, hit: Hit, kept: &[Hit]) -> Option<Hit> {
    let words = scope.lex.words;
    let before = hit.clause.checked_sub(1).and_then(|i| scope.tokens.get(i));
    let that = before.is_some_and(|t| words.that.contains(&t.norm.as_str()));
    let relative = before.is_some_and(|t| words.relatives.contains(&t.norm.as_str()));
    let reported = reported_future(scope, hit.start);
    let owner = kept
        .last()
        .filter(|h| h.end + 2 >= hit.clause && !matches!(hit.anchor, Anchor::Joined));
    match owner {
        Some(h) if that || h.end == hit.clause => {
            (h.flags & (REPORTS | ATTRIBUTION) != 0).then_some(hit)
        }
        _ if reported && !reported_plan(scope, &hit) => None,
        // Inside what was agreed ("agreed that ... and that the experts will ..."), the agreement already covers it.
        _ if that
            && kept
                .last()
                .is_some_and(|h| h.act == Act::Commits && !h.future) =>
        {
            None
        }
        _ if hit.anchor == Anchor::Joined
            && kept
                .last()
                .is_some_and(|h| h.act == Act::Commits && !h.future && ends_in_that(scope, h)) =>
        {
            None
        }
        _ if (that || relative) && scope.lang != Lang::Ar => {
            let two = hit.clause.checked_sub(2).and_then(|i| scope.tokens.get(i));
            two.is_none_or(|t| {
                words.openers.contains(&t.norm.as_str())
                    || t.norm.ends_with("ant")
                    || t.norm.ends_with("ing")
            })
            .then_some(hit)
        }
        _ => Some(hit),
    }
}

/// "The committee would be convened once a year", in a report of what was decided: something done, or done by the authors, and no
/// condition beside it.
fn reported_plan(scope: &Scope, hit: &Hit) -> bool {
    const CONDITIONS: &[&str] = &[
        "if",
        "could",
        "might",
        "si",
        "pourrait",
        "pourraient",
        "like",
    ];
    let near = scope
        .tokens
        .get(hit.start.saturating_sub(40)..(hit.end + 40).min(scope.tokens.len()))
        .unwrap_or(&[]);
    let passive = hit.words.len() > 1;
    let own = matches!(hit.anchor, Anchor::Subject(m)
        if scope.mentions.get(m).is_some_and(|m| matches!(m.named, Named::Authors | Named::Body | Named::Several(_))));
    let listed = hit
        .words
        .last()
        .and_then(|i| scope.tokens.get(*i))
        .is_some_and(|t| listed(t, scope.lex.words.done));
    (own || passive && listed) && !near.iter().any(|t| CONDITIONS.contains(&t.norm.as_str()))
}

fn ends_in_that(scope: &Scope, hit: &Hit) -> bool {
    hit.words
        .last()
        .and_then(|i| scope.tokens.get(*i))
        .is_some_and(|t| scope.lex.words.that.contains(&t.norm.as_str()))
}
