//! Things of an investigation: every sort, brought by either side, with hostile names; links of every sort; decisions, one undone.

use super::{HOSTILE, NOW, entry_id, line, node, service};
use entente_app::views::{BroughtBy, Join, Thing, ThingLink, ThingName, Things, Undone};
use entente_core::codes::{Accuracy, Class, Source};
use entente_core::handling::{Evaluation, Handling, HandlingCodes};
use entente_core::kinds::investigation::links::is_about_things;
use entente_core::kinds::investigation::lists::LINKS;
use entente_core::kinds::investigation::things::ThingSort;
use entente_core::label::Lang;
use entente_core::partial::PartialDate;

fn brought(n: u8) -> BroughtBy {
    let ours = n.is_multiple_of(2);
    BroughtBy {
        origin: node(if ours { "ma" } else { "fr" }),
        ours,
        service: service(if ours { "ma/liaison" } else { "fr/enquetes" }),
        at: NOW,
        assessment: ours,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::H1,
            evaluation: Some(Evaluation {
                source: Source::B,
                accuracy: Accuracy::Two,
            }),
        },
        lang: Some(Lang::Ar),
        rests_on: ours.then(|| entry_id(1)),
        corrected: n.is_multiple_of(3),
        printed: !n.is_multiple_of(3),
    }
}

fn thing((n, sort): (u8, ThingSort)) -> Thing {
    let name = |text: &str, script: &str| ThingName {
        text: text.into(),
        script: script.into(),
    };
    Thing {
        entry: entry_id(n),
        sort,
        names: vec![name(HOSTILE, ""), name("مثال مخترع", "ar-Arab")],
        from: PartialDate::parse("1987"),
        to: PartialDate::parse(["2015-03", "2015-03-04"][usize::from(n) % 2]),
        category: (sort == ThingSort::Person).then(|| "contact".to_owned()),
        brought: brought(n),
    }
}

/// All of them; a search finds none but the first.
pub fn all(text: &str) -> Things {
    // Two of each sort, so that two of one sort can be the same.
    let sorts = ThingSort::ALL.into_iter().flat_map(|sort| [sort, sort]);
    let things: Vec<Thing> = (1..).zip(sorts).map(thing).collect();
    let found =
        (!text.is_empty()).then(|| things.iter().take(1).map(|thing| thing.entry).collect());
    let codes = LINKS
        .iter()
        .map(|sort| sort.code)
        .chain(["from_the_future"]);
    let link = |(n, code): (u8, &str)| ThingLink {
        entry: entry_id(n),
        sort: LINKS.iter().find(|sort| sort.code == code),
        code: code.into(),
        from: entry_id(1 + n % 2),
        to: entry_id(2 - n % 2),
        since: PartialDate::parse("2014-02"),
        until: None,
        text: HOSTILE.into(),
        brought: brought(n),
    };
    let join = |n: u8, same, undone| Join {
        entry: entry_id(n),
        one: entry_id(1),
        other: entry_id(2),
        same,
        reason: HOSTILE.into(),
        lang: Some(Lang::Fr),
        service: service("fr/enquetes"),
        at: NOW,
        undone,
    };
    let undone = Undone {
        entry: entry_id(9),
        reason: HOSTILE.into(),
        lang: Some(Lang::Fr),
        service: service("ma/liaison"),
        at: NOW,
    };
    let dossier = line("investigation");
    let forms = dossier.kind.entries.iter().copied();
    Things {
        forms: forms.filter(|entry| is_about_things(entry.name)).collect(),
        dossier,
        things,
        links: (100..).zip(codes).map(link).collect(),
        joins: vec![join(7, true, None), join(8, false, Some(undone))],
        withheld: 3,
        found,
    }
}
