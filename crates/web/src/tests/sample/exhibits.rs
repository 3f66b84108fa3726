//! Exhibits of an investigation: every moment that there is, by either side, with hostile names, gaps of every sort, and what is owed.

use super::{HOSTILE, NOW, entry_id, line, node, obligations, service};
use entente_app::views::{BroughtBy, CustodyDeed, CustodyMoment, Derived, Exhibit, Exhibits, Rung};
use entente_core::codes::{Ask, Class};
use entente_core::handling::{Handling, HandlingCodes};
use entente_core::kinds::investigation::chain::{Break, Compared, Gap, Hash};
use entente_core::kinds::investigation::custody::is_of_custody;
use entente_core::label::Lang;

fn brought(n: u8) -> BroughtBy {
    let ours = n.is_multiple_of(2);
    BroughtBy {
        origin: node(if ours { "ma" } else { "fr" }),
        ours,
        service: service(if ours { "ma/liaison" } else { "fr/enquetes" }),
        at: NOW,
        assessment: false,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::H1,
            evaluation: None,
        },
        lang: Some(Lang::Ar),
        rests_on: None,
        corrected: n.is_multiple_of(3),
        printed: true,
    }
}

fn moment((n, what): (u8, CustodyDeed)) -> CustodyMoment {
    let compared = [
        Compared::Equal,
        Compared::EqualButWeak,
        Compared::Different,
        Compared::OtherMethod,
    ];
    CustodyMoment {
        entry: entry_id(n),
        what,
        at: (n > 1).then_some(NOW),
        from: HOSTILE.into(),
        to: HOSTILE.into(),
        purpose: HOSTILE.into(),
        seal: Some("bag".into()),
        number: HOSTILE.into(),
        found: Some("intact".into()),
        left: Some("from_the_future".into()),
        hash: Some(Hash {
            method: "sha256".into(),
            digits: "ab".into(),
        }),
        compared: compared.get(usize::from(n % 4)).copied(),
        text: HOSTILE.into(),
        files: u64::from(n),
        brought: brought(n),
        asks: obligations()
            .into_iter()
            .filter(|ask| ask.ask == Ask::Answer)
            .take(1)
            .collect(),
        ladder: vec![Rung {
            node: node("fr"),
            accepted: NOW,
            position: None,
            received: Some(NOW),
            answered: None,
        }],
    }
}

fn exhibit(n: u8) -> Exhibit {
    let deeds = [
        CustodyDeed::Seized,
        CustodyDeed::Step("handed_over".into()),
        CustodyDeed::Transfer {
            handed: "original".into(),
        },
        CustodyDeed::Received(entry_id(3)),
        CustodyDeed::AskedBack,
        CustodyDeed::Returned(entry_id(5)),
        CustodyDeed::Step("from_the_future".into()),
    ];
    let gap = |what| Gap {
        after: 1,
        before: 2,
        what,
    };
    let two = || (HOSTILE.to_owned(), "S-2".to_owned());
    Exhibit {
        entry: entry_id(n),
        name: HOSTILE.into(),
        mark: HOSTILE.into(),
        sort: Some("device".into()),
        place: HOSTILE.into(),
        hash: None,
        from: (n > 1).then(|| Derived {
            from: n.is_multiple_of(2).then(|| entry_id(1)),
            by: HOSTILE.into(),
        }),
        derived: vec![entry_id(2)],
        text: HOSTILE.into(),
        files: 2,
        brought: brought(n),
        moments: (1..).zip(deeds).map(moment).collect(),
        gaps: vec![
            gap(Break::Holder(two().0, two().1)),
            gap(Break::Seal("intact".into(), "broken".into())),
            gap(Break::Number(two().0, two().1)),
        ],
    }
}

/// All of them.
pub fn all() -> Exhibits {
    let dossier = line("investigation");
    let forms = dossier.kind.entries.iter().copied();
    Exhibits {
        forms: forms.filter(|entry| is_of_custody(entry.name)).collect(),
        dossier,
        exhibits: (1..=3).map(exhibit).collect(),
        withheld: 3,
    }
}
