//! Figures of a commitment: "fifty a year", "three meetings held". One side states a figure for a point; that asks the other side to decide: it
//! agrees, answers with its own figure, which asks in turn, or refuses with a ground. Figures are whole numbers of a closed list of units.
//!
//! How a figure stands follows from who was asked and by what type each answered, so that both nodes say the same; the numbers are in bodies.

use crate::codes::{Ask, Phase};
use crate::field::{Field, FieldType};
use crate::ids::{EntryId, NodeName};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};
use std::collections::{BTreeMap, BTreeSet};

/// Field of a figure: the point that it is about.
pub const OF: &str = "of";
/// Field of a figure: what was counted.
pub const WHAT: &str = "what";
/// Field of a figure: its unit.
pub const UNIT: &str = "unit";
/// Field of a figure: how many.
pub const NUMBER: &str = "number";
/// Field of a figure: from this day on.
pub const SINCE: &str = "since";
/// Field of a figure: up to this day.
pub const UNTIL: &str = "until";
/// Field of a figure: the earlier one of the same series whose place it takes.
pub const REPLACES: &str = "replaces";
/// The largest figure.
pub const MOST: i64 = 1_000_000_000_000_000;

/// What a figure counts, each in whole ones.
#[must_use]
pub fn units() -> Vec<(&'static str, Label)> {
    vec![
        ("people", label("personnes", "أشخاص", "people")),
        ("meetings", label("rencontres", "لقاءات", "meetings")),
        ("courses", label("formations", "دورات تكوينية", "courses")),
        ("operations", label("opérations", "عمليات", "operations")),
        ("requests", label("demandes", "طلبات", "requests")),
        ("files", label("dossiers", "ملفات", "files")),
        ("texts", label("textes", "نصوص", "texts")),
        ("days", label("jours", "أيام", "days")),
        ("percent", label("pour cent", "في المائة", "per cent")),
        (
            "MAD",
            label("dirhams marocains", "درهم مغربي", "Moroccan dirhams"),
        ),
        ("EUR", label("euros", "أورو", "euros")),
        ("other", label("autre unité", "وحدة أخرى", "other unit")),
    ]
}

const HOW_MANY: Field = Field::new(
    NUMBER,
    label("nombre", "العدد", "number"),
    FieldType::Number(0, MOST),
);
const REMARK: Field = Field::new(
    "text",
    label("remarque", "ملاحظة", "remark"),
    FieldType::Text(2_000),
);

/// One side's figure for a point: the other side decides.
pub static FIGURE: EntryType = EntryType {
    name: "declaration.figure",
    version: 1,
    label: label("chiffre donné", "رقم مصرح به", "figure stated"),
    verb: label("donner un chiffre", "التصريح برقم", "state a figure"),
    fields: &[
        Field::new(OF, label("point", "النقطة", "point"), FieldType::Entry).required(),
        Field::new(
            WHAT,
            label("ce qui est compté", "ما يحسب", "what is counted"),
            FieldType::Line(160),
        )
        .required(),
        HOW_MANY.required(),
        Field::new(
            UNIT,
            label("unité", "الوحدة", "unit"),
            FieldType::Code(units),
        )
        .required(),
        Field::new(SINCE, label("du", "من", "from"), FieldType::Date),
        Field::new(UNTIL, label("au", "إلى", "to"), FieldType::Date).required(),
        REMARK,
        Field::new(
            REPLACES,
            label(
                "chiffre antérieur de la même série",
                "الرقم السابق من السلسلة نفسها",
                "earlier figure of the same series",
            ),
            FieldType::Entry,
        )
        .folded(),
    ],
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: &[Phase::Open],
    files: true,
};

/// Answers a figure by one's own: both stand side by side until one side takes the other's.
pub static OWN_FIGURE: EntryType = EntryType {
    name: "declaration.own_figure",
    version: 1,
    label: label(
        "autre chiffre en réponse",
        "رقم آخر جوابا",
        "other figure in answer",
    ),
    verb: label(
        "répondre par son propre chiffre",
        "الجواب برقم خاص بنا",
        "answer with one’s own figure",
    ),
    fields: &[HOW_MANY.required(), REMARK],
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
    phases: &[Phase::Open],
    files: true,
};

/// Takes the other side's figure for one's own.
pub static AGREE_FIGURE: EntryType = EntryType {
    name: "declaration.agree_figure",
    version: 1,
    label: label("chiffre convenu", "رقم متفق عليه", "figure agreed"),
    verb: label(
        "convenir du chiffre",
        "الموافقة على الرقم",
        "agree to the figure",
    ),
    fields: &[REMARK],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: &[Phase::Open],
    files: false,
};

/// Whether entries of this type give a number that the other side is asked about.
#[must_use]
pub fn states_figure(entry_type: &str) -> bool {
    entry_type == FIGURE.name || entry_type == OWN_FIGURE.name
}

/// A word of one side on a figure: its own number, or that it takes another's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Whose it is.
    pub by: NodeName,
    /// The entry whose number it holds.
    pub figure: EntryId,
    /// That number, where it can be read.
    pub number: Option<i64>,
    /// Its place: causal depth, then identifier.
    pub at: (u64, EntryId),
}

/// All that was said on one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// Its author, and every side that was asked.
    pub sides: BTreeSet<NodeName>,
    /// What they said.
    pub words: Vec<Word>,
    /// Whether a side is still asked.
    pub waits: bool,
}

/// How a figure stands between the sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every side holds the same; none where the number may not be read.
    Agreed(Option<i64>),
    /// The sides hold different figures.
    Differs,
    /// A side was asked and has said nothing yet.
    Waiting,
    /// A side would not say, and nobody waits for it.
    OneSided,
}

/// What each side holds: its latest word.
#[must_use]
pub fn held(exchange: &Exchange) -> BTreeMap<&NodeName, &Word> {
    let mut out: BTreeMap<&NodeName, &Word> = BTreeMap::new();
    for word in &exchange.words {
        let known = out.get(&word.by);
        if known.is_none_or(|known| known.at < word.at) {
            out.insert(&word.by, word);
        }
    }
    out
}

/// How a figure stands between its author and everybody who was asked. Who took another's figure agrees with it whether or not it can be read.
#[must_use]
pub fn standing(exchange: &Exchange) -> Standing {
    let held = held(exchange);
    let mut words = held.values();
    let Some(first) = words.next() else {
        return Standing::OneSided;
    };
    let alike = |other: &&&Word| {
        other.figure == first.figure || first.number.is_some() && other.number == first.number
    };
    let all = exchange.sides.iter().all(|side| held.contains_key(side));
    match words.all(|other| alike(&other)) {
        false => Standing::Differs,
        true if all && held.len() > 1 => Standing::Agreed(first.number),
        true if exchange.waits => Standing::Waiting,
        true => Standing::OneSided,
    }
}

/// Whether a later figure may take the place of an earlier one: only once every side has said its own word to it. Nobody wipes alone what the other
/// said, or what both agreed.
#[must_use]
pub fn answered_by_all(exchange: &Exchange) -> bool {
    let held = held(exchange);
    held.len() > 1 && exchange.sides.iter().all(|side| held.contains_key(side))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(name: &str) -> NodeName {
        name.parse().expect("a name of a node")
    }

    /// Words in their order: who, of which figure, how many.
    fn exchange(sides: &[&str], words: &[(&str, u8, Option<i64>)], waits: bool) -> Exchange {
        let said = words
            .iter()
            .zip(0u64..)
            .map(|((by, figure, number), at)| Word {
                by: node(by),
                figure: EntryId([*figure; 32]),
                number: *number,
                at: (at, EntryId([7; 32])),
            });
        Exchange {
            sides: sides.iter().map(|side| node(side)).collect(),
            words: said.collect(),
            waits,
        }
    }

    const TWO: [&str; 2] = ["ma", "fr"];

    /// Take out: in `standing`, the arm of those that differ; the figure itself of `alike`.
    #[test]
    fn a_figure_is_agreed_where_the_other_takes_it_and_differs_until_then() {
        let mut words = vec![("ma", 1, Some(50))];
        assert_eq!(standing(&exchange(&TWO, &words, true)), Standing::Waiting);
        assert_eq!(standing(&exchange(&TWO, &words, false)), Standing::OneSided);
        words.push(("fr", 2, Some(40)));
        assert_eq!(standing(&exchange(&TWO, &words, true)), Standing::Differs);
        words.push(("ma", 2, Some(40)));
        let agreed = Standing::Agreed(Some(40));
        assert_eq!(standing(&exchange(&TWO, &words, false)), agreed);
        // What was agreed stays agreed where its number may not be read.
        let unread = [("ma", 1, None), ("fr", 1, None)];
        let unread = exchange(&TWO, &unread, false);
        assert_eq!(standing(&unread), Standing::Agreed(None));
    }

    /// Take out: in `standing`, that all sides have a word; in `held`, the later of two words of one side.
    #[test]
    fn of_three_all_must_hold_it_and_the_latest_word_counts() {
        let three = ["ma", "fr", "es"];
        let two = [("ma", 1, Some(9)), ("fr", 1, Some(9))];
        assert_eq!(standing(&exchange(&three, &two, true)), Standing::Waiting);
        assert_eq!(standing(&exchange(&three, &two, false)), Standing::OneSided);
        assert!(!answered_by_all(&exchange(&three, &two, false)));
        // Spain answers with its own, then takes France's, as Morocco does.
        let words = [
            ("ma", 1, Some(50)),
            ("es", 2, Some(45)),
            ("fr", 3, Some(40)),
            ("ma", 3, Some(40)),
            ("es", 3, Some(40)),
        ];
        let all = exchange(&three, &words, false);
        assert_eq!(standing(&all), Standing::Agreed(Some(40)));
        assert!(answered_by_all(&all));
    }

    proptest! {
        /// In whatever order words come, each side holds its latest, and what is agreed every side holds. Take out: in `held`, the comparison.
        #[test]
        fn the_order_in_which_words_come_decides_nothing(
            words in proptest::collection::vec((0usize..3, 1u8..4, 0i64..3), 1..9), turned in 0usize..9, waits: bool,
        ) {
            let names = ["ma", "fr", "es"];
            let said: Vec<(&str, u8, Option<i64>)> = words.iter().map(|(by, figure, number)| (names[*by], *figure, Some(*number))).collect();
            let one = exchange(&names, &said, waits);
            let mut other = one.clone();
            let turns = turned % other.words.len();
            other.words.rotate_left(turns);
            prop_assert_eq!(standing(&one), standing(&other));
            if let Standing::Agreed(number) = standing(&one) {
                let held = held(&one);
                prop_assert_eq!(held.len(), 3);
                let first = held.values().next().expect("a word");
                prop_assert!(held.values().all(|word| word.figure == first.figure || word.number == number));
            }
        }
    }
}
