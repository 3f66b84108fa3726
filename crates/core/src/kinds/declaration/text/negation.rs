//! What is said not to be done: "does not undertake to extradite" promises nothing; "undertakes not to extradite" promises, and
//! keeps its "not".

use super::actors::{Mention, Named};
use super::classify::{Hit, Scope};
use super::clause::{ATTRIBUTION, AUX, REPORTS};
use super::pattern::is_filler;
use super::token::Token;
use super::{Act, Lang};

/// Words looked at before a verb for its negation.
const REACH: usize = 6;

/// What a negation does to a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Polarity {
    /// None, or two that undo each other ("will not fail to").
    Affirmed,
    /// The verb itself is denied.
    Denied,
    /// What follows is denied; the token where it starts.
    Not(usize),
}

/// The hit as its negation leaves it: a denied one only takes note, and covers what depends on it.
pub(super) fn settled(scope: &Scope, hit: Hit) -> Hit {
    if hit.flags & ATTRIBUTION != 0 {
        return hit;
    }
    if hit.future && of_no_side(scope, hit.clause.saturating_sub(1)) {
        return hit;
    }
    let found = match scope.lang {
        Lang::En => english(scope, &hit),
        Lang::Fr => french(scope, &hit),
        Lang::Ar => arabic(scope, &hit),
    };
    match found {
        Polarity::Affirmed => hit,
        Polarity::Not(at) => Hit {
            object: Some(at),
            ..hit
        },
        Polarity::Denied => Hit {
            act: Act::Notes,
            // "did not announce that" still reports; a dropped auxiliary after "and" is still this one.
            flags: hit.flags & (REPORTS | AUX),
            denied: true,
            ..hit
        },
    }
}

/// "Neither side will", "aucune des deux parties ne": every side promises not to.
pub(super) fn of_no_side(scope: &Scope, from: usize) -> bool {
    let no = |m: &Mention| {
        let first = word(scope, m.start);
        m.start >= from
            && m.start < from + 3
            && m.named == Named::Authors
            && matches!(first, "aucun" | "aucune" | "neither" | "no")
    };
    scope.mentions.iter().any(no)
}

fn word<'a>(scope: &Scope<'a>, at: usize) -> &'a str {
    scope.tokens.get(at).map_or("", |t| t.norm.as_str())
}

/// The words before `at` that belong to its verb group, nearest first.
fn before<'a>(scope: &'a Scope, at: usize, more: &'a [&'a str]) -> impl Iterator<Item = usize> {
    let belongs =
        move |t: &Token| is_filler(t, &scope.lex.words.fillers) || more.contains(&t.norm.as_str());
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(move |i| scope.tokens.get(*i).is_some_and(belongs))
}

fn english(scope: &Scope, hit: &Hit) -> Polarity {
    const NO: &[&str] = &["not", "never", "neither", "nor", "no", "'t", "cannot"];
    const UNDOES: &[&str] = &[
        "fail", "hesitate", "cease", "spare", "relent", "rest", "tire",
    ];
    let denies = |i: usize| NO.contains(&word(scope, i)) && word(scope, i + 1) != "only";
    if let Some(at) = (hit.start..hit.end).find(|i| denies(*i)) {
        return if word(scope, at + 1) == "to" && at > hit.start && !hit.future {
            Polarity::Not(at)
        } else if UNDOES.contains(&word(scope, hit.end - 1)) {
            Polarity::Affirmed
        } else {
            Polarity::Denied
        };
    }
    // "shall under no circumstances", "will at no time".
    let no_case = matches!(word(scope, hit.end - 1), "under" | "at" | "by" | "on")
        && word(scope, hit.end) == "no";
    let subject = (hit.clause.saturating_sub(2)..hit.start.min(hit.clause + 2))
        .any(|i| matches!(word(scope, i), "neither" | "nor"));
    if no_case || subject || before(scope, hit.start, NO).any(denies) {
        Polarity::Denied
    } else {
        Polarity::Affirmed
    }
}

fn french(scope: &Scope, hit: &Hit) -> Polarity {
    const CLITICS: &[&str] = &[
        "ne", "n'", "se", "s'", "nous", "y", "en", "le", "la", "les", "l'", "leur", "lui",
    ];
    const UNDOES: &[&str] = &["manqu", "menag", "hesit", "cess", "tard", "epargn"];
    let ne = |i: &usize| matches!(word(scope, *i), "ne" | "n'");
    let Some(at) = (hit.start..hit.end)
        .find(ne)
        .or_else(|| before(scope, hit.start, CLITICS).find(ne))
    else {
        return Polarity::Affirmed;
    };
    // "ne s'engagent qu'à": only that, but that.
    let only = (at + 1..hit.end + 3)
        .take_while(|i| !matches!(word(scope, *i), "pas" | "plus" | "jamais" | "point" | "ni"))
        .any(|i| matches!(word(scope, i), "que" | "qu'"));
    let denied = (at + 1..hit.end + 2)
        .any(|i| matches!(word(scope, i), "pas" | "plus" | "jamais" | "point" | "ni"));
    let undone = (at + 1..hit.end)
        .filter_map(|i| scope.tokens.get(i))
        .any(|t| UNDOES.iter().any(|p| t.begins(p)));
    if undone || only && !denied {
        Polarity::Affirmed
    } else {
        Polarity::Denied
    }
}

fn arabic(scope: &Scope, hit: &Hit) -> Polarity {
    const NO: &[&str] = &[
        "لا",
        "لم",
        "لن",
        "ليس",
        "ليست",
        "ليسا",
        "ليستا",
        "ليسوا",
        "لسنا",
        "غير",
    ];
    let no = |i: usize| {
        let norm = word(scope, i);
        let stem = norm.strip_prefix(['و', 'ف']).unwrap_or(norm);
        NO.contains(&norm) || NO.contains(&stem)
    };
    let just_before = hit.start.checked_sub(1).is_some_and(no);
    // "سوف لن": the particle of the future comes first.
    let inside = hit.future && (hit.start + 1..hit.end + 1).any(no);
    if just_before || inside {
        Polarity::Denied
    } else {
        Polarity::Affirmed
    }
}
